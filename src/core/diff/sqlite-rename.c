/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture of SQLite as it is after tables and columns were renamed: ALTER does so in every text. Views and triggers are made
 * anew as they are wanted, so it is enough to know of these whether they are the same. */

#include "config.h"

#include "core/diff/sqlite-private.h"

#include "core/sql/sqlite-render.h"

#include <string.h>

typedef struct
{
  StrataPicture       *out;
  const StrataPicture *in;
  const GPtrArray     *renamings;    /* const StrataRenaming*, of tables and columns */
  GHashTable          *copies;       /* old object to new one */
  GHashTable          *names;        /* lower case to what is called so, of the text at hand */
} Renamer;

#define DUP(self, pointer) memcpy (strata_picture_alloc ((self)->out, sizeof *(pointer)), (pointer), sizeof *(pointer))

static const char *
get_new_name (const Renamer *self,
              const char    *table)
{
  for (guint i = 0; table != NULL && i < self->renamings->len; i++)
    {
      const StrataRenaming *renaming = self->renamings->pdata[i];

      if (renaming->column == NULL && strcmp (renaming->object->name, table) == 0)
        return strata_picture_intern (self->out, renaming->name);
    }

  return table;
}

static gboolean
is_column_of (const StrataRenaming *renaming,
              const char           *table)
{
  return renaming->column != NULL && g_ascii_strcasecmp (renaming->object->name, table) == 0;
}

static const StrataPictureColumn * const *
copy_columns (Renamer            *self,
              const StrataObject *object)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; object->of.table->columns != NULL && object->of.table->columns[i] != NULL; i++)
    {
      StrataPictureColumn *column = DUP (self, object->of.table->columns[i]);

      for (guint j = 0; j < self->renamings->len; j++)
        {
          const StrataRenaming *renaming = self->renamings->pdata[j];

          if (!is_column_of (renaming, object->name) || strcmp (renaming->column, column->name) != 0)
            continue;
          column->name = strata_picture_intern (self->out, renaming->name);
          break;
        }
      g_ptr_array_add (list, column);
    }

  return strata_picture_list (self->out, list);
}

/* Names may change hands, but one is replaced at a time: all go through names that nothing has. */
static char *
dup_passing_name (const StrataRenaming *renaming)
{
  return g_strdup_printf ("strata_passing_%p", renaming);
}

static void
rename_part (StrataSqliteCreate   *create,
             const StrataObject   *table,
             const StrataRenaming *renaming,
             const char           *from,
             const char           *to)
{
  if (renaming->column == NULL)
    {
      strata_sqlite_create_rename_table (create, from, to);
      return;
    }

  if (strcmp (renaming->object->name, table->name) == 0)
    strata_sqlite_create_rename_column (create, from, to);
  strata_sqlite_create_rename_referred (create, renaming->object->name, from, to);
}

/* NULL where nothing in it is renamed. */
static StrataSqliteCreate *
rename_create (Renamer            *self,
               const StrataObject *table)
{
  g_autoptr(StrataSqliteCreate) create = strata_sqlite_create_new (table->text);
  g_autoptr(GPtrArray) meant = g_ptr_array_new ();

  /* Columns first: their tables are called as they were. */
  for (guint is_table = 0; create != NULL && is_table < 2; is_table++)
    for (guint i = 0; i < self->renamings->len; i++)
      {
        const StrataRenaming *renaming = self->renamings->pdata[i];

        if ((renaming->column == NULL) == (is_table == 1) && strata_sqlite_mentions (table->text, renaming->object->name))
          g_ptr_array_add (meant, (gpointer) renaming);
      }

  for (guint is_table = 0; is_table < 2; is_table++)
    for (guint is_back = 0; is_back < 2; is_back++)
      for (guint i = 0; i < meant->len; i++)
        {
          const StrataRenaming *renaming = meant->pdata[i];
          g_autofree char *passing = dup_passing_name (renaming);
          const char *old = renaming->column != NULL ? renaming->column : renaming->object->name;

          if ((renaming->column == NULL) == (is_table == 1))
            rename_part (create, table, renaming, is_back ? passing : old, is_back ? renaming->name : passing);
        }

  return meant->len > 0 ? g_steal_pointer (&create) : NULL;
}

static void
copy_table (Renamer      *self,
            StrataObject *copy,
            const StrataObject *object)
{
  g_autoptr(StrataSqliteCreate) create = rename_create (self, object);
  StrataPictureTable *table = DUP (self, object->of.table);
  g_autofree char *text = NULL;

  copy->name = get_new_name (self, object->name);
  table->name = copy->name;
  table->columns = copy_columns (self, object);
  copy->of.table = table;
  if (create == NULL)
    return;

  text = strata_sqlite_render_table (create, NULL, STRATA_SQLITE_RENDER_WRITTEN);
  copy->text = strata_picture_intern (self->out, text);
  copy->spelled = NULL;
}

static gboolean
is_same_constraint (const StrataSqliteConstraint *constraint,
                    const StrataObject           *object)
{
  g_autofree char *label = strata_sqlite_constraint_dup_label (constraint);

  return strcmp (constraint->text, object->text) == 0 && g_str_has_prefix (object->name, label);
}

static void
copy_constraint (Renamer            *self,
                 StrataObject       *copy,
                 const StrataObject *object)
{
  const StrataObject like = { .kind = STRATA_OBJECT_TABLE, .name = object->table };
  const StrataObject *table = strata_picture_find_object (self->in, &like);
  g_autoptr(StrataSqliteCreate) old = table != NULL ? strata_sqlite_create_new (table->text) : NULL;
  g_autoptr(StrataSqliteCreate) new = old != NULL ? rename_create (self, table) : NULL;

  copy->table = get_new_name (self, object->table);
  for (guint i = 0; new != NULL && i < old->constraints->len; i++)
    if (is_same_constraint (old->constraints->pdata[i], object))
      {
        const StrataSqliteConstraint *constraint = new->constraints->pdata[i];
        g_autofree char *label = strata_sqlite_constraint_dup_label (constraint);

        copy->name = strata_picture_intern (self->out, label);
        copy->text = strata_picture_intern (self->out, constraint->text);
        return;
      }
}

/* All names that may be meant in a text that is no table's. */
static void
copy_text (Renamer            *self,
           StrataObject       *copy,
           const StrataObject *object)
{
  g_autofree char *text = NULL;

  copy->table = get_new_name (self, object->table);
  copy->spelled = NULL;
  g_hash_table_remove_all (self->names);
  for (guint i = 0; i < self->renamings->len; i++)
    {
      const StrataRenaming *renaming = self->renamings->pdata[i];

      if (strata_sqlite_mentions (object->text, renaming->object->name))
        g_hash_table_insert (self->names, g_ascii_strdown (renaming->column != NULL ? renaming->column : renaming->object->name, -1),
                             (gpointer) renaming->name);
    }
  if (g_hash_table_size (self->names) == 0)
    return;

  text = strata_sqlite_rename (object->text, self->names);
  copy->text = strata_picture_intern (self->out, text);
}

static StrataObject *
copy_object (Renamer            *self,
             const StrataObject *object)
{
  StrataObject *copy = DUP (self, object);

  g_hash_table_insert (self->copies, (gpointer) object, copy);
  if (object->kind == STRATA_OBJECT_TABLE)
    copy_table (self, copy, object);
  else if (strata_object_kind_is_constraint (object->kind))
    copy_constraint (self, copy, object);
  else
    copy_text (self, copy, object);

  return copy;
}

static int
compare_objects (gconstpointer a,
                 gconstpointer b)
{
  return strata_object_compare (*(const StrataObject * const *) a, *(const StrataObject * const *) b);
}

static void
link_needs (Renamer         *self,
            const GPtrArray *objects)
{
  for (guint i = 0; i < objects->len; i++)
    {
      StrataObject *object = objects->pdata[i];
      g_autoptr(GPtrArray) needs = g_ptr_array_new ();

      for (guint j = 0; object->needs != NULL && object->needs[j] != NULL; j++)
        g_ptr_array_add (needs, g_hash_table_lookup (self->copies, object->needs[j]));
      object->needs = strata_picture_list (self->out, needs);
    }
}

StrataPicture *
strata_sqlite_rename_picture (const StrataPicture *picture,
                              const GPtrArray     *renamings)
{
  g_autoptr(GHashTable) copies = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();
  Renamer self = { strata_picture_new (picture->dialect), picture, renamings, copies, names };

  *self.out = *picture;
  for (guint i = 0; i < picture->n_objects; i++)
    g_ptr_array_add (objects, copy_object (&self, picture->objects[i]));
  link_needs (&self, objects);
  g_ptr_array_sort (objects, compare_objects);
  self.out->objects = strata_picture_list (self.out, objects);

  return self.out;
}
