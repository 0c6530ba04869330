/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/write-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

void
strata_python_writer_refuse (StrataPythonWriter *self,
                             const char         *format,
                             ...)
{
  va_list args;

  if (self->problem != NULL)
    return;
  va_start (args, format);
  self->problem = g_strdup_vprintf (_(format), args);
  va_end (args);
}

/* A change of one table that is there; batch_op has no if_exists for all of them. */
static gboolean
can_batch (const StrataOperation *operation)
{
  switch (operation->kind)
    {
    case STRATA_OPERATION_ADD_COLUMN:
    case STRATA_OPERATION_DROP_COLUMN:
      return !operation->is_tolerant;
    case STRATA_OPERATION_ALTER_COLUMN:
    case STRATA_OPERATION_CREATE_INDEX:
    case STRATA_OPERATION_DROP_INDEX:
    case STRATA_OPERATION_COMMENT_TABLE:
      return TRUE;
    case STRATA_OPERATION_ADD_CONSTRAINT:
    case STRATA_OPERATION_DROP_CONSTRAINT:
      return operation->constraint.kind != STRATA_CONSTRAINT_EXCLUDE && !operation->is_tolerant;
    case STRATA_OPERATION_CREATE_TABLE:
    case STRATA_OPERATION_DROP_TABLE:
    case STRATA_OPERATION_RENAME_TABLE:
    case STRATA_OPERATION_EXECUTE:
    case STRATA_OPERATION_BULK_INSERT:
    case STRATA_OPERATION_CREATE_TYPE:
    case STRATA_OPERATION_DROP_TYPE:
    case STRATA_OPERATION_CREATE_SEQUENCE:
    case STRATA_OPERATION_DROP_SEQUENCE:
    case STRATA_OPERATION_CREATE_SCHEMA:
    case STRATA_OPERATION_DROP_SCHEMA:
    default:
      return FALSE;
    }
}

static gboolean
same_table (const StrataOperation *a,
            const StrataOperation *b)
{
  return g_strcmp0 (a->table, b->table) == 0 && g_strcmp0 (a->schema, b->schema) == 0;
}

static void
write_note (StrataPythonWriter      *self,
            const StrataPythonStyle *style,
            guint                    index,
            const char              *indentation)
{
  if (style->notes != NULL && style->notes[index] != NULL)
    g_string_append_printf (self->out, "%s# %s\n", indentation, style->notes[index]);
}

static gboolean
is_outside (const StrataPythonStyle *style,
            guint                    index)
{
  return style->is_outside != NULL && style->is_outside[index];
}

static gboolean
is_batched (const StrataOperation   *operation,
            const StrataPythonStyle *style,
            guint                    index)
{
  return style->as_batch && can_batch (operation) && !is_outside (style, index)
         && (style->is_direct == NULL || !style->is_direct[index]);
}

/* Whether one of the operations of a table in a row, from the index on, is more than an index, which no server makes the
 * table anew for; of a project that has batches everywhere they all are. */
static gboolean
begins_batch (const StrataOperation * const *operations,
              const StrataPythonStyle       *style,
              guint                          index)
{
  for (guint i = index; operations[i] != NULL && is_batched (operations[i], style, i)
                        && same_table (operations[index], operations[i]); i++)
    if (!style->as_few_batches || (operations[i]->kind != STRATA_OPERATION_CREATE_INDEX
                                   && operations[i]->kind != STRATA_OPERATION_DROP_INDEX))
      return TRUE;

  return FALSE;
}

/* Operations of one table in a row, from the index on; returns how many. */
static guint
write_batch (StrataPythonWriter            *self,
             const StrataOperation * const *operations,
             const StrataPythonStyle       *style,
             guint                          index)
{
  guint n = 0;

  operations += index;
  g_string_append (self->out, "with op.batch_alter_table(");
  strata_python_write_text (self, operations[0]->table);
  g_string_append (self->out, ", schema=");
  strata_python_write_text (self, operations[0]->schema);
  g_string_append (self->out, ") as batch_op:\n");
  self->in_batch = TRUE;
  for (; operations[n] != NULL && is_batched (operations[n], style, index + n) && same_table (operations[0], operations[n]); n++)
    {
      write_note (self, style, index + n, "    ");
      g_string_append (self->out, "    ");
      strata_python_write_operation (self, operations[n]);
      g_string_append_c (self->out, '\n');
    }
  self->in_batch = FALSE;
  g_string_append_c (self->out, '\n');

  return n;
}

/* The same of what can't run in a transaction. A directive of several lines stays within: its lines are argument lists. */
static guint
write_outside (StrataPythonWriter            *self,
               const StrataOperation * const *operations,
               const StrataPythonStyle       *style,
               guint                          index)
{
  guint i = index;

  g_string_append (self->out, "with op.get_context().autocommit_block():\n");
  for (; operations[i] != NULL && is_outside (style, i); i++)
    {
      write_note (self, style, i, "    ");
      g_string_append (self->out, "    ");
      strata_python_write_operation (self, operations[i]);
      g_string_append_c (self->out, '\n');
    }

  return i - index;
}

/* What another server than the one of the comparison would not take. */
static void
write_of_sqlite (StrataPythonWriter    *self,
                 const StrataOperation *operation)
{
  g_string_append (self->out, "if op.get_context().dialect.name == 'sqlite':\n    ");
  strata_python_write_operation (self, operation);
}

/* Elsewhere its statements may well run, and leave the table without what SQLite has no word for, such as a sequence. */
static void
write_refusal (StrataPythonWriter *self,
               const char         *made_anew)
{
  g_autofree char *reason = g_strdup_printf ("%s is made anew by statements for SQLite: write down what this server wants", made_anew);

  g_string_append (self->out, "if op.get_context().dialect.name != 'sqlite':\n    raise NotImplementedError(");
  strata_python_write_text (self, reason);
  g_string_append (self->out, ")\n");
}

/* Every line but the first four blanks further, and none that is only blanks; a text in three quotes is never written. */
static char *
indent (const char *text)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? "\n" : "");
      if (*lines[i] != '\0')
        g_string_append_printf (out, "%s%s", i > 0 ? "    " : "", lines[i]);
    }

  return g_strchomp (g_string_free (g_steal_pointer (&out), FALSE));
}

char *
strata_python_write_body (const StrataOperation * const  *operations,
                          const StrataPythonStyle        *style,
                          GHashTable                     *imports,
                          GError                        **error)
{
  g_autoptr(GString) out = g_string_new ("# ### commands auto generated by Alembic - please adjust! ###\n");
  StrataPythonWriter self = { .out = out, .imports = imports };
  guint i = 0;

  if (style->made_anew != NULL)
    write_refusal (&self, style->made_anew);
  while (operations != NULL && operations[i] != NULL && self.problem == NULL)
    if (begins_batch (operations, style, i))
      i += write_batch (&self, operations, style, i);
    else if (is_outside (style, i))
      i += write_outside (&self, operations, style, i);
    else
      {
        write_note (&self, style, i, "");
        if (style->is_of_sqlite != NULL && style->is_of_sqlite[i])
          write_of_sqlite (&self, operations[i++]);
        else
          strata_python_write_operation (&self, operations[i++]);
        g_string_append_c (out, '\n');
      }
  if (i == 0)
    g_string_append (out, "pass\n");
  g_string_append (out, "# ### end Alembic commands ###");

  if (self.problem != NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON, _("%s can't be written as Python: %s"),
                   strata_operation_kind_get_name (operations[i - 1]->kind), self.problem);
      g_free (self.problem);
      return NULL;
    }

  return indent (out->str);
}

char *
strata_python_write_imports (GHashTable *imports)
{
  g_autoptr(GList) lines = g_list_sort (g_hash_table_get_keys (imports), (GCompareFunc) g_strcmp0);
  g_autoptr(GString) out = g_string_new (NULL);

  for (GList *l = lines; l != NULL; l = l->next)
    g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", (char *) l->data);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
