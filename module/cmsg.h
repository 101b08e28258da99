/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_CMSG_H
#define WS_CMSG_H

#include <linux/socket.h>
#include "winsock.h"

/*
 * Room for all that the stack says, or is told, of one datagram: besides what
 * Windows knows that an imported socket may have asked for, which comes first.
 */
#define WS_CMSG_ROOM	512

/**
 * struct ws_cmsg - control data of one message
 * @room:  in Linux' layout, what msghdr.msg_control begins with
 * @addr:  user address of the caller's, in Windows' layout
 * @len:   bytes there
 * @cmsg32: the layout is that of a 32-bit Windows program
 */
struct ws_cmsg {
	u8 room[WS_CMSG_ROOM] __aligned(sizeof(long));
	u64 addr;
	u32 len;
	bool cmsg32;
};

int ws_cmsg_get(struct ws_cmsg *c, struct msghdr *msg);
void ws_cmsg_init(struct ws_cmsg *c, struct msghdr *msg);
int ws_cmsg_put(struct ws_cmsg *c, const struct msghdr *msg, u32 *used,
		u32 *msg_flags);

#endif /* WS_CMSG_H */
