/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What differs in a pair of SQLite's objects: by their texts in one spelling, as the pragmas are silent on most of it. */

#include "config.h"

#include "core/diff/sqlite-private.h"

#include "core/ddl/ddl.h"
#include "core/sql/sqlite-render.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char * const strict_review = N_("fails where a value is not of the column's type");

static void
report_type (StrataDiff               *diff,
             const StrataObject       *from,
             const StrataObject       *to,
             const StrataSqliteColumn *old,
             const StrataSqliteCreate *new_table,
             const StrataSqliteColumn *new)
{
  StrataDifference *difference = strata_diff_report_change (diff, from, to, old->name, "type", old->type, new->type);

  if (difference != NULL && new_table->is_strict && g_strcmp0 (new->type, "ANY") != 0)
    difference->review = strict_review;
}

static void
compare_column (StrataDiff               *diff,
                const StrataObject       *from,
                const StrataObject       *to,
                const StrataSqliteCreate *old_table,
                const StrataSqliteColumn *old,
                const StrataSqliteCreate *new_table,
                const StrataSqliteColumn *new)
{
  gboolean was_null = !old->is_not_null || strata_sqlite_create_is_never_null (old_table, old);
  gboolean is_null = !new->is_not_null || strata_sqlite_create_is_never_null (new_table, new);
  g_autofree char *was = old->generated != NULL ? g_strdup_printf ("(%s) %s", old->generated,
                                                                   old->is_stored ? "STORED" : "VIRTUAL") : NULL;
  g_autofree char *is = new->generated != NULL ? g_strdup_printf ("(%s) %s", new->generated,
                                                                  new->is_stored ? "STORED" : "VIRTUAL") : NULL;

  report_type (diff, from, to, old, new_table, new);
  strata_diff_report_change (diff, from, to, old->name, "collation", old->collation, new->collation);
  strata_diff_report_change (diff, from, to, old->name, "generated", was, is);
  strata_diff_report_change (diff, from, to, old->name, "default", old->default_text, new->default_text);
  strata_diff_report_change (diff, from, to, old->name, "name of DEFAULT", old->default_name, new->default_name);
  strata_diff_report_change (diff, from, to, old->name, "nullable", was_null ? "NULL" : "NOT NULL",
                             is_null ? "NULL" : "NOT NULL");
  strata_diff_report_change (diff, from, to, old->name, "name of NOT NULL", old->not_null_name, new->not_null_name);
  strata_diff_report_change (diff, from, to, old->name, "on conflict", old->not_null_conflict, new->not_null_conflict);
  strata_diff_report_change (diff, from, to, old->name, "clauses", old->extra, new->extra);
}

/* DEFAULT NULL is none, and what is computed may be NULL. */
static void
report_added (StrataDiff               *diff,
              const StrataObject       *from,
              const StrataObject       *to,
              const StrataSqliteCreate *table,
              const StrataSqliteColumn *column)
{
  StrataDifference *difference = strata_diff_report (diff, STRATA_DIFFERENCE_ADDED, from, to, column->name);

  if (difference->review != NULL || !column->is_not_null || strata_sqlite_create_is_never_null (table, column))
    return;
  if (column->generated != NULL)
    difference->review = N_("fails where a value is NULL");
  else if (column->default_text == NULL)
    difference->review = N_("NOT NULL without a default fails where the table has rows");
}

static void
compare_columns (StrataDiff               *diff,
                 const StrataObject       *from,
                 const StrataObject       *to,
                 const StrataSqliteCreate *old_table,
                 const StrataSqliteCreate *new_table)
{
  for (guint i = 0; i < old_table->columns->len; i++)
    {
      const StrataSqliteColumn *old = old_table->columns->pdata[i];

      if (strata_sqlite_create_find (new_table, old->name) == NULL)
        strata_diff_report (diff, STRATA_DIFFERENCE_REMOVED, from, to, old->name);
    }

  for (guint i = 0; i < new_table->columns->len; i++)
    {
      const StrataSqliteColumn *new = new_table->columns->pdata[i];
      const StrataSqliteColumn *old = strata_sqlite_create_find (old_table, new->name);

      if (old != NULL)
        compare_column (diff, from, to, old_table, old, new_table, new);
      else
        report_added (diff, from, to, new_table, new);
    }
}

/* What is not understood is compared as it stands. */
static char *
dup_others (const StrataSqliteCreate *table)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; i < table->constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = table->constraints->pdata[i];

      if (constraint->kind == STRATA_SQLITE_OTHER)
        g_ptr_array_add (texts, (gpointer) constraint->text);
    }
  if (texts->len == 0)
    return NULL;
  g_ptr_array_add (texts, NULL);

  return g_strjoinv (", ", (char **) texts->pdata);
}

static StrataDifference *
compare_flag (StrataDiff         *diff,
              const StrataObject *from,
              const StrataObject *to,
              const char         *property,
              gboolean            was,
              gboolean            is)
{
  return strata_diff_report_change (diff, from, to, NULL, property, was ? "yes" : "no", is ? "yes" : "no");
}

/* Nobody but its module can turn a virtual table into another. */
static void
compare_virtual (StrataDiff         *diff,
                 const StrataObject *from,
                 const StrataObject *to)
{
  g_autofree char *was = strata_sqlite_render_other (from->text);
  g_autofree char *is = strata_sqlite_render_other (to->text);
  StrataDifference *difference = strata_diff_report_change (diff, from, to, NULL, "definition", was, is);

  if (difference != NULL)
    difference->loss = N_("all its rows");
}

static void
compare_tables (StrataDiff         *diff,
                const StrataObject *from,
                const StrataObject *to)
{
  g_autoptr(StrataSqliteCreate) old = strata_sqlite_create_new (from->text);
  g_autoptr(StrataSqliteCreate) new = strata_sqlite_create_new (to->text);
  g_autofree char *was = old != NULL ? dup_others (old) : NULL;
  g_autofree char *is = new != NULL ? dup_others (new) : NULL;
  StrataDifference *strict;

  if (old == NULL || new == NULL)
    {
      compare_virtual (diff, from, to);
      return;
    }

  strict = compare_flag (diff, from, to, "strict", old->is_strict, new->is_strict);
  if (strict != NULL && new->is_strict)
    strict->review = strict_review;
  compare_flag (diff, from, to, "without rowid", old->is_without_rowid, new->is_without_rowid);
  strata_diff_report_change (diff, from, to, NULL, "options", old->options, new->options);
  strata_diff_report_change (diff, from, to, NULL, "clauses", was, is);
  compare_columns (diff, from, to, old, new);
}

void
strata_sqlite_compare (StrataDiff         *self,
                       const StrataObject *from,
                       const StrataObject *to)
{
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  if (from->is_inherited || to->is_inherited || strcmp (from->text, to->text) == 0)
    return;

  if (from->kind == STRATA_OBJECT_TABLE)
    {
      compare_tables (self, from, to);
      return;
    }

  if (!strata_object_kind_is_constraint (from->kind))
    {
      was = strata_ddl_describe (self->base, from, NULL);
      is = strata_ddl_describe (self->to, to, NULL);
    }
  if (was == NULL || strcmp (was, is) != 0)
    strata_diff_report_change (self, from, to, NULL, "definition", from->text, to->text);
}
