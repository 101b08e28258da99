// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Options.
 */
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
