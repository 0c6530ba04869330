/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/source.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *expected;
  guint       n_findings;
} Case;

static const Case cases[] = {
  { "empty", "", "", 0 },
  { "utf-8", "größe", "größe", 0 },
  { "mark", "\xef\xbb\xbf" "a", "a", 0 },
  { "newlines", "a\r\nb\rc\n\r\n", "a\nb\nc\n\n", 0 },
  { "latin-1", "# -*- coding: latin-1 -*-\n\xfc", "# -*- coding: latin-1 -*-\nü", 0 },
  { "latin-1-on-line-two", "#!/usr/bin/python\n# vim: set fileencoding=ISO_8859_1 :\n\xfc",
    "#!/usr/bin/python\n# vim: set fileencoding=ISO_8859_1 :\nü", 0 },
  { "cp1252", "# coding=cp1252\n\x80", "# coding=cp1252\n€", 0 },
  { "declared-utf-8", "# coding: UTF_8\nü", "# coding: UTF_8\nü", 0 },
  { "declared-too-late", "a\n# coding: latin-1\nü", "a\n# coding: latin-1\nü", 0 },
  { "declared-in-a-string", "'coding: latin-1'\nü", "'coding: latin-1'\nü", 0 },
  { "mark-wins", "\xef\xbb\xbf# coding: latin-1\nü", "# coding: latin-1\nü", 0 },
  { "not-utf-8", "a = '\xfc'", "a = '\xef\xbf\xbd'", 1 },
  { "unknown-encoding", "# coding: klingon\na", "# coding: klingon\na", 1 },
  { "not-what-is-declared", "# coding: utf-8\n\xfc", "# coding: utf-8\n\xef\xbf\xbd", 1 },
};

static void
test_text (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = strata_py_source_new ("a.py", test->text, strlen (test->text), findings);

  g_assert_cmpstr (strata_py_source_get_text (source), ==, test->expected);
  g_assert_cmpuint (strata_py_source_get_length (source), ==, strlen (test->expected));
  g_assert_cmpuint (findings->len, ==, test->n_findings);
}

static void
test_nul (void)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = strata_py_source_new ("a.py", "a\0b", 3, findings);

  g_assert_cmpstr (strata_py_source_get_text (source), ==, "a\xef\xbf\xbd" "b");
  g_assert_cmpuint (findings->len, ==, 1);
}

static void
test_places (void)
{
  const char *text = "ab\n\nüxy\n";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = strata_py_source_new ("a.py", text, strlen (text), findings);
  static const guint places[][3] = {
    { 0, 1, 1 }, { 2, 1, 3 }, { 3, 2, 1 }, { 4, 3, 1 }, { 6, 3, 2 }, { 8, 3, 4 }, { 9, 4, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      StrataPlace place = strata_py_source_get_place (source, places[i][0]);

      g_assert_cmpstr (place.file, ==, "a.py");
      g_assert_cmpuint (place.line, ==, places[i][1]);
      g_assert_cmpuint (place.column, ==, places[i][2]);
    }
}

static void
test_too_large (void)
{
  gsize length = 17 * 1024 * 1024;
  g_autofree char *text = g_strnfill (length, '\n');
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = strata_py_source_new ("a.py", text, length, findings);

  g_assert_cmpuint (strata_py_source_get_length (source), <, length);
  g_assert_cmpuint (findings->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/python/source/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_text);
    }
  g_test_add_func ("/python/source/nul", test_nul);
  g_test_add_func ("/python/source/places", test_places);
  g_test_add_func ("/python/source/too-large", test_too_large);

  return g_test_run ();
}
