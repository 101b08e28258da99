// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every call on AF_UNIX sockets.  The paths are relative: to wherever the
 * program runs.
 */
#include "api_test.h"

#include <afunix.h>
#include <windows.h>

#ifndef SIO_AF_UNIX_GETPEERPID
#define SIO_AF_UNIX_GETPEERPID	0x58000100U
#endif

#define PATH	"winsock-api-unix"
#define OTHER	"winsock-api-unix.other"

static struct sockaddr *un(struct sockaddr_un *a, const char *path)
{
	memset(a, 0, sizeof(*a));
	a->sun_family = AF_UNIX;
	strncpy(a->sun_path, path, sizeof(a->sun_path) - 1);
	return (struct sockaddr *)a;
}

static SOCKET unix_socket(void)
{
	SOCKET s = socket(AF_UNIX, SOCK_STREAM, 0);

	EXPECT(s != INVALID_SOCKET);
	return s;
}

static SOCKET listener(void)
{
	SOCKET s = unix_socket();
	struct sockaddr_un a;

	remove(PATH);
	EXPECT_OK(bind(s, un(&a, PATH), sizeof(a)));
	EXPECT_OK(listen(s, SOMAXCONN));
	return s;
}

static void connected(SOCKET *client, SOCKET *server)
{
	SOCKET lsn = listener();
	struct sockaddr_un a;

	*client = unix_socket();
	EXPECT_OK(connect(*client, un(&a, PATH), sizeof(a)));
	*server = accept(lsn, NULL, NULL);
	EXPECT(*server != INVALID_SOCKET);
	EXPECT_OK(closesocket(lsn));
	remove(PATH);
}

static void end(SOCKET c, SOCKET s)
{
	EXPECT_OK(closesocket(c));
	EXPECT_OK(closesocket(s));
}

/* A path, as a whole structure; nothing on the side that has no name. */
static void names(void)
{
	SOCKET lsn = listener(), c = unix_socket(), s;
	struct sockaddr_un a, got;
	int len = sizeof(got);

	EXPECT_FAIL(WSAEINVAL, getsockname(c, (struct sockaddr *)&got, &len));
	EXPECT_FAIL(WSAENOTCONN, getpeername(c, (struct sockaddr *)&got, &len));
	memset(&got, POISON, sizeof(got));
	EXPECT_OK(getsockname(lsn, (struct sockaddr *)&got, &len));
	EXPECT_EQ(sizeof(got), len);
	un(&a, PATH);
	EXPECT_EQ(0, memcmp(&a, &got, sizeof(a)));

	EXPECT_OK(connect(c, un(&a, PATH), sizeof(a)));
	memset(&got, POISON, sizeof(got));
	len = sizeof(got);
	s = accept(lsn, (struct sockaddr *)&got, &len);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_EQ(AF_UNIX, got.sun_family);
	EXPECT_EQ(0, got.sun_path[0]);
	EXPECT_EQ(0, got.sun_path[sizeof(got.sun_path) - 1]);
	EXPECT_EQ(sizeof(got.sun_family), len);

	len = sizeof(got);
	EXPECT_OK(getpeername(c, (struct sockaddr *)&got, &len));
	EXPECT_EQ(sizeof(got), len);
	EXPECT_EQ(0, strcmp(PATH, got.sun_path));
	len = sizeof(got);
	EXPECT_OK(getsockname(s, (struct sockaddr *)&got, &len));
	EXPECT_EQ(0, strcmp(PATH, got.sun_path));
	len = sizeof(got);
	EXPECT_OK(getsockname(c, (struct sockaddr *)&got, &len));
	EXPECT_EQ(sizeof(got.sun_family), len);
	EXPECT_EQ(0, got.sun_path[0]);

	len = sizeof(got) - 1;
	EXPECT_FAIL(WSAEFAULT, getpeername(c, (struct sockaddr *)&got, &len));
	EXPECT_EQ(sizeof(got) - 1, len);
	EXPECT_OK(closesocket(lsn));
	end(c, s);
	remove(PATH);
}

static void bind_errors(void)
{
	SOCKET s = unix_socket(), t = unix_socket();
	struct sockaddr_un a;
	struct sockaddr_in in;

	remove(PATH);
	memset(&in, 0, sizeof(in));
	in.sin_family = AF_INET;
	EXPECT_FAIL(WSAEFAULT, bind(s, NULL, sizeof(a)));
	EXPECT_FAIL(WSAEFAULT, bind(s, un(&a, PATH), 2));
	EXPECT_FAIL(WSAEFAULT, bind(s, (struct sockaddr *)1, sizeof(a)));
	EXPECT_FAIL(WSAEAFNOSUPPORT, bind(s, (struct sockaddr *)&in,
					  sizeof(in)));
	EXPECT_FAIL(WSAEINVAL, listen(s, 1));
	EXPECT_FAIL(WSAENETDOWN, bind(s, un(&a, "no/such/folder"), sizeof(a)));
	EXPECT_OK(bind(s, un(&a, PATH), sizeof(a)));
	EXPECT_FAIL(WSAEADDRINUSE, bind(t, un(&a, PATH), sizeof(a)));
	EXPECT_FAIL(WSAEINVAL, bind(s, un(&a, OTHER), sizeof(a)));
	/* The file stays when the socket goes, and is in the way. */
	EXPECT_OK(closesocket(s));
	EXPECT_FAIL(WSAEADDRINUSE, bind(t, un(&a, PATH), sizeof(a)));
	EXPECT_EQ(0, remove(PATH));
	EXPECT_OK(bind(t, un(&a, PATH), sizeof(a)));
	EXPECT_OK(closesocket(t));
	remove(PATH);
}

/* A length that ends within the path, or a path that fills all. */
static void bind_lengths(void)
{
	SOCKET s = unix_socket(), t = unix_socket();
	struct sockaddr_un a, got;
	int len = sizeof(got);

	remove("winsock-api");
	EXPECT_OK(bind(s, un(&a, PATH), 2 + 11));
	EXPECT_OK(getsockname(s, (struct sockaddr *)&got, &len));
	EXPECT_EQ(0, strcmp("winsock-api", got.sun_path));
	EXPECT_EQ(0, remove("winsock-api"));

	un(&a, "");
	memset(a.sun_path, 'a', sizeof(a.sun_path));
	EXPECT_OK(bind(t, (struct sockaddr *)&a, sizeof(a)));
	len = sizeof(got);
	EXPECT_OK(getsockname(t, (struct sockaddr *)&got, &len));
	EXPECT_EQ(sizeof(got), len);
	EXPECT_EQ(0, memcmp(&a, &got, sizeof(a)));
	end(s, t);
	{
		char path[sizeof(a.sun_path) + 1];

		memcpy(path, a.sun_path, sizeof(a.sun_path));
		path[sizeof(a.sun_path)] = '\0';
		EXPECT_EQ(0, remove(path));
	}
}

static void connect_errors(void)
{
	SOCKET s = unix_socket(), lsn = unix_socket();
	struct sockaddr_un a;
	struct sockaddr_in in;

	remove(PATH);
	memset(&in, 0, sizeof(in));
	in.sin_family = AF_INET;
	EXPECT_FAIL(WSAEFAULT, connect(s, un(&a, PATH), 2));
	EXPECT_FAIL(WSAEAFNOSUPPORT, connect(s, (struct sockaddr *)&in,
					     sizeof(in)));
	EXPECT_FAIL(WSAECONNREFUSED, connect(s, un(&a, PATH), sizeof(a)));
	/* Bound and not listening. */
	EXPECT_OK(bind(lsn, un(&a, PATH), sizeof(a)));
	EXPECT_FAIL(WSAECONNREFUSED, connect(s, un(&a, PATH), sizeof(a)));
	EXPECT_OK(listen(lsn, 5));
	EXPECT_FAIL(WSAEINVAL, connect(lsn, un(&a, PATH), sizeof(a)));
	EXPECT_OK(connect(s, un(&a, PATH), sizeof(a)));
	EXPECT_FAIL(WSAEISCONN, connect(s, un(&a, PATH), sizeof(a)));
	end(s, lsn);
	remove(PATH);
}

/* A queue that is full refuses (listen page), blocking or not. */
static void full_queue_WSAECONNREFUSED(void)
{
	SOCKET lsn = unix_socket(), s[8];
	struct sockaddr_un a;
	int i, count;

	remove(PATH);
	EXPECT_OK(bind(lsn, un(&a, PATH), sizeof(a)));
	EXPECT_OK(listen(lsn, 1));
	for (count = 0; count < ARRAY_SIZE(s); count++) {
		s[count] = unix_socket();
		if (connect(s[count], (struct sockaddr *)&a, sizeof(a)))
			break;
	}
	EXPECT_EQ(WSAECONNREFUSED, WSAGetLastError());
	EXPECT(count > 0 && count < ARRAY_SIZE(s));
	for (i = 0; i <= count && i < ARRAY_SIZE(s); i++)
		EXPECT_OK(closesocket(s[i]));
	EXPECT_OK(closesocket(lsn));
	remove(PATH);
}

static void accept_states(void)
{
	SOCKET lsn = unix_socket();
	struct sockaddr_un a;
	u_long on = 1;
	int len = 0;

	remove(PATH);
	EXPECT_NO_SOCKET(WSAEINVAL, accept(lsn, NULL, NULL));
	EXPECT_OK(bind(lsn, un(&a, PATH), sizeof(a)));
	EXPECT_NO_SOCKET(WSAEINVAL, accept(lsn, NULL, NULL));
	EXPECT_OK(listen(lsn, 1));
	EXPECT_OK(listen(lsn, 5));
	EXPECT_OK(ioctlsocket(lsn, FIONBIO, &on));
	EXPECT_NO_SOCKET(WSAEWOULDBLOCK, accept(lsn, NULL, NULL));
	EXPECT_NO_SOCKET(WSAEFAULT, accept(lsn, (struct sockaddr *)&a, &len));
	EXPECT_OK(closesocket(lsn));
	remove(PATH);
}

static void data(void)
{
	u_long bytes = POISON, on = 1;
	SOCKET c, s;
	char buf[8];

	connected(&c, &s);
	EXPECT_EQ(5, send(c, "hello", 5, 0));
	EXPECT_EQ(0, send(c, "", 0, 0));
	EXPECT_EQ(2, recv(s, buf, 2, MSG_PEEK));
	EXPECT_OK(ioctlsocket(s, FIONREAD, &bytes));
	EXPECT_EQ(5, bytes);
	EXPECT_EQ(4, send(c, "more", 4, 0));
	EXPECT_EQ(3, recv(s, buf, 3, 0));
	EXPECT_OK(ioctlsocket(s, FIONREAD, &bytes));
	EXPECT_EQ(6, bytes);
	EXPECT_EQ(6, recv(s, buf, 6, MSG_WAITALL));
	EXPECT_EQ(0, memcmp(buf, "lomore", 6));
	EXPECT_OK(ioctlsocket(s, FIONREAD, &bytes));
	EXPECT_EQ(0, bytes);
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	EXPECT_FAIL(WSAEWOULDBLOCK, recv(s, buf, 1, 0));
	end(c, s);
}

static void unconnected_WSAENOTCONN(void)
{
	SOCKET s = unix_socket();
	u_long bytes = POISON;
	char byte = 0;

	EXPECT_FAIL(WSAENOTCONN, send(s, &byte, 1, 0));
	EXPECT_FAIL(WSAENOTCONN, recv(s, &byte, 1, 0));
	EXPECT_FAIL(WSAENOTCONN, shutdown(s, SD_BOTH));
	EXPECT_OK(ioctlsocket(s, FIONREAD, &bytes));
	EXPECT_EQ(0, bytes);
	EXPECT_OK(closesocket(s));
}

/* There is no urgent data. */
static void urgent_data_WSAEOPNOTSUPP(void)
{
	u_long mark = 0;
	SOCKET c, s;
	char byte = 0;

	connected(&c, &s);
	EXPECT_FAIL(WSAEOPNOTSUPP, send(c, &byte, 1, MSG_OOB));
	EXPECT_FAIL(WSAEOPNOTSUPP, recv(s, &byte, 1, MSG_OOB));
	EXPECT_OK(ioctlsocket(s, SIOCATMARK, &mark));
	EXPECT_EQ(1, mark);
	end(c, s);
}

/* A nonblocking send that does not fit; then it does. */
static void full_buffer_WSAEWOULDBLOCK(void)
{
	static char block[65536];
	struct timeval patience = { 20, 0 }, none = { 0, 0 };
	u_long on = 1;
	SOCKET c, s;
	fd_set set;
	long sent = 0, got = 0;
	int n;

	connected(&c, &s);
	EXPECT_OK(ioctlsocket(c, FIONBIO, &on));
	EXPECT_OK(ioctlsocket(s, FIONBIO, &on));
	while ((n = send(c, block, sizeof(block), 0)) > 0)
		sent += n;
	EXPECT_EQ(WSAEWOULDBLOCK, WSAGetLastError());
	FD_ZERO(&set);
	FD_SET(c, &set);
	EXPECT_EQ(0, select(0, NULL, &set, NULL, &none));
	while ((n = recv(s, block, sizeof(block), 0)) > 0)
		got += n;
	EXPECT_EQ(sent, got);
	FD_ZERO(&set);
	FD_SET(c, &set);
	EXPECT_EQ(1, select(0, NULL, &set, NULL, &patience));
	end(c, s);
}

static void shutting_down(void)
{
	SOCKET c, s;
	char byte;

	connected(&c, &s);
	EXPECT_EQ(1, send(c, "x", 1, 0));
	EXPECT_OK(shutdown(c, SD_SEND));
	EXPECT_FAIL(WSAESHUTDOWN, send(c, "x", 1, 0));
	EXPECT_EQ(1, recv(s, &byte, 1, 0));
	EXPECT_EQ(0, recv(s, &byte, 1, 0));
	EXPECT_EQ(1, send(s, "y", 1, 0));
	EXPECT_EQ(1, recv(c, &byte, 1, 0));
	EXPECT_OK(shutdown(c, SD_RECEIVE));
	EXPECT_FAIL(WSAESHUTDOWN, recv(c, &byte, 1, 0));
	end(c, s);
}

/* What the peer sent before it closed can be read; sending is in vain. */
static void peer_closes(void)
{
	SOCKET c, s;
	char byte;

	connected(&c, &s);
	EXPECT_EQ(1, send(s, "x", 1, 0));
	EXPECT_OK(closesocket(s));
	EXPECT_FAIL(WSAECONNRESET, send(c, "y", 1, 0));
	EXPECT_EQ(1, recv(c, &byte, 1, 0));
	EXPECT_EQ(0, recv(c, &byte, 1, 0));
	EXPECT_FAIL(WSAECONNRESET, send(c, "y", 1, 0));
	EXPECT_OK(closesocket(c));
}

/* A peer that closed without reading has reset it, at each call (D10). */
static void peer_resets(void)
{
	SOCKET c, s;
	char byte;

	connected(&c, &s);
	EXPECT_EQ(1, send(c, "unread", 1, 0));
	EXPECT_OK(closesocket(s));
	EXPECT_FAIL(WSAECONNRESET, recv(c, &byte, 1, 0));
	EXPECT_FAIL(WSAECONNRESET, recv(c, &byte, 1, 0));
	EXPECT_FAIL(WSAECONNRESET, send(c, "y", 1, 0));
	EXPECT_OK(closesocket(c));
}

/* FIONREAD counts, and takes neither data nor the reset (D10). */
static void counting_takes_nothing(void)
{
	SOCKET c, s;
	u_long n = 1;
	char buf[8];

	connected(&c, &s);
	EXPECT_EQ(3, send(s, "abc", 3, 0));
	EXPECT_EQ(2, send(s, "de", 2, 0));
	EXPECT_EQ(1, recv(c, buf, 1, 0));
	EXPECT_OK(ioctlsocket(c, FIONREAD, &n));
	EXPECT_EQ(4, n);
	EXPECT_EQ(4, recv(c, buf, sizeof(buf), 0));
	EXPECT_EQ(6, send(c, "unread", 6, 0));
	EXPECT_OK(closesocket(s));
	EXPECT_OK(ioctlsocket(c, FIONREAD, &n));
	EXPECT_EQ(0, n);
	EXPECT_FAIL(WSAECONNRESET, recv(c, buf, 1, 0));
	EXPECT_OK(closesocket(c));
}

/* Lingering has nothing to wait for. */
static void linger(void)
{
	struct linger l = { 1, 5 };
	SOCKET c, s;
	char byte;

	connected(&c, &s);
	EXPECT_OK(setsockopt(c, SOL_SOCKET, SO_LINGER, (char *)&l, sizeof(l)));
	EXPECT_EQ(1, send(c, "x", 1, 0));
	EXPECT_OK(closesocket(c));
	EXPECT_EQ(1, recv(s, &byte, 1, 0));
	EXPECT_EQ(0, recv(s, &byte, 1, 0));
	EXPECT_OK(closesocket(s));
}

static int ready(SOCKET s, int write)
{
	struct timeval none = { 0, 0 };
	fd_set set;

	FD_ZERO(&set);
	FD_SET(s, &set);
	return select(0, write ? NULL : &set, write ? &set : NULL, NULL, &none);
}

static void readiness(void)
{
	SOCKET lsn = listener(), c = unix_socket(), s;
	WSAPOLLFD fd = { c, POLLRDNORM | POLLWRNORM, POISON };
	struct sockaddr_un a;
	char byte;

	EXPECT_EQ(0, ready(c, 0));
	EXPECT_EQ(0, ready(c, 1));
	EXPECT_EQ(0, ready(lsn, 0));
	EXPECT_OK(connect(c, un(&a, PATH), sizeof(a)));
	EXPECT_EQ(1, ready(lsn, 0));
	EXPECT_EQ(1, ready(c, 1));
	EXPECT_EQ(0, ready(c, 0));
	s = accept(lsn, NULL, NULL);
	EXPECT_EQ(0, ready(lsn, 0));
	EXPECT_EQ(1, send(s, "x", 1, 0));
	EXPECT_EQ(1, ready(c, 0));
	EXPECT_EQ(1, WSAPoll(&fd, 1, 0));
	EXPECT_EQ(POLLRDNORM | POLLWRNORM, fd.revents);
	EXPECT_EQ(1, recv(c, &byte, 1, 0));
	EXPECT_OK(closesocket(s));
	EXPECT_EQ(1, ready(c, 0));
	EXPECT_EQ(1, WSAPoll(&fd, 1, 0));
	EXPECT(fd.revents & POLLHUP);
	end(c, lsn);
	remove(PATH);
}

static int get(SOCKET s, int level, int name)
{
	int value = POISON, len = sizeof(value);

	EXPECT_OK(getsockopt(s, level, name, (char *)&value, &len));
	return value;
}

/* Those of the socket exist, those of TCP and IP do not. */
static void options(void)
{
	static const struct {
		int level, name;
	} none[] = {
		{ IPPROTO_TCP, TCP_NODELAY },
		{ IPPROTO_IPV6, IPV6_V6ONLY },
		{ IPPROTO_IP, 4 },
		{ IPPROTO_UDP, 1 },
	};
	SOCKET lsn = listener(), s = unix_socket();
	int value = 4096, len = sizeof(value), i;

	EXPECT_EQ(SOCK_STREAM, get(s, SOL_SOCKET, SO_TYPE));
	EXPECT_EQ(0, get(s, SOL_SOCKET, SO_ERROR));
	EXPECT_EQ(0, get(s, SOL_SOCKET, SO_ACCEPTCONN));
	EXPECT_EQ(1, get(lsn, SOL_SOCKET, SO_ACCEPTCONN));
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_SNDBUF, (char *)&value, 4));
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_RCVBUF, (char *)&value, 4));
	value = 1;
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (char *)&value, 4));
	EXPECT_OK(setsockopt(s, SOL_SOCKET, SO_OOBINLINE, (char *)&value, 4));
	for (i = 0; i < ARRAY_SIZE(none); i++) {
		EXPECT_FAIL(WSAENOPROTOOPT,
			    getsockopt(s, none[i].level, none[i].name,
				       (char *)&value, &len));
		EXPECT_FAIL(WSAENOPROTOOPT,
			    setsockopt(s, none[i].level, none[i].name,
				       (char *)&value, len));
	}
	end(s, lsn);
	remove(PATH);
}

/* Both ends belong to this process. */
static void peer_process(void)
{
	SOCKET c, s, t = unix_socket(), u = socket(AF_INET, SOCK_STREAM, 0);
	ULONG pid = POISON;
	DWORD n = POISON;

	connected(&c, &s);
	EXPECT_OK(WSAIoctl(c, SIO_AF_UNIX_GETPEERPID, NULL, 0, &pid,
			   sizeof(pid), &n, NULL, NULL));
	EXPECT_EQ(GetCurrentProcessId(), pid);
	EXPECT_EQ(sizeof(pid), n);
	pid = POISON;
	EXPECT_OK(WSAIoctl(s, SIO_AF_UNIX_GETPEERPID, NULL, 0, &pid,
			   sizeof(pid), &n, NULL, NULL));
	EXPECT_EQ(GetCurrentProcessId(), pid);
	EXPECT_FAIL(WSAENOTCONN,
		    WSAIoctl(t, SIO_AF_UNIX_GETPEERPID, NULL, 0, &pid,
			     sizeof(pid), &n, NULL, NULL));
	EXPECT_FAIL(WSAEOPNOTSUPP,
		    WSAIoctl(u, SIO_AF_UNIX_GETPEERPID, NULL, 0, &pid,
			     sizeof(pid), &n, NULL, NULL));
	end(c, s);
	end(t, u);
}

/* A descriptor of the other kind of name: no file, and its own length. */
static void abstract_names(void)
{
	static const char name[] = "\0winsock-api";
	SOCKET lsn = unix_socket(), c = unix_socket(), s;
	struct sockaddr_un a, got;
	int len = sizeof(got), n = 2 + sizeof(name) - 1;

	un(&a, "");
	memcpy(a.sun_path, name, sizeof(name) - 1);
	EXPECT_OK(bind(lsn, (struct sockaddr *)&a, n));
	EXPECT_OK(listen(lsn, 5));
	memset(&got, POISON, sizeof(got));
	EXPECT_OK(getsockname(lsn, (struct sockaddr *)&got, &len));
	EXPECT_EQ(n, len);
	EXPECT_EQ(0, memcmp(&a, &got, sizeof(a)));
	EXPECT_FAIL(WSAECONNREFUSED, connect(c, (struct sockaddr *)&a, n - 1));
	EXPECT_FAIL(WSAECONNREFUSED, connect(c, (struct sockaddr *)&a,
					     sizeof(a)));
	EXPECT_OK(connect(c, (struct sockaddr *)&a, n));
	s = accept(lsn, NULL, NULL);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_OK(closesocket(lsn));
	end(c, s);
}

/* Such a name may have more zeros, where other families have the port. */
static void abstract_name_of_zeros(void)
{
	SOCKET lsn = unix_socket(), c = unix_socket(), s;
	struct sockaddr_un a;
	int n = 2 + 12;

	un(&a, "");
	memcpy(a.sun_path + 2, "winsock-00", 10);
	EXPECT_OK(bind(lsn, (struct sockaddr *)&a, n));
	EXPECT_OK(listen(lsn, 5));
	EXPECT_OK(connect(c, (struct sockaddr *)&a, n));
	s = accept(lsn, NULL, NULL);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_OK(closesocket(lsn));
	end(c, s);
}

/* A bound client's name shows at the server. */
static void client_with_a_name(void)
{
	SOCKET lsn = listener(), c = unix_socket(), s;
	struct sockaddr_un a, got;
	int len = sizeof(got);

	remove(OTHER);
	EXPECT_OK(bind(c, un(&a, OTHER), sizeof(a)));
	EXPECT_OK(connect(c, un(&a, PATH), sizeof(a)));
	s = accept(lsn, (struct sockaddr *)&got, &len);
	EXPECT(s != INVALID_SOCKET);
	EXPECT_EQ(sizeof(got), len);
	EXPECT_EQ(0, strcmp(OTHER, got.sun_path));
	EXPECT_OK(closesocket(lsn));
	end(c, s);
	remove(PATH);
	remove(OTHER);
}

static void duplicate(void)
{
	WSAPROTOCOL_INFOA block;
	SOCKET c, s, d;
	char byte;

	connected(&c, &s);
	EXPECT_OK(WSADuplicateSocketA(s, GetCurrentProcessId(), &block));
	EXPECT_EQ(AF_UNIX, block.iAddressFamily);
	d = WSASocketA(0, 0, 0, &block, 0, 0);
	EXPECT(d != INVALID_SOCKET);
	EXPECT_OK(closesocket(s));
	EXPECT_EQ(1, send(d, "x", 1, 0));
	EXPECT_EQ(1, recv(c, &byte, 1, 0));
	end(c, d);
}

static const struct api_test tests[] = {
	{ "unix.names", names },
	{ "unix.names.abstract", abstract_names },
	{ "unix.names.abstract_zeros", abstract_name_of_zeros },
	{ "unix.names.client", client_with_a_name },
	{ "unix.bind.errors", bind_errors },
	{ "unix.bind.lengths", bind_lengths },
	{ "unix.connect.errors", connect_errors },
	{ "unix.connect.full_queue_WSAECONNREFUSED",
	  full_queue_WSAECONNREFUSED },
	{ "unix.accept.states", accept_states },
	{ "unix.data", data },
	{ "unix.data.unconnected_WSAENOTCONN", unconnected_WSAENOTCONN },
	{ "unix.data.urgent_WSAEOPNOTSUPP", urgent_data_WSAEOPNOTSUPP },
	{ "unix.data.full_buffer_WSAEWOULDBLOCK", full_buffer_WSAEWOULDBLOCK },
	{ "unix.shutdown", shutting_down },
	{ "unix.peer.closes", peer_closes },
	{ "unix.peer.resets", peer_resets },
	{ "unix.data.counting", counting_takes_nothing },
	{ "unix.peer.process", peer_process },
	{ "unix.linger", linger },
	{ "unix.readiness", readiness },
	{ "unix.options", options },
	{ "unix.duplicate", duplicate },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
