/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * A part of the ABI of <linux/winsock.h>: the commands that send and receive.
 */
#ifndef _UAPI_LINUX_WINSOCK_DATA_H
#define _UAPI_LINUX_WINSOCK_DATA_H

#include <linux/types.h>

/**
 * struct winsock_buffer - one WSABUF of a 64-bit Windows program, 16 bytes
 * @len:   bytes
 * @__pad: ignored, as Windows programs leave it uninitialised
 * @buf:   user address
 */
struct winsock_buffer {
	__u32 len;
	__u32 __pad;
	__aligned_u64 buf;
};

/**
 * struct winsock_buffer32 - one WSABUF of a 32-bit Windows program, 8 bytes
 * @len: bytes
 * @buf: user address
 */
struct winsock_buffer32 {
	__u32 len;
	__u32 buf;
};

/* The most elements that a buffer array may have; more, or none, is WSAEINVAL. */
#define WINSOCK_BUFFERS_MAX	65536

/* Flags of WINSOCK_IOC_SOCK_SEND, _RECV, _SENDMSG, _RECVMSG: @addr, @count. */
#define WINSOCK_IO_ARRAY	0x1	/* array of @count winsock_buffer */
#define WINSOCK_IO_ARRAY32	0x2	/* array of @count winsock_buffer32 */

/**
 * struct winsock_sock_send - WINSOCK_IOC_SOCK_SEND: send, WSASend
 * @size:        sizeof(struct winsock_sock_send)
 * @flags:       0: @addr is one buffer of @count bytes; or WINSOCK_IO_ARRAY or
 *               WINSOCK_IO_ARRAY32; and WINSOCK_LEAVE_*
 * @handle:      a connected socket
 * @addr:        user address of the data, or of the buffer array
 * @count:       bytes, or elements (at most WINSOCK_BUFFERS_MAX)
 * @msg_flags:   WINSOCK_MSG_OOB, WINSOCK_MSG_DONTROUTE
 * @transferred: in 0, out the bytes taken; also the driver's place when it
 *               starts over after a signal
 * @deadline:    in 0; CLOCK_MONOTONIC nanoseconds at which SO_SNDTIMEO ends the
 *               wait, the driver's place likewise
 *
 * A blocking socket takes all bytes; a nonblocking one too if it has room for
 * any, but for what net.ipv4.tcp_wmem does not let a buffer hold.  Fails with
 * WSAENOTCONN, WSAESHUTDOWN, WSAEWOULDBLOCK, WSAECONNRESET, WSAECONNABORTED,
 * WSAEFAULT, WSAEINVAL (unknown flag), WSAEOPNOTSUPP.
 */
struct winsock_sock_send {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 addr;
	__u32 count;
	__u32 msg_flags;
	__aligned_u64 transferred;
	__s64 deadline;
};

/**
 * struct winsock_sock_recv - WINSOCK_IOC_SOCK_RECV: recv, WSARecv
 * @size:          sizeof(struct winsock_sock_recv)
 * @flags:         as in struct winsock_sock_send
 * @handle:        a connected stream, or a bound datagram socket
 * @addr:          user address of the buffer, or of the buffer array
 * @count:         bytes, or elements (at most WINSOCK_BUFFERS_MAX)
 * @msg_flags:     WINSOCK_MSG_PEEK, WINSOCK_MSG_OOB, WINSOCK_MSG_WAITALL
 * @transferred:   in 0, out the bytes received, 0 at the end of the stream;
 *                 also the driver's place when it starts over after a signal
 * @deadline:      in 0; CLOCK_MONOTONIC nanoseconds at which SO_RCVTIMEO ends
 *                 the wait, the driver's place likewise
 * @out_msg_flags: flags of what was received
 * @__pad:         must be 0
 *
 * Returns what is there; a blocking socket waits for the first byte.  Fails
 * with WSAENOTCONN, WSAESHUTDOWN, WSAEWOULDBLOCK, WSAECONNRESET, WSAECONNABORTED,
 * WSAETIMEDOUT, WSAEFAULT, WSAEINVAL (unknown flag, datagram socket not bound),
 * WSAEOPNOTSUPP, and WSAEMSGSIZE for a datagram that did not fit: its first part
 * has been received, and the outputs are written.  A datagram socket is told
 * once of each datagram that met a port where nobody listens (WSAECONNRESET) or
 * was too long under way (WSAENETRESET).
 */
struct winsock_sock_recv {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 addr;
	__u32 count;
	__u32 msg_flags;
	__aligned_u64 transferred;
	__s64 deadline;
	__u32 out_msg_flags;
	__u32 __pad;
};

/*
 * Flag of WINSOCK_IOC_SOCK_SENDMSG and _RECVMSG: the rules of WSASendMsg and
 * WSARecvMsg, which are for datagrams.
 */
#define WINSOCK_IO_MESSAGE	0x4

/**
 * struct winsock_sock_sendmsg - WINSOCK_IOC_SOCK_SENDMSG: sendto, WSASendMsg
 * @size:        sizeof(struct winsock_sock_sendmsg)
 * @flags:       as in struct winsock_sock_send, and WINSOCK_IO_MESSAGE
 * @handle:      a socket
 * @addr:        user address of the data, or of the buffer array
 * @count:       bytes, or elements (at most WINSOCK_BUFFERS_MAX)
 * @msg_flags:   as in struct winsock_sock_send
 * @name:        user address of a winsock_sockaddr_in or _in6, where to send
 *               to; or 0: to the peer that connect named
 * @control:     user address of control data as Windows lays it out, of 32-bit
 *               programs with WINSOCK_IO_ARRAY32; or 0
 * @name_len:    length at @name, at least 16 or 28
 * @control_len: length at @control
 * @transferred: as in struct winsock_sock_send
 * @deadline:    as in struct winsock_sock_send
 *
 * Binds a datagram socket that is not bound, also when it then fails.  Streams
 * ignore @name and @control.  Control data is of the kinds WINSOCK_IP_PKTINFO,
 * _IP_TTL, _IP_TOS, WINSOCK_IPV6_PKTINFO, _IPV6_HOPLIMIT, _IPV6_TCLASS; another
 * is WSAEINVAL.  Fails as SEND does, and with WSAEDESTADDRREQ (no @name, not
 * connected), WSAEFAULT (short address), WSAEAFNOSUPPORT, WSAEADDRNOTAVAIL
 * (address or port zero), WSAEACCES (a broadcast address), WSAEMSGSIZE (longer
 * than a datagram can be), WSAENETUNREACH, WSAEHOSTUNREACH.
 *
 * With WINSOCK_IO_MESSAGE a stream is WSAEINVAL, the want of a peer
 * WSAENOTCONN, and a length without a @name or @control WSAEFAULT.
 */
struct winsock_sock_sendmsg {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 addr;
	__u32 count;
	__u32 msg_flags;
	__aligned_u64 name;
	__aligned_u64 control;
	__s32 name_len;
	__u32 control_len;
	__aligned_u64 transferred;
	__s64 deadline;
};

/**
 * struct winsock_sock_recvmsg - WINSOCK_IOC_SOCK_RECVMSG: recvfrom, WSARecvMsg
 * @size:          sizeof(struct winsock_sock_recvmsg)
 * @flags:         as in struct winsock_sock_send, and WINSOCK_IO_MESSAGE
 * @handle:        a bound or connected socket
 * @addr:          user address of the buffer, or of the buffer array
 * @count:         bytes, or elements (at most WINSOCK_BUFFERS_MAX)
 * @msg_flags:     as in struct winsock_sock_recv
 * @name:          user address of a buffer for the sender's address, or 0
 * @name_len:      user address of a __s32: in the buffer's length, out the
 *                 address's (16 or 28); ignored if @name is 0
 * @control:       user address of room for control data, or 0; its layout is as
 *                 in struct winsock_sock_sendmsg
 * @transferred:   as in struct winsock_sock_recv
 * @deadline:      as in struct winsock_sock_recv
 * @out_msg_flags: as in struct winsock_sock_recv; with WINSOCK_IO_MESSAGE
 *                 WINSOCK_MSG_TRUNC and _CTRUNC, and _BCAST or _MCAST if the
 *                 packet information that was asked for says so
 * @control_len:   in the room at @control, out the bytes used
 *
 * Streams leave @name and @name_len alone.  Fails as RECV does, and with
 * WSAEFAULT when @name is too short or not writable; then nothing is received.
 *
 * With WINSOCK_IO_MESSAGE, where alone @control is looked at, a connected
 * stream is WSAEINVAL, or WSAEOPNOTSUPP with WINSOCK_MSG_PEEK; control data for
 * which there is no room WSAEMSGSIZE, with all outputs written; and a length
 * without a @name or @control WSAEFAULT.
 */
struct winsock_sock_recvmsg {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 addr;
	__u32 count;
	__u32 msg_flags;
	__aligned_u64 name;
	__aligned_u64 name_len;
	__aligned_u64 control;
	__aligned_u64 transferred;
	__s64 deadline;
	__u32 out_msg_flags;
	__u32 control_len;
};

#endif /* _UAPI_LINUX_WINSOCK_DATA_H */
