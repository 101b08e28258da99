/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_BUFFER_H
#define WS_BUFFER_H

#include <linux/slab.h>
#include <linux/uio.h>
#include "compat.h"
#include "winsock.h"

int ws_buffer_init(struct iov_iter *iter, struct iovec **iov, unsigned int dir,
		   u32 flags, u64 addr, u32 count);

/* Free what ws_buffer_init() allocated. */
static inline void ws_buffer_exit(struct iovec *iov)
{
	if (unlikely(iov))
		kfree(iov);
}

#endif /* WS_BUFFER_H */
