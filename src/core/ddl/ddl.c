/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/ddl-private.h"

const StrataDdlDialect *
strata_ddl_dialect_for (StrataDialect dialect)
{
  return dialect == STRATA_DIALECT_SQLITE ? &strata_ddl_sqlite : &strata_ddl_postgresql;
}

gboolean
strata_ddl_is_made (const StrataPicture *picture,
                    const StrataObject  *object)
{
  return object->extension == NULL && !object->is_inherited
         && !strata_ddl_dialect_for (picture->dialect)->is_inline (object);
}

guint
strata_ddl_find_of_table (const StrataPicture *picture,
                          StrataObjectKind     kind,
                          const char          *schema,
                          const char          *table)
{
  StrataObject first = { .kind = kind, .schema = schema, .table = table };
  guint low = 0, high = picture->n_objects;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (strata_object_compare (&first, picture->objects[middle]) <= 0)
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}

gboolean
strata_ddl_hangs_on (const StrataPicture *picture,
                     guint                index,
                     StrataObjectKind     kind,
                     const char          *schema,
                     const char          *table)
{
  const StrataObject *object = index < picture->n_objects ? picture->objects[index] : NULL;

  return object != NULL && object->kind == kind && g_strcmp0 (object->schema, schema) == 0
         && g_strcmp0 (object->table, table) == 0;
}

const StrataObject *
strata_ddl_find_relation (const StrataPicture *picture,
                          const char          *schema,
                          const char          *name)
{
  static const StrataObjectKind kinds[] = { STRATA_OBJECT_TABLE, STRATA_OBJECT_VIEW, STRATA_OBJECT_MATERIALIZED_VIEW };
  const StrataObject *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds) && found == NULL; i++)
    {
      StrataObject like = { .kind = kinds[i], .schema = schema, .name = name };

      found = strata_picture_find_object (picture, &like);
    }

  return found;
}

void
strata_ddl_create (const StrataPicture    *picture,
                   const StrataObject     *object,
                   const StrataDdlOptions *options,
                   GPtrArray              *statements)
{
  static const StrataDdlOptions usual = { 0 };

  strata_ddl_dialect_for (picture->dialect)->create (picture, object, options != NULL ? options : &usual, STRATA_DDL_WHOLE,
                                                     statements);
}

void
strata_ddl_finish (const StrataPicture *picture,
                   const StrataObject  *object,
                   GPtrArray           *statements)
{
  static const StrataDdlOptions usual = { 0 };

  strata_ddl_dialect_for (picture->dialect)->create (picture, object, &usual, STRATA_DDL_FINISH, statements);
}

void
strata_ddl_drop (const StrataPicture *picture,
                 const StrataObject  *object,
                 GPtrArray           *statements)
{
  strata_ddl_dialect_for (picture->dialect)->drop (picture, object, statements);
}

char *
strata_ddl_describe (const StrataPicture    *picture,
                     const StrataObject     *object,
                     const StrataDdlOptions *options)
{
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) text = g_string_new (NULL);

  strata_ddl_create (picture, object, options, statements);
  strata_ddl_finish (picture, object, statements);
  for (guint i = 0; i < statements->len; i++)
    g_string_append_printf (text, "%s;\n", (const char *) g_ptr_array_index (statements, i));

  return g_string_free (g_steal_pointer (&text), FALSE);
}
