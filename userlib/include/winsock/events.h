/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The part of <winsock2.h> that tells of what happened: network events, event
 * objects, window messages, results of overlapped calls, hooks of Winsock 1.1.
 */
#ifndef _WINSOCK_EVENTS_H
#define _WINSOCK_EVENTS_H

#ifndef _WINSOCK2API_
#error "include <winsock2.h>, which includes this"
#endif

typedef struct HWND__ *HWND;
typedef UINT_PTR WPARAM;
typedef LONG_PTR LPARAM;
#ifndef __LP64__
typedef int (WINAPI *FARPROC)(void);
#else
typedef INT_PTR (WINAPI *FARPROC)(void);
#endif

/* Network events: a bit, and an index of codes. */
#define FD_READ_BIT			0
#define FD_WRITE_BIT			1
#define FD_OOB_BIT			2
#define FD_ACCEPT_BIT			3
#define FD_CONNECT_BIT			4
#define FD_CLOSE_BIT			5
#define FD_QOS_BIT			6
#define FD_GROUP_QOS_BIT		7
#define FD_ROUTING_INTERFACE_CHANGE_BIT	8
#define FD_ADDRESS_LIST_CHANGE_BIT	9
#define FD_MAX_EVENTS			10

#define FD_READ		(1 << FD_READ_BIT)
#define FD_WRITE	(1 << FD_WRITE_BIT)
#define FD_OOB		(1 << FD_OOB_BIT)
#define FD_ACCEPT	(1 << FD_ACCEPT_BIT)
#define FD_CONNECT	(1 << FD_CONNECT_BIT)
#define FD_CLOSE	(1 << FD_CLOSE_BIT)
#define FD_QOS		(1 << FD_QOS_BIT)
#define FD_GROUP_QOS	(1 << FD_GROUP_QOS_BIT)
#define FD_ROUTING_INTERFACE_CHANGE	(1 << FD_ROUTING_INTERFACE_CHANGE_BIT)
#define FD_ADDRESS_LIST_CHANGE		(1 << FD_ADDRESS_LIST_CHANGE_BIT)
#define FD_ALL_EVENTS	((1 << FD_MAX_EVENTS) - 1)

typedef struct _WSANETWORKEVENTS {
	LONG lNetworkEvents;
	int iErrorCode[FD_MAX_EVENTS];
} WSANETWORKEVENTS, *LPWSANETWORKEVENTS;

/* Event objects and waits. */
#define WSAEVENT	HANDLE
#define LPWSAEVENT	LPHANDLE

#define WSA_INVALID_EVENT	((WSAEVENT)NULL)
#define WSA_MAXIMUM_WAIT_EVENTS	MAXIMUM_WAIT_OBJECTS
#define WSA_WAIT_FAILED		WAIT_FAILED
#define WSA_WAIT_EVENT_0	WAIT_OBJECT_0
#define WSA_WAIT_IO_COMPLETION	WAIT_IO_COMPLETION
#define WSA_WAIT_TIMEOUT	WAIT_TIMEOUT
#define WSA_INFINITE		INFINITE

/* Window messages carry two words; this much room holds any answer. */
#define MAXGETHOSTSTRUCT	1024

#define WSAMAKEASYNCREPLY(buflen, error)	MAKELONG(buflen, error)
#define WSAMAKESELECTREPLY(event, error)	MAKELONG(event, error)
#define WSAGETASYNCBUFLEN(lParam)		LOWORD(lParam)
#define WSAGETASYNCERROR(lParam)		HIWORD(lParam)
#define WSAGETSELECTEVENT(lParam)		LOWORD(lParam)
#define WSAGETSELECTERROR(lParam)		HIWORD(lParam)

/* Readiness through a completion port. */
#define SOCK_NOTIFY_REGISTER_EVENT_NONE		0x00
#define SOCK_NOTIFY_REGISTER_EVENT_IN		0x01
#define SOCK_NOTIFY_REGISTER_EVENT_OUT		0x02
#define SOCK_NOTIFY_REGISTER_EVENT_HANGUP	0x04
#define SOCK_NOTIFY_REGISTER_EVENTS_ALL		0x07

#define SOCK_NOTIFY_EVENT_IN		SOCK_NOTIFY_REGISTER_EVENT_IN
#define SOCK_NOTIFY_EVENT_OUT		SOCK_NOTIFY_REGISTER_EVENT_OUT
#define SOCK_NOTIFY_EVENT_HANGUP	SOCK_NOTIFY_REGISTER_EVENT_HANGUP
#define SOCK_NOTIFY_EVENT_ERR		0x40
#define SOCK_NOTIFY_EVENT_REMOVE	0x80

#define SOCK_NOTIFY_OP_NONE	0x00
#define SOCK_NOTIFY_OP_ENABLE	0x01
#define SOCK_NOTIFY_OP_DISABLE	0x02
#define SOCK_NOTIFY_OP_REMOVE	0x04

#define SOCK_NOTIFY_TRIGGER_ONESHOT	0x01
#define SOCK_NOTIFY_TRIGGER_PERSISTENT	0x02
#define SOCK_NOTIFY_TRIGGER_LEVEL	0x04
#define SOCK_NOTIFY_TRIGGER_EDGE	0x08

typedef struct SOCK_NOTIFY_REGISTRATION {
	SOCKET socket;
	PVOID completionKey;
	USHORT eventFilter;
	UCHAR operation;
	UCHAR triggerFlags;
	DWORD registrationResult;
} SOCK_NOTIFY_REGISTRATION;

typedef struct _OVERLAPPED_ENTRY {
	ULONG_PTR lpCompletionKey;
	LPOVERLAPPED lpOverlapped;
	ULONG_PTR Internal;
	DWORD dwNumberOfBytesTransferred;
} OVERLAPPED_ENTRY, *LPOVERLAPPED_ENTRY;

static __inline__ UINT32
SocketNotificationRetrieveEvents(OVERLAPPED_ENTRY *entry)
{
	return entry->dwNumberOfBytesTransferred;
}

/* Windows' layouts. */
WS_STATIC_ASSERT(sizeof(WSANETWORKEVENTS) == 44);
WS_SIZE(SOCK_NOTIFY_REGISTRATION, 24, 16);
WS_SIZE(OVERLAPPED_ENTRY, 32, 16);

int WSAAPI WSAEventSelect(SOCKET s, WSAEVENT event, long events)
	WS_SYMBOL("winsock_wsaeventselect");
int WSAAPI WSAEnumNetworkEvents(SOCKET s, WSAEVENT event,
				LPWSANETWORKEVENTS events)
	WS_SYMBOL("winsock_wsaenumnetworkevents");
int WSAAPI WSAAsyncSelect(SOCKET s, HWND window, u_int message, long events)
	WS_SYMBOL("winsock_wsaasyncselect");
DWORD WSAAPI ProcessSocketNotifications(HANDLE port, UINT32 registrations,
					SOCK_NOTIFY_REGISTRATION *infos,
					UINT32 timeout, ULONG count,
					OVERLAPPED_ENTRY *entries,
					UINT32 *received)
	WS_SYMBOL("winsock_processsocketnotifications");

WSAEVENT WSAAPI WSACreateEvent(void) WS_SYMBOL("winsock_wsacreateevent");
BOOL WSAAPI WSACloseEvent(WSAEVENT event) WS_SYMBOL("winsock_wsacloseevent");
BOOL WSAAPI WSASetEvent(WSAEVENT event) WS_SYMBOL("winsock_wsasetevent");
BOOL WSAAPI WSAResetEvent(WSAEVENT event) WS_SYMBOL("winsock_wsaresetevent");
DWORD WSAAPI WSAWaitForMultipleEvents(DWORD count, const WSAEVENT *events,
				      BOOL all, DWORD timeout, BOOL alertable)
	WS_SYMBOL("winsock_wsawaitformultipleevents");
BOOL WSAAPI WSAGetOverlappedResult(SOCKET s, LPWSAOVERLAPPED overlapped,
				   LPDWORD transferred, BOOL wait,
				   LPDWORD flags)
	WS_SYMBOL("winsock_wsagetoverlappedresult");

HANDLE WSAAPI WSAAsyncGetHostByName(HWND window, u_int message,
				    const char *name, char *buf, int len)
	WS_SYMBOL("winsock_wsaasyncgethostbyname");
HANDLE WSAAPI WSAAsyncGetHostByAddr(HWND window, u_int message,
				    const char *addr, int addrlen, int type,
				    char *buf, int len)
	WS_SYMBOL("winsock_wsaasyncgethostbyaddr");
HANDLE WSAAPI WSAAsyncGetServByName(HWND window, u_int message,
				    const char *name, const char *proto,
				    char *buf, int len)
	WS_SYMBOL("winsock_wsaasyncgetservbyname");
HANDLE WSAAPI WSAAsyncGetServByPort(HWND window, u_int message, int port,
				    const char *proto, char *buf, int len)
	WS_SYMBOL("winsock_wsaasyncgetservbyport");
HANDLE WSAAPI WSAAsyncGetProtoByName(HWND window, u_int message,
				     const char *name, char *buf, int len)
	WS_SYMBOL("winsock_wsaasyncgetprotobyname");
HANDLE WSAAPI WSAAsyncGetProtoByNumber(HWND window, u_int message, int number,
				       char *buf, int len)
	WS_SYMBOL("winsock_wsaasyncgetprotobynumber");
int WSAAPI WSACancelAsyncRequest(HANDLE task)
	WS_SYMBOL("winsock_wsacancelasyncrequest");

BOOL WSAAPI WSAIsBlocking(void) WS_SYMBOL("winsock_wsaisblocking");
int WSAAPI WSACancelBlockingCall(void)
	WS_SYMBOL("winsock_wsacancelblockingcall");
FARPROC WSAAPI WSASetBlockingHook(FARPROC hook)
	WS_SYMBOL("winsock_wsasetblockinghook");
int WSAAPI WSAUnhookBlockingHook(void)
	WS_SYMBOL("winsock_wsaunhookblockinghook");

#endif /* _WINSOCK_EVENTS_H */
