// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for one socket to get ready.
 */
#include <linux/errno.h>
#include <linux/poll.h>
#include "wait.h"

/**
 * ws_wait_until() - sleep until an object is ready, closes, or a signal comes
 * @ctx:       of the caller's file: an APC for the thread ends the wait too
 * @obj:       the object; the caller holds a user
 * @wq:        woken when readiness may have changed and when @obj closes
 * @ready:     whether the wait is over; called with the task not running, so it
 *             must not sleep
 * @exclusive: wake one such waiter for each event.  One that leaves without
 *             using its event passes it on
 * @end:       when to give up, by CLOCK_MONOTONIC; NULL: never
 * @leave:     when to leave as for a signal, likewise; 0: never
 *
 * A signal or an APC does not end a wait that is over anyway, but for a fatal one: the
 * thread could not use what it waited for, another can.
 *
 * Context: process, no locks.
 * Return: 0, WS_WAIT_CLOSED, WS_WAIT_EXPIRED, or -ERESTARTNOINTR for a signal or
 * an APC.
 */
int ws_wait_until(struct ws_ctx *ctx, struct ws_obj *obj, wait_queue_head_t *wq,
		  bool (*ready)(struct ws_obj *obj), bool exclusive,
		  ktime_t *end, ktime_t leave)
{
	bool leaves = leave && (!end || leave < *end);
	bool expired = false;
	DEFINE_WAIT(wait);
	int err = 0;

	if (unlikely(leaves))
		end = &leave;
	for (;;) {
		if (exclusive)
			prepare_to_wait_exclusive(wq, &wait, TASK_INTERRUPTIBLE);
		else
			prepare_to_wait(wq, &wait, TASK_INTERRUPTIBLE);
		/* Pairs with test_and_set_bit() in ws_obj_close(), then wake. */
		if (ws_obj_closed(obj))
			err = WS_WAIT_CLOSED;
		else if (fatal_signal_pending(current))
			err = -ERESTARTNOINTR;
		else if (ready(obj))
			break;
		else if (expired)
			err = leaves ? -ERESTARTNOINTR : WS_WAIT_EXPIRED;
		else if (signal_pending(current) || ws_alerted(ctx))
			err = -ERESTARTNOINTR;
		if (err)
			break;
		/* Time is up: look once more, since it may have become ready. */
		expired = !ws_call_sleep(end);
	}
	finish_wait(wq, &wait);

	if (err && exclusive)
		wake_up_interruptible_poll(wq, EPOLLIN | EPOLLRDNORM);
	return err;
}
