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
#include "accept.h"
#include "kept.h"
#include "netevent.h"
#include "pending.h"
#include "share.h"
#include "sock.h"
#include "wait.h"

/* What Windows hands on and the stack's clone does not. */
#define WS_ACCEPT_FLAGS	(BIT(WS_SOCK_NONBLOCK) | BIT(WS_SOCK_DUAL) | \
			 BIT(WS_SOCK_LINGERS) | BIT(WS_SOCK_REUSE) | \
			 BIT(WS_SOCK_EXCLUSIVE))

/* A connection waits, or the listener will not get one any more. */
static bool ws_accept_ready(struct ws_obj *obj)
{
	return ws_sock_events(ws_obj_sock(obj)) &
	       (EPOLLIN | EPOLLERR | EPOLLHUP);
}

/*
 * Take the oldest connection off the queues.  0 with the caller owning its
 * descriptor, or a WSAE code; WSAEWOULDBLOCK if another was faster.
 */
static int ws_accept_take(struct ws_sock *lsn, struct ws_sock **taken)
{
	struct ws_sock *conn = ws_pending_first(lsn);
	int err;

	if (conn) {
		if (!ws_netevent_prepare(conn, lsn)) {
			ws_pending_return(lsn, conn);
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
		conn->flags |= READ_ONCE(lsn->flags) & WS_ACCEPT_FLAGS;
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

/**
 * ws_accept_check() - whether a socket accepts, and the buffer for an address
 * @lsn:      the socket; the caller holds a user
 * @addr:     as in struct winsock_sock_accept
 * @addr_len: likewise
 * @out:      zeros; gets what ws_accept_finish() wants
 *
 * Context: process, may fault.
 * Return: 0, WSAEOPNOTSUPP, WSAEINVAL, WSAEFAULT, in this order of checks.
 */
int ws_accept_check(const struct ws_sock *lsn, u64 addr, u64 addr_len,
		    struct ws_addr_out *out)
{
	if (!ws_sock_stream(lsn))
		return WSAEOPNOTSUPP;
	if (!ws_sock_listening(lsn))
		return WSAEINVAL;
	if (addr && addr_len)
		return ws_addr_out_init(out, lsn, addr, addr_len);
	return 0;
}

/**
 * ws_accept_next() - wait for a connection and take it
 * @call: the call
 * @lsn:  the listener; the caller holds a user
 * @res:  gets a handle reserved for it; NULL if none is wanted yet
 * @conn: gets the connection, whose descriptor is the caller's
 *
 * A handle is only asked for when there is a connection: an empty queue is
 * never WSAEMFILE (accept page).
 *
 * Context: process, may sleep.
 * Return: 0, WSAEWOULDBLOCK, WSAEINTR, WSAEMFILE, WSAENOBUFS,
 * WSANOTINITIALISED, -ERESTARTNOINTR.
 */
int ws_accept_next(struct ws_call *call, struct ws_sock *lsn,
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
		err = res ? ws_call_reserve(call, res) : 0;
		if (err)
			break;
		err = ws_accept_take(lsn, conn);
		if (!err)
			return 0;
		if (res)
			ws_handle_unreserve(&call->ctx->handles, res);
		if (err != WSAEWOULDBLOCK)
			break;
	}
	/* The wake-up that may have brought us here was for a connection. */
	ws_pending_wake(lsn);
	return err;
}

/**
 * ws_accept_finish() - hand the connection over
 * @call:   the call
 * @res:    a reserved handle, used up in any case
 * @conn:   the connection; its descriptor is used up on success
 * @out:    where its peer's address goes
 * @handle: the call's output for the handle
 *
 * Address, handle, and only then, when nothing can fail any more but by
 * clean-up, the table.
 *
 * Context: process, may fault.
 * Return: 0, WSAECONNRESET, WSAEFAULT, -EFAULT, WSANOTINITIALISED.
 */
int ws_accept_finish(struct ws_call *call, struct ws_reserved *res,
		     struct ws_sock *conn, const struct ws_addr_out *out,
		     u64 *handle)
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
	*handle = res->handle;
	if (likely(!conn->netevent))
		return ws_call_publish(call, res, &conn->obj);
	/* Once published, whoever guesses the handle may close it. */
	ws_obj_get_user(&conn->obj);
	ws_netevent_name(conn, res->handle);
	err = ws_call_publish(call, res, &conn->obj);
	if (!err)
		ws_netevent_inherit(conn);
	ws_sock_put(conn);
	return err;
}

/**
 * ws_accept_end() - the end of every call that accepts
 * @lsn:    the listener; the caller's user is used up
 * @conn:   a connection that was taken, or NULL
 * @looked: the call got past its checks
 * @err:    what the call answers
 *
 * If it is not handed over, the connection is dropped where that was told, else
 * it goes back.  FD_ACCEPT is asked for again, but not by a connection that was
 * deferred (WSAAccept page).
 *
 * Context: process, may sleep.
 * Return: @err.
 */
int ws_accept_end(struct ws_sock *lsn, struct ws_sock *conn, bool looked,
		  int err)
{
	if (conn && err == WSAECONNREFUSED)
		ws_pending_reset(conn);
	else if (conn && err == WSAECONNRESET)
		ws_obj_put_desc(&conn->obj);
	else if (conn && err)
		ws_pending_return(lsn, conn);
	if (err != WSATRY_AGAIN)
		ws_netevent_taken(lsn, WINSOCK_FD_ACCEPT, looked);
	ws_sock_put(lsn);
	return err;
}

/* WINSOCK_IOC_SOCK_ACCEPT */
int ws_sock_accept(struct ws_call *call)
{
	struct winsock_sock_accept *a = &call->accept;
	struct ws_sock *lsn, *conn = NULL;
	struct ws_addr_out out = { };
	struct ws_reserved res;
	bool looked;
	int err;

	lsn = ws_sock_lookup(call, a->handle);
	if (!lsn)
		return WSAENOTSOCK;
	err = ws_accept_check(lsn, a->addr, a->addr_len, &out);
	looked = !err;
	if (err)
		goto end;
	ws_pending_return_left(lsn, U32_MAX);
	err = ws_accept_next(call, lsn, &res, &conn);
	if (!err)
		err = ws_accept_finish(call, &res, conn, &out, &a->out_handle);
end:
	return ws_accept_end(lsn, conn, looked, err);
}
