// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * ATM: addresses of Linux and Windows, and the information elements of a QOS.
 *
 * There are no ATM sockets here: since 6.1.170 a stock kernel does not place a
 * switched call.  Who has them on another kernel finds here what the accept
 * page's notes ask for: the caller's number, for the condition function.
 */
#include <string.h>

#include "internal.h"

#define AF_ATM		22	/* Windows' */
#define AF_ATMSVC	20	/* Linux' */

#define SAP_FIELD_ABSENT	0xfffffffeU
#define SAP_FIELD_ANY		0xffffffffU
#define ATM_E164		1
#define ATM_NSAP		2

#define IE_CALLING_PARTY_NUMBER		7
#define IE_CALLING_PARTY_SUBADDRESS	8

#define NSAP_SIZE	20
#define E164_MAX	12	/* Linux' */

/* struct sockaddr_atmsvc */
struct svc {
	unsigned short family;
	struct {
		unsigned char nsap[NSAP_SIZE];
		char e164[E164_MAX + 1];
		char join_type;
		__u32 join_id;
	} addr;
};

/* ATM_ADDRESS */
struct number {
	__u32 type;
	__u32 digits;
	__u8 byte[NSAP_SIZE];
};

/* SOCKADDR_ATM */
struct satm {
	__u16 family;
	struct number number;
	struct {
		__u32 layer2, layer2_user, layer3, layer3_user, ipi;
		__u8 snap[5];
	} blli;
	struct {
		__u32 type, len;
		__u8 info[8];
	} bhli;
};

/* ATM_CALLING_PARTY_NUMBER_IE: presented to all, and checked by nobody. */
struct caller {
	struct number number;
	__u8 presentation, screening;
};

/* What each Q2931_IE begins with. */
struct element {
	__u32 type;
	__u32 len;
};

/* QOS */
struct qos {
	__u32 flow[16];
	struct ws_buf elements;
};

static int all_digits(const void *text, unsigned int count)
{
	const char *p = text;
	unsigned int i;

	for (i = 0; i < count; i++)
		if (p[i] < '0' || p[i] > '9')
			return 0;
	return 1;
}

static int number_of(const struct svc *svc, struct number *number)
{
	size_t digits = strnlen(svc->addr.e164, sizeof(svc->addr.e164));

	if (svc->family != AF_ATMSVC)
		return WSAEAFNOSUPPORT;
	memset(number, 0, sizeof(*number));
	if (digits) {
		if (digits > E164_MAX || !all_digits(svc->addr.e164, digits))
			return WSAEINVAL;
		number->type = ATM_E164;
		number->digits = digits;
		memcpy(number->byte, svc->addr.e164, digits);
	} else if (*svc->addr.nsap) {
		number->type = ATM_NSAP;
		number->digits = NSAP_SIZE;
		memcpy(number->byte, svc->addr.nsap, NSAP_SIZE);
	} else {
		number->type = SAP_FIELD_ANY;
	}
	return 0;
}

WS_API int winsock_atm_from_linux(const void *svc, void *addr)
{
	struct satm *a = addr;
	struct number number;
	int code = number_of(svc, &number);

	if (code)
		return code;
	memset(a, 0, sizeof(*a));
	a->family = AF_ATM;
	a->number = number;
	a->blli.layer2 = SAP_FIELD_ABSENT;
	a->blli.layer3 = SAP_FIELD_ABSENT;
	a->bhli.type = SAP_FIELD_ABSENT;
	return 0;
}

WS_API int winsock_atm_to_linux(const void *addr, int len, void *svc)
{
	const struct satm *a = addr;
	struct svc *to = svc;

	if (len < (int)sizeof(*a))
		return WSAEFAULT;
	if (a->family != AF_ATM)
		return WSAEAFNOSUPPORT;
	switch (a->number.type) {
	case SAP_FIELD_ANY:
		break;
	case ATM_E164:
		if (!a->number.digits || a->number.digits > E164_MAX ||
		    !all_digits(a->number.byte, a->number.digits))
			return WSAEINVAL;
		break;
	case ATM_NSAP:
		/* To Linux there is none that begins with a zero. */
		if (!*a->number.byte)
			return WSAEINVAL;
		break;
	default:
		return WSAEINVAL;
	}
	memset(to, 0, sizeof(*to));
	to->family = AF_ATMSVC;
	if (a->number.type == ATM_E164)
		memcpy(to->addr.e164, a->number.byte, a->number.digits);
	else if (a->number.type == ATM_NSAP)
		memcpy(to->addr.nsap, a->number.byte, NSAP_SIZE);
	return 0;
}

WS_API int winsock_atm_put(void *qos, unsigned int room, int type,
			   const void *element, unsigned int len)
{
	struct ws_buf *list = &((struct qos *)qos)->elements;
	unsigned int left = room > list->len ? room - list->len : 0;
	struct element head = { .type = type };
	unsigned int padding = -len & 3;
	char *to = list->buf + list->len;

	if (left < sizeof(head) || len > left - sizeof(head) ||
	    padding > left - sizeof(head) - len)
		return WSAENOBUFS;
	head.len = sizeof(head) + len + padding;
	memcpy(to, &head, sizeof(head));
	memcpy(to + sizeof(head), element, len);
	memset(to + sizeof(head) + len, 0, padding);
	list->len += head.len;
	return 0;
}

WS_API int winsock_atm_put_caller(void *qos, unsigned int room, const void *svc)
{
	struct ws_buf *list = &((struct qos *)qos)->elements;
	struct caller caller = { .presentation = 0 };
	unsigned int before = list->len;
	const struct svc *from = svc;
	struct number sub = {
		.type = ATM_NSAP,
		.digits = NSAP_SIZE,
	};
	int code = number_of(from, &caller.number);

	if (code)
		return code;
	code = winsock_atm_put(qos, room, IE_CALLING_PARTY_NUMBER, &caller,
			       sizeof(caller));
	if (!code && caller.number.type == ATM_E164 && *from->addr.nsap) {
		memcpy(sub.byte, from->addr.nsap, NSAP_SIZE);
		code = winsock_atm_put(qos, room, IE_CALLING_PARTY_SUBADDRESS,
				       &sub, sizeof(sub));
	}
	if (code)
		list->len = before;
	return code;
}

WS_API void *winsock_atm_find(const void *qos, int type, unsigned int *len)
{
	const struct ws_buf *list = &((const struct qos *)qos)->elements;
	unsigned int left = list->len;
	struct element head;
	char *at = list->buf;

	while (left >= sizeof(head)) {
		memcpy(&head, at, sizeof(head));
		if (head.len < sizeof(head) || head.len > left)
			return NULL;
		if (head.type == (__u32)type) {
			*len = head.len - sizeof(head);
			return at + sizeof(head);
		}
		at += head.len;
		left -= head.len;
	}
	return NULL;
}
