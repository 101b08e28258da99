// SPDX-License-Identifier: GPL-2.0-only
/*
 * When handles, ports or memory run out, by limits and a network of the
 * program's own.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "api_peer.h"
#include "ws_fault.h"

#define FAULTS_MAX	2000	/* far more than any path has */

/* Whether the connection that was accepted is @c's. */
static int is_peer_of(SOCKET s, SOCKET c)
{
	struct sockaddr_storage far, near;
	int far_len = sizeof(far), near_len = sizeof(near);

	return !getpeername(s, (struct sockaddr *)&far, &far_len) &&
	       !getsockname(c, (struct sockaddr *)&near, &near_len) &&
	       api_port(&far) == api_port(&near);
}

/* [WSAAccept WSAEMFILE, accept WSAEMFILE]: no connection is lost by it */
static void handles_for_connections(void)
{
	struct rlimit before, limit;
	SOCKET lsn, c[2], s;
	struct api_addr a;
	u_long on = 1;
	int i;

	lsn = api_listener(AF_INET, &a);
	c[0] = api_client(&a);
	c[1] = api_client(&a);
	EXPECT_OK(ioctlsocket(lsn, FIONBIO, &on));
	EXPECT_EQ(0, getrlimit(RLIMIT_NOFILE, &before));
	limit = before;
	limit.rlim_cur = 3;	/* as many as there are */
	limit.rlim_max = 3;
	EXPECT_EQ(0, setrlimit(RLIMIT_NOFILE, &limit));
	EXPECT_NO_SOCKET(WSAEMFILE, WSAAccept(lsn, NULL, NULL, NULL, 0));
	EXPECT_NO_SOCKET(WSAEMFILE, accept(lsn, NULL, NULL));
	EXPECT_NO_SOCKET(WSAEMFILE, WSAAccept(lsn, NULL, NULL, NULL, 0));
	EXPECT_EQ(0, setrlimit(RLIMIT_NOFILE, &before));
	for (i = 0; i < 2; i++) {
		s = WSAAccept(lsn, NULL, NULL, NULL, 0);
		EXPECT(is_peer_of(s, c[i]));
	}
	/* An empty queue is none too few handles. */
	EXPECT_EQ(0, setrlimit(RLIMIT_NOFILE, &limit));
	EXPECT_NO_SOCKET(WSAEWOULDBLOCK, WSAAccept(lsn, NULL, NULL, NULL, 0));
	EXPECT_EQ(0, setrlimit(RLIMIT_NOFILE, &before));
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (EXPECT(file))
		EXPECT(fputs(text, file) >= 0 && !fclose(file));
}

#define PORTS		"/proc/sys/net/ipv4/ip_local_port_range"
#define MANY_PORTS	"32768 60999"
#define NO_IPV6		"/proc/sys/net/ipv6/conf/all/disable_ipv6"

/*
 * The one port that there is from now on, bound.  Never the same again: the
 * stack keeps it after a connection.
 */
static SOCKET take_port(int family, int type, struct api_addr *a)
{
	static int port = 40000;
	SOCKET s = socket(family, type, 0);
	char range[24];

	port++;
	snprintf(range, sizeof(range), "%d %d", port, port);
	put(PORTS, range);
	api_loopback(family, a);
	EXPECT_OK(bind(s, (struct sockaddr *)&a->name, a->len));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&a->name, &a->len));
	EXPECT_EQ(port, ntohs(api_port(&a->name)));
	return s;
}

/*
 * A port that the system is to choose, of which there is none (README.md in
 * conformance/).  [bind WSAENOBUFS, connect WSAENOBUFS, WSAConnect WSAENOBUFS]
 */
static void ports_for_streams(int family)
{
	struct api_addr to, taken, any;
	SOCKET lsn, s, holder;

	lsn = api_listener(family, &to);
	holder = take_port(family, SOCK_STREAM, &taken);
	s = socket(family, SOCK_STREAM, 0);
	api_loopback(family, &any);
	EXPECT_FAIL(WSAENOBUFS, bind(s, (struct sockaddr *)&any.name, any.len));
	EXPECT_FAIL(WSAENOBUFS, connect(s, (struct sockaddr *)&to.name,
					to.len));
	EXPECT_FAIL(WSAENOBUFS, WSAConnect(s, (struct sockaddr *)&to.name,
					   to.len, NULL, NULL, NULL, NULL));
	EXPECT_OK(closesocket(holder));
	EXPECT_OK(WSAConnect(s, (struct sockaddr *)&to.name, to.len, NULL,
			     NULL, NULL, NULL));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(lsn));
	put(PORTS, MANY_PORTS);
}

static void ports_for_streams_ipv4(void)
{
	ports_for_streams(AF_INET);
}

static void ports_for_streams_ipv6(void)
{
	ports_for_streams(AF_INET6);
}

/* [sendto WSAENOBUFS, WSASendTo WSAENOBUFS], and no wait for a port */
static void ports_for_datagrams(int family)
{
	SOCKET holder, s;
	struct api_addr to;
	u_long on = 1;
	WSABUF data;
	DWORD sent;

	data.buf = (char *)"x";
	data.len = 1;
	holder = take_port(family, SOCK_DGRAM, &to);
	s = socket(family, SOCK_DGRAM, 0);
	EXPECT_FAIL(WSAENOBUFS, sendto(s, "x", 1, 0,
				       (struct sockaddr *)&to.name, to.len));
	EXPECT_FAIL(WSAENOBUFS, WSASendTo(s, &data, 1, &sent, 0,
					  (struct sockaddr *)&to.name, to.len,
					  NULL, NULL));
	EXPECT_FAIL(WSAENOBUFS, connect(s, (struct sockaddr *)&to.name,
					to.len));
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_FAIL(WSAENOBUFS, sendto(s, "x", 1, 0,
				       (struct sockaddr *)&to.name, to.len));
	/* and it is not bound by that */
	EXPECT_FAIL(WSAEINVAL, getsockname(s, (struct sockaddr *)&to.name,
					   &to.len));
	EXPECT_OK(closesocket(holder));
	EXPECT_EQ(1, sendto(s, "x", 1, 0, (struct sockaddr *)&to.name, to.len));
	EXPECT_OK(closesocket(s));
	put(PORTS, MANY_PORTS);
}

static void ports_for_datagrams_ipv4(void)
{
	ports_for_datagrams(AF_INET);
}

static void ports_for_datagrams_ipv6(void)
{
	ports_for_datagrams(AF_INET6);
}

/* No address to speak from is something else. */
static void no_address_WSAEADDRNOTAVAIL(void)
{
	SOCKET s = socket(AF_INET6, SOCK_STREAM, 0);
	struct api_addr to;

	api_loopback(AF_INET6, &to);
	((struct sockaddr_in6 *)&to.name)->sin6_port = htons(9);
	put(NO_IPV6, "1");
	EXPECT_FAIL(WSAEADDRNOTAVAIL, connect(s, (struct sockaddr *)&to.name,
					      to.len));
	put(NO_IPV6, "0");
	EXPECT_OK(closesocket(s));
}

/* [WSAAccept WSAENOBUFS]: whatever of it fails, the connection stays */
static void memory_for_connections(void)
{
	int failures = 0, nth, fault, hit = 1, error;
	SOCKET lsn, c, s = INVALID_SOCKET;
	struct api_addr a;

	if (!ws_fault_possible()) {
		api_skipped = "this kernel has no fail-nth";
		return;
	}
	ws_fault_allow();
	lsn = api_listener(AF_INET, &a);
	for (nth = 1; hit && nth < FAULTS_MAX; nth++) {
		c = api_client(&a);
		fault = ws_fault_begin(nth);
		s = WSAAccept(lsn, NULL, NULL, NULL, 0);
		error = WSAGetLastError();
		hit = ws_fault_end(fault);
		if (s == INVALID_SOCKET) {
			failures += error == WSAENOBUFS;
			if (error != WSAEFAULT)
				EXPECT_EQ(WSAENOBUFS, error);
			s = WSAAccept(lsn, NULL, NULL, NULL, 0);
		}
		EXPECT(is_peer_of(s, c));
		closesocket(s);
		closesocket(c);
	}
	EXPECT(!hit);
	EXPECT(failures > 0);
}

static const char *set_up(void)
{
	if (unshare(CLONE_NEWNET))
		return "needs root";
	return system("ip link set lo up") ? "needs ip, of iproute2" : NULL;
}

static const struct api_test tests[] = {
	{ "shortage.ports.for_streams_ipv4", ports_for_streams_ipv4 },
	{ "shortage.ports.for_streams_ipv6", ports_for_streams_ipv6 },
	{ "shortage.ports.for_datagrams_ipv4", ports_for_datagrams_ipv4 },
	{ "shortage.ports.for_datagrams_ipv6", ports_for_datagrams_ipv6 },
	{ "shortage.ports.no_address_WSAEADDRNOTAVAIL",
	  no_address_WSAEADDRNOTAVAIL },
	{ "shortage.handles.for_connections", handles_for_connections },
	{ "shortage.memory.for_connections", memory_for_connections },
};

int main(void)
{
	return api_run_unless(set_up(), tests, ARRAY_SIZE(tests));
}
