/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Protocol blocks.
 */
#ifndef _WINSOCK_PROTOCOL_H
#define _WINSOCK_PROTOCOL_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Characters of szProtocol, which follows below. */
#define WS_PROTOCOL_NAME	256

/*
 * WSAPROTOCOL_INFO up to its name, alike in both widths: see <winsock2.h>.  A
 * duplicate's block has the driver's token in @reserved, which is then not 0,
 * and in @service[3].
 */
struct ws_protocol {
	uint32_t service[4];
	uint32_t provider_flags;
	struct {
		uint32_t data1;
		uint16_t data2;
		uint16_t data3;
		uint8_t data4[8];
	} provider;
	uint32_t id;
	int32_t chain_length;
	uint32_t chain[7];
	int32_t version;
	int32_t family;
	int32_t max_addr;
	int32_t min_addr;
	int32_t type;
	int32_t protocol;
	int32_t span;
	int32_t byte_order;
	int32_t security;
	uint32_t message;
	uint32_t reserved;
};

static_assert(sizeof(struct ws_protocol) == 116, "WSAPROTOCOL_INFO");

bool ws_protocol_family(int family);
int ws_protocol_option(uintptr_t s, int name, char *value, int *len);

#endif /* _WINSOCK_PROTOCOL_H */
