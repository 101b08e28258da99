// SPDX-License-Identifier: GPL-2.0-only
/*
 * recv, recvfrom and their WSA kin.
 */
#include <linux/socket.h>
#include "addr.h"
#include "buffer.h"
#include "cmsg.h"
#include "icmp.h"
#include "netevent.h"
#include "ping.h"
#include "transfer.h"

#define WS_RECV_FLAGS	(WINSOCK_MSG_OOB | WINSOCK_MSG_PEEK | \
			 WINSOCK_MSG_WAITALL | WINSOCK_MSG_PARTIAL | \
			 WINSOCK_MSG_PUSH_IMMEDIATE)

/* Flags that MSG_WAITALL excludes (recv page, Remarks). */
#define WS_RECV_NO_WAITALL	(WINSOCK_MSG_OOB | WINSOCK_MSG_PEEK | \
				 WINSOCK_MSG_PARTIAL)

/* Before any data is looked at. */
static int ws_recv_check(struct ws_call *call, struct ws_sock *ws, u64 handle,
			 u32 flags)
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
		return ws_sock_bound(call, ws, handle) ? 0 : WSAEINVAL;
	return ws_sock_dead(ws) ?:
	       (ws_sock_was_connected(ws) ? 0 : WSAENOTCONN);
}

/* What the stack's error is to the caller; -EAGAIN: nothing. */
static int ws_recv_failed(struct ws_transfer *t, int n)
{
	struct ws_sock *ws = t->ws;
	int err;

	if (ws_transfer_again(t, n))
		return -EAGAIN;
	err = ws_transfer_failed(ws, WS_OP_RECV, n);
	if (test_bit(WS_SOCK_RECV_SHUT, &ws->flags))
		err = WSAESHUTDOWN;
	return err;
}

/*
 * The stack has one answer to recv(MSG_OOB) in line, which is Windows' too
 * (windows-observed D6), and without an urgent byte, for which Windows waits.
 */
static int ws_recv_urgent(struct ws_sock *ws, int n)
{
	struct sock *sk = ws->sock->sk;

	if (n != -EINVAL || sock_flag(sk, SOCK_URGINLINE))
		return n;
	return ws_sock_state(ws) == TCP_CLOSE ||
	       READ_ONCE(sk->sk_shutdown) & RCV_SHUTDOWN ? 0 : -EAGAIN;
}

/* Take what the stack has, or wait; -EAGAIN to be called again. */
static int ws_recv_loop(struct ws_transfer *t, int flags)
{
	struct ws_sock *ws = t->ws;
	bool stream = ws_sock_stream(ws);
	int n, err;

	if (ws_sock_udp(ws) && unlikely(ws_icmp_waiting(ws))) {
		err = ws_icmp_take(ws);
		if (err)
			return err;
	}
	n = ws_stack_recvmsg(ws, t->msg, flags);
	/* Of TCP, see ws_recv_check(). */
	if (unlikely(flags & MSG_OOB))
		n = ws_recv_urgent(ws, n);
	if (n > 0 || (!n && !stream)) {
		*t->done += n;
		t->stalls = 0;
		if (t->flags & WINSOCK_MSG_WAITALL && msg_data_left(t->msg))
			return -EAGAIN;
		return t->msg->msg_flags & MSG_TRUNC ? WSAEMSGSIZE : 0;
	}
	if (n != -EAGAIN)
		return ws_recv_failed(t, n);
	if (ws_sock_nonblocking(ws))
		return WSAEWOULDBLOCK;
	/* UDP keeps saying so instead of telling that nothing will come. */
	if (!stream && READ_ONCE(ws->sock->sk->sk_shutdown) & RCV_SHUTDOWN)
		return WSAESHUTDOWN;
	return ws_transfer_wait(t, WS_OP_RECV) ?: -EAGAIN;
}

static int ws_recv_message(struct ws_call *call, struct ws_transfer *t)
{
	int flags = MSG_DONTWAIT;
	int err;

	if (t->flags & WINSOCK_MSG_OOB)
		flags |= MSG_OOB;
	if (t->flags & WINSOCK_MSG_PEEK)
		flags |= MSG_PEEK;
	err = ws_transfer_resume(t);
	if (err)
		return err;
	/* Without room a stream loses nothing, be it urgent or beside the data. */
	if (unlikely(!msg_data_left(t->msg)) && ws_sock_stream(t->ws))
		flags |= MSG_PEEK;

	do {
		err = ws_recv_loop(t, flags);
	} while (err == -EAGAIN);
	return err == -ERESTARTNOINTR ? ws_call_restart(call) : err;
}

/*
 * The answer.  A datagram that did not fit is a failure whose outputs are
 * written all the same: the part that fits counts (recv page).
 */
static int ws_recv_result(struct ws_call *call, int err, u64 transferred)
{
	if (err == WSAEMSGSIZE)
		return ws_call_reply(call) ?: err;
	return ws_transfer_result(err, transferred);
}

/* The network event that a recv answers. */
static u32 ws_recv_event(u32 flags)
{
	return flags & WINSOCK_MSG_OOB ? WINSOCK_FD_OOB : WINSOCK_FD_READ;
}

/* WINSOCK_IOC_SOCK_RECV */
int ws_sock_recv(struct ws_call *call)
{
	struct winsock_sock_recv *a = &call->recv;
	struct msghdr msg = { };
	struct ws_transfer t = {
		.ctx = call->ctx, .msg = &msg, .flags = a->msg_flags,
		.done = &a->transferred, .deadline = &a->deadline,
		.leave = call->leave,
	};
	struct ws_sock *ws;
	struct iovec *iov;
	bool looked;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	t.ws = ws;
	err = ws_recv_check(call, ws, a->handle, a->msg_flags) ?:
	      ws_buffer_init(&msg.msg_iter, &iov, ITER_DEST, a->flags, a->addr,
			     a->count);
	looked = !err;
	if (err)
		goto out;
	err = ws_recv_message(call, &t);
	a->out_msg_flags = msg.msg_flags & MSG_OOB ? WINSOCK_MSG_OOB : 0;
	ws_buffer_exit(iov);
out:
	ws_netevent_taken(ws, ws_recv_event(a->msg_flags), looked);
	ws_sock_put(ws);
	return ws_recv_result(call, err, a->transferred);
}

/* Only datagrams have a sender to tell (windows-observed D3). */
static int ws_recv_sender(struct ws_sock *ws,
			  const struct winsock_sock_recvmsg *a,
			  struct ws_addr_out *out, struct msghdr *msg,
			  struct sockaddr_storage *ss)
{
	if (!a->name || ws_sock_stream(ws))
		return 0;
	msg->msg_name = ss;
	return ws_addr_out_init(out, ws, a->name, a->name_len);
}

/* What WSARecvMsg alone does not take; after what no recv takes. */
static int ws_recv_check_message(const struct ws_sock *ws,
				 const struct winsock_sock_recvmsg *a)
{
	if (!(a->flags & WINSOCK_IO_MESSAGE))
		return 0;
	if (ws_sock_stream(ws))
		return a->msg_flags & WINSOCK_MSG_PEEK ? WSAEOPNOTSUPP :
							 WSAEINVAL;
	return !a->control && a->control_len ? WSAEFAULT : 0;
}

/* What is told besides the data of a datagram that has come. */
static int ws_recv_finish(struct winsock_sock_recvmsg *a, struct msghdr *msg,
			  struct ws_addr_out *out, struct ws_cmsg *cmsg)
{
	int err = 0;

	if (msg->msg_namelen)
		err = ws_addr_put(out, msg->msg_name);
	a->out_msg_flags = msg->msg_flags & MSG_OOB ? WINSOCK_MSG_OOB : 0;
	if (err || !(a->flags & WINSOCK_IO_MESSAGE))
		return err;
	if (msg->msg_flags & MSG_TRUNC)
		a->out_msg_flags |= WINSOCK_MSG_TRUNC;
	return ws_cmsg_put(cmsg, msg, &a->control_len, &a->out_msg_flags);
}

/* WINSOCK_IOC_SOCK_RECVMSG */
int ws_sock_recvmsg(struct ws_call *call)
{
	struct winsock_sock_recvmsg *a = &call->recvmsg;
	struct sockaddr_storage ss __uninitialized;
	struct ws_addr_out out;
	struct msghdr msg = { };
	struct ws_transfer t = {
		.ctx = call->ctx, .msg = &msg, .flags = a->msg_flags,
		.done = &a->transferred, .deadline = &a->deadline,
		.leave = call->leave,
	};
	struct ws_cmsg cmsg __uninitialized;
	struct ws_sock *ws;
	struct iovec *iov;
	bool looked;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	t.ws = ws;
	err = ws_recv_check(call, ws, a->handle, a->msg_flags) ?:
	      ws_recv_check_message(ws, a) ?:
	      ws_recv_sender(ws, a, &out, &msg, &ss) ?:
	      ws_buffer_init(&msg.msg_iter, &iov, ITER_DEST,
			     a->flags & ~WINSOCK_IO_MESSAGE, a->addr, a->count);
	looked = !err;
	if (err)
		goto out;
	if (a->flags & WINSOCK_IO_MESSAGE) {
		cmsg.addr = a->control;
		cmsg.len = a->control_len;
		cmsg.cmsg32 = a->flags & WINSOCK_IO_ARRAY32;
		ws_cmsg_init(&cmsg, &msg);
	}
	err = ws_recv_message(call, &t);
	if (!err || err == WSAEMSGSIZE) {
		err = ws_recv_finish(a, &msg, &out, &cmsg) ?: err;
		/* Data without what belongs to it is no success. */
		if (err == WSAEFAULT)
			a->transferred = 0;
	}
	ws_buffer_exit(iov);
out:
	ws_netevent_taken(ws, ws_recv_event(a->msg_flags), looked);
	ws_sock_put(ws);
	return ws_recv_result(call, err, a->transferred);
}
