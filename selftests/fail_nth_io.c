// SPDX-License-Identifier: GPL-2.0-only
/*
 * What fails within the calls that move data, look for it, and set options: see
 * ws_fail.h.  No byte is lost by that, nor sent twice.
 */
#include "ws_fail.h"

#include <sys/mman.h>
#include <linux/winsock_control.h>

#define PIECES	20	/* of an array of buffers */
#define BULK	65536

/* In the first 4 GiB, where 32-bit pointers reach. */
static struct low {
	char data[BULK];
	struct winsock_buffer bufs[PIECES];
	struct winsock_buffer32 bufs32[PIECES];
	__u32 set32[1 + 64];
} *low;

static int make_low(struct scene *s)
{
	unsigned int i;

	(void)s;
	if (low)
		return 0;
	low = mmap((void *)0x10000000, sizeof(*low), PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (low == MAP_FAILED || (uintptr_t)low > UINT32_MAX)
		return -1;
	for (i = 0; i < BULK; i++)
		low->data[i] = i * 7 / 5;
	for (i = 0; i < PIECES; i++) {
		low->bufs[i].len = i + 1;
		low->bufs32[i].len = i + 1;
		low->bufs[i].buf = (uintptr_t)low->data + i * (i + 1) / 2;
		low->bufs32[i].buf = low->bufs[i].buf;
	}
	return 0;
}

/* What calls say they sent is what the peer gets, and nothing after it. */
static bool peer_got(struct scene *s)
{
	static char buf[BULK + 1];
	size_t n = 0;
	ssize_t got;

	if (ws_shutdown(s->dev, s->conn, WINSOCK_SD_SEND))
		return false;
	while ((got = read(s->peer, buf + n, sizeof(buf) - n)) > 0)
		n += got;
	return !got && n == s->moved && !memcmp(buf, low->data, n);
}

static int send_some(struct scene *s, __u32 flags, const void *addr,
		     __u32 count)
{
	struct winsock_sock_send a = {
		.size = sizeof(a), .flags = flags, .handle = s->conn,
		.addr = (uintptr_t)addr, .count = count,
	};
	int ret = ws_ioctl(s->dev, WINSOCK_IOC_SOCK_SEND, &a);

	if (!ret)
		s->moved += a.transferred;
	return ret;
}

static int do_send(struct scene *s)
{
	return send_some(s, 0, low->data, 100);
}

/* It may be cut short where memory ends; then it says so. */
static int do_send_bulk(struct scene *s)
{
	return send_some(s, 0, low->data, BULK);
}

static int do_send_array(struct scene *s)
{
	return send_some(s, WINSOCK_IO_ARRAY, low->bufs, PIECES);
}

static int do_send_array32(struct scene *s)
{
	return send_some(s, WINSOCK_IO_ARRAY32, low->bufs32, PIECES);
}

/* 210 bytes wait, as many as the array of buffers takes. */
static int give(struct scene *s)
{
	return make_low(s) || write(s->peer, low->data, 210) != 210;
}

static int recv_some(struct scene *s, __u32 flags, const void *addr,
		     __u32 count, __u32 msg_flags)
{
	struct winsock_sock_recv a = {
		.size = sizeof(a), .flags = flags, .handle = s->conn,
		.addr = (uintptr_t)addr, .count = count,
		.msg_flags = msg_flags,
	};
	int ret = ws_ioctl(s->dev, WINSOCK_IOC_SOCK_RECV, &a);

	if (!ret)
		s->moved += a.transferred;
	return ret;
}

static int do_recv(struct scene *s)
{
	static char buf[210];
	__u64 from = s->moved;
	int ret = recv_some(s, 0, buf, sizeof(buf), 0);

	return !ret && memcmp(buf, low->data + from, s->moved - from) ?
	       -EBADMSG : ret;
}

static int do_recv_waitall(struct scene *s)
{
	static char buf[210];
	int ret = recv_some(s, 0, buf, sizeof(buf), WINSOCK_MSG_WAITALL);

	return !ret && memcmp(buf, low->data, s->moved) ? -EBADMSG : ret;
}

static int do_recv_array(struct scene *s)
{
	return recv_some(s, WINSOCK_IO_ARRAY, low->bufs, PIECES, 0);
}

static int do_recv_array32(struct scene *s)
{
	return recv_some(s, WINSOCK_IO_ARRAY32, low->bufs32, PIECES, 0);
}

/* What was not received yet still comes, and nothing besides. */
static bool got_all(struct scene *s)
{
	__u64 before;

	if (shutdown(s->peer, SHUT_WR))
		return false;
	do {
		before = s->moved;
		if (do_recv(s))
			return false;
	} while (s->moved != before);
	return s->moved == 210;
}

/* More sockets than there is room for without an allocation. */
static int do_poll(struct scene *s)
{
	struct winsock_pollfd fds[64];
	struct winsock_sock_poll a = {
		.size = sizeof(a), .count = ARRAY_SIZE(fds),
		.fds = (uintptr_t)fds,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fds); i++)
		fds[i] = (struct winsock_pollfd){
			.fd = s->sock, .events = WINSOCK_POLLRDNORM,
		};
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_POLL, &a);
}

static int do_recvfrom(struct scene *s)
{
	union ws_addr from;
	__s32 len = sizeof(from);
	char buf[4];
	struct winsock_sock_recvmsg a = {
		.size = sizeof(a), .flags = WINSOCK_IO_MESSAGE,
		.handle = s->dgram, .addr = (uintptr_t)buf,
		.count = sizeof(buf), .msg_flags = WINSOCK_MSG_PEEK,
		.name = (uintptr_t)&from, .name_len = (uintptr_t)&len,
	};

	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_RECVMSG, &a);
}

static int do_getsockname(struct scene *s)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	return ws_name(s->dev, WINSOCK_IOC_SOCK_GETNAME, s->sock, &a, &len);
}

static int control(struct scene *s, __u64 sock, __u32 code, const void *in,
		   __u32 in_len)
{
	static __u8 out[65536];
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = sock, .code = code,
		.in = (uintptr_t)in, .in_len = in_len,
		.out = (uintptr_t)out, .out_len = sizeof(out),
	};

	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_CONTROL, &a);
}

static int do_addresses(struct scene *s)
{
	return control(s, s->sock, WINSOCK_SIO_ADDRESS_LIST_QUERY, NULL, 0);
}

static int do_interfaces(struct scene *s)
{
	return control(s, s->sock, WINSOCK_SIO_GET_INTERFACE_LIST, NULL, 0);
}

static int do_route(struct scene *s)
{
	return control(s, s->sock, WINSOCK_SIO_ROUTING_INTERFACE_QUERY, &s->to,
		       s->len);
}

/* Ready ones by the dozen, of which one is left. */
static int do_select(struct scene *s)
{
	__u64 set[1 + 64];
	struct winsock_sock_select a = {
		.size = sizeof(a), .readfds = (uintptr_t)set,
	};
	unsigned int i;

	for (i = 1; i < ARRAY_SIZE(set); i++)
		set[i] = s->dgram;
	*(struct winsock_handle_set *)set = (struct winsock_handle_set){
		.fd_count = ARRAY_SIZE(set) - 1,
	};
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_SELECT, &a);
}

/* One that the stack has no place for. */
static int do_setsockopt(struct scene *s)
{
	__s32 on = 1;

	return ws_setopt(s->dev, s->dgram, WINSOCK_IPPROTO_IP,
			 WINSOCK_IP_RECVIF, &on, sizeof(on));
}

/* A first filter joins its group, which a failure takes back. */
static int do_filter(struct scene *s)
{
	struct {
		struct winsock_ip_msfilter head;
		__be32 source;
	} in = {
		.head.group = htonl(0xef010203), .head.interface = htonl(1),
		.head.mode = WINSOCK_MCAST_INCLUDE, .head.count = 1,
		.source = htonl(INADDR_LOOPBACK),
	};

	return control(s, s->dgram, WINSOCK_SIO_SET_MULTICAST_FILTER, &in,
		       sizeof(in));
}

static int do_sendmsg_control(struct scene *s)
{
	struct {
		__u64 len;
		__s32 level, type;
		__be32 addr;
		__u32 index;
	} control = {
		.len = sizeof(control), .level = WINSOCK_IPPROTO_IP,
		.type = WINSOCK_IP_PKTINFO, .addr = htonl(INADDR_LOOPBACK),
	};
	struct winsock_sock_sendmsg a = {
		.size = sizeof(a), .flags = WINSOCK_IO_MESSAGE,
		.handle = s->dgram, .addr = (uintptr_t)"x", .count = 1,
		.name = (uintptr_t)&s->here, .name_len = s->len,
		.control = (uintptr_t)&control, .control_len = sizeof(control),
	};

	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_SENDMSG, &a);
}

/* The same in a 32-bit program's arrays. */
static int do_select32(struct scene *s)
{
	struct winsock_sock_select a = {
		.size = sizeof(a), .flags = WINSOCK_SELECT_32,
		.readfds = (uintptr_t)low->set32,
	};
	unsigned int i;

	low->set32[0] = ARRAY_SIZE(low->set32) - 1;
	for (i = 1; i < ARRAY_SIZE(low->set32); i++)
		low->set32[i] = s->dgram;
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_SELECT, &a);
}

static int do_getsockopt(struct scene *s)
{
	__s32 value, len = sizeof(value);

	return ws_getopt(s->dev, s->conn, WINSOCK_SOL_SOCKET,
			 WINSOCK_SO_RCVBUF, &value, &len);
}

static int do_getsockopt_ip(struct scene *s)
{
	__s32 value, len = sizeof(value);

	return ws_getopt(s->dev, s->dgram, WINSOCK_IPPROTO_IP,
			 WINSOCK_IP_TTL, &value, &len);
}

static int do_join(struct scene *s)
{
	__be32 mreq[2] = { htonl(0xef010203), htonl(1) };

	return ws_setopt(s->dev, s->dgram, WINSOCK_IPPROTO_IP,
			 WINSOCK_IP_ADD_MEMBERSHIP, mreq, sizeof(mreq));
}

static int do_get_filter(struct scene *s)
{
	struct {
		struct winsock_ip_msfilter head;
		__be32 source;
	} in = {
		.head.group = htonl(0xef010203), .head.interface = htonl(1),
		.head.count = 1,
	};

	return control(s, s->dgram, WINSOCK_SIO_GET_MULTICAST_FILTER, &in,
		       sizeof(in));
}

/* Nothing has changed: it would wait, and this socket does not. */
static int do_address_change(struct scene *s)
{
	return control(s, s->dgram, WINSOCK_SIO_ADDRESS_LIST_CHANGE, NULL, 0);
}

static int do_tcp_info(struct scene *s)
{
	__u32 version = 0;

	return control(s, s->conn, WINSOCK_SIO_TCP_INFO, &version,
		       sizeof(version));
}

static int do_fionread(struct scene *s)
{
	return control(s, s->dgram, WINSOCK_FIONREAD, NULL, 0);
}

FIXTURE_VARIANT_ADD(fail_nth, select) {
	.run = do_select,
};

FIXTURE_VARIANT_ADD(fail_nth, setsockopt) {
	.run = do_setsockopt,
};

FIXTURE_VARIANT_ADD(fail_nth, filter) {
	.run = do_filter,
};

FIXTURE_VARIANT_ADD(fail_nth, sendto) {
	.run = do_sendto,
};

/* It is only looked at: what cannot be stored is gone. */
FIXTURE_VARIANT_ADD(fail_nth, recvfrom) {
	.run = do_recvfrom,
};

FIXTURE_VARIANT_ADD(fail_nth, poll) {
	.run = do_poll,
};

FIXTURE_VARIANT_ADD(fail_nth, getsockname) {
	.run = do_getsockname, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, addresses) {
	.run = do_addresses,
};

FIXTURE_VARIANT_ADD(fail_nth, interfaces) {
	.run = do_interfaces,
};

FIXTURE_VARIANT_ADD(fail_nth, route) {
	.run = do_route,
};

FIXTURE_VARIANT_ADD(fail_nth, send) {
	.prepare = make_low, .run = do_send, .check = peer_got,
};

FIXTURE_VARIANT_ADD(fail_nth, send_bulk) {
	.prepare = make_low, .run = do_send_bulk, .check = peer_got,
};

FIXTURE_VARIANT_ADD(fail_nth, send_array) {
	.prepare = make_low, .run = do_send_array, .check = peer_got,
};

FIXTURE_VARIANT_ADD(fail_nth, send_array32) {
	.prepare = make_low, .run = do_send_array32, .check = peer_got,
};

FIXTURE_VARIANT_ADD(fail_nth, recv) {
	.prepare = give, .run = do_recv, .check = got_all,
};

FIXTURE_VARIANT_ADD(fail_nth, recv_waitall) {
	.prepare = give, .run = do_recv_waitall, .check = got_all,
};

FIXTURE_VARIANT_ADD(fail_nth, recv_array) {
	.prepare = give, .run = do_recv_array, .check = got_all,
};

FIXTURE_VARIANT_ADD(fail_nth, recv_array32) {
	.prepare = give, .run = do_recv_array32, .check = got_all,
};

FIXTURE_VARIANT_ADD(fail_nth, sendmsg_control) {
	.run = do_sendmsg_control,
};

FIXTURE_VARIANT_ADD(fail_nth, select32) {
	.prepare = make_low, .run = do_select32,
};

FIXTURE_VARIANT_ADD(fail_nth, getsockopt) {
	.run = do_getsockopt, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, getsockopt_ip) {
	.run = do_getsockopt_ip, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, join) {
	.run = do_join,
};

FIXTURE_VARIANT_ADD(fail_nth, get_filter) {
	.prepare = do_filter, .run = do_get_filter,
};

FIXTURE_VARIANT_ADD(fail_nth, address_change) {
	.run = do_address_change, .want = WSAEWOULDBLOCK,
};

FIXTURE_VARIANT_ADD(fail_nth, tcp_info) {
	.run = do_tcp_info, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, fionread) {
	.run = do_fionread, .safe = true,
};

TEST_HARNESS_MAIN
