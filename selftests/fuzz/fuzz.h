/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Programs of calls on /dev/winsock, made from bytes, run, and measured by what
 * they reach in the module (CONFIG_KCOV).
 *
 * A program is a head and records of 16 bytes, each of which is one act: a
 * command of the ABI with arguments of the types that winsock.txt gives it, or
 * one of the acts below.  What a byte means depends on the bytes alone and on
 * what the program has made so far, so that a change of one byte is a small one
 * and any bytes are a program.
 *
 * Its acts run in up to four threads: the next one begins when the one before has
 * ended, or has blocked, or at once.  Then its files are closed.  As processes
 * are dear on a kernel that checks all, the next program has the same one, unless
 * something still blocks, or is not as it was.
 */
#ifndef FUZZ_H
#define FUZZ_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <linux/winsock.h>
#include <linux/winsock_control.h>

#define fallthrough		__attribute__((__fallthrough__))
#define FUZZ_COUNT(_array)	(sizeof(_array) / sizeof((_array)[0]))

/* Kinds of fields. */
enum fuzz_kind {
	FUZZ_SIZE, FUZZ_ZERO, FUZZ_NUMBER, FUZZ_LIST, FUZZ_LEVEL, FUZZ_NAME,
	FUZZ_POINTER, FUZZ_LENGTH, FUZZ_PID, FUZZ_FILE, FUZZ_GROUP,
	/* things of a context, which have a value */
	FUZZ_SOCKET, FUZZ_EVENT, FUZZ_THREAD, FUZZ_HANDLE, FUZZ_OFFER,
	FUZZ_TOKEN,
};

#define FUZZ_OUT	1	/* the driver fills it in */
#define FUZZ_OPT	2	/* may be NULL */

/* What pointers point to. */
enum fuzz_to {
	FUZZ_TO_NOTHING, FUZZ_TO_SOCKADDR, FUZZ_TO_LENGTH, FUZZ_TO_DATA,
	FUZZ_TO_OPTION, FUZZ_TO_CONTROL_IN, FUZZ_TO_CONTROL_OUT, FUZZ_TO_SET,
	FUZZ_TO_POLLFDS, FUZZ_TO_WAITED, FUZZ_TO_CMSG, FUZZ_TO_CANDIDATE,
	FUZZ_TO_NETWORK_EVENTS, FUZZ_TO_INT8,
};

struct fuzz_list {
	unsigned int count;
	const __u64 *values;
};

struct fuzz_level {
	int level;
	const struct fuzz_list *names;
};

/* A field of a command's struct; @of is another's index, for lengths. */
struct fuzz_field {
	__u8 offset, size, kind, flags, to, of;
	const struct fuzz_list *list;
};

struct fuzz_command {
	const char *name;
	unsigned int cmd;
	__u8 size, count;
	const struct fuzz_field *fields;
};

/* Behind the commands: acts that are no command. */
enum fuzz_act {
	FUZZ_OPEN = WINSOCK_NR_COUNT, FUZZ_BLANK, FUZZ_CLOSE, FUZZ_NATIVE,
	FUZZ_PEER, FUZZ_PAIR, FUZZ_LISTENER, FUZZ_WATCH, FUZZ_NONBLOCK,
	FUZZ_FORK, FUZZ_SIGNAL, FUZZ_POLL, FUZZ_PASS, FUZZ_DEBUGFS,
	FUZZ_ADDRESS, FUZZ_PLACE, FUZZ_UNLINK, FUZZ_SWEEP, FUZZ_SCENE,
	FUZZ_ACTS
};

#define FUZZ_HEAD		4
#define FUZZ_RECORD		16
#define FUZZ_RECORDS_MAX	64
#define FUZZ_BYTES_MAX		(FUZZ_HEAD + FUZZ_RECORD * FUZZ_RECORDS_MAX)

/**
 * struct fuzz_record - one act
 * @op:      which: by the weights of fuzz_act_of()
 * @where:   bits 0-1: thread, bit 2: do not wait for its end, bits 3-7: file
 * @hostile: what is wrong with it, mostly nothing; from 64 that answers have
 *           nowhere to go, from 96 to 159 that its calls are a 32-bit program's
 * @how:     more of that
 * @choice:  where the arguments come from, byte by byte
 */
struct fuzz_record {
	__u8 op, where, hostile, how;
	__u8 choice[12];
};

struct fuzz_program {
	unsigned int count;
	__u8 head[FUZZ_HEAD];
	struct fuzz_record records[FUZZ_RECORDS_MAX];
};

/* The bytes of a record, taken one after the other, for ever. */
struct fuzz_choices {
	const struct fuzz_record *record;
	unsigned int taken;
};

static inline __u8 fuzz_next(struct fuzz_choices *c)
{
	unsigned int n = c->taken++;

	return c->record->choice[n % 12] ^ (n / 12 * 0x9d);
}

/* Something that a program has; @of: a token's listener. */
struct fuzz_thing {
	__u64 value, of;
	__u8 kind, file, family, type;
	bool gone, listens, bound, connected;
};

/* Files of a program, by what they stand for. */
enum fuzz_file_kind { FUZZ_NO_FILE, FUZZ_CONTEXT, FUZZ_EMPTY, FUZZ_OBJECT, FUZZ_SOCK };

struct fuzz_file {
	int fd;
	__u8 kind, object;
};

#define FUZZ_FILES	16
#define FUZZ_THINGS	64
#define FUZZ_THREADS	4
#define FUZZ_TRACES	(FUZZ_THREADS + 1)	/* one for forked processes */
#define FUZZ_TRACE_MAX	(256 << 10)

/* Answers by their number: Win32's, Winsock's from WSABASEERR, and errnos. */
#define FUZZ_WSA	300
#define FUZZ_ERRNO	1400
#define FUZZ_ANSWERS	1600

/*
 * What all processes of a run count in, in memory that they share.  @strange is
 * an answer that the ABI does not know, times 64, and its command.
 */
struct fuzz_counts {
	__u64 calls, executed[FUZZ_ACTS], succeeded[FUZZ_ACTS];
	__u32 answers[WINSOCK_NR_COUNT][FUZZ_ANSWERS];
	int strange;
};

const struct fuzz_command *fuzz_command(unsigned int nr);
extern const struct fuzz_list *const fuzz_events, *const fuzz_timeouts,
			*const fuzz_msg_flags, *const fuzz_codes;
extern const struct fuzz_level *const fuzz_levels_all;
extern const unsigned int fuzz_levels_count;
unsigned int fuzz_act_of(__u8 op);
const char *fuzz_act_name(unsigned int act);

/* world.c: what a program has */
extern struct fuzz_file fuzz_files[FUZZ_FILES];
extern struct fuzz_thing fuzz_things[FUZZ_THINGS];
void fuzz_lock(void);
void fuzz_unlock(void);
int fuzz_file_add(int fd, int kind, int object);
int fuzz_file_find(int kind, __u8 pick);
struct fuzz_thing *fuzz_thing_find(int kind, int file, __u8 pick);
struct fuzz_thing *fuzz_thing_of(int file, __u64 value);
void fuzz_thing_add(const struct fuzz_thing *thing);

/* memory.c: pointers, good and bad */
#define FUZZ_HEAP	0x20000000UL
#define FUZZ_HEAP_SIZE	0x80000UL
void fuzz_memory_init(void);
void *fuzz_heap(unsigned int thread, size_t size);
/* @size bytes that can be read, and not written. */
void *fuzz_read_only(const void *from, size_t size);
void fuzz_heap_reset(unsigned int thread);
__u64 fuzz_bad_pointer(__u8 pick, size_t size);

/* call.c: commands */
void fuzz_call_init(void);
/* Whether a record's calls are a 32-bit program's, or are not heard at first. */
void fuzz_call_kind(const struct fuzz_record *r, unsigned int thread);
int fuzz_call(int file, unsigned int nr, void *arg);
void fuzz_command_run(const struct fuzz_record *r, unsigned int nr,
		      unsigned int thread);
/* The nth allocation or copy fails; of this thread, and once.  Whether it did. */
int fuzz_inject(unsigned int nth);
bool fuzz_inject_end(int fd);
void fuzz_sweep(const struct fuzz_record *r, unsigned int thread);
/* A socket's own address, or one made up; returns its length. */
int fuzz_address(struct fuzz_choices *c, const struct fuzz_thing *socket,
		 bool peer, void *to);

/* pair.c, scene.c, stream.c, object.c: short ways to what single commands seldom reach */
void fuzz_kind(__u8 pick, struct fuzz_thing *t);
void fuzz_nonblocking(const struct fuzz_thing *t, __u32 on);
void fuzz_lingering(const struct fuzz_thing *t, __u8 how);
bool fuzz_listener(struct fuzz_choices *c, int file, struct fuzz_thing *t,
		   __u8 *addr, int *len);
void fuzz_pair(struct fuzz_choices *c, int file);
void fuzz_watch(struct fuzz_choices *c);
void fuzz_linger(struct fuzz_choices *c, int file, unsigned int thread);
void fuzz_candidates(struct fuzz_choices *c, int file, unsigned int thread);
void fuzz_change(struct fuzz_choices *c, int file, unsigned int thread);
void fuzz_watched(struct fuzz_choices *c, int file, unsigned int thread);
void fuzz_apcs(struct fuzz_choices *c, int file, unsigned int thread);
void fuzz_objects(struct fuzz_choices *c, int file, unsigned int thread);
void fuzz_imports(struct fuzz_choices *c, int file, unsigned int thread);
void fuzz_wait_and_end(struct fuzz_record *waits, struct fuzz_record *ends);
void fuzz_ports(bool one);
void fuzz_scene(struct fuzz_choices *c, int file, unsigned int thread);

/* act.c: the rest */
/* One address more, or less, of loopback: there are codes that wait for that. */
void fuzz_change_address(__u8 how);
void fuzz_act_run(const struct fuzz_record *r, unsigned int act,
		  unsigned int thread);

/* run.c: a program's process */
extern struct fuzz_counts *fuzz_counts;
extern int fuzz_forks;
void fuzz_run_init(void);
bool fuzz_run(const struct fuzz_program *p, unsigned int count,
	      bool (*ended)(unsigned int index));
bool fuzz_complained(void);
void fuzz_record_run(const struct fuzz_record *r, unsigned int thread);
void fuzz_wake(unsigned int thread);
bool fuzz_fork_begins(void);
int fuzz_text_to_program(const char *text, struct fuzz_program *p);
void fuzz_program_to_text(const struct fuzz_program *p, FILE *to);

/* cover.c: what of the module was reached */
bool fuzz_cover_init(void);
void fuzz_cover_begin(void);
void fuzz_cover_thread(unsigned int trace);
/* Each place reached since fuzz_cover_begin(), as an offset from .text. */
size_t fuzz_cover_end(void (*reached)(__u32 offset));
size_t fuzz_cover_all(void (*reached)(__u32 offset));

#endif /* FUZZ_H */
