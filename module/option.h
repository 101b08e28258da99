/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_OPTION_H
#define WS_OPTION_H

#include "kept.h"
#include "sock.h"

/* How a value is taken and given (windows-observed T1-T8). */
enum ws_option_type {
	WS_OPTION_BOOL,		/* T1: any length, 0 too */
	WS_OPTION_INT,		/* T2: 4 bytes; a short buffer is zeroed */
	WS_OPTION_DWORD,	/* T3: 4 bytes */
	WS_OPTION_BYTE,		/* T5: a bool in one byte */
	WS_OPTION_SWITCH,	/* T6: a bool in 1 to 4 bytes */
	WS_OPTION_SMALL,	/* T7: a number in 1 to 4 bytes */
	WS_OPTION_FLAG,		/* T8: a bool in 4 bytes */
	WS_OPTION_NUMBER,	/* T8: a number in 4 bytes */
	WS_OPTION_RAW,		/* its own functions do it */
};

/*
 * A value that the stack keeps in a bit, or beside some, and that another thread
 * may set meanwhile: what it was before, or is after that.
 */
#define ws_option_peek(field)	data_race((u32)(field))

/* Kinds of sockets, for struct ws_option.kinds. */
#define WS_STREAM	BIT(SOCK_STREAM)
#define WS_DGRAM	BIT(SOCK_DGRAM)
#define WS_RAW		BIT(SOCK_RAW)
#define WS_PACKETS	(WS_DGRAM | WS_RAW)
#define WS_ALL		(WS_STREAM | WS_PACKETS)

/**
 * struct ws_option - one option of a level
 * @name:    its number
 * @type:    how its value is taken and given
 * @kinds:   WS_STREAM and the like: where it exists
 * @arg:     what @get and @set are about: the stack's name or WS_KEPT_*
 * @initial: value before it is set, where @get does not ask the stack
 * @get:     its value; NULL if it cannot be read: WSAENOPROTOOPT
 * @set:     NULL if it cannot be set: WSAENOPROTOOPT
 * @get_raw: as @get, of WS_OPTION_RAW
 * @set_raw: as @set, of WS_OPTION_RAW
 *
 * All return 0 or a WSAE code.
 */
struct ws_option {
	int name;
	u8 type;
	u8 kinds;
	u16 arg;
	u32 initial;
	int (*get)(struct ws_sock *ws, const struct ws_option *o, u32 *value);
	int (*set)(struct ws_sock *ws, const struct ws_option *o, u32 value);
	int (*get_raw)(struct ws_call *call, struct ws_sock *ws);
	int (*set_raw)(struct ws_call *call, struct ws_sock *ws);
};

/* A row, and one that is kept and does no more. */
#define WS_OPTION(_name, _type, _kinds, _arg, _get, _set)		\
	{ .name = WINSOCK_##_name, .type = WS_OPTION_##_type,		\
	  .kinds = _kinds, .arg = _arg, .get = _get, .set = _set }
#define WS_OPTION_KEPT(_name, _type, _kinds, _index, _initial)		\
	{ .name = WINSOCK_##_name, .type = WS_OPTION_##_type,		\
	  .kinds = _kinds, .arg = WS_KEPT_##_index, .initial = _initial,	\
	  .get = ws_option_get_kept, .set = ws_option_set_kept }
#define WS_OPTION_OWN(_name, _kinds, _get_raw, _set_raw)		\
	{ .name = WINSOCK_##_name, .type = WS_OPTION_RAW,		\
	  .kinds = _kinds, .get_raw = _get_raw, .set_raw = _set_raw }

/* A row about groups. */
#define WS_OPTION_MEMBERSHIP(_name, _set)				\
	{ .name = WINSOCK_##_name, .type = WS_OPTION_RAW,		\
	  .kinds = WS_PACKETS, .set_raw = _set }

/**
 * struct ws_option_level - the options of a level
 * @level: WINSOCK_SOL_SOCKET, WINSOCK_IPPROTO_*
 * @wrong: WSAE code for a kind of socket that an option does not exist for
 * @count: of @rows
 * @rows:  the options
 */
struct ws_option_level {
	int level;
	int wrong;
	size_t count;
	const struct ws_option *rows;
};

extern const struct ws_option_level ws_options_socket;
extern const struct ws_option_level ws_options_tcp;
extern const struct ws_option_level ws_options_udp;
extern const struct ws_option_level ws_options_ip;
extern const struct ws_option_level ws_options_ipv6;

int ws_option_stack(struct ws_sock *ws, int level, int name, const void *value,
		    int len);

/* The same with a number. */
static inline int ws_option_stack_int(struct ws_sock *ws, int level, int name,
				      int value)
{
	return ws_option_stack(ws, level, name, &value, sizeof(value));
}

int ws_option_copy(const struct winsock_sock_setopt *a, void *to, u32 size);

int ws_option_get_kept(struct ws_sock *ws, const struct ws_option *o,
		       u32 *value);
int ws_option_set_kept(struct ws_sock *ws, const struct ws_option *o,
		       u32 value);
int ws_option_set_protection(struct ws_sock *ws, const struct ws_option *o,
			     u32 value);
int ws_option_set_socket(struct ws_sock *ws, const struct ws_option *o,
			 u32 value);
int ws_option_set_tcp(struct ws_sock *ws, const struct ws_option *o, u32 value);
int ws_option_set_ip(struct ws_sock *ws, const struct ws_option *o, u32 value);
int ws_option_set_ipv6(struct ws_sock *ws, const struct ws_option *o,
		       u32 value);
int ws_option_get_initial(struct ws_sock *ws, const struct ws_option *o,
			  u32 *value);
int ws_option_set_never(struct ws_sock *ws, const struct ws_option *o,
			u32 value);
int ws_option_invalid_get(struct ws_call *call, struct ws_sock *ws);
int ws_option_invalid_set(struct ws_call *call, struct ws_sock *ws);
int ws_option_get_nothing(struct ws_call *call, struct ws_sock *ws);
int ws_option_set_nothing(struct ws_call *call, struct ws_sock *ws);

/* multicast.c: groups and sources, at either level. */

/* An address that stands for an interface: 0.x.x.x (IPPROTO_IP page, Win32). */
#define WS_INDEX_MASK	0xffffffU

int ws_multicast_sources(struct ws_sock *ws, int level, int name, u32 interface,
			 const struct __kernel_sockaddr_storage *group,
			 const struct __kernel_sockaddr_storage *source);
int ws_multicast_member(struct ws_call *call, struct ws_sock *ws);
int ws_multicast_member6(struct ws_call *call, struct ws_sock *ws);
int ws_multicast_source(struct ws_call *call, struct ws_sock *ws);
int ws_multicast_group(struct ws_call *call, struct ws_sock *ws);
int ws_multicast_group_source(struct ws_call *call, struct ws_sock *ws);

#endif /* WS_OPTION_H */
