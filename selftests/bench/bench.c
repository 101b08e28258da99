// SPDX-License-Identifier: GPL-2.0-only
/*
 * Instructions a call: the kernel's own beside the driver's and the library's,
 * in one run, in a machine whose clock counts instructions.  A string instruction
 * counts for each repetition there, so clearing and copying weighs more than in
 * a processor.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

/* Of each probe: rounds that count, and rounds before that warm up. */
#define ROUNDS		9
#define WARM_UP		2

const struct bench_api *const bench_apis[BENCH_SIDES] = {
	[BENCH_NATIVE] = &bench_native,
	[BENCH_DEVICE] = &bench_device,
	[BENCH_LIBRARY] = &bench_library,
};

static double figures[BENCH_ROWS][BENCH_SIDES][ROUNDS];
static int exceeded;

void bench_die(const char *fmt, ...)
{
	va_list args;

	fputs("bench: ", stderr);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(2);
}

__u64 bench_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

/* Is a nanosecond an instruction here?  Two in a loop tell. */
static void check_clock(void)
{
	const unsigned long n = 4000000;
	unsigned long left = n;
	double each;
	__u64 start = bench_now();

	asm volatile("1: dec %0; jnz 1b" : "+r" (left) : : "cc");
	each = (double)(bench_now() - start) / (2 * n);
	if (each < 0.98 || each > 1.02)
		bench_die("no counting machine: %.3f ns an instruction", each);
}

static void write_sysctl(const char *path, const char *value)
{
	FILE *f = fopen(path, "we");

	if (!f || fputs(value, f) < 0 || fclose(f))
		bench_die("%s: %m", path);
}

/* Room for the largest probes, the same for every side. */
static void make_room(void)
{
	struct rlimit files = { 1048576, 1048576 };

	if (setrlimit(RLIMIT_NOFILE, &files))
		bench_die("setrlimit: %m");
	write_sysctl("/proc/sys/net/core/somaxconn", "16384");
	write_sysctl("/proc/sys/net/ipv4/tcp_rmem", "4096 1048576 6291456");
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *v, unsigned int n)
{
	qsort(v, n, sizeof(*v), by_size);
	return v[n / 2];
}

/* One after the other, each round beginning with another. */
static void run_rounds(const struct bench_probe *p, unsigned int rounds,
		       unsigned int warm_up)
{
	unsigned int round, i, row;

	for (round = 0; round < warm_up + rounds; round++) {
		for (i = 0; i < BENCH_SIDES; i++) {
			unsigned int side = (round + i) % BENCH_SIDES;
			double figure[BENCH_ROWS] = { 0 };

			if (!(p->sides & 1U << side))
				continue;
			p->run(p, side, figure);
			if (round < warm_up)
				continue;
			for (row = 0; row < BENCH_ROWS; row++)
				figures[row][side][round - warm_up] =
					figure[row];
		}
	}
}

/* Says so beside the row if @value is over @limit. */
static void check(double value, double limit, const char *of)
{
	if (limit <= 0 || value <= limit)
		return;
	printf("  over %.2f%s", limit, of);
	exceeded++;
}

static void print_row(const struct bench_probe *p, unsigned int row,
		      unsigned int rounds, FILE *lines)
{
	static double before[BENCH_ROWS];
	const struct bench_row *r = &p->rows[row];
	double native = median(figures[row][BENCH_NATIVE], rounds);
	double device = median(figures[row][BENCH_DEVICE], rounds);
	double library = median(figures[row][BENCH_LIBRARY], rounds);
	double ratio = device / native;

	printf("%-27s %9.0f %12.0f %6.2f", r->name, native, device, ratio);
	fprintf(lines, "bench\t%s\t%s\t%.0f\t%.0f\t%.3f\t%.2f",
		p->rows[0].name, r->name, native, device, ratio, r->limit);
	if (p->sides & 1U << BENCH_LIBRARY) {
		printf(" %11.0f %6.2f", library, library / native);
		fprintf(lines, "\t%.0f\t%.3f", library, library / native);
	}
	check(ratio, r->limit, "");
	check(device / before[row], r->growth, " of 10");
	before[row] = device;
	putchar('\n');
	fputc('\n', lines);
}

static void run_probe(const struct bench_probe *p, FILE *lines)
{
	unsigned int rounds = p->rounds ? p->rounds : ROUNDS;
	unsigned int row;

	if (p->open)
		p->open(p);
	run_rounds(p, rounds, p->rounds ? 0 : WARM_UP);
	if (p->close)
		p->close(p);
	for (row = 0; row < BENCH_ROWS && p->rows[row].name; row++)
		print_row(p, row, rounds, lines);
	fflush(stdout);
}

/* With arguments: only the probes whose first row begins like one of them. */
static bool wanted(const struct bench_probe *p, char **names)
{
	if (!*names)
		return true;
	for (; *names; names++)
		if (!strncmp(p->rows[0].name, *names, strlen(*names)))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	char *text = NULL;
	size_t size = 0;
	FILE *lines = open_memstream(&text, &size);
	unsigned int i;

	(void)argc;
	if (!lines)
		bench_die("no memory");
	check_clock();
	make_room();
	printf("%-27s %9s %12s %6s %11s %6s\n", "instructions a call",
	       bench_native.name, bench_device.name, "ratio",
	       bench_library.name, "ratio");
	for (i = 0; i < bench_nprobes; i++)
		if (wanted(&bench_probes[i], argv + 1))
			run_probe(&bench_probes[i], lines);
	fclose(lines);
	printf("\n%s", text);	/* the same for programs */
	free(text);
	if (exceeded)
		printf("\nover their limits: %d\n", exceeded);
	return !!exceeded;
}
