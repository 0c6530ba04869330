/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/hooks.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/project/hooks.h"
#include "core/workspace/hand-over.h"

static GPtrArray *
find_hooks (StrataWorkspace  *self,
            GError          **error)
{
  const StrataRunOptions options = { .kind = STRATA_RUN_UPGRADE };
  const StrataHandOver *hand_over = strata_workspace_get_hand_over (self, &options);

  return strata_project_find_hooks (strata_workspace_get_project (self), hand_over != NULL ? hand_over->command : NULL, error);
}

GPtrArray *
strata_workspace_find_new_hooks (StrataWorkspace  *self,
                                 GError          **error)
{
  const char *root = strata_project_get_root (strata_workspace_get_project (self));
  g_autoptr(GPtrArray) hooks = find_hooks (self, error);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_project_command_unref);

  for (guint i = 0; hooks != NULL && i < hooks->len; i++)
    {
      StrataProjectCommand *hook = g_ptr_array_index (hooks, i);
      gboolean trusted;

      if (!strata_trust_has (root, hook, &trusted, error))
        return NULL;
      if (!trusted)
        g_ptr_array_add (found, strata_project_command_ref (hook));
    }

  return hooks != NULL ? g_steal_pointer (&found) : NULL;
}

static gboolean
run_hook (StrataProjectCommand  *hook,
          const char            *path,
          const StrataHookRun   *run,
          GCancellable          *cancellable,
          GError               **error)
{
  g_autoptr(StrataProjectCommand) command = strata_hook_for_file (hook, path);
  const StrataProcessRequest request = {
    .command = command,
    .line = run->line,
    .user_data = run->user_data,
  };

  if (run->begin != NULL)
    run->begin (hook, run->user_data);
  if (strata_process_run (&request, cancellable, error))
    return TRUE;

  g_prefix_error (error, _("“%s” was written, but its %s failed: "), path, strata_project_command_get_reason (hook));

  return FALSE;
}

gboolean
strata_workspace_run_hooks (StrataWorkspace      *self,
                            const char           *path,
                            const StrataHookRun  *run,
                            GCancellable         *cancellable,
                            GError              **error)
{
  const char *root = strata_project_get_root (strata_workspace_get_project (self));
  g_autoptr(GPtrArray) hooks = find_hooks (self, error);

  if (hooks == NULL)
    {
      g_prefix_error (error, _("“%s” was written, but its post write hooks were not run: "), path);
      return FALSE;
    }

  for (guint i = 0; !run->trusted && i < hooks->len; i++)
    if (!strata_trust_require (root, g_ptr_array_index (hooks, i), error))
      {
        g_prefix_error (error, _("“%s” was written, but its post write hooks were not run: "), path);
        return FALSE;
      }
  for (guint i = 0; i < hooks->len; i++)
    if (!run_hook (g_ptr_array_index (hooks, i), path, run, cancellable, error))
      return FALSE;

  return TRUE;
}
