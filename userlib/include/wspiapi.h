/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * getaddrinfo, getnameinfo and freeaddrinfo for systems that may lack them.
 * This one has them.
 */
#ifndef _WSPIAPI_H_
#define _WSPIAPI_H_

#include <ws2tcpip.h>

#endif /* _WSPIAPI_H_ */
