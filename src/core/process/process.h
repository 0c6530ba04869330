/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a program of the project. Whoever calls this has asked for consent before (core/project/trust.h). No shell is
 * between; the program gets a session of its own, and so a process group that a signal reaches as a whole and no
 * terminal on which it could ask something. */

#pragma once

#include "core/project/project-command.h"

G_BEGIN_DECLS

/* One line of its output (both streams), without the line's end: valid UTF-8, passwords masked. */
typedef void     (*StrataProcessLineFunc) (const char *line,
                                           gpointer    user_data);
/* About twenty times a second while it runs; FALSE, with an error, ends it as a cancel does. */
typedef gboolean (*StrataProcessTickFunc) (int         group,
                                           gpointer    user_data,
                                           GError    **error);

/* Borrowed for the call; both functions may be NULL. */
typedef struct
{
  StrataProjectCommand  *command;
  const char * const    *options;      /* behind the command's own arguments; or NULL */
  const char * const    *variables;    /* name, value, ..., NULL: added to our own environment; or NULL */
  const char * const    *secrets;      /* for strata_mask(); or NULL */
  gint64                 limit_ms;     /* 0: none */
  GString               *output;       /* gets what it prints to standard output, as it is; the lines are stderr's alone then */
  StrataProcessLineFunc  line;
  StrataProcessTickFunc  tick;
  gpointer               user_data;
} StrataProcessRequest;

/* Blocks until it has ended. FALSE with STRATA_ERROR_FAILED where it could not be started, failed (its last lines are in
 * the text) or ran into the limit, STRATA_ERROR_CANCELLED where it was cancelled, or the tick's own error. Cancel is
 * SIGINT to the group, as Ctrl-C would be; where that does not end it in time SIGTERM, then SIGKILL, within a second; a program
 * that speaks for one in a container or on another host is given its own time to end that. Whatever the end, none of the group is
 * left. */
gboolean  strata_process_run            (const StrataProcessRequest  *request,
                                         GCancellable                *cancellable,
                                         GError                     **error);
/* The whole line as it would be typed, options included. */
char     *strata_process_to_string      (const StrataProcessRequest  *request);
/* TRUE where a process of the group has the file open; the folder (may be NULL) gets where that process is. Only known
 * where the kernel tells (/proc). */
gboolean  strata_process_group_has_open (int                          group,
                                         const char                  *path,
                                         char                       **folder);

G_END_DECLS
