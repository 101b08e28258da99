/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * For sources of Winsock 1.1, which find all that they know in the newer
 * header, and Microsoft's extensions where they expect them.
 */
#ifndef _WINSOCK_H
#define _WINSOCK_H

#include <winsock2.h>
#include <mswsock.h>

#endif /* _WINSOCK_H */
