# SPDX-License-Identifier: GPL-2.0-only
# The test programs, in the order in which they run.
TEST_GEN_PROGS += abi
TEST_GEN_PROGS += handle
TEST_GEN_PROGS += share
TEST_GEN_PROGS += lifetime
TEST_GEN_PROGS += accept
TEST_GEN_PROGS += accept_fault
TEST_GEN_PROGS += connect
TEST_GEN_PROGS += stream
TEST_GEN_PROGS += ending
TEST_GEN_PROGS += dgram
TEST_GEN_PROGS += linger
TEST_GEN_PROGS += vanish
TEST_GEN_PROGS += option
TEST_GEN_PROGS += errors
TEST_GEN_PROGS += conserve
TEST_GEN_PROGS += load
TEST_GEN_PROGS += fail_nth
TEST_GEN_PROGS += stress
TEST_GEN_PROGS += observe
TEST_GEN_PROGS += select
TEST_GEN_PROGS += poll
TEST_GEN_PROGS += control
TEST_GEN_PROGS += bind
TEST_GEN_PROGS += select poll
TEST_GEN_PROGS += option_stack
