// SPDX-License-Identifier: GPL-2.0-only
/*
 * Blocking hooks of Winsock 1.1: they run while a call waits, they may cancel
 * it, and nothing else of Winsock works in their thread meanwhile.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "api_peer.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static struct api_addr address;
static SOCKET lsn, client, peer;

/* How often the hook ran, and what it does when. */
static int calls;
static sem_t helped;

static int start(WORD version)
{
	WSADATA data;

	return WSAStartup(version, &data);
}

static void set_hook(FARPROC hook)
{
	calls = 0;
	WSASetLastError(POISON);
	EXPECT(WSASetBlockingHook(hook));
	EXPECT_EQ(0, WSAGetLastError());
}

/* A connected pair, in a process that has asked for version 1.1. */
static void begin(void)
{
	EXPECT_EQ(0, start(MAKEWORD(1, 1)));
	lsn = api_listener(AF_INET, &address);
	client = api_client(&address);
	peer = accept(lsn, NULL, NULL);
	EXPECT(peer != INVALID_SOCKET);
	EXPECT_EQ(0, sem_init(&helped, 0, 0));
}

static void end(void)
{
	EXPECT_OK(WSAUnhookBlockingHook());
	closesocket(peer);
	closesocket(client);
	closesocket(lsn);
	sem_destroy(&helped);
}

/* Asks for help when it runs for the third time; is run again at once twice. */
static INT_PTR ask_for_help(void)
{
	EXPECT_EQ(TRUE, WSAIsBlocking());
	if (++calls == 3)
		EXPECT_EQ(0, sem_post(&helped));
	return calls < 3;
}

static INT_PTR cancel(void)
{
	calls++;
	EXPECT_OK(WSACancelBlockingCall());
	/* not that it would be run again */
	return TRUE;
}

static void *send_a_byte(void *unused)
{
	(void)unused;
	EXPECT_EQ(0, sem_wait(&helped));
	/* another thread's call is not refused, and runs no hook */
	EXPECT_EQ(FALSE, WSAIsBlocking());
	EXPECT_EQ(1, send(client, "x", 1, 0));
	return NULL;
}

static void *connect_one(void *unused)
{
	SOCKET s;

	(void)unused;
	EXPECT_EQ(0, sem_wait(&helped));
	s = api_client(&address);
	closesocket(s);
	return NULL;
}

/* Runs the calling thread's blocking call while another does its part. */
#define WITH(helper, call)						\
	do {								\
		pthread_t other;					\
									\
		set_hook(ask_for_help);					\
		EXPECT_EQ(0, pthread_create(&other, NULL, helper, NULL)); \
		call;							\
		EXPECT_EQ(0, pthread_join(other, NULL));		\
		EXPECT(calls >= 3);					\
		EXPECT_EQ(FALSE, WSAIsBlocking());			\
	} while (0)

static int ready(SOCKET s)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(s, &set);
	return select(0, &set, NULL, NULL, NULL);
}

static int poll_one(SOCKET s)
{
	WSAPOLLFD fd = { .fd = s, .events = POLLRDNORM };

	return WSAPoll(&fd, 1, -1);
}

static int recv_buffers(SOCKET s)
{
	char byte;
	WSABUF buf = { .len = 1, .buf = &byte };
	DWORD n = 0, flags = 0;

	return WSARecv(s, &buf, 1, &n, &flags, NULL, NULL) ? SOCKET_ERROR :
	       (int)n;
}

static void hook_runs_while_a_call_waits(void)
{
	char byte = 0;
	SOCKET s;

	begin();
	WITH(send_a_byte, EXPECT_EQ(1, recv(peer, &byte, 1, 0)));
	EXPECT_EQ('x', byte);
	WITH(send_a_byte, EXPECT_EQ(1, recvfrom(peer, &byte, 1, 0, NULL,
						NULL)));
	WITH(send_a_byte, EXPECT_EQ(1, recv_buffers(peer)));
	WITH(send_a_byte, EXPECT_EQ(1, ready(peer)));
	EXPECT_EQ(1, recv(peer, &byte, 1, 0));
	WITH(send_a_byte, EXPECT_EQ(1, poll_one(peer)));
	WITH(connect_one, s = accept(lsn, NULL, NULL));
	EXPECT(s != INVALID_SOCKET);
	closesocket(s);
	end();
}

/* What need not wait runs no hook, nor does a nonblocking socket's call. */
static void hook_does_not_run_without_need(void)
{
	char buf[2] = { 'x', 'y' };
	u_long on = 1;

	begin();
	set_hook(cancel);
	EXPECT_EQ(2, send(client, buf, 2, 0));
	EXPECT_EQ(2, recv(peer, buf, 2, 0));
	EXPECT_OK(ioctlsocket(peer, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(peer, buf, 2, 0));
	EXPECT_EQ(0, calls);
	end();
}

/*
 * Nothing is lost: the same call finds afterwards what it would have found.
 * [accept WSAEINTR, WSAAccept WSAEINTR, recv WSAEINTR, recvfrom WSAEINTR]
 * [select WSAEINTR, WSARecv WSAEINTR]
 */
static void cancelled_wait_loses_nothing(void)
{
	SOCKET s, more;
	char byte;

	begin();
	set_hook(cancel);
	EXPECT_FAIL(WSAEINTR, recv(peer, &byte, 1, 0));
	EXPECT_FAIL(WSAEINTR, recvfrom(peer, &byte, 1, 0, NULL, NULL));
	EXPECT_FAIL(WSAEINTR, recv_buffers(peer));
	EXPECT_FAIL(WSAEINTR, ready(peer));
	EXPECT_FAIL(WSAEINTR, poll_one(peer));
	EXPECT_EQ(5, calls);
	EXPECT_EQ(1, send(client, "x", 1, 0));
	EXPECT_EQ(1, ready(peer));
	EXPECT_EQ(1, recv(peer, &byte, 1, 0));

	EXPECT_NO_SOCKET(WSAEINTR, accept(lsn, NULL, NULL));
	EXPECT_NO_SOCKET(WSAEINTR, WSAAccept(lsn, NULL, NULL, NULL, 0));
	EXPECT_EQ(7, calls);
	more = api_client(&address);
	s = accept(lsn, NULL, NULL);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_EQ(7, calls);
	closesocket(more);
	closesocket(s);
	end();
}

/* The part of a MSG_WAITALL that has come is told. */
static void cancelled_recv_tells_its_part(void)
{
	char buf[4];

	begin();
	set_hook(cancel);
	EXPECT_EQ(2, send(client, "xy", 2, 0));
	EXPECT_EQ(2, recv(peer, buf, sizeof(buf), MSG_WAITALL));
	EXPECT_EQ(1, calls);
	EXPECT_FAIL(WSAEINTR, recv(peer, buf, sizeof(buf), MSG_WAITALL));
	end();
}

static INT_PTR count(void)
{
	calls++;
	return FALSE;
}

/* The parts of a wait are together as long as it should be. */
static void time_outs_stay(void)
{
	DWORD ms = 100;
	struct timeval t = { .tv_usec = 100000 };
	WSAPOLLFD fd;
	fd_set set;
	char byte;

	begin();
	EXPECT_OK(setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, (char *)&ms,
			     sizeof(ms)));
	set_hook(count);
	EXPECT_FAIL(WSAETIMEDOUT, recv(peer, &byte, 1, 0));
	EXPECT(calls >= 2 && calls <= 8);
	FD_ZERO(&set);
	FD_SET(peer, &set);
	calls = 0;
	EXPECT_EQ(0, select(0, &set, NULL, NULL, &t));
	EXPECT(calls >= 2 && calls <= 8);
	fd.fd = peer;
	fd.events = POLLRDNORM;
	calls = 0;
	EXPECT_EQ(0, WSAPoll(&fd, 1, 100));
	EXPECT(calls >= 2 && calls <= 8);
	end();
}

static char big[4 << 20];

/* Sends until nothing goes any more. */
static void fill_up(SOCKET s)
{
	u_long on = 1, off = 0;

	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	while (send(s, big, sizeof(big), 0) > 0)
		;
	EXPECT_EQ(WSAEWOULDBLOCK, WSAGetLastError());
	EXPECT_OK(ioctlsocket(s, FIONBIO, &off));
}

/* [send WSAEINTR, sendto WSAEINTR, WSASend WSAEINTR] */
static void cancelled_send_tells_its_part(void)
{
	WSABUF data = { .len = 1, .buf = big };
	DWORD sent;
	int total, got, n;

	begin();
	set_hook(cancel);
	n = send(client, big, sizeof(big), 0);
	EXPECT(n > 0 && n < (int)sizeof(big));
	EXPECT_EQ(1, calls);
	/* and that part arrives, no more and no less */
	EXPECT_OK(WSAUnhookBlockingHook());
	EXPECT_OK(shutdown(client, SD_SEND));
	for (total = 0; (got = recv(peer, big, sizeof(big), 0)) > 0; )
		total += got;
	EXPECT_EQ(0, got);
	EXPECT_EQ(n, total);

	fill_up(peer);
	set_hook(cancel);
	EXPECT_FAIL(WSAEINTR, send(peer, big, 1, 0));
	EXPECT_FAIL(WSAEINTR, sendto(peer, big, 1, 0, NULL, 0));
	EXPECT_FAIL(WSAEINTR, WSASend(peer, &data, 1, &sent, 0, NULL, NULL));
	end();
}

/*
 * A full queue drops what comes: the attempt goes on, behind the back of who
 * cancelled it.  [connect WSAEINTR, WSAConnect WSAEINTR]
 */
static void cancelled_connect(void)
{
	const struct sockaddr *name = (const struct sockaddr *)&address.name;
	SOCKET s[8], last;
	int i, ret;

	begin();
	closesocket(lsn);
	lsn = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	api_loopback(AF_INET, &address);
	EXPECT_OK(bind(lsn, name, address.len));
	EXPECT_OK(listen(lsn, 1));
	EXPECT_OK(getsockname(lsn, (struct sockaddr *)&address.name,
			      &address.len));
	/* a connection is in the queue a little later than the client has it */
	for (i = 0, ret = 0; i < ARRAY_SIZE(s) && !ret; i++) {
		if (i == 2)
			set_hook(cancel);
		s[i] = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
		ret = connect(s[i], name, address.len);
	}
	EXPECT_EQ(SOCKET_ERROR, ret);
	EXPECT_EQ(WSAEINTR, WSAGetLastError());
	EXPECT_EQ(1, calls);
	EXPECT_FAIL(WSAEALREADY, connect(s[i - 1], name, address.len));
	last = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	EXPECT_FAIL(WSAEINTR, WSAConnect(last, name, address.len, NULL, NULL,
					 NULL, NULL));
	EXPECT_EQ(2, calls);
	EXPECT_OK(closesocket(last));
	while (i--)
		EXPECT_OK(closesocket(s[i]));
	end();
}

/*
 * The thread's other calls while one of its own is under way.
 *
 * [accept WSAEINPROGRESS, bind WSAEINPROGRESS, closesocket WSAEINPROGRESS,
 * connect WSAEINPROGRESS, getpeername WSAEINPROGRESS,
 * getsockname WSAEINPROGRESS, getsockopt WSAEINPROGRESS,
 * ioctlsocket WSAEINPROGRESS, listen WSAEINPROGRESS, recv WSAEINPROGRESS,
 * recvfrom WSAEINPROGRESS, select WSAEINPROGRESS, send WSAEINPROGRESS,
 * sendto WSAEINPROGRESS, setsockopt WSAEINPROGRESS, shutdown WSAEINPROGRESS,
 * socket WSAEINPROGRESS, WSAAccept WSAEINPROGRESS, WSAConnect WSAEINPROGRESS,
 * WSASocketA WSAEINPROGRESS, WSADuplicateSocketA WSAEINPROGRESS,
 * WSAStartup WSAEINPROGRESS, WSACleanup WSAEINPROGRESS,
 * WSAAsyncSelect WSAEINPROGRESS, WSAEventSelect WSAEINPROGRESS,
 * WSAEnumNetworkEvents WSAEINPROGRESS, WSAEnumProtocolsA WSAEINPROGRESS,
 * gethostname WSAEINPROGRESS, gethostbyname WSAEINPROGRESS,
 * gethostbyaddr WSAEINPROGRESS, getservbyname WSAEINPROGRESS,
 * getservbyport WSAEINPROGRESS, getprotobyname WSAEINPROGRESS,
 * getprotobynumber WSAEINPROGRESS, WSACancelAsyncRequest WSAEINPROGRESS,
 * WSACloseEvent WSAEINPROGRESS, WSACreateEvent WSAEINPROGRESS]
 */
static void expect_refusals(void)
{
	struct sockaddr_in name;
	WSANETWORKEVENTS events;
	WSAPROTOCOL_INFOA block;
	int len = sizeof(name), type;
	DWORD size = sizeof(block);
	u_long on = 1;
	char byte = 0;

#define REFUSED(call)	EXPECT_FAIL(WSAEINPROGRESS, call)
#define REFUSED_NULL(call)						\
	do {								\
		WSASetLastError(POISON);				\
		EXPECT(!(call));					\
		EXPECT_EQ(WSAEINPROGRESS, WSAGetLastError());		\
	} while (0)
	EXPECT_EQ(TRUE, WSAIsBlocking());
	EXPECT_NO_SOCKET(WSAEINPROGRESS, accept(lsn, NULL, NULL));
	EXPECT_NO_SOCKET(WSAEINPROGRESS, WSAAccept(lsn, NULL, NULL, NULL, 0));
	EXPECT_NO_SOCKET(WSAEINPROGRESS, socket(AF_INET, SOCK_STREAM, 0));
	EXPECT_NO_SOCKET(WSAEINPROGRESS, WSASocketA(AF_INET, SOCK_STREAM, 0,
						    NULL, 0, 0));
	memset(&name, 0, sizeof(name));
	name.sin_family = AF_INET;
	REFUSED(bind(client, (struct sockaddr *)&name, len));
	REFUSED(connect(client, (struct sockaddr *)&name, len));
	REFUSED(WSAConnect(client, (struct sockaddr *)&name, len, NULL, NULL,
			   NULL, NULL));
	REFUSED(closesocket(client));
	REFUSED(getpeername(client, (struct sockaddr *)&name, &len));
	REFUSED(getsockname(client, (struct sockaddr *)&name, &len));
	len = sizeof(type);
	REFUSED(getsockopt(client, SOL_SOCKET, SO_TYPE, (char *)&type, &len));
	REFUSED(setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, (char *)&type,
			   sizeof(type)));
	REFUSED(ioctlsocket(client, FIONBIO, &on));
	REFUSED(listen(lsn, 1));
	REFUSED(recv(client, &byte, 1, 0));
	REFUSED(recvfrom(client, &byte, 1, 0, NULL, NULL));
	REFUSED(send(client, &byte, 1, 0));
	REFUSED(sendto(client, &byte, 1, 0, NULL, 0));
	REFUSED(shutdown(client, SD_SEND));
	REFUSED(ready(client));
	REFUSED(WSADuplicateSocketA(client, getpid(), &block));
	REFUSED(WSAAsyncSelect(client, NULL, 0, 0));
	REFUSED(WSAEventSelect(client, NULL, 0));
	REFUSED(WSAEnumNetworkEvents(client, NULL, &events));
	REFUSED(WSAEnumProtocolsA(NULL, NULL, &size));
	REFUSED(WSACancelAsyncRequest(NULL));
	REFUSED(gethostname(big, sizeof(big)));
	REFUSED_NULL(gethostbyname("localhost"));
	REFUSED_NULL(gethostbyaddr("\177\0\0\1", 4, AF_INET));
	REFUSED_NULL(getservbyname("ftp", NULL));
	REFUSED_NULL(getservbyport(htons(21), NULL));
	REFUSED_NULL(getprotobyname("tcp"));
	REFUSED_NULL(getprotobynumber(6));
	REFUSED_NULL(WSACreateEvent());
	REFUSED_NULL(WSACloseEvent(NULL));
	REFUSED_NULL(WSASetBlockingHook(cancel));
	EXPECT_EQ(WSAEINPROGRESS, start(MAKEWORD(1, 1)));
	REFUSED(WSACleanup());
	/* needs nobody */
	EXPECT_EQ(htonl(0x7f000001), inet_addr("127.0.0.1"));
	EXPECT_EQ(0x7f000001, ntohl(htonl(0x7f000001)));
}

static INT_PTR refuse_and_cancel(void)
{
	expect_refusals();
	return cancel();
}

static void hook_calls_nothing_else(void)
{
	char byte;

	begin();
	set_hook(refuse_and_cancel);
	EXPECT_FAIL(WSAEINTR, recv(peer, &byte, 1, 0));
	EXPECT_EQ(1, calls);
	/* none of it happened */
	EXPECT_EQ(1, send(client, "x", 1, 0));
	EXPECT_EQ(1, recv(peer, &byte, 1, 0));
	end();
}

static void (*in_handler)(void);

/* Until a call waits, there is nothing to do. */
static void on_alarm(int unused)
{
	(void)unused;
	if (WSAIsBlocking() && in_handler) {
		in_handler();
		in_handler = NULL;
		EXPECT_OK(WSACancelBlockingCall());
	}
}

static void nothing(void)
{
}

static void alarms(int ms)
{
	struct itimerval t = {
		.it_interval = { .tv_usec = ms * 1000 },
		.it_value = { .tv_usec = ms * 1000 },
	};

	EXPECT_EQ(0, setitimer(ITIMER_REAL, &t, NULL));
}

/* Without a hook a signal handler is the only one who can call. */
static void signal_handler_cancels(void)
{
	struct sigaction sa = { .sa_handler = on_alarm };
	char byte;

	begin();
	EXPECT_EQ(0, sigaction(SIGALRM, &sa, NULL));
	alarms(5);
	in_handler = expect_refusals;
	EXPECT_FAIL(WSAEINTR, recv(peer, &byte, 1, 0));
	in_handler = nothing;
	EXPECT_NO_SOCKET(WSAEINTR, accept(lsn, NULL, NULL));
	in_handler = nothing;
	EXPECT_FAIL(WSAEINTR, ready(peer));
	alarms(0);
	end();
}

/*
 * [closesocket WSAEINTR]: the handle is gone all the same.
 */
static void cancelled_close(void)
{
	struct sigaction sa = { .sa_handler = on_alarm };
	struct linger linger = { .l_onoff = 1, .l_linger = 1000 };

	begin();
	EXPECT_EQ(0, sigaction(SIGALRM, &sa, NULL));
	fill_up(client);
	EXPECT_OK(setsockopt(client, SOL_SOCKET, SO_LINGER, (char *)&linger,
			     sizeof(linger)));
	in_handler = nothing;
	alarms(5);
	EXPECT_FAIL(WSAEINTR, closesocket(client));
	alarms(0);
	EXPECT_FAIL(WSAENOTSOCK, closesocket(client));
	/* a close that need not wait does not count as blocking */
	EXPECT_OK(setsockopt(lsn, SOL_SOCKET, SO_LINGER, (char *)&linger,
			     sizeof(linger)));
	EXPECT_OK(closesocket(lsn));
	end();
}

static INT_PTR unhook(void)
{
	calls++;
	EXPECT_OK(WSAUnhookBlockingHook());
	EXPECT_EQ(0, sem_post(&helped));
	return TRUE;
}

/* Each call tells the hook before; the default one can be put back. */
static void hooks_are_exchanged(void)
{
	FARPROC first, before;
	pthread_t other;
	char byte;

	begin();
	first = WSASetBlockingHook(cancel);
	EXPECT(first);
	EXPECT_EQ(0, first());
	before = WSASetBlockingHook(ask_for_help);
	EXPECT(before == cancel);
	EXPECT_OK(WSAUnhookBlockingHook());
	before = WSASetBlockingHook(first);
	EXPECT(before == first);
	WSASetLastError(POISON);
	EXPECT(!WSASetBlockingHook(NULL));
	EXPECT_EQ(WSAEFAULT, WSAGetLastError());

	/* from the hook itself: it has run for the last time */
	set_hook(unhook);
	EXPECT_EQ(0, pthread_create(&other, NULL, send_a_byte, NULL));
	EXPECT_EQ(1, recv(peer, &byte, 1, 0));
	EXPECT_EQ(0, pthread_join(other, NULL));
	EXPECT_EQ(1, calls);
	EXPECT_FAIL(WSAEINVAL, WSACancelBlockingCall());
	end();
}

static void *receive(void *unused)
{
	char byte;

	(void)unused;
	/* asks by itself: this thread has no hook that would */
	EXPECT_EQ(0, sem_post(&helped));
	EXPECT_EQ(1, recv(peer, &byte, 1, 0));
	return NULL;
}

static void hooks_are_per_thread(void)
{
	pthread_t other;

	begin();
	set_hook(cancel);
	EXPECT_EQ(0, pthread_create(&other, NULL, receive, NULL));
	send_a_byte(NULL);
	EXPECT_EQ(0, pthread_join(other, NULL));
	EXPECT_EQ(0, calls);
	end();
}

/* The last clean-up takes hooks along, and version 2 does not know them. */
static void hooks_end_with_version_1(void)
{
	char byte;

	begin();
	set_hook(cancel);
	EXPECT_EQ(0, start(MAKEWORD(2, 2)));
	EXPECT_FAIL(WSAEOPNOTSUPP, WSACancelBlockingCall());
	EXPECT_EQ(1, send(client, "x", 1, 0));
	EXPECT_EQ(1, recv(peer, &byte, 1, 0));
	while (!WSACleanup())
		;
	EXPECT_FAIL(WSANOTINITIALISED, WSACancelBlockingCall());
	EXPECT_FAIL(WSANOTINITIALISED, WSAUnhookBlockingHook());
	WSASetLastError(POISON);
	EXPECT(!WSASetBlockingHook(cancel));
	EXPECT_EQ(WSANOTINITIALISED, WSAGetLastError());
	begin();
	EXPECT(WSASetBlockingHook(ask_for_help) != cancel);
	end();
}

static pid_t child;

static INT_PTR fork_and_cancel(void)
{
	child = fork();
	return child ? cancel() : 0;
}

/* The child returns from the hook of a call that nobody waits for. */
static void hook_forks(void)
{
	int status, code;
	char byte;

	begin();
	set_hook(fork_and_cancel);
	WSASetLastError(POISON);
	EXPECT_EQ(SOCKET_ERROR, recv(peer, &byte, 1, 0));
	code = WSAGetLastError();
	if (!child)
		_exit(code == WSANOTINITIALISED && !WSAIsBlocking() ? 0 : 1);
	EXPECT_EQ(WSAEINTR, code);
	EXPECT_EQ(child, waitpid(child, &status, 0));
	EXPECT_EQ(0, status);
	end();
}

static const struct api_test tests[] = {
	{ "hooks.run_while_a_call_waits", hook_runs_while_a_call_waits },
	{ "hooks.do_not_run_without_need", hook_does_not_run_without_need },
	{ "hooks.cancelled_wait", cancelled_wait_loses_nothing },
	{ "hooks.time_outs_stay", time_outs_stay },
	{ "hooks.cancelled_recv", cancelled_recv_tells_its_part },
	{ "hooks.cancelled_send", cancelled_send_tells_its_part },
	{ "hooks.cancelled_connect", cancelled_connect },
	{ "hooks.call_nothing_else", hook_calls_nothing_else },
	{ "hooks.signal_handler_cancels", signal_handler_cancels },
	{ "hooks.cancelled_close", cancelled_close },
	{ "hooks.are_exchanged", hooks_are_exchanged },
	{ "hooks.are_per_thread", hooks_are_per_thread },
	{ "hooks.end_with_version_1", hooks_end_with_version_1 },
	{ "hooks.hook_forks", hook_forks },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
