/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * IPv4 and IPv6: their options, and IPv6 addresses.
 */
#ifndef _WS2IPDEF_
#define _WS2IPDEF_

#include <winsock2.h>

/* Options at level IPPROTO_IP. */
#define IP_OPTIONS			1
#define IP_HDRINCL			2
#define IP_TOS				3
#define IP_TTL				4
#define IP_MULTICAST_IF			9
#define IP_MULTICAST_TTL		10
#define IP_MULTICAST_LOOP		11
#define IP_ADD_MEMBERSHIP		12
#define IP_DROP_MEMBERSHIP		13
#define IP_DONTFRAGMENT			14
#define IP_ADD_SOURCE_MEMBERSHIP	15
#define IP_DROP_SOURCE_MEMBERSHIP	16
#define IP_BLOCK_SOURCE			17
#define IP_UNBLOCK_SOURCE		18
#define IP_PKTINFO			19
#define IP_HOPLIMIT			21
#define IP_RECVTTL			21
#define IP_RECEIVE_BROADCAST		22
#define IP_RECVIF			24
#define IP_RECVDSTADDR			25
#define IP_IFLIST			28
#define IP_ADD_IFLIST			29
#define IP_DEL_IFLIST			30
#define IP_UNICAST_IF			31
#define IP_RTHDR			32
#define IP_GET_IFLIST			33
#define IP_RECVRTHDR			38
#define IP_TCLASS			39
#define IP_RECVTCLASS			40
#define IP_RECVTOS			40
#define IP_ORIGINAL_ARRIVAL_IF		47
#define IP_ECN				50
#define IP_RECVECN			50
#define IP_PKTINFO_EX			51
#define IP_WFP_REDIRECT_RECORDS		60
#define IP_WFP_REDIRECT_CONTEXT		70
#define IP_MTU_DISCOVER			71
#define IP_MTU				73
#define IP_NRT_INTERFACE		74
#define IP_RECVERR			75
#define IP_USER_MTU			76
#define IP_UNSPECIFIED_TYPE_OF_SERVICE	-1
#define IP_UNSPECIFIED_HOP_LIMIT	-1
#define IP_PROTECTION_LEVEL		23
#define IP_UNSPECIFIED_USER_MTU		0xffffffffu

/* At both levels of IP. */
#define MCAST_JOIN_GROUP		41
#define MCAST_LEAVE_GROUP		42
#define MCAST_BLOCK_SOURCE		43
#define MCAST_UNBLOCK_SOURCE		44
#define MCAST_JOIN_SOURCE_GROUP		45
#define MCAST_LEAVE_SOURCE_GROUP	46

/* Options at level IPPROTO_IPV6, and values of one of them. */
#define IPV6_HOPOPTS			1
#define IPV6_HDRINCL			2
#define IPV6_UNICAST_HOPS		4
#define IPV6_MULTICAST_IF		9
#define IPV6_MULTICAST_HOPS		10
#define IPV6_MULTICAST_LOOP		11
#define IPV6_ADD_MEMBERSHIP		12
#define IPV6_JOIN_GROUP			IPV6_ADD_MEMBERSHIP
#define IPV6_DROP_MEMBERSHIP		13
#define IPV6_LEAVE_GROUP		IPV6_DROP_MEMBERSHIP
#define IPV6_DONTFRAG			14
#define IPV6_PKTINFO			19
#define IPV6_HOPLIMIT			21
#define IPV6_PROTECTION_LEVEL		23
#define IPV6_RECVIF			24
#define IPV6_RECVDSTADDR		25
#define IPV6_CHECKSUM			26
#define IPV6_V6ONLY			27
#define IPV6_IFLIST			28
#define IPV6_ADD_IFLIST			29
#define IPV6_DEL_IFLIST			30
#define IPV6_UNICAST_IF			31
#define IPV6_RTHDR			32
#define IPV6_GET_IFLIST			33
#define IPV6_RECVRTHDR			38
#define IPV6_TCLASS			39
#define IPV6_RECVTCLASS			40
#define IPV6_ECN			50
#define IPV6_RECVECN			50
#define IPV6_PKTINFO_EX			51
#define IPV6_WFP_REDIRECT_RECORDS	60
#define IPV6_WFP_REDIRECT_CONTEXT	70
#define IPV6_MTU_DISCOVER		71
#define IPV6_MTU			72
#define IPV6_NRT_INTERFACE		74
#define IPV6_RECVERR			75
#define IPV6_USER_MTU			76

#define PROTECTION_LEVEL_UNRESTRICTED	10
#define PROTECTION_LEVEL_EDGERESTRICTED	20
#define PROTECTION_LEVEL_RESTRICTED	30
#define PROTECTION_LEVEL_DEFAULT	((UINT)-1)

/* Values of IP_MTU_DISCOVER and IPV6_MTU_DISCOVER. */
typedef enum _PMTUD_STATE {
	IP_PMTUDISC_NOT_SET,
	IP_PMTUDISC_DO,
	IP_PMTUDISC_DONT,
	IP_PMTUDISC_PROBE,
	IP_PMTUDISC_MAX
} PMTUD_STATE, *PPMTUD_STATE;

/* Options at level IPPROTO_TCP; TCP_NODELAY is in <ws2def.h>. */
#define TCP_EXPEDITED_1122		2
#define TCP_KEEPALIVE			3
#define TCP_KEEPIDLE			TCP_KEEPALIVE
#define TCP_MAXSEG			4
#define TCP_MAXRT			5
#define TCP_STDURG			6
#define TCP_NOURG			7
#define TCP_ATMARK			8
#define TCP_NOSYNRETRIES		9
#define TCP_TIMESTAMPS			10
#define TCP_OFFLOAD_PREFERENCE		11
#define TCP_CONGESTION_ALGORITHM	12
#define TCP_DELAY_FIN_ACK		13
#define TCP_MAXRTMS			14
#define TCP_FASTOPEN			15
#define TCP_KEEPCNT			16
#define TCP_KEEPINTVL			17
#define TCP_FAIL_CONNECT_ON_ICMP_ERROR	18
#define TCP_ICMP_ERROR_INFO		19

/* Options at level IPPROTO_UDP; the others are in <ws2tcpip.h>. */
#define UDP_SEND_MSG_SIZE		2
#define UDP_RECV_MAX_COALESCED_SIZE	3
#define UDP_COALESCED_INFO		3

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

__extension__ typedef struct sockaddr_in6 {
	ADDRESS_FAMILY sin6_family;
	USHORT sin6_port;
	ULONG sin6_flowinfo;
	IN6_ADDR sin6_addr;
	union {
		ULONG sin6_scope_id;
		SCOPE_ID sin6_scope_struct;
	};
} SOCKADDR_IN6, *PSOCKADDR_IN6, *LPSOCKADDR_IN6;

typedef struct _sockaddr_in6_pair {
	PSOCKADDR_IN6 SourceAddress;
	PSOCKADDR_IN6 DestinationAddress;
} SOCKADDR_IN6_PAIR, *PSOCKADDR_IN6_PAIR;

typedef union _SOCKADDR_INET {
	SOCKADDR_IN Ipv4;
	SOCKADDR_IN6 Ipv6;
	ADDRESS_FAMILY si_family;
} SOCKADDR_INET, *PSOCKADDR_INET;

/* Groups, and sources within them. */
typedef enum _MULTICAST_MODE_TYPE {
	MCAST_INCLUDE,
	MCAST_EXCLUDE
} MULTICAST_MODE_TYPE;

typedef struct ip_mreq {
	IN_ADDR imr_multiaddr;
	IN_ADDR imr_interface;
} IP_MREQ, *PIP_MREQ;

typedef struct ip_mreq_source {
	IN_ADDR imr_multiaddr;
	IN_ADDR imr_sourceaddr;
	IN_ADDR imr_interface;
} IP_MREQ_SOURCE, *PIP_MREQ_SOURCE;

typedef struct ip_msfilter {
	IN_ADDR imsf_multiaddr;
	IN_ADDR imsf_interface;
	MULTICAST_MODE_TYPE imsf_fmode;
	ULONG imsf_numsrc;
	IN_ADDR imsf_slist[1];
} IP_MSFILTER, *PIP_MSFILTER;

#define IP_MSFILTER_SIZE(n)	\
	(sizeof(IP_MSFILTER) - sizeof(IN_ADDR) + (n) * sizeof(IN_ADDR))

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

typedef struct group_req {
	ULONG gr_interface;
	SOCKADDR_STORAGE gr_group;
} GROUP_REQ, *PGROUP_REQ;

typedef struct group_source_req {
	ULONG gsr_interface;
	SOCKADDR_STORAGE gsr_group;
	SOCKADDR_STORAGE gsr_source;
} GROUP_SOURCE_REQ, *PGROUP_SOURCE_REQ;

typedef struct group_filter {
	ULONG gf_interface;
	SOCKADDR_STORAGE gf_group;
	MULTICAST_MODE_TYPE gf_fmode;
	ULONG gf_numsrc;
	SOCKADDR_STORAGE gf_slist[1];
} GROUP_FILTER, *PGROUP_FILTER;

#define GROUP_FILTER_SIZE(n)	\
	(sizeof(GROUP_FILTER) - sizeof(SOCKADDR_STORAGE) +	\
	 (n) * sizeof(SOCKADDR_STORAGE))

/* Control data of IP_PKTINFO and IPV6_PKTINFO, of those with _EX. */
typedef struct in_pktinfo {
	IN_ADDR ipi_addr;
	ULONG ipi_ifindex;
} IN_PKTINFO, *PIN_PKTINFO;

typedef struct in6_pktinfo {
	IN6_ADDR ipi6_addr;
	ULONG ipi6_ifindex;
} IN6_PKTINFO, *PIN6_PKTINFO;

typedef struct in_pktinfo_ex {
	IN_PKTINFO pkt_info;
	SCOPE_ID scope_id;
} IN_PKTINFO_EX, *PIN_PKTINFO_EX;

typedef struct in6_pktinfo_ex {
	IN6_PKTINFO pkt_info;
	SCOPE_ID scope_id;
} IN6_PKTINFO_EX, *PIN6_PKTINFO_EX;

/* TCP_ICMP_ERROR_INFO. */
typedef struct icmp_error_info {
	SOCKADDR_INET srcaddress;
	IPPROTO protocol;
	UCHAR type;
	UCHAR code;
} ICMP_ERROR_INFO, *PICMP_ERROR_INFO;

#define IN6ADDR_ANY_INIT	\
	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } } }
#define IN6ADDR_LOOPBACK_INIT	\
	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } } }

/* Kinds of IPv6 addresses. */
static __inline__ int ws_in6_begins(const IN6_ADDR *a, UCHAR byte, UCHAR mask,
				    UCHAR next)
{
	return a->s6_addr[0] == byte && (a->s6_addr[1] & mask) == next;
}

static __inline__ int ws_in6_zeros(const IN6_ADDR *a, int count)
{
	int i;

	for (i = 0; i < count && !a->s6_addr[i]; i++)
		;
	return i == count;
}

static __inline__ void ws_in6_set(IN6_ADDR *a, UCHAR last)
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
#define IN6_IS_ADDR_V4TRANSLATED(a)	\
	(ws_in6_zeros(a, 8) && (a)->s6_words[4] == 0xffff && !(a)->s6_words[5])
#define IN6_IS_ADDR_V4COMPAT(a)		\
	(ws_in6_zeros(a, 12) && ((a)->s6_words[6] || (a)->s6_addr[14] ||	\
				 (a)->s6_addr[15] > 1))

#define IN6_SET_ADDR_UNSPECIFIED(a)	ws_in6_set(a, 0)
#define IN6_SET_ADDR_LOOPBACK(a)	ws_in6_set(a, 1)

#define IN6ADDR_ISANY(sa)	IN6_IS_ADDR_UNSPECIFIED(&(sa)->sin6_addr)
#define IN6ADDR_ISLOOPBACK(sa)	IN6_IS_ADDR_LOOPBACK(&(sa)->sin6_addr)
#define IN6ADDR_ISUNSPECIFIED(sa)	\
	(!(sa)->sin6_scope_id && IN6ADDR_ISANY(sa))
#define IN6ADDR_ISEQUAL(a, b)	/* not the ports */			\
	((a)->sin6_scope_id == (b)->sin6_scope_id &&			\
	 IN6_ADDR_EQUAL(&(a)->sin6_addr, &(b)->sin6_addr))

static __inline__ void ws_in6_sockaddr(SOCKADDR_IN6 *sa, UCHAR last)
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
WS_STATIC_ASSERT(sizeof(IP_MREQ_SOURCE) == 12);
WS_STATIC_ASSERT(sizeof(IP_MSFILTER) == 20);
WS_STATIC_ASSERT(sizeof(IPV6_MREQ) == 20);
WS_STATIC_ASSERT(sizeof(INTERFACE_INFO) == 76);
WS_STATIC_ASSERT(sizeof(GROUP_REQ) == 136);
WS_STATIC_ASSERT(sizeof(GROUP_SOURCE_REQ) == 264);
WS_STATIC_ASSERT(sizeof(GROUP_FILTER) == 272);
WS_STATIC_ASSERT(sizeof(IN_PKTINFO) == 8);
WS_STATIC_ASSERT(sizeof(IN6_PKTINFO) == 20);
WS_STATIC_ASSERT(sizeof(IN6_PKTINFO_EX) == 24);
WS_STATIC_ASSERT(sizeof(ICMP_ERROR_INFO) == 36);

#endif /* _WS2IPDEF_ */
