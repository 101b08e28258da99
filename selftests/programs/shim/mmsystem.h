/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_MMSYSTEM_H
#define _SHIM_MMSYSTEM_H

#include <windows.h>

#define timeGetTime()		GetTickCount()
#define timeBeginPeriod(ms)	0
#define timeEndPeriod(ms)	0

#endif /* _SHIM_MMSYSTEM_H */
