// SPDX-License-Identifier: GPL-2.0-only
/*
 * FormatMessage and gai_strerror: every code has a text.
 */
#include "api_peer.h"

#include <windows.h>

#define SYSTEM	(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS)
#define ENGLISH	MAKELANGID(LANG_NEUTRAL, SUBLANG_DEFAULT)

#ifndef ERROR_MR_MID_NOT_FOUND
#define ERROR_MR_MID_NOT_FOUND	317
#endif

/* First and last of each run of codes that are all there. */
static const struct {
	DWORD first;
	DWORD last;
} runs[] = {
	{ 0, ERROR_FILE_NOT_FOUND },
	{ ERROR_ACCESS_DENIED, ERROR_INVALID_HANDLE },
	{ ERROR_NOT_ENOUGH_MEMORY, ERROR_NOT_ENOUGH_MEMORY },
	{ ERROR_OUTOFMEMORY, ERROR_OUTOFMEMORY },
	{ ERROR_GEN_FAILURE, ERROR_GEN_FAILURE },
	{ ERROR_HANDLE_EOF, ERROR_HANDLE_EOF },
	{ ERROR_NOT_SUPPORTED, ERROR_NOT_SUPPORTED },
	{ ERROR_NETNAME_DELETED, ERROR_NETNAME_DELETED },
	{ ERROR_INVALID_PARAMETER, ERROR_INVALID_PARAMETER },
	{ ERROR_BROKEN_PIPE, ERROR_BROKEN_PIPE },
	{ ERROR_BUFFER_OVERFLOW, ERROR_BUFFER_OVERFLOW },
	{ ERROR_SEM_TIMEOUT, ERROR_SEM_TIMEOUT },
	{ ERROR_INSUFFICIENT_BUFFER, ERROR_INSUFFICIENT_BUFFER },
	{ ERROR_ALREADY_EXISTS, ERROR_ALREADY_EXISTS },
	{ ERROR_NO_DATA, ERROR_NO_DATA },
	{ ERROR_MORE_DATA, ERROR_MORE_DATA },
	{ WAIT_TIMEOUT, WAIT_TIMEOUT },
	{ ERROR_MR_MID_NOT_FOUND, ERROR_MR_MID_NOT_FOUND },
	{ ERROR_ABANDONED_WAIT_0, ERROR_ABANDONED_WAIT_0 },
	{ ERROR_OPERATION_ABORTED, ERROR_NOACCESS },
	{ ERROR_SERVICE_DOES_NOT_EXIST, ERROR_SERVICE_DOES_NOT_EXIST },
	{ ERROR_NOT_FOUND, ERROR_NOT_FOUND },
	{ ERROR_INVALID_NETNAME, ERROR_INVALID_NETNAME },
	{ ERROR_CONNECTION_REFUSED, ERROR_GRACEFUL_DISCONNECT },
	{ ERROR_CONNECTION_INVALID, ERROR_CONNECTION_ABORTED },
	{ ERROR_NO_SYSTEM_RESOURCES, ERROR_NO_SYSTEM_RESOURCES },
	{ ERROR_TIMEOUT, ERROR_TIMEOUT },
	{ WSAEINTR, WSAEINTR }, { WSAEBADF, WSAEBADF },
	{ WSAEACCES, WSAEFAULT }, { WSAEINVAL, WSAEINVAL },
	{ WSAEMFILE, WSAEMFILE }, { WSAEWOULDBLOCK, WSAEREMOTE },
	{ WSASYSNOTREADY, WSANOTINITIALISED }, { WSAEDISCON, WSAEREFUSED },
	{ WSAHOST_NOT_FOUND, WSA_QOS_RESERVED_PETYPE },
#ifdef WSA_SECURE_HOST_NOT_FOUND
	{ WSA_SECURE_HOST_NOT_FOUND, WSA_IPSEC_NAME_POLICY_ERROR },
#endif
};

static DWORD ask(DWORD flags, DWORD code, char *buf, DWORD size)
{
	return FormatMessageA(flags, NULL, code, ENGLISH, buf, size, NULL);
}

/* One line; both widths say the same, and gai_strerror all but its end. */
static void check(DWORD code)
{
	WCHAR wide[256];
	char text[256];
	DWORD n, i;

	memset(text, POISON, sizeof(text));
	n = ask(SYSTEM, code, text, sizeof(text));
	if (!EXPECT(n > 3))
		return;
	EXPECT_EQ(n, strlen(text));
	EXPECT_EQ(0, strcmp(text + n - 3, ".\r\n"));
	for (i = 0; i < n - 2; i++)
		EXPECT(text[i] >= ' ' && text[i] <= '~');
	EXPECT_EQ(n, FormatMessageW(SYSTEM, NULL, code, ENGLISH, wide, 256,
				    NULL));
	for (i = 0; i <= n; i++)
		EXPECT_EQ(text[i], wide[i]);
#ifndef _WIN32
	EXPECT_EQ(n - 2, strlen(gai_strerrorA((int)code)));
	EXPECT_EQ(0, strncmp(text, gai_strerrorA((int)code), n - 2));
	EXPECT_EQ(0, wcsncmp(wide, gai_strerrorW((int)code), n - 2));
#endif
}

static void every_code_has_a_text(void)
{
	DWORD code;
	int i;

	WSASetLastError(POISON);
	for (i = 0; i < ARRAY_SIZE(runs); i++)
		for (code = runs[i].first; code <= runs[i].last; code++)
			check(code);
	EXPECT_EQ(POISON, WSAGetLastError());
}

static void buffer_is_allocated(void)
{
	WCHAR *wide = NULL;
	char *text = NULL;
	DWORD n;

	n = FormatMessageA(SYSTEM | FORMAT_MESSAGE_ALLOCATE_BUFFER, NULL,
			   WSAEINTR, ENGLISH, (LPSTR)&text, 0, NULL);
	if (EXPECT(n && text)) {
		EXPECT_EQ(n, strlen(text));
		EXPECT(!LocalFree(text));
	}
	/* At least as many characters as are asked for. */
	n = FormatMessageW(SYSTEM | FORMAT_MESSAGE_ALLOCATE_BUFFER, NULL,
			   WSAEINTR, ENGLISH, (LPWSTR)&wide, 1000, NULL);
	if (EXPECT(n && wide)) {
		EXPECT_EQ(n, wcslen(wide));
		wide[999] = 0;
		EXPECT(!LocalFree(wide));
	}
	EXPECT(!LocalFree(NULL));
}

static void width_ends_no_line(void)
{
	char line[256], text[256];
	DWORD n = ask(SYSTEM, WSAEINTR, line, sizeof(line));

	EXPECT_EQ(n - 1, ask(SYSTEM | FORMAT_MESSAGE_MAX_WIDTH_MASK, WSAEINTR,
			     text, sizeof(text)));
	EXPECT_EQ(' ', text[n - 2]);
	EXPECT_EQ(0, text[n - 1]);
	EXPECT_EQ(0, memcmp(line, text, n - 2));
}

static void fails(DWORD error, DWORD flags, DWORD code, char *buf, DWORD size)
{
	WSASetLastError(POISON);
	EXPECT_EQ(0, ask(flags, code, buf, size));
	EXPECT_EQ(error, WSAGetLastError());
}

static void failures(void)
{
	char *none = (char *)8;
	char text[256];
	DWORD n = ask(SYSTEM, WSAEINTR, text, sizeof(text));

	EXPECT_EQ(n, ask(SYSTEM, WSAEINTR, text, n + 1));
	text[0] = POISON;
	fails(ERROR_INSUFFICIENT_BUFFER, SYSTEM, WSAEINTR, text, n);
	EXPECT_EQ(POISON, text[0]);
	fails(ERROR_INVALID_PARAMETER, SYSTEM, WSAEINTR, NULL, sizeof(text));
	fails(ERROR_MR_MID_NOT_FOUND, SYSTEM, 123456789, text, sizeof(text));
	/* What is not allocated can be freed all the same. */
	fails(ERROR_MR_MID_NOT_FOUND, SYSTEM | FORMAT_MESSAGE_ALLOCATE_BUFFER,
	      123456789, (char *)&none, 0);
	EXPECT(!none);
#ifndef _WIN32
	fails(ERROR_NOT_SUPPORTED, FORMAT_MESSAGE_IGNORE_INSERTS, WSAEINTR,
	      text, sizeof(text));
	fails(ERROR_NOT_SUPPORTED, FORMAT_MESSAGE_FROM_STRING, WSAEINTR, text,
	      sizeof(text));
#endif
}

static const struct api_test tests[] = {
	{ "errortext.every_code_has_a_text", every_code_has_a_text },
	{ "errortext.buffer_is_allocated", buffer_is_allocated },
	{ "errortext.width_ends_no_line", width_ends_no_line },
	{ "errortext.failures", failures },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
