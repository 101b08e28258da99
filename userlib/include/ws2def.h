/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What sockets of all kinds share: families, types, protocols, the options of
 * SOL_SOCKET, addresses, buffers.  A part of <winsock2.h>, which includes it at
 * its place, also for who asks for this header alone.
 */
#ifndef _WS2DEF_
#ifndef _WINSOCK2API_
#include <winsock2.h>
#else
#define _WS2DEF_

typedef USHORT ADDRESS_FAMILY;

/* Address families. */
#define AF_UNSPEC	0
#define AF_UNIX		1
#define AF_INET		2
#define AF_IMPLINK	3
#define AF_PUP		4
#define AF_CHAOS	5
#define AF_NS		6
#define AF_IPX		AF_NS
#define AF_ISO		7
#define AF_OSI		AF_ISO
#define AF_ECMA		8
#define AF_DATAKIT	9
#define AF_CCITT	10
#define AF_SNA		11
#define AF_DECnet	12
#define AF_DLI		13
#define AF_LAT		14
#define AF_HYLINK	15
#define AF_APPLETALK	16
#define AF_NETBIOS	17
#define AF_VOICEVIEW	18
#define AF_FIREFOX	19
#define AF_UNKNOWN1	20
#define AF_BAN		21
#define AF_ATM		22
#define AF_INET6	23
#define AF_CLUSTER	24
#define AF_12844	25
#define AF_IRDA		26
#define AF_NETDES	28
#define AF_TCNPROCESS	29
#define AF_TCNMESSAGE	30
#define AF_ICLFXBM	31
#define AF_BTH		32
#define AF_LINK		33
#define AF_HYPERV	34
#define AF_MAX		35

#define PF_UNSPEC	AF_UNSPEC
#define PF_UNIX		AF_UNIX
#define PF_INET		AF_INET
#define PF_IMPLINK	AF_IMPLINK
#define PF_PUP		AF_PUP
#define PF_CHAOS	AF_CHAOS
#define PF_NS		AF_NS
#define PF_IPX		AF_IPX
#define PF_ISO		AF_ISO
#define PF_OSI		AF_OSI
#define PF_ECMA		AF_ECMA
#define PF_DATAKIT	AF_DATAKIT
#define PF_CCITT	AF_CCITT
#define PF_SNA		AF_SNA
#define PF_DECnet	AF_DECnet
#define PF_DLI		AF_DLI
#define PF_LAT		AF_LAT
#define PF_HYLINK	AF_HYLINK
#define PF_APPLETALK	AF_APPLETALK
#define PF_VOICEVIEW	AF_VOICEVIEW
#define PF_FIREFOX	AF_FIREFOX
#define PF_UNKNOWN1	AF_UNKNOWN1
#define PF_BAN		AF_BAN
#define PF_ATM		AF_ATM
#define PF_INET6	AF_INET6
#define PF_BTH		AF_BTH
#define PF_MAX		AF_MAX

/* Socket types and protocols. */
#define SOCK_STREAM	1
#define SOCK_DGRAM	2
#define SOCK_RAW	3
#define SOCK_RDM	4
#define SOCK_SEQPACKET	5

#define IPPROTO_IP	0

typedef enum {
	IPPROTO_HOPOPTS = 0,
	IPPROTO_ICMP = 1,
	IPPROTO_IGMP = 2,
	IPPROTO_GGP = 3,
	IPPROTO_IPV4 = 4,
	IPPROTO_ST = 5,
	IPPROTO_TCP = 6,
	IPPROTO_CBT = 7,
	IPPROTO_EGP = 8,
	IPPROTO_IGP = 9,
	IPPROTO_PUP = 12,
	IPPROTO_UDP = 17,
	IPPROTO_IDP = 22,
	IPPROTO_RDP = 27,
	IPPROTO_IPV6 = 41,
	IPPROTO_ROUTING = 43,
	IPPROTO_FRAGMENT = 44,
	IPPROTO_ESP = 50,
	IPPROTO_AH = 51,
	IPPROTO_ICMPV6 = 58,
	IPPROTO_NONE = 59,
	IPPROTO_DSTOPTS = 60,
	IPPROTO_ND = 77,
	IPPROTO_ICLFXBM = 78,
	IPPROTO_PIM = 103,
	IPPROTO_PGM = 113,
	IPPROTO_L2TP = 115,
	IPPROTO_SCTP = 132,
	IPPROTO_RAW = 255,
	IPPROTO_MAX = 256,
	IPPROTO_RESERVED_RAW = 257,
	IPPROTO_RESERVED_IPSEC = 258,
	IPPROTO_RESERVED_IPSECOFFLOAD = 259,
	IPPROTO_RESERVED_WNV = 260,
	IPPROTO_RESERVED_MAX = 261
} IPPROTO;

/* Options: levels and names. */
#define SOL_SOCKET	0xffff
#define SOL_IP		(SOL_SOCKET - 4)
#define SOL_IPV6	(SOL_SOCKET - 5)

#define SO_DEBUG		0x0001
#define SO_ACCEPTCONN		0x0002
#define SO_REUSEADDR		0x0004
#define SO_KEEPALIVE		0x0008
#define SO_DONTROUTE		0x0010
#define SO_BROADCAST		0x0020
#define SO_USELOOPBACK		0x0040
#define SO_LINGER		0x0080
#define SO_OOBINLINE		0x0100
#define SO_DONTLINGER		((int)(~SO_LINGER))
#define SO_EXCLUSIVEADDRUSE	((int)(~SO_REUSEADDR))
#define SO_SNDBUF		0x1001
#define SO_RCVBUF		0x1002
#define SO_SNDLOWAT		0x1003
#define SO_RCVLOWAT		0x1004
#define SO_SNDTIMEO		0x1005
#define SO_RCVTIMEO		0x1006
#define SO_ERROR		0x1007
#define SO_TYPE			0x1008
#define SO_BSP_STATE		0x1009
#define SO_GROUP_ID		0x2001
#define SO_GROUP_PRIORITY	0x2002
#define SO_MAX_MSG_SIZE		0x2003
#define SO_PROTOCOL_INFOA	0x2004
#define SO_PROTOCOL_INFOW	0x2005
#define PVD_CONFIG		0x3001
#define SO_CONDITIONAL_ACCEPT	0x3002
#define SO_PAUSE_ACCEPT		0x3003
#define SO_COMPARTMENT_ID	0x3004
#define SO_RANDOMIZE_PORT	0x3005
#define SO_PORT_SCALABILITY	0x3006
#define SO_REUSE_UNICASTPORT	0x3007
#define SO_REUSE_MULTICASTPORT	0x3008
#define SO_ORIGINAL_DST		0x300f

#define TCP_NODELAY	0x0001

/* Addresses. */
typedef struct in_addr {
	union {
		struct {
			UCHAR s_b1, s_b2, s_b3, s_b4;
		} S_un_b;
		struct {
			USHORT s_w1, s_w2;
		} S_un_w;
		ULONG S_addr;
	} S_un;
} IN_ADDR, *PIN_ADDR, *LPIN_ADDR;

#define s_addr	S_un.S_addr
#define s_host	S_un.S_un_b.s_b2
#define s_net	S_un.S_un_b.s_b1
#define s_imp	S_un.S_un_w.s_w2
#define s_impno	S_un.S_un_b.s_b4
#define s_lh	S_un.S_un_b.s_b3

typedef struct sockaddr {
	ADDRESS_FAMILY sa_family;
	CHAR sa_data[14];
} SOCKADDR, *PSOCKADDR, *LPSOCKADDR;

typedef struct sockaddr_in {
	ADDRESS_FAMILY sin_family;
	USHORT sin_port;
	IN_ADDR sin_addr;
	CHAR sin_zero[8];
} SOCKADDR_IN, *PSOCKADDR_IN, *LPSOCKADDR_IN;

typedef struct sockaddr_storage {
	ADDRESS_FAMILY ss_family;
	CHAR __ss_pad1[6];
	LONGLONG __ss_align __attribute__((aligned(8)));
	CHAR __ss_pad2[112];
} SOCKADDR_STORAGE, *PSOCKADDR_STORAGE, *LPSOCKADDR_STORAGE;
typedef SOCKADDR_STORAGE SOCKADDR_STORAGE_LH, *PSOCKADDR_STORAGE_LH;

/* How far a zone of IPv6 addresses reaches. */
typedef enum {
	ScopeLevelInterface = 1,
	ScopeLevelLink = 2,
	ScopeLevelSubnet = 3,
	ScopeLevelAdmin = 4,
	ScopeLevelSite = 5,
	ScopeLevelOrganization = 8,
	ScopeLevelGlobal = 14,
	ScopeLevelCount = 16
} SCOPE_LEVEL;

/* A zone of IPv6 addresses and its level; as a number it is sin6_scope_id. */
__extension__ typedef struct _SCOPE_ID {
	union {
		struct {
			ULONG Zone : 28;
			ULONG Level : 4;
		};
		ULONG Value;
	};
} SCOPE_ID, *PSCOPE_ID;

#define SCOPEID_UNSPECIFIED_INIT	{ { { 0, 0 } } }

typedef struct _SOCKET_ADDRESS {
	LPSOCKADDR lpSockaddr;
	INT iSockaddrLength;
} SOCKET_ADDRESS, *PSOCKET_ADDRESS, *LPSOCKET_ADDRESS;

typedef struct _SOCKET_ADDRESS_LIST {
	INT iAddressCount;
	SOCKET_ADDRESS Address[1];
} SOCKET_ADDRESS_LIST, *PSOCKET_ADDRESS_LIST, *LPSOCKET_ADDRESS_LIST;

/* Both ends of a socket: SO_BSP_STATE. */
typedef struct _CSADDR_INFO {
	SOCKET_ADDRESS LocalAddr;
	SOCKET_ADDRESS RemoteAddr;
	INT iSocketType;
	INT iProtocol;
} CSADDR_INFO, *PCSADDR_INFO, *LPCSADDR_INFO;

#define INADDR_ANY		((ULONG)0x00000000)
#define INADDR_LOOPBACK		0x7f000001
#define INADDR_BROADCAST	((ULONG)0xffffffff)
#define INADDR_NONE		0xffffffff
#define INADDR_UNSPEC_GROUP	((ULONG)0xe0000000)
#define INADDR_ALLHOSTS_GROUP	((ULONG)0xe0000001)
#define INADDR_ALLRTRS_GROUP	((ULONG)0xe0000002)
#define INADDR_MAX_LOCAL_GROUP	((ULONG)0xe00000ff)
#define ADDR_ANY		INADDR_ANY

/* Classes of addresses in the host's byte order, as before CIDR. */
#define IN_CLASSA(i)		(((LONG)(i) & 0x80000000) == 0)
#define IN_CLASSA_NET		0xff000000
#define IN_CLASSA_NSHIFT	24
#define IN_CLASSA_HOST		0x00ffffff
#define IN_CLASSA_MAX		128
#define IN_CLASSB(i)		(((LONG)(i) & 0xc0000000) == 0x80000000)
#define IN_CLASSB_NET		0xffff0000
#define IN_CLASSB_NSHIFT	16
#define IN_CLASSB_HOST		0x0000ffff
#define IN_CLASSB_MAX		65536
#define IN_CLASSC(i)		(((LONG)(i) & 0xe0000000) == 0xc0000000)
#define IN_CLASSC_NET		0xffffff00
#define IN_CLASSC_NSHIFT	8
#define IN_CLASSC_HOST		0x000000ff
#define IN_CLASSD(i)		(((LONG)(i) & 0xf0000000) == 0xe0000000)
#define IN_CLASSD_NET		0xf0000000
#define IN_CLASSD_NSHIFT	28
#define IN_CLASSD_HOST		0x0fffffff
#define IN_MULTICAST(i)		IN_CLASSD(i)

/* One buffer of WSASend, WSARecv and the like. */
typedef struct _WSABUF {
	ULONG len;
	CHAR *buf;
} WSABUF, *LPWSABUF;

/* How control codes are made, and those of every protocol. */
#define IOC_UNIX	0x00000000U
#define IOC_WS2		0x08000000U
#define IOC_PROTOCOL	0x10000000U
#define IOC_VENDOR	0x18000000U

/* Not by IOC_IN and its like, which a later <sys/ioctl.h> makes Linux'. */
#define _WSAIO(type, code)	(0x20000000U | (type) | (code))
#define _WSAIOR(type, code)	(0x40000000U | (type) | (code))
#define _WSAIOW(type, code)	(0x80000000U | (type) | (code))
#define _WSAIORW(type, code)	(0xc0000000U | (type) | (code))

#define SIO_ASSOCIATE_HANDLE			_WSAIOW(IOC_WS2, 1)
#define SIO_ENABLE_CIRCULAR_QUEUEING		_WSAIO(IOC_WS2, 2)
#define SIO_FIND_ROUTE				_WSAIOR(IOC_WS2, 3)
#define SIO_FLUSH				_WSAIO(IOC_WS2, 4)
#define SIO_GET_BROADCAST_ADDRESS		_WSAIOR(IOC_WS2, 5)
#define SIO_GET_EXTENSION_FUNCTION_POINTER	_WSAIORW(IOC_WS2, 6)
#define SIO_GET_QOS				_WSAIORW(IOC_WS2, 7)
#define SIO_GET_GROUP_QOS			_WSAIORW(IOC_WS2, 8)
#define SIO_MULTIPOINT_LOOPBACK			_WSAIOW(IOC_WS2, 9)
#define SIO_MULTICAST_SCOPE			_WSAIOW(IOC_WS2, 10)
#define SIO_SET_QOS				_WSAIOW(IOC_WS2, 11)
#define SIO_SET_GROUP_QOS			_WSAIOW(IOC_WS2, 12)
#define SIO_TRANSLATE_HANDLE			_WSAIORW(IOC_WS2, 13)
#define SIO_ROUTING_INTERFACE_QUERY		_WSAIORW(IOC_WS2, 20)
#define SIO_ROUTING_INTERFACE_CHANGE		_WSAIOW(IOC_WS2, 21)
#define SIO_ADDRESS_LIST_QUERY			_WSAIOR(IOC_WS2, 22)
#define SIO_ADDRESS_LIST_CHANGE			_WSAIO(IOC_WS2, 23)
#define SIO_QUERY_TARGET_PNP_HANDLE		_WSAIOR(IOC_WS2, 24)
#define SIO_ADDRESS_LIST_SORT			_WSAIORW(IOC_WS2, 25)
#define SIO_QUERY_RSS_PROCESSOR_INFO		_WSAIOR(IOC_WS2, 37)

/* What SIO_TRANSLATE_HANDLE makes of a socket. */
#define TH_NETDEV	0x00000001
#define TH_TAPI		0x00000002

/* The length of a list that SIO_ADDRESS_LIST_QUERY gives. */
#define SIZEOF_SOCKET_ADDRESS_LIST(count)				\
	(offsetof(SOCKET_ADDRESS_LIST, Address) +			\
	 (count) * sizeof(SOCKET_ADDRESS))

/* A message of WSASendMsg and WSARecvMsg, and what travels beside it. */
typedef struct _WSAMSG {
	LPSOCKADDR name;
	INT namelen;
	LPWSABUF lpBuffers;
	ULONG dwBufferCount;
	WSABUF Control;
	ULONG dwFlags;
} WSAMSG, *PWSAMSG, *LPWSAMSG;

#define _WSACMSGHDR	cmsghdr
typedef struct cmsghdr {
	SIZE_T cmsg_len;
	INT cmsg_level;
	INT cmsg_type;
} WSACMSGHDR, *PWSACMSGHDR, *LPWSACMSGHDR;
typedef WSACMSGHDR CMSGHDR, *PCMSGHDR;

#define MSG_TRUNC	0x0100
#define MSG_CTRUNC	0x0200
#define MSG_BCAST	0x0400
#define MSG_MCAST	0x0800
#define MSG_ERRQUEUE	0x1000

#define WSA_CMSGHDR_ALIGN(length)					\
	(((length) + sizeof(SIZE_T) - 1) & ~(sizeof(SIZE_T) - 1))
#define WSA_CMSGDATA_ALIGN(length)	WSA_CMSGHDR_ALIGN(length)
#define WSA_CMSG_FIRSTHDR(msg)						\
	((msg)->Control.len >= sizeof(WSACMSGHDR) ?			\
	 (LPWSACMSGHDR)(void *)(msg)->Control.buf : (LPWSACMSGHDR)NULL)
#define WSA_CMSG_NXTHDR(msg, cmsg)					\
	(!(cmsg) ? WSA_CMSG_FIRSTHDR(msg) :				\
	 (CHAR *)(cmsg) + WSA_CMSGHDR_ALIGN((cmsg)->cmsg_len) +		\
	 sizeof(WSACMSGHDR) > (msg)->Control.buf + (msg)->Control.len ?	\
	 (LPWSACMSGHDR)NULL :						\
	 (LPWSACMSGHDR)(void *)((CHAR *)(cmsg) +			\
				WSA_CMSGHDR_ALIGN((cmsg)->cmsg_len)))
#define WSA_CMSG_DATA(cmsg)						\
	((UCHAR *)(cmsg) + WSA_CMSGDATA_ALIGN(sizeof(WSACMSGHDR)))
#define WSA_CMSG_SPACE(length)						\
	WSA_CMSGDATA_ALIGN(sizeof(WSACMSGHDR) + WSA_CMSGHDR_ALIGN(length))
#define WSA_CMSG_LEN(length)						\
	(WSA_CMSGDATA_ALIGN(sizeof(WSACMSGHDR)) + (length))
#define CMSGHDR_ALIGN	WSA_CMSGHDR_ALIGN
#define CMSGDATA_ALIGN	WSA_CMSGDATA_ALIGN
#define CMSG_SPACE	WSA_CMSG_SPACE
#define CMSG_LEN	WSA_CMSG_LEN

/* Windows' layouts. */
WS_SIZE(SOCKET_ADDRESS_LIST, 24, 12);
WS_SIZE(WSAMSG, 56, 28);
WS_SIZE(WSACMSGHDR, 16, 12);
WS_SIZE(WSABUF, 16, 8);
WS_STATIC_ASSERT(offsetof(WSABUF, buf) == sizeof(void *));
WS_SIZE(SOCKET_ADDRESS, 16, 8);
WS_SIZE(CSADDR_INFO, 40, 24);
WS_STATIC_ASSERT(sizeof(IN_ADDR) == 4);
WS_STATIC_ASSERT(sizeof(SOCKADDR) == 16);
WS_STATIC_ASSERT(sizeof(SOCKADDR_IN) == 16);
WS_STATIC_ASSERT(offsetof(SOCKADDR_IN, sin_addr) == 4);
WS_STATIC_ASSERT(sizeof(SOCKADDR_STORAGE) == 128);

#endif /* _WINSOCK2API_ */
#endif /* _WS2DEF_ */
