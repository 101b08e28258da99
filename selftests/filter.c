// SPDX-License-Identifier: GPL-2.0-only
/*
 * Multicast filters in the driver: whether datagrams of either family come in,
 * interfaces that are not named, what the stack keeps, what is written.  What a
 * Windows program sees is in api_filter.c.
 */
#include "ws_test.h"

#include <arpa/inet.h>
#include <net/route.h>
#include <linux/winsock_control.h>

#define MOST	66

/* Of <linux/ipv6_route.h>, which is in the other's way. */
#ifndef RTF_LOCAL
#define RTF_LOCAL	0x80000000U
#endif

/* SIOCSMSFILTER's structure, and what may stand behind it. */
struct filter {
	struct winsock_group_filter head;
	__u64 sources[MOST][16];
};

static void fill(int family, const char *text4, const char *text6, void *to)
{
	struct winsock_sockaddr_in6 *in6 = to;
	struct winsock_sockaddr_in *in = to;

	memset(to, 0, 128);
	if (family == WINSOCK_AF_INET) {
		in->sin_family = family;
		inet_pton(AF_INET, text4, &in->sin_addr);
	} else {
		in6->sin6_family = family;
		inet_pton(AF_INET6, text6, in6->sin6_addr);
	}
}

/* Another family for what fill() stored. */
static void refamily(int family, void *to)
{
	struct winsock_sockaddr_in *in = to;

	in->sin_family = family;
}

/* Of loopback, or of somebody else. */
static void source(int family, bool own, void *to)
{
	fill(family, own ? "127.0.0.1" : "10.9.9.9",
	     own ? "::1" : "2001:db8::9", to);
}

static void group(int family, void *to)
{
	fill(family, "239.1.2.3", "ff05::1:2:3", to);
}

/* Groups of both families lead to the loopback interface, which is up. */
static int ways(void)
{
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct in6_rtmsg rt = {
		.rtmsg_dst = { .s6_addr = { 0xff, 5 } }, .rtmsg_dst_len = 16,
		.rtmsg_metric = 1, .rtmsg_ifindex = 1,
		.rtmsg_flags = RTF_UP | RTF_LOCAL,
	};
	struct ifreq req = { .ifr_name = "lo" };
	struct rtentry rt4 = { .rt_flags = RTF_UP, .rt_dev = (char *)"lo" };
	struct sockaddr_in *dst = (void *)&rt4.rt_dst;
	struct sockaddr_in *mask = (void *)&rt4.rt_genmask;
	int fd4 = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int ret;

	dst->sin_family = AF_INET;
	dst->sin_addr.s_addr = htonl(0xef000000);
	mask->sin_family = AF_INET;
	mask->sin_addr.s_addr = htonl(0xff000000);
	ret = ioctl(fd, SIOCGIFFLAGS, &req);
	req.ifr_flags |= IFF_UP;
	ret = ret ?: ioctl(fd, SIOCSIFFLAGS, &req) ?:
	      ioctl(fd, SIOCADDRT, &rt) ?: ioctl(fd4, SIOCADDRT, &rt4);
	close(fd);
	close(fd4);
	return ret;
}

struct scene {
	int dev;
	int native;	/* the socket below */
	__u64 sock;	/* bound to every address */
	int to_group;	/* native, connected to the group at its port */
	int direct;	/* native, connected to it */
	struct filter f;
	__u32 returned;
};

FIXTURE(filter) {
	struct scene scene;
};

FIXTURE_VARIANT(filter) {
	int family;
	int stack;
	int level;
	int limit;	/* igmp_max_msf, mld_max_msf */
};

FIXTURE_VARIANT_ADD(filter, ipv4) {
	.family = WINSOCK_AF_INET, .stack = AF_INET, .level = SOL_IP,
	.limit = 10,
};

FIXTURE_VARIANT_ADD(filter, ipv6) {
	.family = WINSOCK_AF_INET6, .stack = AF_INET6, .level = SOL_IPV6,
	.limit = 64,
};

/* A native socket that sends to a port of what fill() stored. */
static int sender(int family, __be16 port, void *addr)
{
	struct sockaddr_storage ss = {};
	struct sockaddr_in *in = (void *)&ss;
	int fd, one = 1;

	memcpy(&ss, addr, 128);
	ss.ss_family = family;
	in->sin_port = port;
	fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (family == AF_INET6)
		setsockopt(fd, SOL_IPV6, IPV6_MULTICAST_IF, &one, sizeof(one));
	if (family == AF_INET)
		setsockopt(fd, SOL_IP, IP_MULTICAST_IF,
			   &(struct in_addr){ htonl(INADDR_LOOPBACK) },
			   sizeof(struct in_addr));
	if (!connect(fd, (void *)&ss, sizeof(ss)))
		return fd;
	close(fd);
	return -1;
}

FIXTURE_SETUP(filter)
{
	struct sockaddr_storage ss = { .ss_family = variant->stack };
	struct scene *s = &self->scene;
	__u64 addr[16];
	__be16 port;

	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	ASSERT_EQ(0, ways());
	s->dev = ws_open();
	ASSERT_LE(0, s->dev);
	s->native = socket(variant->stack, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	ASSERT_EQ(0, bind(s->native, (void *)&ss, sizeof(ss)));
	port = peer_port(s->native);
	ASSERT_EQ(0, ws_import(s->dev, s->native, &s->sock));
	group(variant->family, addr);
	s->to_group = sender(variant->stack, port, addr);
	ASSERT_LE(0, s->to_group);
	source(variant->family, true, addr);
	s->direct = sender(variant->stack, port, addr);
	ASSERT_LE(0, s->direct);
	memset(&s->f, 0xa5, sizeof(s->f));
	s->f.head.interface = 1;
	group(variant->family, s->f.head.group);
}

FIXTURE_TEARDOWN(filter)
{
	struct scene *s = &self->scene;

	close(s->direct);
	close(s->to_group);
	close(s->native);
	close(s->dev);
}

static int control(struct scene *s, __u32 code, __u32 in_len, __u32 room)
{
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = s->sock, .code = code,
		.in = (uintptr_t)&s->f, .in_len = in_len,
		.out = (uintptr_t)&s->f, .out_len = room,
		.out_returned = WS_POISON32,
	};
	int ret = ws_ioctl(s->dev, WINSOCK_IOC_SOCK_CONTROL, &a);

	s->returned = a.out_returned;
	return ret;
}

static __u32 size(__u32 count)
{
	return sizeof(struct winsock_group_filter) + count * 128;
}

static int set(struct scene *s, __u32 mode, __u32 count)
{
	s->f.head.mode = mode;
	s->f.head.count = count;
	return control(s, WINSOCK_SIOCSMSFILTER, size(count), 0);
}

static int get(struct scene *s, __u32 room)
{
	s->f.head.mode = WS_POISON32;
	s->f.head.count = WS_POISON32;
	return control(s, WINSOCK_SIOCGMSFILTER, size(0), size(room));
}

/* Whether the group is heard: what follows arrives in any case. */
static int heard(struct scene *s)
{
	char byte[2] = "";
	__u64 n;

	if (send(s->to_group, "g", 1, 0) != 1 ||
	    send(s->direct, "d", 1, 0) != 1 ||
	    ws_recv(s->dev, s->sock, byte, 1, 0, &n))
		return -1;
	if (byte[0] == 'd')
		return 0;
	return ws_recv(s->dev, s->sock, byte + 1, 1, 0, &n) ||
	       byte[1] != 'd' ? -1 : 1;
}

TEST_F(filter, heard_as_it_says)
{
	struct scene *s = &self->scene;
	int i;

	/* an interface by its index, and the one where the group's way leads */
	for (i = 1; i >= 0; i--) {
		s->f.head.interface = i;
		source(variant->family, false, s->f.sources[0]);
		source(variant->family, true, s->f.sources[1]);
		ASSERT_EQ(0, set(s, WINSOCK_MCAST_INCLUDE, 1));
		EXPECT_EQ(0, heard(s));
		ASSERT_EQ(0, set(s, WINSOCK_MCAST_INCLUDE, 2));
		EXPECT_EQ(1, heard(s));
		ASSERT_EQ(0, set(s, WINSOCK_MCAST_EXCLUDE, 2));
		EXPECT_EQ(0, heard(s));
		ASSERT_EQ(0, set(s, WINSOCK_MCAST_EXCLUDE, 1));
		EXPECT_EQ(1, heard(s));
		ASSERT_EQ(0, set(s, WINSOCK_MCAST_INCLUDE, 0));
		EXPECT_EQ(0, heard(s));
		ASSERT_EQ(0, set(s, WINSOCK_MCAST_EXCLUDE, 0));
		EXPECT_EQ(1, heard(s));
		ASSERT_EQ(0, get(s, 0));
		EXPECT_EQ((__u32)i, s->f.head.interface);
		EXPECT_EQ(WINSOCK_MCAST_EXCLUDE, s->f.head.mode);
		EXPECT_EQ(0, s->f.head.count);
		ASSERT_EQ(0, set(s, WINSOCK_MCAST_INCLUDE, 0));
		/* the first that a socket has keeps a source out */
		source(variant->family, true, s->f.sources[0]);
		ASSERT_EQ(0, set(s, WINSOCK_MCAST_EXCLUDE, 1));
		EXPECT_EQ(0, heard(s));
		ASSERT_EQ(0, set(s, WINSOCK_MCAST_INCLUDE, 0));
	}
}

/* The same as the stack tells a native caller. */
TEST_F(filter, is_the_stacks)
{
	struct scene *s = &self->scene;
	struct {
		struct group_filter head;
		struct sockaddr_storage more;
	} gf = {};
	socklen_t len = sizeof(gf);
	__u64 want[16];

	source(variant->family, false, s->f.sources[0]);
	source(variant->family, true, s->f.sources[1]);
	ASSERT_EQ(0, set(s, WINSOCK_MCAST_EXCLUDE, 2));
	EXPECT_EQ(0, s->returned);
	memcpy(&gf.head.gf_group, s->f.head.group, 128);
	gf.head.gf_group.ss_family = variant->stack;
	gf.head.gf_interface = 1;
	gf.head.gf_numsrc = 2;
	ASSERT_EQ(0, getsockopt(s->native, variant->level, MCAST_MSFILTER,
				&gf, &len));
	EXPECT_EQ(sizeof(gf), len);
	EXPECT_EQ(MCAST_EXCLUDE, gf.head.gf_fmode);
	EXPECT_EQ(2, gf.head.gf_numsrc);
	source(variant->family, false, want);
	refamily(variant->stack, want);
	EXPECT_EQ(0, memcmp(want, gf.head.gf_slist, 128));
}

TEST_F(filter, nothing_is_written_beyond_the_room)
{
	struct scene *s = &self->scene;
	__u64 want[16];

	source(variant->family, false, s->f.sources[0]);
	source(variant->family, true, s->f.sources[1]);
	ASSERT_EQ(0, set(s, WINSOCK_MCAST_INCLUDE, 2));
	memset(s->f.sources, 0xa5, sizeof(s->f.sources));
	memset(want, 0xa5, sizeof(want));
	ASSERT_EQ(0, get(s, 0));
	EXPECT_EQ(size(0), s->returned);
	EXPECT_EQ(2, s->f.head.count);
	EXPECT_EQ(WS_POISON32, s->f.head.__pad);
	EXPECT_EQ(0, memcmp(want, s->f.sources[0], 128));
	ASSERT_EQ(0, get(s, 1));
	EXPECT_EQ(size(1), s->returned);
	EXPECT_EQ(0, memcmp(want, s->f.sources[1], 128));
	source(variant->family, false, want);
	EXPECT_EQ(0, memcmp(want, s->f.sources[0], 128));
	ASSERT_EQ(0, get(s, MOST));
	EXPECT_EQ(size(2), s->returned);
	memset(want, 0xa5, sizeof(want));
	EXPECT_EQ(0, memcmp(want, s->f.sources[2], 128));
}

/* What the stack has no place for makes no member. */
TEST_F(filter, too_many_WSAENOBUFS)
{
	struct scene *s = &self->scene;
	int i;

	for (i = 0; i < MOST; i++)
		source(variant->family, i, s->f.sources[i]);
	EXPECT_EQ(WSAENOBUFS, set(s, WINSOCK_MCAST_EXCLUDE,
				  variant->limit + 1));
	EXPECT_EQ(WSAEADDRNOTAVAIL, get(s, MOST));
	EXPECT_EQ(0, set(s, WINSOCK_MCAST_EXCLUDE, variant->limit));
	EXPECT_EQ(WSAENOBUFS, set(s, WINSOCK_MCAST_INCLUDE,
				  variant->limit + 1));
	ASSERT_EQ(0, get(s, MOST));
	EXPECT_EQ((__u32)variant->limit, s->f.head.count);
	EXPECT_EQ(WINSOCK_MCAST_EXCLUDE, s->f.head.mode);
}

TEST_F(filter, sources_of_the_other_family_WSAEINVAL)
{
	struct scene *s = &self->scene;
	int other = variant->family == WINSOCK_AF_INET ? WINSOCK_AF_INET6 :
							 WINSOCK_AF_INET;

	source(variant->family, true, s->f.sources[0]);
	source(other, true, s->f.sources[1]);
	EXPECT_EQ(WSAEINVAL, set(s, WINSOCK_MCAST_INCLUDE, 2));
	/* the stack's own number of a family is none of Windows' */
	source(variant->family, true, s->f.sources[1]);
	refamily(AF_INET6, s->f.sources[1]);
	EXPECT_EQ(WSAEINVAL, set(s, WINSOCK_MCAST_INCLUDE, 2));
	refamily(AF_INET6, s->f.head.group);
	EXPECT_EQ(WSAEINVAL, set(s, WINSOCK_MCAST_EXCLUDE, 0));
	EXPECT_EQ(WSAEINVAL, get(s, 0));
}

TEST_HARNESS_MAIN
