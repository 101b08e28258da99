// SPDX-License-Identifier: GPL-2.0-only
/*
 * What options do: what is set reaches the stack under its own number, what
 * the owner of an imported socket set is read, packets look as they should.
 */
#include "ws_test.h"

#include <linux/filter.h>
#include <netinet/udp.h>

#ifndef IPV6_UNICAST_IF
#define IPV6_UNICAST_IF	76
#endif

#define S	WINSOCK_SOL_SOCKET
#define T	WINSOCK_IPPROTO_TCP
#define U	WINSOCK_IPPROTO_UDP
#define I	WINSOCK_IPPROTO_IP
#define I6	WINSOCK_IPPROTO_IPV6

/* Native sockets, and the handles that they were imported as. */
FIXTURE(option_stack) {
	int dev;
	int tcp, udp, udp6;
	__u64 tcp_h, udp_h, udp6_h;
};

FIXTURE_SETUP(option_stack)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	self->tcp = socket(AF_INET, SOCK_STREAM, 0);
	self->udp = socket(AF_INET, SOCK_DGRAM, 0);
	self->udp6 = socket(AF_INET6, SOCK_DGRAM, 0);
	ASSERT_EQ(0, ws_import(self->dev, self->tcp, &self->tcp_h));
	ASSERT_EQ(0, ws_import(self->dev, self->udp, &self->udp_h));
	ASSERT_EQ(0, ws_import(self->dev, self->udp6, &self->udp6_h));
}

FIXTURE_TEARDOWN(option_stack)
{
	close(self->tcp);
	close(self->udp);
	close(self->udp6);
	close(self->dev);
}

enum which { TCP_SOCKET, UDP_SOCKET, UDP6_SOCKET };

/* Windows' number and value, and what they are to the stack. */
struct row {
	enum which which;
	int level, name;
	__u32 value;
	int stack_level, stack_name;
	int stack_value;
	int stack_initial;
};

static const struct row rows[] = {
	{ TCP_SOCKET, S, WINSOCK_SO_KEEPALIVE, 1, SOL_SOCKET, SO_KEEPALIVE, 1 },
	{ TCP_SOCKET, S, WINSOCK_SO_OOBINLINE, 1, SOL_SOCKET, SO_OOBINLINE, 1 },
	{ UDP_SOCKET, S, WINSOCK_SO_BROADCAST, 1, SOL_SOCKET, SO_BROADCAST, 1 },
	{ TCP_SOCKET, T, WINSOCK_TCP_NODELAY, 1, SOL_TCP, TCP_NODELAY, 1 },
	{ TCP_SOCKET, T, WINSOCK_TCP_KEEPIDLE, 30, SOL_TCP, TCP_KEEPIDLE, 30,
	  7200 },
	{ TCP_SOCKET, T, WINSOCK_TCP_KEEPINTVL, 7, SOL_TCP, TCP_KEEPINTVL, 7,
	  75 },
	{ TCP_SOCKET, T, WINSOCK_TCP_KEEPCNT, 200, SOL_TCP, TCP_KEEPCNT, 200,
	  9 },
	{ TCP_SOCKET, T, WINSOCK_TCP_MAXRT, 21, SOL_TCP, TCP_USER_TIMEOUT,
	  21000 },
	{ UDP_SOCKET, U, WINSOCK_UDP_NOCHECKSUM, 1, SOL_SOCKET, SO_NO_CHECK,
	  1 },
	{ UDP_SOCKET, U, WINSOCK_UDP_SEND_MSG_SIZE, 1400, SOL_UDP, UDP_SEGMENT,
	  1400 },
	{ UDP_SOCKET, I, WINSOCK_IP_TTL, 7, SOL_IP, IP_TTL, 7, 64 },
	{ UDP_SOCKET, I, WINSOCK_IP_TOS, 0x28, SOL_IP, IP_TOS, 0x28 },
	{ UDP_SOCKET, I, WINSOCK_IP_MULTICAST_TTL, 9, SOL_IP, IP_MULTICAST_TTL,
	  9, 1 },
	{ UDP_SOCKET, I, WINSOCK_IP_MULTICAST_LOOP, 0, SOL_IP,
	  IP_MULTICAST_LOOP, 0, 1 },
	{ UDP_SOCKET, I, WINSOCK_IP_DONTFRAGMENT, 1, SOL_IP, IP_MTU_DISCOVER,
	  IP_PMTUDISC_DO, IP_PMTUDISC_WANT },
	{ UDP_SOCKET, I, WINSOCK_IP_MTU_DISCOVER, WINSOCK_PMTUDISC_PROBE,
	  SOL_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE },
	{ UDP_SOCKET, I, WINSOCK_IP_PKTINFO, 1, SOL_IP, IP_PKTINFO, 1 },
	{ UDP_SOCKET, I, WINSOCK_IP_RECVTTL, 1, SOL_IP, IP_RECVTTL, 1 },
	{ UDP_SOCKET, I, WINSOCK_IP_RECVTOS, 1, SOL_IP, IP_RECVTOS, 1 },
	{ UDP6_SOCKET, I6, WINSOCK_IPV6_UNICAST_HOPS, 7, SOL_IPV6,
	  IPV6_UNICAST_HOPS, 7, 64 },
	{ UDP6_SOCKET, I6, WINSOCK_IPV6_MULTICAST_HOPS, 9, SOL_IPV6,
	  IPV6_MULTICAST_HOPS, 9, 1 },
	{ UDP6_SOCKET, I6, WINSOCK_IPV6_MULTICAST_LOOP, 0, SOL_IPV6,
	  IPV6_MULTICAST_LOOP, 0, 1 },
	{ UDP6_SOCKET, I6, WINSOCK_IPV6_MULTICAST_IF, 1, SOL_IPV6,
	  IPV6_MULTICAST_IF, 1 },
	{ UDP6_SOCKET, I6, WINSOCK_IPV6_UNICAST_IF, 1, SOL_IPV6,
	  IPV6_UNICAST_IF, 0x01000000 },
	{ UDP6_SOCKET, I6, WINSOCK_IPV6_DONTFRAG, 1, SOL_IPV6, IPV6_DONTFRAG,
	  1 },
	{ UDP6_SOCKET, I6, WINSOCK_IPV6_PKTINFO, 1, SOL_IPV6,
	  IPV6_RECVPKTINFO, 1 },
	{ UDP6_SOCKET, I6, WINSOCK_IPV6_HOPLIMIT, 1, SOL_IPV6,
	  IPV6_RECVHOPLIMIT, 1 },
	{ UDP6_SOCKET, I6, WINSOCK_IPV6_RECVTCLASS, 1, SOL_IPV6,
	  IPV6_RECVTCLASS, 1 },
	{ UDP6_SOCKET, I6, WINSOCK_IPV6_MTU_DISCOVER, WINSOCK_PMTUDISC_DONT,
	  SOL_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DONT },
};

/* Of the stack's values Windows has another idea, or the driver keeps its own. */
static bool one_way(const struct row *r)
{
	return r->name == WINSOCK_IP_MTU_DISCOVER ||
	       (r->level == T && r->name == WINSOCK_TCP_KEEPCNT);
}

static int native_get(int fd, const struct row *r)
{
	int value = 0;
	socklen_t len = sizeof(value);

	if (getsockopt(fd, r->stack_level, r->stack_name, &value, &len))
		return -errno;
	return value;
}

TEST_F(option_stack, what_is_set_reaches_the_stack)
{
	const struct row *r;

	for (r = rows; r < rows + ARRAY_SIZE(rows); r++) {
		int fd = r->which == TCP_SOCKET ? self->tcp :
			 r->which == UDP_SOCKET ? self->udp : self->udp6;
		__u64 h = r->which == TCP_SOCKET ? self->tcp_h :
			  r->which == UDP_SOCKET ? self->udp_h : self->udp6_h;

		if (r->name != WINSOCK_IP_MTU_DISCOVER)
			EXPECT_EQ(r->stack_initial, native_get(fd, r));
		EXPECT_EQ(0, ws_setopt(self->dev, h, r->level, r->name,
				       &r->value, sizeof(r->value)));
		EXPECT_EQ(r->stack_value, native_get(fd, r)) {
			TH_LOG("level %d, name %d", r->level, r->name);
		}
	}
}

TEST_F(option_stack, what_the_owner_set_is_read)
{
	const struct row *r;

	for (r = rows; r < rows + ARRAY_SIZE(rows); r++) {
		int fd = r->which == TCP_SOCKET ? self->tcp :
			 r->which == UDP_SOCKET ? self->udp : self->udp6;
		__u64 h = r->which == TCP_SOCKET ? self->tcp_h :
			  r->which == UDP_SOCKET ? self->udp_h : self->udp6_h;
		__u32 value = 0;
		__s32 len = sizeof(value);

		if (one_way(r))
			continue;
		ASSERT_EQ(0, setsockopt(fd, r->stack_level, r->stack_name,
					&r->stack_value, sizeof(int)));
		EXPECT_EQ(0, ws_getopt(self->dev, h, r->level, r->name, &value,
				       &len));
		EXPECT_EQ(r->value, value) {
			TH_LOG("level %d, name %d", r->level, r->name);
		}
	}
}

/* The pace of native probes is not changed by whoever imports the socket. */
TEST_F(option_stack, KEEPALIVE_of_an_imported_socket_keeps_its_pace)
{
	static const struct row intvl = {
		.stack_level = SOL_TCP, .stack_name = TCP_KEEPINTVL,
	};
	__u32 on = 1, value = 0;
	__s32 len = sizeof(value);

	ASSERT_EQ(0, ws_setopt(self->dev, self->tcp_h, S, WINSOCK_SO_KEEPALIVE,
			       &on, sizeof(on)));
	EXPECT_EQ(75, native_get(self->tcp, &intvl));
	EXPECT_EQ(0, ws_getopt(self->dev, self->tcp_h, T,
			       WINSOCK_TCP_KEEPINTVL, &value, &len));
	EXPECT_EQ(75, value);
}

/* As they were when the socket came, in milliseconds and rounded up. */
TEST_F(option_stack, timeouts_are_imported)
{
	struct timeval half = { .tv_usec = 500000 };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	__u32 value = 0;
	__s32 len = sizeof(value);
	__u64 h;

	ASSERT_EQ(0, setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &half,
				sizeof(half)));
	ASSERT_EQ(0, ws_import(self->dev, fd, &h));
	EXPECT_EQ(0, ws_getopt(self->dev, h, S, WINSOCK_SO_RCVTIMEO, &value,
			       &len));
	EXPECT_EQ(500, value);
	EXPECT_EQ(0, ws_getopt(self->dev, h, S, WINSOCK_SO_SNDTIMEO, &value,
			       &len));
	EXPECT_EQ(0, value);
	close(fd);
}

/* What the receiver of a datagram is told of its header. */
static int received_cmsg(int fd, int type)
{
	char byte, control[64];
	struct iovec iov = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *c;

	if (recvmsg(fd, &msg, 0) != 1)
		return -errno;
	for (c = CMSG_FIRSTHDR(&msg); c; c = CMSG_NXTHDR(&msg, c))
		if (c->cmsg_level == SOL_IP && c->cmsg_type == type)
			return type == IP_TTL ? *(int *)CMSG_DATA(c) :
						*CMSG_DATA(c);
	return -1;
}

/* IP_TTL and IP_TOS are in the packets that go out. */
TEST_F(option_stack, receiver_sees_TTL_and_TOS)
{
	struct sockaddr_storage ss;
	socklen_t len = peer_loopback(&ss, WINSOCK_AF_INET, 0);
	int one = 1, fd = socket(AF_INET, SOCK_DGRAM, 0);
	__u32 ttl = 7, tos = 0x28;
	union ws_addr a;
	__u64 h, done;

	ASSERT_EQ(0, bind(fd, (void *)&ss, len));
	ASSERT_EQ(0, setsockopt(fd, SOL_IP, IP_RECVTTL, &one, sizeof(one)));
	ASSERT_EQ(0, ws_create(self->dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM,
			       0, &h));
	ASSERT_EQ(0, ws_setopt(self->dev, h, I, WINSOCK_IP_TTL, &ttl, 4));
	ASSERT_EQ(0, ws_setopt(self->dev, h, I, WINSOCK_IP_TOS, &tos, 4));
	len = ws_loopback(&a, WINSOCK_AF_INET, peer_port(fd));
	ASSERT_EQ(0, ws_connect(self->dev, h, &a, len));
	ASSERT_EQ(0, ws_send(self->dev, h, "x", 1, 0, &done));
	EXPECT_EQ(7, received_cmsg(fd, IP_TTL));
	ASSERT_EQ(0, setsockopt(fd, SOL_IP, IP_RECVTOS, &one, sizeof(one)));
	ASSERT_EQ(0, ws_send(self->dev, h, "x", 1, 0, &done));
	EXPECT_EQ(0x28, received_cmsg(fd, IP_TOS));
	close(fd);
}

/* One buffer goes out as datagrams of the size that was set. */
TEST_F(option_stack, SEND_MSG_SIZE_divides)
{
	struct sockaddr_storage ss;
	socklen_t len = peer_loopback(&ss, WINSOCK_AF_INET, 0);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	__u32 size = 1000;
	char buf[2500] = {};
	union ws_addr a;
	__u64 h, done;

	ASSERT_EQ(0, bind(fd, (void *)&ss, len));
	ASSERT_EQ(0, ws_create(self->dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM,
			       0, &h));
	ASSERT_EQ(0, ws_setopt(self->dev, h, U, WINSOCK_UDP_SEND_MSG_SIZE,
			       &size, 4));
	len = ws_loopback(&a, WINSOCK_AF_INET, peer_port(fd));
	ASSERT_EQ(0, ws_connect(self->dev, h, &a, len));
	ASSERT_EQ(0, ws_send(self->dev, h, buf, sizeof(buf), 0, &done));
	EXPECT_EQ(1000, recv(fd, buf, sizeof(buf), 0));
	EXPECT_EQ(1000, recv(fd, buf, sizeof(buf), 0));
	EXPECT_EQ(500, recv(fd, buf, sizeof(buf), 0));
	close(fd);
}

/* The peer's end hears nothing more, and so does not answer. */
static int deafen(int fd)
{
	struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog filter = { .len = 1, .filter = &nothing };

	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter,
			  sizeof(filter));
}

/* Found out by probes.  [setsockopt WSAENETRESET] */
TEST_F(option_stack, KEEPALIVE_after_a_timeout_WSAENETRESET)
{
	struct pollfd pfd = { .events = POLLIN };
	__u32 on = 1, second = 1;
	struct sockaddr_storage ss;
	socklen_t len = peer_loopback(&ss, WINSOCK_AF_INET, 0);
	int lsn = peer_socket(WINSOCK_AF_INET), peer;
	union ws_addr a;
	__u64 h;

	ASSERT_EQ(0, bind(lsn, (void *)&ss, len));
	ASSERT_EQ(0, listen(lsn, 1));
	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
	len = ws_loopback(&a, WINSOCK_AF_INET, peer_port(lsn));
	ASSERT_EQ(0, ws_connect(self->dev, h, &a, len));
	peer = accept(lsn, NULL, NULL);
	ASSERT_LE(0, peer);
	ASSERT_EQ(0, deafen(peer));
	ASSERT_EQ(0, ws_setopt(self->dev, h, T, WINSOCK_TCP_KEEPIDLE, &second,
			       4));
	ASSERT_EQ(0, ws_setopt(self->dev, h, T, WINSOCK_TCP_KEEPCNT, &second,
			       4));
	ASSERT_EQ(0, ws_setopt(self->dev, h, S, WINSOCK_SO_KEEPALIVE, &on, 4));
	ASSERT_EQ(0, ws_export(self->dev, h, &pfd.fd));
	ASSERT_EQ(1, poll(&pfd, 1, WS_PATIENCE * 1000));
	EXPECT_EQ(WSAENETRESET, ws_setopt(self->dev, h, S,
					  WINSOCK_SO_KEEPALIVE, &on, 4));
	close(pfd.fd);
	close(peer);
	close(lsn);
}

TEST_HARNESS_MAIN
