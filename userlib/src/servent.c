// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * getservbyname, getservbyport, getprotobyname, getprotobynumber.
 *
 * Services are libc's.  The protocols are those that Windows comes with, since
 * programs compare names and numbers that every Windows has.
 */
#include <ctype.h>
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "entries.h"
#include "names.h"

#define ALIASES_MAX	16

static pthread_once_t entries_once = PTHREAD_ONCE_INIT;
static pthread_key_t entries_key;
static bool entries_have_key;

static void entries_init(void)
{
	entries_have_key = !pthread_key_create(&entries_key, free);
}

/* The thread's structures, or NULL for want of memory. */
struct ws_entries *ws_entries(void)
{
	struct ws_entries *entries;

	pthread_once(&entries_once, entries_init);
	if (!entries_have_key)
		return NULL;
	entries = pthread_getspecific(entries_key);
	if (entries)
		return entries;
	entries = calloc(1, sizeof(*entries));
	if (entries && pthread_setspecific(entries_key, entries)) {
		free(entries);
		entries = NULL;
	}
	return entries;
}

/* Appends a string if there is room for it. */
static char *put_string(char **to, const char *end, const char *from)
{
	size_t size = strlen(from) + 1;
	char *at = *to;

	if (size > (size_t)(end - at))
		return NULL;
	memcpy(at, from, size);
	*to += size;
	return at;
}

/* Copies libc's answer into the thread's servent. */
static int keep(const struct servent *from, struct ws_servent **out)
{
	struct ws_entries *entries = ws_entries();
	struct ws_servent *service;
	const char *end;
	char *to;
	int n;

	if (!entries)
		return WSA_NOT_ENOUGH_MEMORY;
	service = &entries->service;
	end = entries->service_room + WS_SERVICE_SIZE;
	service->aliases = (char **)(service + 1);
	to = (char *)(service->aliases + ALIASES_MAX + 1);
	service->port = from->s_port;
	service->name = put_string(&to, end, from->s_name);
	service->proto = put_string(&to, end, from->s_proto);
	if (!service->name || !service->proto)
		return WSANO_RECOVERY;
	for (n = 0; n < ALIASES_MAX && from->s_aliases[n]; n++) {
		service->aliases[n] = put_string(&to, end, from->s_aliases[n]);
		if (!service->aliases[n])
			break;
	}
	service->aliases[n] = NULL;
	*out = service;
	return 0;
}

/* To small letters, as libc's files have the names of protocols. */
static const char *lower(const char *from, char *to, size_t size)
{
	size_t i;

	if (!from)
		return NULL;
	for (i = 0; from[i] && i < size - 1; i++)
		to[i] = tolower((unsigned char)from[i]);
	to[i] = '\0';
	return to;
}

/* With @name by name, else by port. */
static struct ws_servent *find_service(const char *name, int port,
				       const char *protocol)
{
	struct ws_servent *service = NULL;
	struct servent *found = NULL;
	struct servent entry;
	char small[32];
	char buf[2048];
	int saved = errno;
	int code;

	protocol = lower(protocol, small, sizeof(small));
	if (name)
		getservbyname_r(name, protocol, &entry, buf, sizeof(buf),
				&found);
	else
		getservbyport_r(port & 0xffff, protocol, &entry, buf,
				sizeof(buf), &found);
	code = found ? keep(found, &service) : WSANO_DATA;
	errno = saved;
	ws_last_error = code;
	return service;
}

WS_API struct ws_servent *winsock_getservbyname(const char *name,
						const char *protocol)
{
	int code = ws_started();

	if (!code && !name)
		code = WSAEFAULT;
	if (!code)
		return find_service(name, 0, protocol);
	ws_last_error = code;
	return NULL;
}

WS_API struct ws_servent *winsock_getservbyport(int port,
						const char *protocol)
{
	ws_last_error = ws_started();
	return ws_last_error ? NULL : find_service(NULL, port, protocol);
}

static const struct {
	short number;
	const char *name;
	const char *alias;
} protocols[] = {
	{ 0, "ip", "IP" },
	{ 1, "icmp", "ICMP" },
	{ 3, "ggp", "GGP" },
	{ 6, "tcp", "TCP" },
	{ 8, "egp", "EGP" },
	{ 12, "pup", "PUP" },
	{ 17, "udp", "UDP" },
	{ 20, "hmp", "HMP" },
	{ 22, "xns-idp", "XNS-IDP" },
	{ 27, "rdp", "RDP" },
	{ 41, "ipv6", "IPv6" },
	{ 43, "ipv6-route", "IPv6-Route" },
	{ 44, "ipv6-frag", "IPv6-Frag" },
	{ 50, "esp", "ESP" },
	{ 51, "ah", "AH" },
	{ 58, "ipv6-icmp", "IPv6-ICMP" },
	{ 59, "ipv6-nonxt", "IPv6-NoNxt" },
	{ 60, "ipv6-opts", "IPv6-Opts" },
	{ 66, "rvd", "RVD" },
	{ 0 }
};

/* With @name by name, whose alias differs in its letters' case only. */
static struct ws_protoent *find_protocol(const char *name, int number)
{
	struct ws_entries *entries = ws_entries();
	struct ws_protoent *protocol;
	int i;

	if (!entries) {
		ws_last_error = WSA_NOT_ENOUGH_MEMORY;
		return NULL;
	}
	for (i = 0; protocols[i].name; i++) {
		if (name ? strcasecmp(name, protocols[i].name) :
			   number != protocols[i].number)
			continue;
		protocol = &entries->protocol;
		protocol->name = (char *)protocols[i].name;
		protocol->aliases = entries->protocol_aliases;
		protocol->aliases[0] = (char *)protocols[i].alias;
		protocol->proto = protocols[i].number;
		ws_last_error = 0;
		return protocol;
	}
	ws_last_error = WSANO_DATA;
	return NULL;
}

WS_API struct ws_protoent *winsock_getprotobyname(const char *name)
{
	int code = ws_started();

	if (!code && !name)
		code = WSAEFAULT;
	if (!code)
		return find_protocol(name, 0);
	ws_last_error = code;
	return NULL;
}

WS_API struct ws_protoent *winsock_getprotobynumber(int number)
{
	ws_last_error = ws_started();
	return ws_last_error ? NULL : find_protocol(NULL, number);
}
