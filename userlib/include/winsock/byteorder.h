/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The part of <winsock2.h> that turns around numbers of 64 bits, and fractions:
 * functions that Windows has in its headers alone.  Who has functions of these
 * names says so with NO_EXTRA_HTON_FUNCTIONS.
 */
#ifndef _WINSOCK_BYTEORDER_H
#define _WINSOCK_BYTEORDER_H

#ifndef _WINSOCK2API_
#error "include <winsock2.h>, which includes this"
#endif

#include <string.h>

#ifndef NO_EXTRA_HTON_FUNCTIONS
#ifndef htonll
static __inline__ ULONG64 htonll(ULONG64 host)
{
	return (ULONG64)htonl((u_long)host) << 32 | htonl((u_long)(host >> 32));
}
#endif

#ifndef ntohll
static __inline__ ULONG64 ntohll(ULONG64 net)
{
	return (ULONG64)ntohl((u_long)net) << 32 | ntohl((u_long)(net >> 32));
}
#endif

/* The bits of a fraction as a number: in network order it may be none. */
#ifndef htonf
static __inline__ UINT32 htonf(float host)
{
	UINT32 bits;

	memcpy(&bits, &host, sizeof(bits));
	return htonl(bits);
}
#endif

#ifndef ntohf
static __inline__ float ntohf(UINT32 net)
{
	UINT32 bits = ntohl(net);
	float host;

	memcpy(&host, &bits, sizeof(host));
	return host;
}
#endif

#ifndef htond
static __inline__ ULONG64 htond(double host)
{
	ULONG64 bits;

	memcpy(&bits, &host, sizeof(bits));
	return htonll(bits);
}
#endif

#ifndef ntohd
static __inline__ double ntohd(ULONG64 net)
{
	ULONG64 bits = ntohll(net);
	double host;

	memcpy(&host, &bits, sizeof(host));
	return host;
}
#endif
#endif /* NO_EXTRA_HTON_FUNCTIONS */

#endif /* _WINSOCK_BYTEORDER_H */
