// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A caller's memory that may not be there.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

/*
 * Through a pipe, as the kernel looks where it steps, and without the C library's
 * functions, where a sanitizer would look first.  By hand in a process that has
 * no descriptor left.
 */
int ws_copy(void *to, const void *from, size_t size)
{
	int saved = errno;
	ssize_t n = -1;
	int fd[2];

	if (!to || !from)
		return WSAEFAULT;
	if (pipe2(fd, O_CLOEXEC)) {
		memcpy(to, from, size);
		n = size;
	} else {
		if (syscall(SYS_write, fd[1], from, size) == (ssize_t)size)
			n = syscall(SYS_read, fd[0], to, size);
		close(fd[0]);
		close(fd[1]);
	}
	errno = saved;
	return n == (ssize_t)size ? 0 : WSAEFAULT;
}
