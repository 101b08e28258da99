/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * A part of the ABI of <linux/winsock.h>: the commands that decide on a connection
 * before it is accepted.
 */
#ifndef _UAPI_LINUX_WINSOCK_ACCEPT_H
#define _UAPI_LINUX_WINSOCK_ACCEPT_H

#include <linux/types.h>

/* The most candidates that one listener has at a time. */
#define WINSOCK_CANDIDATES_MAX	256

/**
 * struct winsock_candidate - who is to be connected with whom
 * @peer:      the peer's address: a winsock_sockaddr_in, _in6 or _un
 * @local:     the address that it connected to, likewise
 * @peer_len:  length of the address at @peer; zeros follow it
 * @local_len: length of the address at @local
 */
struct winsock_candidate {
	__u8 peer[128];
	__u8 local[128];
	__s32 peer_len;
	__s32 local_len;
};

/**
 * struct winsock_sock_consider - WINSOCK_IOC_SOCK_CONSIDER: WSAAccept begins
 * @size:      sizeof(struct winsock_sock_consider)
 * @flags:     must be 0
 * @handle:    a listening socket
 * @addr:      the buffer that DECIDE is going to get, or 0; only checked
 * @addr_len:  user address of its length, or 0; likewise
 * @candidate: user address of a struct winsock_candidate, which is filled in
 * @depth:     how many candidates the calling thread has not decided on and
 *             will come back to: those that its condition functions, each
 *             called by the one before, are about
 * @__pad:     must be 0
 * @out_token: names the candidate in WINSOCK_IOC_SOCK_DECIDE
 *
 * Takes the oldest connection of the queue, or waits for one, as SOCK_ACCEPT
 * does and with its codes, but for WSAEMFILE; WSAENOBUFS also with
 * WINSOCK_CANDIDATES_MAX candidates.  No handle names the connection: it is a
 * candidate, which nobody else gets.  It goes back, to be the first in the
 * queue again, when its thread has ended, or considers another connection of
 * the listener with a @depth that does not count it; and when a handle of the
 * listener in this context closes.  It is reset when the listener closes.
 */
struct winsock_sock_consider {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 addr;
	__aligned_u64 addr_len;
	__aligned_u64 candidate;
	__u32 depth;
	__u32 __pad;
	__aligned_u64 out_token;
};

/* Decisions: Windows' CF_*. */
#define WINSOCK_CF_ACCEPT	0
#define WINSOCK_CF_REJECT	1
#define WINSOCK_CF_DEFER	2

/**
 * struct winsock_sock_decide - WINSOCK_IOC_SOCK_DECIDE: WSAAccept ends
 * @size:       sizeof(struct winsock_sock_decide)
 * @flags:      must be 0
 * @handle:     the listening socket
 * @token:      from WINSOCK_IOC_SOCK_CONSIDER in this context
 * @addr:       as in struct winsock_sock_accept
 * @addr_len:   as in struct winsock_sock_accept
 * @decision:   WINSOCK_CF_*
 * @group:      as in struct winsock_sock_create
 * @out_handle: the new socket
 *
 * Accepting gives what SOCK_ACCEPT gives, with its codes and WSAEINVAL for the
 * group; in one that exists it has to be of the same kind.  Rejecting resets the
 * connection and answers WSAECONNREFUSED.  Deferring answers WSATRY_AGAIN, and
 * the connection is the first in the queue again, as it is after any other
 * failure but WSAECONNRESET.  Another @decision is WSAEINVAL.  WSATRY_AGAIN is
 * also the answer when the candidate has gone back already.
 */
struct winsock_sock_decide {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 token;
	__aligned_u64 addr;
	__aligned_u64 addr_len;
	__s32 decision;
	__u32 group;
	__aligned_u64 out_handle;
};

#endif /* _UAPI_LINUX_WINSOCK_ACCEPT_H */
