/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every allocation, and every copy to or from user memory, of a passing path
 * fails in turn, by fail-nth: the first, then the second, until the path passes
 * without a fault.  Whatever fails, the call tells a code that it may tell,
 * writes no output, keeps no handle or descriptor, and leaves all as it was, so
 * that the same call then succeeds.
 *
 * A program that includes this adds a variant for each path.
 */
#ifndef WS_FAIL_H
#define WS_FAIL_H

#include "ws_event.h"
#include "ws_test.h"
#include "ws_fault.h"

#define NTH_MAX		2000	/* far more than any path has */
#define HANDLES_MAX	40	/* of a context, so that lost ones show */
#define HANDLES		6	/* of them are the scene's */
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
	__u64 conn;	/* a connected stream */
	int peer;	/* and its native end */
	__u64 sink;	/* an event of @dev's */
	__u64 un[2];	/* what a path prepares for itself */
	__be16 port6;
	__u64 token;	/* of an offer of @sock to this process */
	int len;
	__u64 out;	/* handle that the path has made */
	int out_fd;	/* and descriptor */
	int more;	/* handles that the path adds besides, or takes away */
	__u64 moved;	/* bytes that calls say they sent or received */
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
	if (do_sendto(s) || do_offer(s) || make_events(s) ||
	    ws_event_create(s->dev, 0, &s->sink) ||
	    ws_tcp(s->dev, WINSOCK_AF_INET, &s->conn) ||
	    ws_connect(s->dev, s->conn, &s->to, s->len))
		return -1;
	s->peer = accept(s->native, NULL, NULL);
	s->blank = ws_open_blank();
	s->empty = ws_open();
	return s->peer < 0 || s->first < 0 || s->second < 0 ||
	       s->native < 0 || s->blank < 0 || s->empty < 0 ? -1 : 0;
}

static void end_scene(struct scene *s)
{
	close(s->events);
	close(s->empty);
	close(s->blank);
	peer_abort(s->peer);
	close(s->native);
	peer_abort(s->second);
	peer_abort(s->first);
	close(s->file);
	close(s->dev);
}

FIXTURE(fail_nth) {
	struct scene scene;
};

FIXTURE_VARIANT(fail_nth) {
	/* Sets the scene's rest; no fault comes here.  NULL: nothing to do. */
	int (*prepare)(struct scene *s);
	int (*run)(struct scene *s);
	/* Afterwards, when @run has passed; without faults.  NULL: nothing. */
	bool (*check)(struct scene *s);
	int want;	/* what it answers when nothing fails */
	bool safe;	/* it may have nothing that can fail */
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
		if (variant->prepare)
			ASSERT_EQ(0, variant->prepare(s));
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
		if (variant->check)
			EXPECT_TRUE(variant->check(s)) {
				TH_LOG("after fault %d: %d", nth, ret);
			}
		handles = HANDLES + s->more + (s->out != WS_POISON);
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

#endif /* WS_FAIL_H */
