// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options of level SOL_SOCKET.
 */
#include <linux/compat.h>
#include <linux/net.h>
#include <linux/tcp.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <net/tcp.h>
#include "addr.h"
#include "catalog.h"
#include "compat.h"
#include "group.h"
#include "option.h"

/* The most that a datagram carries, over either family (T22). */
#define WS_MAX_MSG_IPV4	65507
#define WS_MAX_MSG_IPV6	65527

/* A keep-alive that was not told otherwise (SOL_SOCKET page, Win32). */
#define WS_KEEPALIVE_INTERVAL	(1 * HZ)
#define WS_KEEPALIVE_PROBES	10

/* Never kept as a value: 4 GiB of buffer are as good as one byte less. */
#define WS_BUFFER_UNSET	U32_MAX

static int ws_get_acceptconn(struct ws_sock *ws, const struct ws_option *o,
			     u32 *value)
{
	*value = ws_sock_state(ws) == TCP_LISTEN;
	return 0;
}

/*
 * SO_REUSEADDR and SO_EXCLUSIVEADDRUSE: remembered for bind, one at a time (B6).
 * The stack is told by bind, but for an imported socket, which others bind too.
 */
static int ws_set_sharing(struct ws_sock *ws, int bit, int other, u32 value)
{
	int err = 0;

	mutex_lock(&ws->lock);
	if (value && test_bit(other, &ws->flags))
		err = WSAEINVAL;
	else if (ws->file && bit == WS_SOCK_REUSE)
		err = ws_option_stack(ws, SOL_SOCKET, SO_REUSEADDR, &value,
				      sizeof(value));
	if (!err)
		assign_bit(bit, &ws->flags, value);
	mutex_unlock(&ws->lock);
	return err;
}

static int ws_get_reuseaddr(struct ws_sock *ws, const struct ws_option *o,
			    u32 *value)
{
	*value = test_bit(WS_SOCK_REUSE, &ws->flags);
	return 0;
}

static int ws_set_reuseaddr(struct ws_sock *ws, const struct ws_option *o,
			    u32 value)
{
	return ws_set_sharing(ws, WS_SOCK_REUSE, WS_SOCK_EXCLUSIVE, value);
}

static int ws_get_exclusiveaddruse(struct ws_sock *ws,
				   const struct ws_option *o, u32 *value)
{
	*value = test_bit(WS_SOCK_EXCLUSIVE, &ws->flags);
	return 0;
}

static int ws_set_exclusiveaddruse(struct ws_sock *ws,
				   const struct ws_option *o, u32 value)
{
	return ws_set_sharing(ws, WS_SOCK_EXCLUSIVE, WS_SOCK_REUSE, value);
}

static int ws_get_flag(struct ws_sock *ws, const struct ws_option *o,
		       u32 *value)
{
	*value = sock_flag(ws->sock->sk, o->initial);
	return 0;
}

/*
 * The connection is gone: what setsockopt says of it while keep-alive is asked
 * for (setsockopt page).
 */
static int ws_keepalive_gone(struct ws_sock *ws)
{
	int code;

	if (!ws_sock_tcp(ws) || ws_sock_state(ws) != TCP_CLOSE ||
	    !ws_sock_was_connected(ws))
		return 0;
	code = READ_ONCE(ws->dead);
	if (!code)
		code = ws_sock_end(ws, ws_errno(WS_OP_OPTION,
						-READ_ONCE(ws->sock->sk->sk_err)));
	if (code == WSAETIMEDOUT || code == WSAENETRESET)
		return WSAENETRESET;
	return code == WSAECONNRESET ? WSAENOTCONN : 0;
}

static int ws_set_keepalive(struct ws_sock *ws, const struct ws_option *o,
			    u32 value)
{
	struct tcp_sock *tp;
	int err = value ? ws_keepalive_gone(ws) : 0;

	if (err)
		return err;
	/* Windows' pace, unless a pace was set or the socket is a native one. */
	if (value && ws_sock_tcp(ws) && !ws->file) {
		/* Not connect's time-out, which probes would wait for. */
		ws_sock_was_connected(ws);
		tp = tcp_sk(ws->sock->sk);
		if (!READ_ONCE(tp->keepalive_intvl))
			WRITE_ONCE(tp->keepalive_intvl, WS_KEEPALIVE_INTERVAL);
		if (!READ_ONCE(tp->keepalive_probes))
			WRITE_ONCE(tp->keepalive_probes, WS_KEEPALIVE_PROBES);
	}
	return ws_option_set_socket(ws, o, value);
}

/* Ignored on IPv4, refused on IPv6 (setsockopt page). */
static int ws_set_dontroute(struct ws_sock *ws, const struct ws_option *o,
			    u32 value)
{
	if (ws->sock->sk->sk_family == AF_INET6)
		return WSAENOPROTOOPT;
	return ws_option_set_kept(ws, o, value);
}

/* struct linger of Windows: u_short l_onoff, then u_short l_linger, seconds. */
static int ws_get_linger(struct ws_sock *ws, const struct ws_option *o,
			 u32 *value)
{
	struct sock *sk = ws->sock->sk;
	u32 seconds = min_t(unsigned long, READ_ONCE(sk->sk_lingertime) / HZ,
			    U16_MAX);
	u32 onoff = READ_ONCE(ws->linger_onoff);

	/* An imported socket's owner may have changed it. */
	if (!onoff != !sock_flag(sk, SOCK_LINGER))
		onoff = sock_flag(sk, SOCK_LINGER);
	*value = seconds << 16 | onoff;
	return 0;
}

/* Both members are kept as they were set (T16), which the stack would not. */
static int ws_set_linger(struct ws_sock *ws, const struct ws_option *o,
			 u32 value)
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

static int ws_get_dontlinger(struct ws_sock *ws, const struct ws_option *o,
			     u32 *value)
{
	*value = !sock_flag(ws->sock->sk, SOCK_LINGER);
	return 0;
}

/* TRUE is linger off (windows-observed T17); the time is kept. */
static int ws_set_dontlinger(struct ws_sock *ws, const struct ws_option *o,
			     u32 value)
{
	u32 linger;

	ws_get_linger(ws, o, &linger);
	return ws_set_linger(ws, o, (linger & ~0xffffU) + !value);
}

/*
 * Windows reads back what was set (T15), whatever the stack makes of it: it
 * doubles, and has a least and a most.  Until then it is the stack's.
 */
static int ws_get_sndbuf(struct ws_sock *ws, const struct ws_option *o,
			 u32 *value)
{
	*value = ws_kept_get(ws, WS_KEPT_SNDBUF, WS_BUFFER_UNSET);
	if (*value == WS_BUFFER_UNSET)
		*value = READ_ONCE(ws->sock->sk->sk_sndbuf) / 2;
	return 0;
}

static int ws_set_sndbuf(struct ws_sock *ws, const struct ws_option *o,
			 u32 value)
{
	value = min_t(u32, value, WS_BUFFER_UNSET - 1);
	return ws_kept_set(ws, WS_KEPT_SNDBUF, WS_BUFFER_UNSET, value) ?:
	       ws_option_set_socket(ws, o, min_t(u32, value, INT_MAX));
}

static int ws_get_rcvbuf(struct ws_sock *ws, const struct ws_option *o,
			 u32 *value)
{
	*value = ws_kept_get(ws, WS_KEPT_RCVBUF, WS_BUFFER_UNSET);
	if (*value == WS_BUFFER_UNSET)
		*value = READ_ONCE(ws->sock->sk->sk_rcvbuf) / 2;
	return 0;
}

static int ws_set_rcvbuf(struct ws_sock *ws, const struct ws_option *o,
			 u32 value)
{
	value = min_t(u32, value, WS_BUFFER_UNSET - 1);
	return ws_kept_set(ws, WS_KEPT_RCVBUF, WS_BUFFER_UNSET, value) ?:
	       ws_option_set_socket(ws, o, min_t(u32, value, INT_MAX));
}

/* Milliseconds, kept as they are (T14); 0 is for ever. */
static int ws_get_sndtimeo(struct ws_sock *ws, const struct ws_option *o,
			   u32 *value)
{
	*value = READ_ONCE(ws->sndtimeo);
	return 0;
}

static int ws_set_sndtimeo(struct ws_sock *ws, const struct ws_option *o,
			   u32 value)
{
	WRITE_ONCE(ws->sndtimeo, value);
	return 0;
}

static int ws_get_rcvtimeo(struct ws_sock *ws, const struct ws_option *o,
			   u32 *value)
{
	*value = READ_ONCE(ws->rcvtimeo);
	return 0;
}

static int ws_set_rcvtimeo(struct ws_sock *ws, const struct ws_option *o,
			   u32 value)
{
	WRITE_ONCE(ws->rcvtimeo, value);
	return 0;
}

/*
 * Reading does not clear it; success does (windows-observed N9).  What hosts say
 * of datagrams is recv's, which the stack keeps here too.
 */
static int ws_get_error(struct ws_sock *ws, const struct ws_option *o,
			u32 *value)
{
	int err = 0;

	if (ws_sock_stream(ws))
		err = -READ_ONCE(ws->sock->sk->sk_err);
	if (test_bit(WS_SOCK_ERROR_SET, &ws->flags))
		*value = READ_ONCE(ws->so_error);
	else if (err && !ws_sock_was_connected(ws))
		*value = ws_errno(WS_OP_CONNECT, err);
	else if (err)
		*value = ws_errno(WS_OP_ANY, err);
	else
		*value = ws_sock_connected(ws) ? 0 : READ_ONCE(ws->so_error);
	return 0;
}

/* Any value, until the next connect (T18). */
static int ws_set_error(struct ws_sock *ws, const struct ws_option *o,
			u32 value)
{
	mutex_lock(&ws->lock);
	WRITE_ONCE(ws->so_error, value);
	set_bit(WS_SOCK_ERROR_SET, &ws->flags);
	mutex_unlock(&ws->lock);
	return 0;
}

static int ws_get_type(struct ws_sock *ws, const struct ws_option *o,
		       u32 *value)
{
	*value = ws_sock_type(ws);
	return 0;
}

/* What the library makes a WSAPROTOCOL_INFO of. */
static int ws_get_triple(struct ws_sock *ws, const struct ws_option *o,
			 u32 *value)
{
	const struct ws_kind *kind = ws_catalog_of(ws->sock);

	*value = kind->family | kind->type << 8 | kind->protocol << 16;
	return 0;
}

/* T19 */
static int ws_set_type(struct ws_sock *ws, const struct ws_option *o,
		       u32 value)
{
	return ws_sock_stream(ws) ? WSAENOPROTOOPT : WSAEINVAL;
}

/* Seconds, or -1 without a connection (T21). */
static int ws_get_connect_time(struct ws_sock *ws, const struct ws_option *o,
			       u32 *value)
{
	*value = U32_MAX;
	if (ws_sock_stream(ws) && ws_sock_connected(ws))
		*value = (u32)ktime_get_seconds() - READ_ONCE(ws->since);
	return 0;
}

static int ws_get_max_msg_size(struct ws_sock *ws, const struct ws_option *o,
			       u32 *value)
{
	*value = ws->sock->sk->sk_family == AF_INET6 ? WS_MAX_MSG_IPV6 :
						       WS_MAX_MSG_IPV4;
	return 0;
}

/* Before the socket listens, or never (SO_CONDITIONAL_ACCEPT page). */
static int ws_set_conditional(struct ws_sock *ws, const struct ws_option *o,
			      u32 value)
{
	if (ws_sock_listening(ws))
		return WSAEINVAL;
	return ws_option_set_kept(ws, o, value);
}

static int ws_get_group_id(struct ws_sock *ws, const struct ws_option *o,
			   u32 *value)
{
	*value = ws_group_id(ws->group);
	return 0;
}

/* Of those in a group; Windows makes nothing of it (SO_GROUP_PRIORITY page). */
static int ws_get_group_priority(struct ws_sock *ws, const struct ws_option *o,
				 u32 *value)
{
	return ws->group ? ws_option_get_kept(ws, o, value) : WSAENOPROTOOPT;
}

static int ws_set_group_priority(struct ws_sock *ws, const struct ws_option *o,
				 u32 value)
{
	return ws->group ? ws_option_set_kept(ws, o, value) : WSAENOPROTOOPT;
}

/*
 * How a port is chosen: before it is.  The stack's way is random, and uses a
 * port again for another peer; that of SO_REUSE_UNICASTPORT excludes the others
 * (SOL_SOCKET page, Win32).
 */
static int ws_set_port_choice(struct ws_sock *ws, const struct ws_option *o,
			      u32 value)
{
	if (test_bit(WS_SOCK_BOUND, &ws->flags))
		return WSAEINVAL;
	if (o->arg == WS_KEPT_RANDOMIZE_PORT &&
	    ws_kept_get(ws, WS_KEPT_REUSE_UNICASTPORT, 0))
		return WSAEINVAL;
	return ws_option_set_kept(ws, o, value);
}

/* The value is a SOCKET, as wide as the caller's pointers. */
static int ws_set_accept_context(struct ws_call *call, struct ws_sock *ws)
{
	const struct winsock_sock_setopt *a = &call->setopt;
	u32 size = in_compat_syscall() ? sizeof(u32) : sizeof(u64);
	struct ws_sock *lsn;
	__le64 handle = 0;
	int err;

	err = ws_option_copy(a, &handle, size);
	if (err)
		return err;
	lsn = ws_sock_lookup(call, le64_to_cpu(handle));
	if (!lsn)
		return WSAENOTSOCK;
	/* What a connection has of its listener it was given by accept. */
	if (!ws_sock_connected(ws))
		err = WSAENOTCONN;
	else if (!ws_sock_stream(lsn) || !ws_sock_listening(lsn))
		err = WSAEINVAL;
	ws_sock_put(lsn);
	return err;
}

/* Has no value, and nothing to do: connect leaves nothing undone. */
static int ws_set_connect_context(struct ws_call *call, struct ws_sock *ws)
{
	return ws_sock_connected(ws) ? 0 : WSAENOTCONN;
}

/* CSADDR_INFO as the caller's compiler lays it out: pointers are its own. */
union ws_csaddr {
	struct {
		__le64 local, local_len, remote, remote_len;
		__le32 type, protocol;
	} wide;
	struct {
		__le32 local, local_len, remote, remote_len, type, protocol;
	} narrow;
};

static int ws_bsp_address(struct ws_sock *ws, u64 where, bool remote)
{
	struct sockaddr_storage ss;
	int err;

	err = remote ? ws_addr_last_peer(ws, &ss) :
		       ws_addr_name(ws, false, &ss);
	if (err)
		return 0;
	err = ws_addr_size(&ss);
	ws_addr_windows(&ss);
	return copy_to_user(u64_to_user_ptr(where), &ss, err) ? -EFAULT : err;
}

/* SO_BSP_STATE: the structure, and behind it the addresses it points to (T25). */
static int ws_get_bsp_state(struct ws_call *call, struct ws_sock *ws)
{
	const struct winsock_sock_getopt *a = &call->getopt;
	bool narrow = in_compat_syscall();
	union ws_csaddr info;
	u32 size = narrow ? sizeof(info.narrow) : sizeof(info.wide);
	u32 type = ws_sock_type(ws), protocol = ws->sock->sk->sk_protocol;
	int each = ws_addr_family_size(ws->sock->sk->sk_family);
	u64 local = a->value + size, remote = local + each;
	int local_len = 0, remote_len;
	s32 room;

	if (!a->value || !a->value_len ||
	    get_user(room, (s32 __user *)u64_to_user_ptr(a->value_len)) ||
	    room < (s32)size + 2 * each)
		return WSAEFAULT;
	if (test_bit(WS_SOCK_BOUND, &ws->flags))
		local_len = ws_bsp_address(ws, local, false);
	remote_len = ws_bsp_address(ws, remote, true);
	if (local_len < 0 || remote_len < 0)
		return WSAEFAULT;
	if (!local_len)
		local = 0;
	if (!remote_len)
		remote = 0;
	memset(&info, 0, sizeof(info));
	if (narrow) {
		info.narrow.local = cpu_to_le32(local);
		info.narrow.local_len = cpu_to_le32(local_len);
		info.narrow.remote = cpu_to_le32(remote);
		info.narrow.remote_len = cpu_to_le32(remote_len);
		info.narrow.type = cpu_to_le32(type);
		info.narrow.protocol = cpu_to_le32(protocol);
	} else {
		info.wide.local = cpu_to_le64(local);
		info.wide.local_len = cpu_to_le64(local_len);
		info.wide.remote = cpu_to_le64(remote);
		info.wide.remote_len = cpu_to_le64(remote_len);
		info.wide.type = cpu_to_le32(type);
		info.wide.protocol = cpu_to_le32(protocol);
	}
	return copy_to_user(u64_to_user_ptr(a->value), &info, size) ?
	       WSAEFAULT : 0;
}

/* A flag of the stack's struct sock, by its setter's name and its bit. */
#define WS_OPTION_SOCK_FLAG(_name, _type, _kinds, _arg, _bit, _set)	\
	{ .name = WINSOCK_##_name, .type = WS_OPTION_##_type,		\
	  .kinds = _kinds, .arg = _arg, .initial = _bit,			\
	  .get = ws_get_flag, .set = _set }

static const struct ws_option ws_rows[] = {
	WS_OPTION_KEPT(SO_DEBUG, BOOL, WS_ALL, DEBUG, 0),
	WS_OPTION(SO_ACCEPTCONN, DWORD, WS_STREAM, 0, ws_get_acceptconn, NULL),
	WS_OPTION(SO_REUSEADDR, BOOL, WS_ALL, 0, ws_get_reuseaddr,
		  ws_set_reuseaddr),
	WS_OPTION(SO_EXCLUSIVEADDRUSE, BOOL, WS_ALL, 0,
		  ws_get_exclusiveaddruse, ws_set_exclusiveaddruse),
	WS_OPTION_SOCK_FLAG(SO_KEEPALIVE, BYTE, WS_STREAM, SO_KEEPALIVE,
			    SOCK_KEEPOPEN, ws_set_keepalive),
	WS_OPTION(SO_DONTROUTE, BYTE, WS_ALL, WS_KEPT_DONTROUTE,
		  ws_option_get_kept, ws_set_dontroute),
	WS_OPTION_SOCK_FLAG(SO_BROADCAST, BOOL, WS_PACKETS, SO_BROADCAST,
			    SOCK_BROADCAST, ws_option_set_socket),
	WS_OPTION_OWN(SO_USELOOPBACK, WS_ALL, ws_option_invalid_get,
		      ws_option_invalid_set),
	WS_OPTION(SO_LINGER, INT, WS_STREAM, 0, ws_get_linger, ws_set_linger),
	WS_OPTION(SO_DONTLINGER, BOOL, WS_STREAM, 0, ws_get_dontlinger,
		  ws_set_dontlinger),
	WS_OPTION_SOCK_FLAG(SO_OOBINLINE, BOOL, WS_STREAM, SO_OOBINLINE,
			    SOCK_URGINLINE, ws_option_set_socket),
	WS_OPTION(SO_SNDBUF, INT, WS_ALL, SO_SNDBUF, ws_get_sndbuf,
		  ws_set_sndbuf),
	WS_OPTION(SO_RCVBUF, INT, WS_ALL, SO_RCVBUF, ws_get_rcvbuf,
		  ws_set_rcvbuf),
	WS_OPTION_OWN(SO_SNDLOWAT, WS_ALL, ws_option_invalid_get,
		      ws_option_invalid_set),
	WS_OPTION_OWN(SO_RCVLOWAT, WS_ALL, ws_option_invalid_get,
		      ws_option_invalid_set),
	WS_OPTION(SO_SNDTIMEO, DWORD, WS_ALL, 0, ws_get_sndtimeo,
		  ws_set_sndtimeo),
	WS_OPTION(SO_RCVTIMEO, DWORD, WS_ALL, 0, ws_get_rcvtimeo,
		  ws_set_rcvtimeo),
	WS_OPTION(SO_ERROR, DWORD, WS_ALL, 0, ws_get_error, ws_set_error),
	WS_OPTION(SO_TYPE, DWORD, WS_ALL, 0, ws_get_type, ws_set_type),
	WS_OPTION(SO_TRIPLE, DWORD, WS_ALL, 0, ws_get_triple, NULL),
	WS_OPTION_OWN(SO_BSP_STATE, WS_ALL, ws_get_bsp_state, NULL),
	WS_OPTION(SO_GROUP_ID, DWORD, WS_ALL, 0, ws_get_group_id, NULL),
	WS_OPTION(SO_GROUP_PRIORITY, INT, WS_ALL, WS_KEPT_GROUP_PRIORITY,
		  ws_get_group_priority, ws_set_group_priority),
	WS_OPTION(SO_MAX_MSG_SIZE, DWORD, WS_DGRAM, 0, ws_get_max_msg_size,
		  NULL),
	WS_OPTION(SO_CONDITIONAL_ACCEPT, BOOL, WS_STREAM,
		  WS_KEPT_CONDITIONAL_ACCEPT, ws_option_get_kept,
		  ws_set_conditional),
	/* The stack cannot refuse connections and go on listening. */
	WS_OPTION(SO_PAUSE_ACCEPT, BOOL, WS_STREAM, 0, ws_option_get_initial,
		  ws_option_set_never),
	WS_OPTION(SO_RANDOMIZE_PORT, BOOL, WS_ALL, WS_KEPT_RANDOMIZE_PORT,
		  ws_option_get_kept, ws_set_port_choice),
	WS_OPTION(SO_PORT_SCALABILITY, BOOL, WS_ALL, WS_KEPT_PORT_SCALABILITY,
		  ws_option_get_kept, ws_set_port_choice),
	WS_OPTION(SO_REUSE_UNICASTPORT, BOOL, WS_ALL,
		  WS_KEPT_REUSE_UNICASTPORT, ws_option_get_kept,
		  ws_set_port_choice),
	WS_OPTION_KEPT(SO_REUSE_MULTICASTPORT, BOOL, WS_DGRAM,
		       REUSE_MULTICASTPORT, 0),
	WS_OPTION(SO_MAXDG, DWORD, WS_DGRAM, 0, ws_get_max_msg_size, NULL),
	WS_OPTION(SO_MAXPATHDG, DWORD, WS_DGRAM, 0, ws_get_max_msg_size, NULL),
	WS_OPTION_OWN(SO_UPDATE_ACCEPT_CONTEXT, WS_STREAM, NULL,
		      ws_set_accept_context),
	WS_OPTION(SO_CONNECT_TIME, DWORD, WS_ALL, 0, ws_get_connect_time, NULL),
	WS_OPTION_OWN(SO_UPDATE_CONNECT_CONTEXT, WS_STREAM, NULL,
		      ws_set_connect_context),
};

const struct ws_option_level ws_options_socket = {
	.level = WINSOCK_SOL_SOCKET,
	.wrong = WSAENOPROTOOPT,
	.count = ARRAY_SIZE(ws_rows),
	.rows = ws_rows,
};
