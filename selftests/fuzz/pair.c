// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sockets in the states that most calls are about: listeners, two connected
 * ones, watched ones.
 */
#include <unistd.h>
#include <sys/un.h>
#include "sock.h"

/* Kinds of sockets by one byte: TCP and UDP, AF_UNIX, the odd raw one. */
void fuzz_kind(__u8 pick, struct fuzz_thing *t)
{
	static const __u8 families[] = { WINSOCK_AF_INET, WINSOCK_AF_INET6, WINSOCK_AF_UNIX };

	t->kind = FUZZ_SOCKET;
	t->family = families[pick % 3];
	t->type = t->family == WINSOCK_AF_UNIX || pick < 170 ? 1 : pick < 245 ? 2 : 3;
}

void fuzz_nonblocking(const struct fuzz_thing *t, __u32 on)
{
	struct winsock_sock_control a = {
		.size = sizeof(a), .handle = t->value, .code = WINSOCK_FIONBIO,
		.in = (uintptr_t)&on, .in_len = 4,
	};

	fuzz_call(t->file, WINSOCK_NR_SOCK_CONTROL, &a);
}

/* Closing it will wait, for a second or for none. */
void fuzz_lingering(const struct fuzz_thing *t, __u8 how)
{
	__u16 value[2] = { 1, how & 1 };
	struct winsock_sock_setopt a = {
		.size = sizeof(a), .handle = t->value, .level = WINSOCK_SOL_SOCKET,
		.name = WINSOCK_SO_LINGER, .value = (uintptr_t)value,
		.value_len = sizeof(value),
	};

	fuzz_call(t->file, WINSOCK_NR_SOCK_SETOPT, &a);
}

static bool bound(struct fuzz_choices *c, struct fuzz_thing *t, __u8 *addr, int *len)
{
	struct winsock_sock_bind b = {
		.size = sizeof(b), .handle = t->value, .addr = (uintptr_t)addr,
	};
	struct winsock_sock_name n = {
		.size = sizeof(n), .handle = t->value, .addr = (uintptr_t)addr,
		.addr_len = (uintptr_t)len,
	};

	b.addr_len = fuzz_address(c, t, false, addr);
	if (t->family == WINSOCK_AF_UNIX)
		unlink(((struct sockaddr_un *)addr)->sun_path);
	else if (fuzz_next(c) < 200)
		memset(addr + 2, 0, 2);		/* any port */
	if (fuzz_call(t->file, WINSOCK_NR_SOCK_BIND, &b))
		return false;
	t->bound = true;
	*len = 110;
	return !fuzz_call(t->file, WINSOCK_NR_SOCK_GETNAME, &n);
}

bool fuzz_listener(struct fuzz_choices *c, int file, struct fuzz_thing *t,
		   __u8 *addr, int *len)
{
	struct winsock_sock_listen a = { .size = sizeof(a), .backlog = 5 };
	__u8 how = fuzz_next(c);

	t->type = 1;
	if (!create(file, t))
		return false;
	a.handle = t->value;
	t->listens = bound(c, t, addr, len) &&
		     !fuzz_call(file, WINSOCK_NR_SOCK_LISTEN, &a);
	if (how & 3)
		fuzz_nonblocking(t, 1);
	fuzz_thing_add(t);
	return t->listens;
}

/* Bytes that are there to be received, some of them perhaps urgent. */
static void traffic(const struct fuzz_thing *from, __u8 how)
{
	struct winsock_sock_send a = {
		.size = sizeof(a), .flags = WINSOCK_LEAVE_SOON,
		.handle = from->value, .addr = FUZZ_HEAP + FUZZ_HEAP_SIZE / 2,
		.count = how & 1 ? 1 : 100 + how, .msg_flags = how % 7 == 6,
	};

	fuzz_call(from->file, WINSOCK_NR_SOCK_SEND, &a);
}

/* As WSAAccept does with a condition function. */
static bool decided(const struct fuzz_thing *on, __u8 how, __u64 *handle)
{
	struct winsock_sock_consider c = {
		.size = sizeof(c), .handle = on->value,
		.candidate = (uintptr_t)fuzz_heap(0, sizeof(struct winsock_candidate)),
	};
	struct winsock_sock_decide d = {
		.size = sizeof(d), .handle = on->value, .decision = how % 3,
		.group = how & 16 ? 1 + (how >> 5 & 1) : 0,
	};
	struct fuzz_thing token = { .kind = FUZZ_TOKEN, .file = on->file, .of = on->value };

	if (fuzz_call(on->file, WINSOCK_NR_SOCK_CONSIDER, &c))
		return false;
	d.token = c.out_token;
	token.value = c.out_token;
	if (how & 8) {
		fuzz_thing_add(&token);
		return false;
	}
	if (fuzz_call(on->file, WINSOCK_NR_SOCK_DECIDE, &d))
		return false;
	*handle = d.out_handle;
	return true;
}

void fuzz_pair(struct fuzz_choices *c, int file)
{
	struct winsock_sock_connect n = { .size = sizeof(n), .flags = WINSOCK_LEAVE_SOON };
	struct winsock_sock_accept a = { .size = sizeof(a), .flags = WINSOCK_LEAVE_SOON };
	struct fuzz_thing one = {}, two;
	__u8 how, addr[128] __attribute__((aligned(8)));
	int len = sizeof(addr);

	fuzz_kind(fuzz_next(c), &one);
	how = fuzz_next(c);
	two = one;
	if (one.type == 1 && !fuzz_listener(c, file, &two, addr, &len))
		return;
	if (one.type != 1 && (!create(file, &two) || !bound(c, &two, addr, &len)))
		return;
	if (!create(file, &one))
		return;
	if (one.family == WINSOCK_AF_INET)
		memcpy(addr + 4, "\x7f\0\0\1", 4);
	n.handle = one.value;
	n.addr = (uintptr_t)addr;
	n.addr_len = len;
	one.connected = !fuzz_call(file, WINSOCK_NR_SOCK_CONNECT, &n);
	one.bound = one.connected;
	if (one.type != 1) {
		fuzz_thing_add(&two);
	} else if (how < 240) {
		a.handle = two.value;
		if (how < 60 ? decided(&two, how, &a.out_handle) :
			       !fuzz_call(file, WINSOCK_NR_SOCK_ACCEPT, &a)) {
			two.value = a.out_handle;
			two.listens = false;
			two.connected = true;
			if (how & 3)
				fuzz_nonblocking(&two, 1);
			fuzz_thing_add(&two);
		}
	}
	if (how & 4)
		fuzz_nonblocking(&one, 1);
	if (how & 16)
		traffic(&one, how);
	if (how & 32 && two.connected)
		traffic(&two, how);
	fuzz_thing_add(&one);
}

/* Network events of a socket, to an event object or as messages. */
void fuzz_watch(struct fuzz_choices *c)
{
	struct winsock_event_create e = { .size = sizeof(e) };
	struct winsock_event_select s = { .size = sizeof(s), .events = 0x3f };
	struct winsock_async_select m = { .size = sizeof(m), .events = 0x3f, .window = 1 };
	struct fuzz_thing *t = fuzz_thing_find(FUZZ_SOCKET, -1, fuzz_next(c));
	struct fuzz_thing event = { .kind = FUZZ_EVENT };
	__u8 how = fuzz_next(c);

	if (!t)
		return;
	if (how & 1) {
		m.handle = t->value;
		fuzz_call(t->file, WINSOCK_NR_ASYNC_SELECT, &m);
		return;
	}
	e.flags = how >> 1 & 3;
	if (fuzz_call(t->file, WINSOCK_NR_EVENT_CREATE, &e))
		return;
	event.value = e.out_handle;
	event.file = t->file;
	fuzz_thing_add(&event);
	s.handle = t->value;
	s.event = e.out_handle;
	if (how & 8)
		s.events = 0x3ff;
	fuzz_call(t->file, WINSOCK_NR_EVENT_SELECT, &s);
}
