/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_EVENT_H
#define WS_EVENT_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include "object.h"

/**
 * struct ws_dispatcher - what all events of one context share
 * @lock: which of them are signalled, and who waits for them; leaf spinlock,
 *        taken in any context with interrupts off
 * @ref:  one for the context, one for each event's memory           [atomic]
 *
 * One lock for all, so that a wait for all of several events takes them in one
 * step.  Events never leave their context, so no wait needs two of these.
 */
struct ws_dispatcher {
	spinlock_t lock;		/* 6 in the lock order */
	struct kref ref;
};

/**
 * struct ws_event - one event object
 * @obj:       object header
 * @all:       its context's dispatcher; owns a reference             [const]
 * @manual:    a wait does not reset it                               [const]
 * @signalled: whether it is                                          [@all->lock]
 * @waiters:   ws_waiter_link of those who wait, first come first     [@all->lock]
 * @pollers:   those who poll a descriptor file of it
 *
 * After it has closed nobody waits, and setting it changes nothing for anybody.
 */
struct ws_event {
	struct ws_obj obj;
	struct ws_dispatcher *all;
	bool manual;
	bool signalled;
	struct list_head waiters;
	wait_queue_head_t pollers;
};

/* What ws_waiter.index is besides an index. */
#define WS_WAITER_ASLEEP	(-1)	/* nothing has ended the wait */
#define WS_WAITER_CLOSED	(-2)	/* an event closed */

/**
 * struct ws_waiter - a thread that waits for one or for all of several objects
 * @task:  the thread                                                [const]
 * @links: one for each object                                       [const]
 * @count: their number                                              [const]
 * @all:   waits for all of them                                     [const]
 * @index: which object ended the wait, or WS_WAITER_*
 *                                       [@lock, its own thread reads anywhere]
 *
 * On the stack of the thread, which leaves only after it has been under the
 * dispatcher's lock and taken itself out of all lists.
 */
struct ws_waiter {
	struct task_struct *task;
	struct ws_waiter_link *links;
	unsigned int count;
	bool all;
	int index;
};

/**
 * struct ws_waiter_link - one of the objects that a thread waits for
 * @node:   place in the event's list; empty when it is in none      [@lock]
 * @waiter: the thread                                               [const]
 * @obj:    the object, only to tell it from others                  [const]
 * @event:  the same; NULL for an object that is always signalled.  Valid while
 *          @node is in its list                                     [const]
 */
struct ws_waiter_link {
	struct list_head node;
	struct ws_waiter *waiter;
	const struct ws_obj *obj;
	struct ws_event *event;
};

extern const struct ws_obj_ops ws_event_ops;

struct ws_dispatcher *ws_event_dispatcher(struct ws_ctx *ctx);
void ws_dispatcher_put(struct ws_dispatcher *d);
bool ws_waiter_try_locked(struct ws_waiter *w);

struct ws_event *ws_event_lookup(struct ws_call *call, u64 handle);
void ws_event_put(struct ws_event *ev);
void ws_event_set(struct ws_event *ev);
bool ws_event_reset(struct ws_event *ev);

int ws_event_create(struct ws_call *call);
int ws_event_set_call(struct ws_call *call);
int ws_event_reset_call(struct ws_call *call);

static inline struct ws_event *ws_obj_event(struct ws_obj *obj)
{
	return container_of(obj, struct ws_event, obj);
}

/**
 * ws_event_hold() - keep an event's memory for as long as one likes
 * @ev: the event; the caller holds a user, or has been here
 *
 * The event may close meanwhile, and its context go: setting it then harms
 * nobody.
 *
 * Context: any.
 */
static inline void ws_event_hold(struct ws_event *ev)
{
	ws_obj_hold(&ev->obj);
}

/**
 * ws_event_drop() - let go of what ws_event_hold() kept
 * @ev: the event; not to be touched afterwards
 *
 * Context: any.
 */
static inline void ws_event_drop(struct ws_event *ev)
{
	ws_obj_drop(&ev->obj);
}

#endif /* WS_EVENT_H */
