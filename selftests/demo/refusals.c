// SPDX-License-Identifier: GPL-2.0-only
/*
 * What accept refuses, and what becomes of the connection then: a Windows
 * source.  Each code that the accept page lists and a program can bring about is
 * brought about once, by the call that is shown.
 */
#include <winsock2.h>
#include <stdio.h>
#include <stdlib.h>

#pragma comment(lib, "Ws2_32.lib")

/* More than any limit that a program is started with for this. */
#define HOARD_MAX	4096

#define RESET_TRIES	100

static SOCKADDR_IN address;
static int surprises;

static void refused(SOCKET s, int wanted, const char *name, const char *call)
{
	int code = s == INVALID_SOCKET ? WSAGetLastError() : 0;

	printf("  %-18s %5d  %s\n", name, code, call);
	if (code != wanted) {
		printf("  %18s %5d  was expected\n", "", wanted);
		surprises++;
	}
}

#define REFUSED(call, wanted, how)	refused(call, wanted, #wanted, how)

static SOCKET stream(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	if (s == INVALID_SOCKET) {
		printf("  socket: error %d\n", WSAGetLastError());
		exit(1);
	}
	return s;
}

/* A client whose connection waits in the queue when this returns. */
static SOCKET client(void)
{
	SOCKET s = stream();

	if (connect(s, (SOCKADDR *)&address, sizeof(address))) {
		printf("  connect: error %d\n", WSAGetLastError());
		exit(1);
	}
	return s;
}

/* The next accept takes the connection of client @c, which is then closed. */
static void accepted(SOCKET lsn, SOCKET c, const char *when)
{
	SOCKADDR_IN mine, peer;
	int len = sizeof(mine), peer_len = sizeof(peer);
	SOCKET s = accept(lsn, (SOCKADDR *)&peer, &peer_len);

	if (s == INVALID_SOCKET || getsockname(c, (SOCKADDR *)&mine, &len) ||
	    peer.sin_port != mine.sin_port) {
		printf("  %26s%s, it is LOST\n", "", when);
		surprises++;
	} else {
		printf("  %26s%s: 0x%x from %s:%u\n", "", when,
		       (unsigned int)s, inet_ntoa(peer.sin_addr),
		       ntohs(peer.sin_port));
	}
	closesocket(s);
	closesocket(c);
}

static void refuse_empty(SOCKET lsn)
{
	u_long nonblocking = 1, blocking = 0;
	SOCKET s;

	s = stream();
	closesocket(s);
	REFUSED(accept(s, NULL, NULL), WSAENOTSOCK,
		"accept(s, NULL, NULL), s has been closed");
	s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	REFUSED(accept(s, NULL, NULL), WSAEOPNOTSUPP,
		"accept(s, NULL, NULL), s is SOCK_DGRAM");
	closesocket(s);
	s = stream();
	REFUSED(accept(s, NULL, NULL), WSAEINVAL,
		"accept(s, NULL, NULL), s does not listen");
	closesocket(s);
	ioctlsocket(lsn, FIONBIO, &nonblocking);
	REFUSED(accept(lsn, NULL, NULL), WSAEWOULDBLOCK,
		"accept(s, NULL, NULL), s nonblocking, no connection");
	/* From here on accept shall wait for a client that is on its way. */
	ioctlsocket(lsn, FIONBIO, &blocking);
}

/* Use up every handle that the program may have, and free them again. */
static void refuse_full(SOCKET lsn)
{
	static SOCKET hoard[HOARD_MAX];
	SOCKET c = client();
	int n = 0;

	while (n < HOARD_MAX) {
		hoard[n] = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
		if (hoard[n] == INVALID_SOCKET)
			break;
		n++;
	}
	REFUSED(accept(lsn, NULL, NULL), WSAEMFILE,
		"accept(s, NULL, NULL), no handle is left");
	while (n)
		closesocket(hoard[--n]);
	accepted(lsn, c, "with a handle free");
}

/* The reset may still be on its way when accept looks; then once more. */
static void refuse_reset(SOCKET lsn)
{
	struct linger abort_at_close = { 1, 0 };
	int tries = RESET_TRIES;
	SOCKET c, s;

	do {
		c = client();
		setsockopt(c, SOL_SOCKET, SO_LINGER, (char *)&abort_at_close,
			   sizeof(abort_at_close));
		closesocket(c);
		s = accept(lsn, NULL, NULL);
		if (s != INVALID_SOCKET)
			closesocket(s);
	} while (s != INVALID_SOCKET && --tries);
	REFUSED(s, WSAECONNRESET,
		"accept(s, NULL, NULL), the peer has reset");
	accepted(lsn, client(), "the one behind it");
}

static void refuse_waiting(SOCKET lsn)
{
	SOCKADDR_IN peer;
	int len = 4;
	SOCKET c;

	c = client();
	REFUSED(accept(lsn, (SOCKADDR *)&peer, &len), WSAEFAULT,
		"accept(s, &peer, &len), len is 4");
	accepted(lsn, c, "with room for it");
}

int main(void)
{
	int len = sizeof(address);
	WSADATA data;
	SOCKET lsn;

	REFUSED(accept(4, NULL, NULL), WSANOTINITIALISED,
		"accept(s, NULL, NULL) before WSAStartup");
	if (WSAStartup(MAKEWORD(2, 2), &data))
		return 1;
	lsn = stream();
	address.sin_family = AF_INET;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(lsn, (SOCKADDR *)&address, sizeof(address)) ||
	    listen(lsn, 5) || getsockname(lsn, (SOCKADDR *)&address, &len))
		return 1;
	refuse_empty(lsn);
	refuse_waiting(lsn);
	refuse_full(lsn);
	refuse_reset(lsn);
	closesocket(lsn);
	WSACleanup();
	return surprises != 0;
}
