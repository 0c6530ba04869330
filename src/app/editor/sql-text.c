/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/sql-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/base/error.h"

/* What a text view takes in without a pause that a person feels. */
#define LARGEST_TEXT (1024 * 1024)

typedef struct
{
  StrataSqlText *sql;
  GString       *text;
  gboolean       alone;       /* the last statement was */
} Writer;

/* Every line of it, the first one with what stands beside it. */
static void
write_lines (Writer        *self,
             const char    *prefix,
             const char    *text,
             StrataSqlLine  beside)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const StrataSqlLine line = i == 0 ? beside : (StrataSqlLine) { 0, 0 };

      if (g_str_has_suffix (lines[i], "\r"))
        lines[i][strlen (lines[i]) - 1] = '\0';
      g_string_append_printf (self->text, "%s%s\n", prefix, lines[i]);
      g_array_append_val (self->sql->lines, line);
    }
}

static void
write_space (Writer *self)
{
  const StrataSqlLine nothing = { 0, 0 };

  if (self->text->len == 0)
    return;

  g_string_append_c (self->text, '\n');
  g_array_append_val (self->sql->lines, nothing);
}

static void
write_comment (Writer     *self,
               const char *text)
{
  write_lines (self, "-- ", text, (StrataSqlLine) { 0, 0 });
}

static void
write_sql (Writer                 *self,
           const StrataListingRow *row)
{
  g_autofree char *text = g_strconcat (row->text, ";", NULL);

  write_lines (self, "", text, (StrataSqlLine) { row->number, row->line });
}

static void
write_statement (Writer                 *self,
                 const StrataListingRow *row)
{
  write_space (self);
  if (row->alone && !self->alone)
    write_comment (self, _("Outside of a transaction: what it has done stays, whatever comes after it"));
  self->alone = row->alone;
  write_sql (self, row);
}

static void
write_problem (Writer                 *self,
               const StrataListingRow *row)
{
  g_autofree char *words = row->line > 0
                           ? g_strdup_printf (_("A run is refused, line %u: %s"), row->line, row->text)
                           : g_strdup_printf (_("A run is refused: %s"), row->text);

  write_space (self);
  write_comment (self, words);
}

static void
write_row (Writer                 *self,
           const StrataListingRow *row)
{
  switch (row->kind)
    {
    case STRATA_LISTING_STEP:
      self->alone = FALSE;
      if (self->sql->n_steps < 2)
        break;
      write_space (self);
      write_comment (self, row->text);
      break;
    case STRATA_LISTING_STATEMENT:
      write_statement (self, row);
      break;
    case STRATA_LISTING_VERSION:
      write_space (self);
      write_comment (self, _("The version table"));
      write_sql (self, row);
      break;
    case STRATA_LISTING_PROBLEM:
      write_problem (self, row);
      break;
    case STRATA_LISTING_BEGIN:
    case STRATA_LISTING_COMMIT:
    default:
      self->alone = FALSE;
      write_space (self);
      write_sql (self, row);
    }
}

StrataSqlText *
strata_sql_text_new (const StrataListing *listing)
{
  StrataSqlText *sql = g_new0 (StrataSqlText, 1);
  Writer writer = { sql, g_string_new (NULL), FALSE };

  sql->lines = g_array_new (FALSE, FALSE, sizeof (StrataSqlLine));
  sql->n_steps = listing->n_steps;
  sql->n_statements = listing->n_statements;
  sql->n_transactions = listing->n_transactions;
  sql->goes_down = listing->goes_down;
  sql->goes_up = listing->goes_up;

  for (guint i = 0; i < listing->rows->len; i++)
    {
      const StrataListingRow *row = g_ptr_array_index (listing->rows, i);

      if (writer.text->len + strlen (row->text) > LARGEST_TEXT)
        {
          write_space (&writer);
          write_comment (&writer, _("The rest is too long to be shown here"));
          break;
        }

      write_row (&writer, row);
      if (row->kind == STRATA_LISTING_PROBLEM && row->code == STRATA_ERROR_NEEDS_PYTHON && listing->n_steps == 1)
        sql->needs_python = TRUE;
    }
  sql->text = g_string_free (writer.text, FALSE);

  return sql;
}

void
strata_sql_text_free (StrataSqlText *self)
{
  g_array_unref (self->lines);
  g_free (self->text);
  g_free (self);
}
