// SPDX-License-Identifier: GPL-2.0-only
/*
 * SIO_ADDRESS_LIST_SORT: destinations, the best first (RFC 6724, section 6).
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sort.h>
#include <linux/uaccess.h>
#include <net/addrconf.h>
#include <net/ipv6.h>
#include "alloc.h"
#include "control.h"

/**
 * struct ws_dest - one destination
 * @to:    where it is
 * @from:  where this host would send from
 * @place: its number in the caller's list
 * @ok:    there is a way to it
 */
struct ws_dest {
	struct sockaddr_in6 to;
	struct sockaddr_in6 from;
	u32 place;
	bool ok;
};

struct ws_policy {
	struct in6_addr prefix;
	u8 bits;
	u8 precedence;
	u8 label;
};

/* RFC 6724, section 2.1: the longest prefix first. */
static const struct ws_policy ws_policies[] = {
	{ { { { [15] = 1 } } }, 128, 50, 0 },
	{ { { { [10] = 0xff, [11] = 0xff } } }, 96, 35, 4 },
	{ { { { 0 } } }, 96, 1, 3 },
	{ { { { 0x20, 0x01, 0, 0 } } }, 32, 5, 5 },
	{ { { { 0x20, 0x02 } } }, 16, 30, 2 },
	{ { { { 0x3f, 0xfe } } }, 16, 1, 12 },
	{ { { { 0xfe, 0xc0 } } }, 10, 1, 11 },
	{ { { { 0xfc } } }, 7, 3, 13 },
	{ { { { 0 } } }, 0, 40, 1 },
};

static const struct ws_policy *ws_policy(const struct in6_addr *addr)
{
	const struct ws_policy *p = ws_policies;

	while (!ipv6_prefix_equal(addr, &p->prefix, p->bits))
		p++;
	return p;
}

/* IPv4's scopes as IPv6 numbers them (section 3.2). */
static int ws_scope(const struct in6_addr *addr)
{
	__be32 addr4 = addr->s6_addr32[3];

	if (!ipv6_addr_v4mapped(addr))
		return __ipv6_addr_src_scope(__ipv6_addr_type(addr));
	if (ipv4_is_loopback(addr4) || ipv4_is_linklocal_169(addr4))
		return IPV6_ADDR_SCOPE_LINKLOCAL;
	return IPV6_ADDR_SCOPE_GLOBAL;
}

static int ws_matching_bits(const struct ws_dest *d)
{
	return ipv6_addr_diff(&d->from.sin6_addr, &d->to.sin6_addr);
}

static bool ws_same_label(const struct ws_dest *d)
{
	return ws_policy(&d->from.sin6_addr)->label ==
	       ws_policy(&d->to.sin6_addr)->label;
}

static bool ws_same_scope(const struct ws_dest *d)
{
	return ws_scope(&d->from.sin6_addr) == ws_scope(&d->to.sin6_addr);
}

/* The rules that this host can tell, in their order; negative: @a first. */
static int ws_dest_compare(const void *a, const void *b)
{
	const struct ws_dest *x = a, *y = b;
	int rank;

	rank = y->ok - x->ok;
	if (!rank && x->ok)
		rank = ws_same_scope(y) - ws_same_scope(x);
	if (!rank && x->ok)
		rank = ws_same_label(y) - ws_same_label(x);
	if (!rank)
		rank = ws_policy(&y->to.sin6_addr)->precedence -
		       ws_policy(&x->to.sin6_addr)->precedence;
	if (!rank)
		rank = ws_scope(&x->to.sin6_addr) - ws_scope(&y->to.sin6_addr);
	if (!rank && x->ok && !ipv6_addr_v4mapped(&x->to.sin6_addr) &&
	    !ipv6_addr_v4mapped(&y->to.sin6_addr))
		rank = ws_matching_bits(y) - ws_matching_bits(x);
	return rank ?: (int)x->place - (int)y->place;
}

/* Element @i of the caller's list: where its address is, and how long. */
static int ws_sort_element(const struct winsock_sock_control *a, u32 i,
			   u64 *addr, s32 *len)
{
	struct winsock_socket_address sa;
	u32 sa32[2];
	u64 from;

	if (!(a->flags & WINSOCK_CONTROL_32)) {
		from = a->in + sizeof(u64) + (u64)i * sizeof(sa);
		if (copy_from_user(&sa, u64_to_user_ptr(from), sizeof(sa)))
			return WSAEFAULT;
		*addr = sa.addr;
		*len = sa.len;
		return 0;
	}
	from = a->in + sizeof(u32) + (u64)i * sizeof(sa32);
	if (copy_from_user(sa32, u64_to_user_ptr(from), sizeof(sa32)))
		return WSAEFAULT;
	*addr = sa32[0];
	*len = sa32[1];
	return 0;
}

static int ws_sort_read(struct ws_sock *ws,
			const struct winsock_sock_control *a,
			struct ws_dest *dests, u32 count)
{
	struct ws_dest *d;
	u64 addr;
	s32 len;
	u32 i;

	for (i = 0; i < count; i++) {
		d = &dests[i];
		if (ws_sort_element(a, i, &addr, &len))
			return WSAEFAULT;
		if (len < (s32)sizeof(d->to))
			return WSAEINVAL;
		if (copy_from_user(&d->to, u64_to_user_ptr(addr),
				   sizeof(d->to)))
			return WSAEFAULT;
		if (d->to.sin6_family != WINSOCK_AF_INET6)
			return WSAEAFNOSUPPORT;
		d->place = i;
		d->ok = !ws_control_source6(ws, &d->to, &d->from);
		/* What an address without a scope of its own means here. */
		if (d->ok && !d->to.sin6_scope_id)
			d->to.sin6_scope_id = d->from.sin6_scope_id;
		if (fatal_signal_pending(current))
			return -ERESTARTNOINTR;
	}
	return 0;
}

static int ws_sort_write(struct winsock_sock_control *a,
			 const struct ws_dest *dests, u32 count)
{
	struct ws_list list = {
		.size = sizeof(struct sockaddr_in6),
		.count = count,
	};
	u32 i;
	int err;

	list.data = ws_alloc_array(count ?: 1, list.size, __GFP_ZERO);
	if (!list.data)
		return WSAENOBUFS;
	for (i = 0; i < count; i++)
		memcpy(list.data + i * list.size, &dests[i].to, list.size);
	err = ws_control_put_addrs(a, &list);
	kvfree(list.data);
	return err;
}

/* Of IPv6 sockets; IPv4 destinations are written in IPv6's form. */
int ws_control_sort(struct ws_sock *ws, struct winsock_sock_control *a)
{
	bool narrow = a->flags & WINSOCK_CONTROL_32;
	u32 head = narrow ? sizeof(u32) : sizeof(u64);
	u32 each = narrow ? 2 * sizeof(u32) :
			    sizeof(struct winsock_socket_address);
	struct ws_dest *dests;
	u32 count;
	int err;

	a->out_returned = 0;
	if (ws->sock->sk->sk_family != AF_INET6)
		return WSAEINVAL;
	if (a->in_len < head ||
	    get_user(count, (u32 __user *)u64_to_user_ptr(a->in)))
		return WSAEFAULT;
	if (count > WINSOCK_SORT_MAX)
		return WSAEINVAL;
	if (a->in_len < head + count * each)
		return WSAEFAULT;
	dests = ws_alloc_array(count ?: 1, sizeof(*dests), __GFP_ZERO);
	if (!dests)
		return WSAENOBUFS;
	err = ws_sort_read(ws, a, dests, count);
	if (!err) {
		sort(dests, count, sizeof(*dests), ws_dest_compare, NULL);
		err = ws_sort_write(a, dests, count);
	}
	kvfree(dests);
	return err;
}
