// SPDX-License-Identifier: GPL-2.0-only
/*
 * Windows' layouts and numbers, as its own headers have them: this file
 * compiles with mingw-w64 too.
 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <mstcpip.h>
#include <stddef.h>

#define IS(value, name)		_Static_assert((name) == (value), #name)
#define SIZE(size, type)	IS(size, sizeof(type))
#define AT(offset, type, field)	IS(offset, offsetof(type, field))

/* On 64 bits, on 32 bits. */
#define BY(size64, size32)	(sizeof(void *) == 8 ? (size64) : (size32))

SIZE(2, WORD);
SIZE(4, DWORD);
SIZE(4, LONG);
SIZE(4, ULONG);
SIZE(4, BOOL);
SIZE(4, u_long);
SIZE(8, ULONGLONG);
SIZE(sizeof(void *), SOCKET);
SIZE(sizeof(void *), HANDLE);
SIZE(sizeof(void *), ULONG_PTR);

SIZE(BY(408, 400), WSADATA);
AT(2, WSADATA, wHighVersion);
AT(BY(16, 4), WSADATA, szDescription);
AT(BY(273, 261), WSADATA, szSystemStatus);
AT(BY(4, 390), WSADATA, iMaxSockets);
AT(BY(6, 392), WSADATA, iMaxUdpDg);
AT(BY(8, 396), WSADATA, lpVendorInfo);

SIZE(16, struct sockaddr);
SIZE(16, struct sockaddr_in);
AT(2, struct sockaddr_in, sin_port);
AT(4, struct sockaddr_in, sin_addr);
AT(8, struct sockaddr_in, sin_zero);
SIZE(28, struct sockaddr_in6);
AT(2, struct sockaddr_in6, sin6_port);
AT(4, struct sockaddr_in6, sin6_flowinfo);
AT(8, struct sockaddr_in6, sin6_addr);
AT(24, struct sockaddr_in6, sin6_scope_id);
AT(24, struct sockaddr_in6, sin6_scope_struct);
SIZE(BY(16, 8), SOCKADDR_IN6_PAIR);
SIZE(128, struct sockaddr_storage);
SIZE(4, struct linger);
AT(2, struct linger, l_linger);
SIZE(8, struct ip_mreq);
SIZE(12, struct ip_mreq_source);
AT(4, struct ip_mreq_source, imr_sourceaddr);
AT(8, struct ip_mreq_source, imr_interface);
SIZE(20, IP_MSFILTER);
SIZE(136, GROUP_REQ);
AT(8, GROUP_REQ, gr_group);
SIZE(264, GROUP_SOURCE_REQ);
AT(136, GROUP_SOURCE_REQ, gsr_source);
SIZE(272, GROUP_FILTER);
SIZE(8, IN_PKTINFO);
SIZE(20, IN6_PKTINFO);
SIZE(BY(16, 8), SOCKET_ADDRESS);
SIZE(BY(40, 24), CSADDR_INFO);
AT(BY(16, 8), CSADDR_INFO, RemoteAddr);
AT(BY(32, 16), CSADDR_INFO, iSocketType);
SIZE(20, struct ipv6_mreq);

SIZE(BY(16, 8), WSABUF);
AT(BY(8, 4), WSABUF, buf);
SIZE(BY(32, 20), WSAOVERLAPPED);
AT(BY(8, 4), WSAOVERLAPPED, InternalHigh);
AT(BY(16, 8), WSAOVERLAPPED, Offset);
AT(BY(20, 12), WSAOVERLAPPED, OffsetHigh);
AT(BY(24, 16), WSAOVERLAPPED, hEvent);
AT(BY(8, 4), struct fd_set, fd_array);
SIZE(BY(16, 8), WSAPOLLFD);
AT(BY(8, 4), WSAPOLLFD, events);
AT(BY(10, 6), WSAPOLLFD, revents);

SIZE(BY(16, 8), SOCKET_ADDRESS);
AT(BY(8, 4), SOCKET_ADDRESS, iSockaddrLength);
AT(BY(8, 4), SOCKET_ADDRESS_LIST, Address);
SIZE(76, INTERFACE_INFO);
AT(4, INTERFACE_INFO, iiAddress);
AT(52, INTERFACE_INFO, iiNetmask);
SIZE(12, struct tcp_keepalive);
SIZE(4, TCP_INITIAL_RTO_PARAMETERS);
SIZE(4, TCP_ICW_PARAMETERS);
SIZE(8, RCVALL_IF);
SIZE(8, TIMESTAMPING_CONFIG);
SIZE(16, TRANSPORT_SETTING_ID);
SIZE(4, INET_PORT_RANGE);
SIZE(16, INET_PORT_RESERVATION_INSTANCE);
AT(8, INET_PORT_RESERVATION_INSTANCE, Token);
SIZE(88, TCP_INFO_v0);
AT(8, TCP_INFO_v0, ConnectionTimeMs);
AT(20, TCP_INFO_v0, RttUs);
AT(48, TCP_INFO_v0, BytesOut);
AT(84, TCP_INFO_v0, SynRetrans);
SIZE(136, TCP_INFO_v1);
AT(88, TCP_INFO_v1, SndLimTransRwin);
AT(128, TCP_INFO_v1, SndLimBytesSnd);

SIZE(372, WSAPROTOCOL_INFOA);
AT(16, WSAPROTOCOL_INFOA, dwProviderFlags);
AT(20, WSAPROTOCOL_INFOA, ProviderId);
AT(36, WSAPROTOCOL_INFOA, dwCatalogEntryId);
AT(40, WSAPROTOCOL_INFOA, ProtocolChain);
AT(72, WSAPROTOCOL_INFOA, iVersion);
AT(76, WSAPROTOCOL_INFOA, iAddressFamily);
AT(108, WSAPROTOCOL_INFOA, dwMessageSize);
AT(116, WSAPROTOCOL_INFOA, szProtocol);

SIZE(BY(48, 32), struct addrinfo);
AT(16, struct addrinfo, ai_addrlen);
AT(BY(24, 20), struct addrinfo, ai_canonname);
AT(BY(40, 28), struct addrinfo, ai_next);

SIZE(BY(48, 32), ADDRINFOW);
AT(BY(24, 20), ADDRINFOW, ai_canonname);
SIZE(BY(72, 44), ADDRINFOEXA);
AT(BY(40, 28), ADDRINFOEXA, ai_blob);
AT(BY(56, 36), ADDRINFOEXA, ai_provider);
AT(BY(64, 40), ADDRINFOEXA, ai_next);
SIZE(BY(72, 44), ADDRINFOEXW);
SIZE(BY(32, 16), struct hostent);
AT(BY(16, 8), struct hostent, h_addrtype);
AT(BY(18, 10), struct hostent, h_length);
AT(BY(24, 12), struct hostent, h_addr_list);
SIZE(BY(32, 16), struct servent);
AT(BY(24, 8), struct servent, s_port);
AT(BY(16, 12), struct servent, s_proto);
SIZE(BY(24, 12), struct protoent);
AT(BY(16, 8), struct protoent, p_proto);

IS(23, AF_INET6);
IS(6, AF_IPX);
IS(17, AF_NETBIOS);
IS(26, AF_IRDA);
IS(32, AF_BTH);
IS(20, AF_UNKNOWN1);
IS(31, AF_ICLFXBM);
IS(11, PF_SNA);
IS(21, PF_BAN);
IS(0, ADDR_ANY);
IS(1, IN_CLASSA(0x7f000001));
IS(0, IN_CLASSA(0x80000000));
IS(1, IN_CLASSB(0xbfffffff));
IS(1, IN_CLASSC(0xc0000000));
IS(1, IN_MULTICAST(0xe0000001));
IS(0, IN_MULTICAST(0xf0000000));
IS(0x0fffffff, IN_CLASSD_HOST);
IS(79, IPPORT_FINGER);
IS(512, IPPORT_BIFFUDP);
IS(520, IPPORT_EFSSERVER);
IS(16, MSG_MAXIOVLEN);
IS(0x80047302, (DWORD)SIOCSLOWAT);
IS(0x40047301, (DWORD)SIOCGHIWAT);
IS(2, TH_TAPI);
IS(0x100, WSA_FLAG_REGISTERED_IO);
IS(0x7fffffff, SOMAXCONN);
IS(0xffff, SOL_SOCKET);
IS(-5, SO_EXCLUSIVEADDRUSE);
IS(-129, SO_DONTLINGER);
IS(0x80, SO_LINGER);
IS(0x1001, SO_SNDBUF);
IS(0x1006, SO_RCVTIMEO);
IS(0x2005, SO_PROTOCOL_INFOW);
IS(0x3002, SO_CONDITIONAL_ACCEPT);
IS(0x700b, SO_UPDATE_ACCEPT_CONTEXT);
IS(0x7010, SO_UPDATE_CONNECT_CONTEXT);
IS(0x8004667e, (DWORD)FIONBIO);
IS(0x4004667f, (DWORD)FIONREAD);
IS(0x40047307, (DWORD)SIOCATMARK);
IS(0x28000004, (DWORD)SIO_FLUSH);
IS(0xc8000006, (DWORD)SIO_GET_EXTENSION_FUNCTION_POINTER);
IS(0xc8000014, (DWORD)SIO_ROUTING_INTERFACE_QUERY);
IS(0x48000016, (DWORD)SIO_ADDRESS_LIST_QUERY);
IS(0x28000017, (DWORD)SIO_ADDRESS_LIST_CHANGE);
IS(0x4004747f, (DWORD)SIO_GET_INTERFACE_LIST);
IS(0x48000022, (DWORD)SIO_BASE_HANDLE);
IS(0x98000001, (DWORD)SIO_RCVALL);
IS(0x98000004, (DWORD)SIO_KEEPALIVE_VALS);
IS(0x9800000c, (DWORD)SIO_UDP_CONNRESET);
IS(0x98000011, (DWORD)SIO_TCP_INITIAL_RTO);
IS(0xd8000027, (DWORD)SIO_TCP_INFO);
IS(0x98000064, (DWORD)SIO_ACQUIRE_PORT_RESERVATION);
IS(3, RCVALL_IPLEVEL);
IS(10, TCPSTATE_TIME_WAIT);
IS(255, TCP_ICW_LEVEL_MAX);
IS(0x980000eb, (DWORD)SIO_TIMESTAMPING);
IS(5, ScopeLevelSite);
IS(-1, IP_UNSPECIFIED_HOP_LIMIT);
IS(1024, GAI_STRERROR_BUFFER_SIZE);
IS(4, IFF_LOOPBACK);
IS(8, MSG_WAITALL);
IS(0x8000, MSG_PARTIAL);
IS(1, SD_SEND);
IS(0x300, POLLIN);
IS(0x10, POLLOUT);
IS(0x400, POLLPRI);
IS(0x20, POLLWRBAND);
IS(1, POLLERR);
IS(2, POLLHUP);
IS(4, POLLNVAL);
IS(19, IP_PKTINFO);
IS(31, IP_UNICAST_IF);
IS(45, MCAST_JOIN_SOURCE_GROUP);
IS(21, IPV6_HOPLIMIT);
IS(0x7000, TCP_BSDURGENT);
IS(20, UDP_CHECKSUM_COVERAGE);
IS(41, IPPROTO_IPV6);
IS(58, IPPROTO_ICMPV6);
IS(27, IPV6_V6ONLY);
IS(3, IP_TOS);
IS(12, IP_ADD_MEMBERSHIP);
IS(0x80, WSA_FLAG_NO_HANDLE_INHERIT);
IS(22, INET_ADDRSTRLEN);
IS(65, INET6_ADDRSTRLEN);
IS(8, AI_NUMERICSERV);
IS(0x400, AI_ADDRCONFIG);
IS(0x80000, AI_DISABLE_IDN_ENCODING);
IS(2, NI_NUMERICHOST);
IS(16, NI_DGRAM);
IS(12, NS_DNS);
IS(8, EAI_MEMORY);
IS(10109, EAI_SERVICE);
IS(11001, EAI_NONAME);
IS(10004, WSAEINTR);
IS(10035, WSAEWOULDBLOCK);
IS(10093, WSANOTINITIALISED);
IS(11002, WSATRY_AGAIN);
IS(995, WSA_OPERATION_ABORTED);
IS(997, WSA_IO_PENDING);
