// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * WSAConnectByName, WSAConnectByList: addresses in turn until one answers.
 *
 * They wait whatever the socket's blocking mode is.  Without a time-out the
 * driver does so in its own connect; with one an attempt is only started there,
 * and the outcome fetched when select tells of it.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#include "names.h"

/* The room for either family's address. */
union ws_sockaddr {
	struct winsock_sockaddr_in in;
	struct winsock_sockaddr_in6 in6;
};

/* SOCKET_ADDRESS_LIST */
struct ws_address_list {
	int count;
	struct {
		void *addr;
		int len;
	} entry[];
};

/* Where the caller wants an end's address, if at all. */
struct wanted_end {
	unsigned int *len;
	void *addr;
};

struct request {
	uintptr_t s;
	bool ip6;
	bool dual;
	bool timed;
	long long deadline;	/* microseconds */
	struct wanted_end local;
	struct wanted_end remote;
};

#define US_A_SEC	1000000LL

static long long now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * US_A_SEC + ts.tv_nsec / 1000;
}

static long long at_most(long long value, long long max)
{
	return value < max ? value : max;
}

/* When a time-out of that length ends: no later than a long long can say. */
static long long deadline(const struct timeval *timeout)
{
	return now() + at_most(timeout->tv_usec, LLONG_MAX / 4) +
	       at_most(timeout->tv_sec, LLONG_MAX / 4 / US_A_SEC) * US_A_SEC;
}

/* Waits for the outcome of an attempt.  Returns 0 or a Winsock code. */
static int wait_outcome(const struct request *r)
{
	struct {
		unsigned int count;
		uintptr_t s;
	} done = { 1, r->s }, failed = { 1, r->s };
	long long left = r->deadline - now();
	struct timeval timeout;

	if (left < 0)
		left = 0;
	timeout.tv_sec = left / US_A_SEC;
	timeout.tv_usec = left % US_A_SEC;
	switch (winsock_select(0, NULL, &done, &failed, &timeout)) {
	case WS_SOCKET_ERROR:
		return ws_last_error;
	case 0:
		return WSAETIMEDOUT;
	default:
		return 0;
	}
}

static int attempt(const struct request *r, const void *addr, int len)
{
	struct winsock_sock_connect a = {
		.size = sizeof(a),
		.flags = r->timed ? WINSOCK_CONNECT_START : 0,
		.handle = r->s,
		.addr = (uintptr_t)addr,
		.addr_len = len,
	};
	int code = ws_ioctl(WINSOCK_IOC_SOCK_CONNECT, &a);

	if (code != WSAEWOULDBLOCK)
		return code;
	code = r->timed ? wait_outcome(r) : 0;
	if (code)
		return code;
	/* As if a signal had interrupted it: wait for what was started. */
	a.flags = 0;
	a.started = 1;
	return ws_ioctl(WINSOCK_IOC_SOCK_CONNECT, &a);
}

/* Learns what the socket can connect to, and makes Windows' checks. */
static int prepare(struct request *r, const struct timeval *timeout)
{
	int size = sizeof(int);
	int only = 0, hops;
	int type;

	if (winsock_getsockopt(r->s, WINSOCK_SOL_SOCKET, WINSOCK_SO_TYPE,
			       (char *)&type, &size))
		return ws_last_error;
	if (type != WINSOCK_SOCK_STREAM)
		return WSAEFAULT;
	/* An option that IPv4's sockets do not have, unlike the next (T29). */
	size = sizeof(hops);
	r->ip6 = !winsock_getsockopt(r->s, WINSOCK_IPPROTO_IPV6,
				     WINSOCK_IPV6_UNICAST_HOPS, (char *)&hops,
				     &size);
	size = sizeof(only);
	winsock_getsockopt(r->s, WINSOCK_IPPROTO_IPV6, WINSOCK_IPV6_V6ONLY,
			   (char *)&only, &size);
	r->dual = r->ip6 && !(only & 0xff);
	size = r->ip6 ? sizeof(struct winsock_sockaddr_in6) :
	       sizeof(struct winsock_sockaddr_in);
	if (r->local.addr && r->local.len && *r->local.len < (unsigned int)size)
		return WSAEFAULT;
	if (r->remote.addr && r->remote.len &&
	    *r->remote.len < (unsigned int)size)
		return WSAEFAULT;
	r->timed = timeout;
	if (!timeout)
		return 0;
	if (timeout->tv_sec < 0 || timeout->tv_usec < 0)
		return WSAEINVAL;
	r->deadline = deadline(timeout);
	return 0;
}

/* Only a caller that gives both the room and its length has an address. */
static void tell_end(const struct request *r, const struct wanted_end *end,
		     bool local)
{
	union ws_sockaddr sa;
	int len = sizeof(sa);

	if (!end->addr || !end->len)
		return;
	if (local ? winsock_getsockname(r->s, &sa, &len) :
		    winsock_getpeername(r->s, &sa, &len))
		return;
	/* The page promises no port of ours, and Windows gives none (N13). */
	if (local)
		sa.in.sin_port = 0;
	memcpy(end->addr, &sa, len);
	*end->len = len;
}

/* Ends the call: TRUE or FALSE. */
static int finish(const struct request *r, int code)
{
	if (!code) {
		tell_end(r, &r->local, true);
		tell_end(r, &r->remote, false);
	}
	ws_result(code);
	return !code;
}

/* The address as the socket has to be given it.  Returns its length. */
static int make_address(const struct request *r, const struct ws_addr *from,
			__u16 port, union ws_sockaddr *sa)
{
	memset(sa, 0, sizeof(*sa));
	sa->in.sin_port = port;
	if (!r->ip6) {
		sa->in.sin_family = WINSOCK_AF_INET;
		memcpy(&sa->in.sin_addr, from->byte, 4);
		return sizeof(sa->in);
	}
	sa->in6.sin6_family = WINSOCK_AF_INET6;
	if (from->family == WINSOCK_AF_INET) {
		memset(sa->in6.sin6_addr + 10, 0xff, 2);
		memcpy(sa->in6.sin6_addr + 12, from->byte, 4);
	} else {
		memcpy(sa->in6.sin6_addr, from->byte, 16);
		sa->in6.sin6_scope_id = from->scope;
	}
	return sizeof(sa->in6);
}

/* Whether another address may do better. */
static bool go_on(const struct request *r, int code)
{
	switch (code) {
	case WSAECONNREFUSED:
	case WSAENETUNREACH:
	case WSAEHOSTUNREACH:
	case WSAEADDRNOTAVAIL:
	case WSAEAFNOSUPPORT:
	case WSAEACCES:
		return true;
	case WSAETIMEDOUT:
		/* the stack's own, or ours, after which it still tries */
		return !r->timed;
	default:
		return false;
	}
}

static int by_name(const struct request *r, const char *node,
		   const char *service)
{
	int family = !r->ip6 ? WINSOCK_AF_INET : r->dual ? 0 :
		     WINSOCK_AF_INET6;
	struct ws_found found = { 0 };
	union ws_sockaddr sa;
	__u16 port;
	int code;
	int len;
	int i;

	code = ws_service_port(service, WINSOCK_SOCK_STREAM, 0, &port);
	if (!code)
		code = ws_resolve(node, family, 0, &found);
	for (i = 0; i < found.count; i++) {
		len = make_address(r, &found.addr[i], port, &sa);
		code = attempt(r, &sa, len);
		if (!go_on(r, code))
			break;
	}
	ws_found_free(&found);
	return code;
}

WS_API int winsock_wsaconnectbynamea(uintptr_t s, char *node, char *service,
				     unsigned int *local_len, void *local,
				     unsigned int *remote_len, void *remote,
				     const void *timeout, void *reserved)
{
	struct request r = {
		.s = s,
		.local = { local_len, local },
		.remote = { remote_len, remote },
	};
	int saved = errno;
	int code = 0;

	if (!node || !service || reserved)
		code = WSAEINVAL;
	ws_fail(s, code);
	code = ws_last_error;
	if (!code)
		code = prepare(&r, timeout);
	if (!code)
		code = by_name(&r, node, service);
	errno = saved;
	return finish(&r, code);
}

WS_API int winsock_wsaconnectbynamew(uintptr_t s, wchar_t *node,
				     wchar_t *service, unsigned int *local_len,
				     void *local, unsigned int *remote_len,
				     void *remote, const void *timeout,
				     void *reserved)
{
	char *narrow_node = node ? ws_narrow(node) : NULL;
	char *narrow_service = service ? ws_narrow(service) : NULL;
	int ret = 0;

	if (!narrow_node == !node && !narrow_service == !service)
		ret = winsock_wsaconnectbynamea(s, narrow_node, narrow_service,
						local_len, local, remote_len,
						remote, timeout, reserved);
	else
		ws_fail(s, WSAENOBUFS);
	free(narrow_node);
	free(narrow_service);
	return ret;
}

WS_API int winsock_wsaconnectbylist(uintptr_t s, void *list,
				    unsigned int *local_len, void *local,
				    unsigned int *remote_len, void *remote,
				    const void *timeout, void *reserved)
{
	struct request r = {
		.s = s,
		.local = { local_len, local },
		.remote = { remote_len, remote },
	};
	struct ws_address_list *l = list;
	int code = 0;
	int i;

	if (!l || l->count < 1 || reserved)
		code = WSAEINVAL;
	ws_fail(s, code);
	code = ws_last_error;
	if (!code)
		code = prepare(&r, timeout);
	if (code)
		return finish(&r, code);
	for (i = 0; i < l->count; i++) {
		code = attempt(&r, l->entry[i].addr, l->entry[i].len);
		if (!go_on(&r, code))
			break;
	}
	return finish(&r, code);
}
