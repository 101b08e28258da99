/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel differences, each with the version that ends it.  All other files are
 * written against the newest API.
 */
#ifndef WS_COMPAT_H
#define WS_COMPAT_H

#include <linux/net.h>
#include <linux/uio.h>
#include <linux/version.h>

/* Before 6.2 the iterator directions had the names of READ and WRITE. */
#ifndef ITER_SOURCE
#define ITER_SOURCE	WRITE
#define ITER_DEST	READ
#endif

/* Before 6.19 addresses of any length went by the name of struct sockaddr. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 19, 0)
#define sockaddr_unsized sockaddr
#endif

#endif /* WS_COMPAT_H */
