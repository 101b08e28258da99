# SPDX-License-Identifier: GPL-2.0-only
# Programs written for <winsock2.h>, in the order in which they run; all whose
# names begin with api_ build on Windows too.  Each a second time with the
# sanitizers, and a third time as the 32-bit program that a 64-bit driver must
# understand.  Include before lib.mk.  In a kernel tree there is no library, and
# no such program.
ifneq ($(wildcard ../userlib/Makefile),)
OUTPUT ?= $(CURDIR)
USERLIB ?= $(OUTPUT)/libwinsock

API_PROGS :=
API_PROGS += api_inline
API_PROGS += api_text
API_PROGS += api_sockaddr
API_PROGS += api_errortext
API_PROGS += api_addresses
API_PROGS += api_names
API_PROGS += api_hostent
API_PROGS += hosts
API_PROGS += api_socket
API_PROGS += api_accept
API_PROGS += api_condition
API_PROGS += api_atm
API_PROGS += api_group
API_PROGS += api_select
API_PROGS += api_setsize
API_PROGS += api_state
API_PROGS += api_ioctl
API_PROGS += api_connectbyname
API_PROGS += api_service
API_PROGS += api_absent
API_PROGS += hooks
API_PROGS += async
API_PROGS += process
API_PROGS += routes
API_PROGS += shortage
API_PROGS += api_dgram
API_PROGS += api_bind
API_PROGS += api_option
API_PROGS += api_option_rules
API_PROGS += api_option_ip
API_PROGS += api_option_inline
API_PROGS += api_multicast
API_PROGS += api_filter
API_PROGS += api_message
API_PROGS += api_data
API_PROGS += api_kinds
API_PROGS += api_protocols
API_PROGS += api_duplicate
API_PROGS += api_unix
API_PROGS += api_event
API_PROGS += api_apc
API_PROGS += api_eventselect
API_PROGS += asyncselect
TEST_GEN_PROGS += $(API_PROGS)

# Unless all of this is a 32-bit build.
ifeq ($(filter -m32,$(USERCFLAGS)),)
TEST_GEN_PROGS += $(API_PROGS:%=%_asan)
# x86-64's alone: another machine's 32-bit programs are not built.
ifneq ($(filter x86_64-%,$(shell $(CROSS_COMPILE)gcc -dumpmachine)),)
ifneq ($(wildcard /usr/lib/gcc/x86_64-linux-gnu/*/32/libgcc.a),)
TEST_GEN_PROGS += $(API_PROGS:%=%_32)
else
# Not on standard output, which whoever asks for the list reads.
$(warning left out for want of gcc-multilib: $(API_PROGS:%=%_32))
endif
endif
endif

api_headers := api_test.h api_peer.h api_netevent.h api_option.h api_cast.h ws_fault.h
asan := -fsanitize=address,undefined -fno-sanitize-recover=all
api_sources := $(wildcard ../userlib/src/*.[ch] ../uapi/linux/*.h)
EXTRA_CLEAN += $(USERLIB) $(USERLIB)_asan $(USERLIB)_32

# $(call api_lib,VARIABLE=VALUE...): the library, for the target's folder
api_lib = +@$(MAKE) -s -C ../userlib O=$(@D) CC="$(CC)" $(1) $@ >/dev/null

# Static, so that the programs run wherever they are.
$(API_PROGS:%=$(OUTPUT)/%): CFLAGS += -I../userlib/include
$(API_PROGS:%=$(OUTPUT)/%): $(USERLIB)/libwinsock.a
$(USERLIB)/libwinsock.a: $(api_sources)
	$(call api_lib,$(if $(filter -m32,$(CFLAGS)),ARCH32=1))

$(OUTPUT)/%_asan: %.c $(api_headers) $(USERLIB)_asan/libwinsock.a
	$(CC) $(CFLAGS) $(asan) -I../userlib/include $(filter-out %.h,$^) -o $@
$(USERLIB)_asan/libwinsock.a: $(api_sources)
	$(call api_lib,CFLAGS="-O1 -g $(asan)")

$(OUTPUT)/%_32: %.c $(api_headers) $(USERLIB)_32/libwinsock.a
	$(CC) $(CFLAGS) -m32 -I../userlib/include $(filter-out %.h,$^) -o $@
$(USERLIB)_32/libwinsock.a: $(api_sources)
	$(call api_lib,ARCH32=1)
endif
