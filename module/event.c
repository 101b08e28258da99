// SPDX-License-Identifier: GPL-2.0-only
/*
 * Event objects: set, reset, and who goes on.
 *
 * A waiter is let go by whoever sets the event, under the dispatcher's lock:
 * there it is decided once which thread takes a signal, whatever signals and
 * time-outs come at the same moment.  What waits is in waitfor.c.
 *
 * Teardown.  close() empties the list of waiters and tells them.  Afterwards an
 * event may still be known to:
 *   calls at work			- users; they set or reset it in vain
 *   poll tables of descriptor files	- sit on ws_event.pollers, and keep memory
 *					  by the file's descriptor
 *   holders of ws_event_hold()		- keep memory, and through it the
 *					  dispatcher; they set it in vain
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include "ctx.h"
#include "event.h"

static void ws_dispatcher_free(struct kref *ref)
{
	kfree(container_of(ref, struct ws_dispatcher, ref));
}

/**
 * ws_dispatcher_put() - drop a reference
 * @d: the dispatcher; not to be touched afterwards
 *
 * Context: any.
 */
void ws_dispatcher_put(struct ws_dispatcher *d)
{
	kref_put(&d->ref, ws_dispatcher_free);
}

/**
 * ws_event_dispatcher() - the context's dispatcher
 * @ctx: the context, whose reference serves the caller too
 *
 * Made by whoever needs it first.
 *
 * Context: process, may sleep.
 * Return: the dispatcher, or NULL without memory.
 */
struct ws_dispatcher *ws_event_dispatcher(struct ws_ctx *ctx)
{
	/* Pairs with cmpxchg() below. */
	struct ws_dispatcher *d = smp_load_acquire(&ctx->events), *other;

	if (likely(d))
		return d;
	d = kmalloc(sizeof(*d), WS_GFP);
	if (!d)
		return NULL;
	spin_lock_init(&d->lock);
	kref_init(&d->ref);
	/* Pairs with smp_load_acquire() above, when another thread was faster. */
	other = cmpxchg(&ctx->events, NULL, d);
	if (!other)
		return d;
	kfree(d);
	return other;
}

/* The wait is over; its thread may be gone once the lock is free. */
static void ws_waiter_end_locked(struct ws_waiter *w, int index)
{
	/* Pairs with set_current_state() of the thread, before it reads. */
	WRITE_ONCE(w->index, index);
	wake_up_process(w->task);
}

/**
 * ws_waiter_try_locked() - take what a thread waits for, if it is there
 * @w: the waiter; the caller holds the lock of its events' dispatcher
 *
 * Takes nothing unless it can take all.  Does not wake.
 *
 * Context: any.
 * Return: true with @w's index set.
 */
bool ws_waiter_try_locked(struct ws_waiter *w)
{
	struct ws_waiter_link *link, *end = w->links + w->count;
	struct ws_event *ev;

	for (link = w->links; link < end; link++) {
		ev = link->event;
		if (ev)
			lockdep_assert_held(&ev->all->lock);
		if (w->all == (!ev || ev->signalled))
			continue;
		if (w->all)
			return false;
		if (ev && !ev->manual)
			ev->signalled = false;
		WRITE_ONCE(w->index, link - w->links);
		return true;
	}
	if (!w->all)
		return false;
	for (link = w->links; link < end; link++)
		if (link->event && !link->event->manual)
			link->event->signalled = false;
	WRITE_ONCE(w->index, 0);
	return true;
}

/* Signal an event and let go on who waits for it, until somebody took it. */
static void ws_event_set_locked(struct ws_event *ev)
{
	struct ws_waiter_link *link;

	lockdep_assert_held(&ev->all->lock);
	ev->signalled = true;
	list_for_each_entry(link, &ev->waiters, node) {
		struct ws_waiter *w = link->waiter;

		/* Another event was faster, and it has not left yet. */
		if (w->index != WS_WAITER_ASLEEP)
			continue;
		if (!ws_waiter_try_locked(w))
			continue;
		ws_waiter_end_locked(w, w->index);
		if (!ev->signalled)
			break;
	}
}

/* Returns whether it was signalled before. */
static bool ws_event_change(struct ws_event *ev, bool signalled)
{
	unsigned long flags;
	bool before, wake;

	spin_lock_irqsave(&ev->all->lock, flags);
	before = ev->signalled;
	if (!signalled)
		ev->signalled = false;
	else if (!before)
		ws_event_set_locked(ev);
	wake = ev->signalled && !before;
	spin_unlock_irqrestore(&ev->all->lock, flags);

	/* A poller is on the queue before it takes the lock to look. */
	if (wake && waitqueue_active(&ev->pollers))
		wake_up_interruptible_poll(&ev->pollers,
					   EPOLLIN | EPOLLRDNORM);
	return before;
}

/**
 * ws_event_set() - signal an event
 * @ev: the event; the caller holds a user or the memory
 *
 * Context: any, also inside a socket's wait queue lock with interrupts off.
 */
void ws_event_set(struct ws_event *ev)
{
	ws_event_change(ev, true);
}

/**
 * ws_event_reset() - make an event unsignalled
 * @ev: the event; the caller holds a user or the memory
 *
 * Context: any, also inside a socket's wait queue lock with interrupts off.
 * Return: whether it was signalled.
 */
bool ws_event_reset(struct ws_event *ev)
{
	return ws_event_change(ev, false);
}

static void ws_event_close(struct ws_obj *obj)
{
	struct ws_event *ev = ws_obj_event(obj);
	struct ws_waiter_link *link, *next;
	unsigned long flags;

	/*
	 * ws_obj_close() has set the flag, and who looks for it does so under
	 * this lock: nobody comes to the list after this.
	 */
	spin_lock_irqsave(&ev->all->lock, flags);
	list_for_each_entry_safe(link, next, &ev->waiters, node) {
		list_del_init(&link->node);
		if (link->waiter->index == WS_WAITER_ASLEEP)
			ws_waiter_end_locked(link->waiter, WS_WAITER_CLOSED);
	}
	spin_unlock_irqrestore(&ev->all->lock, flags);
	/* A poller is on the queue before it looks for the flag. */
	wake_up_interruptible_poll(&ev->pollers, EPOLLHUP | EPOLLERR | EPOLLIN);
}

static void ws_event_free(struct rcu_head *rcu)
{
	struct ws_event *ev = container_of(rcu, struct ws_event, obj.rcu);

	ws_dispatcher_put(ev->all);
	kfree(ev);
}

static void ws_event_show(struct ws_obj *obj, struct seq_file *m)
{
	struct ws_event *ev = ws_obj_event(obj);
	/* For people: without the lock of all events. */
	bool signalled = data_race(ev->signalled);

	seq_printf(m, "event %s%s", ev->manual ? "manual" : "auto",
		   signalled ? " signalled" : "");
}

/* On a descriptor file of the event; the file's descriptor keeps @obj. */
static __poll_t ws_event_poll(struct ws_obj *obj, struct file *file,
			      struct poll_table_struct *pt, bool closed)
{
	struct ws_event *ev = ws_obj_event(obj);
	unsigned long flags;
	bool signalled;

	poll_wait(file, &ev->pollers, pt);
	/* The lock orders being queued before looking, see those who wake. */
	spin_lock_irqsave(&ev->all->lock, flags);
	signalled = ev->signalled;
	spin_unlock_irqrestore(&ev->all->lock, flags);
	if (closed || ws_obj_closed(obj))
		return EPOLLHUP | EPOLLERR | EPOLLIN | EPOLLRDNORM;
	return signalled ? EPOLLIN | EPOLLRDNORM : 0;
}

const struct ws_obj_ops ws_event_ops = {
	.kind = WINSOCK_CLOSE_EVENT,
	.lasts = true,
	.close = ws_event_close,
	.free = ws_event_free,
	.show = ws_event_show,
	.poll = ws_event_poll,
};

/* WINSOCK_IOC_EVENT_CREATE */
int ws_event_create(struct ws_call *call)
{
	struct winsock_event_create *a = &call->event_create;
	struct ws_dispatcher *d = ws_event_dispatcher(call->ctx);
	struct ws_reserved res;
	struct ws_event *ev;
	int err;

	if (!d)
		return WSAENOBUFS;
	err = ws_call_reserve_lasting(call, &res);
	if (err)
		return err;
	ev = kmalloc(sizeof(*ev), WS_GFP);
	if (!ev) {
		ws_handle_unreserve(&call->ctx->handles, &res);
		return WSAENOBUFS;
	}
	ws_obj_init(&ev->obj, &ws_event_ops);
	kref_get(&d->ref);
	ev->all = d;
	ev->manual = a->flags & WINSOCK_EVENT_MANUAL;
	ev->signalled = a->flags & WINSOCK_EVENT_SIGNALLED;
	INIT_LIST_HEAD(&ev->waiters);
	init_waitqueue_head(&ev->pollers);

	a->out_handle = res.handle;
	err = ws_call_publish(call, &res, &ev->obj);
	if (err)
		ws_obj_put_desc(&ev->obj);
	return err;
}

/**
 * ws_event_lookup() - the event that a call is about
 * @call:   the call
 * @handle: as the user gave it
 *
 * Context: process, may sleep if the event is closing.
 * Return: the event with a user taken, or NULL: WINSOCK_INVALID_HANDLE.
 */
struct ws_event *ws_event_lookup(struct ws_call *call, u64 handle)
{
	struct ws_obj *obj = ws_call_lookup(call, handle, &ws_event_ops);

	return obj ? ws_obj_event(obj) : NULL;
}

/**
 * ws_event_put() - drop a user taken by ws_event_lookup()
 * @ev: the event; not to be touched afterwards
 *
 * Context: process.
 */
void ws_event_put(struct ws_event *ev)
{
	ws_obj_put_user(&ev->obj);
}

static int ws_event_change_call(struct ws_call *call, bool signalled)
{
	struct winsock_event_set *a = &call->event_set;
	struct ws_event *ev = ws_event_lookup(call, a->handle);

	if (!ev)
		return WINSOCK_INVALID_HANDLE;
	a->out_before = ws_event_change(ev, signalled);
	ws_event_put(ev);
	return 0;
}

/* WINSOCK_IOC_EVENT_SET */
int ws_event_set_call(struct ws_call *call)
{
	return ws_event_change_call(call, true);
}

/* WINSOCK_IOC_EVENT_RESET */
int ws_event_reset_call(struct ws_call *call)
{
	return ws_event_change_call(call, false);
}
