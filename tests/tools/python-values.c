/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Evaluates snippets of Python that come on standard input, each ended by a line "----", and prints what each leaves in
 * the name "result", one line each: for tests/peers/test-python-values.py. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "tests/core/python/describe-result.h"

static void
print_result (const char *text)
{
  g_autofree char *line = describe_result (text, NULL);

  puts (line);
}

int
main (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  char line[4096];

  while (fgets (line, sizeof line, stdin) != NULL)
    if (strcmp (line, "----\n") == 0)
      {
        print_result (text->str);
        g_string_truncate (text, 0);
      }
    else
      g_string_append (text, line);

  return 0;
}
