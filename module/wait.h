/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_WAIT_H
#define WS_WAIT_H

#include <linux/wait.h>
#include "object.h"

/* ws_wait() ended because the object closed; never shown to a user. */
#define WS_WAIT_CLOSED	(-ESHUTDOWN)

int ws_wait(struct ws_obj *obj, wait_queue_head_t *wq,
	    bool (*ready)(struct ws_obj *obj), bool exclusive);

#endif /* WS_WAIT_H */
