/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A project of SQL revisions in a folder of its own, a database, and a run that writes down what it tells. */

#pragma once

#include <glib/gstdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/engine/run.h"
#include "core/revision/sql-file.h"

typedef struct
{
  char             *folder;
  char             *database;       /* SQLite's path */
  GPtrArray        *revisions;      /* StrataRevision, in file order */
  StrataConnection *connection;
  StrataRunRequest  request;
  const char       *targets[2];
  GString          *log;            /* a line an event */
  GCancellable     *cancellable;
  const char       *cancel_at;      /* the log line that makes it cancel */
  StrataRunReport  *report;
  GError           *error;
} Fixture;

static G_GNUC_UNUSED StrataConnection *
fixture_connect (const char *path,
                 gboolean    writable)
{
  StrataUrlParts parts = { .dialect = STRATA_DIALECT_SQLITE, .database = path };
  StrataConnectOptions options = { .writable = writable, .create = writable };
  g_autoptr(StrataUrl) url = strata_url_new (&parts);
  g_autoptr(GError) error = NULL;
  StrataConnection *connection = strata_connection_open (url, &options, NULL, &error);

  g_assert_no_error (error);

  return connection;
}

static G_GNUC_UNUSED void
fixture_set_up (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  memset (self, 0, sizeof *self);
  self->folder = g_dir_make_tmp ("strata-engine-XXXXXX", &error);
  g_assert_no_error (error);
  self->database = g_build_filename (self->folder, "test.db", NULL);
  self->revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_revision_unref);
  self->log = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  self->request = (StrataRunRequest) STRATA_RUN_REQUEST_INIT;
  self->request.project_key = self->folder;
  self->request.who = "ana";
  self->request.host = "ci";
  self->request.tool = "strata test";
  self->request.targets = self->targets;
}

static G_GNUC_UNUSED void
fixture_forget (Fixture *self)
{
  g_clear_pointer (&self->report, strata_run_report_unref);
  g_clear_error (&self->error);
  g_string_truncate (self->log, 0);
}

static G_GNUC_UNUSED void
fixture_remove_folder (const char *folder)
{
  g_autoptr(GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        fixture_remove_folder (path);
      else
        g_unlink (path);
    }

  g_rmdir (folder);
}

static G_GNUC_UNUSED void
fixture_tear_down (Fixture       *self,
                   gconstpointer  data)
{
  fixture_forget (self);
  if (self->connection != NULL)
    g_assert_finalize_object (self->connection);
  g_assert_finalize_object (self->cancellable);
  g_clear_pointer (&self->request.graph, strata_graph_unref);
  g_ptr_array_unref (self->revisions);
  g_string_free (self->log, TRUE);
  fixture_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->database);
}

/* Written again under the same id it replaces the file, as an editor would. */
static G_GNUC_UNUSED void
fixture_write (Fixture    *self,
               const char *id,
               const char *revises,
               const char *sections)
{
  g_autofree char *text = g_strdup_printf ("-- about %s\n--\n-- Revision: %s\n-- Revises: %s\n\n%s\n", id, id, revises,
                                           sections);
  g_autofree char *name = g_strconcat (id, "_x.sql", NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GError) error = NULL;
  StrataRevision *revision;

  strata_file_replace (path, text, -1, &error);
  g_assert_no_error (error);

  revision = strata_sql_header_read (path, text, strlen (text), findings);
  g_assert_nonnull (revision);
  g_assert_cmpuint (findings->len, ==, 0);

  for (guint i = 0; i < self->revisions->len; i++)
    if (g_str_equal (strata_revision_get_id (g_ptr_array_index (self->revisions, i)), id))
      {
        strata_revision_unref (revision);
        return;
      }

  g_ptr_array_add (self->revisions, revision);
}

static G_GNUC_UNUSED void
fixture_add (Fixture    *self,
             const char *id,
             const char *revises,
             const char *upgrade,
             const char *downgrade)
{
  g_autofree char *sections = g_strdup_printf ("-- strata:upgrade\n%s\n%s%s\n", upgrade,
                                               downgrade != NULL ? "-- strata:downgrade\n" : "",
                                               downgrade != NULL ? downgrade : "");

  fixture_write (self, id, revises, sections);
}

/* A chain of three, with downgrades: tables a, b and c. */
static G_GNUC_UNUSED void
fixture_add_chain (Fixture *self)
{
  fixture_add (self, "aaaa", "", "CREATE TABLE a (x INTEGER);", "DROP TABLE a;");
  fixture_add (self, "bbbb", "aaaa", "CREATE TABLE b (x INTEGER);\nINSERT INTO b VALUES (1), (2);", "DROP TABLE b;");
  fixture_add (self, "cccc", "bbbb", "CREATE TABLE c (x INTEGER);", "DROP TABLE c;");
}

static G_GNUC_UNUSED void
fixture_load (Fixture *self)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  g_clear_pointer (&self->request.graph, strata_graph_unref);
  self->request.graph = strata_graph_new (self->revisions, findings);
  g_assert_cmpuint (findings->len, ==, 0);
}

static G_GNUC_UNUSED void
fixture_note (const StrataRunEvent *event,
              gpointer              data)
{
  Fixture *self = data;
  gsize before = self->log->len;

  switch (event->kind)
    {
    case STRATA_EVENT_WAITING:
      g_string_append (self->log, "waiting");
      break;
    case STRATA_EVENT_PLANNED:
      g_string_append_printf (self->log, "planned %u", event->n_steps);
      break;
    case STRATA_EVENT_BACKUP:
      g_string_append (self->log, "backup");
      break;
    case STRATA_EVENT_STEP_BEGIN:
      g_string_append_printf (self->log, "step %u of %u", event->step_index + 1, event->n_steps);
      break;
    case STRATA_EVENT_STATEMENT_BEGIN:
      g_string_append_printf (self->log, "begin %u of %u", event->statement, event->n_statements);
      break;
    case STRATA_EVENT_STATEMENT_DONE:
      g_string_append_printf (self->log, "done %u of %u", event->statement, event->n_statements);
      break;
    case STRATA_EVENT_STATEMENT_SKIPPED:
      g_string_append_printf (self->log, "skipped %u of %u", event->statement, event->n_statements);
      break;
    case STRATA_EVENT_BLOCKED:
      g_string_append (self->log, "blocked");
      break;
    case STRATA_EVENT_NOTICE:
      g_string_append_printf (self->log, "notice %s", event->text);
      break;
    case STRATA_EVENT_PROGRAM:
      g_string_append_printf (self->log, "program %s", event->text);
      break;
    case STRATA_EVENT_OUTPUT:
      g_string_append_printf (self->log, "output %s", event->text);
      break;
    case STRATA_EVENT_RETRY:
      g_string_append_printf (self->log, "retry %u", event->attempt);
      break;
    case STRATA_EVENT_STEP_DONE:
      g_string_append_printf (self->log, "step done %u", event->step_index + 1);
      break;
    default:
      g_assert_not_reached ();
    }

  if (g_strcmp0 (self->log->str + before, self->cancel_at) == 0)
    g_cancellable_cancel (self->cancellable);

  g_string_append_c (self->log, '\n');
}

/* Opens the SQLite database where nothing is open yet. Returns whether it went well. */
static G_GNUC_UNUSED gboolean
fixture_run (Fixture       *self,
             StrataRunKind  kind,
             const char    *target)
{
  fixture_forget (self);
  if (self->connection == NULL)
    self->connection = fixture_connect (self->database, TRUE);
  if (self->request.graph == NULL)
    fixture_load (self);

  self->request.kind = kind;
  self->targets[0] = target;
  self->report = strata_engine_run (self->connection, &self->request, fixture_note, self, self->cancellable,
                                    &self->error);
  g_assert_nonnull (self->report);

  return self->error == NULL;
}

static G_GNUC_UNUSED void
fixture_must_run (Fixture       *self,
                  StrataRunKind  kind,
                  const char    *target)
{
  fixture_run (self, kind, target);
  g_assert_no_error (self->error);
}

static G_GNUC_UNUSED void
fixture_execute (Fixture    *self,
                 const char *sql)
{
  g_autoptr(GError) error = NULL;

  if (self->connection == NULL)
    self->connection = fixture_connect (self->database, TRUE);

  strata_connection_execute (self->connection, sql, -1, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The first column of all rows, with commas. */
static G_GNUC_UNUSED char *
fixture_query (Fixture    *self,
               const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRows) rows = strata_connection_query (self->connection, sql, NULL, 0, NULL, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                            strata_rows_get (rows, i, 0) != NULL ? strata_rows_get (rows, i, 0) : "NULL");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define fixture_assert_query(self, sql, expected) \
  G_STMT_START { \
    g_autofree char *answer_ = fixture_query (self, sql); \
    g_assert_cmpstr (answer_, ==, expected); \
  } G_STMT_END

#define fixture_assert_rows(self, expected) \
  fixture_assert_query (self, "SELECT version_num FROM alembic_version ORDER BY version_num", expected)

#define fixture_assert_says(text, part) \
  G_STMT_START { \
    if (strstr ((text) != NULL ? (text) : "", part) == NULL) \
      g_error ("“%s” does not say “%s”", text, part); \
  } G_STMT_END
