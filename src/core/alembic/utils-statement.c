/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/utils.h"

#include <string.h>

/* The statements of entities, each a text(). */

typedef struct
{
  const char *schema;        /* quoted */
  const char *signature;
  const char *definition;
  const char *on_entity;     /* of those that have it */
  const char *cascade;
  gboolean    is_set;        /* is_constraint, with_data or with_grant_option */
} Entity;

static gboolean
read_entity (StrataPyMachine *py,
             StrataPyValue   *self,
             const char      *flag,
             Entity          *entity)
{
  const char *schema = strata_utils_get_text (py, self, "schema");
  g_autofree char *quoted = schema != NULL ? strata_utils_quote (schema) : NULL;

  *entity = (Entity) { .schema = strata_sa_intern (py, quoted), .signature = strata_utils_get_text (py, self, "signature") };
  if (entity->schema == NULL || entity->signature == NULL)
    return FALSE;
  if (strata_py_dict_get_name (self->attributes, "definition") != NULL
      && (entity->definition = strata_utils_get_text (py, self, "definition")) == NULL)
    return FALSE;
  if (strata_py_dict_get_name (self->attributes, "on_entity") != NULL
      && (entity->on_entity = strata_utils_get_text (py, self, "on_entity")) == NULL)
    return FALSE;

  return flag == NULL || strata_directive_read_flag (py, strata_py_dict_get_name (self->attributes, flag), &entity->is_set);
}

static gboolean
read_dropped (StrataPyMachine *py,
              StrataPyValue   *self,
              StrataPyValue   *cascade,
              Entity          *entity)
{
  gboolean is_cascade;

  if (!read_entity (py, self, NULL, entity) || !strata_directive_read_flag (py, cascade, &is_cascade))
    return FALSE;
  entity->cascade = is_cascade ? "cascade" : "";

  return TRUE;
}

static StrataPyValue *new_text (StrataPyMachine *py, const char *format, ...) G_GNUC_PRINTF (2, 3);

static StrataPyValue *
new_text (StrataPyMachine *py,
          const char      *format,
          ...)
{
  va_list args;
  g_autofree char *sql = NULL;
  StrataPyValue *value;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  value = strata_py_str (py, sql);

  return value != NULL ? strata_py_call_values (py, strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], "text"),
                                                1, value) : NULL;
}

/* Where the library has a generator. The second may be NULL. */
static StrataPyValue *
iterate_texts (StrataPyMachine *py,
               StrataPyValue   *first,
               StrataPyValue   *second)
{
  StrataPyValue *texts[] = { first, second };

  return !strata_py_has_failed (py) ? strata_py_iterate (py, strata_py_list (py, texts, second != NULL ? 2 : 1)) : NULL;
}

static StrataPyValue *
extension_create (StrataPyMachine  *py,
                  StrataPyValue    *self,
                  StrataPyValue   **arguments)
{
  Entity e;

  return read_entity (py, self, NULL, &e)
         ? new_text (py, "CREATE EXTENSION \"%s\" WITH SCHEMA %s;", e.signature, e.schema) : NULL;
}

static StrataPyValue *
extension_drop (StrataPyMachine  *py,
                StrataPyValue    *self,
                StrataPyValue   **arguments)
{
  Entity e;

  return read_dropped (py, self, arguments[0], &e)
         ? new_text (py, "DROP EXTENSION \"%s\" %s", e.signature, *e.cascade != '\0' ? "CASCADE" : "") : NULL;
}

static StrataPyValue *
extension_replace (StrataPyMachine  *py,
                   StrataPyValue    *self,
                   StrataPyValue   **arguments)
{
  return strata_utils_raise_missing (py);
}

/* Functions */

static StrataPyValue *
make_function (StrataPyMachine *py,
               StrataPyValue   *self,
               const char      *words)
{
  const char *bracket;
  g_autofree char *name = NULL;
  g_autofree char *stripped = NULL;
  Entity e;

  if (!read_entity (py, self, NULL, &e))
    return NULL;
  bracket = strchr (e.signature, '(');
  if (bracket == NULL)
    return strata_py_raise (py, "ValueError", "not enough values to unpack (expected 2, got 1)");
  name = g_strndup (e.signature, bracket - e.signature);
  stripped = strata_utils_strip (name);

  return new_text (py, "%s %s.\"%s\"%s %s", words, e.schema, stripped, bracket, e.definition);
}

static StrataPyValue *
function_create (StrataPyMachine  *py,
                 StrataPyValue    *self,
                 StrataPyValue   **arguments)
{
  return make_function (py, self, "CREATE FUNCTION");
}

static StrataPyValue *
function_replace (StrataPyMachine  *py,
                  StrataPyValue    *self,
                  StrataPyValue   **arguments)
{
  StrataPyValue *text = make_function (py, self, "CREATE OR REPLACE FUNCTION");

  return text != NULL ? iterate_texts (py, text, NULL) : NULL;
}

/* Without what they default to. */
static char *
list_parameters (const char *text)
{
  g_autofree char *stripped = strata_utils_strip (text);
  g_auto(GStrv) parameters = g_strsplit (*stripped != '\0' ? stripped : " ", ",", -1);

  for (guint i = 0; parameters[i] != NULL; i++)
    {
      g_autofree char *lower = g_ascii_strdown (parameters[i], -1);
      char *preset = strstr (lower, "default");

      if (preset != NULL)
        parameters[i][preset - lower] = '\0';
      g_free (lower);
      lower = g_steal_pointer (&parameters[i]);
      parameters[i] = strata_utils_strip (lower);
    }

  return g_strjoinv (", ", parameters);
}

static StrataPyValue *
function_drop (StrataPyMachine  *py,
               StrataPyValue    *self,
               StrataPyValue   **arguments)
{
  g_auto(GStrv) groups = NULL;
  g_autofree char *name = NULL;
  g_autofree char *parameters = NULL;
  Entity e;

  if (!read_dropped (py, self, arguments[0], &e))
    return NULL;
  groups = strata_utils_match (py, "(.+?)\\((.+?)\\)", e.signature);
  if (groups == NULL && !strata_py_has_failed (py))
    groups = strata_utils_match (py, "(.+?)\\(()\\)", e.signature);
  if (groups == NULL)
    return strata_py_has_failed (py) ? NULL : strata_py_raise (py, "TypeError", "'NoneType' object is not subscriptable");
  name = strata_utils_strip (groups[1]);
  parameters = list_parameters (groups[2]);

  return new_text (py, "DROP FUNCTION %s.\"%s\"(%s) %s", e.schema, name, parameters, e.cascade);
}

/* Triggers */

static StrataPyValue *
trigger_create (StrataPyMachine  *py,
                StrataPyValue    *self,
                StrataPyValue   **arguments)
{
  const char *schema = strata_utils_get_text (py, self, "schema");
  g_auto(GStrv) groups = NULL;
  const char *dot;
  Entity e;

  if (schema == NULL || !read_entity (py, self, "is_constraint", &e))
    return NULL;
  groups = strata_utils_match (py, "(.+?)" STRATA_UTILS_SPACE "ON" STRATA_UTILS_SPACE "(.+?)" STRATA_UTILS_SPACE "(.+?)",
                               e.definition);
  if (groups == NULL)
    return strata_py_has_failed (py) ? NULL
           : strata_utils_raise (py, "SQLParseFailure", "Failed to parse SQL into PGTrigger.definition \"\"\"%s\"\"\"",
                                 e.definition);
  dot = strchr (groups[2], '.');

  return new_text (py, "CREATE%sTRIGGER \"%s\" %s ON %s.%s %s", e.is_set ? " CONSTRAINT " : " ", e.signature, groups[1], schema,
                   dot != NULL ? dot + 1 : groups[2], groups[3]);
}

static StrataPyValue *
trigger_drop (StrataPyMachine  *py,
              StrataPyValue    *self,
              StrataPyValue   **arguments)
{
  Entity e;

  return read_dropped (py, self, arguments[0], &e)
         ? new_text (py, "DROP TRIGGER \"%s\" ON %s %s", e.signature, e.on_entity, e.cascade) : NULL;
}

static StrataPyValue *
trigger_replace (StrataPyMachine  *py,
                 StrataPyValue    *self,
                 StrataPyValue   **arguments)
{
  StrataPyValue *create = trigger_create (py, self, NULL);
  Entity e;

  if (create == NULL || !read_entity (py, self, NULL, &e))
    return NULL;

  return iterate_texts (py, new_text (py, "DROP TRIGGER IF EXISTS \"%s\" ON %s;", e.signature, e.on_entity), create);
}

/* Policies */

static StrataPyValue *
policy_create (StrataPyMachine  *py,
               StrataPyValue    *self,
               StrataPyValue   **arguments)
{
  Entity e;

  return read_entity (py, self, NULL, &e)
         ? new_text (py, "CREATE POLICY %s on %s %s", e.signature, e.on_entity, e.definition) : NULL;
}

static StrataPyValue *
policy_drop (StrataPyMachine  *py,
             StrataPyValue    *self,
             StrataPyValue   **arguments)
{
  Entity e;

  return read_dropped (py, self, arguments[0], &e)
         ? new_text (py, "DROP POLICY %s on %s %s", e.signature, e.on_entity, e.cascade) : NULL;
}

static StrataPyValue *
policy_replace (StrataPyMachine  *py,
                StrataPyValue    *self,
                StrataPyValue   **arguments)
{
  Entity e;

  if (!read_entity (py, self, NULL, &e))
    return NULL;

  return iterate_texts (py, new_text (py, "DROP POLICY IF EXISTS %s on %s;", e.signature, e.on_entity),
                        new_text (py, "CREATE POLICY %s on %s %s;", e.signature, e.on_entity, e.definition));
}

/* Views */

static StrataPyValue *
view_create (StrataPyMachine  *py,
             StrataPyValue    *self,
             StrataPyValue   **arguments)
{
  Entity e;

  return read_entity (py, self, NULL, &e)
         ? new_text (py, "CREATE VIEW %s.\"%s\" AS %s;", e.schema, e.signature, e.definition) : NULL;
}

static StrataPyValue *
view_drop (StrataPyMachine  *py,
           StrataPyValue    *self,
           StrataPyValue   **arguments)
{
  Entity e;

  return read_dropped (py, self, arguments[0], &e)
         ? new_text (py, "DROP VIEW %s.\"%s\" %s", e.schema, e.signature, e.cascade) : NULL;
}

/* The white space is a part of it: it stands between dollars. */
static StrataPyValue *
view_replace (StrataPyMachine  *py,
              StrataPyValue    *self,
              StrataPyValue   **arguments)
{
  StrataPyValue *text;
  Entity e;

  if (!read_entity (py, self, NULL, &e))
    return NULL;
  text = new_text (py,
                   "\n        do $$\n"
                   "            begin\n"
                   "                CREATE OR REPLACE VIEW %s.\"%s\" AS %s;\n"
                   "\n"
                   "            exception when others then\n"
                   "                DROP VIEW IF EXISTS %s.\"%s\";\n"
                   "\n"
                   "                CREATE VIEW %s.\"%s\" AS %s;\n"
                   "            end;\n"
                   "        $$ language 'plpgsql'\n        ",
                   e.schema, e.signature, e.definition, e.schema, e.signature, e.schema, e.signature, e.definition);

  return text != NULL ? iterate_texts (py, text, NULL) : NULL;
}

static StrataPyValue *
make_materialized_view (StrataPyMachine *py,
                        const Entity    *e,
                        const char      *end)
{
  g_autofree char *definition = g_strdup (e->definition);

  for (char *last = definition + strlen (definition); last > definition && last[-1] == ';'; last--)
    last[-1] = '\0';

  return new_text (py, "CREATE MATERIALIZED VIEW %s.\"%s\" AS %s WITH %s DATA%s", e->schema, e->signature, definition,
                   e->is_set ? "" : "NO", end);
}

static StrataPyValue *
materialized_view_create (StrataPyMachine  *py,
                          StrataPyValue    *self,
                          StrataPyValue   **arguments)
{
  Entity e;

  return read_entity (py, self, "with_data", &e) ? make_materialized_view (py, &e, ";") : NULL;
}

static StrataPyValue *
materialized_view_drop (StrataPyMachine  *py,
                        StrataPyValue    *self,
                        StrataPyValue   **arguments)
{
  Entity e;

  return read_dropped (py, self, arguments[0], &e)
         ? new_text (py, "DROP MATERIALIZED VIEW %s.\"%s\" %s", e.schema, e.signature, e.cascade) : NULL;
}

static StrataPyValue *
materialized_view_replace (StrataPyMachine  *py,
                           StrataPyValue    *self,
                           StrataPyValue   **arguments)
{
  Entity e;

  if (!read_entity (py, self, "with_data", &e))
    return NULL;

  return iterate_texts (py, new_text (py, "DROP MATERIALIZED VIEW IF EXISTS %s.\"%s\"; ", e.schema, e.signature),
                        make_materialized_view (py, &e, ""));
}

/* Grants */

static char *
join_columns (StrataPyMachine *py,
              StrataPyValue   *self)
{
  guint n = 0;
  StrataPyValue *columns = strata_py_dict_get_name (self->attributes, "columns");
  StrataPyValue **items = columns != NULL ? strata_py_value_get_items (columns, &n) : NULL;
  g_autoptr(GString) out = g_string_new (n > 0 ? "( " : "");

  for (guint i = 0; i < n; i++)
    {
      if (strata_py_value_get_kind (items[i]) != STRATA_PY_VALUE_STR)
        return strata_py_refuse (py, "a column of this grant is not known here");
      g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", strata_py_value_get_text (items[i], NULL));
    }

  return g_strconcat (out->str, n > 0 ? " )" : "", NULL);
}

/* The table and the role, quoted. */
static StrataPyValue *
make_grant (StrataPyMachine *py,
            StrataPyValue   *self,
            gboolean         is_grant)
{
  const char *grant = strata_utils_get_text (py, self, "grant");
  const char *table = strata_utils_get_text (py, self, "table");
  const char *role = strata_utils_get_text (py, self, "role");
  g_autofree char *columns = join_columns (py, self);
  g_autofree char *quoted_table = NULL;
  g_autofree char *quoted_role = NULL;
  Entity e;

  if (grant == NULL || table == NULL || role == NULL || columns == NULL || !read_entity (py, self, "with_grant_option", &e))
    return NULL;
  quoted_table = strata_utils_quote (table);
  quoted_role = strata_utils_quote (role);
  if (!is_grant)
    return new_text (py, "REVOKE %s ON %s.%s FROM %s", grant, e.schema, quoted_table, quoted_role);

  return new_text (py, "GRANT %s %s ON %s.%s TO %s %s", grant, columns, e.schema, quoted_table, quoted_role,
                   e.is_set ? " WITH GRANT OPTION" : "");
}

static StrataPyValue *
grant_create (StrataPyMachine  *py,
              StrataPyValue    *self,
              StrataPyValue   **arguments)
{
  return make_grant (py, self, TRUE);
}

static StrataPyValue *
grant_drop (StrataPyMachine  *py,
            StrataPyValue    *self,
            StrataPyValue   **arguments)
{
  return make_grant (py, self, FALSE);
}

static StrataPyValue *
grant_replace (StrataPyMachine  *py,
               StrataPyValue    *self,
               StrataPyValue   **arguments)
{
  return iterate_texts (py, make_grant (py, self, FALSE), make_grant (py, self, TRUE));
}

#define METHODS(what) \
  const StrataPyNative strata_utils_ ## what ## _methods[] = { \
    { "to_sql_statement_create", "", what ## _create }, \
    { "to_sql_statement_create_or_replace", "", what ## _replace }, \
    { "to_sql_statement_drop", "cascade=", what ## _drop }, \
    { NULL } \
  };

METHODS (extension)
METHODS (function)
METHODS (grant)
METHODS (materialized_view)
METHODS (policy)
METHODS (trigger)
METHODS (view)
