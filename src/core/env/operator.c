/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <string.h>

static gboolean
is_number (const StrataEnvValue *value)
{
  return value->op == STRATA_ENV_OP_NUMBER || value->op == STRATA_ENV_OP_INTEGER;
}

static StrataEnvThing *
join_lists (StrataEnvReader *self,
            StrataPlace      place,
            StrataEnvThing  *first,
            StrataEnvThing  *second)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new ();
  StrataEnvThing *list;

  for (guint i = 0; i < first->n_items; i++)
    g_ptr_array_add (items, first->items[i]);
  for (guint i = 0; i < second->n_items; i++)
    g_ptr_array_add (items, second->items[i]);

  list = strata_env_thing_list (self, place, items);
  list->is_open = first->is_open || second->is_open;

  return list;
}

/* "...%s..." % a, % (a, b) or % {"name": a}; NULL where it is anything more than that. */
static const StrataEnvValue *
format_percent (StrataEnvReader *self,
                StrataPlace      place,
                const char      *format,
                StrataEnvThing  *values)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  guint n_used = 0;

  while (*format != '\0')
    {
      gsize length = strcspn (format, "%");
      g_autofree char *text = g_strndup (format, length);
      StrataEnvThing *value = NULL;

      g_ptr_array_add (parts, (gpointer) strata_env_text (self, place, text));
      format += length;
      if (*format == '\0')
        break;

      if (format[1] == '%')
        value = strata_env_thing_of_text (self, place, "%");
      else if (format[1] == 's' || format[1] == 'd')
        value = values->kind != STRATA_THING_LIST ? (n_used++ == 0 ? values : NULL)
                : n_used < values->n_items ? values->items[n_used++] : NULL;
      else if (format[1] == '(' && strstr (format, ")s") != NULL)
        {
          g_autofree char *name = g_strndup (format + 2, strstr (format, ")s") - format - 2);

          value = strata_env_find_item (self, place, values, strata_env_thing_of_text (self, place, name));
          format = strstr (format, ")s");
        }
      if (value == NULL)
        return NULL;

      g_ptr_array_add (parts, (gpointer) strata_env_thing_to_value (self, value));
      format += 2;
    }

  return strata_env_value_new_join (self->arena, place, parts);
}

static StrataEnvThing *
join_path (StrataEnvReader *self,
           StrataPlace      place,
           StrataEnvThing  *first,
           StrataEnvThing  *second)
{
  const StrataEnvValue *path = strata_env_join_path (self, place, strata_env_thing_to_value (self, first),
                                                     strata_env_thing_to_value (self, second));

  return strata_env_thing_with (self, STRATA_THING_PATH, place, path);
}

static StrataEnvThing *
merge_dicts (StrataEnvReader *self,
             StrataPlace      place,
             StrataEnvThing  *first,
             StrataEnvThing  *second)
{
  StrataEnvThing *dict = strata_env_copy (self, first, place);

  strata_env_dict_update (self, dict, second);

  return dict;
}

/* Operators between two things, as far as they can make up a URL or a list of settings. */
StrataEnvThing *
strata_env_binary (StrataEnvReader    *self,
                   StrataEnvFrame     *frame,
                   const StrataPyNode *node,
                   StrataEnvThing     *first,
                   StrataEnvThing     *second)
{
  StrataPlace place = strata_env_place (frame, node);
  const StrataEnvValue *formatted;

  switch ((int) node->op)
    {
    case STRATA_PY_PLUS:
      if (first->kind == STRATA_THING_LIST && second->kind == STRATA_THING_LIST)
        return join_lists (self, place, first, second);
      if (first->kind != STRATA_THING_VALUE || second->kind != STRATA_THING_VALUE || is_number (first->value) ||
          is_number (second->value))
        break;
      return strata_env_thing_of_value (self, strata_env_join (self, place, 2, first->value, second->value));
    case STRATA_PY_SLASH:
      if (first->kind != STRATA_THING_PATH && second->kind != STRATA_THING_PATH)
        break;
      return join_path (self, place, first, second);
    case STRATA_PY_PERCENT:
      if (!strata_env_thing_is_text (first, NULL))
        break;
      formatted = format_percent (self, place, first->value->text, second);
      if (formatted == NULL)
        break;
      return strata_env_thing_of_value (self, formatted);
    case STRATA_PY_BAR:
      if (first->kind == STRATA_THING_DICT ||
          (first->kind == STRATA_THING_SECTION && first->op != STRATA_ENV_OP_INTERPOLATE))
        return merge_dicts (self, place, first, second);
      break;
    default:
      break;
    }

  return strata_env_not_followed (self, frame, node);
}
