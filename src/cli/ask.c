/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/ask.h"

#include <stdio.h>
#include <unistd.h>

gboolean
strata_ask_is_possible (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

char *
strata_ask_line (const char *question)
{
  g_autoptr(GString) line = g_string_new (NULL);
  int c;

  fflush (stdout);
  fprintf (stderr, "%s ", question);

  while ((c = getchar ()) != EOF && c != '\n')
    g_string_append_c (line, c);

  if (c == EOF && line->len == 0)
    return NULL;

  return g_strstrip (g_string_free (g_steal_pointer (&line), FALSE));
}

gboolean
strata_ask_yes (const char *question,
                gboolean    by_default)
{
  g_autofree char *full = g_strconcat (question, by_default ? " [Y/n]" : " [y/N]", NULL);
  g_autofree char *answer = strata_ask_line (full);

  if (answer == NULL)
    return FALSE;

  return *answer == '\0' ? by_default : g_ascii_tolower (*answer) == 'y';
}
