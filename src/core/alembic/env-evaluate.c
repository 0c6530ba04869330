/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-value.h"

#include <string.h>

#include "core/alembic/env-value-private.h"

/* Shared parts can make a small expression an endless computation. */
#define MOST_STEPS    20000
#define LONGEST_TEXT  65536
#define DEEPEST_INTERPOLATION 10

/* What a value comes to: one of the literals, STOP or UNKNOWN, with its text. */
typedef struct
{
  StrataEnvOp           op;
  char                 *text;     /* of NUMBER and TEXT; owned */
  const StrataEnvValue *origin;   /* the literal that it is, or who is to blame */
} Result;

typedef struct
{
  const StrataEnvWorld *world;
  gpointer              data;
  GPtrArray            *used;
  guint                 n_steps;
} Evaluation;

static Result evaluate (Evaluation           *self,
                        const StrataEnvValue *value);

static void
result_clear (Result *result)
{
  g_clear_pointer (&result->text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static Result
take_text (const StrataEnvValue *value,
           char                 *text)
{
  if (strlen (text) <= LONGEST_TEXT)
    return (Result) { STRATA_ENV_OP_TEXT, text, value };

  g_free (text);

  return (Result) { STRATA_ENV_OP_UNKNOWN, NULL, value };
}

static Result
boolean (const StrataEnvValue *value,
         gboolean              is_true)
{
  return (Result) { is_true ? STRATA_ENV_OP_TRUE : STRATA_ENV_OP_FALSE, NULL, value };
}

static gboolean
is_value (const Result *result)
{
  return result->op <= STRATA_ENV_OP_TEXT;
}

static gboolean
is_true (const Result *result)
{
  switch ((int) result->op)
    {
    case STRATA_ENV_OP_TRUE:
      return TRUE;
    case STRATA_ENV_OP_NUMBER:
      return g_ascii_strtod (result->text, NULL) != 0.0;
    case STRATA_ENV_OP_TEXT:
      return *result->text != '\0';
    default:
      return FALSE;
    }
}

/* As str() writes it; nobody wants "None" in a URL, so that is a value which is missing. */
static const char *
to_text (const Result *result)
{
  switch ((int) result->op)
    {
    case STRATA_ENV_OP_TRUE:
      return "True";
    case STRATA_ENV_OP_FALSE:
      return "False";
    case STRATA_ENV_OP_NUMBER:
    case STRATA_ENV_OP_TEXT:
      return result->text;
    default:
      return NULL;
    }
}

static Result
evaluate_outside (Evaluation           *self,
                  const StrataEnvValue *value,
                  char               *(*look_up) (const StrataEnvValue *value, gpointer data))
{
  char *text = look_up != NULL ? look_up (value, self->data) : NULL;

  if (self->used != NULL)
    g_ptr_array_add (self->used, (gpointer) value);
  if (text == NULL)
    return (Result) { STRATA_ENV_OP_NONE, NULL, value };

  return take_text (value, text);
}

static Result
evaluate_exists (Evaluation           *self,
                 const StrataEnvValue *value)
{
  static const GFileTest tests[] = { G_FILE_TEST_EXISTS, G_FILE_TEST_IS_REGULAR, G_FILE_TEST_IS_DIR };

  if (self->world->exists == NULL)
    return (Result) { STRATA_ENV_OP_UNKNOWN, NULL, value };

  return boolean (value, self->world->exists (value->text, tests[value->number], self->data));
}

static Result
evaluate_join (Evaluation           *self,
               const StrataEnvValue *value)
{
  g_autoptr(GString) joined = g_string_new (NULL);

  for (guint i = 0; i < value->n_parts; i++)
    {
      g_auto(Result) part = evaluate (self, value->parts[i]);

      if (!is_value (&part))
        return (Result) { part.op, NULL, part.origin };
      if (part.op == STRATA_ENV_OP_NONE)
        return (Result) { STRATA_ENV_OP_STOP, NULL, part.origin };
      g_string_append (joined, to_text (&part));
      if (joined->len > LONGEST_TEXT)
        return (Result) { STRATA_ENV_OP_UNKNOWN, NULL, value };
    }

  return take_text (value, g_string_free (g_steal_pointer (&joined), FALSE));
}

/* One of two, as the first part says. */
static Result
evaluate_choice (Evaluation           *self,
                 const StrataEnvValue *value)
{
  Result first = evaluate (self, value->parts[0]);
  gboolean take_first;

  if (!is_value (&first))
    return first;

  switch ((int) value->op)
    {
    case STRATA_ENV_OP_CHOICE:
      take_first = is_true (&first);
      result_clear (&first);
      return evaluate (self, value->parts[take_first ? 1 : 2]);
    case STRATA_ENV_OP_OR:
      take_first = is_true (&first);
      break;
    case STRATA_ENV_OP_AND:
      take_first = !is_true (&first);
      break;
    default:
      take_first = first.op != STRATA_ENV_OP_NONE;
      break;
    }

  if (take_first)
    return first;

  result_clear (&first);

  return evaluate (self, value->parts[1]);
}

static Result
evaluate_need (Evaluation           *self,
               const StrataEnvValue *value)
{
  Result result = evaluate (self, value->parts[0]);

  if (result.op == STRATA_ENV_OP_NONE)
    result.op = STRATA_ENV_OP_STOP;

  return result;
}

/* A guard that can't be worked out keeps nobody away: it has no say in what the value is. */
static Result
evaluate_after (Evaluation           *self,
                const StrataEnvValue *value)
{
  GPtrArray *used = g_steal_pointer (&self->used);
  g_auto(Result) guard = evaluate (self, value->parts[0]);

  self->used = used;
  if (guard.op == STRATA_ENV_OP_STOP)
    return (Result) { guard.op, NULL, guard.origin };

  return evaluate (self, value->parts[1]);
}

static Result
evaluate_condition (Evaluation           *self,
                    const StrataEnvValue *value)
{
  g_auto(Result) first = evaluate (self, value->parts[0]);
  g_auto(Result) second = { STRATA_ENV_OP_NONE };

  if (!is_value (&first))
    return (Result) { first.op, NULL, first.origin };
  if (value->op == STRATA_ENV_OP_NOT)
    return boolean (value, !is_true (&first));
  if (value->op == STRATA_ENV_OP_IS_NONE)
    return boolean (value, first.op == STRATA_ENV_OP_NONE);

  second = evaluate (self, value->parts[1]);
  if (!is_value (&second))
    return (Result) { second.op, NULL, second.origin };
  if (value->op == STRATA_ENV_OP_EQUALS)
    return boolean (value, first.op == second.op && g_strcmp0 (first.text, second.text) == 0);

  if (first.op != STRATA_ENV_OP_TEXT || second.op != STRATA_ENV_OP_TEXT)
    return (Result) { STRATA_ENV_OP_STOP, NULL, first.op != STRATA_ENV_OP_TEXT ? first.origin : second.origin };
  if (value->op == STRATA_ENV_OP_STARTS)
    return boolean (value, g_str_has_prefix (first.text, second.text));
  if (value->op == STRATA_ENV_OP_ENDS)
    return boolean (value, g_str_has_suffix (first.text, second.text));

  return boolean (value, strstr (first.text, second.text) != NULL);
}

static Result
evaluate_text (Evaluation           *self,
               const StrataEnvValue *value)
{
  g_auto(Result) first = evaluate (self, value->parts[0]);
  g_auto(Result) second = value->n_parts > 1 ? evaluate (self, value->parts[1]) : (Result) { STRATA_ENV_OP_NONE };
  g_auto(Result) third = value->n_parts > 2 ? evaluate (self, value->parts[2]) : (Result) { STRATA_ENV_OP_NONE };
  const Result *results[] = { &first, &second, &third };
  char *text;

  for (guint i = 0; i < value->n_parts; i++)
    {
      gboolean may_be_none = i == 1 && value->op == STRATA_ENV_OP_STRIP;

      if (!is_value (results[i]))
        return (Result) { results[i]->op, NULL, results[i]->origin };
      if (to_text (results[i]) == NULL && !may_be_none)
        return (Result) { STRATA_ENV_OP_STOP, NULL, results[i]->origin };
    }

  text = strata_env_text_compute (value, to_text (&first), to_text (&second), to_text (&third));
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    {
      g_free (text);
      return (Result) { STRATA_ENV_OP_STOP, NULL, value };
    }

  return take_text (value, text);
}

static Result
evaluate_integer (Evaluation           *self,
                  const StrataEnvValue *value)
{
  g_auto(Result) result = evaluate (self, value->parts[0]);
  char *digits;

  if (!is_value (&result))
    return (Result) { result.op, NULL, result.origin };
  if (result.op == STRATA_ENV_OP_TRUE || result.op == STRATA_ENV_OP_FALSE)
    return (Result) { STRATA_ENV_OP_NUMBER, g_strdup (is_true (&result) ? "1" : "0"), value };

  digits = result.op != STRATA_ENV_OP_NONE ? strata_env_text_to_integer (result.text) : NULL;

  return digits != NULL ? (Result) { STRATA_ENV_OP_NUMBER, digits, value }
                        : (Result) { STRATA_ENV_OP_STOP, NULL, result.origin };
}

static Result
evaluate_flag (Evaluation           *self,
               const StrataEnvValue *value)
{
  static const char * const yes[] = { "1", "on", "t", "true", "y", "yes", NULL };
  static const char * const no[] = { "0", "off", "f", "false", "n", "no", NULL };
  Result result = evaluate (self, value->parts[0]);
  g_autofree char *word = NULL;

  if (result.op != STRATA_ENV_OP_TEXT && result.op != STRATA_ENV_OP_NUMBER)
    return result;

  word = g_ascii_strdown (result.text, -1);
  result_clear (&result);
  if (g_strv_contains (yes, word) || g_strv_contains (no, word))
    return boolean (value, g_strv_contains (yes, word));

  return (Result) { STRATA_ENV_OP_STOP, NULL, result.origin };
}

/* The raw entry of that name: what the code has set, or what the file has. */
static Result
find_entry (Evaluation           *self,
            const StrataEnvValue *value,
            const char           *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  StrataEnvValue entry = { .op = STRATA_ENV_OP_INI_KEY, .number = 1, .text = key, .section = value->section };
  char *found;

  for (guint i = 1; i + 1 < value->n_parts; i += 2)
    if (strcmp (value->parts[i]->text, key) == 0)
      return evaluate (self, value->parts[i + 1]);

  /* Beforehand nothing is known of the file. */
  if (self->world->ini_key == NULL)
    return (Result) { STRATA_ENV_OP_UNKNOWN, NULL, value };

  found = self->world->ini_key (&entry, self->data);

  return found != NULL ? take_text (value, found) : (Result) { STRATA_ENV_OP_STOP, NULL, value };
}

/* As ConfigParser does it, but for a lone "%", at which Alembic itself would stop: it can only mean what it says. */
static Result
interpolate (Evaluation           *self,
             const StrataEnvValue *value,
             const char           *text,
             guint                 depth)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      const char *end = g_str_has_prefix (text, "%(") ? strstr (text, ")s") : NULL;

      if (end != NULL && depth < DEEPEST_INTERPOLATION && out->len <= LONGEST_TEXT)
        {
          g_autofree char *name = g_strndup (text + 2, end - text - 2);
          g_auto(Result) entry = find_entry (self, value, name);
          g_auto(Result) inner = { entry.op, NULL, entry.origin };

          if (entry.op == STRATA_ENV_OP_TEXT)
            inner = interpolate (self, value, entry.text, depth + 1);
          if (!is_value (&inner) || to_text (&inner) == NULL)
            return (Result) { is_value (&inner) ? STRATA_ENV_OP_STOP : inner.op, NULL, inner.origin };
          g_string_append (out, to_text (&inner));
          text = end + 1;
        }
      else
        {
          g_string_append_c (out, *text);
          text += *text == '%' && text[1] == '%';
        }
    }

  return take_text (value, g_string_free (g_steal_pointer (&out), FALSE));
}

static Result
evaluate_interpolate (Evaluation           *self,
                      const StrataEnvValue *value)
{
  Result result = evaluate (self, value->parts[0]);
  Result interpolated;

  if (result.op != STRATA_ENV_OP_TEXT || strchr (result.text, '%') == NULL)
    return result;

  interpolated = interpolate (self, value, result.text, 0);
  result_clear (&result);

  return interpolated;
}

static Result
evaluate_from (Evaluation           *self,
               const StrataEnvValue *value)
{
  Result url = evaluate (self, value->parts[0]);
  g_auto(Result) folder = { STRATA_ENV_OP_NONE };
  char *placed;

  if (url.op != STRATA_ENV_OP_TEXT || !strata_env_text_is_relative_file (url.text))
    return url;

  folder = evaluate (self, value->parts[1]);
  placed = folder.op == STRATA_ENV_OP_TEXT ? strata_env_text_place_file (url.text, folder.text) : NULL;
  result_clear (&url);

  return placed != NULL ? take_text (value, placed) : (Result) { STRATA_ENV_OP_UNKNOWN, NULL, folder.origin };
}

static Result
evaluate_leaf (Evaluation           *self,
               const StrataEnvValue *value)
{
  switch ((int) value->op)
    {
    case STRATA_ENV_OP_VARIABLE:
      return evaluate_outside (self, value, self->world->variable);
    case STRATA_ENV_OP_INI_KEY:
      return evaluate_outside (self, value, self->world->ini_key);
    case STRATA_ENV_OP_X_ARGUMENT:
      return evaluate_outside (self, value, self->world->x_argument);
    case STRATA_ENV_OP_EXISTS:
      return evaluate_exists (self, value);
    default:
      return (Result) { value->op, value->op <= STRATA_ENV_OP_TEXT ? g_strdup (value->text) : NULL, value };
    }
}

static Result
evaluate (Evaluation           *self,
          const StrataEnvValue *value)
{
  if (self->n_steps++ >= MOST_STEPS)
    return (Result) { STRATA_ENV_OP_UNKNOWN, NULL, value };
  if (value->op < STRATA_ENV_OP_JOIN)
    return evaluate_leaf (self, value);

  switch ((int) value->op)
    {
    case STRATA_ENV_OP_JOIN:
      return evaluate_join (self, value);
    case STRATA_ENV_OP_OR:
    case STRATA_ENV_OP_AND:
    case STRATA_ENV_OP_DEFAULT:
    case STRATA_ENV_OP_CHOICE:
      return evaluate_choice (self, value);
    case STRATA_ENV_OP_NEED:
      return evaluate_need (self, value);
    case STRATA_ENV_OP_AFTER:
      return evaluate_after (self, value);
    case STRATA_ENV_OP_INTEGER:
      return evaluate_integer (self, value);
    case STRATA_ENV_OP_FLAG:
      return evaluate_flag (self, value);
    case STRATA_ENV_OP_INTERPOLATE:
      return evaluate_interpolate (self, value);
    case STRATA_ENV_OP_FROM:
      return evaluate_from (self, value);
    case STRATA_ENV_OP_NOT:
    case STRATA_ENV_OP_EQUALS:
    case STRATA_ENV_OP_IS_NONE:
    case STRATA_ENV_OP_CONTAINS:
    case STRATA_ENV_OP_STARTS:
    case STRATA_ENV_OP_ENDS:
      return evaluate_condition (self, value);
    default:
      return evaluate_text (self, value);
    }
}

StrataEnvOp
strata_env_value_evaluate_literal (const StrataEnvValue  *self,
                                   char                 **text)
{
  static const StrataEnvWorld nothing = { NULL };
  Evaluation evaluation = { &nothing, NULL, NULL, 0 };
  Result result = evaluate (&evaluation, self);

  *text = result.text;

  return result.op;
}

StrataEnvOutcome
strata_env_value_evaluate (const StrataEnvValue  *self,
                           const StrataEnvWorld  *world,
                           gpointer               data,
                           char                 **text,
                           GPtrArray             *used,
                           const StrataEnvValue **culprit)
{
  Evaluation evaluation = { world, data, used, 0 };
  g_auto(Result) result = evaluate (&evaluation, self);

  *text = g_strdup (to_text (&result));
  if (culprit != NULL)
    *culprit = is_value (&result) ? NULL : result.origin;
  if (used != NULL && result.origin->op == STRATA_ENV_OP_TEXT)
    g_ptr_array_add (used, (gpointer) result.origin);

  if (result.op == STRATA_ENV_OP_NONE)
    return STRATA_ENV_IS_NONE;
  if (result.op == STRATA_ENV_OP_STOP)
    return STRATA_ENV_IS_MISSING;

  return is_value (&result) ? STRATA_ENV_IS_TEXT : STRATA_ENV_IS_UNKNOWN;
}
