// SPDX-License-Identifier: GPL-2.0-only
/*
 * Addresses to and from text, byte order: what needs no started Winsock.
 */
#include "api_test.h"

#define JUNK	0xa5a5a5a5

static void pton_refuses_arguments(void)
{
	unsigned int a;

	/* Z1: NULL text comes before the family. */
	EXPECT_FAIL(WSAEFAULT, inet_pton(AF_UNSPEC, NULL, &a));
	EXPECT_FAIL(WSAEFAULT, inet_pton(AF_INET, "1.2.3.4", NULL));
	EXPECT_FAIL(WSAEAFNOSUPPORT, inet_pton(AF_UNSPEC, "1.2.3.4", &a));
	EXPECT_FAIL(WSAEFAULT, InetPtonW(AF_UNSPEC, NULL, &a));
	EXPECT_FAIL(WSAEAFNOSUPPORT, InetPtonW(1, L"1.2.3.4", &a));
}

static void pton_leaves_last_error(void)
{
	unsigned int a;

	/* Z1: neither success nor "no address" touches it, but in W. */
	WSASetLastError(POISON);
	EXPECT_EQ(1, inet_pton(AF_INET, "127.0.0.1", &a));
	EXPECT_EQ(0, inet_pton(AF_INET, "localhost", &a));
	EXPECT_EQ(1, InetPtonW(AF_INET, L"127.0.0.1", &a));
	EXPECT_EQ(POISON, WSAGetLastError());
	EXPECT_EQ(0, InetPtonW(AF_INET, L"localhost", &a));
	EXPECT_EQ(WSAEINVAL, WSAGetLastError());
}

static void pton_ipv4(void)
{
	static const struct {
		const char *text;
		int ret;
		unsigned int addr;	/* host order; JUNK: not written */
	} rows[] = {
		{ "0.0.0.0", 1, 0 },
		{ "127.0.0.1", 1, 0x7f000001 },
		{ "255.255.255.255", 1, 0xffffffff },
		{ "", 0, JUNK },
		{ "1.2.3", 0, JUNK },
		{ "256.1.1.1", 0, JUNK },
		{ " 1.1.1.1", 0, JUNK },
		{ "1.1.1.00", 0, JUNK },
		/* Z2: these fail, and write what came before. */
		{ "3.4.5.6 ", 0, 0x03040506 },
		{ "127.127.127.255:123", 0, 0x7f7f7fff },
		{ "1.1.1.0a", 0, 0x01010100 },
		{ "1.1.1.0o10", 0, 0x01010100 },
		/* Z2: these fail, and do not. */
		{ "3.4.5.6.7", 0, JUNK },
		{ "1.1.1.0x", 0, JUNK },
		{ "1.1.1.010", 0, JUNK },
	};
	unsigned int a;
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		a = htonl(JUNK);
		if (!EXPECT_EQ(rows[i].ret, inet_pton(AF_INET, rows[i].text, &a)) ||
		    !EXPECT_EQ(rows[i].addr, ntohl(a)))
			printf("# in \"%s\"\n", rows[i].text);
	}
}

static void pton_ipv6_accepts(void)
{
	static const struct {
		const char *text;
		unsigned short group[8];
	} rows[] = {
		{ "::", { 0 } },
		{ "::1", { 0, 0, 0, 0, 0, 0, 0, 1 } },
		{ "1::", { 1 } },
		{ "1:2:3:4:5:6:7:8", { 1, 2, 3, 4, 5, 6, 7, 8 } },
		{ "2001:DB8::ff00:42:8329",
		  { 0x2001, 0xdb8, 0, 0, 0, 0xff00, 0x42, 0x8329 } },
		/* Z3: "::" for a single group; dotted tails. */
		{ "0:0:0:0:0:0:0::", { 0 } },
		{ "::0:a:b:c:d:e:f", { 0, 0, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf } },
		{ "::1.2.3.4", { 0, 0, 0, 0, 0, 0, 0x102, 0x304 } },
		{ "1:2:3:4:5:6:1.2.3.4", { 1, 2, 3, 4, 5, 6, 0x102, 0x304 } },
		{ "1::001.2.3.4", { 1, 0, 0, 0, 0, 0, 0x102, 0x304 } },
	};
	unsigned short a[8];
	int i, j;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		memset(a, POISON, sizeof(a));
		EXPECT_EQ(1, inet_pton(AF_INET6, rows[i].text, a));
		for (j = 0; j < 8; j++)
			if (!EXPECT_EQ(rows[i].group[j], ntohs(a[j])))
				printf("# in \"%s\"\n", rows[i].text);
	}
}

static void pton_ipv6_rejects(void)
{
	static const char * const rows[] = {
		"", ":", ":::", "1", "1:", ":1", "1:2:3:4:5:6:7",
		"1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "1::2::3",
		"1::2:3:4:5:6:7:8", "12345::", "g::", "1.2.3.4",
		"1:2:3:4:5:6:7:1.2.3.4", "1::2:3:4:5:6:1.2.3.4", "::1.2.3",
		"::1.2.3.256", "::1.2.3.4.5", "1::0001.2.3.4", "::1%1",
		"::1/64", "[::1]", "0x1::", " ::1", "::1 ",
	};
	unsigned char a[16];
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (!EXPECT_EQ(0, inet_pton(AF_INET6, rows[i], a)))
			printf("# in \"%s\"\n", rows[i]);
}

static void ntop_ipv4(void)
{
	static const unsigned char a[4] = { 192, 0, 2, 255 };
	char text[16];

	EXPECT(inet_ntop(AF_INET, a, text, sizeof(text)) == text);
	EXPECT_EQ(0, strcmp(text, "192.0.2.255"));
}

static void ntop_ipv6(void)
{
	static const struct {
		const char *text;
		unsigned short group[8];
	} rows[] = {
		{ "::", { 0 } },
		{ "::1", { 0, 0, 0, 0, 0, 0, 0, 1 } },
		{ "1::", { 1 } },
		{ "1:2:3:4:5:6:7:8", { 1, 2, 3, 4, 5, 6, 7, 8 } },
		{ "2001:db8::1:0:0:1", { 0x2001, 0xdb8, 0, 0, 1, 0, 0, 1 } },
		/* Z4: twelve leading zero bytes, and fewer. */
		{ "::204.152.189.116",
		  { 0, 0, 0, 0, 0, 0, 0xcc98, 0xbd74 } },
		{ "::fffe:cc98:bd74",
		  { 0, 0, 0, 0, 0, 0xfffe, 0xcc98, 0xbd74 } },
		{ "::ffff:204.152.189.116",
		  { 0, 0, 0, 0, 0, 0xffff, 0xcc98, 0xbd74 } },
	};
	unsigned short a[8];
	char text[64];
	int i, j;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (j = 0; j < 8; j++)
			a[j] = htons(rows[i].group[j]);
		EXPECT(inet_ntop(AF_INET6, a, text, sizeof(text)) == text);
		if (!EXPECT_EQ(0, strcmp(text, rows[i].text)))
			printf("# %s for %s\n", text, rows[i].text);
	}
}

static void ntop_refuses_arguments(void)
{
	static const unsigned char a[4] = { 1, 2, 3, 4 };
	char text[8];
	WCHAR wide[8];

	WSASetLastError(POISON);
	memset(text, POISON, sizeof(text));
	EXPECT(!inet_ntop(1, a, text, sizeof(text)));
	EXPECT_EQ(WSAEAFNOSUPPORT, WSAGetLastError());
	/* Z4: seven characters and the NUL need eight. */
	EXPECT(!inet_ntop(AF_INET, a, text, 7));
	EXPECT_EQ(0xc000000d, (unsigned int)WSAGetLastError());
	EXPECT_EQ(POISON, text[0]);
	WSASetLastError(POISON);
	EXPECT(!inet_ntop(AF_INET, a, NULL, 8));
	EXPECT_EQ(0xc000000d, (unsigned int)WSAGetLastError());
	EXPECT(inet_ntop(AF_INET, a, text, 8) == text);

	WSASetLastError(POISON);
	EXPECT(!InetNtopW(AF_INET, a, wide, 7));
	EXPECT_EQ(0xc000000d, (unsigned int)WSAGetLastError());
	EXPECT(InetNtopW(AF_INET, a, wide, 8) == wide);
	EXPECT_EQ(0, memcmp(wide, L"1.2.3.4", sizeof(wide)));
}

static void inet_addr_forms(void)
{
	static const struct {
		const char *text;
		unsigned int addr;	/* host order */
	} rows[] = {
		{ "127.0.0.1", 0x7f000001 },
		{ "4.3.2.16", 0x04030210 },
		{ "004.003.002.020", 0x04030210 },
		{ "0x4.0x3.0x2.0x10", 0x04030210 },
		{ "1.2.65535", 0x0102ffff },
		{ "1.16777215", 0x01ffffff },
		{ "0", 0 },
		{ " ", 0 },
		{ "10.0.0.1 of them", 0x0a000001 },
		{ "", INADDR_NONE },
		{ "1.2.3.256", INADDR_NONE },
		{ "1.2.65536", INADDR_NONE },
		{ "1.2.3.4.5", INADDR_NONE },
		{ "1.2.3.4.", INADDR_NONE },
		{ "1..2.3", INADDR_NONE },
		{ "08.1.1.1", INADDR_NONE },
		{ "0x.1.1.1", INADDR_NONE },
		{ "1.2.3.4x", INADDR_NONE },
		{ "localhost", INADDR_NONE },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (!EXPECT_EQ(rows[i].addr, ntohl(inet_addr(rows[i].text))))
			printf("# in \"%s\"\n", rows[i].text);
}

static void inet_ntoa_text(void)
{
	struct in_addr a;

	a.s_addr = htonl(0xc00002ff);
	EXPECT_EQ(0, strcmp(inet_ntoa(a), "192.0.2.255"));
	a.s_addr = htonl(INADDR_NONE);
	EXPECT_EQ(0, strcmp(inet_ntoa(a), "255.255.255.255"));
}

static void byte_order(void)
{
	unsigned short s = htons(0x1234);
	u_long l = htonl(0x12345678);
	unsigned long long ll = htonll(0x0123456789abcdefULL);

	EXPECT_EQ(0, memcmp(&s, "\x12\x34", 2));
	EXPECT_EQ(0, memcmp(&l, "\x12\x34\x56\x78", 4));
	EXPECT_EQ(0, memcmp(&ll, "\x01\x23\x45\x67\x89\xab\xcd\xef", 8));
	EXPECT_EQ(0x0123456789abcdef, ntohll(ll));
	EXPECT_EQ(0x1234, ntohs(s));
	EXPECT_EQ(0x12345678, ntohl(l));
}

static const struct api_test tests[] = {
	{ "text.pton.refuses_arguments", pton_refuses_arguments },
	{ "text.pton.leaves_last_error", pton_leaves_last_error },
	{ "text.pton.ipv4", pton_ipv4 },
	{ "text.pton.ipv6_accepts", pton_ipv6_accepts },
	{ "text.pton.ipv6_rejects", pton_ipv6_rejects },
	{ "text.ntop.ipv4", ntop_ipv4 },
	{ "text.ntop.ipv6", ntop_ipv6 },
	{ "text.ntop.refuses_arguments", ntop_refuses_arguments },
	{ "text.inet_addr.forms", inet_addr_forms },
	{ "text.inet_ntoa", inet_ntoa_text },
	{ "text.byte_order", byte_order },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 0);
}
