// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Network events: WSAEventSelect, WSAEnumNetworkEvents, WSAAsyncSelect.
 */
#include "internal.h"

WS_API int winsock_wsaeventselect(uintptr_t s, void *event, long events)
{
	struct winsock_event_select a = {
		.size = sizeof(a),
		.handle = s,
		.event = (uintptr_t)event,
		.events = events,
	};

	return ws_call(WINSOCK_IOC_EVENT_SELECT, &a);
}

WS_API int winsock_wsaenumnetworkevents(uintptr_t s, void *event, void *events)
{
	struct winsock_event_enum a = {
		.size = sizeof(a),
		.handle = s,
		.event = (uintptr_t)event,
		.result = (uintptr_t)events,
	};

	return ws_call(WINSOCK_IOC_EVENT_ENUM, &a);
}

/* No window is one to whom no message can go. */
WS_API int winsock_wsaasyncselect(uintptr_t s, void *window,
				  unsigned int message, long events)
{
	struct winsock_async_select a = {
		.size = sizeof(a),
		.handle = s,
		.window = (uintptr_t)window,
		.message = message,
		.events = events,
	};

	if (!window && events)
		return ws_fail(s, WSAEINVAL);
	return ws_call(WINSOCK_IOC_ASYNC_SELECT, &a);
}
