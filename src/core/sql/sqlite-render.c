/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/sqlite-render.h"

#include "core/sql/statement.h"

#include <string.h>

static void
append_name (GString    *out,
             const char *before,
             const char *name)
{
  g_string_append (out, before);
  strata_sql_append_identifier (out, STRATA_DIALECT_SQLITE, name);
}

static void
append_word (GString    *out,
             const char *word)
{
  g_string_append_c (out, ' ');
  g_string_append (out, word);
}

static void
append_constraint_name (GString    *out,
                        const char *name)
{
  if (name == NULL)
    return;

  append_name (out, "CONSTRAINT ", name);
  g_string_append_c (out, ' ');
}

/* A key of one column stands in it where it has no name, and where it has to. */
static gboolean
is_inline (const StrataSqliteConstraint *constraint)
{
  g_autofree char *quoted = NULL;
  g_autofree char *plain = NULL;

  if (constraint->kind != STRATA_SQLITE_PRIMARY_KEY || constraint->columns->len != 1)
    return FALSE;
  if (constraint->is_descending)
    return TRUE;
  if (constraint->name != NULL && !constraint->is_autoincrement)
    return FALSE;

  quoted = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, constraint->columns->pdata[0]);
  plain = g_strdup_printf ("PRIMARY KEY (%s%s)", quoted, constraint->is_autoincrement ? " AUTOINCREMENT" : "");

  return g_str_has_prefix (constraint->text, plain);
}

static void
append_in_column (GString                      *out,
                  const StrataSqliteConstraint *constraint)
{
  g_string_append_c (out, ' ');
  append_constraint_name (out, constraint->name);
  switch (constraint->kind)
    {
    case STRATA_SQLITE_PRIMARY_KEY:
    case STRATA_SQLITE_UNIQUE:
      g_string_append (out, constraint->kind == STRATA_SQLITE_UNIQUE ? "UNIQUE" : "PRIMARY KEY");
      g_string_append (out, constraint->is_descending ? " DESC" : "");
      if (constraint->tail != NULL)
        g_string_append_printf (out, " %s", constraint->tail);
      g_string_append (out, constraint->is_autoincrement ? " AUTOINCREMENT" : "");
      break;

    case STRATA_SQLITE_FOREIGN_KEY:
      g_string_append (out, strstr (constraint->text, "REFERENCES"));
      break;

    case STRATA_SQLITE_CHECK:
    case STRATA_SQLITE_OTHER:
    default:
      g_string_append (out, constraint->text);
      break;
    }
}

static void
append_column (GString                  *out,
               const StrataSqliteCreate *create,
               const StrataSqliteColumn *column,
               const GPtrArray          *constraints,
               StrataSqliteRenderFlags   flags)
{
  const char *type = flags & STRATA_SQLITE_RENDER_WRITTEN ? column->type_as_written : column->type;

  append_name (out, "", column->name);
  if (type != NULL)
    append_word (out, type);
  if (column->generated != NULL)
    g_string_append_printf (out, " GENERATED ALWAYS AS (%s) %s", column->generated, column->is_stored ? "STORED" : "VIRTUAL");
  if (column->collation != NULL)
    {
      gboolean is_plain = strspn (column->collation, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") == strlen (column->collation);

      if (is_plain)
        g_string_append_printf (out, " COLLATE %s", column->collation);
      else
        append_name (out, " COLLATE ", column->collation);
    }
  if (column->default_text != NULL)
    {
      g_string_append_c (out, ' ');
      append_constraint_name (out, column->default_name);
      g_string_append (out, "DEFAULT");
      append_word (out, column->default_text);
    }
  if (column->is_not_null && (flags & STRATA_SQLITE_RENDER_WRITTEN || column->not_null_name != NULL
                              || column->not_null_conflict != NULL || !strata_sqlite_create_is_never_null (create, column)))
    {
      g_string_append_c (out, ' ');
      append_constraint_name (out, column->not_null_name);
      g_string_append (out, "NOT NULL");
      if (column->not_null_conflict != NULL)
        append_word (out, column->not_null_conflict);
    }
  for (guint i = 0; constraints != NULL && i < constraints->len; i++)
    append_in_column (out, constraints->pdata[i]);
  if (column->extra != NULL)
    append_word (out, column->extra);
}

char *
strata_sqlite_render_column (const StrataSqliteCreate     *create,
                             const StrataSqliteColumn     *column,
                             const GPtrArray              *constraints,
                             StrataSqliteRenderFlags       flags)
{
  GString *out = g_string_new (NULL);

  append_column (out, create, column, constraints, flags);

  return g_string_free (out, FALSE);
}

static int
compare_columns (gconstpointer a,
                 gconstpointer b)
{
  const StrataSqliteColumn *first = *(const StrataSqliteColumn * const *) a;
  const StrataSqliteColumn *second = *(const StrataSqliteColumn * const *) b;

  return strcmp (first->name, second->name);
}

static int
compare_constraints (gconstpointer a,
                     gconstpointer b)
{
  const StrataSqliteConstraint *first = *(const StrataSqliteConstraint * const *) a;
  const StrataSqliteConstraint *second = *(const StrataSqliteConstraint * const *) b;
  int order = (int) first->kind - (int) second->kind;

  if (order == 0)
    order = g_strcmp0 (first->name, second->name);

  return order != 0 ? order : strcmp (first->text, second->text);
}

static GPtrArray *
sort (const GPtrArray *items,
      GCompareFunc     func)
{
  GPtrArray *sorted = g_ptr_array_sized_new (items->len);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (sorted, items->pdata[i]);
  if (func != NULL)
    g_ptr_array_sort (sorted, func);

  return sorted;
}

static void
append_columns (GString                      *out,
                const StrataSqliteCreate     *create,
                const StrataSqliteConstraint *key,
                StrataSqliteRenderFlags       flags)
{
  g_autoptr(GPtrArray) columns = sort (create->columns, flags & STRATA_SQLITE_RENDER_SORTED ? compare_columns : NULL);
  g_autoptr(GPtrArray) own = g_ptr_array_new ();

  if (key != NULL)
    g_ptr_array_add (own, (gpointer) key);
  for (guint i = 0; i < columns->len; i++)
    {
      const StrataSqliteColumn *column = columns->pdata[i];
      gboolean has_key = own->len > 0 && strcmp (key->columns->pdata[0], column->name) == 0;

      g_string_append (out, i > 0 ? ",\n  " : "\n  ");
      append_column (out, create, column, has_key ? own : NULL, flags);
    }
}

static void
append_constraints (GString                      *out,
                    const StrataSqliteCreate     *create,
                    const StrataSqliteConstraint *key)
{
  g_autoptr(GPtrArray) constraints = sort (create->constraints, compare_constraints);

  for (guint i = 0; i < constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = constraints->pdata[i];

      if (constraint == key || (i > 0 && compare_constraints (&constraints->pdata[i - 1], &constraints->pdata[i]) == 0))
        continue;
      g_string_append (out, ",\n  ");
      append_constraint_name (out, constraint->name);
      g_string_append (out, constraint->text);
    }
}

char *
strata_sqlite_render_table (const StrataSqliteCreate *create,
                            const char               *name,
                            StrataSqliteRenderFlags   flags)
{
  GString *out = g_string_sized_new (256);
  const StrataSqliteConstraint *key = strata_sqlite_create_get_key (create);
  const char *separator = " ";

  append_name (out, "CREATE TABLE ", name != NULL ? name : create->name);
  g_string_append (out, " (");
  key = key != NULL && is_inline (key) ? key : NULL;
  append_columns (out, create, key, flags);
  append_constraints (out, create, key);
  g_string_append (out, "\n)");
  if (create->options != NULL)
    g_string_append_printf (out, " %s", create->options);
  if (create->is_strict)
    {
      g_string_append (out, " STRICT");
      separator = ", ";
    }
  if (create->is_without_rowid)
    g_string_append_printf (out, "%sWITHOUT ROWID", separator);

  return g_string_free (out, FALSE);
}

char *
strata_sqlite_render_other (const char *text)
{
  g_autoptr(GArray) array = strata_sqlite_tokenize (text);
  const StrataToken *tokens = (const StrataToken *) array->data;
  guint n = array->len;

  /* What stands behind the name of a module is the module's, blanks and all. */
  for (guint i = 0; n > 1 && strata_token_is_word (&tokens[1], "VIRTUAL") && i < n; i++)
    if (strata_token_is_symbol (&tokens[i], "("))
      {
        g_autofree char *head = strata_sqlite_spell (tokens, i, NULL);

        return g_strchomp (g_strconcat (head, " ", tokens[i].text, NULL));
      }

  return strata_sqlite_spell (tokens, n, NULL);
}
