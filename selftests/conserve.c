// SPDX-License-Identifier: GPL-2.0-only
/*
 * The conservation rule: whatever happens to calls of accept,
 *
 *	connections made by clients = accepted + reset reported + still queued
 *
 *   clients   a process; two threads connect, then close or reset
 *   acceptors two threads of the test; some of their calls fault
 *   disturber a thread of the test; interrupts the acceptors by signals and
 *             takes the descriptor limit away for a while
 *   victims   processes that accept from the same listener; killed at random
 *
 * A victim is killed without a chance to count, so its calls write handles to
 * memory that outlives it.  What a killed call was told of a reset cannot be
 * known, so resets and victims are two variants.
 *
 * WINSOCK_CONSERVE=count and WINSOCK_SEED=seed in the environment override.
 */
#include "ws_test.h"

#define CLIENTS		2
#define ACCEPTORS	2
#define SLOTS		1024	/* calls that a victim may make */
#define KEPT		128	/* by a client: the other end closes first */
#define QUEUED_MAX	512	/* far below net.core.somaxconn: none is dropped */

/* All in memory shared by the processes; counters are atomic. */
struct shared {
	unsigned int stop;
	unsigned int total;	/* how many connections clients are to make */
	unsigned int begun;
	unsigned int connected;
	unsigned int refused;	/* attempts that failed: there must be none */
	unsigned int taken;	/* by acceptors and dead victims, so far */
	unsigned int live;	/* about, by the victim that is alive */
	unsigned int victims, by_victims;
	struct winsock_sock_accept slots[SLOTS];
};

static unsigned int load(unsigned int *p)
{
	return __atomic_load_n(p, __ATOMIC_RELAXED);
}

static void add(unsigned int *p, int n)
{
	__atomic_add_fetch(p, n, __ATOMIC_RELAXED);
}

/* Pacing, not synchronisation: leave the processor to those who accept. */
static void pause_us(unsigned int us)
{
	struct timespec ts = { .tv_nsec = us * 1000 };

	nanosleep(&ts, NULL);
}

/* Those who accept do not push clients off the processor for each connection. */
static void be_patient(void)
{
	struct sched_param none = {};

	sched_setscheduler(0, SCHED_BATCH, &none);
}

/* A thread's own, repeatable from the seed. */
struct dice {
	__u64 state;
};

static unsigned int roll(struct dice *d, unsigned int sides)
{
	d->state ^= d->state << 13;
	d->state ^= d->state >> 7;
	d->state ^= d->state << 17;
	return (d->state >> 32) % sides;
}

static struct dice dice(__u64 seed, unsigned int who)
{
	struct dice d = { .state = seed * 1000003 + who * 7919 + 1 };
	int i;

	for (i = 0; i < 16; i++)
		roll(&d, 2);
	return d;
}

struct client {
	pthread_t thread;
	struct shared *sh;
	struct dice dice;
	bool resets;
	int cpu;
	__be16 port;
};

/* About how many are queued.  It sets the pace and proves nothing. */
static int queued(struct shared *sh)
{
	return load(&sh->connected) - load(&sh->taken) - load(&sh->live);
}

/* The queue gets shorter, and empty at times, so that acceptors sleep too. */
static void wait_for_queue(struct shared *sh, int most)
{
	while (queued(sh) > most)
		pause_us(500);
}

/* Mostly let some come before the next is accepted; at times sleep in accept. */
static void let_some_come(struct shared *sh, struct dice *d)
{
	while (queued(sh) <= 0 && !load(&sh->stop) && roll(d, 8))
		pause_us(2000);
}

/*
 * The thread stays on its processor: the handshake's last segment and a reset
 * behind it then travel in this order, as they do on a wire.
 */
static void *run_client(void *arg)
{
	struct client *c = arg;
	struct shared *sh = c->sh;
	int kept[KEPT], i, fd;
	cpu_set_t cpus;

	for (i = 0; i < KEPT; i++)
		kept[i] = -1;
	CPU_ZERO(&cpus);
	CPU_SET(c->cpu, &cpus);
	sched_setaffinity(0, sizeof(cpus), &cpus);
	while (__atomic_fetch_add(&sh->begun, 1, __ATOMIC_RELAXED) <
	       sh->total) {
		if (queued(sh) > QUEUED_MAX)
			wait_for_queue(sh, roll(&c->dice, QUEUED_MAX));
		fd = peer_connect(WINSOCK_AF_INET, c->port);
		/* reset: it was accepted, and closed before we came back */
		add(fd >= 0 || errno == ECONNRESET ? &sh->connected :
						     &sh->refused, 1);
		if (fd >= 0 && c->resets && !roll(&c->dice, 4)) {
			peer_abort(fd);
		} else {
			close(kept[i % KEPT]);
			kept[i++ % KEPT] = fd;
		}
	}
	return NULL;
}

static pid_t start_clients(struct shared *sh, __u64 seed, bool resets,
			   __be16 port)
{
	struct client c[CLIENTS];
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	pid_t pid = fork();
	int i;

	if (pid)
		return pid;
	for (i = 0; i < CLIENTS; i++) {
		c[i] = (struct client){
			.sh = sh, .dice = dice(seed, 10 + i),
			.resets = resets, .cpu = i % cpus, .port = port,
		};
		if (pthread_create(&c[i].thread, NULL, run_client, &c[i]))
			_exit(1);
	}
	for (i = 0; i < CLIENTS; i++)
		pthread_join(c[i].thread, NULL);
	_exit(0);
}

/* A victim: accepts until it is killed, each call in a slot of its own. */
static void run_victim(struct shared *sh, struct dice d, int listener)
{
	int dev = ws_open(), i;
	__u64 lsn;

	be_patient();
	if (dev < 0 || ws_import(dev, listener, &lsn))
		_exit(1);
	for (i = 0; i < SLOTS; i++) {
		let_some_come(sh, &d);
		sh->slots[i].handle = lsn;
		if (!ws_ioctl(dev, WINSOCK_IOC_SOCK_ACCEPT, &sh->slots[i]))
			add(&sh->live, 1);
	}
	_exit(0);
}

/* One victim after the other, each killed after some connections. */
static void run_killer(struct shared *sh, struct dice d, int listener)
{
	unsigned int before, count, i;
	pid_t pid;

	while (!load(&sh->stop)) {
		for (i = 0; i < SLOTS; i++)
			sh->slots[i] = (struct winsock_sock_accept){
				.size = sizeof(sh->slots[i]),
				.out_handle = WS_POISON,
			};
		before = roll(&d, 40);
		pid = fork();
		if (pid < 0)
			_exit(1);
		if (!pid)
			run_victim(sh, d, listener);
		do
			pause_us(500);
		while (!load(&sh->stop) &&
		       __atomic_load_n(&sh->slots[before].out_handle,
				       __ATOMIC_RELAXED) == WS_POISON);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		for (count = i = 0; i < SLOTS; i++)
			count += sh->slots[i].out_handle != WS_POISON;
		add(&sh->taken, count);
		__atomic_store_n(&sh->live, 0, __ATOMIC_RELAXED);
		add(&sh->by_victims, count);
		add(&sh->victims, 1);
	}
	_exit(0);
}

struct acceptor {
	pthread_t thread;
	struct shared *sh;
	struct dice dice;
	int dev;
	__u64 lsn;
	struct winsock_sock_accept *read_only;
	void *unmapped;
	unsigned int accepted, resets, faulted, limited, odd;
	int first_odd;
};

static void count_result(struct acceptor *a, int ret, __u64 conn)
{
	switch (ret) {
	case 0:
		a->accepted++;
		add(&a->sh->taken, 1);
		ws_close(a->dev, conn);
		break;
	case WSAECONNRESET:
		a->resets++;
		add(&a->sh->taken, 1);
		break;
	case WSAEFAULT:
	case -EFAULT:
		a->faulted++;
		break;
	case WSAEMFILE:
		a->limited++;
		pause_us(100);
		break;
	default:
		if (!a->odd++)
			a->first_odd = ret;
	}
}

static void *run_acceptor(void *arg)
{
	struct acceptor *a = arg;
	union ws_addr addr;
	__u64 conn = 0;
	__s32 len;
	int ret;

	be_patient();
	while (!load(&a->sh->stop)) {
		let_some_come(a->sh, &a->dice);
		len = sizeof(addr);
		switch (roll(&a->dice, 16)) {
		case 0:		/* the handle cannot be told */
			ret = ws_ioctl(a->dev, WINSOCK_IOC_SOCK_ACCEPT,
				       a->read_only);
			break;
		case 1:		/* nor can the address */
			ret = ws_accept_addr(a->dev, a->lsn, a->unmapped, &len,
					     &conn);
			break;
		default:
			ret = ws_accept_addr(a->dev, a->lsn, &addr, &len,
					     &conn);
		}
		count_result(a, ret, conn);
	}
	return NULL;
}

struct disturber {
	pthread_t thread;
	struct shared *sh;
	struct dice dice;
	struct acceptor *acceptors;
	struct rlimit normal;
	unsigned int signals, limits;
};

static void *run_disturber(void *arg)
{
	static const struct rlimit none = { .rlim_cur = 0, .rlim_max = 0 };
	struct disturber *d = arg;

	while (!load(&d->sh->stop)) {
		pause_us(roll(&d->dice, 2000));
		if (roll(&d->dice, 4)) {
			pthread_kill(d->acceptors[roll(&d->dice, ACCEPTORS)]
				     .thread, SIGUSR1);
			d->signals++;
		} else if (!setrlimit(RLIMIT_NOFILE, &none)) {
			pause_us(roll(&d->dice, 200));
			setrlimit(RLIMIT_NOFILE, &d->normal);
			d->limits++;
		}
	}
	return NULL;
}

FIXTURE(conserve) {
	int dev, file;
	__u64 lsn;
	__be16 port;
	struct shared *sh;
	struct acceptor acceptors[ACCEPTORS];
	struct disturber disturber;
	struct winsock_sock_accept *read_only;
	__u64 seed;
};

FIXTURE_VARIANT(conserve) {
	unsigned int total;
	bool resets;	/* by clients; or victims */
};

FIXTURE_VARIANT_ADD(conserve, with_victims) {
	.total = 75000,
};

FIXTURE_VARIANT_ADD(conserve, with_resets) {
	.total = 25000, .resets = true,
};

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

FIXTURE_SETUP(conserve)
{
	__u32 linger = 1;	/* reset at close: no ports in TIME_WAIT */
	unsigned int i;
	void *none;

	self->seed = from_environment("WINSOCK_SEED", ws_now_ns());
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_handle_signals());
	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, WINSOCK_SOMAXCONN,
				 &self->lsn, &self->port));
	ASSERT_EQ(0, ws_setopt(self->dev, self->lsn, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_LINGER, &linger, sizeof(linger)));
	ASSERT_EQ(0, ws_export(self->dev, self->lsn, &self->file));

	self->sh = mmap(NULL, sizeof(*self->sh), PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)self->sh);
	self->sh->total = from_environment("WINSOCK_CONSERVE", variant->total);
	if (kernel_is_slow())
		self->sh->total /= 10;

	self->read_only = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	none = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, none);
	*self->read_only = (struct winsock_sock_accept){
		.size = sizeof(*self->read_only), .handle = self->lsn,
	};
	ASSERT_EQ(0, mprotect(self->read_only, 4096, PROT_READ));
	for (i = 0; i < ACCEPTORS; i++)
		self->acceptors[i] = (struct acceptor){
			.sh = self->sh, .dice = dice(self->seed, i),
			.dev = self->dev, .lsn = self->lsn, .unmapped = none,
			.read_only = self->read_only,
		};
	self->disturber = (struct disturber){
		.sh = self->sh, .dice = dice(self->seed, 20),
		.acceptors = self->acceptors,
	};
	ASSERT_EQ(0, getrlimit(RLIMIT_NOFILE, &self->disturber.normal));
}

FIXTURE_TEARDOWN(conserve)
{
	close(self->file);
	close(self->dev);
}

/* Let the acceptors, who sleep or not, see that it is over. */
static void stop_acceptors(struct shared *sh, __be16 port)
{
	int i;

	for (i = 0; i < ACCEPTORS; i++) {
		close(peer_connect(WINSOCK_AF_INET, port));
		add(&sh->connected, 1);
	}
}

TEST_F_TIMEOUT(conserve, no_connection_is_lost, 300)
{
	struct acceptor all = { .sh = self->sh, .dev = self->dev };
	unsigned int i, left, resets;
	pid_t clients, killer = 0;
	int status, ret;
	__u64 start, ms, conn;

	if (geteuid())
		SKIP(return, "taking and giving limits needs root");
	TH_LOG("seed %llu, %u connections", self->seed, self->sh->total);
	start = ws_now_ns();
	clients = start_clients(self->sh, self->seed, variant->resets,
				self->port);
	ASSERT_LT(0, clients);
	if (!variant->resets) {
		killer = fork();
		ASSERT_LE(0, killer);
		if (!killer)
			run_killer(self->sh, dice(self->seed, 30), self->file);
	}
	for (i = 0; i < ACCEPTORS; i++)
		ASSERT_EQ(0, pthread_create(&self->acceptors[i].thread, NULL,
					    run_acceptor,
					    &self->acceptors[i]));
	ASSERT_EQ(0, pthread_create(&self->disturber.thread, NULL,
				    run_disturber, &self->disturber));

	ASSERT_EQ(clients, waitpid(clients, &status, 0));
	EXPECT_EQ(0, status);
	ms = (ws_now_ns() - start) / 1000000;
	__atomic_store_n(&self->sh->stop, 1, __ATOMIC_SEQ_CST);
	ASSERT_EQ(0, pthread_join(self->disturber.thread, NULL));
	if (killer) {
		ASSERT_EQ(killer, waitpid(killer, &status, 0));
		EXPECT_EQ(0, status);
	}
	stop_acceptors(self->sh, self->port);
	for (i = 0; i < ACCEPTORS; i++) {
		struct acceptor *a = &self->acceptors[i];

		ASSERT_EQ(0, pthread_join(a->thread, NULL));
		EXPECT_EQ(0, a->odd) {
			TH_LOG("acceptor %u: first %d", i, a->first_odd);
		}
		all.accepted += a->accepted;
		all.resets += a->resets;
		all.faulted += a->faulted;
		all.limited += a->limited;
	}

	/* what is left is in the queue */
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 1));
	for (left = resets = 0;; ) {
		ret = ws_accept(self->dev, self->lsn, &conn);
		if (ret == WSAEWOULDBLOCK)
			break;
		ASSERT_TRUE(!ret || ret == WSAECONNRESET);
		left += !ret;
		resets += !!ret;
	}
	all.resets += resets;
	all.accepted += self->sh->by_victims;

	TH_LOG("%u connected in %llu ms = %u accepted + %u reset + %u queued",
	       self->sh->connected, ms, all.accepted, all.resets, left);
	TH_LOG("%u faulted, %u limited, %u signals, %u victims took %u",
	       all.faulted, all.limited, self->disturber.signals,
	       self->sh->victims, self->sh->by_victims);
	EXPECT_EQ(0, self->sh->refused);
	EXPECT_EQ(self->sh->total + ACCEPTORS, self->sh->connected);
	EXPECT_EQ(self->sh->connected, all.accepted + all.resets + left);
	/* and each disturbance has taken place */
	EXPECT_LT(0, all.faulted);
	EXPECT_LT(0, all.limited);
	EXPECT_LT(0, self->disturber.signals);
	EXPECT_LT(0, variant->resets ? all.resets : self->sh->victims);
}

TEST_HARNESS_MAIN
