// SPDX-License-Identifier: GPL-2.0-only
/*
 * The inline functions of <ws2tcpip.h> that stand for an option or a control
 * code, against getsockopt and setsockopt.
 */
#include "api_option.h"

#include <afunix.h>

struct row {
	const char *name;
	int type;
	int level[2];		/* of IPv4, of IPv6 */
	int option[2];
	INT (*set)(SOCKET s, DWORD value);
	INT (*get)(SOCKET s, DWORD *value);
	DWORD values[2];
};

static const struct row rows[] = {
	{ "IPUserMtu", SOCK_DGRAM, { IPPROTO_IP, IPPROTO_IPV6 },
	  { IP_USER_MTU, IPV6_USER_MTU }, WSASetIPUserMtu, WSAGetIPUserMtu,
	  { 1280, 1400 } },
	{ "IPUserMtu", SOCK_STREAM, { IPPROTO_IP, IPPROTO_IPV6 },
	  { IP_USER_MTU, IPV6_USER_MTU }, WSASetIPUserMtu, WSAGetIPUserMtu,
	  { 1280, 1400 } },
	{ "RecvIPEcn", SOCK_DGRAM, { IPPROTO_IP, IPPROTO_IPV6 },
	  { IP_RECVECN, IPV6_RECVECN }, WSASetRecvIPEcn, WSAGetRecvIPEcn,
	  { TRUE, FALSE } },
	{ "FailConnectOnIcmpError", SOCK_STREAM, { IPPROTO_TCP, IPPROTO_TCP },
	  { TCP_FAIL_CONNECT_ON_ICMP_ERROR, TCP_FAIL_CONNECT_ON_ICMP_ERROR },
	  WSASetFailConnectOnIcmpError, WSAGetFailConnectOnIcmpError,
	  { TRUE, FALSE } },
	{ "UdpSendMessageSize", SOCK_DGRAM, { IPPROTO_UDP, IPPROTO_UDP },
	  { UDP_SEND_MSG_SIZE, UDP_SEND_MSG_SIZE }, WSASetUdpSendMessageSize,
	  WSAGetUdpSendMessageSize, { 1400, 0 } },
	{ "UdpRecvMaxCoalescedSize", SOCK_DGRAM, { IPPROTO_UDP, IPPROTO_UDP },
	  { UDP_RECV_MAX_COALESCED_SIZE, UDP_RECV_MAX_COALESCED_SIZE },
	  WSASetUdpRecvMaxCoalescedSize, WSAGetUdpRecvMaxCoalescedSize,
	  { 65535, 0 } },
};

/* Each side of the two ways reads what the other has set. */
static void same_as_the_option(void)
{
	static const int families[] = { AF_INET, AF_INET6 };
	const struct row *r;
	DWORD value;
	SOCKET s;
	int i, j;

	for (r = rows; r < rows + ARRAY_SIZE(rows); r++)
		for (i = 0; i < 2; i++) {
			s = socket(families[i], r->type, 0);
			for (j = 0; j < 2; j++) {
				EXPECT_OK(r->set(s, r->values[j]));
				EXPECT_EQ(r->values[j], get(s, r->level[i],
							    r->option[i]));
				EXPECT_OK(set(s, r->level[i], r->option[i],
					      r->values[!j]));
				value = UNREAD;
				EXPECT_OK(r->get(s, &value));
				EXPECT_EQ(r->values[!j], value);
			}
			if (api_failed)
				printf("# of %s, family %d\n", r->name,
				       families[i]);
			closesocket(s);
		}
}

/* Without a socket, and of the other type: nothing is written. */
static void errors_are_the_option_s(void)
{
	const struct row *r;
	DWORD value = UNREAD;
	SOCKET s, t = tcp(), u = udp();

	for (r = rows; r < rows + ARRAY_SIZE(rows); r++) {
		EXPECT_FAIL(WSAENOTSOCK, r->set(INVALID_SOCKET, 1));
		EXPECT_FAIL(WSAENOTSOCK, r->get(INVALID_SOCKET, &value));
		s = r->type == SOCK_STREAM ? u : t;
		if (r->level[0] == IPPROTO_IP)
			continue;
		EXPECT_EQ(SOCKET_ERROR, r->get(s, &value));
		EXPECT_EQ(SOCKET_ERROR, r->set(s, 1));
	}
	EXPECT_EQ(UNREAD, value);
	closesocket(t);
	closesocket(u);
}

static void other_families_WSAEAFNOSUPPORT(void)
{
	SOCKET s = socket(AF_UNIX, SOCK_STREAM, 0);
	DWORD value = UNREAD;

	if (s == INVALID_SOCKET) {
		api_skipped = "no AF_UNIX sockets";
		return;
	}
	EXPECT_FAIL(WSAEAFNOSUPPORT, WSASetIPUserMtu(s, 1280));
	EXPECT_FAIL(WSAEAFNOSUPPORT, WSAGetIPUserMtu(s, &value));
	EXPECT_FAIL(WSAEAFNOSUPPORT, WSASetRecvIPEcn(s, TRUE));
	EXPECT_FAIL(WSAEAFNOSUPPORT, WSAGetRecvIPEcn(s, &value));
	EXPECT_EQ(UNREAD, value);
	closesocket(s);
}

static void no_ICMP_error_WSANO_DATA(void)
{
	SOCKET s = tcp();
	ICMP_ERROR_INFO info;

	EXPECT_OK(WSASetFailConnectOnIcmpError(s, TRUE));
	EXPECT_FAIL(WSANO_DATA, WSAGetIcmpErrorInfo(s, &info));
	EXPECT_FAIL(WSAENOTSOCK, WSAGetIcmpErrorInfo(INVALID_SOCKET, &info));
	closesocket(s);
}

static void ideal_send_backlog(void)
{
	ULONG bytes = 0;
	SOCKET s = tcp();
	struct pair p;

	EXPECT_FAIL(WSAENOTCONN, idealsendbacklogquery(s, &bytes));
	EXPECT_EQ(0, bytes);
	EXPECT_FAIL(WSAENOTCONN, idealsendbacklognotify(s, NULL, NULL));
	closesocket(s);
	connected(AF_INET, &p);
	EXPECT_OK(idealsendbacklogquery(p.client, &bytes));
	EXPECT(bytes >= 0x10000);
	disconnect(&p);
}

#define TEST(name)	{ "api_option_inline." #name, name }

static const struct api_test tests[] = {
	TEST(same_as_the_option),
	TEST(errors_are_the_option_s),
	TEST(other_families_WSAEAFNOSUPPORT),
	TEST(no_ICMP_error_WSANO_DATA),
	TEST(ideal_send_backlog),
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
