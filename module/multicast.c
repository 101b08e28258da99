// SPDX-License-Identifier: GPL-2.0-only
/*
 * Joining and leaving multicast groups, and choosing sources within them.
 * Windows' structures differ from Linux' in order, names in numbers.
 */
#include <linux/compat.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/socket.h>
#include <net/compat.h>
#include "option.h"

/* As Windows lays them out; addresses and groups are in network order. */
struct ws_mreq {
	__be32 group, interface;
};

struct ws_mreq_source {
	__be32 group, source, interface;
};

struct ws_mreq6 {
	struct in6_addr group;
	__le32 interface;
};

struct ws_group_source {
	__le32 interface;
	u32 pad;
	struct __kernel_sockaddr_storage group, source;
};

/* The stack's name for one of Windows' at level @level, or -1. */
static int ws_multicast_name(int level, int name)
{
	switch (name) {
	case WINSOCK_IP_ADD_MEMBERSHIP:
		return level == WINSOCK_IPPROTO_IP ? IP_ADD_MEMBERSHIP :
						     IPV6_ADD_MEMBERSHIP;
	case WINSOCK_IP_DROP_MEMBERSHIP:
		return level == WINSOCK_IPPROTO_IP ? IP_DROP_MEMBERSHIP :
						     IPV6_DROP_MEMBERSHIP;
	case WINSOCK_MCAST_JOIN_GROUP:
		return MCAST_JOIN_GROUP;
	case WINSOCK_MCAST_LEAVE_GROUP:
		return MCAST_LEAVE_GROUP;
	case WINSOCK_IP_ADD_SOURCE_MEMBERSHIP:
	case WINSOCK_MCAST_JOIN_SOURCE_GROUP:
		return MCAST_JOIN_SOURCE_GROUP;
	case WINSOCK_IP_DROP_SOURCE_MEMBERSHIP:
	case WINSOCK_MCAST_LEAVE_SOURCE_GROUP:
		return MCAST_LEAVE_SOURCE_GROUP;
	case WINSOCK_IP_BLOCK_SOURCE:
	case WINSOCK_MCAST_BLOCK_SOURCE:
		return MCAST_BLOCK_SOURCE;
	case WINSOCK_IP_UNBLOCK_SOURCE:
	case WINSOCK_MCAST_UNBLOCK_SOURCE:
		return MCAST_UNBLOCK_SOURCE;
	default:
		return -1;
	}
}

/* The stack's number for one of Windows' levels. */
static int ws_multicast_level(int level)
{
	return level == WINSOCK_IPPROTO_IP ? SOL_IP : SOL_IPV6;
}

static int ws_multicast_stack(struct ws_call *call, struct ws_sock *ws,
			      const void *value, int len)
{
	const struct winsock_sock_setopt *a = &call->setopt;
	int err;

	err = ws_option_stack(ws, ws_multicast_level(a->level),
			      ws_multicast_name(a->level, a->name), value, len);
	/* A member already: setsockopt has no such code, but a bad value. */
	return err == WSAEADDRINUSE ? WSAEINVAL : err;
}

/* IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP: ip_mreq. */
int ws_multicast_member(struct ws_call *call, struct ws_sock *ws)
{
	struct ip_mreqn mreqn = { };
	struct ws_mreq mreq;
	u32 interface;
	int err;

	err = ws_option_copy(&call->setopt, &mreq, sizeof(mreq));
	if (err)
		return err;
	interface = be32_to_cpu(mreq.interface);
	mreqn.imr_multiaddr.s_addr = mreq.group;
	if (interface & ~WS_INDEX_MASK)
		mreqn.imr_address.s_addr = mreq.interface;
	else
		mreqn.imr_ifindex = interface;
	return ws_multicast_stack(call, ws, &mreqn, sizeof(mreqn));
}

/* IPV6_ADD_MEMBERSHIP, IPV6_DROP_MEMBERSHIP: ipv6_mreq. */
int ws_multicast_member6(struct ws_call *call, struct ws_sock *ws)
{
	struct ipv6_mreq linux_mreq;
	struct ws_mreq6 mreq;
	int err;

	err = ws_option_copy(&call->setopt, &mreq, sizeof(mreq));
	if (err)
		return err;
	linux_mreq.ipv6mr_multiaddr = mreq.group;
	linux_mreq.ipv6mr_ifindex = le32_to_cpu(mreq.interface);
	return ws_multicast_stack(call, ws, &linux_mreq, sizeof(linux_mreq));
}

/* An address in either family's number; the stack looks at the rest. */
static void ws_multicast_family(struct __kernel_sockaddr_storage *ss)
{
	if (ss->ss_family == WINSOCK_AF_INET6)
		ss->ss_family = AF_INET6;
}

/**
 * ws_multicast_sources() - an option of the stack about a source of a group
 * @ws:        the socket; the caller holds a user
 * @level:     SOL_IP or SOL_IPV6
 * @name:      MCAST_JOIN_SOURCE_GROUP and its like
 * @interface: its index
 * @group:     as the stack has it
 * @source:    as the stack has it
 *
 * The stack reads its structures as it would from the calling program, so with
 * the holes of a 32-bit one if that calls.
 *
 * Context: process, may sleep.
 * Return: 0 or a WSAE code.
 */
int ws_multicast_sources(struct ws_sock *ws, int level, int name, u32 interface,
			 const struct __kernel_sockaddr_storage *group,
			 const struct __kernel_sockaddr_storage *source)
{
	struct compat_group_source_req narrow = {
		.gsr_interface = interface,
		.gsr_group = *group,
		.gsr_source = *source,
	};
	struct group_source_req wide = {
		.gsr_interface = interface,
		.gsr_group = *group,
		.gsr_source = *source,
	};

	if (in_compat_syscall())
		return ws_option_stack(ws, level, name, &narrow,
				       sizeof(narrow));
	return ws_option_stack(ws, level, name, &wide, sizeof(wide));
}

/* The stack's IP_* for a call that names an interface by its address. */
static int ws_multicast_source_name(int name)
{
	switch (name) {
	case WINSOCK_IP_ADD_SOURCE_MEMBERSHIP:
		return IP_ADD_SOURCE_MEMBERSHIP;
	case WINSOCK_IP_DROP_SOURCE_MEMBERSHIP:
		return IP_DROP_SOURCE_MEMBERSHIP;
	case WINSOCK_IP_BLOCK_SOURCE:
		return IP_BLOCK_SOURCE;
	default:
		return IP_UNBLOCK_SOURCE;
	}
}

/* IP_ADD_SOURCE_MEMBERSHIP and its like: ip_mreq_source. */
int ws_multicast_source(struct ws_call *call, struct ws_sock *ws)
{
	struct ws_group_source g = { };
	struct sockaddr_in *group = (struct sockaddr_in *)&g.group;
	struct sockaddr_in *source = (struct sockaddr_in *)&g.source;
	struct ip_mreq_source by_address;
	struct ws_mreq_source mreq;
	u32 interface;
	int err, name;

	err = ws_option_copy(&call->setopt, &mreq, sizeof(mreq));
	if (err)
		return err;
	interface = be32_to_cpu(mreq.interface);
	if (!interface || interface & ~WS_INDEX_MASK) {
		by_address.imr_multiaddr = mreq.group;
		by_address.imr_interface = mreq.interface;
		by_address.imr_sourceaddr = mreq.source;
		name = ws_multicast_source_name(call->setopt.name);
		return ws_option_stack(ws, SOL_IP, name, &by_address,
				       sizeof(by_address));
	}
	group->sin_family = AF_INET;
	group->sin_addr.s_addr = mreq.group;
	source->sin_family = AF_INET;
	source->sin_addr.s_addr = mreq.source;
	name = ws_multicast_name(WINSOCK_IPPROTO_IP, call->setopt.name);
	return ws_multicast_sources(ws, SOL_IP, name, interface, &g.group,
				    &g.source);
}

/* MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP: group_req. */
int ws_multicast_group(struct ws_call *call, struct ws_sock *ws)
{
	struct compat_group_req narrow;
	struct ws_group_source g;
	struct group_req wide;
	int err;

	err = ws_option_copy(&call->setopt, &g,
			     offsetof(struct ws_group_source, source));
	if (err)
		return err;
	ws_multicast_family(&g.group);
	if (in_compat_syscall()) {
		narrow.gr_interface = le32_to_cpu(g.interface);
		narrow.gr_group = g.group;
		return ws_multicast_stack(call, ws, &narrow, sizeof(narrow));
	}
	memset(&wide, 0, sizeof(wide));
	wide.gr_interface = le32_to_cpu(g.interface);
	wide.gr_group = g.group;
	return ws_multicast_stack(call, ws, &wide, sizeof(wide));
}

/* MCAST_JOIN_SOURCE_GROUP and its like: group_source_req. */
int ws_multicast_group_source(struct ws_call *call, struct ws_sock *ws)
{
	const struct winsock_sock_setopt *a = &call->setopt;
	struct ws_group_source g;
	int err;

	err = ws_option_copy(a, &g, sizeof(g));
	if (err)
		return err;
	ws_multicast_family(&g.group);
	ws_multicast_family(&g.source);
	return ws_multicast_sources(ws, ws_multicast_level(a->level),
				    ws_multicast_name(a->level, a->name),
				    le32_to_cpu(g.interface), &g.group,
				    &g.source);
}
