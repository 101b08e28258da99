// SPDX-License-Identifier: GPL-2.0-only
/*
 * Socket addresses: checked and converted, both ways.  Windows lays them out
 * as Linux does; only the number of the IPv6 family differs.
 *
 * AF_UNIX has three forms.  A path ends at its NUL, and Windows gives it back
 * in a whole struct sockaddr_un.  An abstract name begins with a NUL and is as
 * long as its caller said.  No name at all is a bare family.
 */
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ipv6.h>
#include <linux/string.h>
#include <linux/un.h>
#include <net/ipv6.h>
#include "addr.h"
#include "user.h"

static_assert(sizeof(struct winsock_sockaddr_in) == sizeof(struct sockaddr_in));
static_assert(sizeof(struct winsock_sockaddr_in6) ==
	      sizeof(struct sockaddr_in6));

static_assert(sizeof(struct winsock_sockaddr_un) == sizeof(struct sockaddr_un));
static_assert(WINSOCK_AF_UNIX == AF_UNIX);

/**
 * struct ws_addr_un - how a struct sockaddr_storage holds an AF_UNIX address
 * @un:  the address, zeros behind it
 * @nul: where the stack ends a path that fills @un
 * @len: its length
 */
struct ws_addr_un {
	struct sockaddr_un un;
	char nul;
	u32 len;
};

static_assert(sizeof(struct ws_addr_un) <= sizeof(struct sockaddr_storage));

#define WS_ADDR_UNNAMED	offsetof(struct sockaddr_un, sun_path)

/* Note the length of the address of which the stack says @len bytes. */
static void ws_addr_un_measure(struct ws_addr_un *a, size_t len)
{
	len = min(len, sizeof(a->un));
	if (len > WS_ADDR_UNNAMED && a->un.sun_path[0])
		len = sizeof(a->un);
	a->len = len;
}

/* The most that an address of the family takes. */
int ws_addr_family_size(int family)
{
	if (family == AF_UNIX)
		return sizeof(struct sockaddr_un);
	return family == AF_INET6 ? sizeof(struct sockaddr_in6) :
				    sizeof(struct sockaddr_in);
}

/* Length in bytes of an address that ws_addr_get() or the stack filled in. */
int ws_addr_size(const struct sockaddr_storage *ss)
{
	const struct ws_addr_un *un = (const void *)ss;

	if (ss->ss_family == AF_UNIX)
		return min_t(u32, un->len, sizeof(un->un));
	return ws_addr_family_size(ss->ss_family);
}

static int ws_addr_un_get(u64 addr, s32 len, struct ws_addr_un *a)
{
	if (!addr || len <= (s32)WS_ADDR_UNNAMED)
		return WSAEFAULT;
	len = min_t(s32, len, sizeof(a->un));
	memset(a, 0, sizeof(*a));
	if (copy_from_user(&a->un, u64_to_user_ptr(addr), len))
		return WSAEFAULT;
	ws_addr_un_measure(a, len);
	return a->un.sun_family == AF_UNIX ? 0 : WSAEAFNOSUPPORT;
}

/**
 * ws_addr_get() - the address that a caller gave
 * @ws:   the socket it is for
 * @addr: user address
 * @len:  length of what is there
 * @ss:   gets the address, in Linux' numbers
 *
 * Rules: windows-observed B1 (NULL or short is WSAEFAULT, before the family is
 * looked at), B2 (another family is WSAEAFNOSUPPORT).
 *
 * Context: process, may fault.
 * Return: 0, WSAEFAULT, WSAEAFNOSUPPORT.
 */
int ws_addr_get(const struct ws_sock *ws, u64 addr, s32 len,
		struct sockaddr_storage *ss)
{
	int family = ws->sock->sk->sk_family;
	int need = ws_addr_family_size(family);

	if (unlikely(family == AF_UNIX))
		return ws_addr_un_get(addr, len, (struct ws_addr_un *)ss);
	if (!addr || len < need || ws_user_read(ss, u64_to_user_ptr(addr), need))
		return WSAEFAULT;
	if (ss->ss_family == WINSOCK_AF_INET6)
		ss->ss_family = AF_INET6;
	else if (ss->ss_family != WINSOCK_AF_INET)
		return WSAEAFNOSUPPORT;
	return ss->ss_family == family ? 0 : WSAEAFNOSUPPORT;
}

/**
 * ws_addr_out_init() - check the buffer for an address, before anything is done
 * @out:  gets what ws_addr_put() wants
 * @ws:   the socket, whose family gives the size
 * @addr: user address of the buffer
 * @len:  user address of its length, a __s32
 *
 * Later the memory may still go; ws_addr_put() tells.
 *
 * Context: process, may fault.
 * Return: 0 or WSAEFAULT.
 */
int ws_addr_out_init(struct ws_addr_out *out, const struct ws_sock *ws,
		     u64 addr, u64 len)
{
	int need = ws_addr_family_size(ws->sock->sk->sk_family);
	__s32 room;

	out->buf = u64_to_user_ptr(addr);
	out->len = u64_to_user_ptr(len);
	if (ws_user_touch((u8 __user *)out->len, sizeof(room)) ||
	    ws_user_read(&room, out->len, sizeof(room)) || room < need ||
	    ws_user_touch(out->buf, need))
		return WSAEFAULT;
	return 0;
}

/* Turn an address of the stack's into Windows' numbers. */
void ws_addr_windows(struct sockaddr_storage *ss)
{
	if (ss->ss_family == AF_INET6)
		ss->ss_family = WINSOCK_AF_INET6;
}

/**
 * ws_addr_put() - give a caller an address
 * @out: where, from ws_addr_out_init()
 * @ss:  the address as the stack filled it in; used up
 *
 * Context: process, may fault.
 * Return: 0 or WSAEFAULT.
 */
int ws_addr_put(const struct ws_addr_out *out, struct sockaddr_storage *ss)
{
	int size = ws_addr_size(ss);

	ws_addr_windows(ss);
	/* With the zeros behind a short one: nobody sees an older name there. */
	if (ss->ss_family == AF_UNIX ?
	    copy_to_user(out->buf, ss, sizeof(struct sockaddr_un)) :
	    ws_user_write(out->buf, ss, size))
		return WSAEFAULT;
	return put_user(size, out->len) ? WSAEFAULT : 0;
}

/* The peer that the stack has, told or not; with the socket's lock held. */
static void ws_addr_fill_peer(struct sock *sk, struct sockaddr_storage *ss)
{
	struct sockaddr_in6 *sin6 = (struct sockaddr_in6 *)ss;
	struct sockaddr_in *sin = (struct sockaddr_in *)ss;

	memset(ss, 0, sizeof(*ss));
	ss->ss_family = sk->sk_family;
	sin->sin_port = inet_sk(sk)->inet_dport;	/* the same place in both */
	if (sk->sk_family == AF_INET) {
		sin->sin_addr.s_addr = sk->sk_daddr;
	} else {
		sin6->sin6_addr = sk->sk_v6_daddr;
		sin6->sin6_scope_id = ipv6_iface_scope_id(&sin6->sin6_addr,
							  sk->sk_bound_dev_if);
	}
}

/* Of a datagram socket: to the stack a peer with port 0 is none (U3). */
static int ws_addr_peer(const struct ws_sock *ws, struct sockaddr_storage *ss)
{
	struct sock *sk = ws->sock->sk;
	int len;

	len = kernel_getpeername(ws->sock, (struct sockaddr *)ss);
	if (len != -ENOTCONN || !ws_sock_udp(ws) || !ws_sock_has_peer(ws))
		return len;
	/* A connect of this moment may have made another peer of it, or none. */
	lock_sock(sk);
	if (ws_sock_has_peer(ws)) {
		ws_addr_fill_peer(sk, ss);
		len = ws_addr_size(ss);
	}
	release_sock(sk);
	return len;
}

/**
 * ws_addr_name() - the name of one end of a socket
 * @ws:   the socket; the caller holds a user
 * @peer: the other end's
 * @ss:   gets the address as the stack has it
 *
 * Context: process, may sleep.
 * Return: 0 or a negative errno.
 */
int ws_addr_name(const struct ws_sock *ws, bool peer,
		 struct sockaddr_storage *ss)
{
	int len;

	if (ws_sock_unix(ws))
		memset(ss, 0, sizeof(*ss));
	len = peer ? ws_addr_peer(ws, ss) :
		     kernel_getsockname(ws->sock, (struct sockaddr *)ss);
	if (len < 0)
		return len;
	if (ws_sock_unix(ws))
		ws_addr_un_measure((struct ws_addr_un *)ss, len);
	/* Where the stack keeps a raw socket's protocol, or its pings' number. */
	else if (!peer && ws_sock_raw(ws))
		((struct sockaddr_in *)ss)->sin_port = 0;
	return 0;
}

/**
 * ws_addr_last_peer() - the name of the other end, as getpeername tells it
 * @ws: the socket; the caller holds a user
 * @ss: gets the address as the stack has it
 *
 * The stack forgets a connection that has ended, Windows keeps it until the
 * socket is closed.
 *
 * Context: process, may sleep.
 * Return: 0 or a negative errno.
 */
int ws_addr_last_peer(struct ws_sock *ws, struct sockaddr_storage *ss)
{
	struct sock *sk = ws->sock->sk;
	int err = ws_addr_name(ws, true, ss);

	if (err != -ENOTCONN || !ws_sock_tcp(ws) ||
	    (!READ_ONCE(ws->dead) && !ws_sock_was_connected(ws)))
		return err;
	/* A native owner may have given the peer up, or try another. */
	lock_sock(sk);
	if (ws_sock_state(ws) == TCP_CLOSE && inet_sk(sk)->inet_dport) {
		ws_addr_fill_peer(sk, ss);
		err = 0;
	}
	release_sock(sk);
	return err;
}

/* It names no host; of either family that has them. */
bool ws_addr_any(const struct sockaddr_storage *ss)
{
	const struct sockaddr_in6 *sin6 = (const void *)ss;
	const struct sockaddr_in *sin = (const void *)ss;

	if (ss->ss_family == AF_INET6)
		return ipv6_addr_any(&sin6->sin6_addr);
	return sin->sin_addr.s_addr == htonl(INADDR_ANY);
}

/* No stream can be connected to it: address or port is zero. */
bool ws_addr_unusable(const struct sockaddr_storage *ss)
{
	if (ss->ss_family == AF_UNIX)
		return false;
	/* Both other families have the port at one place. */
	return !((const struct sockaddr_in *)ss)->sin_port || ws_addr_any(ss);
}
