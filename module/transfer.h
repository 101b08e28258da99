/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_TRANSFER_H
#define WS_TRANSFER_H

#include <linux/socket.h>
#include <linux/uio.h>
#include "sock.h"

/**
 * struct ws_transfer - one send or recv at work
 * @ctx:      of the caller's file
 * @ws:       the socket; the caller holds a user
 * @msg:      what is left of the message
 * @flags:    WINSOCK_MSG_* as the caller gave them
 * @done:     bytes moved; in the caller's struct, as is @deadline, so that the
 *            call has its place when it starts over after a signal
 * @deadline: monotonic nanoseconds when SO_RCVTIMEO or SO_SNDTIMEO ends the
 *            wait, 0 before the first
 * @leave:    as the call has it
 * @stalls:   times that the stack said it was ready and moved nothing
 * @retries:  times that a datagram socket met an error that is not its answer
 *
 * On the stack of the calling thread.
 */
struct ws_transfer {
	struct ws_ctx *ctx;
	struct ws_sock *ws;
	struct msghdr *msg;
	u32 flags;
	u64 *done;
	s64 *deadline;
	ktime_t leave;
	unsigned int stalls;
	unsigned int retries;
};

/* Skip what was moved before the signal that made this call start over. */
static inline int ws_transfer_resume(struct ws_transfer *t)
{
	if (likely(!*t->done))
		return 0;
	if (*t->done > msg_data_left(t->msg))
		return -EINVAL;
	iov_iter_advance(&t->msg->msg_iter, *t->done);
	return 0;
}

/* What was moved is told first, a failure by the next call. */
static inline int ws_transfer_result(int err, u64 transferred)
{
	return err > 0 && transferred ? 0 : err;
}

int ws_transfer_failed(struct ws_sock *ws, enum ws_op op, int err);
bool ws_transfer_again(struct ws_transfer *t, int err);
int ws_transfer_wait(struct ws_transfer *t, enum ws_op op);

#endif /* WS_TRANSFER_H */
