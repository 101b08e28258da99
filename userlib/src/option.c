// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Options.
 */
#include <string.h>

#include "internal.h"
#include "protocol.h"

#define SO_PROTOCOL_INFOA	0x2004
#define SO_PROTOCOL_INFOW	0x2005

/* No memory of a program is below. */
#define WS_LOWEST	4096

/* SO_OPENTYPE of the thread: 0, or what kind of sockets it makes (T30). */
__thread int ws_open_type;

/* Of the thread and not of a socket, so the handle does not matter. */
static int is_open_type(int level, int name)
{
	return level == WINSOCK_SOL_SOCKET && name == WINSOCK_SO_OPENTYPE;
}

/* A negative length is a huge one (T4). */
static int get_open_type(void *value, int *len)
{
	int code = ws_started();

	if (code)
		return ws_result(code);
	if ((uintptr_t)value < WS_LOWEST || (uintptr_t)len < WS_LOWEST ||
	    (unsigned int)*len < sizeof(ws_open_type))
		return ws_result(WSAEFAULT);
	memcpy(value, &ws_open_type, sizeof(ws_open_type));
	*len = sizeof(ws_open_type);
	return ws_result(0);
}

static int set_open_type(const void *value, unsigned int len)
{
	int code = ws_started();

	if (code)
		return ws_result(code);
	if ((uintptr_t)value < WS_LOWEST || len < sizeof(ws_open_type))
		return ws_result(WSAEFAULT);
	memcpy(&ws_open_type, value, sizeof(ws_open_type));
	return ws_result(0);
}

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

	if (is_open_type(level, name))
		return get_open_type(value, len);
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

	if (is_open_type(level, name))
		return set_open_type(value, len);
	return ws_call(WINSOCK_IOC_SOCK_SETOPT, &a);
}
