/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/run-private.h"

G_BEGIN_DECLS

/* A step with statements outside of transactions. Its journal entry says at every moment which of them are in the database:
 * begun > done is a statement (or, where the journal is not in this database, a section) in flight. Borrowed, but for
 * what the entry owns. */
typedef struct
{
  StrataRun         *run;
  const StrataStep  *step;
  StrataStepScript  *script;
  StrataLedgerEntry *entry;
  gboolean           exact;    /* a mark can live in the transaction that it speaks of */
} StrataAlone;

gboolean      strata_alone_mark          (StrataAlone            *alone,
                                          guint                   begun,
                                          guint                   done,
                                          GError                **error);
/* What the marks said once they are in the database for good. */
void          strata_alone_settle        (StrataAlone            *alone,
                                          guint                   begun,
                                          guint                   done);
/* One statement by itself: done, or what became of it is in the entry. */
gboolean      strata_alone_run_statement (StrataAlone            *alone,
                                          const StrataStatement  *statement,
                                          guint                   number,
                                          GError                **error);
/* The version rows and the last mark, in the transaction that is open. */
gboolean      strata_alone_record        (StrataAlone            *alone,
                                          guint                   n_statements,
                                          GError                **error);

/* run-live-alone.c: a script that reads the database while it runs, with the marks of its journal. */
StrataOutcome strata_run_live_alone      (StrataAlone            *alone,
                                          GError                **error);

G_END_DECLS
