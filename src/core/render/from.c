/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/from.h"

#include "core/render/expression.h"

static void
add_relation (GPtrArray            *relations,
              const StrataRelation *relation)
{
  if (relation != NULL && !relation->is_implied && !g_ptr_array_find (relations, relation, NULL))
    g_ptr_array_add (relations, (gpointer) relation);
}

static void collect_list (GPtrArray                      *relations,
                          const StrataExpression * const *list);

static void
collect (GPtrArray              *relations,
         const StrataExpression *expression)
{
  if (expression == NULL)
    return;

  add_relation (relations, expression->relation);
  collect_list (relations, expression->items);
  collect_list (relations, expression->partition_by);
  collect_list (relations, expression->order_by);
}

static void
collect_list (GPtrArray                      *relations,
              const StrataExpression * const *list)
{
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    collect (relations, list[i]);
}

static void
remove_joined (GPtrArray            *relations,
               const StrataRelation *join)
{
  if (join->kind != STRATA_RELATION_JOIN)
    return;

  for (guint i = 0; i < 2; i++)
    {
      const StrataRelation *side = i == 0 ? join->left : join->right;

      g_ptr_array_remove (relations, (gpointer) side);
      remove_joined (relations, side);
    }
}

static void
remove_outer (StrataWriter *writer,
              GPtrArray    *relations)
{
  g_autoptr(GPtrArray) left = g_ptr_array_new ();

  for (guint i = 0; i < relations->len; i++)
    if (!g_ptr_array_find (writer->relations, g_ptr_array_index (relations, i), NULL))
      g_ptr_array_add (left, g_ptr_array_index (relations, i));

  if (relations->len < 2)
    return;
  if (left->len == 0)
    strata_writer_fail (writer, STRATA_RENDER_ERROR_RAISES,
                        "Select statement returned no FROM clauses due to auto-correlation; specify correlate(<tables>) to "
                        "control correlation manually.");

  g_ptr_array_set_size (relations, 0);
  g_ptr_array_extend (relations, left, NULL, NULL);
}

GPtrArray *
strata_from_collect (StrataWriter      *writer,
                     const StrataQuery *query)
{
  GPtrArray *relations = g_ptr_array_new ();
  g_autoptr(GPtrArray) all = NULL;

  for (guint i = 0; query->from != NULL && query->from[i] != NULL; i++)
    add_relation (relations, query->from[i]);
  collect_list (relations, query->columns);
  collect (relations, query->where);

  all = g_ptr_array_copy (relations, NULL, NULL);
  for (guint i = 0; i < all->len; i++)
    remove_joined (relations, g_ptr_array_index (all, i));

  if (writer->relations != NULL)
    remove_outer (writer, relations);

  return relations;
}

GPtrArray *
strata_from_others (const StrataQuery *query)
{
  GPtrArray *relations = g_ptr_array_new ();

  collect (relations, query->where);
  collect_list (relations, query->values);
  g_ptr_array_remove (relations, (gpointer) query->relation);

  return relations;
}

/* One that has no name of its own is numbered where it first appears. */
void
strata_write_alias (StrataWriter         *self,
                    const StrataRelation *relation)
{
  const char *name = relation->alias;
  guint count;

  while (relation->restates != NULL)
    relation = relation->restates;
  if (relation->is_anonymous && self->aliases == NULL)
    self->aliases = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (relation->is_anonymous && (name = g_hash_table_lookup (self->aliases, relation)) == NULL)
    {
      count = strata_writer_count (self, relation->alias);
      name = g_strdup_printf ("%s_%u", relation->alias, count);
      g_hash_table_insert (self->aliases, (gpointer) relation, (gpointer) name);
    }

  strata_write_name (self, name);
}

static void
write_join (StrataWriter         *self,
            const StrataRelation *join)
{
  gboolean is_nested = join->right->kind == STRATA_RELATION_JOIN;

  strata_write_relation (self, join->left);
  strata_writer_put (self, join->is_full ? " FULL OUTER JOIN " : join->is_outer ? " LEFT OUTER JOIN " : " JOIN ");
  if (is_nested)
    strata_writer_put (self, "(");
  strata_write_relation (self, join->right);
  if (is_nested)
    strata_writer_put (self, ")");
  strata_writer_put (self, " ON ");
  strata_write_condition (self, join->on);
}

static void
write_names (StrataWriter       *self,
             const char * const *names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      strata_writer_put (self, i > 0 ? ", " : "(");
      strata_write_name (self, names[i]);
    }
  if (names != NULL)
    strata_writer_put (self, ")");
}

/* Its text comes before the statement, once; what it needs of other ones comes first. */
static void
add_with (StrataWriter         *self,
          const StrataRelation *relation)
{
  GPtrArray *relations = self->relations;
  GString *text = self->text;
  gboolean is_from = self->is_from;

  if (self->withs == NULL)
    {
      self->withs = g_ptr_array_new ();
      self->with_text = g_string_new (NULL);
    }
  if (g_ptr_array_find (self->withs, relation, NULL))
    return;

  for (const StrataRelation *one = relation; one != NULL; one = one->restates)
    g_ptr_array_add (self->withs, (gpointer) one);
  self->has_recursive |= relation->is_recursive;
  self->relations = NULL;
  self->text = g_string_new (NULL);
  self->is_from = TRUE;
  strata_write_alias (self, relation);
  write_names (self, relation->names);
  strata_writer_put (self, " AS \n(");
  strata_write_query (self, relation->query);
  strata_writer_put (self, ")");

  g_string_append_printf (self->with_text, "%s%s", self->with_text->len > 0 ? ", \n" : "", self->text->str);
  g_string_free (self->text, TRUE);
  self->text = text;
  self->relations = relations;
  self->is_from = is_from;
}

static void
add_tables (GPtrArray            *tables,
            const StrataRelation *relation)
{
  if (relation->kind == STRATA_RELATION_JOIN)
    {
      add_tables (tables, relation->left);
      add_tables (tables, relation->right);
    }
  else
    g_ptr_array_add (tables, (gpointer) relation);
}

/* Only one that is LATERAL knows the tables around it. */
static void
write_subquery (StrataWriter         *self,
                const StrataRelation *relation)
{
  GPtrArray *outer = self->relations;
  gboolean is_from = self->is_from;
  g_autoptr(GPtrArray) tables = relation->is_lateral ? g_ptr_array_new () : NULL;

  for (guint i = 0; tables != NULL && outer != NULL && i < outer->len; i++)
    add_tables (tables, g_ptr_array_index (outer, i));
  self->relations = tables;
  self->is_from = TRUE;
  strata_writer_put (self, relation->is_lateral ? "LATERAL (" : "(");
  strata_write_query (self, relation->query);
  strata_writer_put (self, ")");
  self->relations = outer;
  self->is_from = is_from;
}

void
strata_write_relation (StrataWriter         *self,
                       const StrataRelation *relation)
{
  switch (relation->kind)
    {
    case STRATA_RELATION_TABLE:
      strata_write_qualified (self, relation->schema, relation->name);
      break;
    case STRATA_RELATION_JOIN:
      write_join (self, relation);
      return;
    case STRATA_RELATION_QUERY:
      write_subquery (self, relation);
      break;
    case STRATA_RELATION_WITH:
      add_with (self, relation);
      strata_write_alias (self, relation);
      return;
    case STRATA_RELATION_WORDS:
    default:
      strata_writer_put (self, relation->name);
      return;
    }

  if (relation->alias != NULL)
    {
      strata_writer_put (self, " AS ");
      strata_write_alias (self, relation);
      strata_writer_put (self, relation->names != NULL ? " " : "");
      write_names (self, relation->names);
    }
}

void
strata_write_from (StrataWriter *self,
                   GPtrArray    *relations)
{
  for (guint i = 0; i < relations->len; i++)
    {
      if (i > 0)
        strata_writer_put (self, ", ");
      strata_write_relation (self, g_ptr_array_index (relations, i));
    }
}
