/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The part of <winsock2.h> about name spaces: services, their classes, their
 * providers.
 */
#ifndef _WINSOCK_SERVICES_H
#define _WINSOCK_SERVICES_H

#ifndef _WINSOCK2API_
#error "include <winsock2.h>, which includes this"
#endif

#ifndef _tagBLOB_DEFINED
#define _tagBLOB_DEFINED
#define _BLOB_DEFINED
#define _LPBLOB_DEFINED
typedef struct _BLOB {
	ULONG cbSize;
	BYTE *pBlobData;
} BLOB, *LPBLOB;
#endif

/* Name spaces. */
#define NS_ALL		0
#define NS_SAP		1
#define NS_NDS		2
#define NS_PEER_BROWSE	3
#define NS_SLP		5
#define NS_DHCP		6
#define NS_TCPIP_LOCAL	10
#define NS_TCPIP_HOSTS	11
#define NS_DNS		12
#define NS_NETBT	13
#define NS_WINS		14
#define NS_NLA		15
#define NS_BTH		16
#define NS_NBP		20
#define NS_MS		30
#define NS_STDA		31
#define NS_NTDS		32
#define NS_EMAIL	37
#define NS_PNRPNAME	38
#define NS_PNRPCLOUD	39
#define NS_X500		40
#define NS_NIS		41
#define NS_NISPLUS	42
#define NS_WRQ		50
#define NS_NETDES	60

#define SERVICE_MULTIPLE	0x00000001

#define RES_UNUSED_1		0x00000001
#define RES_FLUSH_CACHE		0x00000002
#ifndef RES_SERVICE
#define RES_SERVICE		0x00000004
#endif

#define SERVICE_TYPE_VALUE_IPXPORTA	"IpxSocket"
#define SERVICE_TYPE_VALUE_IPXPORTW	L"IpxSocket"
#define SERVICE_TYPE_VALUE_SAPIDA	"SapId"
#define SERVICE_TYPE_VALUE_SAPIDW	L"SapId"
#define SERVICE_TYPE_VALUE_TCPPORTA	"TcpPort"
#define SERVICE_TYPE_VALUE_TCPPORTW	L"TcpPort"
#define SERVICE_TYPE_VALUE_UDPPORTA	"UdpPort"
#define SERVICE_TYPE_VALUE_UDPPORTW	L"UdpPort"
#define SERVICE_TYPE_VALUE_OBJECTIDA	"ObjectId"
#define SERVICE_TYPE_VALUE_OBJECTIDW	L"ObjectId"

/* Lookups. */
#define LUP_DEEP			0x00000001
#define LUP_CONTAINERS			0x00000002
#define LUP_NOCONTAINERS		0x00000004
#define LUP_NEAREST			0x00000008
#define LUP_RETURN_NAME			0x00000010
#define LUP_RETURN_TYPE			0x00000020
#define LUP_RETURN_VERSION		0x00000040
#define LUP_RETURN_COMMENT		0x00000080
#define LUP_RETURN_ADDR			0x00000100
#define LUP_RETURN_BLOB			0x00000200
#define LUP_RETURN_ALIASES		0x00000400
#define LUP_RETURN_QUERY_STRING		0x00000800
#define LUP_RETURN_ALL			0x00000ff0
#define LUP_FLUSHCACHE			0x00001000
#define LUP_FLUSHPREVIOUS		0x00002000
#define LUP_NON_AUTHORITATIVE		0x00004000
#define LUP_RES_SERVICE			0x00008000
#define LUP_SECURE			0x00008000
#define LUP_RETURN_PREFERRED_NAMES	0x00010000
#define LUP_DNS_ONLY			0x00020000
#define LUP_ADDRCONFIG			0x00100000
#define LUP_DUAL_ADDR			0x00200000
#define LUP_FILESERVER			0x00400000
#define LUP_DISABLE_IDN_ENCODING	0x00800000
#define LUP_API_ANSI			0x01000000
#define LUP_RESOLUTION_HANDLE		0x80000000

#define RESULT_IS_ALIAS		0x0001
#define RESULT_IS_ADDED		0x0010
#define RESULT_IS_CHANGED	0x0020
#define RESULT_IS_DELETED	0x0040

typedef struct _AFPROTOCOLS {
	INT iAddressFamily;
	INT iProtocol;
} AFPROTOCOLS, *PAFPROTOCOLS, *LPAFPROTOCOLS;

typedef enum _WSAEcomparator {
	COMP_EQUAL = 0,
	COMP_NOTLESS
} WSAECOMPARATOR, *PWSAECOMPARATOR, *LPWSAECOMPARATOR;

typedef struct _WSAVersion {
	DWORD dwVersion;
	WSAECOMPARATOR ecHow;
} WSAVERSION, *PWSAVERSION, *LPWSAVERSION;

#define WS_QUERY_SET(text)						\
	DWORD dwSize;							\
	text lpszServiceInstanceName;					\
	LPGUID lpServiceClassId;					\
	LPWSAVERSION lpVersion;						\
	text lpszComment;						\
	DWORD dwNameSpace;						\
	LPGUID lpNSProviderId;						\
	text lpszContext;						\
	DWORD dwNumberOfProtocols;					\
	LPAFPROTOCOLS lpafpProtocols;					\
	text lpszQueryString;						\
	DWORD dwNumberOfCsAddrs;					\
	LPCSADDR_INFO lpcsaBuffer;					\
	DWORD dwOutputFlags;						\
	LPBLOB lpBlob

typedef struct _WSAQuerySetA {
	WS_QUERY_SET(LPSTR);
} WSAQUERYSETA, *PWSAQUERYSETA, *LPWSAQUERYSETA;

typedef struct _WSAQuerySetW {
	WS_QUERY_SET(LPWSTR);
} WSAQUERYSETW, *PWSAQUERYSETW, *LPWSAQUERYSETW;

#define WS_QUERY_SET2(text)						\
	DWORD dwSize;							\
	text lpszServiceInstanceName;					\
	LPWSAVERSION lpVersion;						\
	text lpszComment;						\
	DWORD dwNameSpace;						\
	LPGUID lpNSProviderId;						\
	text lpszContext;						\
	DWORD dwNumberOfProtocols;					\
	LPAFPROTOCOLS lpafpProtocols;					\
	text lpszQueryString;						\
	DWORD dwNumberOfCsAddrs;					\
	LPCSADDR_INFO lpcsaBuffer;					\
	DWORD dwOutputFlags;						\
	LPBLOB lpBlob

typedef struct _WSAQUERYSET2A {
	WS_QUERY_SET2(LPSTR);
} WSAQUERYSET2A, *PWSAQUERYSET2A, *LPWSAQUERYSET2A;

typedef struct _WSAQUERYSET2W {
	WS_QUERY_SET2(LPWSTR);
} WSAQUERYSET2W, *PWSAQUERYSET2W, *LPWSAQUERYSET2W;

/* Registering, and classes of services. */
typedef enum _WSAESETSERVICEOP {
	RNRSERVICE_REGISTER = 0,
	RNRSERVICE_DEREGISTER,
	RNRSERVICE_DELETE
} WSAESETSERVICEOP, *PWSAESETSERVICEOP, *LPWSAESETSERVICEOP;

#define WS_CLASS_INFO(text)						\
	text lpszName;							\
	DWORD dwNameSpace;						\
	DWORD dwValueType;						\
	DWORD dwValueSize;						\
	LPVOID lpValue

typedef struct _WSANSClassInfoA {
	WS_CLASS_INFO(LPSTR);
} WSANSCLASSINFOA, *PWSANSCLASSINFOA, *LPWSANSCLASSINFOA;

typedef struct _WSANSClassInfoW {
	WS_CLASS_INFO(LPWSTR);
} WSANSCLASSINFOW, *PWSANSCLASSINFOW, *LPWSANSCLASSINFOW;

typedef struct _WSAServiceClassInfoA {
	LPGUID lpServiceClassId;
	LPSTR lpszServiceClassName;
	DWORD dwCount;
	LPWSANSCLASSINFOA lpClassInfos;
} WSASERVICECLASSINFOA, *PWSASERVICECLASSINFOA, *LPWSASERVICECLASSINFOA;

typedef struct _WSAServiceClassInfoW {
	LPGUID lpServiceClassId;
	LPWSTR lpszServiceClassName;
	DWORD dwCount;
	LPWSANSCLASSINFOW lpClassInfos;
} WSASERVICECLASSINFOW, *PWSASERVICECLASSINFOW, *LPWSASERVICECLASSINFOW;

/* Providers of name spaces. */
#define WS_NAMESPACE_INFO(text)						\
	GUID NSProviderId;						\
	DWORD dwNameSpace;						\
	BOOL fActive;							\
	DWORD dwVersion;						\
	text lpszIdentifier

typedef struct _WSANAMESPACE_INFOA {
	WS_NAMESPACE_INFO(LPSTR);
} WSANAMESPACE_INFOA, *PWSANAMESPACE_INFOA, *LPWSANAMESPACE_INFOA;

typedef struct _WSANAMESPACE_INFOW {
	WS_NAMESPACE_INFO(LPWSTR);
} WSANAMESPACE_INFOW, *PWSANAMESPACE_INFOW, *LPWSANAMESPACE_INFOW;

typedef struct _WSANAMESPACE_INFOEXA {
	WS_NAMESPACE_INFO(LPSTR);
	BLOB ProviderSpecific;
} WSANAMESPACE_INFOEXA, *PWSANAMESPACE_INFOEXA, *LPWSANAMESPACE_INFOEXA;

typedef struct _WSANAMESPACE_INFOEXW {
	WS_NAMESPACE_INFO(LPWSTR);
	BLOB ProviderSpecific;
} WSANAMESPACE_INFOEXW, *PWSANAMESPACE_INFOEXW, *LPWSANAMESPACE_INFOEXW;

/* How WSANSPIoctl may tell of a change. */
#define SIO_NSP_NOTIFY_CHANGE	0x88000019U

typedef enum _WSACOMPLETIONTYPE {
	NSP_NOTIFY_IMMEDIATELY = 0,
	NSP_NOTIFY_HWND,
	NSP_NOTIFY_EVENT,
	NSP_NOTIFY_PORT,
	NSP_NOTIFY_APC
} WSACOMPLETIONTYPE, *PWSACOMPLETIONTYPE, *LPWSACOMPLETIONTYPE;

typedef struct _WSACOMPLETION {
	WSACOMPLETIONTYPE Type;
	union {
		struct {
			HWND hWnd;
			UINT uMsg;
			WPARAM context;
		} WindowMessage;
		struct {
			LPWSAOVERLAPPED lpOverlapped;
		} Event;
		struct {
			LPWSAOVERLAPPED lpOverlapped;
			LPWSAOVERLAPPED_COMPLETION_ROUTINE lpfnCompletionProc;
		} Apc;
		struct {
			LPWSAOVERLAPPED lpOverlapped;
			HANDLE hPort;
			ULONG_PTR Key;
		} Port;
	} Parameters;
} WSACOMPLETION, *PWSACOMPLETION, *LPWSACOMPLETION;

/* Windows' layouts. */
WS_SIZE(BLOB, 16, 8);
WS_SIZE(WSAQUERYSETA, 120, 60);
WS_SIZE(WSAQUERYSETW, 120, 60);
WS_SIZE(WSAQUERYSET2W, 112, 56);
WS_SIZE(WSANSCLASSINFOA, 32, 20);
WS_SIZE(WSASERVICECLASSINFOA, 32, 16);
WS_SIZE(WSANAMESPACE_INFOA, 40, 32);
WS_SIZE(WSANAMESPACE_INFOEXA, 56, 40);
WS_SIZE(WSACOMPLETION, 32, 16);

INT WSAAPI WSALookupServiceBeginA(LPWSAQUERYSETA query, DWORD flags,
				  LPHANDLE lookup)
	WS_SYMBOL("winsock_wsalookupservicebegina");
INT WSAAPI WSALookupServiceBeginW(LPWSAQUERYSETW query, DWORD flags,
				  LPHANDLE lookup)
	WS_SYMBOL("winsock_wsalookupservicebeginw");
INT WSAAPI WSALookupServiceNextA(HANDLE lookup, DWORD flags, LPDWORD len,
				 LPWSAQUERYSETA result)
	WS_SYMBOL("winsock_wsalookupservicenexta");
INT WSAAPI WSALookupServiceNextW(HANDLE lookup, DWORD flags, LPDWORD len,
				 LPWSAQUERYSETW result)
	WS_SYMBOL("winsock_wsalookupservicenextw");
INT WSAAPI WSALookupServiceEnd(HANDLE lookup)
	WS_SYMBOL("winsock_wsalookupserviceend");
INT WSAAPI WSANSPIoctl(HANDLE lookup, DWORD code, LPVOID in, DWORD in_len,
		       LPVOID out, DWORD out_len, LPDWORD returned,
		       LPWSACOMPLETION completion)
	WS_SYMBOL("winsock_wsanspioctl");
INT WSAAPI WSASetServiceA(LPWSAQUERYSETA info, WSAESETSERVICEOP operation,
			  DWORD flags)
	WS_SYMBOL("winsock_wsasetservicea");
INT WSAAPI WSASetServiceW(LPWSAQUERYSETW info, WSAESETSERVICEOP operation,
			  DWORD flags)
	WS_SYMBOL("winsock_wsasetservicew");

INT WSAAPI WSAInstallServiceClassA(LPWSASERVICECLASSINFOA info)
	WS_SYMBOL("winsock_wsainstallserviceclassa");
INT WSAAPI WSAInstallServiceClassW(LPWSASERVICECLASSINFOW info)
	WS_SYMBOL("winsock_wsainstallserviceclassw");
INT WSAAPI WSARemoveServiceClass(LPGUID id)
	WS_SYMBOL("winsock_wsaremoveserviceclass");
INT WSAAPI WSAGetServiceClassInfoA(LPGUID provider, LPGUID id, LPDWORD len,
				   LPWSASERVICECLASSINFOA info)
	WS_SYMBOL("winsock_wsagetserviceclassinfoa");
INT WSAAPI WSAGetServiceClassInfoW(LPGUID provider, LPGUID id, LPDWORD len,
				   LPWSASERVICECLASSINFOW info)
	WS_SYMBOL("winsock_wsagetserviceclassinfow");
INT WSAAPI WSAGetServiceClassNameByClassIdA(LPGUID id, LPSTR name,
					    LPDWORD len)
	WS_SYMBOL("winsock_wsagetserviceclassnamebyclassida");
INT WSAAPI WSAGetServiceClassNameByClassIdW(LPGUID id, LPWSTR name,
					    LPDWORD len)
	WS_SYMBOL("winsock_wsagetserviceclassnamebyclassidw");

INT WSAAPI WSAEnumNameSpaceProvidersA(LPDWORD len, LPWSANAMESPACE_INFOA infos)
	WS_SYMBOL("winsock_wsaenumnamespaceprovidersa");
INT WSAAPI WSAEnumNameSpaceProvidersW(LPDWORD len, LPWSANAMESPACE_INFOW infos)
	WS_SYMBOL("winsock_wsaenumnamespaceprovidersw");
INT WSAAPI WSAEnumNameSpaceProvidersExA(LPDWORD len,
					LPWSANAMESPACE_INFOEXA infos)
	WS_SYMBOL("winsock_wsaenumnamespaceprovidersexa");
INT WSAAPI WSAEnumNameSpaceProvidersExW(LPDWORD len,
					LPWSANAMESPACE_INFOEXW infos)
	WS_SYMBOL("winsock_wsaenumnamespaceprovidersexw");
INT WSAAPI WSAProviderConfigChange(LPHANDLE handle, LPWSAOVERLAPPED overlapped,
				   LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
	WS_SYMBOL("winsock_wsaproviderconfigchange");

#ifdef UNICODE
typedef WSAQUERYSETW WSAQUERYSET, *PWSAQUERYSET, *LPWSAQUERYSET;
typedef WSAQUERYSET2W WSAQUERYSET2, *PWSAQUERYSET2, *LPWSAQUERYSET2;
typedef WSANSCLASSINFOW WSANSCLASSINFO, *PWSANSCLASSINFO, *LPWSANSCLASSINFO;
typedef WSASERVICECLASSINFOW WSASERVICECLASSINFO, *PWSASERVICECLASSINFO,
	*LPWSASERVICECLASSINFO;
typedef WSANAMESPACE_INFOW WSANAMESPACE_INFO, *PWSANAMESPACE_INFO,
	*LPWSANAMESPACE_INFO;
typedef WSANAMESPACE_INFOEXW WSANAMESPACE_INFOEX, *PWSANAMESPACE_INFOEX,
	*LPWSANAMESPACE_INFOEX;
#define SERVICE_TYPE_VALUE_SAPID	SERVICE_TYPE_VALUE_SAPIDW
#define SERVICE_TYPE_VALUE_TCPPORT	SERVICE_TYPE_VALUE_TCPPORTW
#define SERVICE_TYPE_VALUE_UDPPORT	SERVICE_TYPE_VALUE_UDPPORTW
#define SERVICE_TYPE_VALUE_OBJECTID	SERVICE_TYPE_VALUE_OBJECTIDW
#define WSALookupServiceBegin		WSALookupServiceBeginW
#define WSALookupServiceNext		WSALookupServiceNextW
#define WSASetService			WSASetServiceW
#define WSAInstallServiceClass		WSAInstallServiceClassW
#define WSAGetServiceClassInfo		WSAGetServiceClassInfoW
#define WSAGetServiceClassNameByClassId	WSAGetServiceClassNameByClassIdW
#define WSAEnumNameSpaceProviders	WSAEnumNameSpaceProvidersW
#define WSAEnumNameSpaceProvidersEx	WSAEnumNameSpaceProvidersExW
#else
typedef WSAQUERYSETA WSAQUERYSET, *PWSAQUERYSET, *LPWSAQUERYSET;
typedef WSAQUERYSET2A WSAQUERYSET2, *PWSAQUERYSET2, *LPWSAQUERYSET2;
typedef WSANSCLASSINFOA WSANSCLASSINFO, *PWSANSCLASSINFO, *LPWSANSCLASSINFO;
typedef WSASERVICECLASSINFOA WSASERVICECLASSINFO, *PWSASERVICECLASSINFO,
	*LPWSASERVICECLASSINFO;
typedef WSANAMESPACE_INFOA WSANAMESPACE_INFO, *PWSANAMESPACE_INFO,
	*LPWSANAMESPACE_INFO;
typedef WSANAMESPACE_INFOEXA WSANAMESPACE_INFOEX, *PWSANAMESPACE_INFOEX,
	*LPWSANAMESPACE_INFOEX;
#define SERVICE_TYPE_VALUE_SAPID	SERVICE_TYPE_VALUE_SAPIDA
#define SERVICE_TYPE_VALUE_TCPPORT	SERVICE_TYPE_VALUE_TCPPORTA
#define SERVICE_TYPE_VALUE_UDPPORT	SERVICE_TYPE_VALUE_UDPPORTA
#define SERVICE_TYPE_VALUE_OBJECTID	SERVICE_TYPE_VALUE_OBJECTIDA
#define WSALookupServiceBegin		WSALookupServiceBeginA
#define WSALookupServiceNext		WSALookupServiceNextA
#define WSASetService			WSASetServiceA
#define WSAInstallServiceClass		WSAInstallServiceClassA
#define WSAGetServiceClassInfo		WSAGetServiceClassInfoA
#define WSAGetServiceClassNameByClassId	WSAGetServiceClassNameByClassIdA
#define WSAEnumNameSpaceProviders	WSAEnumNameSpaceProvidersA
#define WSAEnumNameSpaceProvidersEx	WSAEnumNameSpaceProvidersExA
#endif

#endif /* _WINSOCK_SERVICES_H */
