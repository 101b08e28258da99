// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Asynchronous procedure calls: the driver keeps them, and ends a thread's call
 * that would sleep when there is one; this runs them, in that thread, and calls
 * again.
 *
 * Nothing is held meanwhile: they may call Winsock, and leave by longjmp().
 */
#include "internal.h"

#define CURRENT_THREAD	((void *)(intptr_t)-2)

#define ERROR_INVALID_PARAMETER	87

/* What the driver keeps as a function: always one of this library's. */
typedef void apc_function(uintptr_t a, uintptr_t b, uintptr_t c);

/* PAPCFUNC */
typedef void user_function(uintptr_t data);

static void call_user(uintptr_t function, uintptr_t data, uintptr_t unused)
{
	(void)unused;
	((user_function *)function)(data);
}

/**
 * ws_apcs_run - run what is queued for the calling thread
 *
 * Until nothing is, also of what is queued by that.  errno is as it was.
 */
void ws_apcs_run(void)
{
	struct winsock_apc_take a = { .size = sizeof(a) };
	int saved = errno;

	while (!ws_ioctl_once(WINSOCK_IOC_APC_TAKE, &a))
		((apc_function *)(uintptr_t)a.out_function)(a.out_arg[0],
							    a.out_arg[1],
							    a.out_arg[2]);
	errno = saved;
}

/**
 * ws_alerted - go on with a blocking call that an APC ended
 * @cmd: WINSOCK_IOC_*
 * @arg: its struct, with the call's place
 *
 * Return: as ws_ioctl_once().
 */
int ws_alerted(unsigned int cmd, void *arg)
{
	ws_apcs_run();
	/* The handle has closed, and what lingers does so in the background. */
	if (cmd == WINSOCK_IOC_HANDLE_CLOSE)
		return 0;
	return ws_ioctl_once(cmd, arg);
}

/* Returns nonzero, with the last error as it was, or 0. */
WS_API unsigned int winsock_queueuserapc(void *function, void *thread,
					 uintptr_t data)
{
	int self = thread == CURRENT_THREAD;
	struct winsock_apc_queue a = {
		.size = sizeof(a),
		.flags = self ? WINSOCK_APC_SELF : 0,
		.handle = self ? 0 : (uintptr_t)thread,
		.function = (uintptr_t)call_user,
		.arg = { (uintptr_t)function, data },
	};
	int code = function ? ws_device_open() : ERROR_INVALID_PARAMETER;

	if (!code)
		code = ws_ioctl(WINSOCK_IOC_APC_QUEUE, &a);
	return ws_win32_result(code);
}

WS_API void *winsock_getcurrentthread(void)
{
	return CURRENT_THREAD;
}

/* Whatever access is asked for; a handle is never inherited. */
WS_API void *winsock_openthread(unsigned int access, int inherit,
				unsigned int thread)
{
	struct winsock_thread_open a = { .size = sizeof(a), .thread = thread };
	int code = thread ? ws_device_open() : ERROR_INVALID_PARAMETER;

	(void)access;
	(void)inherit;
	if (!code)
		code = ws_win32_code(ws_ioctl(WINSOCK_IOC_THREAD_OPEN, &a));
	return ws_win32_result(code) ? (void *)(uintptr_t)a.out_handle : NULL;
}
