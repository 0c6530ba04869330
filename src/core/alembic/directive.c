/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/directive.h"

#include "core/alembic/batch.h"

StrataAlembic *
strata_alembic_get (StrataPyMachine *py)
{
  return (StrataAlembic *) strata_sa_get (py);
}

gboolean
strata_directive_is_given (StrataPyValue *value)
{
  return value != NULL && !strata_py_is_none (value);
}

gboolean
strata_directive_read_text (StrataPyMachine  *py,
                            StrataPyValue    *value,
                            const char      **text)
{
  *text = NULL;
  if (!strata_directive_is_given (value))
    return TRUE;
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_OPAQUE)
    strata_py_refuse (py, "“%s” is not known here", strata_py_value_get_opaque_name (value));
  else if (strata_py_value_get_kind (value) != STRATA_PY_VALUE_STR)
    strata_py_raise (py, "TypeError", "a str is needed, not %s", strata_py_value_get_class_name (value));
  else
    *text = strata_sa_intern (py, strata_py_value_get_text (value, NULL));

  return *text != NULL;
}

gboolean
strata_directive_read_flag (StrataPyMachine *py,
                            StrataPyValue   *value,
                            gboolean        *flag)
{
  int truth = value != NULL ? strata_py_truth (py, value) : FALSE;

  *flag = truth > 0;

  return truth >= 0;
}

gboolean
strata_directive_read_answer (StrataPyMachine *py,
                              StrataPyValue   *value,
                              StrataAnswer    *answer)
{
  gboolean flag;

  *answer = STRATA_UNSAID;
  if (!strata_directive_is_given (value))
    return TRUE;
  if (!strata_directive_read_flag (py, value, &flag))
    return FALSE;
  *answer = flag ? STRATA_YES : STRATA_NO;

  return TRUE;
}

StrataOperation *
strata_directive_new (StrataPyMachine     *py,
                      StrataOperationKind  kind,
                      StrataPyValue       *schema,
                      StrataPyValue       *table,
                      StrataPyValue       *is_tolerant)
{
  StrataOperation *operation = strata_py_alloc (py, sizeof *operation);

  if (operation == NULL)
    return NULL;
  operation->kind = kind;
  if (!strata_directive_read_text (py, schema, &operation->schema) || !strata_directive_read_text (py, table, &operation->table)
      || !strata_directive_read_flag (py, is_tolerant, &operation->is_tolerant))
    return NULL;

  return operation;
}

StrataPyValue *
strata_directive_emit (StrataPyMachine       *py,
                       const StrataOperation *operation)
{
  return strata_sa_get (py)->backend->emit (py, operation) ? strata_py_none (py) : NULL;
}

static gpointer
raise_batch (StrataPyMachine *py,
             const GError    *error)
{
  switch ((StrataBatchError) error->code)
    {
    case STRATA_BATCH_ERROR_COMMAND:
      return strata_py_raise_value (py, strata_py_call_values (py, (StrataPyValue *) strata_alembic_get (py)->command_error, 1,
                                                               strata_py_str (py, error->message)));
    case STRATA_BATCH_ERROR_VALUE:
      return strata_py_raise (py, "ValueError", "%s", error->message);
    case STRATA_BATCH_ERROR_KEY:
      return strata_py_raise (py, "KeyError", "%s", error->message);
    case STRATA_BATCH_ERROR_REQUEST:
      return strata_sa_raise (py, "InvalidRequestError", "%s", error->message);
    case STRATA_BATCH_ERROR_NO_TABLE:
      return strata_sa_raise (py, "NoSuchTableError", "%s", error->message);
    case STRATA_BATCH_ERROR_CYCLE:
      return strata_sa_raise (py, "CircularDependencyError", "%s", error->message);
    case STRATA_BATCH_ERROR_NEEDS_DATABASE:
      return strata_py_stop (py, STRATA_EVALUATE_NEEDS_DATABASE, "%s", error->message);
    case STRATA_BATCH_ERROR_UNSUPPORTED:
    default:
      return strata_py_stop (py, STRATA_EVALUATE_UNSUPPORTED, "%s", error->message);
    }
}

gpointer
strata_directive_raise (StrataPyMachine *py,
                        GError          *error)
{
  g_autoptr(GError) taken = error;

  if (taken->domain == STRATA_BATCH_ERROR)
    return raise_batch (py, taken);

  return strata_py_stop (py, STRATA_EVALUATE_RAISES, "%s", taken->message);
}
