/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/workspace/script-names.h"

static const struct
{
  const char *call;
  const char *names;    /* NULL: there is nothing of that name */
} arguments[] = {
  { "op.rename_table", "old_table_name new_table_name schema" },
  { "batch_op.drop_column", "column_name" },
  { "sa.String", "length collation" },
  { "sa.DateTime", "timezone" },
  { "sqlalchemy.and_", "" },
  { "sa.null", "" },
  { "postgresql.ARRAY", "item_type as_tuple dimensions zero_indexes" },
  { "op.paint_table", NULL },
  { "sa.paint", NULL },
  { "np.array", NULL },
  { "String", NULL },
};

static void
test_arguments (void)
{
  g_auto(GStrv) create = strata_script_dup_keyword_arguments ("op.create_table");
  g_auto(GStrv) column = strata_script_dup_keyword_arguments ("sa.Column");

  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_auto(GStrv) names = strata_script_dup_keyword_arguments (arguments[i].call);
      g_autofree char *joined = names != NULL ? g_strjoinv (" ", names) : NULL;

      g_assert_cmpstr (joined, ==, arguments[i].names);
    }
  g_assert_true (g_strv_contains ((const char * const *) create, "if_not_exists"));
  g_assert_false (g_strv_contains ((const char * const *) create, "columns"));
  g_assert_true (g_strv_contains ((const char * const *) column, "server_default"));
}

/* Whatever is offered is known where scripts are evaluated. */
static void
test_names (void)
{
  static const guint counts[STRATA_SCRIPT_N_MODULES] = { 20, 15, 100, 35 };

  for (guint module = 0; module < STRATA_SCRIPT_N_MODULES; module++)
    {
      const StrataScriptName *name = strata_script_list_names (module);
      guint n = 0;

      for (; name->name != NULL; name++, n++)
        if (n > 0)
          g_assert_cmpint (g_ascii_strcasecmp (name[-1].name, name->name), <=, 0);
      g_assert_cmpuint (n, >=, counts[module]);
    }
}

static char *
dup_signature (StrataScriptModule  module,
               const char         *name)
{
  for (const StrataScriptName *known = strata_script_list_names (module); known->name != NULL; known++)
    if (g_str_equal (known->name, name))
      return strata_script_name_dup_signature (known);

  return g_strdup ("absent");
}

static void
test_signatures (void)
{
  g_autofree char *rename = dup_signature (STRATA_SCRIPT_OP, "rename_table");
  g_autofree char *numeric = dup_signature (STRATA_SCRIPT_SQLALCHEMY, "Numeric");
  g_autofree char *func = dup_signature (STRATA_SCRIPT_SQLALCHEMY, "func");

  g_assert_cmpstr (rename, ==, "(old_table_name, new_table_name, *, schema)");
  g_assert_cmpstr (numeric, ==, "(precision, scale, decimal_return_scale, asdecimal)");
  g_assert_null (func);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workspace/script-names/arguments", test_arguments);
  g_test_add_func ("/workspace/script-names/names", test_names);
  g_test_add_func ("/workspace/script-names/signatures", test_signatures);

  return g_test_run ();
}
