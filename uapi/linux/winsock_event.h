/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * A part of the ABI of <linux/winsock.h>: event objects, waits, and
 * asynchronous procedure calls (APCs).
 *
 * An event is a handle's object, signalled or not.  It belongs to the context
 * that made it: HANDLE_EXPORT and HANDLE_ATTACH make a descriptor file of it
 * (EPOLLIN while it is signalled; EVENT_SET and EVENT_RESET take it), but
 * HANDLE_IMPORT of that file and HANDLE_OFFER fail.
 *
 * Nothing here needs a STARTUP: a blank file becomes a context with its first
 * event, thread or APC, and CLEANUP leaves all of them as they are.  All but
 * EVENT_SET and EVENT_RESET want a context, and fail on a descriptor file with
 * EINVAL.  WSASYSNOTREADY once the process that opened the file has ended.
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

/* Flags of WINSOCK_IOC_WAIT. */
#define WINSOCK_WAIT_ALL	0x1	/* for all objects, not for any */
#define WINSOCK_WAIT_ALERTABLE	0x2	/* or for an APC */
#define WINSOCK_WAIT_32		0x4	/* handles are __u32 */

/* The most objects that one call waits for. */
#define WINSOCK_WAIT_MAX	64

/**
 * struct winsock_wait - WINSOCK_IOC_WAIT: WSAWaitForMultipleEvents, SleepEx
 * @size:      sizeof(struct winsock_wait)
 * @flags:     0, or WINSOCK_WAIT_*
 * @handles:   user address of an array of handles: events and sockets
 * @count:     its length, at most WINSOCK_WAIT_MAX; 0 only with a time-out or
 *             WINSOCK_WAIT_ALERTABLE
 * @__pad:     must be 0
 * @timeout:   nanoseconds from now, 0 to look only, negative to wait for ever
 * @deadline:  in 0; CLOCK_MONOTONIC nanoseconds, the driver's place when it
 *             starts over after a signal
 * @out_index: which object ended the wait, the first of several; 0 when all did
 * @__pad2:    ignored
 *
 * Waiting for any takes what it returns, waiting for all takes all in one step,
 * or nothing: an event that a wait resets is then no longer signalled.  A socket
 * is signalled.  An alertable wait ends with WINSOCK_WAIT_IO_COMPLETION and takes
 * nothing when an APC is queued for the thread, unless an object is signalled
 * already.
 *
 * Fails with WINSOCK_WAIT_TIMEOUT, WINSOCK_INVALID_HANDLE (one is neither event
 * nor socket, or an event was closed meanwhile), WINSOCK_INVALID_PARAMETER
 * (@count; an object twice in a wait for all), WSAEFAULT,
 * WINSOCK_NOT_ENOUGH_MEMORY.
 */
struct winsock_wait {
	__u32 size;
	__u32 flags;
	__aligned_u64 handles;
	__u32 count;
	__u32 __pad;
	__s64 timeout;
	__s64 deadline;
	__u32 out_index;
	__u32 __pad2;
};

/**
 * struct winsock_thread_open - WINSOCK_IOC_THREAD_OPEN: OpenThread
 * @size:       sizeof(struct winsock_thread_open)
 * @flags:      must be 0
 * @thread:     its number in the caller's PID namespace; 0: the calling thread
 * @__pad:      must be 0
 * @out_handle: a handle of the thread, for WINSOCK_IOC_APC_QUEUE alone
 *
 * Fails with WINSOCK_INVALID_PARAMETER unless it is a thread of the process that
 * opened the device, with WSAEMFILE when the table is full.
 */
struct winsock_thread_open {
	__u32 size;
	__u32 flags;
	__u32 thread;
	__u32 __pad;
	__aligned_u64 out_handle;
};

/* Flag of WINSOCK_IOC_APC_QUEUE. */
#define WINSOCK_APC_SELF	0x1	/* for the calling thread */

/**
 * struct winsock_apc_queue - WINSOCK_IOC_APC_QUEUE: QueueUserAPC
 * @size:     sizeof(struct winsock_apc_queue)
 * @flags:    0 or WINSOCK_APC_SELF
 * @handle:   a thread; 0 with WINSOCK_APC_SELF
 * @function: what the thread is to call: given back by WINSOCK_IOC_APC_TAKE
 * @arg:      its arguments, likewise
 *
 * Behind all others that are queued for the thread.  A thread that waits in the
 * driver wakes.  Fails with WINSOCK_INVALID_HANDLE, WINSOCK_GEN_FAILURE (the
 * thread has ended), WINSOCK_NOT_ENOUGH_MEMORY (also: 65,536 wait),
 * WINSOCK_INVALID_PARAMETER (with WINSOCK_APC_SELF in another process than the
 * one that opened the device).
 */
struct winsock_apc_queue {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 function;
	__aligned_u64 arg[3];
};

/**
 * struct winsock_apc_take - WINSOCK_IOC_APC_TAKE: the next APC to run
 * @size:         sizeof(struct winsock_apc_take)
 * @flags:        must be 0
 * @out_function: what to call
 * @out_arg:      its arguments
 *
 * Takes the oldest of those queued for the calling thread.  Fails with
 * WINSOCK_NO_MORE_ITEMS.
 */
struct winsock_apc_take {
	__u32 size;
	__u32 flags;
	__aligned_u64 out_function;
	__aligned_u64 out_arg[3];
};

#endif /* _UAPI_LINUX_WINSOCK_EVENT_H */
