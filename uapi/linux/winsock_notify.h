/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * The part of <linux/winsock.h> that tells what happened to a socket: network
 * events in an event object's company, or as messages.
 *
 * A socket has one registration, an event object or a window; the last call
 * wins, and an accepted socket begins with its listener's.  What each tells,
 * and when again, differs as on Windows: an event object's record keeps what
 * nobody enumerated, whoever registers; messages tell what holds when somebody
 * registers, and then once until a call asks.
 */
#ifndef _UAPI_LINUX_WINSOCK_NOTIFY_H
#define _UAPI_LINUX_WINSOCK_NOTIFY_H

#include <linux/types.h>

/* Network events: FD_READ and so on.  Bit n has its code at index n. */
#define WINSOCK_FD_READ				0x001
#define WINSOCK_FD_WRITE			0x002
#define WINSOCK_FD_OOB				0x004
#define WINSOCK_FD_ACCEPT			0x008
#define WINSOCK_FD_CONNECT			0x010
#define WINSOCK_FD_CLOSE			0x020
#define WINSOCK_FD_QOS				0x040
#define WINSOCK_FD_GROUP_QOS			0x080
#define WINSOCK_FD_ROUTING_INTERFACE_CHANGE	0x100
#define WINSOCK_FD_ADDRESS_LIST_CHANGE		0x200
#define WINSOCK_FD_MAX_EVENTS			10

/* Messages that wait in one context; no further one is posted by a program. */
#define WINSOCK_MESSAGES_MAX			10000

/**
 * struct winsock_event_select - WINSOCK_IOC_EVENT_SELECT: WSAEventSelect
 * @size:   sizeof(struct winsock_event_select)
 * @flags:  must be 0
 * @handle: a socket; it becomes nonblocking, and stays so while registered
 * @event:  an event object, set when one of @events is recorded; ignored when
 *          @events is 0
 * @events: WINSOCK_FD_* bits, or 0 to end any registration
 * @__pad:  must be 0
 *
 * Never resets the event, and sets it if one of @events is recorded already.
 * Fails with WSAEINVAL (no such event object, an unknown bit).
 */
struct winsock_event_select {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 event;
	__u32 events;
	__u32 __pad;
};

/**
 * struct winsock_network_events - WSANETWORKEVENTS, 44 bytes
 * @events: WINSOCK_FD_* bits
 * @codes:  0 or a code for each of them; others are left as they were
 */
struct winsock_network_events {
	__u32 events;
	__u32 codes[WINSOCK_FD_MAX_EVENTS];
};

/**
 * struct winsock_event_enum - WINSOCK_IOC_EVENT_ENUM: WSAEnumNetworkEvents
 * @size:   sizeof(struct winsock_event_enum)
 * @flags:  must be 0
 * @handle: a socket
 * @event:  an event object that is reset in the same step, or 0
 * @result: user address of a winsock_network_events: gets what was recorded and
 *          registered for, which is forgotten by this
 *
 * Fails with WSAEINVAL (@event names no event object), and with WSAEFAULT, after
 * which all is still to be told.
 */
struct winsock_event_enum {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 event;
	__aligned_u64 result;
};

/**
 * struct winsock_async_select - WINSOCK_IOC_ASYNC_SELECT: WSAAsyncSelect
 * @size:    sizeof(struct winsock_async_select)
 * @flags:   must be 0
 * @handle:  a socket; it becomes nonblocking, and stays so while registered
 * @window:  what the messages are for; the caller's own number
 * @message: their number
 * @events:  WINSOCK_FD_* bits, or 0 to end any registration
 *
 * Each event is a message in the context that the call came through: @window,
 * @message, @handle and event | code << 16.  Messages that wait already still
 * come.  Fails with WSAEINVAL (an unknown bit).
 */
struct winsock_async_select {
	__u32 size;
	__u32 flags;
	__aligned_u64 handle;
	__aligned_u64 window;
	__u32 message;
	__u32 events;
};

/**
 * struct winsock_message_get - WINSOCK_IOC_MESSAGE_GET: take the oldest message
 * @size:        sizeof(struct winsock_message_get)
 * @flags:       must be 0
 * @timeout:     nanoseconds to wait for one; 0 looks, negative is for ever
 * @deadline:    0; where a call that a signal interrupted keeps its place
 * @out_window:  window
 * @out_wparam:  wParam: of network events the socket
 * @out_lparam:  lParam: of network events event | code << 16
 * @out_message: message number
 * @__pad:       must be 0
 *
 * A context's file is readable to poll(2) while a message waits.  Needs no
 * start-up.  Answers WINSOCK_WAIT_TIMEOUT when time is up.
 */
struct winsock_message_get {
	__u32 size;
	__u32 flags;
	__s64 timeout;
	__s64 deadline;
	__aligned_u64 out_window;
	__aligned_u64 out_wparam;
	__aligned_u64 out_lparam;
	__u32 out_message;
	__u32 __pad;
};

/**
 * struct winsock_message_post - WINSOCK_IOC_MESSAGE_POST: add a message
 * @size:    sizeof(struct winsock_message_post)
 * @flags:   must be 0
 * @window:  as WINSOCK_IOC_MESSAGE_GET is to give it back
 * @wparam:  likewise
 * @lparam:  likewise
 * @message: likewise
 * @__pad:   must be 0
 *
 * Needs no start-up.  Fails with WSAENOBUFS when WINSOCK_MESSAGES_MAX wait.
 */
struct winsock_message_post {
	__u32 size;
	__u32 flags;
	__aligned_u64 window;
	__aligned_u64 wparam;
	__aligned_u64 lparam;
	__u32 message;
	__u32 __pad;
};

#endif /* _UAPI_LINUX_WINSOCK_NOTIFY_H */
