// SPDX-License-Identifier: GPL-2.0-only
/*
 * Asynchronous procedure calls: functions that a thread of the context's own
 * process is to run when it waits.
 *
 * The driver only keeps and orders them.  A thread that would sleep in the
 * driver and has one leaves instead, as for a signal, and is told so
 * (WINSOCK_WAIT_IO_COMPLETION); it takes them with APC_TAKE, runs them, and
 * calls again.
 *
 * Waking: who queues puts the call into the list and then wakes the thread; a
 * thread says that it is about to sleep and then looks at the list.  Both have a
 * full barrier between the two (try_to_wake_up(), set_current_state()), so one
 * sees the other.  All that sleep look again after any wake-up, so a thread that
 * is woken without need goes back to sleep.
 *
 * What waits for a thread that has gone is freed when a later call comes by, or
 * with the context.
 */
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include "apc.h"
#include "ctx.h"

/* The most that wait in a context. */
#define WS_APCS_MAX	65536

/**
 * struct ws_apc - one procedure call
 * @link:     place in its thread's list                       [@lock]
 * @function: what to call, an address of the program          [const]
 * @arg:      what to give it                                  [const]
 */
struct ws_apc {
	struct list_head link;
	u64 function;
	u64 arg[3];
};

/**
 * struct ws_apc_list - what waits for one thread
 * @node:   place in ws_apcs.threads                           [@lock]
 * @link:   place in ws_apcs.lists                             [@lock]
 * @thread: the thread; owns a reference                       [const]
 * @count:  number of @apcs                                    [@lock]
 * @apcs:   struct ws_apc, oldest first; may be empty          [@lock]
 *
 * Lives from the first call that is queued until the thread has gone.
 */
struct ws_apc_list {
	struct rb_node node;
	struct list_head link;
	struct pid *thread;
	unsigned int count;
	struct list_head apcs;
};

/**
 * struct ws_thread - a handle's thread
 * @obj: object header
 * @pid: the thread; owns a reference                          [const]
 */
struct ws_thread {
	struct ws_obj obj;
	struct pid *pid;
};

/**
 * ws_apcs_init() - none
 * @apcs: memory in a context
 */
void ws_apcs_init(struct ws_apcs *apcs)
{
	spin_lock_init(&apcs->lock);
	apcs->threads = RB_ROOT;
	INIT_LIST_HEAD(&apcs->lists);
}

/**
 * ws_thread_gone() - whether a thread will run no more of its program
 * @thread: the thread; the caller holds a reference
 *
 * Context: any.
 */
bool ws_thread_gone(struct pid *thread)
{
	struct task_struct *task;
	bool gone;

	rcu_read_lock();
	task = pid_task(thread, PIDTYPE_PID);
	gone = !task || READ_ONCE(task->flags) & PF_EXITING;
	rcu_read_unlock();
	return gone;
}

static void ws_apc_unlink_locked(struct ws_apcs *apcs, struct ws_apc_list *l,
				 struct list_head *dropped)
{
	lockdep_assert_held(&apcs->lock);
	rb_erase(&l->node, &apcs->threads);
	list_move(&l->link, dropped);
	WRITE_ONCE(apcs->count, apcs->count - l->count);
}

/*
 * Unlink what waits for a thread that has gone: of the next thread in turn, or,
 * when there is no room, of all.
 */
static void ws_apc_forget_locked(struct ws_apcs *apcs,
				 struct list_head *dropped)
{
	struct ws_apc_list *l, *next;

	lockdep_assert_held(&apcs->lock);
	list_for_each_entry_safe(l, next, &apcs->lists, link) {
		if (ws_thread_gone(l->thread)) {
			ws_apc_unlink_locked(apcs, l, dropped);
		} else if (apcs->count < WS_APCS_MAX) {
			list_move_tail(&l->link, &apcs->lists);
			break;
		}
	}
}

static void ws_apc_drop(struct list_head *dropped)
{
	struct ws_apc_list *l, *next;
	struct ws_apc *apc, *after;

	list_for_each_entry_safe(l, next, dropped, link) {
		list_for_each_entry_safe(apc, after, &l->apcs, link) {
			kfree(apc);
			cond_resched();
		}
		put_pid(l->thread);
		kfree(l);
	}
}

/**
 * ws_apcs_end() - forget all that waits
 * @apcs: of a context whose process, or file, has gone
 *
 * Context: process, may sleep.
 */
void ws_apcs_end(struct ws_apcs *apcs)
{
	struct ws_apc_list *l, *next;
	LIST_HEAD(dropped);

	spin_lock(&apcs->lock);
	list_for_each_entry_safe(l, next, &apcs->lists, link)
		ws_apc_unlink_locked(apcs, l, &dropped);
	spin_unlock(&apcs->lock);
	ws_apc_drop(&dropped);
}

static int ws_apc_compare(const void *thread, const struct rb_node *node)
{
	const struct pid *there = rb_entry(node, struct ws_apc_list,
					   node)->thread;

	return (const struct pid *)thread < there ? -1 :
	       (const struct pid *)thread > there;
}

static bool ws_apc_less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct ws_apc_list, node)->thread <
	       rb_entry(b, struct ws_apc_list, node)->thread;
}

/* The list of a thread, or NULL. */
static struct ws_apc_list *ws_apc_find_locked(struct ws_apcs *apcs,
					      const struct pid *thread)
{
	struct rb_node *node;

	lockdep_assert_held(&apcs->lock);
	node = rb_find(thread, &apcs->threads, ws_apc_compare);
	return node ? rb_entry(node, struct ws_apc_list, node) : NULL;
}

/**
 * ws_apc_waits() - whether a call waits for the calling thread
 * @apcs: of the caller's context
 *
 * The slow part of ws_alerted().
 *
 * Context: process, does not sleep.
 */
bool ws_apc_waits(struct ws_apcs *apcs)
{
	struct ws_apc_list *l;
	bool waits;

	spin_lock(&apcs->lock);
	l = ws_apc_find_locked(apcs, task_pid(current));
	waits = l && l->count;
	spin_unlock(&apcs->lock);
	return waits;
}

/* See the top of this file; of the kernel's ways to wake, this one is exported. */
static void ws_apc_wake(struct pid *thread)
{
	struct task_struct *task;
	wait_queue_entry_t wake;

	rcu_read_lock();
	task = pid_task(thread, PIDTYPE_PID);
	if (task) {
		init_waitqueue_entry(&wake, task);
		default_wake_function(&wake, TASK_INTERRUPTIBLE, 0, NULL);
	}
	rcu_read_unlock();
}

/*
 * Put a call behind all others of its thread.  The caller's @apc is used up on
 * success, its @spare if the thread had no list.
 */
static int ws_apc_add(struct ws_apcs *apcs, struct pid *thread,
		      struct ws_apc *apc, struct ws_apc_list **spare)
{
	struct ws_apc_list *l;
	LIST_HEAD(dropped);
	int err = 0;

	spin_lock(&apcs->lock);
	ws_apc_forget_locked(apcs, &dropped);
	l = ws_apc_find_locked(apcs, thread);
	if (ws_thread_gone(thread)) {
		err = WINSOCK_GEN_FAILURE;
	} else if (apcs->count >= WS_APCS_MAX) {
		err = WINSOCK_NOT_ENOUGH_MEMORY;
	} else {
		if (!l) {
			l = *spare;
			*spare = NULL;
			l->thread = get_pid(thread);
			l->count = 0;
			INIT_LIST_HEAD(&l->apcs);
			rb_add(&l->node, &apcs->threads, ws_apc_less);
			list_add_tail(&l->link, &apcs->lists);
		}
		list_add_tail(&apc->link, &l->apcs);
		l->count++;
		WRITE_ONCE(apcs->count, apcs->count + 1);
	}
	spin_unlock(&apcs->lock);
	ws_apc_drop(&dropped);
	return err;
}

/* Whether a thread is one of the context's process. */
static bool ws_apc_own_thread(const struct ws_ctx *ctx, struct pid *thread)
{
	struct task_struct *task;
	bool own;

	rcu_read_lock();
	task = pid_task(thread, PIDTYPE_PID);
	own = task && task_tgid(task) == ctx->opener;
	rcu_read_unlock();
	return own;
}

static struct ws_thread *ws_obj_thread(struct ws_obj *obj)
{
	return container_of(obj, struct ws_thread, obj);
}

/* Nobody waits for a thread. */
static void ws_thread_close(struct ws_obj *obj)
{
}

static void ws_thread_free(struct rcu_head *rcu)
{
	struct ws_thread *th = container_of(rcu, struct ws_thread, obj.rcu);

	put_pid(th->pid);
	kfree(th);
}

static void ws_thread_show(struct ws_obj *obj, struct seq_file *m)
{
	seq_printf(m, "thread %d", pid_nr(ws_obj_thread(obj)->pid));
}

const struct ws_obj_ops ws_thread_ops = {
	.lasts = true,
	.close = ws_thread_close,
	.free = ws_thread_free,
	.show = ws_thread_show,
};

/* WINSOCK_IOC_THREAD_OPEN */
int ws_thread_open(struct ws_call *call)
{
	struct winsock_thread_open *a = &call->thread_open;
	struct ws_reserved res;
	struct ws_thread *th;
	struct pid *pid;
	int err;

	pid = a->thread ? find_get_pid(a->thread) : get_pid(task_pid(current));
	if (!pid || !ws_apc_own_thread(call->ctx, pid)) {
		put_pid(pid);
		return WINSOCK_INVALID_PARAMETER;
	}
	err = ws_call_reserve_lasting(call, &res);
	if (err)
		goto put_thread;
	th = kmalloc(sizeof(*th), WS_GFP);
	if (!th) {
		ws_handle_unreserve(&call->ctx->handles, &res);
		err = WSAENOBUFS;
		goto put_thread;
	}
	ws_obj_init(&th->obj, &ws_thread_ops);
	th->pid = pid;
	a->out_handle = res.handle;
	err = ws_call_publish(call, &res, &th->obj);
	if (err)
		ws_obj_put_desc(&th->obj);
	return err;

put_thread:
	put_pid(pid);
	return err;
}

/* The thread that a call is for, with a reference taken. */
static int ws_apc_target(struct ws_call *call, struct pid **thread)
{
	struct winsock_apc_queue *a = &call->apc_queue;
	struct ws_obj *obj;

	if (a->flags & WINSOCK_APC_SELF) {
		if (a->handle)
			return -EINVAL;
		if (task_tgid(current) != call->ctx->opener)
			return WINSOCK_INVALID_PARAMETER;
		*thread = get_pid(task_pid(current));
		return 0;
	}
	obj = ws_call_lookup(call, a->handle, &ws_thread_ops);
	if (!obj)
		return WINSOCK_INVALID_HANDLE;
	*thread = get_pid(ws_obj_thread(obj)->pid);
	ws_obj_put_user(obj);
	return 0;
}

/* WINSOCK_IOC_APC_QUEUE */
int ws_apc_queue(struct ws_call *call)
{
	struct winsock_apc_queue *a = &call->apc_queue;
	struct ws_apc_list *spare;
	struct pid *thread;
	struct ws_apc *apc;
	int err;

	err = ws_ctx_use(call->ctx) ?: ws_apc_target(call, &thread);
	if (err)
		return err;
	apc = kmalloc(sizeof(*apc), WS_GFP);
	spare = kmalloc(sizeof(*spare), WS_GFP);
	err = WINSOCK_NOT_ENOUGH_MEMORY;
	if (apc && spare) {
		apc->function = a->function;
		memcpy(apc->arg, a->arg, sizeof(apc->arg));
		err = ws_apc_add(&call->ctx->apcs, thread, apc, &spare);
	}
	if (err)
		kfree(apc);
	else
		ws_apc_wake(thread);
	kfree(spare);
	put_pid(thread);
	return err;
}

/* The oldest call for the calling thread, taken out of its list; or NULL. */
static struct ws_apc *ws_apc_first(struct ws_apcs *apcs,
				   struct ws_apc_list **list)
{
	struct ws_apc_list *l;
	struct ws_apc *apc = NULL;

	spin_lock(&apcs->lock);
	l = ws_apc_find_locked(apcs, task_pid(current));
	if (l)
		apc = list_first_entry_or_null(&l->apcs, struct ws_apc, link);
	if (apc) {
		list_del(&apc->link);
		l->count--;
		WRITE_ONCE(apcs->count, apcs->count - 1);
	}
	spin_unlock(&apcs->lock);
	*list = l;
	return apc;
}

/*
 * Put a call back in front of all others.  The list is still there: its thread
 * runs this.
 */
static void ws_apc_return(struct ws_apcs *apcs, struct ws_apc_list *l,
			  struct ws_apc *apc)
{
	spin_lock(&apcs->lock);
	list_add(&apc->link, &l->apcs);
	l->count++;
	WRITE_ONCE(apcs->count, apcs->count + 1);
	spin_unlock(&apcs->lock);
}

/* WINSOCK_IOC_APC_TAKE */
int ws_apc_take(struct ws_call *call)
{
	struct winsock_apc_take *a = &call->apc_take;
	struct ws_apcs *apcs = &call->ctx->apcs;
	struct ws_apc_list *l;
	struct ws_apc *apc;
	int err;

	if (!READ_ONCE(apcs->count))
		return WINSOCK_NO_MORE_ITEMS;
	apc = ws_apc_first(apcs, &l);
	if (!apc)
		return WINSOCK_NO_MORE_ITEMS;
	a->out_function = apc->function;
	memcpy(a->out_arg, apc->arg, sizeof(a->out_arg));
	err = ws_call_reply(call);
	if (err)
		ws_apc_return(apcs, l, apc);
	else
		kfree(apc);
	return err;
}
