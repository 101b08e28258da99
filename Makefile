# SPDX-License-Identifier: GPL-2.0-only
# Verbs.  What the module is made of stands in Kbuild, the library's parts in
# userlib/Makefile, the tests' in selftests/Makefile.

VERSION = 0.1.0

# The newest installed headers, if the running kernel has none.
KDIR ?= $(firstword $(wildcard /lib/modules/$(shell uname -r)/build) \
	$(lastword $(sort $(wildcard /lib/modules/*/build))))
PREFIX ?= /usr/local
INSTALL_MOD_PATH ?= $(DESTDIR)

top := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
out := $(if $(O),$(abspath $(O)),$(top))
qemu := $(top)/selftests/qemu

# Kernels differ in how they build elsewhere than beside the sources; they all
# take links for sources.  O= is not for them, it would be theirs.
MAKEOVERRIDES := $(filter-out O=%,$(MAKEOVERRIDES))
kbuild = $(MAKE) $(if $(V),,-s) -C $(KDIR) WINSOCK_VERSION=$(VERSION) M=$(out)
userlib = $(MAKE) $(if $(V),,-s) -C $(top)/userlib \
	VERSION=$(VERSION) PREFIX=$(PREFIX) $(if $(O),O=$(out)/userlib)

export WINSOCK_VERSION := $(VERSION)
export V TESTS CHECKS JOBS KSRC WINSOCK_CACHE

all: module lib

module: have-kdir
	@mkdir -p $(out)/module
	$(if $(O),@ln -sf $(addprefix $(top)/,Kbuild Makefile uapi) $(out)/)
	$(if $(O),@ln -sf $(top)/module/* $(out)/module/)
	@$(kbuild) modules
	@printf '  %-7s %s\n' MODULE $(out)/winsock.ko

lib:
	@$(userlib) all

have-kdir:
	@test -e "$(KDIR)/Makefile" || { echo "no kernel headers:" \
		"install linux-headers-amd64 or say KDIR=" >&2; exit 1; }

check:
	@$(qemu)/setup check
	@$(top)/selftests/check/run

test:
	@$(qemu)/setup tests
	@$(qemu)/test --kernel distro

test-debug:
	@$(qemu)/setup debug
	@$(qemu)/test --kernel debug

test-programs:
	@$(qemu)/setup programs
	@$(qemu)/programs

demo:
	@$(qemu)/setup vm
	@$(qemu)/demo

bench:
	@$(qemu)/setup vm
	@$(qemu)/bench

bench-check:
	@$(qemu)/setup vm
	@$(qemu)/bench-check

load: module
	@$(top)/module/load $(out)/winsock.ko

unload:
	@$(top)/module/load --remove

install: all
	@$(kbuild) INSTALL_MOD_PATH=$(INSTALL_MOD_PATH) \
		INSTALL_MOD_DIR=extra modules_install
	@$(userlib) DESTDIR=$(DESTDIR) install

# Only what builds the module; dkms add, build and install are the user's.
dkms_src = $(DESTDIR)/usr/src/winsock-$(VERSION)
dkms-install:
	@install -d $(dkms_src)/module/selftest $(dkms_src)/uapi/linux
	@install -m 644 $(top)/Kbuild $(top)/Makefile $(top)/COPYING $(dkms_src)
	@install -m 644 $(top)/uapi/linux/*.h $(dkms_src)/uapi/linux
	@install -m 644 $(top)/module/*.[ch] $(dkms_src)/module
	@install -m 644 $(top)/module/selftest/*.c $(dkms_src)/module/selftest
	@sed 's/@VERSION@/$(VERSION)/' $(top)/module/dkms.conf.in \
		>$(dkms_src)/dkms.conf
	@printf '  %-7s %s\n' DKMS $(dkms_src)

clean:
	@test ! -e "$(KDIR)/Makefile" || $(kbuild) clean
	@$(userlib) clean
	@rm -rf $(top)/.build

help:
	@echo 'Verbs:'
	@echo '  all          module and lib (default)'
	@echo '  module       winsock.ko for the kernel of KDIR'
	@echo '  lib          libwinsock, shared and static'
	@echo '  demo         see it work, in a virtual machine'
	@echo '  test         self-tests, in a virtual machine'
	@echo '  test-debug   the same on a kernel that checks itself'
	@echo '  test-programs  existing programs with a Winsock side, there too'
	@echo '  bench        instructions per call beside the native calls'
	@echo '  bench-check  the same, against the ratios accepted before'
	@echo '  check        compilers, analysers, documents, layering'
	@echo '  load unload  the module, on this machine'
	@echo '  install      module, library, headers, manual pages, rules'
	@echo '  dkms-install the sources for DKMS'
	@echo '  clean'
	@echo 'Variables:'
	@echo '  KDIR=        kernel build tree (now $(KDIR))'
	@echo '  KSRC=        kernel source, for checkpatch and kselftest'
	@echo '  O=           where to build'
	@echo '  TESTS=       test programs to run, of those in selftests/'
	@echo '  CHECKS=      checks to run, of those in selftests/check/'
	@echo '  JOBS=        how many of them at a time (2)'
	@echo '  V=1 W=1 LLVM=1 ARCH= CROSS_COMPILE=    as in the kernel'
	@echo '  DESTDIR= PREFIX= INSTALL_MOD_PATH=     where to install'
	@echo '  WINSOCK_CACHE=  downloads and kernels, kept between runs'

.PHONY: all module lib have-kdir check test test-debug demo bench load
.PHONY: test-programs bench-check unload install dkms-install clean help
