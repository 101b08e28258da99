/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WS_MESSAGE_H
#define WS_MESSAGE_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/poll.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include "winsock.h"

/**
 * struct ws_message - a window message
 * @link:    place in a queue; on itself when in none              [queue's @lock]
 * @owner:   count that a queued message holds, so that the memory around it
 *           stays; NULL: allocated for itself                             [const]
 * @release: what the last of @owner's count calls                         [const]
 * @window:  as whoever posted it gave it, like the rest   [const while it waits]
 * @wparam:  word
 * @lparam:  word
 * @message: number
 */
struct ws_message {
	struct list_head link;
	struct kref *owner;
	void (*release)(struct kref *owner);
	u64 window;
	u64 wparam;
	u64 lparam;
	u32 message;
};

/**
 * struct ws_messages - a context's messages
 * @ref:   one for the context, one for each registration that posts here
 * @lock:  leaf; interrupts off, in softirq too
 * @queue: those that wait, oldest first                                 [@lock]
 * @closed: its file has gone, and with it all that is posted             [@lock]
 * @count: their number                                       [@lock, read anywhere]
 * @wait:  who waits for one, or polls the context's file
 * @memcg: pays for what is posted where no process is; a reference      [const]
 *
 * Outlives the context if a socket that another has too still posts to it.
 */
struct ws_messages {
	struct kref ref;
	spinlock_t lock;		/* 6 in the lock order */
	struct list_head queue;
	bool closed;
	u32 count;
	wait_queue_head_t wait;
	struct mem_cgroup *memcg;
};

struct ws_messages *ws_messages_create(void);
void ws_messages_get(struct ws_messages *q);
void ws_messages_put(struct ws_messages *q);
void ws_messages_close(struct ws_messages *q);

unsigned int ws_messages_withdraw(struct ws_messages *q, struct ws_message *m,
				  unsigned int count);
void ws_message_init(struct ws_message *m, struct kref *owner,
		     void (*release)(struct kref *owner));
void ws_message_post(struct ws_messages *q, struct ws_message *m, u64 lparam);

int ws_message_get(struct ws_call *call);
int ws_message_add(struct ws_call *call);

#endif /* WS_MESSAGE_H */
