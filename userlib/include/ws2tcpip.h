/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * TCP/IP beyond <winsock2.h>: IPv6 addresses, their options and text.
 */
#ifndef _WS2TCPIP_H_
#define _WS2TCPIP_H_

#include <winsock2.h>

/* Windows' is signed; <unistd.h> and others shall leave the name alone. */
typedef int winsock_socklen_t;
#ifndef __socklen_t_defined
#define __socklen_t_defined
#endif
#define socklen_t	winsock_socklen_t

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

typedef struct addrinfo {
	int ai_flags;
	int ai_family;
	int ai_socktype;
	int ai_protocol;
	size_t ai_addrlen;
	char *ai_canonname;
	struct sockaddr *ai_addr;
	struct addrinfo *ai_next;
} ADDRINFOA, *PADDRINFOA;

#define INET_ADDRSTRLEN		22
#define INET6_ADDRSTRLEN	65

#define IN6ADDR_ANY_INIT	\
	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } } }
#define IN6ADDR_LOOPBACK_INIT	\
	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } } }

WS_STATIC_ASSERT(sizeof(IN6_ADDR) == 16);
WS_STATIC_ASSERT(sizeof(SOCKADDR_IN6) == 28);
WS_STATIC_ASSERT(offsetof(SOCKADDR_IN6, sin6_scope_id) == 24);
WS_STATIC_ASSERT(sizeof(SOCKADDR_INET) == 28);
WS_STATIC_ASSERT(sizeof(IPV6_MREQ) == 20);
WS_SIZE(ADDRINFOA, 48, 32);
WS_STATIC_ASSERT(sizeof(socklen_t) == 4);

WS_BEGIN_DECLS

extern const IN6_ADDR in6addr_any WS_SYMBOL("winsock_in6addr_any");
extern const IN6_ADDR in6addr_loopback WS_SYMBOL("winsock_in6addr_loopback");

int WSAAPI inet_pton(int family, const char *text, void *addr)
	WS_SYMBOL("winsock_inet_pton");
const char *WSAAPI inet_ntop(int family, const void *addr, char *text,
			     size_t size)
	WS_SYMBOL("winsock_inet_ntop");
int WSAAPI InetPtonW(int family, LPCWSTR text, void *addr)
	WS_SYMBOL("winsock_inetptonw");
LPCWSTR WSAAPI InetNtopW(int family, const void *addr, LPWSTR text,
			 size_t size)
	WS_SYMBOL("winsock_inetntopw");

#define InetPtonA	inet_pton
#define InetNtopA	inet_ntop
#ifdef UNICODE
#define InetPton	InetPtonW
#define InetNtop	InetNtopW
#else
#define InetPton	InetPtonA
#define InetNtop	InetNtopA
#endif

WS_END_DECLS

#endif /* _WS2TCPIP_H_ */
