# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # $work is run's
#
# Checks that read sources and documents as text.

# Sources written for <winsock2.h>, by what they include, and what stands for
# more of Windows.
windows_tests()
{
	{
		files 'selftests/*.[ch]' | xargs grep -lE \
			'^# *include [<"](winsock2|ws2tcpip|windows|api_[a-z]+)\.h'
		files 'selftests/programs/*.[ch]'
	} | sort -u
}

gate_tree()
{
	selftests/check/tree
}

# checkpatch WAIVED FILE...
checkpatch()
{
	local waived=$1

	shift
	[ $# -gt 0 ] || return 0
	perl "$KSRC/scripts/checkpatch.pl" --no-tree --root="$KSRC" --strict \
		--terse --show-types --quiet --ignore "$waived" \
		--typedefsfile "$work/typedefs" -f "$@" |
		{ ! grep -v '^total: 0 errors, 0 warnings, 0 checks'; }
}

gate_checkpatch()
{
	local files waived bad=0

	need perl perl
	# it leaves files behind
	cd "$(fresh checkpatch)" || return
	# how it knows a cast to a Windows type
	files 'userlib/include/*.h' | xargs cat | tr '\n' ' ' |
		grep -oE '(typedef [^;{]*|\} ?[A-Za-z0-9_, *]+);' |
		grep -oE '\b[A-Z_][A-Z0-9_]+\b' | sort -u >"$work/typedefs"
	# the kernel, as it is
	mapfile -t files < <(files 'module/*.[ch]' 'uapi/*.h' |
		grep -v -e /trace.h -e /compat.h -e /ioctl.c)
	checkpatch FILE_PATH_CHANGES "${files[@]}" || bad=1
	# comparing versions is what this file is for
	checkpatch LINUX_VERSION_CODE,CONSTANT_COMPARISON module/compat.h ||
		bad=1
	# the argument used twice is the name of a type
	checkpatch MACRO_ARG_REUSE module/ioctl.c || bad=1
	# how the kernel lays out TRACE_EVENT()
	checkpatch OPEN_ENDED_LINE,PARENTHESIS_ALIGNMENT module/trace.h ||
		bad=1

	# user space has no u64, BIT() or __printf()
	waived=PREFER_KERNEL_TYPES,BIT_MACRO,PREFER_DEFINED_ATTRIBUTE_MACRO
	mapfile -t files < <(files 'selftests/*.[ch]' 'userlib/src/*.[ch]' |
		grep -vxFf <(windows_tests))
	checkpatch $waived "${files[@]}" || bad=1

	# Windows' names and types; no ARRAY_SIZE() there either
	waived+=,CAMELCASE,NEW_TYPEDEFS,ARRAY_SIZE
	# macros that take a call
	mapfile -t files < <(files 'userlib/examples/*.[ch]'; windows_tests)
	checkpatch $waived,MACRO_ARG_PRECEDENCE,MACRO_WITH_FLOW_CONTROL \
		"${files[@]}" || bad=1

	# "DWORD WSAAPI f(void) WS_SYMBOL()", "(LONG_PTR)-1" and pointers to a
	# typedef are taken for casts and products
	waived+=,SPACING,FUNCTION_ARGUMENTS,LINE_SPACING,AVOID_EXTERNS
	# macros that open a scope or declare; min() and max() as Windows has
	# them
	waived+=,COMPLEX_MACRO,MACRO_ARG_REUSE
	# C89 programs include them
	waived+=,INLINE
	mapfile -t files < <(files 'userlib/include/*.h')
	checkpatch $waived "${files[@]}" || bad=1
	return $bad
}

gate_kernel-doc()
{
	local files

	need perl perl
	mapfile -t files < <(files 'module/*.[ch]' 'uapi/*.h')
	silent "$KSRC/scripts/kernel-doc" -none -Werror "${files[@]}"
}

# The functions that <winsock2.h> and those beside it declare.
functions()
{
	files 'userlib/include/*.h' | grep -v /windows.h | xargs cat |
		sed -nE 's/.*\bWSAAPI \*?(\w+)\(.*/\1/p' | sort -u
}

# Each name of the ABI that a document or a comment uses stands in its headers,
# each command is in the table and in winsock(4), and each Winsock function of
# the headers has its page (those of windows.h are there for convenience).
gate_names()
{
	local name bad=0 header=uapi/linux/winsock.h

	files '*.md' 'userlib/man/*' 'module/*.[ch]' 'selftests/*.[ch]' \
		'userlib/src/*' | xargs grep -ohE \
		'WINSOCK_(IOC|NR|FEATURE|ABI)_[A-Z0-9_]+|struct winsock_\w+' |
		sort -u >"$work/names"
	while read -r name; do
		grep -qw -- "$name" uapi/linux/*.h && continue
		# structs that the library and its host share
		grep -rqw -- "$name {" userlib/include && continue
		echo "$name: not in uapi/linux/"
		bad=1
	done <"$work/names"
	while read -r name; do
		[ "$(grep -cE "WS_CMD\($name," module/ioctl.c)" = 1 ] ||
			{ echo "$name: not once in module/ioctl.c"; bad=1; }
		grep -qE "^ \* struct .* - .*WINSOCK_IOC_$name\b" uapi/linux/*.h ||
			{ echo "$name: no struct is documented for it"; bad=1; }
		grep -qs "WINSOCK_IOC_$name\b" userlib/man/winsock.4 ||
			{ echo "$name: not in winsock(4)"; bad=1; }
	done < <(sed -n 's/^#define WINSOCK_IOC_\([A-Z_]*\)[ \t]*WINSOCK_IOC(.*/\1/p' \
		$header)
	while read -r name; do
		[ -e "userlib/man/$name.3ws" ] ||
			grep -qsiE "^\.so .*\b$name\.3ws" userlib/man/* ||
			grep -qsE "^\.Nm $name\b" userlib/man/*.3ws ||
			{ echo "$name: no manual page"; bad=1; }
	done < <(functions)
	[ "$(functions | wc -l)" -gt 30 ] ||
		{ echo "no functions in the headers"; bad=1; }
	return $bad
}

# Each fact about Windows has a test, or a line saying why not.
gate_coverage()
{
	selftests/check/coverage >"$work/coverage" || { cat "$work/coverage"; return 1; }
	mv "$work/coverage" "$work/note"
}

gate_man()
{
	local pages

	need mandoc mandoc
	mapfile -t pages < <(files 'userlib/man/*.[1-9]*')
	[ ${#pages[@]} -gt 0 ] || { echo "no manual pages"; return 1; }
	# the section is ours, so that "man send" stays the C library's
	mandoc -Tlint -Wwarning "${pages[@]}" >"$work/lint" || :
	! grep -v 'unknown manual section: Dt \.\.\. 3ws$' "$work/lint"
}

gate_codespell()
{
	need codespell codespell
	# two macros of mdoc, an argument of sendto, a file of LuaSocket's, a word
	# of syzkaller's
	files | grep -v -e COPYING -e LICENSES | xargs codespell -L fo,nd,tolen,auxiliar,inout
}

gate_shellcheck()
{
	local file first scripts=()

	need shellcheck shellcheck
	while read -r file; do
		read -r first <"$file" || :
		case $first in
		'#!'*sh*) scripts+=("$file") ;;
		*)	! grep -q '^# shellcheck shell=' "$file" ||
				scripts+=("$file") ;;
		esac
	done < <(files)
	shellcheck -x "${scripts[@]}"
}

# Whose the reports are, by the filter that decides what fails a run.
gate_reports()
{
	local report got bad=0

	awk -v to="$work/report" '
		/^(ours|other): / { file = to "." ++n "." $1; next }
		file { print >file }' selftests/check/reports
	for report in "$work"/report.*; do
		got=$(selftests/qemu/reports -v count=1 "$report")
		case $report$got in
		*.ours:"1 in the module, 0 elsewhere") ;;
		*.other:"0 in the module, 1 elsewhere") ;;
		*)	cat "$report"
			echo "$got"
			bad=1 ;;
		esac
	done
	return $bad
}
