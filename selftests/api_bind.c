// SPDX-License-Identifier: GPL-2.0-only
/*
 * bind: addresses, and two sockets that want one port.
 */
#include "api_peer.h"

enum option { NONE, REUSE, EXCL };

/* Both of IPv6's wildcards, and IPv4's places in a socket for both stacks. */
enum place { ANY4, LO4, LO4_2, ANY6, ANY6_DUAL, LO6, MAP_ANY, MAP_LO };

static const char *const place_text[] = {
	"0.0.0.0", "127.0.0.1", "127.0.0.2", ":: only", "::", "::1",
	"::ffff:0.0.0.0", "::ffff:127.0.0.1",
};

static void place_name(enum place place, int port, struct api_addr *a)
{
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&a->name;
	struct sockaddr_in *in = (struct sockaddr_in *)&a->name;

	api_loopback(place <= LO4_2 ? AF_INET : AF_INET6, a);
	in->sin_port = (unsigned short)port;	/* the same place in both */
	if (place == ANY4)
		in->sin_addr.s_addr = htonl(INADDR_ANY);
	else if (place == LO4_2)
		in->sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
	else if (place > LO4_2 && place != LO6)
		in6->sin6_addr = in6addr_any;
	if (place == MAP_ANY || place == MAP_LO)
		memset(&in6->sin6_addr.s6_addr[10], 0xff, 2);
	if (place == MAP_LO) {
		in6->sin6_addr.s6_addr[12] = 127;
		in6->sin6_addr.s6_addr[15] = 1;
	}
}

static int set_option(SOCKET s, enum option option, int on)
{
	int name = option == REUSE ? SO_REUSEADDR : SO_EXCLUSIVEADDRUSE;

	return setsockopt(s, SOL_SOCKET, name, (char *)&on, sizeof(on));
}

/* A socket for a place, with its option set; unbound. */
static SOCKET unbound(int type, enum place place, enum option option)
{
	int family = place <= LO4_2 ? AF_INET : AF_INET6;
	SOCKET s = socket(family, type, 0);
	int only = place == ANY6 || place == LO6;

	EXPECT(s != INVALID_SOCKET);
	if (family == AF_INET6)
		EXPECT_EQ(0, setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY,
					(char *)&only, sizeof(only)));
	if (option != NONE)
		EXPECT_EQ(0, set_option(s, option, 1));
	return s;
}

/* 0 or the error. */
static int bind_to(SOCKET s, enum place place, int port)
{
	struct api_addr a;

	place_name(place, port, &a);
	if (!bind(s, (struct sockaddr *)&a.name, a.len))
		return 0;
	return WSAGetLastError();
}

static int port_of(SOCKET s)
{
	struct sockaddr_storage name;
	int len = sizeof(name);

	if (getsockname(s, (struct sockaddr *)&name, &len))
		return 0;
	return api_port(&name);
}

/* A socket bound to a place and a port that nobody has, which *port gets. */
static SOCKET bound(int type, enum place place, enum option option, int *port)
{
	SOCKET s = unbound(type, place, option);

	EXPECT_EQ(0, bind_to(s, place, 0));
	*port = port_of(s);
	EXPECT(*port);
	return s;
}

struct row {
	enum place first;
	enum option first_option;
	enum place second;
	enum option second_option;
	int code;
};

/* Streams that were let onto one port listen both, in either order (B8, B9). */
static void both_listen(SOCKET first, SOCKET second, int second_listens_first)
{
	EXPECT_EQ(0, listen(second_listens_first ? second : first, 5));
	EXPECT_EQ(0, listen(second_listens_first ? first : second, 5));
}

/* One row; the failed socket must still be good for another port (B4). */
static void try_row(int type, const struct row *row)
{
	int was_failed = api_failed;
	SOCKET first, second;
	int port, code;

	api_failed = 0;
	first = bound(type, row->first, row->first_option, &port);
	second = unbound(type, row->second, row->second_option);
	code = bind_to(second, row->second, port);
	EXPECT_EQ(row->code, code);
	if (code) {
		EXPECT_EQ(0, port_of(second));
		EXPECT_EQ(0, bind_to(second, row->second, 0));
		EXPECT(port_of(second) != port);
		EXPECT_EQ(port, port_of(first));
	} else {
		EXPECT_EQ(port, port_of(second));
		if (type == SOCK_STREAM)
			both_listen(first, second, row->second_option & 1);
	}
	EXPECT_OK(closesocket(second));
	EXPECT_OK(closesocket(first));
	if (api_failed)
		printf("# %s: %s option %d, then %s option %d\n",
		       type == SOCK_STREAM ? "TCP" : "UDP",
		       place_text[row->first], row->first_option,
		       place_text[row->second], row->second_option);
	api_failed |= was_failed;
}

static void try_rows(const struct row *rows, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		try_row(SOCK_STREAM, &rows[i]);
		try_row(SOCK_DGRAM, &rows[i]);
	}
}

#define IN_USE	WSAEADDRINUSE
#define DENIED	WSAEACCES

/*
 * "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", one user.  Rows and columns:
 * no option, REUSE, EXCL, each as wildcard and as specific address (B7, B10).
 */
static const int matrix[6][6] = {
	{ IN_USE, 0, DENIED, 0, IN_USE, 0 },
	{ 0, IN_USE, 0, DENIED, IN_USE, IN_USE },
	{ IN_USE, 0, 0, 0, IN_USE, 0 },
	{ 0, IN_USE, 0, 0, IN_USE, IN_USE },
	{ IN_USE, DENIED, DENIED, DENIED, IN_USE, DENIED },
	{ 0, IN_USE, 0, DENIED, IN_USE, IN_USE },
};

static void try_matrix(enum place any, enum place specific)
{
	struct row row;
	int i, j;

	for (i = 0; i < 6; i++) {
		for (j = 0; j < 6; j++) {
			row.first = i & 1 ? specific : any;
			row.first_option = (enum option)(i / 2);
			row.second = j & 1 ? specific : any;
			row.second_option = (enum option)(j / 2);
			row.code = matrix[i][j];
			try_rows(&row, 1);
		}
	}
}

static void matrix_ipv4(void)
{
	try_matrix(ANY4, LO4);
}

static void matrix_ipv6(void)
{
	try_matrix(ANY6, LO6);
}

/* IPv4 through sockets for both stacks: the same, and the same beside others. */
static void matrix_mapped(void)
{
	try_matrix(MAP_ANY, MAP_LO);
	try_matrix(ANY4, MAP_LO);
	try_matrix(MAP_ANY, LO4);
}

static void matrix_dual(void)
{
	try_matrix(ANY6_DUAL, LO6);
	try_matrix(ANY6_DUAL, LO4);
	try_matrix(ANY6_DUAL, MAP_LO);
}

/*
 * What was seen on Windows, all sockets there with IPV6_V6ONLY off (B11, B12,
 * B13, B14, B15, B16, B17, B18, B19, B20, B21, B22, B23, B24, B25)
 * [bind WSAEADDRINUSE, bind WSAEACCES]
 */
static const struct row observed[] = {
	/* B11 */
	{ ANY4, EXCL, LO4, NONE, WSAEACCES },
	{ ANY4, EXCL, LO4, EXCL, WSAEACCES },
	/* B12, B13 */
	{ ANY6_DUAL, EXCL, LO4, NONE, WSAEACCES },
	{ ANY6_DUAL, EXCL, ANY4, NONE, WSAEACCES },
	/* B14, B15 */
	{ ANY4, NONE, LO4, EXCL, 0 },
	{ LO4, EXCL, ANY4, NONE, 0 },
	/* B16, B17 */
	{ LO4, NONE, ANY4, EXCL, WSAEADDRINUSE },
	{ LO4, NONE, ANY6_DUAL, EXCL, WSAEADDRINUSE },
	/* B18, B19 */
	{ ANY4, NONE, ANY4, NONE, WSAEADDRINUSE },
	{ ANY4, NONE, ANY4, EXCL, WSAEADDRINUSE },
	{ ANY6_DUAL, NONE, ANY4, NONE, 0 },
	{ ANY6_DUAL, NONE, ANY4, EXCL, 0 },
	/* B20, B21 */
	{ LO6, NONE, ANY4, EXCL, 0 },
	{ LO6, EXCL, LO4, EXCL, 0 },
	/* B22, B23 */
	{ MAP_LO, NONE, ANY4, EXCL, WSAEADDRINUSE },
	{ MAP_ANY, NONE, ANY4, NONE, WSAEADDRINUSE },
	/* B24 */
	{ MAP_LO, NONE, LO4, NONE, WSAEADDRINUSE },
	{ LO4, NONE, MAP_LO, NONE, WSAEADDRINUSE },
	/* B25 */
	{ LO4, EXCL, LO4, NONE, WSAEADDRINUSE },
	{ LO4, NONE, LO4, EXCL, WSAEADDRINUSE },
	{ ANY6_DUAL, EXCL, ANY4, REUSE, WSAEACCES },
};

static void observed_rows(void)
{
	try_rows(observed, ARRAY_SIZE(observed));
}

static void other_addresses_do_not_meet(void)
{
	static const struct row rows[] = {
		{ LO4, NONE, LO4_2, NONE, 0 },
		{ LO4, EXCL, LO4_2, EXCL, 0 },
		{ LO4, EXCL, LO6, EXCL, 0 },
		{ ANY4, EXCL, ANY6, EXCL, 0 },
		{ ANY6, NONE, MAP_ANY, NONE, 0 },
	};

	try_rows(rows, ARRAY_SIZE(rows));
}

static void protocols_do_not_meet(void)
{
	int port, code;
	SOCKET tcp = bound(SOCK_STREAM, ANY4, EXCL, &port);
	SOCKET udp = unbound(SOCK_DGRAM, ANY4, EXCL);

	code = bind_to(udp, ANY4, port);
	EXPECT_EQ(0, code);
	EXPECT_OK(closesocket(udp));
	EXPECT_OK(closesocket(tcp));
}

/* B6 */
static void options_exclude_each_other(void)
{
	SOCKET s = unbound(SOCK_STREAM, LO4, REUSE);
	int on, len = sizeof(on);

	EXPECT_FAIL(WSAEINVAL, set_option(s, EXCL, 1));
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&on,
			     &len));
	EXPECT_EQ(0, on);
	EXPECT_OK(set_option(s, EXCL, 0));
	EXPECT_OK(set_option(s, REUSE, 0));
	EXPECT_OK(set_option(s, EXCL, 1));
	EXPECT_FAIL(WSAEINVAL, set_option(s, REUSE, 1));
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_REUSEADDR, (char *)&on, &len));
	EXPECT_EQ(0, on);
	EXPECT_OK(set_option(s, EXCL, 0));
	EXPECT_OK(set_option(s, REUSE, 1));
	EXPECT_OK(closesocket(s));
}

/* T1 */
static void exclusive_lengths(void)
{
	SOCKET s = unbound(SOCK_DGRAM, LO4, NONE);
	int value = 0x100;
	char bytes[4];
	int len;

	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&value,
			     sizeof(value)));
	memset(bytes, POISON, sizeof(bytes));
	len = 1;
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, bytes, &len));
	EXPECT_EQ(1, bytes[0]);
	EXPECT_EQ(POISON, bytes[1]);
	EXPECT_EQ(1, len);
	len = 4;
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, bytes, &len));
	EXPECT_EQ(0, memcmp(bytes, "\1\0\0\0", 4));
	EXPECT_EQ(4, len);
	len = 0;
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE,
					  bytes, &len));
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, bytes, 0));
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&value,
			     (len = sizeof(value), &len)));
	EXPECT_EQ(0, value);
	EXPECT_OK(closesocket(s));
}

/* Only what is set when the socket is bound counts. */
static void options_after_bind_have_no_effect(void)
{
	int port, code;
	SOCKET first = bound(SOCK_DGRAM, LO4, NONE, &port);
	SOCKET second = unbound(SOCK_DGRAM, LO4, REUSE);
	SOCKET third = unbound(SOCK_DGRAM, LO4, REUSE);

	EXPECT_OK(set_option(first, REUSE, 1));
	code = bind_to(second, LO4, port);
	EXPECT_EQ(WSAEACCES, code);
	EXPECT_OK(closesocket(first));
	code = bind_to(second, LO4, port);
	EXPECT_EQ(0, code);
	EXPECT_OK(set_option(second, REUSE, 0));
	EXPECT_OK(set_option(second, EXCL, 1));
	code = bind_to(third, LO4, port);
	EXPECT_EQ(0, code);
	EXPECT_OK(closesocket(second));
	EXPECT_OK(closesocket(third));
}

/* [bind WSAEFAULT] (B1), a family that is not the socket's (B2) */
static void bad_names(void)
{
	SOCKET s4 = unbound(SOCK_STREAM, LO4, NONE);
	SOCKET s6 = unbound(SOCK_STREAM, LO6, NONE);
	struct api_addr a;

	place_name(LO4, 0, &a);
	EXPECT_FAIL(WSAEFAULT, bind(s4, NULL, 0));
	EXPECT_FAIL(WSAEFAULT, bind(s4, NULL, 16));
	EXPECT_FAIL(WSAEFAULT, bind(s4, (struct sockaddr *)&a.name, 0));
	EXPECT_FAIL(WSAEFAULT, bind(s4, (struct sockaddr *)&a.name, 15));
	EXPECT_FAIL(WSAEAFNOSUPPORT, bind(s6, (struct sockaddr *)&a.name, 28));
	a.name.ss_family = 0xdead;
	EXPECT_FAIL(WSAEAFNOSUPPORT, bind(s4, (struct sockaddr *)&a.name, 16));
	place_name(LO6, 0, &a);
	EXPECT_FAIL(WSAEFAULT, bind(s6, (struct sockaddr *)&a.name, 24));
	EXPECT_OK(bind(s6, (struct sockaddr *)&a.name, 28));
	EXPECT_OK(closesocket(s6));
	EXPECT_OK(closesocket(s4));
}

/* [bind WSANOTINITIALISED, bind WSAENOTSOCK] */
static void bad_handles(void)
{
	SOCKET s = unbound(SOCK_STREAM, LO4, NONE);
	struct api_addr a;

	place_name(LO4, 0, &a);
	EXPECT_OK(closesocket(s));
	EXPECT_FAIL(WSAENOTSOCK, bind(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_OK(WSACleanup());
	EXPECT_FAIL(WSANOTINITIALISED,
		    bind(s, (struct sockaddr *)&a.name, a.len));
}

/* [bind WSAEADDRNOTAVAIL, bind WSAEINVAL] (B3) */
static void absent_address_and_second_bind(void)
{
	static const int types[] = { SOCK_STREAM, SOCK_DGRAM };
	struct api_addr a;
	SOCKET s;
	int i;

	for (i = 0; i < 2; i++) {
		s = unbound(types[i], LO4, NONE);
		place_name(LO4, 0, &a);
		((struct sockaddr_in *)&a.name)->sin_addr.s_addr =
			htonl(0xc0000200);	/* 192.0.2.0 */
		EXPECT_FAIL(WSAEADDRNOTAVAIL,
			    bind(s, (struct sockaddr *)&a.name, a.len));
		EXPECT_EQ(0, port_of(s));
		place_name(LO4, 0, &a);
		EXPECT_OK(bind(s, (struct sockaddr *)&a.name, a.len));
		EXPECT_FAIL(WSAEINVAL,
			    bind(s, (struct sockaddr *)&a.name, a.len));
		EXPECT_OK(closesocket(s));
	}
}

/* B4 */
static void failed_socket_stays_unbound(void)
{
	int port, code;
	SOCKET first = bound(SOCK_STREAM, ANY6_DUAL, REUSE, &port);
	SOCKET second = unbound(SOCK_STREAM, ANY6_DUAL, NONE);
	struct sockaddr_storage name;
	int on, len = sizeof(name);

	code = bind_to(second, ANY6_DUAL, port);
	EXPECT_EQ(WSAEADDRINUSE, code);
	EXPECT_FAIL(WSAEINVAL, getsockname(second, (struct sockaddr *)&name,
					   &len));
	EXPECT_FAIL(WSAEINVAL, listen(second, 1));
	EXPECT_OK(set_option(second, REUSE, 1));
	on = 1;
	EXPECT_OK(setsockopt(second, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&on,
			     sizeof(on)));
	code = bind_to(second, ANY6_DUAL, port);
	EXPECT_EQ(0, code);
	EXPECT_OK(closesocket(first));
	EXPECT_OK(closesocket(second));
}

/* B5: no interface has the number, and the address needs none */
static void scope_of_no_interface(void)
{
	SOCKET s = unbound(SOCK_DGRAM, LO6, NONE);
	struct api_addr a;

	place_name(LO6, 0, &a);
	((struct sockaddr_in6 *)&a.name)->sin6_scope_id = 0x7fffff00;
	EXPECT_FAIL(WSAEADDRNOTAVAIL,
		    bind(s, (struct sockaddr *)&a.name, a.len));
	((struct sockaddr_in6 *)&a.name)->sin6_scope_id = 0;
	EXPECT_OK(bind(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_OK(closesocket(s));
}

/* [bind WSAEACCES]; a stream has no business there */
static void broadcast_address(void)
{
	SOCKET udp = unbound(SOCK_DGRAM, LO4, NONE);
	SOCKET tcp = unbound(SOCK_STREAM, LO4, NONE);
	struct api_addr a;

	place_name(LO4, 0, &a);
	((struct sockaddr_in *)&a.name)->sin_addr.s_addr =
		htonl(INADDR_BROADCAST);
	EXPECT_FAIL(WSAEACCES, bind(udp, (struct sockaddr *)&a.name, a.len));
	EXPECT_FAIL(WSAEADDRNOTAVAIL,
		    bind(tcp, (struct sockaddr *)&a.name, a.len));
	EXPECT_EQ(0, port_of(udp));
	EXPECT_OK(closesocket(udp));
	EXPECT_OK(closesocket(tcp));
}

/* The connection that waits at a nonblocking listener, INVALID_SOCKET without. */
static SOCKET accept_now(SOCKET lsn)
{
	u_long on = 1;

	EXPECT_OK(ioctlsocket(lsn, FIONBIO, &on));
	return accept(lsn, NULL, NULL);
}

/* A client connects to a place; it must arrive at @there, not at @not_there. */
static void goes_to(enum place place, int port, SOCKET there, SOCKET not_there)
{
	SOCKET c, s;
	struct api_addr a;

	place_name(place, port, &a);
	c = api_client(&a);
	s = accept_now(there);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_NO_SOCKET(WSAEWOULDBLOCK, accept_now(not_there));
	EXPECT_OK(closesocket(c));
	if (s != INVALID_SOCKET)
		EXPECT_OK(closesocket(s));
}

/* B8 */
static void first_listener_is_connected_to(void)
{
	static const enum place places[] = { LO4, LO6, ANY4, ANY6 };
	static const enum place to[] = { LO4, LO6, LO4, LO6 };
	SOCKET s[3];
	int i, j, port, code;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		s[0] = bound(SOCK_STREAM, places[i], REUSE, &port);
		EXPECT_OK(listen(s[0], 5));
		for (j = 1; j < 3; j++) {
			s[j] = unbound(SOCK_STREAM, places[i], REUSE);
			code = bind_to(s[j], places[i], port);
			EXPECT_EQ(0, code);
			EXPECT_OK(listen(s[j], 5));
		}
		goes_to(to[i], port, s[0], s[1]);
		goes_to(to[i], port, s[0], s[2]);
		/* and when it has gone, the next */
		EXPECT_OK(closesocket(s[0]));
		goes_to(to[i], port, s[1], s[2]);
		EXPECT_OK(closesocket(s[1]));
		goes_to(to[i], port, s[2], s[2]);
		EXPECT_OK(closesocket(s[2]));
	}
}

/* B9 */
static void specific_listener_is_connected_to(void)
{
	static const enum place wide[] = { ANY4, ANY6, ANY6_DUAL, ANY6_DUAL };
	static const enum place narrow[] = { LO4, LO6, LO4, ANY4 };
	static const enum place to[] = { LO4, LO6, LO4, LO4_2 };
	SOCKET first, second;
	int i, order, port, code;
	enum place place[2];

	for (i = 0; i < ARRAY_SIZE(wide); i++) {
		for (order = 0; order < 2; order++) {
			place[order] = wide[i];
			place[!order] = narrow[i];
			first = bound(SOCK_STREAM, place[0], NONE, &port);
			second = unbound(SOCK_STREAM, place[1], NONE);
			code = bind_to(second, place[1], port);
			EXPECT_EQ(0, code);
			EXPECT_OK(listen(first, 5));
			EXPECT_OK(listen(second, 5));
			goes_to(to[i], port, order ? first : second,
				order ? second : first);
			EXPECT_OK(closesocket(first));
			EXPECT_OK(closesocket(second));
		}
	}
}

/* A connection whose server's end is still here; the listener is closed. */
static SOCKET left_behind(enum place place, enum option option, int *port,
			  SOCKET *client)
{
	SOCKET lsn = bound(SOCK_STREAM, place, option, port);
	struct api_addr a;
	SOCKET s;

	EXPECT_OK(listen(lsn, 5));
	place_name(LO4, *port, &a);
	*client = api_client(&a);
	s = accept(lsn, NULL, NULL);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_OK(closesocket(lsn));
	return s;
}

/* A server that starts anew at once, and serves; no option is needed. */
static void serves_again(enum place place, enum option option, int port)
{
	SOCKET s = unbound(SOCK_STREAM, place, option);
	int code = bind_to(s, place, port);

	EXPECT_EQ(0, code);
	EXPECT_OK(listen(s, 5));
	goes_to(LO4, port, s, s);
	EXPECT_OK(closesocket(s));
}

static void port_of_ended_connections_is_free(void)
{
	static const enum place places[] = { LO4, ANY4 };
	enum option option;
	SOCKET server, client;
	int i, port;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		for (option = NONE; option <= EXCL; option++) {
			server = left_behind(places[i], option, &port, &client);
			/* whose end comes first waits in TIME_WAIT */
			EXPECT_OK(closesocket(server));
			EXPECT_OK(closesocket(client));
			serves_again(places[i], option, port);
		}
	}
}

static void port_of_live_connections_is_free(void)
{
	enum option option;
	SOCKET server, client;
	char byte = 0;
	int port;

	for (option = NONE; option <= REUSE; option++) {
		server = left_behind(ANY4, option, &port, &client);
		serves_again(ANY4, option, port);
		EXPECT_EQ(1, send(client, "x", 1, 0));
		EXPECT_EQ(1, recv(server, &byte, 1, 0));
		EXPECT_OK(closesocket(server));
		EXPECT_OK(closesocket(client));
	}
}

/* The page's last section: only another exclusive socket has to wait. */
static void exclusive_lasts_while_a_connection_lives(void)
{
	int port, code;
	SOCKET client, server = left_behind(LO4, EXCL, &port, &client);
	SOCKET excl = unbound(SOCK_STREAM, LO4, EXCL);
	SOCKET none = unbound(SOCK_STREAM, LO4, NONE);

	code = bind_to(excl, LO4, port);
	EXPECT_EQ(WSAEADDRINUSE, code);
	code = bind_to(none, LO4, port);
	EXPECT_EQ(0, code);
	EXPECT_OK(closesocket(none));
	code = bind_to(excl, LO4, port);
	EXPECT_EQ(WSAEADDRINUSE, code);
	EXPECT_OK(closesocket(server));
	code = bind_to(excl, LO4, port);
	EXPECT_EQ(0, code);
	EXPECT_OK(closesocket(excl));
	EXPECT_OK(closesocket(client));
}

/* A client's own port is its own while it is connected. */
static void port_of_a_client_is_taken(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);
	SOCKET client = api_client(&a);
	SOCKET s = unbound(SOCK_STREAM, ANY4, NONE);
	int code = bind_to(s, ANY4, port_of(client));

	EXPECT_EQ(WSAEADDRINUSE, code);
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(client));
	EXPECT_OK(closesocket(lsn));
}

static void clean_up_gives_ports_back(void)
{
	int port, code;
	SOCKET s = bound(SOCK_STREAM, ANY4, EXCL, &port);
	WSADATA data;

	EXPECT_OK(listen(s, 5));
	EXPECT_OK(WSACleanup());
	EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
	s = unbound(SOCK_STREAM, ANY4, EXCL);
	code = bind_to(s, ANY4, port);
	EXPECT_EQ(0, code);
	EXPECT_OK(closesocket(s));
}

static const struct api_test tests[] = {
	{ "bind.WSAEFAULT_and_WSAEAFNOSUPPORT", bad_names },
	{ "bind.WSAENOTSOCK_and_WSANOTINITIALISED", bad_handles },
	{ "bind.WSAEADDRNOTAVAIL_and_WSAEINVAL", absent_address_and_second_bind },
	{ "bind.broadcast_WSAEACCES", broadcast_address },
	{ "bind.scope_of_no_interface_WSAEADDRNOTAVAIL", scope_of_no_interface },
	{ "bind.failed_socket_stays_unbound", failed_socket_stays_unbound },
	{ "bind.matrix.ipv4", matrix_ipv4 },
	{ "bind.matrix.ipv6", matrix_ipv6 },
	{ "bind.matrix.mapped", matrix_mapped },
	{ "bind.matrix.dual", matrix_dual },
	{ "bind.observed_rows", observed_rows },
	{ "bind.other_addresses_do_not_meet", other_addresses_do_not_meet },
	{ "bind.protocols_do_not_meet", protocols_do_not_meet },
	{ "bind.options.exclude_each_other", options_exclude_each_other },
	{ "bind.options.lengths", exclusive_lengths },
	{ "bind.options.count_when_bound", options_after_bind_have_no_effect },
	{ "bind.listen.first_one_wins", first_listener_is_connected_to },
	{ "bind.listen.specific_one_wins", specific_listener_is_connected_to },
	{ "bind.again.after_ended_connections",
	  port_of_ended_connections_is_free },
	{ "bind.again.beside_live_connections",
	  port_of_live_connections_is_free },
	{ "bind.again.exclusive_waits_for_connections",
	  exclusive_lasts_while_a_connection_lives },
	{ "bind.again.not_on_a_clients_port", port_of_a_client_is_taken },
	{ "bind.again.after_clean_up", clean_up_gives_ports_back },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
