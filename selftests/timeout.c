// SPDX-License-Identifier: GPL-2.0-only
/*
 * SO_RCVTIMEO and SO_SNDTIMEO: waits that end by themselves.
 */
#include "ws_pair.h"

#define TIMEOUT_MS	60U

static int set_timeout(int dev, __u64 s, int name, __u32 ms)
{
	return ws_setopt(dev, s, WINSOCK_SOL_SOCKET, name, &ms, sizeof(ms));
}

static __u64 elapsed_ms(__u64 since)
{
	return (ws_now_ns() - since) / 1000000;
}

/* [recv WSAETIMEDOUT, WSARecvMsg WSAETIMEDOUT]; T14: it is in milliseconds */
TEST_F(pair, recv_ends_WSAETIMEDOUT)
{
	__u64 done, start = ws_now_ns();
	char buf[8];

	ASSERT_EQ(0, set_timeout(self->dev, self->conn, WINSOCK_SO_RCVTIMEO,
				 TIMEOUT_MS));
	EXPECT_EQ(WSAETIMEDOUT, ws_recv(self->dev, self->conn, buf, 8, 0,
					&done));
	EXPECT_LE(TIMEOUT_MS, elapsed_ms(start));
	/* and the connection is as it was */
	ASSERT_EQ(2, send(self->peer, "hi", 2, 0));
	EXPECT_EQ(0, ws_recv(self->dev, self->conn, buf, 8, 0, &done));
	EXPECT_EQ(2, done);
}

/* [send WSAETIMEDOUT, WSASendMsg WSAETIMEDOUT] */
TEST_F(pair, send_ends_WSAETIMEDOUT)
{
	__u64 done, start;

	ASSERT_TRUE(pair_fill(self->dev, self->conn));
	ASSERT_EQ(0, set_timeout(self->dev, self->conn, WINSOCK_SO_SNDTIMEO,
				 TIMEOUT_MS));
	/* the other direction's is another's */
	ASSERT_EQ(0, set_timeout(self->dev, self->conn, WINSOCK_SO_RCVTIMEO,
				 1));
	start = ws_now_ns();
	EXPECT_EQ(WSAETIMEDOUT, ws_send(self->dev, self->conn, "x", 1, 0,
					&done));
	EXPECT_LE(TIMEOUT_MS, elapsed_ms(start));
}

/* What has been received is told, and not that the rest did not come. */
TEST_F(pair, WAITALL_is_cut_short_by_the_time_out)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, set_timeout(self->dev, self->conn, WINSOCK_SO_RCVTIMEO,
				 TIMEOUT_MS));
	ASSERT_EQ(3, send(self->peer, "abc", 3, 0));
	EXPECT_EQ(0, ws_recv(self->dev, self->conn, buf, 8,
			     WINSOCK_MSG_WAITALL, &done));
	EXPECT_EQ(3, done);
}

TEST_F(pair, nonblocking_does_not_wait_for_it)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, set_timeout(self->dev, self->conn, WINSOCK_SO_RCVTIMEO,
				 0xffffffff));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_recv(self->dev, self->conn, buf, 8, 0,
					  &done));
}

/*
 * Signals for twice the time: each start anew would put the end off, so it would
 * come only after the last.
 */
TEST_F(pair, signals_do_not_put_the_end_off)
{
	char buf[8];
	struct winsock_sock_recv recv = {
		.size = sizeof(recv), .handle = self->conn,
		.addr = (uintptr_t)buf, .count = sizeof(buf),
	};
	struct ws_call call;
	int signals = 0;

	ASSERT_EQ(0, set_timeout(self->dev, self->conn, WINSOCK_SO_RCVTIMEO,
				 TIMEOUT_MS));
	ASSERT_EQ(0, ws_call_start(&call, self->dev, WINSOCK_IOC_SOCK_RECV,
				   &recv));
	ASSERT_TRUE(ws_until(ws_call_done(&call) ||
			     (!pthread_kill(call.thread, SIGUSR1) &&
			      ++signals < 0)));
	EXPECT_EQ(WSAETIMEDOUT, ws_call_join(&call));
	EXPECT_LT(0, signals);
	EXPECT_EQ(0, recv.transferred);
}

/* accept waits for as long as it takes; its sockets take the time-outs over. */
TEST_F(pair, accept_is_not_bounded_and_hands_it_on)
{
	struct winsock_sock_accept a = { .size = sizeof(a) };
	__u32 ms = 0;
	__s32 len = sizeof(ms);
	struct ws_call call;
	__be16 port;
	__u64 lsn;
	int peer;

	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &lsn, &port));
	ASSERT_EQ(0, set_timeout(self->dev, lsn, WINSOCK_SO_RCVTIMEO, 1));
	ASSERT_EQ(0, set_timeout(self->dev, lsn, WINSOCK_SO_SNDTIMEO, 7));
	a.handle = lsn;
	ASSERT_EQ(0, ws_call_start(&call, self->dev, WINSOCK_IOC_SOCK_ACCEPT,
				   &a));
	ASSERT_TRUE(ws_call_asleep(&call));
	/* a time-out of the same length, begun later, has passed */
	ASSERT_EQ(0, set_timeout(self->dev, self->conn, WINSOCK_SO_RCVTIMEO,
				 2));
	{
		char buf[8];
		__u64 done;

		EXPECT_EQ(WSAETIMEDOUT, ws_recv(self->dev, self->conn, buf, 8,
						0, &done));
	}
	EXPECT_TRUE(ws_call_asleep(&call));
	peer = peer_connect(WINSOCK_AF_INET, port);
	ASSERT_EQ(0, ws_call_join(&call));
	EXPECT_EQ(0, ws_getopt(self->dev, a.out_handle, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_SNDTIMEO, &ms, &len));
	EXPECT_EQ(7, ms);
	close(peer);
}

TEST_HARNESS_MAIN
