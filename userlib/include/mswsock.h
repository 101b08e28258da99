/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Microsoft's extensions: options of SOL_SOCKET, control codes, functions and
 * the names that SIO_GET_EXTENSION_FUNCTION_POINTER has for them.
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

#define TCP_BSDURGENT		0x7000

#define SO_SYNCHRONOUS_ALERT	0x10
#define SO_SYNCHRONOUS_NONALERT	0x20

/* Control codes. */
#define SIO_UDP_CONNRESET		_WSAIOW(IOC_VENDOR, 12)
#define SIO_UDP_NETRESET		_WSAIOW(IOC_VENDOR, 15)
#define SIO_SET_COMPATIBILITY_MODE	_WSAIOW(IOC_VENDOR, 300)
#define SIO_QUERY_RSS_SCALABILITY_INFO	_WSAIOR(IOC_VENDOR, 210)
#define SIO_QUERY_WFP_ALE_ENDPOINT_HANDLE	_WSAIOR(IOC_VENDOR, 205)
#define SIO_QUERY_WFP_CONNECTION_REDIRECT_RECORDS	_WSAIOW(IOC_VENDOR, 220)
#define SIO_QUERY_WFP_CONNECTION_REDIRECT_CONTEXT	_WSAIOW(IOC_VENDOR, 221)
#define SIO_SET_WFP_CONNECTION_REDIRECT_RECORDS	_WSAIOW(IOC_VENDOR, 222)
#define SIO_BSP_HANDLE			_WSAIOR(IOC_WS2, 27)
#define SIO_BSP_HANDLE_SELECT		_WSAIOR(IOC_WS2, 28)
#define SIO_BSP_HANDLE_POLL		_WSAIOR(IOC_WS2, 29)
#define SIO_BASE_HANDLE			_WSAIOR(IOC_WS2, 34)
#define SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER	_WSAIORW(IOC_WS2, 36)

/* TransmitFile, TransmitPackets, DisconnectEx. */
#define TF_DISCONNECT		0x01
#define TF_REUSE_SOCKET		0x02
#define TF_WRITE_BEHIND		0x04
#define TF_USE_DEFAULT_WORKER	0x00
#define TF_USE_SYSTEM_THREAD	0x10
#define TF_USE_KERNEL_APC	0x20

#define TP_DISCONNECT		TF_DISCONNECT
#define TP_REUSE_SOCKET		TF_REUSE_SOCKET
#define TP_USE_DEFAULT_WORKER	TF_USE_DEFAULT_WORKER
#define TP_USE_SYSTEM_THREAD	TF_USE_SYSTEM_THREAD
#define TP_USE_KERNEL_APC	TF_USE_KERNEL_APC

#define DE_REUSE_SOCKET		TF_REUSE_SOCKET

#define TP_ELEMENT_MEMORY	1
#define TP_ELEMENT_FILE		2
#define TP_ELEMENT_EOP		4

typedef struct _TRANSMIT_FILE_BUFFERS {
	LPVOID Head;
	DWORD HeadLength;
	LPVOID Tail;
	DWORD TailLength;
} TRANSMIT_FILE_BUFFERS, *PTRANSMIT_FILE_BUFFERS, *LPTRANSMIT_FILE_BUFFERS;

typedef struct _TRANSMIT_PACKETS_ELEMENT {
	ULONG dwElFlags;
	ULONG cLength;
	__extension__ union {
		__extension__ struct {
			LARGE_INTEGER nFileOffset;
			HANDLE hFile;
		};
		PVOID pBuffer;
	};
} TRANSMIT_PACKETS_ELEMENT, *PTRANSMIT_PACKETS_ELEMENT,
	*LPTRANSMIT_PACKETS_ELEMENT;

/* Extension functions: their names, and the types of pointers to them. */
#define WSAID_TRANSMITFILE						\
	{ 0xb5367df0, 0xcbac, 0x11cf,					\
	  { 0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92 } }
#define WSAID_ACCEPTEX							\
	{ 0xb5367df1, 0xcbac, 0x11cf,					\
	  { 0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92 } }
#define WSAID_GETACCEPTEXSOCKADDRS					\
	{ 0xb5367df2, 0xcbac, 0x11cf,					\
	  { 0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92 } }
#define WSAID_TRANSMITPACKETS						\
	{ 0xd9689da0, 0x1f90, 0x11d3,					\
	  { 0x99, 0x71, 0x00, 0xc0, 0x4f, 0x68, 0xc8, 0x76 } }
#define WSAID_CONNECTEX							\
	{ 0x25a207b9, 0xddf3, 0x4660,					\
	  { 0x8e, 0xe9, 0x76, 0xe5, 0x8c, 0x74, 0x06, 0x3e } }
#define WSAID_DISCONNECTEX						\
	{ 0x7fda2e11, 0x8630, 0x436f,					\
	  { 0xa0, 0x31, 0xf5, 0x36, 0xa6, 0xee, 0xc1, 0x57 } }
#define WSAID_WSARECVMSG						\
	{ 0xf689d7c8, 0x6f1f, 0x436b,					\
	  { 0x8a, 0x53, 0xe5, 0x4f, 0xe3, 0x51, 0xc3, 0x22 } }
#define WSAID_WSASENDMSG						\
	{ 0xa441e712, 0x754f, 0x43ca,					\
	  { 0x84, 0xa7, 0x0d, 0xee, 0x44, 0xcf, 0x60, 0x6d } }
#define WSAID_WSAPOLL							\
	{ 0x18c76f85, 0xdc66, 0x4964,					\
	  { 0x97, 0x2e, 0x23, 0xc2, 0x72, 0x38, 0x31, 0x2b } }
#define WSAID_MULTIPLE_RIO						\
	{ 0x8509e081, 0x96dd, 0x4005,					\
	  { 0xb1, 0x65, 0x9e, 0x2e, 0xe8, 0xc7, 0x9e, 0x3f } }

typedef BOOL (WINAPI *LPFN_ACCEPTEX)(SOCKET lsn, SOCKET s, PVOID buf,
				     DWORD data_len, DWORD local_len,
				     DWORD remote_len, LPDWORD received,
				     LPOVERLAPPED overlapped);
typedef VOID (WINAPI *LPFN_GETACCEPTEXSOCKADDRS)(PVOID buf, DWORD data_len,
						 DWORD local_len,
						 DWORD remote_len,
						 struct sockaddr **local,
						 LPINT local_size,
						 struct sockaddr **remote,
						 LPINT remote_size);
typedef BOOL (WINAPI *LPFN_CONNECTEX)(SOCKET s, const struct sockaddr *name,
				      int namelen, PVOID buf, DWORD len,
				      LPDWORD sent, LPOVERLAPPED overlapped);
typedef BOOL (WINAPI *LPFN_DISCONNECTEX)(SOCKET s, LPOVERLAPPED overlapped,
					 DWORD flags, DWORD reserved);
typedef BOOL (WINAPI *LPFN_TRANSMITFILE)(SOCKET s, HANDLE file, DWORD count,
					 DWORD per_send,
					 LPOVERLAPPED overlapped,
					 LPTRANSMIT_FILE_BUFFERS buffers,
					 DWORD flags);
typedef BOOL (WINAPI *LPFN_TRANSMITPACKETS)(SOCKET s,
					    LPTRANSMIT_PACKETS_ELEMENT elements,
					    DWORD count, DWORD per_send,
					    LPOVERLAPPED overlapped,
					    DWORD flags);
typedef INT (WSAAPI *LPFN_WSAPOLL)(LPWSAPOLLFD fds, ULONG count, INT timeout);

typedef INT (WSAAPI *LPFN_WSARECVMSG)(SOCKET s, LPWSAMSG msg, LPDWORD received,
		LPWSAOVERLAPPED overlapped,
		LPWSAOVERLAPPED_COMPLETION_ROUTINE routine);
typedef INT (WSAAPI *LPFN_WSASENDMSG)(SOCKET s, LPWSAMSG msg, DWORD flags,
		LPDWORD sent, LPWSAOVERLAPPED overlapped,
		LPWSAOVERLAPPED_COMPLETION_ROUTINE routine);

/* Windows' layouts. */
WS_SIZE(TRANSMIT_FILE_BUFFERS, 32, 16);
WS_SIZE(TRANSMIT_PACKETS_ELEMENT, 24, 24);

WS_BEGIN_DECLS

BOOL WINAPI AcceptEx(SOCKET lsn, SOCKET s, PVOID buf, DWORD data_len,
		     DWORD local_len, DWORD remote_len, LPDWORD received,
		     LPOVERLAPPED overlapped)
	WS_SYMBOL("winsock_acceptex");
VOID WINAPI GetAcceptExSockaddrs(PVOID buf, DWORD data_len, DWORD local_len,
				 DWORD remote_len, struct sockaddr **local,
				 LPINT local_size, struct sockaddr **remote,
				 LPINT remote_size)
	WS_SYMBOL("winsock_getacceptexsockaddrs");
BOOL WINAPI TransmitFile(SOCKET s, HANDLE file, DWORD count, DWORD per_send,
			 LPOVERLAPPED overlapped,
			 LPTRANSMIT_FILE_BUFFERS buffers, DWORD flags)
	WS_SYMBOL("winsock_transmitfile");
int WSAAPI WSARecvEx(SOCKET s, char *buf, int len, int *flags)
	WS_SYMBOL("winsock_wsarecvex");

WS_END_DECLS

#endif /* _MSWSOCK_ */
