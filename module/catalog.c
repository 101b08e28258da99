// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kinds of sockets: which family, type and protocol go together, and how
 * each is made below.
 */
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/sockptr.h>
#include <net/ipv6.h>
#include "catalog.h"

/* In the order of Windows' catalogue, in which 0 takes the first that fits. */
static const struct ws_kind ws_kinds[] = {
	{ "tcp", WINSOCK_AF_INET, SOCK_STREAM, IPPROTO_TCP, 0, AF_INET },
	{ "udp", WINSOCK_AF_INET, SOCK_DGRAM, IPPROTO_UDP, 0, AF_INET },
	{ "raw", WINSOCK_AF_INET, SOCK_RAW, 0, 255, AF_INET },
	{ "tcp", WINSOCK_AF_INET6, SOCK_STREAM, IPPROTO_TCP, 0, AF_INET6 },
	{ "udp", WINSOCK_AF_INET6, SOCK_DGRAM, IPPROTO_UDP, 0, AF_INET6 },
	{ "raw", WINSOCK_AF_INET6, SOCK_RAW, 0, 255, AF_INET6 },
	{ "unix", WINSOCK_AF_UNIX, SOCK_STREAM, 0, 0, AF_UNIX },
};

static bool ws_kind_speaks(const struct ws_kind *kind, s32 protocol)
{
	return !protocol || (protocol >= kind->protocol &&
			     protocol <= kind->protocol + kind->span);
}

/**
 * ws_catalog_find() - the kind of socket that a caller asks for
 * @family:   WINSOCK_AF_*, or WINSOCK_AF_UNSPEC: the first that fits
 * @type:     WINSOCK_SOCK_*, or 0: the first that fits
 * @protocol: of the family, or 0: the kind's own
 * @found:    gets the kind
 *
 * The checks in Windows' order (windows-observed C1-C8, C10, C12): nothing
 * named at all, then type, family, protocol.
 *
 * Context: any.
 * Return: 0, WSAEINVAL, WSAESOCKTNOSUPPORT, WSAEAFNOSUPPORT, WSAEPROTONOSUPPORT.
 */
int ws_catalog_find(s32 family, s32 type, s32 protocol,
		    const struct ws_kind **found)
{
	bool type_known = !type, family_known = family == WINSOCK_AF_UNSPEC;
	const struct ws_kind *k = ws_kinds;

	if (family == WINSOCK_AF_UNSPEC && !protocol)
		return WSAEINVAL;
	for (; k < ws_kinds + ARRAY_SIZE(ws_kinds); k++) {
		bool its_type = !type || type == k->type;
		bool its_family = family == WINSOCK_AF_UNSPEC ||
				  family == k->family;

		if (its_type && its_family && ws_kind_speaks(k, protocol)) {
			*found = k;
			return 0;
		}
		type_known |= its_type;
		family_known |= its_family;
	}
	return !type_known ? WSAESOCKTNOSUPPORT :
	       !family_known ? WSAEAFNOSUPPORT : WSAEPROTONOSUPPORT;
}

/* A socket for pings, see ws_catalog_create(): raw to its caller. */
static int ws_catalog_type(const struct sock *sk)
{
	if (sk->sk_type == SOCK_DGRAM && (sk->sk_protocol == IPPROTO_ICMP ||
					  sk->sk_protocol == IPPROTO_ICMPV6))
		return SOCK_RAW;
	return sk->sk_type;
}

/**
 * ws_catalog_of() - the kind of a socket that exists
 * @sock: any socket of the stack
 *
 * Context: any.
 * Return: the kind, or NULL if Windows has no such sockets.
 */
const struct ws_kind *ws_catalog_of(const struct socket *sock)
{
	const struct ws_kind *k = ws_kinds;
	const struct sock *sk = sock->sk;
	/* Once: an imported socket's owner may turn it from IPv6 to IPv4. */
	u16 family = READ_ONCE(sk->sk_family);

	for (; k < ws_kinds + ARRAY_SIZE(ws_kinds); k++)
		if (family == k->stack && ws_catalog_type(sk) == k->type &&
		    sk->sk_protocol >= k->protocol &&
		    sk->sk_protocol <= k->protocol + k->span)
			return k;
	return NULL;
}

static int ws_catalog_option(struct socket *sock, int level, int name,
			     void *value, unsigned int size)
{
	return READ_ONCE(sock->ops)->setsockopt(sock, level, name,
						KERNEL_SOCKPTR(value), size);
}

/*
 * What raw sockets of Windows do and the stack's do not: no header from the
 * program unless it says so, whatever the protocol; and the echo requests that
 * arrive, its own looped back among them, are the stack's to answer and not
 * delivered (windows-observed W1).
 */
static int ws_catalog_raw(struct socket *sock, int family)
{
	struct icmp6_filter filter6 = { };
	struct icmp_filter filter = { .data = BIT(ICMP_ECHO) };
	int off = 0, err;

	filter6.data[ICMPV6_ECHO_REQUEST / 32] =
		BIT(ICMPV6_ECHO_REQUEST % 32);
	if (family == AF_INET)
		err = ws_catalog_option(sock, SOL_IP, IP_HDRINCL, &off,
					sizeof(off));
	else
		err = ws_catalog_option(sock, SOL_IPV6, IPV6_HDRINCL, &off,
					sizeof(off));
	if (err)
		return err;
	if (family == AF_INET && sock->sk->sk_protocol == IPPROTO_ICMP)
		err = ws_catalog_option(sock, SOL_RAW, ICMP_FILTER, &filter,
					sizeof(filter));
	if (family == AF_INET6 && sock->sk->sk_protocol == IPPROTO_ICMPV6)
		err = ws_catalog_option(sock, SOL_ICMPV6, ICMPV6_FILTER,
					&filter6, sizeof(filter6));
	return err;
}

/*
 * The stack's raw sockets want privilege.  It has others that can do no more
 * than ping, for the groups of net.ipv4.ping_group_range; ping.c makes them
 * look like raw ones.
 */
static int ws_catalog_ping(int family, int protocol, struct socket **sock)
{
	if (protocol != (family == AF_INET ? IPPROTO_ICMP : IPPROTO_ICMPV6) ||
	    sock_create(family, SOCK_DGRAM, protocol, sock))
		return -EPERM;
	return 0;
}

/**
 * ws_catalog_create() - make a socket of the stack
 * @kind:     from ws_catalog_find()
 * @protocol: as the caller gave it there
 * @sock:     gets the socket on success
 *
 * Context: process, may sleep.
 * Return: 0 or a negative errno.
 */
int ws_catalog_create(const struct ws_kind *kind, int protocol,
		      struct socket **sock)
{
	int err;

	if (!protocol)
		protocol = kind->protocol;
	/* The stack has no raw socket without a protocol. */
	if (kind->type == SOCK_RAW && !protocol)
		protocol = IPPROTO_RAW;
	err = sock_create(kind->stack, kind->type, protocol, sock);
	if (err == -EPERM && kind->type == SOCK_RAW)
		return ws_catalog_ping(kind->stack, protocol, sock);
	if (err)
		return err;

	if (kind->type == SOCK_RAW)
		err = ws_catalog_raw(*sock, kind->stack);
	else if (kind->stack == AF_INET6)
		/* Windows' default (windows-observed T29). */
		err = ip6_sock_set_v6only((*sock)->sk);
	if (err)
		sock_release(*sock);
	return err;
}
