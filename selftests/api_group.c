// SPDX-License-Identifier: GPL-2.0-only
/*
 * Socket groups, of WSASocket and of WSAAccept's condition function.
 */
#include "api_peer.h"

#ifndef SG_UNCONSTRAINED_GROUP
#define SG_UNCONSTRAINED_GROUP	1
#define SG_CONSTRAINED_GROUP	2
#endif

#define NO_GROUP	0x7ffffff0u

static SOCKET member(int type, GROUP group)
{
	SOCKET s = WSASocketA(AF_INET, type, 0, NULL, group, 0);

	EXPECT(s != INVALID_SOCKET);
	return s;
}

static GROUP id_of(SOCKET s)
{
	GROUP id = 0;
	int len = sizeof(id);

	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_GROUP_ID, (char *)&id, &len));
	EXPECT_EQ(sizeof(id), len);
	return id;
}

static void made_and_joined(void)
{
	SOCKET none = socket(AF_INET, SOCK_STREAM, 0);
	SOCKET a = member(SOCK_STREAM, SG_UNCONSTRAINED_GROUP);
	SOCKET other = member(SOCK_STREAM, SG_UNCONSTRAINED_GROUP);
	GROUP id = id_of(a);
	SOCKET b = member(SOCK_DGRAM, id);

	EXPECT_EQ(0, id_of(none));
	EXPECT(id > SG_CONSTRAINED_GROUP);
	EXPECT_EQ(id, id_of(b));
	EXPECT(id_of(other) != id);
	EXPECT_OK(closesocket(none));
	EXPECT_OK(closesocket(other));

	/* It lives as long as one of them. */
	EXPECT_OK(closesocket(a));
	a = member(SOCK_STREAM, id);
	EXPECT_OK(closesocket(b));
	EXPECT_OK(closesocket(a));
	EXPECT_NO_SOCKET(WSAEINVAL,
			 WSASocketA(AF_INET, SOCK_STREAM, 0, NULL, id, 0));
}

/* [WSASocketA WSAEINVAL] */
static void no_such_group_WSAEINVAL(void)
{
	EXPECT_NO_SOCKET(WSAEINVAL, WSASocketA(AF_INET, SOCK_STREAM, 0, NULL,
					       NO_GROUP, 0));
	EXPECT_NO_SOCKET(WSAEINVAL, WSASocketW(AF_INET, SOCK_STREAM, 0, NULL,
					       0xffffffff, 0));
}

/* Streams of one kind. */
static void constrained_members(void)
{
	SOCKET a = member(SOCK_STREAM, SG_CONSTRAINED_GROUP);
	GROUP id = id_of(a);
	SOCKET b = member(SOCK_STREAM, id);

	EXPECT_EQ(id, id_of(b));
	EXPECT_NO_SOCKET(WSAEINVAL, WSASocketA(AF_INET, SOCK_DGRAM, 0, NULL,
					       SG_CONSTRAINED_GROUP, 0));
	EXPECT_NO_SOCKET(WSAEINVAL,
			 WSASocketA(AF_INET, SOCK_DGRAM, 0, NULL, id, 0));
	EXPECT_NO_SOCKET(WSAEINVAL,
			 WSASocketA(AF_INET6, SOCK_STREAM, 0, NULL, id, 0));
	EXPECT_OK(closesocket(a));
	EXPECT_OK(closesocket(b));
}

/* A destination that its group does not have [WSAConnect WSAEINVAL]. */
static void constrained_destinations(void)
{
	SOCKET lsn = socket(AF_INET, SOCK_STREAM, 0);
	SOCKET a = member(SOCK_STREAM, SG_CONSTRAINED_GROUP);
	SOCKET b = member(SOCK_STREAM, id_of(a));
	struct sockaddr_in to, elsewhere;
	int len = sizeof(to);

	memset(&to, 0, sizeof(to));
	to.sin_family = AF_INET;
	EXPECT_OK(bind(lsn, (SOCKADDR *)&to, sizeof(to)));
	EXPECT_OK(listen(lsn, 5));
	EXPECT_OK(getsockname(lsn, (SOCKADDR *)&to, &len));
	to.sin_addr.s_addr = htonl(0x7f000001);
	elsewhere = to;
	elsewhere.sin_addr.s_addr = htonl(0x7f000002);
	EXPECT_OK(connect(a, (SOCKADDR *)&to, sizeof(to)));
	EXPECT_FAIL(WSAEINVAL, WSAConnect(b, (SOCKADDR *)&elsewhere,
					  sizeof(elsewhere), NULL, NULL, NULL,
					  NULL));
	EXPECT_OK(WSAConnect(b, (SOCKADDR *)&to, sizeof(to), NULL, NULL, NULL,
			     NULL));
	EXPECT_OK(closesocket(a));
	EXPECT_OK(closesocket(b));
	EXPECT_OK(closesocket(lsn));
}

/* Of sockets that are in one; Windows makes nothing of it. */
static void priority(void)
{
	SOCKET s = member(SOCK_STREAM, SG_UNCONSTRAINED_GROUP);
	SOCKET none = socket(AF_INET, SOCK_STREAM, 0);
	int value = POISON, len = sizeof(value);

	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_GROUP_PRIORITY, (char *)&value,
			     &len));
	EXPECT_EQ(0, value);
	value = 5;
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_GROUP_PRIORITY, (char *)&value,
			     sizeof(value)));
	value = 0;
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_GROUP_PRIORITY, (char *)&value,
			     &len));
	EXPECT_EQ(5, value);
	EXPECT_FAIL(WSAENOPROTOOPT, getsockopt(none, SOL_SOCKET,
					       SO_GROUP_PRIORITY,
					       (char *)&value, &len));
	EXPECT_FAIL(WSAENOPROTOOPT, setsockopt(s, SOL_SOCKET, SO_GROUP_ID,
					       (char *)&value, sizeof(value)));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(none));
}

/* Accepts into the group that it is told. */
static int CALLBACK choose(LPWSABUF caller, LPWSABUF caller_data, LPQOS sqos,
			   LPQOS gqos, LPWSABUF callee, LPWSABUF callee_data,
			   GROUP *group, DWORD_PTR context)
{
	(void)caller;
	(void)caller_data;
	(void)sqos;
	(void)gqos;
	(void)callee;
	(void)callee_data;
	EXPECT_EQ(0, *group);
	*group = (GROUP)context;
	return CF_ACCEPT;
}

static void chosen_by_a_condition_function(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);
	SOCKET c[4], s[4];
	int i;

	for (i = 0; i < 4; i++)
		c[i] = api_client(&a);
	s[0] = WSAAccept(lsn, NULL, NULL, choose, 0);
	EXPECT_EQ(0, id_of(s[0]));
	s[1] = WSAAccept(lsn, NULL, NULL, choose, SG_UNCONSTRAINED_GROUP);
	EXPECT(id_of(s[1]) > SG_CONSTRAINED_GROUP);
	/* there is none such: it stays */
	EXPECT_NO_SOCKET(WSAEINVAL,
			 WSAAccept(lsn, NULL, NULL, choose, NO_GROUP));
	s[2] = WSAAccept(lsn, NULL, NULL, choose, id_of(s[1]));
	EXPECT_EQ(id_of(s[1]), id_of(s[2]));
	s[3] = accept(lsn, NULL, NULL);
	EXPECT_EQ(0, id_of(s[3]));
	for (i = 0; i < 4; i++) {
		EXPECT_OK(closesocket(s[i]));
		EXPECT_OK(closesocket(c[i]));
	}
	EXPECT_OK(closesocket(lsn));
}

/* A peer elsewhere does not get into a constrained one, and stays queued. */
static void constrained_by_a_condition_function(void)
{
	struct sockaddr_in from;
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);
	SOCKET close_by = api_client(&a), far_off, s[2];
	DWORD_PTR id;

	s[0] = WSAAccept(lsn, NULL, NULL, choose, SG_CONSTRAINED_GROUP);
	id = id_of(s[0]);
	EXPECT(id > SG_CONSTRAINED_GROUP);
	memset(&from, 0, sizeof(from));
	from.sin_family = AF_INET;
	from.sin_addr.s_addr = htonl(0x7f000002);
	far_off = socket(AF_INET, SOCK_STREAM, 0);
	EXPECT_OK(bind(far_off, (SOCKADDR *)&from, sizeof(from)));
	EXPECT_OK(connect(far_off, (SOCKADDR *)&a.name, a.len));
	EXPECT_NO_SOCKET(WSAEINVAL, WSAAccept(lsn, NULL, NULL, choose, id));
	s[1] = WSAAccept(lsn, NULL, NULL, choose, 0);
	EXPECT(s[1] != INVALID_SOCKET);
	EXPECT_OK(closesocket(s[0]));
	EXPECT_OK(closesocket(s[1]));
	EXPECT_OK(closesocket(close_by));
	EXPECT_OK(closesocket(far_off));
	EXPECT_OK(closesocket(lsn));
}

static const struct api_test tests[] = {
	{ "group.made_and_joined", made_and_joined },
	{ "group.no_such_group_WSAEINVAL", no_such_group_WSAEINVAL },
	{ "group.constrained_members", constrained_members },
	{ "group.constrained_destinations_WSAEINVAL",
	  constrained_destinations },
	{ "group.priority", priority },
	{ "group.chosen_by_a_condition_function",
	  chosen_by_a_condition_function },
	{ "group.constrained_by_a_condition_function",
	  constrained_by_a_condition_function },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
