/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the files about names share.
 */
#ifndef _WINSOCK_NAMES_H
#define _WINSOCK_NAMES_H

#include <stdbool.h>

#include "internal.h"

/* Codes of the library alone; the driver knows no names. */
#define WSA_NOT_ENOUGH_MEMORY		8
#define ERROR_INSUFFICIENT_BUFFER	122
#define WSAEINVALIDPROVIDER		10105L
#define WSASERVICE_NOT_FOUND		10108L
#define WSATYPE_NOT_FOUND		10109L
#define WSAHOST_NOT_FOUND		11001L
#define WSANO_RECOVERY			11003L
#define WSANO_DATA			11004L

/* The longest name that the DNS carries, and more than a host's own has. */
#define WS_NAME_SIZE	256

/* Bits of hints' ai_flags that a lookup heeds, with Windows' values. */
#define WS_AI_PASSIVE			0x00000001
#define WS_AI_CANONNAME			0x00000002
#define WS_AI_NUMERICHOST		0x00000004
#define WS_AI_NUMERICSERV		0x00000008
#define WS_AI_ALL			0x00000100
#define WS_AI_ADDRCONFIG		0x00000400
#define WS_AI_V4MAPPED			0x00000800
#define WS_AI_FQDN			0x00020000
#define WS_AI_DISABLE_IDN_ENCODING	0x00080000

/* An address, with Windows' number for its family. */
struct ws_addr {
	int family;
	__u32 scope;
	__u8 byte[16];
};

/* What a lookup has found; zeroed before it. */
struct ws_found {
	struct ws_addr *addr;
	int count;
	int error;		/* 0 or a Winsock code */
	char *canon;		/* the name that was found, or NULL */
};

struct ws_reach {
	bool ip4;		/* an address beyond the loopback interface */
	bool ip6_any;		/* an IPv6 address */
	bool ip6;		/* one beyond the link */
};

/* utf8.c */
__u32 ws_utf8_next(const char **text);
char *ws_narrow(const wchar_t *wide);
size_t ws_widen(const char *text, wchar_t *wide);

/* idn.c */
bool ws_idn_encode(const char *name, char out[WS_NAME_SIZE]);

/* machine.c */
void ws_found_add(struct ws_found *found, int family, const void *bytes,
		  __u32 scope);
void ws_found_free(struct ws_found *found);
void ws_own_name(char name[WS_NAME_SIZE]);
bool ws_is_own_name(const char *name);
bool ws_is_localhost(const char *name);
void ws_add_own(struct ws_found *found, int family);
bool ws_is_own_address(const struct ws_addr *addr);
struct ws_reach ws_reach(void);

/* resolve.c */
int ws_resolve(const char *name, int family, int flags,
	       struct ws_found *found);
int ws_no_such_name(const char *name);
int ws_service_port(const char *service, int type, int flags, __u16 *port);

#endif /* _WINSOCK_NAMES_H */
