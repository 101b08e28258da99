// SPDX-License-Identifier: GPL-2.0-only
/*
 * bind where the API alone does not lead: other users, native neighbours, other
 * namespaces, races, and processes that are killed.
 */
#include "ws_test.h"

enum option { NONE, REUSE, EXCL };

#define WILD	0
#define LO(n)	(INADDR_LOOPBACK + (n))	/* IPv4: 127.0.0.1 and its neighbours */

FIXTURE(bind) {
	int dev, other;	/* two contexts */
	__be16 port;
};

FIXTURE_VARIANT(bind) {
	int type;
};

FIXTURE_VARIANT_ADD(bind, tcp) {
	.type = SOCK_STREAM,
};

FIXTURE_VARIANT_ADD(bind, udp) {
	.type = SOCK_DGRAM,
};

FIXTURE_SETUP(bind)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	self->other = ws_open();
	ASSERT_LE(0, self->other);
}

FIXTURE_TEARDOWN(bind)
{
	close(self->other);
	close(self->dev);
}

static int set_option(int dev, __u64 h, enum option option)
{
	__u32 on = 1;

	if (option == NONE)
		return 0;
	return ws_setopt(dev, h, WINSOCK_SOL_SOCKET,
			 option == REUSE ? WINSOCK_SO_REUSEADDR :
					   WINSOCK_SO_EXCLUSIVEADDRUSE,
			 &on, sizeof(on));
}

static __u64 unbound(int dev, int type, enum option option)
{
	__u64 h;

	if (ws_create(dev, WINSOCK_AF_INET, type, 0, &h) ||
	    set_option(dev, h, option))
		return WS_POISON;
	return h;
}

static int bind_to(int dev, __u64 h, __u32 addr, __be16 port)
{
	struct winsock_sockaddr_in in = {
		.sin_family = WINSOCK_AF_INET, .sin_port = port,
		.sin_addr = htonl(addr),
	};

	return ws_bind(dev, h, &in, sizeof(in));
}

/* A new socket of the device bound to @addr; with *port 0 that gets its port. */
static int bound(int dev, int type, enum option option, __u32 addr,
		 __be16 *port, __u64 *h)
{
	int ret;

	*h = unbound(dev, type, option);
	ret = bind_to(dev, *h, addr, *port);
	if (!ret && !*port)
		*port = ws_port(dev, *h);
	return ret;
}

/* Whether it can be bound, without keeping it: 0 or the code. */
static int try_bind(int dev, int type, enum option option, __u32 addr,
		    __be16 port)
{
	__u64 h;
	int ret = bound(dev, type, option, addr, &port, &h);

	ws_close(dev, h);
	return ret;
}

/* What natives set before bind. */
enum native { PLAIN = 0, SHARED = SO_REUSEADDR, GROUPED = SO_REUSEPORT };

static const enum native natives[] = { PLAIN, SHARED, GROUPED };

/* A native socket bound so, or -errno; with *port 0 that gets its port. */
static int native(int type, enum native how, __u32 addr, __be16 *port)
{
	struct sockaddr_in in = {
		.sin_family = AF_INET, .sin_port = *port,
		.sin_addr.s_addr = htonl(addr),
	};
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0), on = 1, err;

	if (how != PLAIN)
		setsockopt(fd, SOL_SOCKET, how, &on, sizeof(on));
	if (bind(fd, (void *)&in, sizeof(in))) {
		err = errno;
		close(fd);
		return -err;
	}
	*port = peer_port(fd);
	return fd;
}

/* -errno of a native bind, 0 if it worked. */
static int try_native(int type, enum native how, __u32 addr, __be16 port)
{
	int fd = native(type, how, addr, &port);

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

#define IN_USE	WSAEADDRINUSE
#define DENIED	WSAEACCES

/*
 * Two users ("Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE").  Rows and columns:
 * no option, REUSE, EXCL, each as wildcard and as specific address.
 */
static const int two_users[6][6] = {
	{ IN_USE, DENIED, DENIED, DENIED, IN_USE, DENIED },
	{ 0, IN_USE, 0, DENIED, IN_USE, IN_USE },
	{ IN_USE, DENIED, 0, 0, IN_USE, DENIED },
	{ 0, IN_USE, 0, 0, IN_USE, IN_USE },
	{ IN_USE, DENIED, DENIED, DENIED, IN_USE, DENIED },
	{ 0, IN_USE, 0, DENIED, IN_USE, IN_USE },
};

/* This thread's effective user; its saved one stays. */
static int become(uid_t uid)
{
	return syscall(SYS_setresuid, -1, uid, -1);
}

TEST_F(bind, two_users)
{
	__u64 h;
	int i, j;

	if (geteuid())
		SKIP(return, "becoming another user needs root");
	for (i = 0; i < 6; i++) {
		self->port = 0;
		ASSERT_EQ(0, bound(self->dev, variant->type, i / 2,
				   i & 1 ? LO(0) : WILD, &self->port, &h));
		for (j = 0; j < 6; j++) {
			int code;

			ASSERT_EQ(0, become(65534));
			code = try_bind(self->other, variant->type, j / 2,
					j & 1 ? LO(0) : WILD, self->port);
			ASSERT_EQ(0, become(0));
			EXPECT_EQ(two_users[i][j], code) {
				TH_LOG("row %d column %d", i, j);
			}
		}
		ASSERT_EQ(0, ws_close(self->dev, h));
	}
}

/* One context's socket counts for another's; the same user here. */
TEST_F(bind, contexts_see_each_other)
{
	__u64 h;

	ASSERT_EQ(0, bound(self->dev, variant->type, EXCL, LO(0), &self->port,
			   &h));
	EXPECT_EQ(WSAEACCES, try_bind(self->other, variant->type, REUSE, LO(0),
				      self->port));
	ASSERT_EQ(0, ws_close(self->dev, h));
	EXPECT_EQ(0, try_bind(self->other, variant->type, EXCL, LO(0),
			      self->port));
}

/* What a native socket has, it keeps, whatever it and ours have set. */
TEST_F(bind, native_socket_keeps_its_port)
{
	static const __u32 addrs[] = { WILD, LO(0) };
	unsigned int how, a, b;
	enum option option;
	int fd;

	for (how = 0; how < ARRAY_SIZE(natives); how++) {
		for (a = 0; a < 4; a++) {
			self->port = 0;
			fd = native(variant->type, natives[how], addrs[a & 1],
				    &self->port);
			ASSERT_LE(0, fd);
			for (option = NONE; option <= EXCL; option++) {
				/* as Linux shares among those who want it */
				if (option == REUSE && natives[how] == SHARED)
					continue;
				b = a >> 1;
				EXPECT_EQ(WSAEADDRINUSE,
					  try_bind(self->dev, variant->type,
						   option, addrs[b],
						   self->port));
			}
			close(fd);
		}
	}
}

/*
 * A wildcard is refused for a native socket on one address though the device's
 * own on another would let it pass; and then nothing has changed.
 */
TEST_F(bind, native_socket_is_seen_behind_ours)
{
	unsigned int how;
	__u64 ours, wide;
	int fd;

	for (how = 0; how < ARRAY_SIZE(natives); how++) {
		self->port = 0;
		ASSERT_EQ(0, bound(self->dev, variant->type, NONE, LO(0),
				   &self->port, &ours));
		fd = native(variant->type, natives[how], LO(1), &self->port);
		ASSERT_LE(0, fd);
		wide = unbound(self->other, variant->type, NONE);
		EXPECT_EQ(WSAEADDRINUSE, bind_to(self->other, wide, WILD,
						 self->port));
		EXPECT_EQ(0, ws_port(self->other, wide));
		EXPECT_EQ(-EADDRINUSE, try_native(variant->type, SHARED, LO(0),
						  self->port));
		close(fd);
		EXPECT_EQ(0, bind_to(self->other, wide, WILD, self->port));
		EXPECT_EQ(0, ws_close(self->other, wide));
		EXPECT_EQ(0, ws_close(self->dev, ours));
	}
}

/* A port with the device's sockets is closed to native ones. */
static void no_native_gets_in(struct __test_metadata *_metadata, int type,
			      __be16 port)
{
	static const __u32 addrs[] = { WILD, LO(0), LO(1) };
	unsigned int how, a;

	for (how = 0; how < ARRAY_SIZE(natives); how++)
		for (a = 0; a < ARRAY_SIZE(addrs); a++)
			EXPECT_EQ(-EADDRINUSE, try_native(type, natives[how],
							  addrs[a], port));
}

TEST_F(bind, shared_port_is_closed_to_native_sockets)
{
	__u64 wide, narrow;

	ASSERT_EQ(0, bound(self->dev, variant->type, NONE, WILD, &self->port,
			   &wide));
	no_native_gets_in(_metadata, variant->type, self->port);
	ASSERT_EQ(0, bound(self->other, variant->type, NONE, LO(0),
			   &self->port, &narrow));
	no_native_gets_in(_metadata, variant->type, self->port);
	if (variant->type == SOCK_STREAM) {
		ASSERT_EQ(0, ws_listen(self->dev, wide, 5));
		ASSERT_EQ(0, ws_listen(self->other, narrow, 5));
		no_native_gets_in(_metadata, variant->type, self->port);
	}
	/* the one that was let in is as closed without the other */
	ASSERT_EQ(0, ws_close(self->dev, wide));
	EXPECT_EQ(-EADDRINUSE, try_native(variant->type, SHARED, LO(0),
					  self->port));
	EXPECT_EQ(0, try_native(variant->type, PLAIN, LO(1), self->port));
}

/* In the other order: the wildcard is the one that is let in. */
TEST_F(bind, wildcard_that_was_let_in_is_closed_to_native_sockets)
{
	__u64 wide, narrow;

	ASSERT_EQ(0, bound(self->dev, variant->type, NONE, LO(0), &self->port,
			   &narrow));
	ASSERT_EQ(0, bound(self->other, variant->type, NONE, WILD,
			   &self->port, &wide));
	no_native_gets_in(_metadata, variant->type, self->port);
	ASSERT_EQ(0, ws_close(self->dev, narrow));
	no_native_gets_in(_metadata, variant->type, self->port);
}

/* SO_REUSEADDR on both sides: Linux' rules hold between them. */
TEST_F(bind, reuse_on_both_sides_shares_as_linux_does)
{
	__u64 h;
	int fd;

	fd = native(variant->type, SHARED, LO(0), &self->port);
	ASSERT_LE(0, fd);
	ASSERT_EQ(0, bound(self->dev, variant->type, REUSE, LO(0), &self->port,
			   &h));
	EXPECT_EQ(0, try_native(variant->type, SHARED, LO(0), self->port));
	EXPECT_EQ(-EADDRINUSE, try_native(variant->type, PLAIN, LO(0),
					  self->port));
	close(fd);
}

/* An imported socket stays native: Linux binds it, and ours respect it. */
TEST_F(bind, imported_socket_stays_native)
{
	__be16 port = 0;
	__u64 ours, h;
	int fd;

	ASSERT_EQ(0, bound(self->dev, variant->type, NONE, LO(0), &self->port,
			   &ours));
	fd = socket(AF_INET, variant->type | SOCK_CLOEXEC, 0);
	ASSERT_EQ(0, ws_import(self->dev, fd, &h));
	EXPECT_EQ(WSAEADDRINUSE, bind_to(self->dev, h, WILD, self->port));
	ASSERT_EQ(0, bind_to(self->dev, h, LO(0), 0));
	port = ws_port(self->dev, h);
	EXPECT_EQ(WSAEADDRINUSE, try_bind(self->other, variant->type, NONE,
					  WILD, port));
	/* and its owner keeps the port beyond the handle */
	ASSERT_EQ(0, ws_close(self->dev, h));
	EXPECT_EQ(WSAEADDRINUSE, try_bind(self->other, variant->type, NONE,
					  WILD, port));
	close(fd);
	EXPECT_EQ(0, try_bind(self->other, variant->type, NONE, WILD, port));
}

TEST_F(bind, place_lasts_as_long_as_the_socket)
{
	int file;
	__u64 h;

	ASSERT_EQ(0, bound(self->dev, variant->type, EXCL, WILD, &self->port,
			   &h));
	ASSERT_EQ(0, ws_export(self->dev, h, &file));
	ASSERT_EQ(0, ws_close(self->dev, h));
	EXPECT_EQ(WSAEADDRINUSE, try_bind(self->other, variant->type, EXCL,
					  WILD, self->port));
	close(file);
	EXPECT_EQ(0, try_bind(self->other, variant->type, EXCL, WILD,
			      self->port));
}

TEST_F(bind, killed_process_gives_its_ports_back)
{
	int pipe_fds[2], dev;
	pid_t pid;
	__u64 h;

	ASSERT_EQ(0, pipe(pipe_fds));
	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid) {
		dev = ws_open();
		if (bound(dev, variant->type, EXCL, WILD, &self->port, &h) ||
		    (variant->type == SOCK_STREAM && ws_listen(dev, h, 5)))
			self->port = 0;
		if (write(pipe_fds[1], &self->port, 2) == 2)
			pause();
		_exit(0);
	}
	ASSERT_EQ(2, read(pipe_fds[0], &self->port, 2));
	ASSERT_NE(0, self->port);
	EXPECT_EQ(WSAEADDRINUSE, try_bind(self->dev, variant->type, EXCL, WILD,
					  self->port));
	ASSERT_EQ(0, kill(pid, SIGKILL));
	ASSERT_EQ(pid, waitpid(pid, NULL, 0));
	EXPECT_EQ(0, try_bind(self->dev, variant->type, EXCL, WILD,
			      self->port));
}

TEST_F(bind, namespaces_do_not_meet)
{
	int dev;
	__u64 h;

	if (geteuid())
		SKIP(return, "a network namespace needs root");
	ASSERT_EQ(0, bound(self->dev, variant->type, EXCL, WILD, &self->port,
			   &h));
	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	dev = ws_open();
	ASSERT_LE(0, dev);
	EXPECT_EQ(0, try_bind(dev, variant->type, EXCL, WILD, self->port));
	close(dev);
}

/* More would make each datagram and each connection a long search. */
TEST_F(bind, too_many_on_one_address_WSAENOBUFS)
{
	__u64 h;
	int i;

	for (i = 0; i < 256; i++)
		ASSERT_EQ(0, bound(self->dev, variant->type, REUSE, LO(0),
				   &self->port, &h));
	/* [bind WSAENOBUFS] */
	EXPECT_EQ(WSAENOBUFS, try_bind(self->dev, variant->type, REUSE, LO(0),
				       self->port));
	EXPECT_EQ(0, try_bind(self->dev, variant->type, REUSE, LO(1),
			      self->port));
	ASSERT_EQ(0, ws_close(self->dev, h));
	EXPECT_EQ(0, try_bind(self->dev, variant->type, REUSE, LO(0),
			      self->port));
}

/* Racers: each binds, once all are ready. */
struct racer {
	pthread_t thread;
	pthread_barrier_t *start;
	int dev;
	__u64 h;
	__u32 addr;
	__be16 port;
	int code;
};

static void *race(void *arg)
{
	struct racer *r = arg;

	pthread_barrier_wait(r->start);
	r->code = bind_to(r->dev, r->h, r->addr, r->port);
	return NULL;
}

#define RACERS	6

static void run_race(struct racer *racers)
{
	pthread_barrier_t start;
	int i;

	pthread_barrier_init(&start, NULL, RACERS);
	for (i = 0; i < RACERS; i++) {
		racers[i].start = &start;
		pthread_create(&racers[i].thread, NULL, race, &racers[i]);
	}
	for (i = 0; i < RACERS; i++)
		pthread_join(racers[i].thread, NULL);
	pthread_barrier_destroy(&start);
}

static __be16 free_port(int dev, int type)
{
	__be16 port = 0;
	__u64 h;

	bound(dev, type, NONE, WILD, &port, &h);
	ws_close(dev, h);
	return port;
}

/* Two contexts, several threads, one exclusive port: one of them has it. */
TEST_F(bind, one_of_many_wins)
{
	struct racer r[RACERS];
	int round, i, winners;

	for (round = 0; round < 100; round++) {
		self->port = free_port(self->dev, variant->type);
		for (i = 0; i < RACERS; i++) {
			r[i].dev = i & 1 ? self->dev : self->other;
			r[i].h = unbound(r[i].dev, variant->type, EXCL);
			r[i].addr = LO(0);
			r[i].port = self->port;
		}
		run_race(r);
		for (winners = i = 0; i < RACERS; i++) {
			winners += !r[i].code;
			if (r[i].code)
				EXPECT_EQ(WSAEADDRINUSE, r[i].code);
			ASSERT_EQ(0, ws_close(r[i].dev, r[i].h));
		}
		ASSERT_EQ(1, winners);
	}
}

/* The same, where the stack has that port only to give to those who name none. */
TEST_F(bind, one_of_many_wins_named_or_not)
{
	struct racer r[RACERS];
	int round, i, winners;
	__u64 end;
	FILE *f;

	if (geteuid())
		SKIP(return, "a network namespace needs root");
	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	f = fopen("/proc/sys/net/ipv4/ip_local_port_range", "we");
	ASSERT_NE(NULL, f);
	ASSERT_LT(0, fprintf(f, "40000 40000"));
	ASSERT_EQ(0, fclose(f));
	for (i = 0; i < RACERS; i++)
		r[i].dev = ws_open();
	end = ws_now_ns() + 5000000000ULL;
	for (round = 0; ws_now_ns() < end; round++) {
		for (i = 0; i < RACERS; i++) {
			r[i].h = unbound(r[i].dev, variant->type, EXCL);
			r[i].addr = WILD;
			r[i].port = i & 1 ? htons(40000) : 0;
		}
		run_race(r);
		for (winners = i = 0; i < RACERS; i++) {
			winners += !r[i].code;
			ASSERT_EQ(0, ws_close(r[i].dev, r[i].h));
		}
		ASSERT_EQ(1, winners) {
			TH_LOG("in round %d", round);
		}
	}
	for (i = 0; i < RACERS; i++)
		close(r[i].dev);
}

/* One wildcard and one socket of each address: all may, in any order. */
TEST_F(bind, all_who_may_win)
{
	struct racer r[RACERS];
	int round, i;

	for (round = 0; round < 100; round++) {
		self->port = free_port(self->dev, variant->type);
		for (i = 0; i < RACERS; i++) {
			r[i].dev = i & 1 ? self->dev : self->other;
			r[i].h = unbound(r[i].dev, variant->type, NONE);
			r[i].addr = i ? LO(i) : WILD;
			r[i].port = self->port;
		}
		run_race(r);
		for (i = 0; i < RACERS; i++) {
			EXPECT_EQ(0, r[i].code);
			ASSERT_EQ(0, ws_close(r[i].dev, r[i].h));
		}
	}
}

static bool stop_natives;

static void *bind_natives(void *arg)
{
	int type = *(int *)arg >> 16;
	__be16 port = *(int *)arg & 0xffff, any;
	int fd;

	while (!__atomic_load_n(&stop_natives, __ATOMIC_ACQUIRE)) {
		any = port;
		fd = native(type, PLAIN, LO(1), &any);
		if (fd >= 0)
			close(fd);
	}
	return NULL;
}

/*
 * The wildcard is let in beside ours again and again while a native socket
 * comes and goes: whoever has the port, the other is refused.
 */
TEST_F(bind, native_and_ours_never_both)
{
	int arg, round, code, ours_won = 0;
	pthread_t thread;
	__u64 h, wide;

	ASSERT_EQ(0, bound(self->dev, variant->type, NONE, LO(0), &self->port,
			   &h));
	arg = variant->type << 16 | self->port;
	stop_natives = false;
	ASSERT_EQ(0, pthread_create(&thread, NULL, bind_natives, &arg));
	for (round = 0; round < 2000; round++) {
		code = bound(self->other, variant->type, NONE, WILD,
			     &self->port, &wide);
		if (code) {
			EXPECT_EQ(WSAEADDRINUSE, code);
		} else {
			ours_won++;
			EXPECT_EQ(-EADDRINUSE, try_native(variant->type, SHARED,
							  LO(1), self->port));
		}
		ASSERT_EQ(0, ws_close(self->other, wide));
	}
	__atomic_store_n(&stop_natives, true, __ATOMIC_RELEASE);
	ASSERT_EQ(0, pthread_join(thread, NULL));
	TH_LOG("%d of %d binds succeeded", ours_won, round);
}

FIXTURE(stream) {
	int dev;
	__be16 port;
};

FIXTURE_SETUP(stream)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
}

FIXTURE_TEARDOWN(stream)
{
	close(self->dev);
}

/* [listen WSAEADDRINUSE]: shared by SO_REUSEADDR, and the native one was first */
TEST_F(stream, listen_where_a_native_listens_WSAEADDRINUSE)
{
	__u64 h;
	int fd;

	fd = native(SOCK_STREAM, SHARED, LO(0), &self->port);
	ASSERT_LE(0, fd);
	ASSERT_EQ(0, bound(self->dev, SOCK_STREAM, REUSE, LO(0), &self->port,
			   &h));
	ASSERT_EQ(0, listen(fd, 5));
	EXPECT_EQ(WSAEADDRINUSE, ws_listen(self->dev, h, 5));
	close(fd);
	EXPECT_EQ(0, ws_listen(self->dev, h, 5));
}

/* Native connections of a native listener that has closed. */
TEST_F(stream, native_connection_keeps_its_port)
{
	int lsn, client, server;

	lsn = peer_listen(WINSOCK_AF_INET, &self->port);
	client = peer_connect(WINSOCK_AF_INET, self->port);
	ASSERT_LE(0, client);
	server = accept(lsn, NULL, NULL);
	close(lsn);
	EXPECT_EQ(WSAEADDRINUSE, try_bind(self->dev, SOCK_STREAM, NONE, WILD,
					  self->port));
	EXPECT_EQ(WSAEADDRINUSE, try_bind(self->dev, SOCK_STREAM, REUSE, LO(0),
					  self->port));
	close(server);
	close(client);
	/* what is left is in TIME_WAIT */
	EXPECT_EQ(0, try_bind(self->dev, SOCK_STREAM, NONE, WILD, self->port));
}

/* Once bound beside old connections, closed to native sockets all the same. */
TEST_F(stream, port_beside_old_connections_is_closed_to_native_sockets)
{
	__u64 lsn, conn;
	int client;

	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &lsn,
				 &self->port));
	client = peer_connect(WINSOCK_AF_INET, self->port);
	ASSERT_LE(0, client);
	ASSERT_EQ(0, ws_accept(self->dev, lsn, &conn));
	ASSERT_EQ(0, ws_close(self->dev, conn));
	ASSERT_EQ(0, ws_close(self->dev, lsn));
	close(client);
	ASSERT_EQ(0, bound(self->dev, SOCK_STREAM, NONE, WILD, &self->port,
			   &lsn));
	no_native_gets_in(_metadata, SOCK_STREAM, self->port);
	ASSERT_EQ(0, ws_listen(self->dev, lsn, 5));
	no_native_gets_in(_metadata, SOCK_STREAM, self->port);
	client = peer_connect(WINSOCK_AF_INET, self->port);
	ASSERT_LE(0, client);
	EXPECT_EQ(0, ws_accept(self->dev, lsn, &conn));
	close(client);
}

/* An exclusive place is given up by whoever of its sockets goes last. */
TEST_F(stream, exclusive_place_outlives_listener_and_context)
{
	__u64 lsn, conn;
	int client, other, file;

	other = ws_open();
	ASSERT_EQ(0, bound(other, SOCK_STREAM, EXCL, LO(0), &self->port, &lsn));
	ASSERT_EQ(0, ws_listen(other, lsn, 5));
	client = peer_connect(WINSOCK_AF_INET, self->port);
	ASSERT_EQ(0, ws_accept(other, lsn, &conn));
	ASSERT_EQ(0, ws_export(other, conn, &file));
	close(other);
	EXPECT_EQ(WSAEADDRINUSE, try_bind(self->dev, SOCK_STREAM, EXCL, LO(0),
					  self->port));
	close(file);
	EXPECT_EQ(0, try_bind(self->dev, SOCK_STREAM, EXCL, LO(0),
			      self->port));
	close(client);
}

static int connect_to(int dev, __u64 h, __be16 port)
{
	union ws_addr a;
	int len = ws_loopback(&a, WINSOCK_AF_INET, port);

	return ws_connect(dev, h, &a, len);
}

/* [connect WSAEADDRINUSE]: hidden by the wildcard until it connects */
TEST_F(stream, same_connection_twice_WSAEADDRINUSE)
{
	__be16 to;
	__u64 a, b;
	int lsn;

	lsn = peer_listen(WINSOCK_AF_INET, &to);
	ASSERT_LE(0, lsn);
	ASSERT_EQ(0, bound(self->dev, SOCK_STREAM, REUSE, WILD, &self->port,
			   &a));
	ASSERT_EQ(0, bound(self->dev, SOCK_STREAM, REUSE, WILD, &self->port,
			   &b));
	ASSERT_EQ(0, connect_to(self->dev, a, to));
	EXPECT_EQ(WSAEADDRINUSE, connect_to(self->dev, b, to));
	close(lsn);
}

struct in6_ifreq_ {
	struct in6_addr addr;
	__u32 prefix;
	int index;
};

/* B5: the interface of a link-local address is found, and told. */
TEST_F(stream, link_local_address_without_scope)
{
	struct in6_ifreq_ address = {
		.addr.s6_addr = { 0xfe, 0x80, [15] = 7 }, .prefix = 64,
	};
	struct winsock_sockaddr_in6 in6 = { .sin6_family = WINSOCK_AF_INET6 };
	__s32 len = sizeof(in6);
	int fd, dev, err;
	__u64 end, h;

	if (geteuid())
		SKIP(return, "a network namespace needs root");
	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	ASSERT_TRUE(peer_loopback_up());
	fd = socket(AF_INET6, SOCK_DGRAM, 0);
	address.index = if_nametoindex("lo");
	ASSERT_EQ(0, ioctl(fd, SIOCSIFADDR, &address));
	close(fd);

	dev = ws_open();
	ASSERT_EQ(0, ws_tcp(dev, WINSOCK_AF_INET6, &h));
	memcpy(in6.sin6_addr, &address.addr, 16);
	in6.sin6_addr[15] = 8;	/* no interface has it */
	EXPECT_EQ(WSAEADDRNOTAVAIL, ws_bind(dev, h, &in6, sizeof(in6)));
	in6.sin6_addr[15] = 7;
	in6.sin6_scope_id = address.index + 77;
	EXPECT_EQ(WSAEADDRNOTAVAIL, ws_bind(dev, h, &in6, sizeof(in6)));
	in6.sin6_scope_id = 0;
	/* The stack makes the address usable from a work queue, in its time. */
	end = ws_now_ns() + WS_PATIENCE * 1000000000ULL;
	while ((err = ws_bind(dev, h, &in6, sizeof(in6))) ==
	       WSAEADDRNOTAVAIL && ws_now_ns() < end)
		sched_yield();
	ASSERT_EQ(0, err);
	memset(&in6, 0, sizeof(in6));
	ASSERT_EQ(0, ws_name(dev, WINSOCK_IOC_SOCK_GETNAME, h, &in6, &len));
	EXPECT_EQ((__u32)address.index, in6.sin6_scope_id);
	EXPECT_EQ(7, in6.sin6_addr[15]);
	close(dev);
}

TEST_HARNESS_MAIN
