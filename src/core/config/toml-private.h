/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/config/scanner.h"
#include "core/config/value-private.h"

G_BEGIN_DECLS

/* Deeper than any file that a person writes, and shallow enough for the stack. */
#define TOML_DEEPEST 100

typedef struct
{
  StrataScanner   scanner;
  StrataDocument *document;
  GPtrArray      *findings;
  guint           depth;
} TomlReader;

/* One name of a key such as a."b c".d */
typedef struct
{
  char        *name;
  StrataPlace  place;
} TomlKeyPart;

/* Adds the one finding that ends the reading; FALSE, so that it can be returned. */
gboolean           toml_fail        (TomlReader  *reader,
                                     const char  *at,
                                     const char  *format,
                                     ...) G_GNUC_PRINTF (3, 4);
gboolean           toml_fail_at     (TomlReader  *reader,
                                     StrataPlace  place,
                                     const char  *format,
                                     ...) G_GNUC_PRINTF (3, 4);

void               toml_skip_blanks (TomlReader  *reader);
/* Blanks, line ends and comments. */
gboolean           toml_skip_lines  (TomlReader  *reader);
/* Blanks and a comment up to a line end, which must follow. */
gboolean           toml_end_of_statement (TomlReader *reader);

/* Each reads one thing at the position and moves behind it; NULL after toml_fail(). */
char              *toml_read_string (TomlReader  *reader,
                                     gboolean     multi_line);
/* Elements are TomlKeyPart; stops at what follows the blanks behind the key. */
GArray            *toml_read_key    (TomlReader  *reader);
/* A number, a date or a boolean. */
StrataConfigValue *toml_read_scalar (TomlReader  *reader);

/* The byte at the position, or NUL at the end. */
static inline char
toml_peek (const TomlReader *reader)
{
  return reader->scanner.pos < reader->scanner.end ? *reader->scanner.pos : '\0';
}

G_END_DECLS
