// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every call in every state of a socket: one table, one test a state.
 */
#include "ws_test.h"

enum state {
	OPEN, BOUND, LISTENING, CONNECTING, CONNECTED, SENT_END, RESET, REFUSED,
	DATAGRAM, CLOSED, NOT_STARTED,
};

/* What each call answers; ANY where the state says nothing about it. */
#define ANY	-1L

struct answers {
	long bind, listen, accept, connect, send, recv, shutdown;
	long getname, getpeer, close;
};

struct stage {
	int dev;
	__u64 sock;
	int lsn, peer, extra;	/* native */
	union ws_addr to, free;
	int len;
};

FIXTURE(errors) {
	struct stage s;
};

FIXTURE_VARIANT(errors) {
	enum state state;
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

/* [send WSAECONNRESET, recv WSAECONNRESET, shutdown WSAECONNRESET] */
FIXTURE_VARIANT_ADD(errors, reset) {
	.state = RESET,
	.want = {
		.bind = WSAEINVAL, .listen = WSAEINVAL, .accept = WSAEINVAL,
		.connect = WSAEISCONN, .send = WSAECONNRESET,
		.recv = WSAECONNRESET, .shutdown = WSAECONNRESET,
		.getpeer = WSAENOTCONN,
	},
};

/* After a refusal a socket is as good as bound, and may connect again. */
/* [connect WSAEWOULDBLOCK] */
FIXTURE_VARIANT_ADD(errors, refused) {
	.state = REFUSED,
	.want = {
		.bind = WSAEINVAL, .accept = WSAEINVAL,
		.connect = WSAEWOULDBLOCK, .send = WSAENOTCONN,
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
		WSAENOTSOCK, WSAENOTSOCK,
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
		WSANOTINITIALISED,
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

/* A connection attempt that nobody answers: the listener's queue is full. */
static int begin_connect(int dev, __u64 sock, int lsn, int *extra)
{
	struct sockaddr_storage ss;
	socklen_t len = peer_loopback(&ss, WINSOCK_AF_INET, peer_port(lsn));
	union ws_addr to;
	int size = ws_loopback(&to, WINSOCK_AF_INET, peer_port(lsn));

	*extra = peer_socket(WINSOCK_AF_INET);
	if (listen(lsn, 0) || connect(*extra, (void *)&ss, len))
		return -1;
	return ws_connect(dev, sock, &to, size) == WSAEWOULDBLOCK ? 0 : -1;
}

static int reach(enum state state, struct stage *s)
{
	union ws_addr nobody;

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
		return begin_connect(s->dev, s->sock, s->lsn,
				     &s->extra);
	case CONNECTED:
	case SENT_END:
	case RESET:
		if (try_connect(s->dev, s->sock, &s->to, s->len))
			return -1;
		s->peer = accept(s->lsn, NULL, NULL);
		if (state == SENT_END)
			return shutdown(s->peer, SHUT_WR);
		if (state == RESET) {
			peer_reset(s->peer);
			s->peer = -1;
		}
		return 0;
	case REFUSED:
		nobody = s->free;
		s->extra = peer_bind(WINSOCK_AF_INET, &nobody.in.sin_port);
		return try_connect(s->dev, s->sock, &nobody, s->len);
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
	self->s.dev = ws_open();
	ASSERT_LE(0, self->s.dev);
	self->s.lsn = peer_listen(WINSOCK_AF_INET, &port);
	ASSERT_LE(0, self->s.lsn);
	self->s.len = ws_loopback(&self->s.to, WINSOCK_AF_INET, port);
	ws_loopback(&self->s.free, WINSOCK_AF_INET, 0);
	ASSERT_EQ(0, ws_create(self->s.dev, WINSOCK_AF_INET, type, 0,
			       &self->s.sock));
	ASSERT_EQ(0, ws_nonblocking(self->s.dev, self->s.sock, 1));
	ASSERT_EQ(0, reach(variant->state, &self->s));
}

FIXTURE_TEARDOWN(errors)
{
	close(self->s.peer);
	close(self->s.extra);
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
	if (!want && variant->state != DATAGRAM)
		want = WSAEWOULDBLOCK;
	EXPECT_EQ(want, ret);
}

TEST_F(errors, send)
{
	__u64 done;

	EXPECT_EQ(variant->want.send, ws_send(self->s.dev, self->s.sock, "x", 1, 0,
					      &done));
}

TEST_F(errors, recv)
{
	char byte;
	__u64 done;

	EXPECT_EQ(variant->want.recv, ws_recv(self->s.dev, self->s.sock, &byte, 1,
					      0, &done));
}

TEST_F(errors, shutdown)
{
	__u64 done;
	char byte;
	int ret;

	if (variant->state == RESET)	/* the stack tells by the next call */
		ws_recv(self->s.dev, self->s.sock, &byte, 1, 0, &done);
	ret = ws_shutdown(self->s.dev, self->s.sock, WINSOCK_SD_SEND);
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
