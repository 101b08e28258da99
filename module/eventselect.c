// SPDX-License-Identifier: GPL-2.0-only
/*
 * WSAEventSelect, WSAEnumNetworkEvents, WSAAsyncSelect.
 */
#include <linux/uaccess.h>
#include "async.h"
#include "event.h"
#include "netevent.h"

/*
 * Replace a socket's registration; @event and @async, if any, are used up.
 * Nonblocking in any case, also to end a registration (WSAEventSelect page).
 */
static int ws_select_events(struct ws_sock *ws, u32 mask,
			    struct ws_event *event, struct ws_async *async)
{
	struct ws_netevent *ne;

	set_bit(WS_SOCK_NONBLOCK, &ws->flags);
	if (!mask && !async && !ws_netevent_of(ws))
		return 0;
	ne = ws_netevent_make(ws);
	if (ne) {
		ws_netevent_register(ne, mask, event, async);
		return 0;
	}
	if (event)
		ws_event_drop(event);
	if (async)
		ws_async_put(async);
	return WSAENOBUFS;
}

/* WINSOCK_IOC_EVENT_SELECT */
int ws_event_select(struct ws_call *call)
{
	struct winsock_event_select *a = &call->event_select;
	struct ws_event *event = NULL;
	struct ws_sock *ws;
	int err = 0;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	if (a->events & ~WS_FD_ALL) {
		err = WSAEINVAL;
	} else if (a->events) {
		event = ws_event_lookup(call, a->event);
		if (!event)
			err = WSAEINVAL;
	}
	if (event) {
		/* The registration keeps it in memory, and not at work. */
		ws_event_hold(event);
		ws_event_put(event);
	}
	if (!err)
		err = ws_select_events(ws, a->events, event, NULL);
	ws_sock_put(ws);
	return err;
}

/* WINSOCK_IOC_ASYNC_SELECT */
int ws_async_select(struct ws_call *call)
{
	struct winsock_async_select *a = &call->async_select;
	struct ws_async *async = NULL;
	struct ws_sock *ws;
	int err = 0;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	if (a->events & ~WS_FD_ALL) {
		err = WSAEINVAL;
	} else if (a->events) {
		async = ws_async_create(call->ctx->messages, a->handle,
					a->window, a->message, a->events);
		if (!async)
			err = WSAENOBUFS;
	}
	if (!err)
		err = ws_select_events(ws, 0, NULL, async);
	ws_sock_put(ws);
	return err;
}

/* Take what is told, and reset the event in the same step. */
static u32 ws_event_take(struct ws_netevent *ne, struct ws_event *event,
			 u16 codes[WINSOCK_FD_MAX_EVENTS], bool *was_set)
{
	u32 events;

	spin_lock_irq(&ne->lock);
	events = ne->recorded & ne->mask;
	ne->recorded &= ~events;
	memcpy(codes, ne->codes, sizeof(ne->codes));
	if (event)
		*was_set = ws_event_reset(event);
	spin_unlock_irq(&ne->lock);
	return events;
}

/* The caller never saw it, so it is still to be told. */
static void ws_event_untake(struct ws_netevent *ne, u32 events)
{
	spin_lock_irq(&ne->lock);
	ne->recorded |= events;
	if (ne->recorded & ne->mask)
		ws_event_set(ne->event);
	spin_unlock_irq(&ne->lock);
}

static int ws_event_put_result(u64 addr, u32 events, const u16 *codes)
{
	struct winsock_network_events __user *r = u64_to_user_ptr(addr);
	u32 __user *to = r->codes;
	u32 i, left;

	if (!user_write_access_begin(r, sizeof(*r)))
		return WSAEFAULT;
	unsafe_put_user(events, &r->events, fault);
	for (left = events; left; left &= left - 1) {
		i = __ffs(left);
		/* not r->codes[i]: a check of its bound may be a call */
		unsafe_put_user((u32)codes[i], to + i, fault);
	}
	user_write_access_end();
	return 0;

fault:
	user_write_access_end();
	return WSAEFAULT;
}

static int ws_event_enumerate(struct ws_sock *ws, struct ws_event *event,
			      u64 result)
{
	struct ws_netevent *ne = ws_netevent_of(ws);
	u16 codes[WINSOCK_FD_MAX_EVENTS];
	bool was_set = false;
	u32 events;
	int err;

	if (!ne) {
		err = ws_event_put_result(result, 0, NULL);
		if (!err && event)
			ws_event_reset(event);
		return err;
	}
	events = ws_event_take(ne, event, codes, &was_set);
	err = ws_event_put_result(result, events, codes);
	if (err && events)
		ws_event_untake(ne, events);
	/* Of another socket too, which shares it. */
	if (err && was_set)
		ws_event_set(event);
	return err;
}

/* WINSOCK_IOC_EVENT_ENUM */
int ws_event_enum(struct ws_call *call)
{
	struct winsock_event_enum *a = &call->event_enum;
	struct ws_event *event = NULL;
	struct ws_sock *ws;
	int err = WSAEINVAL;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	if (a->event)
		event = ws_event_lookup(call, a->event);
	if (event || !a->event)
		err = ws_event_enumerate(ws, event, a->result);
	if (event)
		ws_event_put(event);
	ws_sock_put(ws);
	return err;
}
