// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descriptor files: a file for a handle, a handle for a file; and offers, which
 * need none.  All that crosses processes crosses here.
 */
#include <linux/anon_inodes.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/sched/signal.h>
#include "export.h"
#include "sock.h"

/* A new descriptor file for an object; the caller's descriptor is used up. */
static struct file *ws_export_file(struct ws_obj *obj)
{
	struct ws_ctx *ctx = ws_ctx_create();
	struct file *file;

	if (!ctx) {
		ws_obj_put_desc(obj);
		return ERR_PTR(-ENOMEM);
	}
	ws_ctx_attach(ctx, obj);	/* of a new one, cannot fail */
	file = anon_inode_getfile("[winsock]", &ws_fops, ctx, O_RDWR);
	if (IS_ERR(file))
		ws_ctx_destroy(ctx);	/* drops the descriptor */
	return file;
}

/*
 * No file stands for an AF_UNIX socket: it could be sent to that very socket,
 * and each would keep the other for good.  An offer carries those.  Nor for what
 * could not be polled.
 */
static struct ws_obj *ws_export_lookup(struct ws_call *call, u64 handle,
				       int *err)
{
	struct ws_obj *obj = ws_call_lookup(call, handle, NULL);

	*err = WSAENOTSOCK;
	if (obj && (!obj->ops->poll ||
		    (obj->ops == &ws_sock_ops &&
		     ws_sock_unix(ws_obj_sock(obj))))) {
		*err = WSAEOPNOTSUPP;
		ws_obj_put_user(obj);
		obj = NULL;
	}
	return obj;
}

/* WINSOCK_IOC_HANDLE_EXPORT */
int ws_export(struct ws_call *call)
{
	struct winsock_handle_export *a = &call->export;
	struct ws_obj *obj;
	struct file *file;
	int err, fd;

	obj = ws_export_lookup(call, a->handle, &err);
	if (!obj)
		return err;
	fd = get_unused_fd_flags(O_CLOEXEC);
	if (fd < 0) {
		err = ws_errno(WS_OP_ANY, fd);
		goto put_obj;
	}
	if (!ws_obj_get_desc(obj)) {
		err = ws_obj_closed(obj) ? WSAENOTSOCK : WSAENOBUFS;
		goto put_fd;
	}
	file = ws_export_file(obj);
	if (IS_ERR(file)) {
		err = ws_errno(WS_OP_ANY, PTR_ERR(file));
		goto put_fd;
	}
	a->out_fd = fd;
	err = ws_call_reply(call);
	if (err) {
		fput(file);
		goto put_fd;
	}
	fd_install(fd, file);
	ws_obj_put_user(obj);
	return 0;

put_fd:
	put_unused_fd(fd);
put_obj:
	ws_obj_put_user(obj);
	return err;
}

/*
 * The object behind any file that can be imported, with a descriptor for the
 * caller.  @file's reference is used up.  Sockets alone leave their context.
 */
static struct ws_obj *ws_import_file(struct file *file)
{
	struct ws_obj *obj;
	struct ws_sock *ws;

	if (file->f_op == &ws_fops) {
		obj = ws_ctx_object(file->private_data);
		/* The file keeps it, closed or not. */
		if (obj && obj->ops != &ws_sock_ops)
			obj = ERR_PTR(-EOPNOTSUPP);
		else if (!obj || ws_obj_closed(obj) || !ws_obj_get_desc(obj))
			obj = ERR_PTR(-ENOTSOCK);
		fput(file);
		return obj;
	}
	ws = ws_sock_import(file);
	if (IS_ERR(ws)) {
		fput(file);
		return ERR_CAST(ws);
	}
	return &ws->obj;
}

/* WINSOCK_IOC_HANDLE_IMPORT */
int ws_import(struct ws_call *call)
{
	struct winsock_handle_import *a = &call->import;
	struct ws_reserved res;
	struct ws_obj *obj;
	struct file *file;
	int err;

	file = fget(a->fd);
	if (!file)
		return WSAENOTSOCK;
	err = ws_call_reserve(call, &res);
	if (err) {
		fput(file);
		return err;
	}
	obj = ws_import_file(file);
	if (IS_ERR(obj)) {
		ws_handle_unreserve(&call->ctx->handles, &res);
		return ws_errno(WS_OP_ANY, PTR_ERR(obj));
	}
	a->out_handle = res.handle;
	err = ws_call_publish(call, &res, obj);
	if (err)
		ws_obj_put_desc(obj);
	return err;
}

/* WINSOCK_IOC_HANDLE_ATTACH */
int ws_attach(struct ws_call *call)
{
	struct winsock_handle_attach *a = &call->attach;
	struct ws_obj *obj;
	struct file *file;
	int err;

	obj = ws_export_lookup(call, a->handle, &err);
	if (!obj)
		return err;
	err = WSAENOTSOCK;
	file = fget(a->fd);
	if (!file)
		goto put_obj;
	if (file->f_op == &ws_fops && ws_obj_get_desc(obj)) {
		err = ws_ctx_attach(file->private_data, obj);
		if (err)
			ws_obj_put_desc(obj);
	}
	fput(file);
put_obj:
	ws_obj_put_user(obj);
	return err;
}

/* WINSOCK_IOC_HANDLE_OFFER */
int ws_offer(struct ws_call *call)
{
	struct winsock_handle_offer *a = &call->offer;
	struct pid *target;
	struct ws_sock *ws;
	int err = WSAEINVAL;

	ws = ws_sock_lookup(call, a->handle);
	if (!ws)
		return WSAENOTSOCK;
	target = ws_offer_target(a->process);
	if (!target)
		goto put_sock;
	err = 0;
	if (a->flags & WINSOCK_OFFER_CHECK)
		goto put_target;
	err = ws_obj_closed(&ws->obj) ? WSAENOTSOCK : WSAENOBUFS;
	if (!ws_obj_get_desc(&ws->obj))
		goto put_target;
	err = ws_offer_make(&call->ctx->offers, &ws->obj, target, &a->out_token);
	if (err) {
		ws_obj_put_desc(&ws->obj);
		goto put_target;
	}
	ws_sock_put(ws);
	return 0;

put_target:
	put_pid(target);
put_sock:
	ws_sock_put(ws);
	return err;
}

/* WINSOCK_IOC_HANDLE_REDEEM */
int ws_redeem(struct ws_call *call)
{
	struct winsock_handle_redeem *a = &call->redeem;
	struct ws_reserved res;
	struct ws_obj *obj;
	struct ws_sock *ws;
	int err;

	/* Writes what is there: no offer is used up for who cannot be told. */
	err = ws_call_reply(call) ?: ws_call_reserve(call, &res);
	if (err)
		return err;
	obj = ws_offer_take(a->token, task_tgid(current));
	if (!obj) {
		ws_handle_unreserve(&call->ctx->handles, &res);
		return WSAEINVAL;
	}
	ws = ws_obj_sock(obj);
	if (!test_bit(WS_SOCK_BOUND, &ws->flags)) {
		set_bit(WS_SOCK_DUPLICATED, &ws->flags);
		ws_handle_set_late(&call->ctx->handles, res.handle, true);
	}
	a->out_handle = res.handle;
	err = ws_call_publish(call, &res, obj);
	if (err)
		ws_obj_put_desc(obj);
	return err;
}
