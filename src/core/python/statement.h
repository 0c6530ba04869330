/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/evaluate.h"

G_BEGIN_DECLS

/* Statements are worked off with a stack of blocks instead of by recursion, so that a generator can stop at any yield
 * and go on later. A signal says how a statement ended; it goes up through the blocks until one of them takes it. */
typedef enum
{
  SIGNAL_NEXT,
  SIGNAL_BREAK,
  SIGNAL_CONTINUE,
  SIGNAL_RETURN,         /* the value is the activation's */
  SIGNAL_FAILED,         /* the machine says why */
  SIGNAL_YIELD,
  SIGNAL_LEAVE,          /* only for blocks: this one is done, go on with the one around */
} Signal;

typedef enum
{
  BLOCK_BODY,
  BLOCK_WHILE,
  BLOCK_FOR,
  BLOCK_WITH,
  BLOCK_TRY,
} BlockKind;

typedef enum { PHASE_BODY, PHASE_HANDLER, PHASE_OTHERWISE, PHASE_FINALLY } Phase;

typedef struct _Block Block;
struct _Block
{
  BlockKind           kind;
  Phase               phase;
  const StrataPyNode *node;
  StrataPyList        list;        /* the statements being worked off */
  guint               next;
  Block              *outer;
  Value              *iterator;    /* FOR */
  Value              *manager;     /* WITH */
  guint               item;        /* WITH: which of the node's */
  Signal              pending;     /* TRY: what to go on with after "finally" */
  Value              *pending_value;
  Value              *handled;     /* TRY: what was being handled before the handler */
  const char         *name;        /* TRY: of the handler's exception */
};

struct _Activation
{
  Frame              *frame;
  Block              *top;
  Value              *result;      /* of return, or what is yielded */
  const StrataPyNode *waiting;     /* the statement that yielded */
  Value              *source;      /* what "yield from" takes from */
  guint               depth;
};

Block    *strata_py_push_block    (Machine *py, Activation *self, BlockKind kind, const StrataPyNode *node, StrataPyList list);
Signal    strata_py_execute       (Machine *py, Activation *self, const StrataPyNode *node);
Signal    strata_py_finish_yield  (Machine *py, Activation *self, const StrataPyNode *node, Value *value);

/* The block's statements have come to their end. */
Signal    strata_py_finish_block  (Machine *py, Activation *self, Block *block);
/* A signal has reached the block: NEXT where it goes on, else what the block around gets. */
Signal    strata_py_signal_block  (Machine *py, Activation *self, Block *block, Signal signal);
Signal    strata_py_finish_try    (Machine *py, Activation *self, Block *block);
Signal    strata_py_signal_try    (Machine *py, Activation *self, Block *block, Signal signal);
Signal    strata_py_enter_with    (Machine *py, Activation *self, const StrataPyNode *node, guint item);
Signal    strata_py_signal_with   (Machine *py, Activation *self, Block *block, Signal signal);

G_END_DECLS
