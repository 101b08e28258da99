// SPDX-License-Identifier: GPL-2.0-only
/*
 * Socket groups: a number that sockets share.
 *
 * WSASocket and WSAAccept's condition function make them or join them.  All that
 * Windows makes of them is that a *constrained* group's sockets are streams of
 * one kind that have their connections with one host (WSASocket page); the first
 * destination of a member is that host, for as long as the group lives.  Each
 * member holds a reference.  Ids are unique in the machine; a group is found by
 * those of its maker's user and network namespace.
 */
#include <linux/cred.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/kref.h>
#include <linux/nsproxy.h>
#include <linux/slab.h>
#include <linux/xarray.h>
#include <net/ipv6.h>
#include <net/net_namespace.h>
#include "catalog.h"
#include "group.h"

/**
 * struct ws_group - sockets that belong together
 * @ref:         one for each member
 * @id:          what names it                                     [const]
 * @kind:        of a constrained group: that of its members; else NULL [const]
 * @owner:       user that made it                                 [const]
 * @net:         cookie of its maker's network namespace           [const]
 * @host:        of a constrained group: where it connects; without a family
 *               until one has                             [@ws_groups.xa_lock]
 */
struct ws_group {
	struct kref ref;
	u32 id;
	const struct ws_kind *kind;
	kuid_t owner;
	u64 net;
	struct sockaddr_storage host;
};

/* By id; 0 to 2 have a meaning of their own.  The lock is 5 in the order. */
static DEFINE_XARRAY_FLAGS(ws_groups, XA_FLAGS_ALLOC | XA_FLAGS_ACCOUNT);
static u32 ws_groups_next;

static int ws_group_create(const struct ws_kind *kind, struct ws_group **group)
{
	struct ws_group *g = kzalloc(sizeof(*g), WS_GFP);

	if (!g)
		return WSAENOBUFS;
	kref_init(&g->ref);
	g->kind = kind;
	g->owner = current_uid();
	g->net = current->nsproxy->net_ns->net_cookie;
	if (xa_alloc_cyclic(&ws_groups, &g->id, g,
			    XA_LIMIT(WINSOCK_SG_CONSTRAINED_GROUP + 1, INT_MAX),
			    &ws_groups_next, WS_GFP) < 0) {
		kfree(g);
		return WSAENOBUFS;
	}
	*group = g;
	return 0;
}

static bool ws_group_takes(const struct ws_group *g, const struct ws_kind *kind)
{
	return uid_eq(g->owner, current_uid()) &&
	       g->net == current->nsproxy->net_ns->net_cookie &&
	       (!g->kind || g->kind == kind);
}

/**
 * ws_group_get() - the group that a new socket asks for
 * @asked: 0, WINSOCK_SG_*, or a group's id
 * @kind:  the socket's kind
 * @group: gets the group, with a reference; NULL for none
 *
 * Context: process, may sleep.
 * Return: 0, WSAEINVAL (no such group, or not for this socket), WSAENOBUFS.
 */
int ws_group_get(u32 asked, const struct ws_kind *kind, struct ws_group **group)
{
	struct ws_group *g;

	*group = NULL;
	if (likely(!asked))
		return 0;
	if (asked == WINSOCK_SG_UNCONSTRAINED_GROUP)
		return ws_group_create(NULL, group);
	if (asked == WINSOCK_SG_CONSTRAINED_GROUP)
		return kind->type == WINSOCK_SOCK_STREAM ?
		       ws_group_create(kind, group) : WSAEINVAL;
	xa_lock(&ws_groups);
	g = xa_load(&ws_groups, asked);
	if (g && ws_group_takes(g, kind) && kref_get_unless_zero(&g->ref))
		*group = g;
	xa_unlock(&ws_groups);
	return *group ? 0 : WSAEINVAL;
}

static void ws_group_free(struct kref *ref)
{
	struct ws_group *g = container_of(ref, struct ws_group, ref);

	xa_erase(&ws_groups, g->id);
	kfree(g);
}

/**
 * ws_group_put() - a socket leaves its group; the last one ends it
 * @group: the group, or NULL
 *
 * Context: process.
 */
void ws_group_put(struct ws_group *group)
{
	if (unlikely(group))
		kref_put(&group->ref, ws_group_free);
}

/* What names it; 0 for none. */
u32 ws_group_id(const struct ws_group *group)
{
	return group ? group->id : 0;
}

static bool ws_group_same_host(const struct sockaddr_storage *a,
			       const struct sockaddr_storage *b)
{
	const struct sockaddr_in6 *a6 = (const void *)a, *b6 = (const void *)b;
	const struct sockaddr_in *a4 = (const void *)a, *b4 = (const void *)b;

	if (a->ss_family != b->ss_family)
		return false;
	if (a->ss_family == AF_INET)
		return a4->sin_addr.s_addr == b4->sin_addr.s_addr;
	/* All of AF_UNIX is this host. */
	return a->ss_family != AF_INET6 ||
	       (ipv6_addr_equal(&a6->sin6_addr, &b6->sin6_addr) &&
		a6->sin6_scope_id == b6->sin6_scope_id);
}

/**
 * ws_group_admits() - whether a member may be connected with a host
 * @group: the group, or NULL
 * @ss:    the other end's address
 *
 * Context: process.
 * Return: true if it may; then it is the host of a constrained group.
 */
bool ws_group_admits(struct ws_group *group, const struct sockaddr_storage *ss)
{
	bool admits = true;

	if (likely(!group) || !group->kind)
		return true;
	xa_lock(&ws_groups);
	if (group->host.ss_family == AF_UNSPEC)
		group->host = *ss;
	else
		admits = ws_group_same_host(&group->host, ss);
	xa_unlock(&ws_groups);
	return admits;
}
