// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Addresses to and from text.
 *
 * The parsers stop where an address ends.  inet_pton() stores what they found
 * and then fails if text is left, as Windows does: "3.4.5.6 " is no address,
 * and yet 3.4.5.6 has been written.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

/* inet_ntop's code for a buffer that is absent or too short. */
#define STATUS_INVALID_PARAMETER	0xc000000d

WS_API const struct ws_in6_addr winsock_in6addr_any;
WS_API const struct ws_in6_addr winsock_in6addr_loopback = {
	.byte = { [15] = 1 },
};

static int hex_value(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : (c | 0x20) - 'a' + 10;
}

/*
 * Four decimal parts.  Returns the end, or NULL.  @zeros: a part may begin with
 * zeros and has at most three digits, as at the end of an IPv6 address.
 */
static const char *parse_ip4(const char *s, __u8 out[4], bool zeros)
{
	__u8 part[4];
	int digits;
	int value;
	int i;

	for (i = 0; i < 4; i++) {
		if (i && *s++ != '.')
			return NULL;
		/* Octal and hexadecimal look like this: 010, 0x10. */
		if (!zeros && s[0] == '0' &&
		    (isdigit((unsigned char)s[1]) || (s[1] | 0x20) == 'x'))
			return NULL;
		value = 0;
		for (digits = 0; isdigit((unsigned char)*s); digits++) {
			value = value * 10 + (*s++ - '0');
			if (value > 255 || digits == 3)
				return NULL;
		}
		if (!digits)
			return NULL;
		part[i] = value;
	}
	if (*s == '.')
		return NULL;
	memcpy(out, part, sizeof(part));
	return s;
}

/* One to four hexadecimal digits.  Returns the end, or NULL. */
static const char *parse_group(const char *s, __u8 out[2])
{
	unsigned int value = 0;
	int digits;

	for (digits = 0; isxdigit((unsigned char)*s); digits++) {
		if (digits == 4)
			return NULL;
		value = value << 4 | hex_value(*s++);
	}
	out[0] = value >> 8;
	out[1] = value;
	return s;
}

/* Returns the end of the IPv6 address at @s, or NULL. */
const char *ws_parse_ip6(const char *s, __u8 out[16])
{
	__u8 byte[16] = { 0 };
	const char *end;
	int gap = -1;		/* where "::" stands, in bytes */
	int n = 0;

	if (s[0] == ':') {
		if (s[1] != ':')
			return NULL;
		gap = 0;
		s += 2;
	}
	while (n < 16 && isxdigit((unsigned char)*s)) {
		end = parse_group(s, byte + n);
		if (!end)
			return NULL;
		if (*end == '.') {
			if (n > 12)
				return NULL;
			s = parse_ip4(s, byte + n, true);
			if (!s)
				return NULL;
			n += 4;
			break;
		}
		s = end;
		n += 2;
		if (*s != ':')
			break;
		if (s[1] == ':') {
			if (gap >= 0)
				return NULL;
			gap = n;
			s += 2;
		} else if (isxdigit((unsigned char)s[1])) {
			s++;
		} else {
			return NULL;
		}
	}
	if (gap < 0 ? n != 16 : n == 16)
		return NULL;

	memset(out, 0, 16);
	if (gap < 0)
		gap = n;
	memcpy(out, byte, gap);
	memcpy(out + 16 - (n - gap), byte + gap, n - gap);
	return s;
}

/* Returns 1, 0 if @text is no address, or -1 with the last error set. */
WS_API int winsock_inet_pton(int family, const char *text, void *addr)
{
	const char *end;

	if (!text || !addr) {
		ws_last_error = WSAEFAULT;
		return -1;
	}
	switch (family) {
	case WINSOCK_AF_INET:
		end = parse_ip4(text, addr, false);
		break;
	case WINSOCK_AF_INET6:
		end = ws_parse_ip6(text, addr);
		break;
	default:
		ws_last_error = WSAEAFNOSUPPORT;
		return -1;
	}
	return end && !*end;
}

/*
 * Characters that no address has become one such.  The room is longer than any
 * text that inet_pton() takes; what is cut off could not make it one.
 */
static void narrow_address(const wchar_t *text, char out[WS_ADDRESS_TEXT])
{
	size_t i;

	for (i = 0; text[i] && i < WS_ADDRESS_TEXT - 1; i++)
		out[i] = text[i] > 0 && text[i] < 0x7f ? text[i] : 0x7f;
	out[i] = '\0';
}

WS_API int winsock_inetptonw(int family, const wchar_t *text, void *addr)
{
	char narrow[WS_ADDRESS_TEXT];
	int ret;

	if (!text) {
		ws_last_error = WSAEFAULT;
		return -1;
	}
	narrow_address(text, narrow);
	ret = winsock_inet_pton(family, narrow, addr);
	if (!ret)
		ws_last_error = WSAEINVAL;
	return ret;
}

static int format_ip4(const __u8 in[4], char *text)
{
	return sprintf(text, "%u.%u.%u.%u", in[0], in[1], in[2], in[3]);
}

/* Does an IPv4 address make the last four bytes? */
static bool ip6_has_ip4_tail(const __u16 group[8])
{
	static const __u16 zero[4];

	if (!memcmp(group, zero, sizeof(zero)) && group[6]) {
		/* ::a.b.c.d, ::ffff:a.b.c.d, ::ffff:0:a.b.c.d */
		if (!group[4] && (!group[5] || group[5] == 0xffff))
			return true;
		if (group[4] == 0xffff && !group[5])
			return true;
	}
	/* An interface identifier of ISATAP. */
	return !(group[4] & 0xfdff) && group[5] == 0x5efe;
}

/* Finds the first of the longest runs of two or more zero groups. */
static int longest_zeros(const __u16 *group, int count, int *first)
{
	int best = 0;
	int run = 0;
	int i;

	for (i = 0; i < count; i++) {
		run = group[i] ? 0 : run + 1;
		if (run > best) {
			best = run;
			*first = i + 1 - run;
		}
	}
	return best > 1 ? best : 0;
}

static int format_ip6(const __u8 in[16], char *text)
{
	__u16 group[8];
	char *out = text;
	bool colon = false;
	int count = 8;
	int zeros;
	int first = 0;
	int i;

	for (i = 0; i < 8; i++)
		group[i] = in[2 * i] << 8 | in[2 * i + 1];
	if (ip6_has_ip4_tail(group))
		count = 6;
	zeros = longest_zeros(group, count, &first);

	for (i = 0; i < count; i++) {
		if (zeros && i == first) {
			out += sprintf(out, "::");
			colon = false;
			i += zeros - 1;
			continue;
		}
		out += sprintf(out, "%s%x", colon ? ":" : "", group[i]);
		colon = true;
	}
	if (count == 6) {
		if (colon)
			*out++ = ':';
		out += format_ip4(in + 12, out);
	}
	return out - text;
}

/* Returns the length of the text, or -1 if there is no such family. */
int ws_format(int family, const void *addr, char text[IP6_TEXT])
{
	switch (family) {
	case WINSOCK_AF_INET:
		return format_ip4(addr, text);
	case WINSOCK_AF_INET6:
		return format_ip6(addr, text);
	default:
		return -1;
	}
}

WS_API const char *winsock_inet_ntop(int family, const void *addr, char *text,
				     size_t size)
{
	char made[IP6_TEXT];
	int len = ws_format(family, addr, made);

	if (len < 0) {
		ws_last_error = WSAEAFNOSUPPORT;
		return NULL;
	}
	if (!text || size <= (size_t)len) {
		ws_last_error = STATUS_INVALID_PARAMETER;
		return NULL;
	}
	return memcpy(text, made, len + 1);
}

WS_API const wchar_t *winsock_inetntopw(int family, const void *addr,
					wchar_t *text, size_t size)
{
	char made[IP6_TEXT];
	int len = ws_format(family, addr, made);
	int i;

	if (len < 0) {
		ws_last_error = WSAEAFNOSUPPORT;
		return NULL;
	}
	if (!text || size <= (size_t)len) {
		ws_last_error = STATUS_INVALID_PARAMETER;
		return NULL;
	}
	for (i = 0; i <= len; i++)
		text[i] = made[i];
	return text;
}

/*
 * One part as C writes numbers: decimal, 0 octal, 0x hexadecimal.  Returns the
 * end, or NULL if there is no number or it is above @max.
 */
const char *ws_parse_number(const char *s, __u32 max, __u32 *out)
{
	__u64 value = 0;
	unsigned int base = 10;
	bool any = false;

	if (*s == '0') {
		base = 8;
		any = true;
		s++;
		if ((*s | 0x20) == 'x') {
			base = 16;
			any = false;
			s++;
		}
	}
	for (; isxdigit((unsigned char)*s); s++) {
		if ((unsigned int)hex_value(*s) >= base)
			return NULL;
		value = value * base + hex_value(*s);
		if (value > max)
			return NULL;
		any = true;
	}
	if (!any)
		return NULL;
	*out = value;
	return s;
}

/*
 * One to four parts, the last of which fills the bytes that remain.  Stores the
 * address in the host's byte order.  Returns the end, or NULL.
 */
const char *ws_parse_parts(const char *text, __u32 *out)
{
	__u32 addr = 0;
	__u32 part;
	const char *s;
	int shift;

	for (shift = 24; shift >= 0; shift -= 8) {
		s = ws_parse_number(text, 0xff, &part);
		if (!s || *s != '.')
			break;
		addr |= part << shift;
		text = s + 1;
	}
	if (shift < 0)
		return NULL;	/* a dot behind the fourth part */
	s = ws_parse_number(text, 0xffffffff >> (24 - shift), &part);
	if (s)
		*out = addr | part;
	return s;
}

WS_API unsigned int winsock_inet_addr(const char *text)
{
	__u32 addr;
	const char *end;

	if (!text)
		return 0xffffffff;
	if (!strcmp(text, " "))
		return 0;
	end = ws_parse_parts(text, &addr);
	if (!end || (*end && !isspace((unsigned char)*end)))
		return 0xffffffff;
	return winsock_htonl(addr);
}

WS_API char *winsock_inet_ntoa(struct ws_in_addr in)
{
	static __thread char text[IP4_TEXT];

	format_ip4((const __u8 *)&in, text);
	return text;
}
