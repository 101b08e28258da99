// SPDX-License-Identifier: GPL-2.0-only
/*
 * A program's process: four threads that run its records, and whoever gives
 * them out.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <regex.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "fuzz.h"

struct fuzz_counts *fuzz_counts;
int fuzz_forks;

/* With who started the process. */
static struct {
	sem_t ended, go_on;
	struct fuzz_counts counts;
} *shared;

/* How long who gives out records waits for one: what blocks longer has blocked. */
#define WAIT_MS		12
/* After that long a program is killed, and after that the kernel is stuck. */
#define PROGRAM_MS	6000
#define KILL_MS		60000

static struct worker {
	pthread_t thread;
	sem_t go;
	const struct fuzz_record *record;
	bool busy;
} workers[FUZZ_THREADS];

static sem_t done;

void fuzz_record_run(const struct fuzz_record *r, unsigned int thread)
{
	unsigned int act = fuzz_act_of(r->op);

	fuzz_heap_reset(thread);
	fuzz_call_kind(r, thread);
	if (act < WINSOCK_NR_COUNT)
		fuzz_command_run(r, act, thread);
	else
		fuzz_act_run(r, act, thread);
}

/*
 * Ends whatever still waits in a context, then the context: CLEANUP closes the
 * sockets, but not what needed no start-up.
 */
static void tidy(void)
{
	struct winsock_cleanup a = { .size = sizeof(a) };
	struct winsock_message_post m = { .size = sizeof(m) };
	struct winsock_handle_close c = {
		.size = sizeof(c), .flags = WINSOCK_CLOSE_OBJECT,
	};
	struct fuzz_thing *t;
	int i, n;

	for (t = fuzz_things; t < fuzz_things + FUZZ_THINGS; t++) {
		c.handle = t->value;
		if (t->kind == FUZZ_EVENT && fuzz_files[t->file].kind)
			ioctl(fuzz_files[t->file].fd, WINSOCK_IOC_HANDLE_CLOSE, &c);
	}
	for (i = 0; i < FUZZ_FILES; i++) {
		if (fuzz_files[i].kind == FUZZ_CONTEXT)
			for (n = 0; n < 8; n++)
				if (ioctl(fuzz_files[i].fd, n < 4 ? WINSOCK_IOC_CLEANUP :
					  WINSOCK_IOC_MESSAGE_POST, n < 4 ? (void *)&a :
					  (void *)&m))
					n |= 3;
		if (fuzz_files[i].kind)
			close(fuzz_files[i].fd);
	}
}

static void *work(void *arg)
{
	struct worker *w = arg;

	fuzz_cover_thread(w - workers);
	for (;;) {
		while (sem_wait(&w->go))
			;
		if (w->record)
			fuzz_record_run(w->record, w - workers);
		else
			tidy();
		__atomic_store_n(&w->busy, false, __ATOMIC_RELEASE);
		sem_post(&done);
	}
	return NULL;
}

static void on_signal(int sig)
{
	(void)sig;
}

void fuzz_wake(unsigned int thread)
{
	if (workers[thread].thread)
		pthread_kill(workers[thread].thread, SIGUSR1);
}

/* Two processes at a time need not be. */
bool fuzz_fork_begins(void)
{
	if (__atomic_add_fetch(&fuzz_forks, 1, __ATOMIC_RELAXED) == 1)
		return true;
	__atomic_sub_fetch(&fuzz_forks, 1, __ATOMIC_RELAXED);
	return false;
}

static bool is_busy(const struct worker *w)
{
	return __atomic_load_n(&w->busy, __ATOMIC_ACQUIRE);
}

/* Until @w is free, or any if it is NULL; not for long. */
static void wait_for(const struct worker *w)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_nsec += WAIT_MS * 1000000;
	if (end.tv_nsec >= 1000000000) {
		end.tv_nsec -= 1000000000;
		end.tv_sec++;
	}
	while (!w || is_busy(w))
		if (!sem_timedwait(&done, &end) ? !w : errno == ETIMEDOUT)
			break;
}

/* The thread that the record names, or another; NULL if all are blocked. */
static struct worker *free_worker(unsigned int first)
{
	unsigned int i, tries;

	for (tries = 0; tries < 2; tries++) {
		for (i = 0; i < FUZZ_THREADS; i++)
			if (!is_busy(&workers[(first + i) % FUZZ_THREADS]))
				return &workers[(first + i) % FUZZ_THREADS];
		for (i = 0; i < FUZZ_THREADS; i++)
			fuzz_wake(i);
		wait_for(NULL);
	}
	return NULL;
}

static bool give(unsigned int thread, const struct fuzz_record *r, bool wait)
{
	struct worker *w = free_worker(thread);

	if (!w)
		return false;
	if (!w->thread) {	/* not before: with all its debugging it is dear */
		sem_init(&w->go, 0, 0);
		if (pthread_create(&w->thread, NULL, work, w))
			return false;
	}
	w->record = r;
	w->busy = true;
	sem_post(&w->go);
	if (wait)
		wait_for(w);
	return true;
}

/* One program.  False if the process is not as it was before. */
static bool program(const struct fuzz_program *p)
{
	struct fuzz_record open = {};
	/* some have the time to see a second pass */
	unsigned int i, act, patience = p->head[1] < 24 ? 1200 / WAIT_MS : 1, n;
	bool same = true;

	unlink("fuzz.0");
	unlink("fuzz.1");
	unlink("fuzz.2");
	unlink("fuzz.3");
	fuzz_ports(false);	/* one that was killed may have left but one */
	fuzz_act_run(&open, FUZZ_OPEN, FUZZ_THREADS);
	for (i = 0; i < p->count; i++) {
		act = fuzz_act_of(p->records[i].op);
		if (act == FUZZ_PLACE)
			same = false;
		if (!give(p->records[i].where & 3, &p->records[i],
			  !(p->records[i].where & 4)))
			break;
	}
	switch (p->head[0] & 15) {
	case 0:		/* all at once, by whoever is the last */
		_exit(0);
	case 1:
		kill(getpid(), SIGKILL);
	}
	if (!give(0, NULL, true))
		return false;
	for (i = 0; i < FUZZ_THREADS; i++) {
		for (n = 0; n < patience && is_busy(&workers[i]); n++)
			wait_for(&workers[i]);
		same &= !is_busy(&workers[i]);
	}
	memset(fuzz_files, 0, sizeof(fuzz_files));
	memset(fuzz_things, 0, sizeof(fuzz_things));
	return same;
}

static void __attribute__((noreturn)) process(const struct fuzz_program *p,
					      unsigned int count)
{
	struct sigaction act = { .sa_handler = on_signal };
	unsigned int i;

	setpgid(0, 0);
	signal(SIGPIPE, SIG_IGN);
	sigaction(SIGUSR1, &act, NULL);
	fuzz_memory_init();
	sem_init(&done, 0, 0);
	for (i = 0; i < count && program(&p[i]); i++) {
		sem_post(&shared->ended);
		while (sem_wait(&shared->go_on))
			;
	}
	_exit(0);
}

/* Once, before the first program. */
void fuzz_run_init(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	fuzz_counts = &shared->counts;
	fuzz_call_init();
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

/* Whether the last of them has gone. */
static bool reaped(pid_t group)
{
	pid_t pid;

	do
		pid = waitpid(-group, NULL, WNOHANG);
	while (pid > 0);
	return pid < 0 && errno == ECHILD;
}

static bool timed_wait(sem_t *sem, unsigned int ms)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_nsec += ms * 1000000;
	if (end.tv_nsec >= 1000000000) {
		end.tv_nsec -= 1000000000;
		end.tv_sec++;
	}
	return !sem_timedwait(sem, &end);
}

/*
 * Runs programs, one after the other, in one process as long as that goes, and
 * tells @ended of each, which says false to stop.  What one has left is killed;
 * false if that does not go.
 */
bool fuzz_run(const struct fuzz_program *p, unsigned int count,
	      bool (*ended)(unsigned int index))
{
	unsigned int n = 0, ms = 0;
	bool stop = false;
	pid_t pid;

	sem_init(&shared->ended, 1, 0);
	sem_init(&shared->go_on, 1, 0);
	fuzz_cover_begin();
	pid = fork();
	if (!pid)
		process(p, count);
	if (pid < 0)
		return false;
	setpgid(pid, pid);
	for (; !reaped(pid); ms += 5) {
		if (stop || ms > PROGRAM_MS)
			kill(-pid, SIGKILL);
		if (ms > PROGRAM_MS + KILL_MS)
			return false;
		if (!timed_wait(&shared->ended, 5))
			continue;
		ms = 0;
		stop |= !ended(n++);
		fuzz_cover_begin();
		sem_post(&shared->go_on);
	}
	/* the last one's end was the process' */
	if (!stop && n < count)
		ended(n);
	return true;
}

/* Looks at what the kernel has said since; the log's reader looks again. */
bool fuzz_complained(void)
{
	static int fd;
	static regex_t bad;
	char line[8192];
	bool found = false;
	ssize_t n;

	if (!fd) {
		fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
		if (fd < 0 || lseek(fd, 0, SEEK_END) < 0)
			return false;
		/* each report of a kind that run looks for has one of these */
		regcomp(&bad, "BUG|WARNING|UBSAN|INFO: |suspicious|Call Trace",
			REG_EXTENDED | REG_NOSUB);
	}
	while ((n = read(fd, line, sizeof(line) - 1)) > 0) {
		line[n] = 0;
		found |= !regexec(&bad, line, 0, NULL, 0);
	}
	return found;
}

/* Hexadecimal digits, as on a line of a corpus. */
int fuzz_text_to_program(const char *text, struct fuzz_program *p)
{
	__u8 bytes[FUZZ_BYTES_MAX];
	unsigned int n = 0, byte;

	memset(p, 0, sizeof(*p));
	while (n < sizeof(bytes) && sscanf(text + 2 * n, "%2x", &byte) == 1)
		bytes[n++] = byte;
	if (n < FUZZ_HEAD + FUZZ_RECORD)
		return -1;
	memcpy(p->head, bytes, FUZZ_HEAD);
	p->count = (n - FUZZ_HEAD) / FUZZ_RECORD;
	memcpy(p->records, bytes + FUZZ_HEAD, p->count * FUZZ_RECORD);
	return 0;
}

void fuzz_program_to_text(const struct fuzz_program *p, FILE *to)
{
	const __u8 *bytes = (const void *)p->records;
	unsigned int i;

	for (i = 0; i < FUZZ_HEAD; i++)
		fprintf(to, "%02x", p->head[i]);
	for (i = 0; i < p->count * FUZZ_RECORD; i++)
		fprintf(to, "%02x", bytes[i]);
	fputc('\n', to);
}
