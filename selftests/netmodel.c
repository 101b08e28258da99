// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random operations on many sockets, compared with a model of what Windows
 * tells of their network events (ws_netmodel.h; E1-E51 in windows-observed).
 * After each operation the messages, the events that it may have set and, often,
 * what enumerating tells are what the model says.
 *
 * One processor sends to itself in order: a datagram that has come back says
 * that all before it has arrived.  WINSOCK_MODEL=operations and
 * WINSOCK_SEED=seed in the environment override.
 */
#include "ws_netmodel.h"

#define LISTENERS	4
#define STREAMS		48	/* ends before the datagram sockets */
#define BLOCK		65536
#define BUFFER		(128 * 1024)
#define HANDLES		8192	/* more than live and rest */

static struct model m;
static __u8 owner[HANDLES];
static char block[BLOCK];
static int dev, barrier = -1, native_lsn = -1, closed_fd = -1;
static __be16 native_port, closed_port;
static __u64 seed, dice;
static unsigned int nr;
static unsigned long told_events, told_messages, fills, connections;

static unsigned int roll(unsigned int sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (dice >> 32) % sides;
}

static void note(int i, const char *what, int a, int b)
{
	struct sock *s = &m.socks[i];

	s->notes[s->noted++ % NOTES] = (struct note){
		.what = what, .nr = nr, .a = a, .b = b,
	};
}

/* Say where the driver and the model part; always false. */
static bool differs(int i, const char *what, long long want, long long got)
{
	struct sock *s;
	unsigned int n;

	printf("# seed %llu, operation %u, socket %d: %s: expected %#llx, got %#llx\n",
	       seed, nr, i, what, want, got);
	fflush(stdout);
	if (i == NOBODY)
		return false;
	s = &m.socks[i];
	printf("# kind %d mode %d mask %#x recorded %#x armed %#x event %d peer %d\n",
	       s->kind, s->mode, s->mask, s->recorded, s->armed, s->event,
	       s->peer);
	printf("# bytes %u waiting %u oob %d end in %d out %d reset %d deaf %d full %d\n",
	       s->bytes, s->waiting, s->oob, s->end_in, s->end_out, s->reset,
	       s->deaf, s->full);
	for (n = s->noted > NOTES ? s->noted - NOTES : 0; n < s->noted; n++) {
		struct note *o = &s->notes[n % NOTES];

		printf("#   %u %s %#x %#x\n", o->nr, o->what, o->a, o->b);
	}
	fflush(stdout);
	return false;
}

static bool same(int i, const char *what, long long want, long long got)
{
	return want == got || differs(i, what, want, got);
}

/* All that was sent has arrived; what is sent in answer, with the next. */
static bool settle(int rounds)
{
	char byte = 0;

	while (rounds--)
		if (send(barrier, &byte, 1, 0) != 1 ||
		    recv(barrier, &byte, 1, 0) != 1)
			return differs(NOBODY, "barrier", 1, 0);
	return true;
}

/* Setting what is set and resetting what is not changes nothing. */
static bool check_event(int i, int e)
{
	bool want = m.signalled[e];
	int got;

	got = want ? ws_event_set(dev, m.events[e]) :
		     ws_event_reset(dev, m.events[e]);
	return got == want || differs(i, "event is signalled", want, got);
}

static bool check_events(int i)
{
	int e;

	for (e = 0; e < EVENTS; e++)
		if (!check_event(i, e))
			return false;
	return true;
}

static bool check_files(void)
{
	int e;

	for (e = 0; e < EVENTS; e++)
		if (!same(NOBODY, "event's file", m.signalled[e] ? POLLIN : 0,
			  ws_poll_now(m.files[e])))
			return false;
	return true;
}

/*
 * Only the driver's work, on sockets that will read nothing, and the stack's
 * timers run on another processor.  Whoever is at a connection there has its
 * lock, which this takes, until what has arrived meanwhile is told.
 */
static bool await_others(int i)
{
	__u32 off = 0;

	return same(i, "SO_LINGER", 0,
		    ws_setopt(dev, m.socks[i].handle, WINSOCK_SOL_SOCKET,
			      WINSOCK_SO_LINGER, &off, sizeof(off)));
}

static bool check_socket(int i)
{
	struct sock *s = &m.socks[i];

	if (s->deaf && !await_others(i))
		return false;
	return s->mode != RECORD || s->event == NOBODY ||
	       check_event(i, s->event);
}

/*
 * Each message that waits is the next of its socket.  How often @loose is told
 * of data depends on how that was cut.
 */
static bool drain_messages(int loose)
{
	for (;;) {
		struct winsock_message_get g = { .size = sizeof(g) };
		int ret = ws_ioctl(dev, WINSOCK_IOC_MESSAGE_GET, &g), i;
		struct message *e;
		struct sock *s;

		if (ret == WINSOCK_WAIT_TIMEOUT)
			break;
		if (ret)
			return differs(NOBODY, "MESSAGE_GET", 0, ret);
		i = owner[(g.out_wparam >> 2) % HANDLES];
		if (i == loose && g.out_lparam == WINSOCK_FD_READ)
			continue;
		s = &m.socks[i];
		if (s->first == s->last)
			return differs(i, "message", 0, g.out_lparam);
		e = &s->to_come[s->first++ % EXPECTED];
		m.to_come--;
		told_messages++;
		if (!same(i, "lParam", e->lparam, g.out_lparam) ||
		    !same(i, "wParam", e->handle, g.out_wparam) ||
		    !same(i, "window", e->window, g.out_window) ||
		    !same(i, "message number", e->message, g.out_message))
			return false;
	}
	for (int i = 0; m.to_come && i < SOCKS; i++) {
		struct sock *s = &m.socks[i];

		if (s->first != s->last)
			return differs(i, "no message",
				       s->to_come[s->first % EXPECTED].lparam,
				       0);
	}
	return !m.overflow || differs(NOBODY, "more than fit", 0, 1);
}

/* ---- registrations ---- */

static __u32 some_mask(void)
{
	return roll(3) ? FD_MOST : (roll(FD_MOST + 1) & FD_MOST);
}

static bool op_event_select(int i, __u32 mask)
{
	struct sock *s = &m.socks[i];
	int e = roll(EVENTS);
	struct winsock_event_select a = {
		.size = sizeof(a), .handle = s->handle, .event = m.events[e],
		.events = mask,
	};

	note(i, "event select", mask, e);
	if (!same(i, "EVENT_SELECT", 0,
		  ws_ioctl(dev, WINSOCK_IOC_EVENT_SELECT, &a)))
		return false;
	model_event_select(&m, s, e, mask);
	return check_event(i, e);
}

/* Whether a socket can send after its own end, or a reset, is open. */
static bool op_async_select(int i, __u32 mask)
{
	struct sock *s = &m.socks[i];
	struct winsock_async_select a = {
		.size = sizeof(a), .handle = s->handle, .window = roll(1000) + 1,
		.message = roll(1000),
	};

	if (s->end_out || s->reset)
		mask &= ~WINSOCK_FD_WRITE;
	a.events = mask;
	note(i, "async select", mask, 0);
	if (!same(i, "ASYNC_SELECT", 0,
		  ws_ioctl(dev, WINSOCK_IOC_ASYNC_SELECT, &a)))
		return false;
	model_async_select(&m, s, a.window, a.message, mask);
	return true;
}

static bool op_enumerate(int i)
{
	struct winsock_network_events got;
	struct sock *s = &m.socks[i];
	int e = roll(4) ? s->event : (int)roll(EVENTS), n;
	struct winsock_event_enum a = {
		.size = sizeof(a), .handle = s->handle,
		.result = (uintptr_t)&got,
	};
	__u32 want;

	if (!roll(4))
		e = NOBODY;
	if (e != NOBODY)
		a.event = m.events[e];
	if (!roll(32)) {
		note(i, "enumerate to nowhere", e, 0);
		a.result = 8;
		model_signal(&m, s);	/* what is still to tell, again */
		return same(i, "EVENT_ENUM", WSAEFAULT,
			    ws_ioctl(dev, WINSOCK_IOC_EVENT_ENUM, &a)) &&
		       check_socket(i);
	}
	note(i, "enumerate", e, s->recorded);
	memset(&got, 0xa5, sizeof(got));
	if (!same(i, "EVENT_ENUM", 0,
		  ws_ioctl(dev, WINSOCK_IOC_EVENT_ENUM, &a)))
		return false;
	want = model_enumerate(s);
	if (!same(i, "events", want, got.events))
		return false;
	for (n = 0; n < WINSOCK_FD_MAX_EVENTS; n++)
		if (!same(i, "code",
			  want & 1U << n ? model_code(s, 1U << n) : WS_POISON32,
			  got.codes[n]))
			return false;
	if (e != NOBODY)
		m.signalled[e] = false;
	told_events += __builtin_popcount(want);
	return e == NOBODY || check_event(i, e);
}

/* ---- making sockets ---- */

static int free_place(void)
{
	int i, at = roll(STREAMS - LISTENERS);

	for (i = LISTENERS; i < STREAMS; i++, at++) {
		int place = LISTENERS + at % (STREAMS - LISTENERS);

		if (m.socks[place].kind == FREE)
			return place;
	}
	return NOBODY;
}

/* What messages of a socket before are still to come stays. */
static struct sock *make(int i, enum kind kind)
{
	struct sock *s = &m.socks[i];
	size_t kept = offsetof(struct sock, to_come);

	memset(s, 0, kept);
	s->kind = kind;
	s->peer = NOBODY;
	s->event = NOBODY;
	s->fd = NOBODY;
	return s;
}

static void own(int i, __u64 handle)
{
	m.socks[i].handle = handle;
	owner[(handle >> 2) % HANDLES] = i;
}

static bool tune(__u64 h)
{
	__u32 on = 1, size = BUFFER;

	return !ws_nonblocking(dev, h, 1) &&
	       !ws_setopt(dev, h, WINSOCK_IPPROTO_TCP, WINSOCK_TCP_NODELAY,
			  &on, sizeof(on)) &&
	       !ws_setopt(dev, h, WINSOCK_SOL_SOCKET, WINSOCK_SO_SNDBUF,
			  &size, sizeof(size)) &&
	       !ws_setopt(dev, h, WINSOCK_SOL_SOCKET, WINSOCK_SO_RCVBUF,
			  &size, sizeof(size));
}

static void tune_native(int fd)
{
	int on = 1, size = BUFFER;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

static bool op_register(int i);

/* E4: bind and listen record nothing. */
static bool make_listener(int i)
{
	struct sock *s = make(i, LISTENER);
	union ws_addr a;
	__u64 h;
	int len;

	if (!same(i, "create", 0, ws_tcp(dev, WINSOCK_AF_INET, &h)))
		return false;
	own(i, h);
	note(i, "listener", h, 0);
	if (!tune(h))
		return differs(i, "options", 0, 1);
	if (roll(2) && !op_register(i))
		return false;
	len = ws_loopback(&a, WINSOCK_AF_INET, 0);
	if (!same(i, "bind", 0, ws_bind(dev, h, &a, len)) ||
	    !same(i, "listen", 0, ws_listen(dev, h, 100)))
		return false;
	s->port = ws_port(dev, h);
	return check_socket(i) && op_enumerate(i);
}

static bool make_fresh(int i)
{
	__u64 h;

	make(i, FRESH);
	if (!same(i, "create", 0, ws_tcp(dev, WINSOCK_AF_INET, &h)))
		return false;
	own(i, h);
	note(i, "stream", h, 0);
	return tune(h) || differs(i, "options", 0, 1);
}

/* @i has connected to @lsn: @other is what accept will give. */
static void queue_connection(int i, int lsn, int other)
{
	struct sock *l = &m.socks[lsn];

	make(other, UNBORN);
	m.socks[other].peer = i;
	m.socks[i].peer = other;
	m.socks[i].kind = STREAM;
	l->queue[l->waiting++] = other;
	connections++;
}

static int some_listener(void)
{
	int l = roll(LISTENERS);

	return m.socks[l].kind == LISTENER && m.socks[l].waiting < QUEUE ?
	       l : NOBODY;
}

static bool make_native(int i)
{
	int l = some_listener(), other;
	struct sock *s;

	if (l == NOBODY)
		return true;
	s = make(i, STREAM);
	other = free_place();
	if (other == NOBODY) {
		s->kind = FREE;
		return true;
	}
	s->native = true;
	s->fd = peer_connect(WINSOCK_AF_INET, m.socks[l].port);
	if (s->fd < 0)
		return differs(i, "native connect", 0, errno);
	tune_native(s->fd);
	note(i, "native client", l, other);
	note(l, "native client comes", i, other);
	queue_connection(i, l, other);
	if (!settle(2))
		return false;
	model_indicate(&m, &m.socks[l], WINSOCK_FD_ACCEPT);
	return check_socket(l);
}

static bool make_datagram(int i)
{
	__u64 h;

	make(i, DATAGRAM);
	if (!same(i, "create", 0,
		  ws_create(dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM,
			    WINSOCK_IPPROTO_UDP, &h)))
		return false;
	own(i, h);
	note(i, "datagram", h, 0);
	return same(i, "FIONBIO", 0, ws_nonblocking(dev, h, 1));
}

static bool op_make(int i)
{
	if (i < LISTENERS)
		return make_listener(i);
	if (i >= STREAMS)
		return make_datagram(i);
	return roll(3) ? make_fresh(i) : make_native(i);
}

static int ask_connect(int i, __be16 port)
{
	union ws_addr a;
	int len = ws_loopback(&a, WINSOCK_AF_INET, port);

	return ws_connect(dev, m.socks[i].handle, &a, len);
}

/* The answer that a nonblocking connect may give. */
static bool began(int i, int ret)
{
	return !ret || same(i, "connect", WSAEWOULDBLOCK, ret);
}

static bool connect_refused(int i)
{
	struct winsock_pollfd p = { .fd = m.socks[i].handle };
	struct winsock_sock_poll a = {
		.size = sizeof(a), .fds = (uintptr_t)&p, .count = 1,
		.timeout = WS_PATIENCE * 1000000000LL,
	};

	note(i, "connect, refused", 0, 0);
	if (!began(i, ask_connect(i, closed_port)) || !settle(2) ||
	    !same(i, "POLL", 0, ws_ioctl(dev, WINSOCK_IOC_SOCK_POLL, &a)))
		return false;
	model_connected(&m, &m.socks[i], WSAECONNREFUSED);
	return check_socket(i);
}

static bool op_connect(int i)
{
	int l = some_listener(), other = free_place();
	struct sock *o;

	if (!roll(8))
		return connect_refused(i);
	if (other == NOBODY)
		return true;
	if (l != NOBODY && roll(4)) {
		note(i, "connect", l, other);
		note(l, "connection", i, other);
		if (!began(i, ask_connect(i, m.socks[l].port)) || !settle(3))
			return false;
		queue_connection(i, l, other);
		model_connected(&m, &m.socks[i], 0);
		model_indicate(&m, &m.socks[l], WINSOCK_FD_ACCEPT);
		return check_socket(i) && check_socket(l);
	}
	note(i, "connect to a native socket", other, 0);
	if (!began(i, ask_connect(i, native_port)) || !settle(3))
		return false;
	o = make(other, STREAM);
	o->native = true;
	o->fd = accept(native_lsn, NULL, NULL);
	if (o->fd < 0)
		return differs(i, "native accept", 0, errno);
	note(other, "native end", i, 0);
	o->peer = i;
	m.socks[i].peer = other;
	m.socks[i].kind = STREAM;
	connections++;
	model_connected(&m, &m.socks[i], 0);
	return check_socket(i);
}

static bool op_accept(int l)
{
	struct sock *lsn = &m.socks[l];
	int i, ret;
	__u64 h;

	ret = ws_accept(dev, lsn->handle, &h);
	note(l, "accept", lsn->waiting, ret);
	if (!lsn->waiting) {
		model_taken(&m, lsn, WINSOCK_FD_ACCEPT);
		return same(l, "accept", WSAEWOULDBLOCK, ret) &&
		       check_socket(l);
	}
	if (!same(l, "accept", 0, ret))
		return false;
	i = lsn->queue[0];
	memmove(lsn->queue, lsn->queue + 1,
		--lsn->waiting * sizeof(*lsn->queue));
	own(i, h);
	note(i, "accepted", l, h);
	model_accepted(&m, lsn, &m.socks[i], h);
	return same(i, "FIONBIO", 0, ws_nonblocking(dev, h, 1)) &&
	       check_socket(i) && check_socket(l);
}

#include "ws_netmodel_data.h"

/* ---- events ---- */

static int make_event(int e)
{
	int ret = ws_event_create(dev, roll(2) ? WINSOCK_EVENT_MANUAL : 0,
				  &m.events[e]);

	m.signalled[e] = false;
	return ret ? ret : ws_export(dev, m.events[e], &m.files[e]);
}

/* A closed event stays its sockets', and is nobody's business. */
static bool op_replace_event(int e)
{
	int i;

	for (i = 0; i < SOCKS; i++)
		if (m.socks[i].event == e)
			m.socks[i].event = NOBODY;
	close(m.files[e]);
	return same(NOBODY, "event's close", 0, ws_close(dev, m.events[e])) &&
	       same(NOBODY, "new event", 0, make_event(e));
}

static bool op_event(void)
{
	int e = roll(EVENTS), before;

	if (!roll(8))
		return op_replace_event(e);
	before = m.signalled[e];
	m.signalled[e] = roll(2);
	return same(NOBODY, "event before", before,
		    m.signalled[e] ? ws_event_set(dev, m.events[e]) :
				     ws_event_reset(dev, m.events[e]));
}

/* ---- choosing ---- */

static bool op_register(int i)
{
	switch (roll(16)) {
	case 0:
		return op_event_select(i, 0);
	case 1:
		return op_async_select(i, 0);
	case 2:
	case 3:
	case 4:
	case 5:
		return op_async_select(i, some_mask());
	default:
		return op_event_select(i, some_mask());
	}
}

static bool op_stream(int i)
{
	struct sock *s = &m.socks[i];
	bool over = s->reset || s->peer == NOBODY || (s->end_in && s->end_out);

	switch (roll(256)) {
	case 0:
		return op_shutdown(i);
	case 1:
		return op_reset(i);
	case 2:
		return s->native ? true : op_fill(i);
	case 3 ... 5:
		return op_close(i);
	case 121:
		return op_drop(i);
	case 6 ... 20:
		return over ? op_close(i) : op_recv_urgent(i);
	case 21 ... 25:
		return op_send_urgent(i);
	case 26 ... 120:
		return op_send(i);
	default:
		return op_recv(i);
	}
}

static bool op_datagram(int i)
{
	switch (roll(64)) {
	case 0:
		return op_close_datagram(i);
	case 1:
		return op_connect_datagram(i);
	case 2 ... 8:
		return op_bind(i);
	case 9 ... 35:
		return op_sendto(i);
	default:
		return op_recv_datagram(i);
	}
}

static bool op_socket(int i)
{
	struct sock *s = &m.socks[i];

	if (s->kind == FREE)
		return op_make(i);
	if (s->kind == UNBORN)
		return true;
	if (!s->native && !roll(4))
		return roll(2) ? op_register(i) : op_enumerate(i);
	switch (s->kind) {
	case LISTENER:
		return roll(200) ? op_accept(i) : op_close(i);
	case FRESH:
		return roll(8) ? op_connect(i) : op_close(i);
	case DATAGRAM:
		return op_datagram(i);
	default:
		return op_stream(i);
	}
}

/* One operation; at times enumerate behind it, or leave messages lying. */
static bool step(void)
{
	int i = roll(SOCKS);

	if (!roll(256)) {
		if (!op_event())
			return false;
	} else if (!op_socket(i)) {
		return false;
	}
	if (!check_events(i) || (!roll(256) && !check_files()))
		return false;
	if (m.to_come < EXPECTED / 2 && !roll(4))
		return true;
	return drain_messages(NOBODY);
}

static __u64 from_environment(const char *name, __u64 otherwise)
{
	const char *text = getenv(name);

	return text ? strtoull(text, NULL, 0) : otherwise;
}

/* With its checks on, a kernel is slower by an order of magnitude. */
static bool kernel_is_slow(void)
{
	return !access("/sys/kernel/debug/kmemleak", F_OK);
}

/* A datagram socket that sends to itself. */
static int make_barrier(void)
{
	struct sockaddr_storage ss;
	socklen_t len = peer_loopback(&ss, WINSOCK_AF_INET, 0);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (void *)&ss, len))
		return -1;
	len = peer_loopback(&ss, WINSOCK_AF_INET, peer_port(fd));
	return connect(fd, (void *)&ss, len) ? -1 : fd;
}

FIXTURE(netmodel) {
	__u64 total;
};

FIXTURE_SETUP(netmodel)
{
	int e;

	ASSERT_EQ(0, ws_stay_on_processor());
	seed = from_environment("WINSOCK_SEED", ws_now_ns());
	dice = seed * 1000003 + 7919;
	self->total = from_environment("WINSOCK_MODEL",
				       kernel_is_slow() ? 100000 : 1000000);
	dev = ws_open();
	ASSERT_LE(0, dev);
	barrier = make_barrier();
	ASSERT_LE(0, barrier);
	native_lsn = peer_listen(WINSOCK_AF_INET, &native_port);
	ASSERT_LE(0, native_lsn);
	tune_native(native_lsn);
	closed_fd = peer_bind(WINSOCK_AF_INET, &closed_port);
	ASSERT_LE(0, closed_fd);
	for (e = 0; e < EVENTS; e++)
		ASSERT_EQ(0, make_event(e));
}

FIXTURE_TEARDOWN(netmodel)
{
	close(closed_fd);
	close(native_lsn);
	close(barrier);
	close(dev);
}

TEST_F_TIMEOUT(netmodel, tells_what_the_model_tells, 800)
{
	__u64 start = ws_now_ns();

	TH_LOG("seed %llu, %llu operations", seed, self->total);
	for (nr = 0; nr < self->total; nr++)
		if (!step())
			break;
	ASSERT_EQ(self->total, nr);
	ASSERT_TRUE(check_files());
	ASSERT_TRUE(drain_messages(NOBODY));
	TH_LOG("%llu ms: %lu events and %lu messages told, %lu connections, %lu times full",
	       (ws_now_ns() - start) / 1000000, told_events, told_messages,
	       connections, fills);
	EXPECT_LT(0, told_events);
	EXPECT_LT(0, told_messages);
	EXPECT_LT(0, fills);
}

TEST_HARNESS_MAIN
