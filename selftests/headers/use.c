// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a Windows source does with the headers.  headers.sh puts other headers
 * around FIRST and compiles it as C and as C++.
 */
#ifdef FIRST
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <windows.h>
#endif
#ifdef OTHER
#include OTHER
#endif
#ifndef FIRST
#include <windows.h>
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#endif

#if defined(send) || defined(recv) || defined(accept) || defined(bind) || \
	defined(connect) || defined(listen) || defined(socket) || \
	defined(shutdown) || defined(htons)
#error "a macro has the name of a function"
#endif

int use(void);

/* Other uses of a name that in C is a macro with parameters. */
struct select {
	int (*select)(int select);
	struct {
		int (*select)(fd_set *set, int a, int b, int c);
	} four;
};

static int use_select(SOCKET s, struct select *other)
{
	const TIMEVAL poll = { 0, 0 };
	TIMEVAL wait;
	fd_set read, except;
	FD_SET write;
	WSAPOLLFD fd;
	struct pollfd *fds = &fd;
	int (*call)(int select) = other->select;

	FD_ZERO(&read);
	FD_ZERO(&write);
	FD_ZERO(&except);
	FD_SET(s, &read);
	FD_SET(s, &write);
	FD_CLR(s, &write);
	timerclear(&wait);
	if (timerisset(&wait) || timercmp(&wait, &poll, !=))
		return 1;
	if (other->select && other->select(1))
		return other->four.select(&read, 1, 2, 3);
	if (select(0, &read, &write, &except, NULL) == SOCKET_ERROR ||
	    select(0, &read, NULL, NULL, &wait) == SOCKET_ERROR ||
	    select(0, NULL, &write, NULL, &poll) == SOCKET_ERROR)
		return call(WSAGetLastError());
	fd.fd = s;
	fd.events = POLLIN | POLLOUT;
	if (WSAPoll(fds, 1, INFINITE) == SOCKET_ERROR)
		return 1;
	return FD_ISSET(s, &read) || fd.revents & (POLLERR | POLLHUP);
}

int use(void)
{
	WSADATA data;
	SOCKET s;
	SOCKADDR_IN in;
	SOCKADDR_IN6 in6;
	SOCKADDR_STORAGE peer;
	socklen_t len = sizeof(peer);
	u_long nonblocking = 1;
	unsigned long many;	/* what u_long is on Windows */
	u_short port = 80;
	u_int unused = 0;
	u_char byte = 0;
	struct timeval wait = { 1, 0 };
	TIMEVAL *when = &wait;
	fd_set set;
	BOOL on = TRUE;
	struct select other = { NULL, { NULL } };
	WSABUF buf;
	DWORD done, flags = 0;
	WSAOVERLAPPED ov;

	if (WSAStartup(MAKEWORD(2, 2), &data) != NO_ERROR)
		return 1;
	ZeroMemory(&in, sizeof(in));
	ZeroMemory(&ov, sizeof(ov));
	ov.Offset = ov.OffsetHigh;
	set.fd_count = 0;
	in.sin_family = AF_INET;
	in.sin_port = htons(port);
	in.sin_addr.s_addr = inet_addr("127.0.0.1");
	in.sin_addr.S_un.S_un_b.s_b4 = byte;
	in6.sin6_addr = in6addr_any;
	in6.sin6_addr.s6_addr[15] = 1;
	s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	if (s == INVALID_SOCKET)
		return WSAGetLastError() + in6.sin6_addr.s6_addr[0];
	if (setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (const char *)&on,
		       sizeof(on)) == SOCKET_ERROR)
		return (int)GetLastError();
	ioctlsocket(s, FIONREAD, &many);
	if (ioctlsocket(s, FIONBIO, &nonblocking) == SOCKET_ERROR)
		return (int)(unused + set.fd_count + when->tv_sec);
	s = accept(s, (LPSOCKADDR)&peer, &len);
	if (use_select(s, &other))
		return 1;
	buf.len = 1;
	buf.buf = (char *)&byte;
	if (WSASend(s, &buf, 1, &done, 0, NULL, NULL) == SOCKET_ERROR)
		return WSARecv(s, &buf, 1, &done, &flags, NULL, NULL);
	switch (WSAGetLastError()) {
	case WSAEWOULDBLOCK:
	case WSA_IO_PENDING:
		Sleep(INFINITE);
		break;
	}
	closesocket(s);
	return WSACleanup();
}
