// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fuzzer's corpus, program by program: whatever is in one, it ends, and the
 * kernel has nothing to say.  See fuzz/.
 */
#include "ws_test.h"
#include "ws_fault.h"

#include "fuzz/fuzz.h"

static const char *const programs[] = {
#include "corpus.h"
};

FIXTURE(replay) {
	char folder[32];
	bool covers;
};

/* In a network and a folder of their own: they take ports, addresses, paths. */
FIXTURE_SETUP(replay)
{
	if (geteuid())
		SKIP(return, "needs root: it makes a network namespace");
	strcpy(self->folder, "/tmp/replay.XXXXXX");
	ASSERT_NE(NULL, mkdtemp(self->folder));
	ASSERT_EQ(0, chdir(self->folder));
	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	ASSERT_TRUE(peer_loopback_up());
	if (ws_fault_possible())
		ws_fault_allow();
	self->covers = fuzz_cover_init();
	fuzz_run_init();
	fuzz_complained();
}

FIXTURE_TEARDOWN(replay)
{
	char name[64];
	int i;

	for (i = 0; i < 4; i++) {
		snprintf(name, sizeof(name), "%s/fuzz.%d", self->folder, i);
		unlink(name);
	}
	rmdir(self->folder);
}

static unsigned int all_ended, complaints, places;

static void reached(__u32 offset)
{
	places += !!offset;
}

static bool ended(unsigned int index)
{
	(void)index;
	fuzz_cover_end(reached);
	complaints += fuzz_complained();
	all_ended++;
	return !complaints;
}

TEST_F_TIMEOUT(replay, programs_end_and_the_kernel_is_content, 600)
{
	static struct fuzz_program p[ARRAY_SIZE(programs)];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(p); i++)
		ASSERT_EQ(0, fuzz_text_to_program(programs[i], &p[i]));
	while (all_ended < ARRAY_SIZE(p)) {
		ASSERT_TRUE(fuzz_run(&p[all_ended], ARRAY_SIZE(p) - all_ended,
				     ended)) {
			TH_LOG("program %u does not end", all_ended + 1);
		}
		ASSERT_EQ(0, complaints) {
			TH_LOG("program %u, or one before", all_ended);
		}
	}
	EXPECT_LT(ARRAY_SIZE(p), fuzz_counts->calls);
	if (self->covers)	/* else CONFIG_KCOV is not set */
		EXPECT_LT(1000, places);
}

TEST_HARNESS_MAIN
