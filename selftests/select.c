// SPDX-License-Identifier: GPL-2.0-only
/*
 * select over Windows' sets: windows-observed F1 to F13.  WSAPoll is in poll.c.
 */
#include "ws_pair.h"

#define R	0
#define W	1
#define E	2

struct set {
	__u32 count;
	__u32 pad;
	__u64 fd[4];
};

/* Sets @r, @w, @e in one call; what was given comes back changed. */
static int do_select(int dev, struct set *r, struct set *w, struct set *e,
		     __s64 timeout, __u32 *count)
{
	struct winsock_sock_select a = {
		.size = sizeof(a), .readfds = (uintptr_t)r,
		.writefds = (uintptr_t)w, .exceptfds = (uintptr_t)e,
		.timeout = timeout, .out_count = WS_POISON32,
	};
	int ret = ws_ioctl(dev, WINSOCK_IOC_SOCK_SELECT, &a);

	*count = a.out_count;
	return ret;
}

/* Which of the three sets one socket is in, as bits; -1 on failure. */
static int where(int dev, __u64 sock)
{
	struct set s[3] = { { 1, 0, { sock } }, { 1, 0, { sock } },
			    { 1, 0, { sock } } };
	__u32 count;

	if (do_select(dev, &s[R], &s[W], &s[E], 0, &count) ||
	    count != s[R].count + s[W].count + s[E].count)
		return -1;
	return s[R].count << R | s[W].count << W | s[E].count << E;
}

TEST_F(pair, F9_connected_is_writable)
{
	EXPECT_EQ(1 << W, where(self->dev, self->conn));
}

TEST_F(pair, F10_data_is_readable_besides)
{
	ASSERT_EQ(1, send(self->peer, "x", 1, 0));
	ASSERT_TRUE(ws_until(where(self->dev, self->conn) ==
			     (1 << R | 1 << W)));
}

TEST_F(pair, F10_full_buffer_is_not_writable)
{
	ASSERT_TRUE(pair_fill(self->dev, self->conn));
	EXPECT_EQ(0, where(self->dev, self->conn));
}

TEST_F(pair, F11_urgent_byte_is_exceptional_not_readable)
{
	ASSERT_EQ(1, send(self->peer, "!", 1, MSG_OOB));
	EXPECT_TRUE(ws_until(where(self->dev, self->conn) ==
			     (1 << W | 1 << E)));
}

TEST_F(pair, F11_inline_urgent_byte_is_readable)
{
	int on = 1;

	ASSERT_EQ(0, ws_setopt(self->dev, self->conn, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_OOBINLINE, &on, sizeof(on)));
	ASSERT_EQ(1, send(self->peer, "!", 1, MSG_OOB));
	EXPECT_TRUE(ws_until(where(self->dev, self->conn) & 1 << R));
	EXPECT_EQ(1 << R | 1 << W, where(self->dev, self->conn));
}

TEST_F(pair, F12_end_of_stream_is_readable)
{
	close(self->peer);
	self->peer = -1;
	EXPECT_TRUE(ws_until(where(self->dev, self->conn) & 1 << R));
}

TEST_F(pair, reset_is_readable)
{
	peer_reset(self->peer);
	self->peer = -1;
	EXPECT_TRUE(ws_until(where(self->dev, self->conn) & 1 << R));
}

TEST_F(pair, F1_only_fd_count_entries_are_read)
{
	long page = sysconf(_SC_PAGESIZE);
	char *two = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct set *s = (struct set *)(two + page - 16);
	__u32 count;

	ASSERT_NE(MAP_FAILED, two);
	ASSERT_EQ(0, mprotect(two + page, page, PROT_NONE));
	s->count = 1;
	s->fd[0] = self->conn;
	EXPECT_EQ(0, do_select(self->dev, NULL, s, NULL, 0, &count));
	EXPECT_EQ(1, count);
	s->count = 2;
	EXPECT_EQ(WSAEFAULT, do_select(self->dev, NULL, s, NULL, 0, &count));
	EXPECT_EQ(2, s->count);
	munmap(two, 2 * page);
}

TEST_F(pair, F2_no_entry_WSAEINVAL)
{
	struct set none = { }, one = { 1, 0, { self->conn } };
	__u32 count;

	EXPECT_EQ(WSAEINVAL, do_select(self->dev, NULL, NULL, NULL, 0, &count));
	EXPECT_EQ(WSAEINVAL, do_select(self->dev, &none, NULL, &none, 0,
				       &count));
	EXPECT_EQ(WS_POISON32, count);
	EXPECT_EQ(0, do_select(self->dev, &none, &one, NULL, 0, &count));
	EXPECT_EQ(1, count);
}

TEST_F(pair, F3_an_entry_that_is_no_socket_WSAENOTSOCK)
{
	struct set s = { 2, 0, { self->conn, self->conn + 4 } };
	struct set before = s;
	__u32 count;

	EXPECT_EQ(WSAENOTSOCK, do_select(self->dev, NULL, &s, NULL, 0, &count));
	EXPECT_EQ(0, memcmp(&before, &s, sizeof(s)));
}

TEST_F(pair, F4_twice_in_a_set_counts_once)
{
	struct set s = { 3, 0, { self->conn, self->conn, self->conn } };
	__u32 count;

	EXPECT_EQ(0, do_select(self->dev, NULL, &s, NULL, 0, &count));
	EXPECT_EQ(1, count);
	EXPECT_EQ(1, s.count);
	EXPECT_EQ(self->conn, s.fd[0]);
	EXPECT_EQ(self->conn, s.fd[1]);	/* not erased */
}

TEST_F(pair, F5_one_set_given_twice_is_the_union)
{
	struct set s = { 1, 0, { self->conn } };
	__u32 count;

	ASSERT_EQ(1, send(self->peer, "x", 1, 0));
	ASSERT_TRUE(ws_until(where(self->dev, self->conn) & 1 << R));
	EXPECT_EQ(0, do_select(self->dev, &s, &s, NULL, 0, &count));
	EXPECT_EQ(1, count);
	EXPECT_EQ(1, s.count);
}

/* [select WSAEFAULT] */
TEST_F(pair, unwritable_set_WSAEFAULT)
{
	long page = sysconf(_SC_PAGESIZE);
	struct set *s = mmap(NULL, page, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	__u32 count;

	ASSERT_NE(MAP_FAILED, s);
	s->count = 1;
	s->fd[0] = self->conn;
	ASSERT_EQ(0, mprotect(s, page, PROT_READ));
	EXPECT_EQ(WSAEFAULT, do_select(self->dev, NULL, s, NULL, 0, &count));
	munmap(s, page);
}

TEST_F(pair, too_many_entries_WSAEFAULT)
{
	struct set s = { WINSOCK_SELECT_MAX + 1, 0, { self->conn } };
	__u32 count;

	EXPECT_EQ(WSAEFAULT, do_select(self->dev, NULL, &s, NULL, 0, &count));
}

TEST_F(pair, time_is_waited_out)
{
	struct set s = { 1, 0, { self->conn } };
	__u64 start = ws_now_ns();
	__u32 count;

	EXPECT_EQ(0, do_select(self->dev, &s, NULL, NULL, 50000000, &count));
	EXPECT_EQ(0, count);
	EXPECT_EQ(0, s.count);
	EXPECT_LE(50000000, ws_now_ns() - start);
}

struct waiter {
	struct set r, e;
	struct winsock_sock_select a;
	struct ws_call call;
};

/* Begin a select in a thread that is proven asleep. */
static bool wait_in_select(struct waiter *w, int dev, __u64 read, __u64 except)
{
	w->r = (struct set){ !!read, 0, { read } };
	w->e = (struct set){ !!except, 0, { except } };
	w->a = (struct winsock_sock_select){
		.size = sizeof(w->a), .readfds = (uintptr_t)&w->r,
		.exceptfds = (uintptr_t)&w->e, .timeout = -1,
	};
	return !ws_call_start(&w->call, dev, WINSOCK_IOC_SOCK_SELECT, &w->a) &&
	       ws_call_asleep(&w->call);
}

TEST_F(pair, data_wakes_the_wait)
{
	struct waiter w;

	ASSERT_TRUE(wait_in_select(&w, self->dev, self->conn, 0));
	ASSERT_EQ(1, send(self->peer, "x", 1, 0));
	EXPECT_EQ(0, ws_call_join(&w.call));
	EXPECT_EQ(1, w.a.out_count);
	EXPECT_EQ(1, w.r.count);
}

TEST_F(pair, a_signal_does_not_end_the_wait)
{
	struct waiter w;

	ASSERT_TRUE(wait_in_select(&w, self->dev, self->conn, 0));
	ASSERT_TRUE(ws_call_signal(&w.call));
	ASSERT_TRUE(ws_call_asleep(&w.call));
	ASSERT_EQ(1, send(self->peer, "x", 1, 0));
	EXPECT_EQ(0, ws_call_join(&w.call));
	EXPECT_EQ(1, w.a.out_count);
}

TEST_F(pair, F13_closed_in_readfds_counts_as_ready)
{
	struct waiter w;

	ASSERT_TRUE(wait_in_select(&w, self->dev, self->conn, self->conn));
	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(0, ws_call_join(&w.call));
	EXPECT_EQ(1, w.a.out_count);
	EXPECT_EQ(1, w.r.count);
	EXPECT_EQ(self->conn, w.r.fd[0]);
}

TEST_F(pair, F13_closed_in_exceptfds_only_WSAENOTSOCK)
{
	struct waiter w;

	ASSERT_TRUE(wait_in_select(&w, self->dev, 0, self->conn));
	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(WSAENOTSOCK, ws_call_join(&w.call));
	EXPECT_EQ(0, w.e.count);
}

/* How often a thread has gone to sleep so far; -1 if that cannot be known. */
static long times_slept(pid_t tid)
{
	char path[64], line[128];
	long times = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/self/task/%d/status", tid);
	f = fopen(path, "re");
	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "voluntary_ctxt_switches: %ld", &times) == 1)
			break;
	fclose(f);
	return times;
}

/* Whether a sleeping waiter is not run once while a time-out passes by. */
static bool stays_asleep(struct waiter *w, int dev)
{
	struct set s = { };
	long before, after;
	__u32 count;

	if (ws_create(dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM,
		      WINSOCK_IPPROTO_UDP, &s.fd[0]))
		return false;
	s.count = 1;
	before = times_slept(w->call.tid);
	if (do_select(dev, &s, NULL, NULL, 100000000, &count) || count)
		return false;
	after = times_slept(w->call.tid);
	return before > 0 && before == after && ws_call_asleep(&w->call);
}

TEST_F(pair, idle_wait_does_not_run)
{
	struct waiter w;

	ASSERT_TRUE(wait_in_select(&w, self->dev, self->conn, self->conn));
	EXPECT_TRUE(stays_asleep(&w, self->dev));
	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(0, ws_call_join(&w.call));
}

/* The stack has much to say then, but nothing that was asked. */
TEST_F(pair, wait_for_what_a_hung_up_socket_is_not_does_not_run)
{
	struct waiter w;

	close(self->peer);
	self->peer = -1;
	ASSERT_TRUE(ws_until(where(self->dev, self->conn) & 1 << R));
	ASSERT_TRUE(wait_in_select(&w, self->dev, 0, self->conn));
	EXPECT_TRUE(stays_asleep(&w, self->dev));
	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(WSAENOTSOCK, ws_call_join(&w.call));
}

TEST_F(pair, wait_for_what_a_reset_socket_is_not_does_not_run)
{
	struct waiter w;

	peer_reset(self->peer);
	self->peer = -1;
	ASSERT_TRUE(ws_until(where(self->dev, self->conn) & 1 << R));
	ASSERT_TRUE(wait_in_select(&w, self->dev, 0, self->conn));
	EXPECT_TRUE(stays_asleep(&w, self->dev));
	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(WSAENOTSOCK, ws_call_join(&w.call));
}

TEST_F(pair, sets_of_32_bit_programs)
{
	__u32 set[3] = { 2, self->conn, self->conn };
	struct winsock_sock_select a = {
		.size = sizeof(a), .flags = WINSOCK_SELECT_32,
		.writefds = (uintptr_t)set,
	};

	EXPECT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_SELECT, &a));
	EXPECT_EQ(1, a.out_count);
	EXPECT_EQ(1, set[0]);
	EXPECT_EQ(self->conn, set[1]);
}

FIXTURE(fresh) {
	int dev;
	__u64 sock;
};

FIXTURE_SETUP(fresh)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &self->sock));
}

FIXTURE_TEARDOWN(fresh)
{
	close(self->dev);
}

TEST_F(fresh, F7_unbound_tcp_is_in_no_set)
{
	EXPECT_EQ(0, where(self->dev, self->sock));
}

TEST_F(fresh, F7_unbound_udp_is_writable)
{
	__u64 udp;

	ASSERT_EQ(0, ws_create(self->dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM,
			       WINSOCK_IPPROTO_UDP, &udp));
	EXPECT_EQ(1 << W, where(self->dev, udp));
}

TEST_F(fresh, F8_listener_is_readable_with_a_connection)
{
	__be16 port;
	__u64 lsn;
	int peer;

	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &lsn, &port));
	EXPECT_EQ(0, where(self->dev, lsn));
	peer = peer_connect(WINSOCK_AF_INET, port);
	ASSERT_LE(0, peer);
	EXPECT_TRUE(ws_until(where(self->dev, lsn) == 1 << R));
	close(peer);
}

static int error_of(int dev, __u64 sock)
{
	int error = -1, len = sizeof(error);

	if (ws_getopt(dev, sock, WINSOCK_SOL_SOCKET, WINSOCK_SO_ERROR, &error,
		      &len))
		return -1;
	return error;
}

/* A port that refuses: bound, and nobody listens. */
static int refusing(union ws_addr *addr, int *fd)
{
	__be16 port;

	*fd = peer_bind(WINSOCK_AF_INET, &port);
	return *fd < 0 ? -1 : ws_loopback(addr, WINSOCK_AF_INET, port);
}

TEST_F(fresh, N8_blocking_connect_refused_is_exceptional)
{
	union ws_addr addr;
	int fd, len;

	len = refusing(&addr, &fd);
	ASSERT_LT(0, len);
	ASSERT_EQ(WSAECONNREFUSED, ws_connect(self->dev, self->sock, &addr,
					      len));
	EXPECT_EQ(1 << E, where(self->dev, self->sock));
	EXPECT_EQ(0, error_of(self->dev, self->sock));
	close(fd);
}

TEST_F(fresh, N9_nonblocking_connect_refused_then_accepted)
{
	union ws_addr addr, good;
	int fd, peer, len;
	__be16 port;

	len = refusing(&addr, &fd);
	ASSERT_LT(0, len);
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->sock, 1));
	ASSERT_EQ(WSAEWOULDBLOCK, ws_connect(self->dev, self->sock, &addr,
					     len));
	ASSERT_TRUE(ws_until(where(self->dev, self->sock) == 1 << E));
	EXPECT_EQ(WSAECONNREFUSED, error_of(self->dev, self->sock));
	EXPECT_EQ(WSAECONNREFUSED, error_of(self->dev, self->sock));
	EXPECT_EQ(1 << E, where(self->dev, self->sock));

	ASSERT_EQ(WSAEWOULDBLOCK, ws_connect(self->dev, self->sock, &addr,
					     len));
	EXPECT_EQ(WSAECONNREFUSED, error_of(self->dev, self->sock));
	ASSERT_TRUE(ws_until(where(self->dev, self->sock) == 1 << E));

	peer = peer_listen(WINSOCK_AF_INET, &port);
	ASSERT_LE(0, peer);
	len = ws_loopback(&good, WINSOCK_AF_INET, port);
	ASSERT_EQ(WSAEWOULDBLOCK, ws_connect(self->dev, self->sock, &good,
					     len));
	EXPECT_TRUE(ws_until(where(self->dev, self->sock) == 1 << W));
	EXPECT_EQ(0, error_of(self->dev, self->sock));
	close(peer);
	close(fd);
}

TEST_F(fresh, wait_to_read_a_refused_socket_does_not_run)
{
	union ws_addr addr;
	struct waiter w;
	int fd, len;

	len = refusing(&addr, &fd);
	ASSERT_LT(0, len);
	ASSERT_EQ(WSAECONNREFUSED, ws_connect(self->dev, self->sock, &addr,
					      len));
	ASSERT_TRUE(wait_in_select(&w, self->dev, self->sock, 0));
	EXPECT_TRUE(stays_asleep(&w, self->dev));
	ASSERT_EQ(0, ws_close(self->dev, self->sock));
	EXPECT_EQ(0, ws_call_join(&w.call));
	close(fd);
}

TEST_F(fresh, many_sockets_each_found)
{
	static struct {
		__u32 count, pad;
		__u64 fd[4096];
	} s, before;
	struct rlimit many = { 8192, 8192 };
	__u32 count, i;

	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &many));
	for (i = 0; i < ARRAY_SIZE(s.fd); i++)
		ASSERT_EQ(0, ws_create(self->dev, WINSOCK_AF_INET,
				       WINSOCK_SOCK_DGRAM, WINSOCK_IPPROTO_UDP,
				       &s.fd[i]));
	s.count = ARRAY_SIZE(s.fd);
	before = s;
	EXPECT_EQ(0, do_select(self->dev, NULL, (struct set *)&s, NULL, 0,
			       &count));
	EXPECT_EQ(ARRAY_SIZE(s.fd), count);
	EXPECT_EQ(0, memcmp(&before, &s, sizeof(s)));
}

TEST_HARNESS_MAIN
