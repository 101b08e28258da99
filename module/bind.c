// SPDX-License-Identifier: GPL-2.0-only
/*
 * bind, listen, and the names of both ends.
 */
#include <linux/net.h>
#include <net/net_namespace.h>
#include <net/tcp_states.h>
#include "addr.h"
#include "compat.h"
#include "sock.h"

/*
 * A port that the stack chose is given up when a connect from it fails, one
 * that was asked for is not.  To Windows both are the socket's (L4).
 */
static void ws_sock_keep_port(struct ws_sock *ws)
{
	struct sock *sk = ws->sock->sk;

	lock_sock(sk);
	sk->sk_userlocks |= SOCK_BINDPORT_LOCK;
	release_sock(sk);
}

/* WINSOCK_IOC_SOCK_BIND */
int ws_sock_bind(struct ws_call *call)
{
	struct winsock_sock_bind *a = &call->bind;
	struct sockaddr_storage ss;
	struct ws_sock *ws;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	err = ws_addr_get(ws, a->addr, a->addr_len, &ss);
	if (err)
		goto put_sock;

	mutex_lock(&ws->lock);
	if (test_bit(WS_SOCK_BOUND, &ws->flags))
		err = WSAEINVAL;
	else
		err = ws_errno(WS_OP_BIND,
			       kernel_bind(ws->sock,
					   (struct sockaddr_unsized *)&ss,
					   ws_addr_size(&ss)));
	if (!err) {
		ws_sock_keep_port(ws);
		ws_sock_set_bound(call, ws, a->handle);
	}
	mutex_unlock(&ws->lock);
put_sock:
	ws_sock_put(ws);
	return err;
}

/*
 * The queue length to ask the stack for.  Negative is SOMAXCONN_HINT(N), which
 * takes N from 200 to 65535; the administrator's net.core.somaxconn holds
 * in any case.
 */
static int ws_sock_backlog(const struct ws_sock *ws, s32 backlog)
{
	int max = READ_ONCE(sock_net(ws->sock->sk)->core.sysctl_somaxconn);

	if (backlog < 0)
		backlog = clamp(backlog, -65535, -200) * -1;
	return clamp(backlog, 0, max);
}

/*
 * The stack does not listen on a socket whose attempt to connect has failed
 * until connect has told so; Windows does (L4).  The code stays in SO_ERROR.
 */
static void ws_sock_forget_attempt(struct ws_sock *ws)
{
	lock_sock(ws->sock->sk);
	if (ws->sock->state == SS_CONNECTING &&
	    ws->sock->sk->sk_state == TCP_CLOSE)
		ws->sock->state = SS_UNCONNECTED;
	release_sock(ws->sock->sk);
}

static int ws_sock_listen_locked(struct ws_sock *ws, s32 backlog)
{
	int state = ws_sock_state(ws);

	lockdep_assert_held(&ws->lock);
	if (!test_bit(WS_SOCK_BOUND, &ws->flags))
		return WSAEINVAL;
	/* Windows keeps the first backlog (listen page, Remarks; L2). */
	if (state == TCP_LISTEN)
		return 0;
	if (state == TCP_SYN_SENT || state == TCP_SYN_RECV)
		return WSAEINVAL;
	if (state != TCP_CLOSE)
		return WSAEISCONN;
	if (READ_ONCE(ws->dead) || ws_sock_was_connected(ws))
		return WSAEINVAL;
	ws_sock_forget_attempt(ws);
	return ws_errno(WS_OP_LISTEN,
			kernel_listen(ws->sock, ws_sock_backlog(ws, backlog)));
}

/* WINSOCK_IOC_SOCK_LISTEN */
int ws_sock_listen(struct ws_call *call)
{
	struct winsock_sock_listen *a = &call->listen;
	struct ws_sock *ws;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	if (ws_sock_stream(ws)) {
		mutex_lock(&ws->lock);
		err = ws_sock_listen_locked(ws, a->backlog);
		mutex_unlock(&ws->lock);
	} else {
		err = WSAEOPNOTSUPP;
	}
	ws_sock_put(ws);
	return err;
}

/* State before pointers (windows-observed Q1, Q3). */
static int ws_sock_name(struct ws_sock *ws, const struct winsock_sock_name *a,
			bool peer)
{
	struct sockaddr_storage ss;
	struct ws_addr_out out;
	int err;

	err = ws_addr_name(ws, peer, &ss);
	if (err)
		return ws_errno(WS_OP_NAME, err);
	return ws_addr_out_init(&out, ws, a->addr, a->addr_len) ?:
	       ws_addr_put(&out, &ss);
}

/* WINSOCK_IOC_SOCK_GETNAME */
int ws_sock_getname(struct ws_call *call)
{
	struct winsock_sock_name *a = &call->name;
	struct ws_sock *ws;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	if (test_bit(WS_SOCK_BOUND, &ws->flags))
		err = ws_sock_name(ws, a, false);
	else
		err = WSAEINVAL;
	ws_sock_put(ws);
	return err;
}

/* WINSOCK_IOC_SOCK_GETPEER */
int ws_sock_getpeer(struct ws_call *call)
{
	struct winsock_sock_name *a = &call->name;
	struct ws_sock *ws;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	err = ws_sock_name(ws, a, true);
	ws_sock_put(ws);
	return err;
}
