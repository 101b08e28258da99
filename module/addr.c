// SPDX-License-Identifier: GPL-2.0-only
/*
 * Socket addresses: checked and converted, both ways.  Windows lays them out
 * as Linux does; only the number of the IPv6 family differs.
 */
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ipv6.h>
#include <linux/uaccess.h>
#include <net/ipv6.h>
#include "addr.h"

static_assert(sizeof(struct winsock_sockaddr_in) == sizeof(struct sockaddr_in));
static_assert(sizeof(struct winsock_sockaddr_in6) ==
	      sizeof(struct sockaddr_in6));

static int ws_addr_family_size(int family)
{
	return family == AF_INET6 ? sizeof(struct sockaddr_in6) :
				    sizeof(struct sockaddr_in);
}

/* Length in bytes of an address that ws_addr_get() or the stack filled in. */
int ws_addr_size(const struct sockaddr_storage *ss)
{
	return ws_addr_family_size(ss->ss_family);
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

	if (!addr || len < need ||
	    copy_from_user(ss, u64_to_user_ptr(addr), need))
		return WSAEFAULT;
	if (ss->ss_family == WINSOCK_AF_INET6)
		ss->ss_family = AF_INET6;
	else if (ss->ss_family != WINSOCK_AF_INET)
		return WSAEAFNOSUPPORT;
	return ss->ss_family == family ? 0 : WSAEAFNOSUPPORT;
}

/*
 * Whether a byte can be written, without changing it.  Windows probes buffers
 * so; that another thread writes to an output buffer meanwhile is its error.
 */
static bool ws_addr_writable(u8 __user *p)
{
	u8 byte;

	return !get_user(byte, p) && !put_user(byte, p);
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
	if (get_user(room, out->len) || room < need || put_user(room, out->len))
		return WSAEFAULT;
	/* Too short to span more than two pages: its ends speak for all. */
	if (!ws_addr_writable(out->buf) ||
	    !ws_addr_writable(out->buf + need - 1))
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
	if (copy_to_user(out->buf, ss, size) || put_user(size, out->len))
		return WSAEFAULT;
	return 0;
}

/* It names no host. */
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
	/* Both families have the port at one place. */
	return !((const struct sockaddr_in *)ss)->sin_port || ws_addr_any(ss);
}
