/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * AF_UNIX: streams between programs of one machine, named by a path.
 */
#ifndef _AFUNIX_
#define _AFUNIX_

#include <winsock2.h>

#define UNIX_PATH_MAX	108

typedef struct sockaddr_un {
	ADDRESS_FAMILY sun_family;
	char sun_path[UNIX_PATH_MAX];
} SOCKADDR_UN, *PSOCKADDR_UN;

/* WSAIoctl: gives the process at the other end, a ULONG. */
#define SIO_AF_UNIX_GETPEERPID	0x58000100U

WS_STATIC_ASSERT(sizeof(SOCKADDR_UN) == 110);

#endif /* _AFUNIX_ */
