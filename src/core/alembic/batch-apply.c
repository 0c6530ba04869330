/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/batch-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
fail_key (const char  *key,
          GError     **error)
{
  g_set_error_literal (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_KEY, key);

  return FALSE;
}

/* A copy, with its name by the convention of the environment. */
static StrataConstraint *
copy_named (StrataBatchTable        *self,
            const StrataConstraint  *from,
            GError                 **error)
{
  const StrataBatchOptions *options = self->batch->options;
  StrataConstraint *constraint = strata_batch_new_struct (self->batch, StrataConstraint);
  g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *problem = NULL;

  *constraint = *from;
  if (options->metadata_naming != NULL
      && !strata_naming_name_constraint (options->metadata_naming, options->schema, options->table, from, memory,
                                         &constraint->name, &problem))
    {
      g_set_error_literal (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_REQUEST, problem);
      return NULL;
    }

  if (constraint->name.text == NULL)
    {
      g_set_error_literal (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_VALUE, "Constraint must have a name");
      return NULL;
    }
  constraint->name.text = strata_batch_intern (self->batch, constraint->name.text);
  constraint->name.is_final = TRUE;

  return constraint;
}

/* Its columns by their keys, whichever of their names the script has used. */
static void
use_keys (StrataBatchTable *self,
          StrataConstraint *constraint)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; constraint->columns != NULL && constraint->columns[i] != NULL; i++)
    {
      StrataBatchColumn *column = strata_batch_table_find (self, constraint->columns[i]);

      g_ptr_array_add (keys, (gpointer) (column != NULL ? column->key : constraint->columns[i]));
    }

  if (constraint->columns != NULL)
    constraint->columns = strata_batch_list (self->batch, keys);
}

static void
remove_unnamed_key (StrataBatchTable *self)
{
  for (guint i = self->unnamed->len; i > 0; i--)
    if (((StrataConstraint *) self->unnamed->pdata[i - 1])->kind == STRATA_CONSTRAINT_PRIMARY_KEY)
      g_ptr_array_remove_index (self->unnamed, i - 1);
}

static void
forget_key (StrataBatchTable *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    ((StrataBatchColumn *) self->columns->pdata[i])->column.is_primary_key = FALSE;
}

static gboolean
apply_add_constraint (StrataBatchTable        *self,
                      const StrataConstraint  *from,
                      GError                 **error)
{
  StrataConstraint *constraint = copy_named (self, from, error);
  guint position;

  if (constraint == NULL)
    return FALSE;

  use_keys (self, constraint);
  if (constraint->kind == STRATA_CONSTRAINT_PRIMARY_KEY)
    {
      remove_unnamed_key (self);
      forget_key (self);
    }

  if (strata_batch_table_find_named (self, constraint->name.text, &position) != NULL)
    self->named->pdata[position] = constraint;
  else
    g_ptr_array_add (self->named, constraint);

  return TRUE;
}

/* A CHECK that stands in a column of copy_from=. */
static gboolean
drop_of_column (StrataBatchTable *self,
                const char       *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      StrataBatchColumn *column = self->columns->pdata[i];
      g_autoptr(GPtrArray) left = g_ptr_array_new ();
      gboolean is_found = FALSE;

      for (guint j = 0; column->column.constraints != NULL && column->column.constraints[j] != NULL; j++)
        if (g_strcmp0 (column->column.constraints[j]->name.text, name) == 0)
          is_found = TRUE;
        else
          g_ptr_array_add (left, (gpointer) column->column.constraints[j]);

      if (is_found)
        {
          column->column.constraints = strata_batch_list (self->batch, left);
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
apply_drop_constraint (StrataBatchTable        *self,
                       const StrataConstraint  *from,
                       GError                 **error)
{
  StrataConstraint *constraint = copy_named (self, from, error);
  StrataConstraint *found;
  guint position;

  if (constraint == NULL)
    return FALSE;
  if (drop_of_column (self, constraint->name.text))
    return TRUE;

  found = strata_batch_table_find_named (self, constraint->name.text, &position);
  if (found == NULL)
    {
      g_set_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_VALUE, "No such constraint: '%s'",
                   constraint->name.text);
      return FALSE;
    }

  if (found->kind == STRATA_CONSTRAINT_PRIMARY_KEY)
    forget_key (self);
  g_ptr_array_remove_index (self->named, position);

  return TRUE;
}

/* What the column brings with it. */
static gboolean
add_implied (StrataBatchTable   *self,
             StrataBatchColumn  *column,
             GError            **error)
{
  const StrataColumn *from = &column->column;
  const char **names = strata_py_arena_alloc (self->batch->arena, 2 * sizeof (char *));
  g_autoptr(GPtrArray) own = g_ptr_array_new ();

  names[0] = column->key;
  for (guint i = 0; from->constraints != NULL && from->constraints[i] != NULL; i++)
    {
      StrataConstraint constraint = *from->constraints[i];

      if (constraint.kind != STRATA_CONSTRAINT_FOREIGN_KEY)
        {
          g_ptr_array_add (own, (gpointer) from->constraints[i]);
          continue;
        }
      constraint.columns = names;
      if (!apply_add_constraint (self, &constraint, error))
        return FALSE;
    }
  column->column.constraints = strata_batch_list (self->batch, own);

  if (from->is_unique && !from->has_index)
    {
      StrataConstraint unique = { .kind = STRATA_CONSTRAINT_UNIQUE, .columns = names };

      if (!apply_add_constraint (self, &unique, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_implied_index (StrataBatchTable   *self,
                   StrataBatchColumn  *column,
                   GError            **error)
{
  static const StrataNaming no_naming;
  const StrataBatchOptions *options = self->batch->options;
  const StrataNaming *naming = options->metadata_naming != NULL ? options->metadata_naming : &no_naming;
  StrataIndex *index = strata_batch_new_struct (self->batch, StrataIndex);
  StrataExpression *name = strata_batch_new_struct (self->batch, StrataExpression);
  const StrataExpression **columns = strata_py_arena_alloc (self->batch->arena, 2 * sizeof (gpointer));
  const char *keys[] = { column->key, NULL };
  g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *problem = NULL;

  if (!strata_naming_name_index (naming, options->schema, options->table, (StrataName) { NULL, FALSE }, keys, memory,
                                 &index->name, &problem))
    {
      g_set_error_literal (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_REQUEST, problem);
      return FALSE;
    }

  name->kind = STRATA_EXPRESSION_COLUMN;
  name->name = column->key;
  columns[0] = name;
  index->name.text = strata_batch_intern (self->batch, index->name.text);
  index->is_unique = column->column.is_unique;
  index->columns = columns;
  g_ptr_array_add (self->new_indexes, index);

  return TRUE;
}

static gboolean
apply_add_column (StrataBatchTable    *self,
                  const StrataQueued  *queued,
                  GError             **error)
{
  const StrataColumn *from = queued->operation->add_column.column;
  StrataBatchColumn *column;

  if (strata_batch_table_find_key (self, from->name) != NULL)
    {
      g_set_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_UNSUPPORTED,
                   _("Table '%s' has a column '%s' already: adding it would empty it."), self->batch->options->table,
                   from->name);
      return FALSE;
    }
  if (!strata_batch_table_place (self, queued, error))
    return FALSE;

  column = strata_batch_new_struct (self->batch, StrataBatchColumn);
  column->key = from->name;
  column->column = *from;
  column->is_typed = TRUE;
  g_ptr_array_add (self->columns, column);
  if (!add_implied (self, column, error) || (from->has_index && !add_implied_index (self, column, error)))
    return FALSE;
  column->column.has_index = column->column.is_unique = FALSE;

  return TRUE;
}

/* What a Boolean or an Enum made: "column IN (...)", and nothing else. */
static gboolean
is_of_type (const char *text,
            const char *key)
{
  g_autofree char *plain = g_strconcat (key, " IN (", NULL);
  g_autofree char *quoted = g_strconcat ("\"", key, "\" IN (", NULL);
  const char *close = strchr (text, ')');

  return (g_ascii_strncasecmp (text, plain, strlen (plain)) == 0
          || g_ascii_strncasecmp (text, quoted, strlen (quoted)) == 0)
         && close != NULL && close[1] == '\0';
}

/* Unnamed CHECKs of the database that stand on the column: all that name it, or only that of its type. */
static void
drop_checks (StrataBatchTable *self,
             const char       *key,
             gboolean          is_only_of_type)
{
  for (guint i = self->unnamed->len; self->picture != NULL && i > 0; i--)
    {
      const StrataConstraint *constraint = self->unnamed->pdata[i - 1];
      const char *text = constraint->kind == STRATA_CONSTRAINT_CHECK && constraint->condition->kind == STRATA_EXPRESSION_WORDS
                         ? constraint->condition->name : NULL;

      if (text != NULL && (is_only_of_type ? is_of_type (text, key) : strata_sql_mentions (text, key)))
        g_ptr_array_remove_index (self->unnamed, i - 1);
    }
}

static void
drop_from_key (StrataBatchTable *self,
               const char       *key)
{
  for (guint i = 0; i < self->named->len + self->unnamed->len; i++)
    {
      StrataConstraint *constraint = i < self->named->len ? self->named->pdata[i]
                                                          : self->unnamed->pdata[i - self->named->len];
      g_autoptr(GPtrArray) left = g_ptr_array_new ();

      if (constraint->kind != STRATA_CONSTRAINT_PRIMARY_KEY)
        continue;
      for (guint j = 0; constraint->columns != NULL && constraint->columns[j] != NULL; j++)
        if (strcmp (constraint->columns[j], key) != 0)
          g_ptr_array_add (left, (gpointer) constraint->columns[j]);
      constraint->columns = strata_batch_list (self->batch, left);
    }
}

static gboolean
apply_drop_column (StrataBatchTable  *self,
                   const char        *name,
                   GError           **error)
{
  StrataBatchColumn *column = strata_batch_table_find_key (self, name);

  if (column == NULL)
    return fail_key (name, error);

  drop_from_key (self, name);
  drop_checks (self, name, FALSE);
  g_ptr_array_remove (self->columns, column);
  for (guint i = self->ordering->len; i > 0; i--)
    if (strcmp (self->ordering->pdata[i - 1], name) == 0)
      g_ptr_array_remove_index (self->ordering, i - 1);

  return TRUE;
}

static gboolean
is_same_affinity (const StrataType *a,
                  const StrataType *b)
{
  StrataAffinity affinity = strata_type_kind_get_affinity (a->kind);

  return affinity == strata_type_kind_get_affinity (b->kind) && (affinity != STRATA_AFFINITY_OTHER || a->kind == b->kind);
}

/* Dates and times are text for SQLite, and a CAST to their names would leave nothing but the year. */
static gboolean
keeps_text (const StrataType *type)
{
  switch ((int) strata_type_kind_get_affinity (type->kind))
    {
    case STRATA_AFFINITY_JSON: case STRATA_AFFINITY_DATE: case STRATA_AFFINITY_DATETIME: case STRATA_AFFINITY_TIME:
    case STRATA_AFFINITY_INTERVAL: case STRATA_AFFINITY_UUID:
      return TRUE;

    default:
      return FALSE;
    }
}

static const StrataType *
get_type (StrataBatchTable        *self,
          const StrataBatchColumn *column)
{
  const StrataPictureColumn *from = self->picture != NULL && !column->is_typed
                                    ? strata_picture_table_find_column (self->picture, column->key) : NULL;

  return from != NULL ? from->type : column->column.type;
}

static void
set_type (StrataBatchTable  *self,
          StrataBatchColumn *column,
          const StrataType  *type)
{
  const StrataType *new_type = strata_type_for_dialect (type, self->batch->options->dialect);
  const StrataType *existing = get_type (self, column);

  if (self->batch->options->dialect == STRATA_DIALECT_SQLITE && column->source != NULL && existing != NULL
      && !is_same_affinity (existing, new_type) && !keeps_text (new_type))
    {
      StrataExpression *cast = strata_batch_new_struct (self->batch, StrataExpression);
      const StrataExpression **items = strata_py_arena_alloc (self->batch->arena, 2 * sizeof (gpointer));

      items[0] = column->source;
      cast->kind = STRATA_EXPRESSION_CAST;
      cast->type = type;
      cast->items = items;
      column->source = cast;
    }

  drop_checks (self, column->key, TRUE);
  column->column.type = type;
  column->is_typed = TRUE;
}

static void
set_default (StrataBatchColumn       *column,
             const StrataAlterColumn *alter)
{
  if (alter->default_change == STRATA_LEAVE)
    return;

  column->column.server_default = alter->server_default.expression;
  column->column.identity = alter->server_default.identity;
  if (alter->server_default.computed != NULL)
    column->column.computed = alter->server_default.computed;
}

/* The CHECK that the old type has made goes with it. */
static void
drop_check_of_type (StrataBatchTable  *self,
                    const StrataType  *existing)
{
  guint position;

  if (existing != NULL && existing->name != NULL && existing->creates_check
      && strata_batch_table_find_named (self, existing->name, &position) != NULL)
    g_ptr_array_remove_index (self->named, position);
}

static gboolean
apply_alter_column (StrataBatchTable         *self,
                    const StrataAlterColumn  *alter,
                    GError                  **error)
{
  StrataBatchColumn *column = strata_batch_table_find_key (self, alter->column);

  if (column == NULL)
    return fail_key (alter->column, error);

  if (alter->new_name != NULL)
    column->column.name = alter->new_name;
  if (alter->type != NULL)
    {
      drop_check_of_type (self, alter->existing_type);
      set_type (self, column, alter->type);
    }
  if (alter->nullable != STRATA_UNSAID)
    column->column.nullable = alter->nullable;
  set_default (column, alter);
  if (alter->comment_change != STRATA_LEAVE)
    column->column.comment = alter->comment;

  return TRUE;
}

static void
apply_create_index (StrataBatchTable  *self,
                    const StrataIndex *from)
{
  StrataIndex *index = strata_batch_new_struct (self->batch, StrataIndex);

  *index = *from;
  for (guint i = 0; i < self->new_indexes->len; i++)
    if (g_strcmp0 (((StrataIndex *) self->new_indexes->pdata[i])->name.text, from->name.text) == 0)
      {
        self->new_indexes->pdata[i] = index;
        return;
      }
  g_ptr_array_add (self->new_indexes, index);
}

static gboolean
apply_drop_index (StrataBatchTable   *self,
                  const StrataIndex  *from,
                  GError            **error)
{
  for (guint i = 0; i < self->indexes->len; i++)
    if (g_strcmp0 (((StrataIndex *) self->indexes->pdata[i])->name.text, from->name.text) == 0)
      {
        g_ptr_array_remove_index (self->indexes, i);
        return TRUE;
      }

  g_set_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_VALUE, "No such index: '%s'", from->name.text);

  return FALSE;
}

gboolean
strata_batch_table_apply (StrataBatchTable    *self,
                          const StrataQueued  *queued,
                          GError             **error)
{
  const StrataOperation *operation = queued->operation;

  switch ((int) operation->kind)
    {
    case STRATA_OPERATION_ADD_COLUMN:
      return apply_add_column (self, queued, error);

    case STRATA_OPERATION_DROP_COLUMN:
      return apply_drop_column (self, operation->column, error);

    case STRATA_OPERATION_ALTER_COLUMN:
      return apply_alter_column (self, &operation->alter_column, error);

    case STRATA_OPERATION_CREATE_INDEX:
      apply_create_index (self, &operation->index);
      return TRUE;

    case STRATA_OPERATION_DROP_INDEX:
      return apply_drop_index (self, &operation->index, error);

    case STRATA_OPERATION_ADD_CONSTRAINT:
      return apply_add_constraint (self, &operation->constraint, error);

    case STRATA_OPERATION_DROP_CONSTRAINT:
      return apply_drop_constraint (self, &operation->constraint, error);

    case STRATA_OPERATION_COMMENT_TABLE:
      return TRUE;      /* SQLite has none; elsewhere Alembic leaves them out here, too */

    default:
      g_set_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_COMMAND, "%s is not possible in batch mode",
                   strata_operation_kind_get_name (operation->kind));
      return FALSE;
    }
}
