// SPDX-License-Identifier: GPL-2.0-only
/*
 * Scenes of procedure calls, and of files: those that stand for an object, and
 * sockets that are not the driver's own.
 */
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include "sock.h"

/* Calls queued for the thread itself end whatever it waits in, and are taken. */
void fuzz_apcs(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct winsock_apc_queue q = {
		.size = sizeof(q), .flags = WINSOCK_APC_SELF, .function = 1,
	};
	struct winsock_apc_take t = { .size = sizeof(t) };
	struct winsock_event_create e = { .size = sizeof(e) };
	struct winsock_wait w = {
		.size = sizeof(w), .flags = WINSOCK_WAIT_ALERTABLE, .timeout = 5000000,
	};
	struct winsock_sock_recv r = {
		.size = sizeof(r), .addr = (uintptr_t)data(), .count = 100,
	};
	struct winsock_pollfd fd = { .events = WINSOCK_POLLRDNORM };
	struct winsock_sock_poll p = {
		.size = sizeof(p), .fds = (uintptr_t)&fd, .count = 1, .timeout = 5000000,
	};
	struct fuzz_thing s = { .kind = FUZZ_SOCKET, .type = 2, .family = WINSOCK_AF_INET };
	__u8 how = fuzz_next(c), addr[128];
	int i;

	(void)thread;
	for (i = 0; i < 1 + (how & 1); i++)
		fuzz_call(file, WINSOCK_NR_APC_QUEUE, &q);
	if (!fuzz_call(file, WINSOCK_NR_EVENT_CREATE, &e)) {
		w.handles = (uintptr_t)&e.out_handle;
		w.count = how >> 1 & 1;
	}
	if (create(file, &s)) {
		bind_to(&s, addr, address_at(s.family, 1, 0, addr));
		r.handle = s.value;
		fd.fd = s.value;
		fuzz_thing_add(&s);
		number(&s, WINSOCK_SOL_SOCKET, WINSOCK_SO_RCVTIMEO, 5);
	}
	switch (how >> 2 & 3) {
	case 0:
		fuzz_call(file, WINSOCK_NR_WAIT, &w);
		break;
	case 1:
		fuzz_call(file, WINSOCK_NR_SOCK_RECV, &r);
		break;
	case 2:
		fuzz_call(file, WINSOCK_NR_SOCK_POLL, &p);
		break;
	case 3:
		w.flags |= WINSOCK_WAIT_ALL;
		fuzz_call(file, WINSOCK_NR_WAIT, &w);
	}
	if (how & 16)	/* nowhere to say which */
		fuzz_call(file, WINSOCK_NR_APC_TAKE, fuzz_read_only(&t, sizeof(t)));
	for (i = 0; i < 3; i++)
		fuzz_call(file, WINSOCK_NR_APC_TAKE, &t);
}

static void poll_file(int fd, __u8 how)
{
	struct epoll_event e = { .events = EPOLLIN | EPOLLOUT };
	struct pollfd p = { fd, POLLIN | POLLOUT, 0 };
	int ep;

	poll(&p, 1, 0);
	if (how & 1) {
		p.events = POLLPRI;
		poll(&p, 1, 1);
	}
	if (how & 2) {
		ep = epoll_create1(EPOLL_CLOEXEC);
		epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
		epoll_wait(ep, &e, 1, 0);
		close(ep);
	}
}

/* Calls on a file that stands for a socket or an event; it has one handle, 0. */
static void use(int file, bool event, __u8 how)
{
	struct winsock_event_set set = { .size = sizeof(set) };
	struct winsock_handle_close h = { .size = sizeof(h), .flags = how & 15 };
	struct winsock_sock_recv r = {
		.size = sizeof(r), .flags = WINSOCK_LEAVE_NOW, .addr = (uintptr_t)data(),
		.count = 10,
	};
	struct winsock_pollfd fd[2] = { { .events = WINSOCK_POLLWRNORM }, { .fd = 4 } };
	struct winsock_sock_poll p = {
		.size = sizeof(p), .fds = (uintptr_t)fd, .count = 1 + (how & 1),
	};

	if (event) {
		fuzz_call(file, how & 16 ? WINSOCK_NR_EVENT_SET : WINSOCK_NR_EVENT_RESET, &set);
	} else {
		fuzz_call(file, WINSOCK_NR_SOCK_RECV, &r);
		fuzz_call(file, WINSOCK_NR_SOCK_POLL, &p);
	}
	if (how & 32)
		fuzz_call(file, WINSOCK_NR_HANDLE_CLOSE, &h);
	if (how & 64)
		fuzz_call(file, WINSOCK_NR_HANDLE_CLOSE, &h);
}

/* Files that stand for an object, made for it or out of a blank one. */
void fuzz_objects(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct winsock_handle_export x = { .size = sizeof(x) };
	struct winsock_handle_attach a = { .size = sizeof(a) };
	struct winsock_handle_import m = { .size = sizeof(m) };
	struct winsock_event_create e = { .size = sizeof(e) };
	struct fuzz_thing t = { .kind = FUZZ_SOCKET, .family = WINSOCK_AF_INET };
	__u8 how = fuzz_next(c), addr[128];
	bool event = how & 1;
	int i;

	(void)thread;
	t.type = how & 2 ? 2 : 1;
	e.flags = how >> 1 & 3;
	if (event ? fuzz_call(file, WINSOCK_NR_EVENT_CREATE, &e) : !create(file, &t))
		return;
	if (event)
		t = (struct fuzz_thing){ .kind = FUZZ_EVENT, .file = file, .value = e.out_handle };
	else if (how & 4)
		bind_to(&t, addr, address_at(t.family, 1, 0, addr));
	fuzz_thing_add(&t);
	x.handle = t.value;
	a.handle = t.value;
	if (how & 8) {
		a.fd = open("/dev/winsock", O_RDWR | O_CLOEXEC);
		i = fuzz_file_add(a.fd, FUZZ_OBJECT, t.kind);
		if (i < 0)
			return;
		fuzz_call(file, WINSOCK_NR_HANDLE_ATTACH, &a);
		fuzz_call(file, WINSOCK_NR_HANDLE_ATTACH, &a);
	} else {
		if (fuzz_call(file, WINSOCK_NR_HANDLE_EXPORT, &x))
			return;
		i = fuzz_file_add(x.out_fd, FUZZ_OBJECT, t.kind);
		if (i < 0)
			return;
	}
	poll_file(fuzz_files[i].fd, how);
	use(i, event, fuzz_next(c));
	if (how & 16)
		close_handle(&t);
	poll_file(fuzz_files[i].fd, how >> 2);
	use(i, event, fuzz_next(c));
	m.fd = fuzz_files[i].fd;
	if (fuzz_call(file, WINSOCK_NR_HANDLE_IMPORT, &m))
		return;
	t.value = m.out_handle;
	fuzz_thing_add(&t);
	if (how & 32)
		close_handle(&t);
}

/* Somebody else's sockets, as they may be. */
void fuzz_imports(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct linger linger = { 1, 1 };
	struct timeval soon = { .tv_usec = 1000 };
	struct winsock_handle_import m = { .size = sizeof(m) };
	struct fuzz_thing t = { .kind = FUZZ_SOCKET, .file = file };
	__u8 how = fuzz_next(c), more = fuzz_next(c), addr[128];
	int fd, len, one = 1, family = how & 1 ? AF_INET6 : AF_INET;

	(void)thread;
	t.family = how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET;
	t.type = how & 2 ? 2 : 1;
	fd = socket(family, t.type | SOCK_CLOEXEC | (how & 4 ? SOCK_NONBLOCK : 0), 0);
	if (how & 8)
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	if (how & 16)
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof(soon));
	if (how & 32)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	len = address_at(t.family, 1, 0, addr);
	if (how & 1)
		addr[0] = AF_INET6;
	if (how & 64)
		bind(fd, (void *)addr, len);
	if (how & 128 && t.type == 1)
		listen(fd, 1);
	m.fd = fd;
	if (fuzz_file_add(fd, FUZZ_SOCK, 0) < 0 || fuzz_call(file, WINSOCK_NR_HANDLE_IMPORT, &m))
		return;
	t.value = m.out_handle;
	fuzz_thing_add(&t);
	if (t.type == 2) {	/* to itself, and to where nobody is */
		len = name_of(&t, addr);
		send_message(&t, more, addr, len, NULL, 0, 10);
		len = address_at(t.family, 1, 27130, addr);
		connect_to(&t, addr, len);
		send_message(&t, 0, NULL, 0, NULL, 0, 10);
		poll_file(fd, more);
		fuzz_nonblocking(&t, 1);
		receive_message(&t, more);
		receive_message(&t, more);
	} else if (!(how & 128)) {
		len = address_at(t.family, more, 0, addr);
		bind_to(&t, addr, len);
		if (more & 4)
			listen_on(&t);
	}
	number(&t, WINSOCK_SOL_SOCKET, WINSOCK_SO_REUSEADDR, more & 1);
	if (more & 128)
		close_handle(&t);
}
