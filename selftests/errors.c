// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every call in every state of a socket: one table, one test a state.
 */
#include "ws_test.h"

enum state {
	OPEN, BOUND, LISTENING, CONNECTING, CONNECTED, SENT_END, ENDED, RESET,
	REFUSED, TIMED_OUT, DATAGRAM, CLOSED, NOT_STARTED,
};

/* What each call answers; ANY where the state says nothing about it. */
#define ANY	-1L

struct answers {
	long bind, listen, accept, connect, send, recv, shutdown;
	long getname, getpeer, so_error, close;
};

struct stage {
	int dev;
	__u64 sock;
	int lsn, peer, extra, full;	/* native */
	union ws_addr to, free, silent;
	int len;
	struct winsock_sock_connect attempt;
	struct ws_call call;	/* which makes it, asleep */
	bool called;
};

FIXTURE(errors) {
	struct stage s;
};

FIXTURE_VARIANT(errors) {
	enum state state;
	bool blocking;
	struct answers want;
};

/* [send WSAENOTCONN, recv WSAENOTCONN, shutdown WSAENOTCONN] */
FIXTURE_VARIANT_ADD(errors, open) {
	.state = OPEN,
	.want = {
		.listen = WSAEINVAL, .accept = WSAEINVAL, .send = WSAENOTCONN,
		.recv = WSAENOTCONN, .shutdown = WSAENOTCONN,
		.getname = WSAEINVAL, .getpeer = WSAENOTCONN,
	},
};

FIXTURE_VARIANT_ADD(errors, bound) {
	.state = BOUND,
	.want = {
		.bind = WSAEINVAL, .accept = WSAEINVAL, .send = WSAENOTCONN,
		.recv = WSAENOTCONN, .shutdown = WSAENOTCONN,
		.getpeer = WSAENOTCONN,
	},
};

/* [connect WSAEINVAL] */
FIXTURE_VARIANT_ADD(errors, listening) {
	.state = LISTENING,
	.want = {
		.bind = WSAEINVAL, .accept = WSAEWOULDBLOCK,
		.connect = WSAEINVAL, .send = WSAENOTCONN, .recv = WSAENOTCONN,
		.shutdown = WSAENOTCONN, .getpeer = WSAENOTCONN,
	},
};

/* [connect WSAEALREADY] */
FIXTURE_VARIANT_ADD(errors, connecting) {
	.state = CONNECTING,
	.want = {
		.bind = WSAEINVAL, .listen = WSAEINVAL, .accept = WSAEINVAL,
		.connect = WSAEALREADY, .send = WSAENOTCONN,
		.recv = WSAENOTCONN, .shutdown = WSAENOTCONN,
		.getpeer = WSAENOTCONN,
	},
};

/* Another thread is in connect. */
FIXTURE_VARIANT_ADD(errors, connecting_blocking) {
	.state = CONNECTING, .blocking = true,
	.want = {
		.bind = WSAEINVAL, .listen = WSAEINVAL, .accept = WSAEINVAL,
		.connect = WSAEALREADY, .send = WSAENOTCONN,
		.recv = WSAENOTCONN, .shutdown = WSAENOTCONN,
		.getpeer = WSAENOTCONN,
	},
};

/* [listen WSAEISCONN, connect WSAEISCONN] */
FIXTURE_VARIANT_ADD(errors, connected) {
	.state = CONNECTED,
	.want = {
		.bind = WSAEINVAL, .listen = WSAEISCONN, .accept = WSAEINVAL,
		.connect = WSAEISCONN, .recv = WSAEWOULDBLOCK,
	},
};

/* The peer has sent its end: half of the connection goes on. */
FIXTURE_VARIANT_ADD(errors, ended_by_peer) {
	.state = SENT_END,
	.want = {
		.bind = WSAEINVAL, .listen = WSAEISCONN, .accept = WSAEINVAL,
		.connect = WSAEISCONN,
	},
};

/* So has the socket: the stack has nothing left of the connection. */
FIXTURE_VARIANT_ADD(errors, ended_by_both) {
	.state = ENDED,
	.want = {
		.bind = WSAEINVAL, .listen = WSAEINVAL, .accept = WSAEINVAL,
		.connect = WSAEISCONN, .send = WSAESHUTDOWN,
	},
};

/* [send WSAECONNRESET, recv WSAECONNRESET, shutdown WSAECONNRESET] */
FIXTURE_VARIANT_ADD(errors, reset) {
	.state = RESET,
	.want = {
		.bind = WSAEINVAL, .listen = WSAEINVAL, .accept = WSAEINVAL,
		.connect = WSAEISCONN, .send = WSAECONNRESET,
		.recv = WSAECONNRESET, .shutdown = WSAECONNRESET,
		.so_error = ANY,
	},
};

/* After a refusal a socket is as good as bound, and may connect again. */
/* N9 [connect WSAEWOULDBLOCK] */
FIXTURE_VARIANT_ADD(errors, refused) {
	.state = REFUSED,
	.want = {
		.bind = WSAEINVAL, .accept = WSAEINVAL,
		.connect = WSAEWOULDBLOCK, .send = WSAENOTCONN,
		.recv = WSAENOTCONN, .shutdown = WSAENOTCONN,
		.getpeer = WSAENOTCONN, .so_error = WSAECONNREFUSED,
	},
};

/* N8 */
FIXTURE_VARIANT_ADD(errors, refused_blocking) {
	.state = REFUSED, .blocking = true,
	.want = {
		.bind = WSAEINVAL, .accept = WSAEINVAL, .send = WSAENOTCONN,
		.recv = WSAENOTCONN, .shutdown = WSAENOTCONN,
		.getpeer = WSAENOTCONN,
	},
};

/* Without an answer it is as after a refusal, but for the code. */
FIXTURE_VARIANT_ADD(errors, timed_out) {
	.state = TIMED_OUT,
	.want = {
		.bind = WSAEINVAL, .accept = WSAEINVAL,
		.connect = WSAEWOULDBLOCK, .send = WSAENOTCONN,
		.recv = WSAENOTCONN, .shutdown = WSAENOTCONN,
		.getpeer = WSAENOTCONN, .so_error = WSAETIMEDOUT,
	},
};

FIXTURE_VARIANT_ADD(errors, timed_out_blocking) {
	.state = TIMED_OUT, .blocking = true,
	.want = {
		.bind = WSAEINVAL, .accept = WSAEINVAL, .send = WSAENOTCONN,
		.recv = WSAENOTCONN, .shutdown = WSAENOTCONN,
		.getpeer = WSAENOTCONN,
	},
};

/* U1 for send and recv [listen WSAEOPNOTSUPP] */
FIXTURE_VARIANT_ADD(errors, datagram) {
	.state = DATAGRAM,
	.want = {
		.listen = WSAEOPNOTSUPP, .accept = WSAEOPNOTSUPP,
		.send = WSAENOTCONN, .recv = WSAEINVAL, .shutdown = ANY,
		.getname = WSAEINVAL, .getpeer = WSAENOTCONN,
	},
};

/*
 * [bind WSAENOTSOCK, listen WSAENOTSOCK, connect WSAENOTSOCK,
 * send WSAENOTSOCK, recv WSAENOTSOCK, shutdown WSAENOTSOCK,
 * getsockname WSAENOTSOCK, getpeername WSAENOTSOCK,
 * closesocket WSAENOTSOCK]
 */
FIXTURE_VARIANT_ADD(errors, closed) {
	.state = CLOSED,
	.want = {
		WSAENOTSOCK, WSAENOTSOCK, WSAENOTSOCK, WSAENOTSOCK,
		WSAENOTSOCK, WSAENOTSOCK, WSAENOTSOCK, WSAENOTSOCK,
		WSAENOTSOCK, WSAENOTSOCK, WSAENOTSOCK,
	},
};

/*
 * [bind WSANOTINITIALISED, listen WSANOTINITIALISED,
 * connect WSANOTINITIALISED, send WSANOTINITIALISED,
 * recv WSANOTINITIALISED, shutdown WSANOTINITIALISED,
 * getsockname WSANOTINITIALISED, getpeername WSANOTINITIALISED,
 * closesocket WSANOTINITIALISED]
 */
FIXTURE_VARIANT_ADD(errors, not_started) {
	.state = NOT_STARTED,
	.want = {
		WSANOTINITIALISED, WSANOTINITIALISED, WSANOTINITIALISED,
		WSANOTINITIALISED, WSANOTINITIALISED, WSANOTINITIALISED,
		WSANOTINITIALISED, WSANOTINITIALISED, WSANOTINITIALISED,
		WSANOTINITIALISED, WSANOTINITIALISED,
	},
};

/* Connect and wait for the outcome, whatever it is. */
static int try_connect(int dev, __u64 sock, union ws_addr *to, int len)
{
	int ret = ws_connect(dev, sock, to, len), file;

	if (ret != WSAEWOULDBLOCK || ws_export(dev, sock, &file))
		return ret;
	peer_poll(file, POLLOUT);
	close(file);
	return 0;
}

/* A listener that answers nobody: its queue is full. */
static int make_silent(struct stage *s)
{
	__be16 port;

	s->full = peer_bind(WINSOCK_AF_INET, &port);
	if (s->full < 0 || listen(s->full, 0))
		return -1;
	s->extra = peer_connect(WINSOCK_AF_INET, port);
	ws_loopback(&s->silent, WINSOCK_AF_INET, port);
	/* until it is in the queue */
	return peer_poll(s->full, POLLIN) == POLLIN ? 0 : -1;
}

/* A connection attempt that stays under way. */
static int begin_connect(struct stage *s, bool blocking)
{
	if (make_silent(s))
		return -1;
	if (!blocking)
		return ws_connect(s->dev, s->sock, &s->silent, s->len) ==
		       WSAEWOULDBLOCK ? 0 : -1;
	s->attempt = (struct winsock_sock_connect){
		.size = sizeof(s->attempt), .handle = s->sock,
		.addr = (uintptr_t)&s->silent, .addr_len = s->len,
	};
	s->called = !ws_call_start(&s->call, s->dev, WINSOCK_IOC_SOCK_CONNECT,
				   &s->attempt);
	return s->called && ws_call_asleep(&s->call) ? 0 : -1;
}

/* And one that has been given up, at the first time that it could be. */
static int end_connect(struct stage *s, bool blocking)
{
	__u32 ms = 100;
	int ret;

	if (make_silent(s) ||
	    ws_setopt(s->dev, s->sock, WINSOCK_IPPROTO_TCP, WINSOCK_TCP_MAXRTMS,
		      &ms, sizeof(ms)))
		return -1;
	ret = try_connect(s->dev, s->sock, &s->silent, s->len);
	return ret == (blocking ? WSAETIMEDOUT : 0) ? 0 : -1;
}

static int reach(enum state state, bool blocking, struct stage *s)
{
	union ws_addr nobody;
	int ret;

	switch (state) {
	case OPEN:
	case DATAGRAM:
		return 0;
	case BOUND:
		return ws_bind(s->dev, s->sock, &s->free, s->len);
	case LISTENING:
		return ws_bind(s->dev, s->sock, &s->free, s->len) ?:
		       ws_listen(s->dev, s->sock, 5);
	case CONNECTING:
		return begin_connect(s, blocking);
	case CONNECTED:
	case SENT_END:
	case ENDED:
	case RESET:
		if (try_connect(s->dev, s->sock, &s->to, s->len))
			return -1;
		s->peer = accept(s->lsn, NULL, NULL);
		if (state == SENT_END)
			return shutdown(s->peer, SHUT_WR);
		if (state == ENDED)
			return ws_shutdown(s->dev, s->sock, WINSOCK_SD_SEND) ?:
			       shutdown(s->peer, SHUT_WR);
		if (state == RESET) {
			peer_reset(s->peer);
			s->peer = -1;
		}
		return 0;
	case REFUSED:
		nobody = s->free;
		s->extra = peer_bind(WINSOCK_AF_INET, &nobody.in.sin_port);
		ret = try_connect(s->dev, s->sock, &nobody, s->len);
		return ret == (blocking ? WSAECONNREFUSED : 0) ? 0 : -1;
	case TIMED_OUT:
		return end_connect(s, blocking);
	case CLOSED:
		return ws_close(s->dev, s->sock);
	case NOT_STARTED:
		return ws_cleanup(s->dev);
	}
	return -1;
}

FIXTURE_SETUP(errors)
{
	int type = variant->state == DATAGRAM ? WINSOCK_SOCK_DGRAM
					      : WINSOCK_SOCK_STREAM;
	__be16 port;

	self->s.peer = -1;
	self->s.extra = -1;
	self->s.full = -1;
	self->s.dev = ws_open();
	ASSERT_LE(0, self->s.dev);
	self->s.lsn = peer_listen(WINSOCK_AF_INET, &port);
	ASSERT_LE(0, self->s.lsn);
	self->s.len = ws_loopback(&self->s.to, WINSOCK_AF_INET, port);
	ws_loopback(&self->s.free, WINSOCK_AF_INET, 0);
	ASSERT_EQ(0, ws_create(self->s.dev, WINSOCK_AF_INET, type, 0,
			       &self->s.sock));
	ASSERT_EQ(0, ws_nonblocking(self->s.dev, self->s.sock,
				    !variant->blocking));
	ASSERT_EQ(0, reach(variant->state, variant->blocking, &self->s));
}

FIXTURE_TEARDOWN(errors)
{
	if (self->s.called) {
		ws_close(self->s.dev, self->s.sock);
		EXPECT_EQ(WSAENOTSOCK, ws_call_join(&self->s.call));
	}
	close(self->s.peer);
	close(self->s.extra);
	close(self->s.full);
	close(self->s.lsn);
	close(self->s.dev);
}

TEST_F(errors, bind)
{
	EXPECT_EQ(variant->want.bind, ws_bind(self->s.dev, self->s.sock,
					      &self->s.free, self->s.len));
}

TEST_F(errors, listen)
{
	EXPECT_EQ(variant->want.listen, ws_listen(self->s.dev, self->s.sock, 5));
}

TEST_F(errors, accept)
{
	__u64 conn;

	EXPECT_EQ(variant->want.accept, ws_accept(self->s.dev, self->s.sock,
						  &conn));
	EXPECT_EQ(WS_POISON, conn);
}

TEST_F(errors, connect)
{
	long want = variant->want.connect;
	int ret = ws_connect(self->s.dev, self->s.sock, &self->s.to, self->s.len);

	/* an attempt that begins is not over at once; datagrams have none */
	if (!want && !variant->blocking && variant->state != DATAGRAM)
		want = WSAEWOULDBLOCK;
	EXPECT_EQ(want, ret);
}

TEST_F(errors, send)
{
	__u64 done;

	EXPECT_EQ(variant->want.send, ws_send(self->s.dev, self->s.sock, "x", 1, 0,
					      &done));
}

/* On a stream it is send; a datagram goes where it is sent to. */
TEST_F(errors, sendto)
{
	struct winsock_sock_sendmsg a = {
		.size = sizeof(a), .handle = self->s.sock,
		.addr = (uintptr_t)"x", .count = 1,
		.name = (uintptr_t)&self->s.to, .name_len = self->s.len,
	};

	EXPECT_EQ(variant->state == DATAGRAM ? 0 : variant->want.send,
		  ws_ioctl(self->s.dev, WINSOCK_IOC_SOCK_SENDMSG, &a));
}

TEST_F(errors, recv)
{
	char byte;
	__u64 done;

	EXPECT_EQ(variant->want.recv, ws_recv(self->s.dev, self->s.sock, &byte, 1,
					      0, &done));
}

TEST_F(errors, recvfrom)
{
	union ws_addr from;
	__s32 len = sizeof(from);
	char byte;
	struct winsock_sock_recvmsg a = {
		.size = sizeof(a), .handle = self->s.sock,
		.addr = (uintptr_t)&byte, .count = 1,
		.name = (uintptr_t)&from, .name_len = (uintptr_t)&len,
	};

	EXPECT_EQ(variant->want.recv,
		  ws_ioctl(self->s.dev, WINSOCK_IOC_SOCK_RECVMSG, &a));
}

/* Reading it does not change it (N9.3). */
TEST_F(errors, so_error)
{
	long want = variant->want.so_error;
	__s32 value, len;
	long ret;
	int i;

	for (i = 0; i < 2; i++) {
		len = sizeof(value);
		ret = ws_getopt(self->s.dev, self->s.sock, WINSOCK_SOL_SOCKET,
				WINSOCK_SO_ERROR, &value, &len);
		if (want != ANY)
			EXPECT_EQ(want, ret ? ret : value);
	}
}

TEST_F(errors, shutdown)
{
	int ret = ws_shutdown(self->s.dev, self->s.sock, WINSOCK_SD_BOTH);

	if (variant->want.shutdown != ANY)
		EXPECT_EQ(variant->want.shutdown, ret);
}

TEST_F(errors, getsockname)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	EXPECT_EQ(variant->want.getname,
		  ws_name(self->s.dev, WINSOCK_IOC_SOCK_GETNAME, self->s.sock, &a,
			  &len));
}

TEST_F(errors, getpeername)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	EXPECT_EQ(variant->want.getpeer,
		  ws_name(self->s.dev, WINSOCK_IOC_SOCK_GETPEER, self->s.sock, &a,
			  &len));
	if (!variant->want.getpeer) {
		EXPECT_EQ(self->s.len, len);
		EXPECT_EQ(0, memcmp(&a, &self->s.to, len));
	}
}

TEST_F(errors, closesocket)
{
	EXPECT_EQ(variant->want.close, ws_close(self->s.dev, self->s.sock));
}

TEST_F(errors, closesocket_again)
{
	long want = variant->state == NOT_STARTED ? WSANOTINITIALISED
						  : WSAENOTSOCK;

	ws_close(self->s.dev, self->s.sock);
	EXPECT_EQ(want, ws_close(self->s.dev, self->s.sock));
}

TEST_HARNESS_MAIN
