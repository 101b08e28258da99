// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/kernel/debug/winsock/handles: a line for each started context, then one
 * for each of its handles.  For bug reports; readable by root, no stable format.
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/seq_file.h>
#include "ctx.h"
#include "debugfs.h"

static struct dentry *ws_debugfs_dir;

/**
 * struct ws_debugfs_pos - where a reader stands, line by line
 * @link:   its context's place in ws_ctx_list; valid under the list's lock
 * @ctx:    how many contexts are before it
 * @index:  slot in the context's table; 0 is the line of the context itself
 * @handle: value of the handle in that slot
 *
 * A context that goes between two reads shifts those behind it by one, which
 * a snapshot for people may do.
 */
struct ws_debugfs_pos {
	struct list_head *link;
	loff_t ctx;
	u32 index;
	u32 handle;
};

/* The list stays locked until ws_debugfs_stop(). */
static void *ws_debugfs_start(struct seq_file *m, loff_t *pos)
{
	struct ws_debugfs_pos *p = m->private;

	if (!*pos)
		memset(p, 0, sizeof(*p));
	mutex_lock(&ws_ctx_list_lock);
	p->link = seq_list_start(&ws_ctx_list, p->ctx);
	return p->link ? p : NULL;
}

static struct ws_ctx *ws_debugfs_ctx(const struct ws_debugfs_pos *p)
{
	return list_entry(p->link, struct ws_ctx, link);
}

static void *ws_debugfs_next(struct seq_file *m, void *v, loff_t *pos)
{
	struct ws_debugfs_pos *p = v;
	struct ws_obj *obj;

	++*pos;
	obj = ws_handle_next(&ws_debugfs_ctx(p)->handles, &p->index,
			     &p->handle);
	if (obj) {
		ws_obj_put_user(obj);
		return p;
	}
	p->index = 0;
	p->link = seq_list_next(p->link, &ws_ctx_list, &p->ctx);
	return p->link ? p : NULL;
}

static void ws_debugfs_stop(struct seq_file *m, void *v)
{
	mutex_unlock(&ws_ctx_list_lock);
}

static int ws_debugfs_show(struct seq_file *m, void *v)
{
	const struct ws_debugfs_pos *p = v;
	struct ws_ctx *ctx = ws_debugfs_ctx(p);
	u32 started, handles;
	struct ws_obj *obj;

	if (!p->index) {
		/* For people: what locks keep, as it happens to be; */
		started = data_race(ctx->started);
		/* this too. */
		handles = data_race(ctx->handles.count);
		seq_printf(m, "context opener=%d started=%u handles=%u limit=%lu\n",
			   pid_nr(ctx->opener), started, handles,
			   READ_ONCE(ctx->limit));
		return 0;
	}
	obj = ws_handle_lookup(&ctx->handles, p->handle, NULL);
	if (!obj)
		return 0;
	seq_printf(m, "  %#x ", p->handle);
	obj->ops->show(obj, m);
	seq_putc(m, '\n');
	ws_obj_put_user(obj);
	return 0;
}

static const struct seq_operations ws_debugfs_ops = {
	.start = ws_debugfs_start,
	.next = ws_debugfs_next,
	.stop = ws_debugfs_stop,
	.show = ws_debugfs_show,
};

static int ws_debugfs_open(struct inode *inode, struct file *file)
{
	return seq_open_private(file, &ws_debugfs_ops,
				sizeof(struct ws_debugfs_pos));
}

static const struct file_operations ws_debugfs_fops = {
	.owner = THIS_MODULE,
	.open = ws_debugfs_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = seq_release_private,
};

/* Failure is no error: without debugfs there is nothing to look at. */
void __init ws_debugfs_init(void)
{
	ws_debugfs_dir = debugfs_create_dir("winsock", NULL);
	debugfs_create_file("handles", 0400, ws_debugfs_dir, NULL,
			    &ws_debugfs_fops);
	ws_cover_init(ws_debugfs_dir);
}

/* Waits for readers. */
void ws_debugfs_exit(void)
{
	debugfs_remove(ws_debugfs_dir);
}
