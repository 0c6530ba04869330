/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/run-private.h"
#include "core/process/process.h"

G_BEGIN_DECLS

/* Starts the project's Alembic with these words of its own. The variables are as those of StrataProcessRequest. */
typedef struct
{
  const char * const    *words;
  const char * const    *variables;
  gint64                 limit_ms;
  StrataProcessLineFunc  line;
  StrataProcessTickFunc  tick;
  gpointer               user_data;
} StrataAlembicCall;

gboolean  strata_run_call_alembic    (StrataRun                *run,
                                      const StrataAlembicCall  *call,
                                      GError                  **error);

/* The way to see whose connection comes, one a server (run-proof.c says how it is put together). */
typedef struct _StrataProof StrataProof;

struct _StrataProof
{
  StrataRun   *run;
  char        *name;        /* for PGAPPNAME: nobody else's connection has it */
  GPtrArray   *urls;        /* char, owned: the databases that Alembic says it looked at */
  GPtrArray   *revisions;   /* char, owned: and the revisions that it found */
  gboolean     seen;        /* a connection of its own reached this database */

  GHashTable  *known;       /* PostgreSQL: pids that were there before, as text */
  char        *stranger;    /* a pid that waits, which may be a driver that does not tell the name */
  gint64       stranger_since;
  gboolean     challenged;  /* that one's statement was cancelled ... */
  gboolean     answered;    /* ... and Alembic said so */

  gpointer     gate;        /* SQLite: StrataSqliteGate */
  char        *folder;      /* where the process is that has the file open */
};

/* Each: shut makes whoever reads the version table wait, look (while Alembic runs) sets seen and opens, open ends it in any
 * case. Names_us judges the one URL that Alembic printed. */
typedef struct
{
  gboolean (*shut)     (StrataProof *proof, GError **error);
  gboolean (*look)     (StrataProof *proof, int group, GError **error);
  void     (*open)     (StrataProof *proof);
  gboolean (*names_us) (StrataProof *proof, const char *url);
} StrataProofKind;

extern const StrataProofKind strata_proof_postgresql;
extern const StrataProofKind strata_proof_sqlite;

/* Proves that the project's Alembic reaches this very database and no other, by "alembic current", which changes nothing.
 * Inside the run lock, no transaction open, the version table there and its rows as the run knows them. */
gboolean  strata_run_prove_database  (StrataRun                *run,
                                      GError                  **error);

G_END_DECLS
