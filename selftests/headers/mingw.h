/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What mingw-w64's headers leave out of Windows' own, for the API tests that are
 * built with them.  Windows never sees this file.
 */
#ifndef MINGW_BRIDGE_H
#define MINGW_BRIDGE_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>

#ifndef SIO_UDP_NETRESET
#define SIO_UDP_NETRESET	_WSAIOW(IOC_VENDOR, 15)
#endif

#ifndef GROUP_FILTER_SIZE
#define SIOCSMSFILTER		_IOW('t', 126, u_long)
#define SIOCGMSFILTER		_IOW('t', 127 | IOC_IN, u_long)
#define GROUP_FILTER_SIZE(n)	\
	(sizeof(GROUP_FILTER) - sizeof(SOCKADDR_STORAGE) +	\
	 (n) * sizeof(SOCKADDR_STORAGE))
#include "../../userlib/include/winsock/sourcefilter.h"
#endif

#ifndef IP_RECVECN
#ifndef TCP_FAIL_CONNECT_ON_ICMP_ERROR
#define TCP_FAIL_CONNECT_ON_ICMP_ERROR	18
#define TCP_ICMP_ERROR_INFO		19
typedef struct icmp_error_info {
	SOCKADDR_INET srcaddress;
	int protocol;
	UCHAR type;
	UCHAR code;
} ICMP_ERROR_INFO;
#endif
#ifndef UDP_SEND_MSG_SIZE
#define UDP_SEND_MSG_SIZE		2
#define UDP_RECV_MAX_COALESCED_SIZE	3
#endif
#ifndef SIO_IDEAL_SEND_BACKLOG_QUERY
#define SIO_IDEAL_SEND_BACKLOG_QUERY	_IOR('t', 123, ULONG)
#define SIO_IDEAL_SEND_BACKLOG_CHANGE	_IO('t', 122)
#endif
#define IP_RECVECN	IP_ECN
#define IPV6_RECVECN	IPV6_ECN
#include "../../userlib/include/winsock/options.h"
#endif

#ifndef htonf
#define htonll	htonll
#define ntohll	ntohll
#include "../../userlib/include/winsock/byteorder.h"
#endif

#ifndef IN4ADDR_LINKLOCALPREFIX_LENGTH
#include <mstcpip.h>
#include <nldef.h>
static inline int IN6_IS_ADDR_V4TRANSLATED(const IN6_ADDR *a)
{
	return !memcmp(a, "\0\0\0\0\0\0\0\0\xff\xff\0", 12);
}

static inline int IN6ADDR_ISUNSPECIFIED(const struct sockaddr_in6 *sa)
{
	return !sa->sin6_scope_id && IN6ADDR_ISANY(sa);
}

static inline int IN6ADDR_ISEQUAL(const struct sockaddr_in6 *a,
				  const struct sockaddr_in6 *b)
{
	return a->sin6_scope_id == b->sin6_scope_id &&
	       IN6_ADDR_EQUAL(&a->sin6_addr, &b->sin6_addr);
}

#include "../../userlib/include/winsock/addresses.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

INT WSAAPI GetAddrInfoExCancel(LPHANDLE handle);
INT WSAAPI GetAddrInfoExOverlappedResult(LPOVERLAPPED overlapped);

#ifdef __cplusplus
}
#endif

#endif /* MINGW_BRIDGE_H */
