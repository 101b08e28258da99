// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lookups in the DNS name space, its provider, classes of services.
 */
#include "api_test.h"

#include <nspapi.h>
#include <svcguid.h>

static GUID by_name = SVCID_INET_HOSTADDRBYNAME;
static GUID by_text = SVCID_INET_HOSTADDRBYINETSTRING;
static GUID service = SVCID_INET_SERVICEBYNAME;
static GUID host_name = SVCID_HOSTNAME;
static GUID unknown = { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 } };

/* As Windows' NS_DNS provider calls itself. */
static const GUID dns = {
	0x22059d40, 0x7e9e, 0x11cf,
	{ 0xae, 0x5a, 0x00, 0xaa, 0x00, 0xa7, 0x11, 0x2b }
};

/* Room for any answer here, aligned. */
static union {
	WSAQUERYSETA set;
	WSAQUERYSETW wide;
	WSANAMESPACE_INFOA infos[1];
	PROTOCOL_INFOA protocols[1];
	char bytes[4096];
} room;

static void question(LPWSAQUERYSETA q, LPGUID id, const char *name)
{
	memset(q, 0, sizeof(*q));
	q->dwSize = sizeof(*q);
	q->lpServiceClassId = id;
	q->lpszServiceInstanceName = (char *)name;
	q->dwNameSpace = NS_DNS;
}

static HANDLE begin(LPGUID id, const char *name, DWORD flags)
{
	HANDLE lookup = NULL;
	WSAQUERYSETA q;

	question(&q, id, name);
	EXPECT_OK(WSALookupServiceBeginA(&q, flags, &lookup));
	EXPECT(lookup);
	return lookup;
}

static int next(HANDLE lookup)
{
	DWORD len = sizeof(room);

	memset(&room, POISON, sizeof(room));
	return WSALookupServiceNextA(lookup, 0, &len, &room.set);
}

static u_long remote(const CSADDR_INFO *a)
{
	return ((struct sockaddr_in *)a->RemoteAddr.lpSockaddr)->sin_addr
		.s_addr;
}

/* [WSALookupServiceNextA WSA_E_NO_MORE] */
static void host_by_name(void)
{
	HANDLE lookup = begin(&by_name, "127.0.0.1",
			      LUP_RETURN_NAME | LUP_RETURN_ADDR);

	if (EXPECT_EQ(0, next(lookup))) {
		EXPECT_EQ(sizeof(WSAQUERYSETA), room.set.dwSize);
		EXPECT_EQ(NS_DNS, room.set.dwNameSpace);
		EXPECT_EQ(0, strcmp("127.0.0.1",
				    room.set.lpszServiceInstanceName));
		if (EXPECT(room.set.dwNumberOfCsAddrs))
			EXPECT_EQ(htonl(INADDR_LOOPBACK),
				  remote(room.set.lpcsaBuffer));
	}
	EXPECT_FAIL(WSA_E_NO_MORE, next(lookup));
	EXPECT_OK(WSALookupServiceEnd(lookup));
}

/* A port's class gives addresses of its protocol, with the port. */
static void port_of_a_class(void)
{
	GUID ftp = SVCID_TCP(21);
	HANDLE lookup = begin(&ftp, "127.0.0.1", LUP_RETURN_ADDR);
	struct sockaddr_in *in;

	if (EXPECT_EQ(0, next(lookup)) &&
	    EXPECT_EQ(1, room.set.dwNumberOfCsAddrs)) {
		in = (struct sockaddr_in *)
		     room.set.lpcsaBuffer->RemoteAddr.lpSockaddr;
		EXPECT_EQ(htons(21), in->sin_port);
		EXPECT_EQ(IPPROTO_TCP, room.set.lpcsaBuffer->iProtocol);
		EXPECT_EQ(SOCK_STREAM, room.set.lpcsaBuffer->iSocketType);
	}
	EXPECT_OK(WSALookupServiceEnd(lookup));
}

static void protocols_restrict(void)
{
	AFPROTOCOLS udp = { AF_INET, IPPROTO_UDP };
	HANDLE lookup = NULL;
	WSAQUERYSETA q;

	question(&q, &by_name, "127.0.0.1");
	q.dwNumberOfProtocols = 1;
	q.lpafpProtocols = &udp;
	EXPECT_OK(WSALookupServiceBeginA(&q, LUP_RETURN_ADDR, &lookup));
	if (EXPECT_EQ(0, next(lookup)) &&
	    EXPECT_EQ(1, room.set.dwNumberOfCsAddrs))
		EXPECT_EQ(IPPROTO_UDP, room.set.lpcsaBuffer->iProtocol);
	EXPECT(!room.set.lpszServiceInstanceName);
	EXPECT_OK(WSALookupServiceEnd(lookup));
}

static void own_name(void)
{
	HANDLE lookup = begin(&host_name, NULL, LUP_RETURN_NAME);
	char name[256];

	EXPECT_EQ(0, gethostname(name, sizeof(name)));
	if (EXPECT_EQ(0, next(lookup)))
		EXPECT_EQ(0, strcmp(name, room.set.lpszServiceInstanceName));
	EXPECT_OK(WSALookupServiceEnd(lookup));
}

static void wide_answers(void)
{
	DWORD len = sizeof(room);
	HANDLE lookup = NULL;
	WSAQUERYSETW q;

	memset(&q, 0, sizeof(q));
	q.dwSize = sizeof(q);
	q.lpServiceClassId = &by_name;
	q.lpszServiceInstanceName = (wchar_t *)L"127.0.0.1";
	EXPECT_OK(WSALookupServiceBeginW(&q, LUP_RETURN_NAME, &lookup));
	if (EXPECT_EQ(0, WSALookupServiceNextW(lookup, 0, &len, &room.wide)))
		EXPECT_EQ(0, wcscmp(L"127.0.0.1",
				    room.wide.lpszServiceInstanceName));
	EXPECT_OK(WSALookupServiceEnd(lookup));
}

/* Pointers in the blob are distances from its beginning. */
static void blob_is_a_hostent(void)
{
	HANDLE lookup = begin(&by_name, "127.0.0.1", LUP_RETURN_BLOB);
	struct hostent *host;
	char *base;

	if (EXPECT_EQ(0, next(lookup)) && EXPECT(room.set.lpBlob)) {
		base = (char *)room.set.lpBlob->pBlobData;
		host = (struct hostent *)base;
		EXPECT_EQ(AF_INET, host->h_addrtype);
		EXPECT_EQ(0, strcmp("127.0.0.1",
				    base + (size_t)host->h_name));
	}
	EXPECT_OK(WSALookupServiceEnd(lookup));
}

/*
 * The size that would do is stored, and the answer comes again, unless it is
 * flushed.  [WSALookupServiceNextA WSAEFAULT]
 */
static void short_buffer(void)
{
	HANDLE lookup = begin(&by_name, "127.0.0.1", LUP_RETURN_ALL);
	DWORD need = sizeof(room.set);
	DWORD len;

	EXPECT_FAIL(WSAEFAULT,
		    WSALookupServiceNextA(lookup, 0, &need, &room.set));
	EXPECT(need > sizeof(room.set));
	len = need - 1;
	EXPECT_FAIL(WSAEFAULT,
		    WSALookupServiceNextA(lookup, 0, &len, &room.set));
	EXPECT_EQ(need, len);
	EXPECT_OK(WSALookupServiceNextA(lookup, 0, &need, &room.set));
	EXPECT_OK(WSALookupServiceEnd(lookup));

	lookup = begin(&by_name, "127.0.0.1", LUP_RETURN_ALL);
	len = 0;
	EXPECT_FAIL(WSAEFAULT,
		    WSALookupServiceNextA(lookup, LUP_FLUSHPREVIOUS, &len,
					  &room.set));
	EXPECT_FAIL(WSA_E_NO_MORE, next(lookup));
	EXPECT_OK(WSALookupServiceEnd(lookup));
}

/*
 * [WSALookupServiceBeginA WSAEINVAL, WSALookupServiceBeginA WSANO_DATA]
 * [WSALookupServiceBeginA WSASERVICE_NOT_FOUND]
 */
static void begin_checks(void)
{
	HANDLE lookup = NULL;
	WSAQUERYSETA q;

	question(&q, NULL, "127.0.0.1");
	EXPECT_FAIL(WSAEINVAL, WSALookupServiceBeginA(&q, 0, &lookup));
	question(&q, &by_name, "127.0.0.1");
	q.dwSize = 4;
	EXPECT_FAIL(WSAEINVAL, WSALookupServiceBeginA(&q, 0, &lookup));
	question(&q, &unknown, "127.0.0.1");
	EXPECT_FAIL(WSASERVICE_NOT_FOUND,
		    WSALookupServiceBeginA(&q, 0, &lookup));
	question(&q, &by_name, "127.0.0.1");
	q.dwNameSpace = NS_NDS;
	EXPECT_FAIL(WSASERVICE_NOT_FOUND,
		    WSALookupServiceBeginA(&q, 0, &lookup));
	question(&q, &by_name, "127.0.0.1");
	EXPECT_FAIL(WSANO_DATA,
		    WSALookupServiceBeginA(&q, LUP_CONTAINERS, &lookup));
	EXPECT(!lookup);
}

/* [WSALookupServiceNextA WSAEINVAL] */
static void next_tells_of_failure(void)
{
	HANDLE lookup = begin(&by_name, "::1", LUP_RETURN_NAME);

	EXPECT_FAIL(WSAHOST_NOT_FOUND, next(lookup));
	EXPECT_OK(WSALookupServiceEnd(lookup));
	lookup = begin(&by_text, "no address", LUP_RETURN_NAME);
	EXPECT_FAIL(WSAEINVAL, next(lookup));
	EXPECT_OK(WSALookupServiceEnd(lookup));
	lookup = begin(&service, "no-such-service/tcp", LUP_RETURN_NAME);
	EXPECT_FAIL(WSASERVICE_NOT_FOUND, next(lookup));
	EXPECT_OK(WSALookupServiceEnd(lookup));
}

/*
 * [WSALookupServiceNextA WSA_INVALID_HANDLE]
 * [WSALookupServiceEnd WSA_INVALID_HANDLE]
 */
static void handle_ends(void)
{
	HANDLE lookup = begin(&by_name, "127.0.0.1", LUP_RETURN_NAME);

	EXPECT_OK(WSALookupServiceEnd(lookup));
	EXPECT_FAIL(WSA_INVALID_HANDLE, WSALookupServiceEnd(lookup));
	EXPECT_FAIL(WSA_INVALID_HANDLE, next(lookup));
	EXPECT_FAIL(WSA_INVALID_HANDLE, next(NULL));
}

/* Those that are open end with the last WSACleanup, and with no other. */
static void cleanup_ends_lookups(void)
{
	HANDLE asked = begin(&by_name, "127.0.0.1", LUP_RETURN_NAME);
	HANDLE fresh = begin(&by_name, "127.0.0.1", LUP_RETURN_NAME);
	HANDLE later;
	WSADATA data;

	EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
	EXPECT_OK(WSACleanup());
	EXPECT_OK(next(asked));
	EXPECT_OK(WSACleanup());
	EXPECT_FAIL(WSANOTINITIALISED, next(asked));
	EXPECT_FAIL(WSANOTINITIALISED, next(fresh));
	EXPECT_FAIL(WSANOTINITIALISED, WSALookupServiceEnd(fresh));

	EXPECT_EQ(0, WSAStartup(MAKEWORD(2, 2), &data));
	later = begin(&by_name, "127.0.0.1", LUP_RETURN_NAME);
	EXPECT(later != asked && later != fresh);
	EXPECT_FAIL(WSA_INVALID_HANDLE, next(asked));
	EXPECT_FAIL(WSA_INVALID_HANDLE, next(fresh));
	EXPECT_FAIL(WSA_INVALID_HANDLE, WSALookupServiceEnd(fresh));
	EXPECT_OK(next(later));
	EXPECT_OK(WSALookupServiceEnd(later));
}

/* The DNS is among them, and the size is told. */
static void providers(void)
{
	DWORD len = 0;
	int count, i;
	int found = 0;

	EXPECT_FAIL(WSAEFAULT, WSAEnumNameSpaceProvidersA(&len, NULL));
	EXPECT(len > sizeof(WSANAMESPACE_INFOA));
	EXPECT(len <= sizeof(room));
	count = WSAEnumNameSpaceProvidersA(&len, room.infos);
	EXPECT(count > 0);
	for (i = 0; i < count; i++) {
		EXPECT(room.infos[i].lpszIdentifier[0]);
		if (room.infos[i].dwNameSpace == NS_DNS) {
			found = room.infos[i].fActive;
			EXPECT_EQ(0, memcmp(&dns, &room.infos[i].NSProviderId,
					    sizeof(dns)));
		}
	}
	EXPECT(found);
}

static void class_that_nobody_installed(void)
{
	char name[64];
	DWORD len = sizeof(name);

	EXPECT_FAIL(WSATYPE_NOT_FOUND,
		    WSAGetServiceClassNameByClassIdA(&unknown, name, &len));
	EXPECT_FAIL(WSATYPE_NOT_FOUND, WSARemoveServiceClass(&unknown));
}

static void old_types(void)
{
	GUID telnet = SVCID_TCP(23);
	char name[64];
	GUID type;

	if (EXPECT_EQ(0, GetTypeByNameA((char *)"telnet", &type)))
		EXPECT_EQ(0, memcmp(&telnet, &type, sizeof(type)));
	if (EXPECT_EQ(0, GetNameByTypeA(&telnet, name, sizeof(name))))
		EXPECT_EQ(0, strcmp("telnet", name));
	EXPECT_EQ(SOCKET_ERROR, GetTypeByNameA((char *)"no-such-service",
					       &type));
	EXPECT_EQ(SOCKET_ERROR, GetNameByTypeA(&unknown, name, sizeof(name)));
	EXPECT_EQ(ERROR_SERVICE_DOES_NOT_EXIST, WSAGetLastError());
}

static void old_protocols(void)
{
	/* Beside the array's one entry, the rest of the room. */
	LPPROTOCOL_INFOA info = room.protocols;
	INT tcp[] = { IPPROTO_TCP, 0 };
	DWORD len = 0;
	int count, i;

	WSASetLastError(POISON);
	EXPECT_EQ(SOCKET_ERROR, EnumProtocolsA(tcp, NULL, &len));
	EXPECT_EQ(ERROR_INSUFFICIENT_BUFFER, WSAGetLastError());
	EXPECT(len <= sizeof(room));
	count = EnumProtocolsA(tcp, info, &len);
	EXPECT(count > 0);
	for (i = 0; i < count; i++) {
		EXPECT_EQ(IPPROTO_TCP, info[i].iProtocol);
		EXPECT_EQ(SOCK_STREAM, info[i].iSocketType);
		EXPECT(info[i].lpProtocol[0]);
	}
}

static const struct api_test tests[] = {
	{ "service.host_by_name", host_by_name },
	{ "service.port_of_a_class", port_of_a_class },
	{ "service.protocols_restrict", protocols_restrict },
	{ "service.own_name", own_name },
	{ "service.wide_answers", wide_answers },
	{ "service.blob_is_a_hostent", blob_is_a_hostent },
	{ "service.short_buffer", short_buffer },
	{ "service.begin_checks", begin_checks },
	{ "service.next_tells_of_failure", next_tells_of_failure },
	{ "service.handle_ends", handle_ends },
	{ "service.cleanup_ends_lookups", cleanup_ends_lookups },
	{ "service.providers", providers },
	{ "service.class_that_nobody_installed", class_that_nobody_installed },
	{ "service.old_types", old_types },
	{ "service.old_protocols", old_protocols },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
