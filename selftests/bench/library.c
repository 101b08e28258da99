// SPDX-License-Identifier: GPL-2.0-only
/*
 * libwinsock's calls, as a program written for Windows makes them.
 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdbool.h>

#include "bench.h"

union address {
	struct sockaddr sa;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
};

static void check(bool ok, const char *call)
{
	if (!ok)
		bench_die("%s: Winsock error %d", call, WSAGetLastError());
}

static void __attribute__((constructor)) library_start(void)
{
	WSADATA data;

	if (WSAStartup(MAKEWORD(2, 2), &data))
		bench_die("WSAStartup failed");
}

static int loopback(union address *a, bool ipv6, __u16 port)
{
	memset(a, 0, sizeof(*a));
	if (ipv6) {
		a->in6.sin6_family = AF_INET6;
		a->in6.sin6_port = htons(port);
		a->in6.sin6_addr = in6addr_loopback;
		return sizeof(a->in6);
	}
	a->in.sin_family = AF_INET;
	a->in.sin_port = htons(port);
	a->in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return sizeof(a->in);
}

static __u64 library_socket(bool ipv6)
{
	SOCKET s = socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, IPPROTO_TCP);

	check(s != INVALID_SOCKET, "socket");
	return s;
}

static __u64 library_listen(bool ipv6, int backlog, __u16 *port)
{
	SOCKET s = library_socket(ipv6);
	union address a;
	int len = loopback(&a, ipv6, 0);

	check(!bind(s, &a.sa, len), "bind");
	check(!listen(s, backlog), "listen");
	check(!getsockname(s, &a.sa, &len), "getsockname");
	*port = ntohs(a.in.sin_port);	/* the same place in both */
	return s;
}

static __u64 library_accept(__u64 listener, bool addr)
{
	union address a;
	int len = sizeof(a);
	SOCKET s = accept(listener, addr ? &a.sa : NULL, addr ? &len : NULL);

	check(s != INVALID_SOCKET, "accept");
	return s;
}

static void library_connect(__u64 s, bool ipv6, __u16 port)
{
	union address a;
	int len = loopback(&a, ipv6, port);

	check(connect(s, &a.sa, len) == SOCKET_ERROR &&
	      WSAGetLastError() == WSAEWOULDBLOCK, "connect");
}

static void library_nonblock(__u64 s, bool on)
{
	u_long arg = on;

	check(!ioctlsocket(s, FIONBIO, &arg), "ioctlsocket");
}

static void library_nodelay(__u64 s)
{
	BOOL on = TRUE;

	check(!setsockopt(s, IPPROTO_TCP, TCP_NODELAY, (const char *)&on,
			  sizeof(on)), "setsockopt");
}

static int library_send(__u64 s, const void *buf, int len)
{
	int n = send(s, buf, len, 0);

	check(n != SOCKET_ERROR, "send");
	return n;
}

static int library_recv(__u64 s, void *buf, int len)
{
	int n = recv(s, buf, len, 0);

	check(n != SOCKET_ERROR, "recv");
	return n;
}

static __u64 library_dgram(__u16 *port)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	union address a;
	int len = loopback(&a, false, 0);

	check(!bind(s, &a.sa, len), "bind");
	check(!getsockname(s, &a.sa, &len), "getsockname");
	*port = ntohs(a.in.sin_port);
	return s;
}

static int library_sendto(__u64 s, const void *buf, int len, __u16 port)
{
	union address a;
	int size = loopback(&a, false, port);
	int n = sendto(s, buf, len, 0, &a.sa, size);

	check(n != SOCKET_ERROR, "sendto");
	return n;
}

static int library_recvfrom(__u64 s, void *buf, int len)
{
	union address a;
	int size = sizeof(a);
	int n = recvfrom(s, buf, len, 0, &a.sa, &size);

	check(n != SOCKET_ERROR, "recvfrom");
	return n;
}

static __u64 library_select(const __u64 *s, unsigned int n)
{
	const struct timeval now = { 0, 0 };
	static struct fd_set set;
	__u64 start;
	int ready;

	set.fd_count = n;
	memcpy(set.fd_array, s, n * sizeof(*s));
	start = bench_now();
	ready = select(0, &set, NULL, NULL, &now);
	start = bench_now() - start;
	check(ready == 1, "select");
	return start;
}

static __u64 library_poll(const __u64 *s, unsigned int n)
{
	static WSAPOLLFD fds[BENCH_WAIT];
	unsigned int i;
	__u64 start;
	int ready;

	for (i = 0; i < n; i++) {
		fds[i].fd = s[i];
		fds[i].events = POLLRDNORM;
	}
	start = bench_now();
	ready = WSAPoll(fds, n, 0);
	start = bench_now() - start;
	check(ready == 1, "WSAPoll");
	return start;
}

static __u64 library_event(bool signalled)
{
	WSAEVENT event = WSACreateEvent();

	check(event && (!signalled || WSASetEvent(event)), "WSACreateEvent");
	return (__u64)event;
}

static __u64 library_wait(const __u64 *event, unsigned int n)
{
	__u64 start = bench_now();
	DWORD ready;

	ready = WSAWaitForMultipleEvents(n, (const WSAEVENT *)event, FALSE, 0,
					 FALSE);
	start = bench_now() - start;
	check(ready == WSA_WAIT_EVENT_0 + n - 1, "WSAWaitForMultipleEvents");
	return start;
}

static WSAEVENT event;
static SOCKET watched;

static void library_watch(__u64 s)
{
	if (!event)
		event = WSACreateEvent();
	watched = s;
	check(!WSAEventSelect(s, event, FD_READ), "WSAEventSelect");
}

static void library_ready(void)
{
	WSANETWORKEVENTS events;

	check(WSAWaitForMultipleEvents(1, &event, FALSE, WSA_INFINITE,
				       FALSE) == WSA_WAIT_EVENT_0,
	      "WSAWaitForMultipleEvents");
	check(!WSAEnumNetworkEvents(watched, event, &events) &&
	      events.lNetworkEvents == FD_READ, "WSAEnumNetworkEvents");
}

static void library_close(__u64 s)
{
	check(!closesocket(s), "closesocket");
}

const struct bench_api bench_library = {
	.name = "libwinsock",
	.socket = library_socket,
	.listen = library_listen,
	.accept = library_accept,
	.connect = library_connect,
	.nonblock = library_nonblock,
	.nodelay = library_nodelay,
	.send = library_send,
	.recv = library_recv,
	.dgram = library_dgram,
	.sendto = library_sendto,
	.recvfrom = library_recvfrom,
	.select = library_select,
	.poll = library_poll,
	.watch = library_watch,
	.ready = library_ready,
	.event = library_event,
	.wait = library_wait,
	.close = library_close,
};
