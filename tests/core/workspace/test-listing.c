/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/listing.h"

#include "core/workspace/fixture.h"

/* A line a row, as short as it can be. */
static char *
describe (const StrataListing *listing)
{
  static const char * const names[] = { "step", "begin", "statement", "version", "commit", "problem" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < listing->rows->len; i++)
    {
      const StrataListingRow *row = g_ptr_array_index (listing->rows, i);

      if (i > 0)
        g_string_append (text, "\n");
      g_string_append (text, names[row->kind]);
      if (row->kind == STRATA_LISTING_STATEMENT)
        g_string_append_printf (text, " %u:%u%s", row->number, row->line, row->alone ? " alone" : "");
      if (row->kind != STRATA_LISTING_BEGIN && row->kind != STRATA_LISTING_COMMIT)
        g_string_append_printf (text, " %s", row->text);
    }

  return g_string_free (text, FALSE);
}

static StrataListing *
list (Fixture              *self,
      StrataListingRequest  request,
      GError              **error)
{
  request.graph = strata_workspace_get_graph (self->workspace);

  return strata_workspace_list_sql (self->workspace, &request, NULL, error);
}

static void
assert_listing (Fixture              *self,
                StrataListingRequest  request,
                const char           *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataListing) listing = list (self, request, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = describe (listing);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_one (Fixture       *self,
          gconstpointer  data)
{
  static const char * const at_a[] = { "aaaa", NULL };
  static const char * const at_b[] = { "bbbb", NULL };

  assert_listing (self, (StrataListingRequest) { .to = "bbbb", .rows = at_a },
                  "step Running upgrade aaaa -> bbbb\nbegin\nstatement 1:7 CREATE TABLE b (x)\n"
                  "version UPDATE alembic_version SET version_num='bbbb' WHERE alembic_version.version_num = 'aaaa'\ncommit");
  assert_listing (self, (StrataListingRequest) { .to = "bbbb", .direction = STRATA_DOWNGRADE, .rows = at_b },
                  "step Running downgrade bbbb -> aaaa\nbegin\nstatement 1:10 DROP TABLE b\n"
                  "version UPDATE alembic_version SET version_num='aaaa' WHERE alembic_version.version_num = 'bbbb'\ncommit");

  /* Not where the database is, or with none: the same. */
  assert_listing (self, (StrataListingRequest) { .to = "bbbb", .direction = STRATA_DOWNGRADE, .rows = at_a },
                  "step Running downgrade bbbb -> aaaa\nbegin\nstatement 1:10 DROP TABLE b\n"
                  "version UPDATE alembic_version SET version_num='aaaa' WHERE alembic_version.version_num = 'bbbb'\ncommit");
  assert_listing (self, (StrataListingRequest) { .to = "aaaa", .dialect = STRATA_DIALECT_POSTGRESQL },
                  "step Running upgrade  -> aaaa\nbegin\nstatement 1:7 CREATE TABLE a (x)\n"
                  "version INSERT INTO alembic_version (version_num) VALUES ('aaaa')\ncommit");
}

/* The rows say more than the graph alone: a second branch inserts. */
static void
test_rows (Fixture       *self,
           gconstpointer  data)
{
  static const char * const at_b[] = { "bbbb", NULL };

  test_folder_write (self->folder, "versions/cccc_c.sql", SCRIPT ("cccc", "aaaa", "CREATE TABLE c (x);", ""));
  fixture_open (self);
  assert_listing (self, (StrataListingRequest) { .to = "cccc", .rows = at_b },
                  "step Running upgrade aaaa -> cccc\nbegin\nstatement 1:7 CREATE TABLE c (x)\n"
                  "version INSERT INTO alembic_version (version_num) VALUES ('cccc')\ncommit");
}

static void
test_first (Fixture       *self,
            gconstpointer  data)
{
  static const char * const none[] = { NULL };
  g_autoptr(StrataListing) listing = list (self, (StrataListingRequest) { .to = "aaaa", .rows = none, .makes_table = TRUE },
                                           NULL);
  const StrataListingRow *row = g_ptr_array_index (listing->rows, 2);

  g_assert_cmpint (row->kind, ==, STRATA_LISTING_VERSION);
  g_assert_true (g_str_has_prefix (row->text, "CREATE TABLE alembic_version"));
  g_assert_cmpuint (listing->n_transactions, ==, 1);
}

static void
test_alone (Fixture       *self,
            gconstpointer  data)
{
  test_folder_write (self->folder, "versions/cccc_c.sql",
                     "-- x\n--\n-- Revision: cccc\n-- Revises: bbbb\n\n-- strata:upgrade\nCREATE TABLE c (x);\n"
                     "-- strata:upgrade transaction=off\nVACUUM;\nANALYZE;\n");
  fixture_open (self);
  assert_listing (self, (StrataListingRequest) { .to = "cccc" },
                  "step Running upgrade bbbb -> cccc\nbegin\nstatement 1:7 CREATE TABLE c (x)\ncommit\n"
                  "statement 2:9 alone VACUUM\nstatement 3:10 alone ANALYZE\nbegin\n"
                  "version UPDATE alembic_version SET version_num='cccc' WHERE alembic_version.version_num = 'bbbb'\ncommit");
}

static void
test_problems (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(StrataListing) listing = NULL;
  const StrataListingRow *row;

  test_folder_write (self->folder, "versions/cccc_c.sql",
                     "-- x\n--\n-- Revision: cccc\n-- Revises: bbbb\n\n-- strata:upgrade\nVACUUM;\n");
  test_folder_write (self->folder, "versions/dddd_d.py", "import requests\nrevision = 'dddd'\ndown_revision = 'cccc'\n"
                     "def upgrade():\n    requests.get('http://a')\n");
  fixture_open (self);

  listing = list (self, (StrataListingRequest) { .to = "cccc" }, NULL);
  row = g_ptr_array_index (listing->rows, 1);
  g_assert_cmpint (row->kind, ==, STRATA_LISTING_PROBLEM);
  g_assert_cmpuint (row->line, ==, 7);

  g_clear_pointer (&listing, strata_listing_free);
  listing = list (self, (StrataListingRequest) { .to = "cccc", .direction = STRATA_DOWNGRADE }, NULL);
  row = g_ptr_array_index (listing->rows, 1);
  g_assert_cmpint (row->kind, ==, STRATA_LISTING_PROBLEM);
  g_assert_cmpint (row->code, ==, STRATA_ERROR_REFUSED);

  g_clear_pointer (&listing, strata_listing_free);
  listing = list (self, (StrataListingRequest) { .to = "dddd" }, NULL);
  row = g_ptr_array_index (listing->rows, 1);
  g_assert_cmpint (row->code, ==, STRATA_ERROR_NEEDS_PYTHON);
}

static char *
list_steps (Fixture    *self,
            const char *from,
            const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataListing) listing = list (self, (StrataListingRequest) { .from = from, .to = to }, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < listing->rows->len; i++)
    {
      const StrataListingRow *row = g_ptr_array_index (listing->rows, i);

      if (row->kind == STRATA_LISTING_STEP)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", row->text);
    }

  return g_string_free (text, FALSE);
}

static void
test_between (Fixture       *self,
              gconstpointer  data)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *steps;
  } ways[] = {
    { "aaaa", "dddd", "Running upgrade aaaa -> bbbb; Running upgrade bbbb -> dddd" },
    { "dddd", "aaaa", "Running downgrade dddd -> bbbb; Running downgrade bbbb -> aaaa" },
    { "dddd", "cccc", "Running downgrade dddd -> bbbb; Running downgrade bbbb -> aaaa; Running upgrade aaaa -> cccc" },
    { "cccc", "eeee", "Running upgrade aaaa -> bbbb; Running upgrade bbbb -> dddd; Running upgrade cccc, dddd -> eeee" },
    { "ffff", "aaaa", "Running downgrade ffff -> ; Running upgrade  -> aaaa" },
    { "aaaa", "aaaa", "" },
  };

  test_folder_write (self->folder, "versions/cccc_c.sql", SCRIPT ("cccc", "aaaa", "CREATE TABLE c (x);", "DROP TABLE c;"));
  test_folder_write (self->folder, "versions/dddd_d.sql", SCRIPT ("dddd", "bbbb", "CREATE TABLE d (x);", "DROP TABLE d;"));
  test_folder_write (self->folder, "versions/eeee_e.sql", SCRIPT ("eeee", "cccc, dddd", "", ""));
  test_folder_write (self->folder, "versions/ffff_f.sql", SCRIPT ("ffff", "", "CREATE TABLE f (x);", "DROP TABLE f;"));
  fixture_open (self);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *steps = list_steps (self, ways[i].from, ways[i].to);

      g_assert_cmpstr (steps, ==, ways[i].steps);
    }
}

static void
test_errors (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (list (self, (StrataListingRequest) { .to = "no_such" }, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION);
}

#define add(path, test) g_test_add ("/workspace/listing/" path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  TestFolder *home = fixture_private_home ();
  int status;

  g_test_init (&argc, &argv, NULL);

  add ("one", test_one);
  add ("rows", test_rows);
  add ("first", test_first);
  add ("alone", test_alone);
  add ("problems", test_problems);
  add ("between", test_between);
  add ("errors", test_errors);

  status = g_test_run ();
  test_folder_free (home);

  return status;
}
