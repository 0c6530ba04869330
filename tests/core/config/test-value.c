/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/config/toml.h"

static StrataDocument *
sample (void)
{
  static const char text[] = "[tool.alembic]\nscript_location = \"m\"\nn = 7\nf = 1.5\nb = true\nlist = [\"x\", \"y\"]\n";
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  return strata_toml_parse ("/p/pyproject.toml", text, strlen (text), findings);
}

static void
test_lookups_nest (void)
{
  g_autoptr(StrataDocument) document = sample ();
  const StrataConfigValue *root = strata_document_get_root (document);
  const StrataConfigValue *value = strata_config_value_lookup_path (root, "tool", "alembic", "script_location", NULL);

  g_assert_cmpstr (strata_config_value_get_text (value), ==, "m");
  g_assert_null (strata_config_value_lookup_path (root, "tool", "poetry", "name", NULL));
  g_assert_null (strata_config_value_lookup (value, "x"));
  g_assert_null (strata_config_value_lookup (NULL, "x"));
}

static void
test_other_kinds_are_nothing (void)
{
  g_autoptr(StrataDocument) document = sample ();
  const StrataConfigValue *table = NULL;
  const StrataConfigValue *value;

  table = strata_config_value_lookup_path (strata_document_get_root (document), "tool", "alembic", NULL);
  value = strata_config_value_lookup (table, "n");
  g_assert_cmpint (strata_config_value_get_integer (value), ==, 7);
  g_assert_cmpfloat (strata_config_value_get_float (value), ==, 0.0);
  g_assert_false (strata_config_value_get_boolean (value));
  g_assert_cmpstr (strata_config_value_get_text (value), ==, "7");
  g_assert_cmpuint (strata_config_value_get_size (value), ==, 0);

  g_assert_null (strata_config_value_get_text (table));
  g_assert_cmpstr (strata_config_kind_get_name (strata_config_value_get_kind (table)), ==, "a table");
  g_assert_true (strata_config_value_get_boolean (strata_config_value_lookup (table, "b")));
  g_assert_cmpfloat (strata_config_value_get_float (strata_config_value_lookup (table, "f")), ==, 1.5);
}

static void
test_elements_have_places (void)
{
  g_autoptr(StrataDocument) document = sample ();
  const StrataConfigValue *list = NULL;
  const StrataConfigValue *element;

  list = strata_config_value_lookup_path (strata_document_get_root (document), "tool", "alembic", "list", NULL);
  g_assert_cmpuint (strata_config_value_get_size (list), ==, 2);
  g_assert_cmpuint (strata_config_value_get_key_place (list).column, ==, 1);
  g_assert_cmpuint (strata_config_value_get_place (list).column, ==, 8);

  element = strata_config_value_get_element (list, 1);
  g_assert_cmpstr (strata_config_value_get_text (element), ==, "y");
  g_assert_cmpuint (strata_config_value_get_place (element).line, ==, 6);
  g_assert_cmpuint (strata_config_value_get_place (element).column, ==, 14);
  g_assert_null (strata_config_value_get_key (list, 1));
}

static void
test_document_is_boxed (void)
{
  g_auto(GValue) value = G_VALUE_INIT;
  StrataDocument *document = sample ();

  g_value_init (&value, STRATA_TYPE_DOCUMENT);
  g_value_take_boxed (&value, strata_document_ref (document));
  strata_document_unref (document);

  g_assert_cmpstr (strata_document_get_file (g_value_get_boxed (&value)), ==, "/p/pyproject.toml");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/config/value/lookups-nest", test_lookups_nest);
  g_test_add_func ("/config/value/other-kinds-are-nothing", test_other_kinds_are_nothing);
  g_test_add_func ("/config/value/elements-have-places", test_elements_have_places);
  g_test_add_func ("/config/value/document-is-boxed", test_document_is_boxed);

  return g_test_run ();
}
