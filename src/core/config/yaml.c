/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/yaml-private.h"

#include <string.h>

/* A hostile file must not exhaust the time by maps that merge maps that merge maps. */
#define MOST_MERGE_STEPS 10000

static void
node_free (gpointer data)
{
  StrataYamlNode *node = data;

  g_free (node->text);
  g_clear_pointer (&node->keys, g_ptr_array_unref);
  g_clear_pointer (&node->items, g_ptr_array_unref);
  g_free (node);
}

StrataYamlNode *
strata_yaml_add_node (StrataYaml     *self,
                      StrataYamlKind  kind,
                      guint           line)
{
  StrataYamlNode *node = g_new0 (StrataYamlNode, 1);

  node->kind = kind;
  node->line = line;
  if (kind != STRATA_YAML_SCALAR)
    node->items = g_ptr_array_new ();
  if (kind == STRATA_YAML_MAP)
    node->keys = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->nodes, node);

  return node;
}

/* An empty document, for the parser to fill. */
StrataYaml *
strata_yaml_new (void)
{
  StrataYaml *self = g_new0 (StrataYaml, 1);

  self->nodes = g_ptr_array_new_with_free_func (node_free);
  self->anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
strata_yaml_free (StrataYaml *self)
{
  g_ptr_array_unref (self->nodes);
  g_hash_table_unref (self->anchors);
  g_free (self);
}

guint
strata_yaml_get_doubt (const StrataYaml *self)
{
  return self->doubt;
}

const StrataYamlNode *
strata_yaml_get_root (const StrataYaml *self)
{
  return self->root;
}

StrataYamlKind
strata_yaml_node_get_kind (const StrataYamlNode *node)
{
  return node->kind;
}

guint
strata_yaml_node_get_line (const StrataYamlNode *node)
{
  return node->line;
}

StrataYamlStyle
strata_yaml_node_get_style (const StrataYamlNode *node)
{
  return node->style;
}

const char *
strata_yaml_node_get_text (const StrataYamlNode *node)
{
  return node != NULL ? node->text : NULL;
}

static const StrataYamlNode *
find_in (const StrataYamlNode *node,
         const char           *key,
         guint                *steps)
{
  const StrataYamlNode *merged = NULL;
  const StrataYamlNode *found = NULL;

  if (node == NULL || node->kind != STRATA_YAML_MAP || ++*steps > MOST_MERGE_STEPS)
    return NULL;

  for (guint i = 0; i < node->keys->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (node->keys, i), key))
        return g_ptr_array_index (node->items, i);
      if (g_str_equal (g_ptr_array_index (node->keys, i), "<<"))
        merged = g_ptr_array_index (node->items, i);
    }

  if (merged != NULL && merged->kind == STRATA_YAML_MAP)
    return find_in (merged, key, steps);

  for (guint i = 0; found == NULL && merged != NULL && merged->kind == STRATA_YAML_LIST && i < merged->items->len; i++)
    found = find_in (g_ptr_array_index (merged->items, i), key, steps);

  return found;
}

const StrataYamlNode *
strata_yaml_node_find (const StrataYamlNode *node,
                       const char           *key)
{
  guint steps = 0;

  return find_in (node, key, &steps);
}

guint
strata_yaml_node_get_n (const StrataYamlNode *node)
{
  return node != NULL && node->kind != STRATA_YAML_SCALAR ? node->items->len : 0;
}

const StrataYamlNode *
strata_yaml_node_get (const StrataYamlNode  *node,
                      guint                  index,
                      const char           **key)
{
  g_return_val_if_fail (index < strata_yaml_node_get_n (node), NULL);

  if (key != NULL)
    *key = node->keys != NULL ? g_ptr_array_index (node->keys, index) : NULL;

  return g_ptr_array_index (node->items, index);
}
