/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/write-private.h"

static void
write_deferring (StrataPythonWriter     *self,
                 const StrataConstraint *constraint)
{
  if (constraint->deferrable != NULL)
    g_string_append_printf (self->out, ", deferrable=%s", g_str_equal (constraint->deferrable, "DEFERRABLE") ? "True" : "False");
  strata_python_write_named (self, "initially", constraint->initially);
}

void
strata_python_write_rules (StrataPythonWriter     *self,
                           const StrataConstraint *constraint)
{
  strata_python_write_named (self, "onupdate", constraint->reference->on_update);
  strata_python_write_named (self, "ondelete", constraint->reference->on_delete);
  write_deferring (self, constraint);
  if (constraint->reference->use_alter)
    g_string_append (self->out, ", use_alter=True");
  strata_python_write_named (self, "match", constraint->reference->match);
  strata_python_write_options (self, constraint->options);
}

/* 'a', 'b' */
static void
write_columns (StrataPythonWriter     *self,
               const StrataConstraint *constraint)
{
  for (guint i = 0; constraint->columns != NULL && constraint->columns[i] != NULL; i++)
    {
      g_string_append (self->out, i > 0 ? ", " : "");
      strata_python_write_text (self, constraint->columns[i]);
    }
}

/* ['schema.table.column', ...] */
static void
write_targets (StrataPythonWriter     *self,
               const StrataConstraint *constraint)
{
  const StrataReference *reference = constraint->reference;

  g_string_append_c (self->out, '[');
  for (guint i = 0; reference->columns != NULL && reference->columns[i] != NULL; i++)
    {
      g_autofree char *target = g_strdup_printf ("%s%s%s.%s", reference->schema != NULL ? reference->schema : "",
                                                 reference->schema != NULL ? "." : "", reference->table, reference->columns[i]);

      g_string_append (self->out, i > 0 ? ", " : "");
      strata_python_write_text (self, target);
    }
  g_string_append_c (self->out, ']');
}

/* ('a', '='), ('b', '&&') */
static void
write_exclusions (StrataPythonWriter     *self,
                  const StrataConstraint *constraint)
{
  for (guint i = 0; constraint->exclusions != NULL && constraint->exclusions[i] != NULL; i++)
    {
      const StrataExclusion *exclusion = constraint->exclusions[i];

      g_string_append (self->out, i > 0 ? ", (" : "(");
      strata_python_write_expression (self, exclusion->expression);
      g_string_append (self->out, ", ");
      strata_python_write_text (self, exclusion->operator);
      g_string_append_c (self->out, ')');
    }
}

/* The options of an exclusion are its own keywords. */
static void
write_exclusion_rules (StrataPythonWriter     *self,
                       const StrataConstraint *constraint)
{
  const char *method = strata_options_get_text (constraint->options, "postgresql_using");

  strata_python_write_named (self, "using", method != NULL ? method : strata_options_get_text (constraint->options, "using"));
  if (constraint->condition != NULL)
    {
      g_string_append (self->out, ", where=");
      strata_python_write_expression (self, constraint->condition);
    }
  write_deferring (self, constraint);
}

static void
begin (StrataPythonWriter     *self,
       const StrataConstraint *constraint)
{
  switch (constraint->kind)
    {
    case STRATA_CONSTRAINT_PRIMARY_KEY:
    case STRATA_CONSTRAINT_UNIQUE:
      g_string_append_printf (self->out, "sa.%s(", strata_constraint_kind_get_name (constraint->kind));
      write_columns (self, constraint);
      break;
    case STRATA_CONSTRAINT_CHECK:
      g_string_append (self->out, "sa.CheckConstraint(");
      strata_python_write_sql (self, constraint->condition);
      break;
    case STRATA_CONSTRAINT_FOREIGN_KEY:
      g_string_append (self->out, "sa.ForeignKeyConstraint(");
      strata_python_write_texts (self, constraint->columns);
      g_string_append (self->out, ", ");
      write_targets (self, constraint);
      break;
    case STRATA_CONSTRAINT_EXCLUDE:
      g_hash_table_add (self->imports, g_strdup ("from sqlalchemy.dialects import postgresql"));
      g_string_append (self->out, "postgresql.ExcludeConstraint(");
      write_exclusions (self, constraint);
      break;
    case STRATA_CONSTRAINT_ANY:
    default:
      strata_python_writer_refuse (self, "a constraint of no kind");
    }
}

void
strata_python_write_constraint (StrataPythonWriter     *self,
                                const StrataConstraint *constraint)
{
  begin (self, constraint);
  if (constraint->name.text != NULL)
    {
      g_string_append (self->out, ", name=");
      strata_python_write_name (self, constraint->name);
    }
  if (constraint->kind == STRATA_CONSTRAINT_FOREIGN_KEY)
    strata_python_write_rules (self, constraint);
  else if (constraint->kind == STRATA_CONSTRAINT_EXCLUDE)
    write_exclusion_rules (self, constraint);
  else
    {
      write_deferring (self, constraint);
      strata_python_write_options (self, constraint->options);
    }
  g_string_append_c (self->out, ')');
}

void
strata_python_write_index_columns (StrataPythonWriter *self,
                                   const StrataIndex  *index)
{
  g_string_append_c (self->out, '[');
  for (guint i = 0; index->columns != NULL && index->columns[i] != NULL; i++)
    {
      const StrataExpression *column = index->columns[i];

      g_string_append (self->out, i > 0 ? ", " : "");
      if (column->kind == STRATA_EXPRESSION_COLUMN && column->relation == NULL)
        strata_python_write_text (self, column->name);
      else
        strata_python_write_expression (self, column);
    }
  g_string_append_c (self->out, ']');
}

/* What stands before the columns: the name, and the table where it is not the batch's. */
static void
begin_directive (StrataPythonWriter    *self,
                 const StrataOperation *operation,
                 const char            *directive)
{
  g_string_append_printf (self->out, "%s.%s(", strata_python_writer_prefix (self), directive);
  strata_python_write_name (self, operation->constraint.name);
  if (self->in_batch)
    return;
  g_string_append (self->out, ", ");
  strata_python_write_text (self, operation->table);
}

static void
write_add_foreign_key (StrataPythonWriter    *self,
                       const StrataOperation *operation)
{
  const StrataConstraint *constraint = &operation->constraint;

  begin_directive (self, operation, "create_foreign_key");
  g_string_append (self->out, ", ");
  strata_python_write_text (self, constraint->reference->table);
  g_string_append (self->out, ", ");
  strata_python_write_texts (self, constraint->columns);
  g_string_append (self->out, ", ");
  strata_python_write_texts (self, constraint->reference->columns);
  if (!self->in_batch)
    strata_python_write_named (self, "source_schema", operation->schema);
  strata_python_write_named (self, "referent_schema", constraint->reference->schema);
  strata_python_write_rules (self, constraint);
}

void
strata_python_write_add_constraint (StrataPythonWriter    *self,
                                    const StrataOperation *operation)
{
  const StrataConstraint *constraint = &operation->constraint;
  gboolean is_key = constraint->kind == STRATA_CONSTRAINT_PRIMARY_KEY;

  if (constraint->kind == STRATA_CONSTRAINT_FOREIGN_KEY)
    write_add_foreign_key (self, operation);
  else if (is_key || constraint->kind == STRATA_CONSTRAINT_UNIQUE)
    {
      begin_directive (self, operation, is_key ? "create_primary_key" : "create_unique_constraint");
      g_string_append (self->out, ", ");
      strata_python_write_texts (self, constraint->columns);
    }
  else if (constraint->kind == STRATA_CONSTRAINT_CHECK)
    {
      begin_directive (self, operation, "create_check_constraint");
      g_string_append (self->out, ", ");
      strata_python_write_sql (self, constraint->condition);
    }
  else
    {
      begin_directive (self, operation, "create_exclude_constraint");
      g_string_append (self->out, ", ");
      write_exclusions (self, constraint);
      write_exclusion_rules (self, constraint);
    }

  if (constraint->kind != STRATA_CONSTRAINT_FOREIGN_KEY && constraint->kind != STRATA_CONSTRAINT_EXCLUDE)
    {
      write_deferring (self, constraint);
      strata_python_write_options (self, constraint->options);
    }
  if (constraint->kind != STRATA_CONSTRAINT_FOREIGN_KEY && !self->in_batch)
    strata_python_write_named (self, "schema", operation->schema);
  g_string_append_c (self->out, ')');
}

void
strata_python_write_drop_constraint (StrataPythonWriter    *self,
                                     const StrataOperation *operation)
{
  static const char * const kinds[] = { NULL, "primary", "unique", "check", "foreignkey", NULL };

  begin_directive (self, operation, "drop_constraint");
  if (!self->in_batch)
    strata_python_write_named (self, "schema", operation->schema);
  strata_python_write_named (self, "type_", kinds[operation->constraint.kind]);
  if (operation->is_tolerant)
    g_string_append (self->out, ", if_exists=True");
  g_string_append_c (self->out, ')');
}
