/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/kind.h"
#include "core/python/literal.h"
#include "core/python/symbol.h"

G_BEGIN_DECLS

/* The syntax tree, in the shape of Python's own ast module. Nodes live in their tree's arena and never change. */
typedef struct _StrataPyNode StrataPyNode;

typedef struct
{
  const StrataPyNode * const *items;
  guint                       length;
} StrataPyList;

typedef enum
{
  STRATA_PY_IS_ASYNC         = 1 << 0,   /* function, loop, with, a comprehension's for */
  STRATA_PY_IS_PARENTHESISED = 1 << 1,
  STRATA_PY_IS_POSITIONAL    = 1 << 2,   /* parameter before "/" */
  STRATA_PY_IS_KEYWORD_ONLY  = 1 << 3,   /* parameter after "*" */
  STRATA_PY_IS_GROUP         = 1 << 4,   /* "except*" */
} StrataPyFlags;

/* What few functions and classes have. */
typedef struct
{
  StrataPyList        decorators;
  StrataPyList        type_parameters;
  StrataPyList        keywords;      /* of a class's bases */
  const StrataPyNode *returns;
} StrataPyExtras;

struct _StrataPyNode
{
  guint8  kind;      /* StrataPyKind */
  guint8  op;        /* StrataPySymbol, where the kind has one */
  guint8  flags;     /* StrataPyFlags */
  guint16 depth;     /* of the tree below, for those who walk it by recursion */
  guint32 offset;    /* in the source */
  guint32 end;

  union
  {
    const char         *name;
    StrataPyString      string;
    const StrataPyNode *child;
    StrataPyList        list;
    struct { const StrataPyNode *first, *second; } pair;
    struct { const StrataPyNode *value; const char *name; } attribute;
    struct { const StrataPyNode *function; StrataPyList arguments, keywords; } call;
    struct { const guint8 *ops; StrataPyList operands; } compare;     /* one op less than operands */
    struct { const StrataPyNode *value, *format; const char *text; char conversion; } field;
    struct { const StrataPyNode *key, *element; StrataPyList loops; } comprehension;
    struct { const StrataPyNode *target, *iterable; StrataPyList conditions; } comp_for;
    struct { StrataPyList targets; const StrataPyNode *value; } assign;
    struct { const char *module; StrataPyList names; guint level; } import;
    struct { const char *name, *as_name; } alias;
    struct { StrataPyList branches, otherwise; } branches;
    struct { const StrataPyNode *test; const char *name; StrataPyList body; } block;
    struct { const StrataPyNode *target, *iterable; StrataPyList body, otherwise; } loop;
    struct { StrataPyList items, body; } with;
    struct { StrataPyList body, handlers; const StrataPyList *otherwise, *finally; } attempt;
    struct { const char *name; StrataPyList parameters, body; const StrataPyExtras *extras; } definition;
    struct { const char *name; const StrataPyNode *annotation, *value; } parameter;
    struct { const char *name; StrataPyList parameters; const StrataPyNode *value; } type;
    struct { const StrataPyNode *subject; StrataPyList cases; } match;
    struct { const StrataPyNode *pattern, *guard; StrataPyList body; } arm;
  };
};

StrataPyList strata_py_list_new     (StrataPyArena      *arena,
                                     gpointer           *nodes,
                                     guint               length);

typedef void (*StrataPyNodeFunc) (const StrataPyNode *node,
                                  gpointer            data);

/* The children in the order of the source, without the absent ones. */
void         strata_py_node_foreach (const StrataPyNode *self,
                                     StrataPyNodeFunc    func,
                                     gpointer            data);

G_END_DECLS
