// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a big table costs: calls with 10 and with 1,000,000 names in it, and
 * memory.  All the names are of one socket, so that the table is measured.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

#define LOOKUPS		256

/* The names in the native and in the device's table, and bytes for each. */
static __u64 *names[2];
static double bytes[2];

/* Bytes that the kernel has in slabs and in virtual areas. */
static double kernel_memory(void)
{
	unsigned long kb, sum = 0;
	char key[64];
	FILE *f;

	bench_settle();
	f = fopen("/proc/meminfo", "re");
	if (!f)
		bench_die("/proc/meminfo: %m");
	while (fscanf(f, "%63s %lu%*[^\n]", key, &kb) == 2)
		if (!strcmp(key, "Slab:") || !strcmp(key, "VmallocUsed:"))
			sum += kb;
	fclose(f);
	return sum * 1024.0;
}

/* An array whose pages are there before memory is looked at. */
static __u64 *array(unsigned int n)
{
	__u64 *a = malloc(n * sizeof(*a));

	if (!a)
		bench_die("no memory");
	memset(a, 1, n * sizeof(*a));
	return a;
}

void bench_table_open(const struct bench_probe *p)
{
	double before;

	names[BENCH_NATIVE] = array(p->arg);
	names[BENCH_DEVICE] = array(p->arg);

	before = kernel_memory();
	bench_native_fill(names[BENCH_NATIVE], p->arg);
	bytes[BENCH_NATIVE] = (kernel_memory() - before) / p->arg;

	before = kernel_memory();
	bench_device_fill(names[BENCH_DEVICE], p->arg);
	bytes[BENCH_DEVICE] = (kernel_memory() - before) / p->arg;
}

void bench_table_close(const struct bench_probe *p)
{
	unsigned int i, side;

	for (side = BENCH_NATIVE; side <= BENCH_DEVICE; side++) {
		for (i = 0; i < p->arg; i++)
			bench_apis[side]->close(names[side][i]);
		free(names[side]);
	}
}

/* Calls that do no more than find the socket, all over the table. */
static double lookup(const struct bench_api *api, const __u64 *name,
		     unsigned int n)
{
	unsigned int i, at = 0, step = n / LOOKUPS + 1;
	__u64 start = bench_now();

	for (i = 0; i < LOOKUPS; i++) {
		api->nonblock(name[at], true);
		at += step;
		if (at >= n)
			at -= n;
	}
	return (double)(bench_now() - start) / LOOKUPS;
}

void bench_table_run(const struct bench_probe *p, enum bench_side side,
		     double *figure)
{
	double accept, close;

	figure[0] = lookup(bench_apis[side], names[side], p->arg);
	bench_accept(bench_apis[side], false, false, &accept, &close);
	figure[1] = accept + close;
	figure[2] = bytes[side];
}

/* What the kernel has more after @arg connections were accepted. */
void bench_memory_run(const struct bench_probe *p, enum bench_side side,
		      double *figure)
{
	const struct bench_api *api = bench_apis[side];
	unsigned int i, n = p->arg;
	__u64 *s = array(n), *peer = array(n), listener;
	double before;
	__u16 port;

	listener = api->listen(p->ipv6, n, &port);
	for (i = 0; i < n; i++)
		peer[i] = bench_peer_connect(p->ipv6, port);

	before = kernel_memory();
	for (i = 0; i < n; i++)
		s[i] = api->accept(listener, false);
	figure[0] = (kernel_memory() - before) / n;

	for (i = 0; i < n; i++) {
		bench_peer_reset(peer[i]);
		api->close(s[i]);
	}
	api->close(listener);
	free(s);
	free(peer);
}
