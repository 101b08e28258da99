// SPDX-License-Identifier: GPL-2.0-only
/*
 * The shape of every command: sizes, flags, padding, pointers, numbers.  What
 * a command means is in the other programs.
 */
#include "ws_test.h"

/* As Windows programs see them, on 32 and on 64 bits alike. */
static_assert(sizeof(struct winsock_sockaddr_in) == 16, "sockaddr_in");
static_assert(sizeof(struct winsock_sockaddr_in6) == 28, "sockaddr_in6");
static_assert(sizeof(struct winsock_sockaddr_un) == 110, "sockaddr_un");
static_assert(offsetof(struct winsock_sockaddr_in6, sin6_scope_id) == 24,
	      "sin6_scope_id");
static_assert(sizeof(struct winsock_buffer) == 16, "buffer");
static_assert(offsetof(struct winsock_buffer, buf) == 8, "buffer.buf");
static_assert(sizeof(struct winsock_buffer32) == 8, "buffer32");

#define NO_PAD	-1

struct command {
	const char *name;
	unsigned int cmd;
	size_t size;
	int pad;
};

/* Sizes and places are written out: they must never change. */
#define ROW(_nr, _size, _pad)						\
	[WINSOCK_NR_##_nr] = {						\
		.name = #_nr, .cmd = WINSOCK_IOC_##_nr, .size = _size,	\
		.pad = _pad						\
	}

static const struct command commands[WINSOCK_NR_COUNT] = {
	ROW(QUERY, 24, NO_PAD),
	ROW(STARTUP, 24, 20),
	ROW(CLEANUP, 8, NO_PAD),
	ROW(HANDLE_CLOSE, 16, NO_PAD),
	ROW(HANDLE_EXPORT, 24, 20),
	ROW(HANDLE_IMPORT, 24, 12),
	ROW(HANDLE_ATTACH, 24, 20),
	ROW(HANDLE_OFFER, 32, 20),
	ROW(HANDLE_REDEEM, 24, NO_PAD),
	ROW(SOCK_CREATE, 32, NO_PAD),
	ROW(SOCK_BIND, 32, 28),
	ROW(SOCK_LISTEN, 24, 20),
	ROW(SOCK_ACCEPT, 40, NO_PAD),
	ROW(SOCK_CONNECT, 32, NO_PAD),
	ROW(SOCK_SEND, 48, NO_PAD),
	ROW(SOCK_RECV, 56, 52),
	ROW(SOCK_SHUTDOWN, 24, 20),
	ROW(SOCK_GETNAME, 32, NO_PAD),
	ROW(SOCK_GETPEER, 32, NO_PAD),
	ROW(SOCK_GETOPT, 40, NO_PAD),
	ROW(SOCK_SETOPT, 40, 36),
	ROW(SOCK_CONTROL, 56, NO_PAD),
	ROW(SOCK_SELECT, 56, 52),
	ROW(SOCK_POLL, 48, 20),
	ROW(SOCK_SENDMSG, 72, NO_PAD),
	ROW(SOCK_RECVMSG, 80, NO_PAD),
	ROW(EVENT_CREATE, 16, NO_PAD),
	ROW(EVENT_SET, 24, 20),
	ROW(EVENT_RESET, 24, 20),
	ROW(WAIT, 48, 20),
	ROW(THREAD_OPEN, 24, 12),
	ROW(APC_QUEUE, 48, NO_PAD),
	ROW(APC_TAKE, 40, NO_PAD),
	ROW(EVENT_SELECT, 32, 28),
	ROW(EVENT_ENUM, 32, NO_PAD),
	ROW(ASYNC_SELECT, 32, NO_PAD),
	ROW(MESSAGE_GET, 56, 52),
	ROW(MESSAGE_POST, 40, 36),
	ROW(SOCK_CONSIDER, 56, 44),
	ROW(SOCK_DECIDE, 56, NO_PAD),
};

static const struct command *const commands_end = commands + WINSOCK_NR_COUNT;

#define SIZE_IS(_type, _size)						\
	static_assert(sizeof(struct winsock_##_type) == (_size), #_type)

SIZE_IS(query, 24);
SIZE_IS(startup, 24);
SIZE_IS(cleanup, 8);
SIZE_IS(handle_close, 16);
SIZE_IS(handle_export, 24);
SIZE_IS(handle_import, 24);
SIZE_IS(handle_attach, 24);
SIZE_IS(handle_offer, 32);
SIZE_IS(handle_redeem, 24);
SIZE_IS(sock_create, 32);
SIZE_IS(sock_bind, 32);
SIZE_IS(sock_listen, 24);
SIZE_IS(sock_accept, 40);
SIZE_IS(sock_connect, 32);
SIZE_IS(sock_send, 48);
SIZE_IS(sock_recv, 56);
SIZE_IS(sock_shutdown, 24);
SIZE_IS(sock_name, 32);
SIZE_IS(sock_getopt, 40);
SIZE_IS(sock_setopt, 40);
SIZE_IS(sock_control, 56);
SIZE_IS(sock_select, 56);
SIZE_IS(sock_poll, 48);
SIZE_IS(sock_sendmsg, 72);
SIZE_IS(sock_recvmsg, 80);
SIZE_IS(event_create, 16);
SIZE_IS(event_set, 24);
SIZE_IS(wait, 48);
SIZE_IS(thread_open, 24);
SIZE_IS(apc_queue, 48);
SIZE_IS(apc_take, 40);
SIZE_IS(event_select, 32);
SIZE_IS(event_enum, 32);
SIZE_IS(async_select, 32);
SIZE_IS(message_get, 56);
SIZE_IS(message_post, 40);
SIZE_IS(network_events, 44);
SIZE_IS(sock_consider, 56);
SIZE_IS(sock_decide, 56);
SIZE_IS(candidate, 264);
SIZE_IS(handle_set, 8);
SIZE_IS(pollfd, 16);

#define PAD_AT(_type, _off)						\
	static_assert(offsetof(struct winsock_##_type, __pad) == (_off), #_type)

PAD_AT(startup, 20);
PAD_AT(handle_export, 20);
PAD_AT(handle_import, 12);
PAD_AT(handle_attach, 20);
PAD_AT(handle_offer, 20);
PAD_AT(sock_bind, 28);
PAD_AT(sock_listen, 20);
PAD_AT(sock_recv, 52);
PAD_AT(sock_shutdown, 20);
PAD_AT(sock_setopt, 36);
PAD_AT(sock_select, 52);
PAD_AT(sock_poll, 20);
PAD_AT(event_set, 20);
PAD_AT(wait, 20);
PAD_AT(thread_open, 12);
PAD_AT(sock_consider, 44);

/*
 * A struct of any command with room behind it.  Both as long, so that what
 * initialises one leaves nothing of the other.
 */
union block {
	struct {
		__u32 size;
		__u32 flags;
		__u8 rest[8192 - 8];
	} head;
	__u8 bytes[8192];
};

FIXTURE(abi) {
	int dev;
	long page;
	__u8 *last;	/* first byte that is not mapped */
};

FIXTURE_VARIANT(abi) {
	bool started;
};

FIXTURE_VARIANT_ADD(abi, blank) {
	.started = false,
};

FIXTURE_VARIANT_ADD(abi, started) {
	.started = true,
};

FIXTURE_SETUP(abi)
{
	__u8 *map;

	self->dev = variant->started ? ws_open() : ws_open_blank();
	ASSERT_LE(0, self->dev);

	self->page = sysconf(_SC_PAGESIZE);
	map = mmap(NULL, 2 * self->page, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, (void *)map);
	ASSERT_EQ(0, munmap(map + self->page, self->page));
	self->last = map + self->page;
}

FIXTURE_TEARDOWN(abi)
{
	munmap(self->last - self->page, self->page);
	close(self->dev);
}

/*
 * What a command answers on a file of its own to a struct of zeros: whatever
 * that is, it does not speak of the struct.
 */
static int run_alone(bool started, unsigned int cmd, union block *b)
{
	int dev = started ? ws_open() : ws_open_blank();
	int ret = ws_ioctl(dev, cmd, b);

	close(dev);
	return ret;
}

TEST_F(abi, every_command_has_a_row)
{
	const struct command *c;

	for (c = commands; c < commands_end; c++)
		EXPECT_EQ(WINSOCK_IOC(c - commands), c->cmd);
}

TEST_F(abi, exact_size_is_taken)
{
	const struct command *c;

	for (c = commands; c < commands_end; c++) {
		union block b = { .head.size = c->size };

		EXPECT_LE(0, run_alone(variant->started, c->cmd, &b)) {
			TH_LOG("%s", c->name);
		}
	}
}

TEST_F(abi, short_struct_EINVAL)
{
	const struct command *c;
	__u32 size;

	for (c = commands; c < commands_end; c++)
		for (size = 0; size < 8; size++) {
			union block b = { .head.size = size };

			EXPECT_EQ(-EINVAL, ws_ioctl(self->dev, c->cmd,
						    &b)) {
				TH_LOG("%s, size %u", c->name, size);
			}
			EXPECT_EQ(size, b.head.size);
		}
}

TEST_F(abi, long_struct_with_zero_tail_is_taken)
{
	const struct command *c;

	for (c = commands; c < commands_end; c++) {
		union block exact = { .head.size = c->size };
		union block b = { .head.size = c->size + 64 };
		int want = run_alone(variant->started, c->cmd, &exact);

		EXPECT_EQ(want, run_alone(variant->started, c->cmd, &b)) {
			TH_LOG("%s", c->name);
		}
	}
}

TEST_F(abi, long_struct_with_garbage_E2BIG)
{
	const struct command *c;

	for (c = commands; c < commands_end; c++) {
		union block b = { .head.size = c->size + 64 };

		b.bytes[c->size + 63] = 1;
		EXPECT_EQ(-E2BIG, ws_ioctl(self->dev, c->cmd, &b)) {
			TH_LOG("%s, last byte", c->name);
		}
		b.bytes[c->size + 63] = 0;
		b.bytes[c->size] = 1;
		EXPECT_EQ(-E2BIG, ws_ioctl(self->dev, c->cmd, &b)) {
			TH_LOG("%s, first byte", c->name);
		}
	}
}

TEST_F(abi, struct_beyond_a_page_E2BIG)
{
	const struct command *c;

	for (c = commands; c < commands_end; c++) {
		union block b = { .head.size = sizeof(b) };

		EXPECT_EQ(-E2BIG, ws_ioctl(self->dev, c->cmd, &b)) {
			TH_LOG("%s", c->name);
		}
		b.head.size = 0xffffffff;
		EXPECT_EQ(-E2BIG, ws_ioctl(self->dev, c->cmd, &b)) {
			TH_LOG("%s, 4 GiB", c->name);
		}
	}
}

static bool has_third_flag(unsigned int cmd)
{
	return cmd == WINSOCK_IOC_SOCK_SENDMSG ||
	       cmd == WINSOCK_IOC_SOCK_RECVMSG ||
	       cmd == WINSOCK_IOC_HANDLE_CLOSE || cmd == WINSOCK_IOC_WAIT;
}

/* Whether a command takes WINSOCK_LEAVE_NOW and _SOON. */
static bool takes_waits(unsigned int cmd)
{
	switch (cmd) {
	case WINSOCK_IOC_SOCK_ACCEPT:
	case WINSOCK_IOC_SOCK_CONNECT:
	case WINSOCK_IOC_SOCK_SEND:
	case WINSOCK_IOC_SOCK_RECV:
	case WINSOCK_IOC_SOCK_SENDMSG:
	case WINSOCK_IOC_SOCK_RECVMSG:
	case WINSOCK_IOC_SOCK_SELECT:
	case WINSOCK_IOC_SOCK_POLL:
		return true;
	}
	return false;
}

TEST_F(abi, unknown_flag_EINVAL)
{
	const struct command *c;
	unsigned int bit;

	for (c = commands; c < commands_end; c++)
		for (bit = 2; bit < 32; bit++) {
			union block b = { .head.size = c->size };

			b.head.flags = 1U << bit;
			if (has_third_flag(c->cmd) && bit == 2)
				continue;
			if (b.head.flags >= WINSOCK_LEAVE_NOW &&
			    takes_waits(c->cmd))
				continue;
			EXPECT_EQ(-EINVAL, ws_ioctl(self->dev, c->cmd,
						    &b)) {
				TH_LOG("%s, bit %u", c->name, bit);
			}
		}
}

TEST_F(abi, padding_not_zero_EINVAL)
{
	const struct command *c;

	for (c = commands; c < commands_end; c++) {
		union block b = { .head.size = c->size };

		if (c->pad == NO_PAD)
			continue;
		b.bytes[c->pad + 3] = 0x80;
		EXPECT_EQ(-EINVAL, ws_ioctl(self->dev, c->cmd, &b)) {
			TH_LOG("%s", c->name);
		}
	}
}

TEST_F(abi, struct_not_mapped_EFAULT)
{
	const struct command *c;

	for (c = commands; c < commands_end; c++) {
		__u32 size = c->size;

		EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, c->cmd, NULL)) {
			TH_LOG("%s, NULL", c->name);
		}
		EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, c->cmd,
					    self->last)) {
			TH_LOG("%s, behind a mapping", c->name);
		}
		/* the size can be read, the rest cannot */
		memcpy(self->last - sizeof(size), &size, sizeof(size));
		EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, c->cmd,
					    self->last - sizeof(size))) {
			TH_LOG("%s, cut off behind its size", c->name);
		}
		/* all but the last byte */
		memset(self->last - self->page, 0, self->page);
		memcpy(self->last - c->size + 1, &size, sizeof(size));
		EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, c->cmd,
					    self->last - c->size + 1)) {
			TH_LOG("%s, one byte short", c->name);
		}
	}
}

TEST_F(abi, struct_may_end_at_the_end_of_a_mapping)
{
	const struct command *c;

	for (c = commands; c < commands_end; c++) {
		union block *b = (void *)(self->last - c->size);

		memset(b, 0, c->size);
		b->head.size = c->size;
		EXPECT_LE(0, run_alone(variant->started, c->cmd, b)) {
			TH_LOG("%s", c->name);
		}
	}
}

TEST_F(abi, outputs_not_writable_EFAULT)
{
	struct winsock_query *q = (void *)(self->last - self->page);
	struct winsock_startup *s = (void *)(self->last - self->page);

	q->size = sizeof(*q);
	ASSERT_EQ(0, mprotect(q, self->page, PROT_READ));
	EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, WINSOCK_IOC_QUERY, q));

	ASSERT_EQ(0, mprotect(s, self->page, PROT_READ | PROT_WRITE));
	*s = (struct winsock_startup){ .size = sizeof(*s), .version = 0x202 };
	ASSERT_EQ(0, mprotect(s, self->page, PROT_READ));
	EXPECT_EQ(-EFAULT, ws_ioctl(self->dev, WINSOCK_IOC_STARTUP, s));
	/* and it has not counted */
	EXPECT_EQ(variant->started ? 0 : WSANOTINITIALISED,
		  ws_cleanup(self->dev));
	EXPECT_EQ(WSANOTINITIALISED, ws_cleanup(self->dev));
}

TEST_F(abi, unknown_command_ENOTTY)
{
	union block b = { .head.size = 24 };
	unsigned int nr;

	for (nr = WINSOCK_NR_COUNT; nr <= 0xff - WINSOCK_IOC_BASE; nr++) {
		EXPECT_EQ(-ENOTTY, ws_ioctl(self->dev, WINSOCK_IOC(nr), &b)) {
			TH_LOG("number %u", nr);
		}
	}
	/* below the range, of another type, with a size in the number */
	EXPECT_EQ(-ENOTTY, ws_ioctl(self->dev, _IO(WINSOCK_IOC_TYPE,
						   WINSOCK_IOC_BASE - 1), &b));
	EXPECT_EQ(-ENOTTY, ws_ioctl(self->dev, _IO('X', WINSOCK_IOC_BASE), &b));
	EXPECT_EQ(-ENOTTY, ws_ioctl(self->dev,
				    _IOWR(WINSOCK_IOC_TYPE, WINSOCK_IOC_BASE,
					  struct winsock_query), &b));
}

TEST_F(abi, is_no_terminal)
{
	__u8 termios[256];

	EXPECT_EQ(-ENOTTY, ws_ioctl(self->dev, TCGETS, termios));
	EXPECT_EQ(0, isatty(self->dev));
}

TEST_F(abi, query_tells_version_commands_and_features)
{
	struct winsock_query q = { .size = sizeof(q) };

	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_QUERY, &q));
	EXPECT_EQ(WINSOCK_ABI_VERSION, q.out_abi);
	EXPECT_EQ(WINSOCK_NR_COUNT, q.out_commands);
	EXPECT_EQ(WINSOCK_FEATURE_TCP | WINSOCK_FEATURE_EXPORT |
		  WINSOCK_FEATURE_SELECT | WINSOCK_FEATURE_UDP |
		  WINSOCK_FEATURE_RAW | WINSOCK_FEATURE_UNIX |
		  WINSOCK_FEATURE_EVENT | WINSOCK_FEATURE_MESSAGE,
		  q.out_features);
}

TEST_F(abi, longer_struct_keeps_its_unknown_tail)
{
	union block b = { .head.size = sizeof(struct winsock_query) + 16 };
	unsigned int i;

	ASSERT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_QUERY, &b));
	EXPECT_EQ(sizeof(struct winsock_query) + 16, b.head.size);
	for (i = sizeof(struct winsock_query); i < b.head.size; i++)
		EXPECT_EQ(0, b.bytes[i]);
}

/* Commands that need no start-up and name no socket; see event.c. */
static bool is_of_events(unsigned int cmd)
{
	return (cmd >= WINSOCK_IOC_EVENT_CREATE &&
		cmd <= WINSOCK_IOC_APC_TAKE) ||
	       cmd == WINSOCK_IOC_MESSAGE_GET ||
	       cmd == WINSOCK_IOC_MESSAGE_POST;
}

TEST_F(abi, commands_before_startup_WSANOTINITIALISED)
{
	const struct command *c;

	if (variant->started)
		ASSERT_EQ(0, ws_cleanup(self->dev));
	for (c = commands; c < commands_end; c++) {
		union block b = { .head.size = c->size };

		if (c->cmd == WINSOCK_IOC_QUERY ||
		    c->cmd == WINSOCK_IOC_STARTUP || is_of_events(c->cmd))
			continue;
		EXPECT_EQ(WSANOTINITIALISED,
			  ws_ioctl(self->dev, c->cmd, &b)) {
			TH_LOG("%s", c->name);
		}
	}
}

/* G3, G4: the handle is looked at before every other argument. */
TEST_F(abi, bad_handle_WSAENOTSOCK)
{
	static const __u64 bad[] = {
		0, ~0ULL, 4, 0x7ffffffc, 0x80000000, 0x100000004ULL, 3,
		0xdeadbeef,
	};
	const struct command *c;
	unsigned int i;

	if (!variant->started)
		ASSERT_EQ(0, ws_startup(self->dev));
	for (c = commands; c < commands_end; c++) {
		if (c->cmd < WINSOCK_IOC_HANDLE_CLOSE ||
		    c->cmd == WINSOCK_IOC_HANDLE_IMPORT ||
		    c->cmd == WINSOCK_IOC_HANDLE_REDEEM ||
		    c->cmd == WINSOCK_IOC_SOCK_CREATE ||
		    c->cmd == WINSOCK_IOC_SOCK_SELECT ||
		    c->cmd == WINSOCK_IOC_SOCK_POLL ||
		    is_of_events(c->cmd))
			continue;	/* these name no socket, or many */
		for (i = 0; i < ARRAY_SIZE(bad); i++) {
			union block b = { .head.size = c->size };

			memcpy(b.bytes + 8, &bad[i], sizeof(bad[i]));
			EXPECT_EQ(WSAENOTSOCK,
				  ws_ioctl(self->dev, c->cmd, &b)) {
				TH_LOG("%s, handle %#llx", c->name, bad[i]);
			}
		}
	}
}

TEST_HARNESS_MAIN
