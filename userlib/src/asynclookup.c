// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * WSAAsyncGetXbyY: lookups by threads of the library, whose end is a message.
 *
 * A request is on one list from its start to its message or its cancellation,
 * whichever comes first: who takes it off the list decides.  The answer goes to
 * the caller's buffer, and the message into its queue, with the list's lock held
 * and the request still there, so that a cancelled request does neither.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "entries.h"
#include "pack.h"
#include "thread.h"

/* Lookups at a time; the others wait for their turn. */
#define WORKERS_MAX	8

/* No answer is longer: see WS_HOST_SIZE, which ws_copy() can move. */
#define ANSWER_MAX	4096

enum kind {
	HOST_BY_NAME,
	HOST_BY_ADDR,
	SERVICE_BY_NAME,
	SERVICE_BY_PORT,
	PROTOCOL_BY_NAME,
	PROTOCOL_BY_NUMBER,
};

/*
 * @name and @proto are copies, behind the structure, or NULL; @number is an
 * address family, a port or a protocol; @bad, that an argument cannot be read.
 */
struct request {
	struct request *next;
	enum kind kind;
	char *name;
	char *proto;
	int len;
	int number;
	int bad;
	/* where the answer goes, and what tells of it */
	char *buf;
	size_t size;
	void *window;
	unsigned int message;
	uintptr_t task;
	/* of the list, under its lock */
	int running;		/* a worker has it */
	int cancelled;		/* that worker frees it and does nothing else */
};

/* All under this. */
static pthread_mutex_t requests_lock = PTHREAD_MUTEX_INITIALIZER;
static struct request *requests;	/* oldest first */
static int workers;
static uintptr_t last_task;

/* The place in the list of a task that is on it, or of the list's end. */
static struct request **find_task(uintptr_t task)
{
	struct request **at = &requests;

	while (*at && (*at)->task != task)
		at = &(*at)->next;
	return at;
}

/* Takes a request off the list; a worker that has it frees it. */
static void cancel_locked(struct request **at)
{
	struct request *r = *at;

	*at = r->next;
	r->cancelled = 1;
	if (!r->running)
		free(r);
}

/* Where a pointer into the answer will point when it is in the caller's. */
static void *moved(const struct request *r, const struct ws_pack *pack,
		   const void *p)
{
	return p ? r->buf + ((const char *)p - pack->base) : NULL;
}

/* Room for a list of pointers, as it stands in the answer. */
static char **list_room(struct ws_pack *pack, char **from)
{
	int count = 0;

	while (from[count])
		count++;
	return ws_pack_room(pack, (count + 1) * sizeof(*from), sizeof(*from));
}

/* The pieces of a list, of @len bytes each, or strings if that is 0. */
static void fill_list(const struct request *r, struct ws_pack *pack,
		      char **list, char **from, int len)
{
	void *piece;
	int i;

	for (i = 0; from[i]; i++) {
		piece = len ? ws_pack_room(pack, len, 1) :
			      ws_pack_text(pack, from[i]);
		if (piece && len)
			memcpy(piece, from[i], len);
		if (list)
			list[i] = moved(r, pack, piece);
	}
}

/* In Windows' order: structure, pointers, addresses, names. */
static void pack_host(const struct request *r, struct ws_pack *pack,
		      const struct ws_hostent *from)
{
	struct ws_hostent *to = ws_pack_room(pack, sizeof(*to),
					     sizeof(void *));
	char **aliases = list_room(pack, from->aliases);
	char **addrs = list_room(pack, from->addr_list);
	char *name;

	fill_list(r, pack, addrs, from->addr_list, from->length);
	name = ws_pack_text(pack, from->name);
	fill_list(r, pack, aliases, from->aliases, 0);
	if (!to)
		return;
	*to = *from;
	to->name = moved(r, pack, name);
	to->aliases = moved(r, pack, aliases);
	to->addr_list = moved(r, pack, addrs);
}

static void pack_service(const struct request *r, struct ws_pack *pack,
			 const struct ws_servent *from)
{
	struct ws_servent *to = ws_pack_room(pack, sizeof(*to),
					     sizeof(void *));
	char **aliases = list_room(pack, from->aliases);
	char *name = ws_pack_text(pack, from->name);
	char *proto = ws_pack_text(pack, from->proto);

	fill_list(r, pack, aliases, from->aliases, 0);
	if (!to)
		return;
	*to = *from;
	to->name = moved(r, pack, name);
	to->aliases = moved(r, pack, aliases);
	to->proto = moved(r, pack, proto);
}

static void pack_protocol(const struct request *r, struct ws_pack *pack,
			  const struct ws_protoent *from)
{
	struct ws_protoent *to = ws_pack_room(pack, sizeof(*to),
					      sizeof(void *));
	char **aliases = list_room(pack, from->aliases);
	char *name = ws_pack_text(pack, from->name);

	fill_list(r, pack, aliases, from->aliases, 0);
	if (!to)
		return;
	*to = *from;
	to->name = moved(r, pack, name);
	to->aliases = moved(r, pack, aliases);
}

/* Asks, and packs the answer.  Returns 0 or a code. */
static int ask(const struct request *r, struct ws_pack *pack)
{
	struct ws_protoent *protocol;
	struct ws_servent *service;
	struct ws_hostent *host;

	switch (r->kind) {
	case HOST_BY_NAME:
	case HOST_BY_ADDR:
		host = r->kind == HOST_BY_NAME ?
		       winsock_gethostbyname(r->name) :
		       winsock_gethostbyaddr(r->name, r->len, r->number);
		if (!host)
			return ws_last_error;
		pack_host(r, pack, host);
		return 0;
	case SERVICE_BY_NAME:
	case SERVICE_BY_PORT:
		service = r->kind == SERVICE_BY_NAME ?
			  winsock_getservbyname(r->name, r->proto) :
			  winsock_getservbyport(r->number, r->proto);
		if (!service)
			return ws_last_error;
		pack_service(r, pack, service);
		return 0;
	default:
		protocol = r->kind == PROTOCOL_BY_NAME ?
			   winsock_getprotobyname(r->name) :
			   winsock_getprotobynumber(r->number);
		if (!protocol)
			return ws_last_error;
		pack_protocol(r, pack, protocol);
		return 0;
	}
}

/*
 * The answer into the caller's buffer, and the message that tells: the length
 * that it has or would have below, the code above.  WSAENOBUFS if the queue of
 * messages is full.
 */
static int deliver_locked(struct request *r, const struct ws_pack *pack,
			  int code)
{
	if (!code && !ws_pack_fits(pack))
		code = WSAENOBUFS;
	if (!code)
		code = ws_copy(r->buf, pack->base, pack->used);
	return ws_post_message(r->window, r->message, r->task,
			       (uint32_t)code << 16 | (pack->used & 0xffff));
}

/* Until the program reads messages, or takes the request back. */
static void finish(struct request *r, const struct ws_pack *pack, int code)
{
	const struct timespec pause = { .tv_nsec = 10000000 };

	pthread_mutex_lock(&requests_lock);
	while (!r->cancelled) {
		if (deliver_locked(r, pack, code) != WSAENOBUFS) {
			*find_task(r->task) = r->next;
			break;
		}
		pthread_mutex_unlock(&requests_lock);
		nanosleep(&pause, NULL);
		pthread_mutex_lock(&requests_lock);
	}
	pthread_mutex_unlock(&requests_lock);
}

static void serve(struct request *r)
{
	char answer[ANSWER_MAX] __attribute__((aligned(sizeof(void *))));
	struct ws_pack pack = {
		.base = answer,
		.size = r->size < sizeof(answer) ? r->size : sizeof(answer),
	};
	int code = r->bad || !r->buf ? WSAEFAULT : ask(r, &pack);

	finish(r, &pack, code);
	free(r);
}

/* The oldest request that nobody has, or NULL: then the worker is none. */
static struct request *next_request(void)
{
	struct request *r;

	pthread_mutex_lock(&requests_lock);
	for (r = requests; r && r->running; r = r->next)
		;
	if (r)
		r->running = 1;
	else
		workers--;
	pthread_mutex_unlock(&requests_lock);
	return r;
}

static void *work(void *unused)
{
	struct request *r;

	(void)unused;
	while ((r = next_request()))
		serve(r);
	return NULL;
}

/* Puts a request on the list and sees to it that somebody serves it. */
static uintptr_t enqueue(struct request *r)
{
	struct request **end;
	uintptr_t task = 0;

	pthread_mutex_lock(&requests_lock);
	workers++;
	if (workers > WORKERS_MAX || ws_start_thread(work, NULL))
		workers--;
	/* Whoever there is takes the lock before it looks. */
	if (workers) {
		do {
			last_task++;
			end = find_task(last_task);
		} while (!last_task || *end);
		for (end = &requests; *end; end = &(*end)->next)
			;
		*end = r;
		r->task = last_task;
		task = last_task;
	}
	pthread_mutex_unlock(&requests_lock);
	return task;
}

/*
 * Starts a request that is described by @from, with a copy of its strings: the
 * caller's may be gone when it is served.
 */
static void *start(const struct request *from, const char *name, size_t len,
		   const char *proto, void *window, unsigned int message)
{
	size_t proto_len = proto ? strlen(proto) + 1 : 0;
	int code = ws_started();
	struct request *r = NULL;
	uintptr_t task = 0;

	if (!code)
		r = malloc(sizeof(*r) + len + proto_len);
	if (r) {
		*r = *from;
		r->window = window;
		r->message = message;
		r->name = name ? memcpy(r + 1, name, len) : NULL;
		r->proto = proto ? memcpy((char *)(r + 1) + len, proto,
					  proto_len) : NULL;
		task = enqueue(r);
		if (!task)
			free(r);
	}
	ws_result(code ? code : task ? 0 : WSAEWOULDBLOCK);
	return (void *)task;
}

static size_t room(int len)
{
	return len > 0 ? len : 0;
}

static size_t length(const char *name)
{
	return name ? strlen(name) + 1 : 0;
}

WS_API void *winsock_wsaasyncgethostbyname(void *window, unsigned int message,
					   const char *name, char *buf,
					   int len)
{
	struct request r = {
		.kind = HOST_BY_NAME,
		.bad = !name,
		.buf = buf,
		.size = room(len),
	};

	return start(&r, name, length(name), NULL, window, message);
}

WS_API void *winsock_wsaasyncgethostbyaddr(void *window, unsigned int message,
					   const char *addr, int addrlen,
					   int type, char *buf, int len)
{
	/* What no address has is not read, only told. */
	size_t size = addrlen < 4 ? 0 : addrlen < 16 ? 4 : 16;
	struct request r = {
		.kind = HOST_BY_ADDR,
		.len = addrlen,
		.number = type,
		.bad = !addr,
		.buf = buf,
		.size = room(len),
	};

	return start(&r, addr, addr ? size : 0, NULL, window, message);
}

WS_API void *winsock_wsaasyncgetservbyname(void *window, unsigned int message,
					   const char *name,
					   const char *proto, char *buf,
					   int len)
{
	struct request r = {
		.kind = SERVICE_BY_NAME,
		.bad = !name,
		.buf = buf,
		.size = room(len),
	};

	return start(&r, name, length(name), proto, window, message);
}

WS_API void *winsock_wsaasyncgetservbyport(void *window, unsigned int message,
					   int port, const char *proto,
					   char *buf, int len)
{
	struct request r = {
		.kind = SERVICE_BY_PORT,
		.number = port,
		.buf = buf,
		.size = room(len),
	};

	return start(&r, NULL, 0, proto, window, message);
}

WS_API void *winsock_wsaasyncgetprotobyname(void *window, unsigned int message,
					    const char *name, char *buf,
					    int len)
{
	struct request r = {
		.kind = PROTOCOL_BY_NAME,
		.bad = !name,
		.buf = buf,
		.size = room(len),
	};

	return start(&r, name, length(name), NULL, window, message);
}

WS_API void *winsock_wsaasyncgetprotobynumber(void *window,
					      unsigned int message, int number,
					      char *buf, int len)
{
	struct request r = {
		.kind = PROTOCOL_BY_NUMBER,
		.number = number,
		.buf = buf,
		.size = room(len),
	};

	return start(&r, NULL, 0, NULL, window, message);
}

WS_API int winsock_wsacancelasyncrequest(void *task)
{
	uintptr_t number = (uintptr_t)task;
	int code = ws_started();
	struct request **at;

	if (code)
		return ws_result(code);
	pthread_mutex_lock(&requests_lock);
	at = find_task(number);
	if (*at)
		cancel_locked(at);
	else
		code = number && number <= last_task ? WSAEALREADY : WSAEINVAL;
	pthread_mutex_unlock(&requests_lock);
	return ws_result(code);
}

/* The last WSACleanup: no request of before sends a message. */
void ws_requests_end(void)
{
	pthread_mutex_lock(&requests_lock);
	while (requests)
		cancel_locked(&requests);
	pthread_mutex_unlock(&requests_lock);
}

static void fork_prepare(void)
{
	pthread_mutex_lock(&requests_lock);
}

static void fork_parent(void)
{
	pthread_mutex_unlock(&requests_lock);
}

/* The parent's workers are not here, and serve the parent. */
static void fork_child(void)
{
	struct request *r;

	workers = 0;
	while ((r = requests)) {
		requests = r->next;
		free(r);
	}
	pthread_mutex_unlock(&requests_lock);
}

__attribute__((constructor)) static void requests_init(void)
{
	pthread_atfork(fork_prepare, fork_parent, fork_child);
}
