// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Event objects, and waiting for them and for sockets: as Winsock names it and
 * as Win32 does.
 *
 * The calls of Winsock want a WSAStartup and leave the last error at 0; those of
 * Win32 leave it as it was, and open the device themselves, since programs make
 * events before they start up.  WSACleanup does not close an event.
 */
#include "internal.h"

#define MAXIMUM_WAIT_OBJECTS	64
#define WAIT_FAILED		0xffffffffU
#define INFINITE		0xffffffffU

#define ERROR_INVALID_HANDLE	6
#define ERROR_NOT_ENOUGH_MEMORY	8
#define ERROR_NOT_SUPPORTED	50
#define ERROR_INVALID_PARAMETER	87
#define ERROR_NOACCESS		998

#ifdef __LP64__
#define WS_WAIT_FLAGS	0
#else
#define WS_WAIT_FLAGS	WINSOCK_WAIT_32
#endif

#define WS_NS_A_MS	1000000LL

/* What the driver says of a handle or of memory, in Win32's words. */
int ws_win32_code(int code)
{
	switch (code) {
	case WSANOTINITIALISED:	/* no device, so no handle */
	case WSAENOTSOCK:
		return ERROR_INVALID_HANDLE;
	case WSAENOBUFS:
	case WSAEMFILE:
		return ERROR_NOT_ENOUGH_MEMORY;
	case WSAEFAULT:
		return ERROR_NOACCESS;
	default:
		return code;
	}
}

static int create(unsigned int flags, void **event)
{
	struct winsock_event_create a = { .size = sizeof(a), .flags = flags };
	int code = ws_device_open();

	if (!code)
		code = ws_win32_code(ws_ioctl(WINSOCK_IOC_EVENT_CREATE, &a));
	*event = code ? NULL : (void *)(uintptr_t)a.out_handle;
	return code;
}

static int change(unsigned int cmd, const void *event)
{
	struct winsock_event_set a = {
		.size = sizeof(a),
		.handle = (uintptr_t)event,
	};

	return ws_win32_code(ws_ioctl(cmd, &a));
}

/* Returns a code, or 0 with the call's *result, which may be a time-out. */
static int wait_for(unsigned int count, const void *handles, int all,
		    unsigned int timeout, int alertable, unsigned int *result)
{
	struct winsock_wait a = {
		.size = sizeof(a),
		.flags = WS_WAIT_FLAGS | (all ? WINSOCK_WAIT_ALL : 0) |
			 (alertable ? WINSOCK_WAIT_ALERTABLE : 0),
		.handles = (uintptr_t)handles,
		.count = count,
		.timeout = timeout == INFINITE ? -1 : timeout * WS_NS_A_MS,
	};
	int code = ws_ioctl_once(WINSOCK_IOC_WAIT, &a);

	if (code == WINSOCK_WAIT_IO_COMPLETION)
		ws_apcs_run();
	else if (code && code != WINSOCK_WAIT_TIMEOUT)
		return ws_win32_code(code);
	*result = code ? code : (int)a.out_index;
	return 0;
}

WS_API void *winsock_wsacreateevent(void)
{
	int code = ws_started();
	void *event = NULL;

	if (!code)
		code = create(WINSOCK_EVENT_MANUAL, &event);
	ws_result(code);
	return event;
}

WS_API int winsock_wsacloseevent(void *event)
{
	struct winsock_handle_close a = {
		.size = sizeof(a),
		.flags = WINSOCK_CLOSE_EVENT,
		.handle = (uintptr_t)event,
	};
	int code = ws_started();

	return !ws_result(code ? code : ws_ioctl(WINSOCK_IOC_HANDLE_CLOSE, &a));
}

WS_API int winsock_wsasetevent(void *event)
{
	int code = ws_started();

	return !ws_result(code ? code : change(WINSOCK_IOC_EVENT_SET, event));
}

WS_API int winsock_wsaresetevent(void *event)
{
	int code = ws_started();

	return !ws_result(code ? code : change(WINSOCK_IOC_EVENT_RESET, event));
}

WS_API unsigned int winsock_wsawaitformultipleevents(unsigned int count,
						     const void *events,
						     int all,
						     unsigned int timeout,
						     int alertable)
{
	unsigned int result = WAIT_FAILED;
	int code = ws_started();

	if (!code && (!count || count > MAXIMUM_WAIT_OBJECTS || !events))
		code = ERROR_INVALID_PARAMETER;
	if (!code)
		code = wait_for(count, events, all, timeout, alertable,
				&result);
	ws_result(code);
	return result;
}

/* There is no name space that events could be found in. */
static void *create_event(int manual, int signalled, int named)
{
	void *event = NULL;
	int code = ERROR_NOT_SUPPORTED;

	if (!named)
		code = create((manual ? WINSOCK_EVENT_MANUAL : 0) |
			      (signalled ? WINSOCK_EVENT_SIGNALLED : 0),
			      &event);
	/* 0: none of that name was there before. */
	ws_last_error = code;
	return event;
}

WS_API void *winsock_createeventa(void *security, int manual, int signalled,
				  const char *name)
{
	(void)security;
	return create_event(manual, signalled, name && *name);
}

WS_API void *winsock_createeventw(void *security, int manual, int signalled,
				  const wchar_t *name)
{
	(void)security;
	return create_event(manual, signalled, name && *name);
}

WS_API int winsock_setevent(void *event)
{
	return ws_win32_result(change(WINSOCK_IOC_EVENT_SET, event));
}

WS_API int winsock_resetevent(void *event)
{
	return ws_win32_result(change(WINSOCK_IOC_EVENT_RESET, event));
}

WS_API unsigned int winsock_waitformultipleobjectsex(unsigned int count,
						     const void *handles,
						     int all,
						     unsigned int timeout,
						     int alertable)
{
	unsigned int result = WAIT_FAILED;
	int code = ERROR_INVALID_PARAMETER;

	if (count)
		code = wait_for(count, handles, all, timeout, alertable,
				&result);
	ws_win32_result(code);
	return result;
}

WS_API unsigned int winsock_waitformultipleobjects(unsigned int count,
						   const void *handles,
						   int all,
						   unsigned int timeout)
{
	return winsock_waitformultipleobjectsex(count, handles, all, timeout,
						0);
}

WS_API unsigned int winsock_waitforsingleobjectex(void *handle,
						  unsigned int timeout,
						  int alertable)
{
	return winsock_waitformultipleobjectsex(1, &handle, 0, timeout,
						alertable);
}

WS_API unsigned int winsock_waitforsingleobject(void *handle,
						unsigned int timeout)
{
	return winsock_waitformultipleobjectsex(1, &handle, 0, timeout, 0);
}

/* Without the device nobody can queue what would end it. */
WS_API unsigned int winsock_sleepex(unsigned int timeout, int alertable)
{
	unsigned int result;

	if (!alertable || ws_device_open() ||
	    wait_for(0, NULL, 0, timeout, 1, &result)) {
		winsock_sleep(timeout);
		return 0;
	}
	return result == WINSOCK_WAIT_IO_COMPLETION ? result : 0;
}
