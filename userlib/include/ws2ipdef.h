/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * IPv4 and IPv6: their options, and IPv6 addresses.
 */
#ifndef _WS2IPDEF_
#define _WS2IPDEF_

#include <winsock2.h>

/* Options at level IPPROTO_IP. */
#define IP_OPTIONS		1
#define IP_HDRINCL		2
#define IP_TOS			3
#define IP_TTL			4
#define IP_MULTICAST_IF		9
#define IP_MULTICAST_TTL	10
#define IP_MULTICAST_LOOP	11
#define IP_ADD_MEMBERSHIP	12
#define IP_DROP_MEMBERSHIP	13
#define IP_DONTFRAGMENT		14
#define IP_PKTINFO		19
#define IP_RECVTTL		21
#define IP_RECVTOS		40

/* Options at level IPPROTO_IPV6. */
#define IPV6_HOPOPTS		1
#define IPV6_HDRINCL		2
#define IPV6_UNICAST_HOPS	4
#define IPV6_MULTICAST_IF	9
#define IPV6_MULTICAST_HOPS	10
#define IPV6_MULTICAST_LOOP	11
#define IPV6_ADD_MEMBERSHIP	12
#define IPV6_JOIN_GROUP		IPV6_ADD_MEMBERSHIP
#define IPV6_DROP_MEMBERSHIP	13
#define IPV6_LEAVE_GROUP	IPV6_DROP_MEMBERSHIP
#define IPV6_DONTFRAG		14
#define IPV6_PKTINFO		19
#define IPV6_HOPLIMIT		21
#define IPV6_PROTECTION_LEVEL	23
#define IPV6_V6ONLY		27
#define IPV6_TCLASS		39
#define IPV6_RECVTCLASS		40

/* Addresses. */
typedef struct in6_addr {
	union {
		UCHAR Byte[16];
		USHORT Word[8];
	} u;
} IN6_ADDR, *PIN6_ADDR, *LPIN6_ADDR;

#define _S6_un		u
#define _S6_u8		Byte
#define s6_addr		u.Byte
#define s6_bytes	u.Byte
#define s6_words	u.Word

typedef struct sockaddr_in6 {
	ADDRESS_FAMILY sin6_family;
	USHORT sin6_port;
	ULONG sin6_flowinfo;
	IN6_ADDR sin6_addr;
	ULONG sin6_scope_id;
} SOCKADDR_IN6, *PSOCKADDR_IN6, *LPSOCKADDR_IN6;

typedef union _SOCKADDR_INET {
	SOCKADDR_IN Ipv4;
	SOCKADDR_IN6 Ipv6;
	ADDRESS_FAMILY si_family;
} SOCKADDR_INET, *PSOCKADDR_INET;

typedef struct ip_mreq {
	IN_ADDR imr_multiaddr;
	IN_ADDR imr_interface;
} IP_MREQ, *PIP_MREQ;

typedef struct ipv6_mreq {
	IN6_ADDR ipv6mr_multiaddr;
	ULONG ipv6mr_interface;
} IPV6_MREQ, *PIPV6_MREQ;

/* Which address and interface a datagram came in by, or is to go out by. */
typedef struct in_pktinfo {
	IN_ADDR ipi_addr;
	ULONG ipi_ifindex;
} IN_PKTINFO, *PIN_PKTINFO;

typedef struct in6_pktinfo {
	IN6_ADDR ipi6_addr;
	ULONG ipi6_ifindex;
} IN6_PKTINFO, *PIN6_PKTINFO;

#define IN6ADDR_ANY_INIT	\
	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } } }
#define IN6ADDR_LOOPBACK_INIT	\
	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } } }

/* Windows' layouts. */
WS_STATIC_ASSERT(sizeof(IN6_ADDR) == 16);
WS_STATIC_ASSERT(sizeof(SOCKADDR_IN6) == 28);
WS_STATIC_ASSERT(offsetof(SOCKADDR_IN6, sin6_scope_id) == 24);
WS_STATIC_ASSERT(sizeof(SOCKADDR_INET) == 28);
WS_STATIC_ASSERT(sizeof(IPV6_MREQ) == 20);
WS_STATIC_ASSERT(sizeof(IN_PKTINFO) == 8);
WS_STATIC_ASSERT(sizeof(IN6_PKTINFO) == 20);

#endif /* _WS2IPDEF_ */
