/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_DEBUGFS_H
#define WS_DEBUGFS_H

struct dentry;

void ws_debugfs_init(void);
void ws_debugfs_exit(void);

#ifdef WINSOCK_COVER
void __sanitizer_cov_trace_pc(void);	/* not every kernel's header has it */
void ws_cover_init(struct dentry *dir);
#else
static inline void ws_cover_init(struct dentry *dir)
{
}
#endif

#endif /* WS_DEBUGFS_H */
