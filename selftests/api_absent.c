// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls for what is not there: each with the documented code, before WSAStartup
 * and after it, and with Windows' checks in front.  A driver that gains network
 * events, overlapped requests or providers moves its calls out of these tables.
 */
#include "api_peer.h"

#include <mswsock.h>
#include <nspapi.h>
#include <ws2spi.h>
#include <sporder.h>

/* No more than a number that is no socket, no event, no task. */
#define BAD_SOCKET	((SOCKET)0x7ffffffc)
#define BAD_HANDLE	((HANDLE)(ULONG_PTR)0x7ffffffc)

static WSAOVERLAPPED o;
static WSABUF name;
static QOS qos;
static GUID id;
static DWORD len;
static char buf[MAXGETHOSTSTRUCT];
static SOCKET s;

/* Each becomes 1 if the call failed in its own way. */
static int async_select(void)
{
	return WSAAsyncSelect(s, NULL, 0, FD_READ) == SOCKET_ERROR;
}

static int incomplete_result(void)
{
	DWORD flags;

	memset(&o, 0, sizeof(o));
	o.Internal = 0x103;
	return !WSAGetOverlappedResult(s, &o, &len, FALSE, &flags);
}

static int get_qos(void)
{
	name.buf = buf;
	name.len = sizeof(buf);
	strcpy(buf, "no such template");
	return !WSAGetQOSByName(s, &name, &qos);
}

static int get_qos_nowhere(void)
{
	return !WSAGetQOSByName(s, NULL, &qos);
}

static int accept_ex(void)
{
	memset(&o, 0, sizeof(o));
	return !AcceptEx(s, s, buf, 0, 32, 32, &len, &o);
}

static int transmit_file(void)
{
	return !TransmitFile(s, BAD_HANDLE, 0, 0, NULL, NULL, 0);
}

static int set_service(void)
{
	WSAQUERYSETA set;

	memset(&set, 0, sizeof(set));
	return WSASetServiceA(&set, RNRSERVICE_REGISTER, 0) == SOCKET_ERROR;
}

static int install_class(void)
{
	WSASERVICECLASSINFOA info;

	memset(&info, 0, sizeof(info));
	info.lpServiceClassId = &id;
	return WSAInstallServiceClassA(&info) == SOCKET_ERROR;
}

static int class_info(void)
{
	WSASERVICECLASSINFOA info;

	len = sizeof(info);
	return WSAGetServiceClassInfoA(&id, &id, &len, &info) == SOCKET_ERROR;
}

static int nsp_ioctl(void)
{
	return WSANSPIoctl(BAD_HANDLE, SIO_NSP_NOTIFY_CHANGE, NULL, 0, NULL, 0,
			   &len, NULL) == SOCKET_ERROR;
}

struct refusal {
	const char *name;
	int (*failed)(void);
	int code;	/* on a socket that is good for it */
	int socket;	/* whether the call names one */
};

/*
 * Rows of the error tables, with what stands for "not here".
 *
 * [WSAAsyncSelect WSAEINVAL,
 * WSAGetOverlappedResult WSA_IO_INCOMPLETE,
 * WSAGetQOSByName WSAEFAULT, TransmitFile WSAENOTCONN]
 */
static const struct refusal refusals[] = {
	{ "WSAAsyncSelect", async_select, WSAEINVAL, 1 },
	{ "WSAGetOverlappedResult", incomplete_result, WSA_IO_INCOMPLETE, 1 },
	{ "WSAGetQOSByName", get_qos, WSAEINVAL, 1 },
	{ "WSAGetQOSByName NULL", get_qos_nowhere, WSAEFAULT, 1 },
	{ "AcceptEx", accept_ex, WSAEINVAL, 1 },
	{ "TransmitFile", transmit_file, WSAENOTCONN, 1 },
	{ "WSASetService", set_service, WSAEACCES, 0 },
	{ "WSAInstallServiceClass", install_class, WSAEACCES, 0 },
	{ "WSAGetServiceClassInfo", class_info, WSATYPE_NOT_FOUND, 0 },
	{ "WSANSPIoctl", nsp_ioctl, WSA_INVALID_HANDLE, 0 },
};

static void refused(const struct refusal *r, int code)
{
	int failed;
	int got;

	WSASetLastError(POISON);
	failed = r->failed();
	got = WSAGetLastError();
	if (!EXPECT_EQ(1, failed) || !EXPECT_EQ(code, got))
		printf("# in %s\n", r->name);
}

/*
 * [WSAAsyncSelect WSANOTINITIALISED,
 * WSAGetOverlappedResult WSANOTINITIALISED,
 * WSAGetQOSByName WSANOTINITIALISED, TransmitFile WSANOTINITIALISED]
 */
static void before_startup(void)
{
	int i;

	WSACleanup();
	s = BAD_SOCKET;
	for (i = 0; i < ARRAY_SIZE(refusals); i++)
		refused(&refusals[i], WSANOTINITIALISED);
}

/*
 * [WSAAsyncSelect WSAENOTSOCK, WSAGetOverlappedResult WSAENOTSOCK,
 * WSAGetQOSByName WSAENOTSOCK, TransmitFile WSAENOTSOCK]
 */
static void no_socket(void)
{
	int i;

	s = BAD_SOCKET;
	for (i = 0; i < ARRAY_SIZE(refusals); i++)
		if (refusals[i].socket)
			refused(&refusals[i], WSAENOTSOCK);
}

static void on_a_socket(void)
{
	int i;

	s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	for (i = 0; i < ARRAY_SIZE(refusals); i++)
		refused(&refusals[i], refusals[i].code);
	closesocket(s);
}

/* R1: whoever filled the OVERLAPPED.  R2 is in the table. */
static void result_is_converted(void)
{
	DWORD flags = POISON;

	s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	memset(&o, 0, sizeof(o));
	o.InternalHigh = 7;
	EXPECT_EQ(TRUE, WSAGetOverlappedResult(s, &o, &len, FALSE, &flags));
	EXPECT_EQ(7, len);
	EXPECT_EQ(0, flags);
	/* R4 */
	o.Internal = 0x80000005;
	flags = POISON;
	EXPECT_EQ(FALSE, WSAGetOverlappedResult(s, &o, &len, FALSE, &flags));
	EXPECT_EQ(WSAEMSGSIZE, WSAGetLastError());
	EXPECT_EQ(POISON, flags);
	closesocket(s);
}

/*
 * AcceptEx' checks (X2, X3, X4, X6, X7, X8), though it accepts nothing.
 */
static void accept_ex_checks(void)
{
	SOCKET c = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);
	static const struct {
		int data;
		DWORD local;
		DWORD remote;
		void *buf;
		WSAOVERLAPPED *request;
		int code;
	} cases[] = {
		{ 0, 32, 32, buf, NULL, ERROR_INVALID_PARAMETER },
		{ 0, 0, 0, buf, NULL, ERROR_INVALID_PARAMETER },
		{ 0, 32, 32, NULL, &o, WSAEFAULT },
		{ 0, 32, 0, buf, &o, WSAEFAULT },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		memset(&o, 0, sizeof(o));
		WSASetLastError(POISON);
		EXPECT_EQ(FALSE, AcceptEx(lsn, c, cases[i].buf, cases[i].data,
					  cases[i].local, cases[i].remote,
					  &len, cases[i].request));
		EXPECT_EQ(cases[i].code, WSAGetLastError());
		EXPECT_EQ(!!cases[i].request, o.Internal == 0x103);
	}
	WSASetLastError(POISON);
	EXPECT_EQ(FALSE, AcceptEx(lsn, BAD_SOCKET, buf, 0, 32, 32, &len, &o));
	EXPECT_EQ(WSAENOTSOCK, WSAGetLastError());
	EXPECT_EQ(FALSE, AcceptEx(c, lsn, buf, 0, 32, 32, &len, &o));
	EXPECT_EQ(WSAEINVAL, WSAGetLastError());
	closesocket(c);
	closesocket(lsn);
}

/* X12: no room, no address; X1: the remote one behind it. */
static void sockaddrs_of_a_buffer(void)
{
	SOCKADDR *poison = (SOCKADDR *)&o;
	SOCKADDR *local = poison;
	SOCKADDR *remote = poison;
	INT local_len = POISON;
	INT remote_len = POISON;

	memset(buf, 0, sizeof(buf));
	GetAcceptExSockaddrs(buf, 10, 0, 32, &local, &local_len, &remote,
			     &remote_len);
	EXPECT(local == poison);
	EXPECT_EQ(POISON, local_len);
	EXPECT((char *)remote >= buf + 10 && (char *)remote < buf + 42);
}

/* Without a file it sends what is given, and may disconnect. */
static void transmit_without_a_file(void)
{
	TRANSMIT_FILE_BUFFERS t;
	struct api_addr a;
	SOCKET lsn = api_listener(AF_INET, &a);
	SOCKET c = api_client(&a);
	SOCKET peer = accept(lsn, NULL, NULL);

	t.Head = (void *)"head";
	t.HeadLength = 4;
	t.Tail = (void *)"tail";
	t.TailLength = 4;
	EXPECT_EQ(TRUE, TransmitFile(c, NULL, 0, 0, NULL, &t, TF_DISCONNECT));
	EXPECT_EQ(8, recv(peer, buf, sizeof(buf), MSG_WAITALL));
	EXPECT_EQ(0, memcmp(buf, "headtail", 8));
	EXPECT_EQ(0, recv(peer, buf, sizeof(buf), 0));
	/* [TransmitFile WSAEINVAL, TransmitFile WSAESHUTDOWN] */
	WSASetLastError(POISON);
	EXPECT_EQ(FALSE, TransmitFile(c, NULL, 0, 0, NULL, &t,
				      TF_REUSE_SOCKET));
	EXPECT_EQ(WSAEINVAL, WSAGetLastError());
	EXPECT_EQ(FALSE, TransmitFile(c, NULL, 0, 0, NULL, &t, 0));
	EXPECT_EQ(WSAESHUTDOWN, WSAGetLastError());
	closesocket(peer);
	closesocket(c);
	closesocket(lsn);
}

/*
 * Without a condition function, WSAAccept is accept.
 * [WSAAccept WSANOTINITIALISED, WSAAccept WSAENOTSOCK, WSAAccept WSAEINVAL]
 * [WSAAccept WSAEOPNOTSUPP, WSAAccept WSAEFAULT, WSAAccept WSAEWOULDBLOCK]
 */
static void accept_without_condition(void)
{
	struct sockaddr_in from;
	struct api_addr a;
	u_long on = 1;
	int size = 4;
	SOCKET lsn = api_listener(AF_INET, &a);
	SOCKET udp = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	SOCKET c = api_client(&a);
	SOCKET peer;

	EXPECT_NO_SOCKET(WSAENOTSOCK,
			 WSAAccept(BAD_SOCKET, NULL, NULL, NULL, 0));
	EXPECT_NO_SOCKET(WSAEOPNOTSUPP, WSAAccept(udp, NULL, NULL, NULL, 0));
	EXPECT_NO_SOCKET(WSAEINVAL, WSAAccept(c, NULL, NULL, NULL, 0));
	EXPECT_NO_SOCKET(WSAEFAULT, WSAAccept(lsn, (SOCKADDR *)&from, &size,
					      NULL, 0));
	size = sizeof(from);
	peer = WSAAccept(lsn, (SOCKADDR *)&from, &size, NULL, 0);
	EXPECT(peer != INVALID_SOCKET);
	EXPECT_EQ(AF_INET, from.sin_family);
	EXPECT_EQ(0, ioctlsocket(lsn, FIONBIO, &on));
	EXPECT_NO_SOCKET(WSAEWOULDBLOCK, WSAAccept(lsn, NULL, NULL, NULL, 0));
	closesocket(peer);
	closesocket(c);
	closesocket(udp);
	closesocket(lsn);
	WSACleanup();
	EXPECT_NO_SOCKET(WSANOTINITIALISED,
			 WSAAccept(lsn, NULL, NULL, NULL, 0));
}

/*
 * Joining makes the same socket a leaf, and takes what it cannot do back.
 * [WSAJoinLeaf WSANOTINITIALISED, WSAJoinLeaf WSAENOTSOCK]
 * [WSAJoinLeaf WSAEFAULT, WSAJoinLeaf WSAEAFNOSUPPORT]
 * [WSAJoinLeaf WSAEPROTONOSUPPORT, WSAJoinLeaf WSAEOPNOTSUPP]
 */
static void join_leaf_checks(void)
{
	SOCKET leaf = WSASocketA(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0,
				 WSA_FLAG_OVERLAPPED |
				 WSA_FLAG_MULTIPOINT_C_LEAF |
				 WSA_FLAG_MULTIPOINT_D_LEAF);
	struct sockaddr_in group;

	memset(&group, 0, sizeof(group));
	group.sin_family = AF_INET;
	group.sin_addr.s_addr = inet_addr("239.255.0.1");
	EXPECT(leaf != INVALID_SOCKET);
#define JOIN(s, len, data, q)						\
	WSAJoinLeaf(s, (SOCKADDR *)&group, len, data, NULL, q, NULL, JL_BOTH)
	EXPECT_NO_SOCKET(WSAENOTSOCK, JOIN(BAD_SOCKET, 16, NULL, NULL));
	EXPECT_NO_SOCKET(WSAEFAULT, JOIN(leaf, 15, NULL, NULL));
	EXPECT_NO_SOCKET(WSAEPROTONOSUPPORT, JOIN(leaf, 16, &name, NULL));
	EXPECT_NO_SOCKET(WSAEOPNOTSUPP, JOIN(leaf, 16, NULL, &qos));
	group.sin_family = AF_IPX;
	EXPECT_NO_SOCKET(WSAEAFNOSUPPORT, JOIN(leaf, 16, NULL, NULL));
	closesocket(leaf);
	WSACleanup();
	EXPECT_NO_SOCKET(WSANOTINITIALISED, JOIN(leaf, 16, NULL, NULL));
}

static void hooks(void)
{
	EXPECT_EQ(FALSE, WSAIsBlocking());
	EXPECT_FAIL(WSAEOPNOTSUPP, WSACancelBlockingCall());
	EXPECT_FAIL(WSAEOPNOTSUPP, WSAUnhookBlockingHook());
	WSASetLastError(POISON);
	EXPECT(!WSASetBlockingHook(NULL));
	EXPECT_EQ(WSAEOPNOTSUPP, WSAGetLastError());
}

/* No one may write the catalogues. */
static void catalogues(void)
{
	int error = POISON;

	EXPECT_EQ(SOCKET_ERROR, WSCDeinstallProvider(&id, &error));
	EXPECT_EQ(WSANO_RECOVERY, error);
	error = POISON;
	EXPECT_EQ(SOCKET_ERROR, WSCInstallProvider(&id, L"none.dll", NULL, 0,
						   &error));
	EXPECT_EQ(WSANO_RECOVERY, error);
	EXPECT_EQ(WSANO_RECOVERY, WSCWriteProviderOrder(&len, 1));
	EXPECT_FAIL(WSAEACCES, WSCUnInstallNameSpace(&id));
}

/* [GetAddrInfoExCancel WSA_INVALID_HANDLE] */
/* [GetAddrInfoExOverlappedResult WSAEINVAL] */
static void no_lookup_is_under_way(void)
{
	HANDLE lookup = BAD_HANDLE;

	EXPECT_EQ(WSA_INVALID_HANDLE, GetAddrInfoExCancel(&lookup));
	EXPECT_EQ(WSAEINVAL, GetAddrInfoExOverlappedResult(NULL));
}

static const struct api_test tests[] = {
	{ "absent.before_startup", before_startup },
	{ "absent.no_socket", no_socket },
	{ "absent.on_a_socket", on_a_socket },
	{ "absent.result_is_converted", result_is_converted },
	{ "absent.accept_ex_checks", accept_ex_checks },
	{ "absent.sockaddrs_of_a_buffer", sockaddrs_of_a_buffer },
	{ "absent.transmit_without_a_file", transmit_without_a_file },
	{ "absent.accept_without_condition", accept_without_condition },
	{ "absent.join_leaf_checks", join_leaf_checks },
	{ "absent.hooks", hooks },
	{ "absent.catalogues", catalogues },
	{ "absent.no_lookup_is_under_way", no_lookup_is_under_way },
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 1);
}
