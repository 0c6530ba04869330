/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/compare.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/workspace/ddl-text.h"
#include "core/workspace/fixture.h"
#include "core/workspace/replay.h"
#include "core/workspace/scratch.h"
#include "core/workspace/target-cache.h"

#define BOTH "CREATE TABLE a (x);\nCREATE TABLE b (x);\n"

static const StrataSideOptions usual = STRATA_SIDE_OPTIONS_INIT;

static StrataComparison *
compare (Fixture     *self,
         const char  *from,
         const char  *to,
         GError     **error)
{
  StrataSide sides[2] = { { 0 } };

  g_assert_true (strata_side_parse (from, &sides[0], NULL));
  g_assert_true (strata_side_parse (to, &sides[1], NULL));

  return strata_workspace_compare (self->workspace, &sides[0], &sides[1], &usual, NULL, NULL, error);
}

static char *
titles (StrataComparison *comparison)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < strata_diff_get_n (comparison->diff); i++)
    {
      g_autofree char *title = strata_difference_dup_title (strata_diff_get (comparison->diff, i), NULL);

      g_string_append_printf (text, "%s;", title);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_differs (Fixture    *self,
                const char *from,
                const char *to,
                const char *is)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataComparison) comparison = compare (self, from, to, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = titles (comparison);
  g_assert_cmpstr (found, ==, is);
  g_assert_cmpuint (comparison->n_chosen, ==, strata_diff_get_n (comparison->diff));
}

static void
write_schema (Fixture    *self,
              const char *text)
{
  test_folder_write (self->folder, "strata.ini", "[strata]\nurl = sqlite:///app.db\nschema = schema.sql\n");
  test_folder_write (self->folder, "schema.sql", text);
  fixture_open (self);
}

static void
test_parse (void)
{
  static const struct { const char *text; StrataSideKind kind; } cases[] = {
    { "db", STRATA_SIDE_DATABASE }, { "db:prod", STRATA_SIDE_DATABASE }, { "sqlite:///x", STRATA_SIDE_DATABASE },
    { "schema", STRATA_SIDE_DECLARED }, { "models", STRATA_SIDE_DECLARED }, { "empty", STRATA_SIDE_EMPTY },
    { "/", STRATA_SIDE_FILE }, { "head-1", STRATA_SIDE_REVISION },
  };
  StrataSide side = { 0 };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (strata_side_parse (cases[i].text, &side, NULL));
      g_assert_cmpint (side.kind, ==, cases[i].kind);
    }
  g_assert_false (strata_side_parse ("", &side, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
}

static void
test_sides (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->folder, "other.db", NULL);
  g_autofree char *other = g_strdup_printf ("sqlite:///%s", path);
  g_autoptr(GError) error = NULL;

  write_schema (self, BOTH);
  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  g_assert_null (compare (self, other, "aaaa", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CANNOT_CONNECT);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_differs (self, "db", "schema", "");
  assert_differs (self, "schema", "heads", "");
  assert_differs (self, "db", "bbbb", "");
  assert_differs (self, "aaaa", "db", "add table b;");
  assert_differs (self, "db", "base", "drop table a;drop table b;");
  assert_differs (self, "empty", "schema", "add table a;add table b;");
  assert_differs (self, other, "aaaa", "add table a;");
}

static void
test_folder (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *folder = test_folder_path (self->folder, "ddl");
  g_autoptr(GError) error = NULL;

  test_folder_write (self->folder, "ddl/20_index.sql", "CREATE INDEX i ON a (x);");
  test_folder_write (self->folder, "ddl/10/table.sql", "CREATE TABLE a (x);");
  test_folder_write (self->folder, "ddl/readme.txt", "nothing");
  assert_differs (self, "aaaa", folder, "add index i of a;");

  test_folder_write (self->folder, "ddl/30_bad.sql", "CREATE TABLE b (x);\nATTACH 'x' AS y;");
  g_assert_null (compare (self, "aaaa", folder, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "30_bad.sql:2:1: "));
}

static void
test_broken (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  write_schema (self, "CREATE TABLE a (x);\n\nCREATE INDEX i\nON nowhere (x);");
  g_assert_null (compare (self, "db", "schema", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "schema.sql:3:1: "));
  g_assert_nonnull (strstr (error->message, "no such table"));

  g_clear_error (&error);
  g_assert_null (compare (self, "db", "zzzz", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION);

  g_clear_error (&error);
  test_folder_write (self->folder, "versions/bbbb_b.sql", SCRIPT ("bbbb", "aaaa", "ATTACH 'x' AS y;", ""));
  fixture_open (self);
  g_assert_null (compare (self, "empty", "heads", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "bbbb_b.sql:7:1: "));
}

static void
test_no_declared (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (compare (self, "empty", "schema", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
}

/* A program prints it, but not before somebody has agreed. */
static void
test_command (Fixture       *self,
              gconstpointer  data)
{
  const StrataSide declared = { STRATA_SIDE_DECLARED };
  StrataSideOptions options = STRATA_SIDE_OPTIONS_INIT;
  g_autoptr(StrataTakenSide) side = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *dump = NULL;

  test_folder_write (self->folder, "strata.ini", "[strata]\nurl = sqlite:///app.db\n"
                     "schema_command = sh -c \"echo words >&2; echo 'CREATE TABLE a (x);'\"\n");
  fixture_open (self);
  g_assert_null (strata_workspace_take_side (self->workspace, &declared, &options, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT);

  g_clear_error (&error);
  options.trusted = TRUE;
  side = strata_workspace_take_side (self->workspace, &declared, &options, NULL, &error);
  g_assert_no_error (error);
  dump = strata_taken_side_dup_dump (side);
  g_assert_nonnull (strstr (dump, "CREATE TABLE a (\n"));
}

static void
test_text (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataComparison) comparison = compare (self, "aaaa", "bbbb", &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = strata_comparison_dup_text (comparison);
  g_assert_true (g_str_has_prefix (text, "--- revision aaaa\n+++ revision bbbb\n"));
  g_assert_nonnull (strstr (text, "\n+CREATE TABLE b (\n"));
}

static void
test_drift (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataComparison) none = NULL;
  g_autoptr(StrataComparison) some = NULL;
  g_autoptr(StrataConnection) connection = NULL;
  g_autofree char *is = NULL;

  fixture_run (self, STRATA_RUN_UPGRADE, "aaaa");
  none = strata_workspace_find_drift (self->workspace, &usual, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->n_chosen, ==, 0);

  connection = fixture_connect (self, TRUE);
  g_assert_true (strata_connection_execute (connection, "CREATE INDEX by_hand ON a (x)", -1, NULL, 0, NULL, NULL, NULL));
  some = strata_workspace_find_drift (self->workspace, &usual, NULL, &error);
  g_assert_no_error (error);
  is = titles (some);
  g_assert_cmpstr (is, ==, "add index by_hand of a;");
}

static void
test_check (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataComparison) comparison = NULL;

  write_schema (self, BOTH);
  fixture_run (self, STRATA_RUN_UPGRADE, "aaaa");
  g_assert_null (strata_workspace_check_declared (self->workspace, &usual, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_PENDING);
  g_assert_true (g_str_has_prefix (error->message, "Target database is not up to date."));

  g_clear_error (&error);
  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&comparison, strata_comparison_unref);
      comparison = strata_workspace_check_declared (self->workspace, &usual, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (comparison->n_chosen, ==, 0);
      /* The second time it is known what comes of the file. */
      g_assert_true ((comparison->from->picture == comparison->to->picture) == (i == 1));
    }
}

static void
test_cache (Fixture       *self,
            gconstpointer  data)
{
  const StrataSide database = { STRATA_SIDE_DATABASE };
  g_autoptr(StrataTakenSide) side = strata_workspace_take_side (self->workspace, &database, &usual, NULL, NULL);
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "strata", "targets", NULL);
  g_autoptr(GDir) dir = NULL;
  guint n = 0;

  for (guint i = 0; i < 80; i++)
    {
      g_autofree char *text = g_strdup_printf ("CREATE TABLE t%u (x);", i);
      g_autoptr(GPtrArray) texts = strata_ddl_texts_new ("x.sql", text);
      g_autofree char *key = strata_target_cache_dup_key (texts, side->picture);

      g_assert_false (strata_target_cache_is_same (key, side->picture));
      strata_target_cache_keep (key, side->picture);
      g_assert_true (strata_target_cache_is_same (key, side->picture));
    }

  dir = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 64);
}

/* A dump, of whatever server it says to be, comes out as what was dumped: it is not loaded to know that. */
static void
test_dump (Fixture       *self,
           gconstpointer  data)
{
  const StrataSide database = { STRATA_SIDE_DATABASE };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataTakenSide) side = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *committed = NULL;
  g_autofree char *more = NULL;

  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  side = strata_workspace_take_side (self->workspace, &database, &usual, NULL, &error);
  g_assert_no_error (error);
  dump = strata_taken_side_dup_dump (side);
  committed = g_strconcat ("-- Ours", strchr (dump, '\n'), NULL);
  more = g_strconcat (committed, "CREATE TABLE more (x);\n", NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(StrataComparison) comparison = NULL;

      write_schema (self, i == 0 ? committed : more);
      comparison = strata_workspace_check_declared (self->workspace, &usual, NULL, &error);
      g_assert_no_error (error);
      g_assert_true ((comparison->from->picture == comparison->to->picture) == (i == 0));
      g_assert_cmpuint (comparison->n_chosen, ==, i);
    }
}

static void
test_replay_back (Fixture       *self,
                  gconstpointer  data)
{
  const char *targets[] = { "heads", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataScratch) scratch = strata_workspace_open_scratch (self->workspace, STRATA_DIALECT_SQLITE, FALSE, NULL, &error);
  g_autoptr(StrataPicture) picture = NULL;

  g_assert_no_error (error);
  g_assert_true (strata_workspace_replay (self->workspace, scratch, targets, NULL, NULL, &error));
  g_assert_true (strata_workspace_replay_back (self->workspace, scratch, "aaaa", NULL, &error));
  picture = strata_workspace_read_picture (self->workspace, strata_scratch_get_connection (scratch), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (picture->n_objects, ==, 1);
}

/* Nothing is connected to for the answer. */
static void
test_may_scratch (Fixture       *self,
                  gconstpointer  data)
{
  static const struct { const char *url; const char *ini; int code; } cases[] = {
    { "postgresql://db.example/shop", "", STRATA_ERROR_REFUSED },
    { "postgresql://localhost/shop", "", -1 },
    { "postgresql://db.example/shop", "scratch_url = postgresql://localhost/\n", -1 },
    { "postgresql://db.example/shop", "scratch_url = nonsense\n", STRATA_ERROR_BAD_INPUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *ini = g_strconcat ("[strata]\n", cases[i].ini, NULL);
      g_autoptr(StrataWorkspace) workspace = NULL;
      g_autoptr(GError) error = NULL;

      test_folder_write (self->folder, "strata.ini", ini);
      workspace = fixture_open_as (self, NULL, cases[i].url, NULL);
      g_assert_true (strata_workspace_may_scratch (workspace, STRATA_DIALECT_SQLITE, FALSE, NULL));
      g_assert_cmpint (strata_workspace_may_scratch (workspace, STRATA_DIALECT_POSTGRESQL, FALSE, &error), ==,
                       cases[i].code < 0);
      if (cases[i].code >= 0)
        g_assert_cmpint (error->code, ==, cases[i].code);
    }
}

static void
test_profiles (Fixture       *self,
               gconstpointer  data)
{
  static const struct { StrataProfileFields fields; const char *url; gboolean agreed; int code; } cases[] = {
    { { .name = "dev", .scratch = STRATA_SCRATCH_ASK }, "postgresql://localhost/dev", FALSE, -1 },
    { { .name = "no", .scratch = STRATA_SCRATCH_NO }, "postgresql://localhost/no", TRUE, STRATA_ERROR_REFUSED },
    { { .name = "far", .scratch = STRATA_SCRATCH_ASK }, "postgresql://far.example/x", FALSE, STRATA_ERROR_NEEDS_SCRATCH },
    { { .name = "far2", .scratch = STRATA_SCRATCH_ASK }, "postgresql://far2.example/x", TRUE, -1 },
    { { .name = "yes", .scratch = STRATA_SCRATCH_YES }, "postgresql://yes.example/x", FALSE, -1 },
    { { .name = "guarded", .scratch = STRATA_SCRATCH_YES, .is_protected = TRUE }, "postgresql://localhost/g", TRUE,
      STRATA_ERROR_REFUSED },
    { { .name = "prod", .scratch = STRATA_SCRATCH_YES, .environment = STRATA_PROFILE_PRODUCTION }, "postgresql://localhost/p",
      TRUE, STRATA_ERROR_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      StrataProfileFields fields = cases[i].fields;
      g_autoptr(StrataUrl) url = strata_url_parse (cases[i].url, NULL);
      g_autoptr(StrataProfile) profile = NULL;
      g_autoptr(StrataWorkspace) workspace = NULL;
      g_autoptr(GError) error = NULL;

      fields.url = url;
      fields.lock_timeout = fields.statement_timeout = fields.connect_timeout = STRATA_PROFILE_UNSET;
      profile = strata_profile_new (&fields, &error);
      g_assert_no_error (error);
      strata_profiles_add (profile, &error);
      g_assert_no_error (error);
      workspace = fixture_open_as (self, fields.name, NULL, NULL);
      g_assert_cmpint (strata_workspace_may_scratch (workspace, STRATA_DIALECT_POSTGRESQL, cases[i].agreed, &error), ==,
                       cases[i].code < 0);
      if (cases[i].code >= 0)
        g_assert_cmpint (error->code, ==, cases[i].code);
    }
}

static void
fill (Fixture    *self,
      const char *file,
      const char *table,
      const char *column)
{
  g_autofree char *text = g_strdup_printf ("sqlite:///%s/%s", self->folder, file);
  g_autofree char *make = g_strdup_printf ("CREATE TABLE %s (a, b, c, d, %s TEXT)", table, column);
  g_autofree char *insert = g_strdup_printf ("INSERT INTO %s (%s) VALUES ('x'), ('x'), ('y'), ('y'), ('z'), ('z')", table, column);
  const StrataConnectOptions options = { .writable = TRUE, .create = TRUE };
  g_autoptr(StrataUrl) url = strata_url_parse (text, NULL);
  g_autoptr(StrataConnection) connection = strata_connection_open (url, &options, NULL, NULL);

  g_assert_true (strata_connection_execute (connection, make, -1, NULL, 0, NULL, NULL, NULL));
  g_assert_true (strata_connection_execute (connection, insert, -1, NULL, 0, NULL, NULL, NULL));
}

/* What was looked at is still known when something was decided, and nobody is connected any more. */
static void
test_rows (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *other = g_strdup_printf ("sqlite:///%s/other.db", self->folder);
  g_autoptr(StrataComparison) comparison = NULL;
  g_autoptr(StrataComparison) decided = NULL;
  g_autoptr(GError) error = NULL;
  const StrataRenameGuess *guess;

  write_schema (self, BOTH);
  fill (self, "app.db", "users", "name");
  fill (self, "other.db", "people", "title");
  comparison = compare (self, "db", other, &error);
  g_assert_no_error (error);
  guess = g_ptr_array_index (strata_diff_get_guesses (comparison->diff), 0);
  g_assert_cmpstr (guess->rename.to, ==, "people");
  g_assert_true (g_str_has_suffix (guess->evidence, "; 6 rows in both"));
  g_assert_null (comparison->from->connection);
  g_assert_null (comparison->to->connection);

  decided = strata_comparison_decide (comparison, (const char * const []) { "users=people", NULL }, &error);
  g_assert_no_error (error);
  guess = g_ptr_array_index (strata_diff_get_guesses (decided->diff), 0);
  g_assert_cmpstr (guess->rename.to, ==, "title");
  g_assert_true (g_str_has_suffix (guess->evidence, "; the values are alike: 100 % of the most common ones in both"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  TestFolder *home = fixture_private_home ();
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workspace/compare/parse", test_parse);
  ADD ("/workspace/compare/sides", test_sides);
  ADD ("/workspace/compare/folder", test_folder);
  ADD ("/workspace/compare/broken", test_broken);
  ADD ("/workspace/compare/no-declared", test_no_declared);
  ADD ("/workspace/compare/command", test_command);
  ADD ("/workspace/compare/text", test_text);
  ADD ("/workspace/compare/drift", test_drift);
  ADD ("/workspace/compare/check", test_check);
  ADD ("/workspace/compare/cache", test_cache);
  ADD ("/workspace/compare/dump", test_dump);
  ADD ("/workspace/compare/replay-back", test_replay_back);
  ADD ("/workspace/compare/may-scratch", test_may_scratch);
  ADD ("/workspace/compare/profiles", test_profiles);
  ADD ("/workspace/compare/rows", test_rows);

  status = g_test_run ();
  test_folder_free (home);

  return status;
}
