/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/sqlite-definition.h"

#include <string.h>

#define NEW(picture, Type) ((Type *) strata_picture_alloc ((picture), sizeof (Type)))
#define INTERN(picture, text) strata_picture_intern ((picture), (text))

static const StrataObjectKind kinds[] = {
  [STRATA_SQLITE_PRIMARY_KEY] = STRATA_OBJECT_PRIMARY_KEY,
  [STRATA_SQLITE_UNIQUE] = STRATA_OBJECT_UNIQUE,
  [STRATA_SQLITE_CHECK] = STRATA_OBJECT_CHECK,
  [STRATA_SQLITE_FOREIGN_KEY] = STRATA_OBJECT_FOREIGN_KEY,
};

gboolean
strata_sqlite_is_virtual (const StrataPictureTable *table)
{
  return table->text != NULL && g_str_has_prefix (table->text, "CREATE VIRTUAL ");
}

/* Type names in quotes lose them in SQLite, and some of what stands behind. */
gboolean
strata_sqlite_tells_columns (const StrataSqliteCreate *create)
{
  if (create->options != NULL)
    return FALSE;
  for (guint i = 0; i < create->columns->len; i++)
    {
      const StrataSqliteColumn *column = create->columns->pdata[i];

      if (column->extra != NULL || (column->written_type.length > 0 && strchr ("\"'`[", *column->written_type.text) != NULL))
        return FALSE;
    }
  for (guint i = 0; i < create->constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = create->constraints->pdata[i];

      if (constraint->kind == STRATA_SQLITE_OTHER)
        return FALSE;
    }

  return TRUE;
}

const StrataPictureColumn *
strata_sqlite_find_column (const StrataPictureTable *table,
                           const char               *name)
{
  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    if (g_ascii_strcasecmp (table->columns[i]->name, name) == 0)
      return table->columns[i];

  return NULL;
}

static const char *
copy_part (StrataPicture    *picture,
           StrataSqlitePart  part)
{
  return part.length > 0 ? memcpy (strata_picture_alloc (picture, part.length + 1), part.text, part.length) : NULL;
}

/* Of "ON CONFLICT IGNORE", the last word. */
static const char *
copy_conflict (StrataPicture *picture,
               const char    *clause)
{
  return clause != NULL ? INTERN (picture, strrchr (clause, ' ') + 1) : NULL;
}

/* A primary key that is the rowid by another name may hold NULL as far as SQLite tells; others do not in tables that are strict
 * or have no rowid. */
static gboolean
is_nullable (const StrataSqliteCreate     *create,
             const StrataSqliteConstraint *key,
             const StrataSqliteColumn     *column)
{
  gboolean is_in_key = key != NULL && g_ptr_array_find_with_equal_func (key->columns, column->name, g_str_equal, NULL);

  if (column->is_not_null)
    return FALSE;
  if (!is_in_key || create->is_without_rowid)
    return !is_in_key;

  return !create->is_strict || strata_sqlite_create_is_never_null (create, column);
}

StrataPictureColumn *
strata_sqlite_define_column (StrataPicture            *picture,
                             const StrataSqliteCreate *create,
                             const StrataSqliteColumn *column)
{
  StrataPictureColumn *self = NEW (picture, StrataPictureColumn);
  const StrataSqliteConstraint *key = strata_sqlite_create_get_key (create);

  self->name = INTERN (picture, column->name);
  self->collation = INTERN (picture, column->written_collation);
  self->computed = copy_part (picture, column->written_generated);
  self->is_stored = column->is_stored;
  self->default_text = self->computed == NULL ? copy_part (picture, column->written_default) : NULL;
  self->is_nullable = is_nullable (create, key, column);
  self->on_conflict = copy_conflict (picture, column->not_null_conflict);
  self->is_autoincrement = key != NULL && key->is_autoincrement && key->columns->len > 0
                           && strcmp (key->columns->pdata[0], column->name) == 0;

  return self;
}

/* SQLite takes names in any case; we have them as the columns do. */
static gpointer
list_matched (StrataPicture            *picture,
              const StrataPictureTable *table,
              const GPtrArray          *names)
{
  const char **list = names->len > 0 ? strata_picture_alloc (picture, (names->len + 1) * sizeof (char *)) : NULL;

  for (guint i = 0; i < names->len; i++)
    {
      const StrataPictureColumn *column = strata_sqlite_find_column (table, names->pdata[i]);

      list[i] = column != NULL ? column->name : INTERN (picture, names->pdata[i]);
    }

  return list;
}

static gpointer
list_names (StrataPicture   *picture,
            const GPtrArray *names)
{
  const char **list = names->len > 0 ? strata_picture_alloc (picture, (names->len + 1) * sizeof (char *)) : NULL;

  for (guint i = 0; i < names->len; i++)
    list[i] = INTERN (picture, names->pdata[i]);

  return list;
}

void
strata_sqlite_define_key (StrataPicture            *picture,
                          StrataPictureTable       *table,
                          const StrataSqliteCreate *create,
                          const GPtrArray          *columns)
{
  const StrataSqliteConstraint *from = create != NULL ? strata_sqlite_create_get_key (create) : NULL;
  StrataPictureKey *key = NEW (picture, StrataPictureKey);

  key->columns = strata_picture_list (picture, columns);
  if (from != NULL)
    {
      key->name = INTERN (picture, from->name);
      key->on_conflict = copy_conflict (picture, from->tail);
    }
  table->primary_key = key;
}

static StrataPictureKey *
define_unique (StrataPicture                *picture,
               const StrataPictureTable     *table,
               const StrataSqliteConstraint *from)
{
  StrataPictureKey *key = NEW (picture, StrataPictureKey);

  key->name = INTERN (picture, from->name);
  key->columns = list_matched (picture, table, from->columns);
  key->on_conflict = copy_conflict (picture, from->tail);

  return key;
}

static StrataPictureCheck *
define_check (StrataPicture                *picture,
              const StrataSqliteConstraint *from,
              const char                   *text)
{
  StrataPictureCheck *check = NEW (picture, StrataPictureCheck);

  check->name = INTERN (picture, from->name);
  check->text = text;
  check->is_of_column = from->is_of_column;

  return check;
}

static StrataPictureReference *
define_reference (StrataPicture                *picture,
                  const StrataPictureTable     *table,
                  const StrataSqliteConstraint *from)
{
  StrataPictureReference *reference = NEW (picture, StrataPictureReference);

  reference->schema = table->schema;
  reference->name = INTERN (picture, from->name);
  reference->columns = list_matched (picture, table, from->columns);
  reference->table = INTERN (picture, from->table);
  reference->referred = list_names (picture, from->referred);
  reference->on_delete = INTERN (picture, from->on_delete);
  reference->on_update = INTERN (picture, from->on_update);
  reference->match = INTERN (picture, from->match);
  reference->deferrable = from->deferrable;
  reference->initially = from->initially;

  return reference;
}

/* What makes one constraint another object; the same again says nothing: NULL. */
static StrataObject *
add_object (StrataPicture                *picture,
            const StrataPictureTable     *table,
            const StrataSqliteConstraint *from,
            GHashTable                   *seen,
            GPtrArray                    *objects)
{
  g_autofree char *label = strata_sqlite_constraint_dup_label (from);
  g_autofree char *key = g_strdup_printf ("%d %s", from->kind, label);
  const char *other = g_hash_table_lookup (seen, key);
  StrataObject *object;

  if (other != NULL && strcmp (other, from->text) == 0)
    return NULL;

  object = NEW (picture, StrataObject);
  object->kind = kinds[from->kind];
  object->table = table->name;
  object->text = INTERN (picture, from->text);
  if (other != NULL)
    {
      g_autofree char *longer = g_strdup_printf ("%s %s", label, from->text);

      object->name = INTERN (picture, longer);
    }
  else
    {
      object->name = INTERN (picture, label);
      g_hash_table_insert (seen, g_steal_pointer (&key), (gpointer) object->text);
    }
  g_ptr_array_add (objects, object);

  return object;
}

typedef struct
{
  GPtrArray *uniques;       /* of the table, then of columns */
  GPtrArray *checks;
  GPtrArray *references;    /* of the table, then of columns, the last first */
  guint      n_of_table;    /* uniques */
  guint      n_referring;   /* references of the table */
} Lists;

static void
define_constraint (StrataPicture                *picture,
                   const StrataPictureTable     *table,
                   const StrataSqliteConstraint *from,
                   Lists                        *lists,
                   StrataObject                 *object)
{
  StrataObject unused;

  if (object == NULL)
    object = &unused;
  switch (from->kind)
    {
    case STRATA_SQLITE_PRIMARY_KEY:
      object->of.key = table->primary_key;
      break;

    case STRATA_SQLITE_UNIQUE:
      object->of.key = define_unique (picture, table, from);
      g_ptr_array_insert (lists->uniques, from->is_of_column ? -1 : (int) lists->n_of_table++, (gpointer) object->of.key);
      break;

    case STRATA_SQLITE_CHECK:
      g_ptr_array_add (lists->checks, define_check (picture, from, copy_part (picture, from->written_condition)));
      object->of.check = define_check (picture, from, INTERN (picture, from->condition));
      break;

    case STRATA_SQLITE_FOREIGN_KEY:
      object->of.reference = define_reference (picture, table, from);
      lists->n_referring += !from->is_of_column;
      g_ptr_array_insert (lists->references, from->is_of_column ? (int) lists->n_referring : (int) lists->n_referring - 1,
                          (gpointer) object->of.reference);
      break;

    case STRATA_SQLITE_OTHER:
    default:
      break;
    }
}

static void
define_all (StrataPicture            *picture,
            StrataSqliteTable        *self,
            const StrataSqliteCreate *create,
            Lists                    *lists)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();

  for (guint i = 0; i < create->constraints->len; i++)
    {
      const StrataSqliteConstraint *from = create->constraints->pdata[i];

      if (from->kind != STRATA_SQLITE_OTHER)
        define_constraint (picture, &self->table, from, lists, add_object (picture, &self->table, from, seen, objects));
    }
  self->constraints = strata_picture_list (picture, objects);
}

void
strata_sqlite_define_rest (StrataPicture            *picture,
                           StrataSqliteTable        *self,
                           const StrataSqliteCreate *create,
                           GPtrArray                *to_keys)
{
  g_autoptr(GPtrArray) uniques = g_ptr_array_new ();
  g_autoptr(GPtrArray) checks = g_ptr_array_new ();
  g_autoptr(GPtrArray) references = g_ptr_array_new ();
  Lists lists = { .uniques = uniques, .checks = checks, .references = references };

  define_all (picture, self, create, &lists);
  for (guint i = 0; i < references->len; i++)
    {
      const StrataPictureReference *reference = references->pdata[i];

      if (reference->referred == NULL)
        g_ptr_array_add (to_keys, references->pdata[i]);
    }
  self->table.uniques = strata_picture_list (picture, uniques);
  self->table.checks = strata_picture_list (picture, checks);
  self->table.references = strata_picture_list (picture, references);
  self->table.is_strict = create->is_strict;
  self->table.is_without_rowid = create->is_without_rowid;
}
