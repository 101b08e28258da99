/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Providers and classes of services, as the files about them share them.
 */
#ifndef _WINSOCK_PROVIDER_H
#define _WINSOCK_PROVIDER_H

#include <stdbool.h>
#include <string.h>

#include "names.h"

#define WS_NS_ALL	0
#define WS_NS_DNS	12

extern const struct ws_guid ws_dns_provider;

/* The kinds of well-known classes: what <svcguid.h> makes. */
enum ws_class {
	WS_CLASS_NONE,
	WS_CLASS_HOSTNAME,	/* the machine's own name */
	WS_CLASS_BY_ADDRESS,	/* a host by the text of its address */
	WS_CLASS_SERVICE,	/* a service by its name */
	WS_CLASS_BY_NAME,	/* a host by its name */
	WS_CLASS_TCP,		/* a host's TCP port */
	WS_CLASS_UDP,
};

enum ws_class ws_class_of(const struct ws_guid *id);

/* The port of WS_CLASS_TCP and WS_CLASS_UDP, in host byte order. */
static inline __u16 ws_class_port(const struct ws_guid *id)
{
	return id->data1;
}

static inline bool ws_guid_is(const struct ws_guid *a,
			      const struct ws_guid *b)
{
	return !memcmp(a, b, sizeof(*a));
}

#endif /* _WINSOCK_PROVIDER_H */
