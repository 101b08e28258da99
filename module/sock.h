/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_SOCK_H
#define WS_SOCK_H

#include <linux/in.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/net.h>
#include <linux/wait.h>
#include <net/inet_sock.h>
#include <net/sock.h>
#include <net/tcp_states.h>
#include "ctx.h"
#include "errno.h"
#include "object.h"

/* Bits of ws_sock.flags; those but the options are set once and stay. */
enum {
	WS_SOCK_NONBLOCK,	/* FIONBIO: an option too */
	WS_SOCK_BOUND,		/* bind succeeded, or connect, accept did it */
	WS_SOCK_CONNECTED,	/* seen connected once; never again an attempt */
	WS_SOCK_LINGERS,	/* SO_LINGER with a time, or it had when imported */
	WS_SOCK_RECV_SHUT,	/* SD_RECEIVE */
	WS_SOCK_SEND_SHUT,	/* SD_SEND */
	WS_SOCK_CONNECT_FAILED,	/* an attempt failed and its caller was told */
	WS_SOCK_DUPLICATED,	/* a duplicate was opened before it was bound */
	WS_SOCK_RELAYED,	/* @relay is on the socket's wait queue */
	WS_SOCK_REUSE,		/* SO_REUSEADDR; counts when it is bound */
	WS_SOCK_EXCLUSIVE,	/* SO_EXCLUSIVEADDRUSE; the same */
	WS_SOCK_DUAL,		/* IPV6_V6ONLY was cleared, on either family */
	WS_SOCK_ERROR_SET,	/* SO_ERROR was set, to @so_error */
	WS_SOCK_NO_CONNRESET,	/* SIO_UDP_CONNRESET off */
	WS_SOCK_NO_NETRESET,	/* SIO_UDP_NETRESET off */
	WS_SOCK_TIMED,		/* the stack was told when to give connect up */
	WS_SOCK_ACCEPTED,	/* not by connect is it connected */
};

/**
 * struct ws_sock - one socket
 * @obj:         object header
 * @sock:        the socket below; valid for those who hold a user   [const]
 * @file:        the native file that @sock belongs to, if imported  [const]
 * @lock:        orders bind, listen, connect and shutdown; and multicast filters
 * @flags:       WS_SOCK_* bits                                      [atomic]
 * @dead:        WSAE code that ended the connection; later calls are told what
 *               ws_sock_dead() makes of it; set once                [atomic]
 * @linger_onoff: l_onoff as it was set               [socket's lock, read anywhere]
 * @echo_id:     identifier of the last echo request that a ping socket's program
 *               sent                                                [atomic]
 * @so_error:    WSAE code that a nonblocking connect ended with, once another
 *               has begun; SO_ERROR until one succeeds              [@lock]
 * @share:       its place among those on its port, if bind was called; or what
 *               it keeps of its listener's    [set once @lock, read when bound]
 * @since:       seconds of the monotonic clock when it was connected [atomic]
 * @rcvtimeo:    SO_RCVTIMEO, milliseconds; 0 is for ever             [atomic]
 * @sndtimeo:    SO_SNDTIMEO, likewise                                [atomic]
 * @kept:        options that the stack has no place for; NULL until one is set,
 *               then for good                                       [atomic]
 * @group:       the group that it is in, or NULL   [const once it has a handle]
 * @unread:      watches for data after SD_RECEIVE, or NULL            [@lock]
 * @netevent:    who is told what happens, or NULL        [set once @lock]
 * @link:        place in a listener's @returned         [listener's @return_lock]
 * @return_lock: leaf spinlock, process context only
 * @returned:    connections dequeued but not handed over, the last one given
 *               back first; each owns a descriptor                  [@return_lock]
 * @candidates:  those that condition functions are deciding on, the last one
 *               first; see pending.c                                [@return_lock]
 * @wait:        those who poll a descriptor file of this socket.  Not the
 *               socket's own queue, which may go before the file does
 * @relay:       forwards the socket's wake-ups to @wait             [@lock]
 */
struct ws_sock {
	struct ws_obj obj;
	struct socket *sock;
	struct file *file;
	struct mutex lock;		/* 2 in the lock order */
	unsigned long flags;
	int dead;
	int so_error;
	struct ws_share *share;
	u16 linger_onoff;
	__be16 echo_id;
	u32 since;
	u32 rcvtimeo;
	u32 sndtimeo;
	struct ws_kept *kept;
	struct ws_group *group;
	struct ws_unread *unread;
	struct ws_netevent *netevent;
	struct list_head link;
	spinlock_t return_lock;		/* 5 in the lock order */
	struct list_head returned;
	struct hlist_head candidates;
	wait_queue_head_t wait;
	wait_queue_entry_t relay;
};

extern const struct ws_obj_ops ws_sock_ops;

int ws_sock_init(void);
void ws_sock_exit(void);

struct ws_sock *ws_sock_alloc(void);
void ws_sock_put(struct ws_sock *ws);
struct ws_sock *ws_sock_lookup(struct ws_call *call, u64 handle);
struct ws_sock *ws_sock_import(struct file *file);
__poll_t ws_sock_poll_stack(struct ws_sock *ws, struct file *file,
			    struct poll_table_struct *pt);
int ws_sock_end(const struct ws_sock *ws, int code);
bool ws_sock_was_connected(struct ws_sock *ws);
void ws_sock_autobound(struct ws_call *call, struct ws_sock *ws, u64 handle);
void ws_sock_set_bound(struct ws_call *call, struct ws_sock *ws, u64 handle);
void ws_sock_keep_port(struct ws_sock *ws);

int ws_sock_create(struct ws_call *call);
int ws_sock_bind(struct ws_call *call);
int ws_sock_listen(struct ws_call *call);
int ws_sock_accept(struct ws_call *call);
int ws_sock_consider(struct ws_call *call);
int ws_sock_decide(struct ws_call *call);
int ws_sock_connect(struct ws_call *call);
int ws_sock_shutdown(struct ws_call *call);
int ws_sock_send(struct ws_call *call);
int ws_sock_recv(struct ws_call *call);
int ws_sock_sendmsg(struct ws_call *call);
int ws_sock_recvmsg(struct ws_call *call);
int ws_sock_getname(struct ws_call *call);
int ws_sock_getpeer(struct ws_call *call);
int ws_sock_getopt(struct ws_call *call);
int ws_sock_setopt(struct ws_call *call);
int ws_sock_control(struct ws_call *call);

static inline struct ws_sock *ws_obj_sock(struct ws_obj *obj)
{
	return container_of(obj, struct ws_sock, obj);
}

static inline bool ws_sock_nonblocking(const struct ws_sock *ws)
{
	return test_bit(WS_SOCK_NONBLOCK, &ws->flags);
}

/* A datagram socket with a peer that connect named. */
static inline bool ws_sock_has_peer(const struct ws_sock *ws)
{
	return READ_ONCE(ws->sock->sk->sk_state) == TCP_ESTABLISHED;
}

/* SOCK_STREAM: listens, accepts, and must be connected to send. */
static inline bool ws_sock_stream(const struct ws_sock *ws)
{
	return ws->sock->type == SOCK_STREAM;
}

/* AF_UNIX: neither an inet_sock nor TCP below, though its states look alike. */
static inline bool ws_sock_unix(const struct ws_sock *ws)
{
	return ws->sock->sk->sk_family == AF_UNIX;
}

static inline bool ws_sock_tcp(const struct ws_sock *ws)
{
	return ws_sock_stream(ws) && !ws_sock_unix(ws);
}

static inline bool ws_sock_udp(const struct ws_sock *ws)
{
	return ws->sock->type == SOCK_DGRAM &&
	       ws->sock->sk->sk_protocol == IPPROTO_UDP;
}

/* Raw to the caller, one of the stack's ping sockets below; see ping.c. */
static inline bool ws_sock_ping(const struct ws_sock *ws)
{
	return ws->sock->type == SOCK_DGRAM && !ws_sock_udp(ws);
}

/* Raw, with or without privilege: no ports. */
static inline bool ws_sock_raw(const struct ws_sock *ws)
{
	return ws->sock->type == SOCK_RAW || ws_sock_ping(ws);
}

/* SOCK_* as the caller knows it. */
static inline int ws_sock_type(const struct ws_sock *ws)
{
	return ws_sock_raw(ws) ? SOCK_RAW : ws->sock->type;
}

/* Whether the stack has given it a port. */
static inline bool ws_sock_has_port(const struct ws_sock *ws)
{
	return !ws_sock_unix(ws) && ws->sock->type != SOCK_RAW &&
	       READ_ONCE(inet_sk(ws->sock->sk)->inet_num);
}

/**
 * ws_sock_bound() - whether a handle names a bound socket
 * @call:   the call
 * @ws:     the socket; the caller holds a user
 * @handle: as the user gave it
 *
 * A duplicate that was opened before the socket was bound does not know
 * (windows-observed K4).
 *
 * Context: any.
 */
static inline bool ws_sock_bound(struct ws_call *call, struct ws_sock *ws,
				 u64 handle)
{
	if (!test_bit(WS_SOCK_BOUND, &ws->flags))
		return false;
	return likely(!test_bit(WS_SOCK_DUPLICATED, &ws->flags)) ||
	       !ws_handle_late(&call->ctx->handles, handle);
}

/* Readiness now, without queueing for more; does not sleep. */
static inline __poll_t ws_sock_events(struct ws_sock *ws)
{
	return ws_sock_poll_stack(ws, NULL, NULL);
}

/* The TCP_* state now; it may have changed when the caller looks at it. */
static inline int ws_sock_state(const struct ws_sock *ws)
{
	return inet_sk_state_load(ws->sock->sk);
}

/*
 * SS_*: what has become of connect, as far as the stack was asked.  It is written
 * under the socket's lock, which those who look do not hold.
 */
static inline socket_state ws_sock_attempt(const struct ws_sock *ws)
{
	return READ_ONCE(ws->sock->state);
}

/*
 * What a call is told that begins when the connection has ended, 0 before that.
 * The end by keep-alive is for the calls that it found at work (SO_KEEPALIVE).
 */
static inline int ws_sock_dead(const struct ws_sock *ws)
{
	int code = READ_ONCE(ws->dead);

	return unlikely(code == WSAENETRESET) ? WSAENOTCONN : code;
}

static inline bool ws_sock_listening(const struct ws_sock *ws)
{
	return ws_sock_state(ws) == TCP_LISTEN;
}

/* A stream that has, or had until its peer ended it, a connection. */
static inline bool ws_sock_connected(const struct ws_sock *ws)
{
	return (1 << ws_sock_state(ws)) &
	       ~(TCPF_CLOSE | TCPF_LISTEN | TCPF_SYN_SENT | TCPF_SYN_RECV |
		 TCPF_NEW_SYN_RECV);
}

#endif /* WS_SOCK_H */
