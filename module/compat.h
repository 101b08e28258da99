/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel differences, each with the version that ends it.  All other files are
 * written against the newest API.
 */
#ifndef WS_COMPAT_H
#define WS_COMPAT_H

#include <linux/net.h>
#include <linux/uio.h>
#include <linux/version.h>
#include <net/inet_hashtables.h>
#include <net/sock.h>

/* Before 6.2 the iterator directions had the names of READ and WRITE. */
#ifndef ITER_SOURCE
#define ITER_SOURCE	WRITE
#define ITER_DEST	READ
#endif

/* Before 6.19 addresses of any length went by the name of struct sockaddr. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 19, 0)
#define sockaddr_unsized sockaddr
#endif

/*
 * Whether @test holds between @sk and any socket on the port of @tb, those in
 * TIME_WAIT among them.  Since 6.8 they are kept by their addresses.
 */
static inline bool ws_any_bound(struct sock *sk, struct inet_bind_bucket *tb,
				bool (*test)(struct sock *sk, struct sock *sk2))
{
	struct sock *sk2;
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 8, 0)
	sk_for_each_bound(sk2, &tb->owners)
		if (test(sk, sk2))
			return true;
#else
	struct inet_bind2_bucket *tb2;

	hlist_for_each_entry(tb2, &tb->bhash2, bhash_node)
		sk_for_each_bound(sk2, &tb2->owners)
			if (test(sk, sk2))
				return true;
#endif
	return false;
}

/* Before 6.2 no namespace had a table of its own. */
static inline struct udp_table *ws_udp_table(const struct sock *sk)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
	return sk->sk_prot->h.udp_table;
#else
	return sock_net(sk)->ipv4.udp_table;
#endif
}

/* Since 6.17 only the family's own header tells. */
long unix_inq_len(struct sock *sk);

/* Before 6.6 and 6.7 the flags of inet_sock were bitfields of several structs. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
#define inet_cmsg_flags(inet)	READ_ONCE((inet)->cmsg_flags)
/* another thread may set it, or one beside it: before or after that */
#define inet_test_bit(nr, sk)	data_race(!!ws_inet_bit_##nr(inet_sk(sk)))
#define ws_inet_bit_HDRINCL(inet)	((inet)->hdrincl)
#define ws_inet_bit_MC_LOOP(inet)	((inet)->mc_loop)
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
/* the same */
#define inet6_test_bit(nr, sk)	data_race(!!ws_inet6_bit_##nr(inet6_sk(sk)))
#define ws_inet6_bit_MC6_LOOP(np)	((np)->mc_loop)
#define ws_inet6_bit_DONTFRAG(np)	((np)->dontfrag)
#endif

#endif /* WS_COMPAT_H */
