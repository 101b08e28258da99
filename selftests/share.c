// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descriptor files: export, import, attach, and what closing means then.
 */
#include "ws_test.h"

FIXTURE(share) {
	int dev;
	__u64 sock;	/* a connected socket */
	int peer;	/* its other end, native */
	int file;	/* a descriptor file of @sock */
};

FIXTURE_VARIANT(share) {
	bool attached;	/* @file was a blank one, or is made by export */
};

FIXTURE_VARIANT_ADD(share, exported) {
	.attached = false,
};

FIXTURE_VARIANT_ADD(share, attached) {
	.attached = true,
};

FIXTURE_SETUP(share)
{
	__be16 port;
	__u64 lsn;

	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &lsn, &port));
	self->peer = peer_connect(WINSOCK_AF_INET, port);
	ASSERT_LE(0, self->peer);
	ASSERT_EQ(0, ws_accept(self->dev, lsn, &self->sock));
	ASSERT_EQ(0, ws_close(self->dev, lsn));

	if (variant->attached) {
		self->file = ws_open_blank();
		ASSERT_LE(0, self->file);
		ASSERT_EQ(0, ws_attach(self->dev, self->sock, self->file));
	} else {
		ASSERT_EQ(0, ws_export(self->dev, self->sock, &self->file));
		ASSERT_LE(0, self->file);
	}
}

FIXTURE_TEARDOWN(share)
{
	close(self->file);
	close(self->peer);
	close(self->dev);
}

TEST_F(share, takes_the_commands_of_its_socket)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_send(self->file, 0, "abc", 3, 0, &done));
	EXPECT_EQ(3, done);
	ASSERT_EQ(3, read(self->peer, buf, sizeof(buf)));
	ASSERT_EQ(2, write(self->peer, "de", 2));
	ASSERT_EQ(0, ws_recv(self->file, 0, buf, sizeof(buf), 0, &done));
	EXPECT_EQ(2, done);
}

/* As the opener of a blank file chose it; always of an exported one. */
TEST_F(share, is_close_on_exec)
{
	EXPECT_EQ(FD_CLOEXEC, fcntl(self->file, F_GETFD));
}

TEST_F(share, is_no_terminal_ENOTTY)
{
	__u8 termios[256];

	EXPECT_EQ(-ENOTTY, ws_ioctl(self->file, TCGETS, termios));
}

TEST_F(share, query_works)
{
	struct winsock_query q = { .size = sizeof(q) };

	ASSERT_EQ(0, ws_ioctl(self->file, WINSOCK_IOC_QUERY, &q));
	EXPECT_EQ(WINSOCK_ABI_VERSION, q.out_abi);
}

TEST_F(share, cannot_be_started_EINVAL)
{
	EXPECT_EQ(-EINVAL, ws_startup(self->file));
	EXPECT_EQ(-EINVAL, ws_cleanup(self->file));
}

TEST_F(share, makes_no_handles_EINVAL)
{
	__u64 h;

	EXPECT_EQ(-EINVAL, ws_tcp(self->file, WINSOCK_AF_INET, &h));
	EXPECT_EQ(WS_POISON, h);
	EXPECT_EQ(-EINVAL, ws_accept(self->file, 0, &h));
	EXPECT_EQ(WS_POISON, h);
	EXPECT_EQ(-EINVAL, ws_import(self->file, self->peer, &h));
	EXPECT_EQ(WS_POISON, h);
}

TEST_F(share, handle_not_zero_WSAENOTSOCK)
{
	char buf[8];
	__u64 done;

	EXPECT_EQ(WSAENOTSOCK, ws_recv(self->file, self->sock, buf,
				       sizeof(buf), 0, &done));
}

TEST_F(share, poll_tells_writable_then_data_then_end)
{
	char buf[8];
	__u64 done;

	EXPECT_EQ(POLLOUT, peer_poll(self->file, POLLIN | POLLOUT));
	ASSERT_EQ(1, write(self->peer, "x", 1));
	EXPECT_EQ(POLLIN, peer_poll(self->file, POLLIN));
	ASSERT_EQ(0, ws_recv(self->file, 0, buf, sizeof(buf), 0, &done));
	EXPECT_EQ(POLLOUT, peer_poll(self->file, POLLIN | POLLOUT));
	ASSERT_EQ(0, shutdown(self->peer, SHUT_WR));
	EXPECT_EQ(POLLIN | POLLRDHUP,
		  peer_poll(self->file, POLLIN | POLLRDHUP));
}

static void *poll_thread(void *arg)
{
	int *fd = arg;

	*fd = peer_poll(*fd, POLLIN);
	return NULL;
}

TEST_F(share, poll_wakes_when_data_arrives)
{
	int fd = self->file;
	pthread_t thread;

	ASSERT_EQ(0, pthread_create(&thread, NULL, poll_thread, &fd));
	ASSERT_EQ(1, write(self->peer, "x", 1));
	ASSERT_EQ(0, pthread_join(thread, NULL));
	EXPECT_EQ(POLLIN, fd);
}

TEST_F(share, O_NONBLOCK_leaves_the_sockets_mode_alone)
{
	char buf[8];
	struct winsock_sock_recv a = {
		.size = sizeof(a), .addr = (uintptr_t)buf, .count = sizeof(buf),
	};
	struct ws_call c;

	ASSERT_EQ(0, fcntl(self->file, F_SETFL, O_RDWR | O_NONBLOCK));
	ASSERT_EQ(0, ws_call_start(&c, self->file, WINSOCK_IOC_SOCK_RECV, &a));
	EXPECT_TRUE(ws_call_asleep(&c));
	ASSERT_EQ(1, write(self->peer, "x", 1));
	EXPECT_EQ(0, ws_call_join(&c));
	EXPECT_EQ(1, a.transferred);
}

TEST_F(share, blocking_mode_is_common)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_nonblocking(self->file, 0, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_recv(self->dev, self->sock, buf,
					  sizeof(buf), 0, &done));
}

TEST_F(share, object_outlives_its_handle)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_close(self->dev, self->sock));
	EXPECT_EQ(WSAENOTSOCK, ws_recv(self->dev, self->sock, buf,
				       sizeof(buf), 0, &done));
	ASSERT_EQ(0, ws_send(self->file, 0, "abc", 3, 0, &done));
	EXPECT_EQ(3, read(self->peer, buf, sizeof(buf)));
}

TEST_F(share, object_closes_with_its_last_descriptor)
{
	char buf[8];

	ASSERT_EQ(0, ws_close(self->dev, self->sock));
	EXPECT_EQ(-1, recv(self->peer, buf, sizeof(buf), MSG_DONTWAIT));
	EXPECT_EQ(EAGAIN, errno);
	close(self->file);
	self->file = -1;
	EXPECT_EQ(0, read(self->peer, buf, sizeof(buf)));
}

TEST_F(share, object_outlives_its_file)
{
	char buf[8];
	__u64 done;

	close(self->file);
	self->file = -1;
	ASSERT_EQ(0, ws_send(self->dev, self->sock, "abc", 3, 0, &done));
	EXPECT_EQ(3, read(self->peer, buf, sizeof(buf)));
}

TEST_F(share, close_on_a_file_needs_CLOSE_OBJECT_EINVAL)
{
	__u64 done;

	EXPECT_EQ(-EINVAL, ws_close(self->file, 0));
	EXPECT_EQ(0, ws_send(self->file, 0, "a", 1, 0, &done));
}

/* After CLOSE_OBJECT through one descriptor the others find it closed. */
TEST_F(share, CLOSE_OBJECT_on_the_handle_closes_for_all)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_close_flags(self->dev, self->sock,
				    WINSOCK_CLOSE_OBJECT));
	EXPECT_EQ(0, read(self->peer, buf, sizeof(buf)));
	EXPECT_EQ(WSAENOTSOCK, ws_send(self->file, 0, "a", 1, 0, &done));
	EXPECT_EQ(POLLHUP, POLLHUP & peer_poll(self->file, 0));
	EXPECT_EQ(WSAENOTSOCK, ws_close_flags(self->file, 0,
					      WINSOCK_CLOSE_OBJECT));
}

TEST_F(share, CLOSE_OBJECT_on_the_file_closes_for_all)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_close_flags(self->file, 0, WINSOCK_CLOSE_OBJECT));
	EXPECT_EQ(0, read(self->peer, buf, sizeof(buf)));
	EXPECT_EQ(WSAENOTSOCK, ws_send(self->dev, self->sock, "a", 1, 0,
				       &done));
	EXPECT_EQ(POLLHUP, POLLHUP & peer_poll(self->file, 0));
}

TEST_F(share, CLOSE_OBJECT_wakes_a_sleeper_in_poll)
{
	int fd = self->file;
	pthread_t thread;

	ASSERT_EQ(0, pthread_create(&thread, NULL, poll_thread, &fd));
	ASSERT_EQ(0, ws_close_flags(self->dev, self->sock,
				    WINSOCK_CLOSE_OBJECT));
	ASSERT_EQ(0, pthread_join(thread, NULL));
	EXPECT_EQ(POLLHUP, fd & POLLHUP);
}

TEST_F(share, import_makes_a_second_handle)
{
	char buf[8];
	__u64 h, done;

	ASSERT_EQ(0, ws_import(self->dev, self->file, &h));
	EXPECT_NE(self->sock, h);
	ASSERT_EQ(0, ws_close(self->dev, self->sock));
	ASSERT_EQ(0, ws_send(self->dev, h, "abc", 3, 0, &done));
	EXPECT_EQ(3, read(self->peer, buf, sizeof(buf)));
}

TEST_F(share, import_crosses_contexts)
{
	int other = ws_open();
	char buf[8];
	__u64 h, done;

	ASSERT_LE(0, other);
	ASSERT_EQ(0, ws_import(other, self->file, &h));
	ASSERT_EQ(0, ws_send(other, h, "abc", 3, 0, &done));
	EXPECT_EQ(3, read(self->peer, buf, sizeof(buf)));
	EXPECT_EQ(0, ws_close(other, h));
	close(other);
}

/* The receiver's side: use the file as it is, then import it. */
static int use_received(int unix_fd)
{
	int fd = peer_receive_file(unix_fd), dev = ws_open();
	__u64 h, done;

	if (fd < 0 || dev < 0)
		return 1;
	if (ws_send(fd, 0, "x", 1, 0, &done))
		return 2;
	if (ws_import(dev, fd, &h))
		return 3;
	return ws_send(dev, h, "y", 1, 0, &done) ? 4 : 0;
}

TEST_F(share, file_crosses_processes_over_AF_UNIX)
{
	int pair[2], status;
	char buf[8];
	pid_t pid;

	ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid) {
		close(self->file);
		close(self->dev);
		_exit(use_received(pair[1]));
	}
	ASSERT_EQ(0, peer_send_file(pair[0], self->file));
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EQ(0, status);
	EXPECT_EQ(2, recv(self->peer, buf, 2, MSG_WAITALL));
	/* the child's descriptors have gone, ours have not */
	EXPECT_EQ(-1, recv(self->peer, buf, sizeof(buf), MSG_DONTWAIT));
	EXPECT_EQ(EAGAIN, errno);
}

/* It could be sent to itself; an offer carries it. */
TEST_F(share, no_file_for_an_AF_UNIX_socket_WSAEOPNOTSUPP)
{
	int blank = ws_open_blank();
	int fd;
	__u64 s;

	ASSERT_LE(0, blank);
	ASSERT_EQ(0, ws_create(self->dev, WINSOCK_AF_UNIX, 0, 0, &s));
	EXPECT_EQ(WSAEOPNOTSUPP, ws_export(self->dev, s, &fd));
	EXPECT_EQ((int)WS_POISON32, fd);
	EXPECT_EQ(WSAEOPNOTSUPP, ws_attach(self->dev, s, blank));
	/* still blank */
	EXPECT_EQ(0, ws_startup(blank));
	close(blank);
}

TEST_F(share, attach_to_a_file_that_is_taken_WSAEINVAL)
{
	int started = ws_open();

	ASSERT_LE(0, started);
	EXPECT_EQ(WSAEINVAL, ws_attach(self->dev, self->sock, self->file));
	EXPECT_EQ(WSAEINVAL, ws_attach(self->dev, self->sock, started));
	EXPECT_EQ(WSAEINVAL, ws_attach(self->dev, self->sock, self->dev));
	EXPECT_EQ(0, ws_cleanup(started));
	EXPECT_EQ(WSAEINVAL, ws_attach(self->dev, self->sock, started));
	close(started);
}

TEST_F(share, attach_to_no_file_of_the_node_WSAENOTSOCK)
{
	EXPECT_EQ(WSAENOTSOCK, ws_attach(self->dev, self->sock, self->peer));
	EXPECT_EQ(WSAENOTSOCK, ws_attach(self->dev, self->sock, -1));
}

TEST_F(share, attach_counts_for_everybody_who_holds_the_file)
{
	int blank = ws_open_blank(), twin = dup(blank);
	char buf[8];
	__u64 done;

	ASSERT_LE(0, twin);
	EXPECT_EQ(WSANOTINITIALISED, ws_send(twin, 0, "a", 1, 0, &done));
	ASSERT_EQ(0, ws_attach(self->dev, self->sock, blank));
	close(blank);
	ASSERT_EQ(0, ws_send(twin, 0, "abc", 3, 0, &done));
	EXPECT_EQ(3, read(self->peer, buf, sizeof(buf)));
	EXPECT_EQ(-EINVAL, ws_startup(twin));
	close(twin);
}

TEST_F(share, export_with_no_descriptor_left_WSAEMFILE)
{
	struct rlimit lim;
	int fd, top;

	top = dup(self->peer);
	ASSERT_LE(0, top);
	ASSERT_EQ(0, getrlimit(RLIMIT_NOFILE, &lim));
	lim.rlim_cur = top + 1;
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	EXPECT_EQ(WSAEMFILE, ws_export(self->dev, self->sock, &fd));
	EXPECT_EQ((int)WS_POISON32, fd);
	close(top);
	EXPECT_EQ(0, ws_export(self->dev, self->sock, &fd));
	EXPECT_EQ(top, fd);
}

TEST_F(share, export_to_unwritable_struct_EFAULT_leaves_no_file)
{
	long page = sysconf(_SC_PAGESIZE);
	struct winsock_handle_export *a;
	int before, after;

	a = mmap(NULL, page, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)a);
	*a = (struct winsock_handle_export){
		.size = sizeof(*a), .handle = self->sock,
	};
	ASSERT_EQ(0, mprotect(a, page, PROT_READ));
	before = dup(self->peer);
	close(before);
	EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, WINSOCK_IOC_HANDLE_EXPORT, a));
	after = dup(self->peer);
	close(after);
	EXPECT_EQ(before, after);
	munmap(a, page);
}

FIXTURE(native) {
	int dev;
};

FIXTURE_VARIANT(native) {
	int family;
};

FIXTURE_VARIANT_ADD(native, ipv4) {
	.family = WINSOCK_AF_INET,
};

FIXTURE_VARIANT_ADD(native, ipv6) {
	.family = WINSOCK_AF_INET6,
};

FIXTURE_SETUP(native)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
}

FIXTURE_TEARDOWN(native)
{
	close(self->dev);
}

TEST_F(native, listener_accepts_here_and_there)
{
	int lsn, peer, fd;
	__u64 h, conn;
	__be16 port;

	lsn = peer_listen(variant->family, &port);
	ASSERT_LE(0, lsn);
	ASSERT_EQ(0, ws_import(self->dev, lsn, &h));
	peer = peer_connect(variant->family, port);
	ASSERT_LE(0, peer);
	EXPECT_EQ(0, ws_accept(self->dev, h, &conn));
	close(peer);

	/* the caller's descriptor has stayed the caller's */
	ASSERT_EQ(0, ws_close(self->dev, h));
	peer = peer_connect(variant->family, port);
	ASSERT_LE(0, peer);
	fd = accept(lsn, NULL, NULL);
	EXPECT_LE(0, fd);
	close(fd);
	close(peer);
	close(lsn);
}

TEST_F(native, connection_keeps_its_data)
{
	int lsn, peer, fd;
	char buf[8] = "";
	__u64 h, done;
	__be16 port;

	lsn = peer_listen(variant->family, &port);
	peer = peer_connect(variant->family, port);
	ASSERT_LE(0, peer);
	fd = accept(lsn, NULL, NULL);
	ASSERT_LE(0, fd);
	ASSERT_EQ(5, write(peer, "early", 5));
	ASSERT_EQ(0, ws_import(self->dev, fd, &h));
	close(fd);
	ASSERT_EQ(0, ws_recv(self->dev, h, buf, sizeof(buf), 0, &done));
	EXPECT_EQ(5, done);
	EXPECT_STREQ("early", buf);
	ASSERT_EQ(0, ws_close(self->dev, h));
	EXPECT_EQ(0, read(peer, buf, sizeof(buf)));
	close(peer);
	close(lsn);
}

/* The owner's descriptor is open: nothing of the connection ends. */
TEST_F(native, lingering_import_closes_and_the_owner_sends_on)
{
	struct linger linger = { .l_onoff = 1, .l_linger = 1 };
	socklen_t len = sizeof(linger);
	int lsn, peer, fd;
	char buf[8] = "";
	__be16 port;
	__u64 h;

	lsn = peer_listen(variant->family, &port);
	peer = peer_connect(variant->family, port);
	ASSERT_LE(0, peer);
	fd = accept(lsn, NULL, NULL);
	ASSERT_LE(0, fd);
	ASSERT_EQ(0, setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, len));
	ASSERT_EQ(0, ws_import(self->dev, fd, &h));
	EXPECT_EQ(0, ws_close(self->dev, h));
	EXPECT_EQ(4, send(fd, "late", 4, MSG_NOSIGNAL));
	EXPECT_EQ(4, recv(peer, buf, sizeof(buf), 0));
	EXPECT_STREQ("late", buf);
	ASSERT_EQ(0, getsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, &len));
	EXPECT_EQ(1, linger.l_onoff);
	EXPECT_EQ(1, linger.l_linger);
	close(fd);
	close(peer);
	close(lsn);
}

TEST_F(native, O_NONBLOCK_becomes_the_mode_at_import)
{
	int lsn;
	__u64 h, conn;
	__be16 port;

	lsn = peer_listen(variant->family, &port);
	ASSERT_LE(0, lsn);
	ASSERT_EQ(0, fcntl(lsn, F_SETFL, O_RDWR | O_NONBLOCK));
	ASSERT_EQ(0, ws_import(self->dev, lsn, &h));
	ASSERT_EQ(0, fcntl(lsn, F_SETFL, O_RDWR));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_accept(self->dev, h, &conn));
	close(lsn);
}

TEST_F(native, other_files_WSAENOTSOCK)
{
	int pipe_fds[2], blank = ws_open_blank();
	__u64 h;

	ASSERT_EQ(0, pipe(pipe_fds));
	EXPECT_EQ(WSAENOTSOCK, ws_import(self->dev, pipe_fds[0], &h));
	EXPECT_EQ(WSAENOTSOCK, ws_import(self->dev, -1, &h));
	EXPECT_EQ(WSAENOTSOCK, ws_import(self->dev, blank, &h));
	EXPECT_EQ(WSAENOTSOCK, ws_import(self->dev, self->dev, &h));
	EXPECT_EQ(WS_POISON, h);
	close(pipe_fds[0]);
	close(pipe_fds[1]);
	close(blank);
}

TEST_F(native, other_sockets_WSAESOCKTNOSUPPORT)
{
	int local = socket(AF_UNIX, SOCK_DGRAM, 0);
	__u64 h;

	EXPECT_EQ(WSAESOCKTNOSUPPORT, ws_import(self->dev, local, &h));
	EXPECT_EQ(WS_POISON, h);
	close(local);
}

TEST_HARNESS_MAIN
