/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * A part of the ABI of <linux/winsock.h>: event objects, waits, and
 * asynchronous procedure calls (APCs).
 *
 * An event is a handle's object, signalled or not.  It belongs to the context
 * that made it: HANDLE_EXPORT and HANDLE_ATTACH make a descriptor file of it
 * (EPOLLIN while it is signalled; EVENT_SET and EVENT_RESET take it), but
 * HANDLE_IMPORT of that file and HANDLE_OFFER fail.
 */
#ifndef _UAPI_LINUX_WINSOCK_EVENT_H
#define _UAPI_LINUX_WINSOCK_EVENT_H

#include <linux/types.h>

/* Flags of WINSOCK_IOC_EVENT_CREATE. */
#define WINSOCK_EVENT_MANUAL	0x1	/* a wait does not reset it */
#define WINSOCK_EVENT_SIGNALLED	0x2	/* signalled from the start */

/**
 * struct winsock_event_create - WINSOCK_IOC_EVENT_CREATE: CreateEvent
 * @size:       sizeof(struct winsock_event_create)
 * @flags:      0, or WINSOCK_EVENT_*
 * @out_handle: the new event
 *
 * Fails with WSAEMFILE when the table is full, and with WSAENOBUFS.
 */
struct winsock_event_create {
	__u32 size;
	__u32 flags;
	__aligned_u64 out_handle;
};

/**
 * struct winsock_event_set - WINSOCK_IOC_EVENT_SET, WINSOCK_IOC_EVENT_RESET
 * @size:       sizeof(struct winsock_event_set)
 * @flags:      must be 0
 * @handle:     an event; on a descriptor file of one 0
 * @out_before: 1 if it was signalled before, else 0
 * @__pad:      must be 0
 *
 * Setting an event that a wait resets lets one waiting thread go on, the one
 * that has waited longest; or, if none waits, the next that does.  Setting any
 * other lets all go on, until it is reset.  Fails with WINSOCK_INVALID_HANDLE.
 */
struct winsock_event_set {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__u32 out_before;
	__u32 __pad;
};

#endif /* _UAPI_LINUX_WINSOCK_EVENT_H */
