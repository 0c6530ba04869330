/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/postgresql-private.h"

/* What its sequence is called says nothing about the column: it keeps its name where the table gets another. */
static void
append_identity (const StrataDdlWriter     *self,
                 const StrataPictureColumn *column,
                 GString                   *out)
{
  const StrataPictureIdentity *identity = column->identity;
  g_autoptr(GString) options = g_string_new (NULL);
  StrataPictureSequence sequence = {
    .type_text = column->type_text,
    .start = identity->start,
    .increment = identity->increment,
    .minvalue = identity->minvalue,
    .maxvalue = identity->maxvalue,
    .cache = identity->cache,
    .cycles = identity->cycles,
  };

  if (identity->sequence != NULL && !self->options->has_sorted_columns)
    g_string_append_printf (options, "SEQUENCE NAME %s", identity->sequence);
  strata_ddl_append_sequence_options (options, &sequence);

  g_string_append_printf (out, " GENERATED %s AS IDENTITY", identity->is_always ? "ALWAYS" : "BY DEFAULT");
  if (options->len > 0)
    g_string_append_printf (out, " (%s)", options->str);
}

void
strata_ddl_append_full_constraints (const StrataDdlWriter     *self,
                                      const StrataPictureColumn *column,
                                      GString                   *out)
{
  if (column->computed != NULL)
    g_string_append_printf (out, " GENERATED ALWAYS AS (%s) %s", column->computed, column->is_stored ? "STORED" : "VIRTUAL");
  else if (column->identity != NULL)
    append_identity (self, column, out);
  else if (column->default_text != NULL && self->part != STRATA_DDL_STUB)
    g_string_append_printf (out, " DEFAULT %s", column->default_text);

  if (column->is_nullable)
    return;

  if (column->not_null_name != NULL)
    {
      g_string_append (out, " CONSTRAINT ");
      strata_ddl_append_name (out, column->not_null_name);
    }
  if (column->identity == NULL || column->not_null_name != NULL)
    g_string_append (out, " NOT NULL");
}

void
strata_ddl_append_full_column (const StrataDdlWriter     *self,
                               const StrataPictureColumn *column,
                               GString                   *out)
{
  strata_ddl_append_name (out, column->name);
  g_string_append_printf (out, " %s", column->type_text);
  if (column->collation != NULL)
    g_string_append_printf (out, " COLLATE %s", column->collation);

  strata_ddl_append_full_constraints (self, column, out);
}

void
strata_ddl_append_column_constraints (GString                   *out,
                                      const StrataPictureColumn *column,
                                      gboolean                   has_default)
{
  static const StrataDdlOptions usual = { 0 };
  const StrataDdlWriter writer = { .options = &usual, .part = has_default ? STRATA_DDL_WHOLE : STRATA_DDL_STUB };

  strata_ddl_append_full_constraints (&writer, column, out);
}

void
strata_ddl_append_column (GString                   *out,
                          const StrataPictureColumn *column,
                          gboolean                   has_default)
{
  static const StrataDdlOptions usual = { 0 };
  const StrataDdlWriter writer = { .options = &usual, .part = has_default ? STRATA_DDL_WHOLE : STRATA_DDL_STUB };

  strata_ddl_append_full_column (&writer, column, out);
}

static void
alter_column (const StrataDdlWriter     *self,
              const StrataObject        *object,
              const StrataPictureColumn *column,
              const char                *what)
{
  g_autofree char *name = strata_ddl_dup_name (object);
  GString *text = g_string_new (object->kind == STRATA_OBJECT_TABLE ? "ALTER TABLE ONLY " : "ALTER MATERIALIZED VIEW ");

  g_string_append_printf (text, "%s ALTER COLUMN ", name);
  strata_ddl_append_name (text, column->name);
  g_string_append_printf (text, " SET %s", what);
  strata_ddl_add (self, text);
}

static void
create_settings (const StrataDdlWriter     *self,
                 const StrataObject        *object,
                 const StrataPictureColumn *column)
{
  if (column->storage != NULL)
    {
      g_autofree char *storage = g_ascii_strup (column->storage, -1);
      g_autofree char *what = g_strdup_printf ("STORAGE %s", storage);

      alter_column (self, object, column, what);
    }

  if (column->compression != NULL)
    {
      g_autofree char *what = g_strdup_printf ("COMPRESSION %s", column->compression);

      alter_column (self, object, column, what);
    }

  if (column->statistics != NULL)
    {
      g_autofree char *what = g_strdup_printf ("STATISTICS %s", column->statistics);

      alter_column (self, object, column, what);
    }

  if (column->options != NULL && column->options[0] != NULL)
    {
      g_autoptr(GString) what = g_string_new ("(");

      for (guint i = 0; column->options[i] != NULL; i += 2)
        g_string_append_printf (what, "%s%s=%s", i > 0 ? ", " : "", column->options[i], column->options[i + 1]);
      g_string_append_c (what, ')');
      alter_column (self, object, column, what->str);
    }
}

static void
create_comment (const StrataDdlWriter     *self,
                const StrataObject        *object,
                const StrataPictureColumn *column)
{
  g_autoptr(GString) name = g_string_new (NULL);

  strata_ddl_append_qualified (name, object->schema, object->name);
  g_string_append_c (name, '.');
  strata_ddl_append_name (name, column->name);
  strata_ddl_comment (self, "COLUMN", name->str, column->comment);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const StrataPictureColumn * const *first = a, * const *second = b;

  return g_strcmp0 ((*first)->name, (*second)->name);
}

GPtrArray *
strata_ddl_sort_columns (const StrataDdlWriter             *self,
                         const StrataPictureColumn * const *columns)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    g_ptr_array_add (list, (gpointer) columns[i]);
  if (self->options->has_sorted_columns)
    g_ptr_array_sort (list, compare_names);

  return g_steal_pointer (&list);
}

GPtrArray *
strata_ddl_list_columns (const StrataDdlWriter *self,
                         const StrataObject    *object)
{
  return strata_ddl_sort_columns (self, object->of.table->columns);
}

void
strata_ddl_create_column_extras (const StrataDdlWriter *self,
                                 const StrataObject    *object)
{
  g_autoptr(GPtrArray) columns = strata_ddl_list_columns (self, object);

  if (object->kind != STRATA_OBJECT_VIEW)
    for (guint i = 0; i < columns->len; i++)
      create_settings (self, object, g_ptr_array_index (columns, i));

  for (guint i = 0; i < columns->len; i++)
    create_comment (self, object, g_ptr_array_index (columns, i));
}
