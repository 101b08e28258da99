/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The C library's, and errno, which Windows' declares too.
 */
#include_next <stdlib.h>
#include <errno.h>
