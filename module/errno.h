/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_ERRNO_H
#define WS_ERRNO_H

/* The operation that failed: one errno means different things to Winsock. */
enum ws_op {
	WS_OP_ANY,
	WS_OP_CREATE,
	WS_OP_BIND,
	WS_OP_LISTEN,
	WS_OP_ACCEPT,
	WS_OP_CONNECT,
	WS_OP_SEND,
	WS_OP_RECV,
	WS_OP_SHUTDOWN,
	WS_OP_NAME,
	WS_OP_OPTION,
	WS_OP_COUNT
};

int ws_errno(enum ws_op op, int err);

#ifdef WINSOCK_SELFTEST
int ws_errno_selftest(void);
#endif

#endif /* WS_ERRNO_H */
