// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where a context ends: at its network namespace, at the rights of whoever
 * calls, at other contexts, at its opener's limit; and what those who confine
 * programs can refuse them.
 */
#include "ws_event.h"
#include "ws_count.h"

#include <grp.h>
#include <linux/landlock.h>
#include <linux/net_namespace.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#define NOBODY	65534

/* What @run answers in a process of its own. */
static int status_of_child(int (*run)(int dev), int dev)
{
	pid_t pid = fork();
	int status;

	if (!pid)
		_exit(run(dev));
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/* A byte there and one back. */
static bool talks(int dev, __u64 conn, int peer)
{
	char byte = 0;
	__u64 done;

	return !ws_send(dev, conn, "a", 1, 0, &done) &&
	       read(peer, &byte, 1) == 1 && byte == 'a' &&
	       write(peer, "b", 1) == 1 &&
	       !ws_recv(dev, conn, &byte, 1, 0, &done) && byte == 'b';
}

/*
 * A netlink socket that hears of the end of the caller's network namespace, at
 * @home; or -1.  Memory does not tell: the kernel frees the last that ended when
 * another ends.
 */
static int watch_network(int home)
{
	struct {
		struct nlmsghdr h;
		__u32 family;
		struct nlattr nsid;
		__s32 any;
		struct nlattr fd;
		__u32 own;
	} request = {
		.h = {
			.nlmsg_len = sizeof(request), .nlmsg_type = RTM_NEWNSID,
			.nlmsg_flags = NLM_F_REQUEST,
		},
		.nsid = { NLA_HDRLEN + sizeof(__s32), NETNSA_NSID },
		.any = -1,
		.fd = { NLA_HDRLEN + sizeof(__u32), NETNSA_FD },
	};
	struct {
		struct nlmsghdr h;
		char more[64];
	} told;
	int own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	int group = RTNLGRP_NSID, nl;

	if (own < 0 || setns(home, CLONE_NEWNET))
		return -1;
	nl = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	request.own = own;
	if (setsockopt(nl, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group,
		       sizeof(group)) ||
	    send(nl, &request, sizeof(request), 0) != sizeof(request) ||
	    peer_poll(nl, POLLIN) != POLLIN ||
	    recv(nl, &told, sizeof(told), 0) < 0 ||
	    told.h.nlmsg_type != RTM_NEWNSID ||
	    setns(own, CLONE_NEWNET))
		nl = -1;
	close(own);
	return nl;
}

/* Whether the end was told, by now or, if it is to come, within patience. */
static bool network_ended(int nl, bool to_come)
{
	struct {
		struct nlmsghdr h;
		char more[1024];
	} m;

	while (!to_come || peer_poll(nl, POLLIN)) {
		if (recv(nl, &m, sizeof(m), MSG_DONTWAIT) < 0)
			return false;
		if (m.h.nlmsg_type == RTM_DELNSID)
			return true;
	}
	return false;
}

FIXTURE(network) {
	int nl;		/* hears of its end */
	int dev;
	__u64 lsn, conn, watch;
	int peer;	/* of @conn */
	int late;	/* a native socket that is not connected */
	__be16 port;
};

/* Everything in a namespace that has a name, and then nothing but sockets. */
FIXTURE_SETUP(network)
{
	struct winsock_event_select e = {
		.size = sizeof(e),
		.events = WINSOCK_FD_ADDRESS_LIST_CHANGE,
	};
	struct winsock_sock_control c = {
		.size = sizeof(c), .code = WINSOCK_SIO_ADDRESS_LIST_CHANGE,
	};
	char name[] = "/tmp/winsock-net.XXXXXX";
	int home, fd;

	self->dev = -1;
	if (geteuid())
		SKIP(_exit(255), "a network namespace needs root");
	home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	ASSERT_EQ(0, unshare(CLONE_NEWNS | CLONE_NEWNET));
	ASSERT_EQ(0, mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	fd = mkstemp(name);
	ASSERT_LE(0, fd);
	close(fd);
	ASSERT_EQ(0, mount("/proc/self/ns/net", name, NULL, MS_BIND, NULL));

	self->nl = watch_network(home);
	ASSERT_LE(0, self->nl);

	ASSERT_TRUE(peer_loopback_up());
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &self->lsn,
				 &self->port));
	self->peer = peer_connect(WINSOCK_AF_INET, self->port);
	self->late = peer_socket(WINSOCK_AF_INET);
	ASSERT_EQ(0, ws_accept(self->dev, self->lsn, &self->conn));
	/* what the module keeps for a namespace itself */
	ASSERT_EQ(0, ws_create(self->dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM,
			       0, &self->watch));
	e.handle = self->watch;
	c.handle = self->watch;
	ASSERT_EQ(0, ws_event_create(self->dev, 0, &e.event));
	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_EVENT_SELECT, &e));
	ASSERT_EQ(WSAEWOULDBLOCK, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONTROL,
					   &c));

	ASSERT_EQ(0, setns(home, CLONE_NEWNET));
	close(home);
	ASSERT_EQ(0, umount2(name, MNT_DETACH));
	ASSERT_EQ(0, unlink(name));
}

FIXTURE_TEARDOWN(network)
{
	close(self->nl);
	close(self->dev);
}

TEST_F(network, lasts_as_long_as_a_socket_and_no_longer)
{
	struct sockaddr_storage ss;
	socklen_t len = peer_loopback(&ss, WINSOCK_AF_INET, self->port);
	__u64 conn, h;

	EXPECT_FALSE(network_ended(self->nl, false));
	EXPECT_TRUE(talks(self->dev, self->conn, self->peer));
	ASSERT_EQ(0, connect(self->late, (void *)&ss, len));
	ASSERT_EQ(0, ws_accept(self->dev, self->lsn, &conn));
	EXPECT_TRUE(talks(self->dev, conn, self->late));
	/* of the namespace that the caller is in, it makes none */
	EXPECT_EQ(WSAENETDOWN, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
	EXPECT_EQ(-1, peer_connect(WINSOCK_AF_INET, self->port));

	peer_abort(self->peer);
	peer_abort(self->late);
	EXPECT_EQ(0, ws_close(self->dev, conn));
	EXPECT_EQ(0, ws_close(self->dev, self->conn));
	EXPECT_EQ(0, ws_close(self->dev, self->watch));
	EXPECT_FALSE(network_ended(self->nl, false));
	EXPECT_EQ(0, ws_close(self->dev, self->lsn));
	/* the context does not keep it */
	EXPECT_TRUE(network_ended(self->nl, true));
	EXPECT_EQ(WSAENETDOWN, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
}

TEST_F(network, goes_with_the_context)
{
	peer_abort(self->peer);
	close(self->late);
	EXPECT_FALSE(network_ended(self->nl, false));
	close(self->dev);
	self->dev = -1;
	EXPECT_TRUE(network_ended(self->nl, true));
}

TEST_F(network, goes_with_the_last_descriptor_file)
{
	int file;

	ASSERT_EQ(0, ws_export(self->dev, self->lsn, &file));
	peer_abort(self->peer);
	close(self->late);
	close(self->dev);
	self->dev = -1;
	EXPECT_FALSE(network_ended(self->nl, false));
	close(file);
	EXPECT_TRUE(network_ended(self->nl, true));
}

/* A node that everybody may open, as a udev rule might make it. */
#define OPEN_NODE	"/dev/winsock-boundary"

FIXTURE(rights) {
	int dev;	/* root's */
};

FIXTURE_SETUP(rights)
{
	struct stat st;

	if (geteuid())
		SKIP(_exit(255), "dropping privilege needs some");
	ASSERT_EQ(0, stat(WS_DEVICE, &st));
	ASSERT_EQ(0, mknod(OPEN_NODE, S_IFCHR, st.st_rdev));
	ASSERT_EQ(0, chmod(OPEN_NODE, 0666));
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
}

FIXTURE_TEARDOWN(rights)
{
	unlink(OPEN_NODE);
	close(self->dev);
}

static int bind_low_port(int dev)
{
	union ws_addr a;
	int len = ws_loopback(&a, WINSOCK_AF_INET, htons(83));
	__u64 h;
	int ret = ws_tcp(dev, WINSOCK_AF_INET, &h);

	return ret ?: ws_bind(dev, h, &a, len);
}

static int make_raw(int dev)
{
	__u64 h;

	return ws_create(dev, WINSOCK_AF_INET, WINSOCK_SOCK_RAW,
			 WINSOCK_IPPROTO_UDP, &h);
}

/* 0 if @dev gives nothing but what the caller may have by itself. */
static int refused(int dev)
{
	if (bind_low_port(dev) != WSAEACCES)
		return 1;
	if (make_raw(dev) != WSAEACCES)
		return 2;
	return ws_bind(dev, 0, NULL, 0) == WSAENOTSOCK ? 0 : 3;
}

static bool become_nobody(void)
{
	return !setgroups(0, NULL) && !setresgid(NOBODY, NOBODY, NOBODY) &&
	       !setresuid(NOBODY, NOBODY, NOBODY) &&
	       /* else /proc/self stays root's */
	       !prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

/* Root of a user namespace; no mapping of groups is needed for that. */
static bool become_root_within(int flags)
{
	char map[32];

	return !unshare(CLONE_NEWUSER | flags) &&
	       snprintf(map, sizeof(map), "0 %d 1", NOBODY) > 0 &&
	       write_text("/proc/self/uid_map", map) && !geteuid();
}

static int open_own(void)
{
	int dev = open(OPEN_NODE, O_RDWR | O_CLOEXEC);

	return dev >= 0 && ws_startup(dev) ? -1 : dev;
}

#define CANNOT	77	/* a child's status */

static int as_nobody(int dev)
{
	if (!become_nobody())
		return CANNOT;
	if (open(WS_DEVICE, O_RDWR | O_CLOEXEC) >= 0)
		return 10;
	return refused(dev) ?: refused(open_own());
}

/* The kernel lets a user become root in a namespace of no network. */
static int as_root_within(int dev)
{
	if (!become_nobody() || !become_root_within(0))
		return CANNOT;
	if (unshare(CLONE_NEWUTS))
		return 10;	/* it is root there */
	return refused(dev) ?: refused(open_own());
}

/* With a network of its own it may, there and nowhere else. */
static int as_root_of_a_network(int dev)
{
	union ws_addr a;
	int len = ws_loopback(&a, WINSOCK_AF_INET, htons(83)), own;
	__u64 unbound;

	if (ws_tcp(dev, WINSOCK_AF_INET, &unbound))
		return 10;
	if (!become_nobody() || !become_root_within(CLONE_NEWNET))
		return CANNOT;
	if (!peer_loopback_up())
		return 11;
	own = open_own();
	if (own < 0)
		return 12;
	if (bind_low_port(own) || make_raw(own))
		return 13;
	if (make_raw(dev) != WSAENETDOWN)
		return 14;
	return ws_bind(dev, unbound, &a, len) == WSAEACCES ? 0 : 15;
}

static int with_all_rights(int dev)
{
	return bind_low_port(dev) || make_raw(dev) ? 10 : 0;
}

TEST_F(rights, privileged_by_privilege)
{
	EXPECT_EQ(0, status_of_child(with_all_rights, self->dev));
}

/* Whoever opened the device, and with whatever mode the node has. */
TEST_F(rights, none_for_a_user_without_WSAEACCES)
{
	EXPECT_EQ(0, status_of_child(as_nobody, self->dev));
}

TEST_F(rights, none_by_a_user_namespace_WSAEACCES)
{
	int status = status_of_child(as_root_within, self->dev);

	if (status == CANNOT)
		SKIP(return, "users may not make user namespaces here");
	EXPECT_EQ(0, status);
}

TEST_F(rights, all_in_a_network_of_ones_own)
{
	int status = status_of_child(as_root_of_a_network, self->dev);

	if (status == CANNOT)
		SKIP(return, "users may not make user namespaces here");
	EXPECT_EQ(0, status);
}

FIXTURE(contexts) {
	int dev, other;
	__u64 lsn, conn, event;
	int peer;
	__be16 port;
};

FIXTURE_SETUP(contexts)
{
	self->dev = ws_open();
	self->other = ws_open();
	ASSERT_LE(0, self->other);
	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &self->lsn,
				 &self->port));
	self->peer = peer_connect(WINSOCK_AF_INET, self->port);
	ASSERT_LE(0, self->peer);
	ASSERT_EQ(0, ws_accept(self->dev, self->lsn, &self->conn));
	ASSERT_EQ(0, ws_event_create(self->dev, WINSOCK_EVENT_MANUAL,
				     &self->event));
}

FIXTURE_TEARDOWN(contexts)
{
	close(self->peer);
	close(self->other);
	close(self->dev);
}

/* All commands whose struct has a socket's handle behind size and flags. */
static const struct {
	unsigned int cmd;
	__u32 size;
} on_sockets[] = {
	{ WINSOCK_IOC_HANDLE_CLOSE, sizeof(struct winsock_handle_close) },
	{ WINSOCK_IOC_HANDLE_EXPORT, sizeof(struct winsock_handle_export) },
	{ WINSOCK_IOC_HANDLE_ATTACH, sizeof(struct winsock_handle_attach) },
	{ WINSOCK_IOC_HANDLE_OFFER, sizeof(struct winsock_handle_offer) },
	{ WINSOCK_IOC_SOCK_BIND, sizeof(struct winsock_sock_bind) },
	{ WINSOCK_IOC_SOCK_LISTEN, sizeof(struct winsock_sock_listen) },
	{ WINSOCK_IOC_SOCK_ACCEPT, sizeof(struct winsock_sock_accept) },
	{ WINSOCK_IOC_SOCK_CONNECT, sizeof(struct winsock_sock_connect) },
	{ WINSOCK_IOC_SOCK_SEND, sizeof(struct winsock_sock_send) },
	{ WINSOCK_IOC_SOCK_RECV, sizeof(struct winsock_sock_recv) },
	{ WINSOCK_IOC_SOCK_SENDMSG, sizeof(struct winsock_sock_sendmsg) },
	{ WINSOCK_IOC_SOCK_RECVMSG, sizeof(struct winsock_sock_recvmsg) },
	{ WINSOCK_IOC_SOCK_SHUTDOWN, sizeof(struct winsock_sock_shutdown) },
	{ WINSOCK_IOC_SOCK_GETNAME, sizeof(struct winsock_sock_name) },
	{ WINSOCK_IOC_SOCK_GETPEER, sizeof(struct winsock_sock_name) },
	{ WINSOCK_IOC_SOCK_GETOPT, sizeof(struct winsock_sock_getopt) },
	{ WINSOCK_IOC_SOCK_SETOPT, sizeof(struct winsock_sock_setopt) },
	{ WINSOCK_IOC_SOCK_CONTROL, sizeof(struct winsock_sock_control) },
	{ WINSOCK_IOC_EVENT_SELECT, sizeof(struct winsock_event_select) },
	{ WINSOCK_IOC_EVENT_ENUM, sizeof(struct winsock_event_enum) },
	{ WINSOCK_IOC_ASYNC_SELECT, sizeof(struct winsock_async_select) },
	{ WINSOCK_IOC_SOCK_CONSIDER, sizeof(struct winsock_sock_consider) },
	{ WINSOCK_IOC_SOCK_DECIDE, sizeof(struct winsock_sock_decide) },
};

TEST_F(contexts, a_socket_is_none_in_another_WSAENOTSOCK)
{
	__u64 block[10], sockets[] = { self->lsn, self->conn };
	unsigned int i, k;

	for (k = 0; k < ARRAY_SIZE(sockets); k++) {
		for (i = 0; i < ARRAY_SIZE(on_sockets); i++) {
			memset(block, 0, sizeof(block));
			memcpy(block, &on_sockets[i].size, sizeof(__u32));
			block[1] = sockets[k];
			EXPECT_EQ(WSAENOTSOCK, ws_ioctl(self->other,
							on_sockets[i].cmd,
							block)) {
				TH_LOG("command %#x", on_sockets[i].cmd);
			}
		}
	}
	EXPECT_TRUE(talks(self->dev, self->conn, self->peer));
}

TEST_F(contexts, sets_and_arrays_want_handles_of_their_own)
{
	/* a winsock_handle_set */
	struct {
		__u32 count, __pad;
		__u64 handle;
	} set = { .count = 1, .handle = self->conn };
	struct winsock_sock_select s = {
		.size = sizeof(s), .writefds = (uintptr_t)&set,
	};
	struct winsock_pollfd fd = {
		.fd = self->conn, .events = WINSOCK_POLLWRNORM,
	};
	struct winsock_sock_poll p = {
		.size = sizeof(p), .fds = (uintptr_t)&fd, .count = 1,
	};

	EXPECT_EQ(WSAENOTSOCK, ws_ioctl(self->other, WINSOCK_IOC_SOCK_SELECT,
					&s));
	EXPECT_EQ(WSAEINVAL, ws_ioctl(self->other, WINSOCK_IOC_SOCK_POLL, &p));
}

TEST_F(contexts, events_and_threads_too)
{
	struct winsock_thread_open t = { .size = sizeof(t) };
	struct winsock_apc_queue q = { .size = sizeof(q) };
	struct winsock_wait w;

	EXPECT_EQ(WS_NO_EVENT, ws_event_set(self->other, self->event));
	EXPECT_EQ(WS_NO_EVENT, ws_event_reset(self->other, self->event));
	ws_wait_init(&w, &self->event, 1, 0, 0);
	EXPECT_EQ(WINSOCK_INVALID_HANDLE, ws_ioctl(self->other,
						   WINSOCK_IOC_WAIT, &w));
	EXPECT_EQ(0, ws_event_set(self->dev, self->event));	/* was not */

	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_THREAD_OPEN, &t));
	q.handle = t.out_handle;
	EXPECT_EQ(WINSOCK_INVALID_HANDLE, ws_ioctl(self->other,
						   WINSOCK_IOC_APC_QUEUE, &q));
}

/* The same value, here and there, of two objects. */
TEST_F(contexts, one_value_names_one_object_in_each)
{
	__u64 h, conn;

	ASSERT_EQ(0, ws_tcp(self->other, WINSOCK_AF_INET, &h));
	ASSERT_EQ(self->lsn, h);
	EXPECT_EQ(0, ws_nonblocking(self->other, h, 1));
	EXPECT_EQ(WSAEINVAL, ws_accept(self->other, h, &conn));
	EXPECT_EQ(0, ws_close(self->other, h));
	close(peer_connect(WINSOCK_AF_INET, self->port));
	EXPECT_EQ(0, ws_accept(self->dev, self->lsn, &conn));
}

/* Who imports the listener gets its connections, but not its candidates. */
TEST_F(contexts, a_candidate_is_decided_on_where_it_is)
{
	struct winsock_candidate candidate;
	struct winsock_sock_consider c = {
		.size = sizeof(c), .handle = self->lsn,
		.candidate = (uintptr_t)&candidate,
	};
	struct winsock_sock_decide d = { .size = sizeof(d) };
	int peer = peer_connect(WINSOCK_AF_INET, self->port), file;

	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONSIDER, &c));
	ASSERT_EQ(0, ws_export(self->dev, self->lsn, &file));
	ASSERT_EQ(0, ws_import(self->other, file, &d.handle));
	close(file);
	d.token = c.out_token;
	EXPECT_EQ(WSATRY_AGAIN, ws_ioctl(self->other, WINSOCK_IOC_SOCK_DECIDE,
					 &d));
	d.handle = self->lsn;
	EXPECT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_DECIDE, &d));
	EXPECT_TRUE(talks(self->dev, d.out_handle, peer));
	close(peer);
}

#define LEAST	16

/* Raises its own limit, which is not the context's. */
static int fill_up(int dev)
{
	struct rlimit more = { 4 * LEAST, 4 * LEAST };
	__u64 h;
	int i;

	if (setrlimit(RLIMIT_NOFILE, &more))
		return CANNOT;
	for (i = 0; i < LEAST; i++)
		if (i % 2 ? ws_tcp(dev, WINSOCK_AF_INET, &h) :
			    ws_event_create(dev, 0, &h))
			return 1;
	if (ws_tcp(dev, WINSOCK_AF_INET, &h) != WSAEMFILE)
		return 2;
	return ws_event_create(dev, 0, &h) == WSAEMFILE ? 0 : 3;
}

TEST_F(contexts, limit_is_the_openers_hard_one_whoever_calls_WSAEMFILE)
{
	struct rlimit few = { LEAST / 2, LEAST };
	int status;

	close(self->other);
	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &few));
	self->other = ws_open();
	ASSERT_LE(0, self->other);
	status = status_of_child(fill_up, self->other);
	if (status == CANNOT)
		SKIP(return, "raising a hard limit needs root");
	EXPECT_EQ(0, status);
}

FIXTURE(confined) {
	int dev;	/* opened before */
};

FIXTURE_SETUP(confined)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
}

FIXTURE_TEARDOWN(confined)
{
	close(self->dev);
}

/* Nothing new is opened for writing any more. */
static bool landlock_restrict(void)
{
	struct landlock_ruleset_attr handled = {
		.handled_access_fs = LANDLOCK_ACCESS_FS_WRITE_FILE,
	};
	int rules = syscall(SYS_landlock_create_ruleset, &handled,
			    sizeof(handled), 0);
	bool done = !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
		    !syscall(SYS_landlock_restrict_self, rules, 0);

	close(rules);
	return done;
}

TEST_F(confined, landlock_refuses_the_opening_and_not_what_is_open)
{
	__u64 lsn, conn;
	__be16 port;
	int peer;

	if (syscall(SYS_landlock_create_ruleset, NULL, 0,
		    LANDLOCK_CREATE_RULESET_VERSION) < 1)
		SKIP(return, "this kernel has no Landlock");
	ASSERT_TRUE(landlock_restrict());
	EXPECT_EQ(-1, open(WS_DEVICE, O_RDWR | O_CLOEXEC));
	EXPECT_EQ(EACCES, errno);
	ASSERT_EQ(0, ws_listener(self->dev, WINSOCK_AF_INET, 5, &lsn, &port));
	peer = peer_connect(WINSOCK_AF_INET, port);
	ASSERT_EQ(0, ws_accept(self->dev, lsn, &conn));
	EXPECT_TRUE(talks(self->dev, conn, peer));
	close(peer);
}

#define PROFILE	"/tmp/winsock-boundary.profile"

static const char profile[] =
	"profile winsock-boundary flags=(attach_disconnected) {\n"
	"  file,\n"
	"  network,\n"
	"  capability,\n"
	"  deny " WS_DEVICE " rw,\n"
	"}\n";

TEST_F(confined, apparmor_refuses_the_opening_and_not_what_is_open)
{
	__u64 h;

	if (access("/sys/module/apparmor/parameters/enabled", F_OK))
		SKIP(return, "this kernel has no AppArmor");
	if (system("command -v apparmor_parser >/dev/null"))
		SKIP(return, "no apparmor_parser to load a profile with");
	ASSERT_EQ(0, unshare(CLONE_NEWNS));
	ASSERT_EQ(0, mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	if (access("/sys/kernel/security/apparmor", F_OK))
		ASSERT_EQ(0, mount("securityfs", "/sys/kernel/security",
				   "securityfs", 0, NULL));
	ASSERT_TRUE(write_text(PROFILE, profile));
	ASSERT_EQ(0, system("apparmor_parser -Kr " PROFILE));
	unlink(PROFILE);
	ASSERT_TRUE(write_text("/proc/self/attr/current",
			       "changeprofile winsock-boundary"));
	EXPECT_EQ(-1, open(WS_DEVICE, O_RDWR | O_CLOEXEC));
	EXPECT_EQ(EACCES, errno);
	EXPECT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &h));
}

TEST_HARNESS_MAIN
