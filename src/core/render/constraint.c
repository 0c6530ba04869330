/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/constraint.h"

#include "core/render/expression.h"
#include "core/render/naming.h"

#define ON_UPDATE "RESTRICT|CASCADE|SET NULL|NO ACTION|SET DEFAULT"

static void
write_preamble (StrataWriter *self,
                StrataName    name)
{
  if (name.text == NULL)
    return;

  strata_writer_put (self, "CONSTRAINT ");
  strata_write_limited (self, name);
  strata_writer_put (self, " ");
}

static void
write_deferrability (StrataWriter           *self,
                     const StrataConstraint *constraint)
{
  if (constraint->deferrable != NULL)
    strata_writer_putf (self, " %s", constraint->deferrable);

  if (constraint->initially != NULL)
    {
      strata_writer_put (self, " INITIALLY ");
      strata_write_phrase (self, constraint->initially, "DEFERRED|IMMEDIATE");
    }
}

static void
write_foreign_key (StrataWriter           *self,
                   const StrataConstraint *constraint)
{
  const StrataReference *reference = constraint->reference;
  gboolean is_local = self->server->has_index_schema;

  strata_writer_put (self, "FOREIGN KEY(");
  strata_write_names (self, constraint->columns);
  strata_writer_put (self, ") REFERENCES ");
  strata_write_qualified (self, is_local ? NULL : reference->schema, reference->table);
  strata_writer_put (self, " (");
  strata_write_names (self, reference->columns != NULL ? reference->columns : constraint->columns);
  strata_writer_put (self, ")");

  if (reference->match != NULL)
    strata_writer_putf (self, " MATCH %s", reference->match);
  if (reference->on_delete != NULL)
    {
      strata_writer_put (self, " ON DELETE ");
      strata_write_phrase (self, reference->on_delete, self->server->on_delete);
    }
  if (reference->on_update != NULL)
    {
      strata_writer_put (self, " ON UPDATE ");
      strata_write_phrase (self, reference->on_update, ON_UPDATE);
    }
}

/* The CHECK that the type of a column makes: its values are these. */
static void
write_type_check (StrataWriter       *self,
                  const StrataColumn *column)
{
  const StrataType *type = strata_type_for_dialect (column->type, self->server->dialect);
  const char * const *values = type->values.values;

  if (type->values.longest_list > 0)
    strata_writer_fail (self, STRATA_RENDER_ERROR_RAISES, "A value of the enumeration of “%s” is a list.", column->name);
  strata_writer_put (self, "CHECK (");
  strata_write_name (self, column->name);
  strata_writer_put (self, " IN (");

  if (strata_type_kind_get_affinity (type->kind) == STRATA_AFFINITY_BOOLEAN)
    strata_writer_put (self, "0, 1");
  else
    for (guint i = 0; values != NULL && values[i] != NULL; i++)
      {
        if (i > 0)
          strata_writer_put (self, ", ");
        strata_write_string (self, values[i]);
      }

  strata_writer_put (self, "))");
}

static void
write_exclusion (StrataWriter           *self,
                 const StrataConstraint *constraint)
{
  const char *using = strata_options_get_text (constraint->options, "using");
  g_autofree char *method = g_ascii_strdown (using != NULL ? using : "gist", -1);
  const StrataOption *ops = strata_options_find (constraint->options, "ops");

  strata_writer_put (self, "EXCLUDE USING ");
  strata_write_phrase (self, method, "[\\w_]+");
  strata_writer_put (self, " (");
  for (guint i = 0; constraint->exclusions != NULL && constraint->exclusions[i] != NULL; i++)
    {
      const StrataExclusion *exclusion = constraint->exclusions[i];

      if (i > 0)
        strata_writer_put (self, ", ");
      strata_write_expression (self, exclusion->expression);
      strata_write_operator_class (self, ops, exclusion->expression);
      strata_writer_putf (self, " WITH %s", exclusion->operator);
    }
  strata_writer_put (self, ")");

  if (constraint->condition != NULL)
    {
      strata_writer_put (self, " WHERE (");
      strata_write_expression (self, constraint->condition);
      strata_writer_put (self, ")");
    }
}

static void
write_columns (StrataWriter           *self,
               const char             *words,
               const StrataConstraint *constraint)
{
  strata_writer_putf (self, "%s (", words);
  strata_write_names (self, constraint->columns);
  strata_writer_put (self, ")");
}

static void
write_unique (StrataWriter           *self,
              const StrataConstraint *constraint)
{
  const StrataOption *distinct = strata_options_find (constraint->options, "postgresql_nulls_not_distinct");

  if (distinct == NULL || self->server->dialect != STRATA_DIALECT_POSTGRESQL)
    write_columns (self, "UNIQUE", constraint);
  else
    write_columns (self, distinct->flag ? "UNIQUE NULLS NOT DISTINCT" : "UNIQUE NULLS DISTINCT", constraint);
}

static void
write_body (StrataWriter           *self,
            const StrataConstraint *constraint,
            const StrataColumn     *checked)
{
  switch (constraint->kind)
    {
    case STRATA_CONSTRAINT_PRIMARY_KEY:
      write_columns (self, "PRIMARY KEY", constraint);
      break;

    case STRATA_CONSTRAINT_UNIQUE:
      write_unique (self, constraint);
      break;

    case STRATA_CONSTRAINT_CHECK:
      if (checked != NULL)
        {
          write_type_check (self, checked);
        }
      else
        {
          strata_writer_put (self, "CHECK (");
          strata_write_expression (self, constraint->condition);
          strata_writer_put (self, ")");
        }
      break;

    case STRATA_CONSTRAINT_FOREIGN_KEY:
      write_foreign_key (self, constraint);
      break;

    case STRATA_CONSTRAINT_EXCLUDE:
      write_exclusion (self, constraint);
      break;

    case STRATA_CONSTRAINT_ANY:
    default:
      g_assert_not_reached ();
    }
}

gboolean
strata_write_constraint (StrataWriter           *self,
                         const StrataTableParts *table,
                         const char             *schema,
                         const StrataConstraint *constraint,
                         const StrataColumn     *checked)
{
  const StrataServer *server = self->server;
  gboolean has_tables = self->has_tables;

  /* SQLite's foreign keys stay within one database file. */
  if (constraint->kind == STRATA_CONSTRAINT_FOREIGN_KEY && server->has_index_schema
      && g_strcmp0 (schema, constraint->reference->schema) != 0)
    return FALSE;

  if (constraint->kind == STRATA_CONSTRAINT_EXCLUDE && server->dialect != STRATA_DIALECT_POSTGRESQL)
    strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED, "Compiler of %s can't render element of type %s",
                        strata_dialect_get_title (server->dialect), "ExcludeConstraint");

  self->has_tables = FALSE;
  write_preamble (self, constraint->name);
  write_body (self, constraint, checked);
  if (server->write_include != NULL)
    server->write_include (self, constraint->options);
  write_deferrability (self, constraint);
  server->write_constraint_tail (self, table, constraint);
  self->has_tables = has_tables;

  return TRUE;
}

static void
refuse_alter (StrataWriter *self)
{
  strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED,
                      "No support for ALTER of constraints in %s dialect. Please refer to the batch mode feature which "
                      "allows for SQLite migrations using a copy-and-move strategy.",
                      strata_dialect_get_title (self->server->dialect));
}

void
strata_write_drop_constraint (StrataWriter           *self,
                              const StrataOperation  *operation,
                              const StrataConstraint *constraint)
{
  if (constraint->name.text == NULL)
    {
      strata_writer_fail (self, STRATA_RENDER_ERROR_RAISES,
                          "Can't emit DROP CONSTRAINT for constraint %s(); it has no name",
                          strata_constraint_kind_get_name (constraint->kind));
      return;
    }

  strata_writer_put (self, "ALTER TABLE ");
  strata_write_qualified (self, operation->schema, operation->table);
  strata_writer_put (self, operation->is_tolerant ? " DROP CONSTRAINT IF EXISTS " : " DROP CONSTRAINT ");
  strata_write_limited (self, constraint->name);
}

/* Where constraints cannot be added, Alembic leaves out a CHECK that only the type of the column asked for. */
void
strata_render_implied (StrataWriter                *self,
                       const StrataTableParts      *table,
                       const StrataTableConstraint *part)
{
  if (!self->server->has_alter_constraint)
    {
      if (part->checked == NULL)
        refuse_alter (self);
      return;
    }

  strata_writer_put (self, "ALTER TABLE ");
  strata_write_qualified (self, table->schema, table->name);
  strata_writer_put (self, " ADD ");
  strata_write_constraint (self, NULL, table->schema, &part->constraint, part->checked);
}

void
strata_render_constraint (StrataWriter          *self,
                          const StrataOperation *operation)
{
  g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func (g_free);
  StrataConstraint constraint = operation->constraint;

  if (!self->server->has_alter_constraint)
    {
      refuse_alter (self);
      return;
    }

  constraint.name = strata_naming_apply (self, operation->schema, operation->table, &constraint, memory);
  if (operation->kind == STRATA_OPERATION_DROP_CONSTRAINT)
    {
      strata_write_drop_constraint (self, operation, &constraint);
      return;
    }

  strata_writer_put (self, "ALTER TABLE ");
  strata_write_qualified (self, operation->schema, operation->table);
  strata_writer_put (self, " ADD ");
  strata_write_constraint (self, NULL, operation->schema, &constraint, NULL);
}
