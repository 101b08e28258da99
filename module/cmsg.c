// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control data: what travels beside a datagram, from Windows' layout to Linux'
 * and back.  Both are headers with data behind, in other sizes and numbers.
 */
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ipv6.h>
#include <linux/uaccess.h>
#include <net/ipv6.h>
#include "cmsg.h"

/* Longer control data is WSAEINVAL: every kind once is a tenth of it. */
#define WS_CMSG_MAX	4096

/* WSACMSGHDR of either kind of program; data begins right behind. */
struct ws_cmsghdr64 {
	u64 len;
	s32 level;
	s32 type;
};

struct ws_cmsghdr32 {
	u32 len;
	s32 level;
	s32 type;
};

/* in_pktinfo as Windows lays it out; in6_pktinfo is the same on both. */
struct ws_pktinfo {
	__be32 addr;
	u32 ifindex;
};

/**
 * struct ws_cmsg_row - one kind of control data
 * @level:   of Linux
 * @type:    of Linux
 * @ws_type: of Windows, at the level of the same number
 * @size:    bytes of Linux' data
 * @ws_size: bytes of Windows'
 */
struct ws_cmsg_row {
	int level;
	int type;
	int ws_type;
	u8 size;
	u8 ws_size;
};

/* windows-observed M6, M7, M8 */
static const struct ws_cmsg_row ws_cmsg_rows[] = {
	{ SOL_IP, IP_PKTINFO, WINSOCK_IP_PKTINFO, sizeof(struct in_pktinfo),
	  sizeof(struct ws_pktinfo) },
	{ SOL_IP, IP_TTL, WINSOCK_IP_TTL, sizeof(s32), sizeof(s32) },
	{ SOL_IP, IP_TOS, WINSOCK_IP_TOS, sizeof(u8), sizeof(s32) },
	{ SOL_IPV6, IPV6_PKTINFO, WINSOCK_IPV6_PKTINFO,
	  sizeof(struct in6_pktinfo), sizeof(struct in6_pktinfo) },
	{ SOL_IPV6, IPV6_HOPLIMIT, WINSOCK_IPV6_HOPLIMIT, sizeof(s32),
	  sizeof(s32) },
	{ SOL_IPV6, IPV6_TCLASS, WINSOCK_IPV6_TCLASS, sizeof(s32),
	  sizeof(s32) },
};

static_assert(WINSOCK_IPPROTO_IP == SOL_IP && WINSOCK_IPPROTO_IPV6 == SOL_IPV6);

union ws_cmsg_data {
	s32 number;
	u8 byte;
	struct in_pktinfo info;
	struct in6_pktinfo info6;
	struct ws_pktinfo ws_info;
	u8 bytes[20];
};

static u32 ws_cmsg_header(const struct ws_cmsg *c)
{
	return c->cmsg32 ? sizeof(struct ws_cmsghdr32) :
			   sizeof(struct ws_cmsghdr64);
}

static u32 ws_cmsg_align(const struct ws_cmsg *c, u32 len)
{
	return ALIGN(len, c->cmsg32 ? sizeof(u32) : sizeof(u64));
}

/* The header at @off of the caller's; WSAEFAULT, or WSAEINVAL if it cannot be. */
static int ws_cmsg_read(const struct ws_cmsg *c, u32 off,
			struct ws_cmsghdr64 *h)
{
	void __user *p = u64_to_user_ptr(c->addr + off);
	struct ws_cmsghdr32 h32;

	if (!c->cmsg32) {
		if (copy_from_user(h, p, sizeof(*h)))
			return WSAEFAULT;
	} else {
		if (copy_from_user(&h32, p, sizeof(h32)))
			return WSAEFAULT;
		*h = (struct ws_cmsghdr64){ h32.len, h32.level, h32.type };
	}
	return h->len < ws_cmsg_header(c) || h->len > c->len - off ?
	       WSAEINVAL : 0;
}

/* Append one kind to what the stack is told. */
static int ws_cmsg_tell(struct ws_cmsg *c, struct msghdr *msg,
			const struct ws_cmsg_row *row, union ws_cmsg_data *d)
{
	u32 size = row->size == sizeof(u8) ? sizeof(s32) : row->size;
	struct cmsghdr *cm = (void *)(c->room + msg->msg_controllen);

	if (msg->msg_controllen + CMSG_SPACE(size) > sizeof(c->room))
		return WSAEINVAL;
	if (row->type == IP_PKTINFO && row->level == SOL_IP)
		d->info = (struct in_pktinfo){
			.ipi_ifindex = d->ws_info.ifindex,
			.ipi_spec_dst.s_addr = d->ws_info.addr,
		};
	memset(cm, 0, CMSG_SPACE(size));
	cm->cmsg_len = CMSG_LEN(size);
	cm->cmsg_level = row->level;
	cm->cmsg_type = row->type;
	memcpy(CMSG_DATA(cm), d, size);
	msg->msg_controllen += CMSG_SPACE(size);
	return 0;
}

/**
 * ws_cmsg_get() - what a caller wants of the datagram that it sends
 * @c:   its address, length and layout filled in; must outlive @msg's use
 * @msg: gets it in Linux' layout
 *
 * Context: process, may fault.
 * Return: 0, WSAEFAULT, WSAEINVAL (malformed, or a kind that there is not).
 */
int ws_cmsg_get(struct ws_cmsg *c, struct msghdr *msg)
{
	const struct ws_cmsg_row *row, *end = ws_cmsg_rows +
					      ARRAY_SIZE(ws_cmsg_rows);
	u32 header = ws_cmsg_header(c);
	union ws_cmsg_data d;
	struct ws_cmsghdr64 h;
	u32 off;
	int err;

	if (c->len > WS_CMSG_MAX)
		return WSAEINVAL;
	msg->msg_control = c->room;
	msg->msg_controllen = 0;
	for (off = 0; off + header <= c->len;
	     off += ws_cmsg_align(c, h.len)) {
		err = ws_cmsg_read(c, off, &h);
		if (err)
			return err;
		for (row = ws_cmsg_rows; row < end; row++)
			if (row->level == h.level && row->ws_type == h.type)
				break;
		if (row == end || h.len < header + row->ws_size)
			return WSAEINVAL;
		if (copy_from_user(&d, u64_to_user_ptr(c->addr + off + header),
				   row->ws_size))
			return WSAEFAULT;
		err = ws_cmsg_tell(c, msg, row, &d);
		if (err)
			return err;
	}
	return 0;
}

/**
 * ws_cmsg_init() - have the stack say what it knows of a datagram
 * @c:   its address, length and layout filled in; must outlive @msg's use
 * @msg: the message to be received
 *
 * Context: any.
 */
void ws_cmsg_init(struct ws_cmsg *c, struct msghdr *msg)
{
	msg->msg_control = c->room;
	msg->msg_controllen = sizeof(c->room);
}

/* One kind in Windows' form, and the flag that a target's address stands for. */
static void ws_cmsg_convert(const struct ws_cmsg_row *row,
			    union ws_cmsg_data *d, u32 *msg_flags)
{
	__be32 addr;

	if (row->size == sizeof(u8)) {
		d->number = d->byte;
	} else if (row->level == SOL_IP && row->type == IP_PKTINFO) {
		addr = d->info.ipi_addr.s_addr;
		d->ws_info = (struct ws_pktinfo){ addr, d->info.ipi_ifindex };
		if (ipv4_is_multicast(addr))
			*msg_flags |= WINSOCK_MSG_MCAST;
		else if (ipv4_is_lbcast(addr))
			*msg_flags |= WINSOCK_MSG_BCAST;
	} else if (row->level == SOL_IPV6 && row->type == IPV6_PKTINFO &&
		   ipv6_addr_is_multicast(&d->info6.ipi6_addr)) {
		*msg_flags |= WINSOCK_MSG_MCAST;
	}
}

/* Write one header with its data; the padding is zeros. */
static int ws_cmsg_write(const struct ws_cmsg *c, u32 off,
			 const struct ws_cmsg_row *row,
			 const union ws_cmsg_data *d)
{
	u32 header = ws_cmsg_header(c);
	struct {
		union {
			struct ws_cmsghdr64 h64;
			struct ws_cmsghdr32 h32;
		};
		u8 data[24];
	} out = { };
	u8 *data = (u8 *)&out + header;

	if (c->cmsg32)
		out.h32 = (struct ws_cmsghdr32){ header + row->ws_size,
						 row->level, row->ws_type };
	else
		out.h64 = (struct ws_cmsghdr64){ header + row->ws_size,
						 row->level, row->ws_type };
	memcpy(data, d, row->ws_size);
	return copy_to_user(u64_to_user_ptr(c->addr + off), &out,
			    header + ws_cmsg_align(c, row->ws_size)) ?
	       WSAEFAULT : 0;
}

/**
 * ws_cmsg_put() - give a caller what the stack said of a datagram
 * @c:         from ws_cmsg_init()
 * @msg:       the message received
 * @used:      gets the bytes written (windows-observed M5)
 * @msg_flags: WINSOCK_MSG_* bits are added: _CTRUNC if not all had room,
 *             _BCAST and _MCAST if the target's address was among it
 *
 * Context: process, may fault.
 * Return: 0, WSAEFAULT, WSAEMSGSIZE (not all had room, M4).
 */
int ws_cmsg_put(struct ws_cmsg *c, const struct msghdr *msg, u32 *used,
		u32 *msg_flags)
{
	const struct ws_cmsg_row *row, *end = ws_cmsg_rows +
					      ARRAY_SIZE(ws_cmsg_rows);
	u32 filled = sizeof(c->room) - msg->msg_controllen, at, need;
	const struct cmsghdr *cm;
	union ws_cmsg_data d;

	*used = 0;
	for (at = 0; at + sizeof(*cm) <= filled;
	     at += CMSG_ALIGN(cm->cmsg_len)) {
		cm = (const void *)(c->room + at);
		if (cm->cmsg_len < sizeof(*cm))
			break;
		for (row = ws_cmsg_rows; row < end; row++)
			if (row->level == cm->cmsg_level &&
			    row->type == cm->cmsg_type)
				break;
		/* An imported socket may have asked for more than there is. */
		if (row == end || cm->cmsg_len < CMSG_LEN(row->size))
			continue;
		memcpy(&d, CMSG_DATA((struct cmsghdr *)cm), row->size);
		ws_cmsg_convert(row, &d, msg_flags);
		need = ws_cmsg_header(c) + ws_cmsg_align(c, row->ws_size);
		if (need > c->len - *used) {
			*msg_flags |= WINSOCK_MSG_CTRUNC;
			return WSAEMSGSIZE;
		}
		if (ws_cmsg_write(c, *used, row, &d))
			return WSAEFAULT;
		*used += need;
	}
	return 0;
}
