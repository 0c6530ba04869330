/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What differs in a pair of objects with one key: a difference for each property. */

#include "config.h"

#include "core/diff/diff-private.h"

#include <string.h>

typedef struct
{
  StrataDiff         *diff;
  const StrataObject *from;
  const StrataObject *to;
} Pair;

static void
compare_texts (const Pair *pair,
               const char *part,
               const char *property,
               const char *was,
               const char *is)
{
  strata_diff_report_change (pair->diff, pair->from, pair->to, part, property, was, is);
}

static void
compare_flags (const Pair *pair,
               const char *property,
               gboolean    was,
               gboolean    is)
{
  compare_texts (pair, NULL, property, was ? "yes" : "no", is ? "yes" : "no");
}

/* "fillfactor=70, user_catalog_table=true"; NULL of an empty list. */
static char *
dup_pairs (const char * const *list)
{
  g_autoptr(GString) out = NULL;

  if (list == NULL || list[0] == NULL)
    return NULL;

  out = g_string_new (NULL);
  for (guint i = 0; list[i] != NULL && list[i + 1] != NULL; i += 2)
    g_string_append_printf (out, "%s%s=%s", i > 0 ? ", " : "", list[i], list[i + 1]);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_list (const char * const *list)
{
  return list != NULL && list[0] != NULL ? g_strjoinv (", ", (char **) list) : NULL;
}

static char *
dup_char (char character)
{
  return character != '\0' ? g_strdup_printf ("%c", character) : NULL;
}

static char *
dup_identity (const StrataPictureIdentity *identity)
{
  if (identity == NULL)
    return NULL;

  return g_strdup_printf ("%s (START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s%s)",
                          identity->is_always ? "ALWAYS" : "BY DEFAULT", identity->start, identity->increment,
                          identity->minvalue, identity->maxvalue, identity->cache, identity->cycles ? " CYCLE" : "");
}

static char *
dup_computed (const StrataPictureColumn *column)
{
  return column->computed != NULL ? g_strdup_printf ("(%s) %s", column->computed, column->is_stored ? "STORED" : "VIRTUAL")
                                  : NULL;
}

/* A computed column's identity, default and such are part of its expression, and follow it. */
static void
compare_column (const Pair                *pair,
                const StrataPictureColumn *from,
                const StrataPictureColumn *to,
                gboolean                   has_same_parents)
{
  const char *name = from->name;
  g_autofree char *was_computed = dup_computed (from);
  g_autofree char *is_computed = dup_computed (to);
  g_autofree char *was_identity = dup_identity (from->identity);
  g_autofree char *is_identity = dup_identity (to->identity);
  g_autofree char *was_options = dup_pairs (from->options);
  g_autofree char *is_options = dup_pairs (to->options);

  compare_texts (pair, name, "type", from->type_text, to->type_text);
  compare_texts (pair, name, "collation", from->collation, to->collation);
  compare_texts (pair, name, "generated", was_computed, is_computed);
  compare_texts (pair, name, "default", from->default_text, to->default_text);
  compare_texts (pair, name, "identity", was_identity, is_identity);
  if (from->identity != NULL && to->identity != NULL)
    compare_texts (pair, name, "name of sequence", from->identity->sequence, to->identity->sequence);
  compare_texts (pair, name, "nullable", from->is_nullable ? "NULL" : "NOT NULL", to->is_nullable ? "NULL" : "NOT NULL");
  if (!from->is_nullable && !to->is_nullable)
    compare_texts (pair, name, "name of NOT NULL", from->not_null_name, to->not_null_name);
  compare_texts (pair, name, "on conflict", from->on_conflict, to->on_conflict);
  compare_texts (pair, name, "storage", from->storage, to->storage);
  compare_texts (pair, name, "compression", from->compression, to->compression);
  compare_texts (pair, name, "statistics", from->statistics, to->statistics);
  compare_texts (pair, name, "options", was_options, is_options);
  if (pair->diff->from->dialect == STRATA_DIALECT_SQLITE)
    compare_texts (pair, name, "autoincrement", from->is_autoincrement ? "yes" : "no", to->is_autoincrement ? "yes" : "no");
  else if (has_same_parents)
    compare_texts (pair, name, "inherited", from->is_inherited ? "yes" : "no", to->is_inherited ? "yes" : "no");
  compare_texts (pair, name, "comment", from->comment, to->comment);
}

/* A table's columns or a composite type's attributes; their order is no difference. What comes from a parent alone comes
 * and goes with it. */
static void
compare_columns (const Pair                        *pair,
                 const StrataPictureColumn * const *from,
                 const StrataPictureColumn * const *to,
                 gboolean                           has_same_parents)
{
  for (guint i = 0; from != NULL && from[i] != NULL; i++)
    if (strata_picture_find_column (to, from[i]->name) == NULL && !(has_same_parents && from[i]->is_inherited))
      strata_diff_report (pair->diff, STRATA_DIFFERENCE_REMOVED, pair->from, pair->to, from[i]->name);

  for (guint i = 0; to != NULL && to[i] != NULL; i++)
    {
      const StrataPictureColumn *old = strata_picture_find_column (from, to[i]->name);

      if (old != NULL)
        compare_column (pair, old, to[i], has_same_parents);
      else if (!(has_same_parents && to[i]->is_inherited))
        strata_diff_report (pair->diff, STRATA_DIFFERENCE_ADDED, pair->from, pair->to, to[i]->name);
    }
}

static void
compare_storage (const Pair                 *pair,
                 const StrataPictureStorage *from,
                 const StrataPictureStorage *to)
{
  g_autofree char *was_parents = dup_list (from->parents);
  g_autofree char *is_parents = dup_list (to->parents);
  g_autofree char *was_with = dup_pairs (from->with);
  g_autofree char *is_with = dup_pairs (to->with);
  g_autofree char *was_replica = dup_char (from->replica_identity);
  g_autofree char *is_replica = dup_char (to->replica_identity);

  compare_texts (pair, NULL, "partitioning", from->partition_key, to->partition_key);
  compare_texts (pair, NULL, "parents", was_parents, is_parents);
  compare_texts (pair, NULL, "bound", from->bound, to->bound);
  compare_texts (pair, NULL, "type", from->of_type, to->of_type);
  compare_texts (pair, NULL, "access method", from->access_method, to->access_method);
  compare_flags (pair, "unlogged", from->is_unlogged, to->is_unlogged);
  compare_texts (pair, NULL, "storage parameters", was_with, is_with);
  compare_texts (pair, NULL, "tablespace", from->tablespace, to->tablespace);
  compare_flags (pair, "row security", from->has_row_security, to->has_row_security);
  compare_flags (pair, "forced row security", from->is_row_security_forced, to->is_row_security_forced);
  compare_texts (pair, NULL, "replica identity", was_replica, is_replica);
  compare_texts (pair, NULL, "replica index", from->replica_index, to->replica_index);
  compare_texts (pair, NULL, "cluster index", from->cluster_index, to->cluster_index);
}

static gboolean
has_same_parents (const StrataPictureStorage *from,
                  const StrataPictureStorage *to)
{
  g_autofree char *was = dup_list (from != NULL ? from->parents : NULL);
  g_autofree char *is = dup_list (to != NULL ? to->parents : NULL);

  return g_strcmp0 (was, is) == 0;
}

static void
compare_tables (const Pair *pair)
{
  static const StrataPictureStorage none = { 0 };
  const StrataPictureTable *from = pair->from->of.table, *to = pair->to->of.table;

  compare_storage (pair, from->storage != NULL ? from->storage : &none, to->storage != NULL ? to->storage : &none);
  compare_columns (pair, from->columns, to->columns, has_same_parents (from->storage, to->storage));
}

/* The query stands for the columns; but they have comments, and a name of their own where the query does not change. */
static void
compare_views (const Pair *pair)
{
  const StrataPictureTable *from = pair->from->of.table, *to = pair->to->of.table;
  const StrataPictureStorage *old = from != NULL ? from->storage : NULL, *new = to != NULL ? to->storage : NULL;
  g_autofree char *was_with = dup_pairs (old != NULL ? old->with : NULL);
  g_autofree char *is_with = dup_pairs (new != NULL ? new->with : NULL);

  compare_texts (pair, NULL, "definition", pair->from->text, pair->to->text);
  compare_texts (pair, NULL, "storage parameters", was_with, is_with);
  if (from == NULL || to == NULL)
    return;

  /* Whether it holds rows is data, and not looked at: pg_dump never makes it with them. */
  if (pair->from->kind == STRATA_OBJECT_MATERIALIZED_VIEW && old != NULL && new != NULL)
    {
      compare_texts (pair, NULL, "tablespace", old->tablespace, new->tablespace);
      compare_texts (pair, NULL, "access method", old->access_method, new->access_method);
      compare_texts (pair, NULL, "cluster index", old->cluster_index, new->cluster_index);
    }
  for (guint i = 0; to->columns != NULL && to->columns[i] != NULL; i++)
    {
      const StrataPictureColumn *column = strata_picture_find_column (from->columns, to->columns[i]->name);

      if (column == NULL)
        continue;
      compare_texts (pair, column->name, "default", column->default_text, to->columns[i]->default_text);
      compare_texts (pair, column->name, "statistics", column->statistics, to->columns[i]->statistics);
      compare_texts (pair, column->name, "comment", column->comment, to->columns[i]->comment);
    }
}

static char *
dup_owner (const StrataObject *sequence)
{
  const StrataPictureSequence *of = sequence->of.sequence;

  return of->owner_table != NULL ? g_strjoin (".", sequence->schema, of->owner_table, of->owner_column, NULL) : NULL;
}

static void
compare_sequences (const Pair *pair)
{
  const StrataPictureSequence *from = pair->from->of.sequence, *to = pair->to->of.sequence;
  g_autofree char *was_owner = dup_owner (pair->from);
  g_autofree char *is_owner = dup_owner (pair->to);

  compare_texts (pair, NULL, "type", from->type_text, to->type_text);
  compare_texts (pair, NULL, "increment", from->increment, to->increment);
  compare_texts (pair, NULL, "minvalue", from->minvalue, to->minvalue);
  compare_texts (pair, NULL, "maxvalue", from->maxvalue, to->maxvalue);
  compare_texts (pair, NULL, "start", from->start, to->start);
  compare_texts (pair, NULL, "cache", from->cache, to->cache);
  compare_flags (pair, "cycle", from->cycles, to->cycles);
  compare_flags (pair, "unlogged", from->is_unlogged, to->is_unlogged);
  compare_texts (pair, NULL, "owner", was_owner, is_owner);
}

static guint
find_value (const char * const *values,
            const char         *value)
{
  guint i = 0;

  while (values != NULL && values[i] != NULL && strcmp (values[i], value) != 0)
    i++;

  return i;
}

static guint
count_values (const char * const *values)
{
  return values != NULL ? g_strv_length ((char **) values) : 0;
}

static void
compare_enums (const Pair *pair)
{
  const char * const *from = pair->from->of.type->values.values, * const *to = pair->to->of.type->values.values;
  guint n_from = count_values (from), n_to = count_values (to), last = 0;
  gboolean is_ordered = TRUE;

  for (guint i = 0; i < n_from; i++)
    {
      guint at = find_value (to, from[i]);

      if (at == n_to)
        strata_diff_report (pair->diff, STRATA_DIFFERENCE_REMOVED, pair->from, pair->to, from[i]);
      else
        is_ordered &= at >= last;
      if (at < n_to)
        last = at;
    }

  for (guint i = 0; i < n_to; i++)
    if (find_value (from, to[i]) == n_from)
      strata_diff_report (pair->diff, STRATA_DIFFERENCE_ADDED, pair->from, pair->to, to[i]);

  if (!is_ordered)
    {
      g_autofree char *was = dup_list (from);
      g_autofree char *is = dup_list (to);

      compare_texts (pair, NULL, "order", was, is);
    }
}

static const StrataPictureDomainCheck *
find_domain_check (const StrataPictureDomain *domain,
                   const char                *name)
{
  for (guint i = 0; domain->checks != NULL && domain->checks[i] != NULL; i++)
    if (strcmp (domain->checks[i]->name, name) == 0)
      return domain->checks[i];

  return NULL;
}

static void
compare_domains (const Pair *pair)
{
  const StrataPictureDomain *from = pair->from->of.domain, *to = pair->to->of.domain;

  compare_texts (pair, NULL, "type", from->type_text, to->type_text);
  compare_texts (pair, NULL, "collation", from->collation, to->collation);
  compare_texts (pair, NULL, "default", from->default_text, to->default_text);
  compare_texts (pair, NULL, "nullable", from->is_not_null ? "NOT NULL" : "NULL", to->is_not_null ? "NOT NULL" : "NULL");

  for (guint i = 0; from->checks != NULL && from->checks[i] != NULL; i++)
    if (find_domain_check (to, from->checks[i]->name) == NULL)
      strata_diff_report (pair->diff, STRATA_DIFFERENCE_REMOVED, pair->from, pair->to, from->checks[i]->name);

  for (guint i = 0; to->checks != NULL && to->checks[i] != NULL; i++)
    {
      const StrataPictureDomainCheck *check = find_domain_check (from, to->checks[i]->name);

      if (check == NULL)
        {
          strata_diff_report (pair->diff, STRATA_DIFFERENCE_ADDED, pair->from, pair->to, to->checks[i]->name);
          continue;
        }
      compare_texts (pair, check->name, "definition", check->text, to->checks[i]->text);
      compare_texts (pair, check->name, "comment", check->comment, to->checks[i]->comment);
    }
}

static void
compare_policies (const Pair *pair)
{
  const StrataPicturePolicy *from = pair->from->of.policy, *to = pair->to->of.policy;
  g_autofree char *was_roles = dup_list (from->roles);
  g_autofree char *is_roles = dup_list (to->roles);

  compare_texts (pair, NULL, "command", from->command, to->command);
  compare_texts (pair, NULL, "kind", from->is_restrictive ? "RESTRICTIVE" : "PERMISSIVE",
                 to->is_restrictive ? "RESTRICTIVE" : "PERMISSIVE");
  compare_texts (pair, NULL, "roles", was_roles, is_roles);
  compare_texts (pair, NULL, "using", from->using, to->using);
  compare_texts (pair, NULL, "check", from->check, to->check);
}

static void
compare_triggers (const Pair *pair)
{
  static const StrataPictureTrigger none = { .enabled = 'O' };
  const StrataPictureTrigger *from = pair->from->of.trigger, *to = pair->to->of.trigger;
  g_autofree char *was = dup_char ((from != NULL ? from : &none)->enabled);
  g_autofree char *is = dup_char ((to != NULL ? to : &none)->enabled);

  compare_texts (pair, NULL, "definition", pair->from->text, pair->to->text);
  compare_texts (pair, NULL, "enabled", was, is);
}

void
strata_diff_compare_pair (StrataDiff         *self,
                          const StrataObject *from,
                          const StrataObject *to)
{
  const Pair pair = { self, from, to };

  switch (from->kind)
    {
    case STRATA_OBJECT_TABLE:
      compare_tables (&pair);
      break;
    case STRATA_OBJECT_VIEW:
    case STRATA_OBJECT_MATERIALIZED_VIEW:
      compare_views (&pair);
      break;
    case STRATA_OBJECT_SEQUENCE:
      compare_sequences (&pair);
      break;
    case STRATA_OBJECT_ENUM:
      compare_enums (&pair);
      break;
    case STRATA_OBJECT_DOMAIN:
      compare_domains (&pair);
      break;
    case STRATA_OBJECT_COMPOSITE:
      compare_columns (&pair, from->of.attributes, to->of.attributes, TRUE);
      break;
    case STRATA_OBJECT_POLICY:
      compare_policies (&pair);
      break;
    case STRATA_OBJECT_TRIGGER:
      compare_triggers (&pair);
      break;
    case STRATA_OBJECT_EXTENSION:
      compare_texts (&pair, NULL, "schema", from->schema, to->schema);
      compare_texts (&pair, NULL, "version", from->text, to->text);
      break;
    case STRATA_OBJECT_SCHEMA:
    case STRATA_OBJECT_COLLATION:
    case STRATA_OBJECT_RANGE:
    case STRATA_OBJECT_ROUTINE:
    case STRATA_OBJECT_AGGREGATE:
    case STRATA_OBJECT_PRIMARY_KEY:
    case STRATA_OBJECT_UNIQUE:
    case STRATA_OBJECT_CHECK:
    case STRATA_OBJECT_EXCLUSION:
    case STRATA_OBJECT_INDEX:
    case STRATA_OBJECT_FOREIGN_KEY:
    case STRATA_OBJECT_STATISTICS:
    case STRATA_OBJECT_RULE:
    case STRATA_OBJECT_DEFAULT_PRIVILEGES:
    case STRATA_N_OBJECT_KINDS:
    default:
      compare_texts (&pair, NULL, "definition", from->text, to->text);
      break;
    }
}
