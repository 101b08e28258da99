// SPDX-License-Identifier: GPL-2.0-only
/*
 * A source with Windows' annotations, in the places where documentation and
 * SDK samples have them.
 */
#include <winsock2.h>
#include <ws2tcpip.h>

_Must_inspect_result_ _Success_(return == 0) _Check_return_
int plain(_In_ SOCKET s, _In_opt_ const char *a, _In_z_ const char *b,
	  _In_opt_z_ const char *c, _Out_ int *d, _Out_opt_ int *e,
	  _Inout_ int *f, _Inout_opt_ int *g, _Reserved_ DWORD h);

_Success_(return != SOCKET_ERROR)
int sized(_In_ DWORD n, _In_reads_(n) const int *a,
	  _In_reads_bytes_(n) const void *b, _In_reads_opt_(n) const int *c,
	  _In_reads_bytes_opt_(n) const void *d, _Out_writes_(n) char *e,
	  _Out_writes_opt_(n) char *f, _Out_writes_bytes_(n) void *g,
	  _Out_writes_bytes_opt_(n) void *h,
	  _Out_writes_to_(n, return) char *i,
	  _Out_writes_bytes_to_(n, *m) void *j, DWORD *m,
	  _Inout_updates_(n) int *k, _Inout_updates_bytes_(n) void *l,
	  _When_(n > 1, _Out_writes_(n)) _When_(n == 0, _Reserved_) char *o);

_Ret_maybenull_ _Post_equals_last_error_
const char *pointers(_Outptr_ void **a, _Outptr_opt_ void **b,
		     _Outptr_result_maybenull_ void **c,
		     _Outptr_result_buffer_(*n) char **d, DWORD *n);

_Ret_z_ const char *text(_In_ _Printf_format_string_ const char *format,
			 _In_ _Null_terminated_ const char *other, ...);

_Pre_satisfies_(n > 0) _Post_satisfies_(n > 0)
_Acquires_lock_(lock) _Requires_lock_not_held_(lock)
void locked(_In_range_(1, 9) int n, _In_ void *lock);

typedef struct annotated {
	_Field_range_(0, 9) DWORD count;
	_Field_size_(count) char *items;
	_Field_size_bytes_opt_(count) void *bytes;
} annotated;

_Use_decl_annotations_
const char *text(const char *format, const char *other, ...)
{
	annotated a = { 0, NULL, NULL };

	_Analysis_assume_(format);
	return a.count ? format : other;
}
