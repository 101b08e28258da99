// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contexts: one open of the node, its start-up count and its handles.
 *
 * Teardown.  ws_ctx_destroy() runs in release(), after the last reference to
 * the file; calls hold one, so none is under way.  What may still exist:
 *   descriptor files and handles of other contexts that name the same objects
 *	- they hold descriptors of their own, and keep the objects open
 *   calls through those - they hold users
 *   lookups under RCU - none, as they are calls
 *   a reader of debugfs - holds ws_ctx_list_lock, so the context leaves the
 *	list first
 *   offers in the tree of all - ended here, as each names its context's list
 *   the watch for the opener's end - taken off here, its work waited for
 * So the table is closed, which drops this context's descriptors, and freed.
 *
 * A context ends no later than the process that opened it, whoever else has the
 * file.  Handles are a process' own in Windows; and a file that waits to be
 * received on an AF_UNIX socket of the context itself would otherwise keep the
 * context, which keeps the socket, which keeps the file, for good.
 */
#include <linux/cred.h>
#include <linux/net.h>
#include <linux/nsproxy.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include "ctx.h"

LIST_HEAD(ws_ctx_list);
DEFINE_MUTEX(ws_ctx_list_lock);	/* within ws_ctx.lock */

#define WS_VERSION(major, minor)	((minor) << 8 | (major))

/* As of the last thread, whether or not it has been waited for. */
static bool ws_ctx_opener_gone(const struct ws_ctx *ctx)
{
	struct task_struct *task;
	bool gone;

	rcu_read_lock();
	task = pid_task(ctx->opener, PIDTYPE_TGID);
	gone = !task || (READ_ONCE(task->exit_state) &&
			 thread_group_empty(task));
	rcu_read_unlock();
	return gone;
}

static void ws_ctx_end(struct work_struct *work)
{
	struct ws_ctx *ctx = container_of(work, struct ws_ctx, end);

	if (!ws_ctx_opener_gone(ctx))
		return;
	mutex_lock(&ctx->lock);
	ctx->started = 0;
	ctx->ended = true;
	ws_offers_close(&ctx->offers);
	ws_handle_table_close(&ctx->handles, true);
	ws_apcs_end(&ctx->apcs);
	mutex_unlock(&ctx->lock);
}

/* A thread of the opener ends; the lists of tasks are locked, interrupts off. */
static int ws_ctx_wake(wait_queue_entry_t *gone, unsigned int mode, int sync,
		       void *key)
{
	/* Not the system's common queue: there may be a million handles. */
	queue_work(system_unbound_wq,
		   &container_of(gone, struct ws_ctx, gone)->end);
	return 0;
}

/**
 * ws_ctx_create() - a blank file's state
 *
 * Context: process, may sleep.
 * Return: the new state, or NULL without memory.
 */
struct ws_ctx *ws_ctx_create(void)
{
	struct ws_ctx *ctx = kzalloc(sizeof(*ctx), WS_GFP);

	if (!ctx)
		return NULL;
	mutex_init(&ctx->lock);
	INIT_LIST_HEAD(&ctx->link);
	init_waitqueue_func_entry(&ctx->gone, ws_ctx_wake);
	INIT_WORK(&ctx->end, ws_ctx_end);
	ws_handle_table_init(&ctx->handles);
	ws_offers_init(&ctx->offers);
	ws_apcs_init(&ctx->apcs);
	ctx->opener = get_pid(task_tgid(current));
	ctx->limit = rlimit_max(RLIMIT_NOFILE);
	ctx->net = current->nsproxy->net_ns->net_cookie;
	return ctx;
}

/**
 * ws_ctx_destroy() - the file has gone
 * @ctx: its state, see the top of this file
 *
 * Context: process, may sleep.
 */
void ws_ctx_destroy(struct ws_ctx *ctx)
{
	if (!list_empty(&ctx->link)) {
		remove_wait_queue(&ctx->opener->wait_pidfd, &ctx->gone);
		cancel_work_sync(&ctx->end);
		mutex_lock(&ws_ctx_list_lock);
		list_del(&ctx->link);
		mutex_unlock(&ws_ctx_list_lock);
	}
	ws_offers_close(&ctx->offers);
	ws_handle_table_close(&ctx->handles, true);
	ws_apcs_end(&ctx->apcs);
	ws_handle_table_free(&ctx->handles);
	if (ctx->events)
		ws_dispatcher_put(ctx->events);
	if (ctx->object)
		ws_obj_put_desc(ctx->object);
	/* Sockets that others have may post more, which goes with them. */
	if (ctx->messages) {
		ws_messages_close(ctx->messages);
		ws_messages_put(ctx->messages);
	}
	put_pid(ctx->opener);
	mutex_destroy(&ctx->lock);
	kfree(ctx);
}

/**
 * ws_ctx_attach() - make a blank file a descriptor file
 * @ctx: the blank file's state
 * @obj: what it is to stand for; the caller's descriptor becomes the file's
 *
 * Context: process, may sleep.
 * Return: 0, WSAEINVAL if the file is not blank, -ERESTARTNOINTR if killed.
 */
int ws_ctx_attach(struct ws_ctx *ctx, struct ws_obj *obj)
{
	int err = WSAEINVAL;

	if (mutex_lock_killable(&ctx->lock))
		return -ERESTARTNOINTR;
	if (!ctx->used) {
		ctx->used = true;
		/* Pairs with smp_load_acquire() in ws_ctx_object(). */
		smp_store_release(&ctx->object, obj);
		err = 0;
	}
	mutex_unlock(&ctx->lock);
	return err;
}

/**
 * ws_ctx_poll() - poll(2) on a context's file: whether a message waits
 * @ctx:  the file's state; not a descriptor file's
 * @file: the file
 * @pt:   queues the caller, or NULL
 *
 * Context: process.
 * Return: EPOLL* bits; none before the first start-up.
 */
__poll_t ws_ctx_poll(struct ws_ctx *ctx, struct file *file,
		     struct poll_table_struct *pt)
{
	/* Pairs with smp_store_release() in ws_ctx_open_locked(). */
	struct ws_messages *q = smp_load_acquire(&ctx->messages);

	if (!q)
		return 0;
	poll_wait(file, &q->wait, pt);
	/* Pairs with wq_has_sleeper() of those who post. */
	smp_mb();
	return READ_ONCE(q->count) ? EPOLLIN | EPOLLRDNORM : 0;
}

/**
 * ws_ctx_own_net() - whether the caller is where the context was opened
 * @ctx: the context
 *
 * A context stays in one network namespace.  A sandbox that inherited the file
 * and then left the network gets no new socket through it.
 */
bool ws_ctx_own_net(const struct ws_ctx *ctx)
{
	return current->nsproxy->net_ns->net_cookie == ctx->net;
}

/* How many handles the context may have now. */
static u32 ws_ctx_limit(struct ws_ctx *ctx)
{
	if (likely(task_tgid(current) == ctx->opener))
		WRITE_ONCE(ctx->limit, rlimit_max(RLIMIT_NOFILE));
	return min_t(unsigned long, READ_ONCE(ctx->limit), WS_HANDLES_MAX);
}

/* WINSOCK_IOC_QUERY */
int ws_ctx_query(struct ws_call *call)
{
	call->query.out_abi = WINSOCK_ABI_VERSION;
	call->query.out_commands = WINSOCK_NR_COUNT;
	call->query.out_features =
		WINSOCK_FEATURE_TCP | WINSOCK_FEATURE_EXPORT |
		WINSOCK_FEATURE_SELECT | WINSOCK_FEATURE_UDP |
		WINSOCK_FEATURE_RAW | WINSOCK_FEATURE_UNIX |
		WINSOCK_FEATURE_EVENT | WINSOCK_FEATURE_MESSAGE;
	return 0;
}

/* The WSAStartup page's rule; 0 if the request is below all we support. */
static u32 ws_ctx_version(u32 asked)
{
	u32 major = asked & 0xff, minor = (asked >> 8) & 0xff;

	if (!major)
		return 0;
	if (major == 1)
		return WS_VERSION(1, min(minor, 1U));
	if (major == 2)
		return WS_VERSION(2, min(minor, 2U));
	return WS_VERSION(2, 2);
}

/* From the first use debugfs lists the context, and its opener is watched. */
static int ws_ctx_use_locked(struct ws_ctx *ctx)
{
	struct ws_messages *q;

	lockdep_assert_held(&ctx->lock);
	if (ctx->object)
		return -EINVAL;
	if (!ctx->messages) {
		q = ws_messages_create();
		if (!q)
			return WSAENOBUFS;
		/* Pairs with smp_load_acquire() in ws_ctx_poll(). */
		smp_store_release(&ctx->messages, q);
	}
	if (!ctx->used) {
		if (mutex_lock_killable(&ws_ctx_list_lock))
			return -ERESTARTNOINTR;
		list_add_tail(&ctx->link, &ws_ctx_list);
		mutex_unlock(&ws_ctx_list_lock);
		ctx->used = true;
		add_wait_queue(&ctx->opener->wait_pidfd, &ctx->gone);
	}
	/* After this the watch tells. */
	if (ws_ctx_opener_gone(ctx))
		ctx->ended = true;
	return ctx->ended ? WSASYSNOTREADY : 0;
}

/**
 * ws_ctx_use() - have a context for what needs no start-up
 * @ctx: state of a file that is no descriptor file
 *
 * Context: process, may sleep.
 * Return: 0; WSASYSNOTREADY if its opener has gone; -EINVAL if it has become a
 * descriptor file; -ERESTARTNOINTR if killed.
 */
int ws_ctx_use(struct ws_ctx *ctx)
{
	int err;

	if (likely(ws_handle_used(&ctx->handles)))
		return 0;
	if (mutex_lock_killable(&ctx->lock))
		return -ERESTARTNOINTR;
	err = ws_ctx_use_locked(ctx);
	if (!err)
		ws_handle_table_use(&ctx->handles);
	mutex_unlock(&ctx->lock);
	return err;
}

/* The first start-up: sockets can be made. */
static int ws_ctx_open_locked(struct ws_ctx *ctx)
{
	int err = ws_ctx_use_locked(ctx);

	if (err)
		return err;
	ws_handle_table_open(&ctx->handles);
	ws_offers_open(&ctx->offers);
	return 0;
}

static int ws_ctx_start(struct ws_ctx *ctx)
{
	int err = 0;

	if (mutex_lock_killable(&ctx->lock))
		return -ERESTARTNOINTR;
	if (ctx->started == U32_MAX)
		err = WSAEPROCLIM;
	else if (!ctx->started)
		err = ws_ctx_open_locked(ctx);
	if (!err)
		ctx->started++;
	mutex_unlock(&ctx->lock);
	return err;
}

static int ws_ctx_stop(struct ws_ctx *ctx)
{
	int err = 0;

	if (mutex_lock_killable(&ctx->lock))
		return -ERESTARTNOINTR;
	if (!ctx->started) {
		err = WSANOTINITIALISED;
	} else if (!--ctx->started) {
		ws_offers_close(&ctx->offers);
		ws_handle_table_close(&ctx->handles, false);
	}
	mutex_unlock(&ctx->lock);
	return err;
}

/* WINSOCK_IOC_STARTUP */
int ws_ctx_startup(struct ws_call *call)
{
	struct winsock_startup *a = &call->startup;
	int err;

	a->out_version = ws_ctx_version(a->version);
	a->out_highest = WS_VERSION(2, 2);
	if (!a->out_version)
		return WSAVERNOTSUPPORTED;
	err = ws_ctx_start(call->ctx);
	if (err)
		return err;
	/* Outside of the lock: user memory may take its time to come. */
	err = ws_call_reply(call);
	if (err)
		ws_ctx_stop(call->ctx);	/* nobody saw it, so it did not happen */
	return err;
}

/* WINSOCK_IOC_CLEANUP */
int ws_ctx_cleanup(struct ws_call *call)
{
	return ws_ctx_stop(call->ctx);
}

/**
 * ws_call_reserve() - keep a handle in the caller's context
 * @call: the call
 * @res:  the reservation
 *
 * Context: process, may sleep.
 * Return: as ws_handle_reserve().
 */
int ws_call_reserve(struct ws_call *call, struct ws_reserved *res)
{
	struct ws_ctx *ctx = call->ctx;

	return ws_handle_reserve(&ctx->handles, ws_ctx_limit(ctx), false, res);
}

/**
 * ws_call_reserve_lasting() - ws_call_reserve() for what needs no start-up
 * @call: the call
 * @res:  the reservation
 *
 * Context: process, may sleep.
 * Return: as ws_handle_reserve() and ws_ctx_use().
 */
int ws_call_reserve_lasting(struct ws_call *call, struct ws_reserved *res)
{
	struct ws_ctx *ctx = call->ctx;

	return ws_ctx_use(ctx) ?:
	       ws_handle_reserve(&ctx->handles, ws_ctx_limit(ctx), true, res);
}

/**
 * ws_call_publish() - tell the caller the new handle, then let it work
 * @call: the call, its handle field already filled in
 * @res:  the reservation, used up in any case
 * @obj:  a finished object; the caller's descriptor is used up on success only
 *
 * In this order, because the caller's memory may have gone and what was
 * published cannot be taken back.
 *
 * Context: process, may fault.
 * Return: 0, -EFAULT, WSANOTINITIALISED.
 */
int ws_call_publish(struct ws_call *call, struct ws_reserved *res,
		    struct ws_obj *obj)
{
	struct ws_handle_table *t = &call->ctx->handles;
	int err;

	err = ws_call_reply(call);
	if (!err)
		err = ws_handle_publish(t, res, obj);
	if (err)
		ws_handle_unreserve(t, res);
	return err;
}

/**
 * ws_call_lookup() - the object that a call is about
 * @call:   the call
 * @handle: as the user gave it; 0 on a descriptor file
 * @type:   the type it must have, or NULL for any
 *
 * Context: process, may sleep if the object is closing.
 * Return: the object with a user taken, or NULL.
 */
struct ws_obj *ws_call_lookup(struct ws_call *call, u64 handle,
			      const struct ws_obj_ops *type)
{
	struct ws_obj *obj = ws_ctx_object(call->ctx);

	if (likely(!obj))
		return ws_handle_lookup(&call->ctx->handles, handle, type);
	if (handle || (type && obj->ops != type) || !ws_obj_get_user(obj))
		return NULL;
	if (unlikely(ws_obj_closed(obj))) {
		ws_obj_put_user(obj);
		return NULL;
	}
	return obj;
}

#define WS_CLOSE_KINDS	(WINSOCK_CLOSE_SOCKET | WINSOCK_CLOSE_EVENT)

/* Drop the descriptor of a handle that was removed. */
static void ws_call_close_desc(struct ws_call *call, struct ws_obj *obj)
{
	u32 flags = call->close.flags;

	assign_bit(WS_OBJ_UNNAMED, &obj->flags, !(flags & WS_CLOSE_KINDS));
	if (flags & WINSOCK_CLOSE_OBJECT)
		ws_obj_close(obj);
	ws_obj_put_desc(obj);
}

/*
 * Close an object that may have to wait for that, or may not wait and then
 * stays as it is (closesocket page).  A user of our own sees to it that it is
 * this call that waits for the last bytes, and not whoever else happens to
 * leave last.  A handle of several closes nothing, so it waits for nothing.
 */
static int ws_call_close_lingering(struct ws_call *call)
{
	struct winsock_handle_close *a = &call->close;
	struct ws_handle_table *t = &call->ctx->handles;
	struct ws_obj *obj, *desc;
	int err = 0;

	obj = ws_handle_lookup(t, a->handle, NULL);
	if (!obj) {
		/* Closed by another handle; this one goes all the same. */
		desc = ws_handle_remove(t, a->handle, 0, true);
		if (desc)
			ws_obj_put_desc(desc);
		return WSAENOTSOCK;
	}
	if ((a->flags & WINSOCK_CLOSE_OBJECT || ws_obj_last(obj)) &&
	    obj->ops->busy(obj)) {
		err = WSAEWOULDBLOCK;
		goto put_user;
	}
	desc = ws_handle_remove(t, a->handle, 0, true);
	if (!desc) {
		err = WSAENOTSOCK;
		goto put_user;
	}
	ws_call_close_desc(call, desc);
	if (ws_obj_closed(obj))
		err = obj->ops->linger(obj, call->ctx);
put_user:
	ws_obj_put_user(obj);
	return err;
}

/* What a handle is told that names nothing that the call would close. */
static int ws_call_close_nothing(struct ws_call *call)
{
	if (call->close.flags & WINSOCK_CLOSE_EVENT)
		return WINSOCK_INVALID_HANDLE;
	return ws_ctx_ready(call->ctx) ? WSAENOTSOCK : WSANOTINITIALISED;
}

/* On a descriptor file, which keeps its descriptor until it goes. */
static int ws_call_close_object(struct ws_call *call, struct ws_obj *obj)
{
	struct winsock_handle_close *a = &call->close;
	u32 kind = a->flags & WS_CLOSE_KINDS;

	if (!(a->flags & WINSOCK_CLOSE_OBJECT))
		return -EINVAL;
	if (a->handle || ws_obj_closed(obj) ||
	    (kind && !(obj->ops->kind & kind)))
		return ws_call_close_nothing(call);
	ws_obj_close(obj);
	return 0;
}

/* WINSOCK_IOC_HANDLE_CLOSE */
int ws_call_close_handle(struct ws_call *call)
{
	struct winsock_handle_close *a = &call->close;
	struct ws_obj *obj = ws_ctx_object(call->ctx);

	if (obj)
		return ws_call_close_object(call, obj);

	obj = ws_handle_remove(&call->ctx->handles, a->handle,
			       a->flags & WS_CLOSE_KINDS, false);
	if (!obj)
		return ws_call_close_nothing(call);
	if (IS_ERR(obj))
		return ws_call_close_lingering(call);
	if (ws_obj_closed(obj)) {
		ws_obj_put_desc(obj);
		return ws_call_close_nothing(call);
	}
	ws_call_close_desc(call, obj);
	return 0;
}
