// SPDX-License-Identifier: GPL-2.0-only
/*
 * Types of pointers to the functions, as programs keep them in tables; with
 * mingw-w64 too.
 */
#define INCL_WINSOCK_API_TYPEDEFS 1
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>

struct table {
	LPFN_SOCKET socket;
	LPFN_WSASOCKET wsasocket;
	LPFN_WSASTARTUP startup;
	LPFN_WSARECV recv;
	LPFN_WSALOOKUPSERVICENEXT next;
	LPFN_GETADDRINFOT lookup;
	LPFN_GETADDRINFOEXW lookup_ex;
	LPFN_GETNAMEINFO name;
	LPFN_TRANSMITFILE transmit;
	LPFN_ACCEPTEX accept;
};

static const struct table table = {
	socket, WSASocket, WSAStartup, WSARecv, WSALookupServiceNext,
	GetAddrInfo, GetAddrInfoExW, getnameinfo, TransmitFile, AcceptEx,
};

/* Without a function here; and select(), whose name is a macro's in C. */
int main(void)
{
	LPFN_TRANSMITPACKETS packets = NULL;
	LPFN_SELECT wait = NULL;
	fd_set set;

	FD_ZERO(&set);
	return packets || (wait && wait(0, &set, &set, &set, NULL)) ||
	       table.socket == socket;
}
