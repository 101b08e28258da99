// SPDX-License-Identifier: GPL-2.0-only
/*
 * A caller's data: one buffer, or an array of WSABUF as 64-bit or 32-bit
 * Windows programs lay them out.
 */
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "alloc.h"
#include "buffer.h"

/* Element @i, of which at most @room bytes are moved. */
static int ws_buffer_read(struct iovec *iov, unsigned int dir, size_t room,
			  bool array32, u64 addr, u32 i)
{
	struct winsock_buffer32 b32;
	struct winsock_buffer b;

	if (array32) {
		if (copy_from_user(&b32, u64_to_user_ptr(addr) + i * sizeof(b32),
				   sizeof(b32)))
			return WSAEFAULT;
		b.buf = b32.buf;
		b.len = b32.len;
	} else if (copy_from_user(&b, u64_to_user_ptr(addr) + i * sizeof(b),
				  sizeof(b))) {
		return WSAEFAULT;
	}
	iov->iov_base = u64_to_user_ptr(b.buf);
	if (!access_ok(iov->iov_base, b.len))
		return WSAEFAULT;
	iov->iov_len = min_t(size_t, b.len, room);
	return ws_buffer_good(iov->iov_base, iov->iov_len, dir) ? 0 : WSAEFAULT;
}

static int ws_buffer_array(struct iov_iter *iter, struct iovec **array,
			   unsigned int dir, bool array32, u64 addr, u32 count)
{
	struct iovec *iov;
	size_t total = 0;
	int err;
	u32 i;

	if (!count || count > WINSOCK_BUFFERS_MAX)
		return WSAEINVAL;
	iov = ws_alloc_array(count, sizeof(*iov), 0);
	if (!iov)
		return WSAENOBUFS;
	for (i = 0; i < count; i++) {
		/* What one call moves at most, as in readv(2). */
		err = ws_buffer_read(&iov[i], dir, MAX_RW_COUNT - total,
				     array32, addr, i);
		if (err) {
			kvfree(iov);
			return err;
		}
		total += iov[i].iov_len;
	}
	iov_iter_init(iter, dir, iov, count, total);
	*array = iov;
	return 0;
}

/* An array of one is as common as none: what WSASend and WSARecv mostly get. */
static int ws_buffer_one(struct iov_iter *iter, unsigned int dir, bool array32,
			 u64 addr)
{
	struct iovec iov;
	int err;

	err = ws_buffer_read(&iov, dir, MAX_RW_COUNT, array32, addr, 0);
	if (!err)
		iov_iter_ubuf(iter, dir, iov.iov_base, iov.iov_len);
	return err;
}

/**
 * ws_buffer_init_array() - ws_buffer_init() of an array
 * @iter:  gets the buffers
 * @iov:   gets what is to be given to ws_buffer_exit(), or keeps its NULL
 * @dir:   ITER_SOURCE or ITER_DEST
 * @flags: WINSOCK_IO_ARRAY or WINSOCK_IO_ARRAY32
 * @addr:  user address of the array
 * @count: elements
 *
 * Context: process, may sleep and fault.
 * Return: as ws_buffer_init().
 */
int ws_buffer_init_array(struct iov_iter *iter, struct iovec **iov,
			 unsigned int dir, u32 flags, u64 addr, u32 count)
{
	bool array32 = flags & WINSOCK_IO_ARRAY32;

	if (flags == (WINSOCK_IO_ARRAY | WINSOCK_IO_ARRAY32))
		return -EINVAL;
	if (count == 1)
		return ws_buffer_one(iter, dir, array32, addr);
	return ws_buffer_array(iter, iov, dir, array32, addr, count);
}
