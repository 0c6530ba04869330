/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/process/advice-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/files.h"

/* What brings into an environment what its project needs. */
static const char *
get_install (const StrataProjectCommand *command)
{
  static const struct { const char *program, *install; } installs[] = {
    { "uv", "uv sync" },         { "poetry", "poetry install" }, { "pdm", "pdm install" },
    { "pipenv", "pipenv sync" }, { "rye", "rye sync" },
  };
  g_autofree char *name = g_path_get_basename (strata_project_command_get_arguments (command)[0]);

  for (guint i = 0; i < G_N_ELEMENTS (installs); i++)
    if (strcmp (name, installs[i].program) == 0)
      return installs[i].install;

  return NULL;
}

static char *
advise_install (const StrataProjectCommand *command,
                const char                 *what)
{
  const char *install = get_install (command);

  if (install == NULL)
    return g_strdup_printf (_("%s: install there what the project needs, or say with “alembic_command” in strata.ini "
                              "how Alembic is run"), what);

  return g_strdup_printf (_("%s: install there what the project needs (“%s”), or say with “alembic_command” in "
                            "strata.ini how Alembic is run"), what, install);
}

/* "ModuleNotFoundError: No module named 'a.b'"; the last one is what ended it. */
static char *
find_module (const char *words)
{
  static const char start[] = "No module named '";
  const char *last = NULL;

  for (const char *next = strstr (words, start); next != NULL; next = strstr (next + 1, start))
    last = next + strlen (start);

  return last != NULL && strchr (last, '\'') != NULL ? g_strndup (last, strchr (last, '\'') - last) : NULL;
}

static char *
advise_module (const StrataProjectCommand *command,
               const char                 *module)
{
  g_autofree char *what = g_strdup_printf (_("Python has no module “%s” in this environment"), module);
  g_autofree char *install = NULL;

  if (strcmp (module, "alembic") == 0)
    return advise_install (command, what);

  install = advise_install (command, what);

  return g_strdup_printf (_("%s. Where it is the project's own, “prepend_sys_path” or PYTHONPATH has to have its "
                            "folder, in which a relative path begins in %s"), install,
                          strata_project_command_get_folder (command));
}

char *
strata_process_advise (const StrataProjectCommand *command,
                       const char                 *words)
{
  static const char * const no_alembic[] = {
    "Command not found: alembic", "the command alembic could not be found", "alembic: not found", "Failed to spawn: `alembic`",
    "\"alembic\": executable file not found", "Command 'alembic' is not found",
  };
  g_autofree char *module = find_module (words);

  for (guint i = 0; i < G_N_ELEMENTS (no_alembic); i++)
    if (strstr (words, no_alembic[i]) != NULL)
      return advise_install (command, _("There is no Alembic in this environment"));

  if (module != NULL)
    return advise_module (command, module);
  if (strstr (words, "EOF when reading a line") != NULL)
    return g_strdup (_("It asked something: a program that steps are handed to has no terminal, and nobody answers. "
                       "What it wants to know may come from the environment, or by -x"));
  if (strstr (words, "Working outside of application context") != NULL)
    return g_strdup (_("It wants a Flask application around it, which “flask db” gives it: alembic_command = flask "
                       "db"));
  if (strstr (words, "Could not locate a Flask application") != NULL || strstr (words, "No such command 'db'") != NULL)
    return g_strdup (_("Which application Flask runs is said by FLASK_APP, in the environment or in .flaskenv"));

  return NULL;
}

/* A script whose "#!" names what is not there: the system then says of the script itself that it is not. */
char *
strata_process_advise_start (const StrataProjectCommand *command)
{
  const char *program = strata_project_command_get_arguments (command)[0];
  g_autofree char *text = NULL;
  g_autofree char *interpreter = NULL;
  g_autofree char *shown = NULL;
  gsize length;

  if (!g_path_is_absolute (program) || !g_file_test (program, G_FILE_TEST_IS_REGULAR)
      || (text = strata_file_read (program, &length, NULL)) == NULL || !g_str_has_prefix (text, "#!"))
    return NULL;

  interpreter = g_strndup (text + 2, strcspn (text + 2, "\r\n"));
  g_strstrip (interpreter);
  if (interpreter[strcspn (interpreter, " \t")] == '\0' && g_file_test (interpreter, G_FILE_TEST_EXISTS))
    return NULL;

  shown = g_filename_display_name (interpreter);

  return g_strdup_printf (_("It is there, but not “%s”, which should run it: the environment was moved, or its Python "
                            "is gone. Make it anew, or say with “alembic_command” in strata.ini how Alembic is run"),
                          shown);
}
