/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/project-private.h"

#include "core/base/files.h"

static void
read_naming (StrataProject *self)
{
  g_autofree char *text = NULL;
  StrataEnvSource source = { .path = self->env_script, .read_module = strata_project_read_module, .data = self };

  if (self->env_script == NULL)
    {
      self->naming = g_new0 (StrataNamingAnswer, 1);
      return;
    }
  text = strata_file_read (self->env_script, &source.length, NULL);
  source.text = text != NULL ? text : "";
  self->naming = strata_naming_find (&source);

  if (self->naming->state == STRATA_NAMING_FOUND)
    self->convention = self->naming->naming;
  else if (self->naming->state == STRATA_NAMING_UNKNOWN)
    {
      g_autofree char *path = strata_project_dup_shown_path (self, self->naming->path);

      self->doubt = g_strdup_printf ("%s:%u: %s", path, self->naming->line, self->naming->reason);
      self->convention.doubt = self->doubt;
    }
}

const StrataNaming *
strata_project_get_naming (StrataProject *self)
{
  g_mutex_lock (&self->naming_lock);
  if (self->naming == NULL)
    read_naming (self);
  g_mutex_unlock (&self->naming_lock);

  return &self->convention;
}
