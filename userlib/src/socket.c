// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Sockets: create, bind, listen, accept, connect, shut down, close, names.
 *
 * Pointers go to the driver as they come, and it checks them; what it has no word
 * for is refused here.
 */
#include "internal.h"
#include "protocol.h"

#define WSA_FLAG_OVERLAPPED		0x01
#define WSA_FLAG_C_ROOT			0x02	/* WSA_FLAG_MULTIPOINT_* */
#define WSA_FLAG_C_LEAF			0x04
#define WSA_FLAG_D_ROOT			0x08
#define WSA_FLAG_D_LEAF			0x10
#define WSA_FLAG_ACCESS_SYSTEM_SECURITY	0x40
#define WSA_FLAG_NO_HANDLE_INHERIT	0x80

#define WSA_FLAG_LEAVES	(WSA_FLAG_C_LEAF | WSA_FLAG_D_LEAF)
#define WSA_FLAG_KNOWN	(WSA_FLAG_OVERLAPPED | WSA_FLAG_LEAVES | \
			 WSA_FLAG_NO_HANDLE_INHERIT)

static uintptr_t create(int af, int type, int protocol, unsigned int group)
{
	struct winsock_sock_create a = {
		.size = sizeof(a),
		.family = af,
		.type = type,
		.protocol = protocol,
		.group = group,
	};

	if (ws_call(WINSOCK_IOC_SOCK_CREATE, &a))
		return WS_INVALID_SOCKET;
	return a.out_handle;
}

WS_API uintptr_t winsock_socket(int af, int type, int protocol)
{
	return create(af, type, protocol, 0);
}

/* Opens a duplicate, once. */
static uintptr_t redeem(uint64_t token)
{
	struct winsock_handle_redeem a = { .size = sizeof(a), .token = token };

	if (ws_call(WINSOCK_IOC_HANDLE_REDEEM, &a))
		return WS_INVALID_SOCKET;
	return a.out_handle;
}

/* What is 0 or FROM_PROTOCOL_INFO comes from the block (C11). */
static int or_block(int argument, int block)
{
	return argument && argument != -1 ? argument : block;
}

/*
 * A code for arguments that the driver does not see, or 0.  The protocols have
 * no roots, whose conferences TCP/IP has none of; no process has the right to
 * look at a socket's audit list.
 */
static int wsasocket_check(unsigned int flags)
{
	if (flags & WSA_FLAG_ACCESS_SYSTEM_SECURITY)
		return WSAEACCES;
	if (flags & ~WSA_FLAG_KNOWN)
		return WSAEINVAL;
	return 0;
}

/* A leaf of a conference wants datagrams. */
static uintptr_t leaf(uintptr_t s)
{
	if (s == WS_INVALID_SOCKET || !ws_is_stream(s))
		return s;
	winsock_closesocket(s);
	ws_last_error = WSAEINVAL;
	return WS_INVALID_SOCKET;
}

/*
 * Every socket can be used with overlapped calls, and none is inherited, so
 * those two flags change nothing.
 */
static uintptr_t wsasocket(int af, int type, int protocol, const void *info,
			   unsigned int group, unsigned int flags)
{
	int code = wsasocket_check(flags);
	struct ws_protocol block;
	uintptr_t s;

	if (!code && info)
		code = ws_copy(&block, info, sizeof(block));
	if (!code && info) {
		if (block.reserved)
			return redeem((uint64_t)block.service[3] << 32 |
				      block.reserved);
		af = or_block(af, block.family);
		type = or_block(type, block.type);
		protocol = or_block(protocol, block.protocol);
		if (!ws_protocol_family(af))
			code = WSAEAFNOSUPPORT;
	}
	if (!code) {
		s = create(af, type, protocol, group);
		return flags & WSA_FLAG_LEAVES ? leaf(s) : s;
	}

	/* No handle is WSAENOTSOCK once the process has started. */
	ws_fail(WS_INVALID_SOCKET, code);
	if (ws_last_error == WSAENOTSOCK)
		ws_last_error = code;
	return WS_INVALID_SOCKET;
}

WS_API uintptr_t winsock_wsasocketa(int af, int type, int protocol, void *info,
				    unsigned int group, unsigned int flags)
{
	return wsasocket(af, type, protocol, info, group, flags);
}

WS_API uintptr_t winsock_wsasocketw(int af, int type, int protocol, void *info,
				    unsigned int group, unsigned int flags)
{
	return wsasocket(af, type, protocol, info, group, flags);
}

WS_API int winsock_bind(uintptr_t s, const void *name, int namelen)
{
	struct winsock_sock_bind a = {
		.size = sizeof(a),
		.handle = s,
		.addr = (uintptr_t)name,
		.addr_len = namelen,
	};

	return ws_call(WINSOCK_IOC_SOCK_BIND, &a);
}

WS_API int winsock_listen(uintptr_t s, int backlog)
{
	struct winsock_sock_listen a = {
		.size = sizeof(a),
		.handle = s,
		.backlog = backlog,
	};

	return ws_call(WINSOCK_IOC_SOCK_LISTEN, &a);
}

WS_API uintptr_t winsock_accept(uintptr_t s, void *addr, int *addrlen)
{
	struct winsock_sock_accept a = {
		.size = sizeof(a),
		.handle = s,
		.addr = (uintptr_t)addr,
		.addr_len = (uintptr_t)addrlen,
	};

	if (ws_call(WINSOCK_IOC_SOCK_ACCEPT, &a))
		return WS_INVALID_SOCKET;
	return a.out_handle;
}

WS_API int winsock_connect(uintptr_t s, const void *name, int namelen)
{
	struct winsock_sock_connect a = {
		.size = sizeof(a),
		.handle = s,
		.addr = (uintptr_t)name,
		.addr_len = namelen,
	};

	return ws_call(WINSOCK_IOC_SOCK_CONNECT, &a);
}

/* What every WSABUF begins with. */
struct ws_buf_len {
	unsigned int len;
};

/* Whether a handle is a stream's; the last error is as it was. */
int ws_is_stream(uintptr_t s)
{
	int type = 0, len = sizeof(type);
	struct winsock_sock_getopt a = {
		.size = sizeof(a),
		.handle = s,
		.level = WINSOCK_SOL_SOCKET,
		.name = WINSOCK_SO_TYPE,
		.value = (uintptr_t)&type,
		.value_len = (uintptr_t)&len,
	};

	return !ws_ioctl(WINSOCK_IOC_SOCK_GETOPT, &a) &&
	       type == WINSOCK_SOCK_STREAM;
}

/*
 * Connect data is not on TCP/IP, and datagram sockets ignore it (WSAConnect
 * page).  No quality of service is granted.
 */
WS_API int winsock_wsaconnect(uintptr_t s, const void *name, int namelen,
			      void *caller_data, void *callee_data, void *sqos,
			      void *gqos)
{
	struct ws_buf_len *to = caller_data, *from = callee_data;
	int ret;

	if (gqos)
		return ws_fail(s, WSAEINVAL);
	if (sqos)
		return ws_fail(s, WSAEOPNOTSUPP);
	if (to && to->len && ws_is_stream(s))
		return ws_fail(s, WSAEPROTONOSUPPORT);
	ret = winsock_connect(s, name, namelen);
	if (from && (!ret || ws_last_error == WSAEWOULDBLOCK))
		from->len = 0;
	return ret;
}

WS_API int winsock_shutdown(uintptr_t s, int how)
{
	struct winsock_sock_shutdown a = {
		.size = sizeof(a),
		.handle = s,
		.how = how,
	};

	return ws_call(WINSOCK_IOC_SOCK_SHUTDOWN, &a);
}

/* TCP/IP has no disconnect data. */
static int disconnect(uintptr_t s, const void *data, int how)
{
	if (data)
		return ws_fail(s, WSAENOPROTOOPT);
	return winsock_shutdown(s, how);
}

WS_API int winsock_wsasenddisconnect(uintptr_t s, void *data)
{
	return disconnect(s, data, WINSOCK_SD_SEND);
}

WS_API int winsock_wsarecvdisconnect(uintptr_t s, void *data)
{
	return disconnect(s, data, WINSOCK_SD_RECEIVE);
}

WS_API int winsock_closesocket(uintptr_t s)
{
	struct winsock_handle_close a = {
		.size = sizeof(a),
		.flags = WINSOCK_CLOSE_SOCKET,
		.handle = s,
	};

	return ws_call(WINSOCK_IOC_HANDLE_CLOSE, &a);
}

static int name_of(unsigned int cmd, uintptr_t s, void *name, int *namelen)
{
	struct winsock_sock_name a = {
		.size = sizeof(a),
		.handle = s,
		.addr = (uintptr_t)name,
		.addr_len = (uintptr_t)namelen,
	};

	return ws_call(cmd, &a);
}

WS_API int winsock_getsockname(uintptr_t s, void *name, int *namelen)
{
	return name_of(WINSOCK_IOC_SOCK_GETNAME, s, name, namelen);
}

WS_API int winsock_getpeername(uintptr_t s, void *name, int *namelen)
{
	return name_of(WINSOCK_IOC_SOCK_GETPEER, s, name, namelen);
}
