/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's own figures, for tests/bench/run: lines of a name and a number. Times are in milliseconds; "cpu" ones are
 * the main thread's own, which a busy machine does not change much.
 *
 *   window            start, start-cpu: from the start of the process to the first frame of an empty libadwaita window
 *   window FOLDER     start, start-cpu: ... to the first frame with the project's timeline, its database read
 *                     turn, turn-cpu: the longest turn of the main loop from then on, and on the way there
 *                     frame, frame-99: the work of a frame while the timeline moves by 60 px; jump: by thousands of rows
 *                     binds: rows that are filled in a frame of scrolling
 *                     memory: of the process, in MB
 *   window FILE       key, key-99: the work from a key in the middle of a script to the end of the frame that shows it
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/editor/script-view.h"
#include "app/timeline/timeline-page.h"
#include "app/timeline/timeline-row.h"
#include "app/window/windows.h"

#define FRAMES 400
#define KEYS 400
#define STEP 60
/* What comes later than the first frame comes within this time: authors, symbols. */
#define AFTERMATH_US (G_USEC_PER_SEC)

typedef struct
{
  GtkWindow      *window;
  StrataSession  *session;      /* NULL: an empty window */
  GtkAdjustment  *adjustment;
  GArray         *work;         /* ms of each frame */
  double          step;         /* px a frame; 0: not scrolling */
  gint64          frame_began;  /* main thread's own time, µs */
  guint           n_binds;
  gboolean        painted;      /* with what is waited for */
} Bench;

static struct
{
  gint64 began;
  gint64 began_cpu;
  gint64 longest;
  gint64 longest_cpu;
} turn;

static gint64
get_cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* All that the main loop does lies between two polls. */
static int
poll_and_measure (GPollFD *fds,
                  guint    n_fds,
                  int      timeout)
{
  int result;

  if (turn.began != 0)
    {
      turn.longest = MAX (turn.longest, g_get_monotonic_time () - turn.began);
      turn.longest_cpu = MAX (turn.longest_cpu, get_cpu_time () - turn.began_cpu);
    }

  result = g_poll (fds, n_fds, timeout);
  turn.began = g_get_monotonic_time ();
  turn.began_cpu = get_cpu_time ();

  return result;
}

static gint64
get_process_start (void)
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

static double
get_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;

  line = strstr (status, "VmHWM:");

  return line != NULL ? g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) / 1024.0 : 0;
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

static void
on_before (GdkFrameClock *clock,
           Bench         *self)
{
  self->frame_began = get_cpu_time ();
}

static void
on_after (GdkFrameClock *clock,
          Bench         *self)
{
  double work = (get_cpu_time () - self->frame_began) / 1000.0;

  self->painted = is_ready (self);
  if (self->step > 0)
    g_array_append_val (self->work, work);
}

static gboolean
on_tick (GtkWidget     *list,
         GdkFrameClock *clock,
         gpointer       data)
{
  Bench *self = data;

  gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + self->step);

  return G_SOURCE_CONTINUE;
}

static void
on_bind (Bench *self)
{
  self->n_binds++;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
measure_frames (Bench     *self,
                GtkWidget *list,
                double     step)
{
  guint tick = gtk_widget_add_tick_callback (list, on_tick, self, NULL);

  g_array_set_size (self->work, 0);
  self->n_binds = 0;
  self->step = step;
  while (self->work->len < FRAMES)
    g_main_context_iteration (NULL, TRUE);

  gtk_widget_remove_tick_callback (list, tick);
  self->step = 0;
  g_array_sort (self->work, compare);
}

static double
get_work (Bench *self,
          guint  percent)
{
  return g_array_index (self->work, double, self->work->len * percent / 100);
}

static void
measure_scrolling (Bench *self)
{
  GtkWidget *page = find (GTK_WIDGET (self->window), STRATA_TYPE_TIMELINE_PAGE);
  GtkWidget *list = find (page, GTK_TYPE_LIST_VIEW);
  GtkListItemFactory *factory = gtk_list_view_get_factory (GTK_LIST_VIEW (list));

  g_signal_connect_swapped (factory, "bind", G_CALLBACK (on_bind), self);
  self->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  measure_frames (self, list, STEP);
  g_print ("frame %.2f\nframe-99 %.2f\nbinds %.2f\n", get_work (self, 50), get_work (self, 99), self->n_binds / (double) FRAMES);

  gtk_adjustment_set_value (self->adjustment, 0);
  measure_frames (self, list, gtk_adjustment_get_upper (self->adjustment) / (FRAMES + 2));
  g_print ("jump %.2f\n", get_work (self, 50));
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

static gboolean
end_aftermath (gpointer over)
{
  *(gboolean *) over = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_for (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, end_aftermath, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
measure_turns (void)
{
  wait_for (AFTERMATH_US / 1000);
  g_print ("turn %.1f\nturn-cpu %.1f\n", turn.longest / 1000.0, turn.longest_cpu / 1000.0);
}

static void
press_key (Bench         *self,
           GtkTextBuffer *buffer,
           guint          n)
{
  gint64 began = get_cpu_time ();
  double work;

  self->painted = FALSE;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert_at_cursor (buffer, n % 8 == 7 ? " " : "x", 1);
  gtk_text_buffer_end_user_action (buffer);
  while (!self->painted)
    g_main_context_iteration (NULL, TRUE);

  work = (get_cpu_time () - began) / 1000.0;
  g_array_append_val (self->work, work);
}

static void
measure_keys (Bench      *self,
              const char *path)
{
  GtkWidget *view = g_object_new (STRATA_TYPE_SCRIPT_VIEW, NULL);
  g_autoptr(StrataTextDocument) document = strata_text_document_new (path);
  guint middle;

  strata_script_view_set_document (STRATA_SCRIPT_VIEW (view), document);
  adw_window_set_content (ADW_WINDOW (self->window), view);
  wait_until_painted (self);
  wait_for (AFTERMATH_US / 1000);
  middle = gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (strata_text_document_get_buffer (document))) / 2;
  strata_script_view_jump (STRATA_SCRIPT_VIEW (view), middle, 0);
  wait_for (AFTERMATH_US / 1000);

  for (guint i = 0; i < KEYS; i++)
    press_key (self, GTK_TEXT_BUFFER (strata_text_document_get_buffer (document)), i);
  g_array_sort (self->work, compare);
  g_print ("key %.2f\nkey-99 %.2f\n", get_work (self, 50), get_work (self, 99));
}

int
main (int    argc,
      char **argv)
{
  gint64 started = get_process_start ();
  Bench self = { 0 };

  /* As the application does it: the folder is read meanwhile. */
  if (argc > 1 && g_file_test (argv[1], G_FILE_TEST_IS_DIR))
    self.session = strata_windows_begin (argv[1], NULL, NULL);
  adw_init ();
  g_main_context_set_poll_func (NULL, poll_and_measure);
  self.work = g_array_new (FALSE, FALSE, sizeof (double));
  if (self.session != NULL)
    self.window = GTK_WINDOW (strata_windows_show (NULL, self.session));
  else
    {
      self.window = GTK_WINDOW (adw_window_new ());
      gtk_window_set_default_size (self.window, 1280, 800);
    }

  if (argc > 1 && self.session == NULL)
    {
      gtk_source_init ();
      measure_keys (&self, argv[1]);
      return EXIT_SUCCESS;
    }

  wait_until_painted (&self);
  g_print ("start %.1f\nstart-cpu %.1f\n", (g_get_monotonic_time () - started) / 1000.0, get_cpu_time () / 1000.0);
  if (self.session == NULL)
    return EXIT_SUCCESS;

  measure_turns ();
  measure_scrolling (&self);
  g_print ("memory %.0f\n", get_memory ());

  return EXIT_SUCCESS;
}
