/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/lexer.h"

G_BEGIN_DECLS

enum
{
  MODE_TEXT,       /* of an f-string */
  MODE_FIELD,      /* {here} */
  MODE_FORMAT,     /* {value:here} */
};

StrataPyToken  strata_py_lexer_token          (StrataPyLexer     *self,
                                               StrataPyTokenKind  kind,
                                               guint32            offset);
StrataPyToken  strata_py_lexer_error          (StrataPyLexer     *self,
                                               guint32            offset,
                                               const char        *message);
StrataPyToken  strata_py_lexer_symbol         (StrataPyLexer     *self);

StrataPyToken  strata_py_lexer_number         (StrataPyLexer     *self);
StrataPyToken  strata_py_lexer_name           (StrataPyLexer     *self);
gboolean       strata_py_lexer_at_name        (const StrataPyLexer *self);

/* The length of a string literal's prefix (0 to 2) at the position, or -1 where no string begins there. */
int            strata_py_lexer_measure_prefix (StrataPyLexer     *self,
                                               gboolean          *is_format,
                                               gboolean          *is_raw);
StrataPyToken  strata_py_lexer_string         (StrataPyLexer     *self,
                                               guint              prefix);
StrataPyToken  strata_py_lexer_start_fstring  (StrataPyLexer     *self,
                                               guint              prefix,
                                               gboolean           is_raw);
StrataPyToken  strata_py_lexer_fstring_text   (StrataPyLexer     *self);
/* From the opening quote to behind the closing one, or FALSE with the position where lexing can go on. */
gboolean       strata_py_lexer_skip_string    (StrataPyLexer     *self);

static inline gboolean
strata_py_is_name_byte (char c)
{
  return g_ascii_isalnum (c) || c == '_' || (c & 0x80) != 0;
}

static inline StrataPyMode *
strata_py_lexer_mode (StrataPyLexer *self)
{
  return self->n_modes > 0 ? &self->modes[self->n_modes - 1] : NULL;
}

G_END_DECLS
