/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prints the syntax trees of the Python files whose paths come on standard input, one line each, and their findings on
 * standard error: for tests/peers/test-python-syntax.py. */

#include "config.h"

#include <stdio.h>

#include "core/base/files.h"
#include "tests/core/python/print-tree.h"

static void
print_file (const char *path)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *text = NULL;
  gsize length;

  text = strata_file_read (path, &length, NULL);
  if (text == NULL)
    {
      puts ("null");
      return;
    }

  tree = strata_py_tree_parse (path, text, length, findings);
  print_list (out, strata_py_tree_get_body (tree));
  puts (out->str);

  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *line = strata_finding_to_string (g_ptr_array_index (findings, i));

      fprintf (stderr, "%s\n", line);
    }
}

int
main (void)
{
  char path[4096];

  while (fgets (path, sizeof path, stdin) != NULL)
    print_file (g_strchomp (path));

  return 0;
}
