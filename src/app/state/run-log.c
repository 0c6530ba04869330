/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/run-log.h"

#include <glib/gi18n.h>

#include "app/state/run-words.h"
#include "core/workspace/log.h"

static void
append_comment (GString    *text,
                const char *comment)
{
  g_auto(GStrv) lines = NULL;

  if (comment == NULL || *comment == '\0')
    return;

  lines = g_strsplit (comment, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "-- %s\n", lines[i]);
}

static char *
say_effect (const StrataRunLogLine *line)
{
  g_autofree char *time = strata_run_words_dup_duration (line->time_us);
  g_autofree char *rows = NULL;

  if (line->rows < 0)
    return g_steal_pointer (&time);

  rows = g_strdup_printf (ngettext ("%'d row", "%'d rows", line->rows), (int) line->rows);

  /* Translators: how many rows a statement changed, and how long it took. */
  return g_strdup_printf (_("%s, %s"), rows, time);
}

static void
append_statement (GString                *text,
                  const StrataRunLogLine *line)
{
  g_string_append_printf (text, "%s;\n", line->text);
  if (line->time_us >= 0)
    {
      g_autofree char *effect = say_effect (line);

      append_comment (text, effect);
    }
}

static void
append_line (GString                *text,
             const StrataRunLogLine *line)
{
  g_autofree char *comment = NULL;

  if (line->severity == NULL)
    {
      append_statement (text, line);
      return;
    }

  if (g_str_equal (line->severity, "SKIPPED"))
    comment = g_strdup_printf (_("Done already by an earlier run: %s"), line->text);
  else if (g_str_equal (line->severity, "RETRY"))
    comment = g_strdup_printf (_("The step begins anew: %s"), line->text);
  else
    comment = g_strdup_printf ("%s: %s", line->severity, line->text);
  append_comment (text, comment);
}

char *
strata_run_log_dup_lines (StrataRunJob *job,
                          guint         from,
                          guint         to)
{
  GPtrArray *log = strata_run_job_get_log (job);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    {
      const StrataRunLogLine *line = g_ptr_array_index (log, i);
      const StrataRunLogLine *before = i > 0 ? g_ptr_array_index (log, i - 1) : NULL;

      if (line->revision != NULL && (before == NULL || g_strcmp0 (before->revision, line->revision) != 0))
        g_string_append_printf (text, "%s-- %s\n", i > 0 ? "\n" : "", line->revision);
      append_line (text, line);
    }

  return g_utf8_make_valid (text->str, text->len);
}

guint
strata_run_log_count_final (StrataRunJob *job)
{
  GPtrArray *log = strata_run_job_get_log (job);

  if (strata_run_job_has_ended (job))
    return log->len;

  for (guint i = log->len; i > 0; i--)
    {
      const StrataRunLogLine *line = g_ptr_array_index (log, i - 1);

      if (line->severity == NULL)
        return line->time_us >= 0 ? log->len : i - 1;
    }

  return log->len;
}

char *
strata_run_log_dup_head (StrataRunRecord *record,
                         const char      *database)
{
  g_autoptr(GDateTime) began = g_date_time_new_from_unix_local (strata_run_record_get_began (record) / G_USEC_PER_SEC);
  g_autofree char *title = strata_run_record_dup_title (record);
  g_autofree char *moment = g_date_time_format (began, "%c");
  g_autofree char *who = strata_run_record_dup_who (record);
  g_autofree char *result = strata_run_record_dup_result (record);
  g_autofree char *time = strata_run_words_dup_duration (strata_run_record_get_duration (record));
  g_autofree char *lines = g_strdup_printf ("%s: %s\n%s, %s\n%s, %s", database, title, moment, who, result, time);
  g_autoptr(GString) text = g_string_new (NULL);

  append_comment (text, lines);

  return g_strdup (text->str);
}

char *
strata_run_log_dup_tail (StrataRunRecord *record)
{
  StrataRunJob *job = strata_run_record_get_job (record);
  const GError *error = job != NULL ? strata_run_job_get_error (job) : NULL;
  StrataRunReport *report = job != NULL ? strata_run_job_get_report (job) : NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  if (error == NULL)
    return g_strdup ("");

  append_comment (text, error->message);
  if (report != NULL)
    {
      g_autofree char *facts = report->failure != NULL ? strata_run_words_dup_facts (report->failure, error->message) : NULL;
      g_autofree char *state = strata_run_words_dup_state (report);

      append_comment (text, facts);
      append_comment (text, state);
      append_comment (text, report->next_steps[0]);
      append_comment (text, report->next_steps[1]);
    }

  return g_utf8_make_valid (text->str, text->len);
}

static const char *
name_state (StrataLedgerState state)
{
  switch (state)
    {
    case STRATA_LEDGER_DONE:
      return C_("a step of a run", "done");
    case STRATA_LEDGER_FAILED:
      return C_("a step of a run", "failed");
    case STRATA_LEDGER_CANCELLED:
      return C_("a step of a run", "stopped");
    case STRATA_LEDGER_RUNNING:
    default:
      return C_("a step of a run", "not finished");
    }
}

static void
append_entry (GString                 *text,
              const StrataLedgerEntry *entry,
              const char              *script)
{
  g_autofree char *time = strata_run_words_dup_duration (entry->duration_us);

  g_string_append_printf (text, "%s-- %s %s, %s, %s\n", text->len > 0 ? "\n" : "",
                          strata_run_words_get_action (entry->action), entry->revision,
                          name_state (entry->state), time);
  append_comment (text, entry->error);
  if (script != NULL)
    g_string_append_printf (text, "\n%s", script);
  else if (entry->hash != NULL)
    append_comment (text, _("The text is not known"));
}

static gpointer
ask_texts (StrataWorkspace   *workspace,
           StrataConnection  *connection,
           gpointer           data,
           GCancellable      *cancellable,
           GError           **error)
{
  GPtrArray *entries = data;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(StrataLedger) ledger = connection != NULL
                                   ? strata_workspace_open_ledger (workspace, connection, cancellable, NULL)
                                   : NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const StrataLedgerEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *script = ledger != NULL
                                ? strata_ledger_dup_script_of (ledger, entry->id, cancellable, NULL)
                                : NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      append_entry (text, entry, script);
    }

  return g_utf8_make_valid (text->str, text->len);
}

void
strata_run_log_ask_async (StrataSession       *session,
                          StrataRunRecord     *record,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GPtrArray *entries = strata_run_record_get_entries (record);

  strata_session_ask_async (session, STRATA_ASK_DATABASE, ask_texts, g_ptr_array_ref (entries),
                            (GDestroyNotify) g_ptr_array_unref, g_free, cancellable, callback, user_data);
}

char *
strata_run_log_ask_finish (StrataSession  *session,
                           GAsyncResult   *result,
                           GError        **error)
{
  return strata_session_ask_finish (session, result, error);
}
