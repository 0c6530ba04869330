/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/idle.h"

/* Longer than a window takes to show itself where nothing is in its way. */
#define PATIENCE_MS 250

/* GTK draws at this one (GDK_PRIORITY_REDRAW), and what has the same takes turns with it. */
#define PRIORITY_OF_FRAMES (G_PRIORITY_HIGH_IDLE + 20)

static gboolean
hurry (gpointer data)
{
  GSource *source = data;

  if (!g_source_is_destroyed (source))
    g_source_set_priority (source, PRIORITY_OF_FRAMES);

  return G_SOURCE_REMOVE;
}

guint
strata_idle_add (int             priority,
                 GSourceFunc     function,
                 gpointer        data,
                 GDestroyNotify  notify)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, priority);
  g_source_set_callback (source, function, data, notify);
  g_timeout_add_full (G_PRIORITY_DEFAULT, PATIENCE_MS, hurry, g_source_ref (source), (GDestroyNotify) g_source_unref);

  return g_source_attach (source, NULL);
}
