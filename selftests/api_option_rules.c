// SPDX-License-Identifier: GPL-2.0-only
/*
 * getsockopt and setsockopt: options of SOL_SOCKET with rules of their own, and
 * what holds at every level.
 */
#include "api_option.h"

/* (T13) [getsockopt WSAEINVAL, setsockopt WSAEINVAL] */
static void unknown_level_WSAEINVAL(void)
{
	static const DWORD levels[] = {
		0xffffffff, 0x1234ffff, 0x8000ffff, 0x8000, 0x800, 1,
	};
	SOCKET s = udp();
	int i;

	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		get_fails(WSAEINVAL, s, (int)levels[i], SO_TYPE);
		EXPECT_FAIL(WSAEINVAL, set(s, (int)levels[i], SO_BROADCAST,
					   1));
	}
	EXPECT_EQ(0, get(s, SOL_SOCKET, SO_BROADCAST));
	closesocket(s);
}

/*
 * (T27)
 * [getsockopt WSAENOPROTOOPT, setsockopt WSAENOPROTOOPT]
 */
static void unknown_option_WSAENOPROTOOPT(void)
{
	static const int levels[] = {
		SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP, IPPROTO_UDP,
	};
	SOCKET s = socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP);
	SOCKET s4 = tcp();
	int i;

	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		get_fails(WSAENOPROTOOPT, s, levels[i], -1);
		get_fails(WSAENOPROTOOPT, s4, levels[i], -1);
		EXPECT_FAIL(WSAENOPROTOOPT, set(s, levels[i], -1, 1));
		EXPECT_FAIL(WSAENOPROTOOPT, set(s4, levels[i], -1, 1));
	}
	/* What the reference pages know and this provider does not have. */
	get_fails(WSAENOPROTOOPT, s, SOL_SOCKET, PVD_CONFIG);
	get_fails(WSAENOPROTOOPT, s, SOL_SOCKET, SO_GROUP_PRIORITY);
	EXPECT_FAIL(WSAENOPROTOOPT, set(s, SOL_SOCKET, SO_GROUP_PRIORITY, 0));
	get_fails(WSAENOPROTOOPT, s, SOL_SOCKET, SO_CONNDATA);
	closesocket(s);
	closesocket(s4);
}

/* Of BSD, and not of Windows since Vista. */
static void lowat_and_USELOOPBACK_WSAEINVAL(void)
{
	static const int names[] = { SO_SNDLOWAT, SO_RCVLOWAT, SO_USELOOPBACK };
	SOCKET s = tcp();
	int i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		get_fails(WSAEINVAL, s, SOL_SOCKET, names[i]);
		EXPECT_FAIL(WSAEINVAL, set(s, SOL_SOCKET, names[i], 1));
	}
	closesocket(s);
}

/* T15 */
static void buffers_read_as_they_were_set(void)
{
	static const int names[] = { SO_SNDBUF, SO_RCVBUF };
	static const DWORD values[] = { 0, 1, 0x100, 4096, 0x7fffffff };
	SOCKET s = tcp();
	int i, k;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		for (k = 0; k < ARRAY_SIZE(values); k++) {
			EXPECT_OK(set(s, SOL_SOCKET, names[i], values[k]));
			EXPECT_EQ(values[k], get(s, SOL_SOCKET, names[i]));
		}
	}
	closesocket(s);
}

/* However small they are, data goes through. */
static void no_SNDBUF_still_sends(void)
{
	struct pair p;
	char byte = 'x';

	connected(AF_INET, &p);
	EXPECT_OK(set(p.client, SOL_SOCKET, SO_SNDBUF, 0));
	EXPECT_OK(set(p.server, SOL_SOCKET, SO_RCVBUF, 1));
	EXPECT_EQ(1, send(p.client, &byte, 1, 0));
	byte = 0;
	EXPECT_EQ(1, recv(p.server, &byte, 1, 0));
	EXPECT_EQ('x', byte);
	disconnect(&p);
}

/* T14 */
static void timeouts_read_in_milliseconds(void)
{
	static const int names[] = { SO_SNDTIMEO, SO_RCVTIMEO };
	static const DWORD values[] = { 1, 63000, 997000, 0 };
	SOCKET s = udp();
	int i, k;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		for (k = 0; k < ARRAY_SIZE(values); k++) {
			EXPECT_OK(set(s, SOL_SOCKET, names[i], values[k]));
			EXPECT_EQ(values[k], get(s, SOL_SOCKET, names[i]));
		}
	}
	closesocket(s);
}

/* T16 */
static void LINGER_keeps_both_members(void)
{
	static const struct linger values[] = {
		{ 0, 73 }, { 1, 0 }, { 5, 189 }, { 0x100, 2 },
	};
	struct linger linger;
	SOCKET s = tcp();
	int i, len;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_LINGER,
				     (const char *)&values[i],
				     sizeof(values[i])));
		len = sizeof(linger);
		EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger,
				     &len));
		EXPECT_EQ(values[i].l_onoff, linger.l_onoff);
		EXPECT_EQ(values[i].l_linger, linger.l_linger);
	}
	closesocket(s);
	s = udp();
	get_fails(WSAENOPROTOOPT, s, SOL_SOCKET, SO_LINGER);
	closesocket(s);
}

/* T17 */
static void DONTLINGER_is_l_onoff_0(void)
{
	SOCKET s = tcp();

	EXPECT_OK(set(s, SOL_SOCKET, SO_LINGER, 5 << 16 | 1));
	EXPECT_EQ(0, get(s, SOL_SOCKET, SO_DONTLINGER));
	EXPECT_OK(set(s, SOL_SOCKET, SO_DONTLINGER, 1));
	EXPECT_EQ(1, get(s, SOL_SOCKET, SO_DONTLINGER));
	EXPECT_EQ(5 << 16, get(s, SOL_SOCKET, SO_LINGER));
	EXPECT_OK(set(s, SOL_SOCKET, SO_DONTLINGER, 0));
	EXPECT_EQ(5 << 16 | 1, get(s, SOL_SOCKET, SO_LINGER));
	closesocket(s);
}

/* (T18): stored on whatever socket, and forgotten by the next connect. */
static void ERROR_can_be_set(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);
	SOCKET s = tcp();
	char byte = POISON;
	int len = 1;

	EXPECT_OK(set(s, SOL_SOCKET, SO_ERROR, 1234));
	EXPECT_EQ(1234, get(s, SOL_SOCKET, SO_ERROR));
	EXPECT_EQ(1234, get(s, SOL_SOCKET, SO_ERROR));
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_ERROR, &byte,
					  &len));
	EXPECT_EQ(POISON, byte);
	EXPECT_OK(connect(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_EQ(0, get(s, SOL_SOCKET, SO_ERROR));
	EXPECT_OK(set(s, SOL_SOCKET, SO_ERROR, 1234));
	EXPECT_EQ(1234, get(s, SOL_SOCKET, SO_ERROR));
	EXPECT_OK(set(s, SOL_SOCKET, SO_ERROR, 0));
	EXPECT_EQ(0, get(s, SOL_SOCKET, SO_ERROR));
	closesocket(s);
	closesocket(lsn);
}

/* T19 */
static void TYPE_and_ACCEPTCONN_cannot_be_set(void)
{
	SOCKET s = tcp(), d = udp();
	DWORD value;

	EXPECT_EQ(SOCK_STREAM, get(s, SOL_SOCKET, SO_TYPE));
	EXPECT_EQ(SOCK_DGRAM, get(d, SOL_SOCKET, SO_TYPE));
	for (value = 0; value < 3; value++) {
		EXPECT_FAIL(WSAENOPROTOOPT, set(s, SOL_SOCKET, SO_TYPE,
						value));
		EXPECT_FAIL(WSAEINVAL, set(d, SOL_SOCKET, SO_TYPE, value));
		EXPECT_FAIL(WSAENOPROTOOPT, set(s, SOL_SOCKET, SO_ACCEPTCONN,
						value));
	}
	EXPECT_EQ(SOCK_STREAM, get(s, SOL_SOCKET, SO_TYPE));
	EXPECT_EQ(0, get(s, SOL_SOCKET, SO_ACCEPTCONN));
	closesocket(s);
	closesocket(d);
}

/* T20 */
static void DEBUG_is_a_bool_of_4_bytes(void)
{
	SOCKET s = tcp();
	DWORD value = UNREAD;
	int len = 8;

	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_DEBUG, (char *)&value, &len));
	EXPECT_EQ(0, value);
	EXPECT_EQ(4, len);
	EXPECT_OK(set(s, SOL_SOCKET, SO_DEBUG, 2));
	EXPECT_EQ(1, get(s, SOL_SOCKET, SO_DEBUG));
	closesocket(s);
}

/* T21 */
static void CONNECT_TIME_counts_seconds(void)
{
	struct api_addr a;
	SOCKET s = tcp(), d = bound(AF_INET, &a);
	struct pair p;
	int len = 8;
	DWORD value[2];

	EXPECT_EQ(0xffffffff, get(s, SOL_SOCKET, SO_CONNECT_TIME));
	EXPECT_EQ(0xffffffff, get(d, SOL_SOCKET, SO_CONNECT_TIME));
	EXPECT_OK(connect(d, (struct sockaddr *)&a.name, a.len));
	EXPECT_EQ(0xffffffff, get(d, SOL_SOCKET, SO_CONNECT_TIME));
	connected(AF_INET, &p);
	/* Unless the machine was held up. */
	EXPECT(get(p.client, SOL_SOCKET, SO_CONNECT_TIME) < 20);
	EXPECT(get(p.server, SOL_SOCKET, SO_CONNECT_TIME) < 20);
	EXPECT_EQ(0xffffffff, get(p.listener, SOL_SOCKET, SO_CONNECT_TIME));
	EXPECT_OK(getsockopt(p.client, SOL_SOCKET, SO_CONNECT_TIME,
			     (char *)value, &len));
	EXPECT_EQ(4, len);
	EXPECT_FAIL(WSAENOPROTOOPT, set(p.client, SOL_SOCKET, SO_CONNECT_TIME,
					0));
	disconnect(&p);
	closesocket(s);
	closesocket(d);
}

/* T22 */
static void MAX_MSG_SIZE_of_datagrams(void)
{
	SOCKET s = udp(), s6 = socket(AF_INET6, SOCK_DGRAM, 0), t = tcp();
	static const int names[] = { SO_MAX_MSG_SIZE, SO_MAXDG, SO_MAXPATHDG };
	int i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		EXPECT_EQ(65507, get(s, SOL_SOCKET, names[i]));
		EXPECT_EQ(65527, get(s6, SOL_SOCKET, names[i]));
		get_fails(WSAENOPROTOOPT, t, SOL_SOCKET, names[i]);
		EXPECT_FAIL(WSAENOPROTOOPT, set(s, SOL_SOCKET, names[i], 1));
	}
	EXPECT_EQ(0, get(s, SOL_SOCKET, SO_GROUP_ID));
	closesocket(s);
	closesocket(s6);
	closesocket(t);
}

/* Room for SO_BSP_STATE of either family, and some more. */
union bsp {
	CSADDR_INFO info;
	char room[sizeof(CSADDR_INFO) + 2 * sizeof(struct sockaddr_in6) + 8];
};

/* Whether @a says what getsockname or getpeername do, or nothing without one. */
static void same_address(LPSOCKET_ADDRESS a, SOCKET s, int peer)
{
	struct sockaddr_storage ss;
	struct sockaddr *name = (struct sockaddr *)&ss;
	int len = sizeof(ss);

	if (peer ? getpeername(s, name, &len) : getsockname(s, name, &len)) {
		EXPECT_EQ(0, a->iSockaddrLength);
		EXPECT(!a->lpSockaddr);
		return;
	}
	EXPECT_EQ(len, a->iSockaddrLength);
	if (EXPECT(a->lpSockaddr))
		EXPECT_EQ(0, memcmp(a->lpSockaddr, &ss, len));
}

static void check_bsp_state(SOCKET s, int family, int type, int protocol)
{
	int addr = family == AF_INET ? 16 : 28;
	int need = (int)sizeof(CSADDR_INFO) + 2 * addr;
	union bsp bsp;
	int len = need - 1;

	memset(&bsp, POISON, sizeof(bsp));
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_BSP_STATE,
					  bsp.room, &len));
	EXPECT_EQ(need - 1, len);
	EXPECT_EQ(POISON, bsp.room[0]);
	for (len = need; len <= need + 1; len++) {
		int told = len;

		memset(&bsp, POISON, sizeof(bsp));
		EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_BSP_STATE, bsp.room,
				     &told));
		EXPECT_EQ(len, told);
		same_address(&bsp.info.LocalAddr, s, 0);
		same_address(&bsp.info.RemoteAddr, s, 1);
		EXPECT_EQ(type, bsp.info.iSocketType);
		EXPECT_EQ(protocol, bsp.info.iProtocol);
		EXPECT_EQ(POISON, bsp.room[need]);
	}
}

/* T25 */
static void BSP_STATE_tells_both_ends(void)
{
	static const int families[] = { AF_INET, AF_INET6 };
	struct api_addr a;
	struct pair p;
	SOCKET s;
	int i, len = sizeof(union bsp);

	for (i = 0; i < 2; i++) {
		s = socket(families[i], SOCK_STREAM, 0);
		check_bsp_state(s, families[i], SOCK_STREAM, IPPROTO_TCP);
		EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_BSP_STATE,
						  NULL, &len));
		EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_BSP_STATE,
						  (char *)1, &len));
		EXPECT_FAIL(WSAENOPROTOOPT, set(s, SOL_SOCKET, SO_BSP_STATE,
						0));
		closesocket(s);
		s = bound(families[i], &a);
		check_bsp_state(s, families[i], SOCK_DGRAM, IPPROTO_UDP);
		closesocket(s);
		connected(families[i], &p);
		check_bsp_state(p.listener, families[i], SOCK_STREAM,
				IPPROTO_TCP);
		check_bsp_state(p.client, families[i], SOCK_STREAM,
				IPPROTO_TCP);
		check_bsp_state(p.server, families[i], SOCK_STREAM,
				IPPROTO_TCP);
		disconnect(&p);
	}
}

/* (T26) [getsockopt WSAENOTSOCK, setsockopt WSAENOTSOCK] */
static void closed_socket_WSAENOTSOCK(void)
{
	SOCKET s = tcp();

	EXPECT_OK(closesocket(s));
	get_fails(WSAENOTSOCK, s, SOL_SOCKET, SO_TYPE);
	EXPECT_FAIL(WSAENOTSOCK, set(s, SOL_SOCKET, SO_KEEPALIVE, 1));
}

/* [getsockopt WSANOTINITIALISED, setsockopt WSANOTINITIALISED] */
static void before_startup_WSANOTINITIALISED(void)
{
	SOCKET s = tcp();

	EXPECT_OK(WSACleanup());
	get_fails(WSANOTINITIALISED, s, SOL_SOCKET, SO_TYPE);
	EXPECT_FAIL(WSANOTINITIALISED, set(s, SOL_SOCKET, SO_KEEPALIVE, 1));
	get_fails(WSANOTINITIALISED, s, SOL_SOCKET, SO_OPENTYPE);
	EXPECT_FAIL(WSANOTINITIALISED, set(s, SOL_SOCKET, SO_OPENTYPE, 0));
}

/* (T4, T30, G5); that it is the thread's is seen in process.c. */
static void OPENTYPE_is_of_no_socket(void)
{
	SOCKET s = tcp();
	DWORD value;
	char small[2] = { POISON, POISON };
	int len;

	EXPECT_EQ(0, get(INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE));
	EXPECT_OK(set(INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE, 0x100));
	EXPECT_EQ(0x100, get(s, SOL_SOCKET, SO_OPENTYPE));
	EXPECT_EQ(0x100, get(0xdeadbee, SOL_SOCKET, SO_OPENTYPE));

	value = SO_SYNCHRONOUS_NONALERT;
	for (len = 0; len < 4; len++)
		EXPECT_FAIL(WSAEFAULT, setsockopt(s, SOL_SOCKET, SO_OPENTYPE,
						  (char *)&value, len));
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_OPENTYPE, (char *)&value, -1));
	for (len = 0; len < 3; len++) {
		int room = len;

		EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_OPENTYPE,
						  small, &room));
		EXPECT_EQ(len, room);
	}
	EXPECT_EQ(POISON, small[0]);
	len = -1;
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_OPENTYPE, (char *)&value,
			     &len));
	EXPECT_EQ(4, len);
	EXPECT_EQ(SO_SYNCHRONOUS_NONALERT, value);
	/* T12 */
	EXPECT_FAIL(WSAEFAULT, setsockopt(s, SOL_SOCKET, SO_OPENTYPE, NULL,
					  4));
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_OPENTYPE,
					  (char *)1, &len));
	EXPECT_OK(set(s, SOL_SOCKET, SO_OPENTYPE, 0));
	closesocket(s);
}

/* [setsockopt WSAENOPROTOOPT] */
static void DONTROUTE_of_IPv6_WSAENOPROTOOPT(void)
{
	SOCKET s = socket(AF_INET6, SOCK_DGRAM, 0);

	EXPECT_FAIL(WSAENOPROTOOPT, set(s, SOL_SOCKET, SO_DONTROUTE, 1));
	closesocket(s);
}

/* [setsockopt WSAEINVAL] */
static void too_late_to_choose_WSAEINVAL(void)
{
	struct api_addr a;
	SOCKET s = bound(AF_INET, &a), lsn = api_listener(AF_INET, &a);
	SOCKET t = tcp();

	EXPECT_FAIL(WSAEINVAL, set(s, SOL_SOCKET, SO_RANDOMIZE_PORT, 1));
	EXPECT_FAIL(WSAEINVAL, set(lsn, SOL_SOCKET, SO_CONDITIONAL_ACCEPT, 1));
	EXPECT_OK(set(t, SOL_SOCKET, SO_REUSE_UNICASTPORT, 1));
	EXPECT_FAIL(WSAEINVAL, set(t, SOL_SOCKET, SO_RANDOMIZE_PORT, 1));
	closesocket(s);
	closesocket(lsn);
	closesocket(t);
}

/* What could only be pretended is refused, and its absence is not. */
static void not_possible_here_WSAENOPROTOOPT(void)
{
	SOCKET s = tcp();

	EXPECT_EQ(0, get(s, SOL_SOCKET, SO_PAUSE_ACCEPT));
	EXPECT_OK(set(s, SOL_SOCKET, SO_PAUSE_ACCEPT, 0));
	EXPECT_FAIL(WSAENOPROTOOPT, set(s, SOL_SOCKET, SO_PAUSE_ACCEPT, 1));
	EXPECT_EQ(0, get(s, SOL_SOCKET, SO_PAUSE_ACCEPT));
	EXPECT_FAIL(WSAENOPROTOOPT, set(s, IPPROTO_IP, IP_IFLIST, 1));
	EXPECT_FAIL(WSAEINVAL, set(s, IPPROTO_IP, IP_ADD_IFLIST, 1));
	closesocket(s);
}

static void UPDATE_ACCEPT_CONTEXT_wants_a_listener(void)
{
	struct pair p;
	SOCKET none = INVALID_SOCKET, fresh = tcp();
	const char *lsn = (const char *)&p.listener;
	int size = sizeof(SOCKET);

	connected(AF_INET, &p);
	EXPECT_OK(setsockopt(p.server, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT,
			     lsn, size));
	EXPECT_FAIL(WSAEFAULT, setsockopt(p.server, SOL_SOCKET,
					  SO_UPDATE_ACCEPT_CONTEXT, lsn,
					  size - 1));
	EXPECT_FAIL(WSAENOTSOCK, setsockopt(p.server, SOL_SOCKET,
					    SO_UPDATE_ACCEPT_CONTEXT,
					    (const char *)&none, size));
	EXPECT_FAIL(WSAEINVAL, setsockopt(p.server, SOL_SOCKET,
					  SO_UPDATE_ACCEPT_CONTEXT,
					  (const char *)&p.client, size));
	EXPECT_FAIL(WSAENOTCONN, setsockopt(fresh, SOL_SOCKET,
					    SO_UPDATE_ACCEPT_CONTEXT, lsn,
					    size));
	EXPECT_OK(setsockopt(p.client, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT,
			     NULL, 0));
	EXPECT_FAIL(WSAENOTCONN, setsockopt(fresh, SOL_SOCKET,
					    SO_UPDATE_CONNECT_CONTEXT, NULL,
					    0));
	closesocket(fresh);
	disconnect(&p);
}

/* The accept page, Remarks: a connection has its listener's properties. */
static void accepted_sockets_inherit(void)
{
	static const struct {
		int level, name;
		DWORD value;
	} rows[] = {
		{ SOL_SOCKET, SO_DEBUG, 1 },
		{ SOL_SOCKET, SO_KEEPALIVE, 1 },
		{ SOL_SOCKET, SO_DONTROUTE, 1 },
		{ SOL_SOCKET, SO_LINGER, 7 << 16 | 3 },
		{ SOL_SOCKET, SO_OOBINLINE, 1 },
		{ SOL_SOCKET, SO_SNDBUF, 1 },
		{ SOL_SOCKET, SO_RCVBUF, 12345 },
		{ SOL_SOCKET, SO_SNDTIMEO, 63000 },
		{ SOL_SOCKET, SO_RCVTIMEO, 997000 },
		{ IPPROTO_TCP, TCP_NODELAY, 1 },
		{ IPPROTO_TCP, TCP_KEEPIDLE, 77 },
		{ IPPROTO_TCP, TCP_KEEPCNT, 200 },
		{ IPPROTO_TCP, TCP_EXPEDITED_1122, 1 },
		{ IPPROTO_IP, IP_TTL, 33 },
		{ IPPROTO_IP, IP_TOS, 0x28 },
		{ IPPROTO_IP, IP_DONTFRAGMENT, 0 },
		{ IPPROTO_IP, IP_USER_MTU, 1280 },
	};
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);
	SOCKET client, s;
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		EXPECT_OK(set(lsn, rows[i].level, rows[i].name,
			      rows[i].value));
	client = api_client(&a);
	s = accept(lsn, NULL, NULL);
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		EXPECT_EQ(rows[i].value, get(s, rows[i].level, rows[i].name));
	/* And then it has its own. */
	EXPECT_OK(set(s, SOL_SOCKET, SO_DEBUG, 0));
	EXPECT_EQ(1, get(lsn, SOL_SOCKET, SO_DEBUG));
	EXPECT_OK(set(s, SOL_SOCKET, SO_LINGER, 0));
	closesocket(s);
	closesocket(client);
	closesocket(lsn);
}

/* [setsockopt WSAENOTCONN] */
static void KEEPALIVE_after_a_reset_WSAENOTCONN(void)
{
	struct pair p;
	char byte;

	connected(AF_INET, &p);
	EXPECT_OK(set(p.server, SOL_SOCKET, SO_LINGER, 1));
	EXPECT_OK(closesocket(p.server));
	/* Ends when the reset is there. */
	EXPECT_FAIL(WSAECONNRESET, recv(p.client, &byte, 1, 0));
	EXPECT_FAIL(WSAENOTCONN, set(p.client, SOL_SOCKET, SO_KEEPALIVE, 1));
	EXPECT_EQ(0, get(p.client, SOL_SOCKET, SO_KEEPALIVE) & 0xff);
	closesocket(p.client);
	closesocket(p.listener);
}

#define TEST(name)	{ "api_option_rules." #name, name }

static const struct api_test tests[] = {
	TEST(unknown_level_WSAEINVAL),
	TEST(unknown_option_WSAENOPROTOOPT),
	TEST(lowat_and_USELOOPBACK_WSAEINVAL),
	TEST(buffers_read_as_they_were_set),
	TEST(no_SNDBUF_still_sends),
	TEST(timeouts_read_in_milliseconds),
	TEST(LINGER_keeps_both_members),
	TEST(DONTLINGER_is_l_onoff_0),
	TEST(ERROR_can_be_set),
	TEST(TYPE_and_ACCEPTCONN_cannot_be_set),
	TEST(DEBUG_is_a_bool_of_4_bytes),
	TEST(CONNECT_TIME_counts_seconds),
	TEST(MAX_MSG_SIZE_of_datagrams),
	TEST(BSP_STATE_tells_both_ends),
	TEST(closed_socket_WSAENOTSOCK),
	TEST(before_startup_WSANOTINITIALISED),
	TEST(OPENTYPE_is_of_no_socket),
	TEST(DONTROUTE_of_IPv6_WSAENOPROTOOPT),
	TEST(too_late_to_choose_WSAEINVAL),
	TEST(not_possible_here_WSAENOPROTOOPT),
	TEST(UPDATE_ACCEPT_CONTEXT_wants_a_listener),
	TEST(accepted_sockets_inherit),
	TEST(KEEPALIVE_after_a_reset_WSAENOTCONN),
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
