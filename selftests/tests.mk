# SPDX-License-Identifier: GPL-2.0-only
# The test programs, in the order in which they run.
TEST_GEN_PROGS += abi handle share lifetime accept accept_fault connect stream ending dgram linger vanish option errors conserve load fail_nth stress
TEST_GEN_PROGS += observe
TEST_GEN_PROGS += select poll kinds
