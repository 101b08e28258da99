// SPDX-License-Identifier: GPL-2.0-only
/*
 * send and recv: bytes and flags.  Arrays of buffers are in gather.c, how
 * connections end is in ending.c.
 */
#include <linux/sockios.h>
#include "ws_pair.h"

#define MIB	1048576

/* Bytes that tell their place, so that none is lost, doubled or swapped. */
static __u8 byte_at(size_t i)
{
	return i * 31 + (i >> 8) * 17 + (i >> 16);
}

static void fill(__u8 *buf, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		buf[i] = byte_at(i);
}

/* Do the bytes received tell the places from @from on? */
static bool in_place(const __u8 *buf, size_t len, size_t from)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (buf[i] != byte_at(from + i))
			return false;
	return true;
}

struct reader {
	pthread_t thread;
	int fd;
	size_t want, got;
	bool good;
};

static void *read_all(void *arg)
{
	struct reader *r = arg;
	__u8 buf[4096];
	ssize_t n;

	r->good = true;
	while (r->got < r->want) {
		n = read(r->fd, buf, sizeof(buf));
		if (n <= 0)
			break;
		r->good &= in_place(buf, n, r->got);
		r->got += n;
	}
	return NULL;
}

TEST_F(pair, send_and_recv_move_bytes)
{
	char buf[8] = "";
	__u64 done;

	ASSERT_EQ(0, ws_send(self->dev, self->conn, "hello", 5, 0, &done));
	EXPECT_EQ(5, done);
	ASSERT_EQ(5, read(self->peer, buf, sizeof(buf)));
	ASSERT_EQ(5, write(self->peer, buf, 5));
	memset(buf, 0, sizeof(buf));
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, sizeof(buf), 0,
			     &done));
	EXPECT_EQ(5, done);
	EXPECT_STREQ("hello", buf);
}

TEST_F(pair, recv_leaves_what_does_not_fit)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(5, write(self->peer, "hello", 5));
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, 2, 0, &done));
	EXPECT_EQ(2, done);
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, 8, 0, &done));
	EXPECT_EQ(3, done);
	EXPECT_EQ(0, memcmp(buf, "llo", 3));
}

TEST_F(pair, end_of_stream_is_0_bytes_again_and_again)
{
	char buf[8];
	__u64 done;
	int i;

	ASSERT_EQ(1, write(self->peer, "x", 1));
	ASSERT_EQ(0, shutdown(self->peer, SHUT_WR));
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, 8, 0, &done));
	EXPECT_EQ(1, done);
	for (i = 0; i < 3; i++) {
		ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, 8, 0, &done));
		EXPECT_EQ(0, done);
	}
}

TEST_F(pair, no_bytes_to_send_succeed)
{
	__u64 done;

	EXPECT_EQ(0, ws_send(self->dev, self->conn, NULL, 0, 0, &done));
	EXPECT_EQ(0, done);
}

/* It takes nothing, but waits for data or the end of them as others do. */
TEST_F(pair, recv_without_room_waits)
{
	__u64 done;
	char byte;

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_recv(self->dev, self->conn, NULL, 0, 0,
					  &done));
	ASSERT_EQ(1, write(self->peer, "x", 1));
	EXPECT_EQ(0, ws_recv(self->dev, self->conn, NULL, 0, 0, &done));
	EXPECT_EQ(0, done);
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, &byte, 1, 0, &done));
	EXPECT_EQ('x', byte);
	ASSERT_EQ(0, shutdown(self->peer, SHUT_WR));
	EXPECT_EQ(0, ws_recv(self->dev, self->conn, NULL, 0, 0, &done));
	EXPECT_EQ(0, done);
}

TEST_F(pair, recv_without_room_leaves_the_urgent_byte)
{
	__u64 done;
	char byte;

	ASSERT_EQ(1, send(self->peer, "u", 1, MSG_OOB));
	EXPECT_EQ(0, ws_recv(self->dev, self->conn, NULL, 0, WINSOCK_MSG_OOB,
			     &done));
	EXPECT_EQ(0, done);
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, &byte, 1, WINSOCK_MSG_OOB,
			     &done));
	EXPECT_EQ(1, done);
	EXPECT_EQ('u', byte);
}

/* D11 */
TEST_F(pair, nonblocking_recv_of_nothing_WSAEWOULDBLOCK)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_recv(self->dev, self->conn, buf, 8, 0,
					  &done));
}

TEST_F(pair, nonblocking_send_into_full_buffers_WSAEWOULDBLOCK)
{
	__u64 done;

	ASSERT_TRUE(pair_fill(self->dev, self->conn));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_send(self->dev, self->conn, "x", 1, 0,
					  &done));
}

/* D1 */
TEST_F(pair, blocking_send_of_a_mebibyte_is_never_short)
{
	struct reader r = { .fd = self->peer, .want = MIB };
	static __u8 data[MIB];
	__u64 done;

	fill(data, sizeof(data));
	ASSERT_EQ(0, pthread_create(&r.thread, NULL, read_all, &r));
	ASSERT_EQ(0, ws_send(self->dev, self->conn, data, MIB, 0, &done));
	EXPECT_EQ(MIB, done);
	ASSERT_EQ(0, pthread_join(r.thread, NULL));
	EXPECT_EQ(MIB, r.got);
	EXPECT_TRUE(r.good);
}

/* Sixteen MiB do not fit: it sleeps, with part of the bytes on their way. */
#define BIG	(16 * MIB)

TEST_F(pair, blocking_send_keeps_its_place_over_signals)
{
	struct reader r = { .fd = self->peer, .want = BIG };
	static __u8 data[BIG];
	struct winsock_sock_send a = {
		.size = sizeof(a), .handle = self->conn,
		.addr = (uintptr_t)data, .count = BIG,
	};
	struct ws_call c;
	int i;

	fill(data, sizeof(data));
	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_SEND, &a));
	for (i = 0; i < 5; i++) {
		ASSERT_TRUE(ws_call_asleep(&c));
		ASSERT_TRUE(ws_call_signal(&c));
	}
	ASSERT_TRUE(ws_call_asleep(&c));
	ASSERT_EQ(0, pthread_create(&r.thread, NULL, read_all, &r));
	for (i = 0; i < 50 && !ws_call_done(&c); i++)
		pthread_kill(c.thread, SIGUSR1);
	EXPECT_EQ(0, ws_call_join(&c));
	EXPECT_EQ(BIG, a.transferred);
	ASSERT_EQ(0, pthread_join(r.thread, NULL));
	EXPECT_EQ(BIG, r.got);
	EXPECT_TRUE(r.good);
}

TEST_F(pair, blocking_recv_resumes_after_a_signal_handler)
{
	char buf[8];
	struct winsock_sock_recv a = {
		.size = sizeof(a), .handle = self->conn,
		.addr = (uintptr_t)buf, .count = sizeof(buf),
	};
	struct ws_call c;
	int i;

	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_RECV, &a));
	for (i = 0; i < 3; i++) {
		ASSERT_TRUE(ws_call_asleep(&c));
		ASSERT_TRUE(ws_call_signal(&c));
	}
	ASSERT_TRUE(ws_call_asleep(&c));
	ASSERT_EQ(2, write(self->peer, "ab", 2));
	EXPECT_EQ(0, ws_call_join(&c));
	EXPECT_EQ(2, a.transferred);
}

TEST_F(pair, WAITALL_keeps_its_place_over_signals)
{
	__u8 buf[12];
	struct winsock_sock_recv a = {
		.size = sizeof(a), .handle = self->conn,
		.addr = (uintptr_t)buf, .count = sizeof(buf),
		.msg_flags = WINSOCK_MSG_WAITALL,
	};
	__u8 data[12];
	struct ws_call c;
	int i;

	fill(data, sizeof(data));
	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_RECV, &a));
	for (i = 0; i < 3; i++) {
		ASSERT_EQ(4, write(self->peer, data + 4 * i, 4));
		if (i == 2)
			break;
		ASSERT_TRUE(ws_call_asleep(&c));
		ASSERT_TRUE(ws_call_signal(&c));
	}
	EXPECT_EQ(0, ws_call_join(&c));
	EXPECT_EQ(12, a.transferred);
	EXPECT_TRUE(in_place(buf, sizeof(buf), 0));
}

/* Has the peer's write arrived, and has a recv taken all of it? */
static bool all_taken(int dev, __u64 conn, int peer)
{
	__u32 queued = 1;
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = conn, .code = WINSOCK_FIONREAD,
		.out = (uintptr_t)&queued, .out_len = sizeof(queued),
	};
	int unacked = 1;

	return !ioctl(peer, SIOCOUTQ, &unacked) && !unacked &&
	       !ws_ioctl(dev, WINSOCK_IOC_SOCK_CONTROL, &a) && !queued;
}

/* Asked anew, it would be refused; but it has bytes, and must tell them. */
TEST_F(pair, WAITALL_made_nonblocking_under_way_keeps_its_bytes)
{
	char buf[8] = "";
	struct winsock_sock_recv a = {
		.size = sizeof(a), .handle = self->conn,
		.addr = (uintptr_t)buf, .count = sizeof(buf),
		.msg_flags = WINSOCK_MSG_WAITALL,
	};
	struct ws_call c;

	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_RECV, &a));
	ASSERT_EQ(5, write(self->peer, "abcde", 5));
	ASSERT_TRUE(ws_until(all_taken(self->dev, self->conn, self->peer)));
	ASSERT_TRUE(ws_call_asleep(&c));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	ASSERT_TRUE(ws_call_signal(&c));
	EXPECT_EQ(0, ws_call_join(&c));
	EXPECT_EQ(5, a.transferred);
	EXPECT_STREQ("abcde", buf);
}

TEST_F(pair, WAITALL_is_cut_short_by_the_end)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(3, write(self->peer, "abc", 3));
	ASSERT_EQ(0, shutdown(self->peer, SHUT_WR));
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, 8,
			     WINSOCK_MSG_WAITALL, &done));
	EXPECT_EQ(3, done);
}

TEST_F(pair, WAITALL_nonblocking_or_mixed_WSAEOPNOTSUPP)
{
	char buf[8];
	__u64 done;

	EXPECT_EQ(WSAEOPNOTSUPP,
		  ws_recv(self->dev, self->conn, buf, 8,
			  WINSOCK_MSG_WAITALL | WINSOCK_MSG_PEEK, &done));
	EXPECT_EQ(WSAEOPNOTSUPP,
		  ws_recv(self->dev, self->conn, buf, 8,
			  WINSOCK_MSG_WAITALL | WINSOCK_MSG_OOB, &done));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	EXPECT_EQ(WSAEOPNOTSUPP,
		  ws_recv(self->dev, self->conn, buf, 8, WINSOCK_MSG_WAITALL,
			  &done));
}

TEST_F(pair, PEEK_takes_nothing)
{
	char buf[8];
	__u64 done;
	int i;

	ASSERT_EQ(3, write(self->peer, "abc", 3));
	for (i = 0; i < 3; i++) {
		ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, 8,
				     i < 2 ? WINSOCK_MSG_PEEK : 0, &done));
		EXPECT_EQ(3, done);
		EXPECT_EQ(0, memcmp(buf, "abc", 3));
	}
}

TEST_F(pair, unknown_message_flag_WSAEINVAL)
{
	char buf[8];
	__u64 done;
	int bit;

	for (bit = 4; bit < 32; bit++) {
		if (1U << bit != WINSOCK_MSG_PARTIAL &&
		    1U << bit != WINSOCK_MSG_PUSH_IMMEDIATE)
			EXPECT_EQ(WSAEINVAL, ws_recv(self->dev, self->conn, buf,
						     8, 1U << bit, &done));
		if (1U << bit != WINSOCK_MSG_PARTIAL)
			EXPECT_EQ(WSAEINVAL, ws_send(self->dev, self->conn, "x",
						     1, 1U << bit, &done));
	}
	/* it exists, but not for this protocol */
	EXPECT_EQ(WSAEOPNOTSUPP, ws_send(self->dev, self->conn, "x", 1,
					 WINSOCK_MSG_PARTIAL, &done));
	EXPECT_EQ(WSAEINVAL, ws_send(self->dev, self->conn, "x", 1,
				     WINSOCK_MSG_PEEK, &done));
}

/* D5, first part */
TEST_F(pair, OOB_recv_takes_the_one_urgent_byte)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(1, send(self->peer, "!", 1, MSG_OOB));
	ASSERT_TRUE(ws_until(!ws_recv(self->dev, self->conn, buf, 8,
				      WINSOCK_MSG_OOB, &done)));
	EXPECT_EQ(1, done);
	EXPECT_EQ('!', buf[0]);
}

/* D7 */
TEST_F(pair, OOB_send_of_many_is_mostly_ordinary)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_send(self->dev, self->conn, "abc!", 4, WINSOCK_MSG_OOB,
			     &done));
	EXPECT_EQ(4, done);
	EXPECT_EQ(3, read(self->peer, buf, sizeof(buf)));
	EXPECT_EQ(1, recv(self->peer, buf, 1, MSG_OOB));
	EXPECT_EQ('!', buf[0]);
}

/* D6 */
TEST_F(pair, OOBINLINE_leaves_nothing_for_OOB_WSAEINVAL)
{
	__u32 on = 1;
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_setopt(self->dev, self->conn, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_OOBINLINE, &on, sizeof(on)));
	ASSERT_EQ(1, send(self->peer, "!", 1, MSG_OOB));
	EXPECT_EQ(WSAEINVAL, ws_recv(self->dev, self->conn, buf, 8,
				     WINSOCK_MSG_OOB, &done));
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, 8, 0, &done));
	EXPECT_EQ(1, done);
	EXPECT_EQ('!', buf[0]);
}

/* [send WSAEINVAL] */
TEST_F(pair, OOB_send_of_a_socket_in_line_WSAEINVAL)
{
	__u32 on = 1;
	__u64 done;

	ASSERT_EQ(0, ws_setopt(self->dev, self->conn, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_OOBINLINE, &on, sizeof(on)));
	EXPECT_EQ(WSAEINVAL, ws_send(self->dev, self->conn, "!", 1,
				     WINSOCK_MSG_OOB, &done));
	EXPECT_EQ(0, ws_send(self->dev, self->conn, "x", 1, 0, &done));
}

TEST_F(pair, nonblocking_OOB_recv_of_nothing_WSAEWOULDBLOCK)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_recv(self->dev, self->conn, buf, 8,
					  WINSOCK_MSG_OOB, &done));
	/* ordinary data does not change it */
	ASSERT_EQ(2, send(self->peer, "ab", 2, 0));
	ASSERT_TRUE(ws_until(!ws_recv(self->dev, self->conn, buf, 8,
				      WINSOCK_MSG_PEEK, &done)));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_recv(self->dev, self->conn, buf, 8,
					  WINSOCK_MSG_OOB, &done));
}

TEST_F(pair, blocked_OOB_recv_takes_the_urgent_byte)
{
	char buf[8];
	struct winsock_sock_recv recv = {
		.size = sizeof(recv), .handle = self->conn,
		.addr = (uintptr_t)buf, .count = sizeof(buf),
		.msg_flags = WINSOCK_MSG_OOB,
	};
	struct ws_call call;

	ASSERT_EQ(0, ws_call_start(&call, self->dev, WINSOCK_IOC_SOCK_RECV,
				   &recv));
	ASSERT_TRUE(ws_call_asleep(&call));
	ASSERT_EQ(2, send(self->peer, "ab", 2, 0));
	ASSERT_EQ(1, send(self->peer, "!", 1, MSG_OOB));
	EXPECT_EQ(0, ws_call_join(&call));
	EXPECT_EQ(1, recv.transferred);
	EXPECT_EQ('!', buf[0]);
}

TEST_F(pair, end_of_stream_ends_a_blocked_OOB_recv)
{
	char buf[8];
	struct winsock_sock_recv recv = {
		.size = sizeof(recv), .handle = self->conn,
		.addr = (uintptr_t)buf, .count = sizeof(buf),
		.msg_flags = WINSOCK_MSG_OOB,
	};
	struct ws_call call;

	ASSERT_EQ(0, ws_call_start(&call, self->dev, WINSOCK_IOC_SOCK_RECV,
				   &recv));
	ASSERT_TRUE(ws_call_asleep(&call));
	ASSERT_EQ(0, shutdown(self->peer, SHUT_WR));
	EXPECT_EQ(0, ws_call_join(&call));
	EXPECT_EQ(0, recv.transferred);
}

/*
 * D2; the next one finds the buffer more than full, also where the stack has
 * room left in its last packet.
 */
static void all_or_nothing(struct __test_metadata *_metadata, int dev,
			   __u64 conn, int peer, size_t size)
{
	__u8 *block = calloc(1, size);
	size_t n = 0;
	__u64 done;

	ASSERT_NE(NULL, block);
	ASSERT_EQ(0, ws_nonblocking(dev, conn, 1));
	do {
		n++;
		memset(block, n, size);
	} while (!ws_send(dev, conn, block, size, 0, &done) && done == size);
	EXPECT_LT(1, n);
	EXPECT_EQ(WS_POISON, done);
	EXPECT_EQ(WSAEWOULDBLOCK, ws_send(dev, conn, block, 1, 0, &done));
	/* and every byte arrives */
	ASSERT_EQ(0, ws_shutdown(dev, conn, WINSOCK_SD_SEND));
	for (done = 0; read(peer, block, 1) == 1; done++) {
		ASSERT_EQ(1 + done / size, block[0]);
		ASSERT_EQ(size / 2 - 1, recv(peer, block, size / 2 - 1,
					     MSG_WAITALL));
		done += size / 2 - 1;
	}
	EXPECT_EQ((n - 1) * size, done);
	free(block);
}

TEST_F(pair, nonblocking_send_of_a_mebibyte_is_all_or_nothing)
{
	all_or_nothing(_metadata, self->dev, self->conn, self->peer, MIB);
}

TEST_F(pair, nonblocking_send_of_an_odd_size_is_all_or_nothing)
{
	all_or_nothing(_metadata, self->dev, self->conn, self->peer, 300002);
}

/*
 * D2, of sends that leave room in the stack's last segment, which is no room for
 * another: 64 KiB are twice that for the stack, and the peer holds some more.
 */
TEST_F(pair, nonblocking_sends_into_a_full_buffer_would_block)
{
	static __u8 block[50001];
	__u64 done, total = 0;
	__u32 size = 65536;
	int err;

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->conn, 1));
	ASSERT_EQ(0, ws_setopt(self->dev, self->conn, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_SNDBUF, &size, sizeof(size)));
	while (!(err = ws_send(self->dev, self->conn, block, sizeof(block), 0,
			       &done))) {
		ASSERT_EQ(sizeof(block), done);
		total += done;
		ASSERT_GT(MIB, total);
	}
	EXPECT_EQ(WSAEWOULDBLOCK, err);
	EXPECT_LT(0, total);
}

TEST_F(pair, recv_into_unmapped_WSAEFAULT_loses_nothing)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(3, write(self->peer, "abc", 3));
	EXPECT_EQ(WSAEFAULT, ws_recv(self->dev, self->conn, (void *)8, 8, 0,
				     &done));
	EXPECT_EQ(WSAEFAULT, ws_recv(self->dev, self->conn, NULL, 8, 0, &done));
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, 8, 0, &done));
	EXPECT_EQ(3, done);
}

TEST_F(pair, send_from_unmapped_WSAEFAULT)
{
	__u64 done;
	char buf[8];

	EXPECT_EQ(WSAEFAULT, ws_send(self->dev, self->conn, (void *)8, 8, 0,
				     &done));
	EXPECT_EQ(-1, recv(self->peer, buf, sizeof(buf), MSG_DONTWAIT));
	EXPECT_EQ(EAGAIN, errno);
}

/* D9 */
TEST_F(pair, negative_length_WSAEFAULT_loses_nothing)
{
	char buf[8];
	__u64 done;

	ASSERT_EQ(3, write(self->peer, "abc", 3));
	EXPECT_EQ(WSAEFAULT, ws_recv(self->dev, self->conn, buf, -1, 0,
				     &done));
	ASSERT_EQ(0, ws_recv(self->dev, self->conn, buf, 8, 0, &done));
	EXPECT_EQ(3, done);
}

TEST_HARNESS_MAIN
