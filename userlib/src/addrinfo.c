// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * getaddrinfo, GetAddrInfoW and GetAddrInfoEx: one lookup in four shapes.
 *
 * Windows copies the hints' type and protocol to every result as they are,
 * where libc would look for combinations that make sense.  So libc is asked for
 * addresses only.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"

/* All bits that Windows knows and this does not have to refuse. */
#define AI_KNOWN	0x000fcd0f

#define NS_ALL		0
#define NS_DNS		12

#define WSA_INVALID_HANDLE	6

#define SOCKTYPE_MAX	5	/* SOCK_SEQPACKET */

/* ADDRINFOA and ADDRINFOW */
struct ws_addrinfo {
	int flags;
	int family;
	int socktype;
	int protocol;
	size_t addrlen;
	void *canonname;
	void *addr;
	struct ws_addrinfo *next;
};

/* ADDRINFOEXA and ADDRINFOEXW, which begin alike */
struct ws_addrinfoex {
	int flags;
	int family;
	int socktype;
	int protocol;
	size_t addrlen;
	void *canonname;
	void *addr;
	void *blob;
	size_t bloblen;
	void *provider;
	struct ws_addrinfoex *next;
};

/* What the caller's strings and structures are. */
struct shape {
	bool wide;
	bool ex;
};

static void **next_of(void *info, bool ex)
{
	struct ws_addrinfoex *wide = info;
	struct ws_addrinfo *plain = info;

	return ex ? (void **)&wide->next : (void **)&plain->next;
}

static void free_list(void *info, bool ex)
{
	void *next;

	for (; info; info = next) {
		next = *next_of(info, ex);
		free(info);
	}
}

static int check_hints(struct ws_addrinfo *hints, bool ex)
{
	if (hints->addrlen || hints->canonname || hints->addr ||
	    *next_of(hints, ex))
		return WSANO_RECOVERY;
	if (hints->flags & ~AI_KNOWN ||
	    (hints->flags & WS_AI_CANONNAME && hints->flags & WS_AI_FQDN))
		return WSAEINVAL;
	if (hints->family && hints->family != WINSOCK_AF_INET &&
	    hints->family != WINSOCK_AF_INET6)
		return WSAEAFNOSUPPORT;
	if (hints->socktype < 0 || hints->socktype > SOCKTYPE_MAX)
		return WSAESOCKTNOSUPPORT;
	return 0;
}

/* An entry, its address and its name in one piece of memory. */
static struct ws_addrinfo *make_entry(const struct ws_addr *addr, __u16 port,
				      const char *canon, struct shape shape)
{
	struct winsock_sockaddr_in6 *sin6;
	struct winsock_sockaddr_in *sin;
	size_t size = shape.ex ? sizeof(struct ws_addrinfoex) :
		      sizeof(struct ws_addrinfo);
	size_t width = shape.wide ? sizeof(wchar_t) : 1;
	struct ws_addrinfo *info;
	char *name;

	info = calloc(1, size + sizeof(*sin6) +
		      (canon ? (strlen(canon) + 1) * width : 0));
	if (!info)
		return NULL;
	sin = (void *)((char *)info + size);
	sin6 = (void *)sin;
	name = (char *)(sin6 + 1);

	info->addr = sin;
	sin->sin_family = addr->family;
	sin->sin_port = port;
	if (addr->family == WINSOCK_AF_INET) {
		info->addrlen = sizeof(*sin);
		memcpy(&sin->sin_addr, addr->byte, 4);
	} else {
		info->addrlen = sizeof(*sin6);
		memcpy(&sin6->sin6_addr, addr->byte, 16);
		sin6->sin6_scope_id = addr->scope;
	}
	info->family = addr->family;
	if (!canon)
		return info;
	info->canonname = name;
	if (shape.wide)
		ws_widen(canon, info->canonname);
	else
		strcpy(name, canon);
	return info;
}

static int make_list(const struct ws_found *found,
		     const struct ws_addrinfo *hints, __u16 port,
		     struct shape shape, void **result)
{
	bool named = hints->flags & (WS_AI_CANONNAME | WS_AI_FQDN);
	struct ws_addrinfo *info;
	void **tail = result;
	int i;

	for (i = 0; i < found->count; i++) {
		info = make_entry(&found->addr[i], port,
				  named && !i ? found->canon : NULL, shape);
		if (!info) {
			free_list(*result, shape.ex);
			*result = NULL;
			return WSA_NOT_ENOUGH_MEMORY;
		}
		info->socktype = hints->socktype;
		info->protocol = hints->protocol;
		*tail = info;
		tail = next_of(info, shape.ex);
	}
	return 0;
}

static int look_up(const char *name, const char *service,
		   struct ws_addrinfo *hints, struct shape shape,
		   void **result)
{
	static struct ws_addrinfoex none;
	struct ws_found found = { 0 };
	__u16 port;
	int code;

	if (!hints)
		hints = (struct ws_addrinfo *)&none;
	code = check_hints(hints, shape.ex);
	if (code)
		return code;
	if (!name && !service)
		return WSAHOST_NOT_FOUND;
	if (!name && hints->flags & (WS_AI_CANONNAME | WS_AI_FQDN))
		return WSANO_RECOVERY;
	code = ws_service_port(service, hints->socktype, hints->flags, &port);
	if (code)
		return code;
	code = ws_resolve(name, hints->family, hints->flags, &found);
	if (!code)
		code = make_list(&found, hints, port, shape, result);
	ws_found_free(&found);
	return code;
}

static int look_up_wide(const wchar_t *name, const wchar_t *service,
			struct ws_addrinfo *hints, bool ex, void **result)
{
	struct shape shape = { .wide = true, .ex = ex };
	char *narrow_service = service ? ws_narrow(service) : NULL;
	char *narrow_name = name ? ws_narrow(name) : NULL;
	int code = WSA_NOT_ENOUGH_MEMORY;

	if (!narrow_service == !service && !narrow_name == !name)
		code = look_up(narrow_name, narrow_service, hints, shape,
			       result);
	free(narrow_name);
	free(narrow_service);
	return code;
}

/*
 * Begins every lookup: there is no result, and the caller's errno comes back
 * from finish().
 */
static int begin(void **result, int *saved)
{
	int code = ws_started();

	*saved = errno;
	if (!result)
		return code ? code : WSAEFAULT;
	*result = NULL;
	return code;
}

static int finish(int code, int saved)
{
	errno = saved;
	ws_last_error = code;
	return code;
}

WS_API int winsock_getaddrinfo(const char *name, const char *service,
			       const void *hints, void *result)
{
	int saved;
	int code = begin(result, &saved);

	if (!code)
		code = look_up(name, service, (void *)hints,
			       (struct shape){ 0 }, result);
	return finish(code, saved);
}

WS_API int winsock_getaddrinfow(const wchar_t *name, const wchar_t *service,
				const void *hints, void *result)
{
	int saved;
	int code = begin(result, &saved);

	if (!code)
		code = look_up_wide(name, service, (void *)hints, false,
				    result);
	return finish(code, saved);
}

/*
 * Checks what only the Ex calls have.  libc's resolver is the DNS provider, and
 * knows neither time-outs nor overlapped requests.
 */
static int check_ex(unsigned int space, const void *provider,
		    const void *timeout, const void *overlapped,
		    const void *routine, const void *handle)
{
	if (timeout || overlapped || routine || handle)
		return WSAEINVAL;
	if ((space != NS_ALL && space != NS_DNS) || provider)
		return WSASERVICE_NOT_FOUND;
	return 0;
}

WS_API int winsock_getaddrinfoexa(const char *name, const char *service,
				  unsigned int space, void *provider,
				  const void *hints, void *result,
				  void *timeout, void *overlapped,
				  void *routine, void *handle)
{
	int saved;
	int code = begin(result, &saved);

	if (!code)
		code = check_ex(space, provider, timeout, overlapped, routine,
				handle);
	if (!code)
		code = look_up(name, service, (void *)hints,
			       (struct shape){ .ex = true }, result);
	return finish(code, saved);
}

WS_API int winsock_getaddrinfoexw(const wchar_t *name, const wchar_t *service,
				  unsigned int space, void *provider,
				  const void *hints, void *result,
				  void *timeout, void *overlapped,
				  void *routine, void *handle)
{
	int saved;
	int code = begin(result, &saved);

	if (!code)
		code = check_ex(space, provider, timeout, overlapped, routine,
				handle);
	if (!code)
		code = look_up_wide(name, service, (void *)hints, true,
				    result);
	return finish(code, saved);
}

/* No lookup is ever under way, since each is done when its call returns. */
WS_API int winsock_getaddrinfoexcancel(void *handle)
{
	(void)handle;
	return WSA_INVALID_HANDLE;
}

WS_API int winsock_getaddrinfoexoverlappedresult(void *overlapped)
{
	(void)overlapped;
	return WSAEINVAL;
}

/*
 * Names are registered nowhere: the DNS is not ours to write.  In another name
 * space there is nothing that one could write to either.
 */
static int register_name(const void *name, unsigned int space,
			 const void *provider, const void *timeout,
			 const void *overlapped, const void *routine,
			 const void *handle)
{
	int code = ws_started();

	if (!code)
		code = check_ex(space, provider, timeout, overlapped, routine,
				handle);
	if (!code)
		code = name ? WSAEACCES : WSAEINVAL;
	ws_last_error = code;
	return code;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"

WS_API int winsock_setaddrinfoexa(const char *name, const char *service,
				  void *addrs, unsigned int count, void *blob,
				  unsigned int flags, unsigned int space,
				  void *provider, void *timeout,
				  void *overlapped, void *routine,
				  void *handle)
{
	return register_name(name, space, provider, timeout, overlapped,
			     routine, handle);
}

WS_API int winsock_setaddrinfoexw(const wchar_t *name, const wchar_t *service,
				  void *addrs, unsigned int count, void *blob,
				  unsigned int flags, unsigned int space,
				  void *provider, void *timeout,
				  void *overlapped, void *routine,
				  void *handle)
{
	return register_name(name, space, provider, timeout, overlapped,
			     routine, handle);
}

#pragma GCC diagnostic pop

WS_API void winsock_freeaddrinfo(void *list)
{
	free_list(list, false);
}

WS_API void winsock_freeaddrinfow(void *list)
{
	free_list(list, false);
}

WS_API void winsock_freeaddrinfoex(void *list)
{
	free_list(list, true);
}

WS_API void winsock_freeaddrinfoexw(void *list)
{
	free_list(list, true);
}
