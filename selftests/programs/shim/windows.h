/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the programs use of <windows.h> beyond libwinsock's.
 *
 * Serial lines and directories are there to compile and link: nothing is found
 * under any name, and that is what the calls say.
 */
#ifndef _SHIM_WINDOWS_H
#define _SHIM_WINDOWS_H

#include_next <windows.h>

#define MAX_PATH	260
#define MAXDWORD	0xffffffff

#define ERROR_FILE_NOT_FOUND	2
#define ERROR_NO_MORE_FILES	18

/* Time. */
typedef struct {
	DWORD dwLowDateTime;
	DWORD dwHighDateTime;
} FILETIME;

void GetSystemTimeAsFileTime(FILETIME *time);
BOOL QueryPerformanceCounter(LARGE_INTEGER *count);
BOOL QueryPerformanceFrequency(LARGE_INTEGER *hertz);

/* Files and serial lines. */
#define GENERIC_READ	0x80000000
#define GENERIC_WRITE	0x40000000
#define OPEN_EXISTING	3
#define PURGE_RXCLEAR	8

typedef struct {
	DWORD DCBlength;
	DWORD BaudRate;
	DWORD fBinary;
	DWORD fParity;
	DWORD fOutxCtsFlow;
	DWORD fOutxDsrFlow;
	DWORD fDtrControl;
	DWORD fDsrSensitivity;
	DWORD fTXContinueOnXoff;
	DWORD fOutX;
	DWORD fInX;
	DWORD fErrorChar;
	DWORD fNull;
	DWORD fRtsControl;
	DWORD fAbortOnError;
	BYTE ByteSize;
	BYTE Parity;
	BYTE StopBits;
} DCB;

typedef struct {
	DWORD ReadIntervalTimeout;
	DWORD ReadTotalTimeoutMultiplier;
	DWORD ReadTotalTimeoutConstant;
	DWORD WriteTotalTimeoutMultiplier;
	DWORD WriteTotalTimeoutConstant;
} COMMTIMEOUTS;

#define CBR_110		110
#define CBR_300		300
#define CBR_600		600
#define CBR_1200	1200
#define CBR_2400	2400
#define CBR_4800	4800
#define CBR_9600	9600
#define CBR_14400	14400
#define CBR_19200	19200
#define CBR_38400	38400
#define CBR_57600	57600
#define CBR_115200	115200

#define NOPARITY		0
#define ODDPARITY		1
#define EVENPARITY		2
#define ONESTOPBIT		0
#define TWOSTOPBITS		2
#define DTR_CONTROL_DISABLE	0
#define RTS_CONTROL_DISABLE	0

HANDLE CreateFileA(LPCSTR name, DWORD access, DWORD share, void *security,
		   DWORD how, DWORD flags, HANDLE like);
BOOL ReadFile(HANDLE file, void *buf, DWORD len, DWORD *read, OVERLAPPED *o);
BOOL WriteFile(HANDLE file, const void *buf, DWORD len, DWORD *written,
	       OVERLAPPED *o);
BOOL GetCommState(HANDLE file, DCB *dcb);
BOOL SetCommState(HANDLE file, DCB *dcb);
BOOL SetCommTimeouts(HANDLE file, COMMTIMEOUTS *timeouts);
BOOL PurgeComm(HANDLE file, DWORD what);

/* Directories. */
#define FILE_ATTRIBUTE_DIRECTORY	0x10
#define CP_ACP				0

typedef struct {
	DWORD dwFileAttributes;
	WCHAR cFileName[MAX_PATH];
} WIN32_FIND_DATAW;

#define MOVEFILE_REPLACE_EXISTING	1

HANDLE FindFirstFileW(LPCWSTR pattern, WIN32_FIND_DATAW *found);
BOOL FindNextFileW(HANDLE find, WIN32_FIND_DATAW *found);
BOOL FindClose(HANDLE find);
BOOL MoveFileExA(LPCSTR from, LPCSTR to, DWORD flags);
int MultiByteToWideChar(UINT page, DWORD flags, LPCSTR text, int len,
			LPWSTR wide, int room);
int WideCharToMultiByte(UINT page, DWORD flags, LPCWSTR wide, int len,
			LPSTR text, int room, LPCSTR dflt, BOOL *used);

#endif /* _SHIM_WINDOWS_H */
