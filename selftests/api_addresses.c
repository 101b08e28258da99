// SPDX-License-Identifier: GPL-2.0-only
/*
 * The inline functions of <mstcpip.h>: kinds of addresses, and IPv4 within IPv6.
 * Each address is tried aligned, and at an odd place.
 */
#include "api_test.h"
#include <mstcpip.h>

#define PORT	0x1234	/* as it lies in memory; no order is meant */

static IN_ADDR four(const char *text)
{
	IN_ADDR a;

	EXPECT_EQ(1, inet_pton(AF_INET, text, &a));
	return a;
}

static IN6_ADDR six(const char *text)
{
	IN6_ADDR a;

	EXPECT_EQ(1, inet_pton(AF_INET6, text, &a));
	return a;
}

static int is6(const IN6_ADDR *a, const char *text)
{
	IN6_ADDR want = six(text);

	return !memcmp(a, &want, sizeof(want));
}

/* Of IPv4: bits of what an address is. */
enum {
	ANY = 1, LOOP = 2, BROAD = 4, MULTI = 8, LINK = 0x10, PRIVATE = 0x20,
	MC_LINK = 0x40, MC_ADMIN = 0x80, MC_SITE = 0x100, TO4 = 0x200
};

static int kinds4(const IN_ADDR *a)
{
	return IN4_IS_ADDR_UNSPECIFIED(a) * ANY +
	       IN4_IS_ADDR_LOOPBACK(a) * LOOP +
	       IN4_IS_ADDR_BROADCAST(a) * BROAD +
	       IN4_IS_ADDR_MULTICAST(a) * MULTI +
	       IN4_IS_ADDR_LINKLOCAL(a) * LINK +
	       IN4_IS_ADDR_RFC1918(a) * PRIVATE +
	       IN4_IS_ADDR_MC_LINKLOCAL(a) * MC_LINK +
	       IN4_IS_ADDR_MC_ADMINLOCAL(a) * MC_ADMIN +
	       IN4_IS_ADDR_MC_SITELOCAL(a) * MC_SITE +
	       IN4_IS_ADDR_6TO4ELIGIBLE(a) * TO4;
}

static int unaligned_kinds4(const IN_ADDR *a)
{
	return IN4_IS_UNALIGNED_ADDR_UNSPECIFIED(a) * ANY +
	       IN4_IS_UNALIGNED_ADDR_LOOPBACK(a) * LOOP +
	       IN4_IS_UNALIGNED_ADDR_BROADCAST(a) * BROAD +
	       IN4_IS_UNALIGNED_ADDR_MULTICAST(a) * MULTI +
	       IN4_IS_UNALIGNED_ADDR_LINKLOCAL(a) * LINK +
	       IN4_IS_UNALIGNED_ADDR_RFC1918(a) * PRIVATE +
	       IN4_IS_UNALIGNED_ADDR_6TO4ELIGIBLE(a) * TO4;
}

static void ipv4_kinds(void)
{
	static const struct {
		const char *text;
		int kinds;
		SCOPE_LEVEL scope;
		NL_ADDRESS_TYPE type;
	} rows[] = {
		{ "0.0.0.0", ANY, ScopeLevelGlobal, NlatUnspecified },
		{ "0.0.0.1", 0, ScopeLevelGlobal, NlatInvalid },
		{ "1.0.0.0", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "9.255.255.255", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "10.0.0.0", PRIVATE, ScopeLevelGlobal, NlatUnicast },
		{ "10.255.255.255", PRIVATE, ScopeLevelGlobal, NlatUnicast },
		{ "11.0.0.0", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "126.255.255.255", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "127.0.0.1", LOOP, ScopeLevelLink, NlatUnicast },
		{ "127.255.255.255", LOOP, ScopeLevelLink, NlatUnicast },
		{ "1.0.0.127", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "128.0.0.0", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "169.253.255.255", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "169.254.0.0", LINK, ScopeLevelLink, NlatUnicast },
		{ "169.254.255.255", LINK, ScopeLevelLink, NlatUnicast },
		{ "169.255.0.0", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "172.15.255.255", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "172.16.0.0", PRIVATE, ScopeLevelGlobal, NlatUnicast },
		{ "172.31.255.255", PRIVATE, ScopeLevelGlobal, NlatUnicast },
		{ "172.32.0.0", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "192.167.255.255", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "192.168.0.0", PRIVATE, ScopeLevelGlobal, NlatUnicast },
		{ "192.168.255.255", PRIVATE, ScopeLevelGlobal, NlatUnicast },
		{ "192.169.0.0", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "223.255.255.255", TO4, ScopeLevelGlobal, NlatUnicast },
		{ "224.0.0.1", MULTI | MC_LINK, ScopeLevelLink, NlatMulticast },
		{ "224.0.1.0", MULTI, ScopeLevelGlobal, NlatMulticast },
		{ "238.255.0.1", MULTI, ScopeLevelGlobal, NlatMulticast },
		{ "239.254.0.1", MULTI | MC_SITE, ScopeLevelSite,
		  NlatMulticast },
		{ "239.255.0.1", MULTI | MC_ADMIN, ScopeLevelAdmin,
		  NlatMulticast },
		{ "240.0.0.0", 0, ScopeLevelGlobal, NlatInvalid },
		{ "255.255.255.254", 0, ScopeLevelGlobal, NlatInvalid },
		{ "255.255.255.255", BROAD, ScopeLevelLink, NlatBroadcast },
	};
	unsigned char odd[8];
	const IN_ADDR *away = (const IN_ADDR *)(const void *)(odd + 1);
	const int shared = ~(MC_LINK | MC_ADMIN | MC_SITE);
	IN_ADDR a;
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		a = four(rows[i].text);
		memcpy(odd + 1, &a, sizeof(a));
		if (!EXPECT_EQ(rows[i].kinds, kinds4(&a)) ||
		    !EXPECT_EQ(rows[i].kinds & shared, unaligned_kinds4(away)) ||
		    !EXPECT_EQ(0, IN4_IS_ADDR_SITELOCAL(&a)) ||
		    !EXPECT_EQ(rows[i].scope, Ipv4AddressScope(odd + 1)) ||
		    !EXPECT_EQ(rows[i].type, Ipv4AddressType(odd + 1)) ||
		    !EXPECT(IN4_ADDR_EQUAL(&a, &a)) ||
		    !EXPECT(IN4_UNALIGNED_ADDR_EQUAL(&a, away)) ||
		    !EXPECT_EQ(!!(rows[i].kinds & MULTI),
			       IN4_MULTICAST(a.s_addr)))
			printf("# of %s\n", rows[i].text);
		a.s_addr ^= htonl(1);
		EXPECT(!IN4_UNALIGNED_ADDR_EQUAL(&a, away));
	}
}

static void ipv4_with_port(void)
{
	IN_ADDR a = four("192.0.2.9");
	SOCKADDR_IN sa, other;

	memset(&sa, POISON, sizeof(sa));
	IN4ADDR_SETSOCKADDR(&sa, &a, PORT);
	EXPECT_EQ(AF_INET, sa.sin_family);
	EXPECT_EQ(PORT, sa.sin_port);
	EXPECT_EQ(a.s_addr, sa.sin_addr.s_addr);
	EXPECT_EQ(0, sa.sin_zero[0] | sa.sin_zero[7]);
	EXPECT(!IN4ADDR_ISANY(&sa));
	EXPECT(!IN4ADDR_ISUNSPECIFIED(&sa));
	EXPECT(!IN4ADDR_ISLOOPBACK(&sa));
	EXPECT_EQ(0, IN4ADDR_SCOPE_ID(&sa).Value);

	/* Ports do not count. */
	other = sa;
	other.sin_port = 1;
	EXPECT(IN4ADDR_ISEQUAL(&sa, &other));
	other.sin_addr.s_addr ^= htonl(1);
	EXPECT(!IN4ADDR_ISEQUAL(&sa, &other));

	IN4ADDR_SETANY(&sa);
	EXPECT(IN4ADDR_ISANY(&sa));
	EXPECT(IN4ADDR_ISUNSPECIFIED(&sa));
	EXPECT_EQ(0, sa.sin_port);
	memset(&sa, POISON, sizeof(sa));
	IN4ADDR_SETLOOPBACK(&sa);
	EXPECT_EQ(AF_INET, sa.sin_family);
	EXPECT_EQ(htonl(INADDR_LOOPBACK), sa.sin_addr.s_addr);
	EXPECT(IN4ADDR_ISLOOPBACK(&sa));
	EXPECT_EQ(0, sa.sin_port);
	EXPECT_EQ(0, sa.sin_zero[0] | sa.sin_zero[7]);
}

/* Of IPv6. */
enum {
	MAPPED = 1, COMPAT = 2, TRANSLATED = 4, SIX_TO_FOUR = 8, TEREDO = 0x10,
	ISATAP = 0x20, NODES_NODE = 0x40, NODES_LINK = 0x80,
	ROUTERS_LINK = 0x100, SOLICITED = 0x200
};

static int kinds6(const IN6_ADDR *a)
{
	return IN6_IS_ADDR_V4MAPPED(a) * MAPPED +
	       IN6_IS_ADDR_V4COMPAT(a) * COMPAT +
	       IN6_IS_ADDR_V4TRANSLATED(a) * TRANSLATED +
	       IN6_IS_ADDR_6TO4(a) * SIX_TO_FOUR +
	       IN6_IS_ADDR_TEREDO(a) * TEREDO +
	       IN6_IS_ADDR_ISATAP(a) * ISATAP +
	       IN6_IS_ADDR_ALLNODESONNODE(a) * NODES_NODE +
	       IN6_IS_ADDR_ALLNODESONLINK(a) * NODES_LINK +
	       IN6_IS_ADDR_ALLROUTERSONLINK(a) * ROUTERS_LINK +
	       IN6_IS_ADDR_SOLICITEDNODE(a) * SOLICITED;
}

static void ipv6_kinds(void)
{
	static const struct {
		const char *text;
		int kinds;
		SCOPE_LEVEL scope;
		NL_ADDRESS_TYPE type;
	} rows[] = {
		{ "::", 0, ScopeLevelGlobal, NlatUnspecified },
		{ "::1", 0, ScopeLevelLink, NlatUnicast },
		{ "::8.8.8.8", COMPAT, ScopeLevelGlobal, NlatUnicast },
		{ "::ffff:8.8.8.8", MAPPED, ScopeLevelGlobal, NlatUnicast },
		{ "::ffff:224.0.0.1", MAPPED, ScopeLevelGlobal, NlatInvalid },
		{ "::ffff:0:8.8.8.8", TRANSLATED, ScopeLevelGlobal,
		  NlatUnicast },
		{ "2002:808:808::1", SIX_TO_FOUR, ScopeLevelGlobal,
		  NlatUnicast },
		{ "2002:e000:1::1", SIX_TO_FOUR, ScopeLevelGlobal,
		  NlatInvalid },
		{ "2003::1", 0, ScopeLevelGlobal, NlatUnicast },
		{ "2001::1", TEREDO, ScopeLevelGlobal, NlatUnicast },
		{ "2001:1::1", 0, ScopeLevelGlobal, NlatUnicast },
		{ "3ffe:831f::1", TEREDO, ScopeLevelGlobal, NlatUnicast },
		{ "fe80::5efe:8.8.8.8", ISATAP, ScopeLevelLink, NlatUnicast },
		{ "fe80::200:5efe:8.8.8.8", ISATAP, ScopeLevelLink,
		  NlatUnicast },
		{ "fe80::100:5efe:8.8.8.8", 0, ScopeLevelLink, NlatUnicast },
		{ "fe80::201:5efe:8.8.8.8", 0, ScopeLevelLink, NlatUnicast },
		{ "fec0::1", 0, ScopeLevelSite, NlatUnicast },
		{ "ff01::1", NODES_NODE, ScopeLevelInterface, NlatMulticast },
		{ "ff02::1", NODES_LINK, ScopeLevelLink, NlatMulticast },
		{ "ff02::2", ROUTERS_LINK, ScopeLevelLink, NlatMulticast },
		{ "ff02::1:1", 0, ScopeLevelLink, NlatMulticast },
		{ "ff02::1:ff12:3456", SOLICITED, ScopeLevelLink,
		  NlatMulticast },
		{ "ff02::1:fe12:3456", 0, ScopeLevelLink, NlatMulticast },
		{ "ff0e::1", 0, ScopeLevelGlobal, NlatMulticast },
	};
	const UCHAR *bytes;
	SOCKADDR_IN6 sa;
	IN6_ADDR a;
	int i;

	memset(&sa, 0, sizeof(sa));
	sa.sin6_family = AF_INET6;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		a = six(rows[i].text);
		bytes = (const UCHAR *)&a;
		sa.sin6_addr = a;
		if (!EXPECT_EQ(rows[i].kinds, kinds6(&a)) ||
		    !EXPECT_EQ(rows[i].scope, Ipv6AddressScope(bytes)) ||
		    !EXPECT_EQ(rows[i].type, Ipv6AddressType(bytes)) ||
		    !EXPECT_EQ(rows[i].kinds & (MAPPED | SIX_TO_FOUR | TEREDO |
						ISATAP),
			       IN6ADDR_ISV4MAPPED(&sa) * MAPPED +
			       IN6ADDR_IS6TO4(&sa) * SIX_TO_FOUR +
			       IN6ADDR_ISTEREDO(&sa) * TEREDO +
			       IN6ADDR_ISISATAP(&sa) * ISATAP) ||
		    !EXPECT_EQ(!!(rows[i].kinds & MAPPED),
			       INETADDR_ISV4MAPPED((SOCKADDR *)&sa)))
			printf("# of %s\n", rows[i].text);
	}
}

static void ipv6_prefixes(void)
{
	IN6_ADDR a = six("2001:db8::");
	IN6_ADDR b;
	int bit;

	/* Equal before the one bit that differs, and not with it. */
	for (bit = 0; bit < 128; bit++) {
		b = a;
		b.s6_addr[bit / 8] ^= 0x80 >> bit % 8;
		if (!EXPECT(IN6_PREFIX_EQUAL(&a, &b, (UINT8)bit)) ||
		    !EXPECT(!IN6_PREFIX_EQUAL(&a, &b, (UINT8)(bit + 1))) ||
		    !EXPECT(!IN6_PREFIX_EQUAL(&a, &b, 128)))
			printf("# at bit %d\n", bit);
	}
	EXPECT(IN6_PREFIX_EQUAL(&a, &a, 128));
}

static void ipv4_within_ipv6(void)
{
	IN_ADDR global = four("8.9.10.11");
	IN_ADDR home = four("192.168.1.2");
	IN6_ADDR a, unicast;

	memset(&a, POISON, sizeof(a));
	IN6_SET_ADDR_V4MAPPED(&a, &global);
	EXPECT(is6(&a, "::ffff:8.9.10.11"));
	EXPECT_EQ(0, memcmp(IN6_GET_ADDR_V4MAPPED(&a), &global, 4));
	memset(&a, POISON, sizeof(a));
	IN6_SET_ADDR_V4COMPAT(&a, &global);
	EXPECT(is6(&a, "::8.9.10.11"));
	EXPECT_EQ(0, memcmp(IN6_GET_ADDR_V4COMPAT(&a), &global, 4));

	/* The other half stays. */
	a = six("1:2:3:4:5:6:7:8");
	IN6_SET_6TO4_PREFIX(&a, &global);
	EXPECT(is6(&a, "2002:809:a0b:0:5:6:7:8"));
	EXPECT_EQ(0, memcmp(IN6_EXTRACT_V4ADDR_FROM_6TO4(&a), &global, 4));
	a = six("1:2:3:4:5:6:7:8");
	IN6_SET_ISATAP_IDENTIFIER(&a, &global);
	EXPECT(is6(&a, "1:2:3:4:200:5efe:8.9.10.11"));
	EXPECT_EQ(0, memcmp(IN6_EXTRACT_V4ADDR_FROM_ISATAP(&a), &global, 4));
	IN6_SET_ISATAP_IDENTIFIER(&a, &home);
	EXPECT(is6(&a, "1:2:3:4:0:5efe:192.168.1.2"));

	unicast = six("2001:db8::12:3456");
	memset(&a, POISON, sizeof(a));
	IN6_SET_ADDR_SOLICITEDNODE(&a, &unicast);
	EXPECT(is6(&a, "ff02::1:ff12:3456"));
}

static SCOPE_ID scope(int zone, SCOPE_LEVEL level)
{
	SCOPE_ID id;

	id.Zone = zone;
	id.Level = level;
	return id;
}

static ULONG plain(const char *text, SCOPE_ID id)
{
	IN6_ADDR a = six(text);

	IN6_UNCANONICALIZE_SCOPE_ID(&a, &id);
	return id.Value;
}

static void scopes(void)
{
	IN_ADDR a = four("169.254.0.1");
	SCOPE_ID id;

	/* A zone of global addresses and of the loopback is none. */
	EXPECT_EQ(0, plain("2001:db8::1", scope(3, ScopeLevelLink)));
	EXPECT_EQ(0, plain("::1", scope(3, ScopeLevelLink)));
	/* The address's own level goes without saying. */
	EXPECT_EQ(3, plain("fe80::1", scope(3, ScopeLevelLink)));
	EXPECT_EQ(scope(3, ScopeLevelSite).Value,
		  plain("fe80::1", scope(3, ScopeLevelSite)));
	EXPECT_EQ(3, plain("fec0::1", scope(3, ScopeLevelSite)));
	id = scope(3, ScopeLevelLink);
	IN4_UNCANONICALIZE_SCOPE_ID(&a, &id);
	EXPECT_EQ(3, id.Value);
	id = scope(3, ScopeLevelLink);
	a = four("127.0.0.1");
	INET_UNCANONICALIZE_SCOPE_ID(AF_INET, (UCHAR *)&a, &id);
	EXPECT_EQ(0, id.Value);
}

static void ipv6_with_port(void)
{
	IN6_ADDR a = six("fe80::9");
	IN_ADDR a4 = four("8.9.10.11");
	SOCKADDR_IN6 sa, other;

	memset(&sa, POISON, sizeof(sa));
	IN6ADDR_SETSOCKADDR(&sa, &a, scope(3, ScopeLevelLink), PORT);
	EXPECT_EQ(AF_INET6, sa.sin6_family);
	EXPECT_EQ(PORT, sa.sin6_port);
	EXPECT_EQ(0, sa.sin6_flowinfo);
	EXPECT(is6(&sa.sin6_addr, "fe80::9"));
	EXPECT_EQ(3, sa.sin6_scope_id);
	EXPECT(!IN6ADDR_ISUNSPECIFIED(&sa));

	other = sa;
	other.sin6_port = 1;
	other.sin6_flowinfo = 1;
	EXPECT(IN6ADDR_ISEQUAL(&sa, &other));
	other.sin6_scope_id = 4;
	EXPECT(!IN6ADDR_ISEQUAL(&sa, &other));
	other = sa;
	other.sin6_addr.s6_addr[15] = 8;
	EXPECT(!IN6ADDR_ISEQUAL(&sa, &other));

	memset(&sa, POISON, sizeof(sa));
	IN6ADDR_SETV4MAPPED(&sa, &a4, scope(3, ScopeLevelLink), PORT);
	EXPECT_EQ(AF_INET6, sa.sin6_family);
	EXPECT_EQ(PORT, sa.sin6_port);
	EXPECT_EQ(0, sa.sin6_flowinfo);
	EXPECT(is6(&sa.sin6_addr, "::ffff:8.9.10.11"));
	EXPECT_EQ(0, sa.sin6_scope_id);

	IN6ADDR_SETANY(&sa);
	EXPECT(IN6ADDR_ISUNSPECIFIED(&sa));
	sa.sin6_scope_id = 1;
	EXPECT(IN6ADDR_ISANY(&sa));
	EXPECT(!IN6ADDR_ISUNSPECIFIED(&sa));
}

static void either_family(void)
{
	IN_ADDR a4 = four("255.255.255.255");
	IN6_ADDR a6 = six("ff02::1");
	UCHAR bytes[17] = { 0 };

	EXPECT_EQ(4, INET_ADDR_LENGTH(AF_INET));
	EXPECT_EQ(16, INET_ADDR_LENGTH(AF_INET6));
	EXPECT_EQ(16, INET_SOCKADDR_LENGTH(AF_INET));
	EXPECT_EQ(28, INET_SOCKADDR_LENGTH(AF_INET6));
	EXPECT(INET_IS_ADDR_BROADCAST(AF_INET, &a4));
	EXPECT(!INET_IS_ADDR_MULTICAST(AF_INET, &a4));
	EXPECT(INET_IS_ADDR_MULTICAST(AF_INET6, &a6));
	memset(&a6, 0xff, sizeof(a6));
	EXPECT(!INET_IS_ADDR_BROADCAST(AF_INET6, &a6));
	a6 = six("::1");
	EXPECT(INET_IS_ADDR_LOOPBACK(AF_INET6, &a6));
	/* the first four bytes decide for IPv4 */
	EXPECT(!INET_IS_ADDR_LOOPBACK(AF_INET, &a6));
	EXPECT(INET_IS_ADDR_UNSPECIFIED(AF_INET, &a6));
	EXPECT(!INET_IS_ADDR_UNSPECIFIED(AF_INET6, &a6));
	EXPECT(INET_ADDR_EQUAL(AF_INET, &a6, bytes));
	EXPECT(!INET_UNALIGNED_ADDR_EQUAL(AF_INET6, &a6, bytes));
	INET_SET_ADDRESS(AF_INET6, bytes, (UCHAR *)&a6);
	EXPECT(INET_ADDR_EQUAL(AF_INET6, &a6, bytes));
	INET_SET_ADDRESS(AF_INET, bytes, (UCHAR *)&a4);
	EXPECT_EQ(0xff, bytes[3]);
	EXPECT_EQ(0, bytes[4]);
	EXPECT_EQ(1, bytes[15]);
	EXPECT_EQ(0, bytes[16]);
	EXPECT(NL_ADDR_EQUAL(AF_INET6, scope(1, 0), (UCHAR *)&a6, scope(1, 0),
			     (UCHAR *)&a6));
	EXPECT(!NL_ADDR_EQUAL(AF_INET6, scope(1, 0), (UCHAR *)&a6, scope(2, 0),
			      (UCHAR *)&a6));
}

/* What the family in the structure decides. */
static void sockaddr_of(ADDRESS_FAMILY family, const char *text,
			const char *loopback)
{
	SOCKADDR_STORAGE ss, other;
	SOCKADDR *sa = (SOCKADDR *)&ss;
	UCHAR bytes[17];
	int size = family == AF_INET6 ? 16 : 4;
	int at = family == AF_INET6 ? 8 : 4;

	/* an odd place */
	EXPECT_EQ(1, inet_pton(family, text, bytes + 1));
	memset(&ss, POISON, sizeof(ss));
	INETADDR_SETSOCKADDR(family, sa, bytes + 1, scope(0, 0), PORT);
	EXPECT_EQ(family, ss.ss_family);
	EXPECT_EQ(PORT, INETADDR_PORT(sa));
	EXPECT_EQ(PORT, SS_PORT(sa));
	EXPECT(INETADDR_ADDRESS(sa) == (UCHAR *)&ss + at);
	EXPECT_EQ(0, memcmp(INETADDR_ADDRESS(sa), bytes + 1, size));
	EXPECT_EQ(0, INETADDR_SCOPE_ID(sa).Value);
	EXPECT(!INETADDR_ISANY(sa));
	EXPECT(!INETADDR_ISLOOPBACK(sa));
	EXPECT(!INETADDR_ISUNSPECIFIED(sa));
	EXPECT(!INETADDR_ISV4MAPPED(sa));
	/* nothing beyond */
	EXPECT_EQ(POISON, ((UCHAR *)&ss)[family == AF_INET6 ? 28 : 16]);

	other = ss;
	INETADDR_SET_PORT((SOCKADDR *)&other, 1);
	EXPECT_EQ(1, INETADDR_PORT((SOCKADDR *)&other));
	EXPECT(INETADDR_ISEQUAL(sa, (SOCKADDR *)&other));
	bytes[1] ^= 1;
	INETADDR_SET_ADDRESS((SOCKADDR *)&other, bytes + 1);
	EXPECT(!INETADDR_ISEQUAL(sa, (SOCKADDR *)&other));
	EXPECT_EQ(0, memcmp(INETADDR_ADDRESS((SOCKADDR *)&other), bytes + 1,
			    size));
	other = ss;
	other.ss_family = family == AF_INET6 ? AF_INET : AF_INET6;
	EXPECT(!INETADDR_ISEQUAL(sa, (SOCKADDR *)&other));

	INETADDR_SETANY(sa);
	EXPECT_EQ(family, ss.ss_family);
	EXPECT_EQ(0, INETADDR_PORT(sa));
	EXPECT(INETADDR_ISANY(sa));
	EXPECT(INETADDR_ISUNSPECIFIED(sa));
	memset((UCHAR *)&ss + 2, POISON, sizeof(ss) - 2);
	INETADDR_SETLOOPBACK(sa);
	EXPECT_EQ(family, ss.ss_family);
	EXPECT_EQ(0, INETADDR_PORT(sa));
	EXPECT(INETADDR_ISLOOPBACK(sa));
	EXPECT_EQ(1, inet_pton(family, loopback, bytes));
	EXPECT_EQ(0, memcmp(INETADDR_ADDRESS(sa), bytes, size));
	EXPECT_EQ(POISON, ((UCHAR *)&ss)[family == AF_INET6 ? 28 : 16]);
}

static void sockaddr_of_either_family(void)
{
	SOCKADDR_IN6 sa, other;

	sockaddr_of(AF_INET, "192.0.2.9", "127.0.0.1");
	sockaddr_of(AF_INET6, "2001:db8::9", "::1");

	/* What IPv6 alone has. */
	memset(&sa, 0, sizeof(sa));
	sa.sin6_family = AF_INET6;
	sa.sin6_addr = six("::ffff:127.0.0.1");
	EXPECT(INETADDR_ISV4MAPPED((SOCKADDR *)&sa));
	EXPECT(!INETADDR_ISLOOPBACK((SOCKADDR *)&sa));
	sa.sin6_addr = six("::");
	sa.sin6_scope_id = 5;
	EXPECT_EQ(5, INETADDR_SCOPE_ID((SOCKADDR *)&sa).Value);
	EXPECT(INETADDR_ISANY((SOCKADDR *)&sa));
	EXPECT(!INETADDR_ISUNSPECIFIED((SOCKADDR *)&sa));
	other = sa;
	other.sin6_scope_id = 6;
	EXPECT(INETADDR_ISEQUAL((SOCKADDR *)&sa, (SOCKADDR *)&sa));
	EXPECT(!INETADDR_ISEQUAL((SOCKADDR *)&sa, (SOCKADDR *)&other));
}

static const struct api_test tests[] = {
	{ "ipv4_kinds", ipv4_kinds },
	{ "ipv4_with_port", ipv4_with_port },
	{ "ipv6_kinds", ipv6_kinds },
	{ "ipv6_prefixes", ipv6_prefixes },
	{ "ipv4_within_ipv6", ipv4_within_ipv6 },
	{ "scopes", scopes },
	{ "ipv6_with_port", ipv6_with_port },
	{ "either_family", either_family },
	{ "sockaddr_of_either_family", sockaddr_of_either_family },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 0);
}
