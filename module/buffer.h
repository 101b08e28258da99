/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_BUFFER_H
#define WS_BUFFER_H

#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include "compat.h"
#include "user.h"
#include "winsock.h"

int ws_buffer_init_array(struct iov_iter *iter, struct iovec **iov,
			 unsigned int dir, u32 flags, u64 addr, u32 count);

/*
 * Whether a buffer can be used, as far as that can be known beforehand.  One to
 * be filled is touched page by page when the call starts, so that nothing comes
 * that cannot be kept (windows-observed D12).
 */
static __always_inline bool ws_buffer_good(void __user *buf, size_t len,
					   unsigned int dir)
{
	return dir == ITER_DEST ? !ws_user_touch(buf, len) :
				  access_ok(buf, len);
}

/**
 * ws_buffer_init() - look at a caller's buffers
 * @iter:  gets them
 * @iov:   gets what is to be given to ws_buffer_exit() after success
 * @dir:   ITER_SOURCE or ITER_DEST
 * @flags: 0, WINSOCK_IO_ARRAY or WINSOCK_IO_ARRAY32
 * @addr:  user address of the buffer or array
 * @count: bytes or elements
 *
 * Context: process, may sleep and fault.
 * Return: 0, WSAEFAULT, WSAEINVAL (no elements, or too many), WSAENOBUFS, or -EINVAL
 * (both flags).
 */
static inline int ws_buffer_init(struct iov_iter *iter, struct iovec **iov,
				 unsigned int dir, u32 flags, u64 addr,
				 u32 count)
{
	void __user *buf = u64_to_user_ptr(addr);

	*iov = NULL;
	if (unlikely(flags))
		return ws_buffer_init_array(iter, iov, dir, flags, addr, count);
	/* The length is an int to Windows (windows-observed D9). */
	if (unlikely((s32)count < 0 || !ws_buffer_good(buf, count, dir)))
		return WSAEFAULT;
	iov_iter_ubuf(iter, dir, buf, min_t(size_t, count, MAX_RW_COUNT));
	return 0;
}

/* Free what ws_buffer_init() allocated. */
static inline void ws_buffer_exit(struct iovec *iov)
{
	if (unlikely(iov))
		kvfree(iov);
}

#endif /* WS_BUFFER_H */
