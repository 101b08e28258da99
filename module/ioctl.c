// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command table, the rules about sizes, and the node's file operations.
 */
#include <linux/compat.h>
#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/nospec.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/stddef.h>
#include <linux/uaccess.h>
#include "event.h"
#include "export.h"
#include "message.h"
#include "netevent.h"
#include "poll.h"
#include "sock.h"
#include "trace.h"
#include "user.h"
#include "waitfor.h"

/* Where a command may be used. */
enum ws_where {
	WS_ANY_FILE,	/* every file of the node */
	WS_STARTED,	/* a started context, or a descriptor file */
	WS_CONTEXT,	/* a started context only: it makes a handle */
	WS_NO_OBJECT,	/* not on a descriptor file; sees to start-ups itself */
};

/**
 * struct ws_cmd - one command
 * @run:   does the work on the kernel's copy of the struct
 * @min:   size of the struct in its first version
 * @max:   size of the struct today
 * @out:   offset of the first output; @max if there is none
 * @pad:   offset of the __pad field, 0 if there is none
 * @flags: flags that the command knows
 * @where: where it may be used
 */
struct ws_cmd {
	int (*run)(struct ws_call *call);
	u16 min;
	u16 max;
	u16 out;
	u16 pad;
	u32 flags;
	enum ws_where where;
};

#define WS_OUT(_type, _field)	offsetof(struct _type, _field)
#define WS_NO_OUT(_type)	sizeof(struct _type)

#define WS_CMD(_nr, _type, _last, _where, _flags, _out, _pad, _run)	\
	[WINSOCK_NR_##_nr] = {						\
		.run = _run,						\
		.min = offsetofend(struct _type, _last),		\
		.max = sizeof(struct _type) + BUILD_BUG_ON_ZERO(	\
			sizeof(struct _type) > WS_CALL_ARGS_MAX ||	\
			sizeof(struct _type) % sizeof(u64)),		\
		.out = _out,						\
		.pad = _pad,						\
		.flags = _flags,					\
		.where = _where,					\
	}

#define WS_LEAVE_FLAGS	(WINSOCK_LEAVE_NOW | WINSOCK_LEAVE_SOON)
#define WS_IO_FLAGS	(WINSOCK_IO_ARRAY | WINSOCK_IO_ARRAY32 | WS_LEAVE_FLAGS)

/* What WINSOCK_LEAVE_SOON allows: nobody notices, and nothing spins. */
#define WS_LEAVE_SOON	(20 * NSEC_PER_MSEC)

static const struct ws_cmd ws_cmds[WINSOCK_NR_COUNT] = {
	WS_CMD(QUERY, winsock_query, out_features, WS_ANY_FILE, 0,
	       WS_OUT(winsock_query, out_abi), 0, ws_ctx_query),
	WS_CMD(STARTUP, winsock_startup, __pad, WS_NO_OBJECT, 0,
	       WS_OUT(winsock_startup, out_version),
	       offsetof(struct winsock_startup, __pad), ws_ctx_startup),
	WS_CMD(CLEANUP, winsock_cleanup, flags, WS_NO_OBJECT, 0,
	       WS_NO_OUT(winsock_cleanup), 0, ws_ctx_cleanup),
	WS_CMD(HANDLE_CLOSE, winsock_handle_close, handle, WS_ANY_FILE,
	       WINSOCK_CLOSE_OBJECT | WINSOCK_CLOSE_SOCKET |
	       WINSOCK_CLOSE_EVENT, WS_NO_OUT(winsock_handle_close), 0,
	       ws_call_close_handle),
	WS_CMD(HANDLE_EXPORT, winsock_handle_export, __pad, WS_STARTED, 0,
	       WS_OUT(winsock_handle_export, out_fd),
	       offsetof(struct winsock_handle_export, __pad), ws_export),
	WS_CMD(HANDLE_IMPORT, winsock_handle_import, out_handle, WS_CONTEXT, 0,
	       WS_OUT(winsock_handle_import, out_handle),
	       offsetof(struct winsock_handle_import, __pad), ws_import),
	WS_CMD(HANDLE_ATTACH, winsock_handle_attach, __pad, WS_STARTED, 0,
	       WS_NO_OUT(winsock_handle_attach),
	       offsetof(struct winsock_handle_attach, __pad), ws_attach),
	WS_CMD(HANDLE_OFFER, winsock_handle_offer, out_token, WS_CONTEXT,
	       WINSOCK_OFFER_CHECK, WS_OUT(winsock_handle_offer, out_token),
	       offsetof(struct winsock_handle_offer, __pad), ws_offer),
	WS_CMD(HANDLE_REDEEM, winsock_handle_redeem, out_handle, WS_CONTEXT, 0,
	       WS_OUT(winsock_handle_redeem, out_handle), 0, ws_redeem),
	WS_CMD(SOCK_CREATE, winsock_sock_create, out_handle, WS_CONTEXT, 0,
	       WS_OUT(winsock_sock_create, out_handle), 0, ws_sock_create),
	WS_CMD(SOCK_BIND, winsock_sock_bind, __pad, WS_STARTED, 0,
	       WS_NO_OUT(winsock_sock_bind),
	       offsetof(struct winsock_sock_bind, __pad), ws_sock_bind),
	WS_CMD(SOCK_LISTEN, winsock_sock_listen, __pad, WS_STARTED, 0,
	       WS_NO_OUT(winsock_sock_listen),
	       offsetof(struct winsock_sock_listen, __pad), ws_sock_listen),
	WS_CMD(SOCK_ACCEPT, winsock_sock_accept, out_handle, WS_CONTEXT,
	       WS_LEAVE_FLAGS, WS_OUT(winsock_sock_accept, out_handle), 0,
	       ws_sock_accept),
	WS_CMD(SOCK_CONNECT, winsock_sock_connect, started, WS_STARTED,
	       WINSOCK_CONNECT_START | WS_LEAVE_FLAGS,
	       WS_OUT(winsock_sock_connect, started), 0, ws_sock_connect),
	WS_CMD(SOCK_SEND, winsock_sock_send, deadline, WS_STARTED,
	       WS_IO_FLAGS, WS_OUT(winsock_sock_send, transferred), 0,
	       ws_sock_send),
	WS_CMD(SOCK_RECV, winsock_sock_recv, __pad, WS_STARTED, WS_IO_FLAGS,
	       WS_OUT(winsock_sock_recv, transferred),
	       offsetof(struct winsock_sock_recv, __pad), ws_sock_recv),
	WS_CMD(SOCK_SENDMSG, winsock_sock_sendmsg, deadline, WS_STARTED,
	       WS_IO_FLAGS | WINSOCK_IO_MESSAGE,
	       WS_OUT(winsock_sock_sendmsg, transferred), 0, ws_sock_sendmsg),
	WS_CMD(SOCK_RECVMSG, winsock_sock_recvmsg, control_len, WS_STARTED,
	       WS_IO_FLAGS | WINSOCK_IO_MESSAGE,
	       WS_OUT(winsock_sock_recvmsg, transferred), 0, ws_sock_recvmsg),
	WS_CMD(SOCK_SHUTDOWN, winsock_sock_shutdown, __pad, WS_STARTED, 0,
	       WS_NO_OUT(winsock_sock_shutdown),
	       offsetof(struct winsock_sock_shutdown, __pad),
	       ws_sock_shutdown),
	WS_CMD(SOCK_GETNAME, winsock_sock_name, addr_len, WS_STARTED, 0,
	       WS_NO_OUT(winsock_sock_name), 0, ws_sock_getname),
	WS_CMD(SOCK_GETPEER, winsock_sock_name, addr_len, WS_STARTED, 0,
	       WS_NO_OUT(winsock_sock_name), 0, ws_sock_getpeer),
	WS_CMD(SOCK_GETOPT, winsock_sock_getopt, value_len, WS_STARTED, 0,
	       WS_NO_OUT(winsock_sock_getopt), 0, ws_sock_getopt),
	WS_CMD(SOCK_SETOPT, winsock_sock_setopt, __pad, WS_STARTED, 0,
	       WS_NO_OUT(winsock_sock_setopt),
	       offsetof(struct winsock_sock_setopt, __pad), ws_sock_setopt),
	WS_CMD(SOCK_CONTROL, winsock_sock_control, place, WS_STARTED,
	       WINSOCK_CONTROL_32, WS_OUT(winsock_sock_control, out_returned), 0,
	       ws_sock_control),
	WS_CMD(SOCK_SELECT, winsock_sock_select, __pad, WS_STARTED,
	       WINSOCK_SELECT_32 | WS_LEAVE_FLAGS,
	       WS_OUT(winsock_sock_select, deadline),
	       offsetof(struct winsock_sock_select, __pad), ws_sock_select),
	WS_CMD(SOCK_POLL, winsock_sock_poll, __pad2, WS_STARTED,
	       WINSOCK_SELECT_32 | WS_LEAVE_FLAGS,
	       WS_OUT(winsock_sock_poll, deadline),
	       offsetof(struct winsock_sock_poll, __pad), ws_sock_pollfds),
	WS_CMD(EVENT_CREATE, winsock_event_create, out_handle, WS_NO_OBJECT,
	       WINSOCK_EVENT_MANUAL | WINSOCK_EVENT_SIGNALLED,
	       WS_OUT(winsock_event_create, out_handle), 0, ws_event_create),
	WS_CMD(EVENT_SET, winsock_event_set, __pad, WS_ANY_FILE, 0,
	       WS_OUT(winsock_event_set, out_before),
	       offsetof(struct winsock_event_set, __pad), ws_event_set_call),
	WS_CMD(EVENT_RESET, winsock_event_set, __pad, WS_ANY_FILE, 0,
	       WS_OUT(winsock_event_set, out_before),
	       offsetof(struct winsock_event_set, __pad), ws_event_reset_call),
	WS_CMD(WAIT, winsock_wait, __pad2, WS_NO_OBJECT,
	       WINSOCK_WAIT_ALL | WINSOCK_WAIT_ALERTABLE | WINSOCK_WAIT_32,
	       WS_OUT(winsock_wait, deadline),
	       offsetof(struct winsock_wait, __pad), ws_waitfor),
	WS_CMD(THREAD_OPEN, winsock_thread_open, out_handle, WS_NO_OBJECT, 0,
	       WS_OUT(winsock_thread_open, out_handle),
	       offsetof(struct winsock_thread_open, __pad), ws_thread_open),
	WS_CMD(APC_QUEUE, winsock_apc_queue, arg, WS_NO_OBJECT,
	       WINSOCK_APC_SELF, WS_NO_OUT(winsock_apc_queue), 0, ws_apc_queue),
	WS_CMD(APC_TAKE, winsock_apc_take, out_arg, WS_NO_OBJECT, 0,
	       WS_OUT(winsock_apc_take, out_function), 0, ws_apc_take),
	WS_CMD(EVENT_SELECT, winsock_event_select, __pad, WS_CONTEXT, 0,
	       WS_NO_OUT(winsock_event_select),
	       offsetof(struct winsock_event_select, __pad), ws_event_select),
	WS_CMD(EVENT_ENUM, winsock_event_enum, result, WS_CONTEXT, 0,
	       WS_NO_OUT(winsock_event_enum), 0, ws_event_enum),
	WS_CMD(ASYNC_SELECT, winsock_async_select, events, WS_CONTEXT, 0,
	       WS_NO_OUT(winsock_async_select), 0, ws_async_select),
	WS_CMD(MESSAGE_GET, winsock_message_get, __pad, WS_NO_OBJECT, 0,
	       WS_OUT(winsock_message_get, deadline),
	       offsetof(struct winsock_message_get, __pad), ws_message_get),
	WS_CMD(MESSAGE_POST, winsock_message_post, __pad, WS_NO_OBJECT, 0,
	       WS_NO_OUT(winsock_message_post),
	       offsetof(struct winsock_message_post, __pad), ws_message_add),
	WS_CMD(SOCK_CONSIDER, winsock_sock_consider, out_token, WS_CONTEXT, 0,
	       WS_OUT(winsock_sock_consider, out_token),
	       offsetof(struct winsock_sock_consider, __pad), ws_sock_consider),
	WS_CMD(SOCK_DECIDE, winsock_sock_decide, out_handle, WS_CONTEXT, 0,
	       WS_OUT(winsock_sock_decide, out_handle), 0, ws_sock_decide),
};

static int ws_ioctl_allowed(const struct ws_cmd *cmd, struct ws_ctx *ctx)
{
	switch (cmd->where) {
	case WS_ANY_FILE:
		return 0;
	case WS_NO_OBJECT:
		return ws_ctx_object(ctx) ? -EINVAL : 0;
	case WS_CONTEXT:
		if (ws_ctx_object(ctx))
			return -EINVAL;
		fallthrough;
	case WS_STARTED:
		break;
	}
	return ws_ctx_ready(ctx) ? 0 : WSANOTINITIALISED;
}

/* A struct of another version: shorter, or longer and zero in its tail. */
static int ws_ioctl_copy_other(const struct ws_cmd *cmd, struct ws_call *call,
			       u32 *size)
{
	if (get_user(*size, (u32 __user *)call->arg))
		return -EFAULT;
	if (*size < cmd->min)
		return -EINVAL;
	if (*size > PAGE_SIZE)
		return -E2BIG;
	return copy_struct_from_user(call->raw, cmd->max, call->arg, *size);
}

/* A struct of today's version; 0 if it is none, or cannot be read. */
static u32 ws_ioctl_copy_own(const struct ws_cmd *cmd, struct ws_call *call)
{
	if (ws_user_read(call->raw, call->arg, cmd->max))
		return 0;
	return call->head.size == cmd->max ? cmd->max : 0;
}

/* The caller has something else to do; handlers need not know that. */
static void ws_ioctl_hurry(struct ws_call *call)
{
	call->leave = ktime_get();
	if (!(call->head.flags & WINSOCK_LEAVE_NOW))
		call->leave = ktime_add_ns(call->leave, WS_LEAVE_SOON);
	call->head.flags &= ~WS_LEAVE_FLAGS;
}

/* The kernel's copy of the caller's struct, checked as the ABI header says. */
static int ws_ioctl_copy(const struct ws_cmd *cmd, struct ws_call *call)
{
	u32 size = ws_ioctl_copy_own(cmd, call);
	int err;

	if (unlikely(!size)) {
		err = ws_ioctl_copy_other(cmd, call, &size);
		if (err)
			return err;
	}
	if (call->head.flags & ~cmd->flags)
		return -EINVAL;
	if (cmd->pad && *(u32 *)(call->raw + cmd->pad))
		return -EINVAL;
	/* May have changed since it was looked at; nobody looks again. */
	call->head.size = size;
	call->leave = 0;
	if (unlikely(call->head.flags & WS_LEAVE_FLAGS))
		ws_ioctl_hurry(call);
	call->size = min_t(u32, size, cmd->max);
	call->out = cmd->out;
	return 0;
}

/* What a call that left to start over answers: for an APC see apc.c. */
static int ws_ioctl_left(struct ws_call *call)
{
	if (signal_pending(current))
		return call->leave ? WSAEINPROGRESS : -ERESTARTNOINTR;
	if (call->leave && !ws_alerted(call->ctx))
		return WSAEINPROGRESS;
	return WINSOCK_WAIT_IO_COMPLETION;
}

static long ws_ioctl(struct file *file, unsigned int nr, unsigned long arg)
{
	const struct ws_cmd *cmd;
	/* The copy fills what is looked at, to the byte. */
	struct ws_call call __uninitialized;
	int err;

	nr -= WINSOCK_IOC(0);
	if (nr >= ARRAY_SIZE(ws_cmds))
		return -ENOTTY;
	cmd = &ws_cmds[array_index_nospec(nr, ARRAY_SIZE(ws_cmds))];

	call.ctx = file->private_data;
	call.file = file;
	call.arg = (void __user *)arg;
	call.replied = false;
	err = ws_ioctl_copy(cmd, &call);
	if (err)
		return err;
	err = ws_ioctl_allowed(cmd, call.ctx);
	if (!err)
		err = cmd->run(&call);
	/* Its place has been written, if there is one. */
	if (unlikely(err == -ERESTARTNOINTR))
		err = ws_ioctl_left(&call);
	if (!err && !call.replied)
		err = ws_call_reply(&call);
	trace_winsock_call(call.ctx, nr, err);
	return err;
}

static int ws_open(struct inode *inode, struct file *file)
{
	file->private_data = ws_ctx_create();
	return file->private_data ? nonseekable_open(inode, file) : -ENOMEM;
}

static int ws_release(struct inode *inode, struct file *file)
{
	ws_ctx_destroy(file->private_data);
	return 0;
}

/* A descriptor file is as ready as its object, a context has messages. */
static __poll_t ws_poll(struct file *file, struct poll_table_struct *pt)
{
	struct ws_obj *obj = ws_ctx_object(file->private_data);
	__poll_t events;

	if (!obj)
		return ws_ctx_poll(file->private_data, file, pt);
	if (!ws_obj_get_user(obj))
		return obj->ops->poll(obj, file, pt, true);
	events = obj->ops->poll(obj, file, pt, ws_obj_closed(obj));
	ws_obj_put_user(obj);
	return events;
}

const struct file_operations ws_fops = {
	.owner = THIS_MODULE,
	.open = ws_open,
	.release = ws_release,
	.poll = ws_poll,
	.unlocked_ioctl = ws_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};
