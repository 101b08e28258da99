/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Services as Winsock 1.1 looked them up, before WSALookupServiceBegin.
 */
#ifndef _NSPAPI_INCLUDED
#define _NSPAPI_INCLUDED

#include <winsock2.h>

#define NS_DEFAULT	0
#define NS_VNS		50

/* GetService, SetService. */
#define SERVICE_RESOURCE	0x00000001
#define SERVICE_SERVICE		0x00000002
#define SERVICE_LOCAL		0x00000004

#define SERVICE_REGISTER	0x00000001
#define SERVICE_DEREGISTER	0x00000002
#define SERVICE_FLUSH		0x00000003
#define SERVICE_ADD_TYPE	0x00000004
#define SERVICE_DELETE_TYPE	0x00000005

#define SERVICE_FLAG_DEFER	0x00000001
#define SERVICE_FLAG_HARD	0x00000002

#define SET_SERVICE_PARTIAL_SUCCESS	0x00000001

#define PROP_COMMENT		0x00000001
#define PROP_LOCALE		0x00000002
#define PROP_DISPLAY_HINT	0x00000004
#define PROP_VERSION		0x00000008
#define PROP_START_TIME		0x00000010
#define PROP_MACHINE		0x00000020
#define PROP_ADDRESSES		0x00000100
#define PROP_SD			0x00000200
#define PROP_ALL		0x80000000

#define SERVICE_ADDRESS_FLAG_RPC_CN	0x00000001
#define SERVICE_ADDRESS_FLAG_RPC_DG	0x00000002
#define SERVICE_ADDRESS_FLAG_RPC_NB	0x00000004

/* GetAddressByName. */
#define RES_SOFT_SEARCH		0x00000001
#define RES_FIND_MULTIPLE	0x00000002

/* EnumProtocols. */
#define XP_CONNECTIONLESS	0x00000001
#define XP_GUARANTEED_DELIVERY	0x00000002
#define XP_GUARANTEED_ORDER	0x00000004
#define XP_MESSAGE_ORIENTED	0x00000008
#define XP_PSEUDO_STREAM	0x00000010
#define XP_GRACEFUL_CLOSE	0x00000020
#define XP_EXPEDITED_DATA	0x00000040
#define XP_CONNECT_DATA		0x00000080
#define XP_DISCONNECT_DATA	0x00000100
#define XP_SUPPORTS_BROADCAST	0x00000200
#define XP_SUPPORTS_MULTICAST	0x00000400
#define XP_BANDWIDTH_ALLOCATION	0x00000800
#define XP_FRAGMENTATION	0x00001000
#define XP_ENCRYPTS		0x00002000

#define WS_OLD_PROTOCOL_INFO(text)					\
	DWORD dwServiceFlags;						\
	INT iAddressFamily;						\
	INT iMaxSockAddr;						\
	INT iMinSockAddr;						\
	INT iSocketType;						\
	INT iProtocol;							\
	DWORD dwMessageSize;						\
	text lpProtocol

typedef struct _PROTOCOL_INFOA {
	WS_OLD_PROTOCOL_INFO(LPSTR);
} PROTOCOL_INFOA, *PPROTOCOL_INFOA, *LPPROTOCOL_INFOA;

typedef struct _PROTOCOL_INFOW {
	WS_OLD_PROTOCOL_INFO(LPWSTR);
} PROTOCOL_INFOW, *PPROTOCOL_INFOW, *LPPROTOCOL_INFOW;

typedef struct _SERVICE_ADDRESS {
	DWORD dwAddressType;
	DWORD dwAddressFlags;
	DWORD dwAddressLength;
	DWORD dwPrincipalLength;
	BYTE *lpAddress;
	BYTE *lpPrincipal;
} SERVICE_ADDRESS, *PSERVICE_ADDRESS, *LPSERVICE_ADDRESS;

typedef struct _SERVICE_ADDRESSES {
	DWORD dwAddressCount;
	SERVICE_ADDRESS Addresses[1];
} SERVICE_ADDRESSES, *PSERVICE_ADDRESSES, *LPSERVICE_ADDRESSES;

#define WS_SERVICE_INFO(text)						\
	LPGUID lpServiceType;						\
	text lpServiceName;						\
	text lpComment;							\
	text lpLocale;							\
	DWORD dwDisplayHint;						\
	DWORD dwVersion;						\
	DWORD dwTime;							\
	text lpMachineName;						\
	LPSERVICE_ADDRESSES lpServiceAddress;				\
	BLOB ServiceSpecificInfo

typedef struct _SERVICE_INFOA {
	WS_SERVICE_INFO(LPSTR);
} SERVICE_INFOA, *PSERVICE_INFOA, *LPSERVICE_INFOA;

typedef struct _SERVICE_INFOW {
	WS_SERVICE_INFO(LPWSTR);
} SERVICE_INFOW, *PSERVICE_INFOW, *LPSERVICE_INFOW;

typedef struct _NS_SERVICE_INFOA {
	DWORD dwNameSpace;
	SERVICE_INFOA ServiceInfo;
} NS_SERVICE_INFOA, *PNS_SERVICE_INFOA, *LPNS_SERVICE_INFOA;

typedef struct _NS_SERVICE_INFOW {
	DWORD dwNameSpace;
	SERVICE_INFOW ServiceInfo;
} NS_SERVICE_INFOW, *PNS_SERVICE_INFOW, *LPNS_SERVICE_INFOW;

typedef void (*LPSERVICE_CALLBACK_PROC)(LPARAM lparam, HANDLE task);

typedef struct _SERVICE_ASYNC_INFO {
	LPSERVICE_CALLBACK_PROC lpServiceCallbackProc;
	LPARAM lParam;
	HANDLE hAsyncTaskHandle;
} SERVICE_ASYNC_INFO, *PSERVICE_ASYNC_INFO, *LPSERVICE_ASYNC_INFO;

/* Windows' layouts. */
WS_SIZE(PROTOCOL_INFOA, 40, 32);
WS_SIZE(PROTOCOL_INFOW, 40, 32);
WS_SIZE(SERVICE_ADDRESSES, 40, 28);
WS_SIZE(SERVICE_INFOA, 80, 44);
WS_SIZE(NS_SERVICE_INFOW, 88, 48);
WS_SIZE(SERVICE_ASYNC_INFO, 24, 12);

WS_BEGIN_DECLS

INT WINAPI EnumProtocolsA(LPINT protocols, LPVOID infos, LPDWORD len)
	WS_SYMBOL("winsock_enumprotocolsa");
INT WINAPI EnumProtocolsW(LPINT protocols, LPVOID infos, LPDWORD len)
	WS_SYMBOL("winsock_enumprotocolsw");
INT WINAPI GetAddressByNameA(DWORD space, LPGUID type, LPSTR name,
			     LPINT protocols, DWORD resolution,
			     LPSERVICE_ASYNC_INFO async, LPVOID addrs,
			     LPDWORD len, LPSTR aliases, LPDWORD aliases_len)
	WS_SYMBOL("winsock_getaddressbynamea");
INT WINAPI GetAddressByNameW(DWORD space, LPGUID type, LPWSTR name,
			     LPINT protocols, DWORD resolution,
			     LPSERVICE_ASYNC_INFO async, LPVOID addrs,
			     LPDWORD len, LPWSTR aliases, LPDWORD aliases_len)
	WS_SYMBOL("winsock_getaddressbynamew");
INT WINAPI GetTypeByNameA(LPSTR name, LPGUID type)
	WS_SYMBOL("winsock_gettypebynamea");
INT WINAPI GetTypeByNameW(LPWSTR name, LPGUID type)
	WS_SYMBOL("winsock_gettypebynamew");
INT WINAPI GetNameByTypeA(LPGUID type, LPSTR name, DWORD len)
	WS_SYMBOL("winsock_getnamebytypea");
INT WINAPI GetNameByTypeW(LPGUID type, LPWSTR name, DWORD len)
	WS_SYMBOL("winsock_getnamebytypew");
INT WINAPI SetServiceA(DWORD space, DWORD operation, DWORD flags,
		       LPSERVICE_INFOA info, LPSERVICE_ASYNC_INFO async,
		       LPDWORD status)
	WS_SYMBOL("winsock_setservicea");
INT WINAPI SetServiceW(DWORD space, DWORD operation, DWORD flags,
		       LPSERVICE_INFOW info, LPSERVICE_ASYNC_INFO async,
		       LPDWORD status)
	WS_SYMBOL("winsock_setservicew");
INT WINAPI GetServiceA(DWORD space, LPGUID type, LPSTR name, DWORD properties,
		       LPVOID buf, LPDWORD len, LPSERVICE_ASYNC_INFO async)
	WS_SYMBOL("winsock_getservicea");
INT WINAPI GetServiceW(DWORD space, LPGUID type, LPWSTR name, DWORD properties,
		       LPVOID buf, LPDWORD len, LPSERVICE_ASYNC_INFO async)
	WS_SYMBOL("winsock_getservicew");

WS_END_DECLS

#ifdef UNICODE
typedef PROTOCOL_INFOW PROTOCOL_INFO, *PPROTOCOL_INFO, *LPPROTOCOL_INFO;
typedef SERVICE_INFOW SERVICE_INFO, *PSERVICE_INFO, *LPSERVICE_INFO;
typedef NS_SERVICE_INFOW NS_SERVICE_INFO, *PNS_SERVICE_INFO,
	*LPNS_SERVICE_INFO;
#define EnumProtocols		EnumProtocolsW
#define GetAddressByName	GetAddressByNameW
#define GetTypeByName		GetTypeByNameW
#define GetNameByType		GetNameByTypeW
#define SetService		SetServiceW
#define GetService		GetServiceW
#else
typedef PROTOCOL_INFOA PROTOCOL_INFO, *PPROTOCOL_INFO, *LPPROTOCOL_INFO;
typedef SERVICE_INFOA SERVICE_INFO, *PSERVICE_INFO, *LPSERVICE_INFO;
typedef NS_SERVICE_INFOA NS_SERVICE_INFO, *PNS_SERVICE_INFO,
	*LPNS_SERVICE_INFO;
#define EnumProtocols		EnumProtocolsA
#define GetAddressByName	GetAddressByNameA
#define GetTypeByName		GetTypeByNameA
#define GetNameByType		GetNameByTypeA
#define SetService		SetServiceA
#define GetService		GetServiceA
#endif

#endif /* _NSPAPI_INCLUDED */
