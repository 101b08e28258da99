# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Builds for the virtual machine, for the scripts beside this one: always out of
# the way, in .build/, whatever the tree itself was built for.

TOP=$(cd "$QEMU_DIR/../.." && pwd)
BUILD=$TOP/.build
KSRC=$(realpath -m "${KSRC:-$CACHE/source}")

# made KERNEL ARGUMENT...: make, with the compilers of the kernel's suite, if it
# is one's; one at a time, whoever builds.
made()
{
	mkdir -p "$BUILD"
	(flock 9 && make_for "$@") 9>"$BUILD/lock"
}

make_for()
{
	local entry tree cross=() make

	entry=$(kernel_entry "$1")
	shift
	make=(make --no-print-directory)
	if [ ! -d "$entry/root" ]; then
		"${make[@]}" "$@"
		return
	fi
	tree=$entry/root
	if [ -d "$entry/cross" ]; then
		tree=$entry/cross
		cross=(ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu-)
	fi
	as_root "$QEMU_DIR/inside" "$tree" "$(id -u):$(id -g)" "$TOP" "$KSRC" \
		-- "${make[@]}" "${cross[@]}" "$@"
}

# build_module KERNEL [VARIABLE=VALUE...]: prints where winsock.ko is.
build_module()
{
	local kernel=$1 entry out

	entry=$(kernel_entry "$kernel")
	[ -e "$entry/vmlinuz" ] ||
		die "no kernel in $entry: selftests/qemu/setup brings it"
	out=$BUILD/$kernel
	shift
	mkdir -p "$out"
	# shellcheck disable=SC2046 # nothing, or a word
	made "$kernel" -C "$TOP" module KDIR="$(realpath -m "$entry/build")" \
		O="$out" $(kernel_compiler "$kernel") "$@" >&2 || return
	echo "$out/winsock.ko"
}

# What programs for a kernel are built in: the suites' compilers differ.
user_build()
{
	[ ! -d "$(kernel_entry "$1")/root" ] || echo "-$1"
}

# build_lib KERNEL: prints the folder that libwinsock is in.
build_lib()
{
	local out

	out=$BUILD/lib$(user_build "$1")
	made "$1" -C "$TOP" lib O="$out" >&2 || return
	echo "$out/userlib"
}

# test_names KERNEL: prints the test programs that there are, one a line.
test_names()
{
	made "$1" -s -C "$TOP/selftests" KSRC="$KSRC" \
		OUTPUT="$BUILD/selftests$(user_build "$1")" emit_tests |
		sed 's/.*://'
}

# build_tests KERNEL NAME...: prints the folder that the named programs are in.
build_tests()
{
	local kernel=$1 name out tmp programs=()

	out=$BUILD/selftests$(user_build "$kernel")
	shift
	for name; do
		[[ $name == *.sh ]] || programs+=("$out/$name")
	done
	mkdir -p "$out"
	made "$kernel" -s -j2 -C "$TOP/selftests" OUTPUT="$out" KSRC="$KSRC" \
		"${programs[@]}" >&2 || return
	# by a rename, since another machine may be about to read them
	tmp=$(mktemp -d "$out/.copy.XXXXXX")
	find "$TOP/selftests" -maxdepth 1 \( -name '*.sh' -o -name settings \) \
		-exec cp -t "$tmp" {} +
	find "$tmp" -type f -exec mv -t "$out" {} +
	rmdir "$tmp"
	echo "$out"
}
