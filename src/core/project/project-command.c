/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/project-command.h"

#include <string.h>

#include "core/url/mask.h"

struct _StrataProjectCommand
{
  gatomicrefcount       ref_count;
  StrataCommandPurpose  purpose;
  GStrv                 arguments;
  char                 *folder;
  char                 *reason;
};

G_DEFINE_BOXED_TYPE (StrataProjectCommand, strata_project_command, strata_project_command_ref,
                     strata_project_command_unref)

StrataProjectCommand *
strata_project_command_new (StrataCommandPurpose  purpose,
                            const char * const   *arguments,
                            const char           *folder,
                            const char           *reason)
{
  StrataProjectCommand *self = g_new0 (StrataProjectCommand, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->purpose = purpose;
  self->arguments = g_strdupv ((GStrv) arguments);
  self->folder = g_strdup (folder);
  self->reason = g_strdup (reason);

  return self;
}

StrataProjectCommand *
strata_project_command_ref (StrataProjectCommand *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_project_command_unref (StrataProjectCommand *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_strfreev (self->arguments);
  g_free (self->folder);
  g_free (self->reason);
  g_free (self);
}

StrataCommandPurpose
strata_project_command_get_purpose (const StrataProjectCommand *self)
{
  return self->purpose;
}

const char * const *
strata_project_command_get_arguments (const StrataProjectCommand *self)
{
  return (const char * const *) self->arguments;
}

const char *
strata_project_command_get_folder (const StrataProjectCommand *self)
{
  return self->folder;
}

const char *
strata_project_command_get_reason (const StrataProjectCommand *self)
{
  return self->reason;
}

/* Quotes only where a shell needs them: people read it. */
static char *
quote (const char *argument)
{
  static const char plain[] = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_./=:,@%+";

  return *argument != '\0' && argument[strspn (argument, plain)] == '\0' ? g_strdup (argument)
                                                                        : g_shell_quote (argument);
}

char *
strata_project_command_to_string (const StrataProjectCommand *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *valid = NULL;

  for (guint i = 0; self->arguments[i] != NULL; i++)
    {
      g_autofree char *quoted = quote (self->arguments[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", quoted);
    }

  valid = g_utf8_make_valid (text->str, text->len);

  return strata_mask (valid, NULL);
}

const char *
strata_command_purpose_get_name (StrataCommandPurpose purpose)
{
  static const char * const names[] = { "alembic", "hook", "schema" };

  return names[purpose];
}
