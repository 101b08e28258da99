/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_WAITFOR_H
#define WS_WAITFOR_H

#include "winsock.h"

int ws_waitfor(struct ws_call *call);

#endif /* WS_WAITFOR_H */
