/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A few words from and to user memory.
 *
 * The general copies take longer to check themselves, and the kernel's end, than
 * to copy these: a third of the cost of a null command.
 */
#ifndef WS_USER_H
#define WS_USER_H

#include <linux/align.h>
#include <linux/types.h>
#include <linux/uaccess.h>

/**
 * ws_user_read() - read from user memory
 * @to:   kernel memory
 * @from: user address
 * @size: bytes, a multiple of 4; at most a few words
 *
 * Context: process, may fault.
 * Return: 0, or -EFAULT with some of @to written.
 */
static __always_inline int ws_user_read(void *to, const void __user *from,
					size_t size)
{
	const u64 __user *f = from;
	u64 *t = to;

	if (!user_read_access_begin(from, size))
		return -EFAULT;
	for (; size >= 2 * sizeof(u64); size -= 2 * sizeof(u64), t += 2, f += 2) {
		unsafe_get_user(t[0], &f[0], fault);
		unsafe_get_user(t[1], &f[1], fault);
	}
	if (size >= sizeof(u64)) {
		unsafe_get_user(*t, f, fault);
		size -= sizeof(u64);
		t++;
		f++;
	}
	if (size)
		unsafe_get_user(*(u32 *)t, (const u32 __user *)f, fault);
	user_read_access_end();
	return 0;

fault:
	user_read_access_end();
	return -EFAULT;
}

/**
 * ws_user_write() - write to user memory
 * @to:   user address
 * @from: kernel memory
 * @size: bytes, a multiple of 4; at most a few words
 *
 * Context: process, may fault.
 * Return: 0, or -EFAULT with some of @to written.
 */
static __always_inline int ws_user_write(void __user *to, const void *from,
					 size_t size)
{
	u64 __user *t = to;
	const u64 *f = from;

	if (!user_write_access_begin(to, size))
		return -EFAULT;
	for (; size >= sizeof(u64); size -= sizeof(u64))
		unsafe_put_user(*f++, t++, fault);
	if (size)
		unsafe_put_user(*(const u32 *)f, (u32 __user *)t, fault);
	user_write_access_end();
	return 0;

fault:
	user_write_access_end();
	return -EFAULT;
}

/**
 * ws_user_touch() - have pages ready to be written
 * @p:    user address
 * @size: bytes
 *
 * A byte of each page is read and written back, as Windows probes buffers; that
 * another thread writes there meanwhile is its error.
 *
 * Context: process, may fault.
 * Return: 0, or -EFAULT: not all of it can be written.
 */
static __always_inline int ws_user_touch(u8 __user *p, size_t size)
{
	u8 __user *end = p + size;
	u8 byte;

	if (!user_access_begin(p, size))
		return -EFAULT;
	for (; p < end; p = PTR_ALIGN(p + 1, PAGE_SIZE)) {
		unsafe_get_user(byte, p, fault);
		unsafe_put_user(byte, p, fault);
	}
	user_access_end();
	return 0;

fault:
	user_access_end();
	return -EFAULT;
}

#endif /* WS_USER_H */
