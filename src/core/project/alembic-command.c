/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/alembic-command.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/config/toml.h"
#include "core/project/project-private.h"
#include "core/config/yaml.h"

/* A tool that runs programs inside of the environment that it keeps for a project. */
typedef struct
{
  const char *program;
  const char *file;      /* its lock file */
  const char *table;     /* of [tool] in pyproject.toml; or NULL */
  const char *part;      /* of that table, where others write into it too; or NULL */
} Runner;

static const Runner runners[] = {
  { "uv", "uv.lock", "uv", NULL },
  { "poetry", "poetry.lock", "poetry", NULL },
  { "pdm", "pdm.lock", "pdm", NULL },
  { "pipenv", "Pipfile", NULL, NULL },
  { "rye", "requirements.lock", "rye", NULL },
  /* Projects of other tools are built by it, which says nothing of where they run. */
  { "hatch", "hatch.toml", "hatch", "envs" },
};

static const char * const environments[] = { ".venv", "venv" };

typedef struct
{
  const StrataProject *project;
  const char * const  *environment;
  char                *folder;      /* where Alembic is started; owned */
  gboolean             is_flask;    /* "flask db" is what runs it */
  GPtrArray           *commands;
} Search;

static gboolean
is_program (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_REGULAR) && access (path, X_OK) == 0;
}

/* By its whole path, so that consent is for this one and no other that comes before it in PATH one day. */
static char *
find_in_path (const Search *search,
              const char   *name)
{
  const char *path = g_environ_getenv ((char **) search->environment, "PATH");
  g_auto(GStrv) folders = g_strsplit (path != NULL ? path : "", ":", -1);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *program = g_build_filename (folders[i], name, NULL);

      if (g_path_is_absolute (folders[i]) && is_program (program))
        return g_steal_pointer (&program);
    }

  return NULL;
}

static void
add (Search             *search,
     const char * const *arguments,
     const char         *reason)
{
  g_ptr_array_add (search->commands,
                   strata_project_command_new (STRATA_COMMAND_ALEMBIC, arguments, search->folder, reason));
}

static gboolean
has_table (const char   *folder,
           const Runner *runner)
{
  g_autofree char *path = g_build_filename (folder, "pyproject.toml", NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (runner->table == NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR) || (text = strata_file_read (path, &length, NULL)) == NULL)
    return FALSE;

  document = strata_toml_parse (path, text, length, findings);

  return document != NULL
         && strata_config_value_lookup_path (strata_document_get_root (document), "tool", runner->table, runner->part, NULL) != NULL;
}

static void
add_runner (Search       *search,
            const Runner *runner,
            const char   *folder)
{
  gboolean locked = strata_folder_has (folder, runner->file);
  g_autofree char *program = locked || has_table (folder, runner) ? find_in_path (search, runner->program) : NULL;
  g_autofree char *path = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *reason = NULL;

  if (program == NULL)
    return;

  path = g_build_filename (folder, locked ? runner->file : "pyproject.toml", NULL);
  shown = strata_project_dup_shown_path (search->project, path);
  reason = locked ? g_strdup_printf (_("because of %s"), shown)
                  : g_strdup_printf (_("because of [tool.%s%s%s] in %s"), runner->table,
                                     runner->part != NULL ? "." : "",
                                     runner->part != NULL ? runner->part : "", shown);
  if (search->is_flask)
    add (search, (const char *[]) { program, "run", "flask", "db", NULL }, reason);
  else
    add (search, (const char *[]) { program, "run", "alembic", NULL }, reason);
}

static void
add_program (Search     *search,
             const char *program,
             const char *reason)
{
  add (search, (const char *[]) { program, search->is_flask ? "db" : NULL, NULL }, reason);
}

static void
add_environment (Search     *search,
                 const char *path,
                 const char *reason)
{
  g_autofree char *program = g_build_filename (path, "bin", search->is_flask ? "flask" : "alembic", NULL);

  if (is_program (program))
    add_program (search, program, reason);
}

static void
add_of_folder (Search     *search,
               const char *folder)
{
  for (guint i = 0; i < G_N_ELEMENTS (runners); i++)
    add_runner (search, &runners[i], folder);

  for (guint i = 0; i < G_N_ELEMENTS (environments); i++)
    {
      g_autofree char *path = g_build_filename (folder, environments[i], NULL);
      g_autofree char *shown = strata_project_dup_shown_path (search->project, path);
      g_autofree char *reason = g_strdup_printf (_("the project's own environment, %s"), shown);

      add_environment (search, path, reason);
    }
}

/* Calls the function for each folder from the project's up to its repository's root. */
static void
walk_up (Search  *search,
         void   (*visit) (Search *search, const char *folder))
{
  g_autofree char *here = g_strdup (strata_project_get_root (search->project));

  while (TRUE)
    {
      g_autofree char *parent = g_path_get_dirname (here);

      visit (search, here);
      if (strata_folder_has (here, ".git") || g_str_equal (parent, here) || g_str_equal (here, g_get_home_dir ()))
        return;

      g_free (here);
      here = g_steal_pointer (&parent);
    }
}

static void
add_of_user (Search *search)
{
  const char *active = g_environ_getenv ((char **) search->environment, "VIRTUAL_ENV");
  g_autofree char *program = find_in_path (search, search->is_flask ? "flask" : "alembic");

  if (active != NULL && g_path_is_absolute (active))
    add_environment (search, active, _("the environment that is active, VIRTUAL_ENV"));
  if (program != NULL)
    add_program (search, program, _("from PATH"));
}

/* FALSE with the error set; *given says whether there is one at all. */
static gboolean
add_given (Search    *search,
           gboolean  *given,
           GError   **error)
{
  StrataPlace place = { 0 };
  g_autofree char *text = strata_keys_dup_own (search->project->keys, "alembic_command", &place, NULL);
  g_autofree char *shown = strata_place_to_string (place);
  g_autofree char *reason = g_strdup_printf (_("alembic_command in %s"), shown);
  g_auto(GStrv) arguments = NULL;
  g_autoptr(GError) local = NULL;

  *given = text != NULL;
  if (text == NULL)
    return TRUE;

  if (!g_shell_parse_argv (text, NULL, &arguments, &local))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("%s: alembic_command cannot be understood: %s"),
                   shown,
                   local->message);
      return FALSE;
    }

  /* A path is the project's, wherever Alembic is started. */
  if (strchr (arguments[0], '/') != NULL && !g_path_is_absolute (arguments[0]))
    {
      g_autofree char *relative = arguments[0];

      arguments[0] = g_canonicalize_filename (relative, search->project->files.folder);
    }

  add (search, (const char * const *) arguments, reason);

  return TRUE;
}

static gboolean
is_flask (const StrataProject *project)
{
  return project->env_facts != NULL && (strata_env_facts_get_traits (project->env_facts) & STRATA_ENV_WANTS_FLASK) != 0;
}

/* Where relative paths mean what the project's files mean: in the folder of the configuration file, unless the user named
 * that file from elsewhere and only from there its scripts are found. */
static char *
find_folder (const StrataProject *project)
{
  const StrataConfigFiles *files = &project->files;
  g_autofree char *location = strata_keys_dup (project->keys, "script_location", NULL, NULL);
  g_autofree char *there = location != NULL ? g_canonicalize_filename (location, files->folder) : NULL;

  /* The application is the project; its alembic.ini is among the scripts. */
  if (is_flask (project) && g_strcmp0 (files->folder, project->settings.script_location) == 0)
    return g_path_get_dirname (files->folder);
  if (there == NULL || strchr (location, ':') != NULL || strcmp (there, project->settings.script_location) == 0)
    return g_strdup (files->folder);

  return g_strdup (files->base);
}

/* Services that are built from the repository, not those of an image: one of them is the application. */
static void
offer_services (GStrvBuilder *offers,
                const char   *path,
                gboolean      for_flask)
{
  gsize length;
  g_autofree char *text = strata_file_read (path, &length, NULL);
  g_autoptr(StrataYaml) yaml = text != NULL ? strata_yaml_parse (text, length) : NULL;
  const StrataYamlNode *services = yaml != NULL ? strata_yaml_node_find (strata_yaml_get_root (yaml), "services") : NULL;

  for (guint i = 0; i < strata_yaml_node_get_n (services); i++)
    {
      const char *name = NULL;
      const StrataYamlNode *service = strata_yaml_node_get (services, i, &name);
      g_autofree char *line = NULL;

      if (name == NULL || strata_yaml_node_find (service, "build") == NULL)
        continue;

      line = g_strdup_printf ("docker compose run --rm -T -e PGAPPNAME -e PYTHONUNBUFFERED %s %s", name, for_flask ? "flask db" : "alembic");
      g_strv_builder_add (offers, line);
    }
}

static GStrv
find_offers (const StrataProject *project)
{
  static const char * const names[] = { "compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml" };
  g_autoptr(GStrvBuilder) offers = g_strv_builder_new ();
  g_autofree char *here = g_strdup (strata_project_get_root (project));

  while (TRUE)
    {
      g_autofree char *parent = g_path_get_dirname (here);

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        if (strata_folder_has (here, names[i]))
          {
            g_autofree char *path = g_build_filename (here, names[i], NULL);

            offer_services (offers, path, is_flask (project));
            return g_strv_builder_end (offers);
          }

      if (strata_folder_has (here, ".git") || g_str_equal (parent, here))
        return g_strv_builder_end (offers);

      g_free (here);
      here = g_steal_pointer (&parent);
    }
}

GPtrArray *
strata_project_find_alembic (const StrataProject  *project,
                             const char * const   *environment,
                             GStrv                *offers,
                             GError              **error)
{
  g_autoptr(GPtrArray) commands = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_project_command_unref);
  g_autofree char *folder = find_folder (project);
  Search search = { project, environment, folder, is_flask (project), commands };
  gboolean given = FALSE;

  if (offers != NULL)
    *offers = find_offers (project);

  if (!add_given (&search, &given, error))
    {
      if (offers != NULL)
        g_clear_pointer (offers, g_strfreev);
      return NULL;
    }

  if (!given)
    {
      walk_up (&search, add_of_folder);
      add_of_user (&search);
    }

  return g_steal_pointer (&commands);
}

static void
add_config (GStrvBuilder *options,
            const char   *folder,
            const char   *config,
            const char   *usual)
{
  g_autofree char *expected = g_build_filename (folder, usual, NULL);

  if (config != NULL && strcmp (config, expected) != 0)
    g_strv_builder_add_many (options, "-c", config, NULL);
}

gboolean
strata_project_command_is_flask (const StrataProjectCommand *command)
{
  const char * const *arguments = strata_project_command_get_arguments (command);
  guint n = g_strv_length ((GStrv) arguments);

  return n > 1 && strcmp (arguments[n - 1], "db") == 0 && g_str_has_suffix (arguments[n - 2], "flask");
}

/* It takes the configuration from the folder of the scripts, whose name is usual. */
static GStrv
dup_flask_options (const StrataProject *project)
{
  g_autofree char *folder = find_folder (project);
  g_autofree char *usual = g_build_filename (folder, "migrations", NULL);
  const char *location = project->settings.script_location;
  g_autoptr(GStrvBuilder) options = g_strv_builder_new ();

  if (g_strcmp0 (location, usual) != 0)
    g_strv_builder_add_many (options, "-d", location, NULL);

  return g_strv_builder_end (options);
}

GStrv
strata_project_dup_alembic_options (const StrataProject        *project,
                                    const StrataProjectCommand *command)
{
  g_autoptr(GStrvBuilder) options = g_strv_builder_new ();
  g_autofree char *folder = find_folder (project);
  const char *section = strata_project_get_section (project);
  const char * const *x_args = strata_project_get_x_args (project);

  if (command != NULL && strata_project_command_is_flask (command))
    return dup_flask_options (project);

  add_config (options, folder, project->files.ini, "alembic.ini");
  add_config (options, folder, project->files.toml, "pyproject.toml");

  /* A strata.ini alone: its keys are those of an alembic.ini. */
  if (project->files.ini == NULL && project->files.toml == NULL)
    g_strv_builder_add_many (options, "-c", project->files.own, NULL);

  if (project->files.toml == NULL && section != NULL && strcmp (section, "alembic") != 0)
    g_strv_builder_add_many (options, "-n", section, NULL);
  for (guint i = 0; x_args[i] != NULL; i++)
    g_strv_builder_add_many (options, "-x", x_args[i], NULL);

  return g_strv_builder_end (options);
}
