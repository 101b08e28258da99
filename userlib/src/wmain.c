// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * main() for programs that have only wmain(), Windows' form with wide strings.
 *
 * Lives in an archive, from which the linker takes it only if nothing else
 * defines main().  The arguments are decoded in the locale of the environment;
 * the program itself starts in the "C" locale, as it would on Windows.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "internal.h"

#pragma weak wmain
#pragma weak wmain_void
#pragma weak wmain_argv
#pragma weak wmain_const
#pragma weak wmain_envp

/* Those that take fewer arguments do not see the others. */
typedef int wmain_fn(int argc, wchar_t **argv, wchar_t **envp);

/* Bytes that are no text in this locale become a character each. */
static wchar_t *widen(const char *from)
{
	size_t len = strlen(from);
	wchar_t *to = calloc(len + 1, sizeof(*to));
	size_t i;

	if (to && mbstowcs(to, from, len + 1) == (size_t)-1)
		for (i = 0; i <= len; i++)
			to[i] = (unsigned char)from[i];
	return to;
}

static wchar_t **widen_all(char **from)
{
	wchar_t **to;
	size_t n = 0;

	while (from[n])
		n++;
	to = calloc(n + 1, sizeof(*to));
	for (; to && n--;) {
		to[n] = widen(from[n]);
		if (!to[n])
			return NULL;
	}
	return to;
}

int main(int argc, char **argv)
{
	wmain_fn *entry = wmain ? wmain : wmain_argv ? wmain_argv :
			  wmain_void ? wmain_void : wmain_const ? wmain_const :
			  wmain_envp;
	locale_t text;
	wchar_t **wide_argv;
	wchar_t **wide_envp;

	if (!entry) {
		fputs("libwinsock: the program has no entry point\n", stderr);
		return EXIT_FAILURE;
	}

	text = newlocale(LC_CTYPE_MASK, "", NULL);
	if (text)
		uselocale(text);
	wide_argv = widen_all(argv);
	wide_envp = widen_all(environ);
	uselocale(LC_GLOBAL_LOCALE);
	if (text)
		freelocale(text);
	if (!wide_argv || !wide_envp) {
		perror("libwinsock");
		return EXIT_FAILURE;
	}
	return entry(argc, wide_argv, wide_envp);
}
