/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_none (const StrataEnvThing *thing)
{
  return thing->kind == STRATA_THING_VALUE && thing->value->op == STRATA_ENV_OP_NONE;
}

static gboolean
is_enum (const StrataEnvThing *thing)
{
  return thing->kind == STRATA_THING_OBJECT && strcmp (thing->text, STRATA_ENV_MEMBER_OF_ENUM) == 0;
}

static const StrataEnvValue *
new_truth (StrataEnvReader *self,
           StrataPlace      place,
           gboolean         is_true)
{
  return strata_env_value_new_leaf (self->arena, is_true ? STRATA_ENV_OP_TRUE : STRATA_ENV_OP_FALSE, place, NULL);
}

/* With None: of a choice, whichever it is. */
static const StrataEnvValue *
compare_none (StrataEnvReader *self,
              StrataPlace      place,
              StrataEnvThing  *other)
{
  if (other->kind == STRATA_THING_OUTSIDE && !strata_env_outside_is_never_none (other))
    return strata_env_thing_to_value (self, other);
  if (other->kind == STRATA_THING_CHOICE)
    return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, place, 0, 3, other->value,
                                    compare_none (self, place, other->first), compare_none (self, place, other->second));
  if (other->kind == STRATA_THING_VALUE)
    return strata_env_value_new_op (self->arena, STRATA_ENV_OP_IS_NONE, place, 0, 1, other->value);

  return new_truth (self, place, FALSE);
}

static const StrataEnvValue *
compare_enums (StrataEnvReader *self,
               StrataPlace      place,
               StrataEnvThing  *first,
               StrataEnvThing  *second)
{
  StrataEnvThing *member = is_enum (first) ? first : second;
  StrataEnvThing *other = is_enum (first) ? second : first;

  /* A member that is no text is equal to no text. */
  if (!is_enum (other) && other->kind == STRATA_THING_VALUE && other->value->op == STRATA_ENV_OP_TEXT &&
      !strata_env_enum_is_text (member))
    return new_truth (self, place, FALSE);
  if (is_enum (other) ? other->first != member->first : !strata_env_enum_is_text (member))
    return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, place,
                                      _("this compares two kinds of things"));

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_EQUALS, place, 0, 2, member->value,
                                  is_enum (other) ? other->value : strata_env_thing_to_value (self, other));
}

/* "a == b"; kinds that are no plain values are the same or not known to be. */
static const StrataEnvValue *
compare_equal (StrataEnvReader *self,
               StrataPlace      place,
               StrataEnvThing  *first,
               StrataEnvThing  *second)
{
  if (is_none (first) || is_none (second))
    return compare_none (self, place, is_none (second) ? first : second);
  if (first->kind == STRATA_THING_CHOICE || second->kind == STRATA_THING_CHOICE)
    {
      StrataEnvThing *choice = first->kind == STRATA_THING_CHOICE ? first : second;
      StrataEnvThing *other = choice == first ? second : first;

      return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, place, 0, 3, choice->value,
                                      compare_equal (self, place, choice->first, other),
                                      compare_equal (self, place, choice->second, other));
    }
  if (is_enum (first) || is_enum (second))
    return compare_enums (self, place, first, second);
  if (strata_env_thing_same (first, second) && first->kind != STRATA_THING_VALUE)
    return new_truth (self, place, TRUE);

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_EQUALS, place, 0, 2,
                                  strata_env_thing_to_value (self, first), strata_env_thing_to_value (self, second));
}

/* "a in b": of a text, of a list of texts, of a dict. */
static const StrataEnvValue *
compare_in (StrataEnvReader *self,
            StrataPlace      place,
            StrataEnvThing  *needle,
            StrataEnvThing  *whole)
{
  const StrataEnvValue *condition = new_truth (self, place, FALSE);
  StrataEnvThing *found = NULL;

  if (whole->kind == STRATA_THING_VALUE)
    return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CONTAINS, place, 0, 2, whole->value,
                                    strata_env_thing_to_value (self, needle));

  if (whole->kind == STRATA_THING_LIST && !whole->is_open)
    {
      for (guint i = 0; i < whole->n_items; i++)
        condition = strata_env_or (self, condition, compare_equal (self, place, needle, whole->items[i]));
      return condition;
    }

  if (whole->kind == STRATA_THING_DICT)
    {
      found = strata_env_find_entry (self, place, whole, needle);
      if (found != NULL)
        return strata_env_entry_exists (self, place, found);
    }
  else if (whole->kind == STRATA_THING_SECTION || whole->kind == STRATA_THING_OUTSIDE)
    found = strata_env_find_item (self, place, whole, needle);
  else if (strata_env_is_parser (whole) && (found = strata_env_parser_has (self, place, whole, needle)) != NULL)
    return found->value;
  if (found != NULL && found->kind == STRATA_THING_VALUE)
    return strata_env_not (self, compare_none (self, place, found));

  return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, place,
                                    _("it is not known what this list holds"));
}

StrataEnvThing *
strata_env_compare (StrataEnvReader    *self,
                    StrataEnvFrame     *frame,
                    const StrataPyNode *node)
{
  StrataPlace place = strata_env_place (frame, node);
  StrataEnvThing *first = strata_env_evaluate (self, frame, node->compare.operands.items[0]);
  StrataEnvThing *second = strata_env_evaluate (self, frame, node->compare.operands.items[1]);
  const StrataEnvValue *condition;

  for (guint i = 2; i < node->compare.operands.length; i++)
    strata_env_evaluate (self, frame, node->compare.operands.items[i]);
  if (node->compare.operands.length > 2)
    return strata_env_not_followed (self, frame, node);

  switch ((int) node->compare.ops[0])
    {
    case STRATA_PY_EQUAL:
    case STRATA_PY_IS:
      condition = compare_equal (self, place, first, second);
      break;
    case STRATA_PY_NOT_EQUAL:
    case STRATA_PY_IS_NOT:
      condition = strata_env_not (self, compare_equal (self, place, first, second));
      break;
    case STRATA_PY_IN:
      condition = compare_in (self, place, first, second);
      break;
    case STRATA_PY_NOT_IN:
      condition = strata_env_not (self, compare_in (self, place, first, second));
      break;
    default:
      return strata_env_not_followed (self, frame, node);
    }

  return strata_env_thing_of_value (self, condition);
}
