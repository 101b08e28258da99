// SPDX-License-Identifier: GPL-2.0-only
/*
 * Scenes: short ways to what single commands seldom reach, as several must fit
 * each other.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "sock.h"

/* All that a datagram can bring with it. */
static void ask_for_all(const struct fuzz_thing *t)
{
	static const int names[] = {
		WINSOCK_IP_PKTINFO, WINSOCK_IP_RECVTTL, WINSOCK_IP_RECVTOS,
	}, names6[] = {
		WINSOCK_IPV6_PKTINFO, WINSOCK_IPV6_HOPLIMIT, WINSOCK_IPV6_RECVTCLASS,
	};
	unsigned int i;

	for (i = 0; i < FUZZ_COUNT(names); i++) {
		number(t, WINSOCK_IPPROTO_IP, names[i], 1);
		if (t->family == WINSOCK_AF_INET6)
			number(t, WINSOCK_IPPROTO_IPV6, names6[i], 1);
	}
}

/* Its peer, and how long a datagram gets there whole. */
static void ask_of_way(const struct fuzz_thing *t, __u8 how)
{
	bool four = t->family == WINSOCK_AF_INET;
	__u8 addr[128];
	__s32 len = sizeof(addr), value[2], room = how & 2 ? 4 : 8;
	struct winsock_sock_name n = {
		.size = sizeof(n), .handle = t->value, .addr = (uintptr_t)addr,
		.addr_len = (uintptr_t)&len,
	};
	struct winsock_sock_getopt o = {
		.size = sizeof(o), .handle = t->value, .name = WINSOCK_IP_MTU,
		.level = four ? WINSOCK_IPPROTO_IP : WINSOCK_IPPROTO_IPV6,
		.value = (uintptr_t)value, .value_len = (uintptr_t)&room,
	};

	if (!four)
		o.name = WINSOCK_IPV6_MTU;
	fuzz_call(t->file, WINSOCK_NR_SOCK_GETPEER, &n);
	fuzz_call(t->file, WINSOCK_NR_SOCK_GETOPT, &o);
	number(t, o.level, four ? WINSOCK_IP_MTU_DISCOVER : WINSOCK_IPV6_MTU_DISCOVER,
	       how >> 2 & 3);
	number(t, WINSOCK_SOL_SOCKET, WINSOCK_SO_BROADCAST, 1);
	fuzz_call(t->file, WINSOCK_NR_SOCK_GETOPT, &o);
}

/* A datagram with all kinds of control data, and what its receiver is told. */
static void told(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct fuzz_thing to = { .kind = FUZZ_SOCKET, .type = 2 }, from;
	__u8 how = fuzz_next(c), more = fuzz_next(c), addr[128], ctl[256];
	__u32 info[5] = {}, number_of = more & 15, at = 0;
	bool narrow = how & 4;
	int len;

	(void)thread;
	to.family = how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET;
	from = to;
	if (!create(file, &to) || !create(file, &from))
		return;
	if (how & 2)
		number(&to, WINSOCK_IPPROTO_IPV6, WINSOCK_IPV6_V6ONLY, 0);
	ask_for_all(&to);
	fuzz_nonblocking(&to, 1);
	len = address_at(to.family, how >> 3, 0, addr);
	if (!bind_to(&to, addr, len)) {
		len = name_of(&to, addr);
		memset(ctl, 0, sizeof(ctl));
		if (to.family == WINSOCK_AF_INET) {
			info[1] = how & 32;	/* an interface that there is not */
			at = header(ctl, at, narrow, 0, WINSOCK_IP_PKTINFO, info, 8);
			at = header(ctl, at, narrow, 0, WINSOCK_IP_TTL, &number_of, 4);
			at = header(ctl, at, narrow, 0, WINSOCK_IP_TOS, &number_of, 4);
		} else {
			at = header(ctl, at, narrow, 41, WINSOCK_IPV6_HOPLIMIT, &number_of, 4);
			at = header(ctl, at, narrow, 41, WINSOCK_IPV6_TCLASS, &number_of, 4);
			at = header(ctl, at, narrow, 41, WINSOCK_IPV6_PKTINFO, info, 20);
		}
		send_message(&from, narrow, addr, len, ctl, how & 64 ? at : 0, 100);
		send_message(&from, narrow, addr, len, ctl, at, 100);
		receive_message(&to, more);
		receive_message(&to, more >> 4 | more << 4);
		if (how & 128)		/* nobody there: told the sender */
			close_handle(&to);
		send_message(&from, 0, addr, len, NULL, 0, 10);
		connect_to(&from, addr, len);
		send_message(&to, 0, addr, name_of(&from, addr), NULL, 0, 10);
		ask_of_way(&from, more);
		if (more & 1)	/* to somebody else, or to nobody */
			memset(addr, 0, sizeof(addr));
		connect_to(&from, addr, len);
	}
	fuzz_nonblocking(&from, 1);
	receive_message(&from, more);
	fuzz_thing_add(&to);
	fuzz_thing_add(&from);
}

/* A group's address in a structure of the stack's size. */
static int group_at(int family, __u8 which, __u16 port, __u8 *to)
{
	int len = address_at(family, 0, port, to);

	if (family == WINSOCK_AF_INET)
		memcpy(to + 4, (__u8[]){ 239, 1, 2, which % 3 }, 4);
	else
		memcpy(to + 8, (__u8[]){ 0xff, 2 + which / 3 % 2 * 3, [15] = which % 3 }, 16);
	return len;
}

/* A filter of @n sources, set or asked for as IPv4's or as either family's. */
static void filter(const struct fuzz_thing *t, __u8 which, __u8 how, bool set)
{
	__u8 room[144 + 128 * 4];
	__u32 mode = how & 1, n = how >> 1 & 3, index = how >> 3 & 1, i, len;
	__u32 out = how & 64 ? sizeof(room) : 16U + how % 200;

	memset(room, 0, sizeof(room));
	if (t->family == WINSOCK_AF_INET && how & 16) {
		memcpy(room, (__u8[]){ 239, 1, 2, which % 3, 0, 0, 0, index }, 8);
		if (how & 32)
			memcpy(room + 4, "\x7f\0\0\1", 4);
		memcpy(room + 8, &mode, 4);
		memcpy(room + 12, &n, 4);
		for (i = 0; i < n; i++)
			memcpy(room + 16 + 4 * i, (__u8[]){ 127, 0, 0, 1 + i }, 4);
		len = 16 + 4 * n;
		control(t, set ? WINSOCK_SIO_SET_MULTICAST_FILTER :
			WINSOCK_SIO_GET_MULTICAST_FILTER, 0, room, len, room, out);
		return;
	}
	memcpy(room, &index, 4);
	group_at(how & 32 ? WINSOCK_AF_INET : t->family, which, 0, room + 8);
	memcpy(room + 136, &mode, 4);
	memcpy(room + 140, &n, 4);
	for (i = 0; i < n; i++)
		address_at(t->family, 1 + (i & 1), 0, room + 144 + 128 * i);
	len = 144 + 128 * n;
	control(t, set ? WINSOCK_SIOCSMSFILTER : WINSOCK_SIOCGMSFILTER, 0, room, len,
		room, how & 64 ? sizeof(room) : 144U + how % 200);
}

static void membership(const struct fuzz_thing *t, __u8 which, __u8 how)
{
	static const int sources[] = {
		WINSOCK_IP_ADD_SOURCE_MEMBERSHIP, WINSOCK_IP_DROP_SOURCE_MEMBERSHIP,
		WINSOCK_IP_BLOCK_SOURCE, WINSOCK_IP_UNBLOCK_SOURCE,
		WINSOCK_MCAST_JOIN_SOURCE_GROUP, WINSOCK_MCAST_LEAVE_SOURCE_GROUP,
		WINSOCK_MCAST_BLOCK_SOURCE, WINSOCK_MCAST_UNBLOCK_SOURCE,
	};
	bool four = t->family == WINSOCK_AF_INET;
	int level = four ? WINSOCK_IPPROTO_IP : WINSOCK_IPPROTO_IPV6;
	__u8 room[264], where[4] = { 0, 0, 0, how >> 4 & 1 };
	__u32 index = how >> 5 & 1;

	if (how & 64)
		memcpy(where, "\x7f\0\0\1", 4);
	memset(room, 0, sizeof(room));
	switch (how & 3) {
	case 0:
		group_at(t->family, which, 0, room + 128);
		memmove(room, room + (four ? 132 : 136), four ? 4 : 16);
		memcpy(room + (four ? 4 : 16), four ? (void *)where : &index, 4);
		option(t, level, how & 8 ? WINSOCK_IP_DROP_MEMBERSHIP :
		       WINSOCK_IP_ADD_MEMBERSHIP, room, four ? 8 : 20);
		break;
	case 1:
		memcpy(room, &index, 4);
		group_at(t->family, which, 0, room + 8);
		option(t, level, how & 8 ? WINSOCK_MCAST_LEAVE_GROUP :
		       WINSOCK_MCAST_JOIN_GROUP, room, 136);
		break;
	case 2:
		memcpy(room, (__u8[]){ 239, 1, 2, which % 3, 127, 0, 0, 1 }, 8);
		memcpy(room + 8, where, 4);
		option(t, level, sources[how >> 2 & 3], room, 12);
		break;
	default:
		memcpy(room, &index, 4);
		group_at(t->family, which, 0, room + 8);
		address_at(t->family, 1, 0, room + 136);
		option(t, level, sources[4 + (how >> 2 & 3)], room, 264);
	}
}

/* A member of a group, what it hears, and what it is told of that. */
static void member(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct fuzz_thing t = { .kind = FUZZ_SOCKET, .type = 2 };
	__u8 how = fuzz_next(c), which = fuzz_next(c), addr[128];
	__u16 port = 27110;
	int i, len;

	(void)thread;
	t.family = how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET;
	if (!create(file, &t))
		return;
	number(&t, WINSOCK_SOL_SOCKET, WINSOCK_SO_REUSEADDR, 1);
	ask_for_all(&t);
	fuzz_nonblocking(&t, 1);
	len = address_at(t.family, 0, port, addr);
	bind_to(&t, addr, len);
	number(&t, t.family == WINSOCK_AF_INET ? WINSOCK_IPPROTO_IP : WINSOCK_IPPROTO_IPV6,
	       t.family == WINSOCK_AF_INET ? WINSOCK_IP_MULTICAST_IF :
	       WINSOCK_IPV6_MULTICAST_IF, t.family == WINSOCK_AF_INET ? 0x01000000 : 1);
	for (i = 0; i < 4; i++) {
		__u8 next = fuzz_next(c);

		if (how & 2 << i)
			membership(&t, which, next);
		else
			filter(&t, which, next, i != 3);
		if (next & 128)
			filter(&t, which, fuzz_next(c), false);
	}
	len = group_at(t.family, which, port, addr);
	send_message(&t, 0, addr, len, NULL, 0, 10);
	receive_message(&t, fuzz_next(c));
	if (t.family == WINSOCK_AF_INET) {
		number(&t, WINSOCK_SOL_SOCKET, WINSOCK_SO_BROADCAST, 1);
		memset(addr + 4, 0xff, 4);
		send_message(&t, 0, addr, len, NULL, 0, 10);
		receive_message(&t, which);
	}
	fuzz_thing_add(&t);
}

/* A raw socket of somebody without privilege; the thread keeps its own. */
static void ping(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct fuzz_thing t = { .kind = FUZZ_SOCKET, .type = WINSOCK_SOCK_RAW };
	__u8 how = fuzz_next(c), request[8] = { 8 }, addr[128];
	struct winsock_sock_create a = { .size = sizeof(a), .type = WINSOCK_SOCK_RAW };
	int i, len, ret;

	(void)thread;
	t.file = file;
	t.family = how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET;
	a.family = t.family;
	a.protocol = how & 1 ? WINSOCK_IPPROTO_ICMPV6 : WINSOCK_IPPROTO_ICMP;
	syscall(SYS_setresuid, -1, 65534, -1);
	ret = fuzz_call(file, WINSOCK_NR_SOCK_CREATE, &a);
	syscall(SYS_setresuid, -1, 0, -1);
	if (ret)
		return;
	t.value = a.out_handle;
	fuzz_nonblocking(&t, how & 32 ? 0 : 1);
	number(&t, WINSOCK_SOL_SOCKET, WINSOCK_SO_RCVTIMEO, 5);
	ask_for_all(&t);
	len = address_at(t.family, 1, how, addr);
	if (how & 2)
		bind_to(&t, addr, len);
	if (how & 4)
		connect_to(&t, addr, len);
	if (how & 1)
		request[0] = 128;
	if ((how & 24) == 24)	/* not a request */
		request[how >> 6 & 1] += 1;
	memcpy(request + 4, &how, 1);
	memcpy(data(), request, sizeof(request));
	send_message(&t, how >> 3, addr, len, NULL, 0, how == 255 ? 4 : 60);
	send_message(&t, 0, how & 4 ? NULL : addr, how & 4 ? 0 : len, NULL, 0, 8);
	for (i = 0; i < 3; i++)
		receive_message(&t, fuzz_next(c));
	fuzz_thing_add(&t);
}

/* One of those who share a port: whose, what it was bound with, and where. */
static void sharer(__u8 how, int file, __u8 type, __u16 port, struct fuzz_thing *t)
{
	static const int names[] = {
		0, WINSOCK_SO_REUSEADDR, WINSOCK_SO_EXCLUSIVEADDRUSE, WINSOCK_SO_REUSEADDR,
	};
	bool other = how > 220;
	__u8 addr[128];
	int len;

	*t = (struct fuzz_thing){ .kind = FUZZ_SOCKET, .type = type };
	t->family = how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET;
	if (!create(file, t))
		return;
	if (how & 6)
		number(t, WINSOCK_SOL_SOCKET, names[how >> 1 & 3], 1);
	if (how & 8 && how & 1)
		number(t, WINSOCK_IPPROTO_IPV6, WINSOCK_IPV6_V6ONLY, 0);
	len = address_at(t->family, how >> 4 & 3, port, addr);
	if (other)
		syscall(SYS_setresuid, -1, 65533, -1);
	bind_to(t, addr, len);
	if (other)
		syscall(SYS_setresuid, -1, 0, -1);
	if (type == 1 && how & 64)
		listen_on(t);
	fuzz_nonblocking(t, 1);
	fuzz_thing_add(t);
}

/* Somebody who does not know of the driver, on the same port. */
static void stranger(__u8 how, __u8 type, __u16 port)
{
	__u8 addr[128];
	int one = 1, len, fd, family = how & 1 ? AF_INET6 : AF_INET;

	fd = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	len = address_at(how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET, how >> 1, port, addr);
	if (how & 1)
		addr[0] = AF_INET6;
	if (how & 8)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (how & 16)
		setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one));
	bind(fd, (void *)addr, len);
	if (how & 32)
		listen(fd, 1);
	fuzz_file_add(fd, FUZZ_SOCK, 0);
}

static void share(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct fuzz_thing t[4], client = { .kind = FUZZ_SOCKET };
	__u8 how = fuzz_next(c), which = 0, addr[128];
	__u16 port = 27100 + how % 6;
	unsigned int i, n = 2 + (how >> 3) % 3;
	int len;

	(void)thread;
	client.type = how & 64 ? 2 : 1;
	for (i = 0; i < n; i++) {
		__u8 next = fuzz_next(c);

		if (!i || next & 3)
			which = next;	/* else as the one before */
		if (next > 225)
			stranger(fuzz_next(c), client.type, port);
		sharer(which, file, client.type, port, &t[i]);
	}
	client.family = t[0].family;
	len = address_at(client.family, 1, port, addr);
	if (create(file, &client)) {
		fuzz_nonblocking(&client, 1);
		connect_to(&client, addr, len);
		fuzz_thing_add(&client);
	}
	for (i = 0; i < n; i++) {
		struct winsock_sock_accept a = { .size = sizeof(a), .handle = t[i].value };

		if (t[i].listens && !fuzz_call(file, WINSOCK_NR_SOCK_ACCEPT, &a) && how & 4) {
			struct fuzz_thing conn = t[i];

			conn.value = a.out_handle;
			fuzz_thing_add(&conn);
		}
	}
	if (how & 128) {
		close_handle(&t[0]);
		sharer(fuzz_next(c), file, client.type, port, &t[0]);
	}
}

/* Waits for some events, all or any; others may set them. */
static void wait_for_some(struct fuzz_choices *c, int file, unsigned int thread)
{
	static const __s64 timeouts[] = { 0, 1000000, 3000000, -1 };
	struct winsock_wait w = { .size = sizeof(w) };
	__u64 *handles = fuzz_heap(thread, 64 * sizeof(*handles));
	__u8 how = fuzz_next(c), kinds = fuzz_next(c), n = fuzz_next(c);
	struct winsock_event_create e = { .size = sizeof(e) };
	struct fuzz_thing event = { .kind = FUZZ_EVENT, .file = file }, *t;
	int i;

	n = n < 200 ? 1 + n % 4 : 1 + n % 20;
	for (i = 0; i < n; i++) {
		e.flags = kinds >> 2 * (i % 4) & (how & 16 ? 3 : 1);
		t = how & 64 ? fuzz_thing_find(FUZZ_SOCKET, file, i) : NULL;
		if (t && i == n / 2) {
			handles[i] = t->value;
			continue;
		}
		if (fuzz_call(file, WINSOCK_NR_EVENT_CREATE, &e))
			return;
		handles[i] = e.out_handle;
		event.value = e.out_handle;
		fuzz_thing_add(&event);
	}
	if (how & 32)
		for (i = 0; i < n; i++)
			((__u32 *)handles)[i] = handles[i];
	w.flags = how & 1 ? WINSOCK_WAIT_ALL : 0;
	if (how & 2)
		w.flags |= WINSOCK_WAIT_ALERTABLE;
	if (how & 32)
		w.flags |= WINSOCK_WAIT_32;
	w.handles = (uintptr_t)handles;
	w.count = n;
	w.timeout = timeouts[how >> 2 & 3];
	if (how & 128)	/* a page that is not there to be told */
		w.handles = FUZZ_HEAP + FUZZ_HEAP_SIZE - (how & 8 ? 8 : 4);
	fuzz_call(file, WINSOCK_NR_WAIT, &w);
}

static void close_all(int kind, int file, __u32 flags)
{
	struct winsock_handle_close a = { .size = sizeof(a), .flags = flags };
	struct fuzz_thing *t;

	for (t = fuzz_things; t < fuzz_things + FUZZ_THINGS; t++) {
		a.handle = t->value;
		if (t->kind == kind && t->file == file && !t->gone)
			t->gone = !fuzz_call(file, WINSOCK_NR_HANDLE_CLOSE, &a);
	}
}

/* Sets or resets the events that there are; closes them, or the sockets. */
static void set_all(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct winsock_event_set set = { .size = sizeof(set) };
	__u8 how = fuzz_next(c);
	struct fuzz_thing *t;

	(void)thread;
	if (how >= 235) {
		close_all(FUZZ_SOCKET, file, how & 1 ? WINSOCK_CLOSE_OBJECT : 0);
		return;
	}
	if (how >= 220) {
		close_all(FUZZ_EVENT, file, WINSOCK_CLOSE_OBJECT | WINSOCK_CLOSE_EVENT);
		return;
	}
	for (t = fuzz_things; t < fuzz_things + FUZZ_THINGS; t++) {
		set.handle = t->value;
		if (t->kind == FUZZ_EVENT && t->file == file)
			fuzz_call(file, how < 200 ? WINSOCK_NR_EVENT_SET :
				  WINSOCK_NR_EVENT_RESET, &set);
	}
}

static int offer(const struct fuzz_thing *t, pid_t to, __u64 *token)
{
	struct winsock_handle_offer a = {
		.size = sizeof(a), .handle = t->value, .process = to,
	};
	int err = fuzz_call(t->file, WINSOCK_NR_HANDLE_OFFER, &a);

	*token = a.out_token;
	return err;
}

/* Offers: taken once, for those who have gone, or more than there may be. */
static void offers(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct winsock_handle_redeem r = { .size = sizeof(r) };
	struct fuzz_thing t = { .kind = FUZZ_SOCKET, .type = 1, .family = WINSOCK_AF_INET };
	__u8 how = fuzz_next(c), addr[128];
	pid_t pid = getpid();
	__u64 token;
	int i;

	(void)thread;
	t.type = how & 1 ? 2 : 1;
	if (!create(file, &t))
		return;
	fuzz_thing_add(&t);
	if (how > 230 && fuzz_fork_begins()) {
		fuzz_lock();
		pid = fork();
		fuzz_unlock();
		if (!pid)
			for (;;)
				pause();
		offer(&t, pid, &token);
		/* without a child, which a fault may cause, it would be all */
		if (pid > 0) {
			kill(pid, SIGKILL);
			waitpid(pid, NULL, 0);
		}
		__atomic_sub_fetch(&fuzz_forks, 1, __ATOMIC_RELAXED);
		pid = getpid();
		for (i = 0; i < 257 && !offer(&t, pid, &token); i++)
			;
		return;
	}
	if (offer(&t, pid, &r.token))
		return;
	fuzz_call(file, WINSOCK_NR_HANDLE_REDEEM, &r);
	fuzz_call(file, WINSOCK_NR_HANDLE_REDEEM, &r);
	/* the one that the other does not know to be bound */
	if (how & 2)
		bind_to(&t, addr, address_at(t.family, 1, 0, addr));
	t.value = r.out_handle;
	fuzz_nonblocking(&t, 1);
	receive_message(&t, how);
	if (how & 4)
		bind_to(&t, addr, address_at(t.family, 1, 0, addr));
	receive_message(&t, how);
	fuzz_thing_add(&t);
}

/* Sockets of one group, and where they may connect. */
static void group(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct winsock_sock_create a = { .size = sizeof(a), .type = 1 };
	struct fuzz_thing lsn = { .kind = FUZZ_SOCKET, .type = 1 }, t, g = { .kind = FUZZ_GROUP };
	__u8 how = fuzz_next(c), addr[128];
	__u32 id = 1 + (how >> 1 & 1), len = 4, error;
	struct winsock_sock_getopt o = {
		.size = sizeof(o), .level = WINSOCK_SOL_SOCKET, .name = WINSOCK_SO_GROUP_ID,
		.value = (uintptr_t)&id, .value_len = (uintptr_t)&len,
	};
	int i, size;

	(void)thread;
	lsn.family = how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET;
	if (!create(file, &lsn))
		return;
	size = address_at(lsn.family, 0, 0, addr);
	if (bind_to(&lsn, addr, size) || listen_on(&lsn))
		return;
	for (i = 0; i < 3; i++) {
		a.family = lsn.family;
		a.group = id;
		if (i == 2 && how & 4)
			a.type = 2;
		if (fuzz_call(file, WINSOCK_NR_SOCK_CREATE, &a))
			break;
		t = (struct fuzz_thing){
			.kind = FUZZ_SOCKET, .file = file, .value = a.out_handle,
			.family = lsn.family, .type = a.type,
		};
		o.handle = t.value;
		fuzz_call(file, WINSOCK_NR_SOCK_GETOPT, &o);
		size = name_of(&lsn, addr);
		if (i == 2 && lsn.family == WINSOCK_AF_INET && how & 8)
			addr[7] = 2;
		else if (i == 2 && how & 8)
			memcpy(addr + 18, "\xff\xff\x7f\0\0\1", 6);
		fuzz_nonblocking(&t, 1);
		if (how & 16)
			number(&t, WINSOCK_SOL_SOCKET, WINSOCK_SO_ERROR, 5);
		connect_to(&t, addr, size);
		o.name = WINSOCK_SO_ERROR;
		o.value = (uintptr_t)&error;
		fuzz_call(file, WINSOCK_NR_SOCK_GETOPT, &o);
		o.name = WINSOCK_SO_GROUP_ID;
		o.value = (uintptr_t)&id;
		fuzz_thing_add(&t);
	}
	g.value = id;
	fuzz_thing_add(&g);
	fuzz_thing_add(&lsn);
}

/* More than waits on the way, or rests: messages that nobody takes, handles. */
static void flood(int file, __u8 how)
{
	struct winsock_message_post m = { .size = sizeof(m) };
	struct winsock_event_create e = { .size = sizeof(e) };
	struct winsock_handle_close h = { .size = sizeof(h) };
	struct winsock_async_select a = { .size = sizeof(a), .window = 1, .events = 0x3f };
	struct fuzz_thing t = { .kind = FUZZ_SOCKET, .type = 2, .family = WINSOCK_AF_INET };
	int i;

	for (i = 0; how >= 254 && i < 10001; i++)
		if (fuzz_call(file, WINSOCK_NR_MESSAGE_POST, &m))
			break;
	if (how >= 254 && create(file, &t)) {	/* one that has a message there too */
		a.handle = t.value;
		fuzz_call(file, WINSOCK_NR_ASYNC_SELECT, &a);
		close_handle(&t);
		return;
	}
	for (i = 0; how < 254 && i < 1100; i++) {
		if (fuzz_call(file, WINSOCK_NR_EVENT_CREATE, &e))
			return;
		h.handle = e.out_handle;
		fuzz_call(file, WINSOCK_NR_HANDLE_CLOSE, &h);
	}
}

/* A set or two of many sockets, some of them in it more than once. */
static void many(struct fuzz_choices *c, int file, unsigned int thread)
{
	static const __s64 timeouts[] = { 0, 1000000, 1000000, -1 };
	struct winsock_sock_select s = { .size = sizeof(s) };
	struct fuzz_thing t = { .kind = FUZZ_SOCKET, .type = 2 }, *found;
	__u8 how = fuzz_next(c), n = fuzz_next(c);
	__u32 each = how & 1 ? 4 : 8, i;
	__u8 *sets[2], addr[128];
	int len;

	if (how >= 248) {
		flood(file, how);
		return;
	}
	n = n < 128 ? 1 + n % 6 : 1 + n % 40;
	t.family = WINSOCK_AF_INET;
	len = address_at(t.family, 1, 0, addr);
	for (i = 0; i < 3 && create(file, &t); i++) {
		if (how & 64)
			bind_to(&t, addr, len);
		fuzz_thing_add(&t);
	}
	for (i = 0; i < 2; i++) {
		__u32 j;

		sets[i] = fuzz_heap(thread, (n + 1) * each);
		memset(sets[i], 0, each);
		sets[i][0] = n;
		for (j = 1; j <= n; j++) {
			found = fuzz_thing_find(FUZZ_SOCKET, file, j % 100 * (1 + i));
			if (found)
				memcpy(sets[i] + j * each, &found->value, each);
		}
	}
	s.flags = how & 1 ? WINSOCK_SELECT_32 : 0;
	if (how & 2)
		s.readfds = (uintptr_t)sets[0];
	if (how & 4)
		s.writefds = (uintptr_t)sets[how >> 3 & 1];
	if (how & 16)
		s.exceptfds = (uintptr_t)sets[1];
	s.timeout = timeouts[how >> 5 & 3];
	fuzz_call(file, WINSOCK_NR_SOCK_SELECT, &s);
}

/* A raw socket of some protocol, which may ask for all that there is. */
static void raw(struct fuzz_choices *c, int file, unsigned int thread)
{
	static const __u8 protocols[] = {
		0, WINSOCK_IPPROTO_UDP, 2, WINSOCK_IPPROTO_ICMP, WINSOCK_IPPROTO_IPV6,
		WINSOCK_IPPROTO_RAW, WINSOCK_IPPROTO_ICMPV6,
	};
	static const __u32 codes[] = {
		WINSOCK_SIO_RCVALL, WINSOCK_SIO_RCVALL_MCAST, WINSOCK_SIO_RCVALL_IGMPMCAST,
	};
	__u8 how = fuzz_next(c), more = fuzz_next(c), addr[128];
	struct winsock_sock_create a = { .size = sizeof(a), .type = WINSOCK_SOCK_RAW };
	struct fuzz_thing t = { .kind = FUZZ_SOCKET, .type = WINSOCK_SOCK_RAW, .file = file };
	__u32 value;
	int i, len;

	(void)thread;
	t.family = how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET;
	a.family = t.family;
	a.protocol = protocols[(how >> 1) % FUZZ_COUNT(protocols)];
	if (fuzz_call(file, WINSOCK_NR_SOCK_CREATE, &a))
		return;
	t.value = a.out_handle;
	fuzz_thing_add(&t);
	fuzz_nonblocking(&t, 1);
	ask_for_all(&t);
	len = address_at(t.family, more, how, addr);
	bind_to(&t, addr, len);
	for (i = 0; i < 3; i++) {
		value = (more >> i) % 5;
		control(&t, codes[i], 0, &value, more & 64 ? 1 : 4, NULL, 0);
	}
	number(&t, t.family == WINSOCK_AF_INET ? WINSOCK_IPPROTO_IP : WINSOCK_IPPROTO_IPV6,
	       t.family == WINSOCK_AF_INET ? WINSOCK_IP_HDRINCL : WINSOCK_IPV6_HDRINCL,
	       more & 128);
	len = address_at(t.family, 1, 0, addr);
	send_message(&t, how, addr, len, NULL, 0, 40);
	receive_message(&t, fuzz_next(c));
	if (how & 128)
		connect_to(&t, addr, len);
	ask_of_way(&t, more);
	value = 1;
	control(&t, WINSOCK_FIONREAD, 0, NULL, 0, &value, 4);
}

/* Those that the stack chooses from: one, or many, as when the system starts. */
void fuzz_ports(bool one)
{
	const char *range = one ? "27120 27120" : "32768 60999";
	int fd = open("/proc/sys/net/ipv4/ip_local_port_range", O_WRONLY | O_CLOEXEC);

	if (write(fd, range, strlen(range)) < 0)
		errno = 0;
	close(fd);
}

/* There is one port to be chosen, and somebody has it. */
static void no_port(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct fuzz_thing has = { .kind = FUZZ_SOCKET }, wants;
	__u8 how = fuzz_next(c), addr[128];
	int len;

	(void)thread;
	has.family = how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET;
	has.type = how & 2 ? 2 : 1;
	wants = has;
	if (!create(file, &has) || !create(file, &wants))
		return;
	if (how & 4)
		number(&wants, WINSOCK_IPPROTO_IPV6, WINSOCK_IPV6_V6ONLY, 0);
	fuzz_nonblocking(&wants, how & 8);
	len = address_at(has.family, 0, 27120, addr);
	bind_to(&has, addr, len);
	fuzz_ports(true);
	len = address_at(has.family, how >> 4, how & 64 ? 27120 : 27121, addr);
	if (how & 128)
		send_message(&wants, 0, addr, len, NULL, 0, 10);
	else
		connect_to(&wants, addr, len);
	address_at(has.family, 0, 0, addr);
	bind_to(&wants, addr, len);
	fuzz_ports(false);
	fuzz_thing_add(&wants);
	fuzz_thing_add(&has);
}

/* Places of those that fuzz_wait_and_end() names. */
enum { SCENE_WAIT = 4, SCENE_SET = 5, SCENE_CHANGE = 7, SCENE_MANY = 14 };

void fuzz_scene(struct fuzz_choices *c, int file, unsigned int thread)
{
	static void (*const scenes[])(struct fuzz_choices *c, int file,
				      unsigned int thread) = {
		told, member, ping, share, [SCENE_WAIT] = wait_for_some,
		[SCENE_SET] = set_all, fuzz_linger, [SCENE_CHANGE] = fuzz_change,
		offers, group, member, share, share, wait_for_some, [SCENE_MANY] = many,
		raw, no_port, fuzz_apcs, fuzz_candidates, fuzz_objects, fuzz_objects, fuzz_imports,
		fuzz_watched, fuzz_watched, fuzz_watched,
	};

	scenes[fuzz_next(c) % FUZZ_COUNT(scenes)](c, file, thread);
}

static void is_act(struct fuzz_record *r, unsigned int act)
{
	unsigned int op;

	for (op = 0; op < 256; op++)
		if (fuzz_act_of(op) == act)
			r->op = op;
}

/* Something that waits, and what may be the end of that. */
void fuzz_wait_and_end(struct fuzz_record *waits, struct fuzz_record *ends)
{
	static const struct {
		unsigned int first, scene, second, then;
	} rows[] = {
		{ FUZZ_SCENE, SCENE_WAIT, FUZZ_SCENE, SCENE_SET },
		{ FUZZ_SCENE, SCENE_WAIT, FUZZ_SIGNAL, 0 },
		{ FUZZ_SCENE, SCENE_CHANGE, FUZZ_ADDRESS, 0 },
		{ FUZZ_SCENE, SCENE_CHANGE, FUZZ_SCENE, SCENE_SET },
		{ FUZZ_SCENE, SCENE_MANY, FUZZ_SCENE, SCENE_SET },
		{ WINSOCK_NR_MESSAGE_GET, 0, WINSOCK_NR_MESSAGE_POST, 0 },
		{ WINSOCK_NR_SOCK_RECV, 0, FUZZ_PEER, 0 },
		{ WINSOCK_NR_SOCK_POLL, 0, FUZZ_SCENE, SCENE_SET },
		{ WINSOCK_NR_SOCK_RECV, 0, WINSOCK_NR_APC_QUEUE, 0 },
	};
	unsigned int i = waits->choice[11] % FUZZ_COUNT(rows);

	is_act(waits, rows[i].first);
	is_act(ends, rows[i].second);
	if (rows[i].first == FUZZ_SCENE)
		waits->choice[0] = rows[i].scene;
	if (rows[i].second == FUZZ_SCENE)
		ends->choice[0] = rows[i].then;
	waits->where &= ~7;
	ends->where = (waits->where & ~7) | 1;
}
