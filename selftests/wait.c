// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for events, and procedure calls that end a wait (behaviour-async.md,
 * Events; NT's dispatcher where that is silent).
 */
#include "ws_event.h"

#define FOREVER	(-1LL)
#define MS	1000000LL

#define ALL		WINSOCK_WAIT_ALL
#define ALERTABLE	WINSOCK_WAIT_ALERTABLE
#define MANUAL		WINSOCK_EVENT_MANUAL

#define WAITERS	8

FIXTURE(wait) {
	int dev;
	__u64 h[4];	/* two that a wait resets, two that it does not */
};

FIXTURE_SETUP(wait)
{
	int i;

	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_handle_signals());
	for (i = 0; i < 4; i++)
		ASSERT_EQ(0, ws_event_create(self->dev, i < 2 ? 0 : MANUAL,
					     &self->h[i]));
}

FIXTURE_TEARDOWN(wait)
{
	close(self->dev);
}

/* A thread that waits. */
struct waiter {
	struct ws_call call;
	struct winsock_wait a;
	__u64 h[4];
};

static int waiter_start(struct waiter *w, int dev, const __u64 *handles,
			__u32 count, __u32 flags, __s64 timeout)
{
	memcpy(w->h, handles, count * sizeof(*handles));
	ws_wait_init(&w->a, w->h, count, flags, timeout);
	return ws_call_start(&w->call, dev, WINSOCK_IOC_WAIT, &w->a);
}

/* As ws_wait_for(). */
static int waiter_join(struct waiter *w)
{
	int ret = ws_call_join(&w->call);

	return ret ? -1000 - ret : (int)w->a.out_index;
}

TEST_F(wait, any_is_the_first_and_alone)
{
	EXPECT_EQ(WS_TIMEOUT, ws_wait_for(self->dev, self->h, 4, 0, 0));
	ws_event_set(self->dev, self->h[3]);
	ws_event_set(self->dev, self->h[1]);
	EXPECT_EQ(1, ws_wait_for(self->dev, self->h, 4, 0, 0));
	/* The first was reset by that, the other was not touched. */
	EXPECT_EQ(3, ws_wait_for(self->dev, self->h, 4, 0, FOREVER));
	EXPECT_EQ(3, ws_wait_for(self->dev, self->h, 4, 0, 0));
	EXPECT_EQ(0, ws_event_reset(self->dev, self->h[1]));
	EXPECT_EQ(1, ws_event_reset(self->dev, self->h[3]));
}

TEST_F(wait, all_takes_nothing_unless_it_takes_all)
{
	ws_event_set(self->dev, self->h[0]);
	ws_event_set(self->dev, self->h[2]);
	EXPECT_EQ(WS_TIMEOUT, ws_wait_for(self->dev, self->h, 4, ALL, 0));
	EXPECT_EQ(WS_TIMEOUT, ws_wait_for(self->dev, self->h, 4, ALL, MS));
	EXPECT_EQ(1, ws_event_set(self->dev, self->h[0]));
	ws_event_set(self->dev, self->h[1]);
	ws_event_set(self->dev, self->h[3]);
	EXPECT_EQ(0, ws_wait_for(self->dev, self->h, 4, ALL, 0));
	EXPECT_EQ(0, ws_event_reset(self->dev, self->h[0]));
	EXPECT_EQ(0, ws_event_reset(self->dev, self->h[1]));
	EXPECT_EQ(1, ws_event_reset(self->dev, self->h[2]));
	EXPECT_EQ(1, ws_event_reset(self->dev, self->h[3]));
}

TEST_F(wait, all_wakes_with_the_last)
{
	struct waiter w;

	ASSERT_EQ(0, waiter_start(&w, self->dev, self->h, 3, ALL, FOREVER));
	ASSERT_TRUE(ws_call_asleep(&w.call));
	EXPECT_EQ(0, ws_event_set(self->dev, self->h[0]));
	EXPECT_EQ(0, ws_event_set(self->dev, self->h[2]));
	EXPECT_TRUE(ws_call_asleep(&w.call));
	EXPECT_EQ(1, ws_event_set(self->dev, self->h[0]));
	EXPECT_EQ(0, ws_event_set(self->dev, self->h[1]));
	EXPECT_EQ(0, waiter_join(&w));
	EXPECT_EQ(0, ws_event_reset(self->dev, self->h[0]));
	EXPECT_EQ(0, ws_event_reset(self->dev, self->h[1]));
	EXPECT_EQ(1, ws_event_reset(self->dev, self->h[2]));
}

/* Who waits for one may have it, though another who waits for all came first. */
TEST_F(wait, any_goes_past_all_that_lacks_something)
{
	struct waiter all, any;

	ASSERT_EQ(0, waiter_start(&all, self->dev, self->h, 2, ALL, FOREVER));
	ASSERT_TRUE(ws_call_asleep(&all.call));
	ASSERT_EQ(0, waiter_start(&any, self->dev, self->h, 2, 0, FOREVER));
	ASSERT_TRUE(ws_call_asleep(&any.call));
	ws_event_set(self->dev, self->h[1]);
	EXPECT_EQ(1, waiter_join(&any));
	EXPECT_TRUE(ws_call_asleep(&all.call));
	ws_event_set(self->dev, self->h[0]);
	EXPECT_EQ(0, ws_event_set(self->dev, self->h[1]));
	EXPECT_EQ(0, waiter_join(&all));
}

TEST_F(wait, each_set_wakes_one_the_first)
{
	struct waiter w[WAITERS];
	int i, j;

	for (i = 0; i < WAITERS; i++) {
		ASSERT_EQ(0, waiter_start(&w[i], self->dev, self->h, 1, 0,
					  FOREVER));
		ASSERT_TRUE(ws_call_asleep(&w[i].call));
	}
	for (i = 0; i < WAITERS; i++) {
		EXPECT_EQ(0, ws_event_set(self->dev, self->h[0]));
		EXPECT_EQ(0, waiter_join(&w[i]));
		for (j = i + 1; j < WAITERS; j++)
			EXPECT_FALSE(ws_call_done(&w[j].call));
	}
	EXPECT_EQ(0, ws_event_reset(self->dev, self->h[0]));
}

TEST_F(wait, manual_event_wakes_all)
{
	struct waiter w[WAITERS];
	int i;

	for (i = 0; i < WAITERS; i++) {
		ASSERT_EQ(0, waiter_start(&w[i], self->dev, self->h, 3,
					  0, FOREVER));
		ASSERT_TRUE(ws_call_asleep(&w[i].call));
	}
	EXPECT_EQ(0, ws_event_set(self->dev, self->h[2]));
	EXPECT_EQ(1, ws_event_reset(self->dev, self->h[2]));
	for (i = 0; i < WAITERS; i++)
		EXPECT_EQ(2, waiter_join(&w[i]));
}

TEST_F(wait, time_out)
{
	struct winsock_wait a;
	__u64 begin = ws_now_ns();

	EXPECT_EQ(WS_TIMEOUT, ws_wait_for(self->dev, self->h, 4, 0, 20 * MS));
	EXPECT_LE(begin + 20 * MS, ws_now_ns());
	/* As after a signal: time that has passed before counts. */
	ws_wait_init(&a, self->h, 4, 0, 3600 * 1000 * MS);
	a.deadline = ws_now_ns() + 20 * MS;
	EXPECT_EQ(WINSOCK_WAIT_TIMEOUT, ws_ioctl(self->dev, WINSOCK_IOC_WAIT,
						 &a));
	EXPECT_LE(begin + 40 * MS, ws_now_ns());
	EXPECT_EQ(WS_POISON32, a.out_index);
}

TEST_F(wait, bad_arguments)
{
	__u64 many[65], twice[3] = { self->h[0], self->h[2], self->h[0] };
	__u64 bad[2] = { self->h[0], 0x7ffffff4 };
	int i;

	for (i = 0; i < 65; i++)
		many[i] = self->h[3];
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_PARAMETER),
		  ws_wait_for(self->dev, many, 65, 0, 0));
	EXPECT_EQ(WS_TIMEOUT, ws_wait_for(self->dev, many, 64, 0, 0));
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_PARAMETER),
		  ws_wait_for(self->dev, twice, 3, ALL, 0));
	ws_event_set(self->dev, self->h[2]);
	EXPECT_EQ(1, ws_wait_for(self->dev, twice, 3, 0, 0));
	ws_event_set(self->dev, self->h[0]);
	/* All must be there, though the first would do. */
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_HANDLE),
		  ws_wait_for(self->dev, bad, 2, 0, 0));
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_HANDLE),
		  ws_wait_for(self->dev, bad, 2, ALL, 0));
	bad[1] = self->h[1] | 1ULL << 32;
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_HANDLE),
		  ws_wait_for(self->dev, bad, 2, 0, 0));
	EXPECT_EQ(1, ws_event_reset(self->dev, self->h[0]));
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_PARAMETER),
		  ws_wait_for(self->dev, NULL, 0, 0, FOREVER));
	EXPECT_EQ(WS_TIMEOUT, ws_wait_for(self->dev, NULL, 0, 0, MS));
	EXPECT_EQ(WS_WAIT_FAILED(WSAEFAULT),
		  ws_wait_for(self->dev, NULL, 1, 0, 0));
}

TEST_F(wait, handles_of_32_bits)
{
	__u32 h[2] = { self->h[2], self->h[3] };

	ws_event_set(self->dev, self->h[3]);
	EXPECT_EQ(1, ws_wait_for(self->dev, (const __u64 *)h, 2,
				 WINSOCK_WAIT_32, FOREVER));
	ws_event_set(self->dev, self->h[2]);
	EXPECT_EQ(0, ws_wait_for(self->dev, (const __u64 *)h, 2,
				 WINSOCK_WAIT_32 | ALL, FOREVER));
}

TEST_F(wait, as_many_as_there_may_be)
{
	struct ws_call call;
	struct winsock_wait a;
	__u64 h[64];
	int i;

	for (i = 0; i < 64; i++)
		ASSERT_EQ(0, ws_event_create(self->dev, 0, &h[i]));
	ws_wait_init(&a, h, 64, 0, FOREVER);
	ASSERT_EQ(0, ws_call_start(&call, self->dev, WINSOCK_IOC_WAIT, &a));
	ASSERT_TRUE(ws_call_asleep(&call));
	ws_event_set(self->dev, h[63]);
	EXPECT_EQ(0, ws_call_join(&call));
	EXPECT_EQ(63, a.out_index);
	ws_wait_init(&a, h, 64, ALL, FOREVER);
	ASSERT_EQ(0, ws_call_start(&call, self->dev, WINSOCK_IOC_WAIT, &a));
	ASSERT_TRUE(ws_call_asleep(&call));
	for (i = 63; i > 0; i--)
		ws_event_set(self->dev, h[i]);
	EXPECT_TRUE(ws_call_asleep(&call));
	ws_event_set(self->dev, h[0]);
	EXPECT_EQ(0, ws_call_join(&call));
	EXPECT_EQ(0, a.out_index);
}

TEST_F(wait, closing_an_event_ends_it)
{
	struct waiter w[3];
	int file;

	ASSERT_EQ(0, waiter_start(&w[0], self->dev, self->h, 4, 0, FOREVER));
	ASSERT_EQ(0, waiter_start(&w[1], self->dev, self->h, 4, ALL, FOREVER));
	ASSERT_EQ(0, waiter_start(&w[2], self->dev, self->h, 1, 0, FOREVER));
	ASSERT_TRUE(ws_call_asleep(&w[0].call));
	ASSERT_TRUE(ws_call_asleep(&w[1].call));
	ASSERT_TRUE(ws_call_asleep(&w[2].call));
	/* Not its last descriptor. */
	ASSERT_EQ(0, ws_export(self->dev, self->h[3], &file));
	ASSERT_EQ(0, ws_close(self->dev, self->h[3]));
	EXPECT_TRUE(ws_call_asleep(&w[0].call));
	close(file);
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_HANDLE), waiter_join(&w[0]));
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_HANDLE), waiter_join(&w[1]));
	EXPECT_TRUE(ws_call_asleep(&w[2].call));
	ASSERT_EQ(0, ws_close(self->dev, self->h[0]));
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_HANDLE), waiter_join(&w[2]));
}

/* Nothing makes a socket unsignalled yet [INF]. */
TEST_F(wait, socket_is_signalled)
{
	__u64 h[2] = { self->h[0] };

	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &h[1]));
	EXPECT_EQ(1, ws_wait_for(self->dev, h, 2, 0, FOREVER));
	EXPECT_EQ(WS_TIMEOUT, ws_wait_for(self->dev, h, 2, ALL, MS));
	ws_event_set(self->dev, h[0]);
	EXPECT_EQ(0, ws_wait_for(self->dev, h, 2, 0, FOREVER));
	ws_event_set(self->dev, h[0]);
	EXPECT_EQ(0, ws_wait_for(self->dev, h, 2, ALL, FOREVER));
	ASSERT_EQ(0, ws_close(self->dev, h[1]));
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_HANDLE),
		  ws_wait_for(self->dev, h, 2, 0, 0));
}

TEST_F(wait, goes_on_after_a_signal_handler)
{
	struct waiter w;
	__s64 deadline;

	ASSERT_EQ(0, waiter_start(&w, self->dev, self->h, 1, 0,
				  3600 * 1000 * MS));
	ASSERT_TRUE(ws_call_asleep(&w.call));
	EXPECT_TRUE(ws_call_signal(&w.call));
	EXPECT_TRUE(ws_call_asleep(&w.call));
	deadline = __atomic_load_n(&w.a.deadline, __ATOMIC_ACQUIRE);
	EXPECT_LT(0, deadline);
	EXPECT_TRUE(ws_call_signal(&w.call));
	EXPECT_TRUE(ws_call_asleep(&w.call));
	EXPECT_EQ(deadline, w.a.deadline);
	ws_event_set(self->dev, self->h[0]);
	EXPECT_EQ(0, waiter_join(&w));
}

/* What was taken for a caller who cannot be told is there again. */
TEST_F(wait, taken_back_when_outputs_cannot_be_written)
{
	struct winsock_wait *a;
	long page = sysconf(_SC_PAGESIZE);

	a = mmap(NULL, page, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)a);
	ws_wait_init(a, self->h, 2, 0, FOREVER);
	ASSERT_EQ(0, mprotect(a, page, PROT_READ));
	ws_event_set(self->dev, self->h[1]);
	EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, WINSOCK_IOC_WAIT, a));
	EXPECT_EQ(1, ws_event_set(self->dev, self->h[1]));
	EXPECT_EQ(0, ws_event_set(self->dev, self->h[0]));

	ASSERT_EQ(0, mprotect(a, page, PROT_READ | PROT_WRITE));
	a->flags = ALL;
	ASSERT_EQ(0, mprotect(a, page, PROT_READ));
	EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, WINSOCK_IOC_WAIT, a));
	EXPECT_EQ(1, ws_event_reset(self->dev, self->h[0]));
	EXPECT_EQ(1, ws_event_reset(self->dev, self->h[1]));
	munmap(a, page);
}

/* A process that is killed takes no signal with it. */
TEST_F(wait, killed_waiter_leaves_its_place)
{
	struct waiter w;
	int status, child = fork();

	ASSERT_LE(0, child);
	if (!child)
		_exit(ws_wait_for(self->dev, self->h, 2, 0, FOREVER) & 0x7f);
	ASSERT_TRUE(ws_until(ws_in_ioctl(child, child, WINSOCK_IOC_WAIT)));
	ASSERT_EQ(0, waiter_start(&w, self->dev, self->h, 2, 0, FOREVER));
	ASSERT_TRUE(ws_call_asleep(&w.call));
	ASSERT_EQ(0, kill(child, SIGKILL));
	ASSERT_EQ(child, waitpid(child, &status, 0));
	EXPECT_EQ(SIGKILL, WTERMSIG(status));
	ws_event_set(self->dev, self->h[1]);
	EXPECT_EQ(1, waiter_join(&w));
}

/* The context ends with its process, whoever else waits in it. */
TEST_F(wait, ends_with_the_context)
{
	int status, pipe_fd[2], child;
	char got = 0;

	ASSERT_EQ(0, pipe(pipe_fd));
	child = fork();
	ASSERT_LE(0, child);
	if (!child) {
		int dev = ws_open(), waiter;
		__u64 h;

		ws_event_create(dev, 0, &h);
		waiter = fork();
		if (!waiter) {
			got = ws_wait_for(dev, &h, 1, 0, FOREVER) ==
			      WS_WAIT_FAILED(WINSOCK_INVALID_HANDLE);
			_exit(write(pipe_fd[1], &got, 1) != 1);
		}
		_exit(!ws_until(ws_in_ioctl(waiter, waiter,
					    WINSOCK_IOC_WAIT)));
	}
	close(pipe_fd[1]);
	ASSERT_EQ(child, waitpid(child, &status, 0));
	ASSERT_EQ(0, status);
	ASSERT_EQ(1, read(pipe_fd[0], &got, 1));
	EXPECT_EQ(1, got);
	close(pipe_fd[0]);
}

/* Alertable waits. */

TEST_F(wait, calls_come_in_order)
{
	__u64 thread;

	ASSERT_EQ(0, ws_thread_open(self->dev, 0, &thread));
	EXPECT_EQ(WS_NO_APC, ws_apc_take(self->dev));
	EXPECT_EQ(0, ws_apc_queue(self->dev, WINSOCK_APC_SELF, 0, 1));
	EXPECT_EQ(0, ws_apc_queue(self->dev, 0, thread, 2));
	EXPECT_EQ(0, ws_apc_queue(self->dev, WINSOCK_APC_SELF, 0, 3));
	EXPECT_EQ(1, ws_apc_take(self->dev));
	EXPECT_EQ(2, ws_apc_take(self->dev));
	EXPECT_EQ(3, ws_apc_take(self->dev));
	EXPECT_EQ(WS_NO_APC, ws_apc_take(self->dev));
	EXPECT_EQ(0, ws_close(self->dev, thread));
	EXPECT_EQ(WINSOCK_INVALID_HANDLE,
		  ws_apc_queue(self->dev, 0, thread, 4));
	EXPECT_EQ(WINSOCK_INVALID_HANDLE,
		  ws_apc_queue(self->dev, 0, self->h[0], 4));
}

TEST_F(wait, alertable_wait_ends_unless_an_object_is_signalled)
{
	ws_apc_queue(self->dev, WINSOCK_APC_SELF, 0, 1);
	EXPECT_EQ(WS_TIMEOUT, ws_wait_for(self->dev, self->h, 4, 0, 0));
	EXPECT_EQ(WS_TIMEOUT, ws_wait_for(self->dev, self->h, 4, 0, MS));
	EXPECT_EQ(WS_ALERTED, ws_wait_for(self->dev, self->h, 4, ALERTABLE, 0));
	EXPECT_EQ(WS_ALERTED, ws_wait_for(self->dev, self->h, 4, ALERTABLE,
					  FOREVER));
	EXPECT_EQ(WS_ALERTED, ws_wait_for(self->dev, NULL, 0, ALERTABLE,
					  FOREVER));
	ws_event_set(self->dev, self->h[0]);
	EXPECT_EQ(WS_ALERTED, ws_wait_for(self->dev, self->h, 4,
					  ALERTABLE | ALL, FOREVER));
	/* Nothing was taken by that, and an object wins. */
	EXPECT_EQ(0, ws_wait_for(self->dev, self->h, 4, ALERTABLE, FOREVER));
	EXPECT_EQ(1, ws_apc_take(self->dev));
	EXPECT_EQ(WS_TIMEOUT, ws_wait_for(self->dev, self->h, 4, ALERTABLE, 0));
}

TEST_F(wait, call_wakes_its_thread_alone)
{
	struct waiter w[2];
	__u64 thread;

	ASSERT_EQ(0, waiter_start(&w[0], self->dev, self->h, 1, ALERTABLE,
				  FOREVER));
	ASSERT_EQ(0, waiter_start(&w[1], self->dev, self->h, 1, ALERTABLE,
				  FOREVER));
	ASSERT_TRUE(ws_call_asleep(&w[0].call));
	ASSERT_TRUE(ws_call_asleep(&w[1].call));
	ASSERT_EQ(0, ws_thread_open(self->dev, w[1].call.tid, &thread));
	ASSERT_EQ(0, ws_apc_queue(self->dev, 0, thread, 1));
	EXPECT_EQ(WS_ALERTED, waiter_join(&w[1]));
	EXPECT_TRUE(ws_call_asleep(&w[0].call));
	ws_event_set(self->dev, self->h[0]);
	EXPECT_EQ(0, waiter_join(&w[0]));
	/* The thread has ended. */
	EXPECT_TRUE(ws_until(ws_apc_queue(self->dev, 0, thread, 1) ==
			     WINSOCK_GEN_FAILURE));
	EXPECT_EQ(WS_NO_APC, ws_apc_take(self->dev));
}

TEST_F(wait, call_does_not_end_a_wait_that_is_not_alertable)
{
	struct waiter w;
	__u64 thread;

	ASSERT_EQ(0, waiter_start(&w, self->dev, self->h, 1, 0, FOREVER));
	ASSERT_TRUE(ws_call_asleep(&w.call));
	ASSERT_EQ(0, ws_thread_open(self->dev, w.call.tid, &thread));
	ASSERT_EQ(0, ws_apc_queue(self->dev, 0, thread, 1));
	EXPECT_TRUE(ws_call_asleep(&w.call));
	ws_event_set(self->dev, self->h[0]);
	EXPECT_EQ(0, waiter_join(&w));
}

TEST_F(wait, threads_are_those_of_the_process)
{
	int status, child;
	__u64 thread;

	EXPECT_EQ(WINSOCK_INVALID_PARAMETER,
		  ws_thread_open(self->dev, 1, &thread));
	EXPECT_EQ(WINSOCK_INVALID_PARAMETER,
		  ws_thread_open(self->dev, 0x7fffffff, &thread));
	child = fork();
	ASSERT_LE(0, child);
	if (!child) {
		int bad = ws_thread_open(self->dev, 0, &thread) !=
			  WINSOCK_INVALID_PARAMETER;

		bad |= ws_apc_queue(self->dev, WINSOCK_APC_SELF, 0, 1) !=
		       WINSOCK_INVALID_PARAMETER;
		bad |= ws_apc_take(self->dev) != WS_NO_APC;
		_exit(bad);
	}
	ASSERT_EQ(child, waitpid(child, &status, 0));
	EXPECT_EQ(0, status);
}

TEST_F(wait, thread_is_no_object_to_wait_for)
{
	__u64 thread;
	int file;

	ASSERT_EQ(0, ws_thread_open(self->dev, 0, &thread));
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_HANDLE),
		  ws_wait_for(self->dev, &thread, 1, 0, 0));
	EXPECT_EQ(WSAEOPNOTSUPP, ws_export(self->dev, thread, &file));
	EXPECT_EQ(WS_NO_EVENT, ws_event_set(self->dev, thread));
}

TEST_F(wait, call_goes_back_when_it_cannot_be_told)
{
	struct winsock_apc_take *a;
	long page = sysconf(_SC_PAGESIZE);

	a = mmap(NULL, page, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)a);
	a->size = sizeof(*a);
	ASSERT_EQ(0, mprotect(a, page, PROT_READ));
	ws_apc_queue(self->dev, WINSOCK_APC_SELF, 0, 1);
	ws_apc_queue(self->dev, WINSOCK_APC_SELF, 0, 2);
	EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, WINSOCK_IOC_APC_TAKE, a));
	EXPECT_EQ(1, ws_apc_take(self->dev));
	EXPECT_EQ(2, ws_apc_take(self->dev));
	munmap(a, page);
}

/* Also when most were queued for threads that have ended since. */
TEST_F_TIMEOUT(wait, calls_are_bounded, 600)
{
	struct waiter w;
	__u64 thread;
	int i, err = 0;

	ASSERT_EQ(0, waiter_start(&w, self->dev, self->h, 1, 0, FOREVER));
	ASSERT_TRUE(ws_call_asleep(&w.call));
	ASSERT_EQ(0, ws_thread_open(self->dev, w.call.tid, &thread));
	for (i = 0; !err && i < 70000; i++)
		err = ws_apc_queue(self->dev, 0, thread, 1);
	EXPECT_EQ(65537, i);
	EXPECT_EQ(WINSOCK_NOT_ENOUGH_MEMORY, err);
	EXPECT_EQ(WINSOCK_NOT_ENOUGH_MEMORY,
		  ws_apc_queue(self->dev, WINSOCK_APC_SELF, 0, 1));
	ws_event_set(self->dev, self->h[0]);
	EXPECT_EQ(0, waiter_join(&w));
	EXPECT_TRUE(ws_until(!ws_apc_queue(self->dev, WINSOCK_APC_SELF, 0,
					   1)));
	EXPECT_EQ(1, ws_apc_take(self->dev));
}

/* A blocking call keeps its place: what has been received before stays so. */
TEST_F(wait, blocking_recv_ends_and_goes_on)
{
	char buf[10] = "";
	__u64 lsn, conn, thread;
	__be16 port;
	int peer;
	struct ws_call call;
	struct winsock_sock_recv a = {
		.size = sizeof(a), .addr = (uintptr_t)buf, .count = 10,
		.msg_flags = WINSOCK_MSG_WAITALL,
	};

	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &lsn, &port));
	peer = peer_connect(WINSOCK_AF_INET, port);
	ASSERT_LE(0, peer);
	ASSERT_EQ(0, ws_accept(self->dev, lsn, &conn));
	a.handle = conn;
	ASSERT_EQ(4, send(peer, "abcd", 4, 0));
	ASSERT_EQ(0, ws_call_start(&call, self->dev, WINSOCK_IOC_SOCK_RECV,
				   &a));
	ASSERT_TRUE(ws_call_asleep(&call));
	ASSERT_EQ(0, ws_thread_open(self->dev, call.tid, &thread));
	ASSERT_EQ(0, ws_apc_queue(self->dev, 0, thread, 1));
	EXPECT_EQ(WINSOCK_WAIT_IO_COMPLETION, ws_call_join(&call));
	EXPECT_EQ(4, a.transferred);
	ASSERT_EQ(6, send(peer, "efghij", 6, 0));
	EXPECT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_RECV, &a));
	EXPECT_EQ(10, a.transferred);
	EXPECT_EQ(0, memcmp(buf, "abcdefghij", 10));
	close(peer);
}

TEST_F(wait, accept_need_not_wait_and_is_not_alerted)
{
	__u64 lsn, conn;
	__be16 port;
	int peer;

	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &lsn, &port));
	ASSERT_EQ(0, ws_apc_queue(self->dev, WINSOCK_APC_SELF, 0, 1));
	EXPECT_EQ(WINSOCK_WAIT_IO_COMPLETION, ws_accept(self->dev, lsn, &conn));
	peer = peer_connect(WINSOCK_AF_INET, port);
	ASSERT_LE(0, peer);
	EXPECT_EQ(0, ws_accept(self->dev, lsn, &conn));
	EXPECT_EQ(1, ws_apc_take(self->dev));
	close(peer);
}

/* Nobody is forgotten, whatever happens at once; each set wakes one. */
struct race {
	int dev;
	__u64 h[3];
	unsigned int taken;
	bool end;
};

static void *race_wait(void *arg)
{
	struct race *r = arg;

	while (!__atomic_load_n(&r->end, __ATOMIC_ACQUIRE))
		if (ws_wait_for(r->dev, r->h, 2, 0, MS / 10) == 0)
			__atomic_add_fetch(&r->taken, 1, __ATOMIC_RELAXED);
	return NULL;
}

static void *race_close(void *arg)
{
	struct race *r = arg;
	__u64 h[2] = { 0, r->h[2] };

	while (!__atomic_load_n(&r->end, __ATOMIC_ACQUIRE)) {
		ws_event_create(r->dev, 0, &h[0]);
		__atomic_store_n(&r->h[1], h[0], __ATOMIC_RELEASE);
		ws_wait_for(r->dev, h, 2, ALL, MS / 10);
		ws_event_set(r->dev, h[0]);
		ws_close(r->dev, h[0]);
	}
	return NULL;
}

TEST_F(wait, no_signal_is_lost_in_a_race)
{
	struct race r = {
		.dev = self->dev,
		.h = { self->h[0], self->h[2], self->h[1] },
	};
	pthread_t thread[3];
	unsigned int set = 0;
	__u64 end = ws_now_ns() + 2000 * MS;
	int i;

	for (i = 0; i < 3; i++)
		ASSERT_EQ(0, pthread_create(&thread[i], NULL,
					    i < 2 ? race_wait : race_close,
					    &r));
	while (ws_now_ns() < end) {
		set += !ws_event_set(self->dev, self->h[0]);
		ws_event_set(self->dev, self->h[1]);
	}
	__atomic_store_n(&r.end, true, __ATOMIC_RELEASE);
	for (i = 0; i < 3; i++)
		pthread_join(thread[i], NULL);
	EXPECT_EQ(set, r.taken + ws_event_reset(self->dev, self->h[0]));
	EXPECT_LT(0, r.taken);
}

TEST_HARNESS_MAIN
