// SPDX-License-Identifier: GPL-2.0-only
/*
 * What calls answer when there is no way to the other end: routes that say so,
 * and one behind which all is silent, in a network of the program's own.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sched.h>
#include <stdlib.h>

#include "api_peer.h"
#include <mstcpip.h>
#include <winsock/message.h>

/* TEST-NET-1: refused by a route, and by another from now and then. */
#define REFUSED		"192.0.2.1"
#define PEER		"192.0.2.2"
/* A way that leads nowhere, and none at all. */
#define SILENT		"192.0.2.3"
#define UNROUTED	"198.51.100.1"

#define PORT		9

static void change(const char *what)
{
	char line[128];

	snprintf(line, sizeof(line), "ip %s", what);
	EXPECT_EQ(0, system(line));
}

static struct sockaddr *address(const char *text, int port)
{
	static struct sockaddr_in in;

	memset(&in, 0, sizeof(in));
	in.sin_family = AF_INET;
	in.sin_port = htons(port);
	EXPECT_EQ(1, inet_pton(AF_INET, text, &in.sin_addr));
	return (struct sockaddr *)&in;
}

#define LEN	((int)sizeof(struct sockaddr_in))

static SOCKET stream(void)
{
	return socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
}

static SOCKET datagram(void)
{
	return socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
}

static int wsaconnect(SOCKET s, const struct sockaddr *to)
{
	return WSAConnect(s, to, LEN, NULL, NULL, NULL, NULL);
}

static void limit(SOCKET s, int name, DWORD value)
{
	EXPECT_OK(setsockopt(s, IPPROTO_TCP, name, (char *)&value,
			     sizeof(value)));
}

static int error_of(SOCKET s)
{
	int code = POISON, len = sizeof(code);

	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&code, &len));
	return code;
}

/*
 * The code, and it may be tried again.
 * [connect WSAEHOSTUNREACH, WSAConnect WSAEHOSTUNREACH]
 * [connect WSAENETUNREACH, WSAConnect WSAENETUNREACH]
 */
static void streams_are_told(void)
{
	SOCKET s = stream();
	int i;

	for (i = 0; i < 2; i++) {
		EXPECT_FAIL(WSAEHOSTUNREACH,
			    connect(s, address(REFUSED, PORT), LEN));
		EXPECT_FAIL(WSAEHOSTUNREACH,
			    wsaconnect(s, address(REFUSED, PORT)));
		EXPECT_FAIL(WSAENETUNREACH,
			    connect(s, address(UNROUTED, PORT), LEN));
		EXPECT_FAIL(WSAENETUNREACH,
			    wsaconnect(s, address(UNROUTED, PORT)));
		EXPECT_EQ(0, error_of(s));
	}
	closesocket(s);
}

/* [sendto WSAEHOSTUNREACH, WSASendTo WSAEHOSTUNREACH]; no code stays behind */
static void datagrams_are_told(void)
{
	SOCKET s = datagram();
	WSABUF data;
	DWORD sent;

	data.buf = (char *)"x";
	data.len = 1;
	EXPECT_FAIL(WSAEHOSTUNREACH,
		    sendto(s, "x", 1, 0, address(REFUSED, PORT), LEN));
	EXPECT_FAIL(WSAEHOSTUNREACH,
		    WSASendTo(s, &data, 1, &sent, 0, address(REFUSED, PORT),
			      LEN, NULL, NULL));
	EXPECT_FAIL(WSAENETUNREACH,
		    sendto(s, "x", 1, 0, address(UNROUTED, PORT), LEN));
	EXPECT_EQ(1, sendto(s, "x", 1, 0, address("127.0.0.1", PORT), LEN));
	closesocket(s);
}

/* [send WSAEHOSTUNREACH]: only while it is so */
static void connected_datagrams_are_told(void)
{
	SOCKET s = datagram();

	EXPECT_OK(connect(s, address(SILENT, PORT), LEN));
	EXPECT_EQ(1, send(s, "x", 1, 0));
	change("route replace unreachable " SILENT);
	EXPECT_FAIL(WSAEHOSTUNREACH, send(s, "x", 1, 0));
	EXPECT_FAIL(WSAEHOSTUNREACH, sendto(s, "x", 1, 0, NULL, 0));
	change("route replace " SILENT " dev lo");
	EXPECT_EQ(1, send(s, "x", 1, 0));
	closesocket(s);
}

/* [WSAConnectByNameA WSAEHOSTUNREACH, WSAConnectByList WSAEHOSTUNREACH] */
static void names_are_told(void)
{
	SOCKET_ADDRESS_LIST list;
	SOCKET s = stream();

	WSASetLastError(POISON);
	EXPECT(!WSAConnectByNameA(s, (char *)REFUSED, (char *)"9", NULL, NULL,
				  NULL, NULL, NULL, NULL));
	EXPECT_EQ(WSAEHOSTUNREACH, WSAGetLastError());
	list.iAddressCount = 1;
	list.Address[0].lpSockaddr = address(REFUSED, PORT);
	list.Address[0].iSockaddrLength = LEN;
	WSASetLastError(POISON);
	EXPECT(!WSAConnectByList(s, &list, NULL, NULL, NULL, NULL, NULL,
				 NULL));
	EXPECT_EQ(WSAEHOSTUNREACH, WSAGetLastError());
	closesocket(s);
}

/* [WSAConnectByNameA WSAETIMEDOUT]: in the caller's time */
static void names_time_out(void)
{
	struct timeval timeout = { 0, 50000 };
	SOCKET s = stream();

	WSASetLastError(POISON);
	EXPECT(!WSAConnectByNameA(s, (char *)SILENT, (char *)"9", NULL, NULL,
				  NULL, NULL, &timeout, NULL));
	EXPECT_EQ(WSAETIMEDOUT, WSAGetLastError());
	closesocket(s);
}

/*
 * An attempt that nobody answers is under way until its time is up.
 * [connect WSAEALREADY, WSAConnect WSAEALREADY]
 * [connect WSAETIMEDOUT, WSAConnect WSAETIMEDOUT]
 */
static void silence_times_out(void)
{
	TIMEVAL patience = { 20, 0 };
	SOCKET s = stream();
	u_long on = 1;
	fd_set except;

	limit(s, TCP_MAXRT, 1);
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, wsaconnect(s, address(SILENT, PORT)));
	EXPECT_FAIL(WSAEALREADY, wsaconnect(s, address(SILENT, PORT)));
	EXPECT_FAIL(WSAEALREADY, connect(s, address(SILENT, PORT), LEN));
	EXPECT_EQ(0, error_of(s));
	FD_ZERO(&except);
	FD_SET(s, &except);
	EXPECT_EQ(1, select(0, NULL, NULL, &except, &patience));
	EXPECT_EQ(WSAETIMEDOUT, error_of(s));
	EXPECT_EQ(WSAETIMEDOUT, error_of(s));

	closesocket(s);

	/* Blocking, the call is told, and nothing stays (N8). */
	s = stream();
	limit(s, TCP_MAXRT, 1);
	EXPECT_FAIL(WSAETIMEDOUT, wsaconnect(s, address(SILENT, PORT)));
	EXPECT_EQ(0, error_of(s));
	EXPECT_FAIL(WSAETIMEDOUT, connect(s, address(SILENT, PORT), LEN));
	closesocket(s);
}

/* Both ends of a connection to an address that can be taken away. */
struct line {
	SOCKET c;
	SOCKET s;
};

static void line_open(struct line *l, DWORD give_up_ms)
{
	SOCKET lsn = stream();
	struct sockaddr_in in;
	int len = LEN;

	change("address add " PEER "/32 dev lo");
	EXPECT_OK(bind(lsn, address(PEER, 0), LEN));
	EXPECT_OK(listen(lsn, 1));
	EXPECT_OK(getsockname(lsn, (struct sockaddr *)&in, &len));
	l->c = stream();
	EXPECT_OK(bind(l->c, address("127.0.0.1", 0), LEN));
	EXPECT_OK(connect(l->c, (struct sockaddr *)&in, len));
	l->s = accept(lsn, NULL, NULL);
	EXPECT(l->s != INVALID_SOCKET);
	EXPECT_OK(closesocket(lsn));
	if (give_up_ms)
		limit(l->c, TCP_MAXRTMS, give_up_ms);
}

/* From now on its segments take a way on which nobody is. */
static void line_cut(void)
{
	change("address del " PEER "/32 dev lo");
	change("route add " PEER " dev lo");
}

/* And one is on it. */
static void line_lose(struct line *l)
{
	line_cut();
	EXPECT_EQ(1, send(l->c, "x", 1, 0));
}

static void line_close(struct line *l)
{
	change("route del " PEER);
	closesocket(l->c);
	closesocket(l->s);
}

/*
 * The peer does not answer any more.
 * [recv WSAETIMEDOUT, recvfrom WSAETIMEDOUT]
 * [send WSAETIMEDOUT, sendto WSAETIMEDOUT]
 */
static void peer_falls_silent(void)
{
	struct sockaddr_in from;
	int len = LEN;
	struct line l;
	char byte;

	line_open(&l, 100);
	line_lose(&l);
	EXPECT_FAIL(WSAETIMEDOUT, recvfrom(l.c, &byte, 1, 0,
					   (struct sockaddr *)&from, &len));
	EXPECT_FAIL(WSAETIMEDOUT, sendto(l.c, "x", 1, 0, address(PEER, PORT),
					 LEN));
	EXPECT_FAIL(WSAETIMEDOUT, recv(l.c, &byte, 1, 0));
	EXPECT_FAIL(WSAETIMEDOUT, send(l.c, "x", 1, 0));
	line_close(&l);
}

/* Ask whether the peer is there after 50 ms, and every 20 ms. */
static void keep_alive(SOCKET s)
{
	struct tcp_keepalive k = { 1, 50, 20 };
	DWORD n;

	EXPECT_OK(WSAIoctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(k), NULL, 0, &n,
			   NULL, NULL));
}

/*
 * Nothing is under way when the peer falls silent: the call that waits is told,
 * later ones are not (SO_KEEPALIVE).
 * [recv WSAENETRESET]
 */
static void keep_alive_ends_a_recv(void)
{
	struct sockaddr_in from;
	int len = LEN;
	struct line l;
	char byte;

	line_open(&l, 0);
	line_cut();
	keep_alive(l.c);
	EXPECT_FAIL(WSAENETRESET, recv(l.c, &byte, 1, 0));
	EXPECT_FAIL(WSAENOTCONN, recv(l.c, &byte, 1, 0));
	EXPECT_FAIL(WSAENOTCONN, recvfrom(l.c, &byte, 1, 0,
					  (struct sockaddr *)&from, &len));
	EXPECT_FAIL(WSAENOTCONN, send(l.c, "x", 1, 0));
	EXPECT_FAIL(WSAENOTCONN, shutdown(l.c, SD_BOTH));
	line_close(&l);
}

/* [WSARecv WSAENETRESET]; one that found no data was not at work */
static void keep_alive_ends_what_waits(void)
{
	DWORD n = 0, flags = 0;
	u_long on = 1, off = 0;
	struct line l;
	WSABUF buf;
	char byte;

	buf.buf = &byte;
	buf.len = 1;
	line_open(&l, 0);
	EXPECT_OK(ioctlsocket(l.c, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(l.c, &byte, 1, 0));
	EXPECT_OK(ioctlsocket(l.c, FIONBIO, &off));
	line_cut();
	keep_alive(l.c);
	EXPECT_FAIL(WSAENETRESET, WSARecv(l.c, &buf, 1, &n, &flags, NULL,
					  NULL));
	EXPECT_FAIL(WSAENOTCONN, WSARecv(l.c, &buf, 1, &n, &flags, NULL, NULL));
	EXPECT_FAIL(WSAENETRESET, setsockopt(l.c, SOL_SOCKET, SO_KEEPALIVE,
					     (char *)&on, sizeof(on)));
	line_close(&l);
}

/* A shutdown that is the first to find out keeps the code for others. */
static void keep_alive_is_not_for_shutdown(void)
{
	struct line l;
	WSAPOLLFD fd;
	char byte;

	line_open(&l, 0);
	line_cut();
	keep_alive(l.c);
	fd.fd = l.c;
	fd.events = POLLRDNORM;
	EXPECT_EQ(1, WSAPoll(&fd, 1, 60000));
	EXPECT_FAIL(WSAENOTCONN, shutdown(l.c, SD_BOTH));
	EXPECT_FAIL(WSAENETRESET, recv(l.c, &byte, 1, 0));
	line_close(&l);
}

/* With something under way it is another timer that gives up. */
static void keep_alive_is_silent_while_data_is_under_way(void)
{
	struct line l;
	char byte;

	line_open(&l, 200);
	line_lose(&l);
	keep_alive(l.c);
	EXPECT_FAIL(WSAETIMEDOUT, recv(l.c, &byte, 1, 0));
	EXPECT_FAIL(WSAETIMEDOUT, recv(l.c, &byte, 1, 0));
	line_close(&l);
}

/* The first call to be told is sendto, which the end wakes. */
static void sendto_waits_for_a_silent_peer(void)
{
	static char block[65536];
	u_long on = 1, off = 0;
	struct line l;

	line_open(&l, 100);
	line_lose(&l);
	EXPECT_OK(ioctlsocket(l.c, FIONBIO, &on));
	while (send(l.c, block, sizeof(block), 0) > 0)
		;
	EXPECT_OK(ioctlsocket(l.c, FIONBIO, &off));
	EXPECT_FAIL(WSAETIMEDOUT, sendto(l.c, "x", 1, 0, address(PEER, PORT),
					 LEN));
	line_close(&l);
}

/*
 * What is sent again finds no way any more, before its time is up.
 * [send WSAEHOSTUNREACH, sendto WSAEHOSTUNREACH]
 */
static void peer_becomes_unreachable(void)
{
	struct line l;
	char byte;

	line_open(&l, 4000);
	line_lose(&l);
	change("route replace unreachable " PEER);
	EXPECT_FAIL(WSAEHOSTUNREACH, recv(l.c, &byte, 1, 0));
	EXPECT_FAIL(WSAEHOSTUNREACH, send(l.c, "x", 1, 0));
	EXPECT_FAIL(WSAEHOSTUNREACH, sendto(l.c, "x", 1, 0,
					    address(PEER, PORT), LEN));
	line_close(&l);
}

/* How the next FD_CONNECT of a socket ends, by the record. */
static int recorded(SOCKET s, WSAEVENT event)
{
	WSANETWORKEVENTS told;

	EXPECT_EQ(WSA_WAIT_EVENT_0,
		  WSAWaitForMultipleEvents(1, &event, FALSE, 20000, FALSE));
	EXPECT_OK(WSAEnumNetworkEvents(s, event, &told));
	EXPECT_EQ(FD_CONNECT, told.lNetworkEvents);
	return told.iErrorCode[FD_CONNECT_BIT];
}

/*
 * [WSAEnumNetworkEvents.FD_CONNECT WSAETIMEDOUT]
 * [WSAEnumNetworkEvents.FD_CONNECT WSAENETUNREACH]
 */
static void the_record_is_told(void)
{
	WSAEVENT event = WSACreateEvent();
	SOCKET s = stream();

	limit(s, TCP_MAXRT, 1);
	EXPECT_OK(WSAEventSelect(s, event, FD_ALL_EVENTS));
	EXPECT_FAIL(WSAENETUNREACH, connect(s, address(UNROUTED, PORT), LEN));
	EXPECT_EQ(WSAENETUNREACH, recorded(s, event));
	EXPECT_FAIL(WSAEWOULDBLOCK, connect(s, address(SILENT, PORT), LEN));
	EXPECT_EQ(WSAETIMEDOUT, recorded(s, event));
	closesocket(s);
	EXPECT(WSACloseEvent(event));
}

/* Asks to be told of the next change, which is not now. */
static void ask(SOCKET s, DWORD code, LPSOCKADDR name)
{
	DWORD bytes;

	EXPECT_FAIL(WSAEWOULDBLOCK,
		    WSAIoctl(s, code, name, name ? LEN : 0, NULL, 0, &bytes,
			     NULL, NULL));
}

static long changes(SOCKET s)
{
	WSANETWORKEVENTS told;

	EXPECT_OK(WSAEnumNetworkEvents(s, NULL, &told));
	return told.lNetworkEvents;
}

/*
 * E52: a change is told once to a socket whose program asked for it; a call that
 * was answered WSAEWOULDBLOCK is enough.
 */
static void changes_are_told(void)
{
	WSAEVENT event = WSACreateEvent();
	SOCKET s = stream();

	EXPECT_OK(WSAEventSelect(s, event, FD_ALL_EVENTS));
	change("address add " PEER "/32 dev lo");
	EXPECT_EQ(0, changes(s));
	ask(s, SIO_ADDRESS_LIST_CHANGE, NULL);
	EXPECT_EQ(0, changes(s));
	change("address del " PEER "/32 dev lo");
	EXPECT_EQ(FD_ADDRESS_LIST_CHANGE, changes(s));
	change("address add " PEER "/32 dev lo");
	EXPECT_EQ(0, changes(s));
	change("address del " PEER "/32 dev lo");
	ask(s, SIO_ROUTING_INTERFACE_CHANGE, address("0.0.0.0", 0));
	change("route add " PEER " dev lo");
	EXPECT_EQ(FD_ROUTING_INTERFACE_CHANGE, changes(s));
	change("route del " PEER);
	EXPECT_EQ(0, changes(s));
	closesocket(s);
	EXPECT(WSACloseEvent(event));
}

/* How the next attempt ends, by a message. */
static int posted(void)
{
	struct winsock_message msg;

	EXPECT_EQ(1, winsock_get_message(&msg, 20000));
	EXPECT_EQ(FD_CONNECT, WSAGETSELECTEVENT(msg.lparam));
	return WSAGETSELECTERROR(msg.lparam);
}

/*
 * [WSAAsyncSelect.FD_CONNECT WSAETIMEDOUT]
 * [WSAAsyncSelect.FD_CONNECT WSAENETUNREACH]
 */
static void messages_are_told(void)
{
	SOCKET s = stream();

	limit(s, TCP_MAXRT, 1);
	EXPECT_OK(WSAAsyncSelect(s, (HWND)(DWORD_PTR)1, 2, FD_ALL_EVENTS));
	EXPECT_FAIL(WSAENETUNREACH, connect(s, address(UNROUTED, PORT), LEN));
	EXPECT_EQ(WSAENETUNREACH, posted());
	EXPECT_FAIL(WSAEWOULDBLOCK, connect(s, address(SILENT, PORT), LEN));
	EXPECT_EQ(WSAETIMEDOUT, posted());
	closesocket(s);
}

static const char *set_up(void)
{
	if (unshare(CLONE_NEWNET))
		return "needs root";
	if (system("ip link set lo up") ||
	    system("ip route add unreachable " REFUSED) ||
	    system("ip route add " SILENT " dev lo"))
		return "needs ip, of iproute2";
	return NULL;
}

static const struct api_test tests[] = {
	{ "routes.streams_are_told", streams_are_told },
	{ "routes.datagrams_are_told", datagrams_are_told },
	{ "routes.connected_datagrams_are_told", connected_datagrams_are_told },
	{ "routes.names_are_told", names_are_told },
	{ "routes.names_time_out", names_time_out },
	{ "routes.silence_times_out", silence_times_out },
	{ "routes.peer_falls_silent", peer_falls_silent },
	{ "routes.keep_alive_ends_a_recv", keep_alive_ends_a_recv },
	{ "routes.keep_alive_ends_what_waits", keep_alive_ends_what_waits },
	{ "routes.keep_alive_is_not_for_shutdown",
	  keep_alive_is_not_for_shutdown },
	{ "routes.keep_alive_is_silent_while_data_is_under_way",
	  keep_alive_is_silent_while_data_is_under_way },
	{ "routes.sendto_waits_for_a_silent_peer",
	  sendto_waits_for_a_silent_peer },
	{ "routes.peer_becomes_unreachable", peer_becomes_unreachable },
	{ "routes.the_record_is_told", the_record_is_told },
	{ "routes.changes_are_told", changes_are_told },
	{ "routes.messages_are_told", messages_are_told },
};

int main(void)
{
	return api_run_unless(set_up(), tests, ARRAY_SIZE(tests));
}
