/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_CTX_H
#define WS_CTX_H

#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "apc.h"
#include "call.h"
#include "event.h"
#include "handle.h"
#include "message.h"
#include "offer.h"

/**
 * struct ws_ctx - one open file of the node
 * @lock:    start-up count, and what a blank file becomes
 * @started: STARTUPs that no CLEANUP has balanced yet               [@lock]
 * @used:    not blank any more: a context, or attached              [@lock]
 * @ended:   its opener has gone, and all handles with it            [@lock]
 * @object:  on a descriptor file what it stands for, else NULL; owns a
 *           descriptor                        [set once @lock, read anywhere]
 * @opener:  thread group that opened it                             [const]
 * @limit:   the opener's hard RLIMIT_NOFILE when last seen          [atomic]
 * @net:     cookie of the network namespace it was opened in        [const]
 * @link:    in ws_ctx_list since it was first used       [@ws_ctx_list_lock]
 * @handles: the handle table                                        [own lock]
 * @messages: window messages; NULL until it is used     [set once @lock]
 * @offers:  what it has offered to processes                        [own lock]
 * @apcs:    procedure calls that wait for its process' threads      [own lock]
 * @events:  what its events share; owns a reference; NULL until the first
 *                                              [set once, read anywhere]
 * @gone:    on the opener's wait queue since it was first used
 * @end:     closes the handles when the opener has gone
 *
 * A file is blank when it is opened.  STARTUP makes it a context, as does the
 * making of what needs no start-up; ATTACH (or EXPORT, which makes the file
 * itself) a descriptor file, and neither turns into the other.  Lives as long as
 * the file: no call runs during release; what it holds ends before, if its opener
 * does.
 */
struct ws_ctx {
	struct mutex lock;	/* 1 in the lock order */
	unsigned int started;
	bool used;
	bool ended;
	struct ws_obj *object;
	struct pid *opener;
	unsigned long limit;
	u64 net;
	struct list_head link;
	struct ws_handle_table handles;
	struct ws_messages *messages;
	struct ws_offers offers;
	struct ws_apcs apcs;
	struct ws_dispatcher *events;
	wait_queue_entry_t gone;
	struct work_struct end;
};

/* All contexts that were ever started, for debugfs; oldest first. */
extern struct list_head ws_ctx_list;
extern struct mutex ws_ctx_list_lock;

/* The node's file operations; a file is ours if it has them. */
extern const struct file_operations ws_fops;

struct ws_ctx *ws_ctx_create(void);
void ws_ctx_destroy(struct ws_ctx *ctx);
int ws_ctx_attach(struct ws_ctx *ctx, struct ws_obj *obj);
__poll_t ws_ctx_poll(struct ws_ctx *ctx, struct file *file,
		     struct poll_table_struct *pt);
bool ws_ctx_own_net(const struct ws_ctx *ctx);

int ws_ctx_use(struct ws_ctx *ctx);

int ws_ctx_query(struct ws_call *call);
int ws_ctx_startup(struct ws_call *call);
int ws_ctx_cleanup(struct ws_call *call);

int ws_call_reserve(struct ws_call *call, struct ws_reserved *res);
int ws_call_reserve_lasting(struct ws_call *call, struct ws_reserved *res);
int ws_call_publish(struct ws_call *call, struct ws_reserved *res,
		    struct ws_obj *obj);
struct ws_obj *ws_call_lookup(struct ws_call *call, u64 handle,
			      const struct ws_obj_ops *type);
int ws_call_close_handle(struct ws_call *call);

/* The object of a descriptor file, NULL on other files. */
static inline struct ws_obj *ws_ctx_object(struct ws_ctx *ctx)
{
	/* Pairs with smp_store_release() in ws_ctx_attach(). */
	return smp_load_acquire(&ctx->object);
}

/* Started, or a descriptor file, which needs no start-up. */
static inline bool ws_ctx_ready(struct ws_ctx *ctx)
{
	return READ_ONCE(ctx->handles.open) || ws_ctx_object(ctx);
}

/**
 * ws_alerted() - whether a procedure call waits for the calling thread
 * @ctx: of the caller's file
 *
 * Asked by each call that would sleep, after it has said so: see apc.c.
 *
 * Context: process; does not sleep, so the task need not be running.
 */
static inline bool ws_alerted(struct ws_ctx *ctx)
{
	return unlikely(READ_ONCE(ctx->apcs.count)) &&
	       ws_apc_waits(&ctx->apcs);
}

#endif /* WS_CTX_H */
