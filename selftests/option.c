// SPDX-License-Identifier: GPL-2.0-only
/*
 * getsockopt and setsockopt: defaults, values, lengths, where each exists.
 */
#include "ws_test.h"

#define SOCKET	WINSOCK_SOL_SOCKET
#define TCP	WINSOCK_IPPROTO_TCP
#define IPV6	WINSOCK_IPPROTO_IPV6

FIXTURE(option) {
	int dev;
	__u64 tcp, udp;
};

FIXTURE_VARIANT(option) {
	int family;
};

FIXTURE_VARIANT_ADD(option, ipv4) {
	.family = WINSOCK_AF_INET,
};

FIXTURE_VARIANT_ADD(option, ipv6) {
	.family = WINSOCK_AF_INET6,
};

FIXTURE_SETUP(option)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_tcp(self->dev, variant->family, &self->tcp));
	ASSERT_EQ(0, ws_create(self->dev, variant->family, WINSOCK_SOCK_DGRAM,
			       WINSOCK_IPPROTO_UDP, &self->udp));
}

FIXTURE_TEARDOWN(option)
{
	close(self->dev);
}

/* Options by how they take lengths; T1, T2, T5. */
enum kind { BOOL, INT, BYTE };

struct row {
	int level, name;
	enum kind kind;
	__u32 initial;
	__u32 values[3];
	const char *text;
};

#define NO_DEFAULT	WS_POISON32	/* the system's own */

static const struct row rows[] = {
	{ SOCKET, WINSOCK_SO_DONTLINGER, BOOL, 1, { 0, 1, 0 }, "DONTLINGER" },
	{ SOCKET, WINSOCK_SO_OOBINLINE, BOOL, 0, { 1, 0, 1 }, "OOBINLINE" },
	{ SOCKET, WINSOCK_SO_REUSEADDR, BOOL, 0, { 1, 0, 1 }, "REUSEADDR" },
	{ SOCKET, WINSOCK_SO_LINGER, INT, 0, { 73 << 16, 1, 189 << 16 | 5 },
	  "LINGER" },
	{ SOCKET, WINSOCK_SO_SNDBUF, INT, NO_DEFAULT, { 8192, 20000, 50001 },
	  "SNDBUF" },
	{ SOCKET, WINSOCK_SO_RCVBUF, INT, NO_DEFAULT, { 8192, 20000, 50001 },
	  "RCVBUF" },
	{ SOCKET, WINSOCK_SO_KEEPALIVE, BYTE, 0, { 1, 0, 1 }, "KEEPALIVE" },
	{ TCP, WINSOCK_TCP_NODELAY, BYTE, 0, { 1, 0, 1 }, "NODELAY" },
};

static const struct row *const rows_end = rows + ARRAY_SIZE(rows);

static int set(int dev, __u64 h, const struct row *r, __u32 value, int len)
{
	__u32 room[2] = { value, 0 };

	return ws_setopt(dev, h, r->level, r->name, room, len);
}

/* The value of an int-sized read; what was not written stays zero. */
static __u32 get(int dev, __u64 h, const struct row *r)
{
	__u32 value = 0;
	__s32 len = sizeof(value);

	if (ws_getopt(dev, h, r->level, r->name, &value, &len))
		return WS_POISON32;
	return value;
}

TEST_F(option, defaults)
{
	const struct row *r;

	for (r = rows; r < rows_end; r++) {
		if (r->initial == NO_DEFAULT)
			continue;
		EXPECT_EQ(r->initial, get(self->dev, self->tcp, r)) {
			TH_LOG("%s", r->text);
		}
	}
}

/* T15, T16, T17 among them */
TEST_F(option, what_is_set_is_read_back)
{
	const struct row *r;
	unsigned int i;

	for (r = rows; r < rows_end; r++) {
		for (i = 0; i < ARRAY_SIZE(r->values); i++) {
			ASSERT_EQ(0, set(self->dev, self->tcp, r, r->values[i],
					 4));
			EXPECT_EQ(r->values[i], get(self->dev, self->tcp, r)) {
				TH_LOG("%s", r->text);
			}
		}
	}
}

TEST_F(option, extra_bytes_are_ignored_by_set)
{
	const struct row *r;

	for (r = rows; r < rows_end; r++) {
		EXPECT_EQ(0, set(self->dev, self->tcp, r, r->values[0], 8)) {
			TH_LOG("%s", r->text);
		}
		EXPECT_EQ(r->values[0], get(self->dev, self->tcp, r));
	}
}

TEST_F(option, short_set)
{
	const struct row *r;
	int len;

	for (r = rows; r < rows_end; r++) {
		for (len = 0; len < 4; len++) {
			int want = r->kind == INT ||
				   (r->kind == BYTE && !len) ? WSAEFAULT : 0;

			EXPECT_EQ(want, set(self->dev, self->tcp, r, 1, len)) {
				TH_LOG("%s, length %d", r->text, len);
			}
		}
	}
}

/* T9 */
TEST_F(option, set_with_length_minus_1)
{
	const struct row *r;

	for (r = rows; r < rows_end; r++) {
		__u32 before = get(self->dev, self->tcp, r);
		__u32 other = r->values[0];

		EXPECT_EQ(r->kind == BYTE ? WSAENOBUFS : 0,
			  set(self->dev, self->tcp, r, other, -1)) {
			TH_LOG("%s", r->text);
		}
		EXPECT_EQ(r->kind == BYTE ? before : other,
			  get(self->dev, self->tcp, r));
	}
}

/* T1: a bool is any bit; T5: of a byte option only the first byte counts. */
TEST_F(option, value_0x100)
{
	const struct row *r;

	for (r = rows; r < rows_end; r++) {
		if (r->kind == INT)
			continue;
		ASSERT_EQ(0, set(self->dev, self->tcp, r, 0x100, 4));
		EXPECT_EQ(r->kind == BOOL, get(self->dev, self->tcp, r)) {
			TH_LOG("%s", r->text);
		}
	}
}

TEST_F(option, short_get)
{
	const struct row *r;
	__s32 room;

	for (r = rows; r < rows_end; r++) {
		for (room = -1; room < 4; room++) {
			__u8 value[8] = { 0xa5, 0xa5, 0xa5, 0xa5, 0xa5 };
			__s32 len = room;
			int ret = ws_getopt(self->dev, self->tcp, r->level,
					    r->name, value, &len);
			bool fits = room > 0 && r->kind != INT;

			EXPECT_EQ(fits ? 0 : WSAEFAULT, ret) {
				TH_LOG("%s, room %d", r->text, room);
			}
			EXPECT_EQ(fits ? 1 : room, len);
			EXPECT_EQ(0xa5, value[4]);
		}
	}
}

TEST_F(option, get_with_room_tells_the_length)
{
	const struct row *r;
	__s32 room;

	for (r = rows; r < rows_end; r++) {
		for (room = 4; room <= 8; room++) {
			__u8 value[8];
			__s32 len = room;

			EXPECT_EQ(0, ws_getopt(self->dev, self->tcp, r->level,
					       r->name, value, &len));
			EXPECT_EQ(r->kind == BYTE ? 1 : 4, len) {
				TH_LOG("%s, room %d", r->text, room);
			}
		}
	}
}

/* T12 */
TEST_F(option, pointers_that_are_bad_WSAEFAULT)
{
	const struct row *r;
	__u32 value;
	__s32 len;

	for (r = rows; r < rows_end; r++) {
		EXPECT_EQ(WSAEFAULT, ws_setopt(self->dev, self->tcp, r->level,
					       r->name, NULL, 4));
		EXPECT_EQ(WSAEFAULT, ws_setopt(self->dev, self->tcp, r->level,
					       r->name, NULL, 0));
		EXPECT_EQ(WSAEFAULT, ws_setopt(self->dev, self->tcp, r->level,
					       r->name, (void *)1, 4));
		len = 4;
		EXPECT_EQ(WSAEFAULT, ws_getopt(self->dev, self->tcp, r->level,
					       r->name, NULL, &len));
		EXPECT_EQ(WSAEFAULT, ws_getopt(self->dev, self->tcp, r->level,
					       r->name, (void *)1, &len));
		EXPECT_EQ(4, len);
		EXPECT_EQ(WSAEFAULT, ws_getopt(self->dev, self->tcp, r->level,
					       r->name, &value, NULL));
		EXPECT_EQ(WSAEFAULT, ws_getopt(self->dev, self->tcp, r->level,
					       r->name, &value, (void *)1));
	}
}

/* T13 */
TEST_F(option, unknown_level_WSAEINVAL)
{
	static const int levels[] = {
		-1, 0x1234ffff, -0x7fff0001, 0x8000, 0x800, 1,
	};
	__s32 value = 1, len;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		len = sizeof(value);
		EXPECT_EQ(WSAEINVAL, ws_getopt(self->dev, self->tcp, levels[i],
					       WINSOCK_SO_TYPE, &value, &len)) {
			TH_LOG("level %#x", levels[i]);
		}
		EXPECT_EQ(WSAEINVAL, ws_setopt(self->dev, self->tcp, levels[i],
					       WINSOCK_SO_KEEPALIVE, &value,
					       sizeof(value)));
	}
	EXPECT_EQ(1, value);
}

/* T27, and its like at the other levels */
TEST_F(option, unknown_option_WSAENOPROTOOPT)
{
	static const int levels[] = { SOCKET, TCP, IPV6, WINSOCK_IPPROTO_IP };
	__s32 value = 1, len = sizeof(value);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		EXPECT_EQ(WSAENOPROTOOPT, ws_getopt(self->dev, self->tcp,
						    levels[i], 0x7777, &value,
						    &len));
		EXPECT_EQ(WSAENOPROTOOPT, ws_setopt(self->dev, self->tcp,
						    levels[i], 0x7777, &value,
						    sizeof(value)));
	}
	EXPECT_EQ(1, value);
}

/* L3 */
TEST_F(option, ACCEPTCONN_reads_0_then_1)
{
	static const struct row r = {
		.level = SOCKET, .name = WINSOCK_SO_ACCEPTCONN,
	};
	__u64 h;
	__be16 port;

	ASSERT_EQ(0, ws_bound(self->dev, variant->family, &h, &port));
	EXPECT_EQ(0, get(self->dev, h, &r));
	EXPECT_EQ(WSAENOPROTOOPT, set(self->dev, h, &r, 1, 4));
	ASSERT_EQ(0, ws_listen(self->dev, h, 1));
	EXPECT_EQ(1, get(self->dev, h, &r));
	EXPECT_EQ(WSAENOPROTOOPT, set(self->dev, h, &r, 0, 4));
}

TEST_F(option, TYPE_has_the_windows_number)
{
	static const struct row r = {
		.level = SOCKET, .name = WINSOCK_SO_TYPE,
	};

	EXPECT_EQ(WINSOCK_SOCK_STREAM, get(self->dev, self->tcp, &r));
	EXPECT_EQ(WINSOCK_SOCK_DGRAM, get(self->dev, self->udp, &r));
	/* T19 */
	EXPECT_EQ(WSAENOPROTOOPT, set(self->dev, self->tcp, &r, 1, 4));
}

TEST_F(option, ERROR_is_0_on_a_fresh_socket)
{
	static const struct row r = {
		.level = SOCKET, .name = WINSOCK_SO_ERROR,
	};

	EXPECT_EQ(0, get(self->dev, self->tcp, &r));
}

/* T17: TRUE is linger off, and the time is kept. */
TEST_F(option, DONTLINGER_and_LINGER_are_one_switch)
{
	static const struct row linger = {
		.level = SOCKET, .name = WINSOCK_SO_LINGER,
	}, dont = {
		.level = SOCKET, .name = WINSOCK_SO_DONTLINGER,
	};

	ASSERT_EQ(0, set(self->dev, self->tcp, &linger, 5 << 16 | 1, 4));
	EXPECT_EQ(0, get(self->dev, self->tcp, &dont));
	ASSERT_EQ(0, set(self->dev, self->tcp, &dont, 1, 4));
	EXPECT_EQ(5 << 16, get(self->dev, self->tcp, &linger));
	ASSERT_EQ(0, set(self->dev, self->tcp, &dont, 0, 4));
	EXPECT_EQ(5 << 16 | 1, get(self->dev, self->tcp, &linger));
}

/* T16 */
TEST_F(option, LINGER_on_UDP_WSAENOPROTOOPT)
{
	__u32 value = WS_POISON32;
	__s32 len = sizeof(value);

	EXPECT_EQ(WSAENOPROTOOPT, ws_getopt(self->dev, self->udp, SOCKET,
					    WINSOCK_SO_LINGER, &value, &len));
	EXPECT_EQ(WS_POISON32, value);
}

/* T29, the AF_INET6 half */
TEST_F(option, V6ONLY_is_1_until_cleared)
{
	static const struct row r = {
		.level = IPV6, .name = WINSOCK_IPV6_V6ONLY,
	};
	union ws_addr a = { .in6.sin6_family = WINSOCK_AF_INET6 };

	if (variant->family != WINSOCK_AF_INET6)
		SKIP(return, "V6ONLY is an option of IPv6 sockets");
	EXPECT_EQ(1, get(self->dev, self->tcp, &r));
	ASSERT_EQ(0, set(self->dev, self->tcp, &r, 0, 4));
	EXPECT_EQ(0, get(self->dev, self->tcp, &r));
	ASSERT_EQ(0, ws_bind(self->dev, self->tcp, &a, 28));
	EXPECT_EQ(0, get(self->dev, self->tcp, &r));
	EXPECT_EQ(WSAEINVAL, set(self->dev, self->tcp, &r, 1, 4));
}

/* T26 */
TEST_F(option, closed_socket_WSAENOTSOCK)
{
	__u32 value = WS_POISON32;
	__s32 len = sizeof(value);

	ASSERT_EQ(0, ws_close(self->dev, self->tcp));
	EXPECT_EQ(WSAENOTSOCK, ws_getopt(self->dev, self->tcp, SOCKET,
					 WINSOCK_SO_TYPE, &value, &len));
	EXPECT_EQ(WS_POISON32, value);
}

TEST_HARNESS_MAIN
