/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_APC_H
#define WS_APC_H

#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/spinlock.h>
#include "object.h"

/**
 * struct ws_apcs - the procedure calls that wait for threads of one context
 * @lock:    leaf spinlock, process context only
 * @count:   their number                          [@lock, read anywhere]
 * @threads: struct ws_apc_list by thread                      [@lock]
 * @lists:   the same, the one looked at longest ago first     [@lock]
 */
struct ws_apcs {
	spinlock_t lock;		/* 5 in the lock order */
	unsigned int count;
	struct rb_root threads;
	struct list_head lists;
};

extern const struct ws_obj_ops ws_thread_ops;

void ws_apcs_init(struct ws_apcs *apcs);
void ws_apcs_end(struct ws_apcs *apcs);
bool ws_thread_gone(struct pid *thread);
bool ws_apc_waits(struct ws_apcs *apcs);

int ws_thread_open(struct ws_call *call);
int ws_apc_queue(struct ws_call *call);
int ws_apc_take(struct ws_call *call);

#endif /* WS_APC_H */
