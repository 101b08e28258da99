// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the driver says of itself.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <linux/winsock.h>

/* By the numbers of their bits. */
static const char *const features[] = {
	"TCP", "export", "select", "UDP", "raw", "AF_UNIX", "events",
	"messages", NULL
};

int main(void)
{
	struct winsock_query q = { .size = sizeof(q) };
	int fd = open("/dev/winsock", O_RDWR);
	unsigned int i;

	if (fd < 0 || ioctl(fd, WINSOCK_IOC_QUERY, &q)) {
		perror("/dev/winsock");
		return 1;
	}
	printf("ABI %u, %u commands", q.out_abi, q.out_commands);
	for (i = 0; features[i]; i++)
		if (q.out_features & 1ULL << i)
			printf(", %s", features[i]);
	putchar('\n');
	return 0;
}
