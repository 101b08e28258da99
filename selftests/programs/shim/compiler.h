/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a compiler for Windows has built in, for -include.
 */
#ifndef _SHIM_COMPILER_H
#define _SHIM_COMPILER_H

#define _WIN32	1
#define __declspec(what)
#undef unix
#undef __unix
#undef __unix__
#undef linux
#undef __linux
#undef __linux__
#undef __gnu_linux__

#endif /* _SHIM_COMPILER_H */
