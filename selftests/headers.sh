#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The public headers and the way programs link, tried with every compiler: gcc
# and clang, C and C++, 64 and 32 bits, other headers before and after, with a
# build of the library and with an installed one.  Needs no driver.

set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lib=$here/../userlib
inc=$lib/include
src=$here/headers

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
count=0 failed=0

# check NAME COMMAND...: one line of KTAP; the command's output if it fails.
check()
{
	local name=${1// /} status
	shift
	count=$((count + 1))
	# Not as a condition, in which the shell would go on after a failure.
	set +e
	(set -e; "$@") >"$tmp/log" 2>&1
	status=$?
	set -e
	if [ $status = 0 ]; then
		echo "ok $count headers.$name"
	else
		failed=$((failed + 1))
		echo "not ok $count headers.$name"
		sed 's/^/# /' "$tmp/log" | head -n 20
	fi
}

echo "TAP version 13"
for tool in gcc g++ clang clang++ make pkg-config; do
	command -v "$tool" >/dev/null || {
		echo "1..1"
		echo "not ok 1 headers.tools"
		echo "# $tool is missing; Debian packages: gcc-multilib" \
			"g++-multilib clang make pkgconf"
		exit 1
	}
done
[ -d "$lib" ] || {
	echo "1..0 # SKIP no userlib/ beside this folder"
	exit 4
}

c_flags=(-Wall -Wextra -pedantic -Werror -I"$inc")
c_compilers=("gcc -std=c89" "gcc -std=c99" "gcc -std=c11" gcc "gcc -std=gnu2x"
	     "clang -std=c89" "clang -std=c99" clang)
cxx_compilers=("g++ -std=c++11" g++ "clang++ -std=c++11" clang++)
c_headers=(stdio.h stdlib.h string.h unistd.h pthread.h time.h sys/time.h math.h
	   arpa/nameser.h)
cxx_headers=(string vector iostream thread chrono functional algorithm mutex
	     type_traits filesystem)
posix_headers=(sys/socket.h netinet/in.h arpa/inet.h netdb.h)

# compile COMPILER LANGUAGE ARGUMENT...
compile()
{
	local cc=$1 language=$2
	shift 2
	# shellcheck disable=SC2086	# a compiler and its standard
	$cc "${c_flags[@]}" -fsyntax-only -x "$language" "$@"
}

# Every header of a list, before and after ours.  C89 lacks the first line's
# kind of comment.
around()
{
	local cc=$1 bits=$2 language=$3 header
	shift 3
	sed '1s,^//.*,,' "$src/use.c" >"$tmp/use.c"
	for header; do
		compile "$cc" "$language" "$bits" "-DOTHER=<$header>" \
			"$tmp/use.c"
		compile "$cc" "$language" "$bits" "-DOTHER=<$header>" \
			-DFIRST "$tmp/use.c"
	done
}

run_types()
{
	"$1" "${c_flags[@]}" "$3" -x "$2" "$src/types.c" -o "$tmp/types"
	"$tmp/types"
}

each_alone()
{
	local cc=$1 bits=$2 language=$3 header
	for header in winsock2.h ws2def.h ws2ipdef.h ws2tcpip.h mswsock.h \
		afunix.h mstcpip.h nspapi.h qos.h sporder.h svcguid.h winsock.h \
		ws2atm.h ws2spi.h wspiapi.h windows.h winerror.h sal.h \
		winsock/base.h winsock/atm.h; do
		# Some hold macros alone, and a unit wants a declaration.
		printf '#include <%s>\nextern int unit;\n' "$header" |
			compile "$cc" "$language" "$bits" -DUNICODE -
	done
}

for bits in -m64 -m32; do
	for cc in "${c_compilers[@]}"; do
		check "order.$cc.$bits" around "$cc" $bits c "${c_headers[@]}"
		check "alone.$cc.$bits" each_alone "$cc" $bits c
	done
	for cc in "${cxx_compilers[@]}"; do
		check "order.$cc.$bits" around "$cc" $bits c++ \
			"${c_headers[@]}" "${cxx_headers[@]}"
		check "alone.$cc.$bits" each_alone "$cc" $bits c++
	done
	for cc in gcc g++ clang clang++; do
		language=c
		case $cc in *++) language=c++ ;; esac
		check "pointers.$cc.$bits" compile $cc $language $bits \
			"$src/pointers.c"
		check "pointers.unicode.$cc.$bits" compile $cc $language $bits \
			-DUNICODE "$src/pointers.c"
		check "types.$cc.$bits" run_types $cc $language $bits
		check "annotations.$cc.$bits" compile $cc $language $bits \
			"$src/annotations.c"
	done
	for cc in gcc clang; do
		check "layout.$cc.$bits" compile "$cc" c $bits "$src/layout.c"
		check "driver.$cc.$bits" compile "$cc" c $bits \
			-I"$here/../uapi" "$src/driver.c"
	done
done

# The compiler must refuse the text on standard input, and say why.
refuses()
{
	local cc=$1 language=$2 why=$3
	# shellcheck disable=SC2086
	if $cc -I"$inc" -x "$language" -c -o "$tmp/o" - 2>"$tmp/err"; then
		echo "compiled"
		return 1
	fi
	# The reason comes first, before what it entails.
	grep -m 1 'error: ' "$tmp/err" | grep -F "$why" ||
		{ cat "$tmp/err"; return 1; }
}

refuses_posix()
{
	local cc=$1 language=$2 header
	for header in "${posix_headers[@]}"; do
		refuses "$cc" "$language" "exclude each other" <<-TEXT
			#include <$header>
			#include <winsock2.h>
		TEXT
		refuses "$cc" "$language" "exclude each other" <<-TEXT
			#include <winsock2.h>
			#include <$header>
		TEXT
	done
}

refuses_poll()
{
	refuses "$1" "$2" "exclude each other" <<-TEXT
		#include <poll.h>
		#include <winsock2.h>
	TEXT
	refuses "$1" "$2" "redefinition of" <<-TEXT
		#include <winsock2.h>
		#include <poll.h>
	TEXT
}

# What would reach the C library's select().
refuses_select()
{
	local call='(select)(0, NULL, NULL, NULL, NULL)'
	[ "$2" = c ] || call='select(0, NULL, NULL, NULL, (TIMEVAL *)0)'
	refuses "$1" "$2" "without a set of sockets" <<-TEXT
		#include <stdlib.h>
		#include <winsock2.h>
		int f(void) { return $call; }
	TEXT
}

# In C++ nothing is a macro.
overloads_select()
{
	compile "$1" c++ - <<-TEXT
		#include <winsock2.h>
		#ifdef select
		#error "a macro has the name of a function"
		#endif
		struct other { int select(int n) { return n; } };
		int call(other &o, fd_set *r) {
			int (*p)(int, fd_set *, fd_set *, fd_set *,
				 const struct timeval *) = &select;
			return o.select(1) + p(0, r, NULL, NULL, NULL);
		}
	TEXT
}

for cc in gcc g++ clang clang++; do
	language=c
	case $cc in *++) language=c++ ;; esac
	check "refuses_sys_socket.$cc" refuses_posix $cc $language
	check "refuses_poll.$cc" refuses_poll $cc $language
	check "refuses_select.$cc" refuses_select $cc $language
	[ $language = c ] || check "overloads_select.$cc" overloads_select $cc
done

# As on Windows, where programs leave <windows.h> out.
check "winsock2_brings_windows" compile gcc c - <<-TEXT
	#include <winsock2.h>
	int main(void) { Sleep(1); return GetTickCount() == 0; }
TEXT

# <windows.h> alone gets along with them.
check "windows_beside_sys_socket" compile gcc c - <<-TEXT
	#include <windows.h>
	#include <sys/socket.h>
	#include <netdb.h>
TEXT

# The declared functions: "name symbol" lines.
declared()
{
	cat "$inc"/*.h "$inc"/winsock/*.h | grep -v '^#' | tr '\n\t' '  ' |
		tr ';' '\n' |
		sed -n 's/.*[ *]\([A-Za-z0-9_]*\)(.*WS_SYMBOL("\([a-z0-9_]*\)").*/\1 \2/p'
}

symbols_are_named_by_rule()
{
	declared | while read -r name symbol; do
		name=${name#ws_}	# the name behind a macro or overload
		name=${name#winsock_}	# not of Windows: named for its symbol
		[ "winsock_${name,,}" = "$symbol" ] || { echo "$name"; exit 1; }
	done
}

declared_is_exported()
{
	cat "$inc"/*.h "$inc"/winsock/*.h |
		grep -o 'WS_SYMBOL("winsock_[a-z0-9_]*")' | cut -d'"' -f2 |
		sort >"$tmp/declared"
	sed -n 's/^\t\(winsock_[a-z0-9_]*\);$/\1/p' "$lib/libwinsock.map" |
		sort | diff "$tmp/declared" -
}

signatures_agree()
{
	{
		echo '#include "signatures.hpp"'
		declared | sed 's/\(.*\) \(.*\)/SAME(\1, \2);/'
	} >"$tmp/signatures.cpp"
	[ "$(grep -c SAME "$tmp/signatures.cpp")" -gt 40 ]
	g++ "$1" -I"$inc" -I"$src" -I"$lib/src" -I"$here/../uapi" \
		-fsyntax-only "$tmp/signatures.cpp"
}

check "symbols_are_named_by_rule" symbols_are_named_by_rule
check "declared_is_exported" declared_is_exported
check "signatures_agree.-m64" signatures_agree -m64
check "signatures_agree.-m32" signatures_agree -m32

build()
{
	make -s -C "$lib" O="$tmp/$1" VERSION=0.0.0 CC="$2" ${3:+"$3"} \
		CFLAGS="-O2 -Werror" all check
}

check "library.gcc.-m64" build 64 gcc
check "library.gcc.-m32" build gcc32 gcc ARCH32=1
check "library.clang.-m32" build 32 clang ARCH32=1

two_files()
{
	local out=$1 bits=$2
	shift 2
	gcc "$bits" -Wall -Werror -I"$inc" -c "$src/windows_part.c" \
		-o "$tmp/windows_part.o"
	gcc "$bits" -Wall -Werror -c "$src/posix_part.c" -o "$tmp/posix_part.o"
	gcc "$bits" "$tmp/windows_part.o" "$tmp/posix_part.o" -L"$tmp/$out" \
		-o "$tmp/two" "$@"
	LD_LIBRARY_PATH=$tmp/$out "$tmp/two"
}

for bits in 64 32; do
	check "two_files.shared.$bits" two_files $bits -m$bits -lwinsock
	check "two_files.static.$bits" two_files $bits -m$bits \
		-Wl,-Bstatic -lws2_32 -Wl,-Bdynamic
done

# wide FORM EXPECTED COMPILER LINKER-ARGUMENT...
wide()
{
	local form=$1 expected=$2 cc=$3 status=0
	shift 3
	$cc -DFORM="$form" -I"$inc" "$src/wide.c" -o "$tmp/wide" "$@"
	LC_ALL=C.UTF-8 LD_LIBRARY_PATH=$tmp/64 "$tmp/wide" $'\u20acx' \
		>"$tmp/out" || status=$?
	cat "$tmp/out"
	[ "$status" = 7 ] && [ "$(cat "$tmp/out")" = "$expected" ]
}

for cc in gcc g++ clang; do
	language=(-x c)
	[ $cc != g++ ] || language=(-x c++)
	link=("${language[@]}" -Wno-deprecated -L"$tmp/64" -lwinsock)
	check "wmain.void.$cc" wide 0 void "$cc" "${link[@]}"
	check "wmain.argv.$cc" wide 1 "2 2 20ac" "$cc" "${link[@]}"
	check "wmain.envp.$cc" wide 2 "2 2 1" "$cc" "${link[@]}"
	check "wmain.not_with_main.$cc" wide 3 main "$cc" "${link[@]}"
done
check "wmain.static" wide 1 "2 2 20ac" gcc -L"$tmp/64" \
	-Wl,-Bstatic -lws2_32 -Wl,-Bdynamic

# Over one whose spellings were links, which shall not be written through.
install_copy()
{
	mkdir -p "$tmp/usr/include/libwinsock"
	ln -s winsock2.h "$tmp/usr/include/libwinsock/WinSock2.h"
	make -s -C "$lib" O="$tmp/64" VERSION=0.0.0 PREFIX="$tmp/usr" install
}

flags()
{
	PKG_CONFIG_PATH=$tmp/usr/lib/pkgconfig pkg-config "$@" libwinsock
}

# A program against the installed copy, with headers as Windows spells them.
use_copy()
{
	local cflags libs
	cflags=$(flags --cflags)
	libs=$(flags --libs)
	[ "$(flags --modversion)" = 0.0.0 ]
	# shellcheck disable=SC2086
	gcc $cflags -Wall -Werror -x c - -o "$tmp/copy" $libs <<-TEXT
		#include <WinSock2.h>
		#include <WS2tcpip.h>
		#include <Windows.h>
		#pragma comment(lib, "ws2_32.lib")
		int wmain(void) { return ntohs(0x0100) - 1; }
	TEXT
	LD_LIBRARY_PATH=$tmp/usr/lib "$tmp/copy"
	readelf -d "$tmp/copy" | grep -F 'NEEDED' | grep -F libwinsock.so.0
}

# Each spelling, with the compiler that warns of those that are links.
use_spellings()
{
	local cflags file count=0
	cflags=$(flags --cflags)
	for file in "$tmp"/usr/include/libwinsock/*[A-Z]*.[hH]; do
		# shellcheck disable=SC2086
		printf '#include <%s>\nextern int unit;\n' "${file##*/}" |
			clang $cflags -Wall -Werror -fsyntax-only -x c -
		count=$((count + 1))
	done
	[ $count -gt 20 ]
}

uninstalled_names()
{
	# Whoever asks for <windows.h> without our flags must not find it.
	[ ! -e "$tmp/usr/include/windows.h" ] &&
		[ -e "$tmp/usr/include/libwinsock/windows.h" ]
}

check "install" install_copy
check "install.program" use_copy
check "install.spellings" use_spellings
check "install.hides_windows_h" uninstalled_names

# The reference page's own example, unchanged.
example=$here/../../shared/seed/accept_example.cpp
compile_example()
{
	local status=0
	"$1" -Werror "$example" -I"$inc" -L"$tmp/64" "$2" -o "$tmp/example"
	# Without the driver it says so in its own words, and ends with 1.
	[ ! -e /dev/winsock ] || return 0
	LD_LIBRARY_PATH=$tmp/64 "$tmp/example" >"$tmp/out" || status=$?
	[ "$status" = 1 ] &&
		grep -x "WSAStartup failed with error: 10091" "$tmp/out"
}

for cc in g++ clang++; do
	for library in -lwinsock -lws2_32; do
		if [ -e "$example" ]; then
			check "example.$cc.$library" compile_example $cc \
				$library
		else
			count=$((count + 1))
			echo "ok $count headers.example.$cc.$library" \
				"# SKIP the reference page's example is absent"
		fi
	done
done

echo "1..$count"
echo "# Totals: pass:$((count - failed)) fail:$failed"
[ $failed = 0 ]
