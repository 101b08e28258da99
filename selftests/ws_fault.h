/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Faults by fail-nth: the nth of a thread's allocations and copies from or to
 * user memory fails.  Needs a kernel with CONFIG_FAULT_INJECTION,
 * CONFIG_FAILSLAB and the like.
 */
#ifndef WS_FAULT_H
#define WS_FAULT_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WS_FAULT_FILE	"/proc/thread-self/fail-nth"

static inline int ws_fault_possible(void)
{
	return !access(WS_FAULT_FILE, W_OK);
}

/* Faults wherever they can be, without a word on the console. */
static inline void ws_fault_allow(void)
{
	static const char *const settings[][2] = {
		{ "/sys/kernel/debug/failslab/ignore-gfp-wait", "N" },
		{ "/sys/kernel/debug/failslab/verbose", "0" },
		{ "/sys/kernel/debug/fail_page_alloc/ignore-gfp-wait", "N" },
		{ "/sys/kernel/debug/fail_page_alloc/ignore-gfp-highmem", "N" },
		{ "/sys/kernel/debug/fail_page_alloc/min-order", "0" },
		{ "/sys/kernel/debug/fail_page_alloc/verbose", "0" },
		{ "/sys/kernel/debug/fail_usercopy/verbose", "0" },
		{ NULL, NULL },
	};
	int i, fd;

	for (i = 0; settings[i][0]; i++) {
		fd = open(settings[i][0], O_WRONLY | O_CLOEXEC);
		if (fd < 0)
			continue;
		if (write(fd, settings[i][1], 1) != 1)
			perror(settings[i][0]);
		close(fd);
	}
}

/* The @nth from now on fails.  Returns what ws_fault_end() wants, or -1. */
static inline int ws_fault_begin(int nth)
{
	int fd = open(WS_FAULT_FILE, O_RDWR | O_CLOEXEC);
	char text[16] = "";

	snprintf(text, sizeof(text), "%d", nth);
	if (pwrite(fd, text, strlen(text), 0) > 0)
		return fd;
	close(fd);
	return -1;
}

/* No more faults.  Returns whether there were as many. */
static inline int ws_fault_end(int fd)
{
	char text[16] = "";
	int hit;

	/* zero is left after the fault; the reading may itself be what fails */
	hit = pread(fd, text, sizeof(text) - 1, 0) > 0 && !atoi(text);
	while (pwrite(fd, "0", 1, 0) < 0)
		;
	close(fd);
	return hit;
}

#endif /* WS_FAULT_H */
