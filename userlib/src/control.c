// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Control codes.  What needs the socket or the network is the driver's; what
 * is of this library, its functions, is here.
 */
#include <string.h>

#include "internal.h"

#ifdef __LP64__
#define WS_CONTROL_FLAGS	0
#else
#define WS_CONTROL_FLAGS	WINSOCK_CONTROL_32
#endif

#define WS_SIO_GET_EXTENSION_FUNCTION_POINTER		0xc8000006U
#define WS_SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER	0xc8000024U

/* The extension functions that there are, by the names of <mswsock.h>. */
static const struct ws_extension {
	struct ws_guid id;
	void *function;
} ws_extensions[] = {
	/* WSAID_WSARECVMSG */
	{ { 0xf689d7c8, 0x6f1f, 0x436b,
	    { 0x8a, 0x53, 0xe5, 0x4f, 0xe3, 0x51, 0xc3, 0x22 } },
	  winsock_wsarecvmsg },
	/* WSAID_WSASENDMSG */
	{ { 0xa441e712, 0x754f, 0x43ca,
	    { 0x84, 0xa7, 0x0d, 0xee, 0x44, 0xcf, 0x60, 0x6d } },
	  winsock_wsasendmsg },
	/* WSAID_WSAPOLL */
	{ { 0x18c76f85, 0xdc66, 0x4964,
	    { 0x97, 0x2e, 0x23, 0xc2, 0x72, 0x38, 0x31, 0x2b } },
	  winsock_wsapoll },
};

/* Every code that it knows has a four-byte argument, in or out. */
WS_API int winsock_ioctlsocket(uintptr_t s, long code, unsigned int *arg)
{
	struct winsock_sock_control a = {
		.size = sizeof(a),
		.flags = WS_CONTROL_FLAGS,
		.handle = s,
		.in = (uintptr_t)arg,
		.out = (uintptr_t)arg,
		.code = code,
		.in_len = sizeof(*arg),
		.out_len = sizeof(*arg),
	};

	return ws_call(WINSOCK_IOC_SOCK_CONTROL, &a);
}

/* The pointer, or NULL. */
static void *ws_extension_find(const void *id)
{
	const struct ws_extension *e = ws_extensions;
	size_t count = sizeof(ws_extensions) / sizeof(*ws_extensions);

	for (; e < ws_extensions + count; e++)
		if (!memcmp(&e->id, id, sizeof(e->id)))
			return e->function;
	return NULL;
}

/*
 * SIO_GET_EXTENSION_FUNCTION_POINTER; *returned stays as it is when it fails
 * (windows-observed I8, I9).
 */
static int ws_extension(uintptr_t s, const void *in, unsigned int in_len,
			void *out, unsigned int out_len, unsigned int *returned)
{
	void *function = NULL;
	int code = WSAEFAULT;

	if (in && in_len >= sizeof(struct ws_guid) && out &&
	    out_len >= sizeof(function)) {
		function = ws_extension_find(in);
		code = function ? 0 : WSAEINVAL;
	}
	ws_fail(s, code);
	if (ws_last_error)
		return WS_SOCKET_ERROR;
	memcpy(out, &function, sizeof(function));
	*returned = sizeof(function);
	return 0;
}

/* Without a pointer to it, *returned is missed whatever the code (I1). */
WS_API int winsock_wsaioctl(uintptr_t s, unsigned int code, void *in,
			    unsigned int in_len, void *out,
			    unsigned int out_len, unsigned int *returned,
			    void *overlapped, void *routine)
{
	struct winsock_sock_control a = {
		.size = sizeof(a),
		.flags = WS_CONTROL_FLAGS,
		.handle = s,
		.in = (uintptr_t)in,
		.out = (uintptr_t)out,
		.code = code,
		.in_len = in_len,
		.out_len = out_len,
	};
	int ret;

	if (!returned)
		return ws_fail(s, WSAEFAULT);
	/* The page on it: lpOverlapped must be NULL. */
	if (overlapped && code == WINSOCK_SIO_BSP_HANDLE_POLL)
		return ws_fail(s, WSAEFAULT);
	if (overlapped || routine)
		return ws_fail(s, WSAEOPNOTSUPP);
	if (code == WS_SIO_GET_EXTENSION_FUNCTION_POINTER)
		return ws_extension(s, in, in_len, out, out_len, returned);
	/* Its one table is that of registered I/O, which there is none of. */
	if (code == WS_SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER)
		return ws_fail(s, WSAEINVAL);
	a.out_returned = *returned;
	ret = ws_call(WINSOCK_IOC_SOCK_CONTROL, &a);
	*returned = a.out_returned;
	return ret;
}
