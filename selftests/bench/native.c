// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's own calls, and the other end of every connection.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"

union address {
	struct sockaddr sa;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
};

static socklen_t loopback(union address *a, bool ipv6, __u16 port)
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

static void native_null(void)
{
	syscall(SYS_getppid);
}

static __u64 native_socket(bool ipv6)
{
	int fd = socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, IPPROTO_TCP);

	if (fd < 0)
		bench_die("socket: %m");
	return fd;
}

static __u64 native_listen(bool ipv6, int backlog, __u16 *port)
{
	__u64 fd = native_socket(ipv6);
	union address a;
	socklen_t len = loopback(&a, ipv6, 0);

	if (bind(fd, &a.sa, len) || listen(fd, backlog) ||
	    getsockname(fd, &a.sa, &len))
		bench_die("bind, listen: %m");
	*port = ntohs(a.in.sin_port);	/* the same place in both */
	return fd;
}

static __u64 native_accept(__u64 listener, bool addr)
{
	union address a;
	socklen_t len = sizeof(a);
	int fd = accept4(listener, addr ? &a.sa : NULL, addr ? &len : NULL, 0);

	if (fd < 0)
		bench_die("accept4: %m");
	return fd;
}

static void native_connect(__u64 s, bool ipv6, __u16 port)
{
	union address a;
	socklen_t len = loopback(&a, ipv6, port);

	if (connect(s, &a.sa, len) && errno != EINPROGRESS)
		bench_die("connect: %m");
}

static void native_nonblock(__u64 s, bool on)
{
	int arg = on;

	if (ioctl(s, FIONBIO, &arg))
		bench_die("ioctl(FIONBIO): %m");
}

static void native_nodelay(__u64 s)
{
	int on = 1;

	if (setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)))
		bench_die("setsockopt(TCP_NODELAY): %m");
}

static int native_send(__u64 s, const void *buf, int len)
{
	ssize_t n = send(s, buf, len, 0);

	if (n < 0)
		bench_die("send: %m");
	return n;
}

static int native_recv(__u64 s, void *buf, int len)
{
	ssize_t n = recv(s, buf, len, 0);

	if (n < 0)
		bench_die("recv: %m");
	return n;
}

static __u64 native_dgram(__u16 *port)
{
	__u64 fd = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	union address a;
	socklen_t len = loopback(&a, false, 0);

	if (bind(fd, &a.sa, len) || getsockname(fd, &a.sa, &len))
		bench_die("bind: %m");
	*port = ntohs(a.in.sin_port);
	return fd;
}

static int native_sendto(__u64 s, const void *buf, int len, __u16 port)
{
	union address a;
	socklen_t size = loopback(&a, false, port);
	ssize_t n = sendto(s, buf, len, 0, &a.sa, size);

	if (n < 0)
		bench_die("sendto: %m");
	return n;
}

static int native_recvfrom(__u64 s, void *buf, int len)
{
	union address a;
	socklen_t size = sizeof(a);
	ssize_t n = recvfrom(s, buf, len, 0, &a.sa, &size);

	if (n < 0)
		bench_die("recvfrom: %m");
	return n;
}

static __u64 native_poll(const __u64 *s, unsigned int n)
{
	static struct pollfd fds[BENCH_WAIT];
	unsigned int i;
	__u64 start;
	int ready;

	for (i = 0; i < n; i++)
		fds[i] = (struct pollfd){ .fd = s[i], .events = POLLIN };
	start = bench_now();
	ready = poll(fds, n, 0);
	start = bench_now() - start;
	if (ready != 1)
		bench_die("poll: %d ready: %m", ready);
	return start;
}

static int epoll = -1;

static void native_watch(__u64 s)
{
	struct epoll_event ev = { .events = EPOLLIN };

	if (epoll < 0)
		epoll = epoll_create1(EPOLL_CLOEXEC);
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, s, &ev))
		bench_die("epoll_ctl: %m");
}

static void native_ready(void)
{
	struct epoll_event ev;

	if (epoll_wait(epoll, &ev, 1, -1) != 1 || ev.events != EPOLLIN)
		bench_die("epoll_wait: %m");
}

static __u64 native_event(bool signalled)
{
	int fd = eventfd(signalled, EFD_CLOEXEC);

	if (fd < 0)
		bench_die("eventfd: %m");
	return fd;
}

static void native_close(__u64 s)
{
	if (close(s))
		bench_die("close: %m");
}

const struct bench_api bench_native = {
	.name = "native",
	.null = native_null,
	.socket = native_socket,
	.listen = native_listen,
	.accept = native_accept,
	.connect = native_connect,
	.nonblock = native_nonblock,
	.nodelay = native_nodelay,
	.send = native_send,
	.recv = native_recv,
	.dgram = native_dgram,
	.sendto = native_sendto,
	.recvfrom = native_recvfrom,
	.select = native_poll,	/* select(2) takes none above 1,023 */
	.poll = native_poll,
	.watch = native_watch,
	.ready = native_ready,
	.event = native_event,
	.wait = native_poll,
	.close = native_close,
};

void bench_native_fill(__u64 *fds, unsigned int n)
{
	__u64 fd = native_socket(false);
	unsigned int i;

	for (i = 0; i < n; i++) {
		int copy = dup(fd);

		if (copy < 0)
			bench_die("dup, after %u: %m", i);
		fds[i] = copy;
	}
	native_close(fd);
}

/*
 * What was closed before is freed when a grace period has passed; that shall
 * not happen while something else is counted.  Closing a packet socket waits
 * for one, and with one processor for all that was to be freed then.
 */
void bench_settle(void)
{
	int fd = socket(AF_PACKET, SOCK_DGRAM, 0);

	if (fd < 0)
		bench_die("socket(AF_PACKET): %m");
	native_close(fd);
}

/* A connected, blocking socket. */
__u64 bench_peer_connect(bool ipv6, __u16 port)
{
	__u64 fd = native_socket(ipv6);

	native_connect(fd, ipv6, port);
	return fd;
}

/* Close so that nothing of the connection is left, at either end. */
void bench_peer_reset(__u64 fd)
{
	struct linger linger = { .l_onoff = 1 };

	if (setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)))
		bench_die("setsockopt(SO_LINGER): %m");
	native_close(fd);
}

void bench_peer_drain(__u64 fd, int len)
{
	static char sink[1 << 16];
	ssize_t n;

	for (; len > 0; len -= n) {
		n = recv(fd, sink, len < (int)sizeof(sink) ? len :
			 (int)sizeof(sink), 0);
		if (n <= 0)
			bench_die("the peer missed %d bytes: %m", len);
	}
}
