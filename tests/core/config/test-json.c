/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/config/json.h"

static StrataDocument *
parse (const char  *text,
       char       **message)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  StrataDocument *document = strata_json_parse ("/p/settings.json", text, strlen (text), findings);

  g_assert_cmpuint (findings->len, ==, document == NULL);
  *message = document == NULL ? g_strdup (strata_finding_get_message (g_ptr_array_index (findings, 0))) : NULL;

  return document;
}

static void
test_values (void)
{
  g_autofree char *message = NULL;
  g_autoptr(StrataDocument) document = parse ("{\"a\": {\"b\": [1, -2.5e1, true, false, null, \"x\"]},\n"
                                              " \"c\" : \"\\u00e9\\ud83d\\ude00\\n\\\"\\/\"}\n", &message);
  const StrataConfigValue *root, *list, *text;

  g_assert_cmpstr (message, ==, NULL);
  root = strata_document_get_root (document);
  list = strata_config_value_lookup_path (root, "a", "b", NULL);
  g_assert_cmpuint (strata_config_value_get_size (list), ==, 6);
  g_assert_cmpint (strata_config_value_get_integer (strata_config_value_get_element (list, 0)), ==, 1);
  g_assert_cmpfloat (strata_config_value_get_float (strata_config_value_get_element (list, 1)), ==, -25.0);
  g_assert_true (strata_config_value_get_boolean (strata_config_value_get_element (list, 2)));
  g_assert_false (strata_config_value_get_boolean (strata_config_value_get_element (list, 3)));
  g_assert_cmpint (strata_config_value_get_kind (strata_config_value_get_element (list, 4)), ==, STRATA_CONFIG_NULL);
  text = strata_config_value_lookup (root, "c");
  g_assert_cmpstr (strata_config_value_get_text (text), ==, "é😀\n\"/");
  g_assert_cmpuint (strata_config_value_get_place (text).line, ==, 2);
  g_assert_cmpuint (strata_config_value_get_place (text).column, ==, 8);
}

static void
test_last_one_counts (void)
{
  g_autofree char *message = NULL;
  g_autoptr(StrataDocument) document = parse ("{\"a\": 1, \"a\": \"b\"}", &message);

  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpstr (strata_config_value_get_text (strata_config_value_lookup (strata_document_get_root (document), "a")),
                   ==, "b");
}

/* What Python's json stops at, and what nobody means. */
static void
test_refused (void)
{
  static const char * const texts[] = {
    "", "[1]", "\"a\"", "{", "{\"a\"}", "{\"a\": }", "{\"a\": 1,}", "{\"a\": [1,]}", "{'a': 1}", "{a: 1}", "{\"a\": 01}",
    "{\"a\": .5}", "{\"a\": 1.}", "{\"a\": +1}", "{\"a\": NaN}", "{\"a\": True}", "{\"a\": 1} 2", "{\"a\": \"b\nc\"}",
    "{\"a\": \"\\x41\"}", "{\"a\": \"\\ud800\"}", "{\"a\": \"\\u0000\"}", "{\"a\": \"b}", "{\"a\": 1 // no\n}",
    "\xef\xbb\xbf{}", "{\"a\": 1 \"b\": 2}", "{\"a\": \"\xff\"}",
  };
  g_autoptr(GString) deep = g_string_new ("{\"a\": ");
  g_autofree char *too_deep = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *message = NULL;
      g_autoptr(StrataDocument) document = parse (texts[i], &message);

      g_test_message ("%s", texts[i]);
      g_assert_null (document);
    }

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (parse (deep->str, &too_deep));
  g_assert_cmpstr (too_deep, ==, "this is nested too deep");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/config/json/values", test_values);
  g_test_add_func ("/config/json/last-one-counts", test_last_one_counts);
  g_test_add_func ("/config/json/refused", test_refused);

  return g_test_run ();
}
