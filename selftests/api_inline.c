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

static void GUIDs_are_compared(void)
{
	static const GUID a = { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 } };
	GUID b = a;
	REFGUID first = &a;
	REFGUID second = &b;

	EXPECT(IsEqualGUID(first, second));
	b.Data4[7] = 0;
	EXPECT(!IsEqualGUID(first, second));
	b = a;
	b.Data1 = 0;
	EXPECT(!IsEqualGUID(first, second));
}

/* The high byte, with the sign, comes first. */
static void fractions_in_network_order(void)
{
	static const unsigned char one[] = { 0x3f, 0x80, 0, 0 };
	static const unsigned char minus[] = { 0xc0, 0x09, 0x21, 0xfb,
					       0x54, 0x44, 0x2d, 0x18 };
	UINT32 f = htonf(1.0f);
	ULONG64 d = htond(-3.141592653589793);
	static const UINT32 nan = 0xa17f;	/* a signalling one, swapped */
	UINT32 same;
	float back;

	EXPECT_EQ(4, sizeof(htonf(0)));
	EXPECT_EQ(8, sizeof(htond(0)));
	EXPECT_EQ(0, memcmp(&f, one, sizeof(f)));
	EXPECT_EQ(0, memcmp(&d, minus, sizeof(d)));
	EXPECT(ntohf(f) == 1.0f);
	EXPECT(ntohd(d) == -3.141592653589793);
	EXPECT(ntohf(htonf(-0.1f)) == -0.1f);
	EXPECT(ntohd(htond(1e300)) == 1e300);
	EXPECT_EQ(0, htonf(0.0f));
	EXPECT_EQ(0x80, htonf(-0.0f) & 0xff);
	/* The bits of what is no number arrive too, but for one. */
	back = ntohf(nan);
	same = htonf(back);
	EXPECT(back != back);
	EXPECT_EQ(nan, same & ~0x4000U);
}

static const struct api_test tests[] = {
	{ "memory_is_filled", memory_is_filled },
	{ "memory_is_copied", memory_is_copied },
	{ "memory_is_compared", memory_is_compared },
	{ "GUIDs_are_compared", GUIDs_are_compared },
	{ "fractions_in_network_order", fractions_in_network_order },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 0);
}
