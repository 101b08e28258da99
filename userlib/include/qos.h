/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a flow of data may ask of the network; <winsock2.h> includes it.
 */
#ifndef __QOS_H_
#define __QOS_H_

#include "winsock/base.h"

typedef ULONG SERVICETYPE;

#define SERVICETYPE_NOTRAFFIC		0x0
#define SERVICETYPE_BESTEFFORT		0x1
#define SERVICETYPE_CONTROLLEDLOAD	0x2
#define SERVICETYPE_GUARANTEED		0x3
#define QOS_NOT_SPECIFIED		0xffffffffU

typedef struct _flowspec {
	ULONG TokenRate;
	ULONG TokenBucketSize;
	ULONG PeakBandwidth;
	ULONG Latency;
	ULONG DelayVariation;
	SERVICETYPE ServiceType;
	ULONG MaxSduSize;
	ULONG MinimumPolicedSize;
} FLOWSPEC, *PFLOWSPEC, *LPFLOWSPEC;

#endif /* __QOS_H_ */
