// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * WSALookupServiceBegin, Next, End: hosts and services of the DNS name space.
 *
 * Begin notes the question, the first Next asks libc, and every Next puts the
 * one answer there is into the caller's buffer, until it has fitted in.  A
 * lookup lives until End has been called and nobody uses it any more; End does
 * not wait for a Next that is asking.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "entries.h"
#include "pack.h"
#include "provider.h"

#define WSA_INVALID_HANDLE	6
#define WSA_E_NO_MORE		10110
#define WSA_E_CANCELLED		10111

#define LUP_CONTAINERS		0x0002
#define LUP_RETURN_NAME		0x0010
#define LUP_RETURN_TYPE		0x0020
#define LUP_RETURN_ADDR		0x0100
#define LUP_RETURN_BLOB		0x0200
#define LUP_RETURN_ALL		0x0ff0
#define LUP_FLUSHPREVIOUS	0x2000

#define DNS_TYPE_A		0x0001
#define DNS_TYPE_AAAA		0x001c

#define PROTOCOLS_MAX		16

/* WSAQUERYSET */
struct ws_query_set {
	__u32 size;
	void *name;
	struct ws_guid *class;
	void *version;
	void *comment;
	__u32 space;
	const struct ws_guid *provider;
	void *context;
	__u32 protocol_count;
	struct ws_protocol *protocols;
	void *query;
	__u32 address_count;
	struct ws_csaddr *addresses;
	__u32 output_flags;
	struct ws_blob *blob;
};

/* AFPROTOCOLS */
struct ws_protocol {
	int family;
	int protocol;
};

/* CSADDR_INFO */
struct ws_csaddr {
	struct {
		void *addr;
		int len;
	} local, remote;
	int type;
	int protocol;
};

/* BLOB */
struct ws_blob {
	__u32 size;
	void *data;
};

struct ws_lookup {
	struct ws_lookup *next;
	uintptr_t handle;	/* [const] */
	int users;		/* [@lookups_lock] */
	bool ended;		/* [@lookups_lock] */

	struct ws_guid class_id;
	enum ws_class class;
	__u32 flags;
	char *name;
	struct ws_protocol protocol[PROTOCOLS_MAX];
	int protocol_count;

	pthread_mutex_t lock;	/* of what follows, and while asking */
	bool asked;
	bool delivered;
	int code;
	struct ws_found found;
	__u16 port;		/* network byte order */
};

static pthread_mutex_t lookups_lock = PTHREAD_MUTEX_INITIALIZER;
static struct ws_lookup *lookups;	/* [@lookups_lock] */
static uintptr_t last_handle;		/* [@lookups_lock] */

static void lookup_free(struct ws_lookup *l)
{
	ws_found_free(&l->found);
	pthread_mutex_destroy(&l->lock);
	free(l->name);
	free(l);
}

/* fork() copies no half-changed list. */
static void fork_prepare(void)
{
	pthread_mutex_lock(&lookups_lock);
}

static void fork_parent(void)
{
	pthread_mutex_unlock(&lookups_lock);
}

/*
 * The parent's lookups mean nothing in the child, like its sockets.  One that a
 * thread is using stays where it is: in the child nobody could unlock it.
 */
static void fork_child(void)
{
	struct ws_lookup *l;

	while (lookups) {
		l = lookups;
		lookups = l->next;
		if (l->users == 1)
			lookup_free(l);
	}
	pthread_mutex_unlock(&lookups_lock);
}

__attribute__((constructor)) static void lookups_init(void)
{
	pthread_atfork(fork_prepare, fork_parent, fork_child);
}

static struct ws_lookup **find(void *handle)
{
	struct ws_lookup **at = &lookups;

	while (*at && (*at)->handle != (uintptr_t)handle)
		at = &(*at)->next;
	return at;
}

static struct ws_lookup *lookup_get(void *handle)
{
	struct ws_lookup *l;

	pthread_mutex_lock(&lookups_lock);
	l = *find(handle);
	if (l)
		l->users++;
	pthread_mutex_unlock(&lookups_lock);
	return l;
}

/* Returns whether End was called meanwhile. */
static bool lookup_put(struct ws_lookup *l)
{
	bool ended;
	bool last;

	pthread_mutex_lock(&lookups_lock);
	ended = l->ended;
	last = !--l->users;
	pthread_mutex_unlock(&lookups_lock);
	if (last)
		lookup_free(l);
	return ended;
}

static int check_query(const struct ws_query_set *q, __u32 flags)
{
	if (q->size < sizeof(*q) || !q->class ||
	    q->protocol_count > PROTOCOLS_MAX ||
	    (q->protocol_count && !q->protocols))
		return WSAEINVAL;
	if ((q->space != WS_NS_ALL && q->space != WS_NS_DNS) ||
	    (q->provider && !ws_guid_is(q->provider, &ws_dns_provider)) ||
	    ws_class_of(q->class) == WS_CLASS_NONE)
		return WSASERVICE_NOT_FOUND;
	/* hosts contain nothing */
	return flags & LUP_CONTAINERS ? WSANO_DATA : 0;
}

static int lookup_begin(const struct ws_query_set *q, __u32 flags, bool wide,
			void **handle)
{
	struct ws_lookup *l = calloc(1, sizeof(*l));

	if (!l)
		return WSA_NOT_ENOUGH_MEMORY;
	if (!q->name)
		l->name = strdup("");
	else
		l->name = wide ? ws_narrow(q->name) : strdup(q->name);
	if (!l->name) {
		free(l);
		return WSA_NOT_ENOUGH_MEMORY;
	}
	l->class_id = *q->class;
	l->class = ws_class_of(q->class);
	l->flags = flags;
	l->protocol_count = q->protocol_count;
	if (l->protocol_count)
		memcpy(l->protocol, q->protocols,
		       l->protocol_count * sizeof(*q->protocols));
	l->users = 1;
	pthread_mutex_init(&l->lock, NULL);

	pthread_mutex_lock(&lookups_lock);
	last_handle += 4;
	l->handle = last_handle;
	l->next = lookups;
	lookups = l;
	pthread_mutex_unlock(&lookups_lock);
	*handle = (void *)l->handle;
	return 0;
}

static int begin(const struct ws_query_set *q, __u32 flags, bool wide,
		 void **handle)
{
	int saved = errno;
	int code = ws_started();

	if (!code && (!q || !handle))
		code = WSAEFAULT;
	if (!code)
		code = check_query(q, flags);
	if (!code)
		code = lookup_begin(q, flags, wide, handle);
	errno = saved;
	return ws_result(code);
}

WS_API int winsock_wsalookupservicebegina(void *query, unsigned int flags,
					  void *lookup)
{
	return begin(query, flags, false, lookup);
}

WS_API int winsock_wsalookupservicebeginw(void *query, unsigned int flags,
					  void *lookup)
{
	return begin(query, flags, true, lookup);
}

/* The one family that is asked for, or 0. */
static int family_of(const struct ws_lookup *l)
{
	int family = l->protocol_count ? l->protocol[0].family : 0;
	int i;

	for (i = 1; i < l->protocol_count; i++)
		if (l->protocol[i].family != family)
			return 0;
	if (l->protocol_count)
		return family;
	if (l->class == WS_CLASS_BY_NAME || l->class_id.data3 == DNS_TYPE_A)
		return WINSOCK_AF_INET;
	return l->class_id.data3 == DNS_TYPE_AAAA ? WINSOCK_AF_INET6 : 0;
}

static int ask_by_address(struct ws_lookup *l)
{
	struct ws_hostent *host;
	__u32 addr = winsock_inet_addr(l->name);

	if (addr == 0xffffffff)
		return WSAEINVAL;
	ws_found_add(&l->found, WINSOCK_AF_INET, &addr, 0);
	host = winsock_gethostbyaddr((char *)&addr, sizeof(addr),
				     WINSOCK_AF_INET);
	if (!host)
		return ws_last_error;
	l->found.canon = strdup(host->name);
	return l->found.canon ? l->found.error : WSA_NOT_ENOUGH_MEMORY;
}

/* "name/protocol", or a name of any protocol. */
static int ask_service(struct ws_lookup *l)
{
	struct ws_servent *service;
	char *slash = strchr(l->name, '/');
	char *name = strdup(l->name);

	if (!name)
		return WSA_NOT_ENOUGH_MEMORY;
	if (slash)
		name[slash - l->name] = '\0';
	service = winsock_getservbyname(name, slash ? slash + 1 : NULL);
	free(name);
	if (!service)
		return WSASERVICE_NOT_FOUND;
	l->port = service->port;
	l->found.canon = strdup(service->name);
	return l->found.canon ? 0 : WSA_NOT_ENOUGH_MEMORY;
}

static int ask(struct ws_lookup *l)
{
	int code;

	switch (l->class) {
	case WS_CLASS_BY_ADDRESS:
		return ask_by_address(l);
	case WS_CLASS_SERVICE:
		return ask_service(l);
	case WS_CLASS_TCP:
	case WS_CLASS_UDP:
		if (!l->class_id.data3)
			l->port = winsock_htons(ws_class_port(&l->class_id));
		break;
	default:
		break;
	}
	code = ws_resolve(l->name, family_of(l), 0, &l->found);
	if (!code && !l->found.canon)
		l->found.canon = strdup(l->name);
	return code;
}

/* Whether an answer's address may be had with a protocol. */
static bool is_wanted(const struct ws_lookup *l, int family, int protocol)
{
	int i;

	if (protocol == WINSOCK_IPPROTO_TCP ? l->class == WS_CLASS_UDP :
					      l->class == WS_CLASS_TCP &&
					      !l->class_id.data3)
		return false;
	for (i = 0; i < l->protocol_count; i++)
		if (l->protocol[i].family == family &&
		    l->protocol[i].protocol == protocol)
			return true;
	return !l->protocol_count;
}

static void *pack_sockaddr(struct ws_pack *pack, int family,
			   const struct ws_addr *addr, __u16 port)
{
	struct winsock_sockaddr_in6 in6 = { .sin6_family = family };
	struct winsock_sockaddr_in in = { .sin_family = family };

	if (family == WINSOCK_AF_INET) {
		in.sin_port = port;
		if (addr)
			memcpy(&in.sin_addr, addr->byte, 4);
		return ws_pack_bytes(pack, &in, sizeof(in));
	}
	in6.sin6_port = port;
	if (addr) {
		memcpy(in6.sin6_addr, addr->byte, 16);
		in6.sin6_scope_id = addr->scope;
	}
	return ws_pack_bytes(pack, &in6, sizeof(in6));
}

static void pack_csaddr(struct ws_pack *pack, struct ws_csaddr *cs,
			const struct ws_addr *addr, __u16 port, int protocol)
{
	int family = addr->family;
	int len = family == WINSOCK_AF_INET ?
		  sizeof(struct winsock_sockaddr_in) :
		  sizeof(struct winsock_sockaddr_in6);
	void *local = pack_sockaddr(pack, family, NULL, 0);
	void *remote = pack_sockaddr(pack, family, addr, port);

	if (!cs)
		return;
	cs->local.addr = local;
	cs->local.len = len;
	cs->remote.addr = remote;
	cs->remote.len = len;
	cs->type = protocol == WINSOCK_IPPROTO_TCP ? WINSOCK_SOCK_STREAM :
						     WINSOCK_SOCK_DGRAM;
	cs->protocol = protocol;
}

/* Every address with every protocol.  Returns how many. */
static int pack_addresses(struct ws_pack *pack, const struct ws_lookup *l,
			  struct ws_csaddr **out)
{
	static const int protocols[] = {
		WINSOCK_IPPROTO_TCP, WINSOCK_IPPROTO_UDP
	};
	const struct ws_addr *addr;
	int count = 0;
	int at = 0;
	int pass;
	int i, p;

	for (pass = 0; pass < 2; pass++) {
		if (pass)
			*out = ws_pack_room(pack, count * sizeof(**out),
					    sizeof(void *));
		for (i = 0; i < l->found.count * 2; i++) {
			addr = &l->found.addr[i / 2];
			p = protocols[i % 2];
			if (!is_wanted(l, addr->family, p))
				continue;
			if (pass)
				pack_csaddr(pack, *out ? *out + at++ : NULL,
					    addr, l->port, p);
			else
				count++;
		}
	}
	return count;
}

/*
 * A hostent of the IPv4 addresses, in which a pointer is the distance from the
 * hostent.
 */
static void pack_hostent(struct ws_pack *pack, const struct ws_lookup *l,
			 struct ws_blob **out)
{
	struct ws_blob *blob = ws_pack_room(pack, sizeof(*blob),
					    sizeof(void *));
	struct ws_pack inner = { .size = SIZE_MAX };
	size_t count = 0;
	uintptr_t *list;
	char *base;
	size_t size;
	int i;

	for (i = 0; i < l->found.count; i++)
		count += l->found.addr[i].family == WINSOCK_AF_INET;
	size = sizeof(struct ws_hostent) + (count + 2) * sizeof(char *) +
	       count * 4 + strlen(l->found.canon) + 1;
	base = ws_pack_room(pack, size, sizeof(void *));
	*out = blob;
	if (!base)
		return;
	blob->size = size;
	blob->data = base;
	inner.base = base;
	inner.used = sizeof(struct ws_hostent);
	((struct ws_hostent *)base)->addrtype = WINSOCK_AF_INET;
	((struct ws_hostent *)base)->length = 4;
	((struct ws_hostent *)base)->aliases = (char **)inner.used;
	inner.used += sizeof(char *);
	((struct ws_hostent *)base)->addr_list = (char **)inner.used;
	list = (uintptr_t *)(base + inner.used);
	inner.used += (count + 1) * sizeof(char *);
	for (i = 0; i < l->found.count; i++) {
		if (l->found.addr[i].family != WINSOCK_AF_INET)
			continue;
		memcpy(base + inner.used, l->found.addr[i].byte, 4);
		*list++ = inner.used;
		inner.used += 4;
	}
	((struct ws_hostent *)base)->name = (char *)inner.used;
	strcpy(base + inner.used, l->found.canon);
}

static void pack_answer(struct ws_pack *pack, struct ws_lookup *l, __u32 flags)
{
	struct ws_query_set *q = ws_pack_room(pack, sizeof(*q),
					      sizeof(void *));
	struct ws_query_set out = {
		.size = sizeof(out),
		.space = WS_NS_DNS,
	};

	out.provider = ws_pack_bytes(pack, &ws_dns_provider,
				     sizeof(ws_dns_provider));
	if (flags & LUP_RETURN_TYPE)
		out.class = ws_pack_bytes(pack, &l->class_id,
					  sizeof(l->class_id));
	if (flags & LUP_RETURN_ADDR)
		out.address_count = pack_addresses(pack, l, &out.addresses);
	if (flags & LUP_RETURN_BLOB && l->found.count && l->found.canon)
		pack_hostent(pack, l, &out.blob);
	if (flags & LUP_RETURN_NAME)
		out.name = ws_pack_text(pack, l->found.canon);
	if (q && ws_pack_fits(pack))
		*q = out;
}

/* Flags here narrow what Begin asked for. */
static int next_answer(struct ws_lookup *l, __u32 flags, unsigned int *len,
		       struct ws_pack *pack)
{
	__u32 narrowed = flags & LUP_RETURN_ALL;

	if (!l->asked) {
		l->code = ask(l);
		l->asked = true;
	}
	if (l->code)
		return l->code;
	if (l->delivered)
		return WSA_E_NO_MORE;
	pack_answer(pack, l, narrowed ? l->flags & narrowed : l->flags);
	if (ws_pack_fits(pack)) {
		l->delivered = true;
		return 0;
	}
	*len = pack->used;
	l->delivered = flags & LUP_FLUSHPREVIOUS;
	return WSAEFAULT;
}

static int next(void *handle, __u32 flags, unsigned int *len, void *result,
		bool wide)
{
	struct ws_pack pack = { .base = result, .wide = wide };
	struct ws_lookup *l = NULL;
	int saved = errno;
	int code = ws_started();

	if (!code) {
		l = lookup_get(handle);
		code = !l ? WSA_INVALID_HANDLE : !len ? WSAEFAULT : 0;
	}
	if (!code) {
		pack.size = result ? *len : 0;
		pthread_mutex_lock(&l->lock);
		code = next_answer(l, flags, len, &pack);
		pthread_mutex_unlock(&l->lock);
	}
	if (l && lookup_put(l))
		code = WSA_E_CANCELLED;
	errno = saved;
	return ws_result(code);
}

WS_API int winsock_wsalookupservicenexta(void *lookup, unsigned int flags,
					 unsigned int *len, void *result)
{
	return next(lookup, flags, len, result, false);
}

WS_API int winsock_wsalookupservicenextw(void *lookup, unsigned int flags,
					 unsigned int *len, void *result)
{
	return next(lookup, flags, len, result, true);
}

WS_API int winsock_wsalookupserviceend(void *lookup)
{
	struct ws_lookup **at;
	struct ws_lookup *l;
	int code = ws_started();

	if (code)
		return ws_result(code);
	pthread_mutex_lock(&lookups_lock);
	at = find(lookup);
	l = *at;
	if (l) {
		*at = l->next;
		l->ended = true;
	}
	pthread_mutex_unlock(&lookups_lock);
	if (l)
		lookup_put(l);
	return ws_result(l ? 0 : WSA_INVALID_HANDLE);
}

/**
 * ws_lookups_end - what the last WSACleanup does to lookups that are open
 *
 * As WSALookupServiceEnd on each.
 */
void ws_lookups_end(void)
{
	struct ws_lookup *list, *l;

	pthread_mutex_lock(&lookups_lock);
	list = lookups;
	lookups = NULL;
	for (l = list; l; l = l->next)
		l->ended = true;
	pthread_mutex_unlock(&lookups_lock);
	while ((l = list)) {
		list = l->next;
		lookup_put(l);
	}
}

/* The DNS tells nobody that it has changed. */
WS_API int winsock_wsanspioctl(void *lookup, unsigned int code, void *in,
			       unsigned int in_len, void *out,
			       unsigned int out_len, unsigned int *returned,
			       void *completion)
{
	struct ws_lookup *l;
	int err = ws_started();

	(void)code;
	(void)in;
	(void)in_len;
	(void)out;
	(void)out_len;
	(void)completion;
	if (err)
		return ws_result(err);
	l = lookup_get(lookup);
	if (!l)
		return ws_result(WSA_INVALID_HANDLE);
	lookup_put(l);
	return ws_result(returned ? WSAEOPNOTSUPP : WSAEFAULT);
}
