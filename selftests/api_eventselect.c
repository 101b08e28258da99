// SPDX-License-Identifier: GPL-2.0-only
/*
 * WSAEventSelect and WSAEnumNetworkEvents: the steps of windows-observed section
 * 13, and what is the record's alone.
 */
#include "api_netevent.h"

static WSAEVENT event;

static void watch(SOCKET s, long mask)
{
	EXPECT_OK(WSAEventSelect(s, mask ? event : NULL, mask));
}

static int one_event(long mask)
{
	return mask && !(mask & (mask - 1));
}

/* What enumerating adds to *seen; codes must be @code's for its event, or 0. */
static void enumerate(SOCKET s, long *seen, long event_bit, int code)
{
	WSANETWORKEVENTS ne;
	int bit;

	EXPECT_OK(WSAEnumNetworkEvents(s, event, &ne));
	for (bit = 0; bit < FD_MAX_EVENTS; bit++)
		if (ne.lNetworkEvents >> bit & 1)
			EXPECT_EQ(event_bit == 1 << bit ? code : 0,
				  ne.iErrorCode[bit]);
	*seen |= ne.lNetworkEvents;
}

/* Waits for @e to be recorded; and no more is. */
static void told(SOCKET s, long e, long m1, long m2)
{
	ULONGLONG end = GetTickCount64() + PATIENCE_MS;
	long mask = e & 0xffff;
	int code = (int)(e >> 16);
	long seen = 0;

	(void)m1;
	(void)m2;
	if (code)
		EXPECT(one_event(mask));
	while ((seen & mask) != mask && GetTickCount64() < end && !api_failed) {
		WSAWaitForMultipleEvents(1, &event, FALSE, 100, FALSE);
		enumerate(s, &seen, code ? mask : 0, code);
	}
	enumerate(s, &seen, code ? mask : 0, code);
	EXPECT_EQ(mask, seen);
}

static int signalled(void)
{
	DWORD ret = WSAWaitForMultipleEvents(1, &event, FALSE, 0, FALSE);

	EXPECT(ret == WSA_WAIT_EVENT_0 || ret == WSA_WAIT_TIMEOUT);
	return ret == WSA_WAIT_EVENT_0;
}

/* E12: registering neither resets the event nor forgets what is recorded. */
static void unenumerated(void)
{
	struct api_addr a;
	SOCKET l = api_listener(AF_INET, &a), c;

	watch(l, FD_ACCEPT);
	c = api_client(&a);
	EXPECT_EQ(WSA_WAIT_EVENT_0,
		  WSAWaitForMultipleEvents(1, &event, FALSE, PATIENCE_MS,
					   FALSE));
	watch(l, FD_READ);
	EXPECT(signalled());
	EXPECT(WSAResetEvent(event));
	watch(l, FD_READ);
	EXPECT(!signalled());
	watch(l, FD_ACCEPT);
	EXPECT(signalled());
	told(l, FD_ACCEPT, 0, 0);
	EXPECT(!signalled());
	closesocket(c);
	closesocket(l);
}

/* E1: only the codes of what is told are written, event or not. */
static void codes(void)
{
	WSANETWORKEVENTS ne;
	struct netpair p;
	int bit;

	netpair_open(&p);
	watch(p.s, FD_READ);
	give(p.c, "1");
	arrived(p.s, 1);
	memset(&ne, POISON, sizeof(ne));
	EXPECT_OK(WSAEnumNetworkEvents(p.s, NULL, &ne));
	EXPECT_EQ(FD_READ, ne.lNetworkEvents);
	EXPECT_EQ(0, ne.iErrorCode[FD_READ_BIT]);
	for (bit = FD_WRITE_BIT; bit < FD_MAX_EVENTS; bit++)
		EXPECT_EQ(0x5a5a5a5a, ne.iErrorCode[bit]);
	/* It was not given the event, and did not reset it. */
	EXPECT(signalled());
	EXPECT_OK(WSAEnumNetworkEvents(p.s, event, &ne));
	EXPECT_EQ(0, ne.lNetworkEvents);
	EXPECT(!signalled());
	netpair_close(&p);
}

/*
 * A send that succeeds and leaves no room: who registers for it then is told of
 * room that comes, as after a send that failed.  (libcurl waits so.)
 */
static void full_at_registration(void)
{
	static char block[1 << 20];
	struct netpair p;
	long taken = 0, sent = 0;
	WSAPOLLFD fd;
	int n;

	netpair_open(&p);
	watch(p.s, FD_WRITE);
	told(p.s, FD_WRITE, 0, 0);
	fd.fd = p.s;
	fd.events = POLLWRNORM;
	do {
		n = send(p.s, block, sizeof(block), 0);
		EXPECT_EQ((int)sizeof(block), n);
		sent += n;
	} while (WSAPoll(&fd, 1, 0) == 1 && !api_failed);
	EXPECT_EQ(0, send(p.s, NULL, 0, 0));
	told(p.s, 0, 0, 0);
	watch(p.s, FD_READ | FD_WRITE);
	told(p.s, 0, 0, 0);
	while (taken < sent && !api_failed) {
		n = recv(p.c, block, sizeof(block), 0);
		EXPECT(n > 0);
		taken += n;
	}
	told(p.s, FD_WRITE, 0, 0);
	netpair_close(&p);
}

/*
 * E3, and the arguments that are wrong.
 * [WSAEventSelect WSAEINVAL, WSAEventSelect WSAENOTSOCK]
 * [WSAEnumNetworkEvents WSAEINVAL, WSAEnumNetworkEvents WSAENOTSOCK]
 * [WSAEnumNetworkEvents WSAEFAULT]
 * [WSAEventSelect WSANOTINITIALISED, WSAEnumNetworkEvents WSANOTINITIALISED]
 */
static void arguments(void)
{
	LPWSANETWORKEVENTS bad = (LPWSANETWORKEVENTS)(DWORD_PTR)8;
	WSANETWORKEVENTS ne;
	struct netpair p;

	netpair_open(&p);
	EXPECT_OK(WSAEventSelect(p.s, event, 0));		/* E3 */
	EXPECT_OK(WSAEventSelect(p.s, NULL, 0));
	EXPECT_FAIL(WSAEINVAL, WSAEventSelect(p.s, NULL, FD_READ));
	EXPECT_FAIL(WSAEINVAL, WSAEventSelect(p.s, (WSAEVENT)p.c, FD_READ));
	EXPECT_FAIL(WSAEINVAL, WSAEventSelect(p.s, event, FD_READ | 0x400));
	EXPECT_FAIL(WSAENOTSOCK,
		    WSAEventSelect(INVALID_SOCKET, NULL, FD_READ));
	EXPECT_FAIL(WSAENOTSOCK, WSAEventSelect((SOCKET)event, event, FD_READ));
	EXPECT_FAIL(WSAENOTSOCK,
		    WSAEnumNetworkEvents(INVALID_SOCKET, NULL, &ne));
	EXPECT_FAIL(WSAEINVAL,
		    WSAEnumNetworkEvents(p.s, (WSAEVENT)p.c, &ne));
	EXPECT_FAIL(WSAEFAULT, WSAEnumNetworkEvents(p.s, event, NULL));

	/* On failure nothing is forgotten, and the event is as it was. */
	watch(p.s, FD_READ);
	give(p.c, "1");
	arrived(p.s, 1);
	EXPECT_FAIL(WSAEFAULT, WSAEnumNetworkEvents(p.s, event, bad));
	EXPECT(signalled());
	told(p.s, FD_READ, 0, 0);

	/* FD_QOS and FD_GROUP_QOS are there to be asked for, and never come. */
	watch(p.s, FD_ALL_EVENTS);
	told(p.s, FD_WRITE, 0, 0);
	netpair_close(&p);
	while (!WSACleanup())
		;
	EXPECT_FAIL(WSANOTINITIALISED, WSAEventSelect(p.s, event, FD_READ));
	EXPECT_FAIL(WSANOTINITIALISED, WSAEnumNetworkEvents(p.s, event, &ne));
}

/* E51, and one event for several sockets; it outlives none of them. */
static void shared_event(void)
{
	struct netpair p, q;

	netpair_open(&p);
	netpair_open(&q);
	watch(p.s, FD_READ);
	watch(q.s, FD_READ);
	give(q.c, "1");
	arrived(q.s, 1);
	EXPECT(signalled());
	told(p.s, 0, 0, 0);
	told(q.s, FD_READ, 0, 0);
	EXPECT_OK(closesocket(q.s));
	EXPECT(!signalled());					/* E51 */
	q.s = INVALID_SOCKET;
	/* The event closes first: the socket does not miss it. */
	EXPECT(WSACloseEvent(event));
	give(p.c, "1");
	arrived(p.s, 1);
	event = WSACreateEvent();
	EXPECT(event != WSA_INVALID_EVENT);
	watch(p.s, FD_READ);
	told(p.s, FD_READ, 0, 0);
	netpair_close(&p);
	netpair_close(&q);
}

/* An accepted socket sets its listener's event (A6), even one that went. */
static void inherited_event(void)
{
	struct api_addr a;
	SOCKET l = api_listener(AF_INET, &a), c, s;
	u_long off = 0;

	watch(l, FD_ACCEPT | FD_READ);
	c = api_client(&a);
	told(l, FD_ACCEPT, 0, 0);
	s = accept(l, NULL, NULL);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_FAIL(WSAEINVAL, ioctlsocket(s, FIONBIO, &off));
	EXPECT_OK(closesocket(l));
	EXPECT(!signalled());
	give(c, "1");
	EXPECT_EQ(WSA_WAIT_EVENT_0,
		  WSAWaitForMultipleEvents(1, &event, FALSE, PATIENCE_MS,
					   FALSE));
	told(s, FD_READ, 0, 0);
	closesocket(s);
	closesocket(c);
}

/* A duplicate is the same socket: the last registration wins. */
static void duplicate(void)
{
	WSAPROTOCOL_INFOA info;
	struct netpair p;
	SOCKET d;

	netpair_open(&p);
	EXPECT_OK(WSADuplicateSocketA(p.s, GetCurrentProcessId(), &info));
	d = WSASocketA(0, 0, 0, &info, 0, WSA_FLAG_OVERLAPPED);
	EXPECT(d != INVALID_SOCKET);
	watch(p.s, FD_READ);
	watch(d, FD_WRITE);
	give(p.c, "1");
	arrived(p.s, 1);
	told(p.s, FD_WRITE, 0, 0);
	watch(p.s, FD_READ);
	told(d, FD_READ, 0, 0);
	closesocket(d);
	netpair_close(&p);
}

int main(void)
{
	static const struct api_test tests[] = {
		{ "E12: registering forgets nothing", unenumerated },
		{ "E1: codes of what is told", codes },
		{ "full at registration", full_at_registration },
		{ "E3 and wrong arguments", arguments },
		{ "E51 and an event of several sockets", shared_event },
		{ "A6: the listener's event", inherited_event },
		{ "a duplicate's registration", duplicate },
	};

	/* For all tests: it outlives their start-ups. */
	event = CreateEventA(NULL, TRUE, FALSE, NULL);
	return netevent_run(tests, ARRAY_SIZE(tests));
}
