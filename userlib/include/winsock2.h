/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Winsock 2.2 for Linux programs; the driver behind it is /dev/winsock.
 *
 * Declares what libwinsock has, with Windows' types, numbers and structure
 * layouts.  See <winsock/base.h> for what becomes of the C library's names.
 */
#ifndef _WINSOCK2API_
#define _WINSOCK2API_
#define _WINSOCKAPI_

#ifdef _SYS_SOCKET_H
#error "<winsock2.h> and <sys/socket.h> exclude each other"
#endif
#ifdef _SYS_POLL_H
#error "<winsock2.h> and <poll.h> exclude each other"
#endif

/* And when it comes after this header: its first declaration is this tag. */
#define __socket_type							\
	_Pragma("GCC error \"<winsock2.h> and <sys/socket.h> exclude each other\"") \
	__socket_type

#include <windows.h>
#include <qos.h>

WS_BEGIN_DECLS

/* The C library's select() knows file descriptors, not these handles. */
int select(int n, fd_set *__restrict r, fd_set *__restrict w,
	   fd_set *__restrict e, struct timeval *__restrict t)
	WS_NO_CALL("select() without a set of sockets");

/* BSD's abbreviations, where <sys/types.h> was told to leave them out. */
#ifndef __u_char_defined
typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
#define __u_char_defined
#endif
typedef unsigned int winsock_u_long;
#define u_long	winsock_u_long
__extension__ typedef unsigned long long u_int64;

typedef UINT_PTR SOCKET;
typedef unsigned int GROUP;

#define INVALID_SOCKET	((SOCKET)(~0))
#define SOCKET_ERROR	(-1)

#include <ws2def.h>
#include <qos.h>

/* Versions and WSAStartup. */
#define WINSOCK_VERSION		MAKEWORD(2, 2)
#define WSADESCRIPTION_LEN	256
#define WSASYS_STATUS_LEN	128

typedef struct WSAData {
	WORD wVersion;
	WORD wHighVersion;
#ifdef __LP64__
	unsigned short iMaxSockets;
	unsigned short iMaxUdpDg;
	char *lpVendorInfo;
	char szDescription[WSADESCRIPTION_LEN + 1];
	char szSystemStatus[WSASYS_STATUS_LEN + 1];
#else
	char szDescription[WSADESCRIPTION_LEN + 1];
	char szSystemStatus[WSASYS_STATUS_LEN + 1];
	unsigned short iMaxSockets;
	unsigned short iMaxUdpDg;
	char *lpVendorInfo;
#endif
} WSADATA, *LPWSADATA;

/* Ports of services, and where those of programs begin. */
#define IPPORT_TCPMUX		1
#define IPPORT_ECHO		7
#define IPPORT_DISCARD		9
#define IPPORT_SYSTAT		11
#define IPPORT_DAYTIME		13
#define IPPORT_NETSTAT		15
#define IPPORT_QOTD		17
#define IPPORT_MSP		18
#define IPPORT_CHARGEN		19
#define IPPORT_FTP_DATA		20
#define IPPORT_FTP		21
#define IPPORT_TELNET		23
#define IPPORT_SMTP		25
#define IPPORT_TIMESERVER	37
#define IPPORT_NAMESERVER	42
#define IPPORT_WHOIS		43
#define IPPORT_MTP		57
#define IPPORT_TFTP		69
#define IPPORT_RJE		77
#define IPPORT_FINGER		79
#define IPPORT_TTYLINK		87
#define IPPORT_SUPDUP		95
#define IPPORT_POP3		110
#define IPPORT_NTP		123
#define IPPORT_EPMAP		135
#define IPPORT_NETBIOS_NS	137
#define IPPORT_NETBIOS_DGM	138
#define IPPORT_NETBIOS_SSN	139
#define IPPORT_IMAP		143
#define IPPORT_SNMP		161
#define IPPORT_SNMP_TRAP	162
#define IPPORT_IMAP3		220
#define IPPORT_LDAP		389
#define IPPORT_HTTPS		443
#define IPPORT_MICROSOFT_DS	445
#define IPPORT_EXECSERVER	512
#define IPPORT_BIFFUDP		512
#define IPPORT_LOGINSERVER	513
#define IPPORT_WHOSERVER	513
#define IPPORT_CMDSERVER	514
#define IPPORT_EFSSERVER	520
#define IPPORT_ROUTESERVER	520
#define IPPORT_RESERVED		1024
#define IPPORT_REGISTERED_MIN	IPPORT_RESERVED
#define IPPORT_REGISTERED_MAX	0xbfff
#define IPPORT_DYNAMIC_MIN	0xc000
#define IPPORT_DYNAMIC_MAX	0xffff

#define SOMAXCONN		0x7fffffff
#define SOMAXCONN_HINT(n)	(-(n))

/* Flags of send and recv; how to shut down. */
#define MSG_OOB		0x1
#define MSG_PEEK	0x2
#define MSG_DONTROUTE	0x4
#define MSG_WAITALL	0x8
#define MSG_INTERRUPT	0x10
#define MSG_PUSH_IMMEDIATE	0x20
#define MSG_PARTIAL	0x8000
#define MSG_MAXIOVLEN	16

#define SD_RECEIVE	0
#define SD_SEND		1
#define SD_BOTH		2

/* Entries of the databases, which the thread's next such call overwrites. */
typedef struct hostent {
	char *h_name;
	char **h_aliases;
	short h_addrtype;
	short h_length;
	char **h_addr_list;
} HOSTENT, *PHOSTENT, *LPHOSTENT;
#define h_addr	h_addr_list[0]

typedef struct servent {
	char *s_name;
	char **s_aliases;
#ifdef __LP64__
	char *s_proto;
	short s_port;
#else
	short s_port;
	char *s_proto;
#endif
} SERVENT, *PSERVENT, *LPSERVENT;

typedef struct protoent {
	char *p_name;
	char **p_aliases;
	short p_proto;
} PROTOENT, *PPROTOENT, *LPPROTOENT;

struct linger {
	u_short l_onoff;
	u_short l_linger;
};
typedef struct linger LINGER, *PLINGER, *LPLINGER;

/*
 * Control codes of ioctlsocket and WSAIoctl.  <sys/ioctl.h>, should a file
 * want it, belongs before this header: it has other values for these names.
 * _IO, _IOR and _IOW are left to it: the two would compute different codes of
 * the same words, and <ws2def.h>'s _WSAIO and its like are Windows' alone.
 */
#undef FIONREAD
#undef FIONBIO
#undef FIOASYNC
#undef SIOCATMARK
#undef IOC_VOID
#undef IOC_OUT
#undef IOC_IN
#undef IOC_INOUT
#ifndef IOCPARM_MASK
#define IOCPARM_MASK	0x7f
#endif
#define IOC_VOID	0x20000000U
#define IOC_OUT		0x40000000U
#define IOC_IN		0x80000000U
#define IOC_INOUT	(IOC_IN | IOC_OUT)
#define FIONREAD	0x4004667fU
#define FIONBIO		0x8004667eU
#define FIOASYNC	0x8004667dU
#define SIOCATMARK	0x40047307U
#define SIOCSHIWAT	0x80047300U
#define SIOCGHIWAT	0x40047301U
#define SIOCSLOWAT	0x80047302U
#define SIOCGLOWAT	0x40047303U

/*
 * Sets of sockets.  A program may define FD_SETSIZE before the first header.
 * Otherwise it is the platform's 1024, not Windows' 64: this header cannot
 * tell <stdlib.h>'s definition from the program's, and the larger set holds
 * whatever a smaller one would.
 */
#ifndef FD_SETSIZE
#define FD_SETSIZE	__FD_SETSIZE
#endif

struct winsock_fd_set {
	u_int fd_count;
	SOCKET fd_array[FD_SETSIZE];
};
typedef struct winsock_fd_set winsock_fd_set;
#define fd_set	winsock_fd_set

typedef winsock_fd_set FD_SET, *PFD_SET, *LPFD_SET;
typedef struct timeval TIMEVAL, *PTIMEVAL, *LPTIMEVAL;

#undef FD_SET
#undef FD_CLR
#undef FD_ZERO
#undef FD_ISSET
#undef NFDBITS
#define FD_ZERO(set)		((void)(((fd_set *)(set))->fd_count = 0))
#define FD_SET(s, set)		ws_fd_add((SOCKET)(s), (fd_set *)(set))
#define FD_CLR(s, set)		ws_fd_remove((SOCKET)(s), (fd_set *)(set))
#define FD_ISSET(s, set)	__WSAFDIsSet((SOCKET)(s), (fd_set *)(set))

/* Each socket once; none into a full set. */
static __inline__ void ws_fd_add(SOCKET s, winsock_fd_set *set)
{
	u_int i;

	for (i = 0; i < set->fd_count; i++)
		if (set->fd_array[i] == s)
			return;
	if (i < FD_SETSIZE) {
		set->fd_array[i] = s;
		set->fd_count++;
	}
}

/* The others keep their order. */
static __inline__ void ws_fd_remove(SOCKET s, winsock_fd_set *set)
{
	u_int i;

	for (i = 0; i < set->fd_count && set->fd_array[i] != s; i++)
		;
	if (i == set->fd_count)
		return;
	for (set->fd_count--; i < set->fd_count; i++)
		set->fd_array[i] = set->fd_array[i + 1];
}

/* On times, in the words of <sys/time.h>, which may follow. */
#ifndef timerisset
#define timerisset(tvp)	((tvp)->tv_sec || (tvp)->tv_usec)
#define timerclear(tvp)	((tvp)->tv_sec = (tvp)->tv_usec = 0)
#define timercmp(a, b, CMP)						\
	(((a)->tv_sec == (b)->tv_sec)					\
	 ? ((a)->tv_usec CMP (b)->tv_usec)				\
	 : ((a)->tv_sec CMP (b)->tv_sec))
#endif

/* What WSAPoll watches, and its events. */
typedef struct pollfd {
	SOCKET fd;
	SHORT events;
	SHORT revents;
} WSAPOLLFD, *PWSAPOLLFD, *LPWSAPOLLFD;

#define POLLRDNORM	0x0100
#define POLLRDBAND	0x0200
#define POLLIN		(POLLRDNORM | POLLRDBAND)
#define POLLPRI		0x0400
#define POLLWRNORM	0x0010
#define POLLOUT		(POLLWRNORM)
#define POLLWRBAND	0x0020
#define POLLERR		0x0001
#define POLLHUP		0x0002
#define POLLNVAL	0x0004

/* Overlapped requests, protocols. */
typedef OVERLAPPED WSAOVERLAPPED, *LPWSAOVERLAPPED;

typedef void (CALLBACK *LPWSAOVERLAPPED_COMPLETION_ROUTINE)(DWORD error,
		DWORD transferred, LPWSAOVERLAPPED overlapped, DWORD flags);

/* Quality of service; what a condition function sees and says. */
typedef struct _QualityOfService {
	FLOWSPEC SendingFlowspec;
	FLOWSPEC ReceivingFlowspec;
	WSABUF ProviderSpecific;
} QOS, *LPQOS;

#define CF_ACCEPT	0x0000
#define CF_REJECT	0x0001
#define CF_DEFER	0x0002

typedef int (CALLBACK *LPCONDITIONPROC)(LPWSABUF caller_id,
					LPWSABUF caller_data, LPQOS sqos,
					LPQOS gqos, LPWSABUF callee_id,
					LPWSABUF callee_data, GROUP *group,
					DWORD_PTR context);

/* What a member of a multipoint session does. */
#define JL_SENDER_ONLY		0x01
#define JL_RECEIVER_ONLY	0x02
#define JL_BOTH			0x04

#define WSA_IO_PENDING		ERROR_IO_PENDING
#define WSA_IO_INCOMPLETE	ERROR_IO_INCOMPLETE
#define WSA_INVALID_HANDLE	ERROR_INVALID_HANDLE
#define WSA_INVALID_PARAMETER	ERROR_INVALID_PARAMETER
#define WSA_NOT_ENOUGH_MEMORY	ERROR_NOT_ENOUGH_MEMORY
#define WSA_OPERATION_ABORTED	ERROR_OPERATION_ABORTED

#define MAX_PROTOCOL_CHAIN	7
#define BASE_PROTOCOL		1
#define LAYERED_PROTOCOL	0
#define WSAPROTOCOL_LEN		255

typedef struct _WSAPROTOCOLCHAIN {
	int ChainLen;
	DWORD ChainEntries[MAX_PROTOCOL_CHAIN];
} WSAPROTOCOLCHAIN, *LPWSAPROTOCOLCHAIN;

#define WS_PROTOCOL_INFO_FIELDS						\
	DWORD dwServiceFlags1;						\
	DWORD dwServiceFlags2;						\
	DWORD dwServiceFlags3;						\
	DWORD dwServiceFlags4;						\
	DWORD dwProviderFlags;						\
	GUID ProviderId;						\
	DWORD dwCatalogEntryId;						\
	WSAPROTOCOLCHAIN ProtocolChain;					\
	int iVersion;							\
	int iAddressFamily;						\
	int iMaxSockAddr;						\
	int iMinSockAddr;						\
	int iSocketType;						\
	int iProtocol;							\
	int iProtocolMaxOffset;						\
	int iNetworkByteOrder;						\
	int iSecurityScheme;						\
	DWORD dwMessageSize;						\
	DWORD dwProviderReserved

typedef struct _WSAPROTOCOL_INFOA {
	WS_PROTOCOL_INFO_FIELDS;
	CHAR szProtocol[WSAPROTOCOL_LEN + 1];
} WSAPROTOCOL_INFOA, *LPWSAPROTOCOL_INFOA;

typedef struct _WSAPROTOCOL_INFOW {
	WS_PROTOCOL_INFO_FIELDS;
	WCHAR szProtocol[WSAPROTOCOL_LEN + 1];
} WSAPROTOCOL_INFOW, *LPWSAPROTOCOL_INFOW;

#define FROM_PROTOCOL_INFO	(-1)

/* dwServiceFlags1 and dwProviderFlags of a protocol; byte order, security. */
#define XP1_CONNECTIONLESS		0x00000001
#define XP1_GUARANTEED_DELIVERY		0x00000002
#define XP1_GUARANTEED_ORDER		0x00000004
#define XP1_MESSAGE_ORIENTED		0x00000008
#define XP1_PSEUDO_STREAM		0x00000010
#define XP1_GRACEFUL_CLOSE		0x00000020
#define XP1_EXPEDITED_DATA		0x00000040
#define XP1_CONNECT_DATA		0x00000080
#define XP1_DISCONNECT_DATA		0x00000100
#define XP1_SUPPORT_BROADCAST		0x00000200
#define XP1_SUPPORT_MULTIPOINT		0x00000400
#define XP1_MULTIPOINT_CONTROL_PLANE	0x00000800
#define XP1_MULTIPOINT_DATA_PLANE	0x00001000
#define XP1_QOS_SUPPORTED		0x00002000
#define XP1_INTERRUPT			0x00004000
#define XP1_UNI_SEND			0x00008000
#define XP1_UNI_RECV			0x00010000
#define XP1_IFS_HANDLES			0x00020000
#define XP1_PARTIAL_MESSAGE		0x00040000
#define XP1_SAN_SUPPORT_SDP		0x00080000

#define PFL_MULTIPLE_PROTO_ENTRIES	0x00000001
#define PFL_RECOMMENDED_PROTO_ENTRY	0x00000002
#define PFL_HIDDEN			0x00000004
#define PFL_MATCHES_PROTOCOL_ZERO	0x00000008
#define PFL_NETWORKDIRECT_PROVIDER	0x00000010

#define BIGENDIAN		0x0000
#define LITTLEENDIAN		0x0001
#define SECURITY_PROTOCOL_NONE	0x0000

#define WSA_FLAG_OVERLAPPED		0x01
#define WSA_FLAG_MULTIPOINT_C_ROOT	0x02
#define WSA_FLAG_MULTIPOINT_C_LEAF	0x04
#define WSA_FLAG_MULTIPOINT_D_ROOT	0x08
#define WSA_FLAG_MULTIPOINT_D_LEAF	0x10
#define WSA_FLAG_ACCESS_SYSTEM_SECURITY	0x40
#define WSA_FLAG_NO_HANDLE_INHERIT	0x80
#define WSA_FLAG_REGISTERED_IO		0x100

#define SG_UNCONSTRAINED_GROUP	0x01
#define SG_CONSTRAINED_GROUP	0x02

#ifdef UNICODE
typedef WSAPROTOCOL_INFOW WSAPROTOCOL_INFO, *LPWSAPROTOCOL_INFO;
#define SO_PROTOCOL_INFO	SO_PROTOCOL_INFOW
#define WSASocket		WSASocketW
#define WSAConnectByName	WSAConnectByNameW
#define WSADuplicateSocket	WSADuplicateSocketW
#define WSAEnumProtocols	WSAEnumProtocolsW
#define WSAAddressToString	WSAAddressToStringW
#define WSAStringToAddress	WSAStringToAddressW
#else
typedef WSAPROTOCOL_INFOA WSAPROTOCOL_INFO, *LPWSAPROTOCOL_INFO;
#define SO_PROTOCOL_INFO	SO_PROTOCOL_INFOA
#define WSASocket		WSASocketA
#define WSAConnectByName	WSAConnectByNameA
#define WSADuplicateSocket	WSADuplicateSocketA
#define WSAEnumProtocols	WSAEnumProtocolsA
#define WSAAddressToString	WSAAddressToStringA
#define WSAStringToAddress	WSAStringToAddressA
#endif

/* Names of the resolver's codes. */
#define h_errno			WSAGetLastError()
#define HOST_NOT_FOUND		WSAHOST_NOT_FOUND
#define TRY_AGAIN		WSATRY_AGAIN
#define NO_RECOVERY		WSANO_RECOVERY
#define NO_DATA			WSANO_DATA
#define WSANO_ADDRESS		WSANO_DATA
#define NO_ADDRESS		WSANO_ADDRESS

/* Windows' layouts. */
WS_SIZE(WSADATA, 408, 400);
WS_SIZE(HOSTENT, 32, 16);
WS_SIZE(SERVENT, 32, 16);
WS_SIZE(PROTOENT, 24, 12);
WS_SIZE(QOS, 80, 72);
WS_STATIC_ASSERT(sizeof(SOCKET) == sizeof(void *));
WS_STATIC_ASSERT(sizeof(u_long) == 4);
WS_STATIC_ASSERT(sizeof(LINGER) == 4);
WS_STATIC_ASSERT(offsetof(winsock_fd_set, fd_array) == sizeof(SOCKET));
WS_SIZE(WSAPOLLFD, 16, 8);
/* The platform's, but as the library was built: not with _TIME_BITS=64. */
WS_STATIC_ASSERT(sizeof(TIMEVAL) == 2 * sizeof(long));
WS_STATIC_ASSERT(sizeof(WSAPROTOCOLCHAIN) == 32);
WS_STATIC_ASSERT(offsetof(WSAPROTOCOL_INFOA, szProtocol) == 116);
WS_STATIC_ASSERT(offsetof(WSAPROTOCOL_INFOW, szProtocol) == 116);
WS_STATIC_ASSERT(sizeof(WSAPROTOCOL_INFOA) == 372);

/* Start and end, last error. */
int WSAAPI WSAStartup(WORD version, LPWSADATA data)
	WS_SYMBOL("winsock_wsastartup");
int WSAAPI WSACleanup(void) WS_SYMBOL("winsock_wsacleanup");
int WSAAPI WSAGetLastError(void) WS_SYMBOL("winsock_wsagetlasterror");
void WSAAPI WSASetLastError(int code) WS_SYMBOL("winsock_wsasetlasterror");

/* Sockets. */
SOCKET WSAAPI socket(int af, int type, int protocol)
	WS_SYMBOL("winsock_socket");
SOCKET WSAAPI WSASocketA(int af, int type, int protocol,
			 LPWSAPROTOCOL_INFOA info, GROUP group, DWORD flags)
	WS_SYMBOL("winsock_wsasocketa");
SOCKET WSAAPI WSASocketW(int af, int type, int protocol,
			 LPWSAPROTOCOL_INFOW info, GROUP group, DWORD flags)
	WS_SYMBOL("winsock_wsasocketw");
int WSAAPI WSADuplicateSocketA(SOCKET s, DWORD process,
			       LPWSAPROTOCOL_INFOA info)
	WS_SYMBOL("winsock_wsaduplicatesocketa");
int WSAAPI WSADuplicateSocketW(SOCKET s, DWORD process,
			       LPWSAPROTOCOL_INFOW info)
	WS_SYMBOL("winsock_wsaduplicatesocketw");
int WSAAPI WSAEnumProtocolsA(LPINT protocols, LPWSAPROTOCOL_INFOA infos,
			     LPDWORD len)
	WS_SYMBOL("winsock_wsaenumprotocolsa");
int WSAAPI WSAEnumProtocolsW(LPINT protocols, LPWSAPROTOCOL_INFOW infos,
			     LPDWORD len)
	WS_SYMBOL("winsock_wsaenumprotocolsw");
int WSAAPI bind(SOCKET s, const struct sockaddr *name, int namelen)
	WS_SYMBOL("winsock_bind");
int WSAAPI listen(SOCKET s, int backlog) WS_SYMBOL("winsock_listen");
SOCKET WSAAPI accept(SOCKET s, struct sockaddr *addr, int *addrlen)
	WS_SYMBOL("winsock_accept");
int WSAAPI connect(SOCKET s, const struct sockaddr *name, int namelen)
	WS_SYMBOL("winsock_connect");
BOOL WSAAPI WSAConnectByNameA(SOCKET s, LPSTR node, LPSTR service,
			      LPDWORD local_len, LPSOCKADDR local,
			      LPDWORD remote_len, LPSOCKADDR remote,
			      const struct timeval *timeout,
			      LPWSAOVERLAPPED reserved)
	WS_SYMBOL("winsock_wsaconnectbynamea");
BOOL WSAAPI WSAConnectByNameW(SOCKET s, LPWSTR node, LPWSTR service,
			      LPDWORD local_len, LPSOCKADDR local,
			      LPDWORD remote_len, LPSOCKADDR remote,
			      const struct timeval *timeout,
			      LPWSAOVERLAPPED reserved)
	WS_SYMBOL("winsock_wsaconnectbynamew");
BOOL WSAAPI WSAConnectByList(SOCKET s, PSOCKET_ADDRESS_LIST list,
			     LPDWORD local_len, LPSOCKADDR local,
			     LPDWORD remote_len, LPSOCKADDR remote,
			     const struct timeval *timeout,
			     LPWSAOVERLAPPED reserved)
	WS_SYMBOL("winsock_wsaconnectbylist");
SOCKET WSAAPI WSAAccept(SOCKET s, struct sockaddr *addr, LPINT addrlen,
			LPCONDITIONPROC condition, DWORD_PTR context)
	WS_SYMBOL("winsock_wsaaccept");
SOCKET WSAAPI WSAJoinLeaf(SOCKET s, const struct sockaddr *name, int namelen,
			  LPWSABUF caller_data, LPWSABUF callee_data,
			  LPQOS sqos, LPQOS gqos, DWORD flags)
	WS_SYMBOL("winsock_wsajoinleaf");
BOOL WSAAPI WSAGetQOSByName(SOCKET s, LPWSABUF name, LPQOS qos)
	WS_SYMBOL("winsock_wsagetqosbyname");
int WSAAPI WSAConnect(SOCKET s, const struct sockaddr *name, int namelen,
		      LPWSABUF caller_data, LPWSABUF callee_data, LPQOS sqos,
		      LPQOS gqos) WS_SYMBOL("winsock_wsaconnect");
int WSAAPI shutdown(SOCKET s, int how) WS_SYMBOL("winsock_shutdown");
int WSAAPI WSASendDisconnect(SOCKET s, LPWSABUF data)
	WS_SYMBOL("winsock_wsasenddisconnect");
int WSAAPI WSARecvDisconnect(SOCKET s, LPWSABUF data)
	WS_SYMBOL("winsock_wsarecvdisconnect");
int WSAAPI closesocket(SOCKET s) WS_SYMBOL("winsock_closesocket");
int WSAAPI getsockname(SOCKET s, struct sockaddr *name, int *namelen)
	WS_SYMBOL("winsock_getsockname");
int WSAAPI getpeername(SOCKET s, struct sockaddr *name, int *namelen)
	WS_SYMBOL("winsock_getpeername");

/* Data. */
int WSAAPI send(SOCKET s, const char *buf, int len, int flags)
	WS_SYMBOL("winsock_send");
int WSAAPI recv(SOCKET s, char *buf, int len, int flags)
	WS_SYMBOL("winsock_recv");
int WSAAPI WSASend(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent,
		   DWORD flags, LPWSAOVERLAPPED overlapped,
		   LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
	WS_SYMBOL("winsock_wsasend");
int WSAAPI WSARecv(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD received,
		   LPDWORD flags, LPWSAOVERLAPPED overlapped,
		   LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
	WS_SYMBOL("winsock_wsarecv");
int WSAAPI sendto(SOCKET s, const char *buf, int len, int flags,
		  const struct sockaddr *to, int tolen)
	WS_SYMBOL("winsock_sendto");
int WSAAPI recvfrom(SOCKET s, char *buf, int len, int flags,
		    struct sockaddr *from, int *fromlen)
	WS_SYMBOL("winsock_recvfrom");
int WSAAPI WSASendTo(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent,
		     DWORD flags, const struct sockaddr *to, int tolen,
		     LPWSAOVERLAPPED overlapped,
		     LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
	WS_SYMBOL("winsock_wsasendto");
int WSAAPI WSARecvFrom(SOCKET s, LPWSABUF buffers, DWORD count,
		       LPDWORD received, LPDWORD flags, struct sockaddr *from,
		       LPINT fromlen, LPWSAOVERLAPPED overlapped,
		       LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
	WS_SYMBOL("winsock_wsarecvfrom");
int WSAAPI WSASendMsg(SOCKET s, LPWSAMSG msg, DWORD flags, LPDWORD sent,
		      LPWSAOVERLAPPED overlapped,
		      LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
	WS_SYMBOL("winsock_wsasendmsg");

/* Waiting for many. */
int WSAAPI WSAPoll(LPWSAPOLLFD fds, ULONG count, INT timeout)
	WS_SYMBOL("winsock_wsapoll");
int WSAAPI __WSAFDIsSet(SOCKET s, fd_set *set)
	WS_SYMBOL("winsock___wsafdisset");
int ws_select(int n, fd_set *readfds, fd_set *writefds, fd_set *exceptfds,
	      const struct timeval *timeout) WS_SYMBOL("winsock_select");

/* Options and control codes. */
int WSAAPI getsockopt(SOCKET s, int level, int name, char *value, int *len)
	WS_SYMBOL("winsock_getsockopt");
int WSAAPI setsockopt(SOCKET s, int level, int name, const char *value, int len)
	WS_SYMBOL("winsock_setsockopt");
int WSAAPI ioctlsocket(SOCKET s, long code, u_long *arg)
	WS_SYMBOL("winsock_ioctlsocket");
#include <winsock/ulong.h>
int WSAAPI WSAIoctl(SOCKET s, DWORD code, LPVOID in, DWORD in_len,
		    LPVOID out, DWORD out_len, LPDWORD returned,
		    LPWSAOVERLAPPED overlapped,
		    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
	WS_SYMBOL("winsock_wsaioctl");

/* Byte order and address text. */
u_short WSAAPI htons(u_short host) WS_SYMBOL("winsock_htons");
u_short WSAAPI ntohs(u_short net) WS_SYMBOL("winsock_ntohs");
u_long WSAAPI htonl(u_long host) WS_SYMBOL("winsock_htonl");
u_long WSAAPI ntohl(u_long net) WS_SYMBOL("winsock_ntohl");

#include <winsock/byteorder.h>

int WSAAPI WSAHtons(SOCKET s, u_short host, u_short *net)
	WS_SYMBOL("winsock_wsahtons");
int WSAAPI WSANtohs(SOCKET s, u_short net, u_short *host)
	WS_SYMBOL("winsock_wsantohs");
int WSAAPI WSAHtonl(SOCKET s, u_long host, u_long *net)
	WS_SYMBOL("winsock_wsahtonl");
int WSAAPI WSANtohl(SOCKET s, u_long net, u_long *host)
	WS_SYMBOL("winsock_wsantohl");
u_long WSAAPI inet_addr(const char *text) WS_SYMBOL("winsock_inet_addr");
char *WSAAPI inet_ntoa(struct in_addr in) WS_SYMBOL("winsock_inet_ntoa");
INT WSAAPI WSAAddressToStringA(LPSOCKADDR addr, DWORD addrlen,
			       LPWSAPROTOCOL_INFOA info, LPSTR text,
			       LPDWORD len)
	WS_SYMBOL("winsock_wsaaddresstostringa");
INT WSAAPI WSAAddressToStringW(LPSOCKADDR addr, DWORD addrlen,
			       LPWSAPROTOCOL_INFOW info, LPWSTR text,
			       LPDWORD len)
	WS_SYMBOL("winsock_wsaaddresstostringw");
INT WSAAPI WSAStringToAddressA(LPSTR text, INT family,
			       LPWSAPROTOCOL_INFOA info, LPSOCKADDR addr,
			       LPINT addrlen)
	WS_SYMBOL("winsock_wsastringtoaddressa");
INT WSAAPI WSAStringToAddressW(LPWSTR text, INT family,
			       LPWSAPROTOCOL_INFOW info, LPSOCKADDR addr,
			       LPINT addrlen)
	WS_SYMBOL("winsock_wsastringtoaddressw");

/*
 * Names.  <unistd.h> declares gethostname() too; for programs that include
 * both, its length has that header's type here.  With _FORTIFY_SOURCE that
 * header brings a body, and such a program calls the C library's.
 */
struct hostent *WSAAPI gethostbyname(const char *name)
	WS_SYMBOL("winsock_gethostbyname");
struct hostent *WSAAPI gethostbyaddr(const char *addr, int len, int type)
	WS_SYMBOL("winsock_gethostbyaddr");
int WSAAPI gethostname(char *name, size_t namelen) WS_NOTHROW
	WS_SYMBOL("winsock_gethostname");
int WSAAPI GetHostNameW(PWSTR name, int namelen)
	WS_SYMBOL("winsock_gethostnamew");
struct servent *WSAAPI getservbyname(const char *name, const char *proto)
	WS_SYMBOL("winsock_getservbyname");
struct servent *WSAAPI getservbyport(int port, const char *proto)
	WS_SYMBOL("winsock_getservbyport");
struct protoent *WSAAPI getprotobyname(const char *name)
	WS_SYMBOL("winsock_getprotobyname");
struct protoent *WSAAPI getprotobynumber(int number)
	WS_SYMBOL("winsock_getprotobynumber");

#include <winsock/events.h>
#include <winsock/services.h>

#ifndef INCL_WINSOCK_API_TYPEDEFS
#define INCL_WINSOCK_API_TYPEDEFS 0
#endif
#if INCL_WINSOCK_API_TYPEDEFS
#include <winsock/pointers.h>
#endif

WS_END_DECLS

/* See <winsock/base.h>. */
#ifdef __cplusplus
inline int WSAAPI select(int n, fd_set *readfds, fd_set *writefds,
			 fd_set *exceptfds, const struct timeval *timeout)
{
	return ws_select(n, readfds, writefds, exceptfds, timeout);
}
#else
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wvariadic-macros"
#define ws_tenth(a, b, c, d, e, f, g, h, i, j, ...)	j
#define select(...)							\
	ws_tenth(__VA_ARGS__, select, select, select, select, ws_select, \
		 select, select, select, select, select)(__VA_ARGS__)
#pragma GCC diagnostic pop
#endif

#endif /* _WINSOCK2API_ */
