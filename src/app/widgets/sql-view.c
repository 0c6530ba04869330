/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/sql-view.h"

#include <adwaita.h>
#include <string.h>

#include "app/widgets/source-limits.h"

struct _StrataSqlView
{
  GtkSourceView parent_instance;
};

G_DEFINE_FINAL_TYPE (StrataSqlView, strata_sql_view, GTK_SOURCE_TYPE_VIEW)

static GtkSourceBuffer *
get_buffer (StrataSqlView *self)
{
  return GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)));
}

static void
on_dark (StrataSqlView *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (get_buffer (self),
                                      gtk_source_style_scheme_manager_get_scheme (schemes, dark ? "Adwaita-dark"
                                                                                                : "Adwaita"));
}

static gboolean
has_long_line (const char *text)
{
  for (const char *line = text; *line != '\0';)
    {
      const char *end = strchrnul (line, '\n');

      if (end - line > STRATA_LONG_LINE)
        return TRUE;
      line = *end != '\0' ? end + 1 : end;
    }

  return FALSE;
}

static void
set_highlight (StrataSqlView *self,
               gboolean       highlight)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();

  gtk_source_buffer_set_language (get_buffer (self),
                                  highlight ? gtk_source_language_manager_get_language (languages, "sql") : NULL);
}

static void
strata_sql_view_class_init (StrataSqlViewClass *klass)
{
}

static void
strata_sql_view_init (StrataSqlView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, FALSE);
  gtk_text_view_set_monospace (view, TRUE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_top_margin (view, 6);
  gtk_text_view_set_bottom_margin (view, 6);
  gtk_text_view_set_left_margin (view, 12);
  gtk_text_view_set_right_margin (view, 12);
  set_highlight (self, TRUE);
  gtk_source_buffer_set_highlight_matching_brackets (get_buffer (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "strata-sql");

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (on_dark), self,
                           G_CONNECT_SWAPPED);
  on_dark (self);
}

GtkWidget *
strata_sql_view_new (void)
{
  return g_object_new (STRATA_TYPE_SQL_VIEW, NULL);
}

void
strata_sql_view_set_text (StrataSqlView *self,
                          const char    *text)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (STRATA_IS_SQL_VIEW (self));

  valid = g_utf8_make_valid (text, -1);
  set_highlight (self, !has_long_line (valid));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (get_buffer (self)), valid, -1);
}
