// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arrays of buffers: WSASend and WSARecv, as 64-bit and as 32-bit programs lay
 * them out.
 */
#include "ws_test.h"

#define MIB	1048576

/* Memory below 4 GiB, where on this machine nothing else is. */
static void *low_memory(size_t size)
{
	void *p = MAP_FAILED;
	uintptr_t at;

	for (at = 1U << 28; p == MAP_FAILED && at < 1U << 31; at += 1U << 24)
		p = mmap((void *)at, size, PROT_READ | PROT_WRITE, MAP_PRIVATE |
			 MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	return p;
}

/* Three buffers, as an array of either layout; low memory for 32 bits. */
FIXTURE(gather) {
	int dev;
	__u64 conn;
	int peer;
	__u8 *mem;
	void *array;
};

FIXTURE_VARIANT(gather) {
	__u32 flags;
};

FIXTURE_VARIANT_ADD(gather, array64) {
	.flags = WINSOCK_IO_ARRAY,
};

FIXTURE_VARIANT_ADD(gather, array32) {
	.flags = WINSOCK_IO_ARRAY32,
};

#define ELEMENTS	(WINSOCK_BUFFERS_MAX + 1)
#define ARRAY_SPACE	(ELEMENTS * sizeof(struct winsock_buffer))
#define SPACE		(MIB + ARRAY_SPACE)

FIXTURE_SETUP(gather)
{
	__be16 port;
	__u64 lsn;

	self->dev = ws_open();
	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &lsn, &port));
	self->peer = peer_connect(WINSOCK_AF_INET, port);
	ASSERT_EQ(0, ws_accept(self->dev, lsn, &self->conn));
	self->mem = low_memory(SPACE);
	ASSERT_NE(MAP_FAILED, (void *)self->mem);
	self->array = self->mem + MIB;
}

FIXTURE_TEARDOWN(gather)
{
	munmap(self->mem, SPACE);
	close(self->peer);
	close(self->dev);
}

static void set_element(void *array, __u32 flags, int i, void *buf, __u32 len)
{
	struct winsock_buffer32 *b32 = array;
	struct winsock_buffer *b = array;

	if (flags == WINSOCK_IO_ARRAY32) {
		b32[i].buf = (uintptr_t)buf;
		b32[i].len = len;
	} else {
		b[i].buf = (uintptr_t)buf;
		b[i].len = len;
		b[i].__pad = WS_POISON32;	/* as Windows programs leave it */
	}
}

static int send_array(int dev, __u64 conn, void *array, __u32 flags, int count,
		      __u64 *done)
{
	struct winsock_sock_send a = {
		.size = sizeof(a), .flags = flags, .handle = conn,
		.addr = (uintptr_t)array, .count = count,
	};
	int ret = ws_ioctl(dev, WINSOCK_IOC_SOCK_SEND, &a);

	*done = ret ? WS_POISON : a.transferred;
	return ret;
}

static int recv_array(int dev, __u64 conn, void *array, __u32 flags, int count,
		      __u64 *done)
{
	struct winsock_sock_recv a = {
		.size = sizeof(a), .flags = flags, .handle = conn,
		.addr = (uintptr_t)array, .count = count,
	};
	int ret = ws_ioctl(dev, WINSOCK_IOC_SOCK_RECV, &a);

	*done = ret ? WS_POISON : a.transferred;
	return ret;
}

TEST_F(gather, send_takes_buffers_in_order)
{
	char buf[16] = "";
	__u64 done;

	memcpy(self->mem, "abcdefgh", 8);
	set_element(self->array, variant->flags, 0, self->mem + 4, 4);
	set_element(self->array, variant->flags, 1, NULL, 0);
	set_element(self->array, variant->flags, 2, self->mem, 4);
	ASSERT_EQ(0, send_array(self->dev, self->conn, self->array,
				variant->flags, 3, &done));
	EXPECT_EQ(8, done);
	ASSERT_EQ(8, recv(self->peer, buf, 8, MSG_WAITALL));
	EXPECT_STREQ("efghabcd", buf);
}

/* D4 */
TEST_F(gather, recv_fills_buffers_without_gaps)
{
	__u64 done;

	memset(self->mem, '.', 16);
	set_element(self->array, variant->flags, 0, self->mem, 4);
	set_element(self->array, variant->flags, 1, self->mem + 8, 5);
	ASSERT_EQ(9, write(self->peer, "123456789", 9));
	ASSERT_EQ(0, recv_array(self->dev, self->conn, self->array,
				variant->flags, 2, &done));
	EXPECT_EQ(9, done);
	EXPECT_EQ(0, memcmp(self->mem, "1234....56789...", 16));
}

TEST_F(gather, longest_array_moves_every_byte)
{
	static __u8 seen[WINSOCK_BUFFERS_MAX];
	__u64 done;
	int i;

	for (i = 0; i < WINSOCK_BUFFERS_MAX; i++) {
		self->mem[i] = i % 251;
		set_element(self->array, variant->flags, i, self->mem + i, 1);
	}
	ASSERT_EQ(0, send_array(self->dev, self->conn, self->array,
				variant->flags, WINSOCK_BUFFERS_MAX, &done));
	EXPECT_EQ(WINSOCK_BUFFERS_MAX, done);
	ASSERT_EQ(sizeof(seen), recv(self->peer, seen, sizeof(seen),
				     MSG_WAITALL));
	EXPECT_EQ(0, memcmp(seen, self->mem, sizeof(seen)));
}

TEST_F(gather, empty_array_WSAEINVAL)
{
	__u64 done;

	EXPECT_EQ(WSAEINVAL, send_array(self->dev, self->conn, self->array,
					variant->flags, 0, &done));
	EXPECT_EQ(WSAEINVAL, recv_array(self->dev, self->conn, self->array,
					variant->flags, 0, &done));
}

TEST_F(gather, longer_array_WSAEINVAL)
{
	__u64 done;

	memset(self->array, 0, ARRAY_SPACE);
	EXPECT_EQ(WSAEINVAL, send_array(self->dev, self->conn, self->array,
					variant->flags, ELEMENTS, &done));
	EXPECT_EQ(WSAEINVAL, recv_array(self->dev, self->conn, self->array,
					variant->flags, -1, &done));
}

/* D12: every page of every buffer, and nothing in them is changed. */
TEST_F(gather, recv_touches_every_page_when_it_starts)
{
	long page = sysconf(_SC_PAGESIZE);
	__u64 done;
	char *p;
	int i;

	p = low_memory(4 * page);
	ASSERT_NE(MAP_FAILED, p);
	memset(p, '.', 4 * page);
	set_element(self->array, variant->flags, 0, self->mem, 4);
	set_element(self->array, variant->flags, 1, p + 1, 3 * page);
	for (i = 0; i < 4; i++) {
		ASSERT_EQ(0, mprotect(p + i * page, page, PROT_READ));
		EXPECT_EQ(WSAEFAULT, recv_array(self->dev, self->conn,
						self->array, variant->flags,
						2, &done)) {
			TH_LOG("page %d", i);
		}
		ASSERT_EQ(0, mprotect(p + i * page, page,
				      PROT_READ | PROT_WRITE));
	}
	/* The page behind the last byte does not count. */
	set_element(self->array, variant->flags, 1, p + 1, 3 * page - 1);
	ASSERT_EQ(0, mprotect(p + 3 * page, page, PROT_NONE));
	ASSERT_EQ(5, write(self->peer, "12345", 5));
	ASSERT_EQ(0, recv_array(self->dev, self->conn, self->array,
				variant->flags, 2, &done));
	EXPECT_EQ(5, done);
	EXPECT_EQ('5', p[1]);
	for (i = 2; i < 3 * page; i++)
		ASSERT_EQ('.', p[i]);
	munmap(p, 4 * page);
}

TEST_F(gather, array_or_element_unmapped_WSAEFAULT)
{
	__u64 done;

	EXPECT_EQ(WSAEFAULT, send_array(self->dev, self->conn, (void *)8,
					variant->flags, 1, &done));
	set_element(self->array, variant->flags, 0, (void *)8, 4);
	EXPECT_EQ(WSAEFAULT, send_array(self->dev, self->conn, self->array,
					variant->flags, 1, &done));
	ASSERT_EQ(1, write(self->peer, "x", 1));
	EXPECT_EQ(WSAEFAULT, recv_array(self->dev, self->conn, self->array,
					variant->flags, 1, &done));
	/* nothing is lost */
	set_element(self->array, variant->flags, 0, self->mem, 4);
	EXPECT_EQ(0, recv_array(self->dev, self->conn, self->array,
				variant->flags, 1, &done));
	EXPECT_EQ(1, done);
}

TEST_F(gather, both_layouts_at_once_EINVAL)
{
	__u64 done;

	EXPECT_EQ(-EINVAL, send_array(self->dev, self->conn, self->array,
				      WINSOCK_IO_ARRAY | WINSOCK_IO_ARRAY32, 0,
				      &done));
}

TEST_HARNESS_MAIN
