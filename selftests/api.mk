# SPDX-License-Identifier: GPL-2.0-only
# Programs written for <winsock2.h>, in the order in which they run; all but
# process.c build on Windows too.  Include before lib.mk.  In a kernel tree there
# is no library, and no such program.
ifneq ($(wildcard ../userlib/Makefile),)
OUTPUT ?= $(CURDIR)
USERLIB ?= $(OUTPUT)/libwinsock

API_PROGS := api_text api_socket api_accept process
TEST_GEN_PROGS += $(API_PROGS)
EXTRA_CLEAN += $(USERLIB)

# Linked with the static library, so that they run wherever they are.
$(API_PROGS:%=$(OUTPUT)/%): CFLAGS += -I../userlib/include
$(API_PROGS:%=$(OUTPUT)/%): $(USERLIB)/libwinsock.a

$(USERLIB)/libwinsock.a: $(wildcard ../userlib/src/*.[ch] ../uapi/linux/*.h)
	+@$(MAKE) -s -C ../userlib O=$(USERLIB) CC="$(CC)" \
		$(if $(filter -m32,$(CFLAGS)),ARCH32=1) all >/dev/null
endif
