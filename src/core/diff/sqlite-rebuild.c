/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table made anew: the rows are copied, the old one is dropped and the new one gets its name. References of other tables
 * are by name, and are not enforced while Strata or Alembic runs this: nothing that refers to the rows is deleted. */

#include "config.h"

#include "core/diff/sqlite-private.h"

#include "core/sql/sqlite-render.h"
#include "core/sql/statement.h"

#include <string.h>

static char *
dup_temporary_name (const StrataDiff *diff,
                    const char       *name)
{
  g_autofree char *base = g_strconcat ("_strata_new_", name, NULL);
  StrataObject like = { .kind = STRATA_OBJECT_TABLE, .name = base };

  while (strata_picture_find_object (diff->from, &like) != NULL || strata_picture_find_object (diff->to, &like) != NULL)
    {
      char *longer = g_strconcat ("_", base, NULL);

      g_free (base);
      like.name = base = longer;
    }

  return g_steal_pointer (&base);
}

/* The author's own text, under another name. */
static char *
dup_renamed (const char *text,
             const char *name)
{
  g_autoptr(GArray) tokens = strata_sqlite_tokenize (text);
  g_autofree char *quoted = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, name);
  const StrataToken *token = &g_array_index (tokens, StrataToken, 2);

  return g_strdup_printf ("%.*s%s%s", (int) (token->text - text), text, quoted, token->text + token->length);
}

static gboolean
is_same_name (const StrataSqliteColumn *column,
              const char               *name)
{
  return g_ascii_strcasecmp (column->name, name) == 0;
}

static gboolean
is_copied (const StrataSqliteChange *change,
           const StrataSqliteColumn *column)
{
  if (column->generated != NULL)
    return FALSE;

  for (guint i = 0; i < change->old->columns->len; i++)
    if (is_same_name (change->old->columns->pdata[i], column->name))
      return TRUE;

  return FALSE;
}

/* A table that ignores or replaces on conflict would lose rows without a word. */
static gboolean
has_conflict (const StrataSqliteCreate *create)
{
  gboolean is_found = FALSE;

  for (guint i = 0; i < create->constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = create->constraints->pdata[i];

      is_found |= constraint->kind != STRATA_SQLITE_FOREIGN_KEY && constraint->tail != NULL;
    }
  for (guint i = 0; i < create->columns->len; i++)
    is_found |= ((const StrataSqliteColumn *) create->columns->pdata[i])->not_null_conflict != NULL;

  return is_found;
}

static void
copy_rows (StrataDiff               *diff,
           const StrataSqliteChange *change,
           const char               *old,
           const char               *new)
{
  g_autoptr(GString) columns = g_string_new (NULL);

  for (guint i = 0; i < change->target->columns->len; i++)
    {
      const StrataSqliteColumn *column = change->target->columns->pdata[i];
      g_autofree char *name = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, column->name);

      if (is_copied (change, column))
        g_string_append_printf (columns, "%s%s", columns->len > 0 ? ", " : "", name);
    }

  if (columns->len > 0)
    strata_diff_take_step (diff, NULL, g_strdup_printf ("INSERT %sINTO %s (%s) SELECT %s FROM %s",
                                                        has_conflict (change->target) ? "OR ABORT " : "", new, columns->str,
                                                        columns->str, old));
}

static gboolean
counts (const StrataSqliteCreate *create)
{
  const StrataSqliteConstraint *key = strata_sqlite_create_get_key (create);

  return key != NULL && key->is_autoincrement;
}

/* AUTOINCREMENT promises that no number comes again, that of the last deleted row neither. */
static void
copy_sequence (StrataDiff *diff,
               const char *old,
               const char *new)
{
  g_autofree char *from = strata_sql_quote_literal (STRATA_DIALECT_SQLITE, old);
  g_autofree char *to = strata_sql_quote_literal (STRATA_DIALECT_SQLITE, new);

  strata_diff_take_step (diff, NULL, g_strdup_printf ("DELETE FROM sqlite_sequence WHERE name = %s", to));
  strata_diff_take_step (diff, NULL, g_strdup_printf ("INSERT INTO sqlite_sequence (name, seq) SELECT %s, seq FROM "
                                                      "sqlite_sequence WHERE name = %s", to, from));
}

/* Of a virtual table nobody but its module knows what it holds. */
static void
make_anew (StrataDiff               *diff,
           const StrataSqliteChange *change)
{
  g_autofree char *name = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, change->to->name);
  const StrataDifference *difference = change->differences->len > 0 ? change->differences->pdata[0] : NULL;

  strata_diff_take_step (diff, difference, g_strdup_printf ("DROP TABLE %s", name));
  strata_diff_take_step (diff, difference, g_strdup (change->to->text));
}

void
strata_sqlite_rebuild (StrataDiff               *diff,
                       const StrataSqliteChange *change)
{
  g_autofree char *name = NULL;
  g_autofree char *temporary = NULL;
  g_autofree char *new_name = NULL;

  if (change->target == NULL)
    {
      make_anew (diff, change);
      return;
    }

  name = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, change->to->name);
  temporary = dup_temporary_name (diff, change->to->name);
  new_name = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, temporary);

  strata_diff_take_step (diff, NULL, change->is_partial
                                     ? strata_sqlite_render_table (change->target, temporary, STRATA_SQLITE_RENDER_WRITTEN)
                                     : dup_renamed (change->to->text, temporary));
  copy_rows (diff, change, name, new_name);
  if (counts (change->old) && counts (change->target))
    copy_sequence (diff, change->to->name, temporary);
  strata_diff_take_step (diff, NULL, g_strdup_printf ("DROP TABLE %s", name));
  strata_diff_take_step (diff, NULL, g_strdup_printf ("ALTER TABLE %s RENAME TO %s", new_name, name));
}
