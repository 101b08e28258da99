/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_CALL_H
#define WS_CALL_H

#include <linux/ktime.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include "user.h"
#include "winsock.h"

/* No command's struct is longer; the table in ioctl.c checks it. */
#define WS_CALL_ARGS_MAX	80

/**
 * struct ws_call - one ioctl at work
 * @ctx:     state of the file it came through; valid while it runs  [const]
 * @file:    the file itself                                         [const]
 * @arg:     the caller's struct                                    [const]
 * @out:     offset of the first output; outputs reach to the end   [const]
 * @size:    length of the caller's struct, or of ours if shorter   [const]
 * @leave:   when, by CLOCK_MONOTONIC, a wait is left as it is for a
 *           signal; 0: never                                       [const]
 * @replied: outputs have been written
 *
 * On the stack of the calling thread and seen by nobody else.  The union is
 * the kernel's copy of the struct, @raw as bytes; @head is what all of them
 * begin with.
 */
struct ws_call {
	struct ws_ctx *ctx;
	struct file *file;
	void __user *arg;
	u32 out;
	u32 size;
	ktime_t leave;
	bool replied;
	/* private: the command's own struct */
	union {
		u8 raw[WS_CALL_ARGS_MAX] __aligned(sizeof(u64));
		struct {
			u32 size;
			u32 flags;
		} head;
		struct winsock_query query;
		struct winsock_startup startup;
		struct winsock_cleanup cleanup;
		struct winsock_handle_close close;
		struct winsock_handle_export export;
		struct winsock_handle_import import;
		struct winsock_handle_attach attach;
		struct winsock_handle_offer offer;
		struct winsock_handle_redeem redeem;
		struct winsock_sock_create create;
		struct winsock_sock_bind bind;
		struct winsock_sock_listen listen;
		struct winsock_sock_accept accept;
		struct winsock_sock_connect connect;
		struct winsock_sock_send send;
		struct winsock_sock_recv recv;
		struct winsock_sock_sendmsg sendmsg;
		struct winsock_sock_recvmsg recvmsg;
		struct winsock_sock_shutdown shutdown;
		struct winsock_sock_name name;
		struct winsock_sock_getopt getopt;
		struct winsock_sock_setopt setopt;
		struct winsock_sock_control control;
		struct winsock_sock_select select;
		struct winsock_sock_poll poll;
		struct winsock_event_create event_create;
		struct winsock_event_set event_set;
		struct winsock_wait wait;
		struct winsock_thread_open thread_open;
		struct winsock_apc_queue apc_queue;
		struct winsock_apc_take apc_take;
		struct winsock_event_select event_select;
		struct winsock_event_enum event_enum;
		struct winsock_async_select async_select;
		struct winsock_message_get message_get;
		struct winsock_message_post message_post;
		struct winsock_sock_consider consider;
		struct winsock_sock_decide decide;
	};
};

int ws_call_restart(struct ws_call *call);

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
static inline int ws_call_reply(struct ws_call *call)
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
 * ws_call_end() - when a call that waits is to give up
 * @timeout:  as the caller gave it: nanoseconds; negative is for ever
 * @deadline: 0, or what the call kept when it was left to start over
 * @end:      gets it, by CLOCK_MONOTONIC; 0 if there is none
 *
 * Return: @end, or NULL if there is none: for ever, or the call only looks.
 */
static inline ktime_t *ws_call_end(s64 timeout, s64 deadline, ktime_t *end)
{
	*end = 0;
	if (timeout <= 0)
		return NULL;
	*end = deadline ?: ktime_add_safe(ktime_get(), timeout);
	return end;
}

/* Time-outs may come this late, so that timers can share an interrupt. */
#define WS_CALL_SLACK	(50 * NSEC_PER_USEC)

/* Sleep, in the state that was set, until woken or @end; 0 if time is up. */
static inline int ws_call_sleep(ktime_t *end)
{
	return schedule_hrtimeout_range(end, WS_CALL_SLACK, HRTIMER_MODE_ABS);
}

#endif /* WS_CALL_H */
