// SPDX-License-Identifier: GPL-2.0-only
/*
 * A command's arguments, field by field: what a record's bytes mean there.
 */
#include <string.h>
#include <arpa/inet.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "call.h"

static const __u32 numbers[] = {
	0, 1, 2, 3, 4, 10, 20, 30, 63, 64, 65, 255, 256, 1000, 1024, 1025,
	1460, 4096, 0xffff, 0x10000, 0x10001, 0x100000, 0x7fffffff,
	0x80000000, 0xffffffff,
};

static __u32 number(struct fuzz_choices *c)
{
	return numbers[fuzz_next(c) % FUZZ_COUNT(numbers)];
}

/* Bits of it, or one of it. */
static __u64 from_list(struct fuzz_call *k, const struct fuzz_list *list)
{
	__u8 pick = fuzz_next(&k->c);
	__u64 all = 0;
	unsigned int i;

	if (list == fuzz_events)
		return pick < 16 ? 0 : pick < 128 ? 0x3f : (pick << 3 ^ pick) & 0x3ff;
	if (list == fuzz_codes && k->row)
		return list->values[k->row - 1];
	if (list == fuzz_timeouts && pick < 250)
		return list->values[pick % (list->count - 1)];
	if (list == fuzz_msg_flags && pick < 245)	/* those that may be given */
		return pick < 150 ? 0 : list->values[pick % 5];
	for (i = 0; i < list->count; i++) {
		if (!list->values[i] || list->values[i] & all)
			return list->values[pick % list->count];
		all |= list->values[i];
	}
	/* bits: none, one, or any */
	if (pick < 140)
		return 0;
	if (pick < 220)
		return list->values[pick % list->count];
	return all & (pick ^ (__u64)fuzz_next(&k->c) << 24);
}

static int made_up(struct fuzz_choices *c, int family, void *to)
{
	static const __u32 in[] = {
		INADDR_LOOPBACK, INADDR_LOOPBACK, INADDR_LOOPBACK, 0,
		INADDR_LOOPBACK + 1, 0xef010203, 0xffffffff, 0xc6336401,
		0x0a000001,
	};
	struct winsock_sockaddr_in *a = to;
	struct winsock_sockaddr_in6 *a6 = to;
	struct winsock_sockaddr_un *un = to;
	__u8 pick = fuzz_next(c);
	__u16 port = fuzz_next(c);

	port = port < 100 ? 0 : port > 250 ? 7 : 27100 + port % 6;
	memset(to, 0, sizeof(*un));
	if (family == WINSOCK_AF_UNIX) {
		un->sun_family = family;
		/* the working folder is the program's own */
		sprintf(un->sun_path + (pick > 200), "fuzz.%u", pick % 4);
		return pick > 240 ? 2 + pick % 4 : pick > 200 ? 9 : 110;
	}
	a->sin_family = family;
	a->sin_port = htons(port);
	if (family == WINSOCK_AF_INET6) {
		pick %= 10;
		a6->sin6_addr[15] = pick != 3;
		if (pick == 4)	/* mapped */
			memcpy(a6->sin6_addr + 10, "\xff\xff\x7f\0\0\1", 6);
		else if (pick == 5)
			memcpy(a6->sin6_addr, "\xff\x02", 2);
		else if (pick == 6)
			memcpy(a6->sin6_addr, "\xfe\x80", 2);
		else if (pick == 7)
			memcpy(a6->sin6_addr, " \1\xd\xb8", 4);
		a6->sin6_scope_id = pick > 4 && pick < 7 ? fuzz_next(c) % 3 : 0;
		return sizeof(*a6);
	}
	a->sin_addr = htonl(in[pick % FUZZ_COUNT(in)]);
	return sizeof(*a);
}

/* Where a socket of the same family is, and better one that listens. */
static int of_another(struct fuzz_choices *c, const struct fuzz_thing *t,
		      void *to)
{
	const struct fuzz_thing *found = NULL;
	int i, len = 110, n = fuzz_next(c);
	struct winsock_sock_name a = {
		.size = sizeof(a), .addr = (uintptr_t)to,
		.addr_len = (uintptr_t)&len,
	};

	for (i = 0; i < 2 * FUZZ_THINGS; i++) {
		const struct fuzz_thing *o = &fuzz_things[(i + n) % FUZZ_THINGS];

		if (o->kind == FUZZ_SOCKET && !o->gone && o != t &&
		    o->family == t->family && o->type == t->type &&
		    (o->listens || (i >= FUZZ_THINGS && o->bound))) {
			found = o;
			break;
		}
	}
	if (!found)
		return 0;
	a.handle = found->value;
	return fuzz_call(found->file, WINSOCK_NR_SOCK_GETNAME, &a) ? 0 : len;
}

int fuzz_address(struct fuzz_choices *c, const struct fuzz_thing *t, bool peer,
		 void *to)
{
	struct winsock_sockaddr_in6 *in6 = to;
	__u8 pick = fuzz_next(c);
	int len, family = t ? t->family : WINSOCK_AF_INET;

	if (pick > 240)
		family = pick % 3 ? WINSOCK_AF_INET6 : WINSOCK_AF_UNIX;
	len = t && peer && pick < 200 ? of_another(c, t, to) : 0;
	if (!len)
		return made_up(c, family, to);
	/* of any address loopback */
	if (family == WINSOCK_AF_INET &&
	    !((struct winsock_sockaddr_in *)to)->sin_addr)
		((struct winsock_sockaddr_in *)to)->sin_addr =
			htonl(INADDR_LOOPBACK);
	else if (family == WINSOCK_AF_INET6 && !in6->sin6_addr[15])
		in6->sin6_addr[15] = 1;
	return len;
}

/* The call's flags; there is hardly a command without. */
static __u32 flags(const struct fuzz_call *k)
{
	return ((const __u32 *)k->arg)[1];
}

static __u64 handle(struct fuzz_call *k, int kind)
{
	__u8 pick = fuzz_next(&k->c);
	const struct fuzz_thing *t = fuzz_thing_find(kind, k->file, pick);

	if (!t)
		t = fuzz_thing_find(FUZZ_HANDLE, k->file, pick);
	if (pick > 250)
		return number(&k->c) * 4ULL;
	return t ? t->value : 0;
}

static __u32 u32s(void *to, unsigned int n, __u32 a, __u32 b, __u32 c)
{
	__u32 values[] = { a, b, c };

	memcpy(to, values, 4 * n);
	return 4 * n;
}

static int group_address(struct fuzz_call *k, __u8 *to)
{
	int len;

	len = made_up(&k->c, k->on ? k->on->family : 2, to);
	if (fuzz_next(&k->c) > 30 && len == 16)
		u32s(to + 4, 1, htonl(0xef010200 + fuzz_next(&k->c) % 3), 0, 0);
	else if (len == 28)
		memcpy(to + 8, "\xff\2\0\0\0\0\0\0\0\0\0\0\0\0\0", 15);
	return len;
}

static size_t option(struct fuzz_call *k, __u8 *to)
{
	__u32 level = ((struct winsock_sock_setopt *)k->arg)->level;
	__u8 pick = fuzz_next(&k->c);
	__u32 name = fuzz_code(k), group = htonl(0xef010200 + pick % 3);
	__u32 source = htonl(0x7f000001 + pick % 2), where = pick & 16 ?
		htonl(INADDR_LOOPBACK) : htonl(pick % 3);

	u32s(to, 3, number(&k->c), number(&k->c), number(&k->c));
	if (level == WINSOCK_SOL_SOCKET && name == WINSOCK_SO_LINGER)
		return u32s(to, 1, (pick & 1) | pick % 5 / 4 << 16, 0, 0);
	if (level == WINSOCK_SOL_SOCKET && pick < 128 &&
	    (name == WINSOCK_SO_SNDTIMEO || name == WINSOCK_SO_RCVTIMEO))
		return u32s(to, 1, pick % 16, 0, 0);
	if (level != WINSOCK_IPPROTO_IP && level != WINSOCK_IPPROTO_IPV6)
		return pick < 220 ? 4 : pick % 5;
	if (name >= WINSOCK_MCAST_JOIN_GROUP &&
	    name <= WINSOCK_MCAST_LEAVE_SOURCE_GROUP) {
		memset(to, 0, 264);
		u32s(to, 1, pick % 3, 0, 0);
		group_address(k, to + 8);
		made_up(&k->c, k->on ? k->on->family : 2, to + 136);
		return name <= WINSOCK_MCAST_LEAVE_GROUP ? 136 : 264;
	}
	if (level == WINSOCK_IPPROTO_IP && name >= WINSOCK_IP_ADD_SOURCE_MEMBERSHIP &&
	    name <= WINSOCK_IP_UNBLOCK_SOURCE)
		return u32s(to, 3, group, source, where);
	if (name == WINSOCK_IP_ADD_MEMBERSHIP || name == WINSOCK_IP_DROP_MEMBERSHIP) {
		if (level == WINSOCK_IPPROTO_IP)
			return u32s(to, 2, group, where, 0);
		memset(to, 0, 20);
		memcpy(to, "\xff\2", 2);
		to[15] = pick % 3;
		to[16] = pick & 16 ? 1 : 0;
		return 20;
	}
	if (name == WINSOCK_IP_MULTICAST_IF || name == WINSOCK_IP_UNICAST_IF)
		return u32s(to, 1, pick & 8 ? where : (__u32)(pick % 3), 0, 0);
	if (name == WINSOCK_IP_OPTIONS && pick < 128)
		return memcpy(to, "\1\1\1\0\x44\4\5\0", 8), pick % 3 * 4;
	return pick < 200 ? 4 : pick % 9;
}

static size_t control_in(struct fuzz_call *k, __u8 *to)
{
	__u8 pick = fuzz_next(&k->c);
	unsigned int i, n = pick % 6, each, len, at = 0;
	bool narrow = flags(k) & WINSOCK_CONTROL_32;
	__u64 addr;

	u32s(to, 3, pick & 64 ? number(&k->c) : pick & 3, number(&k->c), number(&k->c));
	switch (fuzz_code(k)) {
	case WINSOCK_SIO_KEEPALIVE_VALS:
		return 12;
	case WINSOCK_SIO_TCP_SET_ACK_FREQUENCY:
		return 1;
	case WINSOCK_SIO_ROUTING_INTERFACE_QUERY:
	case WINSOCK_SIO_ROUTING_INTERFACE_CHANGE:
		return fuzz_address(&k->c, k->on, false, to);
	case WINSOCK_SIO_ADDRESS_LIST_SORT:
		each = narrow ? 8 : 16;
		u32s(to, 2, n, 0, 0);
		at = narrow ? 4 : 8;
		for (i = 0; i < n; i++) {
			addr = (uintptr_t)to + 128 + i * 32;
			len = made_up(&k->c, k->on ? k->on->family : 2,
				      (void *)(uintptr_t)addr);
			memcpy(to + at + i * each, &addr, each / 2);
			u32s(to + at + i * each + each / 2, 1, len, 0, 0);
		}
		return at + n * each;
	case WINSOCK_SIO_SET_MULTICAST_FILTER:
	case WINSOCK_SIO_GET_MULTICAST_FILTER:
		u32s(to, 2, htonl(0xef010200 + pick % 3),
		     pick & 8 ? htonl(INADDR_LOOPBACK) : 0, 0);
		u32s(to + 8, 2, pick >> 4 & 1, n, 0);
		for (i = 0; i < n; i++)
			u32s(to + 16 + 4 * i, 1, htonl(0x0a000001 + i), 0, 0);
		return 16 + 4 * n;
	case WINSOCK_SIOCSMSFILTER:
	case WINSOCK_SIOCGMSFILTER:
		memset(to, 0, 144);
		u32s(to, 1, pick >> 5 & 1, 0, 0);
		group_address(k, to + 8);
		u32s(to + 136, 2, pick >> 4 & 1, n, 0);
		for (i = 0; i < n; i++)
			made_up(&k->c, k->on ? k->on->family : 2,
				to + 144 + 128 * i);
		return 144 + 128 * n;
	}
	return pick > 230 ? pick % 4 : 4;
}

/* Handles in an array, wide or narrow, @each bytes apart. */
static void handles(struct fuzz_call *k, __u8 *to, unsigned int n, unsigned int each,
		    bool narrow, int kind)
{
	__u64 value;

	for (; n--; to += each) {
		value = handle(k, kind == FUZZ_HANDLE && n % 4 ? FUZZ_EVENT : kind);
		memcpy(to, &value, narrow ? 4 : 8);
	}
}

static size_t data(struct fuzz_call *k, __u8 *to)
{
	static const __u32 sizes[] = {
		1, 4, 100, 0, 2000, 1472, 65507, 65508, 0x10000, 0x30000, 4096, 1,
	};
	__u64 at = FUZZ_HEAP + FUZZ_HEAP_SIZE / 2;
	__u32 f = flags(k), size = sizes[fuzz_next(&k->c) % FUZZ_COUNT(sizes)];
	unsigned int i, n = fuzz_next(&k->c);

	if (!(f & (WINSOCK_IO_ARRAY | WINSOCK_IO_ARRAY32))) {
		/* the field itself is the pointer */
		return size;
	}
	n = n < 200 ? n % 4 : n % 80;
	for (i = 0; i < n; i++, size = i % 3 ? size / 2 : size)
		if (f & WINSOCK_IO_ARRAY)
			((struct winsock_buffer *)to)[i] =
				(struct winsock_buffer){ size, i, at };
		else
			((struct winsock_buffer32 *)to)[i] =
				(struct winsock_buffer32){ size, at };
	return n;
}

static size_t cmsgs(struct fuzz_call *k, __u8 *to)
{
	static const __u8 kinds[][3] = {	/* level, type, length */
		{ 0, WINSOCK_IP_PKTINFO, 8 }, { 0, WINSOCK_IP_TTL, 4 },
		{ 0, WINSOCK_IP_TOS, 4 }, { 41, WINSOCK_IPV6_PKTINFO, 20 },
		{ 41, WINSOCK_IPV6_HOPLIMIT, 4 }, { 41, WINSOCK_IPV6_TCLASS, 4 },
		{ 17, WINSOCK_UDP_SEND_MSG_SIZE, 4 }, { 0, 99, 4 },
	};
	bool narrow = flags(k) & WINSOCK_IO_ARRAY32;
	unsigned int align = narrow ? 4 : 8, head = align + 8;
	unsigned int n = fuzz_next(&k->c) % 4, at = 0;

	for (; n--; at = (at + align - 1) & ~(align - 1)) {
		__u8 pick = fuzz_next(&k->c);
		/* mostly of the socket's family */
		const __u8 *kind = kinds[pick < 40 ? pick % FUZZ_COUNT(kinds) :
			pick % 3U + (k->on && k->on->family == WINSOCK_AF_INET6) * 3U];

		memset(to + at, 0, head + 24);
		u32s(to + at, 1, head + kind[2] + (pick > 240) * 4, 0, 0);
		u32s(to + at + align, 2, kind[0], kind[1], 0);
		u32s(to + at + head, 1, pick & 64 ? number(&k->c) : pick % 2, 0, 0);
		at += head + kind[2];
	}
	return at;
}

void fuzz_fill_pointer(struct fuzz_call *k, unsigned int i)
{
	const struct fuzz_field *f = &k->cmd->fields[i];
	bool narrow = flags(k) & WINSOCK_SELECT_32;
	__u8 pick, *to = NULL;
	unsigned int n;
	size_t len = 0;

	if (f->flags & FUZZ_OPT && fuzz_next(&k->c) > 200)
		return;
	pick = fuzz_next(&k->c);
	n = pick < 225 ? 1 + pick % 4 : pick % 70;
	switch (f->to) {
	case FUZZ_TO_SOCKADDR:
		to = fuzz_heap(k->thread, 128);
		len = fuzz_address(&k->c, k->on, k->nr != WINSOCK_NR_SOCK_BIND, to);
		/* where the driver writes there is mostly room */
		if (k->nr != WINSOCK_NR_SOCK_BIND && pick < 200 &&
		    k->nr != WINSOCK_NR_SOCK_CONNECT &&
		    k->nr != WINSOCK_NR_SOCK_SENDMSG)
			len = 110 + pick % 2 * 18;
		break;
	case FUZZ_TO_LENGTH:
		to = fuzz_heap(k->thread, 8);
		u32s(to, 1, pick < 230 ? k->len[f->of] : number(&k->c), 0, 0);
		len = 4;
		break;
	case FUZZ_TO_DATA:
		to = fuzz_heap(k->thread, 1280);
		len = data(k, to);
		if (!(flags(k) & (WINSOCK_IO_ARRAY | WINSOCK_IO_ARRAY32)))
			to = (__u8 *)FUZZ_HEAP + FUZZ_HEAP_SIZE / 2 + pick;
		break;
	case FUZZ_TO_OPTION:
		to = fuzz_heap(k->thread, 264);
		len = option(k, to);
		if (k->nr == WINSOCK_NR_SOCK_GETOPT && pick < 230)
			len = pick < 180 ? 4 + pick % 2 * 4 : 264;
		break;
	case FUZZ_TO_CONTROL_IN:
		to = fuzz_heap(k->thread, 1024);
		len = control_in(k, to);
		break;
	case FUZZ_TO_CONTROL_OUT:
		to = fuzz_heap(k->thread, 1024);
		len = pick < 128 ? 1024 : pick < 160 ? 4 : pick;
		/* what Windows programs do */
		if (pick < 100 && k->len[i - 1] > 12)
			to = (void *)(uintptr_t)fuzz_get(k, i - 1);
		break;
	case FUZZ_TO_SET:
		to = fuzz_heap(k->thread, 8 + 8 * n);
		u32s(to, 1, n, 0, 0);
		handles(k, to + (narrow ? 4 : 8), n, narrow ? 4 : 8, narrow, FUZZ_SOCKET);
		len = n;
		break;
	case FUZZ_TO_POLLFDS:
		to = fuzz_heap(k->thread, 16 * n);
		handles(k, to, n, narrow ? 8 : 16, narrow, FUZZ_SOCKET);
		for (len = 0; len < n; len++)
			u32s(to + len * (narrow ? 8 : 16) + (narrow ? 4 : 8), 1,
			     pick > 250 ? pick : 0x300 + (pick & 0x10), 0, 0);
		break;
	case FUZZ_TO_WAITED:
		narrow = flags(k) & WINSOCK_WAIT_32;
		to = fuzz_heap(k->thread, 8 * n);
		handles(k, to, n, narrow ? 4 : 8, narrow, FUZZ_HANDLE);
		len = n;
		break;
	case FUZZ_TO_CMSG:
		to = fuzz_heap(k->thread, 256);
		len = cmsgs(k, to);
		break;
	default:
		to = fuzz_heap(k->thread, 320);
		len = pick;
	}
	k->len[i] = len;
	fuzz_put(k, i, (uintptr_t)to);
}

/* The index of a level that the socket has, mostly. */
static unsigned int level(const struct fuzz_thing *t, __u8 pick)
{
	if (!t || pick > 230 || fuzz_levels_count != 5)
		return pick % fuzz_levels_count;
	if (t->family == WINSOCK_AF_UNIX || pick < 80)
		return 0;
	if (pick < 140 && t->type != WINSOCK_SOCK_RAW)
		return t->type;		/* 1: of TCP, 2: of UDP */
	return t->family == WINSOCK_AF_INET ? 3 : 4;
}

void fuzz_fill_simple(struct fuzz_call *k, unsigned int i)
{
	const struct fuzz_field *f = &k->cmd->fields[i];
	const struct fuzz_level *l;
	struct fuzz_thing *t;
	__u8 pick;
	int n;

	switch (f->kind) {
	case FUZZ_SIZE:
		fuzz_put(k, i, k->cmd->size);
		break;
	case FUZZ_NUMBER:
		fuzz_put(k, i, number(&k->c));
		break;
	case FUZZ_LIST:
		fuzz_put(k, i, from_list(k, f->list));
		break;
	case FUZZ_LEVEL:
		pick = fuzz_next(&k->c);
		l = &fuzz_levels_all[level(k->on, pick)];
		fuzz_put(k, i, l->level);
		pick = k->row ? k->row - 1 : fuzz_next(&k->c);
		fuzz_put(k, i + 1, pick > 252 ? pick : l->names->values[pick % l->names->count]);
		break;
	case FUZZ_PID:
		pick = fuzz_next(&k->c) % 8;
		n = !pick ? 0 : pick < 4 ? getpid() : pick < 6 ? (int)syscall(SYS_gettid) :
		    pick == 6 ? getppid() : (int)number(&k->c);
		fuzz_put(k, i, (__u32)n);
		break;
	case FUZZ_FILE:
		pick = fuzz_next(&k->c);
		n = fuzz_file_find(k->nr == WINSOCK_NR_HANDLE_ATTACH && pick < 200 ?
				   FUZZ_EMPTY : pick < 150 ? FUZZ_SOCK :
				   pick < 230 ? FUZZ_OBJECT : FUZZ_NO_FILE, pick);
		fuzz_put(k, i, n < 0 ? -1 : fuzz_files[n].fd);
		break;
	case FUZZ_GROUP:
		pick = fuzz_next(&k->c);
		t = fuzz_thing_find(FUZZ_GROUP, -1, pick);
		fuzz_put(k, i, pick < 170 ? 0 : pick < 200 ? 1ULL + pick % 2 :
			  t ? t->value : pick);
		break;
	case FUZZ_OFFER:
	case FUZZ_TOKEN:
		t = fuzz_thing_find(f->kind, -1, fuzz_next(&k->c));
		/* what its listener is asked about */
		if (t && f->kind == FUZZ_TOKEN && fuzz_next(&k->c) < 230) {
			k->file = t->file;
			memcpy(k->arg + k->cmd->fields[2].offset, &t->of, 8);
			t->gone = true;
		}
		fuzz_put(k, i, t ? t->value : 0);
		break;
	case FUZZ_SOCKET ... FUZZ_HANDLE:
		if (f->offset > 8)	/* further ones */
			fuzz_put(k, i, fuzz_next(&k->c) < 20 ? 0 : handle(k, f->kind));
		else
			fuzz_put(k, i, k->on ? k->on->value : 0);
		break;
	}
}

void fuzz_fill_length(struct fuzz_call *k, unsigned int i)
{
	__u8 pick = fuzz_next(&k->c);
	size_t len = k->len[k->cmd->fields[i].of];

	fuzz_put(k, i, pick < 225 ? len : pick < 240 ? len + pick % 5 - 2 : number(&k->c));
}
