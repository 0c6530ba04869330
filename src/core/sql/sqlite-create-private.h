/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sql/sqlite-create.h"

G_BEGIN_DECLS

/* Where the reading of a CREATE stands. */
typedef struct
{
  StrataSqliteCreate *create;
  const StrataToken  *tokens;
  guint               n_tokens;
  guint               at;
  GString            *scratch;      /* for a text while it is made */
} StrataSqliteParser;

gboolean    strata_sqlite_parser_is_text    (const StrataSqliteParser *self,
                                             const char               *word_or_symbol);
gboolean    strata_sqlite_parser_take       (StrataSqliteParser       *self,
                                             const char               *word_or_symbol);
/* NULL where none stands. */
const char *strata_sqlite_parser_name       (StrataSqliteParser       *self);
/* From the parenthesis to its end, or to the end of the tokens; FALSE where none stands. */
gboolean    strata_sqlite_parser_skip_group (StrataSqliteParser       *self);
/* Expressions may name columns that come later: their text is made when all are known. */
const char *strata_sqlite_parser_spell      (StrataSqliteParser       *self,
                                             guint                     from,
                                             guint                     to);
const char *strata_sqlite_parser_keep       (StrataSqliteParser       *self,
                                             char                     *text);

/* What stands from one token to before another, and what is inside of parentheses without the blanks at its ends. */
StrataSqlitePart strata_sqlite_parser_part  (const StrataSqliteParser *self,
                                             guint                     from,
                                             guint                     to);
StrataSqlitePart strata_sqlite_parser_inside (const StrataSqliteParser *self,
                                             guint                     from,
                                             guint                     to);

/* sqlite-constraint.c: from its first word; FALSE where it is none, and nothing is read then. Column: that it stands in. */
gboolean    strata_sqlite_parser_constraint (StrataSqliteParser       *self,
                                             const char               *name,
                                             StrataSqliteColumn       *column);
/* "DEFERRABLE INITIALLY DEFERRED" of the foreign key before; FALSE where it does not stand there. */
gboolean    strata_sqlite_parser_deferrable (StrataSqliteParser       *self);
/* From its parts, when these have changed. */
void        strata_sqlite_set_reference_text (StrataSqliteCreate      *create,
                                             StrataSqliteConstraint   *constraint);
/* " ON CONFLICT IGNORE", or "". */
const char *strata_sqlite_parser_conflict   (StrataSqliteParser       *self);

/* The first letter tells nearly always, in whatever case, and this is asked for each word that may come. */
static inline gboolean
strata_sqlite_parser_is (const StrataSqliteParser *self,
                         const char               *word_or_symbol)
{
  return self->at < self->n_tokens && ((*self->tokens[self->at].text ^ *word_or_symbol) & ~0x20) == 0
         && strata_sqlite_parser_is_text (self, word_or_symbol);
}

G_END_DECLS
