// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every byte that comes from the kernel was meant to come.
 *
 * Each call with outputs runs twice, over user memory filled with one byte, then
 * with another: what differs afterwards as the fills do was not written.  Up to
 * the length that a call claims all has to be written, padding too, and behind
 * it nothing.  And no two bytes in a row may be what fills the kernel's own
 * memory before it is used, where it is filled: stacks by the compiler in a
 * module with self-tests, objects by slub_debug=P, pages by page_poison=1.
 */
#include "ws_event.h"

#include <linux/winsock_control.h>

#define ROOM	4096

static const __u8 fills[] = { 0x11, 0xee };
static const __u8 kernel_fills[] = { 0xfe, 0x6b, 0xaa };

/* What one test knows, and what a call of it is given. */
struct shot {
	int dev, other;		/* two contexts */
	int family;
	__u64 lsn, conn, udp;	/* a listener; connected to @peer; bound */
	int peer;
	__be16 port;
	unsigned int cmd;	/* of several that a function does */
	int level, name, ends;	/* an option, of a socket with one or two */
	const void *in;
	int in_len;
	__u8 *room;		/* where the outputs go */
	unsigned int from;	/* where they begin there */
	unsigned int length;	/* and how long they say that they are */
};

FIXTURE(outputs) {
	struct shot s;
};

FIXTURE_VARIANT(outputs) {
	int family;
};

FIXTURE_VARIANT_ADD(outputs, ipv4) {
	.family = WINSOCK_AF_INET,
};

FIXTURE_VARIANT_ADD(outputs, ipv6) {
	.family = WINSOCK_AF_INET6,
};

FIXTURE_SETUP(outputs)
{
	struct shot *s = &self->s;
	union ws_addr a;
	int len = ws_loopback(&a, variant->family, 0);

	s->family = variant->family;
	/* Lists hold addresses in it, so it is where none looks like a pattern. */
	s->room = mmap((void *)0x20000000, ROOM, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)s->room);
	s->dev = ws_open();
	s->other = ws_open();
	ASSERT_LE(0, s->other);
	ASSERT_EQ(0, ws_listener(s->dev, variant->family, 5, &s->lsn,
				 &s->port));
	s->peer = peer_connect(variant->family, s->port);
	ASSERT_LE(0, s->peer);
	ASSERT_EQ(0, ws_accept(s->dev, s->lsn, &s->conn));
	ASSERT_EQ(0, ws_create(s->dev, variant->family, WINSOCK_SOCK_DGRAM,
			       0, &s->udp));
	ASSERT_EQ(0, ws_bind(s->dev, s->udp, &a, len));
}

FIXTURE_TEARDOWN(outputs)
{
	close(self->s.peer);
	close(self->s.other);
	close(self->s.dev);
}

/*
 * The first byte that is not as it should be, or -1; what @run answered, if it
 * failed, less 1000000.
 */
static int examine(struct shot *s, int (*run)(struct shot *s))
{
	static __u8 seen[2][ROOM];
	unsigned int lengths[2], i, k;
	int err;

	for (i = 0; i < 2; i++) {
		memset(s->room, fills[i], ROOM);
		s->from = 0;
		s->length = 0;
		err = run(s);
		if (err)
			return err - 1000000;
		memcpy(seen[i], s->room, ROOM);
		lengths[i] = s->from + s->length;
	}
	for (i = s->from; i < ROOM; i++) {
		bool kept = seen[0][i] == fills[0] && seen[1][i] == fills[1];
		bool wanted = i < lengths[0] && i < lengths[1];

		/* An end that moves, as of lists, is not looked at. */
		if (!wanted && (i < lengths[0] || i < lengths[1]))
			continue;
		if (kept == wanted)
			return i;
		for (k = 0; wanted && k < sizeof(kernel_fills); k++)
			if (i > s->from && seen[0][i] == kernel_fills[k] &&
			    seen[0][i - 1] == seen[0][i] &&
			    seen[1][i] == seen[0][i] &&
			    seen[1][i - 1] == seen[0][i])
				return i;
	}
	return -1;
}

/* A struct of a command is at the room's start, with its outputs at @out. */
static void begin(struct shot *s, __u32 size, const void *out)
{
	s->from = (const __u8 *)out - s->room;
	s->length = size - s->from;
	memset(s->room, 0, s->from);
	memcpy(s->room, &size, sizeof(size));
}

static int run_query(struct shot *s)
{
	struct winsock_query *a = (void *)s->room;

	begin(s, sizeof(*a), &a->out_abi);
	return ws_ioctl(s->dev, WINSOCK_IOC_QUERY, a);
}

static int run_startup(struct shot *s)
{
	struct winsock_startup *a = (void *)s->room;

	begin(s, sizeof(*a), &a->out_version);
	a->version = 0x0202;
	a->__pad = 0;
	return ws_ioctl(s->dev, WINSOCK_IOC_STARTUP, a);
}

static int run_export(struct shot *s)
{
	struct winsock_handle_export *a = (void *)s->room;
	int err;

	begin(s, sizeof(*a), &a->out_fd);
	a->handle = s->conn;
	a->__pad = 0;
	err = ws_ioctl(s->dev, WINSOCK_IOC_HANDLE_EXPORT, a);
	if (!err)
		close(a->out_fd);
	return err;
}

static int run_import(struct shot *s)
{
	struct winsock_handle_import *a = (void *)s->room;

	begin(s, sizeof(*a), &a->out_handle);
	a->fd = s->peer;
	return ws_ioctl(s->dev, WINSOCK_IOC_HANDLE_IMPORT, a);
}

static int run_offer(struct shot *s)
{
	struct winsock_handle_offer *a = (void *)s->room;

	begin(s, sizeof(*a), &a->out_token);
	a->handle = s->conn;
	a->process = getpid();
	return ws_ioctl(s->dev, WINSOCK_IOC_HANDLE_OFFER, a);
}

static int run_redeem(struct shot *s)
{
	struct winsock_handle_redeem *a = (void *)s->room;
	struct winsock_handle_offer o = {
		.size = sizeof(o), .handle = s->conn, .process = getpid(),
	};
	int err = ws_ioctl(s->dev, WINSOCK_IOC_HANDLE_OFFER, &o);

	begin(s, sizeof(*a), &a->out_handle);
	a->token = o.out_token;
	return err ?: ws_ioctl(s->other, WINSOCK_IOC_HANDLE_REDEEM, a);
}

static int run_create(struct shot *s)
{
	struct winsock_sock_create *a = (void *)s->room;

	begin(s, sizeof(*a), &a->out_handle);
	a->family = s->family;
	a->type = WINSOCK_SOCK_STREAM;
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_CREATE, a);
}

/* The client closes at once: the connection is there all the same. */
static void call_in(struct shot *s)
{
	close(peer_connect(s->family, s->port));
}

static int run_accept(struct shot *s)
{
	struct winsock_sock_accept *a = (void *)s->room;

	begin(s, sizeof(*a), &a->out_handle);
	call_in(s);
	a->handle = s->lsn;
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_ACCEPT, a);
}

static int run_accept_addr(struct shot *s)
{
	__u64 conn;

	call_in(s);
	s->length = ROOM;
	return ws_accept_addr(s->dev, s->lsn, s->room, &s->length, &conn);
}

static int run_connect(struct shot *s)
{
	struct winsock_sock_connect *a = (void *)s->room;
	union ws_addr addr;
	__u64 h;
	int err;

	begin(s, sizeof(*a), &a->started);
	err = ws_create(s->dev, s->family, WINSOCK_SOCK_DGRAM, 0, &h);
	a->handle = h;
	a->addr_len = ws_loopback(&addr, s->family, s->port);
	a->addr = (uintptr_t)&addr;
	a->started = 0;
	return err ?: ws_ioctl(s->dev, WINSOCK_IOC_SOCK_CONNECT, a);
}

static int run_send(struct shot *s)
{
	struct winsock_sock_send *a = (void *)s->room;

	begin(s, sizeof(*a), &a->transferred);
	a->handle = s->conn;
	a->addr = (uintptr_t)"x";
	a->count = 1;
	a->transferred = 0;
	a->deadline = 0;
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_SEND, a);
}

static int run_recv(struct shot *s)
{
	struct winsock_sock_recv *a = (void *)s->room;
	char byte;

	begin(s, sizeof(*a), &a->transferred);
	a->handle = s->conn;
	a->addr = (uintptr_t)&byte;
	a->count = 1;
	a->transferred = 0;
	a->deadline = 0;
	a->__pad = 0;
	return write(s->peer, "x", 1) != 1 ? -1 :
	       ws_ioctl(s->dev, WINSOCK_IOC_SOCK_RECV, a);
}

/* No more than came. */
static int run_recv_data(struct shot *s)
{
	__u64 done;

	s->length = 4;
	if (write(s->peer, "some", 4) != 4)
		return -1;
	return ws_recv(s->dev, s->conn, s->room, ROOM, 0, &done);
}

/* A datagram from the socket to itself. */
static int mail(struct shot *s)
{
	union ws_addr addr;
	struct winsock_sock_sendmsg m = {
		.size = sizeof(m), .handle = s->udp, .addr = (uintptr_t)"mail",
		.count = 4, .name = (uintptr_t)&addr,
		.name_len = ws_loopback(&addr, s->family,
					ws_port(s->dev, s->udp)),
	};

	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_SENDMSG, &m);
}

static int run_sendmsg(struct shot *s)
{
	struct winsock_sock_sendmsg *a = (void *)s->room;
	union ws_addr addr;

	begin(s, sizeof(*a), &a->transferred);
	a->handle = s->udp;
	a->addr = (uintptr_t)"x";
	a->count = 1;
	a->name = (uintptr_t)&addr;
	a->name_len = ws_loopback(&addr, s->family, s->port);
	a->transferred = 0;
	a->deadline = 0;
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_SENDMSG, a);
}

enum part { ARGUMENTS, NAME, CONTROL };

/* One of the three things that are told of a datagram, besides its data. */
static int run_recvmsg(struct shot *s)
{
	struct winsock_sock_recvmsg m = { .size = sizeof(m) }, *a = &m;
	__u8 name[128], control[256], data[8];
	__s32 name_len = sizeof(name);
	int err = mail(s);

	if (s->cmd == ARGUMENTS) {
		a = (void *)s->room;
		*a = m;		/* in-and-out fields want zeros */
		s->from = offsetof(struct winsock_sock_recvmsg, transferred);
		s->length = sizeof(m) - s->from;
		memset(&a->out_msg_flags, s->room[ROOM - 1],
		       sizeof(a->out_msg_flags));
	}
	a->flags = WINSOCK_IO_MESSAGE;
	a->handle = s->udp;
	a->addr = (uintptr_t)data;
	a->count = sizeof(data);
	a->name = (uintptr_t)(s->cmd == NAME ? s->room : name);
	a->name_len = (uintptr_t)&name_len;
	a->control = (uintptr_t)(s->cmd == CONTROL ? s->room : control);
	a->control_len = sizeof(control);
	err = err ?: ws_ioctl(s->dev, WINSOCK_IOC_SOCK_RECVMSG, a);
	if (s->cmd == NAME)
		s->length = name_len;
	if (s->cmd == CONTROL)
		s->length = a->control_len;
	return err;
}

static int run_select(struct shot *s)
{
	struct winsock_sock_select *a = (void *)s->room;
	static __u64 set[2];

	begin(s, sizeof(*a), &a->deadline);
	set[0] = 1;
	set[1] = s->conn;
	a->writefds = (uintptr_t)set;
	a->deadline = 0;
	a->__pad = 0;
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_SELECT, a);
}

/* Of two one is ready; what the set does not count stays. */
static int run_select_set(struct shot *s)
{
	struct winsock_handle_set *set = (void *)s->room;
	struct winsock_sock_select a = {
		.size = sizeof(a), .writefds = (uintptr_t)set,
	};
	int err;

	set->fd_count = 2;
	set->fd_array[0] = s->lsn;
	set->fd_array[1] = s->conn;
	err = ws_ioctl(s->dev, WINSOCK_IOC_SOCK_SELECT, &a);
	s->from = offsetof(struct winsock_handle_set, fd_array[2]);
	return err ?: set->fd_count == 1 && set->fd_array[0] == s->conn ? 0 : -1;
}

static int run_poll(struct shot *s)
{
	struct winsock_sock_poll *a = (void *)s->room;
	struct winsock_pollfd fd = {
		.fd = s->conn, .events = WINSOCK_POLLWRNORM,
	};

	begin(s, sizeof(*a), &a->deadline);
	a->fds = (uintptr_t)&fd;
	a->count = 1;
	a->deadline = 0;
	a->__pad2 = 0;
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_POLL, a);
}

/* Of an entry nothing but @revents. */
static int run_poll_revents(struct shot *s)
{
	struct winsock_pollfd *fd = (void *)s->room;
	struct winsock_sock_poll a = {
		.size = sizeof(a), .fds = (uintptr_t)fd, .count = 1,
	};

	fd->fd = s->conn;
	fd->events = WINSOCK_POLLWRNORM;
	s->from = offsetof(struct winsock_pollfd, revents);
	s->length = sizeof(fd->revents);
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_POLL, &a);
}

static int run_control(struct shot *s)
{
	struct winsock_sock_control *a = (void *)s->room;
	static __u32 unread;

	begin(s, sizeof(*a), &a->out_returned);
	a->handle = s->conn;
	a->code = WINSOCK_FIONREAD;
	a->out = (uintptr_t)&unread;
	a->out_len = sizeof(unread);
	a->out_returned = 0;
	a->place = 0;
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_CONTROL, a);
}

static int run_event_create(struct shot *s)
{
	struct winsock_event_create *a = (void *)s->room;

	begin(s, sizeof(*a), &a->out_handle);
	return ws_ioctl(s->dev, WINSOCK_IOC_EVENT_CREATE, a);
}

static int run_event_change(struct shot *s)
{
	struct winsock_event_set *a = (void *)s->room;
	__u64 h;
	int err = ws_event_create(s->dev, 0, &h);

	begin(s, sizeof(*a), &a->out_before);
	a->handle = h;
	a->__pad = 0;
	return err ?: ws_ioctl(s->dev, s->cmd, a);
}

static int run_wait(struct shot *s)
{
	struct winsock_wait *a = (void *)s->room;
	static __u64 h;
	int err = ws_event_create(s->dev, WINSOCK_EVENT_SIGNALLED, &h);

	begin(s, sizeof(*a), &a->deadline);
	a->handles = (uintptr_t)&h;
	a->count = 1;
	a->deadline = 0;
	a->__pad2 = 0;
	return err ?: ws_ioctl(s->dev, WINSOCK_IOC_WAIT, a);
}

static int run_thread_open(struct shot *s)
{
	struct winsock_thread_open *a = (void *)s->room;

	begin(s, sizeof(*a), &a->out_handle);
	return ws_ioctl(s->dev, WINSOCK_IOC_THREAD_OPEN, a);
}

static int run_apc_take(struct shot *s)
{
	struct winsock_apc_take *a = (void *)s->room;
	struct winsock_apc_queue q = {
		.size = sizeof(q), .flags = WINSOCK_APC_SELF, .function = 1,
	};
	int err = ws_ioctl(s->dev, WINSOCK_IOC_APC_QUEUE, &q);

	begin(s, sizeof(*a), &a->out_function);
	return err ?: ws_ioctl(s->dev, WINSOCK_IOC_APC_TAKE, a);
}

static int run_message_get(struct shot *s)
{
	struct winsock_message_get *a = (void *)s->room;
	struct winsock_message_post p = { .size = sizeof(p) };
	int err = ws_ioctl(s->dev, WINSOCK_IOC_MESSAGE_POST, &p);

	begin(s, sizeof(*a), &a->deadline);
	a->deadline = 0;
	a->__pad = 0;
	return err ?: ws_ioctl(s->dev, WINSOCK_IOC_MESSAGE_GET, a);
}

/* The events, and codes of those that were: FD_ACCEPT has the fourth. */
static int run_event_enum(struct shot *s)
{
	struct winsock_network_events *r = (void *)s->room;
	struct winsock_event_enum a = {
		.size = sizeof(a), .handle = s->lsn, .result = (uintptr_t)r,
	};
	struct winsock_event_select e = {
		.size = sizeof(e), .handle = s->lsn,
		.events = WINSOCK_FD_ACCEPT,
	};
	__u64 conn;
	int err = ws_event_create(s->dev, 0, &e.event);

	call_in(s);
	err = err ?: ws_ioctl(s->dev, WINSOCK_IOC_EVENT_SELECT, &e);
	err = err ?: ws_ioctl(s->dev, WINSOCK_IOC_EVENT_ENUM, &a);
	err = err ?: ws_accept(s->dev, s->lsn, &conn);
	if (err || r->events != WINSOCK_FD_ACCEPT)
		return err ?: -1;
	s->from = offsetof(struct winsock_network_events, codes[3]);
	s->length = sizeof(r->codes[3]);
	return 0;
}

static int consider(struct shot *s, struct winsock_sock_consider *a,
		    struct winsock_candidate *candidate)
{
	call_in(s);
	a->size = sizeof(*a);
	a->handle = s->lsn;
	a->candidate = (uintptr_t)candidate;
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_CONSIDER, a);
}

static int decide(struct shot *s, struct winsock_sock_decide *a, __u64 token)
{
	a->size = sizeof(*a);
	a->handle = s->lsn;
	a->token = token;
	return ws_ioctl(s->dev, WINSOCK_IOC_SOCK_DECIDE, a);
}

static int run_consider(struct shot *s)
{
	struct winsock_sock_consider *a = (void *)s->room;
	static struct winsock_candidate c;
	struct winsock_sock_decide d = {};
	int err;

	begin(s, sizeof(*a), &a->out_token);
	err = consider(s, a, &c);
	return err ?: decide(s, &d, a->out_token);
}

static int run_candidate(struct shot *s)
{
	struct winsock_sock_consider a = {};
	struct winsock_sock_decide d = {};
	int err = consider(s, &a, (void *)s->room);

	s->length = sizeof(struct winsock_candidate);
	return err ?: decide(s, &d, a.out_token);
}

static int run_decide(struct shot *s)
{
	struct winsock_sock_decide *a = (void *)s->room;
	static struct winsock_candidate c;
	struct winsock_sock_consider k = {};
	int err = consider(s, &k, &c);

	begin(s, sizeof(*a), &a->out_handle);
	return err ?: decide(s, a, k.out_token);
}

static int run_name(struct shot *s)
{
	s->length = ROOM;
	return ws_name(s->dev, s->cmd, s->conn, s->room, &s->length);
}

static const struct {
	const char *name;
	int (*run)(struct shot *s);
	unsigned int cmd;
} calls[] = {
	{ "QUERY", run_query },
	{ "STARTUP", run_startup },
	{ "HANDLE_EXPORT", run_export },
	{ "HANDLE_IMPORT", run_import },
	{ "HANDLE_OFFER", run_offer },
	{ "HANDLE_REDEEM", run_redeem },
	{ "SOCK_CREATE", run_create },
	{ "SOCK_ACCEPT", run_accept },
	{ "SOCK_ACCEPT's address", run_accept_addr },
	{ "SOCK_CONNECT", run_connect },
	{ "SOCK_SEND", run_send },
	{ "SOCK_RECV", run_recv },
	{ "SOCK_RECV's data", run_recv_data },
	{ "SOCK_RECVMSG", run_recvmsg, ARGUMENTS },
	{ "SOCK_RECVMSG's address", run_recvmsg, NAME },
	{ "SOCK_RECVMSG's control data", run_recvmsg, CONTROL },
	/* nobody listens there, which the socket is told when it receives */
	{ "SOCK_SENDMSG", run_sendmsg },
	{ "SOCK_SELECT", run_select },
	{ "SOCK_SELECT's set", run_select_set },
	{ "SOCK_POLL", run_poll },
	{ "SOCK_POLL's array", run_poll_revents },
	{ "SOCK_CONTROL", run_control },
	{ "EVENT_CREATE", run_event_create },
	{ "EVENT_SET", run_event_change, WINSOCK_IOC_EVENT_SET },
	{ "EVENT_RESET", run_event_change, WINSOCK_IOC_EVENT_RESET },
	{ "WAIT", run_wait },
	{ "THREAD_OPEN", run_thread_open },
	{ "APC_TAKE", run_apc_take },
	{ "MESSAGE_GET", run_message_get },
	{ "EVENT_ENUM's result", run_event_enum },
	{ "SOCK_CONSIDER", run_consider },
	{ "SOCK_CONSIDER's candidate", run_candidate },
	{ "SOCK_DECIDE", run_decide },
	{ "SOCK_GETNAME", run_name, WINSOCK_IOC_SOCK_GETNAME },
	{ "SOCK_GETPEER", run_name, WINSOCK_IOC_SOCK_GETPEER },
};

TEST_F(outputs, of_each_command)
{
	struct shot s = self->s;
	int info = variant->family == WINSOCK_AF_INET6 ? WINSOCK_IPV6_PKTINFO :
							 WINSOCK_IP_PKTINFO;
	int level = variant->family == WINSOCK_AF_INET6 ?
		    WINSOCK_IPPROTO_IPV6 : WINSOCK_IPPROTO_IP;
	__u32 on = 1;
	unsigned int i;

	ASSERT_EQ(0, ws_setopt(s.dev, s.udp, level, info, &on, sizeof(on)));
	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		s.cmd = calls[i].cmd;
		EXPECT_EQ(-1, examine(&s, calls[i].run)) {
			TH_LOG("%s", calls[i].name);
		}
	}
}

static int run_getopt(struct shot *s)
{
	__s32 len = s->in_len;
	int err = ws_getopt(s->dev, s->conn, s->level, s->name, s->room, &len);

	/* CSADDR_INFO with what addresses there are; its room is its length */
	if (!err && s->level == WINSOCK_SOL_SOCKET &&
	    s->name == WINSOCK_SO_BSP_STATE)
		len = 40 + s->ends * ws_addr_len(s->family);
	s->length = len;
	return err;
}

/* Every number that could name an option, of the three kinds of sockets. */
TEST_F(outputs, of_each_option)
{
	static const int levels[] = {
		WINSOCK_SOL_SOCKET, WINSOCK_IPPROTO_IP, WINSOCK_IPPROTO_IPV6,
		WINSOCK_IPPROTO_TCP, WINSOCK_IPPROTO_UDP,
	};
	struct shot s = self->s;
	__u64 sockets[] = { s.conn, s.lsn, s.udp };
	unsigned int i, k, found = 0;
	int at, end;

	s.in_len = ROOM;
	for (k = 0; k < ARRAY_SIZE(sockets); k++) {
		s.conn = sockets[k];
		s.ends = s.conn == self->s.conn ? 2 : 1;
		for (i = 0; i < ARRAY_SIZE(levels); i++) {
			s.level = levels[i];
			end = s.level == WINSOCK_SOL_SOCKET ? 0x7100 : 0x100;
			for (s.name = -0x200; s.name < end; s.name++) {
				at = examine(&s, run_getopt);
				found += at == -1;
				EXPECT_GE(-1, at) {
					TH_LOG("level %d, option %#x", s.level,
					       s.name);
				}
			}
		}
	}
	TH_LOG("%u options", found);
	EXPECT_LT(60, found);
}

static int run_code(struct shot *s)
{
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = s->conn, .code = s->cmd,
		.in = (uintptr_t)s->in, .in_len = s->in_len,
		.out = (uintptr_t)s->room, .out_len = ROOM,
	};
	int err = ws_ioctl(s->dev, WINSOCK_IOC_SOCK_CONTROL, &a);

	s->length = a.out_returned;
	return err;
}

/* What the codes below take: a group's filter, a destination, a list of one. */
static struct winsock_ip_msfilter ip_filter;
static struct winsock_group_filter group_filter;
static union ws_addr destination;
static struct {
	__u32 count, __pad;
	struct winsock_socket_address one;
} list;
static __u32 version;

static const struct {
	__u32 code;
	int family;	/* 0: any */
	bool datagram;
	const void *in;
	int in_len;
} codes[] = {
	{ WINSOCK_FIONREAD, 0, false, NULL, 0 },
	{ WINSOCK_FIONREAD, 0, true, NULL, 0 },
	{ WINSOCK_SIOCATMARK, 0, false, NULL, 0 },
	{ WINSOCK_SIO_IDEAL_SEND_BACKLOG_QUERY, 0, false, NULL, 0 },
	{ WINSOCK_SIO_GET_INTERFACE_LIST, WINSOCK_AF_INET, false, NULL, 0 },
	{ WINSOCK_SIO_GET_BROADCAST_ADDRESS, WINSOCK_AF_INET, false, NULL, 0 },
	{ WINSOCK_SIO_ADDRESS_LIST_QUERY, 0, false, NULL, 0 },
	{ WINSOCK_SIO_ADDRESS_LIST_SORT, WINSOCK_AF_INET6, false, &list,
	  sizeof(list) },
	{ WINSOCK_SIO_ROUTING_INTERFACE_QUERY, 0, false, &destination,
	  sizeof(destination) },
	{ WINSOCK_SIO_BASE_HANDLE, 0, false, NULL, 0 },
	{ WINSOCK_SIO_QUERY_RSS_SCALABILITY_INFO, 0, false, NULL, 0 },
	{ WINSOCK_SIO_TCP_INFO, 0, false, &version, sizeof(version) },
	{ WINSOCK_SIO_GET_MULTICAST_FILTER, WINSOCK_AF_INET, true, &ip_filter,
	  sizeof(ip_filter) },
	{ WINSOCK_SIOCGMSFILTER, WINSOCK_AF_INET, true, &group_filter,
	  sizeof(group_filter) },
};

/* A group of IPv4 of which two sources are heard. */
static int join(int dev, __u64 udp)
{
	struct {
		struct winsock_ip_msfilter head;
		__be32 sources[2];
	} f = {
		.head = {
			.group = htonl(0xe8010203),
			.interface = htonl(INADDR_LOOPBACK), .count = 2,
		},
		.sources = { htonl(0x0a000001), htonl(0x0a000002) },
	};
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = udp,
		.code = WINSOCK_SIO_SET_MULTICAST_FILTER,
		.in = (uintptr_t)&f, .in_len = sizeof(f),
	};
	struct winsock_sockaddr_in *group = (void *)group_filter.group;
	__be32 mreq[2] = { f.head.group, f.head.interface };
	int err = ws_setopt(dev, udp, WINSOCK_IPPROTO_IP,
			    WINSOCK_IP_ADD_MEMBERSHIP, mreq, sizeof(mreq));

	ip_filter = f.head;
	group->sin_family = WINSOCK_AF_INET;
	group->sin_addr = f.head.group;
	group_filter.interface = 1;	/* lo */
	return err ?: ws_ioctl(dev, WINSOCK_IOC_SOCK_CONTROL, &a);
}

TEST_F(outputs, of_each_control_code)
{
	struct shot s = self->s;
	unsigned int i;

	ws_loopback(&destination, variant->family, htons(7));
	list.count = 1;
	list.one.addr = (uintptr_t)&destination;
	list.one.len = sizeof(destination.in6);
	version = 1;
	if (variant->family == WINSOCK_AF_INET)
		ASSERT_EQ(0, join(s.dev, s.udp));
	for (i = 0; i < ARRAY_SIZE(codes); i++) {
		if (codes[i].family && codes[i].family != variant->family)
			continue;
		s.conn = codes[i].datagram ? s.udp : self->s.conn;
		s.cmd = codes[i].code;
		s.in = codes[i].in;
		s.in_len = codes[i].in_len;
		EXPECT_EQ(-1, examine(&s, run_code)) {
			TH_LOG("code %#x", s.cmd);
		}
	}
}

TEST_HARNESS_MAIN
