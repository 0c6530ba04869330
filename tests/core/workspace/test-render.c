/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/workspace/fixture.h"
#include "core/workspace/render.h"

#define N_SCRIPTS 120
#define N_TURNS 10

static const StrataDirection both_ways[] = { STRATA_UPGRADE, STRATA_DOWNGRADE };

#define SCRIPT_PY \
  "from alembic import op\nimport sqlalchemy as sa\nimport shared\n\n" \
  "revision = 'r%03u'\ndown_revision = %s\n\n\n" \
  "def upgrade():\n" \
  "    op.create_table(shared.name('t%u'), sa.Column('id', sa.Integer(), primary_key=True),\n" \
  "                    sa.Column('kind', sa.Enum(*shared.KINDS, name='kind')))\n" \
  "    op.create_index(op.f('ix_%u'), shared.name('t%u'), ['kind'])\n" \
  "    assert 'more' not in shared.KINDS\n" \
  "    shared.KINDS.append('more')\n\n\n" \
  "def downgrade():\n" \
  "    op.get_bind().execute(sa.text('SELECT 1')).scalar()\n"

static void
write_project (Fixture *self)
{
  g_autofree char *config = test_folder_path (self->folder, "strata.ini");

  g_unlink (config);
  test_folder_write (self->folder, "alembic.ini", "[alembic]\nscript_location = alembic\nprepend_sys_path = .\n");
  test_folder_write (self->folder, "alembic/env.py", "from alembic import context\n");
  test_folder_write (self->folder, "shared.py", "KINDS = ['a', 'b', 'c']\n\n\ndef name(short):\n    return 'shop_' + short\n");

  for (guint i = 0; i < N_SCRIPTS; i++)
    {
      g_autofree char *path = g_strdup_printf ("alembic/versions/r%03u_x.py", i);
      g_autofree char *down = i > 0 ? g_strdup_printf ("'r%03u'", i - 1) : g_strdup ("None");
      g_autofree char *text = g_strdup_printf (SCRIPT_PY, i, down, i, i, i);

      test_folder_write (self->folder, path, text);
    }
}

static GPtrArray *
list_revisions (StrataWorkspace *workspace)
{
  StrataGraph *graph = strata_workspace_get_graph (workspace);
  GPtrArray *revisions = g_ptr_array_new ();

  for (guint i = 0; i < strata_graph_get_n_nodes (graph); i++)
    g_ptr_array_add (revisions, strata_graph_get_revision (graph, i));

  return revisions;
}

static void
describe (GPtrArray *renderings,
          GString   *text)
{
  for (guint i = 0; i < renderings->len; i++)
    {
      const StrataRendering *one = g_ptr_array_index (renderings, i);

      g_string_append_printf (text, "-- %s %d %s:%u\n", strata_revision_get_id (one->revision), one->direction,
                              one->code != NULL ? one->code : "", one->line);
      for (guint j = 0; one->statements != NULL && j < one->statements->len; j++)
        g_string_append_printf (text, "%s;\n", (char *) g_ptr_array_index (one->statements, j));
    }
}

static char *
render (StrataWorkspace *workspace,
        GPtrArray       *revisions,
        gboolean         one_by_one)
{
  g_autoptr(GPtrArray) one = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < (one_by_one ? revisions->len : 1); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) renderings = NULL;

      g_ptr_array_set_size (one, 0);
      g_ptr_array_add (one, g_ptr_array_index (revisions, i));
      renderings = strata_workspace_render (workspace, one_by_one ? one : revisions, both_ways, G_N_ELEMENTS (both_ways),
                                            STRATA_DIALECT_POSTGRESQL, &error);
      g_assert_no_error (error);
      describe (renderings, text);
    }

  return g_string_free (text, FALSE);
}

/* Threads that render at the same time say what one says, in the same order, and that each time. What a script does to the
 * modules that it imports is not there for the next one. */
static void
test_together (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(GPtrArray) revisions = NULL;
  g_autofree char *expected = NULL;

  write_project (self);
  fixture_open (self);
  revisions = list_revisions (self->workspace);
  expected = render (self->workspace, revisions, TRUE);
  g_assert_nonnull (strstr (expected, "-- r007 0 :0\nCREATE TYPE kind AS ENUM ('a', 'b', 'c');\n"));
  g_assert_nonnull (strstr (expected, "-- r007 1 needs-database:"));

  for (guint i = 0; i < N_TURNS; i++)
    {
      g_autofree char *found = NULL;

      fixture_open (self);
      g_ptr_array_unref (revisions);
      revisions = list_revisions (self->workspace);
      found = render (self->workspace, revisions, FALSE);
      g_assert_cmpstr (found, ==, expected);
    }
}

/* A file that went away is an error, whichever thread met it, and nothing is given. */
static void
test_lost_file (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(GPtrArray) revisions = NULL;
  g_autoptr(GPtrArray) renderings = NULL;
  g_autoptr(GError) error = NULL;

  write_project (self);
  fixture_open (self);
  revisions = list_revisions (self->workspace);
  fixture_remove (self, "alembic/versions/r033_x.py");
  fixture_remove (self, "alembic/versions/r099_x.py");
  renderings = strata_workspace_render (self->workspace, revisions, both_ways, G_N_ELEMENTS (both_ways),
                                        STRATA_DIALECT_SQLITE, &error);
  g_assert_null (renderings);
  g_assert_nonnull (strstr (error->message, "r033"));
}

static void
test_sql (Fixture       *self,
          gconstpointer  data)
{
  g_autoptr(GPtrArray) revisions = list_revisions (self->workspace);
  g_autofree char *found = render (self->workspace, revisions, FALSE);

  g_assert_cmpstr (found, ==, "-- aaaa 0 :0\nCREATE TABLE a (x);\n-- aaaa 1 :0\nDROP TABLE a;\n"
                              "-- bbbb 0 :0\nCREATE TABLE b (x);\n-- bbbb 1 :0\nDROP TABLE b;\n");
}

#define ADD(name, test) g_test_add ("/workspace/render/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  TestFolder *home = fixture_private_home ();
  int status;

  g_test_init (&argc, &argv, NULL);

  ADD ("together", test_together);
  ADD ("lost-file", test_lost_file);
  ADD ("sql", test_sql);

  status = g_test_run ();
  test_folder_free (home);

  return status;
}
