/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is compared: the same work, written once over struct bench_api, done by
 * the kernel's own calls, by /dev/winsock's commands and by libwinsock's calls.
 */
#ifndef BENCH_H
#define BENCH_H

#include <linux/types.h>
#include <stdbool.h>

/**
 * struct bench_api - one way to make the calls
 * @name:    column of the table
 * @null:    the cheapest call there is
 * @socket:  a TCP socket, over IPv6 if @ipv6
 * @listen:  a listening socket on a free port of loopback
 * @accept:  take the first connection, @addr of the peer asked for or not
 * @connect: start connecting a nonblocking socket to @port of loopback
 * @nonblock: set the blocking mode
 * @nodelay: set TCP_NODELAY
 * @send, @recv: one call; returns the bytes moved
 * @dgram:   a UDP socket bound to a free port of loopback
 * @sendto, @recvfrom: one datagram, to @port of loopback; with the sender's
 *           address; returns its bytes
 * @select, @poll: look once which of @n sockets are readable, of which one is;
 *           returns what the call costs, without what it takes to prepare it
 * @watch:   have a nonblocking socket tell when there is something to read: a
 *           registration, which @ready asks; ends with the socket
 * @ready:   wait until the socket that @watch was given last is readable, and
 *           learn that it is
 * @event:   an event, signalled or not
 * @wait:    look once which of @n events are signalled, of which the last is;
 *           returns what the call costs
 * @close:   free the socket
 *
 * A socket is a descriptor or a handle.  Each ends the program if it fails, so
 * what is counted is success.
 */
struct bench_api {
	const char *name;
	void (*null)(void);
	__u64 (*socket)(bool ipv6);
	__u64 (*listen)(bool ipv6, int backlog, __u16 *port);
	__u64 (*accept)(__u64 listener, bool addr);
	void (*connect)(__u64 s, bool ipv6, __u16 port);
	void (*nonblock)(__u64 s, bool on);
	void (*nodelay)(__u64 s);
	int (*send)(__u64 s, const void *buf, int len);
	int (*recv)(__u64 s, void *buf, int len);
	__u64 (*dgram)(__u16 *port);
	int (*sendto)(__u64 s, const void *buf, int len, __u16 port);
	int (*recvfrom)(__u64 s, void *buf, int len);
	__u64 (*select)(const __u64 *s, unsigned int n);
	__u64 (*poll)(const __u64 *s, unsigned int n);
	void (*watch)(__u64 s);
	void (*ready)(void);
	__u64 (*event)(bool signalled);
	__u64 (*wait)(const __u64 *event, unsigned int n);
	void (*close)(__u64 s);
};

extern const struct bench_api bench_native;
extern const struct bench_api bench_device;
extern const struct bench_api bench_library;

/* The ways, in the order of the columns. */
enum bench_side {
	BENCH_NATIVE,
	BENCH_DEVICE,
	BENCH_LIBRARY,
	BENCH_SIDES,
};

/* The most rows that one probe fills. */
#define BENCH_ROWS	3

/**
 * struct bench_probe - something to count
 * @open:   makes ready for all sides, and may leave figures for @run to write
 * @run:    does it once for one side, and writes a figure for each row
 * @close:  undoes @open
 * @sides:  which ways it can be done, bits of enum bench_side
 * @rounds: how often to run, if not as often as the others
 * @ipv6:   over which family
 * @arg:    what the functions make of it
 * @rows:   what the figures are called, the highest ratio of the device's to
 *          the native one that is accepted, and to the device's in the same row
 *          of the probe before; 0 is any
 */
struct bench_probe {
	void (*open)(const struct bench_probe *p);
	void (*run)(const struct bench_probe *p, enum bench_side side,
		    double *figure);
	void (*close)(const struct bench_probe *p);
	unsigned int sides;
	unsigned int rounds;
	bool ipv6;
	unsigned int arg;
	struct bench_row {
		const char *name;
		double limit;
		double growth;
	} rows[BENCH_ROWS];
};

extern const struct bench_api *const bench_apis[BENCH_SIDES];
extern const struct bench_probe bench_probes[];
extern const unsigned int bench_nprobes;

/* Nanoseconds, which are instructions in the counting machine. */
__u64 bench_now(void);
void bench_die(const char *fmt, ...)
	__attribute__((__noreturn__, __format__(printf, 1, 2)));

/* The most events that one call waits for. */
#define BENCH_EVENTS	64

/* The most sockets that one call waits for. */
#define BENCH_WAIT	1024

/* What it costs to accept from a full queue, and to close; a call each. */
#define BENCH_BATCH	64
void bench_accept(const struct bench_api *api, bool ipv6, bool addr,
		  double *accept, double *close);

/* table.c: what grows with the number of handles; @arg is that number. */
void bench_table_open(const struct bench_probe *p);
void bench_table_run(const struct bench_probe *p, enum bench_side side,
		     double *figure);
void bench_table_close(const struct bench_probe *p);
void bench_memory_run(const struct bench_probe *p, enum bench_side side,
		      double *figure);

/* device.c: @n more handles of one new socket. */
void bench_device_fill(__u64 *handles, unsigned int n);

/* native.c: @n more descriptors of one, and the other end of connections. */
void bench_settle(void);
void bench_native_fill(__u64 *fds, unsigned int n);
__u64 bench_peer_connect(bool ipv6, __u16 port);
void bench_peer_reset(__u64 fd);
void bench_peer_drain(__u64 fd, int len);

#endif /* BENCH_H */
