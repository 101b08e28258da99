/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_TRANSFER_H
#define WS_TRANSFER_H

#include "sock.h"

int ws_transfer_failed(struct ws_sock *ws, enum ws_op op, int err);
int ws_transfer_wait(struct ws_sock *ws, enum ws_op op);

#endif /* WS_TRANSFER_H */
