// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Options and control codes.
 */
#include "internal.h"
#include "protocol.h"

#define SO_PROTOCOL_INFOA	0x2004
#define SO_PROTOCOL_INFOW	0x2005

WS_API int winsock_getsockopt(uintptr_t s, int level, int name, char *value,
			      int *len)
{
	struct winsock_sock_getopt a = {
		.size = sizeof(a),
		.handle = s,
		.level = level,
		.name = name,
		.value = (uintptr_t)value,
		.value_len = (uintptr_t)len,
	};

	if (level == WINSOCK_SOL_SOCKET &&
	    (name == SO_PROTOCOL_INFOA || name == SO_PROTOCOL_INFOW))
		return ws_protocol_option(s, name, value, len);
	return ws_call(WINSOCK_IOC_SOCK_GETOPT, &a);
}

WS_API int winsock_setsockopt(uintptr_t s, int level, int name,
			      const char *value, int len)
{
	struct winsock_sock_setopt a = {
		.size = sizeof(a),
		.handle = s,
		.level = level,
		.name = name,
		.value = (uintptr_t)value,
		.value_len = len,
	};

	return ws_call(WINSOCK_IOC_SOCK_SETOPT, &a);
}

/* Every code that it knows has a four-byte argument, in or out. */
WS_API int winsock_ioctlsocket(uintptr_t s, long code, unsigned int *arg)
{
	struct winsock_sock_control a = {
		.size = sizeof(a),
		.handle = s,
		.in = (uintptr_t)arg,
		.out = (uintptr_t)arg,
		.code = code,
		.in_len = sizeof(*arg),
		.out_len = sizeof(*arg),
	};

	return ws_call(WINSOCK_IOC_SOCK_CONTROL, &a);
}

WS_API int winsock_wsaioctl(uintptr_t s, unsigned int code, void *in,
			    unsigned int in_len, void *out,
			    unsigned int out_len, unsigned int *returned,
			    void *overlapped, void *routine)
{
	struct winsock_sock_control a = {
		.size = sizeof(a),
		.handle = s,
		.in = (uintptr_t)in,
		.out = (uintptr_t)out,
		.code = code,
		.in_len = in_len,
		.out_len = out_len,
	};

	if (overlapped || routine)
		return ws_fail(s, WSAEOPNOTSUPP);
	if (!returned)
		return ws_fail(s, WSAEFAULT);
	if (ws_call(WINSOCK_IOC_SOCK_CONTROL, &a))
		return WS_SOCKET_ERROR;
	*returned = a.out_returned;
	return 0;
}
