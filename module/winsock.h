/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every file of the module knows: its limits, its locks, its layers.
 *
 * Functions that answer a Winsock call return 0, a positive WSAE code, or a
 * negative errno that speaks of the ioctl itself (EFAULT, EINVAL,
 * ERESTARTNOINTR).  An errno of the network stack becomes a WSAE code where it
 * is received, by ws_errno(); it never travels.
 *
 * Lock order, outermost first.
 *   1. ws_ctx.lock          mutex     start-up count, what a blank file becomes;
 *                                     handles close under it, so taken killable
 *      ws_ctx_list_lock     mutex     list of started contexts; inside ws_ctx.lock
 *   2. ws_sock.lock         mutex     state machine; held across nonblocking
 *                                     calls into the stack, never while waiting
 *      ws_netns.lock        mutex     watching a namespace; RTNL is taken inside
 *   3. ws_share_bucket.lock mutex     who is bound to some ports; held across
 *                                     bind and listen of the stack, on sockets
 *                                     of the module's own, where nobody keeps (4)
 *      ws_port_proto_lock   mutex     a copy of UDP's protocol; nothing inside
 *   4. lock_sock(sk)        network   taken by the stack below (2) and (3); by us
 *                                     for single fields that it guards
 *      port's chains        spinlock  the stack's, in port.c: bind hash bucket or
 *                                     datagram slot, with sk_callback_lock inside
 *   5. ws_handle_table.lock spinlock  slots and their free list
 *      ws_sock.return_lock  spinlock  connections given back to a listener, and
 *                                     its candidates
 *      ws_offer_lock        spinlock  all offers
 *      ws_netevent.lock     spinlock  what happened to a socket; taken inside of
 *                                     its wait queue's lock, in softirq too, and
 *                                     with (6) inside
 *      ws_apcs.lock         spinlock  procedure calls for a context's threads
 *      ws_groups.xa_lock    spinlock  all socket groups
 *      wait queue locks     spinlock  the socket's own; in softirq too
 *   6. ws_dispatcher.lock   spinlock  all events of a context, and who waits for
 *                                     them; interrupts off
 *      ws_messages.lock     spinlock  a context's messages; interrupts off
 *      pollers              spinlock  wait queues of an event's descriptor files
 *                                     and of a context's messages
 * (5) are leaves: nothing is taken inside them, except that the socket's wait
 * queue lock is held around ws_sock.wait's while an event is relayed, around a
 * work queue's when data arrives that nobody reads, and around
 * ws_netevent.lock, with each of (6) inside, when an event object is set or a
 * message posted.  (6) are leaves, of all code in any context: nothing but the
 * scheduler's locks is taken inside ws_dispatcher.lock.
 */
#ifndef WS_WINSOCK_H
#define WS_WINSOCK_H

#include <linux/gfp.h>
#include <linux/printk.h>
#include <linux/types.h>
#include <linux/winsock.h>

struct ws_call;
struct ws_ctx;
struct ws_dispatcher;
struct ws_event;
struct ws_group;
struct ws_handle_table;
struct ws_kept;
struct ws_obj;
struct ws_sock;

/* Handles: index in bits 2-22, generation in bits 23-30 (see handle.c). */
#define WS_HANDLE_INDEX_BITS	21
#define WS_HANDLE_GEN_BITS	8
#define WS_HANDLES_MAX		((1U << WS_HANDLE_INDEX_BITS) - 1)

/*
 * All of the module's own memory is charged to the caller's control group.  At
 * the group's limit a call is told WSAENOBUFS, and nobody is killed for it; what
 * the stack allocates below is had as socket(2) has it.
 */
#define WS_GFP	(GFP_KERNEL_ACCOUNT | __GFP_RETRY_MAYFAIL | __GFP_NOWARN)

/* Freed slots that rest before the oldest of them is used again. */
#define WS_HANDLE_REST		1024

/* Says what should not happen and a user may cause: in test builds only. */
#ifdef WINSOCK_SELFTEST
#define ws_debug_once(fmt, ...)	pr_warn_once(fmt, ##__VA_ARGS__)
/* Nothing is left out of what Kbuild fills. */
#undef __uninitialized
#define __uninitialized
#else
#define ws_debug_once(fmt, ...)	no_printk(fmt, ##__VA_ARGS__)
#endif

#endif /* WS_WINSOCK_H */
