// SPDX-License-Identifier: GPL-2.0-only
/*
 * accept with memory that is not there: the call fails, the connection stays
 * the first of the queue.
 */
#include "ws_accept.h"

/* Three pages, of which the last is not mapped. */
struct pages {
	long size;
	__u8 *base;
	__u8 *end;	/* of what is mapped */
};

static bool map_pages(struct pages *p)
{
	p->size = sysconf(_SC_PAGESIZE);
	p->base = mmap(NULL, 3 * p->size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p->base == MAP_FAILED)
		return false;
	p->end = p->base + 2 * p->size;
	return !munmap(p->end, p->size);
}

/* One call that must fail with two connections queued, then the check. */
static int fault(int dev, __u64 lsn, void *addr, void *len)
{
	__u64 conn;
	int ret = accept_queued(dev, lsn, addr, len, &conn);

	return conn == WS_POISON ? ret : -EPROTO;
}

static bool connect_two(int family, __be16 port, int peers[2])
{
	peers[0] = peer_connect(family, port);
	peers[1] = peer_connect(family, port);
	return peers[0] >= 0 && peers[1] >= 0;
}

/* Are both still there, in their order?  Ends them. */
static bool still_queued(int dev, __u64 lsn, const int peers[2])
{
	bool ok = accept_gives(dev, lsn, peers[0]) &&
		  accept_gives(dev, lsn, peers[1]);

	close(peers[0]);
	close(peers[1]);
	return ok;
}

/* A2 */
TEST_F(accept, short_length_WSAEFAULT)
{
	int size = ws_addr_len(variant->family);
	const int lengths[] = { 0, 1, size - 1, -1, -0x7fffffff - 1 };
	union ws_addr a, poison;
	int peers[2];
	unsigned int i;

	ASSERT_TRUE(connect_two(variant->family, self->port, peers));
	memset(&poison, 0xa5, sizeof(poison));
	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		__s32 len = lengths[i];

		a = poison;
		EXPECT_EQ(WSAEFAULT, fault(self->dev, self->lsn, &a, &len)) {
			TH_LOG("length %d", lengths[i]);
		}
		EXPECT_EQ(lengths[i], len);
		EXPECT_EQ(0, memcmp(&a, &poison, sizeof(a)));
	}
	EXPECT_TRUE(still_queued(self->dev, self->lsn, peers));
}

/* Length 16 is right for IPv4 and too short for IPv6. */
TEST_F(accept, length_16_fits_ipv4_only)
{
	int peer = peer_connect(variant->family, self->port);
	union ws_addr a;
	__s32 len = 16;
	__u64 conn;

	EXPECT_EQ(variant->family == WINSOCK_AF_INET ? 0 : WSAEFAULT,
		  accept_queued(self->dev, self->lsn, &a, &len, &conn));
	EXPECT_EQ(16, len);
	close(peer);
}

/* Bad arguments are told at once, not when a connection comes. */
TEST_F(accept, short_length_with_empty_queue_WSAEFAULT)
{
	union ws_addr a;
	__s32 len = 1;

	EXPECT_EQ(WSAEFAULT, fault(self->dev, self->lsn, &a, &len));
}

/* [accept WSAEFAULT] */
TEST_F(accept, address_unmapped_WSAEFAULT)
{
	struct pages p;
	__s32 len = 128;
	int peers[2];

	ASSERT_TRUE(map_pages(&p));
	ASSERT_TRUE(connect_two(variant->family, self->port, peers));
	EXPECT_EQ(WSAEFAULT, fault(self->dev, self->lsn, p.end, &len));
	EXPECT_EQ(WSAEFAULT, fault(self->dev, self->lsn, (void *)8, &len));
	EXPECT_EQ(WSAEFAULT, fault(self->dev, self->lsn, (void *)~0UL, &len));
	EXPECT_EQ(128, len);
	EXPECT_TRUE(still_queued(self->dev, self->lsn, peers));
}

TEST_F(accept, address_read_only_WSAEFAULT)
{
	struct pages p;
	__s32 len = 128;
	int peers[2];

	ASSERT_TRUE(map_pages(&p));
	memset(p.base, 0xa5, p.size);
	ASSERT_EQ(0, mprotect(p.base, p.size, PROT_READ));
	ASSERT_TRUE(connect_two(variant->family, self->port, peers));
	EXPECT_EQ(WSAEFAULT, fault(self->dev, self->lsn, p.base, &len));
	EXPECT_EQ(128, len);
	EXPECT_EQ(0xa5, p.base[0]);
	EXPECT_TRUE(still_queued(self->dev, self->lsn, peers));
}

TEST_F(accept, address_straddles_into_unmapped_WSAEFAULT)
{
	int size = ws_addr_len(variant->family);
	struct pages p;
	int peers[2], i;

	ASSERT_TRUE(map_pages(&p));
	ASSERT_TRUE(connect_two(variant->family, self->port, peers));
	for (i = 1; i < size; i++) {
		__s32 len = size;

		EXPECT_EQ(WSAEFAULT, fault(self->dev, self->lsn, p.end - i,
					   &len)) {
			TH_LOG("%d bytes mapped", i);
		}
		EXPECT_EQ(size, len);
	}
	EXPECT_TRUE(still_queued(self->dev, self->lsn, peers));
}

TEST_F(accept, address_at_the_end_of_a_mapping_fits)
{
	int size = ws_addr_len(variant->family);
	int peer = peer_connect(variant->family, self->port);
	struct pages p;
	__s32 len = 128;	/* more than there is: the real size counts */
	__u64 conn;

	ASSERT_TRUE(map_pages(&p));
	EXPECT_EQ(0, accept_queued(self->dev, self->lsn, p.end - size, &len,
				   &conn));
	EXPECT_EQ(size, len);
	close(peer);
}

TEST_F(accept, length_unmapped_WSAEFAULT)
{
	union ws_addr a;
	struct pages p;
	int peers[2];

	ASSERT_TRUE(map_pages(&p));
	ASSERT_TRUE(connect_two(variant->family, self->port, peers));
	EXPECT_EQ(WSAEFAULT, fault(self->dev, self->lsn, &a, p.end));
	EXPECT_EQ(WSAEFAULT, fault(self->dev, self->lsn, &a, p.end - 2));
	EXPECT_EQ(WSAEFAULT, fault(self->dev, self->lsn, &a, (void *)8));
	EXPECT_TRUE(still_queued(self->dev, self->lsn, peers));
}

TEST_F(accept, length_read_only_WSAEFAULT)
{
	__s32 len = 128;
	union ws_addr a;
	struct pages p;
	int peers[2];

	ASSERT_TRUE(map_pages(&p));
	memcpy(p.base, &len, sizeof(len));
	ASSERT_EQ(0, mprotect(p.base, p.size, PROT_READ));
	ASSERT_TRUE(connect_two(variant->family, self->port, peers));
	EXPECT_EQ(WSAEFAULT, fault(self->dev, self->lsn, &a, p.base));
	EXPECT_TRUE(still_queued(self->dev, self->lsn, peers));
}

/* accept with a struct that cannot be written to. */
static int accept_untold(int dev, struct winsock_sock_accept *a)
{
	int ret = 0;

	ws_until((ret = ws_ioctl(dev, WINSOCK_IOC_SOCK_ACCEPT, a)) !=
		 WSAEWOULDBLOCK);
	return ret;
}

/* The handle could not be told, so there is none, and no connection is lost. */
TEST_F(accept, struct_read_only_EFAULT)
{
	struct winsock_sock_accept *a;
	int peers[2], i;
	struct pages p;

	ASSERT_TRUE(map_pages(&p));
	a = (void *)p.base;
	*a = (struct winsock_sock_accept){
		.size = sizeof(*a), .handle = self->lsn, .out_handle = 7,
	};
	ASSERT_EQ(0, mprotect(a, p.size, PROT_READ));
	ASSERT_TRUE(connect_two(variant->family, self->port, peers));
	for (i = 0; i < 3; i++)
		EXPECT_EQ(-EFAULT, accept_untold(self->dev, a));
	EXPECT_EQ(7, a->out_handle);
	EXPECT_TRUE(still_queued(self->dev, self->lsn, peers));
}

/* A connection that went back is seen by poll and by a sleeper like any other. */
TEST_F(accept, returned_connection_polls_readable)
{
	struct winsock_sock_accept *a;
	struct pages p;
	int peer, file;

	ASSERT_TRUE(map_pages(&p));
	a = (void *)p.base;
	*a = (struct winsock_sock_accept){
		.size = sizeof(*a), .handle = self->lsn,
	};
	ASSERT_EQ(0, mprotect(a, p.size, PROT_READ));
	ASSERT_EQ(0, ws_export(self->dev, self->lsn, &file));
	peer = peer_connect(variant->family, self->port);
	ASSERT_EQ(-EFAULT, accept_untold(self->dev, a));
	EXPECT_EQ(POLLIN, peer_poll(file, POLLIN));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, peer));
	close(peer);
	close(file);
}

TEST_F(accept, returned_connection_ends_with_its_listener)
{
	struct winsock_sock_accept *a;
	struct pages p;
	char byte;
	int peer;

	ASSERT_TRUE(map_pages(&p));
	a = (void *)p.base;
	*a = (struct winsock_sock_accept){
		.size = sizeof(*a), .handle = self->lsn,
	};
	ASSERT_EQ(0, mprotect(a, p.size, PROT_READ));
	peer = peer_connect(variant->family, self->port);
	ASSERT_EQ(-EFAULT, accept_untold(self->dev, a));
	ASSERT_EQ(0, ws_close(self->dev, self->lsn));
	EXPECT_NE(0, peer_poll(peer, POLLIN));
	EXPECT_EQ(-1, recv(peer, &byte, 1, 0));
	EXPECT_EQ(ECONNRESET, errno);
	close(peer);
}

TEST_F(accept, returned_connection_reset_WSAECONNRESET)
{
	struct winsock_sock_accept *a;
	struct pages p;
	__u64 conn;
	int peer;

	ASSERT_TRUE(map_pages(&p));
	a = (void *)p.base;
	*a = (struct winsock_sock_accept){
		.size = sizeof(*a), .handle = self->lsn,
	};
	ASSERT_EQ(0, mprotect(a, p.size, PROT_READ));
	peer = peer_connect(variant->family, self->port);
	ASSERT_EQ(-EFAULT, accept_untold(self->dev, a));
	peer_reset(peer);
	EXPECT_EQ(WSAECONNRESET, accept_queued(self->dev, self->lsn, NULL,
					       NULL, &conn));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_accept(self->dev, self->lsn, &conn));
}

/* The buffer was there when accept began to wait. */
TEST_F(accept, address_unmapped_while_asleep_WSAEFAULT)
{
	__s32 len = sizeof(union ws_addr);
	struct winsock_sock_accept a = {
		.size = sizeof(a), .handle = self->lsn,
		.addr_len = (uintptr_t)&len, .out_handle = WS_POISON,
	};
	int peers[2];
	struct ws_call c;
	struct pages p;

	ASSERT_TRUE(map_pages(&p));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 0));
	a.addr = (uintptr_t)p.base;
	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_ACCEPT, &a));
	ASSERT_TRUE(ws_call_asleep(&c));
	ASSERT_EQ(0, munmap(p.base, p.size));
	ASSERT_TRUE(connect_two(variant->family, self->port, peers));
	EXPECT_EQ(WSAEFAULT, ws_call_join(&c));
	EXPECT_EQ(WS_POISON, a.out_handle);
	EXPECT_EQ(sizeof(union ws_addr), len);
	EXPECT_TRUE(still_queued(self->dev, self->lsn, peers));
}

TEST_F(accept, address_made_read_only_while_asleep_WSAEFAULT)
{
	__s32 len = sizeof(union ws_addr);
	struct winsock_sock_accept a = {
		.size = sizeof(a), .handle = self->lsn,
		.addr_len = (uintptr_t)&len, .out_handle = WS_POISON,
	};
	int peers[2];
	struct ws_call c;
	struct pages p;

	ASSERT_TRUE(map_pages(&p));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 0));
	a.addr = (uintptr_t)p.base;
	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_ACCEPT, &a));
	ASSERT_TRUE(ws_call_asleep(&c));
	ASSERT_EQ(0, mprotect(p.base, p.size, PROT_READ));
	ASSERT_TRUE(connect_two(variant->family, self->port, peers));
	EXPECT_EQ(WSAEFAULT, ws_call_join(&c));
	EXPECT_EQ(WS_POISON, a.out_handle);
	EXPECT_TRUE(still_queued(self->dev, self->lsn, peers));
}

/* One caller's fault must not keep the other from its connection. */
TEST_F(accept, fault_of_one_sleeper_wakes_the_next)
{
	__s32 len = sizeof(union ws_addr);
	struct winsock_sock_accept a = {
		.size = sizeof(a), .handle = self->lsn,
		.addr_len = (uintptr_t)&len,
	}, b = {
		.size = sizeof(b), .handle = self->lsn,
	};
	struct ws_call ca, cb;
	struct pages p;
	int peer;

	ASSERT_TRUE(map_pages(&p));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 0));
	a.addr = (uintptr_t)p.base;
	ASSERT_EQ(0, ws_call_start(&ca, self->dev, WINSOCK_IOC_SOCK_ACCEPT,
				   &a));
	ASSERT_TRUE(ws_call_asleep(&ca));
	ASSERT_EQ(0, ws_call_start(&cb, self->dev, WINSOCK_IOC_SOCK_ACCEPT,
				   &b));
	ASSERT_TRUE(ws_call_asleep(&cb));
	ASSERT_EQ(0, munmap(p.base, p.size));
	peer = peer_connect(variant->family, self->port);
	EXPECT_EQ(WSAEFAULT, ws_call_join(&ca));
	EXPECT_EQ(0, ws_call_join(&cb));
	close(peer);
}

/*
 * A native listener imported twice has two handles, and a connection that went
 * back belongs to one of them: the sleeper on the other must not get its wake-up.
 */
TEST_F(accept, fault_wakes_a_sleeper_of_the_same_import)
{
	struct winsock_sock_accept *a, other = { .size = sizeof(other) }, same;
	struct ws_call ca, cother, csame;
	struct pages p;
	__be16 port = 0;
	int lsn, peer;

	ASSERT_TRUE(map_pages(&p));
	a = (void *)p.base;
	lsn = peer_listen(variant->family, &port);
	ASSERT_LE(0, lsn);
	same = other;
	ASSERT_EQ(0, ws_import(self->dev, lsn, &same.handle));
	ASSERT_EQ(0, ws_import(self->dev, lsn, &other.handle));
	*a = same;
	ASSERT_EQ(0, mprotect(a, p.size, PROT_READ));

	ASSERT_EQ(0, ws_call_start(&ca, self->dev, WINSOCK_IOC_SOCK_ACCEPT, a));
	ASSERT_TRUE(ws_call_asleep(&ca));
	ASSERT_EQ(0, ws_call_start(&cother, self->dev, WINSOCK_IOC_SOCK_ACCEPT,
				   &other));
	ASSERT_TRUE(ws_call_asleep(&cother));
	ASSERT_EQ(0, ws_call_start(&csame, self->dev, WINSOCK_IOC_SOCK_ACCEPT,
				   &same));
	ASSERT_TRUE(ws_call_asleep(&csame));
	peer = peer_connect(variant->family, port);
	EXPECT_EQ(-EFAULT, ws_call_join(&ca));
	EXPECT_EQ(0, ws_call_join(&csame));
	EXPECT_TRUE(ws_call_asleep(&cother));
	ASSERT_EQ(0, ws_close(self->dev, other.handle));
	EXPECT_EQ(WSAEINTR, ws_call_join(&cother));
	close(peer);
	close(lsn);
}

/* As above, for a descriptor table that is full when the wake-up comes. */
TEST_F(accept, full_table_of_one_sleeper_leaves_the_connection)
{
	struct winsock_sock_accept a = {
		.size = sizeof(a), .handle = self->lsn, .out_handle = WS_POISON,
	};
	struct rlimit lim = { .rlim_cur = 1, .rlim_max = 1 };
	struct sockaddr_storage ss;
	struct ws_call c;
	socklen_t n;
	int peer;

	if (geteuid())
		SKIP(return, "raising the hard limit needs root");
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 0));
	peer = peer_socket(variant->family);
	n = peer_loopback(&ss, variant->family, self->port);
	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_ACCEPT, &a));
	ASSERT_TRUE(ws_call_asleep(&c));
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	ASSERT_EQ(0, connect(peer, (void *)&ss, n));
	EXPECT_EQ(WSAEMFILE, ws_call_join(&c));
	EXPECT_EQ(WS_POISON, a.out_handle);
	lim.rlim_max = 64;
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, peer));
	close(peer);
}

TEST_HARNESS_MAIN
