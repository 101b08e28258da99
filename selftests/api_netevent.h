/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The steps of windows-observed section 13, for both ways to be told.  A row is
 * a step and what each way tells after it, in Windows' order; whoever includes
 * this defines before:
 *
 *   watch(s, mask)		registers; 0 ends the registration
 *   told(s, e, m1, m2)		a record tells the events @e; messages tell @m1,
 *				then @m2 (0: none)
 *
 * and lists NETEVENT_TESTS among its tests.
 */
#ifndef API_NETEVENT_H
#define API_NETEVENT_H

#include "api_peer.h"

#include <windows.h>

/* How long what happens on loopback may take to be seen. */
#define PATIENCE_MS	10000

/* An event with its code, as messages carry both. */
#define WITH(event, code)	((event) | (long)(code) << 16)

static void watch(SOCKET s, long mask);
static void told(SOCKET s, long e, long m1, long m2);

/* What has arrived has been noticed, once recv could take it. */
static void arrived(SOCKET s, u_long bytes)
{
	ULONGLONG end = GetTickCount64() + PATIENCE_MS;
	u_long n = 0;

	do
		EXPECT_EQ(0, ioctlsocket(s, FIONREAD, &n));
	while (n != bytes && GetTickCount64() < end && !api_failed);
	EXPECT_EQ(bytes, n);
}

/* The same of what WSAPoll tells of. */
static void polled(SOCKET s, short asked, short answer)
{
	WSAPOLLFD fd = { .fd = s, .events = asked };
	ULONGLONG end = GetTickCount64() + PATIENCE_MS;

	do
		EXPECT(WSAPoll(&fd, 1, 100) >= 0);
	while (!(fd.revents & answer) && GetTickCount64() < end && !api_failed);
	EXPECT(fd.revents & answer);
}

static void gone(SOCKET s)
{
	polled(s, POLLRDNORM, POLLHUP);
}

static void give(SOCKET s, const char *text)
{
	EXPECT_EQ((int)strlen(text), send(s, text, (int)strlen(text), 0));
}

static void take(SOCKET s, int bytes)
{
	char buf[16];

	EXPECT_EQ(bytes, recv(s, buf, bytes, 0));
}

/* The first connection of a listener. */
static SOCKET accepted(SOCKET lsn)
{
	SOCKET s = accept(lsn, NULL, NULL);

	EXPECT(s != INVALID_SOCKET);
	return s;
}

/* A socket that is bound, so that its port is nobody else's; *a is its name. */
static SOCKET bound(int type, struct api_addr *a)
{
	SOCKET s = socket(AF_INET, type, 0);

	api_loopback(AF_INET, a);
	EXPECT_OK(bind(s, (struct sockaddr *)&a->name, a->len));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&a->name, &a->len));
	return s;
}

/* Begins to connect a nonblocking socket. */
static void begin(SOCKET s, const struct api_addr *a)
{
	EXPECT_FAIL(WSAEWOULDBLOCK,
		    connect(s, (const struct sockaddr *)&a->name, a->len));
}

struct netpair {
	struct api_addr addr;
	SOCKET lsn;
	SOCKET c;
	SOCKET s;
};

/* @s is looked at, @c does things to it. */
static void netpair_open(struct netpair *p)
{
	p->lsn = api_listener(AF_INET, &p->addr);
	p->c = api_client(&p->addr);
	p->s = accepted(p->lsn);
}

/* Nobody is told of the other's end after its own. */
static void netpair_close(struct netpair *p)
{
	closesocket(p->s);
	if (p->c != INVALID_SOCKET)
		closesocket(p->c);
	closesocket(p->lsn);
}

static void reset(SOCKET s)
{
	const LINGER now = { 1, 0 };

	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_LINGER, (const char *)&now,
			     sizeof(now)));
	EXPECT_OK(closesocket(s));
}

#define FD_LISTENER	(FD_CONNECT | FD_READ | FD_OOB | FD_ACCEPT)
#define FD_MOST		(FD_ACCEPT | FD_CLOSE | FD_CONNECT | FD_OOB | FD_READ)
#define FD_SOCKET	(FD_MOST | FD_WRITE)

/* E4 to E10 */
static void listener(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	struct api_addr a;
	SOCKET c[3];

	watch(s, FD_LISTENER);
	api_loopback(AF_INET, &a);
	EXPECT_OK(bind(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_OK(listen(s, 5));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&a.name, &a.len));
	told(s, 0, 0, 0);					/* E4 */
	c[0] = api_client(&a);
	told(s, FD_ACCEPT, FD_ACCEPT, 0);			/* E5 */
	told(s, 0, 0, 0);
	watch(s, FD_LISTENER);
	told(s, 0, FD_ACCEPT, 0);				/* E6 */
	watch(s, 0);
	watch(s, FD_LISTENER);
	told(s, 0, FD_ACCEPT, 0);
	c[1] = api_client(&a);
	told(s, FD_ACCEPT, 0, 0);				/* E7 */
	EXPECT_OK(closesocket(accepted(s)));
	told(s, FD_ACCEPT, FD_ACCEPT, 0);			/* E8 */
	EXPECT_OK(closesocket(accepted(s)));
	told(s, 0, 0, 0);					/* E9 */
	c[2] = api_client(&a);
	told(s, FD_ACCEPT, FD_ACCEPT, 0);			/* E10 */
	EXPECT_OK(closesocket(accepted(s)));
	told(s, 0, 0, 0);
	closesocket(c[0]);
	closesocket(c[1]);
	closesocket(c[2]);
	EXPECT_OK(closesocket(s));
}

/* E11 */
static void listener_late(void)
{
	struct api_addr a;
	SOCKET s = api_listener(AF_INET, &a), c = api_client(&a), t;

	polled(s, POLLRDNORM, POLLRDNORM);
	watch(s, FD_LISTENER);
	told(s, FD_ACCEPT, FD_ACCEPT, 0);
	EXPECT_OK(closesocket(s));
	closesocket(c);

	s = api_listener(AF_INET, &a);
	watch(s, FD_LISTENER & ~FD_ACCEPT);
	c = api_client(&a);
	polled(s, POLLRDNORM, POLLRDNORM);
	told(s, 0, 0, 0);
	watch(s, FD_LISTENER);
	told(s, FD_ACCEPT, FD_ACCEPT, 0);
	EXPECT_OK(closesocket(s));
	closesocket(c);

	s = api_listener(AF_INET, &a);
	c = api_client(&a);
	t = accepted(s);
	watch(s, FD_LISTENER);
	told(s, 0, 0, 0);
	closesocket(t);
	closesocket(c);
	EXPECT_OK(closesocket(s));
}

/* E13 to E15 */
static void client(void)
{
	struct api_addr a;
	SOCKET l = api_listener(AF_INET, &a);
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	watch(s, FD_SOCKET);
	told(s, 0, 0, 0);					/* E13 */
	begin(s, &a);
	told(s, FD_CONNECT | FD_WRITE, FD_CONNECT, FD_WRITE);	/* E14 */
	watch(s, 0);
	watch(s, FD_SOCKET);
	told(s, 0, FD_WRITE, 0);				/* E15 */
	closesocket(s);
	closesocket(l);
}

/*
 * A connect that fails, as the error tables have it.
 * [WSAEnumNetworkEvents.FD_CONNECT WSAECONNREFUSED]
 * [WSAAsyncSelect.FD_CONNECT WSAECONNREFUSED]
 */
static void client_refused(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	struct api_addr a;
	SOCKET taken = bound(SOCK_STREAM, &a);

	watch(s, FD_SOCKET);
	begin(s, &a);
	told(s, WITH(FD_CONNECT, WSAECONNREFUSED),
	     WITH(FD_CONNECT, WSAECONNREFUSED), 0);
	/* And another attempt is another event. */
	begin(s, &a);
	told(s, WITH(FD_CONNECT, WSAECONNREFUSED),
	     WITH(FD_CONNECT, WSAECONNREFUSED), 0);
	closesocket(s);
	closesocket(taken);
}

/* E16, E17 */
static void connected_before(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_SOCKET);
	told(p.s, FD_WRITE, FD_WRITE, 0);			/* E16 */
	watch(p.s, 0);
	give(p.c, "x");
	watch(p.c, FD_SOCKET);
	told(p.c, FD_CONNECT | FD_WRITE, FD_WRITE, 0);		/* E17 */
	EXPECT_OK(closesocket(p.c));
	p.c = INVALID_SOCKET;
	netpair_close(&p);
}

/* E18, E19 */
static void masks(void)
{
	struct api_addr a;
	SOCKET l = api_listener(AF_INET, &a);
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	watch(s, FD_SOCKET & ~FD_CONNECT);
	begin(s, &a);
	told(s, FD_WRITE, FD_WRITE, 0);				/* E18 */
	watch(s, FD_SOCKET);
	told(s, FD_CONNECT, FD_WRITE, 0);
	closesocket(s);

	s = api_client(&a);
	watch(s, FD_SOCKET & ~FD_WRITE);
	told(s, FD_CONNECT, 0, 0);				/* E19 */
	watch(s, FD_SOCKET);
	told(s, FD_WRITE, FD_WRITE, 0);
	closesocket(s);
	closesocket(l);
}

/* E20 to E22 */
static void datagrams(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	struct api_addr a;

	watch(s, FD_SOCKET);
	told(s, 0, FD_WRITE, 0);				/* E20 */
	api_loopback(AF_INET, &a);
	((struct sockaddr_in *)&a.name)->sin_port = htons(9);
	EXPECT_OK(connect(s, (struct sockaddr *)&a.name, a.len));
	told(s, FD_CONNECT | FD_WRITE, FD_WRITE, 0);		/* E21 */
	closesocket(s);

	s = bound(SOCK_DGRAM, &a);
	watch(s, FD_READ | FD_WRITE);
	told(s, FD_WRITE, FD_WRITE, 0);				/* E22 */
	closesocket(s);
}

/* A datagram is data like any other. */
static void datagram_data(void)
{
	SOCKET c = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	struct api_addr a;
	SOCKET s = bound(SOCK_DGRAM, &a);

	watch(s, FD_READ);
	EXPECT_EQ(1, sendto(c, "1", 1, 0, (struct sockaddr *)&a.name, a.len));
	arrived(s, 1);
	told(s, FD_READ, FD_READ, 0);
	EXPECT_EQ(1, sendto(c, "2", 1, 0, (struct sockaddr *)&a.name, a.len));
	arrived(s, 2);
	told(s, FD_READ, 0, 0);
	take(s, 1);
	told(s, FD_READ, FD_READ, 0);
	take(s, 1);
	told(s, 0, 0, 0);
	closesocket(c);
	closesocket(s);
}

/* E23, E24 */
static void able_to_send(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_SOCKET);
	told(p.s, FD_WRITE, FD_WRITE, 0);
	watch(p.s, FD_SOCKET);
	told(p.s, 0, FD_WRITE, 0);				/* E23 */
	watch(p.s, 0);
	watch(p.s, FD_SOCKET);
	told(p.s, 0, FD_WRITE, 0);
	give(p.s, "x");
	take(p.c, 1);
	told(p.s, 0, 0, 0);					/* E24 */
	netpair_close(&p);

	netpair_open(&p);
	watch(p.s, FD_SOCKET);
	give(p.s, "x");
	told(p.s, FD_WRITE, FD_WRITE, 0);
	netpair_close(&p);
}

/* E25 to E29 */
static void data(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_MOST);
	told(p.s, 0, 0, 0);
	give(p.c, "12345");
	arrived(p.s, 5);
	told(p.s, FD_READ, FD_READ, 0);				/* E25 */
	told(p.s, 0, 0, 0);
	watch(p.s, FD_MOST);
	told(p.s, 0, FD_READ, 0);				/* E26 */
	watch(p.s, 0);
	watch(p.s, FD_MOST);
	told(p.s, 0, FD_READ, 0);
	give(p.c, "12345");
	arrived(p.s, 10);
	told(p.s, FD_READ, 0, 0);				/* E27 */
	take(p.s, 5);
	told(p.s, FD_READ, FD_READ, 0);				/* E28 */
	take(p.s, 5);
	told(p.s, 0, 0, 0);					/* E29 */
	netpair_close(&p);
}

/* E30: the call fails before it looks for data. */
static void data_bad_length(void)
{
	struct netpair p;
	char buf[4];

	netpair_open(&p);
	watch(p.s, FD_MOST);
	give(p.c, "12345");
	arrived(p.s, 5);
	told(p.s, FD_READ, FD_READ, 0);
	EXPECT_FAIL(WSAEFAULT, recv(p.s, buf, -1, 0));
	told(p.s, 0, FD_READ, 0);
	netpair_close(&p);
}

/* One that meets no data asks again all the same. */
static void data_would_block(void)
{
	struct netpair p;
	char buf[4];

	netpair_open(&p);
	watch(p.s, FD_MOST);
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(p.s, buf, 1, 0));
	told(p.s, 0, 0, 0);
	give(p.c, "1");
	arrived(p.s, 1);
	told(p.s, FD_READ, FD_READ, 0);
	EXPECT_EQ(1, recv(p.s, buf, 1, MSG_PEEK));
	told(p.s, FD_READ, FD_READ, 0);
	netpair_close(&p);
}

/* E31, E32 */
static void data_unwatched(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_MOST);
	watch(p.s, 0);
	give(p.c, "12345");
	arrived(p.s, 5);
	watch(p.s, FD_MOST);
	told(p.s, FD_READ, FD_READ, 0);				/* E31 */
	watch(p.s, 0);
	give(p.c, "12345");
	arrived(p.s, 10);
	take(p.s, 10);
	watch(p.s, FD_MOST);
	told(p.s, 0, 0, 0);					/* E32 */
	netpair_close(&p);
}

/* E33 */
static void data_enumerated_unwatched(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_MOST);
	watch(p.s, 0);
	give(p.c, "12345");
	polled(p.s, POLLRDNORM, POLLRDNORM);
	told(p.s, 0, 0, 0);
	watch(p.s, FD_READ | FD_WRITE);
	told(p.s, FD_READ | FD_WRITE, FD_READ, FD_WRITE);
	netpair_close(&p);
}

/* E36 */
static void room(void)
{
	static char block[65536];
	struct netpair p;
	int n, total = 0, taken = 0;

	netpair_open(&p);
	watch(p.s, FD_SOCKET);
	told(p.s, FD_WRITE, FD_WRITE, 0);
	while ((n = send(p.s, block, sizeof(block), 0)) > 0)
		total += n;
	EXPECT_EQ(WSAEWOULDBLOCK, WSAGetLastError());
	told(p.s, 0, 0, 0);
	while (taken < total && !api_failed) {
		n = recv(p.c, block, sizeof(block), 0);
		EXPECT(n > 0);
		taken += n;
	}
	told(p.s, FD_WRITE, FD_WRITE, 0);
	told(p.s, 0, 0, 0);
	netpair_close(&p);
}

/* The same, of a socket that was full before anybody registered. */
static void room_unwatched(void)
{
	static char block[65536];
	struct netpair p;
	int n, total = 0, taken = 0;
	u_long on = 1;

	netpair_open(&p);
	EXPECT_OK(ioctlsocket(p.s, FIONBIO, &on));
	while ((n = send(p.s, block, sizeof(block), 0)) > 0)
		total += n;
	EXPECT_EQ(WSAEWOULDBLOCK, WSAGetLastError());
	watch(p.s, FD_SOCKET);
	told(p.s, FD_WRITE, 0, 0);
	while (taken < total && !api_failed) {
		n = recv(p.c, block, sizeof(block), 0);
		EXPECT(n > 0);
		taken += n;
	}
	told(p.s, FD_WRITE, FD_WRITE, 0);
	told(p.s, 0, 0, 0);
	netpair_close(&p);
}

/* E37, E38, E40; E39 and the rest of E40 want several urgent bytes (D5) */
static void urgent(void)
{
	struct netpair p;
	char byte;

	netpair_open(&p);
	watch(p.s, FD_MOST);
	EXPECT_EQ(1, send(p.c, "!", 1, MSG_OOB));
	polled(p.s, POLLRDBAND, POLLRDBAND);
	told(p.s, FD_OOB, FD_OOB, 0);				/* E37 */
	told(p.s, 0, 0, 0);
	watch(p.s, FD_MOST);
	told(p.s, 0, FD_OOB, 0);				/* E38 */
	EXPECT_EQ(1, recv(p.s, &byte, 1, MSG_OOB));
	EXPECT_EQ('!', byte);
	told(p.s, 0, 0, 0);					/* E40 */
	EXPECT_EQ(1, send(p.c, "?", 1, MSG_OOB));
	told(p.s, FD_OOB, FD_OOB, 0);
	netpair_close(&p);
}

/* E39, as far as one urgent byte goes (D5) */
static void urgent_twice(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_OOB);
	EXPECT_EQ(1, send(p.c, "1", 1, MSG_OOB));
	polled(p.s, POLLRDBAND, POLLRDBAND);
	told(p.s, FD_OOB, FD_OOB, 0);
	EXPECT_EQ(1, send(p.c, "2", 1, MSG_OOB));
	told(p.s, FD_OOB, 0, 0);				/* E39 */
	netpair_close(&p);
}

/* E41; and in line it is data */
static void urgent_unwatched(void)
{
	const BOOL on = TRUE;
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_MOST);
	watch(p.s, 0);
	EXPECT_EQ(1, send(p.c, "!", 1, MSG_OOB));
	polled(p.s, POLLRDBAND, POLLRDBAND);
	watch(p.s, FD_MOST);
	told(p.s, FD_OOB, FD_OOB, 0);				/* E41 */
	netpair_close(&p);

	netpair_open(&p);
	EXPECT_OK(setsockopt(p.s, SOL_SOCKET, SO_OOBINLINE, (const char *)&on,
			     sizeof(on)));
	watch(p.s, FD_MOST);
	EXPECT_EQ(1, send(p.c, "!", 1, MSG_OOB));
	arrived(p.s, 1);
	told(p.s, FD_READ, FD_READ, 0);
	netpair_close(&p);
}

/* E42 to E44, E50 */
static void closed(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_MOST);
	EXPECT_OK(closesocket(p.c));
	p.c = INVALID_SOCKET;
	gone(p.s);
	told(p.s, FD_CLOSE, FD_CLOSE, 0);			/* E42, E50 */
	told(p.s, 0, 0, 0);
	watch(p.s, FD_MOST);
	told(p.s, 0, FD_CLOSE, 0);				/* E43 */
	watch(p.s, 0);
	watch(p.s, FD_MOST);
	told(p.s, 0, FD_CLOSE, 0);
	take(p.s, 0);						/* E44 */
	told(p.s, 0, 0, 0);
	netpair_close(&p);

	netpair_open(&p);
	watch(p.s, FD_MOST);
	EXPECT_OK(shutdown(p.c, SD_SEND));
	gone(p.s);
	told(p.s, FD_CLOSE, FD_CLOSE, 0);			/* E42 */
	EXPECT_OK(closesocket(p.c));
	p.c = INVALID_SOCKET;
	told(p.s, 0, 0, 0);					/* E44 */
	netpair_close(&p);
}

/* E45 */
static void closed_both(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_MOST);
	EXPECT_OK(shutdown(p.c, SD_RECEIVE));
	EXPECT_OK(shutdown(p.s, SD_BOTH));
	polled(p.c, POLLRDNORM, POLLHUP);
	told(p.s, 0, 0, 0);
	EXPECT_OK(shutdown(p.c, SD_SEND));
	told(p.s, FD_CLOSE, FD_CLOSE, 0);
	netpair_close(&p);
}

/* E46, E47 */
static void closed_unread(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_MOST);
	give(p.c, "12345");
	arrived(p.s, 5);
	told(p.s, FD_READ, FD_READ, 0);
	EXPECT_OK(closesocket(p.c));
	p.c = INVALID_SOCKET;
	gone(p.s);
	told(p.s, FD_CLOSE, FD_CLOSE, 0);			/* E46 */
	take(p.s, 2);
	told(p.s, FD_READ, FD_READ, 0);				/* E47 */
	take(p.s, 3);
	told(p.s, 0, 0, 0);
	netpair_close(&p);
}

/* E46, E47, after our own end: the stack has then done with the connection. */
static void closed_unread_after_ours(void)
{
	struct netpair p;

	netpair_open(&p);
	EXPECT_OK(shutdown(p.s, SD_SEND));
	gone(p.c);
	watch(p.s, FD_MOST);
	give(p.c, "12345");
	arrived(p.s, 5);
	told(p.s, FD_READ, FD_READ, 0);
	EXPECT_OK(closesocket(p.c));
	p.c = INVALID_SOCKET;
	gone(p.s);
	told(p.s, FD_CLOSE, FD_CLOSE, 0);
	take(p.s, 2);
	told(p.s, FD_READ, FD_READ, 0);
	take(p.s, 3);
	told(p.s, 0, 0, 0);
	netpair_close(&p);
}

/* E48 */
static void closed_before(void)
{
	struct netpair p;

	netpair_open(&p);
	EXPECT_OK(closesocket(p.c));
	p.c = INVALID_SOCKET;
	gone(p.s);
	watch(p.s, FD_MOST);
	told(p.s, FD_CLOSE, FD_CLOSE, 0);
	netpair_close(&p);

	netpair_open(&p);
	watch(p.s, FD_MOST & ~FD_CLOSE);
	EXPECT_OK(closesocket(p.c));
	p.c = INVALID_SOCKET;
	gone(p.s);
	told(p.s, 0, 0, 0);
	watch(p.s, FD_MOST);
	told(p.s, FD_CLOSE, FD_CLOSE, 0);
	netpair_close(&p);
}

/*
 * E49
 * [WSAEnumNetworkEvents.FD_CLOSE WSAECONNABORTED]
 * [WSAAsyncSelect.FD_CLOSE WSAECONNABORTED]
 */
static void closed_by_reset(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_MOST);
	reset(p.c);
	p.c = INVALID_SOCKET;
	gone(p.s);
	told(p.s, WITH(FD_CLOSE, WSAECONNABORTED),
	     WITH(FD_CLOSE, WSAECONNABORTED), 0);
	netpair_close(&p);
}

/* A registration begins and ends nothing but its own mode (E2). */
static void nonblocking(void)
{
	struct netpair p;
	u_long on = 1, off = 0;
	char byte;

	netpair_open(&p);
	watch(p.s, 0);
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(p.s, &byte, 1, 0));
	EXPECT_OK(ioctlsocket(p.s, FIONBIO, &off));
	watch(p.s, FD_READ);
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(p.s, &byte, 1, 0));
	EXPECT_OK(ioctlsocket(p.s, FIONBIO, &on));
	EXPECT_FAIL(WSAEINVAL, ioctlsocket(p.s, FIONBIO, &off));
	watch(p.s, 0);
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(p.s, &byte, 1, 0));
	EXPECT_OK(ioctlsocket(p.s, FIONBIO, &off));
	netpair_close(&p);
}

/* A6: an accepted socket begins with its listener's registration. */
static void inherited(void)
{
	struct api_addr a;
	SOCKET l = api_listener(AF_INET, &a), c, s;

	watch(l, FD_SOCKET);
	c = api_client(&a);
	told(l, FD_ACCEPT, FD_ACCEPT, 0);
	give(c, "1");
	s = accepted(l);
	arrived(s, 1);
	told(s, FD_READ | FD_WRITE, FD_READ, FD_WRITE);
	closesocket(s);
	closesocket(c);

	/* And only what there is to inherit. */
	watch(l, 0);
	c = api_client(&a);
	polled(l, POLLRDNORM, POLLRDNORM);
	s = accepted(l);
	told(s, 0, 0, 0);
	closesocket(s);
	closesocket(c);
	closesocket(l);
}

/* An accept that finds nothing asks again. */
static void accept_empty(void)
{
	struct api_addr a;
	SOCKET l = api_listener(AF_INET, &a), c;

	watch(l, FD_ACCEPT);
	EXPECT_NO_SOCKET(WSAEWOULDBLOCK, accept(l, NULL, NULL));
	told(l, 0, 0, 0);
	c = api_client(&a);
	told(l, FD_ACCEPT, FD_ACCEPT, 0);
	closesocket(c);
	closesocket(l);
}

static const struct api_test netevent_tests[] = {
	{ "E4-E10: connections, one by one", listener },
	{ "E11: connections that came before", listener_late },
	{ "an accept of nothing asks again", accept_empty },
	{ "A6: accepted sockets inherit", inherited },
	{ "E13-E15: connect", client },
	{ "connect refused, twice", client_refused },
	{ "E16, E17: connected before", connected_before },
	{ "E18, E19: a mask that grows", masks },
	{ "E20-E22: datagram sockets", datagrams },
	{ "datagrams are data", datagram_data },
	{ "E23, E24: able to send", able_to_send },
	{ "E25-E29: data", data },
	{ "E30: recv with a bad length", data_bad_length },
	{ "recv of nothing, and MSG_PEEK", data_would_block },
	{ "E31, E32: data with mask 0", data_unwatched },
	{ "E33: enumerated with mask 0", data_enumerated_unwatched },
	{ "E36: room again", room },
	{ "full before the first registration", room_unwatched },
	{ "E37, E38, E40: urgent data", urgent },
	{ "E39: an urgent byte after another", urgent_twice },
	{ "E41: urgent data with mask 0, and in line", urgent_unwatched },
	{ "E42-E44, E50: the peer's end", closed },
	{ "E45: both ends", closed_both },
	{ "E46, E47: the end with data unread", closed_unread },
	{ "E47: the same after one's own end", closed_unread_after_ours },
	{ "E48: the end before", closed_before },
	{ "E49: reset", closed_by_reset },
	{ "E2: FIONBIO", nonblocking },
};

/* The steps, and then a program's own tests. */
static int netevent_run(const struct api_test *tests, int count)
{
	struct api_test all[ARRAY_SIZE(netevent_tests) + 16];

	memcpy(all, netevent_tests, sizeof(netevent_tests));
	memcpy(all + ARRAY_SIZE(netevent_tests), tests,
	       count * sizeof(*tests));
	return api_run(all, ARRAY_SIZE(netevent_tests) + count, 1);
}

#endif /* API_NETEVENT_H */
