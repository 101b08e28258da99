// SPDX-License-Identifier: GPL-2.0-only
/*
 * Acts that are no command: what programs do around them.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include "fuzz.h"

static int open_node(bool start)
{
	struct winsock_startup a = { .size = sizeof(a), .version = 0x202 };
	int i, fd = open("/dev/winsock", O_RDWR | O_CLOEXEC);

	i = fuzz_file_add(fd, start ? FUZZ_CONTEXT : FUZZ_EMPTY, 0);
	if (i >= 0 && start)
		fuzz_call(i, WINSOCK_NR_STARTUP, &a);
	return i;
}

static int linux_address(__u8 *a, int len)
{
	/* the layouts differ in AF_INET6 alone */
	if (*a == WINSOCK_AF_INET6)
		*a = AF_INET6;
	return len;
}

static int linux_family(int family)
{
	return family == WINSOCK_AF_INET6 ? AF_INET6 : family;
}

static void native(struct fuzz_choices *c)
{
	struct fuzz_thing t = {};
	__u8 how, a[128];
	int fd, len;

	fuzz_kind(fuzz_next(c), &t);
	how = fuzz_next(c);
	fd = socket(linux_family(t.family), t.type | SOCK_CLOEXEC | SOCK_NONBLOCK,
		    t.type == SOCK_RAW ? how : 0);
	if (how & 1) {
		len = linux_address(a, fuzz_address(c, &t, false, a));
		bind(fd, (void *)a, len);
	}
	if (how & 2)
		listen(fd, how & 7);
	if (how & 4) {
		len = fuzz_address(c, &t, true, a);
		connect(fd, (void *)a, linux_address(a, len));
	}
	if (how & 8)
		fcntl(fd, F_SETFL, 0);
	fuzz_file_add(fd, FUZZ_SOCK, t.family);
}

/* Somebody outside, who connects, sends, and goes. */
static void peer(struct fuzz_choices *c)
{
	struct linger reset = { .l_onoff = 1 };
	struct fuzz_thing t = {};
	__u8 how, a[128];
	int fd, len, i;

	how = fuzz_next(c);
	if (how < 60) {		/* one of before */
		i = fuzz_file_find(FUZZ_SOCK, how);
		if (i < 0)
			return;
		fd = dup(fuzz_files[i].fd);
		fcntl(fd, F_SETFL, O_NONBLOCK);
	} else {
		fuzz_kind(fuzz_next(c), &t);
		fd = socket(linux_family(t.family), t.type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		len = fuzz_address(c, &t, true, a);
		connect(fd, (void *)a, linux_address(a, len));
	}
	how = fuzz_next(c);
	if (how & 1)
		send(fd, a, how % sizeof(a), MSG_NOSIGNAL);
	if (how & 2)
		send(fd, a, 1, MSG_OOB | MSG_NOSIGNAL);
	if (how & 4)
		recv(fd, a, sizeof(a), 0);
	if (how & 8)
		shutdown(fd, how & 16 ? SHUT_RDWR : SHUT_WR);
	if (how & 32)
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	if (how & 64)
		close(fd);
	else
		fuzz_file_add(fd, FUZZ_SOCK, 0);
}

/* @fd to the other end, or from it; -1 if there is none. */
static int send_file(int sock, int fd)
{
	char byte = 0, room[CMSG_SPACE(sizeof(int))] = "";
	struct iovec iov = { &byte, 1 };
	struct msghdr m = {
		.msg_iov = &iov, .msg_iovlen = 1, .msg_control = room,
		.msg_controllen = sizeof(room),
	};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	return sendmsg(sock, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static int receive_file(int sock)
{
	char byte, room[CMSG_SPACE(sizeof(int))] = "";
	struct iovec iov = { &byte, 1 };
	struct msghdr m = {
		.msg_iov = &iov, .msg_iovlen = 1, .msg_control = room,
		.msg_controllen = sizeof(room),
	};
	struct cmsghdr *c;
	int fd = -1;

	if (recvmsg(sock, &m, MSG_CMSG_CLOEXEC) < 0)
		return -1;
	c = CMSG_FIRSTHDR(&m);
	if (c && c->cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(c), sizeof(fd));
	return fd;
}

static void pass(struct fuzz_choices *c)
{
	__u8 how = fuzz_next(c);
	int i = fuzz_file_find(FUZZ_NO_FILE, how), ends[2];

	if (i < 0 || socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends))
		return;
	send_file(ends[0], fuzz_files[i].fd);
	if (how & 64)	/* its own other end, so that it is in flight */
		send_file(ends[1], ends[0]);
	if (how & 128)
		fuzz_file_add(receive_file(ends[1]), fuzz_files[i].kind,
			      fuzz_files[i].object);
	close(ends[0]);
	close(ends[1]);
}

/* Acts that a record leads to, in another process. */
static void few_acts(const struct fuzz_record *r, unsigned int n)
{
	struct fuzz_record next = *r;
	unsigned int i;

	for (; n--;) {
		next.op = next.choice[2];
		if (fuzz_act_of(next.op) == FUZZ_FORK)
			next.op = 0;
		next.hostile = 0;
		next.how = next.choice[0];
		for (i = 0; i < sizeof(next.choice); i++)
			next.choice[i] = next.choice[i] * 5 + next.how + i;
		fuzz_record_run(&next, FUZZ_THREADS);
	}
}

/* What such a program does; before its main(), whichever this is linked to. */
static void __attribute__((constructor)) inherited(int argc, char **argv)
{
	struct winsock_query q = { .size = sizeof(q) };
	struct winsock_startup s = { .size = sizeof(s), .version = 0x202 };
	struct winsock_event_create e = { .size = sizeof(e) };
	struct winsock_sock_create c = { .size = sizeof(c), .family = 2, .type = 1 };
	int fd;

	if (argc != 3 || strcmp(argv[1], "--inherit"))
		return;
	fd = atoi(argv[2]);
	ioctl(fd, WINSOCK_IOC_QUERY, &q);
	ioctl(fd, WINSOCK_IOC_STARTUP, &s);
	ioctl(fd, WINSOCK_IOC_EVENT_CREATE, &e);
	ioctl(fd, WINSOCK_IOC_SOCK_CREATE, &c);
	_exit(0);
}

static void child(const struct fuzz_record *r, int sock, __u8 how)
{
	char text[16];
	int i;

	switch (how % 6) {
	case 2:		/* a program that the file is inherited by */
		i = fuzz_file_find(how & 64 ? FUZZ_OBJECT : FUZZ_CONTEXT, how);
		sprintf(text, "%d", i < 0 ? -1 : dup(fuzz_files[i].fd));
		execl("/proc/self/exe", "fuzz", "--inherit", text, NULL);
		break;
	case 3:		/* a context whose opener will have gone */
		memset(fuzz_files, 0, sizeof(fuzz_files));
		i = open_node(how & 64);
		few_acts(r, how >> 3 & 3);
		send_file(sock, fuzz_files[i].fd);
		break;
	case 4:
		for (i = 0; i < FUZZ_FILES; i++)
			if (fuzz_files[i].kind)
				close(fuzz_files[i].fd);
		break;
	case 5:
		unshare(CLONE_NEWNET);
		fallthrough;
	default:
		few_acts(r, 1 + (how >> 6));
	}
	_exit(0);
}

/* Another process.  Those that take long are killed. */
static void forked(struct fuzz_choices *c)
{
	__u8 how = fuzz_next(c);
	int i, ends[2];
	pid_t pid;

	if (!fuzz_fork_begins() ||
	    socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends))
		return;
	fuzz_lock();
	pid = fork();
	fuzz_unlock();
	if (!pid) {
		fuzz_cover_thread(FUZZ_THREADS);
		child(c->record, ends[1], how);
	}
	for (i = 0; pid > 0 && i < (how % 6 == 1 ? 2 : 30); i++) {
		if (waitpid(pid, NULL, WNOHANG))
			break;
		usleep(1000);	/* time for it to end, then it is killed */
	}
	if (pid > 0) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	if (how % 6 == 3)
		fuzz_file_add(receive_file(ends[0]), how & 64 ? FUZZ_CONTEXT : FUZZ_EMPTY, 0);
	close(ends[0]);
	close(ends[1]);
	__atomic_sub_fetch(&fuzz_forks, 1, __ATOMIC_RELAXED);
}

static void polled(struct fuzz_choices *c)
{
	__u8 how = fuzz_next(c);
	int i = fuzz_file_find(FUZZ_NO_FILE, how), j, fd;
	struct epoll_event e = { .events = EPOLLIN | EPOLLOUT | EPOLLET };
	struct pollfd p[2];

	j = fuzz_file_find(FUZZ_NO_FILE, fuzz_next(c));
	if (i < 0)
		return;
	if (how & 64) {
		fd = epoll_create1(EPOLL_CLOEXEC);
		epoll_ctl(fd, EPOLL_CTL_ADD, fuzz_files[i].fd, &e);
		epoll_ctl(fd, EPOLL_CTL_ADD, fuzz_files[j].fd, &e);
		epoll_wait(fd, &e, 1, how % 3);
		close(fd);
		return;
	}
	p[0] = (struct pollfd){ fuzz_files[i].fd, POLLIN | POLLOUT | POLLPRI, 0 };
	p[1] = (struct pollfd){ fuzz_files[j].fd, POLLIN | (how & 32 ? POLLOUT : 0), 0 };
	poll(p, 2, how % 4);
}

static void read_some(const char *path)
{
	char text[512];
	int i, fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	for (i = 0; i < 40 && read(fd, text, sizeof(text)) > 0; i++)
		;
	close(fd);
}

/* Handles, and, if somebody has traces made, one of calls. */
static void read_debugfs(void)
{
	read_some("/sys/kernel/debug/winsock/handles");
	read_some("/sys/kernel/tracing/trace_pipe");
}

void fuzz_change_address(__u8 how)
{
	struct {
		struct in6_addr addr;
		__u32 prefix;
		int index;
	} in6 = { .addr = { .s6_addr = { 0xfd, [15] = how % 4 } }, .prefix = 128, .index = 1 };
	struct ifreq r = { .ifr_name = "lo:1" };
	struct sockaddr_in *in = (void *)&r.ifr_addr;
	int fd = socket(how & 1 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	in->sin_family = AF_INET;
	in->sin_addr.s_addr = htonl(0x7f010000 + how % 4);
	if (how & 1)
		ioctl(fd, how & 2 ? SIOCDIFADDR : SIOCSIFADDR, &in6);
	else if (how & 2)
		ioctl(fd, SIOCSIFFLAGS, &r);
	else
		ioctl(fd, SIOCSIFADDR, &r);
	close(fd);
}

/* Where and as whom the thread goes on, for good. */
static void place(struct fuzz_choices *c, int file)
{
	struct fuzz_thing ping = { .kind = FUZZ_SOCKET, .type = WINSOCK_SOCK_RAW };
	struct winsock_sock_create a = { .size = sizeof(a), .type = WINSOCK_SOCK_RAW };
	struct rlimit limit = { 64, 64 };
	__u8 how = fuzz_next(c);

	switch (how % 4) {
	case 0:
		unshare(CLONE_NEWNET);
		break;
	case 1:
		syscall(SYS_setresuid, 65534, 65534, 65534);
		break;
	case 2:
		limit.rlim_cur = how >> 2;
		limit.rlim_max = how >> 2;
		setrlimit(RLIMIT_NOFILE, &limit);
		break;
	case 3:
		syscall(SYS_setresuid, -1, 65534, -1);
	}
	if (!(how & 1) || file < 0)
		return;
	/* raw sockets of those without privilege */
	ping.family = how & 4 ? WINSOCK_AF_INET : WINSOCK_AF_INET6;
	a.family = ping.family;
	a.protocol = how & 4 ? WINSOCK_IPPROTO_ICMP : WINSOCK_IPPROTO_ICMPV6;
	if (fuzz_call(file, WINSOCK_NR_SOCK_CREATE, &a))
		return;
	ping.file = file;
	ping.value = a.out_handle;
	fuzz_thing_add(&ping);
}

static void close_file(struct fuzz_choices *c)
{
	int fd = -1, i = fuzz_file_find(FUZZ_NO_FILE, fuzz_next(c));

	fuzz_lock();
	if (i > 0) {
		fd = fuzz_files[i].fd;
		fuzz_files[i].kind = FUZZ_NO_FILE;
	}
	fuzz_unlock();
	close(fd);
}

void fuzz_act_run(const struct fuzz_record *r, unsigned int act, unsigned int thread)
{
	struct fuzz_choices c = { .record = r };
	struct fuzz_thing t = {}, *old;
	int len, file = fuzz_file_find(FUZZ_CONTEXT, r->where >> 3);
	__u8 how, addr[128] __attribute__((aligned(8)));
	int fault = -1;

	__atomic_add_fetch(&fuzz_counts->executed[act], 1, __ATOMIC_RELAXED);
	if (r->hostile >= 216 && (act == FUZZ_SCENE || act == FUZZ_PAIR))
		fault = fuzz_inject(1 + r->how);
	switch (act) {
	case FUZZ_OPEN:
	case FUZZ_BLANK:
		open_node(act == FUZZ_OPEN);
		break;
	case FUZZ_CLOSE:
		close_file(&c);
		break;
	case FUZZ_NATIVE:
		native(&c);
		break;
	case FUZZ_PEER:
		peer(&c);
		break;
	case FUZZ_PAIR:
		if (file >= 0)
			fuzz_pair(&c, file);
		break;
	case FUZZ_LISTENER:
		fuzz_kind(fuzz_next(&c), &t);
		if (file >= 0)
			fuzz_listener(&c, file, &t, addr, &len);
		break;
	case FUZZ_WATCH:
		fuzz_watch(&c);
		break;
	case FUZZ_NONBLOCK:
		old = fuzz_thing_find(FUZZ_SOCKET, -1, fuzz_next(&c));
		how = fuzz_next(&c);
		if (old && how > 180)
			fuzz_lingering(old, how);
		else if (old)
			fuzz_nonblocking(old, how > 60);
		break;
	case FUZZ_FORK:
		forked(&c);
		break;
	case FUZZ_SIGNAL:
		fuzz_wake(fuzz_next(&c) % FUZZ_THREADS);
		break;
	case FUZZ_POLL:
		polled(&c);
		break;
	case FUZZ_PASS:
		pass(&c);
		break;
	case FUZZ_DEBUGFS:
		read_debugfs();
		break;
	case FUZZ_ADDRESS:
		fuzz_change_address(fuzz_next(&c));
		break;
	case FUZZ_PLACE:
		place(&c, file);
		break;
	case FUZZ_SWEEP:
		fuzz_sweep(r, thread);
		break;
	case FUZZ_SCENE:
		if (file >= 0)
			fuzz_scene(&c, file, thread);
		break;
	case FUZZ_UNLINK:
		unlink("fuzz.0");
		unlink("fuzz.1");
		break;
	}
	fuzz_inject_end(fault);
	__atomic_add_fetch(&fuzz_counts->succeeded[act], 1, __ATOMIC_RELAXED);
}
