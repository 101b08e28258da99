// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options of level IPPROTO_IPV6.  All but IPV6_V6ONLY are for sockets of IPv6.
 */
#include <linux/in6.h>
#include <linux/ipv6.h>
#include <net/addrconf.h>
#include <net/dst.h>
#include <net/ipv6.h>
#include "compat.h"
#include "option.h"

#define WS_SMALL_MAX	255

/* As in option_ip.c. */
static const u8 ws_pmtudisc[] = {
	[WINSOCK_PMTUDISC_NOT_SET] = IPV6_PMTUDISC_WANT,
	[WINSOCK_PMTUDISC_DO] = IPV6_PMTUDISC_DO,
	[WINSOCK_PMTUDISC_DONT] = IPV6_PMTUDISC_DONT,
	[WINSOCK_PMTUDISC_PROBE] = IPV6_PMTUDISC_PROBE,
};

static int ws_get_hdrincl(struct ws_sock *ws, const struct ws_option *o,
			  u32 *value)
{
	*value = inet_test_bit(HDRINCL, ws->sock->sk);
	return 0;
}

static int ws_get_unicast_hops(struct ws_sock *ws, const struct ws_option *o,
			       u32 *value)
{
	struct sock *sk = ws->sock->sk;
	int hops = ws_option_peek(inet6_sk(sk)->hop_limit);

	if (hops < 0)
		hops = READ_ONCE(sock_net(sk)->ipv6.devconf_all->hop_limit);
	*value = hops;
	return 0;
}

static int ws_get_multicast_hops(struct ws_sock *ws, const struct ws_option *o,
				 u32 *value)
{
	int hops = ws_option_peek(inet6_sk(ws->sock->sk)->mcast_hops);

	*value = hops < 0 ? IPV6_DEFAULT_MCASTHOPS : hops;
	return 0;
}

static int ws_set_small(struct ws_sock *ws, const struct ws_option *o,
			u32 value)
{
	return value > WS_SMALL_MAX ? WSAEINVAL :
				      ws_option_set_ipv6(ws, o, value);
}

static int ws_get_multicast_if(struct ws_sock *ws, const struct ws_option *o,
			       u32 *value)
{
	*value = READ_ONCE(inet6_sk(ws->sock->sk)->mcast_oif);
	return 0;
}

static int ws_get_multicast_loop(struct ws_sock *ws, const struct ws_option *o,
				 u32 *value)
{
	*value = inet6_test_bit(MC6_LOOP, ws->sock->sk);
	return 0;
}

static int ws_get_unicast_if(struct ws_sock *ws, const struct ws_option *o,
			     u32 *value)
{
	*value = READ_ONCE(inet6_sk(ws->sock->sk)->ucast_oif);
	return 0;
}

/* An index in host order; the stack wants it in network order. */
static int ws_set_unicast_if(struct ws_sock *ws, const struct ws_option *o,
			     u32 value)
{
	return ws_option_set_ipv6(ws, o, (__force u32)cpu_to_be32(value));
}

/*
 * T23.  A stream never sends what would have to be broken up, so there it is
 * kept; on others it is the stack's.
 */
static int ws_get_dontfrag(struct ws_sock *ws, const struct ws_option *o,
			   u32 *value)
{
	if (ws_sock_stream(ws))
		*value = ws_kept_get(ws, WS_KEPT_IPV6_DONTFRAG, 1);
	else
		*value = inet6_test_bit(DONTFRAG, ws->sock->sk);
	return 0;
}

static int ws_set_dontfrag(struct ws_sock *ws, const struct ws_option *o,
			   u32 value)
{
	if (ws_sock_stream(ws))
		return ws_kept_set(ws, WS_KEPT_IPV6_DONTFRAG, 1, value);
	return ws_option_set_ipv6(ws, o, value);
}

/*
 * A socket of IPv4 has it too, and it means nothing there (T29); nor does it on
 * raw ones, which the stack refuses to set it on.  It reads as it was set: the
 * stack sets it by itself when an address is bound.
 */
static int ws_get_v6only(struct ws_sock *ws, const struct ws_option *o,
			 u32 *value)
{
	*value = !test_bit(WS_SOCK_DUAL, &ws->flags);
	return 0;
}

static int ws_set_v6only(struct ws_sock *ws, const struct ws_option *o,
			 u32 value)
{
	int err = 0;

	mutex_lock(&ws->lock);
	if (test_bit(WS_SOCK_BOUND, &ws->flags))
		err = WSAEINVAL;
	else if (ws->sock->sk->sk_family == AF_INET6 && !ws_sock_raw(ws))
		err = ws_option_set_ipv6(ws, o, value);
	if (!err)
		assign_bit(WS_SOCK_DUAL, &ws->flags, !value);
	mutex_unlock(&ws->lock);
	return err;
}

static int ws_get_pktinfo(struct ws_sock *ws, const struct ws_option *o,
			  u32 *value)
{
	*value = ws_option_peek(inet6_sk(ws->sock->sk)->rxopt.bits.rxinfo);
	return 0;
}

static int ws_get_hoplimit(struct ws_sock *ws, const struct ws_option *o,
			   u32 *value)
{
	*value = ws_option_peek(inet6_sk(ws->sock->sk)->rxopt.bits.rxhlim);
	return 0;
}

static int ws_get_recvrthdr(struct ws_sock *ws, const struct ws_option *o,
			    u32 *value)
{
	*value = !!ws_option_peek(inet6_sk(ws->sock->sk)->rxopt.bits.srcrt);
	return 0;
}

static int ws_get_recvtclass(struct ws_sock *ws, const struct ws_option *o,
			     u32 *value)
{
	*value = ws_option_peek(inet6_sk(ws->sock->sk)->rxopt.bits.rxtclass);
	return 0;
}

static int ws_set_mtu_discover(struct ws_sock *ws, const struct ws_option *o,
			       u32 value)
{
	if (value == WINSOCK_PMTUDISC_NOT_SET ||
	    value >= ARRAY_SIZE(ws_pmtudisc))
		return WSAEINVAL;
	return ws_option_set_kept(ws, o, value) ?:
	       ws_option_stack(ws, SOL_IPV6, IPV6_MTU_DISCOVER,
			       &(int){ ws_pmtudisc[value] }, sizeof(int));
}

/* Of the path to the peer. */
static int ws_get_mtu(struct ws_sock *ws, const struct ws_option *o,
		      u32 *value)
{
	struct dst_entry *dst = sk_dst_get(ws->sock->sk);

	if (!dst)
		return WSAENOTCONN;
	*value = dst_mtu(dst);
	dst_release(dst);
	return 0;
}

static const struct ws_option ws_rows[] = {
	WS_OPTION_OWN(IPV6_HOPOPTS, WS_ALL, ws_option_get_nothing,
		      ws_option_set_nothing),
	WS_OPTION(IPV6_HDRINCL, FLAG, WS_RAW, IPV6_HDRINCL, ws_get_hdrincl,
		  ws_option_set_ipv6),
	WS_OPTION(IPV6_UNICAST_HOPS, SMALL, WS_ALL, IPV6_UNICAST_HOPS,
		  ws_get_unicast_hops, ws_set_small),
	WS_OPTION(IPV6_MULTICAST_IF, NUMBER, WS_PACKETS, IPV6_MULTICAST_IF,
		  ws_get_multicast_if, ws_option_set_ipv6),
	WS_OPTION(IPV6_MULTICAST_HOPS, SMALL, WS_PACKETS, IPV6_MULTICAST_HOPS,
		  ws_get_multicast_hops, ws_set_small),
	WS_OPTION(IPV6_MULTICAST_LOOP, SWITCH, WS_PACKETS, IPV6_MULTICAST_LOOP,
		  ws_get_multicast_loop, ws_option_set_ipv6),
	WS_OPTION_MEMBERSHIP(IPV6_ADD_MEMBERSHIP, ws_multicast_member6),
	WS_OPTION_MEMBERSHIP(IPV6_DROP_MEMBERSHIP, ws_multicast_member6),
	WS_OPTION(IPV6_DONTFRAG, SWITCH, WS_ALL, IPV6_DONTFRAG,
		  ws_get_dontfrag, ws_set_dontfrag),
	WS_OPTION(IPV6_PKTINFO, FLAG, WS_PACKETS, IPV6_RECVPKTINFO,
		  ws_get_pktinfo, ws_option_set_ipv6),
	WS_OPTION(IPV6_HOPLIMIT, FLAG, WS_PACKETS, IPV6_RECVHOPLIMIT,
		  ws_get_hoplimit, ws_option_set_ipv6),
	{ .name = WINSOCK_IPV6_PROTECTION_LEVEL, .type = WS_OPTION_NUMBER,
	  .kinds = WS_ALL, .arg = WS_KEPT_IPV6_PROTECTION_LEVEL,
	  .initial = WINSOCK_PROTECTION_LEVEL_UNRESTRICTED,
	  .get = ws_option_get_kept, .set = ws_option_set_protection },
	WS_OPTION_KEPT(IPV6_RECVIF, FLAG, WS_PACKETS, IPV6_RECVIF, 0),
	WS_OPTION_KEPT(IPV6_RECVDSTADDR, FLAG, WS_PACKETS, IPV6_RECVDSTADDR, 0),
	WS_OPTION(IPV6_V6ONLY, BYTE, WS_ALL, IPV6_V6ONLY, ws_get_v6only,
		  ws_set_v6only),
	/* There is never a list of interfaces, see ws_option_set_never(). */
	WS_OPTION(IPV6_IFLIST, FLAG, WS_ALL, 0, ws_option_get_initial,
		  ws_option_set_never),
	WS_OPTION_OWN(IPV6_ADD_IFLIST, WS_ALL, NULL, ws_option_invalid_set),
	WS_OPTION_OWN(IPV6_DEL_IFLIST, WS_ALL, NULL, ws_option_invalid_set),
	WS_OPTION_OWN(IPV6_GET_IFLIST, WS_ALL, ws_option_invalid_get, NULL),
	WS_OPTION(IPV6_UNICAST_IF, NUMBER, WS_ALL, IPV6_UNICAST_IF,
		  ws_get_unicast_if, ws_set_unicast_if),
	WS_OPTION_OWN(IPV6_RTHDR, WS_ALL, ws_option_get_nothing,
		      ws_option_set_nothing),
	WS_OPTION(IPV6_RECVRTHDR, FLAG, WS_PACKETS, IPV6_RECVRTHDR,
		  ws_get_recvrthdr, ws_option_set_ipv6),
	WS_OPTION(IPV6_RECVTCLASS, FLAG, WS_PACKETS, IPV6_RECVTCLASS,
		  ws_get_recvtclass, ws_option_set_ipv6),
	WS_OPTION_MEMBERSHIP(MCAST_JOIN_GROUP, ws_multicast_group),
	WS_OPTION_MEMBERSHIP(MCAST_LEAVE_GROUP, ws_multicast_group),
	WS_OPTION_MEMBERSHIP(MCAST_BLOCK_SOURCE,
			     ws_multicast_group_source),
	WS_OPTION_MEMBERSHIP(MCAST_UNBLOCK_SOURCE,
			     ws_multicast_group_source),
	WS_OPTION_MEMBERSHIP(MCAST_JOIN_SOURCE_GROUP,
			     ws_multicast_group_source),
	WS_OPTION_MEMBERSHIP(MCAST_LEAVE_SOURCE_GROUP,
			     ws_multicast_group_source),
	WS_OPTION_KEPT(IP_ORIGINAL_ARRIVAL_IF, FLAG, WS_PACKETS,
		       IPV6_ORIGINAL_ARRIVAL_IF, 0),
	WS_OPTION_KEPT(IPV6_ECN, FLAG, WS_PACKETS, IPV6_ECN, 0),
	WS_OPTION_KEPT(IPV6_PKTINFO_EX, FLAG, WS_PACKETS, IPV6_PKTINFO_EX, 0),
	WS_OPTION_KEPT(IP_WFP_REDIRECT_RECORDS, FLAG, WS_PACKETS,
		       IPV6_WFP_REDIRECT_RECORDS, 0),
	WS_OPTION_KEPT(IP_WFP_REDIRECT_CONTEXT, FLAG, WS_PACKETS,
		       IPV6_WFP_REDIRECT_CONTEXT, 0),
	WS_OPTION(IPV6_MTU_DISCOVER, NUMBER, WS_ALL, WS_KEPT_IPV6_MTU_DISCOVER,
		  ws_option_get_kept, ws_set_mtu_discover),
	WS_OPTION(IPV6_MTU, NUMBER, WS_ALL, 0, ws_get_mtu, NULL),
	WS_OPTION_KEPT(IPV6_RECVERR, FLAG, WS_DGRAM, IPV6_RECVERR, 0),
	WS_OPTION_KEPT(IPV6_USER_MTU, NUMBER, WS_ALL, IPV6_USER_MTU, U32_MAX),
};

const struct ws_option_level ws_options_ipv6 = {
	.level = WINSOCK_IPPROTO_IPV6,
	.wrong = WSAEINVAL,
	.count = ARRAY_SIZE(ws_rows),
	.rows = ws_rows,
};
