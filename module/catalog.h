/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_CATALOG_H
#define WS_CATALOG_H

#include <linux/net.h>
#include <net/sock.h>
#include "winsock.h"

/**
 * struct ws_kind - one kind of socket, as Windows' catalogue of protocols has it
 * @name:     for people
 * @family:   WINSOCK_AF_*
 * @type:     WINSOCK_SOCK_*, which is the stack's number too
 * @protocol: the first protocol, Windows' iProtocol
 * @span:     how many follow it, Windows' iProtocolMaxOffset
 * @stack:    the stack's family
 */
struct ws_kind {
	const char *name;
	u8 family;
	u8 type;
	u8 protocol;
	u8 span;
	u8 stack;
};

int ws_catalog_find(s32 family, s32 type, s32 protocol,
		    const struct ws_kind **found);
const struct ws_kind *ws_catalog_of(const struct socket *sock);
int ws_catalog_create(const struct ws_kind *kind, int protocol,
		      struct socket **sock);

#endif /* WS_CATALOG_H */
