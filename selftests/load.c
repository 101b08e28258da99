// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loading and unloading: refused while in use, and nothing left behind.
 *
 * MODULE in the environment names winsock.ko; WINSOCK_ROUNDS says how often to
 * load and unload it, as a thousand rounds outlast a program's time.
 */
#include "ws_test.h"

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

/* The number behind the first line that begins with @key; -1 without one. */
static long number_in(const char *path, const char *key)
{
	char line[512];
	long n = -1;
	FILE *f = fopen(path, "re");

	if (!f)
		return -1;
	while (n < 0 && fgets(line, sizeof(line), f))
		if (!strncmp(line, key, strlen(key)))
			n = atol(line + strlen(key));
	fclose(f);
	return n;
}

static long tcp_sockets(void)
{
	return number_in("/proc/net/sockstat", "TCP: inuse");
}

static long sockets_allocated(void)
{
	return number_in("/proc/net/sockstat", "sockets: used");
}

static long references(void)
{
	return number_in("/sys/module/winsock/refcnt", "");
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
	EXPECT_EQ(-1, number_in("/proc/slabinfo", "winsock"));
}

TEST_HARNESS_MAIN
