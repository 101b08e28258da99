// SPDX-License-Identifier: GPL-2.0-only
/*
 * Processes that end in the midst of calls: each lives for a moment, with threads
 * in accept, connect, send, recv, waits, polls and message queues, and ends at
 * random, by what the variant says; for a few seconds (WINSOCK_STRESS=seconds).
 *
 * Whatever was under way, the process ends within WS_PATIENCE, leaves no file of
 * the node open and no context behind; what is also watched, from outside, is the
 * kernel's log.
 */
#include "ws_event.h"
#include "ws_test.h"
#include "ws_count.h"

#include <sys/epoll.h>
#include <sys/wait.h>

#define EVENTS		3
#define MOMENT_US	3000	/* lives are shorter */
#define PAUSE_NS	2000000	/* and what threads wait for, if for a time */

/* Of one process; its threads share it, and a child of its has a copy. */
struct life {
	int dev;
	int file;	/* stands for @lsn */
	__be16 port;
	__u64 lsn;
	__u64 here, there;	/* a connection, both ends of it */
	__u64 event[EVENTS];
	__u64 thread;	/* handle of the one that waits */
};

static struct shared {
	unsigned long calls;
	unsigned long lives;	/* that have ended */
	bool begun;		/* the present one's threads are all there */
} *shared;

static void count_call(void)
{
	__atomic_add_fetch(&shared->calls, 1, __ATOMIC_RELAXED);
}

static void *run_accept(void *arg)
{
	struct life *l = arg;
	__u64 h;

	for (;; count_call())
		if (!ws_accept(l->dev, l->lsn, &h))
			ws_close(l->dev, h);
	return NULL;
}

static void *run_connect(void *arg)
{
	struct life *l = arg;
	union ws_addr a;
	int len = ws_loopback(&a, WINSOCK_AF_INET, l->port);
	__u64 h;

	for (;; count_call()) {
		if (ws_tcp(l->dev, WINSOCK_AF_INET, &h))
			continue;
		ws_connect(l->dev, h, &a, len);
		ws_close(l->dev, h);
	}
	return NULL;
}

static void *run_send(void *arg)
{
	static char data[65536];
	struct life *l = arg;
	__u64 done;

	for (;; count_call())
		ws_send(l->dev, l->here, data, sizeof(data), 0, &done);
	return NULL;
}

static void *run_recv(void *arg)
{
	static char data[65536];
	struct winsock_network_events told;
	struct life *l = arg;
	struct winsock_event_enum a = {
		.size = sizeof(a), .handle = l->there, .event = l->event[0],
		.result = (uintptr_t)&told,
	};
	__u64 done;

	for (;; count_call()) {
		ws_recv(l->dev, l->there, data, sizeof(data), 0, &done);
		ws_ioctl(l->dev, WINSOCK_IOC_EVENT_ENUM, &a);
	}
	return NULL;
}

static void *run_wait(void *arg)
{
	struct life *l = arg;
	unsigned int i;

	ws_thread_open(l->dev, 0, &l->thread);
	for (i = 0;; i++, count_call()) {
		ws_wait_for(l->dev, l->event, EVENTS, WINSOCK_WAIT_ALERTABLE |
			    (i & 1 ? WINSOCK_WAIT_ALL : 0),
			    i & 2 ? PAUSE_NS : -1);
		ws_apc_take(l->dev);
	}
	return NULL;
}

static void *run_set(void *arg)
{
	struct life *l = arg;
	unsigned int i;

	for (i = 0;; i++, count_call()) {
		ws_event_set(l->dev, l->event[i % EVENTS]);
		ws_apc_queue(l->dev, 0, l->thread, i);
		sched_yield();
	}
	return NULL;
}

static void *run_messages(void *arg)
{
	struct life *l = arg;
	struct winsock_async_select select = {
		.size = sizeof(select), .handle = l->lsn, .window = 1,
		.message = 2, .events = WINSOCK_FD_ACCEPT,
	};

	for (;; count_call()) {
		struct winsock_message_get get = {
			.size = sizeof(get), .timeout = PAUSE_NS,
		};

		ws_ioctl(l->dev, WINSOCK_IOC_ASYNC_SELECT, &select);
		ws_ioctl(l->dev, WINSOCK_IOC_MESSAGE_GET, &get);
		ws_nonblocking(l->dev, l->lsn, 0);
	}
	return NULL;
}

static void *run_poll(void *arg)
{
	struct epoll_event ev = { .events = EPOLLIN };
	struct life *l = arg;
	int ep = epoll_create1(EPOLL_CLOEXEC);
	int file = -1;

	for (;; count_call()) {
		epoll_ctl(ep, EPOLL_CTL_ADD, l->file, &ev);
		epoll_wait(ep, &ev, 1, 1);
		if (!ws_export(l->dev, l->there, &file))
			close(file);
	}
	return NULL;
}

static void *(*const threads[])(void *) = {
	run_accept, run_connect, run_send, run_recv, run_wait, run_set,
	run_messages, run_poll,
};

static bool life_begins(struct life *l)
{
	struct winsock_event_select select = {
		.size = sizeof(select),
		.events = WINSOCK_FD_READ | WINSOCK_FD_CLOSE,
	};
	union ws_addr a;
	pthread_t thread;
	unsigned int i;

	for (i = 0; i < EVENTS; i++)
		if (ws_event_create(l->dev, i & 1 ? WINSOCK_EVENT_MANUAL : 0,
				    &l->event[i]))
			return false;
	if (ws_listener(l->dev, WINSOCK_AF_INET, 5, &l->lsn, &l->port) ||
	    ws_export(l->dev, l->lsn, &l->file) ||
	    ws_tcp(l->dev, WINSOCK_AF_INET, &l->here) ||
	    ws_connect(l->dev, l->here, &a,
		       ws_loopback(&a, WINSOCK_AF_INET, l->port)) ||
	    ws_accept(l->dev, l->lsn, &l->there))
		return false;
	select.handle = l->there;
	select.event = l->event[0];
	if (ws_ioctl(l->dev, WINSOCK_IOC_EVENT_SELECT, &select) ||
	    ws_nonblocking(l->dev, l->there, 0) != WSAEINVAL)
		return false;
	for (i = 0; i < ARRAY_SIZE(threads); i++)
		if (pthread_create(&thread, NULL, threads[i], l))
			return false;
	return true;
}

/* How long a life lasts is no synchronisation: any moment is as good. */
static void a_moment(unsigned int *state)
{
	struct timespec ts = {};

	*state = *state * 1103515245 + 12345;
	ts.tv_nsec = (*state >> 16) % MOMENT_US * 1000;
	nanosleep(&ts, NULL);
}

static void end_killed(struct life *l)
{
	(void)l;
	for (;;)
		pause();
}

static void end_exits(struct life *l)
{
	(void)l;
	_exit(0);
}

static void end_executes(struct life *l)
{
	(void)l;
	execl("/bin/true", "true", NULL);
}

/* The threads go on, in calls that hold the file. */
static void end_closes(struct life *l)
{
	close(l->dev);
	close(l->file);
}

static void end_cleans_up(struct life *l)
{
	ws_cleanup(l->dev);
}

static void end_closes_sockets(struct life *l)
{
	ws_close_flags(l->dev, l->lsn, WINSOCK_CLOSE_OBJECT);
	ws_close_flags(l->dev, l->there, WINSOCK_CLOSE_OBJECT);
	ws_close_flags(l->dev, l->event[1], WINSOCK_CLOSE_OBJECT);
	ws_close_flags(l->dev, l->here, WINSOCK_CLOSE_SOCKET);
}

/* The child of a process with threads in calls has the context's file. */
static void end_forks(struct life *l)
{
	pid_t pid = fork();
	__u64 done;

	if (!pid) {
		ws_send(l->dev, l->there, "x", 1, 0, &done);
		ws_event_set(l->dev, l->event[2]);
		execl("/bin/true", "true", NULL);
	}
	/* Its end is part of this one's. */
	waitpid(pid, NULL, 0);
}

/* The first thread is gone before the others are. */
static void *end_later(void *arg)
{
	unsigned int state = (uintptr_t)arg;

	a_moment(&state);
	_exit(0);
}

static void end_leader(struct life *l)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, end_later,
			   (void *)(uintptr_t)l->port))
		_exit(1);
	pthread_exit(NULL);
}

/* Not to return. */
static void live(void (*end)(struct life *l), int dev, unsigned int state)
{
	static struct life l;

	l.dev = dev < 0 ? ws_open() : dev;
	if (l.dev < 0 || !life_begins(&l))
		_exit(1);
	__atomic_store_n(&shared->begun, true, __ATOMIC_RELEASE);
	a_moment(&state);
	end(&l);
	a_moment(&state);
	_exit(0);
}

/* Open files of the node, of all processes. */
static long users(void)
{
	return number_in("/sys/module/winsock/refcnt", "", "");
}

FIXTURE(reaper) {
	__u64 end;
	unsigned int state;
	long users;
	int dev;	/* a context for all lives, or -1 */
};

FIXTURE_VARIANT(reaper) {
	void (*end)(struct life *l);
	bool killed;
	bool one_context;
};

FIXTURE_VARIANT_ADD(reaper, killed) {
	.end = end_killed, .killed = true,
};

FIXTURE_VARIANT_ADD(reaper, killed_in_a_shared_context) {
	.end = end_killed, .killed = true, .one_context = true,
};

FIXTURE_VARIANT_ADD(reaper, exits) {
	.end = end_exits,
};

FIXTURE_VARIANT_ADD(reaper, executes) {
	.end = end_executes,
};

FIXTURE_VARIANT_ADD(reaper, closes) {
	.end = end_closes,
};

FIXTURE_VARIANT_ADD(reaper, cleans_up) {
	.end = end_cleans_up,
};

FIXTURE_VARIANT_ADD(reaper, closes_sockets) {
	.end = end_closes_sockets,
};

FIXTURE_VARIANT_ADD(reaper, forks) {
	.end = end_forks,
};

FIXTURE_VARIANT_ADD(reaper, leader) {
	.end = end_leader,
};

FIXTURE_SETUP(reaper)
{
	const char *text = getenv("WINSOCK_STRESS");
	const char *seed = getenv("WINSOCK_SEED");

	self->users = users();
	self->state = seed ? strtoul(seed, NULL, 0) : ws_now_ns();
	TH_LOG("seed %u", self->state);
	self->dev = -1;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)shared);
	if (variant->one_context) {
		self->dev = ws_open();
		ASSERT_LE(0, self->dev);
	}
	self->end = ws_now_ns() + (text ? atoi(text) : 1) * 1000000000ULL;
}

FIXTURE_TEARDOWN(reaper)
{
	munmap(shared, sizeof(*shared));
}

TEST_F_TIMEOUT(reaper, whoever_ends_leaves_nothing, 900)
{
	int status, got;
	pid_t pid;

	while (ws_now_ns() < self->end) {
		shared->begun = false;
		pid = fork();
		ASSERT_LE(0, pid);
		if (!pid)
			live(variant->end, self->dev, self->state);
		self->state += pid;
		if (variant->killed) {
			/* Some die before they have begun. */
			if (self->state & 0x30000)
				ws_until(__atomic_load_n(&shared->begun,
							 __ATOMIC_ACQUIRE));
			a_moment(&self->state);
			ASSERT_EQ(0, kill(pid, SIGKILL));
		}
		ASSERT_TRUE(ws_until((got = waitpid(pid, &status, WNOHANG)))) {
			TH_LOG("process %d does not end", pid);
		}
		ASSERT_EQ(pid, got);
		ASSERT_EQ(variant->killed ? SIGKILL : 0, status);
		shared->lives++;
	}
	TH_LOG("%lu lives, %lu calls", shared->lives, shared->calls);
	EXPECT_LT(0, shared->lives);
	EXPECT_LT(0, shared->calls);
	if (self->dev >= 0)
		close(self->dev);
	/* What closes a file is done when its last process is reaped. */
	EXPECT_EQ(self->users, users());
}

TEST_HARNESS_MAIN
