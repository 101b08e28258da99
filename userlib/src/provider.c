// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The catalogues of providers.
 *
 * There is one provider of names, and the catalogue of those of sockets is what
 * WSAEnumProtocols lists.  Neither can be written: to every caller it is what
 * Windows' is to one who is no administrator.
 */
#include <string.h>

#include "names.h"
#include "pack.h"
#include "provider.h"

#define WSA_INVALID_PARAMETER	87

/* Windows' own for the DNS. */
const struct ws_guid ws_dns_provider = {
	0x22059d40, 0x7e9e, 0x11cf,
	{ 0xae, 0x5a, 0x00, 0xaa, 0x00, 0xa7, 0x11, 0x2b }
};

/* WSANAMESPACE_INFO and, with the blob, WSANAMESPACE_INFOEX */
struct ws_space_info {
	struct ws_guid provider;
	__u32 space;
	int active;
	__u32 version;
	void *identifier;
	struct {
		__u32 size;
		void *data;
	} blob;
};

static int enum_spaces(unsigned int *len, void *buf, bool wide, bool ex)
{
	struct ws_pack pack = { .base = buf, .wide = wide };
	struct ws_space_info *info;
	int code = ws_started();
	void *text;

	if (code || !len)
		return ws_result(code ? code : WSAEFAULT);
	pack.size = buf ? *len : 0;
	info = ws_pack_room(&pack, ex ? sizeof(*info) :
			    offsetof(struct ws_space_info, blob),
			    sizeof(void *));
	text = ws_pack_text(&pack, "Tcpip");
	if (!ws_pack_fits(&pack)) {
		*len = pack.used;
		return ws_result(WSAEFAULT);
	}
	info->provider = ws_dns_provider;
	info->space = WS_NS_DNS;
	info->active = 1;
	info->identifier = text;
	ws_result(0);
	return 1;
}

WS_API int winsock_wsaenumnamespaceprovidersa(unsigned int *len, void *infos)
{
	return enum_spaces(len, infos, false, false);
}

WS_API int winsock_wsaenumnamespaceprovidersw(unsigned int *len, void *infos)
{
	return enum_spaces(len, infos, true, false);
}

WS_API int winsock_wsaenumnamespaceprovidersexa(unsigned int *len, void *infos)
{
	return enum_spaces(len, infos, false, true);
}

WS_API int winsock_wsaenumnamespaceprovidersexw(unsigned int *len, void *infos)
{
	return enum_spaces(len, infos, true, true);
}

WS_API int winsock_wscenumnamespaceproviders32(unsigned int *len, void *infos)
{
	return enum_spaces(len, infos, true, false);
}

WS_API int winsock_wscenumnamespaceprovidersex32(unsigned int *len,
						 void *infos)
{
	return enum_spaces(len, infos, true, true);
}

/* Nothing ever changes in it that one could be told of. */
WS_API int winsock_wsaproviderconfigchange(void *handle, void *overlapped,
					   void *routine)
{
	int code = ws_started();

	(void)handle;
	(void)overlapped;
	(void)routine;
	return ws_result(code ? code : WSAEOPNOTSUPP);
}

/* Answers where these calls have their code: they need no WSAStartup. */
static int refuse(int *error, int code)
{
	if (error)
		*error = code;
	ws_last_error = code;
	return WS_SOCKET_ERROR;
}

/* Writing a catalogue. */
#define REFUSES(name, ...)						\
WS_API int winsock_##name(__VA_ARGS__, int *error)			\
{									\
	return refuse(error, WSANO_RECOVERY);				\
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"

REFUSES(wscinstallprovider, void *id, const wchar_t *path, void *infos,
	unsigned int count)
REFUSES(wscinstallprovider64_32, void *id, const wchar_t *path, void *infos,
	unsigned int count)
REFUSES(wscinstallproviderandchains, void *id, wchar_t *path, wchar_t *name,
	unsigned int flags, void *infos, unsigned int count,
	unsigned int *entry)
REFUSES(wscinstallproviderandchains64_32, void *id, wchar_t *path,
	wchar_t *path32, wchar_t *name, unsigned int flags, void *infos,
	unsigned int count, unsigned int *entry)
REFUSES(wscupdateprovider, void *id, const wchar_t *path, void *infos,
	unsigned int count)
REFUSES(wscupdateprovider32, void *id, const wchar_t *path, void *infos,
	unsigned int count)
REFUSES(wscdeinstallprovider, void *id)
REFUSES(wscdeinstallprovider32, void *id)
REFUSES(wscsetproviderinfo, void *id, unsigned int type, unsigned char *info,
	size_t len, unsigned int flags)
REFUSES(wscsetproviderinfo32, void *id, unsigned int type, unsigned char *info,
	size_t len, unsigned int flags)
REFUSES(wscsetapplicationcategory, const wchar_t *path, unsigned int path_len,
	const wchar_t *extra, unsigned int extra_len, unsigned int categories,
	unsigned int *previous)

/* These return their code. */
WS_API int winsock_wscwriteproviderorder(unsigned int *entries,
					 unsigned int count)
{
	return WSANO_RECOVERY;
}

WS_API int winsock_wscwriteproviderorder32(unsigned int *entries,
					   unsigned int count)
{
	return WSANO_RECOVERY;
}

WS_API int winsock_wscwritenamespaceorder(void *ids, unsigned int count)
{
	return WSANO_RECOVERY;
}

WS_API int winsock_wscwritenamespaceorder32(void *ids, unsigned int count)
{
	return WSANO_RECOVERY;
}

/* And these of name spaces have it in the last error. */
#define REFUSES_SPACE(name, ...)						\
WS_API int winsock_##name(__VA_ARGS__)					\
{									\
	return ws_result(WSAEACCES);					\
}

REFUSES_SPACE(wscinstallnamespace, wchar_t *name, wchar_t *path,
	      unsigned int space, unsigned int version, void *id)
REFUSES_SPACE(wscinstallnamespace32, wchar_t *name, wchar_t *path,
	      unsigned int space, unsigned int version, void *id)
REFUSES_SPACE(wscinstallnamespaceex, wchar_t *name, wchar_t *path,
	      unsigned int space, unsigned int version, void *id, void *info)
REFUSES_SPACE(wscinstallnamespaceex32, wchar_t *name, wchar_t *path,
	      unsigned int space, unsigned int version, void *id, void *info)
REFUSES_SPACE(wscuninstallnamespace, void *id)
REFUSES_SPACE(wscuninstallnamespace32, void *id)
REFUSES_SPACE(wscenablensprovider, void *id, int enable)
REFUSES_SPACE(wscenablensprovider32, void *id, int enable)

/* Providers that the process itself would be. */
static int no_provider(const void *id)
{
	int code = ws_started();

	if (!code)
		code = id ? WSAEINVALIDPROVIDER : WSAEFAULT;
	return ws_result(code);
}

WS_API int winsock_wsaadvertiseprovider(const void *id, const void *routines)
{
	return no_provider(id);
}

WS_API int winsock_wsaunadvertiseprovider(const void *id)
{
	return no_provider(id);
}

WS_API int winsock_wsaprovidercompleteasynccall(void *call, int ret)
{
	int code = ws_started();

	return ws_result(code ? code : WSA_INVALID_PARAMETER);
}

WS_API int winsock_wpucompleteoverlappedrequest(uintptr_t s, void *overlapped,
						unsigned int code,
						unsigned int transferred,
						int *error)
{
	return refuse(error, WSAEINVAL);
}

/* No file holds a provider, and no program is in a category. */
static int no_path(const void *id, const void *path, const void *len,
		   int *error)
{
	return refuse(error, id && path && len ? WSAEINVAL : WSAEFAULT);
}

WS_API int winsock_wscgetproviderpath(void *id, wchar_t *path, int *len,
				      int *error)
{
	return no_path(id, path, len, error);
}

WS_API int winsock_wscgetproviderpath32(void *id, wchar_t *path, int *len,
					int *error)
{
	return no_path(id, path, len, error);
}

static int no_info(const void *id, const void *len, int *error)
{
	return refuse(error, id && len ? WSAEINVALIDPROVIDER : WSAEFAULT);
}

WS_API int winsock_wscgetproviderinfo(void *id, unsigned int type,
				      unsigned char *info, size_t *len,
				      unsigned int flags, int *error)
{
	return no_info(id, len, error);
}

WS_API int winsock_wscgetproviderinfo32(void *id, unsigned int type,
					unsigned char *info, size_t *len,
					unsigned int flags, int *error)
{
	return no_info(id, len, error);
}

WS_API int winsock_wscgetapplicationcategory(const wchar_t *path,
					     unsigned int path_len,
					     const wchar_t *extra,
					     unsigned int extra_len,
					     unsigned int *categories,
					     int *error)
{
	return refuse(error, WSASERVICE_NOT_FOUND);
}

/* What Windows asks of a provider: this library is none that it could load. */
WS_API int winsock_wspstartup(unsigned short version, void *data, void *info,
			      struct ws_upcalls upcalls, void *procs)
{
	return WSASYSNOTREADY;
}

WS_API int winsock_nspstartup(void *id, void *routines)
{
	return ws_result(WSASYSNOTREADY);
}

#pragma GCC diagnostic pop
