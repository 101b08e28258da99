# SPDX-License-Identifier: GPL-2.0-only
#
# From the ABI's headers and winsock.txt, in this order: C tables of the commands
# for fuzz.h.  Ends with status 1, and says why on standard error, where the
# description is not the headers': a command, a struct, a field's name, place or
# size, a flag or number that is in one of them alone.

function complain(text)
{
	print FILENAME ": " text >"/dev/stderr"
	bad = 1
}

# The bytes of a C type, and of a type of the description; 0 if not simple.
function c_width(type)
{
	if (type ~ /(__u8|char)$/)
		return 1
	if (type ~ /(16)$/)
		return 2
	return type ~ /32$/ ? 4 : type ~ /64$/ ? 8 : 0
}

function width(type)
{
	sub(/ \(out\)$/, "", type)
	if (type ~ /^(ptr64|winsock_(socket|event|thread|offer|token|x_handle)$)/)
		return 8
	if (type ~ /^(pid|fd_winsock|winsock_(group|x_file)|ipv4_addr)$/)
		return 4
	if (type == "sock_port")
		return 2
	if (type ~ /^array\[/ || type ~ /^string\[/ || type == "ipv6_addr")
		return -1	# the C compiler looks at these
	if (!match(type, /int(8|16|32|64)/))
		return 0
	return substr(type, RSTART + 3, RLENGTH - 3) / 8
}

# What does not cross the boundary as an argument.
function is_argument(name)
{
	return name !~ /^WINSOCK_(ABI_VERSION|FEATURE_.*|IOC_(TYPE|BASE)|NR_COUNT)$/ &&
	       name !~ /^WINSOCK_(MESSAGES|CANDIDATES)_MAX$/ && !(name in answer)
}

FILENAME !~ /winsock\.txt$/ {
	if (/^\/\* Those of Win32 that the commands/)
		answers = 1
	if (/^$/)
		answers = 0
	if (/^#define WINSOCK_[A-Z0-9_]+[ \t]/) {
		defined[$2] = 1
		if (answers)
			answer[$2] = 1
	}
	if (/^ \* struct winsock_[a-z0-9_]+ - /) {
		line = $0
		while (match(line, /WINSOCK_IOC_[A-Z_]+/)) {
			taken[substr(line, RSTART, RLENGTH)] = $3
			line = substr(line, RSTART + RLENGTH)
		}
	}
	if (/^struct winsock_[a-z0-9_]+ {/) {
		in_struct = $2
		h_count[$2] = 0
	} else if (/^};/) {
		in_struct = ""
	} else if (in_struct != "" && /;/) {
		sub(/;.*/, "")
		name = $NF
		dimension = name ~ /\[/
		sub(/\[.*/, "", name)
		$NF = ""
		sub(/ +$/, "")
		n = ++h_count[in_struct]
		h_name[in_struct, n] = name
		h_width[in_struct, n] = dimension ? -1 : c_width($0)
	}
	next
}

/^#/ || /^$/ { next }
{
	if ($1 ~ /^(resource|type)$/ || $2 ~ /^[={\[]$/) {
		name = $2 ~ /^[={\[]$/ ? $1 : $2
		sub(/\[.*/, "", name)
		known[name] = 1
	}
	line = $1 == "include" ? "" : $0
	sub(/^\t[a-zA-Z0-9_]+\t/, "", line)
	while (match(line, /[a-z_]*winsock[a-z0-9_]*/)) {
		meant[substr(line, RSTART, RLENGTH)] = FNR
		line = substr(line, RSTART + RLENGTH)
	}
	line = $0
	while (match(line, /WINSOCK_[A-Z0-9_]+/)) {
		used[substr(line, RSTART, RLENGTH)] = 1
		line = substr(line, RSTART + RLENGTH)
	}
}
/^ioctl\$/ {
	match($0, /WINSOCK_IOC_[A-Z_]+/)
	name = substr($0, RSTART, RLENGTH)
	type = $0
	sub(/.*arg ptr\[[a-z]+, /, "", type)
	sub(/\].*/, "", type)
	if ($0 !~ "cmd const\\[" name "\\]")
		complain(name ": another command is given")
	if (taken[name] != type)
		complain(name " takes " taken[name] ", not " type)
	order[++commands] = name
	arg[name] = type
	next
}
/^[a-z_0-9]+ = / {
	name = $1
	sub(/^[a-z_0-9]+ = /, "")
	list[name] = $0
	lists[++list_count] = name
	next
}
/^winsock_[a-z0-9_]+ [{\[]$/ {
	txt_struct = $1
	t_count[$1] = 0
	next
}
/^[}\]]/ { txt_struct = "" }
/^\t/ && txt_struct == "winsock_x_optname" {
	match($2 $3, /\[.*\]/)
	split(substr($2 $3, RSTART + 1, RLENGTH - 2), a, /,/)
	levels[++level_count] = a[1]
	names[level_count] = a[2]
	next
}
/^\t/ && txt_struct != "" {
	name = $1
	sub(/^\t[a-z0-9_A-Z]+\t/, "")
	count = 1
	if ($0 == "winsock_x_optname") {
		count = 2
		name = "level"
	}
	for (; count; count--) {
		n = ++t_count[txt_struct]
		t_name[txt_struct, n] = name
		t_type[txt_struct, n] = $0 == "winsock_x_optname" ? "int32 " name : $0
		name = "name"
	}
}

# C: the kind of a field, what it points to, the list that it is from.
function field(s, n,    type, kind, to, from, of, i, flags, name)
{
	type = t_type[s, n]
	flags = (type ~ /\(out\)$/ ? "FUZZ_OUT" : "0")
	sub(/ \(out\)$/, "", type)
	to = "FUZZ_TO_NOTHING"
	from = "NULL"
	of = 0
	kind = "FUZZ_NUMBER"
	if (type ~ /^bytesize\[parent/) {
		kind = "FUZZ_SIZE"
	} else if (type ~ /^const\[0/ || type ~ /^array\[/) {
		kind = "FUZZ_ZERO"
	} else if (type ~ /^int32 (level|name)$/) {
		kind = "FUZZ_" toupper(substr(type, 7))
	} else if (type ~ /^flags\[/) {
		kind = "FUZZ_LIST"
		sub(/^flags\[/, "", type)
		sub(/,.*/, "", type)
		from = "&" type
	} else if (type ~ /^ptr64\[/) {
		kind = "FUZZ_POINTER"
		if (type ~ /, opt\]$/)
			flags = "FUZZ_OPT"
		sub(/^ptr64\[[a-z]+, /, "", type)
		if (match(type, /^bytesize\[[a-z]+/)) {
			of = substr(type, 10)
			sub(/,.*/, "", of)
			to = "FUZZ_TO_LENGTH"
		} else {
			sub(/^array\[/, "", type)
			sub(/[],].*/, "", type)
			sub(/^winsock_(x_)?/, "", type)
			to = "FUZZ_TO_" toupper(type)
		}
	} else if (type ~ /^(bytesize|len)\[/) {
		kind = "FUZZ_LENGTH"
		of = type
		sub(/^[a-z]+\[/, "", of)
		sub(/,.*/, "", of)
	} else if (type ~ /^(winsock_|fd_winsock|pid)/) {
		kind = type
		sub(/^winsock_(x_)?/, "", kind)
		sub(/^fd_winsock/, "file", kind)
		kind = "FUZZ_" toupper(kind)
	}
	if (of != 0) {
		for (i = 1; i <= t_count[s]; i++)
			if (t_name[s, i] == of)
				break
		if (i > t_count[s])
			complain(s ": no field " of)
		of = i - 1
	}
	name = t_name[s, n]
	return sprintf("\t{ offsetof(struct %s, %s), sizeof(((struct %s *)0)->%s),\n" \
		       "\t  %s, %s, %s, %d, %s },", s, name, s, name, kind, flags,
		       to, of, from)
}

END {
	for (s in h_count) {
		if (!(s in t_count)) {
			complain("no struct " s)
			continue
		}
		if (h_count[s] != t_count[s])
			complain(s " has " h_count[s] " fields, not " t_count[s])
		for (i = 1; i <= h_count[s]; i++) {
			if (h_name[s, i] != t_name[s, i])
				complain(s "." h_name[s, i] " is called " t_name[s, i])
			w = h_width[s, i]
			if (w > 0 && w != width(t_type[s, i]))
				complain(s "." h_name[s, i] " has " w " bytes, not " \
					 width(t_type[s, i]))
		}
	}
	for (s in t_count)
		if (s !~ /^winsock_x_/ && !(s in h_count))
			complain("the headers have no struct " s)
	for (name in taken)
		if (!(name in arg))
			complain("no ioctl$" name)
	for (name in arg)
		if (!(name in defined))
			complain("the headers have no " name)
	for (name in defined)
		if (is_argument(name) && !(name in used))
			complain(name " is nowhere")
	for (name in used)
		if (!(name in defined))
			complain("the headers have no " name)
	delete meant["openat$winsock"]
	for (name in meant)
		if (!(name in known) && name !~ /^(winsock|_.*)$/)
			complain("line " meant[name] ": no " name)
	if (commands < 30 || list_count < 30 || bad)
		exit 1

	print "/* SPDX-License-Identifier: GPL-2.0-only */"
	print "/* Made by tables.awk from winsock.txt. */"
	for (i = 1; i <= list_count; i++) {
		name = lists[i]
		printf "static const __u64 %s_values[] = { %s };\n", name, list[name]
		printf "static const struct fuzz_list %s __attribute__((unused)) = LIST(%s_values);\n", \
			name, name
	}
	print "static const struct fuzz_level fuzz_levels[] = {"
	for (i = 1; i <= level_count; i++)
		printf "\t{ %s, &%s },\n", levels[i], names[i]
	print "};"
	for (i = 1; i <= commands; i++) {
		s = arg[order[i]]
		printf "static const struct fuzz_field fields_%s[] = {\n", order[i]
		for (n = 1; n <= t_count[s]; n++)
			print field(s, n)
		print "};"
	}
	print "static const struct fuzz_command fuzz_commands[WINSOCK_NR_COUNT] = {"
	for (i = 1; i <= commands; i++)
		printf "\tCOMMAND(%s, %s),\n", substr(order[i], 13), arg[order[i]]
	print "};"
}
