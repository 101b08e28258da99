/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compares the prototypes of the public headers with those that the library
 * was compiled with (C++).  To both sides a structure is its size, and a
 * pointer to anything but a number a pointer.
 */
#include "internal.h"

#undef FIONREAD
#undef FIONBIO

#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <nspapi.h>
#include <sporder.h>
#include <ws2spi.h>
#include <windows.h>
#include <type_traits>

template <class T, bool = std::is_class<T>::value,
	  bool = std::is_enum<T>::value> struct plain {
	typedef T type;
};

template <class T> struct plain<T, true, false> {
	typedef std::integral_constant<size_t, sizeof(T)> type;
};

template <class T> struct plain<T, false, true> {
	typedef typename std::underlying_type<T>::type type;
};

template <class T> struct plain<T *, false, false> {
	typedef typename std::conditional<std::is_arithmetic<T>::value, T *,
					  void *>::type type;
};

template <class R, class... A>
typename plain<R>::type (*erase(R (*)(A...)))(typename plain<A>::type...);

#define SAME(api, symbol)						\
	static_assert(std::is_same<decltype(erase(&api)),		\
				   decltype(erase(&symbol))>::value, #api)
