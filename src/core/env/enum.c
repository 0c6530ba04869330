/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Members of enumerations: only in some classes are they texts, and only some of those show themselves as such. */

StrataEnvThing *
strata_env_enum_new (StrataEnvReader *self,
                     StrataPlace      place,
                     StrataEnvThing  *class_thing,
                     StrataEnvThing  *value,
                     const char      *name)
{
  StrataEnvThing *member;

  /* Of a member itself it is that member. */
  if (value->kind == STRATA_THING_OBJECT && strcmp (value->text, STRATA_ENV_MEMBER_OF_ENUM) == 0)
    return value;

  member = strata_env_thing_with (self, STRATA_THING_OBJECT, place, strata_env_thing_to_value (self, value));
  member->text = STRATA_ENV_MEMBER_OF_ENUM;
  member->first = class_thing;
  member->second = name != NULL ? strata_env_thing_of_text (self, place, name) : NULL;

  return member;
}

gboolean
strata_env_enum_is_text (const StrataEnvThing *member)
{
  return strata_env_class_derives (member->first, "str") || strata_env_class_derives (member->first, "StrEnum");
}

/* The methods and properties of the class, and those of a text. */
StrataEnvThing *
strata_env_enum_get (StrataEnvReader *self,
                     StrataPlace      place,
                     StrataEnvThing  *member,
                     const char      *name)
{
  StrataEnvThing *found = strata_env_class_find (member->first, name);
  StrataEnvThing *of_text;

  if (strcmp (name, "value") == 0 || strcmp (name, "_value_") == 0)
    return strata_env_thing_of_value (self, member->value);
  if (strcmp (name, "name") == 0 && member->second != NULL)
    return member->second;
  if (found != NULL || strcmp (name, "name") == 0 || !strata_env_enum_is_text (member))
    return strata_env_thing_unknown (self, place, _("what a member of an enumeration has was not followed"));

  of_text = strata_env_thing_new (self, STRATA_THING_MEMBER, place);
  of_text->first = strata_env_thing_of_value (self, member->value);
  of_text->text = name;

  return of_text;
}

/* As the key of a dict: one that is no text itself is equal to none. */
const StrataEnvValue *
strata_env_enum_as_key (StrataEnvReader *self,
                        StrataEnvThing  *member)
{
  g_autofree char *prefix = NULL;

  if (strata_env_enum_is_text (member))
    return member->value;

  prefix = g_strconcat (member->first->text, "\001", NULL);

  return strata_env_join (self, member->place, 2, strata_env_text (self, member->place, prefix), member->value);
}
