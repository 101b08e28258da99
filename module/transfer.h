/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_TRANSFER_H
#define WS_TRANSFER_H

#include <linux/socket.h>
#include <linux/uio.h>
#include "sock.h"

/* Skip what was moved before the signal that made this call start over. */
static inline int ws_transfer_resume(struct msghdr *msg, u64 transferred)
{
	if (likely(!transferred))
		return 0;
	if (transferred > msg_data_left(msg))
		return -EINVAL;
	iov_iter_advance(&msg->msg_iter, transferred);
	return 0;
}

/* What was moved is told first, a failure by the next call. */
static inline int ws_transfer_result(int err, u64 transferred)
{
	return err > 0 && transferred ? 0 : err;
}

int ws_transfer_failed(struct ws_sock *ws, enum ws_op op, int err);
int ws_transfer_wait(struct ws_sock *ws, enum ws_op op, unsigned int *stalls);

#endif /* WS_TRANSFER_H */
