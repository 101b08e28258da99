// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The process' file of /dev/winsock, and WSAStartup and WSACleanup on it.
 *
 * The first WSAStartup, or the first event, opens the file, and it stays open
 * until the process ends, so that no call can meet a closed descriptor; the
 * driver counts start-ups and forgets every socket at the last clean-up.  A child of fork() is
 * a new process in Winsock's sense, not started and without sockets: there the
 * file is closed, so that the parent's sockets do not outlive the parent.
 * vfork() and posix_spawn() need nothing, as the descriptor is close-on-exec.
 */
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

#define WS_DEVICE_PATH	"/dev/winsock"

/* What WSAStartup fills in: WSADATA, see <winsock2.h>. */
struct ws_data {
	__u16 version;
	__u16 high_version;
#ifdef __LP64__
	__u16 max_sockets;
	__u16 max_udp_dg;
	char *vendor_info;
	char description[257];
	char system_status[129];
#else
	char description[257];
	char system_status[129];
	__u16 max_sockets;
	__u16 max_udp_dg;
	char *vendor_info;
#endif
};

int ws_device = -1;

/* Start-ups that the driver has counted; for calls that take no socket. */
static int starts;

/* Held around opening, and by fork(), which so never copies half an opening. */
static pthread_mutex_t device_lock = PTHREAD_MUTEX_INITIALIZER;

static void fork_prepare(void)
{
	pthread_mutex_lock(&device_lock);
}

static void fork_parent(void)
{
	pthread_mutex_unlock(&device_lock);
}

static void fork_child(void)
{
	int saved = errno;

	if (ws_device >= 0)
		close(ws_device);
	ws_device = -1;
	starts = 0;
	ws_hooks_forked();
	errno = saved;
	pthread_mutex_unlock(&device_lock);
}

__attribute__((constructor)) static void device_init(void)
{
	pthread_atfork(fork_prepare, fork_parent, fork_child);
}

/* Opens the device unless it is open.  Returns 0 or a Winsock code. */
int ws_device_open(void)
{
	int saved = errno;
	int fd;

	if (__atomic_load_n(&ws_device, __ATOMIC_RELAXED) >= 0)
		return 0;

	pthread_mutex_lock(&device_lock);
	if (ws_device < 0) {
		fd = open(WS_DEVICE_PATH, O_RDWR | O_CLOEXEC);
		__atomic_store_n(&ws_device, fd, __ATOMIC_RELAXED);
	}
	fd = ws_device;
	pthread_mutex_unlock(&device_lock);

	errno = saved;
	return fd < 0 ? WSASYSNOTREADY : 0;
}

int ws_code_of_errno(int err)
{
	switch (err) {
	case EBADF:	/* ws_device is -1 */
		return WSANOTINITIALISED;
	case EFAULT:
		return WSAEFAULT;
	case ENOMEM:
		return WSAENOBUFS;
	default:
		return WSAENETDOWN;
	}
}

/**
 * ws_fail - refuse a call for a reason that the driver does not know
 * @s:    the socket that the call names
 * @code: the reason
 *
 * Windows looks at the handle before it looks at anything else.  So the driver
 * is asked for the socket's name without being given a buffer: unless it
 * answers WSANOTINITIALISED, WSAEINPROGRESS or WSAENOTSOCK, the handle is good.
 *
 * Return: SOCKET_ERROR.
 */
int ws_fail(uintptr_t s, int code)
{
	struct winsock_sock_name a = { .size = sizeof(a), .handle = s };
	int ret = ws_ioctl(WINSOCK_IOC_SOCK_GETNAME, &a);

	if (ret == WSANOTINITIALISED || ret == WSAEINPROGRESS ||
	    ret == WSAENOTSOCK)
		code = ret;
	ws_last_error = code;
	return WS_SOCKET_ERROR;
}

/*
 * For calls that take no socket.  Returns 0, WSANOTINITIALISED, or
 * WSAEINPROGRESS.
 */
int ws_started(void)
{
	if (!__atomic_load_n(&starts, __ATOMIC_RELAXED))
		return WSANOTINITIALISED;
	return winsock_wsaisblocking() ? WSAEINPROGRESS : 0;
}

/* Returns its code and leaves the thread's last error alone. */
WS_API int winsock_wsastartup(unsigned short version, void *data)
{
	struct winsock_startup a = { .size = sizeof(a), .version = version };
	static const struct ws_data nothing;
	struct ws_data *out = data;
	int ret;

	if (ws_copy(out, &nothing, sizeof(*out)))
		return WSAEFAULT;
	ret = ws_device_open();
	if (!ret)
		ret = ws_ioctl(WINSOCK_IOC_STARTUP, &a);
	/* Open, but not to be spoken with: a filter refuses that. */
	if (ret == WSAENETDOWN)
		ret = WSASYSNOTREADY;
	if (ret)
		return ret;
	__atomic_add_fetch(&starts, 1, __ATOMIC_RELAXED);

	ws_hooks_version(a.out_version);
	out->version = a.out_version;
	out->high_version = a.out_highest;
	strcpy(out->description, "WinSock 2.0");
	strcpy(out->system_status, "Running");
	if ((a.out_version & 0xff) < 2) {
		/* Read by programs of version 1 only. */
		out->max_sockets = 32767;
		out->max_udp_dg = 65467;
	}
	return 0;
}

WS_API int winsock_wsacleanup(void)
{
	struct winsock_cleanup a = { .size = sizeof(a) };
	int code = ws_ioctl(WINSOCK_IOC_CLEANUP, &a);

	/* What the driver does not know of goes with the last start-up too. */
	if (!code && !__atomic_sub_fetch(&starts, 1, __ATOMIC_RELAXED)) {
		ws_lookups_end();
		ws_requests_end();
		ws_hooks_end();
	}
	return ws_result(code);
}
