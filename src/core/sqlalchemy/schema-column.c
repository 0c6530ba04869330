/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/item-private.h"

#include <string.h>

#define KEYWORDS " autoincrement comment default doc index info insert_default insert_sentinel key name nullable onupdate " \
                 "primary_key quote server_default server_onupdate system type_ unique _omit_from_statements _proxies "

static gboolean
is_keyword (const char *name)
{
  g_autofree char *word = g_strdup_printf (" %s ", name);

  return strstr (KEYWORDS, word) != NULL;
}

static gboolean
set_autoincrement (Machine        *py,
                   StrataSaColumn *self,
                   Value          *value)
{
  const char *word = strata_py_value_get_text (value, NULL);

  if (g_strcmp0 (word, "auto") == 0)
    self->column.autoincrement = STRATA_AUTOINCREMENT_AUTO;
  else if (g_strcmp0 (word, "ignore_fk") == 0)
    self->column.autoincrement = STRATA_AUTOINCREMENT_IGNORE_FK;
  else if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_BOOL && strata_py_truth (py, value) == 1)
    self->column.autoincrement = STRATA_AUTOINCREMENT_YES;
  else
    self->column.autoincrement = STRATA_AUTOINCREMENT_NO;

  return TRUE;
}

static gboolean
set_sequence (StrataSaColumn *self,
              Value          *value)
{
  self->sequence = value;
  self->column.has_python_default = !((StrataSaSequence *) value)->is_optional;

  return TRUE;
}

gboolean
strata_sa_set_default (Machine        *py,
                       StrataSaColumn *self,
                       Value          *value)
{
  gboolean had_one = self->column.server_default != NULL || self->column.has_fetched_value;
  StrataDefault result;

  if (strata_sa_is (py, value, STRATA_SA_FETCHED_VALUE) && ((StrataSaDefault *) value)->is_for_update)
    return TRUE;
  if (!strata_sa_read_default (py, value, &result))
    return FALSE;
  if (result.identity != NULL && (had_one || self->column.computed != NULL))
    return strata_sa_raise (py, "ArgumentError", "A column with an Identity object cannot specify a server_default or a "
                            "server_onupdate argument") != NULL;
  if (result.computed != NULL && (had_one || self->column.identity != NULL))
    return strata_sa_raise (py, "ArgumentError", "A generated column cannot specify a server_default or a server_onupdate "
                            "argument") != NULL;

  self->column.server_default = result.expression;
  self->column.identity = result.identity;
  self->column.computed = result.computed;
  self->column.has_fetched_value = result.expression == NULL && result.identity == NULL && result.computed == NULL;
  strata_py_dict_set_name (py, self->said, "server_default", value);

  return TRUE;
}

static gboolean
read_truth (Machine  *py,
            Value    *value,
            gboolean *truth)
{
  *truth = value != NULL && strata_py_truth (py, value) == 1;

  return !strata_py_has_failed (py);
}

static gboolean
clear_server_default (StrataSaColumn *self)
{
  self->column.server_default = NULL;
  self->column.identity = NULL;
  self->column.computed = NULL;
  self->column.has_fetched_value = FALSE;

  return TRUE;
}

static gboolean
set_type (Machine        *py,
          StrataSaColumn *self,
          Value          *value)
{
  static const StrataType none = { .kind = STRATA_TYPE_NONE };

  self->element.type = GIVEN (value) ? value : NULL;
  self->column.type = &none;
  /* What nobody knows is not asked before it is needed. */
  if (self->element.type != NULL && strata_py_value_get_kind (value) != STRATA_PY_VALUE_OPAQUE)
    self->column.type = strata_sa_read_type (py, value);
  self->name->type = self->column.type;

  return self->column.type != NULL;
}

static gboolean
set_keyword (Machine        *py,
             StrataSaColumn *self,
             const char     *name,
             Value          *value)
{
  StrataColumn *column = &self->column;
  gboolean truth;

  strata_py_dict_set_name (py, self->said, name, value);
  if (g_str_equal (name, "autoincrement"))
    return set_autoincrement (py, self, value);
  if (g_str_equal (name, "comment"))
    return strata_sa_expect_text (py, value, "comment", &column->comment);
  if (g_str_equal (name, "type_") || g_str_equal (name, "type"))
    return set_type (py, self, value);
  if (g_str_equal (name, "name"))
    {
      gboolean is_well = strata_sa_expect_text (py, value, "name", &column->name);

      self->name->name = column->name;
      return is_well;
    }
  if (g_str_equal (name, "quote"))
    return strata_sa_refuse_quote (py, value);
  if (g_str_equal (name, "server_default"))
    return GIVEN (value) ? strata_sa_set_default (py, self, value) : clear_server_default (self);
  if (g_str_equal (name, "default") || g_str_equal (name, "insert_default"))
    {
      if (GIVEN (value) && strata_sa_is (py, value, STRATA_SA_SEQUENCE))
        return set_sequence (self, value);
      column->has_python_default = GIVEN (value);
      return TRUE;
    }

  if (g_str_equal (name, "nullable"))
    {
      if (!read_truth (py, value, &truth))
        return FALSE;
      column->nullable = truth ? STRATA_YES : STRATA_NO;
    }
  else if (g_str_equal (name, "primary_key"))
    return read_truth (py, value, &column->is_primary_key);
  else if (g_str_equal (name, "index"))
    return read_truth (py, value, &column->has_index);
  else if (g_str_equal (name, "unique"))
    return read_truth (py, value, &column->is_unique);
  else if (g_str_equal (name, "system"))
    return read_truth (py, value, &self->is_system);

  return TRUE;
}

static gboolean
add_item (Machine        *py,
          StrataSaColumn *self,
          Value          *item)
{
  if (strata_py_is_none (item))
    return TRUE;
  if (strata_sa_is (py, item, STRATA_SA_SEQUENCE))
    {
      strata_py_dict_set_name (py, self->said, "default", item);
      return set_sequence (self, item);
    }
  if (strata_sa_is (py, item, STRATA_SA_FETCHED_VALUE))
    return strata_sa_set_default (py, self, item);
  if (strata_sa_is (py, item, STRATA_SA_CONSTRAINT))
    {
      StrataConstraintKind kind = ((StrataSaConstraint *) item)->constraint.kind;

      if (!((StrataSaConstraint *) item)->is_marker && kind != STRATA_CONSTRAINT_CHECK)
        return strata_py_refuse (py, "a %s in a column is not known here", strata_constraint_kind_get_name (kind)) != NULL;
      return strata_py_list_append (py, self->items, item);
    }
  if (strata_py_value_get_kind (item) == STRATA_PY_VALUE_OPAQUE)
    return strata_py_list_append (py, self->items, item);

  item = strata_py_to_repr (py, item);
  if (item != NULL)
    strata_sa_raise (py, "ArgumentError", "'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got %s",
                     strata_py_value_get_text (item, NULL));

  return FALSE;
}

/* Name and type come first, where they are no keywords. */
static gboolean
set_positional (Machine        *py,
                StrataSaColumn *self,
                Value          *arguments)
{
  guint length, i = 0;
  Value **items = strata_py_value_get_items (arguments, &length);

  if (i < length && strata_py_value_get_kind (items[i]) == STRATA_PY_VALUE_STR)
    {
      if (self->column.name != NULL)
        return strata_sa_raise (py, "ArgumentError", "May not pass name positionally and as a keyword.") != NULL;
      if (!set_keyword (py, self, "name", items[i++]))
        return FALSE;
    }
  else if (i < length && strata_py_is_none (items[i]))
    i++;

  if (i < length && (strata_py_value_get_kind (items[i]) == STRATA_PY_VALUE_OPAQUE || strata_sa_is_type (py, items[i])))
    {
      if (self->element.type != NULL)
        return strata_sa_raise (py, "ArgumentError", "May not pass type_ positionally and as a keyword.") != NULL;
      if (!set_type (py, self, items[i++]))
        return FALSE;
    }
  else if (i < length && strata_py_is_none (items[i]))
    i++;

  for (; i < length && !strata_py_has_failed (py); i++)
    if (!add_item (py, self, items[i]))
      return FALSE;

  return !strata_py_has_failed (py);
}

static Value *
init_column (Machine *py,
             Value   *value,
             Value  **arguments)
{
  StrataSaColumn *self = (StrataSaColumn *) value;
  Dict *options = strata_py_dict (py);
  guint position = 0;
  Value *key, *given;

  while (strata_py_dict_next ((Dict *) arguments[1], &position, &key, &given))
    {
      const char *name = strata_py_value_get_text (key, NULL);

      if (!is_keyword (name))
        strata_py_dict_set_name (py, options, name, given);
      else if (!set_keyword (py, self, name, given))
        return NULL;
    }
  if (!set_positional (py, self, arguments[0]))
    return NULL;

  return strata_sa_read_options_of (py, "Column", options, &self->column.options) ? strata_py_none (py) : NULL;
}

/* A class of the script's own may have an __init__() that calls this one's. */
static gboolean
has_own_init (Machine *py,
              Value   *class)
{
  Value *init = strata_py_find_attribute (py, class, "__init__");

  return init != NULL && strata_py_value_get_kind (init) == STRATA_PY_VALUE_FUNCTION;
}

static StrataSaColumn *
new_column (Machine *py,
            Value   *class)
{
  StrataSaColumn *self = strata_py_host_object (py, (Class *) class, sizeof *self);

  self->name = strata_sa_new_expression (py, STRATA_EXPRESSION_COLUMN);
  self->element.expression = self->name;
  self->said = strata_py_dict (py);
  self->items = strata_py_list (py, NULL, 0);

  return self->name != NULL && set_type (py, self, NULL) ? self : NULL;
}

static Value *
construct_column (Machine *py,
                  Value   *class,
                  Value  **arguments)
{
  StrataSaColumn *self = new_column (py, class);

  if (self == NULL || (!has_own_init (py, class) && init_column (py, (Value *) self, arguments) == NULL))
    return NULL;

  return (Value *) self;
}

Value *
strata_sa_copy_column (Machine *py,
                       Value   *value)
{
  StrataSaColumn *from = (StrataSaColumn *) value;
  StrataSaColumn *self = new_column (py, (Value *) value->class);
  guint position = 0;
  Value *key, *said;

  if (self == NULL)
    return NULL;
  *self->name = *from->name;
  self->name->relation = NULL;
  self->element.type = from->element.type;
  self->column = from->column;
  self->items = strata_py_to_list (py, from->items);
  self->sequence = from->sequence;
  self->is_system = from->is_system;
  self->said = strata_py_dict (py);
  while (strata_py_dict_next (from->said, &position, &key, &said))
    strata_py_dict_set (py, self->said, key, said);

  return (Value *) self;
}

const char *
strata_sa_get_key (StrataSaColumn *self)
{
  Value *key = strata_py_dict_get_name (self->said, "key");

  return GIVEN (key) ? strata_py_value_get_text (key, NULL) : self->column.name;
}

static Value *
copy_column (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return strata_sa_copy_column (py, self);
}

static gboolean
read_items (Machine        *py,
            StrataSaColumn *self,
            StrataColumn   *column)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();
  guint length;
  Value **items = strata_py_value_get_items (self->items, &length);

  for (guint i = 0; i < length; i++)
    {
      const StrataConstraint *constraint = strata_sa_read_constraint (py, items[i]);

      if (constraint == NULL)
        return FALSE;
      g_ptr_array_add (list, (gpointer) constraint);
    }
  if (list->len > 0)
    column->constraints = strata_sa_end_list (py, list);

  return !strata_py_has_failed (py);
}

const StrataColumn *
strata_sa_read_column (Machine *py,
                       Value   *value)
{
  StrataSaColumn *self = (StrataSaColumn *) value;
  StrataColumn *column;

  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_OPAQUE)
    return strata_py_refuse (py, "“%s”, which is a column here, is not known", strata_py_value_get_opaque_name (value));
  if (!strata_sa_is (py, value, STRATA_SA_COLUMN))
    return strata_py_raise (py, "AttributeError", "'%s' object has no attribute '_set_parent_with_dispatch'",
                            strata_py_value_get_class_name (value));

  column = strata_py_alloc (py, sizeof *column);
  if (column == NULL)
    return NULL;
  *column = self->column;
  if (self->element.type != NULL && (column->type = strata_sa_read_type (py, self->element.type)) == NULL)
    return NULL;
  if (column->name == NULL || *column->name == '\0')
    return strata_sa_raise (py, "ArgumentError", "Column must be constructed with a non-blank name or assign a non-blank "
                            ".name before adding to a Table.");
  if (column->identity != NULL && self->sequence != NULL)
    return strata_sa_raise (py, "ArgumentError", "An column cannot specify both Identity and Sequence.");

  return read_items (py, self, column) ? column : NULL;
}

static Value *
list_foreign_keys (Machine        *py,
                   StrataSaColumn *self)
{
  Value *list = strata_py_list (py, NULL, 0);
  guint length;
  Value **items = strata_py_value_get_items (self->items, &length);

  for (guint i = 0; i < length; i++)
    if (strata_sa_is (py, items[i], STRATA_SA_CONSTRAINT) && ((StrataSaConstraint *) items[i])->is_marker)
      strata_py_list_append (py, list, items[i]);

  return list;
}

static Value *
get_column_attribute (Machine    *py,
                      Value      *value,
                      const char *name)
{
  StrataSaColumn *self = (StrataSaColumn *) value;
  StrataColumn *column = &self->column;

  if (g_str_equal (name, "name") || g_str_equal (name, "description"))
    return strata_sa_wrap_text (py, column->name);
  if (g_str_equal (name, "type"))
    return self->element.type != NULL && strata_py_value_get_kind (self->element.type) != STRATA_PY_VALUE_TYPE
             ? self->element.type : strata_sa_wrap_type (py, column->type);
  if (g_str_equal (name, "nullable"))
    return strata_py_bool (py, column->nullable == STRATA_UNSAID ? !column->is_primary_key && column->identity == NULL
                                                                 : column->nullable == STRATA_YES);
  if (g_str_equal (name, "primary_key"))
    return strata_py_bool (py, column->is_primary_key);
  if (g_str_equal (name, "table"))
    return self->table != NULL ? self->table : strata_py_none (py);
  if (g_str_equal (name, "foreign_keys"))
    return list_foreign_keys (py, self);
  if (g_str_equal (name, "constraints"))
    return self->items;
  if (g_str_equal (name, "key") && strata_py_dict_get_name (self->said, "key") == NULL)
    return strata_sa_wrap_text (py, column->name);
  if (g_str_equal (name, "info") && strata_py_dict_get_name (self->said, "info") == NULL)
    strata_py_dict_set_name (py, self->said, "info", (Value *) strata_py_dict (py));
  if (g_str_equal (name, "autoincrement") && strata_py_dict_get_name (self->said, name) == NULL)
    return strata_py_str (py, "auto");
  if (g_str_equal (name, "default") && GIVEN (strata_py_dict_get_name (self->said, name))
      && !strata_sa_is (py, strata_py_dict_get_name (self->said, name), STRATA_SA_SEQUENCE))
    return strata_py_refuse (py, "“default” of a column is not known here");

  return strata_sa_get_said (py, self->said, " index unique key comment doc info default onupdate server_default "
                             "server_onupdate system autoincrement ", name);
}

static gboolean
set_column_attribute (Machine    *py,
                      Value      *value,
                      const char *name,
                      Value      *to)
{
  g_autofree char *word = g_strdup_printf (" %s ", name);
  StrataSaColumn *self = (StrataSaColumn *) value;

  if (to == NULL || strstr (" type nullable primary_key index unique comment doc info default onupdate server_default "
                            "server_onupdate autoincrement name key ", word) == NULL
      || (self->table != NULL && strstr (" name key index unique primary_key ", word) != NULL))
    return strata_py_refuse (py, "“%s” of a column is changed", name) != NULL;

  /* The key stays what it was. */
  if (g_str_equal (name, "name") && self->column.name != NULL && !GIVEN (strata_py_dict_get_name (self->said, "key")))
    strata_py_dict_set_name (py, self->said, "key", strata_py_str (py, self->column.name));

  return set_keyword (py, self, name, to);
}

static Value *
column_repr (Machine *py,
             Value   *value)
{
  return strata_py_refuse (py, "the text of a Column() is not known here");
}

static const StrataPyNative column_methods[] = {
  { "__init__", "*args, **kwargs", init_column },
  { "copy", "**kw", copy_column },
  { "_copy", "**kw", copy_column },
  { NULL }
};

static const StrataPySlots column_slots = {
  .name = "Column",
  .methods = column_methods,
  .lacking = " references append_foreign_key computed identity dialect_options dialect_kwargs ",
  .parameters = "*args, **kwargs",
  .construct = construct_column,
  .get_attribute = get_column_attribute,
  .set_attribute = set_column_attribute,
  .repr = column_repr,
};

void
strata_sa_add_columns (Machine *py)
{
  StrataSa *sa = strata_sa_get (py);
  Class *base = sa->classes[STRATA_SA_COLUMN_CLAUSE] != NULL ? sa->classes[STRATA_SA_COLUMN_CLAUSE] : sa->classes[STRATA_SA_ELEMENT];

  sa->classes[STRATA_SA_COLUMN] = strata_py_class (py, &column_slots, base);
  strata_sa_export (py, STRATA_SA_ROOT, "Column", (Value *) sa->classes[STRATA_SA_COLUMN]);
}
