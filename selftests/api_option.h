/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading and setting options, and sockets to try them on.
 */
#ifndef API_OPTION_H
#define API_OPTION_H

#include "api_peer.h"

#include <mswsock.h>

/* Newer than some compilers' headers. */
#ifndef SO_BSP_STATE
#define SO_BSP_STATE			0x1009
#endif
#ifndef SO_PAUSE_ACCEPT
#define SO_PAUSE_ACCEPT			0x3003
#endif
#ifndef SO_RANDOMIZE_PORT
#define SO_RANDOMIZE_PORT		0x3005
#endif
#ifndef SO_REUSE_UNICASTPORT
#define SO_REUSE_UNICASTPORT		0x3007
#endif
#ifndef TCP_MAXSEG
#define TCP_MAXSEG			4
#endif
#ifndef TCP_KEEPCNT
#define TCP_KEEPIDLE			3
#define TCP_KEEPCNT			16
#endif
#ifndef TCP_FAIL_CONNECT_ON_ICMP_ERROR
#define TCP_FAIL_CONNECT_ON_ICMP_ERROR	18
#define TCP_ICMP_ERROR_INFO		19
#endif
#ifndef UDP_SEND_MSG_SIZE
#define UDP_SEND_MSG_SIZE		2
#endif

/* A number that no option has, and so room for what reads nothing. */
#define UNREAD	0x5a5a5a5a

static inline DWORD get(SOCKET s, int level, int name)
{
	DWORD value = 0;
	int len = sizeof(value);

	EXPECT_OK(getsockopt(s, level, name, (char *)&value, &len));
	return value;
}

static inline int set(SOCKET s, int level, int name, DWORD value)
{
	return setsockopt(s, level, name, (char *)&value, sizeof(value));
}

/* A get that fails writes nothing. */
static inline void get_fails(int code, SOCKET s, int level, int name)
{
	DWORD value = UNREAD;
	int len = sizeof(value);

	EXPECT_FAIL(code, getsockopt(s, level, name, (char *)&value, &len));
	EXPECT_EQ(UNREAD, value);
}

static inline SOCKET tcp(void)
{
	return socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
}

static inline SOCKET udp(void)
{
	return socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
}

/* A UDP socket on the loopback interface, and where. */
static inline SOCKET bound(int family, struct api_addr *a)
{
	SOCKET s = socket(family, SOCK_DGRAM, IPPROTO_UDP);

	api_loopback(family, a);
	EXPECT_OK(bind(s, (struct sockaddr *)&a->name, a->len));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&a->name, &a->len));
	return s;
}

/* The two ends of a connection, and what it was accepted from. */
struct pair {
	SOCKET listener;
	SOCKET client;
	SOCKET server;
};

static inline void connected(int family, struct pair *p)
{
	struct api_addr a;

	p->listener = api_listener(family, &a);
	p->client = api_client(&a);
	p->server = accept(p->listener, NULL, NULL);
	EXPECT(p->server != INVALID_SOCKET);
}

static inline void disconnect(struct pair *p)
{
	EXPECT_OK(closesocket(p->client));
	EXPECT_OK(closesocket(p->server));
	EXPECT_OK(closesocket(p->listener));
}

#endif /* API_OPTION_H */
