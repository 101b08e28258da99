// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lookups that end with a message: WSAAsyncGetXbyY, WSACancelAsyncRequest.
 *
 * A pipe over /etc/hosts, in a file system of the program's own, holds lookups
 * of names up for as long as the test wants.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "api_test.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <winsock/message.h>

#define WINDOW	((HWND)(ULONG_PTR)0x1234)
#define MESSAGE	1024

/* As many lookups as the library does at a time. */
#define WORKERS	8

static char buf[MAXGETHOSTSTRUCT];
static struct winsock_message msg;

/* The next message, which must be of @task; its code. */
static int finished(HANDLE task)
{
	memset(&msg, POISON, sizeof(msg));
	EXPECT(task);
	EXPECT_EQ(1, winsock_get_message(&msg, -1));
	EXPECT(msg.window == WINDOW);
	EXPECT_EQ(MESSAGE, msg.message);
	EXPECT_EQ((ULONG_PTR)task, msg.wparam);
	return WSAGETASYNCERROR(msg.lparam);
}

static void no_message(void)
{
	if (!EXPECT_EQ(0, winsock_get_message(&msg, 0)))
		printf("# task %llu, code %d\n", (unsigned long long)msg.wparam,
		       WSAGETASYNCERROR(msg.lparam));
}

/* Whether all that a pointer stands for is in the buffer. */
static int inside(const void *p, size_t size)
{
	const char *at = p;

	return at >= buf && at + size <= buf + sizeof(buf);
}

static int text_inside(const char *text, const char *want)
{
	return inside(text, strlen(want) + 1) && !strcmp(text, want);
}

static void hosts_by_name_and_address(void)
{
	struct hostent *host = (struct hostent *)buf;

	WSASetLastError(POISON);
	EXPECT_EQ(0, finished(WSAAsyncGetHostByName(WINDOW, MESSAGE,
						    "localhost", buf,
						    sizeof(buf))));
	EXPECT(inside(host->h_name, 1));
	EXPECT_EQ(AF_INET, host->h_addrtype);
	EXPECT_EQ(4, host->h_length);
	EXPECT(inside(host->h_addr_list, 2 * sizeof(char *)));
	EXPECT(inside(host->h_addr_list[0], 4));
	EXPECT_EQ(0, memcmp(host->h_addr_list[0], "\177\0\0\1", 4));
	EXPECT(!host->h_addr_list[1]);
	EXPECT(inside(host->h_aliases, sizeof(char *)));

	memset(buf, POISON, sizeof(buf));
	EXPECT_EQ(0, finished(WSAAsyncGetHostByAddr(WINDOW, MESSAGE,
						    "\300\0\2\12", 4, AF_INET,
						    buf, sizeof(buf))));
	EXPECT(text_inside(host->h_name, "single.test"));
	EXPECT(text_inside(host->h_aliases[0], "alias-one"));
	EXPECT(text_inside(host->h_aliases[1], "alias-two"));
	EXPECT(!host->h_aliases[2]);
	EXPECT_EQ(0, memcmp(host->h_addr_list[0], "\300\0\2\12", 4));
}

static void services_by_name_and_port(void)
{
	struct servent *service = (struct servent *)buf;

	EXPECT_EQ(0, finished(WSAAsyncGetServByName(WINDOW, MESSAGE, "one",
						    "tcp", buf,
						    sizeof(buf))));
	EXPECT(text_inside(service->s_name, "one"));
	EXPECT(text_inside(service->s_proto, "tcp"));
	EXPECT(text_inside(service->s_aliases[0], "uno"));
	EXPECT(!service->s_aliases[1]);
	EXPECT_EQ(htons(4711), service->s_port);

	memset(buf, POISON, sizeof(buf));
	EXPECT_EQ(0, finished(WSAAsyncGetServByPort(WINDOW, MESSAGE,
						    htons(4711), NULL, buf,
						    sizeof(buf))));
	EXPECT(text_inside(service->s_name, "one"));
}

static void protocols_by_name_and_number(void)
{
	struct protoent *protocol = (struct protoent *)buf;

	EXPECT_EQ(0, finished(WSAAsyncGetProtoByName(WINDOW, MESSAGE, "udp",
						     buf, sizeof(buf))));
	EXPECT(text_inside(protocol->p_name, "udp"));
	EXPECT(text_inside(protocol->p_aliases[0], "UDP"));
	EXPECT_EQ(17, protocol->p_proto);

	memset(buf, POISON, sizeof(buf));
	EXPECT_EQ(0, finished(WSAAsyncGetProtoByNumber(WINDOW, MESSAGE, 6,
						       buf, sizeof(buf))));
	EXPECT(text_inside(protocol->p_name, "tcp"));
}

/*
 * The length that would do is told, and does; and nothing is written before.
 * [WSAAsyncGetHostByName WSAENOBUFS, WSAAsyncGetHostByAddr WSAENOBUFS,
 * WSAAsyncGetServByName WSAENOBUFS, WSAAsyncGetServByPort WSAENOBUFS,
 * WSAAsyncGetProtoByName WSAENOBUFS, WSAAsyncGetProtoByNumber WSAENOBUFS]
 */
static void length_is_told(void)
{
#define TOO_SMALL(call)							\
	do {								\
		int need = 0, size = 0, round, code;			\
									\
		memset(buf, POISON, sizeof(buf));			\
		for (round = 0; round < 3; round++) {			\
			code = finished(call);				\
			EXPECT_EQ(round < 2 ? WSAENOBUFS : 0, code);	\
			if (!round)					\
				need = WSAGETASYNCBUFLEN(msg.lparam);	\
			EXPECT(need > 16 && need <= MAXGETHOSTSTRUCT);	\
			EXPECT_EQ(need, WSAGETASYNCBUFLEN(msg.lparam));	\
			if (round < 2)					\
				EXPECT_EQ(POISON, buf[0]);		\
			size = need - !round;				\
		}							\
	} while (0)
	TOO_SMALL(WSAAsyncGetHostByName(WINDOW, MESSAGE, "single.test", buf,
					size));
	TOO_SMALL(WSAAsyncGetHostByAddr(WINDOW, MESSAGE, "\300\0\2\12", 4,
					AF_INET, buf, size));
	TOO_SMALL(WSAAsyncGetServByName(WINDOW, MESSAGE, "one", NULL, buf,
					size));
	TOO_SMALL(WSAAsyncGetServByPort(WINDOW, MESSAGE, htons(4711), "tcp",
					buf, size));
	TOO_SMALL(WSAAsyncGetProtoByName(WINDOW, MESSAGE, "tcp", buf, size));
	TOO_SMALL(WSAAsyncGetProtoByNumber(WINDOW, MESSAGE, 17, buf, size));
	EXPECT_EQ(WSAENOBUFS, finished(WSAAsyncGetProtoByNumber(WINDOW,
								MESSAGE, 17,
								buf, -1)));
}

/*
 * A request that cannot succeed starts, and its message says why.
 * [WSAAsyncGetHostByName WSAEFAULT, WSAAsyncGetHostByAddr WSAEFAULT,
 * WSAAsyncGetServByName WSAEFAULT, WSAAsyncGetServByPort WSAEFAULT,
 * WSAAsyncGetProtoByName WSAEFAULT, WSAAsyncGetProtoByNumber WSAEFAULT,
 * WSAAsyncGetHostByName WSAHOST_NOT_FOUND,
 * WSAAsyncGetHostByAddr WSAHOST_NOT_FOUND, WSAAsyncGetHostByName WSANO_DATA,
 * WSAAsyncGetServByName WSANO_DATA, WSAAsyncGetServByPort WSANO_DATA,
 * WSAAsyncGetProtoByName WSANO_DATA, WSAAsyncGetProtoByNumber WSANO_DATA]
 */
static void failures_are_told(void)
{
	char *bad = (char *)(ULONG_PTR)16;
	const int size = sizeof(buf);

#define TOLD(code, function, ...)					\
	EXPECT_EQ(code, finished(function(WINDOW, MESSAGE, __VA_ARGS__)))
	TOLD(WSAEFAULT, WSAAsyncGetHostByName, NULL, buf, size);
	TOLD(WSAEFAULT, WSAAsyncGetHostByName, "localhost", NULL, size);
	TOLD(WSAEFAULT, WSAAsyncGetHostByName, "localhost", bad, size);
	TOLD(WSAEFAULT, WSAAsyncGetHostByAddr, NULL, 4, AF_INET, buf, size);
	TOLD(WSAEFAULT, WSAAsyncGetHostByAddr, "abcd", 3, AF_INET, buf, size);
	TOLD(WSAEFAULT, WSAAsyncGetServByName, NULL, NULL, buf, size);
	TOLD(WSAEFAULT, WSAAsyncGetServByPort, htons(4711), NULL, bad, size);
	TOLD(WSAEFAULT, WSAAsyncGetProtoByName, NULL, buf, size);
	TOLD(WSAEFAULT, WSAAsyncGetProtoByNumber, 6, bad, size);
	TOLD(WSAHOST_NOT_FOUND, WSAAsyncGetHostByName, "none.test", buf, size);
	TOLD(WSAHOST_NOT_FOUND, WSAAsyncGetHostByAddr, "\300\0\2\13", 4,
	     AF_INET, buf, size);
	TOLD(WSANO_DATA, WSAAsyncGetHostByName, "::1", buf, size);
	TOLD(WSANO_DATA, WSAAsyncGetServByName, "no-such", NULL, buf, size);
	TOLD(WSANO_DATA, WSAAsyncGetServByPort, htons(1), NULL, buf, size);
	TOLD(WSANO_DATA, WSAAsyncGetProtoByName, "no-such", buf, size);
	TOLD(WSANO_DATA, WSAAsyncGetProtoByNumber, 1000, buf, size);
	no_message();
}

/* The caller's strings may go when the call returns. */
static void strings_are_copied(void)
{
	char name[] = "one", proto[] = "tcp";
	HANDLE task = WSAAsyncGetServByName(WINDOW, MESSAGE, name, proto, buf,
					    sizeof(buf));

	memset(name, POISON, sizeof(name));
	memset(proto, POISON, sizeof(proto));
	EXPECT_EQ(0, finished(task));
}

static void many_at_once(void)
{
	static char room[64][MAXGETHOSTSTRUCT];
	HANDLE task[ARRAY_SIZE(room)];
	int told[ARRAY_SIZE(room)] = { 0 };
	int i, k;

	for (i = 0; i < ARRAY_SIZE(room); i++) {
		task[i] = WSAAsyncGetProtoByNumber(WINDOW, MESSAGE, 6, room[i],
						   sizeof(room[i]));
		EXPECT(task[i]);
		for (k = 0; k < i; k++)
			EXPECT(task[k] != task[i]);
	}
	for (i = 0; i < ARRAY_SIZE(room); i++) {
		EXPECT_EQ(1, winsock_get_message(&msg, -1));
		for (k = 0; k < ARRAY_SIZE(room); k++)
			if (msg.wparam == (ULONG_PTR)task[k])
				told[k]++;
	}
	no_message();
	for (k = 0; k < ARRAY_SIZE(room); k++) {
		EXPECT_EQ(1, told[k]);
		EXPECT_EQ(6, ((struct protoent *)room[k])->p_proto);
	}
}

/* From now on lookups of names wait for let_go(). */
static void hold_up(void)
{
	EXPECT_EQ(0, mount("/run/pipe", "/etc/hosts", NULL, MS_BIND, NULL));
}

static void let_go(void)
{
	EXPECT_EQ(0, umount2("/etc/hosts", MNT_DETACH));
}

/* Who waits for a writer goes on, and finds that a pipe is no file of names. */
static void poke(void)
{
	int fd = open("/run/pipe", O_RDWR);

	EXPECT(fd >= 0);
	close(fd);
}

/* With all of them going on. */
static int next_message(void)
{
	int ret;

	while (!(ret = winsock_get_message(&msg, 20)))
		poke();
	return ret;
}

static HANDLE start_slow(int i)
{
	static char room[WORKERS][MAXGETHOSTSTRUCT];
	HANDLE task = WSAAsyncGetHostByName(WINDOW, MESSAGE, "slow.test",
					    room[i], sizeof(room[i]));

	EXPECT(task);
	return task;
}

/* How many threads are waiting to open a file. */
static int held(void)
{
	DIR *dir = opendir("/proc/self/task");
	struct dirent *d;
	char name[300];
	int nr, count = 0;
	FILE *f;

	EXPECT(dir);
	while (dir && (d = readdir(dir))) {
		snprintf(name, sizeof(name), "/proc/self/task/%s/syscall",
			 d->d_name);
		f = fopen(name, "r");
		if (!f)
			continue;
		count += fscanf(f, "%d", &nr) == 1 && nr == SYS_openat;
		fclose(f);
	}
	if (dir)
		closedir(dir);
	return count;
}

/* Each worker has a lookup that ends when the test wants. */
static void hold_workers(HANDLE *busy)
{
	int i;

	hold_up();
	for (i = 0; i < WORKERS; i++)
		busy[i] = start_slow(i);
	while (held() < WORKERS)
		sched_yield();
}

static HANDLE quick(void)
{
	HANDLE task = WSAAsyncGetProtoByNumber(WINDOW, MESSAGE, 6, buf,
					       sizeof(buf));

	EXPECT(task);
	return task;
}

/* Until the library's threads have nothing to do any more. */
static void wait_for_workers(void)
{
	struct stat st;

	/* a folder for each thread, and two names more */
	while (!stat("/proc/self/task", &st) && st.st_nlink > 3) {
		poke();
		sched_yield();
	}
}

/* And leaves it where it is. */
static void wait_for_message(void)
{
	struct epoll_event e = { .events = EPOLLIN };
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	EXPECT_EQ(0, epoll_ctl(epoll, EPOLL_CTL_ADD, winsock_message_fd(),
			       &e));
	EXPECT_EQ(1, epoll_wait(epoll, &e, 1, -1));
	close(epoll);
}

/*
 * What is cancelled sends no message, whether it waits for its turn or is under
 * way; what is not sends one.
 * [WSACancelAsyncRequest WSAEALREADY, WSACancelAsyncRequest WSAEINVAL]
 */
static void cancelled(void)
{
	HANDLE busy[WORKERS], waiting, last;
	int i;

	hold_workers(busy);
	memset(buf, POISON, sizeof(buf));
	waiting = quick();
	EXPECT_OK(WSACancelAsyncRequest(waiting));
	EXPECT_FAIL(WSAEALREADY, WSACancelAsyncRequest(waiting));
	EXPECT_OK(WSACancelAsyncRequest(busy[0]));
	EXPECT_EQ(POISON, buf[0]);
	last = quick();
	no_message();
	let_go();
	for (i = 0; i < WORKERS; i++) {
		EXPECT_EQ(1, next_message());
		EXPECT((HANDLE)msg.wparam != waiting);
		EXPECT((HANDLE)msg.wparam != busy[0]);
		EXPECT_EQ((HANDLE)msg.wparam != last,
			  !!WSAGETASYNCERROR(msg.lparam));
	}
	wait_for_workers();
	no_message();

	/* done, with its message read, and with it still there */
	EXPECT_FAIL(WSAEALREADY, WSACancelAsyncRequest(last));
	last = quick();
	wait_for_message();
	EXPECT_FAIL(WSAEALREADY, WSACancelAsyncRequest(last));
	EXPECT_EQ(1, winsock_get_message(&msg, 0));
	EXPECT_EQ((ULONG_PTR)last, msg.wparam);

	EXPECT_FAIL(WSAEINVAL, WSACancelAsyncRequest(NULL));
	EXPECT_FAIL(WSAEINVAL, WSACancelAsyncRequest((HANDLE)0x7ffffff0));
}

/* The last clean-up cancels all, and the next start knows nothing of them. */
static void clean_up_cancels(void)
{
	HANDLE busy[WORKERS];
	WSADATA data;

	hold_workers(busy);
	quick();
	EXPECT_OK(WSACleanup());
	EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
	quick();
	let_go();
	EXPECT_EQ(1, next_message());
	EXPECT_EQ(0, WSAGETASYNCERROR(msg.lparam));
	wait_for_workers();
	no_message();
}

/* The parent's lookups are none of the child's, which begins with none. */
static void fork_leaves_requests(void)
{
	HANDLE busy[WORKERS];
	WSADATA data;
	int i, status;
	pid_t child;

	hold_workers(busy);
	child = fork();
	if (!child) {
		api_failed = 0;
		EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
		EXPECT_EQ(0, finished(quick()));
		no_message();
		_exit(api_failed);
	}
	EXPECT_EQ(child, waitpid(child, &status, 0));
	EXPECT_EQ(0, status);
	let_go();
	for (i = 0; i < WORKERS; i++)
		EXPECT_EQ(1, next_message());
	no_message();
}

/* The signals that a thread blocks; all, if it has just ended. */
static unsigned long long blocked(const char *thread)
{
	unsigned long long mask = ~0ULL;
	char line[300];
	FILE *f;

	snprintf(line, sizeof(line), "/proc/self/task/%s/status", thread);
	f = fopen(line, "r");
	while (f && fgets(line, sizeof(line), f))
		sscanf(line, "SigBlk: %llx", &mask);
	if (f)
		fclose(f);
	return mask;
}

/* The library's threads leave them to the program's. */
static void signals_are_blocked(void)
{
	const unsigned long long some = 1ULL << (SIGALRM - 1) |
					1ULL << (SIGTERM - 1);
	HANDLE busy[WORKERS];
	struct dirent *d;
	int i, threads = 0, block = 0;
	DIR *dir;

	hold_workers(busy);
	dir = opendir("/proc/self/task");
	EXPECT(dir);
	while (dir && (d = readdir(dir)))
		if (d->d_name[0] != '.' && atoi(d->d_name) != getpid()) {
			threads++;
			block += (blocked(d->d_name) & some) == some;
		}
	if (dir)
		closedir(dir);
	/* more, if some of before have not ended yet */
	EXPECT(threads >= WORKERS);
	EXPECT_EQ(threads, block);
	let_go();
	for (i = 0; i < WORKERS; i++)
		EXPECT_EQ(1, next_message());
}

static int calls;

static INT_PTR cancel(void)
{
	calls++;
	EXPECT_OK(WSACancelBlockingCall());
	return FALSE;
}

static INT_PTR go_on(void)
{
	if (++calls == 3)
		let_go();
	if (calls >= 3)
		poke();
	return FALSE;
}

/*
 * Without a message and for version 1, a thread's blocking hook runs meanwhile.
 * [gethostbyname WSAEINTR, gethostbyaddr WSAEINTR]
 */
static void hooks_run_meanwhile(void)
{
	struct hostent *host;
	WSADATA data;

	EXPECT_EQ(0, WSAStartup(MAKEWORD(1, 1), &data));
	EXPECT(WSASetBlockingHook(cancel));
	hold_up();
	EXPECT(!gethostbyname("slow.test"));
	EXPECT_EQ(WSAEINTR, WSAGetLastError());
	EXPECT(!gethostbyaddr("\300\0\2\13", 4, AF_INET));
	EXPECT_EQ(WSAEINTR, WSAGetLastError());
	EXPECT_EQ(2, calls);

	EXPECT(WSASetBlockingHook(go_on) == cancel);
	calls = 0;
	EXPECT(!gethostbyname("slow.test"));
	EXPECT(WSAGetLastError() != WSAEINTR);
	EXPECT(calls >= 3);
	poke();

	EXPECT_OK(WSAUnhookBlockingHook());
	host = gethostbyname("single.test");
	EXPECT(host);
	EXPECT(host && !strcmp(host->h_name, "single.test"));
}

/*
 * [WSAAsyncGetHostByName WSANOTINITIALISED,
 * WSAAsyncGetHostByAddr WSANOTINITIALISED,
 * WSAAsyncGetServByName WSANOTINITIALISED,
 * WSAAsyncGetServByPort WSANOTINITIALISED,
 * WSAAsyncGetProtoByName WSANOTINITIALISED,
 * WSAAsyncGetProtoByNumber WSANOTINITIALISED,
 * WSACancelAsyncRequest WSANOTINITIALISED]
 */
static void before_startup(void)
{
	const int size = sizeof(buf);

	WSACleanup();
#define REFUSED(call)							\
	do {								\
		WSASetLastError(POISON);				\
		EXPECT(!(call));					\
		EXPECT_EQ(WSANOTINITIALISED, WSAGetLastError());	\
	} while (0)
	REFUSED(WSAAsyncGetHostByName(WINDOW, MESSAGE, "localhost", buf, size));
	REFUSED(WSAAsyncGetHostByAddr(WINDOW, MESSAGE, "abcd", 4, AF_INET, buf,
				      size));
	REFUSED(WSAAsyncGetServByName(WINDOW, MESSAGE, "one", NULL, buf,
				      size));
	REFUSED(WSAAsyncGetServByPort(WINDOW, MESSAGE, 1, NULL, buf, size));
	REFUSED(WSAAsyncGetProtoByName(WINDOW, MESSAGE, "tcp", buf, size));
	REFUSED(WSAAsyncGetProtoByNumber(WINDOW, MESSAGE, 6, buf, size));
	EXPECT_FAIL(WSANOTINITIALISED, WSACancelAsyncRequest(WINDOW));
}

static const struct api_test tests[] = {
	{ "async.hosts", hosts_by_name_and_address },
	{ "async.services", services_by_name_and_port },
	{ "async.protocols", protocols_by_name_and_number },
	{ "async.length_is_told", length_is_told },
	{ "async.failures_are_told", failures_are_told },
	{ "async.strings_are_copied", strings_are_copied },
	{ "async.many_at_once", many_at_once },
	{ "async.cancelled", cancelled },
	{ "async.clean_up_cancels", clean_up_cancels },
	{ "async.fork_leaves_requests", fork_leaves_requests },
	{ "async.signals_are_blocked", signals_are_blocked },
	{ "async.hooks_run_meanwhile", hooks_run_meanwhile },
	{ "async.before_startup", before_startup },
};

static int put_file(const char *name, const char *text, const char *over)
{
	FILE *f = fopen(name, "w");

	if (!f || fputs(text, f) < 0 || fclose(f))
		return -1;
	return mount(name, over, NULL, MS_BIND, NULL);
}

/* Returns why it cannot be done, or NULL. */
static const char *set_up(void)
{
	if (unshare(CLONE_NEWNS))
		return "needs root";
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("async", "/run", "tmpfs", 0, NULL) || chdir("/run") ||
	    mkfifo("pipe", 0600) ||
	    put_file("hosts", "192.0.2.10 single.test alias-one alias-two\n",
		     "/etc/hosts") ||
	    put_file("services", "one 4711/tcp uno\n", "/etc/services") ||
	    put_file("nsswitch.conf", "hosts: files\nservices: files\n",
		     "/etc/nsswitch.conf"))
		return "cannot put files over those of /etc";
	return NULL;
}

int main(void)
{
	return api_run_unless(set_up(), tests, ARRAY_SIZE(tests));
}
