/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-natives.h"

/* What nothing is known of may do anything with what it is given. */
StrataEnvThing *
strata_env_call_unknown (StrataEnvReader *self,
                         StrataEnvThing  *thing,
                         StrataEnvCall   *call)
{
  static const char * const harmless[] = {
    "builtins.print", "logging", "loguru", "structlog", "typing", "warnings", "alembic.context", NULL,
  };
  const char *name = thing->kind == STRATA_THING_OUTSIDE || thing->kind == STRATA_THING_OBJECT ? thing->text : "";

  for (guint i = 0; harmless[i] != NULL; i++)
    if (g_str_has_prefix (name, harmless[i]))
      return strata_env_outside_get (self, call->place, name, "()");

  self->n_risks++;
  for (guint i = 0; i < call->arguments->len + call->keywords->len; i++)
    {
      StrataEnvThing *given = i < call->arguments->len ? call->arguments->pdata[i]
                                                       : call->keywords->pdata[i - call->arguments->len];

      if (given->kind == STRATA_THING_DICT || given->kind == STRATA_THING_SECTION || given->kind == STRATA_THING_LIST)
        given->is_open = TRUE;
    }

  if (*name != '\0')
    return strata_env_outside_get (self, call->place, name, "()");

  return strata_env_no_idea (self, call);
}
