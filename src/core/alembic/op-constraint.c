/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/directive.h"
#include "core/sqlalchemy/items.h"

static const struct { const char *name; StrataConstraintKind kind; } kinds[] = {
  { "foreignkey", STRATA_CONSTRAINT_FOREIGN_KEY },
  { "primary", STRATA_CONSTRAINT_PRIMARY_KEY },
  { "unique", STRATA_CONSTRAINT_UNIQUE },
  { "check", STRATA_CONSTRAINT_CHECK },
};

/* Takes what a constraint has besides the options of servers out of the keywords: deferrable and initially are written,
 * use_alter, info and the like say nothing about a constraint that is added on its own. */
static gboolean
read_keywords (StrataPyMachine  *py,
               StrataConstraint *constraint,
               StrataPyValue    *keywords)
{
  StrataPyDict *options = strata_py_dict (py);
  guint position = 0;
  StrataPyValue *key, *value;

  while (strata_py_dict_next ((StrataPyDict *) keywords, &position, &key, &value))
    {
      const char *name = strata_py_value_get_text (key, NULL);
      gboolean flag;

      if (g_str_equal (name, "deferrable"))
        {
          if (!strata_directive_read_flag (py, value, &flag))
            return FALSE;
          if (strata_directive_is_given (value))
            constraint->deferrable = flag ? "DEFERRABLE" : "NOT DEFERRABLE";
        }
      else if (g_str_equal (name, "initially"))
        {
          if (!strata_directive_read_text (py, value, &constraint->initially))
            return FALSE;
        }
      else if (!g_str_equal (name, "use_alter") && !g_str_equal (name, "info") && !g_str_equal (name, "link_to_name")
               && !g_str_equal (name, "comment"))
        strata_py_dict_set_name (py, options, name, value);
    }

  return strata_sa_read_options_of (py, strata_constraint_kind_get_name (constraint->kind), options, &constraint->options);
}

gboolean
strata_directive_key (StrataPyMachine       *py,
                      StrataOperation       *operation,
                      StrataConstraintKind   kind,
                      StrataPyValue        **arguments)
{
  StrataConstraint *constraint = &operation->constraint;

  constraint->kind = kind;

  return strata_sa_read_name (py, arguments[0], &constraint->name)
         && strata_sa_read_names (py, arguments[1], &constraint->columns)
         && (arguments[2] == NULL || read_keywords (py, constraint, arguments[2]));
}

gboolean
strata_directive_check (StrataPyMachine  *py,
                        StrataOperation  *operation,
                        StrataPyValue   **arguments)
{
  StrataConstraint *constraint = &operation->constraint;

  constraint->kind = STRATA_CONSTRAINT_CHECK;
  constraint->condition = strata_sa_coerce_text (py, arguments[1]);

  return constraint->condition != NULL && strata_sa_read_name (py, arguments[0], &constraint->name)
         && read_keywords (py, constraint, arguments[2]);
}

gboolean
strata_directive_foreign_key (StrataPyMachine  *py,
                              StrataOperation  *operation,
                              StrataPyValue   **arguments)
{
  StrataConstraint *constraint = &operation->constraint;
  StrataReference *reference = strata_py_alloc (py, sizeof *reference);
  StrataPyDict *keywords = arguments[10] != NULL ? (StrataPyDict *) arguments[10] : strata_py_dict (py);

  if (reference == NULL)
    return FALSE;
  constraint->kind = STRATA_CONSTRAINT_FOREIGN_KEY;
  constraint->reference = reference;
  if (arguments[6] != NULL)
    strata_py_dict_set_name (py, keywords, "deferrable", arguments[6]);
  if (arguments[7] != NULL)
    strata_py_dict_set_name (py, keywords, "initially", arguments[7]);

  return strata_sa_read_name (py, arguments[0], &constraint->name)
         && strata_directive_read_text (py, arguments[1], &reference->table)
         && strata_sa_read_names (py, arguments[2], &constraint->columns)
         && strata_sa_read_names (py, arguments[3], &reference->columns)
         && strata_directive_read_text (py, arguments[4], &reference->on_update)
         && strata_directive_read_text (py, arguments[5], &reference->on_delete)
         && strata_directive_read_text (py, arguments[8], &reference->match)
         && strata_directive_read_text (py, arguments[9], &reference->schema)
         && read_keywords (py, constraint, (StrataPyValue *) keywords);
}

static gboolean
read_exclusions (StrataPyMachine  *py,
                 StrataConstraint *constraint,
                 StrataPyValue    *elements)
{
  guint n;
  StrataPyValue **items = strata_py_value_get_items (elements, &n);
  const StrataExclusion **list = strata_py_alloc (py, (n + 1) * sizeof *list);

  for (guint i = 0; i < n && list != NULL; i++)
    {
      StrataExclusion *exclusion = strata_py_alloc (py, sizeof *exclusion);
      guint n_parts = 0;
      StrataPyValue **parts = strata_py_value_get_items (items[i], &n_parts);

      if (parts == NULL || n_parts != 2)
        return strata_py_raise (py, "ValueError", "an exclusion is a pair of a column and an operator") != NULL;
      exclusion->expression = strata_sa_coerce_column (py, parts[0]);
      if (exclusion->expression == NULL || !strata_directive_read_text (py, parts[1], &exclusion->operator))
        return FALSE;
      list[i] = exclusion;
    }
  constraint->exclusions = list;

  return list != NULL;
}

/* "using" is one of the options by the name that core/render knows. */
gboolean
strata_directive_exclude (StrataPyMachine  *py,
                          StrataOperation  *operation,
                          StrataPyValue   **arguments)
{
  StrataConstraint *constraint = &operation->constraint;
  StrataPyDict *keywords = (StrataPyDict *) arguments[6];

  constraint->kind = STRATA_CONSTRAINT_EXCLUDE;
  if (strata_directive_is_given (arguments[3]))
    strata_py_dict_set_name (py, keywords, "postgresql_using", arguments[3]);
  if (arguments[4] != NULL)
    strata_py_dict_set_name (py, keywords, "deferrable", arguments[4]);
  if (arguments[5] != NULL)
    strata_py_dict_set_name (py, keywords, "initially", arguments[5]);
  if (strata_directive_is_given (arguments[2])
      && (constraint->condition = strata_sa_coerce_text (py, arguments[2])) == NULL)
    return FALSE;

  return strata_sa_read_name (py, arguments[0], &constraint->name) && read_exclusions (py, constraint, arguments[1])
         && read_keywords (py, constraint, arguments[6]);
}

gboolean
strata_directive_drop_constraint (StrataPyMachine  *py,
                                  StrataOperation  *operation,
                                  StrataPyValue   **arguments)
{
  const char *type;

  if (!strata_sa_read_name (py, arguments[0], &operation->constraint.name) || !strata_directive_read_text (py, arguments[1], &type))
    return FALSE;
  if (type == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, type))
      {
        operation->constraint.kind = kinds[i].kind;
        return TRUE;
      }
  strata_py_raise (py, "TypeError", "'type' can be one of 'check', 'foreignkey', 'primary', 'unique', None");

  return FALSE;
}

static StrataPyValue *
op_drop_constraint (StrataPyMachine *py,
                    StrataPyValue   *self,
                    StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_DROP_CONSTRAINT, arguments[3], arguments[1], arguments[4]);
  StrataPyValue *own[] = { arguments[0], arguments[2] };

  if (operation == NULL || !strata_directive_drop_constraint (py, operation, own))
    return NULL;

  return strata_directive_emit (py, operation);
}

static StrataPyValue *
add_key (StrataPyMachine      *py,
         StrataConstraintKind  kind,
         StrataPyValue       **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_ADD_CONSTRAINT, arguments[3], arguments[1], NULL);
  StrataPyValue *own[] = { arguments[0], arguments[2], arguments[4] };

  return operation != NULL && strata_directive_key (py, operation, kind, own) ? strata_directive_emit (py, operation) : NULL;
}

static StrataPyValue *
op_create_primary_key (StrataPyMachine *py,
                       StrataPyValue   *self,
                       StrataPyValue  **arguments)
{
  StrataPyValue *all[] = { arguments[0], arguments[1], arguments[2], arguments[3], NULL };

  return add_key (py, STRATA_CONSTRAINT_PRIMARY_KEY, all);
}

static StrataPyValue *
op_create_unique_constraint (StrataPyMachine *py,
                             StrataPyValue   *self,
                             StrataPyValue  **arguments)
{
  return add_key (py, STRATA_CONSTRAINT_UNIQUE, arguments);
}

static StrataPyValue *
op_create_check_constraint (StrataPyMachine *py,
                            StrataPyValue   *self,
                            StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_ADD_CONSTRAINT, arguments[3], arguments[1], NULL);
  StrataPyValue *own[] = { arguments[0], arguments[2], arguments[4] };

  return operation != NULL && strata_directive_check (py, operation, own) ? strata_directive_emit (py, operation) : NULL;
}

static StrataPyValue *
op_create_foreign_key (StrataPyMachine *py,
                       StrataPyValue   *self,
                       StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_ADD_CONSTRAINT, arguments[10], arguments[1], NULL);
  StrataPyValue *own[] = { arguments[0], arguments[2], arguments[3], arguments[4], arguments[5], arguments[6],
                           arguments[7], arguments[8], arguments[9], arguments[11], arguments[12] };

  return operation != NULL && strata_directive_foreign_key (py, operation, own) ? strata_directive_emit (py, operation) : NULL;
}

static StrataPyValue *
op_create_exclude_constraint (StrataPyMachine *py,
                              StrataPyValue   *self,
                              StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_ADD_CONSTRAINT, arguments[4], arguments[1], NULL);
  StrataPyValue *own[] = { arguments[0], arguments[2], arguments[3], arguments[5], arguments[6], arguments[7], arguments[8] };

  return operation != NULL && strata_directive_exclude (py, operation, own) ? strata_directive_emit (py, operation) : NULL;
}

const StrataPyNative strata_op_constraint_functions[] = {
  { "create_check_constraint", "constraint_name, table_name, condition, *, schema=, **kw", op_create_check_constraint },
  { "create_exclude_constraint", "constraint_name, table_name, *elements, where=, schema=, using=, deferrable=, initially=, **kw",
    op_create_exclude_constraint },
  { "create_foreign_key", "constraint_name, source_table, referent_table, local_cols, remote_cols, *, onupdate=, ondelete=, "
    "deferrable=, initially=, match=, source_schema=, referent_schema=, **dialect_kw", op_create_foreign_key },
  { "create_primary_key", "constraint_name, table_name, columns, *, schema=", op_create_primary_key },
  { "create_unique_constraint", "constraint_name, table_name, columns, *, schema=, **kw", op_create_unique_constraint },
  { "drop_constraint", "constraint_name, table_name, type_=, *, schema=, if_exists=", op_drop_constraint },
  { NULL }
};
