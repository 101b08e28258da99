// SPDX-License-Identifier: GPL-2.0-only
/*
 * The handle table: reserve, publish, look up, remove.
 *
 * A handle is generation << 23 | index << 2.  The generation grows each time a
 * slot is freed, and freed slots rest in a queue: a value comes back after at
 * least 2^8 x WS_HANDLE_REST other closings, and until then gives WSAENOTSOCK.
 * (Sooner, after 2^8 of its own slot, only in a table that is full to the end.)
 * Index 0 is never used, so neither is handle 0.
 *
 * Slots live in pages reached over a directory of two levels.  Pages are added
 * under the lock and freed only with the table, so readers need no lock to walk
 * to a slot; RCU and the object's own counts cover what the slot points to.
 */
#include <linux/err.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include "handle.h"

#define WS_GEN_MASK	((1U << WS_HANDLE_GEN_BITS) - 1)

static_assert(WS_GEN_SHIFT + WS_HANDLE_GEN_BITS == 31);
static_assert(sizeof(struct ws_slot) << WS_CHUNK_BITS <= PAGE_SIZE);

/* Add the page that @index needs; somebody else may do so at the same time. */
static int ws_handle_grow(struct ws_handle_table *t, u32 index)
{
	struct ws_slot **block, ***dir, *chunk;

	block = kcalloc(1 << WS_BLOCK_BITS, sizeof(*block), WS_GFP);
	chunk = kcalloc(1 << WS_CHUNK_BITS, sizeof(*chunk), WS_GFP);
	if (!block || !chunk) {
		kfree(block);
		kfree(chunk);
		return WSAENOBUFS;
	}

	spin_lock(&t->lock);
	dir = ws_handle_dir(t, index);
	if (!*dir) {
		smp_store_release(dir, block);	/* see ws_handle_slot() */
		block = NULL;
	}
	if (!(*dir)[ws_handle_block_pos(index)]) {
		/* see ws_handle_slot() */
		smp_store_release(&(*dir)[ws_handle_block_pos(index)], chunk);
		chunk = NULL;
	}
	spin_unlock(&t->lock);

	kfree(block);
	kfree(chunk);
	return 0;
}

/**
 * ws_handle_table_init() - an empty table, not open
 * @t: zeroed memory
 */
void ws_handle_table_init(struct ws_handle_table *t)
{
	spin_lock_init(&t->lock);
	t->fresh = 1;
}

/**
 * ws_handle_table_open() - let handles be made
 * @t: a closed table
 *
 * Context: process; the caller's ctx.lock keeps open and close in order.
 */
void ws_handle_table_open(struct ws_handle_table *t)
{
	spin_lock(&t->lock);
	WRITE_ONCE(t->open, true);
	smp_store_release(&t->used, true);	/* see ws_handle_used() */
	t->epoch++;
	spin_unlock(&t->lock);
}

/**
 * ws_handle_table_use() - let handles be made that need no start
 * @t: a table
 *
 * Context: as ws_handle_table_open().
 */
void ws_handle_table_use(struct ws_handle_table *t)
{
	spin_lock(&t->lock);
	smp_store_release(&t->used, true);	/* see ws_handle_used() */
	spin_unlock(&t->lock);
}

/* Put a slot whose object is gone, or never came, at the end of the queue. */
static void ws_handle_rest_locked(struct ws_handle_table *t, u32 index)
{
	struct ws_slot *slot = ws_handle_slot(t, index);

	lockdep_assert_held(&t->lock);
	WRITE_ONCE(slot->gen, (slot->gen + 1) & WS_GEN_MASK);
	WRITE_ONCE(slot->late, false);
	slot->next = 0;
	if (t->rest++)
		ws_handle_slot(t, t->last)->next = index;
	else
		t->first = index;
	t->last = index;
	t->count--;
}

/* Take the object of a slot out, with the slot's descriptor. */
static struct ws_obj *ws_handle_empty_locked(struct ws_handle_table *t,
					     struct ws_slot *slot, u32 index)
{
	struct ws_obj *obj;

	obj = rcu_replace_pointer(slot->obj, NULL, lockdep_is_held(&t->lock));
	if (obj)
		ws_handle_rest_locked(t, index);
	return obj;
}

/* The same at a clean-up, or, with @lasting, of any object. */
static struct ws_obj *ws_handle_clean_locked(struct ws_handle_table *t,
					     struct ws_slot *slot, u32 index,
					     bool lasting)
{
	struct ws_obj *obj;

	obj = rcu_dereference_protected(slot->obj, lockdep_is_held(&t->lock));
	if (!obj || (obj->ops->lasts && !lasting))
		return NULL;
	return ws_handle_empty_locked(t, slot, index);
}

/* A handle was emptied, whose descriptor is the caller's.  May sleep. */
static void ws_handle_left(struct ws_handle_table *t, struct ws_obj *obj)
{
	if (unlikely(test_bit(WS_OBJ_LENT, &obj->flags)))
		obj->ops->leave(obj, t);
}

/**
 * ws_handle_table_close() - refuse new handles and close those that exist
 * @t:       the table
 * @lasting: those too that outlive a clean-up
 *
 * A reservation that is still open cannot be published afterwards.
 *
 * Context: process, may sleep; the caller's ctx.lock, or nobody else has the
 * table.
 */
void ws_handle_table_close(struct ws_handle_table *t, bool lasting)
{
	u32 index, end;

	spin_lock(&t->lock);
	WRITE_ONCE(t->open, false);
	if (lasting)
		WRITE_ONCE(t->used, false);
	end = t->fresh;
	spin_unlock(&t->lock);

	for (index = 1; index < end; index++) {
		struct ws_slot *slot = ws_handle_slot(t, index);
		struct ws_obj *obj;

		if (!rcu_access_pointer(slot->obj))
			continue;
		spin_lock(&t->lock);
		obj = ws_handle_clean_locked(t, slot, index, lasting);
		spin_unlock(&t->lock);
		if (obj) {
			ws_handle_left(t, obj);
			ws_obj_put_desc(obj);
		}
		cond_resched();
	}
}

/**
 * ws_handle_table_free() - free a closed table's memory
 * @t: the table; nobody else has it
 */
void ws_handle_table_free(struct ws_handle_table *t)
{
	u32 i, j;

	for (i = 0; i < ARRAY_SIZE(t->dir); i++) {
		if (!t->dir[i])
			continue;
		for (j = 0; j < 1U << WS_BLOCK_BITS; j++)
			kfree(t->dir[i][j]);
		kfree(t->dir[i]);
	}
}

/* Index of a slot to use, or 0 with @fresh's page missing. */
static u32 ws_handle_pick_locked(struct ws_handle_table *t)
{
	u32 index;

	lockdep_assert_held(&t->lock);
	if (t->fresh <= WS_HANDLES_MAX && t->rest <= WS_HANDLE_REST)
		return ws_handle_slot(t, t->fresh) ? t->fresh++ : 0;
	index = t->first;
	t->first = ws_handle_slot(t, index)->next;
	t->rest--;
	return index;
}

/**
 * ws_handle_reserve() - keep a handle for an object yet to come
 * @t:     the table
 * @limit: how many handles the context may have, at most WS_HANDLES_MAX
 * @lasts: for an object whose type lasts: no start is needed
 * @res:   the reservation; give it to ws_handle_publish() or _unreserve()
 *
 * Context: process, may sleep.
 * Return: 0, WSAEMFILE, WSAENOBUFS, WSANOTINITIALISED.
 */
int ws_handle_reserve(struct ws_handle_table *t, u32 limit, bool lasts,
		      struct ws_reserved *res)
{
	u32 index, fresh;
	int err;

	for (;;) {
		index = 0;
		err = 0;
		spin_lock(&t->lock);
		if (unlikely(!(lasts ? t->used : t->open)))
			err = WSANOTINITIALISED;
		else if (unlikely(t->count >= limit))
			err = WSAEMFILE;
		else
			index = ws_handle_pick_locked(t);
		if (index) {
			t->count++;
			res->epoch = t->epoch;
			res->lasts = lasts;
			res->handle = ws_handle_slot(t, index)->gen <<
				      WS_GEN_SHIFT | index << 2;
		}
		fresh = t->fresh;
		spin_unlock(&t->lock);

		if (index || err)
			return err;
		err = ws_handle_grow(t, fresh);
		if (err)
			return err;
	}
}

/**
 * ws_handle_unreserve() - give a reserved handle back
 * @t:   the table
 * @res: the reservation
 *
 * Context: process.
 */
void ws_handle_unreserve(struct ws_handle_table *t,
			 const struct ws_reserved *res)
{
	spin_lock(&t->lock);
	ws_handle_rest_locked(t, ws_handle_index(res->handle));
	spin_unlock(&t->lock);
}

/**
 * ws_handle_publish() - let a reserved handle name an object
 * @t:   the table
 * @res: the reservation, used up on success
 * @obj: a finished object; the caller's descriptor becomes the slot's
 *
 * Context: process.
 * Return: 0, or WSANOTINITIALISED if the table was cleaned up meanwhile.
 */
int ws_handle_publish(struct ws_handle_table *t, const struct ws_reserved *res,
		      struct ws_obj *obj)
{
	struct ws_slot *slot = ws_handle_slot(t, ws_handle_index(res->handle));
	int err = 0;

	spin_lock(&t->lock);
	if (likely(res->lasts ? t->used :
				t->open && t->epoch == res->epoch))
		rcu_assign_pointer(slot->obj, obj);
	else
		err = WSANOTINITIALISED;
	spin_unlock(&t->lock);
	return err;
}

/**
 * ws_handle_lookup() - the object that a handle names, for work on it
 * @t:      the table
 * @handle: as the user gave it
 * @type:   the type it must have, or NULL for any
 *
 * Context: process; lock-free, but may sleep if the object is closing.
 * Return: the object with a user taken, or NULL.
 */
struct ws_obj *ws_handle_lookup(struct ws_handle_table *t, u64 handle,
				const struct ws_obj_ops *type)
{
	struct ws_obj *obj;

	rcu_read_lock();
	obj = ws_handle_get_rcu(t, handle, type);
	rcu_read_unlock();

	if (obj && unlikely(ws_obj_closed(obj))) {
		ws_obj_put_user(obj);
		obj = NULL;
	}
	return obj;
}

/**
 * ws_handle_set_late() - note what a duplicate missed, or no longer misses
 * @t:      the table
 * @handle: a reserved handle, or as the user gave it
 * @late:   what to note
 *
 * Context: any.
 */
void ws_handle_set_late(struct ws_handle_table *t, u64 handle, bool late)
{
	struct ws_slot *slot = ws_handle_find(t, handle);

	if (slot)
		WRITE_ONCE(slot->late, late);
}

/**
 * ws_handle_late() - what ws_handle_set_late() noted
 * @t:      the table
 * @handle: as the user gave it
 *
 * Context: any.
 */
bool ws_handle_late(struct ws_handle_table *t, u64 handle)
{
	struct ws_slot *slot = ws_handle_find(t, handle);

	return slot && READ_ONCE(slot->late);
}

/**
 * ws_handle_remove() - free a handle
 * @t:       the table
 * @handle:  as the user gave it
 * @kind:    if not 0: only an object whose type has this bit
 * @lingers: also if closing may have to wait
 *
 * Context: process, may sleep.
 * Return: the object with the slot's descriptor, or NULL; or an ERR_PTR of
 * -EAGAIN, with nothing done, if closing may have to wait and not @lingers.
 */
struct ws_obj *ws_handle_remove(struct ws_handle_table *t, u64 handle,
				u32 kind, bool lingers)
{
	struct ws_slot *slot = ws_handle_find(t, handle);
	struct ws_obj *obj = NULL;

	if (unlikely(!slot))
		return NULL;

	spin_lock(&t->lock);
	if (slot->gen == (u32)handle >> WS_GEN_SHIFT) {
		obj = rcu_dereference_protected(slot->obj,
						lockdep_is_held(&t->lock));
		if (obj && kind && !(obj->ops->kind & kind))
			obj = NULL;
		else if (obj && !lingers && obj->ops->lingers &&
			 unlikely(obj->ops->lingers(obj)))
			obj = ERR_PTR(-EAGAIN);
		else
			obj = ws_handle_empty_locked(t, slot,
						     ws_handle_index(handle));
	}
	spin_unlock(&t->lock);
	if (obj && !IS_ERR(obj))
		ws_handle_left(t, obj);
	return obj;
}

/**
 * ws_handle_names() - whether a handle still names an object
 * @t:      the table
 * @handle: as the user gave it; once it named the object
 * @obj:    the object, with WS_OBJ_LENT set
 *
 * With the lock: who removes the handle later sees the flag.
 *
 * Context: process.
 * Return: true if it does.
 */
bool ws_handle_names(struct ws_handle_table *t, u64 handle,
		     const struct ws_obj *obj)
{
	struct ws_slot *slot = ws_handle_find(t, handle);
	bool names;

	if (!slot)
		return false;
	spin_lock(&t->lock);
	names = slot->gen == (u32)handle >> WS_GEN_SHIFT &&
		rcu_access_pointer(slot->obj) == obj;
	spin_unlock(&t->lock);
	return names;
}

/**
 * ws_handle_next() - walk the handles, for those who look from outside
 * @t:      the table
 * @index:  where to begin, 0 at first; gets where the walk stands
 * @handle: gets the handle's value
 *
 * Context: process, may sleep if an object is closing.
 * Return: the next object with a user taken, or NULL at the end.
 */
struct ws_obj *ws_handle_next(struct ws_handle_table *t, u32 *index,
			      u32 *handle)
{
	struct ws_slot *slot;
	struct ws_obj *obj;
	u32 end;

	spin_lock(&t->lock);
	end = t->fresh;
	spin_unlock(&t->lock);

	while (++*index < end) {
		slot = ws_handle_slot(t, *index);
		if (!rcu_access_pointer(slot->obj))
			continue;
		*handle = READ_ONCE(slot->gen) << WS_GEN_SHIFT | *index << 2;
		obj = ws_handle_lookup(t, *handle, NULL);
		if (obj)
			return obj;
	}
	return NULL;
}
