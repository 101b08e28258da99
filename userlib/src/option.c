// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Options and control codes.
 */
#include <string.h>

#include "internal.h"

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

#define WS_SIO_GET_EXTENSION_FUNCTION_POINTER	0xc8000006U

/* The extension functions that there are, by the names of <mswsock.h>. */
static const struct ws_extension {
	unsigned char id[16];
	void *function;
} ws_extensions[] = {
	/* WSAID_WSARECVMSG */
	{ { 0xc8, 0xd7, 0x89, 0xf6, 0x1f, 0x6f, 0x6b, 0x43,
	    0x8a, 0x53, 0xe5, 0x4f, 0xe3, 0x51, 0xc3, 0x22 },
	  winsock_wsarecvmsg },
	/* WSAID_WSASENDMSG */
	{ { 0x12, 0xe7, 0x41, 0xa4, 0x4f, 0x75, 0xca, 0x43,
	    0x84, 0xa7, 0x0d, 0xee, 0x44, 0xcf, 0x60, 0x6d },
	  winsock_wsasendmsg },
};

/* windows-observed I8, I9 */
static int extension(uintptr_t s, const void *id, unsigned int id_len,
		     void *out, unsigned int out_len, unsigned int *returned)
{
	size_t count = sizeof(ws_extensions) / sizeof(*ws_extensions);
	const struct ws_extension *e = ws_extensions;

	if (!id || id_len < sizeof(e->id) || !out ||
	    out_len < sizeof(e->function))
		return ws_fail(s, WSAEFAULT);
	while (e < ws_extensions + count && memcmp(e->id, id, sizeof(e->id)))
		e++;
	if (e == ws_extensions + count)
		return ws_fail(s, WSAEINVAL);
	ws_fail(s, 0);
	if (ws_last_error)
		return WS_SOCKET_ERROR;
	memcpy(out, &e->function, sizeof(e->function));
	*returned = sizeof(e->function);
	return 0;
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
	if (code == WS_SIO_GET_EXTENSION_FUNCTION_POINTER)
		return extension(s, in, in_len, out, out_len, returned);
	if (ws_call(WINSOCK_IOC_SOCK_CONTROL, &a))
		return WS_SOCKET_ERROR;
	*returned = a.out_returned;
	return 0;
}
