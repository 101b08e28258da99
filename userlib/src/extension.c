// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Microsoft's extensions, and WSAJoinLeaf, WSAGetQOSByName.
 */
#include <string.h>

#include "names.h"

#define ERROR_INVALID_HANDLE	6
#define ERROR_INVALID_PARAMETER	87
#define STATUS_PENDING		0x103

#define TF_DISCONNECT		0x01
#define TF_REUSE_SOCKET		0x02
#define TF_WRITE_BEHIND		0x04
#define TRANSMIT_MAX		2147483646U

#define JL_SENDER_ONLY		0x01
#define JL_BOTH_DIRECTIONS	(0x01 | 0x02 | 0x04)

#define IP_ADD_MEMBERSHIP	12	/* IPV6_ADD_MEMBERSHIP too */

/* WSABUF */
struct ws_buffer {
	__u32 len;
	char *buf;
};

/* TRANSMIT_FILE_BUFFERS */
struct ws_transmit {
	char *head;
	__u32 head_len;
	char *tail;
	__u32 tail_len;
};

static int check_accept_ex(uintptr_t lsn, uintptr_t s, const void *buf,
			   __u32 len, __u32 local_len, __u32 remote_len,
			   const void *overlapped)
{
	int on = 0;
	int size = sizeof(on);

	ws_fail(lsn, 0);
	if (!ws_last_error)
		ws_fail(s, 0);
	if (ws_last_error)
		return ws_last_error;
	if (!overlapped)
		return ERROR_INVALID_PARAMETER;
	if (!remote_len || (!buf && (len || local_len)))
		return WSAEFAULT;
	if (winsock_getsockopt(lsn, WINSOCK_SOL_SOCKET, WINSOCK_SO_ACCEPTCONN,
			       (char *)&on, &size) || !on)
		return WSAEINVAL;
	return WSAEOPNOTSUPP;
}

/* Every failure leaves the request as if it were pending (X2). */
WS_API int winsock_acceptex(uintptr_t lsn, uintptr_t s, void *buf,
			    unsigned int len, unsigned int local_len,
			    unsigned int remote_len, unsigned int *received,
			    void *overlapped)
{
	int code = check_accept_ex(lsn, s, buf, len, local_len, remote_len,
				   overlapped);

	(void)received;
	if (overlapped)
		*(uintptr_t *)overlapped = STATUS_PENDING;
	ws_result(code);
	return 0;
}

/*
 * Behind the data, the two addresses have the room that they were given: the
 * length of a sockaddr, then the sockaddr.  Without room there is none, and
 * what the caller has stays as it is (X12).
 */
static void find_address(char *at, unsigned int room, void **addr, int *len)
{
	__u32 size;

	if (room < sizeof(size))
		return;
	memcpy(&size, at, sizeof(size));
	*addr = at + sizeof(size);
	*len = size < room - sizeof(size) ? size : room - sizeof(size);
}

WS_API void winsock_getacceptexsockaddrs(void *buf, unsigned int len,
					 unsigned int local_len,
					 unsigned int remote_len, void *local,
					 int *local_size, void *remote,
					 int *remote_size)
{
	char *at = (char *)buf + len;

	find_address(at, local_len, local, local_size);
	find_address(at + local_len, remote_len, remote, remote_size);
}

static int check_transmit(uintptr_t s, __u32 count, unsigned int flags)
{
	char peer[128];
	int len = sizeof(peer);
	int size = sizeof(int);
	int type;

	if (winsock_getsockopt(s, WINSOCK_SOL_SOCKET, WINSOCK_SO_TYPE,
			       (char *)&type, &size))
		return ws_last_error;
	if (type == WINSOCK_SOCK_DGRAM || type == WINSOCK_SOCK_RAW)
		return WSAEINVAL;
	if (flags & TF_REUSE_SOCKET && !(flags & TF_DISCONNECT))
		return WSAEINVAL;
	if (count > TRANSMIT_MAX)
		return WSAEINVAL;
	if (winsock_getpeername(s, peer, &len))
		return ws_last_error;
	return 0;
}

/* A blocking call, so all of it goes, or an error. */
static int transmit(uintptr_t s, char *buf, __u32 len)
{
	int sent;

	while (len) {
		sent = winsock_send(s, buf, len > TRANSMIT_MAX ? TRANSMIT_MAX :
				    len, 0);
		if (sent < 0)
			return ws_last_error;
		buf += sent;
		len -= sent;
	}
	return 0;
}

/*
 * Head, tail and disconnecting, without a file: a program here has no HANDLE of
 * one.
 */
WS_API int winsock_transmitfile(uintptr_t s, void *file, unsigned int count,
				unsigned int per_send, void *overlapped,
				void *buffers, unsigned int flags)
{
	struct ws_transmit *t = buffers;
	int code = check_transmit(s, count, flags);

	(void)per_send;
	if (!code && file)
		code = ERROR_INVALID_HANDLE;
	if (!code && (overlapped || flags & TF_REUSE_SOCKET))
		code = WSAEOPNOTSUPP;
	if (!code && t)
		code = transmit(s, t->head, t->head_len);
	if (!code && t)
		code = transmit(s, t->tail, t->tail_len);
	if (!code && flags & TF_DISCONNECT &&
	    winsock_shutdown(s, WINSOCK_SD_SEND))
		code = ws_last_error;
	ws_result(code);
	return !code;
}

/* There is no template; an empty name asks for their names. */
WS_API int winsock_wsagetqosbyname(uintptr_t s, void *name, void *qos)
{
	struct ws_buffer *b = name;
	int code = 0;

	if (!b || !b->buf || !b->len || (*b->buf && !qos))
		code = WSAEFAULT;
	else if (*b->buf)
		code = WSAEINVAL;
	ws_fail(s, code);
	return !ws_last_error;
}

/* The membership that receives, at the address that the socket is bound to. */
static int join_group(uintptr_t s, const struct winsock_sockaddr_in *name)
{
	const struct winsock_sockaddr_in6 *name6 = (const void *)name;
	union {
		struct winsock_sockaddr_in in;
		struct winsock_sockaddr_in6 in6;
	} own = {};
	struct {
		__u8 group[16];
		__u32 scope;
	} join6;
	struct {
		__u32 group;
		__u32 own;
	} join;
	int len = sizeof(own);

	if (winsock_getsockname(s, &own, &len)) {
		/* unbound: as for a datagram that is sent, any port */
		own.in.sin_family = name->sin_family;
		len = name->sin_family == WINSOCK_AF_INET ? sizeof(own.in) :
		      sizeof(own.in6);
		if (winsock_bind(s, &own, len))
			return WS_SOCKET_ERROR;
	}
	if (name->sin_family == WINSOCK_AF_INET) {
		memcpy(&join.group, &name->sin_addr, sizeof(join.group));
		memcpy(&join.own, &own.in.sin_addr, sizeof(join.own));
		return winsock_setsockopt(s, WINSOCK_IPPROTO_IP,
					  IP_ADD_MEMBERSHIP,
					  (char *)&join, sizeof(join));
	}
	memcpy(join6.group, &name6->sin6_addr, sizeof(join6.group));
	join6.scope = name6->sin6_scope_id;
	return winsock_setsockopt(s, WINSOCK_IPPROTO_IPV6,
				  IP_ADD_MEMBERSHIP, (char *)&join6,
				  sizeof(join6));
}

static int check_leaf(uintptr_t s, const struct winsock_sockaddr_in *name,
		      int namelen, const void *caller_data, const void *sqos,
		      const void *gqos, unsigned int flags)
{
	int size = sizeof(int);
	int type;

	if (winsock_getsockopt(s, WINSOCK_SOL_SOCKET, WINSOCK_SO_TYPE,
			       (char *)&type, &size))
		return ws_last_error;
	if (type != WINSOCK_SOCK_DGRAM)
		return WSAEOPNOTSUPP;
	if (!name || namelen < (int)sizeof(*name))
		return WSAEFAULT;
	if (name->sin_family == WINSOCK_AF_INET6 &&
	    namelen < (int)sizeof(struct winsock_sockaddr_in6))
		return WSAEFAULT;
	if (name->sin_family != WINSOCK_AF_INET &&
	    name->sin_family != WINSOCK_AF_INET6)
		return WSAEAFNOSUPPORT;
	if (caller_data)
		return WSAEPROTONOSUPPORT;
	if (sqos || gqos)
		return WSAEOPNOTSUPP;
	if (!flags || flags & ~JL_BOTH_DIRECTIONS || flags & (flags - 1))
		return WSAEINVAL;
	return 0;
}

WS_API uintptr_t winsock_wsajoinleaf(uintptr_t s, const void *name,
				     int namelen, void *caller_data,
				     void *callee_data, void *sqos, void *gqos,
				     unsigned int flags)
{
	int code = check_leaf(s, name, namelen, caller_data, sqos, gqos,
			      flags);

	if (!code && flags != JL_SENDER_ONLY && join_group(s, name))
		code = ws_last_error;
	if (ws_result(code))
		return WS_INVALID_SOCKET;
	if (callee_data)
		((struct ws_buffer *)callee_data)->len = 0;
	return s;
}
