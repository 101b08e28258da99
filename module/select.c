// SPDX-License-Identifier: GPL-2.0-only
/*
 * select over Windows' sets: arrays of handles with their number in front.
 */
#include <linux/hash.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "poll.h"

/**
 * struct ws_set - one of a caller's sets
 * @addr:   user address
 * @first:  its first entry in ws_poll.entries
 * @count:  number of its entries
 * @wanted: what it asks; more than one bit if the caller gave it twice
 */
struct ws_set {
	u64 addr;
	u32 first;
	u32 count;
	u16 wanted;
};

#define WS_SETS	3

/*
 * select's own idea of readiness (windows-observed F7-F12).  A socket that was
 * closed during the wait is readable to those who asked that (F13), and else
 * exceptional, which ws_select_result() turns into an error.
 */
static void ws_select_scan(struct ws_poll_entry *e, __poll_t events)
{
	struct ws_sock *ws = e->ws;
	u16 ready = 0;

	if (ws_obj_closed(&ws->obj)) {
		e->ready = WS_READABLE | WS_EXCEPTIONAL;
		return;
	}
	if (ws_poll_connect_failed(ws)) {
		e->ready = e->wanted & WS_EXCEPTIONAL;
		return;
	}
	if (ws_sock_stream(ws) && !ws_sock_listening(ws) &&
	    !ws_sock_was_connected(ws)) {
		e->ready = 0;
		return;
	}
	if (events & EPOLLIN)
		ready |= WS_READABLE;
	if (events & EPOLLOUT)
		ready |= WS_WRITABLE;
	if (events & EPOLLPRI && !sock_flag(ws->sock->sk, SOCK_URGINLINE))
		ready |= WS_EXCEPTIONAL;
	e->ready = ready & e->wanted;
}

/* Number of entries of a set, or WSAEFAULT. */
static int ws_set_count(struct ws_set *set)
{
	if (get_user(set->count, (__u32 __user *)u64_to_user_ptr(set->addr)))
		return WSAEFAULT;
	return set->count > WINSOCK_SELECT_MAX ? WSAEFAULT : 0;
}

/* The caller's sets, one that was given twice only once (F5). */
static int ws_sets_init(struct ws_set *sets,
			const struct winsock_sock_select *a, u32 *total)
{
	const u64 addr[WS_SETS] = { a->readfds, a->writefds, a->exceptfds };
	unsigned int i, j;

	*total = 0;
	for (i = 0; i < WS_SETS; i++) {
		sets[i] = (struct ws_set){ .addr = addr[i] };
		for (j = 0; j < i && sets[j].addr != addr[i]; j++)
			;
		sets[j].wanted |= 1 << i;
		if (!addr[i] || j < i) {
			sets[i].addr = 0;
			continue;
		}
		if (ws_set_count(&sets[i]))
			return WSAEFAULT;
		sets[i].first = *total;
		*total += sets[i].count;
	}
	return *total ? 0 : WSAEINVAL;
}

static int ws_set_get(const struct ws_set *set, u32 i, bool set32, u64 *handle)
{
	struct winsock_handle_set __user *s = u64_to_user_ptr(set->addr);
	__u32 __user *s32 = u64_to_user_ptr(set->addr);
	__u32 h32;

	if (!set32)
		return get_user(*handle, &s->fd_array[i]) ? WSAEFAULT : 0;
	if (get_user(h32, &s32[1 + i]))
		return WSAEFAULT;
	*handle = h32;
	return 0;
}

static int ws_set_put(const struct ws_set *set, u32 i, bool set32, u64 handle)
{
	struct winsock_handle_set __user *s = u64_to_user_ptr(set->addr);
	__u32 __user *s32 = u64_to_user_ptr(set->addr);

	if (!set32)
		return put_user(handle, &s->fd_array[i]) ? WSAEFAULT : 0;
	return put_user((__u32)handle, &s32[1 + i]) ? WSAEFAULT : 0;
}

static int ws_set_read(struct ws_poll *p, const struct ws_set *set, bool set32)
{
	struct ws_poll_entry *e = p->entries + set->first;
	u32 i;

	for (i = 0; i < set->count; i++, e++) {
		if (ws_set_get(set, i, set32, &e->handle))
			return WSAEFAULT;
		e->wanted = set->wanted;
		e->ws = ws_sock_lookup(p->call, e->handle);
		if (!e->ws)
			return WSAENOTSOCK;
	}
	return 0;
}

/*
 * Drop from a set's ready entries what is there already (F4).  Slots of @seen
 * hold an entry's index and one; @bits is the table's size.
 */
static void ws_set_once(struct ws_poll *p, const struct ws_set *set, u32 *seen,
			unsigned int bits)
{
	struct ws_poll_entry *e = p->entries + set->first;
	u32 i, slot;

	memset(seen, 0, sizeof(*seen) << bits);
	for (i = 0; i < set->count; i++) {
		if (!e[i].ready)
			continue;
		slot = hash_64(e[i].handle, bits);
		while (seen[slot] && e[seen[slot] - 1].handle != e[i].handle)
			slot = (slot + 1) & ((1U << bits) - 1);
		if (seen[slot])
			e[i].ready = 0;
		else
			seen[slot] = i + 1;
	}
}

static int ws_sets_once(struct ws_poll *p, const struct ws_set *sets)
{
	unsigned int bits = ilog2(p->count) + 2;
	u32 small[2 * WS_POLL_FAST], *seen = small;
	unsigned int i;

	if (p->ready < 2)
		return 0;
	if (1U << bits > ARRAY_SIZE(small)) {
		seen = kvmalloc_array(1U << bits, sizeof(*seen),
				      GFP_KERNEL_ACCOUNT);
		if (!seen)
			return WSAEFAULT;	/* as the select page has it */
	}
	for (i = 0; i < WS_SETS; i++)
		if (sets[i].addr)
			ws_set_once(p, &sets[i], seen, bits);
	if (seen != small)
		kvfree(seen);
	return 0;
}

/* The ready entries of a set, in order; adds their number to *@count. */
static int ws_set_write(struct ws_poll *p, const struct ws_set *set, bool set32,
			u32 *count)
{
	struct ws_poll_entry *e = p->entries + set->first;
	u32 i, n = 0;

	for (i = 0; i < set->count; i++)
		if (e[i].ready && ws_set_put(set, n++, set32, e[i].handle))
			return WSAEFAULT;
	*count += n;
	return put_user(n, (__u32 __user *)u64_to_user_ptr(set->addr)) ?
	       WSAEFAULT : 0;
}

/* Sockets closed meanwhile: ready where they were to be read, else an error. */
static bool ws_select_closed(struct ws_poll *p)
{
	struct ws_poll_entry *e;
	bool closed = false, readable = false;

	for (e = p->entries; e < p->entries + p->count; e++) {
		if (e->ready != (WS_READABLE | WS_EXCEPTIONAL) ||
		    !ws_obj_closed(&e->ws->obj))
			continue;
		readable |= e->wanted & WS_READABLE;
		e->ready = e->wanted & WS_READABLE;
		closed = true;
	}
	return closed && !readable;
}

static int ws_select_result(struct ws_poll *p, const struct ws_set *sets,
			    struct winsock_sock_select *a)
{
	bool set32 = a->flags & WINSOCK_SELECT_32;
	bool closed = ws_select_closed(p);
	unsigned int i;
	int err;

	err = ws_sets_once(p, sets);
	a->out_count = 0;
	for (i = 0; i < WS_SETS && !err; i++)
		if (sets[i].addr)
			err = ws_set_write(p, &sets[i], set32, &a->out_count);
	if (!err && closed)
		err = WSAENOTSOCK;
	return err;
}

/* WINSOCK_IOC_SOCK_SELECT */
int ws_sock_select(struct ws_call *call)
{
	struct winsock_sock_select *a = &call->select;
	struct ws_set sets[WS_SETS];
	struct ws_poll p;
	unsigned int i;
	u32 total;
	int err;

	err = ws_sets_init(sets, a, &total);
	if (err)
		return err;
	if (ws_poll_init(&p, call, total))
		return WSAEFAULT;	/* as the select page has it */
	p.scan = ws_select_scan;
	for (i = 0; i < WS_SETS && !err; i++)
		if (sets[i].addr)
			err = ws_set_read(&p, &sets[i],
					  a->flags & WINSOCK_SELECT_32);
	if (!err)
		err = ws_poll_wait(&p, a->timeout, &a->deadline);
	if (!err)
		err = ws_select_result(&p, sets, a);
	ws_poll_exit(&p);
	return err == -ERESTARTNOINTR ? ws_call_restart(call) : err;
}
