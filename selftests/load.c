// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loading and unloading: refused while in use, and nothing left behind.
 *
 * MODULE in the environment names winsock.ko; WINSOCK_ROUNDS says how often to
 * load and unload it, as a thousand rounds outlast a program's time.
 */
#include "ws_test.h"
#include "ws_count.h"

#include <sys/stat.h>

#define ROUNDS	200

static int load_module(int fd)
{
	return syscall(SYS_finit_module, fd, "", 0) ? -errno : 0;
}

static int unload_module(void)
{
	return syscall(SYS_delete_module, "winsock", O_NONBLOCK) ? -errno : 0;
}

static long tcp_sockets(void)
{
	return number_in("/proc/net/sockstat", "TCP:", "inuse");
}

static long sockets_allocated(void)
{
	return number_in("/proc/net/sockstat", "sockets:", "used");
}

static long references(void)
{
	return number_in("/sys/module/winsock/refcnt", "", "");
}

/* A listener, an accepted connection, a byte each way; all left open. */
static int use_device(int dev)
{
	__u64 lsn, conn, done;
	__be16 port;
	char byte;
	int peer;

	if (ws_listener(dev, WINSOCK_AF_INET, 5, &lsn, &port))
		return -1;
	peer = peer_connect(WINSOCK_AF_INET, port);
	if (peer < 0 || ws_accept(dev, lsn, &conn) ||
	    ws_send(dev, conn, "x", 1, 0, &done) || read(peer, &byte, 1) != 1 ||
	    write(peer, &byte, 1) != 1 ||
	    ws_recv(dev, conn, &byte, 1, 0, &done))
		return -1;
	peer_abort(peer);
	return 0;
}

FIXTURE(load) {
	int module;	/* winsock.ko */
};

/* Every test begins and ends with the module loaded and not in use. */
FIXTURE_SETUP(load)
{
	const char *path = getenv("MODULE");

	self->module = -1;
	if (geteuid())
		SKIP(_exit(255), "loading modules needs root");
	if (!path)
		SKIP(_exit(255), "MODULE= does not name winsock.ko");
	self->module = open(path, O_RDONLY | O_CLOEXEC);
	ASSERT_LE(0, self->module) {
		TH_LOG("%s: %s", path, strerror(errno));
	}
	if (references())
		SKIP(_exit(255), "somebody else uses the module");
}

FIXTURE_TEARDOWN(load)
{
	if (references() < 0)
		load_module(self->module);
	close(self->module);
}

TEST_F(load, node_is_roots_only_at_first)
{
	struct stat st;

	ASSERT_EQ(0, unload_module());
	EXPECT_EQ(-1, stat(WS_DEVICE, &st));
	ASSERT_EQ(0, load_module(self->module));
	ASSERT_EQ(0, stat(WS_DEVICE, &st));
	EXPECT_EQ(S_IFCHR | 0600, st.st_mode);
	EXPECT_EQ(0, st.st_uid);
}

TEST_F(load, unloading_while_open_is_refused_EWOULDBLOCK)
{
	int dev = ws_open();

	ASSERT_LE(0, dev);
	EXPECT_EQ(-EWOULDBLOCK, unload_module());
	EXPECT_EQ(0, use_device(dev));
	EXPECT_EQ(-EWOULDBLOCK, unload_module());
	close(dev);
	EXPECT_EQ(0, unload_module());
}

TEST_F(load, unloading_while_a_descriptor_file_lives_is_refused)
{
	int dev = ws_open(), file;
	__u64 sock;

	ASSERT_EQ(0, ws_tcp(dev, WINSOCK_AF_INET, &sock));
	ASSERT_EQ(0, ws_export(dev, sock, &file));
	close(dev);
	EXPECT_EQ(-EWOULDBLOCK, unload_module());
	EXPECT_EQ(0, ws_close_flags(file, 0, WINSOCK_CLOSE_OBJECT));
	close(file);
	EXPECT_EQ(0, unload_module());
}

/*
 * A native program that keeps its socket's lock: it sets an algorithm that
 * nobody knows, and the program that the kernel asks for it waits for us.
 */
struct keeper {
	pthread_t thread;
	int sock;
	int fifo;
	char dir[32];
	char old[256];	/* whom the kernel asks else */
};

#define MODPROBE	"/proc/sys/kernel/modprobe"

static void *keep_lock(void *arg)
{
	struct keeper *k = arg;

	setsockopt(k->sock, IPPROTO_TCP, TCP_CONGESTION, "none_such", 9);
	return NULL;
}

/* Returns when the lock is held. */
static int keeper_start(struct keeper *k, int sock)
{
	char path[64], script[256];
	FILE *f = fopen(MODPROBE, "re");

	if (!f || !fgets(k->old, sizeof(k->old), f) || fclose(f))
		return -1;
	strcpy(k->dir, "/tmp/winsock.XXXXXX");
	if (!mkdtemp(k->dir))
		return -1;
	snprintf(path, sizeof(path), "%s/fifo", k->dir);
	if (mkfifo(path, 0600))
		return -1;
	snprintf(script, sizeof(script), "#!/bin/sh\nread -r line <%s\n", path);
	snprintf(path, sizeof(path), "%s/helper", k->dir);
	if (!write_text(path, script) || chmod(path, 0700) ||
	    !write_text(MODPROBE, path))
		return -1;
	k->sock = sock;
	if (pthread_create(&k->thread, NULL, keep_lock, k))
		return -1;
	snprintf(path, sizeof(path), "%s/fifo", k->dir);
	k->fifo = open(path, O_WRONLY | O_CLOEXEC);
	return k->fifo < 0 ? -1 : 0;
}

static void keeper_end(struct keeper *k)
{
	char path[64];

	close(k->fifo);
	pthread_join(k->thread, NULL);
	write_text(MODPROBE, k->old);
	snprintf(path, sizeof(path), "%s/helper", k->dir);
	unlink(path);
	snprintf(path, sizeof(path), "%s/fifo", k->dir);
	unlink(path);
	rmdir(k->dir);
}

struct unloader {
	pthread_t thread;
	pid_t tid;
	int err;
};

static void *unload(void *arg)
{
	struct unloader *u = arg;

	__atomic_store_n(&u->tid, syscall(SYS_gettid), __ATOMIC_RELEASE);
	u->err = unload_module();
	return NULL;
}

/* Whether it waits for the module's work. */
static bool waits_for_work(struct unloader *u)
{
	pid_t tid = __atomic_load_n(&u->tid, __ATOMIC_ACQUIRE);
	char path[64], where[64] = "";
	FILE *f;

	snprintf(path, sizeof(path), "/proc/self/task/%d/wchan", tid);
	f = tid ? fopen(path, "re") : NULL;
	if (!f)
		return false;
	if (!fgets(where, sizeof(where), f))
		where[0] = 0;
	fclose(f);
	return strstr(where, "workqueue");
}

/*
 * Work on a socket may outlast all files, if a native owner has the socket's
 * lock; what it lets go of in the end is still there.
 */
TEST_F(load, unloading_waits_for_work_on_a_socket_that_was_watched)
{
	int dev = ws_open(), lsn, ours, peer;
	struct winsock_sock_control change = {
		.size = sizeof(change),
		.code = WINSOCK_SIO_ADDRESS_LIST_CHANGE,
	};
	struct unloader u = { };
	struct keeper k;
	__be16 port;
	__u64 sock;

	ASSERT_LE(0, dev);
	lsn = peer_listen(WINSOCK_AF_INET, &port);
	ASSERT_LE(0, lsn);
	ours = peer_connect(WINSOCK_AF_INET, port);
	peer = accept(lsn, NULL, NULL);
	ASSERT_LE(0, peer);
	ASSERT_EQ(0, ws_import(dev, ours, &sock));
	ASSERT_EQ(0, ws_nonblocking(dev, sock, 1));
	change.handle = sock;
	ASSERT_EQ(WSAEWOULDBLOCK, ws_ioctl(dev, WINSOCK_IOC_SOCK_CONTROL,
					   &change));
	ASSERT_EQ(0, ws_shutdown(dev, sock, WINSOCK_SD_RECEIVE));
	ASSERT_EQ(0, keeper_start(&k, ours));
	/* closing wakes the watch for unread data, which wants the lock */
	close(dev);
	ASSERT_EQ(0, pthread_create(&u.thread, NULL, unload, &u));
	EXPECT_TRUE(ws_until(waits_for_work(&u)));
	keeper_end(&k);
	pthread_join(u.thread, NULL);
	EXPECT_EQ(0, u.err);
	close(ours);
	close(peer);
	close(lsn);
}

TEST_F_TIMEOUT(load, many_rounds_leave_nothing_behind, 300)
{
	const char *text = getenv("WINSOCK_ROUNDS");
	int rounds = text ? atoi(text) : ROUNDS;
	long used, tcp;
	__u64 start;
	int i, dev;

	used = sockets_allocated();
	tcp = tcp_sockets();
	ASSERT_LE(0, used);
	start = ws_now_ns();
	for (i = 0; i < rounds; i++) {
		ASSERT_EQ(0, unload_module());
		ASSERT_EQ(0, load_module(self->module));
		dev = ws_open();
		ASSERT_LE(0, dev);
		ASSERT_EQ(0, use_device(dev)) {
			TH_LOG("round %d", i);
		}
		close(dev);
		ASSERT_EQ(0, references());
	}
	TH_LOG("%d rounds in %llu ms", i, (ws_now_ns() - start) / 1000000);

	/* what waits for its grace period goes by itself, soon */
	EXPECT_TRUE(ws_until(sockets_allocated() <= used));
	EXPECT_TRUE(ws_until(tcp_sockets() <= tcp));
	ASSERT_EQ(0, unload_module());
	EXPECT_EQ(-1, references());
	EXPECT_EQ(-1, access(WS_DEVICE, F_OK));
	EXPECT_EQ(-1, number_in("/proc/slabinfo", "winsock", ""));
}

TEST_HARNESS_MAIN
