// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fuzzer: makes programs, runs them, and keeps those that reach what none
 * before has, to make others of them.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include "fuzz.h"

#define KEPT_MAX	4096
#define PLACES_MAX	32768	/* basic blocks of the module */
#define TEXT_MAX	(4 << 20)
#define WORDS		(PLACES_MAX / 64)

/* @news: of what it reaches, what none before had */
static struct kept {
	struct fuzz_program program;
	__u64 reached[WORDS], news[WORDS];
} *kept;
static unsigned int kept_count, programs;

/* Programs to run; of which kept one each is a part, or -1. */
#define BATCH	16
static struct fuzz_program batch[BATCH];
static int shorter[BATCH];
static unsigned int ran;	/* of those in one process */
static bool well;

/* Places get numbers in the order in which they were first reached. */
static __u32 *number_of, offset_of[PLACES_MAX];
static unsigned int places;
static __u64 all[WORDS], now[WORDS];

static const char *out = ".";
static __u64 seed;

static __u64 any(void)
{
	seed += 0x9e3779b97f4a7c15ULL;
	__u64 z = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9ULL;

	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

static unsigned int below(unsigned int n)
{
	return any() % n;
}

static void reached(__u32 offset)
{
	if (offset >= TEXT_MAX)
		return;
	if (!number_of[offset]) {
		if (places == PLACES_MAX)
			return;
		offset_of[places] = offset;
		number_of[offset] = ++places;
	}
	now[(number_of[offset] - 1) / 64] |= 1ULL << (number_of[offset] - 1) % 64;
}

static unsigned int beyond(const __u64 *set, const __u64 *known)
{
	unsigned int i, n = 0;

	for (i = 0; i < WORDS; i++)
		n += __builtin_popcountll(set[i] & ~known[i]);
	return n;
}

static void unite(__u64 *set, const __u64 *more)
{
	unsigned int i;

	for (i = 0; i < WORDS; i++)
		set[i] |= more[i];
}

/* Written in one go, as the guest's file system may not know where a file ends. */
static FILE *create(const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", out, name);
	return fopen(path, "w");
}

static void keep(const struct fuzz_program *p)
{
	struct kept *k;
	unsigned int i;

	if (kept_count == KEPT_MAX)
		return;
	k = &kept[kept_count++];
	k->program = *p;
	memcpy(k->reached, now, sizeof(now));
	for (i = 0; i < WORDS; i++) {
		k->news[i] = now[i] & ~all[i];
		all[i] |= now[i];
	}
}

/* Whether all is still well behind the program @i of the batch. */
static bool ended(unsigned int i)
{
	bool news;

	memset(now, 0, sizeof(now));
	fuzz_cover_end(reached);
	programs++;
	ran = i + 1;
	well = !fuzz_complained();
	if (!well)
		puts("# the kernel complained; see culprit");
	if (fuzz_counts->strange) {
		printf("# %s answers %d\n", fuzz_act_name(fuzz_counts->strange & 63),
		       fuzz_counts->strange >> 6);
		well = false;
	}
	if (!well)
		return false;
	news = beyond(now, all);
	if (news) {
		keep(&batch[i]);
	} else if (shorter[i] >= 0 && batch[i].count < kept[shorter[i]].program.count &&
		 !beyond(kept[shorter[i]].news, now)) {
		kept[shorter[i]].program = batch[i];
		memcpy(kept[shorter[i]].reached, now, sizeof(now));
	}
	return true;
}

static void write_batch(const char *name, unsigned int count)
{
	FILE *f = create(name);
	unsigned int i;

	if (!f)
		return;
	for (i = 0; i < count; i++)
		fuzz_program_to_text(&batch[i], f);
	fclose(f);
}

/* All that is in the batch, in as many processes as it takes. */
static bool run(unsigned int count)
{
	unsigned int from;

	/* what is left of it if the machine goes */
	write_batch("last", count);
	for (from = 0; from < count; from += ran) {
		memmove(batch, batch + from, (count - from) * sizeof(*batch));
		memmove(shorter, shorter + from, (count - from) * sizeof(*shorter));
		count -= from;
		from = 0;
		ran = 0;
		well = false;
		if (!fuzz_run(batch, count, ended)) {
			puts("# a program does not end; see culprit");
			well = false;
			ran++;
		}
		if (!well) {
			write_batch("culprit", ran);
			fflush(stdout);
			return false;
		}
	}
	return true;
}

static void fresh_record(struct fuzz_record *r)
{
	unsigned int i;

	for (i = 0; i < sizeof(*r); i++)
		((__u8 *)r)[i] = any();
	if (below(100) < 75)
		r->hostile = 0;
	if (below(100) < 80)
		r->where &= ~4;
	if (below(100) < 75)	/* threads are dear */
		r->where &= ~3;
}

static void fresh(struct fuzz_program *p)
{
	unsigned int i;

	for (i = 0; i < FUZZ_HEAD; i++)
		p->head[i] = any();
	p->count = 16 + below(FUZZ_RECORDS_MAX - 16);
	for (i = 0; i < p->count; i++)
		fresh_record(&p->records[i]);
	for (i = 1; i < p->count; i += 8)
		if (below(2))
			fuzz_wait_and_end(&p->records[i - 1], &p->records[i]);
}

static void drop(struct fuzz_program *p, unsigned int at)
{
	p->count--;
	memmove(&p->records[at], &p->records[at + 1],
		(p->count - at) * sizeof(p->records[0]));
}

/* Makes room for @n records; fewer if the program has too many. */
static unsigned int room(struct fuzz_program *p, unsigned int at, unsigned int n)
{
	if (n > FUZZ_RECORDS_MAX - p->count)
		n = FUZZ_RECORDS_MAX - p->count;
	memmove(&p->records[at + n], &p->records[at],
		(p->count - at) * sizeof(p->records[0]));
	p->count += n;
	return n;
}

static void mutate(struct fuzz_program *p)
{
	const struct fuzz_program *other = &kept[below(kept_count)].program;
	unsigned int at = below(p->count), n, from;

	switch (below(9)) {
	case 8:
		if (room(p, at, 2) == 2) {
			fresh_record(&p->records[at]);
			fresh_record(&p->records[at + 1]);
			fuzz_wait_and_end(&p->records[at], &p->records[at + 1]);
		}
		break;
	case 0:
		if (p->count > 1)
			drop(p, at);
		break;
	case 1:
	case 2:
		if (room(p, at, 1))
			fresh_record(&p->records[at]);
		break;
	case 3:		/* records of another */
		from = below(other->count);
		n = room(p, at, 1 + below(other->count - from));
		memcpy(&p->records[at], &other->records[from], n * sizeof(p->records[0]));
		break;
	case 4:
		p->records[at].hostile = any();
		p->records[at].how = any();
		break;
	case 5:
		p->records[at].where = any();
		break;
	case 6:
		if (room(p, at, 1))
			p->records[at] = p->records[at + 1];
		fallthrough;
	default:
		for (n = 1 + below(3); n--;)
			p->records[at].choice[below(12)] = any();
	}
}

/* The fewest programs that reach all, about: the best of those left, again. */
static void write_corpus(void)
{
	static __u64 covered[WORDS];
	unsigned int i, gain, best, best_gain;
	FILE *f = create("corpus");

	memset(covered, 0, sizeof(covered));
	while (f) {
		for (best_gain = 0, best = 0, i = 0; i < kept_count; i++) {
			gain = beyond(kept[i].reached, covered);
			if (gain > best_gain) {
				best_gain = gain;
				best = i;
			}
		}
		if (!best_gain)
			break;
		unite(covered, kept[best].reached);
		fuzz_program_to_text(&kept[best].program, f);
	}
	if (f)
		fclose(f);
}

/* Addresses, behind the sections' that they are in. */
static void write_reached(void)
{
	static const char *const sections[] = {
		".text", ".text.unlikely", ".exit.text", ".init.text",
	};
	unsigned long text = 0, start;
	char path[512];
	unsigned int i;
	FILE *f = create("reached"), *s;

	if (!f)
		return;
	for (i = 0; i < FUZZ_COUNT(sections); i++) {
		snprintf(path, sizeof(path), "/sys/module/winsock/sections/%s", sections[i]);
		s = fopen(path, "r");
		if (s && fscanf(s, "%lx", &start) == 1) {
			text = text ?: start;
			fprintf(f, "%s %lx\n", sections[i], start);
		}
		if (s)
			fclose(s);
	}
	for (i = 0; i < places; i++)
		fprintf(f, "%lx\n", text + offset_of[i]);
	fclose(f);
}

static bool replay(const char *path)
{
	char line[2 * FUZZ_BYTES_MAX + 2];
	unsigned int n = 0;
	FILE *f = fopen(path, "r");
	bool good = true;

	while (f && good && fgets(line, sizeof(line), f)) {
		if (*line == '#' || fuzz_text_to_program(line, &batch[n]))
			continue;
		shorter[n++] = -1;
		if (n == BATCH) {
			good = run(n);
			n = 0;
		}
	}
	if (f)
		fclose(f);
	return good && (!n || run(n));
}

/* A new one, part of one, or one that was changed. */
static void make(struct fuzz_program *p, int *part_of)
{
	unsigned int n;

	*part_of = -1;
	if (!kept_count || below(100) < 12) {
		fresh(p);
		return;
	}
	n = below(kept_count);
	if (below(2))	/* later ones reach farther */
		n = kept_count - 1 - below(kept_count) / 4;
	*p = kept[n].program;
	if (p->count > 3 && below(100) < 25) {
		*part_of = n;
		for (n = 1 + below(p->count / 2); n--;)
			drop(p, below(p->count));
		return;
	}
	for (n = 1 + below(5); n--;)
		mutate(p);
}

static bool search(unsigned int seconds)
{
	time_t start = time(NULL), said = start, t;
	unsigned int n;

	while ((t = time(NULL)) < start + seconds) {
		if (t >= said + 30) {
			printf("# %u s: %u programs, %llu calls, %u kept, %u places\n",
			       (unsigned int)(t - start), programs,
			       (unsigned long long)fuzz_counts->calls, kept_count,
			       places);
			fflush(stdout);
			said = t;
			write_corpus();
		}
		for (n = 0; n < BATCH; n++)
			make(&batch[n], &shorter[n]);
		if (!run(BATCH))
			return false;
	}
	return true;
}

static void say(void)
{
	unsigned int i, j;

	printf("# %u programs, %llu calls, %u kept, %u places\n", programs,
	       (unsigned long long)fuzz_counts->calls, kept_count, places);
	printf("# %-16s %9s %9s\n", "", "executed", "succeeded");
	for (i = 0; i < FUZZ_ACTS; i++)
		printf("# %-16s %9llu %9llu\n", fuzz_act_name(i),
		       (unsigned long long)fuzz_counts->executed[i],
		       (unsigned long long)fuzz_counts->succeeded[i]);
	for (i = 0; i < WINSOCK_NR_COUNT; i++) {
		printf("# %s:", fuzz_act_name(i));
		for (j = 0; j < FUZZ_ANSWERS; j++)
			if (fuzz_counts->answers[i][j])
				printf(" %d*%u", j < FUZZ_WSA ? (int)j :
				       j < FUZZ_ERRNO ? (int)(j + 10000 - FUZZ_WSA) :
				       (int)(FUZZ_ERRNO - j),
				       fuzz_counts->answers[i][j]);
		puts("");
	}
}

/* Memory that a program's process does not get. */
static void *own(size_t size)
{
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED || madvise(at, size, MADV_DONTFORK))
		exit(2);
	return at;
}

/* fuzz OUT SECONDS SEED [CORPUS...]; without seconds it only replays */
int main(int argc, char **argv)
{
	unsigned int seconds, known;
	bool good = true;
	int i;

	if (argc < 4)
		return 2;
	out = argv[1];
	seconds = atoi(argv[2]);
	seed = strtoull(argv[3], NULL, 0);
	printf("# seed %llu\n", (unsigned long long)seed);
	kept = own(KEPT_MAX * sizeof(*kept));
	number_of = own(TEXT_MAX * sizeof(*number_of));
	if (!fuzz_cover_init()) {
		printf("# no coverage: is this the debug kernel, with the module?\n");
		return 2;
	}
	fuzz_run_init();
	fuzz_complained();
	for (i = 4; good && i < argc; i++)
		good = replay(argv[i]);
	printf("# %u places after %u programs of before\n", places, programs);
	if (good && seconds)
		good = search(seconds);
	say();
	write_corpus();
	known = places;
	if (fuzz_cover_all(reached))
		printf("# %u places more outside of the programs' calls\n", places - known);
	write_reached();
	return !good;
}
