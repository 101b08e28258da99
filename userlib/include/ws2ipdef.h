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

/* IPv6 addresses as they were before they had a scope. */
struct sockaddr_in6_old {
	SHORT sin6_family;
	USHORT sin6_port;
	ULONG sin6_flowinfo;
	IN6_ADDR sin6_addr;
};

typedef union sockaddr_gen {
	struct sockaddr Address;
	struct sockaddr_in AddressIn;
	struct sockaddr_in6_old AddressIn6;
} sockaddr_gen;

/* An element of what SIO_GET_INTERFACE_LIST gives, and its flags. */
typedef struct _INTERFACE_INFO {
	ULONG iiFlags;
	sockaddr_gen iiAddress;
	sockaddr_gen iiBroadcastAddress;
	sockaddr_gen iiNetmask;
} INTERFACE_INFO, *LPINTERFACE_INFO;

typedef struct _INTERFACE_INFO_EX {
	ULONG iiFlags;
	SOCKET_ADDRESS iiAddress;
	SOCKET_ADDRESS iiBroadcastAddress;
	SOCKET_ADDRESS iiNetmask;
} INTERFACE_INFO_EX, *LPINTERFACE_INFO_EX;

#define IFF_UP			0x00000001
#define IFF_BROADCAST		0x00000002
#define IFF_LOOPBACK		0x00000004
#define IFF_POINTTOPOINT	0x00000008
#define IFF_MULTICAST		0x00000010

/* Control codes of IPv4 and IPv6. */
#define SIO_GET_INTERFACE_LIST		0x4004747fU
#define SIO_GET_INTERFACE_LIST_EX	0x4004747eU
#define SIO_SET_MULTICAST_FILTER	0x8004747dU
#define SIO_GET_MULTICAST_FILTER	0x8004747cU
#define SIOCSIPMSFILTER			SIO_SET_MULTICAST_FILTER
#define SIOCGIPMSFILTER			SIO_GET_MULTICAST_FILTER
#define SIOCSMSFILTER			0x8004747eU
#define SIOCGMSFILTER			0x8004747fU
#define SIO_IDEAL_SEND_BACKLOG_QUERY	0x4004747bU
#define SIO_IDEAL_SEND_BACKLOG_CHANGE	0x2000747aU

#define IN6ADDR_ANY_INIT	\
	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } } }
#define IN6ADDR_LOOPBACK_INIT	\
	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } } }

/* Kinds of IPv6 addresses. */
static inline int ws_in6_begins(const IN6_ADDR *a, UCHAR byte, UCHAR mask,
				UCHAR next)
{
	return a->s6_addr[0] == byte && (a->s6_addr[1] & mask) == next;
}

static inline int ws_in6_zeros(const IN6_ADDR *a, int count)
{
	int i;

	for (i = 0; i < count && !a->s6_addr[i]; i++)
		;
	return i == count;
}

static inline void ws_in6_set(IN6_ADDR *a, UCHAR last)
{
	memset(a, 0, sizeof(*a));
	a->s6_addr[15] = last;
}

#define IN6_ADDR_EQUAL(a, b)	(!memcmp((a), (b), sizeof(IN6_ADDR)))
#define IN6_ARE_ADDR_EQUAL	IN6_ADDR_EQUAL

#define IN6_IS_ADDR_UNSPECIFIED(a)	ws_in6_zeros(a, 16)
#define IN6_IS_ADDR_LOOPBACK(a)		\
	(ws_in6_zeros(a, 15) && (a)->s6_addr[15] == 1)
#define IN6_IS_ADDR_MULTICAST(a)	((a)->s6_addr[0] == 0xff)
#define IN6_IS_ADDR_LINKLOCAL(a)	ws_in6_begins(a, 0xfe, 0xc0, 0x80)
#define IN6_IS_ADDR_SITELOCAL(a)	ws_in6_begins(a, 0xfe, 0xc0, 0xc0)
#define IN6_IS_ADDR_MC_NODELOCAL(a)	ws_in6_begins(a, 0xff, 0x0f, 0x01)
#define IN6_IS_ADDR_MC_LINKLOCAL(a)	ws_in6_begins(a, 0xff, 0x0f, 0x02)
#define IN6_IS_ADDR_MC_SITELOCAL(a)	ws_in6_begins(a, 0xff, 0x0f, 0x05)
#define IN6_IS_ADDR_MC_ORGLOCAL(a)	ws_in6_begins(a, 0xff, 0x0f, 0x08)
#define IN6_IS_ADDR_MC_GLOBAL(a)	ws_in6_begins(a, 0xff, 0x0f, 0x0e)
#define IN6_IS_ADDR_V4MAPPED(a)		\
	(ws_in6_zeros(a, 10) && (a)->s6_words[5] == 0xffff)
#define IN6_IS_ADDR_V4COMPAT(a)		\
	(ws_in6_zeros(a, 12) && ((a)->s6_words[6] || (a)->s6_addr[14] ||	\
				 (a)->s6_addr[15] > 1))

#define IN6_SET_ADDR_UNSPECIFIED(a)	ws_in6_set(a, 0)
#define IN6_SET_ADDR_LOOPBACK(a)	ws_in6_set(a, 1)

#define IN6ADDR_ISANY(sa)	IN6_IS_ADDR_UNSPECIFIED(&(sa)->sin6_addr)
#define IN6ADDR_ISLOOPBACK(sa)	IN6_IS_ADDR_LOOPBACK(&(sa)->sin6_addr)

static inline void ws_in6_sockaddr(SOCKADDR_IN6 *sa, UCHAR last)
{
	memset(sa, 0, sizeof(*sa));
	sa->sin6_family = AF_INET6;
	sa->sin6_addr.s6_addr[15] = last;
}

#define IN6ADDR_SETANY(sa)	ws_in6_sockaddr(sa, 0)
#define IN6ADDR_SETLOOPBACK(sa)	ws_in6_sockaddr(sa, 1)

/* Windows' layouts. */
WS_STATIC_ASSERT(sizeof(IN6_ADDR) == 16);
WS_STATIC_ASSERT(sizeof(SOCKADDR_IN6) == 28);
WS_STATIC_ASSERT(offsetof(SOCKADDR_IN6, sin6_scope_id) == 24);
WS_STATIC_ASSERT(sizeof(SOCKADDR_INET) == 28);
WS_STATIC_ASSERT(sizeof(IPV6_MREQ) == 20);
WS_STATIC_ASSERT(sizeof(INTERFACE_INFO) == 76);

#endif /* _WS2IPDEF_ */
