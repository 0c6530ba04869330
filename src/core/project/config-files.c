/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/config-files.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/config/ini.h"
#include "core/config/toml.h"
#include "core/project/discover.h"

void
strata_config_files_clear (StrataConfigFiles *files)
{
  g_clear_pointer (&files->ini, g_free);
  g_clear_pointer (&files->toml, g_free);
  g_clear_pointer (&files->own, g_free);
  g_clear_pointer (&files->folder, g_free);
  g_clear_pointer (&files->base, g_free);
}

/* The path of a file that is there; else NULL. */
static char *
file_in (const char *folder,
         const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

static gboolean
is_named (const char *path,
          const char *name)
{
  g_autofree char *base = g_path_get_basename (path);

  return g_str_equal (base, name);
}

/* Many a repository has a pyproject.toml and few have this table, so that most are answered without being parsed. One
 * that cannot be parsed but mentions it counts: then the mistake is shown instead of "no project". */
static gboolean
has_alembic_table (const char *path)
{
  gsize length;
  g_autofree char *text = strata_file_read (path, &length, NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = NULL;

  if (text == NULL || strstr (text, "alembic") == NULL)
    return FALSE;

  document = strata_toml_parse (path, text, length, findings);
  if (document == NULL)
    return strstr (text, "tool.alembic") != NULL;

  return strata_config_value_lookup_path (strata_document_get_root (document), "tool", "alembic", NULL) != NULL;
}

static StrataDocument *
read_ini (const char *path)
{
  gsize length;
  g_autofree char *text = strata_file_read (path, &length, NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  return text != NULL ? strata_ini_parse (path, text, length, NULL, findings) : NULL;
}

/* A strata.ini beside an Alembic configuration only adds our keys to it, unless it says where scripts are. */
static gboolean
names_scripts (const char *own)
{
  g_autoptr(StrataDocument) document = read_ini (own);

  return document != NULL &&
         (strata_ini_lookup (document, "strata", "script_location") != NULL ||
          strata_ini_lookup (document, "strata", "version_locations") != NULL);
}

static gboolean
is_own (const char *path)
{
  g_autoptr(StrataDocument) document = NULL;

  if (is_named (path, "strata.ini"))
    return TRUE;

  document = read_ini (path);

  return document != NULL &&
         strata_ini_has_section (document, "strata") && !strata_ini_has_section (document, "alembic");
}

static char *
toml_in (const char *folder)
{
  g_autofree char *path = file_in (folder, "pyproject.toml");

  return path != NULL && has_alembic_table (path) ? g_steal_pointer (&path) : NULL;
}

void
strata_config_files_in_folder (const char *folder,
                               GPtrArray  *found)
{
  g_autofree char *ini = file_in (folder, "alembic.ini");
  g_autofree char *toml = ini == NULL ? toml_in (folder) : NULL;
  g_autofree char *own = file_in (folder, "strata.ini");
  gboolean has_alembic = ini != NULL || toml != NULL;

  if (own != NULL && (!has_alembic || names_scripts (own)))
    g_ptr_array_add (found, g_steal_pointer (&own));
  if (ini != NULL)
    g_ptr_array_add (found, g_steal_pointer (&ini));
  if (toml != NULL)
    g_ptr_array_add (found, g_steal_pointer (&toml));
}

static gboolean
take_named (StrataConfigFiles  *files,
            const char         *name,
            GError            **error)
{
  g_autofree char *path = g_canonicalize_filename (name, files->base);
  g_autofree char *shown = g_filename_display_name (path);
  gboolean is_toml = is_named (path, "pyproject.toml");
  char **slot;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT,
                   "No 'script_location' key found in configuration: there is no file “%s”.", shown);
      return FALSE;
    }

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT,
                   g_file_test (path, G_FILE_TEST_IS_DIR)
                   ? _("“%s” is not a project file, but a folder: name the file in "
                       "it") : _("“%s” is not a project file"),
                   shown);
      return FALSE;
    }

  slot = is_toml ? &files->toml : is_own (path) ? &files->own : &files->ini;
  if (*slot != NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "%s",
                   is_toml ? "pyproject.toml indicated more than once" : "only one ini file may be indicated");
      return FALSE;
    }

  *slot = g_steal_pointer (&path);

  return TRUE;
}

static void
set_folder (StrataConfigFiles *files)
{
  const char *first = files->ini != NULL ? files->ini : files->toml != NULL ? files->toml : files->own;

  files->folder = g_path_get_dirname (first);
}

/* Alembic fills the slot that was not named from the working directory; beside the named file is where it stands when
 * one works in that folder. */
static void
add_companions (StrataConfigFiles *files)
{
  g_autofree char *own = NULL;

  if (files->ini != NULL && files->toml == NULL)
    files->toml = toml_in (files->base);
  if (files->ini != NULL && files->toml == NULL)
    files->toml = toml_in (files->folder);
  if (files->toml != NULL && files->ini == NULL)
    files->ini = file_in (files->base, "alembic.ini");
  if (files->toml != NULL && files->ini == NULL)
    files->ini = file_in (files->folder, "alembic.ini");

  if (files->own == NULL && (own = file_in (files->folder, "strata.ini")) != NULL && !names_scripts (own))
    files->own = g_steal_pointer (&own);
}

/* A strata.ini that says nothing of scripts stands for the Alembic configuration beside it. */
static void
complete_own (StrataConfigFiles *files)
{
  if (files->ini != NULL || files->toml != NULL || names_scripts (files->own))
    return;

  files->ini = file_in (files->folder, "alembic.ini");
  files->toml = toml_in (files->folder);
}

static gboolean
take_all (StrataConfigFiles   *files,
          const char * const  *names,
          GError             **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (!take_named (files, names[i], error))
      return FALSE;

  set_folder (files);
  if (files->own != NULL)
    complete_own (files);
  if (files->ini != NULL || files->toml != NULL)
    add_companions (files);

  return TRUE;
}

gboolean
strata_config_files_choose (const StrataProjectRequest  *request,
                            StrataConfigFiles           *files,
                            GError                     **error)
{
  const char *variable = request->environ != NULL
                         ? g_environ_getenv ((char **) request->environ, "ALEMBIC_CONFIG") : NULL;
  gboolean has_variable = variable != NULL && *variable != '\0';
  const char *names[2] = { variable, NULL };
  g_autofree char *found = NULL;

  files->base = g_canonicalize_filename (request->folder != NULL ? request->folder : ".", NULL);
  files->chosen = has_variable || (request->configs != NULL && *request->configs != NULL);

  if (request->configs != NULL && *request->configs != NULL)
    return take_all (files, request->configs, error);
  if (has_variable)
    return take_all (files, names, error);

  found = strata_project_find (files->base, error);
  if (found == NULL)
    return FALSE;

  g_free (files->base);
  files->base = g_path_get_dirname (found);
  names[0] = found;

  return take_all (files, names, error);
}

static gboolean
has_scripts (const char *folder,
             const char *location)
{
  g_autofree char *env = g_build_filename (folder, location, "env.py", NULL);

  return g_file_test (env, G_FILE_TEST_IS_REGULAR);
}

void
strata_config_files_settle (StrataConfigFiles *files,
                            const char        *script_location)
{
  g_autofree char *here = g_strdup (files->folder);
  g_autofree char *last = NULL;

  if (g_path_is_absolute (script_location) || strata_folder_has (files->base, script_location) ||
      strata_folder_has (files->folder, script_location))
    return;

  /* What is beyond the repository is another project's. A container has none: there one folder above is near enough. */
  last = strata_project_dup_repository (here);
  if (last == NULL)
    last = g_path_get_dirname (here);

  while (!g_str_equal (here, last))
    {
      g_autofree char *below = here;

      here = g_path_get_dirname (below);
      if (has_scripts (here, script_location))
        {
          g_free (files->base);
          files->base = g_steal_pointer (&here);
          return;
        }
    }
}
