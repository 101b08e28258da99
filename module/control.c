// SPDX-License-Identifier: GPL-2.0-only
/*
 * ioctlsocket and WSAIoctl, as one table.  What *lpcbBytesReturned holds after
 * a failure depends on the code (windows-observed I4-I21): 0, where nothing is
 * said here.
 */
#include <linux/net.h>
#include <linux/pid.h>
#include <linux/pkt_sched.h>
#include <linux/sockptr.h>
#include <linux/tcp.h>
#include <linux/uaccess.h>
#include <linux/udp.h>
#include <net/af_unix.h>
#include <net/ipv6.h>
#include <net/tcp.h>
#include "compat.h"
#include "control.h"
#include "netevent.h"
#include "option.h"

/* Kinds of sockets that codes tell apart. */
enum {
	WS_TCP = 1,
	WS_UDP = 2,
	WS_OTHER_IP = 4,
	WS_NOT_IP = 8,
};

#define WS_IP	(WS_TCP | WS_UDP | WS_OTHER_IP)
#define WS_ANY_KIND	(WS_IP | WS_NOT_IP)

/**
 * struct ws_control - one control code
 * @code:      WINSOCK_FIONBIO and the like
 * @kinds:     bits of WS_*: where it exists
 * @elsewhere: what other sockets answer; 0 is WSAEOPNOTSUPP
 * @in:        bytes of input that it takes; fewer are WSAEFAULT
 * @least_in:  those that do, if not all: of a number the low ones
 * @out:       bytes of output that it gives
 * @short_out: what too little room for them answers; 0 is WSAEFAULT
 * @run:       0 or a WSAE code
 * @own:       for codes whose sizes vary: copies, and sets @out_returned, which
 *             holds what the caller's variable does
 */
struct ws_control {
	u32 code;
	u8 kinds;
	u16 elsewhere;
	u8 in;
	u8 least_in;
	u8 out;
	u16 short_out;
	int (*run)(struct ws_sock *ws, union ws_control_value *v);
	int (*own)(struct ws_sock *ws, struct winsock_sock_control *a);
};

static u8 ws_control_kind(const struct ws_sock *ws)
{
	if (ws_sock_unix(ws))
		return WS_NOT_IP;
	if (ws_sock_tcp(ws))
		return WS_TCP;
	return ws_sock_udp(ws) ? WS_UDP : WS_OTHER_IP;
}

static int ws_control_fionbio(struct ws_sock *ws, union ws_control_value *v)
{
	if (!v->number)
		return ws_netevent_set_blocking(ws) ? 0 : WSAEINVAL;
	set_bit(WS_SOCK_NONBLOCK, &ws->flags);
	return 0;
}

static u32 ws_control_queued(struct sk_buff_head *queue)
{
	struct sk_buff *skb;
	u32 bytes = 0;

	spin_lock_bh(&queue->lock);
	skb_queue_walk(queue, skb) {
		bytes += skb->len;
	}
	spin_unlock_bh(&queue->lock);
	return bytes;
}

/* Stream: what one recv can take.  Datagrams: all that is queued. */
static int ws_control_fionread(struct ws_sock *ws, union ws_control_value *v)
{
	struct sock *sk = ws->sock->sk;
	bool slow;

	switch (ws_control_kind(ws)) {
	case WS_TCP:
		v->number = 0;
		if (!ws_sock_connected(ws))
			break;
		slow = lock_sock_fast(sk);
		v->number = tcp_inq(sk);
		unlock_sock_fast(sk, slow);
		break;
	case WS_UDP:
		v->number = ws_control_queued(&udp_sk(sk)->reader_queue) +
			    ws_control_queued(&sk->sk_receive_queue);
		break;
	case WS_NOT_IP:
		/* a peek could take an error; a listener has no number */
		v->number = max(unix_inq_len(sk), 0L);
		break;
	default:
		v->number = ws_control_queued(&sk->sk_receive_queue);
	}
	return 0;
}

/*
 * 1 while no urgent byte waits (windows-observed D8), in line or not; this is
 * not "at the mark".
 */
static int ws_control_siocatmark(struct ws_sock *ws, union ws_control_value *v)
{
	v->number = !ws_sock_tcp(ws) ||
		    !(READ_ONCE(tcp_sk(ws->sock->sk)->urg_data) &
		      (TCP_URG_VALID | TCP_URG_NOTYET));
	return 0;
}

/* In the caller's PID namespace, 0 from outside of it (afunix.h). */
static int ws_control_peer_pid(struct ws_sock *ws, union ws_control_value *v)
{
	struct sock *sk = ws->sock->sk;

	if (!ws_sock_connected(ws))
		return WSAENOTCONN;
	spin_lock(&sk->sk_peer_lock);
	v->number = pid_vnr(sk->sk_peer_pid);
	spin_unlock(&sk->sk_peer_lock);
	return 0;
}

/* There are no layers of providers: the socket is its own base (I11). */
static int ws_control_handle(struct ws_sock *ws, struct winsock_sock_control *a)
{
	bool narrow = a->flags & WINSOCK_CONTROL_32;
	u32 size = narrow ? sizeof(u32) : sizeof(u64);
	u64 __user *out = u64_to_user_ptr(a->out);
	u32 __user *out32 = u64_to_user_ptr(a->out);

	a->out_returned = 0;
	if (a->out_len < size)
		return WSAEFAULT;
	if (narrow ? put_user(a->handle, out32) : put_user(a->handle, out))
		return WSAEFAULT;
	a->out_returned = size;
	return 0;
}

static int ws_control_loopback(struct ws_sock *ws, union ws_control_value *v)
{
	int on = !!v->number;

	if (ws->sock->sk->sk_family == AF_INET6)
		return ws_option_stack_int(ws, SOL_IPV6, IPV6_MULTICAST_LOOP,
					   on);
	return ws_option_stack_int(ws, SOL_IP, IP_MULTICAST_LOOP, on);
}

static int ws_control_scope(struct ws_sock *ws, union ws_control_value *v)
{
	if (v->number > 255)
		return WSAEINVAL;
	if (ws->sock->sk->sk_family == AF_INET6)
		return ws_option_stack_int(ws, SOL_IPV6, IPV6_MULTICAST_HOPS,
					   v->number);
	return ws_option_stack_int(ws, SOL_IP, IP_MULTICAST_TTL, v->number);
}

/* Windows' three hints: very low, low, normal. */
static int ws_control_priority(struct ws_sock *ws, union ws_control_value *v)
{
	static const u8 priority[] = {
		TC_PRIO_FILLER, TC_PRIO_BULK, TC_PRIO_BESTEFFORT,
	};

	if (v->number >= ARRAY_SIZE(priority))
		return WSAEINVAL;
	return ws_option_stack_int(ws, SOL_SOCKET, SO_PRIORITY,
				   priority[v->number]);
}

/*
 * A hint that never changes what a program sees: the loopback interface has no
 * slow path to leave.
 */
static int ws_control_fast_path(struct ws_sock *ws, union ws_control_value *v)
{
	return 0;
}

/* Whether recv tells what hosts say of datagrams: on until switched off. */
static int ws_control_connreset(struct ws_sock *ws, union ws_control_value *v)
{
	assign_bit(WS_SOCK_NO_CONNRESET, &ws->flags, !v->number);
	return 0;
}

static int ws_control_netreset(struct ws_sock *ws, union ws_control_value *v)
{
	assign_bit(WS_SOCK_NO_NETRESET, &ws->flags, !v->number);
	return 0;
}

/* Whether it is such a socket's code; IPPROTO_IP is IPPROTO_RAW below. */
static bool ws_control_hears_all(const struct ws_sock *ws, u32 code)
{
	const struct sock *sk = ws->sock->sk;
	bool ipv6 = sk->sk_family == AF_INET6;

	if (ws->sock->type != SOCK_RAW)
		return false;
	switch (code) {
	case WINSOCK_SIO_RCVALL:
		return sk->sk_protocol == (ipv6 ? IPPROTO_IPV6 : IPPROTO_RAW);
	case WINSOCK_SIO_RCVALL_MCAST:
		return !ipv6 && sk->sk_protocol == IPPROTO_UDP;
	default:
		return !ipv6 && sk->sk_protocol == IPPROTO_IGMP;
	}
}

/* Bound to an address, and so to its interface. */
static bool ws_control_has_address(const struct ws_sock *ws)
{
	const struct sock *sk = ws->sock->sk;

	if (sk->sk_family == AF_INET)
		return READ_ONCE(inet_sk(sk)->inet_rcv_saddr) !=
		       htonl(INADDR_ANY);
	/* Before or after a bind of this moment. */
	return data_race(!ipv6_addr_any(&sk->sk_v6_rcv_saddr));
}

/*
 * SIO_RCVALL and its like: off is what it is, and SOCKETLEVELONLY nothing, as
 * the page has it.  There is no on.  The stack gives raw sockets what is
 * theirs; what passes an interface is for packet sockets, which policies tell
 * apart.
 */
static int ws_control_rcvall(struct ws_sock *ws, struct winsock_sock_control *a)
{
	bool narrow = a->in_len < sizeof(u32);
	u32 size = narrow ? sizeof(u8) : sizeof(u32);
	__le32 v = 0;

	a->out_returned = 0;
	if (a->in_len < size)
		return WSAEINVAL;
	if (copy_from_user(&v, u64_to_user_ptr(a->in), size))
		return WSAEFAULT;
	if (le32_to_cpu(v) > WINSOCK_RCVALL_IPLEVEL ||
	    !ws_control_hears_all(ws, a->code) || !ws_control_has_address(ws))
		return WSAEINVAL;
	switch (le32_to_cpu(v)) {
	case WINSOCK_RCVALL_OFF:
	case WINSOCK_RCVALL_SOCKETLEVELONLY:
		return 0;
	default:
		return WSAEOPNOTSUPP;
	}
}

#define WS_IN(_code, _kinds, _in, _run)					\
	{ .code = WINSOCK_##_code, .kinds = _kinds, .in = _in, .run = _run }
#define WS_OUT(_code, _kinds, _out, _short, _run)			\
	{ .code = WINSOCK_##_code, .kinds = _kinds, .out = _out,	\
	  .short_out = _short, .run = _run }
#define WS_OWN(_code, _kinds, _own)					\
	{ .code = WINSOCK_##_code, .kinds = _kinds, .own = _own }
#define WS_FILTER(_code, _own)						\
	{ .code = WINSOCK_##_code, .kinds = WS_UDP | WS_OTHER_IP,	\
	  .elsewhere = WSAENOPROTOOPT, .own = _own }
#define WS_RCVALL(_code)						\
	{ .code = WINSOCK_##_code, .kinds = WS_OTHER_IP,		\
	  .elsewhere = WSAEINVAL, .own = ws_control_rcvall }
/* Named for the answer alone. */
#define WS_NOT(_code, _answer)						\
	{ .code = WINSOCK_##_code, .elsewhere = _answer }

/* What is missing here is WSAEOPNOTSUPP: FIOASYNC, SIO_FLUSH, ... (I6). */
static const struct ws_control ws_controls[] = {
	WS_IN(FIONBIO, WS_ANY_KIND, 4, ws_control_fionbio),
	WS_OUT(FIONREAD, WS_ANY_KIND, 4, 0, ws_control_fionread),
	{ .code = WINSOCK_SIOCATMARK, .kinds = WS_TCP | WS_NOT_IP,
	  .elsewhere = WSAEINVAL, .out = 4, .run = ws_control_siocatmark },

	WS_OUT(SIO_AF_UNIX_GETPEERPID, WS_NOT_IP, 4, 0, ws_control_peer_pid),

	WS_OWN(SIO_ADDRESS_LIST_QUERY, WS_IP, ws_control_address_list),
	WS_OWN(SIO_ADDRESS_LIST_CHANGE, WS_IP, ws_control_address_change),
	WS_OWN(SIO_ADDRESS_LIST_SORT, WS_IP, ws_control_sort),
	WS_OWN(SIO_ROUTING_INTERFACE_QUERY, WS_IP, ws_control_route),
	WS_OWN(SIO_ROUTING_INTERFACE_CHANGE, WS_IP, ws_control_route_change),
	{ .code = WINSOCK_SIO_GET_INTERFACE_LIST, .kinds = WS_IP,
	  .elsewhere = WSAEINVAL, .own = ws_control_interface_list },
	{ .code = WINSOCK_SIO_GET_BROADCAST_ADDRESS, .kinds = WS_IP,
	  .elsewhere = WSAENOPROTOOPT, .out = 16,
	  .run = ws_control_broadcast },

	{ .code = WINSOCK_SIO_KEEPALIVE_VALS, .kinds = WS_TCP,
	  .elsewhere = WSAENOPROTOOPT, .in = 12,
	  .run = ws_control_keepalive },
	WS_OWN(SIO_TCP_INFO, WS_TCP, ws_control_tcp_info),
	WS_IN(SIO_TCP_INITIAL_RTO, WS_TCP, 4, ws_control_initial_rto),
	WS_IN(SIO_TCP_SET_ACK_FREQUENCY, WS_TCP, 1, ws_control_ack_frequency),
	WS_OUT(SIO_IDEAL_SEND_BACKLOG_QUERY, WS_TCP, 4, WSAEINVAL,
	       ws_control_backlog),
	WS_OWN(SIO_IDEAL_SEND_BACKLOG_CHANGE, WS_TCP,
	       ws_control_backlog_change),
	WS_IN(SIO_LOOPBACK_FAST_PATH, WS_TCP, 4, ws_control_fast_path),
	WS_IN(SIO_SET_PRIORITY_HINT, WS_IP, 4, ws_control_priority),

	WS_OWN(SIO_BASE_HANDLE, WS_ANY_KIND, ws_control_handle),
	WS_OWN(SIO_BSP_HANDLE, WS_ANY_KIND, ws_control_handle),
	WS_OWN(SIO_BSP_HANDLE_SELECT, WS_ANY_KIND, ws_control_handle),
	WS_OWN(SIO_BSP_HANDLE_POLL, WS_ANY_KIND, ws_control_handle),
	WS_OUT(SIO_QUERY_RSS_SCALABILITY_INFO, WS_IP, 1, WSAEINVAL,
	       ws_control_rss),

	{ .code = WINSOCK_SIO_MULTIPOINT_LOOPBACK,
	  .kinds = WS_UDP | WS_OTHER_IP, .elsewhere = WSAENOPROTOOPT,
	  .in = 4, .run = ws_control_loopback },
	{ .code = WINSOCK_SIO_MULTICAST_SCOPE,
	  .kinds = WS_UDP | WS_OTHER_IP, .elsewhere = WSAENOPROTOOPT,
	  .in = 4, .run = ws_control_scope },

	WS_FILTER(SIO_SET_MULTICAST_FILTER, ws_control_set_ip_filter),
	WS_FILTER(SIO_GET_MULTICAST_FILTER, ws_control_get_ip_filter),
	WS_FILTER(SIOCSMSFILTER, ws_control_set_filter),
	WS_FILTER(SIOCGMSFILTER, ws_control_get_filter),

	{ .code = WINSOCK_SIO_UDP_CONNRESET, .kinds = WS_UDP,
	  .elsewhere = WSAEINVAL, .in = 4, .least_in = 1,
	  .run = ws_control_connreset },
	{ .code = WINSOCK_SIO_UDP_NETRESET, .kinds = WS_UDP,
	  .elsewhere = WSAEINVAL, .in = 4, .least_in = 1,
	  .run = ws_control_netreset },

	WS_NOT(SIO_ASSOCIATE_HANDLE, WSAENOPROTOOPT),
	WS_NOT(SIO_TRANSLATE_HANDLE, WSAENOPROTOOPT),
	WS_NOT(SIO_ENABLE_CIRCULAR_QUEUEING, WSAENOPROTOOPT),
	WS_NOT(SIO_GET_QOS, WSAENOPROTOOPT),
	WS_NOT(SIO_SET_QOS, WSAENOPROTOOPT),
	WS_NOT(SIO_GET_GROUP_QOS, WSAENOPROTOOPT),
	WS_NOT(SIO_SET_GROUP_QOS, WSAENOPROTOOPT),
	WS_RCVALL(SIO_RCVALL),
	WS_RCVALL(SIO_RCVALL_MCAST),
	WS_RCVALL(SIO_RCVALL_IGMPMCAST),
};

static int ws_control_fixed(struct ws_sock *ws, const struct ws_control *c,
			    struct winsock_sock_control *a)
{
	union ws_control_value v;
	int err;

	a->out_returned = 0;
	if (a->out_len < c->out)
		return c->short_out ?: WSAEFAULT;
	if (a->in_len < (c->least_in ?: c->in))
		return WSAEFAULT;
	/* A BOOLEAN, in place of a BOOL. */
	if (a->in_len < c->in)
		v.number = 0;
	if (c->in && copy_from_user(&v, u64_to_user_ptr(a->in),
				    min_t(u32, a->in_len, c->in)))
		return WSAEFAULT;
	err = c->run(ws, &v);
	if (err)
		return err;
	if (c->out && copy_to_user(u64_to_user_ptr(a->out), &v, c->out))
		return WSAEFAULT;
	a->out_returned = c->out;
	return 0;
}

static int ws_control_run(struct ws_sock *ws, struct winsock_sock_control *a)
{
	const struct ws_control *c = ws_controls;

	for (; c < ws_controls + ARRAY_SIZE(ws_controls); c++) {
		if (c->code != a->code)
			continue;
		if (c->kinds != WS_ANY_KIND && !(c->kinds & ws_control_kind(ws))) {
			a->out_returned = 0;
			return c->elsewhere ?: WSAEOPNOTSUPP;
		}
		return c->own ? c->own(ws, a) : ws_control_fixed(ws, c, a);
	}
	a->out_returned = 0;
	return WSAEOPNOTSUPP;
}

/* WINSOCK_IOC_SOCK_CONTROL */
int ws_sock_control(struct ws_call *call)
{
	struct winsock_sock_control *a = &call->control;
	struct ws_sock *ws;
	int err;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	err = ws_control_run(ws, a);
	ws_sock_put(ws);
	if (err == -ERESTARTNOINTR)
		return ws_call_restart(call);
	return err > 0 ? ws_call_reply(call) ?: err : err;
}
