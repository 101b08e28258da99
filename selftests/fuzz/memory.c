// SPDX-License-Identifier: GPL-2.0-only
/*
 * A program's memory, at fixed addresses below 4 GiB: a heap, and around it what
 * a pointer should not point to.
 *
 *	heap | hole | read-only | inaccessible | hole | file that ends early | hole
 *	| pages that come and go
 */
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "fuzz.h"

#define PAGE		0x1000UL
#define HOLE		(FUZZ_HEAP + FUZZ_HEAP_SIZE)
#define READ_ONLY	(HOLE + 0x10000UL)
#define NO_ACCESS	(READ_ONLY + PAGE)
#define SHORT_FILE	(NO_ACCESS + 0x10000UL)
#define VOLATILE	(SHORT_FILE + 0x10000UL)
#define VOLATILE_SIZE	(4 * PAGE)
#define SLICE		(FUZZ_HEAP_SIZE / 2 / FUZZ_TRACES)

static size_t used[FUZZ_TRACES];
static int moving;

static void map(unsigned long at, size_t size, int prot, int fd)
{
	mmap((void *)at, size, prot, MAP_FIXED | MAP_PRIVATE |
	     (fd < 0 ? MAP_ANONYMOUS : 0), fd, 0);
}

void fuzz_memory_init(void)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	map(FUZZ_HEAP, FUZZ_HEAP_SIZE, PROT_READ | PROT_WRITE, -1);
	map(READ_ONLY, PAGE, PROT_READ, -1);
	map(NO_ACCESS, PAGE, PROT_NONE, -1);
	if (fd >= 0 && !ftruncate(fd, 100))
		map(SHORT_FILE, 2 * PAGE, PROT_READ | PROT_WRITE, fd);
	map(VOLATILE, VOLATILE_SIZE, PROT_READ | PROT_WRITE, -1);
	close(fd);
}

/* Some of a thread's share of the heap's first half, until the next record. */
void *fuzz_heap(unsigned int thread, size_t size)
{
	size_t at = used[thread];

	size = (size + 15) & ~15UL;
	if (at + size > SLICE)
		at = 0;
	used[thread] = at + size;
	return (void *)(FUZZ_HEAP + thread * SLICE + at);
}

void fuzz_heap_reset(unsigned int thread)
{
	used[thread] = 0;
}

void *fuzz_read_only(const void *from, size_t size)
{
	void *at = (void *)(READ_ONLY + (PAGE - size) / 2 / 8 * 8);

	mprotect((void *)READ_ONLY, PAGE, PROT_READ | PROT_WRITE);
	memcpy(at, from, size);
	mprotect((void *)READ_ONLY, PAGE, PROT_READ);
	return at;
}

/* Calls meet the memory there, gone, or half of it; the pauses are pacing. */
static void *come_and_go(void *arg)
{
	(void)arg;
	for (;;) {
		munmap((void *)VOLATILE, VOLATILE_SIZE);
		map(VOLATILE, VOLATILE_SIZE, PROT_READ | PROT_WRITE, -1);
		usleep(20);
		mprotect((void *)(VOLATILE + PAGE), PAGE, PROT_READ);
		usleep(20);
	}
	return NULL;
}

/* For an object of @size, which may begin well. */
__u64 fuzz_bad_pointer(__u8 pick, size_t size)
{
	pthread_t thread;

	switch (pick % 16) {
	case 0:	return 0;
	case 1:	return 8;
	case 2:	return HOLE;
	case 3:	return HOLE - 1;
	case 4:	return HOLE - size / 2;
	case 5:	return HOLE - (size & ~3UL) + 4;
	case 6:	return READ_ONLY;
	case 7:	return NO_ACCESS - size / 2;
	case 8:	return SHORT_FILE + PAGE;
	case 9:	return SHORT_FILE + PAGE - 2;
	case 10: return 0xffffffff81000000ULL;
	case 11: return 0xffff888000000000ULL + size;
	case 12: return 0x8000000000000000ULL;
	case 13: return 0x7ffffffff000ULL - 4;
	case 14: return ~0ULL - pick;
	default:
		if (!__atomic_exchange_n(&moving, 1, __ATOMIC_RELAXED) &&
		    !pthread_create(&thread, NULL, come_and_go, NULL))
			pthread_detach(thread);
		return VOLATILE + PAGE - size / 2;
	}
}
