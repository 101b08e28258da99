// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options of level IPPROTO_IP.  A socket of IPv6 has them too, for when it
 * speaks IPv4.
 */
#include <linux/in.h>
#include <linux/uaccess.h>
#include <net/dst.h>
#include <net/inet_ecn.h>
#include <net/inet_sock.h>
#include <net/ip.h>
#include <net/net_namespace.h>
#include "compat.h"
#include "option.h"

/* The most of a hop count or a type of service. */
#define WS_SMALL_MAX	255

/* Windows' numbers of what to do about the path's MTU, and Linux'. */
static const u8 ws_pmtudisc[] = {
	[WINSOCK_PMTUDISC_NOT_SET] = IP_PMTUDISC_WANT,
	[WINSOCK_PMTUDISC_DO] = IP_PMTUDISC_DO,
	[WINSOCK_PMTUDISC_DONT] = IP_PMTUDISC_DONT,
	[WINSOCK_PMTUDISC_PROBE] = IP_PMTUDISC_PROBE,
};

/* Set once, sent with each packet; what the stack has it does not give back. */
static int ws_get_options(struct ws_call *call, struct ws_sock *ws)
{
	const struct winsock_sock_getopt *a = &call->getopt;
	__s32 __user *len = u64_to_user_ptr(a->value_len);
	u8 options[WS_IP_OPTIONS_MAX];
	struct ws_kept *kept;
	u32 size = 0;
	s32 room;

	if (!a->value || !a->value_len || get_user(room, len))
		return WSAEFAULT;
	mutex_lock(&ws->lock);
	kept = READ_ONCE(ws->kept);
	if (kept) {
		size = kept->ip_options_len;
		memcpy(options, kept->ip_options, size);
	}
	mutex_unlock(&ws->lock);
	if (room < (s32)size ||
	    copy_to_user(u64_to_user_ptr(a->value), options, size) ||
	    put_user(size, len))
		return WSAEFAULT;
	return 0;
}

static int ws_set_options(struct ws_call *call, struct ws_sock *ws)
{
	const struct winsock_sock_setopt *a = &call->setopt;
	u8 options[WS_IP_OPTIONS_MAX];
	struct ws_kept *kept;
	int err;

	if (a->value_len > WS_IP_OPTIONS_MAX)
		return WSAEINVAL;
	err = ws_option_copy(a, options, max(a->value_len, 0));
	if (err)
		return err;
	kept = ws_kept_make(ws);
	if (!kept)
		return WSAENOBUFS;
	mutex_lock(&ws->lock);
	err = ws_option_stack(ws, SOL_IP, IP_OPTIONS, options, a->value_len);
	if (!err) {
		memcpy(kept->ip_options, options, a->value_len);
		kept->ip_options_len = a->value_len;
	}
	mutex_unlock(&ws->lock);
	return err;
}

static int ws_get_hdrincl(struct ws_sock *ws, const struct ws_option *o,
			  u32 *value)
{
	*value = inet_test_bit(HDRINCL, ws->sock->sk);
	return 0;
}

/* Bits that the stack wants for itself read as they were set (T7). */
static int ws_get_tos(struct ws_sock *ws, const struct ws_option *o,
		      u32 *value)
{
	u32 tos = READ_ONCE(inet_sk(ws->sock->sk)->tos);

	*value = ws_kept_get(ws, WS_KEPT_IP_TOS, 0);
	if ((*value ^ tos) & ~INET_ECN_MASK)
		*value = tos;
	return 0;
}

static int ws_set_tos(struct ws_sock *ws, const struct ws_option *o,
		      u32 value)
{
	if (value > WS_SMALL_MAX)
		return WSAEINVAL;
	return ws_kept_set(ws, WS_KEPT_IP_TOS, 0, value) ?:
	       ws_option_set_ip(ws, o, value);
}

static int ws_get_ttl(struct ws_sock *ws, const struct ws_option *o,
		      u32 *value)
{
	struct sock *sk = ws->sock->sk;
	int ttl = READ_ONCE(inet_sk(sk)->uc_ttl);

	if (ttl < 0)
		ttl = READ_ONCE(sock_net(sk)->ipv4.sysctl_ip_default_ttl);
	*value = ttl;
	return 0;
}

static int ws_get_multicast_ttl(struct ws_sock *ws, const struct ws_option *o,
				u32 *value)
{
	*value = READ_ONCE(inet_sk(ws->sock->sk)->mc_ttl);
	return 0;
}

static int ws_set_small(struct ws_sock *ws, const struct ws_option *o,
			u32 value)
{
	return value > WS_SMALL_MAX ? WSAEINVAL : ws_option_set_ip(ws, o, value);
}

/* In network order an address or 0.x.x.x, out the index, in host order. */
static int ws_get_multicast_if(struct ws_sock *ws, const struct ws_option *o,
			       u32 *value)
{
	*value = READ_ONCE(inet_sk(ws->sock->sk)->mc_index);
	return 0;
}

static int ws_set_multicast_if(struct ws_sock *ws, const struct ws_option *o,
			       u32 value)
{
	u32 address = be32_to_cpu((__force __be32)cpu_to_le32(value));
	struct ip_mreqn mreq = { };

	if (address & ~WS_INDEX_MASK)
		mreq.imr_address.s_addr = cpu_to_be32(address);
	else
		mreq.imr_ifindex = address;
	return ws_option_stack(ws, SOL_IP, IP_MULTICAST_IF, &mreq,
			       sizeof(mreq));
}

static int ws_get_unicast_if(struct ws_sock *ws, const struct ws_option *o,
			     u32 *value)
{
	*value = READ_ONCE(inet_sk(ws->sock->sk)->uc_index);
	return 0;
}

static int ws_set_unicast_if(struct ws_sock *ws, const struct ws_option *o,
			     u32 value)
{
	u32 index = be32_to_cpu((__force __be32)cpu_to_le32(value));

	if (index & ~WS_INDEX_MASK)
		return WSAEINVAL;
	return ws_option_set_ip(ws, o, (__force u32)cpu_to_be32(index));
}

static int ws_get_multicast_loop(struct ws_sock *ws, const struct ws_option *o,
				 u32 *value)
{
	*value = inet_test_bit(MC_LOOP, ws->sock->sk);
	return 0;
}

/* T23: a stream does not let its packets be broken up, others do. */
static int ws_get_dontfragment(struct ws_sock *ws, const struct ws_option *o,
			       u32 *value)
{
	int pmtudisc = READ_ONCE(inet_sk(ws->sock->sk)->pmtudisc);

	if (pmtudisc == IP_PMTUDISC_WANT)
		*value = ws_sock_stream(ws);
	else
		*value = pmtudisc != IP_PMTUDISC_DONT;
	return 0;
}

static int ws_set_dontfragment(struct ws_sock *ws, const struct ws_option *o,
			       u32 value)
{
	return ws_option_set_ip(ws, o, value ? IP_PMTUDISC_DO :
					       IP_PMTUDISC_DONT);
}

static int ws_set_mtu_discover(struct ws_sock *ws, const struct ws_option *o,
			       u32 value)
{
	if (value == WINSOCK_PMTUDISC_NOT_SET ||
	    value >= ARRAY_SIZE(ws_pmtudisc))
		return WSAEINVAL;
	return ws_option_set_kept(ws, o, value) ?:
	       ws_option_stack(ws, SOL_IP, IP_MTU_DISCOVER,
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

/* Whether a control message was asked for; @initial is its IP_CMSG_*. */
static int ws_get_cmsg(struct ws_sock *ws, const struct ws_option *o,
		       u32 *value)
{
	*value = !!(inet_cmsg_flags(inet_sk(ws->sock->sk)) & o->initial);
	return 0;
}

#define WS_OPTION_CMSG(_name, _arg, _flag)				\
	{ .name = WINSOCK_##_name, .type = WS_OPTION_FLAG,		\
	  .kinds = WS_PACKETS, .arg = _arg, .initial = _flag,		\
	  .get = ws_get_cmsg, .set = ws_option_set_ip }

static const struct ws_option ws_rows[] = {
	WS_OPTION_OWN(IP_OPTIONS, WS_ALL, ws_get_options, ws_set_options),
	WS_OPTION(IP_HDRINCL, FLAG, WS_RAW, IP_HDRINCL, ws_get_hdrincl,
		  ws_option_set_ip),
	WS_OPTION(IP_TOS, SMALL, WS_ALL, IP_TOS, ws_get_tos, ws_set_tos),
	WS_OPTION(IP_TTL, SMALL, WS_ALL, IP_TTL, ws_get_ttl, ws_set_small),
	WS_OPTION(IP_MULTICAST_IF, NUMBER, WS_PACKETS, 0, ws_get_multicast_if,
		  ws_set_multicast_if),
	WS_OPTION(IP_MULTICAST_TTL, SMALL, WS_PACKETS, IP_MULTICAST_TTL,
		  ws_get_multicast_ttl, ws_set_small),
	WS_OPTION(IP_MULTICAST_LOOP, SWITCH, WS_PACKETS, IP_MULTICAST_LOOP,
		  ws_get_multicast_loop, ws_option_set_ip),
	WS_OPTION_MEMBERSHIP(IP_ADD_MEMBERSHIP, ws_multicast_member),
	WS_OPTION_MEMBERSHIP(IP_DROP_MEMBERSHIP, ws_multicast_member),
	WS_OPTION(IP_DONTFRAGMENT, SWITCH, WS_ALL, IP_MTU_DISCOVER,
		  ws_get_dontfragment, ws_set_dontfragment),
	WS_OPTION_MEMBERSHIP(IP_ADD_SOURCE_MEMBERSHIP, ws_multicast_source),
	WS_OPTION_MEMBERSHIP(IP_DROP_SOURCE_MEMBERSHIP, ws_multicast_source),
	WS_OPTION_MEMBERSHIP(IP_BLOCK_SOURCE, ws_multicast_source),
	WS_OPTION_MEMBERSHIP(IP_UNBLOCK_SOURCE, ws_multicast_source),
	WS_OPTION_CMSG(IP_PKTINFO, IP_PKTINFO, IP_CMSG_PKTINFO),
	WS_OPTION_CMSG(IP_RECVTTL, IP_RECVTTL, IP_CMSG_TTL),
	WS_OPTION_KEPT(IP_RECEIVE_BROADCAST, FLAG, WS_PACKETS,
		       IP_RECEIVE_BROADCAST, 1),
	{ .name = WINSOCK_IP_PROTECTION_LEVEL, .type = WS_OPTION_NUMBER,
	  .kinds = WS_ALL, .arg = WS_KEPT_IP_PROTECTION_LEVEL,
	  .initial = WINSOCK_PROTECTION_LEVEL_UNRESTRICTED,
	  .get = ws_option_get_kept, .set = ws_option_set_protection },
	WS_OPTION_KEPT(IP_RECVIF, FLAG, WS_PACKETS, IP_RECVIF, 0),
	WS_OPTION_KEPT(IP_RECVDSTADDR, FLAG, WS_PACKETS, IP_RECVDSTADDR, 0),
	/* There is never a list of interfaces, see ws_option_set_never(). */
	WS_OPTION(IP_IFLIST, FLAG, WS_ALL, 0, ws_option_get_initial,
		  ws_option_set_never),
	WS_OPTION_OWN(IP_ADD_IFLIST, WS_ALL, NULL, ws_option_invalid_set),
	WS_OPTION_OWN(IP_DEL_IFLIST, WS_ALL, NULL, ws_option_invalid_set),
	WS_OPTION_OWN(IP_GET_IFLIST, WS_ALL, ws_option_invalid_get, NULL),
	WS_OPTION(IP_UNICAST_IF, NUMBER, WS_ALL, IP_UNICAST_IF,
		  ws_get_unicast_if, ws_set_unicast_if),
	WS_OPTION_OWN(IP_RTHDR, WS_ALL, ws_option_get_nothing,
		      ws_option_set_nothing),
	WS_OPTION_KEPT(IP_RECVRTHDR, FLAG, WS_PACKETS, IP_RECVRTHDR, 0),
	WS_OPTION_CMSG(IP_RECVTOS, IP_RECVTOS, IP_CMSG_TOS),
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
		       IP_ORIGINAL_ARRIVAL_IF, 0),
	WS_OPTION_KEPT(IP_ECN, FLAG, WS_PACKETS, IP_ECN, 0),
	WS_OPTION_KEPT(IP_PKTINFO_EX, FLAG, WS_PACKETS, IP_PKTINFO_EX, 0),
	WS_OPTION_KEPT(IP_WFP_REDIRECT_RECORDS, FLAG, WS_PACKETS,
		       IP_WFP_REDIRECT_RECORDS, 0),
	WS_OPTION_KEPT(IP_WFP_REDIRECT_CONTEXT, FLAG, WS_PACKETS,
		       IP_WFP_REDIRECT_CONTEXT, 0),
	WS_OPTION(IP_MTU_DISCOVER, NUMBER, WS_ALL, WS_KEPT_IP_MTU_DISCOVER,
		  ws_option_get_kept, ws_set_mtu_discover),
	WS_OPTION(IP_MTU, NUMBER, WS_ALL, 0, ws_get_mtu, NULL),
	WS_OPTION_KEPT(IP_RECVERR, FLAG, WS_DGRAM, IP_RECVERR, 0),
	WS_OPTION_KEPT(IP_USER_MTU, NUMBER, WS_ALL, IP_USER_MTU, U32_MAX),
};

const struct ws_option_level ws_options_ip = {
	.level = WINSOCK_IPPROTO_IP,
	.wrong = WSAEINVAL,
	.count = ARRAY_SIZE(ws_rows),
	.rows = ws_rows,
};
