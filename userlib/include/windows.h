/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The part of <windows.h> that socket programs need, and nothing else of
 * Windows: base types and their macros, and the calls below.  The socket API
 * itself comes with <winsock2.h>, before or after this header.
 */
#ifndef _WINDOWS_
#define _WINDOWS_

#include <stdarg.h>

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
#define RtlZeroMemory(to, size)		ZeroMemory(to, size)
#define RtlFillMemory(to, size, byte)	FillMemory(to, size, byte)
#define RtlCopyMemory(to, from, size)	CopyMemory(to, from, size)
#define RtlMoveMemory(to, from, size)	MoveMemory(to, from, size)
#define RtlSecureZeroMemory(to, size)	SecureZeroMemory(to, size)
#define RtlEqualMemory(a, b, size)	(!memcmp((a), (b), (size)))
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
static __inline__ void *ws_wipe(void *to, SIZE_T size)
{
	memset(to, 0, size);
	__asm__ __volatile__("" : : "r"(to) : "memory");
	return to;
}

/* Read by nobody: no handle here is secured, or inherited. */
typedef struct _SECURITY_ATTRIBUTES {
	DWORD nLength;
	LPVOID lpSecurityDescriptor;
	BOOL bInheritHandle;
} SECURITY_ATTRIBUTES, *PSECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;

WS_SIZE(SECURITY_ATTRIBUTES, 24, 12);

#define SYNCHRONIZE		0x00100000
#define EVENT_MODIFY_STATE	0x0002
#define EVENT_ALL_ACCESS	0x1f0003
#define THREAD_SET_CONTEXT	0x0010
#define THREAD_ALL_ACCESS	0x1fffff

typedef void (CALLBACK *PAPCFUNC)(ULONG_PTR data);

/* Closes an event, a thread's handle, or a socket as closesocket does. */
BOOL WINAPI CloseHandle(HANDLE object) WS_SYMBOL("winsock_closehandle");

#define HANDLE_FLAG_INHERIT		0x1
#define HANDLE_FLAG_PROTECT_FROM_CLOSE	0x2

/* No handle has a flag: none is inherited, and each can be closed. */
BOOL WINAPI GetHandleInformation(HANDLE object, LPDWORD flags)
	WS_SYMBOL("winsock_gethandleinformation");
BOOL WINAPI SetHandleInformation(HANDLE object, DWORD mask, DWORD flags)
	WS_SYMBOL("winsock_sethandleinformation");

HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES security, BOOL manual,
			   BOOL signalled, LPCSTR name)
	WS_SYMBOL("winsock_createeventa");
HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES security, BOOL manual,
			   BOOL signalled, LPCWSTR name)
	WS_SYMBOL("winsock_createeventw");
#ifdef UNICODE
#define CreateEvent	CreateEventW
#else
#define CreateEvent	CreateEventA
#endif
BOOL WINAPI SetEvent(HANDLE event) WS_SYMBOL("winsock_setevent");
BOOL WINAPI ResetEvent(HANDLE event) WS_SYMBOL("winsock_resetevent");

DWORD WINAPI WaitForSingleObject(HANDLE handle, DWORD milliseconds)
	WS_SYMBOL("winsock_waitforsingleobject");
DWORD WINAPI WaitForSingleObjectEx(HANDLE handle, DWORD milliseconds,
				   BOOL alertable)
	WS_SYMBOL("winsock_waitforsingleobjectex");
DWORD WINAPI WaitForMultipleObjects(DWORD count, const HANDLE *handles,
				    BOOL all, DWORD milliseconds)
	WS_SYMBOL("winsock_waitformultipleobjects");
DWORD WINAPI WaitForMultipleObjectsEx(DWORD count, const HANDLE *handles,
				      BOOL all, DWORD milliseconds,
				      BOOL alertable)
	WS_SYMBOL("winsock_waitformultipleobjectsex");
DWORD WINAPI SleepEx(DWORD milliseconds, BOOL alertable)
	WS_SYMBOL("winsock_sleepex");

DWORD WINAPI QueueUserAPC(PAPCFUNC function, HANDLE thread, ULONG_PTR data)
	WS_SYMBOL("winsock_queueuserapc");
HANDLE WINAPI GetCurrentThread(void) WS_SYMBOL("winsock_getcurrentthread");
HANDLE WINAPI OpenThread(DWORD access, BOOL inherit, DWORD thread)
	WS_SYMBOL("winsock_openthread");

#define FORMAT_MESSAGE_MAX_WIDTH_MASK	0x000000ff
#define FORMAT_MESSAGE_ALLOCATE_BUFFER	0x00000100
#define FORMAT_MESSAGE_IGNORE_INSERTS	0x00000200
#define FORMAT_MESSAGE_FROM_STRING	0x00000400
#define FORMAT_MESSAGE_FROM_HMODULE	0x00000800
#define FORMAT_MESSAGE_FROM_SYSTEM	0x00001000
#define FORMAT_MESSAGE_ARGUMENT_ARRAY	0x00002000

#define MAKELANGID(language, sub)	((WORD)((sub) << 10 | (language)))
#define LANG_NEUTRAL		0x00
#define LANG_ENGLISH		0x09
#define SUBLANG_NEUTRAL		0x00
#define SUBLANG_DEFAULT		0x01
#define SUBLANG_SYS_DEFAULT	0x02
#define SUBLANG_ENGLISH_US	0x01

/* The text of a code in @buf, or in memory that LocalFree() takes. */
DWORD WINAPI FormatMessageA(DWORD flags, LPCVOID source, DWORD code,
			    DWORD language, LPSTR buf, DWORD size,
			    va_list *inserts)
	WS_SYMBOL("winsock_formatmessagea");
DWORD WINAPI FormatMessageW(DWORD flags, LPCVOID source, DWORD code,
			    DWORD language, LPWSTR buf, DWORD size,
			    va_list *inserts)
	WS_SYMBOL("winsock_formatmessagew");
#ifdef UNICODE
#define FormatMessage	FormatMessageW
#else
#define FormatMessage	FormatMessageA
#endif
HLOCAL WINAPI LocalFree(HLOCAL memory) WS_SYMBOL("winsock_localfree");

void WINAPI Sleep(DWORD milliseconds) WS_SYMBOL("winsock_sleep");
DWORD WINAPI GetTickCount(void) WS_SYMBOL("winsock_gettickcount");
ULONGLONG WINAPI GetTickCount64(void) WS_SYMBOL("winsock_gettickcount64");
DWORD WINAPI GetCurrentProcessId(void) WS_SYMBOL("winsock_getcurrentprocessid");
DWORD WINAPI GetCurrentThreadId(void) WS_SYMBOL("winsock_getcurrentthreadid");

WS_END_DECLS

#endif /* _WINDOWS_ */
