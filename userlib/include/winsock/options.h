/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The part of <ws2tcpip.h> that has a function for an option or a control code:
 * functions that Windows has in its headers alone.  Errors are those of
 * getsockopt, setsockopt and WSAIoctl.
 */
#ifndef _WINSOCK_OPTIONS_H
#define _WINSOCK_OPTIONS_H

#include <string.h>

#ifndef _WS2TCPIP_H_
#error "include <ws2tcpip.h>, which includes this"
#endif

/*
 * A DWORD to read and to set.  Some options are one byte long and leave the
 * others alone.
 */
static __inline__ INT ws_option_get(SOCKET s, int level, int name, DWORD *value)
{
	DWORD room = 0;
	int len = sizeof(room);
	int ret = getsockopt(s, level, name, (char *)&room, &len);

	if (ret != SOCKET_ERROR)
		*value = room;
	return ret;
}

static __inline__ INT ws_option_set(SOCKET s, int level, int name, DWORD value)
{
	return setsockopt(s, level, name, (const char *)&value, sizeof(value));
}

/* The level of a socket's IP options, or SOCKET_ERROR. */
static __inline__ int ws_option_ip(SOCKET s)
{
	WSAPROTOCOL_INFOA info;
	int len = sizeof(info);

	memset(&info, 0, sizeof(info));
	if (getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&info, &len) ==
	    SOCKET_ERROR)
		return SOCKET_ERROR;
	switch (info.iAddressFamily) {
	case AF_INET:
		return IPPROTO_IP;
	case AF_INET6:
		return IPPROTO_IPV6;
	}
	WSASetLastError(WSAEAFNOSUPPORT);
	return SOCKET_ERROR;
}

/* An option with one number at level IPPROTO_IP and another at IPPROTO_IPV6. */
static __inline__ INT ws_option_ip_get(SOCKET s, int ip4, int ip6, DWORD *value)
{
	int level = ws_option_ip(s);

	if (level == SOCKET_ERROR)
		return SOCKET_ERROR;
	return ws_option_get(s, level, level == IPPROTO_IP ? ip4 : ip6, value);
}

static __inline__ INT ws_option_ip_set(SOCKET s, int ip4, int ip6, DWORD value)
{
	int level = ws_option_ip(s);

	if (level == SOCKET_ERROR)
		return SOCKET_ERROR;
	return ws_option_set(s, level, level == IPPROTO_IP ? ip4 : ip6, value);
}

/**
 * WSASetIPUserMtu - bound the size of packets: IP_USER_MTU or IPV6_USER_MTU
 * @s:   the socket; its family decides which of the two
 * @mtu: bytes, IP_UNSPECIFIED_USER_MTU for none of one's own
 *
 * Returns 0 or SOCKET_ERROR, with WSAEAFNOSUPPORT for other families.
 * Source: reference page.
 */
static __inline__ INT WSASetIPUserMtu(SOCKET s, DWORD mtu)
{
	return ws_option_ip_set(s, IP_USER_MTU, IPV6_USER_MTU, mtu);
}

/**
 * WSAGetIPUserMtu - read IP_USER_MTU or IPV6_USER_MTU
 * @s:   the socket
 * @mtu: where to store it
 */
static __inline__ INT WSAGetIPUserMtu(SOCKET s, DWORD *mtu)
{
	return ws_option_ip_get(s, IP_USER_MTU, IPV6_USER_MTU, mtu);
}

/**
 * WSASetRecvIPEcn - ask for congestion marks as control data: IP_RECVECN or
 * IPV6_RECVECN
 * @s:       a datagram socket; its family decides which of the two
 * @enabled: TRUE or FALSE
 *
 * Returns 0 or SOCKET_ERROR, with WSAEAFNOSUPPORT for other families.
 * Source: reference page.
 */
static __inline__ INT WSASetRecvIPEcn(SOCKET s, DWORD enabled)
{
	return ws_option_ip_set(s, IP_RECVECN, IPV6_RECVECN, enabled);
}

/**
 * WSAGetRecvIPEcn - read IP_RECVECN or IPV6_RECVECN
 * @s:       the socket
 * @enabled: where to store it
 */
static __inline__ INT WSAGetRecvIPEcn(SOCKET s, DWORD *enabled)
{
	return ws_option_ip_get(s, IP_RECVECN, IPV6_RECVECN, enabled);
}

/**
 * WSASetFailConnectOnIcmpError - set TCP_FAIL_CONNECT_ON_ICMP_ERROR
 * @s:       a stream
 * @enabled: TRUE or FALSE
 *
 * Returns 0 or SOCKET_ERROR.  Source: reference page.
 */
static __inline__ INT WSASetFailConnectOnIcmpError(SOCKET s, DWORD enabled)
{
	return ws_option_set(s, IPPROTO_TCP, TCP_FAIL_CONNECT_ON_ICMP_ERROR,
			     enabled);
}

/**
 * WSAGetFailConnectOnIcmpError - read TCP_FAIL_CONNECT_ON_ICMP_ERROR
 * @s:       a stream
 * @enabled: where to store it
 */
static __inline__ INT WSAGetFailConnectOnIcmpError(SOCKET s, DWORD *enabled)
{
	return ws_option_get(s, IPPROTO_TCP, TCP_FAIL_CONNECT_ON_ICMP_ERROR,
			     enabled);
}

/**
 * WSAGetIcmpErrorInfo - whom an ICMP error came from while connecting
 * @s:    a stream
 * @info: where to store TCP_ICMP_ERROR_INFO
 *
 * Returns 0 or SOCKET_ERROR, with WSANO_DATA where there was none.
 * Source: reference page.
 */
static __inline__ INT WSAGetIcmpErrorInfo(SOCKET s, ICMP_ERROR_INFO *info)
{
	int len = sizeof(*info);
	int ret = getsockopt(s, IPPROTO_TCP, TCP_ICMP_ERROR_INFO, (char *)info,
			     &len);

	if (ret == SOCKET_ERROR || len)
		return ret;
	WSASetLastError(WSANO_DATA);
	return SOCKET_ERROR;
}

/**
 * WSASetUdpSendMessageSize - divide what is sent: UDP_SEND_MSG_SIZE
 * @s:    a UDP socket
 * @size: bytes of each datagram, or 0
 *
 * Returns 0 or SOCKET_ERROR.  Source: reference page.
 */
static __inline__ INT WSASetUdpSendMessageSize(SOCKET s, DWORD size)
{
	return ws_option_set(s, IPPROTO_UDP, UDP_SEND_MSG_SIZE, size);
}

/**
 * WSAGetUdpSendMessageSize - read UDP_SEND_MSG_SIZE
 * @s:    a UDP socket
 * @size: where to store it
 */
static __inline__ INT WSAGetUdpSendMessageSize(SOCKET s, DWORD *size)
{
	return ws_option_get(s, IPPROTO_UDP, UDP_SEND_MSG_SIZE, size);
}

/**
 * WSASetUdpRecvMaxCoalescedSize - join what is received:
 * UDP_RECV_MAX_COALESCED_SIZE
 * @s:    a UDP socket
 * @size: bytes, or 0
 *
 * Returns 0 or SOCKET_ERROR.  Source: reference page.
 */
static __inline__ INT WSASetUdpRecvMaxCoalescedSize(SOCKET s, DWORD size)
{
	return ws_option_set(s, IPPROTO_UDP, UDP_RECV_MAX_COALESCED_SIZE, size);
}

/**
 * WSAGetUdpRecvMaxCoalescedSize - read UDP_RECV_MAX_COALESCED_SIZE
 * @s:    a UDP socket
 * @size: where to store it
 */
static __inline__ INT WSAGetUdpRecvMaxCoalescedSize(SOCKET s, DWORD *size)
{
	return ws_option_get(s, IPPROTO_UDP, UDP_RECV_MAX_COALESCED_SIZE, size);
}

/**
 * idealsendbacklogquery - how much to have under way:
 * SIO_IDEAL_SEND_BACKLOG_QUERY
 * @s:     a connected stream
 * @bytes: where to store it
 *
 * Returns 0 or SOCKET_ERROR.  Source: reference page.
 */
static __inline__ int idealsendbacklogquery(SOCKET s, ULONG *bytes)
{
	DWORD n;

	return WSAIoctl(s, SIO_IDEAL_SEND_BACKLOG_QUERY, NULL, 0, bytes,
			sizeof(*bytes), &n, NULL, NULL);
}

/**
 * idealsendbacklognotify - wait for that to change:
 * SIO_IDEAL_SEND_BACKLOG_CHANGE
 * @s:          a connected stream
 * @overlapped: NULL: the call waits
 * @routine:    NULL
 *
 * Returns 0 or SOCKET_ERROR.  Source: reference page.
 */
static __inline__ int
idealsendbacklognotify(SOCKET s, LPWSAOVERLAPPED overlapped,
		       LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
	DWORD n;

	return WSAIoctl(s, SIO_IDEAL_SEND_BACKLOG_CHANGE, NULL, 0, NULL, 0, &n,
			overlapped, routine);
}

#endif /* _WINSOCK_OPTIONS_H */
