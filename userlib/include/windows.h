/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The part of <windows.h> that socket programs need, and nothing else of
 * Windows: base types and their macros, and the calls below.  The socket API
 * itself comes with <winsock2.h>, before or after this header.
 */
#ifndef _WINDOWS_
#define _WINDOWS_

#include <winsock/base.h>

#ifndef IN
#define IN
#endif
#ifndef OUT
#define OUT
#endif
#ifndef OPTIONAL
#define OPTIONAL
#endif

#define ZeroMemory(to, size)		memset((to), 0, (size))
#define FillMemory(to, size, byte)	memset((to), (byte), (size))
#define CopyMemory(to, from, size)	memcpy((to), (from), (size))
#define MoveMemory(to, from, size)	memmove((to), (from), (size))
#define SecureZeroMemory(to, size)	ws_wipe((to), (size))
#define UNREFERENCED_PARAMETER(p)	((void)(p))
#ifndef ARRAYSIZE
#define ARRAYSIZE(array)		(sizeof(array) / sizeof((array)[0]))
#endif

#ifndef MAX_PATH
#define MAX_PATH	260
#endif
#define FIELD_OFFSET(type, field)	((LONG)offsetof(type, field))
#define CONTAINING_RECORD(address, type, field)				\
	((type *)(void *)((char *)(address) - offsetof(type, field)))
#ifndef C_ASSERT
#define C_ASSERT(cond)	WS_STATIC_ASSERT(cond)
#endif

#ifndef __cplusplus
#ifndef NOMINMAX
#ifndef max
#define max(a, b)	(((a) > (b)) ? (a) : (b))
#endif
#ifndef min
#define min(a, b)	(((a) < (b)) ? (a) : (b))
#endif
#endif
#endif

WS_BEGIN_DECLS

/* Not left out, though nobody reads what it writes. */
static inline void *ws_wipe(void *to, SIZE_T size)
{
	memset(to, 0, size);
	__asm__ __volatile__("" : : "r"(to) : "memory");
	return to;
}

/* Closes a socket as closesocket does; nothing else here is a HANDLE. */
BOOL WINAPI CloseHandle(HANDLE object) WS_SYMBOL("winsock_closehandle");

void WINAPI Sleep(DWORD milliseconds) WS_SYMBOL("winsock_sleep");
DWORD WINAPI GetTickCount(void) WS_SYMBOL("winsock_gettickcount");
ULONGLONG WINAPI GetTickCount64(void) WS_SYMBOL("winsock_gettickcount64");
DWORD WINAPI GetCurrentProcessId(void) WS_SYMBOL("winsock_getcurrentprocessid");
DWORD WINAPI GetCurrentThreadId(void) WS_SYMBOL("winsock_getcurrentthreadid");

WS_END_DECLS

#endif /* _WINDOWS_ */
