// SPDX-License-Identifier: GPL-2.0-only
/*
 * What of the module was reached: KCOV's traces, one for each thread of a
 * program and one for the processes that it forks.
 *
 * A trace follows a task.  What runs in soft interrupts (most callbacks of
 * connected sockets), on work queues and at a task's end is in none, so a
 * program is judged without it; but the module keeps one account of all.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <linux/kcov.h>
#include "fuzz.h"

static struct trace {
	int fd;
	unsigned long *words;	/* how many, then places */
} traces[FUZZ_TRACES];

static unsigned long text, text_end;

/* Only the module is instrumented, but its .text alone stays. */
static bool find_module(void)
{
	FILE *f = fopen("/sys/module/winsock/sections/.text", "r");
	unsigned long size = 0;
	int n = 0;

	if (f) {
		n = fscanf(f, "%lx", &text);
		fclose(f);
	}
	f = n == 1 ? fopen("/sys/module/winsock/coresize", "r") : NULL;
	if (!f)
		return false;
	n = fscanf(f, "%lu", &size);
	fclose(f);
	text_end = text + size;
	return n == 1;
}

/* Before processes are made; false without CONFIG_KCOV. */
bool fuzz_cover_init(void)
{
	int i;

	if (!find_module())
		return false;
	for (i = 0; i < FUZZ_TRACES; i++) {
		struct trace *t = &traces[i];

		t->fd = open("/sys/kernel/debug/kcov", O_RDWR | O_CLOEXEC);
		if (t->fd < 0 || ioctl(t->fd, KCOV_INIT_TRACE, FUZZ_TRACE_MAX))
			return false;
		t->words = mmap(NULL, FUZZ_TRACE_MAX * sizeof(long),
				PROT_READ | PROT_WRITE, MAP_SHARED, t->fd, 0);
		/* Programs only switch it on; their fork() need not copy it. */
		if (t->words == MAP_FAILED ||
		    madvise(t->words, FUZZ_TRACE_MAX * sizeof(long), MADV_DONTFORK))
			return false;
	}
	return true;
}

void fuzz_cover_begin(void)
{
	int i;

	for (i = 0; i < FUZZ_TRACES; i++)
		if (traces[i].words)
			traces[i].words[0] = 0;
}

/* The calling thread's, until it ends. */
void fuzz_cover_thread(unsigned int trace)
{
	if (traces[trace].words)
		ioctl(traces[trace].fd, KCOV_ENABLE, KCOV_TRACE_PC);
}

/* Called from whoever started the program, when nothing of it is left. */
size_t fuzz_cover_end(void (*reached)(__u32 offset))
{
	size_t i, n, all = 0;
	int t;

	for (t = 0; t < FUZZ_TRACES; t++) {
		n = traces[t].words ? traces[t].words[0] : 0;
		for (i = 1; i <= n && i < FUZZ_TRACE_MAX; i++)
			if (traces[t].words[i] >= text && traces[t].words[i] < text_end) {
				reached(traces[t].words[i] - text);
				all++;
			}
	}
	return all;
}

/* Each place reached since the module is loaded, in any context. */
size_t fuzz_cover_all(void (*reached)(__u32 offset))
{
	FILE *f = fopen("/sys/kernel/debug/winsock/reached", "r");
	static __u8 bytes[1 << 20];
	unsigned long place;
	size_t i, n, all = 0;
	__u64 middle;

	if (!f)
		return 0;
	n = fread(&middle, sizeof(middle), 1, f) ? fread(bytes, 1, sizeof(bytes), f) : 0;
	fclose(f);
	for (i = 0; i < n; i++) {
		place = middle + i - sizeof(bytes) / 2;
		if (!bytes[i] || place < text || place >= text_end)
			continue;
		reached(place - text);
		all++;
	}
	return all;
}
