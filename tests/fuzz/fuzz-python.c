/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/parser.h"
#include "core/python/tree.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
check (const StrataPyNode *node,
       gpointer            data)
{
  const StrataPyNode *parent = data;

  g_assert (node->kind < STRATA_PY_N_NODES);
  g_assert (node->end >= node->offset);
  if (parent != NULL)
    g_assert (node->depth < parent->depth || parent->kind == STRATA_PY_NODE_BROKEN);

  strata_py_node_foreach (node, check, (gpointer) node);
}

/* The whole tree, and the same text statement by statement with all definitions skipped. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = (const char *) data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("fuzz.py", text, size, findings);
  g_autoptr(StrataPySource) source = strata_py_source_new ("fuzz.py", text, size, findings);
  g_autoptr(StrataPyArena) arena = strata_py_arena_new ();
  g_autoptr(StrataPyParser) parser = strata_py_parser_new (source, arena, findings);
  StrataPyList body = strata_py_tree_get_body (tree);

  for (guint i = 0; i < body.length; i++)
    {
      g_autofree char *quote = strata_py_tree_quote (tree, body.items[i]);

      g_assert (g_utf8_validate (quote, -1, NULL));
      g_assert (strata_py_tree_get_place (tree, body.items[i]).line > 0);
      check (body.items[i], NULL);
    }

  while (strata_py_parser_peek (parser).kind != STRATA_PY_TOKEN_END)
    if (strata_py_parser_peek (parser).symbol == STRATA_PY_DEF || strata_py_parser_peek (parser).symbol == STRATA_PY_AT)
      strata_py_parser_skip (parser);
    else
      strata_py_parser_read (parser);

  return 0;
}
