/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Types and calling conventions below <winsock2.h> and <windows.h>.
 *
 * Sizes are Windows', on a platform whose long has 64 bits: DWORD, LONG, ULONG
 * and u_long have 32 bits everywhere, handles and *_PTR types are as wide as a
 * pointer.  What a program writes with the word "long" stays this platform's.
 * wchar_t is the platform's too (four bytes), since wprintf, wcslen and L""
 * are; so is struct timeval.
 *
 * Names.  A program may include the C library's headers and these in any
 * order, and link files that use the C library's own sockets.  Hence
 *
 *   functions  are bound to ELF symbols of their own, the Windows name in
 *              lower case behind "winsock_", by WS_SYMBOL().  No macro carries
 *              the name of a function but those of select and ioctlsocket,
 *              which take arguments, and the library never defines "send".
 *   types      that <stdlib.h> and <unistd.h> bring with other contents
 *              (u_long, fd_set, socklen_t) are taken over by a macro, after
 *              the header that defines them has been included here.
 *   select     is declared by <stdlib.h> for other sets.  In C++ Windows' is
 *              an overload of it.  In C it is a macro with parameters, so that
 *              variables, tags and members of that name stay what they are;
 *              but a member that takes five arguments is called as
 *              (p->select)(...), and there is no &select.  A call that still
 *              means the C library's, which in C++ is one with three null
 *              pointers, is an error at compile time.
 *   sockets    of <sys/socket.h> (also below <netinet/in.h>, <arpa/inet.h>,
 *              <netdb.h>) have other types and numbers under the same names,
 *              and so has <poll.h>; one source file cannot have both, and is
 *              told so.
 *
 * Keywords of Windows compilers and annotations of old headers are empty
 * macros: there is one calling convention.
 */
#ifndef _WINSOCK_BASE_H
#define _WINSOCK_BASE_H

#pragma push_macro("FD_SETSIZE")
#undef FD_SETSIZE
#include <sys/types.h>
#include <sys/select.h>
#pragma pop_macro("FD_SETSIZE")
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>
#include <sal.h>
#include <winerror.h>

/*
 * Windows sources carry pragmas that this compiler does not know: warning,
 * comment.  (g++ before 13 heeds only the command line, where libwinsock.pc
 * says the same.)
 */
#pragma GCC diagnostic ignored "-Wunknown-pragmas"

#ifdef __cplusplus
#define WS_BEGIN_DECLS	extern "C" {
#define WS_END_DECLS	}
#define WS_STATIC_ASSERT(cond)	static_assert(cond, #cond)
#else
#define WS_BEGIN_DECLS
#define WS_END_DECLS
#define WS_STATIC_ASSERT(cond)	__extension__ _Static_assert(cond, #cond)
#endif

/* Binds a declaration to the library's symbol. */
#define WS_SYMBOL(name)	__asm__(name)

/* For what the C library declares as well, in the way that C++ compares. */
#ifdef __cplusplus
#define WS_NOTHROW	__THROW
#else
#define WS_NOTHROW
#endif

/* Forbids a call that would compile and do the wrong thing. */
#ifdef __clang__
#define WS_NO_CALL(why)	__attribute__((unavailable(why)))
#else
#define WS_NO_CALL(why)	__attribute__((error(why)))
#endif

/* Windows' size of a structure on 64 and on 32 bits. */
#define WS_SIZE(type, size64, size32)					\
	WS_STATIC_ASSERT(sizeof(type) == (sizeof(void *) == 8 ? (size64) : (size32)))

#define WSAAPI
#define WINAPI
#ifndef APIENTRY
#define APIENTRY
#endif
#define CALLBACK
#define PASCAL
#define FAR
#define NEAR
#ifndef CONST
#define CONST	const
#endif
#ifndef __cdecl
#define __cdecl
#endif
#ifndef _cdecl
#define _cdecl
#endif
#ifndef __stdcall
#define __stdcall
#endif
#ifndef _stdcall
#define _stdcall
#endif
#ifndef __fastcall
#define __fastcall
#endif
#ifndef _fastcall
#define _fastcall
#endif
#ifndef UNALIGNED
#define UNALIGNED
#endif
#ifndef __forceinline
#define __forceinline	__inline__ __attribute__((__always_inline__))
#endif
#ifndef __int8
#define __int8	char
#endif
#ifndef __int16
#define __int16	short
#endif
#ifndef __int32
#define __int32	int
#endif
#ifndef __int64
#define __int64	long long
#endif

#ifndef VOID
#define VOID	void
#endif
#ifndef FALSE
#define FALSE	0
#endif
#ifndef TRUE
#define TRUE	1
#endif

typedef int BOOL, *PBOOL, *LPBOOL;
typedef unsigned char BYTE, *PBYTE, *LPBYTE;
typedef unsigned char UCHAR, *PUCHAR;
typedef unsigned char BOOLEAN, *PBOOLEAN;
typedef char CHAR, *PCHAR, *PCH, *LPCH, *PSTR, *LPSTR;
typedef const char *PCCH, *LPCCH, *PCSTR, *LPCSTR;
typedef wchar_t WCHAR, *PWCHAR, *PWCH, *LPWCH, *PWSTR, *LPWSTR;
typedef const wchar_t *PCWCH, *LPCWCH, *PCWSTR, *LPCWSTR;
typedef WCHAR OLECHAR, *LPOLESTR;
typedef const OLECHAR *LPCOLESTR;
typedef float FLOAT, *PFLOAT;
typedef double DOUBLE;
typedef short SHORT, *PSHORT;
typedef unsigned short USHORT, *PUSHORT;
typedef unsigned short WORD, *PWORD, *LPWORD;
typedef int INT, *PINT, *LPINT;
typedef unsigned int UINT, *PUINT;
typedef int LONG, *PLONG, *LPLONG;
typedef unsigned int ULONG, *PULONG;
typedef unsigned int DWORD, *PDWORD, *LPDWORD;
__extension__ typedef long long LONGLONG, LONG64, INT64;
__extension__ typedef unsigned long long ULONGLONG, ULONG64, UINT64, DWORD64;
typedef ULONGLONG DWORDLONG, *PDWORDLONG;
typedef LONGLONG *PLONGLONG, *PLONG64, *PINT64;
typedef ULONGLONG *PULONGLONG, *PULONG64, *PUINT64, *PDWORD64;
typedef signed char INT8, *PINT8;
typedef unsigned char UINT8, *PUINT8;
typedef short INT16, *PINT16;
typedef unsigned short UINT16, *PUINT16;
typedef int INT32, LONG32, *PINT32, *PLONG32;
typedef unsigned int UINT32, ULONG32, DWORD32, *PUINT32, *PULONG32, *PDWORD32;
typedef intptr_t INT_PTR, LONG_PTR, SSIZE_T, *PINT_PTR, *PLONG_PTR, *PSSIZE_T;
typedef uintptr_t UINT_PTR, ULONG_PTR, DWORD_PTR, SIZE_T, *PUINT_PTR, *PSIZE_T;
typedef ULONG_PTR *PULONG_PTR, *PDWORD_PTR;
typedef void *PVOID, *LPVOID;
typedef const void *LPCVOID;
typedef void *HLOCAL;
typedef void *HANDLE, **PHANDLE, **LPHANDLE;
typedef struct HINSTANCE__ *HINSTANCE, *HMODULE;
typedef LONG HRESULT;
typedef LONG_PTR LRESULT;

#ifdef UNICODE
typedef WCHAR TCHAR;
typedef LPWSTR PTSTR, LPTSTR;
typedef LPCWSTR PCTSTR, LPCTSTR;
#define __TEXT(quote)	L##quote
#else
typedef CHAR TCHAR;
typedef LPSTR PTSTR, LPTSTR;
typedef LPCSTR PCTSTR, LPCTSTR;
#define __TEXT(quote)	quote
#endif
#define TEXT(quote)	__TEXT(quote)

typedef struct _GUID {
	ULONG Data1;
	USHORT Data2;
	USHORT Data3;
	UCHAR Data4[8];
} GUID, *LPGUID;
typedef const GUID *LPCGUID;

/* Parameters are references in C++, and pointers in C. */
#ifdef __cplusplus
#define REFGUID	const GUID &

extern "C++" {
inline int IsEqualGUID(REFGUID a, REFGUID b)
{
	return !memcmp(&a, &b, sizeof(GUID));
}

inline bool operator==(REFGUID a, REFGUID b)
{
	return IsEqualGUID(a, b);
}

inline bool operator!=(REFGUID a, REFGUID b)
{
	return !IsEqualGUID(a, b);
}
}
#else
#define REFGUID	const GUID *
#define IsEqualGUID(a, b)	(!memcmp((a), (b), sizeof(GUID)))
#endif

typedef union _LARGE_INTEGER {
	__extension__ struct {
		DWORD LowPart;
		LONG HighPart;
	};
	struct {
		DWORD LowPart;
		LONG HighPart;
	} u;
	LONGLONG QuadPart __attribute__((aligned(8)));
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef struct _OVERLAPPED {
	ULONG_PTR Internal;
	ULONG_PTR InternalHigh;
	__extension__ union {
		__extension__ struct {
			DWORD Offset;
			DWORD OffsetHigh;
		};
		PVOID Pointer;
	};
	HANDLE hEvent;
} OVERLAPPED, *LPOVERLAPPED;

WS_STATIC_ASSERT(sizeof(DWORD) == 4 && sizeof(LONG) == 4);
WS_STATIC_ASSERT(sizeof(ULONG_PTR) == sizeof(void *));
WS_STATIC_ASSERT(sizeof(GUID) == 16);
WS_SIZE(OVERLAPPED, 32, 20);

#define MAKEWORD(low, high)	\
	((WORD)(((BYTE)(low)) | ((WORD)((BYTE)(high))) << 8))
#define MAKELONG(low, high)	\
	((LONG)(((WORD)(low)) | ((DWORD)((WORD)(high))) << 16))
#define LOWORD(l)	((WORD)((DWORD_PTR)(l) & 0xffff))
#define HIWORD(l)	((WORD)((DWORD_PTR)(l) >> 16 & 0xffff))
#define LOBYTE(w)	((BYTE)((DWORD_PTR)(w) & 0xff))
#define HIBYTE(w)	((BYTE)((DWORD_PTR)(w) >> 8 & 0xff))

#define INVALID_HANDLE_VALUE	((HANDLE)(LONG_PTR)-1)
#define INFINITE		0xffffffff

/* Waits. */
#define MAXIMUM_WAIT_OBJECTS	64
#define WAIT_OBJECT_0		0
#define WAIT_ABANDONED		0x80
#define WAIT_ABANDONED_0	0x80
#define WAIT_IO_COMPLETION	0xc0
#define WAIT_FAILED		((DWORD)0xffffffff)

WS_BEGIN_DECLS

DWORD WINAPI GetLastError(void) WS_SYMBOL("winsock_getlasterror");
void WINAPI SetLastError(DWORD code) WS_SYMBOL("winsock_setlasterror");

WS_END_DECLS

#endif /* _WINSOCK_BASE_H */
