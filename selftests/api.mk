# SPDX-License-Identifier: GPL-2.0-only
# Programs written for <winsock2.h>, in the order in which they run; all but
# process.c build on Windows too.  Include before lib.mk, build ../userlib
# first; USERLIB= is its O=.  In a kernel tree there is no library, and no such
# program.
USERLIB ?= $(abspath ../userlib/build)

ifneq ($(wildcard ../userlib/Makefile),)
API_PROGS := api_text api_socket api_accept process
TEST_GEN_PROGS += $(API_PROGS)

$(API_PROGS:%=\%/%): CFLAGS += -I../userlib/include
$(API_PROGS:%=\%/%): LDLIBS += $(USERLIB)/libwinsock.a
endif
