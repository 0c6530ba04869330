/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/engine/run-hand-over-private.h"

/* The version table is locked in a transaction of ours; pg_locks then has who waits for it, in this database. libpq's
 * drivers (psycopg) send PGAPPNAME, which only the program that we have started knows. Another driver (asyncpg, pg8000)
 * is known by a question and its answer: the statement of the one new session that waits is cancelled, and the program
 * must fail with just that. What it was about to do was to read. */
#define PATIENCE_US (G_USEC_PER_SEC)

static gboolean
forget_statistics (StrataProof  *proof,
                   GError      **error)
{
  /* Sessions are as they were when the transaction first looked, unless told. */
  return strata_connection_execute (proof->run->connection, "SELECT pg_catalog.pg_stat_clear_snapshot()", -1, NULL, 0,
                                    NULL, proof->run->cancellable, error);
}

static gboolean
note_known (StrataProof  *proof,
            GError      **error)
{
  g_autoptr(StrataRows) rows = strata_connection_query (proof->run->connection,
                                                        "SELECT pid FROM pg_catalog.pg_stat_activity", NULL, 0,
                                                        proof->run->cancellable, error);

  if (rows == NULL)
    return FALSE;

  proof->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    g_hash_table_add (proof->known, g_strdup (strata_rows_get (rows, i, 0)));

  return TRUE;
}

static gboolean
shut (StrataProof  *proof,
      GError      **error)
{
  StrataRun *run = proof->run;
  g_autofree char *table = strata_version_table_to_sql (&run->table, run->dialect);
  g_autofree char *lock = g_strdup_printf ("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE", table);

  return strata_connection_begin (run->connection, TRUE, run->cancellable, error)
         && strata_connection_execute (run->connection, lock, -1, NULL, 0, NULL, run->cancellable, error)
         && note_known (proof, error);
}

static void
open_table (StrataProof *proof)
{
  if (strata_connection_in_transaction (proof->run->connection))
    strata_connection_rollback (proof->run->connection);
}

/* Only where one alone has come: the statement of another program's session would fail in its place. */
static gboolean
challenge (StrataProof  *proof,
           const char   *pid,
           GError      **error)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr(StrataRows) rows = NULL;

  if (g_strcmp0 (pid, proof->stranger) != 0)
    {
      g_free (proof->stranger);
      proof->stranger = g_strdup (pid);
      proof->stranger_since = now;
    }

  if (pid == NULL || proof->challenged || now - proof->stranger_since < PATIENCE_US)
    return TRUE;

  proof->challenged = TRUE;
  rows = strata_connection_query (proof->run->connection, "SELECT pg_catalog.pg_cancel_backend($1::int)",
                                  (const char *[]) { pid }, 1, proof->run->cancellable, error);

  return rows != NULL;
}

static gboolean
look (StrataProof  *proof,
      int           group,
      GError      **error)
{
  StrataRun *run = proof->run;
  const char *params[] = { run->table.schema, run->table.name, proof->name };
  g_autoptr(StrataRows) rows = NULL;
  const char *stranger = NULL;
  guint n_strangers = 0;

  if (!forget_statistics (proof, error))
    return FALSE;

  rows = strata_connection_query (run->connection, strata_resource_text ("sql/postgresql/table-waiters.sql"), params,
                                  G_N_ELEMENTS (params), run->cancellable, error);
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < strata_rows_get_n_rows (rows) && !proof->seen; i++)
    {
      const char *pid = strata_rows_get (rows, i, 0);

      proof->seen = strata_rows_get_int (rows, i, 1) == 1;
      if (!g_hash_table_contains (proof->known, pid))
        {
          stranger = pid;
          n_strangers++;
        }
    }

  if (!proof->seen)
    return challenge (proof, n_strangers == 1 ? stranger : NULL, error);

  open_table (proof);

  return TRUE;
}

/* How a server is called says little (localhost, a container's name, a proxy); how the database is called must agree, so
 * that an env.py which looks in here by the way, but migrates another, is found out. Where the engine was made without a
 * name (creator=), who waited for the lock has to do. */
static gboolean
names_us (StrataProof *proof,
          const char  *url)
{
  g_autoptr(StrataUrl) parsed = strata_url_parse (url, NULL);
  const char *database = parsed != NULL ? strata_url_get_database (parsed) : NULL;
  g_autoptr(StrataRows) rows = NULL;

  if (database == NULL)
    return TRUE;

  rows = strata_connection_query (proof->run->connection, "SELECT pg_catalog.current_database()", NULL, 0,
                                  proof->run->cancellable, NULL);

  return rows != NULL && g_strcmp0 (strata_rows_get (rows, 0, 0), database) == 0;
}

const StrataProofKind strata_proof_postgresql = { shut, look, open_table, names_us };
