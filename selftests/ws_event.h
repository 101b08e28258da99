/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Events: thin wrappers, beside those of ws_test.h.
 */
#ifndef WS_EVENT_H
#define WS_EVENT_H

#include "ws_test.h"

static inline int ws_event_create(int fd, __u32 flags, __u64 *out)
{
	struct winsock_event_create a = {
		.size = sizeof(a), .flags = flags, .out_handle = WS_POISON,
	};
	int ret = ws_ioctl(fd, WINSOCK_IOC_EVENT_CREATE, &a);

	*out = a.out_handle;
	return ret;
}

/* Whether it was signalled before; or -1000 less what the ioctl answered. */
static inline int ws_event_change(int fd, unsigned int cmd, __u64 handle)
{
	struct winsock_event_set a = {
		.size = sizeof(a), .handle = handle, .out_before = WS_POISON32,
	};
	int ret = ws_ioctl(fd, cmd, &a);

	return ret ? -1000 - ret : (int)a.out_before;
}

/* What a change answers for what is no event. */
#define WS_NO_EVENT	(-1000 - WINSOCK_INVALID_HANDLE)

static inline int ws_event_set(int fd, __u64 handle)
{
	return ws_event_change(fd, WINSOCK_IOC_EVENT_SET, handle);
}

static inline int ws_event_reset(int fd, __u64 handle)
{
	return ws_event_change(fd, WINSOCK_IOC_EVENT_RESET, handle);
}

static inline void ws_wait_init(struct winsock_wait *a, const __u64 *handles,
				__u32 count, __u32 flags, __s64 timeout)
{
	*a = (struct winsock_wait){
		.size = sizeof(*a), .flags = flags,
		.handles = (uintptr_t)handles, .count = count,
		.timeout = timeout, .out_index = WS_POISON32,
	};
}

/* The index; or -1000 less what the ioctl answered. */
static inline int ws_wait_for(int fd, const __u64 *handles, __u32 count,
			      __u32 flags, __s64 timeout)
{
	struct winsock_wait a;
	int ret;

	ws_wait_init(&a, handles, count, flags, timeout);
	ret = ws_ioctl(fd, WINSOCK_IOC_WAIT, &a);
	return ret ? -1000 - ret : (int)a.out_index;
}

#define WS_WAIT_FAILED(code)	(-1000 - (code))
#define WS_TIMEOUT	WS_WAIT_FAILED(WINSOCK_WAIT_TIMEOUT)
#define WS_ALERTED	WS_WAIT_FAILED(WINSOCK_WAIT_IO_COMPLETION)

static inline int ws_apc_queue(int fd, __u32 flags, __u64 thread, __u64 arg)
{
	struct winsock_apc_queue a = {
		.size = sizeof(a), .flags = flags, .handle = thread,
		.function = 0x1234, .arg = { arg, arg + 1, arg + 2 },
	};

	return ws_ioctl(fd, WINSOCK_IOC_APC_QUEUE, &a);
}

/* The first argument; or -1000 less what the ioctl answered. */
static inline int ws_apc_take(int fd)
{
	struct winsock_apc_take a = { .size = sizeof(a) };
	int ret = ws_ioctl(fd, WINSOCK_IOC_APC_TAKE, &a);

	if (ret)
		return -1000 - ret;
	if (a.out_function != 0x1234 || a.out_arg[1] != a.out_arg[0] + 1 ||
	    a.out_arg[2] != a.out_arg[0] + 2)
		return -1;
	return (int)a.out_arg[0];
}

#define WS_NO_APC	(-1000 - WINSOCK_NO_MORE_ITEMS)

static inline int ws_thread_open(int fd, __u32 tid, __u64 *out)
{
	struct winsock_thread_open a = {
		.size = sizeof(a), .thread = tid, .out_handle = WS_POISON,
	};
	int ret = ws_ioctl(fd, WINSOCK_IOC_THREAD_OPEN, &a);

	*out = a.out_handle;
	return ret;
}

/* What poll(2) reports without waiting. */
static inline int ws_poll_now(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 0) < 0 ? -errno : p.revents;
}

/* A thread in poll(2).  Not to be moved while it runs. */
struct ws_poller {
	pthread_t thread;
	int fd;
	pid_t tid;
	int revents;
};

static inline void *ws_poller_run(void *arg)
{
	struct ws_poller *p = arg;

	__atomic_store_n(&p->tid, syscall(SYS_gettid), __ATOMIC_RELEASE);
	p->revents = peer_poll(p->fd, POLLIN);
	return NULL;
}

static inline int ws_poller_start(struct ws_poller *p, int fd)
{
	*p = (struct ws_poller){ .fd = fd };
	return pthread_create(&p->thread, NULL, ws_poller_run, p);
}

static inline bool ws_asleep_in(pid_t tid, int nr)
{
	char path[64], state = 0;
	int seen = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", tid);
	f = fopen(path, "re");
	if (!f)
		return false;
	if (fscanf(f, "%d", &seen) != 1)
		seen = -1;
	fclose(f);
	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", tid);
	f = fopen(path, "re");
	if (!f)
		return false;
	if (fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
		state = 0;
	fclose(f);
	return seen == nr && state == 'S';
}

/* What the C library's poll() calls: newer machines have but the one. */
#ifdef SYS_poll
#define WS_SYS_POLL	SYS_poll
#else
#define WS_SYS_POLL	SYS_ppoll
#endif

static inline bool ws_poller_asleep(struct ws_poller *p)
{
	pid_t tid;

	return ws_until((tid = __atomic_load_n(&p->tid, __ATOMIC_ACQUIRE)) &&
			ws_asleep_in(tid, WS_SYS_POLL));
}

/* What poll(2) reported. */
static inline int ws_poller_join(struct ws_poller *p)
{
	pthread_join(p->thread, NULL);
	return p->revents;
}

#endif /* WS_EVENT_H */
