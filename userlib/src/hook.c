// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Blocking calls as Winsock 1.1 has them, for a process whose last WSAStartup
 * was for version 1: a thread's hook runs while its call waits, what would call
 * Winsock meanwhile is told WSAEINPROGRESS, and WSACancelBlockingCall ends the
 * wait.
 *
 * The driver waits briefly and then gives the call back with its place kept, so
 * a cancelled call has taken nothing that it does not report.  A signal ends
 * such a wait too, so its handler may cancel.
 */
#include "internal.h"

int ws_version1;

/* Counts last clean-ups, after which a thread's hook is of the past. */
static unsigned int generation;

/*
 * A thread's own.  Signal handlers of the same thread read @blocking and set
 * @cancelled, so these two are loaded and stored as such.
 */
static __thread struct {
	int (*hook)(void);
	unsigned int generation;	/* that @hook belongs to */
	int blocking;			/* a call waits */
	int cancelled;
} own;

static int is_blocking(void)
{
	return __atomic_load_n(&own.blocking, __ATOMIC_RELAXED);
}

static void set_blocking(int blocking)
{
	__atomic_store_n(&own.blocking, blocking, __ATOMIC_RELAXED);
}

static int is_cancelled(void)
{
	return __atomic_load_n(&own.cancelled, __ATOMIC_RELAXED);
}

static void set_cancelled(int cancelled)
{
	__atomic_store_n(&own.cancelled, cancelled, __ATOMIC_RELAXED);
}

/* Windows' dispatches a window message; there are none that it could. */
static int default_hook(void)
{
	return 0;
}

static int has_hook(void)
{
	return own.hook &&
	       own.generation == __atomic_load_n(&generation, __ATOMIC_RELAXED);
}

static int run_hook(void)
{
	return has_hook() ? own.hook() : default_hook();
}

/**
 * ws_block - go on with a call until it is done or cancelled
 * @go_on: waits briefly; returns WSAEINPROGRESS to be called again
 * @call:  its argument
 *
 * Return: what @go_on does, or WSAEINTR.
 */
int ws_block(int (*go_on)(void *call), void *call)
{
	int code;

	set_cancelled(0);
	set_blocking(1);
	do {
		while (!is_cancelled() && run_hook())
			;
		code = is_cancelled() ? WSAEINTR : go_on(call);
	} while (code == WSAEINPROGRESS);
	set_blocking(0);
	return code;
}

/* What every command's struct begins with. */
struct head {
	__u32 size;
	__u32 flags;
};

struct command {
	unsigned int cmd;
	void *arg;
};

static int go_on_command(void *call)
{
	struct command *c = call;

	return ws_ioctl_plain(c->cmd, c->arg);
}

/* Whether a command takes WINSOCK_LEAVE_*; how much of it is done already. */
static int may_wait(const struct command *c, __u64 *done)
{
	*done = 0;
	switch (c->cmd) {
	case WINSOCK_IOC_SOCK_SEND:
		*done = ((struct winsock_sock_send *)c->arg)->transferred;
		return 1;
	case WINSOCK_IOC_SOCK_RECV:
		*done = ((struct winsock_sock_recv *)c->arg)->transferred;
		return 1;
	case WINSOCK_IOC_SOCK_SENDMSG:
		*done = ((struct winsock_sock_sendmsg *)c->arg)->transferred;
		return 1;
	case WINSOCK_IOC_SOCK_RECVMSG:
		*done = ((struct winsock_sock_recvmsg *)c->arg)->transferred;
		return 1;
	case WINSOCK_IOC_SOCK_ACCEPT:
	case WINSOCK_IOC_SOCK_CONNECT:
	case WINSOCK_IOC_SOCK_SELECT:
	case WINSOCK_IOC_SOCK_POLL:
		return 1;
	default:
		return 0;
	}
}

/* Looks first, so that a call that does not wait never counts as blocking. */
static int wait_for(struct command *c)
{
	struct head *head = c->arg;
	__u32 flags = head->flags;
	__u64 done;
	int code;

	head->flags = flags | WINSOCK_LEAVE_NOW;
	code = ws_ioctl_plain(c->cmd, c->arg);
	if (code == WSAEINPROGRESS) {
		head->flags = flags | WINSOCK_LEAVE_SOON;
		code = ws_block(go_on_command, c);
	}
	head->flags = flags;
	/* What was moved is told first, so that nothing is lost. */
	may_wait(c, &done);
	return code == WSAEINTR && done ? 0 : code;
}

/* Whether closing a socket may wait until its data has been sent. */
static int lingers(uintptr_t s)
{
	struct {
		__u16 on;
		__u16 seconds;
	} linger = { 0 };
	int len = sizeof(linger);
	struct winsock_sock_getopt a = {
		.size = sizeof(a),
		.handle = s,
		.level = WINSOCK_SOL_SOCKET,
		.name = WINSOCK_SO_LINGER,
		.value = (uintptr_t)&linger,
		.value_len = (uintptr_t)&len,
	};

	return !ws_ioctl_plain(WINSOCK_IOC_SOCK_GETOPT, &a) && linger.on &&
	       linger.seconds;
}

/*
 * The socket is closed whatever becomes of the wait, which is the driver's and
 * as long as it takes: it runs no hook, but a signal ends it.
 */
static int close_lingering(struct winsock_handle_close *a)
{
	int code;

	set_cancelled(0);
	set_blocking(1);
	code = ws_ioctl_plain(WINSOCK_IOC_HANDLE_CLOSE, a);
	set_blocking(0);
	return !code && is_cancelled() ? WSAEINTR : code;
}

int ws_ioctl_version1(unsigned int cmd, void *arg)
{
	struct command c = { .cmd = cmd, .arg = arg };
	struct winsock_handle_close *close = arg;
	__u64 done;

	/* Windows' hooks read their window's messages, so ours may. */
	if (cmd == WINSOCK_IOC_MESSAGE_GET)
		return ws_ioctl_plain(cmd, arg);
	if (is_blocking())
		return WSAEINPROGRESS;
	if (cmd == WINSOCK_IOC_HANDLE_CLOSE && lingers(close->handle))
		return close_lingering(close);
	return may_wait(&c, &done) ? wait_for(&c) : ws_ioctl_plain(cmd, arg);
}

/* What WSAStartup agreed on. */
void ws_hooks_version(unsigned int version)
{
	__atomic_store_n(&ws_version1, (version & 0xff) < 2, __ATOMIC_RELAXED);
}

/* The last WSACleanup: threads have no hooks any more. */
void ws_hooks_end(void)
{
	__atomic_store_n(&ws_version1, 0, __ATOMIC_RELAXED);
	__atomic_fetch_add(&generation, 1, __ATOMIC_RELAXED);
}

/* In the child of fork(), perhaps out of a hook: nothing has been started. */
void ws_hooks_forked(void)
{
	ws_hooks_end();
	set_blocking(0);
}

/* A code for a call that wants version 1, or 0. */
static int check_version(void)
{
	return ws_started() ?: ws_version1 ? 0 : WSAEOPNOTSUPP;
}

/* Leaves the last error alone. */
WS_API int winsock_wsaisblocking(void)
{
	return is_blocking();
}

/* Of the same thread: from its hook, or from a signal handler. */
WS_API int winsock_wsacancelblockingcall(void)
{
	int code = 0;

	if (is_blocking())
		set_cancelled(1);
	else
		code = check_version() ?: WSAEINVAL;
	return ws_result(code);
}

WS_API void *winsock_wsasetblockinghook(void *hook)
{
	int code = check_version() ?: hook ? 0 : WSAEFAULT;
	void *previous = has_hook() ? (void *)own.hook : (void *)default_hook;

	ws_result(code);
	if (code)
		return NULL;
	own.hook = (int (*)(void))hook;
	own.generation = __atomic_load_n(&generation, __ATOMIC_RELAXED);
	return previous;
}

/* Unlike the others, the Winsock 1.1 specification lets a hook call it. */
WS_API int winsock_wsaunhookblockinghook(void)
{
	int code = is_blocking() ? 0 : check_version();

	if (!code)
		own.hook = NULL;
	return ws_result(code);
}
