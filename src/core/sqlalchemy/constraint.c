/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/constraint.h"

StrataSaConstraint *
strata_sa_new_constraint (Machine              *py,
                          Value                *class,
                          StrataConstraintKind  kind)
{
  StrataSaConstraint *self = strata_py_host_object (py, (Class *) class, sizeof *self);

  self->constraint.kind = kind;
  self->order = strata_sa_next_order ();

  return self;
}

gboolean
strata_sa_read_common (Machine            *py,
                       StrataSaConstraint *self,
                       Value              *name,
                       Value              *deferrable,
                       Value              *initially,
                       const char         *class,
                       Dict               *options)
{
  if (!strata_sa_read_name (py, name != NULL ? name : strata_py_none (py), &self->constraint.name)
      || !strata_sa_expect_text (py, initially, "initially", &self->constraint.initially))
    return FALSE;
  if (GIVEN (deferrable))
    self->constraint.deferrable = strata_py_truth (py, deferrable) == 1 ? "DEFERRABLE" : "NOT DEFERRABLE";

  return strata_sa_read_options_of (py, class, options, &self->constraint.options);
}

Value *
strata_sa_attach_constraint (Machine            *py,
                             StrataSaConstraint *self,
                             Value              *table)
{
  if (GIVEN (table) && strata_sa_is (py, table, STRATA_SA_TABLE) && !strata_sa_attach (py, (StrataSaTable *) table, &self->base))
    return NULL;

  return &self->base;
}

/* A constraint of columns that are a table's already belongs to the table. */
static Value *
attach_by_columns (Machine            *py,
                   StrataSaConstraint *self)
{
  guint length;
  Value **columns = strata_py_value_get_items (self->columns, &length);

  for (guint i = 0; i < length; i++)
    if (strata_sa_is (py, columns[i], STRATA_SA_COLUMN) && ((StrataSaColumn *) columns[i])->table != NULL)
      return strata_sa_attach_constraint (py, self, ((StrataSaColumn *) columns[i])->table);

  return &self->base;
}

/* *columns, name=, deferrable=, initially=, info=, comment=, _implicit_generated=, **dialect_kw */
static Value *
new_column_constraint (Machine              *py,
                       Value                *class,
                       Value               **arguments,
                       StrataConstraintKind  kind)
{
  StrataSaConstraint *self = strata_sa_new_constraint (py, class, kind);

  self->columns = strata_py_to_list (py, arguments[0]);
  self->comment = arguments[5];
  if (self->columns == NULL
      || !strata_sa_read_common (py, self, arguments[1], arguments[2], arguments[3], strata_constraint_kind_get_name (kind),
                                 (Dict *) arguments[7]))
    return NULL;

  return attach_by_columns (py, self);
}

static Value *
new_primary_key (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  return new_column_constraint (py, class, arguments, STRATA_CONSTRAINT_PRIMARY_KEY);
}

static Value *
new_unique (Machine *py,
            Value   *class,
            Value  **arguments)
{
  return new_column_constraint (py, class, arguments, STRATA_CONSTRAINT_UNIQUE);
}

/* sqltext, name=, deferrable=, initially=, table=, info=, comment=, _create_rule=, _autoattach=, _type_bound=,
 * **dialect_kw */
static Value *
new_check (Machine *py,
           Value   *class,
           Value  **arguments)
{
  StrataSaConstraint *self = strata_sa_new_constraint (py, class, STRATA_CONSTRAINT_CHECK);

  self->constraint.condition = strata_sa_coerce_text (py, arguments[0]);
  self->comment = arguments[6];
  if (self->constraint.condition == NULL
      || !strata_sa_read_common (py, self, arguments[1], arguments[2], arguments[3], "CheckConstraint", (Dict *) arguments[10]))
    return NULL;

  return strata_sa_attach_constraint (py, self, arguments[4]);
}

const StrataConstraint *
strata_sa_read_constraint (Machine *py,
                           Value   *value)
{
  StrataSaConstraint *self = (StrataSaConstraint *) value;
  StrataConstraint *constraint;

  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_OPAQUE)
    return strata_py_refuse (py, "“%s”, which is a constraint here, is not known", strata_py_value_get_opaque_name (value));
  if (!strata_sa_is (py, value, STRATA_SA_CONSTRAINT))
    return strata_py_raise (py, "TypeError", "a “%s” is no constraint", strata_py_value_get_class_name (value));

  constraint = strata_py_alloc (py, sizeof *constraint);
  if (constraint == NULL)
    return NULL;
  *constraint = self->constraint;
  if (self->columns != NULL && !strata_sa_read_keys (py, self->columns, (StrataSaTable *) self->table, &constraint->columns))
    return NULL;
  if (constraint->columns != NULL && constraint->columns[0] == NULL)
    constraint->columns = NULL;
  if (self->targets != NULL && (constraint->reference = strata_sa_read_reference (py, self)) == NULL)
    return NULL;

  return constraint;
}

static Value *
get_constraint_attribute (Machine    *py,
                          Value      *value,
                          const char *name)
{
  StrataSaConstraint *self = (StrataSaConstraint *) value;
  const StrataConstraint *constraint = &self->constraint;

  if (g_str_equal (name, "name"))
    return constraint->name.is_final ? strata_sa_new_final_name (py, constraint->name.text)
                                     : strata_sa_wrap_text (py, constraint->name.text);
  if (g_str_equal (name, "comment"))
    return self->comment != NULL ? self->comment : strata_py_none (py);
  if (g_str_equal (name, "initially"))
    return strata_sa_wrap_text (py, constraint->initially);
  if (g_str_equal (name, "deferrable"))
    return constraint->deferrable != NULL ? strata_py_bool (py, constraint->deferrable[0] == 'D') : strata_py_none (py);
  if (g_str_equal (name, "table") && self->table != NULL)
    return self->table;
  if (constraint->kind == STRATA_CONSTRAINT_FOREIGN_KEY && g_str_equal (name, "ondelete"))
    return strata_sa_wrap_text (py, self->reference.on_delete);
  if (constraint->kind == STRATA_CONSTRAINT_FOREIGN_KEY && g_str_equal (name, "onupdate"))
    return strata_sa_wrap_text (py, self->reference.on_update);
  if (g_str_equal (name, "sqltext") && constraint->condition != NULL)
    return strata_sa_wrap_expression (py, constraint->condition);

  return NULL;
}

static gboolean
set_constraint_attribute (Machine    *py,
                          Value      *value,
                          const char *name,
                          Value      *to)
{
  StrataSaConstraint *self = (StrataSaConstraint *) value;

  if (to != NULL && g_str_equal (name, "name"))
    return strata_sa_read_name (py, to, &self->constraint.name);

  return strata_py_refuse (py, "“%s” of a constraint is changed", name) != NULL;
}

static const StrataPySlots constraint_slots = {
  .name = "Constraint",
  .lacking = " columns c column_keys columns_autoinc_first contains_column ddl_if dialect_options dialect_kwargs info parent "
             "match use_alter copy _copy table operators where ",
  .get_attribute = get_constraint_attribute,
  .set_attribute = set_constraint_attribute,
};

static const StrataPySlots primary_key_slots = {
  .name = "PrimaryKeyConstraint",
  .parameters = "*columns, name=, deferrable=, initially=, info=, comment=, _implicit_generated=, **dialect_kw",
  .construct = new_primary_key,
};

static const StrataPySlots unique_slots = {
  .name = "UniqueConstraint",
  .parameters = "*columns, name=, deferrable=, initially=, info=, comment=, _column_flag=, **dialect_kw",
  .construct = new_unique,
};

static const StrataPySlots check_slots = {
  .name = "CheckConstraint",
  .parameters = "sqltext, name=, deferrable=, initially=, table=, info=, comment=, _create_rule=, _autoattach=, _type_bound=, "
                "**dialect_kw",
  .construct = new_check,
};

void
strata_sa_add_constraints (Machine *py)
{
  static const struct { const StrataPySlots *slots; StrataSaNamespace where; } classes[] = {
    { &strata_sa_foreign_key_slots, STRATA_SA_ROOT },
    { &strata_sa_foreign_key_constraint_slots, STRATA_SA_ROOT },
    { &primary_key_slots, STRATA_SA_ROOT },
    { &unique_slots, STRATA_SA_ROOT },
    { &check_slots, STRATA_SA_ROOT },
    { &strata_sa_exclude_constraint_slots, STRATA_SA_POSTGRESQL },
  };
  Class *base = strata_py_class (py, &constraint_slots, NULL);

  strata_sa_get (py)->classes[STRATA_SA_CONSTRAINT] = base;
  strata_sa_export (py, STRATA_SA_ROOT, "Constraint", (Value *) base);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    strata_sa_export (py, classes[i].where, classes[i].slots->name, (Value *) strata_py_class (py, classes[i].slots, base));
}
