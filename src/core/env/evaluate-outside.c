/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/evaluate-private.h"

#include <string.h>

#define DEEPEST_INTERPOLATION 10

static StrataEnvResult
evaluate_outside (StrataEnvEvaluation  *self,
                  const StrataEnvValue *value,
                  char               *(*look_up) (const StrataEnvValue *value, gpointer data))
{
  char *text = look_up != NULL ? look_up (value, self->data) : NULL;

  if (self->used != NULL)
    g_ptr_array_add (self->used, (gpointer) value);
  if (text == NULL)
    return strata_env_result_new (STRATA_ENV_OP_NONE, value);

  return strata_env_result_new_text (value, text);
}

/* The name of its section may be a part, which the world works out again. */
static StrataEnvResult
evaluate_ini_key (StrataEnvEvaluation  *self,
                  const StrataEnvValue *value)
{
  g_auto(StrataEnvResult) section = { STRATA_ENV_OP_TEXT };

  if (value->n_parts > 0)
    section = strata_env_evaluate_value (self, value->parts[0]);
  if (section.op != STRATA_ENV_OP_TEXT)
    return strata_env_result_new (strata_env_result_is_value (&section) ? STRATA_ENV_OP_STOP : section.op, section.origin);

  return evaluate_outside (self, value, self->world->ini_key);
}

static StrataEnvResult
evaluate_exists (StrataEnvEvaluation  *self,
                 const StrataEnvValue *value)
{
  static const GFileTest tests[] = { G_FILE_TEST_EXISTS, G_FILE_TEST_IS_REGULAR, G_FILE_TEST_IS_DIR };

  if (self->world->exists == NULL)
    return strata_env_result_new (STRATA_ENV_OP_UNKNOWN, value);

  return strata_env_result_new_flag (value, self->world->exists (value->text, tests[value->number], self->data));
}

StrataEnvResult
strata_env_evaluate_leaf (StrataEnvEvaluation  *self,
                          const StrataEnvValue *value)
{
  switch ((int) value->op)
    {
    case STRATA_ENV_OP_VARIABLE:
      return evaluate_outside (self, value, self->world->variable);
    case STRATA_ENV_OP_INI_KEY:
      return evaluate_ini_key (self, value);
    case STRATA_ENV_OP_X_ARGUMENT:
      return evaluate_outside (self, value, self->world->x_argument);
    case STRATA_ENV_OP_EXISTS:
      return evaluate_exists (self, value);
    case STRATA_ENV_OP_ENTRY:
      if (self->used != NULL)
        g_ptr_array_add (self->used, (gpointer) value);
      return strata_env_result_new_text (value, g_strdup (value->text));
    default:
      return (StrataEnvResult) { value->op, value->op <= STRATA_ENV_OP_TEXT ? g_strdup (value->text) : NULL, value };
    }
}

/* The raw entry of that name: what the code has set, or what the file has. */
static StrataEnvResult
find_entry (StrataEnvEvaluation  *self,
            const StrataEnvValue *value,
            const char           *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  StrataEnvValue entry = { .op = STRATA_ENV_OP_INI_KEY, .number = 1, .text = key, .section = value->section };
  char *found;

  for (guint i = 1; i + 1 < value->n_parts; i += 2)
    if (strcmp (value->parts[i]->text, key) == 0)
      return strata_env_evaluate_value (self, value->parts[i + 1]);

  /* Beforehand nothing is known of the file. */
  if (self->world->ini_key == NULL)
    return strata_env_result_new (STRATA_ENV_OP_UNKNOWN, value);

  found = self->world->ini_key (&entry, self->data);

  return found != NULL ? strata_env_result_new_text (value, found) : strata_env_result_new (STRATA_ENV_OP_STOP, value);
}

/* As ConfigParser does it, but for a lone "%", at which Alembic itself would stop: it can only mean what it says. */
static StrataEnvResult
interpolate (StrataEnvEvaluation  *self,
             const StrataEnvValue *value,
             const char           *text,
             guint                 depth)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      const char *end = g_str_has_prefix (text, "%(") ? strstr (text, ")s") : NULL;

      if (end != NULL && depth < DEEPEST_INTERPOLATION && out->len <= STRATA_ENV_LONGEST_TEXT)
        {
          g_autofree char *name = g_strndup (text + 2, end - text - 2);
          g_auto(StrataEnvResult) entry = find_entry (self, value, name);
          g_auto(StrataEnvResult) inner = { entry.op, NULL, entry.origin };

          if (entry.op == STRATA_ENV_OP_TEXT)
            inner = interpolate (self, value, entry.text, depth + 1);
          if (!strata_env_result_is_value (&inner) || strata_env_result_get_text (&inner) == NULL)
            return strata_env_result_new (strata_env_result_is_value (&inner) ? STRATA_ENV_OP_STOP : inner.op,
                                          inner.origin);
          g_string_append (out, strata_env_result_get_text (&inner));
          text = end + 1;
        }
      else
        {
          g_string_append_c (out, *text);
          text += *text == '%' && text[1] == '%';
        }
    }

  return strata_env_result_new_text (value, g_string_free (g_steal_pointer (&out), FALSE));
}

StrataEnvResult
strata_env_evaluate_interpolate (StrataEnvEvaluation  *self,
                                 const StrataEnvValue *value)
{
  StrataEnvResult result = strata_env_evaluate_value (self, value->parts[0]);
  StrataEnvResult interpolated;

  if (result.op != STRATA_ENV_OP_TEXT || strchr (result.text, '%') == NULL)
    return result;

  interpolated = interpolate (self, value, result.text, 0);
  strata_env_result_clear (&result);

  return interpolated;
}

StrataEnvResult
strata_env_evaluate_from (StrataEnvEvaluation  *self,
                          const StrataEnvValue *value)
{
  StrataEnvResult url = strata_env_evaluate_value (self, value->parts[0]);
  g_auto(StrataEnvResult) folder = { STRATA_ENV_OP_NONE };
  char *placed;

  if (url.op != STRATA_ENV_OP_TEXT || !strata_env_text_is_relative_file (url.text))
    return url;

  folder = strata_env_evaluate_value (self, value->parts[1]);
  placed = folder.op == STRATA_ENV_OP_TEXT ? strata_env_text_place_file (url.text, folder.text) : NULL;
  strata_env_result_clear (&url);

  return placed != NULL ? strata_env_result_new_text (value, placed)
                        : strata_env_result_new (STRATA_ENV_OP_UNKNOWN, folder.origin);
}
