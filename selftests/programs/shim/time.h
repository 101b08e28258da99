/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The C library's, and what Windows' has besides.
 */
#include_next <time.h>
#ifndef _SHIM_TIME_H
#define _SHIM_TIME_H

int gmtime_s(struct tm *tm, const time_t *t);

#endif /* _SHIM_TIME_H */
