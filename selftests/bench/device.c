// SPDX-License-Identifier: GPL-2.0-only
/*
 * The commands of /dev/winsock, without a library between.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <linux/winsock.h>

#include "bench.h"

union address {
	struct winsock_sockaddr_in in;
	struct winsock_sockaddr_in6 in6;
};

static int device = -1;

static void command(unsigned int cmd, void *arg, const char *name)
{
	int err = ioctl(device, cmd, arg);

	if (err < 0)
		bench_die("%s: %m", name);
	if (err)
		bench_die("%s: Winsock error %d", name, err);
}

static void __attribute__((constructor)) device_open(void)
{
	struct winsock_startup a = { .size = sizeof(a), .version = 0x0202 };

	device = open("/dev/winsock", O_RDWR | O_CLOEXEC);
	if (device < 0)
		bench_die("/dev/winsock: %m");
	command(WINSOCK_IOC_STARTUP, &a, "STARTUP");
}

static int loopback(union address *a, bool ipv6, __u16 port)
{
	memset(a, 0, sizeof(*a));
	if (ipv6) {
		a->in6.sin6_family = WINSOCK_AF_INET6;
		a->in6.sin6_port = htons(port);
		a->in6.sin6_addr[15] = 1;
		return sizeof(a->in6);
	}
	a->in.sin_family = WINSOCK_AF_INET;
	a->in.sin_port = htons(port);
	a->in.sin_addr = htonl(INADDR_LOOPBACK);
	return sizeof(a->in);
}

static void device_null(void)
{
	struct winsock_query a = { .size = sizeof(a) };

	command(WINSOCK_IOC_QUERY, &a, "QUERY");
}

static __u64 device_socket(bool ipv6)
{
	struct winsock_sock_create a = {
		.size = sizeof(a),
		.family = ipv6 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET,
		.type = WINSOCK_SOCK_STREAM,
		.protocol = WINSOCK_IPPROTO_TCP,
	};

	command(WINSOCK_IOC_SOCK_CREATE, &a, "SOCK_CREATE");
	return a.out_handle;
}

static __u64 device_listen(bool ipv6, int backlog, __u16 *port)
{
	union address addr;
	__s32 len = loopback(&addr, ipv6, 0);
	struct winsock_sock_bind b = {
		.size = sizeof(b), .handle = device_socket(ipv6),
		.addr = (uintptr_t)&addr, .addr_len = len,
	};
	struct winsock_sock_listen l = {
		.size = sizeof(l), .handle = b.handle, .backlog = backlog,
	};
	struct winsock_sock_name n = {
		.size = sizeof(n), .handle = b.handle,
		.addr = (uintptr_t)&addr, .addr_len = (uintptr_t)&len,
	};

	command(WINSOCK_IOC_SOCK_BIND, &b, "SOCK_BIND");
	command(WINSOCK_IOC_SOCK_LISTEN, &l, "SOCK_LISTEN");
	command(WINSOCK_IOC_SOCK_GETNAME, &n, "SOCK_GETNAME");
	*port = ntohs(addr.in.sin_port);	/* the same place in both */
	return b.handle;
}

static __u64 device_accept(__u64 listener, bool addr)
{
	union address peer;
	__s32 len = sizeof(peer);
	struct winsock_sock_accept a = {
		.size = sizeof(a), .handle = listener,
		.addr = addr ? (uintptr_t)&peer : 0,
		.addr_len = addr ? (uintptr_t)&len : 0,
	};

	command(WINSOCK_IOC_SOCK_ACCEPT, &a, "SOCK_ACCEPT");
	return a.out_handle;
}

static void device_connect(__u64 s, bool ipv6, __u16 port)
{
	union address addr;
	struct winsock_sock_connect a = {
		.size = sizeof(a), .handle = s, .addr = (uintptr_t)&addr,
		.addr_len = loopback(&addr, ipv6, port),
	};

	if (ioctl(device, WINSOCK_IOC_SOCK_CONNECT, &a) != WSAEWOULDBLOCK)
		bench_die("SOCK_CONNECT did not start");
}

static void device_nonblock(__u64 s, bool on)
{
	__u32 arg = on;
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = s, .code = WINSOCK_FIONBIO,
		.in = (uintptr_t)&arg, .in_len = sizeof(arg),
	};

	command(WINSOCK_IOC_SOCK_CONTROL, &a, "SOCK_CONTROL");
}

static void device_nodelay(__u64 s)
{
	__u32 on = 1;
	struct winsock_sock_setopt a = {
		.size = sizeof(a), .handle = s, .level = WINSOCK_IPPROTO_TCP,
		.name = WINSOCK_TCP_NODELAY, .value = (uintptr_t)&on,
		.value_len = sizeof(on),
	};

	command(WINSOCK_IOC_SOCK_SETOPT, &a, "SOCK_SETOPT");
}

static int device_send(__u64 s, const void *buf, int len)
{
	struct winsock_sock_send a = {
		.size = sizeof(a), .handle = s, .addr = (uintptr_t)buf,
		.count = len,
	};

	command(WINSOCK_IOC_SOCK_SEND, &a, "SOCK_SEND");
	return a.transferred;
}

static int device_recv(__u64 s, void *buf, int len)
{
	struct winsock_sock_recv a = {
		.size = sizeof(a), .handle = s, .addr = (uintptr_t)buf,
		.count = len,
	};

	command(WINSOCK_IOC_SOCK_RECV, &a, "SOCK_RECV");
	return a.transferred;
}

static __u64 device_dgram(__u16 *port)
{
	union address addr;
	__s32 len = loopback(&addr, false, 0);
	struct winsock_sock_create c = {
		.size = sizeof(c), .family = WINSOCK_AF_INET,
		.type = WINSOCK_SOCK_DGRAM,
	};
	struct winsock_sock_bind b = {
		.size = sizeof(b), .addr = (uintptr_t)&addr, .addr_len = len,
	};
	struct winsock_sock_name n = {
		.size = sizeof(n), .addr = (uintptr_t)&addr,
		.addr_len = (uintptr_t)&len,
	};

	command(WINSOCK_IOC_SOCK_CREATE, &c, "SOCK_CREATE");
	b.handle = c.out_handle;
	n.handle = c.out_handle;
	command(WINSOCK_IOC_SOCK_BIND, &b, "SOCK_BIND");
	command(WINSOCK_IOC_SOCK_GETNAME, &n, "SOCK_GETNAME");
	*port = ntohs(addr.in.sin_port);
	return c.out_handle;
}

static int device_sendto(__u64 s, const void *buf, int len, __u16 port)
{
	union address addr;
	struct winsock_sock_sendmsg a = {
		.size = sizeof(a), .handle = s, .addr = (uintptr_t)buf,
		.count = len, .name = (uintptr_t)&addr,
		.name_len = loopback(&addr, false, port),
	};

	command(WINSOCK_IOC_SOCK_SENDMSG, &a, "SOCK_SENDMSG");
	return a.transferred;
}

static int device_recvfrom(__u64 s, void *buf, int len)
{
	union address addr;
	__s32 size = sizeof(addr);
	struct winsock_sock_recvmsg a = {
		.size = sizeof(a), .handle = s, .addr = (uintptr_t)buf,
		.count = len, .name = (uintptr_t)&addr,
		.name_len = (uintptr_t)&size,
	};

	command(WINSOCK_IOC_SOCK_RECVMSG, &a, "SOCK_RECVMSG");
	return a.transferred;
}

static __u64 device_select(const __u64 *s, unsigned int n)
{
	static struct {
		__u32 count;
		__u32 pad;
		__u64 handle[BENCH_WAIT];
	} set;
	struct winsock_sock_select a = {
		.size = sizeof(a), .readfds = (uintptr_t)&set,
	};
	__u64 start;

	set.count = n;
	memcpy(set.handle, s, n * sizeof(*s));
	start = bench_now();
	command(WINSOCK_IOC_SOCK_SELECT, &a, "SOCK_SELECT");
	start = bench_now() - start;
	if (a.out_count != 1)
		bench_die("SOCK_SELECT: %u ready", a.out_count);
	return start;
}

static __u64 device_poll(const __u64 *s, unsigned int n)
{
	static struct winsock_pollfd fds[BENCH_WAIT];
	struct winsock_sock_poll a = {
		.size = sizeof(a), .fds = (uintptr_t)fds, .count = n,
	};
	unsigned int i;
	__u64 start;

	for (i = 0; i < n; i++) {
		fds[i].fd = s[i];
		fds[i].events = WINSOCK_POLLRDNORM;
	}
	start = bench_now();
	command(WINSOCK_IOC_SOCK_POLL, &a, "SOCK_POLL");
	start = bench_now() - start;
	if (a.out_count != 1)
		bench_die("SOCK_POLL: %u ready", a.out_count);
	return start;
}

static __u64 event, watched;

static void device_watch(__u64 s)
{
	struct winsock_event_create c = {
		.size = sizeof(c), .flags = WINSOCK_EVENT_MANUAL,
	};
	struct winsock_event_select a = {
		.size = sizeof(a), .handle = s, .events = WINSOCK_FD_READ,
	};

	if (!event)
		command(WINSOCK_IOC_EVENT_CREATE, &c, "EVENT_CREATE");
	event = event ? event : c.out_handle;
	a.event = event;
	watched = s;
	command(WINSOCK_IOC_EVENT_SELECT, &a, "EVENT_SELECT");
}

static void device_ready(void)
{
	struct winsock_network_events events;
	struct winsock_wait w = {
		.size = sizeof(w), .handles = (uintptr_t)&event, .count = 1,
		.timeout = -1,
	};
	struct winsock_event_enum e = {
		.size = sizeof(e), .handle = watched, .event = event,
		.result = (uintptr_t)&events,
	};

	command(WINSOCK_IOC_WAIT, &w, "WAIT");
	command(WINSOCK_IOC_EVENT_ENUM, &e, "EVENT_ENUM");
	if (events.events != WINSOCK_FD_READ)
		bench_die("EVENT_ENUM: %#x", events.events);
}

static __u64 device_event(bool signalled)
{
	struct winsock_event_create a = {
		.size = sizeof(a), .flags = WINSOCK_EVENT_MANUAL |
		(signalled ? WINSOCK_EVENT_SIGNALLED : 0),
	};

	command(WINSOCK_IOC_EVENT_CREATE, &a, "EVENT_CREATE");
	return a.out_handle;
}

static __u64 device_wait(const __u64 *events, unsigned int n)
{
	struct winsock_wait a = {
		.size = sizeof(a), .handles = (uintptr_t)events, .count = n,
	};
	__u64 start = bench_now();

	command(WINSOCK_IOC_WAIT, &a, "WAIT");
	start = bench_now() - start;
	if (a.out_index != n - 1)
		bench_die("WAIT: number %u", a.out_index);
	return start;
}

static void device_close(__u64 s)
{
	struct winsock_handle_close a = { .size = sizeof(a), .handle = s };

	command(WINSOCK_IOC_HANDLE_CLOSE, &a, "HANDLE_CLOSE");
}

const struct bench_api bench_device = {
	.name = "/dev/winsock",
	.null = device_null,
	.socket = device_socket,
	.listen = device_listen,
	.accept = device_accept,
	.connect = device_connect,
	.nonblock = device_nonblock,
	.nodelay = device_nodelay,
	.send = device_send,
	.recv = device_recv,
	.dgram = device_dgram,
	.sendto = device_sendto,
	.recvfrom = device_recvfrom,
	.select = device_select,
	.poll = device_poll,
	.watch = device_watch,
	.ready = device_ready,
	.event = device_event,
	.wait = device_wait,
	.close = device_close,
};

void bench_device_fill(__u64 *handles, unsigned int n)
{
	struct winsock_handle_export e = {
		.size = sizeof(e), .handle = device_socket(false),
	};
	unsigned int i;

	command(WINSOCK_IOC_HANDLE_EXPORT, &e, "HANDLE_EXPORT");
	device_close(e.handle);
	for (i = 0; i < n; i++) {
		struct winsock_handle_import a = {
			.size = sizeof(a), .fd = e.out_fd,
		};

		command(WINSOCK_IOC_HANDLE_IMPORT, &a, "HANDLE_IMPORT");
		handles[i] = a.out_handle;
	}
	close(e.out_fd);
}
