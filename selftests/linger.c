// SPDX-License-Identifier: GPL-2.0-only
/*
 * SO_LINGER with bytes unsent: who waits in closesocket, who does not, and what
 * the peer sees.
 */
#include "ws_pair.h"

#define FOR_EVER	10000	/* seconds: no test that waits them passes */

static int set_linger(int dev, __u64 sock, __u16 on, __u16 seconds)
{
	__u32 linger = seconds << 16 | on;

	return ws_setopt(dev, sock, WINSOCK_SOL_SOCKET, WINSOCK_SO_LINGER,
			 &linger, sizeof(linger));
}

/* A connection with full buffers and a linger time. */
static bool fill_and_linger(int dev, __u64 conn, __u16 seconds)
{
	return pair_fill(dev, conn) && !set_linger(dev, conn, 1, seconds);
}

/* Read to the end: 0 when the stream ends as it should, else -errno. */
static int drain(int peer)
{
	static char block[65536];
	ssize_t n;

	do
		n = read(peer, block, sizeof(block));
	while (n > 0);
	return n ? -errno : 0;
}

/* closesocket in a thread of its own. */
struct closer {
	struct winsock_handle_close close;
	struct ws_call call;
};

static int start_close(struct closer *c, int dev, __u64 sock)
{
	c->close = (struct winsock_handle_close){
		.size = sizeof(c->close), .handle = sock,
	};
	return ws_call_start(&c->call, dev, WINSOCK_IOC_HANDLE_CLOSE,
			     &c->close);
}

TEST_F(pair, closesocket_waits_until_the_peer_has_all)
{
	struct closer c;

	ASSERT_TRUE(fill_and_linger(self->dev, self->conn, FOR_EVER));
	ASSERT_EQ(0, start_close(&c, self->dev, self->conn));
	ASSERT_TRUE(ws_call_asleep(&c.call));
	EXPECT_EQ(WSAENOTSOCK, ws_close(self->dev, self->conn));
	EXPECT_EQ(0, drain(self->peer));
	EXPECT_EQ(0, ws_call_join(&c.call));
}

TEST_F(pair, closesocket_resets_when_time_is_up_and_answers_0)
{
	__u64 begin = ws_now_ns();

	ASSERT_TRUE(fill_and_linger(self->dev, self->conn, 1));
	EXPECT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_LE(1000000000ULL, ws_now_ns() - begin);
	EXPECT_EQ(-ECONNRESET, drain(self->peer));
}

TEST_F(pair, linger_0_resets_what_is_unsent)
{
	ASSERT_TRUE(fill_and_linger(self->dev, self->conn, 0));
	EXPECT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(-ECONNRESET, drain(self->peer));
}

TEST_F(pair, without_linger_sending_goes_on_behind)
{
	ASSERT_TRUE(pair_fill(self->dev, self->conn));
	ASSERT_EQ(0, set_linger(self->dev, self->conn, 0, 1));
	EXPECT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(0, drain(self->peer));
}

/* Nothing has begun: the handle stays, and so does the connection. */
TEST_F(pair, nonblocking_closesocket_with_unsent_bytes_WSAEWOULDBLOCK)
{
	char block[4096];
	__u64 done;

	ASSERT_TRUE(fill_and_linger(self->dev, self->conn, FOR_EVER));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_close(self->dev, self->conn));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_close(self->dev, self->conn));
	ASSERT_EQ(1, send(self->peer, "x", 1, 0));
	ASSERT_TRUE(ws_until(!ws_recv(self->dev, self->conn, block, 1, 0,
				      &done)));

	/* When all has arrived, the same call succeeds. */
	fcntl(self->peer, F_SETFL, O_RDWR | O_NONBLOCK);
	ASSERT_TRUE(ws_until((read(self->peer, block, sizeof(block)) > 0 ||
			      errno == EAGAIN) &&
			     !ws_close(self->dev, self->conn)));
	fcntl(self->peer, F_SETFL, O_RDWR);
	EXPECT_EQ(0, drain(self->peer));
	EXPECT_EQ(WSAENOTSOCK, ws_close(self->dev, self->conn));
}

TEST_F(pair, nonblocking_closesocket_without_linger_never_waits)
{
	ASSERT_TRUE(pair_fill(self->dev, self->conn));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	EXPECT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(0, drain(self->peer));
}

TEST_F(pair, nonblocking_closesocket_with_all_sent_is_done_at_once)
{
	ASSERT_EQ(0, set_linger(self->dev, self->conn, 1, FOR_EVER));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	EXPECT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(0, drain(self->peer));
}

/* A second descriptor keeps it open, so there is nothing to finish. */
TEST_F(pair, nonblocking_closesocket_of_one_of_two_succeeds)
{
	int file;

	ASSERT_EQ(0, ws_export(self->dev, self->conn, &file));
	ASSERT_TRUE(fill_and_linger(self->dev, self->conn, FOR_EVER));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	EXPECT_EQ(0, ws_close(self->dev, self->conn));
	close(file);
}

/* One of two descriptors closes nothing, so there is nothing to wait for. */
TEST_F(pair, closesocket_with_a_second_descriptor_does_not_wait)
{
	struct closer c;
	int file;

	ASSERT_EQ(0, ws_export(self->dev, self->conn, &file));
	ASSERT_TRUE(fill_and_linger(self->dev, self->conn, FOR_EVER));
	ASSERT_EQ(0, start_close(&c, self->dev, self->conn));
	EXPECT_EQ(0, ws_call_join(&c.call));
	close(file);
	EXPECT_EQ(0, drain(self->peer));
}

/* The recv that is ended leaves last, and still it is closesocket that waits. */
TEST_F(pair, closesocket_waits_and_not_the_recv_that_it_ends)
{
	char buf[8];
	struct winsock_sock_recv a = {
		.size = sizeof(a), .handle = self->conn,
		.addr = (uintptr_t)buf, .count = sizeof(buf),
	};
	struct ws_call recv;
	struct closer c;

	ASSERT_TRUE(fill_and_linger(self->dev, self->conn, FOR_EVER));
	ASSERT_EQ(0, ws_call_start(&recv, self->dev, WINSOCK_IOC_SOCK_RECV,
				   &a));
	ASSERT_TRUE(ws_call_asleep(&recv));
	ASSERT_EQ(0, start_close(&c, self->dev, self->conn));
	EXPECT_EQ(WSAECONNABORTED, ws_call_join(&recv));
	EXPECT_TRUE(ws_call_asleep(&c.call));
	EXPECT_EQ(0, drain(self->peer));
	EXPECT_EQ(0, ws_call_join(&c.call));
}

TEST_F(pair, signal_ends_the_wait_and_not_the_sending)
{
	struct closer c;

	ASSERT_TRUE(fill_and_linger(self->dev, self->conn, FOR_EVER));
	ASSERT_EQ(0, start_close(&c, self->dev, self->conn));
	ASSERT_TRUE(ws_call_asleep(&c.call));
	ASSERT_TRUE(ws_call_signal(&c.call));
	EXPECT_EQ(0, ws_call_join(&c.call));
	EXPECT_EQ(0, drain(self->peer));
}

/* By another process that shares the file; true if it comes back with 0. */
static bool startup_elsewhere(int dev)
{
	int status = -1;
	pid_t pid = fork();

	if (!pid)
		_exit(ws_startup(dev) ? 1 : 0);
	if (pid < 0)
		return false;
	if (!ws_until(waitpid(pid, &status, WNOHANG) == pid)) {
		kill(pid, SIGKILL);
		return false;
	}
	return !status;
}

TEST_F(pair, clean_up_neither_waits_nor_keeps_start_up_waiting)
{
	struct winsock_cleanup a = { .size = sizeof(a) };
	struct ws_call c;

	ASSERT_TRUE(fill_and_linger(self->dev, self->conn, FOR_EVER));
	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_CLEANUP, &a));
	EXPECT_FALSE(ws_call_asleep(&c));
	EXPECT_TRUE(startup_elsewhere(self->dev));
	EXPECT_EQ(0, ws_call_join(&c));
	EXPECT_EQ(0, drain(self->peer));
}

/* What is set on a listener, its connections have. */
static int accept_lingering(int dev, int family, __u16 seconds, int *peer,
			    __u64 *conn)
{
	__be16 port;
	__u64 lsn;
	int ret = ws_listener(dev, family, 5, &lsn, &port);

	if (ret)
		return ret;
	ret = set_linger(dev, lsn, 1, seconds);
	if (ret)
		return ret;
	*peer = peer_connect(family, port);
	return ws_accept(dev, lsn, conn);
}

TEST_F(pair, accepted_socket_inherits_the_wait)
{
	struct closer c;
	__u64 conn;
	int peer;

	ASSERT_EQ(0, accept_lingering(self->dev, variant->family, FOR_EVER,
				      &peer, &conn));
	ASSERT_TRUE(pair_fill(self->dev, conn));
	ASSERT_EQ(0, start_close(&c, self->dev, conn));
	EXPECT_TRUE(ws_call_asleep(&c.call));
	EXPECT_EQ(0, drain(peer));
	EXPECT_EQ(0, ws_call_join(&c.call));
	close(peer);
}

TEST_F(pair, accepted_socket_inherits_the_reset)
{
	__u64 conn;
	int peer;

	ASSERT_EQ(0, accept_lingering(self->dev, variant->family, 0, &peer,
				      &conn));
	ASSERT_EQ(0, ws_close(self->dev, conn));
	EXPECT_EQ(-ECONNRESET, drain(peer));
	close(peer);
}

TEST_HARNESS_MAIN
