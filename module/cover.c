// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/kernel/debug/winsock/reached: which basic blocks were run, by whomever.
 * KCOV tells it of tasks that ask, and not of soft interrupts, of work queues,
 * or of a task that ends.  Only in a build with self-tests for a kernel with
 * CONFIG_KCOV, and without instruments itself, see Kbuild.
 */
#include <linux/debugfs.h>
#include <linux/kcov.h>
#include <linux/sched.h>
#include "debugfs.h"

#define WS_COVER_SIZE	BIT(20)

/* A byte for each address around that of the function below, @middle. */
static struct {
	u64 middle;
	u8 reached[WS_COVER_SIZE];
} ws_cover;

static struct debugfs_blob_wrapper ws_cover_blob = {
	.data = &ws_cover, .size = sizeof(ws_cover),
};

/* Called by each block, as the module's own goes before the kernel's. */
notrace void __sanitizer_cov_trace_pc(void)
{
	unsigned long place = _RET_IP_ + WS_COVER_SIZE / 2 -
			      (unsigned long)__sanitizer_cov_trace_pc;
	struct task_struct *task = current;
	unsigned long *area, end;

	if (place < WS_COVER_SIZE)
		WRITE_ONCE(ws_cover.reached[place], 1);
	if (!in_task() || READ_ONCE(task->kcov_mode) != KCOV_MODE_TRACE_PC)
		return;
	/* What the kernel's does. */
	barrier();
	area = task->kcov_area;
	end = READ_ONCE(area[0]) + 1;
	if (end >= task->kcov_size)
		return;
	WRITE_ONCE(area[0], end);
	barrier();
	area[end] = _RET_IP_;
}

/* Last of what loads: the account is of calls, not of self-tests. */
void __init ws_cover_init(struct dentry *dir)
{
	ws_cover.middle = (unsigned long)__sanitizer_cov_trace_pc;
	memset(ws_cover.reached, 0, sizeof(ws_cover.reached));
	debugfs_create_blob("reached", 0400, dir, &ws_cover_blob);
}
