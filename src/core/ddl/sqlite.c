/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/ddl-private.h"

#include "core/sql/sqlite-index.h"
#include "core/sql/sqlite-render.h"
#include "core/sql/statement.h"

static char *
dup_table (const StrataObject     *object,
           const StrataDdlOptions *options)
{
  g_autoptr(StrataSqliteCreate) create = NULL;

  if (object->spelled != NULL && !options->has_sorted_columns)
    return g_strdup (object->spelled);

  create = strata_sqlite_create_new (object->text);
  if (create == NULL)
    return strata_sqlite_render_other (object->text);

  return strata_sqlite_render_table (create, NULL, options->has_sorted_columns ? STRATA_SQLITE_RENDER_SORTED : 0);
}

static char *
dup_index (const StrataPicture *picture,
           const StrataObject  *object)
{
  const StrataObject like = { .kind = STRATA_OBJECT_TABLE, .name = object->table };
  const StrataObject *table;
  g_autoptr(StrataSqliteIndex) index = NULL;
  g_autoptr(GPtrArray) columns = NULL;

  if (object->spelled != NULL)
    return g_strdup (object->spelled);

  index = strata_sqlite_index_new (object->text);
  if (index == NULL)
    return strata_sqlite_render_other (object->text);
  table = strata_picture_find_object (picture, &like);
  if (table == NULL)
    return strata_sqlite_index_render (index, NULL, NULL);

  columns = g_ptr_array_new ();
  for (guint i = 0; table->of.table->columns != NULL && table->of.table->columns[i] != NULL; i++)
    g_ptr_array_add (columns, (gpointer) table->of.table->columns[i]->name);

  return strata_sqlite_index_render (index, table->name, columns);
}

/* What stands in a CREATE TABLE comes with it. SQLite asks for no order: what a stub would lack may be missing. */
static void
create (const StrataPicture    *picture,
        const StrataObject     *object,
        const StrataDdlOptions *options,
        StrataDdlPart           part,
        GPtrArray              *statements)
{
  if ((part != STRATA_DDL_WHOLE && part != STRATA_DDL_REST) || object->text == NULL
      || strata_object_kind_is_constraint (object->kind))
    return;

  if (object->kind == STRATA_OBJECT_TABLE)
    g_ptr_array_add (statements, dup_table (object, options));
  else if (object->kind == STRATA_OBJECT_INDEX)
    g_ptr_array_add (statements, dup_index (picture, object));
  else
    g_ptr_array_add (statements, strata_sqlite_render_other (object->text));
}

static void
drop (const StrataPicture *picture G_GNUC_UNUSED,
      const StrataObject  *object,
      GPtrArray           *statements)
{
  g_autofree char *name = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, object->name);

  g_ptr_array_add (statements, g_strdup_printf ("DROP %s %s",
                                                object->kind == STRATA_OBJECT_VIEW ? "VIEW"
                                                : object->kind == STRATA_OBJECT_INDEX ? "INDEX"
                                                : object->kind == STRATA_OBJECT_TRIGGER ? "TRIGGER" : "TABLE",
                                                name));
}

static gboolean
is_inline (const StrataObject *object)
{
  return strata_object_kind_is_constraint (object->kind);
}

const StrataDdlDialect strata_ddl_sqlite = {
  .create = create,
  .drop = drop,
  .is_inline = is_inline,
};
