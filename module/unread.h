/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_UNREAD_H
#define WS_UNREAD_H

struct ws_sock;

int ws_unread_init(void);
void ws_unread_exit(void);

int ws_unread_refuse(struct ws_sock *ws);
void ws_unread_check(struct ws_sock *ws);
void ws_unread_release(struct ws_sock *ws);

#endif /* WS_UNREAD_H */
