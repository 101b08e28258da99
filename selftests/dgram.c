// SPDX-License-Identifier: GPL-2.0-only
/*
 * recv of datagrams: waiting for one, and what ends the wait.
 */
#include "ws_test.h"
#include <linux/icmp.h>
#include <linux/ip.h>
#include <linux/udp.h>

FIXTURE(dgram) {
	int dev;
	__u64 sock;	/* bound */
	int peer;	/* native, connected to it */
	__u64 done;
};

FIXTURE_VARIANT(dgram) {
	int family;
};

FIXTURE_VARIANT_ADD(dgram, ipv4) {
	.family = WINSOCK_AF_INET,
};

FIXTURE_VARIANT_ADD(dgram, ipv6) {
	.family = WINSOCK_AF_INET6,
};

FIXTURE_SETUP(dgram)
{
	struct sockaddr_storage ss;
	union ws_addr a;
	socklen_t len;

	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_create(self->dev, variant->family, WINSOCK_SOCK_DGRAM,
			       0, &self->sock));
	ASSERT_EQ(0, ws_bind(self->dev, self->sock, &a,
			     ws_loopback(&a, variant->family, 0)));
	len = peer_loopback(&ss, variant->family,
			    ws_port(self->dev, self->sock));
	self->peer = socket(ss.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	ASSERT_EQ(0, connect(self->peer, (void *)&ss, len));
}

FIXTURE_TEARDOWN(dgram)
{
	close(self->peer);
	close(self->dev);
}

/* A recv asleep in a thread of its own. */
struct sleeper {
	struct winsock_sock_recv recv;
	struct ws_call call;
	char buf[8];
};

static bool sleep_in_recv(struct sleeper *s, int dev, __u64 sock)
{
	s->recv = (struct winsock_sock_recv){
		.size = sizeof(s->recv), .handle = sock,
		.addr = (uintptr_t)s->buf, .count = sizeof(s->buf),
	};
	return !ws_call_start(&s->call, dev, WINSOCK_IOC_SOCK_RECV, &s->recv) &&
	       ws_call_asleep(&s->call);
}

TEST_F(dgram, blocked_recv_takes_what_comes)
{
	struct sleeper s;

	ASSERT_TRUE(sleep_in_recv(&s, self->dev, self->sock));
	ASSERT_EQ(2, send(self->peer, "hi", 2, 0));
	EXPECT_EQ(0, ws_call_join(&s.call));
	EXPECT_EQ(2, s.recv.transferred);
	EXPECT_EQ(0, memcmp(s.buf, "hi", 2));
}

TEST_F(dgram, recv_takes_one_datagram_even_an_empty_one)
{
	char buf[8];

	ASSERT_EQ(0, send(self->peer, "", 0, 0));
	ASSERT_EQ(2, send(self->peer, "ab", 2, 0));
	ASSERT_EQ(1, send(self->peer, "c", 1, 0));
	EXPECT_EQ(0, ws_recv(self->dev, self->sock, buf, 8, 0, &self->done));
	EXPECT_EQ(0, self->done);
	EXPECT_EQ(0, ws_recv(self->dev, self->sock, buf, 8, 0, &self->done));
	EXPECT_EQ(2, self->done);
	EXPECT_EQ(0, ws_recv(self->dev, self->sock, buf, 8, 0, &self->done));
	EXPECT_EQ(1, self->done);
}

TEST_F(dgram, exported_handle_polls_readable_when_one_comes)
{
	char buf[8];
	int file;

	ASSERT_EQ(0, ws_export(self->dev, self->sock, &file));
	EXPECT_EQ(POLLOUT, peer_poll(file, POLLIN | POLLOUT));
	ASSERT_EQ(2, send(self->peer, "hi", 2, 0));
	EXPECT_EQ(POLLIN, peer_poll(file, POLLIN));
	EXPECT_EQ(0, ws_recv(self->dev, self->sock, buf, 8, 0, &self->done));
	EXPECT_EQ(2, self->done);
	EXPECT_EQ(POLLOUT, peer_poll(file, POLLIN | POLLOUT));
	close(file);
}

TEST_F(dgram, SD_RECEIVE_elsewhere_ends_recv_WSAESHUTDOWN)
{
	struct sleeper s;

	ASSERT_TRUE(sleep_in_recv(&s, self->dev, self->sock));
	ASSERT_EQ(0, ws_shutdown(self->dev, self->sock, WINSOCK_SD_RECEIVE));
	EXPECT_EQ(WSAESHUTDOWN, ws_call_join(&s.call));
	EXPECT_EQ(WSAESHUTDOWN, ws_recv(self->dev, self->sock, s.buf, 8, 0,
					&self->done));
}

/* The stack knows of the end, the driver does not: recv must not spin on it. */
TEST_F(dgram, native_shutdown_of_an_import_ends_recv_WSAESHUTDOWN)
{
	struct sleeper s;
	__u64 h;

	ASSERT_EQ(0, ws_import(self->dev, self->peer, &h));
	ASSERT_TRUE(sleep_in_recv(&s, self->dev, h));
	ASSERT_EQ(0, shutdown(self->peer, SHUT_RD));
	EXPECT_EQ(WSAESHUTDOWN, ws_call_join(&s.call));
}

TEST_F(dgram, closesocket_elsewhere_ends_recv_WSAEINTR)
{
	struct sleeper s;

	ASSERT_TRUE(sleep_in_recv(&s, self->dev, self->sock));
	ASSERT_EQ(0, ws_close(self->dev, self->sock));
	EXPECT_EQ(WSAEINTR, ws_call_join(&s.call));
}

/* Nobody listens where it sent to, and the host says so. */
TEST_F(dgram, unreachable_port_is_told_by_recv_WSAECONNRESET)
{
	char buf[8];
	__u64 h;

	ASSERT_EQ(0, ws_import(self->dev, self->peer, &h));
	ASSERT_EQ(0, ws_close(self->dev, self->sock));
	ASSERT_EQ(0, ws_send(self->dev, h, "x", 1, 0, &self->done));
	EXPECT_EQ(WSAECONNRESET, ws_recv(self->dev, h, buf, 8, 0,
					 &self->done));
}

TEST_F(dgram, control_data_that_cannot_be_written_WSAEFAULT)
{
	bool ipv4 = variant->family == WINSOCK_AF_INET;
	struct winsock_sock_recvmsg r = {
		.size = sizeof(r), .flags = WINSOCK_IO_MESSAGE,
		.handle = self->sock, .control = 1, .control_len = 64,
	};
	__u32 on = 1;
	char buf[8];

	r.addr = (uintptr_t)buf;
	r.count = sizeof(buf);
	ASSERT_EQ(0, ws_setopt(self->dev, self->sock,
			       ipv4 ? WINSOCK_IPPROTO_IP : WINSOCK_IPPROTO_IPV6,
			       ipv4 ? WINSOCK_IP_PKTINFO : WINSOCK_IPV6_PKTINFO,
			       &on, sizeof(on)));
	ASSERT_EQ(2, send(self->peer, "hi", 2, 0));
	EXPECT_EQ(WSAEFAULT, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_RECVMSG,
				      &r));
}

/* Told by the driver, and in the queue of whoever asked the stack for one. */
TEST_F(dgram, error_queue_of_an_import_stays_its_owners)
{
	bool ipv4 = variant->family == WINSOCK_AF_INET;
	char buf[8], control[512];
	struct iovec iov = { .iov_base = buf, .iov_len = sizeof(buf) };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	int on = 1;
	__u64 h;

	ASSERT_EQ(0, setsockopt(self->peer, ipv4 ? SOL_IP : SOL_IPV6,
				ipv4 ? IP_RECVERR : IPV6_RECVERR, &on,
				sizeof(on)));
	ASSERT_EQ(0, ws_import(self->dev, self->peer, &h));
	ASSERT_EQ(0, ws_close(self->dev, self->sock));
	ASSERT_EQ(1, send(self->peer, "x", 1, 0));
	EXPECT_EQ(WSAECONNRESET, ws_recv(self->dev, h, buf, 8, 0,
					 &self->done));
	EXPECT_EQ(1, recvmsg(self->peer, &msg, MSG_ERRQUEUE | MSG_DONTWAIT));
	EXPECT_EQ(MSG_ERRQUEUE, msg.msg_flags & MSG_ERRQUEUE);
}

/* The stack looks at the number of segments when it has read them all. */
TEST_F(dgram, too_many_segments_WSAEINVAL_and_nothing_is_sent)
{
	static char data[65000];
	__u32 segment = 100;
	union ws_addr a;
	__u64 h;
	int len;

	len = ws_loopback(&a, variant->family,
			  ws_port(self->dev, self->sock));
	ASSERT_EQ(0, ws_create(self->dev, variant->family, WINSOCK_SOCK_DGRAM,
			       0, &h));
	ASSERT_EQ(0, ws_setopt(self->dev, h, WINSOCK_IPPROTO_UDP,
			       WINSOCK_UDP_SEND_MSG_SIZE, &segment,
			       sizeof(segment)));
	ASSERT_EQ(0, ws_connect(self->dev, h, &a, len));
	EXPECT_EQ(WSAEINVAL, ws_send(self->dev, h, data, sizeof(data), 0,
				     &self->done));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->sock, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_recv(self->dev, self->sock, data, 8, 0,
					  &self->done));
}

static int send_to(int dev, __u64 h, const union ws_addr *to, int len)
{
	struct winsock_sock_sendmsg a = {
		.size = sizeof(a), .handle = h, .addr = (uintptr_t)"x",
		.count = 1, .name = (uintptr_t)to, .name_len = len,
	};

	return ws_ioctl(dev, WINSOCK_IOC_SOCK_SENDMSG, &a);
}

static __u16 checksum(const void *p, int len)
{
	const __u16 *word = p;
	__u32 sum = 0;

	for (; len > 1; len -= 2)
		sum += *word++;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

/* What a router says of a datagram from @port that was too long under way. */
static bool router_says_expired(__be16 port)
{
	struct {
		struct icmphdr icmp;
		struct iphdr ip;
		struct udphdr udp;
	} p = {
		.icmp.type = ICMP_TIME_EXCEEDED,
		.ip = { .version = 4, .ihl = 5, .protocol = IPPROTO_UDP,
			.tot_len = htons(29),
			.saddr = htonl(INADDR_LOOPBACK),
			.daddr = htonl(INADDR_LOOPBACK) },
		.udp = { .source = port, .dest = htons(9), .len = htons(9) },
	};
	struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
	bool ok;

	p.ip.check = checksum(&p.ip, sizeof(p.ip));
	p.icmp.checksum = checksum(&p, sizeof(p));
	ok = sendto(fd, &p, sizeof(p), 0, (void *)&to, sizeof(to)) ==
	     sizeof(p);
	close(fd);
	return ok;
}

/* For what needs nothing: TEST() has a parameter that clang finds unused. */
FIXTURE(alone) {
	int unused;
};

FIXTURE_SETUP(alone)
{
}

FIXTURE_TEARDOWN(alone)
{
}

/*
 * [recv WSAENETRESET, recvfrom WSAENETRESET, WSARecv WSAENETRESET]: once, and
 * not when it is switched off
 */
TEST_F(alone, datagram_that_expired_is_told_WSAENETRESET)
{
	__u32 off = 0;
	struct winsock_sock_control c = {
		.size = sizeof(c), .code = WINSOCK_SIO_UDP_NETRESET,
		.in = (uintptr_t)&off, .in_len = sizeof(off),
	};
	struct winsock_sock_recvmsg r = { .size = sizeof(r) };
	int dev = ws_open(), len, file;
	union ws_addr a;
	char buf[8];
	__u64 h, done;

	ASSERT_EQ(0, ws_create(dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM, 0,
			       &h));
	len = ws_loopback(&a, WINSOCK_AF_INET, 0);
	ASSERT_EQ(0, ws_bind(dev, h, &a, len));
	ASSERT_EQ(0, ws_nonblocking(dev, h, 1));
	ASSERT_EQ(0, ws_export(dev, h, &file));

	ASSERT_TRUE(router_says_expired(ws_port(dev, h)));
	EXPECT_TRUE(peer_poll(file, POLLIN) & POLLIN);
	EXPECT_EQ(WSAENETRESET, ws_recv(dev, h, buf, 8, 0, &done));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_recv(dev, h, buf, 8, 0, &done));

	ASSERT_TRUE(router_says_expired(ws_port(dev, h)));
	EXPECT_TRUE(peer_poll(file, POLLIN) & POLLIN);
	r.handle = h;
	r.addr = (uintptr_t)buf;
	r.count = 8;
	EXPECT_EQ(WSAENETRESET, ws_ioctl(dev, WINSOCK_IOC_SOCK_RECVMSG, &r));

	c.handle = h;
	ASSERT_EQ(0, ws_ioctl(dev, WINSOCK_IOC_SOCK_CONTROL, &c));
	ASSERT_TRUE(router_says_expired(ws_port(dev, h)));
	a.in.sin_port = ws_port(dev, h);
	ASSERT_EQ(0, send_to(dev, h, &a, len));
	EXPECT_TRUE(peer_poll(file, POLLIN) & POLLIN);
	EXPECT_EQ(0, ws_recv(dev, h, buf, 8, 0, &done));
	EXPECT_EQ(POLLOUT, peer_poll(file, POLLIN | POLLOUT));
	close(file);
	close(dev);
}

/* [sendto WSAENETUNREACH, WSASendTo WSAENETUNREACH]: no interface is up */
TEST_F(alone, no_way_to_the_target_WSAENETUNREACH)
{
	union ws_addr a;
	int dev, len;
	__u64 h;

	if (unshare(CLONE_NEWNET))
		SKIP(return, "no network namespaces");
	dev = ws_open();
	ASSERT_EQ(0, ws_create(dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM, 0,
			       &h));
	len = ws_loopback(&a, WINSOCK_AF_INET, htons(9));
	EXPECT_EQ(WSAENETUNREACH, send_to(dev, h, &a, len));
	close(dev);
}

TEST_HARNESS_MAIN
