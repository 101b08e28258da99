/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Multicast groups on the loopback interface: who sends, who receives, and
 * whether what is sent to a group arrives.
 */
#ifndef API_CAST_H
#define API_CAST_H

#include "api_test.h"

/* Addresses, in host order. */
#define GROUP		0xef010203u	/* 239.1.2.3 */
#define NO_GROUP	0x0a010203u
#define STRANGER	0x0a090909u
#define LOOPBACK	0x7f000001u

/* The loopback interface is the first everywhere; and one that is none. */
#define INDEX		1
#define NO_INDEX	0xfffffe

static inline int set(SOCKET s, int level, int name, DWORD value)
{
	return setsockopt(s, level, name, (char *)&value, sizeof(value));
}

static inline void fill(struct sockaddr_storage *ss, int family, DWORD address)
{
	struct sockaddr_in *in = (struct sockaddr_in *)ss;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)ss;

	memset(ss, 0, sizeof(*ss));
	ss->ss_family = (unsigned short)family;
	if (family == AF_INET)
		in->sin_addr.s_addr = htonl(address);
	else
		inet_pton(AF_INET6, address == GROUP ? "ff05::1:2:3" :
				    address == STRANGER ? "2001:db8::9" : "::1",
			  &in6->sin6_addr);
}

static inline int level_of(int family)
{
	return family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
}

/* MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP. */
static inline int group(SOCKET s, int family, int name, DWORD address,
			DWORD index)
{
	struct group_req req;

	req.gr_interface = index;
	fill(&req.gr_group, family, address);
	return setsockopt(s, level_of(family), name, (char *)&req,
			  sizeof(req));
}

/* MCAST_JOIN_SOURCE_GROUP and its like. */
static inline int group_source(SOCKET s, int family, int name, DWORD from)
{
	struct group_source_req req;

	req.gsr_interface = INDEX;
	fill(&req.gsr_group, family, GROUP);
	fill(&req.gsr_source, family, from);
	return setsockopt(s, level_of(family), name, (char *)&req,
			  sizeof(req));
}

/* A receiver on all addresses, and one who sends to it and to the group. */
struct cast {
	SOCKET receiver;
	SOCKET sender;
	SOCKET direct;
};

static inline void open_cast(struct cast *c)
{
	struct sockaddr_in in;
	int len = sizeof(in);

	memset(&in, 0, sizeof(in));
	in.sin_family = AF_INET;
	c->receiver = socket(AF_INET, SOCK_DGRAM, 0);
	c->sender = socket(AF_INET, SOCK_DGRAM, 0);
	c->direct = socket(AF_INET, SOCK_DGRAM, 0);
	EXPECT_OK(bind(c->receiver, (struct sockaddr *)&in, len));
	EXPECT_OK(getsockname(c->receiver, (struct sockaddr *)&in, &len));
	in.sin_addr.s_addr = htonl(LOOPBACK);
	EXPECT_OK(connect(c->direct, (struct sockaddr *)&in, len));
	EXPECT_OK(set(c->sender, IPPROTO_IP, IP_MULTICAST_IF,
		      htonl(LOOPBACK)));
	in.sin_addr.s_addr = htonl(GROUP);
	EXPECT_OK(connect(c->sender, (struct sockaddr *)&in, len));
}

static inline void close_cast(struct cast *c)
{
	EXPECT_OK(closesocket(c->receiver));
	EXPECT_OK(closesocket(c->sender));
	EXPECT_OK(closesocket(c->direct));
}

/* Whether the group reaches the receiver: what follows arrives in any case. */
static inline int arrives(struct cast *c)
{
	char byte = 0;

	EXPECT_EQ(1, send(c->sender, "g", 1, 0));
	EXPECT_EQ(1, send(c->direct, "d", 1, 0));
	EXPECT_EQ(1, recv(c->receiver, &byte, 1, 0));
	if (byte == 'd')
		return 0;
	EXPECT_EQ('g', byte);
	EXPECT_EQ(1, recv(c->receiver, &byte, 1, 0));
	EXPECT_EQ('d', byte);
	return 1;
}

#endif /* API_CAST_H */
