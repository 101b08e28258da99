/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_WINCRYPT_H
#define _SHIM_WINCRYPT_H

#include <windows.h>

typedef ULONG_PTR HCRYPTPROV;

#define PROV_RSA_FULL		1
#define CRYPT_VERIFYCONTEXT	0xf0000000

#define CryptAcquireContext	CryptAcquireContextA
BOOL CryptAcquireContextA(PULONG_PTR provider, LPCSTR container, LPCSTR name,
			  DWORD type, DWORD flags);
BOOL CryptGenRandom(HCRYPTPROV provider, DWORD len, BYTE *buf);
BOOL CryptReleaseContext(HCRYPTPROV provider, DWORD flags);

/* Certificates: no store opens. */
typedef HANDLE HCERTSTORE;

typedef const struct {
	PBYTE pbCertEncoded;
	DWORD cbCertEncoded;
} *PCCERT_CONTEXT;

#define CERT_STORE_PROV_SYSTEM	((LPCSTR)10)

HCERTSTORE CertOpenStore(LPCSTR provider, DWORD encoding, HCRYPTPROV crypt,
			 DWORD flags, const void *name);
PCCERT_CONTEXT CertEnumCertificatesInStore(HCERTSTORE store,
					   PCCERT_CONTEXT last);
BOOL CertFreeCertificateContext(PCCERT_CONTEXT context);
BOOL CertCloseStore(HCERTSTORE store, DWORD flags);

#endif /* _SHIM_WINCRYPT_H */
