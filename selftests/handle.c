// SPDX-License-Identifier: GPL-2.0-only
/*
 * The handle table: values, reuse, exhaustion, a million handles.
 */
#include "ws_test.h"

#define SOCKET_MAX	0x7fffffffULL

FIXTURE(handle) {
	int dev;
	__u64 sock;
	int file;	/* a descriptor file of @sock: each import is a handle */
};

FIXTURE_SETUP(handle)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &self->sock));
	ASSERT_EQ(0, ws_export(self->dev, self->sock, &self->file));
}

FIXTURE_TEARDOWN(handle)
{
	close(self->file);
	close(self->dev);
}

/* Does the handle name a socket?  (Unbound ones answer WSAEINVAL.) */
static bool is_socket(int dev, __u64 handle)
{
	union ws_addr a;
	__s32 len = sizeof(a);
	int ret = ws_name(dev, WINSOCK_IOC_SOCK_GETNAME, handle, &a, &len);

	return ret == WSAEINVAL || !ret;
}

/* Limit the process to @n descriptors and handles; needs root to raise. */
static int limit_handles(rlim_t n)
{
	struct rlimit lim = { .rlim_cur = n, .rlim_max = n };

	return setrlimit(RLIMIT_NOFILE, &lim) ? -errno : 0;
}

TEST_F(handle, values_are_multiples_of_four_below_2_31)
{
	__u64 h, last = 0;
	int i;

	for (i = 0; i < 3000; i++) {
		ASSERT_EQ(0, ws_import(self->dev, self->file, &h));
		ASSERT_EQ(0, h & 3);
		ASSERT_NE(0, h);
		ASSERT_GT(SOCKET_MAX, h);
		ASSERT_NE(last, h);
		last = h;
	}
}

/* Closing and making in turn walks through the generations as well. */
TEST_F(handle, reused_values_keep_the_form)
{
	__u64 h;
	int i;

	for (i = 0; i < 20000; i++) {
		ASSERT_EQ(0, ws_import(self->dev, self->file, &h));
		ASSERT_EQ(0, h & 3);
		ASSERT_NE(0, h);
		ASSERT_GT(SOCKET_MAX, h);
		ASSERT_EQ(0, ws_close(self->dev, h));
	}
}

TEST_F(handle, closed_handle_WSAENOTSOCK)
{
	__u64 h;

	ASSERT_EQ(0, ws_import(self->dev, self->file, &h));
	ASSERT_TRUE(is_socket(self->dev, h));
	ASSERT_EQ(0, ws_close(self->dev, h));
	EXPECT_EQ(WSAENOTSOCK, ws_close(self->dev, h));
	EXPECT_EQ(WSAENOTSOCK, ws_listen(self->dev, h, 1));
}

TEST_F(handle, stale_value_WSAENOTSOCK_after_heavy_reuse)
{
	__u64 stale, h;
	int i;

	ASSERT_EQ(0, ws_import(self->dev, self->file, &stale));
	ASSERT_EQ(0, ws_close(self->dev, stale));
	for (i = 0; i < 50000; i++) {
		ASSERT_EQ(0, ws_import(self->dev, self->file, &h));
		ASSERT_NE(stale, h);
		if (i % 64 == 0)
			ASSERT_EQ(WSAENOTSOCK, ws_close(self->dev, stale));
		ASSERT_EQ(0, ws_close(self->dev, h));
	}
	EXPECT_FALSE(is_socket(self->dev, stale));
}

TEST_F(handle, value_with_another_generation_WSAENOTSOCK)
{
	__u64 bit;

	for (bit = 1; bit; bit <<= 1) {
		EXPECT_EQ(WSAENOTSOCK, ws_close(self->dev, self->sock ^ bit)) {
			TH_LOG("handle %#llx, bit %#llx", self->sock, bit);
		}
	}
	EXPECT_TRUE(is_socket(self->dev, self->sock));
}

TEST_F(handle, close_leaves_the_others_alone)
{
	__u64 h[3];
	int i;

	for (i = 0; i < 3; i++)
		ASSERT_EQ(0, ws_import(self->dev, self->file, &h[i]));
	ASSERT_EQ(0, ws_close(self->dev, h[1]));
	EXPECT_TRUE(is_socket(self->dev, h[0]));
	EXPECT_FALSE(is_socket(self->dev, h[1]));
	EXPECT_TRUE(is_socket(self->dev, h[2]));
}

/* [socket WSAEMFILE, WSASocketA WSAEMFILE] */
TEST_F(handle, limit_is_the_hard_limit_of_descriptors_WSAEMFILE)
{
	__u64 h;
	int i;

	if (geteuid())
		SKIP(return, "raising the hard limit needs root");
	ASSERT_EQ(0, limit_handles(64));
	for (i = 1; i < 64; i++) {
		ASSERT_EQ(0, ws_import(self->dev, self->file, &h)) {
			TH_LOG("handle %d of 64", i + 1);
		}
	}
	EXPECT_EQ(WSAEMFILE, ws_import(self->dev, self->file, &h));
	EXPECT_EQ(WS_POISON, h);
	EXPECT_EQ(WSAEMFILE, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
	EXPECT_EQ(WS_POISON, h);

	ASSERT_EQ(0, limit_handles(65));
	EXPECT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
	EXPECT_EQ(WSAEMFILE, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
}

TEST_F(handle, closing_one_at_the_limit_makes_room_for_one)
{
	__u64 h, last = 0;

	ASSERT_EQ(0, limit_handles(32));
	while (!ws_import(self->dev, self->file, &h))
		last = h;
	ASSERT_EQ(0, ws_close(self->dev, last));
	EXPECT_EQ(0, ws_import(self->dev, self->file, &h));
	EXPECT_EQ(WSAEMFILE, ws_import(self->dev, self->file, &h));
}

TEST_F(handle, failed_calls_leave_no_handle_behind)
{
	__u64 h;
	int i;

	ASSERT_EQ(0, limit_handles(32));
	for (i = 0; i < 64; i++)
		ASSERT_NE(0, ws_create(self->dev, WINSOCK_AF_INET, 99, 0, &h));
	for (i = 0; i < 31; i++)
		ASSERT_EQ(0, ws_import(self->dev, self->file, &h));
}

/* A handle that its maker cannot be told of would be lost for ever. */
TEST_F(handle, unwritable_output_EFAULT_leaves_no_handle_behind)
{
	long page = sysconf(_SC_PAGESIZE);
	struct winsock_sock_create *a;
	__u64 h;
	int i;

	a = mmap(NULL, page, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)a);
	*a = (struct winsock_sock_create){
		.size = sizeof(*a), .family = WINSOCK_AF_INET,
		.type = WINSOCK_SOCK_STREAM, .out_handle = WS_POISON,
	};
	ASSERT_EQ(0, mprotect(a, page, PROT_READ));
	ASSERT_EQ(0, limit_handles(32));
	for (i = 0; i < 64; i++)
		ASSERT_EQ(-EFAULT, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CREATE,
					    a));
	EXPECT_EQ(WS_POISON, a->out_handle);
	for (i = 0; i < 31; i++)
		ASSERT_EQ(0, ws_import(self->dev, self->file, &h));
	munmap(a, page);
}

/* An offer can be taken once, and may be all that keeps its socket. */
TEST_F(handle, unwritable_output_EFAULT_leaves_the_offer)
{
	struct winsock_handle_offer offer = {
		.size = sizeof(offer), .process = getpid(),
	};
	long page = sysconf(_SC_PAGESIZE);
	struct winsock_handle_redeem *a;
	__u64 h;

	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
	offer.handle = h;
	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_HANDLE_OFFER, &offer));
	ASSERT_EQ(0, ws_close(self->dev, h));
	a = mmap(NULL, page, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)a);
	*a = (struct winsock_handle_redeem){
		.size = sizeof(*a), .token = offer.out_token,
	};
	ASSERT_EQ(0, mprotect(a, page, PROT_READ));
	EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, WINSOCK_IOC_HANDLE_REDEEM, a));
	ASSERT_EQ(0, mprotect(a, page, PROT_READ | PROT_WRITE));
	EXPECT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_HANDLE_REDEEM, a));
	EXPECT_EQ(0, ws_close(self->dev, a->out_handle));
	munmap(a, page);
}

struct maker {
	pthread_t thread;
	int dev, file;
	__u64 handles[2000];
	int failed;
};

static void *make_handles(void *arg)
{
	struct maker *m = arg;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(m->handles); i++)
		if (ws_import(m->dev, m->file, &m->handles[i]))
			m->failed++;
	return NULL;
}

static int compare(const void *a, const void *b)
{
	const __u64 *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

TEST_F(handle, threads_get_different_values)
{
	static struct maker m[4];
	static __u64 all[ARRAY_SIZE(m) * ARRAY_SIZE(m[0].handles)];
	size_t i;

	if (geteuid())
		SKIP(return, "8,000 handles need root to raise the limit");
	ASSERT_EQ(0, limit_handles(10000));
	for (i = 0; i < ARRAY_SIZE(m); i++) {
		m[i].dev = self->dev;
		m[i].file = self->file;
		ASSERT_EQ(0, pthread_create(&m[i].thread, NULL, make_handles,
					    &m[i]));
	}
	for (i = 0; i < ARRAY_SIZE(m); i++) {
		ASSERT_EQ(0, pthread_join(m[i].thread, NULL));
		ASSERT_EQ(0, m[i].failed);
		memcpy(all + i * ARRAY_SIZE(m[i].handles), m[i].handles,
		       sizeof(m[i].handles));
	}
	qsort(all, ARRAY_SIZE(all), sizeof(all[0]), compare);
	for (i = 1; i < ARRAY_SIZE(all); i++)
		ASSERT_NE(all[i - 1], all[i]);
}

#define LOOKUPS	20000

/* The best of several rounds, as other work on the machine only adds time. */
static __u64 lookup_ns(int dev, const __u64 *handles, unsigned int count)
{
	__u64 start, took, best = ~0ULL;
	unsigned int round, i;

	for (round = 0; round < 5; round++) {
		start = ws_now_ns();
		for (i = 0; i < LOOKUPS; i++)
			is_socket(dev, handles[i * 7919ULL % count]);
		took = ws_now_ns() - start;
		if (took < best)
			best = took;
	}
	return best / LOOKUPS;
}

#define MILLION	1000000

/* A million descriptors of one socket, as a million sockets fill the machine. */
TEST_F_TIMEOUT(handle, million_in_one_context, 300)
{
	__u64 few = 0, many, h, start, *handles;
	unsigned int i;

	if (geteuid())
		SKIP(return, "a million handles need root to raise the limit");
	ASSERT_EQ(0, limit_handles(1 << 20));
	handles = calloc(MILLION, sizeof(*handles));
	ASSERT_NE(NULL, (void *)handles);

	start = ws_now_ns();
	for (i = 0; i < MILLION; i++) {
		if (i == 10)
			few = lookup_ns(self->dev, handles, i);
		if (ws_import(self->dev, self->file, &handles[i]))
			break;
	}
	ASSERT_EQ(MILLION, i);
	TH_LOG("%u handles in %llu ms", i, (ws_now_ns() - start) / 1000000);

	many = lookup_ns(self->dev, handles, MILLION);
	TH_LOG("a lookup takes %llu ns among 10, %llu ns among a million",
	       few, many);
	/* a search would be worse by the factor 20 of a tree, or far more */
	EXPECT_GT(5 * few, many);

	for (i = 0; i < MILLION; i += 9973)
		EXPECT_TRUE(is_socket(self->dev, handles[i]));
	start = ws_now_ns();
	for (i = 0; i < MILLION; i += 2)
		ASSERT_EQ(0, ws_close(self->dev, handles[i]));
	for (i = 0; i < MILLION; i += 9973)
		EXPECT_EQ(i % 2, is_socket(self->dev, handles[i]));
	ASSERT_EQ(0, ws_import(self->dev, self->file, &h));
	ASSERT_EQ(0, ws_cleanup(self->dev));
	TH_LOG("all closed in %llu ms", (ws_now_ns() - start) / 1000000);
	free(handles);
}

TEST_HARNESS_MAIN
