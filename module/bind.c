// SPDX-License-Identifier: GPL-2.0-only
/*
 * bind, listen, and the names of both ends.
 */
#include <linux/inetdevice.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <net/addrconf.h>
#include <net/inet_connection_sock.h>
#include <net/ipv6.h>
#include <net/net_namespace.h>
#include <net/route.h>
#include <net/tcp_states.h>
#include "addr.h"
#include "compat.h"
#include "share.h"
#include "sock.h"

/* What bind refuses of an IPv4 address before it looks at the port. */
static int ws_bind_check_ipv4(struct ws_sock *ws, __be32 addr)
{
	struct sock *sk = ws->sock->sk;
	unsigned int type;

	if (addr == htonl(INADDR_ANY))
		return 0;
	type = inet_addr_type(sock_net(sk), addr);
	if (ws_sock_stream(ws))
		return type == RTN_BROADCAST || type == RTN_MULTICAST ?
		       WSAEADDRNOTAVAIL : 0;
	return type == RTN_BROADCAST && !sock_flag(sk, SOCK_BROADCAST) ?
	       WSAEACCES : 0;
}

/*
 * The interface of an IPv6 address.  One that does not exist is refused even
 * where it would not matter; without one a link-local address is looked for,
 * and getsockname tells where it was found (B5).
 */
static int ws_bind_scope(struct sock *sk, struct sockaddr_in6 *sin6)
{
	const struct net_device *dev;
	int err = 0;

	rcu_read_lock();
	if (sin6->sin6_scope_id) {
		if (!dev_get_by_index_rcu(sock_net(sk), sin6->sin6_scope_id))
			err = WSAEADDRNOTAVAIL;
	} else if (ipv6_addr_type(&sin6->sin6_addr) & IPV6_ADDR_LINKLOCAL &&
		   !READ_ONCE(sk->sk_bound_dev_if)) {
		dev = ipv6_dev_find(sock_net(sk), &sin6->sin6_addr, NULL);
		if (dev)
			sin6->sin6_scope_id = dev->ifindex;
		else
			err = WSAEADDRNOTAVAIL;
	}
	rcu_read_unlock();
	return err;
}

static int ws_bind_check(struct ws_sock *ws, struct sockaddr_storage *ss)
{
	struct sockaddr_in6 *sin6 = (struct sockaddr_in6 *)ss;
	struct sock *sk = ws->sock->sk;

	if (ss->ss_family == AF_INET)
		return ws_bind_check_ipv4(ws, ((struct sockaddr_in *)ss)->
					      sin_addr.s_addr);
	if (ipv6_addr_v4mapped(&sin6->sin6_addr))
		return ipv6_only_sock(sk) ? WSAEADDRNOTAVAIL :
		       ws_bind_check_ipv4(ws, sin6->sin6_addr.s6_addr32[3]);
	if (ipv6_addr_any(&sin6->sin6_addr))
		return 0;
	if (ipv6_addr_is_multicast(&sin6->sin6_addr))
		return ws_sock_stream(ws) ? WSAEADDRNOTAVAIL : 0;
	return ws_bind_scope(sk, sin6);
}

/* As Linux does it: a native socket, though imported, and what has no ports. */
static int ws_bind_native(struct ws_sock *ws, struct sockaddr_storage *ss)
{
	int err;

	/* The stack would take a port for the number of a ping socket's own. */
	if (ws_sock_raw(ws))
		((struct sockaddr_in *)ss)->sin_port = 0;
	err = kernel_bind(ws->sock, (struct sockaddr_unsized *)ss,
			  ws_addr_size(ss));
	return ws_errno(WS_OP_BIND, err);
}

/* TCP and UDP: what others on the port have a say in. */
static int ws_bind_shared(struct ws_sock *ws, struct sockaddr_storage *ss)
{
	enum ws_share_option option = WS_SHARE_NONE;
	int err;

	err = ws_bind_check(ws, ss);
	if (err)
		return err;
	if (test_bit(WS_SOCK_EXCLUSIVE, &ws->flags))
		option = WS_SHARE_EXCLUSIVE;
	else if (test_bit(WS_SOCK_REUSE, &ws->flags))
		option = WS_SHARE_REUSE;
	return ws->file ? ws_bind_native(ws, ss) :
			  ws_share_bind(ws->sock, ss, option, &ws->share);
}

static int ws_sock_bind_locked(struct ws_call *call, struct ws_sock *ws,
			       struct sockaddr_storage *ss)
{
	int err;

	lockdep_assert_held(&ws->lock);
	if (test_bit(WS_SOCK_BOUND, &ws->flags))
		return WSAEINVAL;
	if (ws_sock_tcp(ws) || ws_sock_udp(ws))
		err = ws_bind_shared(ws, ss);
	else
		err = ws_bind_native(ws, ss);
	if (!err)
		ws_sock_set_bound(call, ws, call->bind.handle);
	return err;
}

/* The stack gives a port that it chose up when the peer is given up. */
void ws_sock_keep_port(struct ws_sock *ws)
{
	struct sock *sk = ws->sock->sk;

	lock_sock(sk);
	sk->sk_userlocks |= SOCK_BINDPORT_LOCK;
	release_sock(sk);
}

/**
 * ws_sock_autobound() - a datagram was sent from a socket that was not bound
 * @call:   the call
 * @ws:     the socket, of any kind; the caller holds a user
 * @handle: as the user gave it
 *
 * The stack has chosen a port, also when it could not send after that; the
 * socket is then bound (sendto page, windows-observed U2).  A raw socket has
 * none to choose.
 *
 * Context: process, may sleep.
 */
void ws_sock_autobound(struct ws_call *call, struct ws_sock *ws, u64 handle)
{
	if (ws_sock_udp(ws) ? !ws_sock_has_port(ws) : !ws_sock_raw(ws))
		return;
	mutex_lock(&ws->lock);
	if (!test_bit(WS_SOCK_BOUND, &ws->flags)) {
		if (ws_sock_udp(ws))
			ws_sock_keep_port(ws);
		ws_sock_set_bound(call, ws, handle);
	}
	mutex_unlock(&ws->lock);
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
	err = ws_sock_bind_locked(call, ws, &ss);
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
	/* Accepted sockets would have it from here. */
	if (test_and_clear_bit(WS_SOCK_TIMED, &ws->flags))
		WRITE_ONCE(inet_csk(ws->sock->sk)->icsk_user_timeout, 0);
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
	backlog = ws_sock_backlog(ws, backlog);
	return ws_errno(WS_OP_LISTEN,
			ws->share ? ws_share_listen(ws->share, backlog) :
				    kernel_listen(ws->sock, backlog));
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

	err = peer ? ws_addr_last_peer(ws, &ss) : ws_addr_name(ws, false, &ss);
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
