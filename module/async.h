/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_ASYNC_H
#define WS_ASYNC_H

#include "message.h"

/**
 * struct ws_async - a registration for messages, WSAAsyncSelect's
 * @ref:   one for the socket, one for each of @own that waits in a queue
 * @queue: where the messages go; a reference                          [const]
 * @mask:  WINSOCK_FD_*: what is told                                  [const]
 * @armed: of those, what is told when it next happens      [ws_netevent.lock]
 * @own:   a message for each, so that telling needs no memory
 *
 * Each is told once, and again only after the call that it asks for
 * (windows-observed section 13, the model for M).
 */
struct ws_async {
	struct kref ref;
	struct ws_messages *queue;
	u32 mask;
	u32 armed;
	struct ws_message own[WINSOCK_FD_MAX_EVENTS];
};

struct ws_async *ws_async_create(struct ws_messages *queue, u64 handle,
				 u64 window, u32 message, u32 mask);
struct ws_async *ws_async_clone(const struct ws_async *from);
void ws_async_set_handle(struct ws_async *async, u64 handle);
void ws_async_end(struct ws_async *async);
void ws_async_put(struct ws_async *async);

void ws_async_arm(struct ws_async *async, u32 events);
void ws_async_tell(struct ws_async *async, u32 event, int code);

#endif /* WS_ASYNC_H */
