/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tests of the Winsock API, in C that any Windows compiler takes.
 *
 * A program lists its tests in a table and ends with api_run().  Output is
 * KTAP.  EXPECT names the line and shows what was there, goes on after a
 * failure, and is true on success.  A test that cannot run says why and returns.
 */
#ifndef API_TEST_H
#define API_TEST_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdio.h>
#include <string.h>

#define KSFT_FAIL	1
#define KSFT_SKIP	4

#define POISON		0x5a

#define ARRAY_SIZE(array)	((int)(sizeof(array) / sizeof((array)[0])))

struct api_test {
	const char *name;
	void (*run)(void);
};

static int api_failed;
static const char *api_skipped;	/* why, or NULL */

static int api_compare(long long want, long long got, const char *text,
		       int line)
{
	if (want == got)
		return 1;
	printf("# line %d: %s: expected %lld, got %lld\n", line, text, want,
	       got);
	api_failed = 1;
	return 0;
}

#define EXPECT_EQ(want, got)						\
	api_compare((long long)(want), (long long)(got), #got, __LINE__)
#define EXPECT(cond)	EXPECT_EQ(1, !!(cond))

/* A call that fails, and why; its result must be SOCKET_ERROR. */
#define EXPECT_FAIL(code, call)						\
	do {								\
		WSASetLastError(POISON);				\
		EXPECT_EQ(SOCKET_ERROR, call);				\
		api_compare(code, WSAGetLastError(), #call " error",	\
			    __LINE__);					\
	} while (0)

/* The same for calls that return a SOCKET. */
#define EXPECT_NO_SOCKET(code, call)					\
	do {								\
		WSASetLastError(POISON);				\
		EXPECT((call) == INVALID_SOCKET);				\
		api_compare(code, WSAGetLastError(), #call " error",	\
			    __LINE__);					\
	} while (0)

/* Junk is gone from the last error after success (G1). */
#define EXPECT_OK(call)							\
	do {								\
		WSASetLastError(POISON);				\
		EXPECT_EQ(0, call);					\
		api_compare(0, WSAGetLastError(), #call " error",	\
			    __LINE__);					\
	} while (0)

static int api_run(const struct api_test *tests, int count, int need_network)
{
	WSADATA data;
	int failures = 0;
	int skips = 0;
	int ret;
	int i;

	setvbuf(stdout, NULL, _IONBF, 0);
	printf("TAP version 13\n");
	ret = need_network ? WSAStartup(MAKEWORD(2, 2), &data) : 0;
	if (ret == WSASYSNOTREADY) {
		printf("1..0 # SKIP WSAStartup: network not ready\n");
		return KSFT_SKIP;
	}
	if (ret) {
		printf("1..0\n# WSAStartup: %d\n", ret);
		return KSFT_FAIL;
	}
	/* Each test starts up by itself. */
	if (need_network)
		WSACleanup();

	printf("1..%d\n", count);
	for (i = 0; i < count; i++) {
		api_failed = 0;
		api_skipped = NULL;
		if (need_network)
			WSAStartup(MAKEWORD(2, 2), &data);
		tests[i].run();
		while (need_network && !WSACleanup())
			;
		failures += api_failed;
		skips += !api_failed && api_skipped;
		printf("%s %d %s%s%s\n", api_failed ? "not ok" : "ok", i + 1,
		       tests[i].name, api_skipped ? " # SKIP " : "",
		       api_skipped ? api_skipped : "");
	}
	printf("# Totals: pass:%d fail:%d xfail:0 xpass:0 skip:%d error:0\n",
	       count - failures - skips, failures, skips);
	return failures ? KSFT_FAIL : 0;
}

/* The same, unless there is a reason why the machine cannot run them. */
static inline int api_run_unless(const char *why, const struct api_test *tests,
				 int count)
{
	if (why) {
		printf("TAP version 13\n1..0 # SKIP %s\n", why);
		return KSFT_SKIP;
	}
	return api_run(tests, count, 1);
}

#endif /* API_TEST_H */
