/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/line-diff.h"

#define NAMES "--- a\n+++ b\n"

static const struct
{
  const char *old_text;
  const char *new_text;
  guint       context;
  const char *diff;
} cases[] = {
  { "", "", 3, "" },
  { "a\nb\n", "a\nb\n", 3, "" },
  { "", "a\n", 3, NAMES "@@ -0,0 +1 @@\n+a\n" },
  { "a\nb\n", "", 3, NAMES "@@ -1,2 +0,0 @@\n-a\n-b\n" },
  { "a\nb\nc\n", "a\nx\nc\n", 3, NAMES "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n" },
  { "a\nb\nc\n", "a\nx\nc\n", 0, NAMES "@@ -2 +2 @@\n-b\n+x\n" },
  { "a\nb\nc\n", "a\nb\nx\nc\n", 0, NAMES "@@ -2,0 +3 @@\n+x\n" },
  { "a", "a\n", 3, NAMES "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n" },
  { "x\na", "y\na", 3, NAMES "@@ -1,2 +1,2 @@\n-x\n+y\n a\n\\ No newline at end of file\n" },
  { "1\n2\n3\n4\n5\n6\n7\n", "x\n2\n3\n4\n5\n6\ny\n", 1,
    NAMES "@@ -1,2 +1,2 @@\n-1\n+x\n 2\n@@ -6,2 +6,2 @@\n 6\n-7\n+y\n" },
  { "1\n2\n3\n4\n", "x\n2\n3\ny\n", 1, NAMES "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n-4\n+y\n" },
  { "1\n2\n3\n4\n5\n", "x\n2\n3\n4\ny\n", 1, NAMES "@@ -1,2 +1,2 @@\n-1\n+x\n 2\n@@ -4,2 +4,2 @@\n 4\n-5\n+y\n" },
  { "a\n\n\nb\n", "a\n\nb\n", 1, NAMES "@@ -2,3 +2,2 @@\n \n-\n b\n" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *diff = strata_line_diff (cases[i].old_text, cases[i].new_text, "a", "b", cases[i].context);

      g_assert_cmpstr (diff, ==, cases[i].diff);
    }
}

/* What diff says applied to the old lines, as patch does it; n_changes gets the number of lines with a sign. */
static char *
apply (const char *old_text,
       const char *diff,
       guint      *n_changes)
{
  g_auto(GStrv) old_lines = g_strsplit (old_text, "\n", -1);
  g_auto(GStrv) lines = g_strsplit (diff, "\n", -1);
  GString *text = g_string_new (NULL);
  guint at = 0;

  *n_changes = 0;
  for (guint i = 2; i < g_strv_length (lines) && *lines[i] != '\0'; i++)
    {
      guint first = 0;

      if (*lines[i] == '@')
        {
          gboolean empty = g_regex_match_simple ("^@@ -[0-9]+,0 ", lines[i], 0, 0);

          first = (guint) strtoul (lines[i] + strlen ("@@ -"), NULL, 10) - !empty;
          for (; at < first; at++)
            g_string_append_printf (text, "%s\n", old_lines[at]);
          continue;
        }

      *n_changes += *lines[i] != ' ';
      if (*lines[i] != '+')
        g_assert_cmpstr (old_lines[at++], ==, lines[i] + 1);
      if (*lines[i] != '-')
        g_string_append_printf (text, "%s\n", lines[i] + 1);
    }

  for (; old_lines[at] != NULL && (*old_lines[at] != '\0' || old_lines[at + 1] != NULL); at++)
    g_string_append_printf (text, "%s\n", old_lines[at]);

  return g_string_free (text, FALSE);
}

/* The slow way: the longest common subsequence of all prefixes. */
static guint
count_changes (const char *a,
               const char *b)
{
  gsize n = strlen (a) / 2;
  gsize m = strlen (b) / 2;
  g_autofree guint *longest = g_new0 (guint, (n + 1) * (m + 1));

  for (gsize i = 1; i <= n; i++)
    for (gsize j = 1; j <= m; j++)
      {
        guint *here = &longest[i * (m + 1) + j];

        *here = a[2 * i - 2] == b[2 * j - 2] ? here[-(gssize) m - 2] + 1 : MAX (here[-1], here[-(gssize) m - 1]);
      }

  return n + m - 2 * longest[n * (m + 1) + m];
}

static char *
random_lines (guint most,
              guint letters)
{
  GString *text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, most); n > 0; n--)
    g_string_append_printf (text, "%c\n", 'a' + g_test_rand_int_range (0, letters));

  return g_string_free (text, FALSE);
}

static void
test_shortest (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      guint letters = g_test_rand_int_range (1, 8);
      g_autofree char *old_text = random_lines (30, letters);
      g_autofree char *new_text = random_lines (30, letters);
      g_autofree char *diff = strata_line_diff (old_text, new_text, "a", "b", g_test_rand_int_range (0, 4));
      guint n_changes;
      g_autofree char *applied = apply (old_text, diff, &n_changes);

      g_assert_cmpstr (applied, ==, new_text);
      g_assert_cmpuint (n_changes, ==, count_changes (old_text, new_text));
    }
}

/* Where there is nothing in common that could be found in short, the result is still right. */
static void
test_large_and_unlike (void)
{
  g_autofree char *old_text = random_lines (40000, 26);
  g_autofree char *new_text = random_lines (40000, 26);
  g_autofree char *diff = strata_line_diff (old_text, new_text, "a", "b", 3);
  guint n_changes;
  g_autofree char *applied = apply (old_text, diff, &n_changes);

  g_assert_cmpstr (applied, ==, new_text);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/line-diff/cases", test_cases);
  g_test_add_func ("/base/line-diff/shortest", test_shortest);
  g_test_add_func ("/base/line-diff/large-and-unlike", test_large_and_unlike);

  return g_test_run ();
}
