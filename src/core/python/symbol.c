/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/symbol.h"

#include <string.h>

static const char * const texts[STRATA_PY_N_SYMBOLS] = {
  [STRATA_PY_NO_SYMBOL] = "",
  [STRATA_PY_LEFT_PAREN] = "(",
  [STRATA_PY_RIGHT_PAREN] = ")",
  [STRATA_PY_LEFT_BRACKET] = "[",
  [STRATA_PY_RIGHT_BRACKET] = "]",
  [STRATA_PY_LEFT_BRACE] = "{",
  [STRATA_PY_RIGHT_BRACE] = "}",
  [STRATA_PY_COMMA] = ",",
  [STRATA_PY_COLON] = ":",
  [STRATA_PY_SEMICOLON] = ";",
  [STRATA_PY_DOT] = ".",
  [STRATA_PY_ELLIPSIS] = "...",
  [STRATA_PY_ARROW] = "->",
  [STRATA_PY_EXCLAMATION] = "!",
  [STRATA_PY_WALRUS] = ":=",
  [STRATA_PY_ASSIGN] = "=",
  [STRATA_PY_PLUS_ASSIGN] = "+=",
  [STRATA_PY_MINUS_ASSIGN] = "-=",
  [STRATA_PY_STAR_ASSIGN] = "*=",
  [STRATA_PY_SLASH_ASSIGN] = "/=",
  [STRATA_PY_DOUBLE_SLASH_ASSIGN] = "//=",
  [STRATA_PY_PERCENT_ASSIGN] = "%=",
  [STRATA_PY_AT_ASSIGN] = "@=",
  [STRATA_PY_DOUBLE_STAR_ASSIGN] = "**=",
  [STRATA_PY_LEFT_SHIFT_ASSIGN] = "<<=",
  [STRATA_PY_RIGHT_SHIFT_ASSIGN] = ">>=",
  [STRATA_PY_AMPERSAND_ASSIGN] = "&=",
  [STRATA_PY_BAR_ASSIGN] = "|=",
  [STRATA_PY_CARET_ASSIGN] = "^=",
  [STRATA_PY_PLUS] = "+",
  [STRATA_PY_MINUS] = "-",
  [STRATA_PY_STAR] = "*",
  [STRATA_PY_SLASH] = "/",
  [STRATA_PY_DOUBLE_SLASH] = "//",
  [STRATA_PY_PERCENT] = "%",
  [STRATA_PY_AT] = "@",
  [STRATA_PY_DOUBLE_STAR] = "**",
  [STRATA_PY_LEFT_SHIFT] = "<<",
  [STRATA_PY_RIGHT_SHIFT] = ">>",
  [STRATA_PY_AMPERSAND] = "&",
  [STRATA_PY_BAR] = "|",
  [STRATA_PY_CARET] = "^",
  [STRATA_PY_TILDE] = "~",
  [STRATA_PY_LESS] = "<",
  [STRATA_PY_GREATER] = ">",
  [STRATA_PY_LESS_EQUAL] = "<=",
  [STRATA_PY_GREATER_EQUAL] = ">=",
  [STRATA_PY_EQUAL] = "==",
  [STRATA_PY_NOT_EQUAL] = "!=",
  [STRATA_PY_NOT_IN] = "not in",
  [STRATA_PY_IS_NOT] = "is not",
  [STRATA_PY_FALSE] = "False",
  [STRATA_PY_NONE] = "None",
  [STRATA_PY_TRUE] = "True",
  [STRATA_PY_AND] = "and",
  [STRATA_PY_AS] = "as",
  [STRATA_PY_ASSERT] = "assert",
  [STRATA_PY_ASYNC] = "async",
  [STRATA_PY_AWAIT] = "await",
  [STRATA_PY_BREAK] = "break",
  [STRATA_PY_CLASS] = "class",
  [STRATA_PY_CONTINUE] = "continue",
  [STRATA_PY_DEF] = "def",
  [STRATA_PY_DEL] = "del",
  [STRATA_PY_ELIF] = "elif",
  [STRATA_PY_ELSE] = "else",
  [STRATA_PY_EXCEPT] = "except",
  [STRATA_PY_FINALLY] = "finally",
  [STRATA_PY_FOR] = "for",
  [STRATA_PY_FROM] = "from",
  [STRATA_PY_GLOBAL] = "global",
  [STRATA_PY_IF] = "if",
  [STRATA_PY_IMPORT] = "import",
  [STRATA_PY_IN] = "in",
  [STRATA_PY_IS] = "is",
  [STRATA_PY_LAMBDA] = "lambda",
  [STRATA_PY_NONLOCAL] = "nonlocal",
  [STRATA_PY_NOT] = "not",
  [STRATA_PY_OR] = "or",
  [STRATA_PY_PASS] = "pass",
  [STRATA_PY_RAISE] = "raise",
  [STRATA_PY_RETURN] = "return",
  [STRATA_PY_TRY] = "try",
  [STRATA_PY_WHILE] = "while",
  [STRATA_PY_WITH] = "with",
  [STRATA_PY_YIELD] = "yield",
};

const char *
strata_py_symbol_get_text (StrataPySymbol symbol)
{
  g_return_val_if_fail (symbol < STRATA_PY_N_SYMBOLS, NULL);

  return texts[symbol];
}

/* The first word with each letter; the words stand in alphabetical order after the three capitalised ones. */
static StrataPySymbol
first_word (char letter)
{
  static const guint8 firsts[] = {
    ['F' - 'A'] = STRATA_PY_FALSE,
    ['N' - 'A'] = STRATA_PY_NONE,
    ['T' - 'A'] = STRATA_PY_TRUE,
    ['a' - 'A'] = STRATA_PY_AND,
    ['b' - 'A'] = STRATA_PY_BREAK,
    ['c' - 'A'] = STRATA_PY_CLASS,
    ['d' - 'A'] = STRATA_PY_DEF,
    ['e' - 'A'] = STRATA_PY_ELIF,
    ['f' - 'A'] = STRATA_PY_FINALLY,
    ['g' - 'A'] = STRATA_PY_GLOBAL,
    ['i' - 'A'] = STRATA_PY_IF,
    ['l' - 'A'] = STRATA_PY_LAMBDA,
    ['n' - 'A'] = STRATA_PY_NONLOCAL,
    ['o' - 'A'] = STRATA_PY_OR,
    ['p' - 'A'] = STRATA_PY_PASS,
    ['r' - 'A'] = STRATA_PY_RAISE,
    ['t' - 'A'] = STRATA_PY_TRY,
    ['w' - 'A'] = STRATA_PY_WHILE,
    ['y' - 'A'] = STRATA_PY_YIELD,
  };

  return letter >= 'A' && letter <= 'y' ? firsts[letter - 'A'] : STRATA_PY_NO_SYMBOL;
}

StrataPySymbol
strata_py_symbol_of_word (const char *text,
                          gsize       length)
{
  StrataPySymbol word = first_word (text[0]);

  if (word == STRATA_PY_NO_SYMBOL || length < 2 || length > strlen ("continue"))
    return STRATA_PY_NO_SYMBOL;

  for (; word < STRATA_PY_N_SYMBOLS && texts[word][0] == text[0]; word++)
    if (strncmp (texts[word], text, length) == 0 && texts[word][length] == '\0')
      return word;

  return STRATA_PY_NO_SYMBOL;
}

static StrataPySymbol
single (char c)
{
  switch (c)
    {
    case '(': return STRATA_PY_LEFT_PAREN;
    case ')': return STRATA_PY_RIGHT_PAREN;
    case '[': return STRATA_PY_LEFT_BRACKET;
    case ']': return STRATA_PY_RIGHT_BRACKET;
    case '{': return STRATA_PY_LEFT_BRACE;
    case '}': return STRATA_PY_RIGHT_BRACE;
    case ',': return STRATA_PY_COMMA;
    case ':': return STRATA_PY_COLON;
    case ';': return STRATA_PY_SEMICOLON;
    case '.': return STRATA_PY_DOT;
    case '!': return STRATA_PY_EXCLAMATION;
    case '=': return STRATA_PY_ASSIGN;
    case '+': return STRATA_PY_PLUS;
    case '-': return STRATA_PY_MINUS;
    case '*': return STRATA_PY_STAR;
    case '/': return STRATA_PY_SLASH;
    case '%': return STRATA_PY_PERCENT;
    case '@': return STRATA_PY_AT;
    case '&': return STRATA_PY_AMPERSAND;
    case '|': return STRATA_PY_BAR;
    case '^': return STRATA_PY_CARET;
    case '~': return STRATA_PY_TILDE;
    case '<': return STRATA_PY_LESS;
    case '>': return STRATA_PY_GREATER;
    default: return STRATA_PY_NO_SYMBOL;
    }
}

static StrataPySymbol
doubled (StrataPySymbol symbol)
{
  switch ((int) symbol)
    {
    case STRATA_PY_STAR: return STRATA_PY_DOUBLE_STAR;
    case STRATA_PY_SLASH: return STRATA_PY_DOUBLE_SLASH;
    case STRATA_PY_LESS: return STRATA_PY_LEFT_SHIFT;
    case STRATA_PY_GREATER: return STRATA_PY_RIGHT_SHIFT;
    default: return STRATA_PY_NO_SYMBOL;
    }
}

static StrataPySymbol
with_equal_sign (StrataPySymbol symbol)
{
  if (symbol >= STRATA_PY_PLUS && symbol <= STRATA_PY_CARET)
    return symbol - STRATA_PY_PLUS + STRATA_PY_PLUS_ASSIGN;

  switch ((int) symbol)
    {
    case STRATA_PY_ASSIGN: return STRATA_PY_EQUAL;
    case STRATA_PY_EXCLAMATION: return STRATA_PY_NOT_EQUAL;
    case STRATA_PY_LESS: return STRATA_PY_LESS_EQUAL;
    case STRATA_PY_GREATER: return STRATA_PY_GREATER_EQUAL;
    case STRATA_PY_COLON: return STRATA_PY_WALRUS;
    default: return STRATA_PY_NO_SYMBOL;
    }
}

StrataPySymbol
strata_py_symbol_of_text (const char *text,
                          gsize      *length)
{
  StrataPySymbol symbol = single (text[0]);

  *length = 1;
  if (symbol == STRATA_PY_DOT && text[1] == '.' && text[2] == '.')
    {
      *length = 3;
      return STRATA_PY_ELLIPSIS;
    }
  if (symbol == STRATA_PY_MINUS && text[1] == '>')
    {
      *length = 2;
      return STRATA_PY_ARROW;
    }

  if (text[0] == text[1] && doubled (symbol) != STRATA_PY_NO_SYMBOL)
    {
      symbol = doubled (symbol);
      *length = 2;
    }
  if (text[*length] == '=' && with_equal_sign (symbol) != STRATA_PY_NO_SYMBOL)
    {
      symbol = with_equal_sign (symbol);
      *length += 1;
    }

  return symbol;
}
