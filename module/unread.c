// SPDX-License-Identifier: GPL-2.0-only
/*
 * Data that nobody will read: after SD_RECEIVE what is queued on a stream, or
 * arrives later, resets the connection (shutdown page).  Linux' stack does so
 * only once the sending end is shut down too.
 */
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <net/tcp.h>
#include "sock.h"
#include "unread.h"

/**
 * struct ws_unread - watches a stream that is not read any more
 * @wait:   on the socket's wait queue from SD_RECEIVE until release
 * @work:   looks for data, in process context; holds a user while queued
 * @ws:     the socket, which owns this                             [const]
 * @queued: bit 0: @work is on its way and has not looked yet       [atomic]
 */
struct ws_unread {
	wait_queue_entry_t wait;
	struct work_struct work;
	struct ws_sock *ws;
	unsigned long queued;
};

/*
 * Our own, so that unloading can wait for work that has let go of its user; not
 * bound to a processor, since a socket's lock may be held for long.
 */
static struct workqueue_struct *ws_unread_wq;

/* In softirq, the wait queue's lock held. */
static int ws_unread_wake(wait_queue_entry_t *wait, unsigned int mode, int sync,
			  void *key)
{
	struct ws_unread *u = container_of(wait, struct ws_unread, wait);

	if (key && !(key_to_poll(key) & EPOLLIN))
		return 0;
	/*
	 * A user is only taken for work that was not queued, so that none has
	 * to be given back here.  Without one the socket is being released.
	 */
	if (!test_and_set_bit(0, &u->queued) && ws_obj_get_user(&u->ws->obj))
		queue_work(ws_unread_wq, &u->work);
	return 0;
}

/**
 * ws_unread_check() - reset the connection if there is data to be read
 * @ws: a stream after SD_RECEIVE; the caller holds a user
 *
 * Context: process, may sleep.
 */
void ws_unread_check(struct ws_sock *ws)
{
	struct sock *sk = ws->sock->sk;
	bool unread;

	lock_sock(sk);
	unread = sk->sk_state != TCP_CLOSE && tcp_inq(sk) > 0;
	release_sock(sk);
	if (unread)
		tcp_abort(sk, ECONNABORTED);
}

static void ws_unread_work(struct work_struct *work)
{
	struct ws_unread *u = container_of(work, struct ws_unread, work);
	struct ws_sock *ws = u->ws;

	clear_bit(0, &u->queued);
	/* What comes after this is told by another wake-up. */
	smp_mb__after_atomic();
	ws_unread_check(ws);
	ws_sock_put(ws);
}

/**
 * ws_unread_refuse() - watch for data from now on
 * @ws: a stream that is connected, or was
 *
 * Context: process, may sleep; ws->lock held.
 * Return: 0 or WSAENOBUFS.
 */
int ws_unread_refuse(struct ws_sock *ws)
{
	struct ws_unread *u;

	lockdep_assert_held(&ws->lock);
	if (ws->unread)
		return 0;
	u = kmalloc(sizeof(*u), WS_GFP);
	if (!u)
		return WSAENOBUFS;
	init_waitqueue_func_entry(&u->wait, ws_unread_wake);
	INIT_WORK(&u->work, ws_unread_work);
	u->ws = ws;
	u->queued = 0;
	ws->unread = u;
	add_wait_queue(&ws->sock->wq.wait, &u->wait);
	return 0;
}

/**
 * ws_unread_release() - the socket goes, and its wait queue with it
 * @ws: without users, so that no work is queued
 *
 * Context: process; also from the work itself, when it gave the last user back.
 */
void ws_unread_release(struct ws_sock *ws)
{
	if (!ws->unread)
		return;
	remove_wait_queue(&ws->sock->wq.wait, &ws->unread->wait);
	kfree(ws->unread);
	ws->unread = NULL;
}

int __init ws_unread_init(void)
{
	ws_unread_wq = alloc_workqueue("winsock", WQ_UNBOUND, 0);
	return ws_unread_wq ? 0 : -ENOMEM;
}

/* When no file is left, but before all that sockets let go of at their end. */
void ws_unread_exit(void)
{
	destroy_workqueue(ws_unread_wq);
}
