/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_SHARE_H
#define WS_SHARE_H

#include <linux/net.h>
#include "port.h"
#include "winsock.h"

/* What a socket is bound with; also the order of the rules in share.c. */
enum ws_share_option {
	WS_SHARE_NONE,
	WS_SHARE_REUSE,		/* SO_REUSEADDR */
	WS_SHARE_EXCLUSIVE,	/* SO_EXCLUSIVEADDRUSE */
};

struct ws_share;

void ws_share_init(void);
int ws_share_bind(struct socket *sock, struct sockaddr_storage *ss,
		  enum ws_share_option option, struct ws_share **place);
int ws_share_listen(struct ws_share *share, int backlog);
struct ws_share *ws_share_accept(struct ws_share *share);
void ws_share_leave(struct ws_share *share, struct socket *sock);

#endif /* WS_SHARE_H */
