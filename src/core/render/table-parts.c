/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/table-parts.h"

#include "core/render/naming.h"

#include <string.h>

static gboolean
contains (const char * const *names,
          const char         *name)
{
  return names != NULL && g_strv_contains (names, name);
}

/* A list of one, in the memory of the table. */
static const char * const *
list_one (StrataTableParts *self,
          const char       *name)
{
  const char **list = g_new0 (const char *, 2);

  list[0] = name;
  g_ptr_array_add (self->memory, list);

  return list;
}

static gboolean
has_column (const StrataTableParts *self,
            const char             *name)
{
  for (guint i = 0; self->columns != NULL && self->columns[i] != NULL; i++)
    if (strcmp (self->columns[i]->name, name) == 0)
      return TRUE;

  return FALSE;
}

static void
check_columns (StrataTableParts       *self,
               StrataWriter           *writer,
               const StrataConstraint *constraint)
{
  for (guint i = 0; constraint->columns != NULL && constraint->columns[i] != NULL; i++)
    if (!has_column (self, constraint->columns[i]))
      strata_writer_fail (writer, STRATA_RENDER_ERROR_RAISES,
                          "Can't create %s on table '%s': no column named '%s' is present.",
                          strata_constraint_kind_get_name (constraint->kind), self->name, constraint->columns[i]);
}

static void
add_constraint (StrataTableParts       *self,
                StrataWriter           *writer,
                const StrataConstraint *constraint,
                const StrataColumn     *column,
                gboolean                is_implied)
{
  StrataTableConstraint *part = g_new0 (StrataTableConstraint, 1);

  part->constraint = *constraint;
  part->is_implied = is_implied;
  if (constraint->kind == STRATA_CONSTRAINT_CHECK)
    part->checked = column;
  if (column != NULL)
    part->constraint.columns = list_one (self, column->name);

  check_columns (self, writer, &part->constraint);
  part->constraint.name = strata_naming_apply (writer, self->schema, self->name, &part->constraint, self->memory);
  g_ptr_array_add (self->constraints, part);
}

/* One that has no name gets it when it is written. */
static void
add_index (StrataTableParts  *self,
           const StrataIndex *index)
{
  StrataIndex *part = g_new (StrataIndex, 1);

  *part = *index;
  g_ptr_array_add (self->indexes, part);
}

static void
add_column_index (StrataTableParts   *self,
                  const StrataColumn *column)
{
  StrataExpression *name = g_new0 (StrataExpression, 1);
  const StrataExpression **list = g_new0 (const StrataExpression *, 2);
  StrataIndex index = { .is_unique = column->is_unique, .columns = list };

  name->kind = STRATA_EXPRESSION_COLUMN;
  name->name = column->name;
  list[0] = name;
  g_ptr_array_add (self->memory, name);
  g_ptr_array_add (self->memory, list);

  add_index (self, &index);
}

/* What geoalchemy2 adds to a column: an index of a name of its own. */
static void
add_spatial_index (StrataTableParts   *self,
                   const StrataColumn *column)
{
  static const StrataOption gist = { .name = "postgresql_using", .text = "gist" };
  static const StrataOption * const options[] = { &gist, NULL };
  char *name = g_strdup_printf ("idx_%s_%s", self->name, column->name);
  StrataExpression *key = g_new0 (StrataExpression, 1);
  const StrataExpression **list = g_new0 (const StrataExpression *, 2);
  StrataIndex index = { .name.text = name, .columns = list, .options = options };

  key->kind = STRATA_EXPRESSION_COLUMN;
  key->name = column->name;
  list[0] = key;
  g_ptr_array_add (self->memory, name);
  g_ptr_array_add (self->memory, key);
  g_ptr_array_add (self->memory, list);

  add_index (self, &index);
}

gboolean
strata_type_needs_check (const StrataServer *server,
                         const StrataType   *type)
{
  if (type == NULL)
    return FALSE;

  type = strata_type_for_dialect (type, server->dialect);
  if (!type->creates_check)
    return FALSE;
  if (strata_type_kind_get_affinity (type->kind) == STRATA_AFFINITY_BOOLEAN)
    return !server->has_boolean;

  return type->is_not_native || !server->has_enum;
}

/* In the order in which SQLAlchemy meets them when a column comes to its table. */
static void
add_implied (StrataTableParts   *self,
             StrataWriter       *writer,
             const StrataColumn *column)
{
  StrataConstraint unique = { .kind = STRATA_CONSTRAINT_UNIQUE };
  StrataConstraint check = { .kind = STRATA_CONSTRAINT_CHECK };

  if (column->has_index)
    add_column_index (self, column);
  else if (column->is_unique)
    add_constraint (self, writer, &unique, column, TRUE);

  if (column->type != NULL && strata_type_for_dialect (column->type, writer->server->dialect)->has_spatial_index)
    add_spatial_index (self, column);

  if (strata_type_needs_check (writer->server, column->type))
    {
      check.name.text = strata_type_for_dialect (column->type, writer->server->dialect)->name;
      add_constraint (self, writer, &check, column, TRUE);
    }

  for (guint i = 0; column->constraints != NULL && column->constraints[i] != NULL; i++)
    if (column->constraints[i]->kind == STRATA_CONSTRAINT_FOREIGN_KEY)
      add_constraint (self, writer, column->constraints[i], column, TRUE);
}

/* The autoincrementing column of a key that nobody wrote down comes first in it. */
static void
find_implied_key (StrataTableParts *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; self->columns != NULL && self->columns[i] != NULL; i++)
    if (self->columns[i]->is_primary_key)
      g_ptr_array_insert (names, self->columns[i]->autoincrement == STRATA_AUTOINCREMENT_YES ? 0 : -1,
                          (char *) self->columns[i]->name);

  g_ptr_array_add (names, NULL);
  self->primary_key.columns = (const char * const *) g_ptr_array_free (g_steal_pointer (&names), FALSE);
  g_ptr_array_add (self->memory, (char **) self->primary_key.columns);
}

static void
find_primary_key (StrataTableParts               *self,
                  StrataWriter                   *writer,
                  const StrataConstraint * const *constraints)
{
  self->primary_key = (StrataConstraint) { .kind = STRATA_CONSTRAINT_PRIMARY_KEY };

  for (guint i = 0; constraints != NULL && constraints[i] != NULL; i++)
    if (constraints[i]->kind == STRATA_CONSTRAINT_PRIMARY_KEY)
      self->primary_key = *constraints[i];

  if (self->primary_key.columns == NULL)
    find_implied_key (self);

  check_columns (self, writer, &self->primary_key);
  if (self->primary_key.columns[0] != NULL)
    self->primary_key.name =
      strata_naming_apply (writer, self->schema, self->name, &self->primary_key, self->memory);
}

gboolean
strata_table_parts_is_key (const StrataTableParts *self,
                           const StrataColumn     *column)
{
  return column->is_primary_key || contains (self->primary_key.columns, column->name);
}

gboolean
strata_table_parts_is_nullable (const StrataTableParts *self,
                                const StrataColumn     *column)
{
  if (column->nullable == STRATA_UNSAID)
    return column->identity == NULL && !strata_table_parts_is_key (self, column);

  return column->nullable == STRATA_YES;
}

gboolean
strata_table_parts_is_foreign (const StrataTableParts *self,
                               const StrataColumn     *column)
{
  for (guint i = 0; i < self->constraints->len; i++)
    {
      const StrataTableConstraint *part = g_ptr_array_index (self->constraints, i);

      if (part->constraint.kind == STRATA_CONSTRAINT_FOREIGN_KEY && contains (part->constraint.columns, column->name))
        return TRUE;
    }

  return FALSE;
}

static gboolean
counts_by_itself (const StrataTableParts *self,
                  const StrataColumn     *column)
{
  StrataAffinity affinity = column->type != NULL ? strata_type_kind_get_affinity (column->type->kind)
                                                 : STRATA_AFFINITY_NONE;

  if (affinity != STRATA_AFFINITY_INTEGER && affinity != STRATA_AFFINITY_NUMERIC)
    return FALSE;
  if (column->autoincrement == STRATA_AUTOINCREMENT_YES)
    return TRUE;
  if (column->autoincrement == STRATA_AUTOINCREMENT_NO || column->has_python_default || column->has_fetched_value
      || column->server_default != NULL || column->computed != NULL)
    return FALSE;

  return column->autoincrement == STRATA_AUTOINCREMENT_IGNORE_FK || !strata_table_parts_is_foreign (self, column);
}

static void
find_autoincrement (StrataTableParts *self,
                    StrataWriter     *writer,
                    gboolean          is_asked)
{
  const char * const *key = self->primary_key.columns;
  gboolean is_single = key[0] != NULL && key[1] == NULL;

  for (guint i = 0; self->columns != NULL && self->columns[i] != NULL; i++)
    {
      const StrataColumn *column = self->columns[i];

      if (column->identity != NULL && column->autoincrement == STRATA_AUTOINCREMENT_NO)
        strata_writer_fail (writer, STRATA_RENDER_ERROR_RAISES,
                            "A column with an Identity object cannot specify autoincrement=False");

      if (!contains (key, column->name))
        continue;

      if (column->autoincrement == STRATA_AUTOINCREMENT_YES && is_asked && !counts_by_itself (self, column))
        strata_writer_fail (writer, STRATA_RENDER_ERROR_RAISES,
                            "Column type of column '%s.%s' is not compatible with autoincrement=True", self->name,
                            column->name);

      if (is_single ? counts_by_itself (self, column) : column->autoincrement == STRATA_AUTOINCREMENT_YES)
        self->autoincrement = column;
    }
}

static gboolean
has_implied_key (const StrataConstraint * const *constraints)
{
  for (guint i = 0; constraints != NULL && constraints[i] != NULL; i++)
    if (constraints[i]->kind == STRATA_CONSTRAINT_PRIMARY_KEY)
      return FALSE;

  return TRUE;
}

void
strata_table_parts_init (StrataTableParts               *self,
                         StrataWriter                   *writer,
                         const StrataOperation          *operation,
                         const StrataColumn * const     *columns,
                         const StrataConstraint * const *constraints,
                         const StrataIndex * const      *indexes)
{
  *self = (StrataTableParts) {
    .schema = operation->schema,
    .name = operation->table,
    .columns = columns,
    .constraints = g_ptr_array_new_with_free_func (g_free),
    .indexes = g_ptr_array_new_with_free_func (g_free),
    .memory = g_ptr_array_new_with_free_func (g_free),
  };

  find_primary_key (self, writer, constraints);

  for (guint i = 0; constraints != NULL && constraints[i] != NULL; i++)
    if (constraints[i]->kind != STRATA_CONSTRAINT_PRIMARY_KEY)
      add_constraint (self, writer, constraints[i], NULL, FALSE);

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    add_implied (self, writer, columns[i]);

  for (guint i = 0; indexes != NULL && indexes[i] != NULL; i++)
    add_index (self, indexes[i]);

  /* SQLite asks which column counts only to put it first in a key that nobody wrote down. */
  find_autoincrement (self, writer,
                      writer->server->has_identity
                      || (operation->kind == STRATA_OPERATION_CREATE_TABLE && has_implied_key (constraints)));
}

void
strata_table_parts_clear (StrataTableParts *self)
{
  g_ptr_array_unref (self->constraints);
  g_ptr_array_unref (self->indexes);
  g_ptr_array_unref (self->memory);
}
