// SPDX-License-Identifier: GPL-2.0-only
/*
 * ioctlsocket and WSAIoctl.  Lists are taken as the machine has them; what they
 * are of, and what waits, is tested below the API.
 */
#include "api_peer.h"

#include <stddef.h>
#include <mswsock.h>
#include <mstcpip.h>

/* Not in every version of Windows' headers. */
#ifndef SIO_IDEAL_SEND_BACKLOG_QUERY
#define SIO_IDEAL_SEND_BACKLOG_QUERY	0x4004747bU
#endif
#ifndef SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER
#define SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER	0xc8000024U
#endif
#ifndef WSAID_MULTIPLE_RIO
#define WSAID_MULTIPLE_RIO						\
	{ 0x8509e081, 0x96dd, 0x4005,					\
	  { 0xb1, 0x65, 0x9e, 0x2e, 0xe8, 0xc7, 0x9e, 0x3f } }
#endif

#define UNKNOWN_CODE	0x12345678

/* Without OV; *n is poisoned first. */
static int ctl(SOCKET s, DWORD code, void *in, DWORD in_len, void *out,
	       DWORD out_len, DWORD *n)
{
	*n = POISON;
	return WSAIoctl(s, code, in, in_len, out, out_len, n, NULL, NULL);
}

/* An address that cannot be read or written, on any system. */
static void *const nowhere = (void *)8;

static SOCKET tcp(int family)
{
	return socket(family, SOCK_STREAM, IPPROTO_TCP);
}

static SOCKET udp(int family)
{
	return socket(family, SOCK_DGRAM, IPPROTO_UDP);
}

static void pair(SOCKET *c, SOCKET *s)
{
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);

	*c = api_client(&a);
	*s = accept(lsn, NULL, NULL);
	EXPECT(*s != INVALID_SOCKET);
	EXPECT_OK(closesocket(lsn));
}

/*
 * [ioctlsocket WSANOTINITIALISED, ioctlsocket WSAENOTSOCK,
 * ioctlsocket WSAEFAULT]
 */
static void ioctlsocket_errors(void)
{
	SOCKET s = tcp(AF_INET);
	u_long on = 1;
	WSADATA data;

	EXPECT_FAIL(WSAEFAULT, ioctlsocket(s, FIONBIO, NULL));
	EXPECT_FAIL(WSAEFAULT, ioctlsocket(s, FIONREAD, (u_long *)nowhere));
	EXPECT_FAIL(WSAEOPNOTSUPP, ioctlsocket(s, UNKNOWN_CODE, &on));
	EXPECT_OK(closesocket(s));
	EXPECT_FAIL(WSAENOTSOCK, ioctlsocket(s, FIONBIO, &on));
	EXPECT_OK(WSACleanup());
	EXPECT_FAIL(WSANOTINITIALISED, ioctlsocket(s, FIONBIO, &on));
	EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
}

/* On Windows it is the same type. */
static void ioctlsocket_of_unsigned_long(void)
{
	unsigned long on = (unsigned long)-1, n = (unsigned long)-1;
	unsigned long several[1] = { (unsigned long)-1 };
	unsigned long *to = &n, *none = NULL;
	struct api_addr a;
	SOCKET l = api_listener(AF_INET, &a), c = api_client(&a);
	SOCKET s = accept(l, NULL, NULL);
	char byte;

	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, &byte, 1, 0));
	EXPECT_OK(ioctlsocket(s, FIONREAD, to));
	EXPECT_EQ(0, n);
	EXPECT_OK(ioctlsocket(s, FIONREAD, several));
	EXPECT_EQ(0, several[0]);
	EXPECT_FAIL(WSAEFAULT, ioctlsocket(s, FIONREAD, none));
	on = 0;
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_EQ(1, send(c, "x", 1, 0));
	EXPECT_EQ(1, recv(s, &byte, 1, 0));
	closesocket(s);
	closesocket(c);
	closesocket(l);
}

/*
 * (I1) G4: the handle comes first.
 * [WSAIoctl WSAEFAULT, WSAIoctl WSAENOTSOCK]
 */
static void without_returned(void)
{
	static const DWORD codes[] = {
		UNKNOWN_CODE, FIONBIO, FIONREAD, SIO_FLUSH,
		SIO_GET_EXTENSION_FUNCTION_POINTER, SIO_BASE_HANDLE,
		SIO_ADDRESS_LIST_QUERY, SIO_GET_INTERFACE_LIST,
		SIO_ADDRESS_LIST_CHANGE, SIO_ROUTING_INTERFACE_QUERY,
	};
	SOCKET s = tcp(AF_INET);
	WSAOVERLAPPED ov;
	char buf[64];
	int i;

	memset(&ov, 0, sizeof(ov));
	memset(buf, 0, sizeof(buf));
	for (i = 0; i < ARRAY_SIZE(codes); i++) {
		EXPECT_FAIL(WSAEFAULT, WSAIoctl(s, codes[i], buf, 64, buf, 64,
						NULL, NULL, NULL));
		EXPECT_FAIL(WSAEFAULT, WSAIoctl(s, codes[i], buf, 64, buf, 64,
						NULL, &ov, NULL));
		EXPECT_FAIL(WSAENOTSOCK, WSAIoctl(s + 4, codes[i], buf, 64, buf,
						  64, NULL, NULL, NULL));
	}
	EXPECT_OK(closesocket(s));
}

/* I4, I5 */
static void fionbio(void)
{
	SOCKET s = udp(AF_INET);
	u_long on[2] = { 1, 0 };
	char byte;
	DWORD n;
	struct api_addr a;

	api_loopback(AF_INET, &a);
	EXPECT_OK(bind(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_FAIL(WSAEFAULT, ctl(s, FIONBIO, NULL, 4, NULL, 0, &n));
	EXPECT_FAIL(WSAEFAULT, ctl(s, FIONBIO, nowhere, 4, NULL, 0, &n));
	EXPECT_FAIL(WSAEFAULT, ctl(s, FIONBIO, on, 3, NULL, 0, &n));
	EXPECT_OK(ctl(s, FIONBIO, on, 4, NULL, 0, &n));
	EXPECT_EQ(0, n);
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, &byte, 1, 0));
	EXPECT_OK(ctl(s, FIONBIO, on, 5, nowhere, 4, &n));
	EXPECT_EQ(0, n);
	EXPECT_OK(closesocket(s));
}

/* I6.  [WSAIoctl WSAEOPNOTSUPP] */
static void unknown_codes(void)
{
	static const DWORD codes[] = {
		UNKNOWN_CODE, FIOASYNC, SIO_FLUSH, SIO_FIND_ROUTE,
		SIO_QUERY_TARGET_PNP_HANDLE, SIO_ACQUIRE_PORT_RESERVATION,
		SIO_QUERY_TRANSPORT_SETTING,
		0x4004747e,	/* SIO_GET_INTERFACE_LIST_EX */
	};
	SOCKET s = tcp(AF_INET);
	char buf[64];
	DWORD n;
	int i;

	memset(buf, POISON, sizeof(buf));
	for (i = 0; i < ARRAY_SIZE(codes); i++) {
		EXPECT_FAIL(WSAEOPNOTSUPP, ctl(s, codes[i], buf, 64, buf, 64,
					       &n));
		EXPECT_EQ(0, n);
	}
	EXPECT_EQ(POISON, buf[0]);
	EXPECT_OK(closesocket(s));
}

/* The pages on them.  [WSAIoctl WSAENOPROTOOPT] */
static void not_for_this_protocol(void)
{
	static const DWORD codes[] = {
		SIO_ASSOCIATE_HANDLE, SIO_TRANSLATE_HANDLE, SIO_GET_QOS,
		SIO_SET_QOS, SIO_GET_GROUP_QOS, SIO_SET_GROUP_QOS,
		SIO_ENABLE_CIRCULAR_QUEUEING,
	};
	struct tcp_keepalive k = { 1, 1000, 1000 };
	SOCKET d = udp(AF_INET), d6 = udp(AF_INET6), s = tcp(AF_INET);
	u_long value = 1;
	char buf[64];
	DWORD n;
	int i;

	memset(buf, 0, sizeof(buf));
	for (i = 0; i < ARRAY_SIZE(codes); i++)
		EXPECT_FAIL(WSAENOPROTOOPT, ctl(d, codes[i], buf, 64, buf, 64,
						&n));
	EXPECT_FAIL(WSAENOPROTOOPT, ctl(d, SIO_KEEPALIVE_VALS, &k, sizeof(k),
					NULL, 0, &n));
	EXPECT_FAIL(WSAENOPROTOOPT, ctl(d6, SIO_GET_BROADCAST_ADDRESS, NULL, 0,
					buf, 64, &n));
	EXPECT_FAIL(WSAENOPROTOOPT, ctl(s, SIO_MULTICAST_SCOPE, &value, 4,
					NULL, 0, &n));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(d));
	EXPECT_OK(closesocket(d6));
}

/* [WSAIoctl WSAEINVAL] */
static void not_for_this_socket(void)
{
	SOCKET s = tcp(AF_INET), d = udp(AF_INET), s6 = tcp(AF_INET6);
	u_long value = RCVALL_ON;
	char buf[256];
	DWORD n;

	EXPECT_FAIL(WSAEINVAL, ctl(s, SIO_RCVALL, &value, 4, NULL, 0, &n));
	EXPECT_FAIL(WSAEINVAL, ctl(d, SIO_RCVALL_MCAST, &value, 4, NULL, 0,
				   &n));
	EXPECT_FAIL(WSAEINVAL, ctl(d, SIOCATMARK, NULL, 0, &value, 4, &n));
	EXPECT_FAIL(WSAEINVAL, ctl(s6, SIO_GET_INTERFACE_LIST, NULL, 0, buf,
				   sizeof(buf), &n));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(s6));
	EXPECT_OK(closesocket(d));
}

/* I8, I9 */
static void extension_functions(void)
{
	static GUID known = WSAID_WSAPOLL;
	static GUID unknown = { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 } };
	static GUID rio = WSAID_MULTIPLE_RIO;
	DWORD code = SIO_GET_EXTENSION_FUNCTION_POINTER;
	SOCKET s = tcp(AF_INET);
	LPFN_WSAPOLL f = NULL;
	WSAPOLLFD fd;
	char table[128];
	DWORD n;

	EXPECT_OK(ctl(s, code, &known, sizeof(known), &f, sizeof(f), &n));
	EXPECT_EQ(sizeof(f), n);
	if (EXPECT(f)) {
		fd.fd = s;
		fd.events = POLLOUT;
		EXPECT_EQ(0, f(&fd, 1, 0));
	}
	f = NULL;
	EXPECT_FAIL(WSAEINVAL, ctl(s, code, &unknown, sizeof(unknown), &f,
				   sizeof(f), &n));
	EXPECT_EQ(POISON, n);
	EXPECT_FAIL(WSAEFAULT, ctl(s, code, &known, 15, &f, sizeof(f), &n));
	EXPECT_FAIL(WSAEFAULT, ctl(s, code, &known, 16, &f, sizeof(f) - 1,
				   &n));
	EXPECT_EQ(POISON, n);
	EXPECT(!f);
	EXPECT_FAIL(WSAEINVAL, ctl(s,
				   SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER,
				   &rio, sizeof(rio), table, sizeof(table),
				   &n));
	EXPECT_OK(closesocket(s));
	EXPECT_FAIL(WSAENOTSOCK, ctl(s, code, &known, sizeof(known), &f,
				     sizeof(f), &n));
}

/* I10 */
static void ideal_send_backlog(void)
{
	DWORD code = SIO_IDEAL_SEND_BACKLOG_QUERY;
	SOCKET u = tcp(AF_INET), d = udp(AF_INET), c, s;
	ULONG backlog = POISON;
	DWORD n;

	EXPECT_FAIL(WSAENOTCONN, ctl(u, code, NULL, 0, &backlog, 4, &n));
	EXPECT_FAIL(WSAEOPNOTSUPP, ctl(d, code, NULL, 0, &backlog, 4, &n));
	EXPECT_EQ(POISON, backlog);
	pair(&c, &s);
	EXPECT_OK(ctl(c, code, NULL, 0, &backlog, 4, &n));
	EXPECT_EQ(4, n);
	EXPECT_EQ(0x10000, backlog);
	EXPECT_FAIL(WSAEINVAL, ctl(c, code, NULL, 0, &backlog, 3, &n));
	EXPECT_EQ(0, n);
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(u));
	EXPECT_OK(closesocket(d));
}

/* I11 */
static void base_handle(void)
{
	static const DWORD codes[] = {
		SIO_BASE_HANDLE, SIO_BSP_HANDLE, SIO_BSP_HANDLE_SELECT,
		SIO_BSP_HANDLE_POLL,
	};
	SOCKET s[4], base;
	WSAOVERLAPPED ov;
	DWORD n;
	int i, j;

	memset(&ov, 0, sizeof(ov));
	s[0] = tcp(AF_INET);
	s[1] = tcp(AF_INET6);
	s[2] = udp(AF_INET);
	s[3] = udp(AF_INET6);
	for (i = 0; i < 4; i++) {
		for (j = 0; j < ARRAY_SIZE(codes); j++) {
			base = 0;
			EXPECT_OK(ctl(s[i], codes[j], NULL, 0, &base,
				      sizeof(base), &n));
			EXPECT_EQ(sizeof(base), n);
			EXPECT(base == s[i]);
			EXPECT_FAIL(WSAEFAULT, ctl(s[i], codes[j], NULL, 0,
						   &base, sizeof(base) - 1,
						   &n));
			EXPECT_FAIL(WSAEFAULT, ctl(s[i], codes[j], NULL, 0,
						   NULL, sizeof(base), &n));
		}
		EXPECT_FAIL(WSAEFAULT, WSAIoctl(s[i], SIO_BSP_HANDLE_POLL, NULL,
						0, &base, sizeof(base), &n, &ov,
						NULL));
		EXPECT_OK(closesocket(s[i]));
	}
}

/* I13, I14, I15, I16 */
static void routing_interface(void)
{
	DWORD code = SIO_ROUTING_INTERFACE_QUERY;
	struct sockaddr_in to, from, *none = NULL;
	SOCKET s = udp(AF_INET);
	DWORD n;

	memset(&to, 0, sizeof(to));
	memset(&from, POISON, sizeof(from));
	to.sin_family = AF_INET;
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	EXPECT_FAIL(WSAEINVAL, ctl(s, code, &to, 15, &from, 16, &n));
	EXPECT_EQ(POISON, n);
	EXPECT_FAIL(WSAEINVAL, ctl(s, code, none, 16, &from, 16, &n));
	EXPECT_EQ(POISON, n);
	to.sin_family = 0;
	EXPECT_FAIL(WSAEAFNOSUPPORT, ctl(s, code, &to, 16, &from, 16, &n));
	EXPECT_EQ(POISON, n);
	to.sin_family = AF_INET;
	to.sin_addr.s_addr = 0;
	EXPECT_FAIL(WSAEINVAL, ctl(s, code, &to, 16, &from, 16, &n));
	EXPECT_EQ(POISON, n);
	EXPECT_EQ(POISON, from.sin_zero[0]);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	EXPECT_OK(ctl(s, code, &to, 16, &from, 16, &n));
	EXPECT_EQ(16, n);
	EXPECT_EQ(AF_INET, from.sin_family);
	EXPECT_EQ(0, from.sin_port);
	EXPECT_EQ(htonl(INADDR_LOOPBACK), from.sin_addr.s_addr);
	EXPECT_FAIL(WSAEFAULT, ctl(s, code, &to, 16, &from, 15, &n));
	EXPECT_EQ(16, n);
	EXPECT_FAIL(WSAEFAULT, ctl(s, code, &to, 16, NULL, 16, &n));
	EXPECT_EQ(POISON, n);
	EXPECT_OK(closesocket(s));
}

/* I17, I18, I19 */
static void address_list_of(int family, DWORD addr_len)
{
	DWORD code = SIO_ADDRESS_LIST_QUERY;
	DWORD head = offsetof(SOCKET_ADDRESS_LIST, Address);
	static union {
		SOCKET_ADDRESS_LIST list;
		char bytes[65536];
	} out;
	SOCKET s = tcp(family);
	DWORD n, need, i, count;

	memset(&out, POISON, sizeof(out));
	EXPECT_FAIL(WSAEFAULT, ctl(s, code, NULL, 0, NULL, 0, &n));
	need = n;
	EXPECT_FAIL(WSAEFAULT, ctl(s, code, NULL, 0, NULL, 1000, &n));
	EXPECT_EQ(need, n);
	EXPECT_FAIL(WSAEFAULT, ctl(s, code, NULL, 0, &out, 0, &n));
	EXPECT_EQ(need, n);
	if (need > head) {
		EXPECT_FAIL(WSAEFAULT, ctl(s, code, NULL, 0, &out, head, &n));
		EXPECT_EQ(need, n);
	}
	EXPECT_FAIL(WSAEINVAL, ctl(s, code, NULL, 0, &out, 1, &n));
	EXPECT_EQ(0, n);
	EXPECT_EQ(POISON, out.bytes[0]);

	EXPECT_OK(ctl(s, code, NULL, 0, &out, sizeof(out), &n));
	EXPECT_EQ(need, n);
	count = out.list.iAddressCount;
	EXPECT_EQ(head + count * (sizeof(SOCKET_ADDRESS) + addr_len), n);
	for (i = 0; i < count; i++) {
		LPSOCKET_ADDRESS a = &out.list.Address[i];

		EXPECT_EQ(addr_len, a->iSockaddrLength);
		EXPECT_EQ(family, a->lpSockaddr->sa_family);
		EXPECT((char *)a->lpSockaddr > out.bytes &&
		       (char *)a->lpSockaddr + addr_len <= out.bytes + n);
	}
	EXPECT_OK(closesocket(s));
}

static void address_list(void)
{
	address_list_of(AF_INET, sizeof(struct sockaddr_in));
	address_list_of(AF_INET6, sizeof(struct sockaddr_in6));
}

/* I20, I21, I26 */
static void interface_list(void)
{
	DWORD code = SIO_GET_INTERFACE_LIST, n, i;
	static INTERFACE_INFO info[256];
	SOCKET s = udp(AF_INET);
	int loopback = 0;

	memset(info, POISON, sizeof(info));
	EXPECT_FAIL(WSAEFAULT, ctl(s, code, NULL, 0, info, sizeof(*info) - 1,
				   &n));
	EXPECT_EQ(0, n);
	EXPECT_EQ(POISON, *(char *)info);
	EXPECT_OK(ctl(s, code, NULL, 0, info, sizeof(info), &n));
	EXPECT_EQ(0, n % sizeof(*info));
	for (i = 0; i < n / sizeof(*info); i++) {
		struct sockaddr_in *in = &info[i].iiBroadcastAddress.AddressIn;
		int broadcast = !!(info[i].iiFlags & IFF_BROADCAST);

		loopback += !!(info[i].iiFlags & IFF_LOOPBACK);
		EXPECT_EQ(broadcast ? AF_INET : 0, in->sin_family);
		EXPECT_EQ(broadcast, !!in->sin_addr.s_addr);
		in = &info[i].iiAddress.AddressIn;
		EXPECT_EQ(AF_INET, in->sin_family);
		EXPECT(in->sin_addr.s_addr != 0);
		in = &info[i].iiNetmask.AddressIn;
		EXPECT_EQ(AF_INET, in->sin_family);
		EXPECT(in->sin_addr.s_addr != 0);
	}
	EXPECT(loopback > 0);
	EXPECT_OK(closesocket(s));
}

/* I25: the nonblocking half.  [WSAIoctl WSAEWOULDBLOCK] */
static void address_list_change(void)
{
	SOCKET s = udp(AF_INET);
	u_long on = 1;
	DWORD n;

	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, ctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0,
					NULL, 0, &n));
	EXPECT_OK(closesocket(s));
}

static void broadcast_address(void)
{
	struct sockaddr_in in;
	SOCKET s = udp(AF_INET);
	DWORD n;

	memset(&in, POISON, sizeof(in));
	EXPECT_FAIL(WSAEFAULT, ctl(s, SIO_GET_BROADCAST_ADDRESS, NULL, 0, &in,
				   15, &n));
	EXPECT_OK(ctl(s, SIO_GET_BROADCAST_ADDRESS, NULL, 0, &in, 16, &n));
	EXPECT_EQ(16, n);
	EXPECT_EQ(AF_INET, in.sin_family);
	EXPECT_EQ(0, in.sin_port);
	EXPECT_EQ(INADDR_BROADCAST, in.sin_addr.s_addr);
	EXPECT_OK(closesocket(s));
}

/* D8, and the page on it: with the urgent byte in line too. */
static void at_mark_in_line(void)
{
	u_long mark = POISON, bytes = 0;
	SOCKET c, s;
	BOOL on = TRUE;
	char buf[8];

	pair(&c, &s);
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_OOBINLINE, (char *)&on,
			     sizeof(on)));
	EXPECT_OK(ioctlsocket(s, SIOCATMARK, &mark));
	EXPECT_EQ(1, mark);
	EXPECT_EQ(1, send(c, "a", 1, 0));
	EXPECT_EQ(1, send(c, "!", 1, MSG_OOB));
	while (bytes < 2 && !ioctlsocket(s, FIONREAD, &bytes))
		;
	EXPECT_OK(ioctlsocket(s, SIOCATMARK, &mark));
	EXPECT_EQ(0, mark);
	EXPECT_EQ(1, recv(s, buf, sizeof(buf), 0));
	EXPECT_EQ('a', buf[0]);
	EXPECT_OK(ioctlsocket(s, SIOCATMARK, &mark));
	EXPECT_EQ(0, mark);
	EXPECT_EQ(1, recv(s, buf, sizeof(buf), 0));
	EXPECT_EQ('!', buf[0]);
	EXPECT_OK(ioctlsocket(s, SIOCATMARK, &mark));
	EXPECT_EQ(1, mark);
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(s));
}

/* FIONREAD of a datagram socket: all that is queued (behaviour-core). */
static void fionread_of_datagrams(void)
{
	SOCKET c = udp(AF_INET), s = udp(AF_INET);
	u_long bytes = POISON;
	struct api_addr a;

	api_loopback(AF_INET, &a);
	EXPECT_OK(bind(s, (struct sockaddr *)&a.name, a.len));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&a.name, &a.len));
	EXPECT(api_port(&a.name) != 0);
	EXPECT_OK(ioctlsocket(s, FIONREAD, &bytes));
	EXPECT_EQ(0, bytes);
	EXPECT_OK(connect(c, (struct sockaddr *)&a.name, a.len));
	EXPECT_EQ(3, send(c, "abc", 3, 0));
	EXPECT_EQ(4, send(c, "defg", 4, 0));
	while (bytes < 7 && !ioctlsocket(s, FIONREAD, &bytes))
		;
	EXPECT_EQ(7, bytes);
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(s));
}

/* The page on SIO_KEEPALIVE_VALS. */
static void keepalive_values(void)
{
	struct tcp_keepalive k = { 1, 10000, 1000 };
	SOCKET s = tcp(AF_INET);
	int on = POISON, len = 4;
	DWORD n;

	EXPECT_FAIL(WSAEFAULT, ctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(k) - 1,
				   NULL, 0, &n));
	EXPECT_OK(ctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(k), NULL, 0, &n));
	EXPECT_EQ(0, n);
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (char *)&on, &len));
	EXPECT_EQ(1, (char)on);
	k.onoff = 0;
	EXPECT_OK(ctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(k), NULL, 0, &n));
	len = 4;
	EXPECT_OK(getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (char *)&on, &len));
	EXPECT_EQ(0, (char)on);
	EXPECT_OK(closesocket(s));
}

/* The page on SIO_TCP_INFO. */
static void tcp_info(void)
{
	DWORD version = 0, code = SIO_TCP_INFO, n;
	SOCKET u = tcp(AF_INET), d = udp(AF_INET), c, s;
	TCP_INFO_v0 v0;
	TCP_INFO_v1 v1;
	char buf[4];

	pair(&c, &s);
	EXPECT_EQ(3, send(c, "abc", 3, 0));
	EXPECT_EQ(3, recv(s, buf, 4, 0));
	memset(&v0, POISON, sizeof(v0));
	EXPECT_OK(ctl(c, code, &version, 4, &v0, sizeof(v0), &n));
	EXPECT_EQ(sizeof(v0), n);
	EXPECT_EQ(TCPSTATE_ESTABLISHED, v0.State);
	EXPECT_EQ(3, v0.BytesOut);
	EXPECT_EQ(0, v0.BytesIn);
	EXPECT(v0.Mss > 0 && v0.SndWnd > 0 && v0.RcvWnd > 0 && v0.Cwnd > 0);
	version = 1;
	memset(&v1, POISON, sizeof(v1));
	EXPECT_OK(ctl(s, code, &version, 4, &v1, sizeof(v1), &n));
	EXPECT_EQ(sizeof(v1), n);
	EXPECT_EQ(3, v1.BytesIn);
	EXPECT_EQ(0, v1.BytesOut);

	EXPECT_FAIL(WSAEINVAL, ctl(c, code, &version, 4, &v1, sizeof(v1) - 1,
				   &n));
	EXPECT_EQ(0, n);
	EXPECT_FAIL(WSAEMSGSIZE, ctl(c, code, &version, 3, &v1, sizeof(v1),
				     &n));
	EXPECT_FAIL(WSAEMSGSIZE, ctl(c, code, NULL, 4, &v1, sizeof(v1), &n));
	version = 2;
	EXPECT_FAIL(WSAEINVAL, ctl(c, code, &version, 4, &v1, sizeof(v1), &n));
	version = 0;
	EXPECT_FAIL(WSAEOPNOTSUPP, ctl(d, code, &version, 4, &v0, sizeof(v0),
				       &n));
	EXPECT_OK(ctl(u, code, &version, 4, &v0, sizeof(v0), &n));
	EXPECT_EQ(TCPSTATE_CLOSED, v0.State);
	EXPECT_OK(shutdown(c, SD_SEND));
	EXPECT_EQ(0, recv(s, buf, 4, 0));
	EXPECT_OK(ctl(s, code, &version, 4, &v0, sizeof(v0), &n));
	EXPECT_EQ(TCPSTATE_CLOSE_WAIT, v0.State);
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(u));
	EXPECT_OK(closesocket(d));
}

/* Settings of TCP that a program gives before it connects. */
static void before_connect(void)
{
	TCP_INITIAL_RTO_PARAMETERS rto;
	SOCKET s = tcp(AF_INET), c, t;
	BOOL on = TRUE;
	int freq = 1;
	DWORD n;

	rto.Rtt = TCP_INITIAL_RTO_UNSPECIFIED_RTT;
	rto.MaxSynRetransmissions = TCP_INITIAL_RTO_NO_SYN_RETRANSMISSIONS;
	EXPECT_OK(ctl(s, SIO_TCP_INITIAL_RTO, &rto, sizeof(rto), NULL, 0, &n));
	EXPECT_EQ(0, n);
	EXPECT_OK(ctl(s, SIO_LOOPBACK_FAST_PATH, &on, sizeof(on), NULL, 0, &n));
	EXPECT_OK(ctl(s, SIO_TCP_SET_ACK_FREQUENCY, &freq, sizeof(freq), NULL,
		      0, &n));
	freq = 0;
	EXPECT_FAIL(WSAEINVAL, ctl(s, SIO_TCP_SET_ACK_FREQUENCY, &freq,
				   sizeof(freq), NULL, 0, &n));
	pair(&c, &t);
	EXPECT_FAIL(WSAEINVAL, ctl(c, SIO_TCP_INITIAL_RTO, &rto, sizeof(rto),
				   NULL, 0, &n));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(t));
}

static void multicast_settings(void)
{
	SOCKET s = udp(AF_INET), s6 = udp(AF_INET6);
	u_long value = 5;
	BOOL on = FALSE;
	DWORD n;

	EXPECT_OK(ctl(s, SIO_MULTICAST_SCOPE, &value, 4, NULL, 0, &n));
	EXPECT_OK(ctl(s6, SIO_MULTICAST_SCOPE, &value, 4, NULL, 0, &n));
	EXPECT_OK(ctl(s, SIO_MULTIPOINT_LOOPBACK, &on, 4, NULL, 0, &n));
	EXPECT_OK(ctl(s6, SIO_MULTIPOINT_LOOPBACK, &on, 4, NULL, 0, &n));
	EXPECT_EQ(0, n);
	value = 256;
	EXPECT_FAIL(WSAEINVAL, ctl(s, SIO_MULTICAST_SCOPE, &value, 4, NULL, 0,
				   &n));
	EXPECT_FAIL(WSAEFAULT, ctl(s, SIO_MULTICAST_SCOPE, &value, 3, NULL, 0,
				   &n));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(closesocket(s6));
}

static const struct api_test tests[] = {
	{ "ioctl.ioctlsocket.errors", ioctlsocket_errors },
	{ "ioctl.ioctlsocket.of_unsigned_long", ioctlsocket_of_unsigned_long },
	{ "ioctl.without_returned", without_returned },
	{ "ioctl.FIONBIO", fionbio },
	{ "ioctl.FIONREAD.datagrams", fionread_of_datagrams },
	{ "ioctl.SIOCATMARK.in_line", at_mark_in_line },
	{ "ioctl.unknown.WSAEOPNOTSUPP", unknown_codes },
	{ "ioctl.protocol.WSAENOPROTOOPT", not_for_this_protocol },
	{ "ioctl.socket.WSAEINVAL", not_for_this_socket },
	{ "ioctl.extension_functions", extension_functions },
	{ "ioctl.base_handle", base_handle },
	{ "ioctl.routing_interface", routing_interface },
	{ "ioctl.address_list", address_list },
	{ "ioctl.address_list.change", address_list_change },
	{ "ioctl.interface_list", interface_list },
	{ "ioctl.broadcast_address", broadcast_address },
	{ "ioctl.tcp.keepalive_values", keepalive_values },
	{ "ioctl.tcp.info", tcp_info },
	{ "ioctl.tcp.ideal_send_backlog", ideal_send_backlog },
	{ "ioctl.tcp.before_connect", before_connect },
	{ "ioctl.multicast", multicast_settings },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
