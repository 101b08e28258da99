// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/winsock: load and unload.
 */
#include <linux/miscdevice.h>
#include <linux/module.h>
#include "ctx.h"
#include "debugfs.h"
#include "netchange.h"
#include "sock.h"
#include "unread.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

static struct miscdevice ws_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "winsock",
	.fops = &ws_fops,
	.mode = 0600,
};

static int __init ws_init(void)
{
	int err;

#ifdef WINSOCK_SELFTEST
	err = ws_errno_selftest();
	if (err)
		return err;
#endif
	err = ws_sock_init();
	if (err)
		return err;
	err = ws_netchange_init();
	if (err)
		goto exit_sock;
	err = ws_unread_init();
	if (err)
		goto exit_netchange;
	err = misc_register(&ws_device);
	if (err)
		goto exit_unread;
	ws_debugfs_init();
	return 0;

exit_unread:
	ws_unread_exit();
exit_netchange:
	ws_netchange_exit();
exit_sock:
	ws_sock_exit();
	return err;
}

/*
 * Only when no file of the node is open; the module is in use until then.  Work
 * may have sockets still, which let go of all else in the end.
 */
static void __exit ws_exit(void)
{
	ws_debugfs_exit();
	misc_deregister(&ws_device);
	ws_unread_exit();
	ws_netchange_exit();
	ws_sock_exit();
}

module_init(ws_init);
module_exit(ws_exit);

MODULE_DESCRIPTION("Windows sockets: Winsock 2.2 semantics for in-kernel sockets");
MODULE_VERSION(WINSOCK_VERSION);
MODULE_LICENSE("GPL");
