/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/preview.h"

G_BEGIN_DECLS

/* Shows a run while it goes on: one line a step, and on a terminal a last line that lives; nothing where quiet or JSON. */
typedef struct _StrataRunView StrataRunView;

StrataRunView *strata_run_view_new     (gboolean              silent);
void           strata_run_view_free    (StrataRunView        *self);
/* A StrataRunEventFunc; the data is the view. */
void           strata_run_view_event   (const StrataRunEvent *event,
                                        gpointer              user_data);
/* A StrataWaitFunc for the time before the run: the server is not there yet. */
void           strata_run_view_connecting (const char        *why,
                                        gpointer              user_data);
/* Another for it: a run holds the lock, and the text is who. */
void           strata_run_view_locked  (const char           *holder,
                                        gpointer              user_data);
/* Takes the living line away. */
void           strata_run_view_done    (StrataRunView        *self);

/* "statement 2 of 5", or "statement 2" where nobody knows how many there are. */
char          *strata_dup_statement_number (guint             number,
                                        guint                 n_statements);

/* Afterwards: what was done; or what failed where, what is in the database, and what next. */
void           strata_print_success    (const StrataRunReport *report,
                                        const char            *database);
void           strata_print_failure    (const StrataRunReport *report);
/* As JSON, "steps" and "heads_after" included. */
void           strata_json_report      (const StrataRunReport *report,
                                        const char            *database,
                                        const GError          *error);
void           strata_json_plan        (StrataPlan            *plan,
                                        const StrataPreview   *preview,
                                        const char            *database);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRunView, strata_run_view_free)

G_END_DECLS
