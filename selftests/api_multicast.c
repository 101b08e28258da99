// SPDX-License-Identifier: GPL-2.0-only
/*
 * Multicast groups: joining, leaving, choosing sources, by each of the
 * structures that setsockopt takes, on the loopback interface.
 */
#include "api_cast.h"

static DWORD get(SOCKET s, int level, int name)
{
	DWORD value = 0;
	int len = sizeof(value);

	EXPECT_OK(getsockopt(s, level, name, (char *)&value, &len));
	return value;
}

/* IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP. */
static int member(SOCKET s, int name, DWORD group, DWORD interface_)
{
	struct ip_mreq mreq;

	mreq.imr_multiaddr.s_addr = htonl(group);
	mreq.imr_interface.s_addr = htonl(interface_);
	return setsockopt(s, IPPROTO_IP, name, (char *)&mreq, sizeof(mreq));
}

/* IP_ADD_SOURCE_MEMBERSHIP and its like. */
static int source(SOCKET s, int name, DWORD from, DWORD interface_)
{
	struct ip_mreq_source mreq;

	mreq.imr_multiaddr.s_addr = htonl(GROUP);
	mreq.imr_sourceaddr.s_addr = htonl(from);
	mreq.imr_interface.s_addr = htonl(interface_);
	return setsockopt(s, IPPROTO_IP, name, (char *)&mreq, sizeof(mreq));
}

static void member_receives_until_it_leaves(void)
{
	/* An interface by its address, and by its index as 0.0.0.1. */
	static const DWORD interfaces[] = { LOOPBACK, INDEX };
	struct cast c;
	int i;

	open_cast(&c);
	for (i = 0; i < ARRAY_SIZE(interfaces); i++) {
		EXPECT(!arrives(&c));
		EXPECT_OK(member(c.receiver, IP_ADD_MEMBERSHIP, GROUP,
				 interfaces[i]));
		EXPECT(arrives(&c));
		EXPECT_OK(member(c.receiver, IP_DROP_MEMBERSHIP, GROUP,
				 interfaces[i]));
	}
	EXPECT_OK(group(c.receiver, AF_INET, MCAST_JOIN_GROUP, GROUP, INDEX));
	EXPECT(arrives(&c));
	EXPECT_OK(group(c.receiver, AF_INET, MCAST_LEAVE_GROUP, GROUP, INDEX));
	EXPECT(!arrives(&c));
	close_cast(&c);
}

static void only_the_source_that_was_chosen(void)
{
	static const DWORD interfaces[] = { LOOPBACK, INDEX };
	struct cast c;
	int i;

	open_cast(&c);
	for (i = 0; i < ARRAY_SIZE(interfaces); i++) {
		EXPECT_OK(source(c.receiver, IP_ADD_SOURCE_MEMBERSHIP,
				 STRANGER, interfaces[i]));
		EXPECT(!arrives(&c));
		EXPECT_OK(source(c.receiver, IP_ADD_SOURCE_MEMBERSHIP,
				 LOOPBACK, interfaces[i]));
		EXPECT(arrives(&c));
		EXPECT_OK(source(c.receiver, IP_DROP_SOURCE_MEMBERSHIP,
				 LOOPBACK, interfaces[i]));
		EXPECT(!arrives(&c));
		EXPECT_OK(source(c.receiver, IP_DROP_SOURCE_MEMBERSHIP,
				 STRANGER, interfaces[i]));
	}
	EXPECT_OK(group_source(c.receiver, AF_INET, MCAST_JOIN_SOURCE_GROUP,
			       LOOPBACK));
	EXPECT(arrives(&c));
	EXPECT_OK(group_source(c.receiver, AF_INET, MCAST_LEAVE_SOURCE_GROUP,
			       LOOPBACK));
	EXPECT(!arrives(&c));
	close_cast(&c);
}

static void not_from_a_source_that_is_blocked(void)
{
	struct cast c;

	open_cast(&c);
	EXPECT_OK(member(c.receiver, IP_ADD_MEMBERSHIP, GROUP, LOOPBACK));
	EXPECT_OK(source(c.receiver, IP_BLOCK_SOURCE, LOOPBACK, LOOPBACK));
	EXPECT(!arrives(&c));
	EXPECT_OK(source(c.receiver, IP_UNBLOCK_SOURCE, LOOPBACK, LOOPBACK));
	EXPECT(arrives(&c));
	EXPECT_OK(group_source(c.receiver, AF_INET, MCAST_BLOCK_SOURCE,
			       LOOPBACK));
	EXPECT(!arrives(&c));
	EXPECT_OK(group_source(c.receiver, AF_INET, MCAST_UNBLOCK_SOURCE,
			       LOOPBACK));
	EXPECT(arrives(&c));
	close_cast(&c);
}

static void groups_of_IPv6(void)
{
	SOCKET s = socket(AF_INET6, SOCK_DGRAM, 0);
	struct sockaddr_storage ss;
	struct ipv6_mreq mreq;

	fill(&ss, AF_INET6, GROUP);
	mreq.ipv6mr_multiaddr = ((struct sockaddr_in6 *)&ss)->sin6_addr;
	mreq.ipv6mr_interface = INDEX;
	EXPECT_OK(setsockopt(s, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP,
			     (char *)&mreq, sizeof(mreq)));
	EXPECT_FAIL(WSAEINVAL, setsockopt(s, IPPROTO_IPV6, IPV6_JOIN_GROUP,
					  (char *)&mreq, sizeof(mreq)));
	EXPECT_FAIL(WSAEINVAL, group(s, AF_INET6, MCAST_JOIN_GROUP, GROUP,
				     INDEX));
	EXPECT_OK(group(s, AF_INET6, MCAST_LEAVE_GROUP, GROUP, INDEX));
	EXPECT_FAIL(WSAEADDRNOTAVAIL,
		    setsockopt(s, IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP,
			       (char *)&mreq, sizeof(mreq)));
	EXPECT_OK(group_source(s, AF_INET6, MCAST_JOIN_SOURCE_GROUP,
			       LOOPBACK));
	EXPECT_OK(group_source(s, AF_INET6, MCAST_LEAVE_SOURCE_GROUP,
			       LOOPBACK));
	closesocket(s);
}

/*
 * No group, no interface, no membership, one that is there.
 * [setsockopt WSAEINVAL]
 */
static void bad_membership_WSAEINVAL_or_WSAEADDRNOTAVAIL(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
	SOCKET t = socket(AF_INET, SOCK_STREAM, 0);

	EXPECT_FAIL(WSAEINVAL, member(s, IP_ADD_MEMBERSHIP, NO_GROUP,
				      LOOPBACK));
	EXPECT_FAIL(WSAEADDRNOTAVAIL, member(s, IP_ADD_MEMBERSHIP, GROUP,
					     NO_INDEX));
	EXPECT_FAIL(WSAEADDRNOTAVAIL, member(s, IP_ADD_MEMBERSHIP, GROUP,
					     STRANGER));
	EXPECT_FAIL(WSAEADDRNOTAVAIL, member(s, IP_DROP_MEMBERSHIP, GROUP,
					     LOOPBACK));
	EXPECT_OK(member(s, IP_ADD_MEMBERSHIP, GROUP, LOOPBACK));
	EXPECT_FAIL(WSAEINVAL, member(s, IP_ADD_MEMBERSHIP, GROUP, LOOPBACK));
	EXPECT_FAIL(WSAEINVAL, member(s, IP_ADD_MEMBERSHIP, GROUP, INDEX));
	EXPECT_FAIL(WSAEINVAL, group(s, AF_INET, MCAST_JOIN_GROUP, NO_GROUP,
				     INDEX));
	EXPECT_FAIL(WSAEADDRNOTAVAIL, group(s, AF_INET, MCAST_LEAVE_GROUP,
					    GROUP + 1, INDEX));
	EXPECT_FAIL(WSAEINVAL, member(t, IP_ADD_MEMBERSHIP, GROUP, LOOPBACK));
	EXPECT_FAIL(WSAEINVAL, group(t, AF_INET, MCAST_JOIN_GROUP, GROUP,
				     INDEX));
	closesocket(s);
	closesocket(t);
}

/* [setsockopt WSAEFAULT] */
static void short_structure_WSAEFAULT(void)
{
	static const struct {
		int name, size;
	} rows[] = {
		{ IP_ADD_MEMBERSHIP, sizeof(struct ip_mreq) },
		{ IP_DROP_MEMBERSHIP, sizeof(struct ip_mreq) },
		{ IP_ADD_SOURCE_MEMBERSHIP, sizeof(struct ip_mreq_source) },
		{ IP_DROP_SOURCE_MEMBERSHIP, sizeof(struct ip_mreq_source) },
		{ IP_BLOCK_SOURCE, sizeof(struct ip_mreq_source) },
		{ IP_UNBLOCK_SOURCE, sizeof(struct ip_mreq_source) },
		{ MCAST_JOIN_GROUP, sizeof(struct group_req) },
		{ MCAST_LEAVE_GROUP, sizeof(struct group_req) },
		{ MCAST_BLOCK_SOURCE, sizeof(struct group_source_req) },
		{ MCAST_JOIN_SOURCE_GROUP, sizeof(struct group_source_req) },
	};
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
	char room[sizeof(struct group_source_req)];
	int i, len;

	memset(room, 0, sizeof(room));
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		EXPECT_FAIL(WSAEFAULT, setsockopt(s, IPPROTO_IP, rows[i].name,
						  room, rows[i].size - 1));
		EXPECT_FAIL(WSAEFAULT, setsockopt(s, IPPROTO_IP, rows[i].name,
						  NULL, rows[i].size));
		EXPECT_FAIL(WSAEFAULT, setsockopt(s, IPPROTO_IP, rows[i].name,
						  (char *)1, rows[i].size));
		EXPECT_FAIL(WSAENOBUFS, setsockopt(s, IPPROTO_IP, rows[i].name,
						   room, -1));
		len = sizeof(room);
		EXPECT_FAIL(WSAENOPROTOOPT, getsockopt(s, IPPROTO_IP,
						       rows[i].name, room,
						       &len));
	}
	closesocket(s);
}

/* In as an address or as 0.x.x.x, out as an index in host order. */
static void MULTICAST_IF_reads_as_an_index(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);

	EXPECT_EQ(0, get(s, IPPROTO_IP, IP_MULTICAST_IF));
	EXPECT_OK(set(s, IPPROTO_IP, IP_MULTICAST_IF, htonl(LOOPBACK)));
	EXPECT_EQ(INDEX, get(s, IPPROTO_IP, IP_MULTICAST_IF));
	EXPECT_OK(set(s, IPPROTO_IP, IP_MULTICAST_IF, 0));
	EXPECT_EQ(0, get(s, IPPROTO_IP, IP_MULTICAST_IF));
	EXPECT_OK(set(s, IPPROTO_IP, IP_MULTICAST_IF, htonl(INDEX)));
	EXPECT_EQ(INDEX, get(s, IPPROTO_IP, IP_MULTICAST_IF));
	EXPECT_FAIL(WSAEADDRNOTAVAIL, set(s, IPPROTO_IP, IP_MULTICAST_IF,
					  htonl(NO_INDEX)));
	EXPECT_FAIL(WSAEADDRNOTAVAIL, set(s, IPPROTO_IP, IP_MULTICAST_IF,
					  htonl(STRANGER)));
	EXPECT_EQ(INDEX, get(s, IPPROTO_IP, IP_MULTICAST_IF));
	closesocket(s);
}

static void UNICAST_IF_reads_as_an_index(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
	SOCKET s6 = socket(AF_INET6, SOCK_DGRAM, 0);

	EXPECT_OK(set(s, IPPROTO_IP, IP_UNICAST_IF, htonl(INDEX)));
	EXPECT_EQ(INDEX, get(s, IPPROTO_IP, IP_UNICAST_IF));
	EXPECT_FAIL(WSAEADDRNOTAVAIL, set(s, IPPROTO_IP, IP_UNICAST_IF,
					  htonl(NO_INDEX)));
	EXPECT_FAIL(WSAEINVAL, set(s, IPPROTO_IP, IP_UNICAST_IF,
				   htonl(LOOPBACK)));
	EXPECT_EQ(INDEX, get(s, IPPROTO_IP, IP_UNICAST_IF));
	EXPECT_OK(set(s6, IPPROTO_IPV6, IPV6_UNICAST_IF, INDEX));
	EXPECT_EQ(INDEX, get(s6, IPPROTO_IPV6, IPV6_UNICAST_IF));
	EXPECT_OK(set(s6, IPPROTO_IPV6, IPV6_MULTICAST_IF, INDEX));
	EXPECT_EQ(INDEX, get(s6, IPPROTO_IPV6, IPV6_MULTICAST_IF));
	closesocket(s);
	closesocket(s6);
}

#define TEST(name)	{ "api_multicast." #name, name }

static const struct api_test tests[] = {
	TEST(member_receives_until_it_leaves),
	TEST(only_the_source_that_was_chosen),
	TEST(not_from_a_source_that_is_blocked),
	TEST(groups_of_IPv6),
	TEST(bad_membership_WSAEINVAL_or_WSAEADDRNOTAVAIL),
	TEST(short_structure_WSAEFAULT),
	TEST(MULTICAST_IF_reads_as_an_index),
	TEST(UNICAST_IF_reads_as_an_index),
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
