// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contexts: start-up and clean-up, fork, death with everything open.
 */
#include "ws_test.h"

#include <sys/un.h>

/* A struct sock_accept of zeros, for calls that block in a thread. */
static struct winsock_sock_accept accept_args(__u64 handle)
{
	return (struct winsock_sock_accept){
		.size = sizeof(struct winsock_sock_accept), .handle = handle,
		.out_handle = WS_POISON,
	};
}

FIXTURE(startup) {
	int dev;
};

FIXTURE_SETUP(startup)
{
	self->dev = ws_open_blank();
	ASSERT_LE(0, self->dev);
}

FIXTURE_TEARDOWN(startup)
{
	close(self->dev);
}

/* The WSAStartup page: the highest supported version not above the request. */
TEST_F(startup, version_is_negotiated)
{
	static const struct {
		__u32 asked, given;
	} rows[] = {
		{ 0x0001, 0x0001 },	/* 1.0 */
		{ 0x0101, 0x0101 },	/* 1.1 */
		{ 0x0501, 0x0101 },	/* 1.5 */
		{ 0x0002, 0x0002 },	/* 2.0 */
		{ 0x0102, 0x0102 },	/* 2.1 */
		{ 0x0202, 0x0202 },	/* 2.2 */
		{ 0x0302, 0x0202 },	/* 2.3 */
		{ 0xff02, 0x0202 },
		{ 0x0003, 0x0202 },	/* 3.0 */
		{ 0xffff, 0x0202 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct winsock_startup a = {
			.size = sizeof(a), .version = rows[i].asked,
			.out_version = WS_POISON32, .out_highest = WS_POISON32,
		};

		ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_STARTUP, &a));
		EXPECT_EQ(rows[i].given, a.out_version) {
			TH_LOG("asked for %#x", rows[i].asked);
		}
		EXPECT_EQ(0x0202, a.out_highest);
		ASSERT_EQ(0, ws_cleanup(self->dev));
	}
}

TEST_F(startup, version_below_1_0_WSAVERNOTSUPPORTED)
{
	struct winsock_startup a = {
		.size = sizeof(a), .version = 0x0100,
		.out_version = WS_POISON32, .out_highest = WS_POISON32,
	};

	EXPECT_EQ(WSAVERNOTSUPPORTED,
		  ws_ioctl(self->dev, WINSOCK_IOC_STARTUP, &a));
	EXPECT_EQ(WS_POISON32, a.out_version);
	EXPECT_EQ(WS_POISON32, a.out_highest);
	EXPECT_EQ(WSANOTINITIALISED, ws_cleanup(self->dev));
}

/* S4 */
TEST_F(startup, one_cleanup_too_many_WSANOTINITIALISED)
{
	EXPECT_EQ(WSANOTINITIALISED, ws_cleanup(self->dev));
	ASSERT_EQ(0, ws_startup(self->dev));
	EXPECT_EQ(0, ws_cleanup(self->dev));
	EXPECT_EQ(WSANOTINITIALISED, ws_cleanup(self->dev));
}

/* S1 */
TEST_F(startup, socket_before_startup_WSANOTINITIALISED)
{
	__u64 h;

	EXPECT_EQ(WSANOTINITIALISED, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
	EXPECT_EQ(WS_POISON, h);
}

/* S3 */
TEST_F(startup, inner_pair_leaves_the_outer_one_working)
{
	union ws_addr a;
	__s32 len = sizeof(a);
	__u64 h;

	ASSERT_EQ(0, ws_startup(self->dev));
	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
	ASSERT_EQ(0, ws_startup(self->dev));
	ASSERT_EQ(0, ws_cleanup(self->dev));
	EXPECT_EQ(WSAEINVAL, ws_name(self->dev, WINSOCK_IOC_SOCK_GETNAME, h,
				     &a, &len));
	EXPECT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
}

/* S2 */
TEST_F(startup, old_handles_after_restart_WSAENOTSOCK)
{
	__u64 h, again;

	ASSERT_EQ(0, ws_startup(self->dev));
	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
	ASSERT_EQ(0, ws_cleanup(self->dev));
	EXPECT_EQ(WSANOTINITIALISED, ws_close(self->dev, h));
	ASSERT_EQ(0, ws_startup(self->dev));
	EXPECT_EQ(WSAENOTSOCK, ws_close(self->dev, h));
	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &again));
	EXPECT_NE(h, again);
}

FIXTURE(lifetime) {
	int dev;
	__u64 lsn;	/* listening, blocking */
	__be16 port;
	__u64 conn;	/* connected to @peer */
	int peer;
};

FIXTURE_SETUP(lifetime)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &self->lsn,
				 &self->port));
	self->peer = peer_connect(WINSOCK_AF_INET, self->port);
	ASSERT_LE(0, self->peer);
	ASSERT_EQ(0, ws_accept(self->dev, self->lsn, &self->conn));
}

FIXTURE_TEARDOWN(lifetime)
{
	close(self->peer);
	close(self->dev);
}

/* Wait for the end of the stream; true if it comes. */
static bool peer_sees_end(int peer)
{
	char byte;

	return peer_poll(peer, POLLIN) && recv(peer, &byte, 1, 0) <= 0;
}

TEST_F(lifetime, last_close_of_the_file_closes_every_socket)
{
	EXPECT_EQ(0, close(self->dev));
	self->dev = -1;
	EXPECT_TRUE(peer_sees_end(self->peer));
	EXPECT_EQ(-1, peer_connect(WINSOCK_AF_INET, self->port));
	EXPECT_EQ(ECONNREFUSED, errno);
}

TEST_F(lifetime, last_cleanup_closes_every_socket)
{
	ASSERT_EQ(0, ws_cleanup(self->dev));
	EXPECT_TRUE(peer_sees_end(self->peer));
	EXPECT_EQ(-1, peer_connect(WINSOCK_AF_INET, self->port));
	EXPECT_EQ(ECONNREFUSED, errno);
}

TEST_F(lifetime, second_open_is_a_context_of_its_own)
{
	int other = ws_open();
	__u64 conn;

	ASSERT_LE(0, other);
	EXPECT_EQ(WSAENOTSOCK, ws_accept(other, self->lsn, &conn));
	EXPECT_EQ(WSAENOTSOCK, ws_close(other, self->conn));
	EXPECT_EQ(0, ws_cleanup(other));
	close(other);
	EXPECT_EQ(0, ws_close(self->dev, self->conn));
}

/* The context goes with its file, and a child has the file too. */
TEST_F(lifetime, fork_shares_the_context)
{
	__u64 conn, done;
	char buf[8];
	int peer, status;
	pid_t pid;

	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid) {
		int err = ws_send(self->dev, self->conn, "hi", 2, 0, &done);

		_exit(err ? 1 : ws_close(self->dev, self->conn) ? 2 : 0);
	}
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EQ(0, status);
	EXPECT_EQ(2, read(self->peer, buf, sizeof(buf)));
	EXPECT_TRUE(peer_sees_end(self->peer));
	EXPECT_EQ(WSAENOTSOCK, ws_close(self->dev, self->conn));

	/* the child's end has not ended the context */
	peer = peer_connect(WINSOCK_AF_INET, self->port);
	ASSERT_LE(0, peer);
	EXPECT_EQ(0, ws_accept(self->dev, self->lsn, &conn));
	close(peer);
}

/* The two calls in which a process sleeps when it is killed below. */
static void sleep_in_accept(int dev, __u64 lsn, __u64 conn)
{
	ws_accept(dev, lsn, &conn);
}

static void sleep_in_recv(int dev, __u64 lsn, __u64 conn)
{
	__u64 done;
	char byte;

	(void)lsn;
	ws_recv(dev, conn, &byte, 1, 0, &done);
}

FIXTURE(killed) {
	int peer;
	__be16 port;
	pid_t pid;
};

FIXTURE_VARIANT(killed) {
	unsigned int cmd;
	void (*sleep)(int dev, __u64 lsn, __u64 conn);
};

FIXTURE_VARIANT_ADD(killed, in_accept) {
	.cmd = WINSOCK_IOC_SOCK_ACCEPT, .sleep = sleep_in_accept,
};

FIXTURE_VARIANT_ADD(killed, in_recv) {
	.cmd = WINSOCK_IOC_SOCK_RECV, .sleep = sleep_in_recv,
};

/* A process with a listener on @port that sleeps in the variant's call. */
FIXTURE_SETUP(killed)
{
	int ports[2], dev;
	__u64 lsn, conn;

	ASSERT_EQ(0, pipe(ports));
	self->pid = fork();
	ASSERT_LE(0, self->pid);
	if (!self->pid) {
		dev = ws_open();
		if (!ws_listener(dev, WINSOCK_AF_INET, 5, &lsn, &self->port) &&
		    write(ports[1], &self->port, sizeof(self->port)) > 0 &&
		    !ws_accept(dev, lsn, &conn))
			variant->sleep(dev, lsn, conn);
		_exit(1);
	}
	ASSERT_EQ(sizeof(self->port),
		  read(ports[0], &self->port, sizeof(self->port)));
	self->peer = peer_connect(WINSOCK_AF_INET, self->port);
	ASSERT_LE(0, self->peer);
	close(ports[0]);
	close(ports[1]);
	/* by and by: the first accept may still be going on */
	ASSERT_TRUE(ws_until(ws_in_ioctl(self->pid, self->pid, variant->cmd)));
}

FIXTURE_TEARDOWN(killed)
{
	close(self->peer);
}

TEST_F(killed, process_dies_and_its_sockets_with_it)
{
	int status;

	ASSERT_EQ(0, kill(self->pid, SIGKILL));
	ASSERT_EQ(self->pid, waitpid(self->pid, &status, 0));
	EXPECT_TRUE(WIFSIGNALED(status));
	EXPECT_TRUE(peer_sees_end(self->peer));
	EXPECT_EQ(-1, peer_connect(WINSOCK_AF_INET, self->port));
	EXPECT_EQ(ECONNREFUSED, errno);
}

/* A context with a connection from @port, in a process that then ends. */
static int opener(int link, void (*before)(int dev, int link))
{
	__u64 lsn, conn;
	int dev = ws_open();
	__be16 port;
	char byte;

	if (ws_listener(dev, WINSOCK_AF_INET, 5, &lsn, &port))
		return 1;
	if (write(link, &port, sizeof(port)) != sizeof(port))
		return 2;
	if (ws_accept(dev, lsn, &conn))
		return 3;
	before(dev, link);
	return read(link, &byte, 1) == 1 ? 0 : 4;
}

FIXTURE(opener) {
	int link;
	int peer;
	pid_t pid;
};

FIXTURE_VARIANT(opener) {
	void (*before)(int dev, int link);
};

/* Somebody else has the file too. */
static void hand_over(int dev, int link)
{
	peer_send_file(link, dev);
}

/* Nobody has it any more: it waits in a queue of a socket of its own. */
static void hand_over_to_itself(int dev, int link)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX, .sun_path = "" };
	int peer = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	socklen_t len = offsetof(struct sockaddr_un, sun_path) + 9;
	__u64 lsn;

	snprintf(un.sun_path + 1, sizeof(un.sun_path) - 1, "%08x", getpid());
	if (ws_create(dev, WINSOCK_AF_UNIX, 0, 0, &lsn) ||
	    ws_bind(dev, lsn, &un, len) || ws_listen(dev, lsn, 1) ||
	    connect(peer, (struct sockaddr *)&un, len) ||
	    peer_send_file(peer, dev))
		_exit(5);
	close(dev);
	close(peer);
	(void)link;
}

FIXTURE_VARIANT_ADD(opener, hands_it_over) { .before = hand_over };

FIXTURE_VARIANT_ADD(opener, hands_it_to_itself) {
	.before = hand_over_to_itself,
};

FIXTURE_SETUP(opener)
{
	int link[2];
	__be16 port;

	ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, link));
	self->pid = fork();
	ASSERT_LE(0, self->pid);
	if (!self->pid)
		_exit(opener(link[1], variant->before));
	close(link[1]);
	self->link = link[0];
	ASSERT_EQ(sizeof(port), read(self->link, &port, sizeof(port)));
	self->peer = peer_connect(WINSOCK_AF_INET, port);
	ASSERT_LE(0, self->peer);
}

FIXTURE_TEARDOWN(opener)
{
	close(self->peer);
	close(self->link);
}

/* A context ends no later than the process that opened it. */
TEST_F(opener, ends_and_the_context_with_it)
{
	bool has_file = variant->before == hand_over;
	int file = has_file ? peer_receive_file(self->link) : -1;
	int status;
	__u64 s;

	if (has_file) {
		ASSERT_LE(0, file);
		EXPECT_EQ(0, ws_tcp(file, WINSOCK_AF_INET, &s));
	}
	ASSERT_EQ(1, write(self->link, "x", 1));
	ASSERT_EQ(self->pid, waitpid(self->pid, &status, 0));
	ASSERT_EQ(0, status);
	EXPECT_TRUE(peer_sees_end(self->peer));
	if (has_file) {
		/* which waits until all of the context's sockets are closed */
		EXPECT_EQ(WSASYSNOTREADY, ws_startup(file));
		EXPECT_EQ(WSANOTINITIALISED, ws_close(file, s));
	}
}

#define LINGER	(3 * WS_PATIENCE)

/* A context of three native connections, of which two have much to send. */
static int lingering(int link, __be16 port)
{
	struct linger linger = { .l_onoff = 1, .l_linger = LINGER };
	static char block[65536];
	int dev = ws_open(), i, fd;
	__u64 h;

	for (i = 0; i < 3; i++) {
		fd = peer_connect(WINSOCK_AF_INET, port);
		if (fd < 0)
			return 1;
		if (i != 1 && setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger,
					 sizeof(linger)))
			return 2;
		while (i != 1 &&
		       send(fd, block, sizeof(block), MSG_DONTWAIT) > 0)
			;
		if (ws_import(dev, fd, &h))
			return 3;
		close(fd);
	}
	return peer_send_file(link, dev) ? 4 : 0;
}

/* Two ends for a process and the one that it leaves its file to. */
FIXTURE(link) {
	int end[2];
};

FIXTURE_SETUP(link)
{
	ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0,
				self->end));
}

FIXTURE_TEARDOWN(link)
{
	close(self->end[0]);
	close(self->end[1]);
}

/*
 * What the opener leaves open is closed by the kernel's own threads, in which
 * one socket that lingers would hold up all that others close there.
 */
TEST_F(link, opener_ends_and_its_lingering_imports_hold_nothing_up)
{
	int lsn, conn[3], file, status, i;
	__be16 port;
	pid_t pid;

	lsn = peer_listen(WINSOCK_AF_INET, &port);
	ASSERT_LE(0, lsn);
	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid)
		_exit(lingering(self->end[1], port));
	for (i = 0; i < 3; i++)
		conn[i] = accept(lsn, NULL, NULL);
	file = peer_receive_file(self->end[0]);
	ASSERT_LE(0, file);
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	ASSERT_EQ(0, status);
	EXPECT_TRUE(peer_sees_end(conn[1]));
	for (i = 0; i < 3; i++)
		close(conn[i]);
	close(file);
	close(lsn);
}

/* Whoever only opened the file has no context that could last. */
TEST_F(link, start_after_the_opener_ended_WSASYSNOTREADY)
{
	int file, status;
	pid_t pid;

	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid)
		_exit(peer_send_file(self->end[1], ws_open_blank()) ? 1 : 0);
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	ASSERT_EQ(0, status);
	file = peer_receive_file(self->end[0]);
	ASSERT_LE(0, file);
	EXPECT_EQ(WSASYSNOTREADY, ws_startup(file));
	close(file);
}

TEST_F(lifetime, descriptor_file_outlives_its_context)
{
	__u64 done;
	char buf[8];
	int file;

	ASSERT_EQ(0, ws_export(self->dev, self->conn, &file));
	close(self->dev);
	self->dev = -1;
	ASSERT_EQ(0, ws_send(file, 0, "abc", 3, 0, &done));
	EXPECT_EQ(3, read(self->peer, buf, sizeof(buf)));
	close(file);
	EXPECT_TRUE(peer_sees_end(self->peer));
}

/* S2 speaks of duplicates in the process; a file is somebody else's as well. */
TEST_F(lifetime, descriptor_file_outlives_a_cleanup)
{
	__u64 done;
	int file;

	ASSERT_EQ(0, ws_export(self->dev, self->conn, &file));
	ASSERT_EQ(0, ws_cleanup(self->dev));
	EXPECT_EQ(0, ws_send(file, 0, "a", 1, 0, &done));
	close(file);
}

TEST_F(lifetime, cleanup_ends_a_blocked_accept_WSAEINTR)
{
	struct winsock_sock_accept a = accept_args(self->lsn);
	struct ws_call c;

	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_ACCEPT, &a));
	ASSERT_TRUE(ws_call_asleep(&c));
	ASSERT_EQ(0, ws_cleanup(self->dev));
	EXPECT_EQ(WSAEINTR, ws_call_join(&c));
	EXPECT_EQ(WS_POISON, a.out_handle);
}

TEST_F(lifetime, cleanup_ends_a_blocked_recv_WSAECONNABORTED)
{
	char buf[8];
	struct winsock_sock_recv a = {
		.size = sizeof(a), .handle = self->conn,
		.addr = (uintptr_t)buf, .count = sizeof(buf),
	};
	struct ws_call c;

	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_RECV, &a));
	ASSERT_TRUE(ws_call_asleep(&c));
	ASSERT_EQ(0, ws_cleanup(self->dev));
	EXPECT_EQ(WSAECONNABORTED, ws_call_join(&c));
}

TEST_F(lifetime, restart_after_cleanup_with_sleepers)
{
	struct winsock_sock_accept a[4];
	struct ws_call c[4];
	unsigned int i;
	__u64 h;

	for (i = 0; i < ARRAY_SIZE(c); i++) {
		a[i] = accept_args(self->lsn);
		ASSERT_EQ(0, ws_call_start(&c[i], self->dev,
					   WINSOCK_IOC_SOCK_ACCEPT, &a[i]));
		ASSERT_TRUE(ws_call_asleep(&c[i]));
	}
	ASSERT_EQ(0, ws_cleanup(self->dev));
	ASSERT_EQ(0, ws_startup(self->dev));
	for (i = 0; i < ARRAY_SIZE(c); i++)
		EXPECT_EQ(WSAEINTR, ws_call_join(&c[i]));
	EXPECT_EQ(WSAENOTSOCK, ws_close(self->dev, self->lsn));
	EXPECT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
}

/* The file is closed under a call: the call holds it, and goes on. */
TEST_F(lifetime, close_of_the_descriptor_under_a_blocked_accept)
{
	struct winsock_sock_accept a = accept_args(self->lsn);
	struct ws_call c;
	int peer;

	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_ACCEPT, &a));
	ASSERT_TRUE(ws_call_asleep(&c));
	close(self->dev);
	self->dev = -1;
	ASSERT_TRUE(ws_call_asleep(&c));
	peer = peer_connect(WINSOCK_AF_INET, self->port);
	ASSERT_LE(0, peer);
	EXPECT_EQ(0, ws_call_join(&c));
	/* and with the call its file went, and all in it */
	EXPECT_TRUE(peer_sees_end(peer));
	EXPECT_TRUE(peer_sees_end(self->peer));
	close(peer);
}

TEST_F(lifetime, caller_in_another_network_WSAENETDOWN)
{
	__u64 h, done;
	int status;
	pid_t pid;

	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid) {
		if (unshare(CLONE_NEWNET))
			_exit(2);
		if (ws_tcp(self->dev, WINSOCK_AF_INET, &h) != WSAENETDOWN)
			_exit(3);
		/* what exists goes on */
		_exit(ws_send(self->dev, self->conn, "a", 1, 0, &done) ? 4 : 0);
	}
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	if (WEXITSTATUS(status) == 2)
		SKIP(return, "no right to make a network namespace");
	EXPECT_EQ(0, status);
	EXPECT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
}

TEST_HARNESS_MAIN
