// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probes: each does one side's calls, and counts what they cost.
 */
#include <stdlib.h>

#include "bench.h"

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

#define NATIVE		(1U << BENCH_NATIVE)
#define DEVICE		(1U << BENCH_DEVICE)
#define ALL		(NATIVE | DEVICE | 1U << BENCH_LIBRARY)

#define BATCH		BENCH_BATCH

static void probe_null(const struct bench_probe *p, enum bench_side side,
		       double *figure)
{
	const struct bench_api *api = bench_apis[side];
	__u64 start;
	int i;

	(void)p;
	start = bench_now();
	for (i = 0; i < BATCH; i++)
		api->null();
	figure[0] = (double)(bench_now() - start) / BATCH;
}

static void probe_socket(const struct bench_probe *p, enum bench_side side,
			 double *figure)
{
	const struct bench_api *api = bench_apis[side];
	__u64 start;
	int i;

	bench_settle();
	start = bench_now();
	for (i = 0; i < BATCH; i++)
		api->close(api->socket(p->ipv6));
	figure[0] = (double)(bench_now() - start) / BATCH;
}

/*
 * The queue is full before, so nothing waits.  What is closed are sockets that
 * their peers have reset, which is our work and little of TCP's.
 */
void bench_accept(const struct bench_api *api, bool ipv6, bool addr,
		  double *accept, double *close)
{
	__u64 s[BATCH], peer[BATCH], listener, start;
	__u16 port;
	int i;

	listener = api->listen(ipv6, BATCH, &port);
	for (i = 0; i < BATCH; i++)
		peer[i] = bench_peer_connect(ipv6, port);

	bench_settle();
	start = bench_now();
	for (i = 0; i < BATCH; i++)
		s[i] = api->accept(listener, addr);
	*accept = (double)(bench_now() - start) / BATCH;

	for (i = 0; i < BATCH; i++)
		bench_peer_reset(peer[i]);

	bench_settle();
	start = bench_now();
	for (i = 0; i < BATCH; i++)
		api->close(s[i]);
	*close = (double)(bench_now() - start) / BATCH;
	api->close(listener);
}

static void probe_accept(const struct bench_probe *p, enum bench_side side,
			 double *figure)
{
	bench_accept(bench_apis[side], p->ipv6, p->arg, &figure[0], &figure[1]);
	figure[2] = figure[0] + figure[1];
}

/* The whole handshake is inside: loopback answers within the call. */
static void probe_connect(const struct bench_probe *p, enum bench_side side,
			  double *figure)
{
	const struct bench_api *api = bench_apis[side];
	__u64 s[BATCH], listener, start, connected;
	__u16 port;
	int i;

	listener = bench_native.listen(p->ipv6, BATCH, &port);
	for (i = 0; i < BATCH; i++) {
		s[i] = api->socket(p->ipv6);
		api->nonblock(s[i], true);
	}

	bench_settle();
	start = bench_now();
	for (i = 0; i < BATCH; i++)
		api->connect(s[i], p->ipv6, port);
	connected = bench_now() - start;

	bench_settle();
	start = bench_now();
	for (i = 0; i < BATCH; i++)
		api->close(s[i]);
	start = bench_now() - start;

	for (i = 0; i < BATCH; i++)
		bench_peer_reset(bench_native.accept(listener, false));
	bench_native.close(listener);

	figure[0] = (double)connected / BATCH;
	figure[1] = (double)start / BATCH;
	figure[2] = figure[0] + figure[1];
}

/* @arg bytes each way; one call takes or gives all, or the probe fails. */
static void probe_stream(const struct bench_probe *p, enum bench_side side,
			 double *figure)
{
	const struct bench_api *api = bench_apis[side];
	__u64 listener, peer, s, start, sent = 0, received = 0;
	int i, len = p->arg;
	char *buf = calloc(1, len);
	__u16 port;

	if (!buf)
		bench_die("no memory");
	listener = api->listen(p->ipv6, 1, &port);
	peer = bench_peer_connect(p->ipv6, port);
	s = api->accept(listener, false);
	api->nodelay(s);
	bench_native.nodelay(peer);

	bench_settle();
	for (i = 0; i < BATCH; i++) {
		start = bench_now();
		if (api->send(s, buf, len) != len)
			bench_die("%s: send was cut short", api->name);
		sent += bench_now() - start;
		bench_peer_drain(peer, len);

		if (bench_native.send(peer, buf, len) != len)
			bench_die("the peer's send was cut short");
		start = bench_now();
		if (api->recv(s, buf, len) != len)
			bench_die("%s: recv was cut short", api->name);
		received += bench_now() - start;
	}
	bench_peer_reset(peer);
	api->close(s);
	api->close(listener);
	free(buf);

	figure[0] = (double)sent / BATCH;
	figure[1] = (double)received / BATCH;
	figure[2] = figure[0] + figure[1];
}

/* @arg bytes in each datagram, from one socket of the side to another. */
static void probe_dgram(const struct bench_probe *p, enum bench_side side,
			double *figure)
{
	const struct bench_api *api = bench_apis[side];
	__u64 from, to, start, sent = 0, received = 0;
	int i, len = p->arg;
	char buf[1472] = "";
	__u16 port, unused;

	from = api->dgram(&unused);
	to = api->dgram(&port);
	bench_settle();
	for (i = 0; i < BATCH; i++) {
		start = bench_now();
		if (api->sendto(from, buf, len, port) != len)
			bench_die("%s: sendto was cut short", api->name);
		sent += bench_now() - start;

		start = bench_now();
		if (api->recvfrom(to, buf, len) != len)
			bench_die("%s: recvfrom was cut short", api->name);
		received += bench_now() - start;
	}
	api->close(to);
	api->close(from);

	figure[0] = (double)sent / BATCH;
	figure[1] = (double)received / BATCH;
	figure[2] = figure[0] + figure[1];
}

enum { ECHO_EVENT, ECHO_SELECT };

/*
 * A byte to a server that waits for it, reads it and sends it back, from the
 * peer's send to the peer's recv.  The server learns of it by an event, or, @arg
 * ECHO_SELECT, by select; the native one by epoll in both.
 */
static void probe_echo(const struct bench_probe *p, enum bench_side side,
		       double *figure)
{
	bool select = p->arg == ECHO_SELECT && side != BENCH_NATIVE;
	const struct bench_api *api = bench_apis[side];
	__u64 listener, peer, s, start, echo = 0, wait = 0;
	char buf[1] = "";
	__u16 port;
	int i;

	listener = api->listen(p->ipv6, 1, &port);
	peer = bench_peer_connect(p->ipv6, port);
	s = api->accept(listener, false);
	api->nodelay(s);
	bench_native.nodelay(peer);
	api->nonblock(s, true);
	if (!select)
		api->watch(s);

	bench_settle();
	for (i = 0; i < BATCH; i++) {
		__u64 before;

		start = bench_now();
		bench_native.send(peer, buf, 1);
		before = bench_now();
		if (select)
			api->select(&s, 1);
		else
			api->ready();
		wait += bench_now() - before;
		if (api->recv(s, buf, 1) != 1 || api->send(s, buf, 1) != 1)
			bench_die("%s: the echo was lost", api->name);
		bench_peer_drain(peer, 1);
		echo += bench_now() - start;
	}
	bench_peer_reset(peer);
	api->close(s);
	api->close(listener);

	figure[0] = (double)wait / BATCH;
	figure[1] = (double)echo / BATCH;
}

/*
 * @arg MiB through a connection both of whose ends are the side's, instructions
 * for 1,024 bytes.
 */
static void probe_bulk(const struct bench_probe *p, enum bench_side side,
		       double *figure)
{
	const struct bench_api *api = bench_apis[side];
	__u64 listener, from, to, start;
	static char buf[65536];
	unsigned int i, pieces = p->arg * 16;
	int n, left;
	__u16 port;

	listener = api->listen(p->ipv6, 1, &port);
	from = api->socket(p->ipv6);
	api->nonblock(from, true);
	api->connect(from, p->ipv6, port);
	to = api->accept(listener, false);
	api->nonblock(from, false);
	api->nodelay(from);

	bench_settle();
	start = bench_now();
	for (i = 0; i < pieces; i++) {
		if (api->send(from, buf, sizeof(buf)) != sizeof(buf))
			bench_die("%s: send was cut short", api->name);
		for (left = sizeof(buf); left > 0; left -= n) {
			n = api->recv(to, buf, left);
			if (n <= 0)
				bench_die("%s: the stream ended", api->name);
		}
	}
	figure[0] = (double)(bench_now() - start) / pieces / 64;
	api->close(to);
	api->close(from);
	api->close(listener);
}

/* Connections of each side, accepted and idle, but the last has a byte. */
static __u64 waiting[BENCH_SIDES][BENCH_WAIT];
static __u64 waiting_peer[BENCH_SIDES][BENCH_WAIT];

static void wait_open(const struct bench_probe *p)
{
	unsigned int side, i, n = p->arg;
	__u64 listener;
	__u16 port;

	for (side = 0; side < BENCH_SIDES; side++) {
		listener = bench_apis[side]->listen(p->ipv6, n, &port);
		for (i = 0; i < n; i++) {
			waiting_peer[side][i] = bench_peer_connect(p->ipv6,
								   port);
			waiting[side][i] = bench_apis[side]->accept(listener,
								    false);
		}
		if (bench_native.send(waiting_peer[side][n - 1], "x", 1) != 1)
			bench_die("the peer's send was cut short");
		bench_apis[side]->close(listener);
	}
	bench_settle();
}

static void probe_wait(const struct bench_probe *p, enum bench_side side,
		       double *figure)
{
	const struct bench_api *api = bench_apis[side];
	__u64 sum[2] = { 0 };
	int i;

	for (i = 0; i < BATCH; i++) {
		sum[0] += api->select(waiting[side], p->arg);
		sum[1] += api->poll(waiting[side], p->arg);
	}
	figure[0] = (double)sum[0] / BATCH;
	figure[1] = (double)sum[1] / BATCH;
}

static void wait_close(const struct bench_probe *p)
{
	unsigned int side, i;

	for (side = 0; side < BENCH_SIDES; side++) {
		for (i = 0; i < p->arg; i++) {
			bench_peer_reset(waiting_peer[side][i]);
			bench_apis[side]->close(waiting[side][i]);
		}
	}
}

/* Events of each side, which last as long as the program. */
static __u64 event[BENCH_SIDES][BENCH_EVENTS];

static void events_open(const struct bench_probe *p)
{
	unsigned int side, i, n = p->arg;

	for (side = 0; side < BENCH_SIDES; side++)
		for (i = 0; i < n; i++)
			event[side][i] = bench_apis[side]->event(i == n - 1);
}

static void probe_events(const struct bench_probe *p, enum bench_side side,
			 double *figure)
{
	const struct bench_api *api = bench_apis[side];
	const __u64 *last = &event[side][p->arg - 1];
	__u64 sum[2] = { 0 };
	int i;

	for (i = 0; i < BATCH; i++) {
		sum[0] += api->wait(event[side], p->arg);
		sum[1] += api->wait(last, 1);
	}
	figure[0] = (double)sum[0] / BATCH;
	figure[1] = (double)sum[1] / BATCH;
}

static void events_close(const struct bench_probe *p)
{
	(void)p;
}

#define CALL(_run, _ipv6, _arg, ...)					\
	{ .run = (_run), .sides = ALL, .ipv6 = (_ipv6), .arg = (_arg),	\
	  .rows = { __VA_ARGS__ } }

#define TABLE(_handles, ...)						\
	{ .open = bench_table_open, .run = bench_table_run,		\
	  .close = bench_table_close, .sides = NATIVE | DEVICE,		\
	  .arg = (_handles), .rows = { __VA_ARGS__ } }

#define WAIT(_sockets, ...)						\
	{ .open = wait_open, .run = probe_wait, .close = wait_close,	\
	  .sides = ALL, .arg = (_sockets), .rows = { __VA_ARGS__ } }

/*
 * The limits are for what a program does: a socket is closed some time, and a
 * byte that is sent is received.  The aim is 1.10; where it is missed, by the
 * smallest messages, the limit is what was reached.
 */
const struct bench_probe bench_probes[] = {
	CALL(probe_accept, false, false,
	     { "accept IPv4, no address" },
	     { "close" },
	     { "accept + close", 1.00 }),
	CALL(probe_accept, false, true,
	     { "accept IPv4, address" },
	     { "close" },
	     { "accept + close", 1.00 }),
	CALL(probe_accept, true, false,
	     { "accept IPv6, no address" },
	     { "close" },
	     { "accept + close", 1.00 }),
	CALL(probe_accept, true, true,
	     { "accept IPv6, address" },
	     { "close" },
	     { "accept + close", 1.00 }),
	CALL(probe_socket, false, 0, { "socket + close IPv4", 1.10 }),
	CALL(probe_socket, true, 0, { "socket + close IPv6", 1.10 }),
	CALL(probe_connect, false, 0,
	     { "connect IPv4" },
	     { "close, connected" },
	     { "connect + close", 1.10 }),
	CALL(probe_connect, true, 0,
	     { "connect IPv6" },
	     { "close, connected" },
	     { "connect + close", 1.10 }),
	CALL(probe_stream, false, 1,
	     { "send 1 byte" },
	     { "recv 1 byte" },
	     { "send + recv", 1.105 }),
	CALL(probe_stream, false, 4096,
	     { "send 4 KiB" },
	     { "recv 4 KiB" },
	     { "send + recv", 1.10 }),
	CALL(probe_stream, false, 65536,
	     { "send 64 KiB" },
	     { "recv 64 KiB" },
	     { "send + recv", 1.10 }),
	{ .run = probe_bulk, .sides = ALL, .rounds = 1, .arg = 64, .rows = {
		{ "a KiB of 64 MiB, both ends", 1.10 } } },
	CALL(probe_dgram, false, 1,
	     { "sendto 1 byte" },
	     { "recvfrom 1 byte" },
	     { "sendto + recvfrom", 1.14 }),
	CALL(probe_dgram, false, 1472,
	     { "sendto 1,472 bytes" },
	     { "recvfrom 1,472 bytes" },
	     { "sendto + recvfrom", 1.10 }),
	{ .run = probe_echo, .sides = ALL, .arg = ECHO_EVENT,
	  .rows = {
		{ "events: wait, epoll" },
		{ "events: echo, epoll", 1.12 } } },
	{ .run = probe_echo, .sides = ALL, .arg = ECHO_SELECT,
	  .rows = {
		{ "select: wait, epoll" },
		{ "select: echo, epoll", 1.10 } } },
	WAIT(64,
	     { "select, poll: 64", 1.20 },
	     { "WSAPoll, poll: 64", 1.20 }),
	WAIT(1024,
	     { "select, poll: 1,024", 1.20 },
	     { "WSAPoll, poll: 1,024", 1.20 }),
	{ .open = events_open, .run = probe_events, .close = events_close,
	  .sides = ALL, .arg = BENCH_EVENTS, .rows = {
		{ "wait for 64 events, poll", 1.00 },
		{ "wait for 1 event, poll", 1.17 } } },
	{ .run = probe_null, .sides = NATIVE | DEVICE, .rows = {
		{ "null command, getppid" } } },
	TABLE(10,
	      { "FIONBIO, 10 handles" },
	      { "accept + close, 10", 1.00 }),
	TABLE(1000000,
	      { "FIONBIO, 1,000,000 handles", 0, 1.05 },
	      { "accept + close, 1,000,000", 1.00, 1.05 },
	      { "bytes a handle, 1,000,000" }),
	{ .run = bench_memory_run, .sides = NATIVE | DEVICE, .rounds = 1,
	  .arg = 10000, .rows = { { "bytes an accept, 10,000", 1.00 } } },
};

const unsigned int bench_nprobes = COUNT(bench_probes);
