// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The calls of <windows.h>.
 */
#include <time.h>
#include <unistd.h>

#include "internal.h"

#define ERROR_INVALID_HANDLE	6
#define INFINITE		0xffffffffU

/* Success leaves the last error alone, as Win32 calls do. */
WS_API int winsock_closehandle(void *object)
{
	struct winsock_handle_close a = {
		.size = sizeof(a),
		.handle = (uintptr_t)object,
	};

	if (!ws_ioctl(WINSOCK_IOC_HANDLE_CLOSE, &a))
		return 1;
	ws_last_error = ERROR_INVALID_HANDLE;
	return 0;
}

WS_API void winsock_sleep(unsigned int milliseconds)
{
	struct timespec left = {
		.tv_sec = milliseconds / 1000,
		.tv_nsec = milliseconds % 1000 * 1000000,
	};

	do {
		while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left))
			;
		left.tv_sec = INFINITE / 1000;
	} while (milliseconds == INFINITE);
}

/* Since the machine was started, time asleep included. */
WS_API unsigned long long winsock_gettickcount64(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec * 1000ULL + now.tv_nsec / 1000000;
}

WS_API unsigned int winsock_gettickcount(void)
{
	return winsock_gettickcount64();
}

WS_API unsigned int winsock_getcurrentprocessid(void)
{
	return getpid();
}

WS_API unsigned int winsock_getcurrentthreadid(void)
{
	return gettid();
}
