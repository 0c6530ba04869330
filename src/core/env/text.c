/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <string.h>

#include <stdlib.h>

static StrataEnvThing *
computed (StrataEnvReader      *self,
          const StrataEnvValue *value)
{
  return strata_env_thing_of_value (self, value);
}

static const StrataEnvValue *
get_value (StrataEnvReader *self,
           StrataEnvCall   *call,
           guint            position,
           const char      *name)
{
  StrataEnvThing *thing = strata_env_call_get (call, position, name);

  return thing != NULL ? strata_env_thing_to_value (self, thing) : NULL;
}

static StrataEnvThing *
call_replace (StrataEnvReader *self,
              StrataEnvThing  *thing,
              StrataEnvCall   *call)
{
  const StrataEnvValue *from = get_value (self, call, 0, NULL);
  const StrataEnvValue *to = get_value (self, call, 1, NULL);
  const StrataEnvValue *times = get_value (self, call, 2, "count");

  if (from == NULL || to == NULL || (times != NULL && times->op != STRATA_ENV_OP_NUMBER))
    return NULL;

  return computed (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_REPLACE, call->place,
                                                  times != NULL ? MAX (atoi (times->text), 0) : 0, 3, thing->value, from,
                                                  to));
}

/* "text.startswith(("a", "b"))": any of them. */
static StrataEnvThing *
call_test (StrataEnvReader *self,
           StrataEnvThing  *thing,
           StrataEnvCall   *call,
           StrataEnvOp      op)
{
  StrataEnvThing *what = strata_env_call_get (call, 0, NULL);
  const StrataEnvValue *condition = NULL;

  if (what == NULL || call->arguments->len != 1)
    return NULL;
  if (what->kind != STRATA_THING_LIST)
    return computed (self, strata_env_value_new_op (self->arena, op, call->place, 0, 2, thing->value,
                                                    strata_env_thing_to_value (self, what)));

  for (guint i = 0; i < what->n_items && !what->is_open; i++)
    {
      const StrataEnvValue *one = strata_env_value_new_op (self->arena, op, call->place, 0, 2, thing->value,
                                                           strata_env_thing_to_value (self, what->items[i]));

      condition = condition == NULL ? one : strata_env_or (self, condition, one);
    }

  return condition != NULL ? computed (self, condition) : NULL;
}

static StrataEnvThing *
call_strip (StrataEnvReader *self,
            StrataEnvThing  *thing,
            StrataEnvCall   *call,
            int              sides)
{
  const StrataEnvValue *characters = get_value (self, call, 0, NULL);

  if (characters == NULL)
    characters = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_NONE, call->place, NULL);

  return computed (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_STRIP, call->place, sides, 2, thing->value,
                                                  characters));
}

static StrataEnvThing *
call_two (StrataEnvReader *self,
          StrataEnvThing  *thing,
          StrataEnvCall   *call,
          StrataEnvOp      op,
          int              number)
{
  const StrataEnvValue *second = get_value (self, call, 0, NULL);

  if (second == NULL)
    return NULL;

  return computed (self, strata_env_value_new_op (self->arena, op, call->place, number, 2, thing->value, second));
}

/* The pieces; taking one of them is what is known. */
static StrataEnvThing *
call_split (StrataEnvReader *self,
            StrataEnvThing  *thing,
            StrataEnvCall   *call)
{
  StrataEnvThing *separator = strata_env_call_get (call, 0, NULL);
  StrataEnvThing *pieces;

  if (separator == NULL || call->arguments->len != 1 || call->names->len > 0)
    return NULL;

  pieces = strata_env_thing_new (self, STRATA_THING_OBJECT, call->place);
  pieces->text = "text.split";
  pieces->first = strata_env_thing_of_value (self, thing->value);
  pieces->second = strata_env_thing_of_value (self, strata_env_thing_to_value (self, separator));

  return pieces;
}

/* "...{}...".format(a), "...{name}...".format(name=a): without conversions, formats and attributes. */
static StrataEnvThing *
call_format (StrataEnvReader *self,
             StrataEnvThing  *thing,
             StrataEnvCall   *call)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  const char *format;
  guint n_used = 0;

  if (!strata_env_value_is_text (thing->value, NULL) || call->is_open)
    return NULL;

  for (format = thing->value->text; *format != '\0'; )
    {
      gsize length = strcspn (format, "{}");
      gsize inside = *format != '\0' && format[length] == '{' ? strcspn (format + length + 1, "{}") : 0;
      g_autofree char *text = g_strndup (format, length);
      g_autofree char *name = g_strndup (format + length + (format[length] != '\0'), inside);
      StrataEnvThing *value;

      g_ptr_array_add (parts, (gpointer) strata_env_text (self, call->place, text));
      format += length;
      if (*format == '\0')
        break;
      if (format[1] == *format)
        {
          char brace[2] = { *format, '\0' };

          g_ptr_array_add (parts, (gpointer) strata_env_text (self, call->place, brace));
          format += 2;
          continue;
        }

      value = *name == '\0' ? strata_env_call_get (call, n_used++, NULL)
              : g_ascii_isdigit (*name) ? strata_env_call_get (call, atoi (name), NULL)
              : strata_env_call_get (call, G_MAXUINT, name);
      if (*format != '{' || format[1 + inside] != '}' || value == NULL)
        return NULL;
      g_ptr_array_add (parts, (gpointer) strata_env_thing_to_value (self, value));
      format += inside + 2;
    }

  return computed (self, strata_env_value_new_join (self->arena, call->place, parts));
}

/* "sep".join([...]) */
static StrataEnvThing *
call_join (StrataEnvReader *self,
           StrataEnvThing  *thing,
           StrataEnvCall   *call)
{
  StrataEnvThing *list = strata_env_call_get (call, 0, NULL);
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();

  if (list == NULL || list->kind != STRATA_THING_LIST || list->is_open)
    return NULL;

  for (guint i = 0; i < list->n_items; i++)
    {
      if (i > 0)
        g_ptr_array_add (parts, (gpointer) thing->value);
      g_ptr_array_add (parts, (gpointer) strata_env_thing_to_value (self, list->items[i]));
    }

  return computed (self, strata_env_value_new_join (self->arena, call->place, parts));
}

/* URL.drivername, or what stands before a sign in it. */
StrataEnvThing *
strata_env_url_driver (StrataEnvReader *self,
                       StrataPlace      place,
                       StrataEnvThing  *url,
                       const char      *sign)
{
  const StrataEnvValue *name = strata_env_value_new_op (self->arena, STRATA_ENV_OP_SPLIT, place, 0, 2, url->value,
                                                        strata_env_text (self, place, "://"));

  if (sign != NULL)
    name = strata_env_value_new_op (self->arena, STRATA_ENV_OP_SPLIT, place, 0, 2, name, strata_env_text (self, place, sign));

  return strata_env_thing_of_value (self, name);
}

/* URL.set(drivername=...): other parts of it are not followed. */
static StrataEnvThing *
call_set (StrataEnvReader *self,
          StrataEnvThing  *thing,
          StrataEnvCall   *call)
{
  const StrataEnvValue *url = thing->value;
  StrataEnvThing *result;

  for (guint i = 0; i < call->names->len; i++)
    {
      const StrataEnvValue *value = strata_env_thing_to_value (self, call->keywords->pdata[i]);

      if (strcmp (call->names->pdata[i], "drivername") == 0)
        url = strata_env_value_new_op (self->arena, STRATA_ENV_OP_DRIVER, call->place, 0, 2, url, value);
      else if (strcmp (call->names->pdata[i], "database") == 0)
        url = strata_env_value_new_op (self->arena, STRATA_ENV_OP_DATABASE, call->place, 0, 2, url, value);
      else
        return NULL;
    }
  if (call->is_open || call->arguments->len > 0)
    return NULL;

  result = strata_env_thing_new (self, STRATA_THING_URL, call->place);
  result->value = url;

  return result;
}

/* What only shows the same text in another way. */
static gboolean
is_same_text (const char *name)
{
  static const char * const names[] = {
    "as_posix", "get_secret_value", "get_string", "render_as_string", "to_string", "unicode_string", "__str__",
    "__to_string__", "encode", "decode", NULL,
  };

  return g_strv_contains (names, name);
}

StrataEnvThing *
strata_env_call_text (StrataEnvReader *self,
                      StrataEnvThing  *thing,
                      const char      *name,
                      StrataEnvCall   *call)
{
  if (thing->value->op == STRATA_ENV_OP_STOP)
    return thing;
  if (thing->value->op == STRATA_ENV_OP_UNKNOWN)
    return NULL;
  if (is_same_text (name))
    return computed (self, thing->value);
  if (thing->kind == STRATA_THING_URL && strcmp (name, "get_backend_name") == 0)
    return strata_env_url_driver (self, call->place, thing, "+");
  if (thing->kind == STRATA_THING_URL && strcmp (name, "set") == 0)
    return call_set (self, thing, call);
  if (strcmp (name, "replace") == 0)
    return call_replace (self, thing, call);
  if (strcmp (name, "startswith") == 0)
    return call_test (self, thing, call, STRATA_ENV_OP_STARTS);
  if (strcmp (name, "endswith") == 0)
    return call_test (self, thing, call, STRATA_ENV_OP_ENDS);
  if (strcmp (name, "strip") == 0)
    return call_strip (self, thing, call, 3);
  if (strcmp (name, "lstrip") == 0)
    return call_strip (self, thing, call, 1);
  if (strcmp (name, "rstrip") == 0)
    return call_strip (self, thing, call, 2);
  if (strcmp (name, "removeprefix") == 0)
    return call_two (self, thing, call, STRATA_ENV_OP_CUT, 1);
  if (strcmp (name, "removesuffix") == 0)
    return call_two (self, thing, call, STRATA_ENV_OP_CUT, 2);
  if (strcmp (name, "lower") == 0 || strcmp (name, "casefold") == 0)
    return computed (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_LOWER, call->place, 0, 1, thing->value));
  if (strcmp (name, "upper") == 0)
    return computed (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_UPPER, call->place, 0, 1, thing->value));
  if (strcmp (name, "split") == 0)
    return call_split (self, thing, call);
  if (strcmp (name, "format") == 0)
    return call_format (self, thing, call);
  if (strcmp (name, "join") == 0)
    return call_join (self, thing, call);

  return NULL;
}
