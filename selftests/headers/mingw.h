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

#ifndef htonf
#define htonll	htonll
#define ntohll	ntohll
#include "../../userlib/include/winsock/byteorder.h"
#endif

#ifndef IN4ADDR_LINKLOCALPREFIX_LENGTH
#include <mstcpip.h>
#include <nldef.h>
#define IN6_IS_ADDR_V4TRANSLATED(a)					\
	(!memcmp(a, "\0\0\0\0\0\0\0\0\xff\xff\0", 12))
#define IN6ADDR_ISUNSPECIFIED(sa)					\
	(!(sa)->sin6_scope_id && IN6ADDR_ISANY(sa))
#define IN6ADDR_ISEQUAL(a, b)						\
	((a)->sin6_scope_id == (b)->sin6_scope_id &&			\
	 IN6_ADDR_EQUAL(&(a)->sin6_addr, &(b)->sin6_addr))
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
