/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_PORT_H
#define WS_PORT_H

#include <linux/net.h>
#include <net/sock.h>

int ws_port_bind(struct socket *sock, struct sockaddr_storage *ss, bool reuse);
int ws_port_bind_shared(struct socket *sock, struct sockaddr_storage *ss,
			bool reuse);
int ws_port_listen_shared(struct socket *sock, int backlog, bool reuse);
void ws_port_put_first(struct sock *sk);

/* What tells the module's sockets from all others; its address counts. */
extern const char ws_port_mark[];

/*
 * The socket is the module's: its place is for the rules in share.c to judge.
 * The inode is its own, and nobody else's as long as it has no file.
 */
static inline void ws_port_set_mark(struct socket *sock)
{
	WRITE_ONCE(SOCK_INODE(sock)->i_private, (void *)ws_port_mark);
}

#endif /* WS_PORT_H */
