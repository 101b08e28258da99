/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * netmodel's operations that move data, on streams and datagram sockets, and end
 * streams.  A part of netmodel.c, whose helpers and state it uses.
 */
#ifndef WS_NETMODEL_DATA_H
#define WS_NETMODEL_DATA_H

/* ---- streams ---- */

static int put(int i, const void *buf, unsigned int len, bool oob)
{
	struct sock *s = &m.socks[i];
	__u64 done;
	int ret;

	if (s->native)
		return send(s->fd, buf, len, MSG_DONTWAIT | MSG_NOSIGNAL |
			    (oob ? MSG_OOB : 0));
	ret = ws_send(dev, s->handle, buf, len, oob ? WINSOCK_MSG_OOB : 0,
		      &done);
	return ret ? -ret : (int)done;
}

/* Bytes, or the code, negative. */
static int get(int i, void *buf, unsigned int len, __u32 flags)
{
	struct sock *s = &m.socks[i];
	__u64 done;
	int ret;

	if (s->native) {
		ret = recv(s->fd, buf, len, MSG_DONTWAIT);
		return ret < 0 && errno == EAGAIN ? -WSAEWOULDBLOCK : ret;
	}
	ret = ws_recv(dev, s->handle, buf, len, flags, &done);
	return ret ? -ret : (int)done;
}

/* Is there somebody to send to, in a state in which the facts are clear? */
static bool may_send(int i)
{
	struct sock *s = &m.socks[i], *p;

	if (s->peer == NOBODY || s->end_out || s->reset)
		return false;
	p = &m.socks[s->peer];
	return !p->deaf && !p->oob && !p->reset && p->sends < QUEUE;
}

static bool op_send(int i)
{
	struct sock *s = &m.socks[i], *p;
	int len = 1 + roll(200);

	if (!may_send(i))
		return true;
	p = &m.socks[s->peer];
	note(i, "send", len, 0);
	note(s->peer, "data", len, 0);
	if (!same(i, "send", len, put(i, block, len, false)) || !settle(1))
		return false;
	p->bytes += len;
	p->sends++;
	model_indicate(&m, p, WINSOCK_FD_READ);
	return check_socket(i) && check_socket(s->peer);
}

/* D5: Linux keeps one urgent byte, and it is lost to a receive that passes. */
static bool op_send_urgent(int i)
{
	struct sock *s = &m.socks[i], *p;

	if (!may_send(i))
		return true;
	p = &m.socks[s->peer];
	if (p->kind != STREAM || p->native || p->bytes || p->hole)
		return true;
	note(i, "send urgent", 1, 0);
	note(s->peer, "urgent data", 1, 0);
	if (!same(i, "send", 1, put(i, "!", 1, true)) || !settle(1))
		return false;
	p->oob = true;
	model_indicate(&m, p, WINSOCK_FD_OOB);
	return check_socket(i) && check_socket(s->peer);
}

static bool op_recv_urgent(int i)
{
	struct sock *s = &m.socks[i];
	char byte;

	if (!s->oob || s->reset)
		return true;
	note(i, "recv urgent", 1, 0);
	if (!same(i, "recv", 1, get(i, &byte, 1, WINSOCK_MSG_OOB)))
		return false;
	s->oob = false;
	s->hole = true;
	model_taken(&m, s, WINSOCK_FD_OOB);
	return check_socket(i);
}

/* What a plain receive answers. */
static int stream_answer(const struct sock *s, unsigned int len)
{
	if (s->bytes)
		return s->bytes < len ? s->bytes : len;
	return s->end_in ? 0 : -WSAEWOULDBLOCK;
}

static bool op_recv(int i)
{
	struct sock *s = &m.socks[i];
	bool peek = !s->native && !roll(6);
	int len = roll(2) ? BLOCK : 1 + roll(200), want;

	if (s->reset || s->deaf)
		return true;
	if (!s->native && !roll(10)) {
		note(i, "recv, bad length", 0, 0);
		model_rearm(&m, s, WINSOCK_FD_READ);		/* E30 */
		return same(i, "recv", -WSAEFAULT, get(i, block, -1, 0)) &&
		       check_socket(i);
	}
	if (s->oob)
		return true;
	want = stream_answer(s, len);
	note(i, peek ? "peek" : "recv", len, want);
	if (!same(i, "recv", want,
		  get(i, block, len, peek ? WINSOCK_MSG_PEEK : 0)))
		return false;
	if (!peek) {
		if (want > 0)
			s->bytes -= want;
		if (!s->bytes)
			s->sends = 0;
		s->hole = false;
	}
	model_taken(&m, s, WINSOCK_FD_READ);
	return check_socket(i);
}

/* E45: our own end tells us nothing. */
static bool op_shutdown(int i)
{
	struct sock *s = &m.socks[i], *p;
	int how = s->native ? WINSOCK_SD_SEND : (int)roll(3), ret;

	if (s->peer == NOBODY || s->reset || s->oob ||
	    (s->end_in && s->end_out))
		return true;
	p = &m.socks[s->peer];
	if (how != WINSOCK_SD_RECEIVE && (s->end_out || p->oob || p->reset))
		return true;
	if (how != WINSOCK_SD_SEND && (s->bytes || s->hole))
		return true;
	note(i, "shutdown", how, 0);
	note(s->peer, "peer's shutdown", how, 0);
	ret = s->native ? shutdown(s->fd, SHUT_WR) :
			  ws_shutdown(dev, s->handle, how);
	if (!same(i, "shutdown", 0, ret) || !settle(1))
		return false;
	s->deaf |= how != WINSOCK_SD_SEND;
	if (how != WINSOCK_SD_RECEIVE) {
		s->end_out = true;
		model_closed(&m, p, 0);
	}
	return check_socket(i) && check_socket(s->peer);
}

static bool close_one(int i)
{
	struct sock *s = &m.socks[i];
	int ret = s->native ? close(s->fd) :
		  ws_close_flags(dev, s->handle, WINSOCK_CLOSE_SOCKET);

	s->kind = FREE;
	s->mode = NONE;
	s->event = NOBODY;
	return same(i, "close", 0, ret);
}

/* Until the stack knows that @i will receive nothing more. */
static bool await_end(int i)
{
	struct winsock_pollfd p = { .fd = m.socks[i].handle };
	struct winsock_sock_poll a = {
		.size = sizeof(a), .fds = (uintptr_t)&p, .count = 1,
		.timeout = WS_PATIENCE * 1000000000LL,
	};

	if (m.socks[i].native)
		return peer_poll(m.socks[i].fd, POLLRDHUP) ||
		       differs(i, "end", 1, 0);
	return same(i, "POLL", 0, ws_ioctl(dev, WINSOCK_IOC_SOCK_POLL, &a)) &&
	       await_others(i);
}

/* E51; and E42, or E49 with data unread. */
static bool op_close(int i)
{
	struct sock *s = &m.socks[i], *p;
	bool unread = s->bytes;
	int peer = s->peer;

	if (s->kind == LISTENER && s->waiting)
		return true;
	if (s->kind != STREAM || peer == NOBODY || s->reset) {
		note(i, "close", 0, 0);
		if (peer != NOBODY && s->kind == STREAM)
			m.socks[peer].peer = NOBODY;
		return close_one(i);
	}
	p = &m.socks[peer];
	if (s->oob || s->hole || p->oob || (s->end_out && unread) ||
	    (unread && p->bytes) || (p->deaf && s->deaf) ||
	    (p->kind == UNBORN && (unread || s->deaf)))
		return true;
	note(i, "close", unread, 0);
	note(peer, "peer's close", unread, s->deaf);
	if (!close_one(i) || !settle(2))
		return false;
	/* The driver may still be looking whether there is data (SD_RECEIVE). */
	if (s->deaf && !s->end_out && !await_end(peer))
		return false;
	p->peer = NOBODY;
	if (!s->end_out)
		model_closed(&m, p, unread ? WSAECONNABORTED : 0);
	return check_socket(peer);
}

/* Both ends of a connection, from any state; nobody is told. */
static bool op_drop(int i)
{
	struct sock *s = &m.socks[i], *p;

	if (s->peer == NOBODY || m.socks[s->peer].kind != STREAM)
		return true;
	p = &m.socks[s->peer];
	if ((!s->native && !op_event_select(i, 0)) ||
	    (!p->native && !op_event_select(s->peer, 0)))
		return false;
	note(i, "drop", 0, 0);
	note(s->peer, "drop", 0, 0);
	return close_one(i) && close_one(s->peer) && settle(3);
}

static bool op_reset(int i)
{
	struct sock *s = &m.socks[i], *p;
	__u32 linger = 1;

	if (s->peer == NOBODY || s->reset || s->end_out || s->deaf)
		return true;
	p = &m.socks[s->peer];
	/* what a reset does to data unread is open */
	if (p->kind != STREAM || p->oob || p->bytes)
		return true;
	note(i, "reset", 0, 0);
	note(s->peer, "peer's reset", 0, 0);
	if (s->native)
		setsockopt(s->fd, SOL_SOCKET, SO_LINGER,
			   &(struct linger){ .l_onoff = 1 },
			   sizeof(struct linger));
	else if (!same(i, "SO_LINGER", 0,
		       ws_setopt(dev, s->handle, WINSOCK_SOL_SOCKET,
				 WINSOCK_SO_LINGER, &linger, sizeof(linger))))
		return false;
	if (!close_one(i) || !settle(2))
		return false;
	p->peer = NOBODY;
	model_closed(&m, p, WSAECONNABORTED);
	return check_socket(p - m.socks);
}

/* Until the buffers are full; bytes, or a code, negative. */
static long fill(int i)
{
	long sent = 0;
	int n;

	while ((n = put(i, block, BLOCK, false)) > 0)
		sent += n;
	return n == -WSAEWOULDBLOCK ? sent : n;
}

static bool empty(int i, long left)
{
	__u64 end = ws_now_ns() + WS_PATIENCE * 1000000000ULL;

	while (left) {
		int n = get(i, block, BLOCK, 0);

		if (n <= 0 && (n != -WSAEWOULDBLOCK || ws_now_ns() > end))
			return differs(i, "bytes left", 0, left);
		if (n > 0)
			left -= n;
		else
			sched_yield();
	}
	return true;
}

static bool has_room(int i)
{
	struct winsock_pollfd p = {
		.fd = m.socks[i].handle, .events = WINSOCK_POLLWRNORM,
	};
	struct winsock_sock_poll a = {
		.size = sizeof(a), .fds = (uintptr_t)&p, .count = 1,
		.timeout = WS_PATIENCE * 1000000000LL,
	};

	return same(i, "POLL", 0, ws_ioctl(dev, WINSOCK_IOC_SOCK_POLL, &a)) &&
	       same(i, "room", WINSOCK_POLLWRNORM,
		    p.revents & WINSOCK_POLLWRNORM) && await_others(i);
}

/*
 * E36: room comes back after a send that found none, perhaps at once, since the
 * peer's end goes on taking what is under way.
 */
static bool op_fill(int i)
{
	struct sock *s = &m.socks[i], *p;
	int peer = s->peer;
	long sent;

	if (!may_send(i))
		return true;
	p = &m.socks[peer];
	if (p->kind != STREAM || p->bytes || p->hole)
		return true;
	if (!drain_messages(NOBODY))
		return false;
	sent = fill(i);
	note(i, "fill", sent, s->mode);
	note(peer, "filled", sent, 0);
	if (sent <= 0 || !settle(2))
		return differs(i, "fill", 1, sent);
	s->full = true;
	model_rearm(&m, s, WINSOCK_FD_WRITE);
	model_record(&m, p, WINSOCK_FD_READ);
	if (!check_socket(peer) || !empty(peer, sent) || !has_room(i))
		return false;
	fills++;
	s->full = false;
	model_indicate(&m, s, WINSOCK_FD_WRITE);
	p->recorded &= ~WINSOCK_FD_READ;
	if (p->mode == MESSAGE)
		p->armed |= p->mask & WINSOCK_FD_READ;
	return drain_messages(peer) && check_socket(i) && check_socket(peer);
}

/* ---- datagrams ---- */

static bool op_bind(int i)
{
	struct sock *s = &m.socks[i];
	union ws_addr a;
	int len = ws_loopback(&a, WINSOCK_AF_INET, 0);

	if (s->port)
		return true;
	note(i, "bind", 0, 0);
	if (!same(i, "bind", 0, ws_bind(dev, s->handle, &a, len)))
		return false;
	s->port = ws_port(dev, s->handle);
	model_indicate(&m, s, WINSOCK_FD_WRITE);		/* E22 */
	return check_socket(i);
}

static int some_datagram(void)
{
	int i = STREAMS + roll(SOCKS - STREAMS);

	return m.socks[i].kind == DATAGRAM && m.socks[i].port ? i : NOBODY;
}

/* E21 */
static bool op_connect_datagram(int i)
{
	struct sock *s = &m.socks[i];
	int to = some_datagram();

	if (to == NOBODY || s->waiting)
		return true;
	note(i, "connect", to, 0);
	if (!same(i, "connect", 0, ask_connect(i, m.socks[to].port)))
		return false;
	if (!s->port) {
		s->port = ws_port(dev, s->handle);
		model_record(&m, s, WINSOCK_FD_WRITE);
	}
	s->connected = true;
	s->peer = to;
	model_connected(&m, s, 0);
	return check_socket(i);
}

static bool op_sendto(int i)
{
	struct sock *s = &m.socks[i], *p;
	int to = s->connected ? s->peer : some_datagram();
	int len = 1 + roll(200);
	union ws_addr a;
	struct winsock_sock_sendmsg msg = {
		.size = sizeof(msg), .handle = s->handle,
		.addr = (uintptr_t)block, .count = len,
	};

	if (to == NOBODY)
		return true;
	p = &m.socks[to];
	if (p->waiting == QUEUE || (p->connected && p->peer != i))
		return true;
	if (!s->connected) {
		msg.name = (uintptr_t)&a;
		msg.name_len = ws_loopback(&a, WINSOCK_AF_INET, p->port);
	}
	note(i, "sendto", to, len);
	note(to, "datagram", i, len);
	if (!same(i, "sendto", 0,
		  ws_ioctl(dev, WINSOCK_IOC_SOCK_SENDMSG, &msg)) || !settle(1))
		return false;
	if (!s->port) {
		s->port = ws_port(dev, s->handle);
		model_indicate(&m, s, WINSOCK_FD_WRITE);
	}
	p->queue[p->waiting++] = len;
	model_indicate(&m, p, WINSOCK_FD_READ);
	return check_socket(i) && check_socket(to);
}

static bool op_recv_datagram(int i)
{
	struct sock *s = &m.socks[i];
	int len = 1 + roll(400), want = -WSAEWOULDBLOCK;
	bool peek = !roll(6);

	if (!s->port)
		return true;
	if (!roll(10)) {
		note(i, "recv, bad length", 0, 0);
		model_rearm(&m, s, WINSOCK_FD_READ);
		return same(i, "recv", -WSAEFAULT, get(i, block, -1, 0)) &&
		       check_socket(i);
	}
	if (s->waiting)
		want = (int)s->queue[0] > len ? -WSAEMSGSIZE :
						(int)s->queue[0];
	note(i, peek ? "peek" : "recv", len, want);
	if (!same(i, "recv", want,
		  get(i, block, len, peek ? WINSOCK_MSG_PEEK : 0)))
		return false;
	if (!peek && s->waiting)
		memmove(s->queue, s->queue + 1,
			--s->waiting * sizeof(*s->queue));
	model_taken(&m, s, WINSOCK_FD_READ);
	return check_socket(i);
}

static bool op_close_datagram(int i)
{
	int other;

	for (other = STREAMS; other < SOCKS; other++)
		if (m.socks[other].peer == i)
			m.socks[other].peer = NOBODY;
	note(i, "close", 0, 0);
	return close_one(i);
}

#endif /* WS_NETMODEL_DATA_H */
