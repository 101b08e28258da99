// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control codes in the driver: layouts for both widths, lists of addresses,
 * ways, waiting for changes, TCP's settings as the stack has them.  What a
 * Windows program sees is in api_ioctl.c.
 */
#include "ws_test.h"

#include <arpa/inet.h>
#include <net/route.h>
#include <linux/winsock_control.h>

#define CONTROL	WINSOCK_IOC_SOCK_CONTROL

/* One call; *returned goes in and comes out. */
struct control {
	struct winsock_sock_control a;
	__u8 out[4096];
};

static int run(int dev, __u64 s, __u32 code, const void *in, __u32 in_len,
	       struct control *c, __u32 room)
{
	__u32 flags = c->a.flags;

	memset(c->out, 0xa5, sizeof(c->out));
	c->a = (struct winsock_sock_control){
		.size = sizeof(c->a), .flags = flags, .handle = s,
		.code = code, .in = (uintptr_t)in, .in_len = in_len,
		.out = (uintptr_t)c->out, .out_len = room,
		.out_returned = WS_POISON32,
	};
	return ws_ioctl(dev, CONTROL, &c->a);
}

static bool untouched(const struct control *c, __u32 from)
{
	__u32 i;

	for (i = from; i < sizeof(c->out); i++)
		if (c->out[i] != 0xa5)
			return false;
	return true;
}

/* What the tests do to their own network, through native sockets. */

static int net_flags(const char *name, short set, short clear)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq req = {};
	int ret;

	strncpy(req.ifr_name, name, IFNAMSIZ - 1);
	ret = ioctl(fd, SIOCGIFFLAGS, &req);
	req.ifr_flags = (req.ifr_flags | set) & ~clear;
	if (!ret)
		ret = ioctl(fd, SIOCSIFFLAGS, &req);
	close(fd);
	return ret;
}

/* Give the loopback interface another address; net_flags() takes it back. */
static int net_add(const char *name, __u32 addr)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq req = {};
	struct sockaddr_in *in = (void *)&req.ifr_addr;
	int ret;

	strncpy(req.ifr_name, name, IFNAMSIZ - 1);
	in->sin_family = AF_INET;
	in->sin_addr.s_addr = htonl(addr);
	ret = ioctl(fd, SIOCSIFADDR, &req);
	close(fd);
	return ret;
}

static int net_add6(__u8 first, __u8 last)
{
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct {
		struct in6_addr addr;
		__u32 bits;
		int index;
	} req = { .bits = 128, .index = if_nametoindex("lo") };
	int ret;

	req.addr.s6_addr[0] = first;
	req.addr.s6_addr[1] = first == 0xfe ? 0x80 : 0;
	req.addr.s6_addr[15] = last;
	ret = ioctl(fd, SIOCSIFADDR, &req);
	close(fd);
	return ret;
}

static int net_route(__u32 to)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct rtentry rt = { .rt_flags = RTF_UP, .rt_dev = (char *)"lo" };
	struct sockaddr_in *dst = (void *)&rt.rt_dst;
	struct sockaddr_in *mask = (void *)&rt.rt_genmask;
	int ret;

	dst->sin_family = AF_INET;
	dst->sin_addr.s_addr = htonl(to);
	mask->sin_family = AF_INET;
	mask->sin_addr.s_addr = htonl(0xffffff00);
	ret = ioctl(fd, SIOCADDRT, &rt);
	close(fd);
	return ret;
}

/* From the blocks that documents may use. */
#define TEST_NET_1	0xc0000201	/* 192.0.2.1 */
#define TEST_NET_2	0xc6336401	/* 198.51.100.1 */

/* A network of the test's own: the loopback interface, up. */
FIXTURE(net) {
	int dev;
	__u64 tcp;
	__u64 tcp6;
	struct control c;
};

FIXTURE_SETUP(net)
{
	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	ASSERT_EQ(0, net_flags("lo", IFF_UP, 0));
	ASSERT_EQ(0, ws_handle_signals());
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &self->tcp));
	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET6, &self->tcp6));
	self->c.a.flags = 0;
}

FIXTURE_TEARDOWN(net)
{
	close(self->dev);
}

static int list(int dev, __u64 s, struct control *c, __u32 room)
{
	return run(dev, s, WINSOCK_SIO_ADDRESS_LIST_QUERY, NULL, 0, c,
		   room);
}

/* The page on it: 127.* and ::1 of the loopback interface are not listed. */
TEST_F(net, address_list_leaves_loopback_out)
{
	ASSERT_EQ(0, list(self->dev, self->tcp, &self->c, 4096));
	EXPECT_EQ(8, self->c.a.out_returned);
	EXPECT_EQ(0, *(__u32 *)self->c.out);
	EXPECT_TRUE(untouched(&self->c, 8));
	ASSERT_EQ(0, net_add6(0xfe, 1));
	ASSERT_EQ(0, list(self->dev, self->tcp6, &self->c, 4096));
	EXPECT_EQ(8, self->c.a.out_returned);
}

/* I19, for 64 bits */
TEST_F(net, address_list_64)
{
	struct winsock_socket_address *sa = (void *)(self->c.out + 8);
	struct winsock_sockaddr_in *in = (void *)(self->c.out + 8 + 2 * 16);

	ASSERT_EQ(0, net_add("lo:1", TEST_NET_1));
	ASSERT_EQ(0, net_add("lo:2", TEST_NET_2));
	ASSERT_EQ(0, list(self->dev, self->tcp, &self->c, 8 + 2 * 16 + 2 * 16));
	EXPECT_EQ(8 + 2 * 16 + 2 * 16, self->c.a.out_returned);
	EXPECT_EQ(2, *(__u32 *)self->c.out);
	EXPECT_EQ(0, *(__u32 *)(self->c.out + 4));
	EXPECT_EQ((uintptr_t)&in[0], sa[0].addr);
	EXPECT_EQ((uintptr_t)&in[1], sa[1].addr);
	EXPECT_EQ(16, sa[0].len);
	EXPECT_EQ(0, sa[0].__pad);
	EXPECT_EQ(WINSOCK_AF_INET, in[0].sin_family);
	EXPECT_EQ(0, in[0].sin_port);
	EXPECT_EQ(htonl(TEST_NET_1), in[0].sin_addr);
	EXPECT_EQ(htonl(TEST_NET_2), in[1].sin_addr);
	EXPECT_TRUE(untouched(&self->c, 8 + 2 * 16 + 2 * 16));
}

/* The same for 32 bits, whose pointers are half of an address here. */
TEST_F(net, address_list_32)
{
	__u32 *sa = (void *)(self->c.out + 4);
	struct winsock_sockaddr_in *in = (void *)(self->c.out + 4 + 8);

	ASSERT_EQ(0, net_add("lo:1", TEST_NET_1));
	self->c.a.flags = WINSOCK_CONTROL_32;
	ASSERT_EQ(0, list(self->dev, self->tcp, &self->c, 4096));
	EXPECT_EQ(4 + 8 + 16, self->c.a.out_returned);
	EXPECT_EQ(1, *(__u32 *)self->c.out);
	EXPECT_EQ((__u32)(uintptr_t)in, sa[0]);
	EXPECT_EQ(16, sa[1]);
	EXPECT_EQ(htonl(TEST_NET_1), in->sin_addr);
	EXPECT_TRUE(untouched(&self->c, 4 + 8 + 16));
}

TEST_F(net, address_list_ipv6)
{
	struct winsock_sockaddr_in6 *in6 = (void *)(self->c.out + 8 + 16);

	ASSERT_EQ(0, net_add6(0xfd, 1));
	/* the check for duplicates ends later */
	ASSERT_TRUE(ws_until(!list(self->dev, self->tcp6, &self->c, 4096) &&
			     *(__u32 *)self->c.out));
	EXPECT_EQ(8 + 16 + 28, self->c.a.out_returned);
	EXPECT_EQ(WINSOCK_AF_INET6, in6->sin6_family);
	EXPECT_EQ(0xfd, in6->sin6_addr[0]);
	EXPECT_EQ(1, in6->sin6_addr[15]);
	EXPECT_EQ(0, in6->sin6_scope_id);
}

/* I17, I18 */
TEST_F(net, address_list_without_room)
{
	__u32 want = 8 + 16 + 16, room;

	ASSERT_EQ(0, net_add("lo:1", TEST_NET_1));
	for (room = 0; room < want; room++) {
		bool short_head = room && room < 8;

		EXPECT_EQ(short_head ? WSAEINVAL : WSAEFAULT,
			  list(self->dev, self->tcp, &self->c, room)) {
			TH_LOG("%u bytes", room);
		}
		EXPECT_EQ(short_head ? 0 : want, self->c.a.out_returned);
		EXPECT_TRUE(untouched(&self->c, 0));
	}
}

TEST_F(net, address_list_of_an_interface_that_is_down)
{
	ASSERT_EQ(0, net_add("lo:1", TEST_NET_1));
	ASSERT_EQ(0, net_flags("lo", 0, IFF_UP));
	ASSERT_EQ(0, list(self->dev, self->tcp, &self->c, 4096));
	EXPECT_EQ(0, *(__u32 *)self->c.out);
}

/* As bind: what is listed can be bound. */
TEST_F(net, address_list_is_what_can_be_bound)
{
	struct winsock_sockaddr_in *in = (void *)(self->c.out + 8 + 16);

	ASSERT_EQ(0, net_add("lo:1", TEST_NET_1));
	ASSERT_EQ(0, list(self->dev, self->tcp, &self->c, 4096));
	EXPECT_EQ(0, ws_bind(self->dev, self->tcp, in, sizeof(*in)));
}

/* More than a first guess has room for. */
TEST_F(net, address_list_of_many)
{
	char name[IFNAMSIZ];
	__u32 i;

	for (i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "lo:%u", i + 1);
		ASSERT_EQ(0, net_add(name, TEST_NET_1 + i));
	}
	ASSERT_EQ(0, list(self->dev, self->tcp, &self->c, 4096));
	EXPECT_EQ(100, *(__u32 *)self->c.out);
	EXPECT_EQ(8 + 100 * 32, self->c.a.out_returned);
}

static int interfaces(int dev, __u64 s, struct control *c, __u32 room)
{
	return run(dev, s, WINSOCK_SIO_GET_INTERFACE_LIST, NULL, 0, c,
		   room);
}

/* I20, I21, I26 */
TEST_F(net, interface_list)
{
	struct winsock_interface_info *info = (void *)self->c.out;
	static const __u8 zeros[24];

	ASSERT_EQ(0, interfaces(self->dev, self->tcp, &self->c, 4096));
	ASSERT_EQ(76, self->c.a.out_returned);
	EXPECT_EQ(WINSOCK_IFF_UP | WINSOCK_IFF_LOOPBACK, info->flags);
	EXPECT_EQ(WINSOCK_AF_INET, info->address.in.sin_family);
	EXPECT_EQ(htonl(INADDR_LOOPBACK), info->address.in.sin_addr);
	EXPECT_EQ(WINSOCK_AF_INET, info->netmask.in.sin_family);
	EXPECT_EQ(htonl(0xff000000), info->netmask.in.sin_addr);
	EXPECT_EQ(0, memcmp(zeros, &info->broadcast, 24));
	EXPECT_EQ(0, memcmp(zeros, info->address.__pad, 8));
	EXPECT_TRUE(untouched(&self->c, 76));

	ASSERT_EQ(0, net_add("lo:1", TEST_NET_1));
	ASSERT_EQ(0, interfaces(self->dev, self->tcp, &self->c, 2 * 76));
	EXPECT_EQ(2 * 76, self->c.a.out_returned);
	EXPECT_EQ(htonl(TEST_NET_1), info[1].address.in.sin_addr);

	EXPECT_EQ(WSAEFAULT, interfaces(self->dev, self->tcp, &self->c,
					2 * 76 - 1));
	EXPECT_EQ(0, self->c.a.out_returned);
	EXPECT_TRUE(untouched(&self->c, 0));
	EXPECT_EQ(WSAEINVAL, interfaces(self->dev, self->tcp6, &self->c, 4096));
	EXPECT_EQ(0, self->c.a.out_returned);
}

static int route(int dev, __u64 s, struct control *c, __u32 to)
{
	struct winsock_sockaddr_in in = {
		.sin_family = WINSOCK_AF_INET, .sin_addr = htonl(to),
		.sin_port = htons(80),
	};

	return run(dev, s, WINSOCK_SIO_ROUTING_INTERFACE_QUERY, &in, sizeof(in),
		   c, 64);
}

/* The page on it, on addresses that cannot be reached */
TEST_F(net, route_query)
{
	struct winsock_sockaddr_in *from = (void *)self->c.out;

	EXPECT_EQ(WSAENETUNREACH, route(self->dev, self->tcp, &self->c,
					TEST_NET_2));
	EXPECT_EQ(WS_POISON32, self->c.a.out_returned);
	EXPECT_TRUE(untouched(&self->c, 0));

	ASSERT_EQ(0, net_add("lo:1", TEST_NET_1));
	ASSERT_EQ(0, net_route(TEST_NET_2 & 0xffffff00));
	ASSERT_EQ(0, route(self->dev, self->tcp, &self->c, TEST_NET_2));
	EXPECT_EQ(16, self->c.a.out_returned);
	EXPECT_EQ(WINSOCK_AF_INET, from->sin_family);
	EXPECT_EQ(0, from->sin_port);
	EXPECT_EQ(htonl(TEST_NET_1), from->sin_addr);
	EXPECT_TRUE(untouched(&self->c, 16));
}

TEST_F(net, route_query_ipv6)
{
	struct winsock_sockaddr_in6 *from = (void *)self->c.out;
	union ws_addr to;
	int len = ws_loopback(&to, WINSOCK_AF_INET6, 0);

	ASSERT_EQ(0, run(self->dev, self->tcp6,
			 WINSOCK_SIO_ROUTING_INTERFACE_QUERY, &to, len,
			 &self->c, 28));
	EXPECT_EQ(28, self->c.a.out_returned);
	EXPECT_EQ(0, memcmp(&to, from, 28));
	/* IPv4 in IPv6's clothes */
	memset(to.in6.sin6_addr, 0, 16);
	to.in6.sin6_addr[10] = 0xff;
	to.in6.sin6_addr[11] = 0xff;
	to.in6.sin6_addr[12] = 127;
	to.in6.sin6_addr[15] = 1;
	ASSERT_EQ(0, run(self->dev, self->tcp6,
			 WINSOCK_SIO_ROUTING_INTERFACE_QUERY, &to, len,
			 &self->c, 28));
	EXPECT_EQ(0, memcmp(&to, from, 28));
}

/* A call that waits for a change, in a thread. */
struct waiter {
	struct ws_call call;
	struct winsock_sock_control a;
	struct winsock_sockaddr_in in;
};

static bool wait_for(struct waiter *w, int dev, __u64 s, __u32 code)
{
	w->in = (struct winsock_sockaddr_in){ .sin_family = WINSOCK_AF_INET };
	w->a = (struct winsock_sock_control){
		.size = sizeof(w->a), .handle = s, .code = code,
		.in = (uintptr_t)&w->in, .in_len = sizeof(w->in),
		.out_returned = WS_POISON32,
	};
	return !ws_call_start(&w->call, dev, CONTROL, &w->a) &&
	       ws_call_asleep(&w->call);
}

/* I25 */
TEST_F(net, address_change_waits)
{
	struct waiter w;

	ASSERT_TRUE(wait_for(&w, self->dev, self->tcp,
			     WINSOCK_SIO_ADDRESS_LIST_CHANGE));
	/* neither a way nor another family's address is it */
	ASSERT_EQ(0, net_route(TEST_NET_2 & 0xffffff00));
	ASSERT_EQ(0, net_add6(0xfd, 1));
	EXPECT_TRUE(ws_call_asleep(&w.call));
	ASSERT_EQ(0, net_add("lo:1", TEST_NET_1));
	EXPECT_EQ(0, ws_call_join(&w.call));
	EXPECT_EQ(0, w.a.out_returned);

	ASSERT_TRUE(wait_for(&w, self->dev, self->tcp,
			     WINSOCK_SIO_ADDRESS_LIST_CHANGE));
	ASSERT_EQ(0, net_flags("lo:1", 0, IFF_UP));
	EXPECT_EQ(0, ws_call_join(&w.call));
}

TEST_F(net, address_change_of_ipv6_waits)
{
	struct waiter w;

	ASSERT_TRUE(wait_for(&w, self->dev, self->tcp6,
			     WINSOCK_SIO_ADDRESS_LIST_CHANGE));
	ASSERT_EQ(0, net_add("lo:1", TEST_NET_1));
	EXPECT_TRUE(ws_call_asleep(&w.call));
	ASSERT_EQ(0, net_add6(0xfd, 1));
	EXPECT_EQ(0, ws_call_join(&w.call));
	/* when it ends, the address is listed */
	ASSERT_EQ(0, list(self->dev, self->tcp6, &self->c, 4096));
	EXPECT_EQ(1, *(__u32 *)self->c.out);
}

TEST_F(net, route_change_waits)
{
	struct waiter w;

	ASSERT_TRUE(wait_for(&w, self->dev, self->tcp,
			     WINSOCK_SIO_ROUTING_INTERFACE_CHANGE));
	ASSERT_EQ(0, net_route(TEST_NET_2 & 0xffffff00));
	EXPECT_EQ(0, ws_call_join(&w.call));
	EXPECT_EQ(0, w.a.out_returned);
}

/* I25: nonblocking WSAEWOULDBLOCK */
TEST_F(net, change_on_a_nonblocking_socket_WSAEWOULDBLOCK)
{
	struct winsock_sockaddr_in any = { .sin_family = WINSOCK_AF_INET };
	__u32 code = WINSOCK_SIO_ADDRESS_LIST_CHANGE;

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->tcp, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, run(self->dev, self->tcp, code, NULL, 0,
				      &self->c, 0));
	EXPECT_EQ(0, self->c.a.out_returned);
	code = WINSOCK_SIO_ROUTING_INTERFACE_CHANGE;
	EXPECT_EQ(WSAEWOULDBLOCK, run(self->dev, self->tcp, code, &any,
				      sizeof(any), &self->c, 0));
	EXPECT_EQ(WSAEINVAL, run(self->dev, self->tcp, code, &any, 15,
				 &self->c, 0));
}

TEST_F(net, close_ends_the_wait_WSAEINTR)
{
	struct waiter w;

	ASSERT_TRUE(wait_for(&w, self->dev, self->tcp,
			     WINSOCK_SIO_ADDRESS_LIST_CHANGE));
	ASSERT_EQ(0, ws_close(self->dev, self->tcp));
	EXPECT_EQ(WSAEINTR, ws_call_join(&w.call));
}

/* A signal neither ends the wait nor loses what happens meanwhile. */
TEST_F(net, signal_keeps_the_place)
{
	struct waiter w;
	__u64 place;

	ASSERT_TRUE(wait_for(&w, self->dev, self->tcp,
			     WINSOCK_SIO_ADDRESS_LIST_CHANGE));
	ASSERT_TRUE(ws_call_signal(&w.call));
	ASSERT_TRUE(ws_call_asleep(&w.call));
	place = __atomic_load_n(&w.a.place, __ATOMIC_RELAXED);
	EXPECT_NE(0, place);
	ASSERT_EQ(0, net_add("lo:1", TEST_NET_1));
	EXPECT_EQ(0, ws_call_join(&w.call));

	/* as if the change had been while the handler ran */
	w.a.out_returned = WS_POISON32;
	w.a.place = place;
	EXPECT_EQ(0, ws_ioctl(self->dev, CONTROL, &w.a));
}

/* Whoever is killed leaves; the namespace ends after its watch. */
TEST_F(net, killed_while_waiting)
{
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = self->tcp,
		.code = WINSOCK_SIO_ADDRESS_LIST_CHANGE,
	};
	int status;
	pid_t pid;

	pid = fork();
	if (!pid) {
		ws_ioctl(self->dev, CONTROL, &a);
		_exit(1);
	}
	EXPECT_TRUE(ws_until(ws_in_ioctl(pid, pid, CONTROL)));
	kill(pid, SIGKILL);
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_TRUE(WIFSIGNALED(status));
	ASSERT_EQ(0, ws_close(self->dev, self->tcp));
}

struct sort_list {
	__s32 count;
	__u32 __pad;
	struct winsock_socket_address sa[4];
	struct winsock_sockaddr_in6 in6[4];
};

static void sort_add(struct sort_list *l, const char *text)
{
	struct winsock_sockaddr_in6 *in6 = &l->in6[l->count];

	in6->sin6_family = WINSOCK_AF_INET6;
	in6->sin6_port = htons(l->count);
	inet_pton(AF_INET6, text, in6->sin6_addr);
	l->sa[l->count].addr = (uintptr_t)in6;
	l->sa[l->count].len = sizeof(*in6);
	l->count++;
}

/* RFC 6724: what can be reached, then by precedence, then as it was. */
TEST_F(net, sort_puts_the_best_first)
{
	static const __u16 order[] = { 2, 1, 0, 3 };
	struct sort_list l = {}, *out = (void *)self->c.out;
	int i;

	sort_add(&l, "2001:db8::1");
	sort_add(&l, "::ffff:127.0.0.1");
	sort_add(&l, "::1");
	sort_add(&l, "2001:db8::1");
	ASSERT_EQ(0, run(self->dev, self->tcp6, WINSOCK_SIO_ADDRESS_LIST_SORT,
			 &l, sizeof(l), &self->c, sizeof(self->c.out)));
	EXPECT_EQ(8 + 4 * 16 + 4 * 28, self->c.a.out_returned);
	ASSERT_EQ(4, out->count);
	for (i = 0; i < 4; i++) {
		EXPECT_EQ(self->c.a.out + 8 + 4 * 16 + i * 28, out->sa[i].addr);
		EXPECT_EQ(28, out->sa[i].len);
		EXPECT_EQ(order[i], ntohs(out->in6[i].sin6_port));
	}
	EXPECT_TRUE(untouched(&self->c, 8 + 4 * 16 + 4 * 28));
}

TEST_F(net, sort_with_bad_arguments)
{
	struct sort_list l = {};
	int code = WINSOCK_SIO_ADDRESS_LIST_SORT;
	struct control *c = &self->c;

	sort_add(&l, "::1");
	EXPECT_EQ(WSAEFAULT, run(self->dev, self->tcp6, code, &l, sizeof(l), c,
				 8 + 16 + 27));
	EXPECT_EQ(8 + 16 + 28, c->a.out_returned);
	EXPECT_EQ(WSAEFAULT, run(self->dev, self->tcp6, code, &l, 8 + 15, c,
				 4096));
	EXPECT_EQ(WSAEINVAL, run(self->dev, self->tcp, code, &l, sizeof(l), c,
				 4096));
	l.sa[0].len = 27;
	EXPECT_EQ(WSAEINVAL, run(self->dev, self->tcp6, code, &l, sizeof(l), c,
				 4096));
	l.sa[0].len = 28;
	l.sa[0].addr = 8;
	EXPECT_EQ(WSAEFAULT, run(self->dev, self->tcp6, code, &l, sizeof(l), c,
				 4096));
	l.sa[0].addr = (uintptr_t)&l.in6[0];
	l.in6[0].sin6_family = WINSOCK_AF_INET;
	EXPECT_EQ(WSAEAFNOSUPPORT, run(self->dev, self->tcp6, code, &l,
				       sizeof(l), c, 4096));
	l.count = WINSOCK_SORT_MAX + 1;
	EXPECT_EQ(WSAEINVAL, run(self->dev, self->tcp6, code, &l, sizeof(l), c,
				 4096));
	l.count = -1;
	EXPECT_EQ(WSAEINVAL, run(self->dev, self->tcp6, code, &l, sizeof(l), c,
				 4096));
	EXPECT_TRUE(untouched(c, 0));
}

/* A native socket, imported, so that the stack can be asked. */
FIXTURE(imported) {
	int dev;
	int fd;
	__u64 s;
	struct control c;
};

FIXTURE_SETUP(imported)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	self->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ASSERT_EQ(0, ws_import(self->dev, self->fd, &self->s));
	self->c.a.flags = 0;
}

FIXTURE_TEARDOWN(imported)
{
	close(self->fd);
	close(self->dev);
}

static int native(int fd, int level, int name)
{
	socklen_t len = sizeof(int);
	int value = -1;

	return getsockopt(fd, level, name, &value, &len) ? -1 : value;
}

#define control(code, in, len)						\
	run(self->dev, self->s, code, in, len, &self->c, 0)

TEST_F(imported, keepalive_values_reach_the_stack)
{
	struct winsock_tcp_keepalive k = { 1, 7000, 3000 };
	__u32 code = WINSOCK_SIO_KEEPALIVE_VALS;

	ASSERT_EQ(0, control(code, &k, sizeof(k)));
	EXPECT_EQ(0, self->c.a.out_returned);
	EXPECT_EQ(1, native(self->fd, SOL_SOCKET, SO_KEEPALIVE));
	EXPECT_EQ(7, native(self->fd, IPPROTO_TCP, TCP_KEEPIDLE));
	EXPECT_EQ(3, native(self->fd, IPPROTO_TCP, TCP_KEEPINTVL));
	EXPECT_EQ(10, native(self->fd, IPPROTO_TCP, TCP_KEEPCNT));

	/* off, and the times stay */
	k = (struct winsock_tcp_keepalive){ 0, 0, 0 };
	ASSERT_EQ(0, control(code, &k, sizeof(k)));
	EXPECT_EQ(0, native(self->fd, SOL_SOCKET, SO_KEEPALIVE));
	EXPECT_EQ(7, native(self->fd, IPPROTO_TCP, TCP_KEEPIDLE));

	/* longer than the stack can: its longest */
	k = (struct winsock_tcp_keepalive){ 1, ~0U, ~0U };
	ASSERT_EQ(0, control(code, &k, sizeof(k)));
	EXPECT_EQ(32767, native(self->fd, IPPROTO_TCP, TCP_KEEPIDLE));

	k = (struct winsock_tcp_keepalive){ 1, 0, 1000 };
	EXPECT_EQ(WSAEINVAL, control(code, &k, sizeof(k)));
	EXPECT_EQ(WSAEFAULT, control(code, &k, sizeof(k) - 1));
	EXPECT_EQ(32767, native(self->fd, IPPROTO_TCP, TCP_KEEPIDLE));
}

TEST_F(imported, initial_rto_sets_how_often_a_syn_is_sent)
{
	struct winsock_tcp_initial_rto rto = { .rtt = 0xffff, .syn_most = 3 };
	__u32 code = WINSOCK_SIO_TCP_INITIAL_RTO;
	int before = native(self->fd, IPPROTO_TCP, TCP_SYNCNT);

	ASSERT_EQ(0, control(code, &rto, sizeof(rto)));
	EXPECT_EQ(3, native(self->fd, IPPROTO_TCP, TCP_SYNCNT));
	EXPECT_NE(3, before);
	rto.syn_most = WINSOCK_RTO_UNSPECIFIED;
	ASSERT_EQ(0, control(code, &rto, sizeof(rto)));
	EXPECT_EQ(3, native(self->fd, IPPROTO_TCP, TCP_SYNCNT));
	rto.syn_most = WINSOCK_RTO_NONE;
	ASSERT_EQ(0, control(code, &rto, sizeof(rto)));
	EXPECT_EQ(1, native(self->fd, IPPROTO_TCP, TCP_SYNCNT));
	EXPECT_EQ(WSAEFAULT, control(code, &rto, 3));
}

TEST_F(imported, priority_hint_is_the_priority)
{
	__u32 hint = 0, code = WINSOCK_SIO_SET_PRIORITY_HINT;

	ASSERT_EQ(0, control(code, &hint, 4));
	EXPECT_EQ(1, native(self->fd, SOL_SOCKET, SO_PRIORITY));
	hint = 2;
	ASSERT_EQ(0, control(code, &hint, 4));
	EXPECT_EQ(0, native(self->fd, SOL_SOCKET, SO_PRIORITY));
	hint = 3;
	EXPECT_EQ(WSAEINVAL, control(code, &hint, 4));
}

/* The socket's number in the width of the caller's. */
TEST_F(imported, base_handle_for_both_widths)
{
	__u64 *out = (void *)self->c.out;
	__u32 code = WINSOCK_SIO_BASE_HANDLE;

	ASSERT_EQ(0, run(self->dev, self->s, code, NULL, 0, &self->c, 8));
	EXPECT_EQ(8, self->c.a.out_returned);
	EXPECT_EQ(self->s, *out);
	EXPECT_EQ(WSAEFAULT, run(self->dev, self->s, code, NULL, 0, &self->c,
				 7));
	EXPECT_EQ(0, self->c.a.out_returned);
	self->c.a.flags = WINSOCK_CONTROL_32;
	ASSERT_EQ(0, run(self->dev, self->s, code, NULL, 0, &self->c, 4));
	EXPECT_EQ(4, self->c.a.out_returned);
	EXPECT_EQ(self->s, (__u32)*out);
	EXPECT_TRUE(untouched(&self->c, 4));
}

/* A connection: s is ours, peer native. */
FIXTURE(backlog) {
	int dev;
	__u64 s;
	int peer;
};

FIXTURE_SETUP(backlog)
{
	__be16 port;
	__u64 lsn;

	ASSERT_EQ(0, ws_handle_signals());
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 1, &lsn, &port));
	self->peer = peer_connect(WINSOCK_AF_INET, port);
	ASSERT_LE(0, self->peer);
	ASSERT_EQ(0, ws_accept(self->dev, lsn, &self->s));
}

FIXTURE_TEARDOWN(backlog)
{
	close(self->peer);
	close(self->dev);
}

#define BACKLOG_CHANGE	WINSOCK_SIO_IDEAL_SEND_BACKLOG_CHANGE

/* The page on it: what ends the connection ends the wait. */
TEST_F(backlog, change_ends_with_the_connection_WSAEINTR)
{
	struct waiter w;

	ASSERT_TRUE(wait_for(&w, self->dev, self->s, BACKLOG_CHANGE));
	ASSERT_TRUE(ws_call_signal(&w.call));
	ASSERT_TRUE(ws_call_asleep(&w.call));
	peer_abort(self->peer);
	EXPECT_EQ(WSAEINTR, ws_call_join(&w.call));
	EXPECT_EQ(0, w.a.out_returned);
	w.a.place = 0;
	EXPECT_EQ(WSAENOTCONN, ws_ioctl(self->dev, CONTROL, &w.a));
	self->peer = -1;
}

TEST_F(backlog, change_ends_with_SD_SEND_WSAEINTR)
{
	struct waiter w;

	ASSERT_TRUE(wait_for(&w, self->dev, self->s, BACKLOG_CHANGE));
	ASSERT_EQ(0, ws_shutdown(self->dev, self->s, WINSOCK_SD_SEND));
	EXPECT_EQ(WSAEINTR, ws_call_join(&w.call));
}

TEST_F(backlog, change_ends_with_closesocket_WSAEINTR)
{
	struct waiter w;

	ASSERT_TRUE(wait_for(&w, self->dev, self->s, BACKLOG_CHANGE));
	ASSERT_EQ(0, ws_close(self->dev, self->s));
	EXPECT_EQ(WSAEINTR, ws_call_join(&w.call));
}

TEST_F(backlog, change_on_a_nonblocking_socket_WSAEWOULDBLOCK)
{
	struct control c = {};

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->s, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, run(self->dev, self->s, BACKLOG_CHANGE, NULL,
				      0, &c, 0));
	EXPECT_EQ(0, c.a.out_returned);
}

/* No byte of the caller's is written that was not counted. */
TEST_F(imported, nothing_is_written_beyond_the_count)
{
	static const __u32 codes[] = {
		WINSOCK_FIONREAD, WINSOCK_SIOCATMARK,
		WINSOCK_SIO_GET_BROADCAST_ADDRESS,
		WINSOCK_SIO_QUERY_RSS_SCALABILITY_INFO,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(codes); i++) {
		EXPECT_EQ(0, run(self->dev, self->s, codes[i], NULL, 0,
				 &self->c, 64)) {
			TH_LOG("%#x", codes[i]);
		}
		EXPECT_LT(0, self->c.a.out_returned);
		EXPECT_TRUE(untouched(&self->c, self->c.a.out_returned));
	}
}

TEST_HARNESS_MAIN
