# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # $work is run's
#
# Checks of the module: two compilers, two analysers.  Smatch is not among them
# since Debian does not package it.

# kbuild FOLDER VARIABLE=VALUE...: builds the module there and wants no word.
kbuild()
{
	local folder=$1

	shift
	make -s -C "$KDIR" M="$folder" "$@" modules >"$folder/said" 2>&1 ||
		{ cat "$folder/said"; return 1; }
	# Debian's headers come without the vmlinux that BTF is made from.
	! grep -v -e '^Skipping BTF generation' "$folder/said"
}

gate_gcc()
{
	need gcc gcc
	kbuild "$(fresh gcc)" W=1 KCFLAGS=-Werror
}

# Debian's headers insist on gcc, whatever LLVM= says.
gate_clang()
{
	local tree folder

	need clang clang
	need ld.lld lld
	need llvm-ar llvm
	tree=$(clang_entry)
	[ -d "$tree" ] ||
		{ echo "no $tree: run selftests/qemu/setup check"; return 1; }
	folder=$(fresh clang)
	# no modpost: a tree without a kernel does not know its symbols
	silent make -s -C "$tree" M="$folder" W=1 LLVM=1 KCFLAGS=-Werror \
		WINSOCK_SELFTEST=y winsock.o
}

gate_sparse()
{
	need sparse sparse
	kbuild "$(fresh sparse)" C=2 CHECK=sparse CF=-D__CHECK_ENDIAN__
}

# The kernel's own semantic patches in report mode.  Two are left out: they are
# for other drivers' code and need an OCaml compiler.
gate_coccinelle()
{
	local patch options

	need spatch coccinelle
	grep -rl --include='*.cocci' 'virtual report' \
		"$KSRC/scripts/coccinelle" | xargs grep -L 'script:ocaml' |
		sort >"$work/patches"
	[ -s "$work/patches" ] || { echo "no semantic patches"; return 1; }
	while read -r patch; do
		read -r -a options < <(sed -n 's|^// Options: *||p' "$patch" |
			tr '\n' ' ') || :
		spatch -D report --very-quiet --cocci-file "$patch" \
			"${options[@]}" --dir module >>"$work/reports" \
			2>"$work/said" || { cat "$work/said"; return 1; }
	done <"$work/patches"
	[ ! -s "$work/reports" ] || { cat "$work/reports"; return 1; }
}
