// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for many sockets at once, and WSAPoll.
 *
 * The kernel's own poll tables do the waiting: an entry on each socket's queue,
 * kept valid by the user that the call holds, and one wake-up for all.
 */
#include <linux/ktime.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "alloc.h"
#include "poll.h"
#include "wait.h"

/* Handles looked up between two chances to run something else. */
#define WS_POLL_BATCH	256

/**
 * ws_poll_init() - room for a call's sockets
 * @p:     gets it; give it to ws_poll_exit() after success
 * @call:  the call
 * @count: how many
 *
 * The caller fills in the entries' handle and asked, then ws_poll_lookup() the
 * rest.
 *
 * Context: process, may sleep.
 * Return: 0 or WSAENOBUFS.
 */
int ws_poll_init(struct ws_poll *p, struct ws_call *call, u32 count)
{
	p->call = call;
	p->count = count;
	p->held = 0;
	p->missing = 0;
	p->ready = 0;
	p->seen = 0;
	p->entries = p->fast;
	if (count > WS_POLL_FAST)
		p->entries = ws_alloc_array(count, sizeof(*p->entries), 0);
	return p->entries ? 0 : WSAENOBUFS;
}

/**
 * ws_poll_exit() - let go of the sockets and the room
 * @p: from ws_poll_init()
 *
 * Context: process, may sleep if a socket has closed.
 */
void ws_poll_exit(struct ws_poll *p)
{
	struct ws_poll_entry *e = p->entries, *end = e + p->held;

	for (; e < end; e++)
		if (e->ws)
			ws_obj_put_user(&e->ws->obj);
	if (p->entries != p->fast)
		kvfree(p->entries);
}

/* Look up entries to @end; false if one is no socket, or has closed. */
static bool ws_poll_get(struct ws_poll *p, struct ws_poll_entry *e,
			struct ws_poll_entry *end)
{
	struct ws_handle_table *t = &p->call->ctx->handles;
	struct ws_obj *obj;
	bool all = true;

	rcu_read_lock();
	for (; e < end; e++) {
		obj = ws_handle_get_rcu(t, e->handle, &ws_sock_ops);
		e->ws = obj ? ws_obj_sock(obj) : NULL;
		if (unlikely(!obj || ws_obj_closed(obj)))
			all = false;
	}
	rcu_read_unlock();
	return all;
}

/* Sort out the entries to @end that are no socket, or were closing. */
static void ws_poll_drop(struct ws_poll *p, struct ws_poll_entry *e,
			 struct ws_poll_entry *end)
{
	for (; e < end; e++) {
		if (e->ws && !ws_obj_closed(&e->ws->obj))
			continue;
		if (e->ws)
			ws_sock_put(e->ws);
		e->ws = NULL;
		e->ready = WS_INVALID;
		p->missing++;
	}
}

/**
 * ws_poll_lookup() - find the sockets that the entries' handles name
 * @p: from ws_poll_init()
 *
 * An entry whose handle names none has its ready set, to WS_INVALID.
 *
 * Context: process, may sleep.
 */
void ws_poll_lookup(struct ws_poll *p)
{
	bool object = ws_ctx_object(p->call->ctx);
	struct ws_poll_entry *e, *end;

	while (p->held < p->count) {
		e = p->entries + p->held;
		p->held += object ? 1 : min_t(u32, p->count - p->held,
					      WS_POLL_BATCH);
		end = p->entries + p->held;
		if (object)
			e->ws = ws_sock_lookup(p->call, e->handle);
		if ((object && !e->ws) || (!object && !ws_poll_get(p, e, end)))
			ws_poll_drop(p, e, end);
		cond_resched();
	}
}

/* Whether the last attempt to connect failed. */
static bool ws_poll_connect_failed(struct ws_sock *ws)
{
	if (ws_sock_state(ws) != TCP_CLOSE || ws_sock_was_connected(ws))
		return false;
	return ws_sock_attempt(ws) == SS_CONNECTING ||
	       test_bit(WS_SOCK_CONNECT_FAILED, &ws->flags);
}

/*
 * What holds of a socket, given what the stack says of it (windows-observed
 * F7-F13).  A stream that is no connection is nothing but what its last attempt
 * to connect was.
 */
static __always_inline u16 ws_poll_state(struct ws_sock *ws, __poll_t events)
{
	u16 state = (__force u16)(events & (EPOLLIN | EPOLLPRI | EPOLLOUT));

	if (unlikely(ws_obj_closed(&ws->obj)))
		return WS_CLOSED;
	if (!test_bit(WS_SOCK_CONNECTED, &ws->flags) && ws_sock_stream(ws)) {
		if (ws_poll_connect_failed(ws))
			return WS_FAILED;
		if (!ws_sock_listening(ws) && !ws_sock_was_connected(ws))
			return 0;
	}
	if (likely(!(events & (EPOLLPRI | EPOLLHUP | EPOLLRDHUP))))
		return state;
	if (sock_flag(ws->sock->sk, SOCK_URGINLINE))
		state &= ~WS_URGENT;
	if (ws_sock_stream(ws) && ws_sock_state(ws) == TCP_CLOSE)
		state |= WS_HUNG_UP | WS_ABORTED;
	else if (events & EPOLLRDHUP)
		state |= WS_HUNG_UP;
	return state;
}

/* Look at all sockets; the first time, queue on each until one is ready. */
static void ws_poll_look(struct ws_poll *p, struct poll_table_struct *pt)
{
	struct ws_poll_entry *e, *end = p->entries + p->count;
	struct file *file = p->call->file;
	__poll_t events;

	static_assert(WS_READABLE == (__force u16)EPOLLIN &&
		      WS_URGENT == (__force u16)EPOLLPRI &&
		      WS_WRITABLE == (__force u16)EPOLLOUT);

	p->ready = 0;
	for (e = p->entries; e < end; e++) {
		if (likely(e->ws)) {
			events = ws_sock_poll_stack(e->ws, file, pt);
			e->ready = ws_poll_state(e->ws, events) & e->asked;
		}
		if (e->ready) {
			p->ready++;
			p->seen |= e->ready;
			pt->_qproc = NULL;
		}
	}
	/* Queued on all of them now. */
	pt->_qproc = NULL;
}

/* Sleep until a socket wakes us or time is up; false if it is. */
static bool ws_poll_sleep(struct ws_ctx *ctx, struct poll_wqueues *wq,
			  ktime_t *end)
{
	int rc = -EINTR;

	set_current_state(TASK_INTERRUPTIBLE);
	if (!READ_ONCE(wq->triggered) && !ws_alerted(ctx))
		rc = ws_call_sleep(end);
	__set_current_state(TASK_RUNNING);
	/* Pairs with the barriers of pollwake(), see poll_schedule_timeout(). */
	smp_store_mb(wq->triggered, 0);
	return rc;
}

/**
 * ws_poll_wait() - wait until one of the sockets is ready
 * @p:        the sockets, their entries filled in
 * @timeout:  nanoseconds; negative is for ever
 * @deadline: 0, or when the wait that is started over is to end; set if this
 *            one is left for a signal or an APC, or as the call wants
 *
 * Context: process, no locks.
 * Return: 0, also when time is up; or -ERESTARTNOINTR, WSAENOBUFS.
 */
int ws_poll_wait(struct ws_poll *p, s64 timeout, s64 *deadline)
{
	ktime_t end, *endp = ws_call_end(timeout, *deadline, &end);
	ktime_t leave = p->call->leave;
	struct poll_wqueues wq;
	bool leaves;
	bool last = !timeout;
	int err = 0;

	leaves = leave && (!endp || leave < end);
	poll_initwait(&wq);
	if (last)
		wq.pt._qproc = NULL;
	for (;;) {
		ws_poll_look(p, &wq.pt);
		if (p->ready || last)
			break;
		if (wq.error) {
			err = WSAENOBUFS;
			break;
		}
		if (ws_wait_leaves(p->call->ctx, leave)) {
			*deadline = end;
			err = -ERESTARTNOINTR;
			break;
		}
		/* Time is up: look once more, since that may have taken long. */
		last = !ws_poll_sleep(p->call->ctx, &wq,
				      leaves ? &leave : endp) && !leaves;
	}
	poll_freewait(&wq);
	return err;
}

#define WS_POLL_ASKED	(WINSOCK_POLLRDNORM | WINSOCK_POLLRDBAND | \
			 WINSOCK_POLLWRNORM)

/* Shifts, since both pairs of bits lie alike. */
static __always_inline u16 ws_pollfd_asked(s16 events)
{
	static_assert(WS_READABLE << 8 == WINSOCK_POLLRDNORM &&
		      WS_URGENT << 8 == WINSOCK_POLLRDBAND &&
		      WS_WRITABLE << 2 == WINSOCK_POLLWRNORM);

	return (events >> 8 & (WS_READABLE | WS_URGENT)) |
	       (events >> 2 & WS_WRITABLE) |
	       WS_HUNG_UP | WS_ABORTED | WS_FAILED | WS_CLOSED;
}

/*
 * The WSAPoll page's mapping: the end of the stream is readable, a connection
 * that ended abruptly POLLHUP and POLLERR, a failed connect both and writable.
 */
static __always_inline s16 ws_pollfd_revents(const struct ws_poll_entry *e)
{
	u16 ready = e->ready;
	s16 revents = 0;

	if (likely(!ready))
		return 0;
	if (ready & (WS_CLOSED | WS_INVALID))
		return WINSOCK_POLLNVAL;
	if (ready & WS_FAILED)
		ready |= WS_ABORTED | (e->asked & WS_WRITABLE);
	if (ready & WS_READABLE)
		revents |= WINSOCK_POLLRDNORM;
	if (ready & WS_URGENT)
		revents |= WINSOCK_POLLRDBAND;
	if (ready & WS_WRITABLE)
		revents |= WINSOCK_POLLWRNORM;
	if (ready & WS_HUNG_UP)
		revents |= WINSOCK_POLLHUP;
	if (ready & WS_ABORTED)
		revents |= WINSOCK_POLLHUP | WINSOCK_POLLERR;
	return revents;
}

/* WSAPOLLFD of a 32-bit Windows program. */
struct ws_pollfd32 {
	u32 fd;
	s16 events;
	s16 revents;
};

/*
 * Read the array, in one stretch of access to user memory: nothing may be
 * called there.
 */
static int ws_pollfd_read(struct ws_poll *p, const struct winsock_sock_poll *a)
{
	struct winsock_pollfd __user *fd = u64_to_user_ptr(a->fds);
	struct ws_poll_entry *e = p->entries, *end = e + p->count;
	s16 events, all = 0;

	if (!user_read_access_begin(fd, p->count * sizeof(*fd)))
		return WSAEFAULT;
	for (; e < end; e++, fd++) {
		unsafe_get_user(e->handle, &fd->fd, fault);
		unsafe_get_user(events, &fd->events, fault);
		e->asked = ws_pollfd_asked(events);
		all |= events;
	}
	user_read_access_end();
	return all & ~WS_POLL_ASKED ? WSAEINVAL : 0;

fault:
	user_read_access_end();
	return WSAEFAULT;
}

static int ws_pollfd_write(struct ws_poll *p, const struct winsock_sock_poll *a)
{
	struct winsock_pollfd __user *fd = u64_to_user_ptr(a->fds);
	struct ws_poll_entry *e = p->entries, *end = e + p->count;

	if (!user_write_access_begin(fd, p->count * sizeof(*fd)))
		return WSAEFAULT;
	for (; e < end; e++, fd++)
		unsafe_put_user(ws_pollfd_revents(e), &fd->revents, fault);
	user_write_access_end();
	return 0;

fault:
	user_write_access_end();
	return WSAEFAULT;
}

/* The same for a 32-bit Windows program's array. */
static int ws_pollfd_read32(struct ws_poll *p, const struct winsock_sock_poll *a)
{
	struct ws_pollfd32 __user *fd = u64_to_user_ptr(a->fds);
	struct ws_poll_entry *e = p->entries, *end = e + p->count;
	s16 events, all = 0;
	u32 handle;

	if (!user_read_access_begin(fd, p->count * sizeof(*fd)))
		return WSAEFAULT;
	for (; e < end; e++, fd++) {
		unsafe_get_user(handle, &fd->fd, fault);
		unsafe_get_user(events, &fd->events, fault);
		e->handle = handle;
		e->asked = ws_pollfd_asked(events);
		all |= events;
	}
	user_read_access_end();
	return all & ~WS_POLL_ASKED ? WSAEINVAL : 0;

fault:
	user_read_access_end();
	return WSAEFAULT;
}

static int ws_pollfd_write32(struct ws_poll *p,
			     const struct winsock_sock_poll *a)
{
	struct ws_pollfd32 __user *fd = u64_to_user_ptr(a->fds);
	struct ws_poll_entry *e = p->entries, *end = e + p->count;

	if (!user_write_access_begin(fd, p->count * sizeof(*fd)))
		return WSAEFAULT;
	for (; e < end; e++, fd++)
		unsafe_put_user(ws_pollfd_revents(e), &fd->revents, fault);
	user_write_access_end();
	return 0;

fault:
	user_write_access_end();
	return WSAEFAULT;
}

/* WINSOCK_IOC_SOCK_POLL */
int ws_sock_pollfds(struct ws_call *call)
{
	struct winsock_sock_poll *a = &call->poll;
	bool short_handles = a->flags & WINSOCK_SELECT_32;
	struct ws_poll p;
	int err;

	if (!a->count || !a->fds)
		return WSAEINVAL;
	if (a->count > WINSOCK_SELECT_MAX)
		return WSAENOBUFS;
	err = ws_poll_init(&p, call, a->count);
	if (err)
		return err;
	err = short_handles ? ws_pollfd_read32(&p, a) : ws_pollfd_read(&p, a);
	if (err)
		goto exit;
	ws_poll_lookup(&p);
	err = p.missing < p.count ?
	      ws_poll_wait(&p, a->timeout, &a->deadline) : WSAEINVAL;
	if (err)
		goto exit;
	err = short_handles ? ws_pollfd_write32(&p, a) : ws_pollfd_write(&p, a);
exit:
	ws_poll_exit(&p);
	a->out_count = p.ready;
	return err == -ERESTARTNOINTR ? ws_call_restart(call) : err;
}
