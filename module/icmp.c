// SPDX-License-Identifier: GPL-2.0-only
/*
 * What other hosts say of datagrams that were sent.
 *
 * Windows tells recv, once for each, that a datagram met a port where nobody
 * listens (WSAECONNRESET) or died of old age under way (WSAENETRESET), whether
 * or not the socket is connected.  The stack tells an unconnected socket
 * nothing unless its error queue is on, so it is, and emptied here: sk_err
 * alone says too little, and an error stays readable for as long as it waits.
 */
#include <linux/errqueue.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include "icmp.h"

#define WS_ICMP_ANY	-1

/* What Windows tells, and the switch that has it silent. */
static const struct {
	u8 origin;
	u8 type;
	int code;
	int silent;
	int answer;
} ws_icmp_rows[] = {
	{ SO_EE_ORIGIN_ICMP, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH,
	  WS_SOCK_NO_CONNRESET, WSAECONNRESET },
	{ SO_EE_ORIGIN_ICMP6, ICMPV6_DEST_UNREACH, ICMPV6_PORT_UNREACH,
	  WS_SOCK_NO_CONNRESET, WSAECONNRESET },
	{ SO_EE_ORIGIN_ICMP, ICMP_TIME_EXCEEDED, WS_ICMP_ANY,
	  WS_SOCK_NO_NETRESET, WSAENETRESET },
	{ SO_EE_ORIGIN_ICMP6, ICMPV6_TIME_EXCEED, WS_ICMP_ANY,
	  WS_SOCK_NO_NETRESET, WSAENETRESET },
};

static int ws_icmp_code(const struct ws_sock *ws, struct sk_buff *skb)
{
	const struct sock_extended_err *ee = &SKB_EXT_ERR(skb)->ee;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ws_icmp_rows); i++)
		if (ws_icmp_rows[i].origin == ee->ee_origin &&
		    ws_icmp_rows[i].type == ee->ee_type &&
		    (ws_icmp_rows[i].code == WS_ICMP_ANY ||
		     ws_icmp_rows[i].code == ee->ee_code))
			return test_bit(ws_icmp_rows[i].silent, &ws->flags) ?
			       0 : ws_icmp_rows[i].answer;
	return 0;
}

/**
 * ws_icmp_enable() - have the stack keep what is said of a socket's datagrams
 * @ws: a new datagram socket of the driver's own
 *
 * Context: process, may sleep.
 */
void ws_icmp_enable(struct ws_sock *ws)
{
	struct sock *sk = ws->sock->sk;

	ip_sock_set_recverr(sk);
	if (sk->sk_family == AF_INET6)
		ip6_sock_set_recverr(sk);
}

/**
 * ws_icmp_pending() - whether the next recv will tell an error
 * @ws: a datagram socket; the caller holds a user
 *
 * An imported socket's error queue is its owner's: the stack's own error is
 * told.
 *
 * Context: any that may take irq-safe locks; does not sleep.
 */
bool ws_icmp_pending(struct ws_sock *ws)
{
	struct sk_buff_head *queue = &ws->sock->sk->sk_error_queue;
	bool pending = false;
	struct sk_buff *skb;
	unsigned long irq;

	if (ws->file)
		return READ_ONCE(ws->sock->sk->sk_err);
	spin_lock_irqsave(&queue->lock, irq);
	skb_queue_walk(queue, skb) {
		pending = ws_icmp_code(ws, skb);
		if (pending)
			break;
	}
	spin_unlock_irqrestore(&queue->lock, irq);
	return pending;
}

/**
 * ws_icmp_take() - take the oldest error that Windows tells
 * @ws: a datagram socket; the caller holds a user
 *
 * Those that it does not tell go too.  None is an imported socket's to take.
 *
 * Context: process.
 * Return: a WSAE code, or 0: there is none.
 */
int ws_icmp_take(struct ws_sock *ws)
{
	struct sk_buff *skb;
	int code = 0;

	if (ws->file)
		return 0;
	while (!code && (skb = sock_dequeue_err_skb(ws->sock->sk))) {
		code = ws_icmp_code(ws, skb);
		consume_skb(skb);
	}
	return code;
}
