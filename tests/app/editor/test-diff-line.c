/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/diff-line.h"
#include "app/support.h"

/* Each line as its sign, both numbers and its text. */
static char *
compare (const char *old_text,
         const char *new_text,
         guint       context)
{
  g_autoptr(GPtrArray) lines = strata_diff_lines_new (old_text, new_text, context);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      StrataDiffLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (text, "%c%u,%u%s|", " -+~"[strata_diff_line_get_kind (line)],
                              strata_diff_line_get_old_number (line), strata_diff_line_get_new_number (line),
                              strata_diff_line_get_text (line));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const struct
{
  const char *old_text;
  const char *new_text;
  guint       context;
  const char *lines;
} cases[] = {
  { "a\nb\n", "a\nb\n", 3, "" },
  { "", "", 3, "" },
  { "a\nb\nc\n", "a\nx\nc\n", 3, " 1,1a|-2,0b|+0,2x| 3,3c|" },
  { "", "a\n", 3, "+0,1a|" },
  { "a\n", "", 3, "-1,0a|" },
  { "a", "a\n", 3, "-1,0a|+0,1a|" },
  { "a\nb\nc\n", "a\nb\nx\nc\n", 0, "~3,3|+0,3x|" },
  { "a\nb\nc\n", "a\nc\n", 0, "~2,2|-2,0b|" },
  { "1\n2\n3\n4\n5\n", "x\n2\n3\n4\ny\n", 1, "-1,0" "1|+0,1x| 2,2" "2|~4,4| 4,4" "4|-5,0" "5|+0,5y|" },
  { "@@ -1\n", "--- x\n", 3, "-1,0@@ -1|+0,1--- x|" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *lines = compare (cases[i].old_text, cases[i].new_text, cases[i].context);

      g_assert_cmpstr (lines, ==, cases[i].lines);
    }
}

static void
test_words (void)
{
  g_autoptr(GPtrArray) lines = strata_diff_lines_new ("a\nb\nc\nd\n", "a\nb\nx\nd\n", 1);
  static const char * const words[] = { "From line 2", "Line 2: b", "Removed, line 3: c", "Added, line 3: x", "Line 4: d" };

  g_assert_cmpuint (lines->len, ==, G_N_ELEMENTS (words));
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *spoken = strata_diff_line_dup_words (g_ptr_array_index (lines, i));

      g_assert_cmpstr (spoken, ==, words[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  g_test_add_func ("/editor/diff-line/cases", test_cases);
  g_test_add_func ("/editor/diff-line/words", test_words);

  return g_test_run ();
}
