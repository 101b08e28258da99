# SPDX-License-Identifier: GPL-2.0-only
# The program that runs the fuzzer's corpus.  Include before lib.mk.
TEST_GEN_PROGS += replay
OUTPUT ?= $(CURDIR)

# Beside the driver, or in a kernel tree.
fuzz_abi := $(wildcard ../uapi/linux/winsock*.h)
ifeq ($(fuzz_abi),)
fuzz_abi := $(wildcard ../../../../../include/uapi/linux/winsock*.h)
endif
fuzz_made := $(OUTPUT)/tables.h $(OUTPUT)/corpus.h
fuzz_parts := $(filter-out fuzz/fuzz.c,$(wildcard fuzz/*.c))
EXTRA_CLEAN += $(fuzz_made)

$(OUTPUT)/tables.h: fuzz/tables.awk $(fuzz_abi) fuzz/winsock.txt
	awk -f $^ >$@.new
	mv $@.new $@
$(OUTPUT)/corpus.h: fuzz/corpus
	sed -n 's/^[0-9a-f].*/"&",/p' $< >$@

$(OUTPUT)/replay: replay.c $(fuzz_parts) $(wildcard fuzz/*.h) $(fuzz_made)
	$(CC) $(CFLAGS) -D_GNU_SOURCE -I$(OUTPUT) $(filter %.c,$^) -o $@ $(LDLIBS)
