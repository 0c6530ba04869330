/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* What a node of the tree is, and which member of StrataPyNode's union it uses. */
typedef enum
{
  /* Expressions */
  STRATA_PY_NODE_NAME,              /* name */
  STRATA_PY_NODE_CONSTANT,          /* op: NONE, TRUE, FALSE or ELLIPSIS */
  STRATA_PY_NODE_NUMBER,            /* name: as written */
  STRATA_PY_NODE_STRING,            /* string */
  STRATA_PY_NODE_FORMATTED,         /* list: STRING and FIELD (an f-string) */
  STRATA_PY_NODE_FIELD,             /* field */
  STRATA_PY_NODE_TUPLE,             /* list */
  STRATA_PY_NODE_LIST,              /* list */
  STRATA_PY_NODE_SET,               /* list */
  STRATA_PY_NODE_DICT,              /* list: keys, values by turns; a key is NULL before "**" */
  STRATA_PY_NODE_ATTRIBUTE,         /* attribute */
  STRATA_PY_NODE_SUBSCRIPT,         /* pair: value, index */
  STRATA_PY_NODE_SLICE,             /* list of three, each may be NULL */
  STRATA_PY_NODE_CALL,              /* call */
  STRATA_PY_NODE_KEYWORD,           /* attribute: value, name; NULL name for "**" */
  STRATA_PY_NODE_STARRED,           /* child */
  STRATA_PY_NODE_UNARY,             /* op: MINUS, PLUS, TILDE or NOT; child */
  STRATA_PY_NODE_BINARY,            /* op; pair */
  STRATA_PY_NODE_BOOLEAN,           /* op: AND or OR; list of two or more */
  STRATA_PY_NODE_COMPARE,           /* compare: operands a < b < c */
  STRATA_PY_NODE_CONDITIONAL,       /* list of three: test, then, otherwise */
  STRATA_PY_NODE_LAMBDA,            /* definition: parameters, one expression as body */
  STRATA_PY_NODE_LIST_COMP,         /* comprehension */
  STRATA_PY_NODE_SET_COMP,          /* comprehension */
  STRATA_PY_NODE_DICT_COMP,         /* comprehension */
  STRATA_PY_NODE_GENERATOR,         /* comprehension */
  STRATA_PY_NODE_COMP_FOR,          /* comp_for */
  STRATA_PY_NODE_AWAIT,             /* child */
  STRATA_PY_NODE_YIELD,             /* child, may be NULL */
  STRATA_PY_NODE_YIELD_FROM,        /* child */
  STRATA_PY_NODE_NAMED,             /* pair: target, value (":=") */

  /* Statements */
  STRATA_PY_NODE_EXPRESSION,        /* child */
  STRATA_PY_NODE_ASSIGN,            /* assign: targets = value */
  STRATA_PY_NODE_AUGMENTED,         /* op: the plain operator; pair: target, value */
  STRATA_PY_NODE_ANNOTATED,         /* list of three: target, annotation, value (may be NULL) */
  STRATA_PY_NODE_RETURN,            /* child, may be NULL */
  STRATA_PY_NODE_DELETE,            /* list */
  STRATA_PY_NODE_SIMPLE,            /* op: PASS, BREAK or CONTINUE */
  STRATA_PY_NODE_RAISE,             /* pair: exception, cause; either may be NULL */
  STRATA_PY_NODE_ASSERT,            /* pair: test, message (may be NULL) */
  STRATA_PY_NODE_IMPORT,            /* import: names */
  STRATA_PY_NODE_IMPORT_FROM,       /* import: module, level, names */
  STRATA_PY_NODE_ALIAS,             /* alias */
  STRATA_PY_NODE_SCOPE,             /* op: GLOBAL or NONLOCAL; list of NAME */
  STRATA_PY_NODE_IF,                /* branches */
  STRATA_PY_NODE_BRANCH,            /* block: test, body */
  STRATA_PY_NODE_WHILE,             /* loop: test, body, otherwise */
  STRATA_PY_NODE_FOR,               /* loop: target, iterable, body, otherwise */
  STRATA_PY_NODE_WITH,              /* with */
  STRATA_PY_NODE_WITH_ITEM,         /* pair: context, target (may be NULL) */
  STRATA_PY_NODE_TRY,               /* attempt */
  STRATA_PY_NODE_HANDLER,           /* block: type (may be NULL), name (may be NULL), body */
  STRATA_PY_NODE_FUNCTION,          /* definition */
  STRATA_PY_NODE_PARAMETER,         /* parameter; op: NO_SYMBOL, STAR or DOUBLE_STAR */
  STRATA_PY_NODE_CLASS,             /* definition: bases as parameters */
  STRATA_PY_NODE_TYPE_PARAMETER,    /* parameter: bound as annotation; op as above */
  STRATA_PY_NODE_TYPE_ALIAS,        /* type: name, parameters, value */
  STRATA_PY_NODE_MATCH,             /* match */
  STRATA_PY_NODE_CASE,              /* arm */
  STRATA_PY_NODE_BROKEN,            /* outside of the grammar: a finding says what */

  /* Patterns of a case */
  STRATA_PY_NODE_PATTERN_VALUE,     /* child */
  STRATA_PY_NODE_PATTERN_CAPTURE,   /* name, NULL for "_" */
  STRATA_PY_NODE_PATTERN_STAR,      /* name, NULL for "*_" */
  STRATA_PY_NODE_PATTERN_SEQUENCE,  /* list */
  STRATA_PY_NODE_PATTERN_MAPPING,   /* list: keys, patterns by turns; the last key is NULL before "**rest" */
  STRATA_PY_NODE_PATTERN_CLASS,     /* call: function, patterns as arguments and keywords */
  STRATA_PY_NODE_PATTERN_OR,        /* list */
  STRATA_PY_NODE_PATTERN_AS,        /* attribute: pattern as value, name */
  STRATA_PY_N_NODES,
} StrataPyKind;

G_END_DECLS
