// SPDX-License-Identifier: GPL-2.0-only
/*
 * Raw ICMP sockets of programs without privilege.
 *
 * Below is one of the stack's ping sockets (see catalog.c).  It sends echo
 * requests under an identifier of its own and receives their answers without
 * the IPv4 header; here the program's identifier comes back, and the header.
 */
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/ip.h>
#include <linux/skbuff.h>
#include <linux/uio.h>
#include <net/checksum.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include "ping.h"

/* Both versions' echo messages begin alike. */
static_assert(sizeof(struct icmphdr) == sizeof(struct icmp6hdr));
static_assert(offsetof(struct icmphdr, un.echo.id) ==
	      offsetof(struct icmp6hdr, icmp6_identifier));

/**
 * ws_ping_sendmsg() - send an echo request
 * @ws:  a ping socket; the caller holds a user
 * @msg: the message, as a raw socket would take it
 *
 * Context: process, may sleep and fault.
 * Return: bytes sent or a negative errno; -EACCES for what needs privilege.
 */
int ws_ping_sendmsg(struct ws_sock *ws, struct msghdr *msg)
{
	u8 request = ws->sock->sk->sk_family == AF_INET ? ICMP_ECHO :
							  ICMPV6_ECHO_REQUEST;
	struct iov_iter iter = msg->msg_iter;
	struct icmphdr icmp;

	if (msg_data_left(msg) < sizeof(icmp))
		return -EACCES;
	if (!copy_from_iter_full(&icmp, sizeof(icmp), &iter))
		return -EFAULT;
	if (icmp.type != request || icmp.code)
		return -EACCES;
	WRITE_ONCE(ws->echo_id, icmp.un.echo.id);
	return sock_sendmsg(ws->sock, msg);
}

/* Give @len bytes of the packet's front, as much of them as there is room. */
static int ws_ping_front(struct msghdr *msg, const void *from, size_t len)
{
	len = min(len, msg_data_left(msg));
	return copy_to_iter(from, len, &msg->msg_iter) == len ? 0 : -EFAULT;
}

static int ws_ping_copy(struct ws_sock *ws, struct msghdr *msg,
			struct sk_buff *skb)
{
	struct icmphdr icmp;
	__be16 id = READ_ONCE(ws->echo_id);
	int err = 0;

	if (skb_copy_bits(skb, 0, &icmp, sizeof(icmp)))
		return -EINVAL;	/* the stack has looked at it already */
	csum_replace2(&icmp.checksum, icmp.un.echo.id, id);
	icmp.un.echo.id = id;

	/* The stack has parsed it, so it is in one piece. */
	if (ws->sock->sk->sk_family == AF_INET)
		err = ws_ping_front(msg, ip_hdr(skb), ip_hdrlen(skb));
	return err ?: ws_ping_front(msg, &icmp, sizeof(icmp)) ?:
	       skb_copy_datagram_msg(skb, sizeof(icmp), msg,
				     min_t(size_t, skb->len - sizeof(icmp),
					   msg_data_left(msg)));
}

static void ws_ping_name(const struct sock *sk, struct msghdr *msg,
			 struct sk_buff *skb)
{
	struct sockaddr_in6 *sin6 = msg->msg_name;
	struct sockaddr_in *sin = msg->msg_name;

	if (!msg->msg_name)
		return;
	if (sk->sk_family == AF_INET) {
		*sin = (struct sockaddr_in){
			.sin_family = AF_INET,
			.sin_addr.s_addr = ip_hdr(skb)->saddr,
		};
		msg->msg_namelen = sizeof(*sin);
		return;
	}
	*sin6 = (struct sockaddr_in6){
		.sin6_family = AF_INET6,
		.sin6_addr = ipv6_hdr(skb)->saddr,
		.sin6_scope_id = ipv6_iface_scope_id(&ipv6_hdr(skb)->saddr,
						     inet6_iif(skb)),
	};
	msg->msg_namelen = sizeof(*sin6);
}

/**
 * ws_ping_recvmsg() - receive an answer, as a raw socket would
 * @ws:    a ping socket; the caller holds a user
 * @msg:   where to; gets the sender's name, MSG_TRUNC if it was too short
 * @flags: MSG_DONTWAIT and MSG_PEEK
 *
 * Context: process, may sleep and fault.
 * Return: bytes received or a negative errno.
 */
int ws_ping_recvmsg(struct ws_sock *ws, struct msghdr *msg, int flags)
{
	struct sock *sk = ws->sock->sk;
	size_t room = msg_data_left(msg), size;
	struct sk_buff *skb;
	int err;

	skb = skb_recv_datagram(sk, flags, &err);
	if (!skb)
		return err;
	size = skb->len + (sk->sk_family == AF_INET ? ip_hdrlen(skb) : 0);
	msg->msg_flags = size > room ? MSG_TRUNC : 0;
	err = ws_ping_copy(ws, msg, skb);
	if (!err) {
		ws_ping_name(sk, msg, skb);
		if (sk->sk_family == AF_INET)
			ip_cmsg_recv(msg, skb);
		err = min(size, room);
	}
	skb_free_datagram(sk, skb);
	return err;
}
