// SPDX-License-Identifier: GPL-2.0-only
/*
 * WSAConnectByName and WSAConnectByList, on the loopback interface.
 */
#include "api_peer.h"

static struct api_addr lsn_addr;

static SOCKET lsn4;
static SOCKET lsn6;
static char port4[8];

/* An IPv4 listener; its port as text. */
static void listen4(void)
{
	lsn4 = api_listener(AF_INET, &lsn_addr);
	snprintf(port4, sizeof(port4), "%d", ntohs(api_port(&lsn_addr.name)));
}

static SOCKET stream(int family)
{
	SOCKET s = socket(family, SOCK_STREAM, IPPROTO_TCP);

	EXPECT(s != INVALID_SOCKET);
	return s;
}

static SOCKET dual(void)
{
	SOCKET s = stream(AF_INET6);
	int off = 0;

	EXPECT_EQ(0, setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off,
				sizeof(off)));
	return s;
}

/* By name, with nothing asked for but the connection. */
static BOOL to(SOCKET s, const char *node, const char *service)
{
	return WSAConnectByNameA(s, (char *)node, (char *)service, NULL, NULL,
				 NULL, NULL, NULL, NULL);
}

#define EXPECT_TRUE(call)						\
	do {								\
		WSASetLastError(POISON);				\
		EXPECT_EQ(TRUE, call);					\
		api_compare(0, WSAGetLastError(), #call " error",	\
			    __LINE__);					\
	} while (0)

#define EXPECT_FALSE(code, call)					\
	do {								\
		WSASetLastError(POISON);				\
		EXPECT_EQ(FALSE, call);					\
		api_compare(code, WSAGetLastError(), #call " error",	\
			    __LINE__);					\
	} while (0)

/* N13: both ends are told, the local one without a port. */
static void tells_both_ends(void)
{
	struct sockaddr_in local, remote, peer;
	DWORD local_len = 50;
	DWORD remote_len = sizeof(remote);
	char room[50];
	int len = sizeof(peer);
	SOCKET s;

	listen4();
	s = stream(AF_INET);
	EXPECT_TRUE(WSAConnectByNameA(s, (char *)"127.0.0.1", port4,
				      &local_len, (SOCKADDR *)room,
				      &remote_len, (SOCKADDR *)&remote, NULL,
				      NULL));
	EXPECT_EQ(sizeof(local), local_len);
	EXPECT_EQ(sizeof(remote), remote_len);
	memcpy(&local, room, sizeof(local));
	EXPECT_EQ(0, local.sin_port);
	EXPECT_EQ(htonl(INADDR_LOOPBACK), local.sin_addr.s_addr);
	EXPECT_EQ(0, getpeername(s, (SOCKADDR *)&peer, &len));
	EXPECT_EQ(0, memcmp(&peer, &remote, sizeof(peer)));
	EXPECT_EQ(api_port(&lsn_addr.name), remote.sin_port);
	closesocket(s);
}

/* N13: an address without a length, a length without an address. */
static void halves_are_left_alone(void)
{
	struct sockaddr_in poison, local;
	DWORD remote_len = sizeof(local);
	SOCKET s;

	listen4();
	s = stream(AF_INET);
	memset(&poison, POISON, sizeof(poison));
	local = poison;
	EXPECT_TRUE(WSAConnectByNameA(s, (char *)"localhost", port4, NULL,
				      (SOCKADDR *)&local, &remote_len, NULL,
				      NULL, NULL));
	EXPECT_EQ(0, memcmp(&poison, &local, sizeof(local)));
	EXPECT_EQ(sizeof(local), remote_len);
	closesocket(s);
}

static void wide_names(void)
{
	wchar_t port[8];
	SOCKET s;
	int i;

	listen4();
	for (i = 0; port4[i]; i++)
		port[i] = port4[i];
	port[i] = 0;
	s = stream(AF_INET);
	EXPECT_TRUE(WSAConnectByNameW(s, (wchar_t *)L"localhost", port, NULL,
				      NULL, NULL, NULL, NULL, NULL));
	closesocket(s);
}

/*
 * N14.  [WSAConnectByNameA WSAEINVAL, WSAConnectByNameA WSAENOTSOCK]
 */
static void refuses_bad_arguments(void)
{
	struct sockaddr_in local, remote;
	DWORD local_len = 3;
	DWORD remote_len = 3;
	WSAOVERLAPPED o;
	SOCKET s, udp;

	memset(&o, 0, sizeof(o));
	listen4();
	s = stream(AF_INET);
	udp = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	EXPECT_FALSE(WSAENOTSOCK, to(INVALID_SOCKET, NULL, NULL));
	EXPECT_FALSE(WSAENOTSOCK, to(0, "localhost", port4));
	EXPECT_FALSE(WSAEINVAL, to(s, NULL, port4));
	EXPECT_FALSE(WSAEINVAL, to(s, "localhost", NULL));
	EXPECT_FALSE(WSAEINVAL,
		     WSAConnectByNameA(s, (char *)"localhost", port4, NULL,
				       NULL, NULL, NULL, NULL, &o));
	EXPECT_FALSE(WSAEFAULT,
		     WSAConnectByNameA(s, (char *)"localhost", port4,
				       &local_len, (SOCKADDR *)&local,
				       &remote_len, (SOCKADDR *)&remote, NULL,
				       NULL));
	EXPECT_EQ(3, local_len);
	EXPECT_EQ(3, remote_len);
	EXPECT_FALSE(WSATYPE_NOT_FOUND, to(s, "localhost", "no-such-service"));
	EXPECT_FALSE(WSAEFAULT, to(udp, "localhost", port4));
	/* and the socket is as it was */
	EXPECT_TRUE(to(s, "localhost", port4));
	closesocket(udp);
	closesocket(s);
}

static void refusal_is_told_and_can_be_repeated(void)
{
	SOCKET s;

	listen4();
	closesocket(lsn4);
	s = stream(AF_INET);
	EXPECT_FALSE(WSAECONNREFUSED, to(s, "127.0.0.1", port4));
	EXPECT_FALSE(WSAECONNREFUSED, to(s, "127.0.0.1", port4));
	closesocket(s);
}

/* They wait, whatever the mode, and the mode is what it was. */
static void nonblocking_sockets_wait_too(void)
{
	struct timeval timeout = { 20, 0 };
	u_long on = 1;
	SOCKET s;
	char c;

	listen4();
	s = stream(AF_INET);
	EXPECT_EQ(0, ioctlsocket(s, FIONBIO, &on));
	EXPECT_TRUE(to(s, "127.0.0.1", port4));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, &c, 1, 0));
	closesocket(s);

	s = stream(AF_INET);
	EXPECT_EQ(0, ioctlsocket(s, FIONBIO, &on));
	EXPECT_TRUE(WSAConnectByNameA(s, (char *)"127.0.0.1", port4, NULL,
				      NULL, NULL, NULL, &timeout, NULL));
	closesocket(s);
}

/* With a time-out, the outcome is the same. */
static void in_time(void)
{
	struct timeval timeout = { 20, 0 }, longest = { 0, 999999 };
	SOCKET s, c;
	char byte = 0;

	listen4();
	/* However long it is. */
	memset(&longest.tv_sec, 0x7f, sizeof(longest.tv_sec));
	s = stream(AF_INET);
	EXPECT_TRUE(WSAConnectByNameA(s, (char *)"127.0.0.1", port4, NULL,
				      NULL, NULL, NULL, &longest, NULL));
	c = accept(lsn4, NULL, NULL);
	EXPECT_EQ(0, closesocket(c));
	closesocket(s);
	s = stream(AF_INET);
	EXPECT_TRUE(WSAConnectByNameA(s, (char *)"127.0.0.1", port4, NULL,
				      NULL, NULL, NULL, &timeout, NULL));
	c = accept(lsn4, NULL, NULL);
	EXPECT_EQ(1, send(c, "x", 1, 0));
	EXPECT_EQ(1, recv(s, &byte, 1, 0));
	EXPECT_EQ('x', byte);
	closesocket(s);
	closesocket(c);
	closesocket(lsn4);

	s = stream(AF_INET);
	EXPECT_FALSE(WSAECONNREFUSED,
		     WSAConnectByNameA(s, (char *)"127.0.0.1", port4, NULL,
				       NULL, NULL, NULL, &timeout, NULL));
	closesocket(s);
}

/* IPv6's loopback comes first; only IPv4's has a listener. */
static void dual_stack_tries_both(void)
{
	struct sockaddr_in6 remote;
	DWORD len = sizeof(remote);
	SOCKET s;

	listen4();
	s = dual();
	EXPECT_TRUE(WSAConnectByNameA(s, (char *)"localhost", port4, NULL,
				      NULL, &len, (SOCKADDR *)&remote, NULL,
				      NULL));
	EXPECT_EQ(sizeof(remote), len);
	EXPECT_EQ(0xff, remote.sin6_addr.s6_addr[10]);
	EXPECT_EQ(127, remote.sin6_addr.s6_addr[12]);
	closesocket(s);

	s = stream(AF_INET6);
	EXPECT_FALSE(WSAECONNREFUSED, to(s, "localhost", port4));
	closesocket(s);
}

static void one_entry(LPSOCKET_ADDRESS entry, const struct api_addr *a)
{
	entry->lpSockaddr = (SOCKADDR *)&a->name;
	entry->iSockaddrLength = a->len;
}

struct list {
	INT iAddressCount;
	SOCKET_ADDRESS Address[2];
};

/* The first address that answers; the error of the last. */
static void list_in_turn(void)
{
	struct sockaddr_in remote;
	DWORD len = sizeof(remote);
	struct api_addr dead;
	struct list list;
	SOCKET s = api_listener(AF_INET, &dead);

	closesocket(s);
	listen4();
	list.iAddressCount = 2;
	one_entry(&list.Address[0], &dead);
	one_entry(&list.Address[1], &lsn_addr);
	s = stream(AF_INET);
	EXPECT_TRUE(WSAConnectByList(s, (PSOCKET_ADDRESS_LIST)&list, NULL,
				     NULL, &len, (SOCKADDR *)&remote, NULL,
				     NULL));
	EXPECT_EQ(api_port(&lsn_addr.name), remote.sin_port);
	closesocket(s);

	list.iAddressCount = 1;
	s = stream(AF_INET);
	EXPECT_FALSE(WSAECONNREFUSED,
		     WSAConnectByList(s, (PSOCKET_ADDRESS_LIST)&list, NULL,
				      NULL, NULL, NULL, NULL, NULL));
	closesocket(s);
}

/* [WSAConnectByList WSAEINVAL, WSAConnectByList WSAENOTSOCK] */
static void list_refuses_bad_arguments(void)
{
	WSAOVERLAPPED o;
	struct list list;
	SOCKET s;

	memset(&o, 0, sizeof(o));
	listen4();
	list.iAddressCount = 1;
	one_entry(&list.Address[0], &lsn_addr);
	s = stream(AF_INET);
	EXPECT_FALSE(WSAENOTSOCK,
		     WSAConnectByList(INVALID_SOCKET, NULL, NULL, NULL, NULL,
				      NULL, NULL, NULL));
	EXPECT_FALSE(WSAEINVAL,
		     WSAConnectByList(s, NULL, NULL, NULL, NULL, NULL, NULL,
				      NULL));
	EXPECT_FALSE(WSAEINVAL,
		     WSAConnectByList(s, (PSOCKET_ADDRESS_LIST)&list, NULL,
				      NULL, NULL, NULL, NULL, &o));
	closesocket(s);
}

static void ipv6(void)
{
	char port[8];
	SOCKET s;

	lsn6 = api_listener(AF_INET6, &lsn_addr);
	snprintf(port, sizeof(port), "%d", ntohs(api_port(&lsn_addr.name)));
	s = stream(AF_INET6);
	EXPECT_TRUE(to(s, "::1", port));
	closesocket(s);
	s = stream(AF_INET);
	EXPECT_FALSE(WSAHOST_NOT_FOUND, to(s, "::1", port));
	closesocket(s);
}

static const struct api_test tests[] = {
	{ "connectbyname.tells_both_ends", tells_both_ends },
	{ "connectbyname.halves_are_left_alone", halves_are_left_alone },
	{ "connectbyname.wide_names", wide_names },
	{ "connectbyname.refuses_bad_arguments", refuses_bad_arguments },
	{ "connectbyname.refusal_is_told_and_can_be_repeated",
	  refusal_is_told_and_can_be_repeated },
	{ "connectbyname.nonblocking_sockets_wait_too",
	  nonblocking_sockets_wait_too },
	{ "connectbyname.in_time", in_time },
	{ "connectbyname.dual_stack_tries_both", dual_stack_tries_both },
	{ "connectbyname.list_in_turn", list_in_turn },
	{ "connectbyname.list_refuses_bad_arguments",
	  list_refuses_bad_arguments },
	{ "connectbyname.ipv6", ipv6 },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
