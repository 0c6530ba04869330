/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/init.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/project/config-files.h"

#define VERSIONS "versions"

static gboolean
make_folder (const char  *folder,
             GError     **error)
{
  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _("Cannot make the folder “%s”: %s"), folder, g_strerror (errno));

  return FALSE;
}

static gboolean
check_no_project (const char  *folder,
                  GError     **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  strata_config_files_in_folder (folder, found);
  if (found->len == 0)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_EXISTS, _("There is a project here already: “%s”"),
               (char *) g_ptr_array_index (found, 0));

  return FALSE;
}

/* Git's own placeholder does not count: somebody may have made the folder for us. */
static gboolean
check_empty (const char  *folder,
             GError     **error)
{
  g_autoptr(GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      if (g_str_equal (name, ".gitkeep"))
        continue;

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_EXISTS, "Directory %s already exists and is not empty", folder);
      return FALSE;
    }

  return TRUE;
}

/* An empty folder is not kept by git, and the project would come back from it without one. */
static gboolean
make_versions (const char  *versions,
               GError     **error)
{
  g_autofree char *keep = g_build_filename (versions, ".gitkeep", NULL);

  if (!make_folder (versions, error))
    return FALSE;

  return g_file_test (keep, G_FILE_TEST_EXISTS) || strata_file_create (keep, "", 0, error);
}

char *
strata_project_init (const char  *folder,
                     GError     **error)
{
  g_autofree char *root = g_canonicalize_filename (folder != NULL ? folder : ".", NULL);
  g_autofree char *config = g_build_filename (root, "strata.ini", NULL);
  g_autofree char *versions = g_build_filename (root, VERSIONS, NULL);

  if (!check_no_project (root, error) || !check_empty (versions, error))
    return NULL;

  if (!make_versions (versions, error) ||
      !strata_file_create (config, strata_resource_text ("templates/strata.ini"), -1, error))
    return NULL;

  return g_steal_pointer (&config);
}
