// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The thread's last error: one cell under four names.
 */
#include "internal.h"

__thread int ws_last_error;

WS_API int winsock_wsagetlasterror(void)
{
	return ws_last_error;
}

WS_API void winsock_wsasetlasterror(int code)
{
	ws_last_error = code;
}

WS_API unsigned int winsock_getlasterror(void)
{
	return ws_last_error;
}

WS_API void winsock_setlasterror(unsigned int code)
{
	ws_last_error = code;
}
