/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A node for each object that is dropped, made or altered. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/ddl/postgresql-private.h"
#include "core/diff/rename.h"
#include "core/sql/statement.h"

#include <string.h>

StrataRouteNode *
strata_route_add_node (StrataRoute             *self,
                      guint                   rank,
                      const StrataDifference *difference)
{
  StrataRouteNode *node = g_new0 (StrataRouteNode, 1);

  node->rank = rank;
  node->difference = difference;
  node->statements = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->nodes, node);

  return node;
}

StrataRouteNode *
strata_route_add_alter (StrataRoute             *self,
                       guint                   old,
                       guint                   rank,
                       const StrataDifference *difference)
{
  guint number = self->nodes->len;

  if (self->alters[old] == NULL)
    self->alters[old] = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->alters[old], number);

  return strata_route_add_node (self, rank, difference);
}

void
strata_route_say (StrataRouteNode *self,
                 const char *format,
                 ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->statements, g_strdup_vprintf (format, args));
  va_end (args);
}

static const StrataObject *
find_owner (const StrataPicture *picture,
            const StrataObject  *object)
{
  return object->table != NULL ? strata_ddl_find_relation (picture, object->schema, object->table) : NULL;
}

static gboolean
is_inline (const StrataObject *object)
{
  return strata_object_kind_is_constraint (object->kind) && object->kind != STRATA_OBJECT_FOREIGN_KEY;
}

/* Names of these are shared by all relations of a schema, so that an old one can't stay beside a new one. */
static gboolean
is_relation_of_table (const StrataObject *object)
{
  return object->kind == STRATA_OBJECT_PRIMARY_KEY || object->kind == STRATA_OBJECT_UNIQUE
         || object->kind == STRATA_OBJECT_EXCLUSION || object->kind == STRATA_OBJECT_INDEX
         || object->kind == STRATA_OBJECT_FOREIGN_KEY;
}

static guint
get_drop_rank (const StrataObject *object)
{
  if (object->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES)
    return STRATA_RANK_DEFAULT_PRIVILEGES;
  if (object->table != NULL || object->kind == STRATA_OBJECT_VIEW || object->kind == STRATA_OBJECT_MATERIALIZED_VIEW)
    return STRATA_RANK_DROP_EARLY + STRATA_N_OBJECT_KINDS - object->kind;

  return STRATA_RANK_DROP_LATE + STRATA_N_OBJECT_KINDS - object->kind;
}

static guint
get_make_rank (const StrataObject *object)
{
  if (object->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES)
    return STRATA_RANK_DEFAULT_PRIVILEGES;

  return (object->kind <= STRATA_OBJECT_AGGREGATE ? STRATA_RANK_MAKE : STRATA_RANK_MAKE_LATE) + object->kind;
}

/* Keys among tables that go, where these need each other in a circle, have to go first. */
static gboolean
is_in_circle (const StrataRoute   *self,
              const gboolean     *is_circular,
              const StrataObject *key)
{
  const StrataObject *table = find_owner (self->old, key);
  StrataObject like = { .kind = STRATA_OBJECT_TABLE, .schema = key->of.reference->schema, .name = key->of.reference->table };
  const StrataObject *referred = strata_picture_find_object (self->old, &like);

  return table != NULL && referred != NULL && table != referred && is_circular[strata_route_find_old (self, table)]
         && is_circular[strata_route_find_old (self, referred)];
}

/* Tables that go and can't be ordered by their keys. */
static gboolean *
find_circles (const StrataRoute *self)
{
  gboolean *is_circular = g_new0 (gboolean, self->old->n_objects + 1);
  gboolean is_less = TRUE;

  for (guint old = 0; old < self->old->n_objects; old++)
    is_circular[old] = self->old->objects[old]->kind == STRATA_OBJECT_TABLE && self->fates[old] == STRATA_FATE_GOES;

  while (is_less)
    {
      g_autofree gboolean *is_referred = g_new0 (gboolean, self->old->n_objects + 1);

      for (guint old = 0; old < self->old->n_objects; old++)
        if (self->old->objects[old]->kind == STRATA_OBJECT_FOREIGN_KEY
            && is_in_circle (self, is_circular, self->old->objects[old]))
          {
            const StrataPictureReference *reference = self->old->objects[old]->of.reference;
            StrataObject like = { .kind = STRATA_OBJECT_TABLE, .schema = reference->schema, .name = reference->table };

            is_referred[strata_route_find_old (self, strata_picture_find_object (self->old, &like))] = TRUE;
          }
      is_less = FALSE;
      for (guint old = 0; old < self->old->n_objects; old++)
        if (is_circular[old] && !is_referred[old])
          {
            is_circular[old] = FALSE;
            is_less = TRUE;
          }
    }

  return is_circular;
}

static char *
dup_swapped_name (const StrataObject *object)
{
  const char *end;

  g_utf8_validate (object->name, MIN (strlen (object->name), 54), &end);

  return g_strdup_printf ("%.*s__former", (int) (end - object->name), object->name);
}

static void
say_drop (const StrataRoute *self,
          guint             old,
          StrataRouteNode       *node)
{
  StrataObject object = *self->old->objects[old];
  g_autofree char *name = self->is_swapped[old] ? dup_swapped_name (&object) : NULL;

  if (name != NULL)
    object.name = name;
  strata_ddl_drop (self->old, &object, node->statements);
}

/* Goes by itself when its owner goes. */
static gboolean
goes_with_owner (const StrataRoute *self,
                 const gboolean   *is_circular,
                 guint             old,
                 guint             owner)
{
  const StrataObject *object = self->old->objects[old];

  if (self->fates[owner] == STRATA_FATE_STAYS)
    return FALSE;
  if (self->fates[owner] == STRATA_FATE_GOES || !self->is_swapped[owner])
    return object->kind != STRATA_OBJECT_FOREIGN_KEY || !is_in_circle (self, is_circular, object);

  return !is_relation_of_table (object);
}

static const StrataDifference *
get_first (const StrataRoute *self,
           guint             old)
{
  guint at = 0;

  return strata_route_next (self, old, &at);
}

/* The table, or the column of it, that owns a sequence. */
static guint
find_sequence_owner (const StrataRoute   *self,
                     const StrataObject *sequence)
{
  const StrataObject *table = strata_picture_find_owner (self->old, sequence);

  return table != NULL ? strata_route_find_old (self, table) : G_MAXUINT;
}

static guint
find_column_drop (const StrataRoute *self,
                  guint             table,
                  const char       *column)
{
  for (guint i = 0; self->alters[table] != NULL && i < self->alters[table]->len; i++)
    {
      guint number = g_array_index (self->alters[table], guint, i);
      const StrataRouteNode *node = g_ptr_array_index (self->nodes, number);

      if (node->is_removal && g_strcmp0 (node->column, column) == 0)
        return number + 1;
    }

  return 0;
}

static void
drop_sequence (StrataRoute *self,
               guint       old)
{
  guint owner = find_sequence_owner (self, self->old->objects[old]);

  if (owner != G_MAXUINT && self->fates[owner] == STRATA_FATE_GOES)
    self->drop_node[old] = self->drop_node[owner];
  else if (owner != G_MAXUINT)
    self->drop_node[old] = find_column_drop (self, owner, self->old->objects[old]->of.sequence->owner_column);
}

static void
drop_object (StrataRoute     *self,
             const gboolean *is_circular,
             guint           old)
{
  const StrataObject *object = self->old->objects[old], *owner = find_owner (self->old, object);
  guint owner_index = owner != NULL ? strata_route_find_old (self, owner) : G_MAXUINT;

  if (self->fates[old] == STRATA_FATE_STAYS || self->drop_node[old] > 0 || object->is_inherited)
    return;

  if (object->kind == STRATA_OBJECT_SEQUENCE)
    drop_sequence (self, old);
  else if (owner != NULL && goes_with_owner (self, is_circular, old, owner_index))
    self->drop_node[old] = self->drop_node[owner_index];
  if (self->drop_node[old] > 0)
    return;

  say_drop (self, old, strata_route_add_node (self, self->is_swapped[old] ? STRATA_RANK_DROP_LATE : get_drop_rank (object),
                                             get_first (self, old)));
  self->drop_node[old] = self->nodes->len;
}

/* Columns that are in both, but for those that are computed; and what goes into them. */
static void
list_common_columns (const StrataObject *from,
                     const StrataObject *to,
                     GString            *names,
                     GString            *values)
{
  const StrataPictureColumn * const *columns = to->of.table->columns;

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      const StrataPictureColumn *old = strata_picture_table_find_column (from->of.table, columns[i]->name);
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (columns[i]->computed != NULL || old == NULL)
        continue;

      name = strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, columns[i]->name);
      value = strata_route_dup_value (name, old->type_text, columns[i]->type_text);
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
      g_string_append_printf (values, "%s%s", values->len > 0 ? ", " : "", value);
    }
}

static void
add_copy (StrataRoute         *self,
          guint               old,
          const StrataObject *target)
{
  const StrataObject *object = self->old->objects[old];
  g_autoptr(GString) columns = g_string_new (NULL);
  g_autoptr(GString) values = g_string_new (NULL);
  g_autofree char *former = dup_swapped_name (object);
  g_autofree char *name = strata_ddl_dup_name (object);
  g_autoptr(GString) from = g_string_new (NULL);
  StrataRouteNode *node;

  /* Rows of a child are the child's own: it is made anew as well. */
  list_common_columns (object, target, columns, values);
  if (columns->len == 0 || (object->of.table->storage != NULL && object->of.table->storage->bound != NULL))
    return;

  node = strata_route_add_node (self, STRATA_RANK_COPY_ROWS, get_first (self, old));
  self->copy_node[old] = self->nodes->len;
  strata_ddl_append_qualified (from, object->schema, former);
  strata_route_say (node, "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s%s", name, columns->str, values->str,
                    object->of.table->storage != NULL && object->of.table->storage->partition_key != NULL ? "" : "ONLY ", from->str);
}

static void
say_swap (const StrataObject *object,
          StrataRouteNode         *node)
{
  g_autofree char *name = strata_ddl_dup_name (object);
  g_autofree char *former = dup_swapped_name (object);
  g_autoptr(GString) quoted = g_string_new (NULL);
  const char *words = object->kind == STRATA_OBJECT_TABLE ? "TABLE" : object->kind == STRATA_OBJECT_DOMAIN ? "DOMAIN" : "TYPE";

  strata_ddl_append_name (quoted, former);
  strata_route_say (node, "ALTER %s %s RENAME TO %s", words, name, quoted->str);
}

/* Rows that are there have numbers already. */
static void
set_position (const StrataRoute  *self,
              const StrataObject *sequence,
              GPtrArray          *statements)
{
  static const char * const whole_numbers[] = { "smallint", "integer", "bigint", NULL };
  const StrataPictureSequence *of = sequence->of.sequence;
  guint owner = find_sequence_owner (self, sequence);
  const StrataObject *table = owner != G_MAXUINT && self->fates[owner] == STRATA_FATE_STAYS ? self->old->objects[owner] : NULL;
  guint stays = table != NULL ? self->new_of_old[owner] : 0;
  const StrataPictureColumn *old = stays > 0 ? strata_picture_table_find_column (table->of.table, of->owner_column) : NULL;
  const StrataPictureColumn *new = stays > 0 ? strata_picture_table_find_column (self->new->objects[stays - 1]->of.table,
                                                                                 of->owner_column) : NULL;
  g_autoptr(GString) column = g_string_new (NULL);
  g_autofree char *name = strata_ddl_dup_name (sequence);
  g_autofree char *literal = strata_sql_quote_literal (STRATA_DIALECT_POSTGRESQL, name);
  g_autofree char *from = table != NULL ? strata_ddl_dup_name (table) : NULL;

  if (old == NULL || new == NULL || new->default_text == NULL || !g_str_has_prefix (new->default_text, "nextval(")
      || !g_strv_contains (whole_numbers, old->type_text) || (of->increment != NULL && *of->increment == '-'))
    return;

  strata_ddl_append_name (column, of->owner_column);
  g_ptr_array_add (statements, g_strdup_printf ("SELECT pg_catalog.setval(%s, max(%s)) FROM %s HAVING max(%s) >= %s", literal,
                                                column->str, from, column->str, of->minvalue != NULL ? of->minvalue : "1"));
}

static void
finish_object (StrataRoute          *self,
               guint                new,
               const StrataPicture *picture,
               const StrataObject  *object)
{
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);
  StrataRouteNode *node;

  strata_ddl_finish (picture, object, statements);
  if (object->kind == STRATA_OBJECT_SEQUENCE)
    set_position (self, object, statements);
  if (statements->len == 0)
    return;

  node = strata_route_add_node (self, STRATA_RANK_FINISH, NULL);
  self->finish_node[new] = self->nodes->len;
  g_ptr_array_extend_and_steal (node->statements, g_steal_pointer (&statements));
}

static void
make_object (StrataRoute             *self,
             guint                   new,
             const StrataPicture    *picture,
             const StrataObject     *object,
             const StrataDifference *difference)
{
  const StrataObject *owner = find_owner (self->new, object);
  guint owner_index = owner != NULL ? strata_route_find_new (self, owner) : G_MAXUINT;
  guint old = self->old_of_new[new] - 1;
  StrataRouteNode *node;

  if (object->is_inherited)
    return;
  if (owner != NULL && is_inline (object) && self->is_made[owner_index])
    {
      self->make_node[new] = self->make_node[owner_index];
      return;
    }

  node = strata_route_add_node (self, get_make_rank (object), difference);
  self->make_node[new] = self->nodes->len;
  if (self->old_of_new[new] > 0 && self->is_swapped[old])
    say_swap (self->old->objects[old], node);
  strata_ddl_create (picture, object, NULL, node->statements);
  if (self->old_of_new[new] > 0)
    strata_route_say_owner (node, object, self->old->objects[old]->owner);
  finish_object (self, new, picture, object);
  strata_route_grant_made (self, new, object);
  if (self->old_of_new[new] > 0 && self->is_swapped[old] && object->kind == STRATA_OBJECT_TABLE)
    add_copy (self, old, object);
}

static void
make_new_object (StrataRoute *self,
                 guint       new)
{
  guint old = self->old_of_new[new];
  const StrataObject *object = self->new->objects[new], *owner = find_owner (self->new, object);
  gboolean is_added = self->added[new] > 0 && self->is_wanted[self->added[new] - 1];
  const StrataDifference *difference = is_added ? strata_diff_get (self->diff, self->added[new] - 1) : NULL;

  if (old > 0 && self->fates[old - 1] == STRATA_FATE_ANEW)
    {
      const StrataPicture *picture;

      object = strata_route_get_target (self, old - 1, &picture);
      self->is_made[new] = TRUE;
      make_object (self, new, picture, object, get_first (self, old - 1));
    }
  else if (is_added)
    {
      self->is_made[new] = TRUE;
      make_object (self, new, self->new, object, difference);
    }
  else if (owner != NULL && self->added[new] == 0 && old == 0 && is_inline (object) && object->extension == NULL)
    {
      self->make_node[new] = self->make_node[strata_route_find_new (self, owner)];
    }
}

static gboolean
is_made_late (StrataObjectKind kind)
{
  return strata_object_kind_is_of_table (kind);
}

static void
rename_object (StrataRoute            *self,
               const StrataRenameMove *move)
{
  const StrataDifference *difference = move->difference;
  StrataObject from = *difference->from;
  StrataRouteNode *node = strata_route_add_node (self, STRATA_RANK_RENAME, difference);
  g_autofree char *name = NULL;
  g_autoptr(GString) old = g_string_new (NULL);
  g_autoptr(GString) new = g_string_new (NULL);

  strata_ddl_append_name (old, move->from);
  strata_ddl_append_name (new, move->to);
  if (difference->part != NULL || strata_object_kind_is_constraint (from.kind))
    {
      name = difference->part != NULL ? strata_ddl_dup_name (difference->to) : strata_ddl_dup_table_name (difference->to);
      strata_route_say (node, "ALTER TABLE %s RENAME %s %s TO %s", name, difference->part != NULL ? "COLUMN" : "CONSTRAINT",
                        old->str, new->str);
      return;
    }

  if (from.table != NULL && from.kind != STRATA_OBJECT_INDEX)
    {
      name = strata_ddl_dup_table_name (difference->to);
      strata_route_say (node, "ALTER %s %s ON %s RENAME TO %s", strata_route_get_words (&from), old->str, name, new->str);
      return;
    }

  from.name = move->from;
  name = strata_ddl_dup_name (&from);
  strata_route_say (node, "ALTER %s %s RENAME TO %s", strata_route_get_words (&from), name, new->str);
}

void
strata_route_make_nodes (StrataRoute *self)
{
  g_autofree gboolean *is_circular = find_circles (self);
  g_autoptr(GArray) moves = strata_rename_order (self->diff);

  for (guint i = 0; i < moves->len; i++)
    rename_object (self, &g_array_index (moves, StrataRenameMove, i));

  for (guint old = 0; old < self->old->n_objects; old++)
    if (self->fates[old] == STRATA_FATE_STAYS && get_first (self, old) != NULL)
      strata_route_alter_object (self, old);
  strata_route_alter_columns (self);
  strata_route_alter_privileges (self);

  /* What others go with before those, as the kinds are not in that order. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint old = 0; old < self->old->n_objects; old++)
      {
        const StrataObject *object = self->old->objects[old];

        if ((pass == 1) == (object->table != NULL || object->kind == STRATA_OBJECT_SEQUENCE))
          drop_object (self, is_circular, old);
      }

  for (guint pass = 0; pass < 2; pass++)
    for (guint new = 0; new < self->new->n_objects; new++)
      if (is_made_late (self->new->objects[new]->kind) == (pass == 1))
        make_new_object (self, new);
}
