/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/ask.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static GCancellable *interrupted;

void
strata_ask_init (GCancellable *cancellable)
{
  interrupted = cancellable;
}

gboolean
strata_ask_is_possible (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

/* SIGINT goes to a thread of its own, so that it ends no read() here. */
static gboolean
wait_for_input (void)
{
  GPollFD fds[] = { { .fd = STDIN_FILENO, .events = G_IO_IN | G_IO_HUP }, { .fd = -1 } };
  guint n_fds = g_cancellable_make_pollfd (interrupted, &fds[1]) ? 2 : 1;

  while (g_poll (fds, n_fds, -1) < 0 && errno == EINTR)
    ;

  if (n_fds == 2)
    g_cancellable_release_fd (interrupted);

  return !g_cancellable_is_cancelled (interrupted);
}

char *
strata_ask_line (const char *question)
{
  g_autoptr(GString) line = g_string_new (NULL);
  char c = '\0';

  fflush (stdout);
  fprintf (stderr, "%s ", question);

  while (wait_for_input () && read (STDIN_FILENO, &c, 1) == 1 && c != '\n')
    g_string_append_c (line, c);

  if (g_cancellable_is_cancelled (interrupted) || (c != '\n' && line->len == 0))
    {
      fputc ('\n', stderr);
      return NULL;
    }

  return g_strstrip (g_string_free (g_steal_pointer (&line), FALSE));
}

gboolean
strata_ask_yes_or_no (const char *question,
                      gboolean    by_default,
                      gboolean   *is_answered)
{
  g_autofree char *full = g_strconcat (question, by_default ? " [Y/n]" : " [y/N]", NULL);
  g_autofree char *answer = strata_ask_line (full);

  *is_answered = answer != NULL;
  if (answer == NULL)
    return FALSE;

  return *answer == '\0' ? by_default : g_ascii_tolower (*answer) == 'y';
}

gboolean
strata_ask_yes (const char *question,
                gboolean    by_default)
{
  gboolean is_answered;

  return strata_ask_yes_or_no (question, by_default, &is_answered);
}
