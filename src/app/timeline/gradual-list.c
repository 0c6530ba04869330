/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/timeline/gradual-list.h"

#include "app/state/idle.h"

/* What a window shows, and what comes with each further turn of the main loop. */
#define FIRST_ITEMS 20
#define MORE_ITEMS 20
/* GTK's list keeps rows for about this many; more items cost it nothing. */
#define LIST_ITEMS 240

#define GROWTH "strata-growth"

static void
remove_source (gpointer source)
{
  g_source_remove (GPOINTER_TO_UINT (source));
}

static gboolean
grow (gpointer data)
{
  GtkSliceListModel *self = data;
  guint size = gtk_slice_list_model_get_size (self) + MORE_ITEMS;

  if (size < LIST_ITEMS)
    {
      gtk_slice_list_model_set_size (self, size);
      return G_SOURCE_CONTINUE;
    }

  g_object_steal_data (G_OBJECT (self), GROWTH);
  gtk_slice_list_model_set_size (self, G_MAXUINT);

  return G_SOURCE_REMOVE;
}

static void
on_items_changed (GtkSliceListModel *self)
{
  gboolean growing = g_object_get_data (G_OBJECT (self), GROWTH) != NULL;

  if (g_list_model_get_n_items (gtk_slice_list_model_get_model (self)) == 0)
    {
      g_object_set_data (G_OBJECT (self), GROWTH, NULL);
      gtk_slice_list_model_set_size (self, FIRST_ITEMS);
    }
  else if (!growing && gtk_slice_list_model_get_size (self) != G_MAXUINT)
    {
      guint source = strata_idle_add (G_PRIORITY_DEFAULT_IDLE, grow, self, NULL);

      g_object_set_data_full (G_OBJECT (self), GROWTH, GUINT_TO_POINTER (source), remove_source);
    }
}

GListModel *
strata_gradual_list_new (GListModel *model)
{
  GtkSliceListModel *self = gtk_slice_list_model_new (model, 0, FIRST_ITEMS);

  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  on_items_changed (self);

  return G_LIST_MODEL (self);
}

void
strata_gradual_list_complete (GListModel *self)
{
  g_return_if_fail (GTK_IS_SLICE_LIST_MODEL (self));

  g_object_set_data (G_OBJECT (self), GROWTH, NULL);
  gtk_slice_list_model_set_size (GTK_SLICE_LIST_MODEL (self), G_MAXUINT);
}
