// SPDX-License-Identifier: GPL-2.0-only
/*
 * How connections end: shutdown, close from another thread, reset.
 */
#include "ws_pair.h"

/* A recv, or a send into full buffers, asleep in a thread of its own. */
struct sleeper {
	struct winsock_sock_recv recv;
	struct winsock_sock_send send;
	struct ws_call call;
	char buf[8];
};

static bool sleep_in_recv(struct sleeper *s, int dev, __u64 conn)
{
	s->recv = (struct winsock_sock_recv){
		.size = sizeof(s->recv), .handle = conn,
		.addr = (uintptr_t)s->buf, .count = sizeof(s->buf),
	};
	return !ws_call_start(&s->call, dev, WINSOCK_IOC_SOCK_RECV, &s->recv) &&
	       ws_call_asleep(&s->call);
}

/* Full buffers drain a little by themselves, so it may take some attempts. */
static bool sleep_in_send(struct sleeper *s, int dev, __u64 conn)
{
	int i;

	for (i = 0; i < 20; i++) {
		s->send = (struct winsock_sock_send){
			.size = sizeof(s->send), .handle = conn,
			.addr = (uintptr_t)s->buf, .count = sizeof(s->buf),
		};
		if (!pair_fill(dev, conn) ||
		    ws_call_start(&s->call, dev, WINSOCK_IOC_SOCK_SEND,
				  &s->send))
			break;
		if (ws_call_asleep(&s->call))
			return true;
		if (ws_call_join(&s->call))
			break;
	}
	return false;
}

/* Bytes wait to be received. */
static bool ws_readable(int dev, __u64 sock)
{
	__u32 n = 0;
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = sock, .code = WINSOCK_FIONREAD,
		.out = (uintptr_t)&n, .out_len = sizeof(n),
	};

	return !ws_ioctl(dev, WINSOCK_IOC_SOCK_CONTROL, &a) && n;
}

/* [recv WSAECONNABORTED, WSARecv WSAECONNABORTED] */
TEST_F(pair, closesocket_elsewhere_ends_recv_WSAECONNABORTED)
{
	struct sleeper s;

	ASSERT_TRUE(sleep_in_recv(&s, self->dev, self->conn));
	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(WSAECONNABORTED, ws_call_join(&s.call));
}

/* [send WSAECONNABORTED, WSASend WSAECONNABORTED] */
TEST_F(pair, closesocket_elsewhere_ends_send_WSAECONNABORTED)
{
	struct sleeper s;

	ASSERT_TRUE(sleep_in_send(&s, self->dev, self->conn));
	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(WSAECONNABORTED, ws_call_join(&s.call));
}

/* It closes with the last descriptor; one of two does not end anything. */
TEST_F(pair, close_of_a_second_handle_leaves_recv_asleep)
{
	struct sleeper s;
	__u64 second;
	int file;

	ASSERT_EQ(0, ws_export(self->dev, self->conn, &file));
	ASSERT_EQ(0, ws_import(self->dev, file, &second));
	close(file);
	ASSERT_TRUE(sleep_in_recv(&s, self->dev, self->conn));
	ASSERT_EQ(0, ws_close(self->dev, second));
	EXPECT_TRUE(ws_call_asleep(&s.call));
	ASSERT_EQ(1, write(self->peer, "x", 1));
	EXPECT_EQ(0, ws_call_join(&s.call));
}

TEST_F(pair, CLOSE_OBJECT_elsewhere_ends_recv_WSAECONNABORTED)
{
	struct sleeper s;
	int file;

	ASSERT_EQ(0, ws_export(self->dev, self->conn, &file));
	ASSERT_TRUE(sleep_in_recv(&s, self->dev, self->conn));
	ASSERT_EQ(0, ws_close_flags(file, 0, WINSOCK_CLOSE_OBJECT));
	EXPECT_EQ(WSAECONNABORTED, ws_call_join(&s.call));
	close(file);
}

TEST_F(pair, closesocket_ends_the_stream_for_the_peer)
{
	char byte;

	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(0, read(self->peer, &byte, 1));
}

TEST_F(pair, closesocket_with_linger_0_resets)
{
	__u32 linger = 1;	/* l_onoff 1, l_linger 0 */
	char byte;

	ASSERT_EQ(0, ws_setopt(self->dev, self->conn, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_LINGER, &linger, sizeof(linger)));
	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(-1, read(self->peer, &byte, 1));
	EXPECT_EQ(ECONNRESET, errno);
}

TEST_F(pair, sent_bytes_arrive_after_closesocket)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_send(self->dev, self->conn, "abc", 3, 0, &done));
	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(3, read(self->peer, buf, sizeof(buf)));
	EXPECT_EQ(0, read(self->peer, buf, sizeof(buf)));
}

/* D10 */
TEST_F(pair, recv_after_reset_WSAECONNRESET_each_time)
{
	char buf[8];
	__u64 done;
	int i;

	peer_reset(self->peer);
	self->peer = -1;
	for (i = 0; i < 3; i++)
		EXPECT_EQ(WSAECONNRESET, ws_recv(self->dev, self->conn, buf, 8,
						 0, &done));
	EXPECT_EQ(WSAECONNRESET, ws_send(self->dev, self->conn, "x", 1, 0,
					 &done));
}

/* D10 */
TEST_F(pair, send_after_reset_WSAECONNRESET_each_time)
{
	__u64 done;
	int i;

	peer_reset(self->peer);
	self->peer = -1;
	for (i = 0; i < 3; i++)
		EXPECT_EQ(WSAECONNRESET, ws_send(self->dev, self->conn, "x", 1,
						 0, &done));
}

TEST_F(pair, reset_ends_a_blocked_recv_WSAECONNRESET)
{
	struct sleeper s;

	ASSERT_TRUE(sleep_in_recv(&s, self->dev, self->conn));
	peer_reset(self->peer);
	self->peer = -1;
	EXPECT_EQ(WSAECONNRESET, ws_call_join(&s.call));
}

TEST_F(pair, reset_ends_a_blocked_send_WSAECONNRESET)
{
	struct sleeper s;

	ASSERT_TRUE(sleep_in_send(&s, self->dev, self->conn));
	peer_reset(self->peer);
	self->peer = -1;
	EXPECT_EQ(WSAECONNRESET, ws_call_join(&s.call));
}

TEST_F(pair, end_of_stream_ends_a_blocked_recv_with_0_bytes)
{
	struct sleeper s;

	ASSERT_TRUE(sleep_in_recv(&s, self->dev, self->conn));
	ASSERT_EQ(0, shutdown(self->peer, SHUT_WR));
	EXPECT_EQ(0, ws_call_join(&s.call));
	EXPECT_EQ(0, s.recv.transferred);
}

TEST_F(pair, send_to_a_closed_peer_raises_no_SIGPIPE)
{
	__u64 done;
	int ret = 0;

	/* the default action of SIGPIPE would end the test */
	close(self->peer);
	self->peer = -1;
	ASSERT_TRUE(ws_until((ret = ws_send(self->dev, self->conn, "x", 1, 0,
					    &done))));
	EXPECT_TRUE(ret == WSAECONNRESET || ret == WSAECONNABORTED) {
		TH_LOG("%d", ret);
	}
}

TEST_F(pair, SD_SEND_lets_the_peer_see_the_end_and_recv_goes_on)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_shutdown(self->dev, self->conn, WINSOCK_SD_SEND));
	EXPECT_EQ(0, read(self->peer, buf, sizeof(buf)));
	EXPECT_EQ(WSAESHUTDOWN, ws_send(self->dev, self->conn, "x", 1, 0,
					&done));
	ASSERT_EQ(3, write(self->peer, "abc", 3));
	EXPECT_EQ(0, ws_recv(self->dev, self->conn, buf, 8, 0, &done));
	EXPECT_EQ(3, done);
}

TEST_F(pair, SD_RECEIVE_ends_recv_WSAESHUTDOWN_and_send_goes_on)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_shutdown(self->dev, self->conn, WINSOCK_SD_RECEIVE));
	EXPECT_EQ(WSAESHUTDOWN, ws_recv(self->dev, self->conn, buf, 8, 0,
					&done));
	ASSERT_EQ(0, ws_send(self->dev, self->conn, "abc", 3, 0, &done));
	EXPECT_EQ(3, read(self->peer, buf, sizeof(buf)));
}

TEST_F(pair, SD_RECEIVE_with_queued_data_resets)
{
	char byte;

	ASSERT_EQ(1, send(self->peer, "x", 1, 0));
	ASSERT_TRUE(ws_until(ws_readable(self->dev, self->conn)));
	EXPECT_EQ(0, ws_shutdown(self->dev, self->conn, WINSOCK_SD_RECEIVE));
	EXPECT_EQ(-1, read(self->peer, &byte, 1));
	EXPECT_EQ(ECONNRESET, errno);
}

TEST_F(pair, data_that_arrives_after_SD_RECEIVE_resets)
{
	char byte;
	__u64 done;

	ASSERT_EQ(0, ws_shutdown(self->dev, self->conn, WINSOCK_SD_RECEIVE));
	ASSERT_EQ(1, send(self->peer, "x", 1, 0));
	EXPECT_EQ(-1, read(self->peer, &byte, 1));
	EXPECT_EQ(ECONNRESET, errno);
	EXPECT_EQ(WSAESHUTDOWN, ws_recv(self->dev, self->conn, &byte, 1, 0,
					&done));
	EXPECT_EQ(WSAECONNABORTED, ws_send(self->dev, self->conn, "x", 1, 0,
					   &done));
}

TEST_F(pair, data_that_arrives_after_SD_BOTH_resets)
{
	char byte;

	ASSERT_EQ(0, ws_shutdown(self->dev, self->conn, WINSOCK_SD_BOTH));
	ASSERT_EQ(0, read(self->peer, &byte, 1));
	ASSERT_EQ(1, send(self->peer, "x", 1, 0));
	EXPECT_TRUE(ws_until(send(self->peer, "x", 1, MSG_NOSIGNAL) < 0));
}

/* The end of the stream is no data. */
TEST_F(pair, end_of_stream_after_SD_RECEIVE_resets_nothing)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_shutdown(self->dev, self->conn, WINSOCK_SD_RECEIVE));
	ASSERT_EQ(0, shutdown(self->peer, SHUT_WR));
	ASSERT_EQ(0, ws_send(self->dev, self->conn, "abc", 3, 0, &done));
	EXPECT_EQ(3, read(self->peer, buf, sizeof(buf)));
}

TEST_F(pair, SD_BOTH_ends_both_WSAESHUTDOWN)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_shutdown(self->dev, self->conn, WINSOCK_SD_BOTH));
	EXPECT_EQ(WSAESHUTDOWN, ws_recv(self->dev, self->conn, buf, 8, 0,
					&done));
	EXPECT_EQ(WSAESHUTDOWN, ws_send(self->dev, self->conn, "x", 1, 0,
					&done));
	EXPECT_EQ(0, read(self->peer, buf, sizeof(buf)));
}

TEST_F(pair, shutdown_with_unknown_how_WSAEINVAL)
{
	char buf[8];
	__u64 done;

	EXPECT_EQ(WSAEINVAL, ws_shutdown(self->dev, self->conn, 3));
	EXPECT_EQ(WSAEINVAL, ws_shutdown(self->dev, self->conn, -1));
	ASSERT_EQ(0, ws_send(self->dev, self->conn, "a", 1, 0, &done));
	EXPECT_EQ(1, read(self->peer, buf, sizeof(buf)));
}

TEST_F(pair, shutdown_elsewhere_ends_recv_WSAESHUTDOWN)
{
	struct sleeper s;

	ASSERT_TRUE(sleep_in_recv(&s, self->dev, self->conn));
	ASSERT_EQ(0, ws_shutdown(self->dev, self->conn, WINSOCK_SD_RECEIVE));
	EXPECT_EQ(WSAESHUTDOWN, ws_call_join(&s.call));
}

TEST_F(pair, shutdown_elsewhere_ends_send_WSAESHUTDOWN)
{
	struct sleeper s;

	ASSERT_TRUE(sleep_in_send(&s, self->dev, self->conn));
	ASSERT_EQ(0, ws_shutdown(self->dev, self->conn, WINSOCK_SD_SEND));
	EXPECT_EQ(WSAESHUTDOWN, ws_call_join(&s.call));
}

/* Half an end is not the end: what the peer still sends can be received. */
TEST_F(pair, SD_SEND_under_a_blocked_send_leaves_recv_working)
{
	struct sleeper s;
	char buf[8];
	__u64 done;

	ASSERT_TRUE(sleep_in_send(&s, self->dev, self->conn));
	ASSERT_EQ(0, ws_shutdown(self->dev, self->conn, WINSOCK_SD_SEND));
	EXPECT_EQ(WSAESHUTDOWN, ws_call_join(&s.call));
	ASSERT_EQ(5, write(self->peer, "reply", 5));
	EXPECT_EQ(0, ws_recv(self->dev, self->conn, buf, 8, 0, &done));
	EXPECT_EQ(5, done);
	EXPECT_EQ(WSAESHUTDOWN, ws_send(self->dev, self->conn, "x", 1, 0,
					&done));
}

TEST_F(pair, FIONREAD_counts_what_one_recv_takes)
{
	__u32 count = WS_POISON32;
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = self->conn,
		.code = WINSOCK_FIONREAD, .out = (uintptr_t)&count,
		.out_len = sizeof(count), .out_returned = WS_POISON32,
	};

	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONTROL, &a));
	EXPECT_EQ(0, count);
	EXPECT_EQ(sizeof(count), a.out_returned);
	ASSERT_EQ(7, write(self->peer, "sevenby", 7));
	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONTROL, &a));
	EXPECT_EQ(7, count);
}

/* D8 */
TEST_F(pair, SIOCATMARK_is_1_while_no_urgent_byte_waits)
{
	__u32 mark = WS_POISON32;
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = self->conn,
		.code = WINSOCK_SIOCATMARK, .out = (uintptr_t)&mark,
		.out_len = sizeof(mark),
	};
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONTROL, &a));
	EXPECT_EQ(1, mark);
	ASSERT_EQ(2, send(self->peer, "a!", 2, MSG_OOB));
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, 8, 0, &done));
	EXPECT_EQ(1, done);
	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONTROL, &a));
	EXPECT_EQ(0, mark);
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, 8, WINSOCK_MSG_OOB,
			     &done));
	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONTROL, &a));
	EXPECT_EQ(1, mark);
}

/* I4, I6 */
TEST_F(pair, control_with_bad_arguments)
{
	__u32 on = 1;
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = self->conn,
		.code = WINSOCK_FIONBIO, .in = 8, .in_len = 4,
	};
	struct sleeper s;

	EXPECT_EQ(WSAEFAULT, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONTROL,
				      &a));
	a.in = (uintptr_t)&on;
	a.in_len = 3;
	EXPECT_EQ(WSAEFAULT, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONTROL,
				      &a));
	a.code = 0x12345678;
	EXPECT_EQ(WSAEOPNOTSUPP, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONTROL,
					  &a));
	a.code = WINSOCK_FIONREAD;
	a.out = 8;
	a.out_len = 4;
	EXPECT_EQ(WSAEFAULT, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONTROL,
				      &a));
	/* none of them has made it nonblocking */
	EXPECT_TRUE(sleep_in_recv(&s, self->dev, self->conn));
	ASSERT_EQ(0, ws_close(self->dev, self->conn));
	ws_call_join(&s.call);
}

TEST_HARNESS_MAIN
