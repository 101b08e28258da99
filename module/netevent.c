// SPDX-License-Identifier: GPL-2.0-only
/*
 * Network events: what happens to a socket, noticed where the stack wakes those
 * who wait for it, and told to two state machines (windows-observed section 13).
 *
 * WSAEventSelect's is the record: each happening sets a bit, whoever registers;
 * accept and recv clear theirs, to set it again if there is more; enumerating
 * clears what it tells.  WSAAsyncSelect's is in async.c.
 *
 * A socket is watched from the first registration on, for good.  What a record
 * would hold had it always been kept shows in the socket's state: see
 * ws_netevent_begin().
 *
 * The stack's wake-ups come with the socket's lock held, by a softirq or by a
 * process, so that a look at a TCP socket finds it whole.  (Those of the driver
 * itself do not; they are for listeners, where only a queue is looked at, and
 * for sockets that close.  Nor does an imported socket's error queue: then a FIN
 * may be told as data, which the next recv finds out.)
 */
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <net/tcp.h>
#include "async.h"
#include "event.h"
#include "icmp.h"
#include "netevent.h"

/* What tells of which change. */
static const u32 ws_netchange_event[WS_NETCHANGE_KINDS] = {
	[WS_NETCHANGE_ADDRESS] = WINSOCK_FD_ADDRESS_LIST_CHANGE,
	[WS_NETCHANGE_ROUTE] = WINSOCK_FD_ROUTING_INTERFACE_CHANGE,
};

/* Put it down for WSAEnumNetworkEvents. */
static void ws_netevent_record(struct ws_netevent *ne, u32 event, int code)
{
	lockdep_assert_held(&ne->lock);
	ne->recorded |= event;
	ne->codes[__ffs(event)] = code;
	if (ne->mask & event)
		ws_event_set(ne->event);
}

/* Something happened. */
static void ws_netevent_tell(struct ws_netevent *ne, u32 event, int code)
{
	ws_netevent_record(ne, event, code);
	if (ne->async)
		ws_async_tell(ne->async, event, code);
}

/* Bytes of a TCP stream so far, without the FIN that counts as one. */
static u32 ws_netevent_bytes(const struct sock *sk)
{
	return READ_ONCE(tcp_sk(sk)->rcv_nxt) - sock_flag(sk, SOCK_DONE);
}

/*
 * Whether the urgent byte, out of line, is one of those after @from.  A guess
 * without the socket's lock.
 */
static bool ws_netevent_urgent_among(const struct sock *sk, u32 from, u32 to)
{
	u32 seq = READ_ONCE(tcp_sk(sk)->urg_seq);

	return READ_ONCE(tcp_sk(sk)->urg_data) &&
	       !sock_flag(sk, SOCK_URGINLINE) &&
	       !before(seq, from) && before(seq, to);
}

static bool ws_netevent_has_urgent(const struct sock *sk)
{
	return READ_ONCE(tcp_sk(sk)->urg_data) & TCP_URG_VALID &&
	       !sock_flag(sk, SOCK_URGINLINE);
}

/* Whether recv, or accept, would find something. */
static bool ws_netevent_readable(const struct ws_netevent *ne)
{
	struct ws_sock *ws = ne->ws;
	struct sock *sk = ws->sock->sk;
	u32 from, to;

	if (!ws_sock_stream(ws))
		return ws_sock_events(ws) & EPOLLIN;
	if (ws_sock_unix(ws))
		return !skb_queue_empty_lockless(&sk->sk_receive_queue);
	if (ws_sock_listening(ws))
		return ws_sock_events(ws) & EPOLLIN;
	if (!ne->connected)
		return false;
	/* Reset; after both ends' FIN what came before is still to be had. */
	if (ws_sock_state(ws) == TCP_CLOSE && !sock_flag(sk, SOCK_DONE))
		return false;
	from = READ_ONCE(tcp_sk(sk)->copied_seq);
	to = ws_netevent_bytes(sk);
	return after(to, from + ws_netevent_urgent_among(sk, from, to));
}

static bool ws_netevent_writable(const struct ws_netevent *ne)
{
	struct ws_sock *ws = ne->ws;

	if (ws_sock_stream(ws) &&
	    (!ne->connected || ws_sock_state(ws) == TCP_CLOSE ||
	     test_bit(WS_SOCK_SEND_SHUT, &ws->flags)))
		return false;
	return ws_sock_events(ws) & EPOLLOUT;
}

/* Whether what an event tells holds now; a connect that succeeded is past. */
static bool ws_netevent_holds(const struct ws_netevent *ne, u32 event)
{
	struct ws_sock *ws = ne->ws;

	switch (event) {
	case WINSOCK_FD_READ:
		return !ws_sock_listening(ws) && ws_netevent_readable(ne);
	case WINSOCK_FD_WRITE:
		return ws_netevent_writable(ne);
	case WINSOCK_FD_OOB:
		return ws_sock_tcp(ws) && ne->connected &&
		       ws_netevent_has_urgent(ws->sock->sk);
	case WINSOCK_FD_ACCEPT:
		return ws_sock_stream(ws) && ws_sock_listening(ws) &&
		       ws_netevent_readable(ne);
	case WINSOCK_FD_CONNECT:
		return ne->refusal && ws_sock_state(ws) == TCP_CLOSE &&
		       ws_sock_attempt(ws) == SS_CONNECTING;
	case WINSOCK_FD_CLOSE:
		return ne->ended;
	default:
		return false;
	}
}

/* Tell a window what holds. */
static void ws_netevent_post(struct ws_netevent *ne, u32 event)
{
	int code = event == WINSOCK_FD_CLOSE ? ne->ended_code : 0;

	if (event == WINSOCK_FD_CONNECT && ne->async->mask & event)
		swap(code, ne->refusal);
	ws_async_tell(ne->async, event, code);
}

/* Whether a send would find no room, whoever did or did not try. */
static bool ws_netevent_full(const struct ws_netevent *ne)
{
	return (ne->connected || !ws_sock_stream(ne->ws)) &&
	       !(ws_sock_events(ne->ws) & EPOLLOUT);
}

/* Tell it all that does, those first that are lowest. */
static void ws_netevent_post_all(struct ws_netevent *ne)
{
	u32 bit;

	lockdep_assert_held(&ne->lock);
	ws_async_arm(ne->async, WS_FD_ALL);
	ne->blocked |= ws_netevent_full(ne);
	for (bit = 1; bit & WS_FD_ALL; bit <<= 1)
		if (ws_netevent_holds(ne, bit))
			ws_netevent_post(ne, bit);
}

/* How the stack says that an attempt failed. */
static int ws_netevent_refusal(const struct sock *sk)
{
	return ws_errno(WS_OP_CONNECT, -(READ_ONCE(sk->sk_err) ?:
					 ECONNREFUSED));
}

/* The attempt to connect has ended. */
static void ws_netevent_connected(struct ws_netevent *ne, int code)
{
	lockdep_assert_held(&ne->lock);
	ne->connecting = false;
	if (!code) {
		ne->connected = true;
		if (ws_sock_tcp(ne->ws))
			ne->received = ws_netevent_bytes(ne->ws->sock->sk);
	}
	ws_netevent_tell(ne, WINSOCK_FD_CONNECT, code);
	if (!code)
		ws_netevent_tell(ne, WINSOCK_FD_WRITE, 0);
}

/* Whether the stream has ended, with 0 or by an error (E49). */
static bool ws_netevent_at_end(const struct ws_netevent *ne, int *code)
{
	const struct ws_sock *ws = ne->ws;
	const struct sock *sk = ws->sock->sk;

	*code = 0;
	if (ws_sock_unix(ws)) {
		u8 shut = READ_ONCE(sk->sk_shutdown);

		/* Its peer's end, or its own? */
		if (shut & RCV_SHUTDOWN &&
		    !test_bit(WS_SOCK_RECV_SHUT, &ws->flags)) {
			*code = READ_ONCE(sk->sk_err) ? WSAECONNABORTED : 0;
			return true;
		}
		return false;
	}
	if (ws_sock_state(ws) == TCP_CLOSE) {
		if (READ_ONCE(sk->sk_err) || READ_ONCE(ws->dead) ||
		    !sock_flag(sk, SOCK_DONE))
			*code = WSAECONNABORTED;
		return true;
	}
	return sock_flag(sk, SOCK_DONE);
}

static void ws_netevent_look_end(struct ws_netevent *ne)
{
	int code;

	if (ne->ended || !ws_netevent_at_end(ne, &code))
		return;
	ne->ended = true;
	ne->ended_code = code;
	ws_netevent_tell(ne, WINSOCK_FD_CLOSE, code);
}

/* An urgent byte is told once. */
static void ws_netevent_look_urgent(struct ws_netevent *ne)
{
	u32 seq = READ_ONCE(tcp_sk(ne->ws->sock->sk)->urg_seq);

	if (!ws_netevent_has_urgent(ne->ws->sock->sk) ||
	    (ne->urgent_told && ne->urgent == seq))
		return;
	ne->urgent = seq;
	ne->urgent_told = true;
	ws_netevent_tell(ne, WINSOCK_FD_OOB, 0);
}

/* New data of a TCP stream: each arrival is told, but not a FIN's. */
static void ws_netevent_look_tcp(struct ws_netevent *ne)
{
	const struct sock *sk = ne->ws->sock->sk;
	u32 from = ne->received, to = ws_netevent_bytes(sk);

	ws_netevent_look_urgent(ne);
	if (!after(to, from))
		return;
	ne->received = to;
	if (after(to, from + ws_netevent_urgent_among(sk, from, to)))
		ws_netevent_tell(ne, WINSOCK_FD_READ, 0);
}

static void ws_netevent_look_stream(struct ws_netevent *ne, __poll_t key)
{
	struct ws_sock *ws = ne->ws;
	int state = ws_sock_state(ws), code = 0;

	lockdep_assert_held(&ne->lock);
	if (state == TCP_LISTEN) {
		if (key & EPOLLIN && ws_netevent_readable(ne))
			ws_netevent_tell(ne, WINSOCK_FD_ACCEPT, 0);
		return;
	}
	/* Before the stack begins it is TCP_CLOSE too, and that is no outcome. */
	if (ne->connecting && state != TCP_SYN_SENT && state != TCP_SYN_RECV &&
	    (state != TCP_CLOSE || ws_sock_attempt(ws) == SS_CONNECTING)) {
		if (state == TCP_CLOSE)
			code = ws_netevent_refusal(ws->sock->sk);
		ws_netevent_connected(ne, code);
		if (!ne->async || !(ne->async->mask & WINSOCK_FD_CONNECT))
			ne->refusal = code;
	}
	if (!ne->connected)
		return;
	if (ws_sock_tcp(ws))
		ws_netevent_look_tcp(ne);
	else if (key & EPOLLIN && ws_netevent_readable(ne))
		ws_netevent_tell(ne, WINSOCK_FD_READ, 0);
	ws_netevent_look_end(ne);
}

static void ws_netevent_look_blocked(struct ws_netevent *ne)
{
	lockdep_assert_held(&ne->lock);
	if (!ne->blocked || !ws_netevent_writable(ne))
		return;
	ne->blocked = false;
	ws_netevent_tell(ne, WINSOCK_FD_WRITE, 0);
}

/* In any context; the queue's lock is held, interrupts are off. */
static int ws_netevent_wake(wait_queue_entry_t *wait, unsigned int mode,
			    int sync, void *key)
{
	struct ws_netevent *ne = container_of(wait, struct ws_netevent, wait);
	struct ws_sock *ws = ne->ws;

	if (ws_obj_closed(&ws->obj))
		return 0;
	spin_lock(&ne->lock);
	if (ws_sock_stream(ws))
		ws_netevent_look_stream(ne, key_to_poll(key));
	else if (key_to_poll(key) & (EPOLLIN | EPOLLERR) &&
		 ws_netevent_readable(ne))
		ws_netevent_tell(ne, WINSOCK_FD_READ, 0);
	ws_netevent_look_blocked(ne);
	spin_unlock(&ne->lock);
	return 0;
}

/* The same, of the queue of a namespace's changes. */
static int ws_netevent_changed(wait_queue_entry_t *wait, unsigned int mode,
			       int sync, void *key)
{
	struct ws_netevent *ne = container_of(wait, struct ws_netevent, change);
	struct sock *sk = ne->ws->sock->sk;
	enum ws_netchange what;

	spin_lock(&ne->lock);
	for (what = 0; what < WS_NETCHANGE_KINDS; what++) {
		if (!ne->place[what] ||
		    ne->place[what] - 1 ==
		    ws_netchange_count(sock_net(sk), sk->sk_family, what))
			continue;
		ne->place[what] = 0;
		ws_netevent_tell(ne, ws_netchange_event[what], 0);
	}
	spin_unlock(&ne->lock);
	return 0;
}

static void ws_netevent_begin_stream(struct ws_netevent *ne)
{
	struct ws_sock *ws = ne->ws;
	struct sock *sk = ws->sock->sk;
	int state = ws_sock_state(ws);

	ne->connecting = state == TCP_SYN_SENT || state == TCP_SYN_RECV;
	ne->connected = ws_sock_was_connected(ws);
	if (ne->connected) {
		if (!test_bit(WS_SOCK_ACCEPTED, &ws->flags))
			ws_netevent_record(ne, WINSOCK_FD_CONNECT, 0);
		ws_netevent_record(ne, WINSOCK_FD_WRITE, 0);
		if (ws_sock_tcp(ws)) {
			ne->received = ws_netevent_bytes(sk);
			ws_netevent_look_urgent(ne);
		}
		ws_netevent_look_end(ne);
	} else if (ws_sock_attempt(ws) == SS_CONNECTING && state == TCP_CLOSE) {
		ne->refusal = ws_netevent_refusal(sk);
		ws_netevent_record(ne, WINSOCK_FD_CONNECT, ne->refusal);
	}
}

/*
 * What the record would hold by now: data and connections that wait, since recv
 * and accept set their bits again (E11, E31); that the socket became able to
 * send, which nothing clears (E16, E24); how connect ended (E17).
 */
static void ws_netevent_begin(struct ws_netevent *ne)
{
	struct ws_sock *ws = ne->ws;

	lockdep_assert_held(&ne->lock);
	if (ws_sock_stream(ws)) {
		ws_netevent_begin_stream(ne);
	} else {
		if (ws_sock_has_peer(ws))
			ws_netevent_record(ne, WINSOCK_FD_CONNECT, 0);
		if (test_bit(WS_SOCK_BOUND, &ws->flags))
			ws_netevent_record(ne, WINSOCK_FD_WRITE, 0);
	}
	/* Until now nobody noticed room that went, or came back. */
	ne->blocked = ws_netevent_full(ne);
	if (ws_netevent_holds(ne, WINSOCK_FD_ACCEPT))
		ws_netevent_record(ne, WINSOCK_FD_ACCEPT, 0);
	if (ws_netevent_holds(ne, WINSOCK_FD_READ))
		ws_netevent_record(ne, WINSOCK_FD_READ, 0);
}

/* Nothing is missed between the look and the first wake-up. */
static void ws_netevent_attach_locked(struct ws_netevent *ne)
{
	struct sock *sk = ne->ws->sock->sk;

	lockdep_assert_held(&ne->ws->lock);
	lock_sock(sk);
	add_wait_queue(&ne->ws->sock->wq.wait, &ne->wait);
	spin_lock_irq(&ne->lock);
	ws_netevent_begin(ne);
	if (ne->async)
		ws_netevent_post_all(ne);
	spin_unlock_irq(&ne->lock);
	release_sock(sk);
	ne->attached = true;
}

static struct ws_netevent *ws_netevent_alloc(struct ws_sock *ws)
{
	struct ws_netevent *ne = kzalloc(sizeof(*ne), WS_GFP);

	if (!ne)
		return NULL;
	ne->ws = ws;
	spin_lock_init(&ne->lock);
	init_waitqueue_func_entry(&ne->wait, ws_netevent_wake);
	init_waitqueue_func_entry(&ne->change, ws_netevent_changed);
	return ne;
}

/**
 * ws_netevent_make() - have a socket watched
 * @ws: the socket; the caller holds a user
 *
 * Context: process, no locks.
 * Return: what happens to it, from now on and until now; NULL without memory.
 */
struct ws_netevent *ws_netevent_make(struct ws_sock *ws)
{
	struct ws_netevent *ne;

	mutex_lock(&ws->lock);
	ne = ws->netevent ?: ws_netevent_alloc(ws);
	if (ne && !ne->attached)
		ws_netevent_attach_locked(ne);
	if (ne && !ws->netevent)
		/* Pairs with smp_load_acquire() in ws_netevent_of(). */
		smp_store_release(&ws->netevent, ne);
	mutex_unlock(&ws->lock);
	return ne;
}

/* What a registration held, if it did. */
static void ws_netevent_let_go(struct ws_event *event, struct ws_async *async)
{
	if (event)
		ws_event_drop(event);
	if (async)
		ws_async_end(async);
}

/**
 * ws_netevent_register() - replace a socket's registration
 * @ne:    what happens to the socket; the caller holds a user of it
 * @mask:  WINSOCK_FD_* for @event, or 0
 * @event: held by the caller for the registration, or NULL without @mask
 * @async: registration for messages instead, or NULL; the caller's reference
 *
 * Context: process, may sleep.
 */
void ws_netevent_register(struct ws_netevent *ne, u32 mask,
			  struct ws_event *event, struct ws_async *async)
{
	struct ws_sock *ws = ne->ws;

	/* A look at a TCP stream wants its lock. */
	lock_sock(ws->sock->sk);
	spin_lock_irq(&ne->lock);
	ne->mask = mask;
	swap(ne->event, event);
	swap(ne->async, async);
	if (ne->mask || ne->async)
		set_bit(WS_SOCK_NONBLOCK, &ws->flags);
	if (ne->recorded & mask)
		ws_event_set(ne->event);
	/* A send that found room for all may have left none. */
	if (mask & WINSOCK_FD_WRITE)
		ne->blocked |= ws_netevent_full(ne);
	if (ne->async)
		ws_netevent_post_all(ne);
	spin_unlock_irq(&ne->lock);
	release_sock(ws->sock->sk);
	ws_netevent_let_go(event, async);
}

/* For a socket that closes, and one that gives its registration up. */
static void ws_netevent_unregister(struct ws_netevent *ne)
{
	struct ws_event *event = NULL;
	struct ws_async *async = NULL;

	spin_lock_irq(&ne->lock);
	ne->mask = 0;
	swap(ne->event, event);
	swap(ne->async, async);
	spin_unlock_irq(&ne->lock);
	ws_netevent_let_go(event, async);
}

/* A reference to what a listener is registered for with messages. */
static struct ws_async *ws_netevent_async(struct ws_netevent *ne)
{
	struct ws_async *async;

	spin_lock_irq(&ne->lock);
	async = ne->async;
	if (async)
		kref_get(&async->ref);
	spin_unlock_irq(&ne->lock);
	return async;
}

/* The same registration for a connection, whose handle is not known yet. */
static bool ws_netevent_copy(struct ws_netevent *to, struct ws_netevent *from)
{
	struct ws_async *async = ws_netevent_async(from);

	ws_netevent_unregister(to);
	if (async) {
		to->async = ws_async_clone(async);
		ws_async_put(async);
		return to->async;
	}
	spin_lock_irq(&from->lock);
	to->mask = from->mask;
	to->event = from->event;
	if (to->event)
		ws_event_hold(to->event);
	spin_unlock_irq(&from->lock);
	return true;
}

/**
 * ws_netevent_prepare() - take what a connection is to inherit
 * @conn: nobody else has it yet
 * @lsn:  its listener; the caller holds a user
 *
 * Context: process, may sleep.
 * Return: false without memory.
 */
bool ws_netevent_prepare(struct ws_sock *conn, struct ws_sock *lsn)
{
	struct ws_netevent *from = ws_netevent_of(lsn);

	if (likely(!from))
		return true;
	if (!conn->netevent)
		conn->netevent = ws_netevent_alloc(conn);
	return conn->netevent && ws_netevent_copy(conn->netevent, from);
}

/**
 * ws_netevent_name() - a connection is about to be handed over
 * @conn:   nobody else has it yet
 * @handle: which its program will know it by
 *
 * Context: any.
 */
void ws_netevent_name(struct ws_sock *conn, u64 handle)
{
	if (conn->netevent->async)
		ws_async_set_handle(conn->netevent->async, handle);
}

/**
 * ws_netevent_inherit() - a connection has been handed over
 * @conn: a connection; the caller holds a user
 *
 * What has come since it was made is told now (A6), so nothing is missed
 * whenever accept returns.
 *
 * Context: process, may sleep.
 */
void ws_netevent_inherit(struct ws_sock *conn)
{
	struct ws_netevent *ne = conn->netevent;
	bool registered;

	spin_lock_irq(&ne->lock);
	registered = ne->mask || ne->async;
	if (registered)
		set_bit(WS_SOCK_NONBLOCK, &conn->flags);
	spin_unlock_irq(&ne->lock);
	if (!registered)
		return;
	mutex_lock(&conn->lock);
	if (!ne->attached)
		ws_netevent_attach_locked(ne);
	mutex_unlock(&conn->lock);
}

/* A datagram socket has got a name (E22). */
void __ws_netevent_bound(struct ws_sock *ws)
{
	struct ws_netevent *ne = ws->netevent;

	if (ws_sock_stream(ws))
		return;
	spin_lock_irq(&ne->lock);
	ws_netevent_tell(ne, WINSOCK_FD_WRITE, 0);
	spin_unlock_irq(&ne->lock);
}

void __ws_netevent_connecting(struct ws_sock *ws)
{
	struct ws_netevent *ne = ws->netevent;

	lockdep_assert_held(&ws->lock);
	spin_lock_irq(&ne->lock);
	if (ws_sock_stream(ws)) {
		ne->connecting = true;
		ne->refusal = 0;
		if (ne->async)
			ws_async_arm(ne->async, WINSOCK_FD_CONNECT);
	}
	spin_unlock_irq(&ne->lock);
}

/*
 * Of datagrams only the record knows a connect, and only messages that there is
 * room again; that it bound the socket has been told (E21).
 */
void __ws_netevent_connect_done(struct ws_sock *ws, int code)
{
	struct ws_netevent *ne = ws->netevent;

	if (code == WSAEWOULDBLOCK)
		return;
	spin_lock_irq(&ne->lock);
	if (ne->connecting) {
		ws_netevent_connected(ne, code);
	} else if (!ws_sock_stream(ws) && !code) {
		ws_netevent_record(ne, WINSOCK_FD_CONNECT, 0);
		if (ne->async) {
			ws_async_arm(ne->async, WINSOCK_FD_WRITE);
			ws_async_tell(ne->async, WINSOCK_FD_WRITE, 0);
		}
	}
	spin_unlock_irq(&ne->lock);
}

/* There may be more to take: a look that wants a TCP stream's lock. */
static void ws_netevent_again(struct ws_netevent *ne, u32 event, bool looked)
{
	struct sock *sk = ne->ws->sock->sk;

	lock_sock(sk);
	spin_lock_irq(&ne->lock);
	if (ws_netevent_holds(ne, event)) {
		/* One that came meanwhile has set it already. */
		if (looked && !(ne->recorded & event))
			ws_netevent_record(ne, event, 0);
		if (ne->async)
			ws_async_tell(ne->async, event, 0);
	}
	spin_unlock_irq(&ne->lock);
	release_sock(sk);
}

/*
 * A call that failed its checks is none to the record, and one like any other
 * to messages (E30).
 */
void __ws_netevent_taken(struct ws_sock *ws, u32 event, bool looked)
{
	struct ws_netevent *ne = ws->netevent;
	bool more;

	spin_lock_irq(&ne->lock);
	if (looked)
		ne->recorded &= ~event;
	if (ne->async)
		ws_async_arm(ne->async, event);
	more = event == WINSOCK_FD_OOB || ws_netevent_readable(ne);
	spin_unlock_irq(&ne->lock);
	if (more)
		ws_netevent_again(ne, event, looked);
}

/* Told when there is room, which may be by now (E36). */
void __ws_netevent_blocked(struct ws_sock *ws)
{
	struct ws_netevent *ne = ws->netevent;

	spin_lock_irq(&ne->lock);
	ne->blocked = true;
	if (ne->async)
		ws_async_arm(ne->async, WINSOCK_FD_WRITE);
	ws_netevent_look_blocked(ne);
	spin_unlock_irq(&ne->lock);
}

/**
 * ws_netevent_set_blocking() - FIONBIO 0
 * @ws: the socket; the caller holds a user
 *
 * Context: process.
 * Return: false while there is a registration (E2).
 */
bool ws_netevent_set_blocking(struct ws_sock *ws)
{
	struct ws_netevent *ne = ws_netevent_of(ws);
	bool registered;

	if (!ne) {
		clear_bit(WS_SOCK_NONBLOCK, &ws->flags);
		return true;
	}
	spin_lock_irq(&ne->lock);
	registered = ne->mask || ne->async;
	if (!registered)
		clear_bit(WS_SOCK_NONBLOCK, &ws->flags);
	spin_unlock_irq(&ne->lock);
	return !registered;
}

/**
 * ws_netevent_ask_change() - a program wants to be told of the next change
 * @ws:   the socket; the caller holds a user
 * @what: of what; its namespace is watched
 *
 * Context: process, no locks.
 * Return: 0 or WSAENOBUFS.
 */
int ws_netevent_ask_change(struct ws_sock *ws, enum ws_netchange what)
{
	struct sock *sk = ws->sock->sk;
	struct ws_netevent *ne = ws_netevent_make(ws);

	if (!ne)
		return WSAENOBUFS;
	mutex_lock(&ws->lock);
	if (!ne->watching)
		ws_netchange_listen(sock_net(sk), &ne->change);
	ne->watching = true;
	mutex_unlock(&ws->lock);

	/* A change that is not in the count yet wakes us after this. */
	spin_lock_irq(&ne->lock);
	ne->place[what] = 1 + ws_netchange_count(sock_net(sk), sk->sk_family,
						 what);
	if (ne->async)
		ws_async_arm(ne->async, ws_netchange_event[what]);
	spin_unlock_irq(&ne->lock);
	return 0;
}

/* For debugfs: what is registered for, by event or by message, and recorded. */
void ws_netevent_show(struct ws_sock *ws, struct seq_file *m)
{
	struct ws_netevent *ne = ws_netevent_of(ws);
	u32 event, message, recorded;

	if (!ne)
		return;
	spin_lock_irq(&ne->lock);
	event = ne->mask;
	message = ne->async ? ne->async->mask : 0;
	recorded = ne->recorded;
	spin_unlock_irq(&ne->lock);
	seq_printf(m, " event=%#x message=%#x recorded=%#x", event, message,
		   recorded);
}

/**
 * ws_netevent_close() - the socket closes: nobody is told anything any more
 * @ws: the socket
 *
 * Windows' closesocket ends the registration before the handle; CloseHandle
 * does not know of it, and a window still hears FD_CLOSE (windows-observed G8).
 *
 * Context: process.
 */
void ws_netevent_close(struct ws_sock *ws)
{
	struct ws_netevent *ne = ws_netevent_of(ws);

	if (!ne)
		return;
	if (test_bit(WS_OBJ_UNNAMED, &ws->obj.flags)) {
		spin_lock_irq(&ne->lock);
		if (ne->async)
			ws_async_tell(ne->async, WINSOCK_FD_CLOSE, 0);
		spin_unlock_irq(&ne->lock);
	}
	ws_netevent_unregister(ne);
}

/**
 * ws_netevent_release() - the socket goes, and its wait queue with it
 * @ws: without users
 *
 * Context: process.
 */
void ws_netevent_release(struct ws_sock *ws)
{
	struct ws_netevent *ne = ws->netevent;

	if (!ne)
		return;
	if (ne->attached)
		remove_wait_queue(&ws->sock->wq.wait, &ne->wait);
	if (ne->watching)
		ws_netchange_unlisten(sock_net(ws->sock->sk), &ne->change);
	ws_netevent_unregister(ne);
	kfree(ne);
	ws->netevent = NULL;
}
