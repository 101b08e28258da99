// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every call in every state of a stream, over both families, blocking and not;
 * and the calls that move a socket from one state to another.  The states of an
 * attempt that nobody answers are in errors.c.
 */
#include "api_peer.h"

#include <windows.h>

#define PATIENCE_MS	10000

/* A row of the table: how a socket comes to be in a state. */
enum state {
	OPEN,
	BOUND,
	LISTENING,
	CONNECTED,
	WE_ENDED,	/* SD_SEND */
	PEER_ENDED,
	BOTH_ENDED,
	DEAF,		/* SD_RECEIVE */
	RESET,		/* by the peer, and told so */
	REFUSED,
	REFUSED_LATER,	/* an attempt that connect did not wait for */
	CLOSED,
	STATES
};

/* What the socket needs around it. */
struct scene {
	int family;
	SOCKET s;
	SOCKET lsn;
	SOCKET peer;
	struct api_addr to;	/* a listener */
	struct api_addr nobody;	/* a bound port where nobody listens */
	SOCKET mute;
};

static int data_comes(SOCKET s)
{
	TIMEVAL wait = { PATIENCE_MS / 1000, 0 };
	fd_set r;

	FD_ZERO(&r);
	FD_SET(s, &r);
	return select(0, &r, NULL, NULL, &wait) == 1;
}

/* A nonblocking attempt, and the wait for its refusal (N9). */
static void refused_later(struct scene *c)
{
	TIMEVAL wait = { PATIENCE_MS / 1000, 0 };
	u_long on = 1, off = 0;
	fd_set e;

	EXPECT_OK(ioctlsocket(c->s, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK,
		    connect(c->s, (struct sockaddr *)&c->nobody.name,
			    c->nobody.len));
	FD_ZERO(&e);
	FD_SET(c->s, &e);
	EXPECT_EQ(1, select(0, NULL, NULL, &e, &wait));
	EXPECT_OK(ioctlsocket(c->s, FIONBIO, &off));
}

static void bind_loopback(SOCKET s, int family, struct api_addr *a)
{
	api_loopback(family, a);
	EXPECT_OK(bind(s, (struct sockaddr *)&a->name, a->len));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&a->name, &a->len));
}

static void scene_connect(struct scene *c)
{
	EXPECT_OK(connect(c->s, (struct sockaddr *)&c->to.name, c->to.len));
	c->peer = accept(c->lsn, NULL, NULL);
	EXPECT(c->peer != INVALID_SOCKET);
}

static void scene_open(struct scene *c, int family, enum state state)
{
	LINGER hard = { 1, 0 };
	struct api_addr a;
	char byte;

	c->family = family;
	c->peer = INVALID_SOCKET;
	c->lsn = api_listener(family, &c->to);
	c->mute = socket(family, SOCK_STREAM, IPPROTO_TCP);
	bind_loopback(c->mute, family, &c->nobody);
	c->s = socket(family, SOCK_STREAM, IPPROTO_TCP);
	EXPECT(c->s != INVALID_SOCKET);

	switch (state) {
	case OPEN:
	case STATES:
		break;
	case BOUND:
		bind_loopback(c->s, family, &a);
		break;
	case LISTENING:
		bind_loopback(c->s, family, &a);
		EXPECT_OK(listen(c->s, 1));
		break;
	case CONNECTED:
		scene_connect(c);
		break;
	case WE_ENDED:
		scene_connect(c);
		EXPECT_OK(shutdown(c->s, SD_SEND));
		break;
	case PEER_ENDED:
		scene_connect(c);
		EXPECT_OK(shutdown(c->peer, SD_SEND));
		EXPECT(data_comes(c->s));
		break;
	case BOTH_ENDED:
		scene_connect(c);
		EXPECT_OK(shutdown(c->s, SD_SEND));
		EXPECT_OK(shutdown(c->peer, SD_SEND));
		EXPECT(data_comes(c->s));
		break;
	case DEAF:
		scene_connect(c);
		EXPECT_OK(shutdown(c->s, SD_RECEIVE));
		break;
	case RESET:
		scene_connect(c);
		EXPECT_OK(setsockopt(c->peer, SOL_SOCKET, SO_LINGER,
				     (char *)&hard, sizeof(hard)));
		EXPECT_OK(closesocket(c->peer));
		c->peer = INVALID_SOCKET;
		EXPECT_FAIL(WSAECONNRESET, recv(c->s, &byte, 1, 0));
		break;
	case REFUSED:
		EXPECT_FAIL(WSAECONNREFUSED,
			    connect(c->s, (struct sockaddr *)&c->nobody.name,
				    c->nobody.len));
		break;
	case REFUSED_LATER:
		refused_later(c);
		break;
	case CLOSED:
		EXPECT_OK(closesocket(c->s));
		break;
	}
}

static void scene_close(struct scene *c)
{
	closesocket(c->s);
	closesocket(c->lsn);
	closesocket(c->mute);
	if (c->peer != INVALID_SOCKET)
		closesocket(c->peer);
}

/* The columns; each answers 0 or SOCKET_ERROR, with the code stored. */
static int try_bind(struct scene *c)
{
	struct api_addr a;

	api_loopback(c->family, &a);
	return bind(c->s, (struct sockaddr *)&a.name, a.len);
}

static int try_listen(struct scene *c)
{
	return listen(c->s, 1);
}

static int try_accept(struct scene *c)
{
	return accept(c->s, NULL, NULL) == INVALID_SOCKET ? SOCKET_ERROR : 0;
}

static int try_connect(struct scene *c)
{
	return connect(c->s, (struct sockaddr *)&c->to.name, c->to.len);
}

static int try_wsaconnect(struct scene *c)
{
	return WSAConnect(c->s, (struct sockaddr *)&c->to.name, c->to.len,
			  NULL, NULL, NULL, NULL);
}

static int try_send(struct scene *c)
{
	return send(c->s, "x", 1, 0) == 1 ? 0 : SOCKET_ERROR;
}

static int try_sendto(struct scene *c)
{
	return sendto(c->s, "x", 1, 0, (struct sockaddr *)&c->to.name,
		      c->to.len) == 1 ? 0 : SOCKET_ERROR;
}

static int try_recv(struct scene *c)
{
	char byte;

	return recv(c->s, &byte, 1, 0) == 0 ? 0 : SOCKET_ERROR;
}

static int try_recvfrom(struct scene *c)
{
	char byte;

	return recvfrom(c->s, &byte, 1, 0, NULL, NULL) == 0 ? 0 : SOCKET_ERROR;
}

static int try_sd_receive(struct scene *c)
{
	return shutdown(c->s, SD_RECEIVE);
}

static int try_sd_send(struct scene *c)
{
	return shutdown(c->s, SD_SEND);
}

static int try_sd_both(struct scene *c)
{
	return shutdown(c->s, SD_BOTH);
}

static int try_senddisconnect(struct scene *c)
{
	return WSASendDisconnect(c->s, NULL);
}

static int try_recvdisconnect(struct scene *c)
{
	return WSARecvDisconnect(c->s, NULL);
}

static int try_getsockname(struct scene *c)
{
	struct api_addr a;

	a.len = sizeof(a.name);
	return getsockname(c->s, (struct sockaddr *)&a.name, &a.len);
}

static int try_getpeername(struct scene *c)
{
	struct api_addr a;

	a.len = sizeof(a.name);
	return getpeername(c->s, (struct sockaddr *)&a.name, &a.len);
}

/* For a value that is not a code: 0 is as good as success. */
static int answer(int value)
{
	WSASetLastError(value);
	return value ? SOCKET_ERROR : 0;
}

static int try_so_error(struct scene *c)
{
	int code = POISON, len = sizeof(code);

	if (getsockopt(c->s, SOL_SOCKET, SO_ERROR, (char *)&code, &len))
		return SOCKET_ERROR;
	return answer(code);
}

/* The sets that it is in. */
#define READS	1
#define WRITES	2
#define EXCEPTS	4

static int try_select(struct scene *c)
{
	TIMEVAL now = { 0, 0 };
	fd_set r, w, e;

	FD_ZERO(&r);
	FD_SET(c->s, &r);
	w = r;
	e = r;
	if (select(0, &r, &w, &e, &now) < 0)
		return SOCKET_ERROR;
	return answer((FD_ISSET(c->s, &r) ? READS : 0) |
		      (FD_ISSET(c->s, &w) ? WRITES : 0) |
		      (FD_ISSET(c->s, &e) ? EXCEPTS : 0));
}

static int try_closesocket(struct scene *c)
{
	return closesocket(c->s);
}

static const char *const state_names[STATES] = {
	"open", "bound", "listening", "connected", "we ended", "peer ended",
	"both ended", "deaf", "reset", "refused", "refused later", "closed",
};

/* No code: any answer will do, since the pages say nothing. */
#define ANY		(-1)
#define NOTSOCK		WSAENOTSOCK
#define NOTCONN		WSAENOTCONN
#define INVAL		WSAEINVAL
#define ISCONN		WSAEISCONN
#define WOULDBLOCK	WSAEWOULDBLOCK
#define SHUT		WSAESHUTDOWN
#define ABORT		WSAECONNRESET

/*
 * F7, F8, F10, F12, L1, L2, L4, N1, N8, N9, Q1, Q3, and the pages:
 * [bind WSAEINVAL, bind WSAENOTSOCK]
 * [listen WSAEINVAL, listen WSAEISCONN, listen WSAENOTSOCK]
 * [connect WSAEINVAL, connect WSAEISCONN, connect WSAENOTSOCK]
 * [connect WSAEWOULDBLOCK, WSAConnect WSAEINVAL, WSAConnect WSAEISCONN]
 * [WSAConnect WSAENOTSOCK, WSAConnect WSAEWOULDBLOCK]
 * [shutdown WSAENOTCONN, shutdown WSAECONNRESET, shutdown WSAENOTSOCK]
 * [closesocket WSAENOTSOCK, getsockname WSAEINVAL, getsockname WSAENOTSOCK]
 * [getpeername WSAENOTCONN, getpeername WSAENOTSOCK]
 * [WSASendDisconnect WSAENOTCONN, WSASendDisconnect WSAENOTSOCK]
 * [WSARecvDisconnect WSAENOTCONN, WSARecvDisconnect WSAENOTSOCK]
 */
static const struct {
	const char *name;
	int (*run)(struct scene *c);
	int code[STATES];
} calls[] = {
	/* open, bound, listening, connected, we, peer, both, deaf, reset,
	 * refused, refused later, closed
	 */
	{ "bind", try_bind,
	  { 0, INVAL, INVAL, INVAL, INVAL, INVAL, INVAL, INVAL, INVAL, INVAL,
	    INVAL, WSAENOTSOCK } },
	{ "listen", try_listen,
	  { WSAEINVAL, 0, 0, WSAEISCONN, ISCONN, ISCONN, ANY, ISCONN, INVAL, 0,
	    0, NOTSOCK } },
	{ "accept", try_accept,
	  { INVAL, INVAL, WOULDBLOCK, INVAL, INVAL, INVAL, INVAL, INVAL, INVAL,
	    INVAL, INVAL, NOTSOCK } },
	{ "connect", try_connect,
	  { WSAEWOULDBLOCK, WOULDBLOCK, INVAL, ISCONN, ISCONN, ISCONN, ISCONN,
	    ISCONN, ISCONN, WOULDBLOCK, WOULDBLOCK, NOTSOCK } },
	{ "WSAConnect", try_wsaconnect,
	  { WOULDBLOCK, WOULDBLOCK, INVAL, ISCONN, ISCONN, ISCONN, ISCONN,
	    ISCONN, ISCONN, WOULDBLOCK, WOULDBLOCK, NOTSOCK } },
	{ "send", try_send,
	  { NOTCONN, NOTCONN, NOTCONN, 0, SHUT, 0, SHUT, 0, ABORT, NOTCONN,
	    NOTCONN, NOTSOCK } },
	{ "sendto", try_sendto,
	  { NOTCONN, NOTCONN, NOTCONN, 0, SHUT, 0, SHUT, 0, ABORT, NOTCONN,
	    NOTCONN, NOTSOCK } },
	{ "recv", try_recv,
	  { NOTCONN, NOTCONN, NOTCONN, WOULDBLOCK, WOULDBLOCK, 0, 0, SHUT,
	    ABORT, NOTCONN, NOTCONN, NOTSOCK } },
	{ "recvfrom", try_recvfrom,
	  { NOTCONN, NOTCONN, NOTCONN, WOULDBLOCK, WOULDBLOCK, 0, 0, SHUT,
	    ABORT, NOTCONN, NOTCONN, NOTSOCK } },
	{ "SD_RECEIVE", try_sd_receive,
	  { WSAENOTCONN, NOTCONN, NOTCONN, 0, 0, 0, 0, 0, WSAECONNRESET,
	    NOTCONN, NOTCONN, NOTSOCK } },
	{ "SD_SEND", try_sd_send,
	  { NOTCONN, NOTCONN, NOTCONN, 0, 0, 0, 0, 0, ABORT, NOTCONN,
	    NOTCONN, NOTSOCK } },
	{ "SD_BOTH", try_sd_both,
	  { NOTCONN, NOTCONN, NOTCONN, 0, 0, 0, 0, 0, ABORT, NOTCONN,
	    NOTCONN, NOTSOCK } },
	{ "WSASendDisconnect", try_senddisconnect,
	  { NOTCONN, NOTCONN, NOTCONN, 0, 0, 0, 0, 0, ABORT, NOTCONN,
	    NOTCONN, NOTSOCK } },
	{ "WSARecvDisconnect", try_recvdisconnect,
	  { NOTCONN, NOTCONN, NOTCONN, 0, 0, 0, 0, 0, ABORT, NOTCONN,
	    NOTCONN, NOTSOCK } },
	{ "getsockname", try_getsockname,
	  { INVAL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NOTSOCK } },
	{ "getpeername", try_getpeername,
	  { NOTCONN, NOTCONN, NOTCONN, 0, 0, 0, 0, 0, 0, NOTCONN, NOTCONN,
	    NOTSOCK } },
	{ "SO_ERROR", try_so_error,
	  { 0, 0, 0, 0, 0, 0, 0, 0, ANY, 0, WSAECONNREFUSED, NOTSOCK } },
	{ "select", try_select,
	  { 0, ANY, 0, WRITES, ANY, READS | WRITES, ANY, ANY, ANY, EXCEPTS,
	    EXCEPTS, NOTSOCK } },
	{ "closesocket", try_closesocket,
	  { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NOTSOCK } },
};

/* What a blocking call waits for that a nonblocking one does not. */
static int waits(int call, int code)
{
	return code == WOULDBLOCK && calls[call].run != try_connect &&
	       calls[call].run != try_wsaconnect;
}

static void try_one(int family, int call, int state, u_long nonblocking)
{
	int want = calls[call].code[state];
	struct scene c;
	int code;

	if (!nonblocking && waits(call, want))
		return;
	if (!nonblocking && want == WOULDBLOCK)
		want = 0;
	scene_open(&c, family, (enum state)state);
	ioctlsocket(c.s, FIONBIO, &nonblocking);
	WSASetLastError(POISON);
	code = calls[call].run(&c) ? WSAGetLastError() : 0;
	if (want != ANY && !EXPECT_EQ(want, code))
		printf("# %s on a %sblocking socket that is %s\n",
		       calls[call].name, nonblocking ? "non" : "",
		       state_names[state]);
	scene_close(&c);
}

static void try_all(int family)
{
	int call, state;

	for (call = 0; call < ARRAY_SIZE(calls); call++) {
		for (state = OPEN; state < STATES; state++) {
			try_one(family, call, state, 0);
			try_one(family, call, state, 1);
		}
	}
}

static void every_call_ipv4(void)
{
	try_all(AF_INET);
}

static void every_call_ipv6(void)
{
	try_all(AF_INET6);
}

/*
 * Connect data and quality of service.
 * [WSAConnect WSAEINVAL, WSAConnect WSAEOPNOTSUPP]
 * [WSAConnect WSAEPROTONOSUPPORT, WSAConnect WSAEFAULT]
 * [WSAConnect WSAEADDRNOTAVAIL, WSAConnect WSAEAFNOSUPPORT]
 * [WSAConnect WSAECONNREFUSED]
 */
static void wsaconnect_arguments(void)
{
	struct sockaddr *to;
	struct scene c;
	char room[8];
	WSABUF data, reply;
	struct api_addr a;
	QOS qos;

	scene_open(&c, AF_INET, OPEN);
	to = (struct sockaddr *)&c.to.name;
	memset(&qos, 0, sizeof(qos));
	data.buf = room;
	data.len = sizeof(room);
	reply = data;
	EXPECT_FAIL(WSAEINVAL, WSAConnect(c.s, to, c.to.len, NULL, NULL, NULL,
					  &qos));
	EXPECT_FAIL(WSAEOPNOTSUPP, WSAConnect(c.s, to, c.to.len, NULL, NULL,
					      &qos, NULL));
	EXPECT_FAIL(WSAEPROTONOSUPPORT, WSAConnect(c.s, to, c.to.len, &data,
						   &reply, NULL, NULL));
	EXPECT_FAIL(WSAEFAULT, WSAConnect(c.s, to, c.to.len - 1, NULL, &reply,
					  NULL, NULL));
	EXPECT_FAIL(WSAEFAULT, WSAConnect(c.s, NULL, 0, NULL, NULL, NULL,
					  NULL));
	api_loopback(AF_INET, &a);
	((struct sockaddr_in *)&a.name)->sin_addr.s_addr = 0;
	EXPECT_FAIL(WSAEADDRNOTAVAIL,
		    WSAConnect(c.s, (struct sockaddr *)&a.name, a.len, NULL,
			       NULL, NULL, NULL));
	api_loopback(AF_INET6, &a);
	EXPECT_FAIL(WSAEAFNOSUPPORT,
		    WSAConnect(c.s, (struct sockaddr *)&a.name, a.len, NULL,
			       NULL, NULL, NULL));
	EXPECT_FAIL(WSAECONNREFUSED,
		    WSAConnect(c.s, (struct sockaddr *)&c.nobody.name,
			       c.nobody.len, NULL, &reply, NULL, NULL));
	EXPECT_EQ(sizeof(room), reply.len);
	EXPECT_OK(WSAConnect(c.s, to, c.to.len, NULL, &reply, NULL, NULL));
	EXPECT_EQ(0, reply.len);
	EXPECT_FAIL(WSAEINVAL, WSAConnect(c.s, to, c.to.len, NULL, NULL, NULL,
					  &qos));
	scene_close(&c);
}

/*
 * [WSASendDisconnect WSAENOPROTOOPT, WSARecvDisconnect WSAENOPROTOOPT]
 * [shutdown WSAEINVAL]
 */
static void disconnect_ends_one_way(void)
{
	char byte = 0;
	WSABUF data;
	struct scene c;

	scene_open(&c, AF_INET, CONNECTED);
	data.buf = &byte;
	data.len = 1;
	EXPECT_FAIL(WSAENOPROTOOPT, WSASendDisconnect(c.s, &data));
	EXPECT_FAIL(WSAENOPROTOOPT, WSARecvDisconnect(c.s, &data));
	EXPECT_FAIL(WSAEINVAL, shutdown(c.s, 3));
	EXPECT_EQ(1, send(c.s, "x", 1, 0));
	EXPECT_EQ(1, recv(c.peer, &byte, 1, 0));

	EXPECT_OK(WSASendDisconnect(c.s, NULL));
	EXPECT_EQ(0, recv(c.peer, &byte, 1, 0));
	EXPECT_FAIL(WSAESHUTDOWN, send(c.s, "x", 1, 0));
	EXPECT_EQ(1, send(c.peer, "y", 1, 0));
	EXPECT_EQ(1, recv(c.s, &byte, 1, 0));
	EXPECT_OK(WSARecvDisconnect(c.s, NULL));
	EXPECT_FAIL(WSAESHUTDOWN, recv(c.s, &byte, 1, 0));
	scene_close(&c);
}

/*
 * SD_RECEIVE: what waits, or comes later, resets the connection.
 * [sendto WSAECONNABORTED, shutdown WSAECONNABORTED]
 */
static void unread_data_resets(void)
{
	struct scene c;
	char byte;

	scene_open(&c, AF_INET, CONNECTED);
	EXPECT_EQ(1, send(c.peer, "x", 1, 0));
	EXPECT(data_comes(c.s));
	EXPECT_OK(shutdown(c.s, SD_RECEIVE));
	EXPECT_FAIL(WSAECONNRESET, recv(c.peer, &byte, 1, 0));
	EXPECT_FAIL(WSAESHUTDOWN, recv(c.s, &byte, 1, 0));
	scene_close(&c);

	scene_open(&c, AF_INET6, DEAF);
	EXPECT_EQ(1, send(c.peer, "x", 1, 0));
	EXPECT_FAIL(WSAECONNRESET, recv(c.peer, &byte, 1, 0));
	EXPECT_FAIL(WSAECONNABORTED,
		    sendto(c.s, "x", 1, 0, (struct sockaddr *)&c.to.name,
			   c.to.len));
	EXPECT_FAIL(WSAECONNABORTED, shutdown(c.s, SD_SEND));
	scene_close(&c);
}

/* The same connection cannot be twice.  [WSAConnect WSAEADDRINUSE] */
static void same_connection_twice(void)
{
	struct api_addr to, from;
	SOCKET lsn = api_listener(AF_INET, &to), s[2];
	BOOL reuse = TRUE;
	int i;

	api_loopback(AF_INET, &from);
	for (i = 0; i < 2; i++) {
		s[i] = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
		EXPECT_OK(setsockopt(s[i], SOL_SOCKET, SO_REUSEADDR,
				     (char *)&reuse, sizeof(reuse)));
		EXPECT_OK(bind(s[i], (struct sockaddr *)&from.name, from.len));
		EXPECT_OK(getsockname(s[i], (struct sockaddr *)&from.name,
				      &from.len));
	}
	EXPECT_OK(WSAConnect(s[0], (struct sockaddr *)&to.name, to.len, NULL,
			     NULL, NULL, NULL));
	EXPECT_FAIL(WSAEADDRINUSE,
		    WSAConnect(s[1], (struct sockaddr *)&to.name, to.len, NULL,
			       NULL, NULL, NULL));
	for (i = 0; i < 2; i++)
		EXPECT_OK(closesocket(s[i]));
	EXPECT_OK(closesocket(lsn));
}

/* U3, U4, Q4: a datagram socket's peer comes, changes and goes. */
static void datagram_peers(int family)
{
	SOCKET one = socket(family, SOCK_DGRAM, IPPROTO_UDP);
	SOCKET two = socket(family, SOCK_DGRAM, IPPROTO_UDP);
	SOCKET s = socket(family, SOCK_DGRAM, IPPROTO_UDP);
	struct api_addr a, b, here, got, none;
	u_long on = 1;
	char byte;

	bind_loopback(one, family, &a);
	bind_loopback(two, family, &b);
	EXPECT_OK(connect(s, (struct sockaddr *)&a.name, a.len));
	here.len = sizeof(here.name);
	EXPECT_OK(getsockname(s, (struct sockaddr *)&here.name, &here.len));
	EXPECT(api_port(&here.name));
	got.len = sizeof(got.name);
	EXPECT_OK(getpeername(s, (struct sockaddr *)&got.name, &got.len));
	EXPECT_EQ(a.len, got.len);
	EXPECT(!memcmp(&a.name, &got.name, a.len));

	/* What is queued goes when the peer does, not when it stays. */
	EXPECT_OK(connect(one, (struct sockaddr *)&here.name, here.len));
	EXPECT_EQ(1, send(one, "1", 1, 0));
	EXPECT(data_comes(s));
	EXPECT_OK(connect(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_EQ(1, recv(s, &byte, 1, MSG_PEEK));
	EXPECT_OK(connect(s, (struct sockaddr *)&b.name, b.len));
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, &byte, 1, 0));
	EXPECT_OK(connect(two, (struct sockaddr *)&here.name, here.len));
	EXPECT_EQ(1, send(two, "2", 1, 0));
	EXPECT(data_comes(s));
	EXPECT_EQ(1, recv(s, &byte, 1, 0));
	EXPECT_EQ('2', byte);

	/* Port 0 will do, and is what getpeername tells. */
	api_loopback(family, &none);
	EXPECT_OK(connect(s, (struct sockaddr *)&none.name, none.len));
	memset(&got, POISON, sizeof(got));
	got.len = sizeof(got.name);
	EXPECT_OK(getpeername(s, (struct sockaddr *)&got.name, &got.len));
	EXPECT_EQ(none.len, got.len);
	EXPECT(!memcmp(&none.name, &got.name, none.len));

	/* Gone, and still bound to the same port. */
	memset(&none.name, 0, sizeof(none.name));
	EXPECT_OK(connect(s, (struct sockaddr *)&none.name, none.len));
	got.len = sizeof(got.name);
	EXPECT_FAIL(WSAENOTCONN,
		    getpeername(s, (struct sockaddr *)&got.name, &got.len));
	EXPECT_FAIL(WSAENOTCONN, send(s, "x", 1, 0));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&got.name, &got.len));
	EXPECT_EQ(api_port(&here.name), api_port(&got.name));
	EXPECT_EQ(1, sendto(s, "x", 1, 0, (struct sockaddr *)&a.name, a.len));
	closesocket(one);
	closesocket(two);
	closesocket(s);
}

static void datagram_peers_ipv4(void)
{
	datagram_peers(AF_INET);
}

static void datagram_peers_ipv6(void)
{
	datagram_peers(AF_INET6);
}

/* [connect WSAEACCES, WSAConnect WSAEACCES] */
static void broadcast_needs_the_option(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	struct sockaddr_in to;
	struct sockaddr *name = (struct sockaddr *)&to;

	memset(&to, 0, sizeof(to));
	to.sin_family = AF_INET;
	to.sin_port = htons(9);
	to.sin_addr.s_addr = htonl(0x7fffffff);	/* loopback's */
	EXPECT_FAIL(WSAEACCES, connect(s, name, sizeof(to)));
	EXPECT_FAIL(WSAEACCES, WSAConnect(s, name, sizeof(to), NULL, NULL,
					  NULL, NULL));
	closesocket(s);
}

/* [closesocket WSAEWOULDBLOCK] */
static void lingering_close_would_block(void)
{
	static char block[65536];
	LINGER slow = { 1, 1000 };
	u_long on = 1;
	struct scene c;
	ULONGLONG end = GetTickCount64() + PATIENCE_MS;

	scene_open(&c, AF_INET, CONNECTED);
	EXPECT_OK(setsockopt(c.s, SOL_SOCKET, SO_LINGER, (char *)&slow,
			     sizeof(slow)));
	EXPECT_OK(ioctlsocket(c.s, FIONBIO, &on));
	EXPECT_OK(ioctlsocket(c.peer, FIONBIO, &on));
	while (send(c.s, block, sizeof(block), 0) > 0)
		;
	EXPECT_FAIL(WSAEWOULDBLOCK, closesocket(c.s));
	/* It has not begun: data still goes the other way. */
	EXPECT_EQ(1, send(c.peer, "x", 1, 0));
	EXPECT(data_comes(c.s));
	EXPECT_EQ(1, recv(c.s, block, 1, 0));
	while (closesocket(c.s) && GetTickCount64() < end)
		recv(c.peer, block, sizeof(block), 0);
	EXPECT_FAIL(WSAENOTSOCK, closesocket(c.s));
	scene_close(&c);
}

static const struct api_test tests[] = {
	{ "state.every_call_ipv4", every_call_ipv4 },
	{ "state.every_call_ipv6", every_call_ipv6 },
	{ "WSAConnect.arguments", wsaconnect_arguments },
	{ "WSASendDisconnect.ends_one_way", disconnect_ends_one_way },
	{ "shutdown.unread_data_resets", unread_data_resets },
	{ "WSAConnect.same_connection_twice", same_connection_twice },
	{ "connect.datagram_peers_ipv4", datagram_peers_ipv4 },
	{ "connect.datagram_peers_ipv6", datagram_peers_ipv6 },
	{ "connect.broadcast_needs_the_option", broadcast_needs_the_option },
	{ "closesocket.lingering_would_block", lingering_close_would_block },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
