// SPDX-License-Identifier: GPL-2.0-only
/*
 * WSAAddressToString and WSAStringToAddress.
 */
#include "api_test.h"

union address {
	struct sockaddr sa;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
};

static void to_wide(WCHAR *to, const char *from)
{
	while ((*to++ = *from++))
		;
}

/* Both forms must fail alike and store nothing but, with WSAEFAULT, @need. */
static void expect_no_text(int code, union address *a, DWORD size, DWORD len,
			   DWORD need)
{
	char text[64];
	WCHAR wide[64];
	DWORD n = len;

	memset(text, POISON, sizeof(text));
	EXPECT_FAIL(code, WSAAddressToStringA(&a->sa, size, NULL, text, &n));
	EXPECT_EQ(need, n);
	EXPECT_EQ(POISON, text[0]);

	n = len;
	wide[0] = POISON;
	EXPECT_FAIL(code, WSAAddressToStringW(&a->sa, size, NULL, wide, &n));
	EXPECT_EQ(need, n);
	EXPECT_EQ(POISON, wide[0]);
}

static void expect_text(const char *want, union address *a, DWORD size)
{
	DWORD need = strlen(want) + 1;
	char text[64];
	WCHAR wide[64];
	WCHAR wide_want[64];
	DWORD n = sizeof(text);

	memset(text, POISON, sizeof(text));
	EXPECT_OK(WSAAddressToStringA(&a->sa, size, NULL, text, &n));
	/* Z5: the length counts the NUL. */
	EXPECT_EQ(need, n);
	if (!EXPECT_EQ(0, strncmp(want, text, sizeof(text))))
		printf("# %.64s for %s\n", text, want);
	EXPECT_EQ(POISON, text[need]);

	to_wide(wide_want, want);
	n = need;
	memset(wide, POISON, sizeof(wide));
	EXPECT_OK(WSAAddressToStringW(&a->sa, size, NULL, wide, &n));
	EXPECT_EQ(need, n);
	EXPECT_EQ(0, memcmp(wide_want, wide, need * sizeof(*wide)));

	/* Z5: one less is too little. */
	expect_no_text(WSAEFAULT, a, size, need - 1, need);
	expect_no_text(WSAEFAULT, a, size, 0, need);
}

static void text_of_ipv4(void)
{
	union address a;

	memset(&a, 0, sizeof(a));
	a.in.sin_family = AF_INET;
	/* Z5: port 0 is left out. */
	expect_text("0.0.0.0", &a, sizeof(a.in));
	a.in.sin_port = htons(65535);
	expect_text("0.0.0.0:65535", &a, sizeof(a.in));
	a.in.sin_addr.s_addr = htonl(0xc00002ff);
	a.in.sin_port = htons(1);
	expect_text("192.0.2.255:1", &a, sizeof(a.in));
	expect_text("192.0.2.255:1", &a, sizeof(struct sockaddr_storage));
}

static void text_of_ipv6(void)
{
	union address a;

	memset(&a, 0, sizeof(a));
	a.in6.sin6_family = AF_INET6;
	expect_text("::", &a, sizeof(a.in6));
	EXPECT_EQ(1, inet_pton(AF_INET6, "20ab::2001", &a.in6.sin6_addr));
	expect_text("20ab::2001", &a, sizeof(a.in6));
	/* Z5: scope in decimal, brackets with a port. */
	a.in6.sin6_scope_id = 4660;
	expect_text("20ab::2001%4660", &a, sizeof(a.in6));
	a.in6.sin6_port = htons(33274);
	expect_text("[20ab::2001%4660]:33274", &a, sizeof(a.in6));
	a.in6.sin6_scope_id = 0;
	expect_text("[20ab::2001]:33274", &a, sizeof(a.in6));
	/* The longest of all. */
	memset(&a.in6.sin6_addr, 0xff, sizeof(a.in6.sin6_addr));
	a.in6.sin6_scope_id = 0xffffffff;
	expect_text("[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%4294967295]:33274",
		    &a, sizeof(a.in6));
}

static void text_refuses_arguments(void)
{
	union address a;
	char text[64];
	DWORD n = 0;

	memset(&a, 0, sizeof(a));
	a.in.sin_family = AF_INET;
	/* Z5: no buffer is needed to ask for the length. */
	EXPECT_FAIL(WSAEFAULT,
		    WSAAddressToStringA(&a.sa, sizeof(a.in), NULL, NULL, &n));
	EXPECT_EQ(8, n);
	EXPECT_FAIL(WSAEFAULT,
		    WSAAddressToStringA(&a.sa, sizeof(a.in), NULL, NULL, &n));
	EXPECT_EQ(8, n);
	EXPECT_FAIL(WSAEINVAL, WSAAddressToStringA(&a.sa, sizeof(a.in), NULL,
						   text, NULL));
	EXPECT_FAIL(WSAEINVAL,
		    WSAAddressToStringA(NULL, sizeof(a.in), NULL, text, &n));
	n = sizeof(text);
	expect_no_text(WSAEINVAL, &a, 0, n, n);
	expect_no_text(WSAEINVAL, &a, sizeof(a.in) - 1, n, n);
	a.in.sin_family = AF_INET6;
	expect_no_text(WSAEINVAL, &a, sizeof(a.in6) - 1, n, n);
	a.in.sin_family = AF_UNIX;
	expect_no_text(WSAEINVAL, &a, sizeof(a), n, n);
}

/* Both forms, given a whole union of junk. */
static int parse(const char *text, int family, union address *a, int *len,
		 int *code)
{
	char copy[96];
	WCHAR wide[96];
	union address b;
	int ret, wide_len = *len;

	/* The parameters are not const. */
	strcpy(copy, text);
	to_wide(wide, text);
	memset(a, POISON, sizeof(*a));
	WSASetLastError(POISON);
	ret = WSAStringToAddressA(copy, family, NULL, &a->sa, len);
	*code = WSAGetLastError();

	memset(&b, POISON, sizeof(b));
	WSASetLastError(POISON);
	EXPECT_EQ(ret, WSAStringToAddressW(wide, family, NULL, &b.sa,
					   &wide_len));
	EXPECT_EQ(*code, WSAGetLastError());
	EXPECT_EQ(*len, wide_len);
	EXPECT_EQ(0, memcmp(a, &b, sizeof(b)));
	EXPECT_EQ(0, strcmp(text, copy));
	return ret;
}

static void parse_ipv4(void)
{
	static const struct {
		const char *text;
		unsigned int addr;	/* host order */
		unsigned short port;
	} rows[] = {
		{ "0.0.0.0", 0, 0 },
		{ "127.127.127.127", 0x7f7f7f7f, 0 },
		{ "255.255.255.255", 0xffffffff, 0 },
		/* Z7: the last part fills the bytes that remain. */
		{ "1.223756", 0x01036a0c, 0 },
		{ "3.4.756", 0x030402f4, 0 },
		{ "16909060", 0x01020304, 0 },
		{ "0x12345678", 0x12345678, 0 },
		{ "1.0x10.010.2", 0x01100802, 0 },
		/* Z7: one hexadecimal number wraps. */
		{ "0x123456789", 0x23456789, 0 },
		{ "0x123456789:80", 0x23456789, 80 },
		/* Z7: ports in the same three bases. */
		{ "127.127.127.127:1", 0x7f7f7f7f, 1 },
		{ "127.127.127.127:65535", 0x7f7f7f7f, 65535 },
		{ "1.2.3.4:0xffff", 0x01020304, 65535 },
		{ "1.2.3.4:0101", 0x01020304, 65 },
	};
	union address a;
	int i, len, code;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		len = sizeof(a);
		EXPECT_EQ(0, parse(rows[i].text, AF_INET, &a, &len, &code));
		EXPECT_EQ(0, code);
		/* Z6 */
		EXPECT_EQ(16, len);
		EXPECT_EQ(AF_INET, a.in.sin_family);
		if (!EXPECT_EQ(rows[i].addr, ntohl(a.in.sin_addr.s_addr)) ||
		    !EXPECT_EQ(rows[i].port, ntohs(a.in.sin_port)))
			printf("# in \"%s\"\n", rows[i].text);
	}
}

static void parse_ipv6(void)
{
	static const struct {
		const char *text;
		const char *addr;
		unsigned short port;
		unsigned int scope;
	} rows[] = {
		/* Z8 */
		{ "::1", "::1", 0, 0 },
		{ "[::1]", "::1", 0, 0 },
		{ "[::1]:65535", "::1", 65535, 0 },
		{ "2001:db8::1", "2001:db8::1", 0, 0 },
		{ "::ffff:1.2.3.4", "::ffff:1.2.3.4", 0, 0 },
		{ "fe80::1%12", "fe80::1", 0, 12 },
		{ "[fe80::1%4294967295]:0x50", "fe80::1", 80, 0xffffffff },
	};
	union address a;
	char addr[16];
	int i, len, code;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		len = sizeof(a);
		EXPECT_EQ(0, parse(rows[i].text, AF_INET6, &a, &len, &code));
		EXPECT_EQ(0, code);
		/* Z6 */
		EXPECT_EQ(28, len);
		EXPECT_EQ(AF_INET6, a.in6.sin6_family);
		EXPECT_EQ(0, a.in6.sin6_flowinfo);
		EXPECT_EQ(1, inet_pton(AF_INET6, rows[i].addr, addr));
		if (!EXPECT_EQ(0, memcmp(addr, &a.in6.sin6_addr, 16)) ||
		    !EXPECT_EQ(rows[i].port, ntohs(a.in6.sin6_port)) ||
		    !EXPECT_EQ(rows[i].scope, a.in6.sin6_scope_id))
			printf("# in \"%s\"\n", rows[i].text);
	}
}

/* Z6: bad text leaves the length, and clears family and port. */
static void parse_rejects(void)
{
	static const struct {
		int family;
		const char *text;
	} rows[] = {
		/* Z7 */
		{ AF_INET, "" }, { AF_INET, "." }, { AF_INET, "1.2.3." },
		{ AF_INET, ".1.2.3" }, { AF_INET, "1..3.4" },
		{ AF_INET, "1.2.3.4.5" }, { AF_INET, "3.4.65536" },
		{ AF_INET, "256.1.1.1" }, { AF_INET, "4294967296" },
		{ AF_INET, "040000000000" }, { AF_INET, "1.0x123456789" },
		{ AF_INET, "08.1.1.1" }, { AF_INET, "0x.1.1.1" },
		{ AF_INET, "0x" }, { AF_INET, "0xg" },
		{ AF_INET, " 1.2.3.4" }, { AF_INET, "1.2.3.4 " },
		{ AF_INET, "+1.2.3.4" }, { AF_INET, "-1.2.3.4" },
		{ AF_INET, "1.2.3.4:0" }, { AF_INET, "1.2.3.4:" },
		{ AF_INET, "1.2.3.4:65536" }, { AF_INET, "1.2.3.4:80 " },
		{ AF_INET, "1.2.3.4:+80" }, { AF_INET, "[1.2.3.4]" },
		{ AF_INET, "[1.2.3.4]:80" }, { AF_INET, "::1" },
		{ AF_INET, "localhost" },
		/* Z8 */
		{ AF_INET6, "" }, { AF_INET6, "::1]:65535" },
		{ AF_INET6, "1:2:3:" }, { AF_INET6, "1.2.3.4" },
		{ AF_INET6, "[::1" }, { AF_INET6, "[::1]:" },
		{ AF_INET6, "[::1]:65536" }, { AF_INET6, "[::1]65535" },
		{ AF_INET6, "::1%" }, { AF_INET6, "::1%lo" },
		{ AF_INET6, "::1%4294967296" }, { AF_INET6, "::1 " },
		{ AF_INET6, "[::1]:80 " }, { AF_INET6, "[]" },
		/* No family that has addresses here. */
		{ AF_UNSPEC, "1.2.3.4" }, { AF_UNIX, "/tmp/x" },
	};
	union address a;
	int i, len, code;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		len = sizeof(a);
		if (!EXPECT_EQ(SOCKET_ERROR, parse(rows[i].text, rows[i].family,
						   &a, &len, &code)) ||
		    !EXPECT_EQ(WSAEINVAL, code))
			printf("# in \"%s\"\n", rows[i].text);
		EXPECT_EQ(sizeof(a), len);
		if (rows[i].family != AF_INET && rows[i].family != AF_INET6)
			continue;
		EXPECT_EQ(AF_UNSPEC, a.in.sin_family);
		EXPECT_EQ(0, a.in.sin_port);
	}
}

/* Zeros in front may be many, in wide text too. */
static void parse_long_text(void)
{
	static const struct {
		int family;
		const char *before;
		const char *behind;
	} rows[] = {
		{ AF_INET, "0x", "7f000001:80" }, { AF_INET, "127.", "1:80" },
		{ AF_INET, "127.0.0.1:", "120" }, { AF_INET6, "[::1%", "7]:80" },
	};
	char text[256];
	WCHAR wide[256];
	union address a;
	int i, j, len;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		strcpy(text, rows[i].before);
		memset(text + strlen(text), '0', 150);
		strcpy(text + strlen(rows[i].before) + 150, rows[i].behind);
		for (j = 0; j <= (int)strlen(text); j++)
			wide[j] = text[j];

		for (j = 0; j < 2; j++) {
			memset(&a, POISON, sizeof(a));
			len = sizeof(a);
			if (j)
				EXPECT_OK(WSAStringToAddressW(wide,
							      rows[i].family,
							      NULL, &a.sa,
							      &len));
			else
				EXPECT_OK(WSAStringToAddressA(text,
							      rows[i].family,
							      NULL, &a.sa,
							      &len));
			EXPECT_EQ(80, ntohs(a.in.sin_port));
			if (rows[i].family == AF_INET)
				EXPECT_EQ(INADDR_LOOPBACK,
					  ntohl(a.in.sin_addr.s_addr));
			else
				EXPECT_EQ(7, a.in6.sin6_scope_id);
		}
	}
}

static void parse_refuses_arguments(void)
{
	char text[] = "1.2.3.4";
	union address a;
	int len, code;

	/* Z6: the room is looked at before the text. */
	len = 0;
	EXPECT_EQ(SOCKET_ERROR, parse("x", AF_INET, &a, &len, &code));
	EXPECT_EQ(WSAEFAULT, code);
	EXPECT_EQ(16, len);
	len = 15;
	EXPECT_EQ(SOCKET_ERROR, parse("1.2.3.4", AF_INET, &a, &len, &code));
	EXPECT_EQ(WSAEFAULT, code);
	EXPECT_EQ(16, len);
	EXPECT_EQ(POISON, ((char *)&a)[0]);
	len = 27;
	EXPECT_EQ(SOCKET_ERROR, parse("::1", AF_INET6, &a, &len, &code));
	EXPECT_EQ(WSAEFAULT, code);
	EXPECT_EQ(28, len);
	EXPECT_EQ(POISON, ((char *)&a)[0]);

	EXPECT_FAIL(WSAEINVAL,
		    WSAStringToAddressA(NULL, AF_INET, NULL, &a.sa, &len));
	EXPECT_FAIL(WSAEFAULT,
		    WSAStringToAddressA(text, AF_INET, NULL, NULL, &len));
	EXPECT_FAIL(WSAEFAULT,
		    WSAStringToAddressA(text, AF_INET, NULL, &a.sa, NULL));
}

static void not_initialised(void)
{
	char text[16] = "1.2.3.4";
	WCHAR wide[16] = L"1.2.3.4";
	DWORD n = sizeof(text);
	union address a;
	int len = sizeof(a);

	memset(&a, 0, sizeof(a));
	a.in.sin_family = AF_INET;
	EXPECT_OK(WSACleanup());
	EXPECT_FAIL(WSANOTINITIALISED, WSAAddressToStringA(&a.sa, len, NULL,
							   text, &n));
	EXPECT_FAIL(WSANOTINITIALISED, WSAAddressToStringW(&a.sa, len, NULL,
							   wide, &n));
	EXPECT_FAIL(WSANOTINITIALISED, WSAStringToAddressA(text, AF_INET, NULL,
							   &a.sa, &len));
	EXPECT_FAIL(WSANOTINITIALISED, WSAStringToAddressW(wide, AF_INET, NULL,
							   &a.sa, &len));
	EXPECT_FAIL(WSANOTINITIALISED,
		    WSAAddressToStringA(NULL, 0, NULL, NULL, NULL));
	EXPECT_FAIL(WSANOTINITIALISED,
		    WSAStringToAddressA(NULL, 0, NULL, NULL, NULL));
}

static const struct api_test tests[] = {
	{ "sockaddr.to_text.ipv4", text_of_ipv4 },
	{ "sockaddr.to_text.ipv6", text_of_ipv6 },
	{ "sockaddr.to_text.refuses_arguments", text_refuses_arguments },
	{ "sockaddr.from_text.ipv4", parse_ipv4 },
	{ "sockaddr.from_text.ipv6", parse_ipv6 },
	{ "sockaddr.from_text.rejects", parse_rejects },
	{ "sockaddr.from_text.long", parse_long_text },
	{ "sockaddr.from_text.refuses_arguments", parse_refuses_arguments },
	{ "sockaddr.not_initialised", not_initialised },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
