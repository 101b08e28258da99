/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From Linux' ATM addresses to Windows', and information elements into a QOS and
 * out of it.  For programs and compatibility layers that have ATM sockets of
 * Linux' own; Windows has no such functions.
 *
 * A struct sockaddr_atmsvc is that of <linux/atm.h>.  All but the last return 0
 * or a Winsock code, and leave the last error as it was.
 */
#ifndef _WINSOCK_ATM_H
#define _WINSOCK_ATM_H

#include <ws2atm.h>

WS_BEGIN_DECLS

struct sockaddr_atmsvc;

/*
 * An E.164 number, else an NSAP, else SAP_FIELD_ANY; B-LLI and B-HLI, which Linux
 * keeps beside the address, are SAP_FIELD_ABSENT.  WSAEAFNOSUPPORT: not
 * AF_ATMSVC.  WSAEINVAL: a number that is none.
 */
INT WSAAPI winsock_atm_from_linux(const struct sockaddr_atmsvc *svc,
				  LPSOCKADDR_ATM addr)
	WS_SYMBOL("winsock_atm_from_linux");

/*
 * The other way, without B-LLI and B-HLI.  WSAEFAULT: @len is too short.
 * WSAEAFNOSUPPORT: not AF_ATM.  WSAEINVAL: a number that is none, or has more
 * than Linux' 12 digits; a wildcard that is not the whole address.
 */
INT WSAAPI winsock_atm_to_linux(const SOCKADDR_ATM *addr, INT len,
				struct sockaddr_atmsvc *svc)
	WS_SYMBOL("winsock_atm_to_linux");

/*
 * Appends an element to those in ProviderSpecific, whose buffer has @room bytes
 * in all; its length is rounded up to a multiple of 4 with zeros.  WSAENOBUFS:
 * there is no room.
 */
INT WSAAPI winsock_atm_put(LPQOS qos, ULONG room, Q2931_IE_TYPE type,
			   const void *element, ULONG len)
	WS_SYMBOL("winsock_atm_put");

/*
 * What a condition function is to see of the caller: its number, and where that
 * is E.164 and there is an NSAP too, this as its subaddress.
 */
INT WSAAPI winsock_atm_put_caller(LPQOS qos, ULONG room,
				  const struct sockaddr_atmsvc *svc)
	WS_SYMBOL("winsock_atm_put_caller");

/*
 * The first element of a type, and in @len its length; NULL if there is none, or
 * a length that cannot be comes before it.
 */
void *WSAAPI winsock_atm_find(const QOS *qos, Q2931_IE_TYPE type, PULONG len)
	WS_SYMBOL("winsock_atm_find");

WS_END_DECLS

#endif /* _WINSOCK_ATM_H */
