# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The cache folder, for the scripts beside this one.  An entry is a folder that
# appears complete, by a rename, or not at all.  A link (distro, source,
# busybox) names the entry in use; the debug kernel's is found by its key.

CACHE=${WINSOCK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/winsock}
QEMU_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

die()
{
	echo "${0##*/}: $*" >&2
	exit 1
}

# One aligned line a step, as the Makefile prints them.
step()
{
	printf '  %-7s %s\n' "$1" "$2"
}

# What the debug kernel is made of: its configuration, the source's version and
# the compiler, which has to be the one that builds modules for it.
debug_entry()
{
	local key

	key=$({ cat "$QEMU_DIR/debug.config"
		basename "$(readlink "$CACHE/source")"
		gcc -dumpfullversion; } | sha256sum)
	echo "$CACHE/debug-${key:0:12}"
}

# A kernel tree that builds modules with clang, as Debian's headers do not.
clang_entry()
{
	local key

	key=$({ cat "$QEMU_DIR/debug.config"
		basename "$(readlink "$CACHE/source")"
		clang -dumpversion; } | sha256sum)
	echo "$CACHE/clang-${key:0:12}"
}

# kernel_entry distro|debug|FOLDER: a folder with vmlinuz, release, build and,
# where drivers are modules, lib/modules.
kernel_entry()
{
	case $1 in
	distro)	echo "$CACHE/distro" ;;
	debug)	debug_entry ;;
	*)	echo "$1" ;;
	esac
}

# The sources of a program that selftests/programs builds.
program_entry()
{
	echo "$CACHE/program-$1-${2:0:12}"
}
