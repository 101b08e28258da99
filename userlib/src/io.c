// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Sending and receiving.  Arrays of WSABUF go to the driver as they are.
 */
#include "internal.h"
#include "protocol.h"

#ifdef __LP64__
#define WS_IO_ARRAY	WINSOCK_IO_ARRAY
#else
#define WS_IO_ARRAY	WINSOCK_IO_ARRAY32
#endif

WS_API int winsock_send(uintptr_t s, const char *buf, int len, int flags)
{
	struct winsock_sock_send a = {
		.size = sizeof(a),
		.handle = s,
		.addr = (uintptr_t)buf,
		.count = len,
		.msg_flags = flags,
	};

	if (ws_call(WINSOCK_IOC_SOCK_SEND, &a))
		return WS_SOCKET_ERROR;
	return a.transferred;
}

WS_API int winsock_recv(uintptr_t s, char *buf, int len, int flags)
{
	struct winsock_sock_recv a = {
		.size = sizeof(a),
		.handle = s,
		.addr = (uintptr_t)buf,
		.count = len,
		.msg_flags = flags,
	};

	if (ws_call(WINSOCK_IOC_SOCK_RECV, &a))
		return WS_SOCKET_ERROR;
	return a.transferred;
}

WS_API int winsock_sendto(uintptr_t s, const char *buf, int len, int flags,
			  const void *to, int tolen)
{
	struct winsock_sock_sendmsg a = {
		.size = sizeof(a),
		.handle = s,
		.addr = (uintptr_t)buf,
		.count = len,
		.msg_flags = flags,
		.name = (uintptr_t)to,
		.name_len = tolen,
	};

	if (ws_call(WINSOCK_IOC_SOCK_SENDMSG, &a))
		return WS_SOCKET_ERROR;
	return a.transferred;
}

WS_API int winsock_recvfrom(uintptr_t s, char *buf, int len, int flags,
			    void *from, int *fromlen)
{
	struct winsock_sock_recvmsg a = {
		.size = sizeof(a),
		.handle = s,
		.addr = (uintptr_t)buf,
		.count = len,
		.msg_flags = flags,
		.name = (uintptr_t)from,
		.name_len = (uintptr_t)fromlen,
	};

	if (ws_call(WINSOCK_IOC_SOCK_RECVMSG, &a))
		return WS_SOCKET_ERROR;
	return a.transferred;
}

WS_API int winsock_wsasend(uintptr_t s, void *buffers, unsigned int count,
			   unsigned int *sent, unsigned int flags,
			   void *overlapped, void *routine)
{
	struct winsock_sock_send a = {
		.size = sizeof(a),
		.flags = WS_IO_ARRAY,
		.handle = s,
		.addr = (uintptr_t)buffers,
		.count = count,
		.msg_flags = flags,
	};

	if (overlapped || routine)
		return ws_fail(s, WSAEOPNOTSUPP);
	if (!sent)
		return ws_fail(s, WSAEFAULT);
	if (ws_call(WINSOCK_IOC_SOCK_SEND, &a))
		return WS_SOCKET_ERROR;
	*sent = a.transferred;
	return 0;
}

/* Of a datagram that did not fit the part that did is told, in both outputs. */
static int received_part(int ret, uint64_t transferred,
			 unsigned int out_msg_flags, unsigned int *received,
			 unsigned int *flags)
{
	if (ret && ws_last_error != WSAEMSGSIZE)
		return ret;
	*received = transferred;
	*flags = out_msg_flags;
	return ret;
}

WS_API int winsock_wsarecv(uintptr_t s, void *buffers, unsigned int count,
			   unsigned int *received, unsigned int *flags,
			   void *overlapped, void *routine)
{
	struct winsock_sock_recv a = {
		.size = sizeof(a),
		.flags = WS_IO_ARRAY,
		.handle = s,
		.addr = (uintptr_t)buffers,
		.count = count,
	};
	int ret;

	if (overlapped || routine)
		return ws_fail(s, WSAEOPNOTSUPP);
	if (!received || !flags)
		return ws_fail(s, WSAEFAULT);
	a.msg_flags = *flags;
	ret = ws_call(WINSOCK_IOC_SOCK_RECV, &a);
	return received_part(ret, a.transferred, a.out_msg_flags, received,
			     flags);
}

WS_API int winsock_wsasendto(uintptr_t s, void *buffers, unsigned int count,
			     unsigned int *sent, unsigned int flags,
			     const void *to, int tolen, void *overlapped,
			     void *routine)
{
	struct winsock_sock_sendmsg a = {
		.size = sizeof(a),
		.flags = WS_IO_ARRAY,
		.handle = s,
		.addr = (uintptr_t)buffers,
		.count = count,
		.msg_flags = flags,
		.name = (uintptr_t)to,
		.name_len = tolen,
	};

	if (overlapped || routine)
		return ws_fail(s, WSAEOPNOTSUPP);
	if (!sent)
		return ws_fail(s, WSAEFAULT);
	if (ws_call(WINSOCK_IOC_SOCK_SENDMSG, &a))
		return WS_SOCKET_ERROR;
	*sent = a.transferred;
	return 0;
}

WS_API int winsock_wsarecvfrom(uintptr_t s, void *buffers, unsigned int count,
			       unsigned int *received, unsigned int *flags,
			       void *from, int *fromlen, void *overlapped,
			       void *routine)
{
	struct winsock_sock_recvmsg a = {
		.size = sizeof(a),
		.flags = WS_IO_ARRAY,
		.handle = s,
		.addr = (uintptr_t)buffers,
		.count = count,
		.name = (uintptr_t)from,
		.name_len = (uintptr_t)fromlen,
	};
	int ret;

	if (overlapped || routine)
		return ws_fail(s, WSAEOPNOTSUPP);
	if (!received || !flags)
		return ws_fail(s, WSAEFAULT);
	a.msg_flags = *flags;
	ret = ws_call(WINSOCK_IOC_SOCK_RECVMSG, &a);
	return received_part(ret, a.transferred, a.out_msg_flags, received,
			     flags);
}

/*
 * Without a place for the byte count Windows binds a datagram socket, and then
 * refuses the call (windows-observed M1).  One that is bound stays as it is.
 */
static int refuse_but_bind(uintptr_t s, const struct ws_msg *m)
{
	struct winsock_sockaddr_in6 any = { 0 };

	if (m->name && !ws_is_stream(s) &&
	    !ws_copy(&any.sin6_family, m->name, sizeof(any.sin6_family)))
		winsock_bind(s, &any, sizeof(any));
	return ws_fail(s, WSAEFAULT);
}

WS_API int winsock_wsasendmsg(uintptr_t s, void *msg, unsigned int flags,
			      unsigned int *sent, void *overlapped,
			      void *routine)
{
	const struct ws_msg *m = msg;
	struct winsock_sock_sendmsg a = {
		.size = sizeof(a),
		.flags = WS_IO_ARRAY | WINSOCK_IO_MESSAGE,
		.handle = s,
		.msg_flags = flags,
	};

	if (overlapped || routine)
		return ws_fail(s, WSAEOPNOTSUPP);
	if (!m)
		return ws_fail(s, WSAEFAULT);
	if (!sent)
		return refuse_but_bind(s, m);
	a.addr = (uintptr_t)m->buffers;
	a.count = m->count;
	a.name = (uintptr_t)m->name;
	a.name_len = m->namelen;
	a.control = (uintptr_t)m->control.buf;
	a.control_len = m->control.len;
	if (ws_call(WINSOCK_IOC_SOCK_SENDMSG, &a))
		return WS_SOCKET_ERROR;
	*sent = a.transferred;
	return 0;
}

/* An extension function: known by its GUID, not by its name. */
int winsock_wsarecvmsg(uintptr_t s, void *msg, unsigned int *received,
		       void *overlapped, void *routine)
{
	struct ws_msg *m = msg;
	struct winsock_sock_recvmsg a = {
		.size = sizeof(a),
		.flags = WS_IO_ARRAY | WINSOCK_IO_MESSAGE,
		.handle = s,
	};
	int ret;

	if (overlapped || routine)
		return ws_fail(s, WSAEOPNOTSUPP);
	if (!m || !received || (!m->name && m->namelen))
		return ws_fail(s, WSAEFAULT);
	a.addr = (uintptr_t)m->buffers;
	a.count = m->count;
	a.msg_flags = m->flags;
	a.name = (uintptr_t)m->name;
	a.name_len = (uintptr_t)&m->namelen;
	a.control = (uintptr_t)m->control.buf;
	a.control_len = m->control.len;
	ret = ws_call(WINSOCK_IOC_SOCK_RECVMSG, &a);
	ret = received_part(ret, a.transferred, a.out_msg_flags, received,
			    &m->flags);
	if (!ret || ws_last_error == WSAEMSGSIZE)
		m->control.len = a.control_len;
	return ret;
}

/* A datagram that did not fit is told by *flags, which is not looked at. */
WS_API int winsock_wsarecvex(uintptr_t s, char *buf, int len, int *flags)
{
	struct winsock_sock_recv a = {
		.size = sizeof(a),
		.handle = s,
		.addr = (uintptr_t)buf,
		.count = len,
	};
	int ret;

	if (!flags)
		return ws_fail(s, WSAEFAULT);
	ret = ws_ioctl(WINSOCK_IOC_SOCK_RECV, &a);
	if (ret && ret != WSAEMSGSIZE)
		return ws_result(ret);
	*flags = ret ? WINSOCK_MSG_PARTIAL : 0;
	ws_last_error = 0;
	return a.transferred;
}
