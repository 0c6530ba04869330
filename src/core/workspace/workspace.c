/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/workspace-private.h"

#include <glib/gi18n-lib.h>

#include "core/engine/version-table.h"

StrataWorkspace *
strata_workspace_open (const StrataWorkspaceRequest  *request,
                       GError                       **error)
{
  g_autoptr(StrataProject) project = strata_project_open (&request->project, error);

  return project != NULL ? strata_workspace_new (project, request) : NULL;
}

StrataWorkspace *
strata_workspace_new (StrataProject                *project,
                      const StrataWorkspaceRequest *request)
{
  StrataWorkspace *self = g_new0 (StrataWorkspace, 1);

  self->project = strata_project_ref (project);
  self->profile_name = g_strdup (request->profile);
  self->url = g_strdup (request->url);
  self->password = g_strdup (request->password);
  self->environ = g_strdupv ((char **) request->project.environ);
  self->password_stdin = request->password_stdin;
  self->covers_privileges = strata_project_get_settings (project)->privileges;

  return self;
}

void
strata_workspace_cover_privileges (StrataWorkspace *self)
{
  self->covers_privileges = TRUE;
}

void
strata_workspace_free (StrataWorkspace *self)
{
  g_clear_pointer (&self->project, strata_project_unref);
  g_clear_pointer (&self->modules, strata_modules_unref);
  g_clear_pointer (&self->grafted, strata_graph_unref);
  g_clear_pointer (&self->choice, strata_database_choice_unref);
  g_clear_pointer (&self->profile, strata_profile_unref);
  g_free (self->profile_name);
  g_free (self->url);
  g_free (self->password);
  g_strfreev (self->environ);
  g_clear_pointer (&self->alembic, strata_project_command_unref);
  g_strfreev (self->alembic_options);
  g_free (self->alembic_advice);
  g_free (self);
}

StrataModules *
strata_workspace_get_modules (StrataWorkspace *self)
{
  if (self->modules == NULL)
    self->modules = strata_modules_new (self->project);

  return self->modules;
}

StrataProject *
strata_workspace_get_project (StrataWorkspace *self)
{
  return self->project;
}

StrataGraph *
strata_workspace_get_graph (StrataWorkspace *self)
{
  return self->grafted != NULL ? self->grafted : strata_project_get_graph (self->project);
}

/* A database that a profile knows is treated as the profile says, however it was named. */
static gboolean
match_profile (StrataWorkspace             *self,
               const StrataDatabaseChoice  *choice,
               GError                     **error)
{
  StrataUrl *url = strata_database_choice_get_url (choice);

  return self->profile != NULL || url == NULL
         || strata_profiles_match (strata_project_get_root (self->project), url, NULL, &self->profile, error);
}

StrataDatabaseChoice *
strata_workspace_get_choice (StrataWorkspace  *self,
                             GError          **error)
{
  g_autoptr(StrataDatabaseChoice) choice = NULL;
  StrataDatabaseRequest request = { .url = self->url, .environ = (const char * const *) self->environ };

  if (self->choice != NULL)
    return self->choice;

  if (self->profile_name != NULL)
    {
      self->profile = strata_profiles_find (strata_project_get_root (self->project), self->profile_name, error);
      if (self->profile == NULL)
        return NULL;

      request.profile = self->profile;
    }

  choice = strata_project_choose_database (self->project, &request, error);
  if (choice == NULL || !match_profile (self, choice, error))
    return NULL;

  self->choice = g_steal_pointer (&choice);

  return self->choice;
}

char *
strata_workspace_dup_switch (StrataWorkspace *self,
                             const char      *name)
{
  static const char * const no[] = { "", "0", "f", "false", "n", "no", "off", NULL };
  g_autofree char *place = NULL;
  g_autofree char *value = strata_project_dup_variable (self->project, name, (const char * const *) self->environ, &place);
  g_autofree char *lower = value != NULL ? g_ascii_strdown (g_strstrip (value), -1) : NULL;

  if (lower == NULL || g_strv_contains (no, lower))
    return NULL;

  return g_strdup_printf (_("%s=%s from %s"), name, value, place);
}

StrataProfile *
strata_workspace_get_profile (StrataWorkspace *self)
{
  return self->profile;
}

gboolean
strata_workspace_is_protected (StrataWorkspace *self)
{
  return self->profile != NULL && strata_profile_get_fields (self->profile)->is_protected;
}

StrataProfileEnvironment
strata_workspace_get_environment (StrataWorkspace *self)
{
  StrataUrl *url = self->choice != NULL ? strata_database_choice_get_url (self->choice) : NULL;

  if (url != NULL && strata_counts_as_production (url, self->profile))
    return STRATA_PROFILE_PRODUCTION;

  return self->profile != NULL ? strata_profile_get_fields (self->profile)->environment : STRATA_PROFILE_DEVELOPMENT;
}

StrataPasswordOrigin
strata_workspace_get_password_origin (StrataWorkspace *self)
{
  return self->password_origin;
}

GStrv
strata_workspace_read_rows (StrataWorkspace   *self,
                            StrataConnection  *connection,
                            GCancellable      *cancellable,
                            GError           **error)
{
  const StrataSettings *settings = strata_project_get_settings (self->project);
  const StrataVersionTable table = { settings->version_table_schema, settings->version_table };

  return strata_version_table_read (connection, &table, NULL, cancellable, error);
}
