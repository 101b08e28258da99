// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who pays: memory that the driver takes while no program calls it is charged
 * to the memory cgroup of the context.
 */
#include "ws_test.h"
#include "ws_count.h"

#include <sys/stat.h>

#define ROOT	"/sys/fs/cgroup"
#define GROUP	ROOT "/winsock-charge"

#define COPIES	4000
#define LEAST	48	/* bytes a message, at the very least */

/* Bytes of the group's slabs, or -1. */
static long slab(void)
{
	return number_in(GROUP "/memory.stat", "slab_unreclaimable", " ");
}

FIXTURE(charge) {
	int dev;
	__u64 sock;
	int peer;	/* connected to @sock */
};

FIXTURE_SETUP(charge)
{
	struct sockaddr_storage ss;
	union ws_addr a;
	socklen_t len;

	if (geteuid())
		SKIP(_exit(255), "making control groups needs root");
	write_text(ROOT "/cgroup.subtree_control", "+memory");
	mkdir(GROUP, 0700);
	if (slab() < 0)
		SKIP(_exit(255), "no memory controller at " ROOT);
	ASSERT_TRUE(write_text(GROUP "/cgroup.procs", "0"));
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_create(self->dev, WINSOCK_AF_INET, WINSOCK_SOCK_DGRAM,
			       0, &self->sock));
	ASSERT_EQ(0, ws_bind(self->dev, self->sock, &a,
			     ws_loopback(&a, WINSOCK_AF_INET, 0)));
	self->peer = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	len = peer_loopback(&ss, WINSOCK_AF_INET,
			    ws_port(self->dev, self->sock));
	ASSERT_EQ(0, connect(self->peer, (struct sockaddr *)&ss, len));
}

FIXTURE_TEARDOWN(charge)
{
	close(self->peer);
	close(self->dev);
	write_text(ROOT "/cgroup.procs", "0");
	rmdir(GROUP);
}

/*
 * A message that waits already is copied where a datagram arrives, which no
 * process does.
 */
TEST_F(charge, messages_of_what_arrives)
{
	struct winsock_async_select select = {
		.size = sizeof(select), .handle = self->sock,
		.events = WINSOCK_FD_READ,
	};
	struct winsock_message_get get = { .size = sizeof(get) };
	long before, after, i;
	__u64 done;
	char byte;

	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_ASYNC_SELECT, &select));
	before = slab();
	for (i = 0; i <= COPIES; i++) {
		ASSERT_EQ(1, send(self->peer, "x", 1, 0));
		ASSERT_TRUE(ws_until(!ws_recv(self->dev, self->sock, &byte, 1,
					      0, &done)));
	}
	/* Newer kernels bring the figure up to date every other second. */
	ws_until((after = slab()) >= before + COPIES * LEAST);
	for (i = 0; !ws_ioctl(self->dev, WINSOCK_IOC_MESSAGE_GET, &get); i++)
		;
	EXPECT_EQ(COPIES + 1, i);
	EXPECT_LE(before + COPIES * LEAST, after) {
		TH_LOG("%ld bytes for %ld messages", after - before, i);
	}
}

TEST_HARNESS_MAIN
