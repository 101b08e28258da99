// SPDX-License-Identifier: GPL-2.0-only
/*
 * accept: no connection is lost.
 *
 * Whatever can fail is tried before a connection leaves the stack's queue:
 * buffers are probed, the handle and the memory are had.  What can only be
 * known afterwards (the caller's memory went meanwhile, the context was cleaned
 * up) puts the connection into the listener's list of returned ones, which is
 * in front of the stack's queue.  So at any time
 *
 *	connections made by clients = handles published + resets reported + queued
 *
 * where queued counts both queues and the one that a call is working on.
 */
#include <linux/net.h>
#include <linux/timekeeping.h>
#include <net/inet_sock.h>
#include <net/tcp_states.h>
#include "addr.h"
#include "kept.h"
#include "netevent.h"
#include "share.h"
#include "sock.h"
#include "wait.h"

/* A connection waits, or the listener will not get one any more. */
static bool ws_accept_ready(struct ws_obj *obj)
{
	return ws_sock_events(ws_obj_sock(obj)) &
	       (EPOLLIN | EPOLLERR | EPOLLHUP);
}

/*
 * There is something left to take.  Wakes all: one who waits on another import
 * of the same native socket, or in the native accept(2), is on this queue too,
 * and does not see what is in @returned.
 */
static void ws_accept_wake(struct ws_sock *lsn)
{
	wake_up_interruptible_all(&lsn->sock->wq.wait);
}

/* Put a connection in front of all others. */
static void ws_accept_return(struct ws_sock *lsn, struct ws_sock *conn)
{
	spin_lock(&lsn->return_lock);
	list_add(&conn->link, &lsn->returned);
	spin_unlock(&lsn->return_lock);
	ws_accept_wake(lsn);
}

static struct ws_sock *ws_accept_take_returned(struct ws_sock *lsn)
{
	struct ws_sock *conn;

	if (likely(list_empty_careful(&lsn->returned)))
		return NULL;
	spin_lock(&lsn->return_lock);
	conn = list_first_entry_or_null(&lsn->returned, struct ws_sock, link);
	if (conn)
		list_del_init(&conn->link);
	spin_unlock(&lsn->return_lock);
	return conn;
}

/*
 * Take the oldest connection off the queues.  0 with the caller owning its
 * descriptor, or a WSAE code; WSAEWOULDBLOCK if another was faster.
 */
static int ws_accept_take(struct ws_sock *lsn, struct ws_sock **taken)
{
	struct ws_sock *conn = ws_accept_take_returned(lsn);
	int err;

	if (conn) {
		if (!ws_netevent_prepare(conn, lsn)) {
			ws_accept_return(lsn, conn);
			return WSAENOBUFS;
		}
	} else {
		conn = ws_sock_alloc();
		if (!conn)
			return WSAENOBUFS;
		err = ws_kept_inherit(conn, lsn) &&
		      ws_netevent_prepare(conn, lsn) ? 0 : WSAENOBUFS;
		if (!err)
			err = ws_errno(WS_OP_ACCEPT,
				       kernel_accept(lsn->sock, &conn->sock,
						     O_NONBLOCK));
		if (err) {
			conn->sock = NULL;
			ws_obj_put_desc(&conn->obj);
			return err;
		}
		__set_bit(WS_SOCK_BOUND, &conn->flags);
		__set_bit(WS_SOCK_ACCEPTED, &conn->flags);
		/* What Windows hands on and the stack's clone does not. */
		conn->flags |= lsn->flags & (BIT(WS_SOCK_NONBLOCK) |
					     BIT(WS_SOCK_DUAL) |
					     BIT(WS_SOCK_LINGERS) |
					     BIT(WS_SOCK_REUSE) |
					     BIT(WS_SOCK_EXCLUSIVE));
		conn->linger_onoff = READ_ONCE(lsn->linger_onoff);
		conn->rcvtimeo = READ_ONCE(lsn->rcvtimeo);
		conn->sndtimeo = READ_ONCE(lsn->sndtimeo);
		conn->since = ktime_get_seconds();
		conn->share = ws_share_accept(lsn->share);
		ws_port_set_mark(conn->sock);
	}
	*taken = conn;
	return 0;
}

/*
 * Wait for a connection and take it, with a handle reserved for it.  A handle
 * is only asked for when there is a connection: an empty queue is never
 * WSAEMFILE (accept page).
 */
static int ws_accept_next(struct ws_call *call, struct ws_sock *lsn,
			  struct ws_reserved *res, struct ws_sock **conn)
{
	int err;

	for (;;) {
		if (!ws_accept_ready(&lsn->obj)) {
			if (ws_sock_nonblocking(lsn))
				return WSAEWOULDBLOCK;
			err = ws_wait(call->ctx, &lsn->obj,
				      &lsn->sock->wq.wait, ws_accept_ready,
				      true, call->leave);
			if (err)
				return err == WS_WAIT_CLOSED ? WSAEINTR : err;
		}
		err = ws_call_reserve(call, res);
		if (err)
			break;
		err = ws_accept_take(lsn, conn);
		if (!err)
			return 0;
		ws_handle_unreserve(&call->ctx->handles, res);
		if (err != WSAEWOULDBLOCK)
			break;
	}
	/* The wake-up that may have brought us here was for a connection. */
	ws_accept_wake(lsn);
	return err;
}

/*
 * Hand the connection over: address, handle, and only then, when nothing can
 * fail any more but by clean-up, the table.
 */
static int ws_accept_finish(struct ws_call *call, struct ws_reserved *res,
			    struct ws_sock *conn,
			    const struct ws_addr_out *out)
{
	struct sockaddr_storage ss __uninitialized;
	int err = 0;

	/* Reset while it waited: it is gone, and the caller is told. */
	if (ws_sock_state(conn) == TCP_CLOSE)
		err = WSAECONNRESET;
	if (!err && out->buf) {
		err = ws_errno(WS_OP_ACCEPT, ws_addr_name(conn, true, &ss)) ?:
		      ws_addr_put(out, &ss);
	}
	if (err) {
		ws_handle_unreserve(&call->ctx->handles, res);
		return err;
	}
	call->accept.out_handle = res->handle;
	if (likely(!conn->netevent))
		return ws_call_publish(call, res, &conn->obj);
	/* Once published, whoever guesses the handle may close it. */
	ws_obj_get_user(&conn->obj);
	err = ws_call_publish(call, res, &conn->obj);
	if (!err)
		ws_netevent_inherit(conn, res->handle);
	ws_sock_put(conn);
	return err;
}

/* WINSOCK_IOC_SOCK_ACCEPT */
int ws_sock_accept(struct ws_call *call)
{
	struct winsock_sock_accept *a = &call->accept;
	struct ws_addr_out out = { };
	struct ws_reserved res;
	struct ws_sock *lsn, *conn;
	bool looked;
	int err;

	lsn = ws_sock_lookup(call, a->handle);
	if (!lsn)
		return WSAENOTSOCK;
	if (!ws_sock_stream(lsn))
		err = WSAEOPNOTSUPP;
	else if (!ws_sock_listening(lsn))
		err = WSAEINVAL;
	else if (a->addr && a->addr_len)
		err = ws_addr_out_init(&out, lsn, a->addr, a->addr_len);
	else
		err = 0;
	looked = !err;
	if (err)
		goto put_listener;

	err = ws_accept_next(call, lsn, &res, &conn);
	if (err)
		goto put_listener;
	err = ws_accept_finish(call, &res, conn, &out);
	if (err == WSAECONNRESET)
		ws_obj_put_desc(&conn->obj);
	else if (err)
		ws_accept_return(lsn, conn);
put_listener:
	ws_netevent_taken(lsn, WINSOCK_FD_ACCEPT, looked);
	ws_sock_put(lsn);
	return err;
}
