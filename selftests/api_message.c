// SPDX-License-Identifier: GPL-2.0-only
/*
 * WSASendMsg, WSARecvMsg, WSARecvEx, and what travels beside a datagram.
 */
#include "api_peer.h"
#include <mswsock.h>

/* A datagram socket that sends to itself. */
static SOCKET looped(int family, struct api_addr *a)
{
	SOCKET s = socket(family, SOCK_DGRAM, IPPROTO_UDP);

	EXPECT(s != INVALID_SOCKET);
	api_loopback(family, a);
	EXPECT_EQ(0, bind(s, (struct sockaddr *)&a->name, a->len));
	EXPECT_EQ(0, getsockname(s, (struct sockaddr *)&a->name, &a->len));
	return s;
}

/* WSARecvMsg is known by its GUID alone (I8). */
static LPFN_WSARECVMSG recvmsg_of(SOCKET s)
{
	LPFN_WSARECVMSG function = NULL;
	GUID id = WSAID_WSARECVMSG;
	DWORD n = POISON;

	EXPECT_OK(WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id,
			   sizeof(id), &function, sizeof(function), &n, NULL,
			   NULL));
	EXPECT_EQ(sizeof(function), n);
	return function;
}

/* I9 */
static void extension_unknown(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
	GUID id = WSAID_WSARECVMSG;
	DWORD n = POISON;
	void *function;

	id.Data1++;
	EXPECT_FAIL(WSAEINVAL, WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER,
					&id, sizeof(id), &function,
					sizeof(function), &n, NULL, NULL));
	EXPECT_EQ(POISON, n);
	closesocket(s);
}

struct message {
	WSAMSG msg;
	WSABUF buf;
	char data[16];
	union {
		WSACMSGHDR align;
		char bytes[128];
	} control;
	struct api_addr from;
};

static WSAMSG *message(struct message *m)
{
	memset(m, POISON, sizeof(*m));
	m->buf.len = sizeof(m->data);
	m->buf.buf = m->data;
	m->msg.name = (struct sockaddr *)&m->from.name;
	m->msg.namelen = sizeof(m->from.name);
	m->msg.lpBuffers = &m->buf;
	m->msg.dwBufferCount = 1;
	m->msg.Control.buf = m->control.bytes;
	m->msg.Control.len = sizeof(m->control.bytes);
	m->msg.dwFlags = 0;
	return &m->msg;
}

/*
 * M1, U2, M2: no message or no count [WSASendMsg WSAEFAULT]; a stream; several
 * buffers are one datagram, from a socket that is bound by it.
 */
static void sendmsg_rules(void)
{
	WSABUF parts[] = { { 2, "ab" }, { 0, NULL }, { 3, "cde" } };
	SOCKET stream = socket(AF_INET, SOCK_STREAM, 0);
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
	struct api_addr a, me;
	SOCKET t = looped(AF_INET, &a);
	DWORD n = POISON;
	char buf[16];
	WSAMSG msg;

	memset(&msg, 0, sizeof(msg));
	msg.name = (struct sockaddr *)&a.name;
	msg.namelen = a.len;
	msg.lpBuffers = parts;
	msg.dwBufferCount = 3;
	EXPECT_FAIL(WSAEFAULT, WSASendMsg(s, NULL, 0, &n, NULL, NULL));
	EXPECT_FAIL(WSAEINVAL, WSASendMsg(stream, &msg, 0, &n, NULL, NULL));
	EXPECT_EQ(POISON, n);
	me.len = sizeof(me.name);
	EXPECT_FAIL(WSAEINVAL, getsockname(s, (struct sockaddr *)&me.name,
					   &me.len));
	EXPECT_OK(WSASendMsg(s, &msg, 0, &n, NULL, NULL));
	EXPECT_EQ(5, n);
	EXPECT_OK(getsockname(s, (struct sockaddr *)&me.name, &me.len));
	EXPECT_EQ(5, recv(t, buf, sizeof(buf), 0));
	EXPECT_EQ(0, memcmp(buf, "abcde", 5));
	closesocket(t);
	closesocket(s);
	closesocket(stream);
}

/* M1: the call that has no place for the byte count binds, to a wildcard. */
static void sendmsg_without_a_count_binds(int family)
{
	static const char zero[16];
	SOCKET s = socket(family, SOCK_DGRAM, 0);
	struct sockaddr_in6 *in6;
	struct sockaddr_in *in;
	struct api_addr to, me;
	SOCKET t = looped(family, &to);
	WSABUF one = { 1, "x" };
	u_long on = 1;
	WSAMSG msg;
	int port;
	char byte;

	memset(&msg, 0, sizeof(msg));
	msg.name = (struct sockaddr *)&to.name;
	msg.namelen = to.len;
	msg.lpBuffers = &one;
	msg.dwBufferCount = 1;
	EXPECT_FAIL(WSAEFAULT, WSASendMsg(s, &msg, 0, NULL, NULL, NULL));
	me.len = sizeof(me.name);
	EXPECT_OK(getsockname(s, (struct sockaddr *)&me.name, &me.len));
	in = (struct sockaddr_in *)&me.name;
	in6 = (struct sockaddr_in6 *)&me.name;
	EXPECT_EQ(0, family == AF_INET ? memcmp(&in->sin_addr, zero, 4) :
					 memcmp(&in6->sin6_addr, zero, 16));
	port = api_port(&me.name);
	EXPECT(port);
	EXPECT_FAIL(WSAEFAULT, WSASendMsg(s, &msg, 0, NULL, NULL, NULL));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&me.name, &me.len));
	EXPECT_EQ(port, api_port(&me.name));
	EXPECT_OK(ioctlsocket(t, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(t, &byte, 1, 0));
	closesocket(t);
	closesocket(s);

	/* A stream does not get that far. */
	s = socket(family, SOCK_STREAM, 0);
	EXPECT_FAIL(WSAEFAULT, WSASendMsg(s, &msg, 0, NULL, NULL, NULL));
	EXPECT_FAIL(WSAEINVAL, getsockname(s, (struct sockaddr *)&me.name,
					   &me.len));
	closesocket(s);
}

static void sendmsg_without_a_count_binds_ipv4(void)
{
	sendmsg_without_a_count_binds(AF_INET);
}

static void sendmsg_without_a_count_binds_ipv6(void)
{
	sendmsg_without_a_count_binds(AF_INET6);
}

/*
 * [WSASendMsg WSAENOTCONN, WSASendMsg WSAEFAULT, WSASendMsg WSAEINVAL,
 * WSASendMsg WSAEOPNOTSUPP, WSASendMsg WSAEMSGSIZE, WSASendMsg WSAESHUTDOWN,
 * WSASendMsg WSAENOTSOCK]
 */
static void sendmsg_errors(void)
{
	static char much[70000];
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
	WSABUF one = { 1, much };
	struct api_addr a;
	SOCKET t = looped(AF_INET, &a);
	DWORD n = POISON;
	WSAMSG msg;

	memset(&msg, 0, sizeof(msg));
	msg.lpBuffers = &one;
	msg.dwBufferCount = 1;
	EXPECT_FAIL(WSAENOTCONN, WSASendMsg(s, &msg, 0, &n, NULL, NULL));
	msg.namelen = a.len;
	EXPECT_FAIL(WSAEFAULT, WSASendMsg(s, &msg, 0, &n, NULL, NULL));
	msg.name = (struct sockaddr *)&a.name;
	msg.Control.len = sizeof(WSACMSGHDR);
	EXPECT_FAIL(WSAEFAULT, WSASendMsg(s, &msg, 0, &n, NULL, NULL));
	msg.Control.len = 0;
	EXPECT_FAIL(WSAEINVAL, WSASendMsg(s, &msg, 0x40000, &n, NULL, NULL));
	EXPECT_FAIL(WSAEOPNOTSUPP, WSASendMsg(s, &msg, MSG_PARTIAL, &n, NULL,
					      NULL));
	EXPECT_FAIL(WSAEOPNOTSUPP, WSASendMsg(s, &msg, MSG_OOB, &n, NULL,
					      NULL));
	one.len = sizeof(much);
	EXPECT_FAIL(WSAEMSGSIZE, WSASendMsg(s, &msg, 0, &n, NULL, NULL));
	one.len = 1;
	EXPECT_OK(shutdown(s, SD_SEND));
	EXPECT_FAIL(WSAESHUTDOWN, WSASendMsg(s, &msg, 0, &n, NULL, NULL));
	EXPECT_OK(closesocket(s));
	EXPECT_FAIL(WSAENOTSOCK, WSASendMsg(s, &msg, 0, &n, NULL, NULL));
	EXPECT_EQ(POISON, n);
	closesocket(t);
}

/* M3, Q4: nothing asked for, nothing told; the name as from recvfrom. */
static void recvmsg_without_control(void)
{
	struct api_addr a;
	SOCKET s = looped(AF_INET, &a);
	LPFN_WSARECVMSG recvmsg = recvmsg_of(s);
	struct message m;
	DWORD n = POISON;

	EXPECT_FAIL(WSAEFAULT, recvmsg(s, NULL, &n, NULL, NULL));
	EXPECT_EQ(2, sendto(s, "hi", 2, 0, (struct sockaddr *)&a.name, a.len));
	message(&m);
	EXPECT_FAIL(WSAEFAULT, recvmsg(s, &m.msg, NULL, NULL, NULL));
	m.msg.Control.buf = NULL;
	EXPECT_FAIL(WSAEFAULT, recvmsg(s, &m.msg, &n, NULL, NULL));
	m.msg.Control.len = 0;
	EXPECT_OK(recvmsg(s, &m.msg, &n, NULL, NULL));
	EXPECT_EQ(2, n);
	EXPECT_EQ(0, m.msg.dwFlags);
	EXPECT_EQ(a.len, m.msg.namelen);
	EXPECT_EQ(0, memcmp(&a.name, &m.from.name, a.len));
	EXPECT_EQ(api_port(&a.name), api_port(&m.from.name));

	EXPECT_EQ(2, sendto(s, "ho", 2, 0, (struct sockaddr *)&a.name, a.len));
	message(&m);
	m.msg.name = NULL;
	EXPECT_FAIL(WSAEFAULT, recvmsg(s, &m.msg, &n, NULL, NULL));
	m.msg.namelen = 0;
	EXPECT_OK(recvmsg(s, &m.msg, &n, NULL, NULL));
	EXPECT_EQ(0, m.msg.Control.len);
	EXPECT_EQ(POISON, m.control.bytes[0]);
	closesocket(s);
}

/*
 * [WSARecvMsg WSAEMSGSIZE, WSARecvMsg WSAEINVAL, WSARecvMsg WSAEOPNOTSUPP,
 * WSARecvMsg WSAENOTCONN, WSARecvMsg WSAEWOULDBLOCK]
 */
static void recvmsg_errors(void)
{
	struct api_addr a, b;
	SOCKET s = looped(AF_INET, &a);
	SOCKET unbound = socket(AF_INET, SOCK_DGRAM, 0);
	SOCKET lsn = api_listener(AF_INET, &b);
	SOCKET stream = socket(AF_INET, SOCK_STREAM, 0);
	LPFN_WSARECVMSG recvmsg = recvmsg_of(s);
	struct message m;
	DWORD n = POISON;
	u_long on = 1;

	EXPECT_FAIL(WSAEINVAL, recvmsg(unbound, message(&m), &n, NULL, NULL));
	EXPECT_FAIL(WSAENOTCONN, recvmsg(stream, message(&m), &n, NULL, NULL));
	EXPECT_OK(connect(stream, (struct sockaddr *)&b.name, b.len));
	EXPECT_FAIL(WSAEINVAL, recvmsg(stream, message(&m), &n, NULL, NULL));
	m.msg.dwFlags = MSG_PEEK;
	EXPECT_FAIL(WSAEOPNOTSUPP, recvmsg(stream, &m.msg, &n, NULL, NULL));
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, recvmsg(s, message(&m), &n, NULL, NULL));
	EXPECT_EQ(POISON, n);
	EXPECT_EQ(sizeof(m.control.bytes), m.msg.Control.len);

	EXPECT_EQ(3, sendto(s, "abc", 3, 0, (struct sockaddr *)&a.name, a.len));
	message(&m);
	m.buf.len = 2;
	m.msg.dwFlags = MSG_PEEK;
	EXPECT_FAIL(WSAEMSGSIZE, recvmsg(s, &m.msg, &n, NULL, NULL));
	EXPECT_EQ(2, n);
	EXPECT_EQ(MSG_TRUNC, m.msg.dwFlags);
	EXPECT_EQ('b', m.data[1]);
	EXPECT_EQ(POISON, m.data[2]);
	EXPECT_OK(recvmsg(s, message(&m), &n, NULL, NULL));
	EXPECT_EQ(3, n);

	EXPECT_OK(closesocket(s));
	EXPECT_FAIL(WSAENOTSOCK, recvmsg(s, message(&m), &n, NULL, NULL));
	closesocket(stream);
	closesocket(lsn);
	closesocket(unbound);
}

struct kind {
	int family;
	int level;
	int option;
	int type;
	int size;
};

static const struct kind kinds[] = {
	{ AF_INET, IPPROTO_IP, IP_PKTINFO, IP_PKTINFO, sizeof(IN_PKTINFO) },
	{ AF_INET, IPPROTO_IP, IP_RECVTTL, IP_TTL, sizeof(INT) },
	{ AF_INET, IPPROTO_IP, IP_RECVTOS, IP_TOS, sizeof(INT) },
	{ AF_INET6, IPPROTO_IPV6, IPV6_PKTINFO, IPV6_PKTINFO,
	  sizeof(IN6_PKTINFO) },
	{ AF_INET6, IPPROTO_IPV6, IPV6_HOPLIMIT, IPV6_HOPLIMIT, sizeof(INT) },
	{ AF_INET6, IPPROTO_IPV6, IPV6_RECVTCLASS, IPV6_TCLASS, sizeof(INT) },
};

static void check_kind(const struct kind *k, const WSACMSGHDR *h)
{
	const void *data = WSA_CMSG_DATA(h);
	const IN_PKTINFO *info = data;
	const IN6_PKTINFO *info6 = data;

	switch (k->option) {
	case IP_PKTINFO:	/* and IPV6_PKTINFO */
		if (k->family == AF_INET)
			EXPECT_EQ(htonl(INADDR_LOOPBACK),
				  info->ipi_addr.s_addr);
		else
			EXPECT_EQ(0, memcmp(&info6->ipi6_addr,
					    &in6addr_loopback,
					    sizeof(in6addr_loopback)));
		break;
	case IP_RECVTTL:	/* and IPV6_HOPLIMIT */
		EXPECT(*(const INT *)data >= 32);
		break;
	default:
		EXPECT_EQ(0, *(const INT *)data);
	}
}

/*
 * M5-M9: one option, one header; M4: [WSARecvMsg WSAEMSGSIZE] when it has no
 * room, with the data.
 */
static void recvmsg_kinds(void)
{
	const struct kind *k;
	LPFN_WSARECVMSG recvmsg;
	WSACMSGHDR *h;
	struct api_addr a;
	struct message m;
	INT on = 1;
	int len;
	DWORD n;
	SOCKET s;

	for (k = kinds; k < kinds + ARRAY_SIZE(kinds); k++) {
		s = looped(k->family, &a);
		recvmsg = recvmsg_of(s);
		EXPECT_OK(setsockopt(s, k->level, k->option, (char *)&on,
				     sizeof(on)));
		on = POISON;
		len = sizeof(on);
		EXPECT_OK(getsockopt(s, k->level, k->option, (char *)&on,
				     &len));
		EXPECT_EQ(1, on);
		EXPECT_EQ(6, sendto(s, "hello", 6, 0,
				    (struct sockaddr *)&a.name, a.len));
		EXPECT_OK(recvmsg(s, message(&m), &n, NULL, NULL));
		EXPECT_EQ(6, n);
		EXPECT_EQ(0, m.msg.dwFlags);
		h = WSA_CMSG_FIRSTHDR(&m.msg);
		EXPECT_EQ(k->level, h->cmsg_level);
		EXPECT_EQ(k->type, h->cmsg_type);
		EXPECT_EQ(sizeof(*h) + k->size, h->cmsg_len);
		EXPECT_EQ(sizeof(*h) + (k->size + sizeof(SIZE_T) - 1) /
			  sizeof(SIZE_T) * sizeof(SIZE_T), m.msg.Control.len);
		EXPECT_EQ(POISON, m.control.bytes[m.msg.Control.len]);
		EXPECT(!WSA_CMSG_NXTHDR(&m.msg, h));
		check_kind(k, h);

		EXPECT_EQ(6, sendto(s, "hello", 6, 0,
				    (struct sockaddr *)&a.name, a.len));
		message(&m);
		m.msg.Control.len = 1;
		EXPECT_FAIL(WSAEMSGSIZE, recvmsg(s, &m.msg, &n, NULL, NULL));
		EXPECT_EQ(6, n);
		EXPECT_EQ(MSG_CTRUNC, m.msg.dwFlags);
		EXPECT_EQ(0, memcmp(m.data, "hello", 6));
		EXPECT_EQ(POISON, m.control.bytes[0]);
		closesocket(s);
	}
}

/* One header behind another, appended by hand. */
static void append(WSAMSG *msg, int level, int type, const void *data,
		   int size)
{
	WSACMSGHDR *h = (WSACMSGHDR *)(void *)(msg->Control.buf +
					       msg->Control.len);

	h->cmsg_len = WSA_CMSG_LEN(size);
	h->cmsg_level = level;
	h->cmsg_type = type;
	memcpy(WSA_CMSG_DATA(h), data, size);
	msg->Control.len += WSA_CMSG_SPACE(size);
}

/* What is sent beside one datagram arrives with it, and only with it. */
static void sendmsg_control(void)
{
	IN_PKTINFO info = { { { { 127, 0, 0, 5 } } }, 0 };
	INT ttl = 77, tos = 0x20, on = 1, seen = 0;
	struct api_addr a, b;
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
	SOCKET t = looped(AF_INET, &a);
	LPFN_WSARECVMSG recvmsg = recvmsg_of(t);
	struct message m;
	WSACMSGHDR *h;
	DWORD n = POISON;

	EXPECT_OK(setsockopt(t, IPPROTO_IP, IP_RECVTTL, (char *)&on,
			     sizeof(on)));
	EXPECT_OK(setsockopt(t, IPPROTO_IP, IP_RECVTOS, (char *)&on,
			     sizeof(on)));
	message(&m);
	b = a;
	m.msg.name = (struct sockaddr *)&b.name;
	m.msg.namelen = b.len;
	m.msg.Control.len = 0;
	append(&m.msg, IPPROTO_IP, IP_TTL, &ttl, sizeof(ttl));
	append(&m.msg, IPPROTO_IP, IP_TOS, &tos, sizeof(tos));
	append(&m.msg, IPPROTO_IP, IP_PKTINFO, &info, sizeof(info));
	m.buf.len = 3;
	EXPECT_OK(WSASendMsg(s, &m.msg, 0, &n, NULL, NULL));
	EXPECT_EQ(3, n);

	EXPECT_OK(recvmsg(t, message(&m), &n, NULL, NULL));
	EXPECT_EQ(htonl(0x7f000005), ((struct sockaddr_in *)
				      &m.from.name)->sin_addr.s_addr);
	for (h = WSA_CMSG_FIRSTHDR(&m.msg); h; h = WSA_CMSG_NXTHDR(&m.msg, h)) {
		if (h->cmsg_type == IP_TTL)
			EXPECT_EQ(ttl, *(INT *)(void *)WSA_CMSG_DATA(h));
		if (h->cmsg_type == IP_TOS)
			EXPECT_EQ(tos, *(INT *)(void *)WSA_CMSG_DATA(h));
		seen++;
	}
	EXPECT_EQ(2, seen);
	closesocket(t);
	closesocket(s);
}

/* [WSASendMsg WSAEINVAL]: a kind that there is not, or no header at all */
static void sendmsg_control_malformed(void)
{
	INT value = 1;
	struct api_addr a;
	SOCKET s = looped(AF_INET, &a);
	struct message m;
	WSACMSGHDR *h;
	DWORD n = POISON;
	int i;

	for (i = 0; i < 4; i++) {
		message(&m);
		m.msg.name = (struct sockaddr *)&a.name;
		m.msg.namelen = a.len;
		m.msg.Control.len = 0;
		append(&m.msg, IPPROTO_IP, i ? IP_TTL : 0x777, &value,
		       sizeof(value));
		h = WSA_CMSG_FIRSTHDR(&m.msg);
		if (i == 1)
			h->cmsg_len = sizeof(*h) - 1;
		if (i == 2)
			h->cmsg_len = sizeof(*h) + 3;
		if (i == 3)
			h->cmsg_len = m.msg.Control.len + 1;
		EXPECT_FAIL(WSAEINVAL, WSASendMsg(s, &m.msg, 0, &n, NULL,
						  NULL));
	}
	EXPECT_EQ(POISON, n);
	closesocket(s);
}

/* WSARecvEx: a datagram that did not fit is a success with MSG_PARTIAL. */
static void recvex(void)
{
	struct api_addr a;
	SOCKET s = looped(AF_INET, &a);
	int flags = 0x7777;
	u_long on = 1;
	char buf[4];

	EXPECT_EQ(6, sendto(s, "abcdef", 6, 0, (struct sockaddr *)&a.name,
			    a.len));
	EXPECT_EQ(2, sendto(s, "gh", 2, 0, (struct sockaddr *)&a.name, a.len));
	EXPECT_EQ(4, WSARecvEx(s, buf, sizeof(buf), &flags));
	EXPECT_EQ(MSG_PARTIAL, flags);
	EXPECT_EQ(0, memcmp(buf, "abcd", 4));
	EXPECT_EQ(2, WSARecvEx(s, buf, sizeof(buf), &flags));
	EXPECT_EQ(0, flags);
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	flags = POISON;
	EXPECT_FAIL(WSAEWOULDBLOCK, WSARecvEx(s, buf, sizeof(buf), &flags));
	EXPECT_EQ(POISON, flags);
	closesocket(s);
}

/*
 * [WSARecvEx WSAENOTCONN, WSARecvEx WSAEINVAL, WSARecvEx WSAEFAULT, WSARecvEx
 * WSAESHUTDOWN, WSARecvEx WSAENOTSOCK, WSARecvEx WSANOTINITIALISED]
 */
static void recvex_errors(void)
{
	SOCKET stream = socket(AF_INET, SOCK_STREAM, 0);
	SOCKET unbound = socket(AF_INET, SOCK_DGRAM, 0);
	struct api_addr a;
	SOCKET s = looped(AF_INET, &a);
	int flags = POISON;
	char buf[4];

	EXPECT_FAIL(WSAENOTCONN, WSARecvEx(stream, buf, 4, &flags));
	EXPECT_FAIL(WSAEINVAL, WSARecvEx(unbound, buf, 4, &flags));
	EXPECT_FAIL(WSAEFAULT, WSARecvEx(s, buf, -1, &flags));
	EXPECT_OK(shutdown(s, SD_RECEIVE));
	EXPECT_FAIL(WSAESHUTDOWN, WSARecvEx(s, buf, 4, &flags));
	EXPECT_OK(closesocket(s));
	EXPECT_FAIL(WSAENOTSOCK, WSARecvEx(s, buf, 4, &flags));
	EXPECT_OK(WSACleanup());
	EXPECT_FAIL(WSANOTINITIALISED, WSARecvEx(s, buf, 4, &flags));
	EXPECT_EQ(POISON, flags);
}

/*
 * [WSASendDisconnect WSAENOPROTOOPT, WSASendDisconnect WSAENOTCONN,
 * WSASendDisconnect WSAENOTSOCK, WSASendDisconnect WSANOTINITIALISED], and the
 * same of WSARecvDisconnect [WSARecvDisconnect WSAENOPROTOOPT,
 * WSARecvDisconnect WSAENOTCONN, WSARecvDisconnect WSAENOTSOCK,
 * WSARecvDisconnect WSANOTINITIALISED]
 */
static void disconnect_errors(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
	WSABUF data = { 1, "x" };

	EXPECT_FAIL(WSAENOPROTOOPT, WSASendDisconnect(s, &data));
	EXPECT_FAIL(WSAENOPROTOOPT, WSARecvDisconnect(s, &data));
	EXPECT_FAIL(WSAENOTCONN, WSASendDisconnect(s, NULL));
	EXPECT_FAIL(WSAENOTCONN, WSARecvDisconnect(s, NULL));
	EXPECT_OK(closesocket(s));
	EXPECT_FAIL(WSAENOTSOCK, WSASendDisconnect(s, &data));
	EXPECT_FAIL(WSAENOTSOCK, WSARecvDisconnect(s, &data));
	EXPECT_OK(WSACleanup());
	EXPECT_FAIL(WSANOTINITIALISED, WSASendDisconnect(s, NULL));
	EXPECT_FAIL(WSANOTINITIALISED, WSARecvDisconnect(s, NULL));
}

/* As shutdown: the peer sees the end; the other direction goes on (P1). */
static void disconnect(void)
{
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);
	SOCKET c = api_client(&a);
	SOCKET s = accept(lsn, NULL, NULL);
	char buf[4];

	EXPECT_OK(WSASendDisconnect(c, NULL));
	EXPECT_FAIL(WSAESHUTDOWN, send(c, "x", 1, 0));
	EXPECT_EQ(0, recv(s, buf, sizeof(buf), 0));
	EXPECT_EQ(1, send(s, "y", 1, 0));
	EXPECT_EQ(1, recv(c, buf, sizeof(buf), 0));
	EXPECT_OK(WSARecvDisconnect(c, NULL));
	EXPECT_FAIL(WSAESHUTDOWN, recv(c, buf, sizeof(buf), 0));
	closesocket(s);
	closesocket(c);
	closesocket(lsn);
}

static const struct api_test tests[] = {
	{ "extension_unknown", extension_unknown },
	{ "sendmsg_rules", sendmsg_rules },
	{ "sendmsg_without_a_count_binds_ipv4",
	  sendmsg_without_a_count_binds_ipv4 },
	{ "sendmsg_without_a_count_binds_ipv6",
	  sendmsg_without_a_count_binds_ipv6 },
	{ "sendmsg_errors", sendmsg_errors },
	{ "recvmsg_without_control", recvmsg_without_control },
	{ "recvmsg_errors", recvmsg_errors },
	{ "recvmsg_kinds", recvmsg_kinds },
	{ "sendmsg_control", sendmsg_control },
	{ "sendmsg_control_malformed", sendmsg_control_malformed },
	{ "recvex", recvex },
	{ "recvex_errors", recvex_errors },
	{ "disconnect_errors", disconnect_errors },
	{ "disconnect", disconnect },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
