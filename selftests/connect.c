// SPDX-License-Identifier: GPL-2.0-only
/*
 * bind, listen, connect, and the names of both ends.
 */
#include "ws_test.h"

#include <net/route.h>

FIXTURE(connect) {
	int dev;
	__u64 sock;	/* fresh */
	int lsn;	/* native */
	__be16 port;	/* of @lsn */
	__be16 dead;	/* a port that nobody listens on: */
	int holder;	/* this native socket is only bound to it */
	union ws_addr to, nobody;
	int len;
};

FIXTURE_VARIANT(connect) {
	int family;
};

FIXTURE_VARIANT_ADD(connect, ipv4) {
	.family = WINSOCK_AF_INET,
};

FIXTURE_VARIANT_ADD(connect, ipv6) {
	.family = WINSOCK_AF_INET6,
};

FIXTURE_SETUP(connect)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_handle_signals());
	ASSERT_EQ(0, ws_tcp(self->dev, variant->family, &self->sock));
	self->lsn = peer_listen(variant->family, &self->port);
	ASSERT_LE(0, self->lsn);
	self->holder = peer_bind(variant->family, &self->dead);
	ASSERT_LE(0, self->holder);
	self->len = ws_loopback(&self->to, variant->family, self->port);
	ws_loopback(&self->nobody, variant->family, self->dead);
}

FIXTURE_TEARDOWN(connect)
{
	close(self->holder);
	close(self->lsn);
	close(self->dev);
}

/* Wait, by a descriptor file, for the outcome of a nonblocking connect. */
static int wait_for_outcome(int dev, __u64 sock)
{
	int file, ret;

	if (ws_export(dev, sock, &file))
		return 0;
	ret = peer_poll(file, POLLOUT);
	close(file);
	return ret;
}

TEST_F(connect, blocking_connect_returns_connected)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	EXPECT_EQ(0, ws_connect(self->dev, self->sock, &self->to, self->len));
	ASSERT_EQ(0, ws_name(self->dev, WINSOCK_IOC_SOCK_GETPEER, self->sock,
			     &a, &len));
	EXPECT_EQ(self->len, len);
	EXPECT_EQ(0, memcmp(&a, &self->to, len));
	EXPECT_NE(0, ws_port(self->dev, self->sock));
}

/* N8 */
TEST_F(connect, refused_WSAECONNREFUSED)
{
	EXPECT_EQ(WSAECONNREFUSED, ws_connect(self->dev, self->sock,
					      &self->nobody, self->len));
}

TEST_F(connect, may_be_tried_again_after_refusal)
{
	int i;

	for (i = 0; i < 3; i++)
		ASSERT_EQ(WSAECONNREFUSED,
			  ws_connect(self->dev, self->sock, &self->nobody,
				     self->len));
	EXPECT_EQ(0, ws_connect(self->dev, self->sock, &self->to, self->len));
}

TEST_F(connect, nonblocking_WSAEWOULDBLOCK_then_connected)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->sock, 1));
	ASSERT_EQ(WSAEWOULDBLOCK, ws_connect(self->dev, self->sock, &self->to,
					     self->len));
	EXPECT_EQ(POLLOUT, wait_for_outcome(self->dev, self->sock));
	EXPECT_EQ(0, ws_name(self->dev, WINSOCK_IOC_SOCK_GETPEER, self->sock,
			     &a, &len));
	EXPECT_EQ(WSAEISCONN, ws_connect(self->dev, self->sock, &self->to,
					 self->len));
}

/* N9: SO_ERROR keeps the code however often it is read. */
TEST_F(connect, nonblocking_refused_is_kept_in_SO_ERROR)
{
	__s32 err, len;
	int i;

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->sock, 1));
	ASSERT_EQ(WSAEWOULDBLOCK, ws_connect(self->dev, self->sock,
					     &self->nobody, self->len));
	wait_for_outcome(self->dev, self->sock);
	for (i = 0; i < 2; i++) {
		len = sizeof(err);
		ASSERT_EQ(0, ws_getopt(self->dev, self->sock,
				       WINSOCK_SOL_SOCKET, WINSOCK_SO_ERROR,
				       &err, &len));
		EXPECT_EQ(WSAECONNREFUSED, err);
	}
}

/* N9.4, N9.5 */
TEST_F(connect, nonblocking_refused_may_be_tried_again)
{
	__s32 err, len = sizeof(err);

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->sock, 1));
	ASSERT_EQ(WSAEWOULDBLOCK, ws_connect(self->dev, self->sock,
					     &self->nobody, self->len));
	wait_for_outcome(self->dev, self->sock);
	ASSERT_EQ(WSAEWOULDBLOCK, ws_connect(self->dev, self->sock, &self->to,
					     self->len));
	EXPECT_EQ(POLLOUT, wait_for_outcome(self->dev, self->sock));
	ASSERT_EQ(0, ws_getopt(self->dev, self->sock, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_ERROR, &err, &len));
	EXPECT_EQ(0, err);
}

/* N1 */
TEST_F(connect, listening_socket_WSAEINVAL)
{
	__be16 port;
	__u64 lsn;

	ASSERT_EQ(0, ws_listener(self->dev, variant->family, 5, &lsn, &port));
	EXPECT_EQ(WSAEINVAL, ws_connect(self->dev, lsn, &self->to, self->len));
}

/* N1 */
TEST_F(connect, connected_socket_WSAEISCONN)
{
	ASSERT_EQ(0, ws_connect(self->dev, self->sock, &self->to, self->len));
	EXPECT_EQ(WSAEISCONN, ws_connect(self->dev, self->sock, &self->to,
					 self->len));
	EXPECT_EQ(WSAEISCONN, ws_connect(self->dev, self->sock, &self->nobody,
					 self->len));
}

/* [connect WSAEADDRNOTAVAIL] */
TEST_F(connect, all_zero_address_WSAEADDRNOTAVAIL)
{
	memset(self->to.bytes + 4, 0, sizeof(self->to) - 4);
	EXPECT_EQ(WSAEADDRNOTAVAIL, ws_connect(self->dev, self->sock,
					       &self->to, self->len));
}

TEST_F(connect, short_or_missing_address_WSAEFAULT)
{
	int len;

	for (len = -1; len < self->len; len++)
		EXPECT_EQ(WSAEFAULT, ws_connect(self->dev, self->sock,
						&self->to, len));
	EXPECT_EQ(WSAEFAULT, ws_connect(self->dev, self->sock, NULL,
					self->len));
	EXPECT_EQ(WSAEFAULT, ws_connect(self->dev, self->sock, (void *)8,
					self->len));
	EXPECT_EQ(0, ws_connect(self->dev, self->sock, &self->to, self->len));
}

/* [connect WSAEAFNOSUPPORT] */
TEST_F(connect, other_family_WSAEAFNOSUPPORT)
{
	static const int others[] = { 0xdead, 0, 10, 1 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(others); i++) {
		self->to.family = others[i];
		EXPECT_EQ(WSAEAFNOSUPPORT,
			  ws_connect(self->dev, self->sock, &self->to, 28)) {
			TH_LOG("family %d", others[i]);
		}
	}
	ws_loopback(&self->to, variant->family == WINSOCK_AF_INET ?
		    WINSOCK_AF_INET6 : WINSOCK_AF_INET, self->port);
	EXPECT_EQ(WSAEAFNOSUPPORT, ws_connect(self->dev, self->sock, &self->to,
					      28));
}

/* A port whose queue is full drops what comes: the attempt stays under way. */
struct full_listener {
	int lsn, one, two;
	union ws_addr addr;
	int len;
};

static bool make_full_listener(struct full_listener *f, int family)
{
	struct sockaddr_storage ss;
	__be16 port;
	socklen_t n;

	f->lsn = peer_bind(family, &port);
	if (f->lsn < 0 || listen(f->lsn, 0))
		return false;
	f->one = peer_connect(family, port);
	peer_poll(f->lsn, POLLIN);	/* until it is in the queue */
	f->two = peer_socket(family);
	n = peer_loopback(&ss, family, port);
	fcntl(f->two, F_SETFL, O_RDWR | O_NONBLOCK);
	connect(f->two, (void *)&ss, n);
	f->len = ws_loopback(&f->addr, family, port);
	return f->one >= 0;
}

static void end_full_listener(struct full_listener *f)
{
	close(f->lsn);
	close(f->one);
	close(f->two);
}

TEST_F(connect, again_while_under_way_WSAEALREADY)
{
	struct full_listener f;

	ASSERT_TRUE(make_full_listener(&f, variant->family));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->sock, 1));
	ASSERT_EQ(WSAEWOULDBLOCK, ws_connect(self->dev, self->sock, &f.addr,
					     f.len));
	EXPECT_EQ(WSAEALREADY, ws_connect(self->dev, self->sock, &f.addr,
					  f.len));
	end_full_listener(&f);
}

TEST_F(connect, closesocket_elsewhere_WSAENOTSOCK)
{
	struct full_listener f;
	struct ws_call c;

	ASSERT_TRUE(make_full_listener(&f, variant->family));

	struct winsock_sock_connect a = {
		.size = sizeof(a), .handle = self->sock,
		.addr = (uintptr_t)&f.addr, .addr_len = f.len,
	};

	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_CONNECT,
				   &a));
	ASSERT_TRUE(ws_call_asleep(&c));
	ASSERT_EQ(0, ws_close(self->dev, self->sock));
	EXPECT_EQ(WSAENOTSOCK, ws_call_join(&c));
	end_full_listener(&f);
}

/* Over the handler the attempt goes on; it is not begun anew, nor ALREADY. */
TEST_F(connect, resumes_after_a_signal_handler)
{
	struct full_listener f;
	struct ws_call c;
	int i;

	ASSERT_TRUE(make_full_listener(&f, variant->family));

	struct winsock_sock_connect a = {
		.size = sizeof(a), .handle = self->sock,
		.addr = (uintptr_t)&f.addr, .addr_len = f.len,
	};

	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_CONNECT,
				   &a));
	ASSERT_TRUE(ws_call_asleep(&c));
	for (i = 0; i < 3; i++) {
		ASSERT_TRUE(ws_call_signal(&c));
		ASSERT_TRUE(ws_call_asleep(&c));
	}
	/* make room: the next SYN, a second away at most, is answered */
	close(accept(f.lsn, NULL, NULL));
	close(accept(f.lsn, NULL, NULL));
	EXPECT_EQ(0, ws_call_join(&c));
	end_full_listener(&f);
}

static bool handler_may_return;

/* Keeps a call that a signal has interrupted from being started over. */
static void hold_in_handler(int sig)
{
	ws_on_signal(sig);
	ws_until(__atomic_load_n(&handler_may_return, __ATOMIC_ACQUIRE));
}

/* listen takes note of the refusal while the connect is in a handler. */
TEST_F(connect, refusal_seen_elsewhere_is_WSAECONNREFUSED_all_the_same)
{
	struct sigaction sa = { .sa_handler = hold_in_handler };
	struct full_listener f;
	struct ws_call c;

	ASSERT_TRUE(make_full_listener(&f, variant->family));

	struct winsock_sock_connect a = {
		.size = sizeof(a), .handle = self->sock,
		.addr = (uintptr_t)&f.addr, .addr_len = f.len,
	};

	ASSERT_EQ(0, sigaction(SIGUSR1, &sa, NULL));
	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_CONNECT,
				   &a));
	ASSERT_TRUE(ws_call_asleep(&c));
	ASSERT_TRUE(ws_call_signal(&c));
	/* the next SYN finds nobody */
	end_full_listener(&f);
	EXPECT_TRUE(wait_for_outcome(self->dev, self->sock) & POLLHUP);
	EXPECT_EQ(0, ws_listen(self->dev, self->sock, 1));
	__atomic_store_n(&handler_may_return, true, __ATOMIC_RELEASE);
	EXPECT_EQ(WSAECONNREFUSED, ws_call_join(&c));
}

/* B1 */
/*
 * Windows' 21 seconds, not Linux' two minutes.
 * [connect WSAETIMEDOUT]
 */
TEST_F(connect, without_an_answer_WSAETIMEDOUT_after_21_s)
{
	struct full_listener f;
	__u64 begin;

	ASSERT_TRUE(make_full_listener(&f, variant->family));
	begin = ws_now_ns();
	EXPECT_EQ(WSAETIMEDOUT, ws_connect(self->dev, self->sock, &f.addr,
					   f.len));
	EXPECT_LE(19000000000ULL, ws_now_ns() - begin);
	EXPECT_GE(30000000000ULL, ws_now_ns() - begin);
	/* And the next attempt is a new one. */
	EXPECT_EQ(0, ws_connect(self->dev, self->sock, &self->to, self->len));
	end_full_listener(&f);
}

/* For what needs nothing: TEST() has a parameter that clang finds unused. */
FIXTURE(alone) {
	int unused;
};

FIXTURE_SETUP(alone)
{
}

FIXTURE_TEARDOWN(alone)
{
}

/* [connect WSAENETUNREACH] */
TEST_F(alone, without_a_route_WSAENETUNREACH)
{
	struct winsock_sockaddr_in to = {
		.sin_family = WINSOCK_AF_INET, .sin_port = htons(9),
		.sin_addr = htonl(0xc0000201),	/* 192.0.2.1 */
	};
	__u64 sock;
	int dev;

	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	dev = ws_open();
	ASSERT_LE(0, dev);
	ASSERT_EQ(0, ws_tcp(dev, WINSOCK_AF_INET, &sock));
	EXPECT_EQ(WSAENETUNREACH, ws_connect(dev, sock, &to, sizeof(to)));
	/* It may be tried again. */
	EXPECT_EQ(WSAENETUNREACH, ws_connect(dev, sock, &to, sizeof(to)));
	close(dev);
}

/* Behind a route that says so.  [connect WSAEHOSTUNREACH] */
TEST_F(alone, behind_a_reject_route_WSAEHOSTUNREACH)
{
	struct winsock_sockaddr_in to = {
		.sin_family = WINSOCK_AF_INET, .sin_port = htons(9),
		.sin_addr = htonl(0xc0000201),
	};
	struct rtentry route = { .rt_flags = RTF_UP | RTF_HOST | RTF_REJECT };
	struct sockaddr_in *dst = (struct sockaddr_in *)&route.rt_dst;
	__u64 sock;
	int dev, s;

	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	s = socket(AF_INET, SOCK_DGRAM, 0);
	dst->sin_family = AF_INET;
	dst->sin_addr.s_addr = to.sin_addr;
	ASSERT_EQ(0, ioctl(s, SIOCADDRT, &route));
	dev = ws_open();
	ASSERT_LE(0, dev);
	ASSERT_EQ(0, ws_tcp(dev, WINSOCK_AF_INET, &sock));
	EXPECT_EQ(WSAEHOSTUNREACH, ws_connect(dev, sock, &to, sizeof(to)));
	close(s);
	close(dev);
}

TEST_F(connect, bind_short_or_missing_address_WSAEFAULT)
{
	int len;

	ws_loopback(&self->to, variant->family, 0);
	for (len = -1; len < self->len; len++)
		EXPECT_EQ(WSAEFAULT, ws_bind(self->dev, self->sock, &self->to,
					     len));
	EXPECT_EQ(WSAEFAULT, ws_bind(self->dev, self->sock, NULL, 0));
	EXPECT_EQ(WSAEFAULT, ws_bind(self->dev, self->sock, NULL, self->len));
	EXPECT_EQ(WSAEFAULT, ws_bind(self->dev, self->sock, (void *)8,
				     self->len));
	EXPECT_EQ(0, ws_bind(self->dev, self->sock, &self->to, self->len));
}

/* B2 */
TEST_F(connect, bind_other_family_WSAEAFNOSUPPORT)
{
	self->to.family = 0xdead;
	EXPECT_EQ(WSAEAFNOSUPPORT, ws_bind(self->dev, self->sock, &self->to,
					   self->len));
}

/* B3 */
TEST_F(connect, bind_twice_WSAEINVAL)
{
	__be16 port;

	ws_loopback(&self->to, variant->family, 0);
	ASSERT_EQ(0, ws_bind(self->dev, self->sock, &self->to, self->len));
	port = ws_port(self->dev, self->sock);
	EXPECT_EQ(WSAEINVAL, ws_bind(self->dev, self->sock, &self->to,
				     self->len));
	EXPECT_EQ(port, ws_port(self->dev, self->sock));
}

/* B3: TEST-NET-1, and its like for IPv6; no interface has them. */
TEST_F(connect, bind_foreign_address_WSAEADDRNOTAVAIL)
{
	ws_loopback(&self->to, variant->family, 0);
	if (variant->family == WINSOCK_AF_INET)
		self->to.in.sin_addr = htonl(0xc0000200);
	else
		memcpy(self->to.in6.sin6_addr, "\x20\x01\x0d\xb8", 4);
	EXPECT_EQ(WSAEADDRNOTAVAIL, ws_bind(self->dev, self->sock, &self->to,
					    self->len));
}

/* B4 */
TEST_F(connect, bind_taken_port_WSAEADDRINUSE_stays_unbound)
{
	EXPECT_EQ(WSAEADDRINUSE, ws_bind(self->dev, self->sock, &self->nobody,
					 self->len));
	EXPECT_EQ(WSAEINVAL, ws_listen(self->dev, self->sock, 1));
	ws_loopback(&self->to, variant->family, 0);
	EXPECT_EQ(0, ws_bind(self->dev, self->sock, &self->to, self->len));
}

/* The port's check is Linux', as for every socket of the system. */
TEST_F(connect, bind_low_port_without_right_WSAEACCES)
{
	int status;
	pid_t pid;

	if (geteuid())
		SKIP(return, "dropping rights needs root");
	ws_loopback(&self->to, variant->family, htons(80));
	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid) {
		if (setuid(65534))
			_exit(1);
		_exit(ws_bind(self->dev, self->sock, &self->to, self->len) ==
		      WSAEACCES ? 0 : 2);
	}
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EQ(0, status);
}

/* L1 */
TEST_F(connect, listen_unbound_WSAEINVAL)
{
	EXPECT_EQ(WSAEINVAL, ws_listen(self->dev, self->sock, -2));
	EXPECT_EQ(WSAEINVAL, ws_listen(self->dev, self->sock, 1));
	EXPECT_EQ(WSAEINVAL, ws_listen(self->dev, self->sock,
				       WINSOCK_SOMAXCONN));
}

/* L2 */
TEST_F(connect, listen_again_succeeds)
{
	ws_loopback(&self->to, variant->family, 0);
	ASSERT_EQ(0, ws_bind(self->dev, self->sock, &self->to, self->len));
	EXPECT_EQ(0, ws_listen(self->dev, self->sock, 0));
	EXPECT_EQ(0, ws_listen(self->dev, self->sock, 10));
}

TEST_F(connect, listen_connected_WSAEISCONN)
{
	ASSERT_EQ(0, ws_connect(self->dev, self->sock, &self->to, self->len));
	EXPECT_EQ(WSAEISCONN, ws_listen(self->dev, self->sock, 1));
}

TEST_F(connect, listen_datagram_WSAEOPNOTSUPP)
{
	__u64 h;

	ASSERT_EQ(0, ws_create(self->dev, variant->family, WINSOCK_SOCK_DGRAM,
			       WINSOCK_IPPROTO_UDP, &h));
	ws_loopback(&self->to, variant->family, 0);
	ASSERT_EQ(0, ws_bind(self->dev, h, &self->to, self->len));
	EXPECT_EQ(WSAEOPNOTSUPP, ws_listen(self->dev, h, 1));
}

/* L4 */
TEST_F(connect, listen_after_refusal_accepts)
{
	__s32 err, len = sizeof(err);
	__be16 port;
	__u64 h, conn;
	int peer;

	ASSERT_EQ(0, ws_bound(self->dev, variant->family, &h, &port));
	ASSERT_EQ(0, ws_nonblocking(self->dev, h, 1));
	ASSERT_EQ(WSAEWOULDBLOCK, ws_connect(self->dev, h, &self->nobody,
					     self->len));
	wait_for_outcome(self->dev, h);
	ASSERT_EQ(0, ws_listen(self->dev, h, 5));
	EXPECT_EQ(0, ws_getopt(self->dev, h, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_ERROR, &err, &len));
	EXPECT_EQ(WSAECONNREFUSED, err);
	peer = peer_connect(variant->family, port);
	ASSERT_LE(0, peer);
	EXPECT_EQ(0, ws_accept(self->dev, h, &conn));
	close(peer);
}

/* The connect page, Remarks: an attempt binds, whatever becomes of it. */
TEST_F(connect, refused_socket_counts_as_bound)
{
	ASSERT_EQ(WSAECONNREFUSED, ws_connect(self->dev, self->sock,
					      &self->nobody, self->len));
	ws_loopback(&self->to, variant->family, 0);
	EXPECT_EQ(WSAEINVAL, ws_bind(self->dev, self->sock, &self->to,
				     self->len));
	EXPECT_EQ(0, ws_listen(self->dev, self->sock, 5));
}

/* Q1 */
TEST_F(connect, getsockname_unbound_WSAEINVAL)
{
	union ws_addr a, poison;
	__s32 len = sizeof(a);

	memset(&poison, 0xa5, sizeof(poison));
	a = poison;
	EXPECT_EQ(WSAEINVAL, ws_name(self->dev, WINSOCK_IOC_SOCK_GETNAME,
				     self->sock, &a, &len));
	EXPECT_EQ(0, memcmp(&a, &poison, sizeof(a)));
	EXPECT_EQ(sizeof(a), len);
}

/* Q1 */
TEST_F(connect, getsockname_of_the_wildcard)
{
	union ws_addr a;
	__s32 len = sizeof(a);
	int i;

	memset(&self->to, 0, sizeof(self->to));
	self->to.family = variant->family;
	ASSERT_EQ(0, ws_bind(self->dev, self->sock, &self->to, self->len));
	memset(&a, 0xa5, sizeof(a));
	ASSERT_EQ(0, ws_name(self->dev, WINSOCK_IOC_SOCK_GETNAME, self->sock,
			     &a, &len));
	EXPECT_EQ(self->len, len);
	EXPECT_EQ(variant->family, a.family);
	EXPECT_NE(0, a.in.sin_port);
	for (i = 4; i < len; i++)
		EXPECT_EQ(0, a.bytes[i]);
	EXPECT_EQ(0xa5, a.bytes[len]);
}

/* Q2 */
TEST_F(connect, getsockname_short_length_WSAEFAULT)
{
	union ws_addr a;
	__s32 len;
	int i;

	ws_loopback(&self->to, variant->family, 0);
	ASSERT_EQ(0, ws_bind(self->dev, self->sock, &self->to, self->len));
	for (i = -1; i < self->len; i++) {
		len = i;
		EXPECT_EQ(WSAEFAULT, ws_name(self->dev,
					     WINSOCK_IOC_SOCK_GETNAME,
					     self->sock, &a, &len));
		EXPECT_EQ(i, len);
	}
	EXPECT_EQ(WSAEFAULT, ws_name(self->dev, WINSOCK_IOC_SOCK_GETNAME,
				     self->sock, NULL, &len));
	EXPECT_EQ(WSAEFAULT, ws_name(self->dev, WINSOCK_IOC_SOCK_GETNAME,
				     self->sock, &a, NULL));
}

/* Q3: the state first, whatever the pointers. */
TEST_F(connect, getpeername_unconnected_WSAENOTCONN)
{
	EXPECT_EQ(WSAENOTCONN, ws_name(self->dev, WINSOCK_IOC_SOCK_GETPEER,
				       self->sock, NULL, NULL));
}

/* Q3 */
TEST_F(connect, getpeername_without_room_WSAEFAULT)
{
	union ws_addr a;
	__s32 len = 0;

	ASSERT_EQ(0, ws_connect(self->dev, self->sock, &self->to, self->len));
	EXPECT_EQ(WSAEFAULT, ws_name(self->dev, WINSOCK_IOC_SOCK_GETPEER,
				     self->sock, &a, &len));
	EXPECT_EQ(0, len);
	EXPECT_EQ(WSAEFAULT, ws_name(self->dev, WINSOCK_IOC_SOCK_GETPEER,
				     self->sock, NULL, &len));
	EXPECT_EQ(WSAEFAULT, ws_name(self->dev, WINSOCK_IOC_SOCK_GETPEER,
				     self->sock, &a, NULL));
}

/* C1-C8, in the order of checks that they show. */
TEST_F(connect, create_checks_type_then_family_then_protocol)
{
	static const struct {
		int family, type, protocol;
		long result;
	} rows[] = {
		{ 0, 0, 0, WSAEINVAL },					/* C1 */
		{ 0, 1, 0, WSAEINVAL },
		{ 0, 2, 0, WSAEINVAL },
		{ 0, 0xdead, 0, WSAEINVAL },
		{ 2, 0xdead, 6, WSAESOCKTNOSUPPORT },			/* C2 */
		{ 2, -1, 0, WSAESOCKTNOSUPPORT },
		{ 0, 0xdead, 6, WSAESOCKTNOSUPPORT },
		{ 0xdead, 0xdead, 6, WSAESOCKTNOSUPPORT },
		{ 0xdead, 1, 6, WSAEAFNOSUPPORT },			/* C3 */
		{ -1, 1, 17, WSAEAFNOSUPPORT },
		{ 10, 1, 6, WSAEAFNOSUPPORT },	/* Linux' AF_INET6 */
		{ 0xdead, 1, 0xdead, WSAEAFNOSUPPORT },
		{ 2, 1, 0xdead, WSAEPROTONOSUPPORT },			/* C4 */
		{ 0, 1, 0xdead, WSAEPROTONOSUPPORT },
		{ 2, 0, 0xdead, WSAEPROTONOSUPPORT },
		{ 2, 1, 17, WSAEPROTONOSUPPORT },			/* C5 */
		{ 2, 2, 6, WSAEPROTONOSUPPORT },
		{ 2, 1, 0, 0 },						/* C6 */
		{ 2, 2, 0, 0 },
		{ 2, 0, 0, 0 },
		{ 2, 0, 6, 0 },						/* C7 */
		{ 2, 0, 17, 0 },
		{ 0, 0, 6, 0 },
		{ 0, 1, 6, 0 },						/* C8 */
		{ 23, 1, 6, 0 },
		{ 23, 0, 0, 0 },
	};
	unsigned int i;
	__u64 h;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		EXPECT_EQ(rows[i].result,
			  ws_create(self->dev, rows[i].family, rows[i].type,
				    rows[i].protocol, &h)) {
			TH_LOG("socket(%d, %d, %d)", rows[i].family,
			       rows[i].type, rows[i].protocol);
		}
		EXPECT_EQ(!!rows[i].result, h == WS_POISON);
	}
}

TEST_HARNESS_MAIN
