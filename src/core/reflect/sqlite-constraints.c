/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/sqlite-constraints.h"

#include "core/sql/sqlite-create.h"

#include <string.h>

#define NEW(picture, Type) ((Type *) strata_picture_alloc ((picture), sizeof (Type)))

static const StrataObjectKind kinds[] = {
  [STRATA_SQLITE_PRIMARY_KEY] = STRATA_OBJECT_PRIMARY_KEY,
  [STRATA_SQLITE_UNIQUE] = STRATA_OBJECT_UNIQUE,
  [STRATA_SQLITE_CHECK] = STRATA_OBJECT_CHECK,
  [STRATA_SQLITE_FOREIGN_KEY] = STRATA_OBJECT_FOREIGN_KEY,
};

static const char * const *
list_names (StrataPicture   *picture,
            const GPtrArray *names)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (list, (gpointer) strata_picture_intern (picture, names->pdata[i]));

  return strata_picture_list (picture, list);
}

static StrataPictureKey *
make_key (StrataPicture                *picture,
          const StrataSqliteConstraint *from)
{
  StrataPictureKey *key = NEW (picture, StrataPictureKey);

  key->name = strata_picture_intern (picture, from->name);
  key->columns = list_names (picture, from->columns);
  if (from->tail != NULL)
    key->on_conflict = strata_picture_intern (picture, strrchr (from->tail, ' ') + 1);

  return key;
}

static StrataPictureCheck *
make_check (StrataPicture                *picture,
            const StrataSqliteConstraint *from)
{
  StrataPictureCheck *check = NEW (picture, StrataPictureCheck);

  check->name = strata_picture_intern (picture, from->name);
  check->text = strata_picture_intern (picture, from->condition);
  check->is_of_column = from->is_of_column;

  return check;
}

static gboolean
is_same_list (const char * const *list,
              const GPtrArray    *names)
{
  guint n = list != NULL ? g_strv_length ((char **) list) : 0;

  if (n != names->len)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (list[i], names->pdata[i]) != 0)
      return FALSE;

  return TRUE;
}

/* The table has read its actions already. */
static const StrataPictureReference *
find_reference (StrataPicture                *picture,
                const StrataPictureTable     *table,
                const StrataSqliteConstraint *from)
{
  StrataPictureReference *reference;

  for (guint i = 0; table->references != NULL && table->references[i] != NULL; i++)
    if (g_strcmp0 (table->references[i]->table, from->table) == 0
        && g_strcmp0 (table->references[i]->name, from->name) == 0
        && is_same_list (table->references[i]->columns, from->columns))
      return table->references[i];

  reference = NEW (picture, StrataPictureReference);
  reference->name = strata_picture_intern (picture, from->name);
  reference->columns = list_names (picture, from->columns);
  reference->table = strata_picture_intern (picture, from->table);
  reference->referred = list_names (picture, from->referred);

  return reference;
}

static void
add_constraint (StrataPicture                *picture,
                const StrataPictureTable     *table,
                const StrataSqliteConstraint *from,
                GHashTable                   *seen,
                GPtrArray                    *objects)
{
  g_autofree char *label = strata_sqlite_constraint_dup_label (from);
  g_autofree char *key = g_strdup_printf ("%d %s", from->kind, label);
  StrataObject *object;
  const char *other = g_hash_table_lookup (seen, key);

  /* The same again says nothing. */
  if (other != NULL && strcmp (other, from->text) == 0)
    return;

  object = NEW (picture, StrataObject);
  object->kind = kinds[from->kind];
  object->table = table->name;
  object->text = strata_picture_intern (picture, from->text);
  if (other != NULL)
    {
      g_autofree char *longer = g_strdup_printf ("%s %s", label, from->text);

      object->name = strata_picture_intern (picture, longer);
    }
  else
    {
      object->name = strata_picture_intern (picture, label);
      g_hash_table_insert (seen, g_steal_pointer (&key), (gpointer) object->text);
    }

  if (from->kind == STRATA_SQLITE_CHECK)
    object->of.check = make_check (picture, from);
  else if (from->kind == STRATA_SQLITE_FOREIGN_KEY)
    object->of.reference = find_reference (picture, table, from);
  else
    object->of.key = make_key (picture, from);
  g_ptr_array_add (objects, object);
}

void
strata_sqlite_add_constraints (StrataPicture            *picture,
                               const StrataPictureTable *table,
                               GPtrArray                *objects)
{
  g_autoptr(StrataSqliteCreate) create = strata_sqlite_create_new (table->text);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; create != NULL && i < create->constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = create->constraints->pdata[i];

      if (constraint->kind != STRATA_SQLITE_OTHER)
        add_constraint (picture, table, constraint, seen, objects);
    }
}
