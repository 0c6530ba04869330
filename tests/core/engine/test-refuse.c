/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is found before anything runs. */

#include "config.h"

#include "fixture.h"

static const struct
{
  const char  *name;
  const char  *upgrade;
  StrataError  code;
  const char  *says;
} scripts[] = {
  { "vacuum", "CREATE TABLE d (x INTEGER);\nVACUUM;", STRATA_ERROR_FINDINGS, "dddd_x.sql:8:1: VACUUM cannot run" },
  { "commit", "CREATE TABLE d (x INTEGER);\n  COMMIT;", STRATA_ERROR_FINDINGS, "dddd_x.sql:8:3: COMMIT is the run" },
  { "pragma", "PRAGMA foreign_keys = on;", STRATA_ERROR_FINDINGS, "transaction=off" },
  { "open-quote", "SELECT 'x;", STRATA_ERROR_FINDINGS, "dddd_x.sql:7" },
  { "unknown-option", "SELECT 1;\n-- strata:upgrade transaction=of\nSELECT 2;", STRATA_ERROR_FINDINGS,
    "dddd_x.sql:8:19: “transaction=of” is no option" },
  { "indented-marker", "SELECT 1;\n  -- strata:upgrade transaction=off\nVACUUM;", STRATA_ERROR_FINDINGS,
    "dddd_x.sql:8:13: “strata:upgrade transaction=off” is indented" },
  { "unknown-marker", "SELECT 1;\n-- strata:down\nDROP TABLE d;", STRATA_ERROR_FINDINGS, "“down” is no section" },
};

static void
assert_untouched (Fixture *self)
{
  fixture_assert_query (self, "SELECT name FROM sqlite_schema", "");
  g_assert_cmpuint (self->report->n_done, ==, 0);
  fixture_assert_says (self->report->in_database, "Nothing of this run.");
}

static void
test_script (Fixture       *self,
             gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);

  fixture_add_chain (self);
  fixture_add (self, "dddd", "cccc", scripts[i].upgrade, NULL);

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, (int) scripts[i].code);
  fixture_assert_says (self->error->message, scripts[i].says);
  g_assert_cmpstr (self->log->str, ==, "");
  assert_untouched (self);
}

static void
test_all_at_once (Fixture       *self,
                  gconstpointer  data)
{
  fixture_add (self, "aaaa", "", "COMMIT;\nROLLBACK;", NULL);
  fixture_add (self, "bbbb", "aaaa", "VACUUM;", NULL);

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (self->error->message, "COMMIT is");
  fixture_assert_says (self->error->message, "ROLLBACK is");
  fixture_assert_says (self->error->message, "VACUUM cannot");
}

/* Enough for several threads: what is said stands in the order of the plan all the same. */
static void
test_all_at_once_of_many (Fixture       *self,
                          gconstpointer  data)
{
  g_autofree char *before = g_strdup ("");
  const char *first, *last;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03u", i);
      g_autofree char *upgrade = i % 100 == 50 ? g_strdup ("VACUUM;") : g_strdup_printf ("CREATE TABLE t%u (x INTEGER);", i);

      fixture_add (self, id, before, upgrade, NULL);
      g_free (before);
      before = g_steal_pointer (&id);
    }

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  first = strstr (self->error->message, "r050_x.sql:7:1: VACUUM cannot");
  last = strstr (self->error->message, "r250_x.sql:7:1: VACUUM cannot");
  fixture_assert_says (self->error->message, "r150_x.sql:7:1: VACUUM cannot");
  g_assert_nonnull (first);
  g_assert_cmpuint ((gsize) last, >, (gsize) first);
  assert_untouched (self);
}

static void
test_irreversible (Fixture       *self,
                   gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_add (self, "dddd", "cccc", "CREATE TABLE d (x INTEGER);", NULL);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");

  g_assert_false (fixture_run (self, STRATA_RUN_DOWNGRADE, "base"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  fixture_assert_rows (self, "dddd");
}

static void
test_missing_file (Fixture       *self,
                   gconstpointer  data)
{
  g_autofree char *path = NULL;

  fixture_add_chain (self);
  path = g_build_filename (self->folder, "cccc_x.sql", NULL);
  g_unlink (path);

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (self->error->message, "cccc_x.sql");
  assert_untouched (self);
}

static void
test_python (Fixture       *self,
             gconstpointer  data)
{
  const StrataRevisionFields fields = {
    .format = STRATA_REVISION_PYTHON,
    .id = "dddd",
    .down_revisions = (const char *[]) { "cccc", NULL },
    .message = "",
    .path = "/versions/dddd_x.py",
  };

  fixture_add_chain (self);
  g_ptr_array_add (self->revisions, strata_revision_new (&fields));

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON);
  fixture_assert_says (self->error->message, "/versions/dddd_x.py");
  assert_untouched (self);

  fixture_must_run (self, STRATA_RUN_UPGRADE, "cccc");
}

static void
test_alone_in_one_transaction (Fixture       *self,
                               gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_write (self, "dddd", "cccc", "-- strata:upgrade transaction=off\nVACUUM;\n");
  self->request.transaction = STRATA_TRANSACTION_PER_RUN;
  self->request.single_transaction = TRUE;

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  assert_untouched (self);

  /* What only the project's default would be is divided, as Alembic does it. */
  self->request.single_transaction = FALSE;
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_assert_rows (self, "dddd");
}

static void
test_read_only (Fixture       *self,
                gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "aaaa");
  g_clear_object (&self->connection);
  self->connection = fixture_connect (self->database, FALSE);

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (self->error->message, "cannot be written");
  fixture_assert_rows (self, "aaaa");

  /* At its target already, a database that can't be written is well. */
  fixture_must_run (self, STRATA_RUN_UPGRADE, "aaaa");
}

static void
test_cancelled_before (Fixture       *self,
                       gconstpointer  data)
{
  fixture_add_chain (self);
  self->cancel_at = "planned 3";

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_CANCELLED);
  assert_untouched (self);
}

#define ADD(name, test) g_test_add ("/engine/refuse/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/refuse/script/%s", scripts[i].name);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), fixture_set_up, test_script, fixture_tear_down);
    }

  ADD ("all-at-once", test_all_at_once);
  ADD ("all-at-once-of-many", test_all_at_once_of_many);
  ADD ("irreversible", test_irreversible);
  ADD ("missing-file", test_missing_file);
  ADD ("python", test_python);
  ADD ("alone-in-one-transaction", test_alone_in_one_transaction);
  ADD ("read-only", test_read_only);
  ADD ("cancelled-before", test_cancelled_before);

  return g_test_run ();
}
