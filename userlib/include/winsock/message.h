/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Window messages in a program without windows: WSAAsyncSelect's and those of
 * WSAAsyncGetXbyY come to one queue a process.  Not a header of Windows, whose
 * GetMessage() reads a thread's queue; a compat layer or GUI toolkit that has
 * windows takes them by winsock_set_host() instead.
 */
#ifndef _WINSOCK_MESSAGE_H
#define _WINSOCK_MESSAGE_H

#include <winsock2.h>

WS_BEGIN_DECLS

/**
 * struct winsock_message - one message
 * @window:  as it was given to the call that asked for the message
 * @message: likewise
 * @wparam:  of WSAAsyncSelect the socket, of WSAAsyncGetXbyY the task
 * @lparam:  see WSAGETSELECTEVENT() and WSAGETASYNCERROR()
 */
struct winsock_message {
	HWND window;
	UINT message;
	WPARAM wparam;
	LPARAM lparam;
};

/**
 * winsock_get_message - take the oldest message of the process
 * @msg:     gets it
 * @timeout: milliseconds to wait for one; 0 looks, negative is for ever
 *
 * Return: 1 with a message, 0 when time is up, -1 with the last error:
 * WSANOTINITIALISED, WSAEFAULT.
 */
int winsock_get_message(struct winsock_message *msg, int timeout)
	WS_SYMBOL("winsock_get_message");

/**
 * winsock_message_fd - what poll(2) and epoll(7) watch for messages
 *
 * Readable (POLLIN) while a message waits.  Belongs to the library: not to be
 * read, closed, or used after the last WSACleanup().
 *
 * Return: a descriptor, or -1 with the last error WSANOTINITIALISED.
 */
int winsock_message_fd(void) WS_SYMBOL("winsock_message_fd");

/**
 * struct winsock_host_ops - what turns what happens into somebody's own objects
 * @size:         sizeof(struct winsock_host_ops)
 * @post_message: a message for a window; called by a thread of the library, for
 *                one message at a time
 */
struct winsock_host_ops {
	SIZE_T size;
	void (*post_message)(const struct winsock_message *msg);
};

/**
 * winsock_set_host - give all messages to a host from now on
 * @ops: copied; NULL gives them to winsock_get_message() again
 *
 * Started anew in the child of fork() if it is to be there.
 *
 * Return: 0 or SOCKET_ERROR with the last error: WSANOTINITIALISED, WSAEFAULT,
 * WSAEINVAL (called by the host's own function), WSAENOBUFS (no thread could be
 * started).
 */
int winsock_set_host(const struct winsock_host_ops *ops)
	WS_SYMBOL("winsock_set_host");

WS_END_DECLS

#endif /* _WINSOCK_MESSAGE_H */
