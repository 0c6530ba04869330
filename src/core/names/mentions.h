/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which tables and columns a script uses, makes and takes away, as far as its text tells without a server: light enough to
 * be kept of every revision. From the first revision on they add up to what is there at any of them (StrataCatalogue).
 * What is not understood puts what it could be about in doubt; of that nothing is said. */

#pragma once

#include "core/base/finding.h"

G_BEGIN_DECLS

/* First those that make no difference to what is there. */
typedef enum
{
  STRATA_MENTION_USES_TABLE,
  STRATA_MENTION_USES_COLUMN,
  STRATA_MENTION_REFERS_TO,        /* to a table that may come later: SQLite asks for it when rows come */
  STRATA_MENTION_MAKES_TABLE,      /* its columns come behind it, as ADDS_COLUMN */
  STRATA_MENTION_MAKES_RELATION,   /* a view, CREATE TABLE AS: its columns are not known */
  STRATA_MENTION_DROPS_TABLE,
  STRATA_MENTION_RENAMES_TABLE,
  STRATA_MENTION_ADDS_COLUMN,
  STRATA_MENTION_DROPS_COLUMN,
  STRATA_MENTION_RENAMES_COLUMN,
  STRATA_MENTION_DOUBTS_TABLE,     /* it may be there or not, with any columns */
  STRATA_MENTION_DOUBTS_COLUMNS,
  STRATA_MENTION_DOUBTS_OTHERS,    /* tables may be there that no script is seen to make */
  STRATA_MENTION_DOUBTS_ALL,       /* and whatever is there may have changed */
} StrataMentionKind;

/* Names are as written, without quotes and without a schema. */
typedef struct
{
  StrataMentionKind  kind;
  const char        *table;
  const char        *column;
  const char        *new_name;
  guint              line;         /* of the name; 0: not known */
  guint              text_column;
} StrataMention;

/* Of one direction of a script, in its order. Atomically reference-counted; immutable once it is made. */
typedef struct _StrataMentions StrataMentions;

StrataMentions      *strata_mentions_new   (void);
StrataMentions      *strata_mentions_ref   (StrataMentions       *self);
void                 strata_mentions_unref (StrataMentions       *self);
guint                strata_mentions_get_n (const StrataMentions *self);
const StrataMention *strata_mentions_get   (const StrataMentions *self,
                                            guint                 index);

/* While it is made; texts are copied. Returned is what was added, to be placed. */
StrataMention       *strata_mentions_add   (StrataMentions       *self,
                                            StrataMentionKind     kind,
                                            const char           *table,
                                            const char           *column,
                                            const char           *new_name);
/* Each word of a text that is not understood may be a table. */
void                 strata_mentions_doubt (StrataMentions       *self,
                                            const char           *text,
                                            gsize                 length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataMentions, strata_mentions_unref)

G_END_DECLS
