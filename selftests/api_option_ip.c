// SPDX-License-Identifier: GPL-2.0-only
/*
 * getsockopt and setsockopt: options of TCP, UDP, IP and IPv6 with rules of
 * their own.
 */
#include "api_option.h"

/* T10 */
static void NODELAY_of_42_bytes(void)
{
	SOCKET s = tcp();
	char value[42];

	memset(value, 0, sizeof(value));
	value[0] = 1;
	EXPECT_OK(setsockopt(s, IPPROTO_TCP, TCP_NODELAY, value, 42));
	EXPECT_EQ(1, get(s, IPPROTO_TCP, TCP_NODELAY));
	closesocket(s);
}

/* T11 */
static void MULTICAST_TTL_uses_the_bytes_it_is_given(void)
{
	SOCKET s = udp();
	DWORD value;
	int len;

	for (len = 1; len <= 4; len++) {
		/* All bytes behind are those of another number. */
		value = len == 4 ? 7 : 0xffffffff << (8 * len) | 7;
		EXPECT_OK(setsockopt(s, IPPROTO_IP, IP_MULTICAST_TTL,
				     (char *)&value, len));
		EXPECT_EQ(7, get(s, IPPROTO_IP, IP_MULTICAST_TTL));
	}
	value = 0x107;
	EXPECT_FAIL(WSAEINVAL, setsockopt(s, IPPROTO_IP, IP_MULTICAST_TTL,
					  (char *)&value, 2));
	closesocket(s);
}

/* T23 */
static void DONTFRAGMENT_any_bit_is_1(void)
{
	SOCKET s = udp(), t = tcp();

	EXPECT_EQ(0, get(s, IPPROTO_IP, IP_DONTFRAGMENT));
	EXPECT_EQ(1, get(t, IPPROTO_IP, IP_DONTFRAGMENT));
	EXPECT_OK(set(s, IPPROTO_IP, IP_DONTFRAGMENT, 0x1000));
	EXPECT_EQ(1, get(s, IPPROTO_IP, IP_DONTFRAGMENT));
	EXPECT_OK(set(t, IPPROTO_IP, IP_DONTFRAGMENT, 0));
	EXPECT_EQ(0, get(t, IPPROTO_IP, IP_DONTFRAGMENT));
	closesocket(s);
	closesocket(t);
}

/* T28 */
static void HDRINCL_of_no_raw_socket_WSAEINVAL(void)
{
	SOCKET all[4];
	int i;

	all[0] = tcp();
	all[1] = udp();
	all[2] = socket(AF_INET6, SOCK_STREAM, 0);
	all[3] = socket(AF_INET6, SOCK_DGRAM, 0);
	for (i = 0; i < 4; i++) {
		get_fails(WSAEINVAL, all[i], IPPROTO_IP, IP_HDRINCL);
		EXPECT_FAIL(WSAEINVAL, set(all[i], IPPROTO_IP, IP_HDRINCL, 1));
		closesocket(all[i]);
	}
}

/* T29 */
static void V6ONLY_until_bound(void)
{
	static const int families[] = { AF_INET, AF_INET6 };
	struct api_addr a;
	SOCKET s;
	int i;

	for (i = 0; i < 2; i++) {
		s = socket(families[i], SOCK_DGRAM, 0);
		EXPECT_EQ(1, get(s, IPPROTO_IPV6, IPV6_V6ONLY));
		EXPECT_OK(set(s, IPPROTO_IPV6, IPV6_V6ONLY, 0));
		EXPECT_EQ(0, get(s, IPPROTO_IPV6, IPV6_V6ONLY));
		api_loopback(families[i], &a);
		EXPECT_OK(bind(s, (struct sockaddr *)&a.name, a.len));
		EXPECT_EQ(0, get(s, IPPROTO_IPV6, IPV6_V6ONLY));
		EXPECT_FAIL(WSAEINVAL, set(s, IPPROTO_IPV6, IPV6_V6ONLY, 1));
		EXPECT_EQ(0, get(s, IPPROTO_IPV6, IPV6_V6ONLY));
		closesocket(s);
	}
	/* The other options of IPv6 are for its own sockets. */
	s = udp();
	get_fails(WSAENOPROTOOPT, s, IPPROTO_IPV6, IPV6_UNICAST_HOPS);
	closesocket(s);
}

/* What get and then set of the same value answer (T31). */
#define BOTH	0			/* both succeed */
#define E	WSAEINVAL
#define N	WSAENOTCONN
#define P	WSAENOPROTOOPT

enum {
	SET_FAILS = 1,		/* only the set does */
	GET_ONLY = 2		/* there is no set */
};

static const struct {
	int name, name6;	/* 0: not at that level */
	int flags;
	int tcp, udp, raw;
} T31[] = {
	{ 1, 1, 0, BOTH, BOTH, BOTH },
	{ 3, 0, 0, BOTH, BOTH, BOTH },
	{ 4, 4, 0, BOTH, BOTH, BOTH },
	{ 14, 14, 0, BOTH, BOTH, BOTH },
	{ 0, 23, 0, BOTH, BOTH, BOTH },
	{ 0, 27, 0, BOTH, BOTH, BOTH },
	{ 28, 28, 0, BOTH, BOTH, BOTH },
	{ 31, 31, 0, BOTH, BOTH, BOTH },
	{ 32, 32, 0, BOTH, BOTH, BOTH },
	{ 76, 76, 0, BOTH, BOTH, BOTH },
	{ 2, 2, 0, E, E, BOTH },
	{ 9, 9, 0, E, BOTH, BOTH },
	{ 10, 10, 0, E, BOTH, BOTH },
	{ 11, 11, 0, E, BOTH, BOTH },
	{ 19, 19, 0, E, BOTH, BOTH },
	{ 21, 21, 0, E, BOTH, BOTH },
	{ 22, 0, 0, E, BOTH, BOTH },
	{ 24, 24, 0, E, BOTH, BOTH },
	{ 25, 25, 0, E, BOTH, BOTH },
	{ 38, 38, 0, E, BOTH, BOTH },
	{ 40, 40, 0, E, BOTH, BOTH },
	{ 47, 47, 0, E, BOTH, BOTH },
	{ 50, 50, 0, E, BOTH, BOTH },
	{ 51, 51, 0, E, BOTH, BOTH },
	{ 60, 60, 0, E, BOTH, BOTH },
	{ 70, 70, 0, E, BOTH, BOTH },
	{ 12, 12, GET_ONLY, P, P, P },
	{ 13, 13, GET_ONLY, P, P, P },
	{ 33, 33, GET_ONLY, E, E, E },
	{ 71, 71, SET_FAILS, E, E, E },
	{ 73, 72, GET_ONLY, N, N, N },
	{ 75, 75, 0, E, BOTH, E },
};

static void get_and_set(SOCKET s, int level, int name, int flags, int code)
{
	int before = api_failed;
	char value[256];
	int len = sizeof(value);

	memset(value, 0, sizeof(value));
	api_failed = 0;
	if (!code || flags & SET_FAILS)
		EXPECT_OK(getsockopt(s, level, name, value, &len));
	else
		EXPECT_FAIL(code, getsockopt(s, level, name, value, &len));
	if (!code)
		EXPECT_OK(setsockopt(s, level, name, value, len));
	else if (!(flags & GET_ONLY))
		EXPECT_FAIL(code, setsockopt(s, level, name, value,
					     flags & SET_FAILS ? len : 4));
	if (api_failed)
		printf("# ... of level %d, name %d\n", level, name);
	api_failed |= before;
}

/*
 * (T31): WSAEINVAL, WSAENOTCONN, WSAENOPROTOOPT as the table has them.
 */
static void fresh_values_can_be_set(void)
{
	static const int families[] = { AF_INET, AF_INET6 };
	int i, k, code, level, name;
	SOCKET s[3];

	for (k = 0; k < 2; k++) {
		s[0] = socket(families[k], SOCK_STREAM, 0);
		s[1] = socket(families[k], SOCK_DGRAM, 0);
		/* For administrators, and where there are any. */
		s[2] = socket(families[k], SOCK_RAW, 255);
		for (i = 0; i < 3 * ARRAY_SIZE(T31); i++) {
			level = k ? IPPROTO_IPV6 : IPPROTO_IP;
			name = k ? T31[i / 3].name6 : T31[i / 3].name;
			code = i % 3 == 0 ? T31[i / 3].tcp :
			       i % 3 == 1 ? T31[i / 3].udp : T31[i / 3].raw;
			if (name && s[i % 3] != INVALID_SOCKET)
				get_and_set(s[i % 3], level, name,
					    T31[i / 3].flags, code);
		}
		closesocket(s[0]);
		closesocket(s[1]);
		if (s[2] != INVALID_SOCKET)
			closesocket(s[2]);
	}
}

static void IP_OPTIONS_read_as_they_were_set(void)
{
	/* No operation, four times. */
	static const char options[4] = { 1, 1, 1, 1 };
	SOCKET s = udp();
	char room[40], big[44];
	int len = sizeof(room);

	memset(big, 1, sizeof(big));
	EXPECT_OK(getsockopt(s, IPPROTO_IP, IP_OPTIONS, room, &len));
	EXPECT_EQ(0, len);
	EXPECT_OK(setsockopt(s, IPPROTO_IP, IP_OPTIONS, options, 4));
	len = sizeof(room);
	EXPECT_OK(getsockopt(s, IPPROTO_IP, IP_OPTIONS, room, &len));
	EXPECT_EQ(4, len);
	EXPECT_EQ(0, memcmp(options, room, 4));
	len = 3;
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, IPPROTO_IP, IP_OPTIONS, room,
					  &len));
	EXPECT_FAIL(WSAEINVAL, setsockopt(s, IPPROTO_IP, IP_OPTIONS, big, 44));
	EXPECT_OK(setsockopt(s, IPPROTO_IP, IP_OPTIONS, options, 0));
	len = sizeof(room);
	EXPECT_OK(getsockopt(s, IPPROTO_IP, IP_OPTIONS, room, &len));
	EXPECT_EQ(0, len);
	closesocket(s);
}

static void MTU_of_a_connection(void)
{
	struct api_addr a;
	struct pair p;
	SOCKET s = udp(), to = bound(AF_INET, &a);

	connected(AF_INET, &p);
	EXPECT(get(p.client, IPPROTO_IP, IP_MTU) >= 576);
	EXPECT(get(p.client, IPPROTO_TCP, TCP_MAXSEG) >= 536);
	EXPECT_FAIL(WSAENOPROTOOPT, set(p.client, IPPROTO_IP, IP_MTU, 1500));
	EXPECT_FAIL(WSAENOPROTOOPT, set(p.client, IPPROTO_TCP, TCP_MAXSEG,
					1000));
	get_fails(WSAENOTCONN, s, IPPROTO_IP, IP_MTU);
	EXPECT_OK(connect(s, (struct sockaddr *)&a.name, a.len));
	EXPECT(get(s, IPPROTO_IP, IP_MTU) >= 576);
	disconnect(&p);
	closesocket(s);
	closesocket(to);
}

/* What the pages call out of range.  [setsockopt WSAEINVAL] */
static void value_out_of_range_WSAEINVAL(void)
{
	static const struct {
		int level, name;
		DWORD value;
	} bad[] = {
		{ IPPROTO_TCP, TCP_KEEPCNT, 0 },
		{ IPPROTO_TCP, TCP_KEEPCNT, 256 },
		{ IPPROTO_TCP, TCP_KEEPIDLE, 0 },
		{ IPPROTO_IP, IP_TTL, 0 },
		{ IPPROTO_IP, IP_MTU_DISCOVER, 0 },
		{ IPPROTO_IP, IP_MTU_DISCOVER, 4 },
		{ IPPROTO_IP, IP_UNICAST_IF, 0x0100007f },
		{ IPPROTO_IP, IP_PROTECTION_LEVEL, 0 },
		{ IPPROTO_IPV6, IPV6_PROTECTION_LEVEL, 0 },
		{ IPPROTO_IPV6, IPV6_PROTECTION_LEVEL, 0xffffffff },
	};
	SOCKET s = socket(AF_INET6, SOCK_STREAM, 0), d = udp();
	int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		DWORD before = get(s, bad[i].level, bad[i].name);

		EXPECT_FAIL(WSAEINVAL, set(s, bad[i].level, bad[i].name,
					   bad[i].value));
		EXPECT_EQ(before, get(s, bad[i].level, bad[i].name));
	}
	EXPECT_FAIL(WSAEINVAL, set(d, IPPROTO_UDP, UDP_SEND_MSG_SIZE,
				   0x10000));
	closesocket(s);
	closesocket(d);
}

/* RFC 1122's urgent byte can be chosen but not given up. */
static void EXPEDITED_1122_is_for_good(void)
{
	SOCKET s = tcp();

	EXPECT_EQ(0, get(s, IPPROTO_TCP, TCP_EXPEDITED_1122));
	EXPECT_EQ(1, get(s, IPPROTO_TCP, TCP_BSDURGENT));
	EXPECT_OK(set(s, IPPROTO_TCP, TCP_BSDURGENT, 0));
	EXPECT_EQ(1, get(s, IPPROTO_TCP, TCP_EXPEDITED_1122));
	EXPECT_FAIL(WSAEINVAL, set(s, IPPROTO_TCP, TCP_EXPEDITED_1122, 0));
	EXPECT_FAIL(WSAEINVAL, set(s, IPPROTO_TCP, TCP_BSDURGENT, 1));
	EXPECT_EQ(0, get(s, IPPROTO_TCP, TCP_BSDURGENT));
	closesocket(s);
}

static void ICMP_ERROR_INFO_without_an_error_is_empty(void)
{
	SOCKET s = tcp();
	char room[64];
	int len = sizeof(room);

	EXPECT_FAIL(WSAEINVAL, getsockopt(s, IPPROTO_TCP, TCP_ICMP_ERROR_INFO,
					  room, &len));
	EXPECT_OK(set(s, IPPROTO_TCP, TCP_FAIL_CONNECT_ON_ICMP_ERROR, 1));
	EXPECT_OK(getsockopt(s, IPPROTO_TCP, TCP_ICMP_ERROR_INFO, room, &len));
	EXPECT_EQ(0, len);
	closesocket(s);
}

#define TEST(name)	{ "api_option_ip." #name, name }

static const struct api_test tests[] = {
	TEST(NODELAY_of_42_bytes),
	TEST(MULTICAST_TTL_uses_the_bytes_it_is_given),
	TEST(DONTFRAGMENT_any_bit_is_1),
	TEST(HDRINCL_of_no_raw_socket_WSAEINVAL),
	TEST(V6ONLY_until_bound),
	TEST(fresh_values_can_be_set),
	TEST(IP_OPTIONS_read_as_they_were_set),
	TEST(MTU_of_a_connection),
	TEST(value_out_of_range_WSAEINVAL),
	TEST(EXPEDITED_1122_is_for_good),
	TEST(ICMP_ERROR_INFO_without_an_error_is_empty),
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
