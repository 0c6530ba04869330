/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Operators, delimiters and the reserved words. The soft ones (match, case, type, _) are names until the parser knows
 * better. */
typedef enum
{
  STRATA_PY_NO_SYMBOL,

  STRATA_PY_LEFT_PAREN,
  STRATA_PY_RIGHT_PAREN,
  STRATA_PY_LEFT_BRACKET,
  STRATA_PY_RIGHT_BRACKET,
  STRATA_PY_LEFT_BRACE,
  STRATA_PY_RIGHT_BRACE,
  STRATA_PY_COMMA,
  STRATA_PY_COLON,
  STRATA_PY_SEMICOLON,
  STRATA_PY_DOT,
  STRATA_PY_ELLIPSIS,
  STRATA_PY_ARROW,
  STRATA_PY_EXCLAMATION,     /* of "{value!r}" */
  STRATA_PY_WALRUS,
  STRATA_PY_ASSIGN,

  /* In the order of the plain ones below. */
  STRATA_PY_PLUS_ASSIGN,
  STRATA_PY_MINUS_ASSIGN,
  STRATA_PY_STAR_ASSIGN,
  STRATA_PY_SLASH_ASSIGN,
  STRATA_PY_DOUBLE_SLASH_ASSIGN,
  STRATA_PY_PERCENT_ASSIGN,
  STRATA_PY_AT_ASSIGN,
  STRATA_PY_DOUBLE_STAR_ASSIGN,
  STRATA_PY_LEFT_SHIFT_ASSIGN,
  STRATA_PY_RIGHT_SHIFT_ASSIGN,
  STRATA_PY_AMPERSAND_ASSIGN,
  STRATA_PY_BAR_ASSIGN,
  STRATA_PY_CARET_ASSIGN,

  STRATA_PY_PLUS,
  STRATA_PY_MINUS,
  STRATA_PY_STAR,
  STRATA_PY_SLASH,
  STRATA_PY_DOUBLE_SLASH,
  STRATA_PY_PERCENT,
  STRATA_PY_AT,
  STRATA_PY_DOUBLE_STAR,
  STRATA_PY_LEFT_SHIFT,
  STRATA_PY_RIGHT_SHIFT,
  STRATA_PY_AMPERSAND,
  STRATA_PY_BAR,
  STRATA_PY_CARET,
  STRATA_PY_TILDE,

  STRATA_PY_LESS,
  STRATA_PY_GREATER,
  STRATA_PY_LESS_EQUAL,
  STRATA_PY_GREATER_EQUAL,
  STRATA_PY_EQUAL,
  STRATA_PY_NOT_EQUAL,
  STRATA_PY_NOT_IN,          /* two words, one operator of a comparison */
  STRATA_PY_IS_NOT,

  STRATA_PY_FALSE,
  STRATA_PY_NONE,
  STRATA_PY_TRUE,
  STRATA_PY_AND,
  STRATA_PY_AS,
  STRATA_PY_ASSERT,
  STRATA_PY_ASYNC,
  STRATA_PY_AWAIT,
  STRATA_PY_BREAK,
  STRATA_PY_CLASS,
  STRATA_PY_CONTINUE,
  STRATA_PY_DEF,
  STRATA_PY_DEL,
  STRATA_PY_ELIF,
  STRATA_PY_ELSE,
  STRATA_PY_EXCEPT,
  STRATA_PY_FINALLY,
  STRATA_PY_FOR,
  STRATA_PY_FROM,
  STRATA_PY_GLOBAL,
  STRATA_PY_IF,
  STRATA_PY_IMPORT,
  STRATA_PY_IN,
  STRATA_PY_IS,
  STRATA_PY_LAMBDA,
  STRATA_PY_NONLOCAL,
  STRATA_PY_NOT,
  STRATA_PY_OR,
  STRATA_PY_PASS,
  STRATA_PY_RAISE,
  STRATA_PY_RETURN,
  STRATA_PY_TRY,
  STRATA_PY_WHILE,
  STRATA_PY_WITH,
  STRATA_PY_YIELD,
  STRATA_PY_N_SYMBOLS,
} StrataPySymbol;

/* As it is written: "**=", "lambda". */
const char     *strata_py_symbol_get_text (StrataPySymbol  symbol);
/* The reserved word of that spelling, or STRATA_PY_NO_SYMBOL. */
StrataPySymbol  strata_py_symbol_of_word  (const char     *text,
                                           gsize           length);
/* The operator at the start of the text, the longest possible, or STRATA_PY_NO_SYMBOL. */
StrataPySymbol  strata_py_symbol_of_text  (const char     *text,
                                           gsize          *length);

G_END_DECLS
