// SPDX-License-Identifier: GPL-2.0-only
/*
 * Event objects (behaviour-async.md, Events).
 */
#include "ws_event.h"

FIXTURE(event) {
	int dev;
	__u64 manual, automatic;
};

FIXTURE_SETUP(event)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_event_create(self->dev, WINSOCK_EVENT_MANUAL,
				     &self->manual));
	ASSERT_EQ(0, ws_event_create(self->dev, 0, &self->automatic));
}

FIXTURE_TEARDOWN(event)
{
	close(self->dev);
}

TEST_F(event, set_and_reset_tell_the_state_before)
{
	EXPECT_EQ(0, ws_event_reset(self->dev, self->manual));
	EXPECT_EQ(0, ws_event_set(self->dev, self->manual));
	EXPECT_EQ(1, ws_event_set(self->dev, self->manual));
	EXPECT_EQ(1, ws_event_reset(self->dev, self->manual));
	EXPECT_EQ(0, ws_event_reset(self->dev, self->manual));
	EXPECT_EQ(0, ws_event_reset(self->dev, self->automatic));
}

TEST_F(event, may_be_signalled_from_the_start)
{
	__u64 event;

	ASSERT_EQ(0, ws_event_create(self->dev, WINSOCK_EVENT_SIGNALLED,
				     &event));
	EXPECT_EQ(1, ws_event_reset(self->dev, event));
}

TEST_F(event, only_events_are_set)
{
	__u64 sock;

	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &sock));
	EXPECT_EQ(WS_NO_EVENT, ws_event_set(self->dev, sock));
	EXPECT_EQ(WS_NO_EVENT, ws_event_reset(self->dev, sock));
	EXPECT_EQ(WS_NO_EVENT, ws_event_set(self->dev, 0));
	EXPECT_EQ(WS_NO_EVENT, ws_event_set(self->dev, ~0ULL));
	ASSERT_EQ(0, ws_close(self->dev, self->manual));
	EXPECT_EQ(WS_NO_EVENT, ws_event_set(self->dev, self->manual));
	EXPECT_EQ(WSAENOTSOCK, ws_close(self->dev, self->manual));
}

TEST_F(event, is_no_socket)
{
	union ws_addr a;
	__s32 len = sizeof(a);

	EXPECT_EQ(WSAENOTSOCK, ws_name(self->dev, WINSOCK_IOC_SOCK_GETNAME,
				       self->manual, &a, &len));
	EXPECT_EQ(WSAENOTSOCK, ws_listen(self->dev, self->manual, 1));
}

TEST_F(event, file_can_be_polled)
{
	int file;

	ASSERT_EQ(0, ws_export(self->dev, self->manual, &file));
	EXPECT_EQ(0, ws_poll_now(file));
	EXPECT_EQ(0, ws_event_set(self->dev, self->manual));
	EXPECT_EQ(POLLIN, peer_poll(file, POLLIN));
	EXPECT_EQ(1, ws_event_reset(file, 0));
	EXPECT_EQ(0, ws_poll_now(file));
	EXPECT_EQ(0, ws_event_set(file, 0));
	EXPECT_EQ(1, ws_event_reset(self->dev, self->manual));
	close(file);
}

TEST_F(event, file_wakes_its_pollers)
{
	struct ws_poller p;
	int file;

	ASSERT_EQ(0, ws_export(self->dev, self->automatic, &file));
	ASSERT_EQ(0, ws_poller_start(&p, file));
	ASSERT_TRUE(ws_poller_asleep(&p));
	EXPECT_EQ(0, ws_event_set(self->dev, self->automatic));
	EXPECT_EQ(POLLIN, ws_poller_join(&p));
	close(file);
}

TEST_F(event, file_outlives_the_context)
{
	struct ws_poller p;
	int file;

	ASSERT_EQ(0, ws_export(self->dev, self->manual, &file));
	close(self->dev);
	self->dev = -1;
	EXPECT_EQ(0, ws_event_set(file, 0));
	EXPECT_EQ(POLLIN, ws_poll_now(file));
	EXPECT_EQ(1, ws_event_reset(file, 0));
	ASSERT_EQ(0, ws_poller_start(&p, file));
	ASSERT_TRUE(ws_poller_asleep(&p));
	EXPECT_EQ(0, ws_close_flags(file, 0, WINSOCK_CLOSE_OBJECT));
	EXPECT_EQ(POLLIN | POLLHUP | POLLERR, ws_poller_join(&p));
	EXPECT_EQ(WS_NO_EVENT, ws_event_set(file, 0));
	close(file);
}

/* Programs make events before they start up, and have them after clean-up. */
TEST_F(event, needs_no_start_up)
{
	int dev = ws_open_blank();
	__u64 event, sock;

	ASSERT_LE(0, dev);
	ASSERT_EQ(0, ws_event_create(dev, 0, &event));
	EXPECT_EQ(WSANOTINITIALISED, ws_tcp(dev, WINSOCK_AF_INET, &sock));
	/* No blank file any more. */
	EXPECT_EQ(WSAEINVAL, ws_attach(self->dev, self->manual, dev));
	EXPECT_EQ(0, ws_event_set(dev, event));
	EXPECT_EQ(0, ws_wait_for(dev, &event, 1, 0, 0));
	ASSERT_EQ(0, ws_startup(dev));
	ASSERT_EQ(0, ws_tcp(dev, WINSOCK_AF_INET, &sock));
	EXPECT_EQ(0, ws_wait_for(dev, &sock, 1, 0, 0));
	ASSERT_EQ(0, ws_cleanup(dev));
	EXPECT_EQ(WS_WAIT_FAILED(WINSOCK_INVALID_HANDLE),
		  ws_wait_for(dev, &sock, 1, 0, 0));
	EXPECT_EQ(WSANOTINITIALISED, ws_close(dev, sock));
	EXPECT_EQ(0, ws_event_set(dev, event));
	EXPECT_EQ(0, ws_wait_for(dev, &event, 1, 0, 0));
	EXPECT_EQ(0, ws_close(dev, event));
	EXPECT_EQ(WSANOTINITIALISED, ws_close(dev, event));
	close(dev);
}

TEST_F(event, closed_by_kind)
{
	__u64 sock;

	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &sock));
	EXPECT_EQ(WINSOCK_INVALID_HANDLE,
		  ws_close_flags(self->dev, sock, WINSOCK_CLOSE_EVENT));
	EXPECT_EQ(WSAENOTSOCK, ws_close_flags(self->dev, self->manual,
					      WINSOCK_CLOSE_SOCKET));
	EXPECT_EQ(0, ws_close_flags(self->dev, sock, WINSOCK_CLOSE_SOCKET));
	EXPECT_EQ(0, ws_close_flags(self->dev, self->manual,
				    WINSOCK_CLOSE_EVENT));
	EXPECT_EQ(WINSOCK_INVALID_HANDLE,
		  ws_close_flags(self->dev, self->manual,
				 WINSOCK_CLOSE_EVENT));
	EXPECT_EQ(0, ws_close(self->dev, self->automatic));
}

/* Whichever way it is tried: a wait never needs two contexts' locks. */
TEST_F(event, never_leaves_its_context)
{
	struct winsock_handle_offer offer = {
		.size = sizeof(offer), .handle = self->manual,
		.process = getpid(),
	};
	__u64 handle;
	int file, other = ws_open();

	ASSERT_LE(0, other);
	ASSERT_EQ(0, ws_export(self->dev, self->manual, &file));
	EXPECT_EQ(WSAEOPNOTSUPP, ws_import(other, file, &handle));
	EXPECT_EQ(WSAEOPNOTSUPP, ws_import(self->dev, file, &handle));
	EXPECT_EQ(WSAENOTSOCK, ws_ioctl(self->dev, WINSOCK_IOC_HANDLE_OFFER,
					&offer));
	EXPECT_EQ(WSAENOTSOCK, ws_attach(other, self->manual, file));
	close(file);
	close(other);
}

TEST_F(event, attached_file_stands_for_it)
{
	int file = ws_open_blank();

	ASSERT_LE(0, file);
	ASSERT_EQ(0, ws_attach(self->dev, self->manual, file));
	EXPECT_EQ(0, ws_event_set(file, 0));
	EXPECT_EQ(1, ws_event_reset(self->dev, self->manual));
	close(file);
}

TEST_HARNESS_MAIN
