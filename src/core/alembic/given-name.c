/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/given-name.h"

#include <string.h>

/* Whatever a type's constructor is called with, its words are those that were given. */
#define TYPE \
  "import sqlalchemy\n" \
  "class value(sqlalchemy.types.UserDefinedType):\n" \
  "    cache_ok = True\n" \
  "    def __init__(self, *args, **options):\n" \
  "        pass\n" \
  "    def get_col_spec(self, **options):\n" \
  "        return \"\"\"%s\"\"\"\n"

#define NOTHING \
  "def value(*args, **options):\n" \
  "    return None\n"

static gboolean
is_constant (const char *meaning)
{
  return strchr ("'\"[{(-0123456789", *meaning) != NULL || g_str_equal (meaning, "True") || g_str_equal (meaning, "False")
         || g_str_equal (meaning, "None");
}

static char *
to_python (const char *meaning)
{
  if (*meaning == '\0')
    return g_strdup (NOTHING);
  if (is_constant (meaning))
    return g_strdup_printf ("value = %s\n", meaning);

  return g_strdup_printf (TYPE, meaning);
}

StrataPyValue *
strata_given_name_find (StrataPyMachine    *py,
                        const char * const *names,
                        const char         *dotted_name)
{
  /* An ini file has its names in small letters, so that case does not count. */
  for (guint i = 0; names != NULL && names[i] != NULL; i += 2)
    if (g_ascii_strcasecmp (names[i], dotted_name) == 0)
      {
        g_autoptr(GPtrArray) findings = strata_findings_new ();
        g_autofree char *text = to_python (names[i + 1]);
        g_autofree char *module_name = g_strconcat ("strata:names.", dotted_name, NULL);
        g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("[strata:names]", text, strlen (text), findings);
        StrataPyValue *module = strata_py_machine_run (py, module_name, tree);

        return module != NULL ? strata_py_machine_lookup (py, module, "value") : NULL;
      }

  return NULL;
}
