/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's own figures, for tests/bench/run: one line, in milliseconds.
 *
 *   window empty            from the start of the process to the first frame of an empty libadwaita window
 *   window open FOLDER      ... to the frame that shows the project's timeline, its database read
 *   window block FOLDER     the longest time that the main loop did not turn meanwhile
 *   window scroll FOLDER    the work of a frame while the timeline moves by 60 px a frame: median and 99th of a hundred
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/timeline/timeline-page.h"
#include "app/timeline/timeline-row.h"
#include "app/window/window.h"

#define FRAMES 400
#define STEP 60

typedef struct
{
  gint64          started;
  GtkWindow      *window;
  StrataSession  *session;      /* NULL: an empty window */
  GtkAdjustment  *adjustment;
  GArray         *work;         /* µs of each frame */
  gint64          frame_began;
  gint64          last_turn;
  gint64          longest;
  gboolean        painted;
} Bench;

static gint64
process_start (void)
{
  g_autofree char *stat = NULL;
  g_autofree char *uptime = NULL;
  const char *fields;
  double up;

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL) || !g_file_get_contents ("/proc/uptime", &uptime, NULL, NULL))
    return g_get_monotonic_time ();

  /* Field 22, in clock ticks since boot; the name, field 2, may have spaces. */
  fields = strrchr (stat, ')') + 2;
  for (guint i = 3; i < 22; i++)
    fields = strchr (fields, ' ') + 1;
  up = g_ascii_strtod (uptime, NULL);

  return g_get_monotonic_time ()
         - (gint64) ((up - g_ascii_strtoull (fields, NULL, 10) / (double) sysconf (_SC_CLK_TCK)) * G_USEC_PER_SEC);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_ready (Bench *self)
{
  return self->session == NULL
         || (strata_session_get_link (self->session) == STRATA_LINK_CONNECTED
             && find (GTK_WIDGET (self->window), STRATA_TYPE_TIMELINE_ROW) != NULL);
}

static gboolean
turn (gpointer data)
{
  Bench *self = data;
  gint64 now = g_get_monotonic_time ();

  if (self->last_turn != 0)
    self->longest = MAX (self->longest, now - self->last_turn);
  self->last_turn = now;

  return G_SOURCE_CONTINUE;
}

static void
on_before (GdkFrameClock *clock,
           Bench         *self)
{
  self->frame_began = g_get_monotonic_time ();
}

static void
on_after (GdkFrameClock *clock,
          Bench         *self)
{
  gint64 work = g_get_monotonic_time () - self->frame_began;

  self->painted = is_ready (self);
  if (self->adjustment == NULL || self->work->len >= FRAMES)
    return;

  g_array_append_val (self->work, work);
  gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + STEP);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void
scroll (Bench *self)
{
  GtkWidget *list = find (GTK_WIDGET (self->window), GTK_TYPE_LIST_VIEW);

  self->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  gtk_adjustment_set_value (self->adjustment, STEP);
  while (self->work->len < FRAMES)
    g_main_context_iteration (NULL, TRUE);

  g_array_sort (self->work, compare);
  g_print ("%.2f %.2f\n", g_array_index (self->work, gint64, FRAMES / 2) / 1000.0,
           g_array_index (self->work, gint64, FRAMES * 99 / 100) / 1000.0);
}

static void
wait_until_painted (Bench *self)
{
  GdkFrameClock *clock;

  gtk_window_present (self->window);
  clock = gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (self->window)));
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after), self);
  while (!self->painted)
    {
      g_main_context_iteration (NULL, TRUE);
      if (is_ready (self))
        gtk_widget_queue_draw (GTK_WIDGET (self->window));
    }
}

int
main (int    argc,
      char **argv)
{
  Bench self = { .started = process_start () };
  const char *mode = argc > 1 ? argv[1] : "";

  adw_init ();
  self.work = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (argc > 2)
    {
      StrataWindow *window = strata_window_new (NULL);

      strata_window_open (window, argv[2], NULL);
      self.session = strata_window_get_session (window);
      self.window = GTK_WINDOW (window);
    }
  else
    {
      self.window = GTK_WINDOW (adw_window_new ());
      gtk_window_set_default_size (self.window, 1280, 800);
    }

  if (strcmp (mode, "block") == 0)
    g_timeout_add_full (G_PRIORITY_HIGH, 1, turn, &self, NULL);
  wait_until_painted (&self);

  if (strcmp (mode, "block") == 0)
    g_print ("%.1f\n", self.longest / 1000.0);
  else if (strcmp (mode, "scroll") == 0)
    scroll (&self);
  else
    g_print ("%.1f\n", (g_get_monotonic_time () - self.started) / 1000.0);

  return EXIT_SUCCESS;
}
