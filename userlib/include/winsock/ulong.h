/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The part of <winsock2.h> that lets ioctlsocket() take a pointer to an unsigned
 * long, which u_long is on Windows and programs write out.  Here it has 64 bits:
 * the low ones count, and what is stored is the whole value.
 */
#ifndef _WINSOCK_ULONG_H
#define _WINSOCK_ULONG_H

#ifndef _WINSOCK2API_
#error "include <winsock2.h>, which includes this"
#endif

/* Not read, since a variable for a result need not have a value. */
static __inline__ u_long *ws_u_long_of(unsigned long *arg)
{
	if (arg)
		memset((char *)arg + sizeof(u_long), 0,
		       sizeof(*arg) - sizeof(u_long));
	return (u_long *)(void *)arg;
}

#ifdef __cplusplus
extern "C++" inline u_long *ws_u_long(unsigned long *arg)
{
	return ws_u_long_of(arg);
}

extern "C++" inline u_long *ws_u_long(u_long *arg)
{
	return arg;
}
#else
#define ws_u_long(arg)							\
	__builtin_choose_expr(						\
		__builtin_types_compatible_p(__typeof__(1 ? (arg) : (arg)), \
					     unsigned long *),		\
		ws_u_long_of((unsigned long *)(void *)(arg)), (arg))
#endif

/* By itself the name is the function, of which a pointer can be had. */
#define ioctlsocket(s, code, arg)					\
	ioctlsocket((s), (code), ws_u_long(arg))

#endif /* _WINSOCK_ULONG_H */
