/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Structures with all that they point to in one buffer of the caller's.
 *
 * Everything is put in turn, whether or not there is room: at the end @used is
 * the size that would have done, and what is in the buffer counts only if that
 * is not above @size.
 */
#ifndef _WINSOCK_PACK_H
#define _WINSOCK_PACK_H

#include <stdbool.h>

#include "internal.h"

struct ws_pack {
	char *base;
	size_t size;
	size_t used;
	bool wide;		/* strings are wchar_t */
};

void *ws_pack_room(struct ws_pack *pack, size_t size, size_t align);
void *ws_pack_bytes(struct ws_pack *pack, const void *from, size_t size);
void *ws_pack_text(struct ws_pack *pack, const char *text);

static inline bool ws_pack_fits(const struct ws_pack *pack)
{
	return pack->used <= pack->size;
}

#endif /* _WINSOCK_PACK_H */
