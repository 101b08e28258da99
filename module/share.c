// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who may share a port: Windows' rules between all sockets of the module that
 * were bound by their users, whatever context or user they belong to.
 *
 * Native sockets do not know these rules; port.c keeps them and ours apart, as
 * Linux does.  An imported socket stays a native one.  A socket that the stack
 * bound, because it connected or sent, is alone on its port and has no entry:
 * to the others it is in the way like a native one.
 */
#include <linux/cred.h>
#include <linux/hash.h>
#include <linux/ipv6.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/uidgid.h>
#include <net/ipv6.h>
#include <net/netns/hash.h>
#include "errno.h"
#include "port.h"
#include "share.h"

#define WS_SHARE_BITS	8

/* Most sockets on one address and port: all are searched for a connection. */
#define WS_SHARE_MOST	256

/* The stacks that a socket has its port on. */
#define WS_SHARE_IPV4	BIT(0)
#define WS_SHARE_IPV6	BIT(1)

/**
 * struct ws_share - a socket's place in the address space of ports
 * @node:   in its bucket                                    [@bucket->lock]
 * @same:   ring of those on the same address                [@bucket->lock]
 * @ref:    one for the socket, one for each connection that keeps an exclusive
 *          place beyond its listener                        [atomic]
 * @bucket: where all of one port are                        [const]
 * @sock:   the socket, NULL when it has gone                [@bucket->lock]
 * @net:    its namespace; some socket with a @ref holds it  [const]
 * @user:   who bound it                                     [const]
 * @turn:   place among listeners, 0 if it does not listen   [@bucket->lock]
 * @option: what it was bound with                           [const]
 * @stacks: WS_SHARE_IPV4, WS_SHARE_IPV6 or both             [const]
 * @any:    wildcard                                         [const]
 * @scope:  interface of a link-local address, else 0        [const]
 * @protocol: IPPROTO_TCP or IPPROTO_UDP                     [const]
 * @port:   host order                                       [const]
 * @addr:   IPv4 as mapped                                   [const]
 */
struct ws_share {
	struct hlist_node node;
	struct list_head same;
	refcount_t ref;
	struct ws_share_bucket *bucket;
	struct socket *sock;
	struct net *net;
	kuid_t user;
	u64 turn;
	enum ws_share_option option;
	u8 stacks;
	bool any;
	int scope;
	u16 protocol;
	u16 port;
	struct in6_addr addr;
};

/**
 * struct ws_share_bucket - the places with some ports
 * @lock:  held across the question to the stack, so that two who ask get one
 *         answer each
 * @list:  of struct ws_share, latest first                  [@lock]
 * @turns: how many began to listen                          [@lock]
 */
struct ws_share_bucket {
	struct mutex lock;	/* 3 in the lock order */
	struct hlist_head list;
	u64 turns;
};

static struct ws_share_bucket ws_share_buckets[1 << WS_SHARE_BITS];

/* How two places lie to each other. */
enum ws_share_relation {
	WS_SHARE_APART,
	WS_SHARE_SAME,
	WS_SHARE_INSIDE,	/* the second in the first, a wildcard */
	WS_SHARE_AROUND,	/* the second, a wildcard, around the first */
};

/* Short names for the table. */
enum {
	OK = 0,
	IN = WSAEADDRINUSE,
	AC = WSAEACCES,
};

/*
 * The second bind's code by what the first was bound with, whether the first is
 * the wider of two, and whether another user has it.  Columns: the second's
 * option, each as wildcard and as specific address ("Using SO_REUSEADDR and
 * SO_EXCLUSIVEADDRUSE" page; behaviour-core.md, bind).
 */
static const u16 ws_share_rules[][2][2][6] = {
	[WS_SHARE_NONE] = {
		{ { OK, IN, OK, AC, IN, IN },	/* specific */
		  { OK, IN, OK, AC, IN, IN } },
		{ { IN, OK, AC, OK, IN, OK },	/* wildcard */
		  { IN, AC, AC, AC, IN, AC } },
	},
	[WS_SHARE_REUSE] = {
		{ { OK, IN, OK, OK, IN, IN },
		  { OK, IN, OK, OK, IN, IN } },
		{ { IN, OK, OK, OK, IN, OK },
		  { IN, AC, OK, OK, IN, AC } },
	},
	[WS_SHARE_EXCLUSIVE] = {
		{ { OK, IN, OK, AC, IN, IN },
		  { OK, IN, OK, AC, IN, IN } },
		{ { IN, AC, AC, AC, IN, AC },
		  { IN, AC, AC, AC, IN, AC } },
	},
};

/*
 * A wildcard of both stacks is wider than IPv4's own: it is to 0.0.0.0 what
 * that is to 127.0.0.1.  So one rule covers what was observed of specific
 * addresses (B11-B12, B14-B17, B20-B22, B24), of two wildcards (B18, B23), and
 * of the wildcard that yields (B13, B19, B25).
 */
static enum ws_share_relation ws_share_relate(const struct ws_share *first,
					      const struct ws_share *second)
{
	u8 common = first->stacks & second->stacks;

	if (!common)
		return WS_SHARE_APART;
	if (first->any && second->any) {
		if (common != WS_SHARE_IPV4 ||
		    first->stacks == second->stacks)
			return WS_SHARE_SAME;
		return second->stacks == WS_SHARE_IPV4 ? WS_SHARE_INSIDE :
							 WS_SHARE_AROUND;
	}
	if (first->any)
		return WS_SHARE_INSIDE;
	if (second->any)
		return WS_SHARE_AROUND;
	return first->scope == second->scope &&
	       ipv6_addr_equal(&first->addr, &second->addr) ? WS_SHARE_SAME :
							      WS_SHARE_APART;
}

/* The code that @first has for @second. */
static int ws_share_rule(const struct ws_share *first,
			 const struct ws_share *second,
			 enum ws_share_relation relation)
{
	bool same = relation == WS_SHARE_SAME;
	bool first_wide = same ? first->any : relation == WS_SHARE_INSIDE;
	bool second_wide = same ? first->any : relation == WS_SHARE_AROUND;
	bool other = !uid_eq(first->user, second->user);

	/* What is left of an exclusive listener minds only another. */
	if (!first->sock && second->option != WS_SHARE_EXCLUSIVE)
		return 0;
	return ws_share_rules[first->option][first_wide][other]
			     [2 * second->option + !second_wide];
}

static bool ws_share_one_port(const struct ws_share *a,
			      const struct ws_share *b)
{
	return a->port == b->port && a->protocol == b->protocol &&
	       net_eq(a->net, b->net);
}

static struct ws_share *ws_share_new(struct socket *sock,
				     const struct sockaddr_storage *ss,
				     enum ws_share_option option)
{
	const struct sockaddr_in6 *sin6 = (const void *)ss;
	const struct sockaddr_in *sin = (const void *)ss;
	struct ws_share *share = kzalloc(sizeof(*share), WS_GFP);

	if (!share)
		return NULL;
	INIT_LIST_HEAD(&share->same);
	refcount_set(&share->ref, 1);
	share->sock = sock;
	share->net = sock_net(sock->sk);
	share->user = current_euid();
	share->option = option;
	share->protocol = sock->sk->sk_protocol;
	if (ss->ss_family == AF_INET) {
		ipv6_addr_set_v4mapped(sin->sin_addr.s_addr, &share->addr);
		share->port = ntohs(sin->sin_port);
	} else {
		share->addr = sin6->sin6_addr;
		share->port = ntohs(sin6->sin6_port);
		if (__ipv6_addr_needs_scope_id(ipv6_addr_type(&share->addr)))
			share->scope = sin6->sin6_scope_id;
	}
	if (ipv6_addr_v4mapped(&share->addr)) {
		share->stacks = WS_SHARE_IPV4;
		share->any = !share->addr.s6_addr32[3];
	} else {
		share->stacks = WS_SHARE_IPV6;
		share->any = ipv6_addr_any(&share->addr);
		if (share->any && !ipv6_only_sock(sock->sk))
			share->stacks |= WS_SHARE_IPV4;
	}
	return share;
}

static struct ws_share_bucket *ws_share_bucket(const struct ws_share *share)
{
	u32 key = share->port ^ net_hash_mix(share->net);

	return &ws_share_buckets[hash_32(key, WS_SHARE_BITS)];
}

/*
 * What the others on the port say to a new one: 0 or a code.  @peer gets one of
 * those on the same address, or stays.
 */
static int ws_share_judge_locked(struct ws_share *share, struct ws_share **peer)
{
	enum ws_share_relation relation;
	unsigned int count = 1;
	struct ws_share *e;
	int err;

	lockdep_assert_held(&share->bucket->lock);
	hlist_for_each_entry(e, &share->bucket->list, node) {
		if (!ws_share_one_port(e, share))
			continue;
		relation = ws_share_relate(e, share);
		if (relation == WS_SHARE_APART)
			continue;
		err = ws_share_rule(e, share, relation);
		if (err)
			return err;
		if (relation == WS_SHARE_SAME && e->sock) {
			*peer = e;
			count++;
		}
	}
	return count > WS_SHARE_MOST ? WSAENOBUFS : 0;
}

/* Bind to a port that was asked for: the rules first, the stack second. */
static int ws_share_bind_locked(struct ws_share *share,
				struct sockaddr_storage *ss)
{
	bool reuse = share->option == WS_SHARE_REUSE;
	struct ws_share *peer = NULL;
	int err;

	err = ws_share_judge_locked(share, &peer);
	if (err)
		return err;
	err = ws_port_bind(share->sock, ss, reuse);
	if (err == -EADDRINUSE)
		err = ws_port_bind_shared(share->sock, ss, reuse);
	if (!err && peer)
		list_add(&share->same, &peer->same);
	return ws_errno(WS_OP_BIND, err);
}

/**
 * ws_share_bind() - bind a socket by Windows' rules
 * @sock:   an unbound socket of the module
 * @ss:     the address; with port 0 the stack picks one that nobody has
 * @option: what it is bound with
 * @place:  gets its place; ws_share_leave() gives it up
 *
 * Context: process, may sleep; the socket's ws_sock.lock.
 * Return: 0 or a WSAE code.
 */
int ws_share_bind(struct socket *sock, struct sockaddr_storage *ss,
		  enum ws_share_option option, struct ws_share **place)
{
	struct ws_share *share = ws_share_new(sock, ss, option);
	bool any_port;
	int err = 0;

	if (!share)
		return WSAENOBUFS;
	any_port = !share->port;
	if (any_port) {
		err = ws_port_bind(sock, ss, option == WS_SHARE_REUSE);
		/* None is left, or there is no memory for one. */
		if (err == -EADDRINUSE)
			err = -ENOBUFS;
		err = ws_errno(WS_OP_BIND, err);
		share->port = inet_sk(sock->sk)->inet_num;
	}
	share->bucket = ws_share_bucket(share);
	mutex_lock(&share->bucket->lock);
	if (!any_port)
		err = ws_share_bind_locked(share, ss);
	if (!err) {
		hlist_add_head(&share->node, &share->bucket->list);
		/* Not before: nobody could judge it without its place. */
		ws_port_set_mark(sock);
	}
	mutex_unlock(&share->bucket->lock);
	if (err) {
		kfree(share);
		return err;
	}
	*place = share;
	return 0;
}

/* Of those on the same address, the one that has listened for longest. */
static struct ws_share *ws_share_first_locked(struct ws_share *share)
{
	struct ws_share *first = share->turn ? share : NULL;
	struct ws_share *e;

	lockdep_assert_held(&share->bucket->lock);
	list_for_each_entry(e, &share->same, same)
		if (e->turn && (!first || e->turn < first->turn))
			first = e;
	return first;
}

/**
 * ws_share_listen() - listen beside others
 * @share:   the socket's place
 * @backlog: as for kernel_listen()
 *
 * Connections go to the most specific address, which the stack sees to, and of
 * several sockets on one address to the first that listened (B8).
 *
 * Context: process, may sleep; the socket's ws_sock.lock.
 * Return: 0 or a negative errno.
 */
int ws_share_listen(struct ws_share *share, int backlog)
{
	struct ws_share *first;
	int err;

	mutex_lock(&share->bucket->lock);
	err = kernel_listen(share->sock, backlog);
	if (err == -EADDRINUSE)
		err = ws_port_listen_shared(share->sock, backlog,
					    share->option == WS_SHARE_REUSE);
	if (!err) {
		share->turn = ++share->bucket->turns;
		first = ws_share_first_locked(share);
		if (first != share)
			ws_port_put_first(first->sock->sk);
	}
	mutex_unlock(&share->bucket->lock);
	return err;
}

/**
 * ws_share_accept() - what a connection keeps of its listener's place
 * @share: the listener's place, or NULL
 *
 * An exclusive listener's address cannot be had exclusively again before all of
 * its connections are gone ("Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE" page).
 *
 * Context: any; the listener has a user.
 * Return: @share with a reference, for ws_share_leave(), or NULL.
 */
struct ws_share *ws_share_accept(struct ws_share *share)
{
	if (likely(!share || share->option != WS_SHARE_EXCLUSIVE))
		return NULL;
	refcount_inc(&share->ref);
	return share;
}

/**
 * ws_share_leave() - a socket is about to be released
 * @share: its place, or what it keeps of its listener's
 * @sock:  the socket, not released yet
 *
 * Context: process, may sleep.
 */
void ws_share_leave(struct ws_share *share, struct socket *sock)
{
	struct ws_share_bucket *bucket = share->bucket;
	struct ws_share *next;

	mutex_lock(&bucket->lock);
	if (share->sock == sock) {
		share->sock = NULL;
		share->turn = 0;
		next = ws_share_first_locked(share);
		if (next)
			ws_port_put_first(next->sock->sk);
		list_del_init(&share->same);
	}
	if (refcount_dec_and_test(&share->ref)) {
		hlist_del(&share->node);
		kfree(share);
	}
	mutex_unlock(&bucket->lock);
}

/* Called once, before the node can be opened. */
void __init ws_share_init(void)
{
	struct ws_share_bucket *bucket = ws_share_buckets;

	for (; bucket < ws_share_buckets + ARRAY_SIZE(ws_share_buckets); bucket++)
		mutex_init(&bucket->lock);
}
