// SPDX-License-Identifier: GPL-2.0-only
/*
 * Network events under load, for a time (WINSOCK_STRESS=seconds): a server that
 * does what it is told, and nothing else, serves every connection and every byte
 * while other threads register, close, and duplicate around it.
 *
 * Clients wait for an answer to each thing they send before they go on: one
 * event that is not told leaves one of them waiting.
 */
#include "ws_event.h"

#define CLIENTS		4
#define CONNS		256	/* served at one time; far more than clients */
#define OTHERS		16	/* sockets of the disturbers */
#define WINDOW		0x1234
#define MESSAGE		0x401
#define FD_ALL		(WINSOCK_FD_ACCEPT | WINSOCK_FD_READ | WINSOCK_FD_CLOSE)

/* Written by one thread each, but for @stop and @failed. */
struct race {
	int dev;
	__u64 event, lsn;
	int file;		/* the event's */
	__be16 port;
	bool messages, automatic;
	bool stop, failed;
	__u64 end;
	/* the server's */
	__u64 conns[CONNS];
	unsigned int count;
	unsigned long accepted, bytes, ended, wakes;
	/* the clients', in all */
	unsigned long connected, sent;
	/* the disturbers' */
	__u64 others[OTHERS];
	unsigned long disturbances;
};

static bool stopped(struct race *r)
{
	return __atomic_load_n(&r->stop, __ATOMIC_ACQUIRE);
}

static void fail(struct race *r, const char *what, long got)
{
	if (!__atomic_exchange_n(&r->failed, true, __ATOMIC_ACQ_REL))
		printf("# %s: %ld\n", what, got);
	fflush(stdout);
}

static bool over(struct race *r)
{
	return ws_now_ns() >= r->end ||
	       __atomic_load_n(&r->failed, __ATOMIC_ACQUIRE);
}

static unsigned int roll(unsigned int *state)
{
	*state = *state * 1103515245 + 12345;
	return *state >> 16;
}

static int event_select(struct race *r, __u64 s, __u32 mask)
{
	struct winsock_event_select a = {
		.size = sizeof(a), .handle = s, .event = r->event,
		.events = mask,
	};

	return ws_ioctl(r->dev, WINSOCK_IOC_EVENT_SELECT, &a);
}

static int async_select(struct race *r, __u64 s, __u64 window, __u32 mask)
{
	struct winsock_async_select a = {
		.size = sizeof(a), .handle = s, .window = window,
		.message = MESSAGE, .events = mask,
	};

	return ws_ioctl(r->dev, WINSOCK_IOC_ASYNC_SELECT, &a);
}

static int watch(struct race *r, __u64 s, __u32 mask)
{
	return r->messages ? async_select(r, s, WINDOW, mask) :
			     event_select(r, s, mask);
}

/* What was told of @s, with no event reset: others may have set that. */
static __u32 enumerate(struct race *r, __u64 s)
{
	struct winsock_network_events got = {};
	struct winsock_event_enum a = {
		.size = sizeof(a), .handle = s, .result = (uintptr_t)&got,
	};
	int ret = ws_ioctl(r->dev, WINSOCK_IOC_EVENT_ENUM, &a);

	if (ret)
		fail(r, "EVENT_ENUM", ret);
	return got.events;
}

/* ---- the server ---- */

/* Only what is told is looked at: the registration came with the listener's. */
static void serve_accept(struct race *r)
{
	__u64 h;
	int ret;

	while (!(ret = ws_accept(r->dev, r->lsn, &h))) {
		r->accepted++;
		if (r->count == CONNS) {
			fail(r, "more connections than clients", CONNS);
			return;
		}
		r->conns[r->count++] = h;
	}
	if (ret != WSAEWOULDBLOCK)
		fail(r, "accept", ret);
}

/* Read all there is, and answer with its last byte; true at the end. */
static bool serve_read(struct race *r, __u64 s)
{
	char buf[512], last = 0;
	__u64 done, sent;
	bool any = false;
	int ret;

	while (!(ret = ws_recv(r->dev, s, buf, sizeof(buf), 0, &done)) && done) {
		r->bytes += done;
		last = buf[done - 1];
		any = true;
	}
	if (ret && ret != WSAEWOULDBLOCK)
		fail(r, "recv", ret);
	if (any && last == '!') {
		ret = ws_send(r->dev, s, "!", 1, 0, &sent);
		if (ret)
			fail(r, "send", ret);
	}
	return !ret && !any;
}

static void serve_close(struct race *r, unsigned int i)
{
	int ret = ws_close(r->dev, r->conns[i]);

	if (ret)
		fail(r, "close", ret);
	r->conns[i] = r->conns[--r->count];
	r->ended++;
}

static void serve_told(struct race *r, unsigned int i, __u32 told)
{
	if (told & WINSOCK_FD_READ)
		serve_read(r, r->conns[i]);
	if (!(told & WINSOCK_FD_CLOSE))
		return;
	while (!serve_read(r, r->conns[i]))
		if (__atomic_load_n(&r->failed, __ATOMIC_ACQUIRE))
			return;
	serve_close(r, i);
}

/* The event is reset before the look: what comes later sets it again. */
static void serve_event(struct race *r)
{
	struct pollfd p = { .fd = r->file, .events = POLLIN };
	unsigned int i;
	__u32 told;

	if (poll(&p, 1, 100) <= 0)
		return;
	r->wakes++;
	ws_event_reset(r->dev, r->event);
	if (enumerate(r, r->lsn) & WINSOCK_FD_ACCEPT)
		serve_accept(r);
	for (i = r->count; i--; ) {
		told = enumerate(r, r->conns[i]);
		if (told)
			serve_told(r, i, told);
	}
}

static void serve_message(struct race *r)
{
	struct winsock_message_get g = {
		.size = sizeof(g), .timeout = 100000000,
	};
	int ret = ws_ioctl(r->dev, WINSOCK_IOC_MESSAGE_GET, &g);
	unsigned int i;

	if (ret == WINSOCK_WAIT_TIMEOUT)
		return;
	if (ret) {
		fail(r, "MESSAGE_GET", ret);
		return;
	}
	r->wakes++;
	if (g.out_window != WINDOW)	/* a disturber's */
		return;
	if (g.out_wparam == r->lsn) {
		serve_accept(r);
		return;
	}
	for (i = 0; i < r->count; i++)
		if (r->conns[i] == g.out_wparam)
			break;
	if (i < r->count)		/* else posted before the close */
		serve_told(r, i, g.out_lparam & 0xffff);
}

static void *run_server(void *arg)
{
	struct race *r = arg;

	while (!stopped(r))
		if (r->messages)
			serve_message(r);
		else
			serve_event(r);
	return NULL;
}

/* ---- clients ---- */

struct client {
	pthread_t thread;
	struct race *r;
	unsigned int state;
};

/* Some bytes in some pieces; the last asks for the answer that is awaited. */
static bool exchange(struct client *c, int fd)
{
	char buf[64];
	int pieces = 1 + roll(&c->state) % 3, len;

	memset(buf, '.', sizeof(buf));
	while (pieces--) {
		len = 1 + roll(&c->state) % sizeof(buf);
		buf[len - 1] = pieces ? '.' : '!';
		if (send(fd, buf, len, MSG_NOSIGNAL) != len) {
			fail(c->r, "client's send", errno);
			return false;
		}
		buf[len - 1] = '.';
		__atomic_add_fetch(&c->r->sent, len, __ATOMIC_RELAXED);
	}
	if (!(peer_poll(fd, POLLIN) & POLLIN)) {
		fail(c->r, "no answer within the patience", WS_PATIENCE);
		return false;
	}
	len = recv(fd, buf, sizeof(buf), MSG_DONTWAIT);
	if (len != 1)
		fail(c->r, "answer", len);
	return len == 1;
}

static void *run_client(void *arg)
{
	struct client *c = arg;
	struct race *r = c->r;

	while (!over(r)) {
		int fd = peer_connect(WINSOCK_AF_INET, r->port), on = 1;
		int times = roll(&c->state) % 4;

		if (fd < 0) {
			fail(r, "client's connect", errno);
			return NULL;
		}
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		__atomic_add_fetch(&r->connected, 1, __ATOMIC_RELAXED);
		/* At once, so that it comes while accept is under way. */
		while (times-- && exchange(c, fd))
			;
		close(fd);
	}
	return NULL;
}

/* ---- disturbers: other sockets of the same event, and events ---- */

struct disturber {
	pthread_t thread;
	struct race *r;
	unsigned int state;
};

static __u64 *some_other(struct disturber *d)
{
	return &d->r->others[roll(&d->state) % OTHERS];
}

static __u64 load(__u64 *h)
{
	return __atomic_load_n(h, __ATOMIC_RELAXED);
}

/* A datagram socket, which has something to tell at once. */
static void renew(struct disturber *d)
{
	union ws_addr a;
	__u64 h;
	int len = ws_loopback(&a, WINSOCK_AF_INET, 0);

	if (ws_create(d->r->dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM,
		      WINSOCK_IPPROTO_UDP, &h))
		return;
	ws_nonblocking(d->r->dev, h, 1);
	ws_bind(d->r->dev, h, &a, len);
	h = __atomic_exchange_n(some_other(d), h, __ATOMIC_RELAXED);
	if (h)
		ws_close(d->r->dev, h);
}

static void tell(struct disturber *d)
{
	struct sockaddr_storage ss;
	__be16 port = ws_port(d->r->dev, load(some_other(d)));
	socklen_t len = peer_loopback(&ss, WINSOCK_AF_INET, port);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (port)
		sendto(fd, "", 1, 0, (void *)&ss, len);
	close(fd);
}

/* A further name of the event, and an event of its own, come and go. */
static void duplicate(struct disturber *d)
{
	__u64 other = load(some_other(d)), event;
	struct winsock_event_select a = {
		.size = sizeof(a), .handle = other, .events = 0x3f,
	};
	int fd;

	if (!ws_export(d->r->dev, d->r->event, &fd)) {
		ws_event_set(fd, 0);
		close(fd);
	}
	if (ws_event_create(d->r->dev, roll(&d->state) & 1, &event))
		return;
	a.event = event;
	ws_ioctl(d->r->dev, WINSOCK_IOC_EVENT_SELECT, &a);
	ws_event_set(d->r->dev, event);
	ws_close(d->r->dev, event);
}

static void *run_disturber(void *arg)
{
	struct disturber *d = arg;
	struct race *r = d->r;
	char byte;
	__u64 done;

	while (!stopped(r)) {
		switch (roll(&d->state) % 8) {
		case 0:
			renew(d);
			break;
		case 1:
			event_select(r, load(some_other(d)), 0x3f);
			break;
		case 2:
			event_select(r, load(some_other(d)), 0);
			break;
		case 3:
			async_select(r, load(some_other(d)), WINDOW + 1, 0x3f);
			break;
		case 4:
			duplicate(d);
			break;
		case 5:
			ws_recv(r->dev, load(some_other(d)), &byte, 1, 0,
				&done);
			break;
		case 6:
			/* nothing of these is lost to who is told */
			watch(r, r->lsn, FD_ALL);
			break;
		default:
			tell(d);
		}
		__atomic_add_fetch(&r->disturbances, 1, __ATOMIC_RELAXED);
		sched_yield();
	}
	return NULL;
}

FIXTURE(netrace) {
	struct race r;
};

FIXTURE_VARIANT(netrace) {
	bool messages;
	__u32 flags;
};

FIXTURE_VARIANT_ADD(netrace, manual_event) {
	.flags = WINSOCK_EVENT_MANUAL,
};

FIXTURE_VARIANT_ADD(netrace, automatic_event) {
	.flags = 0,
};

FIXTURE_VARIANT_ADD(netrace, messages) {
	.messages = true,
};

FIXTURE_SETUP(netrace)
{
	const char *text = getenv("WINSOCK_STRESS");
	struct race *r = &self->r;
	__u32 linger = 1;	/* reset at close: no ports in TIME_WAIT */

	r->dev = ws_open();
	ASSERT_LE(0, r->dev);
	ASSERT_EQ(0, ws_event_create(r->dev, variant->flags, &r->event));
	ASSERT_EQ(0, ws_export(r->dev, r->event, &r->file));
	ASSERT_EQ(0, ws_listener(r->dev, WINSOCK_AF_INET, WINSOCK_SOMAXCONN,
				 &r->lsn, &r->port));
	ASSERT_EQ(0, ws_setopt(r->dev, r->lsn, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_LINGER, &linger, sizeof(linger)));
	r->messages = variant->messages;
	ASSERT_EQ(0, watch(r, r->lsn, FD_ALL));
	r->end = ws_now_ns() + (text ? atoi(text) : 3) * 1000000000ULL;
}

FIXTURE_TEARDOWN(netrace)
{
	close(self->r.file);
	close(self->r.dev);
}

TEST_F_TIMEOUT(netrace, nothing_is_missed, 600)
{
	struct race *r = &self->r;
	struct disturber d[2];
	struct client c[CLIENTS];
	pthread_t server;
	unsigned int i;

	ASSERT_EQ(0, pthread_create(&server, NULL, run_server, r));
	for (i = 0; i < 2; i++) {
		d[i] = (struct disturber){ .r = r, .state = i };
		ASSERT_EQ(0, pthread_create(&d[i].thread, NULL, run_disturber,
					    &d[i]));
	}
	for (i = 0; i < CLIENTS; i++) {
		c[i] = (struct client){ .r = r, .state = 100 + i };
		ASSERT_EQ(0, pthread_create(&c[i].thread, NULL, run_client,
					    &c[i]));
	}
	for (i = 0; i < CLIENTS; i++)
		ASSERT_EQ(0, pthread_join(c[i].thread, NULL));
	/* the server is told of the last ends too */
	if (!r->failed)
		EXPECT_TRUE(ws_until(__atomic_load_n(&r->ended,
						     __ATOMIC_RELAXED) ==
				     r->connected));
	__atomic_store_n(&r->stop, true, __ATOMIC_RELEASE);
	for (i = 0; i < 2; i++)
		ASSERT_EQ(0, pthread_join(d[i].thread, NULL));
	ASSERT_EQ(0, pthread_join(server, NULL));

	TH_LOG("%lu connections, %lu bytes, %lu wake-ups, %lu disturbances",
	       r->accepted, r->bytes, r->wakes, r->disturbances);
	EXPECT_FALSE(r->failed);
	EXPECT_EQ(r->connected, r->accepted);
	EXPECT_EQ(r->connected, r->ended);
	EXPECT_EQ(r->sent, r->bytes);
	EXPECT_LT(0, r->connected);
	EXPECT_LT(0, r->disturbances);
}

TEST_HARNESS_MAIN
