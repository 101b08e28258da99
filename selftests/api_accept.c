// SPDX-License-Identifier: GPL-2.0-only
/*
 * accept, as its reference page describes it.
 */
#include "api_peer.h"

/* Each test runs over both families. */
static int family;

static int name_len(void)
{
	return family == AF_INET ? (int)sizeof(struct sockaddr_in) :
				   (int)sizeof(struct sockaddr_in6);
}

static void returns_peer_address(void)
{
	struct sockaddr_storage peer, local;
	int len = sizeof(local);
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET c = api_client(&a);
	SOCKET s;

	EXPECT_OK(getsockname(c, (struct sockaddr *)&local, &len));

	/* A3: the length shrinks to the address's. */
	memset(&peer, POISON, sizeof(peer));
	len = sizeof(peer);
	WSASetLastError(POISON);
	s = accept(lsn, (struct sockaddr *)&peer, &len);
	if (!EXPECT(s != INVALID_SOCKET))
		return;
	EXPECT_EQ(0, WSAGetLastError());
	EXPECT_EQ(name_len(), len);
	EXPECT_EQ(0, memcmp(&peer, &local, name_len()));
	EXPECT_EQ(family, peer.ss_family);
	EXPECT_EQ(POISON, ((char *)&peer)[name_len()]);

	/* The exact room is enough. */
	len = sizeof(peer);
	EXPECT_OK(getpeername(s, (struct sockaddr *)&peer, &len));
	EXPECT_EQ(0, memcmp(&peer, &local, name_len()));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(lsn));
}

static void null_address_or_length(void)
{
	struct sockaddr_storage peer;
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET c[3], s[3];
	int len = 77;
	int i;

	/* A1: with either NULL, the other is not touched. */
	for (i = 0; i < 3; i++)
		c[i] = api_client(&a);
	memset(&peer, POISON, sizeof(peer));
	s[0] = accept(lsn, NULL, NULL);
	s[1] = accept(lsn, (struct sockaddr *)&peer, NULL);
	s[2] = accept(lsn, NULL, &len);
	EXPECT_EQ(POISON, ((char *)&peer)[0]);
	EXPECT_EQ(77, len);
	for (i = 0; i < 3; i++) {
		EXPECT(s[i] != INVALID_SOCKET);
		EXPECT_OK(closesocket(s[i]));
		EXPECT_OK(closesocket(c[i]));
	}
	EXPECT_OK(closesocket(lsn));
}

static void short_length(void)
{
	struct sockaddr_storage peer;
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET c = api_client(&a);
	SOCKET s;
	int len;

	/* A2; and the connection is still there. */
	for (len = 0; len < name_len(); len += name_len() - 1) {
		int room = len;

		memset(&peer, POISON, sizeof(peer));
		EXPECT_NO_SOCKET(WSAEFAULT, accept(lsn,
						   (struct sockaddr *)&peer,
						   &room));
		EXPECT_EQ(len, room);
		EXPECT_EQ(POISON, ((char *)&peer)[0]);
	}
	s = accept(lsn, NULL, NULL);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(lsn));
}

static void nonblocking_listener(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	u_long on = 1;
	SOCKET c, s;
	char byte;

	EXPECT_OK(ioctlsocket(lsn, FIONBIO, &on));
	EXPECT_NO_SOCKET(WSAEWOULDBLOCK, accept(lsn, NULL, NULL));
	c = api_client(&a);
	s = accept(lsn, NULL, NULL);
	if (!EXPECT(s != INVALID_SOCKET))
		return;

	/* The new socket has the listener's properties. */
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, &byte, 1, 0));
	EXPECT_NO_SOCKET(WSAEWOULDBLOCK, accept(lsn, NULL, NULL));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(lsn));
}

static void not_listening(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET c = api_client(&a);
	SOCKET s = accept(lsn, NULL, NULL);
	SOCKET fresh = socket(family, SOCK_STREAM, IPPROTO_TCP);

	EXPECT_NO_SOCKET(WSAEINVAL, accept(fresh, NULL, NULL));
	EXPECT_NO_SOCKET(WSAEINVAL, accept(c, NULL, NULL));
	/* What was accepted cannot accept; the listener goes on. */
	EXPECT_NO_SOCKET(WSAEINVAL, accept(s, NULL, NULL));
	EXPECT_OK(closesocket(c));
	c = api_client(&a);
	EXPECT_OK(closesocket(s));
	s = accept(lsn, NULL, NULL);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_OK(closesocket(fresh));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(lsn));
}

static void first_in_first_out(void)
{
	struct sockaddr_storage peer, local;
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET c[20], s;
	int len;
	int i;

	for (i = 0; i < 20; i++)
		c[i] = api_client(&a);
	for (i = 0; i < 20; i++) {
		len = sizeof(local);
		EXPECT_OK(getsockname(c[i], (struct sockaddr *)&local, &len));
		len = sizeof(peer);
		s = accept(lsn, (struct sockaddr *)&peer, &len);
		if (!EXPECT(s != INVALID_SOCKET))
			return;
		EXPECT_EQ(api_port(&local), api_port(&peer));
		EXPECT_OK(closesocket(s));
		EXPECT_OK(closesocket(c[i]));
	}
	EXPECT_OK(closesocket(lsn));
}

/*
 * Reset while it waited: that is told, and the next is there.  The handshake of
 * the other came behind the reset.  [WSAAccept WSAECONNRESET]
 */
static void reset_connection(void)
{
	LINGER hard = { 1, 0 };
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET c = api_client(&a), other, s;

	EXPECT_OK(setsockopt(c, SOL_SOCKET, SO_LINGER, (char *)&hard,
			     sizeof(hard)));
	EXPECT_OK(closesocket(c));
	other = api_client(&a);
	EXPECT_NO_SOCKET(WSAECONNRESET, WSAAccept(lsn, NULL, NULL, NULL, 0));
	s = WSAAccept(lsn, NULL, NULL, NULL, 0);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(other));
	EXPECT_OK(closesocket(lsn));
}

static void after_cleanup(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	WSADATA data;

	EXPECT_OK(WSACleanup());
	EXPECT_NO_SOCKET(WSANOTINITIALISED, accept(lsn, NULL, NULL));
	if (!EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data)))
		return;
	EXPECT_NO_SOCKET(WSAENOTSOCK, accept(lsn, NULL, NULL));
}

#define OVER_IPV4(run) static void run##_ipv4(void) { family = AF_INET; run(); }
#define OVER_IPV6(run) static void run##_ipv6(void) { family = AF_INET6; run(); }

OVER_IPV4(returns_peer_address)
OVER_IPV6(returns_peer_address)
OVER_IPV4(null_address_or_length)
OVER_IPV6(null_address_or_length)
OVER_IPV4(short_length)
OVER_IPV6(short_length)
OVER_IPV4(nonblocking_listener)
OVER_IPV6(nonblocking_listener)
OVER_IPV4(not_listening)
OVER_IPV6(not_listening)
OVER_IPV4(first_in_first_out)
OVER_IPV6(first_in_first_out)
OVER_IPV4(reset_connection)
OVER_IPV6(reset_connection)
OVER_IPV4(after_cleanup)
OVER_IPV6(after_cleanup)

static const struct api_test tests[] = {
	{ "accept.ipv4.returns_peer_address", returns_peer_address_ipv4 },
	{ "accept.ipv6.returns_peer_address", returns_peer_address_ipv6 },
	{ "accept.ipv4.null_address_or_length", null_address_or_length_ipv4 },
	{ "accept.ipv6.null_address_or_length", null_address_or_length_ipv6 },
	{ "accept.ipv4.WSAEFAULT_keeps_connection", short_length_ipv4 },
	{ "accept.ipv6.WSAEFAULT_keeps_connection", short_length_ipv6 },
	{ "accept.ipv4.WSAEWOULDBLOCK", nonblocking_listener_ipv4 },
	{ "accept.ipv6.WSAEWOULDBLOCK", nonblocking_listener_ipv6 },
	{ "accept.ipv4.WSAEINVAL_not_listening", not_listening_ipv4 },
	{ "accept.ipv6.WSAEINVAL_not_listening", not_listening_ipv6 },
	{ "accept.ipv4.first_in_first_out", first_in_first_out_ipv4 },
	{ "accept.ipv6.first_in_first_out", first_in_first_out_ipv6 },
	{ "accept.ipv4.WSAECONNRESET_then_the_next", reset_connection_ipv4 },
	{ "accept.ipv6.WSAECONNRESET_then_the_next", reset_connection_ipv6 },
	{ "accept.ipv4.WSANOTINITIALISED_after_cleanup", after_cleanup_ipv4 },
	{ "accept.ipv6.WSANOTINITIALISED_after_cleanup", after_cleanup_ipv6 },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
