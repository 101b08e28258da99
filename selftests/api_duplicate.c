// SPDX-License-Identifier: GPL-2.0-only
/*
 * WSADuplicateSocket within one process; process.c has two.
 */
#include "api_peer.h"

#include <windows.h>

/* Opens a duplicate of @s, as the process that it is for. */
static SOCKET duplicate(SOCKET s)
{
	WSAPROTOCOL_INFOA block;
	SOCKET d;

	memset(&block, POISON, sizeof(block));
	EXPECT_OK(WSADuplicateSocketA(s, GetCurrentProcessId(), &block));
	d = WSASocketA(0, 0, 0, &block, 0, WSA_FLAG_OVERLAPPED);
	EXPECT(d != INVALID_SOCKET);
	return d;
}

/*
 * The socket, then the process, then the block (K1, G3, G4)
 * [WSADuplicateSocketA WSAENOTSOCK, WSADuplicateSocketA WSAEINVAL]
 * [WSADuplicateSocketA WSAEFAULT]
 */
static void order_of_checks(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
	DWORD own = GetCurrentProcessId();
	WSAPROTOCOL_INFOA a, untouched;
	WSAPROTOCOL_INFOW w;

	memset(&a, POISON, sizeof(a));
	memset(&untouched, POISON, sizeof(untouched));
	EXPECT_FAIL(WSAENOTSOCK, WSADuplicateSocketA(INVALID_SOCKET, 0, NULL));
	EXPECT_FAIL(WSAENOTSOCK, WSADuplicateSocketA(0xdeadbee, own, &a));
	EXPECT_FAIL(WSAENOTSOCK, WSADuplicateSocketW(0, 0, NULL));
	EXPECT_FAIL(WSAEINVAL, WSADuplicateSocketA(s, 0, NULL));
	EXPECT_FAIL(WSAEINVAL, WSADuplicateSocketA(s, 0x7ffffffe, NULL));
	EXPECT_FAIL(WSAEINVAL, WSADuplicateSocketW(s, 0xffffffff, &w));
	EXPECT_FAIL(WSAEINVAL, WSADuplicateSocketA(s, 0, &a));
	EXPECT_EQ(0, memcmp(&a, &untouched, sizeof(a)));
	EXPECT_FAIL(WSAEFAULT, WSADuplicateSocketA(s, own, NULL));
	EXPECT_FAIL(WSAEFAULT, WSADuplicateSocketW(s, own, NULL));
	EXPECT_FAIL(WSAEFAULT,
		    WSADuplicateSocketA(s, own, (LPWSAPROTOCOL_INFOA)1));
	EXPECT_OK(closesocket(s));
}

/* [WSADuplicateSocketA WSANOTINITIALISED] */
static void before_startup_WSANOTINITIALISED(void)
{
	EXPECT_OK(WSACleanup());
	EXPECT_FAIL(WSANOTINITIALISED, WSADuplicateSocketA(0, 0, NULL));
	EXPECT_FAIL(WSANOTINITIALISED, WSADuplicateSocketW(0, 0, NULL));
}

/* Family, type, protocol (K2). */
static void block_carries_the_kind(void)
{
	SOCKET s = socket(AF_INET6, SOCK_DGRAM, 0), d;
	WSAPROTOCOL_INFOW w;
	WSAPROTOCOL_INFOA a;
	int len = sizeof(a);

	memset(&w, POISON, sizeof(w));
	EXPECT_OK(WSADuplicateSocketW(s, GetCurrentProcessId(), &w));
	EXPECT_EQ(AF_INET6, w.iAddressFamily);
	EXPECT_EQ(SOCK_DGRAM, w.iSocketType);
	EXPECT_EQ(IPPROTO_UDP, w.iProtocol);
	EXPECT(w.szProtocol[0]);
	d = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO,
		       FROM_PROTOCOL_INFO, &w, 0, 0);
	EXPECT(d != INVALID_SOCKET && d != s);
	EXPECT_OK(getsockopt(d, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&a,
			     &len));
	EXPECT_EQ(AF_INET6, a.iAddressFamily);
	EXPECT_EQ(0, a.dwProviderReserved);
	EXPECT_OK(closesocket(d));
	EXPECT_OK(closesocket(s));
}

/* The second time it is consumed (behaviour-core, WSASocketA). */
static void block_works_once(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0), d;
	WSAPROTOCOL_INFOA block;

	EXPECT_OK(WSADuplicateSocketA(s, GetCurrentProcessId(), &block));
	d = WSASocketA(0, 0, 0, &block, 0, 0);
	EXPECT(d != INVALID_SOCKET);
	EXPECT_NO_SOCKET(WSAEINVAL, WSASocketA(0, 0, 0, &block, 0, 0));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(d));
}

static void connected(SOCKET *client, SOCKET *server)
{
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);

	*client = api_client(&a);
	*server = accept(lsn, NULL, NULL);
	EXPECT_OK(closesocket(lsn));
}

/* The socket ends with its last descriptor, whichever that is. */
static void closing_in_either_order(void)
{
	SOCKET c, s, d, last;
	char byte;
	int first;

	for (first = 0; first < 2; first++) {
		connected(&c, &s);
		d = duplicate(s);
		last = first ? s : d;
		EXPECT_OK(closesocket(first ? d : s));
		EXPECT_EQ(1, send(last, "x", 1, 0));
		EXPECT_EQ(1, recv(c, &byte, 1, 0));
		EXPECT_OK(closesocket(last));
		EXPECT_EQ(0, recv(c, &byte, 1, 0));
		EXPECT_OK(closesocket(c));
	}
}

/* The offer holds the socket too. */
static void original_closes_before_the_block_is_used(void)
{
	WSAPROTOCOL_INFOA block;
	SOCKET c, s, d;
	char byte;

	connected(&c, &s);
	EXPECT_OK(WSADuplicateSocketA(s, GetCurrentProcessId(), &block));
	EXPECT_OK(closesocket(s));
	d = WSASocketA(0, 0, 0, &block, 0, 0);
	EXPECT(d != INVALID_SOCKET);
	EXPECT_EQ(1, send(d, "x", 1, 0));
	EXPECT_EQ(1, recv(c, &byte, 1, 0));
	EXPECT_OK(closesocket(d));
	EXPECT_OK(closesocket(c));
}

/* Options and blocking mode are the socket's. */
static void state_is_common(void)
{
	int size = 0, len = sizeof(size), value = 4096;
	u_long on = 1;
	SOCKET c, s, d;
	char byte;

	connected(&c, &s);
	d = duplicate(s);
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_RCVBUF, (char *)&value, 4));
	EXPECT_OK(getsockopt(d, SOL_SOCKET, SO_RCVBUF, (char *)&size, &len));
	EXPECT_EQ(value, size);
	EXPECT_OK(ioctlsocket(d, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, &byte, 1, 0));
	EXPECT_OK(shutdown(d, SD_SEND));
	EXPECT_FAIL(WSAESHUTDOWN, send(s, "x", 1, 0));
	EXPECT_OK(closesocket(d));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(c));
}

static void bind_loopback(SOCKET s, struct api_addr *a)
{
	api_loopback(AF_INET, a);
	EXPECT_OK(bind(s, (struct sockaddr *)&a->name, a->len));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&a->name, &a->len));
	EXPECT(api_port(&a->name));
}

/* Bound, then duplicated: what is sent to the port comes to either (K3). */
static void duplicate_of_a_bound_socket_receives(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0), d;
	struct api_addr a;
	char byte;

	bind_loopback(s, &a);
	d = duplicate(s);
	EXPECT_OK(connect(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_EQ(1, send(s, "x", 1, 0));
	EXPECT_EQ(1, recv(d, &byte, 1, 0));
	EXPECT_EQ('x', byte);
	EXPECT_OK(closesocket(d));
	EXPECT_OK(closesocket(s));
}

/* Duplicated, then bound through the original: the duplicate fails (K4). */
static void duplicate_opened_before_bind_WSAEINVAL(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0), d, e;
	struct api_addr a;
	u_long on = 1;
	char byte;

	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	d = duplicate(s);
	bind_loopback(s, &a);
	EXPECT_FAIL(WSAEINVAL, recv(d, &byte, 1, 0));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, &byte, 1, 0));
	/* One that is opened now knows. */
	e = duplicate(d);
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(e, &byte, 1, 0));
	EXPECT_FAIL(WSAEINVAL, recv(d, &byte, 1, 0));
	EXPECT_OK(closesocket(e));
	EXPECT_OK(closesocket(d));
	/* A new handle in the same place does not inherit it. */
	EXPECT_OK(closesocket(s));
}

/* Bound through the duplicate, it is the duplicate that knows. */
static void bind_through_the_duplicate(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0), d;
	struct api_addr a;
	u_long on = 1;
	char byte;

	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	d = duplicate(s);
	bind_loopback(d, &a);
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(d, &byte, 1, 0));
	EXPECT_FAIL(WSAEINVAL, bind(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_OK(closesocket(d));
	EXPECT_OK(closesocket(s));
}

/* The last WSACleanup ends duplicates, and those yet to be opened (S2). */
static void cleanup_ends_duplicates(void)
{
	WSAPROTOCOL_INFOA block;
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0), d = duplicate(s);
	WSADATA data;

	EXPECT_OK(WSADuplicateSocketA(s, GetCurrentProcessId(), &block));
	EXPECT_OK(WSACleanup());
	EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
	EXPECT_FAIL(WSAENOTSOCK, send(d, "x", 1, 0));
	EXPECT_NO_SOCKET(WSAEINVAL, WSASocketA(0, 0, 0, &block, 0, 0));
}

/* Blocks that nobody opens: as many as may wait [WSADuplicateSocketA WSAEMFILE] */
static void too_many_blocks_WSAEMFILE(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
	WSAPROTOCOL_INFOA block;
	int i;

	for (i = 0; i < 100000; i++)
		if (WSADuplicateSocketA(s, GetCurrentProcessId(), &block))
			break;
	EXPECT_EQ(WSAEMFILE, WSAGetLastError());
	EXPECT(i >= 64);
	EXPECT_OK(closesocket(s));
}

static const struct api_test tests[] = {
	{ "duplicate.order_of_checks", order_of_checks },
	{ "duplicate.WSANOTINITIALISED", before_startup_WSANOTINITIALISED },
	{ "duplicate.block.carries_the_kind", block_carries_the_kind },
	{ "duplicate.block.works_once", block_works_once },
	{ "duplicate.block.original_closes_before",
	  original_closes_before_the_block_is_used },
	{ "duplicate.block.too_many_WSAEMFILE", too_many_blocks_WSAEMFILE },
	{ "duplicate.closing_in_either_order", closing_in_either_order },
	{ "duplicate.state_is_common", state_is_common },
	{ "duplicate.bound.receives", duplicate_of_a_bound_socket_receives },
	{ "duplicate.bound.opened_before_WSAEINVAL",
	  duplicate_opened_before_bind_WSAEINVAL },
	{ "duplicate.bound.through_the_duplicate", bind_through_the_duplicate },
	{ "duplicate.cleanup", cleanup_ends_duplicates },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
