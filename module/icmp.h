/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_ICMP_H
#define WS_ICMP_H

#include <linux/skbuff.h>
#include "sock.h"

/* Whether an error may wait; ws_icmp_take() knows. */
static inline bool ws_icmp_waiting(const struct ws_sock *ws)
{
	const struct sock *sk = ws->sock->sk;

	return READ_ONCE(sk->sk_err) ||
	       !skb_queue_empty_lockless(&sk->sk_error_queue);
}

void ws_icmp_enable(struct ws_sock *ws);
bool ws_icmp_pending(struct ws_sock *ws);
int ws_icmp_take(struct ws_sock *ws);

#endif /* WS_ICMP_H */
