// SPDX-License-Identifier: GPL-2.0-only
/*
 * <winsock2.h> beside the driver's ABI: one set of codes, equal numbers.
 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <mstcpip.h>
#include <linux/winsock.h>
#include <linux/winsock_control.h>

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
SAME(SIO_IDEAL_SEND_BACKLOG_CHANGE);
SAME(SIO_IDEAL_SEND_BACKLOG_QUERY);
SAME(SIO_GET_INTERFACE_LIST);
SAME(SIO_ASSOCIATE_HANDLE);
SAME(SIO_ENABLE_CIRCULAR_QUEUEING);
SAME(SIO_GET_BROADCAST_ADDRESS);
SAME(SIO_GET_QOS);
SAME(SIO_GET_GROUP_QOS);
SAME(SIO_MULTIPOINT_LOOPBACK);
SAME(SIO_MULTICAST_SCOPE);
SAME(SIO_SET_QOS);
SAME(SIO_SET_GROUP_QOS);
SAME(SIO_TRANSLATE_HANDLE);
SAME(SIO_ROUTING_INTERFACE_QUERY);
SAME(SIO_ROUTING_INTERFACE_CHANGE);
SAME(SIO_ADDRESS_LIST_QUERY);
SAME(SIO_ADDRESS_LIST_CHANGE);
SAME(SIO_ADDRESS_LIST_SORT);
SAME(SIO_BSP_HANDLE);
SAME(SIO_BSP_HANDLE_SELECT);
SAME(SIO_BSP_HANDLE_POLL);
SAME(SIO_BASE_HANDLE);
SAME(SIO_QUERY_RSS_SCALABILITY_INFO);
SAME(SIO_RCVALL);
SAME(SIO_RCVALL_MCAST);
SAME(SIO_RCVALL_IGMPMCAST);
SAME(SIO_KEEPALIVE_VALS);
SAME(SIO_LOOPBACK_FAST_PATH);
SAME(SIO_TCP_INITIAL_RTO);
SAME(SIO_TCP_SET_ACK_FREQUENCY);
SAME(SIO_SET_PRIORITY_HINT);
SAME(SIO_TCP_INFO);
SAME(IFF_UP);
SAME(IFF_BROADCAST);
SAME(IFF_LOOPBACK);
SAME(IFF_POINTTOPOINT);
SAME(IFF_MULTICAST);
SAME(SOL_SOCKET);
SAME(SO_ACCEPTCONN);
SAME(SO_REUSEADDR);
SAME(SO_EXCLUSIVEADDRUSE);
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
LIKE(tcp_keepalive);
_Static_assert(sizeof(TCP_INITIAL_RTO_PARAMETERS) ==
	       sizeof(struct winsock_tcp_initial_rto), "initial_rto");
_Static_assert(sizeof(TCP_INFO_v0) == WINSOCK_TCP_INFO_V0_SIZE, "TCP_INFO_v0");
_Static_assert(sizeof(TCP_INFO_v1) == sizeof(struct winsock_tcp_info),
	       "TCP_INFO_v1");
_Static_assert(sizeof(INTERFACE_INFO) == sizeof(struct winsock_interface_info),
	       "INTERFACE_INFO");
_Static_assert(sizeof(void *) == 4 ||
	       sizeof(SOCKET_ADDRESS) == sizeof(struct winsock_socket_address),
	       "SOCKET_ADDRESS");
_Static_assert(sizeof(WSABUF) == (sizeof(void *) == 8 ?
				  sizeof(struct winsock_buffer) :
				  sizeof(struct winsock_buffer32)), "WSABUF");
_Static_assert(sizeof(void *) == 4 ||
	       sizeof(WSAPOLLFD) == sizeof(struct winsock_pollfd), "WSAPOLLFD");
_Static_assert(sizeof(void *) == 4 ||
	       offsetof(fd_set, fd_array) ==
	       offsetof(struct winsock_handle_set, fd_array), "fd_set");
