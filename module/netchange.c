// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changes of a network namespace's addresses and routes.
 *
 * One feed tells of both: the table of routes has an entry of type "local" for
 * each address that can be bound, when it can be (not while an IPv6 address is
 * still checked for duplicates, not while the interface is down).  A namespace
 * is watched from the first call that asks for it until it ends.
 */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <net/fib_notifier.h>
#include <net/ip6_fib.h>
#include <net/ip_fib.h>
#include <net/netns/generic.h>
#include "netchange.h"
#include "wait.h"

enum ws_family {
	WS_FAMILY_IPV4,
	WS_FAMILY_IPV6,
	WS_FAMILIES
};

/**
 * struct ws_netns - a namespace's changes
 * @nb:      in the namespace's chain of notifiers, if @watched
 * @lock:    orders those who want it watched; taken outside of RTNL
 * @watched: @nb is in the chain; set once                            [@lock]
 * @count:   changes so far                                           [atomic]
 * @wait:    woken after each
 */
struct ws_netns {
	struct notifier_block nb;
	struct mutex lock;		/* 2 in the lock order */
	bool watched;
	atomic64_t count[WS_FAMILIES][WS_NETCHANGE_KINDS];
	wait_queue_head_t wait;
};

static unsigned int ws_netns_id;

static atomic64_t *ws_netns_count(struct ws_netns *wn, int family,
				  enum ws_netchange what)
{
	enum ws_family f = family == AF_INET6 ? WS_FAMILY_IPV6 : WS_FAMILY_IPV4;

	return &wn->count[f][what];
}

static bool ws_fib_local(const struct fib_notifier_info *info)
{
	const struct fib6_entry_notifier_info *entry6;
	const struct fib_entry_notifier_info *entry;

	if (info->family == AF_INET6) {
		entry6 = container_of(info, struct fib6_entry_notifier_info,
				      info);
		return entry6->rt->fib6_type == RTN_LOCAL;
	}
	entry = container_of(info, struct fib_entry_notifier_info, info);
	return entry->type == RTN_LOCAL;
}

/* In any context, with locks of the network held. */
static int ws_netns_event(struct notifier_block *nb, unsigned long event,
			  void *ptr)
{
	struct ws_netns *wn = container_of(nb, struct ws_netns, nb);
	enum ws_netchange what = WS_NETCHANGE_ROUTE;
	struct fib_notifier_info *info = ptr;

	if (info->family != AF_INET && info->family != AF_INET6)
		return NOTIFY_DONE;
	switch (event) {
	case FIB_EVENT_ENTRY_REPLACE:
	case FIB_EVENT_ENTRY_APPEND:
	case FIB_EVENT_ENTRY_ADD:
	case FIB_EVENT_ENTRY_DEL:
		if (ws_fib_local(info))
			what = WS_NETCHANGE_ADDRESS;
		break;
	}
	atomic64_inc(ws_netns_count(wn, info->family, what));
	wake_up_interruptible_all(&wn->wait);
	return NOTIFY_DONE;
}

/**
 * ws_netchange_watch() - have changes counted from now on
 * @net: namespace, kept by the caller
 *
 * Context: process, no locks; takes RTNL the first time.
 * Return: 0 or WSAENOBUFS.
 */
int ws_netchange_watch(struct net *net)
{
	struct ws_netns *wn = net_generic(net, ws_netns_id);
	int err = 0;

	mutex_lock(&wn->lock);
	/* Calls ws_netns_event() for all that is there, which does no harm. */
	if (!wn->watched)
		err = register_fib_notifier(net, &wn->nb, NULL, NULL);
	if (!err)
		wn->watched = true;
	mutex_unlock(&wn->lock);
	return err ? WSAENOBUFS : 0;
}

/**
 * ws_netchange_count() - how often something has changed
 * @net:    namespace, watched
 * @family: AF_INET or AF_INET6
 * @what:   addresses or routes
 *
 * Context: any.
 */
u64 ws_netchange_count(struct net *net, int family, enum ws_netchange what)
{
	return atomic64_read(ws_netns_count(net_generic(net, ws_netns_id),
					    family, what));
}

/**
 * ws_netchange_listen() - have a function called after each change
 * @net:   namespace, watched
 * @entry: calls it, in any context; until ws_netchange_unlisten()
 *
 * Context: process.
 */
void ws_netchange_listen(struct net *net, wait_queue_entry_t *entry)
{
	struct ws_netns *wn = net_generic(net, ws_netns_id);

	add_wait_queue(&wn->wait, entry);
}

/**
 * ws_netchange_unlisten() - the opposite; it is not running any more
 * @net:   namespace
 * @entry: as given to ws_netchange_listen()
 *
 * Context: process.
 */
void ws_netchange_unlisten(struct net *net, wait_queue_entry_t *entry)
{
	struct ws_netns *wn = net_generic(net, ws_netns_id);

	remove_wait_queue(&wn->wait, entry);
}

/**
 * ws_netchange_wait() - sleep until something has changed
 * @ctx:    of the caller's file: an APC for the thread ends the wait too
 * @net:    namespace, watched
 * @family: AF_INET or AF_INET6
 * @what:   addresses or routes
 * @seen:   count that the caller knows
 * @obj:    object whose closing ends the wait; the caller holds a user
 * @wq:     woken when @obj closes
 *
 * Context: process, no locks.
 * Return: 0, WS_WAIT_CLOSED, or -ERESTARTNOINTR for a signal or an APC.
 */
int ws_netchange_wait(struct ws_ctx *ctx, struct net *net, int family,
		      enum ws_netchange what, u64 seen, struct ws_obj *obj,
		      wait_queue_head_t *wq)
{
	struct ws_netns *wn = net_generic(net, ws_netns_id);
	DEFINE_WAIT(change);
	DEFINE_WAIT(close);
	int err = 0;

	for (;;) {
		prepare_to_wait(wq, &close, TASK_INTERRUPTIBLE);
		prepare_to_wait(&wn->wait, &change, TASK_INTERRUPTIBLE);
		/* Pairs with test_and_set_bit() in ws_obj_close(). */
		if (ws_obj_closed(obj))
			err = WS_WAIT_CLOSED;
		else if (ws_netchange_count(net, family, what) != seen)
			break;
		else if (signal_pending(current) || ws_alerted(ctx))
			err = -ERESTARTNOINTR;
		if (err)
			break;
		schedule();
	}
	finish_wait(&wn->wait, &change);
	finish_wait(wq, &close);
	return err;
}

static int __net_init ws_netns_init(struct net *net)
{
	struct ws_netns *wn = net_generic(net, ws_netns_id);

	wn->nb.notifier_call = ws_netns_event;
	mutex_init(&wn->lock);
	init_waitqueue_head(&wn->wait);
	return 0;
}

/*
 * Nobody waits: a call holds its socket, the socket the namespace, and the
 * module goes only when no file of the node is left.
 */
static void __net_exit ws_netns_exit(struct net *net)
{
	struct ws_netns *wn = net_generic(net, ws_netns_id);

	if (wn->watched)
		unregister_fib_notifier(net, &wn->nb);
}

static struct pernet_operations ws_netns_ops = {
	.init = ws_netns_init,
	.exit = ws_netns_exit,
	.id = &ws_netns_id,
	.size = sizeof(struct ws_netns),
};

/* Called once, before the node can be opened. */
int __init ws_netchange_init(void)
{
	return register_pernet_subsys(&ws_netns_ops);
}

/* Called once, when no file is left. */
void ws_netchange_exit(void)
{
	unregister_pernet_subsys(&ws_netns_ops);
}
