// SPDX-License-Identifier: GPL-2.0-only
/*
 * Window messages of a context that has no windows of its own: a queue that a
 * program reads, and can poll.
 */
#include <linux/errno.h>
#include <linux/memcontrol.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include "call.h"
#include "ctx.h"
#include "message.h"

/**
 * ws_messages_create() - an empty queue
 *
 * Context: process, may sleep.
 * Return: the queue, or NULL without memory.
 */
struct ws_messages *ws_messages_create(void)
{
	struct ws_messages *q = kmalloc(sizeof(*q), WS_GFP);

	if (!q)
		return NULL;
	kref_init(&q->ref);
	spin_lock_init(&q->lock);
	INIT_LIST_HEAD(&q->queue);
	q->closed = false;
	q->count = 0;
	init_waitqueue_head(&q->wait);
	q->memcg = get_mem_cgroup_from_mm(current->mm);
	return q;
}

/* A message that is in no queue any more. */
static void ws_message_free(struct ws_message *m)
{
	if (m->owner)
		kref_put(m->owner, m->release);
	else
		kfree(m);
}

/* Closed, and so empty. */
static void ws_messages_free(struct kref *ref)
{
	struct ws_messages *q = container_of(ref, struct ws_messages, ref);

	mem_cgroup_put(q->memcg);
	kfree(q);
}

void ws_messages_get(struct ws_messages *q)
{
	kref_get(&q->ref);
}

/* Process context. */
void ws_messages_put(struct ws_messages *q)
{
	kref_put(&q->ref, ws_messages_free);
}

/*
 * Take the oldest message, or NULL.  What it says goes to @a, if any, in the
 * same step: once it is in no queue it may be posted anew.
 */
static struct ws_message *ws_message_first(struct ws_messages *q,
					   struct winsock_message_get *a)
{
	struct ws_message *m;

	spin_lock_irq(&q->lock);
	m = list_first_entry_or_null(&q->queue, struct ws_message, link);
	if (m) {
		list_del_init(&m->link);
		WRITE_ONCE(q->count, q->count - 1);
	}
	if (m && a) {
		a->out_window = m->window;
		a->out_wparam = m->wparam;
		a->out_lparam = m->lparam;
		a->out_message = m->message;
	}
	spin_unlock_irq(&q->lock);
	return m;
}

/**
 * ws_messages_close() - the context goes: nobody will take what waits
 * @q: the queue; the caller holds a reference
 *
 * A registration holds its queue, and is held by its messages that wait: none
 * may any more.
 *
 * Context: process.
 */
void ws_messages_close(struct ws_messages *q)
{
	struct ws_message *m;

	spin_lock_irq(&q->lock);
	q->closed = true;
	spin_unlock_irq(&q->lock);
	while ((m = ws_message_first(q, NULL)))
		ws_message_free(m);
}

/**
 * ws_messages_withdraw() - take messages back if too many wait
 * @q:     the queue; the caller holds a reference
 * @m:     messages with a place of their own
 * @count: their number
 *
 * Context: process.
 * Return: how many of their owner's references have become the caller's.
 */
unsigned int ws_messages_withdraw(struct ws_messages *q, struct ws_message *m,
				  unsigned int count)
{
	unsigned int n = 0;

	if (READ_ONCE(q->count) <= WINSOCK_MESSAGES_MAX)
		return 0;
	spin_lock_irq(&q->lock);
	for (; count--; m++) {
		if (list_empty(&m->link))
			continue;
		list_del_init(&m->link);
		n++;
	}
	WRITE_ONCE(q->count, q->count - n);
	spin_unlock_irq(&q->lock);
	return n;
}

/**
 * ws_message_init() - a message that lives in other memory
 * @m:       the message; its fields are set by whoever posts it
 * @owner:   that memory's count
 * @release: for the last of it; process context
 */
void ws_message_init(struct ws_message *m, struct kref *owner,
		     void (*release)(struct kref *owner))
{
	INIT_LIST_HEAD(&m->link);
	m->owner = owner;
	m->release = release;
}

static void ws_message_queue_locked(struct ws_messages *q, struct ws_message *m)
{
	lockdep_assert_held(&q->lock);
	list_add_tail(&m->link, &q->queue);
	WRITE_ONCE(q->count, q->count + 1);
}

/* A message was queued; without the lock, which is a leaf. */
static void ws_message_wake(struct ws_messages *q)
{
	if (wq_has_sleeper(&q->wait))
		wake_up_interruptible_poll(&q->wait, EPOLLIN | EPOLLRDNORM);
}

/*
 * In softirq mostly, where the allocator knows of nobody to charge.  Not from
 * the reserves, which would be beyond the group's limit.
 */
static struct ws_message *ws_message_copy(struct ws_messages *q,
					  const struct ws_message *m)
{
	struct mem_cgroup *before = set_active_memcg(q->memcg);
	struct ws_message *copy;

	copy = kmalloc(sizeof(*copy), GFP_NOWAIT | __GFP_NOWARN |
				      __GFP_ACCOUNT);
	set_active_memcg(before);
	if (!copy)
		return NULL;
	*copy = *m;
	copy->owner = NULL;
	return copy;
}

static void ws_message_post_locked(struct ws_messages *q, struct ws_message *m,
				   u64 lparam)
{
	struct ws_message *copy;

	lockdep_assert_held(&q->lock);
	if (list_empty(&m->link)) {
		kref_get(m->owner);
		m->lparam = lparam;
		ws_message_queue_locked(q, m);
		return;
	}
	if (q->count >= WINSOCK_MESSAGES_MAX)
		return;
	copy = ws_message_copy(q, m);
	if (!copy)
		return;
	copy->lparam = lparam;
	ws_message_queue_locked(q, copy);
}

/**
 * ws_message_post() - post a message that has a place of its own
 * @q:      the queue; the caller holds a reference
 * @m:      the message, not NULL its @owner, of which the caller holds one
 * @lparam: the word that differs each time
 *
 * If it waits already, a copy is posted.  When there is no memory for that, or
 * too many wait, the one that waits has to do: it asks for the same call.
 *
 * Context: any, interrupts off or not.
 */
void ws_message_post(struct ws_messages *q, struct ws_message *m, u64 lparam)
{
	unsigned long irq;

	spin_lock_irqsave(&q->lock, irq);
	if (!q->closed)
		ws_message_post_locked(q, m, lparam);
	spin_unlock_irqrestore(&q->lock, irq);
	ws_message_wake(q);
}

/* WINSOCK_IOC_MESSAGE_POST */
int ws_message_add(struct ws_call *call)
{
	struct winsock_message_post *a = &call->message_post;
	struct ws_messages *q;
	struct ws_message *m;
	int err;

	err = ws_ctx_use(call->ctx);
	if (err)
		return err;
	q = call->ctx->messages;
	m = kmalloc(sizeof(*m), WS_GFP);
	if (!m)
		return WSAENOBUFS;
	INIT_LIST_HEAD(&m->link);
	m->owner = NULL;
	m->window = a->window;
	m->wparam = a->wparam;
	m->lparam = a->lparam;
	m->message = a->message;
	spin_lock_irq(&q->lock);
	if (q->count < WINSOCK_MESSAGES_MAX)
		ws_message_queue_locked(q, m);
	else
		err = WSAENOBUFS;
	spin_unlock_irq(&q->lock);
	if (err)
		kfree(m);
	else
		ws_message_wake(q);
	return err;
}

/* Wait for a message; each that is posted wakes one. */
static int ws_message_wait(struct ws_messages *q,
			   struct winsock_message_get *a)
{
	ktime_t end, *endp = ws_call_end(a->timeout, a->deadline, &end);
	bool last = !a->timeout;
	DEFINE_WAIT(wait);
	int err = 0;

	for (;;) {
		prepare_to_wait_exclusive(&q->wait, &wait, TASK_INTERRUPTIBLE);
		if (READ_ONCE(q->count))
			break;
		if (last)
			err = WINSOCK_WAIT_TIMEOUT;
		else if (signal_pending(current))
			err = -ERESTARTNOINTR;
		if (err)
			break;
		/* Time is up: look once more. */
		last = !ws_call_sleep(endp);
	}
	finish_wait(&q->wait, &wait);
	/* The wake-up that ended this wait may have been for a message. */
	if (err && READ_ONCE(q->count))
		ws_message_wake(q);
	if (err == -ERESTARTNOINTR)
		a->deadline = end;
	return err;
}

/*
 * The caller could not be told: it is the first again.  If it was posted anew
 * meanwhile, it waits already, and has to do for both.
 */
static void ws_message_return(struct ws_messages *q, struct ws_message *m)
{
	bool waits;

	spin_lock_irq(&q->lock);
	waits = !list_empty(&m->link);
	list_move(&m->link, &q->queue);
	if (!waits)
		WRITE_ONCE(q->count, q->count + 1);
	spin_unlock_irq(&q->lock);
	if (waits)
		ws_message_free(m);
}

/* WINSOCK_IOC_MESSAGE_GET */
int ws_message_get(struct ws_call *call)
{
	struct winsock_message_get *a = &call->message_get;
	struct ws_messages *q;
	struct ws_message *m;
	int err;

	err = ws_ctx_use(call->ctx);
	if (err)
		return err;
	q = call->ctx->messages;
	while (!(m = ws_message_first(q, a))) {
		err = ws_message_wait(q, a);
		if (err)
			return err == -ERESTARTNOINTR ? ws_call_restart(call) :
							err;
	}
	err = ws_call_reply(call);
	if (err)
		ws_message_return(q, m);
	else
		ws_message_free(m);
	return err;
}
