# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # $work is run's
#
# Checks of what user space sees: the ABI header, the library, the tests, and
# the builds and installs that the Makefile promises.

# What compiles for 64 and for 32 bits, C and C++.
need_compilers()
{
	need gcc gcc
	need g++ g++
	need clang clang
	need "$(dirname "$(gcc -print-libgcc-file-name)")/32" gcc-multilib
}

# uapi_compiles SOURCE: in each of the ways that programs may be built.
uapi_compiles()
{
	local ways=(
		"gcc -xc -std=c90" "gcc -xc -std=c90 -m32"
		"gcc -xc -std=gnu11" "g++ -xc++ -std=c++98"
		"g++ -xc++ -std=c++20 -m32"
		"clang -xc -std=c90" "clang -xc -std=c90 -m32"
		"clang -xc++ -std=c++17"
	) way

	for way in "${ways[@]}"; do
		echo "# $way"
		$way -Wall -Wextra -Werror -Iuapi -fsyntax-only "$1"
	done
}

# Prints C in which the sizes of the header's structs and the offsets of their
# fields are data, for two compilations to be compared.
layout()
{
	echo '#include <linux/winsock.h>'
	echo '#include <stddef.h>'
	echo 'const unsigned short layout[] = {'
	awk '/^struct [a-z0-9_]+ {/ {
			s = $2
			print "sizeof(struct " s "),"
		}
		/^}/ { s = "" }
		s != "" && /^\t[a-z_].*;$/ {
			sub(/(\[.*)?;$/, "", $NF)
			print "offsetof(struct " s ", " $NF "),"
		}' uapi/linux/winsock.h \
			uapi/linux/winsock_{accept,data,event,notify}.h
	echo '};'
}

# That syzkaller's description, which the fuzzer is made from, is the headers'.
gate_description()
{
	awk -f selftests/fuzz/tables.awk uapi/linux/winsock*.h \
		selftests/fuzz/winsock.txt >"$work/tables.h" || return
	gcc -Wall -Werror -D_GNU_SOURCE -Iuapi "-I$work" -fsyntax-only \
		selftests/fuzz/world.c
	[ "$(grep -c 'COMMAND(' "$work/tables.h")" = \
		"$(grep -cE '^#define WINSOCK_IOC_\w+\s+WINSOCK_IOC\(' \
			uapi/linux/winsock.h)" ]
}

# The header alone, twice, and beside winsock2.h, whose codes it repeats; and
# whether the width of a pointer changes a struct.
gate_uapi()
{
	local file bits

	need_compilers
	printf '#include <linux/winsock.h>\n%.0s' 1 2 >"$work/alone.c"
	uapi_compiles "$work/alone.c"
	{
		echo '#include <winsock2.h>'
		echo '#include <linux/winsock.h>'
	} >"$work/after.c"
	{
		echo '#include <linux/winsock.h>'
		echo '#include <winsock2.h>'
	} >"$work/before.c"
	for file in after before; do
		gcc -Wall -Werror -Iuserlib/include -Iuapi -fsyntax-only \
			"$work/$file.c"
	done

	layout >"$work/layout.c"
	[ "$(grep -c offsetof "$work/layout.c")" -gt 50 ]
	for bits in 32 64; do
		gcc -m$bits -Wall -Werror -Iuapi -c -o "$work/layout.o" \
			"$work/layout.c"
		objcopy -O binary -j .rodata "$work/layout.o" "$work/layout.$bits"
	done
	cmp "$work/layout.32" "$work/layout.64"
}

# userlib COMPILER [VARIABLE=VALUE...]: builds it and compares symbols and map.
userlib()
{
	local cc=$1

	shift
	rm -rf "${work:?}/lib"
	make -s -C userlib O="$work/lib" CC="$cc" \
		CFLAGS='-O2 -g -Wall -Wextra -Werror' "$@" all check \
		>"$work/said" 2>&1 || { cat "$work/said"; return 1; }
	! grep -i warning "$work/said"
}

gate_lib()
{
	local cc

	need_compilers
	for cc in clang gcc; do
		echo "# $cc"
		userlib $cc
		echo "# $cc -m32"
		userlib $cc ARCH32=1
	done
	# nothing in the archive that could stand for a C library's function
	userlib gcc
	! nm -g --defined-only "$work/lib/libwinsock.a" |
		awk '$2 ~ /[A-Z]/ && $3 !~ /^winsock_/' | grep -vw main
}

# What programs may expect of the headers: a script, since it wants compilers
# instead of a device.
gate_headers()
{
	need_compilers
	selftests/headers.sh
}

# Names of ws2_32.dll and mswsock.dll that no header of Windows declares, so that
# no source can mean them: its own libraries' doors to each other; newer forms of
# calls for installers; BSD's calls, for which a program that declares them
# itself has the C library's.  FormatMessageW and so on are other libraries'.
undeclared='WEP|Wah.*|WSApSetPostRoutine|Tcpip[46]_WSH.*|NPLoadNameSpaces'
undeclared+='|MigrateWinsockConfiguration(Ex)?|St(art|op)WsdpService'
undeclared+='|GetSocketErrorMessageW|WPUGetProviderPathEx'
undeclared+='|WSC(Deinstall|Install|Update)ProviderEx|WSCEnumProtocolsEx'
undeclared+='|WSC(Get|Set)ApplicationCategoryEx|WSCWriteProviderOrderEx'
undeclared+='|WSC(UnI|I)nstallNameSpaceEx2'
undeclared+='|dn_expand|getnetbyname|inet_network|rcmd|rexec|rresvport|s_perror'
undeclared+='|sethostname'
undeclared+='|FormatMessageW|FreeLibrary|GetProcAddress|GetSystemDirectoryA'
undeclared+='|LoadLibraryA'

# windows_exports: the functions of the two libraries, one a line.
windows_exports()
{
	local library dir

	dir=$(x86_64-w64-mingw32-gcc -print-file-name=libws2_32.a)
	for library in ws2_32 mswsock; do
		x86_64-w64-mingw32-nm "${dir%/*}/lib$library.a" 2>/dev/null
	done | sed -n 's/.* __imp_//p' | grep -vxE "$undeclared" | sort -u
}

# Our headers' functions and those behind a macro.
declared_functions()
{
	cat userlib/include/*.h userlib/include/winsock/*.h | grep -v '^#' |
		tr '\n\t' '  ' | tr ';' '\n' |
		sed -nE 's/.*[ *](ws_)?(\w+)\(.*WS_SYMBOL\(.*/\2/p' | sort -u
}

# shapes COMPILER ARGUMENT...: of the functions in $work/common.
shapes()
{
	{
		echo '#include "shapes.hpp"'
		sed 's/.*/SHAPE(&)/' "$work/common"
	} >"$work/shapes.cpp"
	"$@" -Iselftests/headers -c -o "$work/shapes.o" "$work/shapes.cpp"
	nm -C "$work/shapes.o" | sed -n 's/.* T //p' | sort
}

# Whatever Windows' import libraries have is declared here (and what is declared
# is exported, see gate_headers), with Windows' parameters.  The API's tests
# build with Windows' headers and libraries, 64 and 32 bits.
gate_mingw()
{
	local target test bridge
	local flags=(-D_WIN32_WINNT=0x0a00 -DNTDDI_VERSION=0x0a00000c -Wall
		     -Werror)

	need x86_64-w64-mingw32-g++ g++-mingw-w64-x86-64
	need i686-w64-mingw32-gcc gcc-mingw-w64-i686
	windows_exports >"$work/exports"
	[ "$(wc -l <"$work/exports")" -gt 150 ]
	declared_functions >"$work/functions"
	echo "# exports that no header here declares:"
	comm -23 "$work/exports" "$work/functions" >"$work/missing"
	[ ! -s "$work/missing" ] || { cat "$work/missing"; return 1; }

	# In these a "long" has the width that it has here; gethostname()
	# shares its declaration with <unistd.h>; select() is a macro; mingw
	# lacks the others.
	grep -vxE -e 'WSA(Async|Event)Select|ioctlsocket|gethostname|select' \
		-e 'GetAddrInfoEx(Cancel|OverlappedResult)' \
		-e 'ProcessSocketNotifications|WSCInstallProviderAndChains' \
		"$work/exports" >"$work/common"
	shapes g++ -Iuserlib/include >"$work/ours"
	shapes x86_64-w64-mingw32-g++ -D_WIN32_WINNT=0x0a00 >"$work/theirs"
	echo "# parameters that differ:"
	diff "$work/ours" "$work/theirs"

	# their select() does not know a constant time
	flags+=(-Wno-unknown-pragmas -Wno-discarded-qualifiers)
	for target in x86_64 i686; do
		for test in selftests/api_*.c; do
			echo "# $target $test"
			bridge=(-include selftests/headers/mingw.h)
			# it wants to come before the first header
			! grep -q 'define FD_SETSIZE' "$test" || bridge=()
			$target-w64-mingw32-gcc "${flags[@]}" \
				-Wno-unused-function \
				"${bridge[@]}" \
				-o "$work/test.exe" "$test" -lws2_32 -lmswsock
		done
	done
}

# selftests VARIABLE=VALUE...
selftests()
{
	rm -rf "$work/tests"
	mkdir "$work/tests"
	silent make -s -j2 -C selftests OUTPUT="$work/tests" "$@" all
}

gate_selftests()
{
	need_compilers
	echo "# gcc"
	selftests USERCFLAGS=-Werror
	echo "# gcc -m32"
	selftests USERCFLAGS='-Werror -m32'
	echo "# clang"
	selftests USERCFLAGS=-Werror LLVM=1
}

# The folder as tools/testing/selftests/drivers/winsock of a kernel tree, built
# and installed there by the kernel's make; then the installed runner runs one
# program in the virtual machine.
gate_kernel-tree()
{
	local tree=$work/linux tests=tools/testing/selftests

	mkdir -p "$tree"
	(cd "$KSRC" && cp -a --parents Makefile Kbuild Kconfig scripts include \
		arch/x86 tools/scripts tools/build tools/include usr \
		$tests/Makefile $tests/lib.mk $tests/kselftest{,.h} \
		$tests/kselftest_{harness.h,deps.sh,install.sh} \
		$tests/{run_kselftest,gen_kselftest_tar}.sh "$tree")
	mkdir "$tree/$tests/drivers"
	cp -a selftests "$tree/$tests/drivers/winsock"
	cp uapi/linux/*.h "$tree/include/uapi/linux/"
	(cd "$tree" && make -s headers)
	silent make -s -C "$tree/$tests" TARGETS=drivers/winsock \
		USERCFLAGS=-Werror all
	make -s -C "$tree/$tests" TARGETS=drivers/winsock \
		INSTALL_PATH="$work/installed" install >"$work/said" 2>&1 ||
		{ cat "$work/said"; return 1; }
	make -s module O="$work/vm"
	(cd "$work/installed" && "$TOP/selftests/qemu/run" --timeout 120 -- \
		sh -c "insmod '$work/vm/winsock.ko' &&
			./run_kselftest.sh -t drivers/winsock:abi") |
		tee "$work/ktap"
	grep -q '^ok 1 .*abi$' "$work/ktap"
}

# left WHAT: what a build has added to or changed in the current folder.
left()
{
	git status --porcelain "$@" >"$work/left"
	[ ! -s "$work/left" ] || { cat "$work/left"; return 1; }
}

gate_out-of-tree()
{
	cd "$(fresh out-of-tree)" || return
	make O="$work/out" all
	[ -e "$work/out/winsock.ko" ]
	[ -e "$work/out/userlib/libwinsock.so" ]
	left --ignored
}

gate_in-tree()
{
	cd "$(fresh in-tree)" || return
	make all
	[ -e winsock.ko ]
	left
	make clean
	left --ignored
}

# Installed as a package would, then used from there; and the module once more
# from the sources that DKMS is given.
gate_install()
{
	local dest=$work/dest program

	need pkg-config pkgconf
	make O="$work/out" DESTDIR="$dest" PREFIX=/usr install dkms-install
	find "$dest" -name winsock.ko | grep .
	export PKG_CONFIG_PATH=$dest/usr/lib/pkgconfig
	export PKG_CONFIG_SYSROOT_DIR=$dest
	for program in userlib/examples/*.c; do
		echo "# $program"
		# shellcheck disable=SC2046 # flags are words
		gcc -Wall -Werror -o "$work/program" "$program" \
			$(pkg-config --cflags --libs libwinsock)
		"$work/program" --help >/dev/null || :
	done
	make -C "$dest/usr/src/"winsock-* module KDIR="$KDIR"
	modinfo -F version "$dest/usr/src/"winsock-*/winsock.ko
}
