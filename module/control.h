/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_CONTROL_H
#define WS_CONTROL_H

#include <linux/winsock_control.h>
#include "sock.h"

/**
 * union ws_control_value - what a code takes, then what it gives
 * @number:    a DWORD, a BOOL, a u_long
 * @byte:      a BOOLEAN, a UCHAR
 * @keepalive: SIO_KEEPALIVE_VALS
 * @rto:       SIO_TCP_INITIAL_RTO
 * @in:        an IPv4 address
 *
 * Of codes whose sizes are fixed; in the caller's layout.
 */
union ws_control_value {
	u32 number;
	u8 byte;
	struct winsock_tcp_keepalive keepalive;
	struct winsock_tcp_initial_rto rto;
	struct winsock_sockaddr_in in;
};

/* control_tcp.c */
int ws_control_keepalive(struct ws_sock *ws, union ws_control_value *v);
int ws_control_initial_rto(struct ws_sock *ws, union ws_control_value *v);
int ws_control_ack_frequency(struct ws_sock *ws, union ws_control_value *v);
int ws_control_backlog(struct ws_sock *ws, union ws_control_value *v);
int ws_control_backlog_change(struct ws_sock *ws,
			      struct winsock_sock_control *a);
int ws_control_tcp_info(struct ws_sock *ws, struct winsock_sock_control *a);

/* control_addr.c */

/**
 * struct ws_list - elements gathered under RCU, then given to a caller
 * @data:  memory for @room of them
 * @size:  bytes of one
 * @room:  elements that fit
 * @count: elements that there are; those beyond @room are not in @data
 */
struct ws_list {
	void *data;
	u32 size;
	u32 room;
	u32 count;
};

int ws_control_put_addrs(struct winsock_sock_control *a,
			 const struct ws_list *list);
int ws_control_source4(struct ws_sock *ws, __be32 to, __be32 *from);
int ws_control_source6(struct ws_sock *ws, const struct sockaddr_in6 *to,
		       struct sockaddr_in6 *from);

int ws_control_broadcast(struct ws_sock *ws, union ws_control_value *v);
int ws_control_address_list(struct ws_sock *ws, struct winsock_sock_control *a);
int ws_control_interface_list(struct ws_sock *ws,
			      struct winsock_sock_control *a);
int ws_control_route(struct ws_sock *ws, struct winsock_sock_control *a);
int ws_control_address_change(struct ws_sock *ws,
			      struct winsock_sock_control *a);
int ws_control_route_change(struct ws_sock *ws, struct winsock_sock_control *a);
int ws_control_rss(struct ws_sock *ws, union ws_control_value *v);

/* The context of a control's call, for those that wait. */
static inline struct ws_ctx *ws_control_ctx(struct winsock_sock_control *a)
{
	return container_of(a, struct ws_call, control)->ctx;
}

/* control_filter.c */
int ws_control_set_ip_filter(struct ws_sock *ws,
			     struct winsock_sock_control *a);
int ws_control_get_ip_filter(struct ws_sock *ws,
			     struct winsock_sock_control *a);
int ws_control_set_filter(struct ws_sock *ws, struct winsock_sock_control *a);
int ws_control_get_filter(struct ws_sock *ws, struct winsock_sock_control *a);

/* control_sort.c */
int ws_control_sort(struct ws_sock *ws, struct winsock_sock_control *a);

#endif /* WS_CONTROL_H */
