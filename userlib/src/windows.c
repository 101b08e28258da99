// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The calls of <windows.h>.
 */
#include <time.h>
#include <unistd.h>

#include "internal.h"

#define ERROR_INVALID_HANDLE	6
#define ERROR_NOT_SUPPORTED	50
#define ERROR_INVALID_PARAMETER	87
#define HANDLE_FLAGS		0x3
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

/*
 * 0, or ERROR_INVALID_HANDLE.  To wait for all of an object and itself is wrong
 * if it is there, and takes nothing of it.
 */
static int look_at(void *object)
{
	void *twice[] = { object, object };
	int saved = ws_last_error;
	int code;

	winsock_waitformultipleobjects(2, twice, 1, 0);
	code = ws_last_error;
	ws_last_error = saved;
	return code == ERROR_INVALID_PARAMETER ? 0 : ERROR_INVALID_HANDLE;
}

WS_API int winsock_gethandleinformation(void *object, unsigned int *flags)
{
	int code = look_at(object);

	if (!code && !flags)
		code = ERROR_INVALID_PARAMETER;
	if (code) {
		ws_last_error = code;
		return 0;
	}
	*flags = 0;
	return 1;
}

WS_API int winsock_sethandleinformation(void *object, unsigned int mask,
					unsigned int flags)
{
	int code = look_at(object);

	if (!code && mask & ~HANDLE_FLAGS)
		code = ERROR_INVALID_PARAMETER;
	if (!code && mask & flags)
		code = ERROR_NOT_SUPPORTED;
	if (code)
		ws_last_error = code;
	return !code;
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
