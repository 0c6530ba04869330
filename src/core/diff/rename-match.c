/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is renamed: as it was decided, and what follows from that. */

#include "config.h"

#include "core/diff/rename.h"

#include <string.h>

static StrataRenaming *
add_renaming (GPtrArray          *list,
              const StrataObject *object,
              const char         *column,
              const char         *name)
{
  StrataRenaming *renaming = g_new0 (StrataRenaming, 1);

  renaming->object = object;
  renaming->column = column;
  renaming->name = name;
  g_ptr_array_add (list, renaming);

  return renaming;
}

static const StrataObject *
find_by_name (const StrataPicture *picture,
              const StrataRename  *rename,
              const char          *name)
{
  gboolean is_of_table = strata_object_kind_is_of_table (rename->kind);
  StrataObject like = {
    .kind = rename->kind,
    .schema = rename->schema != NULL || picture->dialect == STRATA_DIALECT_SQLITE ? rename->schema : picture->default_schema,
    .table = is_of_table ? rename->table : NULL, .name = name, .arguments = rename->arguments,
  };

  return strata_picture_find_object (picture, &like);
}

/* The table's new name, where that is renamed as well. */
static const char *
get_new_table (const StrataRename         *rename,
               const StrataRename * const *renames)
{
  for (guint i = 0; renames[i] != NULL; i++)
    if (renames[i]->kind == STRATA_OBJECT_TABLE && !renames[i]->is_column && !renames[i]->is_denied
        && g_strcmp0 (renames[i]->from, rename->table) == 0
        && g_strcmp0 (renames[i]->schema, rename->schema) == 0)
      return renames[i]->to;

  return rename->table;
}

/* Whatever inherits the column. */
static void
add_children (GPtrArray           *list,
              const StrataPicture *from,
              const StrataObject  *parent,
              const char          *column,
              const char          *name)
{
  for (guint i = 0; i < from->n_objects; i++)
    {
      const StrataObject *child = from->objects[i];
      gboolean needs_parent = FALSE;

      if (child->kind != STRATA_OBJECT_TABLE || child->of.table->storage == NULL || child->of.table->storage->parents == NULL
          || strata_picture_table_find_column (child->of.table, column) == NULL)
        continue;
      for (guint n = 0; child->needs != NULL && child->needs[n] != NULL; n++)
        needs_parent |= child->needs[n] == parent;
      if (!needs_parent)
        continue;

      add_renaming (list, child, column, name)->is_inherited = TRUE;
      add_children (list, from, child, column, name);
    }
}

static const StrataRenaming *
find_renaming (const GPtrArray    *list,
               const StrataObject *object,
               const char         *column)
{
  for (guint i = 0; i < list->len; i++)
    {
      const StrataRenaming *renaming = g_ptr_array_index (list, i);

      if (renaming->object == object && g_strcmp0 (renaming->column, column) == 0)
        return renaming;
    }

  return NULL;
}

static void
find_column (GPtrArray                  *list,
             const StrataPicture        *from,
             const StrataPicture        *to,
             const StrataRename         *rename,
             const StrataRename * const *renames)
{
  const StrataObject *table = find_by_name (from, rename, rename->table);
  const StrataObject *new = find_by_name (to, rename, get_new_table (rename, renames));
  const StrataPictureColumn *column;

  if (table == NULL || new == NULL)
    return;

  column = strata_picture_table_find_column (table->of.table, rename->from);
  if (column == NULL || strata_picture_table_find_column (new->of.table, rename->to) == NULL
      || find_renaming (list, table, column->name) != NULL)
    return;

  add_renaming (list, table, column->name, rename->to)->doubt = rename->doubt;
  add_children (list, from, table, column->name, rename->to);
}

static void
find_object (GPtrArray                  *list,
             const StrataPicture        *from,
             const StrataPicture        *to,
             const StrataRename         *rename,
             const StrataRename * const *renames)
{
  const StrataObject *object = find_by_name (from, rename, rename->from);
  StrataRename target = *rename;

  target.table = rename->table != NULL ? get_new_table (rename, renames) : NULL;
  if (object != NULL && find_by_name (to, &target, rename->to) != NULL && find_renaming (list, object, NULL) == NULL)
    add_renaming (list, object, NULL, rename->to)->doubt = rename->doubt;
}

/* The new name is that of something which keeps it. */
static gboolean
is_in_the_way (const StrataPicture  *from,
               const StrataRenaming *renaming,
               const GPtrArray      *list)
{
  StrataObject like = *renaming->object;
  const StrataObject *object;

  if (renaming->column != NULL)
    return strata_picture_table_find_column (like.of.table, renaming->name) != NULL
           && find_renaming (list, renaming->object, renaming->name) == NULL;

  like.name = renaming->name;
  object = strata_picture_find_object (from, &like);

  return object != NULL && find_renaming (list, object, NULL) == NULL;
}

/* Two things can't get one name. */
static gboolean
is_twice (const GPtrArray      *list,
          const StrataRenaming *renaming)
{
  for (guint i = 0; i < list->len && list->pdata[i] != renaming; i++)
    {
      const StrataRenaming *other = g_ptr_array_index (list, i);

      if ((other->column == NULL) == (renaming->column == NULL) && strcmp (other->name, renaming->name) == 0
          && (renaming->column != NULL ? other->object == renaming->object
              : other->object->kind == renaming->object->kind && g_strcmp0 (other->object->table, renaming->object->table) == 0
                && g_strcmp0 (other->object->schema, renaming->object->schema) == 0
                && g_strcmp0 (other->object->arguments, renaming->object->arguments) == 0))
        return TRUE;
    }

  return FALSE;
}

/* What is left out keeps its name, and may be in the way of others. */
static void
leave_out_impossible (GPtrArray           *list,
                      const StrataPicture *from)
{
  gboolean is_changed = TRUE;

  while (is_changed)
    {
      is_changed = FALSE;
      for (guint i = list->len; i > 0; i--)
        if (is_twice (list, g_ptr_array_index (list, i - 1)) || is_in_the_way (from, g_ptr_array_index (list, i - 1), list))
          {
            g_ptr_array_remove_index (list, i - 1);
            is_changed = TRUE;
          }
    }
}

GPtrArray *
strata_rename_find (const StrataPicture        *from,
                    const StrataPicture        *to,
                    const StrataRename * const *renames)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; renames != NULL && renames[i] != NULL; i++)
    if (!renames[i]->is_denied && renames[i]->is_column)
      find_column (list, from, to, renames[i], renames);
    else if (!renames[i]->is_denied)
      find_object (list, from, to, renames[i], renames);
  leave_out_impossible (list, from);

  return list;
}

void
strata_rename_move (const StrataPicture *from,
                    const StrataPicture *to,
                    GPtrArray           *list)
{
  for (guint i = 0; i < from->n_objects; i++)
    {
      const StrataObject *extension = from->objects[i];
      const StrataObject *moved = extension->kind == STRATA_OBJECT_EXTENSION ? strata_picture_find_object (to, extension) : NULL;

      if (moved != NULL && g_strcmp0 (extension->schema, moved->schema) != 0)
        add_renaming (list, extension, NULL, moved->schema)->is_move = TRUE;
    }
}

/* TRUE where its table, or a column of that, was renamed. */
static gboolean
is_affected (const GPtrArray *renamings,
             const char      *schema,
             const char      *table)
{
  for (guint i = 0; i < renamings->len; i++)
    {
      const StrataRenaming *renaming = g_ptr_array_index (renamings, i);

      if (renaming->object->kind == STRATA_OBJECT_TABLE && g_strcmp0 (renaming->object->schema, schema) == 0
          && (g_strcmp0 (renaming->column == NULL ? renaming->name : renaming->object->name, table) == 0))
        return TRUE;
    }

  return FALSE;
}

gboolean
strata_rename_is_same (const StrataObject *old,
                       const StrataObject *new)
{
  StrataRenaming own = { .object = old, .name = new->name };
  g_autoptr(GPtrArray) renamings = g_ptr_array_new ();
  g_autofree char *text = NULL;

  if (old->kind == STRATA_OBJECT_SEQUENCE)
    return g_strcmp0 (old->of.sequence->owner_table, new->of.sequence->owner_table) == 0
           && g_strcmp0 (old->of.sequence->owner_column, new->of.sequence->owner_column) == 0;

  g_ptr_array_add (renamings, &own);
  text = strata_rename_text (old->text, old, renamings);

  return g_strcmp0 (old->table, new->table) == 0 && g_strcmp0 (text, new->text) == 0;
}

/* A sequence of another column only has that name by chance, as where two tables swap theirs. */
static gboolean
has_same (const StrataPicture *picture,
          const StrataObject  *object)
{
  const StrataObject *found = strata_picture_find_object (picture, object);

  return found != NULL && (object->kind != STRATA_OBJECT_SEQUENCE || strata_rename_is_same (found, object));
}

static const char *
get_owner (const StrataObject *object)
{
  if (object->kind == STRATA_OBJECT_SEQUENCE)
    return object->of.sequence->owner_table;

  return strata_object_kind_is_constraint (object->kind) || object->kind == STRATA_OBJECT_INDEX ? object->table : NULL;
}

static gboolean
is_taken (const GPtrArray *list,
          const char      *name)
{
  for (guint i = 0; i < list->len; i++)
    if (strcmp (((const StrataRenaming *) g_ptr_array_index (list, i))->name, name) == 0)
      return TRUE;

  return FALSE;
}

GPtrArray *
strata_rename_imply (const StrataPicture *renamed,
                     const StrataPicture *to,
                     const GPtrArray     *renamings)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; renamings->len > 0 && i < renamed->n_objects; i++)
    {
      const StrataObject *old = renamed->objects[i];
      const char *owner = get_owner (old);

      if (owner == NULL || old->is_inherited || has_same (to, old)
          || !is_affected (renamings, old->schema, owner))
        continue;

      for (guint j = 0; j < to->n_objects; j++)
        {
          const StrataObject *new = to->objects[j];

          if (new->kind == old->kind && g_strcmp0 (new->schema, old->schema) == 0 && g_strcmp0 (get_owner (new), owner) == 0
              && !has_same (renamed, new) && !is_taken (list, new->name)
              && strata_rename_is_same (old, new))
            {
              add_renaming (list, old, NULL, new->name);
              break;
            }
        }
    }
  leave_out_impossible (list, renamed);

  return list;
}
