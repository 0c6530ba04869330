/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/folder.h"
#include "core/workspace/python-needs.h"

#define SCRIPT(id, down, upgrade, downgrade) \
  "\"\"\"Step " id "\"\"\"\nfrom alembic import op\nimport requests\nimport helper\nrevision = \"" id "\"\n" \
  "down_revision = " down "\n\n\ndef upgrade():\n    " upgrade "\n\n\ndef downgrade():\n    " downgrade "\n"

typedef struct
{
  TestFolder      *folder;
  StrataWorkspace *workspace;
} Fixture;

static void
open_project (Fixture *self)
{
  const StrataWorkspaceRequest request = { .project = { .folder = self->folder } };
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->workspace, strata_workspace_free);
  self->workspace = strata_workspace_open (&request, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = test_folder_new ();
  test_folder_write (self->folder, "alembic.ini",
                     "[alembic]\nscript_location = migrations\nprepend_sys_path = .\nsqlalchemy.url = sqlite:///app.db\n");
  test_folder_write (self->folder, "migrations/env.py", "from alembic import context\n");
  test_folder_write (self->folder, "helper.py", "def name():\n    return \"x\"\n");
  test_folder_write (self->folder, "migrations/versions/a1_a.py",
                     SCRIPT ("a1", "None", "op.drop_table(\"x\")", "op.execute(requests.get(\"u\").text)"));
  test_folder_write (self->folder, "migrations/versions/b2_b.py",
                     SCRIPT ("b2", "\"a1\"", "op.drop_table(helper.name())", "raise NotImplementedError()"));
  open_project (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  strata_workspace_free (self->workspace);
  test_folder_free (self->folder);
}

static char *
find (Fixture           *self,
      StrataPythonNeeds *needs,
      const char        *id)
{
  StrataGraph *graph = strata_workspace_get_graph (self->workspace);
  guint node = strata_graph_find (graph, id);

  return strata_python_needs_find (needs, self->workspace, strata_graph_get_revision (graph, node), STRATA_DIALECT_SQLITE);
}

/* The way back counts; an exception is nobody's need. What a module of the project says is asked anew. */
static void
test_find (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(StrataPythonNeeds) needs = strata_python_needs_new ();

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *first = find (self, needs, "a1");
      g_autofree char *second = find (self, needs, "b2");

      g_assert_nonnull (first);
      g_assert_true (g_str_has_prefix (first, "line 14: "));
      g_assert_null (second);
    }

  test_folder_write (self->folder, "helper.py", "import requests\n\n\ndef name():\n    return requests.get(\"x\").text\n");
  open_project (self);
  {
    g_autofree char *changed = find (self, needs, "b2");

    g_assert_nonnull (changed);
  }

  test_folder_write (self->folder, "migrations/versions/a1_a.py",
                     SCRIPT ("a1", "None", "op.drop_table(\"x\")", "pass"));
  {
    g_autofree char *edited = find (self, needs, "a1");

    g_assert_null (edited);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/workspace/python-needs/find", Fixture, NULL, set_up, test_find, tear_down);

  return g_test_run ();
}
