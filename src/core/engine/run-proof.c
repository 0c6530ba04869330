/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/engine/run-hand-over-private.h"

/* "alembic current --verbose" runs the project's env.py with the connection that the project makes, and all that it does
 * there is to read the version table. We make that one read wait, in our database, look who waits, and let go:
 *
 * - Whoever waits has come to this very database; that it is the program which we have started is seen by what only that
 *   one can have or do (run-proof-postgresql.c, run-proof-sqlite.c). One that reads elsewhere never waits, and ends
 *   without having been seen: refused.
 * - Alembic prints one line for each database that it reads: where there are two, a step would run in both. Refused.
 * - What it found is what we know to be there.
 *
 * Nothing of a step has run until then, here or elsewhere. */

#define LIMIT_MS (3 * 60 * 1000)

#define URL_LINE "Current revision(s) for "
#define REVISION_LINE "Rev: "

static void
proof_clear (StrataProof *proof)
{
  g_free (proof->name);
  g_clear_pointer (&proof->urls, g_ptr_array_unref);
  g_clear_pointer (&proof->revisions, g_ptr_array_unref);
  g_clear_pointer (&proof->known, g_hash_table_unref);
  g_free (proof->stranger);
  g_free (proof->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataProof, proof_clear)

static const StrataProofKind *
get_kind (StrataProof *proof)
{
  return proof->run->dialect == STRATA_DIALECT_POSTGRESQL ? &strata_proof_postgresql : &strata_proof_sqlite;
}

static void
on_line (const char *line,
         gpointer    user_data)
{
  StrataProof *proof = user_data;
  gsize length = strlen (line);

  if (g_str_has_prefix (line, URL_LINE) && line[length - 1] == ':')
    g_ptr_array_add (proof->urls, g_strndup (line + strlen (URL_LINE), length - strlen (URL_LINE) - 1));
  else if (g_str_has_prefix (line, REVISION_LINE))
    g_ptr_array_add (proof->revisions, g_strndup (line + strlen (REVISION_LINE),
                                                  strcspn (line + strlen (REVISION_LINE), " ")));

  /* The drivers' names of SQLSTATE 57014, and the server's words for it. */
  if (proof->challenged
      && (strstr (line, "QueryCancel") != NULL || strstr (line, "57014") != NULL
          || strstr (line, "canceling statement due to user request") != NULL))
    proof->answered = TRUE;
}

static gboolean
on_tick (int       group,
         gpointer  user_data,
         GError  **error)
{
  StrataProof *proof = user_data;

  return proof->seen || get_kind (proof)->look (proof, group, error);
}

static gboolean
run_current (StrataProof  *proof,
             gboolean      look,
             GError      **error)
{
  static const char * const words[] = { "current", "--verbose", NULL };
  const char *variables[] = { "PGAPPNAME", proof->name, NULL };
  const StrataAlembicCall call = {
    .words = words,
    .variables = variables,
    .limit_ms = LIMIT_MS,
    .line = on_line,
    .tick = look ? on_tick : NULL,
    .user_data = proof,
  };

  g_ptr_array_set_size (proof->urls, 0);
  g_ptr_array_set_size (proof->revisions, 0);

  return strata_run_call_alembic (proof->run, &call, error);
}

static char *
describe_database (StrataProof *proof)
{
  return strata_url_to_string (strata_connection_get_url (proof->run->connection));
}

static gboolean
refuse (StrataProof  *proof,
        const char   *why,
        GError      **error)
{
  g_autofree char *database = describe_database (proof);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
               _("The project's own Alembic is not given a step: it was not proven to reach %s, and nothing else. %s."
                 " Nothing was handed over"), database, why);

  return FALSE;
}

static gboolean
has_revision (StrataProof *proof,
              const char  *revision)
{
  for (guint i = 0; i < proof->revisions->len; i++)
    if (strcmp (g_ptr_array_index (proof->revisions, i), revision) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
check_words (StrataProof  *proof,
             GError      **error)
{
  const char * const *rows = (const char * const *) proof->run->rows;
  g_autofree char *why = NULL;

  if (proof->urls->len == 1 && !get_kind (proof)->names_us (proof, g_ptr_array_index (proof->urls, 0)))
    why = g_strdup_printf (_("It says that it reads %s"), (char *) g_ptr_array_index (proof->urls, 0));
  else if (proof->urls->len > 1)
    why = g_strdup_printf (_("It reads %u databases: a step would run in each of them"), proof->urls->len);
  else if (proof->urls->len == 0)
    why = g_strdup (_("It does not say which database it reads"));
  for (guint i = 0; why == NULL && rows[i] != NULL; i++)
    if (!has_revision (proof, rows[i]))
      why = g_strdup_printf (_("The database is at %s, and it does not find that there"), rows[i]);
  if (why == NULL && rows[0] == NULL && proof->revisions->len > 0)
    why = g_strdup_printf (_("The database is at base, and it finds %s"),
                           (char *) g_ptr_array_index (proof->revisions, 0));

  return why == NULL || refuse (proof, why, error);
}

/* A driver that does not tell the name was found by taking its statement away: what it says is asked for once more. */
static gboolean
look_for_connection (StrataProof  *proof,
                     GError      **error)
{
  g_autoptr(GError) local_error = NULL;
  gboolean ran;

  if (!get_kind (proof)->shut (proof, error))
    return FALSE;

  ran = run_current (proof, TRUE, &local_error);
  get_kind (proof)->open (proof);

  if (!ran && proof->answered && g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_FAILED))
    {
      proof->seen = TRUE;
      return run_current (proof, FALSE, error);
    }

  if (!ran)
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s",
                                  _("Whether the project's own Alembic reaches this database was to be found out, and"
                                    " nothing was handed over: "));
      return FALSE;
    }

  if (!proof->seen)
    {
      g_autofree char *why = proof->urls->len > 0
                             ? g_strdup_printf (_("It read %s, and never came here"),
                                                (char *) g_ptr_array_index (proof->urls, 0))
                             : g_strdup (_("It never came here"));

      return refuse (proof, why, error);
    }

  return TRUE;
}

gboolean
strata_run_prove_database (StrataRun  *run,
                           GError    **error)
{
  g_auto(StrataProof) proof = { .run = run };
  g_autofree char *random = g_uuid_string_random ();

  proof.name = g_strconcat ("strata-", random, NULL);
  proof.urls = g_ptr_array_new_with_free_func (g_free);
  proof.revisions = g_ptr_array_new_with_free_func (g_free);

  return look_for_connection (&proof, error) && check_words (&proof, error);
}
