/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_GROUP_H
#define WS_GROUP_H

#include <linux/socket.h>
#include "winsock.h"

struct ws_group;
struct ws_kind;

int ws_group_get(u32 asked, const struct ws_kind *kind,
		 struct ws_group **group);
void ws_group_put(struct ws_group *group);
u32 ws_group_id(const struct ws_group *group);
bool ws_group_admits(struct ws_group *group, const struct sockaddr_storage *ss);

#endif /* WS_GROUP_H */
