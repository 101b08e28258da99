// SPDX-License-Identifier: GPL-2.0-only
/*
 * Types and words of Windows sources, as C and as C++; it runs, without the
 * library.
 */
#include <windows.h>
#include <winsock2.h>
#include <ws2tcpip.h>

#define SIZE(size, type)	WS_STATIC_ASSERT(sizeof(type) == (size))

SIZE(1, __int8);
SIZE(2, __int16);
SIZE(4, __int32);
SIZE(8, DWORDLONG);
SIZE(4, FLOAT);
SIZE(8, DOUBLE);
SIZE(4, HRESULT);
SIZE(sizeof(void *), HINSTANCE);
SIZE(sizeof(void *), HMODULE);
SIZE(sizeof(void *), LRESULT);
SIZE(sizeof(WCHAR), OLECHAR);
WS_STATIC_ASSERT((HRESULT)-1 < 0 && (DWORDLONG)-1 > 0);
WS_STATIC_ASSERT(NOERROR == 0 && IOCPARM_MASK == 0x7f);

/* Values that getaddrinfo() refuses, as any that it does not know. */
WS_STATIC_ASSERT(AI_DNS_ONLY == 0x10 && AI_FORCE_CLEAR_TEXT == 0x20);
WS_STATIC_ASSERT(AI_BYPASS_DNS_CACHE == 0x40 && AI_RETURN_TTL == 0x80);
WS_STATIC_ASSERT(AI_REQUIRE_SECURE == 0x20000000);
WS_STATIC_ASSERT(AI_RESOLUTION_HANDLE == 0x40000000);
WS_STATIC_ASSERT(AI_EXTENDED == 0x80000000);

static __forceinline int __cdecl one(void)
{
	return 1;
}

static int __stdcall two(int (*call)(void))
{
	return call() + 1;
}

static int _stdcall _cdecl length(LPCCH text, LPCOLESTR wide)
{
	PCH copy = (PCH)text;

	return (int)strlen(copy) + (int)wcslen(wide);
}

static int __fastcall same(REFGUID a, REFGUID b)
{
	return IsEqualGUID(a, b);
}

int main(void)
{
	static const GUID a = { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 } };
	GUID b = a;
	int bad = 0;

	bad |= two(one) != 2;
	bad |= length("ab", L"c") != 3;
#ifdef __cplusplus
	bad |= !same(a, b) || !(a == b) || a != b;
	b.Data4[7]++;
	bad |= same(a, b) || a == b || !(a != b);
#else
	bad |= !same(&a, &b);
	b.Data4[7]++;
	bad |= same(&a, &b);
#endif
	return bad;
}
