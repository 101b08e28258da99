/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * The ABI of /dev/winsock: Windows sockets, one ioctl(2) a call.
 *
 * Objects
 *   One open of the device is a *context*: what Windows keeps for one process
 *   that has called WSAStartup.  A context owns a table of *handles*; a SOCKET
 *   is such a handle, not a file descriptor.  A handle is a multiple of four,
 *   never 0, below 2^31, and means nothing in another context.  A closed
 *   handle's value comes back only after many others have been used.
 *
 *   A *descriptor file* is a file of the node that stands for one object
 *   instead of a context: made by WINSOCK_IOC_HANDLE_EXPORT, or a blank file
 *   (opened, never started) that WINSOCK_IOC_HANDLE_ATTACH filled.  It can be
 *   polled and passed over AF_UNIX, and it takes the commands of its object,
 *   whose handle is then written as 0.  Commands that would make a new handle
 *   need a context: there they fail with EINVAL.
 *
 * Calls
 *   Every command takes a pointer to a struct that begins with its own size.
 *   A shorter, older struct is extended with zeros; a longer one must be zero
 *   in what this kernel does not know (else E2BIG).  @flags and __pad fields
 *   must be zero but for the bits a command names (else EINVAL).  Pointers are
 *   u64, so 32-bit programs use the same structs on a 64-bit kernel.
 *   Winsock's own numbers cross the boundary: AF_INET6 is 23, FIONBIO is
 *   0x8004667e.
 *
 * Errors
 *   ioctl(2) returns 0, or a positive Winsock code (WSAE...), or -1 with errno
 *   set.  A positive value is Winsock's answer to the caller; errno speaks of
 *   the call itself:
 *     EFAULT   the struct is not readable, or its outputs not writable
 *     E2BIG    the struct is longer than known, and not zero there
 *     EINVAL   @size too short, an unknown flag, a __pad that is not zero, or
 *              a command that this kind of file does not take
 *     ENOTTY   no such command
 *   Outputs are written only when the call returns 0, unless a field says
 *   otherwise; the one exception is @out_handle of a call that a CLEANUP
 *   overtook (WSANOTINITIALISED), which then means nothing.  A bad pointer
 *   *inside* a struct is Winsock's WSAEFAULT.
 *   Every command but QUERY, STARTUP and those of <linux/winsock_event.h> may
 *   answer WSANOTINITIALISED, every one that names a handle WSAENOTSOCK, and
 *   every one that allocates WSAENOBUFS; the comments below list what comes on
 *   top.
 *
 * Blocking
 *   A command that waits is interruptible.  It starts over by itself after a
 *   signal handler, whether or not that was installed with SA_RESTART, and
 *   keeps its place in the struct's in-and-out fields: WSAEINTR never comes
 *   from a signal.  Closing the socket elsewhere ends the wait.  All commands
 *   may sleep for memory.
 *   A command that would wait while an APC is queued for the calling thread
 *   ends as by a signal, with its place kept, but answers
 *   WINSOCK_WAIT_IO_COMPLETION: take the APCs with APC_TAKE, run them, and give
 *   the same struct to the same command again.  A command that need not wait
 *   never answers that, nor does any on a descriptor file, which has no APCs.
 *   SOCK_ACCEPT, SOCK_CONNECT, the commands that send or receive, SOCK_SELECT
 *   and SOCK_POLL take two flags more, for callers with something to do
 *   meanwhile: WINSOCK_LEAVE_NOW and WINSOCK_LEAVE_SOON.
 *
 * Changelog
 *   1  first version
 */
#ifndef _UAPI_LINUX_WINSOCK_H
#define _UAPI_LINUX_WINSOCK_H

#include <linux/types.h>
#include <linux/ioctl.h>
#include <linux/winsock_accept.h>
#include <linux/winsock_data.h>
#include <linux/winsock_event.h>
#include <linux/winsock_notify.h>
#include <linux/winsock_numbers.h>

/* WINSOCK_IOC_QUERY reports it; grows when a struct or command is added. */
#define WINSOCK_ABI_VERSION	1

/* Feature bits, WINSOCK_IOC_QUERY's @out_features. */
#define WINSOCK_FEATURE_TCP	0x1	/* TCP over IPv4 and IPv6 */
#define WINSOCK_FEATURE_EXPORT	0x2	/* export, import, attach */
#define WINSOCK_FEATURE_SELECT	0x4	/* select, WSAPoll */
#define WINSOCK_FEATURE_UDP	0x8	/* UDP over IPv4 and IPv6 */
#define WINSOCK_FEATURE_RAW	0x10	/* raw sockets, and pings */
#define WINSOCK_FEATURE_UNIX	0x20	/* AF_UNIX streams */
#define WINSOCK_FEATURE_EVENT	0x40	/* events, waits, network events */
#define WINSOCK_FEATURE_MESSAGE	0x80	/* the same as window messages */

/* Command numbers: _IO(), so that structs may grow under the same number. */
#define WINSOCK_IOC_TYPE	'W'
#define WINSOCK_IOC_BASE	0x80

enum winsock_nr {
	WINSOCK_NR_QUERY,
	WINSOCK_NR_STARTUP,
	WINSOCK_NR_CLEANUP,
	WINSOCK_NR_HANDLE_CLOSE,
	WINSOCK_NR_HANDLE_EXPORT,
	WINSOCK_NR_HANDLE_IMPORT,
	WINSOCK_NR_HANDLE_ATTACH,
	WINSOCK_NR_SOCK_CREATE,
	WINSOCK_NR_SOCK_BIND,
	WINSOCK_NR_SOCK_LISTEN,
	WINSOCK_NR_SOCK_ACCEPT,
	WINSOCK_NR_SOCK_CONNECT,
	WINSOCK_NR_SOCK_SEND,
	WINSOCK_NR_SOCK_RECV,
	WINSOCK_NR_SOCK_SHUTDOWN,
	WINSOCK_NR_SOCK_GETNAME,
	WINSOCK_NR_SOCK_GETPEER,
	WINSOCK_NR_SOCK_GETOPT,
	WINSOCK_NR_SOCK_SETOPT,
	WINSOCK_NR_SOCK_CONTROL,
	WINSOCK_NR_SOCK_SELECT,
	WINSOCK_NR_SOCK_POLL,
	WINSOCK_NR_SOCK_SENDMSG,
	WINSOCK_NR_SOCK_RECVMSG,
	WINSOCK_NR_HANDLE_OFFER,
	WINSOCK_NR_HANDLE_REDEEM,
	WINSOCK_NR_EVENT_CREATE,
	WINSOCK_NR_EVENT_SET,
	WINSOCK_NR_EVENT_RESET,
	WINSOCK_NR_WAIT,
	WINSOCK_NR_THREAD_OPEN,
	WINSOCK_NR_APC_QUEUE,
	WINSOCK_NR_APC_TAKE,
	WINSOCK_NR_EVENT_SELECT,
	WINSOCK_NR_EVENT_ENUM,
	WINSOCK_NR_ASYNC_SELECT,
	WINSOCK_NR_MESSAGE_GET,
	WINSOCK_NR_MESSAGE_POST,
	WINSOCK_NR_SOCK_CONSIDER,
	WINSOCK_NR_SOCK_DECIDE,
	WINSOCK_NR_COUNT	/* how many there are; not a command */
};

/*
 * Flags of the commands that wait.  Where such a call would go on waiting, it
 * answers WSAEINPROGRESS instead, with its place in the struct's in-and-out
 * fields, and is gone on with by giving the driver the same struct again.
 * Nothing is lost if that never comes.
 */
#define WINSOCK_LEAVE_NOW	0x40000000	/* at once */
#define WINSOCK_LEAVE_SOON	0x80000000	/* after 20 ms, or for a signal */

#define WINSOCK_IOC(nr)	_IO(WINSOCK_IOC_TYPE, WINSOCK_IOC_BASE + (nr))

#define WINSOCK_IOC_QUERY	   WINSOCK_IOC(WINSOCK_NR_QUERY)
#define WINSOCK_IOC_STARTUP	   WINSOCK_IOC(WINSOCK_NR_STARTUP)
#define WINSOCK_IOC_CLEANUP	   WINSOCK_IOC(WINSOCK_NR_CLEANUP)
#define WINSOCK_IOC_HANDLE_CLOSE   WINSOCK_IOC(WINSOCK_NR_HANDLE_CLOSE)
#define WINSOCK_IOC_HANDLE_EXPORT  WINSOCK_IOC(WINSOCK_NR_HANDLE_EXPORT)
#define WINSOCK_IOC_HANDLE_IMPORT  WINSOCK_IOC(WINSOCK_NR_HANDLE_IMPORT)
#define WINSOCK_IOC_HANDLE_ATTACH  WINSOCK_IOC(WINSOCK_NR_HANDLE_ATTACH)
#define WINSOCK_IOC_HANDLE_OFFER   WINSOCK_IOC(WINSOCK_NR_HANDLE_OFFER)
#define WINSOCK_IOC_HANDLE_REDEEM  WINSOCK_IOC(WINSOCK_NR_HANDLE_REDEEM)
#define WINSOCK_IOC_SOCK_CREATE	   WINSOCK_IOC(WINSOCK_NR_SOCK_CREATE)
#define WINSOCK_IOC_SOCK_BIND	   WINSOCK_IOC(WINSOCK_NR_SOCK_BIND)
#define WINSOCK_IOC_SOCK_LISTEN	   WINSOCK_IOC(WINSOCK_NR_SOCK_LISTEN)
#define WINSOCK_IOC_SOCK_ACCEPT	   WINSOCK_IOC(WINSOCK_NR_SOCK_ACCEPT)
#define WINSOCK_IOC_SOCK_CONNECT   WINSOCK_IOC(WINSOCK_NR_SOCK_CONNECT)
#define WINSOCK_IOC_SOCK_SEND	   WINSOCK_IOC(WINSOCK_NR_SOCK_SEND)
#define WINSOCK_IOC_SOCK_RECV	   WINSOCK_IOC(WINSOCK_NR_SOCK_RECV)
#define WINSOCK_IOC_SOCK_SHUTDOWN  WINSOCK_IOC(WINSOCK_NR_SOCK_SHUTDOWN)
#define WINSOCK_IOC_SOCK_GETNAME   WINSOCK_IOC(WINSOCK_NR_SOCK_GETNAME)
#define WINSOCK_IOC_SOCK_GETPEER   WINSOCK_IOC(WINSOCK_NR_SOCK_GETPEER)
#define WINSOCK_IOC_SOCK_GETOPT	   WINSOCK_IOC(WINSOCK_NR_SOCK_GETOPT)
#define WINSOCK_IOC_SOCK_SETOPT	   WINSOCK_IOC(WINSOCK_NR_SOCK_SETOPT)
#define WINSOCK_IOC_SOCK_CONTROL   WINSOCK_IOC(WINSOCK_NR_SOCK_CONTROL)
#define WINSOCK_IOC_SOCK_SELECT	   WINSOCK_IOC(WINSOCK_NR_SOCK_SELECT)
#define WINSOCK_IOC_SOCK_POLL	   WINSOCK_IOC(WINSOCK_NR_SOCK_POLL)
#define WINSOCK_IOC_SOCK_SENDMSG   WINSOCK_IOC(WINSOCK_NR_SOCK_SENDMSG)
#define WINSOCK_IOC_SOCK_RECVMSG   WINSOCK_IOC(WINSOCK_NR_SOCK_RECVMSG)
#define WINSOCK_IOC_EVENT_CREATE   WINSOCK_IOC(WINSOCK_NR_EVENT_CREATE)
#define WINSOCK_IOC_EVENT_SET	   WINSOCK_IOC(WINSOCK_NR_EVENT_SET)
#define WINSOCK_IOC_EVENT_RESET	   WINSOCK_IOC(WINSOCK_NR_EVENT_RESET)
#define WINSOCK_IOC_WAIT	   WINSOCK_IOC(WINSOCK_NR_WAIT)
#define WINSOCK_IOC_THREAD_OPEN	   WINSOCK_IOC(WINSOCK_NR_THREAD_OPEN)
#define WINSOCK_IOC_APC_QUEUE	   WINSOCK_IOC(WINSOCK_NR_APC_QUEUE)
#define WINSOCK_IOC_APC_TAKE	   WINSOCK_IOC(WINSOCK_NR_APC_TAKE)
#define WINSOCK_IOC_EVENT_SELECT   WINSOCK_IOC(WINSOCK_NR_EVENT_SELECT)
#define WINSOCK_IOC_EVENT_ENUM	   WINSOCK_IOC(WINSOCK_NR_EVENT_ENUM)
#define WINSOCK_IOC_ASYNC_SELECT   WINSOCK_IOC(WINSOCK_NR_ASYNC_SELECT)
#define WINSOCK_IOC_MESSAGE_GET	   WINSOCK_IOC(WINSOCK_NR_MESSAGE_GET)
#define WINSOCK_IOC_MESSAGE_POST   WINSOCK_IOC(WINSOCK_NR_MESSAGE_POST)
#define WINSOCK_IOC_SOCK_CONSIDER  WINSOCK_IOC(WINSOCK_NR_SOCK_CONSIDER)
#define WINSOCK_IOC_SOCK_DECIDE	   WINSOCK_IOC(WINSOCK_NR_SOCK_DECIDE)

/**
 * struct winsock_sockaddr_in - an IPv4 address as Windows lays it out, 16 bytes
 * @sin_family: WINSOCK_AF_INET, host order
 * @sin_port:   network order
 * @sin_addr:   network order
 * @sin_zero:   written as zeros, ignored on input
 */
struct winsock_sockaddr_in {
	__u16 sin_family;
	__be16 sin_port;
	__be32 sin_addr;
	__u8 sin_zero[8];
};

/**
 * struct winsock_sockaddr_in6 - an IPv6 address as Windows lays it out, 28 bytes
 * @sin6_family:   WINSOCK_AF_INET6 (23), host order
 * @sin6_port:     network order
 * @sin6_flowinfo: network order
 * @sin6_addr:     network order
 * @sin6_scope_id: interface index, host order
 */
struct winsock_sockaddr_in6 {
	__u16 sin6_family;
	__be16 sin6_port;
	__be32 sin6_flowinfo;
	__u8 sin6_addr[16];
	__u32 sin6_scope_id;
};

/**
 * struct winsock_sockaddr_un - a path as Windows lays it out, 110 bytes
 * @sun_family: WINSOCK_AF_UNIX, host order
 * @sun_path:   ends at a NUL or with the array; beginning with a NUL, an
 *              abstract name of the rest of the address's length.  Linux' path,
 *              in the caller's mount namespace and working directory
 *
 * Given back with length 110 for a path, the name's for an abstract one, 2 for
 * none; the buffer must always hold 110 bytes, and all of it is written.
 */
struct winsock_sockaddr_un {
	__u16 sun_family;
	char sun_path[108];
};

/**
 * struct winsock_query - WINSOCK_IOC_QUERY: what this driver offers
 * @size:         sizeof(struct winsock_query)
 * @flags:        must be 0
 * @out_abi:      WINSOCK_ABI_VERSION of the driver
 * @out_commands: WINSOCK_NR_COUNT of the driver; numbers below it exist
 * @out_features: WINSOCK_FEATURE_* bits
 *
 * Works on every file of the node, started or not.
 */
struct winsock_query {
	__u32 size;
	__u32 flags;
	__u32 out_abi;
	__u32 out_commands;
	__aligned_u64 out_features;
};

/**
 * struct winsock_startup - WINSOCK_IOC_STARTUP: WSAStartup
 * @size:        sizeof(struct winsock_startup)
 * @flags:       must be 0
 * @version:     version asked for: major in bits 0-7, minor in bits 8-15
 * @out_version: version to use: the highest supported one that is not above
 *               @version (1.0, 1.1, 2.0, 2.1, 2.2)
 * @out_highest: highest version supported: 2.2, that is 0x0202
 * @__pad:       must be 0
 *
 * Counted: each success wants one CLEANUP.  Fails with WSAVERNOTSUPPORTED
 * below 1.0, with WSAEPROCLIM after 2^32 - 1 of them, with WSASYSNOTREADY once
 * the process that opened the file has ended, and the context with it.  A file
 * that became a descriptor file cannot be started (EINVAL).
 */
struct winsock_startup {
	__u32 size;
	__u32 flags;
	__u32 version;
	__u32 out_version;
	__u32 out_highest;
	__u32 __pad;
};

/**
 * struct winsock_cleanup - WINSOCK_IOC_CLEANUP: WSACleanup
 * @size:  sizeof(struct winsock_cleanup)
 * @flags: must be 0
 *
 * The one that balances the last STARTUP closes every socket of the context.
 * Events and threads stay, as they did not need the start-up.
 */
struct winsock_cleanup {
	__u32 size;
	__u32 flags;
};

/* Flags of WINSOCK_IOC_HANDLE_CLOSE. */
#define WINSOCK_CLOSE_OBJECT	0x1	/* the object too, whoever else holds it */
#define WINSOCK_CLOSE_SOCKET	0x2	/* only a socket: else WSAENOTSOCK */
#define WINSOCK_CLOSE_EVENT	0x4	/* only an event: else _INVALID_HANDLE */

/**
 * struct winsock_handle_close - WINSOCK_IOC_HANDLE_CLOSE: closesocket
 * @size:   sizeof(struct winsock_handle_close)
 * @flags:  0 or WINSOCK_CLOSE_*
 * @handle: the handle, which is free afterwards; on a descriptor file 0, and
 *          then WINSOCK_CLOSE_OBJECT is required
 *
 * An object closes with the last descriptor that names it: handles, exported
 * and attached files count alike.  WINSOCK_CLOSE_OBJECT closes it now; to the
 * other descriptors it is then WSAENOTSOCK, and poll(2) reports POLLHUP.  Calls
 * that wait on a closed socket end: accept with WSAEINTR, connect with
 * WSAENOTSOCK, send and recv of a connected stream with WSAECONNABORTED, waits
 * for an event with WINSOCK_INVALID_HANDLE.  Closed with no kind named, which is
 * CloseHandle, a socket's window hears FD_CLOSE of it (ASYNC_SELECT).  With
 * SO_LINGER and a time, closing the last descriptor of a blocking stream by its
 * handle waits until all has been sent or acknowledged, resets when the time is
 * up, and answers 0 either way; that of a nonblocking one with bytes under way
 * fails with WSAEWOULDBLOCK and closes nothing; a signal ends the wait, and
 * sending goes on; so does an APC, and then the answer is
 * WINSOCK_WAIT_IO_COMPLETION, with the handle closed.
 */
struct winsock_handle_close {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
};

/**
 * struct winsock_handle_export - WINSOCK_IOC_HANDLE_EXPORT: a file for a handle
 * @size:   sizeof(struct winsock_handle_export)
 * @flags:  must be 0
 * @handle: a socket or event of the context
 * @out_fd: new descriptor file, close-on-exec
 * @__pad:  must be 0
 *
 * The file is a descriptor of its own: the object lives on in it when the
 * handle is closed.  Fails with WSAEMFILE when the process has no descriptor
 * left, with WSAEOPNOTSUPP for a thread, and for an AF_UNIX socket, which could
 * be sent to itself: HANDLE_OFFER carries that.
 */
struct winsock_handle_export {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__s32 out_fd;
	__u32 __pad;
};

/**
 * struct winsock_handle_import - WINSOCK_IOC_HANDLE_IMPORT: a handle for a file
 * @size:       sizeof(struct winsock_handle_import)
 * @flags:      must be 0
 * @fd:         a descriptor file of any context, or a socket descriptor made by
 *              socket(2), of a kind that SOCK_CREATE knows
 * @__pad:      must be 0
 * @out_handle: the new handle
 *
 * A native socket keeps its state; its O_NONBLOCK at this moment becomes the
 * handle's blocking mode.  @fd stays open and the caller's.  Fails with
 * WSAENOTSOCK for another kind of file, WSAEOPNOTSUPP for a descriptor file of
 * no socket, WSAESOCKTNOSUPPORT for another kind of socket, WSAEMFILE when the
 * table is full.
 */
struct winsock_handle_import {
	__u32 size;
	__u32 flags;
	__s32 fd;
	__u32 __pad;
	__aligned_u64 out_handle;
};

/**
 * struct winsock_handle_attach - WINSOCK_IOC_HANDLE_ATTACH: fill a blank file
 * @size:   sizeof(struct winsock_handle_attach)
 * @flags:  must be 0
 * @handle: a socket or event of the context
 * @fd:     a file of the node that was opened and never started or attached
 * @__pad:  must be 0
 *
 * Afterwards @fd is a descriptor file as EXPORT makes it, for everybody who
 * holds it, and for good.  Attach before the file is given to epoll: a watch
 * on a blank file stays silent until it is removed and added again.  Fails
 * with WSAEINVAL if @fd is not blank, with WSAENOTSOCK if it is no file of the
 * node, with WSAEOPNOTSUPP as HANDLE_EXPORT does.
 */
struct winsock_handle_attach {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__s32 fd;
	__u32 __pad;
};

/* Flag of WINSOCK_IOC_HANDLE_OFFER. */
#define WINSOCK_OFFER_CHECK	0x1	/* only look whether it could be done */

/**
 * struct winsock_handle_offer - WINSOCK_IOC_HANDLE_OFFER: WSADuplicateSocket
 * @size:      sizeof(struct winsock_handle_offer)
 * @flags:     0 or WINSOCK_OFFER_CHECK
 * @handle:    a socket
 * @process:   the process that may take it, by its number in the caller's PID
 *             namespace
 * @__pad:     must be 0
 * @out_token: names the offer in WINSOCK_IOC_HANDLE_REDEEM; its lower half is
 *             not 0
 *
 * The offer keeps the socket open as a handle does.  It ends when it has been
 * redeemed, when this context is cleaned up or closed, and may end when the
 * process has.  Fails with WSAEINVAL (no such process), WSAEMFILE (256 offers
 * wait for processes that exist).
 */
struct winsock_handle_offer {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__u32 process;
	__u32 __pad;
	__aligned_u64 out_token;
};

/**
 * struct winsock_handle_redeem - WINSOCK_IOC_HANDLE_REDEEM: WSASocket of a duplicate
 * @size:       sizeof(struct winsock_handle_redeem)
 * @flags:      must be 0
 * @token:      from WINSOCK_IOC_HANDLE_OFFER
 * @out_handle: a further handle of the socket
 *
 * The two handles share all of the socket's state but one: a datagram socket
 * that was not bound when the duplicate was redeemed, nor through it since,
 * does not receive through it (WSAEINVAL).  Works once.  Fails with WSAEINVAL
 * (no such offer, or not for this process), WSAEMFILE when the table is full.
 */
struct winsock_handle_redeem {
	__u32 size;
	__u32 flags;
	__aligned_u64 token;
	__aligned_u64 out_handle;
};

/**
 * struct winsock_sock_create - WINSOCK_IOC_SOCK_CREATE: socket
 * @size:       sizeof(struct winsock_sock_create)
 * @flags:      must be 0
 * @family:     WINSOCK_AF_*
 * @type:       WINSOCK_SOCK_*, or 0: the first that fits
 * @protocol:   WINSOCK_IPPROTO_*, or 0: the first that fits
 * @group:      0 for none; WINSOCK_SG_* to make one; or the id of one to join
 * @out_handle: the new socket, blocking, unbound
 *
 * TCP, UDP and raw over IPv4 and IPv6, and AF_UNIX streams.  A raw socket has
 * no protocol of its own (0) or any; of those without privilege there are only
 * WINSOCK_IPPROTO_ICMP and _ICMPV6, and only to ping, where
 * net.ipv4.ping_group_range allows it.
 *
 * A group's id is SO_GROUP_ID of its members, and it lives as long as one of
 * them.  Those of a constrained group are streams of one kind, and connect to
 * one host.  Who joins is of the user and in the network namespace of who made
 * it.
 *
 * Made in the caller's network namespace with the caller's credentials.  Fails
 * with WSAEINVAL, WSAESOCKTNOSUPPORT, WSAEAFNOSUPPORT, WSAEPROTONOSUPPORT (in
 * this order of checks), WSAEACCES, WSAEMFILE when the table is full,
 * WSAENETDOWN when the caller is not in the namespace that the context was
 * opened in, WSAEINVAL (no such group, or not for such a socket).
 */
struct winsock_sock_create {
	__u32 size;
	__u32 flags;
	__s32 family;
	__s32 type;
	__s32 protocol;
	__u32 group;
	__aligned_u64 out_handle;
};

/**
 * struct winsock_sock_bind - WINSOCK_IOC_SOCK_BIND: bind
 * @size:     sizeof(struct winsock_sock_bind)
 * @flags:    must be 0
 * @handle:   an unbound socket
 * @addr:     user address of a winsock_sockaddr_in, _in6 or _un
 * @addr_len: its length, at least 16, 28 or 3
 * @__pad:    must be 0
 *
 * Fails with WSAEFAULT (no or short address), WSAEAFNOSUPPORT, WSAEINVAL
 * (bound already), WSAEADDRINUSE, WSAEADDRNOTAVAIL, WSAEACCES, WSAENOBUFS.
 */
struct winsock_sock_bind {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 addr;
	__s32 addr_len;
	__u32 __pad;
};

/**
 * struct winsock_sock_listen - WINSOCK_IOC_SOCK_LISTEN: listen
 * @size:    sizeof(struct winsock_sock_listen)
 * @flags:   must be 0
 * @handle:  a bound socket
 * @backlog: queue length; values out of range become the nearest legal one
 * @__pad:   must be 0
 *
 * On a listening socket: success, nothing changes.  Fails with WSAEINVAL
 * (unbound), WSAEISCONN, WSAEADDRINUSE, WSAEOPNOTSUPP (connectionless).
 */
struct winsock_sock_listen {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__s32 backlog;
	__u32 __pad;
};

/**
 * struct winsock_sock_accept - WINSOCK_IOC_SOCK_ACCEPT: accept
 * @size:       sizeof(struct winsock_sock_accept)
 * @flags:      0 or WINSOCK_LEAVE_*
 * @handle:     a listening socket
 * @addr:       user address of a buffer for the peer's address, or 0
 * @addr_len:   user address of a __s32: in the buffer's length, out the
 *              address's (16, 28, or as winsock_sockaddr_un says); or 0.  With
 *              either 0, neither is touched.
 * @out_handle: the new socket
 *
 * Takes the oldest connection of the queue, or waits for one if the socket is
 * blocking; SO_RCVTIMEO does not bound the wait.  On any failure but
 * WSAECONNRESET a connection stays, or is again, first in the queue.  Fails
 * with WSAEOPNOTSUPP (not connection-oriented), WSAEINVAL (not listening),
 * WSAEFAULT (buffer too short or not writable), WSAEWOULDBLOCK (nonblocking,
 * empty), WSAEMFILE and WSAENOBUFS (only with a connection waiting),
 * WSAECONNRESET (the peer reset the oldest connection, which is gone), WSAEINTR
 * (the listener was closed meanwhile).
 */
struct winsock_sock_accept {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 addr;
	__aligned_u64 addr_len;
	__aligned_u64 out_handle;
};

/* Flag of WINSOCK_IOC_SOCK_CONNECT. */
#define WINSOCK_CONNECT_START	0x1	/* only begin, whatever the mode */

/**
 * struct winsock_sock_connect - WINSOCK_IOC_SOCK_CONNECT: connect
 * @size:     sizeof(struct winsock_sock_connect)
 * @flags:    0, WINSOCK_LEAVE_*, or WINSOCK_CONNECT_START: WSAEWOULDBLOCK also
 *            if blocking
 * @handle:   a socket, bound or not
 * @addr:     user address of a winsock_sockaddr_in, _in6 or _un
 * @addr_len: its length, at least 16, 28 or 3
 * @started:  in 0; 1, as after a signal, waits for the attempt under way
 *
 * A datagram socket may connect again; what is queued from another peer is
 * discarded then, and an address all zero (family and all, or only the host)
 * dissolves the association.  A stream's attempt ends after 21 seconds.
 *
 * Fails with WSAEFAULT, WSAEAFNOSUPPORT, WSAEADDRNOTAVAIL (address all zero),
 * WSAEINVAL (listening, or not where its constrained group connects),
 * WSAEISCONN, WSAEALREADY, WSAEWOULDBLOCK (nonblocking;
 * goes on in the background), WSAECONNREFUSED, WSAETIMEDOUT, WSAENETUNREACH,
 * WSAEHOSTUNREACH, WSAEACCES, WSAENOTSOCK (closed meanwhile).
 */
struct winsock_sock_connect {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 addr;
	__s32 addr_len;
	__u32 started;
};

/**
 * struct winsock_sock_shutdown - WINSOCK_IOC_SOCK_SHUTDOWN: shutdown
 * @size:   sizeof(struct winsock_sock_shutdown)
 * @flags:  must be 0
 * @handle: a connected socket
 * @how:    WINSOCK_SD_*
 * @__pad:  must be 0
 *
 * Fails with WSAENOTCONN, WSAEINVAL (unknown @how).
 */
struct winsock_sock_shutdown {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__s32 how;
	__u32 __pad;
};

/**
 * struct winsock_sock_name - WINSOCK_IOC_SOCK_GETNAME, WINSOCK_IOC_SOCK_GETPEER
 * @size:     sizeof(struct winsock_sock_name)
 * @flags:    must be 0
 * @handle:   a socket
 * @addr:     user address of the buffer
 * @addr_len: user address of a __s32: in the buffer's length, out the
 *            address's (16, 28, or as winsock_sockaddr_un says)
 *
 * getsockname and getpeername.  The state is checked first: GETNAME fails with
 * WSAEINVAL when unbound, GETPEER with WSAENOTCONN.  Then both fail with
 * WSAEFAULT (no buffer, too short, not writable).
 */
struct winsock_sock_name {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 addr;
	__aligned_u64 addr_len;
};

/**
 * struct winsock_sock_getopt - WINSOCK_IOC_SOCK_GETOPT: getsockopt
 * @size:      sizeof(struct winsock_sock_getopt)
 * @flags:     must be 0
 * @handle:    a socket
 * @level:     WINSOCK_SOL_SOCKET, WINSOCK_IPPROTO_*
 * @name:      WINSOCK_SO_* and the like
 * @value:     user address of the value
 * @value_len: user address of a __s32: in the room, out the length
 *
 * Fails with WSAEFAULT (NULL, too short, not writable), WSAEINVAL (unknown
 * level), WSAENOPROTOOPT.
 */
struct winsock_sock_getopt {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__s32 level;
	__s32 name;
	__aligned_u64 value;
	__aligned_u64 value_len;
};

/**
 * struct winsock_sock_setopt - WINSOCK_IOC_SOCK_SETOPT: setsockopt
 * @size:      sizeof(struct winsock_sock_setopt)
 * @flags:     must be 0
 * @handle:    a socket
 * @level:     WINSOCK_SOL_SOCKET, WINSOCK_IPPROTO_*
 * @name:      WINSOCK_SO_* and the like
 * @value:     user address of the value
 * @value_len: its length
 * @__pad:     must be 0
 *
 * Fails with WSAEFAULT, WSAEINVAL (unknown level, bad value), WSAENOPROTOOPT.
 */
struct winsock_sock_setopt {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__s32 level;
	__s32 name;
	__aligned_u64 value;
	__s32 value_len;
	__u32 __pad;
};

/* Flag of WINSOCK_IOC_SOCK_CONTROL: pointers and SOCKETs in it have 32 bits. */
#define WINSOCK_CONTROL_32	0x1

/**
 * struct winsock_sock_control - WINSOCK_IOC_SOCK_CONTROL: ioctlsocket, WSAIoctl
 * @size:         sizeof(struct winsock_sock_control)
 * @flags:        0 or WINSOCK_CONTROL_32
 * @handle:       a socket
 * @in:           user address of the input
 * @out:          user address of the room for output; may be the same
 * @code:         see <linux/winsock_numbers.h>; structures are in
 *                <linux/winsock_control.h>
 * @in_len:       bytes at @in
 * @out_len:      bytes of room at @out
 * @out_returned: in and out, also when the call fails with a Winsock code: what
 *                *lpcbBytesReturned holds
 * @place:        in 0; the driver's place when it starts over after a signal
 *
 * Codes on changes wait, or answer WSAEWOULDBLOCK on a nonblocking socket.
 * Fails with WSAEFAULT (a pointer bad, a length short), WSAEINVAL (a bad value),
 * WSAEOPNOTSUPP (no such @code, or not for this socket), WSAENOPROTOOPT (the
 * same, where Windows says so), WSAEAFNOSUPPORT, WSAENETUNREACH, WSAENOTCONN,
 * WSAEMSGSIZE (SIO_TCP_INFO's input), WSAEINTR (closed during the wait).
 */
struct winsock_sock_control {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 in;
	__aligned_u64 out;
	__u32 code;
	__u32 in_len;
	__u32 out_len;
	__u32 out_returned;
	__aligned_u64 place;
};

/* Flag of WINSOCK_IOC_SOCK_SELECT and _POLL: arrays as 32-bit Windows' are. */
#define WINSOCK_SELECT_32	0x1

/* The most entries that one set, or one array, may have; more is WSAEFAULT. */
#define WINSOCK_SELECT_MAX	65536

/**
 * struct winsock_handle_set - what a 64-bit Windows program's fd_set begins with
 * @fd_count: entries; the only ones that are read or written
 * @__pad:    ignored
 * @fd_array: handles
 *
 * With WINSOCK_SELECT_32 there is no padding, and handles are __u32.
 */
struct winsock_handle_set {
	__u32 fd_count;
	__u32 __pad;
	__aligned_u64 fd_array[];
};

/**
 * struct winsock_sock_select - WINSOCK_IOC_SOCK_SELECT: select
 * @size:      sizeof(struct winsock_sock_select)
 * @flags:     0, WINSOCK_SELECT_32, WINSOCK_LEAVE_*
 * @readfds:   user address of a set, or 0
 * @writefds:  user address of a set, or 0; may be the same as another
 * @exceptfds: user address of a set, or 0
 * @timeout:   nanoseconds from now, 0 to look only, negative to wait for ever
 * @deadline:  in 0; CLOCK_MONOTONIC nanoseconds, the driver's place when it
 *             starts over after a signal
 * @out_count: sockets left in all sets
 * @__pad:     must be 0
 *
 * On success the sets hold the sockets that are ready, in the order given and
 * each once; on failure they are unchanged, except that a socket closed during
 * the wait is taken out of the sets and the answer is WSAENOTSOCK, unless it is
 * in @readfds, where it counts as ready.  Needs one set with an entry, else
 * WSAEINVAL.  Fails with WSAENOTSOCK (an entry is no socket), WSAEFAULT (a set
 * not readable or writable, too long, or no memory).
 */
struct winsock_sock_select {
	__u32 size;
	__u32 flags;
	__aligned_u64 readfds;
	__aligned_u64 writefds;
	__aligned_u64 exceptfds;
	__s64 timeout;
	__s64 deadline;
	__u32 out_count;
	__u32 __pad;
};

/* Events of WINSOCK_IOC_SOCK_POLL. */
#define WINSOCK_POLLERR		0x0001
#define WINSOCK_POLLHUP		0x0002
#define WINSOCK_POLLNVAL	0x0004
#define WINSOCK_POLLWRNORM	0x0010
#define WINSOCK_POLLRDNORM	0x0100
#define WINSOCK_POLLRDBAND	0x0200

/**
 * struct winsock_pollfd - WSAPOLLFD of a 64-bit Windows program, 16 bytes
 * @fd:      handle
 * @events:  WINSOCK_POLLWRNORM, _POLLRDNORM, _POLLRDBAND
 * @revents: what holds, also _POLLERR, _POLLHUP, _POLLNVAL
 * @__pad:   ignored
 *
 * With WINSOCK_SELECT_32 @fd is __u32 and there is no padding: 8 bytes.
 */
struct winsock_pollfd {
	__aligned_u64 fd;
	__s16 events;
	__s16 revents;
	__u32 __pad;
};

/**
 * struct winsock_sock_poll - WINSOCK_IOC_SOCK_POLL: WSAPoll
 * @size:      sizeof(struct winsock_sock_poll)
 * @flags:     0, WINSOCK_SELECT_32, WINSOCK_LEAVE_*
 * @fds:       user address of an array of winsock_pollfd
 * @count:     its length, 1 to WINSOCK_SELECT_MAX
 * @__pad:     must be 0
 * @timeout:   nanoseconds from now, 0 to look only, negative to wait for ever
 * @deadline:  as in struct winsock_sock_select
 * @out_count: entries whose revents is not 0
 * @__pad2:    ignored
 *
 * Fails with WSAEINVAL (no entry, an event that may not be asked for, no entry
 * that is a socket), WSAEFAULT, WSAENOBUFS.
 */
struct winsock_sock_poll {
	__u32 size;
	__u32 flags;
	__aligned_u64 fds;
	__u32 count;
	__u32 __pad;
	__s64 timeout;
	__s64 deadline;
	__u32 out_count;
	__u32 __pad2;
};

#endif /* _UAPI_LINUX_WINSOCK_H */
