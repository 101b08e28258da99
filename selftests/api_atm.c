// SPDX-License-Identifier: GPL-2.0-only
/*
 * ATM's structures as Windows lays them out; and what this library makes of
 * Linux' addresses: a sockaddr_atm, and the elements that the accept page's notes
 * tell a condition function to look for in a QOS.
 */
#include "api_test.h"

#include <ws2atm.h>
#ifndef _WIN32
#include <linux/atm.h>
#include <winsock/atm.h>
#endif

#define OFFSET(type, field)	((int)(size_t)&((type *)0)->field)

static void layouts(void)
{
	EXPECT_EQ(22, AF_ATM);
	EXPECT_EQ(28, sizeof(ATM_ADDRESS));
	EXPECT_EQ(8, OFFSET(ATM_ADDRESS, Addr));
	EXPECT_EQ(28, sizeof(ATM_BLLI));
	EXPECT_EQ(20, OFFSET(ATM_BLLI, SnapID));
	EXPECT_EQ(16, sizeof(ATM_BHLI));
	EXPECT_EQ(76, sizeof(SOCKADDR_ATM));
	EXPECT_EQ(4, OFFSET(SOCKADDR_ATM, satm_number));
	EXPECT_EQ(32, OFFSET(SOCKADDR_ATM, satm_blli));
	EXPECT_EQ(60, OFFSET(SOCKADDR_ATM, satm_bhli));
	EXPECT_EQ(8, OFFSET(Q2931_IE, IE));
	EXPECT_EQ(12, sizeof(AAL5_PARAMETERS));
	EXPECT_EQ(16, sizeof(AAL_PARAMETERS_IE));
	EXPECT_EQ(28, sizeof(ATM_TD));
	EXPECT_EQ(60, sizeof(ATM_TRAFFIC_DESCRIPTOR_IE));
	EXPECT_EQ(5, sizeof(ATM_BROADBAND_BEARER_CAPABILITY_IE));
	EXPECT_EQ(36, sizeof(ATM_BLLI_IE));
	EXPECT_EQ(8, OFFSET(ATM_BLLI_IE, Layer2UserSpecifiedProtocol));
	EXPECT_EQ(28, OFFSET(ATM_BLLI_IE, SnapID));
	EXPECT_EQ(32, sizeof(ATM_CALLING_PARTY_NUMBER_IE));
	EXPECT_EQ(29, OFFSET(ATM_CALLING_PARTY_NUMBER_IE,
			     Screening_Indicator));
	EXPECT_EQ(7, sizeof(ATM_CAUSE_IE));
	EXPECT_EQ(2, sizeof(ATM_QOS_CLASS_IE));
	EXPECT_EQ(4, sizeof(ATM_TRANSIT_NETWORK_SELECTION_IE));
	EXPECT_EQ(12, sizeof(ATM_CONNECTION_ID));
	EXPECT_EQ(12, OFFSET(ATM_PVC_PARAMS, PvcQos));
}

static void numbers(void)
{
	EXPECT_EQ(7, IE_CallingPartyNumber);
	EXPECT_EQ(8, IE_CallingPartySubaddress);
	EXPECT_EQ(11, IE_TransitNetworkSelection);
	EXPECT_EQ(16, AALTYPE_USER);
	EXPECT_EQ(5, ATMPROTO_AAL5);
	EXPECT_EQ(0xfffffffe, SAP_FIELD_ABSENT);
	EXPECT_EQ(0xfffffffb, SAP_FIELD_ANY_AESA_REST);
	EXPECT_EQ(0x50160001, SIO_GET_NUMBER_OF_ATM_DEVICES);
	EXPECT_EQ(0xd0160002, SIO_GET_ATM_ADDRESS);
	EXPECT_EQ(0x90160003, SIO_ASSOCIATE_PVC);
	EXPECT_EQ(0x50160004, SIO_GET_ATM_CONNECTION_ID);
}

#ifndef _WIN32
#define LINUX_AF_ATMSVC	20

static const UCHAR nsap[ATM_ADDR_SIZE] = {
	0x47, 0x00, 0x91, 0x81, 0, 0, 0, 0x00, 0x3e, 0x7b,
	0x3a, 1, 0, 0, 0, 0, 0, 1, 2, 3,
};

/* Either may be NULL. */
static struct sockaddr_atmsvc svc(const char *number, const UCHAR *end_system)
{
	struct sockaddr_atmsvc a;

	memset(&a, 0, sizeof(a));
	a.sas_family = LINUX_AF_ATMSVC;
	if (number)
		memcpy(a.sas_addr.pub, number, strlen(number) + 1);
	if (end_system)
		memcpy(a.sas_addr.prv, end_system, sizeof(a.sas_addr.prv));
	return a;
}

static void there_and_back(void)
{
	const struct {
		struct sockaddr_atmsvc svc;
		DWORD type, digits;
		const void *bytes;
	} rows[] = {
		{ svc("41227741234", NULL), ATM_E164, 11, "41227741234" },
		{ svc("123456789012", NULL), ATM_E164, 12, "123456789012" },
		{ svc("7", NULL), ATM_E164, 1, "7" },
		{ svc(NULL, nsap), ATM_NSAP, 20, nsap },
		{ svc(NULL, NULL), SAP_FIELD_ANY, 0, nsap },
	};
	struct sockaddr_atmsvc back;
	SOCKADDR_ATM a;
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		memset(&a, POISON, sizeof(a));
		EXPECT_EQ(0, winsock_atm_from_linux(&rows[i].svc, &a));
		EXPECT_EQ(AF_ATM, a.satm_family);
		EXPECT_EQ(rows[i].type, a.satm_number.AddressType);
		EXPECT_EQ(rows[i].digits, a.satm_number.NumofDigits);
		EXPECT_EQ(0, memcmp(rows[i].bytes, a.satm_number.Addr,
				    rows[i].digits));
		EXPECT_EQ(SAP_FIELD_ABSENT, a.satm_blli.Layer2Protocol);
		EXPECT_EQ(SAP_FIELD_ABSENT, a.satm_blli.Layer3Protocol);
		EXPECT_EQ(SAP_FIELD_ABSENT, a.satm_bhli.HighLayerInfoType);
		memset(&back, POISON, sizeof(back));
		EXPECT_EQ(0, winsock_atm_to_linux(&a, sizeof(a), &back));
		EXPECT_EQ(0, memcmp(&back, &rows[i].svc, sizeof(back)));
	}
}

static void bad_addresses_of_linux(void)
{
	struct sockaddr_atmsvc from = svc("4122774x", NULL);
	SOCKADDR_ATM a;

	memset(&a, POISON, sizeof(a));
	EXPECT_EQ(WSAEINVAL, winsock_atm_from_linux(&from, &a));
	memset(from.sas_addr.pub, '1', sizeof(from.sas_addr.pub));
	EXPECT_EQ(WSAEINVAL, winsock_atm_from_linux(&from, &a));
	from.sas_family = AF_INET;
	EXPECT_EQ(WSAEAFNOSUPPORT, winsock_atm_from_linux(&from, &a));
	EXPECT_EQ(POISON, ((char *)&a)[0]);
}

static void bad_addresses_of_windows(void)
{
	struct sockaddr_atmsvc from = svc("41227741234", NULL), to;
	SOCKADDR_ATM good, a;
	static const DWORD types[] = {
		0, 3, SAP_FIELD_ABSENT, SAP_FIELD_ANY_AESA_SEL,
		SAP_FIELD_ANY_AESA_REST,
	};
	int i;

	memset(&to, POISON, sizeof(to));
	EXPECT_EQ(0, winsock_atm_from_linux(&from, &good));
	EXPECT_EQ(WSAEFAULT, winsock_atm_to_linux(&good, sizeof(good) - 1,
						  &to));
	EXPECT_EQ(WSAEFAULT, winsock_atm_to_linux(&good, -1, &to));
	a = good;
	a.satm_family = AF_INET;
	EXPECT_EQ(WSAEAFNOSUPPORT, winsock_atm_to_linux(&a, sizeof(a), &to));
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		a = good;
		a.satm_number.AddressType = types[i];
		EXPECT_EQ(WSAEINVAL, winsock_atm_to_linux(&a, sizeof(a), &to));
	}
	a = good;
	a.satm_number.Addr[10] |= 0x80;
	EXPECT_EQ(WSAEINVAL, winsock_atm_to_linux(&a, sizeof(a), &to));
	a = good;
	a.satm_number.NumofDigits = 0;
	EXPECT_EQ(WSAEINVAL, winsock_atm_to_linux(&a, sizeof(a), &to));
	a.satm_number.NumofDigits = 13;
	memset(a.satm_number.Addr, '1', sizeof(a.satm_number.Addr));
	EXPECT_EQ(WSAEINVAL, winsock_atm_to_linux(&a, sizeof(a), &to));
	a.satm_number.NumofDigits = 0xffffffff;
	EXPECT_EQ(WSAEINVAL, winsock_atm_to_linux(&a, sizeof(a), &to));
	a.satm_number.AddressType = ATM_NSAP;
	a.satm_number.Addr[0] = 0;
	EXPECT_EQ(WSAEINVAL, winsock_atm_to_linux(&a, sizeof(a), &to));
	EXPECT_EQ(POISON, ((char *)&to)[0]);
}

/* A QOS with room for elements, and poison behind it. */
struct elements {
	QOS qos;
	ULONG room[32];
};

static LPQOS empty(struct elements *e)
{
	memset(&e->qos, 0, sizeof(e->qos));
	memset(e->room, POISON, sizeof(e->room));
	e->qos.ProviderSpecific.buf = (char *)e->room;
	return &e->qos;
}

/* As a program on Windows reads it: one element behind the other. */
static Q2931_IE *nth(LPQOS q, int n)
{
	char *at = q->ProviderSpecific.buf;

	while (n--)
		at += ((Q2931_IE *)(void *)at)->IELength;
	return (Q2931_IE *)(void *)at;
}

static void caller_of_an_nsap(void)
{
	struct sockaddr_atmsvc from = svc(NULL, nsap);
	ATM_CALLING_PARTY_NUMBER_IE *ie;
	struct elements e;
	LPQOS q = empty(&e);
	ULONG len = 0;

	EXPECT_EQ(0, winsock_atm_put_caller(q, sizeof(e.room), &from));
	EXPECT_EQ(40, q->ProviderSpecific.len);
	EXPECT_EQ(IE_CallingPartyNumber, nth(q, 0)->IEType);
	EXPECT_EQ(40, nth(q, 0)->IELength);
	ie = (void *)nth(q, 0)->IE;
	EXPECT_EQ(ATM_NSAP, ie->ATM_Number.AddressType);
	EXPECT_EQ(0, memcmp(nsap, ie->ATM_Number.Addr, sizeof(nsap)));
	EXPECT_EQ(PI_ALLOWED, ie->Presentation_Indication);
	EXPECT_EQ(SI_USER_NOT_SCREENED, ie->Screening_Indicator);
	EXPECT(ie == winsock_atm_find(q, IE_CallingPartyNumber, &len));
	EXPECT_EQ(sizeof(*ie), len);
	EXPECT(!winsock_atm_find(q, IE_CallingPartySubaddress, &len));
	EXPECT_EQ(POISON, q->ProviderSpecific.buf[40]);
}

static void caller_of_a_number_and_an_nsap(void)
{
	struct sockaddr_atmsvc from = svc("41227741234", nsap);
	ATM_CALLING_PARTY_SUBADDRESS_IE *subaddress;
	ATM_CALLING_PARTY_NUMBER_IE *number;
	struct elements e;
	LPQOS q = empty(&e);
	ULONG len;

	/* no room for the second: none of them */
	EXPECT_EQ(WSAENOBUFS, winsock_atm_put_caller(q, 75, &from));
	EXPECT_EQ(0, q->ProviderSpecific.len);
	EXPECT_EQ(0, winsock_atm_put_caller(q, 76, &from));
	EXPECT_EQ(76, q->ProviderSpecific.len);
	EXPECT_EQ(IE_CallingPartyNumber, nth(q, 0)->IEType);
	EXPECT_EQ(IE_CallingPartySubaddress, nth(q, 1)->IEType);
	number = winsock_atm_find(q, IE_CallingPartyNumber, &len);
	EXPECT_EQ(ATM_E164, number->ATM_Number.AddressType);
	EXPECT_EQ(11, number->ATM_Number.NumofDigits);
	EXPECT_EQ(0, memcmp("41227741234", number->ATM_Number.Addr, 11));
	subaddress = winsock_atm_find(q, IE_CallingPartySubaddress, &len);
	EXPECT_EQ(sizeof(*subaddress), len);
	EXPECT_EQ(ATM_NSAP, subaddress->AddressType);
	EXPECT_EQ(0, memcmp(nsap, subaddress->Addr, sizeof(nsap)));

	from.sas_family = AF_INET;
	EXPECT_EQ(WSAEAFNOSUPPORT, winsock_atm_put_caller(q, 128, &from));
	EXPECT_EQ(76, q->ProviderSpecific.len);
}

static void elements_of_any_length(void)
{
	ATM_QOS_CLASS_IE class = { QOS_CLASS1, QOS_CLASS2 };
	ATM_CAUSE_IE cause = { CAUSE_LOC_USER, CAUSE_USER_BUSY, 0, { 0 } };
	struct elements e;
	LPQOS q = empty(&e);
	ULONG len = 0;
	int i;

	for (i = 0; i < 12; i++) {
		EXPECT_EQ(WSAENOBUFS, winsock_atm_put(q, i, IE_QOSClass, &class,
						      sizeof(class)));
		EXPECT_EQ(0, q->ProviderSpecific.len);
	}
	EXPECT_EQ(0, winsock_atm_put(q, 12, IE_QOSClass, &class,
				     sizeof(class)));
	EXPECT_EQ(12, q->ProviderSpecific.len);
	EXPECT_EQ(0, q->ProviderSpecific.buf[10]);
	EXPECT_EQ(0, q->ProviderSpecific.buf[11]);
	EXPECT_EQ(POISON, q->ProviderSpecific.buf[12]);
	EXPECT_EQ(0, winsock_atm_put(q, sizeof(e.room), IE_Cause, &cause,
				     sizeof(cause)));
	EXPECT_EQ(IE_Cause, nth(q, 1)->IEType);
	EXPECT_EQ(0, memcmp(&class, winsock_atm_find(q, IE_QOSClass, &len),
			    sizeof(class)));
	EXPECT_EQ(4, len);
	EXPECT_EQ(0, memcmp(&cause, winsock_atm_find(q, IE_Cause, &len),
			    sizeof(cause)));
	EXPECT_EQ(8, len);
	EXPECT_EQ(WSAENOBUFS, winsock_atm_put(q, sizeof(e.room), IE_BHLI,
					      &class, 0xfffffffd));
}

/* Lists of others may be anything. */
static void lists_that_are_none(void)
{
	static const ULONG lengths[] = { 0, 7, 13, 0xffffffff };
	ATM_QOS_CLASS_IE class = { QOS_CLASS1, QOS_CLASS2 };
	struct elements e;
	LPQOS q = empty(&e);
	ULONG len;
	int i;

	EXPECT(!winsock_atm_find(q, IE_QOSClass, &len));
	EXPECT_EQ(0, winsock_atm_put(q, 12, IE_QOSClass, &class,
				     sizeof(class)));
	q->ProviderSpecific.len = 7;
	EXPECT(!winsock_atm_find(q, IE_QOSClass, &len));
	q->ProviderSpecific.len = 12;
	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		e.room[1] = lengths[i];
		EXPECT(!winsock_atm_find(q, IE_QOSClass, &len));
		EXPECT(!winsock_atm_find(q, IE_Cause, &len));
	}
}
#endif

static const struct api_test tests[] = {
	{ "atm.layouts", layouts },
	{ "atm.numbers", numbers },
#ifndef _WIN32
	{ "atm.there_and_back", there_and_back },
	{ "atm.bad_addresses_of_linux", bad_addresses_of_linux },
	{ "atm.bad_addresses_of_windows", bad_addresses_of_windows },
	{ "atm.caller_of_an_nsap", caller_of_an_nsap },
	{ "atm.caller_of_a_number_and_an_nsap",
	  caller_of_a_number_and_an_nsap },
	{ "atm.elements_of_any_length", elements_of_any_length },
	{ "atm.lists_that_are_none", lists_that_are_none },
#endif
};

int main(void)
{
	return api_run(tests, ARRAY_SIZE(tests), 0);
}
