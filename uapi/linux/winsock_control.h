/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * What the control codes of WINSOCK_IOC_SOCK_CONTROL take and give, as Windows
 * lays it out, on 32 and on 64 bits alike.
 */
#ifndef _UAPI_LINUX_WINSOCK_CONTROL_H
#define _UAPI_LINUX_WINSOCK_CONTROL_H

#include <linux/types.h>
#include <linux/winsock.h>

/**
 * struct winsock_tcp_keepalive - input of SIO_KEEPALIVE_VALS
 * @onoff:             0: off, and nothing else changes
 * @keepalivetime:     milliseconds without traffic until the first probe
 * @keepaliveinterval: milliseconds between probes
 */
struct winsock_tcp_keepalive {
	__u32 onoff;
	__u32 keepalivetime;
	__u32 keepaliveinterval;
};

/* The rest of the bits is the system's default. */
#define WINSOCK_RTO_UNSPECIFIED_RTT	0xffff
#define WINSOCK_RTO_DEFAULT		0
#define WINSOCK_RTO_UNSPECIFIED		0xff
#define WINSOCK_RTO_NONE		0xfe

/**
 * struct winsock_tcp_initial_rto - input of SIO_TCP_INITIAL_RTO
 * @rtt:      milliseconds to assume for the round trip; not used
 * @syn_most: SYNs to send again, or WINSOCK_RTO_*
 * @__pad:    ignored
 */
struct winsock_tcp_initial_rto {
	__u16 rtt;
	__u8 syn_most;
	__u8 __pad;
};

/**
 * struct winsock_tcp_info - output of SIO_TCP_INFO
 * @state:               0 closed, 1 listening ... 10 TIME_WAIT
 * @mss:                 bytes of a segment
 * @connection_time_ms:  0: not counted
 * @timestamps_enabled:  1 if TCP timestamps are in use
 * @__pad:               0
 * @rtt_us:              round trip, smoothed
 * @min_rtt_us:          the shortest seen, 0xffffffff before the first
 * @bytes_in_flight:     sent and not acknowledged
 * @cwnd:                congestion window, bytes
 * @snd_wnd:             window that the peer offers, bytes
 * @rcv_wnd:             window that we offer, bytes
 * @rcv_buf:             receive buffer, bytes
 * @bytes_out:           sent in all
 * @bytes_in:            received in all
 * @bytes_reordered:     about what came out of order
 * @bytes_retrans:       sent again
 * @fast_retrans:        0: not counted
 * @dup_acks_in:         0: not counted
 * @timeout_episodes:    0: not counted
 * @syn_retrans:         0: not counted
 * @__pad2:              0
 * @snd_lim_trans_rwin:  0: not counted.  Version 0 ends before it, at 88 bytes
 * @snd_lim_time_rwin:   milliseconds that the peer's window held sending up
 * @snd_lim_bytes_rwin:  0: not counted
 * @snd_lim_trans_cwnd:  0: not counted
 * @snd_lim_time_cwnd:   milliseconds that the congestion window did
 * @snd_lim_bytes_cwnd:  0: not counted
 * @snd_lim_trans_snd:   0: not counted
 * @snd_lim_time_snd:    milliseconds that the send buffer did
 * @snd_lim_bytes_snd:   0: not counted
 */
struct winsock_tcp_info {
	__u32 state;
	__u32 mss;
	__aligned_u64 connection_time_ms;
	__u8 timestamps_enabled;
	__u8 __pad[3];
	__u32 rtt_us;
	__u32 min_rtt_us;
	__u32 bytes_in_flight;
	__u32 cwnd;
	__u32 snd_wnd;
	__u32 rcv_wnd;
	__u32 rcv_buf;
	__aligned_u64 bytes_out;
	__aligned_u64 bytes_in;
	__u32 bytes_reordered;
	__u32 bytes_retrans;
	__u32 fast_retrans;
	__u32 dup_acks_in;
	__u32 timeout_episodes;
	__u8 syn_retrans;
	__u8 __pad2[3];
	__u32 snd_lim_trans_rwin;
	__u32 snd_lim_time_rwin;
	__aligned_u64 snd_lim_bytes_rwin;
	__u32 snd_lim_trans_cwnd;
	__u32 snd_lim_time_cwnd;
	__aligned_u64 snd_lim_bytes_cwnd;
	__u32 snd_lim_trans_snd;
	__u32 snd_lim_time_snd;
	__aligned_u64 snd_lim_bytes_snd;
};

#define WINSOCK_TCP_INFO_V0_SIZE	88

/* struct winsock_interface_info's flags. */
#define WINSOCK_IFF_UP		0x1
#define WINSOCK_IFF_BROADCAST	0x2
#define WINSOCK_IFF_LOOPBACK	0x4
#define WINSOCK_IFF_POINTTOPOINT	0x8
#define WINSOCK_IFF_MULTICAST	0x10

/**
 * struct winsock_sockaddr_gen - an address in winsock_interface_info, 24 bytes
 * @in:    the address
 * @__pad: room for an IPv6 address without its scope, 0
 */
struct winsock_sockaddr_gen {
	struct winsock_sockaddr_in in;
	__u8 __pad[8];
};

/**
 * struct winsock_interface_info - an element of SIO_GET_INTERFACE_LIST's output
 * @flags:     WINSOCK_IFF_*
 * @address:   an IPv4 address of the interface
 * @broadcast: where to send broadcasts; zeros without WINSOCK_IFF_BROADCAST
 * @netmask:   its network's mask, as an address
 */
struct winsock_interface_info {
	__u32 flags;
	struct winsock_sockaddr_gen address;
	struct winsock_sockaddr_gen broadcast;
	struct winsock_sockaddr_gen netmask;
};

/**
 * struct winsock_socket_address - SOCKET_ADDRESS of a 64-bit Windows program
 * @addr: user address of the address
 * @len:  its length
 * @__pad: 0
 *
 * SOCKET_ADDRESS_LIST, what the codes on address lists take and give, is a
 * __s32 with their number, 4 bytes of padding, and an array of these; the
 * addresses follow.  With WINSOCK_CONTROL_32 @addr is __u32, and there is no
 * padding.
 */
struct winsock_socket_address {
	__aligned_u64 addr;
	__s32 len;
	__u32 __pad;
};

/* The most addresses that SIO_ADDRESS_LIST_SORT takes; more is WSAEINVAL. */
#define WINSOCK_SORT_MAX	1024

/* What SIO_RCVALL and its like take, as a byte or as a DWORD. */
#define WINSOCK_RCVALL_OFF		0
#define WINSOCK_RCVALL_ON		1
#define WINSOCK_RCVALL_SOCKETLEVELONLY	2
#define WINSOCK_RCVALL_IPLEVEL		3

/* Values of @mode of the filters below. */
#define WINSOCK_MCAST_INCLUDE	0
#define WINSOCK_MCAST_EXCLUDE	1

/**
 * struct winsock_ip_msfilter - begins what SIO_SET_MULTICAST_FILTER takes, and
 *                              SIO_GET_MULTICAST_FILTER takes and gives
 * @group:     an IPv4 group
 * @interface: an address of the interface, its index as 0.x.x.x, or 0: the one
 *             that the route to the group takes
 * @mode:      only the sources that follow, or all but those
 * @count:     of the sources.  SIO_GET_MULTICAST_FILTER ignores it, gives those
 *             that fit, and here how many there are
 *
 * The sources follow, each an IPv4 address; all are in network order.
 */
struct winsock_ip_msfilter {
	__be32 group;
	__be32 interface;
	__u32 mode;
	__u32 count;
};

/**
 * struct winsock_group_filter - the same for SIOCSMSFILTER and SIOCGMSFILTER
 * @interface: its index, or 0 as above
 * @__pad:     ignored; given back as it came
 * @group:     a struct winsock_sockaddr_in or winsock_sockaddr_in6; the sources
 *             that follow are of its family and as long
 * @mode:      as above
 * @count:     as above
 */
struct winsock_group_filter {
	__u32 interface;
	__u32 __pad;
	__aligned_u64 group[16];
	__u32 mode;
	__u32 count;
};

/* The most sources that a filter takes; more are WSAENOBUFS. */
#define WINSOCK_FILTER_MAX	1024

#endif /* _UAPI_LINUX_WINSOCK_CONTROL_H */
