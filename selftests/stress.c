// SPDX-License-Identifier: GPL-2.0-only
/*
 * Races: close, cancel and clean-up against calls under way, for a few seconds
 * each (WINSOCK_STRESS=seconds).  What is checked is that every call comes back
 * with a code that it may have; what is also watched, from outside, is the
 * kernel's log.
 */
#include "ws_test.h"

#define THREADS	4

FIXTURE(stress) {
	int dev;
	__u64 end;
};

FIXTURE_SETUP(stress)
{
	const char *text = getenv("WINSOCK_STRESS");

	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_handle_signals());
	self->end = ws_now_ns() + (text ? atoi(text) : 3) * 1000000000ULL;
}

FIXTURE_TEARDOWN(stress)
{
	close(self->dev);
}

/* Native sockets try to get onto a port of the device's. */
struct intruder {
	pthread_t thread;
	__u64 end;
	__be16 port;
	unsigned int tries, let_in;
};

static void *run_intruder(void *arg)
{
	struct intruder *n = arg;
	struct sockaddr_in sin = {
		.sin_family = AF_INET, .sin_port = n->port,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = -1, on = 1;

	for (; ws_now_ns() < n->end && !n->let_in; n->tries++) {
		if (fd < 0)
			fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
		n->let_in += !bind(fd, (struct sockaddr *)&sin, sizeof(sin));
	}
	close(fd);
	return NULL;
}

/*
 * A socket is bound beside another of the device, over and over.  One of the
 * two is on the address that the natives want, the other is the wildcard.
 */
TEST_F(stress, shared_datagram_port_stays_closed_to_native_sockets)
{
	unsigned int rounds = 0, first;
	__u64 half = (self->end - ws_now_ns()) / 2;

	for (first = 0; first < 2; first++) {
		struct intruder n = { .end = ws_now_ns() + half };
		union ws_addr a, b;
		__u64 h, other;
		int len;

		len = ws_loopback(&a, WINSOCK_AF_INET, 0);
		if (first)
			a.in.sin_addr = htonl(INADDR_ANY);
		ASSERT_EQ(0, ws_create(self->dev, WINSOCK_AF_INET,
				       WINSOCK_SOCK_DGRAM, 0, &h));
		ASSERT_EQ(0, ws_bind(self->dev, h, &a, len));
		n.port = ws_port(self->dev, h);
		ws_loopback(&b, WINSOCK_AF_INET, n.port);
		b.in.sin_addr = htonl(first ? 0x7f000002 : INADDR_ANY);
		ASSERT_EQ(0, pthread_create(&n.thread, NULL, run_intruder, &n));
		for (; ws_now_ns() < n.end; rounds++) {
			ASSERT_EQ(0, ws_create(self->dev, WINSOCK_AF_INET,
					       WINSOCK_SOCK_DGRAM, 0, &other));
			/* the first shares with it, natives that came do not */
			EXPECT_EQ(0, ws_bind(self->dev, other, &b, len));
			ASSERT_EQ(0, ws_close(self->dev, other));
		}
		pthread_join(n.thread, NULL);
		EXPECT_EQ(0, n.let_in);
		EXPECT_LT(0, n.tries);
		ASSERT_EQ(0, ws_close(self->dev, h));
	}
	TH_LOG("%u rounds", rounds);
}

/* Two close one handle: one of them has closed it. */
struct closer {
	pthread_barrier_t *start;
	int dev, ret;
	__u64 handle;
};

static void *run_closer(void *arg)
{
	struct closer *c = arg;

	pthread_barrier_wait(c->start);
	c->ret = ws_close(c->dev, c->handle);
	return NULL;
}

TEST_F(stress, one_of_two_closes_succeeds)
{
	unsigned int rounds = 0;

	while (ws_now_ns() < self->end) {
		pthread_barrier_t start;
		struct closer c[2];
		pthread_t t[2];
		__u64 h;
		int i;

		ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
		pthread_barrier_init(&start, NULL, 2);
		for (i = 0; i < 2; i++) {
			c[i] = (struct closer){
				.start = &start, .dev = self->dev, .handle = h,
			};
			ASSERT_EQ(0, pthread_create(&t[i], NULL, run_closer,
						    &c[i]));
		}
		for (i = 0; i < 2; i++)
			pthread_join(t[i], NULL);
		ASSERT_EQ(WSAENOTSOCK, c[0].ret + c[1].ret);
		rounds++;
	}
	TH_LOG("%u rounds", rounds);
}

/* Threads in accept, connections coming, and the listener goes. */
TEST_F(stress, listener_closes_under_accept)
{
	unsigned int rounds = 0, accepted = 0;

	while (ws_now_ns() < self->end) {
		struct winsock_sock_accept a[THREADS];
		struct ws_call c[THREADS];
		int peers[THREADS], i, ret;
		__be16 port;
		__u64 lsn;

		ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 100, &lsn,
					 &port));
		for (i = 0; i < THREADS; i++) {
			a[i] = (struct winsock_sock_accept){
				.size = sizeof(a[i]), .handle = lsn,
				.out_handle = WS_POISON,
			};
			ASSERT_EQ(0, ws_call_start(&c[i], self->dev,
						   WINSOCK_IOC_SOCK_ACCEPT,
						   &a[i]));
		}
		for (i = 0; i < THREADS; i++) {
			peers[i] = peer_connect(WINSOCK_AF_INET, port);
			pthread_kill(c[i].thread, SIGUSR1);
			if (rounds % THREADS == (unsigned int)i)
				ASSERT_EQ(0, ws_close(self->dev, lsn));
		}
		for (i = 0; i < THREADS; i++) {
			ret = ws_call_join(&c[i]);
			ASSERT_TRUE(!ret || ret == WSAEINTR ||
				    ret == WSAENOTSOCK) {
				TH_LOG("%d", ret);
			}
			ASSERT_EQ(!!ret, a[i].out_handle == WS_POISON);
			if (!ret) {
				accepted++;
				ASSERT_EQ(0, ws_close(self->dev,
						      a[i].out_handle));
			}
		}
		for (i = 0; i < THREADS; i++)
			if (peers[i] >= 0)
				peer_abort(peers[i]);
		rounds++;
	}
	TH_LOG("%u rounds, %u accepted", rounds, accepted);
}

/* One sends, one receives, at both ends; then both handles go. */
TEST_F(stress, sockets_close_under_send_and_recv)
{
	static char data[1 << 18], room[1 << 18];
	unsigned int rounds = 0;

	while (ws_now_ns() < self->end) {
		struct winsock_sock_send s = {
			.size = sizeof(s), .addr = (uintptr_t)data,
			.count = sizeof(data),
		};
		struct winsock_sock_recv r = {
			.size = sizeof(r), .addr = (uintptr_t)room,
			.count = sizeof(room), .msg_flags = WINSOCK_MSG_WAITALL,
		};
		struct ws_call cs, cr;
		__u64 lsn, here, there;
		union ws_addr to;
		__be16 port;
		int len, ret;

		ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 1, &lsn,
					 &port));
		ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &here));
		len = ws_loopback(&to, WINSOCK_AF_INET, port);
		ASSERT_EQ(0, ws_connect(self->dev, here, &to, len));
		ASSERT_EQ(0, ws_accept(self->dev, lsn, &there));
		s.handle = here;
		r.handle = there;
		ASSERT_EQ(0, ws_call_start(&cs, self->dev,
					   WINSOCK_IOC_SOCK_SEND, &s));
		ASSERT_EQ(0, ws_call_start(&cr, self->dev,
					   WINSOCK_IOC_SOCK_RECV, &r));
		pthread_kill(cs.thread, SIGUSR1);
		pthread_kill(cr.thread, SIGUSR1);
		ASSERT_EQ(0, ws_close(self->dev, rounds & 1 ? here : there));
		ASSERT_EQ(0, ws_close(self->dev, rounds & 1 ? there : here));
		ret = ws_call_join(&cs);
		ASSERT_TRUE(!ret || ret == WSAECONNABORTED ||
			    ret == WSAECONNRESET || ret == WSAENOTSOCK) {
			TH_LOG("send: %d", ret);
		}
		ret = ws_call_join(&cr);
		ASSERT_TRUE(!ret || ret == WSAECONNABORTED ||
			    ret == WSAECONNRESET || ret == WSAENOTSOCK) {
			TH_LOG("recv: %d", ret);
		}
		ASSERT_EQ(0, ws_close(self->dev, lsn));
		rounds++;
	}
	TH_LOG("%u rounds", rounds);
}

/* Takes messages, and never can be told of one. */
struct faulter {
	struct winsock_message_get *get;
	int dev, ret;
	__u64 end;
};

static void *run_faulter(void *arg)
{
	struct faulter *f = arg;

	do
		f->ret = ws_ioctl(f->dev, WINSOCK_IOC_MESSAGE_GET, f->get);
	while (ws_now_ns() < f->end &&
	       (f->ret == -EFAULT || f->ret == WINSOCK_WAIT_TIMEOUT));
	return NULL;
}

/* A message that goes back into the queue may have been posted again. */
TEST_F(stress, message_goes_back_while_it_is_posted)
{
	struct winsock_async_select select = {
		.size = sizeof(select), .window = 1, .message = 2,
		.events = WINSOCK_FD_READ,
	};
	struct winsock_message_get get = { .size = sizeof(get) };
	struct faulter f = { .dev = self->dev, .end = self->end };
	long page = sysconf(_SC_PAGESIZE);
	struct sockaddr_storage ss;
	unsigned int messages = 0;
	union ws_addr a;
	pthread_t thread;
	char buf[4];
	__u64 done;
	int peer, len;

	ASSERT_EQ(0, ws_create(self->dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM,
			       0, &select.handle));
	ASSERT_EQ(0, ws_bind(self->dev, select.handle, &a,
			     ws_loopback(&a, WINSOCK_AF_INET, 0)));
	len = peer_loopback(&ss, WINSOCK_AF_INET,
			    ws_port(self->dev, select.handle));
	peer = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	ASSERT_EQ(1, sendto(peer, "x", 1, 0, (void *)&ss, len));
	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_ASYNC_SELECT, &select));
	f.get = mmap(NULL, page, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)f.get);
	f.get->size = sizeof(*f.get);
	ASSERT_EQ(0, mprotect(f.get, page, PROT_READ));
	ASSERT_EQ(0, pthread_create(&thread, NULL, run_faulter, &f));
	/* Each that fails its checks asks for a message (E30). */
	while (ws_now_ns() < self->end)
		ASSERT_EQ(WSAEINVAL, ws_recv(self->dev, select.handle, buf, 4,
					     0x40000000, &done));
	pthread_join(thread, NULL);
	EXPECT_EQ(-EFAULT, f.ret);
	while (!ws_ioctl(self->dev, WINSOCK_IOC_MESSAGE_GET, &get) &&
	       messages <= WINSOCK_MESSAGES_MAX)
		messages++;
	EXPECT_LT(0, messages);
	EXPECT_GE(WINSOCK_MESSAGES_MAX, messages);
	munmap(f.get, page);
	close(peer);
}

/* Closes a handle as soon as it is one. */
struct guesser {
	int dev;
	__u32 guess;
	bool stop;
	unsigned int hits;
};

static void *run_guesser(void *arg)
{
	struct guesser *g = arg;

	while (!__atomic_load_n(&g->stop, __ATOMIC_RELAXED))
		if (!ws_close(g->dev, __atomic_load_n(&g->guess,
						      __ATOMIC_RELAXED)))
			g->hits++;
	return NULL;
}

/* What a connection inherits goes with it, though accept is not back. */
TEST_F(stress, inheriting_connection_is_closed)
{
	struct winsock_async_select select = {
		.size = sizeof(select), .window = 1, .message = 2,
		.events = WINSOCK_FD_READ | WINSOCK_FD_WRITE,
	};
	struct guesser g = { .dev = self->dev };
	struct winsock_message_get get = { .size = sizeof(get) };
	unsigned int rounds = 0;
	pthread_t thread;
	__be16 port;
	__u64 h;
	int peer, ret;

	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &select.handle,
				 &port));
	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_ASYNC_SELECT, &select));
	g.guess = select.handle + 4;
	ASSERT_EQ(0, pthread_create(&thread, NULL, run_guesser, &g));
	while (ws_now_ns() < self->end) {
		peer = peer_connect(WINSOCK_AF_INET, port);
		ASSERT_LE(0, peer);
		while ((ret = ws_accept(self->dev, select.handle, &h)) ==
		       WSAEWOULDBLOCK)
			;
		ASSERT_EQ(0, ret);
		ws_close(self->dev, h);
		__atomic_store_n(&g.guess, h + 4, __ATOMIC_RELAXED);
		close(peer);
		while (!ws_ioctl(self->dev, WINSOCK_IOC_MESSAGE_GET, &get))
			EXPECT_NE(0, get.out_wparam);
		rounds++;
	}
	__atomic_store_n(&g.stop, true, __ATOMIC_RELAXED);
	pthread_join(thread, NULL);
	TH_LOG("%u rounds, %u guesses", rounds, g.hits);
}

/* Threads that do anything with anything of one context. */
struct monkey {
	pthread_t thread;
	int dev;
	__u64 end;
	unsigned int state, calls, odd;
	int first_odd;
};

#define TABLE	16

/* Handles, files and ports that the monkeys pass to each other. */
static __u64 handles[TABLE];
static int files[TABLE];

static unsigned int roll(struct monkey *m)
{
	m->state = m->state * 1103515245 + 12345;
	return m->state >> 16;
}

static void put_handle(struct monkey *m, __u64 h)
{
	__atomic_store_n(&handles[roll(m) % TABLE], h, __ATOMIC_RELAXED);
}

static __u64 some_handle(struct monkey *m)
{
	return __atomic_load_n(&handles[roll(m) % TABLE], __ATOMIC_RELAXED);
}

/* Put a file into the table; what was there is closed. */
static void put_file(struct monkey *m, int fd)
{
	fd = __atomic_exchange_n(&files[roll(m) % TABLE], fd,
				 __ATOMIC_RELAXED);
	if (fd > 0)
		close(fd);
}

static int some_file(struct monkey *m)
{
	return __atomic_load_n(&files[roll(m) % TABLE], __ATOMIC_RELAXED);
}

static int monkey_makes(struct monkey *m)
{
	union ws_addr a;
	int ret, fd, len;
	__u64 h;

	switch (roll(m) % 6) {
	case 0:
		ret = ws_tcp(m->dev, WINSOCK_AF_INET, &h);
		if (!ret)
			ret = ws_nonblocking(m->dev, h, 1);
		put_handle(m, h);
		return ret;
	case 1:
		len = ws_loopback(&a, WINSOCK_AF_INET, 0);
		h = some_handle(m);
		ws_bind(m->dev, h, &a, len);
		return ws_listen(m->dev, h, 5);
	case 2:
		ret = ws_accept(m->dev, some_handle(m), &h);
		if (!ret)
			put_handle(m, h);
		return ret;
	case 3:
		ret = ws_export(m->dev, some_handle(m), &fd);
		if (!ret)
			put_file(m, fd);
		return ret;
	case 4:
		ret = ws_import(m->dev, some_file(m), &h);
		if (!ret)
			put_handle(m, h);
		return ret;
	default:
		fd = ws_open_blank();
		ret = ws_attach(m->dev, some_handle(m), fd);
		put_file(m, fd);
		return ret;
	}
}

static int monkey_uses(struct monkey *m)
{
	union ws_addr a;
	__s32 len = sizeof(a);
	struct pollfd p;
	char byte = 0;
	__u64 done;

	switch (roll(m) % 8) {
	case 0:
		len = ws_loopback(&a, WINSOCK_AF_INET,
				  ws_port(m->dev, some_handle(m)));
		return ws_connect(m->dev, some_handle(m), &a, len);
	case 1:
		return ws_send(m->dev, some_handle(m), &byte, 1, 0, &done);
	case 2:
		return ws_recv(m->dev, some_handle(m), &byte, 1, 0, &done);
	case 3:
		return ws_recv(some_file(m), 0, &byte, 1, 0, &done);
	case 4:
		p = (struct pollfd){ .fd = some_file(m), .events = POLLIN };
		poll(&p, 1, 0);
		return 0;
	case 5:
		return ws_shutdown(m->dev, some_handle(m), WINSOCK_SD_BOTH);
	case 6:
		return ws_name(m->dev, WINSOCK_IOC_SOCK_GETPEER,
			       some_handle(m), &a, &len);
	default:
		return ws_nonblocking(m->dev, some_handle(m), 1);
	}
}

static int monkey_ends(struct monkey *m)
{
	switch (roll(m) % 32) {
	case 0:		/* the last start-up: everything closes */
		ws_cleanup(m->dev);
		return ws_startup(m->dev);
	case 1:
	case 2:
		return ws_close_flags(some_file(m), 0, WINSOCK_CLOSE_OBJECT);
	case 3:
	case 4:
		return ws_close_flags(m->dev, some_handle(m),
				      WINSOCK_CLOSE_OBJECT);
	case 5:
		put_file(m, 0);
		return 0;
	default:
		return ws_close(m->dev, some_handle(m));
	}
}

/*
 * Descriptor numbers are shared with what else the process opens, and files 0
 * is no file of ours, so the ioctl itself may fail; but not by any errno.
 */
static bool known_errno(int ret)
{
	return ret == -EINVAL || ret == -ENOTTY || ret == -EBADF;
}

static void *run_monkey(void *arg)
{
	struct monkey *m = arg;
	int ret;

	while (ws_now_ns() < m->end) {
		switch (roll(m) % 8) {
		case 0:
			ret = monkey_ends(m);
			break;
		case 1:
		case 2:
		case 3:
			ret = monkey_makes(m);
			break;
		default:
			ret = monkey_uses(m);
		}
		m->calls++;
		if (ret && !known_errno(ret) &&
		    (ret < WSAEINTR || ret > WSANOTINITIALISED)) {
			if (!m->odd++)
				m->first_odd = ret;
		}
	}
	return NULL;
}

TEST_F(stress, anything_with_anything)
{
	struct monkey m[THREADS];
	unsigned int i, calls = 0;

	for (i = 0; i < THREADS; i++) {
		m[i] = (struct monkey){
			.dev = self->dev, .end = self->end, .state = i,
		};
		ASSERT_EQ(0, pthread_create(&m[i].thread, NULL, run_monkey,
					    &m[i]));
	}
	for (i = 0; i < THREADS; i++) {
		ASSERT_EQ(0, pthread_join(m[i].thread, NULL));
		EXPECT_EQ(0, m[i].odd) {
			TH_LOG("first %d", m[i].first_odd);
		}
		calls += m[i].calls;
	}
	TH_LOG("%u calls", calls);
	EXPECT_LT(0, calls);
	/* and the context works */
	while (!ws_cleanup(self->dev))
		;
	EXPECT_EQ(0, ws_startup(self->dev));
	EXPECT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &handles[0]));
}

TEST_HARNESS_MAIN
