/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/select.h"

#include "core/render/expression.h"
#include "core/render/from.h"

static char *
make_name (StrataWriter *self,
           const char   *stem)
{
  return g_strdup_printf ("%s_%u", stem, strata_writer_count (self, stem));
}

/* What a column, a subquery's result or a label of its own is called by; NULL: it has no name. */
static const char *
get_own_name (const StrataExpression *column)
{
  return column->kind == STRATA_EXPRESSION_COLUMN || column->kind == STRATA_EXPRESSION_LABEL ? column->name : NULL;
}

/* A condition that a server without booleans compares with 1 or 0. */
static gboolean
is_made_boolean (const StrataExpression *column)
{
  if (column->kind == STRATA_EXPRESSION_UNARY)
    return column->operator == STRATA_OPERATOR_NOT && strata_expression_is_boolean (column->items[0]);

  return column->kind == STRATA_EXPRESSION_LIST && column->items != NULL && column->items[0] != NULL
         && column->items[1] == NULL && strata_expression_is_boolean (column->items[0]);
}

/* A cast and the like go by the name of what they are made of. */
static const StrataExpression *
get_named (const StrataExpression *column)
{
  while (column->kind == STRATA_EXPRESSION_CAST || column->kind == STRATA_EXPRESSION_COERCE
         || column->kind == STRATA_EXPRESSION_GROUP || is_made_boolean (column))
    column = column->items[0];

  return column;
}

/* "-a" has no label, but where it is needed to be asked for by. */
static gboolean
needs_label (StrataWriter           *self,
             const StrataExpression *column,
             gboolean                is_from)
{
  const StrataExpression *inner;

  if (column->kind == STRATA_EXPRESSION_COLUMN)
    return is_from && column->relation != NULL;
  if (column->kind != STRATA_EXPRESSION_UNARY && !is_made_boolean (column))
    return TRUE;

  inner = column->items[0];
  while (inner->kind == STRATA_EXPRESSION_GROUP)
    inner = inner->items[0];

  return is_from || get_own_name (inner) == NULL || (is_made_boolean (column) && !self->server->has_boolean);
}

/* There is one NULL, one true() and one false(), wherever they stand. */
static gpointer
get_identity (const StrataExpression *column)
{
  gboolean is_constant = column->kind == STRATA_EXPRESSION_NULL || column->kind == STRATA_EXPRESSION_TRUE
                         || column->kind == STRATA_EXPRESSION_FALSE;

  return is_constant ? GUINT_TO_POINTER (column->kind) : (gpointer) column;
}

/* The labels of one SELECT. */
typedef struct
{
  GHashTable *names;      /* name → the column that has it */
  GHashTable *numbered;   /* set of what has a label with a number */
  GHashTable *repeated;   /* column → char, owned: the label that it has wherever it stands again */
} Labels;

static char *
make_repeated (StrataWriter *self,
               const char   *name)
{
  g_autofree char *stem = g_strconcat (name, "_", NULL);

  return make_name (self, stem);
}

/* Something with a name, which others may have too. */
static char *
label_named (StrataWriter           *self,
             const StrataExpression *column,
             gboolean                is_from,
             Labels                 *labels)
{
  const StrataExpression *before = g_hash_table_lookup (labels->names, column->name);
  gboolean is_first = FALSE;

  if (before == NULL)
    g_hash_table_insert (labels->names, (gpointer) column->name, (gpointer) column);
  else if (before != column)
    is_first = g_hash_table_add (labels->numbered, (gpointer) column);

  if (column->kind == STRATA_EXPRESSION_LABEL)
    return g_strdup (column->name);
  if (before != NULL)
    return is_first ? make_name (self, column->name) : make_repeated (self, column->name);

  return needs_label (self, column, is_from) ? g_strdup (column->name) : NULL;
}

/* A cast of a cast, where its name is taken: the column's with that of its table, if it has one. */
static char *
label_deep (StrataWriter           *self,
            const StrataExpression *named)
{
  const StrataRelation *relation = named->relation;
  const char *table = relation == NULL ? NULL : relation->alias != NULL ? relation->alias : relation->name;
  g_autofree char *schema = table != NULL && relation->alias == NULL && relation->schema != NULL
                              ? g_strconcat (relation->schema, "_", NULL) : g_strdup ("");
  g_autofree char *name = table != NULL ? g_strconcat (g_strdelimit (schema, ".", '_'), table, "_", named->name, NULL) : NULL;

  return name != NULL ? make_repeated (self, name) : g_strdup (named->name);
}

/* Something that goes by the name of what it is made of. */
static char *
label_borrowed (StrataWriter           *self,
                const StrataExpression *column,
                const StrataExpression *named,
                gboolean                is_repeated,
                Labels                 *labels)
{
  const char *known = g_hash_table_lookup (labels->repeated, column);
  char *label;

  if (is_repeated && column->items[0] != named)
    return label_deep (self, named);
  if (!is_repeated || known != NULL)
    return g_strdup (is_repeated ? known : named->name);

  label = make_repeated (self, named->name);
  g_hash_table_insert (labels->repeated, (gpointer) column, g_strdup (label));

  return label;
}

/* NULL: none. It is numbered before those within the column. */
static char *
get_label (StrataWriter           *self,
           const StrataExpression *column,
           gboolean                is_from,
           Labels                 *labels)
{
  const StrataExpression *named = get_named (column);
  const char *name = get_own_name (named);
  gboolean is_repeated;

  if (column->kind == STRATA_EXPRESSION_TEXT || column->kind == STRATA_EXPRESSION_WORDS)
    return NULL;
  if (named == column && name != NULL)
    return label_named (self, column, is_from, labels);

  if (name != NULL)
    {
      is_repeated = g_hash_table_contains (labels->names, name);
      g_hash_table_insert (labels->names, (gpointer) name, (gpointer) column);
    }
  else
    {
      is_repeated = !g_hash_table_add (labels->numbered, get_identity (named));
    }

  if (!needs_label (self, column, is_from))
    return NULL;
  if (name != NULL)
    return label_borrowed (self, column, named, is_repeated, labels);
  if (is_repeated)
    return make_repeated (self, column->kind == STRATA_EXPRESSION_FUNCTION ? column->name : "anon");

  return make_name (self, named->kind == STRATA_EXPRESSION_FUNCTION ? named->name : "anon");
}

void
strata_write_selected (StrataWriter                   *self,
                       const StrataExpression * const *columns,
                       gboolean                        is_from)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) numbered = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) repeated = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  Labels labels = { names, numbered, repeated };

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      g_autofree char *label = get_label (self, columns[i], is_from, &labels);

      if (i > 0)
        strata_writer_put (self, ", ");
      strata_write_expression (self, columns[i]);
      if (label != NULL)
        {
          strata_writer_put (self, " AS ");
          strata_write_name (self, label);
        }
    }
}

static void
write_clause (StrataWriter                   *self,
              const char                     *words,
              const StrataExpression * const *list)
{
  if (list == NULL || list[0] == NULL)
    return;

  strata_writer_put (self, words);
  for (guint i = 0; list[i] != NULL; i++)
    {
      if (i > 0)
        strata_writer_put (self, ", ");
      strata_write_expression (self, list[i]);
    }
}

/* Tables without their schema, or as they are called behind FROM. */
static void
write_locked (StrataWriter      *self,
              const StrataQuery *query)
{
  strata_writer_putf (self, " %s", query->locking);
  for (guint i = 0; query->locked != NULL && query->locked[i] != NULL; i++)
    {
      strata_writer_put (self, i > 0 ? ", " : " OF ");
      if (query->locked[i]->alias != NULL)
        strata_write_alias (self, query->locked[i]);
      else
        strata_write_name (self, query->locked[i]->name);
    }
  if (query->locking_wait != NULL)
    strata_writer_putf (self, " %s", query->locking_wait);
}

static void
write_tail (StrataWriter      *self,
            const StrataQuery *query)
{
  write_clause (self, " ORDER BY ", query->order_by);
  self->server->write_limit (self, query);
  if (query->locking != NULL && self->server->dialect == STRATA_DIALECT_POSTGRESQL)
    write_locked (self, query);
}

void
strata_write_select (StrataWriter      *self,
                     const StrataQuery *query)
{
  GPtrArray *relations = strata_from_collect (self, query);
  GPtrArray *outer = self->relations;
  gboolean is_from = self->is_from;

  self->is_from = FALSE;
  strata_writer_put (self, "SELECT ");
  if (query->prefix != NULL)
    strata_writer_putf (self, "%s ", query->prefix);
  if (query->distinct_on != NULL && self->server->dialect == STRATA_DIALECT_POSTGRESQL)
    {
      write_clause (self, "DISTINCT ON (", query->distinct_on);
      strata_writer_put (self, ") ");
    }
  else if (query->is_distinct)
    {
      strata_writer_put (self, "DISTINCT ");
    }

  self->relations = g_ptr_array_copy (relations, NULL, NULL);

  strata_write_selected (self, query->columns, is_from);
  if (relations->len > 0)
    {
      strata_writer_put (self, " \nFROM ");
      strata_write_from (self, relations);
    }

  if (query->where != NULL)
    {
      strata_writer_put (self, " \nWHERE ");
      strata_write_condition (self, query->where);
    }
  write_clause (self, " GROUP BY ", query->group_by);
  if (query->having != NULL)
    {
      strata_writer_put (self, " \nHAVING ");
      strata_write_condition (self, query->having);
    }
  write_tail (self, query);

  g_ptr_array_unref (relations);
  g_ptr_array_unref (self->relations);
  self->relations = outer;
  self->is_from = is_from;
}

void
strata_write_compound (StrataWriter      *self,
                       const StrataQuery *query)
{
  gboolean has_tables = self->has_tables;

  for (guint i = 0; query->queries != NULL && query->queries[i] != NULL; i++)
    {
      if (i > 0)
        strata_writer_putf (self, " %s ", query->words);
      strata_write_query (self, query->queries[i]);
    }

  self->has_tables = FALSE;
  write_tail (self, query);
  self->has_tables = has_tables;
}
