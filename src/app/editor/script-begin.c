/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/script-begin.h"

#include <string.h>

#include "app/state/idle.h"

#define PASS "    pass"

static char *
dup_line (GtkTextBuffer *buffer,
          int            line)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_line (buffer, &start, line);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);

  return gtk_text_iter_get_slice (&start, &end);
}

static void
find_begin (GtkTextBuffer *buffer,
            GtkTextIter   *start,
            GtkTextIter   *end)
{
  gboolean in_upgrade = FALSE;

  for (int i = 0; i < gtk_text_buffer_get_line_count (buffer); i++)
    {
      g_autofree char *line = dup_line (buffer, i);
      gboolean is_marker = g_str_has_prefix (line, "-- strata:upgrade");

      in_upgrade |= g_str_has_prefix (line, "def upgrade");
      if (!is_marker && !(in_upgrade && g_str_equal (line, PASS)))
        continue;

      gtk_text_buffer_get_iter_at_line (buffer, start, is_marker ? i + 1 : i);
      *end = *start;
      if (!is_marker)
        {
          gtk_text_iter_forward_chars (start, strspn (PASS, " "));
          gtk_text_iter_forward_chars (end, strlen (PASS));
        }
      return;
    }

  gtk_text_buffer_get_start_iter (buffer, start);
  *end = *start;
}

static gboolean
scroll_to_cursor (gpointer data)
{
  GtkTextView *view = data;

  gtk_text_view_scroll_to_mark (view, gtk_text_buffer_get_insert (gtk_text_view_get_buffer (view)), 0.2, FALSE, 0, 0);

  return G_SOURCE_REMOVE;
}

void
strata_script_begin (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start;
  GtkTextIter end;

  find_begin (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  /* What was put into the buffer just now scrolls to its end, once it is laid out. */
  strata_idle_add (G_PRIORITY_LOW, scroll_to_cursor, g_object_ref (view), g_object_unref);
}
