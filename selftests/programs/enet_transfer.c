// SPDX-License-Identifier: GPL-2.0-only
/*
 * A transfer through ENet, which has no tests of its own:
 *
 *   enet_transfer server PORT      sends back what it gets
 *   enet_transfer client PORT      checks that, byte by byte and in order
 *
 * Reliable packets on one channel, from one byte to many fragments.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <enet/enet.h>

#define LIMIT_MS	20000

static const size_t sizes[] = {
	1, 2, 1023, 1024, 1400, 1401, 4096, 65535, 100000, 3, 262144, 5,
};

#define COUNT	(sizeof(sizes) / sizeof(sizes[0]))

static int fail(const char *what)
{
	fprintf(stderr, "%s failed\n", what);
	return 1;
}

static unsigned char byte_of(size_t packet, size_t at)
{
	return packet * 31 + at + at / 251;
}

static ENetPacket *make_packet(size_t n)
{
	ENetPacket *packet;
	size_t i;

	packet = enet_packet_create(NULL, sizes[n], ENET_PACKET_FLAG_RELIABLE);
	for (i = 0; packet && i < sizes[n]; i++)
		packet->data[i] = byte_of(n, i);
	return packet;
}

static int is_packet(const ENetPacket *packet, size_t n)
{
	size_t i;

	if (n >= COUNT || packet->dataLength != sizes[n])
		return 0;
	for (i = 0; i < sizes[n]; i++)
		if (packet->data[i] != byte_of(n, i))
			return 0;
	return 1;
}

/* One client, until it goes. */
static int serve(ENetHost *host)
{
	ENetEvent event;
	size_t packets = 0;

	puts("ready");
	fflush(stdout);
	while (enet_host_service(host, &event, LIMIT_MS) > 0) {
		switch (event.type) {
		case ENET_EVENT_TYPE_RECEIVE:
			if (enet_peer_send(event.peer, 0, event.packet))
				return fail("enet_peer_send");
			packets++;
			break;
		case ENET_EVENT_TYPE_DISCONNECT:
			return packets == COUNT ? 0 : fail("counting");
		default:
			break;
		}
	}
	return fail("enet_host_service");
}

static int ask(ENetHost *host, const ENetAddress *address)
{
	ENetPeer *peer = enet_host_connect(host, address, 1, 0);
	ENetEvent event;
	size_t n, got = 0;

	if (!peer)
		return fail("enet_host_connect");
	while (enet_host_service(host, &event, LIMIT_MS) > 0) {
		switch (event.type) {
		case ENET_EVENT_TYPE_CONNECT:
			for (n = 0; n < COUNT; n++)
				if (enet_peer_send(peer, 0, make_packet(n)))
					return fail("enet_peer_send");
			break;
		case ENET_EVENT_TYPE_RECEIVE:
			if (!is_packet(event.packet, got))
				return fail("comparing");
			enet_packet_destroy(event.packet);
			if (++got == COUNT)
				enet_peer_disconnect(peer, 0);
			break;
		case ENET_EVENT_TYPE_DISCONNECT:
			return got == COUNT ? 0 : fail("counting");
		default:
			break;
		}
	}
	return fail("enet_host_service");
}

int main(int argc, char **argv)
{
	ENetAddress address;
	ENetHost *host;
	int server, status;

	if (argc != 3)
		return fail("reading arguments");
	server = !strcmp(argv[1], "server");
	if (enet_initialize())
		return fail("enet_initialize");
	if (enet_address_set_host(&address, "127.0.0.1"))
		return fail("enet_address_set_host");
	address.port = atoi(argv[2]);
	host = enet_host_create(server ? &address : NULL, 1, 1, 0, 0);
	if (!host)
		return fail("enet_host_create");
	status = server ? serve(host) : ask(host, &address);
	enet_host_destroy(host);
	enet_deinitialize();
	return status;
}
