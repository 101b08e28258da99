// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Host names beyond ASCII: each label in the form of RFC 3492 that the DNS and
 * the hosts file carry ("xn--...").  Letters become small ones, as far as one
 * character maps to one; Unicode's compositions stay as they are.
 */
#include <locale.h>
#include <string.h>
#include <wctype.h>

#include "names.h"

#define LABEL_MAX	63

/* The parameters of RFC 3492, section 5. */
#define BASE		36
#define T_MIN		1
#define T_MAX		26
#define SKEW		38
#define DAMP		700
#define FIRST_BIAS	72
#define FIRST_CODE	0x80

static char digit(unsigned int value)
{
	return value < 26 ? 'a' + value : '0' + value - 26;
}

static unsigned int adapt(unsigned int delta, unsigned int count, bool first)
{
	unsigned int k = 0;

	delta /= first ? DAMP : 2;
	delta += delta / count;
	for (; delta > (BASE - T_MIN) * T_MAX / 2; k += BASE)
		delta /= BASE - T_MIN;
	return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

/* Stores @delta as a number of variable length.  Returns its end, or NULL. */
static char *put_delta(char *out, const char *end, unsigned int delta,
		       unsigned int bias)
{
	unsigned int k;
	unsigned int t;

	for (k = BASE; out < end; k += BASE) {
		t = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
		if (delta < t) {
			*out++ = digit(delta);
			return out;
		}
		*out++ = digit(t + (delta - t) % (BASE - t));
		delta = (delta - t) / (BASE - t);
	}
	return NULL;
}

/*
 * Encodes @count characters.  Returns the end, or NULL if there is no room.
 * Numbers cannot overflow: 63 characters below 0x110000.
 */
static char *put_punycode(const __u32 *label, unsigned int count, char *out,
			  const char *end)
{
	unsigned int bias = FIRST_BIAS;
	unsigned int code = FIRST_CODE;
	unsigned int delta = 0;
	unsigned int basic = 0;
	unsigned int done;
	unsigned int next;
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (label[i] >= FIRST_CODE)
			continue;
		if (out == end)
			return NULL;
		*out++ = label[i];
		basic++;
	}
	if (basic) {
		if (out == end)
			return NULL;
		*out++ = '-';
	}
	for (done = basic; done < count; delta++, code++) {
		next = 0x110000;
		for (i = 0; i < count; i++)
			if (label[i] >= code && label[i] < next)
				next = label[i];
		delta += (next - code) * (done + 1);
		code = next;
		for (i = 0; i < count; i++) {
			if (label[i] < code)
				delta++;
			if (label[i] != code)
				continue;
			out = put_delta(out, end, delta, bias);
			if (!out)
				return NULL;
			bias = adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
	}
	return out;
}

static char *put_label(const __u32 *label, unsigned int count, char *out,
		       const char *end)
{
	bool ascii = true;
	unsigned int i;

	for (i = 0; i < count; i++)
		ascii = ascii && label[i] < FIRST_CODE;
	if (end - out > LABEL_MAX)
		end = out + LABEL_MAX;
	if (ascii) {
		for (i = 0; i < count && out < end; i++)
			*out++ = label[i];
		return i == count ? out : NULL;
	}
	if (end - out < 4)
		return NULL;
	memcpy(out, "xn--", 4);
	return put_punycode(label, count, out + 4, end);
}

static bool is_dot(__u32 c)
{
	return c == '.' || c == 0x3002 || c == 0xff0e || c == 0xff61;
}

static char *put_name(const char *name, locale_t locale, char *out,
		      const char *end)
{
	__u32 label[LABEL_MAX];
	unsigned int count = 0;
	__u32 c;

	while (*name) {
		c = ws_utf8_next(&name);
		if (!is_dot(c)) {
			if (count == LABEL_MAX)
				return NULL;
			label[count++] = locale ? towlower_l(c, locale) : c;
			continue;
		}
		out = put_label(label, count, out, end);
		if (!out || out == end)
			return NULL;
		*out++ = '.';
		count = 0;
	}
	return put_label(label, count, out, end);
}

/**
 * ws_idn_encode - the form of a name that the resolver knows
 * @name: the name in UTF-8
 * @out:  where to store it
 *
 * Return: false if there is none, because it would be too long.
 */
bool ws_idn_encode(const char *name, char out[WS_NAME_SIZE])
{
	locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
	char *end = put_name(name, locale, out, out + WS_NAME_SIZE - 1);

	if (locale)
		freelocale(locale);
	if (end)
		*end = '\0';
	return end;
}
