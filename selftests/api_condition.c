// SPDX-License-Identifier: GPL-2.0-only
/*
 * WSAAccept with a condition function.
 */
#include "api_peer.h"
#include <setjmp.h>
#ifndef _WIN32
#include <pthread.h>
#endif

/* Each test runs over both families. */
static int family;

/* What the function is to do, and what it has seen. */
static struct {
	int answer;
	int calls;
	SOCKET listener;
	DWORD_PTR context;
	struct sockaddr_storage caller, callee;
	int caller_len, callee_len;
	SOCKET inner;
	int inner_error;
	jmp_buf out;
} seen;

static void expect(int answer, SOCKET lsn)
{
	memset(&seen, 0, sizeof(seen));
	seen.answer = answer;
	seen.listener = lsn;
	seen.inner = INVALID_SOCKET;
}

static void keep(const WSABUF *buf, struct sockaddr_storage *to, int *len)
{
	*len = (int)buf->len;
	if (EXPECT(buf->len <= sizeof(*to)))
		memcpy(to, buf->buf, buf->len);
}

/* TCP/IP has no data of the caller, and no quality of service. */
static int CALLBACK condition(LPWSABUF caller, LPWSABUF caller_data, LPQOS sqos,
			      LPQOS gqos, LPWSABUF callee, LPWSABUF callee_data,
			      GROUP *group, DWORD_PTR context)
{
	seen.calls++;
	seen.context = context;
	keep(caller, &seen.caller, &seen.caller_len);
	keep(callee, &seen.callee, &seen.callee_len);
	EXPECT(!caller_data || !caller_data->len);
	EXPECT(!sqos);
	EXPECT(!gqos);
	EXPECT(!callee_data || !callee_data->len);
	if (EXPECT(group))
		EXPECT_EQ(0, *group);
	return seen.answer;
}

/* Does accept give the connection of @c?  Closes both. */
static void expect_next(SOCKET lsn, SOCKET c)
{
	struct sockaddr_storage peer, local;
	int len = sizeof(peer);
	SOCKET s = accept(lsn, (struct sockaddr *)&peer, &len);

	EXPECT(s != INVALID_SOCKET);
	len = sizeof(local);
	EXPECT_OK(getsockname(c, (struct sockaddr *)&local, &len));
	EXPECT_EQ(api_port(&local), api_port(&peer));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(c));
}

static void expect_empty(SOCKET lsn)
{
	u_long on = 1;

	EXPECT_OK(ioctlsocket(lsn, FIONBIO, &on));
	EXPECT_NO_SOCKET(WSAEWOULDBLOCK, accept(lsn, NULL, NULL));
	on = 0;
	EXPECT_OK(ioctlsocket(lsn, FIONBIO, &on));
}

static void accepts(void)
{
	struct sockaddr_storage peer, local;
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET c = api_client(&a), s;
	int len = sizeof(peer), own = sizeof(local);
	char byte = 0;

	expect(CF_ACCEPT, lsn);
	WSASetLastError(POISON);
	s = WSAAccept(lsn, (struct sockaddr *)&peer, &len, condition, 4711);
	if (!EXPECT(s != INVALID_SOCKET))
		return;
	EXPECT_EQ(0, WSAGetLastError());
	EXPECT_EQ(1, seen.calls);
	EXPECT_EQ(4711, seen.context);
	EXPECT_OK(getsockname(c, (struct sockaddr *)&local, &own));
	EXPECT_EQ(own, len);
	EXPECT_EQ(0, memcmp(&peer, &local, own));
	EXPECT_EQ(own, seen.caller_len);
	EXPECT_EQ(0, memcmp(&seen.caller, &local, own));
	EXPECT_EQ(a.len, seen.callee_len);
	EXPECT_EQ(0, memcmp(&seen.callee, &a.name, a.len));
	EXPECT_EQ(1, send(c, "x", 1, 0));
	EXPECT_EQ(1, recv(s, &byte, 1, 0));
	EXPECT_EQ('x', byte);
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(c));
	expect_empty(lsn);
	EXPECT_OK(closesocket(lsn));
}

/* [WSAAccept WSAECONNREFUSED] */
static void rejects(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET c = api_client(&a);
	char byte;

	expect(CF_REJECT, lsn);
	EXPECT_NO_SOCKET(WSAECONNREFUSED,
			 WSAAccept(lsn, NULL, NULL, condition, 0));
	EXPECT_EQ(1, seen.calls);
	EXPECT_FAIL(WSAECONNRESET, recv(c, &byte, 1, 0));
	EXPECT_OK(closesocket(c));
	expect_empty(lsn);
	EXPECT_OK(closesocket(lsn));
}

/* A4 [WSAAccept WSATRY_AGAIN] */
static void defers(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET first = api_client(&a), second = api_client(&a);
	int i;

	expect(CF_DEFER, lsn);
	for (i = 1; i < 4; i++) {
		EXPECT_NO_SOCKET(WSATRY_AGAIN,
				 WSAAccept(lsn, NULL, NULL, condition, 0));
		EXPECT_EQ(i, seen.calls);
	}
	expect_next(lsn, first);
	expect_next(lsn, second);
	EXPECT_OK(closesocket(lsn));
}

/* Neither of the three [WSAAccept WSAEINVAL]; and it does not listen. */
static void other_answers_WSAEINVAL(void)
{
	static const int answers[] = { 3, -1, 0x10000 };
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET c = api_client(&a);
	int i;

	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		expect(answers[i], lsn);
		EXPECT_NO_SOCKET(WSAEINVAL,
				 WSAAccept(lsn, NULL, NULL, condition, 0));
		EXPECT_EQ(1, seen.calls);
	}
	EXPECT_NO_SOCKET(WSAEINVAL, WSAAccept(c, NULL, NULL, condition, 0));
	expect_next(lsn, c);
	EXPECT_OK(closesocket(lsn));
}

/*
 * What is wrong before there is a connection: nobody is asked.
 * [WSAAccept WSAENOTSOCK, WSAAccept WSAEOPNOTSUPP, WSAAccept WSAEFAULT]
 * [WSAAccept WSAEWOULDBLOCK, WSAAccept WSANOTINITIALISED]
 */
static void nobody_is_asked(void)
{
	struct sockaddr_storage peer;
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET udp = socket(family, SOCK_DGRAM, IPPROTO_UDP);
	u_long on = 1;
	int len = 1;
	SOCKET c;

	expect(CF_ACCEPT, lsn);
	EXPECT_NO_SOCKET(WSAENOTSOCK, WSAAccept((SOCKET)0x12344, NULL, NULL,
						condition, 0));
	EXPECT_NO_SOCKET(WSAEOPNOTSUPP,
			 WSAAccept(udp, NULL, NULL, condition, 0));
	EXPECT_OK(ioctlsocket(lsn, FIONBIO, &on));
	EXPECT_NO_SOCKET(WSAEWOULDBLOCK,
			 WSAAccept(lsn, NULL, NULL, condition, 0));
	c = api_client(&a);
	EXPECT_NO_SOCKET(WSAEFAULT, WSAAccept(lsn, (struct sockaddr *)&peer,
					      &len, condition, 0));
	EXPECT_EQ(1, len);
	EXPECT_EQ(0, seen.calls);
	expect_next(lsn, c);
	EXPECT_OK(closesocket(udp));
	EXPECT_OK(WSACleanup());
	EXPECT_NO_SOCKET(WSANOTINITIALISED,
			 WSAAccept(lsn, NULL, NULL, condition, 0));
}

/* Whose peer resets, while the function runs. */
static SOCKET resets;

static int CALLBACK resetting(LPWSABUF caller, LPWSABUF caller_data, LPQOS sqos,
			      LPQOS gqos, LPWSABUF callee, LPWSABUF callee_data,
			      GROUP *group, DWORD_PTR context)
{
	LINGER hard = { 1, 0 };
	struct api_addr a;
	SOCKET s;

	(void)caller;
	(void)caller_data;
	(void)sqos;
	(void)gqos;
	(void)callee;
	(void)callee_data;
	(void)group;
	EXPECT_OK(setsockopt(resets, SOL_SOCKET, SO_LINGER, (char *)&hard,
			     sizeof(hard)));
	EXPECT_OK(closesocket(resets));
	/* the handshake of another comes behind the reset */
	s = api_listener(family, &a);
	EXPECT_OK(closesocket(api_client(&a)));
	EXPECT_OK(closesocket(s));
	return (int)context;
}

/* And before it would run.  [WSAAccept WSAECONNRESET] */
static void peer_resets_WSAECONNRESET(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);

	resets = api_client(&a);
	EXPECT_NO_SOCKET(WSAECONNRESET,
			 WSAAccept(lsn, NULL, NULL, resetting, CF_ACCEPT));
	resets = api_client(&a);
	EXPECT_NO_SOCKET(WSATRY_AGAIN,
			 WSAAccept(lsn, NULL, NULL, resetting, CF_DEFER));
	expect(CF_ACCEPT, lsn);
	EXPECT_NO_SOCKET(WSAECONNRESET,
			 WSAAccept(lsn, NULL, NULL, condition, 0));
	EXPECT_EQ(0, seen.calls);
	expect_empty(lsn);
	EXPECT_OK(closesocket(lsn));
}

/* The function accepts the next one from the same listener, in either way. */
static int CALLBACK accepting(LPWSABUF caller, LPWSABUF caller_data, LPQOS sqos,
			      LPQOS gqos, LPWSABUF callee, LPWSABUF callee_data,
			      GROUP *group, DWORD_PTR context)
{
	condition(caller, caller_data, sqos, gqos, callee, callee_data, group,
		  context);
	if (seen.calls > 1)
		return CF_ACCEPT;
	if (context)
		seen.inner = WSAAccept(seen.listener, NULL, NULL, accepting, 0);
	else
		seen.inner = accept(seen.listener, NULL, NULL);
	return seen.answer;
}

static void function_accepts_too(void)
{
	struct sockaddr_storage peer, local;
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET first, second, s;
	int len, way;

	for (way = 0; way < 2; way++) {
		first = api_client(&a);
		second = api_client(&a);
		expect(CF_ACCEPT, lsn);
		len = sizeof(peer);
		s = WSAAccept(lsn, (struct sockaddr *)&peer, &len, accepting,
			      way);
		EXPECT(s != INVALID_SOCKET);
		EXPECT(seen.inner != INVALID_SOCKET && seen.inner != s);
		len = sizeof(local);
		EXPECT_OK(getsockname(first, (struct sockaddr *)&local, &len));
		EXPECT_EQ(api_port(&local), api_port(&peer));
		EXPECT_OK(closesocket(s));
		EXPECT_OK(closesocket(seen.inner));
		EXPECT_OK(closesocket(first));
		EXPECT_OK(closesocket(second));
	}
	expect_empty(lsn);
	EXPECT_OK(closesocket(lsn));
}

static int CALLBACK closing(LPWSABUF caller, LPWSABUF caller_data, LPQOS sqos,
			    LPQOS gqos, LPWSABUF callee, LPWSABUF callee_data,
			    GROUP *group, DWORD_PTR context)
{
	condition(caller, caller_data, sqos, gqos, callee, callee_data, group,
		  context);
	EXPECT_OK(closesocket(seen.listener));
	return seen.answer;
}

/* Whatever the answer, the connection ends with its listener. */
static void function_closes_listener_WSAENOTSOCK(void)
{
	static const int answers[] = { CF_ACCEPT, CF_REJECT, CF_DEFER };
	struct api_addr a;
	SOCKET lsn, c;
	char byte;
	int i;

	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		lsn = api_listener(family, &a);
		c = api_client(&a);
		expect(answers[i], lsn);
		EXPECT_NO_SOCKET(WSAENOTSOCK,
				 WSAAccept(lsn, NULL, NULL, closing, 0));
		EXPECT_FAIL(WSAECONNRESET, recv(c, &byte, 1, 0));
		EXPECT_OK(closesocket(c));
	}
}

static int CALLBACK cleaning(LPWSABUF caller, LPWSABUF caller_data, LPQOS sqos,
			     LPQOS gqos, LPWSABUF callee, LPWSABUF callee_data,
			     GROUP *group, DWORD_PTR context)
{
	condition(caller, caller_data, sqos, gqos, callee, callee_data, group,
		  context);
	EXPECT_OK(WSACleanup());
	return seen.answer;
}

static void function_cleans_up_WSANOTINITIALISED(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);

	api_client(&a);
	expect(CF_ACCEPT, lsn);
	EXPECT_NO_SOCKET(WSANOTINITIALISED,
			 WSAAccept(lsn, NULL, NULL, cleaning, 0));
}

#ifndef _WIN32
/* On Windows a function must come back; here it may not, and then defers. */
static int CALLBACK jumping(LPWSABUF caller, LPWSABUF caller_data, LPQOS sqos,
			    LPQOS gqos, LPWSABUF callee, LPWSABUF callee_data,
			    GROUP *group, DWORD_PTR context)
{
	condition(caller, caller_data, sqos, gqos, callee, callee_data, group,
		  context);
	if (context > 1)
		WSAAccept(seen.listener, NULL, NULL, jumping, context - 1);
	longjmp(seen.out, 1);
}

/* From deeper than where the next call comes from, and through two of them. */
static void function_jumps_out(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET first = api_client(&a), second = api_client(&a);

	expect(CF_ACCEPT, lsn);
	if (!setjmp(seen.out))
		WSAAccept(lsn, NULL, NULL, jumping, 1);
	EXPECT_EQ(1, seen.calls);
	if (!setjmp(seen.out))
		WSAAccept(lsn, NULL, NULL, jumping, 2);
	EXPECT_EQ(3, seen.calls);
	expect_next(lsn, first);
	expect_next(lsn, second);
	EXPECT_OK(closesocket(lsn));
}

static int CALLBACK exiting(LPWSABUF caller, LPWSABUF caller_data, LPQOS sqos,
			    LPQOS gqos, LPWSABUF callee, LPWSABUF callee_data,
			    GROUP *group, DWORD_PTR context)
{
	condition(caller, caller_data, sqos, gqos, callee, callee_data, group,
		  context);
	pthread_exit(NULL);
}

static void *accept_exiting(void *listener)
{
	WSAAccept(*(SOCKET *)listener, NULL, NULL, exiting, 0);
	return NULL;
}

/* Gets what was deferred. */
static void *accept_plain(void *listener)
{
	seen.inner = accept(*(SOCKET *)listener, NULL, NULL);
	return NULL;
}

static void function_ends_its_thread(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(family, &a);
	SOCKET c = api_client(&a);
	pthread_t thread[2];

	expect(CF_ACCEPT, lsn);
	EXPECT_EQ(0, pthread_create(&thread[0], NULL, accept_exiting, &lsn));
	EXPECT_EQ(0, pthread_join(thread[0], NULL));
	EXPECT_EQ(1, seen.calls);
	EXPECT_EQ(0, pthread_create(&thread[1], NULL, accept_plain, &lsn));
	EXPECT_EQ(0, pthread_join(thread[1], NULL));
	EXPECT(seen.inner != INVALID_SOCKET);
	EXPECT_OK(closesocket(seen.inner));
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(lsn));
}
#endif

#define OVER_IPV4(run) static void run##_ipv4(void) { family = AF_INET; run(); }
#define OVER_IPV6(run) static void run##_ipv6(void) { family = AF_INET6; run(); }

OVER_IPV4(accepts)
OVER_IPV6(accepts)
OVER_IPV4(rejects)
OVER_IPV6(rejects)
OVER_IPV4(defers)
OVER_IPV6(defers)
OVER_IPV4(other_answers_WSAEINVAL)
OVER_IPV6(other_answers_WSAEINVAL)
OVER_IPV4(nobody_is_asked)
OVER_IPV6(nobody_is_asked)
OVER_IPV4(peer_resets_WSAECONNRESET)
OVER_IPV6(peer_resets_WSAECONNRESET)
OVER_IPV4(function_accepts_too)
OVER_IPV6(function_accepts_too)
OVER_IPV4(function_closes_listener_WSAENOTSOCK)
OVER_IPV6(function_closes_listener_WSAENOTSOCK)
OVER_IPV4(function_cleans_up_WSANOTINITIALISED)
#ifndef _WIN32
OVER_IPV4(function_jumps_out)
OVER_IPV6(function_jumps_out)
OVER_IPV4(function_ends_its_thread)
#endif

static const struct api_test tests[] = {
	{ "condition.ipv4.accepts", accepts_ipv4 },
	{ "condition.ipv6.accepts", accepts_ipv6 },
	{ "condition.ipv4.rejects_WSAECONNREFUSED", rejects_ipv4 },
	{ "condition.ipv6.rejects_WSAECONNREFUSED", rejects_ipv6 },
	{ "condition.ipv4.defers_WSATRY_AGAIN", defers_ipv4 },
	{ "condition.ipv6.defers_WSATRY_AGAIN", defers_ipv6 },
	{ "condition.ipv4.other_answers_WSAEINVAL",
	  other_answers_WSAEINVAL_ipv4 },
	{ "condition.ipv6.other_answers_WSAEINVAL",
	  other_answers_WSAEINVAL_ipv6 },
	{ "condition.ipv4.nobody_is_asked", nobody_is_asked_ipv4 },
	{ "condition.ipv6.nobody_is_asked", nobody_is_asked_ipv6 },
	{ "condition.ipv4.peer_resets_WSAECONNRESET",
	  peer_resets_WSAECONNRESET_ipv4 },
	{ "condition.ipv6.peer_resets_WSAECONNRESET",
	  peer_resets_WSAECONNRESET_ipv6 },
	{ "condition.ipv4.function_accepts_too", function_accepts_too_ipv4 },
	{ "condition.ipv6.function_accepts_too", function_accepts_too_ipv6 },
	{ "condition.ipv4.function_closes_listener_WSAENOTSOCK",
	  function_closes_listener_WSAENOTSOCK_ipv4 },
	{ "condition.ipv6.function_closes_listener_WSAENOTSOCK",
	  function_closes_listener_WSAENOTSOCK_ipv6 },
	{ "condition.function_cleans_up_WSANOTINITIALISED",
	  function_cleans_up_WSANOTINITIALISED_ipv4 },
#ifndef _WIN32
	{ "condition.ipv4.function_jumps_out", function_jumps_out_ipv4 },
	{ "condition.ipv6.function_jumps_out", function_jumps_out_ipv6 },
	{ "condition.function_ends_its_thread", function_ends_its_thread_ipv4 },
#endif
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
