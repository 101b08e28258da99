// SPDX-License-Identifier: GPL-2.0-only
/*
 * What send and recv share: how a connection ends, and waiting for more.
 */
#include <linux/poll.h>
#include "transfer.h"
#include "wait.h"

/* How the stack waits for what wakes nobody, its own want of memory first. */
#define WS_TRANSFER_STALLS	2
#define WS_TRANSFER_PAUSE	(HZ / 50 + 1)

/* Each is one more error that came that very moment. */
#define WS_TRANSFER_RETRIES	4

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
	int dead;

	if (!ws_sock_stream(ws))
		return code;
	code = ws_sock_end(ws, code);
	dead = READ_ONCE(ws->dead);
	if (!dead && ws_transfer_fatal(ws, op, code))
		dead = cmpxchg(&ws->dead, 0, code);
	return dead ?: code;
}

/**
 * ws_transfer_again() - whether a datagram socket's error is not the answer
 * @t:   the transfer
 * @err: the stack's errno, negative
 *
 * The stack tells each call once what it heard of an earlier datagram.  For a
 * recv that is in the error queue, where ws_icmp_take() finds it; for a send it
 * speaks of its own datagram only if the socket is connected.
 *
 * Context: process.
 */
bool ws_transfer_again(struct ws_transfer *t, int err)
{
	if (!ws_sock_udp(t->ws) || t->ws->file || err == -EFAULT ||
	    err == -ENOBUFS || err == -ENOMEM)
		return false;
	return t->retries++ < WS_TRANSFER_RETRIES;
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

/* All are called with the task not running. */
static bool ws_send_ready(struct ws_obj *obj)
{
	return ws_transfer_ready(obj, EPOLLOUT);
}

static bool ws_recv_ready(struct ws_obj *obj)
{
	return ws_transfer_ready(obj, EPOLLIN | EPOLLRDHUP);
}

static bool ws_urgent_ready(struct ws_obj *obj)
{
	return ws_transfer_ready(obj, EPOLLPRI | EPOLLRDHUP);
}

/**
 * ws_transfer_wait() - wait until the stack may take or give more
 * @t:  the transfer, of a blocking socket; the caller sets its stalls to 0 when
 *      something moved
 * @op: WS_OP_SEND or WS_OP_RECV
 *
 * SO_RCVTIMEO and SO_SNDTIMEO bound all the waits of a call together, those
 * before and after a signal too.
 *
 * Context: process, no locks.
 * Return: 0; a WSAE code if the socket was closed or time is up;
 * -ERESTARTNOINTR.
 */
int ws_transfer_wait(struct ws_transfer *t, enum ws_op op)
{
	bool (*ready)(struct ws_obj *obj) =
		op == WS_OP_SEND ? ws_send_ready :
		t->flags & WINSOCK_MSG_OOB ? ws_urgent_ready : ws_recv_ready;
	struct ws_sock *ws = t->ws;
	u32 timeout = READ_ONCE(*(op == WS_OP_SEND ? &ws->sndtimeo :
						     &ws->rcvtimeo));
	int err;

	t->retries = 0;
	if (timeout && !*t->deadline)
		*t->deadline = ktime_add_ms(ktime_get(), timeout);
	if (unlikely(ready(&ws->obj) && ++t->stalls > WS_TRANSFER_STALLS)) {
		schedule_timeout_interruptible(WS_TRANSFER_PAUSE);
		if (ws_wait_leaves(t->ctx, t->leave))
			return -ERESTARTNOINTR;
	}
	err = ws_wait_until(t->ctx, &ws->obj, &ws->sock->wq.wait, ready, false,
			    *t->deadline ? t->deadline : NULL, t->leave);
	if (err == WS_WAIT_EXPIRED)
		return WSAETIMEDOUT;
	if (err == WS_WAIT_CLOSED)
		return ws_sock_stream(ws) ? WSAECONNABORTED : WSAEINTR;
	return err;
}
