/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/script-names.h"

static void
test_arguments (void)
{
  g_auto(GStrv) rename = strata_script_dup_keyword_arguments ("rename_table");
  g_auto(GStrv) create = strata_script_dup_keyword_arguments ("create_table");
  g_auto(GStrv) none = strata_script_dup_keyword_arguments ("paint_table");
  g_autofree char *joined = g_strjoinv (" ", rename);

  g_assert_cmpstr (joined, ==, "old_table_name new_table_name schema");
  g_assert_true (g_strv_contains ((const char * const *) create, "if_not_exists"));
  g_assert_false (g_strv_contains ((const char * const *) create, "columns"));
  g_assert_null (none);
}

static void
test_directives (void)
{
  guint n = 0;
  gboolean has_batch = FALSE;

  for (const StrataScriptName *name = strata_script_list_directives (); name->name != NULL; name++, n++)
    has_batch |= g_str_equal (name->name, "batch_alter_table");
  g_assert_cmpuint (n, >, 20);
  g_assert_true (has_batch);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workspace/script-names/arguments", test_arguments);
  g_test_add_func ("/workspace/script-names/directives", test_directives);

  return g_test_run ();
}
