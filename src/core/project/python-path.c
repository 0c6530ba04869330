/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/python-path.h"

#include <string.h>

#include "core/base/files.h"

static void
add_folder (GPtrArray *folders,
            char      *folder)
{
  if (g_ptr_array_find_with_equal_func (folders, folder, g_str_equal, NULL))
    g_free (folder);
  else
    g_ptr_array_add (folders, folder);
}

/* What the package that a folder is in is imported from; the folder itself where it is in none. New. */
static char *
find_outside_of_package (const char *folder)
{
  char *path = g_strdup (folder);

  for (;;)
    {
      char *parent;

      if (!strata_folder_has (path, "__init__.py"))
        return path;
      parent = g_path_get_dirname (path);
      g_free (path);
      path = parent;
    }
}

GStrv
strata_python_path_new (const char * const *prepended,
                        const char         *base,
                        const char         *root,
                        const char         *script_location)
{
  g_autoptr(GPtrArray) folders = g_ptr_array_new ();

  for (guint i = 0; prepended[i] != NULL; i++)
    add_folder (folders, g_strdup (prepended[i]));

  add_folder (folders, g_strdup (base));
  add_folder (folders, g_strdup (root));
  if (script_location != NULL)
    add_folder (folders, g_path_get_dirname (script_location));
  add_folder (folders, g_build_filename (root, "src", NULL));

  /* "app/alembic.ini" of a package "app" that is imported by its full name. */
  if (!strata_folder_has (root, ".git"))
    add_folder (folders, g_path_get_dirname (root));
  add_folder (folders, find_outside_of_package (root));

  g_ptr_array_add (folders, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&folders), FALSE);
}

static char *
find_file (const char *folder,
           const char *relative,
           const char *suffix)
{
  g_autofree char *path = g_strconcat (folder, "/", relative, suffix, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

/* A name is never a way out of the folders. */
static char *
path_of_name (const char *dotted_name)
{
  g_autofree char *relative = g_strdup (dotted_name);

  if (*relative == '\0' || strchr (relative, '/') != NULL || *relative == '.' || strstr (relative, "..") != NULL)
    return NULL;

  g_strdelimit (relative, ".", '/');

  return g_steal_pointer (&relative);
}

char *
strata_python_path_find_module (const char * const *path,
                                const char         *dotted_name)
{
  g_autofree char *relative = path_of_name (dotted_name);

  for (guint i = 0; relative != NULL && path[i] != NULL; i++)
    {
      char *file = find_file (path[i], relative, "/__init__.py");

      if (file == NULL)
        file = find_file (path[i], relative, ".py");
      if (file != NULL)
        return file;
    }

  return NULL;
}

char *
strata_python_path_find_resource (const char * const *path,
                                  const char         *resource)
{
  g_auto(GStrv) parts = g_strsplit (resource, ":", -1);
  g_autofree char *relative = path_of_name (parts[0]);
  g_autofree char *below = g_strjoinv ("/", parts + 1);

  for (guint i = 0; relative != NULL && path[i] != NULL; i++)
    {
      g_autofree char *package = g_build_filename (path[i], relative, NULL);

      if (g_file_test (package, G_FILE_TEST_IS_DIR))
        return g_build_filename (package, below, NULL);
    }

  return NULL;
}
