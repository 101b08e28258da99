// SPDX-License-Identifier: GPL-2.0-only
/*
 * What libwinsock does in a Linux process: errno, threads, fork.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "api_test.h"

#include <mswsock.h>
#include <svcguid.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void keeps_errno(void)
{
	char text[64];
	SOCKET s;

	errno = 4321;
	s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	EXPECT_FAIL(WSAENOTSOCK, closesocket(0));
	EXPECT_FAIL(WSAEINVAL, listen(s, 1));
	EXPECT_OK(closesocket(s));
	EXPECT(inet_ntop(AF_INET6, &in6addr_loopback, text, sizeof(text)));
	EXPECT_OK(WSACleanup());
	EXPECT_FAIL(WSANOTINITIALISED, WSACleanup());
	EXPECT_EQ(4321, errno);
}

static void *last_error_of_thread(void *unused)
{
	long first = WSAGetLastError();

	(void)unused;
	WSASetLastError(7);
	return (void *)first;
}

static void last_error_is_per_thread(void)
{
	pthread_t thread;
	void *first;

	WSASetLastError(POISON);
	EXPECT_EQ(0, pthread_create(&thread, NULL, last_error_of_thread, NULL));
	EXPECT_EQ(0, pthread_join(thread, &first));
	EXPECT_EQ(0, (long)first);
	EXPECT_EQ(POISON, WSAGetLastError());
}

static void *open_type_of_thread(void *first)
{
	int *value = first;
	int len = sizeof(*value), mine = SO_SYNCHRONOUS_NONALERT;

	EXPECT_OK(getsockopt(INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE,
			     (char *)value, &len));
	EXPECT_OK(setsockopt(INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE,
			     (char *)&mine, sizeof(mine)));
	return NULL;
}

/* (T30): 0 in every new thread */
static void open_type_is_per_thread(void)
{
	int value = SO_SYNCHRONOUS_ALERT, first = POISON, len = sizeof(value);
	pthread_t thread;

	EXPECT_OK(setsockopt(INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE,
			     (char *)&value, len));
	EXPECT_EQ(0, pthread_create(&thread, NULL, open_type_of_thread,
				    &first));
	EXPECT_EQ(0, pthread_join(thread, NULL));
	EXPECT_EQ(0, first);
	EXPECT_OK(getsockopt(INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE,
			     (char *)&value, &len));
	EXPECT_EQ(SO_SYNCHRONOUS_ALERT, value);
	value = 0;
	EXPECT_OK(setsockopt(INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE,
			     (char *)&value, len));
}

/* Runs @child in a child process; its result is the exit status. */
static int status_of_child(int (*child)(SOCKET s), SOCKET s)
{
	int status = -1;
	pid_t pid = fork();

	if (!pid)
		_exit(child(s));
	EXPECT(pid > 0);
	EXPECT_EQ(pid, waitpid(pid, &status, 0));
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int child_is_not_started(SOCKET s)
{
	WSADATA data;

	if (!closesocket(s) || WSAGetLastError() != WSANOTINITIALISED)
		return 1;
	if (!WSACleanup() || WSAGetLastError() != WSANOTINITIALISED)
		return 2;
	if (WSAStartup(MAKEWORD(2, 2), &data))
		return 3;
	/* A context of its own, in which the value means nothing. */
	if (!closesocket(s) || WSAGetLastError() != WSAENOTSOCK)
		return 4;
	s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	if (s == INVALID_SOCKET || closesocket(s) || WSACleanup())
		return 5;
	return 0;
}

static void fork_child_is_not_started(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	EXPECT_EQ(0, status_of_child(child_is_not_started, s));
	/* The parent's context has not noticed. */
	EXPECT_OK(closesocket(s));
}

static HANDLE lookup;

static int child_has_no_lookup(SOCKET s)
{
	WSADATA data;

	(void)s;
	if (WSAStartup(MAKEWORD(2, 2), &data))
		return 1;
	if (!WSALookupServiceEnd(lookup) ||
	    WSAGetLastError() != WSA_INVALID_HANDLE)
		return 2;
	return 0;
}

static void fork_child_has_no_lookup(void)
{
	GUID by_name = SVCID_INET_HOSTADDRBYNAME;
	WSAQUERYSETA q = {
		.dwSize = sizeof(q),
		.dwNameSpace = NS_DNS,
		.lpServiceClassId = &by_name,
		.lpszServiceInstanceName = (char *)"127.0.0.1",
	};

	EXPECT_OK(WSALookupServiceBeginA(&q, LUP_RETURN_NAME, &lookup));
	EXPECT_EQ(0, status_of_child(child_has_no_lookup, 0));
	EXPECT_OK(WSALookupServiceEnd(lookup));
}

static int device_descriptors(void)
{
	char link[64], path[64];
	int count = 0;
	ssize_t len;
	int fd;

	for (fd = 0; fd < 256; fd++) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		len = readlink(path, link, sizeof(link) - 1);
		if (len < 0)
			continue;
		link[len] = '\0';
		count += !strcmp(link, "/dev/winsock");
	}
	return count;
}

static int child_holds_no_device(SOCKET s)
{
	(void)s;
	return device_descriptors();
}

static void fork_child_holds_no_device(void)
{
	/* Else the parent's sockets would outlive the parent. */
	EXPECT_EQ(1, device_descriptors());
	EXPECT_EQ(0, status_of_child(child_holds_no_device, 0));
}

/* No device, for a while.  [WSAStartup WSASYSNOTREADY] */
static int child_without_the_device(SOCKET s)
{
	WSADATA data;

	(void)s;
	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("none", "/dev", "tmpfs", 0, NULL))
		return 77;
	if (WSAStartup(MAKEWORD(2, 2), &data) != WSASYSNOTREADY)
		return 1;
	if (WSAStartup(MAKEWORD(2, 2), &data) != WSASYSNOTREADY)
		return 2;
	if (socket(AF_INET, SOCK_STREAM, 0) != INVALID_SOCKET ||
	    WSAGetLastError() != WSANOTINITIALISED)
		return 3;
	if (umount("/dev") || WSAStartup(MAKEWORD(2, 2), &data))
		return 4;
	return WSACleanup() ? 5 : 0;
}

/* Until it is there. */
static void without_the_device(void)
{
	int status = status_of_child(child_without_the_device, 0);

	if (status == 77)
		api_skipped = "needs root";
	else
		EXPECT_EQ(0, status);
}

/* No command reaches the driver from now on. */
static int refuse_commands(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_ioctl, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, args[1])),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xff00),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 'W' << 8, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { ARRAY_SIZE(code), code };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/* [WSAStartup WSASYSNOTREADY] */
static int child_under_a_filter(SOCKET s)
{
	WSADATA data;

	(void)s;
	if (refuse_commands())
		return 77;
	if (WSAStartup(MAKEWORD(2, 2), &data) != WSASYSNOTREADY)
		return 1;
	return WSACleanup() == SOCKET_ERROR ? 0 : 2;
}

/* For the program it is as if the network subsystem failed. */
static int child_that_gets_a_filter(SOCKET unused)
{
	struct timeval now = { 0, 0 };
	WSADATA data;
	char byte;
	fd_set set;
	SOCKET s;

	(void)unused;
	if (WSAStartup(MAKEWORD(2, 2), &data))
		return 1;
	s = socket(AF_INET, SOCK_STREAM, 0);
	if (s == INVALID_SOCKET || refuse_commands())
		return 77;
	FD_ZERO(&set);
	FD_SET(s, &set);
	EXPECT_NO_SOCKET(WSAENETDOWN, socket(AF_INET, SOCK_STREAM, 0));
	EXPECT_NO_SOCKET(WSAENETDOWN, accept(s, NULL, NULL));
	EXPECT_FAIL(WSAENETDOWN, send(s, "x", 1, 0));
	EXPECT_FAIL(WSAENETDOWN, recv(s, &byte, 1, 0));
	EXPECT_FAIL(WSAENETDOWN, select(0, &set, NULL, NULL, &now));
	EXPECT_FAIL(WSAENETDOWN, closesocket(s));
	EXPECT_FAIL(WSAENETDOWN, WSACleanup());
	return api_failed;
}

static void under_a_filter(void)
{
	int status = status_of_child(child_under_a_filter, 0);

	if (status == 77) {
		api_skipped = "this kernel has no filters of system calls";
		return;
	}
	EXPECT_EQ(0, status);
	EXPECT_EQ(0, status_of_child(child_that_gets_a_filter, 0));
}

static void opens_the_device_once(void)
{
	WSADATA data;

	EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
	EXPECT_OK(WSACleanup());
	EXPECT_OK(WSACleanup());
	EXPECT_EQ(0, WSAStartup(MAKEWORD(1, 1), &data));
	EXPECT_EQ(1, device_descriptors());
}

/*
 * A child that opens the duplicate which its parent makes for it.  Blocks go
 * down @pipe, its status up as the exit status.
 */
struct heir {
	pid_t pid;
	int pipe[2];
};

static int heir_run(int fd, int wanted)
{
	WSAPROTOCOL_INFOA block;
	WSADATA data;
	SOCKET s;

	if (WSAStartup(MAKEWORD(2, 2), &data))
		return 1;
	if (read(fd, &block, sizeof(block)) != sizeof(block))
		return 2;
	s = WSASocketA(0, 0, 0, &block, 0, 0);
	if (wanted)
		return s == INVALID_SOCKET && WSAGetLastError() == wanted ?
		       0 : 3;
	if (s == INVALID_SOCKET || send(s, "child", 5, 0) != 5)
		return 4;
	/* The parent may now close its own; then ours is the last. */
	if (read(fd, &block, 1) != 1 || send(s, "last", 4, 0) != 4)
		return 5;
	return closesocket(s) ? 6 : 0;
}

static void heir_start(struct heir *h, int wanted)
{
	EXPECT_EQ(0, pipe(h->pipe));
	h->pid = fork();
	if (!h->pid) {
		close(h->pipe[1]);
		_exit(heir_run(h->pipe[0], wanted));
	}
	EXPECT(h->pid > 0);
	close(h->pipe[0]);
}

static int heir_wait(struct heir *h)
{
	int status = -1;

	close(h->pipe[1]);
	EXPECT_EQ(h->pid, waitpid(h->pid, &status, 0));
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Both ends of a connection. */
static void connected(SOCKET *client, SOCKET *server)
{
	SOCKET lsn = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in in;
	int len = sizeof(in);

	memset(&in, 0, sizeof(in));
	in.sin_family = AF_INET;
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	EXPECT_OK(bind(lsn, (struct sockaddr *)&in, len));
	EXPECT_OK(listen(lsn, 1));
	EXPECT_OK(getsockname(lsn, (struct sockaddr *)&in, &len));
	*client = socket(AF_INET, SOCK_STREAM, 0);
	EXPECT_OK(connect(*client, (struct sockaddr *)&in, len));
	*server = accept(lsn, NULL, NULL);
	EXPECT_OK(closesocket(lsn));
}

/* The parent closes first, then the child (K2). */
static void duplicate_for_a_child(void)
{
	WSAPROTOCOL_INFOA block;
	struct heir h;
	SOCKET c, s;
	char buf[8];

	heir_start(&h, 0);
	connected(&c, &s);
	EXPECT_OK(WSADuplicateSocketA(s, h.pid, &block));
	EXPECT_EQ(sizeof(block), write(h.pipe[1], &block, sizeof(block)));
	EXPECT_EQ(5, recv(c, buf, 5, MSG_WAITALL));
	EXPECT_OK(closesocket(s));
	EXPECT_EQ(1, write(h.pipe[1], "x", 1));
	EXPECT_EQ(4, recv(c, buf, 4, MSG_WAITALL));
	EXPECT_EQ(0, heir_wait(&h));
	EXPECT_EQ(0, recv(c, buf, 1, 0));
	EXPECT_OK(closesocket(c));
}

/* The child closes first, by ending. */
static void duplicate_ends_before_the_original(void)
{
	WSAPROTOCOL_INFOA block;
	struct heir h;
	SOCKET c, s;
	char buf[8];

	heir_start(&h, 0);
	connected(&c, &s);
	EXPECT_OK(WSADuplicateSocketA(s, h.pid, &block));
	EXPECT_EQ(sizeof(block), write(h.pipe[1], &block, sizeof(block)));
	EXPECT_EQ(1, write(h.pipe[1], "x", 1));
	EXPECT_EQ(0, heir_wait(&h));
	EXPECT_EQ(9, recv(c, buf, 8, MSG_WAITALL) + recv(c, buf, 1, 0));
	EXPECT_EQ(6, send(s, "parent", 6, 0));
	EXPECT_EQ(6, recv(c, buf, 6, MSG_WAITALL));
	EXPECT_OK(closesocket(s));
	EXPECT_EQ(0, recv(c, buf, 1, 0));
	EXPECT_OK(closesocket(c));
}

/* A block for another process is of no use, and stays good for that one. */
static void duplicate_is_for_one_process(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0), d;
	WSAPROTOCOL_INFOA block;
	struct heir h;

	heir_start(&h, WSAEINVAL);
	EXPECT_OK(WSADuplicateSocketA(s, getpid(), &block));
	EXPECT_EQ(sizeof(block), write(h.pipe[1], &block, sizeof(block)));
	EXPECT_EQ(0, heir_wait(&h));
	d = WSASocketA(0, 0, 0, &block, 0, 0);
	EXPECT(d != INVALID_SOCKET);
	EXPECT_OK(closesocket(d));
	EXPECT_OK(closesocket(s));
}

/* The offering process cleaned up before the block was used. */
static void duplicate_ends_with_its_maker(void)
{
	WSAPROTOCOL_INFOA block;
	struct heir h;
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0);

	heir_start(&h, WSAEINVAL);
	EXPECT_OK(WSADuplicateSocketA(s, h.pid, &block));
	EXPECT_OK(WSACleanup());
	EXPECT_EQ(sizeof(block), write(h.pipe[1], &block, sizeof(block)));
	EXPECT_EQ(0, heir_wait(&h));
}

/* A process that has ended does not exist (K1). */
static void duplicate_for_an_ended_process_WSAEINVAL(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
	WSAPROTOCOL_INFOA block;
	struct heir h;

	heir_start(&h, 0);
	EXPECT_EQ(2, heir_wait(&h));
	EXPECT_FAIL(WSAEINVAL, WSADuplicateSocketA(s, h.pid, &block));
	EXPECT_OK(closesocket(s));
}

static const struct api_test tests[] = {
	{ "process.keeps_errno", keeps_errno },
	{ "process.last_error_is_per_thread", last_error_is_per_thread },
	{ "process.open_type_is_per_thread", open_type_is_per_thread },
	{ "process.fork.child_is_not_started", fork_child_is_not_started },
	{ "process.fork.child_holds_no_device", fork_child_holds_no_device },
	{ "process.without_the_device", without_the_device },
	{ "process.under_a_filter", under_a_filter },
	{ "process.fork.child_has_no_lookup", fork_child_has_no_lookup },
	{ "process.opens_the_device_once", opens_the_device_once },
	{ "process.duplicate.for_a_child", duplicate_for_a_child },
	{ "process.duplicate.ends_before_the_original",
	  duplicate_ends_before_the_original },
	{ "process.duplicate.is_for_one_process", duplicate_is_for_one_process },
	{ "process.duplicate.ends_with_its_maker", duplicate_ends_with_its_maker },
	{ "process.duplicate.for_an_ended_process_WSAEINVAL",
	  duplicate_for_an_ended_process_WSAEINVAL },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
