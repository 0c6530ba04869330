/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Dicts whose entries come from outside: sections of the ini, -x arguments, copies of the environment, .env files, and one
 * of them over another. */

static const StrataEnvValue *
read_variable (StrataEnvReader *self,
               StrataEnvThing  *section,
               StrataPlace      place,
               const char      *key)
{
  StrataEnvThing *as_of = self->as_of;
  const StrataEnvValue *variable;

  if (section->second == NULL)
    return strata_env_file_variable (self, place, key, &section->file);

  self->as_of = section->second;
  variable = strata_env_variable (self, place, key, FALSE, NULL, 0);
  self->as_of = as_of;

  return variable;
}

/* The entry as it is outside. */
const StrataEnvValue *
strata_env_section_leaf (StrataEnvReader *self,
                         StrataEnvThing  *section,
                         StrataPlace      place,
                         const char      *key)
{
  const StrataEnvValue *leaf;

  if (section->is_open)
    return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, place,
                                      _("something that was not followed may have changed this section"));

  switch ((int) section->op)
    {
    case STRATA_ENV_OP_INTERPOLATE:
    case STRATA_ENV_OP_INI_KEY:
      return strata_env_ini_leaf (self, section, place, key);
    case STRATA_ENV_OP_VARIABLE:
      return read_variable (self, section, place, key);
    case STRATA_ENV_OP_DEFAULT:
      return strata_env_value_new_op (self->arena, STRATA_ENV_OP_DEFAULT, place, 0, 2,
                                      strata_env_section_get (self, section->first, place, key),
                                      strata_env_section_get (self, section->second, place, key));
    default:
      leaf = strata_env_value_new_leaf (self->arena, section->op, place, key);
      g_ptr_array_add (self->sources, (gpointer) leaf);
      return leaf;
    }
}

const StrataEnvValue *
strata_env_section_get (StrataEnvReader *self,
                        StrataEnvThing  *section,
                        StrataPlace      place,
                        const char      *key)
{
  StrataEnvThing *set = strata_env_cell_get (section, key);

  if (section->op == STRATA_ENV_OP_INTERPOLATE)
    return strata_env_ini_read (self, section, place, key);

  return set != NULL ? strata_env_thing_to_value (self, set) : strata_env_section_leaf (self, section, place, key);
}

void
strata_env_section_set (StrataEnvReader *self,
                        StrataEnvThing  *section,
                        const char      *key,
                        StrataEnvThing  *thing)
{
  if (section->op == STRATA_ENV_OP_INTERPOLATE)
    {
      key = strata_env_ini_fold_name (self, key);
      thing = strata_env_thing_of_value (self, strata_env_thing_to_value (self, thing));
    }

  strata_env_cell_set (self, section, key, thing);
}

/* "{**lower, **upper}" */
StrataEnvThing *
strata_env_section_over (StrataEnvReader *self,
                         StrataPlace      place,
                         StrataEnvThing  *upper,
                         StrataEnvThing  *lower)
{
  StrataEnvThing *both = strata_env_thing_new (self, STRATA_THING_SECTION, place);

  both->op = STRATA_ENV_OP_DEFAULT;
  both->first = strata_env_copy (self, upper, place);
  both->second = strata_env_copy (self, lower, place);

  return both;
}
