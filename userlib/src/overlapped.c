// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Results of overlapped calls, of which the driver has none: nothing is ever
 * pending, and no handle is a completion port.
 */
#include "names.h"

/* Of Win32, for calls that take no socket. */
#define WSA_INVALID_HANDLE	6
#define WSA_IO_INCOMPLETE	996

#define STATUS_PENDING		0x00000103
#define STATUS_BUFFER_OVERFLOW	0x80000005
#define STATUS_CANCELLED	0xc0000120
#define WSA_OPERATION_ABORTED	995

/* Returns its code; no handle is a completion port. */
WS_API unsigned int winsock_processsocketnotifications(void *port,
						       unsigned int count,
						       void *infos,
						       unsigned int timeout,
						       unsigned int entries,
						       void *entry,
						       unsigned int *received)
{
	int code = ws_started();

	(void)port;
	if (!code && (!count != !infos || !entries != !entry ||
		      !entries != !received || (!entries && timeout)))
		code = WSAEINVAL;
	return code ? code : WSA_INVALID_HANDLE;
}

/* OVERLAPPED */
struct ws_overlapped {
	uintptr_t internal;
	uintptr_t internal_high;
	uint32_t offset;
	uint32_t offset_high;
	void *event;
};

static int code_of_status(uint32_t status)
{
	switch (status) {
	case STATUS_BUFFER_OVERFLOW:
		return WSAEMSGSIZE;
	case STATUS_CANCELLED:
		return WSA_OPERATION_ABORTED;
	default:
		return (int32_t)status < 0 ? WSAEINVAL : 0;
	}
}

/* Converts what it finds, whoever put it there (R1). */
WS_API int winsock_wsagetoverlappedresult(uintptr_t s, void *overlapped,
					  unsigned int *transferred, int wait,
					  unsigned int *flags)
{
	struct ws_overlapped *o = overlapped;
	int code = 0;

	if (!o || !transferred || !flags)
		code = WSAEFAULT;
	else if ((uint32_t)o->internal != STATUS_PENDING)
		code = code_of_status(o->internal);
	else	/* nobody would set the event that there is to wait for */
		code = wait ? WSA_INVALID_HANDLE : WSA_IO_INCOMPLETE;
	ws_fail(s, code);
	if (ws_last_error)
		return 0;
	*transferred = o->internal_high;
	*flags = 0;
	return 1;
}
