// SPDX-License-Identifier: GPL-2.0-only
/*
 * recv of datagrams: waiting for one, and what ends the wait.
 */
#include "ws_test.h"

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

TEST_HARNESS_MAIN
