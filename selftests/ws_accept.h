/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The listener that accept.c and accept_fault.c start from.
 */
#ifndef WS_ACCEPT_H
#define WS_ACCEPT_H

#include "ws_test.h"

/*
 * The client's connect may return before its last segment has arrived.  So a
 * nonblocking accept is asked again until what was sent off is there.
 */
static inline int accept_queued(int dev, __u64 lsn, void *addr, void *len,
				__u64 *conn)
{
	int ret = 0;

	ws_until((ret = ws_accept_addr(dev, lsn, addr, len, conn)) !=
		 WSAEWOULDBLOCK);
	return ret;
}

/* Does accept give the connection that @peer made?  Closes it again. */
static inline bool accept_gives(int dev, __u64 lsn, int peer)
{
	union ws_addr a;
	__s32 len = sizeof(a);
	__u64 conn;

	return !accept_queued(dev, lsn, &a, &len, &conn) &&
	       a.in.sin_port == peer_port(peer) && !ws_close(dev, conn);
}

FIXTURE(accept) {
	int dev;
	__u64 lsn;
	__be16 port;
};

FIXTURE_VARIANT(accept) {
	int family;
	bool nonblocking;
};

FIXTURE_VARIANT_ADD(accept, ipv4) {
	.family = WINSOCK_AF_INET,
};

FIXTURE_VARIANT_ADD(accept, ipv6) {
	.family = WINSOCK_AF_INET6,
};

FIXTURE_VARIANT_ADD(accept, ipv4_nonblocking) {
	.family = WINSOCK_AF_INET, .nonblocking = true,
};

FIXTURE_VARIANT_ADD(accept, ipv6_nonblocking) {
	.family = WINSOCK_AF_INET6, .nonblocking = true,
};

FIXTURE_SETUP(accept)
{
	ASSERT_EQ(0, ws_stay_on_processor());
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_listener(self->dev, variant->family,
				 WINSOCK_SOMAXCONN, &self->lsn,
				 &self->port));
	if (variant->nonblocking)
		ASSERT_EQ(0, ws_nonblocking(self->dev, self->lsn, 1));
}

FIXTURE_TEARDOWN(accept)
{
	close(self->dev);
}

#endif /* WS_ACCEPT_H */
