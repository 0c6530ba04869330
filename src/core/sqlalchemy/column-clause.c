/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/private.h"

/* column() and label(). */

static Value *
construct_column (Machine *py,
                  Value   *class,
                  Value  **arguments)
{
  const char *name = strata_py_value_get_text (arguments[0], NULL);
  gboolean is_literal = arguments[2] != NULL && strata_py_truth (py, arguments[2]) == 1;
  Expression *expression;
  StrataSaElement *self;

  if (strata_py_value_get_opaque_name (arguments[0]) != NULL)
    return strata_py_refuse (py, "“%s” is the name of a column, and what it is is not known here",
                             strata_py_value_get_opaque_name (arguments[0]));
  if (name == NULL)
    return strata_py_raise (py, "TypeError", "the name of a column is no string");
  expression = strata_sa_new_expression (py, is_literal ? STRATA_EXPRESSION_WORDS : STRATA_EXPRESSION_COLUMN);
  expression->name = strata_sa_intern (py, name);
  self = (StrataSaElement *) strata_sa_wrap_class (py, (Class *) class, expression);
  if (arguments[1] != NULL && !strata_py_is_none (arguments[1]))
    {
      self->type = arguments[1];
      expression->type = strata_sa_read_type (py, arguments[1]);
      if (expression->type == NULL)
        return NULL;
    }

  return &self->base;
}

static Value *
literal_column (Machine *py,
                Value   *module,
                Value  **arguments)
{
  const char *name = strata_py_value_get_text (arguments[0], NULL);
  Expression *expression;

  if (name == NULL)
    return strata_py_refuse (py, "what literal_column() is given is not known here");
  expression = strata_sa_new_expression (py, STRATA_EXPRESSION_WORDS);
  expression->name = strata_sa_intern (py, name);
  if (arguments[1] != NULL && !strata_py_is_none (arguments[1]))
    {
      expression->type = strata_sa_read_type (py, arguments[1]);
      if (expression->type == NULL)
        return NULL;
    }

  return strata_sa_wrap_expression (py, expression);
}

Value *
strata_sa_new_label (Machine    *py,
                     Value      *element,
                     const char *name)
{
  const Expression *of = strata_sa_coerce (py, element, NULL);
  Expression *label;

  if (of == NULL)
    return NULL;
  if (name == NULL)
    return strata_py_refuse (py, "a label without a name is not known here");
  /* A label of a label is one of what that one has. */
  if (of->kind == STRATA_EXPRESSION_LABEL)
    of = of->items[0];
  label = strata_sa_new_expression (py, STRATA_EXPRESSION_LABEL);
  label->name = strata_sa_intern (py, name);
  label->items = strata_sa_append (py, NULL, of);
  label->type = of->type;

  return strata_sa_wrap_expression (py, label);
}

static Value *
new_label (Machine *py,
           Value   *module,
           Value  **arguments)
{
  return strata_sa_new_label (py, arguments[1], strata_py_value_get_text (arguments[0], NULL));
}

static const StrataPySlots column_slots = {
  .name = "ColumnClause",
  .parameters = "text, type_=, is_literal=, _selectable=",
  .construct = construct_column,
};

static const StrataPyNative functions[] = {
  { "literal_column", "text, type_=", literal_column },
  { "label", "name, element, type_=", new_label },
  { NULL }
};

void
strata_sa_add_column_clauses (Machine *py)
{
  StrataSa *sa = strata_sa_get (py);

  sa->classes[STRATA_SA_COLUMN_CLAUSE] = strata_py_class (py, &column_slots, sa->classes[STRATA_SA_ELEMENT]);
  strata_sa_export (py, STRATA_SA_ROOT, "column", (Value *) sa->classes[STRATA_SA_COLUMN_CLAUSE]);
  strata_sa_export (py, STRATA_SA_ROOT, "ColumnClause", (Value *) sa->classes[STRATA_SA_COLUMN_CLAUSE]);
  strata_sa_export_functions (py, STRATA_SA_ROOT, functions);
}
