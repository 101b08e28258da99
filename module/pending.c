// SPDX-License-Identifier: GPL-2.0-only
/*
 * Connections that were taken off the stack's queue and not handed over.
 *
 * Those that could not be handed over are *returned*: they are in front of the
 * stack's queue.  Those that a condition function looks at are *candidates*:
 * lent to one thread of one context, and in no queue.  A candidate ends when
 *   it is claimed, for a decision
 *   its thread has ended, or has left the function that was to decide: seen by
 *	the next who accepts
 *   a handle of the listener in its context goes, by closesocket, WSACleanup
 *	or the end of the process: nobody can decide any more
 *   the listener is released
 * In all cases but the first it is returned, or reset with the listener.  Each
 * connection in either list owns a descriptor of itself, and no user of the
 * listener, which thus can close.
 */
#include <linux/atomic.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include "apc.h"
#include "pending.h"

/**
 * struct ws_candidate - a connection that a thread decides on
 * @link:   place in its listener's list            [listener's @return_lock]
 * @conn:   the connection; owns a descriptor       [const]
 * @table:  handles of the context that has it; compared, not used  [const]
 * @thread: who has it                              [const]
 * @token:  what names it; no two have the same     [const]
 * @depth:  how many the thread had before          [const]
 */
struct ws_candidate {
	struct hlist_node link;
	struct ws_sock *conn;
	const struct ws_handle_table *table;
	struct pid *thread;
	u64 token;
	u32 depth;
};

static atomic64_t ws_pending_tokens;

/**
 * ws_pending_wake() - there is something left to take
 * @lsn: the listener; the caller holds a user
 *
 * Wakes all: one who waits on another import of the same native socket, or in
 * the native accept(2), is on this queue too, and does not see what is in
 * @returned.
 *
 * Context: any.
 */
void ws_pending_wake(struct ws_sock *lsn)
{
	wake_up_interruptible_all(&lsn->sock->wq.wait);
}

/**
 * ws_pending_return() - put a connection in front of all others
 * @lsn:  its listener; the caller holds a user
 * @conn: the connection; the caller's descriptor is used up
 *
 * Context: process.
 */
void ws_pending_return(struct ws_sock *lsn, struct ws_sock *conn)
{
	spin_lock(&lsn->return_lock);
	list_add(&conn->link, &lsn->returned);
	spin_unlock(&lsn->return_lock);
	ws_pending_wake(lsn);
}

/**
 * ws_pending_first() - take the first of those that were returned
 * @lsn: the listener; the caller holds a user
 *
 * Context: process.
 * Return: the connection, whose descriptor is the caller's, or NULL.
 */
struct ws_sock *ws_pending_first(struct ws_sock *lsn)
{
	struct ws_sock *conn;

	if (likely(list_empty(&lsn->returned)))
		return NULL;
	spin_lock(&lsn->return_lock);
	conn = list_first_entry_or_null(&lsn->returned, struct ws_sock, link);
	if (conn)
		list_del_init(&conn->link);
	spin_unlock(&lsn->return_lock);
	return conn;
}

/**
 * ws_pending_reset() - end a connection that nobody is going to have
 * @conn: the connection; the caller's descriptor is used up
 *
 * Context: process, may sleep.
 */
void ws_pending_reset(struct ws_sock *conn)
{
	sock_no_linger(conn->sock->sk);
	ws_obj_put_desc(&conn->obj);
}

static void ws_candidate_free(struct ws_candidate *c)
{
	put_pid(c->thread);
	kfree(c);
}

/* Its connection goes back to where it was taken from. */
static void ws_candidate_return_locked(struct ws_sock *lsn,
				       struct ws_candidate *c)
{
	lockdep_assert_held(&lsn->return_lock);
	hlist_del(&c->link);
	list_add(&c->conn->link, &lsn->returned);
	ws_candidate_free(c);
}

/**
 * ws_pending_reset_all() - a listener is released: as the stack does with
 * connections that nobody accepted
 * @lsn: the listener, on which nobody works any more
 *
 * Context: process, may sleep.
 */
void ws_pending_reset_all(struct ws_sock *lsn)
{
	struct ws_sock *conn, *next;
	struct ws_candidate *c;
	struct hlist_node *tmp;

	if (likely(list_empty(&lsn->returned) && hlist_empty(&lsn->candidates)))
		return;
	spin_lock(&lsn->return_lock);
	hlist_for_each_entry_safe(c, tmp, &lsn->candidates, link)
		ws_candidate_return_locked(lsn, c);
	spin_unlock(&lsn->return_lock);
	list_for_each_entry_safe(conn, next, &lsn->returned, link) {
		list_del_init(&conn->link);
		ws_pending_reset(conn);
	}
}

/**
 * ws_pending_lend() - make a connection a candidate of the calling thread
 * @lsn:   its listener; the caller holds a user
 * @conn:  the connection; on success its descriptor is the candidate's
 * @t:     the handles of the calling context
 * @depth: how many candidates the thread has already
 * @token: gets what names it
 *
 * The caller then sees to it that @t has a handle of the listener still, or
 * claims the candidate.
 *
 * Context: process, may sleep.
 * Return: 0 or WSAENOBUFS.
 */
int ws_pending_lend(struct ws_sock *lsn, struct ws_sock *conn,
		    const struct ws_handle_table *t, u32 depth, u64 *token)
{
	struct ws_candidate *c = kmalloc(sizeof(*c), WS_GFP);
	struct ws_candidate *other;
	unsigned int count = 0;

	if (!c)
		return WSAENOBUFS;
	c->conn = conn;
	c->table = t;
	c->thread = get_pid(task_pid(current));
	c->token = atomic64_inc_return(&ws_pending_tokens);
	c->depth = depth;
	*token = c->token;
	set_bit(WS_OBJ_LENT, &lsn->obj.flags);

	spin_lock(&lsn->return_lock);
	hlist_for_each_entry(other, &lsn->candidates, link)
		count++;
	if (count < WINSOCK_CANDIDATES_MAX)
		hlist_add_head(&c->link, &lsn->candidates);
	spin_unlock(&lsn->return_lock);
	if (count < WINSOCK_CANDIDATES_MAX)
		return 0;
	ws_candidate_free(c);
	return WSAENOBUFS;
}

/**
 * ws_pending_claim() - take a candidate, to decide
 * @lsn:   its listener; the caller holds a user
 * @t:     the handles of the calling context
 * @token: what names it
 *
 * Context: process.
 * Return: the connection, whose descriptor is the caller's, or NULL if the
 * context has no such candidate.
 */
struct ws_sock *ws_pending_claim(struct ws_sock *lsn,
				 const struct ws_handle_table *t, u64 token)
{
	struct ws_sock *conn = NULL;
	struct ws_candidate *c;

	spin_lock(&lsn->return_lock);
	hlist_for_each_entry(c, &lsn->candidates, link)
		if (c->token == token && c->table == t) {
			hlist_del(&c->link);
			conn = c->conn;
			break;
		}
	spin_unlock(&lsn->return_lock);
	if (conn)
		ws_candidate_free(c);
	return conn;
}

/* Whether nobody is going to decide on it. */
static bool ws_candidate_left(const struct ws_candidate *c, u32 depth)
{
	if (c->thread == task_pid(current))
		return c->depth >= depth;
	return ws_thread_gone(c->thread);
}

/**
 * ws_pending_return_lent() - end candidates without a decision
 * @lsn:   the listener; the caller holds a user
 * @t:     those of a context's handles; NULL for those that were left
 * @depth: as for ws_pending_return_left()
 *
 * The oldest is the first afterwards.
 *
 * Context: process.
 */
void ws_pending_return_lent(struct ws_sock *lsn,
			    const struct ws_handle_table *t, u32 depth)
{
	struct ws_candidate *c;
	struct hlist_node *tmp;
	bool some = false;

	spin_lock(&lsn->return_lock);
	hlist_for_each_entry_safe(c, tmp, &lsn->candidates, link) {
		if (t ? c->table != t : !ws_candidate_left(c, depth))
			continue;
		ws_candidate_return_locked(lsn, c);
		some = true;
	}
	spin_unlock(&lsn->return_lock);
	if (some)
		ws_pending_wake(lsn);
}

/**
 * ws_pending_leave() - a context has lost a handle of a listener
 * @lsn: the listener; the caller holds a user
 * @t:   the context's handles
 *
 * Context: process.
 */
void ws_pending_leave(struct ws_sock *lsn, const struct ws_handle_table *t)
{
	ws_pending_return_lent(lsn, t, 0);
}
