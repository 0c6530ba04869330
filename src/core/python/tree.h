/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/node.h"
#include "core/python/source.h"

G_BEGIN_DECLS

/* A whole file as a syntax tree, with the memory of its nodes. Immutable, atomically reference-counted. */
typedef struct _StrataPyTree StrataPyTree;

/* Never fails: what is outside of the grammar is a finding and a BROKEN node. */
StrataPyTree *strata_py_tree_parse     (const char         *path,
                                        const char         *text,
                                        gsize               length,
                                        GPtrArray          *findings);
StrataPyTree *strata_py_tree_ref       (StrataPyTree       *self);
void          strata_py_tree_unref     (StrataPyTree       *self);

const char   *strata_py_tree_get_path  (const StrataPyTree *self);
StrataPyList  strata_py_tree_get_body  (const StrataPyTree *self);
/* FALSE: the parser gave up, and the rest of the file is not there. */
gboolean      strata_py_tree_is_whole  (const StrataPyTree *self);
StrataPlace   strata_py_tree_get_place (const StrataPyTree *self,
                                        const StrataPyNode *node);
/* The source text of a node, for people: new, on one line, cut where it is long. */
char         *strata_py_tree_quote     (const StrataPyTree *self,
                                        const StrataPyNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPyTree, strata_py_tree_unref)

G_END_DECLS
