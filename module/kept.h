/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_KEPT_H
#define WS_KEPT_H

#include "winsock.h"

/* What is kept, by level. */
enum ws_kept_index {
	WS_KEPT_SNDBUF,
	WS_KEPT_RCVBUF,
	WS_KEPT_DEBUG,
	WS_KEPT_DONTROUTE,
	WS_KEPT_CONDITIONAL_ACCEPT,
	WS_KEPT_RANDOMIZE_PORT,
	WS_KEPT_PORT_SCALABILITY,
	WS_KEPT_REUSE_UNICASTPORT,
	WS_KEPT_REUSE_MULTICASTPORT,
	WS_KEPT_GROUP_PRIORITY,

	WS_KEPT_EXPEDITED_1122,
	WS_KEPT_TIMESTAMPS,
	WS_KEPT_DELAY_FIN_ACK,
	WS_KEPT_FAIL_CONNECT_ON_ICMP_ERROR,
	WS_KEPT_RECV_MAX_COALESCED_SIZE,

	WS_KEPT_IP_TOS,
	WS_KEPT_IP_PROTECTION_LEVEL,
	WS_KEPT_IP_RECEIVE_BROADCAST,
	WS_KEPT_IP_RECVIF,
	WS_KEPT_IP_RECVDSTADDR,
	WS_KEPT_IP_RECVRTHDR,
	WS_KEPT_IP_ORIGINAL_ARRIVAL_IF,
	WS_KEPT_IP_ECN,
	WS_KEPT_IP_PKTINFO_EX,
	WS_KEPT_IP_WFP_REDIRECT_RECORDS,
	WS_KEPT_IP_WFP_REDIRECT_CONTEXT,
	WS_KEPT_IP_MTU_DISCOVER,
	WS_KEPT_IP_RECVERR,
	WS_KEPT_IP_USER_MTU,

	WS_KEPT_IPV6_DONTFRAG,
	WS_KEPT_IPV6_PROTECTION_LEVEL,
	WS_KEPT_IPV6_RECVIF,
	WS_KEPT_IPV6_RECVDSTADDR,
	WS_KEPT_IPV6_ORIGINAL_ARRIVAL_IF,
	WS_KEPT_IPV6_ECN,
	WS_KEPT_IPV6_PKTINFO_EX,
	WS_KEPT_IPV6_WFP_REDIRECT_RECORDS,
	WS_KEPT_IPV6_WFP_REDIRECT_CONTEXT,
	WS_KEPT_IPV6_MTU_DISCOVER,
	WS_KEPT_IPV6_RECVERR,
	WS_KEPT_IPV6_USER_MTU,
	WS_KEPT_COUNT
};

/* The most that IP_OPTIONS takes: what fits an IP header. */
#define WS_IP_OPTIONS_MAX	40

/**
 * struct ws_kept - what was set and the stack has no place for
 * @values:     each exclusive-or its initial value, which so is zero   [atomic]
 * @ip_options: IP_OPTIONS as set                               [@ws_sock.lock]
 * @ip_options_len: their length                                [@ws_sock.lock]
 *
 * Made when the first of these is set, which few sockets see.  Lives as long as
 * the socket's memory.
 */
struct ws_kept {
	u32 values[WS_KEPT_COUNT];
	u8 ip_options[WS_IP_OPTIONS_MAX];
	u32 ip_options_len;
};

struct ws_kept *ws_kept_make(struct ws_sock *ws);
u32 ws_kept_get(const struct ws_sock *ws, enum ws_kept_index index,
		u32 initial);
int ws_kept_set(struct ws_sock *ws, enum ws_kept_index index, u32 initial,
		u32 value);
bool ws_kept_inherit(struct ws_sock *conn, struct ws_sock *lsn);

#endif /* WS_KEPT_H */
