/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/script-names.h"

#include "core/alembic/directive.h"

static GArray *
collect (void)
{
  const StrataPyNative *tables[] = {
    strata_op_table_functions, strata_op_column_functions, strata_op_constraint_functions, strata_op_index_functions,
    strata_op_data_functions, strata_op_batch_functions, strata_op_context_functions,
  };
  GArray *names = g_array_new (TRUE, FALSE, sizeof (StrataScriptName));

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const StrataPyNative *native = tables[i]; native->name != NULL; native++)
      {
        const StrataScriptName name = { native->name, native->parameters };

        g_array_append_val (names, name);
      }

  return names;
}

const StrataScriptName *
strata_script_list_directives (void)
{
  static gsize names;

  if (g_once_init_enter (&names))
    g_once_init_leave (&names, (gsize) g_array_free (collect (), FALSE));

  return (const StrataScriptName *) names;
}

/* Those with "*" before them take any number, and have no name of their own. */
static void
add_parameters (const char   *parameters,
                GStrvBuilder *builder)
{
  g_auto(GStrv) parts = g_strsplit (parameters, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *part = g_strstrip (parts[i]);
      char *end = strchr (part, '=');

      if (end != NULL)
        *end = '\0';
      if (*part != '\0' && *part != '*' && *part != '/')
        g_strv_builder_add (builder, part);
    }
}

GStrv
strata_script_dup_keyword_arguments (const char *directive)
{
  for (const StrataScriptName *name = strata_script_list_directives (); name->name != NULL; name++)
    if (g_str_equal (name->name, directive))
      {
        g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

        add_parameters (name->parameters, builder);
        return g_strv_builder_end (builder);
      }

  return NULL;
}
