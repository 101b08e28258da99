/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The connection that stream.c, ending.c and option.c start from: our end
 * accepted through the driver, the other end native.
 */
#ifndef WS_PAIR_H
#define WS_PAIR_H

#include "ws_test.h"

FIXTURE(pair) {
	int dev;
	__u64 conn;
	int peer;
};

FIXTURE_VARIANT(pair) {
	int family;
};

FIXTURE_VARIANT_ADD(pair, ipv4) {
	.family = WINSOCK_AF_INET,
};

FIXTURE_VARIANT_ADD(pair, ipv6) {
	.family = WINSOCK_AF_INET6,
};

FIXTURE_SETUP(pair)
{
	__be16 port;
	__u64 lsn;

	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_handle_signals());
	ASSERT_EQ(0, ws_listener(self->dev, variant->family, 5, &lsn, &port));
	self->peer = peer_connect(variant->family, port);
	ASSERT_LE(0, self->peer);
	ASSERT_EQ(0, ws_accept(self->dev, lsn, &self->conn));
	ASSERT_EQ(0, ws_close(self->dev, lsn));
}

FIXTURE_TEARDOWN(pair)
{
	close(self->peer);
	close(self->dev);
}

/* Fill both ends' buffers, so that a send has to wait. */
static inline bool pair_fill(int dev, __u64 conn)
{
	static char block[65536];
	__u64 done;
	int ret;

	if (ws_nonblocking(dev, conn, 1))
		return false;
	while (!(ret = ws_send(dev, conn, block, sizeof(block), 0, &done)))
		;
	return ret == WSAEWOULDBLOCK && !ws_nonblocking(dev, conn, 0);
}

#endif /* WS_PAIR_H */
