// SPDX-License-Identifier: GPL-2.0-only
/*
 * select and WSAPoll on many sockets, in a program that makes its sets larger.
 */
#define FD_SETSIZE	4096

#include "api_peer.h"

/* @n datagram sockets, of which the last has something to be read. */
static void many(int n)
{
	static SOCKET s[FD_SETSIZE];
	static WSAPOLLFD fds[FD_SETSIZE];
	static const TIMEVAL now = { 0, 0 };
	static struct fd_set r, w, e;
	SOCKET last;
	struct api_addr a;
	int i;

	FD_ZERO(&r);
	for (i = 0; i < n; i++) {
		s[i] = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
		if (!EXPECT(s[i] != INVALID_SOCKET))
			return;
		r.fd_array[r.fd_count++] = s[i];	/* FD_SET is slow */
		fds[i].fd = s[i];
		fds[i].events = POLLIN;
		fds[i].revents = POISON;
	}
	w = r;
	e = r;
	EXPECT_EQ(n, select(0, &r, &w, &e, &now));
	EXPECT_EQ(0, r.fd_count);
	EXPECT_EQ(0, e.fd_count);
	EXPECT(!memcmp(w.fd_array, s, n * sizeof(*s)));
	EXPECT_EQ(0, WSAPoll(fds, n, 0));
	EXPECT_EQ(0, fds[n - 1].revents);

	/* It sends to itself. */
	last = s[n - 1];
	api_loopback(AF_INET, &a);
	EXPECT_OK(bind(last, (struct sockaddr *)&a.name, a.len));
	EXPECT_OK(getsockname(last, (struct sockaddr *)&a.name, &a.len));
	EXPECT_OK(connect(last, (struct sockaddr *)&a.name, a.len));
	EXPECT_EQ(1, send(last, "x", 1, 0));
	r = w;
	EXPECT_EQ(n + 1, select(0, &r, &w, NULL, NULL));
	EXPECT_EQ(1, r.fd_count);
	EXPECT_EQ(last, r.fd_array[0]);
	EXPECT_EQ(n, w.fd_count);
	EXPECT_EQ(1, WSAPoll(fds, n, -1));
	EXPECT_EQ(POLLRDNORM, fds[n - 1].revents);
	EXPECT_EQ(0, fds[0].revents);

	/* One that is none, in front of the ready ones. */
	EXPECT_OK(closesocket(s[0]));
	r = w;
	EXPECT_FAIL(WSAENOTSOCK, select(0, &r, NULL, NULL, NULL));
	EXPECT_EQ(n, r.fd_count);
	EXPECT_EQ(2, WSAPoll(fds, n, -1));
	EXPECT_EQ(POLLNVAL, fds[0].revents);
	for (i = 1; i < n; i++)
		EXPECT_OK(closesocket(s[i]));
}

/* F1: as many as Windows' own FD_SETSIZE, and more. */
static void sets_of_64(void)
{
	many(64);
}

static void sets_of_65(void)
{
	many(65);
}

static void sets_of_4096(void)
{
	many(4096);
}

static const struct api_test tests[] = {
	{ "setsize.sets_of_64", sets_of_64 },
	{ "setsize.sets_of_65", sets_of_65 },
	{ "setsize.sets_of_4096", sets_of_4096 },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
