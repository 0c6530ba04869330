/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/utils.h"

#include <stdlib.h>
#include <string.h>

/* What entities are made of. Their attributes are where Python has them, so that a script may change them. */

static StrataPyValue *
new_entity (StrataPyMachine *py,
            StrataPyValue   *class)
{
  StrataPyValue *self = strata_py_host_object (py, (StrataPyClass *) class, sizeof *self);

  if (self != NULL)
    self->attributes = strata_py_dict (py);

  return self;
}

/* The library asks each argument for a method of str. */
static const char *
expect_text (StrataPyMachine *py,
             StrataPyValue   *value,
             const char      *method)
{
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_OPAQUE)
    return strata_py_refuse_opaque (py, value, "is a part of an entity");
  if (strata_py_value_get_kind (value) != STRATA_PY_VALUE_STR)
    return strata_py_raise (py, "AttributeError", "'%s' object has no attribute '%s'", strata_py_value_get_class_name (value),
                            method);

  return strata_py_value_get_text (value, NULL);
}

static gboolean
set_text (StrataPyMachine *py,
          StrataPyValue   *self,
          const char      *name,
          char            *text)
{
  StrataPyValue *value = strata_py_str (py, text);

  g_free (text);
  if (value != NULL)
    strata_py_dict_set_name (py, self->attributes, name, value);

  return value != NULL;
}

static gboolean
set_name (StrataPyMachine *py,
          StrataPyValue   *self,
          const char      *name,
          StrataPyValue   *value)
{
  const char *text = expect_text (py, value, "split");
  g_autofree char *normal = text != NULL ? strata_utils_normalize (text) : NULL;

  return normal != NULL && set_text (py, self, name, strata_utils_unquote (normal));
}

static void
set_value (StrataPyMachine *py,
           StrataPyValue   *self,
           const char      *name,
           StrataPyValue   *value,
           gboolean         otherwise)
{
  strata_py_dict_set_name (py, self->attributes, name, value != NULL ? value : strata_py_bool (py, otherwise));
}

const char *
strata_utils_get_text (StrataPyMachine *py,
                       StrataPyValue   *entity,
                       const char      *attribute)
{
  StrataPyValue *value = strata_py_dict_get_name (entity->attributes, attribute);

  if (value != NULL && strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR)
    return strata_py_value_get_text (value, NULL);

  return strata_py_refuse (py, "the %s of this entity is not known here", attribute);
}

StrataPyValue *
strata_utils_new_extension (StrataPyMachine  *py,
                            StrataPyValue    *class,
                            StrataPyValue   **arguments)
{
  StrataPyValue *self = new_entity (py, class);

  if (self == NULL || !set_name (py, self, "schema", arguments[0]) || !set_name (py, self, "signature", arguments[1]))
    return NULL;

  return set_text (py, self, "definition", g_strdup_printf ("%s: %s %s", strata_py_value_get_class_name (self),
                                                            strata_utils_get_text (py, self, "schema"),
                                                            strata_utils_get_text (py, self, "signature"))) ? self : NULL;
}

/* The definition without its end; the schema, the signature and the definition come first in the arguments. */
static char *
read_definition (StrataPyMachine  *py,
                 StrataPyValue    *self,
                 StrataPyValue   **arguments)
{
  const char *text;

  if (self == NULL || !set_name (py, self, "schema", arguments[0]) || !set_name (py, self, "signature", arguments[1]))
    return NULL;
  text = expect_text (py, arguments[2], "strip");

  return text != NULL ? strata_utils_strip_end (text) : NULL;
}

StrataPyValue *
strata_utils_new_view (StrataPyMachine  *py,
                       StrataPyValue    *class,
                       StrataPyValue   **arguments)
{
  StrataPyValue *self = new_entity (py, class);
  char *definition = read_definition (py, self, arguments);

  return definition != NULL && set_text (py, self, "definition", definition) ? self : NULL;
}

StrataPyValue *
strata_utils_new_materialized_view (StrataPyMachine  *py,
                                    StrataPyValue    *class,
                                    StrataPyValue   **arguments)
{
  StrataPyValue *self = strata_utils_new_view (py, class, arguments);

  if (self != NULL)
    set_value (py, self, "with_data", arguments[3], TRUE);

  return self;
}

StrataPyValue *
strata_utils_new_function (StrataPyMachine  *py,
                           StrataPyValue    *class,
                           StrataPyValue   **arguments)
{
  StrataPyValue *self = new_entity (py, class);
  g_autofree char *definition = read_definition (py, self, arguments);

  if (definition == NULL)
    return NULL;

  return set_text (py, self, "definition", strata_utils_escape (definition, strata_utils_is_plpgsql (definition))) ? self : NULL;
}

StrataPyValue *
strata_utils_new_policy (StrataPyMachine  *py,
                         StrataPyValue    *class,
                         StrataPyValue   **arguments)
{
  StrataPyValue *self = new_entity (py, class);
  g_autofree char *definition = read_definition (py, self, arguments);
  g_autofree char *qualified = NULL;
  const char *on_entity;

  if (definition == NULL || !set_text (py, self, "definition", strata_utils_escape (definition, FALSE)))
    return NULL;
  if (strata_py_value_get_kind (arguments[3]) != STRATA_PY_VALUE_STR)
    return strata_py_refuse (py, "what this entity is on is not known here");
  on_entity = strata_py_value_get_text (arguments[3], NULL);
  qualified = strchr (on_entity, '.') != NULL ? g_strdup (on_entity) : g_strconcat ("public.", on_entity, NULL);

  return set_text (py, self, "on_entity", strata_utils_unquote (qualified)) ? self : NULL;
}

StrataPyValue *
strata_utils_new_trigger (StrataPyMachine  *py,
                          StrataPyValue    *class,
                          StrataPyValue   **arguments)
{
  StrataPyValue *self = strata_utils_new_policy (py, class, arguments);

  if (self != NULL)
    set_value (py, self, "is_constraint", arguments[4], FALSE);

  return self;
}

/* Grants */

static int
compare_texts (const void *a,
               const void *b)
{
  return strcmp (strata_py_value_get_text (*(StrataPyValue **) a, NULL), strata_py_value_get_text (*(StrataPyValue **) b, NULL));
}

static StrataPyValue *
sort_columns (StrataPyMachine *py,
              StrataPyValue   *columns)
{
  gboolean is_given = FALSE;
  StrataPyValue *list;
  StrataPyValue **items;
  guint n;

  if (!strata_directive_read_flag (py, columns, &is_given))
    return NULL;
  list = is_given ? strata_py_to_list (py, columns) : strata_py_list (py, NULL, 0);
  if (list == NULL)
    return NULL;
  items = strata_py_value_get_items (list, &n);
  for (guint i = 0; i < n; i++)
    if (strata_py_value_get_kind (items[i]) != STRATA_PY_VALUE_STR)
      return strata_py_refuse (py, "a column of this grant is not known here");
  if (n > 0)
    qsort (items, n, sizeof *items, compare_texts);

  return list;
}

static gboolean
check_grant (StrataPyMachine *py,
             const char      *grant,
             gboolean         has_columns)
{
  static const char * const by_column[] = { "SELECT", "INSERT", "UPDATE", "REFERENCES", NULL };
  static const char * const by_table[] = { "DELETE", "TRUNCATE", "TRIGGER", NULL };

  if (g_strv_contains (by_column, grant))
    return has_columns || strata_utils_raise (py, "BadInputException",
                                              "When grant type is %s a value must be provided for columns", grant) != NULL;
  if (g_strv_contains (by_table, grant))
    return !has_columns || strata_utils_raise (py, "BadInputException",
                                               "When grant type is %s a value must not be provided for columns", grant) != NULL;

  return strata_py_raise (py, "ValueError", "'%s' is not a valid PGGrantTableChoice", grant) != NULL;
}

static gboolean
set_unquoted (StrataPyMachine *py,
              StrataPyValue   *self,
              const char      *name,
              StrataPyValue   *value)
{
  const char *text = expect_text (py, value, "split");

  return text != NULL && set_text (py, self, name, strata_utils_unquote (text));
}

StrataPyValue *
strata_utils_new_grant (StrataPyMachine  *py,
                        StrataPyValue    *class,
                        StrataPyValue   **arguments)
{
  StrataPyValue *self = new_entity (py, class);
  StrataPyValue *columns = self != NULL ? sort_columns (py, arguments[4]) : NULL;
  const char *grant;
  guint n;

  if (columns == NULL || !set_unquoted (py, self, "schema", arguments[0]) || !set_unquoted (py, self, "table", arguments[1])
      || !set_unquoted (py, self, "role", arguments[2]))
    return NULL;
  if (strata_py_value_get_kind (arguments[3]) != STRATA_PY_VALUE_STR)
    return strata_py_refuse (py, "what is granted is not known here");
  grant = strata_py_value_get_text (arguments[3], NULL);
  strata_py_value_get_items (columns, &n);
  if (!check_grant (py, grant, n > 0))
    return NULL;
  set_value (py, self, "columns", columns, FALSE);
  set_value (py, self, "with_grant_option", arguments[5], FALSE);
  if (!set_text (py, self, "grant", g_strdup (grant)))
    return NULL;
  set_value (py, self, "signature", strata_utils_entity_attribute (py, self, "identity"), FALSE);

  return self;
}

/* Properties */

static StrataPyValue *
get_identity (StrataPyMachine *py,
              StrataPyValue   *self,
              const char      *type)
{
  const char *class = strata_py_value_get_class_name (self);
  StrataPyValue *is_constraint = strata_py_dict_get_name (self->attributes, "is_constraint");
  g_autoptr(GString) out = g_string_new (class);

  if (g_str_equal (type, "grant_table"))
    g_string_append_printf (out, ": %s.%s.%s.%s", strata_utils_get_text (py, self, "schema"),
                            strata_utils_get_text (py, self, "table"), strata_utils_get_text (py, self, "role"),
                            strata_utils_get_text (py, self, "grant"));
  else if (g_str_equal (type, "extension"))
    g_string_append_printf (out, ": %s", strata_utils_get_text (py, self, "signature"));
  else
    g_string_append_printf (out, ": %s.%s", strata_utils_get_text (py, self, "schema"),
                            strata_utils_get_text (py, self, "signature"));
  if (is_constraint != NULL && (is_constraint = strata_py_to_str (py, is_constraint)) != NULL)
    g_string_append_printf (out, " %s", strata_py_value_get_text (is_constraint, NULL));
  if (strata_py_dict_get_name (self->attributes, "on_entity") != NULL)
    g_string_append_printf (out, " %s", strata_utils_get_text (py, self, "on_entity"));

  return !strata_py_has_failed (py) ? strata_py_str (py, out->str) : NULL;
}

StrataPyValue *
strata_utils_entity_attribute (StrataPyMachine *py,
                               StrataPyValue   *self,
                               const char      *name)
{
  const char *type = strata_py_class_get_slots ((StrataPyValue *) self->class)->data;
  const char *schema;
  g_autofree char *quoted = NULL;

  if (g_str_equal (name, "type_"))
    return strata_py_str (py, type);
  if (g_str_equal (name, "identity"))
    return get_identity (py, self, type);
  if (!g_str_equal (name, "literal_schema"))
    return NULL;
  schema = strata_utils_get_text (py, self, "schema");
  quoted = schema != NULL ? strata_utils_quote (schema) : NULL;

  return quoted != NULL ? strata_py_str (py, quoted) : NULL;
}
