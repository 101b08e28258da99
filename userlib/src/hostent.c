// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * gethostbyname, gethostbyaddr and the machine's own name.
 *
 * A thread's hostent is one piece of memory in Windows' order: the structure,
 * the aliases' pointers, the addresses' pointers, the addresses, the names.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "entries.h"
#include "names.h"
#include "text.h"
#include "thread.h"

#define ALIASES_MAX	32
#define NAME_MAX_LEN	1024
#define ANSWER_MAX	65536

static char *put_string(char *to, const char *from)
{
	return stpcpy(to, from) + 1;
}

/*
 * Counts the aliases and addresses for which the room is enough: names first,
 * and then as many addresses as go in.
 */
static void count_entries(const struct hostent *from, int *aliases, int *addrs)
{
	size_t left = WS_HOST_SIZE - sizeof(struct ws_hostent) -
		      2 * sizeof(char *) - strlen(from->h_name) - 1;
	size_t need;

	for (*aliases = 0; *aliases < ALIASES_MAX && from->h_aliases[*aliases];
	     ++*aliases) {
		need = sizeof(char *) + strlen(from->h_aliases[*aliases]) + 1;
		if (need > left / 2)
			break;
		left -= need;
	}
	need = sizeof(char *) + from->h_length;
	for (*addrs = 0; from->h_addr_list[*addrs] && need <= left; ++*addrs)
		left -= need;
}

/* Copies libc's answer into the thread's hostent. */
static struct ws_hostent *keep(const struct hostent *from)
{
	struct ws_entries *entries = ws_entries();
	struct ws_hostent *host;
	int aliases;
	int addrs;
	char *to;
	int i;

	if (!entries || strlen(from->h_name) > NAME_MAX_LEN)
		return NULL;
	count_entries(from, &aliases, &addrs);
	host = &entries->host;
	host->aliases = (char **)(host + 1);
	host->addr_list = host->aliases + aliases + 1;
	host->addrtype = from->h_addrtype == AF_INET6 ? WINSOCK_AF_INET6 :
			 WINSOCK_AF_INET;
	host->length = from->h_length;

	to = (char *)(host->addr_list + addrs + 1);
	for (i = 0; i < addrs; i++) {
		host->addr_list[i] = to;
		to = mempcpy(to, from->h_addr_list[i], from->h_length);
	}
	host->addr_list[addrs] = NULL;
	host->name = to;
	to = put_string(to, from->h_name);
	for (i = 0; i < aliases; i++) {
		host->aliases[i] = to;
		to = put_string(to, from->h_aliases[i]);
	}
	host->aliases[aliases] = NULL;
	return host;
}

/* A hostent of addresses, of one family, that did not come from libc. */
static int keep_found(const char *name, const struct ws_found *found,
		      struct ws_hostent **host)
{
	bool ip4 = found->addr->family == WINSOCK_AF_INET;
	char *none = NULL;
	struct hostent from = {
		.h_name = (char *)name,
		.h_aliases = &none,
		.h_addrtype = ip4 ? AF_INET : AF_INET6,
		.h_length = ip4 ? 4 : 16,
	};
	int i;

	from.h_addr_list = calloc(found->count + 1, sizeof(char *));
	if (!from.h_addr_list)
		return WSA_NOT_ENOUGH_MEMORY;
	for (i = 0; i < found->count; i++)
		from.h_addr_list[i] = (char *)found->addr[i].byte;
	*host = keep(&from);
	free(from.h_addr_list);
	return *host ? 0 : WSA_NOT_ENOUGH_MEMORY;
}

/* A question for libc: a name, or with a length an address. */
struct question {
	const char *key;
	int len;
	int family;
};

/* libc's answer: an entry, or why there is none, as h_errno has it. */
struct answer {
	struct hostent entry;
	struct hostent *found;
	int err;
};

static int ask_once(const struct question *q, char *buf, size_t size,
		    struct answer *a)
{
	int ret;

	if (q->len)
		ret = gethostbyaddr_r(q->key, q->len, q->family, &a->entry, buf,
				      size, &a->found, &a->err);
	else
		ret = gethostbyname2_r(q->key, q->family, &a->entry, buf, size,
				       &a->found, &a->err);
	if (ret)
		a->found = NULL;
	return ret == ERANGE && a->err == NETDB_INTERNAL ? -ERANGE : 0;
}

/*
 * A question that another thread asks, so that this one's blocking hook can run
 * meanwhile.  Belongs to both: whoever leaves last frees it.
 */
struct inquiry {
	struct question q;
	struct answer a;
	int users;
	int over;		/* a futex */
	char key[NAME_MAX_LEN + 1];
	char buf[ANSWER_MAX];
};

static void inquiry_put(struct inquiry *inq)
{
	if (!__atomic_sub_fetch(&inq->users, 1, __ATOMIC_ACQ_REL))
		free(inq);
}

static void *inquire(void *arg)
{
	struct inquiry *inq = arg;

	ask_once(&inq->q, inq->buf, sizeof(inq->buf), &inq->a);
	__atomic_store_n(&inq->over, 1, __ATOMIC_RELEASE);
	syscall(SYS_futex, &inq->over, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	inquiry_put(inq);
	return NULL;
}

/* For ws_block().  In the child of a fork() nobody asks any more. */
static int await_answer(void *arg)
{
	const struct timespec brief = { .tv_nsec = 20000000 };
	struct inquiry *inq = arg;

	if (!__atomic_load_n(&ws_version1, __ATOMIC_RELAXED))
		return WSANOTINITIALISED;
	if (!__atomic_load_n(&inq->over, __ATOMIC_ACQUIRE))
		syscall(SYS_futex, &inq->over, FUTEX_WAIT_PRIVATE, 0, &brief,
			NULL, 0);
	return __atomic_load_n(&inq->over, __ATOMIC_ACQUIRE) ?
	       0 : WSAEINPROGRESS;
}

/* A copy of @q, asked already; or NULL. */
static struct inquiry *inquiry_start(const struct question *q)
{
	size_t len = q->len ? (size_t)q->len : strlen(q->key) + 1;
	struct inquiry *inq = NULL;

	if (len <= sizeof(inq->key))
		inq = calloc(1, sizeof(*inq));
	if (!inq)
		return NULL;
	inq->q = *q;
	inq->q.key = memcpy(inq->key, q->key, len);
	inq->users = 2;
	if (!ws_start_thread(inquire, inq))
		return inq;
	free(inq);
	return NULL;
}

static int code_of_answer(const struct question *q, const struct answer *a,
			  struct ws_hostent **host)
{
	if (a->found) {
		*host = keep(a->found);
		return *host ? 0 : WSA_NOT_ENOUGH_MEMORY;
	}
	switch (a->err) {
	case HOST_NOT_FOUND:
		return q->len ? WSAHOST_NOT_FOUND : ws_no_such_name(q->key);
	case TRY_AGAIN:
		return WSATRY_AGAIN;
	case NO_DATA:
		return WSANO_DATA;
	default:
		return WSANO_RECOVERY;
	}
}

/* Asks with more and more room for the answer. */
static int ask_libc(const struct question *q, struct ws_hostent **host)
{
	size_t size = 1024;
	struct answer a = { .found = NULL };
	int ret = -ERANGE;
	int code = 0;
	char *buf;

	while (ret == -ERANGE && size <= ANSWER_MAX) {
		buf = malloc(size);
		if (!buf)
			return WSA_NOT_ENOUGH_MEMORY;
		ret = ask_once(q, buf, size, &a);
		if (!ret)
			code = code_of_answer(q, &a, host);
		free(buf);
		size *= 2;
	}
	return ret ? WSANO_RECOVERY : code;
}

/* A lookup that blocks, as Winsock 1.1 has it where that is spoken. */
static int ask(const struct question *q, struct ws_hostent **host)
{
	struct inquiry *inq = NULL;
	int code;

	if (__atomic_load_n(&ws_version1, __ATOMIC_RELAXED))
		inq = inquiry_start(q);
	if (!inq)
		return ask_libc(q, host);
	code = ws_block(await_answer, inq);
	if (!code)
		code = code_of_answer(q, &inq->a, host);
	inquiry_put(inq);
	return code;
}

/* Text of an address that is not one of IPv4, or not a good one. */
static bool is_other_literal(const char *name)
{
	return strchr(name, ':') || !name[strspn(name, "0123456789.")];
}

static int find_name(const char *name, struct ws_hostent **host)
{
	struct question q = { .key = name, .family = AF_INET };
	struct ws_found found = { 0 };
	char own[WS_NAME_SIZE];
	const char *end;
	__u32 addr;
	int code;

	end = ws_parse_parts(name, &addr);
	if (end && !*end) {
		addr = winsock_htonl(addr);
		ws_found_add(&found, WINSOCK_AF_INET, &addr, 0);
	} else if (ws_is_own_name(name)) {
		ws_own_name(own);
		name = own;
		ws_add_own(&found, WINSOCK_AF_INET);
	} else if (ws_is_localhost(name)) {
		addr = winsock_htonl(INADDR_LOOPBACK);
		ws_found_add(&found, WINSOCK_AF_INET, &addr, 0);
	} else {
		return is_other_literal(name) ? WSANO_DATA :
		       ask(&q, host);
	}
	code = found.error;
	if (!code)
		code = found.count ? keep_found(name, &found, host) :
		       WSANO_DATA;
	ws_found_free(&found);
	return code;
}

WS_API struct ws_hostent *winsock_gethostbyname(const char *name)
{
	struct ws_hostent *host = NULL;
	int saved = errno;
	int code = ws_started();

	if (!code)
		code = find_name(name ? name : "", &host);
	errno = saved;
	ws_last_error = code;
	return code ? NULL : host;
}

static int check_address(const void *addr, int len, int family)
{
	switch (family) {
	case WINSOCK_AF_INET:
		return !addr || len < 4 ? WSAEFAULT : 0;
	case WINSOCK_AF_INET6:
		return !addr ? WSAEFAULT : len != 16 ? WSAEINVAL : 0;
	default:
		return WSAEAFNOSUPPORT;
	}
}

/* An own address that the resolver has no name for has the machine's. */
static int find_address(const struct question *q, struct ws_hostent **host)
{
	struct ws_found found = { 0 };
	char own[WS_NAME_SIZE];
	int code = ask(q, host);

	if (code != WSAHOST_NOT_FOUND && code != WSATRY_AGAIN &&
	    code != WSANO_DATA && code != WSANO_RECOVERY)
		return code;
	ws_found_add(&found, q->family == AF_INET ? WINSOCK_AF_INET :
		     WINSOCK_AF_INET6, q->key, 0);
	if (!found.error && ws_is_own_address(found.addr)) {
		ws_own_name(own);
		code = keep_found(own, &found, host);
	}
	ws_found_free(&found);
	return found.error ?: code;
}

WS_API struct ws_hostent *winsock_gethostbyaddr(const char *addr, int len,
						int family)
{
	struct question q = {
		.key = addr,
		.len = family == WINSOCK_AF_INET ? 4 : 16,
		.family = family == WINSOCK_AF_INET ? AF_INET : AF_INET6,
	};
	struct ws_hostent *host = NULL;
	int saved = errno;
	int code = ws_started();

	if (!code)
		code = check_address(addr, len, family);
	if (!code)
		code = find_address(&q, &host);
	errno = saved;
	ws_last_error = code;
	return code ? NULL : host;
}

/* <unistd.h> declares the name with a size_t; a Windows program has an int. */
WS_API int winsock_gethostname(char *name, size_t size)
{
	char own[WS_NAME_SIZE];
	int code = ws_started();

	if (!code) {
		ws_own_name(own);
		if (size > INT_MAX || strlen(own) >= size)
			code = WSAEFAULT;
		else
			code = ws_copy(name, own, strlen(own) + 1);
	}
	return ws_result(code);
}

WS_API int winsock_gethostnamew(wchar_t *name, int size)
{
	wchar_t wide[WS_NAME_SIZE];
	char own[WS_NAME_SIZE];
	int code = ws_started();

	if (!code) {
		ws_own_name(own);
		if (size <= (int)ws_widen(own, wide))
			code = WSAEFAULT;
		else
			code = ws_copy(name, wide, (wcslen(wide) + 1) *
				       sizeof(*wide));
	}
	return ws_result(code);
}
