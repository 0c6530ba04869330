/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/project-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/files.h"
#include "core/project/discover.h"
#include "core/project/env-world.h"
#include "core/project/python-path.h"
#include "core/project/settings-read.h"
#include "core/project/version-files.h"

G_DEFINE_BOXED_TYPE (StrataProject, strata_project, strata_project_ref, strata_project_unref)

char *
strata_project_read_module (const char  *dotted_name,
                            const char  *folder,
                            char       **path,
                            gsize       *length,
                            gpointer     data)
{
  StrataProject *self = data;
  const char * const only[] = { folder, NULL };
  g_autofree char *file = strata_python_path_find_module (folder != NULL ? only
                                                          : (const char * const *) self->python_path, dotted_name);
  char *text = file != NULL ? strata_file_read (file, length, NULL) : NULL;

  if (text != NULL)
    *path = g_steal_pointer (&file);

  return text;
}

static GStrv
grep_python (const char * const *words,
             gboolean            everywhere,
             gpointer            data)
{
  StrataProject *self = data;
  g_autofree char *folder = g_path_get_dirname (self->settings.script_location);
  g_autofree char *repository = everywhere ? strata_project_dup_repository (folder) : NULL;

  return strata_project_grep_python (repository != NULL ? repository : folder, words);
}

static gboolean
is_below (const char *path,
          const char *folder)
{
  gsize length = folder != NULL ? strlen (folder) : 0;

  return length > 0 && strncmp (path, folder, length) == 0 && path[length] == '/';
}

/* A settings file is the project's where it is in its folders or its repository; any other one is only read where a
 * variable names it. */
static gboolean
is_own_file (StrataProject *self,
             const char    *path)
{
  g_autofree char *scripts = g_path_get_dirname (self->settings.script_location);
  g_autofree char *repository = strata_project_dup_repository (scripts);

  return is_below (path, self->files.base) || is_below (path, self->files.folder) || is_below (path, scripts)
         || is_below (path, repository);
}

static StrataEnvReading
read_settings_file (const char  *path,
                    gboolean     is_named,
                    char       **text,
                    gsize       *length,
                    gpointer     data)
{
  if (!is_named && !is_own_file (data, path))
    return STRATA_ENV_FILE_REFUSED;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return STRATA_ENV_FILE_MISSING;

  *text = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? strata_file_read (path, length, NULL) : NULL;

  return *text != NULL ? STRATA_ENV_FILE_READ : STRATA_ENV_FILE_REFUSED;
}

static void
report_env (StrataProject *self,
            const char    *path,
            const char    *message)
{
  StrataPlace place = { path, 0, 0 };

  g_ptr_array_add (self->findings,
                   strata_finding_new (STRATA_SEVERITY_WARNING, "env-script", place, NULL, "%s", message));
}

static void
read_env (StrataProject      *self,
          const char * const *environment)
{
  g_autofree char *path = g_build_filename (self->settings.script_location, "env.py", NULL);
  g_autoptr(StrataWorld) world = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  StrataEnvSource source;
  gsize length;

  if (self->kind != STRATA_PROJECT_ALEMBIC)
    return;

  text = strata_file_read (path, &length, &error);
  if (text == NULL)
    {
      report_env (self, path, error->message);
      return;
    }

  world = strata_world_new (self->keys, self->files.base, environment, (const char * const *) self->x_args);
  source = (StrataEnvSource) {
    .path = path,
    .text = text,
    .length = length,
    .section = strata_keys_get_section (self->keys),
    .config_path = self->files.ini,
    .folder = self->files.base,
    .flask_app = g_environ_getenv ((char **) environment, "FLASK_APP"),
    .read_module = strata_project_read_module,
    .grep = grep_python,
    .read_file = read_settings_file,
    .data = self,
    .world = &strata_world_functions,
    .world_data = world,
  };
  self->env_facts = strata_env_facts_read (&source, self->findings);
  self->env_script = g_steal_pointer (&path);
  strata_settings_apply_env (&self->settings, self->env_facts, &strata_world_functions, world, self->findings);
}

/* Alembic sees only its own scripts, so that with one of ours among them it can no longer run the project. */
static void
report_mixed (StrataProject *self)
{
  for (guint i = 0; i < self->revisions->len; i++)
    {
      StrataRevision *revision = g_ptr_array_index (self->revisions, i);

      if (strata_revision_get_format (revision) != STRATA_REVISION_SQL)
        continue;

      g_ptr_array_add (self->findings,
                       strata_finding_new (STRATA_SEVERITY_NOTE, "mixed-formats",
                                           strata_revision_get_id_place (revision), NULL,
                                           _("Alembic does not see this revision, and so can't run the project")));
      return;
    }
}

/* Where the names of files are made without ids, none of them contradicts its header. */
static void
drop_name_findings (GPtrArray *findings)
{
  guint kept = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      StrataFinding *finding = g_ptr_array_index (findings, i);

      if (g_str_equal (strata_finding_get_code (finding), "sql-file-name"))
        strata_finding_unref (finding);
      else
        findings->pdata[kept++] = finding;
    }

  findings->len = kept;
}

static void
read_revisions (StrataProject *self)
{
  gboolean is_alembic = self->kind == STRATA_PROJECT_ALEMBIC;
  g_autoptr(GPtrArray) paths = strata_version_files_list (&self->settings, self->findings);

  self->revisions = strata_version_files_read (&self->settings, paths, is_alembic, self->findings);

  if (is_alembic)
    report_mixed (self);
  if (strstr (self->settings.file_template, "%(rev)") == NULL)
    drop_name_findings (self->findings);

  self->graph = strata_graph_new (self->revisions, self->findings);
}

/* Two keys that share a separator say the same twice. */
static void
sort_findings (GPtrArray *findings)
{
  strata_findings_sort (findings);

  for (guint i = findings->len; i > 1; i--)
    if (strata_finding_compare (g_ptr_array_index (findings, i - 1), g_ptr_array_index (findings, i - 2)) == 0)
      g_ptr_array_remove_index (findings, i - 1);
}

static GStrv
list_configs (const StrataConfigFiles *files)
{
  const char *all[] = { files->ini, files->toml, files->own };
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL)
      g_strv_builder_add (builder, all[i]);

  return g_strv_builder_end (builder);
}

StrataProject *
strata_project_open (const StrataProjectRequest  *request,
                     GError                     **error)
{
  g_autoptr(StrataProject) self = g_new0 (StrataProject, 1);
  g_autofree char *location = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->naming_lock);
  self->findings = strata_findings_new ();

  if (!strata_config_files_choose (request, &self->files, error))
    return NULL;

  self->configs = list_configs (&self->files);
  self->x_args = request->x_args != NULL ? g_strdupv ((GStrv) request->x_args) : g_new0 (char *, 1);
  self->keys = strata_keys_read (&self->files, request->section, self->findings, error);
  if (self->keys == NULL)
    return NULL;

  location = strata_keys_dup (self->keys, "script_location", NULL, NULL);
  if (location != NULL)
    strata_config_files_settle (&self->files, location);
  if (!strata_settings_read (&self->settings, &self->kind, self->keys, &self->files, self->findings, error))
    return NULL;

  self->python_path = strata_python_path_new ((const char * const *) self->settings.prepend_sys_path, self->files.base,
                                              self->files.folder, self->settings.script_location);
  read_env (self, request->environ);
  read_revisions (self);
  sort_findings (self->findings);

  return g_steal_pointer (&self);
}

StrataProject *
strata_project_ref (StrataProject *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_project_unref (StrataProject *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->graph, strata_graph_unref);
  g_clear_pointer (&self->revisions, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->env_facts, strata_env_facts_unref);
  g_clear_pointer (&self->naming, strata_naming_answer_free);
  g_clear_pointer (&self->doubt, g_free);
  g_mutex_clear (&self->naming_lock);
  g_clear_pointer (&self->env_script, g_free);
  g_clear_pointer (&self->python_path, g_strfreev);
  strata_settings_clear (&self->settings);
  g_clear_pointer (&self->x_args, g_strfreev);
  g_clear_pointer (&self->configs, g_strfreev);
  g_clear_pointer (&self->keys, strata_keys_free);
  strata_config_files_clear (&self->files);
  g_free (self);
}

StrataProjectKind
strata_project_get_kind (const StrataProject *self)
{
  return self->kind;
}

const char *
strata_project_get_root (const StrataProject *self)
{
  return self->files.folder;
}

const char * const *
strata_project_get_configs (const StrataProject *self)
{
  return (const char * const *) self->configs;
}

gboolean
strata_project_get_chosen (const StrataProject *self)
{
  return self->files.chosen;
}

const char *
strata_project_get_section (const StrataProject *self)
{
  return strata_keys_get_section (self->keys);
}

const char * const *
strata_project_get_x_args (const StrataProject *self)
{
  return (const char * const *) self->x_args;
}

const StrataSettings *
strata_project_get_settings (const StrataProject *self)
{
  return &self->settings;
}

const char *
strata_project_get_env_script (const StrataProject *self)
{
  return self->env_script;
}

GPtrArray *
strata_project_get_findings (const StrataProject *self)
{
  return self->findings;
}

GPtrArray *
strata_project_get_revisions (const StrataProject *self)
{
  return self->revisions;
}

StrataGraph *
strata_project_get_graph (const StrataProject *self)
{
  return self->graph;
}

char *
strata_project_dup_shown_path (const StrataProject *self,
                               const char          *path)
{
  g_autofree char *above = g_path_get_dirname (self->files.folder);
  /* Flask-Migrate has its alembic.ini among the scripts, so that the project is the folder above. */
  gboolean is_below = self->kind == STRATA_PROJECT_ALEMBIC &&
                      g_strcmp0 (self->files.folder, self->settings.script_location) == 0;
  const char *folder = is_below ? above : self->files.folder;
  gsize length = strlen (folder);

  if (strncmp (path, folder, length) == 0 && path[length] == '/')
    path += length + 1;

  return g_filename_display_name (path);
}

char *
strata_project_find_module (const StrataProject *self,
                            const char          *dotted_name)
{
  return strata_python_path_find_module ((const char * const *) self->python_path, dotted_name);
}
