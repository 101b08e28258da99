// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every allocation, and every copy to or from user memory, of a passing path
 * fails in turn, by fail-nth: the first, then the second, until the path passes
 * without a fault.  Whatever fails, the call tells a code that it may tell,
 * writes no output, keeps no handle or descriptor, and leaves all as it was, so
 * that the same call then succeeds.
 */
#include "ws_event.h"
#include "ws_test.h"
#include "ws_fault.h"

#include <linux/winsock_control.h>

#define NTH_MAX		2000	/* far more than any path has */
#define HANDLES_MAX	40	/* of a context, so that lost ones show */
#define EVENTS		9	/* more than a wait has room for by itself */

/* What a path starts from; made anew for each attempt. */
struct scene {
	int dev;
	__u64 sock;	/* bound */
	__u64 fresh;	/* unbound, nonblocking */
	__u64 lsn;	/* listening, nonblocking, two connections queued */
	int first, second;	/* their native ends */
	int file;	/* descriptor file of @sock */
	int native;	/* a native listener */
	int blank, empty;	/* not started; started, without a handle */
	int events;		/* a context with @event and a call queued */
	__u64 event[EVENTS];	/* signalled, until a wait has taken them */
	union ws_addr to;	/* address of @native */
	union ws_addr here;	/* address of @dgram */
	__u64 dgram;	/* datagrams to itself, one waiting */
	__u64 token;	/* of an offer of @sock to this process */
	int len;
	__u64 out;	/* handle that the path has made */
	int out_fd;	/* and descriptor */
};

static int do_sendto(struct scene *s)
{
	struct winsock_sock_sendmsg a = {
		.size = sizeof(a), .handle = s->dgram, .addr = (uintptr_t)"x",
		.count = 1, .name = (uintptr_t)&s->here, .name_len = s->len,
	};

	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_SENDMSG, &a);
}

static int do_offer(struct scene *s)
{
	struct winsock_handle_offer a = {
		.size = sizeof(a), .handle = s->sock, .process = getpid(),
	};
	int ret = ws_ioctl(s->dev, WINSOCK_IOC_HANDLE_OFFER, &a);

	s->token = a.out_token;
	return ret;
}

static int do_event_create(struct scene *s)
{
	return ws_event_create(s->dev, 0, &s->out);
}

/* What a path answers whose helper folds that into its result. */
static int unfold(int ret)
{
	return ret <= -1000 ? -1000 - ret : 0;
}

static int do_wait_all(struct scene *s)
{
	return unfold(ws_wait_for(s->events, s->event, EVENTS,
				  WINSOCK_WAIT_ALL, -1));
}

static int do_wait_any(struct scene *s)
{
	return unfold(ws_wait_for(s->events, s->event, 1, 0, 0));
}

static int do_thread_open(struct scene *s)
{
	return ws_thread_open(s->dev, 0, &s->out);
}

static int do_apc_queue(struct scene *s)
{
	return ws_apc_queue(s->dev, WINSOCK_APC_SELF, 0, 1);
}

static int do_apc_take(struct scene *s)
{
	return unfold(ws_apc_take(s->events));
}

static int make_events(struct scene *s)
{
	int i, ret = 0;

	s->events = ws_open_blank();
	for (i = 0; i < EVENTS && !ret; i++)
		ret = ws_event_create(s->events, WINSOCK_EVENT_SIGNALLED,
				      &s->event[i]);
	return ret ? ret : ws_apc_queue(s->events, WINSOCK_APC_SELF, 0, 1);
}

static int make_scene(struct scene *s)
{
	__be16 port;
	int file;

	*s = (struct scene){ .out = WS_POISON, .out_fd = (int)WS_POISON32 };
	s->dev = ws_open();
	if (s->dev < 0 || ws_bound(s->dev, WINSOCK_AF_INET, &s->sock, &port) ||
	    ws_tcp(s->dev, WINSOCK_AF_INET, &s->fresh) ||
	    ws_nonblocking(s->dev, s->fresh, 1) ||
	    ws_export(s->dev, s->sock, &s->file) ||
	    ws_listener(s->dev, WINSOCK_AF_INET, 5, &s->lsn, &port) ||
	    ws_nonblocking(s->dev, s->lsn, 1) ||
	    ws_export(s->dev, s->lsn, &file))
		return -1;
	s->first = peer_connect(WINSOCK_AF_INET, port);
	peer_poll(file, POLLIN);	/* until it is in the queue */
	close(file);
	s->second = peer_connect(WINSOCK_AF_INET, port);
	s->native = peer_listen(WINSOCK_AF_INET, &port);
	s->len = ws_loopback(&s->to, WINSOCK_AF_INET, port);
	ws_loopback(&s->here, WINSOCK_AF_INET, 0);
	if (ws_create(s->dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM, 0,
		      &s->dgram) ||
	    ws_bind(s->dev, s->dgram, &s->here, s->len) ||
	    ws_nonblocking(s->dev, s->dgram, 1))
		return -1;
	s->here.in.sin_port = ws_port(s->dev, s->dgram);
	if (do_sendto(s) || do_offer(s) || make_events(s))
		return -1;
	s->blank = ws_open_blank();
	s->empty = ws_open();
	return s->first < 0 || s->second < 0 || s->native < 0 ||
	       s->blank < 0 || s->empty < 0 ? -1 : 0;
}

static void end_scene(struct scene *s)
{
	close(s->events);
	close(s->empty);
	close(s->blank);
	close(s->native);
	peer_abort(s->second);
	peer_abort(s->first);
	close(s->file);
	close(s->dev);
}

static int do_open(struct scene *s)
{
	s->out_fd = ws_open_blank();
	return s->out_fd < 0 ? -errno : 0;
}

static int do_startup(struct scene *s)
{
	return ws_startup(s->blank);
}

static int do_create(struct scene *s)
{
	return ws_tcp(s->dev, WINSOCK_AF_INET, &s->out);
}

static int do_create_ipv6(struct scene *s)
{
	return ws_tcp(s->dev, WINSOCK_AF_INET6, &s->out);
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

/* The table has no page yet. */
static int do_create_first(struct scene *s)
{
	return ws_tcp(s->empty, WINSOCK_AF_INET, &s->out);
}

static int do_bind(struct scene *s)
{
	union ws_addr a;
	int len = ws_loopback(&a, WINSOCK_AF_INET, 0);

	return ws_bind(s->dev, s->fresh, &a, len);
}

static int do_listen(struct scene *s)
{
	return ws_listen(s->dev, s->sock, 5);
}

static int do_connect(struct scene *s)
{
	return ws_connect(s->dev, s->fresh, &s->to, s->len);
}

static int do_accept(struct scene *s)
{
	return ws_accept(s->dev, s->lsn, &s->out);
}

static int do_accept_address(struct scene *s)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	return ws_accept_addr(s->dev, s->lsn, &a, &len, &s->out);
}

/* WSAAccept with a function that accepts into a new group. */
static int do_condition(struct scene *s)
{
	struct winsock_candidate names;
	struct winsock_sock_consider c = {
		.size = sizeof(c), .handle = s->lsn,
		.candidate = (uintptr_t)&names,
	};
	union ws_addr a;
	__s32 len = sizeof(a);
	struct winsock_sock_decide d = {
		.size = sizeof(d), .handle = s->lsn, .addr = (uintptr_t)&a,
		.addr_len = (uintptr_t)&len, .decision = WINSOCK_CF_ACCEPT,
		.group = WINSOCK_SG_UNCONSTRAINED_GROUP,
	};
	int ret = ws_ioctl(s->dev, WINSOCK_IOC_SOCK_CONSIDER, &c);

	if (ret)
		return ret;
	d.token = c.out_token;
	ret = ws_ioctl(s->dev, WINSOCK_IOC_SOCK_DECIDE, &d);
	/* When it cannot be read, nothing is decided: the next one decides. */
	if (!ret)
		s->out = d.out_handle;
	return ret;
}

static int do_export(struct scene *s)
{
	return ws_export(s->dev, s->sock, &s->out_fd);
}

static int do_import(struct scene *s)
{
	return ws_import(s->dev, s->file, &s->out);
}

static int do_import_native(struct scene *s)
{
	return ws_import(s->dev, s->native, &s->out);
}

static int do_attach(struct scene *s)
{
	return ws_attach(s->dev, s->sock, s->blank);
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

static int control(struct scene *s, __u32 code, const void *in, __u32 in_len)
{
	static __u8 out[65536];
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = s->sock, .code = code,
		.in = (uintptr_t)in, .in_len = in_len,
		.out = (uintptr_t)out, .out_len = sizeof(out),
	};

	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_CONTROL, &a);
}

static int do_addresses(struct scene *s)
{
	return control(s, WINSOCK_SIO_ADDRESS_LIST_QUERY, NULL, 0);
}

static int do_interfaces(struct scene *s)
{
	return control(s, WINSOCK_SIO_GET_INTERFACE_LIST, NULL, 0);
}

static int do_route(struct scene *s)
{
	return control(s, WINSOCK_SIO_ROUTING_INTERFACE_QUERY, &s->to, s->len);
}

static int do_create_unix(struct scene *s)
{
	return ws_create(s->dev, WINSOCK_AF_UNIX, WINSOCK_SOCK_STREAM, 0,
			 &s->out);
}

static int do_create_group(struct scene *s)
{
	struct winsock_sock_create a = {
		.size = sizeof(a), .family = WINSOCK_AF_INET,
		.type = WINSOCK_SOCK_STREAM,
		.group = WINSOCK_SG_CONSTRAINED_GROUP,
	};
	int ret = ws_ioctl(s->dev, WINSOCK_IOC_SOCK_CREATE, &a);

	if (!ret)
		s->out = a.out_handle;
	return ret;
}

static int do_create_raw(struct scene *s)
{
	return ws_create(s->dev, WINSOCK_AF_INET, WINSOCK_SOCK_RAW,
			 WINSOCK_IPPROTO_ICMP, &s->out);
}

static int do_redeem(struct scene *s)
{
	struct winsock_handle_redeem a = {
		.size = sizeof(a), .token = s->token,
	};
	int ret = ws_ioctl(s->dev, WINSOCK_IOC_HANDLE_REDEEM, &a);

	if (!ret)
		s->out = a.out_handle;
	return ret;
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
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = s->dgram,
		.code = WINSOCK_SIO_SET_MULTICAST_FILTER,
		.in = (uintptr_t)&in, .in_len = sizeof(in),
	};

	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_CONTROL, &a);
}

FIXTURE(fail_nth) {
	struct scene scene;
};

FIXTURE_VARIANT(fail_nth) {
	int (*run)(struct scene *s);
	int want;	/* what it answers when nothing fails */
	bool accepts;
	bool safe;	/* it may have nothing that can fail */
};

FIXTURE_VARIANT_ADD(fail_nth, open) {
	.run = do_open,
};

FIXTURE_VARIANT_ADD(fail_nth, startup) {
	.run = do_startup, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, create) {
	.run = do_create,
};

FIXTURE_VARIANT_ADD(fail_nth, create_ipv6) {
	.run = do_create_ipv6,
};

FIXTURE_VARIANT_ADD(fail_nth, create_unix) {
	.run = do_create_unix,
};

FIXTURE_VARIANT_ADD(fail_nth, create_group) {
	.run = do_create_group,
};

FIXTURE_VARIANT_ADD(fail_nth, create_raw) {
	.run = do_create_raw,
};

FIXTURE_VARIANT_ADD(fail_nth, offer) {
	.run = do_offer,
};

FIXTURE_VARIANT_ADD(fail_nth, redeem) {
	.run = do_redeem, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, event_create) {
	.run = do_event_create,
};

FIXTURE_VARIANT_ADD(fail_nth, wait_all) {
	.run = do_wait_all,
};

FIXTURE_VARIANT_ADD(fail_nth, wait_any) {
	.run = do_wait_any, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, thread_open) {
	.run = do_thread_open,
};

FIXTURE_VARIANT_ADD(fail_nth, apc_queue) {
	.run = do_apc_queue,
};

FIXTURE_VARIANT_ADD(fail_nth, apc_take) {
	.run = do_apc_take, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, select) {
	.run = do_select,
};

FIXTURE_VARIANT_ADD(fail_nth, setsockopt) {
	.run = do_setsockopt,
};

FIXTURE_VARIANT_ADD(fail_nth, filter) {
	.run = do_filter,
};

FIXTURE_VARIANT_ADD(fail_nth, create_first) {
	.run = do_create_first,
};

FIXTURE_VARIANT_ADD(fail_nth, bind) {
	.run = do_bind,
};

FIXTURE_VARIANT_ADD(fail_nth, listen) {
	.run = do_listen, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, connect) {
	.run = do_connect, .want = WSAEWOULDBLOCK,
};

FIXTURE_VARIANT_ADD(fail_nth, accept) {
	.run = do_accept, .accepts = true,
};

FIXTURE_VARIANT_ADD(fail_nth, accept_address) {
	.run = do_accept_address, .accepts = true,
};

FIXTURE_VARIANT_ADD(fail_nth, condition) {
	.run = do_condition, .accepts = true,
};

FIXTURE_VARIANT_ADD(fail_nth, export) {
	.run = do_export,
};

FIXTURE_VARIANT_ADD(fail_nth, import) {
	.run = do_import, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, import_native) {
	.run = do_import_native,
};

FIXTURE_VARIANT_ADD(fail_nth, attach) {
	.run = do_attach, .safe = true,
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

FIXTURE_SETUP(fail_nth)
{
	struct rlimit lim = { HANDLES_MAX, HANDLES_MAX };

	if (!ws_fault_possible())
		SKIP(_exit(255), "this kernel has no fail-nth");
	ws_fault_allow();
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
}

FIXTURE_TEARDOWN(fail_nth)
{
}

/* Run the path with its @nth fault; *@hit tells whether it has that many. */
static int run_failing(int (*run)(struct scene *s), struct scene *s, int nth,
		       bool *hit)
{
	int fd = ws_fault_begin(nth);
	int ret;

	if (fd < 0)
		return -EIO;
	ret = run(s);
	*hit = ws_fault_end(fd);
	return ret;
}

/* The number of the next descriptor: it shows whether one was lost. */
static int next_fd(void)
{
	int fd = dup(0);

	close(fd);
	return fd;
}

/* How many more handles the context takes. */
static int room(int dev, int file)
{
	int n = 0;
	__u64 h;

	while (!ws_import(dev, file, &h))
		n++;
	return n;
}

static bool accepted_first(struct scene *s)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	return !ws_name(s->dev, WINSOCK_IOC_SOCK_GETPEER, s->out, &a, &len) &&
	       a.in.sin_port == peer_port(s->first);
}

/*
 * [accept WSAENOBUFS, bind WSAENOBUFS, connect WSAENOBUFS,
 * listen WSAENOBUFS, send WSAENOBUFS, socket WSAENOBUFS,
 * WSASocketA WSAENOBUFS, WSAPoll WSAENOBUFS,
 * WSADuplicateSocketA WSAENOBUFS]
 */
TEST_F_TIMEOUT(fail_nth, fails_and_then_passes, 300)
{
	struct scene *s = &self->scene;
	int nth, ret, fd, handles, failures = 0;
	bool hit = true;

	for (nth = 1; hit && nth < NTH_MAX; nth++) {
		ASSERT_EQ(0, make_scene(s));
		fd = next_fd();
		ret = run_failing(variant->run, s, nth, &hit);
		if (ret != variant->want) {
			failures++;
			ASSERT_TRUE(hit);
			EXPECT_TRUE(ret == WSAENOBUFS || ret == WSAEFAULT ||
				    ret == WINSOCK_NOT_ENOUGH_MEMORY ||
				    ret == -EFAULT || ret == -ENOMEM) {
				TH_LOG("fault %d: %d", nth, ret);
			}
			EXPECT_EQ(WS_POISON, s->out);
			EXPECT_EQ(fd, next_fd()) {
				TH_LOG("fault %d: %d", nth, ret);
			}
			EXPECT_EQ(variant->want, variant->run(s)) {
				TH_LOG("after fault %d: %d", nth, ret);
			}
		}
		if (variant->accepts)
			EXPECT_TRUE(accepted_first(s));
		handles = 4 + (s->out != WS_POISON &&
			       variant->run != do_create_first);
		EXPECT_EQ(HANDLES_MAX - handles, room(s->dev, s->file)) {
			TH_LOG("fault %d: %d", nth, ret);
		}
		if (s->out_fd >= 0)
			close(s->out_fd);
		end_scene(s);
	}
	TH_LOG("%d faults, %d of them told", nth - 2, failures);
	EXPECT_FALSE(hit);
	if (!variant->safe)
		EXPECT_LT(0, failures);
}

TEST_HARNESS_MAIN
