/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An SQL project on a SQLite database of its own, and short words for opening and running it. */

#pragma once

#include "core/base/error.h"
#include "core/project/folder.h"
#include "core/workspace/run.h"
#include "core/workspace/workspace.h"

/* Revisions a <- b; the third one is for those who need a branch. */
#define SCRIPT(id, down, up, back) \
  "-- Step " id "\n--\n-- Revision: " id "\n-- Revises: " down "\n\n-- strata:upgrade\n" up "\n\n-- strata:downgrade\n" back "\n"

typedef struct
{
  TestFolder      *folder;
  char            *url;
  StrataWorkspace *workspace;
} Fixture;

/* Settings of the person who runs the tests stay untouched. Call it before anything else. */
static G_GNUC_UNUSED TestFolder *
fixture_private_home (void)
{
  static const char * const variables[] = { "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME" };
  TestFolder *home = test_folder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_setenv (variables[i], home, TRUE);

  return home;
}

static G_GNUC_UNUSED StrataWorkspace *
fixture_open_as (Fixture             *self,
                 const char          *profile,
                 const char          *url,
                 const char * const  *environment)
{
  const StrataWorkspaceRequest request = {
    .project = { .folder = self->folder, .environ = environment },
    .profile = profile,
    .url = url,
  };
  g_autoptr(GError) error = NULL;
  StrataWorkspace *workspace = strata_workspace_open (&request, &error);

  g_assert_no_error (error);

  return workspace;
}

/* Reads the files anew. */
static G_GNUC_UNUSED void
fixture_open (Fixture *self)
{
  g_clear_pointer (&self->workspace, strata_workspace_free);
  self->workspace = fixture_open_as (self, NULL, NULL, NULL);
}

static G_GNUC_UNUSED void
fixture_set_up (Fixture       *self,
                gconstpointer  data)
{
  self->folder = test_folder_new ();
  self->url = g_strdup_printf ("sqlite:///%s/app.db", self->folder);
  test_folder_write (self->folder, "strata.ini", "[strata]\nurl = sqlite:///app.db\n");
  test_folder_write (self->folder, "versions/aaaa_a.sql", SCRIPT ("aaaa", "", "CREATE TABLE a (x);", "DROP TABLE a;"));
  test_folder_write (self->folder, "versions/bbbb_b.sql", SCRIPT ("bbbb", "aaaa", "CREATE TABLE b (x);", "DROP TABLE b;"));
  fixture_open (self);
}

static G_GNUC_UNUSED void
fixture_tear_down (Fixture       *self,
                   gconstpointer  data)
{
  strata_workspace_free (self->workspace);
  g_free (self->url);
  test_folder_free (self->folder);
}

static G_GNUC_UNUSED StrataConnection *
fixture_connect (Fixture  *self,
                 gboolean  writable)
{
  const StrataConnectRequest request = { .command = "test", .writable = writable };
  g_autoptr(GError) error = NULL;
  StrataConnection *connection = strata_workspace_connect (self->workspace, &request, NULL, &error);

  g_assert_no_error (error);

  return connection;
}

static G_GNUC_UNUSED void
fixture_run (Fixture       *self,
             StrataRunKind  kind,
             const char    *target)
{
  const char *targets[] = { target, NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  g_autoptr(StrataConnection) connection = fixture_connect (self, TRUE);
  g_autoptr(StrataRunReport) report = NULL;
  g_autoptr(GError) error = NULL;
  StrataRunRequest request;

  options.kind = kind;
  options.targets = targets;
  request = strata_workspace_run_request (self->workspace, STRATA_DIALECT_SQLITE, &options);
  report = strata_engine_run (connection, &request, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static G_GNUC_UNUSED void
fixture_remove (Fixture    *self,
                const char *name)
{
  g_autofree char *path = test_folder_path (self->folder, name);

  g_assert_cmpint (g_unlink (path), ==, 0);
}
