/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/python-watch.h"
#include "app/support.h"
#include "core/project/folder.h"

#define SCRIPT(id, down, upgrade) \
  "\"\"\"Step " id "\"\"\"\nfrom alembic import op\nimport requests\nrevision = \"" id "\"\ndown_revision = " down "\n\n\n" \
  "def upgrade():\n    " upgrade "\n\n\ndef downgrade():\n    pass\n"

typedef struct
{
  TestFolder        *folder;
  StrataSession     *session;
  StrataPythonWatch *watch;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = test_folder_new ();
  test_folder_write (self->folder, "alembic.ini",
                     "[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:///app.db\n");
  test_folder_write (self->folder, "migrations/env.py", "from alembic import context\n");
  test_folder_write (self->folder, "migrations/versions/a1_a.py", SCRIPT ("a1", "None", "op.drop_table(\"x\")"));
  test_folder_write (self->folder, "migrations/versions/b2_b.py", SCRIPT ("b2", "\"a1\"", "op.execute(requests.get(\"u\").text)"));
  self->session = strata_session_new ();
  self->watch = strata_python_watch_new (self->session);
  strata_session_open (self->session, self->folder, NULL, "sqlite:///app.db");
  pump_until (strata_session_get_snapshot (self->session) != NULL);
  pump_until (strata_python_watch_is_done (self->watch));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  strata_session_close (self->session);
  pump_until_finalized (self->watch);
  pump_until_finalized (self->session);
  test_folder_free (self->folder);
}

static const char *
find (Fixture    *self,
      const char *id)
{
  return g_hash_table_lookup (strata_python_watch_get_reasons (self->watch), id);
}

static void
test_follows_files (Fixture       *self,
                    gconstpointer  data)
{
  g_assert_null (find (self, "a1"));
  g_assert_true (g_str_has_prefix (find (self, "b2"), "line 9: "));

  test_folder_write (self->folder, "migrations/versions/b2_b.py", SCRIPT ("b2", "\"a1\"", "pass"));
  strata_session_reload (self->session);
  pump_until (find (self, "b2") == NULL);
}

static void
test_busy (Fixture       *self,
           gconstpointer  data)
{
  guint busy = support_keep_busy ();

  test_follows_files (self, data);
  g_source_remove (busy);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);
  g_test_add ("/state/python-watch/follows-files", Fixture, NULL, set_up, test_follows_files, tear_down);
  g_test_add ("/state/python-watch/busy", Fixture, NULL, set_up, test_busy, tear_down);

  return g_test_run ();
}
