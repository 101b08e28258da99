/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commands on sockets, as acts give them, and what they are given.
 */
#ifndef FUZZ_SOCK_H
#define FUZZ_SOCK_H

#include <string.h>
#include "fuzz.h"

static inline bool create(int file, struct fuzz_thing *t)
{
	struct winsock_sock_create a = {
		.size = sizeof(a), .family = t->family, .type = t->type,
	};

	if (fuzz_call(file, WINSOCK_NR_SOCK_CREATE, &a))
		return false;
	t->file = file;
	t->value = a.out_handle;
	return true;
}

static inline int option(const struct fuzz_thing *t, int level, int name,
			 const void *value, int len)
{
	struct winsock_sock_setopt a = {
		.size = sizeof(a), .handle = t->value, .level = level, .name = name,
		.value = (uintptr_t)value, .value_len = len,
	};

	return fuzz_call(t->file, WINSOCK_NR_SOCK_SETOPT, &a);
}

static inline int number(const struct fuzz_thing *t, int level, int name, __u32 value)
{
	return option(t, level, name, &value, sizeof(value));
}

static inline int control(const struct fuzz_thing *t, __u32 code, __u32 flags, void *in,
			  __u32 in_len, void *out, __u32 out_len)
{
	struct winsock_sock_control a = {
		.size = sizeof(a), .flags = flags, .handle = t->value, .code = code,
		.in = (uintptr_t)in, .in_len = in_len,
		.out = (uintptr_t)out, .out_len = out_len,
	};

	return fuzz_call(t->file, WINSOCK_NR_SOCK_CONTROL, &a);
}

static inline int bind_to(struct fuzz_thing *t, const void *addr, int len)
{
	struct winsock_sock_bind a = {
		.size = sizeof(a), .handle = t->value, .addr = (uintptr_t)addr,
		.addr_len = len,
	};
	int err = fuzz_call(t->file, WINSOCK_NR_SOCK_BIND, &a);

	t->bound |= !err;
	return err;
}

static inline int connect_to(struct fuzz_thing *t, const void *addr, int len)
{
	struct winsock_sock_connect a = {
		.size = sizeof(a), .flags = WINSOCK_LEAVE_SOON, .handle = t->value,
		.addr = (uintptr_t)addr, .addr_len = len,
	};
	int err = fuzz_call(t->file, WINSOCK_NR_SOCK_CONNECT, &a);

	t->connected |= !err;
	return err;
}

static inline int listen_on(struct fuzz_thing *t)
{
	struct winsock_sock_listen a = {
		.size = sizeof(a), .handle = t->value, .backlog = 5,
	};
	int err = fuzz_call(t->file, WINSOCK_NR_SOCK_LISTEN, &a);

	t->listens |= !err;
	return err;
}

static inline int close_handle(struct fuzz_thing *t)
{
	struct winsock_handle_close a = {
		.size = sizeof(a), .flags = WINSOCK_CLOSE_OBJECT | WINSOCK_CLOSE_SOCKET,
		.handle = t->value,
	};

	return fuzz_call(t->file, WINSOCK_NR_HANDLE_CLOSE, &a);
}

/* Its name, as others reach it. */
static inline int name_of(const struct fuzz_thing *t, __u8 *addr)
{
	int len = 128;
	struct winsock_sock_name a = {
		.size = sizeof(a), .handle = t->value, .addr = (uintptr_t)addr,
		.addr_len = (uintptr_t)&len,
	};

	if (fuzz_call(t->file, WINSOCK_NR_SOCK_GETNAME, &a))
		return 0;
	if (t->family == WINSOCK_AF_INET && !addr[4])
		memcpy(addr + 4, "\x7f\0\0\1", 4);
	else if (t->family == WINSOCK_AF_INET6 && !addr[23] && !addr[8])
		addr[23] = 1;
	return len;
}

/* An address: 0: any, 1: loopback, 2: another of it, 3: IPv4's in IPv6. */
static inline int address_at(int family, __u8 where, __u16 port, __u8 *to)
{
	memset(to, 0, 128);
	to[0] = family;
	to[2] = port >> 8;
	to[3] = port;
	if (family == WINSOCK_AF_INET) {
		if (where % 4)
			memcpy(to + 4, where & 1 ? "\x7f\0\0\1" : "\x7f\0\0\2", 4);
		return sizeof(struct winsock_sockaddr_in);
	}
	to[23] = where & 1;
	if (where % 4 == 2)
		memcpy(to + 18, "\xff\xff\x7f\0\0\1", 6);
	else if (where % 4 == 3)
		memcpy(to + 18, "\xff\xff\0\0\0\0", 6);
	return sizeof(struct winsock_sockaddr_in6);
}

static inline void *data(void)
{
	return (void *)(FUZZ_HEAP + FUZZ_HEAP_SIZE / 2);
}

/* One header of control data in Windows' layout; returns where the next begins. */
static inline __u32 header(__u8 *to, __u32 at, bool narrow, __s32 level, __s32 type,
			   const void *value, __u32 size)
{
	__u32 align = narrow ? 4 : 8, head = align + 8;
	__u64 len = head + size;

	memcpy(to + at, &len, align);
	memcpy(to + at + align, &level, 4);
	memcpy(to + at + align + 4, &type, 4);
	memcpy(to + at + head, value, size);
	return (at + len + align - 1) & ~(align - 1);
}

static inline void send_message(const struct fuzz_thing *t, __u8 how, const void *addr,
				int len, void *ctl, __u32 ctl_len, __u32 count)
{
	struct winsock_sock_sendmsg a = {
		.size = sizeof(a), .handle = t->value,
		.flags = WINSOCK_LEAVE_SOON | WINSOCK_IO_MESSAGE,
		.addr = (uintptr_t)data(), .count = count,
		.name = (uintptr_t)addr, .name_len = len,
		.control = (uintptr_t)ctl, .control_len = ctl_len,
	};
	struct winsock_buffer32 narrow = { count, a.addr };

	if (how & 1) {
		a.flags |= WINSOCK_IO_ARRAY32;
		a.addr = (uintptr_t)&narrow;
		a.count = 1;
	}
	fuzz_call(t->file, WINSOCK_NR_SOCK_SENDMSG, &a);
}

static inline void receive_message(const struct fuzz_thing *t, __u8 how)
{
	static const __u32 rooms[] = { 256, 0, 28, 40, 60, 256, 256, 256 };
	__u8 name[128], ctl[256];
	__s32 name_len = sizeof(name);
	struct winsock_sock_recvmsg a = {
		.size = sizeof(a), .handle = t->value,
		.flags = WINSOCK_LEAVE_SOON | WINSOCK_IO_MESSAGE,
		.addr = (uintptr_t)data(), .count = how & 64 ? 3 : 2000,
		.msg_flags = how & 128 ? WINSOCK_MSG_PEEK : 0,
		.name = (uintptr_t)name, .name_len = (uintptr_t)&name_len,
		.control = (uintptr_t)ctl, .control_len = rooms[how >> 1 & 7],
	};
	struct winsock_buffer32 narrow = { a.count, a.addr };

	if (how & 1) {
		a.flags |= WINSOCK_IO_ARRAY32;
		a.addr = (uintptr_t)&narrow;
		a.count = 1;
	}
	if (how & 16)
		a.flags &= ~WINSOCK_IO_MESSAGE;
	fuzz_call(t->file, WINSOCK_NR_SOCK_RECVMSG, &a);
}

#endif /* FUZZ_SOCK_H */
