/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/run-job.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_RECORD_RUNNING,
  STRATA_RECORD_DONE,
  STRATA_RECORD_STOPPED,
  STRATA_RECORD_FAILED,
  STRATA_RECORD_UNFINISHED,   /* as the ledger has it: it goes on elsewhere, or was killed */
} StrataRunRecordState;

#define STRATA_TYPE_RUN_RECORD_STATE (strata_run_record_state_get_type ())

GType strata_run_record_state_get_type (void);

#define STRATA_TYPE_RUN_RECORD (strata_run_record_get_type ())

/* One run in the activity: a job of this window, what the ledger has of a run, or both. "state" is a property. */
G_DECLARE_FINAL_TYPE (StrataRunRecord, strata_run_record, STRATA, RUN_RECORD, GObject)

StrataRunRecord      *strata_run_record_new_job      (StrataRunJob    *job);
/* Elements are StrataLedgerEntry of one run, oldest first, without texts. */
StrataRunRecord      *strata_run_record_new_entries  (GPtrArray       *entries);
void                  strata_run_record_set_entries  (StrataRunRecord *self,
                                                      GPtrArray       *entries);
StrataRunRecordState  strata_run_record_get_state    (StrataRunRecord *self);
StrataRunJob         *strata_run_record_get_job      (StrataRunRecord *self);    /* or NULL */
GPtrArray            *strata_run_record_get_entries  (StrataRunRecord *self);    /* or NULL */
/* The ledger's name of the run, or NULL where it has none; and whether a name is this one's, or its job's. */
const char           *strata_run_record_get_run      (StrataRunRecord *self);
gboolean              strata_run_record_is_called    (StrataRunRecord *self,
                                                      const char      *name);
gint64                strata_run_record_get_began    (StrataRunRecord *self);    /* wall clock, µs */
gint64                strata_run_record_get_duration (StrataRunRecord *self);    /* µs */
const char           *strata_run_record_get_action   (StrataRunRecord *self);    /* the ledger's word */
/* Whole phrases for people: "Upgrade, 3 revisions", "Failed", "ana on ci". */
char                 *strata_run_record_dup_title    (StrataRunRecord *self);
char                 *strata_run_record_dup_result   (StrataRunRecord *self);
char                 *strata_run_record_dup_who      (StrataRunRecord *self);

G_END_DECLS
