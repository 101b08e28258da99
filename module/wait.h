/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_WAIT_H
#define WS_WAIT_H

#include <linux/ktime.h>
#include <linux/sched/signal.h>
#include <linux/wait.h>
#include "ctx.h"

/* ws_wait() ended because the object closed; never shown to a user. */
#define WS_WAIT_CLOSED	(-ESHUTDOWN)

/* Or because time was up. */
#define WS_WAIT_EXPIRED	(-ETIME)

int ws_wait_until(struct ws_ctx *ctx, struct ws_obj *obj, wait_queue_head_t *wq,
		  bool (*ready)(struct ws_obj *obj), bool exclusive,
		  ktime_t *end, ktime_t leave);

/* ws_wait_until() for as long as it takes. */
static inline int ws_wait(struct ws_ctx *ctx, struct ws_obj *obj,
			  wait_queue_head_t *wq,
			  bool (*ready)(struct ws_obj *obj), bool exclusive,
			  ktime_t leave)
{
	return ws_wait_until(ctx, obj, wq, ready, exclusive, NULL, leave);
}

/* Whether a call that would go on waiting has to give its place back. */
static inline bool ws_wait_leaves(struct ws_ctx *ctx, ktime_t leave)
{
	return signal_pending(current) || ws_alerted(ctx) ||
	       unlikely(leave && ktime_get() >= leave);
}

#endif /* WS_WAIT_H */
