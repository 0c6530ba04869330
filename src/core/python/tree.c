/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/tree.h"

#include "core/python/parser.h"

#define LONGEST_QUOTE 60   /* characters */

struct _StrataPyTree
{
  gatomicrefcount  ref_count;
  StrataPySource  *source;
  StrataPyArena   *arena;
  StrataPyList     body;
  gboolean         is_whole;
};

StrataPyTree *
strata_py_tree_parse (const char *path,
                      const char *text,
                      gsize       length,
                      GPtrArray  *findings)
{
  StrataPyTree *self = g_new0 (StrataPyTree, 1);
  g_autoptr(GPtrArray) body = g_ptr_array_new ();
  g_autoptr(StrataPyParser) parser = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->source = strata_py_source_new (path, text, length, findings);
  self->arena = strata_py_arena_new ();
  parser = strata_py_parser_new (self->source, self->arena, findings);

  while (strata_py_parser_peek (parser).kind != STRATA_PY_TOKEN_END)
    {
      StrataPyList statements = strata_py_parser_read (parser);

      for (guint i = 0; i < statements.length; i++)
        g_ptr_array_add (body, (gpointer) statements.items[i]);
    }

  self->body = strata_py_list_new (self->arena, body->pdata, body->len);
  self->is_whole = !strata_py_parser_has_given_up (parser);

  return self;
}

StrataPyTree *
strata_py_tree_ref (StrataPyTree *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_py_tree_unref (StrataPyTree *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  strata_py_arena_free (self->arena);
  strata_py_source_unref (self->source);
  g_free (self);
}

const char *
strata_py_tree_get_path (const StrataPyTree *self)
{
  return strata_py_source_get_path (self->source);
}

StrataPyList
strata_py_tree_get_body (const StrataPyTree *self)
{
  return self->body;
}

gboolean
strata_py_tree_is_whole (const StrataPyTree *self)
{
  return self->is_whole;
}

StrataPlace
strata_py_tree_get_place (const StrataPyTree *self,
                          const StrataPyNode *node)
{
  return strata_py_source_get_place (self->source, node->offset);
}

char *
strata_py_tree_quote (const StrataPyTree *self,
                      const StrataPyNode *node)
{
  const char *text = strata_py_source_get_text (self->source) + node->offset;
  GString *quote = g_string_new (NULL);
  const char *end = text + (node->end - node->offset);

  for (guint n = 0; text < end && n < LONGEST_QUOTE; n++)
    {
      if (g_ascii_isspace (*text))
        {
          g_string_append_c (quote, ' ');
          while (text < end && g_ascii_isspace (*text))
            text++;
        }
      else
        {
          g_string_append_len (quote, text, g_utf8_skip[*(guchar *) text]);
          text = g_utf8_next_char (text);
        }
    }

  if (text < end)
    g_string_append (quote, "…");

  return g_string_free (quote, FALSE);
}
