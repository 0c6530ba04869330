/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/alembic/mako-python.h"

G_BEGIN_DECLS

/* Lines of Python, with the template's line of each. */
typedef struct
{
  GString *text;
  GArray  *lines;
  guint    indent;
} StrataMakoLines;

/* A statement, indented; further lines of it stay as they are. */
void      strata_mako_lines_add      (StrataMakoLines *self,
                                      guint            line,
                                      const char      *statement);
void      strata_mako_lines_printf   (StrataMakoLines *self,
                                      guint            line,
                                      const char      *format,
                                      ...) G_GNUC_PRINTF (3, 4);
/* A block of code, whose margin becomes the indentation. */
void      strata_mako_lines_add_code (StrataMakoLines *self,
                                      guint            line,
                                      const char      *code);
void      strata_mako_lines_append   (StrataMakoLines *self,
                                      const StrataMakoLines *other);
/* The names that the code asks for, each once, in order; without attributes. */
GPtrArray *strata_mako_lines_names   (const StrataMakoLines *self);

/* An expression as the argument of its filters. */
char     *strata_mako_filter         (const char      *expression,
                                      const char      *filters,
                                      gboolean         is_expression);
/* Whether the code has that name, not as an attribute. */
gboolean  strata_mako_mentions       (const char      *code,
                                      const char      *name);

G_END_DECLS
