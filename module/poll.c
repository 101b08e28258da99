// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for many sockets at once, and WSAPoll.
 *
 * The kernel's own poll tables do the waiting: an entry on each socket's queue,
 * kept valid by the user that the call holds, and one wake-up for all.
 */
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "poll.h"

/* Wake-ups may come this late, so that timers can share an interrupt. */
#define WS_POLL_SLACK	(50 * NSEC_PER_USEC)

/**
 * ws_poll_init() - room for a call's sockets
 * @p:     gets it; give it to ws_poll_exit() after success
 * @call:  the call
 * @count: how many
 *
 * Context: process, may sleep.
 * Return: 0 or WSAENOBUFS.
 */
int ws_poll_init(struct ws_poll *p, struct ws_call *call, u32 count)
{
	p->call = call;
	p->count = count;
	p->ready = 0;
	p->entries = p->fast;
	if (count > WS_POLL_FAST)
		p->entries = kvmalloc_array(count, sizeof(*p->entries),
					    GFP_KERNEL_ACCOUNT);
	if (!p->entries)
		return WSAENOBUFS;
	memset(p->entries, 0, count * sizeof(*p->entries));
	return 0;
}

/**
 * ws_poll_exit() - let go of the sockets and the room
 * @p: from ws_poll_init()
 *
 * Context: process, may sleep if a socket has closed.
 */
void ws_poll_exit(struct ws_poll *p)
{
	u32 i;

	for (i = 0; i < p->count; i++)
		if (p->entries[i].ws)
			ws_sock_put(p->entries[i].ws);
	if (p->entries != p->fast)
		kvfree(p->entries);
}

/**
 * ws_poll_connect_failed() - whether the last attempt to connect failed
 * @ws: the socket; the caller holds a user
 *
 * Context: any.
 */
bool ws_poll_connect_failed(struct ws_sock *ws)
{
	if (!ws_sock_stream(ws) || ws_sock_state(ws) != TCP_CLOSE ||
	    ws_sock_was_connected(ws))
		return false;
	return ws->sock->state == SS_CONNECTING ||
	       test_bit(WS_SOCK_CONNECT_FAILED, &ws->flags);
}

/* Look at all sockets; the first time, queue on each until one is ready. */
static void ws_poll_look(struct ws_poll *p, struct poll_table_struct *pt)
{
	struct ws_poll_entry *e;
	__poll_t events;

	p->ready = 0;
	for (e = p->entries; e < p->entries + p->count; e++) {
		if (e->ws) {
			events = ws_sock_poll_stack(e->ws, p->call->file, pt);
			p->scan(e, events);
		}
		if (e->ready) {
			p->ready++;
			pt->_qproc = NULL;
		}
	}
	/* Queued on all of them now. */
	pt->_qproc = NULL;
}

/* Sleep until a socket wakes us or time is up; false if it is. */
static bool ws_poll_sleep(struct poll_wqueues *wq, ktime_t *end)
{
	int rc = -EINTR;

	set_current_state(TASK_INTERRUPTIBLE);
	if (!wq->triggered)
		rc = schedule_hrtimeout_range(end, WS_POLL_SLACK,
					      HRTIMER_MODE_ABS);
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
 *            one is left for a signal
 *
 * Context: process, no locks.
 * Return: 0, also when time is up; or -ERESTARTNOINTR, WSAENOBUFS.
 */
int ws_poll_wait(struct ws_poll *p, s64 timeout, s64 *deadline)
{
	ktime_t end = 0, *endp = NULL;
	struct poll_wqueues wq;
	bool last = !timeout;
	int err = 0;

	if (timeout > 0) {
		end = *deadline ?: ktime_add_safe(ktime_get(), timeout);
		endp = &end;
	}
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
		if (signal_pending(current)) {
			*deadline = end;
			err = -ERESTARTNOINTR;
			break;
		}
		/* Time is up: look once more, since that may have taken long. */
		last = !ws_poll_sleep(&wq, endp);
	}
	poll_freewait(&wq);
	return err;
}

#define WS_POLL_ASKED	(WINSOCK_POLLRDNORM | WINSOCK_POLLRDBAND | \
			 WINSOCK_POLLWRNORM)

/*
 * The WSAPoll page's mapping: the end of the stream is readable, a connection
 * that ended abruptly POLLHUP and POLLERR, a failed connect both and writable.
 */
static void ws_pollfd_scan(struct ws_poll_entry *e, __poll_t events)
{
	struct ws_sock *ws = e->ws;
	u16 ready = 0;

	if (ws_obj_closed(&ws->obj)) {
		e->ready = WINSOCK_POLLNVAL;
		return;
	}
	if (ws_poll_connect_failed(ws)) {
		e->ready = WINSOCK_POLLHUP | WINSOCK_POLLERR |
			   (e->wanted & WINSOCK_POLLWRNORM);
		return;
	}
	if (ws_sock_stream(ws) && !ws_sock_listening(ws) &&
	    !ws_sock_was_connected(ws)) {
		e->ready = 0;
		return;
	}
	if (events & EPOLLIN)
		ready |= WINSOCK_POLLRDNORM;
	if (events & EPOLLPRI && !sock_flag(ws->sock->sk, SOCK_URGINLINE))
		ready |= WINSOCK_POLLRDBAND;
	if (events & EPOLLOUT)
		ready |= WINSOCK_POLLWRNORM;
	ready &= e->wanted;
	if (ws_sock_stream(ws) && ws_sock_state(ws) == TCP_CLOSE)
		ready |= WINSOCK_POLLHUP | WINSOCK_POLLERR;
	else if (events & EPOLLRDHUP)
		ready |= WINSOCK_POLLHUP;
	e->ready = ready;
}

/* WSAPOLLFD of a 32-bit Windows program. */
struct ws_pollfd32 {
	u32 fd;
	s16 events;
	s16 revents;
};

static int ws_pollfd_get(const struct winsock_sock_poll *a, u32 i,
			 struct winsock_pollfd *fd)
{
	struct winsock_pollfd __user *from = u64_to_user_ptr(a->fds);
	struct ws_pollfd32 __user *from32 = u64_to_user_ptr(a->fds);
	struct ws_pollfd32 fd32;

	if (!(a->flags & WINSOCK_SELECT_32))
		return copy_from_user(fd, &from[i], sizeof(*fd)) ? WSAEFAULT : 0;
	if (copy_from_user(&fd32, &from32[i], sizeof(fd32)))
		return WSAEFAULT;
	fd->fd = fd32.fd;
	fd->events = fd32.events;
	return 0;
}

static int ws_pollfd_put(const struct winsock_sock_poll *a, u32 i, s16 revents)
{
	struct winsock_pollfd __user *to = u64_to_user_ptr(a->fds);
	struct ws_pollfd32 __user *to32 = u64_to_user_ptr(a->fds);

	return put_user(revents, a->flags & WINSOCK_SELECT_32 ?
				 &to32[i].revents : &to[i].revents) ?
	       WSAEFAULT : 0;
}

/* Read the array; WSAEINVAL for what may not be asked, or with no socket. */
static int ws_pollfd_read(struct ws_poll *p, const struct winsock_sock_poll *a)
{
	struct winsock_pollfd fd;
	bool any = false;
	u32 i;

	for (i = 0; i < p->count; i++) {
		if (ws_pollfd_get(a, i, &fd))
			return WSAEFAULT;
		if (fd.events & ~WS_POLL_ASKED)
			return WSAEINVAL;
		p->entries[i].wanted = fd.events;
		p->entries[i].ws = ws_sock_lookup(p->call, fd.fd);
		if (!p->entries[i].ws)
			p->entries[i].ready = WINSOCK_POLLNVAL;
		any |= !!p->entries[i].ws;
	}
	return any ? 0 : WSAEINVAL;
}

static int ws_pollfd_write(struct ws_poll *p, const struct winsock_sock_poll *a)
{
	u32 i;

	for (i = 0; i < p->count; i++)
		if (ws_pollfd_put(a, i, p->entries[i].ready))
			return WSAEFAULT;
	return 0;
}

/* WINSOCK_IOC_SOCK_POLL */
int ws_sock_pollfds(struct ws_call *call)
{
	struct winsock_sock_poll *a = &call->poll;
	struct ws_poll p;
	int err;

	if (!a->count || !a->fds)
		return WSAEINVAL;
	if (a->count > WINSOCK_SELECT_MAX)
		return WSAENOBUFS;
	err = ws_poll_init(&p, call, a->count);
	if (err)
		return err;
	p.scan = ws_pollfd_scan;
	err = ws_pollfd_read(&p, a) ?:
	      ws_poll_wait(&p, a->timeout, &a->deadline) ?:
	      ws_pollfd_write(&p, a);
	ws_poll_exit(&p);
	a->out_count = p.ready;
	return err == -ERESTARTNOINTR ? ws_call_restart(call) : err;
}
