/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The part of <ws2tcpip.h> that sets and gets multicast filters: functions that
 * Windows has in its headers alone.
 */
#ifndef _WINSOCK_SOURCEFILTER_H
#define _WINSOCK_SOURCEFILTER_H

#include <stdlib.h>

#ifndef _WS2TCPIP_H_
#error "include <ws2tcpip.h>, which includes this"
#endif

/* Bytes of a filter, or 0 if a DWORD does not hold them. */
static __inline__ DWORD ws_filter_size(size_t head, ULONG count, size_t each)
{
	if (count > (0xffffffffU - head) / each)
		return 0;
	return (DWORD)(head + count * each);
}

/*
 * Room for that, at least for a structure with its one source, or NULL with the
 * last error set.
 */
static __inline__ void *ws_filter_alloc(DWORD size, size_t least)
{
	void *filter = size ? calloc(1, size < least ? least : size) : NULL;

	if (!filter)
		WSASetLastError(WSAENOBUFS);
	return filter;
}

/* Run one of the codes on filters, and free what it takes and gives. */
static __inline__ int ws_filter_set(SOCKET s, DWORD code, void *filter,
				    DWORD size)
{
	DWORD n;
	int ret = WSAIoctl(s, code, filter, size, NULL, 0, &n, NULL, NULL);

	free(filter);
	return ret;
}

static __inline__ int ws_filter_get(SOCKET s, DWORD code, void *filter,
				    DWORD size)
{
	DWORD n;

	return WSAIoctl(s, code, filter, size, filter, size, &n, NULL, NULL);
}

/**
 * setipv4sourcefilter - choose the sources of an IPv4 group that a socket hears
 * @s:          a datagram or raw socket
 * @interface_: its address, its index as 0.x.x.x, or 0.0.0.0
 * @group:      the group
 * @mode:       MCAST_INCLUDE: those of @sources, MCAST_EXCLUDE: all others
 * @count:      of @sources
 * @sources:    their addresses; may be NULL without any
 *
 * Return: 0 or SOCKET_ERROR.
 */
static __inline__ int setipv4sourcefilter(SOCKET s, IN_ADDR interface_,
					  IN_ADDR group,
					  MULTICAST_MODE_TYPE mode, ULONG count,
					  const IN_ADDR *sources)
{
	DWORD size = ws_filter_size(IP_MSFILTER_SIZE(0), count,
				    sizeof(*sources));
	IP_MSFILTER *filter = (IP_MSFILTER *)ws_filter_alloc(size,
							     sizeof(*filter));

	if (!filter)
		return SOCKET_ERROR;
	filter->imsf_multiaddr = group;
	filter->imsf_interface = interface_;
	filter->imsf_fmode = mode;
	filter->imsf_numsrc = count;
	if (count)
		memcpy(filter->imsf_slist, sources, count * sizeof(*sources));
	return ws_filter_set(s, SIO_SET_MULTICAST_FILTER, filter, size);
}

/**
 * getipv4sourcefilter - tell which sources of an IPv4 group a socket hears
 * @s:          a member of the group
 * @interface_: as in setipv4sourcefilter()
 * @group:      the group
 * @mode:       gets MCAST_INCLUDE or MCAST_EXCLUDE
 * @count:      room in @sources; gets how many there are, which may be more
 * @sources:    gets those that fit; may be NULL without room
 *
 * Return: 0 or SOCKET_ERROR.
 */
static __inline__ int getipv4sourcefilter(SOCKET s, IN_ADDR interface_,
					  IN_ADDR group,
					  MULTICAST_MODE_TYPE *mode,
					  ULONG *count, IN_ADDR *sources)
{
	DWORD size = ws_filter_size(IP_MSFILTER_SIZE(0), *count,
				    sizeof(*sources));
	IP_MSFILTER *filter = (IP_MSFILTER *)ws_filter_alloc(size,
							     sizeof(*filter));
	ULONG fit;
	int ret;

	if (!filter)
		return SOCKET_ERROR;
	filter->imsf_multiaddr = group;
	filter->imsf_interface = interface_;
	ret = ws_filter_get(s, SIO_GET_MULTICAST_FILTER, filter, size);
	if (!ret) {
		fit = filter->imsf_numsrc < *count ? filter->imsf_numsrc :
						     *count;
		if (fit)
			memcpy(sources, filter->imsf_slist,
			       fit * sizeof(*sources));
		*count = filter->imsf_numsrc;
		*mode = filter->imsf_fmode;
	}
	free(filter);
	return ret;
}

/* A filter for a group of either family, or NULL with the last error set. */
static __inline__ GROUP_FILTER *ws_filter_begin(ULONG index,
						const SOCKADDR *group, int len,
						DWORD size)
{
	GROUP_FILTER *filter;

	if (len < 0 || (size_t)len > sizeof(filter->gf_group)) {
		WSASetLastError(WSAEINVAL);
		return NULL;
	}
	filter = (GROUP_FILTER *)ws_filter_alloc(size, sizeof(*filter));
	if (!filter)
		return NULL;
	filter->gf_interface = index;
	memcpy(&filter->gf_group, group, (size_t)len);
	return filter;
}

/**
 * setsourcefilter - choose the sources of a group that a socket hears
 * @s:       a datagram or raw socket
 * @index:   the interface's, or 0
 * @group:   an IPv4 or IPv6 group
 * @len:     length of @group
 * @mode:    MCAST_INCLUDE: those of @sources, MCAST_EXCLUDE: all others
 * @count:   of @sources
 * @sources: their addresses, of the same family; may be NULL without any
 *
 * Return: 0 or SOCKET_ERROR.
 */
static __inline__ int setsourcefilter(SOCKET s, ULONG index,
				      const SOCKADDR *group, int len,
				      MULTICAST_MODE_TYPE mode, ULONG count,
				      const SOCKADDR_STORAGE *sources)
{
	DWORD size = ws_filter_size(GROUP_FILTER_SIZE(0), count,
				    sizeof(*sources));
	GROUP_FILTER *filter = ws_filter_begin(index, group, len, size);

	if (!filter)
		return SOCKET_ERROR;
	filter->gf_fmode = mode;
	filter->gf_numsrc = count;
	if (count)
		memcpy(filter->gf_slist, sources, count * sizeof(*sources));
	return ws_filter_set(s, SIOCSMSFILTER, filter, size);
}

/**
 * getsourcefilter - tell which sources of a group a socket hears
 * @s:       a member of the group
 * @index:   the interface's, or 0
 * @group:   an IPv4 or IPv6 group
 * @len:     length of @group
 * @mode:    gets MCAST_INCLUDE or MCAST_EXCLUDE
 * @count:   room in @sources; gets how many there are, which may be more
 * @sources: gets those that fit; may be NULL without room
 *
 * Return: 0 or SOCKET_ERROR.
 */
static __inline__ int getsourcefilter(SOCKET s, ULONG index,
				      const SOCKADDR *group, int len,
				      MULTICAST_MODE_TYPE *mode, ULONG *count,
				      SOCKADDR_STORAGE *sources)
{
	DWORD size = ws_filter_size(GROUP_FILTER_SIZE(0), *count,
				    sizeof(*sources));
	GROUP_FILTER *filter = ws_filter_begin(index, group, len, size);
	ULONG fit;
	int ret;

	if (!filter)
		return SOCKET_ERROR;
	ret = ws_filter_get(s, SIOCGMSFILTER, filter, size);
	if (!ret) {
		fit = filter->gf_numsrc < *count ? filter->gf_numsrc : *count;
		if (fit)
			memcpy(sources, filter->gf_slist,
			       fit * sizeof(*sources));
		*count = filter->gf_numsrc;
		*mode = filter->gf_fmode;
	}
	free(filter);
	return ret;
}

#endif /* _WINSOCK_SOURCEFILTER_H */
