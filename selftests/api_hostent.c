// SPDX-License-Identifier: GPL-2.0-only
/*
 * gethostbyname and the other calls that return a structure of the thread's.
 */
#include "api_test.h"

#define EXPECT_NULL(code, call)						\
	do {								\
		WSASetLastError(POISON);				\
		EXPECT(!(call));					\
		api_compare(code, WSAGetLastError(), #call " error",	\
			    __LINE__);					\
	} while (0)

/* Junk is gone from the last error after success (G1). */
static struct hostent *host_of(const char *name)
{
	struct hostent *host;

	WSASetLastError(POISON);
	host = gethostbyname(name);
	if (!EXPECT(host))
		printf("# gethostbyname(\"%s\"): %d\n", name ? name : "(null)",
		       WSAGetLastError());
	else
		EXPECT_EQ(0, WSAGetLastError());
	return host;
}

/* Y9: the structure is followed by h_aliases, h_addr_list, the addresses. */
static void expect_order(const struct hostent *host)
{
	int n = 0;

	EXPECT((char *)host->h_aliases == (char *)(host + 1));
	while (host->h_aliases[n])
		n++;
	EXPECT(host->h_addr_list == host->h_aliases + n + 1);
	for (n = 0; host->h_addr_list[n]; )
		n++;
	EXPECT(host->h_addr_list[0] == (char *)(host->h_addr_list + n + 1));
	EXPECT_EQ(4, host->h_addr_list[1] ?
		     host->h_addr_list[1] - host->h_addr_list[0] : 4);
}

static void expect_host(const char *name, unsigned int addr)
{
	struct hostent *host = host_of(name);

	if (!host)
		return;
	EXPECT_EQ(AF_INET, host->h_addrtype);
	EXPECT_EQ(4, host->h_length);
	EXPECT_EQ(addr, ntohl(*(u_long *)host->h_addr));
	EXPECT(!host->h_addr_list[1]);
	expect_order(host);
}

static void host_literals(void)
{
	expect_host("192.0.2.1", 0xc0000201);
	EXPECT_EQ(0, strcmp(gethostbyname("192.0.2.1")->h_name, "192.0.2.1"));
	expect_host("127.1", 0x7f000001);
	EXPECT_NULL(WSANO_DATA, gethostbyname("::1"));
	EXPECT_NULL(WSANO_DATA, gethostbyname("[::1]"));
	EXPECT_NULL(WSANO_DATA, gethostbyname("256.0.0.1"));
	EXPECT_NULL(WSANO_DATA, gethostbyname("1.2.3.4.5"));
}

static void host_localhost(void)
{
	/* Y9 */
	expect_host("localhost", 0x7f000001);
	expect_host("LOCALHOST", 0x7f000001);
}

static void host_own_name(void)
{
	struct hostent *host = host_of("");
	char name[256];
	char addrs[64][4];
	int i, n = 0;

	/* Y9: "" is the machine's own name, and so is NULL. */
	if (!host)
		return;
	expect_order(host);
	EXPECT_OK(gethostname(name, sizeof(name)));
	EXPECT_EQ(0, strcmp(host->h_name, name));
	for (; n < ARRAY_SIZE(addrs) && host->h_addr_list[n]; n++)
		memcpy(addrs[n], host->h_addr_list[n], 4);
	EXPECT(n > 0);
	/* Y9: loopback only if there is nothing else. */
	for (i = 0; i < n; i++)
		EXPECT(n == 1 || addrs[i][0] != 127);

	host = host_of(name);
	for (i = 0; host && i < n && host->h_addr_list[i]; i++)
		EXPECT_EQ(0, memcmp(addrs[i], host->h_addr_list[i], 4));
	EXPECT_EQ(n, i);
	host = host_of(NULL);
	for (i = 0; host && i < n && host->h_addr_list[i]; i++)
		EXPECT_EQ(0, memcmp(addrs[i], host->h_addr_list[i], 4));
	EXPECT_EQ(n, i);
}

static void host_of_address_refuses(void)
{
	static const char addr[16] = { 127, 0, 0, 1 };

	EXPECT_NULL(WSAEFAULT, gethostbyaddr(NULL, 4, AF_INET));
	EXPECT_NULL(WSAEFAULT, gethostbyaddr(addr, 3, AF_INET));
	EXPECT_NULL(WSAEFAULT, gethostbyaddr(NULL, 16, AF_INET6));
	EXPECT_NULL(WSAEINVAL, gethostbyaddr(addr, 4, AF_INET6));
	EXPECT_NULL(WSAEAFNOSUPPORT, gethostbyaddr(addr, 4, AF_UNIX));
	EXPECT_NULL(WSAEAFNOSUPPORT, gethostbyaddr(addr, 4, AF_UNSPEC));
}

static void own_name(void)
{
	static char *const nowhere = (char *)8;
	char name[256], again[256];
	WCHAR wide[256];
	int len, i;

	memset(name, POISON, sizeof(name));
	EXPECT_OK(gethostname(name, sizeof(name)));
	len = strlen(name);
	EXPECT(len > 0);
	/* Room for the NUL is needed, and nothing is stored without. */
	memset(again, POISON, sizeof(again));
	EXPECT_FAIL(WSAEFAULT, gethostname(again, len));
	EXPECT_EQ(POISON, again[0]);
	EXPECT_FAIL(WSAEFAULT, gethostname(again, 0));
	EXPECT_FAIL(WSAEFAULT, gethostname(again, -1));
	EXPECT_FAIL(WSAEFAULT, gethostname(NULL, 256));
	EXPECT_FAIL(WSAEFAULT, gethostname(nowhere, 256));
	EXPECT_FAIL(WSAEFAULT, GetHostNameW((WCHAR *)nowhere, 256));
	EXPECT_OK(gethostname(again, len + 1));
	EXPECT_EQ(0, strcmp(name, again));

	wide[0] = POISON;
	EXPECT_FAIL(WSAEFAULT, GetHostNameW(wide, len));
	EXPECT_FAIL(WSAEFAULT, GetHostNameW(wide, -1));
	EXPECT_FAIL(WSAEFAULT, GetHostNameW(NULL, 256));
	EXPECT_EQ(POISON, wide[0]);
	EXPECT_OK(GetHostNameW(wide, len + 1));
	for (i = 0; i <= len; i++)
		EXPECT_EQ(name[i], wide[i]);
}

static void expect_service(const struct servent *service, const char *name,
			   int port, const char *proto)
{
	if (!EXPECT(service))
		return;
	EXPECT_EQ(0, WSAGetLastError());
	EXPECT_EQ(0, strcmp(service->s_name, name));
	EXPECT_EQ(port, ntohs(service->s_port));
	EXPECT_EQ(0, strcmp(service->s_proto, proto));
	EXPECT(service->s_aliases);
}

static void services(void)
{
	struct servent *service;

	/* Y10 */
	WSASetLastError(POISON);
	service = getservbyname("domain", "udp");
	expect_service(service, "domain", 53, "udp");
	WSASetLastError(POISON);
	EXPECT(service == getservbyname("telnet", "tcp"));
	expect_service(service, "telnet", 23, "tcp");
	WSASetLastError(POISON);
	EXPECT(service == getservbyport(htons(53), "udp"));
	expect_service(service, "domain", 53, "udp");
	WSASetLastError(POISON);
	expect_service(getservbyname("telnet", NULL), "telnet", 23, "tcp");
	expect_service(getservbyport(htons(23), NULL), "telnet", 23, "tcp");
	expect_service(getservbyname("domain", "UDP"), "domain", 53, "udp");

	EXPECT_NULL(WSANO_DATA, getservbyname("no-such-service", NULL));
	EXPECT_NULL(WSANO_DATA, getservbyname("telnet", "udp"));
	EXPECT_NULL(WSANO_DATA, getservbyname("telnet", "icmp"));
	EXPECT_NULL(WSANO_DATA, getservbyport(htons(65535), "tcp"));
	EXPECT_NULL(WSAEFAULT, getservbyname(NULL, "tcp"));
}

static void protocols(void)
{
	static const struct {
		int number;
		const char *name;
		const char *alias;
	} rows[] = {
		{ 0, "ip", "IP" }, { 1, "icmp", "ICMP" }, { 3, "ggp", "GGP" },
		{ 6, "tcp", "TCP" }, { 8, "egp", "EGP" }, { 12, "pup", "PUP" },
		{ 17, "udp", "UDP" }, { 20, "hmp", "HMP" },
		{ 22, "xns-idp", "XNS-IDP" }, { 27, "rdp", "RDP" },
		{ 41, "ipv6", "IPv6" }, { 43, "ipv6-route", "IPv6-Route" },
		{ 44, "ipv6-frag", "IPv6-Frag" }, { 50, "esp", "ESP" },
		{ 51, "ah", "AH" }, { 58, "ipv6-icmp", "IPv6-ICMP" },
		{ 59, "ipv6-nonxt", "IPv6-NoNxt" },
		{ 60, "ipv6-opts", "IPv6-Opts" }, { 66, "rvd", "RVD" },
	};
	struct protoent *protocol;
	int number, row = 0;

	/* Y11: these and no others. */
	for (number = -1; number <= 256; number++) {
		if (row == ARRAY_SIZE(rows) || number != rows[row].number) {
			EXPECT_NULL(WSANO_DATA, getprotobynumber(number));
			continue;
		}
		WSASetLastError(POISON);
		protocol = getprotobynumber(number);
		if (EXPECT(protocol)) {
			EXPECT_EQ(0, WSAGetLastError());
			EXPECT_EQ(number, protocol->p_proto);
			EXPECT_EQ(0, strcmp(protocol->p_name, rows[row].name));
			EXPECT_EQ(0, strcmp(protocol->p_aliases[0],
					    rows[row].alias));
			EXPECT(!protocol->p_aliases[1]);
		}
		/* Y11: the case of letters does not matter. */
		protocol = getprotobyname(rows[row].alias);
		if (EXPECT(protocol))
			EXPECT_EQ(number, protocol->p_proto);
		row++;
	}
	EXPECT_EQ(ARRAY_SIZE(rows), row);
	protocol = getprotobyname("tCp");
	EXPECT(protocol && protocol->p_proto == 6);
	EXPECT_NULL(WSANO_DATA, getprotobyname("igmp"));
	EXPECT_NULL(WSANO_DATA, getprotobyname(""));
	EXPECT_NULL(WSAEFAULT, getprotobyname(NULL));
}

static void not_initialised(void)
{
	char name[256];
	WCHAR wide[256];

	EXPECT_OK(WSACleanup());
	/* S1 */
	EXPECT_NULL(WSANOTINITIALISED, gethostbyname("127.0.0.1"));
	EXPECT_NULL(WSANOTINITIALISED, gethostbyname(NULL));
	EXPECT_NULL(WSANOTINITIALISED, gethostbyaddr(NULL, 0, 0));
	EXPECT_NULL(WSANOTINITIALISED, getservbyname("telnet", "tcp"));
	EXPECT_NULL(WSANOTINITIALISED, getservbyport(htons(23), "tcp"));
	EXPECT_NULL(WSANOTINITIALISED, getprotobyname("tcp"));
	EXPECT_NULL(WSANOTINITIALISED, getprotobynumber(6));
	EXPECT_FAIL(WSANOTINITIALISED, gethostname(name, sizeof(name)));
	EXPECT_FAIL(WSANOTINITIALISED, GetHostNameW(wide, 256));
}

static const struct api_test tests[] = {
	{ "hostent.byname.literals", host_literals },
	{ "hostent.byname.localhost", host_localhost },
	{ "hostent.byname.own_name", host_own_name },
	{ "hostent.byaddr.refuses_arguments", host_of_address_refuses },
	{ "hostent.gethostname", own_name },
	{ "hostent.services", services },
	{ "hostent.protocols", protocols },
	{ "hostent.not_initialised", not_initialised },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
