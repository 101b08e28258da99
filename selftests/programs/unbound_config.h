/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Unbound's config.h up to what its config.h.in says itself: what its configure
 * finds on Windows, less threads and UB_ON_WINDOWS, the services and registry.
 * arc4random is the C library's, since it would be there without the latter.
 */
#define USE_WINSOCK			1
#define USE_MINI_EVENT			1
#define HAVE_WINSOCK2_H			1
#define HAVE_WS2TCPIP_H			1
#define HAVE_WINDOWS_H			1
#define HAVE_IOCTLSOCKET		1
#define HAVE_GETADDRINFO		1
#define HAVE_INET_NTOP			1
#define HAVE_INET_PTON			1
#define HAVE_DECL_INET_NTOP		1
#define HAVE_DECL_INET_PTON		1

#define STDC_HEADERS			1
#define HAVE_GETOPT_H			1
#define HAVE_INTTYPES_H			1
#define HAVE_STDARG_H			1
#define HAVE_STDBOOL_H			1
#define HAVE_STDINT_H			1
#define HAVE_STDLIB_H			1
#define HAVE_STRING_H			1
#define HAVE_STRINGS_H			1
#define HAVE_SYS_PARAM_H		1
#define HAVE_SYS_STAT_H			1
#define HAVE_SYS_TYPES_H		1
#define HAVE_TIME_H			1
#define HAVE_UNISTD_H			1

#define ATTR_NORETURN			__attribute__((__noreturn__))
#define HAVE_ATTR_FORMAT		1
#define HAVE_ATTR_UNUSED		1
#define HAVE_FSEEKO			1
#define HAVE_ISBLANK			1
#define HAVE_MALLOC			1
#define HAVE_MEMMOVE			1
#define HAVE_SNPRINTF			1
#define HAVE_STRFTIME			1
#define HAVE_TZSET			1
#define HAVE_USLEEP			1
#define MKDIR_HAS_ONE_ARG		1
#define RETSIGTYPE			void
#define REUSEPORT_DEFAULT		0
#define in_addr_t			uint32_t
#define in_port_t			uint16_t
#define __USE_MINGW_ANSI_STDIO		1

#define HAVE_ARC4RANDOM			1
#define HAVE_ARC4RANDOM_UNIFORM		1
#define HAVE_FSYNC			1

#define HAVE_SSL			1
#define HAVE_OPENSSL_BN_H		1
#define HAVE_OPENSSL_CONF_H		1
#define HAVE_OPENSSL_DH_H		1
#define HAVE_OPENSSL_DSA_H		1
#define HAVE_OPENSSL_ERR_H		1
#define HAVE_OPENSSL_RAND_H		1
#define HAVE_OPENSSL_RSA_H		1
#define HAVE_OPENSSL_SSL_H		1
#define HAVE_OPENSSL_INIT_CRYPTO	1
#define HAVE_OPENSSL_INIT_SSL		1
#define HAVE_DSA_SIG_SET0		1
#define HAVE_EVP_DIGESTVERIFY		1
#define HAVE_EVP_MD_CTX_NEW		1
#define HAVE_EVP_SHA1			1
#define HAVE_EVP_SHA256			1
#define HAVE_EVP_SHA512			1
#define USE_ECDSA			1
#define USE_SHA1			1
#define USE_SHA2			1

#define PACKAGE_NAME			"unbound"
#define PACKAGE_VERSION			"1.17.1"
#define PACKAGE_STRING			PACKAGE_NAME " " PACKAGE_VERSION
#define PACKAGE_BUGREPORT		""
#define CONFCMDLINE			""
#define CONFIGFILE			"unbound.conf"
#define PIDFILE				"unbound.pid"
#define ROOT_ANCHOR_FILE		"root.key"
#define ROOT_CERT_FILE			"icannbundle.pem"
#define CHROOT_DIR			""
#define RUN_DIR				""
#define SHARE_DIR			""
#define UB_USERNAME			""
#define MAXSYSLOGMSGLEN			10240
