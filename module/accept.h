/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_ACCEPT_H
#define WS_ACCEPT_H

#include "addr.h"
#include "sock.h"

int ws_accept_check(const struct ws_sock *lsn, u64 addr, u64 addr_len,
		    struct ws_addr_out *out);
int ws_accept_next(struct ws_call *call, struct ws_sock *lsn,
		   struct ws_reserved *res, struct ws_sock **conn);
int ws_accept_finish(struct ws_call *call, struct ws_reserved *res,
		     struct ws_sock *conn, const struct ws_addr_out *out,
		     u64 *handle);
int ws_accept_end(struct ws_sock *lsn, struct ws_sock *conn, bool looked,
		  int err);

#endif /* WS_ACCEPT_H */
