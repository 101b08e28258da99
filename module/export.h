/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_EXPORT_H
#define WS_EXPORT_H

#include "ctx.h"

int ws_export(struct ws_call *call);
int ws_import(struct ws_call *call);
int ws_attach(struct ws_call *call);
int ws_offer(struct ws_call *call);
int ws_redeem(struct ws_call *call);

#endif /* WS_EXPORT_H */
