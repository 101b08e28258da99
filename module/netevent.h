/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_NETEVENT_H
#define WS_NETEVENT_H

#include <linux/spinlock.h>
#include <linux/wait.h>
#include "netchange.h"
#include "sock.h"

struct ws_async;
struct ws_event;
struct seq_file;

#define WS_FD_ALL	((1U << WINSOCK_FD_MAX_EVENTS) - 1)

/**
 * struct ws_netevent - what has happened to a socket, and who wants to know
 * @ws:       the socket, which owns this                              [const]
 * @wait:     on the socket's wait queue, once @attached
 * @attached: what happens is noticed                              [@ws->lock]
 * @lock:     all that follows; in softirq too, inside of the socket's wait
 *            queue's lock
 * @received: of a TCP stream: all bytes up to here have been told
 * @urgent:   likewise: the urgent byte that was told last, if @urgent_told
 * @urgent_told: see @urgent
 * @connecting: an attempt is under way that nobody has told the end of
 * @refusal:  code of an attempt that failed in the background, and that no window
 *            was told; counts until a call has told of it; 0: none
 * @connected: a stream that is, or was, connected
 * @ended:    and the end of which has been told
 * @ended_code: with this code
 * @blocked:  a send found no room, or who registered; that there is some is to be
 *            told
 * @recorded: WINSOCK_FD_*: what WSAEnumNetworkEvents will tell; kept whether or
 *            not anybody registered
 * @codes:    with these codes
 * @mask:     what is registered for with @event; 0: nothing
 * @event:    set when one of @mask is recorded; holds its memory
 * @async:    a registration for messages instead, or NULL
 * @change:   on the queue of the namespace's changes, once @watching
 * @watching: set once                                              [@ws->lock]
 * @place:    number of the change that was asked for, plus one; 0: none was
 *
 * Made when somebody first registers, or asks to be told of a change; lives as
 * long as the socket's memory.
 */
struct ws_netevent {
	struct ws_sock *ws;
	wait_queue_entry_t wait;
	bool attached;
	spinlock_t lock;		/* 5 in the lock order */
	u32 received;
	u32 urgent;
	bool urgent_told;
	bool connecting;
	int refusal;
	bool connected;
	bool ended;
	u16 ended_code;
	bool blocked;
	u32 recorded;
	u16 codes[WINSOCK_FD_MAX_EVENTS];
	u32 mask;
	struct ws_event *event;
	struct ws_async *async;
	wait_queue_entry_t change;
	bool watching;
	u64 place[WS_NETCHANGE_KINDS];
};

bool ws_netevent_prepare(struct ws_sock *conn, struct ws_sock *lsn);
void ws_netevent_name(struct ws_sock *conn, u64 handle);
void ws_netevent_inherit(struct ws_sock *conn);
void ws_netevent_close(struct ws_sock *ws);
void ws_netevent_release(struct ws_sock *ws);
void ws_netevent_show(struct ws_sock *ws, struct seq_file *m);

struct ws_netevent *ws_netevent_make(struct ws_sock *ws);
void ws_netevent_register(struct ws_netevent *ne, u32 mask,
			  struct ws_event *event, struct ws_async *async);
bool ws_netevent_set_blocking(struct ws_sock *ws);
int ws_netevent_ask_change(struct ws_sock *ws, enum ws_netchange what);

/* For those below, once there is something to tell. */
void __ws_netevent_bound(struct ws_sock *ws);
void __ws_netevent_connecting(struct ws_sock *ws);
void __ws_netevent_connect_done(struct ws_sock *ws, int code);
void __ws_netevent_taken(struct ws_sock *ws, u32 event, bool looked);
void __ws_netevent_blocked(struct ws_sock *ws);

int ws_event_select(struct ws_call *call);
int ws_event_enum(struct ws_call *call);
int ws_async_select(struct ws_call *call);

/* Set once under @ws->lock, before anything can be told. */
static inline struct ws_netevent *ws_netevent_of(const struct ws_sock *ws)
{
	/* Pairs with smp_store_release() in ws_netevent_make(). */
	return smp_load_acquire(&ws->netevent);
}

/* A datagram socket has got a name. */
static inline void ws_netevent_bound(struct ws_sock *ws)
{
	if (unlikely(ws_netevent_of(ws)))
		__ws_netevent_bound(ws);
}

/* An attempt to connect begins; @ws->lock is held until it is under way. */
static inline void ws_netevent_connecting(struct ws_sock *ws)
{
	if (unlikely(ws_netevent_of(ws)))
		__ws_netevent_connecting(ws);
}

/* It has ended at once, 0 or with a WSAE code; WSAEWOULDBLOCK: it has not. */
static inline void ws_netevent_connect_done(struct ws_sock *ws, int code)
{
	if (unlikely(ws_netevent_of(ws)))
		__ws_netevent_connect_done(ws, code);
}

/* accept, or recv, may have taken something; @looked: past its checks. */
static inline void ws_netevent_taken(struct ws_sock *ws, u32 event,
				     bool looked)
{
	if (unlikely(ws_netevent_of(ws)))
		__ws_netevent_taken(ws, event, looked);
}

/* A send was answered WSAEWOULDBLOCK. */
static inline void ws_netevent_blocked(struct ws_sock *ws)
{
	if (unlikely(ws_netevent_of(ws)))
		__ws_netevent_blocked(ws);
}

#endif /* WS_NETEVENT_H */
