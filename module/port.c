// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ports as the stack gives them.
 *
 * Windows lets sockets onto a port that the stack keeps apart: a wildcard beside
 * a specific address, and all beside what is left of old connections.  Whether
 * two of the module's sockets may share is decided in share.c; here the stack
 * is made to agree, without giving a native socket's port away and without
 * opening ours to native sockets.
 *
 * First the stack is asked as ever, which is enough for a port that nobody has.
 * When it refuses, a stream is forced onto the port, and then, with the port's
 * chain locked, made unshareable again and its neighbours looked at.  A native
 * socket that came before the lock is seen, and ours gives way; one that comes
 * later meets a socket like any other.
 *
 * Nothing forces a datagram socket.  The stack would let it in if all of its
 * neighbours were shareable for the moment, and natives with it; so there it is
 * this file that looks at the neighbours and puts the socket into the chain.
 */
#include <linux/ipv6.h>
#include <net/addrconf.h>
#include <net/inet_connection_sock.h>
#include <net/inet_hashtables.h>
#include <net/inet_sock.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/tcp.h>
#include <net/udp.h>
#include "compat.h"
#include "port.h"

const char ws_port_mark[1];

/*
 * Whether a full socket is nobody's native one: marked as the module's, or
 * closed by its owner and only finishing its connection.  What no accept has
 * taken yet has no owner either; its listener speaks for it.
 */
static bool ws_port_ours(struct sock *sk)
{
	struct socket *sock;
	bool ours;

	read_lock(&sk->sk_callback_lock);
	sock = sk->sk_socket;
	ours = !sock || READ_ONCE(SOCK_INODE(sock)->i_private) == ws_port_mark;
	read_unlock(&sk->sk_callback_lock);
	return ours;
}

/* Whether packets for IPv4 addresses, and for IPv6's own, come to @sk. */
static bool ws_port_ipv4(const struct sock *sk)
{
	if (sk->sk_family != AF_INET6)
		return true;
	return ipv6_addr_v4mapped(&sk->sk_v6_rcv_saddr) ||
	       (ipv6_addr_any(&sk->sk_v6_rcv_saddr) && !ipv6_only_sock(sk));
}

static bool ws_port_ipv6(const struct sock *sk)
{
	return sk->sk_family == AF_INET6 &&
	       !ipv6_addr_v4mapped(&sk->sk_v6_rcv_saddr);
}

/* Whether a packet to one port could be for either of two sockets. */
static bool ws_port_overlap(const struct sock *sk, const struct sock *sk2)
{
	__be32 addr = sk->sk_rcv_saddr, addr2 = sk2->sk_rcv_saddr;

	if (ws_port_ipv4(sk) && ws_port_ipv4(sk2) &&
	    (!addr || !addr2 || addr == addr2))
		return true;
	return ws_port_ipv6(sk) && ws_port_ipv6(sk2) &&
	       (ipv6_addr_any(&sk->sk_v6_rcv_saddr) ||
		ipv6_addr_any(&sk2->sk_v6_rcv_saddr) ||
		ipv6_addr_equal(&sk->sk_v6_rcv_saddr, &sk2->sk_v6_rcv_saddr));
}

/*
 * Whether @sk2, which is on the same port, keeps @sk from it: it is native, on
 * the same address, and not one that lets itself be shared as Linux has it.
 * Windows binds over TIME_WAIT.
 */
static bool ws_port_conflict(struct sock *sk, struct sock *sk2)
{
	int dev, dev2;

	if (sk2 == sk || sk2->sk_state == TCP_TIME_WAIT)
		return false;
	dev = READ_ONCE(sk->sk_bound_dev_if);
	dev2 = READ_ONCE(sk2->sk_bound_dev_if);
	if ((dev && dev2 && dev != dev2) || !ws_port_overlap(sk, sk2))
		return false;
	if (sk->sk_reuse && sk2->sk_reuse && sk2->sk_state != TCP_LISTEN)
		return false;
	return !ws_port_ours(sk2);
}

/* Give @sk the reuse that it is to have; false if a native socket objects. */
static bool ws_port_settle(struct sock *sk, bool reuse)
{
	struct inet_hashinfo *h = sock_net(sk)->ipv4.tcp_death_row.hashinfo;
	struct inet_bind_bucket *tb = inet_csk(sk)->icsk_bind_hash;
	struct inet_bind_hashbucket *head;
	bool conflict;

	head = &h->bhash[inet_bhashfn(sock_net(sk), inet_sk(sk)->inet_num,
				      h->bhash_size)];
	spin_lock_bh(&head->lock);
	sk->sk_reuse = reuse ? SK_CAN_REUSE : SK_NO_REUSE;
	/* What the stack remembers about all sockets of the port. */
	if (!reuse)
		tb->fastreuse = 0;
	conflict = ws_any_bound(sk, tb, ws_port_conflict);
	spin_unlock_bh(&head->lock);
	return !conflict;
}

/*
 * A port that the stack chose is given up when a connect from it fails, one
 * that was asked for is not.  To Windows both are the socket's (L4).
 */
static void ws_port_keep(struct socket *sock)
{
	sock->sk->sk_userlocks |= SOCK_BINDPORT_LOCK;
}

/**
 * ws_port_bind() - bind to an address that nobody has
 * @sock:  an unbound socket of the module
 * @ss:    the address
 * @reuse: how native sockets are to see it from now on: SO_REUSEADDR
 *
 * Until the caller has marked it, the module's sockets see a native one too.
 *
 * Context: process, may sleep; the socket's ws_sock.lock.
 * Return: 0 or a negative errno.
 */
int ws_port_bind(struct socket *sock, struct sockaddr_storage *ss, bool reuse)
{
	struct sock *sk = sock->sk;
	int dev = READ_ONCE(sk->sk_bound_dev_if);
	int err;

	err = kernel_bind(sock, (struct sockaddr_unsized *)ss, sizeof(*ss));
	lock_sock(sk);
	if (err) {
		WRITE_ONCE(sk->sk_bound_dev_if, dev);
	} else {
		sk->sk_reuse = reuse ? SK_CAN_REUSE : SK_NO_REUSE;
		ws_port_keep(sock);
	}
	release_sock(sk);
	return err;
}

/* Undo a bind, as the stack does when a BPF program forbids it. */
static void ws_port_unbind(struct sock *sk)
{
	sk->sk_prot->put_port(sk);
	inet_reset_saddr(sk);
	inet_sk(sk)->inet_sport = 0;
	sk->sk_reuse = SK_NO_REUSE;
	sk->sk_userlocks &= ~(SOCK_BINDADDR_LOCK | SOCK_BINDPORT_LOCK);
}

/* Streams: force it, then look. */
static int ws_port_bind_tcp(struct socket *sock, struct sockaddr_storage *ss,
			    bool reuse)
{
	struct sock *sk = sock->sk;
	bool v6only;
	int err;

	lock_sock(sk);
	v6only = sk->sk_ipv6only;
	sk->sk_reuse = SK_FORCE_REUSE;
	release_sock(sk);
	err = kernel_bind(sock, (struct sockaddr_unsized *)ss, sizeof(*ss));
	lock_sock(sk);
	if (err) {
		sk->sk_reuse = SK_NO_REUSE;
	} else if (!ws_port_settle(sk, reuse)) {
		ws_port_unbind(sk);
		sk->sk_ipv6only = v6only;
		err = -EADDRINUSE;
	}
	release_sock(sk);
	return err;
}

/**
 * struct ws_port_proto - UDP over one family, but for how a port is had
 * @proto: what a socket has while it is bound beside others
 * @stack: what it is a copy of, and the socket has else; NULL: not copied yet
 */
struct ws_port_proto {
	struct proto proto;
	struct proto *stack;
};

static struct ws_port_proto ws_port_udp4, ws_port_udp6;
static DEFINE_MUTEX(ws_port_proto_lock);	/* within 3 in the lock order */

/* Whether a native socket keeps @sk from a port of @slot. */
static bool ws_port_taken(struct sock *sk, u16 port, struct udp_hslot *slot)
{
	struct sock *sk2;

	lockdep_assert_held(&slot->lock);
	sk_for_each(sk2, &slot->head)
		if (net_eq(sock_net(sk2), sock_net(sk)) &&
		    udp_sk(sk2)->udp_port_hash == port &&
		    ws_port_conflict(sk, sk2))
			return true;
	return false;
}

/* As udp_lib_get_port(), when it has found a port. */
static void ws_port_insert(struct sock *sk, u16 port, struct udp_hslot *slot)
{
	struct udp_hslot *slot2;
	struct udp_sock *up = udp_sk(sk);
	struct net *net = sock_net(sk);

	inet_sk(sk)->inet_num = port;
	up->udp_port_hash = port;
	if (sk->sk_family == AF_INET6)
		up->udp_portaddr_hash =
			ipv6_portaddr_hash(net, &sk->sk_v6_rcv_saddr, port);
	else
		up->udp_portaddr_hash =
			ipv4_portaddr_hash(net, sk->sk_rcv_saddr, port);
	sock_set_flag(sk, SOCK_RCU_FREE);
	sk_add_node_rcu(sk, &slot->head);
	slot->count++;
	sock_prot_inuse_add(net, sk->sk_prot, 1);

	slot2 = udp_hashslot2(ws_udp_table(sk), up->udp_portaddr_hash);
	spin_lock(&slot2->lock);
	hlist_add_head_rcu(&up->udp_portaddr_node, &slot2->head);
	slot2->count++;
	spin_unlock(&slot2->lock);
}

/* For bind, which has set the address, with the socket's lock held. */
static int ws_port_get(struct sock *sk, unsigned short port)
{
	struct udp_hslot *slot;
	bool taken;

	/* Not bind, but somebody who sends meanwhile. */
	if (!port)
		return container_of(sk->sk_prot, struct ws_port_proto,
				    proto)->stack->get_port(sk, 0);
	slot = udp_hashslot(ws_udp_table(sk), sock_net(sk), port);
	spin_lock_bh(&slot->lock);
	taken = ws_port_taken(sk, port, slot);
	if (!taken)
		ws_port_insert(sk, port, slot);
	spin_unlock_bh(&slot->lock);
	return taken ? -EADDRINUSE : 0;
}

/* The stack's protocols are not all exported; a socket has its own. */
static struct ws_port_proto *ws_port_proto(struct sock *sk)
{
	struct ws_port_proto *p = sk->sk_family == AF_INET6 ? &ws_port_udp6 :
							      &ws_port_udp4;

	mutex_lock(&ws_port_proto_lock);
	if (!p->stack) {
		p->proto = *sk->sk_prot;
		p->proto.get_port = ws_port_get;
		p->stack = sk->sk_prot;
	}
	mutex_unlock(&ws_port_proto_lock);
	return p;
}

/* Datagrams: nobody's socket but this one looks different meanwhile. */
static int ws_port_bind_udp(struct socket *sock, struct sockaddr_storage *ss,
			    bool reuse)
{
	struct ws_port_proto *p = ws_port_proto(sock->sk);
	struct sock *sk = sock->sk;
	int err;

	lock_sock(sk);
	sk->sk_reuse = reuse ? SK_CAN_REUSE : SK_NO_REUSE;
	WRITE_ONCE(sk->sk_prot, &p->proto);
	release_sock(sk);
	err = kernel_bind(sock, (struct sockaddr_unsized *)ss, sizeof(*ss));
	lock_sock(sk);
	WRITE_ONCE(sk->sk_prot, p->stack);
	if (err)
		sk->sk_reuse = SK_NO_REUSE;
	release_sock(sk);
	return err;
}

/**
 * ws_port_bind_shared() - bind beside sockets of the module
 * @sock:  an unbound socket of the module
 * @ss:    the address, with a port
 * @reuse: how native sockets are to see it from now on: SO_REUSEADDR
 *
 * Context: process, may sleep; the socket's ws_sock.lock.
 * Return: 0, -EADDRINUSE if a native socket has it, or a negative errno.
 */
int ws_port_bind_shared(struct socket *sock, struct sockaddr_storage *ss,
			bool reuse)
{
	struct sock *sk = sock->sk;
	int dev = READ_ONCE(sk->sk_bound_dev_if);
	int err;

	err = sk->sk_protocol == IPPROTO_TCP ?
	      ws_port_bind_tcp(sock, ss, reuse) :
	      ws_port_bind_udp(sock, ss, reuse);
	lock_sock(sk);
	if (err)
		WRITE_ONCE(sk->sk_bound_dev_if, dev);
	else
		ws_port_keep(sock);
	release_sock(sk);
	return err;
}

/**
 * ws_port_listen_shared() - listen beside sockets of the module
 * @sock:    a bound socket of the module, which the stack does not let listen
 * @backlog: as for kernel_listen()
 * @reuse:   what it was bound with
 *
 * Context: process, may sleep; the socket's ws_sock.lock.
 * Return: 0, -EADDRINUSE if a native socket has the port, or a negative errno.
 */
int ws_port_listen_shared(struct socket *sock, int backlog, bool reuse)
{
	struct sock *sk = sock->sk;
	int err = 0;

	lock_sock(sk);
	if (!inet_csk(sk)->icsk_bind_hash || !ws_port_settle(sk, reuse))
		err = -EADDRINUSE;
	else
		sk->sk_reuse = SK_FORCE_REUSE;
	release_sock(sk);
	if (err)
		return err;
	err = kernel_listen(sock, backlog);
	lock_sock(sk);
	sk->sk_reuse = reuse ? SK_CAN_REUSE : SK_NO_REUSE;
	release_sock(sk);
	return err;
}

/**
 * ws_port_put_first() - of listeners on one address, let this one be found
 * @sk: a listener
 *
 * The stack finds the one that was hashed last.  Whoever searches meanwhile
 * finds another on the same address; nobody is led past anything else.
 *
 * Context: process, may sleep.
 */
void ws_port_put_first(struct sock *sk)
{
	lock_sock(sk);
	if (sk->sk_state == TCP_LISTEN) {
		sk->sk_prot->unhash(sk);
		sk->sk_prot->hash(sk);
	}
	release_sock(sk);
}
