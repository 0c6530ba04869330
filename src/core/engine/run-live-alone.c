/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/engine/alone-mode.h"
#include "core/engine/run-alone-private.h"
#include "core/engine/run-live-private.h"
#include "core/sql/statement.h"

#define NOT_TWICE N_("before that the script asks for an answer that changes something, which is not done twice")

/* A script that reads the database while it runs, and leaves its transaction. Nobody knows its statements before it asks for
 * them: the journal names the last one that it speaks of, with a hash over all so far. A later run evaluates the script again
 * and passes over what is done; what it reads meanwhile may have been changed by that very script, so it is checked that it
 * comes to the same statements, and until then nothing can be written. */
struct _StrataLiveJournal
{
  StrataAlone *alone;
  GChecksum   *chain;
  guint        number;        /* of the last statement */
  guint        kept;          /* statements of an earlier run */
  guint        known;         /* the statement that the journal names; 0: none */
  char        *known_hash;
  char        *pending;       /* the last one of the transaction that is open, as the journal will name it; or NULL */
};

static void
journal_clear (StrataLiveJournal *self)
{
  g_checksum_free (self->chain);
  g_free (self->known_hash);
  g_free (self->pending);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataLiveJournal, journal_clear)

static gboolean
is_behind (StrataLiveJournal *self)
{
  return self->number < self->kept;
}

guint
strata_live_journal_count (StrataLiveJournal *self)
{
  return self->number;
}

gboolean
strata_live_journal_is_behind (StrataLiveJournal *self)
{
  return self->number > 0 && self->number <= self->kept;
}

static gboolean
execute (StrataLiveJournal  *self,
         const char         *sql,
         GError            **error)
{
  StrataRun *run = self->alone->run;

  return strata_connection_execute (run->connection, sql, -1, NULL, 0, NULL, run->cancellable, error);
}

/* What a script reads while it is behind may be a function that changes something: the server refuses that. In a
 * transaction it ends with it. */
static gboolean
forbid_writing (StrataLiveJournal  *self,
                GError            **error)
{
  StrataRun *run = self->alone->run;

  if (run->dialect == STRATA_DIALECT_SQLITE)
    return execute (self, "PRAGMA query_only = ON", error);

  return execute (self, strata_connection_in_transaction (run->connection) ? "SET TRANSACTION READ ONLY"
                                                                           : "SET default_transaction_read_only = on", error);
}

static gboolean
allow_writing (StrataLiveJournal  *self,
               GError            **error)
{
  return execute (self, self->alone->run->dialect == STRATA_DIALECT_SQLITE ? "PRAGMA query_only = OFF"
                                                                           : "SET default_transaction_read_only = off", error);
}

static gboolean
open_transaction (StrataLiveJournal  *self,
                  GError            **error)
{
  StrataRun *run = self->alone->run;
  StrataOutcome outcome = strata_run_open (run, error);

  if (outcome == STRATA_OUTCOME_MOVED)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
                 _("The rows of “%s” were changed by others meanwhile"), run->table.name);

  return outcome == STRATA_OUTCOME_DONE;
}

/* From here on the script changes the database again. */
static gboolean
catch_up (StrataLiveJournal  *self,
          gboolean            is_autocommit,
          GError            **error)
{
  if (is_autocommit || self->alone->run->dialect == STRATA_DIALECT_SQLITE)
    return allow_writing (self, error);

  return strata_connection_commit (self->alone->run->connection, error) && open_transaction (self, error);
}

static gboolean
refuse (StrataLiveJournal  *self,
        guint               line,
        const char         *why,
        GError            **error)
{
  StrataPlace place = { strata_step_script_get_path (self->alone->script), line, 0 };
  g_autofree char *where = strata_place_to_string (place);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
               _("%s: an earlier run put the first %u statements of revision %s into the database and stopped there, "
                 "and %s. Bring the database in order by hand and say where it is (“stamp”)."),
               where, self->kept, self->alone->entry->revision, why);

  return FALSE;
}

void
strata_live_journal_explain (StrataLiveJournal  *self,
                             guint               line,
                             GError            **error)
{
  const StrataServerMessage *message = strata_database_error_get_message (*error);
  const char *code = message != NULL ? message->sqlstate : NULL;

  if (!is_behind (self) || (g_strcmp0 (code, "25006") != 0 && g_strcmp0 (code, "SQLITE_READONLY") != 0))
    return;

  g_clear_error (error);
  refuse (self, line, _(NOT_TWICE), error);
}

/* Over the tokens, as a script may be laid out anew. */
static char *
add_to_chain (StrataLiveJournal     *self,
              const StrataStatement *statement)
{
  g_autofree char *hash = strata_sql_hash_tokens (self->alone->run->dialect, statement->text, statement->length);
  g_autoptr(GChecksum) so_far = NULL;

  g_checksum_update (self->chain, (const guchar *) hash, -1);
  so_far = g_checksum_copy (self->chain);

  return g_strdup (g_checksum_get_string (so_far));
}

static gboolean
pass_over (StrataLiveJournal      *self,
           const StrataStatement  *statement,
           GError                **error)
{
  StrataRun *run = self->alone->run;

  /* What an earlier run did to its session is done to this one. */
  if (strata_alone_get_mode (run->dialect, statement) == STRATA_ALONE_SESSION)
    return strata_run_statement (run, self->alone->script, statement, self->number, NULL, error);

  strata_run_emit (run, (StrataRunEvent) {
    .kind = STRATA_EVENT_STATEMENT_SKIPPED,
    .statement = self->number,
    .file = strata_step_script_get_path (self->alone->script),
    .line = statement->line,
    .sql = statement->text,
    .sql_length = statement->length,
  });

  return TRUE;
}

/* The entry names it while it runs, and afterwards if it is, or may be, in the database. */
static gboolean
run_alone (StrataLiveJournal      *self,
           const StrataStatement  *statement,
           char                   *asked,
           GError                **error)
{
  StrataLedgerEntry *entry = self->alone->entry;
  g_autofree char *before = g_steal_pointer (&entry->asked);
  gboolean is_done;

  entry->asked = asked;
  is_done = strata_alone_run_statement (self->alone, statement, self->number, error);
  if (!is_done && entry->begun < self->number)
    {
      g_free (entry->asked);
      entry->asked = g_steal_pointer (&before);
    }

  return is_done;
}

static gboolean
run_in_transaction (StrataLiveJournal      *self,
                    const StrataStatement  *statement,
                    char                   *asked,
                    GError                **error)
{
  StrataRun *run = self->alone->run;

  g_free (self->pending);
  self->pending = asked;
  run->section_first = self->alone->entry->done + 1;
  run->section_last = self->number;

  return strata_run_statement (run, self->alone->script, statement, self->number, NULL, error);
}

gboolean
strata_live_journal_run (StrataLiveJournal      *self,
                         const StrataStatement  *statement,
                         gboolean                is_autocommit,
                         GError                **error)
{
  g_autofree char *hash = add_to_chain (self, statement);
  char *asked;

  self->number++;
  if (self->number == self->known && !g_str_equal (hash, self->known_hash))
    return refuse (self, statement->line,
                   _("asks for other statements now: it was changed, or reads what they changed"), error);
  if (self->number <= self->kept)
    return pass_over (self, statement, error)
           && (self->number < self->kept || catch_up (self, is_autocommit, error));

  asked = strata_ledger_asked_new (self->number, statement->line, hash, statement->text, statement->length);

  return is_autocommit ? run_alone (self, statement, asked, error) : run_in_transaction (self, statement, asked, error);
}

gboolean
strata_live_journal_begin_query (StrataLiveJournal      *self,
                                 const StrataStatement  *statement,
                                 gboolean                is_autocommit,
                                 GError                **error)
{
  g_autofree char *hash = add_to_chain (self, statement);
  StrataLedgerEntry *entry = self->alone->entry;
  char *asked;

  self->number++;
  if (self->number <= self->kept || self->number == self->known)
    return refuse (self, statement->line, _(NOT_TWICE), error);

  asked = strata_ledger_asked_new (self->number, statement->line, hash, statement->text, statement->length);
  g_free (is_autocommit ? entry->asked : self->pending);
  *(is_autocommit ? &entry->asked : &self->pending) = asked;
  if (!is_autocommit)
    return TRUE;
  if (!strata_alone_mark (self->alone, self->number, self->number - 1, error))
    return FALSE;
  strata_alone_settle (self->alone, self->number, self->number - 1);

  return TRUE;
}

gboolean
strata_live_journal_end_query (StrataLiveJournal  *self,
                               gboolean            is_autocommit,
                               const GError       *failure,
                               GError            **error)
{
  gboolean is_lost = g_error_matches (failure, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOST);

  if (!is_autocommit || is_lost)
    return TRUE;
  strata_alone_settle (self->alone, self->number, self->number);

  return strata_alone_mark (self->alone, self->number, self->number, error);
}

static gboolean
commit_marked (StrataLiveJournal  *self,
               GError            **error)
{
  StrataAlone *alone = self->alone;
  StrataLedgerEntry *entry = alone->entry;
  guint done = entry->done;
  g_autofree char *before = g_steal_pointer (&entry->asked);

  entry->asked = g_steal_pointer (&self->pending);
  if (strata_alone_mark (alone, self->number, alone->exact ? self->number : done, error)
      && strata_run_commit (alone->run, NULL, FALSE, error))
    {
      strata_alone_settle (alone, self->number, self->number);
      return alone->exact || strata_alone_mark (alone, self->number, self->number, error);
    }

  g_free (entry->asked);
  entry->asked = g_steal_pointer (&before);
  strata_alone_settle (alone, done, done);

  return FALSE;
}

gboolean
strata_live_journal_commit (StrataLiveJournal  *self,
                            GError            **error)
{
  StrataRun *run = self->alone->run;

  if (!(self->number > self->alone->entry->done ? commit_marked (self, error) : strata_run_commit (run, NULL, FALSE, error)))
    return FALSE;
  run->phase = STRATA_PHASE_ALONE;
  run->section_first = 0;

  return !is_behind (self) || forbid_writing (self, error);
}

gboolean
strata_live_journal_open (StrataLiveJournal  *self,
                          GError            **error)
{
  if (is_behind (self) && !allow_writing (self, error))
    return FALSE;

  return open_transaction (self, error) && (!is_behind (self) || forbid_writing (self, error));
}

static gboolean
run_script (StrataLiveJournal  *self,
            GError            **error)
{
  StrataAlone *alone = self->alone;
  StrataRun *run = alone->run;

  self->kept = alone->entry->done;
  strata_ledger_asked_parse (alone->entry->asked, &self->known, &(guint) { 0 }, &self->known_hash, &(const char *) { NULL });
  if (is_behind (self) && !forbid_writing (self, error))
    return FALSE;
  if (!strata_run_live (run, alone->step, alone->script, self, error))
    return FALSE;
  if (is_behind (self))
    return refuse (self, 1, _("it ends before that now: it was changed, or reads what they changed"), error);

  return strata_connection_reset_session (run->connection, error) && strata_alone_record (alone, self->number, error);
}

StrataOutcome
strata_run_live_alone (StrataAlone  *alone,
                       GError      **error)
{
  guint attempt = 0;

  for (;;)
    {
      g_auto(StrataLiveJournal) journal = { .alone = alone, .chain = g_checksum_new (G_CHECKSUM_SHA256) };
      guint done = alone->entry->done;
      StrataOutcome outcome = strata_run_open (alone->run, error);

      if (outcome == STRATA_OUTCOME_DONE && run_script (&journal, error))
        return outcome;

      strata_run_roll_back (alone->run);
      if (journal.kept > 0)
        allow_writing (&journal, NULL);
      if (outcome == STRATA_OUTCOME_MOVED || alone->entry->done > done || alone->entry->begun > done
          || !strata_run_retry (alone->run, &attempt, error))
        return outcome == STRATA_OUTCOME_MOVED ? outcome : STRATA_OUTCOME_FAILED;
    }
}
