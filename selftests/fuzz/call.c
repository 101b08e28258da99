// SPDX-License-Identifier: GPL-2.0-only
/*
 * A command: its struct filled in field by field, and what comes back kept.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "call.h"

/* Negative: of the call itself.  EBADF is what a file closed meanwhile is. */
static unsigned int index_of(int ret)
{
	switch (ret) {
	case -EFAULT:
	case -E2BIG:
	case -EINVAL:
	case -ENOTTY:
	case -EBADF:
		return FUZZ_ERRNO - ret;
	case 0 ... WINSOCK_NO_MORE_ITEMS:
		return ret;
	case WSAEINTR ... WSATRY_AGAIN:
		return ret - 10000 + FUZZ_WSA;
	}
	return 0;
}

/* Room for a struct where a program of 32 bits has memory, if the record is one's. */
static __thread void *room32;

#ifdef __x86_64__
/* As a program of 32 bits calls; the kernel has to let those run. */
static long call32(long nr, long a, long b, long c)
{
	long ret;

	asm volatile("int $0x80" : "=a" (ret) : "a" (nr), "b" (a), "c" (b), "d" (c) :
		     "memory", "r8", "r9", "r10", "r11");
	return (int)ret;
}

#define GETPID32	20
#define IOCTL32		54

static bool narrow_possible(void)
{
	int status;
	pid_t pid;

	pid = fork();
	if (!pid)
		_exit(call32(GETPID32, 0, 0, 0) != getpid());
	return pid > 0 && waitpid(pid, &status, 0) == pid && !status;
}

/* The struct has to be where such a program has memory. */
static int narrow_ioctl(int fd, unsigned int nr, void *arg)
{
	size_t size = fuzz_command(nr)->size;
	bool there = !((uintptr_t)arg >> 32);
	void *at = there ? arg : memcpy(room32, arg, size);
	int ret = call32(IOCTL32, fd, WINSOCK_IOC(nr), (uintptr_t)at);

	if (!there)
		memcpy(arg, at, size);
	return ret;
}
#else
static bool narrow_possible(void)
{
	return false;
}

static int narrow_ioctl(int fd, unsigned int nr, void *arg)
{
	(void)fd, (void)nr, (void)arg;
	return -ENOTTY;
}
#endif

static bool narrow;

/* Whether a call's first answer has nowhere to go, so that it did not happen. */
static __thread bool unheard;

void fuzz_call_init(void)
{
	narrow = narrow_possible();
}

void fuzz_call_kind(const struct fuzz_record *r, unsigned int thread)
{
	room32 = narrow && r->hostile >= 96 && r->hostile < 160 ?
		      fuzz_heap(thread, 256) : NULL;
	unheard = r->hostile >= 64 && r->hostile < 96;
}

int fuzz_call(int file, unsigned int nr, void *arg)
{
	int ret, fd = fuzz_files[file].fd;
	unsigned int index;

	if (unheard)
		ioctl(fd, WINSOCK_IOC(nr), fuzz_read_only(arg, fuzz_command(nr)->size));
	if (room32) {
		ret = narrow_ioctl(fd, nr, arg);
	} else {
		ret = ioctl(fd, WINSOCK_IOC(nr), arg);
		if (ret < 0)
			ret = -errno;
	}
	index = index_of(ret);
	if (ret && !index)
		fuzz_counts->strange = ret * 64 + (int)nr;
	__atomic_add_fetch(&fuzz_counts->answers[nr][index], 1, __ATOMIC_RELAXED);
	__atomic_add_fetch(&fuzz_counts->calls, 1, __ATOMIC_RELAXED);
	__atomic_add_fetch(&fuzz_counts->executed[nr], 1, __ATOMIC_RELAXED);
	if (!ret)
		__atomic_add_fetch(&fuzz_counts->succeeded[nr], 1,
				   __ATOMIC_RELAXED);
	return ret;
}

/* A socket in the state that the command is for, if there is one. */
static struct fuzz_thing *fitting(unsigned int nr, __u8 pick)
{
	struct fuzz_thing *t, *found[FUZZ_THINGS];
	unsigned int n = 0;

	for (t = fuzz_things; t < fuzz_things + FUZZ_THINGS; t++) {
		bool fits = false;

		switch (nr) {
		case WINSOCK_NR_SOCK_ACCEPT:
		case WINSOCK_NR_SOCK_CONSIDER:
		case WINSOCK_NR_SOCK_DECIDE:
			fits = t->listens;
			break;
		case WINSOCK_NR_SOCK_CONNECT:
		case WINSOCK_NR_SOCK_BIND:
			fits = !t->listens && !t->connected;
			break;
		case WINSOCK_NR_SOCK_SEND ... WINSOCK_NR_SOCK_SHUTDOWN:
		case WINSOCK_NR_SOCK_SENDMSG ... WINSOCK_NR_SOCK_RECVMSG:
		case WINSOCK_NR_SOCK_GETPEER:
			fits = t->connected || t->type == WINSOCK_SOCK_DGRAM;
		}
		if (fits && t->kind == FUZZ_SOCKET && !t->gone)
			found[n++] = t;
	}
	return n ? found[pick % n] : fuzz_thing_find(FUZZ_SOCKET, -1, pick);
}

/* The file, and what the command is about, which decides on the file. */
static bool choose(struct fuzz_call *k)
{
	const struct fuzz_field *f = &k->cmd->fields[2];
	__u8 pick = k->c.record->where >> 3;

	k->on = NULL;
	if (pick > 28) {
		k->file = fuzz_file_find(pick == 29 ? FUZZ_NO_FILE : FUZZ_OBJECT, pick);
	} else if (k->cmd->count > 2 && f->offset == 8 && !f->flags &&
		 f->kind >= FUZZ_SOCKET && f->kind <= FUZZ_HANDLE) {
		__u8 which = fuzz_next(&k->c);

		k->on = f->kind == FUZZ_SOCKET && which < 200 ?
			fitting(k->nr, which) : fuzz_thing_find(f->kind, -1, which);
		k->file = k->on ? k->on->file : fuzz_file_find(FUZZ_CONTEXT, pick);
	} else {
		/* where there is something to wait for */
		const struct fuzz_thing *t = fuzz_thing_find(pick & 1 ? FUZZ_EVENT :
					FUZZ_HANDLE, -1, fuzz_next(&k->c));

		k->file = pick & 6 && t ? t->file :
			  fuzz_file_find(pick ? FUZZ_CONTEXT : FUZZ_NO_FILE, pick);
	}
	return k->file >= 0;
}

static void keep_object(struct fuzz_call *k)
{
	const struct fuzz_thing *t = k->on;
	int i, fd, kind = t ? t->kind : fuzz_files[k->file].object;

	if (k->nr == WINSOCK_NR_HANDLE_EXPORT) {
		fd = ((struct winsock_handle_export *)k->arg)->out_fd;
		fuzz_file_add(fd, FUZZ_OBJECT, kind);
		return;
	}
	fd = ((struct winsock_handle_attach *)k->arg)->fd;
	for (i = 0; i < FUZZ_FILES; i++)
		if (fuzz_files[i].fd == fd && fuzz_files[i].kind == FUZZ_EMPTY)
			fuzz_files[i] = (struct fuzz_file){ fd, FUZZ_OBJECT, kind };
}

/* What a call that succeeded has made, or changed. */
static void keep(struct fuzz_call *k)
{
	const struct winsock_sock_create *create = (void *)k->arg;
	const struct fuzz_field *f;
	struct fuzz_thing made = { .file = k->file };
	unsigned int i;

	for (i = 0; i < k->cmd->count; i++) {
		f = &k->cmd->fields[i];
		if (!(f->flags & FUZZ_OUT) || f->kind < FUZZ_SOCKET)
			continue;
		made.kind = f->kind;
		made.of = k->on ? k->on->value : 0;
		made.connected = k->nr == WINSOCK_NR_SOCK_ACCEPT ||
				 k->nr == WINSOCK_NR_SOCK_DECIDE;
		made.value = fuzz_get(k, i);
		made.family = WINSOCK_AF_INET;
		made.type = WINSOCK_SOCK_STREAM;
		if (k->nr == WINSOCK_NR_SOCK_CREATE) {
			made.family = create->family ?: WINSOCK_AF_INET;
			made.type = create->type ?: 1;
		} else if (k->on) {
			made.family = k->on->family;
			made.type = k->on->type;
		}
		fuzz_thing_add(&made);
	}
	switch (k->nr) {
	case WINSOCK_NR_HANDLE_EXPORT:
	case WINSOCK_NR_HANDLE_ATTACH:
		keep_object(k);
		break;
	case WINSOCK_NR_HANDLE_CLOSE:
		if (k->on)
			k->on->gone = true;
		break;
	case WINSOCK_NR_SOCK_LISTEN:
		if (k->on)
			k->on->listens = true;
		break;
	case WINSOCK_NR_SOCK_BIND:
		if (k->on)
			k->on->bound = true;
		break;
	case WINSOCK_NR_SOCK_CONNECT:
		if (k->on)
			k->on->connected = true;
		break;
	case WINSOCK_NR_STARTUP:
	case WINSOCK_NR_EVENT_CREATE:
		if (fuzz_files[k->file].kind == FUZZ_EMPTY)
			fuzz_files[k->file].kind = FUZZ_CONTEXT;
		break;
	case WINSOCK_NR_SOCK_GETOPT:
		if (fuzz_code(k) != WINSOCK_SO_GROUP_ID || k->len[5] < 4)
			break;
		made.kind = FUZZ_GROUP;
		memcpy(&made.value, (void *)(uintptr_t)fuzz_get(k, 5), 4);
		fuzz_thing_add(&made);
	}
}

/* A struct that is wrong as a whole: where it is, or how long. */
static void *misplace(struct fuzz_call *k, __u8 *block)
{
	static const __u32 sizes[] = { 0, 4, 7, 8, 4096, 4097, 0xffffffff };
	__u8 how = k->c.record->how, wrong = k->c.record->hostile;
	size_t size = k->cmd->size;
	__u32 given = size;
	void *at;

	if (wrong < 196) {		/* a field of any kind */
		block[how % size] ^= 1 + fuzz_next(&k->c);
		return block;
	}
	if (wrong < 204) {		/* its length */
		given = how < 64 ? size + how : how < 128 ? size - how % 16 :
			sizes[how % FUZZ_COUNT(sizes)];
		if (how & 1)
			block[size + how % 32] = how;
		memcpy(block, &given, 4);
		return block;
	}
	if (how % 16 > 9)		/* read, and not answered */
		return fuzz_read_only(block, size);
	at = (void *)(uintptr_t)fuzz_bad_pointer(how, size);
	if (how % 16 > 2 && how % 16 < 6)	/* begins in the heap */
		memcpy(at, block, FUZZ_HEAP + FUZZ_HEAP_SIZE - (uintptr_t)at);
	return at;
}

int fuzz_inject(unsigned int nth)
{
	char text[16];
	int fd = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);

	if (fd < 0)
		return fd;
	sprintf(text, "%u", nth);
	if (write(fd, text, strlen(text)) > 0)
		return fd;
	close(fd);
	return -1;
}

bool fuzz_inject_end(int fd)
{
	char left[16] = "";

	if (fd < 0)
		return false;
	while (pread(fd, left, sizeof(left) - 1, 0) < 0 || pwrite(fd, "0", 1, 0) < 0)
		;
	close(fd);
	return !atoi(left);
}

/* One fault, or every one that the call can meet, each in a call of its own. */
static int call_with_faults(struct fuzz_call *k)
{
	__u8 before[256], how = k->c.record->how;
	bool each = k->c.record->hostile >= 232;
	unsigned int nth = each ? 1 : 1 + how % 24;
	int fault, ret;
	bool met;

	memcpy(before, k->arg, sizeof(before));
	for (;; nth++) {
		fault = fuzz_inject(nth);
		ret = fuzz_call(k->file, k->nr, k->arg);
		met = fuzz_inject_end(fault);
		if (!each || !met || nth == 32)
			return ret;
		if (!ret)
			keep(k);
		memcpy(k->arg, before, sizeof(before));
	}
}

static void run(const struct fuzz_record *r, unsigned int nr, unsigned int thread,
		unsigned int row)
{
	struct fuzz_call k = {
		.c.record = r, .cmd = fuzz_command(nr), .nr = nr,
		.thread = thread, .row = row,
	};
	unsigned int i, pointers = 0;
	void *arg;
	int ret;

	if (!choose(&k))
		return;
	arg = fuzz_heap(thread, 256);
	k.arg = memset(arg, 0, 256);
	for (i = 0; i < k.cmd->count; i++)
		if (!(k.cmd->fields[i].flags & FUZZ_OUT))
			fuzz_fill_simple(&k, i);
	for (i = 0; i < k.cmd->count; i++)
		if (k.cmd->fields[i].kind == FUZZ_POINTER) {
			pointers++;
			fuzz_fill_pointer(&k, i);
		}
	for (i = 0; i < k.cmd->count; i++) {
		if (k.cmd->fields[i].kind == FUZZ_LENGTH)
			fuzz_fill_length(&k, i);
		if (k.cmd->fields[i].kind == FUZZ_POINTER && r->hostile >= 160 &&
		    r->hostile < 192 && i % pointers == r->hostile % pointers)
			fuzz_put(&k, i, fuzz_bad_pointer(r->how, k.len[i]));
	}
	if (r->hostile >= 192 && r->hostile < 216)
		arg = misplace(&k, k.arg);
	ret = r->hostile >= 216 ? call_with_faults(&k) : fuzz_call(k.file, nr, arg);
	/* with the same struct, as a library would */
	if (ret == WSAEINPROGRESS && r->how & 1)
		ret = fuzz_call(k.file, nr, arg);
	if (!ret && arg == k.arg)
		keep(&k);
}

void fuzz_command_run(const struct fuzz_record *r, unsigned int nr,
		      unsigned int thread)
{
	run(r, nr, thread, 0);
}

/*
 * Every option of a socket's level, or every code, that does not wait; perhaps
 * each with a pointer that is wrong, or a fault.
 */
void fuzz_sweep(const struct fuzz_record *r, unsigned int thread)
{
	unsigned int row, i, rows = 0, nr = WINSOCK_NR_SOCK_GETOPT + r->how % 3;
	struct fuzz_record next = *r;

	if (r->hostile < 216 && r->hostile >= 192)
		next.hostile = 0;
	for (i = 0; i < fuzz_levels_count; i++)
		if (fuzz_levels_all[i].names->count > rows)
			rows = fuzz_levels_all[i].names->count;
	if (nr == WINSOCK_NR_SOCK_CONTROL)
		rows = fuzz_codes->count;
	for (row = 1; row <= rows; row++) {
		/* the same socket and level, other values */
		for (i = 3; i < sizeof(next.choice); i++)
			next.choice[i] = next.choice[i] * 5 + row;
		next.how = r->how + row * 7;
		switch (nr == WINSOCK_NR_SOCK_CONTROL ? fuzz_codes->values[row - 1] : 0) {
		case WINSOCK_SIO_ADDRESS_LIST_CHANGE:
		case WINSOCK_SIO_ROUTING_INTERFACE_CHANGE:
		case WINSOCK_SIO_IDEAL_SEND_BACKLOG_CHANGE:
			continue;
		}
		fuzz_heap_reset(thread);
		run(&next, nr, thread, row);
	}
}
