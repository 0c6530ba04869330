/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/ledger/journal.h"
#include "core/ledger/local.h"

typedef struct
{
  char                *folder;
  char                *path;
  StrataConnection    *connection;
  StrataLedgerOptions  options;
  StrataLedger        *ledger;
} Fixture;

static StrataConnection *
connect_to (const char *path,
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

static void
open_ledger (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->ledger, strata_ledger_free);
  self->ledger = strata_ledger_open (self->connection, &self->options, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *self,
        gconstpointer  mode)
{
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("strata-ledger-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "test.db", NULL);
  self->connection = connect_to (self->path, TRUE);
  self->options = (StrataLedgerOptions) { GPOINTER_TO_INT (mode), NULL, "alembic_version", self->folder };
  open_ledger (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  mode)
{
  g_clear_pointer (&self->ledger, strata_ledger_free);
  g_assert_finalize_object (self->connection);
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static void
ensure (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  strata_ledger_ensure (self->ledger, NULL, &error);
  g_assert_no_error (error);
}

static void
append (Fixture           *self,
        const char        *revision,
        const char        *action,
        StrataLedgerState  state,
        guint              begun,
        const char        *script)
{
  g_autoptr(StrataLedgerEntry) entry = g_new0 (StrataLedgerEntry, 1);
  g_autoptr(GError) error = NULL;

  entry->run = g_strdup ("run1");
  entry->revision = g_strdup (revision);
  entry->action = action;
  entry->started = strata_ledger_timestamp ();
  entry->script = g_strdup (script);
  entry->hash = g_strdup ("hash");
  entry->state = state;
  entry->begun = begun;

  strata_ledger_append (self->ledger, entry, NULL, &error);
  g_assert_no_error (error);
}

/* The revisions of the entries, with commas. */
static char *
take_names (GPtrArray *entries)
{
  g_autoptr(GPtrArray) owned = entries;
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_nonnull (entries);
  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                            ((StrataLedgerEntry *) g_ptr_array_index (entries, i))->revision);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define assert_names(entries, expected) \
  G_STMT_START { \
    g_autofree char *names_ = take_names (entries); \
    g_assert_cmpstr (names_, ==, expected); \
  } G_STMT_END

static void
test_absent (Fixture       *self,
             gconstpointer  mode)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (strata_ledger_exists (self->ledger));
  assert_names (strata_ledger_read (self->ledger, 0, TRUE, NULL, &error), "");
  assert_names (strata_ledger_read_applied (self->ledger, TRUE, NULL, &error), "");
  assert_names (strata_ledger_read_unfinished (self->ledger, NULL, &error), "");
  g_assert_null (strata_ledger_dup_script (self->ledger, "a", NULL, &error));
  g_assert_no_error (error);

  /* Reading made nothing. */
  open_ledger (self);
  g_assert_false (strata_ledger_exists (self->ledger));
}

/* Two runs that open it at the same time: the second one finds what the first one made. */
static void
test_made_meanwhile (Fixture       *self,
                     gconstpointer  mode)
{
  g_autoptr(StrataLedger) early = g_steal_pointer (&self->ledger);
  g_autoptr(StrataLedger) late = NULL;
  g_autoptr(GError) error = NULL;

  open_ledger (self);
  late = g_steal_pointer (&self->ledger);
  open_ledger (self);
  ensure (self);
  append (self, "half", "upgrade", STRATA_LEDGER_FAILED, 1, "");

  g_assert_false (strata_ledger_exists (early));
  g_assert_true (strata_ledger_look (early, NULL, &error));
  g_assert_no_error (error);
  assert_names (strata_ledger_read_unfinished (early, NULL, &error), "half");
  g_assert_true (strata_ledger_ensure (late, NULL, &error));
  g_assert_no_error (error);
  assert_names (strata_ledger_read_unfinished (late, NULL, &error), "half");
}

static void
test_reads_back (Fixture       *self,
                 gconstpointer  mode)
{
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GError) error = NULL;
  const StrataLedgerEntry *newest;

  ensure (self);
  append (self, "a", "upgrade", STRATA_LEDGER_DONE, 0, "text \"é\" of a");
  append (self, "b", "upgrade", STRATA_LEDGER_FAILED, 0, "bad \xff byte");
  open_ledger (self);

  entries = strata_ledger_read (self->ledger, 0, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  newest = g_ptr_array_index (entries, 0);
  g_assert_cmpstr (newest->revision, ==, "b");
  g_assert_cmpint (newest->state, ==, STRATA_LEDGER_FAILED);
  g_assert_cmpstr (newest->action, ==, "upgrade");
  g_assert_cmpstr (newest->hash, ==, "hash");
  g_assert_true (g_utf8_validate (newest->script, -1, NULL));
  g_assert_null (newest->who);
  g_assert_cmpint (newest->id, >, ((StrataLedgerEntry *) g_ptr_array_index (entries, 1))->id);

  assert_names (strata_ledger_read (self->ledger, 1, FALSE, NULL, &error), "b");
}

static void
test_applied (Fixture       *self,
              gconstpointer  mode)
{
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *script = NULL;

  ensure (self);
  append (self, "b", "upgrade", STRATA_LEDGER_DONE, 0, "b");
  append (self, "a", "upgrade", STRATA_LEDGER_DONE, 0, "first");
  append (self, "a", "downgrade", STRATA_LEDGER_DONE, 0, "first");
  append (self, "a", "upgrade", STRATA_LEDGER_DONE, 0, "second");
  append (self, "a", "upgrade", STRATA_LEDGER_FAILED, 0, "third");
  append (self, "c", "upgrade", STRATA_LEDGER_FAILED, 0, "c");

  entries = strata_ledger_read_applied (self->ledger, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (((StrataLedgerEntry *) g_ptr_array_index (entries, 0))->script, ==, "second");

  script = strata_ledger_dup_script (self->ledger, "a", NULL, &error);
  g_assert_cmpstr (script, ==, "third");
}

static void
test_unfinished (Fixture       *self,
                 gconstpointer  mode)
{
  g_autoptr(GError) error = NULL;

  ensure (self);
  append (self, "rolled-back", "upgrade", STRATA_LEDGER_FAILED, 0, "");
  append (self, "finished", "upgrade", STRATA_LEDGER_FAILED, 2, "");
  append (self, "finished", "upgrade", STRATA_LEDGER_DONE, 3, "");
  append (self, "half", "upgrade", STRATA_LEDGER_CANCELLED, 2, "");
  append (self, "killed", "downgrade", STRATA_LEDGER_RUNNING, 1, "");
  append (self, "killed", "downgrade", STRATA_LEDGER_FAILED, 2, "");
  assert_names (strata_ledger_read_unfinished (self->ledger, NULL, &error), "half,killed");

  append (self, "x", "stamp", STRATA_LEDGER_DONE, 0, NULL);
  assert_names (strata_ledger_read_unfinished (self->ledger, NULL, &error), "");
}

static void
test_journal (Fixture       *self,
              gconstpointer  mode)
{
  g_autoptr(StrataLedgerEntry) entry = g_new0 (StrataLedgerEntry, 1);
  g_autoptr(GPtrArray) unfinished = NULL;
  g_autoptr(GError) error = NULL;

  ensure (self);
  entry->run = g_strdup ("run1");
  entry->revision = g_strdup ("a");
  entry->action = "upgrade";
  entry->started = strata_ledger_timestamp ();
  strata_ledger_journal_open (self->ledger, entry, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (entry->id, >, 0);
  assert_names (strata_ledger_read_unfinished (self->ledger, NULL, &error), "");

  entry->begun = 2;
  entry->done = 1;
  strata_ledger_journal_mark (self->ledger, entry, NULL, &error);
  g_assert_no_error (error);
  strata_ledger_close_dead (self->ledger, NULL, &error);
  g_assert_no_error (error);

  unfinished = strata_ledger_read_unfinished (self->ledger, NULL, &error);
  g_assert_cmpuint (unfinished->len, ==, 1);
  g_assert_cmpint (((StrataLedgerEntry *) g_ptr_array_index (unfinished, 0))->state, ==, STRATA_LEDGER_FAILED);
  g_assert_cmpuint (((StrataLedgerEntry *) g_ptr_array_index (unfinished, 0))->begun, ==, 2);
  g_assert_cmpuint (((StrataLedgerEntry *) g_ptr_array_index (unfinished, 0))->done, ==, 1);

  entry->state = STRATA_LEDGER_DONE;
  strata_ledger_journal_mark (self->ledger, entry, NULL, &error);
  g_assert_no_error (error);
  assert_names (strata_ledger_read_unfinished (self->ledger, NULL, &error), "");
  assert_names (strata_ledger_read (self->ledger, 0, FALSE, NULL, &error),
                GPOINTER_TO_INT (mode) == STRATA_LEDGER_OFF ? "" : "a");
}

/* Two projects, two version tables, one schema. */
static void
test_not_of_others (Fixture       *self,
                    gconstpointer  mode)
{
  g_autoptr(GError) error = NULL;

  ensure (self);
  append (self, "a", "upgrade", STRATA_LEDGER_DONE, 0, "");
  self->options.version_table = "their_version";
  open_ledger (self);
  g_assert_true (strata_ledger_exists (self->ledger));
  assert_names (strata_ledger_read (self->ledger, 0, FALSE, NULL, &error), "");
  assert_names (strata_ledger_read_applied (self->ledger, FALSE, NULL, &error), "");
}

static void
test_off (Fixture       *self,
          gconstpointer  mode)
{
  g_autoptr(GError) error = NULL;

  append (self, "a", "upgrade", STRATA_LEDGER_DONE, 0, "");
  g_assert_false (strata_ledger_exists (self->ledger));
  assert_names (strata_ledger_read (self->ledger, 0, FALSE, NULL, &error), "");
}

static void
test_read_only (Fixture       *self,
                gconstpointer  mode)
{
  g_autoptr(GError) error = NULL;

  ensure (self);
  append (self, "a", "upgrade", STRATA_LEDGER_DONE, 0, "");
  g_clear_pointer (&self->ledger, strata_ledger_free);
  g_assert_finalize_object (self->connection);
  self->connection = connect_to (self->path, FALSE);
  open_ledger (self);
  assert_names (strata_ledger_read (self->ledger, 0, FALSE, NULL, &error), "a");
}

static void
test_rolled_back (Fixture       *self,
                  gconstpointer  mode)
{
  g_autoptr(GError) error = NULL;

  strata_connection_begin (self->connection, TRUE, NULL, &error);
  g_assert_no_error (error);
  ensure (self);
  strata_connection_rollback (self->connection);
  strata_ledger_rolled_back (self->ledger);
  g_assert_false (strata_ledger_exists (self->ledger));
  assert_names (strata_ledger_read (self->ledger, 0, FALSE, NULL, &error), "");
  ensure (self);
  append (self, "a", "upgrade", STRATA_LEDGER_DONE, 0, "");
}

/* Made by a version that did not keep what a script asked the database. */
static void
test_older (Fixture       *self,
            gconstpointer  mode)
{
  g_autoptr(GError) error = NULL;

  ensure (self);
  append (self, "a", "upgrade", STRATA_LEDGER_RUNNING, 1, "text");
  strata_connection_execute (self->connection, "ALTER TABLE strata_ledger DROP COLUMN asked", -1, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  open_ledger (self);
  g_assert_false (strata_ledger_exists (self->ledger));
  assert_names (strata_ledger_read_unfinished (self->ledger, NULL, &error), "a");

  ensure (self);
  g_assert_true (strata_ledger_exists (self->ledger));
  append (self, "b", "upgrade", STRATA_LEDGER_DONE, 0, "");
  assert_names (strata_ledger_read (self->ledger, 0, FALSE, NULL, &error), "b,a");
}

/* A process that is killed behind an entry has written it, whole: there is no moment later that it could wait for. */
static void
test_killed (Fixture       *self,
             gconstpointer  mode)
{
  g_autoptr(GError) error = NULL;
  pid_t child;
  int status = 0;

  ensure (self);
  append (self, "a", "upgrade", STRATA_LEDGER_DONE, 0, "");
  g_clear_pointer (&self->ledger, strata_ledger_free);

  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      open_ledger (self);
      ensure (self);
      append (self, "b", "upgrade", STRATA_LEDGER_DONE, 0, "");
      kill (getpid (), SIGKILL);
    }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  open_ledger (self);
  assert_names (strata_ledger_read (self->ledger, 0, FALSE, NULL, &error), "b,a");
  ensure (self);
  append (self, "c", "upgrade", STRATA_LEDGER_DONE, 0, "");
  assert_names (strata_ledger_read (self->ledger, 0, FALSE, NULL, &error), "c,b,a");
}

static void
test_local_path (void)
{
  g_autoptr(StrataUrl) ana = strata_url_parse ("postgresql+psycopg2://ana:x@db1/orders", NULL);
  g_autoptr(StrataUrl) ben = strata_url_parse ("postgresql://ben@db1/orders", NULL);
  g_autoptr(StrataUrl) other = strata_url_parse ("postgresql://ben@db2/orders", NULL);
  g_autofree char *of_ana = strata_ledger_local_path ("/home/ana/shop", ana);
  g_autofree char *of_ben = strata_ledger_local_path ("/home/ana/shop", ben);
  g_autofree char *of_other = strata_ledger_local_path ("/home/ana/shop", other);
  g_autofree char *of_project = strata_ledger_local_path ("/home/ana/blog", ana);

  g_assert_cmpstr (of_ana, ==, of_ben);
  g_assert_cmpstr (of_ana, !=, of_other);
  g_assert_cmpstr (of_ana, !=, of_project);
  g_assert_nonnull (strstr (of_ana, "/strata/ledger/shop-"));
}

#define ADD(name, mode, test) \
  g_test_add ("/ledger/" name, Fixture, GINT_TO_POINTER (mode), set_up, test, tear_down)
#define ADD_BOTH(name, test) \
  ADD ("table/" name, STRATA_LEDGER_IN_DATABASE, test); \
  ADD ("local/" name, STRATA_LEDGER_LOCAL, test)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_BOTH ("absent", test_absent);
  ADD_BOTH ("made-meanwhile", test_made_meanwhile);
  ADD_BOTH ("reads-back", test_reads_back);
  ADD_BOTH ("applied", test_applied);
  ADD_BOTH ("unfinished", test_unfinished);
  ADD_BOTH ("journal", test_journal);
  ADD_BOTH ("not-of-others", test_not_of_others);
  ADD ("off/journal", STRATA_LEDGER_OFF, test_journal);
  ADD ("off/records-nothing", STRATA_LEDGER_OFF, test_off);
  ADD ("table/read-only", STRATA_LEDGER_IN_DATABASE, test_read_only);
  ADD ("table/rolled-back", STRATA_LEDGER_IN_DATABASE, test_rolled_back);
  ADD ("table/older", STRATA_LEDGER_IN_DATABASE, test_older);
  ADD ("local/killed", STRATA_LEDGER_LOCAL, test_killed);
  g_test_add_func ("/ledger/local-path", test_local_path);

  return g_test_run ();
}
