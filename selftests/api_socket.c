// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every call but accept: start-up, handles, creation, names, data, options.
 */
#include "api_peer.h"

#include <windows.h>

/* Calls every function that takes a socket; each must fail with @code. */
static void expect_all_fail(SOCKET s, int code)
{
	struct sockaddr_in in;
	struct sockaddr *name = (struct sockaddr *)&in;
	int len = sizeof(in);
	DWORD n = 0, flags = 0;
	u_long arg = 0;
	u_short port;
	char byte = 0;
	WSABUF buf;

	memset(&in, 0, sizeof(in));
	in.sin_family = AF_INET;
	buf.len = 1;
	buf.buf = &byte;
	EXPECT_FAIL(code, bind(s, name, len));
	EXPECT_FAIL(code, listen(s, 1));
	EXPECT_NO_SOCKET(code, accept(s, NULL, NULL));
	EXPECT_FAIL(code, connect(s, name, len));
	EXPECT_FAIL(code, WSAConnect(s, name, len, NULL, NULL, NULL, NULL));
	EXPECT_FAIL(code, getsockname(s, name, &len));
	EXPECT_FAIL(code, getpeername(s, name, &len));
	EXPECT_FAIL(code, send(s, &byte, 1, 0));
	EXPECT_FAIL(code, recv(s, &byte, 1, 0));
	EXPECT_FAIL(code, WSASend(s, &buf, 1, &n, 0, NULL, NULL));
	EXPECT_FAIL(code, WSARecv(s, &buf, 1, &n, &flags, NULL, NULL));
	len = sizeof(arg);
	EXPECT_FAIL(code, getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&arg,
				     &len));
	EXPECT_FAIL(code, setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (char *)&arg,
				     len));
	EXPECT_FAIL(code, ioctlsocket(s, FIONBIO, &arg));
	EXPECT_FAIL(code, WSAIoctl(s, FIONBIO, &arg, 4, NULL, 0, &n, NULL,
				   NULL));
	EXPECT_FAIL(code, shutdown(s, SD_BOTH));
	EXPECT_FAIL(code, closesocket(s));
	EXPECT_FAIL(code, WSAHtons(s, 1, &port));
	EXPECT_FAIL(code, WSANtohl(s, 1, &arg));

	/* G4: the handle comes before every other argument. */
	EXPECT_FAIL(code, bind(s, NULL, 0));
	EXPECT_FAIL(code, connect(s, NULL, 0));
	EXPECT_FAIL(code, getsockname(s, NULL, NULL));
	EXPECT_FAIL(code, getpeername(s, NULL, NULL));
	EXPECT_FAIL(code, getsockopt(s, -1, -1, NULL, NULL));
	EXPECT_FAIL(code, setsockopt(s, -1, -1, NULL, 0));
	EXPECT_FAIL(code, recv(s, NULL, -1, 0));
	EXPECT_FAIL(code, send(s, NULL, -1, 0));
	EXPECT_FAIL(code, WSASend(s, NULL, 1, NULL, 0, NULL, NULL));
	EXPECT_FAIL(code, WSARecv(s, NULL, 1, NULL, NULL, NULL, NULL));
	EXPECT_FAIL(code, WSAIoctl(s, 0, NULL, 0, NULL, 0, NULL, NULL, NULL));
	EXPECT_FAIL(code, WSAHtons(s, 1, NULL));
}

/*
 * [WSAConnect WSANOTINITIALISED, WSACleanup WSANOTINITIALISED, socket WSANOTINITIALISED,
 * WSASocketA WSANOTINITIALISED, getsockopt WSANOTINITIALISED,
 * setsockopt WSANOTINITIALISED, ioctlsocket WSANOTINITIALISED]
 */
static void not_initialised(void)
{
	EXPECT_OK(WSACleanup());
	expect_all_fail(INVALID_SOCKET, WSANOTINITIALISED);
	expect_all_fail(0, WSANOTINITIALISED);
	/* S1 */
	EXPECT_NO_SOCKET(WSANOTINITIALISED, socket(AF_INET, SOCK_STREAM, 0));
	EXPECT_NO_SOCKET(WSANOTINITIALISED,
			 WSASocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0));
	EXPECT_NO_SOCKET(WSANOTINITIALISED,
			 WSASocket(AF_INET, SOCK_STREAM, 0, NULL, 7, 0));
	/* S4 */
	EXPECT_FAIL(WSANOTINITIALISED, WSACleanup());
}

/*
 * [getsockopt WSAENOTSOCK, setsockopt WSAENOTSOCK,
 * ioctlsocket WSAENOTSOCK]
 */
static void not_a_socket(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	if (!EXPECT(s != INVALID_SOCKET))
		return;
	EXPECT_OK(closesocket(s));
	/* G3 */
	expect_all_fail(s, WSAENOTSOCK);
	expect_all_fail(0, WSAENOTSOCK);
	expect_all_fail(INVALID_SOCKET, WSAENOTSOCK);
	expect_all_fail(0xdeadbee, WSAENOTSOCK);
}

/* [WSAStartup WSAVERNOTSUPPORTED, WSAStartup WSAEFAULT] */
static void startup_versions(void)
{
	static const struct {
		WORD ask;
		WORD use;
	} rows[] = {
		{ MAKEWORD(1, 0), MAKEWORD(1, 0) },
		{ MAKEWORD(1, 1), MAKEWORD(1, 1) },
		{ MAKEWORD(2, 0), MAKEWORD(2, 0) },
		{ MAKEWORD(2, 1), MAKEWORD(2, 1) },
		{ MAKEWORD(2, 2), MAKEWORD(2, 2) },
		{ MAKEWORD(2, 3), MAKEWORD(2, 2) },
		{ MAKEWORD(3, 0), MAKEWORD(2, 2) },
	};
	static WSADATA *const nowhere = (WSADATA *)8;
	WSADATA data;
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		memset(&data, POISON, sizeof(data));
		if (!EXPECT_EQ(0, WSAStartup(rows[i].ask, &data)))
			return;
		EXPECT_EQ(rows[i].use, data.wVersion);
		EXPECT_EQ(MAKEWORD(2, 2), data.wHighVersion);
		EXPECT_EQ(0, strcmp("WinSock 2.0", data.szDescription));
		EXPECT_EQ(0, strcmp("Running", data.szSystemStatus));
		EXPECT_EQ(0, WSACleanup());
	}
	EXPECT_EQ(WSAVERNOTSUPPORTED, WSAStartup(MAKEWORD(0, 0), &data));
	EXPECT_EQ(WSAVERNOTSUPPORTED, WSAStartup(MAKEWORD(0, 9), &data));
	EXPECT_EQ(WSAEFAULT, WSAStartup(MAKEWORD(2, 2), NULL));
	EXPECT_EQ(WSAEFAULT, WSAStartup(MAKEWORD(2, 2), nowhere));
}

static void startup_is_counted(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	int type, len = sizeof(type);
	WSADATA data;

	/* S3 */
	if (!EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 0), &data)))
		return;
	EXPECT_OK(WSACleanup());
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&type, &len));

	/* S2: the last one destroys the sockets, for good. */
	EXPECT_OK(WSACleanup());
	if (!EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data)))
		return;
	EXPECT_FAIL(WSAENOTSOCK, closesocket(s));
}

static void last_error_is_one_cell(void)
{
	/* G2 */
	SetLastError(1234);
	EXPECT_EQ(1234, WSAGetLastError());
	WSASetLastError(4321);
	EXPECT_EQ(4321, GetLastError());
}

/*
 * [bind WSAEFAULT, bind WSAEADDRNOTAVAIL, bind WSAEINVAL,
 * getsockname WSAEINVAL, getsockname WSAEFAULT, getpeername WSAENOTCONN]
 */
static void names(void)
{
	struct sockaddr_storage name;
	struct api_addr a;
	int len = sizeof(name);
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	/* Q1, Q3 */
	EXPECT_FAIL(WSAEINVAL, getsockname(s, (struct sockaddr *)&name, &len));
	EXPECT_FAIL(WSAENOTCONN, getpeername(s, NULL, NULL));

	/* B1, B2, B3 */
	api_loopback(AF_INET, &a);
	EXPECT_FAIL(WSAEFAULT, bind(s, NULL, 16));
	EXPECT_FAIL(WSAEFAULT, bind(s, (struct sockaddr *)&a.name, 15));
	a.name.ss_family = 0xdead;
	EXPECT_FAIL(WSAEAFNOSUPPORT, bind(s, (struct sockaddr *)&a.name, 16));
	api_loopback(AF_INET, &a);
	((struct sockaddr_in *)&a.name)->sin_addr.s_addr = htonl(0xc0000200);
	EXPECT_FAIL(WSAEADDRNOTAVAIL, bind(s, (struct sockaddr *)&a.name, 16));

	api_loopback(AF_INET, &a);
	EXPECT_OK(bind(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_FAIL(WSAEINVAL, bind(s, (struct sockaddr *)&a.name, a.len));

	/* Q2 and the exact bytes */
	len = 15;
	memset(&name, POISON, sizeof(name));
	EXPECT_FAIL(WSAEFAULT, getsockname(s, (struct sockaddr *)&name, &len));
	EXPECT_EQ(15, len);
	len = sizeof(name);
	EXPECT_OK(getsockname(s, (struct sockaddr *)&name, &len));
	EXPECT_EQ(16, len);
	EXPECT_EQ(AF_INET, name.ss_family);
	EXPECT(api_port(&name) != 0);
	EXPECT_EQ(0, memcmp(((struct sockaddr_in *)&name)->sin_zero,
			    "\0\0\0\0\0\0\0", 8));
	EXPECT_OK(closesocket(s));
}

/* [listen WSAEINVAL] */
static void listen_states(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	int listening, len = sizeof(listening);
	struct api_addr a;

	/* L1, L2, L3 */
	EXPECT_FAIL(WSAEINVAL, listen(s, SOMAXCONN));
	api_loopback(AF_INET, &a);
	EXPECT_OK(bind(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, (char *)&listening,
			     &len));
	EXPECT_EQ(0, listening);
	EXPECT_OK(listen(s, 0));
	EXPECT_OK(listen(s, 300));
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, (char *)&listening,
			     &len));
	EXPECT_EQ(1, listening);
	EXPECT_FAIL(WSAENOPROTOOPT,
		    setsockopt(s, SOL_SOCKET, SO_ACCEPTCONN,
			       (char *)&listening, sizeof(listening)));
	EXPECT_OK(closesocket(s));
}

/* Connects a pair over @family: the client, and what accept returned. */
static void pair(int family, SOCKET *client, SOCKET *server)
{
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);

	*client = api_client(&a);
	*server = accept(lsn, NULL, NULL);
	EXPECT(*server != INVALID_SOCKET);
	EXPECT_OK(closesocket(lsn));
}

/*
 * [recv WSAEFAULT, recv WSAEINVAL, send WSAEFAULT, send WSAESHUTDOWN,
 * shutdown WSAEINVAL, getpeername WSAEFAULT]
 */
static void send_and_recv(void)
{
	SOCKET c, s;
	char buf[8];
	int len = 15;

	pair(AF_INET6, &c, &s);
	/* Q3 */
	EXPECT_FAIL(WSAEFAULT, getpeername(s, (struct sockaddr *)buf, &len));
	EXPECT_EQ(15, len);
	WSASetLastError(POISON);
	EXPECT_EQ(5, send(c, "hello", 5, 0));
	EXPECT_EQ(0, WSAGetLastError());
	EXPECT_EQ(0, send(c, "", 0, 0));

	EXPECT_EQ(2, recv(s, buf, 2, MSG_PEEK));
	/* D9: no data is lost. */
	EXPECT_FAIL(WSAEFAULT, recv(s, buf, -1, 0));
	EXPECT_FAIL(WSAEFAULT, send(s, buf, -1, 0));
	EXPECT_FAIL(WSAEINVAL, recv(s, buf, 1, 0x4000));
	WSASetLastError(POISON);
	EXPECT_EQ(5, recv(s, buf, 5, MSG_WAITALL));
	EXPECT_EQ(0, WSAGetLastError());
	EXPECT_EQ(0, memcmp(buf, "hello", 5));

	EXPECT_FAIL(WSAEINVAL, shutdown(c, 3));
	EXPECT_OK(shutdown(c, SD_SEND));
	EXPECT_FAIL(WSAESHUTDOWN, send(c, "x", 1, 0));
	EXPECT_EQ(0, recv(s, buf, sizeof(buf), 0));
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(s));
}

static void scatter_and_gather(void)
{
	char one[4], two[5], three[3];
	DWORD n, flags = 0;
	OVERLAPPED ov;
	WSABUF bufs[3];
	SOCKET c, s;

	memset(&ov, 0, sizeof(ov));
	memset(three, POISON, sizeof(three));
	pair(AF_INET, &c, &s);
	bufs[0].len = 3;
	bufs[0].buf = (char *)"abc";
	bufs[1].len = 0;
	bufs[1].buf = NULL;
	bufs[2].len = 6;
	bufs[2].buf = (char *)"defghi";
	EXPECT_OK(WSASend(c, bufs, 3, &n, 0, NULL, NULL));
	EXPECT_EQ(9, n);

	/* D4: in the order of the buffers, without gaps. */
	bufs[0].len = sizeof(one);
	bufs[0].buf = one;
	bufs[1].len = sizeof(two);
	bufs[1].buf = two;
	bufs[2].len = sizeof(three);
	bufs[2].buf = three;
	EXPECT_OK(WSARecv(s, bufs, 3, &n, &flags, NULL, NULL));
	EXPECT_EQ(9, n);
	EXPECT_EQ(0, flags);
	EXPECT_EQ(0, memcmp(one, "abcd", 4));
	EXPECT_EQ(0, memcmp(two, "efghi", 5));
	EXPECT_EQ(POISON, three[0]);

	/* O2, and the arguments that are not optional. */
	EXPECT_FAIL(WSAEFAULT, WSASend(c, bufs, 1, NULL, 0, NULL, NULL));
	EXPECT_FAIL(WSAEFAULT, WSARecv(s, bufs, 1, NULL, &flags, NULL, NULL));
	EXPECT_FAIL(WSAEFAULT, WSARecv(s, bufs, 1, &n, NULL, NULL, NULL));
	EXPECT_FAIL(WSAEFAULT, WSASend(c, NULL, 1, &n, 0, NULL, NULL));
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(s));
}

/* [recv WSAEWOULDBLOCK, ioctlsocket WSAEFAULT] */
static void nonblocking(void)
{
	u_long on = 1, bytes = POISON;
	DWORD n = POISON;
	char byte[4] = "";
	SOCKET c, s;

	pair(AF_INET, &c, &s);
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, byte, 1, 0));
	EXPECT_OK(ioctlsocket(s, FIONREAD, &bytes));
	EXPECT_EQ(0, bytes);
	on = 0;
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));

	/* FIONREAD against data that MSG_PEEK has seen arrive. */
	EXPECT_EQ(3, send(c, "abc", 3, 0));
	EXPECT_EQ(1, recv(s, byte, 1, MSG_PEEK));
	EXPECT_OK(ioctlsocket(s, FIONREAD, &bytes));
	EXPECT_EQ(3, bytes);

	/* I1, I4, I5, I6 */
	EXPECT_FAIL(WSAEFAULT, WSAIoctl(s, FIONBIO, &on, 4, NULL, 0, NULL, NULL,
					NULL));
	EXPECT_FAIL(WSAEFAULT, WSAIoctl(s, FIONBIO, &on, 3, NULL, 0, &n, NULL,
					NULL));
	EXPECT_OK(WSAIoctl(s, FIONBIO, &on, 4, NULL, 0, &n, NULL, NULL));
	EXPECT_EQ(0, n);
	EXPECT_FAIL(WSAEOPNOTSUPP, WSAIoctl(s, FIOASYNC, &on, 4, NULL, 0, &n,
					    NULL, NULL));
	EXPECT_FAIL(WSAEFAULT, ioctlsocket(s, FIONBIO, NULL));
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(s));
}

/*
 * [getsockopt WSAEFAULT, getsockopt WSAEINVAL, setsockopt WSAEFAULT,
 * setsockopt WSAENOPROTOOPT]
 */
static void options(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	struct linger linger = { 1, 189 };
	int value = 0, len = sizeof(value);

	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&value, &len));
	EXPECT_EQ(SOCK_STREAM, value);
	EXPECT_EQ(4, len);

	/* T15, T16 */
	value = 4096;
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_RCVBUF, (char *)&value, len));
	value = 0;
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_RCVBUF, (char *)&value, &len));
	EXPECT_EQ(4096, value);
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger,
			     sizeof(linger)));
	memset(&linger, POISON, sizeof(linger));
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger, &len));
	EXPECT_EQ(1, linger.l_onoff);
	EXPECT_EQ(189, linger.l_linger);
	/* T17 */
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_DONTLINGER, (char *)&value,
			     &len));
	EXPECT_EQ(0, value);

	/* T12, T13, T27 */
	len = sizeof(value);
	EXPECT_FAIL(WSAEFAULT, setsockopt(s, SOL_SOCKET, SO_SNDBUF, NULL, 4));
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_SNDBUF, NULL,
					  &len));
	EXPECT_FAIL(WSAEINVAL, getsockopt(s, 0x1234ffff, SO_SNDBUF,
					  (char *)&value, &len));
	EXPECT_FAIL(WSAENOPROTOOPT, setsockopt(s, IPPROTO_TCP, -1,
					       (char *)&value, len));
	EXPECT_OK(closesocket(s));
}

/* [connect WSAEFAULT, connect WSAECONNREFUSED] */
static void connect_refused(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	EXPECT_FAIL(WSAEFAULT, connect(s, (struct sockaddr *)&a.name, 15));
	EXPECT_OK(closesocket(lsn));
	EXPECT_FAIL(WSAECONNREFUSED,
		    connect(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_OK(closesocket(s));
}

static void close_handle(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	/* G8; and CloseHandle has Win32's own code. */
	EXPECT_EQ(TRUE, CloseHandle((HANDLE)s));
	EXPECT_FAIL(WSAENOTSOCK, closesocket(s));
	EXPECT_EQ(FALSE, CloseHandle((HANDLE)s));
	EXPECT_EQ(ERROR_INVALID_HANDLE, GetLastError());
}

static void byte_order_of_a_socket(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	u_short half;
	u_long whole;

	EXPECT_OK(WSAHtons(s, 0x1234, &half));
	EXPECT_EQ(htons(0x1234), half);
	EXPECT_OK(WSANtohs(s, half, &half));
	EXPECT_EQ(0x1234, half);
	EXPECT_OK(WSAHtonl(s, 0x12345678, &whole));
	EXPECT_EQ(htonl(0x12345678), whole);
	EXPECT_OK(WSANtohl(s, whole, &whole));
	EXPECT_EQ(0x12345678, whole);
	EXPECT_FAIL(WSAEFAULT, WSAHtonl(s, 1, NULL));
	EXPECT_OK(closesocket(s));
}

static const struct api_test tests[] = {
	{ "socket.WSANOTINITIALISED", not_initialised },
	{ "socket.WSAENOTSOCK", not_a_socket },
	{ "socket.startup.versions", startup_versions },
	{ "socket.startup.is_counted", startup_is_counted },
	{ "socket.last_error.is_one_cell", last_error_is_one_cell },
	{ "socket.names", names },
	{ "socket.listen.states", listen_states },
	{ "socket.data.send_and_recv", send_and_recv },
	{ "socket.data.scatter_and_gather", scatter_and_gather },
	{ "socket.control.nonblocking", nonblocking },
	{ "socket.options", options },
	{ "socket.connect.WSAECONNREFUSED", connect_refused },
	{ "socket.close_handle", close_handle },
	{ "socket.byte_order", byte_order_of_a_socket },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
