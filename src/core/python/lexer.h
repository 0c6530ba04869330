/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/source.h"
#include "core/python/symbol.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_PY_TOKEN_END,
  STRATA_PY_TOKEN_NEWLINE,          /* of a logical line */
  STRATA_PY_TOKEN_INDENT,
  STRATA_PY_TOKEN_DEDENT,
  STRATA_PY_TOKEN_NAME,
  STRATA_PY_TOKEN_NUMBER,
  STRATA_PY_TOKEN_STRING,           /* with its prefix and quotes */
  STRATA_PY_TOKEN_FSTRING_START,    /* prefix and quotes */
  STRATA_PY_TOKEN_FSTRING_MIDDLE,   /* text as written, between replacement fields */
  STRATA_PY_TOKEN_FSTRING_END,
  STRATA_PY_TOKEN_SYMBOL,
  STRATA_PY_TOKEN_ERROR,            /* the lexer's message says what; lexing goes on after it */
} StrataPyTokenKind;

typedef struct
{
  guint8  kind;             /* StrataPyTokenKind */
  guint8  symbol;           /* StrataPySymbol */
  guint8  starts_line;      /* nothing but white space before it on its line */
  guint32 offset;
  guint32 length;
} StrataPyToken;

/* CPython's own limits, but for the last one: it nests f-strings deeper than anyone reads. */
#define STRATA_PY_MAX_INDENTS  100
#define STRATA_PY_MAX_BRACKETS 200
#define STRATA_PY_MAX_MODES    48

/* Where the lexer stands inside f-strings: in the text of one, in a replacement field, in a field's format. */
typedef struct
{
  guint8  state;
  char    quote;
  guint8  triple;
  guint8  raw;
  guint8  n_brackets;        /* open when it began */
  guint32 offset;
} StrataPyMode;

/* Turns a source into tokens, one at a time. A plain value: a copy looks ahead. The fields are the lexer's own. */
typedef struct
{
  const char   *text;                                   /* borrowed from the source */
  guint32       length;
  guint32       position;
  const char   *message;                                /* of the last ERROR, static */
  const char   *line_message;                           /* of one to give after the DEDENTs of a line */
  int           pending;                                /* INDENT (1) or DEDENTs (negative) to give first */
  gboolean      at_line_start;
  gboolean      starts_line;
  guint         n_indents;
  guint         n_brackets;
  guint         n_modes;
  guint16       indents[STRATA_PY_MAX_INDENTS];         /* columns, with tabs to the next multiple of 8 */
  guint16       narrow_indents[STRATA_PY_MAX_INDENTS];  /* with tabs as 1: where both disagree, tabs are mixed up */
  guint32       brackets[STRATA_PY_MAX_BRACKETS];       /* offsets of the open ones */
  StrataPyMode  modes[STRATA_PY_MAX_MODES];
} StrataPyLexer;

void           strata_py_lexer_init        (StrataPyLexer        *self,
                                            const StrataPySource *source);
StrataPyToken  strata_py_lexer_next        (StrataPyLexer        *self);
/* The indentation of the block that the lexer is in, and of the line that has the offset. */
guint          strata_py_lexer_get_indent  (const StrataPyLexer  *self);
guint          strata_py_lexer_measure     (const StrataPyLexer  *self,
                                            guint32               offset);
/* Forgets open brackets and strings, and begins a logical line at the line that has the offset. */
void           strata_py_lexer_restart     (StrataPyLexer        *self,
                                            guint32               offset);
/* From anywhere in a line of the outermost level: to the next such line that is neither blank nor a comment, without
 * making tokens. This is what makes reading thousands of headers cheap. */
void           strata_py_lexer_skip_block  (StrataPyLexer        *self);

G_END_DECLS
