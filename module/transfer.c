// SPDX-License-Identifier: GPL-2.0-only
/*
 * What send and recv share: how a connection ends, and waiting for more.
 */
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include "transfer.h"
#include "wait.h"

/* How the stack waits for what wakes nobody, its own want of memory first. */
#define WS_TRANSFER_STALLS	2
#define WS_TRANSFER_PAUSE	(HZ / 50 + 1)

/*
 * The connection has ended; the socket is of no further use (recv page).  Only
 * in TCP_CLOSE: a send may fail for other reasons while the peer still sends.
 * AF_UNIX never leaves its state, and tells recv when all has been read.
 */
static bool ws_transfer_fatal(const struct ws_sock *ws, enum ws_op op, int code)
{
	if (ws_sock_unix(ws))
		return op == WS_OP_RECV && code == WSAECONNRESET;
	if (ws_sock_state(ws) != TCP_CLOSE)
		return false;
	switch (code) {
	case WSAEACCES:
	case WSAENETDOWN:
	case WSAENETUNREACH:
	case WSAENETRESET:
	case WSAECONNABORTED:
	case WSAECONNRESET:
	case WSAETIMEDOUT:
	case WSAEHOSTDOWN:
	case WSAEHOSTUNREACH:
		return true;
	default:
		return false;
	}
}

/**
 * ws_transfer_failed() - what the stack's error means to the caller
 * @ws:  the socket
 * @op:  WS_OP_SEND or WS_OP_RECV
 * @err: the stack's errno, negative; or 0: recv met the end of the stream
 *
 * The stack tells once how a connection ended, Windows at each call
 * (windows-observed D10), so the first code is kept.
 *
 * Context: process.
 * Return: a WSAE code, or 0 for a graceful end.
 */
int ws_transfer_failed(struct ws_sock *ws, enum ws_op op, int err)
{
	int code = ws_errno(op, err);

	if (!ws_sock_stream(ws))
		return code;
	if (READ_ONCE(ws->dead))
		return ws->dead;
	if (ws_transfer_fatal(ws, op, code)) {
		cmpxchg(&ws->dead, 0, code);
		return ws->dead;
	}
	return code;
}

/*
 * Not EPOLLERR: it also stands for messages in the error queue, which neither
 * send nor recv would take away.
 */
static bool ws_transfer_ready(struct ws_obj *obj, __poll_t events)
{
	struct ws_sock *ws = ws_obj_sock(obj);

	return ws_sock_events(ws) & (events | EPOLLHUP) ||
	       READ_ONCE(ws->sock->sk->sk_err);
}

/* Both are called with the task not running. */
static bool ws_send_ready(struct ws_obj *obj)
{
	return ws_transfer_ready(obj, EPOLLOUT);
}

static bool ws_recv_ready(struct ws_obj *obj)
{
	return ws_transfer_ready(obj, EPOLLIN | EPOLLRDHUP);
}

/**
 * ws_transfer_wait() - wait until the stack may take or give more
 * @ws:     a blocking socket; the caller holds a user
 * @op:     WS_OP_SEND or WS_OP_RECV
 * @stalls: counts the times that the stack said it was ready and moved nothing;
 *          the caller sets it to 0 when something moved
 *
 * Context: process, no locks.
 * Return: 0; a WSAE code if the socket was closed; -ERESTARTNOINTR.
 */
int ws_transfer_wait(struct ws_sock *ws, enum ws_op op, unsigned int *stalls)
{
	bool (*ready)(struct ws_obj *obj) =
		op == WS_OP_SEND ? ws_send_ready : ws_recv_ready;
	int err;

	if (unlikely(ready(&ws->obj) && ++*stalls > WS_TRANSFER_STALLS)) {
		schedule_timeout_interruptible(WS_TRANSFER_PAUSE);
		if (signal_pending(current))
			return -ERESTARTNOINTR;
	}
	err = ws_wait(&ws->obj, &ws->sock->wq.wait, ready, false);
	if (err == WS_WAIT_CLOSED)
		return ws_sock_stream(ws) ? WSAECONNABORTED : WSAEINTR;
	return err;
}
