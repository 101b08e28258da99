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

/**
 * struct ws_handle_table - the handles of one context
 * @lock:  leaf spinlock, process context only
 * @open:  started: handles can be made and looked up    [@lock, read anywhere]
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
 */
struct ws_reserved {
	u32 handle;
	u32 epoch;
};

void ws_handle_table_init(struct ws_handle_table *t);
void ws_handle_table_open(struct ws_handle_table *t);
void ws_handle_table_close(struct ws_handle_table *t);
void ws_handle_table_free(struct ws_handle_table *t);

int ws_handle_reserve(struct ws_handle_table *t, u32 limit,
		      struct ws_reserved *res);
void ws_handle_unreserve(struct ws_handle_table *t,
			 const struct ws_reserved *res);
int ws_handle_publish(struct ws_handle_table *t, const struct ws_reserved *res,
		      struct ws_obj *obj);
struct ws_obj *ws_handle_lookup(struct ws_handle_table *t, u64 handle,
				const struct ws_obj_ops *type);
struct ws_obj *ws_handle_next(struct ws_handle_table *t, u32 *index,
			      u32 *handle);
void ws_handle_set_late(struct ws_handle_table *t, u64 handle, bool late);
bool ws_handle_late(struct ws_handle_table *t, u64 handle);
struct ws_obj *ws_handle_remove(struct ws_handle_table *t, u64 handle);

#endif /* WS_HANDLE_H */
