// SPDX-License-Identifier: GPL-2.0-only
/*
 * Offers: objects that wait for another process to take them.
 *
 * An offer owns a descriptor of its object, so the object lives on when its
 * own handles close.  It ends when the process that it is for has taken it,
 * when the context that made it is cleaned up or goes, or, to make room for
 * another, when that process has gone.
 */
#include <linux/random.h>
#include <linux/rbtree.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include "offer.h"

/* The most that wait for processes that exist, a context. */
#define WS_OFFERS_MAX	256

/**
 * struct ws_offer - one object for one process
 * @node:   place in ws_offer_tree                       [@ws_offer_lock]
 * @link:   place in its context's list                  [@ws_offer_lock]
 * @offers: that list                                    [const]
 * @token:  what names it; others cannot guess it        [const]
 * @obj:    the object; owns a descriptor                [const]
 * @target: thread group that may take it                [const]
 */
struct ws_offer {
	struct rb_node node;
	struct list_head link;
	struct ws_offers *offers;
	u64 token;
	struct ws_obj *obj;
	struct pid *target;
};

static struct rb_root ws_offer_tree = RB_ROOT;
static DEFINE_SPINLOCK(ws_offer_lock);	/* 5 in the lock order */

/**
 * ws_offers_init() - no offers, and none to be made
 * @offers: memory in a context
 */
void ws_offers_init(struct ws_offers *offers)
{
	INIT_LIST_HEAD(&offers->list);
}

/**
 * ws_offers_open() - let offers be made
 * @offers: of a context that starts
 *
 * Context: process.
 */
void ws_offers_open(struct ws_offers *offers)
{
	spin_lock(&ws_offer_lock);
	offers->open = true;
	spin_unlock(&ws_offer_lock);
}

static void ws_offer_unlink_locked(struct ws_offer *o)
{
	lockdep_assert_held(&ws_offer_lock);
	rb_erase(&o->node, &ws_offer_tree);
	list_del(&o->link);
	o->offers->count--;
}

static void ws_offer_free(struct ws_offer *o)
{
	put_pid(o->target);
	kfree(o);
}

/* End those unlinked, whose objects nobody took.  May sleep. */
static void ws_offer_drop(struct list_head *dropped)
{
	struct ws_offer *o, *next;

	list_for_each_entry_safe(o, next, dropped, link) {
		ws_obj_put_desc(o->obj);
		ws_offer_free(o);
		cond_resched();
	}
}

/**
 * ws_offers_close() - end all offers, and let none be made
 * @offers: of a context that is cleaned up or goes
 *
 * Context: process, may sleep.
 */
void ws_offers_close(struct ws_offers *offers)
{
	struct ws_offer *o, *next;
	LIST_HEAD(dropped);

	spin_lock(&ws_offer_lock);
	offers->open = false;
	list_for_each_entry_safe(o, next, &offers->list, link) {
		ws_offer_unlink_locked(o);
		list_add_tail(&o->link, &dropped);
	}
	spin_unlock(&ws_offer_lock);
	ws_offer_drop(&dropped);
}

static bool ws_offer_exists(struct pid *target)
{
	bool exists;

	rcu_read_lock();
	exists = pid_task(target, PIDTYPE_TGID);
	rcu_read_unlock();
	return exists;
}

/**
 * ws_offer_target() - the process that an offer is for
 * @process: its number in the caller's PID namespace
 *
 * Context: process.
 * Return: the thread group with a reference taken, or NULL if there is none.
 */
struct pid *ws_offer_target(u32 process)
{
	struct pid *pid = find_get_pid(process);

	if (pid && !ws_offer_exists(pid)) {
		put_pid(pid);
		pid = NULL;
	}
	return pid;
}

static bool ws_offer_less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct ws_offer, node)->token <
	       rb_entry(b, struct ws_offer, node)->token;
}

static int ws_offer_compare(const void *token, const struct rb_node *node)
{
	u64 wanted = *(const u64 *)token;
	u64 there = rb_entry(node, struct ws_offer, node)->token;

	return wanted < there ? -1 : wanted > there;
}

/* Offers whose process has gone without them, when there are too many. */
static void ws_offer_expire_locked(struct ws_offers *offers,
				   struct list_head *dropped)
{
	struct ws_offer *o, *next;

	lockdep_assert_held(&ws_offer_lock);
	if (offers->count < WS_OFFERS_MAX)
		return;
	list_for_each_entry_safe(o, next, &offers->list, link) {
		if (ws_offer_exists(o->target))
			continue;
		ws_offer_unlink_locked(o);
		list_add_tail(&o->link, dropped);
	}
}

/**
 * ws_offer_make() - let an object wait for a process
 * @offers: of the caller's context
 * @obj:    the object; the caller's descriptor is the offer's on success
 * @target: from ws_offer_target(); the caller's reference likewise
 * @token:  gets what names the offer, its lower half not 0
 *
 * Context: process, may sleep.
 * Return: 0, WSAENOBUFS, WSAEMFILE (too many), WSANOTINITIALISED.
 */
int ws_offer_make(struct ws_offers *offers, struct ws_obj *obj,
		  struct pid *target, u64 *token)
{
	struct ws_offer *o = kmalloc(sizeof(*o), WS_GFP);
	LIST_HEAD(dropped);
	int err = 0;

	if (!o)
		return WSAENOBUFS;
	o->offers = offers;
	o->obj = obj;
	o->target = target;
	do
		o->token = get_random_u64();
	while (!lower_32_bits(o->token));
	*token = o->token;

	spin_lock(&ws_offer_lock);
	ws_offer_expire_locked(offers, &dropped);
	if (!offers->open) {
		err = WSANOTINITIALISED;
	} else if (offers->count >= WS_OFFERS_MAX) {
		err = WSAEMFILE;
	} else {
		rb_add(&o->node, &ws_offer_tree, ws_offer_less);
		list_add_tail(&o->link, &offers->list);
		offers->count++;
	}
	spin_unlock(&ws_offer_lock);

	ws_offer_drop(&dropped);
	if (err)
		kfree(o);
	return err;
}

/**
 * ws_offer_take() - take an offered object, once
 * @token:  what names the offer
 * @target: the process that takes it
 *
 * Context: process.
 * Return: the object with a descriptor for the caller, or NULL if there is no
 * such offer for this process.
 */
struct ws_obj *ws_offer_take(u64 token, const struct pid *target)
{
	struct ws_offer *o = NULL;
	struct rb_node *node;
	struct ws_obj *obj;

	spin_lock(&ws_offer_lock);
	node = rb_find(&token, &ws_offer_tree, ws_offer_compare);
	if (node && rb_entry(node, struct ws_offer, node)->target == target) {
		o = rb_entry(node, struct ws_offer, node);
		ws_offer_unlink_locked(o);
	}
	spin_unlock(&ws_offer_lock);
	if (!o)
		return NULL;
	obj = o->obj;
	ws_offer_free(o);
	return obj;
}
