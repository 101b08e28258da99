/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FUZZ_CALL_H
#define FUZZ_CALL_H

#include <string.h>
#include "fuzz.h"

/* A command under way. */
struct fuzz_call {
	struct fuzz_choices c;
	const struct fuzz_command *cmd;
	struct fuzz_thing *on;	/* what its first handle names, or NULL */
	unsigned int nr, thread;
	int file;
	unsigned int row;	/* 1 and up: the option or code to take */
	size_t len[16];		/* of what each field points to */
	__u8 *arg;
};

/* A field in the struct. */
static inline void *fuzz_at(struct fuzz_call *k, unsigned int i)
{
	return k->arg + k->cmd->fields[i].offset;
}

static inline void fuzz_put(struct fuzz_call *k, unsigned int i, __u64 value)
{
	memcpy(fuzz_at(k, i), &value, k->cmd->fields[i].size);
}

static inline __u64 fuzz_get(struct fuzz_call *k, unsigned int i)
{
	__u64 value = 0;

	memcpy(&value, fuzz_at(k, i), k->cmd->fields[i].size);
	return value;
}

/* Of a command that takes a code or a name, else 0. */
static inline __u32 fuzz_code(const struct fuzz_call *k)
{
	switch (k->nr) {
	case WINSOCK_NR_SOCK_CONTROL:
		return ((const struct winsock_sock_control *)k->arg)->code;
	case WINSOCK_NR_SOCK_SETOPT:
	case WINSOCK_NR_SOCK_GETOPT:
		return ((const struct winsock_sock_setopt *)k->arg)->name;
	}
	return 0;
}

/* args.c, in this order for all fields: what fields say, point to, and count */
void fuzz_fill_simple(struct fuzz_call *k, unsigned int i);
void fuzz_fill_pointer(struct fuzz_call *k, unsigned int i);
void fuzz_fill_length(struct fuzz_call *k, unsigned int i);

#endif /* FUZZ_CALL_H */
