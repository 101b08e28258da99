/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef _WINSOCK_THREAD_H
#define _WINSOCK_THREAD_H

#include <pthread.h>

/* Both return 0 or what pthread_create() does. */
int ws_create_thread(pthread_t *thread, const pthread_attr_t *attr,
		     void *(*run)(void *arg), void *arg);
int ws_start_thread(void *(*run)(void *arg), void *arg);

#endif /* _WINSOCK_THREAD_H */
