// SPDX-License-Identifier: GPL-2.0-only
/*
 * send, WSASend.
 */
#include <linux/socket.h>
#include "buffer.h"
#include "ping.h"
#include "transfer.h"

#define WS_SEND_FLAGS	(WINSOCK_MSG_OOB | WINSOCK_MSG_DONTROUTE)

/* Before any data is looked at. */
static int ws_send_check(struct ws_sock *ws, u32 flags)
{
	if (flags & ~WS_SEND_FLAGS)
		return WSAEINVAL;
	if (test_bit(WS_SOCK_SEND_SHUT, &ws->flags))
		return WSAESHUTDOWN;
	if (flags & WINSOCK_MSG_OOB && !ws_sock_tcp(ws))
		return WSAEOPNOTSUPP;
	if (!ws_sock_stream(ws))
		return 0;
	if (READ_ONCE(ws->dead))
		return ws->dead;
	return ws_sock_was_connected(ws) ? 0 : WSAENOTCONN;
}

/*
 * Give the stack all that is left of the message, or what fits now.  The place
 * is kept in @done, also when the caller is to start over.
 */
static int ws_send_loop(struct ws_sock *ws, struct msghdr *msg, u64 *done,
			unsigned int *stalls)
{
	int n, err;

	while ((n = ws_stack_sendmsg(ws, msg)) >= 0) {
		*done += n;
		*stalls = 0;
		if (!msg_data_left(msg))
			return 0;
		if (ws_sock_nonblocking(ws))
			return 0;
	}
	if (n != -EAGAIN) {
		err = ws_transfer_failed(ws, WS_OP_SEND, n);
		if (test_bit(WS_SOCK_SEND_SHUT, &ws->flags))
			err = WSAESHUTDOWN;
		return err;
	}
	if (ws_sock_nonblocking(ws))
		return WSAEWOULDBLOCK;
	err = ws_transfer_wait(ws, WS_OP_SEND, stalls);
	return err ?: -EAGAIN;
}

static int ws_send_message(struct ws_call *call, struct ws_sock *ws,
			   struct msghdr *msg)
{
	struct winsock_sock_send *a = &call->send;
	unsigned int stalls = 0;
	int err;

	if (a->msg_flags & WINSOCK_MSG_OOB)
		msg->msg_flags |= MSG_OOB;
	if (a->msg_flags & WINSOCK_MSG_DONTROUTE)
		msg->msg_flags |= MSG_DONTROUTE;
	err = ws_transfer_resume(msg, a->transferred);
	if (err)
		return err;

	do {
		err = ws_send_loop(ws, msg, &a->transferred, &stalls);
	} while (err == -EAGAIN);
	return err == -ERESTARTNOINTR ? ws_call_restart(call) : err;
}

/* WINSOCK_IOC_SOCK_SEND */
int ws_sock_send(struct ws_call *call)
{
	struct winsock_sock_send *a = &call->send;
	struct msghdr msg = { .msg_flags = MSG_DONTWAIT | MSG_NOSIGNAL };
	struct ws_sock *ws;
	struct iovec *iov;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	err = ws_send_check(ws, a->msg_flags);
	if (err)
		goto out;
	err = ws_buffer_init(&msg.msg_iter, &iov, ITER_SOURCE, a->flags,
			     a->addr, a->count);
	if (err)
		goto out;
	/* No bytes on a stream: nothing for the stack to do. */
	if (msg_data_left(&msg) || !ws_sock_stream(ws))
		err = ws_send_message(call, ws, &msg);
	ws_buffer_exit(iov);
out:
	ws_sock_put(ws);
	return ws_transfer_result(err, a->transferred);
}
