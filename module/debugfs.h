/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_DEBUGFS_H
#define WS_DEBUGFS_H

void ws_debugfs_init(void);
void ws_debugfs_exit(void);

#endif /* WS_DEBUGFS_H */
