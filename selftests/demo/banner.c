// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the driver says of itself.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <linux/winsock.h>

int main(void)
{
	struct winsock_query q = { .size = sizeof(q) };
	int fd = open("/dev/winsock", O_RDWR);

	if (fd < 0 || ioctl(fd, WINSOCK_IOC_QUERY, &q)) {
		perror("/dev/winsock");
		return 1;
	}
	printf("ABI %u, %u commands%s%s%s\n", q.out_abi, q.out_commands,
	       q.out_features & WINSOCK_FEATURE_TCP ? ", TCP" : "",
	       q.out_features & WINSOCK_FEATURE_EXPORT ? ", export" : "",
	       q.out_features & WINSOCK_FEATURE_SELECT ? ", select" : "");
	return 0;
}
