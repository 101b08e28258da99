/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_POLL_H
#define WS_POLL_H

#include "sock.h"

/*
 * What may hold of a socket, bits.  The first three have the values of EPOLLIN,
 * EPOLLPRI and EPOLLOUT, the ones that the stack is asked for.
 */
enum {
	WS_READABLE	= BIT(0),
	WS_URGENT	= BIT(1),	/* out-of-band data, not in line */
	WS_WRITABLE	= BIT(2),
	WS_HUNG_UP	= BIT(3),	/* the peer sends no more */
	WS_ABORTED	= BIT(4),	/* the connection is over */
	WS_FAILED	= BIT(5),	/* alone: the last attempt to connect did */
	WS_CLOSED	= BIT(6),	/* alone: closesocket, during the call */
	WS_INVALID	= BIT(7),	/* alone: the handle names no socket */
};

/**
 * struct ws_poll_entry - one socket that a call waits for
 * @ws:     the socket, with a user held; NULL if the handle named none
 * @handle: as the caller gave it
 * @asked:  the bits above that make it ready
 * @ready:  those of @asked that hold
 */
struct ws_poll_entry {
	struct ws_sock *ws;
	u64 handle;
	u16 asked;
	u16 ready;
};

#define WS_POLL_FAST	16

/**
 * struct ws_poll - the sockets that one call waits for
 * @call:    the call
 * @entries: as many as @count; @fast if they are few
 * @count:   their number
 * @held:    the first of them, whose handles were looked up
 * @missing: those of @held that name no socket
 * @ready:   entries whose ready is not 0
 * @seen:    all that is in an entry's ready
 * @fast:    room for few
 *
 * On the waiting thread's stack, or allocated by it.
 */
struct ws_poll {
	struct ws_call *call;
	struct ws_poll_entry *entries;
	u32 count;
	u32 held;
	u32 missing;
	u32 ready;
	u16 seen;
	struct ws_poll_entry fast[WS_POLL_FAST];
};

int ws_poll_init(struct ws_poll *p, struct ws_call *call, u32 count);
void ws_poll_exit(struct ws_poll *p);
void ws_poll_lookup(struct ws_poll *p);
int ws_poll_wait(struct ws_poll *p, s64 timeout, s64 *deadline);

int ws_sock_select(struct ws_call *call);
int ws_sock_pollfds(struct ws_call *call);

#endif /* WS_POLL_H */
