// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What the codes mean, in words: FormatMessage and gai_strerror.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define ERROR_NOT_ENOUGH_MEMORY		8
#define ERROR_NOT_SUPPORTED		50
#define ERROR_INVALID_PARAMETER		87
#define ERROR_INSUFFICIENT_BUFFER	122
#define ERROR_MR_MID_NOT_FOUND		317

#define ALLOCATE_BUFFER	0x100
#define FROM_STRING	0x400
#define FROM_SYSTEM	0x1000
#define WIDTH_MASK	0xff

#define TEXT(code, text)	{ code, text, L ## text }

/* By their codes: <winerror.h>. */
static const struct text {
	unsigned int code;
	const char *narrow;
	const wchar_t *wide;
} texts[] = {
	TEXT(0, "The call succeeded."),
	TEXT(1, "There is no such call."),
	TEXT(2, "There is no such file."),
	TEXT(5, "The program may not do that."),
	TEXT(6, "There is no such handle."),
	TEXT(8, "There is not enough memory."),
	TEXT(14, "There is not enough memory for this call."),
	TEXT(31, "The device does not work."),
	TEXT(38, "The file ends here."),
	TEXT(50, "That cannot be done here."),
	TEXT(64, "The connection is lost."),
	TEXT(87, "An argument is wrong."),
	TEXT(109, "The pipe has no other end any more."),
	TEXT(111, "The name is longer than its buffer."),
	TEXT(121, "The time allowed for the wait is over."),
	TEXT(122, "The buffer is too small."),
	TEXT(183, "It is there already."),
	TEXT(232, "The other end of the pipe is being closed."),
	TEXT(234, "There is more to be read."),
	TEXT(258, "Nothing happened in the time of the wait."),
	TEXT(317, "There is no text for this code."),
	TEXT(735, "What was waited for has been closed."),
	TEXT(995, "The request was cancelled."),
	TEXT(996, "The request has not ended yet."),
	TEXT(997, "The request goes on in the background."),
	TEXT(998, "An address is not memory of the program."),
	TEXT(1060, "There is no service of this name."),
	TEXT(1168, "Nothing like that was found."),
	TEXT(1214, "The name is no network's."),
	TEXT(1225, "The other machine refused the connection."),
	TEXT(1226, "The connection was ended by both sides."),
	TEXT(1229, "There is no such connection."),
	TEXT(1230, "The connection is there already."),
	TEXT(1231, "No way leads to the network."),
	TEXT(1232, "No way leads to the machine."),
	TEXT(1233, "The other machine does not speak the protocol."),
	TEXT(1234, "Nobody listens on the other machine's port."),
	TEXT(1235, "The request was given up."),
	TEXT(1236, "The connection was given up on this machine."),
	TEXT(1450, "The system has not enough left of what this needs."),
	TEXT(1460, "The time for it is over."),
	TEXT(10004, "The blocking call was ended from elsewhere."),
	TEXT(10009, "There is no such file handle."),
	TEXT(10013, "The socket may not do that."),
	TEXT(10014, "An address argument is missing or too short."),
	TEXT(10022, "An argument or a flag is not valid."),
	TEXT(10024, "There are too many open sockets."),
	TEXT(10035, "It would have to wait, and the socket is nonblocking."),
	TEXT(10036, "A blocking call is in progress."),
	TEXT(10037, "The socket is at it already."),
	TEXT(10038, "The handle is no socket."),
	TEXT(10039, "The address to send to is missing."),
	TEXT(10040, "The message is longer than its buffer or its way allows."),
	TEXT(10041, "The protocol is none of this socket type."),
	TEXT(10042, "There is no such option at this level, or for this socket."),
	TEXT(10043, "The protocol is not there."),
	TEXT(10044, "The socket type is not supported."),
	TEXT(10045, "A socket of this kind cannot do that."),
	TEXT(10046, "The protocol family is not supported."),
	TEXT(10047, "The address family is not supported."),
	TEXT(10048, "The address is in use."),
	TEXT(10049, "The address is none of this machine, or of none at all."),
	TEXT(10050, "The network is down."),
	TEXT(10051, "No way leads to the network."),
	TEXT(10052, "The connection was found to be dead."),
	TEXT(10053, "The connection was given up on this machine."),
	TEXT(10054, "The other side has reset the connection."),
	TEXT(10055, "There is no memory left for it, or the queue is full."),
	TEXT(10056, "The socket is connected already."),
	TEXT(10057, "The socket is not connected."),
	TEXT(10058, "This direction of the socket has been shut down."),
	TEXT(10059, "There are too many references to an object."),
	TEXT(10060, "The other side did not answer in time."),
	TEXT(10061, "The other machine refused the connection."),
	TEXT(10062, "The name leads back to itself."),
	TEXT(10063, "The name is too long."),
	TEXT(10064, "The other machine is down."),
	TEXT(10065, "No way leads to the machine."),
	TEXT(10066, "The directory is not empty."),
	TEXT(10067, "Too many programs use sockets."),
	TEXT(10068, "The share of the user is used up."),
	TEXT(10069, "The share of the disk is used up."),
	TEXT(10070, "The handle's file is gone."),
	TEXT(10071, "It is on another machine."),
	TEXT(10091, "The network subsystem is not there."),
	TEXT(10092, "The version of Winsock is not supported."),
	TEXT(10093, "WSAStartup has not been called."),
	TEXT(10101, "The other side is shutting the connection down."),
	TEXT(10102, "There are no more results."),
	TEXT(10103, "The call was cancelled."),
	TEXT(10104, "The table of the provider's calls is wrong."),
	TEXT(10105, "The provider is not valid."),
	TEXT(10106, "The provider could not be set up."),
	TEXT(10107, "A call of the system failed that never does."),
	TEXT(10108, "There is no such name space."),
	TEXT(10109, "There is no such service for this type."),
	TEXT(10110, "There are no more of them."),
	TEXT(10111, "The lookup was cancelled."),
	TEXT(10112, "The query was refused."),
	TEXT(11001, "There is no such host."),
	TEXT(11002, "The name servers could not be asked just now."),
	TEXT(11003, "The name could not be looked up at all."),
	TEXT(11004, "The name has no address of this kind."),
	TEXT(11005, "QoS: there is a receiver."),
	TEXT(11006, "QoS: there is a sender."),
	TEXT(11007, "QoS: there is no sender."),
	TEXT(11008, "QoS: there is no receiver."),
	TEXT(11009, "QoS: the reservation is confirmed."),
	TEXT(11010, "QoS: the network has not enough to give."),
	TEXT(11011, "QoS: the policy does not allow it."),
	TEXT(11012, "QoS: the style is unknown or does not fit."),
	TEXT(11013, "QoS: an object is wrong."),
	TEXT(11014, "QoS: traffic control failed."),
	TEXT(11015, "QoS: it failed."),
	TEXT(11016, "QoS: the service type is wrong."),
	TEXT(11017, "QoS: the flow specification is wrong."),
	TEXT(11018, "QoS: the provider's buffer is wrong."),
	TEXT(11019, "QoS: the style of a filter is wrong."),
	TEXT(11020, "QoS: the type of a filter is wrong."),
	TEXT(11021, "QoS: the number of filters is wrong."),
	TEXT(11022, "QoS: the length of an object is wrong."),
	TEXT(11023, "QoS: the number of flows is wrong."),
	TEXT(11024, "QoS: the provider does not know an object."),
	TEXT(11025, "QoS: a policy object is wrong."),
	TEXT(11026, "QoS: a flow descriptor is wrong."),
	TEXT(11027, "QoS: the provider's flow specification is wrong."),
	TEXT(11028, "QoS: the provider's filter is wrong."),
	TEXT(11029, "QoS: a discard mode is wrong."),
	TEXT(11030, "QoS: a shaping rate is wrong."),
	TEXT(11031, "QoS: an element of a policy is reserved."),
	TEXT(11032, "No secure name server knows the host."),
	TEXT(11033, "The policy for secure name servers does not allow it."),
};

static const struct text unknown = TEXT(0, "This code is not known.");

static const struct text *text_of(unsigned int code)
{
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (texts[i].code == code)
			return &texts[i];
	return NULL;
}

WS_API char *winsock_gai_strerrora(int code)
{
	const struct text *text = text_of(code) ?: &unknown;

	return (char *)text->narrow;
}

WS_API wchar_t *winsock_gai_strerrorw(int code)
{
	const struct text *text = text_of(code) ?: &unknown;

	return (wchar_t *)text->wide;
}

/*
 * The text that is asked for: it, and how it ends.  Without a width that is as
 * a line ends on Windows, with one as if it did not.
 */
static int find_text(unsigned int flags, unsigned int code,
		     const struct text **text, const struct text **end)
{
	static const struct text line = TEXT(0, "\r\n");
	static const struct text none = TEXT(0, " ");

	if (flags & FROM_STRING || !(flags & FROM_SYSTEM))
		return ERROR_NOT_SUPPORTED;
	*text = text_of(code);
	*end = flags & WIDTH_MASK ? &none : &line;
	return *text ? 0 : ERROR_MR_MID_NOT_FOUND;
}

/*
 * Where @need characters of @width bytes go, of which @room are wanted or there:
 * the buffer, or memory that it is to point to.
 */
static int find_room(unsigned int flags, void *buf, size_t need,
		     unsigned int room, size_t width, void **to)
{
	if (!buf)
		return ERROR_INVALID_PARAMETER;
	*to = buf;
	if (!(flags & ALLOCATE_BUFFER))
		return need > room ? ERROR_INSUFFICIENT_BUFFER : 0;
	*to = calloc(need > room ? need : room, width);
	memcpy(buf, to, sizeof(*to));
	return *to ? 0 : ERROR_NOT_ENOUGH_MEMORY;
}

/* Of @size characters of @width bytes, of which texts have as many in both. */
static unsigned int format(unsigned int flags, unsigned int code, void *buf,
			   unsigned int size, size_t width)
{
	const struct text *text, *end;
	void *to = NULL;
	size_t len = 0;
	int err;

	/* Programs free what @buf points to whether or not they get a text. */
	if (buf && flags & ALLOCATE_BUFFER)
		memcpy(buf, &to, sizeof(to));
	err = find_text(flags, code, &text, &end);
	if (!err) {
		len = strlen(text->narrow) + strlen(end->narrow);
		err = find_room(flags, buf, len + 1, size, width, &to);
	}
	if (err) {
		ws_last_error = err;
		return 0;
	}
	if (width == sizeof(char))
		strcpy(stpcpy(to, text->narrow), end->narrow);
	else
		wcscpy(wcpcpy(to, text->wide), end->wide);
	return len;
}

/* Texts have no inserts, and one language. */
WS_API unsigned int winsock_formatmessagea(unsigned int flags,
					   const void *source,
					   unsigned int code,
					   unsigned int language, char *buf,
					   unsigned int size, void *inserts)
{
	(void)source;
	(void)language;
	(void)inserts;
	return format(flags, code, buf, size, sizeof(*buf));
}

WS_API unsigned int winsock_formatmessagew(unsigned int flags,
					   const void *source,
					   unsigned int code,
					   unsigned int language, wchar_t *buf,
					   unsigned int size, void *inserts)
{
	(void)source;
	(void)language;
	(void)inserts;
	return format(flags, code, buf, size, sizeof(*buf));
}

WS_API void *winsock_localfree(void *memory)
{
	free(memory);
	return NULL;
}
