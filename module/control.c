// SPDX-License-Identifier: GPL-2.0-only
/*
 * ioctlsocket and WSAIoctl, as one table.
 */
#include <linux/net.h>
#include <linux/pid.h>
#include <linux/tcp.h>
#include <linux/uaccess.h>
#include <linux/udp.h>
#include <net/tcp.h>
#include "compat.h"
#include "sock.h"

/**
 * struct ws_control - one control code
 * @code: WINSOCK_FIONBIO and the like
 * @in:   bytes of input it takes, at most 4
 * @out:  bytes of output it gives, at most 4
 * @run:  0 or a WSAE code
 */
struct ws_control {
	u32 code;
	u32 in;
	u32 out;
	int (*run)(struct ws_sock *ws, u32 *value);
};

static int ws_control_fionbio(struct ws_sock *ws, u32 *value)
{
	assign_bit(WS_SOCK_NONBLOCK, &ws->flags, *value);
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

/* Looking and throwing away copies nothing. */
static u32 ws_control_unix_queued(struct ws_sock *ws)
{
	struct msghdr msg = { };
	int n;

	iov_iter_discard(&msg.msg_iter, ITER_DEST, INT_MAX);
	n = sock_recvmsg(ws->sock, &msg, MSG_PEEK | MSG_DONTWAIT);
	return max(n, 0);
}

/* Stream: what one recv can take.  Datagram: all that is queued, not the first. */
static int ws_control_fionread(struct ws_sock *ws, u32 *value)
{
	struct sock *sk = ws->sock->sk;
	bool slow;

	if (!ws_sock_stream(ws)) {
		*value = ws_control_queued(&sk->sk_receive_queue);
		if (ws_sock_udp(ws))
			*value += ws_control_queued(&udp_sk(sk)->reader_queue);
	} else if (ws_sock_unix(ws)) {
		*value = ws_control_unix_queued(ws);
	} else if (ws_sock_connected(ws)) {
		slow = lock_sock_fast(sk);
		*value = tcp_inq(sk);
		unlock_sock_fast(sk, slow);
	} else {
		*value = 0;
	}
	return 0;
}

/* 1 while no urgent byte waits (windows-observed D8), not "at the mark". */
static int ws_control_siocatmark(struct ws_sock *ws, u32 *value)
{
	if (!ws_sock_stream(ws))
		return WSAEINVAL;
	*value = !ws_sock_tcp(ws) || !(READ_ONCE(tcp_sk(ws->sock->sk)->urg_data) &
		   (TCP_URG_VALID | TCP_URG_NOTYET));
	return 0;
}

/* In the caller's PID namespace, 0 from outside of it (afunix.h). */
static int ws_control_peer_pid(struct ws_sock *ws, u32 *value)
{
	struct sock *sk = ws->sock->sk;

	if (!ws_sock_unix(ws))
		return WSAEOPNOTSUPP;
	if (!ws_sock_connected(ws))
		return WSAENOTCONN;
	spin_lock(&sk->sk_peer_lock);
	*value = pid_vnr(sk->sk_peer_pid);
	spin_unlock(&sk->sk_peer_lock);
	return 0;
}

static const struct ws_control ws_controls[] = {
	{ WINSOCK_FIONBIO, sizeof(u32), 0, ws_control_fionbio },
	{ WINSOCK_FIONREAD, 0, sizeof(u32), ws_control_fionread },
	{ WINSOCK_SIO_AF_UNIX_GETPEERPID, 0, sizeof(u32), ws_control_peer_pid },
	{ WINSOCK_SIOCATMARK, 0, sizeof(u32), ws_control_siocatmark },
};

static int ws_control_run(struct ws_sock *ws, const struct ws_control *c,
			  struct winsock_sock_control *a)
{
	__le32 v = 0;
	u32 value;
	int err;

	if (a->in_len < c->in || a->out_len < c->out ||
	    copy_from_user(&v, u64_to_user_ptr(a->in), c->in))
		return WSAEFAULT;
	value = le32_to_cpu(v);
	err = c->run(ws, &value);
	if (err)
		return err;
	v = cpu_to_le32(value);
	if (copy_to_user(u64_to_user_ptr(a->out), &v, c->out))
		return WSAEFAULT;
	a->out_returned = c->out;
	return 0;
}

/* WINSOCK_IOC_SOCK_CONTROL */
int ws_sock_control(struct ws_call *call)
{
	struct winsock_sock_control *a = &call->control;
	struct ws_sock *ws;
	int err = WSAEOPNOTSUPP;
	size_t i;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	for (i = 0; i < ARRAY_SIZE(ws_controls); i++)
		if (ws_controls[i].code == a->code)
			err = ws_control_run(ws, &ws_controls[i], a);
	ws_sock_put(ws);
	return err;
}
