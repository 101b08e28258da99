// SPDX-License-Identifier: GPL-2.0-only
/*
 * How much one context carries: connections held open at a time, connections
 * one after the other, memory up to the limit of a control group.  All of it
 * comes back, counted in the module, in the stack and in the allocator.
 *
 * WINSOCK_CAPACITY=count in the environment says how many are held; ten times
 * as many follow each other.
 */
#include "ws_event.h"
#include "ws_count.h"

#include <dirent.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#define HELD		1000
#define PER_ADDRESS	20000	/* connections, far from all of its ports */
#define FILES		64	/* descriptors besides those of connections */

/* With its checks on, a kernel is slower by an order of magnitude. */
static unsigned int held(void)
{
	const char *text = getenv("WINSOCK_CAPACITY");
	bool slow = !access("/sys/kernel/debug/kmemleak", F_OK);

	if (text)
		return strtoul(text, NULL, 0);
	return slow ? HELD / 10 : HELD;
}

/* Lines in debugfs: one for a context, one for each of its handles. */
static long listed(void)
{
	FILE *f = fopen("/sys/kernel/debug/winsock/handles", "re");
	long lines = 0;
	int c;

	if (!f)
		return -1;
	while ((c = getc(f)) != EOF)
		lines += c == '\n';
	fclose(f);
	return lines;
}

/*
 * What there is of what connections are made of.  The stack's sockets and their
 * inodes are all programs' and may become fewer, as those before this one left
 * some to time out; the others are counted in the test's own namespace.
 */
struct census {
	long ours, listed;	/* the module's */
	long used, inuse, tw;	/* the namespace's */
	long tcp, inodes;	/* the system's */
};

static struct census census(void)
{
	return (struct census){
		.ours = objects("winsock_sock"),
		.listed = listed(),
		.used = number_in("/proc/net/sockstat", "sockets:", "used "),
		.inuse = number_in("/proc/net/sockstat", "TCP:", "inuse "),
		.tw = number_in("/proc/net/sockstat", "TCP:", "tw "),
		.tcp = objects("TCP"),
		.inodes = objects("sock_inode_cache"),
	};
}

static bool no_more_than(const struct census *then)
{
	struct census now = census();

	return now.ours == then->ours && now.listed == then->listed &&
	       now.used == then->used && now.inuse == then->inuse &&
	       now.tw == then->tw && now.tcp <= then->tcp &&
	       now.inodes <= then->inodes;
}

static void print_census(const char *when, const struct census *c)
{
	printf("# %s: ours %ld listed %ld used %ld inuse %ld tw %ld tcp %ld inodes %ld\n",
	       when, c->ours, c->listed, c->used, c->inuse, c->tw, c->tcp,
	       c->inodes);
	fflush(stdout);
}

/* Says what is left if there is. */
static bool all_came_back(const struct census *then)
{
	struct census now;

	if (ws_until(no_more_than(then)))
		return true;
	now = census();
	print_census("before", then);
	print_census("left", &now);
	return false;
}

/* Bytes that the kernel has in slabs, and needs, and in virtual areas. */
static double kernel_memory(void)
{
	DIR *dir = opendir("/sys/kernel/slab");
	struct dirent *cache;

	while (dir && (cache = readdir(dir)))
		objects(cache->d_name);
	if (dir)
		closedir(dir);
	return (number_in("/proc/meminfo", "Slab:", " ") +
		number_in("/proc/meminfo", "VmallocUsed:", " ")) * 1024.0;
}

FIXTURE(capacity) {
	unsigned int n;
	struct census before;
	int dev;
	__u64 lsn;
	int native;	/* a listener of the stack's own */
	__be16 port, native_port;
	int *peers, *fds;
	__u64 *conns;
};

/*
 * On one processor packets come in the order in which they are sent.  On two a
 * reset may come while the last acknowledgment makes a connection one of
 * TIME_WAIT, and be lost to both; then that stays for a minute.
 */
FIXTURE_SETUP(capacity)
{
	union ws_addr any = { .in.sin_family = WINSOCK_AF_INET };
	struct sockaddr_in sin = { .sin_family = AF_INET };
	struct rlimit lim;

	if (geteuid())
		SKIP(_exit(255), "counting needs root");
	ASSERT_EQ(0, ws_stay_on_processor());
	self->n = held();
	lim.rlim_cur = 2 * self->n + FILES;
	lim.rlim_max = lim.rlim_cur;
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim)) {
		TH_LOG("is /proc/sys/fs/nr_open below %lu?", lim.rlim_cur);
	}
	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	ASSERT_TRUE(peer_loopback_up());
	ASSERT_TRUE(write_text("/proc/sys/net/ipv4/ip_local_port_range",
			       "1024 65535"));
	self->before = census();
	ASSERT_LE(0, self->before.ours);

	self->peers = calloc(self->n, sizeof(*self->peers));
	self->fds = calloc(self->n, sizeof(*self->fds));
	self->conns = calloc(self->n, sizeof(*self->conns));
	ASSERT_TRUE(self->peers && self->fds && self->conns);
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &self->lsn));
	ASSERT_EQ(0, ws_bind(self->dev, self->lsn, &any, sizeof(any.in)));
	ASSERT_EQ(0, ws_listen(self->dev, self->lsn, 5));
	self->port = ws_port(self->dev, self->lsn);
	self->native = peer_socket(WINSOCK_AF_INET);
	ASSERT_EQ(0, bind(self->native, (void *)&sin, sizeof(sin)));
	ASSERT_EQ(0, listen(self->native, 5));
	self->native_port = peer_port(self->native);
}

FIXTURE_TEARDOWN(capacity)
{
	free(self->peers);
	free(self->fds);
	free(self->conns);
}

/* The @i-th connection to a port that listens on all of 127.0.0.0/8, or -1. */
static int dial(__be16 port, unsigned int i)
{
	struct sockaddr_in sin = {
		.sin_family = AF_INET, .sin_port = port,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK + i / PER_ADDRESS),
	};
	int fd = peer_socket(WINSOCK_AF_INET);

	if (fd >= 0 && connect(fd, (void *)&sin, sizeof(sin))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* A byte that is only this connection's comes, and its answer goes. */
static int serve(int dev, __u64 conn, int peer, unsigned int i)
{
	__u8 ask = i * 7, got = ~ask, answer;
	__u64 done;
	int err;

	if (write(peer, &ask, 1) != 1)
		return -1;
	err = ws_recv(dev, conn, &got, 1, 0, &done);
	if (err || done != 1 || got != ask)
		return err ?: -2;
	got++;
	err = ws_send(dev, conn, &got, 1, 0, &done);
	if (err || done != 1)
		return err ?: -3;
	return read(peer, &answer, 1) == 1 && answer == got ? 0 : -4;
}

static unsigned long long ms_since(__u64 start)
{
	return (ws_now_ns() - start) / 1000000;
}

TEST_F_TIMEOUT(capacity, connections_held_at_a_time, 3600)
{
	double memory, ours, native;
	unsigned int i;
	__u64 start;

	memory = kernel_memory();
	start = ws_now_ns();
	for (i = 0; i < self->n; i++) {
		self->peers[i] = dial(self->port, i);
		ASSERT_LE(0, self->peers[i]) {
			TH_LOG("%u: %s", i, strerror(errno));
		}
		ASSERT_EQ(0, ws_accept(self->dev, self->lsn, &self->conns[i]));
	}
	TH_LOG("%u connections made in %llu ms", i, ms_since(start));
	ours = (kernel_memory() - memory) / self->n;
	EXPECT_EQ(self->before.ours + (long)self->n + 1, objects("winsock_sock"));
	EXPECT_EQ(self->before.listed + (long)self->n + 2, listed());

	start = ws_now_ns();
	for (i = 0; i < self->n; i++)
		ASSERT_EQ(0, serve(self->dev, self->conns[i], self->peers[i],
				   i));
	TH_LOG("each served in turn in %llu ms", ms_since(start));

	/* Half goes one by one, the rest with the context. */
	start = ws_now_ns();
	for (i = 0; i < self->n; i++) {
		peer_abort(self->peers[i]);
		if (i % 2)
			ASSERT_EQ(0, ws_close(self->dev, self->conns[i]));
	}
	close(self->dev);
	TH_LOG("closed in %llu ms", ms_since(start));

	memory = kernel_memory();
	for (i = 0; i < self->n; i++) {
		self->peers[i] = dial(self->native_port, i);
		self->fds[i] = accept(self->native, NULL, NULL);
		ASSERT_LE(0, self->fds[i]);
	}
	native = (kernel_memory() - memory) / self->n;
	/* of fewer it is lost in what else comes and goes */
	if (self->n >= HELD)
		TH_LOG("kernel memory a connection, both ends: %.0f bytes, native %.0f",
		       ours, native);
	for (i = 0; i < self->n; i++) {
		peer_abort(self->peers[i]);
		close(self->fds[i]);
	}
	close(self->native);
	EXPECT_TRUE(all_came_back(&self->before));
}

TEST_F_TIMEOUT(capacity, connections_one_after_the_other, 3600)
{
	unsigned int i, n = 10 * self->n;
	__u64 start = ws_now_ns(), conn;
	int peer;

	for (i = 0; i < n; i++) {
		peer = dial(self->port, 0);
		ASSERT_LE(0, peer) {
			TH_LOG("%u: %s", i, strerror(errno));
		}
		ASSERT_EQ(0, ws_accept(self->dev, self->lsn, &conn)) {
			TH_LOG("%u", i);
		}
		ASSERT_EQ(0, ws_close(self->dev, conn));
		peer_abort(peer);
	}
	TH_LOG("%u connections in %llu ms", i, ms_since(start));
	/* with the context open: nothing was kept for them */
	ASSERT_EQ(0, ws_close(self->dev, self->lsn));
	close(self->native);
	self->before.listed++;
	EXPECT_TRUE(all_came_back(&self->before));
	close(self->dev);
	self->before.listed--;
	EXPECT_TRUE(all_came_back(&self->before));
}

#define GROUP		"/sys/fs/cgroup/winsock-capacity"
#define GROUP_MEMORY	"4194304"

#define KEPT		2000	/* events that are closed to have memory again */

/*
 * What a member of the group and the test tell each other.  At the limit a file
 * that is opened, or a byte in a pipe, gets the member killed.
 */
struct told {
	int stage;	/* who reads waits for it */
	__be16 port;
	unsigned int events;
	int line;	/* where the member failed */
	__u64 kept[KEPT];
};

enum { LISTENING = 1, CONNECTED, FULL, COUNTED, SERVED, FAILED };

static void tell(struct told *t, int stage)
{
	__atomic_store_n(&t->stage, stage, __ATOMIC_RELEASE);
}

/* False if it will not come any more, as the @other process has ended. */
static bool hear(struct told *t, int stage, pid_t other)
{
	while (__atomic_load_n(&t->stage, __ATOMIC_ACQUIRE) < stage &&
	       !(other && waitpid(other, NULL, WNOHANG)))
		sched_yield();
	return t->stage == stage;
}

static int post_message(int dev)
{
	struct winsock_message_post m = { .size = sizeof(m) };

	return ws_ioctl(dev, WINSOCK_IOC_MESSAGE_POST, &m);
}

/* A line's number, or 0. */
static int member(struct told *t)
{
	struct rlimit lim = { 1 << 20, 1 << 20 };
	unsigned int messages, i;
	__u64 lsn, h, conn = 0;
	int dev, ret;

	if (setrlimit(RLIMIT_NOFILE, &lim) ||
	    !write_text(GROUP "/cgroup.procs", "0"))
		return __LINE__;
	dev = ws_open();
	if (ws_listener(dev, WINSOCK_AF_INET, 5, &lsn, &t->port))
		return __LINE__;
	tell(t, LISTENING);
	if (!hear(t, CONNECTED, 0))
		return __LINE__;
	for (; !(ret = ws_event_create(dev, 0, &h)); t->events++)
		t->kept[t->events % KEPT] = h;
	if (ret != WSAENOBUFS || t->events < KEPT)
		return __LINE__;
	/* down to less than any socket takes */
	for (messages = 0; !(ret = post_message(dev)); messages++)
		;
	if (ret != WSAENOBUFS || messages >= WINSOCK_MESSAGES_MAX)
		return __LINE__;
	if (ws_tcp(dev, WINSOCK_AF_INET, &h) != WSAENOBUFS ||
	    ws_accept(dev, lsn, &h) != WSAENOBUFS)
		return __LINE__;
	tell(t, FULL);
	if (!hear(t, COUNTED, 0))
		return __LINE__;

	/* all goes on, and the connection is still the first */
	for (i = 0; i < KEPT; i++)
		if (ws_close(dev, t->kept[i]))
			return __LINE__;
	ws_until((ret = ws_accept(dev, lsn, &conn)) != WSAENOBUFS);
	if (ret || ws_send(dev, conn, "x", 1, 0, &h))
		return __LINE__;
	tell(t, SERVED);
	return 0;
}

/* A group whose processes have no more memory than that, nor any other. */
FIXTURE(group) {
	struct told *told;
	int peer;	/* of a connection that waits */
	pid_t pid;
};

FIXTURE_SETUP(group)
{
	if (geteuid())
		SKIP(_exit(255), "making a control group needs root");
	if (!write_text("/sys/fs/cgroup/cgroup.subtree_control", "+memory"))
		SKIP(_exit(255), "no control groups with memory, version 2");
	ASSERT_EQ(0, mkdir(GROUP, 0755));
	ASSERT_TRUE(write_text(GROUP "/memory.max", GROUP_MEMORY));
	/* absent where there is no swapping */
	write_text(GROUP "/memory.swap.max", "0");
	self->told = mmap(NULL, sizeof(*self->told), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)self->told);
	memset(self->told, 0, sizeof(*self->told));
	self->pid = fork();
	ASSERT_LE(0, self->pid);
	if (!self->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		self->told->line = member(self->told);
		if (self->told->line)
			tell(self->told, FAILED);
		_exit(0);
	}
	ASSERT_TRUE(hear(self->told, LISTENING, self->pid));
	self->peer = peer_connect(WINSOCK_AF_INET, self->told->port);
	ASSERT_LE(0, self->peer);
}

FIXTURE_TEARDOWN(group)
{
	kill(self->pid, SIGKILL);
	waitpid(self->pid, NULL, 0);
	close(self->peer);
	EXPECT_TRUE(ws_until(!rmdir(GROUP)));
}

/* Its own memory fails before anything is asked of the stack. */
TEST_F_TIMEOUT(group, at_its_limit_WSAENOBUFS_and_nobody_is_killed, 300)
{
	char byte;

	tell(self->told, CONNECTED);
	EXPECT_TRUE(hear(self->told, FULL, self->pid));
	/* it is charged for what it made */
	EXPECT_LT(atol(GROUP_MEMORY) / 2,
		  number_in(GROUP "/memory.stat", "slab ", ""));
	EXPECT_LT(0, number_in(GROUP "/memory.events", "max ", ""));
	TH_LOG("%u events in %s bytes", self->told->events, GROUP_MEMORY);
	tell(self->told, COUNTED);
	EXPECT_TRUE(hear(self->told, SERVED, self->pid));
	EXPECT_EQ(0, self->told->line);
	EXPECT_EQ(1, read(self->peer, &byte, 1));
	EXPECT_EQ(0, number_in(GROUP "/memory.events", "oom ", ""));
	EXPECT_EQ(0, number_in(GROUP "/memory.events", "oom_kill ", ""));
}

TEST_HARNESS_MAIN
