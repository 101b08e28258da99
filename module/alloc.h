/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_ALLOC_H
#define WS_ALLOC_H

#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include "winsock.h"

/**
 * ws_alloc_array() - memory for as many elements as a caller says
 * @n:     their number
 * @size:  of each, bytes
 * @flags: __GFP_ZERO or 0
 *
 * Not kvmalloc_array(), which with WS_GFP would try hard for pages in a row,
 * whatever that costs the machine, before it maps single ones.  Neither is tried
 * hard here, since vmalloc() does not take the flag on all kernels; nobody is
 * killed for either.
 *
 * Context: process, may sleep.
 * Return: memory for kvfree(), or NULL.
 */
static inline void *ws_alloc_array(size_t n, size_t size, gfp_t flags)
{
	size_t bytes = array_size(n, size);
	void *p;

	if (bytes > INT_MAX)
		return NULL;
	if (bytes <= PAGE_SIZE)
		return kmalloc(bytes, WS_GFP | flags);
	flags |= (WS_GFP & ~__GFP_RETRY_MAYFAIL) | __GFP_NORETRY;
	p = kmalloc(bytes, flags);
	return p ?: __vmalloc(bytes, flags);
}

#endif /* WS_ALLOC_H */
