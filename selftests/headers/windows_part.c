// SPDX-License-Identifier: GPL-2.0-only
/* One file of a program with two: this one knows Winsock. */
#include <winsock2.h>
#include <stdio.h>

int posix_part(void);

int main(void)
{
	WSADATA data;
	SOCKET s = socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP);

	if (s != INVALID_SOCKET || WSAGetLastError() != WSANOTINITIALISED) {
		printf("Winsock: %d before WSAStartup\n", WSAGetLastError());
		return 1;
	}
	/* The driver need not be there. */
	if (WSAStartup(MAKEWORD(2, 2), &data) == 0 && WSACleanup()) {
		printf("WSACleanup: %d\n", WSAGetLastError());
		return 2;
	}
	return posix_part();
}
