// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * WSAAddressToString and WSAStringToAddress: whole socket addresses as text.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "text.h"

static bool has_digit(char c, unsigned int base)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = strchr(digits, c >= 'A' && c <= 'F' ? c | 0x20 : c);

	return c && at && at < digits + base;
}

/*
 * One hexadecimal number alone is the whole address, of which Windows keeps the
 * last 32 bits however long it is.
 */
static const char *parse_long_hex(const char *s, __u32 *out)
{
	__u32 part;
	char one[4] = "0x?";

	if (s[0] != '0' || (s[1] | 0x20) != 'x' || !has_digit(s[2], 16))
		return NULL;
	*out = 0;
	for (s += 2; has_digit(*s, 16); s++) {
		one[2] = *s;
		ws_parse_number(one, 0xf, &part);
		*out = *out << 4 | part;
	}
	return s;
}

/* ":port" up to the end of the text, or nothing.  Port 0 is none. */
static bool parse_port(const char *s, __u16 *port)
{
	__u32 value;

	if (!*s)
		return true;
	if (*s != ':')
		return false;
	s = ws_parse_number(s + 1, 0xffff, &value);
	if (!s || *s || !value)
		return false;
	*port = winsock_htons(value);
	return true;
}

static bool parse_in(const char *text, struct winsock_sockaddr_in *sin)
{
	const char *s;
	__u32 addr;
	__u16 port = 0;

	s = ws_parse_parts(text, &addr);
	if (!s)
		s = parse_long_hex(text, &addr);
	if (!s || !parse_port(s, &port))
		return false;
	addr = winsock_htonl(addr);
	memcpy(&sin->sin_addr, &addr, 4);
	sin->sin_port = port;
	sin->sin_family = WINSOCK_AF_INET;
	return true;
}

static bool parse_in6(const char *text, struct winsock_sockaddr_in6 *sin6)
{
	bool bracket = *text == '[';
	__u64 scope = 0;
	__u16 port = 0;
	const char *s;

	s = ws_parse_ip6(text + bracket, (__u8 *)&sin6->sin6_addr);
	if (!s)
		return false;
	if (*s == '%') {
		if (!has_digit(*++s, 10))
			return false;
		for (; has_digit(*s, 10) && scope <= 0xffffffff; s++)
			scope = scope * 10 + (*s - '0');
		if (scope > 0xffffffff)
			return false;
	}
	if (bracket ? *s++ != ']' || !parse_port(s, &port) : *s)
		return false;
	sin6->sin6_scope_id = scope;
	sin6->sin6_port = port;
	sin6->sin6_family = WINSOCK_AF_INET6;
	return true;
}

static int from_text(const char *text, int family, void *addr, int *len)
{
	int size = family == WINSOCK_AF_INET ?
		   sizeof(struct winsock_sockaddr_in) :
		   sizeof(struct winsock_sockaddr_in6);
	bool good;

	if (family != WINSOCK_AF_INET && family != WINSOCK_AF_INET6)
		return WSAEINVAL;
	if (*len < size) {
		*len = size;
		return WSAEFAULT;
	}
	memset(addr, 0, size);
	good = family == WINSOCK_AF_INET ? parse_in(text, addr) :
	       parse_in6(text, addr);
	if (!good)
		return WSAEINVAL;
	*len = size;
	return 0;
}

/* Checks the arguments that both forms have.  Returns 0 or a Winsock code. */
static int check_from(const void *text, const void *addr, const int *len)
{
	int code = ws_started();

	if (!code && !text)
		code = WSAEINVAL;
	if (!code && (!addr || !len))
		code = WSAEFAULT;
	return code;
}

/* Which provider converts, @info says on Windows; here there is one. */
WS_API int winsock_wsastringtoaddressa(char *text, int family, void *info,
				       void *addr, int *len)
{
	int code = check_from(text, addr, len);

	(void)info;
	return ws_result(code ? code : from_text(text, family, addr, len));
}

WS_API int winsock_wsastringtoaddressw(wchar_t *text, int family, void *info,
				       void *addr, int *len)
{
	int code = check_from(text, addr, len);
	char *narrow = NULL;

	(void)info;
	if (!code) {
		/* Leading zeros make good text of any length. */
		narrow = ws_narrow(text);
		code = narrow ? from_text(narrow, family, addr, len) :
		       WSA_NOT_ENOUGH_MEMORY;
	}
	free(narrow);
	return ws_result(code);
}

/* Port and scope are left out if they are 0.  Returns the length, or -1. */
static int format_sockaddr(const void *addr, unsigned int size,
			   char text[WS_ADDRESS_TEXT])
{
	const struct winsock_sockaddr_in6 *sin6 = addr;
	const struct winsock_sockaddr_in *sin = addr;
	char scope[16] = "";
	char ip[IP6_TEXT];
	unsigned int port;

	if (size < sizeof(sin->sin_family))
		return -1;
	if (size >= sizeof(*sin) && sin->sin_family == WINSOCK_AF_INET) {
		port = winsock_ntohs(sin->sin_port);
		ws_format(WINSOCK_AF_INET, &sin->sin_addr, ip);
		return sprintf(text, port ? "%s:%u" : "%s", ip, port);
	}
	if (size >= sizeof(*sin6) && sin6->sin6_family == WINSOCK_AF_INET6) {
		port = winsock_ntohs(sin6->sin6_port);
		ws_format(WINSOCK_AF_INET6, &sin6->sin6_addr, ip);
		if (sin6->sin6_scope_id)
			sprintf(scope, "%%%u", sin6->sin6_scope_id);
		return sprintf(text, port ? "[%s%s]:%u" : "%s%s", ip, scope,
			       port);
	}
	return -1;
}

/* Checks arguments, makes the text and tells whether there is room for it. */
static int to_text(const void *addr, unsigned int size, const void *out,
		   unsigned int *len, char text[WS_ADDRESS_TEXT])
{
	int code = ws_started();
	unsigned int need;
	int made;

	if (code)
		return code;
	if (!addr || !len)
		return WSAEINVAL;
	made = format_sockaddr(addr, size, text);
	if (made < 0)
		return WSAEINVAL;
	need = made + 1;
	if (*len < need) {
		*len = need;
		return WSAEFAULT;
	}
	if (!out)
		return WSAEFAULT;
	*len = need;
	return 0;
}

WS_API int winsock_wsaaddresstostringa(void *addr, unsigned int size,
				       void *info, char *out,
				       unsigned int *len)
{
	char text[WS_ADDRESS_TEXT];
	int code = to_text(addr, size, out, len, text);

	(void)info;
	if (!code)
		memcpy(out, text, *len);
	return ws_result(code);
}

WS_API int winsock_wsaaddresstostringw(void *addr, unsigned int size,
				       void *info, wchar_t *out,
				       unsigned int *len)
{
	char text[WS_ADDRESS_TEXT];
	int code = to_text(addr, size, out, len, text);
	unsigned int i;

	(void)info;
	for (i = 0; !code && i < *len; i++)
		out[i] = text[i];
	return ws_result(code);
}
