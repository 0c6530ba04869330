/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/utils.h"

#include <string.h>

/* from_sql(): entities out of statements. */

#define SPACE STRATA_UTILS_SPACE

static const char *
read_sql (StrataPyMachine *py,
          StrataPyValue   *value)
{
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR)
    return strata_py_value_get_text (value, NULL);

  return strata_py_refuse (py, "this SQL is not known here");
}

static gpointer
raise_unread (StrataPyMachine *py,
              const char      *what,
              const char      *sql)
{
  if (strata_py_has_failed (py))
    return NULL;

  return strata_utils_raise (py, "SQLParseFailure", "Failed to parse SQL into %s \"\"\"%s\"\"\"", what, sql);
}

/* By position, as the class has them; the last one may be NULL. */
static StrataPyValue *
construct (StrataPyMachine *py,
           StrataPyValue   *class,
           const char      *schema,
           const char      *signature,
           const char      *definition,
           StrataPyValue   *last)
{
  return strata_py_call_values (py, class, last != NULL ? 4 : 3, strata_py_str (py, schema), strata_py_str (py, signature),
                                strata_py_str (py, definition), last);
}

static StrataPyValue *
entity_from_sql (StrataPyMachine  *py,
                 StrataPyValue    *class,
                 StrataPyValue   **arguments)
{
  return strata_utils_raise_missing (py);
}

static StrataPyValue *
function_from_sql (StrataPyMachine  *py,
                   StrataPyValue    *class,
                   StrataPyValue   **arguments)
{
  const char *sql = read_sql (py, arguments[0]);
  g_autofree char *stripped = sql != NULL ? strata_utils_strip (sql) : NULL;
  g_autofree char *definition = NULL;
  g_auto(GStrv) parts = NULL;
  g_auto(GStrv) groups = NULL;

  if (stripped != NULL)
    groups = strata_utils_match (py, "create.+?function" SPACE "(.+?)\\.(.+?)" SPACE "returns" SPACE "(.+?)", stripped);
  if (groups == NULL)
    return raise_unread (py, "PGFunction", sql);
  definition = g_strconcat ("returns ", groups[3], NULL);
  if (*groups[2] != '"')
    return construct (py, class, groups[1], groups[2], definition, NULL);
  parts = g_strsplit (groups[2], "\"", 3);
  g_free (groups[2]);
  groups[2] = g_strjoinv ("", parts);

  return construct (py, class, groups[1], groups[2], definition, NULL);
}

/* The name of a view, without the columns behind it and without quotes. */
static char *
read_view_name (const char *signature)
{
  g_autofree char *name = g_strndup (signature, strcspn (signature, "("));

  return strata_utils_unquote (name);
}

static StrataPyValue *
view_from_sql (StrataPyMachine  *py,
               StrataPyValue    *class,
               StrataPyValue   **arguments)
{
  const char *sql = read_sql (py, arguments[0]);
  g_autofree char *name = NULL;
  g_auto(GStrv) groups = NULL;

  if (sql != NULL)
    groups = strata_utils_match (py, "create.+?view" SPACE "(.+?)\\.(.+?)" SPACE "as" SPACE "(.+?)", sql);
  if (groups == NULL)
    return raise_unread (py, "PGView", sql);
  name = read_view_name (groups[2]);

  return construct (py, class, groups[1], name, groups[3], NULL);
}

static StrataPyValue *
materialized_view_from_sql (StrataPyMachine  *py,
                            StrataPyValue    *class,
                            StrataPyValue   **arguments)
{
#define START "create.+?materialized.+?view" SPACE "(.+?)\\.(.+?)" SPACE "as" SPACE "(.+?)"
  static const char * const patterns[] = {
    START SPACE "with" SPACE "data", START ".+?with" SPACE ".+?" SPACE "data", START,
  };
#undef START
  const char *sql = read_sql (py, arguments[0]);
  g_autofree char *stripped = sql != NULL ? strata_utils_strip_end (sql) : NULL;

  for (guint i = 0; stripped != NULL && i < G_N_ELEMENTS (patterns) && !strata_py_has_failed (py); i++)
    {
      g_auto(GStrv) groups = strata_utils_match (py, patterns[i], stripped);
      g_autofree char *name = groups != NULL ? read_view_name (groups[2]) : NULL;

      if (groups != NULL)
        return construct (py, class, groups[1], name, groups[3], strata_py_bool (py, i != 1));
    }

  return raise_unread (py, "PGView", stripped);
}

static StrataPyValue *
policy_from_sql (StrataPyMachine  *py,
                 StrataPyValue    *class,
                 StrataPyValue   **arguments)
{
  const char *sql = read_sql (py, arguments[0]);
  g_autofree char *stripped = sql != NULL ? strata_utils_strip (sql) : NULL;
  g_autofree char *on_entity = NULL;
  g_autofree char *schema = NULL;
  g_auto(GStrv) groups = NULL;

  if (stripped != NULL)
    groups = strata_utils_match (py, "create policy" SPACE "(.+?)" SPACE "on" SPACE "(.+?)" SPACE "(.+?)", stripped);
  if (groups == NULL)
    return raise_unread (py, "PGPolicy", sql);
  on_entity = g_strconcat (strchr (groups[2], '.') != NULL ? "" : "public.", groups[2], NULL);
  schema = g_strndup (on_entity, strcspn (on_entity, "."));

  return construct (py, class, schema, groups[1], groups[3], strata_py_str (py, on_entity));
}

static StrataPyValue *
construct_trigger (StrataPyMachine *py,
                   StrataPyValue   *class,
                   char           **groups,
                   gboolean         is_constraint)
{
  g_autofree char *on_entity = g_strconcat (strchr (groups[3], '.') != NULL ? "" : "public.", groups[3], NULL);
  g_autofree char *schema = g_strndup (on_entity, strcspn (on_entity, "."));
  g_autofree char *definition = g_strdup_printf (" %s ON %s %s", groups[2], on_entity, groups[4]);
  StrataPyValue *values[] = {
    strata_py_str (py, schema), strata_py_str (py, groups[1]), strata_py_str (py, definition), strata_py_str (py, on_entity),
    strata_py_bool (py, is_constraint),
  };
  const StrataPyArguments arguments = { values, G_N_ELEMENTS (values), NULL };

  return strata_py_call (py, class, &arguments);
}

static StrataPyValue *
trigger_from_sql (StrataPyMachine  *py,
                  StrataPyValue    *class,
                  StrataPyValue   **arguments)
{
#define END "trigger" SPACE "(.+?)" SPACE "(.+?)" SPACE "ON" SPACE "(.+?)" SPACE "(.+?)"
  static const char * const patterns[] = { "create" SPACE "constraint" SPACE END, "create" SPACE END };
#undef END
  const char *sql = read_sql (py, arguments[0]);

  for (guint i = 0; sql != NULL && i < G_N_ELEMENTS (patterns) && !strata_py_has_failed (py); i++)
    {
      g_auto(GStrv) groups = strata_utils_match (py, patterns[i], sql);

      if (groups != NULL)
        return construct_trigger (py, class, groups, i == 0);
    }

  return raise_unread (py, "PGTrigger", sql);
}

#define READERS(what) \
  const StrataPyNative strata_utils_ ## what ## _readers[] = { { "from_sql", "sql", what ## _from_sql }, { NULL } };

READERS (entity)
READERS (function)
READERS (materialized_view)
READERS (policy)
READERS (trigger)
READERS (view)
