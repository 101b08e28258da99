// SPDX-License-Identifier: 0BSD
/*
 * Accepts as fast as it can: a Windows source, unmodified.
 *
 *	accept-loop [PORT [CONNECTIONS [SHOWN]]]
 *
 * Answers every connection with a line of HTTP that names its handle and its
 * peer, shows the first SHOWN of them (default 10), and ends after so many
 * CONNECTIONS (default: never) with a count.
 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdio.h>
#include <stdlib.h>

#pragma comment(lib, "Ws2_32.lib")

static int fail(const char *call)
{
	fprintf(stderr, "%s: error %d\n", call, WSAGetLastError());
	return 1;
}

/* Waits for the client to have read, so that closing does not reset. */
static void finish(SOCKET s)
{
	char rest[512];

	shutdown(s, SD_SEND);
	while (recv(s, rest, sizeof(rest), 0) > 0)
		;
	closesocket(s);
}

static void answer(SOCKET s, const char *peer, unsigned short port)
{
	char line[160], reply[320];
	int len;

	len = snprintf(line, sizeof(line), "handle 0x%x, peer [%s]:%u\n",
		       (unsigned int)s, peer, port);
	len = snprintf(reply, sizeof(reply),
		       "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n"
		       "Content-Length: %d\r\n\r\n%s", len, line);
	send(s, reply, len, 0);
}

int main(int argc, char **argv)
{
	unsigned short port = (unsigned short)(argc > 1 ? atoi(argv[1]) : 8080);
	int wanted = argc > 2 ? atoi(argv[2]) : 0;
	int shown = argc > 3 ? atoi(argv[3]) : 10;
	int accepted = 0, reset = 0;
	char text[INET6_ADDRSTRLEN];
	SOCKADDR_IN6 name = { 0 }, peer;
	DWORD off = 0;
	WSADATA data;
	SOCKET lsn, s;
	int len;

	len = WSAStartup(MAKEWORD(2, 2), &data);
	if (len) {
		fprintf(stderr, "WSAStartup: error %d\n", len);
		return 1;
	}
	lsn = socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP);
	if (lsn == INVALID_SOCKET)
		return fail("socket");
	if (setsockopt(lsn, IPPROTO_IPV6, IPV6_V6ONLY, (const char *)&off,
		       sizeof(off)))
		return fail("setsockopt");
	name.sin6_family = AF_INET6;
	name.sin6_port = htons(port);
	if (bind(lsn, (SOCKADDR *)&name, sizeof(name)))
		return fail("bind");
	if (listen(lsn, SOMAXCONN))
		return fail("listen");
	printf("%s %s: listening on port %u, handle 0x%x\n", data.szDescription,
	       data.szSystemStatus, port, (unsigned int)lsn);
	fflush(stdout);

	while (!wanted || accepted + reset < wanted) {
		len = sizeof(peer);
		s = accept(lsn, (SOCKADDR *)&peer, &len);
		if (s == INVALID_SOCKET && WSAGetLastError() == WSAECONNRESET) {
			reset++;
			continue;
		}
		if (s == INVALID_SOCKET)
			return fail("accept");
		inet_ntop(AF_INET6, &peer.sin6_addr, text, sizeof(text));
		if (accepted++ < shown) {
			printf("accepted handle 0x%x from [%s]:%u\n",
			       (unsigned int)s, text, ntohs(peer.sin6_port));
			fflush(stdout);
		}
		answer(s, text, ntohs(peer.sin6_port));
		finish(s);
	}

	printf("accepted %d, reset by their peers %d\n", accepted, reset);
	closesocket(lsn);
	WSACleanup();
	return 0;
}
