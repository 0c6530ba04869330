/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/sample.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "core/workspace/run.h"

/* Where the sample's database is at first: some revisions are left pending, so that there is something to do. */
#define FIRST_TARGET "47ab92c0de15"

/* Not installed: ./try says where it is. */
static char *
find_source (void)
{
  const char *told = g_getenv ("STRATA_SAMPLE");

  return told != NULL ? g_strdup (told) : g_build_filename (DATA_DIR, "sample", NULL);
}

static gboolean
copy_file (const char  *from,
           const char  *to,
           GError     **error)
{
  g_autoptr(GFile) source = g_file_new_for_path (from);
  g_autoptr(GFile) target = g_file_new_for_path (to);

  return g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error);
}

/* Plain files and folders: it is our own. */
static gboolean
copy_folder (const char  *from,
             const char  *to,
             GError     **error)
{
  g_autoptr(GDir) dir = g_dir_open (from, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      gboolean folder = g_file_test (source, G_FILE_TEST_IS_DIR);

      if (folder && g_mkdir_with_parents (target, 0755) != 0)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot make “%s”: %s", target,
                       g_strerror (errno));
          return FALSE;
        }
      if (folder ? !copy_folder (source, target, error) : !copy_file (source, target, error))
        return FALSE;
    }

  return TRUE;
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static gboolean
make_database (const char  *folder,
               GError     **error)
{
  static const char * const targets[] = { FIRST_TARGET, NULL };
  static const char * const environment[] = { NULL };
  const StrataWorkspaceRequest request = { .project = { .folder = folder, .environ = environment } };
  const StrataConnectRequest connect = { .command = "sample", .writable = TRUE };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  g_autoptr(StrataWorkspace) workspace = strata_workspace_open (&request, error);
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(StrataRunReport) report = NULL;
  g_autoptr(GError) local = NULL;
  StrataRunRequest run;

  connection = workspace != NULL ? strata_workspace_connect (workspace, &connect, NULL, error) : NULL;
  if (connection == NULL)
    return FALSE;

  options.kind = STRATA_RUN_UPGRADE;
  options.targets = targets;
  options.first_run_accepted = TRUE;
  options.no_backup = TRUE;
  run = strata_workspace_run_request (workspace, strata_connection_get_dialect (connection), &options);
  report = strata_engine_run (connection, &run, NULL, NULL, NULL, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

char *
strata_sample_copy (GError **error)
{
  g_autofree char *parent = g_build_filename (g_get_user_data_dir (), "strata", NULL);
  g_autofree char *folder = g_build_filename (parent, "sample", NULL);
  g_autofree char *fresh = g_build_filename (parent, "sample.XXXXXX", NULL);
  g_autofree char *source = find_source ();

  if (g_file_test (folder, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&folder);

  /* It appears in one step, so that an interrupted copy is not taken for the user's. */
  if (g_mkdir_with_parents (parent, 0700) != 0 || g_mkdtemp_full (fresh, 0755) == NULL)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot write to “%s”: %s", parent,
                   g_strerror (errno));
      return NULL;
    }
  if (copy_folder (source, fresh, error) && make_database (fresh, error))
    {
      if (g_rename (fresh, folder) == 0)
        return g_steal_pointer (&folder);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot make “%s”: %s", folder, g_strerror (errno));
    }
  remove_folder (fresh);

  return NULL;
}
