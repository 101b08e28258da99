/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_PROCESS_H
#define _SHIM_PROCESS_H

#include <stdint.h>

uintptr_t _beginthread(void (*start)(void *), unsigned int stack, void *arg);

#endif /* _SHIM_PROCESS_H */
