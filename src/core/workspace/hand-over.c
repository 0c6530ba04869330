/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/hand-over.h"

#include <glib/gi18n-lib.h>

#include "core/project/alembic-command.h"
#include "core/project/hooks.h"
#include "core/workspace/ddl-text.h"
#include "core/workspace/workspace-private.h"

static char *
make_advice (const char * const *offers)
{
  g_autoptr(GString) text = g_string_new (_("The project's own Alembic was not found: not by uv, poetry, pdm, pipenv, rye or hatch, not"
                                            " in .venv or venv, not in PATH. “alembic_command” in strata.ini says how to"
                                            " run it"));

  for (guint i = 0; offers[i] != NULL; i++)
    g_string_append_printf (text, _("%s“%s”"), i == 0 ? _("; where it reaches the same database, perhaps ") : _(" or "),
                            offers[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Looked up once: files and PATH are as they were when the project was opened. */
static void
find_alembic (StrataWorkspace *self)
{
  g_auto(GStrv) offers = NULL;
  g_autoptr(GPtrArray) commands = NULL;
  g_autoptr(GError) error = NULL;

  if (self->alembic_options != NULL)
    return;

  commands = strata_project_find_alembic (self->project, (const char * const *) self->environ, &offers, &error);
  if (commands != NULL && commands->len > 0)
    self->alembic = strata_project_command_ref (g_ptr_array_index (commands, 0));
  else
    self->alembic_advice = commands != NULL ? make_advice ((const char * const *) offers) : g_strdup (error->message);
  self->alembic_options = strata_project_dup_alembic_options (self->project, self->alembic);
}

const StrataHandOver *
strata_workspace_get_hand_over (StrataWorkspace        *self,
                                const StrataRunOptions *options)
{
  if (strata_project_get_kind (self->project) != STRATA_PROJECT_ALEMBIC)
    return NULL;

  find_alembic (self);
  self->hand_over = (StrataHandOver) {
    .command = self->alembic,
    .options = (const char * const *) self->alembic_options,
    .is_flask = self->alembic != NULL && strata_project_command_is_flask (self->alembic),
    .trusted = options->trust,
    .advice = self->alembic_advice,
  };

  if (self->hand_over.is_flask && strata_project_get_x_args (self->project)[0] != NULL)
    {
      self->hand_over.command = NULL;
      self->hand_over.advice = _("“flask db current”, by which the database is proven, takes no -x: what env.py makes of it would not be"
                                 " seen. Give it to env.py by the environment");
    }

  if (options->single_transaction)
    {
      self->hand_over.command = NULL;
      self->hand_over.advice = _("Two programs have no transaction together: without --single-transaction the project's own"
                                 " Alembic may run it");
    }

  return &self->hand_over;
}

char *
strata_workspace_describe_hand_over (StrataWorkspace *self)
{
  const StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  const StrataHandOver *hand_over = strata_workspace_get_hand_over (self, &options);
  g_autofree char *line = NULL;
  gboolean trusted = FALSE;

  if (hand_over == NULL || hand_over->command == NULL)
    return hand_over != NULL ? g_strdup (hand_over->advice) : NULL;

  line = strata_project_command_to_string (hand_over->command);
  strata_trust_has (strata_project_get_root (self->project), hand_over->command, &trusted, NULL);

  return g_strdup_printf (trusted ? _("“%s” (%s) runs it, as was agreed to") : _("“%s” (%s) runs it, if you agree: “strata trust”"),
                          line, strata_project_command_get_reason (hand_over->command));
}

gboolean
strata_workspace_trust_alembic (StrataWorkspace  *self,
                                GError          **error)
{
  const StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  const StrataHandOver *hand_over = strata_workspace_get_hand_over (self, &options);
  g_autoptr(GPtrArray) commands = g_ptr_array_new ();

  if (hand_over == NULL || hand_over->command == NULL)
    return TRUE;

  g_ptr_array_add (commands, hand_over->command);

  return strata_trust_give (strata_project_get_root (self->project), commands, error);
}

static gboolean
add_alembic_commands (StrataWorkspace  *self,
                      GPtrArray        *all,
                      GError          **error)
{
  g_autoptr(GPtrArray) commands = NULL;
  g_autoptr(GPtrArray) hooks = NULL;

  commands = strata_project_find_alembic (self->project, (const char * const *) self->environ, NULL, error);
  if (commands == NULL)
    return FALSE;
  if (commands->len > 0)
    g_ptr_array_add (all, strata_project_command_ref (g_ptr_array_index (commands, 0)));

  hooks = strata_project_find_hooks (self->project, all->len > 0 ? g_ptr_array_index (all, 0) : NULL, error);
  for (guint i = 0; hooks != NULL && i < hooks->len; i++)
    g_ptr_array_add (all, strata_project_command_ref (g_ptr_array_index (hooks, i)));

  return hooks != NULL;
}

GPtrArray *
strata_workspace_list_commands (StrataWorkspace  *self,
                                GError          **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_project_command_unref);
  StrataProjectCommand *schema;

  if (strata_project_get_kind (self->project) == STRATA_PROJECT_ALEMBIC && !add_alembic_commands (self, all, error))
    return NULL;
  if (strata_project_get_settings (self->project)->schema_command == NULL)
    return g_steal_pointer (&all);

  schema = strata_workspace_dup_schema_command (self, error);
  if (schema == NULL)
    return NULL;
  g_ptr_array_add (all, schema);

  return g_steal_pointer (&all);
}
