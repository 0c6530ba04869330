/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/ddl-private.h"

#include "core/sql/statement.h"

static void
create (const StrataPicture    *picture G_GNUC_UNUSED,
        const StrataObject     *object,
        const StrataDdlOptions *options G_GNUC_UNUSED,
        StrataDdlPart           part,
        GPtrArray              *statements)
{
  if (part == STRATA_DDL_WHOLE && object->text != NULL)
    g_ptr_array_add (statements, g_strdup (object->text));
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
