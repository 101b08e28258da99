// SPDX-License-Identifier: GPL-2.0-only
/*
 * getsockopt and setsockopt, as one table.
 */
#include <linux/net.h>
#include <linux/sockptr.h>
#include <linux/tcp.h>
#include <linux/uaccess.h>
#include <net/ipv6.h>
#include <net/tcp.h>
#include "catalog.h"
#include "errno.h"
#include "sock.h"

/* How lengths are taken (windows-observed T1, T2, T5). */
enum ws_option_type {
	WS_OPTION_BOOL,		/* any length, 0 too; short ones zero-extended */
	WS_OPTION_BYTE,		/* at least 1 byte, of which the first counts */
	WS_OPTION_INT,		/* at least 4 bytes */
};

/**
 * struct ws_option - one option
 * @level: WINSOCK_SOL_SOCKET or WINSOCK_IPPROTO_*
 * @name:  number at that level
 * @type:  how its lengths are taken
 * @kinds: bits of SOCK_*: where it exists
 * @get:   its value; NULL if it cannot be read
 * @set:   0 or a negative errno; NULL if it cannot be set: WSAENOPROTOOPT
 */
struct ws_option {
	int level;
	int name;
	enum ws_option_type type;
	u32 kinds;
	u32 (*get)(struct ws_sock *ws);
	int (*set)(struct ws_sock *ws, u32 value);
};

static int ws_option_stack(struct ws_sock *ws, int level, int name, u32 value)
{
	const struct proto_ops *ops = READ_ONCE(ws->sock->ops);
	sockptr_t v = KERNEL_SOCKPTR(&value);

	if (level == SOL_SOCKET)
		return sock_setsockopt(ws->sock, level, name, v, sizeof(value));
	return ops->setsockopt(ws->sock, level, name, v, sizeof(value));
}

static u32 ws_get_acceptconn(struct ws_sock *ws)
{
	return ws_sock_state(ws) == TCP_LISTEN;
}

static u32 ws_get_reuseaddr(struct ws_sock *ws)
{
	return !!ws->sock->sk->sk_reuse;
}

static int ws_set_reuseaddr(struct ws_sock *ws, u32 value)
{
	return ws_option_stack(ws, SOL_SOCKET, SO_REUSEADDR, value);
}

static u32 ws_get_keepalive(struct ws_sock *ws)
{
	return sock_flag(ws->sock->sk, SOCK_KEEPOPEN);
}

static int ws_set_keepalive(struct ws_sock *ws, u32 value)
{
	return ws_option_stack(ws, SOL_SOCKET, SO_KEEPALIVE, value);
}

static u32 ws_get_oobinline(struct ws_sock *ws)
{
	return sock_flag(ws->sock->sk, SOCK_URGINLINE);
}

static int ws_set_oobinline(struct ws_sock *ws, u32 value)
{
	return ws_option_stack(ws, SOL_SOCKET, SO_OOBINLINE, value);
}

/* struct linger of Windows: u_short l_onoff, then u_short l_linger, seconds. */
static u32 ws_get_linger(struct ws_sock *ws)
{
	struct sock *sk = ws->sock->sk;
	u32 seconds = min_t(unsigned long, READ_ONCE(sk->sk_lingertime) / HZ,
			    U16_MAX);
	u32 onoff = READ_ONCE(ws->linger_onoff);

	/* An imported socket's owner may have changed it. */
	if (!onoff != !sock_flag(sk, SOCK_LINGER))
		onoff = sock_flag(sk, SOCK_LINGER);
	return seconds << 16 | onoff;
}

/* Both members are kept as they were set (T16), which the stack would not. */
static int ws_set_linger(struct ws_sock *ws, u32 value)
{
	struct sock *sk = ws->sock->sk;
	u16 onoff = value & 0xffff;

	lock_sock(sk);
	WRITE_ONCE(sk->sk_lingertime, (value >> 16) * HZ);
	sock_valbool_flag(sk, SOCK_LINGER, onoff);
	WRITE_ONCE(ws->linger_onoff, onoff);
	assign_bit(WS_SOCK_LINGERS, &ws->flags, onoff && value >> 16);
	release_sock(sk);
	return 0;
}

static u32 ws_get_dontlinger(struct ws_sock *ws)
{
	return !sock_flag(ws->sock->sk, SOCK_LINGER);
}

/* TRUE is linger off (windows-observed T17); the time is kept. */
static int ws_set_dontlinger(struct ws_sock *ws, u32 value)
{
	return ws_set_linger(ws, (ws_get_linger(ws) & ~0xffffU) + !value);
}

/* The stack doubles what is set; Windows reads back the same (T15). */
static u32 ws_get_sndbuf(struct ws_sock *ws)
{
	return READ_ONCE(ws->sock->sk->sk_sndbuf) / 2;
}

static int ws_set_sndbuf(struct ws_sock *ws, u32 value)
{
	return ws_option_stack(ws, SOL_SOCKET, SO_SNDBUF, value);
}

static u32 ws_get_rcvbuf(struct ws_sock *ws)
{
	return READ_ONCE(ws->sock->sk->sk_rcvbuf) / 2;
}

static int ws_set_rcvbuf(struct ws_sock *ws, u32 value)
{
	return ws_option_stack(ws, SOL_SOCKET, SO_RCVBUF, value);
}

/* Reading does not clear it; success does (windows-observed N9). */
static u32 ws_get_error(struct ws_sock *ws)
{
	int err = -READ_ONCE(ws->sock->sk->sk_err);

	if (err && !ws_sock_was_connected(ws))
		return ws_errno(WS_OP_CONNECT, err);
	if (err)
		return ws_errno(WS_OP_ANY, err);
	return ws_sock_connected(ws) ? 0 : READ_ONCE(ws->so_error);
}

static u32 ws_get_type(struct ws_sock *ws)
{
	return ws_sock_raw(ws) ? SOCK_RAW : ws->sock->type;
}

/* What the library makes a WSAPROTOCOL_INFO of. */
static u32 ws_get_triple(struct ws_sock *ws)
{
	const struct ws_kind *kind = ws_catalog_of(ws->sock);

	return kind->family | kind->type << 8 | kind->protocol << 16;
}

static u32 ws_get_nodelay(struct ws_sock *ws)
{
	return !!(tcp_sk(ws->sock->sk)->nonagle & TCP_NAGLE_OFF);
}

static int ws_set_nodelay(struct ws_sock *ws, u32 value)
{
	return ws_option_stack(ws, SOL_TCP, TCP_NODELAY, value);
}

static u32 ws_get_v6only(struct ws_sock *ws)
{
	return ipv6_only_sock(ws->sock->sk);
}

static int ws_set_v6only(struct ws_sock *ws, u32 value)
{
	return ws_option_stack(ws, SOL_IPV6, IPV6_V6ONLY, value);
}

#define WS_STREAM	BIT(SOCK_STREAM)
#define WS_DGRAM	BIT(SOCK_DGRAM)
#define WS_RAW		BIT(SOCK_RAW)
#define WS_ALL		(WS_STREAM | WS_DGRAM | WS_RAW)

static const struct ws_option ws_options[] = {
	{ WINSOCK_SOL_SOCKET, WINSOCK_SO_ACCEPTCONN, WS_OPTION_INT, WS_ALL,
	  ws_get_acceptconn, NULL },
	{ WINSOCK_SOL_SOCKET, WINSOCK_SO_REUSEADDR, WS_OPTION_BOOL, WS_ALL,
	  ws_get_reuseaddr, ws_set_reuseaddr },
	{ WINSOCK_SOL_SOCKET, WINSOCK_SO_KEEPALIVE, WS_OPTION_BYTE, WS_ALL,
	  ws_get_keepalive, ws_set_keepalive },
	{ WINSOCK_SOL_SOCKET, WINSOCK_SO_LINGER, WS_OPTION_INT, WS_STREAM,
	  ws_get_linger, ws_set_linger },
	{ WINSOCK_SOL_SOCKET, WINSOCK_SO_DONTLINGER, WS_OPTION_BOOL, WS_STREAM,
	  ws_get_dontlinger, ws_set_dontlinger },
	{ WINSOCK_SOL_SOCKET, WINSOCK_SO_OOBINLINE, WS_OPTION_BOOL, WS_ALL,
	  ws_get_oobinline, ws_set_oobinline },
	{ WINSOCK_SOL_SOCKET, WINSOCK_SO_SNDBUF, WS_OPTION_INT, WS_ALL,
	  ws_get_sndbuf, ws_set_sndbuf },
	{ WINSOCK_SOL_SOCKET, WINSOCK_SO_RCVBUF, WS_OPTION_INT, WS_ALL,
	  ws_get_rcvbuf, ws_set_rcvbuf },
	{ WINSOCK_SOL_SOCKET, WINSOCK_SO_ERROR, WS_OPTION_INT, WS_ALL,
	  ws_get_error, NULL },
	{ WINSOCK_SOL_SOCKET, WINSOCK_SO_TYPE, WS_OPTION_INT, WS_ALL,
	  ws_get_type, NULL },
	{ WINSOCK_SOL_SOCKET, WINSOCK_SO_TRIPLE, WS_OPTION_INT, WS_ALL,
	  ws_get_triple, NULL },
	{ WINSOCK_IPPROTO_TCP, WINSOCK_TCP_NODELAY, WS_OPTION_BYTE, WS_STREAM,
	  ws_get_nodelay, ws_set_nodelay },
	{ WINSOCK_IPPROTO_IPV6, WINSOCK_IPV6_V6ONLY, WS_OPTION_BYTE, WS_ALL,
	  ws_get_v6only, ws_set_v6only },
};

/* 0 with the option found; T13: an unknown level is WSAEINVAL. */
static int ws_option_find(struct ws_sock *ws, int level, int name,
			  const struct ws_option **found)
{
	const struct ws_option *o = ws_options;

	if (level != WINSOCK_SOL_SOCKET && level != WINSOCK_IPPROTO_IP &&
	    level != WINSOCK_IPPROTO_IPV6 && level != WINSOCK_IPPROTO_TCP &&
	    level != WINSOCK_IPPROTO_UDP)
		return WSAEINVAL;
	if (level == WINSOCK_IPPROTO_IPV6 &&
	    ws->sock->sk->sk_family != AF_INET6)
		return WSAENOPROTOOPT;
	if (ws_sock_unix(ws) && level != WINSOCK_SOL_SOCKET)
		return WSAENOPROTOOPT;
	for (; o < ws_options + ARRAY_SIZE(ws_options); o++) {
		if (o->level == level && o->name == name &&
		    o->kinds & BIT(ws_get_type(ws))) {
			*found = o;
			return 0;
		}
	}
	return WSAENOPROTOOPT;
}

/* Bytes that a get with @room answers, 0 if it is too small (T1, T2, T5). */
static s32 ws_option_length(const struct ws_option *o, s32 room)
{
	switch (o->type) {
	case WS_OPTION_BOOL:
		return room <= 0 ? 0 : room < (s32)sizeof(u32) ? 1 : sizeof(u32);
	case WS_OPTION_BYTE:
		return room <= 0 ? 0 : 1;
	default:
		return room < (s32)sizeof(u32) ? 0 : sizeof(u32);
	}
}

static int ws_option_get(struct ws_sock *ws, const struct ws_option *o,
			 const struct winsock_sock_getopt *a)
{
	__s32 __user *len = u64_to_user_ptr(a->value_len);
	void __user *value = u64_to_user_ptr(a->value);
	__le32 v = cpu_to_le32(o->get(ws));
	s32 n, room;

	if (!a->value || !a->value_len || get_user(room, len))
		return WSAEFAULT;
	n = ws_option_length(o, room);
	if (!n || copy_to_user(value, &v, n) || put_user(n, len))
		return WSAEFAULT;
	return 0;
}

static int ws_option_set(struct ws_sock *ws, const struct ws_option *o,
			 const struct winsock_sock_setopt *a)
{
	s32 least = o->type == WS_OPTION_INT ? sizeof(u32) :
		    o->type == WS_OPTION_BYTE ? 1 : 0;
	u32 size = min_t(u32, a->value_len, sizeof(u32));
	__le32 v = 0;
	u32 value;

	if (!a->value)
		return WSAEFAULT;
	/* A negative length is a huge one to Windows (T1, T2, T5). */
	if (a->value_len < 0 && o->type == WS_OPTION_BYTE)
		return WSAENOBUFS;
	if (a->value_len >= 0 && a->value_len < least)
		return WSAEFAULT;
	if (copy_from_user(&v, u64_to_user_ptr(a->value), size))
		return WSAEFAULT;
	value = le32_to_cpu(v);
	if (o->type == WS_OPTION_BYTE)
		value = !!(value & 0xff);
	else if (o->type == WS_OPTION_BOOL)
		value = !!value;
	return ws_errno(WS_OP_OPTION, o->set(ws, value));
}

/* WINSOCK_IOC_SOCK_GETOPT */
int ws_sock_getopt(struct ws_call *call)
{
	struct winsock_sock_getopt *a = &call->getopt;
	const struct ws_option *o;
	struct ws_sock *ws;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	err = ws_option_find(ws, a->level, a->name, &o) ?:
	      ws_option_get(ws, o, a);
	ws_sock_put(ws);
	return err;
}

/* WINSOCK_IOC_SOCK_SETOPT */
int ws_sock_setopt(struct ws_call *call)
{
	struct winsock_sock_setopt *a = &call->setopt;
	const struct ws_option *o;
	struct ws_sock *ws;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	err = ws_option_find(ws, a->level, a->name, &o);
	if (!err)
		err = o->set ? ws_option_set(ws, o, a) : WSAENOPROTOOPT;
	ws_sock_put(ws);
	return err;
}
