// SPDX-License-Identifier: GPL-2.0-only
/*
 * The calls that the headers beside this file declare.
 */
#include <pthread.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#include <windows.h>
#include <wincrypt.h>
#include <process.h>

#define NS_A_SEC	1000000000LL

/* From 1601 to 1970, in the 100 nanoseconds of Windows. */
#define EPOCH		116444736000000000LL

static LONGLONG now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * NS_A_SEC + t.tv_nsec;
}

void GetSystemTimeAsFileTime(FILETIME *time)
{
	ULONGLONG t = now(CLOCK_REALTIME) / 100 + EPOCH;

	time->dwLowDateTime = t;
	time->dwHighDateTime = t >> 32;
}

BOOL QueryPerformanceCounter(LARGE_INTEGER *count)
{
	count->QuadPart = now(CLOCK_MONOTONIC);
	return TRUE;
}

BOOL QueryPerformanceFrequency(LARGE_INTEGER *hertz)
{
	hertz->QuadPart = NS_A_SEC;
	return TRUE;
}

int gmtime_s(struct tm *tm, const time_t *t)
{
	return !gmtime_r(t, tm);
}

struct thread {
	void (*start)(void *arg);
	void *arg;
};

static void *run_thread(void *arg)
{
	struct thread thread = *(struct thread *)arg;

	free(arg);
	thread.start(thread.arg);
	return NULL;
}

uintptr_t _beginthread(void (*start)(void *), unsigned int stack, void *arg)
{
	struct thread *thread = malloc(sizeof(*thread));
	pthread_t id;

	(void)stack;
	if (!thread)
		return -1;
	thread->start = start;
	thread->arg = arg;
	if (pthread_create(&id, NULL, run_thread, thread)) {
		free(thread);
		return -1;
	}
	pthread_detach(id);
	return id;
}

BOOL CryptAcquireContextA(PULONG_PTR provider, LPCSTR container, LPCSTR name,
			  DWORD type, DWORD flags)
{
	(void)container;
	(void)name;
	if (type != PROV_RSA_FULL || flags != CRYPT_VERIFYCONTEXT)
		return FALSE;
	*provider = 1;
	return TRUE;
}

BOOL CryptGenRandom(HCRYPTPROV provider, DWORD len, BYTE *buf)
{
	(void)provider;
	return getrandom(buf, len, 0) == (ssize_t)len;
}

BOOL CryptReleaseContext(HCRYPTPROV provider, DWORD flags)
{
	(void)provider;
	(void)flags;
	return TRUE;
}

/* Nothing is there, whatever the name. */
static BOOL absent(void)
{
	SetLastError(ERROR_FILE_NOT_FOUND);
	return FALSE;
}

static BOOL not_a_file(void)
{
	SetLastError(ERROR_INVALID_HANDLE);
	return FALSE;
}

#pragma GCC diagnostic ignored "-Wunused-parameter"

HANDLE CreateFileA(LPCSTR name, DWORD access, DWORD share, void *security,
		   DWORD how, DWORD flags, HANDLE like)
{
	absent();
	return INVALID_HANDLE_VALUE;
}

BOOL ReadFile(HANDLE file, void *buf, DWORD len, DWORD *read, OVERLAPPED *o)
{
	return not_a_file();
}

BOOL WriteFile(HANDLE file, const void *buf, DWORD len, DWORD *written,
	       OVERLAPPED *o)
{
	return not_a_file();
}

BOOL GetCommState(HANDLE file, DCB *dcb)
{
	return not_a_file();
}

BOOL SetCommState(HANDLE file, DCB *dcb)
{
	return not_a_file();
}

BOOL SetCommTimeouts(HANDLE file, COMMTIMEOUTS *timeouts)
{
	return not_a_file();
}

BOOL PurgeComm(HANDLE file, DWORD what)
{
	return not_a_file();
}

HANDLE FindFirstFileW(LPCWSTR pattern, WIN32_FIND_DATAW *found)
{
	absent();
	return INVALID_HANDLE_VALUE;
}

BOOL FindNextFileW(HANDLE find, WIN32_FIND_DATAW *found)
{
	return not_a_file();
}

BOOL FindClose(HANDLE find)
{
	return not_a_file();
}

BOOL MoveFileExA(LPCSTR from, LPCSTR to, DWORD flags)
{
	return absent();
}

HCERTSTORE CertOpenStore(LPCSTR provider, DWORD encoding, HCRYPTPROV crypt,
			 DWORD flags, const void *name)
{
	absent();
	return NULL;
}

PCCERT_CONTEXT CertEnumCertificatesInStore(HCERTSTORE store,
					   PCCERT_CONTEXT last)
{
	return NULL;
}

BOOL CertFreeCertificateContext(PCCERT_CONTEXT context)
{
	return TRUE;
}

BOOL CertCloseStore(HCERTSTORE store, DWORD flags)
{
	return TRUE;
}

int MultiByteToWideChar(UINT page, DWORD flags, LPCSTR text, int len,
			LPWSTR wide, int room)
{
	int i;

	for (i = 0; i < len && i < room; i++)
		wide[i] = (unsigned char)text[i];
	return i;
}

int WideCharToMultiByte(UINT page, DWORD flags, LPCWSTR wide, int len,
			LPSTR text, int room, LPCSTR dflt, BOOL *used)
{
	return 0;
}
