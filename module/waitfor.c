// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for one or for all of several handles' objects, as NT's dispatcher
 * does.
 *
 * A socket is signalled (windows-observed G7: unless an overlapped call on it is
 * under way, which none is).
 *
 * No wait takes a reference: looking handles up, under RCU, and looking at or
 * queueing on their events is one step under the dispatcher's lock, and an event
 * that closes takes the same lock and throws out who waits.
 */
#include <linux/ktime.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "ctx.h"
#include "event.h"
#include "sock.h"
#include "waitfor.h"

/* Links of so few objects are on the stack. */
#define WS_WAITFOR_FAST	8

/* No handle has this value; it stands for all that are too long. */
#define WS_NO_HANDLE	1

/**
 * struct ws_waitfor - one call
 * @call:    the call
 * @count:   handles
 * @handle:  as the caller gave them, or WS_NO_HANDLE
 *
 * On the stack of the calling thread.
 */
struct ws_waitfor {
	struct ws_call *call;
	u32 count;
	u32 handle[WINSOCK_WAIT_MAX];
};

/*
 * Read the handles, in one stretch of access to user memory: nothing may be
 * called there, so no array is indexed, whose bound the kernel may check.
 */
static int ws_waitfor_read(struct ws_waitfor *w, const struct winsock_wait *a)
{
	u64 __user *from = u64_to_user_ptr(a->handles);
	u32 *to = w->handle;
	u64 handle;
	u32 i;

	if (!user_read_access_begin(from, w->count * sizeof(*from)))
		return WSAEFAULT;
	for (i = 0; i < w->count; i++) {
		unsafe_get_user(handle, from + i, fault);
		to[i] = likely(handle <= U32_MAX) ? handle : WS_NO_HANDLE;
	}
	user_read_access_end();
	return 0;

fault:
	user_read_access_end();
	return WSAEFAULT;
}

/* The same for a 32-bit Windows program's array. */
static int ws_waitfor_read32(struct ws_waitfor *w, const struct winsock_wait *a)
{
	u32 __user *from = u64_to_user_ptr(a->handles);
	u32 *to = w->handle;
	u32 i;

	if (!user_read_access_begin(from, w->count * sizeof(*from)))
		return WSAEFAULT;
	for (i = 0; i < w->count; i++)
		unsafe_get_user(to[i], from + i, fault);
	user_read_access_end();
	return 0;

fault:
	user_read_access_end();
	return WSAEFAULT;
}

/*
 * An object that can be waited for, and still can: asked under the lock.  *@ev
 * becomes the event, or NULL for an object that is always signalled.
 */
static __always_inline struct ws_obj *
ws_waitfor_find(struct ws_handle_table *t, u32 handle, struct ws_event **ev)
{
	struct ws_obj *obj = ws_handle_peek_rcu(t, handle);

	/* Pairs with test_and_set_bit() in ws_obj_close(). */
	if (unlikely(!obj || ws_obj_closed(obj)))
		return NULL;
	*ev = ws_obj_event(obj);
	if (likely(obj->ops == &ws_event_ops))
		return obj;
	*ev = NULL;
	return obj->ops == &ws_sock_ops ? obj : NULL;
}

/*
 * Whether any is signalled, which is the whole of most calls: takes the first
 * that is.  Each must be there, whether or not it is signalled.  WAIT_TIMEOUT:
 * none is.
 */
static int ws_waitfor_look_locked(struct ws_waitfor *w, u32 *index)
{
	struct ws_handle_table *t = &w->call->ctx->handles;
	struct ws_event *ev, *taken = NULL;
	u32 i, count = w->count;
	u32 first = count;

	for (i = 0; i < count; i++) {
		if (unlikely(!ws_waitfor_find(t, w->handle[i], &ev)))
			return WINSOCK_INVALID_HANDLE;
		if (likely(ev && !ev->signalled) || first < count)
			continue;
		first = i;
		taken = ev;
	}
	if (first == count)
		return WINSOCK_WAIT_TIMEOUT;
	*index = first;
	if (taken && !taken->manual)
		taken->signalled = false;
	return 0;
}

static int ws_waitfor_look(struct ws_waitfor *w, struct ws_dispatcher *d,
			   u32 *index)
{
	unsigned long flags;
	int err;

	rcu_read_lock();
	spin_lock_irqsave(&d->lock, flags);
	err = ws_waitfor_look_locked(w, index);
	spin_unlock_irqrestore(&d->lock, flags);
	rcu_read_unlock();
	return err;
}

/* The caller cannot be told: what was taken is there again. */
static void ws_waitfor_give_back(struct ws_waitfor *w, u32 index, bool all)
{
	u32 i = all ? 0 : index, end = all ? w->count : index + 1;
	struct ws_obj *obj;

	for (; i < end; i++) {
		obj = ws_handle_lookup(&w->call->ctx->handles, w->handle[i],
				       &ws_event_ops);
		if (!obj)
			continue;
		/* Nothing was taken of a manual one, which may be reset now. */
		if (!ws_obj_event(obj)->manual)
			ws_event_set(ws_obj_event(obj));
		ws_obj_put_user(obj);
	}
}

/* An object is there once to wait for all (NT's rule). */
static bool ws_waitfor_twice(const struct ws_waiter *wait)
{
	u32 i, j;

	for (i = 1; i < wait->count; i++)
		for (j = 0; j < i; j++)
			if (wait->links[i].obj == wait->links[j].obj)
				return true;
	return false;
}

/* Look up what is waited for. */
static int ws_waitfor_link_locked(struct ws_waitfor *w, struct ws_waiter *wait)
{
	struct ws_handle_table *t = &w->call->ctx->handles;
	struct ws_waiter_link *link = wait->links;
	u32 i;

	for (i = 0; i < w->count; i++, link++) {
		link->obj = ws_waitfor_find(t, w->handle[i], &link->event);
		if (!link->obj)
			return WINSOCK_INVALID_HANDLE;
		INIT_LIST_HEAD(&link->node);
		link->waiter = wait;
	}
	return wait->all && ws_waitfor_twice(wait) ? WINSOCK_INVALID_PARAMETER :
						     0;
}

/* Take what is waited for, or queue for it: WAIT_TIMEOUT. */
static int ws_waitfor_begin(struct ws_waitfor *w, struct ws_dispatcher *d,
			    struct ws_waiter *wait)
{
	struct ws_waiter_link *link, *end = wait->links + wait->count;
	unsigned long flags;
	int err;

	rcu_read_lock();
	spin_lock_irqsave(&d->lock, flags);
	err = ws_waitfor_link_locked(w, wait);
	if (!err && !ws_waiter_try_locked(wait)) {
		for (link = wait->links; link < end; link++)
			if (link->event)
				list_add_tail(&link->node,
					      &link->event->waiters);
		err = WINSOCK_WAIT_TIMEOUT;
	}
	spin_unlock_irqrestore(&d->lock, flags);
	rcu_read_unlock();
	return err;
}

/* Leave all queues.  What was handed over until now is the answer. */
static int ws_waitfor_end(struct ws_dispatcher *d, struct ws_waiter *wait,
			  int err)
{
	struct ws_waiter_link *link, *end = wait->links + wait->count;
	unsigned long flags;

	spin_lock_irqsave(&d->lock, flags);
	for (link = wait->links; link < end; link++)
		list_del_init(&link->node);
	spin_unlock_irqrestore(&d->lock, flags);
	if (wait->index == WS_WAITER_ASLEEP)
		return err;
	return wait->index == WS_WAITER_CLOSED ? WINSOCK_INVALID_HANDLE : 0;
}

/* Sleep until an event ends the wait, or something else does. */
static int ws_waitfor_block(struct ws_waitfor *w, struct ws_waiter *wait)
{
	struct winsock_wait *a = &w->call->wait;
	bool expired = !a->timeout;
	ktime_t end, *endp = ws_call_end(a->timeout, a->deadline, &end);
	int err = 0;

	for (;;) {
		/* Pairs with the barrier in wake_up_process(). */
		set_current_state(TASK_INTERRUPTIBLE);
		if (READ_ONCE(wait->index) != WS_WAITER_ASLEEP)
			break;
		if (a->flags & WINSOCK_WAIT_ALERTABLE &&
		    ws_alerted(w->call->ctx))
			err = WINSOCK_WAIT_IO_COMPLETION;
		else if (expired)
			err = WINSOCK_WAIT_TIMEOUT;
		else if (signal_pending(current))
			err = -ERESTARTNOINTR;
		if (err)
			break;
		expired = !ws_call_sleep(endp);
	}
	__set_current_state(TASK_RUNNING);
	if (err == -ERESTARTNOINTR)
		a->deadline = end;
	return err;
}

/* The long way: with a place in the events' queues. */
static noinline int ws_waitfor_queue(struct ws_waitfor *w,
				     struct ws_dispatcher *d)
{
	struct winsock_wait *a = &w->call->wait;
	struct ws_waiter_link fast[WS_WAITFOR_FAST] __uninitialized;
	struct ws_waiter wait = {
		.task = current, .links = fast, .count = w->count,
		.all = a->flags & WINSOCK_WAIT_ALL && w->count,
		.index = WS_WAITER_ASLEEP,
	};
	int err;

	if (w->count > WS_WAITFOR_FAST) {
		wait.links = kmalloc_array(w->count, sizeof(*wait.links),
					   WS_GFP);
		if (!wait.links)
			return WINSOCK_NOT_ENOUGH_MEMORY;
	}
	err = ws_waitfor_begin(w, d, &wait);
	if (err == WINSOCK_WAIT_TIMEOUT)
		err = ws_waitfor_end(d, &wait, ws_waitfor_block(w, &wait));
	a->out_index = wait.index;
	if (wait.links != fast)
		kfree(wait.links);
	return err;
}

static int ws_waitfor_run(struct ws_waitfor *w, struct ws_dispatcher *d)
{
	struct winsock_wait *a = &w->call->wait;
	int err;

	if (a->flags & WINSOCK_WAIT_ALL)
		return ws_waitfor_queue(w, d);
	err = ws_waitfor_look(w, d, &a->out_index);
	if (likely(err != WINSOCK_WAIT_TIMEOUT))
		return err;
	if (a->flags & WINSOCK_WAIT_ALERTABLE && ws_alerted(w->call->ctx))
		return WINSOCK_WAIT_IO_COMPLETION;
	return a->timeout ? ws_waitfor_queue(w, d) : err;
}

/* WINSOCK_IOC_WAIT */
int ws_waitfor(struct ws_call *call)
{
	struct winsock_wait *a = &call->wait;
	struct ws_waitfor w __uninitialized;
	struct ws_dispatcher *d;
	int err;

	if (a->count > WINSOCK_WAIT_MAX ||
	    (!a->count && a->timeout < 0 &&
	     !(a->flags & WINSOCK_WAIT_ALERTABLE)))
		return WINSOCK_INVALID_PARAMETER;
	d = ws_event_dispatcher(call->ctx);
	if (unlikely(!d))
		return WINSOCK_NOT_ENOUGH_MEMORY;
	w.call = call;
	w.count = a->count;
	err = a->flags & WINSOCK_WAIT_32 ? ws_waitfor_read32(&w, a) :
					   ws_waitfor_read(&w, a);
	if (err)
		return err;
	err = ws_waitfor_run(&w, d);
	if (err == -ERESTARTNOINTR)
		return ws_call_restart(call);
	if (err)
		return err;
	/* A killed thread cannot use it, another can. */
	err = fatal_signal_pending(current) ? -ERESTARTNOINTR :
					      ws_call_reply(call);
	if (unlikely(err))
		ws_waitfor_give_back(&w, a->out_index,
				     a->flags & WINSOCK_WAIT_ALL);
	return err;
}
