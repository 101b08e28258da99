// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What the machine knows about itself: its name and its addresses.
 *
 * Windows answers for the machine's own name and for "localhost" without asking
 * anybody, and so does this; what Debian writes into /etc/hosts for the name,
 * 127.0.1.1, is of no use to others.
 */
#include <ifaddrs.h>
#include <limits.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "names.h"

/* Appends an address; without memory @found->error says so. */
void ws_found_add(struct ws_found *found, int family, const void *bytes,
		  __u32 scope)
{
	struct ws_addr *addr;

	/* Grown at each power of two. */
	if (!(found->count & (found->count - 1))) {
		addr = realloc(found->addr, (found->count ? found->count * 2 :
					     1) * sizeof(*addr));
		if (!addr) {
			found->error = WSA_NOT_ENOUGH_MEMORY;
			return;
		}
		found->addr = addr;
	}
	addr = &found->addr[found->count++];
	memset(addr, 0, sizeof(*addr));
	addr->family = family;
	addr->scope = scope;
	memcpy(addr->byte, bytes, family == WINSOCK_AF_INET ? 4 : 16);
}

void ws_found_free(struct ws_found *found)
{
	free(found->addr);
	free(found->canon);
}

void ws_own_name(char name[WS_NAME_SIZE])
{
	if (gethostname(name, WS_NAME_SIZE) || !*name)
		strcpy(name, "localhost");
	name[WS_NAME_SIZE - 1] = '\0';
}

bool ws_is_own_name(const char *name)
{
	char own[WS_NAME_SIZE];

	if (!*name || !strcasecmp(name, "..localmachine"))
		return true;
	ws_own_name(own);
	return !strcasecmp(name, own);
}

bool ws_is_localhost(const char *name)
{
	return !strcasecmp(name, "localhost");
}

/* The address that would be used towards the world.  Sends nothing. */
static bool preferred_ip4(__u8 out[4])
{
	struct sockaddr_in sin = {
		.sin_family = AF_INET,
		.sin_port = htons(9),
		.sin_addr.s_addr = htonl(0xc6336401),	/* 198.51.100.1 */
	};
	socklen_t len = sizeof(sin);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool found;

	if (fd < 0)
		return false;
	found = !connect(fd, (struct sockaddr *)&sin, sizeof(sin)) &&
		!getsockname(fd, (struct sockaddr *)&sin, &len);
	close(fd);
	if (found)
		memcpy(out, &sin.sin_addr, 4);
	return found;
}

/* Moves the preferred one of the addresses from @from on to their front. */
static void prefer(struct ws_found *found, int from)
{
	struct ws_addr addr;
	__u8 bytes[4];
	int i;

	if (!preferred_ip4(bytes))
		return;
	for (i = from; i < found->count; i++) {
		addr = found->addr[i];
		if (memcmp(addr.byte, bytes, 4))
			continue;
		memmove(&found->addr[from + 1], &found->addr[from],
			(i - from) * sizeof(addr));
		found->addr[from] = addr;
		return;
	}
}

static void add_interfaces(struct ws_found *found, const struct ifaddrs *all,
			   int native, bool loopback)
{
	const struct sockaddr_in6 *sin6;
	const struct sockaddr_in *sin;
	const struct ifaddrs *i;

	for (i = all; i; i = i->ifa_next) {
		if (!i->ifa_addr || i->ifa_addr->sa_family != native ||
		    !(i->ifa_flags & IFF_UP) ||
		    !(i->ifa_flags & IFF_LOOPBACK) == loopback)
			continue;
		sin = (const struct sockaddr_in *)i->ifa_addr;
		sin6 = (const struct sockaddr_in6 *)i->ifa_addr;
		if (native == AF_INET)
			ws_found_add(found, WINSOCK_AF_INET, &sin->sin_addr, 0);
		else
			ws_found_add(found, WINSOCK_AF_INET6, &sin6->sin6_addr,
				     sin6->sin6_scope_id);
	}
}

/*
 * The machine's own addresses of @family.  Those of the loopback interface only
 * if there are no others; first the one that leads out.
 */
void ws_add_own(struct ws_found *found, int family)
{
	int native = family == WINSOCK_AF_INET ? AF_INET : AF_INET6;
	struct ifaddrs *all;
	int first = found->count;

	if (getifaddrs(&all)) {
		found->error = WSA_NOT_ENOUGH_MEMORY;
		return;
	}
	add_interfaces(found, all, native, false);
	if (found->count == first)
		add_interfaces(found, all, native, true);
	else if (native == AF_INET)
		prefer(found, first);
	freeifaddrs(all);
}

/* Whether an address is the machine's, loopback's too. */
bool ws_is_own_address(const struct ws_addr *addr)
{
	bool ip4 = addr->family == WINSOCK_AF_INET;
	const struct sockaddr_in6 *sin6;
	const struct sockaddr_in *sin;
	struct ifaddrs *all;
	struct ifaddrs *i;
	bool own = ip4 && addr->byte[0] == IN_LOOPBACKNET;

	if (own || getifaddrs(&all))
		return own;
	for (i = all; i && !own; i = i->ifa_next) {
		sin = (const struct sockaddr_in *)i->ifa_addr;
		sin6 = (const struct sockaddr_in6 *)i->ifa_addr;
		if (!sin || sin->sin_family != (ip4 ? AF_INET : AF_INET6))
			continue;
		own = ip4 ? !memcmp(addr->byte, &sin->sin_addr, 4) :
			    !memcmp(addr->byte, &sin6->sin6_addr, 16);
	}
	freeifaddrs(all);
	return own;
}

/*
 * What IPv6 and IPv4 have on this machine: an address at all, one beyond the
 * loopback interface, one beyond the link.
 */
struct ws_reach ws_reach(void)
{
	struct ws_reach reach = { 0 };
	const struct sockaddr_in6 *sin6;
	struct ifaddrs *all;
	struct ifaddrs *i;

	if (getifaddrs(&all))
		return reach;
	for (i = all; i; i = i->ifa_next) {
		if (!i->ifa_addr || !(i->ifa_flags & IFF_UP))
			continue;
		sin6 = (const struct sockaddr_in6 *)i->ifa_addr;
		if (sin6->sin6_family == AF_INET) {
			reach.ip4 |= !(i->ifa_flags & IFF_LOOPBACK);
		} else if (sin6->sin6_family == AF_INET6) {
			reach.ip6_any = true;
			reach.ip6 |= !IN6_IS_ADDR_LOOPBACK(&sin6->sin6_addr) &&
				     !IN6_IS_ADDR_LINKLOCAL(&sin6->sin6_addr);
		}
	}
	freeifaddrs(all);
	return reach;
}
