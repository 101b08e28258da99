// SPDX-License-Identifier: GPL-2.0-only
/* ... and this one the C library's sockets, which must be themselves. */
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

int posix_part(void);

int posix_part(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	socklen_t len = sizeof(in);
	int fds[2];
	struct stat st;
	char byte = 'x';
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || fstat(fd, &st) || !S_ISSOCK(st.st_mode) ||
	    bind(fd, (struct sockaddr *)&in, len) || listen(fd, 1) ||
	    getsockname(fd, (struct sockaddr *)&in, &len) || !in.sin_port) {
		perror("socket");
		return 3;
	}
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) ||
	    send(fds[0], &byte, 1, 0) != 1 || recv(fds[1], &byte, 1, 0) != 1) {
		perror("socketpair");
		return 4;
	}
	return close(fd) || close(fds[0]) || close(fds[1]);
}
