# SPDX-License-Identifier: GPL-2.0-only
# Verbs.  What the module is made of stands in Kbuild, the library's parts in
# userlib/Makefile, the tests' in selftests/Makefile.

VERSION = 0.1.0

# The newest installed headers, if the running kernel has none.
KDIR ?= $(firstword $(wildcard /lib/modules/$(shell uname -r)/build) \
	$(lastword $(sort $(wildcard /lib/modules/*/build))))
# What test-matrix runs on: suites of Debian's, or SUITE-arm64 for its kernel of
# that machine; arm64 alone is trixie's.
KERNELS ?= bookworm trixie sid arm64
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
export V TESTS KERNELS RENEW CHECKS JOBS KSRC WINSOCK_CACHE MINUTES SEED REPLAY

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

test-kcsan:
	@$(qemu)/setup kcsan
	@$(qemu)/test --kernel kcsan

test-kmsan:
	@$(qemu)/setup kmsan
	@$(qemu)/test --kernel kmsan

test-matrix:
	@$(qemu)/setup matrix
	@$(qemu)/matrix

fuzz:
	@$(qemu)/setup debug
	@$(qemu)/fuzz $(if $(UNCOVERED),--uncovered)

verify:
	@$(qemu)/verify

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
	@echo '  test-kcsan   those with several threads on one that sees data races'
	@echo '  test-kmsan   some on one that sees what was never written'
	@echo '  test-matrix  the self-tests on the kernels of other Debian suites'
	@echo '  fuzz         random calls on the debug kernel, by what they reach'
	@echo '  verify       all that is tested, on one page'
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
	@echo '  KERNELS=     of test-matrix: SUITE, SUITE-arm64 ($(KERNELS))'
	@echo '  RENEW=1      take these suites as they are today'
	@echo '  MINUTES= SEED= REPLAY= UNCOVERED=1     of fuzz: selftests/qemu/fuzz'
	@echo '  CHECKS=      checks to run, of those in selftests/check/'
	@echo '  JOBS=        how many of them at a time (2), or parts of verify (1)'
	@echo '  V=1 W=1 LLVM=1 ARCH= CROSS_COMPILE=    as in the kernel'
	@echo '  DESTDIR= PREFIX= INSTALL_MOD_PATH=     where to install'
	@echo '  WINSOCK_CACHE=  downloads and kernels, kept between runs'

.PHONY: all module lib have-kdir check test test-debug test-kcsan test-kmsan
.PHONY: test-matrix fuzz verify demo test-programs bench bench-check load unload install
.PHONY: dkms-install clean help
