/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_LEDGER_RUNNING,     /* or killed: whether the run still lives is the run lock's to say */
  STRATA_LEDGER_DONE,
  STRATA_LEDGER_FAILED,
  STRATA_LEDGER_CANCELLED,
} StrataLedgerState;

/* One revision in one run. */
typedef struct
{
  gint64             id;           /* grows with each entry; 0: not written yet */
  char              *run;          /* the same for all entries of a run */
  char              *revision;     /* a stamp: all it set, with commas; "base" for none */
  const char        *action;       /* "upgrade", "downgrade", "stamp"; interned */
  char              *started;      /* UTC, "2026-11-20T10:00:00.123456Z" */
  gint64             duration_us;
  char              *who;
  char              *host;
  char              *tool;         /* "strata 0.1.0" */
  char              *hash;         /* of the tokens that ran; NULL for a stamp */
  char              *script;       /* the whole file as it was, or NULL */
  guint              n_statements;
  guint              begun;        /* statements outside of transactions: begun, and done, from the script's first */
  guint              done;
  StrataLedgerState  state;
  char              *error;        /* or NULL */
  char              *asked;        /* strata_ledger_asked_new(), of a script that reads what it has changed; else NULL */
} StrataLedgerEntry;

#define STRATA_TYPE_LEDGER_ENTRY (strata_ledger_entry_get_type ())

GType              strata_ledger_entry_get_type   (void);
StrataLedgerEntry *strata_ledger_entry_copy       (const StrataLedgerEntry *self);
void               strata_ledger_entry_free       (StrataLedgerEntry       *self);
const char        *strata_ledger_state_get_name   (StrataLedgerState        state);
StrataLedgerState  strata_ledger_state_from_name  (const char              *name);
/* "3 of its 5 statements"; of a script that nobody knows the end of "3 of its statements". */
char              *strata_ledger_entry_dup_count  (const StrataLedgerEntry *self);
/* Of a script whose statements are known only as it asks for them: the last one that a mark speaks of, with a hash over it and
 * those before it, by which a later run knows them again. */
char              *strata_ledger_asked_new        (guint                    number,
                                                   guint                    line,
                                                   const char              *hash,
                                                   const char              *text,
                                                   gsize                    length);
/* FALSE: there is none. The text points into it. */
gboolean           strata_ledger_asked_parse      (const char              *asked,
                                                   guint                   *number,
                                                   guint                   *line,
                                                   char                   **hash,
                                                   const char             **text);
/* Now, in the form of started. */
char              *strata_ledger_timestamp        (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataLedgerEntry, strata_ledger_entry_free)

G_END_DECLS
