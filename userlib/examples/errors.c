// SPDX-License-Identifier: 0BSD
/*
 * Provokes the codes of accept and its neighbours, each by the call that
 * Windows documents it for, and shows the call: a Windows source, unmodified.
 */
#include <winsock2.h>
#include <stdio.h>
#include <string.h>

#pragma comment(lib, "Ws2_32.lib")

static int surprises;

/* Shows a call's code; every call here is meant to fail with a known one. */
static void show(int wanted, const char *name, const char *call, int failed)
{
	int code = failed ? WSAGetLastError() : 0;

	printf("%-20s %5d  %s\n", name, code, call);
	if (code != wanted) {
		printf("%20s %5d  was expected\n", "", wanted);
		surprises++;
	}
}

#define NO_SOCKET(code, call)	show(code, #code, #call, call == INVALID_SOCKET)
#define FAILS(code, call)	show(code, #code, #call, call == SOCKET_ERROR)

int main(void)
{
	SOCKADDR_IN name, peer;
	struct linger abort_at_close = { 1, 0 };
	SOCKET lsn = INVALID_SOCKET, client, fresh;
	int len = sizeof(name), short_len = 4;
	u_long nonblocking = 1;
	WSADATA data;
	char byte;

	NO_SOCKET(WSANOTINITIALISED, accept(lsn, NULL, NULL));
	show(WSAVERNOTSUPPORTED, "WSAVERNOTSUPPORTED", "WSAStartup(0.9)",
	     (WSASetLastError(WSAStartup(MAKEWORD(0, 9), &data)), 1));
	if (WSAStartup(MAKEWORD(2, 2), &data))
		return 1;

	NO_SOCKET(WSAEAFNOSUPPORT, socket(12345, SOCK_STREAM, IPPROTO_TCP));
	NO_SOCKET(WSAESOCKTNOSUPPORT, socket(AF_INET, 99, IPPROTO_TCP));
	NO_SOCKET(WSAEPROTONOSUPPORT, socket(AF_INET, SOCK_STREAM, 200));
	NO_SOCKET(WSAENOTSOCK, accept(0xbad0, NULL, NULL));

	memset(&name, 0, sizeof(name));
	name.sin_family = AF_INET;
	name.sin_addr.s_addr = inet_addr("192.0.2.1");
	lsn = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	fresh = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	FAILS(WSAEINVAL, listen(lsn, 5));
	FAILS(WSAEFAULT, bind(lsn, (SOCKADDR *)&name, 7));
	FAILS(WSAEADDRNOTAVAIL, bind(lsn, (SOCKADDR *)&name, sizeof(name)));
	name.sin_addr.s_addr = inet_addr("127.0.0.1");
	bind(lsn, (SOCKADDR *)&name, sizeof(name));
	NO_SOCKET(WSAEINVAL, accept(lsn, NULL, NULL));
	listen(lsn, 5);
	getsockname(lsn, (SOCKADDR *)&name, &len);
	FAILS(WSAEADDRINUSE, bind(fresh, (SOCKADDR *)&name, sizeof(name)));
	FAILS(WSAENOTCONN, send(fresh, "x", 1, 0));
	FAILS(WSAENOPROTOOPT, setsockopt(fresh, IPPROTO_TCP, 99, &byte, 1));

	ioctlsocket(lsn, FIONBIO, &nonblocking);
	NO_SOCKET(WSAEWOULDBLOCK, accept(lsn, NULL, NULL));
	client = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	connect(client, (SOCKADDR *)&name, sizeof(name));
	FAILS(WSAEISCONN, connect(client, (SOCKADDR *)&name, sizeof(name)));
	NO_SOCKET(WSAEFAULT, accept(lsn, (SOCKADDR *)&peer, &short_len));
	setsockopt(client, SOL_SOCKET, SO_LINGER, (char *)&abort_at_close,
		   sizeof(abort_at_close));
	closesocket(client);
	NO_SOCKET(WSAECONNRESET, accept(lsn, NULL, NULL));

	client = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	connect(client, (SOCKADDR *)&name, sizeof(name));
	shutdown(client, SD_SEND);
	FAILS(WSAESHUTDOWN, send(client, "x", 1, 0));
	closesocket(client);
	closesocket(lsn);
	FAILS(WSAECONNREFUSED, connect(fresh, (SOCKADDR *)&name, sizeof(name)));
	closesocket(fresh);
	FAILS(WSAENOTSOCK, closesocket(fresh));
	WSACleanup();
	FAILS(WSANOTINITIALISED, WSACleanup());
	return surprises != 0;
}
