/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Listeners and connected pairs on the loopback interface, over either family.
 */
#ifndef API_PEER_H
#define API_PEER_H

#include "api_test.h"

struct api_addr {
	struct sockaddr_storage name;
	int len;
};

/* The loopback address, port 0. */
static void api_loopback(int family, struct api_addr *a)
{
	struct sockaddr_in *in = (struct sockaddr_in *)&a->name;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&a->name;

	memset(a, 0, sizeof(*a));
	a->name.ss_family = (unsigned short)family;
	if (family == AF_INET) {
		in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		a->len = sizeof(*in);
	} else {
		in6->sin6_addr = in6addr_loopback;
		a->len = sizeof(*in6);
	}
}

/* A listening socket; *a becomes its address. */
static inline SOCKET api_listener(int family, struct api_addr *a)
{
	SOCKET s = socket(family, SOCK_STREAM, IPPROTO_TCP);

	EXPECT(s != INVALID_SOCKET);
	api_loopback(family, a);
	EXPECT_EQ(0, bind(s, (struct sockaddr *)&a->name, a->len));
	EXPECT_EQ(0, listen(s, SOMAXCONN));
	EXPECT_EQ(0, getsockname(s, (struct sockaddr *)&a->name, &a->len));
	return s;
}

/* A socket connected to *a. */
static inline SOCKET api_client(const struct api_addr *a)
{
	SOCKET s = socket(a->name.ss_family, SOCK_STREAM, IPPROTO_TCP);

	EXPECT(s != INVALID_SOCKET);
	EXPECT_EQ(0, connect(s, (const struct sockaddr *)&a->name, a->len));
	return s;
}

/* The port of a name, as it stands there. */
static inline int api_port(const struct sockaddr_storage *name)
{
	return ((const struct sockaddr_in *)name)->sin_port;
}

#endif /* API_PEER_H */
