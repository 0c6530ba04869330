/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/schema/picture.h"
#include "core/sql/lexer.h"

G_BEGIN_DECLS

/* Tokens of a CREATE that SQLite has accepted, one ahead. */
typedef struct
{
  StrataPicture *picture;
  StrataLexer    lexer;
  StrataToken    token;
  gboolean       is_at_end;
} StrataSqliteReader;

void        strata_sqlite_reader_init     (StrataSqliteReader *self,
                                           StrataPicture      *picture,
                                           const char         *text);
void        strata_sqlite_reader_advance  (StrataSqliteReader *self);
gboolean    strata_sqlite_reader_is       (StrataSqliteReader *self,
                                           const char         *word_or_symbol);
gboolean    strata_sqlite_reader_take     (StrataSqliteReader *self,
                                           const char         *word_or_symbol);
/* A name in any kind of quotes, without them; NULL where none stands. */
const char *strata_sqlite_reader_name     (StrataSqliteReader *self);
/* From "(" to its ")": the text between them, without blanks around it. NULL where none stands. */
const char *strata_sqlite_reader_group    (StrataSqliteReader *self);
/* The text of the tokens up to a comma or parenthesis that closes what is around; NULL where there is none. */
const char *strata_sqlite_reader_element  (StrataSqliteReader *self);

G_END_DECLS
