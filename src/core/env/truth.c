/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static StrataEnvTruth
get_truth_of_dict (StrataEnvThing *dict)
{
  StrataEnvTruth truth = dict->is_open ? STRATA_ENV_SOMETIMES : STRATA_ENV_NEVER;
  GHashTableIter iter;
  gpointer entry;

  if (dict->cells == NULL)
    return truth;

  g_hash_table_iter_init (&iter, dict->cells);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    if (!strata_env_is_missing (entry))
      {
        if (((StrataEnvThing *) entry)->kind != STRATA_THING_CHOICE)
          return STRATA_ENV_ALWAYS;
        truth = STRATA_ENV_SOMETIMES;
      }

  return truth;
}

/* A text with another face is as true as its value is. */
static const StrataEnvValue *
get_truth_of_object (StrataEnvReader *self,
                     StrataEnvThing  *object)
{
  if (strcmp (object->text, STRATA_ENV_SECRET) == 0)
    return object->value;
  if (strcmp (object->text, STRATA_ENV_MEMBER_OF_ENUM) == 0 && strata_env_enum_is_text (object))
    return object->value;
  if (object->is_open)
    return strata_env_thing_to_value (self, object);

  return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_TRUE, object->place, NULL);
}

const StrataEnvValue *
strata_env_truth (StrataEnvReader *self,
                  StrataEnvThing  *thing)
{
  StrataEnvTruth truth;

  switch ((StrataEnvThingKind) thing->kind)
    {
    case STRATA_THING_VALUE:
      return thing->value;
    case STRATA_THING_OUTSIDE:
      return strata_env_thing_to_value (self, thing);
    case STRATA_THING_LIST:
      truth = thing->is_open ? STRATA_ENV_SOMETIMES : thing->n_items > 0 ? STRATA_ENV_ALWAYS : STRATA_ENV_NEVER;
      break;
    case STRATA_THING_DICT:
      truth = get_truth_of_dict (thing);
      break;
    case STRATA_THING_CHOICE:
      return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, thing->place, 0, 3, thing->value,
                                      strata_env_truth (self, thing->first), strata_env_truth (self, thing->second));
    case STRATA_THING_SECTION:
      truth = thing->op == STRATA_ENV_OP_X_ARGUMENT || (thing->op == STRATA_ENV_OP_VARIABLE && thing->second == NULL)
              ? STRATA_ENV_SOMETIMES : STRATA_ENV_ALWAYS;
      break;
    case STRATA_THING_INSTANCE:
      truth = strata_env_class_find (thing->first, "__bool__") == NULL &&
              strata_env_class_find (thing->first, "__len__") == NULL ? STRATA_ENV_ALWAYS : STRATA_ENV_SOMETIMES;
      break;
    case STRATA_THING_OBJECT:
      if (strcmp (thing->text, "text.split") != 0)
        return get_truth_of_object (self, thing);
      truth = STRATA_ENV_ALWAYS;
      break;
    case STRATA_THING_MEMBER:
    case STRATA_THING_FUNCTION:
    case STRATA_THING_METHOD:
    case STRATA_THING_CLASS:
    case STRATA_THING_MODULE:
    case STRATA_THING_ENGINE:
    case STRATA_THING_CONNECTION:
    case STRATA_THING_PATH:
    case STRATA_THING_URL:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_NAMES:
    case STRATA_THING_IMPORT:
    default:
      truth = STRATA_ENV_ALWAYS;
      break;
    }

  if (truth == STRATA_ENV_SOMETIMES)
    return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, thing->place,
                                      _("it is not known whether this is empty"));

  return strata_env_value_new_leaf (self->arena, truth == STRATA_ENV_ALWAYS ? STRATA_ENV_OP_TRUE : STRATA_ENV_OP_FALSE,
                                    thing->place, NULL);
}
