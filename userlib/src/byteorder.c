// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Byte order.  Every socket's is the network's; the WSA forms check theirs.
 */
#include <endian.h>

#include "internal.h"

WS_API unsigned short winsock_htons(unsigned short host)
{
	return htobe16(host);
}

WS_API unsigned short winsock_ntohs(unsigned short net)
{
	return be16toh(net);
}

WS_API unsigned int winsock_htonl(unsigned int host)
{
	return htobe32(host);
}

WS_API unsigned int winsock_ntohl(unsigned int net)
{
	return be32toh(net);
}

/* Checks @s and then @out, and leaves the result in the last error. */
static int check(uintptr_t s, const void *out)
{
	ws_fail(s, out ? 0 : WSAEFAULT);
	return ws_last_error ? WS_SOCKET_ERROR : 0;
}

WS_API int winsock_wsahtons(uintptr_t s, unsigned short host,
			    unsigned short *net)
{
	if (check(s, net))
		return WS_SOCKET_ERROR;
	*net = htobe16(host);
	return 0;
}

WS_API int winsock_wsantohs(uintptr_t s, unsigned short net,
			    unsigned short *host)
{
	return winsock_wsahtons(s, net, host);
}

WS_API int winsock_wsahtonl(uintptr_t s, unsigned int host, unsigned int *net)
{
	if (check(s, net))
		return WS_SOCKET_ERROR;
	*net = htobe32(host);
	return 0;
}

WS_API int winsock_wsantohl(uintptr_t s, unsigned int net, unsigned int *host)
{
	return winsock_wsahtonl(s, net, host);
}
