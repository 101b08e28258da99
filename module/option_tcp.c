// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options of levels IPPROTO_TCP and IPPROTO_UDP.
 */
#include <linux/tcp.h>
#include <linux/udp.h>
#include <linux/uaccess.h>
#include <net/inet_connection_sock.h>
#include <net/tcp.h>
#include "compat.h"
#include "option.h"

/* Of keep-alive probes on Windows, where nothing was set (see SO_KEEPALIVE). */
#define WS_KEEPINTVL	1
#define WS_KEEPCNT	10

/* What TCP_MAXRT and TCP_MAXRTMS call never, and the longest of the stack. */
#define WS_MAXRT_NEVER	U32_MAX
#define WS_MAXRT_LONGEST	INT_MAX

static int ws_get_nodelay(struct ws_sock *ws, const struct ws_option *o,
			  u32 *value)
{
	*value = !!(tcp_sk(ws->sock->sk)->nonagle & TCP_NAGLE_OFF);
	return 0;
}

/*
 * The two names for how an urgent byte is counted.  RFC 1122's way can be
 * chosen but not given up (IPPROTO_TCP page, Win32).  The stack knows it for
 * all of a namespace only, so here it is kept and has no effect.
 */
static int ws_set_expedited(struct ws_sock *ws, const struct ws_option *o,
			    u32 value)
{
	if (!value && ws_kept_get(ws, WS_KEPT_EXPEDITED_1122, 0))
		return WSAEINVAL;
	return ws_kept_set(ws, WS_KEPT_EXPEDITED_1122, 0, value);
}

static int ws_get_bsdurgent(struct ws_sock *ws, const struct ws_option *o,
			    u32 *value)
{
	*value = !ws_kept_get(ws, WS_KEPT_EXPEDITED_1122, 0);
	return 0;
}

static int ws_set_bsdurgent(struct ws_sock *ws, const struct ws_option *o,
			    u32 value)
{
	return ws_set_expedited(ws, o, !value);
}

static int ws_get_maxseg(struct ws_sock *ws, const struct ws_option *o,
			 u32 *value)
{
	*value = READ_ONCE(tcp_sk(ws->sock->sk)->mss_cache);
	return 0;
}

static int ws_get_keepidle(struct ws_sock *ws, const struct ws_option *o,
			   u32 *value)
{
	*value = keepalive_time_when(tcp_sk(ws->sock->sk)) / HZ;
	return 0;
}

static int ws_get_keepintvl(struct ws_sock *ws, const struct ws_option *o,
			    u32 *value)
{
	const struct tcp_sock *tp = tcp_sk(ws->sock->sk);

	*value = ws->file || READ_ONCE(tp->keepalive_intvl) ?
		 keepalive_intvl_when(tp) / HZ : WS_KEEPINTVL;
	return 0;
}

static int ws_get_keepcnt(struct ws_sock *ws, const struct ws_option *o,
			  u32 *value)
{
	const struct tcp_sock *tp = tcp_sk(ws->sock->sk);

	*value = ws->file || READ_ONCE(tp->keepalive_probes) ?
		 keepalive_probes(tp) : WS_KEEPCNT;
	return 0;
}

/* Windows goes to 255, the stack's own option to 127. */
static int ws_set_keepcnt(struct ws_sock *ws, const struct ws_option *o,
			  u32 value)
{
	if (!value || value > U8_MAX)
		return WSAEINVAL;
	WRITE_ONCE(tcp_sk(ws->sock->sk)->keepalive_probes, value);
	return 0;
}

/* @initial is how many milliseconds the option's unit has; 0 is not set. */
static int ws_get_maxrt(struct ws_sock *ws, const struct ws_option *o,
			u32 *value)
{
	u32 ms = READ_ONCE(inet_csk(ws->sock->sk)->icsk_user_timeout);

	/* connect's own, which no option has set. */
	if (test_bit(WS_SOCK_TIMED, &ws->flags))
		ms = 0;
	*value = ms == WS_MAXRT_LONGEST ? WS_MAXRT_NEVER : ms / o->initial;
	return 0;
}

static int ws_set_maxrt(struct ws_sock *ws, const struct ws_option *o,
			u32 value)
{
	if (value != WS_MAXRT_NEVER && value >= WS_MAXRT_LONGEST / o->initial)
		return WSAEINVAL;
	clear_bit(WS_SOCK_TIMED, &ws->flags);
	if (value == WS_MAXRT_NEVER)
		return ws_option_set_tcp(ws, o, WS_MAXRT_LONGEST);
	return ws_option_set_tcp(ws, o, value * o->initial);
}

/* Of the namespace; a socket cannot differ, but its setting is kept. */
static int ws_get_timestamps(struct ws_sock *ws, const struct ws_option *o,
			     u32 *value)
{
	const struct net *net = sock_net(ws->sock->sk);

	*value = ws_kept_get(ws, WS_KEPT_TIMESTAMPS, U32_MAX);
	if (*value == U32_MAX)
		*value = !!READ_ONCE(net->ipv4.sysctl_tcp_timestamps);
	return 0;
}

static int ws_set_timestamps(struct ws_sock *ws, const struct ws_option *o,
			     u32 value)
{
	return ws_kept_set(ws, WS_KEPT_TIMESTAMPS, U32_MAX, value);
}

static int ws_get_fastopen(struct ws_sock *ws, const struct ws_option *o,
			   u32 *value)
{
	struct sock *sk = ws->sock->sk;

	*value = !!READ_ONCE(inet_csk(sk)->icsk_accept_queue.fastopenq.max_qlen);
	return 0;
}

/* To the stack it is a length of queue, and no option of connections. */
static int ws_set_fastopen(struct ws_sock *ws, const struct ws_option *o,
			   u32 value)
{
	return ws_option_set_tcp(ws, o, value ? SOMAXCONN : 0);
}

/*
 * Who sent the ICMP error that a connect ended with: after a connect that was
 * asked to end so.  The stack does not remember, which to the caller is that
 * none came: a length of 0 (IPPROTO_TCP page, Win32).
 */
static int ws_get_icmp_error_info(struct ws_call *call, struct ws_sock *ws)
{
	if (!ws_kept_get(ws, WS_KEPT_FAIL_CONNECT_ON_ICMP_ERROR, 0))
		return WSAEINVAL;
	return ws_option_get_nothing(call, ws);
}

#define WS_OPTION_MAXRT(_name, _ms)					\
	{ .name = WINSOCK_##_name, .type = WS_OPTION_NUMBER,		\
	  .kinds = WS_STREAM, .arg = TCP_USER_TIMEOUT, .initial = _ms,	\
	  .get = ws_get_maxrt, .set = ws_set_maxrt }

static const struct ws_option ws_tcp_rows[] = {
	WS_OPTION(TCP_NODELAY, BYTE, WS_STREAM, TCP_NODELAY, ws_get_nodelay,
		  ws_option_set_tcp),
	WS_OPTION(TCP_EXPEDITED_1122, FLAG, WS_STREAM, WS_KEPT_EXPEDITED_1122,
		  ws_option_get_kept, ws_set_expedited),
	WS_OPTION(TCP_STDURG, FLAG, WS_STREAM, WS_KEPT_EXPEDITED_1122,
		  ws_option_get_kept, ws_set_expedited),
	WS_OPTION(TCP_BSDURGENT, FLAG, WS_STREAM, 0, ws_get_bsdurgent,
		  ws_set_bsdurgent),
	WS_OPTION(TCP_KEEPIDLE, NUMBER, WS_STREAM, TCP_KEEPIDLE,
		  ws_get_keepidle, ws_option_set_tcp),
	WS_OPTION(TCP_KEEPINTVL, NUMBER, WS_STREAM, TCP_KEEPINTVL,
		  ws_get_keepintvl, ws_option_set_tcp),
	WS_OPTION(TCP_KEEPCNT, NUMBER, WS_STREAM, 0, ws_get_keepcnt,
		  ws_set_keepcnt),
	WS_OPTION(TCP_MAXSEG, NUMBER, WS_STREAM, 0, ws_get_maxseg, NULL),
	WS_OPTION_MAXRT(TCP_MAXRT, MSEC_PER_SEC),
	WS_OPTION_MAXRT(TCP_MAXRTMS, 1),
	WS_OPTION(TCP_TIMESTAMPS, FLAG, WS_STREAM, 0, ws_get_timestamps,
		  ws_set_timestamps),
	WS_OPTION_KEPT(TCP_DELAY_FIN_ACK, FLAG, WS_STREAM, DELAY_FIN_ACK, 0),
	WS_OPTION(TCP_FASTOPEN, FLAG, WS_STREAM, TCP_FASTOPEN, ws_get_fastopen,
		  ws_set_fastopen),
	WS_OPTION_KEPT(TCP_FAIL_CONNECT_ON_ICMP_ERROR, FLAG, WS_STREAM,
		       FAIL_CONNECT_ON_ICMP_ERROR, 0),
	WS_OPTION_OWN(TCP_ICMP_ERROR_INFO, WS_STREAM, ws_get_icmp_error_info,
		      NULL),
};

const struct ws_option_level ws_options_tcp = {
	.level = WINSOCK_IPPROTO_TCP,
	.wrong = WSAENOPROTOOPT,
	.count = ARRAY_SIZE(ws_tcp_rows),
	.rows = ws_tcp_rows,
};

/* IPv6 does not go without a checksum (IPPROTO_UDP page, Win32). */
static int ws_get_nochecksum(struct ws_sock *ws, const struct ws_option *o,
			     u32 *value)
{
	struct sock *sk = ws->sock->sk;

	if (sk->sk_family == AF_INET6)
		return WSAENOPROTOOPT;
	*value = ws_option_peek(sk->sk_no_check_tx);
	return 0;
}

static int ws_set_nochecksum(struct ws_sock *ws, const struct ws_option *o,
			     u32 value)
{
	if (ws->sock->sk->sk_family == AF_INET6)
		return WSAENOPROTOOPT;
	return ws_option_set_socket(ws, o, value);
}

/* The same the other way round. */
static int ws_get_coverage(struct ws_sock *ws, const struct ws_option *o,
			   u32 *value)
{
	*value = !ws_option_peek(ws->sock->sk->sk_no_check_tx);
	return 0;
}

static int ws_set_coverage(struct ws_sock *ws, const struct ws_option *o,
			   u32 value)
{
	if (ws->sock->sk->sk_family == AF_INET6)
		return value ? 0 : WSAEINVAL;
	return ws_option_set_socket(ws, o, !value);
}

static int ws_get_send_msg_size(struct ws_sock *ws, const struct ws_option *o,
				u32 *value)
{
	*value = READ_ONCE(udp_sk(ws->sock->sk)->gso_size);
	return 0;
}

static int ws_set_send_msg_size(struct ws_sock *ws, const struct ws_option *o,
				u32 value)
{
	if (value > U16_MAX)
		return WSAEINVAL;
	return ws_option_stack(ws, SOL_UDP, o->arg, &value, sizeof(value));
}

static const struct ws_option ws_udp_rows[] = {
	WS_OPTION(UDP_NOCHECKSUM, FLAG, WS_DGRAM, SO_NO_CHECK,
		  ws_get_nochecksum, ws_set_nochecksum),
	WS_OPTION(UDP_CHECKSUM_COVERAGE, FLAG, WS_DGRAM, SO_NO_CHECK,
		  ws_get_coverage, ws_set_coverage),
	WS_OPTION(UDP_SEND_MSG_SIZE, NUMBER, WS_DGRAM, UDP_SEGMENT,
		  ws_get_send_msg_size, ws_set_send_msg_size),
	/* The most that may be received at once; the stack joins none. */
	WS_OPTION_KEPT(UDP_RECV_MAX_COALESCED_SIZE, NUMBER, WS_DGRAM,
		       RECV_MAX_COALESCED_SIZE, 0),
};

const struct ws_option_level ws_options_udp = {
	.level = WINSOCK_IPPROTO_UDP,
	.wrong = WSAENOPROTOOPT,
	.count = ARRAY_SIZE(ws_udp_rows),
	.rows = ws_udp_rows,
};
