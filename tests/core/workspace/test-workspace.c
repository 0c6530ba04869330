/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/workspace.h"

#include "core/workspace/fixture.h"

static void
add_profile (Fixture                  *self,
             const char               *name,
             const char               *url,
             StrataProfileEnvironment  environment,
             gboolean                  is_protected,
             gint64                    lock_timeout)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataUrl) parsed = strata_url_parse (url, &error);
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autoptr(StrataProfile) profile = NULL;

  fields.name = name;
  fields.project = self->folder;
  fields.url = parsed;
  fields.environment = environment;
  fields.is_protected = is_protected;
  fields.lock_timeout = lock_timeout;
  fields.statement_timeout = lock_timeout;
  profile = strata_profile_new (&fields, &error);
  g_assert_no_error (error);
  g_assert_true (strata_profiles_add (profile, &error));
  g_assert_no_error (error);
}

static void
test_open (Fixture       *self,
           gconstpointer  data)
{
  const StrataWorkspaceRequest nowhere = { .project = { .folder = "/" } };
  g_autoptr(GError) error = NULL;
  StrataDatabaseChoice *choice = strata_workspace_get_choice (self->workspace, &error);

  g_assert_no_error (error);
  g_assert_true (choice == strata_workspace_get_choice (self->workspace, NULL));
  g_assert_true (strata_workspace_is_missing_file (strata_database_choice_get_url (choice)));
  g_assert_null (strata_workspace_get_profile (self->workspace));
  g_assert_false (strata_workspace_is_protected (self->workspace));
  g_assert_cmpint (strata_workspace_get_environment (self->workspace), ==, STRATA_PROFILE_DEVELOPMENT);
  g_assert_cmpint (strata_workspace_get_password_origin (self->workspace), ==, 0);

  g_assert_null (strata_workspace_open (&nowhere, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT);
}

static void
test_rows (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(StrataConnection) before = fixture_connect (self, FALSE);
  g_autoptr(StrataConnection) after = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) none = strata_workspace_read_rows (self->workspace, before, NULL, &error);
  g_auto(GStrv) one = NULL;

  g_assert_no_error (error);
  g_assert_null (none[0]);

  fixture_run (self, STRATA_RUN_UPGRADE, "aaaa");
  after = fixture_connect (self, FALSE);
  one = strata_workspace_read_rows (self->workspace, after, NULL, &error);
  g_assert_cmpstr (one[0], ==, "aaaa");
  g_assert_null (one[1]);
}

static void
test_bad_choices (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr(StrataWorkspace) bad_url = fixture_open_as (self, NULL, "banana", NULL);
  g_autoptr(StrataWorkspace) no_profile = fixture_open_as (self, "nope", NULL, NULL);
  const StrataConnectRequest request = { .command = "test" };
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_workspace_get_choice (bad_url, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_null (strata_workspace_connect (no_profile, &request, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
}

/* Looking goes on where two sources disagree; changing does not. */
static void
test_conflict (Fixture       *self,
               gconstpointer  data)
{
  const char *environment[] = { "DATABASE_URL=sqlite:///other.db", NULL };
  g_autoptr(StrataWorkspace) workspace = fixture_open_as (self, NULL, NULL, environment);
  StrataConnectRequest request = { .command = "test" };
  g_autoptr(StrataConnection) connection = strata_workspace_connect (workspace, &request, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (connection);
  request.writable = TRUE;
  g_assert_null (strata_workspace_connect (workspace, &request, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_WHICH_DATABASE);
}

#ifdef HAVE_POSTGRESQL
static void
count_waits (const char *why,
             gpointer    user_data)
{
  guint *n = user_data;

  g_assert_nonnull (strstr (why, "127.0.0.1"));
  (*n)++;
}
#endif

static void
test_waiting (Fixture       *self,
              gconstpointer  data)
{
#ifdef HAVE_POSTGRESQL
  g_autoptr(StrataWorkspace) workspace = fixture_open_as (self, NULL, "postgresql://ana@127.0.0.1:1/x", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  guint n = 0;
  StrataConnectRequest request = { .command = "test", .wait_ms = 300, .waiting = count_waits, .user_data = &n };

  g_assert_null (strata_workspace_connect (workspace, &request, cancellable, &error));
  g_assert_cmpint (strata_workspace_error_exit_status (error), ==, 7);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 3);
  g_clear_error (&error);

  request.wait_ms = 60 * 1000;
  g_cancellable_cancel (cancellable);
  g_assert_null (strata_workspace_connect (workspace, &request, cancellable, &error));
  g_assert_cmpint (strata_workspace_error_exit_status (error), ==, 130);
#else
  g_test_skip ("built without PostgreSQL");
#endif
}

/* Whose limits a run has: its own, else the profile's, else careful ones where other people work. */
static void
test_run_request (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr(StrataWorkspace) far = fixture_open_as (self, NULL, "postgresql://db1.example.org/x", NULL);
  g_autoptr(StrataWorkspace) named = NULL;
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  StrataRunRequest request = strata_workspace_run_request (self->workspace, STRATA_DIALECT_SQLITE, &options);

  g_assert_cmpint (request.lock_timeout_ms, ==, -1);
  g_assert_cmpint (request.lock_wait_ms, ==, STRATA_DEFAULT_LOCK_WAIT_MS);
  g_assert_cmpint (request.transaction, ==, STRATA_TRANSACTION_PER_REVISION);
  g_assert_true (request.backup);
  g_assert_cmpstr (request.project_key, ==, self->folder);
  g_assert_cmpstr (request.version_table.name, ==, "alembic_version");

  g_assert_nonnull (strata_workspace_get_choice (far, NULL));
  g_assert_cmpint (strata_workspace_get_environment (far), ==, STRATA_PROFILE_PRODUCTION);
  request = strata_workspace_run_request (far, STRATA_DIALECT_POSTGRESQL, &options);
  g_assert_cmpint (request.lock_timeout_ms, ==, 5000);

  add_profile (self, "slow", "postgresql://db2.example.org/x", STRATA_PROFILE_STAGING, TRUE, 700);
  named = fixture_open_as (self, "slow", NULL, NULL);
  g_assert_nonnull (strata_workspace_get_choice (named, NULL));
  g_assert_true (strata_workspace_is_protected (named));
  g_assert_cmpint (strata_workspace_get_environment (named), ==, STRATA_PROFILE_STAGING);
  options.single_transaction = TRUE;
  options.no_backup = TRUE;
  request = strata_workspace_run_request (named, STRATA_DIALECT_POSTGRESQL, &options);
  g_assert_cmpint (request.lock_timeout_ms, ==, 700);
  g_assert_cmpint (request.statement_timeout_ms, ==, 700);
  g_assert_cmpint (request.transaction, ==, STRATA_TRANSACTION_PER_RUN);
  g_assert_false (request.backup);
  options.lock_timeout_ms = 0;
  g_assert_cmpint (strata_workspace_run_request (named, STRATA_DIALECT_POSTGRESQL, &options).lock_timeout_ms, ==, 0);
}

/* A database that a profile knows is treated as it says, however it was named. */
static void
test_profile (Fixture       *self,
              gconstpointer  data)
{
  const StrataConnectRequest request = { .command = "test" };
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  add_profile (self, "here", self->url, STRATA_PROFILE_DEVELOPMENT, TRUE, -1);
  fixture_open (self);
  g_assert_nonnull (strata_workspace_get_choice (self->workspace, &error));
  g_assert_no_error (error);
  g_assert_true (strata_workspace_is_protected (self->workspace));

  connection = strata_workspace_test_profile (strata_workspace_get_profile (self->workspace), NULL, &request, NULL,
                                              &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (strata_connection_get_server (connection), "SQLite "));
}

static void
test_restore (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(StrataCopy) copy = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) rows = NULL;

  fixture_run (self, STRATA_RUN_UPGRADE, "aaaa");
  fixture_run (self, STRATA_RUN_UPGRADE, "bbbb");
  connection = fixture_connect (self, TRUE);
  g_assert_null (strata_workspace_restore (self->workspace, connection, "nope", NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
  g_clear_error (&error);

  copy = strata_workspace_restore (self->workspace, connection, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (copy->rows[0], ==, "aaaa");
  rows = strata_workspace_read_rows (self->workspace, connection, NULL, &error);
  g_assert_cmpstr (rows[0], ==, "aaaa");
}

#define ADD(name, function) \
  g_test_add ("/workspace/workspace/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_autoptr(TestFolder) home = fixture_private_home ();

  g_test_init (&argc, &argv, NULL);

  ADD ("open", test_open);
  ADD ("rows", test_rows);
  ADD ("bad-choices", test_bad_choices);
  ADD ("conflict", test_conflict);
  ADD ("waiting", test_waiting);
  ADD ("run-request", test_run_request);
  ADD ("profile", test_profile);
  ADD ("restore", test_restore);

  return g_test_run ();
}
