// SPDX-License-Identifier: GPL-2.0-only
/*
 * What libwinsock does in a Linux process: errno, threads, fork.
 */
#include "api_test.h"

#include <mswsock.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
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

static void opens_the_device_once(void)
{
	WSADATA data;

	EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
	EXPECT_OK(WSACleanup());
	EXPECT_OK(WSACleanup());
	EXPECT_EQ(0, WSAStartup(MAKEWORD(1, 1), &data));
	EXPECT_EQ(1, device_descriptors());
}

static const struct api_test tests[] = {
	{ "process.keeps_errno", keeps_errno },
	{ "process.last_error_is_per_thread", last_error_is_per_thread },
	{ "process.open_type_is_per_thread", open_type_is_per_thread },
	{ "process.fork.child_is_not_started", fork_child_is_not_started },
	{ "process.fork.child_holds_no_device", fork_child_holds_no_device },
	{ "process.opens_the_device_once", opens_the_device_once },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
