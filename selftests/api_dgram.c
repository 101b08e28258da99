// SPDX-License-Identifier: GPL-2.0-only
/*
 * Datagrams through <winsock2.h>: where they go, whom they come from, and what
 * does not fit.
 */
#include "api_peer.h"
#include <mswsock.h>

static const int families[] = { AF_INET, AF_INET6 };

/* Run a test's body for each family. */
#define BOTH(test)							\
static void test(void)							\
{									\
	int i;								\
									\
	for (i = 0; i < ARRAY_SIZE(families); i++)			\
		test##_of(families[i]);					\
}

/* A datagram socket bound to the loopback address; *a becomes its name. */
static SOCKET bound(int family, struct api_addr *a)
{
	SOCKET s = socket(family, SOCK_DGRAM, IPPROTO_UDP);

	EXPECT(s != INVALID_SOCKET);
	api_loopback(family, a);
	EXPECT_EQ(0, bind(s, (struct sockaddr *)&a->name, a->len));
	EXPECT_EQ(0, getsockname(s, (struct sockaddr *)&a->name, &a->len));
	return s;
}

static void set_nonblocking(SOCKET s)
{
	u_long on = 1;

	EXPECT_EQ(0, ioctlsocket(s, FIONBIO, &on));
}

static const struct sockaddr *sa(const struct api_addr *a)
{
	return (const struct sockaddr *)&a->name;
}

/* G1, U2: the socket gets a port by it, and no peer. */
static void sendto_binds_of(int family)
{
	SOCKET s = socket(family, SOCK_DGRAM, 0);
	struct api_addr to, me;
	SOCKET t = bound(family, &to);

	me.len = sizeof(me.name);
	EXPECT_FAIL(WSAEINVAL, getsockname(s, (struct sockaddr *)&me.name,
					   &me.len));
	WSASetLastError(POISON);
	EXPECT_EQ(2, sendto(s, "hi", 2, 0, sa(&to), to.len));
	EXPECT_EQ(0, WSAGetLastError());
	EXPECT_OK(getsockname(s, (struct sockaddr *)&me.name, &me.len));
	EXPECT_EQ(to.len, me.len);
	EXPECT(api_port(&me.name) != 0);
	EXPECT_FAIL(WSAENOTCONN, getpeername(s, (struct sockaddr *)&me.name,
					     &me.len));
	EXPECT_FAIL(WSAEINVAL, bind(s, sa(&to), to.len));
	closesocket(t);
	closesocket(s);
}

BOTH(sendto_binds)

static void recvfrom_tells_the_sender_of(int family)
{
	struct api_addr a, b, from;
	SOCKET s = bound(family, &a);
	SOCKET t = bound(family, &b);
	char buf[8];

	EXPECT_EQ(3, sendto(t, "abc", 3, 0, sa(&a), a.len));
	memset(&from, POISON, sizeof(from));
	from.len = sizeof(from.name);
	WSASetLastError(POISON);
	EXPECT_EQ(3, recvfrom(s, buf, sizeof(buf), 0,
			      (struct sockaddr *)&from.name, &from.len));
	EXPECT_EQ(0, WSAGetLastError());
	EXPECT_EQ(0, memcmp(buf, "abc", 3));
	EXPECT_EQ(b.len, from.len);
	EXPECT_EQ(family, from.name.ss_family);
	EXPECT_EQ(0, memcmp(&from.name, &b.name, b.len));
	EXPECT_EQ(POISON, ((char *)&from.name)[b.len]);
	closesocket(t);
	closesocket(s);
}

BOTH(recvfrom_tells_the_sender)

/* Whoever does not ask is not told; a length alone is not looked at. */
static void recvfrom_without_a_buffer_for_the_sender_of(int family)
{
	struct api_addr a;
	SOCKET s = bound(family, &a);
	int len = -1;
	char buf[8];

	EXPECT_EQ(1, sendto(s, "a", 1, 0, sa(&a), a.len));
	EXPECT_EQ(1, recvfrom(s, buf, sizeof(buf), 0, NULL, NULL));
	EXPECT_EQ(1, sendto(s, "b", 1, 0, sa(&a), a.len));
	EXPECT_EQ(1, recvfrom(s, buf, sizeof(buf), 0, NULL, &len));
	EXPECT_EQ(-1, len);
	closesocket(s);
}

BOTH(recvfrom_without_a_buffer_for_the_sender)

/* [recvfrom WSAEFAULT]: before anything is received. */
static void short_sender_buffer_loses_nothing_of(int family)
{
	struct api_addr a, from;
	SOCKET s = bound(family, &a);
	char buf[8];

	EXPECT_EQ(3, sendto(s, "abc", 3, 0, sa(&a), a.len));
	memset(&from, POISON, sizeof(from));
	from.len = a.len - 1;
	EXPECT_FAIL(WSAEFAULT, recvfrom(s, buf, sizeof(buf), 0,
					(struct sockaddr *)&from.name,
					&from.len));
	EXPECT_EQ(a.len - 1, from.len);
	EXPECT_EQ(POISON, ((char *)&from.name)[0]);
	EXPECT_FAIL(WSAEFAULT, recvfrom(s, buf, sizeof(buf), 0,
					(struct sockaddr *)&from.name, NULL));
	from.len = a.len;
	EXPECT_EQ(3, recvfrom(s, buf, sizeof(buf), 0,
			      (struct sockaddr *)&from.name, &from.len));
	closesocket(s);
}

BOTH(short_sender_buffer_loses_nothing)

/* [sendto WSAEFAULT, sendto WSAEAFNOSUPPORT, sendto WSAEADDRNOTAVAIL] */
static void sendto_with_a_bad_address_of(int family)
{
	struct api_addr to;
	SOCKET s = bound(family, &to);
	struct api_addr bad = to;

	EXPECT_FAIL(WSAEFAULT, sendto(s, "x", 1, 0,
				      (struct sockaddr *)&to.name,
				      to.len - 1));
	bad.name.ss_family = family == AF_INET ? AF_INET6 : AF_INET;
	EXPECT_FAIL(WSAEAFNOSUPPORT, sendto(s, "x", 1, 0,
					    (struct sockaddr *)&bad.name,
					    sizeof(bad.name)));
	bad = to;
	if (family == AF_INET)
		((struct sockaddr_in *)&bad.name)->sin_addr.s_addr = 0;
	else
		((struct sockaddr_in6 *)&bad.name)->sin6_addr = in6addr_any;
	EXPECT_FAIL(WSAEADDRNOTAVAIL, sendto(s, "x", 1, 0, sa(&bad), bad.len));
	bad = to;
	((struct sockaddr_in *)&bad.name)->sin_port = 0;
	EXPECT_FAIL(WSAEADDRNOTAVAIL, sendto(s, "x", 1, 0, sa(&bad), bad.len));
	closesocket(s);
}

BOTH(sendto_with_a_bad_address)

/*
 * [sendto WSAEDESTADDRREQ, WSASendTo WSAEDESTADDRREQ]; U1: send and recv on a
 * socket without peer, without port; neither gets one.
 */
static void no_target_and_no_peer_of(int family)
{
	SOCKET s = socket(family, SOCK_DGRAM, 0);
	WSABUF b = { 1, "x" };
	struct api_addr a;
	DWORD n = POISON;
	char buf[8];

	EXPECT_FAIL(WSAENOTCONN, send(s, "x", 1, 0));
	EXPECT_FAIL(WSAEDESTADDRREQ, sendto(s, "x", 1, 0, NULL, 0));
	EXPECT_FAIL(WSAEDESTADDRREQ, WSASendTo(s, &b, 1, &n, 0, NULL, 0, NULL,
					       NULL));
	EXPECT_EQ(POISON, n);
	EXPECT_FAIL(WSAEINVAL, recv(s, buf, sizeof(buf), 0));
	EXPECT_FAIL(WSAEINVAL, recvfrom(s, buf, sizeof(buf), 0, NULL, NULL));
	set_nonblocking(s);
	EXPECT_FAIL(WSAEINVAL, recv(s, buf, sizeof(buf), 0));
	api_loopback(family, &a);
	EXPECT_OK(bind(s, sa(&a), a.len));
	EXPECT_FAIL(WSAENOTCONN, send(s, "x", 1, 0));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, buf, sizeof(buf), 0));
	EXPECT_FAIL(WSAEWOULDBLOCK, recvfrom(s, buf, sizeof(buf), 0, NULL,
					     NULL));
	closesocket(s);
}

BOTH(no_target_and_no_peer)

/*
 * [recvfrom WSAEMSGSIZE, WSARecvFrom WSAEMSGSIZE]: the part that fits and its
 * sender, besides the code.
 */
static void longer_than_the_buffer_WSAEMSGSIZE_of(int family)
{
	struct api_addr a, from;
	SOCKET s = bound(family, &a);
	char buf[8];
	WSABUF b = { 4, buf };
	DWORD n = POISON, flags = 0;

	memset(buf, POISON, sizeof(buf));
	EXPECT_EQ(6, sendto(s, "abcdef", 6, 0, sa(&a), a.len));
	EXPECT_EQ(1, sendto(s, "g", 1, 0, sa(&a), a.len));
	from.len = sizeof(from.name);
	EXPECT_FAIL(WSAEMSGSIZE, WSARecvFrom(s, &b, 1, &n, &flags,
					     (struct sockaddr *)&from.name,
					     &from.len, NULL, NULL));
	EXPECT_EQ(4, n);
	EXPECT_EQ(0, memcmp(buf, "abcd", 4));
	EXPECT_EQ(POISON, buf[4]);
	EXPECT_EQ(a.len, from.len);
	EXPECT_EQ(api_port(&a.name), api_port(&from.name));
	/* what did not fit is gone */
	EXPECT_EQ(1, recvfrom(s, buf, sizeof(buf), 0, NULL, NULL));
	EXPECT_EQ('g', buf[0]);
	closesocket(s);
}

BOTH(longer_than_the_buffer_WSAEMSGSIZE)

/* The target of one datagram; the peer stays. */
static void connected_sendto_goes_elsewhere_once_of(int family)
{
	struct api_addr a, b;
	SOCKET s = socket(family, SOCK_DGRAM, 0);
	SOCKET t = bound(family, &a);
	SOCKET u = bound(family, &b);
	char buf[8];

	EXPECT_OK(connect(s, sa(&a), a.len));
	EXPECT_EQ(2, sendto(s, "to", 2, 0, sa(&b), b.len));
	EXPECT_EQ(3, send(s, "one", 3, 0));
	EXPECT_EQ(4, sendto(s, "peer", 4, 0, NULL, 0));
	EXPECT_EQ(2, recv(u, buf, sizeof(buf), 0));
	EXPECT_EQ(3, recv(t, buf, sizeof(buf), 0));
	EXPECT_EQ(4, recv(t, buf, sizeof(buf), 0));
	closesocket(u);
	closesocket(t);
	closesocket(s);
}

BOTH(connected_sendto_goes_elsewhere_once)

/* D3: addresses are neither read nor written. */
static void stream_ignores_addresses_of(int family)
{
	struct api_addr a, from;
	SOCKET lsn = api_listener(family, &a);
	SOCKET c = api_client(&a);
	SOCKET s = accept(lsn, NULL, NULL);
	char buf[8];

	EXPECT_EQ(2, sendto(c, "hi", 2, 0, (struct sockaddr *)buf, -3));
	EXPECT_EQ(2, sendto(c, "ho", 2, 0, NULL, 0));
	memset(&from, POISON, sizeof(from));
	from.len = 1;
	EXPECT_EQ(4, recvfrom(s, buf, 4, MSG_WAITALL,
			      (struct sockaddr *)&from.name, &from.len));
	EXPECT_EQ(0, memcmp(buf, "hiho", 4));
	EXPECT_EQ(1, from.len);
	EXPECT_EQ(POISON, ((char *)&from.name)[0]);
	closesocket(s);
	closesocket(c);
	closesocket(lsn);
}

BOTH(stream_ignores_addresses)

/* Nobody listens there, and was nobody's meanwhile: it was bound here. */
static void nobodys(int family, struct api_addr *a)
{
	closesocket(bound(family, a));
}

static int readable(SOCKET s)
{
	struct timeval patience = { 20, 0 };
	fd_set set;

	FD_ZERO(&set);
	FD_SET(s, &set);
	return select(0, &set, NULL, NULL, &patience);
}

static int readable_now(SOCKET s)
{
	WSAPOLLFD fd = { s, POLLRDNORM, 0 };

	return WSAPoll(&fd, 1, 0);
}

/*
 * [recvfrom WSAECONNRESET, recv WSAECONNRESET, WSARecvFrom WSAECONNRESET,
 * WSARecv WSAECONNRESET]: the host says that nobody listens, to a socket that
 * is not connected; readable until it is told, once for each datagram.
 */
static void unreachable_port_is_told_once_of(int family)
{
	struct api_addr a, gone;
	SOCKET s = bound(family, &a);
	DWORD n = POISON, flags = 0;
	char buf[8];
	WSABUF b = { sizeof(buf), buf };
	int i;

	nobodys(family, &gone);
	set_nonblocking(s);
	for (i = 0; i < 4; i++)
		EXPECT_EQ(1, sendto(s, "x", 1, 0, sa(&gone), gone.len));
	EXPECT_EQ(1, readable(s));
	EXPECT_EQ(1, readable_now(s));
	EXPECT_FAIL(WSAECONNRESET, recvfrom(s, buf, sizeof(buf), 0, NULL,
					    NULL));
	EXPECT_EQ(1, readable(s));
	EXPECT_FAIL(WSAECONNRESET, recv(s, buf, sizeof(buf), 0));
	EXPECT_EQ(1, readable(s));
	EXPECT_FAIL(WSAECONNRESET, WSARecvFrom(s, &b, 1, &n, &flags, NULL,
					       NULL, NULL, NULL));
	EXPECT_EQ(1, readable(s));
	EXPECT_FAIL(WSAECONNRESET, WSARecv(s, &b, 1, &n, &flags, NULL, NULL));
	EXPECT_EQ(POISON, n);
	EXPECT_EQ(0, readable_now(s));
	EXPECT_FAIL(WSAEWOULDBLOCK, recvfrom(s, buf, sizeof(buf), 0, NULL,
					     NULL));
	/* and it goes on working */
	EXPECT_EQ(1, sendto(s, "y", 1, 0, sa(&a), a.len));
	EXPECT_EQ(1, recvfrom(s, buf, sizeof(buf), 0, NULL, NULL));
	closesocket(s);
}

BOTH(unreachable_port_is_told_once)

/* A blocked recvfrom ends by it. */
static void unreachable_port_ends_a_blocked_recvfrom_of(int family)
{
	struct api_addr a, gone;
	SOCKET s = bound(family, &a);
	char buf[8];

	nobodys(family, &gone);
	EXPECT_EQ(1, sendto(s, "x", 1, 0, sa(&gone), gone.len));
	EXPECT_FAIL(WSAECONNRESET, recvfrom(s, buf, sizeof(buf), 0, NULL,
					    NULL));
	closesocket(s);
}

BOTH(unreachable_port_ends_a_blocked_recvfrom)

/*
 * What one target's host says is no reason not to send to another: only recv
 * tells it, as long as there is no peer.
 */
static void unreachable_port_leaves_sendto_alone_of(int family)
{
	struct api_addr a, b, gone;
	SOCKET s = bound(family, &a);
	SOCKET t = bound(family, &b);
	char buf[8];

	nobodys(family, &gone);
	EXPECT_EQ(1, sendto(s, "x", 1, 0, sa(&gone), gone.len));
	EXPECT_EQ(1, readable(s));
	EXPECT_EQ(2, sendto(s, "hi", 2, 0, sa(&b), b.len));
	EXPECT_EQ(2, recv(t, buf, sizeof(buf), 0));
	EXPECT_FAIL(WSAECONNRESET, recv(s, buf, sizeof(buf), 0));
	closesocket(t);
	closesocket(s);
}

BOTH(unreachable_port_leaves_sendto_alone)

/*
 * [send WSAECONNRESET, sendto WSAECONNRESET, WSASend WSAECONNRESET, WSASendTo
 * WSAECONNRESET]: of the peer, whichever call comes next; told once.
 */
static void unreachable_peer_is_told_by_send_of(int family)
{
	SOCKET s = socket(family, SOCK_DGRAM, 0);
	WSABUF b = { 1, "x" };
	struct api_addr gone;
	DWORD n = POISON;
	char buf[8];

	nobodys(family, &gone);
	EXPECT_OK(connect(s, sa(&gone), gone.len));
	set_nonblocking(s);
	EXPECT_EQ(1, send(s, "x", 1, 0));
	EXPECT_EQ(1, readable(s));
	EXPECT_FAIL(WSAECONNRESET, send(s, "x", 1, 0));
	EXPECT_EQ(0, readable_now(s));
	EXPECT_EQ(1, send(s, "x", 1, 0));
	EXPECT_EQ(1, readable(s));
	EXPECT_FAIL(WSAECONNRESET, sendto(s, "x", 1, 0, NULL, 0));
	EXPECT_EQ(1, send(s, "x", 1, 0));
	EXPECT_EQ(1, readable(s));
	EXPECT_FAIL(WSAECONNRESET, WSASend(s, &b, 1, &n, 0, NULL, NULL));
	EXPECT_EQ(1, send(s, "x", 1, 0));
	EXPECT_EQ(1, readable(s));
	EXPECT_FAIL(WSAECONNRESET, WSASendTo(s, &b, 1, &n, 0, NULL, 0, NULL,
					     NULL));
	EXPECT_EQ(POISON, n);
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, buf, sizeof(buf), 0));
	EXPECT_EQ(1, send(s, "x", 1, 0));
	EXPECT_EQ(1, readable(s));
	EXPECT_FAIL(WSAECONNRESET, recv(s, buf, sizeof(buf), 0));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, buf, sizeof(buf), 0));
	closesocket(s);
}

BOTH(unreachable_peer_is_told_by_send)

static void switch_code(SOCKET s, DWORD code, BOOL on)
{
	DWORD n = POISON;

	EXPECT_OK(WSAIoctl(s, code, &on, sizeof(on), NULL, 0, &n, NULL, NULL));
	EXPECT_EQ(0, n);
}

/* As .NET programs do it. */
static void switch_code_by_byte(SOCKET s, DWORD code, BOOLEAN on)
{
	DWORD n = POISON;

	EXPECT_OK(WSAIoctl(s, code, &on, sizeof(on), NULL, 0, &n, NULL, NULL));
	EXPECT_EQ(0, n);
}

/* SIO_UDP_CONNRESET: on until switched off; then not even readable. */
static void connreset_switched_off_of(int family)
{
	struct api_addr a, gone;
	SOCKET s = bound(family, &a);
	char buf[8];

	nobodys(family, &gone);
	set_nonblocking(s);
	switch_code(s, SIO_UDP_CONNRESET, FALSE);
	EXPECT_EQ(1, sendto(s, "x", 1, 0, sa(&gone), gone.len));
	EXPECT_EQ(2, sendto(s, "me", 2, 0, sa(&a), a.len));
	EXPECT_EQ(1, readable(s));
	EXPECT_EQ(2, recv(s, buf, sizeof(buf), 0));
	EXPECT_EQ(0, readable_now(s));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, buf, sizeof(buf), 0));
	EXPECT_EQ(0, readable_now(s));
	switch_code_by_byte(s, SIO_UDP_CONNRESET, TRUE);
	EXPECT_EQ(1, sendto(s, "x", 1, 0, sa(&gone), gone.len));
	EXPECT_EQ(1, readable(s));
	EXPECT_FAIL(WSAECONNRESET, recv(s, buf, sizeof(buf), 0));
	switch_code_by_byte(s, SIO_UDP_CONNRESET, FALSE);
	EXPECT_EQ(1, sendto(s, "x", 1, 0, sa(&gone), gone.len));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, buf, sizeof(buf), 0));
	EXPECT_EQ(0, readable_now(s));
	closesocket(s);
}

/* What a host has said of a datagram is for recv. */
static void so_error_is_not_told_of_datagrams_of(int family)
{
	struct api_addr a, gone;
	SOCKET s = bound(family, &a);
	int code = POISON, len = sizeof(code);
	char buf[8];

	nobodys(family, &gone);
	set_nonblocking(s);
	EXPECT_EQ(1, sendto(s, "x", 1, 0, sa(&gone), gone.len));
	EXPECT_EQ(1, readable(s));
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&code, &len));
	EXPECT_EQ(0, code);
	EXPECT_FAIL(WSAECONNRESET, recv(s, buf, sizeof(buf), 0));
	closesocket(s);
}

BOTH(so_error_is_not_told_of_datagrams)

BOTH(connreset_switched_off)

/* The switches are of datagram sockets. */
static void switches_of_a_stream_WSAEINVAL(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
	BOOL on = TRUE;
	DWORD n;

	EXPECT_FAIL(WSAEINVAL, WSAIoctl(s, SIO_UDP_CONNRESET, &on, sizeof(on),
					NULL, 0, &n, NULL, NULL));
	EXPECT_FAIL(WSAEINVAL, WSAIoctl(s, SIO_UDP_NETRESET, &on, sizeof(on),
					NULL, 0, &n, NULL, NULL));
	closesocket(s);
}

static const struct api_test tests[] = {
	{ "sendto_binds", sendto_binds },
	{ "recvfrom_tells_the_sender", recvfrom_tells_the_sender },
	{ "recvfrom_without_a_buffer_for_the_sender",
	  recvfrom_without_a_buffer_for_the_sender },
	{ "short_sender_buffer_loses_nothing",
	  short_sender_buffer_loses_nothing },
	{ "sendto_with_a_bad_address", sendto_with_a_bad_address },
	{ "no_target_and_no_peer", no_target_and_no_peer },
	{ "longer_than_the_buffer_WSAEMSGSIZE",
	  longer_than_the_buffer_WSAEMSGSIZE },
	{ "connected_sendto_goes_elsewhere_once",
	  connected_sendto_goes_elsewhere_once },
	{ "stream_ignores_addresses", stream_ignores_addresses },
	{ "unreachable_port_is_told_once", unreachable_port_is_told_once },
	{ "unreachable_port_ends_a_blocked_recvfrom",
	  unreachable_port_ends_a_blocked_recvfrom },
	{ "unreachable_port_leaves_sendto_alone",
	  unreachable_port_leaves_sendto_alone },
	{ "unreachable_peer_is_told_by_send",
	  unreachable_peer_is_told_by_send },
	{ "connreset_switched_off", connreset_switched_off },
	{ "so_error_is_not_told_of_datagrams", so_error_is_not_told_of_datagrams },
	{ "switches_of_a_stream_WSAEINVAL", switches_of_a_stream_WSAEINVAL },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
