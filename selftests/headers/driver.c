// SPDX-License-Identifier: GPL-2.0-only
/*
 * <winsock2.h> beside the driver's ABI: one set of codes, equal numbers.
 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <linux/winsock.h>

#define SAME(name)	_Static_assert(name == WINSOCK_##name, #name)
#define LIKE(type)							\
	_Static_assert(sizeof(struct type) == sizeof(struct winsock_##type), \
		       #type)

SAME(AF_UNSPEC);
SAME(AF_INET);
SAME(AF_INET6);
SAME(SOCK_STREAM);
SAME(SOCK_DGRAM);
SAME(SOCK_RAW);
_Static_assert((int)IPPROTO_TCP == WINSOCK_IPPROTO_TCP, "IPPROTO_TCP");
_Static_assert((int)IPPROTO_UDP == WINSOCK_IPPROTO_UDP, "IPPROTO_UDP");
_Static_assert((int)IPPROTO_IPV6 == WINSOCK_IPPROTO_IPV6, "IPPROTO_IPV6");
SAME(SOMAXCONN);
SAME(MSG_OOB);
SAME(MSG_PEEK);
SAME(MSG_DONTROUTE);
SAME(MSG_WAITALL);
SAME(MSG_PARTIAL);
SAME(SD_RECEIVE);
SAME(SD_SEND);
SAME(SD_BOTH);
SAME(POLLERR);
SAME(POLLHUP);
SAME(POLLNVAL);
SAME(POLLWRNORM);
SAME(POLLRDNORM);
SAME(POLLRDBAND);
SAME(FIONREAD);
SAME(FIONBIO);
SAME(SIOCATMARK);
SAME(SOL_SOCKET);
SAME(SO_ACCEPTCONN);
SAME(SO_REUSEADDR);
SAME(SO_KEEPALIVE);
SAME(SO_LINGER);
SAME(SO_DONTLINGER);
SAME(SO_OOBINLINE);
SAME(SO_SNDBUF);
SAME(SO_RCVBUF);
SAME(SO_ERROR);
SAME(SO_TYPE);
SAME(TCP_NODELAY);
SAME(IPV6_V6ONLY);
LIKE(sockaddr_in);
LIKE(sockaddr_in6);
_Static_assert(sizeof(WSABUF) == (sizeof(void *) == 8 ?
				  sizeof(struct winsock_buffer) :
				  sizeof(struct winsock_buffer32)), "WSABUF");
_Static_assert(sizeof(void *) == 4 ||
	       sizeof(WSAPOLLFD) == sizeof(struct winsock_pollfd), "WSAPOLLFD");
_Static_assert(sizeof(void *) == 4 ||
	       offsetof(fd_set, fd_array) ==
	       offsetof(struct winsock_handle_set, fd_array), "fd_set");
