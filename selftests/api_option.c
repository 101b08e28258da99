// SPDX-License-Identifier: GPL-2.0-only
/*
 * getsockopt and setsockopt, as tables: where each option exists, its default,
 * what it reads after it was set, and how it takes lengths.
 */
#include "api_peer.h"

#include <mswsock.h>
#include <windows.h>

/* Newer than some compilers' headers. */
#ifndef SO_BSP_STATE
#define SO_BSP_STATE			0x1009
#endif
#ifndef SO_PAUSE_ACCEPT
#define SO_PAUSE_ACCEPT			0x3003
#endif
#ifndef SO_RANDOMIZE_PORT
#define SO_RANDOMIZE_PORT		0x3005
#endif
#ifndef SO_PORT_SCALABILITY
#define SO_PORT_SCALABILITY		0x3006
#endif
#ifndef SO_REUSE_UNICASTPORT
#define SO_REUSE_UNICASTPORT		0x3007
#define SO_REUSE_MULTICASTPORT		0x3008
#endif
#ifndef TCP_KEEPIDLE
#define TCP_KEEPIDLE			3
#define TCP_MAXSEG			4
#define TCP_MAXRT			5
#define TCP_STDURG			6
#define TCP_TIMESTAMPS			10
#define TCP_DELAY_FIN_ACK		13
#define TCP_MAXRTMS			14
#define TCP_FASTOPEN			15
#define TCP_KEEPCNT			16
#define TCP_KEEPINTVL			17
#define TCP_FAIL_CONNECT_ON_ICMP_ERROR	18
#define TCP_ICMP_ERROR_INFO		19
#endif
#ifndef UDP_SEND_MSG_SIZE
#define UDP_SEND_MSG_SIZE		2
#define UDP_RECV_MAX_COALESCED_SIZE	3
#endif

/* The sockets that each test has. */
enum {
	TCP4 = 1,
	UDP4 = 2,
	TCP6 = 4,
	UDP6 = 8,
	TCP = TCP4 | TCP6,
	UDP = UDP4 | UDP6,
	V6 = TCP6 | UDP6,
	ALL = TCP | UDP
};

static const struct {
	int bit;
	int family;
	int type;
} kinds[] = {
	{ TCP4, AF_INET, SOCK_STREAM },
	{ UDP4, AF_INET, SOCK_DGRAM },
	{ TCP6, AF_INET6, SOCK_STREAM },
	{ UDP6, AF_INET6, SOCK_DGRAM },
};

/* How a value is taken and given: the rows T1 to T8 of the observations. */
enum type {
	BOOLEAN1,
	INT2,
	DWORD3,
	BYTE5,
	SWITCH6,
	SMALL7,
	FLAG8,
	NUMBER8
};

/* What row T1 to T8 says of each. */
static const struct {
	int least_set;		/* the fewest bytes that a set takes */
	int negative;		/* code of a set with length -1 */
	int boolean;		/* reads 0 or 1 */
	int least_get;		/* the fewest bytes that a get takes */
	int whole;		/* what a get with room tells */
} types[] = {
	{ 0, 0, 1, 1, 4 },
	{ 4, 0, 0, 4, 4 },
	{ 4, 0, 0, 4, 4 },
	{ 1, WSAENOBUFS, 1, 1, 1 },
	{ 1, WSAENOBUFS, 1, 1, 4 },
	{ 1, WSAENOBUFS, 0, 1, 4 },
	{ 4, WSAENOBUFS, 1, 4, 4 },
	{ 4, WSAENOBUFS, 0, 4, 4 },
};

/* A default that is the system's own. */
#define SYSTEM	0xdecaf00du

struct row {
	const char *text;
	int level;
	int name;
	enum type type;
	int where;
	DWORD initial;
	DWORD values[2];
};

#define ROW(level, name, type, where, initial, one, other)		\
	{ #name, level, name, type, where, initial, { one, other } }
#define ON(level, name, type, where)					\
	ROW(level, name, type, where, 1, 0, 1)
#define OFF(level, name, type, where)					\
	ROW(level, name, type, where, 0, 1, 0)

/* Options that can be read and set. */
static const struct row rows[] = {
	OFF(SOL_SOCKET, SO_DEBUG, BOOLEAN1, ALL),
	OFF(SOL_SOCKET, SO_REUSEADDR, BOOLEAN1, ALL),
	OFF(SOL_SOCKET, SO_KEEPALIVE, BYTE5, TCP),
	OFF(SOL_SOCKET, SO_DONTROUTE, BYTE5, TCP4 | UDP4),
	OFF(SOL_SOCKET, SO_BROADCAST, BOOLEAN1, UDP),
	ROW(SOL_SOCKET, SO_LINGER, INT2, TCP, 0, 73 << 16, 189 << 16 | 5),
	ON(SOL_SOCKET, SO_DONTLINGER, BOOLEAN1, TCP),
	OFF(SOL_SOCKET, SO_OOBINLINE, BOOLEAN1, TCP),
	ROW(SOL_SOCKET, SO_SNDBUF, INT2, ALL, SYSTEM, 8192, 50001),
	ROW(SOL_SOCKET, SO_RCVBUF, INT2, ALL, SYSTEM, 8192, 50001),
	ROW(SOL_SOCKET, SO_SNDTIMEO, DWORD3, ALL, 0, 63000, 1),
	ROW(SOL_SOCKET, SO_RCVTIMEO, DWORD3, ALL, 0, 997000, 1),
	ROW(SOL_SOCKET, SO_ERROR, DWORD3, ALL, 0, 1234, 0),
	OFF(SOL_SOCKET, SO_CONDITIONAL_ACCEPT, BOOLEAN1, TCP),
	OFF(SOL_SOCKET, SO_RANDOMIZE_PORT, BOOLEAN1, ALL),
	OFF(SOL_SOCKET, SO_PORT_SCALABILITY, BOOLEAN1, ALL),
	OFF(SOL_SOCKET, SO_REUSE_UNICASTPORT, BOOLEAN1, ALL),
	OFF(SOL_SOCKET, SO_REUSE_MULTICASTPORT, BOOLEAN1, UDP),

	OFF(IPPROTO_TCP, TCP_NODELAY, BYTE5, TCP),
	ROW(IPPROTO_TCP, TCP_KEEPIDLE, NUMBER8, TCP, 7200, 30, 32767),
	ROW(IPPROTO_TCP, TCP_KEEPINTVL, NUMBER8, TCP, 1, 75, 32767),
	ROW(IPPROTO_TCP, TCP_KEEPCNT, NUMBER8, TCP, 10, 1, 255),
	ROW(IPPROTO_TCP, TCP_MAXRT, NUMBER8, TCP, 0, 21, (DWORD)-1),
	ROW(IPPROTO_TCP, TCP_MAXRTMS, NUMBER8, TCP, 0, 21001, (DWORD)-1),
	OFF(IPPROTO_TCP, TCP_DELAY_FIN_ACK, FLAG8, TCP),
	ROW(IPPROTO_TCP, TCP_TIMESTAMPS, FLAG8, TCP, SYSTEM, 0, 1),
	OFF(IPPROTO_TCP, TCP_FASTOPEN, FLAG8, TCP),
	OFF(IPPROTO_TCP, TCP_FAIL_CONNECT_ON_ICMP_ERROR, FLAG8, TCP),

	OFF(IPPROTO_UDP, UDP_NOCHECKSUM, FLAG8, UDP4),
	ON(IPPROTO_UDP, UDP_CHECKSUM_COVERAGE, FLAG8, UDP4),
	ROW(IPPROTO_UDP, UDP_SEND_MSG_SIZE, NUMBER8, UDP, 0, 1, 1400),
	ROW(IPPROTO_UDP, UDP_RECV_MAX_COALESCED_SIZE, NUMBER8, UDP, 0, 65535,
	    0),

	ROW(IPPROTO_IP, IP_TOS, SMALL7, ALL, 0, 1, 0x28),
	ROW(IPPROTO_IP, IP_TTL, SMALL7, ALL, SYSTEM, 1, 255),
	ROW(IPPROTO_IP, IP_MULTICAST_TTL, SMALL7, UDP, 1, 0, 255),
	ON(IPPROTO_IP, IP_MULTICAST_LOOP, SWITCH6, UDP),
	OFF(IPPROTO_IP, IP_DONTFRAGMENT, SWITCH6, UDP),
	ON(IPPROTO_IP, IP_DONTFRAGMENT, SWITCH6, TCP),
	OFF(IPPROTO_IP, IP_PKTINFO, FLAG8, UDP),
	OFF(IPPROTO_IP, IP_RECVTTL, FLAG8, UDP),
	ROW(IPPROTO_IP, IP_PROTECTION_LEVEL, NUMBER8, ALL, 10, 20, 30),
	ON(IPPROTO_IP, IP_RECEIVE_BROADCAST, FLAG8, UDP),
	OFF(IPPROTO_IP, IP_RECVIF, FLAG8, UDP),
	OFF(IPPROTO_IP, IP_RECVDSTADDR, FLAG8, UDP),
	OFF(IPPROTO_IP, IP_RECVRTHDR, FLAG8, UDP),
	OFF(IPPROTO_IP, IP_RECVTOS, FLAG8, UDP),
	OFF(IPPROTO_IP, IP_ORIGINAL_ARRIVAL_IF, FLAG8, UDP),
	OFF(IPPROTO_IP, IP_ECN, FLAG8, UDP),
	OFF(IPPROTO_IP, IP_PKTINFO_EX, FLAG8, UDP),
	OFF(IPPROTO_IP, IP_WFP_REDIRECT_RECORDS, FLAG8, UDP),
	OFF(IPPROTO_IP, IP_WFP_REDIRECT_CONTEXT, FLAG8, UDP),
	ROW(IPPROTO_IP, IP_MTU_DISCOVER, NUMBER8, ALL, 0, 2, 3),
	OFF(IPPROTO_IP, IP_RECVERR, FLAG8, UDP),
	ROW(IPPROTO_IP, IP_USER_MTU, NUMBER8, ALL, (DWORD)-1, 1280, 0),

	ROW(IPPROTO_IPV6, IPV6_UNICAST_HOPS, SMALL7, V6, SYSTEM, 1, 255),
	ROW(IPPROTO_IPV6, IPV6_MULTICAST_HOPS, SMALL7, UDP6, 1, 0, 255),
	ON(IPPROTO_IPV6, IPV6_MULTICAST_LOOP, SWITCH6, UDP6),
	OFF(IPPROTO_IPV6, IPV6_DONTFRAG, SWITCH6, UDP6),
	ON(IPPROTO_IPV6, IPV6_DONTFRAG, SWITCH6, TCP6),
	OFF(IPPROTO_IPV6, IPV6_PKTINFO, FLAG8, UDP6),
	OFF(IPPROTO_IPV6, IPV6_HOPLIMIT, FLAG8, UDP6),
	ROW(IPPROTO_IPV6, IPV6_PROTECTION_LEVEL, NUMBER8, V6, 10, 20, 30),
	OFF(IPPROTO_IPV6, IPV6_RECVIF, FLAG8, UDP6),
	OFF(IPPROTO_IPV6, IPV6_RECVDSTADDR, FLAG8, UDP6),
	ON(IPPROTO_IPV6, IPV6_V6ONLY, BYTE5, ALL),
	OFF(IPPROTO_IPV6, IPV6_RECVRTHDR, FLAG8, UDP6),
	OFF(IPPROTO_IPV6, IPV6_RECVTCLASS, FLAG8, UDP6),
	OFF(IPPROTO_IPV6, IPV6_ECN, FLAG8, UDP6),
	OFF(IPPROTO_IPV6, IPV6_PKTINFO_EX, FLAG8, UDP6),
	ROW(IPPROTO_IPV6, IPV6_MTU_DISCOVER, NUMBER8, V6, 0, 2, 3),
	OFF(IPPROTO_IPV6, IPV6_RECVERR, FLAG8, UDP6),
	ROW(IPPROTO_IPV6, IPV6_USER_MTU, NUMBER8, V6, (DWORD)-1, 1280, 0),
};

static SOCKET sockets[ARRAY_SIZE(kinds)];

static void open_all(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		sockets[i] = socket(kinds[i].family, kinds[i].type, 0);
		EXPECT(sockets[i] != INVALID_SOCKET);
	}
}

static void close_all(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		EXPECT_EQ(0, closesocket(sockets[i]));
}

/* Says which row and which socket a failure above is about. */
static void about(int before, const struct row *r, int kind)
{
	if (api_failed > before)
		printf("# ... of %s, family %d, type %d\n", r->text,
		       kinds[kind].family, kinds[kind].type);
}

/* Calls @check for each row with each socket that has the option. */
static void for_rows(void (*check)(SOCKET s, const struct row *r))
{
	const struct row *r;
	int failed = 0;
	int i;

	open_all();
	for (r = rows; r < rows + ARRAY_SIZE(rows); r++) {
		for (i = 0; i < ARRAY_SIZE(kinds); i++) {
			if (!(r->where & kinds[i].bit))
				continue;
			api_failed = 0;
			check(sockets[i], r);
			about(0, r, i);
			failed |= api_failed;
		}
	}
	api_failed = failed;
	close_all();
}

static int set_length(SOCKET s, const struct row *r, DWORD value, int len)
{
	DWORD room[2];

	room[0] = value;
	room[1] = 0xffffffff;
	return setsockopt(s, r->level, r->name, (char *)room, len);
}

static int set(SOCKET s, const struct row *r, DWORD value)
{
	return set_length(s, r, value, sizeof(value));
}

/* The value of a read with room for four bytes. */
static DWORD get(SOCKET s, const struct row *r)
{
	DWORD value = 0;
	int len = sizeof(value);

	if (getsockopt(s, r->level, r->name, (char *)&value, &len)) {
		printf("# not read: error %d\n", WSAGetLastError());
		api_failed = 1;
	}
	return value;
}

static void check_default(SOCKET s, const struct row *r)
{
	if (r->initial != SYSTEM)
		EXPECT_EQ(r->initial, get(s, r));
	else
		get(s, r);
}

/* T20, T22, T23, T29: what a fresh socket has. */
static void defaults(void)
{
	for_rows(check_default);
}

static void check_read_back(SOCKET s, const struct row *r)
{
	int i;

	for (i = 0; i < 2; i++) {
		EXPECT_OK(set(s, r, r->values[i]));
		EXPECT_EQ(r->values[i], get(s, r));
	}
	/* Extra bytes are ignored. */
	EXPECT_OK(set_length(s, r, r->values[0], 8));
	EXPECT_EQ(r->values[0], get(s, r));
}

/* T14, T16, T18, T23 among them */
static void what_is_set_is_read_back(void)
{
	for_rows(check_read_back);
}

/* [setsockopt WSAEFAULT] */
static void check_short_set(SOCKET s, const struct row *r)
{
	int len;

	for (len = 0; len < 4; len++) {
		/* A value that is 1 in its first byte is good for all. */
		if (len >= types[r->type].least_set)
			EXPECT_OK(set_length(s, r, 1, len));
		else
			EXPECT_FAIL(WSAEFAULT, set_length(s, r, 1, len));
	}
}

/* (T1, T2, T3, T5, T6, T7, T8) */
static void short_set_WSAEFAULT(void)
{
	for_rows(check_short_set);
}

static void check_negative_set(SOCKET s, const struct row *r)
{
	DWORD before = get(s, r);
	DWORD other = r->values[0] != before ? r->values[0] : r->values[1];

	if (types[r->type].negative) {
		EXPECT_FAIL(WSAENOBUFS, set_length(s, r, other, -1));
		EXPECT_EQ(before, get(s, r));
	} else {
		EXPECT_OK(set_length(s, r, other, -1));
		EXPECT_EQ(other, get(s, r));
	}
}

/* (T1, T2, T3, T5, T6, T7, T8, T9): the old value stays. */
static void set_with_length_minus_1_WSAENOBUFS(void)
{
	for_rows(check_negative_set);
}

static void check_value_100(SOCKET s, const struct row *r)
{
	DWORD before = get(s, r);

	if (r->type == SMALL7) {
		EXPECT_FAIL(WSAEINVAL, set(s, r, 0x100));
		EXPECT_EQ(before, get(s, r));
	} else if (types[r->type].boolean) {
		EXPECT_OK(set(s, r, 0x100));
		EXPECT_EQ(r->type != BYTE5, get(s, r));
	}
}

/* (T1, T5, T6, T7, T8) */
static void value_0x100(void)
{
	for_rows(check_value_100);
}

/* Bytes of a buffer of POISON that a failed or short get changed. */
static int written(const unsigned char *buf, int size)
{
	while (size && buf[size - 1] == POISON)
		size--;
	return size;
}

/* [getsockopt WSAEFAULT] */
static void check_short_get(SOCKET s, const struct row *r)
{
	unsigned char buf[8];
	int room, len, want;

	for (room = 0; room < 4; room++) {
		memset(buf, POISON, sizeof(buf));
		len = room;
		if (!room || types[r->type].least_get > room) {
			EXPECT_FAIL(WSAEFAULT, getsockopt(s, r->level, r->name,
							  (char *)buf, &len));
			want = r->type >= FLAG8 ? 0 : room;
			EXPECT_EQ(want, len);
			want = r->type == INT2 ? room : 0;
		} else {
			EXPECT_OK(getsockopt(s, r->level, r->name, (char *)buf,
					     &len));
			EXPECT_EQ(1, len);
			want = r->type == BOOLEAN1 ? room : 1;
		}
		EXPECT_EQ(want, written(buf, sizeof(buf)));
	}
	len = -1;
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, r->level, r->name, (char *)buf,
					  &len));
	EXPECT_EQ(-1, len);
}

/*
 * (T1, T2, T3, T5, T6, T7, T8): the odd ones too, two bytes of a length of one
 * and buffers zeroed by what fails.
 */
static void short_get_WSAEFAULT(void)
{
	for_rows(check_short_get);
}

static void check_whole_get(SOCKET s, const struct row *r)
{
	unsigned char buf[8];
	int room, len;

	for (room = 4; room <= 8; room++) {
		memset(buf, POISON, sizeof(buf));
		len = room;
		EXPECT_OK(getsockopt(s, r->level, r->name, (char *)buf, &len));
		EXPECT_EQ(types[r->type].whole, len);
		EXPECT_EQ(len, written(buf, sizeof(buf)));
	}
}

/* (T1, T2, T3, T5, T6, T7, T8) */
static void get_with_room_tells_the_length(void)
{
	for_rows(check_whole_get);
}

/* [getsockopt WSAEFAULT, setsockopt WSAEFAULT] */
static void check_bad_pointers(SOCKET s, const struct row *r)
{
	char *bad = (char *)1;
	DWORD value = 0;
	int len = sizeof(value);

	EXPECT_FAIL(WSAEFAULT, setsockopt(s, r->level, r->name, NULL, 0));
	EXPECT_FAIL(WSAEFAULT, setsockopt(s, r->level, r->name, NULL, 4));
	EXPECT_FAIL(WSAEFAULT, setsockopt(s, r->level, r->name, bad, 4));
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, r->level, r->name, NULL, &len));
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, r->level, r->name, bad, &len));
	EXPECT_EQ(4, len);
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, r->level, r->name,
					  (char *)&value, NULL));
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, r->level, r->name,
					  (char *)&value, (int *)bad));
}

/* T12 */
static void bad_pointers_WSAEFAULT(void)
{
	for_rows(check_bad_pointers);
}

/*
 * What an option answers on a socket that does not have it.
 * [getsockopt WSAENOPROTOOPT, setsockopt WSAENOPROTOOPT]
 */
static int absent(const struct row *r, int family)
{
	if (r->level == IPPROTO_IPV6 && family != AF_INET6)
		return WSAENOPROTOOPT;
	if (r->level == IPPROTO_IP || r->level == IPPROTO_IPV6)
		return WSAEINVAL;
	return WSAENOPROTOOPT;
}

/* (T16, T31): the "E" of the table too. */
static void wrong_kind_of_socket_WSAENOPROTOOPT_or_WSAEINVAL(void)
{
	const struct row *r, *other;
	DWORD value;
	int failed = 0;
	int code, i, len, where;

	open_all();
	for (r = rows; r < rows + ARRAY_SIZE(rows); r++) {
		where = 0;
		for (other = rows; other < rows + ARRAY_SIZE(rows); other++)
			if (other->level == r->level && other->name == r->name)
				where |= other->where;
		if (r->name == SO_DONTROUTE)
			continue;
		if (r->level == IPPROTO_UDP)
			where |= UDP6;
		for (i = 0; i < ARRAY_SIZE(kinds); i++) {
			if (where & kinds[i].bit)
				continue;
			api_failed = 0;
			code = absent(r, kinds[i].family);
			value = 0x5a5a5a5a;
			len = sizeof(value);
			EXPECT_FAIL(code, getsockopt(sockets[i], r->level,
						     r->name, (char *)&value,
						     &len));
			EXPECT_EQ(0x5a5a5a5a, value);
			EXPECT_FAIL(code, set(sockets[i], r, 1));
			about(0, r, i);
			failed |= api_failed;
		}
	}
	api_failed = failed;
	close_all();
}

#define TEST(name)	{ "api_option." #name, name }

static const struct api_test tests[] = {
	TEST(defaults),
	TEST(what_is_set_is_read_back),
	TEST(short_set_WSAEFAULT),
	TEST(set_with_length_minus_1_WSAENOBUFS),
	TEST(value_0x100),
	TEST(short_get_WSAEFAULT),
	TEST(get_with_room_tells_the_length),
	TEST(bad_pointers_WSAEFAULT),
	TEST(wrong_kind_of_socket_WSAENOPROTOOPT_or_WSAEINVAL),
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
