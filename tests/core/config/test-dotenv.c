/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/config/dotenv.h"

static const char * const environment[] = { "OUTSIDE=out", "A=outer", NULL };

typedef struct
{
  const char *name;
  const char *text;
  const char *key;
  const char *expected;   /* NULL: not there */
  guint       n_findings;
} DotenvCase;

static const DotenvCase cases[] = {
  { "plain", "B=1\nC=2", "C", "2" },
  { "blanks", "  B =  x y  \n", "B", "x y" },
  { "export", "export B=1\n", "B", "1" },
  { "export-is-a-name", "export=1\n", "export", "1" },
  { "comments", "# no\n\n  # no\nB=1", "B", "1" },
  { "inline-comment", "B=1 # one", "B", "1" },
  { "no-inline-comment", "B=1#one", "B", "1#one" },
  { "hash-first", "B=#one", "B", "#one" },
  { "empty", "B=\nC=1", "B", "" },
  { "no-value", "B\nC=1", "B", NULL },
  { "last-wins", "B=1\nB=2", "B", "2" },
  { "taken-back", "B=1\nB", "B", NULL },
  { "single-quotes", "B='a \\' \\n # \"' # c", "B", "a ' \\n # \"" },
  { "double-quotes", "B=\"a \\\" \\n\\t\\\\ # '\"", "B", "a \" \n\t\\ # '" },
  { "unknown-escape", "B=\"a\\q\"", "B", "a\\q" },
  { "several-lines", "B=\"one\ntwo\r\nthree\"\nC=1", "B", "one\ntwo\nthree" },
  { "after-several-lines", "B=\"one\ntwo\"\nC=1", "C", "1" },
  { "windows-path", "B='C:\\dir\\'\nC=1", "B", "C:\\dir\\" },
  { "quoted-key", "'B'=1", "B", "1" },
  { "crlf", "B=1\r\nC=2\r\n", "B", "1" },
  { "mark", "\xef\xbb\xbf" "B=1", "B", "1" },
  { "colon-is-no-delimiter", "B: 1\nC=2", "B", NULL, 1 },
  { "above", "B=1\nC=x${B}y", "C", "x1y" },
  { "not-below", "C=x${B}y\nB=1", "C", "xy" },
  { "environment", "C=${OUTSIDE}", "C", "out" },
  { "environment-wins", "A=inner\nC=${A}", "C", "outer" },
  { "fallback", "C=${NOWHERE:-x}${OUTSIDE:-y}", "C", "xout" },
  { "empty-fallback", "C=${NOWHERE:-}", "C", "" },
  { "in-single-quotes-too", "B=1\nC='${B}'", "C", "1" },
  { "no-braces", "B=1\nC=$B", "C", "$B" },
  { "other-operator", "B=1\nC=${B:+x}${B}", "C", "${B:+x}1" },
  { "not-closed", "C=${B", "C", "${B" },
  { "quote-not-closed", "B='a\nC=1", "C", "1", 1 },
  { "text-after-quote", "B='a' b\nC=1", "C", "1", 1 },
  { "text-after-quote-drops", "B='a' b\nC=1", "B", NULL, 1 },
  { "no-key", "=1\nC=1", "C", "1", 1 },
};

static void
test_case (gconstpointer data)
{
  const DotenvCase *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = NULL;
  const StrataConfigValue *value;

  document = strata_dotenv_parse ("/p/.env", test->text, strlen (test->text), environment, FALSE, findings);
  g_assert_nonnull (document);
  value = strata_config_value_lookup (strata_document_get_root (document), test->key);

  g_assert_cmpstr (value != NULL ? strata_config_value_get_text (value) : NULL, ==, test->expected);
  g_assert_cmpuint (findings->len, ==, test->n_findings);
  g_assert_cmpuint (strata_findings_count (findings, STRATA_SEVERITY_ERROR), ==, 0);
}

static void
test_override (void)
{
  static const char text[] = "A=inner\nC=${A}\nA\nD=[${A:-x}]";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = NULL;
  const StrataConfigValue *root;

  document = strata_dotenv_parse ("/p/.env", text, strlen (text), environment, TRUE, findings);
  root = strata_document_get_root (document);

  g_assert_cmpstr (strata_config_value_get_text (strata_config_value_lookup (root, "C")), ==, "inner");
  g_assert_cmpstr (strata_config_value_get_text (strata_config_value_lookup (root, "D")), ==, "[]");
}

static void
test_places (void)
{
  static const char text[] = "\nexport ÄB = 'x\ny'\n  C=1 # c\nD='open";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = NULL;
  g_autofree char *finding = NULL;
  const StrataConfigValue *value;

  document = strata_dotenv_parse ("/p/.env", text, strlen (text), NULL, FALSE, findings);

  value = strata_config_value_lookup (strata_document_get_root (document), "ÄB");
  g_assert_cmpuint (strata_config_value_get_key_place (value).line, ==, 2);
  g_assert_cmpuint (strata_config_value_get_key_place (value).column, ==, 8);
  g_assert_cmpuint (strata_config_value_get_place (value).line, ==, 2);
  g_assert_cmpuint (strata_config_value_get_place (value).column, ==, 13);

  value = strata_config_value_lookup (strata_document_get_root (document), "C");
  g_assert_cmpuint (strata_config_value_get_place (value).line, ==, 4);
  g_assert_cmpuint (strata_config_value_get_place (value).column, ==, 5);

  g_assert_cmpuint (findings->len, ==, 1);
  finding = strata_finding_to_string (g_ptr_array_index (findings, 0));
  g_assert_true (g_str_has_prefix (finding, "/p/.env:5:3: warning: the quote that opens here is not closed"));
}

static void
test_findings_keep_secrets (void)
{
  static const char text[] = "PASSWORD='hunter2' hunter2\nPASSWORD: hunter2\nPASSWORD='hunter2";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = NULL;

  document = strata_dotenv_parse ("/p/.env", text, strlen (text), NULL, FALSE, findings);

  g_assert_cmpuint (findings->len, ==, 3);
  for (guint i = 0; i < findings->len; i++)
    g_assert_null (strstr (strata_finding_get_message (g_ptr_array_index (findings, i)), "hunter2"));
}

static void
test_growth_is_bounded (void)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GString) text = g_string_new ("K0=0123456789\n");
  g_autoptr(StrataDocument) document = NULL;

  for (guint i = 1; i < 60; i++)
    g_string_append_printf (text, "K%u=${K%u}${K%u}\n", i, i - 1, i - 1);

  document = strata_dotenv_parse ("/p/.env", text->str, text->len, NULL, FALSE, findings);

  g_assert_nonnull (document);
  g_assert_cmpuint (findings->len, >, 0);
}

static void
test_not_utf8 (void)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  g_assert_null (strata_dotenv_parse ("/p/.env", "A=\xe4", 3, NULL, FALSE, findings));
  g_assert_cmpuint (strata_findings_count (findings, STRATA_SEVERITY_ERROR), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/config/dotenv/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/config/dotenv/override", test_override);
  g_test_add_func ("/config/dotenv/places", test_places);
  g_test_add_func ("/config/dotenv/findings-keep-secrets", test_findings_keep_secrets);
  g_test_add_func ("/config/dotenv/growth-is-bounded", test_growth_is_bounded);
  g_test_add_func ("/config/dotenv/not-utf8", test_not_utf8);

  return g_test_run ();
}
