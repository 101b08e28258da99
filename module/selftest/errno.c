// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every errno through the table, at load.  Included by ../errno.c.
 */

/* The rows that the accept page depends on, and what must not leak. */
static const struct ws_errno_row ws_errno_expected[] __initconst = {
	{ ENETDOWN,	WS_OP_ACCEPT,  WSAENETDOWN },
	{ ENOBUFS,	WS_OP_ACCEPT,  WSAENOBUFS },
	{ ENOMEM,	WS_OP_ACCEPT,  WSAENOBUFS },
	{ ENFILE,	WS_OP_ACCEPT,  WSAENOBUFS },
	{ EMFILE,	WS_OP_ACCEPT,  WSAEMFILE },
	{ EAGAIN,	WS_OP_ACCEPT,  WSAEWOULDBLOCK },
	{ ECONNABORTED,	WS_OP_ACCEPT,  WSAECONNRESET },
	{ ECONNRESET,	WS_OP_ACCEPT,  WSAECONNRESET },
	{ EINVAL,	WS_OP_ACCEPT,  WSAEINVAL },
	{ EOPNOTSUPP,	WS_OP_ACCEPT,  WSAEOPNOTSUPP },
	{ EFAULT,	WS_OP_ACCEPT,  WSAEFAULT },
	{ ENOTSOCK,	WS_OP_ACCEPT,  WSAENOTSOCK },
	{ EINPROGRESS,	WS_OP_CONNECT, WSAEWOULDBLOCK },
	{ EALREADY,	WS_OP_CONNECT, WSAEALREADY },
	{ ECONNREFUSED,	WS_OP_CONNECT, WSAECONNREFUSED },
	{ ECONNREFUSED,	WS_OP_RECV,    WSAECONNRESET },
	{ EPIPE,	WS_OP_SEND,    WSAECONNRESET },
};

int __init ws_errno_selftest(void)
{
	int err, op, code, bad = 0;
	size_t i;

	for (op = 0; op < WS_OP_COUNT; op++) {
		for (err = 1; err <= MAX_ERRNO; err++) {
			code = ws_errno(op, -err);
			if (code < WSAEINTR || code > WSANOTINITIALISED ||
			    code == WSAEINTR || code == WSAEINPROGRESS)
				bad++;
		}
	}
	for (i = 0; i < ARRAY_SIZE(ws_errno_expected); i++) {
		const struct ws_errno_row *row = &ws_errno_expected[i];

		if (ws_errno(row->op, -row->err) != row->code)
			bad++;
	}
	pr_info("winsock: %s 1 errno table\n", bad ? "not ok" : "ok");
	return bad ? -EINVAL : 0;
}
