// SPDX-License-Identifier: GPL-2.0-only
/*
 * accept: what it answers, in which order, and what it hands on.  That no
 * failure loses a connection is in accept_fault.c and conserve.c.
 */
#include "ws_accept.h"

/* [accept WSANOTINITIALISED] */
TEST_F(accept, before_startup_WSANOTINITIALISED)
{
	int dev = ws_open_blank();
	__u64 conn;

	EXPECT_EQ(WSANOTINITIALISED, ws_accept(dev, self->lsn, &conn));
	EXPECT_EQ(WS_POISON, conn);
	close(dev);
}

TEST_F(accept, after_last_cleanup_WSANOTINITIALISED)
{
	__u64 conn;

	ASSERT_EQ(0, ws_cleanup(self->dev));
	EXPECT_EQ(WSANOTINITIALISED, ws_accept(self->dev, self->lsn, &conn));
	EXPECT_EQ(WS_POISON, conn);
}

/* G3 [accept WSAENOTSOCK] */
TEST_F(accept, never_a_socket_WSAENOTSOCK)
{
	__u64 conn;

	EXPECT_EQ(WSAENOTSOCK, ws_accept(self->dev, 0, &conn));
	EXPECT_EQ(WSAENOTSOCK, ws_accept(self->dev, ~0ULL, &conn));
	EXPECT_EQ(WSAENOTSOCK, ws_accept(self->dev, 0x12345678, &conn));
	EXPECT_EQ(WS_POISON, conn);
}

TEST_F(accept, closed_listener_WSAENOTSOCK)
{
	__u64 conn;

	ASSERT_EQ(0, ws_close(self->dev, self->lsn));
	EXPECT_EQ(WSAENOTSOCK, ws_accept(self->dev, self->lsn, &conn));
	EXPECT_EQ(WS_POISON, conn);
}

TEST_F(accept, stale_generation_WSAENOTSOCK)
{
	__u64 stale = self->lsn, h, conn;
	int i;

	ASSERT_EQ(0, ws_close(self->dev, self->lsn));
	for (i = 0; i < 2000; i++) {
		ASSERT_EQ(0, ws_tcp(self->dev, variant->family, &h));
		ASSERT_NE(stale, h);
		ASSERT_EQ(0, ws_close(self->dev, h));
	}
	EXPECT_EQ(WSAENOTSOCK, ws_accept(self->dev, stale, &conn));
}

TEST_F(accept, unbound_socket_WSAEINVAL)
{
	__u64 h, conn;

	ASSERT_EQ(0, ws_tcp(self->dev, variant->family, &h));
	EXPECT_EQ(WSAEINVAL, ws_accept(self->dev, h, &conn));
	EXPECT_EQ(WS_POISON, conn);
}

/* [accept WSAEINVAL] */
TEST_F(accept, bound_socket_WSAEINVAL)
{
	__u64 h, conn;
	__be16 port;

	ASSERT_EQ(0, ws_bound(self->dev, variant->family, &h, &port));
	EXPECT_EQ(WSAEINVAL, ws_accept(self->dev, h, &conn));
	EXPECT_EQ(WS_POISON, conn);
}

TEST_F(accept, accepted_socket_cannot_accept_WSAEINVAL)
{
	int peer = peer_connect(variant->family, self->port);
	__u64 conn, none;

	ASSERT_EQ(0, accept_queued(self->dev, self->lsn, NULL, NULL, &conn));
	EXPECT_EQ(WSAEINVAL, ws_accept(self->dev, conn, &none));
	EXPECT_EQ(WS_POISON, none);
	close(peer);
}

/* [accept WSAEOPNOTSUPP] */
TEST_F(accept, datagram_WSAEOPNOTSUPP)
{
	__u64 h, conn;

	ASSERT_EQ(0, ws_create(self->dev, variant->family, WINSOCK_SOCK_DGRAM,
			       WINSOCK_IPPROTO_UDP, &h));
	EXPECT_EQ(WSAEOPNOTSUPP, ws_accept(self->dev, h, &conn));
	EXPECT_EQ(WS_POISON, conn);
}

/* [accept WSAEWOULDBLOCK] */
TEST_F(accept, nonblocking_and_empty_WSAEWOULDBLOCK)
{
	__u64 conn;

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_accept(self->dev, self->lsn, &conn));
	EXPECT_EQ(WS_POISON, conn);
}

TEST_F(accept, empty_queue_is_not_WSAEMFILE)
{
	struct rlimit lim = { .rlim_cur = 1, .rlim_max = 1 };
	__u64 conn;

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 1));
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_accept(self->dev, self->lsn, &conn));
}

/* [accept WSAEMFILE] */
TEST_F(accept, full_table_WSAEMFILE_keeps_the_connection)
{
	int first = peer_connect(variant->family, self->port);
	int second = peer_connect(variant->family, self->port);
	struct rlimit lim = { .rlim_cur = 1, .rlim_max = 1 };
	__u64 conn;

	if (geteuid())
		SKIP(return, "raising the hard limit needs root");
	ASSERT_LE(0, second);
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	EXPECT_EQ(WSAEMFILE, accept_queued(self->dev, self->lsn, NULL, NULL,
					   &conn));
	EXPECT_EQ(WS_POISON, conn);
	EXPECT_EQ(WSAEMFILE, accept_queued(self->dev, self->lsn, NULL, NULL,
					   &conn));
	lim.rlim_max = 64;
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, first));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, second));
	close(first);
	close(second);
}

/* [accept WSAECONNRESET] */
TEST_F(accept, peer_reset_while_queued_WSAECONNRESET)
{
	int first = peer_connect(variant->family, self->port);
	int second = peer_connect(variant->family, self->port);
	__u64 conn;

	ASSERT_LE(0, second);
	peer_reset(first);
	EXPECT_EQ(WSAECONNRESET, accept_queued(self->dev, self->lsn, NULL,
					       NULL, &conn));
	EXPECT_EQ(WS_POISON, conn);
	/* reported once, and only it */
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, second));
	close(second);
}

TEST_F(accept, peer_end_while_queued_is_no_error)
{
	int peer = peer_connect(variant->family, self->port);
	__u64 conn, done;
	char buf[8];

	ASSERT_EQ(3, write(peer, "abc", 3));
	close(peer);
	ASSERT_EQ(0, accept_queued(self->dev, self->lsn, NULL, NULL, &conn));
	ASSERT_EQ(0, ws_nonblocking(self->dev, conn, 0));
	ASSERT_EQ(0, ws_recv(self->dev, conn, buf, sizeof(buf), 0, &done));
	EXPECT_EQ(3, done);
	ASSERT_EQ(0, ws_recv(self->dev, conn, buf, sizeof(buf), 0, &done));
	EXPECT_EQ(0, done);
}

/* A1 */
TEST_F(accept, null_length_leaves_the_address_alone)
{
	int peer = peer_connect(variant->family, self->port);
	union ws_addr a, poison;
	__u64 conn;

	memset(&poison, 0xa5, sizeof(poison));
	a = poison;
	EXPECT_EQ(0, accept_queued(self->dev, self->lsn, &a, NULL, &conn));
	EXPECT_EQ(0, memcmp(&a, &poison, sizeof(a)));
	close(peer);
}

TEST_F(accept, null_address_leaves_the_length_alone)
{
	int peer = peer_connect(variant->family, self->port);
	__s32 len = 3;
	__u64 conn;

	EXPECT_EQ(0, accept_queued(self->dev, self->lsn, NULL, &len, &conn));
	EXPECT_EQ(3, len);
	close(peer);
}

TEST_F(accept, null_address_and_length_succeed)
{
	int peer = peer_connect(variant->family, self->port);
	__u64 conn;

	EXPECT_EQ(0, accept_queued(self->dev, self->lsn, NULL, NULL, &conn));
	EXPECT_NE(WS_POISON, conn);
	close(peer);
}

/* The bytes as Windows lays them out: 16 for IPv4, 28 and family 23 for IPv6. */
TEST_F(accept, address_has_the_exact_bytes)
{
	int peer = peer_connect(variant->family, self->port);
	int size = ws_addr_len(variant->family);
	__be16 port = peer_port(peer);
	__u8 want[128];
	union ws_addr a;
	__s32 len = size;
	__u64 conn;

	memset(want, 0xa5, sizeof(want));
	memset(want, 0, size);
	want[0] = variant->family;
	memcpy(want + 2, &port, 2);
	if (variant->family == WINSOCK_AF_INET6)
		want[8 + 15] = 1;	/* ::1 */
	else
		memcpy(want + 4, "\177\0\0\1", 4);

	memset(&a, 0xa5, sizeof(a));
	ASSERT_EQ(0, accept_queued(self->dev, self->lsn, &a, &len, &conn));
	EXPECT_EQ(size, len);
	EXPECT_EQ(0, memcmp(want, a.bytes, sizeof(want)));
	close(peer);
}

/* A3 */
TEST_F(accept, large_length_shrinks_to_the_real_one)
{
	int peer = peer_connect(variant->family, self->port);
	union ws_addr a;
	__s32 len = sizeof(a);
	__u64 conn;

	memset(&a, 0xa5, sizeof(a));
	ASSERT_EQ(0, accept_queued(self->dev, self->lsn, &a, &len, &conn));
	EXPECT_EQ(ws_addr_len(variant->family), len);
	EXPECT_EQ(variant->family, a.family);
	EXPECT_EQ(0xa5, a.bytes[len]);
	close(peer);
}

TEST_F(accept, thousand_queued_come_first_in_first_out)
{
	static int peers[1000];
	struct rlimit lim;
	unsigned int i;

	ASSERT_EQ(0, getrlimit(RLIMIT_NOFILE, &lim));
	lim.rlim_cur = lim.rlim_max;
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	for (i = 0; i < ARRAY_SIZE(peers); i++) {
		peers[i] = peer_connect(variant->family, self->port);
		ASSERT_LE(0, peers[i]) {
			TH_LOG("connection %u: %s", i, strerror(errno));
		}
	}
	for (i = 0; i < ARRAY_SIZE(peers); i++)
		ASSERT_TRUE(accept_gives(self->dev, self->lsn, peers[i]));
	for (i = 0; i < ARRAY_SIZE(peers); i++)
		peer_abort(peers[i]);
}

TEST_F(accept, every_backlog_lets_one_in)
{
	static const int backlogs[] = {
		0, 1, 5, WINSOCK_SOMAXCONN, -1, -200, -65535, -0x7fffffff - 1,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(backlogs); i++) {
		__be16 port;
		__u64 lsn;
		int peer;

		ASSERT_EQ(0, ws_listener(self->dev, variant->family,
					 backlogs[i], &lsn, &port));
		peer = peer_connect(variant->family, port);
		ASSERT_LE(0, peer);
		EXPECT_TRUE(accept_gives(self->dev, lsn, peer)) {
			TH_LOG("backlog %d", backlogs[i]);
		}
		close(peer);
		EXPECT_EQ(0, ws_close(self->dev, lsn));
	}
}

TEST_F(accept, listener_goes_on)
{
	int i, peer;

	for (i = 0; i < 20; i++) {
		peer = peer_connect(variant->family, self->port);
		ASSERT_LE(0, peer);
		ASSERT_TRUE(accept_gives(self->dev, self->lsn, peer));
		close(peer);
	}
}

TEST_F(accept, both_ends_are_connected)
{
	int peer = peer_connect(variant->family, self->port);
	union ws_addr a;
	__s32 len = sizeof(a);
	__u64 conn, done;
	char buf[8];

	ASSERT_EQ(0, accept_queued(self->dev, self->lsn, NULL, NULL, &conn));
	ASSERT_EQ(0, ws_send(self->dev, conn, "abc", 3, 0, &done));
	EXPECT_EQ(3, read(peer, buf, sizeof(buf)));
	EXPECT_EQ(self->port, ws_port(self->dev, conn));
	ASSERT_EQ(0, ws_name(self->dev, WINSOCK_IOC_SOCK_GETPEER, conn, &a,
			     &len));
	EXPECT_EQ(peer_port(peer), a.in.sin_port);
	close(peer);
}

TEST_F(accept, new_socket_inherits_the_blocking_mode)
{
	int peer = peer_connect(variant->family, self->port);
	struct winsock_sock_recv a = { .size = sizeof(a), .count = 8 };
	struct ws_call c;
	char buf[8];
	__u64 conn;

	ASSERT_EQ(0, accept_queued(self->dev, self->lsn, NULL, NULL, &conn));
	a.handle = conn;
	a.addr = (uintptr_t)buf;
	if (variant->nonblocking) {
		EXPECT_EQ(WSAEWOULDBLOCK,
			  ws_ioctl(self->dev, WINSOCK_IOC_SOCK_RECV, &a));
	} else {
		ASSERT_EQ(0, ws_call_start(&c, self->dev,
					   WINSOCK_IOC_SOCK_RECV, &a));
		EXPECT_TRUE(ws_call_asleep(&c));
		ASSERT_EQ(1, write(peer, "x", 1));
		EXPECT_EQ(0, ws_call_join(&c));
	}
	close(peer);
}

TEST_F(accept, new_socket_inherits_the_options)
{
	static const struct {
		int level, name;
		__u32 value;
	} options[] = {
		{ WINSOCK_SOL_SOCKET, WINSOCK_SO_KEEPALIVE, 1 },
		{ WINSOCK_SOL_SOCKET, WINSOCK_SO_OOBINLINE, 1 },
		{ WINSOCK_SOL_SOCKET, WINSOCK_SO_LINGER, 5 << 16 | 1 },
		{ WINSOCK_SOL_SOCKET, WINSOCK_SO_SNDBUF, 30000 },
		{ WINSOCK_SOL_SOCKET, WINSOCK_SO_RCVBUF, 30000 },
		{ WINSOCK_IPPROTO_TCP, WINSOCK_TCP_NODELAY, 1 },
	};
	unsigned int i;
	__u64 conn;
	int peer;

	for (i = 0; i < ARRAY_SIZE(options); i++)
		ASSERT_EQ(0, ws_setopt(self->dev, self->lsn, options[i].level,
				       options[i].name, &options[i].value, 4));
	peer = peer_connect(variant->family, self->port);
	ASSERT_EQ(0, accept_queued(self->dev, self->lsn, NULL, NULL, &conn));
	for (i = 0; i < ARRAY_SIZE(options); i++) {
		__u32 value = 0;
		__s32 len = 4;

		ASSERT_EQ(0, ws_getopt(self->dev, conn, options[i].level,
				       options[i].name, &value, &len));
		EXPECT_EQ(options[i].value, value) {
			TH_LOG("option %#x", options[i].name);
		}
	}
	close(peer);
}

TEST_F(accept, file_of_the_listener_polls_readable)
{
	int file, peer;

	ASSERT_EQ(0, ws_export(self->dev, self->lsn, &file));
	peer = peer_connect(variant->family, self->port);
	EXPECT_EQ(POLLIN, peer_poll(file, POLLIN));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, peer));
	close(peer);
	close(file);
}

TEST_F(accept, listener_close_ends_the_queued)
{
	int peer = peer_connect(variant->family, self->port);
	char byte;

	ASSERT_EQ(0, ws_close(self->dev, self->lsn));
	EXPECT_NE(0, peer_poll(peer, POLLIN));
	EXPECT_EQ(-1, recv(peer, &byte, 1, 0));
	EXPECT_EQ(ECONNRESET, errno);
	close(peer);
}

/* What blocks: one listener, one thread asleep in accept on it. */
FIXTURE(blocked) {
	int dev;
	__u64 lsn;
	__be16 port;
	union ws_addr addr;
	__s32 addr_len;
	struct winsock_sock_accept a;
	struct ws_call call;
};

FIXTURE_VARIANT(blocked) {
	int family;
};

FIXTURE_VARIANT_ADD(blocked, ipv4) {
	.family = WINSOCK_AF_INET,
};

FIXTURE_VARIANT_ADD(blocked, ipv6) {
	.family = WINSOCK_AF_INET6,
};

FIXTURE_SETUP(blocked)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_handle_signals());
	ASSERT_EQ(0, ws_listener(self->dev, variant->family, 100, &self->lsn,
				 &self->port));
	self->addr_len = sizeof(self->addr);
	self->a = (struct winsock_sock_accept){
		.size = sizeof(self->a), .handle = self->lsn,
		.addr = (uintptr_t)&self->addr,
		.addr_len = (uintptr_t)&self->addr_len,
		.out_handle = WS_POISON,
	};
	ASSERT_EQ(0, ws_call_start(&self->call, self->dev,
				   WINSOCK_IOC_SOCK_ACCEPT, &self->a));
	ASSERT_TRUE(ws_call_asleep(&self->call));
}

FIXTURE_TEARDOWN(blocked)
{
	close(self->dev);
}

TEST_F(blocked, ends_with_a_connection)
{
	int peer = peer_connect(variant->family, self->port);

	EXPECT_EQ(0, ws_call_join(&self->call));
	EXPECT_NE(WS_POISON, self->a.out_handle);
	EXPECT_EQ(peer_port(peer), self->addr.in.sin_port);
	EXPECT_EQ(ws_addr_len(variant->family), self->addr_len);
	close(peer);
}

/* A5 */
TEST_F(blocked, closesocket_elsewhere_WSAEINTR)
{
	ASSERT_EQ(0, ws_close(self->dev, self->lsn));
	EXPECT_EQ(WSAEINTR, ws_call_join(&self->call));
	EXPECT_EQ(WS_POISON, self->a.out_handle);
	EXPECT_EQ(sizeof(self->addr), self->addr_len);
}

TEST_F(blocked, resumes_after_a_signal_handler)
{
	int peer, i;

	for (i = 0; i < 3; i++) {
		ASSERT_TRUE(ws_call_signal(&self->call));
		ASSERT_TRUE(ws_call_asleep(&self->call));
	}
	peer = peer_connect(variant->family, self->port);
	EXPECT_EQ(0, ws_call_join(&self->call));
	EXPECT_EQ(peer_port(peer), self->addr.in.sin_port);
	close(peer);
}

TEST_F(blocked, is_not_ended_by_a_switch_to_nonblocking)
{
	int peer;

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 1));
	EXPECT_TRUE(ws_call_asleep(&self->call));
	peer = peer_connect(variant->family, self->port);
	EXPECT_EQ(0, ws_call_join(&self->call));
	close(peer);
}

/* A native listener brings its own SO_RCVTIMEO, of a millisecond. */
TEST_F(blocked, SO_RCVTIMEO_does_not_bound_it)
{
	struct timeval tv = { .tv_usec = 1000 };
	struct winsock_sock_accept a = { .size = sizeof(a) };
	struct ws_call c;
	int lsn, peer;
	__be16 port;
	__u64 start;

	lsn = peer_listen(variant->family, &port);
	ASSERT_LE(0, lsn);
	ASSERT_EQ(0, setsockopt(lsn, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)));
	ASSERT_EQ(0, ws_import(self->dev, lsn, (__u64 *)&a.handle));
	start = ws_now_ns();
	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_ACCEPT, &a));
	ASSERT_TRUE(ws_until(ws_now_ns() > start + 300000000ULL));
	EXPECT_TRUE(ws_call_asleep(&c));
	peer = peer_connect(variant->family, port);
	EXPECT_EQ(0, ws_call_join(&c));
	close(peer);
	close(lsn);
}

/*
 * A connection wakes one sleeper.  If this one is killed before it runs, the
 * wake-up is another's.  With all on one processor, and the test ahead of the
 * others there, it surely is killed before.
 */
TEST_F(blocked, wakeup_of_a_killed_sleeper_is_passed_on)
{
	struct sched_param first = { .sched_priority = 1 }, equal = {};
	struct winsock_sock_accept a = { .size = sizeof(a) };
	struct ws_call c;
	int file, dev, peer;
	__be16 port;
	pid_t pid;

	ASSERT_EQ(0, ws_stay_on_processor());
	ASSERT_EQ(0, ws_listener(self->dev, variant->family, 5,
				 (__u64 *)&a.handle, &port));
	ASSERT_EQ(0, ws_export(self->dev, a.handle, &file));
	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid) {
		dev = ws_open();
		if (!ws_import(dev, file, (__u64 *)&a.handle))
			ws_ioctl(dev, WINSOCK_IOC_SOCK_ACCEPT, &a);
		_exit(1);
	}
	ASSERT_TRUE(ws_until(ws_in_ioctl(pid, pid, WINSOCK_IOC_SOCK_ACCEPT)));
	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_ACCEPT,
				   &a));
	ASSERT_TRUE(ws_call_asleep(&c));

	if (sched_setscheduler(0, SCHED_FIFO, &first)) {
		kill(pid, SIGKILL);
		SKIP(return, "no right to a real-time priority");
	}
	peer = peer_connect(variant->family, port);
	kill(pid, SIGKILL);
	ASSERT_EQ(0, sched_setscheduler(0, SCHED_OTHER, &equal));
	EXPECT_EQ(pid, waitpid(pid, NULL, 0));
	EXPECT_EQ(0, ws_call_join(&c));
	close(peer);
	close(file);
}

#define SLEEPERS	15	/* and the fixture's makes sixteen */

TEST_F(blocked, n_connections_wake_n_of_sixteen)
{
	struct winsock_sock_accept a[SLEEPERS];
	struct ws_call c[SLEEPERS];
	int peers[5], i, done;

	for (i = 0; i < SLEEPERS; i++) {
		a[i] = (struct winsock_sock_accept){
			.size = sizeof(a[i]), .handle = self->lsn,
		};
		ASSERT_EQ(0, ws_call_start(&c[i], self->dev,
					   WINSOCK_IOC_SOCK_ACCEPT, &a[i]));
		ASSERT_TRUE(ws_call_asleep(&c[i]));
	}
	for (i = 0; i < 5; i++)
		peers[i] = peer_connect(variant->family, self->port);

	/* five come back, and eleven are asleep again or never woke */
	ASSERT_TRUE(ws_until(({
		done = ws_call_done(&self->call);
		for (i = 0; i < SLEEPERS; i++)
			done += ws_call_done(&c[i]);
		done >= 5;
	})));
	for (i = 0; i < SLEEPERS; i++)
		if (!ws_call_done(&c[i]))
			EXPECT_TRUE(ws_call_asleep(&c[i]));
	for (done = ws_call_done(&self->call), i = 0; i < SLEEPERS; i++)
		done += ws_call_done(&c[i]);
	EXPECT_EQ(5, done);

	ASSERT_EQ(0, ws_close(self->dev, self->lsn));
	for (done = !ws_call_join(&self->call), i = 0; i < SLEEPERS; i++) {
		int ret = ws_call_join(&c[i]);

		EXPECT_TRUE(!ret || ret == WSAEINTR);
		done += !ret;
	}
	EXPECT_EQ(5, done);
	for (i = 0; i < 5; i++)
		close(peers[i]);
}

TEST_HARNESS_MAIN
