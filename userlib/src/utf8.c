// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Between wide strings and UTF-8, in which libc's resolver gets names and gives
 * them back.  The program's locale plays no part: Windows programs set none.
 * What is no character becomes U+FFFD, which no name has.
 */
#include <stdlib.h>
#include <string.h>

#include "names.h"

#define REPLACEMENT	0xfffd

static bool is_character(__u32 c)
{
	return c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

/* Stores one to four bytes and returns what is behind them. */
static char *put_utf8(char *out, __u32 c)
{
	if (c < 0x80) {
		*out++ = c;
		return out;
	}
	if (c < 0x800) {
		*out++ = 0xc0 | c >> 6;
	} else {
		if (c < 0x10000) {
			*out++ = 0xe0 | c >> 12;
		} else {
			*out++ = 0xf0 | c >> 18;
			*out++ = 0x80 | (c >> 12 & 0x3f);
		}
		*out++ = 0x80 | (c >> 6 & 0x3f);
	}
	*out++ = 0x80 | (c & 0x3f);
	return out;
}

/**
 * ws_utf8_next - take one character off a string
 * @text: the string, not at its end; afterwards behind the character
 *
 * Return: the character.
 */
__u32 ws_utf8_next(const char **text)
{
	static const __u32 least[] = { 0, 0x80, 0x800, 0x10000 };
	const unsigned char *s = (const unsigned char *)*text;
	__u32 c = *s++;
	int more = 0;
	int i;

	if (c >= 0xc0 && c < 0xf8) {
		more = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
		c &= 0x3f >> more;
	} else if (c >= 0x80) {
		c = REPLACEMENT;
	}
	for (i = 0; i < more && (*s & 0xc0) == 0x80; i++)
		c = c << 6 | (*s++ & 0x3f);
	*text = (const char *)s;
	return i < more || c < least[more] || !is_character(c) ?
	       REPLACEMENT : c;
}

/* Returns UTF-8 to be freed, or NULL for want of memory. */
char *ws_narrow(const wchar_t *wide)
{
	char *text = malloc(wcslen(wide) * 4 + 1);
	char *out = text;

	if (!text)
		return NULL;
	for (; *wide; wide++)
		out = put_utf8(out, is_character(*wide) ? *wide : REPLACEMENT);
	*out = '\0';
	return text;
}

/**
 * ws_widen - decode UTF-8
 * @text: what to decode
 * @wide: room for as many characters as @text has bytes, and the NUL
 *
 * Return: the length, without the NUL.
 */
size_t ws_widen(const char *text, wchar_t *wide)
{
	wchar_t *out = wide;

	while (*text)
		*out++ = ws_utf8_next(&text);
	*out = L'\0';
	return out - wide;
}
