/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_OFFER_H
#define WS_OFFER_H

#include <linux/list.h>
#include <linux/pid.h>
#include "object.h"

/**
 * struct ws_offers - what one context has offered to processes
 * @list:  its offers, oldest first                  [lock of all, in offer.c]
 * @count: how many                                  [likewise]
 * @open:  whether there may be more                 [likewise]
 */
struct ws_offers {
	struct list_head list;
	u32 count;
	bool open;
};

void ws_offers_init(struct ws_offers *offers);
void ws_offers_open(struct ws_offers *offers);
void ws_offers_close(struct ws_offers *offers);

struct pid *ws_offer_target(u32 process);
int ws_offer_make(struct ws_offers *offers, struct ws_obj *obj,
		  struct pid *target, u64 *token);
struct ws_obj *ws_offer_take(u64 token, const struct pid *target);

#endif /* WS_OFFER_H */
