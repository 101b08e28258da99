// SPDX-License-Identifier: GPL-2.0-only
/*
 * One ioctl at work: the way back to its caller.
 */
#include <linux/errno.h>
#include "call.h"

/**
 * ws_call_restart() - leave for a signal or an APC, to start over afterwards
 * @call: the call, with its place noted in its in-and-out fields
 *
 * Winsock calls do not end by signals, so SA_RESTART has no say in it.  Without
 * a signal pending ioctl.c makes it WINSOCK_WAIT_IO_COMPLETION.
 *
 * Context: process; may fault.
 * Return: -ERESTARTNOINTR, or -EFAULT if the place could not be kept.
 */
int ws_call_restart(struct ws_call *call)
{
	return ws_call_reply(call) ?: -ERESTARTNOINTR;
}
