/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/names/operation-mentions.h"

#include <string.h>

/* A call that goes on for longer is placed by its first line. */
#define MOST_LINES 80

static void
add (StrataMentions        *self,
     StrataMentionKind      kind,
     const StrataOperation *operation,
     const char            *column,
     const char            *new_name)
{
  if (operation->table != NULL)
    strata_mentions_add (self, kind, operation->table, column, new_name);
}

static void
use (StrataMentions        *self,
     const StrataOperation *operation,
     const char            *column)
{
  add (self, column != NULL ? STRATA_MENTION_USES_COLUMN : STRATA_MENTION_USES_TABLE, operation, column, NULL);
}

static void
add_reference (StrataMentions         *self,
               StrataDialect           dialect,
               const StrataConstraint *constraint)
{
  const StrataReference *reference = constraint->reference;

  gboolean may_come_later = dialect != STRATA_DIALECT_POSTGRESQL;

  if (reference == NULL || reference->table == NULL)
    return;

  strata_mentions_add (self, may_come_later ? STRATA_MENTION_REFERS_TO : STRATA_MENTION_USES_TABLE, reference->table, NULL,
                       NULL);
  for (guint i = 0; !may_come_later && reference->columns != NULL && reference->columns[i] != NULL; i++)
    strata_mentions_add (self, STRATA_MENTION_USES_COLUMN, reference->table, reference->columns[i], NULL);
}

static void
add_references (StrataMentions                 *self,
                StrataDialect                   dialect,
                const StrataConstraint * const *constraints)
{
  for (guint i = 0; constraints != NULL && constraints[i] != NULL; i++)
    add_reference (self, dialect, constraints[i]);
}

/* TEMPORARY; columns that come from elsewhere. */
static gboolean
is_plain (const StrataCreateTable *create)
{
  for (guint i = 0; create->prefixes != NULL && create->prefixes[i] != NULL; i++)
    if (g_ascii_strcasecmp (create->prefixes[i], "UNLOGGED") != 0)
      return FALSE;

  return create->options == NULL || strata_options_find (create->options, "postgresql_inherits") == NULL;
}

static void
create_table (StrataMentions        *self,
              StrataDialect          dialect,
              const StrataOperation *operation)
{
  const StrataCreateTable *create = &operation->create_table;

  add (self, STRATA_MENTION_MAKES_TABLE, operation, NULL, NULL);
  for (guint i = 0; create->columns != NULL && create->columns[i] != NULL; i++)
    add (self, STRATA_MENTION_ADDS_COLUMN, operation, create->columns[i]->name, NULL);
  if (!is_plain (create))
    add (self, STRATA_MENTION_DOUBTS_TABLE, operation, NULL, NULL);
  else if (operation->is_tolerant)
    add (self, STRATA_MENTION_DOUBTS_COLUMNS, operation, NULL, NULL);

  for (guint i = 0; create->columns != NULL && create->columns[i] != NULL; i++)
    add_references (self, dialect, create->columns[i]->constraints);
  add_references (self, dialect, create->constraints);
}

static void
alter_column (StrataMentions        *self,
              const StrataOperation *operation)
{
  const StrataAlterColumn *alter = &operation->alter_column;

  use (self, operation, NULL);
  use (self, operation, alter->column);
  if (alter->new_name != NULL && g_ascii_strcasecmp (alter->new_name, alter->column) != 0)
    add (self, STRATA_MENTION_RENAMES_COLUMN, operation, alter->column, alter->new_name);
}

static void
create_index (StrataMentions        *self,
              const StrataOperation *operation)
{
  if (operation->is_tolerant)
    return;

  use (self, operation, NULL);
  for (guint i = 0; operation->index.columns != NULL && operation->index.columns[i] != NULL; i++)
    if (operation->index.columns[i]->kind == STRATA_EXPRESSION_COLUMN)
      use (self, operation, operation->index.columns[i]->name);
}

static void
add_constraint (StrataMentions        *self,
                StrataDialect          dialect,
                const StrataOperation *operation)
{
  const char * const *columns = operation->constraint.columns;

  use (self, operation, NULL);
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    use (self, operation, columns[i]);
  add_reference (self, dialect, &operation->constraint);
}

static void
bulk_insert (StrataMentions        *self,
             const StrataOperation *operation)
{
  const StrataExpression * const *rows = operation->bulk_insert.rows;

  use (self, operation, NULL);
  if (rows == NULL || rows[0] == NULL)
    return;

  for (guint i = 0; rows[0]->items != NULL && rows[0]->items[i] != NULL; i++)
    if (rows[0]->items[i]->kind == STRATA_EXPRESSION_VALUE && rows[0]->items[i]->name != NULL)
      use (self, operation, rows[0]->items[i]->name);
}

static void
drop (StrataMentions        *self,
      StrataMentionKind      kind,
      const StrataOperation *operation,
      const char            *column)
{
  if (column != NULL)
    use (self, operation, NULL);
  if (!operation->is_tolerant)
    use (self, operation, column);
  add (self, kind, operation, column, NULL);
}

void
strata_mentions_add_operation (StrataMentions        *self,
                               StrataDialect          dialect,
                               const StrataOperation *operation)
{
  switch (operation->kind)
    {
    case STRATA_OPERATION_CREATE_TABLE:
      create_table (self, dialect, operation);
      break;
    case STRATA_OPERATION_DROP_TABLE:
      drop (self, STRATA_MENTION_DROPS_TABLE, operation, NULL);
      break;
    case STRATA_OPERATION_RENAME_TABLE:
      use (self, operation, NULL);
      add (self, STRATA_MENTION_RENAMES_TABLE, operation, NULL, operation->new_name);
      break;
    case STRATA_OPERATION_ADD_COLUMN:
      use (self, operation, NULL);
      add (self, STRATA_MENTION_ADDS_COLUMN, operation, operation->add_column.column->name, NULL);
      add_references (self, dialect, operation->add_column.column->constraints);
      break;
    case STRATA_OPERATION_DROP_COLUMN:
      drop (self, STRATA_MENTION_DROPS_COLUMN, operation, operation->column);
      break;
    case STRATA_OPERATION_ALTER_COLUMN:
      alter_column (self, operation);
      break;
    case STRATA_OPERATION_CREATE_INDEX:
      create_index (self, operation);
      break;
    case STRATA_OPERATION_ADD_CONSTRAINT:
      add_constraint (self, dialect, operation);
      break;
    case STRATA_OPERATION_DROP_CONSTRAINT:
    case STRATA_OPERATION_COMMENT_TABLE:
      use (self, operation, NULL);
      break;
    case STRATA_OPERATION_BULK_INSERT:
      bulk_insert (self, operation);
      break;
    case STRATA_OPERATION_CREATE_SEQUENCE:
      strata_mentions_add (self, STRATA_MENTION_MAKES_RELATION, operation->sequence.name, NULL, NULL);
      break;
    case STRATA_OPERATION_DROP_INDEX:
    case STRATA_OPERATION_EXECUTE:
    case STRATA_OPERATION_CREATE_TYPE:
    case STRATA_OPERATION_DROP_TYPE:
    case STRATA_OPERATION_DROP_SEQUENCE:
    case STRATA_OPERATION_CREATE_SCHEMA:
    case STRATA_OPERATION_DROP_SCHEMA:
    default:
      break;
    }
}

static gboolean
is_letter (char c)
{
  return g_ascii_isalnum (c) || c == '_' || (c & 0x80) != 0;
}

static const char *
find_word (const char *text,
           const char *end,
           const char *word)
{
  gsize length = strlen (word);

  for (const char *at = text; (at = g_strstr_len (at, end - at, word)) != NULL; at++)
    if ((at == text || !is_letter (at[-1])) && (at + length == end || !is_letter (at[length])))
      return at;

  return NULL;
}

static const char *
skip_lines (const char *text,
            guint       n)
{
  for (const char *next; n > 0 && (next = strchr (text, '\n')) != NULL; n--)
    text = next + 1;

  return n == 0 ? text : text + strlen (text);
}

static void
place (StrataMention *mention,
       const char    *start,
       const char    *end,
       guint          line)
{
  const char *name = mention->column != NULL ? mention->column : mention->table;
  const char *at = name != NULL ? find_word (start, end, name) : NULL;
  const char *line_start = start;

  mention->line = line;
  mention->text_column = 0;
  if (at == NULL)
    return;

  for (const char *c = start; c < at; c++)
    if (*c == '\n')
      {
        line_start = c + 1;
        mention->line++;
      }
  mention->text_column = g_utf8_strlen (line_start, at - line_start) + 1;
}

void
strata_mentions_locate (StrataMentions *self,
                        guint           first,
                        const char     *text,
                        guint           line)
{
  const char *start = skip_lines (text, line > 0 ? line - 1 : 0);
  const char *end = skip_lines (start, MOST_LINES);

  for (guint i = first; i < strata_mentions_get_n (self); i++)
    place ((StrataMention *) strata_mentions_get (self, i), start, end, line);
}
