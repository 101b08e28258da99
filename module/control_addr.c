// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control codes that tell of the network namespace of a socket: addresses,
 * interfaces, and the way to others.
 *
 * Lists are counted, and gathered, under RCU; what appears in between makes
 * the next round larger.  Nobody's memory is touched there.
 */
#include <linux/errno.h>
#include <linux/inetdevice.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include <net/addrconf.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/route.h>
#include "alloc.h"
#include "addr.h"
#include "control.h"
#include "netchange.h"
#include "netevent.h"
#include "wait.h"

static_assert(sizeof(struct winsock_interface_info) == 76);
static_assert(sizeof(struct winsock_socket_address) == 16);

/* What may appear between counting and gathering without another round. */
#define WS_LIST_SPARE	16

/* A namespace with more addresses than this has no list. */
#define WS_LIST_MAX	1000000

static void ws_list_exit(struct ws_list *list)
{
	kvfree(list->data);
}

/* Room for one more; NULL if there is none, which only counts. */
static void *ws_list_next(struct ws_list *list)
{
	u32 i = list->count++;

	return i < list->room ? list->data + i * list->size : NULL;
}

/**
 * ws_list_gather() - call a function until all that it has fits
 * @list: empty, with @size set; give it to ws_list_exit() in any case
 * @net:  namespace
 * @walk: calls ws_list_next() for each element; under RCU
 *
 * Context: process, no locks.
 * Return: 0, WSAENOBUFS, or -ERESTARTNOINTR.
 */
static int ws_list_gather(struct ws_list *list, struct net *net,
			  void (*walk)(struct ws_list *list, struct net *net))
{
	for (;;) {
		list->count = 0;
		rcu_read_lock();
		walk(list, net);
		rcu_read_unlock();
		if (list->count <= list->room)
			return 0;
		if (list->count > WS_LIST_MAX)
			return WSAENOBUFS;
		if (fatal_signal_pending(current))
			return -ERESTARTNOINTR;
		kvfree(list->data);
		list->room = list->count + WS_LIST_SPARE;
		list->data = ws_alloc_array(list->room, list->size,
					    __GFP_ZERO);
		if (!list->data) {
			list->room = 0;
			return WSAENOBUFS;
		}
	}
}

static void ws_sockaddr4(struct winsock_sockaddr_in *in, __be32 addr)
{
	in->sin_family = WINSOCK_AF_INET;
	in->sin_addr = addr;
}

static void ws_sockaddr6(struct winsock_sockaddr_in6 *in6,
			 const struct in6_addr *addr, u32 scope)
{
	in6->sin6_family = WINSOCK_AF_INET6;
	memcpy(in6->sin6_addr, addr, sizeof(*addr));
	in6->sin6_scope_id = scope;
}

/* Not those of the loopback interface that no other could have (the page). */
static void ws_addrs4(struct ws_list *list, struct net *net)
{
	struct winsock_sockaddr_in *in;
	const struct in_ifaddr *ifa;
	struct in_device *in_dev;
	struct net_device *dev;

	for_each_netdev_rcu(net, dev) {
		in_dev = __in_dev_get_rcu(dev);
		if (!in_dev || !(READ_ONCE(dev->flags) & IFF_UP))
			continue;
		in_dev_for_each_ifa_rcu(ifa, in_dev) {
			if (dev->flags & IFF_LOOPBACK &&
			    (ipv4_is_loopback(ifa->ifa_local) ||
			     ipv4_is_linklocal_169(ifa->ifa_local)))
				continue;
			in = ws_list_next(list);
			if (in)
				ws_sockaddr4(in, ifa->ifa_local);
		}
	}
}

/* Windows' "preferred": checked for duplicates, and not on its way out. */
static bool ws_ifp_preferred(const struct inet6_ifaddr *ifp)
{
	u32 flags = READ_ONCE(ifp->flags);

	if (flags & (IFA_F_DADFAILED | IFA_F_DEPRECATED))
		return false;
	return !(flags & IFA_F_TENTATIVE) || flags & IFA_F_OPTIMISTIC;
}

/* As above: not ::1 and link-local ones of the loopback interface. */
static bool ws_ifp_listed(const struct inet6_ifaddr *ifp,
			  const struct net_device *dev)
{
	if (!ws_ifp_preferred(ifp))
		return false;
	return !(dev->flags & IFF_LOOPBACK) ||
	       !(ipv6_addr_type(&ifp->addr) &
		 (IPV6_ADDR_LINKLOCAL | IPV6_ADDR_LOOPBACK));
}

static void ws_addrs6(struct ws_list *list, struct net *net)
{
	struct winsock_sockaddr_in6 *in6;
	const struct inet6_ifaddr *ifp;
	struct inet6_dev *idev;
	struct net_device *dev;
	u32 scope;

	for_each_netdev_rcu(net, dev) {
		idev = __in6_dev_get(dev);
		if (!idev || !(READ_ONCE(dev->flags) & IFF_UP))
			continue;
		list_for_each_entry_rcu(ifp, &idev->addr_list, if_list) {
			if (!ws_ifp_listed(ifp, dev))
				continue;
			scope = ipv6_addr_type(&ifp->addr) &
				IPV6_ADDR_LINKLOCAL ? dev->ifindex : 0;
			in6 = ws_list_next(list);
			if (in6)
				ws_sockaddr6(in6, &ifp->addr, scope);
		}
	}
}

/**
 * ws_control_put_addrs() - give a caller a SOCKET_ADDRESS_LIST
 * @a:    the call; @out_returned becomes its size, or the size wanted
 * @list: addresses, each as long as its size
 *
 * What goes into the kernel's memory is what fits into the caller's.
 *
 * Context: process, may fault.
 * Return: 0, WSAEFAULT (too little room), WSAENOBUFS.
 */
int ws_control_put_addrs(struct winsock_sock_control *a,
			 const struct ws_list *list)
{
	bool narrow = a->flags & WINSOCK_CONTROL_32;
	u32 each = narrow ? 2 * sizeof(u32) :
			    sizeof(struct winsock_socket_address);
	u32 head = narrow ? sizeof(u32) : sizeof(u64);
	u32 addrs = head + list->count * each;
	u32 size = addrs + list->count * list->size;
	struct winsock_socket_address *sa;
	u32 *sa32;
	void *data;
	u64 addr;
	int err;
	u32 i;

	a->out_returned = size;
	if (!a->out || a->out_len < size)
		return WSAEFAULT;
	data = ws_alloc_array(1, size, __GFP_ZERO);
	if (!data)
		return WSAENOBUFS;
	*(u32 *)data = list->count;
	for (i = 0; i < list->count; i++) {
		addr = a->out + addrs + i * list->size;
		if (narrow) {
			sa32 = data + head + i * each;
			sa32[0] = addr;
			sa32[1] = list->size;
		} else {
			sa = data + head + i * each;
			sa->addr = addr;
			sa->len = list->size;
		}
	}
	if (list->count)
		memcpy(data + addrs, list->data, list->count * list->size);
	err = copy_to_user(u64_to_user_ptr(a->out), data, size) ? WSAEFAULT : 0;
	kvfree(data);
	return err;
}

static bool ws_control_ipv6(const struct ws_sock *ws)
{
	return ws->sock->sk->sk_family == AF_INET6;
}

/* SIO_ADDRESS_LIST_QUERY (windows-observed I17-I19). */
int ws_control_address_list(struct ws_sock *ws, struct winsock_sock_control *a)
{
	bool ipv6 = ws_control_ipv6(ws);
	struct ws_list list = {
		.size = ipv6 ? sizeof(struct winsock_sockaddr_in6) :
			       sizeof(struct winsock_sockaddr_in),
	};
	u32 head = a->flags & WINSOCK_CONTROL_32 ? sizeof(u32) : sizeof(u64);
	int err;

	if (a->out && a->out_len && a->out_len < head) {
		a->out_returned = 0;
		return WSAEINVAL;
	}
	err = ws_list_gather(&list, sock_net(ws->sock->sk),
			     ipv6 ? ws_addrs6 : ws_addrs4);
	if (!err)
		err = ws_control_put_addrs(a, &list);
	ws_list_exit(&list);
	return err;
}

static u32 ws_interface_flags(const struct net_device *dev)
{
	unsigned int flags = READ_ONCE(dev->flags);

	return (flags & IFF_UP ? WINSOCK_IFF_UP : 0) |
	       (flags & IFF_BROADCAST ? WINSOCK_IFF_BROADCAST : 0) |
	       (flags & IFF_LOOPBACK ? WINSOCK_IFF_LOOPBACK : 0) |
	       (flags & IFF_POINTOPOINT ? WINSOCK_IFF_POINTTOPOINT : 0) |
	       (flags & IFF_MULTICAST ? WINSOCK_IFF_MULTICAST : 0);
}

/* Loopback too.  Windows' address for broadcasts is the limited one. */
static void ws_interfaces(struct ws_list *list, struct net *net)
{
	struct winsock_interface_info *info;
	const struct in_ifaddr *ifa;
	struct in_device *in_dev;
	struct net_device *dev;

	for_each_netdev_rcu(net, dev) {
		in_dev = __in_dev_get_rcu(dev);
		if (!in_dev)
			continue;
		in_dev_for_each_ifa_rcu(ifa, in_dev) {
			info = ws_list_next(list);
			if (!info)
				continue;
			memset(info, 0, sizeof(*info));
			info->flags = ws_interface_flags(dev);
			ws_sockaddr4(&info->address.in, ifa->ifa_local);
			ws_sockaddr4(&info->netmask.in, ifa->ifa_mask);
			if (info->flags & WINSOCK_IFF_BROADCAST)
				ws_sockaddr4(&info->broadcast.in,
					     htonl(INADDR_BROADCAST));
		}
	}
}

/* SIO_GET_INTERFACE_LIST (windows-observed I20, I21, I26): IPv4's only. */
int ws_control_interface_list(struct ws_sock *ws,
			      struct winsock_sock_control *a)
{
	struct ws_list list = { .size = sizeof(struct winsock_interface_info) };
	u32 size;
	int err;

	a->out_returned = 0;
	if (ws_control_ipv6(ws))
		return WSAEINVAL;
	err = ws_list_gather(&list, sock_net(ws->sock->sk), ws_interfaces);
	if (err)
		goto exit_list;
	size = list.count * list.size;
	err = WSAEFAULT;
	if (!a->out || a->out_len < size ||
	    copy_to_user(u64_to_user_ptr(a->out), list.data, size))
		goto exit_list;
	a->out_returned = size;
	err = 0;
exit_list:
	ws_list_exit(&list);
	return err;
}

/* SIO_GET_BROADCAST_ADDRESS */
int ws_control_broadcast(struct ws_sock *ws, union ws_control_value *v)
{
	if (ws_control_ipv6(ws))
		return WSAENOPROTOOPT;
	memset(&v->in, 0, sizeof(v->in));
	ws_sockaddr4(&v->in, htonl(INADDR_BROADCAST));
	return 0;
}

/* Whether an interface spreads what it receives over processors. */
int ws_control_rss(struct ws_sock *ws, union ws_control_value *v)
{
	struct net_device *dev;
	u8 any = 0;

	rcu_read_lock();
	for_each_netdev_rcu(sock_net(ws->sock->sk), dev)
		any |= READ_ONCE(dev->real_num_rx_queues) > 1;
	rcu_read_unlock();
	v->byte = any;
	return 0;
}

/* The page on SIO_ROUTING_INTERFACE_QUERY: whatever is wrong with the way. */
static int ws_route_error(long err)
{
	return err == -ENOMEM || err == -ENOBUFS ? WSAENOBUFS : WSAENETUNREACH;
}

/**
 * ws_control_source4() - the address to send from
 * @ws:   socket, whose namespace and interface are meant
 * @to:   where to send
 * @from: gets the address
 *
 * Context: process, no locks.
 * Return: 0, WSAENETUNREACH, WSAENOBUFS.
 */
int ws_control_source4(struct ws_sock *ws, __be32 to, __be32 *from)
{
	struct sock *sk = ws->sock->sk;
	struct net *net = sock_net(sk);
	struct flowi4 fl4 = {
		.daddr = to,
		.flowi4_oif = READ_ONCE(sk->sk_bound_dev_if),
		.flowi4_mark = READ_ONCE(sk->sk_mark),
		.flowi4_uid = sock_net_uid(net, sk),
	};
	struct rtable *rt = ip_route_output_key(net, &fl4);

	if (IS_ERR(rt))
		return ws_route_error(PTR_ERR(rt));
	*from = fl4.saddr;
	ip_rt_put(rt);
	return 0;
}

static int ws_source6_mapped(struct ws_sock *ws, const struct in6_addr *to,
			     struct in6_addr *from)
{
	__be32 from4;
	int err = ws_control_source4(ws, to->s6_addr32[3], &from4);

	if (!err)
		ipv6_addr_set_v4mapped(from4, from);
	return err;
}

/**
 * ws_control_source6() - the same for IPv6, or IPv4 in its clothes
 * @ws:   socket, whose namespace and interface are meant
 * @to:   where to send
 * @from: gets the address, its scope, and nothing else
 *
 * Context: process, no locks.
 * Return: 0, WSAENETUNREACH, WSAENOBUFS.
 */
int ws_control_source6(struct ws_sock *ws, const struct sockaddr_in6 *to,
		       struct sockaddr_in6 *from)
{
	struct sock *sk = ws->sock->sk;
	struct net *net = sock_net(sk);
	struct flowi6 fl6 = {
		.daddr = to->sin6_addr,
		.flowi6_oif = READ_ONCE(sk->sk_bound_dev_if),
		.flowi6_mark = READ_ONCE(sk->sk_mark),
		.flowi6_uid = sock_net_uid(net, sk),
	};
	int type = __ipv6_addr_type(&to->sin6_addr);
	struct dst_entry *dst;

	memset(from, 0, sizeof(*from));
	from->sin6_family = AF_INET6;
	if (ipv6_addr_v4mapped(&to->sin6_addr))
		return ws_source6_mapped(ws, &to->sin6_addr, &from->sin6_addr);
	if (!fl6.flowi6_oif && __ipv6_addr_needs_scope_id(type))
		fl6.flowi6_oif = to->sin6_scope_id;
	dst = ip6_dst_lookup_flow(net, sk, &fl6, NULL);
	if (IS_ERR(dst))
		return ws_route_error(PTR_ERR(dst));
	from->sin6_addr = fl6.saddr;
	if (ipv6_addr_type(&fl6.saddr) & IPV6_ADDR_LINKLOCAL)
		from->sin6_scope_id = dst->dev->ifindex;
	dst_release(dst);
	return 0;
}

/* The address that a code on routes is about (windows-observed I13, I14). */
static int ws_route_input(struct ws_sock *ws,
			  const struct winsock_sock_control *a,
			  struct sockaddr_storage *ss, bool *any)
{
	bool ipv6 = ws_control_ipv6(ws);
	u32 need = ipv6 ? sizeof(struct sockaddr_in6) :
			  sizeof(struct sockaddr_in);
	int err;

	if (!a->in || a->in_len < need)
		return WSAEINVAL;
	err = ws_addr_get(ws, a->in, need, ss);
	if (err)
		return err;
	if (ipv6)
		*any = ipv6_addr_any(&((struct sockaddr_in6 *)ss)->sin6_addr);
	else
		*any = ((struct sockaddr_in *)ss)->sin_addr.s_addr ==
		       htonl(INADDR_ANY);
	return 0;
}

/* From a Linux address to a Windows one, both in @ss. */
static int ws_route_source(struct ws_sock *ws, struct sockaddr_storage *ss)
{
	struct sockaddr_storage to = *ss;
	struct sockaddr_in *to4 = (void *)&to, *in = (void *)ss;
	int err;

	memset(ss, 0, sizeof(*ss));
	if (ws_control_ipv6(ws)) {
		err = ws_control_source6(ws, (void *)&to, (void *)ss);
		ss->ss_family = WINSOCK_AF_INET6;
		return err;
	}
	ss->ss_family = WINSOCK_AF_INET;
	return ws_control_source4(ws, to4->sin_addr.s_addr,
				  &in->sin_addr.s_addr);
}

/* SIO_ROUTING_INTERFACE_QUERY (windows-observed I13-I16). */
int ws_control_route(struct ws_sock *ws, struct winsock_sock_control *a)
{
	struct sockaddr_storage ss;
	u32 size;
	bool any;
	int err;

	err = ws_route_input(ws, a, &ss, &any);
	if (err)
		return err;
	if (any)
		return WSAEINVAL;
	if (!a->out)
		return WSAEFAULT;
	size = ws_addr_size(&ss);
	if (a->out_len < size) {
		a->out_returned = size;
		return WSAEFAULT;
	}
	err = ws_route_source(ws, &ss);
	if (err)
		return err;
	if (copy_to_user(u64_to_user_ptr(a->out), &ss, size))
		return WSAEFAULT;
	a->out_returned = size;
	return 0;
}

/*
 * The count that the wait began with is the place: a change during a signal
 * handler is not missed.
 */
static int ws_control_change(struct ws_sock *ws, struct winsock_sock_control *a,
			     enum ws_netchange what)
{
	struct net *net = sock_net(ws->sock->sk);
	int family = ws->sock->sk->sk_family;
	int err;

	err = ws_netchange_watch(net);
	if (err)
		return err;
	/* Then the change is told as a network event, if somebody registers. */
	if (ws_sock_nonblocking(ws))
		return ws_netevent_ask_change(ws, what) ?: WSAEWOULDBLOCK;
	if (!a->place)
		a->place = ws_netchange_count(net, family, what) + 1;
	err = ws_netchange_wait(ws_control_ctx(a), net, family, what,
				a->place - 1, &ws->obj, &ws->sock->wq.wait);
	return err == WS_WAIT_CLOSED ? WSAEINTR : err;
}

/* SIO_ADDRESS_LIST_CHANGE (windows-observed I24, I25) */
int ws_control_address_change(struct ws_sock *ws,
			      struct winsock_sock_control *a)
{
	a->out_returned = 0;
	return ws_control_change(ws, a, WS_NETCHANGE_ADDRESS);
}

/* SIO_ROUTING_INTERFACE_CHANGE: of any route, which its page allows. */
int ws_control_route_change(struct ws_sock *ws, struct winsock_sock_control *a)
{
	struct sockaddr_storage to;
	bool any;
	int err;

	err = ws_route_input(ws, a, &to, &any);
	if (err)
		return err;
	a->out_returned = 0;
	return ws_control_change(ws, a, WS_NETCHANGE_ROUTE);
}
