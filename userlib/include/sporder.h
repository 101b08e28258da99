/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The order of providers in their catalogues.
 */
#ifndef _SPORDER_H
#define _SPORDER_H

#include <ws2spi.h>

WS_BEGIN_DECLS

int WSAAPI WSCWriteProviderOrder(LPDWORD entries, DWORD count)
	WS_SYMBOL("winsock_wscwriteproviderorder");
int WSAAPI WSCWriteProviderOrder32(LPDWORD entries, DWORD count)
	WS_SYMBOL("winsock_wscwriteproviderorder32");
int WSAAPI WSCWriteNameSpaceOrder(LPGUID ids, DWORD count)
	WS_SYMBOL("winsock_wscwritenamespaceorder");
int WSAAPI WSCWriteNameSpaceOrder32(LPGUID ids, DWORD count)
	WS_SYMBOL("winsock_wscwritenamespaceorder32");

WS_END_DECLS

#endif /* _SPORDER_H */
