// SPDX-License-Identifier: GPL-2.0-only
/*
 * The one table from the network stack's errno to Winsock's codes.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include "errno.h"
#include "winsock.h"

struct ws_errno_row {
	int err;
	enum ws_op op;
	int code;
};

/*
 * First match wins, so the rows of one operation come before WS_OP_ANY's.
 * EINPROGRESS never means WSAEINPROGRESS, which belongs to Winsock 1.1; EINTR
 * never means WSAEINTR, since a signal does not end a Winsock call.
 */
static const struct ws_errno_row ws_errno_rows[] = {
	{ EINPROGRESS,	   WS_OP_CONNECT,  WSAEWOULDBLOCK },
	{ EISCONN,	   WS_OP_LISTEN,   WSAEISCONN },
	{ EINVAL,	   WS_OP_CONNECT,  WSAEADDRNOTAVAIL },
	{ ECONNABORTED,	   WS_OP_CONNECT,  WSAECONNREFUSED },
	{ ECONNRESET,	   WS_OP_CONNECT,  WSAECONNREFUSED },
	{ ENOENT,	   WS_OP_CONNECT,  WSAECONNREFUSED },
	{ ENOTDIR,	   WS_OP_CONNECT,  WSAECONNREFUSED },
	{ ECONNABORTED,	   WS_OP_ACCEPT,   WSAECONNRESET },
	{ ENOTCONN,	   WS_OP_ACCEPT,   WSAECONNRESET },
	{ EDESTADDRREQ,	   WS_OP_SEND,	   WSAENOTCONN },
	{ ECONNREFUSED,	   WS_OP_SEND,	   WSAECONNRESET },
	{ ECONNREFUSED,	   WS_OP_RECV,	   WSAECONNRESET },
	/* A group that was joined without memory for it has no filter. */
	{ ESRCH,	   WS_OP_OPTION,   WSAENOBUFS },

	{ EPERM,	   WS_OP_ANY,	   WSAEACCES },
	{ EACCES,	   WS_OP_ANY,	   WSAEACCES },
	{ EBADF,	   WS_OP_ANY,	   WSAENOTSOCK },
	{ ENOTSOCK,	   WS_OP_ANY,	   WSAENOTSOCK },
	{ EFAULT,	   WS_OP_ANY,	   WSAEFAULT },
	{ EINVAL,	   WS_OP_ANY,	   WSAEINVAL },
	{ EMFILE,	   WS_OP_ANY,	   WSAEMFILE },
	{ ENFILE,	   WS_OP_ANY,	   WSAENOBUFS },
	{ ENOMEM,	   WS_OP_ANY,	   WSAENOBUFS },
	{ ENOBUFS,	   WS_OP_ANY,	   WSAENOBUFS },
	{ ENOSPC,	   WS_OP_ANY,	   WSAENOBUFS },
	{ EAGAIN,	   WS_OP_ANY,	   WSAEWOULDBLOCK },
	{ EALREADY,	   WS_OP_ANY,	   WSAEALREADY },
	{ EDESTADDRREQ,	   WS_OP_ANY,	   WSAEDESTADDRREQ },
	{ EMSGSIZE,	   WS_OP_ANY,	   WSAEMSGSIZE },
	{ EPROTOTYPE,	   WS_OP_ANY,	   WSAEPROTOTYPE },
	{ ENOPROTOOPT,	   WS_OP_ANY,	   WSAENOPROTOOPT },
	{ EPROTONOSUPPORT, WS_OP_ANY,	   WSAEPROTONOSUPPORT },
	{ ESOCKTNOSUPPORT, WS_OP_ANY,	   WSAESOCKTNOSUPPORT },
	{ EOPNOTSUPP,	   WS_OP_ANY,	   WSAEOPNOTSUPP },
	{ EPFNOSUPPORT,	   WS_OP_ANY,	   WSAEPFNOSUPPORT },
	{ EAFNOSUPPORT,	   WS_OP_ANY,	   WSAEAFNOSUPPORT },
	{ EADDRINUSE,	   WS_OP_ANY,	   WSAEADDRINUSE },
	{ EADDRNOTAVAIL,   WS_OP_ANY,	   WSAEADDRNOTAVAIL },
	{ ENODEV,	   WS_OP_ANY,	   WSAEADDRNOTAVAIL },
	{ ENXIO,	   WS_OP_ANY,	   WSAEADDRNOTAVAIL },
	{ ENETDOWN,	   WS_OP_ANY,	   WSAENETDOWN },
	{ ENONET,	   WS_OP_ANY,	   WSAENETUNREACH },
	{ ENETUNREACH,	   WS_OP_ANY,	   WSAENETUNREACH },
	{ ENETRESET,	   WS_OP_ANY,	   WSAENETRESET },
	{ ECONNABORTED,	   WS_OP_ANY,	   WSAECONNABORTED },
	{ ECONNRESET,	   WS_OP_ANY,	   WSAECONNRESET },
	{ EPIPE,	   WS_OP_ANY,	   WSAECONNRESET },
	{ EISCONN,	   WS_OP_ANY,	   WSAEISCONN },
	{ ENOTCONN,	   WS_OP_ANY,	   WSAENOTCONN },
	{ ESHUTDOWN,	   WS_OP_ANY,	   WSAESHUTDOWN },
	{ ETIMEDOUT,	   WS_OP_ANY,	   WSAETIMEDOUT },
	{ ECONNREFUSED,	   WS_OP_ANY,	   WSAECONNREFUSED },
	{ EHOSTDOWN,	   WS_OP_ANY,	   WSAEHOSTDOWN },
	{ EHOSTUNREACH,	   WS_OP_ANY,	   WSAEHOSTUNREACH },
	{ ENOPKG,	   WS_OP_ANY,	   WSAENETUNREACH },
	{ EPROTO,	   WS_OP_ANY,	   WSAECONNABORTED },

	/* Of the files that AF_UNIX addresses name; as R6 has their like. */
	{ ENOENT,	   WS_OP_ANY,	   WSAENETDOWN },
	{ ENOTDIR,	   WS_OP_ANY,	   WSAENETDOWN },
	{ ELOOP,	   WS_OP_ANY,	   WSAENETDOWN },
	{ EIO,		   WS_OP_ANY,	   WSAENETDOWN },
	{ ENAMETOOLONG,	   WS_OP_ANY,	   WSAEINVAL },
	{ EROFS,	   WS_OP_ANY,	   WSAEACCES },
	{ EDQUOT,	   WS_OP_ANY,	   WSAENOBUFS },
};

/**
 * ws_errno() - translate what the network stack answered
 * @op:  the operation that was asked for
 * @err: 0, or a negative errno
 *
 * An errno without a row is WSAENETDOWN, "the network subsystem has failed",
 * and warns once in builds with self-tests.
 *
 * Context: any.
 * Return: 0 for 0, else a WSAE code.
 */
int ws_errno(enum ws_op op, int err)
{
	const struct ws_errno_row *row = ws_errno_rows;

	if (!err)
		return 0;
	for (; row < ws_errno_rows + ARRAY_SIZE(ws_errno_rows); row++)
		if (row->err == -err && (row->op == op ||
					 row->op == WS_OP_ANY))
			return row->code;
	ws_debug_once("winsock: errno %d of operation %d has no row\n", err, op);
	return WSAENETDOWN;
}

#ifdef WINSOCK_SELFTEST
#include "selftest/errno.c"
#endif
