# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The cache folder, for the scripts beside this one.  An entry is a folder that
# appears complete, by a rename, or not at all.  A link (distro, source,
# busybox) names the entry in use; a kernel's that is built here and a suite's
# are found by their keys.

CACHE=${WINSOCK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/winsock}
QEMU_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

die()
{
	echo "${0##*/}: $*" >&2
	exit 1
}

as_root()
{
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# One aligned line a step, as the Makefile prints them.
step()
{
	printf '  %-7s %s\n' "$1" "$2"
}

# kernel_config debug|kcsan|kmsan: prints what a kernel that is built here has on
# top of allnoconfig.
kernel_config()
{
	cat "$QEMU_DIR/kernel.config" "$QEMU_DIR/$1.config"
}

# kernel_compiler debug|kcsan|kmsan: prints what make is told of it.
kernel_compiler()
{
	[ "$1" != kmsan ] || echo LLVM=1
}

# kernel_key debug|kcsan|kmsan COMMAND...: what such a kernel is made of: its
# configuration, the source's version and the compiler, which COMMAND tells and
# which has to be the one that builds modules for it.
kernel_key()
{
	{ kernel_config "$1"
		basename "$(readlink "$CACHE/source")"
		"${@:2}"; } | sha256sum | cut -c 1-12
}

built_entry()
{
	local compiler=(gcc -dumpfullversion)

	[ -z "$(kernel_compiler "$1")" ] || compiler=(clang -dumpversion)
	echo "$CACHE/$1-$(kernel_key "$1" "${compiler[@]}")"
}

# A kernel tree that builds modules with clang, as Debian's headers do not.
clang_entry()
{
	echo "$CACHE/clang-$(kernel_key debug clang -dumpversion)"
}

# A suite of Debian's, made as selftests/qemu/tree makes it.  What the suite held
# on that day stays: RENEW=1 takes it as it is today.
tree_entry()
{
	local key

	key=$(sha256sum <"$QEMU_DIR/tree")
	echo "$CACHE/tree-$1-${key:0:12}"
}

# kernel_entry distro|debug|kcsan|kmsan|FOLDER|WORD: a folder with vmlinuz, release, build
# and, where drivers are modules, lib/modules.  That of a suite, whose word has
# no slash, also has root, the guest's files, and that of another machine's
# kernel cross, the files of this machine that build for it.
kernel_entry()
{
	case $1 in
	distro)	echo "$CACHE/distro" ;;
	debug|kcsan|kmsan) built_entry "$1" ;;
	*/*)	echo "$1" ;;
	*)	tree_entry "$1" ;;
	esac
}

# The sources of a program that selftests/programs builds.
program_entry()
{
	echo "$CACHE/program-$1-${2:0:12}"
}
