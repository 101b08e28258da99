// SPDX-License-Identifier: GPL-2.0-only
/*
 * select over Windows' sets: arrays of handles with their number in front.
 */
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "alloc.h"
#include "poll.h"

/**
 * struct ws_set - one of a caller's sets
 * @addr:   user address
 * @first:  its first entry in ws_poll.entries
 * @count:  number of its entries
 * @asked:  what it asks about its sockets; more if the caller gave it twice
 */
struct ws_set {
	u64 addr;
	u32 first;
	u32 count;
	u16 asked;
};

#define WS_SETS	3

/*
 * What each set asks, in the caller's order.  A socket that was closed during
 * the wait is readable to those who asked that (F13), and else an error, see
 * ws_select_closed().
 */
static const u16 ws_set_asks[WS_SETS] = {
	WS_READABLE | WS_CLOSED,
	WS_WRITABLE | WS_CLOSED,
	WS_URGENT | WS_FAILED | WS_CLOSED,
};

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
		sets[j].asked |= ws_set_asks[i];
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

/*
 * Read a set's handles, in one stretch of access to user memory: nothing may be
 * called there.
 */
static int ws_set_read(struct ws_poll *p, const struct ws_set *set)
{
	struct winsock_handle_set __user *s = u64_to_user_ptr(set->addr);
	struct ws_poll_entry *e = p->entries + set->first;
	struct ws_poll_entry *end = e + set->count;
	u64 __user *from = (u64 __user *)s->fd_array;

	if (!user_read_access_begin(from, set->count * sizeof(*from)))
		return WSAEFAULT;
	for (; e < end; e++, from++) {
		unsafe_get_user(e->handle, from, fault);
		e->asked = set->asked;
	}
	user_read_access_end();
	return 0;

fault:
	user_read_access_end();
	return WSAEFAULT;
}

/* The same for a 32-bit Windows program's set. */
static int ws_set_read32(struct ws_poll *p, const struct ws_set *set)
{
	struct ws_poll_entry *e = p->entries + set->first;
	struct ws_poll_entry *end = e + set->count;
	u32 __user *from = (u32 __user *)u64_to_user_ptr(set->addr) + 1;
	u32 handle;

	if (!user_read_access_begin(from, set->count * sizeof(*from)))
		return WSAEFAULT;
	for (; e < end; e++, from++) {
		unsafe_get_user(handle, from, fault);
		e->handle = handle;
		e->asked = set->asked;
	}
	user_read_access_end();
	return 0;

fault:
	user_read_access_end();
	return WSAEFAULT;
}

/*
 * Drop from a set's ready entries what is there already (F4).  Slots of @seen
 * hold an entry's index and one; @bits is the table's size.  @key is odd and
 * nobody's choice, so that handles cannot be chosen to meet in few slots.
 */
static void ws_set_once(struct ws_poll *p, const struct ws_set *set, u32 *seen,
			unsigned int bits, u32 key)
{
	struct ws_poll_entry *e = p->entries + set->first;
	u32 i, slot;

	memset(seen, 0, sizeof(*seen) << bits);
	for (i = 0; i < set->count; i++) {
		if (!e[i].ready)
			continue;
		slot = (u32)e[i].handle * key >> (32 - bits);
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
	unsigned int bits;
	u32 small[2 * WS_POLL_FAST], *seen = small;
	u32 key;
	unsigned int i;

	if (p->ready < 2)
		return 0;
	key = get_random_u32() | 1;
	bits = ilog2(p->ready) + 2;
	if (1U << bits > ARRAY_SIZE(small)) {
		seen = ws_alloc_array(1U << bits, sizeof(*seen), 0);
		if (!seen)
			return WSAEFAULT;	/* as the select page has it */
	}
	for (i = 0; i < WS_SETS; i++)
		if (sets[i].addr)
			ws_set_once(p, &sets[i], seen, bits, key);
	if (seen != small)
		kvfree(seen);
	return 0;
}

/* The ready entries of a set, in order; adds their number to *@count. */
static int ws_set_write(struct ws_poll *p, const struct ws_set *set, u32 *count)
{
	struct winsock_handle_set __user *s = u64_to_user_ptr(set->addr);
	struct ws_poll_entry *e = p->entries + set->first;
	struct ws_poll_entry *end = e + set->count;
	u64 __user *to = (u64 __user *)s->fd_array;
	u32 n = 0;

	if (!user_write_access_begin(s, struct_size(s, fd_array, set->count)))
		return WSAEFAULT;
	for (; e < end; e++)
		if (e->ready)
			unsafe_put_user(e->handle, &to[n++], fault);
	unsafe_put_user(n, &s->fd_count, fault);
	user_write_access_end();
	*count += n;
	return 0;

fault:
	user_write_access_end();
	return WSAEFAULT;
}

/* The same for a 32-bit Windows program's set. */
static int ws_set_write32(struct ws_poll *p, const struct ws_set *set,
			  u32 *count)
{
	struct ws_poll_entry *e = p->entries + set->first;
	struct ws_poll_entry *end = e + set->count;
	u32 __user *to = u64_to_user_ptr(set->addr);
	u32 n = 0;

	if (!user_write_access_begin(to, (1 + set->count) * sizeof(*to)))
		return WSAEFAULT;
	for (; e < end; e++)
		if (e->ready)
			unsafe_put_user((u32)e->handle, &to[1 + n++], fault);
	unsafe_put_user(n, to, fault);
	user_write_access_end();
	*count += n;
	return 0;

fault:
	user_write_access_end();
	return WSAEFAULT;
}

/* Sockets closed meanwhile: ready where they were to be read, else an error. */
static bool ws_select_closed(struct ws_poll *p)
{
	bool closed = false, readable = false;
	struct ws_poll_entry *e;

	if (!(p->seen & WS_CLOSED))
		return false;
	for (e = p->entries; e < p->entries + p->count; e++) {
		if (!(e->ready & WS_CLOSED))
			continue;
		e->ready = e->asked & WS_READABLE;
		readable |= e->ready;
		closed = true;
	}
	return closed && !readable;
}

static int ws_select_result(struct ws_poll *p, const struct ws_set *sets,
			    struct winsock_sock_select *a)
{
	bool closed = ws_select_closed(p);
	unsigned int i;
	int err;

	err = ws_sets_once(p, sets);
	a->out_count = 0;
	for (i = 0; i < WS_SETS && !err; i++) {
		if (!sets[i].addr)
			continue;
		err = a->flags & WINSOCK_SELECT_32 ?
		      ws_set_write32(p, &sets[i], &a->out_count) :
		      ws_set_write(p, &sets[i], &a->out_count);
	}
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
	for (i = 0; i < WS_SETS && !err; i++) {
		if (!sets[i].addr)
			continue;
		err = a->flags & WINSOCK_SELECT_32 ?
		      ws_set_read32(&p, &sets[i]) : ws_set_read(&p, &sets[i]);
	}
	if (err)
		goto exit;
	ws_poll_lookup(&p);
	err = p.missing ? WSAENOTSOCK :
			  ws_poll_wait(&p, a->timeout, &a->deadline);
	if (!err)
		err = ws_select_result(&p, sets, a);
exit:
	ws_poll_exit(&p);
	return err == -ERESTARTNOINTR ? ws_call_restart(call) : err;
}
