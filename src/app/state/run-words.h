/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/run-job.h"
#include "core/workspace/preview.h"

G_BEGIN_DECLS

/* What the run sheet, the run bar and the activity say, as whole sentences in the user's language. */

/* "0.4 s", "12 s", "3 min 4 s". */
char *strata_run_words_dup_duration    (gint64                   time_us);
/* "Upgrade app_dev": a heading, and the button that does it. */
char *strata_run_words_dup_title       (StrataRunKind            kind,
                                        const char              *database);
/* "3 revisions, 3 transactions, on app_dev". */
char *strata_run_words_dup_summary     (const StrataPreview     *preview,
                                        const char              *database);
/* Where that changes it: what stays after a failure; a file that is made; a copy that is. Empty where nothing is to say. */
char *strata_run_words_dup_remarks     (const StrataPreview     *preview);
/* "Drops the table lamps with its 3 rows". */
char *strata_run_words_dup_loss        (const StrataPreviewLoss *loss);
/* What Checks has against it, and the first step that it is about; NULL where that is nothing. */
char *strata_run_words_dup_findings    (const StrataPreview     *preview);
/* A question for a first run; NULL where there is none. */
char *strata_run_words_dup_first_run   (const StrataPreview     *preview,
                                        const char              *database);
/* "app_dev is at 3f1a2b4c5d6e (3 steps, 0.4 s)", after a run that went well. */
char *strata_run_words_dup_done        (const char              *database,
                                        const StrataRunReport   *report);
/* "Step 2 of 3 · Add lamp stock": where the run is. */
char *strata_run_words_dup_progress    (StrataRunJob            *job);
/* Who it waits for, where it waits; else NULL. */
char *strata_run_words_dup_waiting     (StrataRunJob            *job);
/* How it ended, in one sentence. */
char *strata_run_words_dup_end         (StrataRunJob            *job);
/* The server's words, detail, hint, code, a line each, as far as the error does not say them itself. */
char *strata_run_words_dup_facts       (const StrataRunFailure  *failure,
                                        const char              *error);
/* What is in the database, and what is not; empty where that is not told. */
char *strata_run_words_dup_state       (const StrataRunReport   *report);
/* "Upgrade", "Stamp": for lists; the action is the ledger's. */
const char *strata_run_words_get_action (const char             *action);

G_END_DECLS
