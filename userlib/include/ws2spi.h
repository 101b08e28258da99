/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The catalogues of providers.  There is one provider of sockets and one of
 * names, both built in: nothing loads another, so what a provider would need
 * beyond these calls is not declared.
 */
#ifndef _WINSOCK2SPI_
#define _WINSOCK2SPI_

#include <winsock2.h>

#define WSPAPI			WSAAPI
#define WSPDESCRIPTION_LEN	255

typedef struct WSPData {
	WORD wVersion;
	WORD wHighVersion;
	WCHAR szDescription[WSPDESCRIPTION_LEN + 1];
} WSPDATA, *LPWSPDATA;

/* Calls that a provider of sockets gets, those that it gives. */
typedef struct _WSPUPCALLTABLE {
	FARPROC lpWPUCall[15];
} WSPUPCALLTABLE, *LPWSPUPCALLTABLE;

typedef struct _WSPPROC_TABLE {
	FARPROC lpWSPCall[30];
} WSPPROC_TABLE, *LPWSPPROC_TABLE;

/* And those that a provider of names gives. */
typedef struct _NSP_ROUTINE {
	DWORD cbSize;
	DWORD dwMajorVersion;
	DWORD dwMinorVersion;
	FARPROC NSPCall[9];
} NSP_ROUTINE, *LPNSP_ROUTINE;

typedef struct _NSPV2_ROUTINE {
	DWORD cbSize;
	DWORD dwMajorVersion;
	DWORD dwMinorVersion;
	FARPROC NSPv2Call[7];
} NSPV2_ROUTINE, *PNSPV2_ROUTINE, *LPNSPV2_ROUTINE;
typedef const NSPV2_ROUTINE *LPCNSPV2_ROUTINE, *PCNSPV2_ROUTINE;

/* What a provider does to the data of those above it. */
#define LSP_SYSTEM		0x80000000
#define LSP_INSPECTOR		0x00000001
#define LSP_REDIRECTOR		0x00000002
#define LSP_PROXY		0x00000004
#define LSP_FIREWALL		0x00000008
#define LSP_INBOUND_MODIFY	0x00000010
#define LSP_OUTBOUND_MODIFY	0x00000020
#define LSP_CRYPTO_COMPRESS	0x00000040
#define LSP_LOCAL_CACHE		0x00000080

typedef enum _WSC_PROVIDER_INFO_TYPE {
	ProviderInfoLspCategories,
	ProviderInfoAudit
} WSC_PROVIDER_INFO_TYPE;

typedef struct _WSC_PROVIDER_AUDIT_INFO {
	DWORD RecordSize;
	PVOID Reserved;
} WSC_PROVIDER_AUDIT_INFO, *PWSC_PROVIDER_AUDIT_INFO;

/* Windows' layouts. */
WS_STATIC_ASSERT(offsetof(WSPDATA, szDescription) == 4);
WS_SIZE(WSPUPCALLTABLE, 120, 60);
WS_SIZE(WSPPROC_TABLE, 240, 120);
WS_SIZE(NSP_ROUTINE, 88, 48);
WS_SIZE(NSPV2_ROUTINE, 72, 40);

WS_BEGIN_DECLS

/* Providers of sockets. */
int WSAAPI WSPStartup(WORD version, LPWSPDATA data, LPWSAPROTOCOL_INFOW info,
		      WSPUPCALLTABLE upcalls, LPWSPPROC_TABLE procs)
	WS_SYMBOL("winsock_wspstartup");
int WSAAPI WSCEnumProtocols(LPINT protocols, LPWSAPROTOCOL_INFOW infos,
			    LPDWORD len, LPINT error)
	WS_SYMBOL("winsock_wscenumprotocols");
int WSAAPI WSCEnumProtocols32(LPINT protocols, LPWSAPROTOCOL_INFOW infos,
			      LPDWORD len, LPINT error)
	WS_SYMBOL("winsock_wscenumprotocols32");
int WSAAPI WSCInstallProvider(LPGUID id, const WCHAR *path,
			      const LPWSAPROTOCOL_INFOW infos, DWORD count,
			      LPINT error)
	WS_SYMBOL("winsock_wscinstallprovider");
int WSAAPI WSCInstallProvider64_32(LPGUID id, const WCHAR *path,
				   const LPWSAPROTOCOL_INFOW infos,
				   DWORD count, LPINT error)
	WS_SYMBOL("winsock_wscinstallprovider64_32");
int WSAAPI WSCInstallProviderAndChains(const LPGUID id, const LPWSTR path,
				       const LPWSTR name, DWORD flags,
				       const LPWSAPROTOCOL_INFO infos,
				       DWORD count, LPDWORD entry,
				       LPINT error)
	WS_SYMBOL("winsock_wscinstallproviderandchains");
int WSAAPI WSCInstallProviderAndChains64_32(const LPGUID id, const LPWSTR path,
					    const LPWSTR path32,
					    const LPWSTR name, DWORD flags,
					    const LPWSAPROTOCOL_INFO infos,
					    DWORD count, LPDWORD entry,
					    LPINT error)
	WS_SYMBOL("winsock_wscinstallproviderandchains64_32");
int WSAAPI WSCUpdateProvider(LPGUID id, const WCHAR *path,
			     const LPWSAPROTOCOL_INFOW infos, DWORD count,
			     LPINT error)
	WS_SYMBOL("winsock_wscupdateprovider");
int WSAAPI WSCUpdateProvider32(LPGUID id, const WCHAR *path,
			       const LPWSAPROTOCOL_INFOW infos, DWORD count,
			       LPINT error)
	WS_SYMBOL("winsock_wscupdateprovider32");
int WSAAPI WSCDeinstallProvider(LPGUID id, LPINT error)
	WS_SYMBOL("winsock_wscdeinstallprovider");
int WSAAPI WSCDeinstallProvider32(LPGUID id, LPINT error)
	WS_SYMBOL("winsock_wscdeinstallprovider32");
int WSAAPI WSCGetProviderPath(LPGUID id, WCHAR *path, LPINT len, LPINT error)
	WS_SYMBOL("winsock_wscgetproviderpath");
int WSAAPI WSCGetProviderPath32(LPGUID id, WCHAR *path, LPINT len,
				LPINT error)
	WS_SYMBOL("winsock_wscgetproviderpath32");
int WSAAPI WSCGetProviderInfo(LPGUID id, WSC_PROVIDER_INFO_TYPE type,
			      PBYTE info, size_t *len, DWORD flags,
			      LPINT error)
	WS_SYMBOL("winsock_wscgetproviderinfo");
int WSAAPI WSCGetProviderInfo32(LPGUID id, WSC_PROVIDER_INFO_TYPE type,
				PBYTE info, size_t *len, DWORD flags,
				LPINT error)
	WS_SYMBOL("winsock_wscgetproviderinfo32");
int WSAAPI WSCSetProviderInfo(LPGUID id, WSC_PROVIDER_INFO_TYPE type,
			      PBYTE info, size_t len, DWORD flags,
			      LPINT error)
	WS_SYMBOL("winsock_wscsetproviderinfo");
int WSAAPI WSCSetProviderInfo32(LPGUID id, WSC_PROVIDER_INFO_TYPE type,
				PBYTE info, size_t len, DWORD flags,
				LPINT error)
	WS_SYMBOL("winsock_wscsetproviderinfo32");
int WSAAPI WSCGetApplicationCategory(LPCWSTR path, DWORD path_len,
				     LPCWSTR extra, DWORD extra_len,
				     DWORD *categories, LPINT error)
	WS_SYMBOL("winsock_wscgetapplicationcategory");
int WSAAPI WSCSetApplicationCategory(LPCWSTR path, DWORD path_len,
				     LPCWSTR extra, DWORD extra_len,
				     DWORD categories, DWORD *previous,
				     LPINT error)
	WS_SYMBOL("winsock_wscsetapplicationcategory");
int WSAAPI WPUCompleteOverlappedRequest(SOCKET s, LPWSAOVERLAPPED overlapped,
					DWORD code, DWORD transferred,
					LPINT error)
	WS_SYMBOL("winsock_wpucompleteoverlappedrequest");

/* Providers of names. */
#define WSCEnumNameSpaceProviders	WSAEnumNameSpaceProvidersW
#define WSCEnumNameSpaceProvidersEx	WSAEnumNameSpaceProvidersExW

INT WSAAPI NSPStartup(LPGUID id, LPNSP_ROUTINE routines)
	WS_SYMBOL("winsock_nspstartup");
INT WSAAPI WSCEnumNameSpaceProviders32(LPDWORD len, LPWSANAMESPACE_INFOW infos)
	WS_SYMBOL("winsock_wscenumnamespaceproviders32");
INT WSAAPI WSCEnumNameSpaceProvidersEx32(LPDWORD len,
					 LPWSANAMESPACE_INFOEXW infos)
	WS_SYMBOL("winsock_wscenumnamespaceprovidersex32");
INT WSAAPI WSCInstallNameSpace(LPWSTR name, LPWSTR path, DWORD space,
			       DWORD version, LPGUID id)
	WS_SYMBOL("winsock_wscinstallnamespace");
INT WSAAPI WSCInstallNameSpace32(LPWSTR name, LPWSTR path, DWORD space,
				 DWORD version, LPGUID id)
	WS_SYMBOL("winsock_wscinstallnamespace32");
INT WSAAPI WSCInstallNameSpaceEx(LPWSTR name, LPWSTR path, DWORD space,
				 DWORD version, LPGUID id, LPBLOB info)
	WS_SYMBOL("winsock_wscinstallnamespaceex");
INT WSAAPI WSCInstallNameSpaceEx32(LPWSTR name, LPWSTR path, DWORD space,
				   DWORD version, LPGUID id, LPBLOB info)
	WS_SYMBOL("winsock_wscinstallnamespaceex32");
INT WSAAPI WSCUnInstallNameSpace(LPGUID id)
	WS_SYMBOL("winsock_wscuninstallnamespace");
INT WSAAPI WSCUnInstallNameSpace32(LPGUID id)
	WS_SYMBOL("winsock_wscuninstallnamespace32");
INT WSAAPI WSCEnableNSProvider(LPGUID id, BOOL enable)
	WS_SYMBOL("winsock_wscenablensprovider");
INT WSAAPI WSCEnableNSProvider32(LPGUID id, BOOL enable)
	WS_SYMBOL("winsock_wscenablensprovider32");
INT WSAAPI WSAAdvertiseProvider(const GUID *id,
				const LPCNSPV2_ROUTINE routines)
	WS_SYMBOL("winsock_wsaadvertiseprovider");
INT WSAAPI WSAUnadvertiseProvider(const GUID *id)
	WS_SYMBOL("winsock_wsaunadvertiseprovider");
INT WSAAPI WSAProviderCompleteAsyncCall(HANDLE call, INT code)
	WS_SYMBOL("winsock_wsaprovidercompleteasynccall");

WS_END_DECLS

#endif /* _WINSOCK2SPI_ */
