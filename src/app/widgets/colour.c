/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/colour.h"

#include <math.h>

#define PROVIDER "strata-colour"

/* As WCAG has it, from 0 to 1. */
static double
get_luminance (const GdkRGBA *colour)
{
  const float parts[] = { colour->red, colour->green, colour->blue };
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    sum += weights[i] * (parts[i] <= 0.04045 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));

  return sum;
}

/* The named ones are those that the palette of GNOME has for a background. */
static gboolean
read_colour (const char *text,
             GdkRGBA    *colour)
{
  static const struct { const char *name; const char *code; } names[] = {
    { "blue", "#1c71d8" }, { "green", "#26a269" }, { "yellow", "#f6d32d" }, { "orange", "#ff7800" },
    { "red", "#c01c28" }, { "purple", "#813d9c" }, { "brown", "#865e3c" }, { "grey", "#77767b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (text, names[i].name))
      return gdk_rgba_parse (colour, names[i].code);

  return gdk_rgba_parse (colour, text);
}

static GtkCssProvider *
make_provider (const GdkRGBA *colour)
{
  GtkCssProvider *provider = gtk_css_provider_new ();
  g_autofree char *background = gdk_rgba_to_string (colour);
  /* Where black and white are as far from it. */
  const char *text = get_luminance (colour) > 0.179 ? "black" : "white";
  g_autofree char *css = g_strdup_printf ("* { background-color: %s; color: %s; }", background, text);

  gtk_css_provider_load_from_data (provider, css, -1);

  return provider;
}

void
strata_colour_paint (GtkWidget  *widget,
                     const char *colour)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GtkCssProvider *old = g_object_get_data (G_OBJECT (widget), PROVIDER);
  GtkCssProvider *provider = NULL;
  GdkRGBA rgba;

  if (old != NULL)
    gtk_style_context_remove_provider (style, GTK_STYLE_PROVIDER (old));
  if (colour != NULL && read_colour (colour, &rgba))
    {
      provider = make_provider (&rgba);
      gtk_style_context_add_provider (style, GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
    }
  g_object_set_data_full (G_OBJECT (widget), PROVIDER, provider, g_object_unref);
}
