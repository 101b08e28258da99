/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_BUFFER_H
#define WS_BUFFER_H

#include <linux/slab.h>
#include <linux/uio.h>
#include "compat.h"
#include "winsock.h"

/* Arrays up to this length need no allocation. */
#define WS_BUFFER_FAST	8

/**
 * struct ws_buffer - a caller's buffers while a call works on them
 * @iter: what is left of them
 * @iov:  allocated array behind @iter, or NULL
 * @fast: the array of short ones
 */
struct ws_buffer {
	struct iov_iter iter;
	struct iovec *iov;
	struct iovec fast[WS_BUFFER_FAST];
};

int ws_buffer_init(struct ws_buffer *b, unsigned int dir, u32 flags, u64 addr,
		   u32 count);

/* Free what ws_buffer_init() allocated. */
static inline void ws_buffer_exit(struct ws_buffer *b)
{
	if (unlikely(b->iov))
		kfree(b->iov);
}

#endif /* WS_BUFFER_H */
