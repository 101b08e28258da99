// SPDX-License-Identifier: GPL-2.0-only
/*
 * One ioctl at work: the way back to its caller.
 */
#include <linux/errno.h>
#include <linux/uaccess.h>
#include "call.h"

/**
 * ws_call_reply() - write the outputs to the caller's struct
 * @call: the call
 *
 * ioctl.c does it for every call that succeeds.  A call that must be undone if
 * the caller's memory has gone does it itself, before the step that cannot be
 * undone.
 *
 * Context: process; may fault.
 * Return: 0 or -EFAULT.
 */
int ws_call_reply(struct ws_call *call)
{
	u32 i;

	/*
	 * A few words, see ws_ioctl_copy_words().  Every version of a struct is
	 * a multiple of 8 bytes long, and every output at a multiple of 4.
	 */
	if (call->out < call->size) {
		if (!user_write_access_begin(call->arg, call->size))
			return -EFAULT;
		i = call->out;
		if (i % sizeof(u64)) {
			unsafe_put_user(*(u32 *)(call->raw + i),
					(u32 __user *)(call->arg + i), fault);
			i += sizeof(u32);
		}
		for (; i + sizeof(u64) <= call->size; i += sizeof(u64))
			unsafe_put_user(*(u64 *)(call->raw + i),
					(u64 __user *)(call->arg + i), fault);
		user_write_access_end();
	}
	call->replied = true;
	return 0;

fault:
	user_write_access_end();
	return -EFAULT;
}

/**
 * ws_call_restart() - leave for a signal, to start over after its handler
 * @call: the call, with its place noted in its in-and-out fields
 *
 * Winsock calls do not end by signals, so SA_RESTART has no say in it.
 *
 * Context: process, with a signal pending; may fault.
 * Return: -ERESTARTNOINTR, or -EFAULT if the place could not be kept.
 */
int ws_call_restart(struct ws_call *call)
{
	return ws_call_reply(call) ?: -ERESTARTNOINTR;
}
