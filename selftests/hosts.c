// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names that come from libc's resolver, out of a hosts file of the test's own,
 * in a network that has nothing but loopback, and then a global IPv6 address.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <errno.h>
#include <pthread.h>
#include <unistd.h>

#include "api_peer.h"

#include <windows.h>

static const char hosts[] =
	"192.0.2.10 single.test alias-one alias-two\n"
	"192.0.2.20 dual.test\n"
	"2001:db8::20 dual.test\n"
	"2001:db8::30 six.test\n"
	"192.0.2.40 xn--bcher-kva.test\n"
	"127.0.0.1 here.test here-alias\n"
	"192.0.2.10 either.test\n"
	"127.0.0.1 either.test\n"
	"192.0.2.50 silent.test\n";

static const char name_services[] =
	"hosts: files\n"
	"services: files\n";

/* Returns the code, and expects it to be the thread's error too (Y1). */
static int lookup(const char *name, int family, int flags,
		  struct addrinfo **info)
{
	struct addrinfo hints;
	int code;

	memset(&hints, 0, sizeof(hints));
	hints.ai_family = family;
	hints.ai_flags = flags;
	*info = &hints;
	WSASetLastError(POISON);
	code = getaddrinfo(name, NULL, &hints, info);
	EXPECT_EQ(code, WSAGetLastError());
	if (code)
		EXPECT(!*info);
	return code;
}

/* What is found, as text: "address address ..." or the code. */
static const char *found(const char *name, int family, int flags)
{
	static char text[256];
	struct addrinfo *info, *i;
	char addr[INET6_ADDRSTRLEN];
	int code = lookup(name, family, flags, &info);

	if (code) {
		snprintf(text, sizeof(text), "%d", code);
		return text;
	}
	text[0] = '\0';
	for (i = info; i; i = i->ai_next) {
		EXPECT_EQ(0, getnameinfo(i->ai_addr, i->ai_addrlen, addr,
					 sizeof(addr), NULL, 0,
					 NI_NUMERICHOST));
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
			 "%s%s", i == info ? "" : " ", addr);
	}
	freeaddrinfo(info);
	return text;
}

static void expect_text(const char *want, const char *got, int line)
{
	if (!api_compare(0, strcmp(want, got), "text", line))
		printf("# expected %s, got %s\n", want, got);
}

#define EXPECT_FOUND(want, name, family, flags)				\
	expect_text(want, found(name, family, flags), __LINE__)

static void single(void)
{
	EXPECT_FOUND("192.0.2.10", "single.test", AF_UNSPEC, 0);
	EXPECT_FOUND("192.0.2.10", "alias-two", AF_INET, 0);
	EXPECT_FOUND("192.0.2.10", "SINGLE.test", AF_INET, 0);
	EXPECT_FOUND("11004", "single.test", AF_INET6, 0);
	EXPECT_FOUND("11004", "six.test", AF_INET, 0);
	/* Y3 */
	EXPECT_FOUND("11001", "single.test", AF_UNSPEC, AI_NUMERICHOST);
	/* The machine has no address but loopback. */
	EXPECT_FOUND("11004", "single.test", AF_UNSPEC, AI_ADDRCONFIG);
	EXPECT_FOUND("127.0.0.1", "localhost", AF_INET, AI_ADDRCONFIG);
}

static void no_such_name(void)
{
	PADDRINFOW wide = (PADDRINFOW)&wide;

	/* Y1 */
	EXPECT_FOUND("11001", "unknown.test", AF_UNSPEC, 0);
	EXPECT_FOUND("11001", "unknown.test", AF_INET6, AI_V4MAPPED);
	EXPECT_EQ(WSAHOST_NOT_FOUND,
		  GetAddrInfoW(L"unknown.test", NULL, NULL, &wide));
	EXPECT_EQ(WSAHOST_NOT_FOUND, WSAGetLastError());
	EXPECT(!wide);
	/* Y3, Y4: no literals, and so names. */
	EXPECT_FOUND("11001", "192.0.2.10:80", AF_UNSPEC, 0);
	EXPECT_FOUND("11001", "[::1", AF_UNSPEC, 0);
	EXPECT_FOUND("11001", "[::1]x", AF_UNSPEC, 0);
	WSASetLastError(POISON);
	EXPECT(!gethostbyname("unknown.test"));
	EXPECT_EQ(WSAHOST_NOT_FOUND, WSAGetLastError());
}

static void dual_without_ipv6(void)
{
	/* Y7 */
	EXPECT_FOUND("192.0.2.20", "dual.test", AF_UNSPEC, 0);
	EXPECT_FOUND("11004", "dual.test", AF_INET6, 0);
	EXPECT_FOUND("::ffff:192.0.2.20", "dual.test", AF_INET6, AI_V4MAPPED);
	EXPECT_FOUND("2001:db8::20", "2001:db8::20", AF_UNSPEC, 0);
}

static void dual_with_ipv6(void)
{
	if (!EXPECT_EQ(0, system("ip addr add 2001:db8::1/64 dev lo")))
		return;
	EXPECT_FOUND("192.0.2.20", "dual.test", AF_INET, 0);
	EXPECT_FOUND("2001:db8::20", "dual.test", AF_INET6, 0);
	EXPECT_FOUND("2001:db8::20", "dual.test", AF_INET6, AI_V4MAPPED);
	EXPECT(strstr(found("dual.test", AF_UNSPEC, 0), "2001:db8::20"));
	EXPECT(strstr(found("dual.test", AF_UNSPEC, 0), "192.0.2.20"));
	EXPECT(strstr(found("dual.test", AF_INET6, AI_V4MAPPED | AI_ALL),
		      "::ffff:192.0.2.20"));
	EXPECT_FOUND("2001:db8::30", "six.test", AF_UNSPEC, 0);
	EXPECT_EQ(0, system("ip addr del 2001:db8::1/64 dev lo"));
}

static void canonical_names(void)
{
	struct addrinfo *info;

	if (EXPECT_EQ(0, lookup("alias-one", AF_INET, AI_CANONNAME, &info)))
		EXPECT_EQ(0, strcmp(info->ai_canonname, "single.test"));
	freeaddrinfo(info);
	if (EXPECT_EQ(0, lookup("alias-one", AF_INET, AI_FQDN, &info)))
		EXPECT_EQ(0, strcmp(info->ai_canonname, "single.test"));
	freeaddrinfo(info);
	if (EXPECT_EQ(0, lookup("alias-one", AF_INET, 0, &info)))
		EXPECT(!info->ai_canonname);
	freeaddrinfo(info);
}

/* The code, with the list gone. */
static int wide_lookup(const wchar_t *name, int flags)
{
	ADDRINFOW hints;
	PADDRINFOW info;
	int code;

	memset(&hints, 0, sizeof(hints));
	hints.ai_flags = flags;
	code = GetAddrInfoW(name, NULL, &hints, &info);
	FreeAddrInfoW(info);
	return code;
}

static void beyond_ascii(void)
{
	/* Y8 */
	EXPECT_EQ(0, wide_lookup(L"b\u00fccher.test", 0));
	EXPECT_EQ(0, wide_lookup(L"B\u00dcCHER.test", 0));
	EXPECT_EQ(0, wide_lookup(L"b\u00fccher\u3002test", 0));
	EXPECT_EQ(WSAHOST_NOT_FOUND, wide_lookup(L"b\u00fccher.test",
						 AI_DISABLE_IDN_ENCODING));
	EXPECT_EQ(WSAHOST_NOT_FOUND, wide_lookup(L"b\u00fcche.test", 0));
	EXPECT_EQ(0, wide_lookup(L"single.test", AI_DISABLE_IDN_ENCODING));
	EXPECT_FOUND("192.0.2.40", "b\303\274cher.test", AF_UNSPEC, 0);
	EXPECT_FOUND("11001", "b\374cher.test", AF_UNSPEC, 0);
}

static void hostent_of_name(void)
{
	struct hostent *host;

	WSASetLastError(POISON);
	host = gethostbyname("alias-one");
	if (!EXPECT(host))
		return;
	EXPECT_EQ(0, WSAGetLastError());
	EXPECT_EQ(0, strcmp(host->h_name, "single.test"));
	EXPECT_EQ(0, strcmp(host->h_aliases[0], "alias-one"));
	EXPECT_EQ(0, strcmp(host->h_aliases[1], "alias-two"));
	EXPECT(!host->h_aliases[2]);
	EXPECT_EQ(AF_INET, host->h_addrtype);
	EXPECT_EQ(0, memcmp(host->h_addr_list[0], "\300\0\2\12", 4));
	EXPECT(!host->h_addr_list[1]);
	/* Y9 */
	EXPECT((void *)host->h_aliases == (void *)(host + 1));
	EXPECT(host->h_addr_list == host->h_aliases + 3);
	EXPECT((void *)host->h_addr_list[0] == (void *)(host->h_addr_list + 2));

	WSASetLastError(POISON);
	EXPECT(!gethostbyname("six.test"));
	EXPECT_EQ(WSANO_DATA, WSAGetLastError());
}

static void hostent_of_address(void)
{
	struct hostent *host;
	char addr[16];

	EXPECT_EQ(1, inet_pton(AF_INET6, "2001:db8::30", addr));
	host = gethostbyaddr(addr, 16, AF_INET6);
	if (EXPECT(host)) {
		EXPECT_EQ(0, strcmp(host->h_name, "six.test"));
		EXPECT_EQ(AF_INET6, host->h_addrtype);
		EXPECT_EQ(16, host->h_length);
		EXPECT_EQ(0, memcmp(host->h_addr, addr, 16));
	}
	EXPECT_EQ(1, inet_pton(AF_INET, "192.0.2.10", addr));
	host = gethostbyaddr(addr, 16, AF_INET);
	if (EXPECT(host)) {
		EXPECT_EQ(0, strcmp(host->h_name, "single.test"));
		EXPECT_EQ(AF_INET, host->h_addrtype);
	}
	EXPECT_EQ(1, inet_pton(AF_INET, "192.0.2.11", addr));
	WSASetLastError(POISON);
	EXPECT(!gethostbyaddr(addr, 4, AF_INET));
	EXPECT_EQ(WSAHOST_NOT_FOUND, WSAGetLastError());
}

static void names_of_addresses(void)
{
	struct sockaddr_in in;
	struct sockaddr *sa = (struct sockaddr *)&in;
	char host[NI_MAXHOST], service[NI_MAXSERV];
	wchar_t wide[16];

	memset(&in, 0, sizeof(in));
	in.sin_family = AF_INET;
	in.sin_port = htons(23);
	in.sin_addr.s_addr = htonl(0xc000020a);
	EXPECT_OK(getnameinfo(sa, sizeof(in), host, sizeof(host), service,
			      sizeof(service), NI_NAMEREQD));
	EXPECT_EQ(0, strcmp(host, "single.test"));
	EXPECT_EQ(0, strcmp(service, "telnet"));
	EXPECT_OK(GetNameInfoW(sa, sizeof(in), wide, 12, NULL, 0, 0));
	EXPECT_EQ(0, wcscmp(wide, L"single.test"));
	wide[0] = POISON;
	EXPECT_EQ(ERROR_INSUFFICIENT_BUFFER,
		  GetNameInfoW(sa, sizeof(in), wide, 11, NULL, 0, 0));
	EXPECT_EQ(POISON, wide[0]);

	/* Without a name: the address, unless a name is required. */
	in.sin_addr.s_addr = htonl(0xc000020b);
	EXPECT_OK(getnameinfo(sa, sizeof(in), host, sizeof(host), NULL, 0, 0));
	EXPECT_EQ(0, strcmp(host, "192.0.2.11"));
	EXPECT_EQ(WSAHOST_NOT_FOUND,
		  getnameinfo(sa, sizeof(in), host, sizeof(host), NULL, 0,
			      NI_NAMEREQD));
	EXPECT_EQ(WSAHOST_NOT_FOUND, WSAGetLastError());
	EXPECT_EQ(0, strcmp(host, "192.0.2.11"));
}

static void own_name(void)
{
	char name[256];

	/* Y9: nothing else is there, and so loopback is the machine's. */
	EXPECT_OK(gethostname(name, sizeof(name)));
	EXPECT_FOUND("127.0.0.1", name, AF_INET, 0);
	EXPECT_FOUND("::1 127.0.0.1", "", AF_UNSPEC, 0);
	EXPECT_FOUND("::1 127.0.0.1", "localhost", AF_UNSPEC, 0);
}

/* An address that no file names, and then the machine has. */
static void own_address_of(int family, const char *text)
{
	struct sockaddr_storage ss;
	struct sockaddr_in6 *sin6 = (struct sockaddr_in6 *)&ss;
	struct sockaddr_in *sin = (struct sockaddr_in *)&ss;
	char *addr = family == AF_INET ? (char *)&sin->sin_addr :
		     (char *)&sin6->sin6_addr;
	int len = family == AF_INET ? 4 : 16;
	char name[256], host[NI_MAXHOST], line[128];
	struct hostent *entry;

	memset(&ss, 0, sizeof(ss));
	ss.ss_family = family;
	EXPECT_EQ(1, inet_pton(family, text, addr));
	EXPECT(!gethostbyaddr(addr, len, family));
	snprintf(line, sizeof(line), "ip address add %s/%d dev lo", text,
		 len * 8);
	EXPECT_EQ(0, system(line));
	EXPECT_OK(gethostname(name, sizeof(name)));
	entry = gethostbyaddr(addr, len, family);
	if (EXPECT(entry)) {
		EXPECT_EQ(0, strcmp(entry->h_name, name));
		EXPECT_EQ(family, entry->h_addrtype);
		EXPECT_EQ(len, entry->h_length);
		EXPECT_EQ(0, memcmp(entry->h_addr, addr, len));
		EXPECT(!entry->h_addr_list[1]);
	}
	EXPECT_OK(getnameinfo((struct sockaddr *)&ss,
			      family == AF_INET ? sizeof(*sin) : sizeof(*sin6),
			      host, sizeof(host), NULL, 0, NI_NAMEREQD));
	EXPECT_EQ(0, strcmp(host, name));
	snprintf(line, sizeof(line), "ip address del %s/%d dev lo", text,
		 len * 8);
	EXPECT_EQ(0, system(line));
	EXPECT(!gethostbyaddr(addr, len, family));
}

static void own_addresses(void)
{
	own_address_of(AF_INET, "192.0.2.12");
	own_address_of(AF_INET6, "2001:db8::12");
}

static void *other_thread(void *mine)
{
	struct servent *service = getservbyname("domain", "udp");
	struct hostent *host = gethostbyname("192.0.2.2");

	EXPECT(service);
	EXPECT(host);
	EXPECT(host != mine);
	return NULL;
}

static void per_thread(void)
{
	struct servent *service = getservbyname("telnet", "tcp");
	struct hostent *host = gethostbyname("192.0.2.1");
	pthread_t thread;

	/* Y10: another thread's calls change nothing in this one's. */
	if (!EXPECT(service && host))
		return;
	EXPECT_EQ(0, pthread_create(&thread, NULL, other_thread, host));
	EXPECT_EQ(0, pthread_join(thread, NULL));
	EXPECT_EQ(0, strcmp(host->h_name, "192.0.2.1"));
	EXPECT_EQ(0, strcmp(service->s_name, "telnet"));
	EXPECT(service == getservbyname("domain", "udp"));
	EXPECT(host == gethostbyname("192.0.2.3"));
}

static void keeps_errno(void)
{
	struct addrinfo *info;

	errno = 4321;
	EXPECT_EQ(WSAHOST_NOT_FOUND, lookup("unknown.test", 0, 0, &info));
	EXPECT(!gethostbyname("unknown.test"));
	EXPECT(!getservbyname("no-such-service", NULL));
	EXPECT_EQ(0, wide_lookup(L"b\u00fccher.test", 0));
	EXPECT_EQ(4321, errno);
}

/* WSAConnectByName with a new socket; 0 or the code. */
static int connect_by_name(const char *name, const char *port,
			   const TIMEVAL *timeout)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	struct sockaddr_in remote;
	DWORD len = sizeof(remote);
	int code = 0;

	memset(&remote, POISON, sizeof(remote));
	WSASetLastError(POISON);
	if (!WSAConnectByNameA(s, (char *)name, (char *)port, NULL, NULL, &len,
			       (SOCKADDR *)&remote, timeout, NULL))
		code = WSAGetLastError();
	else
		EXPECT_EQ(INADDR_LOOPBACK, ntohl(remote.sin_addr.s_addr));
	closesocket(s);
	return code;
}

/* [WSAConnectByNameA WSAETIMEDOUT] */
static void connects_by_name(void)
{
	static const TIMEVAL brief = { 0, 50000 }, ample = { 20, 0 };
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);
	ULONGLONG begin;
	char port[8];

	snprintf(port, sizeof(port), "%d", ntohs(api_port(&a.name)));
	EXPECT_EQ(0, connect_by_name("here.test", port, NULL));
	EXPECT_EQ(0, connect_by_name("HERE-alias", port, &ample));
	EXPECT_EQ(0, connect_by_name("either.test", port, NULL));
	EXPECT_EQ(0, connect_by_name("either.test", port, &ample));
	EXPECT_EQ(WSAHOST_NOT_FOUND, connect_by_name("unknown.test", port,
						     NULL));
	EXPECT_EQ(WSANO_DATA, connect_by_name("six.test", port, NULL));
	EXPECT_EQ(WSAENETUNREACH, connect_by_name("single.test", port, NULL));
	EXPECT_EQ(WSAENETUNREACH, connect_by_name("single.test", port,
						  &ample));

	/* A way to the host, which does not answer. */
	EXPECT_EQ(0, system("ip route add 192.0.2.50 dev lo"));
	begin = GetTickCount64();
	EXPECT_EQ(WSAETIMEDOUT, connect_by_name("silent.test", port, &brief));
	/* not after the stack's own time */
	EXPECT(GetTickCount64() - begin < 15000);
	EXPECT_EQ(0, system("ip route del 192.0.2.50 dev lo"));

	closesocket(lsn);
	EXPECT_EQ(WSAECONNREFUSED, connect_by_name("here.test", port, &ample));
}

static int write_file(const char *name, const char *text)
{
	FILE *file = fopen(name, "w");

	return !file || fputs(text, file) < 0 || fclose(file);
}

/* With the DNS after the hosts file, and no server that could be reached. */
static void no_server(void)
{
	struct sockaddr_in in;
	struct sockaddr *sa = (struct sockaddr *)&in;
	char host[NI_MAXHOST] = "untouched";

	memset(&in, 0, sizeof(in));
	in.sin_family = AF_INET;
	in.sin_addr.s_addr = htonl(0xc000020b);
	if (!EXPECT(!write_file("/etc/nsswitch.conf", "hosts: files dns\n")))
		return;
	EXPECT_FOUND("11002", "unknown.test", AF_UNSPEC, 0);
	EXPECT_FOUND("192.0.2.10", "single.test", AF_UNSPEC, 0);
	EXPECT_EQ(WSATRY_AGAIN, connect_by_name("unknown.test", "9", NULL));
	WSASetLastError(POISON);
	EXPECT(!gethostbyname("unknown.test"));
	EXPECT_EQ(WSATRY_AGAIN, WSAGetLastError());
	WSASetLastError(POISON);
	EXPECT(!gethostbyaddr((char *)&in.sin_addr, 4, AF_INET));
	EXPECT_EQ(WSATRY_AGAIN, WSAGetLastError());
	EXPECT_EQ(WSATRY_AGAIN, getnameinfo(sa, sizeof(in), host, sizeof(host),
					    NULL, 0, NI_NAMEREQD));
	EXPECT_EQ(WSATRY_AGAIN, WSAGetLastError());
	EXPECT_EQ(0, strcmp(host, "untouched"));
	EXPECT_OK(getnameinfo(sa, sizeof(in), host, sizeof(host), NULL, 0, 0));
	EXPECT_EQ(0, strcmp(host, "192.0.2.11"));
	EXPECT(!write_file("/etc/nsswitch.conf", name_services));
}

static int put_file(const char *name, const char *text, const char *over)
{
	return write_file(name, text) || mount(name, over, NULL, MS_BIND, NULL);
}

/* Files and a network that nobody else sees; they go with the process. */
static const char *set_up(void)
{
	char folder[] = "/tmp/hosts.XXXXXX";

	if (unshare(CLONE_NEWNS | CLONE_NEWNET))
		return "needs root";
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    !mkdtemp(folder) || mount("hosts", folder, "tmpfs", 0, NULL) ||
	    chdir(folder) || put_file("hosts", hosts, "/etc/hosts") ||
	    put_file("nsswitch.conf", name_services,
		     "/etc/nsswitch.conf"))
		return "cannot put files over those of /etc";
	if (chdir("/") || umount2(folder, MNT_DETACH) || rmdir(folder))
		return "cannot remove the folder";
	return system("ip link set lo up") ? "needs ip, of iproute2" : NULL;
}

static const struct api_test tests[] = {
	{ "hosts.single", single },
	{ "hosts.no_such_name", no_such_name },
	{ "hosts.dual.without_ipv6", dual_without_ipv6 },
	{ "hosts.dual.with_ipv6", dual_with_ipv6 },
	{ "hosts.canonical_names", canonical_names },
	{ "hosts.beyond_ascii", beyond_ascii },
	{ "hosts.hostent.of_name", hostent_of_name },
	{ "hosts.hostent.of_address", hostent_of_address },
	{ "hosts.names_of_addresses", names_of_addresses },
	{ "hosts.own_name", own_name },
	{ "hosts.own_addresses", own_addresses },
	{ "hosts.per_thread", per_thread },
	{ "hosts.keeps_errno", keeps_errno },
	{ "hosts.connects_by_name", connects_by_name },
	{ "hosts.no_server", no_server },
};

int main(void)
{
	return api_run_unless(set_up(), tests, ARRAY_SIZE(tests));
}
