/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Well-known classes of services: four of the Internet's names, and one for
 * each port of TCP and UDP.
 */
#ifndef _SVCGUID_
#define _SVCGUID_

#include <winsock/base.h>

#define WS_SVCID_TAIL	{ 0xc0, 0, 0, 0, 0, 0, 0, 0x46 }

#define SVCID_HOSTNAME			{ 0x0002a800, 0, 0, WS_SVCID_TAIL }
#define SVCID_INET_HOSTADDRBYINETSTRING	{ 0x0002a801, 0, 0, WS_SVCID_TAIL }
#define SVCID_INET_SERVICEBYNAME	{ 0x0002a802, 0, 0, WS_SVCID_TAIL }
#define SVCID_INET_HOSTADDRBYNAME	{ 0x0002a803, 0, 0, WS_SVCID_TAIL }

#define SVCID_TCP_RR(port, rr)	{ 0x0009 << 16 | (port), 0, (rr), WS_SVCID_TAIL }
#define SVCID_UDP_RR(port, rr)	{ 0x000a << 16 | (port), 0, (rr), WS_SVCID_TAIL }
#define SVCID_NETWARE(sap)	{ 0x000b << 16 | (sap), 0, 0, WS_SVCID_TAIL }
#define SVCID_TCP(port)		SVCID_TCP_RR(port, 0)
#define SVCID_UDP(port)		SVCID_UDP_RR(port, 0)
#define SVCID_DNS(rr)		SVCID_TCP_RR(53, rr)

static __inline__ int ws_svcid_is(const GUID *id, ULONG protocol)
{
	static const UCHAR tail[8] = WS_SVCID_TAIL;

	return id->Data1 >> 16 == protocol && !id->Data2 &&
	       !memcmp(id->Data4, tail, sizeof(tail));
}

static __inline__ void ws_svcid_set(GUID *id, ULONG data1, USHORT rr)
{
	static const UCHAR tail[8] = WS_SVCID_TAIL;

	id->Data1 = data1;
	id->Data2 = 0;
	id->Data3 = rr;
	memcpy(id->Data4, tail, sizeof(tail));
}

#define IS_SVCID_TCP(id)	ws_svcid_is(id, 0x0009)
#define IS_SVCID_UDP(id)	ws_svcid_is(id, 0x000a)
#define IS_SVCID_NETWARE(id)	(ws_svcid_is(id, 0x000b) && !(id)->Data3)
#define IS_SVCID_DNS(id)	(IS_SVCID_TCP(id) && (WORD)(id)->Data1 == 53)

#define PORT_FROM_SVCID_TCP(id)		((WORD)((id)->Data1 & 0xffff))
#define PORT_FROM_SVCID_UDP(id)		((WORD)((id)->Data1 & 0xffff))
#define SAPID_FROM_SVCID_NETWARE(id)	((WORD)((id)->Data1 & 0xffff))
#define RR_FROM_SVCID(id)		((id)->Data3)

#define SET_TCP_SVCID_RR(id, port, rr)	\
	ws_svcid_set(id, 0x0009 << 16 | (port), rr)
#define SET_UDP_SVCID_RR(id, port, rr)	\
	ws_svcid_set(id, 0x000a << 16 | (port), rr)
#define SET_NETWARE_SVCID(id, sap)	ws_svcid_set(id, 0x000b << 16 | (sap), 0)
#define SET_TCP_SVCID(id, port)		SET_TCP_SVCID_RR(id, port, 0)
#define SET_UDP_SVCID(id, port)		SET_UDP_SVCID_RR(id, port, 0)

/* Record types of the DNS. */
#define SVCID_DNS_TYPE_A	SVCID_DNS(0x0001)
#define SVCID_DNS_TYPE_NS	SVCID_DNS(0x0002)
#define SVCID_DNS_TYPE_CNAME	SVCID_DNS(0x0005)
#define SVCID_DNS_TYPE_SOA	SVCID_DNS(0x0006)
#define SVCID_DNS_TYPE_PTR	SVCID_DNS(0x000c)
#define SVCID_DNS_TYPE_MX	SVCID_DNS(0x000f)
#define SVCID_DNS_TYPE_TEXT	SVCID_DNS(0x0010)
#define SVCID_DNS_TYPE_AAAA	SVCID_DNS(0x001c)
#define SVCID_DNS_TYPE_SRV	SVCID_DNS(0x0021)

/* Ports that have a name here too. */
#define SVCID_ECHO_TCP		SVCID_TCP(7)
#define SVCID_DISCARD_TCP	SVCID_TCP(9)
#define SVCID_DAYTIME_TCP	SVCID_TCP(13)
#define SVCID_CHARGEN_TCP	SVCID_TCP(19)
#define SVCID_FTP_TCP		SVCID_TCP(21)
#define SVCID_TELNET_TCP	SVCID_TCP(23)
#define SVCID_SMTP_TCP		SVCID_TCP(25)
#define SVCID_TIME_TCP		SVCID_TCP(37)
#define SVCID_DOMAIN_TCP	SVCID_TCP(53)
#define SVCID_FINGER_TCP	SVCID_TCP(79)
#define SVCID_POP3_TCP		SVCID_TCP(110)
#define SVCID_NNTP_TCP		SVCID_TCP(119)
#define SVCID_ECHO_UDP		SVCID_UDP(7)
#define SVCID_DISCARD_UDP	SVCID_UDP(9)
#define SVCID_DAYTIME_UDP	SVCID_UDP(13)
#define SVCID_CHARGEN_UDP	SVCID_UDP(19)
#define SVCID_TIME_UDP		SVCID_UDP(37)
#define SVCID_DOMAIN_UDP	SVCID_UDP(53)
#define SVCID_BOOTP_UDP		SVCID_UDP(67)
#define SVCID_TFTP_UDP		SVCID_UDP(69)
#define SVCID_NTP_UDP		SVCID_UDP(123)
#define SVCID_SNMP_UDP		SVCID_UDP(161)
#define SVCID_SYSLOG_UDP	SVCID_UDP(514)

#endif /* _SVCGUID_ */
