// SPDX-License-Identifier: GPL-2.0-only
/*
 * WSAAccept with a condition function, which runs between two commands: the
 * first makes the oldest connection a candidate, which only this context knows
 * and no handle names; the second decides.  What becomes of a candidate that is
 * never decided on stands in pending.c.
 *
 * The stack has completed the handshake before anybody is asked, as Windows does
 * without SO_CONDITIONAL_ACCEPT, and with it under a SYN attack (WSAAccept
 * page): the peer of a rejected connection sees it established, then reset.
 */
#include <linux/string.h>
#include <linux/uaccess.h>
#include "accept.h"
#include "catalog.h"
#include "group.h"
#include "pending.h"
#include "user.h"

/* One of the two addresses, in Windows' numbers; zeros behind it. */
static int ws_consider_name(const struct ws_sock *conn, bool peer, u8 *to,
			    s32 *len)
{
	struct sockaddr_storage ss;
	int err = ws_errno(WS_OP_ACCEPT, ws_addr_name(conn, peer, &ss));

	if (err)
		return err;
	*len = ws_addr_size(&ss);
	ws_addr_windows(&ss);
	memcpy(to, &ss, *len);
	return 0;
}

static int ws_consider_names(const struct ws_sock *conn, void __user *to)
{
	struct winsock_candidate names = { };
	int err;

	static_assert(sizeof(names.peer) == sizeof(struct sockaddr_storage));
	static_assert(sizeof(names.local) == sizeof(struct sockaddr_storage));

	/* Reset while it waited. */
	if (ws_sock_state(conn) == TCP_CLOSE)
		return WSAECONNRESET;
	err = ws_consider_name(conn, true, names.peer, &names.peer_len) ?:
	      ws_consider_name(conn, false, names.local, &names.local_len);
	if (!err && copy_to_user(to, &names, sizeof(names)))
		err = WSAEFAULT;
	return err;
}

/*
 * Make the connection a candidate, and tell the caller.  On failure *@conn is
 * NULL if it has gone back already.
 */
static int ws_consider_lend(struct ws_call *call, struct ws_sock *lsn,
			    struct ws_sock **conn)
{
	struct winsock_sock_consider *a = &call->consider;
	struct ws_handle_table *t = &call->ctx->handles;
	u64 token;
	int err;

	err = ws_pending_lend(lsn, *conn, t, a->depth, &token);
	if (err)
		return err;
	a->out_token = token;
	if (!ws_handle_names(t, a->handle, &lsn->obj))
		err = WSAEINTR;
	else
		err = ws_call_reply(call);
	if (err)
		*conn = ws_pending_claim(lsn, t, token);
	return err;
}

/* WINSOCK_IOC_SOCK_CONSIDER */
int ws_sock_consider(struct ws_call *call)
{
	struct winsock_sock_consider *a = &call->consider;
	void __user *names = u64_to_user_ptr(a->candidate);
	struct ws_sock *lsn, *conn = NULL;
	struct ws_addr_out out = { };
	bool looked;
	int err;

	lsn = ws_sock_lookup(call, a->handle);
	if (!lsn)
		return WSAENOTSOCK;
	err = ws_accept_check(lsn, a->addr, a->addr_len, &out);
	if (!err && ws_user_touch(names, sizeof(struct winsock_candidate)))
		err = WSAEFAULT;
	looked = !err;
	if (err)
		goto end;
	ws_pending_return_left(lsn, a->depth);
	err = ws_accept_next(call, lsn, NULL, &conn);
	if (!err)
		err = ws_consider_names(conn, names);
	if (!err)
		err = ws_consider_lend(call, lsn, &conn);
	if (!err) {
		ws_sock_put(lsn);
		return 0;
	}
end:
	return ws_accept_end(lsn, conn, looked, err);
}

/* Put the connection into the group that the function stored. */
static int ws_decide_group(struct ws_sock *conn, u32 group)
{
	struct sockaddr_storage ss;
	int err;

	if (likely(!group))
		return 0;
	err = ws_errno(WS_OP_ACCEPT, ws_addr_name(conn, true, &ss)) ?:
	      ws_group_get(group, ws_catalog_of(conn->sock), &conn->group);
	if (!err && !ws_group_admits(conn->group, &ss)) {
		ws_group_put(conn->group);
		conn->group = NULL;
		err = WSAEINVAL;
	}
	return err;
}

static int ws_decide_accept(struct ws_call *call, const struct ws_sock *lsn,
			    struct ws_sock *conn)
{
	struct winsock_sock_decide *a = &call->decide;
	struct ws_addr_out out = { };
	struct ws_reserved res;
	int err;

	err = ws_accept_check(lsn, a->addr, a->addr_len, &out) ?:
	      ws_decide_group(conn, a->group);
	if (err)
		return err;
	err = ws_call_reserve(call, &res) ?:
	      ws_accept_finish(call, &res, conn, &out, &a->out_handle);
	if (err) {
		/* Nobody has seen it there. */
		ws_group_put(conn->group);
		conn->group = NULL;
	}
	return err;
}

/* WINSOCK_IOC_SOCK_DECIDE */
int ws_sock_decide(struct ws_call *call)
{
	struct winsock_sock_decide *a = &call->decide;
	struct ws_sock *lsn, *conn;
	int err;

	lsn = ws_sock_lookup(call, a->handle);
	if (!lsn)
		return WSAENOTSOCK;
	conn = ws_pending_claim(lsn, &call->ctx->handles, a->token);
	if (!conn)
		err = WSATRY_AGAIN;
	else if (a->decision == WINSOCK_CF_ACCEPT)
		err = ws_decide_accept(call, lsn, conn);
	else if (a->decision == WINSOCK_CF_REJECT)
		err = WSAECONNREFUSED;
	else if (a->decision == WINSOCK_CF_DEFER)
		err = WSATRY_AGAIN;
	else
		err = WSAEINVAL;
	return ws_accept_end(lsn, conn, true, err);
}
