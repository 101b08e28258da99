/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_POLL_H
#define WS_POLL_H

#include "sock.h"

/* What select asks about a socket; bits, since a set may stand for several. */
enum {
	WS_READABLE = 1,
	WS_WRITABLE = 2,
	WS_EXCEPTIONAL = 4,
};

/**
 * struct ws_poll_entry - one socket that a call waits for
 * @ws:     the socket, with a user held; NULL if the handle named none
 * @handle: as the caller gave it
 * @wanted: WS_READABLE and the like, or WINSOCK_POLL* events
 * @ready:  those of @wanted that hold; for WSAPoll all that hold
 */
struct ws_poll_entry {
	struct ws_sock *ws;
	u64 handle;
	u16 wanted;
	u16 ready;
};

#define WS_POLL_FAST	16

/**
 * struct ws_poll - the sockets that one call waits for
 * @call:    the call
 * @entries: as many as @count; @fast if they are few
 * @count:   their number
 * @ready:   entries whose ready is not 0
 * @scan:    fills in an entry's ready; called with the task running
 * @fast:    room for few
 *
 * On the waiting thread's stack, or allocated by it.
 */
struct ws_poll {
	struct ws_call *call;
	struct ws_poll_entry *entries;
	u32 count;
	u32 ready;
	void (*scan)(struct ws_poll_entry *e, __poll_t events);
	struct ws_poll_entry fast[WS_POLL_FAST];
};

int ws_poll_init(struct ws_poll *p, struct ws_call *call, u32 count);
void ws_poll_exit(struct ws_poll *p);
int ws_poll_wait(struct ws_poll *p, s64 timeout, s64 *deadline);
bool ws_poll_connect_failed(struct ws_sock *ws);

int ws_sock_select(struct ws_call *call);
int ws_sock_pollfds(struct ws_call *call);

#endif /* WS_POLL_H */
