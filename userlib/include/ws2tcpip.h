/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * TCP/IP beyond <winsock2.h>: names, addresses as text, multicast filters.
 */
#ifndef _WS2TCPIP_H_
#define _WS2TCPIP_H_

#include <winsock2.h>
#include <ws2ipdef.h>

/* Windows' is signed; <unistd.h> and others shall leave the name alone. */
typedef int winsock_socklen_t;
#ifndef __socklen_t_defined
#define __socklen_t_defined
#endif
#define socklen_t	winsock_socklen_t

/* Options at level IPPROTO_UDP that have always been here. */
#define UDP_NOCHECKSUM		1
#define UDP_CHECKSUM_COVERAGE	20

/* What lookups give and take. */
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

typedef struct addrinfoW {
	int ai_flags;
	int ai_family;
	int ai_socktype;
	int ai_protocol;
	size_t ai_addrlen;
	PWSTR ai_canonname;
	struct sockaddr *ai_addr;
	struct addrinfoW *ai_next;
} ADDRINFOW, *PADDRINFOW;

typedef struct addrinfoexA {
	int ai_flags;
	int ai_family;
	int ai_socktype;
	int ai_protocol;
	size_t ai_addrlen;
	char *ai_canonname;
	struct sockaddr *ai_addr;
	void *ai_blob;
	size_t ai_bloblen;
	LPGUID ai_provider;
	struct addrinfoexA *ai_next;
} ADDRINFOEXA, *PADDRINFOEXA, *LPADDRINFOEXA;

typedef struct addrinfoexW {
	int ai_flags;
	int ai_family;
	int ai_socktype;
	int ai_protocol;
	size_t ai_addrlen;
	PWSTR ai_canonname;
	struct sockaddr *ai_addr;
	void *ai_blob;
	size_t ai_bloblen;
	LPGUID ai_provider;
	struct addrinfoexW *ai_next;
} ADDRINFOEXW, *PADDRINFOEXW, *LPADDRINFOEXW;

typedef void (CALLBACK *LPLOOKUPSERVICE_COMPLETION_ROUTINE)(DWORD error,
		DWORD bytes, LPWSAOVERLAPPED overlapped);

/* Hints of lookups. */
#define AI_PASSIVE			0x00000001
#define AI_CANONNAME			0x00000002
#define AI_NUMERICHOST			0x00000004
#define AI_NUMERICSERV			0x00000008
#define AI_DNS_ONLY			0x00000010
#define AI_FORCE_CLEAR_TEXT		0x00000020
#define AI_BYPASS_DNS_CACHE		0x00000040
#define AI_RETURN_TTL			0x00000080
#define AI_ALL				0x00000100
#define AI_ADDRCONFIG			0x00000400
#define AI_V4MAPPED			0x00000800
#define AI_NON_AUTHORITATIVE		0x00004000
#define AI_SECURE			0x00008000
#define AI_RETURN_PREFERRED_NAMES	0x00010000
#define AI_FQDN				0x00020000
#define AI_FILESERVER			0x00040000
#define AI_DISABLE_IDN_ENCODING		0x00080000
#define AI_SECURE_WITH_FALLBACK		0x00100000
#define AI_EXCLUSIVE_CUSTOM_SERVERS	0x00200000
#define AI_RETURN_RESPONSE_FLAGS	0x10000000
#define AI_REQUIRE_SECURE		0x20000000
#define AI_RESOLUTION_HANDLE		0x40000000
#define AI_EXTENDED			0x80000000

#define NI_NOFQDN	0x01
#define NI_NUMERICHOST	0x02
#define NI_NAMEREQD	0x04
#define NI_NUMERICSERV	0x08
#define NI_DGRAM	0x10
#define NI_MAXHOST	1025
#define NI_MAXSERV	32

#define EAI_AGAIN	WSATRY_AGAIN
#define EAI_BADFLAGS	WSAEINVAL
#define EAI_FAIL	WSANO_RECOVERY
#define EAI_FAMILY	WSAEAFNOSUPPORT
#define EAI_IPSECPOLICY	WSA_IPSEC_NAME_POLICY_ERROR
#define EAI_NOSECURENAME	WSA_SECURE_HOST_NOT_FOUND
#define EAI_MEMORY	WSA_NOT_ENOUGH_MEMORY
#define EAI_NODATA	WSANO_DATA
#define EAI_NONAME	WSAHOST_NOT_FOUND
#define EAI_SERVICE	WSATYPE_NOT_FOUND
#define EAI_SOCKTYPE	WSAESOCKTNOSUPPORT

#define INET_ADDRSTRLEN		22
#define INET6_ADDRSTRLEN	65

#define GAI_STRERROR_BUFFER_SIZE	1024

/* Where both families have the port. */
#define SS_PORT(ssp)	(((SOCKADDR_IN *)(ssp))->sin_port)

WS_SIZE(ADDRINFOA, 48, 32);
WS_SIZE(ADDRINFOW, 48, 32);
WS_SIZE(ADDRINFOEXA, 72, 44);
WS_SIZE(ADDRINFOEXW, 72, 44);
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

INT WSAAPI getaddrinfo(PCSTR name, PCSTR service, const ADDRINFOA *hints,
		       PADDRINFOA *result)
	WS_SYMBOL("winsock_getaddrinfo");
INT WSAAPI GetAddrInfoW(PCWSTR name, PCWSTR service, const ADDRINFOW *hints,
			PADDRINFOW *result)
	WS_SYMBOL("winsock_getaddrinfow");
INT WSAAPI GetAddrInfoExA(PCSTR name, PCSTR service, DWORD space,
			  LPGUID provider, const ADDRINFOEXA *hints,
			  PADDRINFOEXA *result, struct timeval *timeout,
			  LPOVERLAPPED overlapped,
			  LPLOOKUPSERVICE_COMPLETION_ROUTINE routine,
			  LPHANDLE handle)
	WS_SYMBOL("winsock_getaddrinfoexa");
INT WSAAPI GetAddrInfoExW(PCWSTR name, PCWSTR service, DWORD space,
			  LPGUID provider, const ADDRINFOEXW *hints,
			  PADDRINFOEXW *result, struct timeval *timeout,
			  LPOVERLAPPED overlapped,
			  LPLOOKUPSERVICE_COMPLETION_ROUTINE routine,
			  LPHANDLE handle)
	WS_SYMBOL("winsock_getaddrinfoexw");
INT WSAAPI GetAddrInfoExCancel(LPHANDLE handle)
	WS_SYMBOL("winsock_getaddrinfoexcancel");
INT WSAAPI GetAddrInfoExOverlappedResult(LPOVERLAPPED overlapped)
	WS_SYMBOL("winsock_getaddrinfoexoverlappedresult");
INT WSAAPI SetAddrInfoExA(PCSTR name, PCSTR service, SOCKET_ADDRESS *addrs,
			  DWORD count, LPBLOB blob, DWORD flags, DWORD space,
			  LPGUID provider, struct timeval *timeout,
			  LPOVERLAPPED overlapped,
			  LPLOOKUPSERVICE_COMPLETION_ROUTINE routine,
			  LPHANDLE handle)
	WS_SYMBOL("winsock_setaddrinfoexa");
INT WSAAPI SetAddrInfoExW(PCWSTR name, PCWSTR service, SOCKET_ADDRESS *addrs,
			  DWORD count, LPBLOB blob, DWORD flags, DWORD space,
			  LPGUID provider, struct timeval *timeout,
			  LPOVERLAPPED overlapped,
			  LPLOOKUPSERVICE_COMPLETION_ROUTINE routine,
			  LPHANDLE handle)
	WS_SYMBOL("winsock_setaddrinfoexw");
void WSAAPI freeaddrinfo(PADDRINFOA list) WS_SYMBOL("winsock_freeaddrinfo");
void WSAAPI FreeAddrInfoW(PADDRINFOW list) WS_SYMBOL("winsock_freeaddrinfow");
void WSAAPI FreeAddrInfoEx(PADDRINFOEXA list)
	WS_SYMBOL("winsock_freeaddrinfoex");
void WSAAPI FreeAddrInfoExW(PADDRINFOEXW list)
	WS_SYMBOL("winsock_freeaddrinfoexw");
INT WSAAPI getnameinfo(const SOCKADDR *addr, socklen_t addrlen, PCHAR host,
		       DWORD hostlen, PCHAR service, DWORD servicelen,
		       INT flags)
	WS_SYMBOL("winsock_getnameinfo");
INT WSAAPI GetNameInfoW(const SOCKADDR *addr, socklen_t addrlen, PWCHAR host,
			DWORD hostlen, PWCHAR service, DWORD servicelen,
			INT flags)
	WS_SYMBOL("winsock_getnameinfow");
char *WSAAPI gai_strerrorA(int code) WS_SYMBOL("winsock_gai_strerrora");
WCHAR *WSAAPI gai_strerrorW(int code) WS_SYMBOL("winsock_gai_strerrorw");

#define InetPtonA	inet_pton
#define InetNtopA	inet_ntop
#define GetAddrInfoA	getaddrinfo
#define FreeAddrInfoA	freeaddrinfo
#define FreeAddrInfoExA	FreeAddrInfoEx
#define GetNameInfoA	getnameinfo
#ifdef UNICODE
typedef ADDRINFOW ADDRINFOT, *PADDRINFOT;
typedef ADDRINFOEXW ADDRINFOEX, *PADDRINFOEX;
#define InetPton	InetPtonW
#define InetNtop	InetNtopW
#define GetAddrInfo	GetAddrInfoW
#define FreeAddrInfo	FreeAddrInfoW
#define GetAddrInfoEx	GetAddrInfoExW
#define SetAddrInfoEx	SetAddrInfoExW
#define FreeAddrInfoEx	FreeAddrInfoExW
#define GetNameInfo	GetNameInfoW
#define gai_strerror	gai_strerrorW
#else
typedef ADDRINFOA ADDRINFOT, *PADDRINFOT;
typedef ADDRINFOEXA ADDRINFOEX, *PADDRINFOEX;
#define InetPton	InetPtonA
#define InetNtop	InetNtopA
#define GetAddrInfo	GetAddrInfoA
#define FreeAddrInfo	FreeAddrInfoA
#define GetAddrInfoEx	GetAddrInfoExA
#define SetAddrInfoEx	SetAddrInfoExA
#define GetNameInfo	GetNameInfoA
#define gai_strerror	gai_strerrorA
#endif
typedef ADDRINFOA ADDRINFO, *LPADDRINFO;

/* See <winsock/pointers.h>. */
#if INCL_WINSOCK_API_TYPEDEFS
WS_POINTER(FREEADDRINFO, freeaddrinfo);
WS_POINTER(FREEADDRINFOEX, FreeAddrInfoEx);
WS_POINTER(FREEADDRINFOEXW, FreeAddrInfoExW);
WS_POINTER(FREEADDRINFOW, FreeAddrInfoW);
WS_POINTER(GETADDRINFO, getaddrinfo);
WS_POINTER(GETADDRINFOEXA, GetAddrInfoExA);
WS_POINTER(GETADDRINFOEXW, GetAddrInfoExW);
WS_POINTER(GETADDRINFOW, GetAddrInfoW);
WS_POINTER(GETNAMEINFO, getnameinfo);
WS_POINTER(GETNAMEINFOW, GetNameInfoW);
WS_POINTER(SETADDRINFOEXA, SetAddrInfoExA);
WS_POINTER(SETADDRINFOEXW, SetAddrInfoExW);
WS_POINTER(FREEADDRINFOA, FreeAddrInfoA);
WS_POINTER(FREEADDRINFOT, FreeAddrInfo);
WS_POINTER(FREEADDRINFOEXA, FreeAddrInfoExA);
WS_POINTER(GETADDRINFOA, GetAddrInfoA);
WS_POINTER(GETADDRINFOT, GetAddrInfo);
WS_POINTER(GETADDRINFOEX, GetAddrInfoEx);
WS_POINTER(GETNAMEINFOA, GetNameInfoA);
WS_POINTER(GETNAMEINFOT, GetNameInfo);
WS_POINTER(SETADDRINFOEX, SetAddrInfoEx);
#endif

WS_END_DECLS

#include <winsock/options.h>
#include <winsock/sourcefilter.h>

#endif /* _WS2TCPIP_H_ */
