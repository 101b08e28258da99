// SPDX-License-Identifier: GPL-2.0-only
/* A program with wmain() in one of its forms; prints what it was given. */
#include <winsock2.h>
#include <stdio.h>
#include <wchar.h>

#if FORM == 0
int wmain(void);

int wmain(void)
{
	puts("void");
	return 7;
}
#elif FORM == 1
int wmain(int argc, wchar_t **argv);

int wmain(int argc, wchar_t **argv)
{
	wprintf(L"%d %d %x\n", argc, (int)wcslen(argv[1]), argv[1][0]);
	return 7;
}
#elif FORM == 2
int wmain(int argc, wchar_t **argv, wchar_t **envp);

int wmain(int argc, wchar_t **argv, wchar_t **envp)
{
	wprintf(L"%d %d %d\n", argc, (int)wcslen(argv[1]), !!envp[0]);
	return 7;
}
#else
int main(void)
{
	puts("main");
	return 7;
}
#endif
