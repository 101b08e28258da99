/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_NETCHANGE_H
#define WS_NETCHANGE_H

#include <linux/wait.h>
#include <net/net_namespace.h>
#include "object.h"
#include "winsock.h"

/* What changes: the addresses that can be bound, or the way to others. */
enum ws_netchange {
	WS_NETCHANGE_ADDRESS,
	WS_NETCHANGE_ROUTE,
	WS_NETCHANGE_KINDS
};

int ws_netchange_init(void);
void ws_netchange_exit(void);

int ws_netchange_watch(struct net *net);
u64 ws_netchange_count(struct net *net, int family, enum ws_netchange what);
void ws_netchange_listen(struct net *net, wait_queue_entry_t *entry);
void ws_netchange_unlisten(struct net *net, wait_queue_entry_t *entry);
int ws_netchange_wait(struct ws_ctx *ctx, struct net *net, int family,
		      enum ws_netchange what, u64 seen, struct ws_obj *obj,
		      wait_queue_head_t *wq);

#endif /* WS_NETCHANGE_H */
