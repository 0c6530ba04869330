/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A CREATE TABLE as SQLite has it after tables and columns got other names. */

#include "config.h"

#include "core/sql/sqlite-create-private.h"

#include "core/sql/statement.h"

#include <string.h>

static gboolean
is_called (const char *name,
           const char *other)
{
  return name != NULL && g_ascii_strcasecmp (name, other) == 0;
}

static const char *
keep (StrataSqliteCreate *self,
      char               *text)
{
  const char *kept = g_string_chunk_insert (self->texts, text);

  g_free (text);

  return kept;
}

static const char *
rename_text (StrataSqliteCreate *self,
             const char         *text,
             GHashTable         *names)
{
  return text != NULL ? keep (self, strata_sqlite_rename (text, names)) : NULL;
}

static void
rename_in_list (GPtrArray  *names,
                const char *old,
                const char *new)
{
  for (guint i = 0; i < names->len; i++)
    if (is_called (names->pdata[i], old))
      names->pdata[i] = (gpointer) new;
}

/* Columns of the table; those that a foreign key refers to are another's. */
static void
rename_in_constraint (StrataSqliteCreate     *self,
                      StrataSqliteConstraint *constraint,
                      GHashTable             *names,
                      const char             *old,
                      const char             *new)
{
  rename_in_list (constraint->columns, old, new);
  if (constraint->kind == STRATA_SQLITE_FOREIGN_KEY)
    {
      strata_sqlite_set_reference_text (self, constraint);
      return;
    }
  constraint->text = rename_text (self, constraint->text, names);
  constraint->condition = rename_text (self, constraint->condition, names);
}

void
strata_sqlite_create_rename_column (StrataSqliteCreate *self,
                                    const char         *old,
                                    const char         *new)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  StrataSqliteColumn *column = strata_sqlite_create_find (self, old);
  const char *kept = g_string_chunk_insert (self->texts, new);

  if (column == NULL)
    return;

  g_hash_table_insert (names, g_ascii_strdown (old, -1), (gpointer) kept);
  column->name = kept;
  rename_in_list (self->names, old, kept);
  for (guint i = 0; i < self->columns->len; i++)
    {
      StrataSqliteColumn *other = self->columns->pdata[i];

      other->generated = rename_text (self, other->generated, names);
    }
  for (guint i = 0; i < self->constraints->len; i++)
    rename_in_constraint (self, self->constraints->pdata[i], names, old, kept);
}

void
strata_sqlite_create_rename_table (StrataSqliteCreate *self,
                                   const char         *old,
                                   const char         *new)
{
  if (is_called (self->name, old))
    {
      g_free (self->name);
      self->name = g_strdup (new);
    }

  for (guint i = 0; i < self->constraints->len; i++)
    {
      StrataSqliteConstraint *constraint = self->constraints->pdata[i];

      if (constraint->kind != STRATA_SQLITE_FOREIGN_KEY || !is_called (constraint->table, old))
        continue;
      constraint->table = g_string_chunk_insert (self->texts, new);
      strata_sqlite_set_reference_text (self, constraint);
    }
}

void
strata_sqlite_create_rename_referred (StrataSqliteCreate *self,
                                      const char         *table,
                                      const char         *old,
                                      const char         *new)
{
  const char *kept = g_string_chunk_insert (self->texts, new);

  for (guint i = 0; i < self->constraints->len; i++)
    {
      StrataSqliteConstraint *constraint = self->constraints->pdata[i];

      if (constraint->kind != STRATA_SQLITE_FOREIGN_KEY || !is_called (constraint->table, table))
        continue;
      rename_in_list (constraint->referred, old, kept);
      strata_sqlite_set_reference_text (self, constraint);
    }
}

char *
strata_sqlite_constraint_dup_label (const StrataSqliteConstraint *self)
{
  const char *start = strchr (self->text, '(');
  gsize length;

  if (self->name != NULL)
    return g_strdup (self->name);

  start = start != NULL ? start : self->text;
  length = strlen (start);
  if (self->tail != NULL && g_str_has_suffix (start, self->tail))
    length -= strlen (self->tail);

  return g_strchomp (g_strndup (start, length));
}
