/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM winsock

#if !defined(WS_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define WS_TRACE_H

#include <linux/tracepoint.h>
#include "winsock.h"

TRACE_EVENT(winsock_call,
	TP_PROTO(const struct ws_ctx *ctx, unsigned int nr, int result),
	TP_ARGS(ctx, nr, result),
	TP_STRUCT__entry(
		__field(const void *, ctx)
		__field(unsigned int, nr)
		__field(int, result)
	),
	TP_fast_assign(
		__entry->ctx = ctx;
		__entry->nr = nr;
		__entry->result = result;
	),
	TP_printk("ctx=%p nr=%u result=%d", __entry->ctx, __entry->nr,
		  __entry->result)
);

#endif /* WS_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
