// SPDX-License-Identifier: GPL-2.0-only
/*
 * Scenes of connections: how they end, what may be sent, who is told.
 */
#include <unistd.h>
#include "sock.h"

/* A connection, and the listener that it came from. */
static bool ends(int file, int family, struct fuzz_thing *lsn, struct fuzz_thing *one,
		 struct fuzz_thing *two, __u32 room)
{
	struct winsock_sock_accept a = { .size = sizeof(a), .flags = WINSOCK_LEAVE_SOON };
	__u8 addr[128];
	int len;

	*lsn = (struct fuzz_thing){ .kind = FUZZ_SOCKET, .family = family, .type = 1 };
	*one = *lsn;
	if (!create(file, lsn) || !create(file, one))
		return false;
	if (room) {
		number(lsn, WINSOCK_SOL_SOCKET, WINSOCK_SO_RCVBUF, room);
		number(one, WINSOCK_SOL_SOCKET, WINSOCK_SO_SNDBUF, room);
	}
	len = address_at(family, 1, 0, addr);
	if (bind_to(lsn, addr, len) || listen_on(lsn))
		return false;
	len = name_of(lsn, addr);
	if (connect_to(one, addr, len))
		return false;
	a.handle = lsn->value;
	if (fuzz_call(file, WINSOCK_NR_SOCK_ACCEPT, &a))
		return false;
	*two = *one;
	two->value = a.out_handle;
	option(two, WINSOCK_SOL_SOCKET, WINSOCK_SO_UPDATE_ACCEPT_CONTEXT, &lsn->value, 8);
	return true;
}

/* Connections that wait while somebody thinks about each. */
void fuzz_candidates(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct fuzz_thing lsn = { .kind = FUZZ_SOCKET, .type = 1 }, client, conn;
	struct winsock_candidate *names = fuzz_heap(thread, sizeof(*names));
	struct winsock_sock_consider k = { .size = sizeof(k) };
	struct winsock_sock_decide d = { .size = sizeof(d) };
	__u8 how = fuzz_next(c), what, addr[128];
	__u64 tokens[3] = {};
	int i, len;

	lsn.family = how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET;
	client = lsn;
	if (!create(file, &lsn))
		return;
	bind_to(&lsn, addr, address_at(lsn.family, 1, 0, addr));
	if (listen_on(&lsn))
		return;
	fuzz_nonblocking(&lsn, 1);
	len = name_of(&lsn, addr);
	for (i = 0; i < 3 && create(file, &client); i++) {
		connect_to(&client, addr, len);
		if (how & 2 << i)	/* gone before anybody looks */
			number(&client, WINSOCK_SOL_SOCKET, WINSOCK_SO_LINGER, 1);
		if (how & 2 << i)
			close_handle(&client);
		else
			fuzz_thing_add(&client);
	}
	k.handle = lsn.value;
	k.candidate = (uintptr_t)names;
	for (i = 0; i < 3; i++) {
		k.depth = how & 32 ? i : 0;
		if (!fuzz_call(file, WINSOCK_NR_SOCK_CONSIDER, &k))
			tokens[i] = k.out_token;
	}
	d.handle = lsn.value;
	for (i = 0; i < 3; i++) {
		what = fuzz_next(c);
		d.token = tokens[what % 3];
		d.decision = what >> 2 & 3;
		d.group = what & 16 ? 1 + (what >> 5 & 1) : 0;
		if (!fuzz_call(file, WINSOCK_NR_SOCK_DECIDE, &d)) {
			conn = lsn;
			conn.value = d.out_handle;
			conn.connected = true;
			fuzz_thing_add(&conn);
		}
		if (what & 64)
			fuzz_nonblocking(&lsn, 1);
	}
	if (how & 64)
		close_handle(&lsn);
	else
		fuzz_thing_add(&lsn);
}

static void send_much(const struct fuzz_thing *t, __u32 count)
{
	struct winsock_sock_send a = {
		.size = sizeof(a), .flags = WINSOCK_LEAVE_SOON, .handle = t->value,
		.addr = (uintptr_t)data(), .count = count,
	};

	fuzz_call(t->file, WINSOCK_NR_SOCK_SEND, &a);
}

static void receive_some(const struct fuzz_thing *t, __u32 count)
{
	struct winsock_sock_recv a = {
		.size = sizeof(a), .flags = WINSOCK_LEAVE_SOON, .handle = t->value,
		.addr = (uintptr_t)data(), .count = count,
	};

	fuzz_call(t->file, WINSOCK_NR_SOCK_RECV, &a);
}

/* Closing what has sent more than the other end has room for. */
void fuzz_linger(struct fuzz_choices *c, int file, unsigned int thread)
{
	struct fuzz_thing lsn, one, two;
	__u8 how = fuzz_next(c);
	__u16 value[2] = { 1, how >> 5 & 1 };
	int family = how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET;

	(void)thread;
	if (!ends(file, family, &lsn, &one, &two, 4096))
		return;
	fuzz_nonblocking(&one, 1);
	send_much(&one, how & 2 ? 0x30000 : 100);
	send_much(&one, 100);
	if (!(how & 4))
		fuzz_nonblocking(&one, 0);
	option(&one, WINSOCK_SOL_SOCKET, WINSOCK_SO_LINGER, value, sizeof(value));
	if (how & 16) {
		fuzz_nonblocking(&two, 1);
		receive_some(&two, 0x10000);
	}
	fuzz_thing_add(&two);
	fuzz_thing_add(&one);
	close_handle(&one);
	close_handle(&lsn);
}

/* What happens to @t is told to an event, or in messages. */
static __u64 observe(const struct fuzz_thing *t, __u8 how)
{
	struct winsock_event_create e = { .size = sizeof(e) };
	struct winsock_event_select s = { .size = sizeof(s), .handle = t->value };
	struct winsock_async_select m = {
		.size = sizeof(m), .handle = t->value, .window = 1, .message = 2,
	};
	struct fuzz_thing event = { .kind = FUZZ_EVENT, .file = t->file };

	s.events = how & 2 ? 0x3f : 0x3ff;
	m.events = s.events;
	if (how & 1) {
		fuzz_call(t->file, WINSOCK_NR_ASYNC_SELECT, &m);
		return 0;
	}
	if (fuzz_call(t->file, WINSOCK_NR_EVENT_CREATE, &e))
		return 0;
	s.event = e.out_handle;
	event.value = e.out_handle;
	fuzz_thing_add(&event);
	fuzz_call(t->file, WINSOCK_NR_EVENT_SELECT, &s);
	return e.out_handle;
}

/* Waits for a change of the network, or of what a connection may send. */
void fuzz_change(struct fuzz_choices *c, int file, unsigned int thread)
{
	static const __u32 codes[] = {
		WINSOCK_SIO_ADDRESS_LIST_CHANGE, WINSOCK_SIO_ROUTING_INTERFACE_CHANGE,
	};
	struct fuzz_thing t = { .kind = FUZZ_SOCKET, .type = 2 }, lsn, two;
	__u8 how = fuzz_next(c), addr[128];
	int len;

	(void)thread;
	t.family = how & 1 ? WINSOCK_AF_INET6 : WINSOCK_AF_INET;
	if (how < 100) {
		if (!ends(file, t.family, &lsn, &t, &two, 0))
			return;
		close_handle(&lsn);
		send_much(&t, 100);
		fuzz_thing_add(&two);
		fuzz_thing_add(&t);
		control(&t, WINSOCK_SIO_IDEAL_SEND_BACKLOG_CHANGE, 0, NULL, 0, NULL, 0);
		return;
	}
	if (!create(file, &t))
		return;
	fuzz_thing_add(&t);
	len = address_at(t.family, 1, 0, addr);
	if (how & 4) {
		observe(&t, how >> 3);
		fuzz_nonblocking(&t, 1);
		control(&t, codes[how >> 1 & 1], 0, addr, len, NULL, 0);
		fuzz_change_address(how >> 2);
		fuzz_change_address(how >> 2 | 2);
		return;
	}
	control(&t, codes[how >> 1 & 1], 0, addr, len, NULL, 0);
}

static void observed(const struct fuzz_thing *t, __u64 event, __u8 how)
{
	struct winsock_network_events events;
	struct winsock_event_enum e = {
		.size = sizeof(e), .handle = t->value, .event = how & 4 ? event : 0,
		.result = how & 8 ? 8 : (uintptr_t)&events,
	};
	struct winsock_message_get m = { .size = sizeof(m) };

	fuzz_call(t->file, WINSOCK_NR_EVENT_ENUM, &e);
	if (how & 1)
		fuzz_call(t->file, WINSOCK_NR_MESSAGE_GET, &m);
}

/* One thing that an end of a connection does. */
static void do_one(struct fuzz_thing *t, __u8 how)
{
	struct winsock_sock_shutdown s = { .size = sizeof(s), .handle = t->value };
	struct winsock_sock_send oob = {
		.size = sizeof(oob), .flags = WINSOCK_LEAVE_SOON, .handle = t->value,
		.addr = (uintptr_t)data(), .count = 1, .msg_flags = WINSOCK_MSG_OOB,
	};
	__u16 reset[2] = { 1, 0 };
	int i;

	switch (how % 10) {
	case 0:
		send_much(t, 1 + how);
		break;
	case 1:
		fuzz_call(t->file, WINSOCK_NR_SOCK_SEND, &oob);
		break;
	case 2:
		receive_some(t, how & 8 ? 1 : 0x10000);
		break;
	case 3:
		oob.count = 10;
		fuzz_call(t->file, WINSOCK_NR_SOCK_RECV, &oob);
		break;
	case 4:
		for (i = 0; i < 5; i++)
			send_much(t, 0x30000);
		break;
	case 5:
		s.how = how >> 3 & 3;
		fuzz_call(t->file, WINSOCK_NR_SOCK_SHUTDOWN, &s);
		break;
	case 6:
		if (how & 8)
			option(t, WINSOCK_SOL_SOCKET, WINSOCK_SO_LINGER, reset, 4);
		close_handle(t);
		break;
	case 7:
		number(t, WINSOCK_SOL_SOCKET, WINSOCK_SO_OOBINLINE, how >> 3 & 1);
		break;
	case 8:
		number(t, WINSOCK_SOL_SOCKET, WINSOCK_SO_KEEPALIVE, 1);
		break;
	case 9:
		control(t, how & 16 ? WINSOCK_FIONREAD : WINSOCK_SIOCATMARK, 0, NULL, 0,
			data(), 4);
	}
}

/* A connection, or two datagram sockets, watched from some moment on. */
void fuzz_watched(struct fuzz_choices *c, int file, unsigned int thread)
{
	static const __u8 families[] = { WINSOCK_AF_INET, WINSOCK_AF_INET6, WINSOCK_AF_UNIX,
					 WINSOCK_AF_INET };
	struct winsock_sock_accept a = { .size = sizeof(a), .flags = WINSOCK_LEAVE_SOON };
	struct fuzz_thing t[3];
	__u64 events[3] = {};
	__u8 how = fuzz_next(c), what, addr[128];
	int i, len, steps = 4 + how % 5;

	(void)thread;
	t[0] = (struct fuzz_thing){
		.kind = FUZZ_SOCKET, .family = families[how & 3], .type = how >= 224 ? 2 : 1,
	};
	t[1] = t[0];
	if (!create(file, &t[0]) || !create(file, &t[1]))
		return;
	if (how & 4)
		events[0] = observe(&t[0], how >> 3);
	if (how & 8)
		events[1] = observe(&t[1], how >> 4);
	if (t[0].family == WINSOCK_AF_UNIX) {
		len = 110;
		memset(addr, 0, sizeof(addr));
		addr[0] = WINSOCK_AF_UNIX;
		memcpy(addr + 2, "fuzz.3", 6);
		unlink("fuzz.3");
	} else {
		len = address_at(t[0].family, 1, 0, addr);
	}
	bind_to(&t[0], addr, len);
	if (t[0].type == 1)
		listen_on(&t[0]);
	if (t[0].family != WINSOCK_AF_UNIX)
		len = name_of(&t[0], addr);
	connect_to(&t[1], addr, len);
	t[2] = t[0];
	a.handle = t[0].value;
	if (how & 16)
		observed(&t[0], events[0], how);
	if (t[0].type == 1 && !fuzz_call(file, WINSOCK_NR_SOCK_ACCEPT, &a)) {
		t[2].value = a.out_handle;
		t[2].listens = false;
		t[2].connected = true;
	} else if (t[0].type == 2) {
		len = name_of(&t[1], addr);
		connect_to(&t[2], addr, len);
	}
	for (i = 1; i < 3; i++)
		if (how & 16 << i)
			events[i] = observe(&t[i], how >> i);
	fuzz_nonblocking(&t[1], 1);
	fuzz_nonblocking(&t[2], 1);
	for (i = 0; i < steps; i++) {
		what = fuzz_next(c);
		do_one(&t[1 + (what >> 7)], what);
		what = fuzz_next(c);
		if (what & 1)
			observed(&t[1 + (what >> 7)], events[1 + (what >> 7)], what >> 1);
	}
	fuzz_thing_add(&t[0]);
	fuzz_thing_add(&t[1]);
	if (t[0].type == 1)
		fuzz_thing_add(&t[2]);
}
