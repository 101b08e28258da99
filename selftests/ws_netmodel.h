/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What Windows tells of a socket's network events: the two machines at the end
 * of windows-observed section 13, over what the stack holds for it.  Nothing
 * here asks the driver.
 */
#ifndef WS_NETMODEL_H
#define WS_NETMODEL_H

#include "ws_event.h"

#define SOCKS		64
#define EVENTS		8
#define QUEUE		6	/* connections, datagrams or sends that wait */
#define EXPECTED	128	/* messages of one socket */
#define NOTES		20
#define NOBODY		(-1)

#define FD_MOST		(WINSOCK_FD_READ | WINSOCK_FD_WRITE | WINSOCK_FD_OOB | \
			 WINSOCK_FD_ACCEPT | WINSOCK_FD_CONNECT | \
			 WINSOCK_FD_CLOSE)

enum kind {
	FREE,
	LISTENER,
	FRESH,		/* a stream that was not connected */
	UNBORN,		/* a connection that nobody has accepted */
	STREAM,
	DATAGRAM,
};

enum mode { NONE, RECORD, MESSAGE };

struct note {
	const char *what;
	unsigned int nr;
	int a, b;
};

struct message {
	__u64 window, handle;
	__u32 message, lparam;
};

struct sock {
	enum kind kind;
	bool native;		/* @fd, or else @handle */
	int fd;
	__u64 handle;
	__be16 port;
	int peer;
	bool connected;		/* a datagram socket */
	/* what the stack holds */
	unsigned int bytes, sends;
	unsigned int waiting;
	unsigned int queue[QUEUE];	/* sockets, or datagrams' lengths */
	bool oob;		/* an urgent byte to read */
	bool hole;		/* where one was read */
	bool end_in, end_out, deaf, reset, full;
	/* the record */
	__u32 recorded;
	__u32 connect_code, close_code;
	bool refused;		/* and no window was told */
	/* the registration */
	enum mode mode;
	__u32 mask, armed;
	int event;
	__u64 window;
	__u32 message;
	/* messages to come; of a closed socket of this place too */
	struct message to_come[EXPECTED];
	unsigned int first, last;
	struct note notes[NOTES];
	unsigned int noted;
};

struct model {
	struct sock socks[SOCKS];
	__u64 events[EVENTS];
	int files[EVENTS];
	bool signalled[EVENTS];
	unsigned int to_come;	/* messages of all sockets */
	bool overflow;
};

static inline void model_post(struct model *m, struct sock *s, __u32 event,
			      __u32 code)
{
	if (s->last - s->first == EXPECTED) {
		m->overflow = true;
		return;
	}
	s->to_come[s->last++ % EXPECTED] = (struct message){
		.window = s->window, .handle = s->handle,
		.message = s->message, .lparam = event | code << 16,
	};
	m->to_come++;
}

static inline void model_signal(struct model *m, struct sock *s)
{
	if (s->mode == RECORD && s->recorded & s->mask && s->event != NOBODY)
		m->signalled[s->event] = true;
}

/* Does what @event tells of hold?  A connect that succeeded is no condition. */
static inline bool model_holds(const struct sock *s, __u32 event)
{
	switch (event) {
	case WINSOCK_FD_READ:
		return s->kind == DATAGRAM ? s->waiting : s->bytes;
	case WINSOCK_FD_WRITE:
		return s->kind == DATAGRAM || (s->kind == STREAM && !s->full);
	case WINSOCK_FD_OOB:
		return s->oob;
	case WINSOCK_FD_ACCEPT:
		return s->kind == LISTENER && s->waiting;
	case WINSOCK_FD_CONNECT:
		return s->kind == FRESH && s->refused;
	case WINSOCK_FD_CLOSE:
		return s->kind == STREAM && (s->end_in || s->reset);
	}
	return false;
}

static inline __u32 model_code(const struct sock *s, __u32 event)
{
	if (event == WINSOCK_FD_CLOSE)
		return s->close_code;
	return event == WINSOCK_FD_CONNECT ? s->connect_code : 0;
}

/* Model E, 1: @event of the record, and who watches for it. */
static inline void model_record(struct model *m, struct sock *s, __u32 event)
{
	s->recorded |= event;
	if (s->mode == RECORD && s->mask & event && s->event != NOBODY)
		m->signalled[s->event] = true;
}

/* Model M, 2: post once while armed. */
static inline void model_post_armed(struct model *m, struct sock *s,
				    __u32 event)
{
	if (s->mode != MESSAGE || !(s->armed & s->mask & event))
		return;
	s->armed &= ~event;
	if (event == WINSOCK_FD_CONNECT)
		s->refused = false;
	model_post(m, s, event, model_code(s, event));
}

/* Something has come to hold. */
static inline void model_indicate(struct model *m, struct sock *s, __u32 event)
{
	model_record(m, s, event);
	model_post_armed(m, s, event);
}

static inline void model_closed(struct model *m, struct sock *s, __u32 code)
{
	if (code)
		s->reset = true;
	else
		s->end_in = true;
	s->close_code = code;
	model_indicate(m, s, WINSOCK_FD_CLOSE);
}

/* Model M, 2: armed again, and posted again if it holds. */
static inline void model_rearm(struct model *m, struct sock *s, __u32 event)
{
	if (s->mode != MESSAGE)
		return;
	s->armed |= s->mask & event;
	if (model_holds(s, event))
		model_post_armed(m, s, event);
}

/* Model E, 2 and model M, 2: what a call that looks for @event does. */
static inline void model_taken(struct model *m, struct sock *s, __u32 event)
{
	s->recorded &= ~event;
	if (model_holds(s, event))
		model_record(m, s, event);
	model_rearm(m, s, event);
}

/* A connect ends; of datagram sockets only the record is told. */
static inline void model_connected(struct model *m, struct sock *s, __u32 code)
{
	s->connect_code = code;
	s->refused = code;
	model_record(m, s, WINSOCK_FD_CONNECT);
	if (s->mode == MESSAGE && s->mask & WINSOCK_FD_CONNECT &&
	    s->kind != DATAGRAM) {
		s->refused = false;
		model_post(m, s, WINSOCK_FD_CONNECT, code);
	}
	if (s->kind == DATAGRAM)
		model_rearm(m, s, WINSOCK_FD_WRITE);
	else if (!code)
		model_indicate(m, s, WINSOCK_FD_WRITE);
}

/* Model E, 3: nothing is cleared, nothing reset. */
static inline void model_event_select(struct model *m, struct sock *s,
				      int event, __u32 mask)
{
	s->mode = mask ? RECORD : NONE;
	s->mask = mask;
	s->event = event;
	model_signal(m, s);
}

/* Model M, 1 and 3. */
static inline void model_arm(struct model *m, struct sock *s)
{
	__u32 event;

	s->armed = s->mask;
	for (event = 1; event < WINSOCK_FD_QOS; event <<= 1)
		if (model_holds(s, event))
			model_post_armed(m, s, event);
}

static inline void model_async_select(struct model *m, struct sock *s,
				      __u64 window, __u32 message, __u32 mask)
{
	s->mode = mask ? MESSAGE : NONE;
	s->mask = mask;
	s->window = window;
	s->message = message;
	model_arm(m, s);
}

/* A connection that @lsn had becomes a socket, with its registration. */
static inline void model_accepted(struct model *m, struct sock *lsn,
				  struct sock *s, __u64 handle)
{
	s->kind = STREAM;
	s->handle = handle;
	s->mode = lsn->mode;
	s->mask = lsn->mask;
	s->event = lsn->event;
	s->window = lsn->window;
	s->message = lsn->message;
	s->recorded |= WINSOCK_FD_WRITE;
	model_signal(m, s);
	if (s->mode == MESSAGE)
		model_arm(m, s);
	model_taken(m, lsn, WINSOCK_FD_ACCEPT);
}

/* What enumerating tells, and forgets. */
static inline __u32 model_enumerate(struct sock *s)
{
	__u32 told = s->mode == RECORD ? s->recorded & s->mask : 0;

	s->recorded &= ~told;
	return told;
}

#endif /* WS_NETMODEL_H */
