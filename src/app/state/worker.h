/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window shows, without a widget: the session of one window, its snapshots, its runs. Work happens on workers;
 * the main thread only swaps immutable results in. */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* A thread with a queue: jobs run there one after the other, answers return to the main context that asked. What the
 * jobs share (a workspace, a connection) belongs to the thread and is freed on it. */
typedef struct _StrataWorker StrataWorker;

/* Runs on the worker; returns the answer, NULL exactly where the error is set. */
typedef gpointer (*StrataWorkFunc) (gpointer       desk,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

StrataWorker *strata_worker_new  (const char      *name,
                                  gpointer         desk,
                                  GDestroyNotify   free_desk);
/* Ends the thread after the job that runs now; the jobs behind it fail with G_IO_ERROR_CANCELLED. Does not wait. */
void          strata_worker_free (StrataWorker    *self);

/* The task's data is what the function gets; its answer is freed by free_answer where nobody takes it. */
void          strata_worker_push (StrataWorker    *self,
                                  GTask           *task,
                                  StrataWorkFunc   func,
                                  GDestroyNotify   free_answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataWorker, strata_worker_free)

G_END_DECLS
