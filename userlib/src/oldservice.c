// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * EnumProtocols and GetAddressByName: what Winsock 1.1 programs have instead of
 * WSAEnumProtocols and WSALookupServiceBegin.
 */
#include <stdlib.h>

#include "pack.h"
#include "provider.h"

#define ERROR_NOT_SUPPORTED	50

/* PROTOCOL_INFO */
struct ws_protocol_info {
	__u32 flags;
	int family;
	int max_sockaddr;
	int min_sockaddr;
	int type;
	int protocol;
	__u32 message_size;
	void *name;
};

#define XP_CONNECTIONLESS	0x0001
#define XP_GUARANTEED_DELIVERY	0x0002
#define XP_GUARANTEED_ORDER	0x0004
#define XP_MESSAGE_ORIENTED	0x0008
#define XP_GRACEFUL_CLOSE	0x0020
#define XP_EXPEDITED_DATA	0x0040
#define XP_SUPPORTS_BROADCAST	0x0200
#define XP_SUPPORTS_MULTICAST	0x0400

#define STREAM_FLAGS	(XP_GUARANTEED_DELIVERY | XP_GUARANTEED_ORDER |	\
			 XP_GRACEFUL_CLOSE | XP_EXPEDITED_DATA)
#define DGRAM_FLAGS	(XP_CONNECTIONLESS | XP_MESSAGE_ORIENTED |	\
			 XP_SUPPORTS_BROADCAST | XP_SUPPORTS_MULTICAST)

static const struct ws_protocol_info protocols[] = {
	{ STREAM_FLAGS, WINSOCK_AF_INET, 16, 16, WINSOCK_SOCK_STREAM,
	  WINSOCK_IPPROTO_TCP, 0, "TCP/IP" },
	{ DGRAM_FLAGS, WINSOCK_AF_INET, 16, 16, WINSOCK_SOCK_DGRAM,
	  WINSOCK_IPPROTO_UDP, 65467, "UDP/IP" },
	{ STREAM_FLAGS, WINSOCK_AF_INET6, 28, 28, WINSOCK_SOCK_STREAM,
	  WINSOCK_IPPROTO_TCP, 0, "TCP/IPv6" },
	{ DGRAM_FLAGS, WINSOCK_AF_INET6, 28, 28, WINSOCK_SOCK_DGRAM,
	  WINSOCK_IPPROTO_UDP, 65467, "UDP/IPv6" },
};

#define PROTOCOLS	(sizeof(protocols) / sizeof(*protocols))

static bool listed(const int *list, int protocol)
{
	if (!list)
		return true;
	while (*list && *list != protocol)
		list++;
	return *list;
}

static int enum_protocols(const int *list, void *buf, unsigned int *len,
			  bool wide)
{
	struct ws_pack pack = { .base = buf, .wide = wide };
	struct ws_protocol_info *infos;
	int count = 0;
	int at = 0;
	void *name;
	size_t i;

	if (!len)
		return ws_result(WSAEFAULT);
	for (i = 0; i < PROTOCOLS; i++)
		count += listed(list, protocols[i].protocol);
	pack.size = buf ? *len : 0;
	infos = ws_pack_room(&pack, count * sizeof(*infos), sizeof(void *));
	for (i = 0; i < PROTOCOLS; i++) {
		if (!listed(list, protocols[i].protocol))
			continue;
		name = ws_pack_text(&pack, protocols[i].name);
		if (infos) {
			infos[at] = protocols[i];
			infos[at++].name = name;
		}
	}
	if (!ws_pack_fits(&pack)) {
		*len = pack.used;
		return ws_result(ERROR_INSUFFICIENT_BUFFER);
	}
	ws_result(0);
	return count;
}

WS_API int winsock_enumprotocolsa(int *list, void *infos, unsigned int *len)
{
	return enum_protocols(list, infos, len, false);
}

WS_API int winsock_enumprotocolsw(int *list, void *infos, unsigned int *len)
{
	return enum_protocols(list, infos, len, true);
}

/* A newer program has WSALookupServiceBegin or getaddrinfo. */
static int no_address(void)
{
	int code = ws_started();

	return ws_result(code ? code : ERROR_NOT_SUPPORTED);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"

WS_API int winsock_getaddressbynamea(unsigned int space, void *type,
				     char *name, int *list,
				     unsigned int resolution, void *async,
				     void *addrs, unsigned int *len,
				     char *aliases, unsigned int *aliases_len)
{
	return no_address();
}

WS_API int winsock_getaddressbynamew(unsigned int space, void *type,
				     wchar_t *name, int *list,
				     unsigned int resolution, void *async,
				     void *addrs, unsigned int *len,
				     wchar_t *aliases,
				     unsigned int *aliases_len)
{
	return no_address();
}

#pragma GCC diagnostic pop
