/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_HANDLE_H
#define WS_HANDLE_H

#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include "object.h"

/**
 * struct ws_slot - one entry of a handle table
 * @obj:  what the handle names; NULL while free or reserved  [RCU, written @lock]
 * @gen:  generation of the handle that is, or will be, here  [@lock, read RCU]
 * @late: of a duplicate: its socket was not bound when it was opened, nor has
 *        been through this handle since                      [atomic]
 * @next: index of the next free slot, 0 at the end           [@lock]
 */
struct ws_slot {
	struct ws_obj __rcu *obj;
	u16 gen;
	bool late;
	u32 next;
};

/* An index is split in three: directory, block of chunks, chunk of slots. */
#define WS_CHUNK_BITS	8
#define WS_BLOCK_BITS	7
#define WS_DIR_BITS	(WS_HANDLE_INDEX_BITS - WS_BLOCK_BITS - WS_CHUNK_BITS)

#define WS_GEN_SHIFT	(WS_HANDLE_INDEX_BITS + 2)

/**
 * struct ws_handle_table - the handles of one context
 * @lock:  leaf spinlock, process context only
 * @open:  started: handles can be made and looked up    [@lock, read anywhere]
 * @used:  lasting ones, that need no start, can be made [@lock, read anywhere]
 * @epoch: counts the times the table was opened         [@lock]
 * @count: handles that exist or are reserved            [@lock]
 * @fresh: the lowest index never used                   [@lock]
 * @first: oldest free slot, 0 if none                   [@lock]
 * @last:  newest free slot                              [@lock]
 * @rest:  number of free slots                          [@lock]
 * @dir:   blocks of chunks of slots; set once, freed with the table
 *                                                       [@lock, read anywhere]
 */
struct ws_handle_table {
	spinlock_t lock;	/* 5 in the lock order */
	bool open;
	bool used;
	u32 epoch;
	u32 count;
	u32 fresh;
	u32 first;
	u32 last;
	u32 rest;
	struct ws_slot **dir[1 << WS_DIR_BITS];
};

/**
 * struct ws_reserved - a handle that is kept but does not yet name anything
 * @handle: its value, valid if the reservation is published
 * @epoch:  of the table, so that a clean-up in between is noticed
 * @lasts:  a clean-up does not matter
 */
struct ws_reserved {
	u32 handle;
	u32 epoch;
	bool lasts;
};

void ws_handle_table_init(struct ws_handle_table *t);
void ws_handle_table_open(struct ws_handle_table *t);
void ws_handle_table_use(struct ws_handle_table *t);
void ws_handle_table_close(struct ws_handle_table *t, bool lasting);
void ws_handle_table_free(struct ws_handle_table *t);

int ws_handle_reserve(struct ws_handle_table *t, u32 limit, bool lasts,
		      struct ws_reserved *res);
void ws_handle_unreserve(struct ws_handle_table *t,
			 const struct ws_reserved *res);
int ws_handle_publish(struct ws_handle_table *t, const struct ws_reserved *res,
		      struct ws_obj *obj);
struct ws_obj *ws_handle_lookup(struct ws_handle_table *t, u64 handle,
				const struct ws_obj_ops *type);
struct ws_obj *ws_handle_next(struct ws_handle_table *t, u32 *index,
			      u32 *handle);
bool ws_handle_names(struct ws_handle_table *t, u64 handle,
		     const struct ws_obj *obj);
void ws_handle_set_late(struct ws_handle_table *t, u64 handle, bool late);
bool ws_handle_late(struct ws_handle_table *t, u64 handle);
struct ws_obj *ws_handle_remove(struct ws_handle_table *t, u64 handle,
				u32 kind, bool lingers);

/**
 * ws_handle_used() - whether lasting handles can be made, without the lock
 * @t: the table
 *
 * Context: any.
 * Return: true, and then the caller sees all that was made for the first use.
 */
static inline bool ws_handle_used(struct ws_handle_table *t)
{
	/* Pairs with smp_store_release() where it is set. */
	return smp_load_acquire(&t->used);
}

static inline u32 ws_handle_index(u32 handle)
{
	return (handle >> 2) & WS_HANDLES_MAX;
}

static inline struct ws_slot ***ws_handle_dir(struct ws_handle_table *t,
					      u32 index)
{
	return &t->dir[index >> (WS_BLOCK_BITS + WS_CHUNK_BITS)];
}

static inline u32 ws_handle_block_pos(u32 index)
{
	return (index >> WS_CHUNK_BITS) & ((1U << WS_BLOCK_BITS) - 1);
}

/* The slot of an index below 2^21, or NULL if its page was never needed. */
static inline struct ws_slot *ws_handle_slot(struct ws_handle_table *t,
					     u32 index)
{
	struct ws_slot **block, *chunk;

	/* Both pair with the smp_store_release() of ws_handle_grow(). */
	block = READ_ONCE(*ws_handle_dir(t, index));
	if (!block)
		return NULL;
	chunk = READ_ONCE(block[ws_handle_block_pos(index)]);
	if (!chunk)
		return NULL;
	return &chunk[index & ((1U << WS_CHUNK_BITS) - 1)];
}

/* The slot of a handle as the user gave it; its generation is not checked. */
static inline struct ws_slot *ws_handle_find(struct ws_handle_table *t,
					     u64 handle)
{
	if (unlikely(handle & ~(u64)(S32_MAX & ~3)))
		return NULL;
	return ws_handle_slot(t, ws_handle_index(handle));
}

/**
 * ws_handle_peek_rcu() - the object that a handle names, only to look at
 * @t:      the table
 * @handle: as the user gave it
 *
 * Context: inside rcu_read_lock(), which keeps the object's memory.
 * Return: the object, which may have closed, or NULL.
 */
static inline struct ws_obj *ws_handle_peek_rcu(struct ws_handle_table *t,
						u64 handle)
{
	struct ws_slot *slot = ws_handle_find(t, handle);
	struct ws_obj *obj;

	if (unlikely(!slot))
		return NULL;
	obj = rcu_dereference(slot->obj);
	/*
	 * Pairs with rcu_assign_pointer() in ws_handle_publish(): an object put
	 * here after the generation grew is not seen with the old generation.
	 */
	smp_rmb();
	return likely(READ_ONCE(slot->gen) == (u32)handle >> WS_GEN_SHIFT) ?
	       obj : NULL;
}

/**
 * ws_handle_get_rcu() - ws_handle_lookup() for who looks many handles up
 * @t:      the table
 * @handle: as the user gave it
 * @type:   the type it must have, or NULL for any
 *
 * Context: inside rcu_read_lock().
 * Return: the object with a user taken, or NULL.  It may have closed: ask
 * ws_obj_closed() outside of RCU, since giving the user back may sleep.
 */
static inline struct ws_obj *ws_handle_get_rcu(struct ws_handle_table *t,
					       u64 handle,
					       const struct ws_obj_ops *type)
{
	struct ws_obj *obj = ws_handle_peek_rcu(t, handle);

	if (!obj || (type && obj->ops != type) || !ws_obj_get_user(obj))
		return NULL;
	return obj;
}

#endif /* WS_HANDLE_H */
