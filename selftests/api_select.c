// SPDX-License-Identifier: GPL-2.0-only
/*
 * select and WSAPoll.  What needs a thread that is proven asleep in the call is
 * tested below the API.
 */
#include "api_peer.h"

#include <windows.h>

enum { R = 1, W = 2, E = 4 };

/* How long what happens on loopback may take to be seen. */
#define PATIENCE_MS	10000

/* A connection: s is looked at, c does things to it. */
struct pair {
	SOCKET lsn;
	SOCKET c;
	SOCKET s;
};

static void pair_open(struct pair *p)
{
	struct api_addr a;

	p->lsn = api_listener(AF_INET, &a);
	p->c = api_client(&a);
	p->s = accept(p->lsn, NULL, NULL);
	EXPECT(p->s != INVALID_SOCKET);
}

static void pair_close(struct pair *p)
{
	closesocket(p->c);
	closesocket(p->s);
	closesocket(p->lsn);
}

/* A socket whose connect will be refused: @port of @a is bound, no more. */
static SOCKET refusing(struct api_addr *a)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	api_loopback(AF_INET, a);
	EXPECT_OK(bind(s, (struct sockaddr *)&a->name, a->len));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&a->name, &a->len));
	EXPECT(api_port(&a->name));
	return s;
}

/* The sets that a socket is in, -1 on failure. */
static int where(SOCKET s)
{
	const TIMEVAL now = { 0, 0 };
	fd_set r, w, e;
	int n, in;

	FD_ZERO(&r);
	FD_ZERO(&w);
	FD_ZERO(&e);
	FD_SET(s, &r);
	FD_SET(s, &w);
	FD_SET(s, &e);
	n = select(0, &r, &w, &e, &now);
	in = (FD_ISSET(s, &r) ? R : 0) | (FD_ISSET(s, &w) ? W : 0) |
	     (FD_ISSET(s, &e) ? E : 0);
	return n == (int)(r.fd_count + w.fd_count + e.fd_count) ? in : -1;
}

/* Whether it comes to be in just these sets. */
static int comes_to(SOCKET s, int sets)
{
	ULONGLONG end = GetTickCount64() + PATIENCE_MS;

	while (where(s) != sets)
		if (GetTickCount64() > end)
			return EXPECT_EQ(sets, where(s));
	return 1;
}

/* Every event that may be asked for. */
#define ASKED	(POLLIN | POLLOUT)

/* What WSAPoll says of a socket, -1 on failure. */
static int events(SOCKET s)
{
	WSAPOLLFD fd;

	fd.fd = s;
	fd.events = ASKED;
	fd.revents = 0x5a5a;
	return WSAPoll(&fd, 1, 0) == !!fd.revents ? fd.revents : -1;
}

static int comes_to_events(SOCKET s, int want)
{
	ULONGLONG end = GetTickCount64() + PATIENCE_MS;

	while (events(s) != want)
		if (GetTickCount64() > end)
			return EXPECT_EQ(want, events(s));
	return 1;
}

static void set_macros(void)
{
	fd_set set;
	SOCKET s;

	FD_ZERO(&set);
	EXPECT_EQ(0, set.fd_count);
	for (s = 4; s <= 16; s += 4)
		FD_SET(s, &set);
	FD_SET(8, &set);
	EXPECT_EQ(4, set.fd_count);
	FD_CLR(8, &set);
	FD_CLR(100, &set);
	EXPECT_EQ(3, set.fd_count);
	EXPECT_EQ(4, set.fd_array[0]);
	EXPECT_EQ(12, set.fd_array[1]);
	EXPECT_EQ(16, set.fd_array[2]);
	WSASetLastError(POISON);
	EXPECT(FD_ISSET(12, &set));
	EXPECT(!FD_ISSET(8, &set));
	EXPECT_EQ(POISON, WSAGetLastError());

	/* A full set takes no more. */
	FD_ZERO(&set);
	for (s = 1; s <= FD_SETSIZE + 1; s++)
		FD_SET(s, &set);
	EXPECT_EQ(FD_SETSIZE, set.fd_count);
	EXPECT_EQ(FD_SETSIZE, set.fd_array[FD_SETSIZE - 1]);
}

/* [select WSANOTINITIALISED] */
static void not_initialised(void)
{
	const TIMEVAL bad = { -1, 0 };
	WSAPOLLFD fd = { INVALID_SOCKET, POLLIN, 0 };
	fd_set set;

	FD_ZERO(&set);
	FD_SET(4, &set);
	EXPECT_OK(WSACleanup());
	EXPECT_FAIL(WSANOTINITIALISED, select(0, &set, NULL, NULL, NULL));
	EXPECT_FAIL(WSANOTINITIALISED, select(0, &set, NULL, NULL, &bad));
	EXPECT_FAIL(WSANOTINITIALISED, select(0, NULL, NULL, NULL, NULL));
	EXPECT_FAIL(WSANOTINITIALISED, WSAPoll(&fd, 1, 0));
	EXPECT_FAIL(WSANOTINITIALISED, WSAPoll(NULL, 0, 0));
}

/* F1: and whatever FD_SETSIZE the program was compiled with. */
static void entries_are_counted_by_the_set(void)
{
	static struct {
		u_int fd_count;
		SOCKET fd_array[FD_SETSIZE + 200];
	} many;
	fd_set *set = (fd_set *)(void *)&many;
	const int count = ARRAY_SIZE(many.fd_array);
	int i;

	for (i = 0; i < count; i++)
		many.fd_array[i] = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	many.fd_count = count;
	EXPECT_EQ(count, select(-7, NULL, set, NULL, NULL));
	EXPECT_EQ(count, many.fd_count);
	for (i = 0; i < count; i++)
		EXPECT_OK(closesocket(many.fd_array[i]));
}

/* F2 [select WSAEINVAL] */
static void no_entry(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	fd_set none, one;

	FD_ZERO(&none);
	FD_ZERO(&one);
	FD_SET(s, &one);
	EXPECT_FAIL(WSAEINVAL, select(0, NULL, NULL, NULL, NULL));
	EXPECT_FAIL(WSAEINVAL, select(0, &none, NULL, &none, NULL));
	EXPECT_EQ(1, select(0, &none, &one, NULL, NULL));
	closesocket(s);
}

/* F3 [select WSAENOTSOCK] */
static void an_entry_that_is_no_socket(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	fd_set r, w;

	FD_ZERO(&r);
	FD_ZERO(&w);
	FD_SET(s, &w);
	FD_SET(INVALID_SOCKET, &r);
	EXPECT_FAIL(WSAENOTSOCK, select(0, &r, &w, NULL, NULL));
	EXPECT_EQ(1, r.fd_count);
	EXPECT(r.fd_array[0] == INVALID_SOCKET);
	EXPECT(FD_ISSET(s, &w));
	closesocket(s);
	EXPECT_FAIL(WSAENOTSOCK, select(0, NULL, &w, NULL, NULL));
	EXPECT_EQ(1, w.fd_count);
}

/* F4 */
static void order_and_repetition(void)
{
	SOCKET ready[2], s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	fd_set set;

	ready[0] = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	ready[1] = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	set.fd_count = 5;
	set.fd_array[0] = ready[1];
	set.fd_array[1] = s;
	set.fd_array[2] = ready[0];
	set.fd_array[3] = ready[1];
	set.fd_array[4] = ready[0];
	EXPECT_EQ(2, select(0, NULL, &set, NULL, NULL));
	EXPECT_EQ(2, set.fd_count);
	EXPECT_EQ(ready[1], set.fd_array[0]);
	EXPECT_EQ(ready[0], set.fd_array[1]);
	EXPECT_EQ(ready[1], set.fd_array[3]);
	closesocket(ready[0]);
	closesocket(ready[1]);
	closesocket(s);
}

/* F5 */
static void one_set_twice(void)
{
	struct pair p;
	fd_set set;

	pair_open(&p);
	EXPECT_EQ(1, send(p.c, "x", 1, 0));
	comes_to(p.s, R | W);
	FD_ZERO(&set);
	FD_SET(p.s, &set);
	FD_SET(p.c, &set);
	EXPECT_EQ(2, select(0, &set, &set, NULL, NULL));
	EXPECT_EQ(2, set.fd_count);
	pair_close(&p);
}

/* F6 */
static void time_out(void)
{
	TIMEVAL wait = { 0, 50000 };
	ULONGLONG start;
	struct pair p;
	fd_set set;

	pair_open(&p);
	FD_ZERO(&set);
	FD_SET(p.s, &set);
	start = GetTickCount64();
	WSASetLastError(POISON);
	EXPECT_EQ(0, select(0, &set, NULL, NULL, &wait));
	EXPECT_EQ(0, WSAGetLastError());
	/* One clock tick: what the two clocks may differ. */
	EXPECT(GetTickCount64() - start >= 50 - 16);
	EXPECT_EQ(0, set.fd_count);
	EXPECT_EQ(0, wait.tv_sec);
	EXPECT_EQ(50000, wait.tv_usec);

	FD_SET(p.s, &set);
	wait.tv_usec = 0;
	EXPECT_EQ(0, select(0, &set, NULL, NULL, &wait));

	/* Microseconds may make a second. */
	FD_SET(p.s, &set);
	wait.tv_usec = 1000000;
	start = GetTickCount64();
	EXPECT_EQ(0, select(0, &set, NULL, NULL, &wait));
	EXPECT(GetTickCount64() - start >= 1000 - 16);
	EXPECT_EQ(0, wait.tv_sec);
	EXPECT_EQ(1000000, wait.tv_usec);

	/* The longest there is, which data ends. */
	memset(&wait.tv_sec, 0x7f, sizeof(wait.tv_sec));
	wait.tv_usec = 999999;
	FD_SET(p.s, &set);
	EXPECT_EQ(1, send(p.c, "x", 1, 0));
	EXPECT_EQ(1, select(0, &set, NULL, NULL, &wait));
	EXPECT_EQ(999999, wait.tv_usec);
	wait.tv_usec = wait.tv_sec;
	FD_SET(p.s, &set);
	EXPECT_EQ(1, select(0, &set, NULL, NULL, &wait));
	pair_close(&p);
}

static void time_out_invalid(void)
{
	static const TIMEVAL bad[] = {
		{ -1, 0 }, { 0, -1 }, { -1, 1 }, { 1, -1000000 },
	};
	SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	fd_set set;
	int i;

	FD_ZERO(&set);
	FD_SET(s, &set);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		EXPECT_FAIL(WSAEINVAL, select(0, NULL, &set, NULL, &bad[i]));
	EXPECT_EQ(1, set.fd_count);
	closesocket(s);
}

/* F7 */
static void unbound(void)
{
	SOCKET tcp = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	SOCKET udp = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

	EXPECT_EQ(0, where(tcp));
	EXPECT_EQ(W, where(udp));
	EXPECT_EQ(0, events(tcp));
	EXPECT_EQ(POLLOUT, events(udp));
	closesocket(tcp);
	closesocket(udp);
}

/* F8 */
static void listener(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);
	SOCKET c;

	EXPECT_EQ(0, where(lsn));
	c = api_client(&a);
	comes_to(lsn, R);
	comes_to_events(lsn, POLLRDNORM);
	closesocket(c);
	closesocket(lsn);
}

/* F9, N9 */
static void nonblocking_connect(void)
{
	int error = -1, len = sizeof(error);
	u_long on = 1;
	struct api_addr bad, good;
	SOCKET mute = refusing(&bad), lsn = api_listener(AF_INET, &good);
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK,
		    connect(s, (struct sockaddr *)&bad.name, bad.len));
	comes_to(s, E);
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&error, &len));
	EXPECT_EQ(WSAECONNREFUSED, error);
	EXPECT_EQ(E, where(s));
	EXPECT_EQ(POLLHUP | POLLERR | POLLWRNORM, events(s));

	EXPECT_FAIL(WSAEWOULDBLOCK,
		    connect(s, (struct sockaddr *)&good.name, good.len));
	comes_to(s, W);
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&error, &len));
	EXPECT_EQ(0, error);
	closesocket(s);
	closesocket(mute);
	closesocket(lsn);
}

/* N8 */
static void blocking_connect_refused(void)
{
	struct api_addr a;
	SOCKET mute = refusing(&a);
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	EXPECT_FAIL(WSAECONNREFUSED,
		    connect(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_EQ(E, where(s));
	closesocket(s);
	closesocket(mute);
}

/* F10; and the call waits for it, however long. */
static void data(void)
{
	struct pair p;
	fd_set set;

	pair_open(&p);
	EXPECT_EQ(W, where(p.s));
	EXPECT_EQ(POLLWRNORM, events(p.s));
	FD_ZERO(&set);
	FD_SET(p.s, &set);
	EXPECT_EQ(1, send(p.c, "x", 1, 0));
	WSASetLastError(POISON);
	EXPECT_EQ(1, select(0, &set, NULL, NULL, NULL));
	EXPECT_EQ(0, WSAGetLastError());
	EXPECT(FD_ISSET(p.s, &set));
	EXPECT_EQ(R | W, where(p.s));
	EXPECT_EQ(POLLRDNORM | POLLWRNORM, events(p.s));
	pair_close(&p);
}

/* F10 */
static void full_buffer(void)
{
	static char block[65536];
	ULONGLONG end = GetTickCount64() + PATIENCE_MS;
	u_long on = 1;
	struct pair p;

	pair_open(&p);
	EXPECT_OK(ioctlsocket(p.s, FIONBIO, &on));
	do {
		while (send(p.s, block, sizeof(block), 0) != SOCKET_ERROR)
			;
		if (!EXPECT_EQ(WSAEWOULDBLOCK, WSAGetLastError()))
			break;
	} while (where(p.s) && GetTickCount64() < end);
	EXPECT_EQ(0, where(p.s));
	EXPECT_EQ(0, events(p.s));
	pair_close(&p);
}

/*
 * F10: what select calls writable takes a send, however little room came back.
 */
static void writable_takes_a_send(void)
{
	static char block[65536];
	ULONGLONG end = GetTickCount64() + PATIENCE_MS;
	int sends = 0, drained = 0;
	u_long on = 1;
	struct pair p;

	pair_open(&p);
	EXPECT_OK(ioctlsocket(p.s, FIONBIO, &on));
	EXPECT_OK(ioctlsocket(p.c, FIONBIO, &on));
	while (sends < 300 && GetTickCount64() < end) {
		if (where(p.s) & W) {
			if (!EXPECT(send(p.s, block, sizeof(block), 0) > 0))
				break;
			sends++;
		} else if (recv(p.c, block, 1000, 0) > 0) {
			drained++;
		}
	}
	EXPECT_EQ(300, sends);
	EXPECT(drained);
	pair_close(&p);
}

/* F11 */
static void urgent_byte(void)
{
	BOOL on = TRUE;
	struct pair p;

	pair_open(&p);
	EXPECT_EQ(1, send(p.c, "!", 1, MSG_OOB));
	comes_to(p.s, W | E);
	EXPECT_EQ(POLLRDBAND | POLLWRNORM, events(p.s));
	pair_close(&p);

	pair_open(&p);
	EXPECT_OK(setsockopt(p.s, SOL_SOCKET, SO_OOBINLINE, (const char *)&on,
			     sizeof(on)));
	EXPECT_EQ(1, send(p.c, "!", 1, MSG_OOB));
	comes_to(p.s, R | W);
	comes_to_events(p.s, POLLRDNORM | POLLWRNORM);
	pair_close(&p);
}

/* F12 */
static void end_of_stream(void)
{
	struct pair p;
	char byte;

	pair_open(&p);
	EXPECT_OK(shutdown(p.c, SD_SEND));
	comes_to(p.s, R | W);
	comes_to_events(p.s, POLLRDNORM | POLLWRNORM | POLLHUP);
	EXPECT_EQ(0, recv(p.s, &byte, 1, 0));
	pair_close(&p);
}

static void poll_reset(void)
{
	LINGER hard = { 1, 0 };
	ULONGLONG end = GetTickCount64() + PATIENCE_MS;
	const int want = POLLHUP | POLLERR;
	struct pair p;

	pair_open(&p);
	EXPECT_OK(setsockopt(p.c, SOL_SOCKET, SO_LINGER, (const char *)&hard,
			     sizeof(hard)));
	EXPECT_OK(closesocket(p.c));
	while ((events(p.s) & want) != want && GetTickCount64() < end)
		;
	EXPECT_EQ(want, events(p.s) & want);
	pair_close(&p);
}

/* [WSAPoll WSAEINVAL, WSAPoll WSAEFAULT] */
static void poll_arguments(void)
{
	static const SHORT bad[] = {
		POLLPRI, POLLERR, POLLHUP, POLLNVAL, POLLWRBAND,
	};
	/* Compilers must not see that nothing is there. */
	DWORD_PTR nowhere = 8 + (GetCurrentProcessId() & 4);
	WSAPOLLFD fd;
	struct pair p;
	int i;

	pair_open(&p);
	fd.fd = p.s;
	fd.revents = POISON;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		fd.events = POLLIN | bad[i];
		EXPECT_FAIL(WSAEINVAL, WSAPoll(&fd, 1, 0));
	}
	fd.events = POLLIN;
	EXPECT_FAIL(WSAEINVAL, WSAPoll(NULL, 1, 0));
	EXPECT_FAIL(WSAEINVAL, WSAPoll(&fd, 0, 0));
	EXPECT_FAIL(WSAEFAULT, WSAPoll((LPWSAPOLLFD)nowhere, 1, 0));
	fd.fd = INVALID_SOCKET;
	EXPECT_FAIL(WSAEINVAL, WSAPoll(&fd, 1, 0));
	EXPECT_EQ(POISON, fd.revents);
	pair_close(&p);
}

static void poll_array(void)
{
	WSAPOLLFD fd[3] = {
		{ INVALID_SOCKET, POLLIN, POISON },
		{ 0, POLLIN, POISON },
		{ 0, POLLOUT, POISON },
	};
	struct pair p;

	pair_open(&p);
	fd[1].fd = p.s;
	fd[2].fd = p.s;
	WSASetLastError(POISON);
	EXPECT_EQ(2, WSAPoll(fd, 3, -1));
	EXPECT_EQ(0, WSAGetLastError());
	EXPECT_EQ(POLLNVAL, fd[0].revents);
	EXPECT_EQ(0, fd[1].revents);
	EXPECT_EQ(POLLWRNORM, fd[2].revents);
	EXPECT_EQ(POLLIN, fd[0].events);
	pair_close(&p);
}

static void poll_time_out(void)
{
	WSAPOLLFD fd = { 0, POLLIN, POISON };
	struct pair p;
	ULONGLONG start;

	pair_open(&p);
	fd.fd = p.s;
	start = GetTickCount64();
	EXPECT_EQ(0, WSAPoll(&fd, 1, 50));
	EXPECT(GetTickCount64() - start >= 50 - 16);
	EXPECT_EQ(0, fd.revents);
	EXPECT_EQ(1, send(p.c, "x", 1, 0));
	EXPECT_EQ(1, WSAPoll(&fd, 1, 0x7fffffff));
	EXPECT_EQ(POLLRDNORM, fd.revents);
	EXPECT_EQ(1, WSAPoll(&fd, 1, -5));
	pair_close(&p);
}

static const struct api_test tests[] = {
	{ "FD_SET.macros", set_macros },
	{ "select.not_initialised", not_initialised },
	{ "select.entries_are_counted_by_the_set",
	  entries_are_counted_by_the_set },
	{ "select.no_entry", no_entry },
	{ "select.an_entry_that_is_no_socket", an_entry_that_is_no_socket },
	{ "select.order_and_repetition", order_and_repetition },
	{ "select.one_set_twice", one_set_twice },
	{ "select.time_out", time_out },
	{ "select.time_out_invalid", time_out_invalid },
	{ "select.unbound", unbound },
	{ "select.listener", listener },
	{ "select.nonblocking_connect", nonblocking_connect },
	{ "select.blocking_connect_refused", blocking_connect_refused },
	{ "select.data", data },
	{ "select.full_buffer", full_buffer },
	{ "select.writable_takes_a_send", writable_takes_a_send },
	{ "select.urgent_byte", urgent_byte },
	{ "select.end_of_stream", end_of_stream },
	{ "WSAPoll.reset", poll_reset },
	{ "WSAPoll.arguments", poll_arguments },
	{ "WSAPoll.array", poll_array },
	{ "WSAPoll.time_out", poll_time_out },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
