/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/run-view.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/output.h"
#include "cli/streams.h"
#include "core/base/duration.h"

/* Bytes of a statement that the living line looks at. */
#define LONGEST_SQL 160

struct _StrataRunView
{
  gboolean  silent;
  gboolean  live;          /* stderr is a terminal: the last line is redrawn */
  gboolean  line_is_drawn;
  char     *last_waiting;  /* so that a log says each thing once */
};

StrataRunView *
strata_run_view_new (gboolean silent)
{
  StrataRunView *self = g_new0 (StrataRunView, 1);

  strata_streams_outlive_reader ();
  self->silent = silent;
  self->live = !silent && isatty (STDERR_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;

  return self;
}

void
strata_run_view_done (StrataRunView *self)
{
  if (self->line_is_drawn)
    fputs ("\r\033[K", stderr);
  self->line_is_drawn = FALSE;
}

void
strata_run_view_free (StrataRunView *self)
{
  strata_run_view_done (self);
  g_free (self->last_waiting);
  g_free (self);
}

/* One less than the terminal's: a full line would wrap, and "\r" goes back to the last row only. */
static glong
get_width (void)
{
  struct winsize size = { 0 };

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1 : 79;
}

/* On a terminal the living line, cut to be one; elsewhere a line of its own where it says something new. */
static void G_GNUC_PRINTF (3, 4)
draw_line (StrataRunView *self,
           gboolean       worth_a_log_line,
           const char    *format,
           ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_strdelimit (text, "\n\r\t", ' ');

  if (self->live)
    {
      glong width = get_width ();
      g_autofree char *cut = g_utf8_strlen (text, -1) > width ? g_utf8_substring (text, 0, width - 1) : g_strdup (text);

      fflush (stdout);
      fprintf (stderr, "\r\033[K%s%s", cut, strlen (cut) < strlen (text) ? "…" : "");
      self->line_is_drawn = TRUE;
    }
  else if (worth_a_log_line && g_strcmp0 (text, self->last_waiting) != 0)
    {
      fflush (stdout);
      fprintf (stderr, "%s\n", text);
      g_free (self->last_waiting);
      self->last_waiting = g_steal_pointer (&text);
    }
}

void
strata_run_view_connecting (const char *why,
                            gpointer    user_data)
{
  StrataRunView *self = user_data;

  if (!self->silent)
    draw_line (self, TRUE, "Waiting for the server: %s", why);
}

void
strata_run_view_locked (const char *holder,
                        gpointer    user_data)
{
  StrataRunView *self = user_data;

  if (!self->silent)
    draw_line (self, TRUE, "Waiting for the run lock%s%s", holder != NULL ? ", held by " : "",
               holder != NULL ? holder : "");
}

/* In one line: "CREATE TABLE t ( id integer ..." of as much as was given. */
static char *
shorten_sql (const char *text,
             gsize       length)
{
  g_autoptr(GString) line = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, MIN (length, LONGEST_SQL));

  for (const char *p = valid; *p != '\0'; p++)
    {
      gboolean blank = g_ascii_isspace (*p);

      if (!blank || (line->len > 0 && line->str[line->len - 1] != ' '))
        g_string_append_c (line, blank ? ' ' : *p);
    }

  if (length > LONGEST_SQL)
    g_string_append (line, "…");

  return g_string_free (g_steal_pointer (&line), FALSE);
}

char *
strata_dup_statement_number (guint number,
                             guint n_statements)
{
  if (n_statements == 0)
    return g_strdup_printf ("statement %u", number);

  return g_strdup_printf ("statement %u of %u", number, n_statements);
}

static void
draw_statement (StrataRunView        *self,
                const StrataRunEvent *event)
{
  g_autofree char *sql = shorten_sql (event->sql, event->sql_length);
  g_autofree char *number = strata_dup_statement_number (event->statement, event->n_statements);

  draw_line (self, FALSE, "[%u/%u] %s  %s: %s", event->step_index + 1, event->n_steps,
             event->step->revision != NULL ? strata_revision_get_id (event->step->revision) : "", number, sql);
}

static void
print_step (const StrataRunEvent *event)
{
  g_autofree char *line = strata_step_to_string (event->step);

  strata_print (STRATA_STYLE_PLAIN, "%s", line);
}

static void
print_step_done (StrataRunView        *self,
                 const StrataRunEvent *event)
{
  g_autofree char *time = strata_duration_format (event->time_us);

  strata_run_view_done (self);
  print_step (event);
  strata_print (STRATA_STYLE_DIM, "  (%s)\n", time);
  fflush (stdout);
}

/* In a log the step stands before what it says; on a terminal it appears when it is done, under the living line. */
static void
show_skipped (StrataRunView        *self,
              const StrataRunEvent *event)
{
  g_autofree char *number = strata_dup_statement_number (event->statement, event->n_statements);

  draw_line (self, TRUE, "  %s was done by an earlier run", number);
}

static void
show_step_begin (StrataRunView        *self,
                 const StrataRunEvent *event)
{
  if (self->live)
    return;

  print_step (event);
  strata_print (STRATA_STYLE_PLAIN, "\n");
  fflush (stdout);
}

void
strata_run_view_event (const StrataRunEvent *event,
                       gpointer              user_data)
{
  StrataRunView *self = user_data;

  if (self->silent)
    return;

  switch (event->kind)
    {
    case STRATA_EVENT_WAITING:
      strata_run_view_locked (event->text, self);
      break;

    case STRATA_EVENT_BACKUP:
      draw_line (self, FALSE, "Kept a copy: %s", event->text);
      break;

    case STRATA_EVENT_STEP_BEGIN:
      show_step_begin (self, event);
      break;

    case STRATA_EVENT_STATEMENT_BEGIN:
      if (self->live)
        draw_statement (self, event);
      break;

    case STRATA_EVENT_STATEMENT_SKIPPED:
      show_skipped (self, event);
      break;

    case STRATA_EVENT_BLOCKED:
      draw_line (self, TRUE, "  waiting: %s", event->text);
      break;

    case STRATA_EVENT_NOTICE:
      strata_run_view_done (self);
      strata_print (STRATA_STYLE_DIM, "  %s: %s\n", event->severity, event->text);
      break;

    case STRATA_EVENT_PROGRAM:
      strata_run_view_done (self);
      strata_print (STRATA_STYLE_DIM, "  runs: %s\n", event->text);
      fflush (stdout);
      break;

    case STRATA_EVENT_OUTPUT:
      strata_run_view_done (self);
      strata_print (STRATA_STYLE_DIM, "  %s\n", event->text);
      fflush (stdout);
      break;

    case STRATA_EVENT_RETRY:
      draw_line (self, TRUE, "  try %u: %s", event->attempt, event->text);
      break;

    case STRATA_EVENT_STEP_DONE:
      if (self->live)
        print_step_done (self, event);
      break;

    case STRATA_EVENT_PLANNED:
    case STRATA_EVENT_STATEMENT_DONE:
      break;
    }
}
