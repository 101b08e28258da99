/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The part of <mstcpip.h> that looks into addresses and makes them: functions
 * that Windows has in its headers alone.
 *
 * IN4_ and IN6_ functions are about an IN_ADDR and an IN6_ADDR, IN4ADDR_ and
 * IN6ADDR_ about a SOCKADDR_IN and a SOCKADDR_IN6.  INET_ takes the family
 * beside an address, INETADDR_ finds it in a SOCKADDR: AF_INET6, or else
 * AF_INET.  Ports are in network order, and no comparison heeds them.
 *
 * They go by bytes, so that addresses may lie unaligned, as in a packet, and a
 * SOCKADDR may be a SOCKADDR_STORAGE in truth.
 */
#ifndef _WINSOCK_ADDRESSES_H
#define _WINSOCK_ADDRESSES_H

#include <stddef.h>
#include <string.h>

#ifndef _WS2IPDEF_
#error "include <mstcpip.h>, which includes this"
#endif

/* Addresses and classes of them in network order, on a little endian. */
#define IN4ADDR_ANY			INADDR_ANY
#define IN4ADDR_LOOPBACK		0x0100007f
#define IN4ADDR_BROADCAST		INADDR_BROADCAST
#define IN4ADDR_NONE			INADDR_NONE
#define IN4_CLASSA(i)			(((i) & 0x00000080) == 0)
#define IN4_CLASSB(i)			(((i) & 0x000000c0) == 0x00000080)
#define IN4_CLASSC(i)			(((i) & 0x000000e0) == 0x000000c0)
#define IN4_CLASSD(i)			(((i) & 0x000000f0) == 0x000000e0)
#define IN4_MULTICAST(i)		IN4_CLASSD(i)

/* Bits of prefixes. */
#define IN4ADDR_LOOPBACKPREFIX_LENGTH	8
#define IN4ADDR_LINKLOCALPREFIX_LENGTH	16
#define IN4ADDR_MULTICASTPREFIX_LENGTH	4

#ifdef __cplusplus
extern "C" {
#endif

/* The address in the host's order. */
static __inline__ ULONG ws_in4(const void *address)
{
	const UCHAR *a = (const UCHAR *)address;

	return (ULONG)a[0] << 24 | (ULONG)a[1] << 16 | (ULONG)a[2] << 8 | a[3];
}

/* IPv4: which kind of address it is. */
static __inline__ BOOLEAN IN4_ADDR_EQUAL(const IN_ADDR *a, const IN_ADDR *b)
{
	return ws_in4(a) == ws_in4(b);
}

static __inline__ BOOLEAN IN4_IS_ADDR_UNSPECIFIED(const IN_ADDR *a)
{
	return ws_in4(a) == 0;
}

/* 127.0.0.0/8 */
static __inline__ BOOLEAN IN4_IS_ADDR_LOOPBACK(const IN_ADDR *a)
{
	return ws_in4(a) >> 24 == 127;
}

/* 255.255.255.255; no network's own broadcast address. */
static __inline__ BOOLEAN IN4_IS_ADDR_BROADCAST(const IN_ADDR *a)
{
	return ws_in4(a) == 0xffffffff;
}

/* 224.0.0.0/4 */
static __inline__ BOOLEAN IN4_IS_ADDR_MULTICAST(const IN_ADDR *a)
{
	return ws_in4(a) >> 28 == 14;
}

/* 169.254.0.0/16 */
static __inline__ BOOLEAN IN4_IS_ADDR_LINKLOCAL(const IN_ADDR *a)
{
	return ws_in4(a) >> 16 == 0xa9fe;
}

/* None: private networks count as global. */
static __inline__ BOOLEAN IN4_IS_ADDR_SITELOCAL(const IN_ADDR *a)
{
	(void)a;
	return FALSE;
}

/* 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 */
static __inline__ BOOLEAN IN4_IS_ADDR_RFC1918(const IN_ADDR *a)
{
	ULONG n = ws_in4(a);

	return n >> 24 == 10 || n >> 20 == 0xac1 || n >> 16 == 0xc0a8;
}

/* 224.0.0.0/24 */
static __inline__ BOOLEAN IN4_IS_ADDR_MC_LINKLOCAL(const IN_ADDR *a)
{
	return ws_in4(a) >> 8 == 0xe00000;
}

/* 239.255.0.0/16 */
static __inline__ BOOLEAN IN4_IS_ADDR_MC_ADMINLOCAL(const IN_ADDR *a)
{
	return ws_in4(a) >> 16 == 0xefff;
}

/* The rest of 239.0.0.0/8 */
static __inline__ BOOLEAN IN4_IS_ADDR_MC_SITELOCAL(const IN_ADDR *a)
{
	return ws_in4(a) >> 24 == 239 && !IN4_IS_ADDR_MC_ADMINLOCAL(a);
}

/* How far packets to or from the address get. */
static __inline__ SCOPE_LEVEL Ipv4UnicastAddressScope(const UCHAR *address)
{
	const IN_ADDR *a = (const IN_ADDR *)(const void *)address;

	if (IN4_IS_ADDR_LINKLOCAL(a) || IN4_IS_ADDR_LOOPBACK(a))
		return ScopeLevelLink;
	return ScopeLevelGlobal;
}

static __inline__ SCOPE_LEVEL Ipv4MulticastAddressScope(const UCHAR *address)
{
	const IN_ADDR *a = (const IN_ADDR *)(const void *)address;

	if (IN4_IS_ADDR_MC_LINKLOCAL(a))
		return ScopeLevelLink;
	if (IN4_IS_ADDR_MC_ADMINLOCAL(a))
		return ScopeLevelAdmin;
	if (IN4_IS_ADDR_MC_SITELOCAL(a))
		return ScopeLevelSite;
	return ScopeLevelGlobal;
}

static __inline__ SCOPE_LEVEL Ipv4AddressScope(const UCHAR *address)
{
	const IN_ADDR *a = (const IN_ADDR *)(const void *)address;

	if (IN4_IS_ADDR_BROADCAST(a))
		return ScopeLevelLink;
	if (IN4_IS_ADDR_MULTICAST(a))
		return Ipv4MulticastAddressScope(address);
	return Ipv4UnicastAddressScope(address);
}

/* Invalid are networks 0 and 240 to 255. */
static __inline__ NL_ADDRESS_TYPE Ipv4AddressType(const UCHAR *address)
{
	const IN_ADDR *a = (const IN_ADDR *)(const void *)address;

	if (IN4_IS_ADDR_MULTICAST(a))
		return NlatMulticast;
	if (IN4_IS_ADDR_BROADCAST(a))
		return NlatBroadcast;
	if (IN4_IS_ADDR_UNSPECIFIED(a))
		return NlatUnspecified;
	if (!address[0] || address[0] >= 240)
		return NlatInvalid;
	return NlatUnicast;
}

/* A zone that goes without saying, and a level that the address tells, is 0. */
static __inline__ void ws_plain_scope(BOOLEAN loopback, SCOPE_LEVEL level,
				      SCOPE_ID *scope)
{
	if (loopback || level == ScopeLevelGlobal)
		scope->Value = 0;
	if (scope->Level == (ULONG)level)
		scope->Level = 0;
}

static __inline__ void IN4_UNCANONICALIZE_SCOPE_ID(const IN_ADDR *a,
						   SCOPE_ID *scope)
{
	ws_plain_scope(IN4_IS_ADDR_LOOPBACK(a),
		       Ipv4AddressScope((const UCHAR *)a), scope);
}

/* Whether others can reach it, and by it a network of 2002::/16. */
static __inline__ BOOLEAN IN4_IS_ADDR_6TO4ELIGIBLE(const IN_ADDR *a)
{
	return Ipv4AddressType((const UCHAR *)a) == NlatUnicast &&
	       !IN4_IS_ADDR_LOOPBACK(a) && !IN4_IS_ADDR_LINKLOCAL(a) &&
	       !IN4_IS_ADDR_SITELOCAL(a) && !IN4_IS_ADDR_RFC1918(a);
}

#define IN4_UNALIGNED_ADDR_EQUAL		IN4_ADDR_EQUAL
#define IN4_IS_UNALIGNED_ADDR_UNSPECIFIED	IN4_IS_ADDR_UNSPECIFIED
#define IN4_IS_UNALIGNED_ADDR_LOOPBACK		IN4_IS_ADDR_LOOPBACK
#define IN4_IS_UNALIGNED_ADDR_BROADCAST		IN4_IS_ADDR_BROADCAST
#define IN4_IS_UNALIGNED_ADDR_MULTICAST		IN4_IS_ADDR_MULTICAST
#define IN4_IS_UNALIGNED_ADDR_LINKLOCAL		IN4_IS_ADDR_LINKLOCAL
#define IN4_IS_UNALIGNED_ADDR_SITELOCAL		IN4_IS_ADDR_SITELOCAL
#define IN4_IS_UNALIGNED_ADDR_RFC1918		IN4_IS_ADDR_RFC1918
#define IN4_IS_UNALIGNED_ADDR_6TO4ELIGIBLE	IN4_IS_ADDR_6TO4ELIGIBLE

/* IPv4 with a port: what it is, and to make it. */
static __inline__ void IN4ADDR_SETSOCKADDR(PSOCKADDR_IN sa, const IN_ADDR *a,
					   USHORT port)
{
	IN_ADDR copy;

	/* it may lie within what is written */
	memcpy(&copy, a, sizeof(copy));
	memset(sa, 0, sizeof(*sa));
	sa->sin_family = AF_INET;
	sa->sin_port = port;
	sa->sin_addr = copy;
}

static __inline__ void IN4ADDR_SETANY(PSOCKADDR_IN sa)
{
	memset(sa, 0, sizeof(*sa));
	sa->sin_family = AF_INET;
}

static __inline__ void IN4ADDR_SETLOOPBACK(PSOCKADDR_IN sa)
{
	IN4ADDR_SETANY(sa);
	sa->sin_addr.s_addr = IN4ADDR_LOOPBACK;
}

static __inline__ BOOLEAN IN4ADDR_ISANY(const SOCKADDR_IN *sa)
{
	return IN4_IS_ADDR_UNSPECIFIED(&sa->sin_addr);
}

static __inline__ BOOLEAN IN4ADDR_ISUNSPECIFIED(const SOCKADDR_IN *sa)
{
	return IN4_IS_ADDR_UNSPECIFIED(&sa->sin_addr);
}

static __inline__ BOOLEAN IN4ADDR_ISLOOPBACK(const SOCKADDR_IN *sa)
{
	return IN4_IS_ADDR_LOOPBACK(&sa->sin_addr);
}

static __inline__ BOOLEAN IN4ADDR_ISEQUAL(const SOCKADDR_IN *a,
					  const SOCKADDR_IN *b)
{
	return IN4_ADDR_EQUAL(&a->sin_addr, &b->sin_addr);
}

/* IPv4 has no zones. */
static __inline__ SCOPE_ID IN4ADDR_SCOPE_ID(const SOCKADDR_IN *sa)
{
	SCOPE_ID none;

	(void)sa;
	memset(&none, 0, sizeof(none));
	return none;
}

/* IPv6: the first bits of two addresses. */
static __inline__ BOOLEAN IN6_PREFIX_EQUAL(const IN6_ADDR *a, const IN6_ADDR *b,
					   UINT8 bits)
{
	int bytes = bits / 8;
	int shift = 8 - bits % 8;

	return !memcmp(a, b, (size_t)bytes) &&
	       (shift == 8 ||
		a->s6_addr[bytes] >> shift == b->s6_addr[bytes] >> shift);
}

/* A group of one byte: ffXX::last */
static __inline__ BOOLEAN ws_in6_group(const IN6_ADDR *a, UCHAR scope,
				       UCHAR last)
{
	static const UCHAR zeros[13] = { 0 };

	return a->s6_addr[0] == 0xff && a->s6_addr[1] == scope &&
	       !memcmp(a->s6_addr + 2, zeros, sizeof(zeros)) &&
	       a->s6_addr[15] == last;
}

static __inline__ BOOLEAN IN6_IS_ADDR_ALLNODESONNODE(const IN6_ADDR *a)
{
	return ws_in6_group(a, 1, 1);
}

static __inline__ BOOLEAN IN6_IS_ADDR_ALLNODESONLINK(const IN6_ADDR *a)
{
	return ws_in6_group(a, 2, 1);
}

static __inline__ BOOLEAN IN6_IS_ADDR_ALLROUTERSONLINK(const IN6_ADDR *a)
{
	return ws_in6_group(a, 2, 2);
}

/* ff02::1:ff00:0/104, made for a unicast address of its last three bytes. */
static __inline__ void IN6_SET_ADDR_SOLICITEDNODE(PIN6_ADDR group,
						  const IN6_ADDR *unicast)
{
	UCHAR last[3];

	memcpy(last, unicast->s6_addr + 13, sizeof(last));
	memset(group, 0, sizeof(*group));
	group->s6_addr[0] = 0xff;
	group->s6_addr[1] = 2;
	group->s6_addr[11] = 1;
	group->s6_addr[12] = 0xff;
	memcpy(group->s6_addr + 13, last, sizeof(last));
}

static __inline__ BOOLEAN IN6_IS_ADDR_SOLICITEDNODE(const IN6_ADDR *a)
{
	IN6_ADDR group;

	IN6_SET_ADDR_SOLICITEDNODE(&group, a);
	return IN6_PREFIX_EQUAL(a, &group, 104);
}

/* Tunnels: 2002::/16, 2001::/32 and what came before it, ::0:5efe:0:0 */
static __inline__ BOOLEAN IN6_IS_ADDR_6TO4(const IN6_ADDR *a)
{
	return a->s6_addr[0] == 0x20 && a->s6_addr[1] == 0x02;
}

static __inline__ BOOLEAN IN6_IS_ADDR_TEREDO(const IN6_ADDR *a)
{
	return ws_in4(a) == 0x20010000 || ws_in4(a) == 0x3ffe831f;
}

static __inline__ BOOLEAN IN6_IS_ADDR_ISATAP(const IN6_ADDR *a)
{
	return (ws_in4(a->s6_addr + 8) & ~0x02000000U) == 0x5efe;
}

/* The IPv4 address within: its four bytes. */
static __inline__ const UCHAR *IN6_GET_ADDR_V4MAPPED(const IN6_ADDR *a)
{
	return a->s6_addr + 12;
}

static __inline__ const UCHAR *IN6_GET_ADDR_V4COMPAT(const IN6_ADDR *a)
{
	return a->s6_addr + 12;
}

static __inline__ const UCHAR *IN6_EXTRACT_V4ADDR_FROM_ISATAP(const IN6_ADDR *a)
{
	return a->s6_addr + 12;
}

static __inline__ const UCHAR *IN6_EXTRACT_V4ADDR_FROM_6TO4(const IN6_ADDR *a)
{
	return a->s6_addr + 2;
}

static __inline__ void ws_in6_embed(PIN6_ADDR a6, UCHAR middle,
				    const IN_ADDR *a4)
{
	memset(a6, 0, 10);
	memset(a6->s6_addr + 10, middle, 2);
	memcpy(a6->s6_addr + 12, a4, 4);
}

/* ::ffff:a.b.c.d and ::a.b.c.d */
static __inline__ void IN6_SET_ADDR_V4MAPPED(PIN6_ADDR a6, const IN_ADDR *a4)
{
	ws_in6_embed(a6, 0xff, a4);
}

static __inline__ void IN6_SET_ADDR_V4COMPAT(PIN6_ADDR a6, const IN_ADDR *a4)
{
	ws_in6_embed(a6, 0, a4);
}

/* The first half or the last, and the other stays. */
static __inline__ void IN6_SET_6TO4_PREFIX(IN6_ADDR *a6, const IN_ADDR *a4)
{
	a6->s6_addr[0] = 0x20;
	a6->s6_addr[1] = 0x02;
	memcpy(a6->s6_addr + 2, a4, 4);
	memset(a6->s6_addr + 6, 0, 2);
}

static __inline__ void IN6_SET_ISATAP_IDENTIFIER(IN6_ADDR *a6,
						 const IN_ADDR *a4)
{
	a6->s6_addr[8] = IN4_IS_ADDR_6TO4ELIGIBLE(a4) ? 2 : 0;
	a6->s6_addr[9] = 0;
	a6->s6_addr[10] = 0x5e;
	a6->s6_addr[11] = 0xfe;
	memcpy(a6->s6_addr + 12, a4, 4);
}

static __inline__ SCOPE_LEVEL Ipv6UnicastAddressScope(const UCHAR *address)
{
	const IN6_ADDR *a = (const IN6_ADDR *)(const void *)address;

	if (IN6_IS_ADDR_LINKLOCAL(a) || IN6_IS_ADDR_LOOPBACK(a))
		return ScopeLevelLink;
	return IN6_IS_ADDR_SITELOCAL(a) ? ScopeLevelSite : ScopeLevelGlobal;
}

static __inline__ SCOPE_LEVEL IN6_MULTICAST_SCOPE(const UCHAR *address)
{
	return (SCOPE_LEVEL)(address[1] & 0xf);
}

static __inline__ SCOPE_LEVEL Ipv6AddressScope(const UCHAR *address)
{
	return address[0] == 0xff ? IN6_MULTICAST_SCOPE(address) :
				    Ipv6UnicastAddressScope(address);
}

/* Invalid around an IPv4 address that is not one host's. */
static __inline__ NL_ADDRESS_TYPE Ipv6AddressType(const UCHAR *address)
{
	const UCHAR *within;
	IN6_ADDR a;

	memcpy(&a, address, sizeof(a));
	if (IN6_IS_ADDR_MULTICAST(&a))
		return NlatMulticast;
	if (IN6_IS_ADDR_UNSPECIFIED(&a))
		return NlatUnspecified;
	if (IN6_IS_ADDR_ISATAP(&a) || IN6_IS_ADDR_V4COMPAT(&a) ||
	    IN6_IS_ADDR_V4MAPPED(&a) || IN6_IS_ADDR_V4TRANSLATED(&a))
		within = IN6_EXTRACT_V4ADDR_FROM_ISATAP(&a);
	else if (IN6_IS_ADDR_6TO4(&a))
		within = IN6_EXTRACT_V4ADDR_FROM_6TO4(&a);
	else
		return NlatUnicast;
	return Ipv4AddressType(within) == NlatUnicast ? NlatUnicast :
							NlatInvalid;
}

static __inline__ void IN6_UNCANONICALIZE_SCOPE_ID(const IN6_ADDR *a,
						   SCOPE_ID *scope)
{
	ws_plain_scope(IN6_IS_ADDR_LOOPBACK(a),
		       Ipv6AddressScope((const UCHAR *)a), scope);
}

/* IPv6 with a port. */
static __inline__ BOOLEAN IN6ADDR_ISV4MAPPED(const SOCKADDR_IN6 *sa)
{
	return IN6_IS_ADDR_V4MAPPED(&sa->sin6_addr);
}

static __inline__ BOOLEAN IN6ADDR_ISISATAP(const SOCKADDR_IN6 *sa)
{
	return IN6_IS_ADDR_ISATAP(&sa->sin6_addr);
}

static __inline__ BOOLEAN IN6ADDR_IS6TO4(const SOCKADDR_IN6 *sa)
{
	return IN6_IS_ADDR_6TO4(&sa->sin6_addr);
}

static __inline__ BOOLEAN IN6ADDR_ISTEREDO(const SOCKADDR_IN6 *sa)
{
	return IN6_IS_ADDR_TEREDO(&sa->sin6_addr);
}

static __inline__ void IN6ADDR_SETSOCKADDR(PSOCKADDR_IN6 sa, const IN6_ADDR *a,
					   SCOPE_ID scope, USHORT port)
{
	IN6_ADDR copy;

	memcpy(&copy, a, sizeof(copy));
	IN6_UNCANONICALIZE_SCOPE_ID(&copy, &scope);
	sa->sin6_family = AF_INET6;
	sa->sin6_port = port;
	sa->sin6_flowinfo = 0;
	sa->sin6_addr = copy;
	sa->sin6_scope_id = scope.Value;
}

static __inline__ void IN6ADDR_SETV4MAPPED(PSOCKADDR_IN6 sa, const IN_ADDR *a4,
					   SCOPE_ID scope, USHORT port)
{
	IN6_ADDR a6;

	IN6_SET_ADDR_V4MAPPED(&a6, a4);
	IN4_UNCANONICALIZE_SCOPE_ID(a4, &scope);
	sa->sin6_family = AF_INET6;
	sa->sin6_port = port;
	sa->sin6_flowinfo = 0;
	sa->sin6_addr = a6;
	sa->sin6_scope_id = scope.Value;
}

/* Either family, which the caller says. */
static __inline__ SIZE_T INET_ADDR_LENGTH(ADDRESS_FAMILY family)
{
	return family == AF_INET6 ? sizeof(IN6_ADDR) : sizeof(IN_ADDR);
}

static __inline__ SIZE_T INET_SOCKADDR_LENGTH(ADDRESS_FAMILY family)
{
	return family == AF_INET6 ? sizeof(SOCKADDR_IN6) : sizeof(SOCKADDR_IN);
}

static __inline__ BOOLEAN INET_ADDR_EQUAL(ADDRESS_FAMILY family, const void *a,
					  const void *b)
{
	return !memcmp(a, b, INET_ADDR_LENGTH(family));
}

static __inline__ BOOLEAN INET_IS_ADDR_UNSPECIFIED(ADDRESS_FAMILY family,
						   const void *a)
{
	if (family == AF_INET6)
		return !!IN6_IS_ADDR_UNSPECIFIED((const IN6_ADDR *)a);
	return IN4_IS_ADDR_UNSPECIFIED((const IN_ADDR *)a);
}

static __inline__ BOOLEAN INET_IS_ADDR_LOOPBACK(ADDRESS_FAMILY family,
						const void *a)
{
	if (family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK((const IN6_ADDR *)a);
	return IN4_IS_ADDR_LOOPBACK((const IN_ADDR *)a);
}

static __inline__ BOOLEAN INET_IS_ADDR_BROADCAST(ADDRESS_FAMILY family,
						 const void *a)
{
	return family != AF_INET6 &&
	       IN4_IS_ADDR_BROADCAST((const IN_ADDR *)a);
}

static __inline__ BOOLEAN INET_IS_ADDR_MULTICAST(ADDRESS_FAMILY family,
						 const void *a)
{
	if (family == AF_INET6)
		return IN6_IS_ADDR_MULTICAST((const IN6_ADDR *)a);
	return IN4_IS_ADDR_MULTICAST((const IN_ADDR *)a);
}

static __inline__ void INET_SET_ADDRESS(ADDRESS_FAMILY family, PUCHAR to,
					const UCHAR *from)
{
	memmove(to, from, INET_ADDR_LENGTH(family));
}

static __inline__ void INET_UNCANONICALIZE_SCOPE_ID(ADDRESS_FAMILY family,
						    const UCHAR *address,
						    SCOPE_ID *scope)
{
	if (family == AF_INET6)
		IN6_UNCANONICALIZE_SCOPE_ID((const IN6_ADDR *)
					    (const void *)address, scope);
	else
		IN4_UNCANONICALIZE_SCOPE_ID((const IN_ADDR *)
					    (const void *)address, scope);
}

#define INET_UNALIGNED_ADDR_EQUAL		INET_ADDR_EQUAL
#define INET_IS_UNALIGNED_ADDR_UNSPECIFIED	INET_IS_ADDR_UNSPECIFIED

/* With the zone beside it. */
static __inline__ BOOLEAN NL_ADDR_EQUAL(ADDRESS_FAMILY family, SCOPE_ID scope_a,
					const UCHAR *a, SCOPE_ID scope_b,
					const UCHAR *b)
{
	return scope_a.Value == scope_b.Value && INET_ADDR_EQUAL(family, a, b);
}

static __inline__ BOOLEAN NL_IS_ADDR_UNSPECIFIED(ADDRESS_FAMILY family,
						 SCOPE_ID scope, const UCHAR *a)
{
	return !scope.Value && INET_IS_ADDR_UNSPECIFIED(family, a);
}

/*
 * Either family, which the address tells.  The compiler, which may know of a
 * SOCKADDR_IN, shall not warn of what IPv6's bytes lie beyond it.
 */
static __inline__ PUCHAR ws_inet_bytes(const SOCKADDR *sa)
{
	PUCHAR bytes = (PUCHAR)sa;

	__asm__("" : "+r"(bytes));
	return bytes;
}

static __inline__ ADDRESS_FAMILY ws_inet_family(const SOCKADDR *sa)
{
	ADDRESS_FAMILY family;

	memcpy(&family, sa, sizeof(family));
	return family;
}

/* A pointer to its bytes, through which they may be written. */
static __inline__ PUCHAR INETADDR_ADDRESS(const SOCKADDR *sa)
{
	return ws_inet_bytes(sa) + (ws_inet_family(sa) == AF_INET6 ?
				    offsetof(SOCKADDR_IN6, sin6_addr) :
				    offsetof(SOCKADDR_IN, sin_addr));
}

static __inline__ void INETADDR_SET_ADDRESS(PSOCKADDR sa, const UCHAR *address)
{
	INET_SET_ADDRESS(ws_inet_family(sa), INETADDR_ADDRESS(sa), address);
}

static __inline__ USHORT INETADDR_PORT(const SOCKADDR *sa)
{
	USHORT port;

	memcpy(&port, (const UCHAR *)sa + offsetof(SOCKADDR_IN, sin_port),
	       sizeof(port));
	return port;
}

static __inline__ void INETADDR_SET_PORT(PSOCKADDR sa, USHORT port)
{
	memcpy((PUCHAR)sa + offsetof(SOCKADDR_IN, sin_port), &port,
	       sizeof(port));
}

static __inline__ SCOPE_ID INETADDR_SCOPE_ID(const SOCKADDR *sa)
{
	SCOPE_ID scope;

	memset(&scope, 0, sizeof(scope));
	if (ws_inet_family(sa) == AF_INET6)
		memcpy(&scope, ws_inet_bytes(sa) +
		       offsetof(SOCKADDR_IN6, sin6_scope_id), sizeof(scope));
	return scope;
}

/* The family is given here, and the others keep what they find. */
static __inline__ void INETADDR_SETSOCKADDR(ADDRESS_FAMILY family, PSOCKADDR sa,
					    const void *address, SCOPE_ID scope,
					    USHORT port)
{
	SOCKADDR_IN6 six;
	SOCKADDR_IN four;

	if (family == AF_INET6) {
		IN6ADDR_SETSOCKADDR(&six, (const IN6_ADDR *)address, scope,
				    port);
		memcpy(ws_inet_bytes(sa), &six, sizeof(six));
	} else {
		IN4ADDR_SETSOCKADDR(&four, (const IN_ADDR *)address, port);
		memcpy(ws_inet_bytes(sa), &four, sizeof(four));
	}
}

static __inline__ void INETADDR_SETANY(PSOCKADDR sa)
{
	ADDRESS_FAMILY family = ws_inet_family(sa);

	memset(ws_inet_bytes(sa), 0, INET_SOCKADDR_LENGTH(family));
	memcpy(sa, &family, sizeof(family));
}

static __inline__ void INETADDR_SETLOOPBACK(PSOCKADDR sa)
{
	static const UCHAR six[16] = {
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
	};
	static const UCHAR four[4] = { 127, 0, 0, 1 };

	INETADDR_SETANY(sa);
	INETADDR_SET_ADDRESS(sa, ws_inet_family(sa) == AF_INET6 ? six : four);
}

static __inline__ BOOLEAN INETADDR_ISANY(const SOCKADDR *sa)
{
	return INET_IS_ADDR_UNSPECIFIED(ws_inet_family(sa),
					INETADDR_ADDRESS(sa));
}

/* Any, and of no zone. */
static __inline__ BOOLEAN INETADDR_ISUNSPECIFIED(const SOCKADDR *sa)
{
	return NL_IS_ADDR_UNSPECIFIED(ws_inet_family(sa), INETADDR_SCOPE_ID(sa),
				      INETADDR_ADDRESS(sa));
}

static __inline__ BOOLEAN INETADDR_ISLOOPBACK(const SOCKADDR *sa)
{
	return INET_IS_ADDR_LOOPBACK(ws_inet_family(sa), INETADDR_ADDRESS(sa));
}

static __inline__ BOOLEAN INETADDR_ISV4MAPPED(const SOCKADDR *sa)
{
	IN6_ADDR a;

	if (ws_inet_family(sa) != AF_INET6)
		return FALSE;
	memcpy(&a, INETADDR_ADDRESS(sa), sizeof(a));
	return IN6_IS_ADDR_V4MAPPED(&a);
}

/* The family, the address and the zone, not the port. */
static __inline__ BOOLEAN INETADDR_ISEQUAL(const SOCKADDR *a, const SOCKADDR *b)
{
	return ws_inet_family(a) == ws_inet_family(b) &&
	       NL_ADDR_EQUAL(ws_inet_family(a), INETADDR_SCOPE_ID(a),
			     INETADDR_ADDRESS(a), INETADDR_SCOPE_ID(b),
			     INETADDR_ADDRESS(b));
}

#ifdef __cplusplus
}
#endif

#endif /* _WINSOCK_ADDRESSES_H */
