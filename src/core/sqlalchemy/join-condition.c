/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"
#include "core/sqlalchemy/item-private.h"

/* The condition of a join() that says none: the one foreign key between the two tables. */

static Value *
get_table (Machine              *py,
           const StrataRelation *relation)
{
  StrataSaFrom *owner = relation->kind == STRATA_RELATION_TABLE && relation->alias == NULL ? strata_sa_get_owner (relation) : NULL;

  return owner != NULL && strata_sa_is (py, &owner->base, STRATA_SA_TABLE) ? &owner->base : NULL;
}

static const Expression *
find_column (Machine    *py,
             Value      *table,
             const char *name)
{
  guint position = 0;
  Value *key, *column;

  while (strata_py_dict_next (((StrataSaFrom *) table)->columns, &position, &key, &column))
    if (g_str_equal (((StrataSaElement *) column)->expression->name, name))
      return ((StrataSaElement *) column)->expression;

  return strata_py_refuse (py, "the column “%s” of a foreign key is not known here", name);
}

/* "parent.id = child.parent_id", for each pair of columns. */
static const Expression *
make_condition (Machine                *py,
                const StrataConstraint *constraint,
                const char             *own_column,
                Value                  *child,
                Value                  *parent)
{
  Items conditions = { NULL };

  for (guint i = 0; constraint->reference->columns != NULL && constraint->reference->columns[i] != NULL; i++)
    {
      const Expression *a = find_column (py, parent, constraint->reference->columns[i]);
      const Expression *b = a != NULL ? find_column (py, child, own_column != NULL ? own_column : constraint->columns[i]) : NULL;

      if (b == NULL)
        return NULL;
      strata_sa_items_add (py, &conditions, strata_sa_binary (py, STRATA_OPERATOR_EQ, a, b,
                                                              strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN)));
    }

  return conditions.length > 0 ? strata_sa_conjunction (py, STRATA_OPERATOR_AND, conditions.items)
                               : strata_py_refuse (py, "the columns of a foreign key are not known here");
}

static gboolean
add_conditions (Machine                         *py,
                Items                           *found,
                const StrataConstraint * const  *constraints,
                const char                      *own_column,
                Value                           *child,
                Value                           *parent)
{
  const StrataRelation *relation = ((StrataSaFrom *) parent)->relation;

  for (guint i = 0; constraints != NULL && constraints[i] != NULL; i++)
    {
      const StrataReference *reference = constraints[i]->reference;
      const Expression *condition;

      if (constraints[i]->kind != STRATA_CONSTRAINT_FOREIGN_KEY || g_strcmp0 (reference->table, relation->name) != 0
          || g_strcmp0 (reference->schema, relation->schema) != 0)
        continue;
      condition = make_condition (py, constraints[i], own_column, child, parent);
      if (condition == NULL)
        return FALSE;
      strata_sa_items_add (py, found, condition);
    }

  return TRUE;
}

static gboolean
find_conditions (Machine *py,
                 Items   *found,
                 Value   *child,
                 Value   *parent)
{
  const char *schema, *name;
  const StrataCreateTable *table = strata_sa_get_table (py, child, &schema, &name);

  if (table == NULL || !add_conditions (py, found, table->constraints, NULL, child, parent))
    return FALSE;
  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    if (!add_conditions (py, found, table->columns[i]->constraints, table->columns[i]->name, child, parent))
      return FALSE;

  return TRUE;
}

const Expression *
strata_sa_find_condition (Machine              *py,
                          const StrataRelation *left,
                          const StrataRelation *right)
{
  Value *a = get_table (py, left), *b = get_table (py, right);
  Items found = { NULL };

  if (a == NULL || b == NULL || a == b)
    return strata_py_refuse (py, "a join without a condition is not known here");
  if (!find_conditions (py, &found, b, a) || (found.length == 0 && !find_conditions (py, &found, a, b)))
    return NULL;
  if (found.length == 0)
    return strata_sa_raise (py, "NoForeignKeysError",
                            "Can't find any foreign key relationships between '%s' and '%s'.", left->name, right->name);
  if (found.length > 1)
    return strata_sa_raise (py, "AmbiguousForeignKeysError",
                            "Can't determine join between '%s' and '%s'; tables have more than one foreign key constraint "
                            "relationship between them. Please specify the 'onclause' of this join explicitly.", left->name,
                            right->name);

  return found.items[0];
}

static void
add_relation (Machine              *py,
              Items                *found,
              const StrataRelation *relation)
{
  for (guint i = 0; i < found->length; i++)
    if (found->items[i] == relation)
      return;
  if (relation != NULL)
    strata_sa_items_add (py, found, relation);
}

static void
collect (Machine          *py,
         Items            *found,
         const Expression *expression)
{
  add_relation (py, found, expression->relation);
  for (guint i = 0; expression->items != NULL && expression->items[i] != NULL; i++)
    collect (py, found, expression->items[i]);
}

static gboolean
has_relation (const StrataRelation *relation,
              gconstpointer         within)
{
  return relation == within
         || (relation->kind == STRATA_RELATION_JOIN && (has_relation (relation->left, within) || has_relation (relation->right, within)));
}

const StrataRelation *
strata_sa_find_left (Machine              *py,
                     const StrataQuery    *query,
                     const StrataRelation *right,
                     const Expression     *on)
{
  Items candidates = { NULL }, needed = { NULL };
  const StrataRelation *found = NULL;
  guint n_found = 0;

  for (guint i = 0; query->from != NULL && query->from[i] != NULL; i++)
    add_relation (py, &candidates, query->from[i]);
  for (guint i = 0; query->from == NULL && query->columns != NULL && query->columns[i] != NULL; i++)
    collect (py, &candidates, query->columns[i]);
  if (on != NULL)
    collect (py, &needed, on);

  for (guint i = 0; i < candidates.length; i++)
    {
      gboolean fits = candidates.items[i] != right;

      for (guint j = 0; j < needed.length && candidates.length > 1; j++)
        fits = fits && (needed.items[j] == right || has_relation (candidates.items[i], needed.items[j]));
      n_found += fits;
      found = fits ? candidates.items[i] : found;
    }

  return n_found == 1 ? found : strata_py_refuse (py, "which tables a join has is not known here");
}
