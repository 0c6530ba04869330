/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/evaluate-private.h"

#include <string.h>

/* Shared parts can make a small expression an endless computation. */
#define MOST_STEPS 20000

StrataEnvResult
strata_env_result_new (StrataEnvOp           op,
                       const StrataEnvValue *origin)
{
  return (StrataEnvResult) { op, NULL, origin };
}

void
strata_env_result_clear (StrataEnvResult *result)
{
  g_clear_pointer (&result->text, g_free);
}

StrataEnvResult
strata_env_result_new_text (const StrataEnvValue *value,
                            char                 *text)
{
  if (strlen (text) <= STRATA_ENV_LONGEST_TEXT)
    return (StrataEnvResult) { STRATA_ENV_OP_TEXT, text, value };

  g_free (text);

  return strata_env_result_new (STRATA_ENV_OP_UNKNOWN, value);
}

StrataEnvResult
strata_env_result_new_flag (const StrataEnvValue *value,
                            gboolean              is_true)
{
  return strata_env_result_new (is_true ? STRATA_ENV_OP_TRUE : STRATA_ENV_OP_FALSE, value);
}

gboolean
strata_env_result_is_value (const StrataEnvResult *result)
{
  return result->op <= STRATA_ENV_OP_TEXT;
}

static gboolean
is_true (const StrataEnvResult *result)
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
const char *
strata_env_result_get_text (const StrataEnvResult *result)
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

static StrataEnvResult
evaluate_join (StrataEnvEvaluation  *self,
               const StrataEnvValue *value)
{
  g_autoptr(GString) joined = g_string_new (NULL);

  for (guint i = 0; i < value->n_parts; i++)
    {
      g_auto(StrataEnvResult) part = strata_env_evaluate_value (self, value->parts[i]);

      if (!strata_env_result_is_value (&part))
        return strata_env_result_new (part.op, part.origin);
      if (part.op == STRATA_ENV_OP_NONE)
        return strata_env_result_new (STRATA_ENV_OP_STOP, part.origin);
      g_string_append (joined, strata_env_result_get_text (&part));
      if (joined->len > STRATA_ENV_LONGEST_TEXT)
        return strata_env_result_new (STRATA_ENV_OP_UNKNOWN, value);
    }

  return strata_env_result_new_text (value, g_string_free (g_steal_pointer (&joined), FALSE));
}

/* One of two, as the first part says. */
static StrataEnvResult
evaluate_choice (StrataEnvEvaluation  *self,
                 const StrataEnvValue *value)
{
  StrataEnvResult first = strata_env_evaluate_value (self, value->parts[0]);
  gboolean take_first;

  if (!strata_env_result_is_value (&first))
    return first;

  switch ((int) value->op)
    {
    case STRATA_ENV_OP_CHOICE:
      take_first = is_true (&first);
      strata_env_result_clear (&first);
      return strata_env_evaluate_value (self, value->parts[take_first ? 1 : 2]);
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

  strata_env_result_clear (&first);

  return strata_env_evaluate_value (self, value->parts[1]);
}

static StrataEnvResult
evaluate_need (StrataEnvEvaluation  *self,
               const StrataEnvValue *value)
{
  StrataEnvResult result = strata_env_evaluate_value (self, value->parts[0]);

  if (result.op == STRATA_ENV_OP_NONE)
    result.op = STRATA_ENV_OP_STOP;

  return result;
}

/* A guard that can't be worked out keeps nobody away: it has no say in what the value is. */
static StrataEnvResult
evaluate_after (StrataEnvEvaluation  *self,
                const StrataEnvValue *value)
{
  GPtrArray *used = g_steal_pointer (&self->used);
  g_auto(StrataEnvResult) guard = strata_env_evaluate_value (self, value->parts[0]);

  self->used = used;
  if (guard.op == STRATA_ENV_OP_STOP)
    return strata_env_result_new (guard.op, guard.origin);

  return strata_env_evaluate_value (self, value->parts[1]);
}

static StrataEnvResult
evaluate_condition (StrataEnvEvaluation  *self,
                    const StrataEnvValue *value)
{
  g_auto(StrataEnvResult) first = strata_env_evaluate_value (self, value->parts[0]);
  g_auto(StrataEnvResult) second = { STRATA_ENV_OP_NONE };

  if (!strata_env_result_is_value (&first))
    return strata_env_result_new (first.op, first.origin);
  if (value->op == STRATA_ENV_OP_NOT)
    return strata_env_result_new_flag (value, !is_true (&first));
  if (value->op == STRATA_ENV_OP_IS_NONE)
    return strata_env_result_new_flag (value, first.op == STRATA_ENV_OP_NONE);

  second = strata_env_evaluate_value (self, value->parts[1]);
  if (!strata_env_result_is_value (&second))
    return strata_env_result_new (second.op, second.origin);
  if (value->op == STRATA_ENV_OP_EQUALS)
    return strata_env_result_new_flag (value, first.op == second.op && g_strcmp0 (first.text, second.text) == 0);

  if (first.op != STRATA_ENV_OP_TEXT || second.op != STRATA_ENV_OP_TEXT)
    return strata_env_result_new (STRATA_ENV_OP_STOP, first.op != STRATA_ENV_OP_TEXT ? first.origin : second.origin);
  if (value->op == STRATA_ENV_OP_STARTS)
    return strata_env_result_new_flag (value, g_str_has_prefix (first.text, second.text));
  if (value->op == STRATA_ENV_OP_ENDS)
    return strata_env_result_new_flag (value, g_str_has_suffix (first.text, second.text));

  return strata_env_result_new_flag (value, strstr (first.text, second.text) != NULL);
}

/* NONE where there is no such part. */
static StrataEnvResult
evaluate_part (StrataEnvEvaluation  *self,
               const StrataEnvValue *value,
               guint                 i)
{
  return i < value->n_parts ? strata_env_evaluate_value (self, value->parts[i])
                            : strata_env_result_new (STRATA_ENV_OP_NONE, NULL);
}

static StrataEnvResult
evaluate_text (StrataEnvEvaluation  *self,
               const StrataEnvValue *value)
{
  g_auto(StrataEnvResult) first = strata_env_evaluate_value (self, value->parts[0]);
  g_auto(StrataEnvResult) second = evaluate_part (self, value, 1);
  g_auto(StrataEnvResult) third = evaluate_part (self, value, 2);
  const StrataEnvResult *results[] = { &first, &second, &third };
  char *text;

  for (guint i = 0; i < value->n_parts; i++)
    {
      gboolean may_be_none = i == 1 && value->op == STRATA_ENV_OP_STRIP;

      if (!strata_env_result_is_value (results[i]))
        return strata_env_result_new (results[i]->op, results[i]->origin);
      if (strata_env_result_get_text (results[i]) == NULL && !may_be_none)
        return strata_env_result_new (STRATA_ENV_OP_STOP, results[i]->origin);
    }

  text = strata_env_text_compute (value, strata_env_result_get_text (&first), strata_env_result_get_text (&second),
                                  strata_env_result_get_text (&third));
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    {
      g_free (text);
      return strata_env_result_new (STRATA_ENV_OP_STOP, value);
    }

  return strata_env_result_new_text (value, text);
}

static StrataEnvResult
evaluate_integer (StrataEnvEvaluation  *self,
                  const StrataEnvValue *value)
{
  g_auto(StrataEnvResult) result = strata_env_evaluate_value (self, value->parts[0]);
  char *digits;

  if (!strata_env_result_is_value (&result))
    return strata_env_result_new (result.op, result.origin);
  if (result.op == STRATA_ENV_OP_TRUE || result.op == STRATA_ENV_OP_FALSE)
    return (StrataEnvResult) { STRATA_ENV_OP_NUMBER, g_strdup (is_true (&result) ? "1" : "0"), value };

  digits = result.op != STRATA_ENV_OP_NONE ? strata_env_text_to_integer (result.text) : NULL;

  return digits != NULL ? (StrataEnvResult) { STRATA_ENV_OP_NUMBER, digits, value }
                        : strata_env_result_new (STRATA_ENV_OP_STOP, result.origin);
}

static StrataEnvResult
evaluate_flag (StrataEnvEvaluation  *self,
               const StrataEnvValue *value)
{
  static const char * const yes[] = { "1", "on", "t", "true", "y", "yes", NULL };
  static const char * const no[] = { "0", "off", "f", "false", "n", "no", NULL };
  StrataEnvResult result = strata_env_evaluate_value (self, value->parts[0]);
  g_autofree char *word = NULL;

  if (result.op != STRATA_ENV_OP_TEXT && result.op != STRATA_ENV_OP_NUMBER)
    return result;

  word = g_ascii_strdown (result.text, -1);
  strata_env_result_clear (&result);
  if (g_strv_contains (yes, word) || g_strv_contains (no, word))
    return strata_env_result_new_flag (value, g_strv_contains (yes, word));

  return strata_env_result_new (STRATA_ENV_OP_STOP, result.origin);
}

StrataEnvResult
strata_env_evaluate_value (StrataEnvEvaluation  *self,
                           const StrataEnvValue *value)
{
  if (self->n_steps++ >= MOST_STEPS)
    return strata_env_result_new (STRATA_ENV_OP_UNKNOWN, value);
  if (value->op < STRATA_ENV_OP_JOIN)
    return strata_env_evaluate_leaf (self, value);

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
      return strata_env_evaluate_interpolate (self, value);
    case STRATA_ENV_OP_FROM:
      return strata_env_evaluate_from (self, value);
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
  StrataEnvEvaluation evaluation = { &nothing, NULL, NULL, 0 };
  StrataEnvResult result = strata_env_evaluate_value (&evaluation, self);

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
  StrataEnvEvaluation evaluation = { world, data, used, 0 };
  g_auto(StrataEnvResult) result = strata_env_evaluate_value (&evaluation, self);

  *text = g_strdup (strata_env_result_get_text (&result));
  if (culprit != NULL)
    *culprit = strata_env_result_is_value (&result) ? NULL : result.origin;
  if (used != NULL && result.origin->op == STRATA_ENV_OP_TEXT)
    g_ptr_array_add (used, (gpointer) result.origin);

  if (result.op == STRATA_ENV_OP_NONE)
    return STRATA_ENV_IS_NONE;
  if (result.op == STRATA_ENV_OP_STOP)
    return STRATA_ENV_IS_MISSING;

  return strata_env_result_is_value (&result) ? STRATA_ENV_IS_TEXT : STRATA_ENV_IS_UNKNOWN;
}
