// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * See pack.h.
 */
#include <string.h>

#include "names.h"
#include "pack.h"

/**
 * ws_pack_room - the next bytes of the buffer
 * @pack:  the buffer
 * @size:  how many
 * @align: a power of two
 *
 * Return: them, zeroed, or NULL if they are not there.
 */
void *ws_pack_room(struct ws_pack *pack, size_t size, size_t align)
{
	size_t at = (pack->used + align - 1) & ~(align - 1);

	pack->used = at + size;
	if (!ws_pack_fits(pack))
		return NULL;
	return memset(pack->base + at, 0, size);
}

void *ws_pack_bytes(struct ws_pack *pack, const void *from, size_t size)
{
	void *to = ws_pack_room(pack, size, sizeof(void *));

	return to ? memcpy(to, from, size) : NULL;
}

/* A copy of @text, which is in UTF-8; NULL for none. */
void *ws_pack_text(struct ws_pack *pack, const char *text)
{
	size_t width = pack->wide ? sizeof(wchar_t) : 1;
	void *to;

	if (!text)
		return NULL;
	to = ws_pack_room(pack, (strlen(text) + 1) * width, width);
	if (to && pack->wide)
		ws_widen(text, to);
	else if (to)
		strcpy(to, text);
	return to;
}
