/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the files of the library share.
 *
 * The prototypes below are those of the public headers in plain C: a SOCKET is
 * a uintptr_t, a DWORD an unsigned int, a structure of Windows a void pointer
 * that goes to the driver as it came.  selftests/headers.sh compares the two.
 */
#ifndef _WINSOCK_INTERNAL_H
#define _WINSOCK_INTERNAL_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <wchar.h>

#include <linux/winsock.h>

#define WS_API		__attribute__((visibility("default")))

#define WS_INVALID_SOCKET	UINTPTR_MAX
#define WS_SOCKET_ERROR		(-1)

/*
 * The process' file of /dev/winsock, -1 before WSAStartup.  Changes only from
 * -1 to a descriptor, and back in the child of fork(), which has one thread:
 * so callers read it without a lock.
 */
extern int ws_device;

/* What WSAGetLastError and GetLastError return. */
extern __thread int ws_last_error;

/* Winsock's code for an ioctl() that failed with @err. */
int ws_code_of_errno(int err);

/**
 * ws_copy - copy at most PIPE_BUF bytes of the process' own memory
 * @to:   where to
 * @from: where from
 * @size: bytes
 *
 * Costs some system calls, so it is for calls that are rare.
 *
 * Return: 0, or WSAEFAULT if an address is bad; errno is as it was.
 */
int ws_copy(void *to, const void *from, size_t size);

/* Whether the last WSAStartup was for version 1; read without a lock. */
extern int ws_version1;

/* hook.c: ws_ioctl() of a process of version 1. */
int ws_ioctl_version1(unsigned int cmd, void *arg);

/**
 * ws_ioctl_once - hand one command to the driver
 * @cmd: WINSOCK_IOC_*
 * @arg: its struct
 *
 * Return: 0 or a Winsock code, or WINSOCK_WAIT_IO_COMPLETION; errno is as it was.
 */
static inline int ws_ioctl_once(unsigned int cmd, void *arg)
{
	int saved = errno;
	int ret = ioctl(__atomic_load_n(&ws_device, __ATOMIC_RELAXED), cmd,
			arg);

	if (__builtin_expect(ret < 0, 0)) {
		ret = ws_code_of_errno(errno);
		errno = saved;
	}
	return ret;
}

/* apc.c */
void ws_apcs_run(void);
int ws_alerted(unsigned int cmd, void *arg);

/* ws_ioctl_once(), and run the thread's APCs as often as it is alerted. */
static inline int ws_ioctl_plain(unsigned int cmd, void *arg)
{
	int ret = ws_ioctl_once(cmd, arg);

	while (__builtin_expect(ret == WINSOCK_WAIT_IO_COMPLETION, 0))
		ret = ws_alerted(cmd, arg);
	return ret;
}

/**
 * ws_ioctl - hand one command to the driver
 * @cmd: WINSOCK_IOC_*
 * @arg: its struct
 *
 * Meanwhile the thread's APCs run, and in a process of version 1 its blocking
 * hook.
 *
 * Return: 0 or a Winsock code; errno is as it was.
 */
static inline int ws_ioctl(unsigned int cmd, void *arg)
{
	if (__builtin_expect(__atomic_load_n(&ws_version1, __ATOMIC_RELAXED),
			     0))
		return ws_ioctl_version1(cmd, arg);
	return ws_ioctl_plain(cmd, arg);
}

/**
 * ws_call - ws_ioctl() for an API call that leaves its result in the last error
 * @cmd: WINSOCK_IOC_*
 * @arg: its struct
 *
 * Return: 0 or SOCKET_ERROR.
 */
static inline int ws_call(unsigned int cmd, void *arg)
{
	ws_last_error = ws_ioctl(cmd, arg);
	return ws_last_error ? WS_SOCKET_ERROR : 0;
}

/* The same for a call that has its code from elsewhere. */
static inline int ws_result(int code)
{
	ws_last_error = code;
	return code ? WS_SOCKET_ERROR : 0;
}

/* device.c */
int ws_device_open(void);
/* The same for a call of Win32: TRUE leaves the last error as it was. */
static inline int ws_win32_result(int code)
{
	if (code)
		ws_last_error = code;
	return !code;
}

int ws_win32_code(int code);

int ws_fail(uintptr_t s, int code);
int ws_started(void);

/* asynclookup.c */
void ws_requests_end(void);

/* hook.c */
int ws_block(int (*go_on)(void *call), void *call);
void ws_hooks_version(unsigned int version);
void ws_hooks_end(void);
void ws_hooks_forked(void);

/* lookup.c */
void ws_lookups_end(void);

/* socket.c */
int ws_is_stream(uintptr_t s);

struct ws_in_addr {
	__u32 addr;
};

/* GUID */
struct ws_guid {
	__u32 data1;
	__u16 data2;
	__u16 data3;
	__u8 data4[8];
};

struct ws_in6_addr {
	__u8 byte[16];
};

/* WSABUF and WSAMSG; the driver wants the latter's parts. */
struct ws_buf {
	unsigned int len;
	char *buf;
};

struct ws_msg {
	void *name;
	int namelen;
	struct ws_buf *buffers;
	unsigned int count;
	struct ws_buf control;
	unsigned int flags;
};

/* glibc's, not in its headers: handlers that longjmp() runs too. */
struct _pthread_cleanup_buffer;
void _pthread_cleanup_push(struct _pthread_cleanup_buffer *buffer,
			   void (*routine)(void *arg), void *arg);
void _pthread_cleanup_pop(struct _pthread_cleanup_buffer *buffer, int execute);

/* lasterror.c */
int winsock_wsagetlasterror(void);
void winsock_wsasetlasterror(int code);
unsigned int winsock_getlasterror(void);
void winsock_setlasterror(unsigned int code);

/* device.c */
int winsock_wsastartup(unsigned short version, void *data);
int winsock_wsacleanup(void);

/* socket.c */
uintptr_t winsock_socket(int af, int type, int protocol);
uintptr_t winsock_wsasocketa(int af, int type, int protocol, void *info,
			     unsigned int group, unsigned int flags);
uintptr_t winsock_wsasocketw(int af, int type, int protocol, void *info,
			     unsigned int group, unsigned int flags);
int winsock_bind(uintptr_t s, const void *name, int namelen);
int winsock_listen(uintptr_t s, int backlog);
uintptr_t winsock_accept(uintptr_t s, void *addr, int *addrlen);
int winsock_connect(uintptr_t s, const void *name, int namelen);
int winsock_wsaconnect(uintptr_t s, const void *name, int namelen,
		       void *caller_data, void *callee_data, void *sqos,
		       void *gqos);
int winsock_shutdown(uintptr_t s, int how);
int winsock_wsasenddisconnect(uintptr_t s, void *data);
int winsock_wsarecvdisconnect(uintptr_t s, void *data);
int winsock_closesocket(uintptr_t s);
int winsock_getsockname(uintptr_t s, void *name, int *namelen);
int winsock_getpeername(uintptr_t s, void *name, int *namelen);

/* protocol.c */
int winsock_wsaenumprotocolsa(int *list, void *blocks, unsigned int *len);
int winsock_wsaenumprotocolsw(int *list, void *blocks, unsigned int *len);
int winsock_wsaduplicatesocketa(uintptr_t s, unsigned int process, void *block);
int winsock_wsaduplicatesocketw(uintptr_t s, unsigned int process, void *block);

/* io.c */
int winsock_send(uintptr_t s, const char *buf, int len, int flags);
int winsock_recv(uintptr_t s, char *buf, int len, int flags);
int winsock_sendto(uintptr_t s, const char *buf, int len, int flags,
		   const void *to, int tolen);
int winsock_recvfrom(uintptr_t s, char *buf, int len, int flags, void *from,
		     int *fromlen);
int winsock_wsasend(uintptr_t s, void *buffers, unsigned int count,
		    unsigned int *sent, unsigned int flags, void *overlapped,
		    void *routine);
int winsock_wsarecv(uintptr_t s, void *buffers, unsigned int count,
		    unsigned int *received, unsigned int *flags,
		    void *overlapped, void *routine);
int winsock_wsasendto(uintptr_t s, void *buffers, unsigned int count,
		      unsigned int *sent, unsigned int flags, const void *to,
		      int tolen, void *overlapped, void *routine);
int winsock_wsarecvfrom(uintptr_t s, void *buffers, unsigned int count,
			unsigned int *received, unsigned int *flags,
			void *from, int *fromlen, void *overlapped,
			void *routine);
int winsock_wsasendmsg(uintptr_t s, void *msg, unsigned int flags,
		       unsigned int *sent, void *overlapped, void *routine);
int winsock_wsarecvmsg(uintptr_t s, void *msg, unsigned int *received,
		       void *overlapped, void *routine);
int winsock_wsarecvex(uintptr_t s, char *buf, int len, int *flags);

/* option.c */
extern __thread int ws_open_type;
int winsock_getsockopt(uintptr_t s, int level, int name, char *value,
		       int *len);
int winsock_setsockopt(uintptr_t s, int level, int name, const char *value,
		       int len);

/* control.c */
int winsock_ioctlsocket(uintptr_t s, long code, unsigned int *arg);
int winsock_wsaioctl(uintptr_t s, unsigned int code, void *in,
		     unsigned int in_len, void *out, unsigned int out_len,
		     unsigned int *returned, void *overlapped, void *routine);

/* select.c */
int winsock_select(int n, void *readfds, void *writefds, void *exceptfds,
		   const void *timeout);
int winsock_wsapoll(void *fds, unsigned int count, int timeout);
int winsock___wsafdisset(uintptr_t s, void *set);

/* byteorder.c */
unsigned short winsock_htons(unsigned short host);
unsigned short winsock_ntohs(unsigned short net);
unsigned int winsock_htonl(unsigned int host);
unsigned int winsock_ntohl(unsigned int net);
int winsock_wsahtons(uintptr_t s, unsigned short host, unsigned short *net);
int winsock_wsantohs(uintptr_t s, unsigned short net, unsigned short *host);
int winsock_wsahtonl(uintptr_t s, unsigned int host, unsigned int *net);
int winsock_wsantohl(uintptr_t s, unsigned int net, unsigned int *host);

/* text.c */
extern const struct ws_in6_addr winsock_in6addr_any;
extern const struct ws_in6_addr winsock_in6addr_loopback;
unsigned int winsock_inet_addr(const char *text);
char *winsock_inet_ntoa(struct ws_in_addr in);
int winsock_inet_pton(int family, const char *text, void *addr);
const char *winsock_inet_ntop(int family, const void *addr, char *text,
			      size_t size);
int winsock_inetptonw(int family, const wchar_t *text, void *addr);
const wchar_t *winsock_inetntopw(int family, const void *addr, wchar_t *text,
				 size_t size);

/* addrtext.c */
int winsock_wsaaddresstostringa(void *addr, unsigned int size, void *info,
				char *out, unsigned int *len);
int winsock_wsaaddresstostringw(void *addr, unsigned int size, void *info,
				wchar_t *out, unsigned int *len);
int winsock_wsastringtoaddressa(char *text, int family, void *info,
				void *addr, int *len);
int winsock_wsastringtoaddressw(wchar_t *text, int family, void *info,
				void *addr, int *len);

/* addrinfo.c */
int winsock_getaddrinfo(const char *name, const char *service,
			const void *hints, void *result);
int winsock_getaddrinfow(const wchar_t *name, const wchar_t *service,
			 const void *hints, void *result);
int winsock_getaddrinfoexa(const char *name, const char *service,
			   unsigned int space, void *provider,
			   const void *hints, void *result, void *timeout,
			   void *overlapped, void *routine, void *handle);
int winsock_getaddrinfoexw(const wchar_t *name, const wchar_t *service,
			   unsigned int space, void *provider,
			   const void *hints, void *result, void *timeout,
			   void *overlapped, void *routine, void *handle);
int winsock_getaddrinfoexcancel(void *handle);
int winsock_getaddrinfoexoverlappedresult(void *overlapped);
int winsock_setaddrinfoexa(const char *name, const char *service, void *addrs,
			   unsigned int count, void *blob, unsigned int flags,
			   unsigned int space, void *provider, void *timeout,
			   void *overlapped, void *routine, void *handle);
int winsock_setaddrinfoexw(const wchar_t *name, const wchar_t *service,
			   void *addrs, unsigned int count, void *blob,
			   unsigned int flags, unsigned int space,
			   void *provider, void *timeout, void *overlapped,
			   void *routine, void *handle);
void winsock_freeaddrinfo(void *list);
void winsock_freeaddrinfow(void *list);
void winsock_freeaddrinfoex(void *list);
void winsock_freeaddrinfoexw(void *list);

/* nameinfo.c */
int winsock_getnameinfo(const void *sa, int len, char *host,
			unsigned int host_size, char *service,
			unsigned int service_size, int flags);
int winsock_getnameinfow(const void *sa, int len, wchar_t *host,
			 unsigned int host_size, wchar_t *service,
			 unsigned int service_size, int flags);

/* hostent.c, servent.c: Windows' structures, see entries.h */
struct ws_hostent *winsock_gethostbyname(const char *name);
struct ws_hostent *winsock_gethostbyaddr(const char *addr, int len,
					 int family);
int winsock_gethostname(char *name, size_t size);
int winsock_gethostnamew(wchar_t *name, int size);
struct ws_servent *winsock_getservbyname(const char *name,
					 const char *protocol);
struct ws_servent *winsock_getservbyport(int port, const char *protocol);
struct ws_protoent *winsock_getprotobyname(const char *name);
struct ws_protoent *winsock_getprotobynumber(int number);

/* netevent.c */
int winsock_wsaeventselect(uintptr_t s, void *event, long events);
int winsock_wsaasyncselect(uintptr_t s, void *window, unsigned int message,
			   long events);
int winsock_wsaenumnetworkevents(uintptr_t s, void *event, void *events);

/* message.c */
struct ws_message;
struct ws_host_ops;
int ws_post_message(void *window, unsigned int message, uintptr_t wparam,
		    uint32_t lparam);
int winsock_get_message(struct ws_message *msg, int timeout);
int winsock_message_fd(void);
int winsock_set_host(const struct ws_host_ops *ops);

/* overlapped.c */
unsigned int winsock_processsocketnotifications(void *port, unsigned int count,
						void *infos,
						unsigned int timeout,
						unsigned int entries,
						void *entry,
						unsigned int *received);
void *winsock_wsacreateevent(void);
int winsock_wsacloseevent(void *event);
int winsock_wsasetevent(void *event);
int winsock_wsaresetevent(void *event);
unsigned int winsock_wsawaitformultipleevents(unsigned int count,
					      const void *events, int all,
					      unsigned int timeout,
					      int alertable);
int winsock_wsagetoverlappedresult(uintptr_t s, void *overlapped,
				   unsigned int *transferred, int wait,
				   unsigned int *flags);

/* asynclookup.c */
void *winsock_wsaasyncgethostbyname(void *window, unsigned int message,
				    const char *name, char *buf, int len);
void *winsock_wsaasyncgethostbyaddr(void *window, unsigned int message,
				    const char *addr, int addrlen, int type,
				    char *buf, int len);
void *winsock_wsaasyncgetservbyname(void *window, unsigned int message,
				    const char *name, const char *proto,
				    char *buf, int len);
void *winsock_wsaasyncgetservbyport(void *window, unsigned int message,
				    int port, const char *proto, char *buf,
				    int len);
void *winsock_wsaasyncgetprotobyname(void *window, unsigned int message,
				     const char *name, char *buf, int len);
void *winsock_wsaasyncgetprotobynumber(void *window, unsigned int message,
				       int number, char *buf, int len);
int winsock_wsacancelasyncrequest(void *task);

/* hook.c */
int winsock_wsaisblocking(void);
int winsock_wsacancelblockingcall(void);
void *winsock_wsasetblockinghook(void *hook);
int winsock_wsaunhookblockinghook(void);

/* atm.c: addresses as structures of Linux and of Windows */
int winsock_atm_from_linux(const void *svc, void *addr);
int winsock_atm_to_linux(const void *addr, int len, void *svc);
int winsock_atm_put(void *qos, unsigned int room, int type, const void *element,
		    unsigned int len);
int winsock_atm_put_caller(void *qos, unsigned int room, const void *svc);
void *winsock_atm_find(const void *qos, int type, unsigned int *len);

/* condition.c */
uintptr_t winsock_wsaaccept(uintptr_t s, void *addr, int *addrlen,
			    void *condition, uintptr_t context);

/* extension.c */
int winsock_acceptex(uintptr_t lsn, uintptr_t s, void *buf, unsigned int len,
		     unsigned int local_len, unsigned int remote_len,
		     unsigned int *received, void *overlapped);
void winsock_getacceptexsockaddrs(void *buf, unsigned int len,
				  unsigned int local_len,
				  unsigned int remote_len, void *local,
				  int *local_size, void *remote,
				  int *remote_size);
int winsock_transmitfile(uintptr_t s, void *file, unsigned int count,
			 unsigned int per_send, void *overlapped, void *buffers,
			 unsigned int flags);
int winsock_wsagetqosbyname(uintptr_t s, void *name, void *qos);
uintptr_t winsock_wsajoinleaf(uintptr_t s, const void *name, int namelen,
			      void *caller_data, void *callee_data, void *sqos,
			      void *gqos, unsigned int flags);

/* byname.c */
int winsock_wsaconnectbynamea(uintptr_t s, char *node, char *service,
			      unsigned int *local_len, void *local,
			      unsigned int *remote_len, void *remote,
			      const void *timeout, void *reserved);
int winsock_wsaconnectbynamew(uintptr_t s, wchar_t *node, wchar_t *service,
			      unsigned int *local_len, void *local,
			      unsigned int *remote_len, void *remote,
			      const void *timeout, void *reserved);
int winsock_wsaconnectbylist(uintptr_t s, void *list, unsigned int *local_len,
			     void *local, unsigned int *remote_len,
			     void *remote, const void *timeout, void *reserved);

/* lookup.c */
int winsock_wsalookupservicebegina(void *query, unsigned int flags,
				   void *lookup);
int winsock_wsalookupservicebeginw(void *query, unsigned int flags,
				   void *lookup);
int winsock_wsalookupservicenexta(void *lookup, unsigned int flags,
				  unsigned int *len, void *result);
int winsock_wsalookupservicenextw(void *lookup, unsigned int flags,
				  unsigned int *len, void *result);
int winsock_wsalookupserviceend(void *lookup);
int winsock_wsanspioctl(void *lookup, unsigned int code, void *in,
			unsigned int in_len, void *out, unsigned int out_len,
			unsigned int *returned, void *completion);

/* service.c */
int winsock_wsainstallserviceclassa(void *info);
int winsock_wsainstallserviceclassw(void *info);
int winsock_wsaremoveserviceclass(void *id);
int winsock_wsagetserviceclassinfoa(void *provider, void *id, unsigned int *len,
				    void *info);
int winsock_wsagetserviceclassinfow(void *provider, void *id, unsigned int *len,
				    void *info);
int winsock_wsagetserviceclassnamebyclassida(void *id, char *name,
					     unsigned int *len);
int winsock_wsagetserviceclassnamebyclassidw(void *id, wchar_t *name,
					     unsigned int *len);
int winsock_wsasetservicea(void *info, unsigned int operation,
			   unsigned int flags);
int winsock_wsasetservicew(void *info, unsigned int operation,
			   unsigned int flags);
int winsock_gettypebynamea(char *name, void *type);
int winsock_gettypebynamew(wchar_t *name, void *type);
int winsock_getnamebytypea(void *type, char *name, unsigned int len);
int winsock_getnamebytypew(void *type, wchar_t *name, unsigned int len);
int winsock_setservicea(unsigned int space, unsigned int operation,
			unsigned int flags, void *info, void *async,
			unsigned int *status);
int winsock_setservicew(unsigned int space, unsigned int operation,
			unsigned int flags, void *info, void *async,
			unsigned int *status);
int winsock_getservicea(unsigned int space, void *type, char *name,
			unsigned int properties, void *buf, unsigned int *len,
			void *async);
int winsock_getservicew(unsigned int space, void *type, wchar_t *name,
			unsigned int properties, void *buf, unsigned int *len,
			void *async);

/* oldservice.c */
int winsock_enumprotocolsa(int *list, void *infos, unsigned int *len);
int winsock_enumprotocolsw(int *list, void *infos, unsigned int *len);
int winsock_getaddressbynamea(unsigned int space, void *type, char *name,
			      int *list, unsigned int resolution, void *async,
			      void *addrs, unsigned int *len, char *aliases,
			      unsigned int *aliases_len);
int winsock_getaddressbynamew(unsigned int space, void *type, wchar_t *name,
			      int *list, unsigned int resolution, void *async,
			      void *addrs, unsigned int *len, wchar_t *aliases,
			      unsigned int *aliases_len);

/* provider.c */
int winsock_wsaenumnamespaceprovidersa(unsigned int *len, void *infos);
int winsock_wsaenumnamespaceprovidersw(unsigned int *len, void *infos);
int winsock_wsaenumnamespaceprovidersexa(unsigned int *len, void *infos);
int winsock_wsaenumnamespaceprovidersexw(unsigned int *len, void *infos);
int winsock_wscenumnamespaceproviders32(unsigned int *len, void *infos);
int winsock_wscenumnamespaceprovidersex32(unsigned int *len, void *infos);
int winsock_wsaproviderconfigchange(void *handle, void *overlapped,
				    void *routine);
int winsock_wscinstallprovider(void *id, const wchar_t *path, void *infos,
			       unsigned int count, int *error);
int winsock_wscinstallprovider64_32(void *id, const wchar_t *path, void *infos,
				    unsigned int count, int *error);
int winsock_wscinstallproviderandchains(void *id, wchar_t *path, wchar_t *name,
					unsigned int flags, void *infos,
					unsigned int count, unsigned int *entry,
					int *error);
int winsock_wscinstallproviderandchains64_32(void *id, wchar_t *path,
					     wchar_t *path32, wchar_t *name,
					     unsigned int flags, void *infos,
					     unsigned int count,
					     unsigned int *entry, int *error);
int winsock_wscupdateprovider(void *id, const wchar_t *path, void *infos,
			      unsigned int count, int *error);
int winsock_wscupdateprovider32(void *id, const wchar_t *path, void *infos,
				unsigned int count, int *error);
int winsock_wscdeinstallprovider(void *id, int *error);
int winsock_wscdeinstallprovider32(void *id, int *error);
int winsock_wscsetproviderinfo(void *id, unsigned int type, unsigned char *info,
			       size_t len, unsigned int flags, int *error);
int winsock_wscsetproviderinfo32(void *id, unsigned int type,
				 unsigned char *info, size_t len,
				 unsigned int flags, int *error);
int winsock_wscsetapplicationcategory(const wchar_t *path,
				      unsigned int path_len,
				      const wchar_t *extra,
				      unsigned int extra_len,
				      unsigned int categories,
				      unsigned int *previous, int *error);
int winsock_wscenumprotocols(int *protocols, void *infos, unsigned int *len,
			     int *error);
int winsock_wscenumprotocols32(int *protocols, void *infos, unsigned int *len,
			       int *error);
int winsock_wscwriteproviderorder(unsigned int *entries, unsigned int count);
int winsock_wscwriteproviderorder32(unsigned int *entries, unsigned int count);
int winsock_wscwritenamespaceorder(void *ids, unsigned int count);
int winsock_wscwritenamespaceorder32(void *ids, unsigned int count);
int winsock_wscinstallnamespace(wchar_t *name, wchar_t *path,
				unsigned int space, unsigned int version,
				void *id);
int winsock_wscinstallnamespace32(wchar_t *name, wchar_t *path,
				  unsigned int space, unsigned int version,
				  void *id);
int winsock_wscinstallnamespaceex(wchar_t *name, wchar_t *path,
				  unsigned int space, unsigned int version,
				  void *id, void *info);
int winsock_wscinstallnamespaceex32(wchar_t *name, wchar_t *path,
				    unsigned int space, unsigned int version,
				    void *id, void *info);
int winsock_wscuninstallnamespace(void *id);
int winsock_wscuninstallnamespace32(void *id);
int winsock_wscenablensprovider(void *id, int enable);
int winsock_wscenablensprovider32(void *id, int enable);
int winsock_wsaadvertiseprovider(const void *id, const void *routines);
int winsock_wsaunadvertiseprovider(const void *id);
int winsock_wsaprovidercompleteasynccall(void *call, int ret);
int winsock_wpucompleteoverlappedrequest(uintptr_t s, void *overlapped,
					 unsigned int code,
					 unsigned int transferred, int *error);
int winsock_wscgetproviderpath(void *id, wchar_t *path, int *len, int *error);
int winsock_wscgetproviderpath32(void *id, wchar_t *path, int *len, int *error);
int winsock_wscgetproviderinfo(void *id, unsigned int type, unsigned char *info,
			       size_t *len, unsigned int flags, int *error);
int winsock_wscgetproviderinfo32(void *id, unsigned int type,
				 unsigned char *info, size_t *len,
				 unsigned int flags, int *error);
int winsock_wscgetapplicationcategory(const wchar_t *path,
				      unsigned int path_len,
				      const wchar_t *extra,
				      unsigned int extra_len,
				      unsigned int *categories, int *error);
struct ws_upcalls {
	void *call[15];
};

int winsock_wspstartup(unsigned short version, void *data, void *info,
		       struct ws_upcalls upcalls, void *procs);
int winsock_nspstartup(void *id, void *routines);

/* event.c */
void *winsock_createeventa(void *security, int manual, int signalled,
			   const char *name);
void *winsock_createeventw(void *security, int manual, int signalled,
			   const wchar_t *name);
int winsock_setevent(void *event);
int winsock_resetevent(void *event);
unsigned int winsock_waitforsingleobject(void *handle, unsigned int timeout);
unsigned int winsock_waitforsingleobjectex(void *handle, unsigned int timeout,
					   int alertable);
unsigned int winsock_waitformultipleobjects(unsigned int count,
					    const void *handles, int all,
					    unsigned int timeout);
unsigned int winsock_waitformultipleobjectsex(unsigned int count,
					      const void *handles, int all,
					      unsigned int timeout,
					      int alertable);
unsigned int winsock_sleepex(unsigned int timeout, int alertable);

/* apc.c */
unsigned int winsock_queueuserapc(void *function, void *thread,
				  uintptr_t data);
void *winsock_getcurrentthread(void);
void *winsock_openthread(unsigned int access, int inherit,
			 unsigned int thread);

/* errortext.c */
char *winsock_gai_strerrora(int code);
wchar_t *winsock_gai_strerrorw(int code);
unsigned int winsock_formatmessagea(unsigned int flags, const void *source,
				    unsigned int code, unsigned int language,
				    char *buf, unsigned int size,
				    void *inserts);
unsigned int winsock_formatmessagew(unsigned int flags, const void *source,
				    unsigned int code, unsigned int language,
				    wchar_t *buf, unsigned int size,
				    void *inserts);
void *winsock_localfree(void *memory);

/* windows.c */
int winsock_closehandle(void *object);
int winsock_gethandleinformation(void *object, unsigned int *flags);
int winsock_sethandleinformation(void *object, unsigned int mask,
				 unsigned int flags);
void winsock_sleep(unsigned int milliseconds);
unsigned int winsock_gettickcount(void);
unsigned long long winsock_gettickcount64(void);
unsigned int winsock_getcurrentprocessid(void);
unsigned int winsock_getcurrentthreadid(void);

/*
 * wmain.c: the program's wmain(), as C names it and as C++ does by its
 * parameters.  At most one of them is there.
 */
int wmain(int argc, wchar_t **argv, wchar_t **envp);
int wmain_void(int argc, wchar_t **argv, wchar_t **envp) __asm__("_Z5wmainv");
int wmain_argv(int argc, wchar_t **argv, wchar_t **envp)
	__asm__("_Z5wmainiPPw");
int wmain_const(int argc, wchar_t **argv, wchar_t **envp)
	__asm__("_Z5wmainiPPKw");
int wmain_envp(int argc, wchar_t **argv, wchar_t **envp)
	__asm__("_Z5wmainiPPwS0_");

#endif /* _WINSOCK_INTERNAL_H */
