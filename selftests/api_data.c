// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the eight calls that move data have in common: their errors, and that
 * a failure touches nothing.
 */
#include "api_peer.h"

enum {
	SEND,
	SENDTO,
	WSA_SEND,
	WSA_SENDTO,
	RECV,
	RECVFROM,
	WSA_RECV,
	WSA_RECVFROM,
	CALLS,
	SENDS = RECV,	/* those before it send */
};

/* One of them; 0, or the code, which must come with SOCKET_ERROR alone. */
static int call(int which, SOCKET s, char *buf, int len, int flags,
		const struct api_addr *to)
{
	const struct sockaddr *name = to ? (struct sockaddr *)&to->name : NULL;
	int namelen = to ? to->len : 0, ret = 0;
	DWORD n = POISON, in_out = (DWORD)flags;
	WSABUF b;

	b.len = (ULONG)len;
	b.buf = buf;
	WSASetLastError(POISON);
	switch (which) {
	case SEND:
		ret = send(s, buf, len, flags);
		break;
	case SENDTO:
		ret = sendto(s, buf, len, flags, name, namelen);
		break;
	case WSA_SEND:
		ret = WSASend(s, &b, 1, &n, (DWORD)flags, NULL, NULL);
		break;
	case WSA_SENDTO:
		ret = WSASendTo(s, &b, 1, &n, (DWORD)flags, name, namelen,
				NULL, NULL);
		break;
	case RECV:
		ret = recv(s, buf, len, flags);
		break;
	case RECVFROM:
		ret = recvfrom(s, buf, len, flags, NULL, NULL);
		break;
	case WSA_RECV:
		ret = WSARecv(s, &b, 1, &n, &in_out, NULL, NULL);
		break;
	default:
		ret = WSARecvFrom(s, &b, 1, &n, &in_out, NULL, NULL, NULL,
				  NULL);
	}
	if (ret != SOCKET_ERROR)
		return WSAGetLastError();
	EXPECT_EQ(POISON, n);
	EXPECT_EQ((DWORD)flags, in_out);
	return WSAGetLastError();
}

/* Calls @first to before @end fail with @code. */
static void all_fail(int first, int end, int code, SOCKET s, char *buf,
		     int len, int flags, const struct api_addr *to)
{
	int i;

	for (i = first; i < end; i++)
		if (!EXPECT_EQ(code, call(i, s, buf, len, flags, to)))
			printf("# call %d\n", i);
}

struct pair {
	SOCKET ours;
	SOCKET theirs;
};

static struct pair connected(int family)
{
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	struct pair p;

	p.theirs = api_client(&a);
	p.ours = accept(lsn, NULL, NULL);
	EXPECT(p.ours != INVALID_SOCKET);
	closesocket(lsn);
	return p;
}

static void set_nonblocking(SOCKET s)
{
	u_long on = 1;

	EXPECT_EQ(0, ioctlsocket(s, FIONBIO, &on));
}

static SOCKET datagram(int family, struct api_addr *a)
{
	SOCKET s = socket(family, SOCK_DGRAM, 0);

	api_loopback(family, a);
	EXPECT_EQ(0, bind(s, (struct sockaddr *)&a->name, a->len));
	EXPECT_EQ(0, getsockname(s, (struct sockaddr *)&a->name, &a->len));
	return s;
}

/*
 * G3 [send WSANOTINITIALISED, sendto WSANOTINITIALISED, WSASend
 * WSANOTINITIALISED, WSASendTo WSANOTINITIALISED, recv WSANOTINITIALISED,
 * recvfrom WSANOTINITIALISED, WSARecv WSANOTINITIALISED, WSARecvFrom
 * WSANOTINITIALISED, send WSAENOTSOCK, sendto WSAENOTSOCK, WSASend
 * WSAENOTSOCK, WSASendTo WSAENOTSOCK, recv WSAENOTSOCK, recvfrom WSAENOTSOCK,
 * WSARecv WSAENOTSOCK]
 */
static void no_socket(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
	char buf[4];

	EXPECT_OK(closesocket(s));
	all_fail(0, CALLS, WSAENOTSOCK, s, NULL, 1, 0, NULL);
	EXPECT_OK(WSACleanup());
	all_fail(0, CALLS, WSANOTINITIALISED, s, buf, 1, 0, NULL);
}

/*
 * D11 [send WSAENOTCONN, sendto WSAENOTCONN, WSASend WSAENOTCONN, WSASendTo
 * WSAENOTCONN, recv WSAENOTCONN, WSARecv WSAENOTCONN, WSARecvFrom
 * WSAENOTCONN]: a stream; the target of sendto changes nothing
 */
static void not_connected(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
	struct api_addr a;
	char buf[4];

	SOCKET lsn = api_listener(AF_INET, &a);

	all_fail(0, CALLS, WSAENOTCONN, s, buf, 1, 0, &a);
	closesocket(lsn);
	closesocket(s);
}

/*
 * [send WSAEINVAL, sendto WSAEINVAL, WSASend WSAEINVAL, WSASendTo WSAEINVAL,
 * recv WSAEINVAL, recvfrom WSAEINVAL, WSARecv WSAEINVAL, WSARecvFrom
 * WSAEINVAL]: an unknown flag; to receive from a socket without a port; D6
 */
static void invalid(void)
{
	SOCKET unbound = socket(AF_INET, SOCK_DGRAM, 0);
	struct pair p = connected(AF_INET);
	BOOL on = TRUE;
	char buf[4];

	all_fail(0, CALLS, WSAEINVAL, p.ours, buf, 1, 0x40000, NULL);
	all_fail(SENDS, CALLS, WSAEINVAL, unbound, buf, 1, 0, NULL);
	EXPECT_OK(setsockopt(p.ours, SOL_SOCKET, SO_OOBINLINE, (char *)&on,
			     sizeof(on)));
	all_fail(0, CALLS, WSAEINVAL, p.ours, buf, 1, MSG_OOB, NULL);
	closesocket(p.ours);
	closesocket(p.theirs);
	closesocket(unbound);
}

/*
 * [send WSAEFAULT, sendto WSAEFAULT, WSASend WSAEFAULT, WSASendTo WSAEFAULT,
 * recv WSAEFAULT, recvfrom WSAEFAULT, WSARecv WSAEFAULT, WSARecvFrom
 * WSAEFAULT], D9, O2, U5: and no data is lost
 */
static void fault(void)
{
	struct pair p = connected(AF_INET);
	DWORD n = POISON, flags = 0;
	WSABUF b = { 1, "x" };
	char buf[4];

	EXPECT_EQ(1, send(p.theirs, "x", 1, 0));
	all_fail(0, CALLS, WSAEFAULT, p.ours, (char *)16, 4, 0, NULL);
	EXPECT_FAIL(WSAEFAULT, recv(p.ours, buf, -1, 0));
	EXPECT_FAIL(WSAEFAULT, WSASend(p.ours, NULL, 1, &n, 0, NULL, NULL));
	EXPECT_FAIL(WSAEFAULT, WSASend(p.ours, &b, 1, NULL, 0, NULL, NULL));
	EXPECT_FAIL(WSAEFAULT, WSASendTo(p.ours, &b, 1, NULL, 0, NULL, 0, NULL,
					 NULL));
	EXPECT_FAIL(WSAEFAULT, WSARecv(p.ours, NULL, 1, &n, &flags, NULL,
				       NULL));
	EXPECT_EQ(POISON, n);
	EXPECT_EQ(1, recv(p.ours, buf, sizeof(buf), 0));
	closesocket(p.ours);
	closesocket(p.theirs);
}

/*
 * D12: a buffer that cannot be written is told when the call starts, whether or
 * not there is data, which is not lost.
 */
static void buffer_that_cannot_be_written(void)
{
	static const char constant[4] = "abc";
	struct pair p = connected(AF_INET);
	struct api_addr a;
	SOCKET s = datagram(AF_INET, &a);
	char buf[4];

	/* Blocking, and yet they do not wait. */
	all_fail(SENDS, CALLS, WSAEFAULT, p.ours, (char *)constant, 4, 0, NULL);
	all_fail(SENDS, CALLS, WSAEFAULT, s, (char *)constant, 4, 0, NULL);
	EXPECT_EQ(2, send(p.theirs, "xy", 2, 0));
	EXPECT_EQ(2, sendto(s, "yx", 2, 0, (struct sockaddr *)&a.name, a.len));
	all_fail(SENDS, CALLS, WSAEFAULT, p.ours, (char *)constant, 4, 0, NULL);
	all_fail(SENDS, CALLS, WSAEFAULT, s, (char *)constant, 4, 0, NULL);
	EXPECT_EQ(2, recv(p.ours, buf, 4, 0));
	EXPECT_EQ(2, recv(s, buf, 4, 0));
	EXPECT_EQ('a', constant[0]);
	closesocket(p.ours);
	closesocket(p.theirs);
	closesocket(s);
}

/*
 * [send WSAESHUTDOWN, sendto WSAESHUTDOWN, WSASend WSAESHUTDOWN, WSASendTo
 * WSAESHUTDOWN, recv WSAESHUTDOWN, recvfrom WSAESHUTDOWN, WSARecv
 * WSAESHUTDOWN], N12
 */
static void shut_down(void)
{
	struct pair p = connected(AF_INET6);
	struct api_addr a;
	SOCKET s = datagram(AF_INET6, &a);
	char buf[4];

	EXPECT_OK(shutdown(p.ours, SD_BOTH));
	all_fail(0, CALLS, WSAESHUTDOWN, p.ours, buf, 1, 0, NULL);
	EXPECT_OK(shutdown(s, SD_BOTH));
	all_fail(0, CALLS, WSAESHUTDOWN, s, buf, 1, 0, &a);
	closesocket(s);
	closesocket(p.ours);
	closesocket(p.theirs);
}

/*
 * D11, D2 [send WSAEWOULDBLOCK, sendto WSAEWOULDBLOCK, WSASend WSAEWOULDBLOCK,
 * WSASendTo WSAEWOULDBLOCK, recv WSAEWOULDBLOCK, recvfrom WSAEWOULDBLOCK,
 * WSARecv WSAEWOULDBLOCK, WSARecvFrom WSAEWOULDBLOCK]; a nonblocking send is
 * never partial
 */
static void would_block(void)
{
	static char block[1 << 20];
	struct pair p = connected(AF_INET);
	int n;

	set_nonblocking(p.ours);
	all_fail(SENDS, CALLS, WSAEWOULDBLOCK, p.ours, block, 1, 0, NULL);
	for (n = 0; n >= 0; )
		n = send(p.ours, block, sizeof(block), 0) ==
		    (int)sizeof(block) ? n + 1 : -1;
	all_fail(0, SENDS, WSAEWOULDBLOCK, p.ours, block, 1, 0, NULL);
	closesocket(p.ours);
	closesocket(p.theirs);
}

/*
 * D10 [send WSAECONNRESET, sendto WSAECONNRESET, WSASend WSAECONNRESET, recv
 * WSAECONNRESET, recvfrom WSAECONNRESET, WSARecv WSAECONNRESET, WSARecvFrom
 * WSAECONNRESET]: each call is told
 */
static void reset(void)
{
	struct linger hard = { 1, 0 };
	struct pair p = connected(AF_INET);
	char buf[4];

	EXPECT_OK(setsockopt(p.theirs, SOL_SOCKET, SO_LINGER, (char *)&hard,
			     sizeof(hard)));
	EXPECT_OK(closesocket(p.theirs));
	EXPECT_EQ(WSAECONNRESET, call(RECV, p.ours, buf, 1, 0, NULL));
	all_fail(0, CALLS, WSAECONNRESET, p.ours, buf, 1, 0, NULL);
	closesocket(p.ours);
}

/*
 * [send WSAEOPNOTSUPP, sendto WSAEOPNOTSUPP, WSASend WSAEOPNOTSUPP, WSASendTo
 * WSAEOPNOTSUPP, recv WSAEOPNOTSUPP, recvfrom WSAEOPNOTSUPP, WSARecv
 * WSAEOPNOTSUPP]: urgent datagrams; a part of a message; MSG_WAITALL of what
 * is no stream
 */
static void not_supported(void)
{
	struct api_addr a;
	SOCKET s = datagram(AF_INET, &a);
	char buf[4];

	EXPECT_OK(connect(s, (struct sockaddr *)&a.name, a.len));
	all_fail(0, CALLS, WSAEOPNOTSUPP, s, buf, 1, MSG_OOB, NULL);
	all_fail(0, SENDS, WSAEOPNOTSUPP, s, buf, 1, MSG_PARTIAL, NULL);
	all_fail(SENDS, CALLS, WSAEOPNOTSUPP, s, buf, 1, MSG_WAITALL, NULL);
	closesocket(s);
}

/*
 * [send WSAEMSGSIZE, sendto WSAEMSGSIZE, WSASend WSAEMSGSIZE, WSASendTo
 * WSAEMSGSIZE]: nothing is sent; and the largest that is
 */
static void too_long(void)
{
	static char much[65508];
	struct api_addr a;
	SOCKET s = datagram(AF_INET, &a);

	EXPECT_OK(connect(s, (struct sockaddr *)&a.name, a.len));
	all_fail(0, SENDS, WSAEMSGSIZE, s, much, sizeof(much), 0, &a);
	set_nonblocking(s);
	EXPECT_EQ(WSAEWOULDBLOCK, call(RECV, s, much, 1, 0, NULL));
	EXPECT_EQ(0, call(SEND, s, much, sizeof(much) - 1, 0, NULL));
	EXPECT_EQ((int)sizeof(much) - 1, recv(s, much, sizeof(much), 0));
	closesocket(s);
}

/* [recv WSAEMSGSIZE, WSARecv WSAEMSGSIZE] */
static void does_not_fit(void)
{
	struct api_addr a;
	SOCKET s = datagram(AF_INET6, &a);
	DWORD n = POISON, flags = 0;
	char buf[4];
	WSABUF b = { 2, buf };

	EXPECT_EQ(0, call(SENDTO, s, "abc", 3, 0, &a));
	EXPECT_EQ(0, call(SENDTO, s, "abc", 3, 0, &a));
	EXPECT_FAIL(WSAEMSGSIZE, recv(s, buf, 2, 0));
	EXPECT_FAIL(WSAEMSGSIZE, WSARecv(s, &b, 1, &n, &flags, NULL, NULL));
	EXPECT_EQ(2, n);
	closesocket(s);
}

/*
 * [send WSAEACCES, sendto WSAEACCES, WSASendTo WSAEACCES]: broadcast wants
 * SO_BROADCAST, connect to it too
 */
static void broadcast(void)
{
	struct api_addr a, all;
	SOCKET s = datagram(AF_INET, &a);
	BOOL on = TRUE;

	all = a;
	((struct sockaddr_in *)&all.name)->sin_addr.s_addr =
		htonl(0x7fffffff);
	EXPECT_EQ(WSAEACCES, call(SENDTO, s, "x", 1, 0, &all));
	EXPECT_EQ(WSAEACCES, call(WSA_SENDTO, s, "x", 1, 0, &all));
	EXPECT_FAIL(WSAEACCES, connect(s, (struct sockaddr *)&all.name,
				       all.len));
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_BROADCAST, (char *)&on,
			     sizeof(on)));
	EXPECT_EQ(0, call(SENDTO, s, "x", 1, 0, &all));
	closesocket(s);
}

static const struct api_test tests[] = {
	{ "no_socket", no_socket },
	{ "not_connected", not_connected },
	{ "invalid", invalid },
	{ "fault", fault },
	{ "buffer_that_cannot_be_written", buffer_that_cannot_be_written },
	{ "shut_down", shut_down },
	{ "would_block", would_block },
	{ "reset", reset },
	{ "not_supported", not_supported },
	{ "too_long", too_long },
	{ "does_not_fit", does_not_fit },
	{ "broadcast", broadcast },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
