/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys, checks and references in a CREATE TABLE of SQLite. */

#include "config.h"

#include "core/sql/sqlite-create-private.h"

#include "core/sql/statement.h"

#include <string.h>

#define is strata_sqlite_parser_is
#define take strata_sqlite_parser_take
#define keep strata_sqlite_parser_keep

const char *
strata_sqlite_parser_conflict (StrataSqliteParser *self)
{
  guint from = self->at;

  if (take (self, "ON") && take (self, "CONFLICT"))
    {
      self->at++;
      return keep (self, g_ascii_strup (strata_sqlite_parser_spell (self, from, MIN (self->at, self->n_tokens)), -1));
    }
  self->at = from;

  return NULL;
}

static StrataSqliteConstraint *
add (StrataSqliteParser         *self,
     StrataSqliteConstraintKind  kind,
     const char                 *name,
     const StrataSqliteColumn   *column)
{
  StrataSqliteConstraint *constraint = g_new0 (StrataSqliteConstraint, 1);

  constraint->kind = kind;
  constraint->name = name;
  constraint->is_of_column = column != NULL;
  constraint->columns = g_ptr_array_new ();
  constraint->referred = g_ptr_array_new ();
  if (column != NULL)
    g_ptr_array_add (constraint->columns, (gpointer) column->name);
  g_ptr_array_add (self->create->constraints, constraint);

  return constraint;
}

static void
append_names (GString         *out,
              const GPtrArray *names)
{
  g_string_append (out, " (");
  for (guint i = 0; i < names->len; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      strata_sql_append_identifier (out, STRATA_DIALECT_SQLITE, names->pdata[i]);
    }
  g_string_append_c (out, ')');
}

/* "(a COLLATE x DESC, b)": as text without ASC, and the names. */
static const char *
read_key_columns (StrataSqliteParser     *self,
                  StrataSqliteConstraint *constraint)
{
  g_autoptr(GString) out = g_string_new (NULL);

  if (!take (self, "("))
    return "";

  do
    {
      guint from = self->at, end;
      const char *name = strata_sqlite_parser_name (self);
      StrataSqliteColumn *column = name != NULL ? strata_sqlite_create_find (self->create, name) : NULL;

      while (self->at < self->n_tokens && !is (self, ",") && !is (self, ")") && !is (self, "AUTOINCREMENT"))
        self->at++;
      end = self->at - (self->at > from + 1 && strata_token_is_word (&self->tokens[self->at - 1], "ASC"));
      constraint->is_autoincrement |= take (self, "AUTOINCREMENT");
      g_string_append (out, out->len > 0 ? ", " : "");
      if (column != NULL)
        strata_sql_append_identifier (out, STRATA_DIALECT_SQLITE, column->name);
      else
        g_string_append (out, strata_sqlite_parser_spell (self, from, MIN (from + 1, end)));
      if (end > from + 1)
        g_string_append_printf (out, " %s", strata_sqlite_parser_spell (self, from + 1, end));
      g_ptr_array_add (constraint->columns, (gpointer) (column != NULL ? column->name : name != NULL ? name : ""));
    }
  while (take (self, ","));
  take (self, ")");

  return keep (self, g_string_free (g_steal_pointer (&out), FALSE));
}

static void
finish_key (StrataSqliteParser     *self,
            StrataSqliteConstraint *constraint,
            const char             *columns)
{
  const char *conflict = strata_sqlite_parser_conflict (self);
  gboolean is_primary = constraint->kind == STRATA_SQLITE_PRIMARY_KEY;

  constraint->is_autoincrement |= is_primary && take (self, "AUTOINCREMENT");
  constraint->tail = conflict;
  constraint->text = keep (self, g_strdup_printf ("%s%s (%s%s)%s%s", is_primary ? "PRIMARY KEY" : "UNIQUE",
                                                  constraint->is_descending ? " DESC" : "", columns,
                                                  constraint->is_autoincrement ? " AUTOINCREMENT" : "",
                                                  conflict != NULL ? " " : "", conflict != NULL ? conflict : ""));
}

static void
read_key (StrataSqliteParser         *self,
          StrataSqliteConstraintKind  kind,
          const char                 *name,
          const StrataSqliteColumn   *column)
{
  StrataSqliteConstraint *constraint = add (self, kind, name, column);
  g_autofree char *quoted = NULL;

  if (column == NULL)
    {
      finish_key (self, constraint, read_key_columns (self, constraint));
      return;
    }

  if (kind == STRATA_SQLITE_PRIMARY_KEY && !take (self, "ASC"))
    constraint->is_descending = take (self, "DESC");
  quoted = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, column->name);
  finish_key (self, constraint, quoted);
}

static gboolean
read_check (StrataSqliteParser       *self,
            const char               *name,
            const StrataSqliteColumn *column)
{
  guint from = self->at + 1;
  StrataSqliteConstraint *constraint;
  const char *conflict;

  if (!strata_sqlite_parser_skip_group (self))
    return FALSE;

  constraint = add (self, STRATA_SQLITE_CHECK, name, column);
  constraint->written_condition = strata_sqlite_parser_inside (self, from - 1, self->at);
  constraint->condition = strata_sqlite_parser_spell (self, from, self->at - 1);
  conflict = column == NULL ? strata_sqlite_parser_conflict (self) : NULL;
  constraint->tail = conflict;
  constraint->text = keep (self, g_strdup_printf ("CHECK (%s)%s%s", constraint->condition, conflict != NULL ? " " : "",
                                                  conflict != NULL ? conflict : ""));

  return TRUE;
}

/* "SET NULL"; NULL where it is what would be done anyway. */
static const char *
read_action (StrataSqliteParser *self)
{
  guint from = self->at;

  if (take (self, "NO"))
    {
      take (self, "ACTION");
      return NULL;
    }

  take (self, "SET");
  self->at++;

  return keep (self, g_ascii_strup (strata_sqlite_parser_spell (self, from, MIN (self->at, self->n_tokens)), -1));
}

/* "DEFERRABLE INITIALLY DEFERRED"; FALSE where it does not stand there. */
static gboolean
read_deferrable (StrataSqliteParser     *self,
                 StrataSqliteConstraint *constraint)
{
  guint from = self->at;
  gboolean is_not = take (self, "NOT");

  if (!take (self, "DEFERRABLE"))
    {
      self->at = from;      /* the NOT of a NOT NULL */
      return FALSE;
    }

  constraint->deferrable = is_not ? "NOT DEFERRABLE" : "DEFERRABLE";
  constraint->initially = NULL;
  if (take (self, "INITIALLY"))
    {
      constraint->initially = is (self, "DEFERRED") ? "DEFERRED" : "IMMEDIATE";
      self->at++;
    }

  return TRUE;
}

void
strata_sqlite_set_reference_text (StrataSqliteCreate     *create,
                                  StrataSqliteConstraint *constraint)
{
  g_autoptr(GString) out = g_string_new ("FOREIGN KEY");

  append_names (out, constraint->columns);
  g_string_append (out, " REFERENCES ");
  strata_sql_append_identifier (out, STRATA_DIALECT_SQLITE, constraint->table);
  if (constraint->referred->len > 0)
    append_names (out, constraint->referred);
  g_string_append (out, constraint->tail);
  constraint->text = g_string_chunk_insert (create->texts, out->str);
}

static void
append_tail (GString    *tail,
             const char *words,
             const char *text)
{
  if (text == NULL)
    return;

  g_string_append (tail, words);
  g_string_append (tail, text);
}

static void
finish_reference (StrataSqliteParser     *self,
                  StrataSqliteConstraint *constraint)
{
  GString *tail = self->scratch;

  g_string_truncate (tail, 0);
  append_tail (tail, " ON DELETE ", constraint->on_delete);
  append_tail (tail, " ON UPDATE ", constraint->on_update);
  append_tail (tail, " MATCH ", constraint->match);
  append_tail (tail, " ", constraint->deferrable);
  append_tail (tail, " INITIALLY ", constraint->initially);
  constraint->tail = g_string_chunk_insert_len (self->create->texts, tail->str, tail->len);
  strata_sqlite_set_reference_text (self->create, constraint);
}

/* Behind REFERENCES. */
static gboolean
read_reference (StrataSqliteParser     *self,
                StrataSqliteConstraint *constraint)
{
  constraint->table = strata_sqlite_parser_name (self);
  if (constraint->table == NULL)
    return FALSE;
  if (take (self, "("))
    {
      do
        {
          const char *name = strata_sqlite_parser_name (self);

          if (name == NULL)
            return FALSE;
          g_ptr_array_add (constraint->referred, (gpointer) name);
        }
      while (take (self, ","));
      take (self, ")");
    }

  while (is (self, "ON") || is (self, "MATCH"))
    {
      if (take (self, "MATCH"))
        constraint->match = strata_sqlite_parser_name (self);
      else if (take (self, "ON") && take (self, "DELETE"))
        constraint->on_delete = read_action (self);
      else if (take (self, "UPDATE"))
        constraint->on_update = read_action (self);
      else
        return FALSE;
    }

  read_deferrable (self, constraint);
  finish_reference (self, constraint);

  return TRUE;
}

gboolean
strata_sqlite_parser_deferrable (StrataSqliteParser *self)
{
  GPtrArray *constraints = self->create->constraints;
  StrataSqliteConstraint *last = constraints->len > 0 ? constraints->pdata[constraints->len - 1] : NULL;

  if (last == NULL || last->kind != STRATA_SQLITE_FOREIGN_KEY || !read_deferrable (self, last))
    return FALSE;

  finish_reference (self, last);

  return TRUE;
}

static gboolean
drop_last (StrataSqliteParser *self)
{
  g_ptr_array_set_size (self->create->constraints, self->create->constraints->len - 1);

  return FALSE;
}

static gboolean
read_foreign (StrataSqliteParser       *self,
              const char               *name,
              const StrataSqliteColumn *column)
{
  StrataSqliteConstraint *constraint = add (self, STRATA_SQLITE_FOREIGN_KEY, name, column);

  if (column == NULL)
    {
      if (!take (self, "KEY"))
        return drop_last (self);
      read_key_columns (self, constraint);
      if (!take (self, "REFERENCES"))
        return drop_last (self);
    }

  return read_reference (self, constraint) || drop_last (self);
}

gboolean
strata_sqlite_parser_constraint (StrataSqliteParser *self,
                                 const char         *name,
                                 StrataSqliteColumn *column)
{
  if (take (self, "PRIMARY"))
    {
      take (self, "KEY");
      read_key (self, STRATA_SQLITE_PRIMARY_KEY, name, column);
      return TRUE;
    }
  if (take (self, "UNIQUE"))
    {
      read_key (self, STRATA_SQLITE_UNIQUE, name, column);
      return TRUE;
    }
  if (take (self, "CHECK"))
    return read_check (self, name, column);
  if (take (self, column != NULL ? "REFERENCES" : "FOREIGN"))
    return read_foreign (self, name, column);

  return FALSE;
}
