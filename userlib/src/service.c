// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Classes of services.
 *
 * A class is known by its GUID alone.  Information about classes would come out
 * of a store that programs install it into; there is none, as for a caller whom
 * Windows does not let write it.
 */
#include <ctype.h>
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>

#include "provider.h"

#define ERROR_NOT_SUPPORTED		50
#define ERROR_SERVICE_DOES_NOT_EXIST	1060

static const __u8 tail[8] = { 0xc0, 0, 0, 0, 0, 0, 0, 0x46 };

enum ws_class ws_class_of(const struct ws_guid *id)
{
	if (id->data2 || memcmp(id->data4, tail, sizeof(tail)))
		return WS_CLASS_NONE;
	switch (id->data1) {
	case 0x0002a800:
		return WS_CLASS_HOSTNAME;
	case 0x0002a801:
		return WS_CLASS_BY_ADDRESS;
	case 0x0002a802:
		return WS_CLASS_SERVICE;
	case 0x0002a803:
		return WS_CLASS_BY_NAME;
	}
	if (id->data1 >> 16 == 0x0009)
		return WS_CLASS_TCP;
	return id->data1 >> 16 == 0x000a ? WS_CLASS_UDP : WS_CLASS_NONE;
}

/* A class by its GUID, which has to be given. */
static int no_class(const void *id, int code)
{
	int err = ws_started();

	if (!err)
		err = id ? code : WSAEINVAL;
	return ws_result(err);
}

WS_API int winsock_wsainstallserviceclassa(void *info)
{
	return no_class(info, WSAEACCES);
}

WS_API int winsock_wsainstallserviceclassw(void *info)
{
	return no_class(info, WSAEACCES);
}

WS_API int winsock_wsaremoveserviceclass(void *id)
{
	return no_class(id, WSATYPE_NOT_FOUND);
}

WS_API int winsock_wsagetserviceclassinfoa(void *provider, void *id,
					   unsigned int *len, void *info)
{
	(void)provider;
	(void)info;
	return no_class(len ? id : NULL, WSATYPE_NOT_FOUND);
}

WS_API int winsock_wsagetserviceclassinfow(void *provider, void *id,
					   unsigned int *len, void *info)
{
	(void)provider;
	(void)info;
	return no_class(len ? id : NULL, WSATYPE_NOT_FOUND);
}

WS_API int winsock_wsagetserviceclassnamebyclassida(void *id, char *name,
						    unsigned int *len)
{
	(void)name;
	return no_class(len ? id : NULL, WSATYPE_NOT_FOUND);
}

WS_API int winsock_wsagetserviceclassnamebyclassidw(void *id, wchar_t *name,
						    unsigned int *len)
{
	(void)name;
	return no_class(len ? id : NULL, WSATYPE_NOT_FOUND);
}

WS_API int winsock_wsasetservicea(void *info, unsigned int operation,
				  unsigned int flags)
{
	(void)flags;
	return no_class(operation <= 2 ? info : NULL, WSAEACCES);
}

WS_API int winsock_wsasetservicew(void *info, unsigned int operation,
				  unsigned int flags)
{
	(void)flags;
	return no_class(operation <= 2 ? info : NULL, WSAEACCES);
}

/*
 * The class of a service that has a port, and back, as Winsock 1.1 asks.
 */
static int type_by_name(const char *name, struct ws_guid *type)
{
	__u16 port;

	if (!name || !type || !*name || isdigit((unsigned char)*name))
		return ERROR_SERVICE_DOES_NOT_EXIST;
	memset(type, 0, sizeof(*type));
	if (!ws_service_port(name, WINSOCK_SOCK_STREAM, 0, &port))
		type->data1 = 0x0009 << 16;
	else if (!ws_service_port(name, WINSOCK_SOCK_DGRAM, 0, &port))
		type->data1 = 0x000a << 16;
	else
		return ERROR_SERVICE_DOES_NOT_EXIST;
	type->data1 |= winsock_ntohs(port);
	memcpy(type->data4, tail, sizeof(tail));
	return 0;
}

WS_API int winsock_gettypebynamea(char *name, void *type)
{
	int saved = errno;
	int code = ws_started();

	if (!code)
		code = type_by_name(name, type);
	errno = saved;
	return ws_result(code);
}

WS_API int winsock_gettypebynamew(wchar_t *name, void *type)
{
	char *narrow = name ? ws_narrow(name) : NULL;
	int ret = winsock_gettypebynamea(narrow, type);

	free(narrow);
	return ret;
}

static int name_by_type(const struct ws_guid *type, char name[WS_NAME_SIZE])
{
	struct servent *found = NULL;
	struct servent entry;
	enum ws_class class;
	char buf[1024];

	class = type ? ws_class_of(type) : WS_CLASS_NONE;
	if (class != WS_CLASS_TCP && class != WS_CLASS_UDP)
		return ERROR_SERVICE_DOES_NOT_EXIST;
	if (getservbyport_r(winsock_htons(ws_class_port(type)),
			    class == WS_CLASS_TCP ? "tcp" : "udp", &entry, buf,
			    sizeof(buf), &found) || !found ||
	    strlen(found->s_name) >= WS_NAME_SIZE)
		return ERROR_SERVICE_DOES_NOT_EXIST;
	strcpy(name, found->s_name);
	return 0;
}

static int name_of_type(const struct ws_guid *type, void *name, __u32 len,
			bool wide)
{
	wchar_t text[WS_NAME_SIZE];
	char found[WS_NAME_SIZE];
	int saved = errno;
	int code = ws_started();

	if (!code)
		code = name_by_type(type, found);
	if (!code && (!name || strlen(found) >= len))
		code = ERROR_INSUFFICIENT_BUFFER;
	if (!code && wide) {
		ws_widen(found, text);
		wcscpy(name, text);
	} else if (!code) {
		strcpy(name, found);
	}
	errno = saved;
	return ws_result(code);
}

WS_API int winsock_getnamebytypea(void *type, char *name, unsigned int len)
{
	return name_of_type(type, name, len, false);
}

WS_API int winsock_getnamebytypew(void *type, wchar_t *name, unsigned int len)
{
	return name_of_type(type, name, len, true);
}

/* Services are neither registered nor described anywhere. */
static int no_service(int code)
{
	int err = ws_started();

	return ws_result(err ? err : code);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"

WS_API int winsock_setservicea(unsigned int space, unsigned int operation,
			       unsigned int flags, void *info, void *async,
			       unsigned int *status)
{
	return no_service(ERROR_NOT_SUPPORTED);
}

WS_API int winsock_setservicew(unsigned int space, unsigned int operation,
			       unsigned int flags, void *info, void *async,
			       unsigned int *status)
{
	return no_service(ERROR_NOT_SUPPORTED);
}

WS_API int winsock_getservicea(unsigned int space, void *type, char *name,
			       unsigned int properties, void *buf,
			       unsigned int *len, void *async)
{
	return no_service(ERROR_SERVICE_DOES_NOT_EXIST);
}

WS_API int winsock_getservicew(unsigned int space, void *type, wchar_t *name,
			       unsigned int properties, void *buf,
			       unsigned int *len, void *async)
{
	return no_service(ERROR_SERVICE_DOES_NOT_EXIST);
}

#pragma GCC diagnostic pop
