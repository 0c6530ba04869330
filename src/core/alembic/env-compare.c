/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-natives.h"

static gboolean
is_none (const StrataEnvThing *thing)
{
  return thing->kind == STRATA_THING_VALUE && thing->value->op == STRATA_ENV_OP_NONE;
}

/* "a == b"; kinds that are no plain values are the same or not known to be. */
static const StrataEnvValue *
compare_equal (StrataEnvReader *self,
               StrataPlace      place,
               StrataEnvThing  *first,
               StrataEnvThing  *second)
{
  StrataEnvThing *other = is_none (second) ? first : second;

  if (is_none (first) || is_none (second))
    {
      if (other->kind == STRATA_THING_OUTSIDE && !strata_env_outside_is_never_none (other))
        return strata_env_thing_to_value (self, other);
      if (other->kind != STRATA_THING_VALUE && other->kind != STRATA_THING_CHOICE)
        return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_FALSE, place, NULL);
      if (other->kind == STRATA_THING_CHOICE)
        return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, place, 0, 3, other->value,
                                        compare_equal (self, place, other->first, is_none (first) ? first : second),
                                        compare_equal (self, place, other->second, is_none (first) ? first : second));
      return strata_env_value_new_op (self->arena, STRATA_ENV_OP_IS_NONE, place, 0, 1, other->value);
    }
  if (strata_env_thing_same (first, second) && first->kind != STRATA_THING_VALUE)
    return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_TRUE, place, NULL);

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
  const StrataEnvValue *condition = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_FALSE, place, NULL);
  StrataEnvThing *found;

  if (whole->kind == STRATA_THING_VALUE)
    return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CONTAINS, place, 0, 2, whole->value,
                                    strata_env_thing_to_value (self, needle));

  if (whole->kind == STRATA_THING_LIST && !whole->is_open)
    {
      for (guint i = 0; i < whole->n_items; i++)
        condition = strata_env_or (self, condition, compare_equal (self, place, needle, whole->items[i]));
      return condition;
    }

  found = strata_env_find_item (self, place, whole, needle);
  if (found != NULL)
    return strata_env_not (self, compare_equal (self, place, found, strata_env_thing_none (self, place)));

  return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, place, "it is not known what this list holds");
}

StrataEnvThing *
strata_env_compare (StrataEnvReader    *self,
                    StrataEnvFrame     *frame,
                    const StrataPyNode *node)
{
  StrataPlace place = strata_env_place (frame, node);
  StrataEnvThing *first = strata_env_evaluate (self, frame, node->compare.operands.items[0]);
  StrataEnvThing *second = strata_env_evaluate (self, frame, node->compare.operands.items[1]);

  if (node->compare.operands.length > 2)
    return strata_env_not_followed (self, frame, node);

  switch ((int) node->compare.ops[0])
    {
    case STRATA_PY_EQUAL:
    case STRATA_PY_IS:
      return strata_env_thing_of_value (self, compare_equal (self, place, first, second));
    case STRATA_PY_NOT_EQUAL:
    case STRATA_PY_IS_NOT:
      return strata_env_thing_of_value (self, strata_env_not (self, compare_equal (self, place, first, second)));
    case STRATA_PY_IN:
      return strata_env_thing_of_value (self, compare_in (self, place, first, second));
    case STRATA_PY_NOT_IN:
      return strata_env_thing_of_value (self, strata_env_not (self, compare_in (self, place, first, second)));
    default:
      return strata_env_not_followed (self, frame, node);
    }
}
