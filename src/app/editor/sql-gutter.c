/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/sql-gutter.h"

#include <glib/gi18n.h>

#include "app/editor/sql-text.h"

struct _StrataSqlGutter
{
  GtkSourceGutterRendererText parent_instance;

  GArray *lines;       /* StrataSqlLine */
};

G_DEFINE_FINAL_TYPE (StrataSqlGutter, strata_sql_gutter, GTK_SOURCE_TYPE_GUTTER_RENDERER_TEXT)

static char *
format (StrataSqlLine line)
{
  if (line.number == 0)
    return g_strdup ("");

  /* Translators: beside a statement: its number, and the line of the file that it begins on. */
  return g_strdup_printf (_("%u · line %u"), line.number, line.file_line);
}

static void
strata_sql_gutter_query_data (GtkSourceGutterRenderer *renderer,
                              GtkSourceGutterLines    *gutter_lines,
                              guint                    line)
{
  StrataSqlGutter *self = STRATA_SQL_GUTTER (renderer);
  g_autofree char *text = NULL;

  text = format (line < self->lines->len ? g_array_index (self->lines, StrataSqlLine, line) : (StrataSqlLine) { 0, 0 });
  gtk_source_gutter_renderer_text_set_text (GTK_SOURCE_GUTTER_RENDERER_TEXT (self), text, -1);
}

/* As wide as the widest numbers. */
static void
update_width (StrataSqlGutter *self)
{
  StrataSqlLine widest = { 0, 0 };
  g_autofree char *text = NULL;
  int width;

  for (guint i = 0; i < self->lines->len; i++)
    {
      widest.number = MAX (widest.number, g_array_index (self->lines, StrataSqlLine, i).number);
      widest.file_line = MAX (widest.file_line, g_array_index (self->lines, StrataSqlLine, i).file_line);
    }

  text = format (widest);
  gtk_source_gutter_renderer_text_measure (GTK_SOURCE_GUTTER_RENDERER_TEXT (self), text, &width, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (self), width + 2 * 6, -1);
}

static void
strata_sql_gutter_finalize (GObject *object)
{
  g_array_unref (STRATA_SQL_GUTTER (object)->lines);

  G_OBJECT_CLASS (strata_sql_gutter_parent_class)->finalize (object);
}

static void
strata_sql_gutter_class_init (StrataSqlGutterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_sql_gutter_finalize;
  GTK_SOURCE_GUTTER_RENDERER_CLASS (klass)->query_data = strata_sql_gutter_query_data;
}

static void
strata_sql_gutter_init (StrataSqlGutter *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (StrataSqlLine));
  gtk_source_gutter_renderer_set_xalign (GTK_SOURCE_GUTTER_RENDERER (self), 1.0);
  gtk_source_gutter_renderer_set_xpad (GTK_SOURCE_GUTTER_RENDERER (self), 6);
  gtk_source_gutter_renderer_set_alignment_mode (GTK_SOURCE_GUTTER_RENDERER (self),
                                                 GTK_SOURCE_GUTTER_RENDERER_ALIGNMENT_MODE_FIRST);
}

StrataSqlGutter *
strata_sql_gutter_new (void)
{
  return g_object_new (STRATA_TYPE_SQL_GUTTER, NULL);
}

void
strata_sql_gutter_set_lines (StrataSqlGutter *self,
                             GArray          *lines)
{
  g_array_unref (self->lines);
  self->lines = g_array_ref (lines);
  update_width (self);
}
