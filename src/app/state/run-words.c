/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/run-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Long ids are the other tools' habit; twelve characters are Alembic's. */
#define ID_LENGTH 12

char *
strata_run_words_dup_duration (gint64 time_us)
{
  gint64 seconds = time_us / G_USEC_PER_SEC;

  if (seconds >= 3600)
    /* Translators: hours and minutes that a run took. */
    return g_strdup_printf (_("%d h %d min"), (int) (seconds / 3600), (int) (seconds / 60 % 60));
  if (seconds >= 60)
    /* Translators: minutes and seconds that a run took. */
    return g_strdup_printf (_("%d min %d s"), (int) (seconds / 60), (int) (seconds % 60));
  if (seconds >= 10)
    return g_strdup_printf (_("%d s"), (int) seconds);
  if (time_us >= 100 * 1000)
    return g_strdup_printf (_("%.1f s"), time_us / 1e6);

  return time_us >= 1000 ? g_strdup_printf (_("%d ms"), (int) (time_us / 1000)) : g_strdup (_("under 1 ms"));
}

char *
strata_run_words_dup_title (StrataRunKind  kind,
                            const char    *database)
{
  switch (kind)
    {
    case STRATA_RUN_UPGRADE:
      /* Translators: the placeholder is a database. */
      return g_strdup_printf (_("Upgrade %s"), database);
    case STRATA_RUN_DOWNGRADE:
      return g_strdup_printf (_("Downgrade %s"), database);
    case STRATA_RUN_STAMP:
      return g_strdup_printf (_("Stamp %s"), database);
    case STRATA_RUN_ENSURE_VERSION:
    default:
      return g_strdup (database);
    }
}

char *
strata_run_words_dup_summary (const StrataPreview *preview,
                              const char          *database)
{
  guint n = preview->plan != NULL ? strata_plan_get_n_steps (preview->plan) : 0;
  g_autofree char *revisions = g_strdup_printf (ngettext ("%u revision", "%u revisions", n), n);
  g_autofree char *transactions = g_strdup_printf (ngettext ("%u transaction", "%u transactions",
                                                             preview->n_transactions), preview->n_transactions);

  if (n == 0)
    /* Translators: the placeholder is a database. */
    return g_strdup_printf (_("Nothing to do: %s is there already"), database);
  if (preview->one_transaction && n > 1)
    /* Translators: "3 revisions in one transaction, on app_dev". */
    return g_strdup_printf (_("%s in one transaction, on %s"), revisions, database);

  /* Translators: "3 revisions, 3 transactions, on app_dev". */
  return g_strdup_printf (_("%s, %s, on %s"), revisions, transactions, database);
}

static void
add_sentence (GString    *text,
              const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static void
add_unfinished (GString                 *text,
                const StrataLedgerEntry *entry)
{
  const char *action = strata_run_words_get_action (entry->action);
  g_autofree char *sentence = NULL;

  if (entry->n_statements == 0)
    /* Translators: "Upgrade", the id of a revision, and how many statements; nobody knows of how many. */
    sentence = g_strdup_printf (_("%s of %.12s was interrupted after statement %u, and goes on there."), action, entry->revision,
                                entry->done);
  else
    /* Translators: "Upgrade", the id of a revision, and how many statements of how many. */
    sentence = g_strdup_printf (_("%s of %.12s was interrupted after %u of %u statements, and goes on there."), action,
                                entry->revision, entry->done, entry->n_statements);

  add_sentence (text, sentence);
}

char *
strata_run_words_dup_remarks (const StrataPreview *preview)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < preview->unfinished->len; i++)
    add_unfinished (text, g_ptr_array_index (preview->unfinished, i));

  if (preview->program != NULL)
    {
      /* Translators: a command line, and why it is that one ("because of uv.lock"). */
      g_autofree char *handed = g_strdup_printf (_("What needs Python is run by the project’s own Alembic: %s (%s)."),
                                                 preview->program, preview->program_reason);

      add_sentence (text, handed);
    }
  if (preview->n_alone > 0)
    {
      g_autofree char *alone =
        g_strdup_printf (ngettext ("%u statement runs outside of a transaction: what it did stays if something fails after it.",
                                   "%u statements run outside of a transaction: what they did stays if something fails after them.",
                                   preview->n_alone), preview->n_alone);

      add_sentence (text, alone);
    }
  if (preview->makes_file)
    add_sentence (text, _("The database file is made by this run."));
  if (preview->makes_copy)
    add_sentence (text, _("A copy of the database is kept first."));

  return g_strdup (text->str);
}

/* The message of the first step that has a finding so grave, or its id where it has none. */
static const char *
name_first_found (const StrataPreview *preview,
                  StrataSeverity       severity)
{
  for (guint i = 0; i < preview->findings->len; i++)
    {
      GPtrArray *findings = strata_preview_get_findings (preview, i);
      const StrataRevision *revision = strata_plan_get_step (preview->plan, i)->revision;
      const char *message = findings != NULL ? strata_revision_get_message (revision) : NULL;

      if (findings != NULL && strata_findings_count (findings, severity) > 0)
        return *message != '\0' ? message : strata_revision_get_id (revision);
    }

  return "";
}

char *
strata_run_words_dup_findings (const StrataPreview *preview)
{
  guint n_errors = strata_preview_count_findings (preview, STRATA_SEVERITY_ERROR);
  guint n_warnings = strata_preview_count_findings (preview, STRATA_SEVERITY_WARNING);

  if (n_errors > 0)
    /* Translators: the placeholders are how many, and the message of a revision. */
    return g_strdup_printf (ngettext ("Checks finds %u error, in “%s” below. The run most likely fails there.",
                                      "Checks finds %u errors, the first in “%s” below. The run most likely fails there.",
                                      n_errors), n_errors, name_first_found (preview, STRATA_SEVERITY_ERROR));
  if (n_warnings > 0)
    /* Translators: the placeholders are how many, and the message of a revision. */
    return g_strdup_printf (ngettext ("Checks has %u warning, about “%s” below.",
                                      "Checks has %u warnings, the first about “%s” below.", n_warnings),
                            n_warnings, name_first_found (preview, STRATA_SEVERITY_WARNING));

  return NULL;
}

static char *
dup_rows (const StrataPreviewLoss *loss)
{
  if (loss->known == STRATA_ROWS_COUNTED)
    return g_strdup_printf (ngettext ("%'d row", "%'d rows", loss->rows), (int) loss->rows);

  return g_strdup_printf (ngettext ("about %'d row (the server’s estimate)", "about %'d rows (the server’s estimate)",
                                    loss->rows), (int) loss->rows);
}

static char *
dup_subject (const StrataPreviewLoss *loss)
{
  switch (loss->kind)
    {
    case STRATA_LOSS_TABLE:
      return g_strdup_printf (_("Drops the table %s"), loss->name);
    case STRATA_LOSS_COLUMN:
      /* Translators: a column, then its table. */
      return g_strdup_printf (_("Drops the column %s of %s"), loss->column, loss->name);
    case STRATA_LOSS_ROWS:
      /* Translators: a table, then the words of SQL, "DELETE without WHERE". */
      return g_strdup_printf (_("Empties %s (%s)"), loss->name, loss->words);
    case STRATA_LOSS_MORE:
    default:
      /* Translators: words of SQL and a name, "DROP SCHEMA shop". */
      return g_strdup_printf (_("%s %s, with all that is in it or uses it"), loss->words, loss->name);
    }
}

char *
strata_run_words_dup_loss (const StrataPreviewLoss *loss)
{
  g_autofree char *subject = dup_subject (loss);
  g_autofree char *rows = NULL;

  if (loss->kind == STRATA_LOSS_MORE)
    return g_steal_pointer (&subject);
  if (loss->known == STRATA_ROWS_NOT_THERE)
    /* Translators: the placeholder is "Drops the table lamps". */
    return g_strdup_printf (_("%s, which this run makes itself"), subject);
  if (loss->known == STRATA_ROWS_UNKNOWN)
    return g_strdup_printf (_("%s; how many rows that is could not be counted in time"), subject);
  if (loss->known == STRATA_ROWS_COUNTED && loss->rows == 0)
    return loss->kind == STRATA_LOSS_COLUMN ? g_strdup_printf (_("%s, which is empty in every row"), subject)
                                            : g_strdup_printf (_("%s, which is empty"), subject);

  rows = dup_rows (loss);
  if (loss->kind == STRATA_LOSS_COLUMN && loss->known == STRATA_ROWS_COUNTED)
    /* Translators: "Drops the column a of b, which has a value in 3 rows". */
    return g_strdup_printf (_("%s, which has a value in %s"), subject, rows);

  /* Translators: "Drops the table lamps: 3 rows". */
  return g_strdup_printf (_("%s: %s"), subject, rows);
}

char *
strata_run_words_dup_first_run (const StrataPreview *preview,
                                const char          *database)
{
  switch (preview->first_run)
    {
    case STRATA_FIRST_RUN_STRANGE:
      return g_strdup_printf (_("This project has never run on %s, which is not empty and does not look like this "
                                "project’s. Is it the right database?"), database);
    case STRATA_FIRST_RUN_OURS:
      return g_strdup_printf (_("Strata has never run this project on %s; its version rows are this project’s."), database);
    case STRATA_FIRST_RUN_EMPTY:
      return preview->makes_file ? NULL
                                 : g_strdup_printf (_("This project has never run on %s, which is empty."), database);
    case STRATA_FIRST_RUN_NO:
    default:
      return NULL;
    }
}

static char *
dup_place (const StrataRunReport *report)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; report->rows[i] != NULL; i++)
    g_string_append_printf (text, "%s%.*s", i > 0 ? ", " : "", ID_LENGTH, report->rows[i]);

  return text->len > 0 ? g_strdup (text->str) : g_strdup (_("the beginning, before the first revision"));
}

char *
strata_run_words_dup_done (const char            *database,
                           const StrataRunReport *report)
{
  g_autofree char *place = dup_place (report);
  g_autofree char *time = strata_run_words_dup_duration (report->time_us);
  g_autofree char *steps = g_strdup_printf (ngettext ("%u step", "%u steps", report->n_done), report->n_done);

  if (report->n_done == 0)
    return g_strdup_printf (_("%s was at %s already: others were faster"), database, place);

  /* Translators: "app_dev is at 3f1a2b4c5d6e (3 steps, 0.4 s)". */
  return g_strdup_printf (_("%s is at %s (%s, %s)"), database, place, steps, time);
}

char *
strata_run_words_dup_progress (StrataRunJob *job)
{
  const StrataRunProgress *progress = strata_run_job_get_progress (job);
  const char *database = strata_run_job_get_title (job);
  const char *what = progress->message != NULL && *progress->message != '\0' ? progress->message : progress->revision;

  if (strata_run_job_is_stopping (job))
    return g_strdup (_("Stopping…"));
  if (progress->state == STRATA_RUN_JOB_CONNECTING)
    return g_strdup_printf (_("Connecting to %s…"), database);
  if (g_str_equal (strata_run_job_get_action (job), "restore"))
    return g_strdup_printf (_("Putting the copy of %s back…"), database);
  if (progress->step == 0)
    return g_strdup_printf (progress->state == STRATA_RUN_JOB_WAITING ? _("Waiting to begin on %s…")
                                                                      : _("Preparing the run on %s…"), database);
  if (what == NULL)
    return g_strdup_printf (_("Step %u of %u"), progress->step, progress->n_steps);

  /* Translators: number, number, and the message of a revision. */
  return g_strdup_printf (_("Step %u of %u · %s"), progress->step, progress->n_steps, what);
}

char *
strata_run_words_dup_waiting (StrataRunJob *job)
{
  const StrataRunProgress *progress = strata_run_job_get_progress (job);

  if (progress->state == STRATA_RUN_JOB_CONNECTING)
    return g_strdup (progress->holder);
  if (progress->state != STRATA_RUN_JOB_WAITING)
    return NULL;
  if (progress->holder == NULL)
    return g_strdup (_("Waiting for a lock; who holds it is not known"));

  /* Translators: the server's description of who holds a lock. */
  return g_strdup_printf (_("Waiting for a lock: %s"), progress->holder);
}

static char *
dup_restored (StrataRunJob *job)
{
  const StrataCopy *copy = strata_run_job_get_restored (job);
  g_autofree char *rows = g_strjoinv (", ", copy->rows);

  /* Translators: a database, a place in the history, and why the copy was made, "before upgrade head". */
  return g_strdup_printf (_("%s is back at %s, as it was %s"), strata_run_job_get_title (job),
                          *rows != '\0' ? rows : _("the beginning"), copy->reason);
}

static char *
dup_stopped (StrataRunJob *job)
{
  StrataRunReport *report = strata_run_job_get_report (job);
  const char *database = strata_run_job_get_title (job);
  g_autofree char *place = NULL;

  if (report == NULL || report->n_done == 0)
    return g_strdup_printf (_("Stopped: nothing was changed on %s"), database);

  place = dup_place (report);

  return g_strdup_printf (ngettext ("Stopped after %u of %u step: %s is at %s", "Stopped after %u of %u steps: %s is at %s",
                                    report->steps->len), report->n_done, report->steps->len, database, place);
}

char *
strata_run_words_dup_end (StrataRunJob *job)
{
  const char *database = strata_run_job_get_title (job);

  switch (strata_run_job_get_progress (job)->state)
    {
    case STRATA_RUN_JOB_DONE:
      return strata_run_job_get_restored (job) != NULL
             ? dup_restored (job)
             : strata_run_words_dup_done (database, strata_run_job_get_report (job));
    case STRATA_RUN_JOB_CANCELLED:
      return dup_stopped (job);
    case STRATA_RUN_JOB_FAILED:
      return g_strdup_printf (_("The run on %s failed"), database);
    case STRATA_RUN_JOB_CONNECTING:
    case STRATA_RUN_JOB_WAITING:
    case STRATA_RUN_JOB_RUNNING:
    default:
      return g_strdup_printf (_("A run changes %s"), database);
    }
}

static void
add_fact (GString    *facts,
          const char *name,
          const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (facts, "%s%s: %s", facts->len > 0 ? "\n" : "", name, value);
}

char *
strata_run_words_dup_facts (const StrataRunFailure *failure,
                            const char             *error)
{
  g_autoptr(GString) facts = g_string_new (NULL);

  if (failure->message != NULL && strstr (error, failure->message) == NULL)
    add_fact (facts, _("The server says"), failure->message);
  add_fact (facts, _("Detail"), failure->detail);
  add_fact (facts, _("Hint"), failure->hint);
  add_fact (facts, _("Code"), failure->code);

  return g_utf8_make_valid (facts->str, facts->len);
}

char *
strata_run_words_dup_state (const StrataRunReport *report)
{
  g_autoptr(GString) state = g_string_new (NULL);

  add_fact (state, _("In the database"), report->in_database);
  add_fact (state, _("Not in it"), report->not_in_database);

  return g_strdup (state->str);
}

const char *
strata_run_words_get_action (const char *action)
{
  static const struct
  {
    const char *action;
    const char *words;
  } all[] = {
    { "upgrade", N_("Upgrade") },
    { "downgrade", N_("Downgrade") },
    { "stamp", N_("Stamp") },
    { "restore", N_("Restore") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_strcmp0 (all[i].action, action) == 0)
      return _(all[i].words);

  return action;
}
