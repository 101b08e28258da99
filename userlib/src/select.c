// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Waiting for many sockets.  Sets and arrays go to the driver as they are.
 */
#include <sys/time.h>

#include "internal.h"

#ifdef __LP64__
#define WS_SELECT_FLAGS	0
#else
#define WS_SELECT_FLAGS	WINSOCK_SELECT_32
#endif

#define WS_NS_A_SEC	1000000000LL

/* An fd_set of any FD_SETSIZE. */
struct ws_set {
	unsigned int count;
	uintptr_t socket[];
};

#define WS_US_A_SEC	1000000LL

/*
 * Nanoseconds to wait, negative for ever; or WSAEINVAL.  Microseconds may make
 * whole seconds, as in all the programs that leave tv_sec at 0.
 */
static int ws_wait_time(const struct timeval *t, __s64 *ns)
{
	__s64 sec, more;

	*ns = -1;
	if (!t)
		return 0;
	if (t->tv_sec < 0 || t->tv_usec < 0)
		return WSAEINVAL;
	*ns = INT64_MAX;
	sec = t->tv_sec;
	more = t->tv_usec / WS_US_A_SEC;
	if (sec < INT64_MAX / WS_NS_A_SEC - more)
		*ns = (sec + more) * WS_NS_A_SEC +
		      t->tv_usec % WS_US_A_SEC * 1000LL;
	return 0;
}

/* Windows ignores @n. */
WS_API int winsock_select(int n, void *readfds, void *writefds, void *exceptfds,
			  const void *timeout)
{
	struct winsock_sock_select a = {
		.size = sizeof(a),
		.flags = WS_SELECT_FLAGS,
		.readfds = (uintptr_t)readfds,
		.writefds = (uintptr_t)writefds,
		.exceptfds = (uintptr_t)exceptfds,
	};
	int code = ws_wait_time(timeout, &a.timeout);

	(void)n;
	if (code)
		return ws_result(ws_started() ?: code);
	if (ws_call(WINSOCK_IOC_SOCK_SELECT, &a))
		return WS_SOCKET_ERROR;
	return a.out_count;
}

WS_API int winsock_wsapoll(void *fds, unsigned int count, int timeout)
{
	struct winsock_sock_poll a = {
		.size = sizeof(a),
		.flags = WS_SELECT_FLAGS,
		.fds = (uintptr_t)fds,
		.count = count,
		.timeout = timeout < 0 ? -1 : timeout * 1000000LL,
	};

	if (ws_call(WINSOCK_IOC_SOCK_POLL, &a))
		return WS_SOCKET_ERROR;
	return a.out_count;
}

/* What FD_ISSET asks: no call to the driver, and the last error stays. */
WS_API int winsock___wsafdisset(uintptr_t s, void *set)
{
	const struct ws_set *in = set;
	unsigned int i;

	for (i = 0; i < in->count; i++)
		if (in->socket[i] == s)
			return 1;
	return 0;
}
