// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The catalogue of protocols, and what stands in it about a socket.
 *
 * Its entries are the driver's kinds of sockets (module/catalog.c) with what
 * Windows says about them; raw sockets are hidden, as they are there.
 */
#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "internal.h"
#include "protocol.h"

#define SO_PROTOCOL_INFOW	0x2005

#define XP1_TCP		0x20066
#define XP1_UDP		0x20609
#define XP1_UNIX	0x20026
#define PFL_HIDDEN	0x4
#define PFL_ZERO	0x8	/* MATCHES_PROTOCOL_ZERO */

#define IPV4_GUID	{ 0xe70f1aa0, 0xab8b, 0x11cf, \
			  { 0x8c, 0xa3, 0, 0x80, 0x5f, 0x48, 0xa1, 0x92 } }
#define IPV6_GUID	{ 0xf9eab0c0, 0x26d4, 0x11d0, \
			  { 0xbb, 0xbf, 0, 0xaa, 0, 0x6c, 0x34, 0xe4 } }
#define UNIX_GUID	{ 0xa00943d9, 0x9c2e, 0x4633, \
			  { 0x9b, 0x59, 0, 0x57, 0xa3, 0x16, 0x09, 0x94 } }

#define ENTRY(_id, _family, _guid, _max, _min, _xp1, _pfl, _type, _protocol,	\
	      _span, _message)							\
	{									\
		.service = { _xp1 }, .provider_flags = _pfl,			\
		.provider = _guid, .id = _id, .chain_length = 1, .version = 2,	\
		.family = _family, .max_addr = _max, .min_addr = _min,		\
		.type = _type, .protocol = _protocol, .span = _span,		\
		.message = _message						\
	}

#define COUNT	7

/* In the order of the driver's, in which 0 takes the first that fits (C10). */
static const struct ws_protocol entries[COUNT] = {
	ENTRY(1001, WINSOCK_AF_INET, IPV4_GUID, 16, 16, XP1_TCP, PFL_ZERO,
	      WINSOCK_SOCK_STREAM, WINSOCK_IPPROTO_TCP, 0, 0),
	ENTRY(1002, WINSOCK_AF_INET, IPV4_GUID, 16, 16, XP1_UDP, PFL_ZERO,
	      WINSOCK_SOCK_DGRAM, WINSOCK_IPPROTO_UDP, 0, 65507),
	ENTRY(1003, WINSOCK_AF_INET, IPV4_GUID, 16, 16, XP1_UDP,
	      PFL_ZERO | PFL_HIDDEN, WINSOCK_SOCK_RAW, 0, 255, 32768),
	ENTRY(1004, WINSOCK_AF_INET6, IPV6_GUID, 28, 28, XP1_TCP, PFL_ZERO,
	      WINSOCK_SOCK_STREAM, WINSOCK_IPPROTO_TCP, 0, 0),
	ENTRY(1005, WINSOCK_AF_INET6, IPV6_GUID, 28, 28, XP1_UDP, PFL_ZERO,
	      WINSOCK_SOCK_DGRAM, WINSOCK_IPPROTO_UDP, 0, 65527),
	ENTRY(1006, WINSOCK_AF_INET6, IPV6_GUID, 28, 28, XP1_UDP,
	      PFL_ZERO | PFL_HIDDEN, WINSOCK_SOCK_RAW, 0, 255, 32768),
	ENTRY(1007, WINSOCK_AF_UNIX, UNIX_GUID, 110, 2, XP1_UNIX, PFL_ZERO,
	      WINSOCK_SOCK_STREAM, 0, 0, 0),
};

static const char *const names[COUNT] = {
	"MSAFD Tcpip [TCP/IP]", "MSAFD Tcpip [UDP/IP]", "MSAFD Tcpip [RAW/IP]",
	"MSAFD Tcpip [TCP/IPv6]", "MSAFD Tcpip [UDP/IPv6]",
	"MSAFD Tcpip [RAW/IPv6]", "AF_UNIX",
};

/* Bytes of WSAPROTOCOL_INFOA or WSAPROTOCOL_INFOW. */
static size_t block_size(bool wide)
{
	return sizeof(struct ws_protocol) +
	       WS_PROTOCOL_NAME * (wide ? sizeof(wchar_t) : 1);
}

/* Writes the block of entry @i; 0 or WSAEFAULT. */
static int block_put(void *block, size_t i, uint64_t token, bool wide)
{
	union {
		struct ws_protocol info;
		struct {
			char info[sizeof(struct ws_protocol)];
			char name[WS_PROTOCOL_NAME];
		} a;
		struct {
			char info[sizeof(struct ws_protocol)];
			wchar_t name[WS_PROTOCOL_NAME];
		} w;
	} b = {};
	size_t c;

	b.info = entries[i];
	b.info.reserved = token;
	b.info.service[3] = token >> 32;
	for (c = 0; names[i][c]; c++) {
		if (wide)
			b.w.name[c] = names[i][c];
		else
			b.a.name[c] = names[i][c];
	}
	return ws_copy(block, &b, block_size(wide));
}

/* Which entry a socket is of.  Returns 0 or a Winsock code. */
static int entry_of(uintptr_t s, size_t *entry)
{
	unsigned int triple = 0;
	int code, len = sizeof(triple);
	struct winsock_sock_getopt a = {
		.size = sizeof(a),
		.handle = s,
		.level = WINSOCK_SOL_SOCKET,
		.name = WINSOCK_SO_TRIPLE,
		.value = (uintptr_t)&triple,
		.value_len = (uintptr_t)&len,
	};
	size_t i;

	code = ws_ioctl(WINSOCK_IOC_SOCK_GETOPT, &a);
	if (code)
		return code;
	for (i = 0; i < COUNT; i++) {
		if (entries[i].family == (int)(triple & 0xff) &&
		    entries[i].type == (int)(triple >> 8 & 0xff)) {
			*entry = i;
			return 0;
		}
	}
	return WSAEOPNOTSUPP;	/* a driver newer than this library */
}

bool ws_protocol_family(int family)
{
	size_t i;

	for (i = 0; i < COUNT; i++)
		if (entries[i].family == family)
			return true;
	return false;
}

/* Whether the machine has the family: IPv6 may be off. */
static bool family_there(int family)
{
	struct winsock_sock_create a = {
		.size = sizeof(a),
		.family = family,
		.type = WINSOCK_SOCK_STREAM,
	};
	struct winsock_handle_close c = { .size = sizeof(c) };
	int code = ws_ioctl(WINSOCK_IOC_SOCK_CREATE, &a);

	c.handle = a.out_handle;
	if (!code)
		ws_ioctl(WINSOCK_IOC_HANDLE_CLOSE, &c);
	return code != WSAEAFNOSUPPORT;
}

/* Whether a caller's list, which ends with 0, names a protocol; -1: bad list. */
static int list_names(const int *list, int protocol)
{
	int p;

	if (!list)
		return 1;
	for (; ; list++) {
		if (ws_copy(&p, list, sizeof(p)))
			return -1;
		if (!p || p == protocol)
			return !!p;
	}
}

/* The entries to list, in @chosen; their number, or -1: bad list. */
static int choose(const int *list, bool hidden, size_t *chosen)
{
	bool ipv6 = family_there(WINSOCK_AF_INET6);
	int count = 0, named;
	size_t i;

	for (i = 0; i < COUNT; i++) {
		if (entries[i].provider_flags & PFL_HIDDEN && !hidden)
			continue;
		if (entries[i].family == WINSOCK_AF_INET6 && !ipv6)
			continue;
		named = list_names(list, entries[i].protocol);
		if (named < 0)
			return -1;
		if (named)
			chosen[count++] = i;
	}
	return count;
}

/* How many there are, or minus a Winsock code. */
static int list_protocols(const int *list, bool hidden, char *blocks,
			  unsigned int *len, bool wide)
{
	unsigned int room, need;
	size_t chosen[COUNT];
	int count, i;

	if (ws_copy(&room, len, sizeof(room)))
		return -WSAEFAULT;
	count = choose(list, hidden, chosen);
	if (count < 0)
		return -WSAEFAULT;
	need = count * block_size(wide);
	if (room < need) {
		i = ws_copy(len, &need, sizeof(need));
		return i ? -i : -WSAENOBUFS;
	}
	for (i = 0; i < count; i++)
		if (block_put(blocks + i * block_size(wide), chosen[i], 0,
			      wide))
			return -WSAEFAULT;
	return count;
}

static int enum_protocols(const int *list, void *blocks, unsigned int *len,
			  bool wide)
{
	int count = -ws_started();

	if (!count)
		count = list_protocols(list, false, blocks, len, wide);
	if (count < 0)
		return ws_result(-count);
	ws_last_error = 0;
	return count;
}

WS_API int winsock_wsaenumprotocolsa(int *list, void *blocks,
				     unsigned int *len)
{
	return enum_protocols(list, blocks, len, false);
}

WS_API int winsock_wsaenumprotocolsw(int *list, void *blocks,
				     unsigned int *len)
{
	return enum_protocols(list, blocks, len, true);
}

/* For those who install providers: all entries, and without WSAStartup. */
WS_API int winsock_wscenumprotocols(int *list, void *blocks, unsigned int *len,
				    int *error)
{
	int count = list_protocols(list, true, blocks, len, true);

	if (count >= 0)
		return count;
	if (error)
		*error = -count;
	ws_last_error = -count;
	return WS_SOCKET_ERROR;
}

/* Programs of both widths have the same catalogue. */
WS_API int winsock_wscenumprotocols32(int *list, void *blocks,
				      unsigned int *len, int *error)
{
	return winsock_wscenumprotocols(list, blocks, len, error);
}

/*
 * SO_PROTOCOL_INFOA and SO_PROTOCOL_INFOW.  Too small is WSAEFAULT with the
 * size that is needed; a longer buffer's length stays (T24).
 */
int ws_protocol_option(uintptr_t s, int name, char *value, int *len)
{
	bool wide = name == SO_PROTOCOL_INFOW;
	int code, room, need = block_size(wide);
	size_t i;

	code = entry_of(s, &i);
	if (code)
		return ws_result(code);
	if (!value || ws_copy(&room, len, sizeof(room)))
		return ws_result(WSAEFAULT);
	if (room < need) {
		ws_copy(len, &need, sizeof(need));
		return ws_result(WSAEFAULT);
	}
	return ws_result(block_put(value, i, 0, wide));
}

/*
 * K1: the socket, the process, then the block, which is not touched before the
 * others are known to be good, and is known to be writable before there is an
 * offer that nobody could take.
 */
static int duplicate(uintptr_t s, unsigned int process, void *block, bool wide)
{
	static const char zeros[sizeof(struct ws_protocol) +
				WS_PROTOCOL_NAME * sizeof(wchar_t)];
	struct winsock_handle_offer a = {
		.size = sizeof(a),
		.flags = WINSOCK_OFFER_CHECK,
		.handle = s,
		.process = process,
	};
	size_t i = 0;
	int code;

	code = ws_ioctl(WINSOCK_IOC_HANDLE_OFFER, &a);
	if (!code)
		code = ws_copy(block, zeros, block_size(wide));
	a.flags = 0;
	if (!code)
		code = ws_ioctl(WINSOCK_IOC_HANDLE_OFFER, &a);
	if (!code)
		code = entry_of(s, &i);
	if (!code)
		code = block_put(block, i, a.out_token, wide);
	return ws_result(code);
}

WS_API int winsock_wsaduplicatesocketa(uintptr_t s, unsigned int process,
				       void *block)
{
	return duplicate(s, process, block, false);
}

WS_API int winsock_wsaduplicatesocketw(uintptr_t s, unsigned int process,
				       void *block)
{
	return duplicate(s, process, block, true);
}
