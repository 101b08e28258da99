// SPDX-License-Identifier: GPL-2.0-only
/*
 * Connections whose other end vanishes without a word: its segments are dropped
 * by a filter, its address may go too.  In a network namespace of their own.
 */
#include "ws_test.h"

#include <linux/filter.h>
#include <linux/icmp.h>
#include <linux/ip.h>

#define PEER_ADDR	0xc0000201	/* 192.0.2.1, TEST-NET-1 */
#define GIVE_UP		100		/* milliseconds without an answer */

FIXTURE(vanish) {
	int dev;
	int net;	/* for interface ioctls */
	int lsn, peer, ours;	/* native */
	struct sockaddr_in sin;
	__u64 conn;	/* @ours imported, nonblocking */
};

FIXTURE_VARIANT(vanish) {
	bool late;	/* connect did not wait for the outcome */
	bool unreachable;
	int code;
};

FIXTURE_VARIANT_ADD(vanish, silent) {
	.code = WSAETIMEDOUT,
};

FIXTURE_VARIANT_ADD(vanish, unreachable) {
	.unreachable = true, .code = WSAENETUNREACH,
};

FIXTURE_VARIANT_ADD(vanish, silent_after_nonblocking_connect) {
	.late = true, .code = WSAETIMEDOUT,
};

FIXTURE_VARIANT_ADD(vanish, unreachable_after_nonblocking_connect) {
	.late = true, .unreachable = true, .code = WSAENETUNREACH,
};

static int set_flags(int net, const char *name, short flags)
{
	struct ifreq ifr = { .ifr_flags = flags };

	strcpy(ifr.ifr_name, name);
	return ioctl(net, SIOCSIFFLAGS, &ifr);
}

static int add_address(int net, const char *name, __be32 addr)
{
	struct sockaddr_in sin = {
		.sin_family = AF_INET, .sin_addr.s_addr = addr,
	};
	struct ifreq ifr = {};

	strcpy(ifr.ifr_name, name);
	memcpy(&ifr.ifr_addr, &sin, sizeof(sin));
	return ioctl(net, SIOCSIFADDR, &ifr);
}

/* Have a socket hear nothing any more. */
static int deafen(int sock)
{
	struct sock_filter drop = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog prog = { .len = 1, .filter = &drop };

	return setsockopt(sock, SOL_SOCKET, SO_ATTACH_FILTER, &prog,
			  sizeof(prog));
}

/* How often in a row it was tried to send the same again; -1 on failure. */
static int attempts(int sock)
{
	struct tcp_info info;
	socklen_t len = sizeof(info);

	if (getsockopt(sock, IPPROTO_TCP, TCP_INFO, &info, &len))
		return -1;
	return info.tcpi_retransmits;
}

/*
 * When it is done, the connection has ended; by the code of what was tried
 * last, so it is given up only after a try without the address.
 */
FIXTURE_SETUP(vanish)
{
	struct sockaddr_in own = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof(self->sin);
	int ms = GIVE_UP, tries;
	char byte;
	__u64 done;

	if (geteuid())
		return;	/* the tests skip */
	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	self->net = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	ASSERT_TRUE(peer_loopback_up());
	ASSERT_EQ(0, add_address(self->net, "lo:1", htonl(PEER_ADDR)));

	self->lsn = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	self->sin.sin_family = AF_INET;
	self->sin.sin_addr.s_addr = htonl(PEER_ADDR);
	ASSERT_EQ(0, bind(self->lsn, (void *)&self->sin, len));
	ASSERT_EQ(0, listen(self->lsn, 5));
	ASSERT_EQ(0, getsockname(self->lsn, (void *)&self->sin, &len));

	self->ours = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC |
			    (variant->late ? SOCK_NONBLOCK : 0), 0);
	ASSERT_EQ(0, bind(self->ours, (void *)&own, sizeof(own)));
	ASSERT_EQ(variant->late ? -1 : 0,
		  connect(self->ours, (void *)&self->sin, len));
	self->peer = accept(self->lsn, NULL, NULL);
	ASSERT_LE(0, self->peer);
	ASSERT_EQ(POLLOUT, peer_poll(self->ours, POLLOUT));

	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_import(self->dev, self->ours, &self->conn));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	ASSERT_EQ(WSAEWOULDBLOCK, ws_recv(self->dev, self->conn, &byte, 1, 0,
					  &done));

	ASSERT_EQ(0, deafen(self->peer));
	ASSERT_EQ(0, ws_send(self->dev, self->conn, "x", 1, 0, &done));
	/* What is sent again from now on has no way to go. */
	if (variant->unreachable)
		ASSERT_EQ(0, set_flags(self->net, "lo:1", 0));
	tries = attempts(self->ours);
	ASSERT_TRUE(ws_until(attempts(self->ours) > tries));
	ASSERT_EQ(0, setsockopt(self->ours, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms,
				sizeof(ms)));
	ASSERT_TRUE(peer_poll(self->ours, 0) & POLLHUP);
}

FIXTURE_TEARDOWN(vanish)
{
	if (geteuid())
		return;
	close(self->dev);
	close(self->ours);
	close(self->peer);
	close(self->lsn);
	close(self->net);
}

/* D10 */
TEST_F(vanish, code_is_told_by_every_call)
{
	char byte;
	__u64 done;
	int i;

	if (geteuid())
		SKIP(return, "a network namespace needs root");
	for (i = 0; i < 3; i++)
		EXPECT_EQ(variant->code, ws_recv(self->dev, self->conn, &byte,
						 1, 0, &done));
	EXPECT_EQ(variant->code, ws_send(self->dev, self->conn, "x", 1, 0,
					 &done));
}

TEST_F(vanish, connect_again_WSAEISCONN_keeps_the_code)
{
	union ws_addr to = {};
	char byte;
	__u64 done;

	if (geteuid())
		SKIP(return, "a network namespace needs root");
	to.in.sin_family = WINSOCK_AF_INET;
	to.in.sin_port = self->sin.sin_port;
	to.in.sin_addr = htonl(INADDR_LOOPBACK);
	EXPECT_EQ(WSAEISCONN, ws_connect(self->dev, self->conn, &to,
					 sizeof(to.in)));
	EXPECT_EQ(variant->code, ws_recv(self->dev, self->conn, &byte, 1, 0,
					 &done));
}

/* The number of the next byte that @sock sends. */
static int next_seq(int sock, __u32 *seq)
{
	int on = TCP_REPAIR_ON, off = TCP_REPAIR_OFF_NO_WP;
	int queue = 2;	/* what was sent */
	socklen_t len = sizeof(*seq);

	return setsockopt(sock, IPPROTO_TCP, TCP_REPAIR, &on, sizeof(on)) ||
	       setsockopt(sock, IPPROTO_TCP, TCP_REPAIR_QUEUE, &queue,
			  sizeof(queue)) ||
	       getsockopt(sock, IPPROTO_TCP, TCP_QUEUE_SEQ, seq, &len) ||
	       setsockopt(sock, IPPROTO_TCP, TCP_REPAIR, &off, sizeof(off));
}

/* As a router that knows no way to the peer tells @sock of a segment of its. */
static int tell_of_no_way(int sock, __be16 port, __u32 seq)
{
	struct {
		struct icmphdr icmp;
		struct iphdr ip;
		__be16 source, dest;
		__be32 seq;
	} m = {
		.icmp.type = ICMP_DEST_UNREACH, .icmp.code = ICMP_HOST_UNREACH,
		.ip.version = 4, .ip.ihl = 5, .ip.protocol = IPPROTO_TCP,
		.ip.saddr = htonl(INADDR_LOOPBACK),
		.ip.daddr = htonl(INADDR_LOOPBACK),
		.source = peer_port(sock), .dest = port, .seq = htonl(seq),
	};
	struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	const __u16 *word = (const __u16 *)&m;
	int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
	__u32 sum = 0;
	ssize_t n;
	size_t i;

	for (i = 0; i < sizeof(m) / sizeof(*word); i++)
		sum += word[i];
	sum = (sum & 0xffff) + (sum >> 16);
	m.icmp.checksum = ~(sum + (sum >> 16));
	n = sendto(fd, &m, sizeof(m), 0, (void *)&to, sizeof(to));
	close(fd);
	return n == sizeof(m) ? 0 : -1;
}

FIXTURE(alive) {
	int dev;
	int lsn, peer, ours;	/* native */
	__be16 port;
	__u64 conn;	/* @ours imported, blocking */
};

FIXTURE_SETUP(alive)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	self->lsn = peer_listen(WINSOCK_AF_INET, &self->port);
	ASSERT_LE(0, self->lsn);
	self->ours = peer_connect(WINSOCK_AF_INET, self->port);
	self->peer = accept(self->lsn, NULL, NULL);
	ASSERT_LE(0, self->peer);
	ASSERT_EQ(0, ws_import(self->dev, self->ours, &self->conn));
}

FIXTURE_TEARDOWN(alive)
{
	close(self->dev);
	close(self->ours);
	close(self->peer);
	close(self->lsn);
}

/* What was heard of the way does not hide that keep-alive gave up. */
TEST_F(alive, that_hears_of_no_way_WSAENETRESET)
{
	int one = 1;
	__u64 done;
	__u32 seq;
	char byte;

	if (geteuid())
		SKIP(return, "raw sockets and TCP_REPAIR need root");
	if (next_seq(self->ours, &seq))
		SKIP(return, "this kernel has no TCP_REPAIR");
	ASSERT_EQ(0, deafen(self->peer));
	ASSERT_EQ(0, setsockopt(self->ours, IPPROTO_TCP, TCP_KEEPIDLE, &one,
				sizeof(one)));
	ASSERT_EQ(0, setsockopt(self->ours, IPPROTO_TCP, TCP_KEEPINTVL, &one,
				sizeof(one)));
	ASSERT_EQ(0, setsockopt(self->ours, IPPROTO_TCP, TCP_KEEPCNT, &one,
				sizeof(one)));
	ASSERT_EQ(0, setsockopt(self->ours, SOL_SOCKET, SO_KEEPALIVE, &one,
				sizeof(one)));
	ASSERT_EQ(0, tell_of_no_way(self->ours, self->port, seq));
	EXPECT_EQ(WSAENETRESET, ws_recv(self->dev, self->conn, &byte, 1, 0,
					&done));
	EXPECT_EQ(WSAENOTCONN, ws_recv(self->dev, self->conn, &byte, 1, 0,
				       &done));
}

TEST_HARNESS_MAIN
