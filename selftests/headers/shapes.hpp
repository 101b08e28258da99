/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shapes of functions in the names of symbols, for two compilers' headers to
 * be compared (C++): a letter for the result and for each parameter.
 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <nspapi.h>
#include <ws2spi.h>
#include <sporder.h>
#include <type_traits>

/* a to d: signed, of 1 to 8 bytes; A to D: unsigned; pointer, void, struct. */
template <class T> struct letter {
	static constexpr char value =
		std::is_pointer<T>::value ? 'p' :
		std::is_class<T>::value ? 's' :
		(std::is_signed<T>::value ? 'a' : 'A') +
		(sizeof(T) == 8 ? 3 : sizeof(T) / 2);
};

template <> struct letter<void> {
	static constexpr char value = 'v';
};

template <char... C> struct letters {
};

template <class R, class... A>
letters<letter<R>::value, letter<A>::value...> shape(R (*)(A...));

#define SHAPE(function)	void function##_(decltype(shape(&function))) {}
