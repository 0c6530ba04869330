/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/base/error.h"
#include "core/config/ini.h"

#define FILE_NAME "/p/alembic.ini"

static const char * const here[] = { "here", "/p", NULL };

static StrataDocument *
parse (const char *text,
       GPtrArray  *findings)
{
  return strata_ini_parse (FILE_NAME, text, strlen (text), here, findings);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *key;        /* of [alembic] */
  const char *expected;   /* raw; NULL: not there */
  guint       line;
  guint       column;
} ValueCase;

static const ValueCase value_cases[] = {
  { "equals", "[alembic]\nscript_location = migrations\n", "script_location", "migrations", 2, 19 },
  { "colon", "[alembic]\na: b = c", "a", "b = c", 2, 4 },
  { "first-delimiter", "[alembic]\na=b:c=d", "a", "b:c=d", 2, 3 },
  { "key-in-any-case", "[alembic]\nSQLAlchemy.URL = x", "sqlalchemy.url", "x", 2, 18 },
  { "asked-in-any-case", "[alembic]\na = x", "A", "x", 2, 5 },
  { "key-with-blanks", "[alembic]\na key  =x", "a key", "x", 2, 9 },
  { "empty", "[alembic]\na =\nb = 1", "a", "", 2, 4 },
  { "comment", "[alembic]\n# a = 1\n ; a = 2\na = 3", "a", "3", 4, 5 },
  { "no-inline-comment", "[alembic]\na = 1 # not ; one", "a", "1 # not ; one", 2, 5 },
  { "continued", "[alembic]\na = 1\n  2\n\t3\nb = 4", "a", "1\n2\n3", 2, 5 },
  { "continued-after-nothing", "[alembic]\na =\n    one\n    two", "a", "\none\ntwo", 2, 4 },
  { "blank-line-inside", "[alembic]\na = 1\n\n  2\n\n\nb = 4", "a", "1\n\n2", 2, 5 },
  { "comment-inside", "[alembic]\na = 1\n# no\n  ; no\n  2", "a", "1\n2", 2, 5 },
  { "looks-like-key-inside", "[alembic]\na = 1\n  b = 2\n  [c]", "a", "1\nb = 2\n[c]", 2, 5 },
  { "indented-keys", "[alembic]\n  a = 1\n  b = 2", "b", "2", 3, 7 },
  { "deeper-than-indented", "[alembic]\n  a = 1\n   b = 2", "a", "1\nb = 2", 2, 7 },
  { "less-deep", "[alembic]\n    a = 1\n  b = 2", "b", "2", 3, 7 },
  { "crlf", "[alembic]\r\na = 1\r\n  2\r\n", "a", "1\n2", 2, 5 },
  { "cr", "[alembic]\ra = 1\rb = 2", "b", "2", 3, 5 },
  { "mark", "\xef\xbb\xbf[alembic]\na = 1", "a", "1", 2, 5 },
  { "default", "[DEFAULT]\nb = 1\n[alembic]\na = 2", "b", "1", 2, 5 },
  { "over-default", "[DEFAULT]\na = 1\n[alembic]\na = 2", "a", "2", 4, 5 },
  { "here", "[alembic]\n", "here", "/p", 0, 0 },
  { "here-in-file", "[DEFAULT]\nhere = /q\n[alembic]\n", "here", "/q", 2, 8 },
  { "other-section", "[alembic]\n[b]\na = 1", "a", NULL, 0, 0 },
  { "text-after-header", "[alembic] # yes\na = 1", "a", "1", 2, 5 },
  { "header-in-header", "[[alembic]\na = 1", "a", NULL, 0, 0 },
  { "unicode", "[alembic]\nÄ = ž\xc2\xa0", "ä", "ž", 2, 5 },
  { "percent", "[alembic]\na = 100%\n", "a", "100%", 2, 5 },
};

static void
test_value (gconstpointer data)
{
  const ValueCase *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = parse (test->text, findings);
  const StrataConfigValue *value = strata_ini_lookup (document, "alembic", test->key);

  g_assert_cmpuint (strata_findings_count (findings, STRATA_SEVERITY_ERROR), ==, 0);
  g_assert_true (strata_ini_has_section (document, "alembic") == (strstr (test->name, "header-in") == NULL));

  if (test->expected == NULL)
    {
      g_assert_null (value);
      return;
    }

  g_assert_nonnull (value);
  g_assert_cmpstr (strata_config_value_get_text (value), ==, test->expected);
  g_assert_cmpstr (strata_config_value_get_place (value).file, ==, FILE_NAME);
  g_assert_cmpuint (strata_config_value_get_place (value).line, ==, test->line);
  g_assert_cmpuint (strata_config_value_get_place (value).column, ==, test->column);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *expected;   /* of "a", or a part of the error */
  gboolean    fails;
} ExpandCase;

static const ExpandCase expand_cases[] = {
  { "nothing", "a = plain", "plain" },
  { "here", "a = %(here)s/versions", "/p/versions" },
  { "key", "b = 1\na = x%(b)sy%(B)s", "x1y1" },
  { "percent", "a = p%%40ss %%(b)s", "p%40ss %(b)s" },
  { "nested", "c = %(here)s\nb = %(c)s/b\na = %(b)s", "/p/b" },
  { "several-lines", "b = 1\n  2\na = %(b)s\n  %(b)s", "1\n2\n1\n2" },
  { "empty", "b =\na = [%(b)s]", "[]" },
  { "single", "a = 100%", "/p/alembic.ini:2: the value of “a” has a single “%”; a literal % is written %%", TRUE },
  { "encoded", "a = p%40ss", "a literal % is written %%", TRUE },
  { "format", "a = %s", "a literal % is written %%", TRUE },
  { "open", "a = %(b", "“%(name)s”", TRUE },
  { "no-s", "b = 1\na = %(b)d", "“%(name)s”", TRUE },
  { "no-name", "a = %()s", "“%(name)s”", TRUE },
  { "missing", "\na = %(nowhere)s", "/p/alembic.ini:3: the value of “a” has “%(nowhere)s”, but there is no key", TRUE },
  { "itself", "a = %(a)s", "refers to itself", TRUE },
  { "ring", "a = %(b)s\nb = %(a)s", "refers to itself", TRUE },
  { "culprit-is-named", "a = %(b)s\nb = 5%", "/p/alembic.ini:3: the value of “b”", TRUE },
};

static void
test_expand (gconstpointer data)
{
  const ExpandCase *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autofree char *text = g_strconcat ("[alembic]\n", test->text, NULL);
  g_autoptr(StrataDocument) document = parse (text, findings);
  g_autoptr(GError) error = NULL;
  g_autofree char *value = NULL;

  g_assert_cmpuint (findings->len, ==, 0);
  value = strata_ini_expand (document, "alembic", strata_ini_lookup (document, "alembic", "a"), &error);

  if (test->fails)
    {
      g_assert_null (value);
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
      g_assert_nonnull (strstr (error->message, test->expected));
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, test->expected);
}

typedef struct
{
  const char *name;
  const char *text;
  gssize      length;
  const char *finding;   /* its beginning */
  gboolean    nothing;   /* no document at all */
} FindingCase;

static const FindingCase finding_cases[] = {
  { "duplicate-key", "[a]\nb = 1\nB = 2", -1, "/p/alembic.ini:3:1: error: “b” is given twice in [a], first in line 2" },
  { "duplicate-section", "[a]\n[b]\n[a]", -1, "/p/alembic.ini:3:1: error: section [a] is there already, in line 1" },
  { "duplicate-in-default", "[DEFAULT]\na=1\n[b]\n[DEFAULT]\na=2", -1, "/p/alembic.ini:5:1: error: “a” is given twice" },
  { "before-section", "\na = 1\n[b]", -1, "/p/alembic.ini:2:1: error: this line stands before the first section" },
  { "no-delimiter", "[a]\n  what is this\nb=1", -1, "/p/alembic.ini:2:3: error: this line is no section" },
  { "empty-header", "[]\n", -1, "/p/alembic.ini:1:1: error: this line stands before the first section" },
  { "no-key", "[a]\n= 1\n", -1, "/p/alembic.ini:2:1: error: there is no key before “=”" },
  { "mark", "\xef\xbb\xbf[a]", -1, "/p/alembic.ini:1:1: warning: the file begins with a byte order mark" },
  { "latin1", "[a]\nb = gr\xfc\xdf" "e\n", -1, "/p/alembic.ini:2:7: error: byte 0xFC is not valid UTF-8", TRUE },
  { "nul", "[a]\0b", 5, "/p/alembic.ini:1:4: error: the file holds a NUL byte", TRUE },
  { "utf16", "\xff\xfe[\0a\0]\0", 8, "/p/alembic.ini:1:1: error: the file is written in UTF-16", TRUE },
};

static void
test_finding (gconstpointer data)
{
  const FindingCase *test = data;
  gsize length = test->length >= 0 ? (gsize) test->length : strlen (test->text);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = strata_ini_parse (FILE_NAME, test->text, length, NULL, findings);
  g_autofree char *text = NULL;

  g_assert_cmpuint (findings->len, ==, 1);
  text = strata_finding_to_string (g_ptr_array_index (findings, 0));
  if (!g_str_has_prefix (text, test->finding))
    g_error ("“%s” does not begin with “%s”", text, test->finding);
  g_assert_true ((document == NULL) == test->nothing);
}

static void
test_last_one_counts (void)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = parse ("[a]\nb = 1\nc = 2\nb = 3\nb = 3", findings);
  const StrataConfigValue *section = strata_config_value_lookup (strata_document_get_root (document), "a");
  const StrataConfigValue *other = strata_config_value_get_other (strata_ini_lookup (document, "a", "b"));

  g_assert_cmpstr (strata_config_value_get_text (strata_ini_lookup (document, "a", "b")), ==, "3");
  g_assert_cmpstr (strata_config_value_get_text (other), ==, "1");
  g_assert_cmpuint (strata_config_value_get_place (other).line, ==, 2);
  g_assert_null (strata_config_value_get_other (strata_ini_lookup (document, "a", "c")));
  g_assert_cmpuint (strata_config_value_get_size (section), ==, 2);
  g_assert_cmpstr (strata_config_value_get_key (section, 0), ==, "b");
}

/* Ten levels of ten references each would be ten thousand million, each of which adds nothing. */
static void
test_growth_is_bounded (void)
{
  static const char * const fillers[] = { "", "long and longer " };

  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
    {
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      g_autoptr(GString) text = g_string_new ("[alembic]\n");
      g_autoptr(StrataDocument) document = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *value = NULL;

      for (char key = 'a'; key < 'j'; key++)
        {
          g_string_append_printf (text, "%c = %s", key, fillers[i]);
          for (guint n = 0; n < 20; n++)
            g_string_append_printf (text, "%%(%c)s", key + 1);
          g_string_append_c (text, '\n');
        }
      g_string_append (text, "j =\n");

      document = parse (text->str, findings);
      value = strata_ini_expand (document, "alembic", strata_ini_lookup (document, "alembic", "a"), &error);

      g_assert_null (value);
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (value_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/config/ini/value/", value_cases[i].name, NULL);

      g_test_add_data_func (path, &value_cases[i], test_value);
    }
  for (guint i = 0; i < G_N_ELEMENTS (expand_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/config/ini/expand/", expand_cases[i].name, NULL);

      g_test_add_data_func (path, &expand_cases[i], test_expand);
    }
  for (guint i = 0; i < G_N_ELEMENTS (finding_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/config/ini/finding/", finding_cases[i].name, NULL);

      g_test_add_data_func (path, &finding_cases[i], test_finding);
    }
  g_test_add_func ("/config/ini/last-one-counts", test_last_one_counts);
  g_test_add_func ("/config/ini/growth-is-bounded", test_growth_is_bounded);

  return g_test_run ();
}
