/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/batch-table.h"

#include "core/operation/from-picture.h"
#include "core/operation/kept.h"
#include "core/sql/statement.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gpointer
alloc_in_arena (gpointer data,
                gsize    size)
{
  return strata_py_arena_alloc (data, size);
}

gpointer
strata_batch_list (StrataBatch     *self,
                   const GPtrArray *items)
{
  gpointer *list = strata_py_arena_alloc (self->arena, (items->len + 1) * sizeof (gpointer));

  if (items->len > 0)
    memcpy (list, items->pdata, items->len * sizeof (gpointer));

  return list;
}

const char *
strata_batch_intern (StrataBatch *self,
                     const char  *text)
{
  return strata_py_arena_strndup (self->arena, text, strlen (text));
}

StrataBatchColumn *
strata_batch_table_find_key (StrataBatchTable *self,
                             const char       *key)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      StrataBatchColumn *column = self->columns->pdata[i];

      if (strcmp (column->key, key) == 0)
        return column;
    }

  return NULL;
}

StrataBatchColumn *
strata_batch_table_find (StrataBatchTable *self,
                         const char       *name)
{
  StrataBatchColumn *found = strata_batch_table_find_key (self, name);

  for (guint i = 0; found == NULL && i < self->columns->len; i++)
    {
      StrataBatchColumn *column = self->columns->pdata[i];

      if (strcmp (column->column.name, name) == 0)
        found = column;
    }

  return found;
}

StrataConstraint *
strata_batch_table_find_named (StrataBatchTable *self,
                               const char       *name,
                               guint            *position)
{
  for (guint i = 0; i < self->named->len; i++)
    {
      StrataConstraint *constraint = self->named->pdata[i];

      if (strcmp (constraint->name.text, name) == 0)
        {
          if (position != NULL)
            *position = i;
          return constraint;
        }
    }

  return NULL;
}

/* As Alembic has a default of SQLite: whatever does not look like one digit or a string goes into parentheses. */
static const StrataExpression *
read_default (StrataBatch            *batch,
              const StrataExpression *value)
{
  gsize length = strlen (value->name);
  gboolean is_digit = length == 1 && (g_ascii_isdigit (*value->name) || *value->name == '.');
  gboolean is_string = length > 2 && *value->name == '\'' && value->name[length - 1] == '\'';
  gboolean is_group = length > 2 && *value->name == '(' && value->name[length - 1] == ')';
  g_autofree char *text = NULL;
  StrataExpression *wrapped;

  if (length == 0 || is_digit || is_string || is_group)
    return value;

  wrapped = strata_batch_new_struct (batch, StrataExpression);
  *wrapped = *value;
  text = g_strdup_printf ("(%s)", value->name);
  wrapped->name = strata_batch_intern (batch, text);

  return wrapped;
}

/* A type that is none of SQLAlchemy's stays as it was written, and so does a collation. */
static const StrataType *
read_type (StrataBatch               *batch,
           const StrataPictureColumn *from)
{
  g_autofree char *collation = from->collation != NULL
                               ? strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, from->collation) : NULL;
  g_autofree char *words = NULL;
  StrataType *type;

  if (strata_column_keeps_type (from) && collation == NULL)
    return from->type;

  words = collation != NULL ? g_strdup_printf ("%s COLLATE %s", from->type_text, collation) : g_strdup (from->type_text);
  type = strata_batch_new_struct (batch, StrataType);
  type->kind = STRATA_TYPE_WORDS;
  type->name = strata_batch_intern (batch, words);

  return type;
}

static const StrataExpression *
new_source (StrataBatchTable   *self,
            const StrataColumn *column)
{
  StrataExpression *source = strata_batch_new_struct (self->batch, StrataExpression);

  source->kind = STRATA_EXPRESSION_COLUMN;
  source->name = column->name;
  source->type = column->type;
  source->relation = self->relation;

  return source;
}

/* A name that was given by convention to what had none. */
static gboolean
name_constraint (StrataBatchTable  *self,
                 StrataConstraint  *constraint,
                 GError           **error)
{
  const StrataBatchOptions *options = self->batch->options;
  g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *problem = NULL;

  if (options->naming == NULL || self->picture == NULL)
    return TRUE;

  constraint->name.is_final = FALSE;
  if (!strata_naming_name_constraint (options->naming, options->schema, options->table, constraint, memory,
                                      &constraint->name, &problem))
    {
      g_set_error_literal (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_REQUEST, problem);
      return FALSE;
    }
  if (constraint->name.text != NULL)
    constraint->name.text = strata_batch_intern (self->batch, constraint->name.text);
  constraint->name.is_final = TRUE;

  return TRUE;
}

static gboolean
add_constraint (StrataBatchTable        *self,
                const StrataConstraint  *from,
                GError                 **error)
{
  StrataConstraint *constraint = strata_batch_new_struct (self->batch, StrataConstraint);

  *constraint = *from;
  if (!name_constraint (self, constraint, error))
    return FALSE;

  g_ptr_array_add (constraint->name.text != NULL ? self->named : self->unnamed, constraint);

  return TRUE;
}

/* FOREIGN KEYs of a column stand beside the others, its CHECKs stay with it. */
static gboolean
split_constraints (StrataBatchTable   *self,
                   StrataBatchColumn  *column,
                   GError            **error)
{
  g_autoptr(GPtrArray) own = g_ptr_array_new ();

  for (guint i = 0; column->column.constraints != NULL && column->column.constraints[i] != NULL; i++)
    {
      StrataConstraint constraint = *column->column.constraints[i];
      const char **names = strata_py_arena_alloc (self->batch->arena, 2 * sizeof (char *));

      if (constraint.kind != STRATA_CONSTRAINT_FOREIGN_KEY)
        {
          g_ptr_array_add (own, (gpointer) column->column.constraints[i]);
          continue;
        }

      names[0] = column->key;
      constraint.columns = names;
      if (!add_constraint (self, &constraint, error))
        return FALSE;
    }
  column->column.constraints = strata_batch_list (self->batch, own);

  return TRUE;
}

static gboolean
add_unique (StrataBatchTable   *self,
            StrataBatchColumn  *column,
            GError            **error)
{
  StrataConstraint constraint = { .kind = STRATA_CONSTRAINT_UNIQUE };
  const char **names = strata_py_arena_alloc (self->batch->arena, 2 * sizeof (char *));

  if (!column->column.is_unique || column->column.has_index)
    return TRUE;

  names[0] = column->key;
  constraint.columns = names;

  return add_constraint (self, &constraint, error);
}

static gboolean
add_column (StrataBatchTable           *self,
            const StrataColumn         *from,
            const StrataPictureColumn  *pictured,
            GError                    **error)
{
  StrataBatchColumn *column = strata_batch_new_struct (self->batch, StrataBatchColumn);

  column->key = from->name;
  column->column = *from;
  if (from->computed == NULL)
    column->source = new_source (self, from);

  if (pictured != NULL && self->batch->options->dialect == STRATA_DIALECT_SQLITE)
    {
      column->column.type = read_type (self->batch, pictured);
      if (from->server_default != NULL)
        column->column.server_default = read_default (self->batch, from->server_default);
    }

  g_ptr_array_add (self->columns, column);
  g_ptr_array_add (self->ordering, (gpointer) column->key);
  if (!add_unique (self, column, error))
    return FALSE;
  column->column.has_index = column->column.is_unique = FALSE;

  return split_constraints (self, column, error);
}

/* What reflect_args= says about a column stands for what the database does. */
static const StrataColumn *
find_override (StrataBatchTable *self,
               const char       *name)
{
  const StrataCreateTable *arguments = self->batch->options->reflect_args;

  for (guint i = 0; arguments != NULL && arguments->columns != NULL && arguments->columns[i] != NULL; i++)
    if (strcmp (arguments->columns[i]->name, name) == 0)
      return arguments->columns[i];

  return NULL;
}

static gboolean
add_table (StrataBatchTable         *self,
           const StrataCreateTable  *table,
           GError                  **error)
{
  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    {
      const StrataColumn *column = table->columns[i];
      const StrataColumn *override = self->picture != NULL ? find_override (self, column->name) : NULL;
      const StrataPictureColumn *pictured = self->picture != NULL && override == NULL
                                            ? strata_picture_table_find_column (self->picture, column->name) : NULL;

      if (strata_batch_table_find_key (self, column->name) == NULL
          && !add_column (self, override != NULL ? override : column, pictured, error))
        return FALSE;
    }

  for (guint i = 0; table->constraints != NULL && table->constraints[i] != NULL; i++)
    if (!add_constraint (self, table->constraints[i], error))
      return FALSE;

  for (guint i = 0; table->indexes != NULL && table->indexes[i] != NULL; i++)
    {
      StrataIndex *index = strata_batch_new_struct (self->batch, StrataIndex);

      *index = *table->indexes[i];
      g_ptr_array_add (self->indexes, index);
    }

  return TRUE;
}

/* The primary key of columns that say primary_key=True, as a constraint of its own. */
static void
add_implied_key (StrataBatchTable *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  StrataConstraint *key;

  for (guint i = 0; i < self->named->len + self->unnamed->len; i++)
    {
      const StrataConstraint *constraint = i < self->named->len ? self->named->pdata[i]
                                                                : self->unnamed->pdata[i - self->named->len];

      if (constraint->kind == STRATA_CONSTRAINT_PRIMARY_KEY)
        return;
    }

  for (guint i = 0; i < self->columns->len; i++)
    {
      StrataBatchColumn *column = self->columns->pdata[i];

      if (column->column.is_primary_key)
        g_ptr_array_add (names, (gpointer) column->key);
    }
  if (names->len == 0)
    return;

  key = strata_batch_new_struct (self->batch, StrataConstraint);
  key->kind = STRATA_CONSTRAINT_PRIMARY_KEY;
  key->name.is_final = TRUE;
  key->columns = strata_batch_list (self->batch, names);
  g_ptr_array_add (self->unnamed, key);
}

gboolean
strata_batch_table_load (StrataBatchTable     *self,
                         StrataBatch          *batch,
                         const StrataPicture  *picture,
                         GError              **error)
{
  const StrataBatchOptions *options = batch->options;
  StrataRelation *relation = strata_batch_new_struct (batch, StrataRelation);
  const StrataCreateTable *table = options->copy_from;

  *self = (StrataBatchTable) {
    .batch = batch,
    .relation = relation,
    .columns = g_ptr_array_new (),
    .named = g_ptr_array_new (),
    .unnamed = g_ptr_array_new (),
    .indexes = g_ptr_array_new (),
    .new_indexes = g_ptr_array_new (),
    .ordering = g_ptr_array_new (),
    .pairs = g_array_new (FALSE, FALSE, sizeof (StrataBatchPair)),
  };
  relation->schema = options->schema;
  relation->name = options->table;

  if (table == NULL && options->dialect != STRATA_DIALECT_SQLITE)
    {
      g_set_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_UNSUPPORTED,
                   _("Table '%s' is altered on %s, not made anew: leave recreate='always' away."), options->table,
                   strata_dialect_get_title (options->dialect));
      return FALSE;
    }

  if (table == NULL && picture->enforces_references)
    {
      g_set_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_UNSUPPORTED,
                   _("PRAGMA foreign_keys is on: to make table '%s' anew, it is dropped on the way, which would delete the "
                     "rows that refer to it. Switch it off before, outside of a transaction."), options->table);
      return FALSE;
    }

  if (table == NULL)
    {
      self->picture = strata_picture_find_table (picture, options->schema, options->table);
      if (self->picture == NULL && picture->n_tables == 1)
        self->picture = picture->tables[0];      /* SQLite knows it in other letters */
      if (self->picture == NULL || self->picture->is_view)
        {
          g_set_error_literal (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_NO_TABLE, options->table);
          return FALSE;
        }
      table = strata_create_table_from_picture (&(StrataFromPicture) { picture, alloc_in_arena, batch->arena }, self->picture);
    }

  self->options = table->options;
  if (!add_table (self, table, error))
    return FALSE;
  if (options->reflect_args != NULL && options->copy_from == NULL && !add_table (self, options->reflect_args, error))
    return FALSE;
  add_implied_key (self);

  return TRUE;
}

void
strata_batch_table_clear (StrataBatchTable *self)
{
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->named, g_ptr_array_unref);
  g_clear_pointer (&self->unnamed, g_ptr_array_unref);
  g_clear_pointer (&self->indexes, g_ptr_array_unref);
  g_clear_pointer (&self->new_indexes, g_ptr_array_unref);
  g_clear_pointer (&self->ordering, g_ptr_array_unref);
  g_clear_pointer (&self->pairs, g_array_unref);
}
