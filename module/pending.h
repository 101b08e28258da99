/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_PENDING_H
#define WS_PENDING_H

#include <linux/list.h>
#include "sock.h"

void ws_pending_wake(struct ws_sock *lsn);
void ws_pending_return(struct ws_sock *lsn, struct ws_sock *conn);
struct ws_sock *ws_pending_first(struct ws_sock *lsn);
void ws_pending_reset(struct ws_sock *conn);
void ws_pending_reset_all(struct ws_sock *lsn);

int ws_pending_lend(struct ws_sock *lsn, struct ws_sock *conn,
		    const struct ws_handle_table *t, u32 depth, u64 *token);
struct ws_sock *ws_pending_claim(struct ws_sock *lsn,
				 const struct ws_handle_table *t, u64 token);
void ws_pending_leave(struct ws_sock *lsn, const struct ws_handle_table *t);
void ws_pending_return_lent(struct ws_sock *lsn,
			    const struct ws_handle_table *t, u32 depth);

/**
 * ws_pending_return_left() - take back what threads have left undecided
 * @lsn:   the listener; the caller holds a user
 * @depth: how many candidates the calling thread will come back to; U32_MAX if
 *         that is not known
 *
 * Context: process, may sleep.
 */
static inline void ws_pending_return_left(struct ws_sock *lsn, u32 depth)
{
	/* One that is lent meanwhile is not ours to take back. */
	if (unlikely(!hlist_empty(&lsn->candidates)))
		ws_pending_return_lent(lsn, NULL, depth);
}

#endif /* WS_PENDING_H */
