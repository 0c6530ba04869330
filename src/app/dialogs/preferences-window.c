/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/dialogs/preferences-window.h"

#include "app/state/settings.h"

struct _StrataPreferencesWindow
{
  AdwPreferencesWindow  parent_instance;

  /* template */
  GtkSwitch            *compact;
  AdwComboRow          *style;
  GtkSwitch            *wrap_lines;
};

/* In the order of the drop-down. */
static const char * const styles[] = { "system", "light", "dark" };

G_DEFINE_FINAL_TYPE (StrataPreferencesWindow, strata_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static gboolean
style_to_row (GValue   *row,
              GVariant *setting,
              gpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (styles[i], g_variant_get_string (setting, NULL)))
      {
        g_value_set_uint (row, i);
        return TRUE;
      }

  return FALSE;
}

static GVariant *
row_to_style (const GValue       *row,
              const GVariantType *type,
              gpointer            data)
{
  guint i = g_value_get_uint (row);

  return g_variant_new_string (styles[MIN (i, G_N_ELEMENTS (styles) - 1)]);
}

static void
strata_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_PREFERENCES_WINDOW);

  G_OBJECT_CLASS (strata_preferences_window_parent_class)->dispose (object);
}

static void
strata_preferences_window_class_init (StrataPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_preferences_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/strata/Strata/ui/dialogs/preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataPreferencesWindow, compact);
  gtk_widget_class_bind_template_child (widget_class, StrataPreferencesWindow, style);
  gtk_widget_class_bind_template_child (widget_class, StrataPreferencesWindow, wrap_lines);
}

static void
strata_preferences_window_init (StrataPreferencesWindow *self)
{
  GSettings *settings = strata_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  if (settings == NULL)
    return;

  g_settings_bind (settings, "compact", self->compact, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "wrap-lines", self->wrap_lines, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "style", self->style, "selected", G_SETTINGS_BIND_DEFAULT, style_to_row,
                                row_to_style, NULL, NULL);
}

StrataPreferencesWindow *
strata_preferences_window_new (void)
{
  return g_object_new (STRATA_TYPE_PREFERENCES_WINDOW, NULL);
}
