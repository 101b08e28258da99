// SPDX-License-Identifier: GPL-2.0-only
/*
 * WSAPoll (the WSAPoll page; behaviour-core.md).
 */
#include "ws_pair.h"

static int do_poll(int dev, struct winsock_pollfd *fds, __u32 count,
		   __s64 timeout, __u32 *ready)
{
	struct winsock_sock_poll a = {
		.size = sizeof(a), .fds = (uintptr_t)fds, .count = count,
		.timeout = timeout, .out_count = WS_POISON32,
	};
	int ret = ws_ioctl(dev, WINSOCK_IOC_SOCK_POLL, &a);

	*ready = a.out_count;
	return ret;
}

#define ALL	(WINSOCK_POLLRDNORM | WINSOCK_POLLRDBAND | WINSOCK_POLLWRNORM)

/* revents of one socket asked for everything, -1 on failure. */
static int revents(int dev, __u64 sock)
{
	struct winsock_pollfd fd = { .fd = sock, .events = ALL, .revents = -1 };
	__u32 ready;

	if (do_poll(dev, &fd, 1, 0, &ready) || ready != !!fd.revents)
		return -1;
	return fd.revents;
}

TEST_F(pair, writable_then_readable)
{
	EXPECT_EQ(WINSOCK_POLLWRNORM, revents(self->dev, self->conn));
	ASSERT_EQ(1, send(self->peer, "x", 1, 0));
	EXPECT_TRUE(ws_until(revents(self->dev, self->conn) ==
			     (WINSOCK_POLLWRNORM | WINSOCK_POLLRDNORM)));
}

TEST_F(pair, urgent_byte_is_RDBAND)
{
	ASSERT_EQ(1, send(self->peer, "!", 1, MSG_OOB));
	EXPECT_TRUE(ws_until(revents(self->dev, self->conn) ==
			     (WINSOCK_POLLWRNORM | WINSOCK_POLLRDBAND)));
}

TEST_F(pair, graceful_end_is_HUP_and_readable)
{
	close(self->peer);
	self->peer = -1;
	EXPECT_TRUE(ws_until(revents(self->dev, self->conn) & WINSOCK_POLLHUP));
	EXPECT_TRUE(revents(self->dev, self->conn) & WINSOCK_POLLRDNORM);
	EXPECT_FALSE(revents(self->dev, self->conn) & WINSOCK_POLLERR);
}

TEST_F(pair, abrupt_end_is_HUP_and_ERR)
{
	int both = WINSOCK_POLLHUP | WINSOCK_POLLERR;

	peer_reset(self->peer);
	self->peer = -1;
	EXPECT_TRUE(ws_until((revents(self->dev, self->conn) & both) == both));
}

TEST_F(pair, only_what_was_asked_for)
{
	struct winsock_pollfd fd = { .fd = self->conn,
				     .events = WINSOCK_POLLRDNORM,
				     .revents = -1 };
	__u32 ready;

	EXPECT_EQ(0, do_poll(self->dev, &fd, 1, 0, &ready));
	EXPECT_EQ(0, ready);
	EXPECT_EQ(0, fd.revents);
}

TEST_F(pair, events_that_may_not_be_asked_WSAEINVAL)
{
	static const short bad[] = { WINSOCK_POLLERR, WINSOCK_POLLHUP,
				     WINSOCK_POLLNVAL, 0x400, (short)0x8000 };
	struct winsock_pollfd fd = { .fd = self->conn, .revents = 77 };
	unsigned int i;
	__u32 ready;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		fd.events = WINSOCK_POLLRDNORM | bad[i];
		EXPECT_EQ(WSAEINVAL, do_poll(self->dev, &fd, 1, 0, &ready));
		EXPECT_EQ(77, fd.revents);
	}
}

TEST_F(pair, no_array_WSAEINVAL)
{
	struct winsock_pollfd fd = { .fd = self->conn };
	__u32 ready;

	EXPECT_EQ(WSAEINVAL, do_poll(self->dev, NULL, 1, 0, &ready));
	EXPECT_EQ(WSAEINVAL, do_poll(self->dev, &fd, 0, 0, &ready));
	EXPECT_EQ(WSAEFAULT, do_poll(self->dev, (void *)1, 1, 0, &ready));
}

TEST_F(pair, what_is_no_socket_is_NVAL_if_another_is_one)
{
	struct winsock_pollfd fd[2] = {
		{ .fd = ~0ULL, .events = WINSOCK_POLLRDNORM },
		{ .fd = self->conn, .events = WINSOCK_POLLRDNORM },
	};
	__u32 ready;

	EXPECT_EQ(0, do_poll(self->dev, fd, 2, 0, &ready));
	EXPECT_EQ(1, ready);
	EXPECT_EQ(WINSOCK_POLLNVAL, fd[0].revents);
	EXPECT_EQ(0, fd[1].revents);
	EXPECT_EQ(WSAEINVAL, do_poll(self->dev, fd, 1, 0, &ready));
}

TEST_F(pair, closed_during_the_wait_is_NVAL)
{
	struct winsock_pollfd fd = { .fd = self->conn,
				     .events = WINSOCK_POLLRDNORM };
	struct winsock_sock_poll a = {
		.size = sizeof(a), .fds = (uintptr_t)&fd, .count = 1,
		.timeout = -1,
	};
	struct ws_call call;

	ASSERT_EQ(0, ws_call_start(&call, self->dev, WINSOCK_IOC_SOCK_POLL,
				   &a));
	ASSERT_TRUE(ws_call_asleep(&call));
	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(0, ws_call_join(&call));
	EXPECT_EQ(1, a.out_count);
	EXPECT_EQ(WINSOCK_POLLNVAL, fd.revents);
}

TEST_F(pair, failed_connect_is_HUP_ERR_WRNORM)
{
	union ws_addr addr;
	__be16 port;
	__u64 sock;
	int fd, len;

	fd = peer_bind(variant->family, &port);
	ASSERT_LE(0, fd);
	len = ws_loopback(&addr, variant->family, port);
	ASSERT_EQ(0, ws_tcp(self->dev, variant->family, &sock));
	EXPECT_EQ(0, revents(self->dev, sock));
	ASSERT_EQ(0, ws_nonblocking(self->dev, sock, 1));
	ASSERT_EQ(WSAEWOULDBLOCK, ws_connect(self->dev, sock, &addr, len));
	EXPECT_TRUE(ws_until(revents(self->dev, sock) ==
			     (WINSOCK_POLLHUP | WINSOCK_POLLERR |
			      WINSOCK_POLLWRNORM)));
	close(fd);
}

TEST_F(pair, arrays_of_32_bit_programs)
{
	struct {
		__u32 fd;
		__s16 events, revents;
	} fd = { self->conn, WINSOCK_POLLWRNORM, -1 };
	struct winsock_sock_poll a = {
		.size = sizeof(a), .flags = WINSOCK_SELECT_32,
		.fds = (uintptr_t)&fd, .count = 1,
	};

	EXPECT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_POLL, &a));
	EXPECT_EQ(1, a.out_count);
	EXPECT_EQ(WINSOCK_POLLWRNORM, fd.revents);
}

TEST_HARNESS_MAIN
