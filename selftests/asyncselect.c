// SPDX-License-Identifier: GPL-2.0-only
/*
 * WSAAsyncSelect: the steps of windows-observed section 13, what is its alone,
 * and the queue that its messages come to.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
/* Newer ones bring <sys/ioctl.h>, which has to be first: see <winsock2.h>. */
#include <sys/epoll.h>

#include "api_netevent.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>
#include <winsock/message.h>

#define WINDOW	((HWND)(DWORD_PTR)0x12345678)
#define MESSAGE	0x401

static void watch(SOCKET s, long mask)
{
	EXPECT_OK(WSAAsyncSelect(s, WINDOW, MESSAGE, mask));
}

/* The next message is this one, for @s; 0: there is none. */
static void next(SOCKET s, long m)
{
	struct winsock_message msg;

	if (!m) {
		EXPECT_EQ(0, winsock_get_message(&msg, 0));
		return;
	}
	if (!EXPECT_EQ(1, winsock_get_message(&msg, PATIENCE_MS)))
		return;
	EXPECT(msg.window == WINDOW);
	EXPECT_EQ(MESSAGE, msg.message);
	EXPECT_EQ(s, msg.wparam);
	EXPECT_EQ(m & 0xffff, WSAGETSELECTEVENT(msg.lparam));
	EXPECT_EQ(m >> 16, WSAGETSELECTERROR(msg.lparam));
}

static void told(SOCKET s, long e, long m1, long m2)
{
	(void)e;
	next(s, m1);
	if (m1)
		next(s, m2);
	if (m1 && m2)
		next(s, 0);
}

/* The last model registered for wins. */
static void models(void)
{
	WSAEVENT event = WSACreateEvent();
	WSANETWORKEVENTS ne;
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_READ);
	EXPECT_OK(WSAEventSelect(p.s, event, FD_READ));
	give(p.c, "1");
	arrived(p.s, 1);
	next(p.s, 0);
	EXPECT_OK(WSAEnumNetworkEvents(p.s, event, &ne));
	EXPECT_EQ(FD_READ, ne.lNetworkEvents);
	watch(p.s, FD_READ);
	next(p.s, FD_READ);
	give(p.c, "1");
	arrived(p.s, 2);
	/* Recorded, but it is not an event object's socket any more. */
	EXPECT_EQ(WSA_WAIT_TIMEOUT,
		  WSAWaitForMultipleEvents(1, &event, FALSE, 0, FALSE));
	EXPECT_OK(WSAEnumNetworkEvents(p.s, event, &ne));
	EXPECT_EQ(0, ne.lNetworkEvents);
	EXPECT_OK(WSAEventSelect(p.s, event, FD_READ));
	EXPECT_OK(WSAEnumNetworkEvents(p.s, event, &ne));
	EXPECT_EQ(FD_READ, ne.lNetworkEvents);
	EXPECT(WSACloseEvent(event));
	netpair_close(&p);
}

/* What was posted comes, also after closesocket and deregistration. */
static void posted_before(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_READ | FD_WRITE);
	give(p.c, "1");
	arrived(p.s, 1);
	watch(p.s, 0);
	EXPECT_OK(closesocket(p.s));				/* E51 */
	next(p.s, FD_WRITE);
	next(p.s, FD_READ);
	next(p.s, 0);
	p.s = INVALID_SOCKET;
	netpair_close(&p);
}

/* @told: what the window hears of CloseHandle, and nothing after it. */
static void close_as_handle(struct netpair *p, long told)
{
	SOCKET s = p->s;

	p->s = INVALID_SOCKET;
	EXPECT_EQ(TRUE, CloseHandle((HANDLE)s));
	if (told)
		next(s, told);
	next(s, 0);
	netpair_close(p);
}

/* CloseHandle does not end the registration first. */
static void closed_as_handle(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_READ | FD_CLOSE);
	close_as_handle(&p, FD_CLOSE);				/* G8 */

	netpair_open(&p);
	watch(p.s, FD_READ);
	close_as_handle(&p, 0);

	/* Once. */
	netpair_open(&p);
	watch(p.s, FD_CLOSE);
	EXPECT_OK(shutdown(p.c, SD_SEND));
	next(p.s, FD_CLOSE);
	close_as_handle(&p, 0);
}

/* Waits for the end of an attempt that fails. */
static void attempt_failed(SOCKET s)
{
	TIMEVAL patience = { 60, 0 };
	fd_set set;

	FD_ZERO(&set);
	FD_SET(s, &set);
	EXPECT_EQ(1, select(0, NULL, NULL, &set, &patience));
}

/* An attempt that failed while no window was to be told is told the next one. */
static void refused_before(void)
{
	struct api_addr a;
	SOCKET taken = bound(SOCK_STREAM, &a);
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	u_long on = 1;
	int i;

	/* Before any registration, and while one was for other things. */
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	for (i = 0; i < 2; i++) {
		begin(s, &a);
		attempt_failed(s);
		next(s, 0);
		watch(s, FD_READ);
		next(s, 0);
		watch(s, FD_CONNECT | FD_WRITE);
		next(s, WITH(FD_CONNECT, WSAECONNREFUSED));
		next(s, 0);
		/* Once. */
		watch(s, FD_CONNECT | FD_WRITE);
		next(s, 0);
		watch(s, FD_READ);
	}
	/* What connect waited for it has told itself. */
	watch(s, 0);
	on = 0;
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_FAIL(WSAECONNREFUSED,
		    connect(s, (struct sockaddr *)&a.name, a.len));
	watch(s, FD_CONNECT);
	next(s, 0);
	watch(s, FD_READ);
	/* Another attempt makes the last one's end nobody's. */
	begin(s, &a);
	attempt_failed(s);
	begin(s, &a);
	attempt_failed(s);
	watch(s, FD_CONNECT);
	next(s, WITH(FD_CONNECT, WSAECONNREFUSED));
	next(s, 0);
	closesocket(s);
	closesocket(taken);
}

/* One message a call, though none was read in between. */
static void unread_messages(void)
{
	struct netpair p;

	netpair_open(&p);
	watch(p.s, FD_READ);
	give(p.c, "123");
	arrived(p.s, 3);
	take(p.s, 1);
	take(p.s, 1);
	next(p.s, FD_READ);
	next(p.s, FD_READ);
	next(p.s, FD_READ);
	next(p.s, 0);
	netpair_close(&p);
}

/* What nobody reads is bounded, however often it is asked for. */
static void bounded(void)
{
	struct winsock_message msg;
	struct netpair p;
	int i, n = 0;

	netpair_open(&p);
	for (i = 0; i < 15000; i++)
		watch(p.s, FD_WRITE);
	while (winsock_get_message(&msg, 0) == 1)
		n++;
	EXPECT(n >= 10000);
	EXPECT(n <= 10000 + FD_MAX_EVENTS);
	/* And the last one asked is still told. */
	watch(p.s, FD_WRITE);
	next(p.s, FD_WRITE);
	netpair_close(&p);
}

static void arguments(void)
{
	struct winsock_message msg;
	struct netpair p;

	netpair_open(&p);
	EXPECT_FAIL(WSAEINVAL, WSAAsyncSelect(p.s, NULL, MESSAGE, FD_READ));
	EXPECT_FAIL(WSAEINVAL, WSAAsyncSelect(p.s, WINDOW, MESSAGE, 0x400));
	EXPECT_FAIL(WSAENOTSOCK,
		    WSAAsyncSelect(INVALID_SOCKET, NULL, MESSAGE, FD_READ));
	EXPECT_OK(WSAAsyncSelect(p.s, NULL, 0, 0));
	EXPECT_FAIL(WSAEFAULT, winsock_get_message(NULL, 0));
	EXPECT_FAIL(WSAEFAULT, winsock_set_host(&(struct winsock_host_ops){}));
	netpair_close(&p);
	while (!WSACleanup())
		;
	EXPECT_FAIL(WSANOTINITIALISED, winsock_get_message(&msg, 0));
	EXPECT_FAIL(WSANOTINITIALISED, winsock_message_fd());
	EXPECT_FAIL(WSANOTINITIALISED, winsock_set_host(NULL));
	EXPECT_FAIL(WSANOTINITIALISED,
		    WSAAsyncSelect(p.s, WINDOW, MESSAGE, FD_READ));
}

/* epoll(7) sees messages, and a wait ends with one. */
static void pollable(void)
{
	struct epoll_event ev = { .events = EPOLLIN };
	int ep = epoll_create1(EPOLL_CLOEXEC);
	struct winsock_message msg;
	ULONGLONG start;
	struct netpair p;

	EXPECT_EQ(0, epoll_ctl(ep, EPOLL_CTL_ADD, winsock_message_fd(), &ev));
	EXPECT_EQ(0, epoll_wait(ep, &ev, 1, 0));
	netpair_open(&p);
	watch(p.s, FD_READ);
	EXPECT_EQ(0, epoll_wait(ep, &ev, 1, 0));
	give(p.c, "1");
	EXPECT_EQ(1, epoll_wait(ep, &ev, 1, PATIENCE_MS));
	EXPECT_EQ(EPOLLIN, ev.events);
	next(p.s, FD_READ);
	EXPECT_EQ(0, epoll_wait(ep, &ev, 1, 0));
	start = GetTickCount64();
	EXPECT_EQ(0, winsock_get_message(&msg, 30));
	EXPECT(GetTickCount64() - start >= 29);
	close(ep);
	netpair_close(&p);
}

/* A registration outlives the thread that made it (E51). */
static void *register_in_thread(void *s)
{
	watch(*(SOCKET *)s, FD_READ);
	return NULL;
}

static void other_thread(void)
{
	struct netpair p;
	pthread_t thread;

	netpair_open(&p);
	EXPECT_EQ(0, pthread_create(&thread, NULL, register_in_thread, &p.s));
	EXPECT_EQ(0, pthread_join(thread, NULL));
	give(p.c, "1");
	next(p.s, FD_READ);
	netpair_close(&p);
}

static struct winsock_message to_host;
static pthread_mutex_t host_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t host_told = PTHREAD_COND_INITIALIZER;
static int host_count;

static void post_message(const struct winsock_message *msg)
{
	pthread_mutex_lock(&host_lock);
	to_host = *msg;
	host_count++;
	pthread_cond_signal(&host_told);
	pthread_mutex_unlock(&host_lock);
}

/* A host gets the messages instead of the queue. */
static void host(void)
{
	const struct winsock_host_ops ops = {
		.size = sizeof(ops), .post_message = post_message,
	};
	struct netpair p;

	netpair_open(&p);
	EXPECT_OK(winsock_set_host(&ops));
	watch(p.s, FD_READ);
	give(p.c, "1");
	pthread_mutex_lock(&host_lock);
	while (!host_count)
		pthread_cond_wait(&host_told, &host_lock);
	pthread_mutex_unlock(&host_lock);
	EXPECT(to_host.window == WINDOW);
	EXPECT_EQ(p.s, to_host.wparam);
	EXPECT_EQ(FD_READ, to_host.lparam);
	EXPECT_OK(winsock_set_host(NULL));
	take(p.s, 1);
	give(p.c, "1");
	next(p.s, FD_READ);
	EXPECT_EQ(1, host_count);
	netpair_close(&p);
}

static void post_and_clean_up(const struct winsock_message *msg)
{
	while (!WSACleanup())
		;
	post_message(msg);
}

static void wait_for_host(int count)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += PATIENCE_MS / 1000;
	pthread_mutex_lock(&host_lock);
	while (host_count < count &&
	       !pthread_cond_timedwait(&host_told, &host_lock, &end))
		;
	EXPECT_EQ(count, host_count);
	pthread_mutex_unlock(&host_lock);
}

/* It stays over a clean-up, also one between two messages. */
static void host_cleaned_up(void)
{
	const struct winsock_host_ops ops = {
		.size = sizeof(ops), .post_message = post_and_clean_up,
	};
	SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	WSADATA data;
	int i;

	host_count = 0;
	EXPECT_OK(winsock_set_host(&ops));
	for (i = 1; i <= 3 && !api_failed; i++) {
		watch(s, FD_WRITE);
		wait_for_host(i);
		EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
		s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	}
	EXPECT_OK(winsock_set_host(NULL));
	watch(s, FD_WRITE);
	next(s, FD_WRITE);
	next(s, 0);
	closesocket(s);
}

int main(void)
{
	static const struct api_test tests[] = {
		{ "the last model wins", models },
		{ "E51: messages that were posted before", posted_before },
		{ "G8: closed by CloseHandle", closed_as_handle },
		{ "connect refused before", refused_before },
		{ "a message for each call", unread_messages },
		{ "messages that nobody reads", bounded },
		{ "wrong arguments", arguments },
		{ "messages can be polled for", pollable },
		{ "E51: a registration of another thread", other_thread },
		{ "a host's messages", host },
		{ "a host's messages after clean-ups", host_cleaned_up },
	};

	return netevent_run(tests, ARRAY_SIZE(tests));
}
