/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bodies that are texts: the server looks into them when the function is made, but keeps no note of what they name. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/sql/lexer.h"

#include <string.h>

typedef struct
{
  StrataRoute *route;
  GHashTable  *makers;      /* name → GArray of nodes, + 1, that make or alter what is called so */
  GHashTable  *owners;      /* node, + 1 → StrataObject, new */
} Bodies;

static void
add_maker (Bodies             *self,
           const char         *name,
           guint               node,
           const StrataObject *object)
{
  GArray *list = g_hash_table_lookup (self->makers, name);

  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->makers, (gpointer) name, list);
    }
  g_array_append_val (list, node);
  g_hash_table_insert (self->owners, GUINT_TO_POINTER (node), (gpointer) object);
}

static void
find_makers (Bodies *self)
{
  StrataRoute *route = self->route;

  for (guint new = 0; new < route->new->n_objects; new++)
    {
      const StrataObject *object = route->new->objects[new];
      guint old = route->old_of_new[new];
      const GArray *alters = old > 0 ? route->alters[old - 1] : NULL;

      if (route->make_node[new] > 0 && object->table == NULL)
        add_maker (self, object->name, route->make_node[new], object);
      for (guint i = 0; alters != NULL && object->kind == STRATA_OBJECT_TABLE && i < alters->len; i++)
        {
          guint number = g_array_index (alters, guint, i);
          const StrataRouteNode *node = g_ptr_array_index (route->nodes, number);

          if (node->column != NULL && !node->is_removal && !node->is_free)
            add_maker (self, node->column, number + 1, object);
        }
    }
}

static gboolean
needs (const StrataObject *object,
       const StrataObject *needed,
       GHashTable         *seen)
{
  if (object == needed)
    return TRUE;

  for (guint i = 0; object->needs != NULL && object->needs[i] != NULL; i++)
    if (g_hash_table_add (seen, (gpointer) object->needs[i]) && needs (object->needs[i], needed, seen))
      return TRUE;

  return FALSE;
}

static void
connect_name (Bodies             *self,
              const char         *name,
              const StrataObject *routine,
              guint               node)
{
  const GArray *list = g_hash_table_lookup (self->makers, name);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      guint maker = g_array_index (list, guint, i);
      g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

      if (maker != node && !needs (g_hash_table_lookup (self->owners, GUINT_TO_POINTER (maker)), routine, seen))
        strata_route_put_before (self->route, maker, node);
    }
}

/* Between quotes or dollars. */
static void
find_content (const StrataToken *token,
              const char       **start,
              gsize             *length)
{
  const char *end = token->text + token->length, *first = token->text;

  if (*first == '$')
    {
      const char *tag_end = memchr (first + 1, '$', token->length - 1);
      gsize tag = tag_end != NULL ? (gsize) (tag_end - first) + 1 : 1;

      *start = first + MIN (tag, token->length);
      *length = token->length >= 2 * tag ? token->length - 2 * tag : 0;
      return;
    }

  while (first < end && *first != '\'')
    first++;
  *start = MIN (first + 1, end);
  *length = end > *start ? (gsize) (end - *start) - 1 : 0;
}

static void
connect_text (Bodies             *self,
              const char         *text,
              gsize               length,
              const StrataObject *routine,
              guint               node,
              guint               depth)
{
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, STRATA_DIALECT_POSTGRESQL, text, length);
  while (strata_lexer_next (&lexer, &token))
    if (token.kind == STRATA_TOKEN_STRING && depth == 0)
      {
        const char *content;
        gsize size;

        find_content (&token, &content, &size);
        connect_text (self, content, size, routine, node, depth + 1);
      }
    else if (depth > 0 && (token.kind == STRATA_TOKEN_WORD || token.kind == STRATA_TOKEN_NAME))
      {
        gsize quotes = token.kind == STRATA_TOKEN_NAME && token.length >= 2 ? 1 : 0;
        g_autofree char *name = g_strndup (token.text + quotes, token.length - 2 * quotes);

        connect_name (self, name, routine, node);
      }
}

void
strata_route_connect_bodies (StrataRoute *route)
{
  g_autoptr(GHashTable) makers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  g_autoptr(GHashTable) owners = g_hash_table_new (NULL, NULL);
  Bodies bodies = { route, makers, owners };

  find_makers (&bodies);
  for (guint new = 0; new < route->new->n_objects; new++)
    {
      const StrataObject *object = route->new->objects[new];
      guint old = route->old_of_new[new], node = route->make_node[new];
      const GArray *alters = old > 0 ? route->alters[old - 1] : NULL;

      if (object->kind != STRATA_OBJECT_ROUTINE || object->text == NULL)
        continue;
      if (node == 0 && alters != NULL)
        node = g_array_index (alters, guint, 0) + 1;
      if (node > 0)
        connect_text (&bodies, object->text, strlen (object->text), object, node, 0);
    }
}
