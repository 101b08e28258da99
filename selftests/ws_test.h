/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tests of /dev/winsock share: one thin wrapper a command, native
 * sockets for the other end, and threads that are proven to be asleep.
 *
 * Every wrapper returns what the ioctl says: 0, a WSAE code, or -errno; it
 * poisons the outputs first, so that a test sees whether they were written.
 */
#ifndef WS_TEST_H
#define WS_TEST_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <assert.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <linux/winsock.h>

#include "kselftest_harness.h"

#define WS_DEVICE	"/dev/winsock"
#define WS_POISON	0xa5a5a5a5a5a5a5a5ULL
#define WS_POISON32	0xa5a5a5a5U

/* How long to wait for what happens at once on a machine that is not stuck. */
#define WS_PATIENCE	20	/* seconds */

/* How long for a test: for what hangs, not for what is slow on a busy host. */
#undef TEST_TIMEOUT_DEFAULT
#define TEST_TIMEOUT_DEFAULT	120	/* seconds */

/* Without the device there is nothing to test: the whole program skips. */
static void __attribute__((constructor)) ws_need_device(void)
{
	int fd = open(WS_DEVICE, O_RDWR | O_CLOEXEC);

	if (fd >= 0) {
		close(fd);
		return;
	}
	ksft_print_header();
	ksft_exit_skip("%s: %s\n", WS_DEVICE, strerror(errno));
}

/* Either address as Windows lays it out, and room to see what is overwritten. */
union ws_addr {
	struct winsock_sockaddr_in in;
	struct winsock_sockaddr_in6 in6;
	__u16 family;
	__u8 bytes[128];
};

static inline int ws_ioctl(int fd, unsigned int cmd, void *arg)
{
	int ret = ioctl(fd, cmd, arg);

	return ret < 0 ? -errno : ret;
}

static inline int ws_startup(int fd)
{
	struct winsock_startup a = { .size = sizeof(a), .version = 0x0202 };

	return ws_ioctl(fd, WINSOCK_IOC_STARTUP, &a);
}

static inline int ws_cleanup(int fd)
{
	struct winsock_cleanup a = { .size = sizeof(a) };

	return ws_ioctl(fd, WINSOCK_IOC_CLEANUP, &a);
}

/* A blank file of the node, and a started context; negative on failure. */
static inline int ws_open_blank(void)
{
	return open(WS_DEVICE, O_RDWR | O_CLOEXEC);
}

static inline int ws_open(void)
{
	int fd = ws_open_blank();

	if (fd >= 0 && ws_startup(fd)) {
		close(fd);
		return -1;
	}
	return fd;
}

static inline int ws_close_flags(int fd, __u64 handle, __u32 flags)
{
	struct winsock_handle_close a = {
		.size = sizeof(a), .flags = flags, .handle = handle,
	};

	return ws_ioctl(fd, WINSOCK_IOC_HANDLE_CLOSE, &a);
}

static inline int ws_close(int fd, __u64 handle)
{
	return ws_close_flags(fd, handle, 0);
}

static inline int ws_export(int fd, __u64 handle, int *out)
{
	struct winsock_handle_export a = {
		.size = sizeof(a), .handle = handle, .out_fd = (int)WS_POISON32,
	};
	int ret = ws_ioctl(fd, WINSOCK_IOC_HANDLE_EXPORT, &a);

	*out = a.out_fd;
	return ret;
}

static inline int ws_import(int fd, int file, __u64 *out)
{
	struct winsock_handle_import a = {
		.size = sizeof(a), .fd = file, .out_handle = WS_POISON,
	};
	int ret = ws_ioctl(fd, WINSOCK_IOC_HANDLE_IMPORT, &a);

	*out = a.out_handle;
	return ret;
}

static inline int ws_attach(int fd, __u64 handle, int file)
{
	struct winsock_handle_attach a = {
		.size = sizeof(a), .handle = handle, .fd = file,
	};

	return ws_ioctl(fd, WINSOCK_IOC_HANDLE_ATTACH, &a);
}

static inline int ws_create(int fd, int family, int type, int protocol,
			    __u64 *out)
{
	struct winsock_sock_create a = {
		.size = sizeof(a), .family = family, .type = type,
		.protocol = protocol, .out_handle = WS_POISON,
	};
	int ret = ws_ioctl(fd, WINSOCK_IOC_SOCK_CREATE, &a);

	*out = a.out_handle;
	return ret;
}

static inline int ws_tcp(int fd, int family, __u64 *out)
{
	return ws_create(fd, family, WINSOCK_SOCK_STREAM, WINSOCK_IPPROTO_TCP,
			 out);
}

static inline int ws_bind(int fd, __u64 handle, const void *addr, int len)
{
	struct winsock_sock_bind a = {
		.size = sizeof(a), .handle = handle,
		.addr = (uintptr_t)addr, .addr_len = len,
	};

	return ws_ioctl(fd, WINSOCK_IOC_SOCK_BIND, &a);
}

static inline int ws_listen(int fd, __u64 handle, int backlog)
{
	struct winsock_sock_listen a = {
		.size = sizeof(a), .handle = handle, .backlog = backlog,
	};

	return ws_ioctl(fd, WINSOCK_IOC_SOCK_LISTEN, &a);
}

static inline int ws_accept_addr(int fd, __u64 handle, void *addr,
				 void *addr_len, __u64 *out)
{
	struct winsock_sock_accept a = {
		.size = sizeof(a), .handle = handle, .addr = (uintptr_t)addr,
		.addr_len = (uintptr_t)addr_len, .out_handle = WS_POISON,
	};
	int ret = ws_ioctl(fd, WINSOCK_IOC_SOCK_ACCEPT, &a);

	*out = a.out_handle;
	return ret;
}

static inline int ws_accept(int fd, __u64 handle, __u64 *out)
{
	return ws_accept_addr(fd, handle, NULL, NULL, out);
}

static inline int ws_connect(int fd, __u64 handle, const void *addr, int len)
{
	struct winsock_sock_connect a = {
		.size = sizeof(a), .handle = handle,
		.addr = (uintptr_t)addr, .addr_len = len,
	};

	return ws_ioctl(fd, WINSOCK_IOC_SOCK_CONNECT, &a);
}

/* @done is poisoned only by failure: it is an in-and-out field. */
static inline int ws_send(int fd, __u64 handle, const void *buf, __u32 len,
			  __u32 msg_flags, __u64 *done)
{
	struct winsock_sock_send a = {
		.size = sizeof(a), .handle = handle, .addr = (uintptr_t)buf,
		.count = len, .msg_flags = msg_flags,
	};
	int ret = ws_ioctl(fd, WINSOCK_IOC_SOCK_SEND, &a);

	*done = ret ? WS_POISON : a.transferred;
	return ret;
}

static inline int ws_recv(int fd, __u64 handle, void *buf, __u32 len,
			  __u32 msg_flags, __u64 *done)
{
	struct winsock_sock_recv a = {
		.size = sizeof(a), .handle = handle, .addr = (uintptr_t)buf,
		.count = len, .msg_flags = msg_flags,
	};
	int ret = ws_ioctl(fd, WINSOCK_IOC_SOCK_RECV, &a);

	*done = ret ? WS_POISON : a.transferred;
	return ret;
}

static inline int ws_shutdown(int fd, __u64 handle, int how)
{
	struct winsock_sock_shutdown a = {
		.size = sizeof(a), .handle = handle, .how = how,
	};

	return ws_ioctl(fd, WINSOCK_IOC_SOCK_SHUTDOWN, &a);
}

/* @cmd is WINSOCK_IOC_SOCK_GETNAME or WINSOCK_IOC_SOCK_GETPEER. */
static inline int ws_name(int fd, unsigned int cmd, __u64 handle, void *addr,
			  void *addr_len)
{
	struct winsock_sock_name a = {
		.size = sizeof(a), .handle = handle, .addr = (uintptr_t)addr,
		.addr_len = (uintptr_t)addr_len,
	};

	return ws_ioctl(fd, cmd, &a);
}

static inline int ws_getopt(int fd, __u64 handle, int level, int name,
			    void *value, void *len)
{
	struct winsock_sock_getopt a = {
		.size = sizeof(a), .handle = handle, .level = level,
		.name = name, .value = (uintptr_t)value,
		.value_len = (uintptr_t)len,
	};

	return ws_ioctl(fd, WINSOCK_IOC_SOCK_GETOPT, &a);
}

static inline int ws_setopt(int fd, __u64 handle, int level, int name,
			    const void *value, int len)
{
	struct winsock_sock_setopt a = {
		.size = sizeof(a), .handle = handle, .level = level,
		.name = name, .value = (uintptr_t)value, .value_len = len,
	};

	return ws_ioctl(fd, WINSOCK_IOC_SOCK_SETOPT, &a);
}

static inline int ws_nonblocking(int fd, __u64 handle, __u32 on)
{
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = handle, .code = WINSOCK_FIONBIO,
		.in = (uintptr_t)&on, .in_len = sizeof(on),
	};

	return ws_ioctl(fd, WINSOCK_IOC_SOCK_CONTROL, &a);
}

/* What one processor sends to itself arrives in the order of sending. */
static inline int ws_stay_on_processor(void)
{
	cpu_set_t cpu;

	CPU_ZERO(&cpu);
	CPU_SET(sched_getcpu(), &cpu);
	return sched_setaffinity(0, sizeof(cpu), &cpu);
}

#include "ws_peer.h"

#endif /* WS_TEST_H */
