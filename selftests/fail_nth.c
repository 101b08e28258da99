// SPDX-License-Identifier: GPL-2.0-only
/*
 * What fails within the calls that make handles and that wait: see ws_fail.h.
 */
#include "ws_fail.h"

#define UNIX_NAME	"/tmp/fail_nth"

static const struct winsock_sockaddr_un unix_name = {
	.sun_family = WINSOCK_AF_UNIX, .sun_path = UNIX_NAME,
};

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

/* The table has no page yet. */
static int do_create_first(struct scene *s)
{
	s->more = -1;
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

static bool accepted_first(struct scene *s)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	return !ws_name(s->dev, WINSOCK_IOC_SOCK_GETPEER, s->out, &a, &len) &&
	       a.in.sin_port == peer_port(s->first);
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

static int do_query(struct scene *s)
{
	struct winsock_query a = { .size = sizeof(a) };

	return ws_ioctl(s->dev, WINSOCK_IOC_QUERY, &a);
}

static int do_cleanup(struct scene *s)
{
	return ws_cleanup(s->empty);
}

static int do_close(struct scene *s)
{
	int ret = ws_close_flags(s->dev, s->conn, WINSOCK_CLOSE_SOCKET);

	s->more -= !ret;
	return ret;
}

static int do_close_event(struct scene *s)
{
	int ret = ws_close_flags(s->dev, s->sink, WINSOCK_CLOSE_EVENT);

	s->more -= !ret;
	return ret;
}

static int do_event_set(struct scene *s)
{
	return ws_event_set(s->dev, s->sink) ? -EBADMSG : 0;
}

static int do_event_reset(struct scene *s)
{
	return ws_event_reset(s->dev, s->sink) ? -EBADMSG : 0;
}

static int event_select(struct scene *s, __u64 sock, __u32 events)
{
	struct winsock_event_select a = {
		.size = sizeof(a), .handle = sock, .event = s->sink,
		.events = events,
	};

	return ws_ioctl(s->dev, WINSOCK_IOC_EVENT_SELECT, &a);
}

static int do_event_select(struct scene *s)
{
	return event_select(s, s->sock, WINSOCK_FD_READ);
}

/* Its connections inherit that. */
static int watch_listener(struct scene *s)
{
	return event_select(s, s->lsn, WINSOCK_FD_READ | WINSOCK_FD_ACCEPT);
}

static int watch_dgram(struct scene *s)
{
	return event_select(s, s->dgram, WINSOCK_FD_READ);
}

/* What a call could not tell is there for the next. */
static int do_event_enum(struct scene *s)
{
	struct winsock_network_events told = {};
	struct winsock_event_enum a = {
		.size = sizeof(a), .handle = s->dgram, .event = s->sink,
		.result = (uintptr_t)&told,
	};
	int ret = ws_ioctl(s->dev, WINSOCK_IOC_EVENT_ENUM, &a);

	return !ret && told.events != WINSOCK_FD_READ ? -EBADMSG : ret;
}

static int async_select(struct scene *s, __u64 sock)
{
	struct winsock_async_select a = {
		.size = sizeof(a), .handle = sock, .window = 1, .message = 2,
		.events = WINSOCK_FD_READ | WINSOCK_FD_ACCEPT,
	};

	return ws_ioctl(s->dev, WINSOCK_IOC_ASYNC_SELECT, &a);
}

static int do_async_select(struct scene *s)
{
	return async_select(s, s->sock);
}

static int watch_listener_async(struct scene *s)
{
	return async_select(s, s->lsn);
}

static int do_message_post(struct scene *s)
{
	struct winsock_message_post a = {
		.size = sizeof(a), .window = 1, .wparam = 2, .lparam = 3,
		.message = 4,
	};

	return ws_ioctl(s->dev, WINSOCK_IOC_MESSAGE_POST, &a);
}

static int do_message_get(struct scene *s)
{
	struct winsock_message_get a = { .size = sizeof(a) };
	int ret = ws_ioctl(s->dev, WINSOCK_IOC_MESSAGE_GET, &a);

	return !ret && a.out_message != 4 ? -EBADMSG : ret;
}

/* One message, whichever call posted it. */
static bool one_message(struct scene *s)
{
	return !do_message_get(s) && do_message_get(s) == WINSOCK_WAIT_TIMEOUT;
}

/* s->un[0] is to have this name, which nobody has. */
static int make_unix(struct scene *s)
{
	s->more++;
	unlink(UNIX_NAME);
	return ws_create(s->dev, WINSOCK_AF_UNIX, WINSOCK_SOCK_STREAM, 0,
			 &s->un[0]);
}

static int do_bind_unix(struct scene *s)
{
	return ws_bind(s->dev, s->un[0], &unix_name, sizeof(unix_name));
}

static int listen_unix(struct scene *s)
{
	s->more++;
	return make_unix(s) || do_bind_unix(s) ||
	       ws_listen(s->dev, s->un[0], 5) ||
	       ws_create(s->dev, WINSOCK_AF_UNIX, WINSOCK_SOCK_STREAM, 0,
			 &s->un[1]);
}

static int do_connect_unix(struct scene *s)
{
	return ws_connect(s->dev, s->un[1], &unix_name, sizeof(unix_name));
}

static int call_unix(struct scene *s)
{
	return listen_unix(s) || do_connect_unix(s);
}

static int do_accept_unix(struct scene *s)
{
	return ws_accept(s->dev, s->un[0], &s->out);
}

static int do_connect_ipv6(struct scene *s)
{
	union ws_addr a;
	int len = ws_loopback(&a, WINSOCK_AF_INET6, s->port6);

	return ws_connect(s->dev, s->un[0], &a, len);
}

/* s->un[0] is to connect to a listener, with IPv6. */
static int make_ipv6(struct scene *s)
{
	__u64 lsn;

	s->more += 2;
	return ws_listener(s->dev, WINSOCK_AF_INET6, 5, &lsn, &s->port6) ||
	       ws_tcp(s->dev, WINSOCK_AF_INET6, &s->un[0]);
}

static int do_connect_dgram(struct scene *s)
{
	return ws_connect(s->dev, s->dgram, &s->here, s->len);
}

static int do_getpeername(struct scene *s)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	return ws_name(s->dev, WINSOCK_IOC_SOCK_GETPEER, s->conn, &a, &len);
}

static int do_getsockname_of_a_file(struct scene *s)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	return ws_name(s->file, WINSOCK_IOC_SOCK_GETNAME, 0, &a, &len);
}

static int do_shutdown(struct scene *s)
{
	return ws_shutdown(s->dev, s->conn, WINSOCK_SD_SEND);
}

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
	.run = do_accept, .check = accepted_first,
};

FIXTURE_VARIANT_ADD(fail_nth, accept_address) {
	.run = do_accept_address, .check = accepted_first,
};

FIXTURE_VARIANT_ADD(fail_nth, condition) {
	.run = do_condition, .check = accepted_first,
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

FIXTURE_VARIANT_ADD(fail_nth, query) {
	.run = do_query, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, cleanup) {
	.run = do_cleanup, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, close) {
	.run = do_close, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, close_event) {
	.run = do_close_event, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, event_set) {
	.run = do_event_set, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, event_reset) {
	.run = do_event_reset, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, event_select) {
	.run = do_event_select,
};

FIXTURE_VARIANT_ADD(fail_nth, event_enum) {
	.prepare = watch_dgram, .run = do_event_enum, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, async_select) {
	.run = do_async_select,
};

FIXTURE_VARIANT_ADD(fail_nth, accept_watched) {
	.prepare = watch_listener, .run = do_accept, .check = accepted_first,
};

FIXTURE_VARIANT_ADD(fail_nth, accept_watched_async) {
	.prepare = watch_listener_async, .run = do_accept, .check = accepted_first,
};

FIXTURE_VARIANT_ADD(fail_nth, condition_watched) {
	.prepare = watch_listener, .run = do_condition, .check = accepted_first,
};

FIXTURE_VARIANT_ADD(fail_nth, message_post) {
	.run = do_message_post, .check = one_message,
};

FIXTURE_VARIANT_ADD(fail_nth, message_get) {
	.prepare = do_message_post, .run = do_message_get, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, bind_unix) {
	.prepare = make_unix, .run = do_bind_unix,
};

FIXTURE_VARIANT_ADD(fail_nth, connect_unix) {
	.prepare = listen_unix, .run = do_connect_unix,
};

FIXTURE_VARIANT_ADD(fail_nth, accept_unix) {
	.prepare = call_unix, .run = do_accept_unix,
};

FIXTURE_VARIANT_ADD(fail_nth, connect_ipv6) {
	.prepare = make_ipv6, .run = do_connect_ipv6,
};

FIXTURE_VARIANT_ADD(fail_nth, connect_dgram) {
	.run = do_connect_dgram, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, getpeername) {
	.run = do_getpeername, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, getsockname_of_a_file) {
	.run = do_getsockname_of_a_file, .safe = true,
};

FIXTURE_VARIANT_ADD(fail_nth, shutdown) {
	.run = do_shutdown, .safe = true,
};

TEST_HARNESS_MAIN
