/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/arena.h"

G_BEGIN_DECLS

/* What a string literal means. Text is UTF-8 and ends with a NUL that its length does not count; it may hold others. */
typedef struct
{
  const char *text;
  gsize       length;
  gboolean    is_bytes;
  gboolean    is_exact;      /* FALSE: has a character by name (\N{...}) or half a pair, and stands here as written */
} StrataPyString;

/* A whole literal, with prefix and quotes. FALSE where an escape is malformed ("\x1"). */
gboolean strata_py_string_decode      (StrataPyArena  *arena,
                                       const char     *literal,
                                       gsize           length,
                                       StrataPyString *string);
/* A piece of an f-string between its fields. */
gboolean strata_py_string_decode_part (StrataPyArena  *arena,
                                       const char     *part,
                                       gsize           length,
                                       gboolean        is_raw,
                                       StrataPyString *string);
/* Adjacent literals are one string. */
StrataPyString strata_py_string_join  (StrataPyArena        *arena,
                                       const StrataPyString *strings,
                                       guint                 n_strings);

G_END_DECLS
