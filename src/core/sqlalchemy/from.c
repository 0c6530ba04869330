/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

/* table(), alias() and join(). */

/* All that are made here. */
typedef struct
{
  StrataRelation  base;
  StrataSaFrom   *owner;
} Relation;

StrataRelation *
strata_sa_new_relation (Machine            *py,
                        StrataRelationKind  kind)
{
  Relation *self = strata_py_alloc (py, sizeof (Relation));

  if (self == NULL)
    return NULL;
  self->base.kind = kind;

  return &self->base;
}

void
strata_sa_own_relation (StrataRelation *relation,
                        StrataSaFrom   *owner)
{
  ((Relation *) relation)->owner = owner;
}

StrataSaFrom *
strata_sa_get_owner (const StrataRelation *relation)
{
  return ((const Relation *) relation)->owner;
}

StrataRelation *
strata_sa_rename_relation (Machine              *py,
                           const StrataRelation *relation,
                           const char           *name)
{
  StrataRelation *copy = strata_sa_new_relation (py, relation->kind);

  *copy = *relation;
  copy->is_anonymous = name == NULL;
  copy->alias = name != NULL ? strata_sa_intern (py, name) : relation->name;
  if (copy->alias == NULL)
    copy->alias = "anon";

  return copy;
}

const StrataRelation *
strata_sa_get_relation (Machine *py,
                        Value   *value)
{
  return strata_sa_is (py, value, STRATA_SA_FROM) ? ((StrataSaFrom *) value)->relation : NULL;
}

Value *
strata_sa_wrap_relation (Machine              *py,
                         const char           *class,
                         const StrataRelation *relation,
                         Dict                 *columns)
{
  Class *found = (Class *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], class);
  StrataSaFrom *self = strata_py_host_object (py, found, sizeof (StrataSaFrom));

  self->relation = relation;
  self->columns = columns;
  strata_sa_own_relation ((StrataRelation *) relation, self);

  return &self->base;
}

static gboolean
add_column (Machine        *py,
            StrataSaFrom   *self,
            Value          *column)
{
  StrataSaElement *element = (StrataSaElement *) column;
  Expression *expression;

  if (strata_py_value_get_opaque_name (column) != NULL)
    return strata_py_refuse (py, "“%s” is a column of a table, and what it is is not known here",
                             strata_py_value_get_opaque_name (column)) != NULL;
  if (!strata_sa_is (py, column, STRATA_SA_COLUMN_CLAUSE))
    return strata_py_refuse (py, "this column of a table is not known here") != NULL;
  expression = (Expression *) element->expression;
  if (expression->relation != NULL && expression->relation != self->relation)
    return strata_sa_raise (py, "ArgumentError", "column object '%s' already assigned to table '%s'", expression->name,
                            expression->relation->name) != NULL;
  expression->relation = self->relation;
  strata_py_dict_set_name (py, self->columns, expression->name, column);

  return TRUE;
}

static Value *
construct_table (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  StrataRelation *relation = strata_sa_new_relation (py, STRATA_RELATION_TABLE);
  StrataSaFrom *self = strata_py_host_object (py, (Class *) class, sizeof (StrataSaFrom));
  guint length;
  Value **columns = strata_py_value_get_items (arguments[1], &length);

  relation->name = strata_sa_intern (py, strata_py_value_get_text (arguments[0], NULL));
  if (relation->name == NULL)
    return strata_py_refuse (py, "the name of this table is not known here");
  if (arguments[2] != NULL && !strata_py_is_none (arguments[2])
      && (relation->schema = strata_sa_intern (py, strata_py_value_get_text (arguments[2], NULL))) == NULL)
    return strata_py_refuse (py, "the schema of this table is not known here");
  self->relation = relation;
  self->columns = strata_py_dict (py);
  strata_sa_own_relation (relation, self);
  for (guint i = 0; i < length; i++)
    if (!add_column (py, self, columns[i]))
      return NULL;

  return &self->base;
}

/* The same columns, of another relation. */
Dict *
strata_sa_copy_columns (Machine              *py,
                        Dict                 *columns,
                        const StrataRelation *relation)
{
  Dict *copies = strata_py_dict (py);
  guint position = 0;
  Value *key, *column;

  while (columns != NULL && strata_py_dict_next (columns, &position, &key, &column))
    {
      const Expression *of = strata_sa_get_expression (py, column);
      Expression *expression = strata_sa_new_expression (py, STRATA_EXPRESSION_COLUMN);
      StrataSaElement *copy;

      if (of == NULL)
        {
          strata_py_dict_set_name (py, copies, strata_py_value_get_text (key, NULL), column);
          continue;
        }
      expression->name = of->name;
      expression->type = of->type;
      expression->relation = relation;
      copy = (StrataSaElement *) strata_sa_wrap_class (py, strata_sa_get (py)->classes[STRATA_SA_COLUMN_CLAUSE], expression);
      copy->type = ((StrataSaElement *) column)->type;
      strata_py_dict_set_name (py, copies, strata_py_value_get_text (key, NULL), &copy->base);
    }

  return copies;
}

static Value *
from_alias (Machine *py,
            Value   *self,
            Value  **arguments)
{
  StrataSaFrom *from = (StrataSaFrom *) self;
  StrataRelation *relation;
  const char *name = arguments[0] != NULL ? strata_py_value_get_text (arguments[0], NULL) : NULL;

  if (from->relation->kind == STRATA_RELATION_JOIN || from->relation->kind == STRATA_RELATION_WITH || from->columns == NULL)
    return strata_py_refuse (py, "an alias of this is not known here");
  relation = strata_sa_rename_relation (py, from->relation, name);

  return strata_sa_wrap_relation (py, "Alias", relation, strata_sa_copy_columns (py, from->columns, relation));
}

Value *
strata_sa_new_join (Machine *py,
                    Value   *left,
                    Value   *right,
                    Value   *on,
                    gboolean is_outer,
                    gboolean is_full)
{
  StrataRelation *join = strata_sa_new_relation (py, STRATA_RELATION_JOIN);

  join->left = strata_sa_coerce_relation (py, left);
  join->right = join->left != NULL ? strata_sa_coerce_relation (py, right) : NULL;
  if (join->right == NULL)
    return NULL;
  if (on == NULL || strata_py_is_none (on))
    join->on = strata_sa_find_condition (py, join->left, join->right);
  else
    join->on = strata_sa_coerce_condition (py, on);
  join->is_outer = is_outer;
  join->is_full = is_full;

  return join->on != NULL ? strata_sa_wrap_relation (py, "Join", join, NULL) : NULL;
}

static gboolean
is_true (Machine *py,
         Value   *value)
{
  return value != NULL && strata_py_truth (py, value) == 1;
}

static Value *
from_join (Machine *py,
           Value   *self,
           Value  **arguments)
{
  return strata_sa_new_join (py, self, arguments[0], arguments[1], is_true (py, arguments[2]), is_true (py, arguments[3]));
}

static Value *
from_outerjoin (Machine *py,
                Value   *self,
                Value  **arguments)
{
  return strata_sa_new_join (py, self, arguments[0], arguments[1], TRUE, is_true (py, arguments[2]));
}

static Value *
join_two (Machine *py,
          Value   *module,
          Value  **arguments)
{
  return strata_sa_new_join (py, arguments[0], arguments[1], arguments[2], is_true (py, arguments[3]),
                             is_true (py, arguments[4]));
}

static Value *
outerjoin_two (Machine *py,
               Value   *module,
               Value  **arguments)
{
  return strata_sa_new_join (py, arguments[0], arguments[1], arguments[2], TRUE, is_true (py, arguments[3]));
}

/* What stands behind FROM, or in a join. */
const StrataRelation *
strata_sa_coerce_relation (Machine *py,
                           Value   *value)
{
  const StrataRelation *relation = strata_sa_get_relation (py, value);
  const Expression *expression;
  StrataRelation *words;

  if (relation != NULL)
    return relation;
  expression = strata_sa_is (py, value, STRATA_SA_ELEMENT) ? strata_sa_get_expression (py, value) : NULL;
  if (expression == NULL || expression->kind != STRATA_EXPRESSION_TEXT || expression->parameters != NULL)
    return strata_py_refuse (py, "this in FROM is not known here");
  words = strata_sa_new_relation (py, STRATA_RELATION_WORDS);
  words->name = expression->name;

  return words;
}

static Value *
from_select (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return strata_sa_select_values (py, 1, &self);
}

Value *
strata_sa_from_attribute (Machine    *py,
                          Value      *value,
                          const char *name)
{
  StrataSaFrom *self = (StrataSaFrom *) value;
  const StrataRelation *relation = self->relation;
  g_autofree char *full = NULL;

  if (g_str_equal (name, "c") || g_str_equal (name, "columns"))
    return self->columns != NULL ? strata_sa_new_collection (py, self->columns)
                                 : strata_py_refuse (py, "the columns of this are not known here");
  if (relation->kind != STRATA_RELATION_TABLE)
    return g_str_equal (name, "name") && relation->alias != NULL && !relation->is_anonymous ? strata_py_str (py, relation->alias)
                                                                                           : NULL;
  if (g_str_equal (name, "name") && !relation->is_anonymous)
    return strata_py_str (py, relation->alias != NULL ? relation->alias : relation->name);
  if (g_str_equal (name, "schema"))
    return relation->schema != NULL ? strata_py_str (py, relation->schema) : strata_py_none (py);
  if (g_str_equal (name, "fullname") && relation->alias == NULL)
    {
      full = relation->schema != NULL ? g_strdup_printf ("%s.%s", relation->schema, relation->name) : g_strdup (relation->name);
      return strata_py_str (py, full);
    }

  return NULL;
}

static int
from_truth (Machine *py,
            Value   *self)
{
  strata_py_raise (py, "TypeError", "Boolean value of this clause is not defined");

  return -1;
}

static const StrataPyNative from_methods[] = {
  { "alias", "name=, flat=", from_alias },
  { "join", "right, onclause=, isouter=, full=", from_join },
  { "outerjoin", "right, onclause=, full=", from_outerjoin },
  { "select", "", from_select },
  { NULL }
};

static const StrataPySlots from_slots = {
  .name = "FromClause",
  .methods = from_methods,
  .lacking = " tablesample lateral table_valued corresponding_column exported_columns primary_key foreign_keys "
             "is_derived_from entity_namespace description element ",
  .get_attribute = strata_sa_from_attribute,
  .truth = from_truth,
};

static const StrataPySlots alias_slots = { .name = "Alias" };
static const StrataPySlots subquery_slots = { .name = "Subquery" };
static const StrataPyNative with_methods[] = {
  { "union", "*other", strata_sa_with_union },
  { "union_all", "*other", strata_sa_with_union_all },
  { NULL }
};

static const StrataPySlots with_slots = { .name = "CTE", .methods = with_methods, .lacking = " alias prefix_with suffix_with " };
static const StrataPySlots join_slots = { .name = "Join" };

static const StrataPySlots table_slots = {
  .name = "TableClause",
  .methods = strata_sa_table_methods,
  .parameters = "name, *columns, schema=",
  .construct = construct_table,
};

static const StrataPyNative functions[] = {
  { "join", "left, right, onclause=, isouter=, full=", join_two },
  { "outerjoin", "left, right, onclause=, full=", outerjoin_two },
  { NULL }
};

void
strata_sa_add_froms (Machine *py)
{
  StrataSa *sa = strata_sa_get (py);
  Class *from = strata_py_class (py, &from_slots, NULL);

  sa->classes[STRATA_SA_FROM] = from;
  sa->classes[STRATA_SA_TABLE_CLAUSE] = strata_py_class (py, &table_slots, from);
  strata_sa_export (py, STRATA_SA_ROOT, "FromClause", (Value *) from);
  strata_sa_export (py, STRATA_SA_ROOT, "table", (Value *) sa->classes[STRATA_SA_TABLE_CLAUSE]);
  strata_sa_export (py, STRATA_SA_ROOT, "TableClause", (Value *) sa->classes[STRATA_SA_TABLE_CLAUSE]);
  strata_sa_export (py, STRATA_SA_ROOT, "Alias", (Value *) strata_py_class (py, &alias_slots, from));
  strata_sa_export (py, STRATA_SA_ROOT, "Subquery", (Value *) strata_py_class (py, &subquery_slots, from));
  strata_sa_export (py, STRATA_SA_ROOT, "CTE", (Value *) strata_py_class (py, &with_slots, from));
  strata_sa_export (py, STRATA_SA_ROOT, "Join", (Value *) strata_py_class (py, &join_slots, from));
  strata_sa_export_functions (py, STRATA_SA_ROOT, functions);
}
