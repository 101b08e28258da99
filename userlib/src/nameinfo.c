// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * getnameinfo and GetNameInfoW, and the texts of their codes.
 */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "text.h"

/* Windows' flags. */
#define WS_NI_NOFQDN		0x01
#define WS_NI_NUMERICHOST	0x02
#define WS_NI_NAMEREQD		0x04
#define WS_NI_NUMERICSERV	0x08
#define WS_NI_DGRAM		0x10
#define WS_NI_KNOWN		0x1f

/* Windows' NI_MAXHOST, which libc's equals, and NI_MAXSERV. */
#define HOST_SIZE	1025
#define SERVICE_SIZE	32

static int read_address(const void *sa, int len, struct ws_addr *addr,
			__u16 *port)
{
	const struct winsock_sockaddr_in6 *sin6 = sa;
	const struct winsock_sockaddr_in *sin = sa;

	if (!sa || len < (int)sizeof(*sin))
		return WSAEFAULT;
	memset(addr, 0, sizeof(*addr));
	addr->family = sin->sin_family;
	*port = sin->sin_port;
	switch (addr->family) {
	case WINSOCK_AF_INET:
		memcpy(addr->byte, &sin->sin_addr, 4);
		return 0;
	case WINSOCK_AF_INET6:
		if (len < (int)sizeof(*sin6))
			return WSAEFAULT;
		memcpy(addr->byte, sin6->sin6_addr, 16);
		addr->scope = sin6->sin6_scope_id;
		return 0;
	default:
		return WSAEAFNOSUPPORT;
	}
}

static int ask_libc(const struct ws_addr *addr, bool no_domain,
		    char host[HOST_SIZE])
{
	union {
		struct sockaddr sa;
		struct sockaddr_in sin;
		struct sockaddr_in6 sin6;
	} native = {};
	int flags = NI_NAMEREQD | (no_domain ? NI_NOFQDN : 0);
	socklen_t len;

	if (addr->family == WINSOCK_AF_INET) {
		native.sin.sin_family = AF_INET;
		memcpy(&native.sin.sin_addr, addr->byte, 4);
		len = sizeof(native.sin);
	} else {
		native.sin6.sin6_family = AF_INET6;
		memcpy(&native.sin6.sin6_addr, addr->byte, 16);
		native.sin6.sin6_scope_id = addr->scope;
		len = sizeof(native.sin6);
	}
	switch (getnameinfo(&native.sa, len, host, HOST_SIZE, NULL, 0,
			    flags)) {
	case 0:
		return 0;
	case EAI_AGAIN:
		return WSATRY_AGAIN;
	case EAI_MEMORY:
		return WSA_NOT_ENOUGH_MEMORY;
	case EAI_NONAME:
		return WSAHOST_NOT_FOUND;
	default:
		return WSANO_RECOVERY;
	}
}

/* The name, or if there is none and need be none, the address. */
static int find_host(const struct ws_addr *addr, int flags,
		     char host[HOST_SIZE])
{
	int code;
	int len;

	if (!(flags & WS_NI_NUMERICHOST)) {
		code = ask_libc(addr, flags & WS_NI_NOFQDN, host);
		/* An own address without a name has the machine's. */
		if (code && code != WSA_NOT_ENOUGH_MEMORY &&
		    ws_is_own_address(addr)) {
			ws_own_name(host);
			if (flags & WS_NI_NOFQDN)
				host[strcspn(host, ".")] = '\0';
			code = 0;
		}
		if (!code || flags & WS_NI_NAMEREQD)
			return code;
	}
	len = ws_format(addr->family, addr->byte, host);
	if (addr->scope)
		sprintf(host + len, "%%%u", addr->scope);
	return 0;
}

static void find_service(__u16 port, int flags, char service[SERVICE_SIZE])
{
	struct servent *found = NULL;
	struct servent entry;
	char buf[1024];

	if (!(flags & WS_NI_NUMERICSERV))
		getservbyport_r(port, flags & WS_NI_DGRAM ? "udp" : "tcp",
				&entry, buf, sizeof(buf), &found);
	if (found && strlen(found->s_name) < SERVICE_SIZE)
		strcpy(service, found->s_name);
	else
		sprintf(service, "%u", winsock_ntohs(port));
}

/* A size of 0 with a buffer is an error, one without a buffer is not. */
struct request {
	bool host;
	bool service;
	bool sized;
};

static int look_up(const void *sa, int len, struct request want, int flags,
		   char host[HOST_SIZE], char service[SERVICE_SIZE])
{
	struct ws_addr addr;
	int saved = errno;
	int code = ws_started();
	__u16 port;

	if (!code)
		code = read_address(sa, len, &addr, &port);
	if (code)
		return code;
	if (!want.host && !want.service)
		return WSAHOST_NOT_FOUND;
	if (!want.sized || flags & ~WS_NI_KNOWN)
		return WSAEINVAL;
	if (want.host)
		code = find_host(&addr, flags, host);
	if (!code && want.service)
		find_service(port, flags, service);
	errno = saved;
	return code;
}

WS_API int winsock_getnameinfo(const void *sa, int len, char *host,
			       unsigned int host_size, char *service,
			       unsigned int service_size, int flags)
{
	struct request want = {
		.host = host,
		.service = service,
		.sized = (!host || host_size) && (!service || service_size),
	};
	char found_host[HOST_SIZE] = "";
	char found_service[SERVICE_SIZE] = "";
	int code = look_up(sa, len, want, flags, found_host, found_service);

	/* The reference pages name no code for this. */
	if (!code && ((host && strlen(found_host) >= host_size) ||
		      (service && strlen(found_service) >= service_size)))
		code = ERROR_INSUFFICIENT_BUFFER;
	if (!code && host)
		strcpy(host, found_host);
	if (!code && service)
		strcpy(service, found_service);
	ws_last_error = code;
	return code;
}

WS_API int winsock_getnameinfow(const void *sa, int len, wchar_t *host,
				unsigned int host_size, wchar_t *service,
				unsigned int service_size, int flags)
{
	struct request want = {
		.host = host,
		.service = service,
		.sized = (!host || host_size) && (!service || service_size),
	};
	char found_host[HOST_SIZE] = "";
	char found_service[SERVICE_SIZE] = "";
	wchar_t wide_host[HOST_SIZE];
	wchar_t wide_service[SERVICE_SIZE];
	int code = look_up(sa, len, want, flags, found_host, found_service);

	if (!code && ((ws_widen(found_host, wide_host) >= host_size && host) ||
		      (ws_widen(found_service, wide_service) >= service_size &&
		       service)))
		code = ERROR_INSUFFICIENT_BUFFER;
	if (!code && host)
		wcscpy(host, wide_host);
	if (!code && service)
		wcscpy(service, wide_service);
	ws_last_error = code;
	return code;
}
