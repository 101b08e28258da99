// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * WSAAccept's condition function.
 *
 * It runs between two commands of the driver, in which the connection is nobody's
 * but the driver's.  It may do what it likes, and may not come back at all: by
 * longjmp(), which glibc tells those who have registered with it; by an exception
 * or pthread_exit(), which unwind the stack.  Then it has deferred.
 */
#include <pthread.h>
#include <string.h>

#include "internal.h"

typedef int ws_condition(struct ws_buf *caller, struct ws_buf *caller_data,
			 void *sqos, void *gqos, struct ws_buf *callee,
			 struct ws_buf *callee_data, unsigned int *group,
			 uintptr_t context);

/**
 * struct asking - a condition function at work
 * @listener: the socket that got the connection
 * @token:    the driver's name for that
 * @depth:    how many others are at work in this thread
 * @left:     its frame has been left
 * @buffer:   what glibc knows of it
 */
struct asking {
	uintptr_t listener;
	uint64_t token;
	unsigned int depth;
	int left;
	struct _pthread_cleanup_buffer buffer;
};

/* Condition functions at work in this thread, each called by the one before. */
static __thread unsigned int depth;

static int decide(const struct asking *q, struct winsock_sock_decide *d)
{
	d->size = sizeof(*d);
	d->handle = q->listener;
	d->token = q->token;
	return ws_ioctl(WINSOCK_IOC_SOCK_DECIDE, d);
}

/* The function does not come back.  The last error is as it left it. */
static void leave(void *arg)
{
	struct winsock_sock_decide d = { .decision = WINSOCK_CF_DEFER };
	struct asking *q = arg;

	if (q->left)
		return;
	q->left = 1;
	depth = q->depth;
	decide(q, &d);
}

static struct asking *begin(struct asking *q)
{
	_pthread_cleanup_push(&q->buffer, leave, q);
	depth = q->depth + 1;
	return q;
}

/* At the end of the frame's scope, however that is reached. */
static void end(struct asking **q)
{
	_pthread_cleanup_pop(&(*q)->buffer, 0);
	leave(*q);
}

/*
 * TCP/IP carries no data with a connection, nor quality of service.  Where there
 * is no name, there is no buffer for it.
 */
static int ask(struct asking *asking, struct winsock_candidate *c,
	       ws_condition *condition, uintptr_t context, unsigned int *group)
{
	struct asking *q __attribute__((cleanup(end))) = begin(asking);
	struct ws_buf caller = { c->peer_len, (char *)c->peer };
	struct ws_buf callee = { c->local_len, (char *)c->local };
	struct ws_buf none = { 0, NULL };
	int answer;

	answer = condition(&caller, NULL, NULL, NULL, &callee, &none, group,
			   context);
	depth = q->depth;
	q->left = 1;
	return answer;
}

WS_API uintptr_t winsock_wsaaccept(uintptr_t s, void *addr, int *addrlen,
				   void *condition, uintptr_t context)
{
	struct winsock_candidate candidate;
	struct winsock_sock_consider a = {
		.size = sizeof(a),
		.handle = s,
		.addr = (uintptr_t)addr,
		.addr_len = (uintptr_t)addrlen,
		.candidate = (uintptr_t)&candidate,
		.depth = depth,
	};
	struct winsock_sock_decide d = {
		.addr = (uintptr_t)addr,
		.addr_len = (uintptr_t)addrlen,
	};
	struct asking q = { .listener = s, .depth = depth };
	unsigned int group = 0;

	if (!condition)
		return winsock_accept(s, addr, addrlen);
	if (ws_call(WINSOCK_IOC_SOCK_CONSIDER, &a))
		return WS_INVALID_SOCKET;
	q.token = a.out_token;
	d.decision = ask(&q, &candidate, (ws_condition *)condition, context,
			 &group);
	d.group = group;
	ws_last_error = decide(&q, &d);
	return ws_last_error ? WS_INVALID_SOCKET : d.out_handle;
}
