// SPDX-License-Identifier: GPL-2.0-only
/*
 * The catalogue of protocols, and what it says about a socket.
 */
#include "api_test.h"

#include <stddef.h>
#include <ws2spi.h>

#define MOST	64

static WSAPROTOCOL_INFOA list_a[MOST];
static WSAPROTOCOL_INFOW list_w[MOST];

/* What both widths have before the name. */
#define HEAD	offsetof(WSAPROTOCOL_INFOA, szProtocol)

static LPWSAPROTOCOL_INFOA find(int count, int family, int type)
{
	int i;

	for (i = 0; i < count; i++)
		if (list_a[i].iAddressFamily == family &&
		    list_a[i].iSocketType == type)
			return &list_a[i];
	return NULL;
}

/* All that is not hidden, so no raw; each has a name (V1). */
static void lists_what_is_not_hidden(void)
{
	DWORD len = sizeof(list_a);
	int count, i;

	memset(list_a, POISON, sizeof(list_a));
	count = WSAEnumProtocolsA(NULL, list_a, &len);
	if (!EXPECT(count >= 4))
		return;
	EXPECT_EQ(sizeof(list_a), len);
	for (i = 0; i < count; i++) {
		EXPECT(!(list_a[i].dwProviderFlags & PFL_HIDDEN));
		EXPECT(list_a[i].iSocketType != SOCK_RAW);
		EXPECT(list_a[i].szProtocol[0]);
		EXPECT_EQ(BASE_PROTOCOL, list_a[i].ProtocolChain.ChainLen);
		EXPECT_EQ(0, list_a[i].dwProviderReserved);
	}
	EXPECT(find(count, AF_INET, SOCK_STREAM));
	EXPECT(find(count, AF_INET, SOCK_DGRAM));
	EXPECT(find(count, AF_INET6, SOCK_STREAM));
	EXPECT(find(count, AF_INET6, SOCK_DGRAM));
	EXPECT(find(count, AF_UNIX, SOCK_STREAM));
}

/* Exactly these services, for both families (V2). */
static void services(void)
{
	static const int families[] = { AF_INET, AF_INET6 };
	DWORD len = sizeof(list_a), qos = XP1_QOS_SUPPORTED;
	int count = WSAEnumProtocolsA(NULL, list_a, &len);
	LPWSAPROTOCOL_INFOA tcp, udp;
	int i, size;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		tcp = find(count, families[i], SOCK_STREAM);
		udp = find(count, families[i], SOCK_DGRAM);
		if (!EXPECT(tcp && udp))
			continue;
		size = i ? sizeof(struct sockaddr_in6) :
			   sizeof(struct sockaddr_in);
		EXPECT_EQ(0x20066, tcp->dwServiceFlags1 & ~qos);
		EXPECT_EQ(XP1_GUARANTEED_DELIVERY | XP1_GUARANTEED_ORDER |
			  XP1_GRACEFUL_CLOSE | XP1_EXPEDITED_DATA |
			  XP1_IFS_HANDLES, tcp->dwServiceFlags1 & ~qos);
		EXPECT_EQ(0x20609, udp->dwServiceFlags1 & ~qos);
		EXPECT_EQ(IPPROTO_TCP, tcp->iProtocol);
		EXPECT_EQ(IPPROTO_UDP, udp->iProtocol);
		EXPECT_EQ(size, tcp->iMaxSockAddr);
		EXPECT_EQ(size, udp->iMinSockAddr);
		EXPECT_EQ(0, tcp->dwMessageSize);
		EXPECT(udp->dwMessageSize >= 65507);
		EXPECT(tcp->dwProviderFlags & PFL_MATCHES_PROTOCOL_ZERO);
		EXPECT_EQ(BIGENDIAN, tcp->iNetworkByteOrder);
		EXPECT_EQ(SECURITY_PROTOCOL_NONE, tcp->iSecurityScheme);
	}
}

/* Too short for all is nothing [WSAEnumProtocolsA WSAENOBUFS] (V1). */
static void too_short_WSAENOBUFS(void)
{
	DWORD len = 0, need;

	EXPECT_FAIL(WSAENOBUFS, WSAEnumProtocolsA(NULL, NULL, &len));
	need = len;
	EXPECT(need && need % sizeof(list_a[0]) == 0);
	len = 0;
	EXPECT_FAIL(WSAENOBUFS, WSAEnumProtocolsA(NULL, list_a, &len));
	EXPECT_EQ(need, len);
	memset(list_a, POISON, sizeof(list_a));
	len = need - 1;
	EXPECT_FAIL(WSAENOBUFS, WSAEnumProtocolsA(NULL, list_a, &len));
	EXPECT_EQ(need, len);
	EXPECT_EQ(POISON, ((char *)list_a)[0]);
	WSASetLastError(POISON);
	EXPECT_EQ(need / sizeof(list_a[0]),
		  WSAEnumProtocolsA(NULL, list_a, &len));
	EXPECT_EQ(0, WSAGetLastError());
	len = 0;
	EXPECT_FAIL(WSAENOBUFS, WSAEnumProtocolsW(NULL, NULL, &len));
	EXPECT_EQ(need / sizeof(list_a[0]) * sizeof(list_w[0]), len);
}

/* A list ends at 0; numbers that name no protocol are skipped (V2). */
static void list_of_protocols(void)
{
	int tcp[] = { IPPROTO_TCP, 0, IPPROTO_UDP };
	int some[] = { 0xdead, IPPROTO_UDP, -1, 0 };
	int none[] = { 0xdead, 0 };
	int count, i;
	DWORD len;

	len = sizeof(list_a);
	count = WSAEnumProtocolsA(tcp, list_a, &len);
	EXPECT_EQ(2, count);
	for (i = 0; i < count; i++)
		EXPECT_EQ(IPPROTO_TCP, list_a[i].iProtocol);
	count = WSAEnumProtocolsA(some, list_a, &len);
	EXPECT_EQ(2, count);
	for (i = 0; i < count; i++)
		EXPECT_EQ(IPPROTO_UDP, list_a[i].iProtocol);
	EXPECT_EQ(0, WSAEnumProtocolsA(none, list_a, &len));
}

/* [WSAEnumProtocolsA WSAEFAULT] */
static void nowhere_WSAEFAULT(void)
{
	DWORD len = sizeof(list_a);

	EXPECT_FAIL(WSAEFAULT, WSAEnumProtocolsA(NULL, list_a, NULL));
	EXPECT_FAIL(WSAEFAULT, WSAEnumProtocolsA(NULL, NULL, &len));
	EXPECT_FAIL(WSAEFAULT, WSAEnumProtocolsA((int *)1, list_a, &len));
	EXPECT_FAIL(WSAEFAULT,
		    WSAEnumProtocolsW(NULL, (LPWSAPROTOCOL_INFOW)1, &len));
}

static void both_widths_agree(void)
{
	DWORD len = sizeof(list_a), wide = sizeof(list_w);
	int count = WSAEnumProtocolsA(NULL, list_a, &len);
	int i, c;

	EXPECT_EQ(count, WSAEnumProtocolsW(NULL, list_w, &wide));
	for (i = 0; i < count; i++) {
		EXPECT_EQ(0, memcmp(&list_a[i], &list_w[i], HEAD));
		for (c = 0; c <= WSAPROTOCOL_LEN; c++)
			EXPECT_EQ(list_a[i].szProtocol[c],
				  list_w[i].szProtocol[c]);
	}
}

/* [WSAEnumProtocolsA WSANOTINITIALISED] */
static void before_startup_WSANOTINITIALISED(void)
{
	DWORD len = sizeof(list_a);

	EXPECT_OK(WSACleanup());
	EXPECT_FAIL(WSANOTINITIALISED, WSAEnumProtocolsA(NULL, list_a, &len));
	EXPECT_FAIL(WSANOTINITIALISED, WSAEnumProtocolsW(NULL, NULL, NULL));
}

/* Each listed entry makes the socket that it says, which says the same (C9). */
static void each_entry_makes_its_socket(void)
{
	DWORD len = sizeof(list_a);
	int count = WSAEnumProtocolsA(NULL, list_a, &len);
	WSAPROTOCOL_INFOA info;
	int i, size;
	SOCKET s;

	for (i = 0; i < count; i++) {
		s = WSASocketA(0, 0, 0, &list_a[i], 0, 0);
		if (!EXPECT(s != INVALID_SOCKET))
			continue;
		size = sizeof(info);
		EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA,
				     (char *)&info, &size));
		EXPECT_EQ(0, memcmp(&info, &list_a[i], sizeof(info)));
		EXPECT_OK(closesocket(s));
	}
}

/* Lengths, as for no other option (T24). */
static void option_lengths(void)
{
	char room[2 * sizeof(WSAPROTOCOL_INFOW)];
	SOCKET s = socket(AF_INET6, SOCK_DGRAM, 0);
	LPWSAPROTOCOL_INFOA a = (LPWSAPROTOCOL_INFOA)room;
	int len = sizeof(*a) - 1;

	memset(room, POISON, sizeof(room));
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA,
					  room, &len));
	EXPECT_EQ(sizeof(*a), len);
	EXPECT_EQ(POISON, room[0]);
	len = 0;
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW,
					  room, &len));
	EXPECT_EQ(sizeof(WSAPROTOCOL_INFOW), len);
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA,
					  NULL, &len));
	EXPECT_FAIL(WSAEFAULT, getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA,
					  room, NULL));
	len = sizeof(room);
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, room, &len));
	EXPECT_EQ(sizeof(room), len);
	EXPECT_EQ(AF_INET6, a->iAddressFamily);
	EXPECT_EQ(SOCK_DGRAM, a->iSocketType);
	EXPECT_EQ(IPPROTO_UDP, a->iProtocol);
	EXPECT(a->szProtocol[0]);
	EXPECT_EQ(POISON, room[sizeof(*a)]);
	EXPECT_OK(closesocket(s));
	EXPECT_FAIL(WSAENOTSOCK, getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA,
					    NULL, NULL));
}

/* Of a raw socket, which no list has (C13). */
static void raw_entry(void)
{
	SOCKET s = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
	WSAPROTOCOL_INFOA a;
	int len = sizeof(a);

	if (!EXPECT(s != INVALID_SOCKET))
		return;
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&a,
			     &len));
	EXPECT_EQ(SOCK_RAW, a.iSocketType);
	EXPECT_EQ(0, a.iProtocol);
	EXPECT_EQ(255, a.iProtocolMaxOffset);
	EXPECT_EQ(16, a.iMinSockAddr);
	EXPECT_EQ(16, a.iMaxSockAddr);
	EXPECT_EQ(PFL_MATCHES_PROTOCOL_ZERO | PFL_HIDDEN, a.dwProviderFlags);
	EXPECT_EQ(0x20609, a.dwServiceFlags1);
	EXPECT_EQ(XP1_CONNECTIONLESS | XP1_MESSAGE_ORIENTED |
		  XP1_SUPPORT_BROADCAST | XP1_SUPPORT_MULTIPOINT |
		  XP1_IFS_HANDLES, a.dwServiceFlags1);
	EXPECT_OK(closesocket(s));
}

/* The whole catalogue, for those who install providers. */
static void hidden_entries_too(void)
{
	DWORD len = 0;
	int count, error = POISON, shown;

	EXPECT_EQ(SOCKET_ERROR, WSCEnumProtocols(NULL, NULL, &len, &error));
	EXPECT_EQ(WSAENOBUFS, error);
	EXPECT_EQ(WSAENOBUFS, WSAGetLastError());
	EXPECT_EQ(SOCKET_ERROR, WSCEnumProtocols(NULL, list_w, NULL, NULL));
	EXPECT_EQ(WSAEFAULT, WSAGetLastError());
	EXPECT(len <= sizeof(list_w));
	count = WSCEnumProtocols(NULL, list_w, &len, &error);
	EXPECT_EQ(len, count * sizeof(*list_w));
	len = sizeof(list_a);
	shown = WSAEnumProtocolsA(NULL, list_a, &len);
	/* raw sockets of both families */
	EXPECT_EQ(count, shown + 2);
}

static const struct api_test tests[] = {
	{ "protocols.enum.lists_what_is_not_hidden", lists_what_is_not_hidden },
	{ "protocols.enum.services", services },
	{ "protocols.enum.too_short_WSAENOBUFS", too_short_WSAENOBUFS },
	{ "protocols.enum.list", list_of_protocols },
	{ "protocols.enum.nowhere_WSAEFAULT", nowhere_WSAEFAULT },
	{ "protocols.enum.both_widths_agree", both_widths_agree },
	{ "protocols.enum.WSANOTINITIALISED", before_startup_WSANOTINITIALISED },
	{ "protocols.each_entry_makes_its_socket", each_entry_makes_its_socket },
	{ "protocols.enum.hidden_entries_too", hidden_entries_too },
	{ "protocols.option.lengths", option_lengths },
	{ "protocols.option.raw", raw_entry },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
