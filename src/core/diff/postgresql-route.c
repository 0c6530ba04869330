/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/ddl/postgresql-private.h"
#include "core/diff/step-order.h"
#include "core/sql/lexer.h"

#include <string.h>

static GHashTable *
index_objects (const StrataPicture *picture)
{
  GHashTable *index = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < picture->n_objects; i++)
    g_hash_table_insert (index, (gpointer) picture->objects[i], GUINT_TO_POINTER (i + 1));

  return index;
}

static void
match (StrataRoute *self)
{
  guint i = 0, j = 0;

  while (i < self->old->n_objects && j < self->new->n_objects)
    {
      int order = strata_object_compare (self->old->objects[i], self->new->objects[j]);

      if (order == 0)
        {
          self->new_of_old[i] = j + 1;
          self->old_of_new[j] = i + 1;
        }
      i += order <= 0;
      j += order >= 0;
    }
}

static void
find_differences (StrataRoute *self)
{
  for (guint i = self->diff->differences->len; i > 0; i--)
    {
      const StrataDifference *difference = g_ptr_array_index (self->diff->differences, i - 1);
      guint old;

      if (difference->kind == STRATA_DIFFERENCE_RENAMED)
        continue;
      old = strata_route_find_old (self, difference->from);
      if (difference->from == NULL)
        self->added[strata_route_find_new (self, difference->to)] = i;
      else if (old != G_MAXUINT)
        self->first_difference[old] = i;
    }
}

/* The relation that it hangs on. */
static guint
find_owner (const StrataRoute   *self,
            const StrataObject *object)
{
  const StrataObject *owner = object->table != NULL ? strata_ddl_find_relation (self->old, object->schema, object->table) : NULL;

  return owner != NULL ? strata_route_find_old (self, owner) : G_MAXUINT;
}

static void
add_user (StrataRoute *self,
          guint       used,
          guint       user,
          gboolean    is_counting)
{
  if (used == G_MAXUINT || used == user)
    return;

  if (is_counting)
    self->first_user[used + 2]++;
  else
    self->users[self->first_user[used + 1]++] = user;
}

static void
walk_users (StrataRoute *self,
            gboolean    is_counting)
{
  for (guint i = 0; i < self->old->n_objects; i++)
    {
      const StrataObject *object = self->old->objects[i];

      add_user (self, find_owner (self, object), i, is_counting);
      for (guint n = 0; object->needs != NULL && object->needs[n] != NULL; n++)
        add_user (self, strata_route_find_old (self, object->needs[n]), i, is_counting);
    }
}

static void
find_users (StrataRoute *self)
{
  guint n = self->old->n_objects;

  self->first_user = g_new0 (guint, n + 2);
  walk_users (self, TRUE);
  for (guint i = 1; i < n + 2; i++)
    self->first_user[i] += self->first_user[i - 1];
  self->users = g_new0 (guint, self->first_user[n + 1] + 1);
  walk_users (self, FALSE);
}

static void
node_free (gpointer data)
{
  StrataRouteNode *node = data;

  g_free (node->column);
  g_free (node->old_text);
  g_free (node->new_text);
  g_free (node->old_computed);
  g_free (node->new_computed);
  g_ptr_array_unref (node->statements);
  g_free (node);
}

StrataRoute *
strata_route_new (StrataDiff *diff,
                 gboolean   *wanted)
{
  StrataRoute *self = g_new0 (StrataRoute, 1);
  guint n_old = diff->base->n_objects, n_new = diff->to->n_objects;

  self->diff = diff;
  self->old = diff->base;
  self->new = diff->to;
  self->is_wanted = wanted;
  self->old_index = index_objects (self->old);
  self->new_index = index_objects (self->new);
  self->new_of_old = g_new0 (guint, n_old + 1);
  self->old_of_new = g_new0 (guint, n_new + 1);
  self->first_difference = g_new0 (guint, n_old + 1);
  self->added = g_new0 (guint, n_new + 1);
  self->fates = g_new0 (guint8, n_old + 1);
  self->is_swapped = g_new0 (gboolean, n_old + 1);
  self->is_made = g_new0 (gboolean, n_new + 1);
  self->drop_node = g_new0 (guint, n_old + 1);
  self->make_node = g_new0 (guint, n_new + 1);
  self->copy_node = g_new0 (guint, n_old + 1);
  self->finish_node = g_new0 (guint, n_new + 1);
  self->grant_node = g_new0 (guint, n_new + 1);
  self->alters = g_new0 (GArray *, n_old + 1);
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->column_index = g_hash_table_new (NULL, NULL);
  self->nodes = g_ptr_array_new_with_free_func (node_free);
  self->edges = g_array_new (FALSE, FALSE, sizeof (StrataStepEdge));
  match (self);
  find_differences (self);
  find_users (self);

  return self;
}

void
strata_route_free (StrataRoute *self)
{
  for (guint i = 0; i < self->old->n_objects; i++)
    g_clear_pointer (&self->alters[i], g_array_unref);
  g_hash_table_unref (self->old_index);
  g_hash_table_unref (self->new_index);
  g_hash_table_unref (self->column_index);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->nodes);
  g_array_unref (self->edges);
  g_free (self->new_of_old);
  g_free (self->old_of_new);
  g_free (self->first_difference);
  g_free (self->added);
  g_free (self->first_user);
  g_free (self->users);
  g_free (self->fates);
  g_free (self->is_swapped);
  g_free (self->is_made);
  g_free (self->drop_node);
  g_free (self->make_node);
  g_free (self->copy_node);
  g_free (self->finish_node);
  g_free (self->grant_node);
  g_free (self->alters);
  g_clear_error (&self->error);
  g_free (self);
}

guint
strata_route_find_old (const StrataRoute   *self,
                      const StrataObject *object)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->old_index, object)) - 1;
}

guint
strata_route_find_new (const StrataRoute   *self,
                      const StrataObject *object)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->new_index, object)) - 1;
}

const StrataDifference *
strata_route_walk (const StrataRoute *self,
                   guint              old,
                   guint             *at)
{
  const GPtrArray *differences = self->diff->differences;
  const StrataDifference *difference;

  *at = *at == 0 ? self->first_difference[old] : *at + 1;
  if (*at == 0 || *at > differences->len)
    return NULL;
  difference = g_ptr_array_index (differences, *at - 1);

  return difference->from == self->old->objects[old] ? difference : NULL;
}

const StrataDifference *
strata_route_next (const StrataRoute *self,
                   guint              old,
                   guint             *at)
{
  const StrataDifference *difference;

  while ((difference = strata_route_walk (self, old, at)) != NULL)
    if (self->is_wanted[*at - 1] && !strata_route_is_of_privileges (difference))
      return difference;

  return NULL;
}

static gboolean
has_unwanted (const StrataRoute *self,
              guint              old)
{
  for (guint at = 0; strata_route_walk (self, old, &at) != NULL;)
    if (!self->is_wanted[at - 1])
      return TRUE;

  return FALSE;
}

const StrataObject *
strata_route_get_target (const StrataRoute     *self,
                        guint                 old,
                        const StrataPicture **picture)
{
  guint new = self->new_of_old[old], at = 0;
  gboolean is_old = new == 0 || (has_unwanted (self, old) && strata_route_next (self, old, &at) == NULL);

  if (picture != NULL)
    *picture = is_old ? self->old : self->new;

  return is_old ? self->old->objects[old] : self->new->objects[new - 1];
}

static gboolean
is_name (const StrataToken *token,
         const char        *name,
         gsize              length)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) parts = NULL;
  g_autofree char *plain = NULL;

  if (token->kind == STRATA_TOKEN_WORD)
    return token->length == length && strncmp (token->text, name, length) == 0;
  if (token->kind != STRATA_TOKEN_NAME || token->length < 2)
    return FALSE;

  text = g_strndup (token->text + 1, token->length - 2);
  parts = g_strsplit (text, "\"\"", -1);
  plain = g_strjoinv ("\"", parts);

  return strcmp (plain, name) == 0;
}

char *
strata_route_dup_expressions (const StrataObject *object)
{
  const StrataPicturePolicy *policy = object->kind == STRATA_OBJECT_POLICY ? object->of.policy : NULL;

  return policy != NULL ? g_strjoin (" ", policy->using != NULL ? policy->using : "", policy->check, NULL)
                        : g_strdup (object->text);
}

gboolean
strata_route_mentions (const char *text,
                      const char *name,
                      gboolean    in_strings)
{
  gsize length = strlen (name);
  StrataLexer lexer;
  StrataToken token;

  if (text == NULL || (strchr (name, '"') == NULL && strchr (name, '\'') == NULL && strstr (text, name) == NULL))
    return FALSE;

  strata_lexer_init (&lexer, STRATA_DIALECT_POSTGRESQL, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    if (is_name (&token, name, length)
        || (in_strings && token.kind == STRATA_TOKEN_STRING && g_strstr_len (token.text, token.length, name) != NULL))
      return TRUE;

  return FALSE;
}

gboolean
strata_route_is_of_type (const StrataPictureColumn *column,
                        const StrataObject        *type)
{
  g_autofree char *name = strata_ddl_dup_name (type);
  gsize length = strlen (name);

  if (column->type_text == NULL || strncmp (column->type_text, name, length) != 0)
    return FALSE;

  return column->type_text[length] == '\0' || column->type_text[length] == '[' || column->type_text[length] == '(';
}
