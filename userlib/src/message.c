// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Window messages: the process' own queue, which is the driver's, or a host's.
 */
#include <sched.h>

#include "internal.h"
#include "thread.h"

#define WS_MILLISECOND	1000000LL

/* struct winsock_message */
struct ws_message {
	void *window;
	unsigned int message;
	uintptr_t wparam;
	intptr_t lparam;
};

/* struct winsock_host_ops */
struct ws_host_ops {
	size_t size;
	void (*post_message)(const struct ws_message *msg);
};

/* Whom the messages are given to, and by which thread, if @running. */
static struct ws_host_ops host;
static pthread_t host_thread;
static int running;
static __thread int is_host;
/* Held by winsock_set_host(), and by fork(). */
static pthread_mutex_t host_lock = PTHREAD_MUTEX_INITIALIZER;

/* Returns 0, a Winsock code, or WINSOCK_WAIT_TIMEOUT. */
static int message_get(struct ws_message *msg, int timeout)
{
	struct winsock_message_get a = {
		.size = sizeof(a),
		.timeout = timeout * WS_MILLISECOND,
	};
	int code = ws_ioctl(WINSOCK_IOC_MESSAGE_GET, &a);

	if (!code) {
		msg->window = (void *)(uintptr_t)a.out_window;
		msg->message = a.out_message;
		msg->wparam = a.out_wparam;
		msg->lparam = a.out_lparam;
	}
	return code;
}

WS_API int winsock_get_message(struct ws_message *msg, int timeout)
{
	int code = ws_started();

	if (!code)
		code = msg ? message_get(msg, timeout) : WSAEFAULT;

	if (code == WINSOCK_WAIT_TIMEOUT) {
		ws_last_error = 0;
		return 0;
	}
	return ws_result(code) ? -1 : 1;
}

WS_API int winsock_message_fd(void)
{
	int code = ws_started();

	return ws_result(code) ? -1 : ws_device;
}

/**
 * ws_post_message - add a message to the process' queue
 * @window:  as the program gave it
 * @message: likewise
 * @wparam:  a word
 * @lparam:  a word
 *
 * Return: 0 or a Winsock code.
 */
int ws_post_message(void *window, unsigned int message, uintptr_t wparam,
		    uint32_t lparam)
{
	struct winsock_message_post a = {
		.size = sizeof(a),
		.window = (uintptr_t)window,
		.message = message,
		.wparam = wparam,
		.lparam = lparam,
	};

	return ws_ioctl(WINSOCK_IOC_MESSAGE_POST, &a);
}

/* A message of winsock_set_host()'s own, for no window, ends it. */
static void *host_run(void *unused)
{
	struct ws_message msg;

	(void)unused;
	is_host = 1;
	while (!message_get(&msg, -1) && (msg.window || msg.message))
		host.post_message(&msg);
	return NULL;
}

static int host_start(void)
{
	running = !ws_create_thread(&host_thread, NULL, host_run, NULL);
	return running ? 0 : WSAENOBUFS;
}

static void host_stop(void)
{
	/* The queue may be full of the program's; the thread empties it. */
	while (ws_post_message(NULL, 0, 0, 0) == WSAENOBUFS)
		sched_yield();
	pthread_join(host_thread, NULL);
	running = 0;
}

WS_API int winsock_set_host(const struct ws_host_ops *ops)
{
	int code = ws_started();

	if (!code && ops && (ops->size < sizeof(*ops) || !ops->post_message))
		code = WSAEFAULT;
	/* A host's own call would wait for itself. */
	if (!code && is_host)
		code = WSAEINVAL;
	if (code)
		return ws_result(code);
	pthread_mutex_lock(&host_lock);
	if (running)
		host_stop();
	if (ops) {
		host = *ops;
		code = host_start();
	}
	pthread_mutex_unlock(&host_lock);
	return ws_result(code);
}

/* The child has none of the parent's threads. */
static void fork_prepare(void)
{
	pthread_mutex_lock(&host_lock);
}

static void fork_parent(void)
{
	pthread_mutex_unlock(&host_lock);
}

static void fork_child(void)
{
	running = 0;
	pthread_mutex_unlock(&host_lock);
}

__attribute__((constructor)) static void message_init(void)
{
	pthread_atfork(fork_prepare, fork_parent, fork_child);
}
