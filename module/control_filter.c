// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control codes on multicast filters: which sources of a group a socket
 * hears, as a whole.  A filter that lets something in makes its socket a
 * member, and one that does not ends that.
 */
#include <linux/compat.h>
#include <linux/igmp.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/inetdevice.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <net/compat.h>
#include <net/if_inet6.h>
#include <net/ip6_fib.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/route.h>
#include "alloc.h"
#include "control.h"
#include "option.h"

/**
 * struct ws_filter - a filter, for the stack and, but for numbers, from Windows
 * @interface: index; twice, as a 32-bit program's structure has no hole here,
 *             and begins with the second
 * @group:     the group
 * @mode:      MCAST_INCLUDE or MCAST_EXCLUDE of the stack
 * @count:     of @sources
 * @sources:   of the same family
 */
struct ws_filter {
	u32 interface[2];
	struct __kernel_sockaddr_storage group;
	u32 mode;
	u32 count;
	struct __kernel_sockaddr_storage sources[];
};

/* What joins and leaves a group takes no more than the beginning. */
#define WS_FILTER_GROUP	offsetof(struct ws_filter, mode)
#define WS_FILTER_HOLE	sizeof(u32)

static_assert(sizeof(struct winsock_ip_msfilter) == 16);
static_assert(sizeof(struct winsock_group_filter) == 144);
static_assert(offsetof(struct winsock_group_filter, group) ==
	      offsetof(struct ws_filter, group));
static_assert(sizeof(struct winsock_group_filter) ==
	      offsetof(struct ws_filter, sources));
static_assert(sizeof(struct group_req) == WS_FILTER_GROUP);
static_assert(offsetof(struct group_filter, gf_slist_flex) ==
	      offsetof(struct ws_filter, sources));
static_assert(sizeof(struct compat_group_req) ==
	      WS_FILTER_GROUP - WS_FILTER_HOLE);
static_assert(offsetof(struct compat_group_filter, gf_slist_flex) ==
	      offsetof(struct ws_filter, sources) - WS_FILTER_HOLE);

/**
 * struct ws_filter_state - what the stack keeps about a member
 * @mode:  MCAST_INCLUDE or MCAST_EXCLUDE of the stack
 * @count: of sources
 * @list:  their addresses, to be freed; NULL without any
 */
struct ws_filter_state {
	u32 mode;
	u32 count;
	void *list;
};

/* Windows and the stack have the two numbers the other way round. */
static int ws_filter_mode(u32 windows, u32 *mode)
{
	if (windows != WINSOCK_MCAST_INCLUDE &&
	    windows != WINSOCK_MCAST_EXCLUDE)
		return WSAEINVAL;
	*mode = windows == WINSOCK_MCAST_INCLUDE ? MCAST_INCLUDE :
						   MCAST_EXCLUDE;
	return 0;
}

static u32 ws_filter_windows_mode(u32 mode)
{
	return mode == MCAST_INCLUDE ? WINSOCK_MCAST_INCLUDE :
				       WINSOCK_MCAST_EXCLUDE;
}

/* Find an interface as the stack does when a group is joined. */
static int ws_filter_interface4(struct net *net, __be32 group,
				__be32 interface, u32 *index)
{
	u32 number = be32_to_cpu(interface);
	struct flowi4 fl4 = { .daddr = group };
	struct net_device *dev;
	struct rtable *rt;

	if (!ipv4_is_multicast(group))
		return WSAEINVAL;
	if (number && !(number & ~WS_INDEX_MASK)) {
		*index = number;
		return 0;
	}
	if (number) {
		rcu_read_lock();
		dev = __ip_dev_find(net, interface, false);
		if (dev)
			*index = dev->ifindex;
		rcu_read_unlock();
		return dev ? 0 : WSAEADDRNOTAVAIL;
	}
	rt = ip_route_output_key(net, &fl4);
	if (IS_ERR(rt))
		return WSAEADDRNOTAVAIL;
	*index = rt->dst.dev->ifindex;
	ip_rt_put(rt);
	return 0;
}

static int ws_filter_interface6(struct net *net, const struct in6_addr *group,
				u32 *index)
{
	struct rt6_info *rt;

	if (!ipv6_addr_is_multicast(group))
		return WSAEINVAL;
	if (*index)
		return 0;
	rt = rt6_lookup(net, group, NULL, 0, NULL, 0);
	if (!rt)
		return WSAEADDRNOTAVAIL;
	*index = rt->dst.dev->ifindex;
	ip6_rt_put(rt);
	return 0;
}

/* As above, for an address of either family, which becomes the stack's. */
static int ws_filter_interface(struct ws_sock *ws,
			       struct __kernel_sockaddr_storage *group,
			       u32 *index)
{
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)group;
	struct sockaddr_in *in = (struct sockaddr_in *)group;
	struct net *net = sock_net(ws->sock->sk);

	switch (group->ss_family) {
	case WINSOCK_AF_INET:
		group->ss_family = AF_INET;
		return *index & ~WS_INDEX_MASK ? WSAEADDRNOTAVAIL :
		       ws_filter_interface4(net, in->sin_addr.s_addr,
					    cpu_to_be32(*index), index);
	case WINSOCK_AF_INET6:
		if (ws->sock->sk->sk_family != AF_INET6)
			return WSAEINVAL;
		group->ss_family = AF_INET6;
		return ws_filter_interface6(net, &in6->sin6_addr, index);
	default:
		return WSAEINVAL;
	}
}

/* Setting. */

static int ws_filter_stack(struct ws_sock *ws, int name, struct ws_filter *f,
			   u32 size)
{
	u32 hole = in_compat_syscall() ? WS_FILTER_HOLE : 0;

	return ws_option_stack(ws, f->group.ss_family == AF_INET ? SOL_IP :
								   SOL_IPV6,
			       name, (void *)f + hole, size - hole);
}

/*
 * The stack changes the filters of members alone.  Who becomes one on the way
 * hears at first only a source that the filter lets in, or the group itself,
 * which no datagram comes from; so none slips in before the filter is there.
 */
static int ws_filter_join(struct ws_sock *ws, const struct ws_filter *f)
{
	return ws_multicast_sources(ws, f->group.ss_family == AF_INET ?
						SOL_IP : SOL_IPV6,
				    MCAST_JOIN_SOURCE_GROUP, f->interface[0],
				    &f->group,
				    f->mode == MCAST_INCLUDE ? f->sources :
							       &f->group);
}

static int ws_filter_replace_locked(struct ws_sock *ws, struct ws_filter *f)
{
	u32 size = struct_size(f, sources, f->count);
	int err;

	lockdep_assert_held(&ws->lock);
	err = ws_filter_stack(ws, MCAST_MSFILTER, f, size);
	/* All else that this could mean has been ruled out: no member yet. */
	if (err != WSAEINVAL)
		return err;
	if (f->mode == MCAST_EXCLUDE && !f->count)
		return ws_filter_stack(ws, MCAST_JOIN_GROUP, f,
				       WS_FILTER_GROUP);
	err = ws_filter_join(ws, f) ?:
	      ws_filter_stack(ws, MCAST_MSFILTER, f, size);
	if (err)
		ws_filter_stack(ws, MCAST_LEAVE_GROUP, f, WS_FILTER_GROUP);
	return err;
}

/* One at a time, as what fails takes back what it joined. */
static int ws_filter_set(struct ws_sock *ws, struct ws_filter *f)
{
	int err;

	f->interface[1] = f->interface[0];
	mutex_lock(&ws->lock);
	err = ws_filter_replace_locked(ws, f);
	mutex_unlock(&ws->lock);
	return err;
}

/* A filter with room for @count sources of @size bytes behind the head. */
static int ws_filter_alloc(const struct winsock_sock_control *a, u32 head,
			   u32 count, u32 size, struct ws_filter **f)
{
	if (count > (a->in_len - head) / size)
		return WSAEFAULT;
	if (count > WINSOCK_FILTER_MAX)
		return WSAENOBUFS;
	*f = ws_alloc_array(1, struct_size(*f, sources, count), __GFP_ZERO);
	if (!*f)
		return WSAENOBUFS;
	(*f)->count = count;
	return 0;
}

/* The first part of what a code takes. */
static int ws_filter_head(struct winsock_sock_control *a, void *head, u32 size)
{
	a->out_returned = 0;
	if (a->in_len < size ||
	    copy_from_user(head, u64_to_user_ptr(a->in), size))
		return WSAEFAULT;
	return 0;
}

/* IPv4 sources become addresses as the stack has them. */
static int ws_filter_sources4(struct ws_filter *f, const __be32 __user *from)
{
	struct sockaddr_in *in;
	u32 i;

	for (i = 0; i < f->count; i++) {
		in = (struct sockaddr_in *)&f->sources[i];
		in->sin_family = AF_INET;
		if (get_user(in->sin_addr.s_addr, from + i))
			return WSAEFAULT;
	}
	return 0;
}

/* SIO_SET_MULTICAST_FILTER */
int ws_control_set_ip_filter(struct ws_sock *ws,
			     struct winsock_sock_control *a)
{
	struct winsock_ip_msfilter head;
	struct ws_filter *f;
	struct sockaddr_in *in;
	int err;

	err = ws_filter_head(a, &head, sizeof(head)) ?:
	      ws_filter_alloc(a, sizeof(head), head.count, sizeof(__be32), &f);
	if (err)
		return err;
	in = (struct sockaddr_in *)&f->group;
	in->sin_family = AF_INET;
	in->sin_addr.s_addr = head.group;
	err = ws_filter_sources4(f, u64_to_user_ptr(a->in + sizeof(head))) ?:
	      ws_filter_mode(head.mode, &f->mode) ?:
	      ws_filter_interface4(sock_net(ws->sock->sk), head.group,
				   head.interface, &f->interface[0]) ?:
	      ws_filter_set(ws, f);
	kvfree(f);
	return err;
}

/* Sources of the group's family, from Windows' numbers to the stack's. */
static int ws_filter_sources(struct ws_filter *f, const void __user *from)
{
	u32 i;

	if (copy_from_user(f->sources, from, f->count * sizeof(*f->sources)))
		return WSAEFAULT;
	for (i = 0; i < f->count; i++) {
		if (f->sources[i].ss_family != f->group.ss_family)
			return WSAEINVAL;
		if (f->group.ss_family == WINSOCK_AF_INET6)
			f->sources[i].ss_family = AF_INET6;
	}
	return 0;
}

/* SIOCSMSFILTER */
int ws_control_set_filter(struct ws_sock *ws, struct winsock_sock_control *a)
{
	struct winsock_group_filter head;
	struct ws_filter *f;
	int err;

	err = ws_filter_head(a, &head, sizeof(head)) ?:
	      ws_filter_alloc(a, sizeof(head), head.count,
			      sizeof(f->sources[0]), &f);
	if (err)
		return err;
	f->interface[0] = head.interface;
	memcpy(&f->group, head.group, sizeof(f->group));
	err = ws_filter_sources(f, u64_to_user_ptr(a->in + sizeof(head))) ?:
	      ws_filter_mode(head.mode, &f->mode) ?:
	      ws_filter_interface(ws, &f->group, &f->interface[0]) ?:
	      ws_filter_set(ws, f);
	kvfree(f);
	return err;
}

/*
 * Getting.  The stack's getsockopt() writes to programs alone, and leaves out
 * what was joined without an interface; so what it keeps is read here, under
 * the socket's lock, which it has when it changes that.
 */

static int ws_filter_copy(struct ws_filter_state *s, u32 mode,
			  const void *list, u32 count, size_t size)
{
	s->mode = mode;
	s->count = count;
	if (!count)
		return 0;
	s->list = kmemdup(list, count * size, WS_GFP);
	return s->list ? 0 : WSAENOBUFS;
}

#define ws_filter_dereference(p, sk)	\
	rcu_dereference_protected(p, lockdep_sock_is_held(sk))

static int ws_filter_state4(struct sock *sk, __be32 group, u32 index,
			    struct ws_filter_state *s)
{
	struct ip_mc_socklist *mc;
	struct ip_sf_socklist *sf;
	int err = WSAEADDRNOTAVAIL;

	lock_sock(sk);
	mc = ws_filter_dereference(inet_sk(sk)->mc_list, sk);
	for (; mc; mc = ws_filter_dereference(mc->next_rcu, sk)) {
		if (mc->multi.imr_multiaddr.s_addr != group ||
		    mc->multi.imr_ifindex != index)
			continue;
		sf = ws_filter_dereference(mc->sflist, sk);
		err = ws_filter_copy(s, mc->sfmode, sf ? sf->sl_addr : NULL,
				     sf ? sf->sl_count : 0,
				     sizeof(sf->sl_addr[0]));
		break;
	}
	release_sock(sk);
	return err;
}

static int ws_filter_state6(struct sock *sk, const struct in6_addr *group,
			    u32 index, struct ws_filter_state *s)
{
	struct ipv6_mc_socklist *mc;
	struct ip6_sf_socklist *sf;
	int err = WSAEADDRNOTAVAIL;

	lock_sock(sk);
	mc = ws_filter_dereference(inet6_sk(sk)->ipv6_mc_list, sk);
	for (; mc; mc = ws_filter_dereference(mc->next, sk)) {
		if (!ipv6_addr_equal(&mc->addr, group) || mc->ifindex != index)
			continue;
		sf = ws_filter_dereference(mc->sflist, sk);
		err = ws_filter_copy(s, mc->sfmode, sf ? sf->sl_addr : NULL,
				     sf ? sf->sl_count : 0,
				     sizeof(sf->sl_addr[0]));
		break;
	}
	release_sock(sk);
	return err;
}

static int ws_filter_state(struct sock *sk,
			   const struct __kernel_sockaddr_storage *group,
			   u32 index, struct ws_filter_state *s)
{
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)group;
	const struct sockaddr_in *in = (const struct sockaddr_in *)group;

	return group->ss_family == AF_INET ?
	       ws_filter_state4(sk, in->sin_addr.s_addr, index, s) :
	       ws_filter_state6(sk, &in6->sin6_addr, index, s);
}

/* SIO_GET_MULTICAST_FILTER */
int ws_control_get_ip_filter(struct ws_sock *ws,
			     struct winsock_sock_control *a)
{
	struct winsock_ip_msfilter head;
	struct ws_filter_state s = { };
	u32 index, fit, size;
	int err;

	err = ws_filter_head(a, &head, sizeof(head));
	if (err)
		return err;
	if (a->out_len < sizeof(head))
		return WSAEFAULT;
	err = ws_filter_interface4(sock_net(ws->sock->sk), head.group,
				   head.interface, &index) ?:
	      ws_filter_state4(ws->sock->sk, head.group, index, &s);
	if (err)
		return err;
	head.mode = ws_filter_windows_mode(s.mode);
	head.count = s.count;
	fit = min_t(u32, s.count, (a->out_len - sizeof(head)) / sizeof(__be32));
	size = fit * sizeof(__be32);
	if (copy_to_user(u64_to_user_ptr(a->out), &head, sizeof(head)) ||
	    copy_to_user(u64_to_user_ptr(a->out + sizeof(head)), s.list, size))
		err = WSAEFAULT;
	else
		a->out_returned = sizeof(head) + size;
	kfree(s.list);
	return err;
}

/* Source @i, as Windows has it. */
static int ws_filter_give(const struct ws_filter_state *s, int family, u32 i,
			  void __user *to)
{
	struct __kernel_sockaddr_storage ss = { };
	struct winsock_sockaddr_in6 *in6 = (void *)&ss;
	struct winsock_sockaddr_in *in = (void *)&ss;

	if (family == AF_INET) {
		in->sin_family = WINSOCK_AF_INET;
		in->sin_addr = ((const __be32 *)s->list)[i];
	} else {
		in6->sin6_family = WINSOCK_AF_INET6;
		memcpy(in6->sin6_addr, s->list + i * sizeof(in6->sin6_addr),
		       sizeof(in6->sin6_addr));
	}
	return copy_to_user(to, &ss, sizeof(ss)) ? WSAEFAULT : 0;
}

static int ws_filter_put(struct winsock_sock_control *a,
			 const struct winsock_group_filter *head,
			 const struct ws_filter_state *s, int family)
{
	u32 each = sizeof(struct __kernel_sockaddr_storage);
	u32 fit = min_t(u32, s->count, (a->out_len - sizeof(*head)) / each);
	void __user *to = u64_to_user_ptr(a->out);
	u32 i;

	if (copy_to_user(to, head, sizeof(*head)))
		return WSAEFAULT;
	for (i = 0; i < fit; i++)
		if (ws_filter_give(s, family, i, to + sizeof(*head) + i * each))
			return WSAEFAULT;
	a->out_returned = sizeof(*head) + fit * each;
	return 0;
}

/* SIOCGMSFILTER */
int ws_control_get_filter(struct ws_sock *ws, struct winsock_sock_control *a)
{
	struct __kernel_sockaddr_storage group;
	struct winsock_group_filter head;
	struct ws_filter_state s = { };
	u32 index;
	int err;

	err = ws_filter_head(a, &head, sizeof(head));
	if (err)
		return err;
	if (a->out_len < sizeof(head))
		return WSAEFAULT;
	memcpy(&group, head.group, sizeof(group));
	index = head.interface;
	err = ws_filter_interface(ws, &group, &index) ?:
	      ws_filter_state(ws->sock->sk, &group, index, &s);
	if (err)
		return err;
	head.mode = ws_filter_windows_mode(s.mode);
	head.count = s.count;
	err = ws_filter_put(a, &head, &s, group.ss_family);
	kfree(s.list);
	return err;
}
