// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control codes of TCP.
 */
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/sched/signal.h>
#include <linux/tcp.h>
#include <linux/uaccess.h>
#include <net/tcp.h>
#include "control.h"
#include "option.h"

static_assert(sizeof(struct winsock_tcp_info) == 136);
static_assert(offsetof(struct winsock_tcp_info, snd_lim_trans_rwin) ==
	      WINSOCK_TCP_INFO_V0_SIZE);

/* As many as Windows sends before it gives the connection up. */
#define WS_KEEPALIVE_PROBES	10

/* The stack's times are seconds when it is asked, and jiffies inside. */
static int ws_keepalive_time(u32 ms)
{
	return clamp_t(unsigned long, msecs_to_jiffies(ms), 1,
		       MAX_TCP_KEEPIDLE * HZ);
}

/* Turned off in between, so that a connection's timer takes the new time. */
int ws_control_keepalive(struct ws_sock *ws, union ws_control_value *v)
{
	struct winsock_tcp_keepalive k = v->keepalive;
	struct sock *sk = ws->sock->sk;
	struct tcp_sock *tp = tcp_sk(sk);
	int err;

	if (k.onoff && (!k.keepalivetime || !k.keepaliveinterval))
		return WSAEINVAL;
	err = ws_option_stack_int(ws, SOL_SOCKET, SO_KEEPALIVE, 0);
	if (err || !k.onoff)
		return err;

	lock_sock(sk);
	WRITE_ONCE(tp->keepalive_time, ws_keepalive_time(k.keepalivetime));
	WRITE_ONCE(tp->keepalive_intvl, ws_keepalive_time(k.keepaliveinterval));
	if (!tp->keepalive_probes)
		WRITE_ONCE(tp->keepalive_probes, WS_KEEPALIVE_PROBES);
	release_sock(sk);
	return ws_option_stack_int(ws, SOL_SOCKET, SO_KEEPALIVE, 1);
}

/*
 * Before the attempt.  The stack always sends a SYN again once, and takes the
 * first time-out from its route, not from the socket.
 */
int ws_control_initial_rto(struct ws_sock *ws, union ws_control_value *v)
{
	u8 most = v->rto.syn_most;

	if (!ws_sock_listening(ws) &&
	    (ws_sock_state(ws) != TCP_CLOSE || ws_sock_was_connected(ws)))
		return WSAEINVAL;
	if (most == WINSOCK_RTO_DEFAULT || most == WINSOCK_RTO_UNSPECIFIED)
		return 0;
	if (most == WINSOCK_RTO_NONE)
		most = 1;
	return ws_option_stack_int(ws, SOL_TCP, TCP_SYNCNT,
				   min_t(u8, most, MAX_TCP_SYNCNT));
}

/* 1 acknowledges at once; other numbers leave it to the stack. */
int ws_control_ack_frequency(struct ws_sock *ws, union ws_control_value *v)
{
	if (!v->byte)
		return WSAEINVAL;
	if (v->byte > 1)
		return 0;
	return ws_option_stack_int(ws, SOL_TCP, TCP_QUICKACK, 1);
}

/* Windows' range: a new connection's (windows-observed I10), the most. */
#define WS_BACKLOG_LEAST	(64U << 10)
#define WS_BACKLOG_MOST		(16U << 20)

/* Twice the product of bandwidth and delay, as far as they are known. */
static u32 ws_backlog(const struct sock *sk)
{
	const struct tcp_sock *tp = tcp_sk(sk);
	u32 interval = READ_ONCE(tp->rate_interval_us);
	u32 rtt = tcp_min_rtt(tp);
	u64 bytes;

	if (!interval || rtt == ~0U)
		return WS_BACKLOG_LEAST;
	bytes = (u64)READ_ONCE(tp->rate_delivered) * READ_ONCE(tp->mss_cache);
	/* 30 bits, 1, and 32: no overflow. */
	bytes = div_u64(min_t(u64, bytes, 1U << 30) * 2 * rtt, interval);
	return clamp_t(u64, bytes, WS_BACKLOG_LEAST, WS_BACKLOG_MOST);
}

int ws_control_backlog(struct ws_sock *ws, union ws_control_value *v)
{
	if (!ws_sock_connected(ws))
		return WSAENOTCONN;
	v->number = ws_backlog(ws->sock->sk);
	return 0;
}

/* Nothing more will be sent. */
static bool ws_backlog_ended(struct ws_sock *ws)
{
	return ws_obj_closed(&ws->obj) || !ws_sock_connected(ws) ||
	       READ_ONCE(ws->sock->sk->sk_shutdown) & SEND_SHUTDOWN;
}

/* Has the stack wake the socket's queue for the acknowledgements to come. */
static bool ws_backlog_changed(struct ws_sock *ws, u32 old)
{
	set_bit(SOCK_NOSPACE, &ws->sock->flags);
	return ws_backlog(ws->sock->sk) != old;
}

int ws_control_backlog_change(struct ws_sock *ws,
			      struct winsock_sock_control *a)
{
	a->out_returned = 0;
	if (!ws_sock_connected(ws))
		return a->place ? WSAEINTR : WSAENOTCONN;
	if (ws_sock_nonblocking(ws))
		return WSAEWOULDBLOCK;
	if (!a->place)
		a->place = ws_backlog(ws->sock->sk);
	if (wait_event_interruptible(ws->sock->wq.wait,
				     ws_backlog_ended(ws) ||
				     ws_backlog_changed(ws, a->place) ||
				     ws_alerted(ws_control_ctx(a))))
		return -ERESTARTNOINTR;
	if (ws_backlog_ended(ws))
		return WSAEINTR;
	return ws_backlog_changed(ws, a->place) ? 0 : -ERESTARTNOINTR;
}

/* Windows' numbers of the states; the stack keeps two more. */
static u32 ws_tcp_state(u8 state)
{
	static const u8 states[] = {
		[TCP_CLOSE] = 0, [TCP_LISTEN] = 1, [TCP_SYN_SENT] = 2,
		[TCP_SYN_RECV] = 3, [TCP_NEW_SYN_RECV] = 3,
		[TCP_ESTABLISHED] = 4, [TCP_FIN_WAIT1] = 5,
		[TCP_FIN_WAIT2] = 6, [TCP_CLOSE_WAIT] = 7, [TCP_CLOSING] = 8,
		[TCP_LAST_ACK] = 9, [TCP_TIME_WAIT] = 10,
	};

	return state < ARRAY_SIZE(states) ? states[state] : 0;
}

static u32 ws_usec_to_ms(u64 us)
{
	return div_u64(us, USEC_PER_MSEC);
}

static void ws_tcp_info(struct sock *sk, struct winsock_tcp_info *out)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct tcp_info info;
	u64 limited;
	bool slow;

	tcp_get_info(sk, &info);
	out->state = ws_tcp_state(info.tcpi_state);
	out->rcv_buf = READ_ONCE(sk->sk_rcvbuf) / 2;
	if (info.tcpi_state == TCP_LISTEN)
		return;
	out->mss = info.tcpi_snd_mss;
	out->timestamps_enabled = !!(info.tcpi_options & TCPI_OPT_TIMESTAMPS);
	out->rtt_us = info.tcpi_rtt;
	out->min_rtt_us = info.tcpi_min_rtt;
	out->cwnd = info.tcpi_snd_cwnd * info.tcpi_snd_mss;
	out->snd_wnd = info.tcpi_snd_wnd;
	out->bytes_out = info.tcpi_bytes_sent;
	out->bytes_in = info.tcpi_bytes_received;
	out->bytes_reordered = info.tcpi_rcv_ooopack * info.tcpi_rcv_mss;
	out->bytes_retrans = info.tcpi_bytes_retrans;

	limited = info.tcpi_rwnd_limited + info.tcpi_sndbuf_limited;
	out->snd_lim_time_rwin = ws_usec_to_ms(info.tcpi_rwnd_limited);
	out->snd_lim_time_snd = ws_usec_to_ms(info.tcpi_sndbuf_limited);
	if (info.tcpi_busy_time > limited)
		out->snd_lim_time_cwnd = ws_usec_to_ms(info.tcpi_busy_time -
						       limited);

	slow = lock_sock_fast(sk);
	out->bytes_in_flight = tp->snd_nxt - tp->snd_una;
	out->rcv_wnd = tcp_receive_window(tp);
	unlock_sock_fast(sk, slow);
}

/*
 * The page on it: an input of another size than a DWORD is WSAEMSGSIZE, too
 * little room WSAEINVAL.
 */
int ws_control_tcp_info(struct ws_sock *ws, struct winsock_sock_control *a)
{
	struct winsock_tcp_info out = {};
	u32 version, size;

	a->out_returned = 0;
	if (!a->in || a->in_len != sizeof(version))
		return WSAEMSGSIZE;
	if (get_user(version, (u32 __user *)u64_to_user_ptr(a->in)))
		return WSAEFAULT;
	if (version > 1)
		return WSAEINVAL;
	size = version ? sizeof(out) : WINSOCK_TCP_INFO_V0_SIZE;
	if (a->out_len < size)
		return WSAEINVAL;
	ws_tcp_info(ws->sock->sk, &out);
	if (copy_to_user(u64_to_user_ptr(a->out), &out, size))
		return WSAEFAULT;
	a->out_returned = size;
	return 0;
}
