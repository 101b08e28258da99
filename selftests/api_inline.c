// SPDX-License-Identifier: GPL-2.0-only
/*
 * Macros and inline functions of <windows.h> and <winsock2.h>, which have no
 * code in the library.
 */
#include "api_test.h"
#include <windows.h>

static int all_are(const unsigned char *bytes, int len, int byte)
{
	int i;

	for (i = 0; i < len && bytes[i] == byte; i++)
		;
	return i == len;
}

/* The size comes before the byte, other than in memset(). */
static void memory_is_filled(void)
{
	unsigned char bytes[16];

	memset(bytes, 0xff, sizeof(bytes));
	RtlZeroMemory(bytes, 8);
	EXPECT(all_are(bytes, 8, 0));
	EXPECT(all_are(bytes + 8, 8, 0xff));
	RtlFillMemory(bytes, 4, 9);
	EXPECT(all_are(bytes, 4, 9));
	EXPECT(all_are(bytes + 4, 4, 0));
	FillMemory(bytes + 4, 2, 7);
	EXPECT(all_are(bytes + 4, 2, 7));
	EXPECT(all_are(bytes + 6, 2, 0));
	ZeroMemory(bytes, sizeof(bytes));
	EXPECT(all_are(bytes, sizeof(bytes), 0));
	memset(bytes, 0xff, sizeof(bytes));
	RtlSecureZeroMemory(bytes, 15);
	EXPECT(all_are(bytes, 15, 0));
	EXPECT_EQ(0xff, bytes[15]);
}

static void memory_is_copied(void)
{
	char text[16] = "0123456789";
	char copy[16];

	RtlCopyMemory(copy, text, sizeof(copy));
	EXPECT_EQ(0, strcmp(copy, "0123456789"));
	/* What overlaps, in both directions. */
	RtlMoveMemory(text + 2, text, 8);
	EXPECT_EQ(0, strcmp(text, "0101234567"));
	RtlMoveMemory(copy, copy + 2, 8);
	EXPECT_EQ(0, strcmp(copy, "2345678989"));
}

/* True for what is equal, other than memcmp(). */
static void memory_is_compared(void)
{
	EXPECT(RtlEqualMemory("abcd", "abcd", 4));
	EXPECT(RtlEqualMemory("abcd", "abcx", 3));
	EXPECT(!RtlEqualMemory("abcd", "abcx", 4));
	EXPECT(RtlEqualMemory("a", "b", 0));
}

static const struct api_test tests[] = {
	{ "memory_is_filled", memory_is_filled },
	{ "memory_is_copied", memory_is_copied },
	{ "memory_is_compared", memory_is_compared },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 0);
}
