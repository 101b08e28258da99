/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel counts, as root reads it: numbers in files of /proc and /sys,
 * objects of the slab allocator.
 */
#ifndef WS_COUNT_H
#define WS_COUNT_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline bool write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "we");
	bool done;

	if (!f)
		return false;
	done = fputs(text, f) >= 0;
	return !fclose(f) && done;
}

/*
 * The number behind @key on the first line that begins with @line and has it;
 * -1 without one.
 */
static inline long number_in(const char *path, const char *line,
			     const char *key)
{
	char text[512], *at;
	long n = -1;
	FILE *f = fopen(path, "re");

	if (!f)
		return -1;
	while (n < 0 && fgets(text, sizeof(text), f)) {
		if (strncmp(text, line, strlen(line)))
			continue;
		at = strstr(text + strlen(line), key);
		if (at)
			n = atol(at + strlen(key));
	}
	fclose(f);
	return n;
}

/*
 * Objects of a cache in use, to the last: as they are, what processors have in
 * reserve counts too, and what the sanitizer holds back.  -1 if the cache does
 * not have its name for itself.
 */
static inline long objects(const char *cache)
{
	char path[320], line[280];

	snprintf(path, sizeof(path), "/sys/kernel/slab/%s/shrink", cache);
	if (!write_text(path, "1"))
		return -1;
	snprintf(line, sizeof(line), "%s ", cache);
	return number_in("/proc/slabinfo", line, " ");
}

#endif /* WS_COUNT_H */
