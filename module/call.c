// SPDX-License-Identifier: GPL-2.0-only
/*
 * One ioctl at work: the way back to its caller.
 */
#include <linux/errno.h>
#include "call.h"
#include "user.h"

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
	/* Every version of a struct, and every output, is at a multiple of 4. */
	if (call->out < call->size &&
	    ws_user_write(call->arg + call->out, call->raw + call->out,
			  call->size - call->out))
		return -EFAULT;
	call->replied = true;
	return 0;
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
