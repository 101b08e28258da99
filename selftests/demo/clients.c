// SPDX-License-Identifier: GPL-2.0-only
/*
 * Native clients of a server that answers with its peer's port:
 *
 *	clients PORT CONNECTIONS
 *
 * Opens them in batches, by IPv4 and IPv6 in turn, and reads the answers when a
 * batch is complete.  A client says at once that it has nothing to send, so that
 * the server goes from one connection to the next without waiting.  Prints how
 * many were connected, and how many were answered with their own port.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define BATCH		250
#define PATIENCE	30	/* seconds */

static int client(bool ipv6, int port)
{
	struct timeval patience = { .tv_sec = PATIENCE };
	struct sockaddr_in6 in6 = {
		.sin6_family = AF_INET6,
		.sin6_port = htons(port),
		.sin6_addr = IN6ADDR_LOOPBACK_INIT,
	};
	struct sockaddr_in in = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (connect(fd, ipv6 ? (void *)&in6 : (void *)&in,
		    ipv6 ? sizeof(in6) : sizeof(in)) ||
	    shutdown(fd, SHUT_WR)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Was it this connection that the server accepted, and did it say so? */
static bool answered(int fd)
{
	struct sockaddr_in6 mine;
	socklen_t size = sizeof(mine);
	char reply[512], *port;
	size_t len = 0;
	ssize_t n;

	do {
		n = recv(fd, reply + len, sizeof(reply) - 1 - len, 0);
		if (n < 0)
			return false;
		len += n;
	} while (n && len < sizeof(reply) - 1);
	reply[len] = '\0';

	port = strstr(reply, "]:");
	return !strncmp(reply, "HTTP/1.0 200 ", 13) && port &&
	       !getsockname(fd, (void *)&mine, &size) &&
	       atoi(port + 2) == ntohs(mine.sin6_port);
}

int main(int argc, char **argv)
{
	int wanted = argc > 2 ? atoi(argv[2]) : 0;
	int connected = 0, right = 0, fd[BATCH], n, i;

	if (wanted <= 0) {
		fprintf(stderr, "usage: clients PORT CONNECTIONS\n");
		return 2;
	}
	while (connected < wanted) {
		for (n = 0; n < BATCH && connected + n < wanted; n++) {
			fd[n] = client(n & 1, atoi(argv[1]));
			if (fd[n] < 0) {
				perror("connect");
				return 1;
			}
		}
		for (i = 0; i < n; i++) {
			right += answered(fd[i]);
			close(fd[i]);
		}
		connected += n;
		if (!(connected % 1000)) {
			fputc('.', stderr);
			fflush(stderr);
		}
	}
	printf("%d %d\n", connected, right);
	return right != connected;
}
