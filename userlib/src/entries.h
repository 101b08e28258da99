/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the calls of 1982 return: structures that belong to the thread, which
 * each next call of the kind overwrites.  Windows' layouts; in its 64-bit one
 * the two last fields of servent change places.
 */
#ifndef _WINSOCK_ENTRIES_H
#define _WINSOCK_ENTRIES_H

#define WS_HOST_SIZE	4096
#define WS_SERVICE_SIZE	1024

struct ws_hostent {
	char *name;
	char **aliases;
	short addrtype;
	short length;
	char **addr_list;
};

struct ws_servent {
	char *name;
	char **aliases;
#ifdef __LP64__
	char *proto;
	short port;
#else
	short port;
	char *proto;
#endif
};

struct ws_protoent {
	char *name;
	char **aliases;
	short proto;
};

/* Each thread's, from its first such call to its end. */
struct ws_entries {
	union {
		struct ws_hostent host;
		char host_room[WS_HOST_SIZE];
	};
	union {
		struct ws_servent service;
		char service_room[WS_SERVICE_SIZE];
	};
	struct ws_protoent protocol;
	char *protocol_aliases[2];
};

struct ws_entries *ws_entries(void);

#endif /* _WINSOCK_ENTRIES_H */
