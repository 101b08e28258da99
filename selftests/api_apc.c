// SPDX-License-Identifier: GPL-2.0-only
/*
 * Asynchronous procedure calls run in calls that wait, and in no others (O13,
 * F14): a thread queues one for itself that does what its next call waits for.
 */
#include "api_peer.h"

#ifndef _WIN32
#include <pthread.h>
#include <sched.h>
#endif
#include <setjmp.h>
#include <stdlib.h>
#include <windows.h>

#define WHEN_MS	80

/* What has run, in order. */
static ULONG_PTR ran[16];
static int runs;

static void CALLBACK note(ULONG_PTR data)
{
	if (runs < ARRAY_SIZE(ran))
		ran[runs] = data;
	runs++;
}

static void queue(PAPCFUNC function, ULONG_PTR data)
{
	SetLastError(POISON);
	EXPECT(QueueUserAPC(function, GetCurrentThread(), data));
	EXPECT_EQ(POISON, GetLastError());
}

/* A connection: s is the one that waits. */
static struct {
	SOCKET lsn;
	SOCKET c;
	SOCKET s;
	struct api_addr a;
} p;

static void pair_open(void)
{
	runs = 0;
	p.lsn = api_listener(AF_INET, &p.a);
	p.c = api_client(&p.a);
	p.s = accept(p.lsn, NULL, NULL);
	EXPECT(p.s != INVALID_SOCKET);
}

static void pair_close(void)
{
	closesocket(p.c);
	closesocket(p.s);
	closesocket(p.lsn);
}

static void CALLBACK send_bytes(ULONG_PTR count)
{
	char bytes[64] = "abcdefghijklmnopqrstuvwxyz";

	note(count);
	EXPECT_EQ(count, send(p.c, bytes, (int)count, 0));
}

static void CALLBACK set_event(ULONG_PTR event)
{
	note(1);
	SetEvent((HANDLE)event);
}

/* All of them, in order, and then the wait ends. */
static void wait_ends_after_all(void)
{
	HANDLE event = CreateEventA(NULL, FALSE, FALSE, NULL);

	runs = 0;
	queue(note, 1);
	queue(note, 2);
	queue(note, 3);
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(event, 1));
	EXPECT_EQ(0, runs);
	EXPECT_EQ(WSA_WAIT_IO_COMPLETION,
		  WSAWaitForMultipleEvents(1, &event, FALSE, WSA_INFINITE,
					   TRUE));
	EXPECT_EQ(3, runs);
	EXPECT(ran[0] == 1 && ran[1] == 2 && ran[2] == 3);
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObjectEx(event, 0, TRUE));
	CloseHandle(event);
}

/* An object that is signalled already wins; one that is set by them waits. */
static void object_wins(void)
{
	HANDLE event = CreateEventA(NULL, FALSE, TRUE, NULL);

	runs = 0;
	queue(set_event, (ULONG_PTR)event);
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObjectEx(event, INFINITE, TRUE));
	EXPECT_EQ(0, runs);
	EXPECT_EQ(WAIT_IO_COMPLETION,
		  WaitForSingleObjectEx(event, INFINITE, TRUE));
	EXPECT_EQ(1, runs);
	/* Nothing was taken by that. */
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObjectEx(event, 0, TRUE));
	CloseHandle(event);
}

static void sleep_ends(void)
{
	runs = 0;
	queue(note, 1);
	EXPECT_EQ(0, SleepEx(1, FALSE));
	EXPECT_EQ(0, runs);
	EXPECT_EQ(WAIT_IO_COMPLETION, SleepEx(INFINITE, TRUE));
	EXPECT_EQ(1, runs);
	queue(note, 1);
	EXPECT_EQ(WAIT_IO_COMPLETION, SleepEx(0, TRUE));
	EXPECT_EQ(0, SleepEx(0, TRUE));
}

static void CALLBACK again(ULONG_PTR count)
{
	note(count);
	if (count)
		queue(again, count - 1);
}

/* Those too that were queued by one of them. */
static void may_queue_more(void)
{
	runs = 0;
	queue(again, 5);
	EXPECT_EQ(WAIT_IO_COMPLETION, SleepEx(INFINITE, TRUE));
	EXPECT_EQ(6, runs);
	EXPECT_EQ(0, SleepEx(0, TRUE));
}

#ifndef _WIN32
static jmp_buf out;

static void CALLBACK jump(ULONG_PTR data)
{
	longjmp(out, (int)data);
}

static void may_leave_by_longjmp(void)
{
	char byte;

	pair_open();
	if (!setjmp(out)) {
		queue(jump, 1);
		queue(send_bytes, 1);
		recv(p.s, &byte, 1, 0);
		EXPECT(!"reached");
	}
	/* The next is still there, and the socket can be used. */
	EXPECT_EQ(0, runs);
	EXPECT_EQ(1, recv(p.s, &byte, 1, 0));
	EXPECT_EQ(1, runs);
	pair_close();
}
#endif

/* O13 */
static void runs_in_recv(void)
{
	char buf[64];

	pair_open();
	queue(note, 7);
	queue(send_bytes, 3);
	EXPECT_EQ(3, recv(p.s, buf, sizeof(buf), 0));
	EXPECT_EQ(2, runs);
	/* With data there, it is not run. */
	send_bytes(2);
	queue(note, 8);
	EXPECT_EQ(2, recv(p.s, buf, sizeof(buf), 0));
	EXPECT_EQ(3, runs);
	EXPECT_EQ(WAIT_IO_COMPLETION, SleepEx(0, TRUE));
	EXPECT_EQ(4, runs);
	/* What came before an interruption is kept. */
	send_bytes(2);
	queue(send_bytes, 3);
	queue(send_bytes, 5);
	EXPECT_EQ(10, recv(p.s, buf, 10, MSG_WAITALL));
	EXPECT_EQ(0, memcmp(buf, "ababcabcde", 10));
	pair_close();
}

static int select_read(SOCKET s, long ms)
{
	TIMEVAL t = { 0, ms * 1000 };
	fd_set r;

	FD_ZERO(&r);
	FD_SET(s, &r);
	return select(0, &r, NULL, NULL, ms < 0 ? NULL : &t);
}

/* F14 */
static void runs_in_select(void)
{
	ULONGLONG begin;

	pair_open();
	begin = GetTickCount64();
	queue(note, 1);
	EXPECT_EQ(0, select_read(p.s, WHEN_MS));
	EXPECT_EQ(1, runs);
	/* It waited out its time. */
	EXPECT(GetTickCount64() - begin >= WHEN_MS - 20);
	queue(send_bytes, 1);
	EXPECT_EQ(1, select_read(p.s, -1));
	EXPECT_EQ(2, runs);
	/* Something is ready at once: it stays queued. */
	queue(note, 1);
	EXPECT_EQ(1, select_read(p.s, -1));
	EXPECT_EQ(1, select_read(p.s, 0));
	EXPECT_EQ(2, runs);
	EXPECT_EQ(WAIT_IO_COMPLETION, SleepEx(0, TRUE));
	pair_close();
}

static void runs_in_poll(void)
{
	WSAPOLLFD fd;

	pair_open();
	fd.fd = p.s;
	fd.events = POLLRDNORM;
	queue(note, 1);
	EXPECT_EQ(0, WSAPoll(&fd, 1, WHEN_MS));
	EXPECT_EQ(1, runs);
	queue(send_bytes, 1);
	EXPECT_EQ(1, WSAPoll(&fd, 1, -1));
	EXPECT_EQ(2, runs);
	pair_close();
}

static void CALLBACK connect_one(ULONG_PTR data)
{
	note(data);
	closesocket(p.c);
	p.c = api_client(&p.a);
}

static void runs_in_accept(void)
{
	SOCKET s;

	pair_open();
	queue(connect_one, 1);
	s = accept(p.lsn, NULL, NULL);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_EQ(1, runs);
	closesocket(s);
	/* One waits already. */
	connect_one(2);
	queue(note, 3);
	s = accept(p.lsn, NULL, NULL);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_EQ(2, runs);
	closesocket(s);
	EXPECT_EQ(WAIT_IO_COMPLETION, SleepEx(0, TRUE));
	pair_close();
}

#define MANY	(4 << 20)

static char *many(void)
{
	char *bytes = malloc(MANY);
	int i;

	for (i = 0; bytes && i < MANY; i++)
		bytes[i] = (char)(i * 31 >> 8);
	return bytes;
}

#ifndef _WIN32
static int taken;
static DWORD sender;

/* Takes all of it, and alerts the sender for each piece. */
static void *take_all(void *bytes)
{
	HANDLE thread = OpenThread(THREAD_SET_CONTEXT, FALSE, sender);
	static char buf[65536];
	int n;

	while ((n = recv(p.c, buf, sizeof(buf), 0)) > 0) {
		if (taken + n > MANY ||
		    memcmp(buf, (char *)bytes + taken, n))
			break;
		taken += n;
		QueueUserAPC(note, thread, 1);
	}
	CloseHandle(thread);
	return NULL;
}

/* No byte is lost or sent twice, however often it is interrupted. */
static void runs_in_send(void)
{
	char *bytes = many();
	int small = 65536;
	pthread_t thread;
	int i;

	pair_open();
	EXPECT_OK(setsockopt(p.s, SOL_SOCKET, SO_SNDBUF, (char *)&small,
			     sizeof(small)));
	EXPECT_OK(setsockopt(p.c, SOL_SOCKET, SO_RCVBUF, (char *)&small,
			     sizeof(small)));
	taken = 0;
	sender = GetCurrentThreadId();
	EXPECT_EQ(0, pthread_create(&thread, NULL, take_all, bytes));
	/* More often than not it has to wait; once is enough. */
	for (i = 0; !runs && i < 16; i++) {
		taken = 0;
		EXPECT_EQ(MANY, send(p.s, bytes, MANY, 0));
		while (__atomic_load_n(&taken, __ATOMIC_ACQUIRE) != MANY)
			sched_yield();
	}
	EXPECT(runs);
	shutdown(p.s, SD_SEND);
	pthread_join(thread, NULL);
	EXPECT_EQ(MANY, taken);
	while (SleepEx(0, TRUE) == WAIT_IO_COMPLETION)
		;
	free(bytes);
	pair_close();
}
#endif

#ifndef _WIN32
static void CALLBACK accept_all(ULONG_PTR count)
{
	note(count);
	while (count--)
		closesocket(accept(p.lsn, NULL, NULL));
}

/* A full queue keeps a connection waiting here; Windows refuses it. */
static void runs_in_connect(void)
{
	SOCKET s[2], last;
	int i;

	runs = 0;
	p.lsn = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	api_loopback(AF_INET, &p.a);
	EXPECT_OK(bind(p.lsn, (struct sockaddr *)&p.a.name, p.a.len));
	EXPECT_OK(listen(p.lsn, 1));
	EXPECT_OK(getsockname(p.lsn, (struct sockaddr *)&p.a.name, &p.a.len));
	for (i = 0; i < ARRAY_SIZE(s); i++)
		s[i] = api_client(&p.a);
	queue(accept_all, ARRAY_SIZE(s));
	last = api_client(&p.a);
	EXPECT_EQ(1, runs);
	for (i = 0; i < ARRAY_SIZE(s); i++)
		closesocket(s[i]);
	EXPECT(accept(p.lsn, NULL, NULL) != INVALID_SOCKET);
	closesocket(last);
	closesocket(p.lsn);
}
#endif

/* Closing waits for what is under way; the call that comes then is run. */
static void runs_in_close(void)
{
	struct linger linger = { 1, 30 };
	char *bytes = many();
	static char buf[65536];
	u_long on = 1;
	int left, n;

	pair_open();
	EXPECT_OK(setsockopt(p.s, SOL_SOCKET, SO_LINGER, (char *)&linger,
			     sizeof(linger)));
	EXPECT_OK(ioctlsocket(p.s, FIONBIO, &on));
	left = send(p.s, bytes, MANY, 0);
	EXPECT(left > 0);
	on = 0;
	EXPECT_OK(ioctlsocket(p.s, FIONBIO, &on));
	queue(note, 1);
	EXPECT_OK(closesocket(p.s));
	EXPECT_EQ(1, runs);
	EXPECT_FAIL(WSAENOTSOCK, closesocket(p.s));
	/* All that was sent comes. */
	while ((n = recv(p.c, buf, sizeof(buf), 0)) > 0)
		left -= n;
	EXPECT_EQ(0, n);
	EXPECT_EQ(0, left);
	free(bytes);
	closesocket(p.c);
	closesocket(p.lsn);
}

static void threads(void)
{
	HANDLE thread = OpenThread(THREAD_SET_CONTEXT, FALSE,
				   GetCurrentThreadId());

	runs = 0;
	EXPECT(thread);
	EXPECT(QueueUserAPC(note, thread, 5));
	EXPECT_EQ(WAIT_IO_COMPLETION, SleepEx(INFINITE, TRUE));
	EXPECT_EQ(1, runs);
	EXPECT(CloseHandle(thread));
	SetLastError(POISON);
	EXPECT(!QueueUserAPC(note, thread, 5));
	EXPECT_EQ(ERROR_INVALID_HANDLE, GetLastError());
	SetLastError(POISON);
	EXPECT(!OpenThread(THREAD_SET_CONTEXT, FALSE, 0));
	EXPECT_EQ(ERROR_INVALID_PARAMETER, GetLastError());
}

/* They are no socket's either. */
static void without_start_up(void)
{
	WSACleanup();
	runs = 0;
	queue(note, 1);
	EXPECT_EQ(WAIT_IO_COMPLETION, SleepEx(INFINITE, TRUE));
	EXPECT_EQ(1, runs);
}

static const struct api_test tests[] = {
	{ "wait_ends_after_all", wait_ends_after_all },
	{ "object_wins", object_wins },
	{ "sleep_ends", sleep_ends },
	{ "may_queue_more", may_queue_more },
#ifndef _WIN32
	{ "may_leave_by_longjmp", may_leave_by_longjmp },
	{ "runs_in_connect", runs_in_connect },
	{ "runs_in_send", runs_in_send },
#endif
	{ "runs_in_recv", runs_in_recv },
	{ "runs_in_select", runs_in_select },
	{ "runs_in_poll", runs_in_poll },
	{ "runs_in_accept", runs_in_accept },
	{ "runs_in_close", runs_in_close },
	{ "threads", threads },
	{ "without_start_up", without_start_up },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
