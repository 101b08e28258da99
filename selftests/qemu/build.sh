# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Builds for the virtual machine, for the scripts beside this one: always out of
# the way, in .build/, whatever the tree itself was built for.

TOP=$(cd "$QEMU_DIR/../.." && pwd)
BUILD=$TOP/.build
KSRC=${KSRC:-$CACHE/source}

# build_module KERNEL [VARIABLE=VALUE...]: prints where winsock.ko is.
build_module()
{
	local entry out

	entry=$(kernel_entry "$1")
	[ -e "$entry/vmlinuz" ] ||
		die "no kernel in $entry: selftests/qemu/setup brings it"
	out=$BUILD/$1
	shift
	mkdir -p "$out"
	make --no-print-directory -C "$TOP" module KDIR="$(realpath \
		"$entry/build")" O="$out" "$@" >&2 || return
	echo "$out/winsock.ko"
}

# build_lib: prints the folder that libwinsock is in.
build_lib()
{
	make --no-print-directory -C "$TOP" lib O="$BUILD/lib" >&2 ||
		return
	echo "$BUILD/lib/userlib"
}

# build_tests: prints the folder that the test programs are in.
build_tests()
{
	local out=$BUILD/selftests

	mkdir -p "$out"
	make -s -j2 -C "$TOP/selftests" OUTPUT="$out" KSRC="$KSRC" all >&2 ||
		return
	cp "$TOP/selftests/settings" "$out/"
	find "$TOP/selftests" -maxdepth 1 -name '*.sh' -exec cp {} "$out/" \;
	echo "$out"
}
