// SPDX-License-Identifier: GPL-2.0-only
/*
 * getaddrinfo and its kin, getnameinfo, with what every machine has: addresses
 * as text, "localhost", the machine's own name.
 */
#include "api_test.h"

/* A call that returns its code, which is the thread's error too (Y1). */
#define EXPECT_CODE(code, call)						\
	do {								\
		WSASetLastError(POISON);				\
		expect_code(code, call, #call, __LINE__);		\
	} while (0)

static void expect_code(int want, int got, const char *text, int line)
{
	api_compare(want, got, text, line);
	api_compare(want, WSAGetLastError(), text, line);
}

/* What a variable for the result holds before a call that fails. */
static char junk;
#define JUNK	((void *)&junk)

/* And no result, whatever was there. */
#define EXPECT_NO_INFO(code, name, service, hints)			\
	do {								\
		struct addrinfo *none = JUNK;				\
									\
		EXPECT_CODE(code, getaddrinfo(name, service, hints,	\
					      &none));			\
		EXPECT(!none);						\
	} while (0)

static struct addrinfo *hints_of(int family, int flags)
{
	static struct addrinfo hints;

	memset(&hints, 0, sizeof(hints));
	hints.ai_family = family;
	hints.ai_flags = flags;
	return &hints;
}

static int port_of(const struct addrinfo *info)
{
	return ntohs(((struct sockaddr_in *)info->ai_addr)->sin_port);
}

/* Is this entry that address? */
static int is_address(const struct addrinfo *info, const char *text)
{
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)info->ai_addr;
	struct sockaddr_in *in = (struct sockaddr_in *)info->ai_addr;
	char addr[16];
	int family = strchr(text, ':') ? AF_INET6 : AF_INET;
	int is_in6 = family == AF_INET6;

	EXPECT_EQ(1, inet_pton(family, text, addr));
	return info->ai_family == family &&
	       info->ai_addr->sa_family == family &&
	       info->ai_addrlen == (is_in6 ? sizeof(*in6) : sizeof(*in)) &&
	       !memcmp(is_in6 ? (void *)&in6->sin6_addr :
		       (void *)&in->sin_addr, addr, is_in6 ? 16 : 4);
}

/* One lookup with exactly one result. */
static void expect_one(const char *want, int port, const char *name,
		       const char *service, const struct addrinfo *hints)
{
	struct addrinfo *info = NULL;

	EXPECT_CODE(0, getaddrinfo(name, service, hints, &info));
	if (!EXPECT(info) || !EXPECT(is_address(info, want)) ||
	    !EXPECT_EQ(port, port_of(info)) || !EXPECT(!info->ai_next))
		printf("# in \"%s\"\n", name ? name : "(null)");
	freeaddrinfo(info);
}

static void nothing_to_look_up(void)
{
	PADDRINFOW wide = JUNK;
	struct addrinfo hints;

	/* Y1 */
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, NULL, NULL, NULL);
	EXPECT_CODE(WSAHOST_NOT_FOUND, GetAddrInfoW(NULL, NULL, NULL, &wide));
	EXPECT(!wide);
	memset(&hints, 0, sizeof(hints));
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, NULL, NULL, &hints);
}

static void expect_same_list(const struct addrinfo *a, const struct addrinfo *b)
{
	for (; a && b; a = a->ai_next, b = b->ai_next) {
		EXPECT_EQ(a->ai_addrlen, b->ai_addrlen);
		EXPECT_EQ(0, memcmp(a->ai_addr, b->ai_addr, a->ai_addrlen));
	}
	EXPECT(!a && !b);
}

static void own_name(void)
{
	struct addrinfo *empty = NULL, *own = NULL;
	char name[256];

	/* Y2: an empty name is the machine's. */
	EXPECT_OK(gethostname(name, sizeof(name)));
	EXPECT_CODE(0, getaddrinfo("", "0", NULL, &empty));
	EXPECT_CODE(0, getaddrinfo(name, "0", NULL, &own));
	EXPECT(empty);
	expect_same_list(empty, own);
	freeaddrinfo(empty);
	freeaddrinfo(own);
}

static void services(void)
{
	static const char * const zero[] = { NULL, "", "0" };
	struct addrinfo *hints = hints_of(AF_INET, 0);
	struct addrinfo *info;
	int i;

	/* Y2: without a service, port 0. */
	for (i = 0; i < ARRAY_SIZE(zero); i++) {
		info = NULL;
		EXPECT_CODE(0, getaddrinfo("localhost", zero[i], NULL, &info));
		if (EXPECT(info))
			EXPECT_EQ(0, port_of(info));
		freeaddrinfo(info);
	}
	expect_one("127.0.0.1", 0, NULL, "0", hints);
	expect_one("127.0.0.1", 80, "localhost", "80", hints);
	expect_one("127.0.0.1", 65535, "localhost", "65535", hints);

	/* Y6 */
	EXPECT_NO_INFO(WSATYPE_NOT_FOUND, "127.0.0.1", "no-such-service", NULL);
	hints->ai_socktype = SOCK_DGRAM;
	expect_one("1.2.3.4", 53, "1.2.3.4", "domain", hints);
	EXPECT_NO_INFO(WSATYPE_NOT_FOUND, "127.0.0.1", "telnet", hints);
	hints->ai_socktype = SOCK_STREAM;
	expect_one("1.2.3.4", 23, "1.2.3.4", "telnet", hints);
	hints->ai_socktype = SOCK_RAW;
	EXPECT_NO_INFO(WSATYPE_NOT_FOUND, "127.0.0.1", "telnet", hints);
	expect_one("1.2.3.4", 23, "1.2.3.4", "23", hints);
	hints->ai_flags = AI_NUMERICSERV;
	expect_one("1.2.3.4", 23, "1.2.3.4", "23", hints);
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, "127.0.0.1", "telnet", hints);
}

static void plain_result(void)
{
	struct addrinfo *info = NULL;
	struct sockaddr_in *in;

	/* Y6 */
	EXPECT_CODE(0, getaddrinfo("192.0.2.1", NULL, NULL, &info));
	if (!EXPECT(info))
		return;
	EXPECT_EQ(0, info->ai_flags);
	EXPECT_EQ(AF_INET, info->ai_family);
	EXPECT_EQ(0, info->ai_socktype);
	EXPECT_EQ(0, info->ai_protocol);
	EXPECT_EQ(16, info->ai_addrlen);
	EXPECT(!info->ai_canonname);
	EXPECT(!info->ai_next);
	in = (struct sockaddr_in *)info->ai_addr;
	EXPECT_EQ(AF_INET, in->sin_family);
	EXPECT_EQ(0, in->sin_port);
	EXPECT_EQ(0xc0000201, ntohl(in->sin_addr.s_addr));
	EXPECT_EQ(0, memcmp(in->sin_zero, "\0\0\0\0\0\0\0\0", 8));
	freeaddrinfo(info);
	freeaddrinfo(NULL);
}

static void numeric_hosts(void)
{
	struct addrinfo *any = hints_of(AF_UNSPEC, AI_NUMERICHOST);

	expect_one("192.0.2.1", 7, "192.0.2.1", "7", any);
	expect_one("2001:db8::1", 7, "2001:db8::1", "7", any);
	expect_one("127.0.0.1", 0, "127.1", NULL, any);
	/* Y3 */
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, "localhost", "80", any);
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, "127.0.0.1:80", "80", any);
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, "::1 ", "80", any);
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, "::1", "80",
		       hints_of(AF_INET, AI_NUMERICHOST));
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, "[::1", "80",
		       hints_of(AF_INET, AI_NUMERICHOST));
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, "192.0.2.1", "80",
		       hints_of(AF_INET6, AI_NUMERICHOST));
}

static void brackets(void)
{
	struct addrinfo *info = NULL;

	/* Y4: a port in the name is accepted, and nobody's. */
	expect_one("2001:db8::1", 0, "[2001:db8::1]", NULL, NULL);
	expect_one("2001:db8::1", 0, "[2001:db8::1]:80", NULL, NULL);
	expect_one("2001:db8::1", 7, "[2001:db8::1]:80", "7", NULL);
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, "[::1]x", NULL,
		       hints_of(AF_UNSPEC, AI_NUMERICHOST));
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, "[::1]:", NULL,
		       hints_of(AF_UNSPEC, AI_NUMERICHOST));
	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, "[192.0.2.1]", NULL,
		       hints_of(AF_UNSPEC, AI_NUMERICHOST));

	EXPECT_NO_INFO(WSAHOST_NOT_FOUND, "fe80::1%4294967297", NULL,
		       hints_of(AF_UNSPEC, AI_NUMERICHOST));
	EXPECT_CODE(0, getaddrinfo("fe80::1%12", NULL, NULL, &info));
	if (EXPECT(info))
		EXPECT_EQ(12, ((struct sockaddr_in6 *)
			       info->ai_addr)->sin6_scope_id);
	freeaddrinfo(info);
}

static void hints_are_copied(void)
{
	static const struct {
		int type;
		int protocol;
	} rows[] = {
		{ 0, 0 }, { 0, IPPROTO_TCP }, { 0, IPPROTO_UDP },
		{ SOCK_STREAM, 0 }, { SOCK_STREAM, IPPROTO_TCP },
		{ SOCK_STREAM, IPPROTO_UDP }, { SOCK_DGRAM, 0 },
		{ SOCK_DGRAM, IPPROTO_TCP }, { SOCK_DGRAM, IPPROTO_UDP },
		{ SOCK_RAW, 0 }, { SOCK_STREAM, IPPROTO_IPV6 },
		{ SOCK_STREAM, 999 }, { 0, 999 },
	};
	struct addrinfo *hints, *info, *i;
	int row;

	/* Y5 */
	for (row = 0; row < ARRAY_SIZE(rows); row++) {
		hints = hints_of(AF_UNSPEC, 0);
		hints->ai_socktype = rows[row].type;
		hints->ai_protocol = rows[row].protocol;
		info = NULL;
		EXPECT_CODE(0, getaddrinfo("localhost", "80", hints, &info));
		EXPECT(info);
		for (i = info; i; i = i->ai_next) {
			EXPECT(i->ai_family == AF_INET ||
			       i->ai_family == AF_INET6);
			EXPECT_EQ(rows[row].type, i->ai_socktype);
			EXPECT_EQ(rows[row].protocol, i->ai_protocol);
			EXPECT_EQ(0, i->ai_flags);
		}
		freeaddrinfo(info);
	}
	hints->ai_socktype = 999;
	EXPECT_NO_INFO(WSAESOCKTNOSUPPORT, "localhost", "80", hints);
}

static void hints_are_refused(void)
{
	struct addrinfo *hints = hints_of(AF_UNIX, 0);

	EXPECT_NO_INFO(WSAEAFNOSUPPORT, "localhost", "80", hints);
	hints = hints_of(AF_UNSPEC, 0x40000000);
	EXPECT_NO_INFO(WSAEINVAL, "localhost", "80", hints);
	hints = hints_of(AF_UNSPEC, AI_CANONNAME | AI_FQDN);
	EXPECT_NO_INFO(WSAEINVAL, "localhost", "80", hints);
	hints = hints_of(AF_UNSPEC, AI_CANONNAME);
	EXPECT_NO_INFO(WSANO_RECOVERY, NULL, "80", hints);
	hints = hints_of(AF_UNSPEC, AI_FQDN);
	EXPECT_NO_INFO(WSANO_RECOVERY, NULL, "80", hints);

	hints = hints_of(AF_UNSPEC, 0);
	hints->ai_addrlen = 1;
	EXPECT_NO_INFO(WSANO_RECOVERY, "localhost", "80", hints);
	hints = hints_of(AF_UNSPEC, 0);
	hints->ai_canonname = (char *)"";
	EXPECT_NO_INFO(WSANO_RECOVERY, "localhost", "80", hints);
	hints = hints_of(AF_UNSPEC, 0);
	hints->ai_addr = (struct sockaddr *)hints;
	EXPECT_NO_INFO(WSANO_RECOVERY, "localhost", "80", hints);
	hints = hints_of(AF_UNSPEC, 0);
	hints->ai_next = hints;
	EXPECT_NO_INFO(WSANO_RECOVERY, "localhost", "80", hints);
}

static void without_a_name(void)
{
	struct addrinfo *info = NULL;

	expect_one("127.0.0.1", 80, NULL, "80", hints_of(AF_INET, 0));
	expect_one("::1", 80, NULL, "80", hints_of(AF_INET6, 0));
	expect_one("0.0.0.0", 80, NULL, "80", hints_of(AF_INET, AI_PASSIVE));
	expect_one("::", 80, NULL, "80", hints_of(AF_INET6, AI_PASSIVE));
	expect_one("192.0.2.1", 80, "192.0.2.1", "80",
		   hints_of(AF_UNSPEC, AI_PASSIVE));

	/* IPv6 comes first, where there is IPv6. */
	EXPECT_CODE(0, getaddrinfo(NULL, "80", hints_of(AF_UNSPEC, AI_PASSIVE),
				   &info));
	if (EXPECT(info) && info->ai_next) {
		EXPECT(is_address(info, "::"));
		EXPECT(is_address(info->ai_next, "0.0.0.0"));
		EXPECT(!info->ai_next->ai_next);
	}
	freeaddrinfo(info);
}

static void localhost(void)
{
	expect_one("127.0.0.1", 80, "localhost", "80", hints_of(AF_INET, 0));
	expect_one("127.0.0.1", 80, "LocalHost", "80", hints_of(AF_INET, 0));
	expect_one("::1", 80, "localhost", "80", hints_of(AF_INET6, 0));
}

static void mapped(void)
{
	expect_one("::ffff:192.0.2.1", 9, "192.0.2.1", "9",
		   hints_of(AF_INET6, AI_V4MAPPED));
	expect_one("::1", 9, "localhost", "9",
		   hints_of(AF_INET6, AI_V4MAPPED));
	expect_one("192.0.2.1", 9, "192.0.2.1", "9",
		   hints_of(AF_INET, AI_V4MAPPED | AI_ALL));
}

static void canonical_names(void)
{
	struct addrinfo *info = NULL;
	PADDRINFOW wide = NULL;
	ADDRINFOW hints;

	EXPECT_CODE(0, getaddrinfo("192.0.2.1", NULL,
				   hints_of(AF_UNSPEC, AI_CANONNAME), &info));
	if (EXPECT(info && info->ai_canonname))
		EXPECT_EQ(0, strcmp(info->ai_canonname, "192.0.2.1"));
	freeaddrinfo(info);

	memset(&hints, 0, sizeof(hints));
	hints.ai_flags = AI_CANONNAME;
	EXPECT_CODE(0, GetAddrInfoW(L"192.0.2.1", NULL, &hints, &wide));
	if (EXPECT(wide && wide->ai_canonname))
		EXPECT_EQ(0, wcscmp(wide->ai_canonname, L"192.0.2.1"));
	FreeAddrInfoW(wide);
}

static void wide_lookup(void)
{
	PADDRINFOW info = NULL;
	struct addrinfo *same = NULL;

	EXPECT_CODE(0, GetAddrInfoW(L"localhost", L"80", NULL, &info));
	EXPECT_CODE(0, getaddrinfo("localhost", "80", NULL, &same));
	/* But for the type of the name, they are alike. */
	EXPECT(info);
	expect_same_list((struct addrinfo *)info, same);
	FreeAddrInfoW(info);
	freeaddrinfo(same);

	info = JUNK;
	EXPECT_CODE(WSATYPE_NOT_FOUND,
		    GetAddrInfoW(L"127.0.0.1", L"no-such-service", NULL, &info));
	EXPECT(!info);
	FreeAddrInfoW(NULL);
}

static void extended_lookup(void)
{
	PADDRINFOEXA info = NULL;
	PADDRINFOEXW wide = NULL;
	ADDRINFOEXA hints;

	memset(&hints, 0, sizeof(hints));
	hints.ai_family = AF_INET;
	hints.ai_socktype = SOCK_DGRAM;
	hints.ai_protocol = 999;
	hints.ai_flags = AI_CANONNAME;
	EXPECT_CODE(0, GetAddrInfoExA("192.0.2.1", "9", NS_DNS, NULL, &hints,
				      &info, NULL, NULL, NULL, NULL));
	if (EXPECT(info)) {
		EXPECT(is_address((struct addrinfo *)info, "192.0.2.1"));
		EXPECT_EQ(9, port_of((struct addrinfo *)info));
		EXPECT_EQ(SOCK_DGRAM, info->ai_socktype);
		EXPECT_EQ(999, info->ai_protocol);
		EXPECT(info->ai_canonname &&
		       !strcmp(info->ai_canonname, "192.0.2.1"));
		EXPECT(!info->ai_blob);
		EXPECT_EQ(0, info->ai_bloblen);
		EXPECT(!info->ai_provider);
		EXPECT(!info->ai_next);
	}
	FreeAddrInfoEx(info);

	EXPECT_CODE(0, GetAddrInfoExW(L"localhost", NULL, NS_ALL, NULL, NULL,
				      &wide, NULL, NULL, NULL, NULL));
	EXPECT(wide);
	FreeAddrInfoExW(wide);
}

static void extended_refuses_arguments(void)
{
	PADDRINFOEXA info = JUNK;
	struct timeval time;
	ADDRINFOEXA hints;
	HANDLE handle;

	memset(&hints, 0, sizeof(hints));
	memset(&time, 0, sizeof(time));
	EXPECT_CODE(WSAEINVAL,
		    GetAddrInfoExA("::1", NULL, NS_ALL, NULL, NULL, &info,
				   &time, NULL, NULL, NULL));
	EXPECT(!info);
	EXPECT_CODE(WSAEINVAL,
		    GetAddrInfoExA("::1", NULL, NS_ALL, NULL, NULL, &info,
				   NULL, NULL, NULL, &handle));
	/* NS_EMAIL */
	EXPECT_CODE(WSASERVICE_NOT_FOUND,
		    GetAddrInfoExA("::1", NULL, 37, NULL, NULL, &info, NULL,
				   NULL, NULL, NULL));
	EXPECT_CODE(WSAHOST_NOT_FOUND,
		    GetAddrInfoExA(NULL, NULL, NS_ALL, NULL, NULL, &info, NULL,
				   NULL, NULL, NULL));
	hints.ai_next = (void *)&hints;
	EXPECT_CODE(WSANO_RECOVERY,
		    GetAddrInfoExA("::1", NULL, NS_ALL, NULL, &hints, &info,
				   NULL, NULL, NULL, NULL));
}

static void numeric_names(void)
{
	struct sockaddr_in6 in6;
	struct sockaddr_in in;
	struct sockaddr *sa = (struct sockaddr *)&in;
	const int numeric = NI_NUMERICHOST | NI_NUMERICSERV;
	char host[NI_MAXHOST], service[NI_MAXSERV];
	WCHAR wide_host[16], wide_service[8];

	memset(&in, 0, sizeof(in));
	in.sin_family = AF_INET;
	in.sin_port = htons(23);
	in.sin_addr.s_addr = htonl(0xc0000201);
	EXPECT_CODE(0, getnameinfo(sa, sizeof(in), host, sizeof(host), service,
				   sizeof(service), numeric));
	EXPECT_EQ(0, strcmp(host, "192.0.2.1"));
	EXPECT_EQ(0, strcmp(service, "23"));
	EXPECT_CODE(0, getnameinfo(sa, sizeof(in), NULL, 0, service,
				   sizeof(service), 0));
	EXPECT_EQ(0, strcmp(service, "telnet"));
	/* A port that no service has becomes a number. */
	in.sin_port = htons(65535);
	EXPECT_CODE(0, getnameinfo(sa, sizeof(in), NULL, 0, service,
				   sizeof(service), NI_DGRAM));
	EXPECT_EQ(0, strcmp(service, "65535"));
	EXPECT_CODE(0, GetNameInfoW(sa, sizeof(in), wide_host, 10,
				    wide_service, 6, numeric));
	EXPECT_EQ(0, wcscmp(wide_host, L"192.0.2.1"));
	EXPECT_EQ(0, wcscmp(wide_service, L"65535"));

	memset(&in6, 0, sizeof(in6));
	in6.sin6_family = AF_INET6;
	in6.sin6_addr.s6_addr[0] = 0xfe;
	in6.sin6_addr.s6_addr[1] = 0x80;
	in6.sin6_scope_id = 4660;
	EXPECT_CODE(0, getnameinfo((struct sockaddr *)&in6, sizeof(in6), host,
				   sizeof(host), NULL, 0, NI_NUMERICHOST));
	EXPECT_EQ(0, strcmp(host, "fe80::%4660"));
}

static void names_refuse_arguments(void)
{
	struct sockaddr_in6 in6;
	struct sockaddr *sa = (struct sockaddr *)&in6;
	const int numeric = NI_NUMERICHOST | NI_NUMERICSERV;
	char host[16] = "untouched", service[8] = "service";

	memset(&in6, 0, sizeof(in6));
	in6.sin6_family = AF_INET;
	EXPECT_CODE(WSAEFAULT, getnameinfo(NULL, 16, host, 16, service, 8,
					   numeric));
	EXPECT_CODE(WSAEFAULT, getnameinfo(sa, 15, host, 16, service, 8,
					   numeric));
	EXPECT_CODE(WSAHOST_NOT_FOUND, getnameinfo(sa, 16, NULL, 0, NULL, 0,
						   numeric));
	EXPECT_CODE(WSAEINVAL, getnameinfo(sa, 16, host, 0, service, 8,
					   numeric));
	EXPECT_CODE(WSAEINVAL, getnameinfo(sa, 16, host, 16, service, 0,
					   numeric));
	EXPECT_CODE(WSAEINVAL, getnameinfo(sa, 16, host, 16, service, 8,
					   0x100));
	/* "0.0.0.0" needs eight, "0" two. */
	EXPECT_CODE(ERROR_INSUFFICIENT_BUFFER,
		    getnameinfo(sa, 16, host, 7, service, 8, numeric));
	EXPECT_CODE(ERROR_INSUFFICIENT_BUFFER,
		    getnameinfo(sa, 16, host, 16, service, 1, numeric));
	in6.sin6_family = AF_UNIX;
	EXPECT_CODE(WSAEAFNOSUPPORT, getnameinfo(sa, 16, host, 16, service, 8,
						 numeric));
	in6.sin6_family = AF_INET6;
	EXPECT_CODE(WSAEFAULT, getnameinfo(sa, 27, host, 16, service, 8,
					   numeric));
	EXPECT_EQ(0, strcmp(host, "untouched"));
	EXPECT_EQ(0, strcmp(service, "service"));
}

static void texts_of_codes(void)
{
	static const int codes[] = {
		EAI_AGAIN, EAI_BADFLAGS, EAI_FAIL, EAI_FAMILY, EAI_MEMORY,
		EAI_NODATA, EAI_NONAME, EAI_SERVICE, EAI_SOCKTYPE,
	};
	int i;

	EXPECT_EQ(11001, EAI_NONAME);
	EXPECT_EQ(10109, EAI_SERVICE);
	for (i = 0; i < ARRAY_SIZE(codes); i++) {
		EXPECT(strlen(gai_strerrorA(codes[i])) > 0);
		EXPECT(wcslen(gai_strerrorW(codes[i])) > 0);
	}
}

static void not_initialised(void)
{
	struct sockaddr_in in;
	PADDRINFOW wide = JUNK;
	PADDRINFOEXW wide_ex = JUNK;
	char host[16];

	memset(&in, 0, sizeof(in));
	in.sin_family = AF_INET;
	EXPECT_OK(WSACleanup());
	EXPECT_NO_INFO(WSANOTINITIALISED, "127.0.0.1", NULL, NULL);
	EXPECT_NO_INFO(WSANOTINITIALISED, NULL, NULL, NULL);
	EXPECT_CODE(WSANOTINITIALISED, GetAddrInfoW(L"::1", NULL, NULL, &wide));
	EXPECT(!wide);
	EXPECT_CODE(WSANOTINITIALISED,
		    GetAddrInfoExW(L"::1", NULL, NS_ALL, NULL, NULL, &wide_ex,
				   NULL, NULL, NULL, NULL));
	EXPECT(!wide_ex);
	EXPECT_CODE(WSANOTINITIALISED,
		    getnameinfo((struct sockaddr *)&in, sizeof(in), host,
				sizeof(host), NULL, 0, NI_NUMERICHOST));
}

static const struct api_test tests[] = {
	{ "names.addrinfo.nothing_to_look_up", nothing_to_look_up },
	{ "names.addrinfo.own_name", own_name },
	{ "names.addrinfo.services", services },
	{ "names.addrinfo.plain_result", plain_result },
	{ "names.addrinfo.numeric_hosts", numeric_hosts },
	{ "names.addrinfo.brackets", brackets },
	{ "names.addrinfo.hints_are_copied", hints_are_copied },
	{ "names.addrinfo.hints_are_refused", hints_are_refused },
	{ "names.addrinfo.without_a_name", without_a_name },
	{ "names.addrinfo.localhost", localhost },
	{ "names.addrinfo.mapped", mapped },
	{ "names.addrinfo.canonical_names", canonical_names },
	{ "names.addrinfo.wide", wide_lookup },
	{ "names.addrinfo.extended", extended_lookup },
	{ "names.addrinfo.extended_refuses", extended_refuses_arguments },
	{ "names.nameinfo.numeric", numeric_names },
	{ "names.nameinfo.refuses_arguments", names_refuse_arguments },
	{ "names.texts_of_codes", texts_of_codes },
	{ "names.not_initialised", not_initialised },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
