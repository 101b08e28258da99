// SPDX-License-Identifier: GPL-2.0-only
/*
 * What WSAAccept's condition function stands on: a connection that somebody
 * decides on is nobody's, and is never lost, whoever goes meanwhile.
 */
#include "ws_accept.h"

static int consider_to(int dev, __u64 lsn, __u32 depth, void *names,
		       __u64 *token)
{
	struct winsock_sock_consider a = {
		.size = sizeof(a), .handle = lsn, .depth = depth,
		.candidate = (uintptr_t)names, .out_token = WS_POISON,
	};
	int ret;

	ws_until((ret = ws_ioctl(dev, WINSOCK_IOC_SOCK_CONSIDER, &a)) !=
		 WSAEWOULDBLOCK);
	*token = a.out_token;
	return ret;
}

static int consider(int dev, __u64 lsn, __u32 depth, __u64 *token)
{
	struct winsock_candidate names;

	return consider_to(dev, lsn, depth, &names, token);
}

static int decide_addr(int dev, __u64 lsn, __u64 token, __s32 decision,
		       void *addr, void *len, __u64 *out)
{
	struct winsock_sock_decide a = {
		.size = sizeof(a), .handle = lsn, .token = token,
		.addr = (uintptr_t)addr, .addr_len = (uintptr_t)len,
		.decision = decision, .out_handle = WS_POISON,
	};
	int ret = ws_ioctl(dev, WINSOCK_IOC_SOCK_DECIDE, &a);

	*out = a.out_handle;
	return ret;
}

static int decide(int dev, __u64 lsn, __u64 token, __s32 decision, __u64 *out)
{
	return decide_addr(dev, lsn, token, decision, NULL, NULL, out);
}

/* The other end was reset. */
static bool was_reset(int peer)
{
	char byte;

	return peer_poll(peer, POLLIN) && recv(peer, &byte, 1, 0) == -1 &&
	       errno == ECONNRESET;
}

/* Nothing waits, whatever the listener's mode. */
static bool is_empty(int dev, __u64 lsn)
{
	__u64 conn;

	return !ws_nonblocking(dev, lsn, 1) &&
	       ws_accept(dev, lsn, &conn) == WSAEWOULDBLOCK;
}

TEST_F(accept, names_of_a_candidate)
{
	int peer = peer_connect(variant->family, self->port);
	int size = ws_addr_len(variant->family);
	struct winsock_candidate names;
	union ws_addr want;
	__u64 token, conn;

	memset(&names, 0xa5, sizeof(names));
	ASSERT_EQ(0, consider_to(self->dev, self->lsn, 0, &names, &token));
	EXPECT_NE(WS_POISON, token);
	EXPECT_EQ(size, names.peer_len);
	EXPECT_EQ(size, names.local_len);
	ws_loopback(&want, variant->family, peer_port(peer));
	EXPECT_EQ(0, memcmp(&want, names.peer, sizeof(want)));
	ws_loopback(&want, variant->family, self->port);
	EXPECT_EQ(0, memcmp(&want, names.local, sizeof(want)));
	EXPECT_EQ(0, decide(self->dev, self->lsn, token, WINSOCK_CF_ACCEPT,
			    &conn));
	close(peer);
}

TEST_F(accept, accepted_as_by_accept)
{
	int peer = peer_connect(variant->family, self->port);
	__s32 len = sizeof(union ws_addr);
	__u64 token, conn, done;
	union ws_addr a;
	char byte = 0;

	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	ASSERT_EQ(0, decide_addr(self->dev, self->lsn, token,
				 WINSOCK_CF_ACCEPT, &a, &len, &conn));
	EXPECT_EQ(ws_addr_len(variant->family), len);
	EXPECT_EQ(peer_port(peer), a.in.sin_port);
	EXPECT_EQ(1, send(peer, "x", 1, 0));
	ws_until(ws_recv(self->dev, conn, &byte, 1, 0, &done) !=
		 WSAEWOULDBLOCK);
	EXPECT_EQ('x', byte);
	/* decided, once */
	EXPECT_EQ(WSATRY_AGAIN, decide(self->dev, self->lsn, token,
				       WINSOCK_CF_ACCEPT, &conn));
	EXPECT_EQ(WS_POISON, conn);
	EXPECT_TRUE(is_empty(self->dev, self->lsn));
	close(peer);
}

TEST_F(accept, rejected_is_reset_WSAECONNREFUSED)
{
	int peer = peer_connect(variant->family, self->port);
	__u64 token, conn;

	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	EXPECT_EQ(WSAECONNREFUSED, decide(self->dev, self->lsn, token,
					  WINSOCK_CF_REJECT, &conn));
	EXPECT_EQ(WS_POISON, conn);
	EXPECT_TRUE(was_reset(peer));
	EXPECT_TRUE(is_empty(self->dev, self->lsn));
	close(peer);
}

/* A4; and what is no decision */
TEST_F(accept, deferred_is_the_first_again)
{
	static const struct {
		__s32 decision;
		int code;
	} rows[] = {
		{ WINSOCK_CF_DEFER, WSATRY_AGAIN },
		{ 3, WSAEINVAL }, { -1, WSAEINVAL },
		{ 0x7fffffff, WSAEINVAL },
	};
	int first = peer_connect(variant->family, self->port);
	int second = peer_connect(variant->family, self->port);
	__u64 token, conn;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
		EXPECT_EQ(rows[i].code, decide(self->dev, self->lsn, token,
					       rows[i].decision, &conn));
		EXPECT_EQ(WS_POISON, conn);
	}
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, first));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, second));
	close(first);
	close(second);
}

TEST_F(accept, errors_before_anything_is_taken)
{
	int peer = peer_connect(variant->family, self->port);
	struct winsock_candidate names;
	__s32 len = ws_addr_len(variant->family) - 1;
	union ws_addr buf;
	struct winsock_sock_consider a = {
		.size = sizeof(a), .handle = self->lsn, .out_token = WS_POISON,
		.addr = (uintptr_t)&buf, .addr_len = (uintptr_t)&len,
		.candidate = (uintptr_t)&names,
	};
	__u64 udp, tcp, token;

	ASSERT_EQ(0, ws_create(self->dev, variant->family, WINSOCK_SOCK_DGRAM,
			       0, &udp));
	ASSERT_EQ(0, ws_tcp(self->dev, variant->family, &tcp));
	EXPECT_EQ(WSAENOTSOCK, consider(self->dev, self->lsn + 4000, 0,
					&token));
	EXPECT_EQ(WSAEOPNOTSUPP, consider(self->dev, udp, 0, &token));
	EXPECT_EQ(WSAEINVAL, consider(self->dev, tcp, 0, &token));
	EXPECT_EQ(WSAEFAULT, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONSIDER,
				      &a));
	EXPECT_EQ(WSAEFAULT, consider_to(self->dev, self->lsn, 0, NULL,
					 &token));
	EXPECT_EQ(WSAEFAULT, consider_to(self->dev, self->lsn, 0,
					 (void *)~0UL, &token));
	EXPECT_EQ(WS_POISON, a.out_token);
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, peer));
	if (variant->nonblocking)
		EXPECT_TRUE(is_empty(self->dev, self->lsn));
	close(peer);
}

/* The token could not be told, so there is no candidate. */
TEST_F(accept, consider_read_only_EFAULT)
{
	int peer = peer_connect(variant->family, self->port), ret = 0;
	struct winsock_candidate names;
	struct winsock_sock_consider *a;

	a = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)a);
	*a = (struct winsock_sock_consider){
		.size = sizeof(*a), .handle = self->lsn,
		.candidate = (uintptr_t)&names,
	};
	ASSERT_EQ(0, mprotect(a, 4096, PROT_READ));
	ws_until((ret = ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONSIDER, a)) !=
		 WSAEWOULDBLOCK);
	EXPECT_EQ(-EFAULT, ret);
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, peer));
	close(peer);
}

/* Nor could the handle. */
TEST_F(accept, accepting_into_nothing_keeps_the_connection)
{
	int peer = peer_connect(variant->family, self->port);
	struct winsock_sock_decide *a;
	__s32 len = 1;
	union ws_addr buf;
	__u64 token, conn;

	a = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)a);
	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	*a = (struct winsock_sock_decide){
		.size = sizeof(*a), .handle = self->lsn, .token = token,
	};
	ASSERT_EQ(0, mprotect(a, 4096, PROT_READ));
	EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_DECIDE, a));
	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	EXPECT_EQ(WSAEFAULT, decide_addr(self->dev, self->lsn, token,
					 WINSOCK_CF_ACCEPT, &buf, &len,
					 &conn));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, peer));
	close(peer);
}

TEST_F(accept, full_table_WSAEMFILE_keeps_the_connection)
{
	struct rlimit lim = { .rlim_cur = 1, .rlim_max = 1 };
	int peer = peer_connect(variant->family, self->port);
	__u64 token, conn;

	if (geteuid())
		SKIP(return, "raising the hard limit needs root");
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	/* to refuse needs no handle */
	EXPECT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	EXPECT_EQ(WSAEMFILE, decide(self->dev, self->lsn, token,
				    WINSOCK_CF_ACCEPT, &conn));
	lim.rlim_max = 64;
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, peer));
	close(peer);
}

/* Whoever polls is not told of what another decides on, nor gets it. */
TEST_F(accept, candidate_is_in_no_queue)
{
	int first = peer_connect(variant->family, self->port), second, file;
	struct pollfd p = { .events = POLLIN };
	__u64 token, conn;

	ASSERT_EQ(0, ws_export(self->dev, self->lsn, &file));
	p.fd = file;
	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	EXPECT_EQ(0, poll(&p, 1, 0));
	second = peer_connect(variant->family, self->port);
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, second));
	EXPECT_EQ(WSATRY_AGAIN, decide(self->dev, self->lsn, token,
				       WINSOCK_CF_DEFER, &conn));
	EXPECT_EQ(POLLIN, peer_poll(file, POLLIN));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, first));
	close(first);
	close(second);
	close(file);
}

/* A sleeper gets what is deferred. */
TEST_F(accept, deferring_wakes_a_sleeper)
{
	struct winsock_sock_accept a = {
		.size = sizeof(a), .handle = self->lsn,
	};
	int peer = peer_connect(variant->family, self->port);
	struct ws_call c;
	__u64 token, conn;

	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 0));
	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_ACCEPT, &a));
	ASSERT_TRUE(ws_call_asleep(&c));
	EXPECT_EQ(WSATRY_AGAIN, decide(self->dev, self->lsn, token,
				       WINSOCK_CF_DEFER, &conn));
	EXPECT_EQ(0, ws_call_join(&c));
	close(peer);
}

TEST_F(accept, reset_WSAECONNRESET)
{
	__u64 token, conn;
	int peer;

	/* while it waited */
	peer = peer_connect(variant->family, self->port);
	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	ASSERT_EQ(WSATRY_AGAIN, decide(self->dev, self->lsn, token,
				       WINSOCK_CF_DEFER, &conn));
	peer_reset(peer);
	EXPECT_EQ(WSAECONNRESET, consider(self->dev, self->lsn, 0, &token));
	EXPECT_TRUE(is_empty(self->dev, self->lsn));

	/* during the decision */
	peer = peer_connect(variant->family, self->port);
	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	peer_reset(peer);
	EXPECT_EQ(WSAECONNRESET, decide(self->dev, self->lsn, token,
					WINSOCK_CF_ACCEPT, &conn));
	EXPECT_TRUE(is_empty(self->dev, self->lsn));

	peer = peer_connect(variant->family, self->port);
	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	peer_reset(peer);
	EXPECT_EQ(WSAECONNREFUSED, decide(self->dev, self->lsn, token,
					  WINSOCK_CF_REJECT, &conn));
	EXPECT_TRUE(is_empty(self->dev, self->lsn));
}

TEST_F(accept, ends_with_its_listener)
{
	int peer = peer_connect(variant->family, self->port);
	__u64 token, conn;

	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	ASSERT_EQ(0, ws_close(self->dev, self->lsn));
	EXPECT_TRUE(was_reset(peer));
	EXPECT_EQ(WSAENOTSOCK, decide(self->dev, self->lsn, token,
				      WINSOCK_CF_ACCEPT, &conn));
	close(peer);
}

/* A thread that came out of its function otherwise than by deciding. */
TEST_F(accept, left_candidate_is_the_first_again)
{
	int first = peer_connect(variant->family, self->port);
	int second = peer_connect(variant->family, self->port);
	struct winsock_candidate names;
	__u64 token[3], conn;

	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token[0]));
	ASSERT_EQ(0, consider(self->dev, self->lsn, 1, &token[1]));
	/* out of both */
	ASSERT_EQ(0, consider_to(self->dev, self->lsn, 0, &names, &token[2]));
	EXPECT_EQ(peer_port(first), ((union ws_addr *)names.peer)->in.sin_port);
	EXPECT_EQ(WSATRY_AGAIN, decide(self->dev, self->lsn, token[0],
				       WINSOCK_CF_REJECT, &conn));
	EXPECT_EQ(WSATRY_AGAIN, decide(self->dev, self->lsn, token[1],
				       WINSOCK_CF_REJECT, &conn));
	EXPECT_EQ(WSATRY_AGAIN, decide(self->dev, self->lsn, token[2],
				       WINSOCK_CF_DEFER, &conn));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, first));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, second));
	close(first);
	close(second);
}

/* One within the other, both decided on. */
TEST_F(accept, nested_candidates_are_two)
{
	int first = peer_connect(variant->family, self->port);
	int second = peer_connect(variant->family, self->port);
	__u64 outer, inner, conn;

	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &outer));
	ASSERT_EQ(0, consider(self->dev, self->lsn, 1, &inner));
	EXPECT_EQ(WSAECONNREFUSED, decide(self->dev, self->lsn, inner,
					  WINSOCK_CF_REJECT, &conn));
	EXPECT_EQ(0, decide(self->dev, self->lsn, outer, WINSOCK_CF_ACCEPT,
			    &conn));
	EXPECT_TRUE(was_reset(second));
	EXPECT_EQ(1, send(first, "x", 1, MSG_NOSIGNAL));
	close(first);
	close(second);
}

struct asker {
	pthread_t thread;
	int dev;
	__u64 lsn, token;
	int ret;
};

static void *run_asker(void *arg)
{
	struct asker *a = arg;

	a->ret = consider(a->dev, a->lsn, 0, &a->token);
	return NULL;
}

TEST_F(accept, candidate_of_an_ended_thread_goes_back)
{
	struct asker a = { .dev = self->dev, .lsn = self->lsn };
	int peer = peer_connect(variant->family, self->port);
	__u64 conn;

	ASSERT_EQ(0, pthread_create(&a.thread, NULL, run_asker, &a));
	ASSERT_EQ(0, pthread_join(a.thread, NULL));
	ASSERT_EQ(0, a.ret);
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, peer));
	EXPECT_EQ(WSATRY_AGAIN, decide(self->dev, self->lsn, a.token,
				       WINSOCK_CF_ACCEPT, &conn));
	close(peer);
}

/* The process that decides is killed; one that sleeps in accept goes on. */
TEST_F(accept, candidate_of_a_killed_process_goes_back)
{
	struct winsock_sock_accept a = {
		.size = sizeof(a), .handle = self->lsn,
	};
	int peer = peer_connect(variant->family, self->port);
	int file, said[2];
	struct ws_call c;
	__u64 lsn, token;
	char byte;
	pid_t pid;

	ASSERT_EQ(0, ws_export(self->dev, self->lsn, &file));
	ASSERT_EQ(0, pipe(said));
	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid) {
		int dev = ws_open();

		if (dev < 0 || ws_import(dev, file, &lsn) ||
		    consider(dev, lsn, 0, &token) || write(said[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(said[1]);
	EXPECT_EQ(1, read(said[0], &byte, 1));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 0));
	ASSERT_EQ(0, ws_call_start(&c, self->dev, WINSOCK_IOC_SOCK_ACCEPT, &a));
	EXPECT_TRUE(ws_call_asleep(&c));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	EXPECT_EQ(0, ws_call_join(&c));
	close(said[0]);
	close(file);
	close(peer);
}

/* Two contexts have the listener; the one that decides lets go of it. */
TEST_F(accept, candidate_of_a_closed_handle_goes_back)
{
	int peer = peer_connect(variant->family, self->port);
	int file, other = ws_open();
	__u64 lsn, token, conn;

	ASSERT_LE(0, other);
	ASSERT_EQ(0, ws_export(self->dev, self->lsn, &file));
	ASSERT_EQ(0, ws_import(other, file, &lsn));
	ASSERT_EQ(0, consider(other, lsn, 0, &token));
	/* a token means nothing elsewhere */
	EXPECT_EQ(WSATRY_AGAIN, decide(self->dev, self->lsn, token,
				       WINSOCK_CF_REJECT, &conn));
	ASSERT_EQ(0, ws_close(other, lsn));
	ASSERT_EQ(0, ws_import(other, file, &lsn));
	EXPECT_EQ(WSATRY_AGAIN, decide(other, lsn, token, WINSOCK_CF_REJECT,
				       &conn));
	ASSERT_EQ(0, consider(other, lsn, 0, &token));
	ASSERT_EQ(0, ws_cleanup(other));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, peer));
	close(other);
	close(file);
	close(peer);
}

TEST_F(accept, candidates_have_a_limit_WSAENOBUFS)
{
	int peers[WINSOCK_CANDIDATES_MAX + 1];
	__u64 tokens[WINSOCK_CANDIDATES_MAX], token, conn;
	int i;

	for (i = 0; i < WINSOCK_CANDIDATES_MAX; i++) {
		peers[i] = peer_connect(variant->family, self->port);
		ASSERT_LE(0, peers[i]);
		ASSERT_EQ(0, consider(self->dev, self->lsn, i, &tokens[i]));
	}
	peers[i] = peer_connect(variant->family, self->port);
	EXPECT_EQ(WSAENOBUFS, consider(self->dev, self->lsn, i, &token));
	EXPECT_TRUE(accept_gives(self->dev, self->lsn, peers[i]));
	for (i = 0; i < WINSOCK_CANDIDATES_MAX; i++)
		EXPECT_EQ(WSAECONNREFUSED,
			  decide(self->dev, self->lsn, tokens[i],
				 WINSOCK_CF_REJECT, &conn));
	for (i = 0; i <= WINSOCK_CANDIDATES_MAX; i++)
		close(peers[i]);
}

static int create_in(int dev, int family, __u32 group, __u64 *out)
{
	struct winsock_sock_create a = {
		.size = sizeof(a), .family = family, .group = group,
		.type = WINSOCK_SOCK_STREAM, .out_handle = WS_POISON,
	};
	int ret = ws_ioctl(dev, WINSOCK_IOC_SOCK_CREATE, &a);

	*out = a.out_handle;
	return ret;
}

/* An id is no secret, and so it is of no use to others. */
TEST_F(accept, group_of_another_user_WSAEINVAL)
{
	__s32 len = sizeof(__u32);
	__u32 id = 0;
	__u64 s;
	int status;
	pid_t pid;

	if (geteuid())
		SKIP(return, "becoming another user needs root");
	ASSERT_EQ(0, create_in(self->dev, variant->family,
			       WINSOCK_SG_UNCONSTRAINED_GROUP, &s));
	ASSERT_EQ(0, ws_getopt(self->dev, s, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_GROUP_ID, &id, &len));
	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid) {
		int dev = ws_open();

		if (create_in(dev, variant->family, id, &s) ||
		    setresuid(65534, 65534, 65534))
			_exit(1);
		_exit(create_in(dev, variant->family, id, &s) != WSAEINVAL ||
		      s != WS_POISON);
	}
	EXPECT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EQ(0, status);
}

/* The table is full: the group that was to be made is not there, either. */
TEST_F(accept, group_of_a_connection_that_stays)
{
	struct rlimit lim = { .rlim_cur = 1, .rlim_max = 1 };
	int peer = peer_connect(variant->family, self->port);
	__s32 len = sizeof(__u32);
	__u64 token, conn;
	__u32 id = 1;
	struct winsock_sock_decide d = {
		.size = sizeof(d), .handle = self->lsn,
		.group = WINSOCK_SG_UNCONSTRAINED_GROUP,
	};

	if (geteuid())
		SKIP(return, "raising the hard limit needs root");
	ASSERT_EQ(0, consider(self->dev, self->lsn, 0, &token));
	d.token = token;
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	EXPECT_EQ(WSAEMFILE, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_DECIDE, &d));
	lim.rlim_max = 64;
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	ASSERT_EQ(0, ws_accept(self->dev, self->lsn, &conn));
	ASSERT_EQ(0, ws_getopt(self->dev, conn, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_GROUP_ID, &id, &len));
	EXPECT_EQ(0, id);
	close(peer);
}

#define DECIDERS	4
#define CONNECTIONS	400

/* All threads'; counters are atomic. */
struct crowd {
	int dev;
	__u64 lsn;
	unsigned int ended;	/* of the connections, by all */
};

struct decider {
	pthread_t thread;
	struct crowd *crowd;
	unsigned int seed, accepted, rejected, put_back, odd;
};

static void count(struct decider *d, int ret, __u64 conn)
{
	switch (ret) {
	case 0:
		d->accepted++;
		ws_close(d->crowd->dev, conn);
		__atomic_add_fetch(&d->crowd->ended, 1, __ATOMIC_RELAXED);
		break;
	case WSAECONNREFUSED:
		d->rejected++;
		__atomic_add_fetch(&d->crowd->ended, 1, __ATOMIC_RELAXED);
		break;
	case WSATRY_AGAIN:
	case WSAEINVAL:
		d->put_back++;
		break;
	case WSAEWOULDBLOCK:
		sched_yield();
		break;
	default:
		d->odd++;
	}
}

static void *run_decider(void *arg)
{
	struct decider *d = arg;
	struct crowd *c = d->crowd;
	struct winsock_candidate names;
	struct winsock_sock_consider a = {
		.size = sizeof(a), .handle = c->lsn,
		.candidate = (uintptr_t)&names,
	};
	__u64 conn = 0;
	int ret, what;

	while (__atomic_load_n(&c->ended, __ATOMIC_RELAXED) < CONNECTIONS) {
		what = rand_r(&d->seed) % 8;
		if (what == 7) {
			ret = ws_accept(c->dev, c->lsn, &conn);
		} else {
			ret = ws_ioctl(c->dev, WINSOCK_IOC_SOCK_CONSIDER, &a);
			/* 4: to be taken back by the next one; 5, 6: others */
			if (!ret && what == 4)
				continue;
			if (!ret)
				ret = decide(c->dev, c->lsn, a.out_token,
					     what == 5 ? WINSOCK_CF_ACCEPT :
					     what, &conn);
		}
		count(d, ret, conn);
	}
	return NULL;
}

/*
 * connections = accepted + rejected, while several threads take, leave and put
 * back the same ones
 */
TEST_F(accept, no_connection_is_lost_nor_given_twice)
{
	struct crowd crowd = { .dev = self->dev, .lsn = self->lsn };
	struct decider d[DECIDERS] = {}, all = {};
	int peers[CONNECTIONS], i, failed = 0;
	cpu_set_t cpus;

	memset(&cpus, 0xff, sizeof(cpus));
	ASSERT_EQ(0, sched_setaffinity(0, sizeof(cpus), &cpus));
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 1));
	for (i = 0; i < DECIDERS; i++) {
		d[i] = (struct decider){ .crowd = &crowd, .seed = i + 1 };
		ASSERT_EQ(0, pthread_create(&d[i].thread, NULL, run_decider,
					    &d[i]));
	}
	for (i = 0; i < CONNECTIONS; i++) {
		peers[i] = peer_connect(variant->family, self->port);
		/* reset: it was ended before we came back */
		failed += peers[i] < 0 && errno != ECONNRESET;
	}
	for (i = 0; i < DECIDERS; i++) {
		ASSERT_EQ(0, pthread_join(d[i].thread, NULL));
		all.accepted += d[i].accepted;
		all.rejected += d[i].rejected;
		all.put_back += d[i].put_back;
		all.odd += d[i].odd;
	}
	for (i = 0; i < CONNECTIONS; i++)
		if (peers[i] >= 0)
			close(peers[i]);
	EXPECT_EQ(0, failed);
	TH_LOG("%u accepted, %u rejected, %u times put back", all.accepted,
	       all.rejected, all.put_back);
	EXPECT_EQ(0, all.odd);
	EXPECT_EQ(CONNECTIONS, all.accepted + all.rejected);
	EXPECT_TRUE(is_empty(self->dev, self->lsn));
}

TEST_HARNESS_MAIN
