/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/compose-files.h"

#include <string.h>

#include "core/base/files.h"
#include "core/config/dotenv.h"

static gboolean
is_compose_name (const char *name)
{
  return (g_str_has_suffix (name, ".yml") || g_str_has_suffix (name, ".yaml")) &&
         (g_str_has_prefix (name, "compose.") || g_str_has_prefix (name, "docker-compose."));
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (is_compose_name (name))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));

  g_ptr_array_sort (paths, compare_strings);

  return paths;
}

static GPtrArray *
find_files (const char  *root,
            char       **folder)
{
  g_autofree char *here = g_strdup (root);

  while (TRUE)
    {
      g_autoptr(GPtrArray) paths = list_files (here);
      g_autofree char *parent = g_path_get_dirname (here);

      if (paths->len > 0 || strata_folder_has (here, ".git") || g_str_equal (parent, here))
        {
          *folder = g_steal_pointer (&here);
          return g_steal_pointer (&paths);
        }

      g_free (here);
      here = g_steal_pointer (&parent);
    }
}

static StrataComposeDatabase *
find_service (GPtrArray  *databases,
              const char *service)
{
  for (guint i = 0; i < databases->len; i++)
    {
      StrataComposeDatabase *database = g_ptr_array_index (databases, i);

      if (g_str_equal (database->service, service))
        return database;
    }

  return NULL;
}

static void
swap (StrataComposeDatabase *a,
      StrataComposeDatabase *b)
{
  StrataComposeDatabase kept = *a;

  *a = *b;
  *b = kept;
}

/* Both say something of one service: the one with the image describes it, the other may publish it. The files come in
 * the order of their names, in which the overriding one may be first. */
static void
merge (StrataComposeDatabase *known,
       StrataComposeDatabase *added)
{
  if (!known->has_image && added->has_image)
    swap (known, added);
  if (known->port != 0)
    return;

  known->port = added->port;
  g_free (known->host);
  known->host = g_steal_pointer (&added->host);
}

static void
add_all (GPtrArray *databases,
         GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      StrataComposeDatabase *added = g_ptr_array_index (found, i);
      StrataComposeDatabase *known = find_service (databases, added->service);

      if (known != NULL)
        merge (known, added);
      else
        g_ptr_array_add (databases, g_ptr_array_steal_index (found, i--));
    }
}

GPtrArray *
strata_compose_files_read (const StrataProject *project,
                           const char * const  *environment)
{
  g_autofree char *folder = NULL;
  g_autoptr(GPtrArray) paths = find_files (strata_project_get_root (project), &folder);
  g_autofree char *dotenv_path = g_build_filename (folder, ".env", NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) dotenv = NULL;
  const StrataConfigValue *variables;
  GPtrArray *databases = strata_compose_read ("", 0, NULL, NULL);
  gsize length;
  g_autofree char *dotenv_text = strata_file_read (dotenv_path, &length, NULL);

  if (dotenv_text != NULL)
    dotenv = strata_dotenv_parse (dotenv_path, dotenv_text, length, environment, FALSE, findings);

  variables = dotenv != NULL ? strata_document_get_root (dotenv) : NULL;
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *text = strata_file_read (g_ptr_array_index (paths, i), &length, NULL);
      g_autoptr(GPtrArray) found = NULL;

      if (text == NULL)
        continue;

      found = strata_compose_read (text, length, environment, variables);
      add_all (databases, found);
    }

  return databases;
}
