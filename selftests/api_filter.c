// SPDX-License-Identifier: GPL-2.0-only
/*
 * Multicast filters: all sources of a group that a socket hears, set and told
 * in one call, by the control codes and the functions over them.
 */
#include "api_cast.h"

/* Filters of at most so many sources. */
#define MOST	8

/* A filter in the structure of one family, and its parts as numbers. */
struct filter {
	int family;		/* 0: that of SIO_SET_MULTICAST_FILTER */
	DWORD interface_;	/* an address in host order, or an index */
	union {
		struct ip_msfilter ip;
		struct group_filter group;
		char room[sizeof(struct group_filter) +
			  MOST * sizeof(struct sockaddr_storage)];
	} u;
};

static DWORD filter_size(const struct filter *f, ULONG count)
{
	return (DWORD)(f->family ? GROUP_FILTER_SIZE(count) :
				   IP_MSFILTER_SIZE(count));
}

static void filter_fill(struct filter *f, MULTICAST_MODE_TYPE mode, ULONG count,
			const DWORD *sources)
{
	ULONG i;

	memset(&f->u, 0, sizeof(f->u));
	if (f->family) {
		f->u.group.gf_interface = f->interface_;
		fill(&f->u.group.gf_group, f->family, GROUP);
		f->u.group.gf_fmode = mode;
		f->u.group.gf_numsrc = count;
	} else {
		f->u.ip.imsf_multiaddr.s_addr = htonl(GROUP);
		f->u.ip.imsf_interface.s_addr = htonl(f->interface_);
		f->u.ip.imsf_fmode = mode;
		f->u.ip.imsf_numsrc = count;
	}
	for (i = 0; i < count; i++) {
		if (f->family)
			fill(f->u.group.gf_slist + i, f->family, sources[i]);
		else
			(f->u.ip.imsf_slist + i)->s_addr =
				htonl(sources[i]);
	}
}

static int filter_run(SOCKET s, struct filter *f, int get, DWORD in_len,
		      DWORD out_len, DWORD *n)
{
	DWORD code = f->family ? get ? SIOCGMSFILTER : SIOCSMSFILTER :
				 get ? SIO_GET_MULTICAST_FILTER :
				       SIO_SET_MULTICAST_FILTER;

	*n = POISON;
	return WSAIoctl(s, code, &f->u, in_len, out_len ? &f->u : NULL, out_len,
			n, NULL, NULL);
}

static int filter_set(SOCKET s, struct filter *f, MULTICAST_MODE_TYPE mode,
		      ULONG count, const DWORD *sources)
{
	DWORD n;
	int ret;

	filter_fill(f, mode, count, sources);
	ret = filter_run(s, f, 0, filter_size(f, count), 0, &n);
	EXPECT_EQ(0, n);
	return ret;
}

static int filter_get(SOCKET s, struct filter *f, ULONG room)
{
	DWORD n;

	/* the number of sources that goes in does not count */
	filter_fill(f, (MULTICAST_MODE_TYPE)POISON, 0, NULL);
	return filter_run(s, f, 1, filter_size(f, 0), filter_size(f, room), &n);
}

/* What filter_get() stored: some sources, of @count. */
static void expect_filter(const struct filter *f, MULTICAST_MODE_TYPE mode,
			  ULONG count, ULONG some, const DWORD *sources)
{
	struct filter want = *f;

	filter_fill(&want, mode, some, sources);
	if (f->family)
		want.u.group.gf_numsrc = count;
	else
		want.u.ip.imsf_numsrc = count;
	EXPECT_EQ(mode, f->family ? f->u.group.gf_fmode : f->u.ip.imsf_fmode);
	EXPECT_EQ(count, f->family ? f->u.group.gf_numsrc :
				     f->u.ip.imsf_numsrc);
	EXPECT(!memcmp(&want.u, &f->u, filter_size(f, some)));
}

/* Each structure and each way to name the interface. */
static const struct filter filters[] = {
	{ .family = 0, .interface_ = LOOPBACK },
	{ .family = 0, .interface_ = INDEX },
	{ .family = AF_INET, .interface_ = INDEX },
	{ .family = AF_INET6, .interface_ = INDEX },
};

static int socket_family(const struct filter *f)
{
	return f->family == AF_INET6 ? AF_INET6 : AF_INET;
}

/*
 * Whether the receiver of a filter's cast hears the group.  Not with IPv6, as
 * the loopback interface may have no way to its groups: control.c makes one.
 */
static void expect_heard(const struct filter *f, struct cast *c, int want)
{
	if (socket_family(f) == AF_INET)
		EXPECT_EQ(want, arrives(c));
}

static void open_cast_of(const struct filter *f, struct cast *c)
{
	open_cast(c);
	if (socket_family(f) == AF_INET)
		return;
	EXPECT_OK(closesocket(c->receiver));
	c->receiver = socket(AF_INET6, SOCK_DGRAM, 0);
}

/* Each filter takes the place of the one before; the first joins. */
static void lets_in_and_keeps_out(void)
{
	static const DWORD both[] = { STRANGER, LOOPBACK };
	struct filter f;
	struct cast c;
	int i;

	for (i = 0; i < ARRAY_SIZE(filters); i++) {
		f = filters[i];
		open_cast_of(&f, &c);
		expect_heard(&f, &c, 0);
		EXPECT_OK(filter_set(c.receiver, &f, MCAST_INCLUDE, 1, both));
		expect_heard(&f, &c, 0);
		EXPECT_OK(filter_set(c.receiver, &f, MCAST_INCLUDE, 2, both));
		expect_heard(&f, &c, 1);
		EXPECT_OK(filter_set(c.receiver, &f, MCAST_EXCLUDE, 2, both));
		expect_heard(&f, &c, 0);
		EXPECT_OK(filter_set(c.receiver, &f, MCAST_EXCLUDE, 1, both));
		expect_heard(&f, &c, 1);
		EXPECT_OK(filter_set(c.receiver, &f, MCAST_INCLUDE, 1,
				     both + 1));
		expect_heard(&f, &c, 1);
		EXPECT_OK(filter_set(c.receiver, &f, MCAST_INCLUDE, 0, NULL));
		expect_heard(&f, &c, 0);
		close_cast(&c);
	}
}

/* Whatever the first filter is. */
static void first_one_joins(void)
{
	static const DWORD both[] = { LOOPBACK, STRANGER };
	static const struct {
		MULTICAST_MODE_TYPE mode;
		ULONG count, from;
		int hears;
	} rows[] = {
		{ MCAST_INCLUDE, 1, 0, 1 }, { MCAST_INCLUDE, 1, 1, 0 },
		{ MCAST_EXCLUDE, 1, 0, 0 }, { MCAST_EXCLUDE, 1, 1, 1 },
		{ MCAST_EXCLUDE, 0, 0, 1 }, { MCAST_EXCLUDE, 2, 0, 0 },
	};
	struct filter f;
	struct cast c;
	int i, j;

	for (i = 0; i < ARRAY_SIZE(filters); i++) {
		f = filters[i];
		open_cast_of(&f, &c);
		for (j = 0; j < ARRAY_SIZE(rows); j++) {
			EXPECT_OK(filter_set(c.receiver, &f, rows[j].mode,
					     rows[j].count,
					     both + rows[j].from));
			expect_heard(&f, &c, rows[j].hears);
			EXPECT_OK(filter_get(c.receiver, &f, MOST));
			expect_filter(&f, rows[j].mode, rows[j].count,
				      rows[j].count, both + rows[j].from);
			EXPECT_OK(filter_set(c.receiver, &f, MCAST_INCLUDE, 0,
					     NULL));
			EXPECT_FAIL(WSAEADDRNOTAVAIL, filter_get(c.receiver, &f,
								 MOST));
		}
		close_cast(&c);
	}
}

/* What setsockopt did is seen as a filter, and what there is no room for. */
static void of_a_member(void)
{
	static const DWORD sources[] = { LOOPBACK, STRANGER };
	struct filter f;
	SOCKET s;
	DWORD n;
	int i;

	for (i = 0; i < ARRAY_SIZE(filters); i++) {
		f = filters[i];
		s = socket(socket_family(&f), SOCK_DGRAM, 0);
		EXPECT_FAIL(WSAEADDRNOTAVAIL, filter_get(s, &f, MOST));
		EXPECT_FAIL(WSAEADDRNOTAVAIL, filter_set(s, &f, MCAST_INCLUDE,
							 0, NULL));
		EXPECT_OK(group(s, socket_family(&f), MCAST_JOIN_GROUP, GROUP,
				INDEX));
		EXPECT_OK(filter_get(s, &f, MOST));
		expect_filter(&f, MCAST_EXCLUDE, 0, 0, NULL);
		EXPECT_OK(group_source(s, socket_family(&f), MCAST_BLOCK_SOURCE,
				       LOOPBACK));
		EXPECT_OK(group_source(s, socket_family(&f), MCAST_BLOCK_SOURCE,
				       STRANGER));
		EXPECT_OK(filter_get(s, &f, 0));
		expect_filter(&f, MCAST_EXCLUDE, 2, 0, NULL);
		EXPECT_OK(filter_get(s, &f, 1));
		EXPECT_EQ(2, f.family ? f.u.group.gf_numsrc :
					f.u.ip.imsf_numsrc);

		EXPECT_OK(filter_set(s, &f, MCAST_INCLUDE, 2, sources));
		EXPECT_OK(filter_get(s, &f, 1));
		expect_filter(&f, MCAST_INCLUDE, 2, 1, sources);
		filter_fill(&f, MCAST_INCLUDE, 0, NULL);
		EXPECT_OK(filter_run(s, &f, 1, filter_size(&f, 0),
				     filter_size(&f, 2), &n));
		EXPECT_EQ(filter_size(&f, 2), n);
		expect_filter(&f, MCAST_INCLUDE, 2, 2, sources);
		EXPECT_OK(filter_run(s, &f, 1, sizeof(f.u), sizeof(f.u), &n));
		EXPECT_EQ(filter_size(&f, 2), n);
		EXPECT_OK(filter_run(s, &f, 1, sizeof(f.u),
				     filter_size(&f, 2) - 1, &n));
		EXPECT_EQ(filter_size(&f, 1), n);
		EXPECT_OK(group(s, socket_family(&f), MCAST_LEAVE_GROUP, GROUP,
				INDEX));
		EXPECT_FAIL(WSAEADDRNOTAVAIL, filter_get(s, &f, MOST));
		EXPECT_OK(closesocket(s));
	}
}

/* A socket for both families takes either structure for a group of IPv4. */
static void IPv4_on_an_IPv6_socket(void)
{
	static const DWORD sources[] = { LOOPBACK };
	SOCKET s = socket(AF_INET6, SOCK_DGRAM, 0);
	struct filter f = filters[2];

	EXPECT_OK(filter_set(s, &f, MCAST_INCLUDE, 1, sources));
	EXPECT_OK(filter_get(s, &f, 1));
	expect_filter(&f, MCAST_INCLUDE, 1, 1, sources);
	f = filters[0];
	EXPECT_OK(filter_get(s, &f, 1));
	expect_filter(&f, MCAST_INCLUDE, 1, 1, sources);
	EXPECT_OK(closesocket(s));
}

/* [WSAIoctl WSAEFAULT] */
static void bad_size_WSAEFAULT(void)
{
	static const DWORD sources[] = { LOOPBACK, STRANGER };
	struct filter f;
	SOCKET s;
	DWORD n;
	int i;

	for (i = 0; i < ARRAY_SIZE(filters); i++) {
		f = filters[i];
		s = socket(socket_family(&f), SOCK_DGRAM, 0);
		filter_fill(&f, MCAST_EXCLUDE, 2, sources);
		EXPECT_FAIL(WSAEFAULT, filter_run(s, &f, 0,
						  filter_size(&f, 0) - 1, 0,
						  &n));
		EXPECT_EQ(0, n);
		EXPECT_FAIL(WSAEFAULT, filter_run(s, &f, 0,
						  filter_size(&f, 2) - 1, 0,
						  &n));
		EXPECT_FAIL(WSAEFAULT, filter_run(s, &f, 0, 0, 0, &n));
		filter_fill(&f, MCAST_EXCLUDE, 0, NULL);
		if (f.family)
			f.u.group.gf_numsrc = 0x2000000;
		else
			f.u.ip.imsf_numsrc = 0x40000000;
		EXPECT_FAIL(WSAEFAULT, filter_run(s, &f, 0, sizeof(f.u), 0,
						  &n));
		EXPECT_FAIL(WSAEADDRNOTAVAIL, filter_get(s, &f, MOST));

		EXPECT_OK(filter_set(s, &f, MCAST_EXCLUDE, 0, NULL));
		EXPECT_FAIL(WSAEFAULT, filter_run(s, &f, 1, sizeof(f.u),
						  filter_size(&f, 0) - 1, &n));
		EXPECT_EQ(0, n);
		EXPECT_FAIL(WSAEFAULT, filter_run(s, &f, 1, sizeof(f.u), 0,
						  &n));
		EXPECT_FAIL(WSAEFAULT, filter_run(s, &f, 1,
						  filter_size(&f, 0) - 1,
						  sizeof(f.u), &n));
		EXPECT_EQ(0, n);
		EXPECT_OK(closesocket(s));
	}
}

/* [WSAIoctl WSAEINVAL] */
static void bad_value_WSAEINVAL_or_WSAEADDRNOTAVAIL(void)
{
	static const DWORD sources[] = { LOOPBACK, STRANGER };
	struct filter f;
	SOCKET s;
	DWORD n;
	int i;

	for (i = 0; i < ARRAY_SIZE(filters); i++) {
		f = filters[i];
		s = socket(socket_family(&f), SOCK_DGRAM, 0);
		EXPECT_FAIL(WSAEINVAL, filter_set(s, &f, (MULTICAST_MODE_TYPE)2,
						  0, NULL));
		f.interface_ = f.family ? NO_INDEX : STRANGER;
		EXPECT_FAIL(WSAEADDRNOTAVAIL, filter_set(s, &f, MCAST_EXCLUDE,
							 0, NULL));
		EXPECT_FAIL(WSAEADDRNOTAVAIL, filter_get(s, &f, MOST));
		filter_fill(&f, MCAST_EXCLUDE, 2, sources);
		if (f.family)
			fill(&f.u.group.gf_group, f.family, NO_GROUP);
		else
			f.u.ip.imsf_multiaddr.s_addr = htonl(NO_GROUP);
		EXPECT_FAIL(WSAEINVAL, filter_run(s, &f, 0, filter_size(&f, 2),
						  0, &n));
		EXPECT_FAIL(WSAEINVAL, filter_run(s, &f, 1, filter_size(&f, 2),
						  filter_size(&f, 2), &n));
		EXPECT_EQ(0, n);
		EXPECT_OK(closesocket(s));
	}

	/* the families of socket, group and sources */
	s = socket(AF_INET, SOCK_DGRAM, 0);
	f = filters[3];
	EXPECT_FAIL(WSAEINVAL, filter_set(s, &f, MCAST_EXCLUDE, 0, NULL));
	EXPECT_FAIL(WSAEINVAL, filter_get(s, &f, MOST));
	f = filters[2];
	filter_fill(&f, MCAST_EXCLUDE, 2, sources);
	(f.u.group.gf_slist + 1)->ss_family = AF_INET6;
	EXPECT_FAIL(WSAEINVAL, filter_run(s, &f, 0, filter_size(&f, 2), 0,
					  &n));
	f.u.group.gf_group.ss_family = AF_UNSPEC;
	f.u.group.gf_numsrc = 0;
	EXPECT_FAIL(WSAEINVAL, filter_run(s, &f, 0, filter_size(&f, 0), 0,
					  &n));
	EXPECT_OK(closesocket(s));
}

/* [WSAIoctl WSAENOPROTOOPT, WSAIoctl WSAENOTSOCK] */
static void stream_WSAENOPROTOOPT(void)
{
	struct filter f;
	SOCKET s;
	int i;

	for (i = 0; i < ARRAY_SIZE(filters); i++) {
		f = filters[i];
		s = socket(socket_family(&f), SOCK_STREAM, 0);
		EXPECT_FAIL(WSAENOPROTOOPT, filter_set(s, &f, MCAST_EXCLUDE, 0,
						       NULL));
		filter_fill(&f, MCAST_EXCLUDE, 0, NULL);
		EXPECT_FAIL(WSAENOPROTOOPT, filter_get(s, &f, 0));
		EXPECT_OK(closesocket(s));
		EXPECT_FAIL(WSAENOTSOCK, filter_get(s, &f, 0));
	}
}

static void too_many_WSAENOBUFS(void)
{
	static DWORD many[IP_MSFILTER_SIZE(2000) / sizeof(DWORD)];
	struct ip_msfilter *filter = (struct ip_msfilter *)many;
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
	DWORD n;

	filter->imsf_multiaddr.s_addr = htonl(GROUP);
	filter->imsf_interface.s_addr = htonl(LOOPBACK);
	filter->imsf_fmode = MCAST_EXCLUDE;
	filter->imsf_numsrc = 2000;
	EXPECT_FAIL(WSAENOBUFS, WSAIoctl(s, SIO_SET_MULTICAST_FILTER, many,
					 sizeof(many), NULL, 0, &n, NULL,
					 NULL));
	EXPECT_OK(closesocket(s));
}

/* The functions of <ws2tcpip.h> on IPv4. */
static void ipv4sourcefilter(void)
{
	IN_ADDR lo, to, sources[2], got[4];
	MULTICAST_MODE_TYPE mode;
	struct cast c;
	ULONG count;

	open_cast(&c);
	lo.s_addr = htonl(LOOPBACK);
	to.s_addr = htonl(GROUP);
	sources[0].s_addr = htonl(STRANGER);
	sources[1].s_addr = htonl(LOOPBACK);
	count = 4;
	EXPECT_FAIL(WSAEADDRNOTAVAIL, getipv4sourcefilter(c.receiver, lo, to,
							  &mode, &count, got));
	EXPECT_EQ(4, count);
	EXPECT_OK(setipv4sourcefilter(c.receiver, lo, to, MCAST_INCLUDE, 1,
				      sources));
	EXPECT(!arrives(&c));
	EXPECT_OK(setipv4sourcefilter(c.receiver, lo, to, MCAST_INCLUDE, 2,
				      sources));
	EXPECT(arrives(&c));
	count = 0;
	mode = MCAST_EXCLUDE;
	EXPECT_OK(getipv4sourcefilter(c.receiver, lo, to, &mode, &count, NULL));
	EXPECT_EQ(2, count);
	EXPECT_EQ(MCAST_INCLUDE, mode);
	memset(got, 0, sizeof(got));
	count = 1;
	EXPECT_OK(getipv4sourcefilter(c.receiver, lo, to, &mode, &count, got));
	EXPECT_EQ(2, count);
	EXPECT_EQ(STRANGER, ntohl(got[0].s_addr));
	EXPECT_EQ(0, got[1].s_addr);
	count = 4;
	EXPECT_OK(getipv4sourcefilter(c.receiver, lo, to, &mode, &count, got));
	EXPECT_EQ(2, count);
	EXPECT(!memcmp(got, sources, sizeof(sources)));
	EXPECT_EQ(0, got[2].s_addr);
	count = 0x40000000;
	EXPECT_FAIL(WSAENOBUFS, getipv4sourcefilter(c.receiver, lo, to, &mode,
						    &count, got));
	EXPECT_FAIL(WSAENOBUFS, setipv4sourcefilter(c.receiver, lo, to, mode,
						    count, got));
	EXPECT_OK(setipv4sourcefilter(c.receiver, lo, to, MCAST_INCLUDE, 0,
				      NULL));
	EXPECT(!arrives(&c));
	close_cast(&c);
	EXPECT_FAIL(WSAENOTSOCK, setipv4sourcefilter(c.receiver, lo, to,
						     MCAST_EXCLUDE, 0, NULL));
}

/* And on either family. */
static void sourcefilter(void)
{
	static const struct filter *const f[] = { &filters[2], &filters[3] };
	struct sockaddr_storage to, sources[2], got[4];
	SOCKADDR *a = (SOCKADDR *)&to;
	MULTICAST_MODE_TYPE mode;
	struct cast c;
	ULONG count;
	int i, len;

	for (i = 0; i < ARRAY_SIZE(f); i++) {
		open_cast_of(f[i], &c);
		len = f[i]->family == AF_INET ? sizeof(struct sockaddr_in) :
						sizeof(struct sockaddr_in6);
		fill(&to, f[i]->family, GROUP);
		fill(&sources[0], f[i]->family, LOOPBACK);
		fill(&sources[1], f[i]->family, STRANGER);
		EXPECT_OK(setsourcefilter(c.receiver, INDEX, a, len,
					  MCAST_EXCLUDE, 1, sources + 1));
		expect_heard(f[i], &c, 1);
		EXPECT_OK(setsourcefilter(c.receiver, INDEX, a, len,
					  MCAST_EXCLUDE, 2, sources));
		expect_heard(f[i], &c, 0);
		count = 1;
		mode = MCAST_INCLUDE;
		memset(got, 0, sizeof(got));
		EXPECT_OK(getsourcefilter(c.receiver, INDEX, a, len, &mode,
					  &count, got));
		EXPECT_EQ(2, count);
		EXPECT_EQ(MCAST_EXCLUDE, mode);
		EXPECT(!memcmp(got, sources, sizeof(got[0])));
		EXPECT_EQ(0, got[1].ss_family);
		EXPECT_OK(getsourcefilter(c.receiver, INDEX, a, len, &mode,
					  &count, got));
		EXPECT(!memcmp(got, sources, sizeof(sources)));
		count = 0;
		EXPECT_OK(getsourcefilter(c.receiver, INDEX, a, len, &mode,
					  &count, NULL));
		EXPECT_EQ(2, count);
		EXPECT_FAIL(WSAEINVAL, setsourcefilter(c.receiver, INDEX, a,
						       sizeof(to) + 1, mode, 0,
						       NULL));
		EXPECT_FAIL(WSAEINVAL, getsourcefilter(c.receiver, INDEX, a,
						       -1, &mode, &count,
						       got));
		count = 0x2000000;
		EXPECT_FAIL(WSAENOBUFS, setsourcefilter(c.receiver, INDEX, a,
							len, mode, count,
							got));
		close_cast(&c);
	}
}

#define TEST(name)	{ "api_filter." #name, name }

static const struct api_test tests[] = {
	TEST(lets_in_and_keeps_out),
	TEST(first_one_joins),
	TEST(of_a_member),
	TEST(IPv4_on_an_IPv6_socket),
	TEST(bad_size_WSAEFAULT),
	TEST(bad_value_WSAEINVAL_or_WSAEADDRNOTAVAIL),
	TEST(stream_WSAENOPROTOOPT),
	TEST(too_many_WSAENOBUFS),
	TEST(ipv4sourcefilter),
	TEST(sourcefilter),
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
