// SPDX-License-Identifier: 0BSD
/*
 * An echo server, one client after the other: a Windows source, unmodified.
 *
 *	echo-server [PORT [CLIENTS]]
 *
 * Listens on both families, sends back what it receives, and ends after so
 * many CLIENTS (default: never).
 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdio.h>
#include <stdlib.h>

#pragma comment(lib, "Ws2_32.lib")

static SOCKET listen_on(unsigned short port)
{
	SOCKADDR_IN6 name = { 0 };
	DWORD off = 0;
	SOCKET s = socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP);

	name.sin6_family = AF_INET6;
	name.sin6_port = htons(port);
	if (s != INVALID_SOCKET &&
	    !setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (const char *)&off,
			sizeof(off)) &&
	    !bind(s, (SOCKADDR *)&name, sizeof(name)) &&
	    !listen(s, SOMAXCONN))
		return s;
	fprintf(stderr, "listening on port %u: error %d\n", port,
		WSAGetLastError());
	return INVALID_SOCKET;
}

/* Returns how many bytes went back, or SOCKET_ERROR. */
static int echo(SOCKET s)
{
	static char buffer[65536];
	int total = 0;
	int n;

	for (;;) {
		n = recv(s, buffer, sizeof(buffer), 0);
		if (n == 0)
			return total;
		if (n == SOCKET_ERROR || send(s, buffer, n, 0) == SOCKET_ERROR)
			return SOCKET_ERROR;
		total += n;
	}
}

int main(int argc, char **argv)
{
	int port = argc > 1 ? atoi(argv[1]) : 27015;
	int clients = argc > 2 ? atoi(argv[2]) : 0;
	char text[INET6_ADDRSTRLEN];
	SOCKADDR_IN6 peer;
	WSADATA data;
	SOCKET lsn, s;
	int served, len, n;

	n = WSAStartup(MAKEWORD(2, 2), &data);
	if (n) {
		fprintf(stderr, "WSAStartup: error %d\n", n);
		return 1;
	}
	lsn = listen_on((unsigned short)port);
	if (lsn == INVALID_SOCKET)
		return 1;
	printf("listening on port %d, handle 0x%x\n", port, (unsigned int)lsn);
	fflush(stdout);

	for (served = 0; !clients || served < clients; served++) {
		len = sizeof(peer);
		s = accept(lsn, (SOCKADDR *)&peer, &len);
		if (s == INVALID_SOCKET) {
			fprintf(stderr, "accept: error %d\n",
				WSAGetLastError());
			continue;
		}
		inet_ntop(AF_INET6, &peer.sin6_addr, text, sizeof(text));
		n = echo(s);
		if (n == SOCKET_ERROR)
			printf("handle 0x%x: [%s]:%u, error %d\n",
			       (unsigned int)s, text, ntohs(peer.sin6_port),
			       WSAGetLastError());
		else
			printf("handle 0x%x: [%s]:%u, %d bytes\n",
			       (unsigned int)s, text, ntohs(peer.sin6_port), n);
		fflush(stdout);
		closesocket(s);
	}

	closesocket(lsn);
	WSACleanup();
	return 0;
}
