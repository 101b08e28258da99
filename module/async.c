// SPDX-License-Identifier: GPL-2.0-only
/*
 * WSAAsyncSelect's state machine: a message for each network event, once, until
 * the call that the event asks for.
 */
#include <linux/bitops.h>
#include <linux/slab.h>
#include "async.h"

/* The socket has let go of it and no message of it waits; process context. */
static void ws_async_free(struct kref *ref)
{
	struct ws_async *async = container_of(ref, struct ws_async, ref);

	ws_messages_put(async->queue);
	kfree(async);
}

/**
 * ws_async_create() - a registration for messages
 * @queue:   of the caller's context
 * @handle:  the socket, as the messages name it
 * @window:  whom they are for
 * @message: their number
 * @mask:    WINSOCK_FD_*, not 0; nothing is armed yet
 *
 * Context: process, may sleep.
 * Return: the registration, with a reference, or NULL without memory.
 */
struct ws_async *ws_async_create(struct ws_messages *queue, u64 handle,
				 u64 window, u32 message, u32 mask)
{
	struct ws_async *async = kmalloc(sizeof(*async), WS_GFP);
	size_t i;

	if (!async)
		return NULL;
	kref_init(&async->ref);
	ws_messages_get(queue);
	async->queue = queue;
	async->mask = mask;
	async->armed = 0;
	for (i = 0; i < ARRAY_SIZE(async->own); i++) {
		ws_message_init(&async->own[i], &async->ref, ws_async_free);
		async->own[i].window = window;
		async->own[i].wparam = handle;
		async->own[i].message = message;
	}
	return async;
}

/**
 * ws_async_clone() - the same for a connection that inherits
 * @from: the listener's registration; the caller holds a reference
 *
 * Context: process, may sleep.
 * Return: the registration, for ws_async_set_handle(), or NULL without memory.
 */
struct ws_async *ws_async_clone(const struct ws_async *from)
{
	return ws_async_create(from->queue, 0, from->own[0].window,
			       from->own[0].message, from->mask);
}

/**
 * ws_async_set_handle() - what the messages name the socket
 * @async:  a clone that has told nothing yet
 * @handle: the connection's
 */
void ws_async_set_handle(struct ws_async *async, u64 handle)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(async->own); i++)
		async->own[i].wparam = handle;
}

/**
 * ws_async_end() - the socket lets go of a registration
 * @async: the registration; the caller's reference is used up
 *
 * Messages that wait still come.  But a program that registers over and over and
 * reads none shall not fill memory: when too many wait, this one's go with it.
 *
 * Context: process.
 */
void ws_async_end(struct ws_async *async)
{
	unsigned int n;

	n = ws_messages_withdraw(async->queue, async->own,
				 ARRAY_SIZE(async->own));
	while (n--)
		ws_async_put(async);
	ws_async_put(async);
}

/* Process context. */
void ws_async_put(struct ws_async *async)
{
	kref_put(&async->ref, ws_async_free);
}

/**
 * ws_async_arm() - have events told when they next happen
 * @async:  the registration
 * @events: WINSOCK_FD_*; those that are not registered for stay as they are
 *
 * Context: any; ws_netevent.lock held.
 */
void ws_async_arm(struct ws_async *async, u32 events)
{
	async->armed |= events & async->mask;
}

/**
 * ws_async_tell() - an event happened, or holds
 * @async: the registration
 * @event: one WINSOCK_FD_* bit
 * @code:  0 or a WSAE code
 *
 * Context: any, interrupts off; ws_netevent.lock held.
 */
void ws_async_tell(struct ws_async *async, u32 event, int code)
{
	if (!(async->armed & event))
		return;
	async->armed &= ~event;
	ws_message_post(async->queue, &async->own[__ffs(event)],
			event | (u32)code << 16);
}
