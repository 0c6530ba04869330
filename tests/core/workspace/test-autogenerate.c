/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/autogenerate.h"

#include <string.h>

#include "core/workspace/fixture.h"
#include "core/workspace/proof.h"
#include "core/workspace/revert.h"

/* A project whose database has both of its revisions, and a declared schema. */
static void
declare (Fixture    *self,
         const char *schema)
{
  test_folder_write (self->folder, "strata.ini", "[strata]\nurl = sqlite:///app.db\nschema = schema.sql\n");
  test_folder_write (self->folder, "schema.sql", schema);
  fixture_open (self);
}

static StrataAutogenerate *
generate (Fixture         *self,
          const gboolean  *chosen,
          GError         **error)
{
  const StrataSideOptions options = STRATA_SIDE_OPTIONS_INIT;
  StrataComparison *comparison = strata_workspace_check_declared (self->workspace, &options, NULL, error);

  return comparison != NULL ? strata_autogenerate_new (self->workspace, comparison, chosen, &options, FALSE, NULL, error) : NULL;
}

static char *
read_text (StrataRevision *revision)
{
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (strata_revision_get_path (revision), &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
test_there_and_back (Fixture       *self,
                     gconstpointer  data)
{
  const StrataNewRevision options = { .message = "next" };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAutogenerate) generated = NULL;
  g_autoptr(StrataRevision) revision = NULL;
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;

  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  declare (self, "CREATE TABLE a (x);\nCREATE TABLE b (x, y TEXT);\nCREATE INDEX i ON b (y);\n");
  generated = generate (self, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (strata_autogenerate_get_unproven (generated));
  words = strata_difference_dup_detected (strata_diff_get (strata_autogenerate_get_comparison (generated)->diff, 0),
                                          strata_autogenerate_get_comparison (generated)->from->picture);
  g_assert_cmpstr (words, ==, "Detected added column 'b.y'");

  revision = strata_autogenerate_write (generated, &options, NULL, &error);
  g_assert_no_error (error);
  text = read_text (revision);
  g_assert_nonnull (strstr (text, "-- strata:upgrade\nALTER TABLE b ADD COLUMN y TEXT;"));
  g_assert_nonnull (strstr (text, "-- please review: this loses "));

  fixture_open (self);
  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  g_clear_pointer (&generated, strata_autogenerate_free);
  generated = generate (self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_autogenerate_get_comparison (generated)->n_chosen, ==, 0);
}

/* The other difference is still there afterwards, and is no business of the way back. */
static void
test_part (Fixture       *self,
           gconstpointer  data)
{
  const gboolean second[] = { FALSE, TRUE };
  const StrataNewRevision options = { .message = "part" };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAutogenerate) generated = NULL;
  g_autoptr(StrataRevision) revision = NULL;
  g_autofree char *text = NULL;

  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  declare (self, "CREATE TABLE a (x, z TEXT);\nCREATE TABLE b (x, y TEXT);\n");
  generated = generate (self, second, &error);
  g_assert_no_error (error);
  g_assert_null (strata_autogenerate_get_unproven (generated));

  revision = strata_autogenerate_write (generated, &options, NULL, &error);
  g_assert_no_error (error);
  text = read_text (revision);
  g_assert_nonnull (strstr (text, "-- strata:upgrade\nALTER TABLE b ADD COLUMN y TEXT;"));
  g_assert_null (strstr (text, "z TEXT"));

  fixture_open (self);
  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  g_clear_pointer (&generated, strata_autogenerate_free);
  generated = generate (self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_autogenerate_get_comparison (generated)->n_chosen, ==, 1);
}

static void
test_refusals (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  declare (self, "CREATE TABLE a (x);\n");
  g_assert_null (generate (self, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_PENDING);
  g_assert_true (g_str_has_prefix (error->message, "Target database is not up to date."));
  g_clear_error (&error);

  declare (self, "CREATE TABLE nonsense (;\n");
  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  g_assert_null (generate (self, NULL, &error));
  g_assert_nonnull (strstr (error->message, "schema.sql"));
}

static void
test_revert (Fixture       *self,
             gconstpointer  data)
{
  const StrataNewRevision options = { NULL };
  const StrataSideOptions side_options = STRATA_SIDE_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRevision) revision = strata_workspace_revert (self->workspace, "bbbb", &options, &error);
  g_autofree char *text = NULL;
  g_autofree char *unproven = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (strata_revision_get_message (revision), ==, "Revert 'Step bbbb'");
  text = read_text (revision);
  g_assert_nonnull (strstr (text, "-- strata:upgrade\nDROP TABLE b;"));
  g_assert_nonnull (strstr (text, "-- strata:downgrade\nCREATE TABLE b (x);"));
  g_assert_true (strata_workspace_prove (self->workspace, revision, &side_options, &unproven, NULL, &error));
  g_assert_cmpstr (unproven, ==, NULL);

  g_assert_null (strata_workspace_revert (self->workspace, "nobody", &options, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  test_folder_write (self->folder, "versions/cccc_c.sql",
                     "-- c\n--\n-- Revision: cccc\n-- Revises: aaaa\n\n-- strata:upgrade transaction=off dialect=sqlite\nSELECT 1;\n");
  fixture_open (self);
  g_assert_null (strata_workspace_revert (self->workspace, "cccc", &options, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED);
}

#define PY_HEADER "\"\"\"one\n\nmore\n\"\"\"\nfrom alembic import op\nHELPER = 'x'\nrevision: str = 'aa'\ndown_revision = (\n    'x',\n)[0:0] or None\n" \
  "branch_labels = ('b',)\ndepends_on = None\n"

static const char * const scripts[][2] = {
  { PY_HEADER "def upgrade() -> None:\n    \"\"\"Upgrade schema.\"\"\"\n    op.execute(HELPER)\ndef downgrade() -> None:\n    op.execute('back')\n", NULL },
  { PY_HEADER "def upgrade():\n    op.execute(HELPER)\ndef downgrade():\n    pass\n", "does nothing" },
  { PY_HEADER "def upgrade():\n    op.execute(HELPER)\n", "no plain upgrade() and downgrade()" },
  { PY_HEADER "def upgrade_one():\n    op.execute(HELPER)\n", "several databases" },
};

static void
test_revert_python (Fixture       *self,
                    gconstpointer  data)
{
  const StrataNewRevision options = { NULL };

  test_folder_write (self->folder, "alembic.ini", "[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:///app.db\n");
  test_folder_write (self->folder, "strata.ini", "[strata]\n");
  test_folder_write (self->folder, "migrations/env.py", "");
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataRevision) revision = NULL;
      g_autofree char *text = NULL;

      g_autofree char *script = g_strdup (scripts[i][0]);
      g_autoptr(GString) plain = g_string_new (script);

      g_string_replace (plain, "down_revision = (\n    'x',\n)[0:0] or None\n", "down_revision = None\n", 0);
      test_folder_write (self->folder, "migrations/versions/aa_one.py", plain->str);
      fixture_open (self);
      revision = strata_workspace_revert (self->workspace, "aa", &options, &error);
      if (scripts[i][1] != NULL)
        {
          g_assert_null (revision);
          g_assert_nonnull (strstr (error->message, scripts[i][1]));
          continue;
        }
      g_assert_no_error (error);
      text = read_text (revision);
      g_assert_nonnull (strstr (text, "\"\"\"Revert 'one'\n\nRevision ID: "));
      g_assert_nonnull (strstr (text, "HELPER = 'x'\n"));
      g_assert_nonnull (strstr (text, "down_revision = 'aa'\nbranch_labels = None\n"));
      g_assert_nonnull (strstr (text, "def downgrade() -> None:\n    \"\"\"Downgrade schema.\"\"\"\n    op.execute(HELPER)\n"));
      g_assert_nonnull (strstr (text, "def upgrade() -> None:\n    op.execute('back')\n"));
      g_assert_cmpint (g_unlink (strata_revision_get_path (revision)), ==, 0);
    }
}

static void
add (const char *name,
     void      (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/workspace/autogenerate/", name, NULL);

  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  TestFolder *home = fixture_private_home ();
  int status;

  g_test_init (&argc, &argv, NULL);
  add ("there-and-back", test_there_and_back);
  add ("part", test_part);
  add ("refusals", test_refusals);
  add ("revert", test_revert);
  add ("revert-python", test_revert_python);
  status = g_test_run ();
  test_folder_free (home);

  return status;
}
