/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files that read SQL for names share. */

#pragma once

#include "core/names/mentions.h"
#include "core/sql/lexer.h"
#include "core/sql/splitter.h"

G_BEGIN_DECLS

/* One statement, and how far it was read. */
typedef struct
{
  StrataDialect          dialect;
  const StrataStatement *statement;
  const StrataToken     *tokens;
  guint                  n_tokens;
  guint                  at;
  StrataMentions        *mentions;

  /* values: of the last place that was asked for; those behind it are counted from there */
  const char            *place_at;
  guint                  place_line;
  guint                  place_column;
} StrataSqlReader;

/* The elements are StrataToken, into the text. */
GArray            *strata_sql_tokenize         (StrataDialect          dialect,
                                                const char            *text,
                                                gsize                  length);
/* One that is no word and no sign where there is none so far ahead. */
const StrataToken *strata_sql_reader_peek      (const StrataSqlReader *self,
                                                guint                  ahead);
gboolean           strata_sql_reader_is        (const StrataSqlReader *self,
                                                guint                  ahead,
                                                const char            *word_or_sign);
gboolean           strata_sql_reader_is_one_of (const StrataSqlReader *self,
                                                guint                  ahead,
                                                const char * const    *words,
                                                guint                  n_words);
gboolean           strata_sql_reader_take      (StrataSqlReader       *self,
                                                const char            *word_or_sign);
/* Several words, all of them or none. */
gboolean           strata_sql_reader_take_all  (StrataSqlReader       *self,
                                                const char            *words);
/* IF EXISTS, IF NOT EXISTS. */
gboolean           strata_sql_reader_take_if   (StrataSqlReader       *self);
gboolean           strata_sql_reader_is_name   (const StrataSqlReader *self,
                                                guint                  ahead);
/* The last part of "a.b", and its number among the tokens; NULL: no name stands there. */
char              *strata_sql_reader_read_name (StrataSqlReader       *self,
                                                guint                 *token);
/* From "(" to behind its ")". */
void               strata_sql_reader_skip_group (StrataSqlReader      *self);
/* To the next comma that is not in parentheses, or to the end. */
void               strata_sql_reader_skip_item (StrataSqlReader       *self);
/* With the place of the token. */
StrataMention     *strata_sql_reader_add       (StrataSqlReader       *self,
                                                StrataMentionKind      kind,
                                                guint                  token,
                                                const char            *table,
                                                const char            *column,
                                                const char            *new_name);
/* A list of names in parentheses as columns that are used; FALSE where it is none. */
gboolean           strata_sql_reader_use_columns (StrataSqlReader     *self,
                                                const char            *table);

/* A list of words that ends with NULL: whether one of them is in the text, also in its strings. */
gboolean           strata_sql_text_has_word    (const char            *text,
                                                gsize                  length,
                                                const char * const    *words);

/* Behind their first word. */
void               strata_sql_read_create      (StrataSqlReader       *self);
void               strata_sql_read_alter       (StrataSqlReader       *self);
/* From it on. */
void               strata_sql_read_query       (StrataSqlReader       *self);
/* What aliases and tables a query reads by: each, folded, to its table, or to "" where it is several, or none. */
GHashTable        *strata_sql_find_bound       (StrataDialect          dialect,
                                                const char            *text);
/* REFERENCES from here to a token, where the server wants to see the table. */
void               strata_sql_read_references  (StrataSqlReader       *self,
                                                guint                  end);

G_END_DECLS
