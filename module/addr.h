/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_ADDR_H
#define WS_ADDR_H

#include <linux/socket.h>
#include "errno.h"
#include "sock.h"

/**
 * struct ws_addr_out - where a caller wants an address
 * @buf: the buffer, NULL if none is wanted
 * @len: its length in, the address's out
 */
struct ws_addr_out {
	void __user *buf;
	__s32 __user *len;
};

int ws_addr_get(const struct ws_sock *ws, u64 addr, s32 len,
		struct sockaddr_storage *ss);
int ws_addr_out_init(struct ws_addr_out *out, const struct ws_sock *ws,
		     u64 addr, u64 len);
int ws_addr_put(const struct ws_addr_out *out, struct sockaddr_storage *ss);
bool ws_addr_any(const struct sockaddr_storage *ss);
int ws_addr_name(const struct ws_sock *ws, bool peer,
		 struct sockaddr_storage *ss);
int ws_addr_last_peer(struct ws_sock *ws, struct sockaddr_storage *ss);
bool ws_addr_unusable(const struct sockaddr_storage *ss);
void ws_addr_windows(struct sockaddr_storage *ss);
int ws_addr_family_size(int family);
int ws_addr_size(const struct sockaddr_storage *ss);

#endif /* WS_ADDR_H */
