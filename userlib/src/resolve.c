// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names to addresses, services to ports: what is known here, then libc.
 */
#include <ctype.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "text.h"

/* The families that a lookup looks for. */
struct wanted {
	bool ip4;
	bool ip6;
};

static int code_of_eai(int err)
{
	switch (err) {
	case EAI_NONAME:
		return WSAHOST_NOT_FOUND;
	case EAI_NODATA:
	case EAI_ADDRFAMILY:
		return WSANO_DATA;
	case EAI_AGAIN:
		return WSATRY_AGAIN;
	case EAI_MEMORY:
		return WSA_NOT_ENOUGH_MEMORY;
	default:
		return WSANO_RECOVERY;
	}
}

/* Behind '%': a number, as on Windows, or an interface's name. */
static bool parse_scope(const char *s, size_t len, __u32 *scope)
{
	unsigned long long value;
	char name[IF_NAMESIZE];
	char *end;

	if (!len || len >= sizeof(name))
		return false;
	memcpy(name, s, len);
	name[len] = '\0';
	if (isdigit((unsigned char)*name)) {
		value = strtoull(name, &end, 10);
		*scope = value;
		return !*end && value <= 0xffffffff;
	}
	*scope = if_nametoindex(name);
	return *scope;
}

/* "addr", "addr%scope", "[addr]", "[addr]:port"; the port counts for nothing. */
static bool parse_literal_ip6(const char *s, struct ws_addr *addr)
{
	bool bracket = *s == '[';
	size_t len;

	s = ws_parse_ip6(s + bracket, addr->byte);
	if (!s)
		return false;
	if (*s == '%') {
		len = strcspn(++s, "]");
		if (!parse_scope(s, len, &addr->scope))
			return false;
		s += len;
	}
	if (!bracket)
		return !*s;
	if (*s++ != ']')
		return false;
	if (*s != ':')
		return !*s;
	len = strspn(++s, "0123456789");
	return len && !s[len];
}

static bool parse_literal(const char *name, struct ws_addr *addr)
{
	const char *end;
	__u32 ip4;

	memset(addr, 0, sizeof(*addr));
	end = ws_parse_parts(name, &ip4);
	if (end && !*end) {
		addr->family = WINSOCK_AF_INET;
		ip4 = winsock_htonl(ip4);
		memcpy(addr->byte, &ip4, 4);
		return true;
	}
	addr->family = WINSOCK_AF_INET6;
	return parse_literal_ip6(name, addr);
}

/* IPv6 goes first, as on Windows. */
static void add_well_known(struct ws_found *found, struct wanted want,
			   const struct ws_in6_addr *ip6, __u32 ip4)
{
	ip4 = winsock_htonl(ip4);
	if (want.ip6)
		ws_found_add(found, WINSOCK_AF_INET6, ip6, 0);
	if (want.ip4)
		ws_found_add(found, WINSOCK_AF_INET, &ip4, 0);
}

/* Loopback, or wildcard; IPv6's not beside IPv4's if the machine has no IPv6. */
static void add_local(struct ws_found *found, struct wanted want, bool wildcard)
{
	if (want.ip4 && want.ip6)
		want.ip6 = ws_reach().ip6_any;
	if (wildcard)
		add_well_known(found, want, &winsock_in6addr_any, 0);
	else
		add_well_known(found, want, &winsock_in6addr_loopback,
			       INADDR_LOOPBACK);
}

/*
 * An address that the machine could not use is left out: of IPv6 without having
 * a global one, and with AI_ADDRCONFIG of IPv4 without having one.
 */
static void add_answers(struct ws_found *found, const struct addrinfo *list,
			int flags)
{
	struct ws_reach reach = ws_reach();
	const struct sockaddr_in6 *sin6;
	const struct sockaddr_in *sin;
	const struct addrinfo *ai;

	for (ai = list; ai; ai = ai->ai_next) {
		sin = (const struct sockaddr_in *)ai->ai_addr;
		sin6 = (const struct sockaddr_in6 *)ai->ai_addr;
		if (ai->ai_family == AF_INET) {
			if (reach.ip4 || !(flags & WS_AI_ADDRCONFIG))
				ws_found_add(found, WINSOCK_AF_INET,
					     &sin->sin_addr, 0);
		} else if (ai->ai_family == AF_INET6) {
			if (reach.ip6 ||
			    IN6_IS_ADDR_LOOPBACK(&sin6->sin6_addr) ||
			    IN6_IS_ADDR_LINKLOCAL(&sin6->sin6_addr))
				ws_found_add(found, WINSOCK_AF_INET6,
					     &sin6->sin6_addr,
					     sin6->sin6_scope_id);
		}
	}
}

/**
 * ws_no_such_name - the code for a name that libc did not find
 * @name: the name
 *
 * Of a name in the hosts file that has addresses of the other family only, libc
 * says that it does not exist.
 *
 * Return: WSANO_DATA in that case, else WSAHOST_NOT_FOUND.
 */
int ws_no_such_name(const char *name)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *list;

	if (getaddrinfo(name, NULL, &hints, &list))
		return WSAHOST_NOT_FOUND;
	freeaddrinfo(list);
	return WSANO_DATA;
}

static int ask_libc(const char *name, struct wanted want, int flags,
		    struct ws_found *found)
{
	struct addrinfo hints = {
		.ai_family = !want.ip6 ? AF_INET : want.ip4 ? AF_UNSPEC :
			     AF_INET6,
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_CANONNAME,
	};
	char ascii[WS_NAME_SIZE];
	struct addrinfo *list;
	const char *s = name;
	int ret;

	while (*s && !(*s & 0x80))
		s++;
	if (*s) {
		if (flags & WS_AI_DISABLE_IDN_ENCODING ||
		    !ws_idn_encode(name, ascii))
			return WSAHOST_NOT_FOUND;
		name = ascii;
	}
	ret = getaddrinfo(name, NULL, &hints, &list);
	if (ret == EAI_NONAME && hints.ai_family != AF_UNSPEC)
		return ws_no_such_name(name);
	if (ret)
		return code_of_eai(ret);
	add_answers(found, list, flags);
	if (list->ai_canonname)
		name = list->ai_canonname;
	found->canon = strdup(name);
	freeaddrinfo(list);
	return 0;
}

/*
 * What was asked for as IPv6 may be given as mapped IPv4, if there is no IPv6
 * or all was asked for.
 */
static void map_ip4(struct ws_found *found, bool all)
{
	struct ws_addr *to = found->addr;
	struct ws_addr addr;
	bool any_ip6 = false;
	int i;

	for (i = 0; i < found->count; i++)
		any_ip6 = any_ip6 || found->addr[i].family == WINSOCK_AF_INET6;
	for (i = 0; i < found->count; i++) {
		addr = found->addr[i];
		if (addr.family == WINSOCK_AF_INET) {
			if (any_ip6 && !all)
				continue;
			addr.family = WINSOCK_AF_INET6;
			memcpy(addr.byte + 12, addr.byte, 4);
			memset(addr.byte, 0, 10);
			memset(addr.byte + 10, 0xff, 2);
		}
		*to++ = addr;
	}
	found->count = to - found->addr;
}

/* Fills @found with all that is wanted.  Returns 0 or a Winsock code. */
static int gather(const char *name, struct wanted want, int flags,
		  struct ws_found *found)
{
	char own[WS_NAME_SIZE];
	struct ws_addr addr;

	if (!name) {
		add_local(found, want, flags & WS_AI_PASSIVE);
		return 0;
	}
	if (*name && parse_literal(name, &addr)) {
		if (addr.family == WINSOCK_AF_INET ? !want.ip4 : !want.ip6)
			return WSAHOST_NOT_FOUND;
		ws_found_add(found, addr.family, addr.byte, addr.scope);
		found->canon = strdup(name);
		return 0;
	}
	if (flags & WS_AI_NUMERICHOST)
		return WSAHOST_NOT_FOUND;
	if (ws_is_own_name(name)) {
		if (want.ip6)
			ws_add_own(found, WINSOCK_AF_INET6);
		if (want.ip4)
			ws_add_own(found, WINSOCK_AF_INET);
		ws_own_name(own);
		found->canon = strdup(own);
		return 0;
	}
	if (ws_is_localhost(name)) {
		add_local(found, want, false);
		found->canon = strdup(name);
		return 0;
	}
	return ask_libc(name, want, flags, found);
}

/**
 * ws_resolve - find the addresses of a name
 * @name:   in UTF-8, or NULL for no name: loopback, or wildcard
 * @family: Windows' number of one that is supported, or 0
 * @flags:  WS_AI_*
 * @found:  zeroed; to be given to ws_found_free() whatever happens
 *
 * Return: 0, with at least one address found, or a Winsock code.
 */
int ws_resolve(const char *name, int family, int flags, struct ws_found *found)
{
	bool map = family == WINSOCK_AF_INET6 && flags & WS_AI_V4MAPPED;
	struct wanted want = {
		.ip4 = family != WINSOCK_AF_INET6 || map,
		.ip6 = family != WINSOCK_AF_INET,
	};
	int ret = gather(name, want, flags, found);

	if (ret || found->error)
		return ret ? ret : found->error;
	if (map)
		map_ip4(found, flags & WS_AI_ALL);
	return found->count ? 0 : WSANO_DATA;
}

static bool find_service(const char *service, const char *protocol,
			 __u16 *port)
{
	struct servent *found = NULL;
	struct servent entry;
	char buf[1024];

	if (getservbyname_r(service, protocol, &entry, buf, sizeof(buf),
			    &found) || !found)
		return false;
	*port = found->s_port;
	return true;
}

/**
 * ws_service_port - find the port of a service
 * @service: a number, a name, "" or NULL for port 0
 * @type:    SOCK_*, or 0 for whatever has such a service
 * @flags:   WS_AI_NUMERICSERV or not
 * @port:    where to store it, in network byte order
 *
 * Return: 0 or a Winsock code.
 */
int ws_service_port(const char *service, int type, int flags, __u16 *port)
{
	unsigned long value;
	char *end;

	*port = 0;
	if (!service || !*service)
		return 0;
	if (isdigit((unsigned char)*service)) {
		value = strtoul(service, &end, 10);
		if (!*end) {
			*port = winsock_htons(value);
			return value > 0xffff ? WSATYPE_NOT_FOUND : 0;
		}
	}
	if (flags & WS_AI_NUMERICSERV)
		return WSAHOST_NOT_FOUND;
	if (!type || type == WINSOCK_SOCK_STREAM)
		if (find_service(service, "tcp", port))
			return 0;
	if (!type || type == WINSOCK_SOCK_DGRAM)
		if (find_service(service, "udp", port))
			return 0;
	return WSATYPE_NOT_FOUND;
}
