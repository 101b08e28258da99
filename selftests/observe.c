// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an administrator sees: contexts and handles in debugfs, calls in the
 * trace.
 */
#include "ws_event.h"
#include "ws_test.h"
#include "ws_count.h"

#define HANDLES	"/sys/kernel/debug/winsock/handles"
#define TRACE	"/sys/kernel/tracing/"

/* Does a line of the file hold both texts? */
static bool file_says(const char *path, const char *first, const char *second)
{
	FILE *f = fopen(path, "re");
	char line[512];
	bool met = false;

	if (!f)
		return false;
	while (!met && fgets(line, sizeof(line), f))
		met = strstr(line, first) && strstr(line, second);
	fclose(f);
	return met;
}

FIXTURE(observe) {
	int dev;
	__u64 sock;
};

FIXTURE_SETUP(observe)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &self->sock));
}

FIXTURE_TEARDOWN(observe)
{
	close(self->dev);
}

TEST_F(observe, debugfs_lists_contexts_and_handles)
{
	struct winsock_sockaddr_in any = { .sin_family = WINSOCK_AF_INET };
	char context[64], handle[64];

	if (access(HANDLES, R_OK))
		SKIP(return, "no debugfs at " HANDLES);
	snprintf(context, sizeof(context), "opener=%d ", getpid());
	snprintf(handle, sizeof(handle), "  %#llx ",
		 (unsigned long long)self->sock);

	EXPECT_TRUE(file_says(HANDLES, context, "started=1 handles=1"));
	EXPECT_TRUE(file_says(HANDLES, handle, "socket tcp"));
	ASSERT_EQ(0, ws_bind(self->dev, self->sock, &any, sizeof(any)));
	EXPECT_TRUE(file_says(HANDLES, handle, "0.0.0.0:"));
	ASSERT_EQ(0, ws_close(self->dev, self->sock));
	EXPECT_FALSE(file_says(HANDLES, handle, "socket tcp"));
	EXPECT_TRUE(file_says(HANDLES, context, "started=1 handles=0"));
	close(self->dev);
	EXPECT_FALSE(file_says(HANDLES, context, ""));
	self->dev = -1;
}

TEST_F(observe, debugfs_lists_many_handles_once_each)
{
	unsigned int i, lines = 0;
	char line[512];
	__u64 sock;
	FILE *f;

	f = fopen(HANDLES, "re");
	if (!f)
		SKIP(return, "no debugfs at " HANDLES);
	for (i = 1; i < 1000; i++)
		ASSERT_EQ(0, ws_tcp(self->dev, WINSOCK_AF_INET, &sock));
	while (fgets(line, sizeof(line), f))
		lines += !!strstr(line, "socket tcp");
	fclose(f);
	EXPECT_EQ(1000, lines);
}

TEST_F(observe, debugfs_tells_what_a_socket_is_registered_for)
{
	struct winsock_event_select select = {
		.size = sizeof(select), .handle = self->sock,
		.events = WINSOCK_FD_READ | WINSOCK_FD_CLOSE,
	};
	struct winsock_async_select window = {
		.size = sizeof(window), .handle = self->sock,
		.window = 1, .message = 1, .events = WINSOCK_FD_CONNECT,
	};
	char handle[64], text[64];

	if (access(HANDLES, R_OK))
		SKIP(return, "no debugfs at " HANDLES);
	snprintf(handle, sizeof(handle), "  %#llx ",
		 (unsigned long long)self->sock);
	EXPECT_FALSE(file_says(HANDLES, handle, "event="));
	ASSERT_EQ(0, ws_event_create(self->dev, 0, &select.event));
	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_EVENT_SELECT, &select));
	snprintf(text, sizeof(text), "event=%#x message=0x0 ", select.events);
	EXPECT_TRUE(file_says(HANDLES, handle, text));
	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_ASYNC_SELECT, &window));
	snprintf(text, sizeof(text), "event=0x0 message=%#x ", window.events);
	EXPECT_TRUE(file_says(HANDLES, handle, text));
}

TEST_F(observe, trace_tells_each_call_and_its_result)
{
	char closed[64];

	if (access(TRACE "events/winsock/winsock_call/enable", W_OK))
		SKIP(return, "no tracefs at " TRACE);
	snprintf(closed, sizeof(closed), "nr=%d", WINSOCK_NR_HANDLE_CLOSE);
	ASSERT_TRUE(write_text(TRACE "trace", ""));
	ASSERT_TRUE(write_text(TRACE "events/winsock/winsock_call/enable",
			       "1"));
	EXPECT_EQ(WSAENOTSOCK, ws_close(self->dev, 0));
	EXPECT_EQ(0, ws_close(self->dev, self->sock));
	ASSERT_TRUE(write_text(TRACE "events/winsock/winsock_call/enable",
			       "0"));
	EXPECT_TRUE(file_says(TRACE "trace", closed, "result=10038"));
	EXPECT_TRUE(file_says(TRACE "trace", closed, "result=0"));
}

TEST_HARNESS_MAIN
