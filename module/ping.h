/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_PING_H
#define WS_PING_H

#include <linux/socket.h>
#include "sock.h"

int ws_ping_sendmsg(struct ws_sock *ws, struct msghdr *msg);
int ws_ping_recvmsg(struct ws_sock *ws, struct msghdr *msg, int flags);

/* sock_sendmsg() for every kind of socket. */
static inline int ws_stack_sendmsg(struct ws_sock *ws, struct msghdr *msg)
{
	if (unlikely(ws_sock_ping(ws)))
		return ws_ping_sendmsg(ws, msg);
	return sock_sendmsg(ws->sock, msg);
}

/* sock_recvmsg() for every kind of socket. */
static inline int ws_stack_recvmsg(struct ws_sock *ws, struct msghdr *msg,
				   int flags)
{
	if (unlikely(ws_sock_ping(ws)))
		return ws_ping_recvmsg(ws, msg, flags);
	return sock_recvmsg(ws->sock, msg, flags);
}

#endif /* WS_PING_H */
