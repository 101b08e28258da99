// SPDX-License-Identifier: GPL-2.0-only
/*
 * connect and shutdown.
 */
#include <linux/net.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <net/addrconf.h>
#include <net/tcp.h>
#include <net/tcp_states.h>
#include "addr.h"
#include "compat.h"
#include "netevent.h"
#include "group.h"
#include "sock.h"
#include "unread.h"
#include "wait.h"

/*
 * How long Windows tries: three SYNs, given up 3, 6 and 12 seconds after each.
 * Linux sends more of them, and would go on for two minutes.
 */
#define WS_CONNECT_MS	21000

static bool ws_connect_under_way(const struct ws_sock *ws)
{
	int state = ws_sock_state(ws);

	return state == TCP_SYN_SENT || state == TCP_SYN_RECV;
}

/* Called with the task not running. */
static bool ws_connect_ready(struct ws_obj *obj)
{
	return !ws_connect_under_way(ws_obj_sock(obj));
}

/* Whether the stack has an address to speak to another from. */
static bool ws_connect_has_source(const struct ws_sock *ws,
				  const struct sockaddr_storage *ss)
{
	const struct sockaddr_in6 *sin6 = (const void *)ss;
	struct in6_addr source;

	if (ss->ss_family == AF_INET || ipv6_addr_v4mapped(&sin6->sin6_addr))
		return true;
	return !ipv6_dev_get_saddr(sock_net(ws->sock->sk), NULL,
				   &sin6->sin6_addr, 0, &source);
}

/*
 * Whether an error is for want of a port that the stack could choose, which is
 * WSAENOBUFS to Windows.  The stack says so of a stream with what also stands
 * for want of an address, and of a datagram socket with what stands for a full
 * queue.
 */
static bool ws_connect_no_port(const struct ws_sock *ws,
			       const struct sockaddr_storage *ss, int err)
{
	if (ws_sock_has_port(ws))
		return false;
	if (ws_sock_tcp(ws))
		return err == -EADDRNOTAVAIL && ws_connect_has_source(ws, ss);
	return err == -EAGAIN && ws_sock_udp(ws);
}

static int ws_connect_stack(struct ws_sock *ws, struct sockaddr_storage *ss)
{
	int err = kernel_connect(ws->sock, (struct sockaddr_unsized *)ss,
				 ws_addr_size(ss), O_NONBLOCK);

	/* AF_UNIX, and the listener's queue is full (listen page). */
	if (err == -EAGAIN && ws_sock_unix(ws))
		err = -ECONNREFUSED;
	if (unlikely(ws_connect_no_port(ws, ss, err)))
		err = -ENOBUFS;
	return err;
}

/* The stack's answer as a code; select remembers a failure (N8). */
static int ws_connect_outcome(struct ws_sock *ws, int err)
{
	if (err && err != -EINPROGRESS)
		set_bit(WS_SOCK_CONNECT_FAILED, &ws->flags);
	return ws_errno(WS_OP_CONNECT, err);
}

/*
 * What a stream is told that cannot begin to connect, or 0.  The stack keeps
 * the outcome of a nonblocking attempt until the next connect; Windows does
 * not, and begins anew (windows-observed N9), so collect it here.
 */
static int ws_connect_check_locked(struct ws_sock *ws,
				   struct sockaddr_storage *ss)
{
	lockdep_assert_held(&ws->lock);
	if (ws_sock_listening(ws))
		return WSAEINVAL;
	if (ws_connect_under_way(ws))
		return WSAEALREADY;
	if (ws_sock_state(ws) != TCP_CLOSE || READ_ONCE(ws->dead) ||
	    ws_sock_was_connected(ws))
		return WSAEISCONN;
	if (ws_addr_unusable(ss))
		return WSAEADDRNOTAVAIL;
	if (ws_sock_attempt(ws) == SS_CONNECTING)
		WRITE_ONCE(ws->so_error,
			   ws_connect_outcome(ws, ws_connect_stack(ws, ss)));
	return 0;
}

/*
 * Let the attempt end in Windows' time, unless the socket has been told when to
 * give up.  ws_sock_was_connected() takes it back before there is data, whose
 * sending it would limit too.
 */
static void ws_connect_limit(struct ws_sock *ws)
{
	struct inet_connection_sock *icsk = inet_csk(ws->sock->sk);

	lockdep_assert_held(&ws->lock);
	if (!ws_sock_tcp(ws) || ws->file || READ_ONCE(icsk->icsk_user_timeout))
		return;
	set_bit(WS_SOCK_TIMED, &ws->flags);
	WRITE_ONCE(icsk->icsk_user_timeout, WS_CONNECT_MS);
}

/*
 * The address that a caller gave.  For datagrams one without a host, or without
 * anything, dissolves the association (connect page, U4): the stack's word for
 * that is an unspecified family.
 */
static int ws_connect_addr(struct ws_sock *ws,
			   const struct winsock_sock_connect *a,
			   struct sockaddr_storage *ss)
{
	int err = ws_addr_get(ws, a->addr, a->addr_len, ss);

	if (ws_sock_stream(ws))
		return err;
	if (err == WSAEAFNOSUPPORT && ss->ss_family == AF_UNSPEC &&
	    !memchr_inv(ss, 0, ws->sock->sk->sk_family == AF_INET6 ?
			       sizeof(struct sockaddr_in6) :
			       sizeof(struct sockaddr_in)))
		return 0;
	if (!err && ws_addr_any(ss))
		ss->ss_family = AF_UNSPEC;
	return err;
}

/*
 * Datagrams queued from the peer before are discarded (connect page).  Bounded
 * by what the queue can hold, whatever arrives meanwhile.
 */
static void ws_connect_discard(struct ws_sock *ws)
{
	long left = READ_ONCE(ws->sock->sk->sk_rcvbuf);

	for (; left > 0; left -= SKB_TRUESIZE(0)) {
		struct msghdr msg = { };

		if (kernel_recvmsg(ws->sock, &msg, NULL, 0, 0,
				   MSG_DONTWAIT | MSG_TRUNC) == -EAGAIN)
			break;
	}
}

/* connect on a datagram socket, as often as one likes (U3). */
static int ws_connect_datagram_locked(struct ws_call *call, struct ws_sock *ws,
				      struct sockaddr_storage *ss)
{
	struct sockaddr_storage before = { }, after = { };
	bool had;
	int err;

	lockdep_assert_held(&ws->lock);
	had = !ws_addr_name(ws, true, &before);
	/* The stack gives a port up that it chose, when the peer goes. */
	if (ws_sock_udp(ws) && test_bit(WS_SOCK_BOUND, &ws->flags))
		ws_sock_keep_port(ws);
	err = ws_connect_stack(ws, ss);
	if (ws_sock_udp(ws) ? ws_sock_has_port(ws) : !err)
		ws_sock_set_bound(call, ws, call->connect.handle);
	if (!err && had &&
	    (ws_addr_name(ws, true, &after) ||
	     memcmp(&before, &after, sizeof(before))))
		ws_connect_discard(ws);
	err = ws_errno(WS_OP_CONNECT, err);
	if (ss->ss_family != AF_UNSPEC)
		ws_netevent_connect_done(ws, err);
	return err;
}

static int ws_connect_begin(struct ws_call *call, struct ws_sock *ws,
			    struct sockaddr_storage *ss)
{
	bool bound;
	int err = 0;

	mutex_lock(&ws->lock);
	bound = test_bit(WS_SOCK_BOUND, &ws->flags);
	if (ws_sock_stream(ws))
		err = ws_connect_check_locked(ws, ss);
	if (!err && !ws_group_admits(ws->group, ss))
		err = WSAEINVAL;
	/* What setsockopt put there is of the past. */
	if (!err && test_bit(WS_SOCK_ERROR_SET, &ws->flags)) {
		WRITE_ONCE(ws->so_error, 0);
		clear_bit(WS_SOCK_ERROR_SET, &ws->flags);
	}
	if (!ws_sock_stream(ws)) {
		err = ws_connect_datagram_locked(call, ws, ss);
	} else if (!err) {
		WRITE_ONCE(ws->since, ktime_get_seconds());
		ws_connect_limit(ws);
		ws_netevent_connecting(ws);
		err = ws_connect_stack(ws, ss);
		/* The same connection exists; bind could not see that. */
		if (bound && err == -EADDRNOTAVAIL && ws_sock_stream(ws))
			err = -EADDRINUSE;
		/*
		 * An attempt binds (connect page, Remarks).  The stack forgets
		 * the port that it chose when the attempt fails, which may be
		 * before we come back; a listen or connect gets another.
		 */
		if (!err || err == -EINPROGRESS ||
		    ws_sock_has_port(ws))
			ws_sock_set_bound(call, ws, call->connect.handle);
		err = ws_connect_outcome(ws, err);
		ws_netevent_connect_done(ws, err);
	}
	mutex_unlock(&ws->lock);
	return err;
}

/*
 * Wait for the outcome of an attempt that this call began.  @started may be a
 * lie, so whoever was not connecting is not made to now.
 */
static int ws_connect_wait(struct ws_call *call, struct ws_sock *ws,
			   struct sockaddr_storage *ss)
{
	int err;

	err = ws_wait(call->ctx, &ws->obj, &ws->sock->wq.wait, ws_connect_ready,
		      false, call->leave);
	if (err == WS_WAIT_CLOSED)
		return WSAENOTSOCK;
	if (err) {
		call->connect.started = 1;
		return ws_call_restart(call);
	}
	mutex_lock(&ws->lock);
	if (ws_sock_attempt(ws) == SS_CONNECTING)
		err = ws_connect_outcome(ws, ws_connect_stack(ws, ss));
	else if (ws_sock_attempt(ws) == SS_CONNECTED)
		err = 0;
	else	/* refused, and another thread's call has collected that */
		err = test_bit(WS_SOCK_BOUND, &ws->flags) ? WSAECONNREFUSED :
							    -EINVAL;
	if (!err) {
		WRITE_ONCE(ws->since, ktime_get_seconds());
		ws_sock_was_connected(ws);
	}
	mutex_unlock(&ws->lock);
	return err;
}

/* WINSOCK_IOC_SOCK_CONNECT */
int ws_sock_connect(struct ws_call *call)
{
	struct winsock_sock_connect *a = &call->connect;
	struct sockaddr_storage ss;
	struct ws_sock *ws;
	int err;

	if (a->started > 1)
		return -EINVAL;
	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	err = ws_connect_addr(ws, a, &ss);
	if (err)
		goto put_sock;

	if (!a->started) {
		err = ws_connect_begin(call, ws, &ss);
		if (err != WSAEWOULDBLOCK || ws_sock_nonblocking(ws) ||
		    a->flags & WINSOCK_CONNECT_START)
			goto put_sock;
	}
	err = ws_connect_wait(call, ws, &ss);
put_sock:
	ws_sock_put(ws);
	return err;
}

/*
 * What ended the connection and nobody has been told; 0 after a graceful end,
 * when Windows still takes what is asked for.
 */
static int ws_shutdown_untold(const struct ws_sock *ws)
{
	int code;

	if (!ws_sock_tcp(ws) || ws_sock_state(ws) != TCP_CLOSE)
		return 0;
	code = ws_errno(WS_OP_SHUTDOWN, -READ_ONCE(ws->sock->sk->sk_err));
	/* Keep-alive's code is for those who send or receive. */
	return ws_sock_end(ws, code) == WSAENETRESET ? WSAENOTCONN : code;
}

static int ws_shutdown_locked(struct ws_sock *ws, int how)
{
	unsigned long bits = 0;
	int err;

	lockdep_assert_held(&ws->lock);
	if (how < WINSOCK_SD_RECEIVE || how > WINSOCK_SD_BOTH)
		return WSAEINVAL;
	if (ws_sock_stream(ws)) {
		err = ws_sock_dead(ws);
		if (err)
			return err;
		/* An attempt, or a native owner's listener, is not for this. */
		if (!ws_sock_connected(ws) &&
		    (ws_sock_state(ws) != TCP_CLOSE ||
		     !ws_sock_was_connected(ws)))
			return WSAENOTCONN;
		err = ws_shutdown_untold(ws);
		if (!err && ws_sock_tcp(ws) && how != WINSOCK_SD_SEND)
			err = ws_unread_refuse(ws);
		if (err)
			return err;
	}

	/*
	 * Before the stack wakes those who wait in send or recv: they must see
	 * why.  Not undone if the connection ends this very moment, since then
	 * nothing can be sent or received either.
	 */
	if (how != WINSOCK_SD_SEND)
		bits |= BIT(WS_SOCK_RECV_SHUT);
	if (how != WINSOCK_SD_RECEIVE)
		bits |= BIT(WS_SOCK_SEND_SHUT);
	set_mask_bits(&ws->flags, 0, bits);
	err = kernel_sock_shutdown(ws->sock, how);
	/* Only streams need a connection for it (shutdown page), and had one. */
	if (err == -ENOTCONN)
		err = 0;
	if (ws_sock_tcp(ws) && how != WINSOCK_SD_SEND)
		ws_unread_check(ws);
	return ws_errno(WS_OP_SHUTDOWN, err);
}

/* WINSOCK_IOC_SOCK_SHUTDOWN */
int ws_sock_shutdown(struct ws_call *call)
{
	struct winsock_sock_shutdown *a = &call->shutdown;
	struct ws_sock *ws;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	mutex_lock(&ws->lock);
	err = ws_shutdown_locked(ws, a->how);
	mutex_unlock(&ws->lock);
	ws_sock_put(ws);
	return err;
}
