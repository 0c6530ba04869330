/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking into widgets: what a person sees of them, and pressing what they offer. */

#pragma once

#include <adwaita.h>
#include <string.h>

#define child_of(widget, name) \
  gtk_widget_get_template_child (GTK_WIDGET (widget), G_OBJECT_TYPE (widget), name)

static G_GNUC_UNUSED const char *
text_of (gpointer    widget,
         const char *name)
{
  return gtk_label_get_text (GTK_LABEL (child_of (widget, name)));
}

static G_GNUC_UNUSED gboolean
is_shown (gpointer    widget,
          const char *name)
{
  return gtk_widget_get_visible (GTK_WIDGET (child_of (widget, name)));
}

static G_GNUC_UNUSED gboolean
is_sensitive (gpointer    widget,
              const char *name)
{
  return gtk_widget_is_sensitive (GTK_WIDGET (child_of (widget, name)));
}

/* The nth widget of a type below this one, from 0; NULL where there are fewer. */
static G_GNUC_UNUSED GtkWidget *
find_nth (GtkWidget *widget,
          GType      type,
          guint     *n)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*n)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_nth (child, type, n);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static G_GNUC_UNUSED GtkWidget *
find (gpointer widget,
      GType    type,
      guint    n)
{
  return find_nth (GTK_WIDGET (widget), type, &n);
}

static G_GNUC_UNUSED guint
count (gpointer widget,
       GType    type)
{
  guint n = 0;

  while (find (widget, type, n) != NULL)
    n++;

  return n;
}

static G_GNUC_UNUSED gboolean
says (gpointer    widget,
      const char *text)
{
  GtkWidget *label;

  for (guint i = 0; (label = find (widget, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (gtk_widget_get_mapped (label) && strstr (gtk_label_get_text (GTK_LABEL (label)), text) != NULL)
      return TRUE;

  return FALSE;
}

/* A window that the test's own code opened, by its type. */
static G_GNUC_UNUSED GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}
