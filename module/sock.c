// SPDX-License-Identifier: GPL-2.0-only
/*
 * A socket's life, and what each call answers in each state.
 *
 *		 bind	  listen   accept   connect  send/recv  getname  getpeer
 *   open	 ok	  EINVAL   EINVAL   ok	     ENOTCONN	EINVAL   ENOTCONN
 *   bound	 EINVAL   ok	   EINVAL   ok	     ENOTCONN	ok	 ENOTCONN
 *   listening	 EINVAL   ok	   ok	    EINVAL   ENOTCONN	ok	 ENOTCONN
 *   connecting	 EINVAL   EINVAL   EINVAL   EALREADY ENOTCONN	ok	 ENOTCONN
 *   connected	 EINVAL   EISCONN  EINVAL   EISCONN  ok		ok	 ok
 *   dead	 EINVAL   EINVAL   EINVAL   EISCONN  its code	ok	 ok
 *   closed	 ENOTSOCK from every call
 *
 * (WSA codes without their prefix; streams.)  After a connect that failed the
 * socket is bound.  The state is the network stack's own; ws_sock.flags keep
 * only what Windows distinguishes and Linux does not.
 *
 * Namespace and credentials: the socket is made with sock_create() by the
 * calling thread, as socket(2) makes it: its network namespace, which the
 * socket holds a reference to, its credentials and its LSM label.  Accepted
 * sockets have their listener's.
 *
 * Teardown.  close() wakes; release() runs when nobody works on the socket.
 * Until then these may hold it:
 *   calls at work, asleep or not	- users; waits end, others do not sleep
 *   poll tables of descriptor files	- sit on ws_sock.wait, which is ours, and
 *					  keep memory by the file's descriptor
 *   the relay on the socket's queue	- taken off in release(), before the queue
 *					  goes
 *   connections in ws_sock.returned	- reset in release()
 *   candidates in ws_sock.candidates	- the same; their tokens name nothing
 *   its place among those on its port	- left in release(), before the port goes
 *   the watch for unread data		- taken off in release(); its work is a
 *					  call at work
 *   the watch for network events	- the same; close() ends what is told
 */
#include <linux/file.h>
#include <linux/indirect_call_wrapper.h>
#include <linux/module.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <linux/udp.h>
#include <net/inet_sock.h>
#include <net/ipv6.h>
#include <net/tcp.h>
#include <net/tcp_states.h>
#include "catalog.h"
#include "share.h"
#include "group.h"
#include "icmp.h"
#include "netevent.h"
#include "pending.h"
#include "sock.h"
#include "unread.h"

static struct kmem_cache *ws_sock_cache;

static void ws_sock_close(struct ws_obj *obj)
{
	struct ws_sock *ws = ws_obj_sock(obj);

	ws_netevent_close(ws);
	/*
	 * ws_obj_close() has set the flag with a full barrier, which pairs with
	 * the one of prepare_to_wait(): who is not queued yet will see it.
	 */
	if (ws->sock && waitqueue_active(&ws->sock->wq.wait))
		wake_up_interruptible_all(&ws->sock->wq.wait);
	/* As above. */
	if (waitqueue_active(&ws->wait))
		wake_up_interruptible_poll(&ws->wait,
					   EPOLLHUP | EPOLLERR | EPOLLIN);
}

static bool ws_sock_lingers(struct ws_obj *obj)
{
	return test_bit(WS_SOCK_LINGERS, &ws_obj_sock(obj)->flags);
}

/* Its owner, or another import, has the native socket too: ours ends nothing. */
static bool ws_sock_elsewhere(const struct ws_sock *ws)
{
	return ws->file && file_count(ws->file) > 1;
}

/* Something was sent, and has not arrived: the close cannot finish at once. */
static bool ws_sock_busy(struct ws_obj *obj)
{
	struct ws_sock *ws = ws_obj_sock(obj);
	struct tcp_sock *tp;

	if (!ws_sock_nonblocking(ws) || !ws_sock_tcp(ws) ||
	    !ws_sock_connected(ws) || ws_sock_elsewhere(ws))
		return false;
	tp = tcp_sk(ws->sock->sk);
	return READ_ONCE(tp->write_seq) != READ_ONCE(tp->snd_una);
}

/**
 * ws_sock_end() - what ended a connection, as far as the stack's error tells
 * @ws:   a stream
 * @code: what that error is otherwise
 *
 * Keep-alive asks only while all that was sent has been acknowledged, and then
 * no other timer gives up; the error is then the last that was heard of the way.
 *
 * Context: any.
 * Return: WSAENETRESET for keep-alive, or @code.
 */
int ws_sock_end(const struct ws_sock *ws, int code)
{
	const struct tcp_sock *tp;

	if (code != WSAETIMEDOUT && code != WSAEHOSTUNREACH &&
	    code != WSAENETUNREACH)
		return code;
	if (!ws_sock_tcp(ws) || ws_sock_state(ws) != TCP_CLOSE)
		return code;
	tp = tcp_sk(ws->sock->sk);
	return READ_ONCE(tp->write_seq) == READ_ONCE(tp->snd_una) ?
	       WSAENETRESET : code;
}

/* Whether what was sent before the end is still under way. */
static bool ws_sock_sending(const struct ws_sock *ws)
{
	return (1 << ws_sock_state(ws)) &
	       (TCPF_FIN_WAIT1 | TCPF_CLOSING | TCPF_LAST_ACK);
}

/*
 * closesocket with a linger time: returns when all has been sent, or resets
 * when time is up (closesocket page).  A signal, or a procedure call for the
 * thread, ends the wait and not the sending, which then goes on in the
 * background.
 */
static int ws_sock_linger(struct ws_obj *obj, struct ws_ctx *ctx)
{
	struct ws_sock *ws = ws_obj_sock(obj);
	struct sock *sk = ws->sock->sk;
	long left;

	/* What AF_UNIX has sent is its peer's already. */
	if (!ws_sock_tcp(ws) || !ws_sock_connected(ws) ||
	    ws_sock_nonblocking(ws) || ws_sock_elsewhere(ws))
		return 0;
	kernel_sock_shutdown(ws->sock, SHUT_WR);
	left = wait_event_interruptible_timeout(ws->sock->wq.wait,
						!ws_sock_sending(ws) ||
						ws_alerted(ctx),
						READ_ONCE(sk->sk_lingertime));
	if (!left)
		sock_no_linger(sk);
	return left > 0 && ws_sock_sending(ws) ? WINSOCK_WAIT_IO_COMPLETION : 0;
}

/*
 * Whoever was to wait has waited, see ws_sock_linger().  The stack would wait
 * here, or in the one thread that closes the files of all kernel threads.
 */
static void ws_sock_linger_no_more(struct ws_sock *ws)
{
	struct sock *sk = ws->sock->sk;

	if (!sk || !READ_ONCE(sk->sk_lingertime) || ws_sock_elsewhere(ws))
		return;
	lock_sock(sk);
	sock_reset_flag(sk, SOCK_LINGER);
	release_sock(sk);
}

static void ws_sock_release(struct ws_obj *obj)
{
	struct ws_sock *ws = ws_obj_sock(obj);

	ws_pending_reset_all(ws);
	ws_netevent_release(ws);
	ws_group_put(ws->group);
	ws_unread_release(ws);
	if (test_bit(WS_SOCK_RELAYED, &ws->flags))
		remove_wait_queue(&ws->sock->wq.wait, &ws->relay);
	if (ws->share)
		ws_share_leave(ws->share, ws->sock);
	if (!ws->sock)
		return;
	ws_sock_linger_no_more(ws);
	if (ws->file)
		fput(ws->file);
	else
		sock_release(ws->sock);
}

static void ws_sock_leave(struct ws_obj *obj, const struct ws_handle_table *t)
{
	/* Released: then what there was has been reset. */
	if (!ws_obj_get_user(obj))
		return;
	ws_pending_leave(ws_obj_sock(obj), t);
	ws_obj_put_user(obj);
}

static void ws_sock_free(struct rcu_head *rcu)
{
	struct ws_sock *ws = container_of(rcu, struct ws_sock, obj.rcu);

	kfree(ws->kept);
	kmem_cache_free(ws_sock_cache, ws);
}

static int ws_sock_relay(wait_queue_entry_t *relay, unsigned int mode, int sync,
			 void *key)
{
	struct ws_sock *ws = container_of(relay, struct ws_sock, relay);

	wake_up_interruptible_poll(&ws->wait, key_to_poll(key));
	return 0;
}

/* On a descriptor file of the socket; the file's descriptor keeps @obj. */
static __poll_t ws_sock_poll(struct ws_obj *obj, struct file *file,
			     struct poll_table_struct *pt, bool closed)
{
	struct ws_sock *ws = ws_obj_sock(obj);

	if (!closed && !test_bit(WS_SOCK_RELAYED, &ws->flags)) {
		mutex_lock(&ws->lock);
		if (!test_bit(WS_SOCK_RELAYED, &ws->flags)) {
			add_wait_queue(&ws->sock->wq.wait, &ws->relay);
			set_bit(WS_SOCK_RELAYED, &ws->flags);
		}
		mutex_unlock(&ws->lock);
	}
	poll_wait(file, &ws->wait, pt);
	/* Pairs with the barrier in wq_has_sleeper() of the stack's wake-ups. */
	smp_mb();
	if (closed || ws_obj_closed(obj))
		return EPOLLHUP | EPOLLERR | EPOLLIN | EPOLLRDNORM;
	return ws_sock_events(ws);
}

/* Without the socket's lock, which somebody may hold for long. */
static void ws_sock_show(struct ws_obj *obj, struct seq_file *m)
{
	struct ws_sock *ws = ws_obj_sock(obj);
	const struct ws_kind *kind = ws_catalog_of(ws->sock);
	struct sock *sk = ws->sock->sk;
	struct in6_addr here, there;
	struct inet_sock *inet;

	seq_printf(m, "socket %s state=%d flags=%#lx dead=%d",
		   kind ? kind->name : "?", ws_sock_state(ws),
		   READ_ONCE(ws->flags), READ_ONCE(ws->dead));
	ws_netevent_show(ws, m);
	if (ws_sock_unix(ws))
		return;
	inet = inet_sk(sk);
	if (sk->sk_family == AF_INET) {
		here.s6_addr32[0] = READ_ONCE(inet->inet_rcv_saddr);
		there.s6_addr32[0] = READ_ONCE(inet->inet_daddr);
		seq_printf(m, " %pI4:%u %pI4:%u", &here,
			   READ_ONCE(inet->inet_num), &there,
			   ntohs(READ_ONCE(inet->inet_dport)));
	} else {
		/* For people: a bind or connect of this moment may show. */
		here = data_race(sk->sk_v6_rcv_saddr);
		/* the same */
		there = data_race(sk->sk_v6_daddr);
		seq_printf(m, " [%pI6c]:%u [%pI6c]:%u", &here,
			   READ_ONCE(inet->inet_num), &there,
			   ntohs(READ_ONCE(inet->inet_dport)));
	}
}

const struct ws_obj_ops ws_sock_ops = {
	.kind = WINSOCK_CLOSE_SOCKET,
	.close = ws_sock_close,
	.lingers = ws_sock_lingers,
	.busy = ws_sock_busy,
	.linger = ws_sock_linger,
	.release = ws_sock_release,
	.leave = ws_sock_leave,
	.free = ws_sock_free,
	.show = ws_sock_show,
	.poll = ws_sock_poll,
};

/**
 * ws_sock_alloc() - a socket without one below
 *
 * Context: process, may sleep.
 * Return: the socket, whose first descriptor is the caller's, or NULL.
 */
struct ws_sock *ws_sock_alloc(void)
{
	struct ws_sock *ws = kmem_cache_alloc(ws_sock_cache, WS_GFP);

	if (!ws)
		return NULL;
	ws_obj_init(&ws->obj, &ws_sock_ops);
	ws->sock = NULL;
	ws->file = NULL;
	ws->flags = 0;
	ws->dead = 0;
	ws->linger_onoff = 0;
	ws->echo_id = 0;
	ws->so_error = 0;
	ws->share = NULL;
	ws->rcvtimeo = 0;
	ws->sndtimeo = 0;
	ws->kept = NULL;
	ws->group = NULL;
	ws->unread = NULL;
	ws->netevent = NULL;
	return ws;
}

/* Drop a user taken by ws_sock_lookup(). */
void ws_sock_put(struct ws_sock *ws)
{
	ws_obj_put_user(&ws->obj);
}

/**
 * ws_sock_lookup() - the socket that a call is about
 * @call:   the call
 * @handle: as the user gave it
 *
 * Context: process, may sleep if the socket is closing.
 * Return: the socket with a user taken, or NULL: WSAENOTSOCK.
 */
struct ws_sock *ws_sock_lookup(struct ws_call *call, u64 handle)
{
	struct ws_obj *obj = ws_call_lookup(call, handle, &ws_sock_ops);

	return obj ? ws_obj_sock(obj) : NULL;
}

/*
 * Datagrams are not asked by udp_poll(), which wants to know of @file whether
 * it blocks, and drops those with a bad checksum; recv does that.  Apart, since
 * streams are looked at by the thousand.
 */
static noinline __poll_t ws_sock_poll_datagram(struct ws_sock *ws,
					       struct file *file,
					       struct poll_table_struct *pt)
{
	__poll_t events = datagram_poll(file, ws->sock, pt);

	if (!ws_sock_udp(ws))
		return events;
	/* It also stands for errors that recv does not tell, and takes away. */
	if (unlikely(events & EPOLLERR)) {
		if (ws_icmp_pending(ws))
			events |= EPOLLIN | EPOLLRDNORM;
		else
			events &= ~EPOLLERR;
	}
	if (!skb_queue_empty_lockless(&udp_sk(ws->sock->sk)->reader_queue))
		events |= EPOLLIN | EPOLLRDNORM;
	return events;
}

/**
 * ws_sock_poll_stack() - readiness, the one place that knows it
 * @ws:   the socket; the caller holds a user
 * @file: the file that @pt's entries are to hold; NULL without @pt
 * @pt:   queues the caller on the socket's own wait queue, or NULL
 *
 * Arranges for a wake-up when a socket that is not writable becomes so.
 *
 * Context: process; with @pt NULL any that may take bh locks, does not sleep.
 * Return: EPOLL* bits.
 */
__poll_t ws_sock_poll_stack(struct ws_sock *ws, struct file *file,
			    struct poll_table_struct *pt)
{
	__poll_t events;

	if (unlikely(!ws_sock_stream(ws)))
		return ws_sock_poll_datagram(ws, file, pt);
	events = INDIRECT_CALL_1(READ_ONCE(ws->sock->ops)->poll, tcp_poll,
				 file, ws->sock, pt);
	if (unlikely(!list_empty(&ws->returned)))
		events |= EPOLLIN | EPOLLRDNORM;
	return events;
}

/**
 * ws_sock_was_connected() - whether data may be, or may have been, moved
 * @ws: a stream; the caller holds a user
 *
 * The stack notes a nonblocking connect's success only when it is asked again,
 * so a connection that was reset before looks much like an attempt that failed.
 *
 * Context: any.
 * Return: true if it is connected, or was until the connection ended.
 */
bool ws_sock_was_connected(struct ws_sock *ws)
{
	struct sock *sk = ws->sock->sk;
	int err;

	if (test_bit(WS_SOCK_CONNECTED, &ws->flags))
		return true;
	if (ws_sock_connected(ws) || ws_sock_attempt(ws) == SS_CONNECTED) {
		set_bit(WS_SOCK_CONNECTED, &ws->flags);
		/* What was meant for connect shall not end the connection. */
		if (test_and_clear_bit(WS_SOCK_TIMED, &ws->flags))
			WRITE_ONCE(inet_csk(sk)->icsk_user_timeout, 0);
		return true;
	}
	if (ws_sock_attempt(ws) != SS_CONNECTING ||
	    ws_sock_state(ws) != TCP_CLOSE)
		return false;
	err = READ_ONCE(sk->sk_err);
	return err == ECONNRESET || err == EPIPE || sock_flag(sk, SOCK_DONE);
}

/**
 * ws_sock_set_bound() - a socket was bound through a handle
 * @call:   the call
 * @ws:     the socket; the caller holds a user
 * @handle: as the user gave it
 *
 * Context: any.
 */
void ws_sock_set_bound(struct ws_call *call, struct ws_sock *ws, u64 handle)
{
	if (!test_and_set_bit(WS_SOCK_BOUND, &ws->flags))
		ws_netevent_bound(ws);
	if (unlikely(test_bit(WS_SOCK_DUPLICATED, &ws->flags)))
		ws_handle_set_late(&call->ctx->handles, handle, false);
}

/* WINSOCK_IOC_SOCK_CREATE */
int ws_sock_create(struct ws_call *call)
{
	struct winsock_sock_create *a = &call->create;
	const struct ws_kind *kind;
	struct ws_reserved res;
	struct ws_sock *ws;
	int err;

	err = ws_catalog_find(a->family, a->type, a->protocol, &kind);
	if (err)
		return err;
	if (!ws_ctx_own_net(call->ctx))
		return WSAENETDOWN;

	err = ws_call_reserve(call, &res);
	if (err)
		return err;
	err = WSAENOBUFS;
	ws = ws_sock_alloc();
	if (!ws)
		goto unreserve;
	err = ws_group_get(a->group, kind, &ws->group);
	if (err)
		goto put_sock;
	err = ws_errno(WS_OP_CREATE,
		       ws_catalog_create(kind, a->protocol, &ws->sock));
	if (err) {
		ws->sock = NULL;
		goto put_sock;
	}
	if (ws_sock_udp(ws))
		ws_icmp_enable(ws);

	a->out_handle = res.handle;
	err = ws_call_publish(call, &res, &ws->obj);
	if (err)
		ws_obj_put_desc(&ws->obj);
	return err;

put_sock:
	ws_obj_put_desc(&ws->obj);
unreserve:
	ws_handle_unreserve(&call->ctx->handles, &res);
	return err;
}

/* A time-out of the stack in milliseconds, at least one; 0 is for ever. */
static u32 ws_sock_import_timeout(long timeout)
{
	if (timeout == MAX_SCHEDULE_TIMEOUT)
		return 0;
	return max(jiffies_to_msecs(timeout), 1U);
}

/* A raw socket receives whether or not it was bound. */
static bool ws_sock_import_bound(struct ws_sock *ws)
{
	struct sockaddr_storage ss;

	if (ws_sock_unix(ws))
		return ws_sock_connected(ws) ||
		       kernel_getsockname(ws->sock, (struct sockaddr *)&ss) >
		       (int)sizeof(sa_family_t);
	return ws_sock_raw(ws) || ws_sock_has_port(ws);
}

/**
 * ws_sock_import() - take a native socket's file into the driver
 * @file: any file; its reference becomes the socket's on success
 *
 * Context: process, may sleep.
 * Return: the socket, whose first descriptor is the caller's; or an ERR_PTR
 * of -ENOTSOCK (no socket), -ESOCKTNOSUPPORT (not in the catalogue), -ENOMEM.
 */
struct ws_sock *ws_sock_import(struct file *file)
{
	struct socket *sock = sock_from_file(file);
	struct ws_sock *ws;
	struct sock *sk;

	if (!sock)
		return ERR_PTR(-ENOTSOCK);
	sk = sock->sk;
	if (!ws_catalog_of(sock))
		return ERR_PTR(-ESOCKTNOSUPPORT);
	ws = ws_sock_alloc();
	if (!ws)
		return ERR_PTR(-ENOMEM);

	ws->file = file;
	ws->sock = sock;
	if (READ_ONCE(file->f_flags) & O_NONBLOCK)
		__set_bit(WS_SOCK_NONBLOCK, &ws->flags);
	/* Its program may set options meanwhile; these two are bits of a field. */
	if (sk->sk_family == AF_INET6 && data_race(!ipv6_only_sock(sk)))
		__set_bit(WS_SOCK_DUAL, &ws->flags);
	/* the other */
	if (data_race(sk->sk_reuse != 0))
		__set_bit(WS_SOCK_REUSE, &ws->flags);
	if (sock_flag(sk, SOCK_LINGER) && READ_ONCE(sk->sk_lingertime))
		__set_bit(WS_SOCK_LINGERS, &ws->flags);
	ws->since = ktime_get_seconds();
	ws->rcvtimeo = ws_sock_import_timeout(READ_ONCE(sk->sk_rcvtimeo));
	ws->sndtimeo = ws_sock_import_timeout(READ_ONCE(sk->sk_sndtimeo));
	if (ws_sock_import_bound(ws))
		__set_bit(WS_SOCK_BOUND, &ws->flags);
	if (READ_ONCE(sk->sk_shutdown) & SEND_SHUTDOWN &&
	    inet_sk_state_load(sk) != TCP_CLOSE)
		__set_bit(WS_SOCK_SEND_SHUT, &ws->flags);
	return ws;
}

/*
 * Once for each piece of memory, not for each socket: a socket is freed with
 * its locks free, its lists and queues empty.  Clearing the whole struct
 * instead costs a tenth of an accept.
 */
static void ws_sock_construct(void *memory)
{
	struct ws_sock *ws = memory;

	mutex_init(&ws->lock);
	spin_lock_init(&ws->return_lock);
	INIT_LIST_HEAD(&ws->link);
	INIT_LIST_HEAD(&ws->returned);
	INIT_HLIST_HEAD(&ws->candidates);
	init_waitqueue_head(&ws->wait);
	init_waitqueue_func_entry(&ws->relay, ws_sock_relay);
}

/* Called once, before the node can be opened. */
int __init ws_sock_init(void)
{
	ws_share_init();
	ws_sock_cache = kmem_cache_create("winsock_sock",
					  sizeof(struct ws_sock), 0,
					  SLAB_HWCACHE_ALIGN | SLAB_ACCOUNT,
					  ws_sock_construct);
	return ws_sock_cache ? 0 : -ENOMEM;
}

/* Called once, when no file is left; objects may still wait for RCU. */
void ws_sock_exit(void)
{
	rcu_barrier();
	kmem_cache_destroy(ws_sock_cache);
}
