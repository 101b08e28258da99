// SPDX-License-Identifier: GPL-2.0-only
/*
 * recv, WSARecv.
 */
#include <linux/socket.h>
#include "buffer.h"
#include "ping.h"
#include "transfer.h"

#define WS_RECV_FLAGS	(WINSOCK_MSG_OOB | WINSOCK_MSG_PEEK | \
			 WINSOCK_MSG_WAITALL | WINSOCK_MSG_PARTIAL)

/* Flags that MSG_WAITALL excludes (recv page, Remarks). */
#define WS_RECV_NO_WAITALL	(WINSOCK_MSG_OOB | WINSOCK_MSG_PEEK | \
				 WINSOCK_MSG_PARTIAL)

/* Before any data is looked at. */
static int ws_recv_check(struct ws_call *call, struct ws_sock *ws, u32 flags)
{
	if (flags & ~WS_RECV_FLAGS)
		return WSAEINVAL;
	if (test_bit(WS_SOCK_RECV_SHUT, &ws->flags))
		return WSAESHUTDOWN;
	if ((flags & WINSOCK_MSG_WAITALL) &&
	    (flags & WS_RECV_NO_WAITALL || ws_sock_nonblocking(ws) ||
	     !ws_sock_stream(ws)))
		return WSAEOPNOTSUPP;
	if (flags & WINSOCK_MSG_OOB && !ws_sock_tcp(ws))
		return WSAEOPNOTSUPP;
	if (!ws_sock_stream(ws))
		return ws_sock_bound(call, ws, call->recv.handle) ? 0 : WSAEINVAL;
	if (READ_ONCE(ws->dead))
		return ws->dead;
	return ws_sock_was_connected(ws) ? 0 : WSAENOTCONN;
}

/* Take what the stack has, or wait; -EAGAIN to be called again. */
static int ws_recv_loop(struct ws_sock *ws, struct msghdr *msg, int flags,
			u32 wanted, u64 *done, unsigned int *stalls)
{
	int n, err;

	n = ws_stack_recvmsg(ws, msg, flags);
	if (n > 0 || (!n && !ws_sock_stream(ws))) {
		*done += n;
		*stalls = 0;
		if (wanted & WINSOCK_MSG_WAITALL && msg_data_left(msg))
			return -EAGAIN;
		return msg->msg_flags & MSG_TRUNC ? WSAEMSGSIZE : 0;
	}
	if (n != -EAGAIN) {
		err = ws_transfer_failed(ws, WS_OP_RECV, n);
		if (test_bit(WS_SOCK_RECV_SHUT, &ws->flags))
			err = WSAESHUTDOWN;
		return err;
	}
	/* An urgent byte that is announced but not here is never waited for. */
	if (ws_sock_nonblocking(ws) || flags & MSG_OOB)
		return WSAEWOULDBLOCK;
	/* UDP keeps saying so instead of telling that nothing will come. */
	if (!ws_sock_stream(ws) &&
	    READ_ONCE(ws->sock->sk->sk_shutdown) & RCV_SHUTDOWN)
		return WSAESHUTDOWN;
	err = ws_transfer_wait(ws, WS_OP_RECV, stalls);
	return err ?: -EAGAIN;
}

static int ws_recv_message(struct ws_call *call, struct ws_sock *ws,
			   struct msghdr *msg)
{
	struct winsock_sock_recv *a = &call->recv;
	unsigned int stalls = 0;
	int flags = MSG_DONTWAIT;
	int err;

	if (a->msg_flags & WINSOCK_MSG_OOB)
		flags |= MSG_OOB;
	if (a->msg_flags & WINSOCK_MSG_PEEK)
		flags |= MSG_PEEK;
	err = ws_transfer_resume(msg, a->transferred);
	if (err)
		return err;

	do {
		err = ws_recv_loop(ws, msg, flags, a->msg_flags,
				   &a->transferred, &stalls);
	} while (err == -EAGAIN);
	a->out_msg_flags = msg->msg_flags & MSG_OOB ? WINSOCK_MSG_OOB : 0;
	if (err == WSAEMSGSIZE)
		/* The part that fits counts, besides the code (recv page). */
		return ws_call_reply(call) ?: WSAEMSGSIZE;
	return err == -ERESTARTNOINTR ? ws_call_restart(call) : err;
}

/* WINSOCK_IOC_SOCK_RECV */
int ws_sock_recv(struct ws_call *call)
{
	struct winsock_sock_recv *a = &call->recv;
	struct msghdr msg = { };
	struct ws_sock *ws;
	struct iovec *iov;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	err = ws_recv_check(call, ws, a->msg_flags);
	if (err)
		goto out;
	err = ws_buffer_init(&msg.msg_iter, &iov, ITER_DEST, a->flags, a->addr,
			     a->count);
	if (err)
		goto out;
	/* No room on a stream is no wait either: 0 bytes at once. */
	if (msg_data_left(&msg) || !ws_sock_stream(ws))
		err = ws_recv_message(call, ws, &msg);
	ws_buffer_exit(iov);
out:
	ws_sock_put(ws);
	return err == WSAEMSGSIZE ? err :
				    ws_transfer_result(err, a->transferred);
}
