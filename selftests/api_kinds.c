// SPDX-License-Identifier: GPL-2.0-only
/*
 * socket and WSASocket: which family, type and protocol go together.  Raw
 * sockets want a program with the privilege to make them.
 */
#include "api_test.h"
#include <mstcpip.h>

#define ANY	0xdead	/* no known family, type or protocol */

struct triple {
	int af, type, protocol;
	int code;		/* 0 on success, and then: */
	int af_made, type_made, protocol_made;
};

/*
 * C1-C8, C10, C12, C14
 * [socket WSAEINVAL, socket WSAESOCKTNOSUPPORT, socket WSAEAFNOSUPPORT,
 *  socket WSAEPROTONOSUPPORT, WSASocketA WSAESOCKTNOSUPPORT,
 *  WSASocketA WSAEAFNOSUPPORT, WSASocketA WSAEPROTONOSUPPORT]
 */
static const struct triple triples[] = {
	{ AF_UNSPEC, 0, 0, WSAEINVAL },				/* C1 */
	{ AF_UNSPEC, SOCK_STREAM, 0, WSAEINVAL },
	{ AF_UNSPEC, SOCK_DGRAM, 0, WSAEINVAL },
	{ AF_UNSPEC, ANY, 0, WSAEINVAL },
	{ AF_INET, ANY, IPPROTO_TCP, WSAESOCKTNOSUPPORT },	/* C2 */
	{ AF_INET, -1, 0, WSAESOCKTNOSUPPORT },
	{ AF_UNSPEC, ANY, IPPROTO_UDP, WSAESOCKTNOSUPPORT },
	{ -1, -1, IPPROTO_TCP, WSAESOCKTNOSUPPORT },
	{ ANY, ANY, ANY, WSAESOCKTNOSUPPORT },
	{ ANY, SOCK_STREAM, IPPROTO_TCP, WSAEAFNOSUPPORT },	/* C3 */
	{ ANY, SOCK_STREAM, IPPROTO_UDP, WSAEAFNOSUPPORT },
	{ -1, SOCK_STREAM, ANY, WSAEAFNOSUPPORT },
	{ AF_INET, SOCK_STREAM, ANY, WSAEPROTONOSUPPORT },	/* C4 */
	{ AF_INET, 0, ANY, WSAEPROTONOSUPPORT },
	{ AF_INET, 0, -1, WSAEPROTONOSUPPORT },
	{ AF_UNSPEC, SOCK_STREAM, ANY, WSAEPROTONOSUPPORT },
	{ AF_UNSPEC, 0, ANY, WSAEPROTONOSUPPORT },
	{ AF_INET, SOCK_STREAM, IPPROTO_UDP, WSAEPROTONOSUPPORT },	/* C5 */
	{ AF_INET, SOCK_DGRAM, IPPROTO_TCP, WSAEPROTONOSUPPORT },
	{ AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6, WSAEPROTONOSUPPORT },
	{ AF_INET, SOCK_STREAM, 0, 0,				/* C6 */
	  AF_INET, SOCK_STREAM, IPPROTO_TCP },
	{ AF_INET, SOCK_DGRAM, 0, 0, AF_INET, SOCK_DGRAM, IPPROTO_UDP },
	{ AF_INET, 0, 0, 0, AF_INET, SOCK_STREAM, IPPROTO_TCP },
	{ AF_INET, 0, IPPROTO_TCP, 0,				/* C7, C10 */
	  AF_INET, SOCK_STREAM, IPPROTO_TCP },
	{ AF_INET, 0, IPPROTO_UDP, 0, AF_INET, SOCK_DGRAM, IPPROTO_UDP },
	{ AF_UNSPEC, 0, IPPROTO_TCP, 0, AF_INET, SOCK_STREAM, IPPROTO_TCP },
	{ AF_UNSPEC, 0, IPPROTO_UDP, 0, AF_INET, SOCK_DGRAM, IPPROTO_UDP },
	{ AF_UNSPEC, SOCK_STREAM, IPPROTO_TCP, 0,		/* C8 */
	  AF_INET, SOCK_STREAM, IPPROTO_TCP },
	{ AF_INET6, SOCK_STREAM, IPPROTO_TCP, 0,
	  AF_INET6, SOCK_STREAM, IPPROTO_TCP },
	{ AF_INET6, 0, 0, 0, AF_INET6, SOCK_STREAM, IPPROTO_TCP },
	{ AF_INET6, SOCK_DGRAM, 0, 0, AF_INET6, SOCK_DGRAM, IPPROTO_UDP },
	{ AF_UNSPEC, 0, IPPROTO_RAW, 0, AF_INET, SOCK_RAW, 0 },	/* C12 */
	{ AF_INET, SOCK_RAW, IPPROTO_TCP, 0, AF_INET, SOCK_RAW, 0 },
	{ AF_INET, SOCK_RAW, 0, 0, AF_INET, SOCK_RAW, 0 },
	{ AF_INET, SOCK_RAW, IPPROTO_ICMP, 0, AF_INET, SOCK_RAW, 0 },
	{ AF_INET6, SOCK_RAW, 0, 0, AF_INET6, SOCK_RAW, 0 },
	{ AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, 0, AF_INET6, SOCK_RAW, 0 },
	{ AF_INET, SOCK_RAW, 256, WSAEPROTONOSUPPORT },
	{ AF_IPX, SOCK_DGRAM, 1000, WSAEAFNOSUPPORT },		/* C14 */
	{ AF_UNIX, SOCK_STREAM, 0, 0, AF_UNIX, SOCK_STREAM, 0 },
	{ AF_UNIX, 0, 0, 0, AF_UNIX, SOCK_STREAM, 0 },
	{ AF_UNIX, SOCK_STREAM, IPPROTO_TCP, WSAEPROTONOSUPPORT },
};

static void protocol_of(SOCKET s, LPWSAPROTOCOL_INFOA info)
{
	int len = sizeof(*info);

	memset(info, POISON, sizeof(*info));
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)info,
			     &len));
}

static int check_triple(const struct triple *t, SOCKET s)
{
	int ok = EXPECT_EQ(t->code, WSAGetLastError());
	int type = 0, len = sizeof(type);
	WSAPROTOCOL_INFOA info;

	ok &= EXPECT_EQ(!t->code, s != INVALID_SOCKET);
	if (s == INVALID_SOCKET)
		return ok;
	ok &= EXPECT(s && s % 4 == 0 && s < 0x80000000U);
	/* The protocol that 0 stood for shows, and the type (C9, C12). */
	protocol_of(s, &info);
	ok &= EXPECT_EQ(t->af_made, info.iAddressFamily);
	ok &= EXPECT_EQ(t->type_made, info.iSocketType);
	ok &= EXPECT_EQ(t->protocol_made, info.iProtocol);
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&type, &len));
	ok &= EXPECT_EQ(t->type_made, type);
	EXPECT_OK(closesocket(s));
	return ok;
}

static void triples_of_socket(void)
{
	const struct triple *t;
	SOCKET s;

	for (t = triples; t < triples + ARRAY_SIZE(triples); t++) {
		WSASetLastError(POISON);
		s = socket(t->af, t->type, t->protocol);
		if (!check_triple(t, s))
			printf("# in row %d\n", (int)(t - triples));
	}
}

static void triples_of_wsasocket(void)
{
	const struct triple *t;
	SOCKET s;

	for (t = triples; t < triples + ARRAY_SIZE(triples); t++) {
		WSASetLastError(POISON);
		s = WSASocketA(t->af, t->type, t->protocol, NULL, 0, 0);
		if (!check_triple(t, s))
			printf("# in row %d\n", (int)(t - triples));
		WSASetLastError(POISON);
		s = WSASocketW(t->af, t->type, t->protocol, NULL, 0,
			       WSA_FLAG_OVERLAPPED);
		if (!check_triple(t, s))
			printf("# in row %d, W\n", (int)(t - triples));
	}
}

/* Arguments that are not 0 or -1 win over the block's (C11). */
static void fields_of_a_block(void)
{
	static const struct triple rows[] = {
		{ 0, 0, 0, 0, AF_INET, SOCK_DGRAM, IPPROTO_UDP },
		{ -1, -1, -1, 0, AF_INET, SOCK_DGRAM, IPPROTO_UDP },
		{ AF_INET6, 0, -1, 0, AF_INET6, SOCK_DGRAM, IPPROTO_UDP },
		{ AF_INET, SOCK_STREAM, IPPROTO_TCP, 0,
		  AF_INET, SOCK_STREAM, IPPROTO_TCP },
		{ 0, SOCK_STREAM, 0, WSAEPROTONOSUPPORT },
	};
	const struct triple *t;
	WSAPROTOCOL_INFOA a;
	WSAPROTOCOL_INFOW w;
	SOCKET s;
	int len;

	s = socket(AF_INET, SOCK_DGRAM, 0);
	protocol_of(s, &a);
	len = sizeof(w);
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&w,
			     &len));
	EXPECT_OK(closesocket(s));
	for (t = rows; t < rows + ARRAY_SIZE(rows); t++) {
		WSASetLastError(POISON);
		s = WSASocketA(t->af, t->type, t->protocol, &a, 0, 0);
		check_triple(t, s);
		WSASetLastError(POISON);
		s = WSASocketW(t->af, t->type, t->protocol, &w, 0,
			       WSA_FLAG_OVERLAPPED);
		check_triple(t, s);
	}
}

/* Neither the block nor the arguments say which family (C11). */
static void block_without_fields_WSAEAFNOSUPPORT(void)
{
	WSAPROTOCOL_INFOA a;

	memset(&a, 0, sizeof(a));
	EXPECT_NO_SOCKET(WSAEAFNOSUPPORT,
			 WSASocketA(0, 0, IPPROTO_UDP, &a, 0, 0));
	a.iAddressFamily = FROM_PROTOCOL_INFO;
	a.iSocketType = FROM_PROTOCOL_INFO;
	a.iProtocol = FROM_PROTOCOL_INFO;
	EXPECT_NO_SOCKET(WSAEAFNOSUPPORT,
			 WSASocketA(0, 0, IPPROTO_UDP, &a, 0, 0));
}

/* [WSASocketA WSAEFAULT] */
static void block_nowhere_WSAEFAULT(void)
{
	EXPECT_NO_SOCKET(WSAEFAULT, WSASocketA(AF_INET, SOCK_STREAM, 0,
					       (LPWSAPROTOCOL_INFOA)1, 0, 0));
	EXPECT_NO_SOCKET(WSAEFAULT, WSASocketW(AF_INET, SOCK_STREAM, 0,
					       (LPWSAPROTOCOL_INFOW)1, 0, 0));
}

/* A flag that there is not, a group [WSASocketA WSAEINVAL]. */
static void arguments_WSAEINVAL(void)
{
	EXPECT_NO_SOCKET(WSAEINVAL,
			 WSASocketA(AF_INET, SOCK_STREAM, 0, NULL, 7, 0));
	EXPECT_NO_SOCKET(WSAEINVAL,
			 WSASocketA(AF_INET, SOCK_STREAM, 0, NULL, 0, 0x4000));
	EXPECT_NO_SOCKET(WSAEINVAL, WSASocketA(AF_UNSPEC, 0, 0, NULL, 0, 0));
}

static void multipoint_wants_leaves_and_datagrams(void)
{
	static const struct {
		int type;
		DWORD flags;
		int code;
	} rows[] = {
		{ SOCK_DGRAM, WSA_FLAG_MULTIPOINT_C_LEAF |
			      WSA_FLAG_MULTIPOINT_D_LEAF, 0 },
		{ SOCK_STREAM, WSA_FLAG_MULTIPOINT_C_LEAF |
			       WSA_FLAG_MULTIPOINT_D_LEAF, WSAEINVAL },
		{ SOCK_DGRAM, WSA_FLAG_MULTIPOINT_C_ROOT |
			      WSA_FLAG_MULTIPOINT_D_LEAF, WSAEINVAL },
		{ SOCK_DGRAM, WSA_FLAG_MULTIPOINT_C_LEAF |
			      WSA_FLAG_MULTIPOINT_D_ROOT, WSAEINVAL },
		{ SOCK_DGRAM, WSA_FLAG_MULTIPOINT_C_LEAF |
			      WSA_FLAG_MULTIPOINT_C_ROOT, WSAEINVAL },
	};
	SOCKET s;
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		WSASetLastError(POISON);
		s = WSASocketA(AF_INET, rows[i].type, 0, NULL, 0,
			       rows[i].flags | WSA_FLAG_OVERLAPPED);
		EXPECT_EQ(rows[i].code, WSAGetLastError());
		EXPECT_EQ(!rows[i].code, s != INVALID_SOCKET);
		if (s != INVALID_SOCKET)
			EXPECT_OK(closesocket(s));
	}
}

static void audit_list_is_refused(void)
{
	EXPECT_NO_SOCKET(WSAEACCES,
			 WSASocketA(AF_INET, SOCK_STREAM, 0, NULL, 0,
				    WSA_FLAG_ACCESS_SYSTEM_SECURITY));
}

static void no_handle_inherit_is_taken(void)
{
	SOCKET s = WSASocketA(AF_INET6, SOCK_STREAM, 0, NULL, 0,
			      WSA_FLAG_NO_HANDLE_INHERIT);

	EXPECT(s != INVALID_SOCKET);
	EXPECT_OK(closesocket(s));
}

/* [socket WSANOTINITIALISED, WSASocketA WSANOTINITIALISED] (S1) */
static void before_startup_WSANOTINITIALISED(void)
{
	WSAPROTOCOL_INFOA a;

	memset(&a, 0, sizeof(a));
	EXPECT_OK(WSACleanup());
	EXPECT_NO_SOCKET(WSANOTINITIALISED, socket(AF_INET, SOCK_RAW, 0));
	EXPECT_NO_SOCKET(WSANOTINITIALISED,
			 WSASocketA(0, 0, 0, NULL, 0, 0));
	EXPECT_NO_SOCKET(WSANOTINITIALISED,
			 WSASocketA(AF_INET, 0, 0, &a, 0, 0));
}

/* Blocking and nonblocking calls need no WSA_FLAG_OVERLAPPED (C15). */
static void not_overlapped_works(void)
{
	struct sockaddr_in in;
	int len = sizeof(in);
	u_long on = 1;
	char byte;
	SOCKET s = WSASocketA(AF_INET, SOCK_DGRAM, 0, NULL, 0, 0);

	memset(&in, 0, sizeof(in));
	in.sin_family = AF_INET;
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	EXPECT_OK(bind(s, (struct sockaddr *)&in, len));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&in, &len));
	EXPECT_OK(connect(s, (struct sockaddr *)&in, len));
	EXPECT_EQ(1, send(s, "x", 1, 0));
	EXPECT_EQ(1, recv(s, &byte, 1, 0));
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, &byte, 1, 0));
	EXPECT_OK(closesocket(s));
}

/* A raw socket on the loopback address, or on none. */
static SOCKET raw(int af, int protocol, int bound)
{
	SOCKET s = socket(af, SOCK_RAW, protocol);
	struct sockaddr_storage ss;
	struct sockaddr_in *in = (struct sockaddr_in *)&ss;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&ss;

	memset(&ss, 0, sizeof(ss));
	ss.ss_family = (unsigned short)af;
	if (bound && af == AF_INET)
		in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	else if (bound)
		in6->sin6_addr = in6addr_loopback;
	EXPECT_OK(bind(s, (struct sockaddr *)&ss, af == AF_INET ?
		       (int)sizeof(*in) : (int)sizeof(*in6)));
	return s;
}

static int rcvall(SOCKET s, DWORD code, DWORD value, DWORD len)
{
	DWORD n = 0xa5;
	int ret = WSAIoctl(s, code, &value, len, NULL, 0, &n, NULL, NULL);

	EXPECT_EQ(0, n);
	return ret;
}

/*
 * The kinds of sockets that what passes an interface can be asked for on.  It
 * cannot be had; but it is off, and one of the values means nothing.
 * [WSAIoctl WSAEOPNOTSUPP, WSAIoctl WSAEINVAL, WSAIoctl WSAEFAULT]
 */
static void rcvall_on_WSAEOPNOTSUPP(void)
{
	static const struct {
		int af, protocol;
		DWORD code;
	} rows[] = {
		{ AF_INET, IPPROTO_IP, SIO_RCVALL },
		{ AF_INET6, IPPROTO_IPV6, SIO_RCVALL },
		{ AF_INET, IPPROTO_UDP, SIO_RCVALL_MCAST },
		{ AF_INET, IPPROTO_IGMP, SIO_RCVALL_IGMPMCAST },
	};
	SOCKET s;
	DWORD n;
	int i, j;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		s = raw(rows[i].af, rows[i].protocol, 1);
		EXPECT_OK(rcvall(s, rows[i].code, RCVALL_OFF, 4));
		EXPECT_OK(rcvall(s, rows[i].code, RCVALL_OFF, 1));
		EXPECT_OK(rcvall(s, rows[i].code, RCVALL_SOCKETLEVELONLY, 4));
		EXPECT_FAIL(WSAEOPNOTSUPP, rcvall(s, rows[i].code, RCVALL_ON,
						  4));
		EXPECT_FAIL(WSAEOPNOTSUPP, rcvall(s, rows[i].code, RCVALL_ON,
						  1));
		EXPECT_FAIL(WSAEOPNOTSUPP, rcvall(s, rows[i].code,
						  RCVALL_IPLEVEL, 4));
		EXPECT_FAIL(WSAEINVAL, rcvall(s, rows[i].code, RCVALL_MAX + 1,
					      4));
		EXPECT_FAIL(WSAEINVAL, rcvall(s, rows[i].code, RCVALL_OFF, 0));
		EXPECT_FAIL(WSAEFAULT, WSAIoctl(s, rows[i].code, (void *)1, 4,
						NULL, 0, &n, NULL, NULL));
		for (j = 0; j < ARRAY_SIZE(rows); j++)
			if (rows[j].code != rows[i].code)
				EXPECT_FAIL(WSAEINVAL, rcvall(s, rows[j].code,
							      RCVALL_OFF, 4));
		EXPECT_OK(closesocket(s));
		s = raw(rows[i].af, rows[i].protocol, 0);
		EXPECT_FAIL(WSAEINVAL, rcvall(s, rows[i].code, RCVALL_OFF, 4));
		EXPECT_OK(closesocket(s));
		s = socket(rows[i].af, SOCK_DGRAM, 0);
		EXPECT_FAIL(WSAEINVAL, rcvall(s, rows[i].code, RCVALL_OFF, 4));
		EXPECT_OK(closesocket(s));
	}
	s = raw(AF_INET, IPPROTO_ICMP, 1);
	EXPECT_FAIL(WSAEINVAL, rcvall(s, SIO_RCVALL, RCVALL_OFF, 4));
	EXPECT_OK(closesocket(s));
}

static const struct api_test tests[] = {
	{ "kinds.socket.triples", triples_of_socket },
	{ "kinds.wsasocket.triples", triples_of_wsasocket },
	{ "kinds.block.fields", fields_of_a_block },
	{ "kinds.block.without_fields_WSAEAFNOSUPPORT",
	  block_without_fields_WSAEAFNOSUPPORT },
	{ "kinds.block.nowhere_WSAEFAULT", block_nowhere_WSAEFAULT },
	{ "kinds.arguments.WSAEINVAL", arguments_WSAEINVAL },
	{ "kinds.flags.multipoint", multipoint_wants_leaves_and_datagrams },
	{ "kinds.flags.audit_list_is_refused", audit_list_is_refused },
	{ "kinds.flags.no_handle_inherit", no_handle_inherit_is_taken },
	{ "kinds.flags.not_overlapped_works", not_overlapped_works },
	{ "kinds.raw.rcvall_on_WSAEOPNOTSUPP", rcvall_on_WSAEOPNOTSUPP },
	{ "kinds.WSANOTINITIALISED", before_startup_WSANOTINITIALISED },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
