/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Columns of a table that stays: statement by statement, each with what it needs in place. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/ddl/postgresql-private.h"
#include "core/sql/statement.h"

#include <string.h>

typedef struct
{
  StrataRoute             *plan;
  const StrataRouteColumn *work;
  const StrataDifference *difference;
  char                   *table;       /* quoted */
  char                   *column;
  const char             *only;        /* "ONLY " where children have settings of their own */
  guint                   last;        /* the node before, + 1 */
} Writer;

static const char * const integers[] = { "smallint", "integer", "bigint", "numeric", "real", "double precision", NULL };
static const char * const texts[] = { "character varying", "character", "text", "\"char\"", "name", NULL };
static const char * const moments[] = { "timestamp without time zone", "timestamp with time zone", "date", NULL };

static gboolean
is_in_family (const char         *type,
              const char * const *family)
{
  g_autofree char *name = NULL;
  const char *open = strchr (type, '('), *close = open != NULL ? strchr (open, ')') : NULL;

  name = close != NULL ? g_strdup_printf ("%.*s%s", (int) (open - type), type, close + 1) : g_strdup (type);

  return g_strv_contains (family, name);
}

gboolean
strata_route_is_same_family (const char *from,
                            const char *to)
{
  g_autofree char *old = g_strndup (from, strcspn (from, "("));
  g_autofree char *new = g_strndup (to, strcspn (to, "("));

  return (is_in_family (from, integers) && is_in_family (to, integers)) || (is_in_family (from, texts) && is_in_family (to, texts))
         || (is_in_family (from, moments) && is_in_family (to, moments)) || strcmp (old, new) == 0;
}

static char *
dup_cast (const char *column,
          const char *from,
          const char *to)
{
  gboolean is_array = g_str_has_suffix (from, "[]");

  if (strcmp (to, "boolean") == 0 && is_in_family (from, integers))
    return g_strdup_printf ("%s <> 0", column);
  if (strcmp (from, "boolean") == 0 && is_in_family (to, integers))
    return g_strdup_printf ("%s::integer::%s", column, to);
  if (is_in_family (from, texts) || is_in_family (to, texts))
    return g_strdup_printf ("%s::%s", column, to);

  /* Any type is read from text, whether there is a cast or not. */
  return g_strdup_printf ("%s::%s::%s", column, is_array && g_str_has_suffix (to, "[]") ? "text[]" : "text", to);
}

static gboolean
has_cast (const char *from,
          const char *to)
{
  static const char * const pairs[][2] = {
    { "json", "jsonb" }, { "jsonb", "json" }, { "cidr", "inet" }, { "inet", "cidr" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strcmp (from, pairs[i][0]) == 0 && strcmp (to, pairs[i][1]) == 0)
      return TRUE;

  return FALSE;
}

char *
strata_route_dup_conversion (const char *column,
                            const char *from,
                            const char *to,
                            gboolean    is_swapped)
{
  g_autofree char *cast = NULL;

  if (!is_swapped && strata_route_is_same_family (from, to))
    return NULL;
  if (!is_swapped && has_cast (from, to))
    return g_strdup_printf (" USING %s::%s", column, to);

  cast = dup_cast (column, from, to);

  return g_strdup_printf (" USING %s", cast);
}

/* A type with a schema may be another one of the same name. */
char *
strata_route_dup_value (const char *column,
                        const char *from,
                        const char *to)
{
  if (strchr (to, '.') == NULL && strata_route_is_same_family (from, to))
    return g_strdup (column);

  return dup_cast (column, from, to);
}

/* A node behind the last one of this column. */
static StrataRouteNode *
add (Writer     *self,
     const char *old_text,
     const char *new_text)
{
  StrataRouteNode *node = strata_route_add_alter (self->plan, self->work->table, STRATA_RANK_ALTER_TABLE, self->difference);
  guint number = self->plan->nodes->len;

  node->column = g_strdup (self->work->old->name);
  node->old_text = g_strdup (old_text != NULL ? old_text : "");
  node->new_text = g_strdup (new_text != NULL ? new_text : "");
  strata_route_put_before (self->plan, self->last, number);
  self->last = number;

  return node;
}

static void
say (Writer     *self,
     const char *old_text,
     const char *new_text,
     const char *what)
{
  strata_route_say (add (self, old_text, new_text), "ALTER TABLE %s%s ALTER COLUMN %s %s", self->only, self->table, self->column,
                   what);
}

static char *
dup_needed_text (const StrataPictureColumn *column)
{
  return g_strjoin (" ", column->type_text, column->default_text != NULL ? column->default_text : "",
                    column->collation != NULL ? column->collation : "", column->computed, NULL);
}

static const char *
get_usual_storage (const char *type)
{
  return g_str_has_prefix (type, "numeric") || strcmp (type, "inet") == 0 || strcmp (type, "cidr") == 0 ? "MAIN" : "EXTENDED";
}

static void
say_settings (Writer                    *self,
              const StrataPictureColumn *old,
              const StrataPictureColumn *new)
{
  /* Another type comes with its own. */
  const char *was_storage = self->work->is_retyped ? NULL : old->storage;

  if (g_strcmp0 (was_storage, new->storage) != 0)
    {
      g_autofree char *what = g_strdup_printf ("SET STORAGE %s",
                                               new->storage != NULL ? new->storage : get_usual_storage (new->type_text));

      say (self, NULL, NULL, what);
    }
  if (g_strcmp0 (old->compression, new->compression) != 0)
    {
      g_autofree char *what = g_strdup_printf ("SET COMPRESSION %s", new->compression != NULL ? new->compression : "DEFAULT");

      say (self, NULL, NULL, what);
    }
  if (g_strcmp0 (old->statistics, new->statistics) != 0)
    {
      g_autofree char *what = g_strdup_printf ("SET STATISTICS %s", new->statistics != NULL ? new->statistics : "-1");

      say (self, NULL, NULL, what);
    }
}

static gboolean
has_pair (const char * const *list,
          const char         *name)
{
  for (guint i = 0; list != NULL && list[i] != NULL && list[i + 1] != NULL; i += 2)
    if (strcmp (list[i], name) == 0)
      return TRUE;

  return FALSE;
}

static void
say_options (Writer             *self,
             const char * const *old,
             const char * const *new)
{
  for (guint i = 0; old != NULL && old[i] != NULL; i += 2)
    if (!has_pair (new, old[i]))
      {
        g_autofree char *what = g_strdup_printf ("RESET (%s)", old[i]);

        say (self, NULL, NULL, what);
      }
  for (guint i = 0; new != NULL && new[i] != NULL; i += 2)
    {
      g_autofree char *what = g_strdup_printf ("SET (%s=%s)", new[i], new[i + 1]);
      gboolean is_same = FALSE;

      for (guint j = 0; old != NULL && old[j] != NULL; j += 2)
        is_same |= strcmp (old[j], new[i]) == 0 && strcmp (old[j + 1], new[i + 1]) == 0;
      if (!is_same)
        say (self, NULL, NULL, what);
    }
}

static void
say_comment (Writer                    *self,
             const StrataPictureColumn *old,
             const StrataPictureColumn *new)
{
  StrataRouteNode *node;

  if (g_strcmp0 (old->comment, new->comment) == 0)
    return;

  node = add (self, NULL, NULL);
  node->is_free = TRUE;
  strata_route_say_comment (node, self->plan->old->objects[self->work->table], old->name, new->comment);
}

/* The server chose values for these that fit the type. */
static char *
dup_identity_options (const StrataPictureColumn *column)
{
  const StrataPictureIdentity *identity = column->identity;
  g_autoptr(GString) out = g_string_new (NULL);
  const StrataPictureSequence sequence = {
    .type_text = column->type_text, .start = identity->start, .increment = identity->increment,
    .minvalue = identity->minvalue, .maxvalue = identity->maxvalue, .cache = identity->cache, .cycles = identity->cycles,
  };

  if (identity->sequence != NULL)
    g_string_append_printf (out, "SEQUENCE NAME %s", identity->sequence);
  strata_ddl_append_sequence_options (out, &sequence);

  return out->len > 0 ? g_strdup_printf (" (%s)", out->str) : g_strdup ("");
}

/* Rows that are there have numbers already. */
static void
say_position (Writer          *self,
              StrataRouteNode *node,
              const char      *least)
{
  g_autofree char *relation = strata_sql_quote_literal (STRATA_DIALECT_POSTGRESQL, self->table);
  g_autofree char *column = strata_sql_quote_literal (STRATA_DIALECT_POSTGRESQL, self->work->old->name);

  strata_route_say (node, "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(%s, %s), max(%s)) FROM %s HAVING max(%s) "
                   ">= %s", relation, column, self->column, self->table, self->column, least != NULL ? least : "1");
}

static void
add_identity (Writer                    *self,
              const StrataPictureColumn *new)
{
  g_autofree char *options = dup_identity_options (new);
  StrataRouteNode *node = add (self, NULL, NULL);

  node->adds_identity = TRUE;
  strata_route_say (node, "ALTER TABLE %s ALTER COLUMN %s ADD GENERATED %s AS IDENTITY%s", self->table, self->column,
                   new->identity->is_always ? "ALWAYS" : "BY DEFAULT", options);
  if (new->identity->increment == NULL || *new->identity->increment != '-')
    say_position (self, node, new->identity->minvalue);
}

static void
append_set (GString    *out,
            const char *words,
            const char *was,
            const char *is)
{
  if (g_strcmp0 (was, is) != 0 && is != NULL)
    g_string_append_printf (out, " SET %s %s", words, is);
}

/* A name that something else has until then. */
static char *
dup_passing_name (const Writer *self)
{
  return g_strdup_printf ("strata_passing_%u", self->plan->nodes->len);
}

static void
rename_sequence (Writer                      *self,
                 const StrataPictureIdentity *old,
                 const StrataPictureIdentity *new)
{
  g_autofree char *usual = strata_diff_dup_usual_sequence (self->plan->old->objects[self->work->table], self->work->old->name);
  const char *name = new->sequence != NULL ? new->sequence : usual;
  const char *quote = g_str_has_suffix (name, "\"") ? strstr (name, ".\"") : NULL;
  const char *last = quote != NULL ? quote + 1 : strrchr (name, '.') + 1;
  const char *was = old->sequence != NULL ? old->sequence : usual;

  if (strata_route_is_sequence (self->plan, name))
    {
      g_autofree char *passing = dup_passing_name (self);

      strata_route_say (strata_route_add_node (self->plan, STRATA_RANK_RENAME, self->work->first), "ALTER SEQUENCE %s RENAME TO %s",
                        was, passing);
      strata_route_say (add (self, NULL, NULL), "ALTER SEQUENCE %.*s%s RENAME TO %s", (int) (last - name), name, passing, last);
      return;
    }

  strata_route_say (add (self, NULL, NULL), "ALTER SEQUENCE %s RENAME TO %s", was, last);
}

static void
alter_identity (Writer                      *self,
                const StrataPictureIdentity *old,
                const StrataPictureIdentity *new)
{
  g_autoptr(GString) what = g_string_new (NULL);

  if (old->is_always != new->is_always)
    g_string_append_printf (what, " SET GENERATED %s", new->is_always ? "ALWAYS" : "BY DEFAULT");
  append_set (what, "INCREMENT BY", old->increment, new->increment);
  append_set (what, "MINVALUE", old->minvalue, new->minvalue);
  append_set (what, "MAXVALUE", old->maxvalue, new->maxvalue);
  append_set (what, "START WITH", old->start, new->start);
  append_set (what, "CACHE", old->cache, new->cache);
  if (old->cycles != new->cycles)
    g_string_append_printf (what, " SET %sCYCLE", new->cycles ? "" : "NO ");
  if (what->len > 0)
    strata_route_say (add (self, NULL, NULL), "ALTER TABLE %s ALTER COLUMN %s%s", self->table, self->column, what->str);
  if (g_strcmp0 (old->sequence, new->sequence) != 0)
    rename_sequence (self, old, new);
}

static void
say_type (Writer                    *self,
          const StrataPictureColumn *old,
          const StrataPictureColumn *new,
          gboolean                   is_same_name)
{
  g_autofree char *conversion = new->computed == NULL
                                ? strata_route_dup_conversion (self->column, old->type_text, new->type_text,
                                                              is_same_name && g_strcmp0 (old->collation, new->collation) == 0)
                                : NULL;
  g_autoptr(GString) what = g_string_new ("TYPE ");

  g_string_append (what, new->type_text);
  if (new->collation != NULL)
    g_string_append_printf (what, " COLLATE %s", new->collation);
  if (conversion != NULL)
    g_string_append (what, conversion);
  strata_route_say (add (self, old->type_text, new->type_text), "ALTER TABLE %s ALTER COLUMN %s %s", self->table, self->column,
                   what->str);
}

static void
set_not_null (Writer                    *self,
              const StrataPictureColumn *new)
{
  g_autoptr(GString) name = g_string_new (NULL);

  if (new->not_null_name == NULL)
    {
      strata_route_say (add (self, NULL, NULL), "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL", self->table, self->column);
      return;
    }

  strata_ddl_append_name (name, new->not_null_name);
  strata_route_say (add (self, NULL, NULL), "ALTER TABLE %s ADD CONSTRAINT %s NOT NULL %s", self->table, name->str, self->column);
}

static void
make_anew (Writer                    *self,
           const StrataPictureColumn *old,
           const StrataPictureColumn *new)
{
  const StrataObject *table = self->plan->old->objects[self->work->table];
  g_autofree char *old_text = dup_needed_text (old);
  g_autofree char *new_text = dup_needed_text (new);
  g_autoptr(GString) text = g_string_new (NULL);
  StrataRouteNode *node = add (self, old_text, "");

  node->old_computed = g_strdup (old->computed);
  node->is_removal = TRUE;
  strata_route_say (node, "ALTER TABLE %s DROP COLUMN %s", self->table, self->column);
  g_string_printf (text, "ALTER TABLE %s ADD COLUMN ", self->table);
  strata_ddl_append_column (text, new, TRUE);
  node = add (self, "", new_text);
  node->new_computed = g_strdup (new->computed);
  strata_route_say (node, "%s", text->str);
  if (new->comment != NULL)
    strata_route_say_comment (node, table, new->name, new->comment);
  strata_route_give_back (self->plan, self->work->table, new->name, node);
}

static gboolean
is_default_in_the_way (const StrataRouteColumn    *work,
                       const StrataPictureColumn *new)
{
  if (work->old->default_text == NULL)
    return FALSE;
  if (new->default_text == NULL || work->is_reset)
    return TRUE;
  if (!work->is_retyped)
    return FALSE;

  return strcmp (work->old->default_text, new->default_text) != 0
         || !strata_route_is_same_family (work->old->type_text, new->type_text)
         || strcmp (work->old->type_text, new->type_text) == 0;
}

static gboolean
has_same_parents (const StrataObject *from,
                  const StrataObject *to)
{
  const char * const *was = from->of.table->storage != NULL ? from->of.table->storage->parents : NULL;
  const char * const *is = to->of.table->storage != NULL ? to->of.table->storage->parents : NULL;

  if (was == NULL || is == NULL)
    return was == is;

  return g_strv_equal (was, is);
}

/* The parent's statement reaches the children too. */
static gboolean
follows_parent (const StrataRoute       *route,
                const StrataRouteColumn *work)
{
  guint new = route->new_of_old[work->table];

  return work->target.is_inherited && work->old->is_inherited
         && (new == 0 || has_same_parents (route->old->objects[work->table], route->new->objects[new - 1]));
}

/* Children have to be rid of theirs as well where the type changes: they set them again. */
static void
drop_default (Writer                    *self,
              const StrataPictureColumn *old)
{
  strata_route_say (add (self, old->default_text, NULL), "ALTER TABLE %s%s ALTER COLUMN %s DROP DEFAULT",
                    self->work->is_retyped ? "" : self->only, self->table, self->column);
}

static void
alter_before_type (Writer                    *self,
                   const StrataPictureColumn *old,
                   const StrataPictureColumn *new)
{
  if (old->identity != NULL && new->identity == NULL)
    {
      StrataRouteNode *node = add (self, NULL, NULL);

      node->drops_identity = TRUE;
      strata_route_say (node, "ALTER TABLE %s ALTER COLUMN %s DROP IDENTITY", self->table, self->column);
    }
  if (old->computed != NULL && new->computed == NULL)
    {
      StrataRouteNode *node = add (self, old->computed, NULL);

      node->old_computed = g_strdup (old->computed);
      strata_route_say (node, "ALTER TABLE %s ALTER COLUMN %s DROP EXPRESSION", self->table, self->column);
    }
  if (old->computed == NULL && is_default_in_the_way (self->work, new))
    drop_default (self, old);
  if (!old->is_nullable && new->is_nullable && !follows_parent (self->plan, self->work))
    strata_route_say (add (self, NULL, NULL), "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL", self->table, self->column);
}

static void
alter_after_type (Writer                    *self,
                  const StrataPictureColumn *old,
                  const StrataPictureColumn *new)
{
  gboolean had_default = old->default_text != NULL && old->computed == NULL && !is_default_in_the_way (self->work, new);

  if (old->is_nullable && !new->is_nullable && !follows_parent (self->plan, self->work))
    set_not_null (self, new);
  if (old->identity == NULL && new->identity != NULL)
    add_identity (self, new);
  else if (old->identity != NULL && new->identity != NULL)
    alter_identity (self, old->identity, new->identity);
  if (new->default_text != NULL && new->computed == NULL
      && (!had_default || strcmp (old->default_text, new->default_text) != 0))
    {
      g_autofree char *what = g_strdup_printf ("SET DEFAULT %s", new->default_text);

      say (self, had_default ? old->default_text : "", new->default_text, what);
    }
  if (old->computed != NULL && new->computed != NULL && strcmp (old->computed, new->computed) != 0)
    {
      StrataRouteNode *node = add (self, old->computed, new->computed);

      node->new_computed = g_strdup (new->computed);
      strata_route_say (node, "ALTER TABLE %s ALTER COLUMN %s SET EXPRESSION AS (%s)", self->table, self->column, new->computed);
    }
}

static void
rename_not_null (Writer                    *self,
                 const StrataPictureColumn *old,
                 const StrataPictureColumn *new)
{
  const StrataObject *table = self->plan->old->objects[self->work->table];
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;
  g_autoptr(GString) from = g_string_new (NULL);
  g_autoptr(GString) to = g_string_new (NULL);

  if (old->is_nullable || new->is_nullable || g_strcmp0 (old->not_null_name, new->not_null_name) == 0)
    return;

  was = strata_route_dup_not_null (table, old, old->name);
  is = strata_route_dup_not_null (table, new, old->name);
  strata_ddl_append_name (from, was);
  strata_ddl_append_name (to, is);
  if (strata_route_is_not_null (table, old, is))
    {
      g_autofree char *passing = dup_passing_name (self);

      strata_route_say (strata_route_add_node (self->plan, STRATA_RANK_RENAME, self->work->first),
                        "ALTER TABLE %s RENAME CONSTRAINT %s TO %s", self->table, from->str, passing);
      g_string_assign (from, passing);
    }
  strata_route_say (add (self, NULL, NULL), "ALTER TABLE %s RENAME CONSTRAINT %s TO %s", self->table, from->str, to->str);
}

static void
alter_column (StrataRoute             *plan,
              const StrataRouteColumn *work)
{
  const StrataObject *table = plan->old->objects[work->table];
  const StrataPictureColumn *old = work->old, *new = &work->target;
  g_autoptr(GString) column = g_string_new (NULL);
  g_autofree char *name = strata_ddl_dup_name (table);
  Writer writer = { plan, work, work->first, name, NULL, "", 0 };

  if (plan->fates[work->table] != STRATA_FATE_STAYS)
    return;

  strata_ddl_append_name (column, old->name);
  writer.column = column->str;
  writer.only = strata_route_has_children (plan, work->table) ? "ONLY " : "";
  if (work->is_anew)
    {
      if (!follows_parent (plan, work))
        make_anew (&writer, old, new);
      return;
    }

  alter_before_type (&writer, old, new);
  if (work->is_retyped && !follows_parent (plan, work))
    say_type (&writer, old, new, strcmp (old->type_text, new->type_text) == 0);
  alter_after_type (&writer, old, new);
  rename_not_null (&writer, old, new);
  say_settings (&writer, old, new);
  say_options (&writer, old->options, new->options);
  say_comment (&writer, old, new);
}

void
strata_route_alter_columns (StrataRoute *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    alter_column (self, g_ptr_array_index (self->columns, i));
}

gboolean
strata_route_has_children (const StrataRoute *self,
                           guint              old)
{
  const StrataObject *object = self->old->objects[old];
  g_autofree char *name = strata_ddl_dup_name (object);

  for (guint u = self->first_user[old]; u < self->first_user[old + 1]; u++)
    {
      const StrataObject *user = self->old->objects[self->users[u]];

      if (user->kind == STRATA_OBJECT_TABLE && user->of.table->storage != NULL && user->of.table->storage->parents != NULL
          && g_strv_contains (user->of.table->storage->parents, name))
        return TRUE;
    }

  return FALSE;
}
