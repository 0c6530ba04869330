/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/rows.h"

#include <string.h>

#define NO_VALUE G_MAXSIZE

struct _StrataRows
{
  guint      n_columns;
  GPtrArray *names;     /* char *, owned */
  GString   *text;      /* all values one after the other, each with its NUL */
  GArray    *offsets;   /* gsize into text, or NO_VALUE; row after row */
  GByteArray *types;    /* StrataCellType, as far as some are not TEXT */
};

StrataRows *
strata_rows_new (guint n_columns)
{
  StrataRows *self = g_new0 (StrataRows, 1);

  self->n_columns = n_columns;
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->text = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->types = g_byte_array_new ();

  return self;
}

void
strata_rows_take_name (StrataRows *self,
                       char       *name)
{
  g_ptr_array_add (self->names, name);
}

void
strata_rows_append (StrataRows *self,
                    const char *value,
                    gssize      length)
{
  gsize offset = value != NULL ? self->text->len : NO_VALUE;

  g_array_append_val (self->offsets, offset);
  if (value == NULL)
    return;

  g_string_append_len (self->text, value, length);
  g_string_append_c (self->text, '\0');
}

void
strata_rows_set_type (StrataRows     *self,
                      StrataCellType  type)
{
  guint before = self->types->len;

  if (type == STRATA_CELL_TEXT)
    return;
  g_byte_array_set_size (self->types, self->offsets->len);
  memset (self->types->data + before, STRATA_CELL_TEXT, self->types->len - before);
  self->types->data[self->types->len - 1] = type;
}

StrataCellType
strata_rows_get_type (const StrataRows *self,
                      guint             row,
                      guint             column)
{
  gsize cell = (gsize) row * self->n_columns + column;

  return cell < self->types->len ? self->types->data[cell] : STRATA_CELL_TEXT;
}

void
strata_rows_free (StrataRows *self)
{
  g_ptr_array_unref (self->names);
  g_string_free (self->text, TRUE);
  g_array_unref (self->offsets);
  g_byte_array_unref (self->types);
  g_free (self);
}

guint
strata_rows_get_n_rows (const StrataRows *self)
{
  return self->n_columns > 0 ? self->offsets->len / self->n_columns : 0;
}

guint
strata_rows_get_n_columns (const StrataRows *self)
{
  return self->n_columns;
}

const char *
strata_rows_get_name (const StrataRows *self,
                      guint             column)
{
  g_return_val_if_fail (column < self->names->len, NULL);

  return g_ptr_array_index (self->names, column);
}

const char *
strata_rows_get (const StrataRows *self,
                 guint             row,
                 guint             column)
{
  gsize offset;

  g_return_val_if_fail (column < self->n_columns, NULL);
  g_return_val_if_fail (row < strata_rows_get_n_rows (self), NULL);

  offset = g_array_index (self->offsets, gsize, (gsize) row * self->n_columns + column);

  return offset != NO_VALUE ? self->text->str + offset : NULL;
}

/* 0 for NULL and for what is no number; "t", PostgreSQL's true, is 1. */
gint64
strata_rows_get_int (const StrataRows *self,
                     guint             row,
                     guint             column)
{
  const char *value = strata_rows_get (self, row, column);

  if (value == NULL)
    return 0;

  return strcmp (value, "t") == 0 ? 1 : g_ascii_strtoll (value, NULL, 10);
}
