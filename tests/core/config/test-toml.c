/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/config/toml.h"

#define FILE_NAME "/p/pyproject.toml"

static StrataDocument *
parse (const char *text)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  StrataDocument *document = strata_toml_parse (FILE_NAME, text, strlen (text), findings);

  if (findings->len > 0)
    g_error ("%s", strata_finding_get_message (g_ptr_array_index (findings, 0)));
  g_assert_nonnull (document);

  return document;
}

/* A short spelling of a tree: {a=1,b=["x",2021-01-01]} with keys in order. */
static void
spell (const StrataConfigValue *value,
       GString                 *text)
{
  guint size = strata_config_value_get_size (value);

  switch (strata_config_value_get_kind (value))
    {
    case STRATA_CONFIG_STRING:
      g_string_append_printf (text, "\"%s\"", strata_config_value_get_text (value));
      break;
    case STRATA_CONFIG_INTEGER:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, strata_config_value_get_integer (value));
      break;
    case STRATA_CONFIG_FLOAT:
      g_string_append_printf (text, "%gf", strata_config_value_get_float (value));
      break;
    case STRATA_CONFIG_BOOLEAN:
      g_string_append (text, strata_config_value_get_boolean (value) ? "yes" : "no");
      break;
    case STRATA_CONFIG_DATE:
      g_string_append (text, strata_config_value_get_text (value));
      break;
    case STRATA_CONFIG_NULL:
      g_assert_not_reached ();
    case STRATA_CONFIG_ARRAY:
    case STRATA_CONFIG_TABLE:
      {
        gboolean table = strata_config_value_get_kind (value) == STRATA_CONFIG_TABLE;

        g_string_append_c (text, table ? '{' : '[');
        for (guint i = 0; i < size; i++)
          {
            g_string_append (text, i > 0 ? "," : "");
            if (table)
              g_string_append_printf (text, "%s=", strata_config_value_get_key (value, i));
            spell (strata_config_value_get_element (value, i), text);
          }
        g_string_append_c (text, table ? '}' : ']');
      }
      break;
    default:
      g_assert_not_reached ();
    }
}

typedef struct
{
  const char *name;
  const char *text;
  const char *expected;
} GoodCase;

static const GoodCase good_cases[] = {
  { "nothing", "", "{}" },
  { "comments", "# a\n  # b\r\n\n", "{}" },
  { "no-newline", "a = 1", "{a=1}" },
  { "mark", "\xef\xbb\xbf" "a = 1", "{a=1}" },
  { "keys", "a-b_1 = 1\n\"c d\" = 2\n'e.f' = 3\n1 = 4\n\"\" = 5", "{a-b_1=1,c d=2,e.f=3,1=4,=5}" },
  { "dotted", "a . b.c = 1\na.d = 2", "{a={b={c=1},d=2}}" },
  { "tables", "[a.b]\nc = 1\n[a]\nd = 2\n[ e . \"f g\" ]", "{a={b={c=1},d=2},e={f g={}}}" },
  { "array-of-tables", "[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2\n[[a.e]]\n[[a.e]]", "{a=[{b=1},{c={d=2},e=[{},{}]}]}" },
  { "sub-table-of-dotted", "[a]\nb.c = 1\n[a.b.d]\ne = 2", "{a={b={c=1,d={e=2}}}}" },
  { "inline", "a = { b = 1, c.d = 2 , e = {} }", "{a={b=1,c={d=2},e={}}}" },
  { "arrays", "a = [1, [\"x\", ], { b = 2 },\n # c\n 3 ]\nb = []", "{a=[1,[\"x\"],{b=2},3],b=[]}" },
  { "basic-string", "a = \"\\b\\t\\\"\\\\ \\u00e9\\U0001F600#\"", "{a=\"\b\t\"\\ é😀#\"}" },
  { "literal-string", "a = 'C:\\dir\\\"x\"'", "{a=\"C:\\dir\\\"x\"\"}" },
  { "empty-strings", "a = \"\"\nb = ''\nc = \"\"\"\"\"\"\nd = ''''''", "{a=\"\",b=\"\",c=\"\",d=\"\"}" },
  { "multi-line", "a = \"\"\"\r\none\r\ntwo\"\"\"", "{a=\"one\ntwo\"}" },
  { "multi-line-joined", "a = \"\"\"one \\  \n\n   two\"\"\"", "{a=\"one two\"}" },
  { "multi-line-quotes", "a = \"\"\"\"x\"\" \"\"\"\"\"", "{a=\"\"x\"\" \"\"\"}" },
  { "multi-line-literal", "a = '''\n'x' \\n\n''''", "{a=\"'x' \\n\n'\"}" },
  { "integers", "a = [0, +1, -17, 1_000, 0xdead_BEEF, 0o755, 0b1_0, 9223372036854775807, -9223372036854775808]",
    "{a=[0,1,-17,1000,3735928559,493,2,9223372036854775807,-9223372036854775808]}" },
  { "floats", "a = [1.5, -0.01, 5e+22, 1E-2, 6.6_2e1_0, inf, -inf]", "{a=[1.5f,-0.01f,5e+22f,0.01f,6.62e+10f,inff,-inff]}" },
  { "booleans", "a = [true, false]", "{a=[yes,no]}" },
  { "dates", "a = [1979-05-27T07:32:00Z, 1979-05-27 07:32:00.999-07:00, 1979-05-27t07:32:00, 1979-05-27, 07:32:00.1]",
    "{a=[1979-05-27T07:32:00Z,1979-05-27 07:32:00.999-07:00,1979-05-27t07:32:00,1979-05-27,07:32:00.1]}" },
  { "leap-day", "a = 2024-02-29", "{a=2024-02-29}" },
  { "date-and-comment", "a = 1979-05-27 # 07", "{a=1979-05-27}" },
};

static void
test_good (gconstpointer data)
{
  const GoodCase *test = data;
  g_autoptr(StrataDocument) document = parse (test->text);
  g_autoptr(GString) text = g_string_new (NULL);

  spell (strata_document_get_root (document), text);
  g_assert_cmpstr (text->str, ==, test->expected);
}

typedef struct
{
  const char *name;
  const char *text;
  guint       line;
  guint       column;
  const char *message;   /* a part */
} BadCase;

static const BadCase bad_cases[] = {
  { "no-value", "a =", 1, 4, "a value is missing" },
  { "no-equals", "\na", 2, 2, "“=” is missing" },
  { "bare-text", "a = migrations", 1, 5, "a text is written in quotes" },
  { "two-on-a-line", "a = 1 b = 2", 1, 7, "the line should end here" },
  { "no-key", " = 1", 1, 2, "a key is missing" },
  { "bad-key", "ä = 1", 1, 1, "a key is missing" },
  { "dot-at-end", "a. = 1", 1, 4, "a key is missing" },
  { "multi-line-key", "\"\"\"a\"\"\" = 1", 1, 1, "can't be a key" },
  { "key-twice", "a = 1\n\"a\" = 2", 2, 1, "“a” is defined already, in line 1" },
  { "table-twice", "[a]\n[b]\n[a]", 3, 2, "“a” is defined already, in line 1" },
  { "table-over-key", "a = 1\n[a]", 2, 2, "“a” is defined already" },
  { "below-key", "a = 1\n[a.b]", 2, 2, "is an integer already" },
  { "dotted-over-table", "[a.b]\nc = 1\n[a]\nb.d = 2", 4, 1, "“b” is defined already" },
  { "table-over-dotted", "a.b = 1\n[a]", 2, 2, "“a” is defined already" },
  { "below-inline", "a = {}\n[a.b]", 2, 2, "is a table already" },
  { "dotted-below-inline", "a = { b = {} }\na.c = 1", 2, 1, "is defined already" },
  { "below-inside-of-inline", "a = { b.c = 1 }\n[a.b]", 2, 2, "is a table already" },
  { "array-over-table", "[a]\n[[a]]", 2, 3, "is defined already" },
  { "table-over-array", "[[a]]\n[a]", 2, 2, "is defined already" },
  { "header-over-array", "a = []\n[[a]]", 2, 3, "is defined already" },
  { "half-closed-header", "[[a]\nb = 1", 1, 5, "“]” is missing" },
  { "open-header", "[a", 1, 3, "“]” is missing" },
  { "empty-header", "[]", 1, 2, "a key is missing" },
  { "open-string", "a = \"b\nc = 1", 1, 7, "not closed at the end of its line" },
  { "open-at-end", "a = \"b", 1, 5, "is not closed" },
  { "open-multi-line", "a = '''b\n''", 1, 5, "is not closed" },
  { "escape", "a = \"C:\\dir\"", 1, 8, "unknown escape" },
  { "surrogate", "a = \"\\ud800\"", 1, 8, "no Unicode character" },
  { "short-unicode", "a = \"\\u12\"", 1, 10, "a hexadecimal digit" },
  { "nul", "a = \"\\u0000\"", 1, 8, "a NUL" },
  { "control", "a = \"\x01\"", 1, 6, "a control character" },
  { "control-in-comment", "# \x7f", 1, 3, "a control character" },
  { "lone-cr", "a = 1\rb = 2", 1, 6, "the line should end here" },
  { "leading-zero", "a = 01", 1, 5, "no number" },
  { "two-underscores", "a = 1__0", 1, 5, "no number" },
  { "underscore-first", "a = _1", 1, 5, "no number" },
  { "underscore-last", "a = 1_", 1, 5, "no number" },
  { "no-fraction", "a = 1.", 1, 5, "no number" },
  { "no-exponent", "a = 1e", 1, 5, "no number" },
  { "signed-hex", "a = -0x1", 1, 5, "no number" },
  { "large", "a = 9223372036854775808", 1, 5, "no number" },
  { "no-leap-day", "a = 2023-02-29", 1, 5, "no number" },
  { "hour", "a = 24:00:00", 1, 5, "no number" },
  { "open-array", "a = [1", 1, 7, "“,” or “]” is missing" },
  { "two-commas", "a = [1,,2]", 1, 8, "a value is missing" },
  { "open-inline", "a = { b = 1", 1, 12, "“,” or “}” is missing" },
  { "inline-comma-at-end", "a = { b = 1, }", 1, 14, "a key is missing" },
  { "inline-over-lines", "a = { b = 1,\n c = 2 }", 1, 13, "a key is missing" },
  { "column-in-characters", "a = \"ž€😀\" x", 1, 11, "the line should end here" },
  { "latin1", "a = '\xe4'", 1, 6, "byte 0xE4 is not valid UTF-8" },
};

static void
test_bad (gconstpointer data)
{
  const BadCase *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  StrataFinding *finding;

  g_assert_null (strata_toml_parse (FILE_NAME, test->text, strlen (test->text), findings));
  g_assert_cmpuint (findings->len, ==, 1);

  finding = g_ptr_array_index (findings, 0);
  g_assert_cmpint (strata_finding_get_severity (finding), ==, STRATA_SEVERITY_ERROR);
  g_assert_cmpstr (strata_finding_get_place (finding).file, ==, FILE_NAME);
  g_assert_cmpuint (strata_finding_get_place (finding).line, ==, test->line);
  g_assert_cmpuint (strata_finding_get_place (finding).column, ==, test->column);
  if (strstr (strata_finding_get_message (finding), test->message) == NULL)
    g_error ("“%s” is not in “%s”", test->message, strata_finding_get_message (finding));
}

static void
test_nan (void)
{
  g_autoptr(StrataDocument) document = parse ("a = nan");
  const StrataConfigValue *value = strata_config_value_lookup (strata_document_get_root (document), "a");

  g_assert_true (isnan (strata_config_value_get_float (value)));
}

static void
test_depth_is_bounded (void)
{
  static const struct
  {
    const char *before;
    const char *piece;
  } shapes[] = { { "a = ", "[" }, { "a = ", "{a=" }, { "", "a." }, { "[", "a." }, { "a = ", "{a.a.a=" } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      g_autoptr(GString) text = g_string_new (shapes[i].before);

      for (guint n = 0; n < 100000; n++)
        g_string_append (text, shapes[i].piece);

      g_assert_null (strata_toml_parse (FILE_NAME, text->str, text->len, findings));
      g_assert_cmpuint (findings->len, ==, 1);
      g_assert_nonnull (strstr (strata_finding_get_message (g_ptr_array_index (findings, 0)), "nested too deeply"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/config/toml/good/", good_cases[i].name, NULL);

      g_test_add_data_func (path, &good_cases[i], test_good);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/config/toml/bad/", bad_cases[i].name, NULL);

      g_test_add_data_func (path, &bad_cases[i], test_bad);
    }
  g_test_add_func ("/config/toml/nan", test_nan);
  g_test_add_func ("/config/toml/depth-is-bounded", test_depth_is_bounded);

  return g_test_run ();
}
