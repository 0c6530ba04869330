/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sql/splitter.h"

G_BEGIN_DECLS

/* What the first tokens of a statement say about how it can run. */
typedef enum
{
  STRATA_STATEMENT_PLAIN,
  STRATA_STATEMENT_NO_TRANSACTION,      /* the server refuses it inside a transaction */
  STRATA_STATEMENT_TRANSACTION_CONTROL, /* BEGIN, COMMIT, ROLLBACK ...: the engine's own business */
  STRATA_STATEMENT_IN_TRANSACTION_VOID, /* silently without effect inside a transaction: PRAGMA foreign_keys */
} StrataStatementKind;

/* The words are how an error names it, "CREATE INDEX CONCURRENTLY"; interned, NULL for a plain one. */
StrataStatementKind  strata_statement_classify          (StrataDialect          dialect,
                                                         const StrataStatement *statement,
                                                         const char           **words);
/* The name of the index that a CREATE INDEX [CONCURRENTLY] makes, as written, schema included; or NULL. */
char                *strata_statement_dup_created_index (StrataDialect          dialect,
                                                         const StrataStatement *statement);
/* SHA-256 in hex over the tokens: comments, white space and the case of keywords do not count. */
char                *strata_sql_hash_tokens             (StrataDialect          dialect,
                                                         const char            *text,
                                                         gsize                  length);
/* "name" quoted where the dialect needs it, always safe to put into SQL. */
char                *strata_sql_quote_identifier        (StrataDialect          dialect,
                                                         const char            *name);
void                 strata_sql_append_identifier       (GString               *out,
                                                         StrataDialect          dialect,
                                                         const char            *name);
char                *strata_sql_quote_literal           (StrataDialect          dialect,
                                                         const char            *value);

G_END_DECLS
