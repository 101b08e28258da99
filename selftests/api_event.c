// SPDX-License-Identifier: GPL-2.0-only
/*
 * Event objects and waits, as Winsock names them and as Win32 does.  Threads
 * that are proven asleep are in wait.c.
 */
#include "api_test.h"

#include <windows.h>

#define BAD_HANDLE	((HANDLE)(ULONG_PTR)12)

/* A call that returns FALSE, and why. */
#define EXPECT_FALSE(code, call)					\
	do {								\
		WSASetLastError(POISON);				\
		EXPECT_EQ(FALSE, call);					\
		EXPECT_EQ(code, WSAGetLastError());			\
	} while (0)

/* TRUE, and the last error as Winsock leaves it and as Win32 does. */
#define EXPECT_TRUE_0(call)						\
	do {								\
		WSASetLastError(POISON);				\
		EXPECT_EQ(TRUE, call);					\
		EXPECT_EQ(0, WSAGetLastError());			\
	} while (0)

#define EXPECT_TRUE(call)						\
	do {								\
		SetLastError(POISON);					\
		EXPECT_EQ(TRUE, call);					\
		EXPECT_EQ(POISON, GetLastError());			\
	} while (0)

/* A wait that fails, and why. */
#define EXPECT_NO_WAIT(code, call)					\
	do {								\
		SetLastError(POISON);					\
		EXPECT_EQ(WAIT_FAILED, call);				\
		EXPECT_EQ(code, GetLastError());			\
	} while (0)

static DWORD wait_now(HANDLE event)
{
	return WaitForSingleObject(event, 0);
}

static void manual_until_reset(void)
{
	WSAEVENT event = WSACreateEvent();

	EXPECT(event != WSA_INVALID_EVENT);
	EXPECT_EQ(WAIT_TIMEOUT, wait_now(event));
	EXPECT_TRUE_0(WSASetEvent(event));
	EXPECT_EQ(WAIT_OBJECT_0, wait_now(event));
	EXPECT_EQ(WAIT_OBJECT_0, wait_now(event));
	EXPECT_TRUE_0(WSAResetEvent(event));
	EXPECT_EQ(WAIT_TIMEOUT, wait_now(event));
	EXPECT_TRUE_0(WSACloseEvent(event));
	EXPECT_FALSE(WSA_INVALID_HANDLE, WSACloseEvent(event));
	EXPECT_FALSE(WSA_INVALID_HANDLE, WSASetEvent(event));
}

static void automatic_once(void)
{
	HANDLE event;

	SetLastError(POISON);
	event = CreateEventW(NULL, FALSE, TRUE, NULL);
	EXPECT(event);
	EXPECT_EQ(0, GetLastError());
	EXPECT_EQ(WAIT_OBJECT_0, wait_now(event));
	EXPECT_EQ(WAIT_TIMEOUT, wait_now(event));
	EXPECT_TRUE(SetEvent(event));
	EXPECT_TRUE(SetEvent(event));
	EXPECT_EQ(WAIT_OBJECT_0, wait_now(event));
	EXPECT_EQ(WAIT_TIMEOUT, wait_now(event));
	EXPECT_TRUE(ResetEvent(event));
	EXPECT_TRUE(CloseHandle(event));
	EXPECT_FALSE(ERROR_INVALID_HANDLE, SetEvent(event));
	EXPECT_FALSE(ERROR_INVALID_HANDLE, ResetEvent(event));
	EXPECT_FALSE(ERROR_INVALID_HANDLE, CloseHandle(event));
	EXPECT_NO_WAIT(ERROR_INVALID_HANDLE, wait_now(event));
}

/* Programs take inheritance away, and there is none. */
static void handle_flags(void)
{
	HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	DWORD flags = POISON;
	WSADATA data;

	SetLastError(POISON);
	EXPECT_TRUE(SetHandleInformation((HANDLE)s, HANDLE_FLAG_INHERIT, 0));
	EXPECT_TRUE(SetHandleInformation(event, HANDLE_FLAG_INHERIT, 0));
	EXPECT_TRUE(GetHandleInformation((HANDLE)s, &flags));
	EXPECT_EQ(0, flags);
	EXPECT_EQ(POISON, GetLastError());
	EXPECT_FALSE(ERROR_INVALID_PARAMETER,
		     SetHandleInformation((HANDLE)s, 0x100, 0));
#ifndef _WIN32
	EXPECT_FALSE(ERROR_NOT_SUPPORTED,
		     SetHandleInformation(event, HANDLE_FLAG_INHERIT,
					  HANDLE_FLAG_INHERIT));
#endif
	closesocket(s);
	/* Events need no start-up. */
	EXPECT_OK(WSACleanup());
	EXPECT_TRUE(SetHandleInformation(event, HANDLE_FLAG_INHERIT, 0));
	EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
	EXPECT_TRUE(CloseHandle(event));
	EXPECT_FALSE(ERROR_INVALID_HANDLE,
		     SetHandleInformation((HANDLE)s, HANDLE_FLAG_INHERIT, 0));
	EXPECT_FALSE(ERROR_INVALID_HANDLE,
		     GetHandleInformation(event, &flags));
}

static void first_of_several(void)
{
	HANDLE h[3];
	int i;

	for (i = 0; i < 3; i++)
		h[i] = CreateEventA(NULL, i == 0, FALSE, NULL);
	WSASetLastError(POISON);
	EXPECT_EQ(WSA_WAIT_TIMEOUT, WSAWaitForMultipleEvents(3, h, FALSE, 0,
							     FALSE));
	EXPECT_EQ(0, WSAGetLastError());
	SetEvent(h[2]);
	SetEvent(h[1]);
	EXPECT_EQ(WSA_WAIT_EVENT_0 + 1,
		  WSAWaitForMultipleEvents(3, h, FALSE, WSA_INFINITE, FALSE));
	EXPECT_EQ(WAIT_OBJECT_0 + 2,
		  WaitForMultipleObjects(3, h, FALSE, INFINITE));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForMultipleObjects(3, h, FALSE, 10));
	for (i = 0; i < 3; i++)
		CloseHandle(h[i]);
}

static void all_or_nothing(void)
{
	HANDLE h[2];

	h[0] = CreateEventA(NULL, FALSE, TRUE, NULL);
	h[1] = CreateEventA(NULL, FALSE, FALSE, NULL);
	EXPECT_EQ(WSA_WAIT_TIMEOUT, WSAWaitForMultipleEvents(2, h, TRUE, 1,
							     FALSE));
	EXPECT_EQ(WAIT_OBJECT_0, wait_now(h[0]));
	SetEvent(h[0]);
	SetEvent(h[1]);
	EXPECT_EQ(WAIT_OBJECT_0, WaitForMultipleObjects(2, h, TRUE, INFINITE));
	EXPECT_EQ(WAIT_TIMEOUT, wait_now(h[0]));
	EXPECT_EQ(WAIT_TIMEOUT, wait_now(h[1]));
	CloseHandle(h[0]);
	CloseHandle(h[1]);
}

/*
 * [WSAWaitForMultipleEvents WSA_INVALID_HANDLE,
 * WSAWaitForMultipleEvents WSA_INVALID_PARAMETER,
 * WSASetEvent WSA_INVALID_HANDLE, WSAResetEvent WSA_INVALID_HANDLE,
 * WSACloseEvent WSA_INVALID_HANDLE]
 */
static void bad_arguments(void)
{
	WSAEVENT h[WSA_MAXIMUM_WAIT_EVENTS + 1];
	int i;

	for (i = 0; i < ARRAY_SIZE(h); i++)
		h[i] = WSACreateEvent();
	EXPECT_NO_WAIT(WSA_INVALID_PARAMETER,
		       WSAWaitForMultipleEvents(ARRAY_SIZE(h), h, FALSE, 0,
						FALSE));
	EXPECT_NO_WAIT(WSA_INVALID_PARAMETER,
		       WSAWaitForMultipleEvents(0, h, FALSE, 0, FALSE));
	EXPECT_EQ(WSA_WAIT_TIMEOUT,
		  WSAWaitForMultipleEvents(ARRAY_SIZE(h) - 1, h, TRUE, 0,
					   FALSE));
	EXPECT_NO_WAIT(ERROR_INVALID_PARAMETER,
		       WaitForMultipleObjects(ARRAY_SIZE(h), h, FALSE, 0));
	EXPECT_NO_WAIT(ERROR_INVALID_PARAMETER,
		       WaitForMultipleObjects(0, h, FALSE, 0));
	CloseHandle(h[1]);
	h[1] = h[0];
	EXPECT_NO_WAIT(WSA_INVALID_PARAMETER,
		       WSAWaitForMultipleEvents(3, h, TRUE, 0, FALSE));
	EXPECT_EQ(WSA_WAIT_TIMEOUT,
		  WSAWaitForMultipleEvents(3, h, FALSE, 0, FALSE));
	h[1] = BAD_HANDLE;
	WSASetEvent(h[0]);
	EXPECT_NO_WAIT(WSA_INVALID_HANDLE,
		       WSAWaitForMultipleEvents(3, h, FALSE, 0, FALSE));
	EXPECT_FALSE(WSA_INVALID_HANDLE, WSASetEvent(BAD_HANDLE));
	EXPECT_FALSE(WSA_INVALID_HANDLE, WSAResetEvent(BAD_HANDLE));
	EXPECT_FALSE(WSA_INVALID_HANDLE, WSACloseEvent(BAD_HANDLE));
	for (i = 0; i < ARRAY_SIZE(h); i++)
		if (i != 1)
			EXPECT_TRUE_0(WSACloseEvent(h[i]));
}

/*
 * Events are no sockets: they are there before the start-up and after clean-up.
 *
 * [WSACreateEvent WSANOTINITIALISED, WSASetEvent WSANOTINITIALISED,
 * WSAResetEvent WSANOTINITIALISED, WSACloseEvent WSANOTINITIALISED,
 * WSAWaitForMultipleEvents WSANOTINITIALISED]
 */
static void without_start_up(void)
{
	WSADATA data;
	HANDLE event;

	WSACleanup();
	event = CreateEventA(NULL, TRUE, TRUE, NULL);
	EXPECT(event);
	EXPECT_EQ(WAIT_OBJECT_0, wait_now(event));
	EXPECT_NO_SOCKET(WSANOTINITIALISED, socket(AF_INET, SOCK_STREAM, 0));
	WSASetLastError(POISON);
	EXPECT(!WSACreateEvent());
	EXPECT_EQ(WSANOTINITIALISED, WSAGetLastError());
	EXPECT_FALSE(WSANOTINITIALISED, WSASetEvent(event));
	EXPECT_FALSE(WSANOTINITIALISED, WSAResetEvent(event));
	EXPECT_FALSE(WSANOTINITIALISED, WSACloseEvent(event));
	EXPECT_NO_WAIT(WSANOTINITIALISED,
		       WSAWaitForMultipleEvents(1, &event, FALSE, 0, FALSE));
	EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
	EXPECT_EQ(WSA_WAIT_EVENT_0,
		  WSAWaitForMultipleEvents(1, &event, FALSE, 0, FALSE));
	EXPECT_OK(WSACleanup());
	EXPECT_EQ(WAIT_OBJECT_0, wait_now(event));
	EXPECT_TRUE(CloseHandle(event));
}

static void neither_is_the_other(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	WSAEVENT event = WSACreateEvent();

	EXPECT_FAIL(WSAENOTSOCK, closesocket((SOCKET)event));
	EXPECT_FAIL(WSAENOTSOCK, listen((SOCKET)event, 1));
	EXPECT_FALSE(WSA_INVALID_HANDLE, WSASetEvent((WSAEVENT)s));
	/* No overlapped call has made it unsignalled. */
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject((HANDLE)s, INFINITE));
	EXPECT_TRUE_0(WSACloseEvent(event));
	EXPECT_OK(closesocket(s));
}

static void time_out(void)
{
	HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
	ULONGLONG begin = GetTickCount64();

	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(event, 60));
	EXPECT(GetTickCount64() - begin >= 50);
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObjectEx(event, 1, TRUE));
	begin = GetTickCount64();
	EXPECT_EQ(0, SleepEx(60, FALSE));
	EXPECT_EQ(0, SleepEx(60, TRUE));
	EXPECT(GetTickCount64() - begin >= 100);
	CloseHandle(event);
}

#ifndef _WIN32
/* There is no name space for them. */
static void no_names(void)
{
	EXPECT(!CreateEventA(NULL, TRUE, FALSE, "name"));
	EXPECT_EQ(ERROR_NOT_SUPPORTED, GetLastError());
	EXPECT(!CreateEventW(NULL, TRUE, FALSE, L"name"));
	EXPECT_EQ(ERROR_NOT_SUPPORTED, GetLastError());
}
#endif

static const struct api_test tests[] = {
	{ "manual_until_reset", manual_until_reset },
	{ "automatic_once", automatic_once },
	{ "handle_flags", handle_flags },
	{ "first_of_several", first_of_several },
	{ "all_or_nothing", all_or_nothing },
	{ "bad_arguments", bad_arguments },
	{ "without_start_up", without_start_up },
	{ "neither_is_the_other", neither_is_the_other },
	{ "time_out", time_out },
#ifndef _WIN32
	{ "no_names", no_names },
#endif
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
