// SPDX-License-Identifier: GPL-2.0-only
/*
 * Objects: what handles name, and how long it lives.
 *
 *   created     one descriptor (its creator's), one user (being open)
 *   published   the creator's descriptor now belongs to a handle slot
 *   exported    each descriptor file holds a descriptor of its own
 *   at work     each call holds a user from lookup to return
 *   closed      last descriptor gone, or WINSOCK_CLOSE_OBJECT: the flag is set,
 *               sleepers are woken, the open user goes; no lookup succeeds
 *   released    last user gone: the socket below is closed
 *   freed       descriptors, users and holders all gone, and a grace period
 */
#include "object.h"

/**
 * ws_obj_init() - start an object's life
 * @obj: memory of the type's struct
 * @ops: the type
 *
 * The caller owns the first descriptor, and hands it to a slot or drops it with
 * ws_obj_put_desc().
 *
 * Context: any.
 */
void ws_obj_init(struct ws_obj *obj, const struct ws_obj_ops *ops)
{
	obj->ops = ops;
	obj->flags = 0;
	kref_init(&obj->descs);
	kref_init(&obj->users);
	kref_init(&obj->ref);
	kref_get(&obj->ref);	/* one for @descs, one for @users */
}

static void ws_obj_free(struct kref *ref)
{
	struct ws_obj *obj = container_of(ref, struct ws_obj, ref);

	call_rcu(&obj->rcu, obj->ops->free);
}

/**
 * ws_obj_drop() - let go of what ws_obj_hold() kept
 * @obj: the object; not to be touched afterwards
 *
 * Context: any.
 */
void ws_obj_drop(struct ws_obj *obj)
{
	kref_put(&obj->ref, ws_obj_free);
}

/* For ws_obj_put_user() alone: the last user has gone.  May sleep. */
void ws_obj_release(struct kref *users)
{
	struct ws_obj *obj = container_of(users, struct ws_obj, users);

	if (obj->ops->release)
		obj->ops->release(obj);
	ws_obj_drop(obj);
}

static void ws_obj_last_desc(struct kref *descs)
{
	struct ws_obj *obj = container_of(descs, struct ws_obj, descs);

	ws_obj_close(obj);
	ws_obj_drop(obj);
}

/**
 * ws_obj_close() - close the object, whoever else holds it
 * @obj: the object; the caller holds a descriptor or a user
 *
 * Context: process, may sleep.
 */
void ws_obj_close(struct ws_obj *obj)
{
	if (test_and_set_bit(WS_OBJ_CLOSED, &obj->flags))
		return;
	obj->ops->close(obj);
	ws_obj_put_user(obj);	/* the one for being open */
}

/**
 * ws_obj_get_desc() - make a further descriptor of an object
 * @obj: the object; the caller holds a user or a descriptor
 *
 * Context: any.
 * Return: true with a descriptor taken, false if the last one has gone, or if
 * there are WS_DESCS_MAX.
 */
bool ws_obj_get_desc(struct ws_obj *obj)
{
	return kref_read(&obj->descs) < WS_DESCS_MAX &&
	       kref_get_unless_zero(&obj->descs);
}

/**
 * ws_obj_put_desc() - drop a descriptor; the last one closes the object
 * @obj: the object; not to be touched afterwards
 *
 * Context: process, may sleep.
 */
void ws_obj_put_desc(struct ws_obj *obj)
{
	kref_put(&obj->descs, ws_obj_last_desc);
}
