// SPDX-License-Identifier: GPL-2.0-only
/*
 * One ioctl at work: the way back to its caller.
 */
#include <linux/errno.h>
#include "call.h"

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
