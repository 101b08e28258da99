/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Microsoft's extensions.  This library has none of their functions yet, so
 * there are the options of SOL_SOCKET that belong to them and no declaration.
 */
#ifndef _MSWSOCK_
#define _MSWSOCK_

#include <winsock2.h>

#define SO_CONNDATA		0x7000
#define SO_CONNOPT		0x7001
#define SO_DISCDATA		0x7002
#define SO_DISCOPT		0x7003
#define SO_CONNDATALEN		0x7004
#define SO_CONNOPTLEN		0x7005
#define SO_DISCDATALEN		0x7006
#define SO_DISCOPTLEN		0x7007
#define SO_OPENTYPE		0x7008
#define SO_MAXDG		0x7009
#define SO_MAXPATHDG		0x700a
#define SO_UPDATE_ACCEPT_CONTEXT	0x700b
#define SO_CONNECT_TIME		0x700c
#define SO_UPDATE_CONNECT_CONTEXT	0x7010

#define SO_SYNCHRONOUS_ALERT	0x10
#define SO_SYNCHRONOUS_NONALERT	0x20

/* Control codes: whether recv tells what hosts say of datagrams. */
#define SIO_UDP_CONNRESET	0x9800000cU
#define SIO_UDP_NETRESET	0x9800000fU

/* What SIO_GET_EXTENSION_FUNCTION_POINTER finds, and as what. */
#define WSAID_WSARECVMSG						\
	{ 0xf689d7c8, 0x6f1f, 0x436b,					\
	  { 0x8a, 0x53, 0xe5, 0x4f, 0xe3, 0x51, 0xc3, 0x22 } }
#define WSAID_WSASENDMSG						\
	{ 0xa441e712, 0x754f, 0x43ca,					\
	  { 0x84, 0xa7, 0x0d, 0xee, 0x44, 0xcf, 0x60, 0x6d } }

typedef INT (WSAAPI *LPFN_WSARECVMSG)(SOCKET s, LPWSAMSG msg, LPDWORD received,
		LPWSAOVERLAPPED overlapped,
		LPWSAOVERLAPPED_COMPLETION_ROUTINE routine);
typedef INT (WSAAPI *LPFN_WSASENDMSG)(SOCKET s, LPWSAMSG msg, DWORD flags,
		LPDWORD sent, LPWSAOVERLAPPED overlapped,
		LPWSAOVERLAPPED_COMPLETION_ROUTINE routine);

WS_BEGIN_DECLS

int WSAAPI WSARecvEx(SOCKET s, char *buf, int len, int *flags)
	WS_SYMBOL("winsock_wsarecvex");

WS_END_DECLS

#endif /* _MSWSOCK_ */
