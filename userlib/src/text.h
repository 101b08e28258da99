/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The parts of addresses' text, as text.c reads and writes them.
 */
#ifndef _WINSOCK_TEXT_H
#define _WINSOCK_TEXT_H

#include "internal.h"

#define IP4_TEXT	16	/* 255.255.255.255 */
#define IP6_TEXT	46	/* eight groups, or six and an IPv4 tail */

/* With brackets, a scope and a port. */
#define WS_ADDRESS_TEXT	96

const char *ws_parse_ip6(const char *s, __u8 out[16]);
const char *ws_parse_number(const char *s, __u32 max, __u32 *out);
const char *ws_parse_parts(const char *text, __u32 *out);
int ws_format(int family, const void *addr, char text[IP6_TEXT]);

#endif /* _WINSOCK_TEXT_H */
