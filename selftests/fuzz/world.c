// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a program has: files, handles, tokens, groups.
 */
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>
#include "fuzz.h"

#define LIST(_values)	{ sizeof(_values) / sizeof((_values)[0]), _values }
#define COMMAND(_nr, _struct)						\
	[WINSOCK_NR_##_nr] = { #_nr, WINSOCK_IOC_##_nr,			\
			       sizeof(struct _struct),			\
			       FUZZ_COUNT(fields_WINSOCK_IOC_##_nr),	\
			       fields_WINSOCK_IOC_##_nr }
#include "tables.h"

const struct fuzz_list *const fuzz_events = &winsock_events;
const struct fuzz_list *const fuzz_timeouts = &winsock_timeouts;
const struct fuzz_list *const fuzz_codes = &winsock_codes;
const struct fuzz_list *const fuzz_msg_flags = &winsock_msg_flags;
const struct fuzz_level *const fuzz_levels_all = fuzz_levels;
const unsigned int fuzz_levels_count = FUZZ_COUNT(fuzz_levels);

const struct fuzz_command *fuzz_command(unsigned int nr)
{
	return &fuzz_commands[nr];
}

static const struct {
	const char *name;
	__u8 weight;
} acts[FUZZ_ACTS - WINSOCK_NR_COUNT] = {
#define ACT(_name, _weight)						\
	[FUZZ_##_name - WINSOCK_NR_COUNT] = { #_name, _weight }
	ACT(OPEN, 4), ACT(BLANK, 2), ACT(CLOSE, 2), ACT(NATIVE, 4),
	ACT(PEER, 12), ACT(PAIR, 30), ACT(LISTENER, 8), ACT(WATCH, 8),
	ACT(NONBLOCK, 6), ACT(FORK, 4), ACT(SIGNAL, 4), ACT(POLL, 4),
	ACT(PASS, 3), ACT(DEBUGFS, 3), ACT(ADDRESS, 2), ACT(PLACE, 2),
	ACT(UNLINK, 3), ACT(SWEEP, 12), ACT(SCENE, 40),
};

/* Commands about options and data have more to them than others. */
static unsigned int weight(unsigned int act)
{
	if (act >= WINSOCK_NR_COUNT)
		return acts[act - WINSOCK_NR_COUNT].weight;
	switch (act) {
	case WINSOCK_NR_SOCK_GETOPT ... WINSOCK_NR_SOCK_CONTROL:
		return 24;
	case WINSOCK_NR_SOCK_SEND ... WINSOCK_NR_SOCK_RECV:
	case WINSOCK_NR_SOCK_SENDMSG ... WINSOCK_NR_SOCK_RECVMSG:
		return 14;
	case WINSOCK_NR_SOCK_CREATE ... WINSOCK_NR_SOCK_CONNECT:
	case WINSOCK_NR_HANDLE_CLOSE:
		return 6;
	case WINSOCK_NR_QUERY ... WINSOCK_NR_STARTUP:
		return 1;
	case WINSOCK_NR_CLEANUP:
		return 2;
	case WINSOCK_NR_WAIT:
	case WINSOCK_NR_SOCK_SELECT ... WINSOCK_NR_SOCK_POLL:
		return 8;
	default:
		return 4;
	}
}

/* An act's share of the 256 values of a byte is about its weight's. */
unsigned int fuzz_act_of(__u8 op)
{
	unsigned int act, sum = 0, all = 0;

	for (act = 0; act < FUZZ_ACTS; act++)
		all += weight(act);
	for (act = 0; act < FUZZ_ACTS; act++) {
		sum += weight(act);
		if (op * all < sum * 256)
			return act;
	}
	return 0;
}

const char *fuzz_act_name(unsigned int act)
{
	return act < WINSOCK_NR_COUNT ? fuzz_commands[act].name :
					acts[act - WINSOCK_NR_COUNT].name;
}

struct fuzz_file fuzz_files[FUZZ_FILES];
struct fuzz_thing fuzz_things[FUZZ_THINGS];
static unsigned int added;

/* Held for some instructions, and across fork(), so that both can go on. */
static int lock;

void fuzz_lock(void)
{
	while (__atomic_exchange_n(&lock, 1, __ATOMIC_ACQUIRE))
		sched_yield();
}

void fuzz_unlock(void)
{
	__atomic_store_n(&lock, 0, __ATOMIC_RELEASE);
}

/* Returns its index; closes it when there are too many. */
int fuzz_file_add(int fd, int kind, int object)
{
	int i;

	if (fd < 0)
		return -1;
	fuzz_lock();
	for (i = 0; i < FUZZ_FILES; i++)
		if (fuzz_files[i].kind == FUZZ_NO_FILE)
			break;
	if (i < FUZZ_FILES)
		fuzz_files[i] = (struct fuzz_file){ fd, kind, object };
	fuzz_unlock();
	if (i < FUZZ_FILES)
		return i;
	close(fd);
	return -1;
}

/* One of a kind, FUZZ_NO_FILE for any; -1 if there is none. */
int fuzz_file_find(int kind, __u8 pick)
{
	int i, n = 0, found[FUZZ_FILES];

	for (i = 0; i < FUZZ_FILES; i++)
		if (kind ? fuzz_files[i].kind == kind : fuzz_files[i].kind)
			found[n++] = i;
	return n ? found[pick % n] : -1;
}

static bool is_kind(const struct fuzz_thing *t, int kind)
{
	return t->kind == kind ||
	       (kind == FUZZ_HANDLE && t->kind >= FUZZ_SOCKET &&
		t->kind <= FUZZ_THREAD);
}

/* One of a kind, of any file if @file is negative; one that has gone last. */
struct fuzz_thing *fuzz_thing_find(int kind, int file, __u8 pick)
{
	struct fuzz_thing *found[FUZZ_THINGS];
	bool gone = pick > 245;
	int i, n = 0;

	for (i = 0; i < FUZZ_THINGS; i++)
		if (is_kind(&fuzz_things[i], kind) &&
		    fuzz_things[i].gone == gone &&
		    (file < 0 || fuzz_things[i].file == file))
			found[n++] = &fuzz_things[i];
	return n ? found[pick % n] : NULL;
}

struct fuzz_thing *fuzz_thing_of(int file, __u64 value)
{
	int i;

	for (i = 0; i < FUZZ_THINGS; i++)
		if (fuzz_things[i].kind && fuzz_things[i].file == file &&
		    fuzz_things[i].value == value)
			return &fuzz_things[i];
	return NULL;
}

void fuzz_thing_add(const struct fuzz_thing *thing)
{
	fuzz_lock();
	fuzz_things[added++ % FUZZ_THINGS] = *thing;
	fuzz_unlock();
}
