/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The other end and the other thread: native sockets to connect from and to,
 * listeners made ready, calls that block in a thread of their own.
 */
#ifndef WS_PEER_H
#define WS_PEER_H

#include <net/if.h>

/* Write the loopback address as Windows lays it out; returns its length. */
static inline int ws_loopback(union ws_addr *a, int family, __be16 port)
{
	memset(a, 0, sizeof(*a));
	a->family = family;
	a->in.sin_port = port;	/* the same place in both */
	if (family == WINSOCK_AF_INET6) {
		a->in6.sin6_addr[15] = 1;
		return sizeof(a->in6);
	}
	a->in.sin_addr = htonl(INADDR_LOOPBACK);
	return sizeof(a->in);
}

static inline int ws_addr_len(int family)
{
	return family == WINSOCK_AF_INET6 ? sizeof(struct winsock_sockaddr_in6)
					  : sizeof(struct winsock_sockaddr_in);
}

/* The same address as Linux lays it out; @family is Winsock's number. */
static inline socklen_t peer_loopback(struct sockaddr_storage *ss, int family,
				      __be16 port)
{
	struct sockaddr_in6 *in6 = (void *)ss;
	struct sockaddr_in *in = (void *)ss;

	memset(ss, 0, sizeof(*ss));
	in->sin_port = port;
	if (family == WINSOCK_AF_INET6) {
		in6->sin6_family = AF_INET6;
		in6->sin6_addr = in6addr_loopback;
		return sizeof(*in6);
	}
	in->sin_family = AF_INET;
	in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return sizeof(*in);
}

/* A new network namespace has its loopback interface down. */
static inline bool peer_loopback_up(void)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool up = !ioctl(fd, SIOCSIFFLAGS, &lo);

	close(fd);
	return up;
}

static inline int peer_socket(int family)
{
	return socket(family == WINSOCK_AF_INET6 ? AF_INET6 : AF_INET,
		      SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static inline __be16 peer_port(int fd)
{
	struct sockaddr_in6 sa = {};
	socklen_t len = sizeof(sa);

	return getsockname(fd, (void *)&sa, &len) ? 0 : sa.sin6_port;
}

/* A native connection to @port of loopback, or -1. */
static inline int peer_connect(int family, __be16 port)
{
	struct sockaddr_storage ss;
	socklen_t len = peer_loopback(&ss, family, port);
	int fd = peer_socket(family);

	if (fd >= 0 && connect(fd, (void *)&ss, len)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* A native socket bound to a free port of loopback, or -1. */
static inline int peer_bind(int family, __be16 *port)
{
	struct sockaddr_storage ss;
	socklen_t len = peer_loopback(&ss, family, 0);
	int fd = peer_socket(family);

	if (fd >= 0 && bind(fd, (void *)&ss, len)) {
		close(fd);
		return -1;
	}
	*port = peer_port(fd);
	return fd;
}

static inline int peer_listen(int family, __be16 *port)
{
	int fd = peer_bind(family, port);

	if (fd >= 0 && listen(fd, SOMAXCONN)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Close so that the other end sees a reset instead of an end. */
static inline void peer_abort(int fd)
{
	struct linger linger = { .l_onoff = 1 };

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	close(fd);
}

/*
 * The same, and wait until the reset has arrived: a handshake, sent behind it,
 * has been answered.
 */
static inline void peer_reset(int fd)
{
	__be16 port = 0;
	int lsn;

	peer_abort(fd);
	lsn = peer_listen(WINSOCK_AF_INET, &port);
	peer_abort(peer_connect(WINSOCK_AF_INET, port));
	close(lsn);
}

/* Give another process a descriptor; a negative errno. */
static inline int peer_send_file(int unix_fd, int fd)
{
	union {
		char buf[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = {};
	struct iovec iov = { .iov_base = "f", .iov_len = 1 };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	return sendmsg(unix_fd, &msg, 0) == 1 ? 0 : -errno;
}

/* One that was given, or -1. */
static inline int peer_receive_file(int unix_fd)
{
	union {
		char buf[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	char byte;
	struct iovec iov = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	int fd;

	if (recvmsg(unix_fd, &msg, 0) != 1 || !CMSG_FIRSTHDR(&msg))
		return -1;
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&msg)), sizeof(fd));
	return fd;
}

/* The local port of a handle, or 0. */
static inline __be16 ws_port(int dev, __u64 handle)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	if (ws_name(dev, WINSOCK_IOC_SOCK_GETNAME, handle, &a, &len))
		return 0;
	return a.in.sin_port;
}

/* A socket bound to a free port of loopback; 0 or the first error. */
static inline int ws_bound(int dev, int family, __u64 *handle, __be16 *port)
{
	union ws_addr a;
	int len = ws_loopback(&a, family, 0);
	int ret = ws_tcp(dev, family, handle);

	if (!ret)
		ret = ws_bind(dev, *handle, &a, len);
	if (!ret)
		*port = ws_port(dev, *handle);
	return ret;
}

static inline int ws_listener(int dev, int family, int backlog, __u64 *handle,
			      __be16 *port)
{
	int ret = ws_bound(dev, family, handle, port);

	return ret ? ret : ws_listen(dev, *handle, backlog);
}

/* Wait until poll(2) reports one of @events; returns what it reported. */
static inline int peer_poll(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };
	int ret;

	do
		ret = poll(&p, 1, WS_PATIENCE * 1000);
	while (ret < 0 && errno == EINTR);
	return ret == 1 ? p.revents : 0;
}

static inline __u64 ws_now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

/* Look until @_cond holds; false if it does not within WS_PATIENCE. */
#define ws_until(_cond) ({						\
	__u64 __end = ws_now_ns() + WS_PATIENCE * 1000000000ULL;	\
	bool __met;							\
									\
	while (!(__met = (_cond)) && ws_now_ns() < __end)		\
		sched_yield();						\
	__met;								\
})

/* One ioctl in a thread of its own.  Not to be moved while the thread runs. */
struct ws_call {
	pthread_t thread;
	int fd;
	unsigned int cmd;
	void *arg;
	pid_t tid;
	bool done;
	int ret;
};

static inline void *ws_call_run(void *arg)
{
	struct ws_call *c = arg;

	__atomic_store_n(&c->tid, syscall(SYS_gettid), __ATOMIC_RELEASE);
	c->ret = ws_ioctl(c->fd, c->cmd, c->arg);
	__atomic_store_n(&c->done, true, __ATOMIC_RELEASE);
	return NULL;
}

static inline int ws_call_start(struct ws_call *c, int fd, unsigned int cmd,
				void *arg)
{
	*c = (struct ws_call){ .fd = fd, .cmd = cmd, .arg = arg };
	return pthread_create(&c->thread, NULL, ws_call_run, c);
}

static inline bool ws_call_done(struct ws_call *c)
{
	return __atomic_load_n(&c->done, __ATOMIC_ACQUIRE);
}

/* Is task @tid of process @pid asleep in ioctl(fd, @cmd), by the kernel? */
static inline bool ws_in_ioctl(pid_t pid, pid_t tid, unsigned int cmd)
{
	unsigned long fd, seen;
	char path[64], state;
	FILE *f;
	int nr;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/syscall", pid, tid);
	f = fopen(path, "re");
	if (!f)
		return false;
	/* "running" while it runs, so the numbers mean that it does not */
	if (fscanf(f, "%d %lx %lx", &nr, &fd, &seen) != 3)
		nr = -1;
	fclose(f);
	if (nr != SYS_ioctl || seen != cmd)
		return false;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", pid, tid);
	f = fopen(path, "re");
	if (!f)
		return false;
	if (fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
		state = 0;
	fclose(f);
	return state == 'S';
}

/* Wait until the call sleeps in the driver; false if it returns instead. */
static inline bool ws_call_asleep(struct ws_call *c)
{
	pid_t tid = 0;

	ws_until(ws_call_done(c) ||
		 ((tid = __atomic_load_n(&c->tid, __ATOMIC_ACQUIRE)) &&
		  ws_in_ioctl(getpid(), tid, c->cmd)));
	return tid && !ws_call_done(c) && ws_in_ioctl(getpid(), tid, c->cmd);
}

/* What the call returned, or -ETIMEDOUT if it does not come back. */
static inline int ws_call_join(struct ws_call *c)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_sec += WS_PATIENCE;
	if (pthread_timedjoin_np(c->thread, NULL, &ts))
		return -ETIMEDOUT;
	return c->ret;
}

static int ws_signals;	/* handlers that have run */

static inline int ws_signals_seen(void)
{
	return __atomic_load_n(&ws_signals, __ATOMIC_ACQUIRE);
}

static inline void ws_on_signal(int sig)
{
	(void)sig;
	__atomic_add_fetch(&ws_signals, 1, __ATOMIC_RELEASE);
}

/* Have SIGUSR1 handled, without SA_RESTART. */
static inline int ws_handle_signals(void)
{
	struct sigaction sa = { .sa_handler = ws_on_signal };

	return sigaction(SIGUSR1, &sa, NULL);
}

/* Interrupt a sleeping call; true once its handler has run. */
static inline bool ws_call_signal(struct ws_call *c)
{
	int before = ws_signals_seen();

	return !pthread_kill(c->thread, SIGUSR1) &&
	       ws_until(ws_signals_seen() != before);
}

#endif /* WS_PEER_H */
