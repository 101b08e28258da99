// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Threads of the library's own.
 */
#include <signal.h>

#include "thread.h"

/* The resolver's answers are on the stack, some of them of 64 KiB. */
#define STACK_SIZE	(384 * 1024)

/* Signals are for the program's own threads. */
int ws_create_thread(pthread_t *thread, const pthread_attr_t *attr,
		     void *(*run)(void *arg), void *arg)
{
	sigset_t all, old;
	int err;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	err = pthread_create(thread, attr, run, arg);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return err;
}

/* One that nobody waits for, and that runs nothing of the program's. */
int ws_start_thread(void *(*run)(void *arg), void *arg)
{
	pthread_attr_t attr;
	pthread_t thread;
	int err = pthread_attr_init(&attr);

	if (err)
		return err;
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	err = ws_create_thread(&thread, &attr, run, arg);
	pthread_attr_destroy(&attr);
	return err;
}
