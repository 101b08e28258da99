// SPDX-License-Identifier: GPL-2.0-only
/*
 * Load for Unbound that its own tests do not have:
 *
 *   unbound_load PORT
 *
 * Asks on several connections for more than any buffer holds and reads nothing
 * before the end of standard input; then reads and compares.  After that more
 * connections at once than the server takes.  All answers come from its
 * local-data: TXT of big.test, A of small.test.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winsock2.h>
#include <ws2tcpip.h>

/* 5 MB for each connection: the send buffer grows to less than 4. */
#define BIG_CONNECTIONS	4
#define BIG_QUERIES	100
#define BIG_RECORDS	250
#define MANY		30

#define TYPE_A		1
#define TYPE_TXT	16

struct message {
	int len;
	unsigned char data[65536];
};

static SOCKADDR_IN server;

static void fail(const char *what)
{
	fprintf(stderr, "%s: %d\n", what, WSAGetLastError());
	exit(1);
}

static unsigned int get16(const unsigned char *at)
{
	return at[0] << 8 | at[1];
}

static SOCKET dial(void)
{
	int few = 16384;
	SOCKET s = socket(AF_INET, SOCK_STREAM, 0);

	if (s == INVALID_SOCKET)
		fail("socket");
	if (setsockopt(s, SOL_SOCKET, SO_RCVBUF, (char *)&few, sizeof(few)))
		fail("SO_RCVBUF");
	if (connect(s, (SOCKADDR *)&server, sizeof(server)))
		fail("connect");
	return s;
}

/* NAME is one label and "test", both with their length before them. */
static int ask(SOCKET s, unsigned int id, const char *name, unsigned int type)
{
	unsigned char query[64] = { 0, 0, id >> 8, id, 1, 0, 0, 1 };
	size_t len = 14;

	memcpy(query + len, name, strlen(name) + 1);
	len += strlen(name) + 1;
	query[len + 1] = type;
	query[len + 3] = 1;
	len += 4;
	query[1] = len - 2;
	return send(s, (char *)query, len, 0) == (int)len;
}

static int receive(SOCKET s, unsigned char *to, int len)
{
	int got;

	for (; len; len -= got, to += got) {
		got = recv(s, (char *)to, len, 0);
		if (got <= 0)
			return 0;
	}
	return 1;
}

/* An answer without an error and with that many records, or 0 for none. */
static int answer(SOCKET s, unsigned int id, unsigned int records,
		  struct message *m)
{
	unsigned char len[2];

	if (!receive(s, len, sizeof(len)))
		return 0;
	m->len = get16(len);
	if (!receive(s, m->data, m->len))
		return 0;
	if (m->len < 12 || get16(m->data) != id || m->data[3] & 0xf ||
	    get16(m->data + 6) != records)
		fail("comparing with the question");
	return 1;
}

static void big(void)
{
	static struct message first, next;
	SOCKET s[BIG_CONNECTIONS];
	int i, id;

	for (i = 0; i < BIG_CONNECTIONS; i++) {
		s[i] = dial();
		for (id = 0; id < BIG_QUERIES; id++)
			if (!ask(s[i], id, "\3big\4test", TYPE_TXT))
				fail("asking");
	}
	while (getchar() != EOF)
		;
	for (i = 0; i < BIG_CONNECTIONS; i++) {
		for (id = 0; id < BIG_QUERIES; id++) {
			if (!answer(s[i], id, BIG_RECORDS, &next))
				fail("receiving");
			if (!first.len)
				first = next;
			if (next.len != first.len ||
			    memcmp(next.data + 2, first.data + 2, next.len - 2))
				fail("comparing with the first");
		}
		closesocket(s[i]);
	}
	printf("%d answers of %d bytes\n", i * id, first.len);
}

/*
 * A full server closes idle connections, after so little time that it may be
 * before the question came; then it is asked again.
 */
static void many(void)
{
	static const unsigned char address[] = { 10, 20, 30, 40 };
	static struct message m;
	SOCKET s[MANY];
	int i;

	for (i = 0; i < MANY; i++) {
		s[i] = dial();
		ask(s[i], i, "\5small\4test", TYPE_A);
	}
	for (i = 0; i < MANY; i++) {
		while (!answer(s[i], i, 1, &m)) {
			closesocket(s[i]);
			s[i] = dial();
			ask(s[i], i, "\5small\4test", TYPE_A);
		}
		if (memcmp(m.data + m.len - 4, address, 4))
			fail("comparing the address");
		closesocket(s[i]);
	}
	printf("%d connections\n", i);
}

int main(int argc, char **argv)
{
	WSADATA data;

	if (argc != 2)
		return 2;
	if (WSAStartup(MAKEWORD(2, 2), &data))
		return 1;
	server.sin_family = AF_INET;
	server.sin_port = htons(atoi(argv[1]));
	server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	big();
	many();
	return WSACleanup();
}
