// SPDX-License-Identifier: GPL-2.0-only
/*
 * getsockopt and setsockopt: finding an option, taking and giving its value.
 * The options themselves are tables, one for each level.
 */
#include <linux/net.h>
#include <linux/sockptr.h>
#include <linux/uaccess.h>
#include <net/sock.h>
#include "errno.h"
#include "option.h"

static const struct ws_option_level *const ws_option_levels[] = {
	&ws_options_socket,
	&ws_options_tcp,
	&ws_options_udp,
	&ws_options_ip,
	&ws_options_ipv6,
};

/**
 * ws_option_stack() - set an option of the stack
 * @ws:    the socket; the caller holds a user
 * @level: Linux' level
 * @name:  Linux' name
 * @value: in kernel memory
 * @len:   its length
 *
 * Context: process, may sleep.
 * Return: 0 or a WSAE code.
 */
int ws_option_stack(struct ws_sock *ws, int level, int name, const void *value,
		    int len)
{
	const struct proto_ops *ops = READ_ONCE(ws->sock->ops);
	sockptr_t v = KERNEL_SOCKPTR((void *)value);
	int err;

	if (level == SOL_SOCKET)
		err = sock_setsockopt(ws->sock, level, name, v, len);
	else
		err = ops->setsockopt(ws->sock, level, name, v, len);
	return ws_errno(WS_OP_OPTION, err);
}

int ws_option_set_socket(struct ws_sock *ws, const struct ws_option *o,
			 u32 value)
{
	return ws_option_stack(ws, SOL_SOCKET, o->arg, &value, sizeof(value));
}

int ws_option_set_tcp(struct ws_sock *ws, const struct ws_option *o, u32 value)
{
	return ws_option_stack(ws, SOL_TCP, o->arg, &value, sizeof(value));
}

int ws_option_set_ip(struct ws_sock *ws, const struct ws_option *o, u32 value)
{
	return ws_option_stack(ws, SOL_IP, o->arg, &value, sizeof(value));
}

int ws_option_set_ipv6(struct ws_sock *ws, const struct ws_option *o, u32 value)
{
	return ws_option_stack(ws, SOL_IPV6, o->arg, &value, sizeof(value));
}

int ws_option_get_kept(struct ws_sock *ws, const struct ws_option *o,
		       u32 *value)
{
	*value = ws_kept_get(ws, o->arg, o->initial);
	return 0;
}

int ws_option_set_kept(struct ws_sock *ws, const struct ws_option *o,
		       u32 value)
{
	return ws_kept_set(ws, o->arg, o->initial, value);
}

/* The stack restricts nothing: as if all was to be let in, until told. */
int ws_option_set_protection(struct ws_sock *ws, const struct ws_option *o,
			     u32 value)
{
	if (value != WINSOCK_PROTECTION_LEVEL_UNRESTRICTED &&
	    value != WINSOCK_PROTECTION_LEVEL_EDGERESTRICTED &&
	    value != WINSOCK_PROTECTION_LEVEL_RESTRICTED)
		return WSAEINVAL;
	return ws_option_set_kept(ws, o, value);
}

int ws_option_get_initial(struct ws_sock *ws, const struct ws_option *o,
			  u32 *value)
{
	*value = o->initial;
	return 0;
}

/* For what this system could only pretend to do. */
int ws_option_set_never(struct ws_sock *ws, const struct ws_option *o,
			u32 value)
{
	return value == o->initial ? 0 : WSAENOPROTOOPT;
}

int ws_option_invalid_get(struct ws_call *call, struct ws_sock *ws)
{
	return WSAEINVAL;
}

int ws_option_invalid_set(struct ws_call *call, struct ws_sock *ws)
{
	return WSAEINVAL;
}

/* An option of any length that is always empty. */
int ws_option_get_nothing(struct ws_call *call, struct ws_sock *ws)
{
	const struct winsock_sock_getopt *a = &call->getopt;
	__s32 __user *len = u64_to_user_ptr(a->value_len);
	s32 room;

	if (!a->value || !a->value_len || get_user(room, len) || room < 0 ||
	    put_user(0, len))
		return WSAEFAULT;
	return 0;
}

int ws_option_set_nothing(struct ws_call *call, struct ws_sock *ws)
{
	const struct winsock_sock_setopt *a = &call->setopt;

	if (!a->value)
		return WSAEFAULT;
	return a->value_len ? WSAEINVAL : 0;
}

/**
 * ws_option_copy() - the value of an option that is a structure
 * @a:    the call's arguments
 * @to:   gets the value
 * @size: its size; more than that is ignored
 *
 * Context: process, may fault.
 * Return: 0, WSAEFAULT, WSAENOBUFS.
 */
int ws_option_copy(const struct winsock_sock_setopt *a, void *to, u32 size)
{
	if (!a->value)
		return WSAEFAULT;
	if (a->value_len < 0)
		return WSAENOBUFS;
	if (a->value_len < size ||
	    copy_from_user(to, u64_to_user_ptr(a->value), size))
		return WSAEFAULT;
	return 0;
}

/*
 * Whether a socket has an option.  The level's protocol must be the socket's:
 * the functions of its options look into what the protocol keeps.
 */
static bool ws_option_exists(const struct ws_sock *ws, int level,
			     const struct ws_option *o)
{
	if (level == WINSOCK_IPPROTO_TCP && !ws_sock_tcp(ws))
		return false;
	if (level == WINSOCK_IPPROTO_UDP && !ws_sock_udp(ws))
		return false;
	return o->kinds & BIT(ws_sock_type(ws));
}

/*
 * 0 with the option found, and what it answers if it is not for such a socket;
 * that it cannot be read or set at all is said first (T31).  T13: an unknown
 * level is WSAEINVAL.  On a socket of IPv4 the level of IPv6 has one option
 * (T29).
 */
static int ws_option_find(const struct ws_sock *ws, int level, int name,
			  const struct ws_option **found, int *wrong)
{
	const struct ws_option_level *l = NULL;
	const struct ws_option *o;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ws_option_levels) && !l; i++)
		if (ws_option_levels[i]->level == level)
			l = ws_option_levels[i];
	if (!l)
		return WSAEINVAL;
	if (ws_sock_unix(ws) && level != WINSOCK_SOL_SOCKET)
		return WSAENOPROTOOPT;
	if (level == WINSOCK_IPPROTO_IPV6 && name != WINSOCK_IPV6_V6ONLY &&
	    ws->sock->sk->sk_family != AF_INET6)
		return WSAENOPROTOOPT;
	for (o = l->rows; o < l->rows + l->count; o++) {
		if (o->name != name)
			continue;
		*found = o;
		*wrong = ws_option_exists(ws, level, o) ? 0 : l->wrong;
		return 0;
	}
	return WSAENOPROTOOPT;
}

/* Into a buffer that is too small for a whole value; @room is 1 to 3. */
static int ws_option_give_short(const struct ws_option *o, __le32 v,
				void __user *to, s32 room, __s32 __user *len)
{
	unsigned int n = 1;

	switch (o->type) {
	case WS_OPTION_BOOL:
		n = room;
		fallthrough;
	case WS_OPTION_BYTE:
	case WS_OPTION_SWITCH:
	case WS_OPTION_SMALL:
		if (copy_to_user(to, &v, n) || put_user(1, len))
			return WSAEFAULT;
		return 0;
	case WS_OPTION_INT:
		/* Its failure is the answer in any case. */
		if (clear_user(to, room))
			return WSAEFAULT;
		return WSAEFAULT;
	case WS_OPTION_FLAG:
	case WS_OPTION_NUMBER:
		/* As above. */
		if (put_user(0, len))
			return WSAEFAULT;
		return WSAEFAULT;
	default:
		return WSAEFAULT;
	}
}

static int ws_option_give(const struct ws_option *o, u32 value,
			  const struct winsock_sock_getopt *a)
{
	__s32 __user *len = u64_to_user_ptr(a->value_len);
	void __user *to = u64_to_user_ptr(a->value);
	int n = o->type == WS_OPTION_BYTE ? 1 : sizeof(u32);
	__le32 v = cpu_to_le32(value);
	s32 room;

	if (!a->value || !a->value_len || get_user(room, len) || room <= 0)
		return WSAEFAULT;
	if (room < (s32)sizeof(u32))
		return ws_option_give_short(o, v, to, room, len);
	if (copy_to_user(to, &v, n) || put_user(n, len))
		return WSAEFAULT;
	return 0;
}

static int ws_option_get(struct ws_call *call, struct ws_sock *ws,
			 const struct ws_option *o, int wrong)
{
	u32 value;

	if (!o->get && !o->get_raw)
		return WSAENOPROTOOPT;
	if (wrong)
		return wrong;
	if (o->type == WS_OPTION_RAW)
		return o->get_raw(call, ws);
	return o->get(ws, o, &value) ?:
	       ws_option_give(o, value, &call->getopt);
}

/* The fewest bytes that a set takes. */
static s32 ws_option_least(const struct ws_option *o)
{
	switch (o->type) {
	case WS_OPTION_BOOL:
		return 0;
	case WS_OPTION_BYTE:
	case WS_OPTION_SWITCH:
	case WS_OPTION_SMALL:
		return 1;
	default:
		return sizeof(u32);
	}
}

/*
 * A negative length is a huge one to Winsock itself, and refused by the
 * transport, which has the options from WS_OPTION_BYTE on.
 */
static int ws_option_take(const struct ws_option *o, u32 *value,
			  const struct winsock_sock_setopt *a)
{
	u32 size = min_t(u32, a->value_len, sizeof(u32));
	__le32 v = 0;

	if (!a->value)
		return WSAEFAULT;
	if (a->value_len < 0 && o->type >= WS_OPTION_BYTE)
		return WSAENOBUFS;
	if (a->value_len >= 0 && a->value_len < ws_option_least(o))
		return WSAEFAULT;
	if (copy_from_user(&v, u64_to_user_ptr(a->value), size))
		return WSAEFAULT;
	*value = le32_to_cpu(v);
	switch (o->type) {
	case WS_OPTION_BYTE:
		*value &= 0xff;
		fallthrough;
	case WS_OPTION_BOOL:
	case WS_OPTION_SWITCH:
	case WS_OPTION_FLAG:
		*value = !!*value;
	}
	return 0;
}

static int ws_option_set(struct ws_call *call, struct ws_sock *ws,
			 const struct ws_option *o, int wrong)
{
	u32 value;

	if (!o->set && !o->set_raw)
		return WSAENOPROTOOPT;
	if (wrong)
		return wrong;
	if (o->type == WS_OPTION_RAW)
		return o->set_raw(call, ws);
	return ws_option_take(o, &value, &call->setopt) ?:
	       o->set(ws, o, value);
}

/* WINSOCK_IOC_SOCK_GETOPT */
int ws_sock_getopt(struct ws_call *call)
{
	struct winsock_sock_getopt *a = &call->getopt;
	const struct ws_option *o;
	struct ws_sock *ws;
	int err, wrong;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	err = ws_option_find(ws, a->level, a->name, &o, &wrong) ?:
	      ws_option_get(call, ws, o, wrong);
	ws_sock_put(ws);
	return err;
}

/* WINSOCK_IOC_SOCK_SETOPT */
int ws_sock_setopt(struct ws_call *call)
{
	struct winsock_sock_setopt *a = &call->setopt;
	const struct ws_option *o;
	struct ws_sock *ws;
	int err, wrong;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	err = ws_option_find(ws, a->level, a->name, &o, &wrong) ?:
	      ws_option_set(call, ws, o, wrong);
	ws_sock_put(ws);
	return err;
}
