// SPDX-License-Identifier: GPL-2.0-only
/*
 * The one place that sleeps for users.
 */
#include <linux/errno.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include "wait.h"

/**
 * ws_wait() - sleep until an object is ready, closes, or a signal comes
 * @obj:       the object; the caller holds a user
 * @wq:        woken when readiness may have changed and when @obj closes
 * @ready:     whether the wait is over; called with the task not running, so it
 *             must not sleep
 * @exclusive: wake one such waiter for each event.  One that leaves without
 *             using its event passes it on
 *
 * A signal does not end a wait that is over anyway, but for a fatal one: the
 * thread could not use what it waited for, another can.
 *
 * Context: process, no locks.
 * Return: 0, WS_WAIT_CLOSED, or -ERESTARTNOINTR.
 */
int ws_wait(struct ws_obj *obj, wait_queue_head_t *wq,
	    bool (*ready)(struct ws_obj *obj), bool exclusive)
{
	DEFINE_WAIT(wait);
	int err = 0;

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
		else if (signal_pending(current))
			err = -ERESTARTNOINTR;
		if (err)
			break;
		schedule();
	}
	finish_wait(wq, &wait);

	if (err && exclusive)
		wake_up_interruptible_poll(wq, EPOLLIN | EPOLLRDNORM);
	return err;
}
