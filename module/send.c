// SPDX-License-Identifier: GPL-2.0-only
/*
 * send, sendto and their WSA kin.
 */
#include <linux/socket.h>
#include <net/tcp.h>
#include "addr.h"
#include "buffer.h"
#include "cmsg.h"
#include "icmp.h"
#include "netevent.h"
#include "ping.h"
#include "transfer.h"

#define WS_SEND_FLAGS	(WINSOCK_MSG_OOB | WINSOCK_MSG_DONTROUTE)

/* Before any data is looked at. */
static int ws_send_check(struct ws_sock *ws, u32 flags)
{
	if (flags & ~WS_SEND_FLAGS)
		return flags & ~(WS_SEND_FLAGS | WINSOCK_MSG_PARTIAL) ?
		       WSAEINVAL : WSAEOPNOTSUPP;
	if (test_bit(WS_SOCK_SEND_SHUT, &ws->flags))
		return WSAESHUTDOWN;
	if (flags & WINSOCK_MSG_OOB && !ws_sock_tcp(ws))
		return WSAEOPNOTSUPP;
	if (!ws_sock_stream(ws))
		return 0;
	/* In line there is no urgent data, of either direction (send page). */
	if (flags & WINSOCK_MSG_OOB && sock_flag(ws->sock->sk, SOCK_URGINLINE))
		return WSAEINVAL;
	return ws_sock_dead(ws) ?:
	       (ws_sock_was_connected(ws) ? 0 : WSAENOTCONN);
}

/* What the stack's error is to the caller; -EAGAIN: nothing. */
static int ws_send_failed(struct ws_transfer *t, int n)
{
	struct ws_sock *ws = t->ws;
	int err = 0;

	if (ws_transfer_again(t, n)) {
		if (ws_sock_has_peer(ws))
			err = ws_icmp_take(ws);
		return err ?: -EAGAIN;
	}
	err = ws_transfer_failed(ws, WS_OP_SEND, n);
	if (test_bit(WS_SOCK_SEND_SHUT, &ws->flags))
		err = WSAESHUTDOWN;
	return err;
}

/*
 * The rest of a nonblocking send whose first part the stack has taken.  Windows
 * never takes a part (windows-observed D2): a socket with room for a byte takes
 * one more send of any length.  Here it may overfill its buffer by as much as
 * the administrator lets a buffer grow to, which is 4 MiB, and only what is
 * longer is cut short.  The buffer's size is changed for nobody but this call:
 * it holds the socket's lock.
 */
static void ws_send_rest(struct ws_transfer *t)
{
	struct sock *sk = t->ws->sock->sk;
	s64 most = READ_ONCE(sock_net(sk)->ipv4.sysctl_tcp_wmem[2]);
	int sndbuf, locked, n = 0;

	lock_sock(sk);
	sndbuf = sk->sk_sndbuf;
	locked = sk->sk_userlocks & SOCK_SNDBUF_LOCK;
	/* Not past somebody's own sendmsg, which an imported socket may have. */
	if (READ_ONCE(sk->sk_prot)->sendmsg == tcp_sendmsg) {
		sk->sk_userlocks |= SOCK_SNDBUF_LOCK;
		WRITE_ONCE(sk->sk_sndbuf, min_t(s64, sndbuf + most, INT_MAX));
		n = tcp_sendmsg_locked(sk, t->msg, msg_data_left(t->msg));
		WRITE_ONCE(sk->sk_sndbuf, sndbuf);
		if (!locked)
			sk->sk_userlocks &= ~SOCK_SNDBUF_LOCK;
	}
	release_sock(sk);
	if (n > 0)
		*t->done += n;
}

static bool ws_send_room(const struct sock *sk)
{
	return READ_ONCE(sk->sk_wmem_queued) < READ_ONCE(sk->sk_sndbuf);
}

/*
 * Whether a send finds no room for a byte.  The stack would still put some into
 * the last segment of a full buffer: then a blocking call would not wait, and
 * for a nonblocking one ws_send_rest() would put all others after them, so that
 * the next send would find the same again.
 */
static bool ws_send_full(struct ws_sock *ws)
{
	struct sock *sk = ws->sock->sk;
	bool full;

	if (!ws_sock_tcp(ws) || ws_send_room(sk))
		return false;
	/* Errors are for the stack to tell; of room it tells who asked for it. */
	lock_sock(sk);
	full = !READ_ONCE(sk->sk_err) &&
	       !(sk->sk_shutdown & SEND_SHUTDOWN) &&
	       !ws_send_room(sk);
	if (full)
		set_bit(SOCK_NOSPACE, &ws->sock->flags);
	release_sock(sk);
	return full;
}

/*
 * Give the stack what is left.  It may refuse a datagram of which it has read a
 * part or all; the whole is still to be sent.  Of a stream it refuses what it has
 * not read, or for good.
 */
static int ws_send_once(struct ws_transfer *t)
{
	struct iov_iter left;
	int n;

	if (ws_send_full(t->ws))
		return -EAGAIN;
	if (ws_sock_stream(t->ws))
		return sock_sendmsg(t->ws->sock, t->msg);
	left = t->msg->msg_iter;
	n = ws_stack_sendmsg(t->ws, t->msg);
	if (n < 0)
		t->msg->msg_iter = left;
	return n;
}

/*
 * Give the stack all that is left of the message, or what fits now.  The place
 * is kept in @done, also when the caller is to start over.
 */
static int ws_send_loop(struct ws_transfer *t)
{
	struct ws_sock *ws = t->ws;
	int n;

	while ((n = ws_send_once(t)) >= 0) {
		*t->done += n;
		t->stalls = 0;
		if (!msg_data_left(t->msg))
			return 0;
		if (ws_sock_nonblocking(ws)) {
			if (ws_sock_tcp(ws))
				ws_send_rest(t);
			return 0;
		}
	}
	if (n != -EAGAIN)
		return ws_send_failed(t, n);
	/* Not a full queue: there is no port for the socket. */
	if (ws->sock->type == SOCK_DGRAM && !ws_sock_has_port(ws))
		return WSAENOBUFS;
	if (ws_sock_nonblocking(ws))
		return WSAEWOULDBLOCK;
	return ws_transfer_wait(t, WS_OP_SEND) ?: -EAGAIN;
}

static int ws_send_message(struct ws_call *call, struct ws_transfer *t)
{
	int err;

	t->msg->msg_flags = MSG_DONTWAIT | MSG_NOSIGNAL;
	if (t->flags & WINSOCK_MSG_OOB)
		t->msg->msg_flags |= MSG_OOB;
	if (t->flags & WINSOCK_MSG_DONTROUTE)
		t->msg->msg_flags |= MSG_DONTROUTE;
	err = ws_transfer_resume(t);
	if (err)
		return err;

	do {
		err = ws_send_loop(t);
	} while (err == -EAGAIN);
	return err == -ERESTARTNOINTR ? ws_call_restart(call) : err;
}

/* WINSOCK_IOC_SOCK_SEND */
int ws_sock_send(struct ws_call *call)
{
	struct winsock_sock_send *a = &call->send;
	struct msghdr msg = { };
	struct ws_transfer t = {
		.ctx = call->ctx, .msg = &msg, .flags = a->msg_flags,
		.done = &a->transferred, .deadline = &a->deadline,
		.leave = call->leave,
	};
	struct ws_sock *ws;
	struct iovec *iov;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	t.ws = ws;
	err = ws_send_check(ws, a->msg_flags);
	/* And it does not get a port by that (windows-observed U1). */
	if (!err && !ws_sock_stream(ws) && !ws_sock_has_peer(ws))
		err = WSAENOTCONN;
	if (err)
		goto out;
	err = ws_buffer_init(&msg.msg_iter, &iov, ITER_SOURCE, a->flags,
			     a->addr, a->count);
	if (err)
		goto out;
	/* No bytes on a stream: nothing for the stack to do. */
	if (msg_data_left(&msg) || !ws_sock_stream(ws))
		err = ws_send_message(call, &t);
	ws_buffer_exit(iov);
out:
	if (err == WSAEWOULDBLOCK)
		ws_netevent_blocked(ws);
	ws_sock_put(ws);
	return ws_transfer_result(err, a->transferred);
}

/* Where a datagram is to go; a stream goes where it is connected to (D3). */
static int ws_send_target(struct ws_sock *ws,
			  const struct winsock_sock_sendmsg *a,
			  struct msghdr *msg, struct sockaddr_storage *ss)
{
	int err;

	if (ws_sock_stream(ws))
		return 0;
	if (!a->name) {
		if (ws_sock_has_peer(ws))
			return 0;
		return a->flags & WINSOCK_IO_MESSAGE ? WSAENOTCONN :
						       WSAEDESTADDRREQ;
	}
	err = ws_addr_get(ws, a->name, a->name_len, ss);
	if (err)
		return err;
	/* The stack would take a port for the protocol; Windows ignores it. */
	if (ws_sock_raw(ws))
		((struct sockaddr_in *)ss)->sin_port = 0;
	else if (ws_addr_unusable(ss))
		return WSAEADDRNOTAVAIL;
	msg->msg_name = ss;
	msg->msg_namelen = ws_addr_size(ss);
	return 0;
}

/* What WSASendMsg alone does not take (windows-observed M2). */
static int ws_send_check_message(const struct ws_sock *ws,
				 const struct winsock_sock_sendmsg *a)
{
	if (!(a->flags & WINSOCK_IO_MESSAGE))
		return 0;
	if (ws_sock_stream(ws))
		return WSAEINVAL;
	return (!a->name && a->name_len) || (!a->control && a->control_len) ?
	       WSAEFAULT : 0;
}

/* WINSOCK_IOC_SOCK_SENDMSG */
int ws_sock_sendmsg(struct ws_call *call)
{
	struct winsock_sock_sendmsg *a = &call->sendmsg;
	struct sockaddr_storage ss __uninitialized;
	struct msghdr msg = { };
	struct ws_transfer t = {
		.ctx = call->ctx, .msg = &msg, .flags = a->msg_flags,
		.done = &a->transferred, .deadline = &a->deadline,
		.leave = call->leave,
	};
	struct ws_cmsg cmsg __uninitialized;
	struct ws_sock *ws;
	struct iovec *iov;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	t.ws = ws;
	err = ws_send_check_message(ws, a) ?:
	      ws_send_check(ws, a->msg_flags) ?:
	      ws_send_target(ws, a, &msg, &ss);
	if (!err && unlikely(a->control_len) && !ws_sock_stream(ws)) {
		cmsg.addr = a->control;
		cmsg.len = a->control_len;
		cmsg.cmsg32 = a->flags & WINSOCK_IO_ARRAY32;
		err = ws_cmsg_get(&cmsg, &msg);
	}
	if (!err)
		err = ws_buffer_init(&msg.msg_iter, &iov, ITER_SOURCE,
				     a->flags & ~WINSOCK_IO_MESSAGE, a->addr,
				     a->count);
	if (err)
		goto out;
	if (msg_data_left(&msg) || !ws_sock_stream(ws))
		err = ws_send_message(call, &t);
	ws_buffer_exit(iov);
	if (unlikely(!test_bit(WS_SOCK_BOUND, &ws->flags)))
		ws_sock_autobound(call, ws, a->handle);
out:
	if (err == WSAEWOULDBLOCK)
		ws_netevent_blocked(ws);
	ws_sock_put(ws);
	return ws_transfer_result(err, a->transferred);
}
