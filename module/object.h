/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_OBJECT_H
#define WS_OBJECT_H

#include <linux/bitops.h>
#include <linux/kref.h>
#include <linux/poll.h>
#include <linux/rcupdate.h>
#include <linux/seq_file.h>
#include "winsock.h"

/**
 * struct ws_obj_ops - one type of object; its address is the type
 * @kind:    WINSOCK_CLOSE_* flag that names it, or 0
 * @lasts:   its handles outlive CLEANUP, and need no STARTUP
 * @close:   the object closes: wake all who wait on it.  Once, may sleep
 * @lingers: whether closing may wait for something; needs memory only.  NULL:
 *           never
 * @busy:    whether it would have to wait and may not, so that the object stays
 *           open; for a caller with a user
 * @linger:  wait for it; for the call that closed the object, with a user.  May
 *           sleep, until a signal at the latest.  Returns the call's answer
 * @release: the last call on the closed object has left: let go of what the
 *           object wraps.  Once, after @close, may sleep.  NULL: nothing
 * @leave:   a handle of it in a table has gone; for objects with WS_OBJ_LENT.
 *           May sleep
 * @free:    free the memory; RCU callback, softirq
 * @show:    one line of debugfs about the object, for a caller with a user
 * @poll:    poll(2) on a descriptor file; @closed if the object has closed, and
 *           then only memory may be touched.  May sleep.  NULL: no file can
 *           stand for it
 */
struct ws_obj_ops {
	u32 kind;
	bool lasts;
	void (*close)(struct ws_obj *obj);
	bool (*lingers)(struct ws_obj *obj);
	bool (*busy)(struct ws_obj *obj);
	int (*linger)(struct ws_obj *obj, struct ws_ctx *ctx);
	void (*release)(struct ws_obj *obj);
	void (*leave)(struct ws_obj *obj, const struct ws_handle_table *t);
	void (*free)(struct rcu_head *rcu);
	void (*show)(struct ws_obj *obj, struct seq_file *m);
	__poll_t (*poll)(struct ws_obj *obj, struct file *file,
			 struct poll_table_struct *pt, bool closed);
};

/**
 * struct ws_obj - what a handle names
 * @ops:   the type                                                  [const]
 * @descs: descriptors: one for each handle and descriptor file, one for each
 *         connection that waits in a listener's list; at zero the object
 *         closes                                                    [atomic]
 * @users: one for each call at work and one for being open; at zero what the
 *         object wraps is released                                  [atomic]
 * @ref:   memory: one for all @descs, one for all @users, one for each holder
 *         of ws_obj_hold()                                          [atomic]
 * @flags: WS_OBJ_CLOSED, WS_OBJ_LENT, WS_OBJ_UNNAMED                [atomic]
 * @rcu:   delays the freeing for lookups under way
 *
 * Three counts, as mm_struct has two: closing must not wait for those who only
 * know the object, and memory must outlive those who closed it.
 */
struct ws_obj {
	const struct ws_obj_ops *ops;
	struct kref descs;
	struct kref users;
	struct kref ref;
	unsigned long flags;
	struct rcu_head rcu;
};

/* Bits of ws_obj.flags. */
#define WS_OBJ_CLOSED	0
#define WS_OBJ_LENT	1	/* has something for contexts that have handles */
#define WS_OBJ_UNNAMED	2	/* last closed as a handle of no certain kind */

/* No object has more descriptors, long before a count could overflow. */
#define WS_DESCS_MAX	0x1000000

/* True from the moment the object closes, before its sleepers are woken. */
static inline bool ws_obj_closed(const struct ws_obj *obj)
{
	return test_bit(WS_OBJ_CLOSED, &obj->flags);
}

/* Whether there is no other descriptor; another may be made meanwhile. */
static inline bool ws_obj_last(const struct ws_obj *obj)
{
	return kref_read(&obj->descs) == 1;
}

/**
 * ws_obj_hold() - keep an object's memory, and nothing else of it
 * @obj: the object; the caller holds a user or a descriptor, or has been here
 *
 * Context: any.
 */
static inline void ws_obj_hold(struct ws_obj *obj)
{
	kref_get(&obj->ref);
}

void ws_obj_init(struct ws_obj *obj, const struct ws_obj_ops *ops);
void ws_obj_close(struct ws_obj *obj);
void ws_obj_release(struct kref *users);
void ws_obj_drop(struct ws_obj *obj);
bool ws_obj_get_desc(struct ws_obj *obj);
void ws_obj_put_desc(struct ws_obj *obj);

/**
 * ws_obj_get_user() - begin work on an object
 * @obj: the object, kept in memory by RCU or by a descriptor
 *
 * The object may have closed all the same, while other calls keep it from
 * release: ask ws_obj_closed() once outside of RCU, since giving the user back
 * may sleep.
 *
 * Context: any.
 * Return: true with a user taken, false if the object was released.
 */
static inline bool ws_obj_get_user(struct ws_obj *obj)
{
	return kref_get_unless_zero(&obj->users);
}

/**
 * ws_obj_put_user() - work on the object is done
 * @obj: the object; not to be touched afterwards
 *
 * Context: process, may sleep if the object has closed.
 */
static inline void ws_obj_put_user(struct ws_obj *obj)
{
	kref_put(&obj->users, ws_obj_release);
}

#endif /* WS_OBJECT_H */
