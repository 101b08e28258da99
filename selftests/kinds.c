// SPDX-License-Identifier: GPL-2.0-only
/*
 * Raw sockets: with privilege, and the pings of those without.
 *
 * In a network namespace of its own, where the loopback interface is up and
 * every group may ping.
 */
#include "ws_test.h"

#define NOBODY	65534

struct echo {
	__u8 type;
	__u8 code;
	__be16 checksum;
	__be16 id;
	__be16 sequence;
	char data[8];
};

/* The Internet checksum in network order; 0 over what holds a right one. */
static __be16 checksum(const void *data, size_t len)
{
	const __u8 *p = data;
	__u32 sum = 0;
	size_t i;

	for (i = 0; i + 1 < len; i += 2)
		sum += p[i] << 8 | p[i + 1];
	sum = (sum >> 16) + (sum & 0xffff);
	sum += sum >> 16;
	return htons(~sum & 0xffff);
}

static bool allow_pings(void)
{
	static const char all[] = "0 2147483647";
	int fd = open("/proc/sys/net/ipv4/ping_group_range",
		      O_WRONLY | O_CLOEXEC);
	bool done = write(fd, all, strlen(all)) == (ssize_t)strlen(all);

	close(fd);
	return done;
}

/* A user without capabilities, for good. */
static bool drop_privilege(void)
{
	return !setresgid(NOBODY, NOBODY, NOBODY) &&
	       !setresuid(NOBODY, NOBODY, NOBODY);
}

static int create(int dev, int family, int type, int protocol)
{
	__u64 s;
	int ret = ws_create(dev, family, type, protocol, &s);

	return ret ? ret : ws_close(dev, s);
}

FIXTURE(raw) {
	int dev;
	__u64 s;
	size_t header;	/* before the ICMP message that is received */
	struct echo echo;
};

FIXTURE_VARIANT(raw) {
	int family;
	bool privileged;
};

FIXTURE_VARIANT_ADD(raw, ipv4) {
	.family = WINSOCK_AF_INET,
	.privileged = true,
};

FIXTURE_VARIANT_ADD(raw, ipv6) {
	.family = WINSOCK_AF_INET6,
	.privileged = true,
};

FIXTURE_VARIANT_ADD(raw, ping_ipv4) {
	.family = WINSOCK_AF_INET,
};

FIXTURE_VARIANT_ADD(raw, ping_ipv6) {
	.family = WINSOCK_AF_INET6,
};

FIXTURE_SETUP(raw)
{
	bool ipv4 = variant->family == WINSOCK_AF_INET;

	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	ASSERT_TRUE(peer_loopback_up());
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
	if (!variant->privileged) {
		ASSERT_TRUE(allow_pings());
		ASSERT_TRUE(drop_privilege());
	}
	ASSERT_EQ(0, ws_create(self->dev, variant->family, WINSOCK_SOCK_RAW,
			       ipv4 ? WINSOCK_IPPROTO_ICMP :
				      WINSOCK_IPPROTO_ICMPV6, &self->s));
	self->header = ipv4 ? 20 : 0;
	self->echo = (struct echo){
		.type = ipv4 ? 8 : 128, .id = htons(0x1234),
		.sequence = htons(7), .data = "payload",
	};
	self->echo.checksum = checksum(&self->echo, sizeof(self->echo));
}

FIXTURE_TEARDOWN(raw)
{
	close(self->dev);
}

static int connect_loopback(int dev, __u64 s, int family)
{
	union ws_addr a;
	int len = ws_loopback(&a, family, 0);

	return ws_connect(dev, s, &a, len);
}

/* W2; the socket is connected because the address of each is another matter. */
static void check_reply(struct __test_metadata *_metadata, const __u8 *packet,
			size_t len, size_t header, const struct echo *sent)
{
	struct echo got;

	ASSERT_EQ(header + sizeof(got), len);
	memcpy(&got, packet + header, sizeof(got));
	EXPECT_EQ(header ? 0 : 129, got.type);
	EXPECT_EQ(0, got.code);
	EXPECT_EQ(sent->id, got.id);
	EXPECT_EQ(sent->sequence, got.sequence);
	EXPECT_EQ(0, memcmp(sent->data, got.data, sizeof(got.data)));
	if (!header)
		return;
	EXPECT_EQ(0, checksum(&got, sizeof(got)));
	EXPECT_EQ(0x45, packet[0]);
	EXPECT_EQ(len, (size_t)(packet[2] << 8 | packet[3]));
	EXPECT_EQ(0, packet[6] << 8 | packet[7]);
	EXPECT_EQ(WINSOCK_IPPROTO_ICMP, packet[9]);
	EXPECT_EQ(0, memcmp(packet + 12, "\x7f\0\0\1", 4));
	EXPECT_EQ(0, memcmp(packet + 16, "\x7f\0\0\1", 4));
	if (packet[10] || packet[11])
		EXPECT_EQ(0, checksum(packet, header));
}

/* Only the reply comes, not our own request (W1, W2). */
TEST_F(raw, echo_is_answered)
{
	__u8 packet[128];
	__u64 done;

	ASSERT_EQ(0, connect_loopback(self->dev, self->s, variant->family));
	EXPECT_EQ(0, ws_send(self->dev, self->s, &self->echo,
			     sizeof(self->echo), 0, &done));
	EXPECT_EQ(sizeof(self->echo), done);
	ASSERT_EQ(0, ws_recv(self->dev, self->s, packet, sizeof(packet), 0,
			     &done));
	check_reply(_metadata, packet, done, self->header, &self->echo);

	ASSERT_EQ(0, ws_nonblocking(self->dev, self->s, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_recv(self->dev, self->s, packet,
					  sizeof(packet), 0, &done));
}

TEST_F(raw, peek_leaves_the_reply)
{
	__u8 packet[128];
	__u64 done;

	ASSERT_EQ(0, connect_loopback(self->dev, self->s, variant->family));
	ASSERT_EQ(0, ws_send(self->dev, self->s, &self->echo,
			     sizeof(self->echo), 0, &done));
	ASSERT_EQ(0, ws_recv(self->dev, self->s, packet, sizeof(packet),
			     WINSOCK_MSG_PEEK, &done));
	check_reply(_metadata, packet, done, self->header, &self->echo);
	memset(packet, 0, sizeof(packet));
	ASSERT_EQ(0, ws_recv(self->dev, self->s, packet, sizeof(packet), 0,
			     &done));
	check_reply(_metadata, packet, done, self->header, &self->echo);
}

/* The part that fits is there, and the packet is gone (W3). */
TEST_F(raw, buffer_one_byte_short_WSAEMSGSIZE)
{
	size_t room = self->header + sizeof(self->echo) - 1;
	__u8 packet[128];
	__u64 done;

	memset(packet, 0x5a, sizeof(packet));
	ASSERT_EQ(0, connect_loopback(self->dev, self->s, variant->family));
	ASSERT_EQ(0, ws_send(self->dev, self->s, &self->echo,
			     sizeof(self->echo), 0, &done));
	EXPECT_EQ(WSAEMSGSIZE, ws_recv(self->dev, self->s, packet, room, 0,
				       &done));
	EXPECT_EQ(0, memcmp(packet + self->header + 8, "payload", 7));
	EXPECT_EQ(0x5a, packet[room]);
	ASSERT_EQ(0, ws_nonblocking(self->dev, self->s, 1));
	EXPECT_EQ(WSAEWOULDBLOCK, ws_recv(self->dev, self->s, packet,
					  sizeof(packet), 0, &done));
}

/* A short buffer within the header is no different. */
TEST_F(raw, buffer_shorter_than_the_header_WSAEMSGSIZE)
{
	__u8 packet[4] = { 0, 0, 0, 0x5a };
	__u64 done;

	ASSERT_EQ(0, connect_loopback(self->dev, self->s, variant->family));
	ASSERT_EQ(0, ws_send(self->dev, self->s, &self->echo,
			     sizeof(self->echo), 0, &done));
	EXPECT_EQ(WSAEMSGSIZE, ws_recv(self->dev, self->s, packet, 3, 0,
				       &done));
	EXPECT_EQ(self->header ? 0x45 : 129, packet[0]);
	EXPECT_EQ(0x5a, packet[3]);
}

/* The program's identifier, though another socket pings at the same time. */
TEST_F(raw, identifiers_of_two_sockets_are_their_own)
{
	struct echo other = self->echo;
	__u8 packet[128];
	__u64 s, done;

	other.id = htons(0x4321);
	other.checksum = 0;
	other.checksum = checksum(&other, sizeof(other));
	ASSERT_EQ(0, ws_create(self->dev, variant->family, WINSOCK_SOCK_RAW,
			       self->header ? WINSOCK_IPPROTO_ICMP :
					      WINSOCK_IPPROTO_ICMPV6, &s));
	ASSERT_EQ(0, connect_loopback(self->dev, self->s, variant->family));
	ASSERT_EQ(0, connect_loopback(self->dev, s, variant->family));
	ASSERT_EQ(0, ws_send(self->dev, self->s, &self->echo,
			     sizeof(self->echo), 0, &done));
	ASSERT_EQ(0, ws_send(self->dev, s, &other, sizeof(other), 0, &done));
	ASSERT_EQ(0, ws_recv(self->dev, self->s, packet, sizeof(packet), 0,
			     &done));
	check_reply(_metadata, packet, done, self->header, &self->echo);
	/* One with privilege sees both answers, as Windows' do. */
	ASSERT_EQ(0, ws_recv(self->dev, s, packet, sizeof(packet), 0, &done));
	if (variant->privileged)
		ASSERT_EQ(0, ws_recv(self->dev, s, packet, sizeof(packet), 0,
				     &done));
	check_reply(_metadata, packet, done, self->header, &other);
}

/* SO_TYPE reads RAW (C12). */
TEST_F(raw, type_is_raw)
{
	__s32 type = 0, len = sizeof(type);

	EXPECT_EQ(0, ws_getopt(self->dev, self->s, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_TYPE, &type, &len));
	EXPECT_EQ(WINSOCK_SOCK_RAW, type);
}

/* Unbound it receives nothing, bound it has an address and no port (U1). */
TEST_F(raw, names)
{
	union ws_addr a, got;
	int len = ws_loopback(&a, variant->family, 0);
	__s32 room = sizeof(got);
	__u64 done;
	char byte;

	EXPECT_EQ(WSAEINVAL, ws_recv(self->dev, self->s, &byte, 1, 0, &done));
	EXPECT_EQ(WSAEINVAL, ws_name(self->dev, WINSOCK_IOC_SOCK_GETNAME,
				     self->s, &got, &room));
	EXPECT_EQ(0, ws_bind(self->dev, self->s, &a, len));
	EXPECT_EQ(WSAEINVAL, ws_bind(self->dev, self->s, &a, len));
	memset(&got, 0xa5, sizeof(got));
	ASSERT_EQ(0, ws_name(self->dev, WINSOCK_IOC_SOCK_GETNAME, self->s, &got,
			     &room));
	EXPECT_EQ(len, room);
	EXPECT_EQ(0, memcmp(&a, &got, len));
	EXPECT_EQ(WSAENOTCONN, ws_name(self->dev, WINSOCK_IOC_SOCK_GETPEER,
				       self->s, &got, &room));
}

/* There are no ports: the same one twice does not mix the answers up. */
TEST_F(raw, two_on_one_port)
{
	union ws_addr a;
	int len = ws_loopback(&a, variant->family, htons(7)), i;
	__u8 packet[128];
	__u64 s[2], done;

	s[0] = self->s;
	ASSERT_EQ(0, ws_create(self->dev, variant->family, WINSOCK_SOCK_RAW,
			       self->header ? WINSOCK_IPPROTO_ICMP :
					      WINSOCK_IPPROTO_ICMPV6, &s[1]));
	for (i = 0; i < 2; i++) {
		EXPECT_EQ(0, ws_bind(self->dev, s[i], &a, len));
		ASSERT_EQ(0, connect_loopback(self->dev, s[i],
					      variant->family));
		ASSERT_EQ(0, ws_nonblocking(self->dev, s[i], 1));
	}
	for (i = 0; i < 2; i++) {
		EXPECT_EQ(0, ws_send(self->dev, s[i], &self->echo,
				     sizeof(self->echo), 0, &done));
		EXPECT_TRUE(ws_until(!ws_recv(self->dev, s[i], packet,
					      sizeof(packet), 0, &done)));
		check_reply(_metadata, packet, done, self->header,
			    &self->echo);
		/* One with privilege has seen the other's too. */
		EXPECT_EQ(variant->privileged ? 0 : WSAEWOULDBLOCK,
			  ws_recv(self->dev, s[!i], packet, sizeof(packet), 0,
				  &done));
	}
}

/* A connect that fails binds nothing. */
TEST_F(raw, no_stream_calls)
{
	__u64 done;
	char byte = 0;

	EXPECT_EQ(WSAEOPNOTSUPP, ws_listen(self->dev, self->s, 1));
	EXPECT_EQ(WSAEOPNOTSUPP, ws_accept(self->dev, self->s, &done));
	EXPECT_EQ(WSAEOPNOTSUPP, ws_send(self->dev, self->s, &byte, 1,
					 WINSOCK_MSG_OOB, &done));
	EXPECT_EQ(WSAEOPNOTSUPP, ws_recv(self->dev, self->s, &byte, 1,
					 WINSOCK_MSG_OOB, &done));
}

/* Without data nothing is readable; FIONREAD counts what has come. */
TEST_F(raw, readiness)
{
	struct winsock_pollfd fd = {
		.fd = self->s,
		.events = WINSOCK_POLLRDNORM | WINSOCK_POLLWRNORM,
	};
	struct winsock_sock_poll p = {
		.size = sizeof(p), .fds = (uintptr_t)&fd, .count = 1,
	};
	__u32 bytes = 0;
	struct winsock_sock_control c = {
		.size = sizeof(c), .handle = self->s, .code = WINSOCK_FIONREAD,
		.out = (uintptr_t)&bytes, .out_len = sizeof(bytes),
	};
	__u8 packet[128];
	__u64 done;

	EXPECT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_POLL, &p));
	EXPECT_EQ(WINSOCK_POLLWRNORM, fd.revents);
	ASSERT_EQ(0, connect_loopback(self->dev, self->s, variant->family));
	ASSERT_EQ(0, ws_send(self->dev, self->s, &self->echo,
			     sizeof(self->echo), 0, &done));
	ASSERT_EQ(0, ws_recv(self->dev, self->s, packet, sizeof(packet),
			     WINSOCK_MSG_PEEK, &done));
	p.deadline = 0;
	EXPECT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_POLL, &p));
	EXPECT_EQ(WINSOCK_POLLRDNORM | WINSOCK_POLLWRNORM, fd.revents);
	EXPECT_EQ(0, ws_ioctl(self->dev, WINSOCK_IOC_SOCK_CONTROL, &c));
	EXPECT_LE(sizeof(self->echo), bytes);
}

/* What is no echo request wants privilege. */
TEST_F(raw, other_messages)
{
	__u64 done;

	if (variant->privileged)
		return;
	ASSERT_EQ(0, connect_loopback(self->dev, self->s, variant->family));
	self->echo.type = 13;
	EXPECT_EQ(WSAEACCES, ws_send(self->dev, self->s, &self->echo,
				     sizeof(self->echo), 0, &done));
	EXPECT_EQ(WSAEACCES, ws_send(self->dev, self->s, &self->echo, 7, 0,
				     &done));
}

/* SOCK_RAW without privilege: WSAEACCES at creation (C12). */
TEST_F(raw, privilege)
{
	int want = variant->privileged ? 0 : WSAEACCES;

	EXPECT_EQ(want, create(self->dev, variant->family, WINSOCK_SOCK_RAW, 0));
	EXPECT_EQ(want, create(self->dev, variant->family, WINSOCK_SOCK_RAW,
			       WINSOCK_IPPROTO_TCP));
	EXPECT_EQ(want, create(self->dev, variant->family, WINSOCK_SOCK_RAW,
			       WINSOCK_IPPROTO_RAW));
	EXPECT_EQ(want, create(self->dev, WINSOCK_AF_UNSPEC, 0,
			       WINSOCK_IPPROTO_RAW));
}

/* A context, before anything is said about where it is used. */
FIXTURE(context) {
	int dev;
};

FIXTURE_SETUP(context)
{
	self->dev = ws_open();
	ASSERT_LE(0, self->dev);
}

FIXTURE_TEARDOWN(context)
{
	close(self->dev);
}

/* Where the group may not ping either, there is nothing. */
TEST_F(context, icmp_without_any_right_WSAEACCES)
{
	ASSERT_TRUE(drop_privilege());
	if (socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_ICMP) >= 0)
		SKIP(return, "this machine lets everybody ping");
	EXPECT_EQ(WSAEACCES, create(self->dev, WINSOCK_AF_INET,
				    WINSOCK_SOCK_RAW, WINSOCK_IPPROTO_ICMP));
	EXPECT_EQ(WSAEACCES, create(self->dev, WINSOCK_AF_INET6,
				    WINSOCK_SOCK_RAW, WINSOCK_IPPROTO_ICMPV6));
}

/* [socket WSAENETDOWN, WSASocketA WSAENETDOWN] */
TEST_F(context, in_another_network_WSAENETDOWN)
{
	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	EXPECT_EQ(WSAENETDOWN, create(self->dev, WINSOCK_AF_INET,
				      WINSOCK_SOCK_RAW, 0));
	EXPECT_EQ(WSAENETDOWN, create(self->dev, WINSOCK_AF_UNIX,
				      WINSOCK_SOCK_STREAM, 0));
}

/* [socket WSAEMFILE, WSASocketA WSAEMFILE] */
TEST_F(context, full_table_WSAEMFILE)
{
	struct rlimit lim = { 8, 8 };
	__u64 s;
	int i;

	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &lim));
	for (i = 0; i < 8; i++)
		ASSERT_EQ(0, ws_create(self->dev, WINSOCK_AF_UNIX, 0, 0, &s));
	EXPECT_EQ(WSAEMFILE, ws_create(self->dev, WINSOCK_AF_UNIX, 0, 0, &s));
	EXPECT_EQ(WS_POISON, s);
}

/* What socket(2) made is imported for what it is. */
TEST_F(context, native_raw_and_ping_sockets_are_imported)
{
	__s32 type = 0, len = sizeof(type);
	int raw, ping;
	__u64 s;

	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	ASSERT_TRUE(allow_pings());
	raw = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
	ping = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_ICMPV6);
	ASSERT_LE(0, raw);
	ASSERT_LE(0, ping);
	EXPECT_EQ(0, ws_import(self->dev, raw, &s));
	EXPECT_EQ(0, ws_import(self->dev, ping, &s));
	EXPECT_EQ(0, ws_getopt(self->dev, s, WINSOCK_SOL_SOCKET,
			       WINSOCK_SO_TYPE, &type, &len));
	EXPECT_EQ(WINSOCK_SOCK_RAW, type);
	close(raw);
	close(ping);
}

TEST_HARNESS_MAIN
