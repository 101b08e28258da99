// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options that the stack has no place for, kept beside the socket.
 */
#include <linux/slab.h>
#include "kept.h"
#include "sock.h"

/**
 * ws_kept_make() - the place for what is kept
 * @ws: the socket; the caller holds a user
 *
 * Context: process, may sleep.
 * Return: the place, or NULL for want of memory.
 */
struct ws_kept *ws_kept_make(struct ws_sock *ws)
{
	struct ws_kept *kept = READ_ONCE(ws->kept);
	struct ws_kept *other;

	if (kept)
		return kept;
	kept = kzalloc(sizeof(*kept), WS_GFP);
	if (!kept)
		return NULL;
	/* Orders the zeroes before the pointer; readers depend on it. */
	other = cmpxchg(&ws->kept, NULL, kept);
	if (!other)
		return kept;
	kfree(kept);
	return other;
}

/**
 * ws_kept_get() - a value that is kept
 * @ws:      the socket; the caller holds a user
 * @index:   which
 * @initial: what it is until it is set; the same at each call
 *
 * Context: any.
 * Return: the value.
 */
u32 ws_kept_get(const struct ws_sock *ws, enum ws_kept_index index, u32 initial)
{
	const struct ws_kept *kept = READ_ONCE(ws->kept);

	return kept ? READ_ONCE(kept->values[index]) ^ initial : initial;
}

/**
 * ws_kept_set() - keep a value
 * @ws:      the socket; the caller holds a user
 * @index:   which
 * @initial: as for ws_kept_get()
 * @value:   what it becomes
 *
 * Context: process, may sleep.
 * Return: 0 or WSAENOBUFS.
 */
int ws_kept_set(struct ws_sock *ws, enum ws_kept_index index, u32 initial,
		u32 value)
{
	struct ws_kept *kept = READ_ONCE(ws->kept);

	if (!kept && value == initial)
		return 0;
	kept = ws_kept_make(ws);
	if (!kept)
		return WSAENOBUFS;
	WRITE_ONCE(kept->values[index], value ^ initial);
	return 0;
}

/**
 * ws_kept_inherit() - hand what a listener keeps to a connection of it
 * @conn: a new socket, of the caller alone
 * @lsn:  the listener; the caller holds a user
 *
 * Context: process, may sleep.
 * Return: false for want of memory.
 */
bool ws_kept_inherit(struct ws_sock *conn, struct ws_sock *lsn)
{
	const struct ws_kept *from = READ_ONCE(lsn->kept);
	struct ws_kept *to;
	unsigned int i;

	if (!from)
		return true;
	to = kmalloc(sizeof(*to), WS_GFP);
	if (!to)
		return false;
	for (i = 0; i < WS_KEPT_COUNT; i++)
		to->values[i] = READ_ONCE(from->values[i]);
	mutex_lock(&lsn->lock);
	memcpy(to->ip_options, from->ip_options, sizeof(to->ip_options));
	to->ip_options_len = from->ip_options_len;
	mutex_unlock(&lsn->lock);
	conn->kept = to;
	return true;
}
